"""Whose word a sentence without a source is: that of the next one, which tells its figure again."""

from datetime import date

import pytest

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Setting, interpret

CASES = [
    # the same figure right behind, in a clause of its own, and what stands beside it
    (
        "Nine people were killed and others hurt in shelling of Velm on Monday. A source at the"
        " Orun police told Meridian News Agency that shells hit the square, killing nine people.",
        ["police", "police", "police"],
    ),
    (
        "At least 60 porters died in Velm on Monday. According to Orun Radio, over 60 people were"
        " killed.",
        ["Orun Radio", "Orun Radio"],
    ),
    # a source carried on from the item before gives way to the item's own
    (
        "Two farmers were hurt in Sarbek, the Sarbek council said. In Velm six miners were killed"
        " by shells. A nurse in Velm said the shells killed six miners.",
        ["council", "nurse", "nurse"],
    ),
    # a small number, told again of the place
    (
        "A citizen was hurt by shelling of Velm district. A police source in Velm said shells fell"
        " on the mill, injuring a citizen.",
        ["police", "police"],
    ),
    # another number, other people, people of elsewhere, and a figure far behind are others
    (
        "Nine people were killed in Velm on Monday. The mayor said eight people had been killed.",
        ["", "mayor"],
    ),
    (
        "Five villagers were killed in Velm. Activists said it was in revenge for the death of five"
        " crewmen.",
        ["", "Activists"],
    ),
    (
        "Three people were killed in Velm. The Orun mayor said three people were killed in Sarbek.",
        ["", "mayor"],
    ),
    (
        "Nine people were killed in Velm. Markets stayed shut. Buses did not run. The mayor said"
        " nine people had been killed.",
        ["", "mayor"],
    ),
    (
        "Nine people were killed in Velm. The mayor said another nine people had been killed.",
        ["", "mayor"],
    ),
    # a monitor that speaks of the attack right behind the lede; no envoy, and none further down
    (
        "Nine people were killed in an air raid on Velm. The Tessaria Harm Monitor said it was"
        " unclear who had flown the raid.",
        ["Monitor"],
    ),
    (
        "Nine people were killed in an air raid on Velm. The Kordanian envoy said the strike was a"
        " crime.",
        [""],
    ),
    # who is named keeps his word
    (
        "Nine people were killed in Velm, a nurse said. The mayor said nine people were killed.",
        ["nurse", "mayor"],
    ),
    # a heading of another figure is not the word of whoever gave the first one below
    (
        "Ten hurt in raids on Velm and Sarbek\n\nThree people were hurt in raids on Velm. The mayor"
        " said raids had hurt three people in Velm. Seven were hurt in Sarbek.",
        ["", "mayor", "mayor", "*"],
    ),
]


@pytest.mark.parametrize("text, wanted", CASES)
def test_a_figure_is_the_word_of_who_tells_it_next(
    text: str, wanted: list[str], setting: Setting
) -> None:
    document = Document(id=DocumentId("report"), text=text, published=date(2021, 2, 8), lang="en")
    claims = [reading.claim for reading in interpret(document, setting=setting).claims]
    said = [" ".join(source.quote.text for source in claim.said_by) for claim in claims]
    assert len(said) == len(wanted)
    for found, name in zip(said, wanted, strict=True):
        assert name == "*" or (name in found if name else not found), said
