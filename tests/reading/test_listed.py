"""Dead who are listed one by one: a count together, of which each is a part."""

from datetime import date

import pytest

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Setting
from cenotaph.pipeline.document import ResolvedClaim, interpret


def read(text: str, setting: Setting) -> tuple[ResolvedClaim, ...]:
    """Read a report of Monday, 8 February 2021."""
    document = Document(id=DocumentId("a"), text=text, published=date(2021, 2, 8), lang="en")
    return interpret(document, setting=setting).claims


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A man and his wife were killed in Rashin on Sunday.", [(1, True), (2, False), (1, True)]),
        ("Shells killed a woman and a child in Velm.", [(1, True), (2, False), (1, True)]),
        # several numbers are no persons told one by one
        ("Six men and four women were killed in Velm.", [(6, False), (4, False)]),
        # whoever is named is told of by name
        ("Halim Dorsawi and a guard were killed in Velm.", [(1, False), (1, False)]),
        # who attacked is not added to whom was attacked
        ("Two guards and a suicide bomber were killed in Velm.", [(2, False), (1, False)]),
        # the hurt are not added up
        ("A man and his wife were hurt in Rashin.", [(1, False), (1, False)]),
        # nor are those of two verbs, or of two places
        ("A man was killed and his wife shot dead.", [(1, False), (1, False)]),
    ],
)
def test_the_dead_of_a_list_are_a_count(
    text: str, wanted: list[tuple[int, bool]], setting: Setting
) -> None:
    claims = [each.claim for each in read(text, setting)]
    assert [(c.count.low, c.part_of is not None) for c in claims] == wanted


def test_a_list_told_again_is_counted_once(setting: Setting) -> None:
    claims = [
        each.claim
        for each in read(
            "A father and two children were killed by a shell in Rashin on Sunday. Neighbours said "
            "that a man and two children were killed in the kitchen.",
            setting,
        )
    ]
    sums = [c for c in claims if c.part_of is None]
    assert [c.count.low for c in sums] == [3, 3]
