"""What holds for any text at all."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cenotaph import dates
from cenotaph.dates.grammar import Stage, compiled, grammar
from cenotaph.dates.lexicon import lexicon
from cenotaph.model import Basis
from cenotaph.vocab import table

WORDS = [
    *sorted(lexicon("en").entries),
    *("0", "1", "3", "12", "24", "31", "99", "1999", "2016", "22nd", "1990s", "9:14", "30"),
    *("3/12/2016", "2016-12-04", "0000-00-00", "29.02.2023", "99999999999999999999", "٣"),
    *(",", ".", "-", "–", "(", ")", "'", "/", "\n", "\n\n", "Belq", "people", "killed"),
]
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join),
)
DAYS = st.one_of(st.none(), st.dates(), st.sampled_from([date.min, date.max, date(2020, 2, 29)]))


@given(text=TEXTS, published=DAYS, country=st.sampled_from([None, "US", "AU"]))
def test_never_fails_and_never_contradicts_itself(
    text: str, published: date | None, country: str | None
) -> None:
    mentions = dates.find(text, lang="en")
    last = 0
    for mention in mentions:
        assert mention.quote.is_in(text)
        assert mention.quote.start >= last
        last = mention.quote.end
        when = dates.resolve(
            mention, text, published=published, basis=Basis.STATED, lang="en", country=country
        )
        assert when.quote == mention.quote
        assert when.reasons
        if when.start is not None and when.end is not None:
            assert when.start <= when.end
        known = when.start is not None or when.end is not None
        assert known == (when.precision != "unknown")
    dates.published(text, mentions, lang="en")


@given(text=TEXTS, cut=st.tuples(st.integers(-2, 60), st.integers(-2, 60)), published=DAYS)
def test_any_marked_stretch_resolves_or_does_not(
    text: str, cut: tuple[int, int], published: date | None
) -> None:
    when = dates.resolve_marked(text, *cut, published, lang="en")
    assert when is None or (when.quote is not None and when.quote.is_in(text))


@given(text=TEXTS)
def test_what_is_found_is_understood(text: str) -> None:
    for mention in dates.find(text, lang="en"):
        when = dates.resolve(mention, text, published=None, basis=Basis.NONE, lang="en")
        assert when.reasons != ("the words are not understood",)


def steps(text: str) -> int:
    """Count the places at which patterns are tried, over all stages."""
    rules = grammar("en")
    tape = rules.lexicon.lay(text)
    count = len(tape.signs)
    for stage in rules.stages:
        count += sum(sign in stage.first for sign in tape.signs)
        tape = stage.reduce(tape)
    return count


def test_work_grows_with_the_text_and_no_faster() -> None:
    for unit in ("on Sunday 4 ", "the the the ", "4-5-6-", "since since ", "a " * 20, "May 4 to "):
        assert steps(unit * 400) <= 2 * steps(unit * 200) + 100


def test_no_pattern_is_unbounded() -> None:
    for stage in grammar("en").stages:
        assert isinstance(stage, Stage)
        for patterns in stage.first.values():
            for pattern, _ in patterns:
                # The only repetition the pattern language can write is "up to n".
                assert "*" not in pattern.expression
                assert "+" not in pattern.expression


def test_a_text_compiles_the_patterns_that_it_tries() -> None:
    compiled.cache_clear()
    grammar.cache_clear()
    fresh = grammar("en")
    fresh.read("Four were killed on 7 February 2012.")
    known = {
        each.expression for stage in fresh.stages for row in stage.first.values() for each, _ in row
    }
    assert 0 < compiled.cache_info().currsize < len(known) / 2


def test_every_form_of_the_pack_has_a_meaning() -> None:
    from cenotaph.dates.spans import FORMS

    assert {row["form"] for row in table("en/times")["pattern"]} <= FORMS.keys()
