"""The time that governs a count is told by scope, not by nearness."""

from datetime import date

import pytest

from cenotaph.model import Basis, Document, DocumentId
from cenotaph.pipeline import Sources, ruleset_of
from cenotaph.pipeline.document import Extraction, extract

FRIDAY, SATURDAY, SUNDAY = date(2021, 2, 5), date(2021, 2, 6), date(2021, 2, 7)


def read(text: str) -> Extraction:
    """Read a report of Monday, 8 February 2021."""
    document = Document(
        id=DocumentId("a"), text=text, published=date(2021, 2, 8), lang="en", country=None
    )
    return extract(document, setting=Sources().open(), ruleset=ruleset_of("default"))


@pytest.mark.parametrize(
    ("text", "day", "basis"),
    [
        (
            "A man was arrested on Sunday over a raid that killed two people on Friday.",
            FRIDAY,
            Basis.STATED,
        ),
        (
            "Police charged a man on Sunday with the murder of two people.",
            None,
            Basis.NONE,
        ),
        (
            "Shells struck the port on Saturday. Nine people were killed, a monitor said on Sunday.",
            SATURDAY,
            Basis.CARRIED,
        ),
        (
            "Nine people were killed in a raid. Families met the mayor on Sunday. "
            "The raid happened on Friday.",
            FRIDAY,
            Basis.CARRIED,
        ),
        (
            "Fighters behind the 2 January attack on the port were killed on Friday.",
            FRIDAY,
            Basis.STATED,
        ),
        ("The mayor condemned on Sunday the killing of nine people.", None, Basis.NONE),
        (
            "Guards said around 5 p.m. on Saturday nine people were killed by a shell.",
            SATURDAY,
            Basis.STATED,
        ),
        ("Nine people were killed in the port, a monitor said on Sunday.", SUNDAY, Basis.STATEMENT),
        (
            "Nine people were killed in Friday night's raid, which was condemned on Sunday.",
            FRIDAY,
            Basis.STATED,
        ),
        (
            "A vigil took place on Sunday. Nine people were killed in the raid.",
            None,
            Basis.NONE,
        ),
    ],
)
def test_a_death_has_the_day_that_governs_it(text: str, day: date | None, basis: Basis) -> None:
    claims = read(text).interpreted.claims
    killed = next(c for c in claims if c.claim.measure == "killed")
    when = killed.when
    assert (when.start if when else None) == day
    assert (when.basis if when else Basis.NONE) is basis


def test_an_incident_has_the_day_of_the_wounds_not_of_a_later_death() -> None:
    found = read("Halim Dorsawi was wounded in a raid on Friday. Halim Dorsawi died on Sunday.")
    days = {i.when.start for i in found.incidents if i.when is not None}
    assert days == {FRIDAY}
