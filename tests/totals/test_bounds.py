"""The heaviest choice without conflicts: checked against every choice, and safe where it is greedy."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from cenotaph.bounds import EXACT_UP_TO, at_most, heaviest


@st.composite
def graphs(draw) -> tuple[dict[int, int], dict[int, set[int]]]:
    size = draw(st.integers(0, 9))
    weights = {n: draw(st.integers(0, 50)) for n in range(size)}
    near: dict[int, set[int]] = {n: set() for n in range(size)}
    for one, other in combinations(range(size), 2):
        if draw(st.booleans()):
            near[one].add(other)
            near[other].add(one)
    return weights, near


@settings(deadline=None)
@given(graphs())
def test_it_is_the_heaviest_of_all_choices(graph) -> None:
    weights, near = graph
    best = max(
        sum(weights[n] for n in chosen)
        for size in range(len(weights) + 1)
        for chosen in combinations(weights, size)
        if not any(other in near[one] for one, other in combinations(chosen, 2))
    )
    choice = heaviest(weights, near)
    assert choice.weight == best == sum(weights[n] for n in choice.keys)
    assert choice.exact
    assert not any(other in near[one] for one, other in combinations(choice.keys, 2))


@settings(deadline=None)
@given(graphs())
def test_no_choice_is_heavier_than_the_bound(graph) -> None:
    weights, near = graph
    assert heaviest(weights, near).weight <= at_most(weights, near) <= sum(weights.values())


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9)), max_size=12), st.data())
def test_the_bound_is_the_heaviest_choice_of_events_in_running_totals(events, data) -> None:
    """Each total of a series holds all events up to its day, and with them the totals before."""
    days = sorted(data.draw(st.sets(st.integers(0, 9))))
    weights = {("event", n): low for n, (low, _) in enumerate(events)}
    weights |= {("total", day): data.draw(st.integers(0, 99)) for day in days}
    near: dict[tuple[str, int], set[tuple[str, int]]] = {key: set() for key in weights}
    for day in days:
        inside = {("event", n) for n, (_, when) in enumerate(events) if when <= day}
        for key in inside | {("total", other) for other in days if other < day}:
            near["total", day].add(key)
            near[key].add(("total", day))
    assert at_most(weights, near) == heaviest(weights, near).weight


def test_a_sum_over_any_number_of_incidents_is_exact() -> None:
    weights = {"sum": 900, **{f"incident {n}": 1 for n in range(5000)}}
    near = {"sum": {key for key in weights if key != "sum"}}
    near |= {key: {"sum"} for key in weights if key != "sum"}
    choice = heaviest(weights, near)
    assert (choice.weight, choice.exact) == (5000, True)


def test_a_tangle_gives_a_true_bound_and_says_that_it_may_not_be_the_best() -> None:
    size = EXACT_UP_TO * 3
    weights = {n: 10 + n % 7 for n in range(size)}
    near = {n: {(n * k + k) % size for k in (3, 5, 7)} for n in range(size)}
    for one, others in list(near.items()):
        others.discard(one)
        for other in list(others):
            near[other].add(one)
    choice = heaviest(weights, near)
    assert not choice.exact
    assert not any(other in near[one] for one, other in combinations(choice.keys, 2))
    assert choice.weight >= max(weights.values())
