"""Who holds, runs or leads is not who harmed; a country that acts is no place."""

from datetime import date

import pytest

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Setting, interpret


def claims(text: str, setting: Setting):
    document = Document(
        id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en", country="XT"
    )
    return interpret(document, setting=setting).claims


@pytest.mark.parametrize(
    "text, names",
    [
        # the party that holds the village stands nearer to "by" than the one whose raids struck it
        (
            "Kordanian air strikes on Sunday killed 34 civilians in a village held by the Dawn "
            "Movement in Orun.",
            ["Kordanian"],
        ),
        ("Six people were killed in shelling of government-held parts of Velm.", []),
        ("Nine people were killed in Velm by the Dawn Movement.", ["Dawn Movement"]),
    ],
)
def test_who_holds_a_place_is_not_who_struck_it(text: str, names: list[str], setting: Setting):
    (claim,) = claims(text, setting)
    assert [one.name for one in claim.claim.perpetrators] == names


def test_what_can_be_taken_without_anyone_is_nobody(setting: Setting):
    assert claims("The troops seized a key road junction and captured a convoy.", setting) == ()
    (claim,) = claims("The troops captured nine fighters near Velm.", setting)
    assert claim.claim.count.low == 9


def test_a_country_that_acts_is_not_where_it_happened(setting: Setting):
    (claim,) = claims("22 dead in heavy U.S. raids", setting)
    assert claim.place is None
