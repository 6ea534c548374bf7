"""Round-ups of a day: their entries lend one another no weapon, no party and nobody harmed."""

from datetime import date

import pytest

from cenotaph.model import Basis, Document, DocumentId, ResolvedClaim
from cenotaph.pipeline import Setting, interpret


def claims(text: str, setting: Setting) -> list[ResolvedClaim]:
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 6, 17), lang="en")
    return list(interpret(document, setting=setting).claims)


@pytest.mark.parametrize("heading", ["Daily summary, 15 June 2021", "Events of 15 June 2021:"])
def test_a_heading_dates_what_a_round_up_tells(heading: str, setting: Setting) -> None:
    text = (
        f"{heading}\n\nOrun: A landmine killed two herders.\nVelm: A guard was shot dead on Monday."
    )
    mine, guard = claims(text, setting)
    assert mine.when is not None
    assert (mine.when.start, mine.claim.time_basis) == (date(2021, 6, 15), Basis.CARRIED)
    assert guard.when is not None
    assert guard.when.start == date(2021, 6, 14)


def test_the_day_of_another_heading_dates_nothing(setting: Setting) -> None:
    [mine] = claims("15 June 2021\n\nOrun: A landmine killed two herders.", setting)
    assert mine.when is None


def test_whom_somebody_else_killed_no_weapon_of_the_entry_before_killed(setting: Setting) -> None:
    text = "A landmine killed nine herders near Sarbek. Two guards were killed by gunmen in Orun."
    mine, guards = claims(text, setting)
    assert (mine.claim.event, [w.code for w in mine.claim.weapons]) == ("mine", ["landmine"])
    assert not mine.claim.perpetrators
    assert (guards.claim.event, guards.claim.weapons) == (None, ())


def test_the_same_people_told_again_with_their_killers_keep_the_weapon(setting: Setting) -> None:
    text = "A bomb killed nine herders near Sarbek. The nine were killed by the Red Front, police said."
    again = claims(text, setting)[-1]
    assert [w.code for w in again.claim.weapons] == ["bomb"]


@pytest.mark.parametrize(
    "then",
    [
        "The body of a teacher who had been abducted last week was found in the town.",
        "Gunmen shot a teacher dead at his door.",
    ],
)
def test_whoever_met_another_end_is_none_of_those_counted_before(
    then: str, setting: Setting
) -> None:
    found = claims(f"Shells killed five people in Sarbek. {then}", setting)
    teacher = found[-1].claim
    assert teacher.counted.text.lower() == "a teacher"
    assert teacher.part_of is None


def test_a_woman_of_whom_no_more_is_told_is_one_of_those_counted_before(setting: Setting) -> None:
    text = "Shells killed five people in Sarbek. A woman died as she ran to the cellar."
    five, woman = claims(text, setting)
    assert woman.claim.part_of == five.claim.id


def test_two_small_counts_of_two_towns_lend_each_other_no_party(setting: Setting) -> None:
    text = (
        "News of the provinces\n\nTwo herders were killed when a landmine exploded in Sarbek. Two guards "
        "were killed by gunmen in Orun."
    )
    herders, guards = claims(text, setting)
    assert not herders.claim.perpetrators
    assert [party.quote.text for party in guards.claim.perpetrators] == ["gunmen"]
