"""What an expression means: grounds, reasons, and what is never invented."""

from datetime import date

import pytest

from cenotaph import dates
from cenotaph.export.words import when as in_words
from cenotaph.model import Basis, Granularity, Quote, TimeKind, TimeMention, When

TUESDAY = date(2021, 3, 9)


def resolved(text: str, says: str, published: date | None = TUESDAY) -> When:
    at = text.index(says)
    when = dates.resolve_marked(text, at, at + len(says), published, lang="en")
    assert when is not None
    return when


def test_an_open_end_is_the_day_of_publication_and_says_so() -> None:
    when = resolved("Ninety died since 22 January.", "since 22 January")
    assert (when.end, when.basis) == (TUESDAY, Basis.PUBLISHED_END)
    assert any("open" in reason for reason in when.reasons)


def test_until_today_ends_by_statement_not_by_publication() -> None:
    when = resolved("Between 22 January until today ninety died.", "Between 22 January until today")
    assert (when.end, when.basis) == (TUESDAY, Basis.STATED)


def test_the_basis_of_the_claim_is_kept() -> None:
    text = "Two died on Sunday."
    (mention,) = dates.find(text, lang="en")
    when = dates.resolve(mention, text, published=TUESDAY, basis=Basis.CARRIED, lang="en")
    assert when.basis is Basis.CARRIED
    assert when.quote == mention.quote


@pytest.mark.parametrize("says", ["yesterday", "on Sunday", "last week", "in May", "4 March"])
def test_without_a_day_of_publication_relative_times_stay_unknown(says: str) -> None:
    when = resolved(f"Two died {says}.", says, None)
    assert (when.start, when.end, when.precision) == (None, None, Granularity.UNKNOWN)
    assert any("publication" in reason for reason in when.reasons)


def test_both_readings_of_an_ambiguous_date_are_in_its_reasons() -> None:
    when = resolved("Seen on 03/02/2021.", "03/02/2021")
    assert any("2021-02-03" in reason and "2021-03-02" in reason for reason in when.reasons)


def test_a_weekday_that_is_not_that_of_its_date_is_said() -> None:
    when = resolved("Seen on Monday 4 March 2021.", "Monday 4 March 2021")
    assert when.start == date(2021, 3, 4)
    assert any("weekday" in reason for reason in when.reasons)


def test_words_that_are_no_time_resolve_to_nothing() -> None:
    assert dates.resolve_marked("Two died.", 0, 3, TUESDAY, lang="en") is None
    assert dates.resolve_marked("Two died.", 5, 2, TUESDAY, lang="en") is None
    assert dates.resolve_marked("Two died.", 0, 99, TUESDAY, lang="en") is None


def test_a_mention_that_is_not_understood_is_unknown_with_a_reason() -> None:
    text = "Two died."
    mention = TimeMention(quote=Quote.of(text, 0, 3), kind=TimeKind.DAY)
    when = dates.resolve(mention, text, published=TUESDAY, basis=Basis.NONE, lang="en")
    assert when.start is None
    assert when.reasons


@pytest.mark.parametrize(
    ("text", "marked", "start"),
    [
        ("Two died on Sunday.", "Sunday", "2021-03-07"),
        ("Nobody left until Sunday.", "Sunday", "2021-03-07"),
        ("Between 22 January and 3 February", "3 February", "2021-02-03"),
        ("It was early in February", "February", "2021-02-01"),
        ("The trial begins next Sunday", "next Sunday", "2021-03-14"),
        ("She will speak on Friday", "Friday", "2021-03-12"),
        ("He died in the Sunday raid", "the Sunday raid", "2021-03-07"),
    ],
)
def test_marked_words_need_not_be_the_whole_expression(text: str, marked: str, start: str) -> None:
    assert str(resolved(text, marked).start) == start


def test_a_day_named_in_another_paragraph_is_no_anchor() -> None:
    assert (
        resolved("Two died on Sunday.\n\nA third died the next day.", "the next day").start is None
    )


def test_the_future_goes_only_so_far() -> None:
    assert resolved("He would resign on 3 March.", "on 3 March").start == date(2021, 3, 3)


@pytest.mark.parametrize("words", ["at 14:30 GMT on Sunday", "on Sunday at 14:30 GMT"])
def test_a_marked_day_has_its_hour(words: str) -> None:
    text = f"Shells fell {words}."
    when = dates.resolve_marked(text, 12, 12 + len(words), date(2021, 2, 10), lang="en")
    assert when is not None
    assert (when.start, when.end, when.time) == (date(2021, 2, 7), date(2021, 2, 7), "14:30 GMT")


def test_what_counts_from_an_event_is_shown_in_its_own_words() -> None:
    text = "Two were hurt the day after the siege."
    (mention,) = dates.find(text, lang="en")
    told = dates.resolve(mention, text, published=TUESDAY, basis=Basis.STATED, lang="en")
    assert in_words(told) == "the day after the siege"
