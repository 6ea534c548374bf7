"""Figures by what is counted, where and when, to hold a sum only against what could lie in it.

Each stands under its area and every month that its period touches, so that a look-up passes over
other areas and other times however many years a record covers. What is passed over is surely apart:
`wholes.containment` would say so.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, MutableMapping
from datetime import date

from cenotaph.link.told import order
from cenotaph.link.wholes import Crowd
from cenotaph.model import ClaimId, DocumentId, Place, Precision, ResolvedClaim, When
from cenotaph.shelves import Shelves

MONTHS = 24
"""A period of more months, or with an open end, stands under no month but under `EVER`."""

EVER = NONE = ""

Period = tuple[date | None, date | None]
Area = tuple[str, str, str | None, str | None]
"""The crowded document, or none for all others; what is counted; country; first-order area."""

Bucket = tuple[str, str, str | None, str | None, str]


class Figures:
    """Figures that may lie in sums, or sums that may hold figures.

    Figures of a crowded document stand apart, so that its own sums pass over them. `claims` gives a
    claim as it is now, `crowd` the crowd of a document that is one.
    """

    def __init__(
        self,
        name: str,
        shelves: Shelves,
        claims: Callable[[ClaimId], ResolvedClaim],
        crowd: Callable[[DocumentId], Crowd | None],
    ) -> None:
        self._claims, self._crowd = claims, crowd
        self._buckets: MutableMapping[Bucket, dict[ClaimId, Period]] = shelves(
            f"{name}_buckets", dict[ClaimId, Period]
        )
        # The months under which an area has any, and the areas of each thing counted in a country.
        self._months: MutableMapping[Area, set[str]] = shelves(f"{name}_months", set[str])
        # A name that is unknown stands as NONE.
        self._areas: MutableMapping[tuple[str, str, str | None], set[str]] = shelves(
            f"{name}_areas", set[str]
        )
        self._countries: MutableMapping[tuple[str, str], set[str]] = shelves(
            f"{name}_countries", set[str]
        )
        self._crowded: MutableMapping[str, set[DocumentId]] = shelves(
            f"{name}_crowded", set[DocumentId]
        )
        # Where each figure was put; its document may say something else by now.
        self._filed: MutableMapping[ClaimId, list[Bucket]] = shelves(f"{name}_filed", list[Bucket])

    def __contains__(self, id_: ClaimId) -> bool:
        return id_ in self._filed

    def add(self, figure: ResolvedClaim) -> None:
        """Take in a figure."""
        document = figure.claim.document
        apart = document if self._crowd(document) is not None else ""
        if apart:
            self._crowded.setdefault("", set()).add(document)
        period = _period(figure.when)
        filed: list[Bucket] = []
        for country, admin1 in sorted(_areas(figure) or {(None, None)}, key=str):
            area = (apart, figure.claim.measure.value, country, admin1)
            for month in _months(period) or [EVER]:
                filed.append((*area, month))
                self._buckets.setdefault(filed[-1], {})[figure.id] = period
                self._months.setdefault(area, set()).add(month)
            self._areas.setdefault(area[:3], set()).add(admin1 or NONE)
            self._countries.setdefault(area[:2], set()).add(country or NONE)
        self._filed[figure.id] = filed

    def remove(self, id_: ClaimId) -> None:
        """Take out a figure, where it is in."""
        for bucket in self._filed.pop(id_, ()):
            apart, measure, country, admin1, month = bucket
            area = (apart, measure, country, admin1)
            figures = self._buckets[bucket]
            del figures[id_]
            if figures:
                continue
            del self._buckets[bucket]
            self._months[area].discard(month)
            if self._months[area]:
                continue
            del self._months[area]
            self._areas[area[:3]].discard(admin1 or NONE)
            if self._areas[area[:3]]:
                continue
            del self._areas[area[:3]]
            self._countries[area[:2]].discard(country or NONE)
            if not self._countries[area[:2]]:
                del self._countries[area[:2]]
                self._of_crowds(apart, measure)

    def _of_crowds(self, apart: str, measure: str) -> None:
        """Forget a crowded document of which nothing is left."""
        others = (key for key in list(self._countries) if key[0] == apart)
        if apart and not any(others):
            self._crowded[""].discard(DocumentId(apart))

    def near(self, other: ResolvedClaim) -> Iterator[ResolvedClaim]:
        """Yield every figure that could lie in `other` or hold it, each once, in a fixed order."""
        yield from self._among("", other)
        for document in sorted(self._crowded.get("", ())):
            if document != other.claim.document:
                yield from self._among(document, other)
                continue
            crowd = self._crowd(document)
            if crowd is None:
                continue
            at = bisect_left(crowd.told, order(other), key=order)
            for figure in crowd.told[max(0, at - crowd.reach) : at + crowd.reach + 1]:
                if figure.id != other.id and figure.id in self._filed:
                    if figure.claim.measure is other.claim.measure:
                        yield self._claims(figure.id)

    def _among(self, apart: str, other: ResolvedClaim) -> Iterator[ResolvedClaim]:
        found: set[ClaimId] = set()
        period = _period(other.when)
        for area in self._meeting(apart, other):
            kept = self._months.get(area, set())
            months = _months(period)
            wanted = sorted(kept) if months is None else [m for m in (EVER, *months) if m in kept]
            for month in wanted:
                figures = self._buckets[(*area, month)]
                found.update(id_ for id_, when in figures.items() if _may_meet(when, period))
        for id_ in sorted(found - {other.id}):
            yield self._claims(id_)

    def _meeting(self, apart: str, other: ResolvedClaim) -> list[Area]:
        """Return the areas in which something lies that is not surely elsewhere."""
        measure, areas = other.claim.measure.value, _areas(other)
        countries = {country for country, _ in areas} | {None} if areas else None
        found: list[Area] = []
        for named in self._countries.get((apart, measure), ()):
            country = named or None
            if countries is not None and country not in countries:
                continue
            found += [
                (apart, measure, country, admin1)
                for each in self._areas.get((apart, measure, country), ())
                for admin1 in (each or None,)
                if not areas
                or country is None
                or any(_meet((country, admin1), area) for area in areas)
            ]
        return found


def _period(when: When | None) -> Period:
    return (None, None) if when is None else (when.start, when.end)


def _months(period: Period) -> list[str] | None:
    """Return the months of a period, None for one that is open or long."""
    start, end = period
    if start is None or end is None:
        return None
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    if not 0 <= last - first < MONTHS:
        return None
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, last + 1)]


def _may_meet(one: Period, other: Period) -> bool:
    for early, late in ((one, other), (other, one)):
        if early[1] is not None and late[0] is not None and early[1] < late[0]:
            return False
    return True


def _areas(claim: ResolvedClaim) -> set[tuple[str | None, str | None]]:
    found = [place for place in (claim.places or (claim.place,)) if place is not None]
    return {(place.country, _admin1(place)) for place in found if place.country is not None}


def _admin1(place: Place) -> str | None:
    return place.admin1 or (place.name if place.precision is Precision.ADMIN1 else None)


def _meet(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> bool:
    if one[0] != other[0]:
        return False
    return one[1] is None or other[1] is None or one[1] == other[1]
