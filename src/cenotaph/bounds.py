"""How many people a set of figures must count at least, when some of them may count the same
people.

Two figures conflict where they may overlap. Any choice of figures without a conflict counts
distinct people, so the heaviest such choice is the best lower bound that the figures allow. Shared
by the steps that reconcile and that total.
"""

import functools
from collections.abc import Collection, Hashable, Mapping
from typing import NamedTuple, TypeVar

from cenotaph.model import Count, Ruleset

Key = TypeVar("Key", bound=Hashable)

# Above this many figures in one tangle, after everything simple is taken out, the choice is greedy.
EXACT_UP_TO = 60
# And so it is when the exact search has looked at this many choices.
STEPS = 20_000


class Stated(NamedTuple):
    """What a count says under a ruleset; `low` is None where it gives no bound below."""

    low: int | None
    best: int
    high: int


def stated(count: Count, ruleset: Ruleset) -> Stated | None:
    """Return low, best and high of a count under a ruleset, None where it gives no number."""
    low, high = count.low, count.high
    if count.vague:
        if ruleset.vague == "set_aside":
            return None
        for word, least, most in ruleset.vague_bounds:
            if low == word and high is None:
                low, high = least, most
    best = low if low is not None else high
    return None if best is None else Stated(low, best, high if high is not None else best)


class Choice(NamedTuple):
    """The weight of the chosen keys; `exact` is False where a heavier choice may exist.

    An inexact choice is still free of conflicts: its weight is a true lower bound, not the best
    one.
    """

    weight: int
    keys: frozenset[Hashable]
    exact: bool


def heaviest(weights: Mapping[Key, int], conflicts: Mapping[Key, Collection[Key]]) -> Choice:
    """Return the heaviest choice of keys of which no two conflict; ties go to the smaller keys.

    `conflicts` is symmetric; keys without an entry conflict with nothing. Keys must be sortable.
    Figures in the same conflicts are merged first, so a total over any number of incidents costs
    one step; what remains is searched exactly, component by component, up to EXACT_UP_TO figures
    and STEPS steps.
    """
    near = {
        key: {other for other in conflicts.get(key, ()) if other in weights and other != key}
        for key in weights
    }
    total, chosen, exact = 0, set[Hashable](), True
    for component in _components(near):
        if len(component) == 1:
            total += weights[component[0]]
            chosen.add(component[0])
            continue
        found = _heaviest(tuple((key, weights[key], frozenset(near[key])) for key in component))
        total += found.weight
        chosen |= found.keys
        exact = exact and found.exact
    return Choice(total, frozenset(chosen), exact)


def at_most(weights: Mapping[Key, int], conflicts: Mapping[Key, Collection[Key]]) -> int:
    """Return a bound above what `heaviest` returns, for the cost of a walk over the conflicts.

    Figures that all conflict with one another are worth no more than the heaviest of them: what a
    figure weighs is taken, with it, off some of those it conflicts with. Where sums hold events and
    lie in larger sums, with the events first, that is the heaviest choice itself.
    """
    near = {key: weights.keys() & conflicts.get(key, ()) for key in weights}
    left = dict(weights)
    order = sorted(weights, key=lambda key: (len(near[key]), key))
    rank = {key: number for number, key in enumerate(order)}
    total = 0
    for key in order:
        taken = left[key]
        if taken <= 0:
            continue
        total += taken
        left[key] = 0
        clique: set[Key] = set()
        for other in sorted(near[key], key=rank.__getitem__, reverse=True):
            if left[other] > 0 and clique <= near[other]:
                clique.add(other)
                left[other] -= taken
    return total


@functools.lru_cache(maxsize=20_000)
def _heaviest(component: tuple[tuple[Hashable, int, frozenset[Hashable]], ...]) -> Choice:
    """Return the heaviest choice within figures that hang together: (key, weight, conflicts).

    The last ones are kept, so that totals after a decision search only what it touched.
    """
    near = {key: others for key, _, others in component}
    merged = _merge(list(near), {key: weight for key, weight, _ in component}, near)
    keys, complete = _search(merged)
    members = frozenset(each for key in keys for each in merged.members[key])
    return Choice(sum(merged.weight[key] for key in keys), members, complete)


