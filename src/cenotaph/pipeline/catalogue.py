"""Lists that are filtered, counted and turned page by page: who asks sees the counts that remain.

Of each row only its key and what it can be filtered and ordered by are in memory, as columns of
numbers: a hundred thousand rows take some megabytes, and counting them takes milliseconds. The
columns can be written down and taken up again as they are.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cmp_to_key
from itertools import repeat
from typing import NamedTuple

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

FEW = 300
"""Rows up to which new ones are put into an order one by one, rather than all be ordered anew."""


class Columns(NamedTuple):
    """All rows of a list as they are written down.

    Of each facet stand its values, and for each time a row has one the number of the row and that
    of the value; `by_key` are the numbers of the rows in the order of their keys.
    """

    keys: list[str]
    facets: dict[str, tuple[list[str], bytes, bytes]]
    start: bytes
    end: bytes
    order: dict[str, list[float | str | None]]
    by_key: bytes


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
        meant = _marked(self._numbers, values, len(self.names))
        found = np.zeros(size, np.bool_)
        found[self.rows[meant[self.codes]]] = True
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

    def written(self, size: int) -> tuple[list[str], bytes, bytes]:
        """Return the values, the numbers of rows (none where each row has one, in their order),
        and the numbers of values, each in as few bytes as the last of them needs."""
        plain = len(self.rows) == size and bool((self.rows == np.arange(size)).all())
        width = next(each for each in WIDTHS if len(self.names) <= np.iinfo(each).max)
        return (
            self.names,
            b"" if plain else self.rows.tobytes(),
            np.dtype(width).char.encode() + self.codes.astype(width).tobytes(),
        )

    @classmethod
    def taken(cls, names: list[str], rows: bytes, codes: bytes) -> "_Facet":
        """Return the facet that was written so."""
        made = cls()
        made.names = names
        made._numbers = {name: code for code, name in enumerate(names)}
        made.codes = np.frombuffer(codes[1:], codes[:1].decode()).astype(np.int32)
        made.rows = (
            np.frombuffer(rows, np.int32) if rows else np.arange(len(made.codes), dtype=np.int32)
        )
        return made


WIDTHS = (np.uint8, np.uint16, np.int32)


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
        self._start = self._end = np.empty(0, np.float64)
        self._order: dict[str, list[float | str | None]] = {}
        self._alive: Mask = np.empty(0, np.bool_)
        # The numbers of all rows by what they were ordered by, those that are gone among them.
        self._orders: dict[tuple[str, bool], NDArray[np.intp]] = {}
        self.change((), rows)

    @classmethod
    def taken(cls, written: Columns) -> "Catalogue":
        """Return the list that was written so."""
        made = cls()
        made._keys = written.keys
        made._at = {key: at for at, key in enumerate(written.keys)}
        made._facets = {name: _Facet.taken(*held) for name, held in written.facets.items()}
        made._start = np.frombuffer(written.start, np.float64)
        made._end = np.frombuffer(written.end, np.float64)
        made._order = written.order
        made._alive = np.ones(len(written.keys), np.bool_)
        by_key = np.frombuffer(written.by_key, np.int32).astype(np.intp)
        made._orders = {("key", False): by_key}
        return made

    def written(self) -> Columns:
        """Return all rows as they are written down."""
        self._pack()
        return Columns(
            keys=self._keys,
            facets={n: each.written(len(self._keys)) for n, each in sorted(self._facets.items())},
            start=self._start.tobytes(),
            end=self._end.tobytes(),
            order=self._order,
            by_key=self._ordered("key", False).astype(np.int32).tobytes(),
        )

    def told(self) -> dict[str, object]:
        """Return what each row has, by its key."""
        of: dict[str, dict[str, list[str]]] = {key: {} for key in self._at}
        for name, facet in self._facets.items():
            for row, value in facet.values(self._alive):
                of[self._keys[row]].setdefault(name, []).append(value)
        days = np.stack([self._start, self._end], axis=1)
        return {
            key: (
                {name: sorted(values) for name, values in of[key].items()},
                str(days[at]),
                {name: held[at] for name, held in self._order.items()},
            )
            for key, at in self._at.items()
        }

    @property
    def names(self) -> Collection[str]:
        """The keys of all rows."""
        return self._at.keys()

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
        days: tuple[list[float], list[float]] = [], []
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
            for side, day in zip(days, row.period, strict=True):
                side.append(float("nan") if day is None else day)
            for name, value in row.order.items():
                self._order.setdefault(name, []).append(value)
        if not dead and len(self._keys) == before:
            return
        self._alive = np.concatenate([self._alive, np.ones(len(self._keys) - before, np.bool_)])
        self._alive[dead] = False
        self._start = np.concatenate([self._start, np.array(days[0], np.float64)])
        self._end = np.concatenate([self._end, np.array(days[1], np.float64)])
        for facet in self._facets.values():
            facet.settle()
        if len(self._keys) - before > FEW:
            self._orders.clear()
        else:
            self._put_in_order(range(before, len(self._keys)))
        if len(self._at) * SPARE < len(self._keys) * (SPARE - 1):
            self._pack()

    def _pack(self) -> None:
        """Give the room of rows that are gone back."""
        alive = self._alive
        if alive.all():
            return
        kept = np.flatnonzero(alive).tolist()
        places = np.cumsum(alive, dtype=np.int32) - 1
        for facet in self._facets.values():
            facet.keep(alive, places)
        self._keys = [self._keys[at] for at in kept]
        self._start, self._end = self._start[alive], self._end[alive]
        self._order = {name: [held[at] for at in kept] for name, held in self._order.items()}
        self._at = {key: at for at, key in enumerate(self._keys)}
        self._alive = np.ones(len(kept), np.bool_)
        self._orders = {
            by: places[found[alive[found]]].astype(np.intp) for by, found in self._orders.items()
        }

    def _put_in_order(self, rows: Collection[int]) -> None:
        """Put new rows where they belong in the orders that were asked for."""
        for (order, descending), found in self._orders.items():

            def before(one: int, other: int, by: str = order, turned: bool = descending) -> int:
                return self._before(one, other, by, turned)

            places, new = [], sorted(rows, key=cmp_to_key(before))
            for row in new:
                low, high = 0, len(found)
                while low < high:
                    middle = (low + high) // 2
                    if before(int(found[middle]), row) < 0:
                        low = middle + 1
                    else:
                        high = middle
                places.append(low)
            self._orders[order, descending] = np.insert(found, places, new)

    def _before(self, one: int, other: int, order: str, descending: bool) -> int:
        """Tell which of two rows comes first, by a number below or above nought."""
        if order != "key":
            here, there = self._order[order][one], self._order[order][other]
            if here is None or there is None:
                if (here is None) != (there is None):
                    return 1 if here is None else -1
            elif here != there:
                return -1 if (here < there) != descending else 1  # type: ignore[operator]
        by_key = -1 if self._keys[one] < self._keys[other] else 1
        return -by_key if order == "key" and descending else by_key

    def page(
        self,
        asked: Query | None = None,
        *,
        only: Collection[str] | None = None,
        having: tuple[str, Collection[str]] | None = None,
    ) -> Page[str]:
        """Return a page of the keys of the rows that a query leaves.

        `words` of the query are the caller's to turn into `only`, which narrows it to rows of these
        keys, or into `having`, which narrows it to those with one of some values of a facet. Rows
        without a value to be ordered by stand last, and rows of equal value by key. Raises KeyError
        for an order that no row has.
        """
        asked = asked or Query()
        free = self._free(asked, only, having)
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

    def had(self, facet: str, keys: Collection[str] | None = None) -> set[str]:
        """Return the values of a facet that any of these rows has, or any row."""
        found = self._facets.get(facet)
        if found is None:
            return set()
        meant = self._alive if keys is None else self._these(keys)
        codes = np.bincount(found.codes[meant[found.rows]], minlength=len(found.names))
        return {found.names[code] for code in np.flatnonzero(codes).tolist()} - {NONE}

    def having(self, facet: str, values: Collection[str]) -> list[str]:
        """Return the keys of the rows that have one of some values of a facet."""
        found = np.flatnonzero(self._any(facet, values) & self._alive)
        return [self._keys[at] for at in found.tolist()]

    def number(self, facet: str, value: str) -> int:
        """Return how many rows have a value of a facet."""
        return int(np.count_nonzero(self._any(facet, (value,)) & self._alive))

    def column(self, order: str, facet: str, value: str) -> tuple[list[str], NDArray[np.float64]]:
        """Return the keys, in their order, of the rows that have a value of a facet, and of each
        the number that it is ordered by."""
        left = self._alive & self._any(facet, (value,))
        by_key = self._ordered("key", False)
        rows = by_key[left[by_key]]
        keys = [self._keys[at] for at in rows.tolist()]
        return keys, _comparable(self._order.get(order, ()))[rows] if keys else np.empty(0)

    def periodless(self) -> int:
        """Return how many rows have neither a first nor a last day."""
        return int(np.count_nonzero(self._alive & np.isnan(self._start) & np.isnan(self._end)))

    def _these(self, keys: Collection[str]) -> Mask:
        return _marked(self._at, keys, len(self._keys))

    def _free(
        self, asked: Query, only: Collection[str] | None, having: tuple[str, Collection[str]] | None
    ) -> Mask:
        free = self._alive if only is None else self._these(only)
        if having is not None:
            free = free & self._any(*having)
        if asked.first is None and asked.last is None:
            return free
        free = free & ~(np.isnan(self._start) & np.isnan(self._end))
        if asked.first is not None:
            free &= ~(self._end < asked.first.toordinal())
        if asked.last is not None:
            free &= ~(self._start > asked.last.toordinal())
        return free

    def _any(self, name: str, values: Collection[str]) -> Mask:
        facet = self._facets.get(name)
        size = len(self._keys)
        return np.zeros(size, np.bool_) if facet is None else facet.any(values, size)

    def _ordered(self, order: str, descending: bool) -> NDArray[np.intp]:
        by = (order, descending)
        if by not in self._orders:
            self._orders[by] = self._sorted(order, descending)
        return self._orders[by]

    def _sorted(self, order: str, descending: bool) -> NDArray[np.intp]:
        if ("key", False) not in self._orders:
            ranked = sorted(range(len(self._keys)), key=self._keys.__getitem__)
            self._orders["key", False] = np.array(ranked, np.intp)
        by_key = self._orders["key", False]
        if order == "key":
            return by_key[::-1] if descending else by_key
        if order not in self._order:
            if self._keys:
                raise KeyError(order)
            return by_key
        values = _comparable(self._order[order])[by_key]
        return by_key[np.argsort(-values if descending else values, kind="stable")]


def _marked(numbers: Mapping[str, int], names: Collection[str], size: int) -> Mask:
    """Return of each of so many numbers whether it is that of one of these names; others of them
    have none."""
    marked = np.zeros(size + 1, np.bool_)
    # A name without a number marks the last place, which is then left out.
    marked[np.fromiter(map(numbers.get, names, repeat(size)), np.intp, len(names))] = True
    return marked[:-1]


def _comparable(values: Sequence[float | str | None]) -> NDArray[np.float64]:
    """Return numbers that stand in the order of these values; none is not a number, and last."""
    if any(isinstance(value, str) for value in values):
        ranks = {v: n for n, v in enumerate(sorted({v for v in values if isinstance(v, str)}))}
        return np.array(
            [ranks[value] if isinstance(value, str) else np.nan for value in values], np.float64
        )
    return np.array([np.nan if value is None else value for value in values], np.float64)
