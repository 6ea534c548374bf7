"""From the claims of one incident to low, best and high of one measure and group.

Each originator is a voice. A voice's claims are put together first: counts of people whom the words
keep apart add up, a count of everyone holds the counts of some. Then the ruleset chooses among the
voices.
"""

from collections.abc import Collection, Mapping, Sequence

from cenotaph.model import (
    COPIED,
    DIED_LATER,
    LISTED_TOGETHER,
    REWORDED,
    Certainty,
    ClaimId,
    Estimate,
    Link,
    LinkKind,
    Measure,
    ResolvedClaim,
    Ruleset,
)
from cenotaph.reconcile.aside import (
    held_by,
    last,
    numbered,
    numbers_first,
    opening_claims,
    openings,
    reason_against,
    repeat,
    say,
)
from cenotaph.reconcile.beside import Beside
from cenotaph.reconcile.choosing import choose
from cenotaph.reconcile.later import parted, raised
from cenotaph.reconcile.people import belongs
from cenotaph.reconcile.sums import said_again, sums_of, tolls


def _further(link: Link) -> bool:
    return link.kind is LinkKind.ADDITIONAL_TO


def _on_top(told: Sequence[ResolvedClaim], links: Mapping[ClaimId, Sequence[Link]]) -> Beside:
    """Return what each claim comes on top of: the one it is put beside, and what that is beside.

    A figure said again is the same figure, whichever of its statements the words point to. A total
    told before is none of these: "another died" adds nobody to it. "The six priests and two women"
    are put beside one another for good, though "the priests and the two women" are told of later.
    """
    members = {claim.id for claim in told}
    uncounted = {claim.id for claim in told if not numbered(claim)}
    first: dict[ClaimId, ClaimId] = {}
    for claim in told:
        again = repeat(claim, links, members)
        first[claim.id] = again.to if again is not None else claim.id
    found = [
        (first[claim.id], first[link.to])
        for claim in told
        for link in links.get(claim.id, ())
        if link.to in members and (_further(link) or link.by == LISTED_TOGETHER)
    ]
    found.sort(key=lambda pair: pair[1] not in uncounted)
    return Beside(first, dict(found))


def _still_hurt(
    told: list[ResolvedClaim],
    claims: Sequence[ResolvedClaim],
    links: Mapping[ClaimId, Sequence[Link]],
) -> tuple[list[ResolvedClaim], list[tuple[ClaimId, str]]]:
    """Part the hurt from those of whom the text says further on that they died of it.

    "The wounded boy has died" moves one from the injured to the killed.
    """
    moved = {
        link.to: (claim.id, claim.claim.count.low)
        for claim in claims
        if claim.claim.measure is Measure.KILLED
        for link in links.get(claim.id, ())
        if link.kind is LinkKind.UPDATES
    }
    of = {
        claim.id: link.to
        for claim in told
        for link in links.get(claim.id, ())
        if link.kind is LinkKind.REPEATS
    }
    gone = [
        (claim.id, say("replaced", other=moved[first][0]))
        for claim in told
        if claim.claim.measure is Measure.INJURED
        and (first := of.get(claim.id, claim.id)) in moved
        and claim.claim.count.low == moved[first][1]
    ]
    if not gone:
        return told, []
    ids = {id for id, _ in gone}
    return [claim for claim in told if claim.id not in ids], gone


