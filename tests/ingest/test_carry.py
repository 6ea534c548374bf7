"""Passages found again in a newer reading of the same bytes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cenotaph.ingest.carry import carried
from cenotaph.model import Quote

OLD = "In Sarbek 5 people were killed.\nIn Homra 5 people were killed, the council said."


def quote(text, words, nth=0):
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Quote.of(text, at, at + len(words))


def test_a_passage_is_found_by_its_words_and_their_surroundings():
    new = "Headline\n\nIn Sarbek  5 people\nwere killed. In Homra 5 people were killed, the council said. Advert."
    first = carried(quote(OLD, "5 people were killed"), OLD, new)
    second = carried(quote(OLD, "5 people were killed", 1), OLD, new)
    assert (first.text, first.start) == ("5 people\nwere killed", new.index("5"))
    assert (second.text, second.start) == ("5 people were killed", new.rindex("5"))


def test_what_is_gone_or_cannot_be_told_apart_is_not_carried():
    one = quote(OLD, "5 people were killed")
    assert carried(one, OLD, "Nothing of it.") is None
    assert carried(one, OLD, "x 5 people were killed y x 5 people were killed y") is None
    with pytest.raises(ValueError):
        carried(Quote(0, 1, "z"), OLD, OLD)


@given(st.text("ab \n", min_size=1, max_size=40), st.data())
@settings(deadline=None)
def test_what_is_carried_is_a_true_quote_of_the_new_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    new = data.draw(st.text("ab \n", max_size=10)) + text
    found = carried(Quote.of(text, start, end), text, new)
    if found is not None:
        assert found.is_in(new)
        assert found.text.split() == text[start:end].split()
