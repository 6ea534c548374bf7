"""Where each sentence stands: in which documents, the first published first.

A sentence that stands in thousands of documents (an outlet's "Follow us") is kept month by month,
so that one document more reads and writes one month of it.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator, MutableMapping
from datetime import date

from cenotaph.model import DocumentId
from cenotaph.shelves import LARGE, Shelves

Place = tuple[date, DocumentId, int]
"""A document's day, its name, and which of its sentences it is."""


class Sentences:
    """The places of sentences, by their digests. How they are kept follows from them alone."""

    def __init__(self, shelves: Shelves) -> None:
        self._whole: MutableMapping[bytes, list[Place]] = shelves("places", list[Place])
        # Of a sentence with many places: how many there are in each month, and which.
        self._months: MutableMapping[bytes, dict[str, int]] = shelves(
            "places_months", dict[str, int]
        )
        self._parts: MutableMapping[tuple[str, str], list[Place]] = shelves(
            "places_parts", list[Place]
        )

    def first(self, digest: bytes) -> Place | None:
        """Return where a sentence stands first, None where it stands nowhere."""
        whole = self._whole.get(digest)
        if whole:
            return whole[0]
        months = self._months.get(digest)
        return self._parts[_part(digest, min(months))][0] if months else None

    def all(self, digest: bytes) -> Iterator[Place]:
        """Yield where a sentence stands, the first first."""
        yield from self._whole.get(digest, ())
        for month in sorted(self._months.get(digest, ())):
            yield from self._parts[_part(digest, month)]

    def add(self, digest: bytes, place: Place) -> None:
        """Note that a sentence stands somewhere."""
        months = self._months.get(digest)
        if months:
            self._into(digest, months, place)
            return
        whole = self._whole.setdefault(digest, [])
        insort(whole, place)
        if len(whole) > LARGE:
            del self._whole[digest]
            months = self._months.setdefault(digest, {})
            for each in whole:
                self._into(digest, months, each)

    def remove(self, digest: bytes, place: Place) -> None:
        """Note that a sentence stands there no more. Raises KeyError where it did not."""
        months = self._months.get(digest)
        if not months:
            whole = self._whole[digest]
            whole.pop(bisect_left(whole, place))
            if not whole:
                del self._whole[digest]
            return
        month = _month(place)
        part = self._parts[_part(digest, month)]
        part.pop(bisect_left(part, place))
        months[month] -= 1
        if not months[month]:
            del months[month], self._parts[_part(digest, month)]
        if sum(months.values()) == LARGE:
            left = list(self.all(digest))
            for month in months:
                del self._parts[_part(digest, month)]
            del self._months[digest]
            self._whole[digest] = left

    def _into(self, digest: bytes, months: dict[str, int], place: Place) -> None:
        month = _month(place)
        insort(self._parts.setdefault(_part(digest, month), []), place)
        months[month] = months.get(month, 0) + 1


def _month(place: Place) -> str:
    return place[0].isoformat()[:7]


def _part(digest: bytes, month: str) -> tuple[str, str]:
    return digest.hex(), month
