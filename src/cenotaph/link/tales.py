"""Which claims of one document tell of one event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cenotaph.link.compare import Stand, named_apart, one_day, perpetrators, times, where
from cenotaph.link.told import COMPARED, HARM, LISTED, SUMS, order, same_sentence
from cenotaph.model import (
    Basis,
    Certainty,
    ClaimId,
    Link,
    LinkKind,
    Measure,
    ResolvedClaim,
    TimeKind,
)

MOVEMENT = frozenset({Measure.DISPLACED, Measure.EVACUATED, Measure.TRAPPED})
# The score from which a claim shares its place or its sentence with a tale.
TIED = 2.0
# So many tales back a claim may belong to one that it shares no place with.
RECENT = 40


@dataclass(slots=True)
class Tale:
    """What one document tells of one event: its claims, in text order."""

    claims: list[ResolvedClaim] = field(default_factory=list)
    # Whether any of the claims that came one by one has a place, a time, a single day.
    placed: bool = False
    timed: bool = False
    dated: bool = False

    def take(self, claim: ResolvedClaim) -> None:
        """Take in a claim."""
        self.claims.append(claim)
        self.placed = self.placed or claim.place is not None
        self.timed = self.timed or _timed(claim)
        self.dated = self.dated or one_day(claim.when) is not None

    @property
    def first(self) -> ClaimId:
        """Return the claim that stands for the tale."""
        return self.claims[0].id


def tales(claims: Sequence[ResolvedClaim], links: Sequence[Link]) -> list[Tale]:
    """Group the claims of one document, in text order, into the events that they tell of.

    Sums are no events. Breakdowns, repeats and updates go with what they refer to.
    """
    attached = _attached(claims, links)
    apart = _set_apart(claims, links)
    listed = {link.claim: link.to for link in links if link.by == LISTED}
    found: list[Tale] = []
    sums = {c.id for c in claims if c.claim.scope in SUMS}
    root = {c.id: _root(c.id, attached) for c in claims}
    of_root: dict[ClaimId, Tale] = {}
    at_place: dict[str, list[Tale]] = {}
    for claim in claims:
        if root[claim.id] != claim.id or claim.id in sums:
            continue
        ranked = [
            (score, -distance, tale)
            for distance, tale in enumerate(_near(claim, found, at_place))
            if (score := _fit(claim, tale, apart, listed)) is not None
        ]
        if claim.claim.measure in MOVEMENT:
            # Of people on the move a text tells far from any event: only its own words tie them to
            # one.
            ranked = [entry for entry in ranked if entry[0] >= TIED]
        if ranked:
            tale = max(ranked, key=lambda entry: entry[:2])[2]
        else:
            tale = Tale()
            found.append(tale)
        tale.take(claim)
        of_root[claim.id] = tale
        if claim.place is not None and claim.place.entry is not None:
            at_place.setdefault(claim.place.entry, []).append(tale)
    for claim in claims:
        host = of_root.get(root[claim.id])
        if host is not None and root[claim.id] != claim.id:
            host.claims.append(claim)
    for tale in found:
        tale.claims.sort(key=order)
    return [tale for tale in found if any(_harm(claim) for claim in tale.claims)]


def _near(
    claim: ResolvedClaim, found: Sequence[Tale], at_place: Mapping[str, Sequence[Tale]]
) -> list[Tale]:
    """Return the tales that a claim may belong to, the last told first: recent ones, and any of its
    place. No text makes this long."""
    near = list(found[: -RECENT - 1 : -1])
    entry = claim.place.entry if claim.place is not None else None
    if entry is not None and len(found) > RECENT:
        seen = {id(tale) for tale in near}
        near += [tale for tale in at_place.get(entry, ())[-RECENT:] if id(tale) not in seen]
    return near


def _harm(claim: ResolvedClaim) -> bool:
    """Tell whether a claim makes an event: harm to somebody ("no losses" is a figure, no event)."""
    stated = claim.claim
    return stated.measure in HARM and _certain(stated.certainty) and stated.count.high != 0


def _attached(claims: Sequence[ResolvedClaim], links: Sequence[Link]) -> dict[ClaimId, ClaimId]:
    known = {claim.id for claim in claims}
    attached: dict[ClaimId, ClaimId] = {}
    for link in links:
        if link.kind in (
            LinkKind.REPEATS,
            LinkKind.UPDATES,
            LinkKind.CORRECTS,
            LinkKind.SAME_INCIDENT,
        ):
            if {link.claim, link.to} <= known:
                attached.setdefault(link.claim, link.to)
    for claim in claims:
        whole = claim.claim.part_of
        if whole is not None and whole in known:
            attached[claim.id] = whole
    return attached


def _root(claim: ClaimId, attached: dict[ClaimId, ClaimId]) -> ClaimId:
    seen = {claim}
    while claim in attached and attached[claim] not in seen:
        claim = attached[claim]
        seen.add(claim)
    return min(seen) if claim in attached else claim


def _set_apart(claims: Sequence[ResolvedClaim], links: Sequence[Link]) -> dict[ClaimId, ClaimId]:
    """Return the claims that the words put beside what was told before: further deaths, and their
    parts.

    Each with the claim that says so. They open a tale of their own; later claims may join it.
    """
    beside = {link.claim for link in links if link.kind is LinkKind.ADDITIONAL_TO}
    further = {
        claim.id: claim.id
        for claim in claims
        if claim.id in beside
        and (
            claim.claim.scope in SUMS
            or claim.claim.places_basis is Basis.STATED
            or _of_some_other_day(claim)
        )
    }
    parts = {
        link.claim: link.to for link in links if link.kind is LinkKind.WITHIN and link.to in further
    }
    return further | parts


def _of_some_other_day(claim: ResolvedClaim) -> bool:
    """Tell whether a claim's own words count its day from one that is not known ("the following
    day"): on whatever day the others died, these did not surely die with them."""
    said = claim.claim.time
    if said is None or said.kind is not TimeKind.ANCHORED:
        return False
    return claim.claim.time_basis is Basis.STATED and (
        claim.when is None or (claim.when.start is None and claim.when.end is None)
    )


