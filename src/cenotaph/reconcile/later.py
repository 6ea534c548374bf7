"""Deaths that came after a toll: of the wounded, or further ones that another report counted."""

from collections.abc import Mapping, Sequence

from cenotaph.model import DIED_LATER, ClaimId, Figure, Measure, ResolvedClaim, Ruleset
from cenotaph.reconcile.values import value


def parted(
    standing: Sequence[ResolvedClaim], claims: Sequence[ResolvedClaim]
) -> tuple[list[ResolvedClaim], list[ResolvedClaim]]:
    """Part the tolls of an event from the later deaths, which are no toll; all are tolls where
    nothing else is told.

    `claims` are all of the event. Later are those who died of wounds, and those that a report calls
    further ones ("two more") before it counts anyone else.
    """
    first: dict[str, int] = {}
    for claim in claims:
        at = claim.claim.counted.start
        first[claim.claim.document] = min(at, first.get(claim.claim.document, at))
    tolls, later = list[ResolvedClaim](), list[ResolvedClaim]()
    for claim in standing:
        stated = claim.claim
        opens = stated.additional and stated.counted.start == first[stated.document]
        died = stated.measure is Measure.KILLED and (opens or stated.rule == DIED_LATER)
        (later if died and stated.part_of is None else tolls).append(claim)
    return (tolls, later) if tolls else (list(standing), [])


def raised(
    figure: Figure,
    tolls: Sequence[ResolvedClaim],
    later: Sequence[ResolvedClaim],
    position: Mapping[ClaimId, int],
    ruleset: Ruleset,
) -> Figure:
    """Return a figure with the later deaths on top of the tolls that were told before them.

    `position` numbers the claims by when they were said. A toll told after the deaths may hold
    them, and so may one of their own report; where every toll is of an earlier report, the best is
    raised too. The low stays: whoever counts the dead of a whole hospital may count these.
    """
    if figure.best is None or figure.high is None:
        return figure
    given, best, high = figure.best, figure.best, figure.high
    by_document: dict[str, list[ResolvedClaim]] = {}
    for claim in later:
        by_document.setdefault(claim.claim.document, []).append(claim)
    for document, own in by_document.items():
        counts = [found for claim in own if (found := value(claim, ruleset)) is not None]
        first = min(position[claim.id] for claim in own)
        before = [claim for claim in tolls if position[claim.id] < first]
        told = [found.high for c in before if (found := value(c, ruleset)) is not None]
        if not counts or not told:
            continue
        high = max(high, max(told) + sum(count.high for count in counts))
        earlier = len(before) == len(tolls) and all(c.claim.document != document for c in before)
        if earlier and ruleset.best != "smallest":
            best = max(best, given + sum(count.best for count in counts))
    return Figure(low=figure.low, best=best, high=max(high, best))
