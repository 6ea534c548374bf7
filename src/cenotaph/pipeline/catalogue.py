"""Lists that are filtered, counted and turned page by page: who asks sees the counts that remain.

Each value of a facet ("admin1" is "Orun") is kept as the set of the rows that have it, as the bits
of one integer: intersecting and counting hundreds of thousands of rows takes microseconds.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")

Facets = Mapping[str, Collection[str]]
"""The values that one row has, by facet."""

NONE = ""
"""The value that stands in counts and filters for having none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a list is narrowed to, how it is ordered, and which page of it is wanted.

    `chosen` are values by facet: of one facet any, of different facets all must hold; NONE asks for
    rows without a value. `first` and `last` are days, either may be open: a row is kept if its
    period may touch them. `words` must all stand in the text or quote of the row. Without a `limit`
    everything is on one page.
    """

    chosen: Mapping[str, Collection[str]] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None
    words: str = ""
    order: str = "key"
    descending: bool = False
    offset: int = 0
    limit: int | None = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Item]):
    """Rows `offset` and following of the `total` that a query leaves, in the order asked for.

    `counts` say for each facet how many rows each value would leave, were it chosen (others of its
    own facet aside), the most frequent first.
    """

    rows: tuple[Item, ...]
    total: int
    offset: int
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Generic[Item]):
    """One thing of a list: its name, its facets, its period, and what it is ordered by."""

    key: str
    item: Item
    facets: Facets
    period: tuple[date | None, date | None] = (None, None)
    order: Mapping[str, Any] = field(default_factory=dict)


class Catalogue(Generic[Item]):
    """The rows of one list, by key. Rows come and go; what is asked is answered as of now."""

    def __init__(self, rows: Iterable[Row[Item]] = ()) -> None:
        self._rows: list[Row[Item] | None] = []
        self._at: dict[str, int] = {}
        self._free: list[int] = []
        self._bits: dict[str, dict[str, int]] = {}
        self._all = 0
        self._orders: dict[str, list[int]] = {}
        self._fill(rows)

    def __len__(self) -> int:
        return len(self._at)

    def __iter__(self) -> Iterator[Item]:
        return (row.item for row in self._rows if row is not None)

    def get(self, key: str) -> Item | None:
        """Return a row's item by its key, or None."""
        row = self._rows[self._at[key]] if key in self._at else None
        return None if row is None else row.item

    def _fill(self, rows: Iterable[Row[Item]]) -> None:
        """Take in the first rows: bits are gathered before they are made into integers."""
        gathered: dict[str, dict[str, list[int]]] = {}
        for row in rows:
            place = len(self._rows)
            self._rows.append(row)
            self._at[row.key] = place
            for facet, values in row.facets.items():
                of = gathered.setdefault(facet, {})
                for value in set(values) or {NONE}:
                    of.setdefault(value, []).append(place)
        self._all = (1 << len(self._rows)) - 1
        size = (len(self._rows) + 7) // 8
        for facet, by_value in gathered.items():
            made = self._bits.setdefault(facet, {})
            for value, places in by_value.items():
                bits = bytearray(size)
                for place in places:
                    bits[place >> 3] |= 1 << (place & 7)
                made[value] = int.from_bytes(bits, "little")

    def change(self, gone: Iterable[str] = (), come: Iterable[Row[Item]] = ()) -> None:
        """Take rows out by key, and others in; a key that is there already is replaced."""
        changed = False
        for key in gone:
            changed |= self._remove(key)
        for row in come:
            self._remove(row.key)
            self._insert(row)
            changed = True
        if changed:
            self._orders.clear()

    def _remove(self, key: str) -> bool:
        place = self._at.pop(key, None)
        if place is None:
            return False
        row = self._rows[place]
        assert row is not None
        mask = ~(1 << place)
        for facet, values in row.facets.items():
            of = self._bits[facet]
            for value in set(values) or {NONE}:
                of[value] &= mask
                if not of[value]:
                    del of[value]
        self._rows[place] = None
        self._all &= mask
        self._free.append(place)
        return True

    def _insert(self, row: Row[Item]) -> None:
        if self._free:
            place = self._free.pop()
            self._rows[place] = row
        else:
            place = len(self._rows)
            self._rows.append(row)
        self._at[row.key] = place
        bit = 1 << place
        for facet, values in row.facets.items():
            of = self._bits.setdefault(facet, {})
            for value in set(values) or {NONE}:
                of[value] = of.get(value, 0) | bit
        self._all |= bit

    def page(
        self,
        asked: Query | None = None,
        *,
        only: Collection[str] | None = None,
    ) -> Page[Item]:
        """Return a page of what a query leaves; `only` narrows it to rows of these keys.

        `words` of the query are the caller's to turn into `only`. Rows without a value to be
        ordered by stand last, and rows of equal value by key. Raises KeyError for an order that no
        row has.
        """
        asked = asked or Query()
        free = self._all if only is None else self._set(self._at[k] for k in only if k in self._at)
        if asked.first is not None or asked.last is not None:
            free &= self._touching(asked.first, asked.last)
        chosen = {facet: self._any(facet, values) for facet, values in asked.chosen.items()}
        left = free
        for bits in chosen.values():
            left &= bits
        counts = {facet: self._counts(facet, free, chosen) for facet in sorted(self._bits)}
        rows: list[Item] = []
        skipped = 0
        for place in self._ordered(asked.order, asked.descending):
            if asked.limit is not None and len(rows) >= asked.limit:
                break
            if left >> place & 1:
                row = self._rows[place]
                if skipped < asked.offset:
                    skipped += 1
                elif row is not None:
                    rows.append(row.item)
        return Page(rows=tuple(rows), total=left.bit_count(), offset=asked.offset, counts=counts)

    def _set(self, places: Iterable[int]) -> int:
        bits = bytearray((len(self._rows) + 7) // 8)
        for place in places:
            bits[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(bits, "little")

    def _any(self, facet: str, values: Collection[str]) -> int:
        of = self._bits.get(facet, {})
        found = 0
        for value in values:
            found |= of.get(value, 0)
        return found

    def _counts(self, facet: str, free: int, chosen: Mapping[str, int]) -> dict[str, int]:
        for other, bits in chosen.items():
            if other != facet:
                free &= bits
        counted = [
            (number, value)
            for value, bits in self._bits[facet].items()
            if (number := (bits & free).bit_count())
        ]
        counted.sort(key=lambda entry: (-entry[0], entry[1]))
        return {value: number for number, value in counted}

    def _touching(self, first: date | None, last: date | None) -> int:
        """Return the rows whose period is known in part at least and may touch the days asked."""

        def touches(period: tuple[date | None, date | None]) -> bool:
            start, end = period
            if start is None and end is None:
                return False
            if first is not None and end is not None and end < first:
                return False
            return not (last is not None and start is not None and start > last)

        return self._set(
            place for place, row in enumerate(self._rows) if row is not None and touches(row.period)
        )

    def _ordered(self, order: str, descending: bool) -> Sequence[int]:
        name = f"{order} {descending}"
        known = self._orders.get(name)
        if known is None:
            there = [(place, row) for place, row in enumerate(self._rows) if row is not None]
            there.sort(key=lambda entry: entry[1].key)
            if order != "key":
                if there and not any(order in row.order for _, row in there):
                    raise KeyError(order)
                valued = [each for each in there if each[1].order.get(order) is not None]
                empty = [each for each in there if each[1].order.get(order) is None]

                def by(each: tuple[int, Row[Item]]) -> Any:
                    return each[1].order[order]

                there = sorted(valued, key=by, reverse=descending) + empty
            elif descending:
                there.reverse()
            known = self._orders[name] = [place for place, _ in there]
        return known
