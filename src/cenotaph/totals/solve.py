"""At least, at best and at most: what a set of figures proves when some of them count the same
people.

Low: the heaviest choice of figures that cannot overlap in any reading, those that may be of one
event at the smallest that any of them gives, as its sources would then differ. Best: the same with
best figures, taking what may lie inside as inside (the larger explains the smaller), a settlement
that shares its name with an area as the settlement, and unsure pairs as two events, or as one where
all that speaks for two is a day that is not told; parts of a closed sum come to no more than it
where their lows allow it. High: everything that does not lie inside another figure for certain, and
of a whole and its certain parts whichever is larger.
"""

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.bounds import at_most, heaviest
from cenotaph.model import ClaimId, Stance
from cenotaph.totals.figures import Item
from cenotaph.totals.relations import Relations


@dataclass(frozen=True, slots=True)
class Solution:
    """The bounds of a set of figures; `chosen` are those that the low counts.

    `fitted` are the closed sums into which the best figures of their parts were brought.
    `likely` and `highest` are what best and high come to by themselves: a best is never below the
    low nor a high below the best, of a whole and not of each of its tangles.
    """

    low: int
    likely: int
    highest: int
    chosen: frozenset[ClaimId]
    exact: bool
    fitted: tuple[ClaimId, ...] = ()

    @property
    def best(self) -> int:
        """Return the best figure."""
        return max(self.likely, self.low)

    @property
    def high(self) -> int:
        """Return the highest figure."""
        return max(self.highest, self.best)


@dataclass(frozen=True, slots=True, eq=False)
class _Tangle:
    """Figures that hang together, and how: of each the others that it lies in for certain, perhaps,
    may be the same as, likelier is, and lies in if they are of an area. The hash is made of their
    names alone, which is quick."""

    items: tuple[Item, ...]
    ties: tuple[tuple[tuple[ClaimId, ...], ...], ...]

    def __hash__(self) -> int:
        return hash((tuple(item.key for item in self.items), self.ties))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Tangle) and self.ties == other.ties and self.items == other.items


def solve(found: Sequence[Item], relations: Relations, *, wider: bool = False) -> Solution:
    """Return the bounds of figures over both readings of a settlement that may be an area; with
    `wider`, with areas whose periods reach beyond what is told too.

    Figures that hang together are solved for themselves: they share nobody with others, so that the
    bounds add up. The last ones are kept, so that totals after a change solve what it touched.
    """
    of = {item.key: item for item in found}
    area = _union(relations.as_area, relations.wider) if wider else relations.as_area
    near = (relations.inside, relations.maybe, relations.unsure, relations.one, area)
    low = likely = highest = 0
    chosen: list[ClaimId] = []
    fitted: list[tuple[int, ClaimId]] = []
    exact = True
    for keys in _tangled(of, near):
        if len(keys) == 1:
            item = of[keys[0]]
            low, likely, highest = low + item.low, likely + item.best, highest + item.high
            chosen.append(item.key)
            continue
        keys.sort()
        here = frozenset(keys)
        ties = tuple(
            tuple(tuple(sorted(kind.get(key, _NONE) & here)) for kind in near) for key in keys
        )
        one, widths = _solved(_Tangle(tuple(of[key] for key in keys), ties))
        low, likely, highest = low + one.low, likely + one.likely, highest + one.highest
        chosen += one.chosen
        fitted += zip(widths, one.fitted, strict=True)
        exact = exact and one.exact
    # The narrowest sums come first.
    return Solution(
        low, likely, highest, frozenset(chosen), exact, tuple(key for _, key in sorted(fitted))
    )


_NONE: frozenset[ClaimId] = frozenset()


def _tangled(
    of: Mapping[ClaimId, Item], near: Sequence[Mapping[ClaimId, set[ClaimId]]]
) -> Iterator[list[ClaimId]]:
    """Yield the figures that hang together, those that stand alone too."""
    ends: dict[ClaimId, list[ClaimId]] = {}
    for kind in near:
        for one in of:
            for other in kind.get(one, ()):
                if other in of:
                    ends.setdefault(one, []).append(other)
                    ends.setdefault(other, []).append(one)
    seen: set[ClaimId] = set()
    for key in of:
        if key in seen:
            continue
        if key not in ends:
            yield [key]
            continue
        seen.add(key)
        found, at = [key], 0
        while at < len(found):
            for other in ends[found[at]]:
                if other not in seen:
                    seen.add(other)
                    found.append(other)
            at += 1
        yield found


@functools.lru_cache(maxsize=50_000)
def _solved(tangle: _Tangle) -> tuple[Solution, tuple[int, ...]]:
    """Return the bounds of figures that hang together, and how many parts each sum has into which
    they were fitted."""
    found = tangle.items
    keys = {item.key for item in found}
    certain, maybe, unsure, one, area = (
        {item.key: {*kinds[n]} for item, kinds in zip(found, tangle.ties, strict=True) if kinds[n]}
        for n in range(5)
    )
    unsure = _both_ways(unsure)
    likely = _both_ways(_union(_union(certain, maybe), one))
    cautious = _union(_union(likely, unsure), _both_ways(area))
    lows = {item.key: item.low for item in found}
    least = _least(lows, _without(unsure, _both_ways(certain)))
    lowest = heaviest({key: lows[of] for key, of in least.items()}, cautious)
    weights, fitted = _fitted(found, certain, likely)
    likeliest = heaviest(weights, likely)
    chosen = _named(frozenset(key for key in keys if key in lowest.keys), least, cautious)
    highest = _highest(found, certain)
    inside = Counter(whole for wholes in certain.values() for whole in wholes)
    solution = Solution(lowest.weight, likeliest.weight, highest, chosen, lowest.exact, fitted)
    return solution, tuple(inside[whole] for whole in fitted)


