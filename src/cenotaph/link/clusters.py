"""Which tales form events together: pairs are joined best first.

A pair that one of the two groups contradicts is not joined. What says nothing of its own weighs
nothing.
"""

from collections.abc import Collection, Mapping, Sequence

from cenotaph.link.across import Pair
from cenotaph.link.apart import SURE
from cenotaph.link.profiles import BLOCK, Profile
from cenotaph.link.stands import place, time
from cenotaph.vocab import table


def clusters(
    profiles: Sequence[Profile],
    found: Sequence[Pair],
    given: Sequence[tuple[int, int]] = (),
    reprints: Collection[int] = (),
    same: Sequence[tuple[int, int]] = (),
    different: Sequence[tuple[int, int]] = (),
) -> tuple[list[list[int]], list[Pair]]:
    """Join the `same` pairs, the `given` ones, then the others best first; return the groups, and
    the pairs still unsure.

    Two groups are joined where their pair is sure and no two of their tales contradict each other
    in place or day. `same` and `different` are what people decided: they bind whatever the rules
    say, and `different` binds where both would.
    """
    thresholds: dict[str, float] = table("linking")["thresholds"]
    join, average = thresholds["join"], thresholds["average"]
    scores = {(pair.left, pair.right): pair.score for pair in found}
    root = list(range(len(profiles)))
    groups: dict[int, list[int]] = {n: [n] for n in root}

    def top(n: int) -> int:
        while root[n] != n:
            root[n] = root[root[n]]
            n = root[n]
        return n

    def unite(left: int, right: int) -> None:
        keep, lose = min(left, right), max(left, right)
        root[lose] = keep
        groups[keep] += groups.pop(lose)

    kept_apart = set(different)

    def forbidden(left: int, right: int) -> bool:
        return any(
            (min(n, m), max(n, m)) in kept_apart for n in groups[left] for m in groups[right]
        )

    for one, other in (*same, *given):
        if top(one) != top(other) and not (kept_apart and forbidden(top(one), top(other))):
            unite(top(one), top(other))
    unsure = []
    for pair in found:
        left, right = top(pair.left), top(pair.right)
        if left == right or (pair.left, pair.right) in kept_apart:
            continue
        if (
            pair.score < join
            or (kept_apart and forbidden(left, right))
            or _mean(scores, _weighed(groups[left], reprints), _weighed(groups[right], reprints))
            < average
            or _contradict(
                profiles, _weighed(groups[left], reprints), _weighed(groups[right], reprints)
            )
        ):
            unsure.append(pair)
        else:
            unite(left, right)
    left_over = [pair for pair in unsure if top(pair.left) != top(pair.right)]
    return sorted(sorted(group) for group in groups.values()), left_over


def _weighed(group: Sequence[int], reprints: Collection[int]) -> list[int]:
    """Return the tales of a group that say something of their own; reprints weigh nothing."""
    return [n for n in group if n not in reprints] or list(group)


def _mean(
    scores: Mapping[tuple[int, int], float], one: Sequence[int], other: Sequence[int]
) -> float:
    """Return the mean score between two groups; pairs never compared count as nothing."""
    one, other = one[:BLOCK], other[:BLOCK]
    told = sum(scores.get((min(n, m), max(n, m)), 0.0) for n in one for m in other)
    return told / (len(one) * len(other))


def _contradict(profiles: Sequence[Profile], one: Sequence[int], other: Sequence[int]) -> bool:
    """Tell whether tales of one document, or of places and days surely apart, would be joined."""
    for n in one[:BLOCK]:
        for m in other[:BLOCK]:
            a, b = profiles[n], profiles[m]
            if a.document == b.document:
                return True
            where, sure = place(a, b)
            if where == "place_apart" and sure >= SURE and time(a, b) == "time_apart":
                return True
    return False
