"""Figures that hang together: what they come to, and what each is to the whole, worked out once."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from cenotaph.model import ClaimId, Measure, TotalPart, TotalRow
from cenotaph.totals.figures import Item
from cenotaph.totals.relations import Relations
from cenotaph.totals.rows import Key, apart, opened, other_readings, part
from cenotaph.totals.solve import Solution, solve


class Tangle:
    """Figures that may share people with one another and with no other, in the order of their keys.

    Two are the same only where they are one: whatever changes in one, another takes its place.
    """

    def __init__(self, items: Sequence[Item], relations: Relations, solution: Solution) -> None:
        self.items, self.relations, self.solution = items, relations, solution
        self._counted = [item for item in items if item.aside is None]

    def of(self, items: Sequence[Item]) -> "Tangle":
        """Return some of the figures as they are for themselves; itself for all of them."""
        if len(items) == len(self.items):
            return self
        counted = [item for item in items if item.aside is None]
        return Tangle(items, self.relations, solve(counted, self.relations))

    @cached_property
    def parts(self) -> dict[ClaimId, TotalPart]:
        """What each figure is to the whole."""
        here = {item.key for item in self._counted}
        return {item.key: part(item, self.solution, self.relations, here) for item in self.items}

    @cached_property
    def apart(self) -> tuple[Solution | None, tuple[ClaimId, ...]]:
        """What they would come to read wider, and the figures that moves."""
        return apart(self._counted, self.relations)

    @cached_property
    def fitted(self) -> list[tuple[int, ClaimId]]:
        """The sums into which the best of their parts were brought, and how many parts each has."""
        here = {item.key for item in self._counted}
        inside = self.relations.inside
        return [
            (sum(whole in inside.get(key, ()) for key in here), whole)
            for whole in self.solution.fitted
        ]


def joined(tangles: Iterable[Tangle]) -> Relations:
    """Return how the figures of several tangles stand to one another."""
    found = Relations()
    for tangle in tangles:
        found.inside.update(tangle.relations.inside)
        found.maybe.update(tangle.relations.maybe)
        found.unsure.update(tangle.relations.unsure)
        found.one.update(tangle.relations.one)
        found.as_area.update(tangle.relations.as_area)
        found.wider.update(tangle.relations.wider)
    return found


def whole_row(
    key: Key, tangles: Sequence[Tangle], measure: Measure, group: str | None, naive: int
) -> TotalRow:
    """Return the row of all figures of some tangles."""
    items = sorted((item for each in tangles for item in each.items), key=lambda item: item.key)
    parts = {claim: made for each in tangles for claim, made in each.parts.items()}
    solution = _summed((each.solution for each in tangles), (each.fitted for each in tangles))
    moved = tuple(sorted(claim for each in tangles for claim in each.apart[1]))
    other = _summed((each.apart[0] or each.solution for each in tangles), ()) if moved else None
    return opened(
        key,
        items,
        (parts[item.key] for item in items),
        solution,
        other_readings(solution, other, moved),
        joined(tangles),
        naive,
        measure,
        group,
    )


def _summed(
    solutions: Iterable[Solution], fitted: Iterable[Sequence[tuple[int, ClaimId]]]
) -> Solution:
    """Return the bounds of figures that share nobody, from those of each."""
    low = likely = highest = 0
    chosen: list[ClaimId] = []
    exact = True
    for each in solutions:
        low, likely, highest = low + each.low, likely + each.likely, highest + each.highest
        chosen += each.chosen
        exact = exact and each.exact
    narrowest = sorted(pair for some in fitted for pair in some)
    return Solution(
        low, likely, highest, frozenset(chosen), exact, tuple(key for _, key in narrowest)
    )