def _least(
    lows: Mapping[ClaimId, int], unsure: Mapping[ClaimId, set[ClaimId]]
) -> dict[ClaimId, ClaimId]:
    """The figure of least low among each and those that may be of its event; ties stay with it."""
    return {
        key: min(unsure.get(key, ()), key=lambda other: (lows[other], other), default=key)
        if any(lows[other] < low for other in unsure.get(key, ()))
        else key
        for key, low in lows.items()
    }


def _named(
    chosen: frozenset[ClaimId],
    least: Mapping[ClaimId, ClaimId],
    conflicts: Mapping[ClaimId, set[ClaimId]],
) -> frozenset[ClaimId]:
    """The figures chosen, each by the one whose low it counts with where no other is at odds."""
    found = set(chosen)
    for key in sorted(chosen):
        others = found - {key}
        if least[key] not in others and others.isdisjoint(conflicts.get(least[key], ())):
            found = others | {least[key]}
    return frozenset(found)


# Each pass lowers the heaviest choice of a sum's parts; what is left after so many stays above it.
_PASSES = 8


def _fitted(
    found: Sequence[Item],
    certain: Mapping[ClaimId, set[ClaimId]],
    likely: Mapping[ClaimId, set[ClaimId]],
) -> tuple[dict[ClaimId, int], tuple[ClaimId, ...]]:
    """Return the best figures, brought into every closed sum that holds them for certain, and those
    sums into which they had to be brought.

    Where the parts of such a sum exceed it at best and fit into it at their lows, a figure that is
    at odds with another is too high somewhere: each gives way in proportion to what lies between
    its low and its best. Parts that do not fit at their lows show the sum to be incomplete, and
    stay. The narrowest sums come first.
    """
    best = {item.key: item.best for item in found}
    fitted: list[ClaimId] = []
    of = {item.key: item for item in found}
    parts: dict[ClaimId, list[ClaimId]] = {}
    for part, wholes in certain.items():
        for whole in wholes:
            if of[whole].closed:
                parts.setdefault(whole, []).append(part)
    for whole, inside in sorted(parts.items(), key=lambda entry: (len(entry[1]), entry[0])):
        most = of[whole].high
        if sum(best[part] for part in inside) <= most:
            continue
        if _blamed(of[whole], (of[part] for part in inside)):
            continue
        lows = {part: of[part].low for part in inside}
        if at_most(lows, likely) > most and heaviest(lows, likely).weight > most:
            continue
        for _ in range(_PASSES):
            now = {part: best[part] for part in inside}
            if at_most(now, likely) <= most:
                break
            choice = heaviest(now, likely)
            over = choice.weight - most
            room = {part: best[part] - of[part].low for part in inside if part in choice.keys}
            if over <= 0 or not any(room.values()):
                break
            for part, less in _shares(room, over).items():
                best[part] -= less
            if whole not in fitted:
                fitted.append(whole)
    return best, tuple(fitted)


def _shares(room: Mapping[ClaimId, int], amount: int) -> dict[ClaimId, int]:
    """Divide an amount in proportion to the room that each has, as evenly as whole numbers do."""
    whole = sum(room.values())
    amount = min(amount, whole)
    shares = {key: amount * each // whole for key, each in room.items()}
    rest = sorted(room, key=lambda key: (-(amount * room[key] % whole), key))
    for key in rest[: amount - sum(shares.values())]:
        shares[key] += 1
    return shares


def _blamed(whole: Item, parts: Iterable[Item]) -> bool:
    """Tell whether who gives a sum is blamed for any of it: the accused bound nobody's figures."""
    return any(
        each.name in whole.said_by
        for item in (whole, *parts)
        for each in item.perpetrators
        if each.stance is not Stance.DENIED
    )


def _union(
    one: Mapping[ClaimId, set[ClaimId]], other: Mapping[ClaimId, set[ClaimId]]
) -> dict[ClaimId, set[ClaimId]]:
    return {key: one.get(key, set()) | other.get(key, set()) for key in one.keys() | other.keys()}


def _without(
    one: Mapping[ClaimId, set[ClaimId]], other: Mapping[ClaimId, set[ClaimId]]
) -> dict[ClaimId, set[ClaimId]]:
    return {key: others - other.get(key, set()) for key, others in one.items()}


def _both_ways(relation: Mapping[ClaimId, set[ClaimId]]) -> dict[ClaimId, set[ClaimId]]:
    found: dict[ClaimId, set[ClaimId]] = {}
    for one, others in relation.items():
        for other in others:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return found


def _highest(found: Sequence[Item], inside: Mapping[ClaimId, set[ClaimId]]) -> int:
    """Sum what lies inside nothing for certain; a whole counts as much as its certain parts at
    least."""
    high = {item.key: item.high for item in found}
    # The closest whole of a figure is one that itself lies inside most others; ties go to the
    # smaller key.
    parent = {
        part: max(sorted(wholes), key=lambda whole: len(inside.get(whole, ())))
        for part, wholes in inside.items()
    }
    children: dict[ClaimId, list[ClaimId]] = {}
    for part, whole in sorted(parent.items()):
        children.setdefault(whole, []).append(part)
    value: dict[ClaimId, int] = {}
    # Those inside most wholes first: every part is valued before its whole.
    for key in sorted(high, key=lambda key: (-len(inside.get(key, ())), key)):
        value[key] = max(high[key], sum(value.get(part, 0) for part in children.get(key, ())))
    return sum(value[key] for key in high if key not in parent)
