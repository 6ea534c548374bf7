"""An attack that is claimed, one that answers another, allies named by whose they are, and the word
of a source carried on to a figure told again."""

from datetime import date

import pytest

from cenotaph.model import Claim, Document, DocumentId
from cenotaph.pipeline import Setting, interpret


def claims(text: str, setting: Setting) -> tuple[Claim, ...]:
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    return interpret(document, setting=setting).reading.claims


def told(text: str, setting: Setting) -> list[tuple[list[str], list[str]]]:
    """Who did it and who says so, a claim each; in capitals who accepts it."""
    return [
        (
            [a.name.upper() if str(a.stance) == "accepted" else a.name for a in c.perpetrators],
            [source.name for source in c.said_by],
        )
        for c in claims(text, setting)
    ]


CLAIMED = [
    # whoever claims an attack accepts it, and gives no toll
    ("The Dawn Movement claimed a bombing in Velm that killed 17 people.", ["DAWN MOVEMENT"], []),
    (
        "The Dawn Movement also claimed a 2 March attack on a bakery in Velm that killed nine.",
        ["DAWN MOVEMENT"],
        [],
    ),
    (
        "Two people were killed in Velm in an attack claimed by the Dawn Movement.",
        ["DAWN MOVEMENT"],
        [],
    ),
    (
        "Nine people were killed in Velm on Monday. The Dawn Movement claimed the raid.",
        ["DAWN MOVEMENT"],
        [],
    ),
    # the killing of a number is the number's word, too
    (
        "The Dawn Movement claimed the killing of 12 soldiers in Velm.",
        ["DAWN MOVEMENT"],
        ["Dawn Movement"],
    ),
    # a clause says what happened, and claims nothing
    ("The Dawn Movement claimed that nine people were killed in Velm.", [], ["Dawn Movement"]),
    (
        "The army claimed a bombing by the Dawn Movement had killed nine people in Velm.",
        ["Dawn Movement"],
        ["army"],
    ),
    # nobody, not yet, attacks of earlier days, and one that was not told of
    ("Nobody claimed the bombing that killed nine people in Velm.", [], []),
    ("The Dawn Movement has not claimed the bombing that killed nine people in Velm.", [], []),
    (
        "Nine people were killed in Velm. It was unclear who had carried out the attack, but the"
        " Dawn Movement has claimed previous bombings in the region.",
        [],
        [],
    ),
    (
        "Nine people were killed in Velm. The Dawn Movement claimed a bombing in Orun.",
        [],
        [],
    ),
]


@pytest.mark.parametrize("text, parties, said", CLAIMED)
def test_who_claims_an_attack_accepts_it(
    text: str, parties: list[str], said: list[str], setting: Setting
) -> None:
    assert told(text, setting) == [(parties, said)]


ANSWERED = [
    ("Nine people were killed in Velm after {} responded with air raids to rocket fire.", True),
    ("{} responded by launching air strikes on Velm, killing nine people.", True),
    ("{} renewed its raids on Velm, killing nine people.", True),
    ("Nine people died in Velm after {} stepped up its raids on the market.", True),
    ("Nine people were killed in Velm and {} responded with an offer of talks.", False),
    ("Nine people were killed in Velm. {} responded with an appeal to the bombing.", False),
    ("Nine people were killed in Velm. {} responded by sending nurses.", False),
    ("{} stepped up its patrols after a bombing killed nine people in Velm.", False),
]


@pytest.mark.parametrize("party", ["the Dawn Movement", "the Northern Front", "the army"])
@pytest.mark.parametrize("text, acts", ANSWERED)
def test_an_attack_that_answers_another_is_of_whoever_answers(
    text: str, acts: bool, party: str, setting: Setting
) -> None:
    name = party.removeprefix("the ")
    wanted = [name] if acts else []
    (claim,) = claims(text.format(party)[0].upper() + text.format(party)[1:], setting)
    assert [a.name.removeprefix("The ") for a in claim.perpetrators] == wanted


def test_allies_are_named_by_whose_they_are(setting: Setting) -> None:
    for joined, relation in (("or", "alternatives"), ("and", "joint")):
        text = (
            "Raids carried out by Tessarian government warplanes {} their Kordanian allies killed"
            " 12 people in Velm."
        )
        (claim,) = claims(text.format(joined), setting)
        assert len(claim.perpetrators) == 2
        assert str(claim.perpetrator_relation) == relation
    (claim,) = claims(
        "Twelve people were killed in Velm. It was unclear if the raids were carried out by"
        " Tessarian government warplanes or their Kordanian allies.",
        setting,
    )
    assert len(claim.perpetrators) == 2
    (claim,) = claims("The troops said nine of their Kordanian allies died in Velm.", setting)
    assert claim.perpetrators == ()


SOURCED = [
    # the figure told again carries on the source of the sentence between
    (
        "Five villagers were killed in Velm on Monday. A police source told Meridian News Agency"
        " that shells had hit the square. The attack claimed the lives of five villagers.",
        "police source",
    ),
    # elsewhere, of another number, or where somebody else said it before
    (
        "Five villagers were killed in Velm on Monday. A police source said that roads were shut."
        " In Sarbek five villagers were killed.",
        "",
    ),
    (
        "Five villagers were killed in Velm on Monday. A police source said that shells had hit"
        " a bridge. Two guards were killed.",
        "",
    ),
    (
        "Five villagers were killed in Velm on Monday, a nurse said. A police source said that"
        " shells had hit the square. The attack killed five villagers.",
        "nurse",
    ),
]


@pytest.mark.parametrize("text, said", SOURCED)
def test_a_source_carried_to_a_figure_told_again_speaks_for_the_first_telling(
    text: str, said: str, setting: Setting
) -> None:
    sources = claims(text, setting)[0].said_by
    assert (sources[0].name if sources else "") == said


def test_a_toll_may_be_placed_and_a_name_may_hold_a_verb(setting: Setting) -> None:
    for text, said in (
        ("The Orun Watch group placed the toll lower, saying nine died in Velm.", "Orun Watch"),
        (
            "The network called Raqqa is Being Slaughtered Silently said nine died in Velm.",
            "Raqqa is Being Slaughtered Silently",
        ),
    ):
        (claim,) = claims(text, setting)
        assert claim.said_by[0].name.startswith(said)
