"""Claims of an event that people hold to be copies: they count nothing, whatever they say."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cenotaph.model import (
    DECIDED,
    ClaimId,
    Estimate,
    Link,
    LinkKind,
    ResolvedClaim,
    Ruleset,
)
from cenotaph.reconcile.aside import reason_against, say
from cenotaph.reconcile.people import belongs
from cenotaph.reconcile.values import value


def copied(
    claims: Sequence[ResolvedClaim], links: Mapping[ClaimId, Sequence[Link]]
) -> dict[ClaimId, ClaimId]:
    """Return, for each claim that only copies another by decision, what it copies.

    The originator may stand in this event or elsewhere. What repeats a copy, and what a copy breaks
    down into, is of it too; an originator that is no copy itself is none by any of these.
    """
    found = {
        link.claim: link.to
        for claim in claims
        for link in links.get(claim.id, ())
        if link.kind is LinkKind.REPEATS and link.by == DECIDED
    }
    if not found:
        return {}
    kept = set(found.values()) - found.keys()
    waiting = [claim for claim in claims if claim.id not in found and claim.id not in kept]
    grown = True
    while grown:
        grown = False
        for claim in waiting:
            repeats = [x.to for x in links.get(claim.id, ()) if x.kind is LinkKind.REPEATS]
            whole = claim.claim.part_of
            to = next((each for each in (*repeats, whole) if each in found), None)
            if to is not None and claim.id not in found:
                found[claim.id] = to
                grown = True
    return found


def no_higher(
    told: Estimate,
    copies: Mapping[ClaimId, ClaimId],
    claims: Sequence[ResolvedClaim],
    ruleset: Ruleset,
) -> Estimate:
    """Return an estimate whose low is no higher than a smaller figure whose own sentence tells
    other things of the event, where people hold that figure alone to be a copy of a larger one.

    Who says that two figures are one has not said that the smaller cannot be right.
    """
    own = {(claim.claim.document, claim.claim.quote) for claim in claims if claim.id not in copies}
    here = {claim.id: claim.claim.document for claim in claims}
    lows = [
        found.low
        for claim in claims
        if (claim.claim.document, claim.claim.quote) in own
        and here.get(copies.get(claim.id, claim.id)) not in (None, claim.claim.document)
        and claim.claim.measure is told.measure
        and claim.claim.part_of is None
        and belongs(claim.claim.group, told.group)
        and reason_against(claim, here, told.group, ruleset) is None
        and (found := value(claim, ruleset)) is not None
        and found.low is not None
    ]
    low = told.figure.low
    if low is None or min(lows, default=low) >= low:
        return told
    return replace(told, figure=replace(told.figure, low=min(lows)))


def beside(
    told: Estimate, copies: Mapping[ClaimId, ClaimId], claims: Sequence[ResolvedClaim]
) -> Estimate:
    """Return an estimate that shows copies of its measure and group as set aside."""
    aside = [
        (claim.id, say("copied", other=copies[claim.id]))
        for claim in claims
        if claim.id in copies
        and claim.claim.measure is told.measure
        and belongs(claim.claim.group, told.group)
    ]
    return replace(told, set_aside=(*told.set_aside, *aside)) if aside else told
