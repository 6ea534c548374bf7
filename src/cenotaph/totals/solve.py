"""At least, at best and at most: what a set of figures proves when some of them count the same
people.

Low: the heaviest choice of figures that cannot overlap in any reading. Best: the same with best
figures, taking what may lie inside as inside (the larger explains the smaller), and unsure pairs as
two events; parts of a closed sum come to no more than it where their lows allow it. High:
everything that does not lie inside another figure for certain, and of a whole and its certain parts
whichever is larger.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.bounds import heaviest
from cenotaph.model import ClaimId, Stance
from cenotaph.totals.figures import Item, Relations


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


def solve(found: Sequence[Item], relations: Relations, *, as_area: bool = False) -> Solution:
    """Return the bounds of figures; with `as_area`, in the reading that takes settlements as
    areas."""
    keys = {item.key for item in found}
    certain = _within(relations.inside, keys)
    maybe = _within(relations.maybe, keys)
    if as_area:
        maybe = _union(maybe, _within(relations.as_area, keys))
    likely = _both_ways(_union(certain, maybe))
    cautious = _union(likely, _within(relations.unsure, keys))
    lowest = heaviest({item.key: item.low for item in found}, cautious)
    weights, fitted = _fitted(found, certain, likely)
    likeliest = heaviest(weights, likely)
    chosen = frozenset(key for key in keys if key in lowest.keys)
    highest = _highest(found, certain)
    return Solution(lowest.weight, likeliest.weight, highest, chosen, lowest.exact, fitted)


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
        if heaviest({part: of[part].low for part in inside}, likely).weight > most:
            continue
        for _ in range(_PASSES):
            choice = heaviest({part: best[part] for part in inside}, likely)
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


def _within(
    relation: Mapping[ClaimId, set[ClaimId]], keys: set[ClaimId]
) -> dict[ClaimId, set[ClaimId]]:
    return {one: others & keys for one, others in relation.items() if one in keys and others & keys}


def _union(
    one: Mapping[ClaimId, set[ClaimId]], other: Mapping[ClaimId, set[ClaimId]]
) -> dict[ClaimId, set[ClaimId]]:
    return {key: one.get(key, set()) | other.get(key, set()) for key in one.keys() | other.keys()}


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
