"""Which decisions hold: an undo takes one back, and an undo of an undo gives it again."""

from collections.abc import Sequence

from cenotaph.model import Decision, DecisionKind


def active(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that hold, in the order in which they were taken, batches taken apart.

    An undo names an entry before it. Read from the last one back, each undo that was not itself
    taken back takes its entry away; what is left holds.
    """
    gone = taken_back(decisions)
    held: list[Decision] = []
    for each in decisions:
        if each.sequence in gone or each.kind is DecisionKind.UNDO:
            continue
        held.extend(each.decisions if each.kind is DecisionKind.BATCH else (each,))
    return tuple(held)


def taken_back(decisions: Sequence[Decision]) -> frozenset[int]:
    """Return the numbers of the entries that do not hold, undos among them."""
    gone: set[int] = set()
    for each in reversed(decisions):
        if each.takes_back is not None and each.sequence not in gone:
            gone.add(each.takes_back)
    return frozenset(gone)


def undoable(decisions: Sequence[Decision], *, by: str | None = None) -> Decision | None:
    """Return the last decision that holds and is no undo, of one person or of anyone."""
    gone = taken_back(decisions)
    for each in reversed(decisions):
        if each.kind is DecisionKind.UNDO or each.sequence in gone:
            continue
        if by is None or each.by == by:
            return each
    return None
