"""The bounds of a total against people who are known: no total says more than must have happened."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from cenotaph.model import ClaimId, Figure, Scope
from cenotaph.totals.figures import Item, Relations, _close
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


@given(worlds())
def test_who_was_harmed_lies_between_low_and_high(world) -> None:
    found, related, everyone = world
    solution = solve(found, related)
    assert solution.exact
    assert solution.low <= len(everyone) <= solution.high
    assert solution.low <= solution.best <= solution.high


@given(worlds())
def test_the_low_is_the_most_that_figures_without_overlap_prove(world) -> None:
    found, related, _ = world

    def overlap(one: Item, other: Item) -> bool:
        return any(
            other.key in kind.get(one.key, ()) or one.key in kind.get(other.key, ())
            for kind in (related.inside, related.maybe, related.unsure)
        )

    proven = max(
        sum(each.low for each in chosen)
        for size in range(len(found) + 1)
        for chosen in combinations(found, size)
        if not any(overlap(one, other) for one, other in combinations(chosen, 2))
    )
    assert solve(found, related).low == proven
