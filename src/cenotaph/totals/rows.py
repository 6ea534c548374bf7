"""Rows of totals: by place, time, perpetrator or weapon, and the whole, each opened to its
reasons."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import product

from cenotaph.model import (
    GROUPS,
    ClaimId,
    Figure,
    Incident,
    Linking,
    Measure,
    OtherReading,
    Precision,
    ResolvedClaim,
    Role,
    Ruleset,
    Stance,
    TotalPart,
    TotalRow,
    Totals,
)
from cenotaph.totals.figures import CONTESTED, Item, items, number
from cenotaph.totals.relations import Relations, relations
from cenotaph.totals.sentences import reason, sentences
from cenotaph.totals.solve import Solution, solve

Key = tuple[tuple[str, str | None], ...]
"""What a row is of: values by the keys that rows are asked by."""


@dataclass(frozen=True, slots=True)
class Added:
    """What a total is made of, for one measure and group: the figures, how they stand to one
    another, and the number of every claim, as one would add them who reads no further."""

    items: Sequence[Item]
    relations: Relations
    numbers: Mapping[ClaimId, int]


def total(
    claims: Sequence[ResolvedClaim],
    linking: Linking,
    incidents: Sequence[Incident],
    *,
    by: Sequence[str] = (),
    ruleset: Ruleset,
    measure: Measure = Measure.KILLED,
    group: str | None = None,
) -> Totals:
    """Return how many people must have been harmed at least, at best and at most.

    `by` are keys of KEYS; what lies across two values of a key (a period over two months, an area
    over two governorates) has a row of its own and is never divided. `group` is one of GROUPS or
    None for everyone; by "group" there are rows for each of them, which may share people. The whole
    is solved over all figures; it need not be the sum of the rows.
    Raises KeyError for a key that there is not.
    """

    def added(of: str | None) -> Added:
        found = items(claims, linking, incidents, measure=measure, group=of, ruleset=ruleset)
        return Added(found, relations(found, linking.links), _numbers(claims, measure, of))

    return total_of(added, by=by, ruleset=ruleset, measure=measure, group=group)


def total_of(
    added: Callable[[str | None], Added],
    *,
    by: Sequence[str] = (),
    ruleset: Ruleset,
    measure: Measure = Measure.KILLED,
    group: str | None = None,
) -> Totals:
    """Return totals as `total` does, of what `added` gives for each group it is asked for."""
    if unknown := [name for name in by if name not in KEYS]:
        raise KeyError(unknown[0])
    all_of_it = added(group)
    rows: list[TotalRow] = []
    for of in GROUPS if "group" in by and group is None else (group,):
        mine = all_of_it if of == group else added(of)
        grouped: dict[Key, list[Item]] = {}
        for item in mine.items:
            for key in keys_of(item, by, of):
                grouped.setdefault(key, []).append(item)
        rows.extend(
            row(key, members, mine.relations, added_up(members, mine.numbers), measure, of)
            for key, members in grouped.items()
        )
    everything = sum(all_of_it.numbers.values())
    whole = row((), all_of_it.items, all_of_it.relations, everything, measure, group)
    return Totals(
        measure=measure,
        group=group,
        by=tuple(by),
        ruleset=f"{ruleset.name}-{ruleset.version}",
        rows=in_order(rows) if by else (),
        whole=whole,
    )


def keys_of(item: Item, by: Sequence[str], group: str | None = None) -> Iterator[Key]:
    """Yield the rows by some keys in which a figure stands, `group` being what it is read for.

    That is one, but by perpetrator one for each party where different parties are blamed.
    """
    values = [
        _blamed(item)
        if name == "perpetrator" and CONTESTED in item.notes
        else [group if name == "group" else KEYS[name](item)]
        for name in by
    ]
    for row_values in product(*values):
        yield tuple(zip(by, row_values, strict=True))


def added_up(members: Iterable[Item], numbers: Mapping[ClaimId, int]) -> int:
    """Return what figures come to for who adds every number."""
    return sum(numbers.get(claim, 0) for item in members for claim in item.claims)


def in_order(rows: Iterable[TotalRow]) -> tuple[TotalRow, ...]:
    """Return rows by their keys, what is not known last."""
    return tuple(sorted(rows, key=lambda each: sortable(each.key)))


def sortable(key: Key) -> tuple[tuple[bool, str], ...]:
    """Return that by which rows stand in their order."""
    return tuple((value is None, value or "") for _, value in key)


def _admin1(item: Item) -> str | None:
    places = [place for place in (item.places or (item.place,)) if place is not None]
    names = {
        place.admin1 or (place.name if place.precision is Precision.ADMIN1 else None)
        for place in places
    }
    return names.pop() if len(names) == 1 else None


def _country(item: Item) -> str | None:
    names = {place.country for place in (item.places or (item.place,)) if place is not None}
    return names.pop() if len(names) == 1 else None


def _place(item: Item) -> str | None:
    return item.place.name if item.place is not None else None


def _month(item: Item) -> str | None:
    when = item.when
    if when is None or (when.start is None and when.end is None):
        return None
    if when.start is not None and when.end is not None:
        first, last = f"{when.start:%Y-%m}", f"{when.end:%Y-%m}"
        return first if first == last else f"{when.start}/{when.end}"
    return f"{when.start or '..'}/{when.end or '..'}"


def _blamed(item: Item) -> list[str]:
    return sorted({each.name for each in item.perpetrators if each.stance is not Stance.DENIED})


def _perpetrator(item: Item) -> str | None:
    return " + ".join(_blamed(item)) or None


def _group(_: Item) -> str | None:
    """Figures are read for one group at a time; a row has the one it was read for."""
    return None


def _weapon(item: Item) -> str | None:
    return " + ".join(item.weapons) or None


KEYS: Mapping[str, Callable[[Item], str | None]] = {
    "admin1": _admin1,
    "country": _country,
    "group": _group,
    "month": _month,
    "perpetrator": _perpetrator,
    "place": _place,
    "weapon": _weapon,
}


def _numbers(
    claims: Iterable[ResolvedClaim], measure: Measure, group: str | None
) -> dict[ClaimId, int]:
    told = ((claim.id, number(claim, measure, group)) for claim in claims)
    return {id_: added for id_, added in told if added is not None}


def row(
    key: Key,
    members: Sequence[Item],
    related: Relations,
    naive: int,
    measure: Measure,
    group: str | None,
) -> TotalRow:
    """Return the row of some figures; `naive` is what every number of their claims comes to."""
    counted = [item for item in members if item.aside is None]
    solution = solve(counted, related)
    here = {item.key for item in counted}
    parts = [part(item, solution, related, here) for item in members]
    others = other_readings(solution, *apart(counted, related))
    return opened(key, members, parts, solution, others, related, naive, measure, group)


def opened(
    key: Key,
    members: Sequence[Item],
    parts: Iterable[TotalPart],
    solution: Solution,
    others: tuple[OtherReading, ...],
    related: Relations,
    naive: int,
    measure: Measure,
    group: str | None,
) -> TotalRow:
    """Return a row of what it is made of, with its sentences."""
    counted = [item for item in members if item.aside is None]
    placeless = [item for item in members if item.aside is not None and item.placeless]
    added = [item for item in counted if item.key in solution.chosen]
    made = TotalRow(
        key=key,
        figure=Figure(low=solution.low, best=solution.best, high=solution.high),
        high_with_aside=solution.high + sum(item.high for item in placeless),
        bounded=all(item.bounded for item in counted),
        civilians=bool(added) and all(item.civilians for item in added),
        parts=tuple(parts),
        naive=naive,
        round_without_source=sum(
            item.low for item in added if {"round", "no-source"} <= set(item.notes)
        ),
        imputed=sum(item.low for item in added if "imputed" in item.notes),
        others=others,
        exact=solution.exact,
    )
    of = {item.key: item for item in members}
    return sentences(made, of, related, measure, group, solution.fitted)


def part(
    item: Item, solution: Solution, related: Relations, here: AbstractSet[ClaimId]
) -> TotalPart:
    """Return what a figure is to a row; `here` are those that are counted in it."""
    certain = related.inside.get(item.key, set()) & here
    maybe = _open(related, item.key) & here
    if item.aside is not None:
        role, of = Role.SET_ASIDE, set[ClaimId]()
    elif item.key in solution.chosen:
        role, of = Role.ADDED, set()
    elif certain:
        role, of = Role.INSIDE, certain & solution.chosen or certain
    elif maybe:
        role, of = Role.MAY_BE_INSIDE, maybe & solution.chosen or maybe
    elif any(item.key in related.inside.get(key, ()) for key in solution.chosen):
        # Its parts come to more than it does itself.
        role, of = Role.INSIDE, set()
    else:
        role = Role.MAY_BE_INSIDE
        of = related.unsure.get(item.key, set()) & here
        of |= {key for key in solution.chosen if item.key in _open(related, key)}
    return TotalPart(
        claim=item.key,
        claims=item.claims,
        incident=item.incident,
        scope=item.scope,
        figure=item.figure,
        role=role,
        of=tuple(sorted(of)),
        notes=item.notes,
        reason=reason(item, role),
    )


def _open(related: Relations, part: ClaimId) -> set[ClaimId]:
    """Return the figures in which one may lie, in this reading of their places or the other."""
    return related.maybe.get(part, set()) | related.as_area.get(part, set())


def apart(
    counted: Sequence[Item], related: Relations
) -> tuple[Solution | None, tuple[ClaimId, ...]]:
    """Return the bounds where settlements are the areas that bear their names and periods reach
    beyond what is told of them, and the figures that this moves; None where it moves none."""
    keys = {item.key for item in counted}
    affected = {
        whole for part, wholes in related.wider.items() if part in keys for whole in wholes & keys
    }
    if not affected:
        return None, ()
    return solve(counted, related, wider=True), tuple(sorted(affected))


def other_readings(
    solution: Solution, other: Solution | None, affected: tuple[ClaimId, ...]
) -> tuple[OtherReading, ...]:
    """Return what a row would be in that reading, where it would be another."""
    if other is None or (other.low, other.best, other.high) == (
        solution.low,
        solution.best,
        solution.high,
    ):
        return ()
    return (
        OtherReading(
            low=other.low,
            best=other.best,
            high=other.high,
            assumes="read-as-area",
            claims=affected,
        ),
    )
