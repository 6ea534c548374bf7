"""At least, at best and at most: what a set of figures proves when some of them count the same
people.

Low: the heaviest choice of figures that cannot overlap in any reading. Best: the same with best
figures, taking what may lie inside as inside (the larger explains the smaller), and unsure pairs as
two events. High: everything that does not lie inside another figure for certain, and of a whole and
its certain parts whichever is larger.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cenotaph.bounds import heaviest
from cenotaph.model import ClaimId
from cenotaph.totals.figures import Item, Relations


@dataclass(frozen=True, slots=True)
class Solution:
    """The bounds of a set of figures; `chosen` are those that the low counts."""

    low: int
    best: int
    high: int
    chosen: frozenset[ClaimId]
    exact: bool


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
    likeliest = heaviest({item.key: item.best for item in found}, likely)
    best = max(likeliest.weight, lowest.weight)
    high = max(_highest(found, certain), best)
    chosen = frozenset(key for key in keys if key in lowest.keys)
    return Solution(lowest.weight, best, high, chosen, lowest.exact)


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
