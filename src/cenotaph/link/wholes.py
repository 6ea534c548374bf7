"""Which figures lie inside a larger one, for certain or perhaps.

A figure lies inside a sum where its place and period lie inside the sum's, and nothing said of the
people, of those who did it or of the kind of attack speaks against it. Where one of these is
unknown or differs, it may lie inside, and both readings stay open. Where place or period are apart,
it does not.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cenotaph.link.compare import Stand, groups, one_day, perpetrators, sites, times
from cenotaph.link.told import SUMS, number, order
from cenotaph.model import (
    READ_AS_AREA,
    READ_WIDER,
    Basis,
    Certainty,
    ClaimId,
    DocumentId,
    Link,
    LinkKind,
    Measure,
    ResolvedClaim,
    Scope,
)

# The sums of one document are held against its own figures in no more pairs than these; reports
# have hundreds of pairs, and only hostile texts this many; nor more than these for each figure, so
# that a text of nothing but sums takes no more than its length.
PAIRS = 40_000
PAIRS_OF_ONE = 64


@dataclass(frozen=True, slots=True)
class Crowd:
    """The figures of a document with too many pairs of a sum and a figure, in text order.

    So many of them before a sum and behind it, `reach`, are then held against it: as many as make
    what is allowed in all, and at least one on either side.
    """

    told: tuple[ResolvedClaim, ...]
    reach: int


def crowd(figures: Sequence[ResolvedClaim]) -> Crowd | None:
    """Return the crowd that the figures of one document are, None where they are few enough."""
    number = sum(1 for figure in figures if is_sum(figure))
    allowed = min(PAIRS, PAIRS_OF_ONE * len(figures))
    if number * len(figures) <= allowed:
        return None
    return Crowd(tuple(sorted(figures, key=order)), max(1, allowed // (2 * number)))


def is_sum(claim: ResolvedClaim) -> bool:
    """Tell whether a claim that stands is a sum that is held against what may lie inside it."""
    scope = claim.claim.scope
    return scope in SUMS and scope is not Scope.STATE and claim.claim.measure in _SUMMED


_SUMMED = frozenset(Measure) - {Measure.TRAPPED}
_WITHIN = (Stand.INSIDE, Stand.SAME)


def containment(
    part: ResolvedClaim,
    whole: ResolvedClaim,
    *,
    published: Mapping[DocumentId, date | None],
    further: Collection[ClaimId],
    left_out: Sequence[ResolvedClaim] = (),
) -> Link | None:
    """Return the link from a figure to the sum that holds or may hold it, None where it does not.

    A figure is one claim that stands for its repeats. `left_out` are the figures on top of which
    the sum is said to come: it holds neither these nor anything that its text tells before it.
    `further` are claims that their text puts beside what it
    told before ("two further deaths"): those are never certainly inside a sum of their document.
    """
    a, b = part.claim, whole.claim
    if a.scope in SUMS and not _smaller(part, whole, published):
        return None
    if a.document == b.document and left_out and a.counted.start < b.counted.start:
        # What is said to come on top of earlier figures does not hold them.
        return None
    left = {_as_left_out(part, other) for other in left_out}
    if True in left:
        return None
    # No count reaches beyond the day on which it was published.
    latest = published.get(b.document)
    place, time = sites(part, whole), times(part.when, whole.when, latest=latest)
    by = "scope"
    if place is Stand.APART and _namesake(whole):
        place = sites(part, whole, as_area=True)
        by = READ_AS_AREA if time in _WITHIN else READ_WIDER
    if place is Stand.APART or time is Stand.APART:
        return None
    if a.document != b.document and (part.place is None or whole.place is None):
        # Without any place a figure is set aside; nothing is known of what holds it.
        return None
    if place is Stand.UNKNOWN and time is Stand.UNKNOWN:
        # Neither where nor when: nothing at all says that one holds the other.
        return None
    group = groups(a.group, b.group)
    if group is Stand.APART or a.part_of == whole.id:
        return None
    who = perpetrators(part, whole)
    doubts = [
        word
        for word, doubt in (
            (f"place {place.value}", place not in _WITHIN),
            (f"time {time.value}", time not in _WITHIN),
            (f"group {group.value}", group not in _WITHIN),
            (f"perpetrator {who.value}", who in (Stand.APART, Stand.OVERLAPS, Stand.HOLDS)),
            (
                f"event {a.event} in {b.event}",
                None not in (a.event, b.event) and a.event != b.event,
            ),
            ("perhaps left out", None in left),
            ("said to be further", part.id in further and a.document == b.document),
            (f"certainty {b.certainty.value}", b.certainty is not Certainty.ASSERTED),
            ("read as the area", by != "scope"),
        )
        if doubt
    ]
    reasons = (
        f"place={place.value}",
        f"time={time.value}",
        f"group={group.value}",
        f"perpetrator={who.value}",
        *doubts,
    )
    kind = LinkKind.MAY_BE_WITHIN if doubts else LinkKind.WITHIN
    score = 1.0 if not doubts else 1.0 / (1 + len(doubts))
    return Link(claim=part.id, kind=kind, to=whole.id, by=by, score=score, reasons=reasons)


def _as_left_out(part: ResolvedClaim, left: ResolvedClaim) -> bool | None:
    """Tell whether a figure is of those whom a sum leaves out, None where it may be: "forty, not
    counting the eight killed in Sarbek", and eight, or nine, told of in Sarbek by another report.
    """
    if part.id == left.id:
        return True
    if sites(part, left) is not Stand.SAME:
        return False
    if groups(part.claim.group, left.claim.group) is Stand.APART:
        return False
    time = times(part.when, left.when)
    if time is Stand.APART:
        return False
    one = number(part.claim.count) == number(left.claim.count)
    day = one_day(part.when)
    return True if one or day is not None and day == one_day(left.when) else None


def _namesake(whole: ResolvedClaim) -> bool:
    return any(
        place.namesake_of_area for place in (whole.place, *whole.places) if place is not None
    )


def _smaller(
    part: ResolvedClaim, whole: ResolvedClaim, published: Mapping[DocumentId, date | None]
) -> bool:
    """Order two sums, so that of two that may hold each other only one link is made."""
    place = sites(part, whole)
    time = times(part.when, whole.when)
    inward = (place, time).count(Stand.INSIDE) - (place, time).count(Stand.HOLDS)
    if inward:
        return inward > 0
    rank = (Scope.INCIDENT, Scope.SUBTOTAL, Scope.STATE, Scope.CUMULATIVE)

    def size(claim: ResolvedClaim) -> tuple[int, int, date, ClaimId]:
        count = claim.claim.count
        day = published.get(claim.claim.document) or date.max
        return rank.index(claim.claim.scope), count.low or count.high or 0, day, claim.id

    return size(part) < size(whole)


def is_further(claims: Sequence[ResolvedClaim], links: Sequence[Link]) -> set[ClaimId]:
    """Return the claims said to come on top of earlier ones, with the parts listed under them.

    "Another 38 in B" after "26 in A" adds to the 26 and leaves open nothing about a sum of the day:
    what makes a claim doubtful as a part of that sum is that it is itself a sum of further deaths,
    or listed under one.
    """
    beside = {link.claim for link in links if link.kind is LinkKind.ADDITIONAL_TO}
    further = {
        claim.id
        for claim in claims
        if claim.id in beside
        and (claim.claim.scope in SUMS or claim.claim.time_basis is Basis.NONE)
    }
    return further | {
        link.claim for link in links if link.kind is LinkKind.WITHIN and link.to in further
    }
