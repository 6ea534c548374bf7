"""Copied passages: found word for word, credited to the first, whatever the order of arrival."""

import textwrap
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph import copies
from cenotaph.model import Document, DocumentId

SAID = "The Tessaria Harm Monitor counted 19 dead in Kafr Sel and another 24 in Maarat Ilun."
OTHER = "Wheat is sown late around Binora this year, since diesel is dear and the road is closed."


def document(name: str, text: str, day: int | None = None) -> Document:
    published = date(2021, 2, day) if day else None
    return Document(id=DocumentId(name), text=text, published=published)


def test_a_reprinted_sentence_is_found_with_both_passages() -> None:
    first = document("first", f"Lede.\n\n{SAID} More follows.", 8)
    later = document("later", f"{OTHER}\n\nAs we reported:\n\n{SAID}", 20)
    (copy,) = copies.find([later, first])
    assert (copy.document, copy.original) == ("later", "first")
    assert copy.passage.text == copy.original_passage.text == SAID
    assert copy.passage.is_in(later.text)
    assert copy.original_passage.is_in(first.text)


def test_case_punctuation_and_spacing_do_not_hide_a_copy() -> None:
    first = document("first", SAID, 8)
    later = document("later", SAID.upper().replace(" ", "  ").replace(".", " !"), 9)
    (copy,) = copies.find([first, later])
    assert copy.passage.is_in(later.text)


def test_sentences_copied_in_a_row_are_one_passage() -> None:
    first = document("first", f"{SAID} {OTHER}", 8)
    later = document("later", f"Before.\n{SAID} {OTHER}\nAfter.", 9)
    (copy,) = copies.find([first, later])
    assert copy.passage.text == f"{SAID} {OTHER}"


@given(st.integers(44, 84), st.sampled_from(["\n", "\r\n"]))
def test_a_copy_wrapped_into_other_lines_is_one_passage(width: int, end: str) -> None:
    told = f"{SAID} {OTHER} The mill at Sarbek grinds by night."
    first = document("first", f"Title of the day\n\n{told}", 8)
    wrapped = end.join(textwrap.wrap(told, width))
    later = document("later", f"Evening post{end}{end}{wrapped}{end}", 9)
    (copy,) = copies.find([first, later])
    assert copy.passage.text == wrapped
    assert copy.original_passage.text == told


def test_titles_and_entries_of_lists_are_no_wrapped_lines() -> None:
    listed = ["Bakers of Binora gave bread to whoever came from the villages by the river", SAID]
    (copy,) = copies.find(
        [document("first", "\n".join(listed), 8), document("later", f"Anew. {SAID}", 9)]
    )
    assert copy.original_passage.text == SAID


def test_short_sentences_are_no_copies() -> None:
    said = "Three people were killed in Homra on Monday."
    assert copies.find([document("a", said, 1), document("b", said, 8)]) == ()


def test_a_text_that_repeats_itself_is_no_copy_of_itself() -> None:
    assert copies.find([document("a", f"{SAID}\n\n{SAID}", 1)]) == ()


def test_the_earliest_publication_is_the_original_and_undated_ones_come_last() -> None:
    texts = [document("a", SAID), document("b", SAID, 9), document("c", SAID, 8)]
    found = copies.find(texts)
    assert {(copy.document, copy.original) for copy in found} == {("b", "c"), ("a", "c")}


@given(st.permutations(range(5)))
def test_the_order_of_arrival_changes_nothing(order: list[int]) -> None:
    texts = [
        document("a", SAID, 3),
        document("b", f"{OTHER} {SAID}", 2),
        document("c", OTHER, 2),
        document("d", f"{SAID}\n{OTHER}"),
        document("e", "Nothing of this."),
    ]
    assert copies.find([texts[n] for n in order]) == copies.find(texts)


@given(st.lists(st.text(alphabet="ab .!\n؟é\ud800", max_size=300), max_size=5))
def test_any_text_gives_true_quotes(texts: list[str]) -> None:
    known = [document(str(n), text * 3, 1) for n, text in enumerate(texts)]
    for copy in copies.find(known):
        by_id = {each.id: each.text for each in known}
        assert copy.passage.is_in(by_id[copy.document])
        assert copy.original_passage.is_in(by_id[copy.original])


@pytest.mark.parametrize("mark", ["。", "؟", "۔", "\n"])
def test_sentences_end_in_every_script(mark: str) -> None:
    words = " ".join(f"كلمة{n}" for n in range(12))
    first = document("a", f"x{mark}{words}{mark}y", 1)
    later = document("b", f"z{mark}{words}{mark}", 2)
    (copy,) = copies.find([first, later])
    assert copy.passage.text.startswith(words)