def _fit(
    claim: ResolvedClaim,
    tale: Tale,
    apart: dict[ClaimId, ClaimId],
    listed: dict[ClaimId, ClaimId],
) -> float | None:
    """Return how well a claim fits a tale, or None where something speaks against it."""
    score = 0.0
    placed = timed = False
    for other in _compared(claim, tale):
        a, b = claim.claim, other.claim
        if a.section != b.section or a.history != b.history:
            return None
        if _certain(a.certainty) != _certain(b.certainty):
            return None
        place, time = where(claim, other), times(claim.when, other.when)
        if time is Stand.APART and Basis.STATEMENT in (a.time_basis, b.time_basis):
            # The day on which something was said is not the day on which it happened.
            time = Stand.UNKNOWN
        if place is Stand.APART or time is Stand.APART:
            return None
        if place is Stand.UNKNOWN and named_apart(claim, other):
            return None
        if claim.id in listed and listed[claim.id] == listed.get(other.id):
            # What a sentence lists one by one are several events.
            return None
        one_event = place is Stand.SAME and one_day(claim.when) is not None and time is Stand.SAME
        if apart.get(claim.id) != apart.get(other.id) and not one_event:
            # Further deaths open a tale of their own; only what names their place joins it.
            if claim.id in apart or place is not Stand.SAME:
                return None
        if perpetrators(claim, other) is Stand.APART and not one_event:
            if not same_sentence(claim, other):
                return None
        placed = placed or place is Stand.SAME
        timed = timed or time is Stand.SAME
        if same_sentence(claim, other):
            score = max(score, 3.0)
    score += 2.0 * placed + timed
    if not score and _strangers(claim, tale):
        return None
    return score


def _compared(claim: ResolvedClaim, tale: Tale) -> list[ResolvedClaim]:
    """Return the claims of a tale that one is held against.

    Arrests come days later and elsewhere, so harm is not held against them where the tale has any.
    """
    near = tale.claims[:COMPARED] + tale.claims[COMPARED:][-COMPARED:]
    if claim.claim.measure is Measure.DETAINED:
        return near
    return [c for c in near if c.claim.measure is not Measure.DETAINED] or near


def _strangers(claim: ResolvedClaim, tale: Tale) -> bool:
    """Tell whether one has a place and no time, the other only a period: nothing ties them."""
    placed, period = claim.place is not None, _timed(claim) and one_day(claim.when) is None
    # All that is known of the tale's time is a period of several days.
    other_period = tale.timed and not tale.dated
    return (period and not placed and tale.placed and not tale.timed) or (
        other_period and not tale.placed and placed and not _timed(claim)
    )


def _timed(claim: ResolvedClaim) -> bool:
    return claim.when is not None and claim.when.start is not None


def _certain(certainty: Certainty) -> bool:
    return certainty in (Certainty.ASSERTED, Certainty.SUSPECTED)