def estimate(
    claims: Sequence[ResolvedClaim],
    links: Mapping[ClaimId, Sequence[Link]],
    measure: Measure,
    group: str | None,
    ruleset: Ruleset,
) -> Estimate | None:
    """Return the estimate of one measure and group of an incident, None where nothing is stated.

    `claims` are the incident's, first said first; `links` those that start at each claim.
    """
    told = [c for c in claims if c.claim.measure is measure and belongs(c.claim.group, group)]
    aside: list[tuple[ClaimId, str]] = []
    if ruleset.opening == "summary":
        told, aside = openings(told, claims, measure)
    told, died = _still_hurt(told, claims, links)
    aside += died
    members = {claim.id for claim in told}
    beside = _on_top(told, links)
    standing: list[ResolvedClaim] = []
    echoes: list[tuple[ResolvedClaim, ClaimId]] = []
    replaced = {
        link.to: link.claim
        for claim in told
        for link in links.get(claim.id, ())
        if link.kind in (LinkKind.UPDATES, LinkKind.CORRECTS) and link.to in members
    }
    corrected = {
        link.to
        for claim in told
        for link in links.get(claim.id, ())
        if link.kind is LinkKind.CORRECTS
    }
    for claim in told:
        reason = reason_against(claim, members, group, ruleset)
        repeated = repeat(claim, links, members)
        if reason is not None:
            aside.append((claim.id, reason))
        elif (inside := held_by(claim, links, members)) is not None:
            aside.append((claim.id, say("breakdown", other=inside)))
        elif repeated is not None:
            aside.append((claim.id, say("repeats", other=repeated.to)))
            if repeated.by not in (COPIED, REWORDED):
                echoes.append((claim, repeated.to))
        elif (taken_back := _taken_back(claim, links)) is not None:
            aside.append((claim.id, say("withdrawn", other=taken_back)))
        elif claim.id in replaced and (ruleset.figures == "last" or claim.id in corrected):
            aside.append((claim.id, say("replaced", other=replaced[claim.id])))
        else:
            standing.append(claim)
    if not standing:
        return None
    standing, nobody = _nobody_else(standing)
    aside.extend(nobody)
    standing, vague = numbers_first(standing, beside)
    aside.extend(vague)
    standing, later = parted(standing, claims)
    if ruleset.figures == "last":
        standing, old = last(standing, beside)
        aside.extend(old)
    further = {c.id for c in told for link in links.get(c.id, ()) if _further(link)}
    opened = opening_claims(claims) if ruleset.opening == "floor" else frozenset()
    # An opening whose figure is told again more fully below opens with it all the same.
    opened |= {beside.first[claim] for claim in opened if claim in beside.first}
    said = said_again(standing, echoes, beside)
    parts = _breakdowns(told, links, members) if group is None else {}
    sums = tolls(sums_of(standing, beside, further, opened, said, parts, ruleset), ruleset)
    figure, used = choose(sums, echoes, ruleset)
    if later:
        position = {claim.id: number for number, claim in enumerate(claims)}
        tolls_used = [claim for claim in standing if claim.id in used]
        figure = raised(figure, tolls_used, later, position, ruleset)
        aside.extend((claim.id, say("later_deaths")) for claim in later)
    for claim in standing:
        if claim.id not in used:
            aside.append((claim.id, say("not_chosen")))
    return Estimate(
        measure=measure,
        group=group,
        figure=figure,
        rule=f"{ruleset.name}-{ruleset.version}",
        used=tuple(claim.id for claim in standing if claim.id in used),
        set_aside=tuple(aside),
        added=tuple(found.added for found in sums if found.added),
    )


def _taken_back(claim: ResolvedClaim, links: Mapping[ClaimId, Sequence[Link]]) -> ClaimId | None:
    """Return the claim by which its own source withdraws a figure."""
    found = (each.to for each in links.get(claim.id, ()) if each.kind is LinkKind.WITHDRAWN_BY)
    return next(found, None)


def _nobody_else(
    standing: list[ResolvedClaim],
) -> tuple[list[ResolvedClaim], list[tuple[ClaimId, str]]]:
    """Part from the figures that nobody else was harmed, where somebody was: it counts the others.

    "No one else was hurt" is no figure of an event in which a man was, nor "nobody was killed" of
    one of whose wounded the text says further on that two died.
    """
    somebody = [claim for claim in standing if claim.claim.count.high != 0]
    later = {claim.claim.document for claim in somebody if claim.claim.rule == DIED_LATER}
    nobody = [
        c
        for c in standing
        if c.claim.count.high == 0 and (c.claim.additional or c.claim.document in later)
    ]
    if not somebody or not nobody:
        return standing, []
    gone = {claim.id for claim in nobody}
    kept = [claim for claim in standing if claim.id not in gone]
    return kept, [(claim.id, say("nobody_else")) for claim in nobody]


def _breakdowns(
    told: Sequence[ResolvedClaim],
    links: Mapping[ClaimId, Sequence[Link]],
    members: Collection[ClaimId],
) -> dict[ClaimId, list[ResolvedClaim]]:
    """Return the breakdowns of each claim that stand, those of its repeats with them."""
    again = {
        claim.id: found.to for claim in told if (found := repeat(claim, links, members)) is not None
    }
    parts: dict[ClaimId, list[ResolvedClaim]] = {}
    for claim in told:
        whole = claim.claim.part_of
        sure = claim.claim.certainty in (Certainty.ASSERTED, Certainty.SUSPECTED)
        if whole is not None and sure and claim.id not in again:
            parts.setdefault(again.get(whole, whole), []).append(claim)
    return parts
