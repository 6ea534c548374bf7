"""Who did it, told in a sentence of its own: blame, acceptance and denial reach the count."""

from datetime import date

import pytest

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Setting, interpret

BOMB = "A car bomb killed nine people in Orun on Sunday. "
CASES = [
    (BOMB + "Residents blamed the Dawn Movement.", [("Dawn Movement", "alleged", "residents")]),
    (
        BOMB + "The Northern Front later claimed responsibility for the attack.",
        [("Northern Front", "accepted", "northern front")],
    ),
    (BOMB + "No group has claimed responsibility.", []),
    (
        BOMB + "Witnesses said the car came from positions of the Dawn Movement. In a statement "
        "the movement denied having staged it.",
        [("Dawn Movement", "alleged", "witnesses"), ("Dawn Movement", "denied", "dawn movement")],
    ),
    (
        "On its channel the Dawn Movement said its fighters had killed 22 guards.",
        [("Dawn Movement", "accepted", "dawn movement")],
    ),
    (
        BOMB + "The bridge was closed for a week. Four shops in Velm burned down. Traders were "
        "angry. Rain fell. The mayor blamed the Dawn Movement.",
        [],
    ),
]


def only(text: str, setting: Setting) -> list[tuple[str, str, str]]:
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    (claim,) = interpret(document, setting=setting).reading.claims
    return [
        (actor.name, str(actor.stance), actor.said_by[0].name.lower() if actor.said_by else "")
        for actor in claim.perpetrators
    ]


@pytest.mark.parametrize("text, wanted", CASES)
def test_who_is_told_to_have_done_it(
    text: str, wanted: list[tuple[str, str, str]], setting: Setting
) -> None:
    assert only(text, setting) == wanted


def test_a_denial_of_authorship_is_none_of_the_harm(setting: Setting) -> None:
    for text, certainty in (
        ("The army denied carrying out the raid that killed 11 people.", "asserted"),
        ("The army denied any role in the raid that killed 11 people.", "asserted"),
        ("The army denied that 11 people were killed.", "denied"),
    ):
        document = Document(id=DocumentId("one"), text=text, published=None, lang="en")
        (claim,) = interpret(document, setting=setting).reading.claims
        assert str(claim.certainty) == certainty, text
        assert claim.blamed == frozenset()
