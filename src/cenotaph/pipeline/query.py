"""What a list is asked, what it is asked of, and what it answers."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

Item = TypeVar("Item")
Other = TypeVar("Other")

Facets = Mapping[str, Collection[str]]
"""The values that one row has, by facet."""


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
    own facet aside), the most frequent first; each facet is counted when it is looked at.
    """

    rows: tuple[Item, ...]
    total: int
    offset: int
    counts: Mapping[str, Mapping[str, int]]

    def of(self, make: Callable[[Sequence[Item]], Iterable[Other]]) -> "Page[Other]":
        """Return the same page of what is made of its rows."""
        return Page(
            rows=tuple(make(self.rows)), total=self.total, offset=self.offset, counts=self.counts
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing of a list: its name, its facets, its period, and what it is ordered by.

    Days of a period are their ordinals, None where it is open. All rows of a list have the same
    facets and the same orders.
    """

    key: str
    facets: Facets
    period: tuple[int | None, int | None] = (None, None)
    order: Mapping[str, float | str | None] = field(default_factory=dict)
