"""Officers are police only where the document says so, and nobody harms those of his own side."""

from datetime import date

import pytest

from cenotaph.model import Age, Claim, Document, DocumentId
from cenotaph.pipeline import Setting, interpret


def claims(text: str, setting: Setting) -> tuple[Claim, ...]:
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    return interpret(document, setting=setting).reading.claims


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Two officers were killed when gunmen attacked a police station in Velm.", "police"),
        ("A deputy said an officer was hurt in Orun.", "police"),
        ("Two police officers were killed in an attack on an army post.", "police"),
        ("An officer lost his life near Velm.", None),
        ("Two Russian officers were killed in Velm, police said.", None),
        ("Two officers were killed in an attack on an army post, police said.", None),
    ],
)
def test_officers(text: str, role: str | None, setting: Setting) -> None:
    assert [claim.group.role for claim in claims(text, setting)] == [role]


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("Security forces killed 3 rebels in Velm. One soldier was martyred.", []),
        ("The army killed 3 rebels in Velm. Two soldiers were hurt.", []),
        ("Rebels killed 3 guards in Velm. Two soldiers were hurt.", ["Rebels"]),
        ("Security forces raided a farm in Velm and killed 3 people. Two porters were hurt.",
         ["Security forces"]),
    ],
)  # fmt: skip
def test_own_side(text: str, blamed: list[str], setting: Setting) -> None:
    last = claims(text, setting)[-1]
    assert [actor.quote.text for actor in last.perpetrators] == blamed


def test_minor_wounds_are_of_no_age(setting: Setting) -> None:
    wounds, boys = claims("It left 3 minor injuries. Two minor boys were killed.", setting)
    assert wounds.group.age is Age.UNKNOWN
    assert boys.group.age is Age.CHILD


def test_a_grenade_is_no_country(setting: Setting) -> None:
    one, _ = claims("Grenade attack leaves one dead, 14 hurt in Velm", setting)
    assert all("Grenade" not in place.quote.text for place in one.places)
