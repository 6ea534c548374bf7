"""Lists whose filters, order and page stand in their address, so that an address is a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from cenotaph.pipeline import Page, Query
from cenotaph.web import wording
from cenotaph.web.language import say

SIZE = 50
MOST = 200
"""Values of a facet that a page lists at most, the most frequent; the rest are found by words."""

FACETS = {
    "admin1": "Province",
    "place": "Place",
    "month": "Month",
    "event": "What happened",
    "weapon": "Weapon",
    "target": "Target",
    "perpetrator": "Alleged perpetrator",
    "source": "Source",
    "publisher": "Publisher",
    "grade": "Grade",
    "measure": "What is counted",
    "scope": "Counts",
    "finding": "Finding",
    "code": "Finding",
    "civilian": "Status",
    "precision": "Place known to",
    "state": "State",
    "lang": "Language",
    "certainty": "Certainty",
    "claims": "Has claims",
    "document": "Report",
    "status": "Decision",
    "country": "Country",
    "admin2": "District",
}
NOT_ASKED = ("page", "told", "undo", "back", "seal")
"""Values of an address that are no part of what it asks."""

CODED = {
    "event", "weapon", "target", "grade", "measure", "scope", "finding", "code", "civilian",
    "precision", "state", "claims", "status", "certainty",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: how many rows it would leave, and where choosing it leads."""

    label: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a list."""

    name: str
    title: str
    values: tuple[Value, ...]

    @property
    def chosen(self) -> tuple[Value, ...]:
        """The values that the list is narrowed to."""
        return tuple(value for value in self.values if value.chosen)


def whole(said: str, *, digits: int) -> int | None:
    """Return a whole number as an address or a form says it, None where it is none or has more
    digits."""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= digits else None


def day(text: str | None) -> date | None:
    """Return a day of a form; None where it is none."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def asked(
    params: QueryParams,
    facets: Sequence[str],
    *,
    order: str = "key",
    descending: bool = False,
    orders: Sequence[str] = (),
    limit: int | None = SIZE,
) -> Query:
    """Return what an address asks of a list; what is no question of it is passed over."""
    chosen = {name: frozenset(params.getlist(name)) for name in facets if name in params}
    named = params.get("order", "")
    turned = named.startswith("-")
    given = named.removeprefix("-")
    if given in orders:
        order, descending = given, turned
    number = whole(params.get("page", ""), digits=7) or 1
    return Query(
        chosen=chosen,
        first=day(params.get("from")),
        last=day(params.get("to")),
        words=params.get("q", "")[:400],
        order=order,
        descending=descending,
        offset=0 if limit is None else (number - 1) * limit,
        limit=limit,
    )


def address(params: QueryParams, **changed: str | None) -> str:
    """Return the query of an address with some values put in place of others."""
    kept = [(k, v) for k, v in params.multi_items() if k not in changed and k not in NOT_ASKED]
    kept += [(k, v) for k, v in changed.items() if v is not None]
    return "?" + urlencode(kept)


def toggled(params: QueryParams, name: str, value: str) -> str:
    """Return the query of an address with a value of a facet chosen, or no longer chosen."""
    pairs = [(k, v) for k, v in params.multi_items() if k not in NOT_ASKED]
    if (name, value) in pairs:
        pairs = [pair for pair in pairs if pair != (name, value)]
    else:
        pairs.append((name, value))
    return "?" + urlencode(pairs)


def facets_of(
    params: QueryParams, counts: Mapping[str, Mapping[str, int]], names: Sequence[str]
) -> list[Facet]:
    """Return the facets of a list that can narrow it."""
    found = []
    for name in names:
        values = dict(counts.get(name, {}))
        picked = params.getlist(name)
        for value in picked:
            values.setdefault(value, 0)
        if not picked and (len(values) < 2 and not any(values)):
            continue
        named_first = dict.fromkeys((*picked, *islice(values, MOST)))
        shown = [
            Value(
                label=named(name, value),
                count=values[value],
                chosen=value in picked,
                address=toggled(params, name, value),
            )
            for value in sorted(named_first, key=lambda each: -values[each])
        ]
        if name == "month":
            shown.sort(key=lambda each: each.address)
        found.append(Facet(name, say(FACETS[name]), tuple(shown)))
    return found


NOTHING = {
    "finding": "none", "code": "none", "status": "none",
    "admin1": "not known", "admin2": "not known", "place": "not known", "country": "not known",
    "month": "not known", "precision": "not known", "publisher": "not known", "lang": "not known",
}  # fmt: skip
"""What it means that a facet has no value: that reports state none, unless it is said otherwise.

"None" is a weapon or a month that there was not, and no report says that."""


def named(name: str, value: str) -> str:
    """Return the value of a facet as words."""
    if not value:
        return say(NOTHING.get(name, "not stated"))
    if name == "month":
        return wording.month(value)
    return wording.label(value) if name in CODED else value


@dataclass(frozen=True, slots=True)
class Turn:
    """Where the pages before and after lead, and what this one shows."""

    first: int
    last: int
    total: int
    before: str | None
    after: str | None


def turn(params: QueryParams, page: Page[Any], size: int = SIZE) -> Turn:
    """Return how to turn the pages of a list."""
    number = page.offset // size + 1
    last = page.offset + len(page.rows)
    return Turn(
        first=min(page.offset + 1, last),
        last=last,
        total=page.total,
        before=address(params, page=str(number - 1)) if number > 1 else None,
        after=address(params, page=str(number + 1)) if last < page.total else None,
    )


def part(params: QueryParams, total: int) -> Turn:
    """Return the part of so many rows that the address asks for; the last where it is beyond."""
    at = min(asked(params, ()).offset, max(total - 1, 0) // SIZE * SIZE)
    last = min(at + SIZE, total)
    return Turn(
        first=min(at + 1, last),
        last=last,
        total=total,
        before=address(params, page=str(at // SIZE)) if at else None,
        after=address(params, page=str(at // SIZE + 2)) if last < total else None,
    )
