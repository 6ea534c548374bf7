"""Long documents: what is held while one is read grows with what it counts, not with its length."""

import tracemalloc
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cenotaph.dates import find
from cenotaph.model import Document, DocumentId
from cenotaph.reading import read
from cenotaph.reading.tokens import tokenize
from cenotaph.stretches import stretches

QUIET = (
    "Traders said that prices had risen since the harvest. The council of Velm met in the town hall "
    "to talk about wells, and the road to Orun was open again.\n"
)
MEGABYTE = 1 << 20


def held(size: int) -> int:
    """The most bytes held while a quiet text of so many characters is read."""
    text = (QUIET * (size // len(QUIET) + 1))[:size]
    document = Document(id=DocumentId("long"), text=text, published=date(2021, 3, 17), lang="en")
    tracemalloc.start()
    try:
        read(document, times=(), places=())
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_sentence_that_counts_nobody_is_not_kept() -> None:
    held(1_000)  # what is loaded once
    assert held(100_000) < held(10_000) + MEGABYTE


PIECES = ["Velm", "1,500", " ", "\n", "'s", "’s", "U.N.", "3.5", "\u200b", " " * 40, "x" * 500]


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.integers(0, 40), st.data())
def test_words_are_the_same_wherever_a_long_text_is_looked_at(
    parts: list[str], before: int, data: st.DataObject
) -> None:
    own = "".join(parts)
    behind = data.draw(st.sampled_from(["", " and so on", "x" * 9000]))
    # Whatever stands before it, the words of a text behind a line break are its own.
    far = "." * (4090 + before) + "\n" + own + "\n" + behind
    start = far.index("\n") + 1
    found = [t for t in tokenize(far) if start <= t.start < start + len(own)]
    assert [(t.start - start, t.end - start, t.text, t.low) for t in found] == list(tokenize(own))


def test_a_text_without_words_is_read() -> None:
    for text in ("", " ", "\n\n", "\u200b"):
        found = read(Document(id=DocumentId("none"), text=text, lang="en"), times=(), places=())
        assert found.claims == ()


def test_times_are_found_beyond_the_first_stretch() -> None:
    text = QUIET * 800 + "The market of Velm was closed on Sunday."
    (found,) = find(text, lang="en")
    assert text[found.quote.start : found.quote.end] == found.quote.text == "on Sunday"


@given(
    st.lists(st.sampled_from(["Velm", " ", ". ", "\n", "\n\n", "x" * 30])).map("".join),
    st.integers(4, 40),
)
def test_stretches_are_the_whole_text(text: str, longest: int) -> None:
    found = list(stretches(text, longest))
    assert "".join(text[start:end] for start, end in found) == text
    assert all(end - start <= longest for start, end in found)


def test_a_text_is_cut_between_paragraphs_else_lines_else_words() -> None:
    for text, first in (
        ("one two\nthree\n\nfour five six", "one two\nthree\n\n"),
        ("one two three\nfour five six", "one two three\n"),
        ("one two three four five six", "one two three four "),
        ("onetwothreefourfivesixseven", "onetwothreefourfives"),
    ):
        start, end = next(stretches(text, 20))
        assert text[start:end] == first
