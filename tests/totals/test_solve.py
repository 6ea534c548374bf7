"""The bounds of a total against people who are known: no total says more than must have happened."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from cenotaph.model import Actor, ClaimId, Figure, Quote, Scope
from cenotaph.totals.figures import Item
from cenotaph.totals.relations import Relations, _close
from cenotaph.totals.solve import solve

PEOPLE = range(9)


def item(name: str, low: int, high: int) -> Item:
    return Item(
        key=ClaimId(name),
        claims=(ClaimId(name),),
        incident=None,
        scope=Scope.INCIDENT,
        figure=Figure(low=low, best=low, high=high),
        place=None,
        places=(),
        when=None,
        perpetrators=(),
        weapons=(),
        civilians=False,
        bounded=True,
        notes=(),
        aside=None,
        placeless=False,
    )


@st.composite
def worlds(draw) -> tuple[list[Item], Relations, set[int]]:
    """Groups of real people, figures that count them truly, and what is known of how they overlap.

    Whoever shares people is known to lie inside, or perhaps to; some who share none are doubted too.
    """
    groups = draw(st.lists(st.sets(st.sampled_from(PEOPLE), min_size=1), max_size=7))
    related = Relations()
    for (n, one), (m, other) in combinations(enumerate(groups), 2):
        a, b = ClaimId(f"c{n}"), ClaimId(f"c{m}")
        if one < other:
            kind = related.inside if draw(st.booleans()) else related.maybe
            kind.setdefault(a, set()).add(b)
        elif other < one:
            kind = related.inside if draw(st.booleans()) else related.maybe
            kind.setdefault(b, set()).add(a)
        elif one & other or draw(st.booleans()):
            kind = draw(st.sampled_from([related.maybe, related.unsure]))
            kind.setdefault(a, set()).add(b)
            if kind is related.unsure:
                kind.setdefault(b, set()).add(a)
    _close(related.inside)
    found = [
        item(
            f"c{n}",
            len(one) - draw(st.integers(0, len(one))),
            len(one) + draw(st.integers(0, 3)),
        )
        for n, one in enumerate(groups)
    ]
    return found, related, set().union(*groups)


@settings(deadline=None)
@given(worlds())
def test_who_was_harmed_lies_between_low_and_high(world) -> None:
    found, related, everyone = world
    solution = solve(found, related)
    assert solution.exact
    assert solution.low <= len(everyone) <= solution.high
    assert solution.low <= solution.best <= solution.high


@settings(deadline=None)
@given(worlds())
def test_the_low_is_the_most_that_figures_without_overlap_prove(world) -> None:
    found, related, _ = world

    def overlap(one: Item, other: Item) -> bool:
        return any(
            other.key in kind.get(one.key, ()) or one.key in kind.get(other.key, ())
            for kind in (related.inside, related.maybe, related.unsure)
        )

    def least(one: Item) -> int:
        """One event told as seven and as four has at least four dead."""
        doubted = (
            other.low
            for other in found
            if other.key in related.unsure.get(one.key, ())
            and other.key not in related.inside.get(one.key, ())
            and one.key not in related.inside.get(other.key, ())
        )
        return min(one.low, *doubted, one.low)

    proven = max(
        sum(map(least, chosen))
        for size in range(len(found) + 1)
        for chosen in combinations(found, size)
        if not any(overlap(one, other) for one, other in combinations(chosen, 2))
    )
    assert solve(found, related).low == proven


def solved(*parts: tuple[int, int, int], sum_: int, **more: object) -> tuple[int, int, int]:
    """The bounds of figures (low, best, high) that lie inside a closed sum, with the sum itself."""
    found = [
        replace(item(f"p{n}", 0, 0), figure=Figure(low=low, best=best, high=high))
        for n, (low, best, high) in enumerate(parts)
    ]
    related = Relations(inside={each.key: {ClaimId("sum")} for each in found})
    closed = {"closed": True, "scope": Scope.SUBTOTAL, **more}
    solution = solve([*found, replace(item("sum", sum_, sum_), **closed)], related)
    assert bool(solution.fitted) == (solution.best < sum(each.best for each in found))
    return solution.low, solution.best, solution.high


class TestClosedSums:
    def test_parts_that_fit_at_their_lows_come_to_the_sum_at_best(self) -> None:
        assert solved((10, 16, 16), (20, 24, 30), sum_=35) == (35, 35, 46)

    def test_parts_that_do_not_fit_at_their_lows_count_and_the_sum_is_incomplete(self) -> None:
        assert solved((10, 16, 16), (20, 24, 30), sum_=25) == (30, 40, 46)

    def test_a_larger_sum_explains_its_parts(self) -> None:
        assert solved((10, 16, 16), (20, 24, 30), sum_=60) == (60, 60, 60)

    def test_an_open_sum_bounds_nothing(self) -> None:
        assert solved((10, 16, 16), (20, 24, 30), sum_=35, closed=False) == (35, 40, 46)

    def test_the_accused_bound_nobodys_figures(self) -> None:
        blamed = Actor(quote=Quote(0, 3, "him"), name="Kordania")
        accused = {"perpetrators": (blamed,), "said_by": frozenset({"Kordania"})}
        assert solved((10, 16, 16), (20, 24, 30), sum_=35, **accused) == (35, 40, 46)

    @given(
        parts=st.lists(st.tuples(*[st.integers(0, 40)] * 3).map(sorted), min_size=1, max_size=6),
        sum_=st.integers(0, 120),
    )
    def test_the_best_lies_between_and_the_sum_is_met_where_it_can_be(
        self, parts: list[list[int]], sum_: int
    ) -> None:
        low, best, high = solved(*(tuple(each) for each in parts), sum_=sum_)
        assert low <= best <= high
        lows, bests = sum(each[0] for each in parts), sum(each[1] for each in parts)
        assert best == (max(bests, sum_) if lows > sum_ or bests <= sum_ else sum_)
