"""Which figures lie inside a larger one, for certain or perhaps.

A figure lies inside a sum where its place and period lie inside the sum's, and nothing said of the
people, of those who did it or of the kind of attack speaks against it. Where one of these is
unknown or differs, it may lie inside, and both readings stay open. Where place or period are apart,
it does not.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from cenotaph.link.compare import Stand, groups, one_day, perpetrators, sites, times
from cenotaph.link.told import SUMS, order
from cenotaph.model import (
    READ_AS_AREA,
    Basis,
    Certainty,
    ClaimId,
    DocumentId,
    Link,
    LinkKind,
    Place,
    Precision,
    ResolvedClaim,
    Scope,
    When,
)

# The sums of one document are held against its own figures in no more pairs than these; reports
# have hundreds of pairs, and only hostile texts this many.
PAIRS = 40_000


def crowded(
    figures: Sequence[ResolvedClaim], sums: Sequence[ResolvedClaim]
) -> dict[DocumentId, int]:
    """Return the documents that have more than PAIRS pairs of a sum and a figure.

    Each comes with the number of figures, before a sum and behind it, that are then held against
    it: as many as make PAIRS in all, and at least one on either side.
    """
    own = Counter(figure.claim.document for figure in figures)
    wholes = Counter(whole.claim.document for whole in sums)
    return {
        document: max(1, PAIRS // (2 * number))
        for document, number in wholes.items()
        if number * own[document] > PAIRS
    }


def containments(
    figures: Sequence[ResolvedClaim],
    sums: Sequence[ResolvedClaim],
    *,
    published: Mapping[DocumentId, date | None],
    beside: Iterable[ClaimId] = (),
    apart: Iterable[ClaimId] = (),
) -> list[Link]:
    """Return the links from each of `figures` to every one of `sums` that holds or may hold it.

    Each figure is one claim that stands for its repeats. `beside` are claims of further people,
    which hold nothing that was told before them. `apart` are claims that their text puts beside
    what it told before ("two further deaths"): those are never certainly inside a sum of their
    document. In a document with too many pairs (see `crowded`) a sum is held only against the
    figures of its document that stand nearest to it.
    """
    further = frozenset(apart)
    on_top = frozenset(beside)
    links: list[Link] = []
    index = _Figures(figures, crowded(figures, sums))
    for whole in sums:
        for part in index.near(whole):
            link = _contain(part, whole, published, further, on_top)
            if link is not None:
                links.append(link)
    return links


class _Figures:
    """All figures; those of a crowded document apart, so that its own sums pass over them."""

    def __init__(self, figures: Sequence[ResolvedClaim], crowds: Mapping[DocumentId, int]) -> None:
        self._reach = crowds
        own: dict[DocumentId, list[ResolvedClaim]] = {document: [] for document in crowds}
        others: list[ResolvedClaim] = []
        for figure in figures:
            own.get(figure.claim.document, others).append(figure)
        self._others = _Index(others)
        self._own = {document: _Index(found) for document, found in own.items()}
        self._told = {document: sorted(found, key=order) for document, found in own.items()}

    def near(self, whole: ResolvedClaim) -> Iterator[ResolvedClaim]:
        """Yield every figure that is not surely outside the whole, each once."""
        yield from self._others.near(whole)
        for document, index in self._own.items():
            if document != whole.claim.document:
                yield from index.near(whole)
                continue
            told, reach = self._told[document], self._reach[document]
            at = bisect_left(told, order(whole), key=order)
            for figure in told[max(0, at - reach) : at + reach + 1]:
                if figure.id != whole.id and figure.claim.measure is whole.claim.measure:
                    yield figure


_Key = tuple[str, str | None, str | None]


class _Index:
    """Figures by what is counted, where and when, to hold a sum only against what could lie in
    it."""

    def __init__(self, figures: Sequence[ResolvedClaim]) -> None:
        self._dated: dict[_Key, list[tuple[date, ClaimId, ResolvedClaim]]] = {}
        self._others: dict[_Key, list[ResolvedClaim]] = {}
        for figure in figures:
            day = one_day(figure.when)
            for country, admin1 in _areas(figure) or {(None, None)}:
                key = (figure.claim.measure.value, country, admin1)
                if day is None:
                    self._others.setdefault(key, []).append(figure)
                else:
                    self._dated.setdefault(key, []).append((day, figure.id, figure))
        for dated in self._dated.values():
            dated.sort(key=lambda entry: entry[:2])

    def near(self, whole: ResolvedClaim) -> Iterator[ResolvedClaim]:
        """Yield every figure that is not surely outside the whole, each once."""
        areas = _areas(whole)
        seen: set[ClaimId] = {whole.id}
        for key in (*self._dated, *self._others):
            measure, country, admin1 = key
            if measure != whole.claim.measure.value:
                continue
            if areas and country is not None:
                if not any(_meet((country, admin1), area) for area in areas):
                    continue
            for figure in (*self._within(key, whole.when), *self._others.get(key, ())):
                if figure.id not in seen:
                    seen.add(figure.id)
                    yield figure

    def _within(self, key: _Key, period: When | None) -> list[ResolvedClaim]:
        dated = self._dated.get(key, [])
        first = period.start if period is not None else None
        last = period.end if period is not None else None
        begin = bisect_left(dated, first, key=lambda entry: entry[0]) if first else 0
        end = bisect_right(dated, last, key=lambda entry: entry[0]) if last else len(dated)
        return [figure for _, _, figure in dated[begin:end]]


def _areas(claim: ResolvedClaim) -> set[tuple[str | None, str | None]]:
    found = [place for place in (claim.places or (claim.place,)) if place is not None]
    return {(place.country, _admin1(place)) for place in found if place.country is not None}


def _admin1(place: Place) -> str | None:
    return place.admin1 or (place.name if place.precision is Precision.ADMIN1 else None)


def _meet(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> bool:
    if one[0] != other[0]:
        return False
    return one[1] is None or other[1] is None or one[1] == other[1]


def _contain(
    part: ResolvedClaim,
    whole: ResolvedClaim,
    published: Mapping[DocumentId, date | None],
    further: frozenset[ClaimId],
    on_top: frozenset[ClaimId],
) -> Link | None:
    a, b = part.claim, whole.claim
    if a.scope in SUMS and not _smaller(part, whole, published):
        return None
    if a.document == b.document and whole.id in on_top and a.counted.start < b.counted.start:
        # What is said to come on top of earlier figures does not hold them.
        return None
    # No count reaches beyond the day on which it was published.
    latest = published.get(b.document)
    place, time = sites(part, whole), times(part.when, whole.when, latest=latest)
    by = "scope"
    if place is Stand.APART and _namesake(whole):
        place = sites(part, whole, as_area=True)
        by = READ_AS_AREA
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
            (f"place {place.value}", place not in (Stand.INSIDE, Stand.SAME)),
            (f"time {time.value}", time not in (Stand.INSIDE, Stand.SAME)),
            (f"group {group.value}", group not in (Stand.INSIDE, Stand.SAME)),
            (f"perpetrator {who.value}", who in (Stand.APART, Stand.OVERLAPS, Stand.HOLDS)),
            (
                f"event {a.event} in {b.event}",
                None not in (a.event, b.event) and a.event != b.event,
            ),
            ("said to be further", part.id in further and a.document == b.document),
            (f"certainty {b.certainty.value}", b.certainty is not Certainty.ASSERTED),
            ("read as the area", by == READ_AS_AREA),
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
