"""Papers that find something, bodies named beside those who speak, and speakers without a name."""

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
    # somebody who tells an agency, and one who is told to have died
    ("\u201cNine people died in Velm,\u201d one child told Meridian News Agency.", "child"),
    ("Shells killed one child, residents told Meridian News Agency.", "residents"),
    ("Nine people died in Velm, one soldier told the army.", ""),
    # who leads a group speaks for it
    ("Nine died in Velm said the head of the Orun-based group.", "head of the Orun-based group"),
]


@pytest.mark.parametrize("text, said", CASES)
def test_whose_word_it_is(text: str, said: str, setting: Setting) -> None:
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    (claim,) = interpret(document, setting=setting).reading.claims
    assert (claim.said_by[0].name if claim.said_by else "") == said


def test_who_leads_the_group_speaks_for_the_body_named_before(setting: Setting) -> None:
    text = (
        "Twelve people died in Velm, the Orun Observatory for Human Rights said. Fifteen of the"
        " wounded were in grave danger said the head of the Orun-based group."
    )
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    said = [claim.said_by for claim in interpret(document, setting=setting).reading.claims]
    assert [one[0].name for one in said] == ["Orun Observatory for Human Rights"] * 2
    assert [one[0].quote.text for one in said][1].startswith("the head")
