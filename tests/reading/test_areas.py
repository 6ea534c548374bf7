"""What is counted in a whole province over a week, a month or a day is a sum, though no word says so."""

from datetime import date

import pytest

from cenotaph.model import Document, DocumentId, Scope
from cenotaph.pipeline import ruleset_of
from cenotaph.pipeline.extraction import extract


def scopes(text: str, setting) -> list[Scope]:
    document = Document(
        id=DocumentId("a"), text=text, published=date(2021, 3, 16), lang="en", country=None
    )
    found = extract(document, setting=setting, ruleset=ruleset_of("default"))
    return [claim.claim.scope for claim in found.interpreted.claims]


@pytest.mark.parametrize(
    "text",
    [
        "Forty people were killed in Dorsa province last month, a doctors' union counted.",
        "In February, 22 civilians were killed in Marsh province, lawyers found.",
        "Shelling killed 17 villagers in Velm province last week, the council said.",
        "Six people were killed in Orun province on Sunday, a monitor said.",
        "Air strikes killed 30 people in Orun province on Sunday, a monitor said.",
        "Thirty people were killed in army shelling in Orun province on Sunday, nurses said.",
        "Nine people died elsewhere in Orun province on Sunday, a council said.",
        "Six people were killed by shelling across militia-held Orun province, a monitor said.",
    ],
)
def test_an_area_over_its_period_is_a_sum(text: str, setting) -> None:
    assert scopes(text, setting) == [Scope.SUBTOTAL]


@pytest.mark.parametrize(
    "text",
    [
        "A roadside bomb killed six people in Dorsa province last week, police said.",
        "Ten people were killed in an air strike in Orun province on Sunday, nurses said.",
        "Seven people were killed in Sarbek last week, a baker said.",
        "One man was killed in Orun province on Sunday, the mayor said.",
        "Guards watch the yard in Orun province at the mill where six people were shot last week.",
        "A mine killed six men in Sarbek, the latest in a series of blasts in Orun province.",
        "Six men have been killed in a raid on Sarbek, as envoys spoke of a trial for war crimes.",
        "Gunmen killed five people in Orun province on Sunday, police said.",
        "Three people were killed in artillery attack in Orun province on Sunday.",
        "Nine people were killed in Orun province on Sunday, the mayor said. "
        "A bomb had gone off at the market of Sarbek.",
    ],
)
def test_one_event_with_a_vague_place_stays_one(text: str, setting) -> None:
    assert set(scopes(text, setting)) == {Scope.INCIDENT}


def test_a_part_with_a_place_of_its_own_makes_a_sum_and_keeps_it(setting) -> None:
    text = (
        "Forty people were killed in Orun province on Sunday, including 12 in an air strike on "
        "Sarbek, a monitor said."
    )
    document = Document(
        id=DocumentId("a"), text=text, published=date(2021, 3, 16), lang="en", country=None
    )
    found = extract(document, setting=setting, ruleset=ruleset_of("default"))
    whole, part = (claim.claim for claim in found.interpreted.claims)
    assert whole.scope is Scope.SUBTOTAL and part.part_of == whole.id
    assert [each.name.text for each in whole.places] == ["Orun"]
    assert [each.name.text for each in part.places] == ["Sarbek"]
