"""Lists that are filtered, counted and turned page by page: who asks sees the counts that remain.

Of each row only its key and what it can be filtered and ordered by are in memory, as columns of
numbers: a hundred thousand rows take some megabytes, and counting them takes milliseconds.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cenotaph.pipeline.query import Page, Query, Row

Mask = NDArray[np.bool_]
"""Of each row whether it is meant."""

Numbers = NDArray[np.int32]

NONE = ""
"""The value that stands in counts and filters for having none."""

SPARE = 4
"""Columns are made smaller when one row in so many is gone."""


class _Facet:
    """The values of one facet, each as a number beside the number of its row."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._numbers: dict[str, int] = {}
        self.rows: Numbers = np.empty(0, np.int32)
        self.codes: Numbers = np.empty(0, np.int32)
        self._new_rows: list[int] = []
        self._new_codes: list[int] = []

    def put(self, row: int, values: Collection[str]) -> None:
        """Note the values of a row; they count once `settle` is called."""
        numbers = self._numbers
        for value in values or (NONE,):
            code = numbers.get(value)
            if code is None:
                code = numbers[value] = len(self.names)
                self.names.append(value)
            self._new_rows.append(row)
            self._new_codes.append(code)

    def settle(self) -> None:
        """Take what was noted into the columns."""
        if self._new_rows:
            self.rows = np.concatenate([self.rows, np.array(self._new_rows, np.int32)])
            self.codes = np.concatenate([self.codes, np.array(self._new_codes, np.int32)])
            self._new_rows, self._new_codes = [], []

    def any(self, values: Collection[str], size: int) -> Mask:
        """Return the rows that have one of some values."""
        found = np.zeros(size, np.bool_)
        for value in values:
            code = self._numbers.get(value)
            if code is not None:
                found[self.rows[self.codes == code]] = True
        return found

    def counts(self, of: Mask) -> dict[str, int]:
        """Return how many of these rows have each value, the most frequent first."""
        found = np.bincount(self.codes[of[self.rows]], minlength=len(self.names))
        there = np.flatnonzero(found)
        counted = [(int(found[code]), self.names[code]) for code in there.tolist()]
        counted.sort(key=lambda entry: (-entry[0], entry[1]))
        return {value: number for number, value in counted}

    def values(self, of: Mask) -> Iterator[tuple[int, str]]:
        """Yield these rows with each of their values."""
        kept = of[self.rows]
        for row, code in zip(self.rows[kept].tolist(), self.codes[kept].tolist(), strict=True):
            yield row, self.names[code]

    def keep(self, of: Mask, places: Numbers) -> None:
        """Drop all rows but these, which are numbered anew."""
        kept = of[self.rows]
        self.rows, self.codes = places[self.rows[kept]], self.codes[kept]


class _Counts(Mapping[str, Mapping[str, int]]):
    """Counts by facet, each made when it is first looked at."""

    def __init__(self, facets: Iterable[str], count: Callable[[str], Mapping[str, int]]) -> None:
        self._facets, self._count = tuple(sorted(facets)), count
        self._known: dict[str, Mapping[str, int]] = {}

    def __getitem__(self, facet: str) -> Mapping[str, int]:
        if facet not in self._facets:
            raise KeyError(facet)
        if facet not in self._known:
            self._known[facet] = self._count(facet)
        return self._known[facet]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facets)

    def __len__(self) -> int:
        return len(self._facets)


