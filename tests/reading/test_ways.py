"""Places that only tell the way to another, whose backers or broadcasters are named, are none of
the harm."""

from datetime import date

import pytest

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Setting, interpret

CASES = [
    # the way from a town leads to the place that "where" takes up
    ("Troops shelled the village of Rashin northeast of Velm where nine people died.", ["Rashin"]),
    ("Troops shelled Sarbek, north of Velm, where nine people died.", ["Sarbek"]),
    ("Troops shelled Sarbek, ten miles north of Velm where nine people died.", ["Sarbek"]),
    ("Troops shelled Sarbek near Velm where nine people died.", ["Sarbek"]),
    # two places told apart, and one place alone
    ("Troops shelled Sarbek and rebels massed near Velm, where nine people died.", ["Velm"]),
    ("Troops shelled a village northeast of Velm where nine people died.", ["Velm"]),
    # a broadcaster of the state, and a state
    ("A bomb wounded nine people in the city of Velm state television reported.", ["Velm"]),
    ("A bomb wounded nine people in Orun state, television reported.", ["Orun"]),
    # who backs, leads or holds is nowhere
    (
        "The Dawn Movement fought the Northern Front, which is backed by Kordania and Orunia. On"
        " Friday 15 people were killed.",
        [],
    ),
    ("The Dawn Movement, led by Kordania, shelled Velm. On Friday 15 people died.", ["Velm"]),
]


@pytest.mark.parametrize("text, names", CASES)
def test_where_the_harm_was(text: str, names: list[str], setting: Setting) -> None:
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    (claim,) = interpret(document, setting=setting).reading.claims
    assert [place.name.text for place in claim.places] == names


def test_state_television_speaks_and_lends_no_state(setting: Setting) -> None:
    text = "A bomb wounded nine people in Velm state television reported."
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    (claim,) = interpret(document, setting=setting).reading.claims
    assert [place.kind for place in claim.places] == [None]
    assert [source.quote.text for source in claim.said_by] == ["state television"]