class _Graph(NamedTuple):
    weight: dict[Hashable, int]
    near: dict[Hashable, frozenset[Hashable]]
    members: dict[Hashable, tuple[Hashable, ...]]


def _components(near: Mapping[Key, Collection[Key]]) -> list[list[Key]]:
    seen: set[Key] = set()
    found = []
    for key in sorted(near):  # type: ignore[type-var]
        if key in seen:
            continue
        seen.add(key)
        component, stack = [], [key]
        while stack:
            here = stack.pop()
            component.append(here)
            for other in near[here]:
                if other not in seen:
                    seen.add(other)
                    stack.append(other)
        found.append(sorted(component))  # type: ignore[type-var]
    return found


def _merge(
    component: Collection[Key], weights: Mapping[Key, int], near: Mapping[Key, Collection[Key]]
) -> _Graph:
    """Merge keys that conflict with exactly the same others: they are chosen together or not at
    all."""
    weight: dict[Hashable, int] = {key: weights[key] for key in component}
    around: dict[Hashable, frozenset[Hashable]] = {key: frozenset(near[key]) for key in component}
    members: dict[Hashable, tuple[Hashable, ...]] = {key: (key,) for key in component}
    while True:
        twins: dict[frozenset[Hashable], list[Hashable]] = {}
        for key in around:
            twins.setdefault(around[key], []).append(key)
        gone: set[Hashable] = set()
        for group in twins.values():
            kept, *others = group
            for other in others:
                weight[kept] += weight[other]
                members[kept] += members[other]
                gone.add(other)
        if not gone:
            return _Graph(weight, around, members)
        for key in gone:
            del weight[key], around[key], members[key]
        around = {key: other - gone for key, other in around.items()}


def _search(graph: _Graph) -> tuple[list[Hashable], bool]:
    order = sorted(graph.weight, key=lambda key: (-graph.weight[key], str(key)))
    greedy = _greedy(graph, order)
    if len(order) > EXACT_UP_TO:
        return greedy, False
    best = greedy
    best_weight = sum(graph.weight[key] for key in greedy)
    if at_most(graph.weight, graph.near) == best_weight:
        return greedy, True  # nothing is heavier, and only what is would be taken instead
    left = STEPS
    # Each entry: what may still be chosen, what is chosen, and its weight.
    stack: list[tuple[frozenset[Hashable], tuple[Hashable, ...], int]] = [(frozenset(order), (), 0)]
    rank = {key: number for number, key in enumerate(order)}
    while stack:
        left -= 1
        if left < 0:
            return best, False
        free, chosen, weight = stack.pop()
        if weight > best_weight:
            best, best_weight = list(chosen), weight
        if weight + _cover(graph, free, rank) <= best_weight:
            continue
        pivot = max(free, key=lambda key: (len(graph.near[key] & free), -rank[key]))
        stack.append((free - {pivot}, chosen, weight))
        stack.append(
            (free - {pivot} - graph.near[pivot], (*chosen, pivot), weight + graph.weight[pivot])
        )
    return best, True


def _cover(graph: _Graph, free: frozenset[Hashable], rank: Mapping[Hashable, int]) -> int:
    """Bound what can still be gained: of figures that all conflict with one another one is
    chosen."""
    cliques: list[tuple[int, set[Hashable]]] = []
    for key in sorted(free, key=rank.__getitem__):
        for _, clique in cliques:
            if clique <= graph.near[key]:
                clique.add(key)
                break
        else:
            cliques.append((graph.weight[key], {key}))
    return sum(weight for weight, _ in cliques)


def _greedy(graph: _Graph, order: Collection[Hashable]) -> list[Hashable]:
    """Take the heavier of two choices: by weight, and by weight over the weight of what it
    excludes."""

    def pick(ranked: Collection[Hashable]) -> list[Hashable]:
        chosen: list[Hashable] = []
        barred: set[Hashable] = set()
        for key in ranked:
            if key not in barred:
                chosen.append(key)
                barred |= graph.near[key]
        return chosen

    def gain(key: Hashable) -> float:
        return graph.weight[key] / (1 + sum(graph.weight[other] for other in graph.near[key]))

    by_gain = sorted(order, key=lambda key: (-gain(key), str(key)))
    choices = [pick(order), pick(by_gain)]
    return max(choices, key=lambda keys: sum(graph.weight[key] for key in keys))