class Catalogue:
    """The rows of one list, by key. Rows come and go; what is asked is answered as of now."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._keys: list[str] = []
        self._at: dict[str, int] = {}
        self._facets: dict[str, _Facet] = {}
        self._periods: dict[str, list[float]] = {"start": [], "end": []}
        self._order: dict[str, list[float | str | None]] = {}
        self._alive: Mask = np.empty(0, np.bool_)
        self._made: dict[str, Any] = {}
        self.change((), rows)

    def __len__(self) -> int:
        return len(self._at)

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __contains__(self, key: object) -> bool:
        return key in self._at

    def change(self, gone: Iterable[str] = (), come: Iterable[Row] = ()) -> None:
        """Take rows out by key, and others in; a key that is there already is replaced."""
        dead = [at for key in gone if (at := self._at.pop(key, None)) is not None]
        before = len(self._keys)
        for row in come:
            old = self._at.get(row.key)
            if old is not None:
                dead.append(old)
            at = self._at[row.key] = len(self._keys)
            self._keys.append(row.key)
            for name, values in row.facets.items():
                facet = self._facets.get(name)
                if facet is None:
                    facet = self._facets[name] = _Facet()
                facet.put(at, values)
            for side, day in zip(("start", "end"), row.period, strict=True):
                self._periods[side].append(float("nan") if day is None else day)
            for name, value in row.order.items():
                self._order.setdefault(name, []).append(value)
        if not dead and len(self._keys) == before:
            return
        self._alive = np.concatenate([self._alive, np.ones(len(self._keys) - before, np.bool_)])
        self._alive[dead] = False
        for facet in self._facets.values():
            facet.settle()
        self._made.clear()
        if len(self._at) * SPARE < len(self._keys) * (SPARE - 1):
            self._pack()

    def _pack(self) -> None:
        """Give the room of rows that are gone back."""
        alive = self._alive
        kept = np.flatnonzero(alive).tolist()
        places = np.cumsum(alive, dtype=np.int32) - 1
        for facet in self._facets.values():
            facet.keep(alive, places)
        self._keys = [self._keys[at] for at in kept]
        self._periods = {side: [days[at] for at in kept] for side, days in self._periods.items()}
        self._order = {name: [held[at] for at in kept] for name, held in self._order.items()}
        self._at = {key: at for at, key in enumerate(self._keys)}
        self._alive = np.ones(len(kept), np.bool_)

    def page(self, asked: Query | None = None, *, only: Collection[str] | None = None) -> Page[str]:
        """Return a page of the keys of the rows that a query leaves.

        `words` of the query are the caller's to turn into `only`, which narrows it to rows of these
        keys. Rows without a value to be ordered by stand last, and rows of equal value by key.
        Raises KeyError for an order that no row has.
        """
        asked = asked or Query()
        free = self._free(asked, only)
        chosen = {name: self._any(name, values) for name, values in asked.chosen.items()}
        left = free.copy()
        for mask in chosen.values():
            left &= mask

        def count(facet: str) -> Mapping[str, int]:
            here = free
            for other, mask in chosen.items():
                if other != facet:
                    here = here & mask
            return self._facets[facet].counts(here)

        order = self._ordered(asked.order, asked.descending)
        places = order[left[order]]
        end = None if asked.limit is None else asked.offset + asked.limit
        return Page(
            rows=tuple(self._keys[at] for at in places[asked.offset : end].tolist()),
            total=len(places),
            offset=asked.offset,
            counts=_Counts(self._facets, count),
        )

    def values(self, facet: str) -> Iterator[tuple[str, str]]:
        """Yield the keys of all rows with each of their values of a facet, NONE for none."""
        if facet in self._facets:
            for row, value in self._facets[facet].values(self._alive):
                yield self._keys[row], value

    def periodless(self) -> int:
        """Return how many rows have neither a first nor a last day."""
        start, end = self._days()
        return int(np.count_nonzero(self._alive & np.isnan(start) & np.isnan(end)))

    def _free(self, asked: Query, only: Collection[str] | None) -> Mask:
        if only is None:
            free = self._alive
        else:
            free = np.zeros(len(self._keys), np.bool_)
            free[[at for key in only if (at := self._at.get(key)) is not None]] = True
        if asked.first is None and asked.last is None:
            return free
        start, end = self._days()
        free = free & ~(np.isnan(start) & np.isnan(end))
        if asked.first is not None:
            free &= ~(end < asked.first.toordinal())
        if asked.last is not None:
            free &= ~(start > asked.last.toordinal())
        return free

    def _days(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        if "days" not in self._made:
            self._made["days"] = tuple(
                np.array(self._periods[side], np.float64) for side in ("start", "end")
            )
        found: tuple[NDArray[np.float64], NDArray[np.float64]] = self._made["days"]
        return found

    def _any(self, name: str, values: Collection[str]) -> Mask:
        facet = self._facets.get(name)
        size = len(self._keys)
        return np.zeros(size, np.bool_) if facet is None else facet.any(values, size)

    def _ordered(self, order: str, descending: bool) -> NDArray[np.intp]:
        name = f"{order} {descending}"
        if name not in self._made:
            self._made[name] = self._sorted(order, descending)
        found: NDArray[np.intp] = self._made[name]
        return found

    def _sorted(self, order: str, descending: bool) -> NDArray[np.intp]:
        if "key" not in self._made:
            ranked = sorted(range(len(self._keys)), key=self._keys.__getitem__)
            self._made["key"] = np.array(ranked, np.intp)
        by_key: NDArray[np.intp] = self._made["key"]
        if order == "key":
            return by_key[::-1] if descending else by_key
        if order not in self._order:
            if self._keys:
                raise KeyError(order)
            return by_key
        values = _comparable(self._order[order])[by_key]
        return by_key[np.argsort(-values if descending else values, kind="stable")]


def _comparable(values: Sequence[float | str | None]) -> NDArray[np.float64]:
    """Return numbers that stand in the order of these values; none is not a number, and last."""
    if any(isinstance(value, str) for value in values):
        ranks = {v: n for n, v in enumerate(sorted({v for v in values if isinstance(v, str)}))}
        return np.array(
            [ranks[value] if isinstance(value, str) else np.nan for value in values], np.float64
        )
    return np.array([np.nan if value is None else value for value in values], np.float64)
