"""What people decided of pairs of claims."""

from collections.abc import Callable, Sequence

from cenotaph.model import OF_PAIRS, Bond, ClaimId, Decision, DecisionKind
from cenotaph.review.circles import straight

Find = Callable[[Decision, str], ClaimId | None]
"""The claim that a subject of a decision stands for now."""


def bonds(held: Sequence[Decision], find: Find) -> tuple[tuple[Bond, ...], tuple[Decision, ...]]:
    """Return what binds two claims each, and the decisions whose claims could not be found.

    Of one pair the last decision holds. "same" joins every claim of either group to the first of
    the first, and takes back that any two of them were held to be different; "different" keeps each
    claim of one group from each of the other; the kinds with a direction go from each claim of the
    first group to the first claim of the second. One that would close a circle binds nothing.
    """
    last: dict[tuple[ClaimId, ClaimId], Bond] = {}
    lost: list[Decision] = []
    for each in held:
        if each.kind not in OF_PAIRS:
            continue
        one = [id_ for id_ in (find(each, subject) for subject in each.subjects) if id_]
        other = [id_ for id_ in (find(each, subject) for subject in each.others) if id_]
        if not one or not other:
            lost.append(each)
            continue
        if each.kind is DecisionKind.SAME:
            together = {*one, *other}
            for pair in [pair for pair in last if together.issuperset(pair)]:
                if last[pair].kind is DecisionKind.DIFFERENT:
                    del last[pair]
        for claim, to in _pairs(each.kind, one, other):
            if claim == to:
                continue
            bond = Bond(
                kind=each.kind,
                claim=claim,
                to=to,
                decision=each.sequence or 0,
                reason=each.reason,
            )
            last.pop((to, claim), None)
            last[claim, to] = bond
    kept, closing = straight(tuple(last.values()))
    numbers = {each.decision for each in closing}
    lost += [each for each in held if (each.sequence or 0) in numbers and each.kind in OF_PAIRS]
    return tuple(kept), tuple(lost)


def _pairs(
    kind: DecisionKind, one: Sequence[ClaimId], other: Sequence[ClaimId]
) -> list[tuple[ClaimId, ClaimId]]:
    if kind is DecisionKind.DIFFERENT:
        return [(a, b) for a in one for b in other]
    if kind is DecisionKind.SAME:
        return [(each, one[0]) for each in (*one[1:], *other)]
    if kind is DecisionKind.CONTAINS:
        return [(one[0], each) for each in other]
    return [(each, other[0]) for each in one]
