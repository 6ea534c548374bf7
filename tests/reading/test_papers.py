"""Papers that find something, and bodies named beside those who speak."""

from datetime import date

import pytest

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Setting, interpret

CASES = [
    (
        "A report by the Orun Relief Fund showed that 30 people had died in Velm.",
        "Orun Relief Fund",
    ),
    (
        "A recent study issued by the Orun Relief Fund found that 30 people were killed in Velm.",
        "Orun Relief Fund",
    ),
    (
        "An investigation by the Orun Relief Fund found that 30 people were killed in Velm.",
        "Orun Relief Fund",
    ),
    # no paper, no clause, and nobody whose paper it is
    ("Doctors in Velm found nine people dead.", ""),
    ("A survey of houses found that 30 people had died in Velm.", ""),
    ("A picture by the Orun Relief Fund showed that 30 people had died in Velm.", ""),
    ("The Orun Relief Fund showed nine bodies in Velm.", ""),
    # a body beside those who speak, and what is none
    (
        "Nine died in Velm, according to doctors with the Relief Fund.",
        "doctors with the Relief Fund",
    ),
    ("Nine died in Velm according to doctors with knowledge of the case.", "doctors"),
    ("Nine died in Velm according to monitors with talks failing to end the siege.", "monitors"),
]


@pytest.mark.parametrize("text, said", CASES)
def test_whose_word_it_is(text: str, said: str, setting: Setting) -> None:
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    (claim,) = interpret(document, setting=setting).reading.claims
    assert (claim.said_by[0].name if claim.said_by else "") == said
