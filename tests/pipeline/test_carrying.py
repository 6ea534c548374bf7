"""Decisions in the text that a newer reader made of the same bytes."""

from cenotaph.model import Anchor, Decision, DecisionKind
from cenotaph.pipeline.carrying import carry

OLD = "In Sarbek 5 people were killed.\nIn Homra 5 people were killed, the council said."
NEW = "Menu\n\nIn Sarbek 5\npeople were killed. In Homra 5  people were killed, the council said."
TEXTS = {"a": OLD, "a~2": NEW, "a~3": "Nothing of it is left."}
SECOND = OLD.rindex("5 people")


def added():
    words = {"start": SECOND, "text": "5 people", "before": "In Homra ", "after": " were"}
    return Decision(
        kind=DecisionKind.ADD, subjects=("a",), value={"words": words, "measure": "killed"}, by="AB"
    )


def accepted():
    at = Anchor(
        claim="clm-1", document="a", start=SECOND, end=SECOND + 8, text="5 people", measure="killed"
    )
    return Decision(kind=DecisionKind.ACCEPT, subjects=("clm-1",), anchors=(at,), by="AB")


def test_the_words_are_those_of_the_same_place_with_what_now_stands_around_them():
    one, two = carry([added(), accepted()], {"a": "a~2"}, TEXTS.__getitem__)
    words, (anchor,) = one.value["words"], two.anchors
    assert one.subjects == ("a~2",) and one.value["measure"] == "killed"
    assert words["text"] == anchor.text == "5  people"
    assert words["start"] == anchor.start == NEW.index("5  people")
    assert words["before"].endswith("In Homra ") and words["after"].startswith(" were killed")
    assert (anchor.document, anchor.claim, two.subjects) == ("a~2", "clm-1", ("clm-1",))


def test_what_is_gone_or_of_another_report_stays_as_it_was_decided():
    given = [added(), accepted()]
    assert carry(given, {"a": "a~3"}, TEXTS.__getitem__) == tuple(given)
    assert carry(given, {"b": "a~2"}, TEXTS.__getitem__) == tuple(given)
