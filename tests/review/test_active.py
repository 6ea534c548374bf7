from hypothesis import given
from hypothesis import strategies as st

from cenotaph.model import Decision, DecisionKind
from cenotaph.review import active, undoable


def accept(number, by="AB"):
    return Decision(kind=DecisionKind.ACCEPT, subjects=(f"clm-{number}",), by=by, sequence=number)


def undo(number, of):
    return Decision(kind=DecisionKind.UNDO, by="AB", takes_back=of, sequence=number)


def held(*decisions):
    return [each.sequence for each in active(decisions)]


def test_an_undo_takes_back_and_its_undo_gives_again():
    one, two = accept(1), accept(2)
    assert held(one, two) == [1, 2]
    assert held(one, two, undo(3, 1)) == [2]
    assert held(one, two, undo(3, 1), undo(4, 3)) == [1, 2]
    assert held(one, two, undo(3, 1), undo(4, 3), undo(5, 4)) == [2]


def test_a_batch_is_taken_back_as_one():
    batch = Decision(kind=DecisionKind.BATCH, by="AB", decisions=(accept(1), accept(1)), sequence=1)
    assert len(active([batch])) == 2
    assert active([batch, undo(2, 1)]) == ()


def test_the_last_that_holds_is_the_next_to_be_undone():
    decisions = [accept(1), accept(2, by="CD"), undo(3, 2)]
    assert undoable(decisions).sequence == 1
    assert undoable(decisions, by="CD") is None
    assert undoable([*decisions, undo(4, 3)]).sequence == 2


@given(st.lists(st.integers(0, 9), max_size=12))
def test_whatever_is_undone_the_last_word_holds(targets):
    """Compared with doing it by hand: switching on and off, from the first entry to the last."""
    decisions = [accept(number) for number in range(1, 4)]
    for target in targets:
        number = len(decisions) + 1
        decisions.append(undo(number, 1 + target % (number - 1)))
    on = {each.sequence: True for each in decisions}
    for each in reversed(decisions):
        if each.takes_back is not None and on[each.sequence]:
            on[each.takes_back] = False
    assert held(*decisions) == [number for number in (1, 2, 3) if on[number]]
