"""What comes on top of what, in texts that say "another" again and again."""

from hypothesis import given
from hypothesis import strategies as st

from cenotaph.model import ClaimId
from cenotaph.reconcile.beside import Beside


def beside(to: dict[str, str], again: dict[str, str] | None = None) -> Beside:
    figures = {name: name for name in {*to, *to.values()}} | (again or {})
    return Beside(
        {ClaimId(each): ClaimId(first) for each, first in figures.items()},
        {ClaimId(late): ClaimId(early) for late, early in to.items()},
    )


def on_top(of: Beside, late: str, early: str) -> bool:
    return of.comes_on_top(ClaimId(late), ClaimId(early))


def test_another_comes_on_top_of_all_before_it_and_of_nothing_behind() -> None:
    chain = beside({"c": "b", "b": "a"})
    assert on_top(chain, "c", "b") and on_top(chain, "c", "a") and on_top(chain, "b", "a")
    assert not on_top(chain, "a", "c") and not on_top(chain, "a", "a")
    assert chain.under([ClaimId("c")]) == {"a", "b"}


def test_a_figure_said_again_is_the_same_figure() -> None:
    said_again = beside({"b": "a"}, {"a2": "a", "b2": "b"})
    assert on_top(said_again, "b2", "a2")
    assert not on_top(said_again, "b2", "b") and not on_top(said_again, "a2", "a")


def test_two_figures_on_top_of_one_say_nothing_of_each_other() -> None:
    both = beside({"b": "a", "c": "a"})
    assert on_top(both, "b", "a") and on_top(both, "c", "a")
    assert not on_top(both, "b", "c") and not on_top(both, "c", "b")


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), max_size=8))
def test_any_links_end_and_agree_with_a_walk(to: dict[str, str]) -> None:
    of = beside(to)
    for late in "abcdefgh":
        walked, here = set(), late
        while here in to and to[here] not in walked:
            here = to[here]
            walked.add(here)
        circle = late in walked or any(on_top(of, x, late) and on_top(of, late, x) for x in to)
        for early in "abcdefgh":
            found = on_top(of, late, early)
            assert not (found and on_top(of, early, late))
            assert early in walked or not found
            round_about = circle or any(x in walked and _circles(to, x) for x in walked)
            if early in walked and not round_about:
                assert found


def _circles(to: dict[str, str], start: str) -> bool:
    here, seen = to.get(start), set()
    while here is not None and here not in seen and here != start:
        seen.add(here)
        here = to.get(here)
    return here == start
