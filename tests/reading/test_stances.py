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


@pytest.mark.parametrize(
    "text",
    [
        "As many as 4,000 people remain trapped in Velm, the Harbour Council warned, in a siege.",
        "The Harbour Council condemned the attack in which six people were killed in Velm.",
        "The Meridian Relief Fund visited the camp where nine civilians were killed by a mine.",
        "Police responded to a fire in Velm and found two men wounded.",
        "Thousands gathered in Velm after six people were killed in an explosion.",
        "Police arrested the mayor of Velm after six people were killed on Friday.",
    ],
)
def test_who_says_finds_helps_or_arrests_has_killed_nobody(text: str, setting: Setting) -> None:
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    claims = interpret(document, setting=setting).reading.claims
    harm = [claim for claim in claims if str(claim.measure) != "detained"]
    assert len(harm) == 1
    assert harm[0].perpetrators == ()


def test_a_source_ends_where_a_clause_of_its_own_begins(setting: Setting) -> None:
    text = "The raid began a month into a siege which aid workers say has cost at least 140 lives."
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    (claim,) = interpret(document, setting=setting).reading.claims
    assert (claim.count.low, [source.name for source in claim.said_by]) == (140, ["aid workers"])


@pytest.mark.parametrize(
    "text",
    [
        'The ministry dismissed as "fake" reports that its jets had killed nine people in Velm.',
        "The ministry described as baseless a report that nine people were killed in Velm.",
        "The council complained of false claims that nine people were killed in Velm.",
    ],
)
def test_what_a_report_called_false_says_is_denied(text: str, setting: Setting) -> None:
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    (claim,) = interpret(document, setting=setting).reading.claims
    assert (claim.count.low, claim.certainty) == (9, "denied")
