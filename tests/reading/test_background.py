"""What a report tells besides its event takes nothing from it: sums of a war, possessives, compounds."""

from datetime import date

import pytest

from cenotaph.model import Basis, Document, DocumentId, Reading, Scope
from cenotaph.pipeline import Setting, interpret


def reading(text: str, setting: Setting) -> Reading:
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    return interpret(document, setting=setting).reading


RAID = "Kordanian jets killed six people in Velm on Monday, the Tessaria Harm Monitor said. "


@pytest.mark.parametrize(
    "background",
    [
        "The conflict has killed more than 9,000 people.",
        "More than 9,000 people have been killed in the war.",
        "A five-year-old uprising that has cost 9,000 lives has emptied whole towns.",
        "More than 9,000 people have been killed since the war began.",
    ],
)
def test_a_sum_of_the_war_takes_nothing_from_the_raid(background: str, setting: Setting) -> None:
    _, total = reading(RAID + background, setting).claims
    assert total.scope is Scope.CUMULATIVE
    assert (total.places, total.perpetrators, total.said_by, total.weapons) == ((), (), (), ())
    assert total.time_basis in (Basis.NONE, Basis.STATED)


@pytest.mark.parametrize(
    ("text", "history"),
    [
        (
            "Shells killed six in Velm on Monday, a year after an air strike there killed 30.",
            [0, 1],
        ),
        ("A year after an air strike killed 30 people in Velm, shells killed six there.", [1, 0]),
        # what something is counted from is no harm, or was a short while ago
        ("Three months after the siege of Velm began, shells killed six people there.", [0]),
        ("Hours after an air strike killed 30 people in Velm, shells killed six there.", [0, 0]),
    ],
)
def test_what_years_are_counted_from_is_history(
    text: str, history: list[int], setting: Setting
) -> None:
    claims = reading(text, setting).claims
    assert [claim.history for claim in claims] == [bool(each) for each in history]
    assert {claim.scope for claim in claims} == {Scope.INCIDENT}


def test_what_was_done_since_something_began_is_a_sum(setting: Setting) -> None:
    text = "At least 40 people have been killed by shells since the army began its push on Velm."
    (claim,) = reading(text, setting).claims
    assert claim.scope is Scope.CUMULATIVE


@pytest.mark.parametrize(
    "text",
    [
        "More than 9,000 people have been killed in Tessaria's war, which began in 2011.",
        "More than 9,000 have been killed in Tessaria since its conflict began in 2011.",
        "Tessaria's war has killed 9,000 people since it started with a coup in 2011.",
    ],
)
def test_a_sum_of_the_war_runs_from_its_beginning(text: str, setting: Setting) -> None:
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    (claim,) = interpret(document, setting=setting).claims
    assert claim.when is not None
    assert claim.claim.scope is Scope.CUMULATIVE
    assert (claim.when.start, claim.when.end) == (date(2011, 1, 1), date(2021, 3, 17))


def test_what_began_a_span_did_not_kill(setting: Setting) -> None:
    [total] = reading(
        "Since the truce collapsed in May, 640 people have been killed.", setting
    ).claims
    assert (total.event, total.weapons) == (None, ())


def test_a_sum_of_the_war_lies_in_the_country_of_the_war(setting: Setting) -> None:
    text = (
        "More than 9,000 people have been killed in Tessaria's civil war, which pits rebels "
        "against troops with fighters from Orun and Velm. The U.N. said in August that the war had killed "
        "8,000 people. The war has killed 9,500 people, a monitor said."
    )
    *_, last = claims = reading(text, setting).claims
    assert [place.name.text for place in claims[0].places] == ["Tessaria"]
    assert [place.name.text for place in last.places] == ["Tessaria"]
    assert last.places_basis is Basis.CARRIED


def test_the_year_in_which_a_war_will_enter_is_no_time_of_its_sum(setting: Setting) -> None:
    text = "More than 9,000 people have died in a war that will enter its third year next month."
    (claim,) = reading(text, setting).claims
    assert claim.time is None


@pytest.mark.parametrize(
    "text",
    [
        "Nine people were killed in Velm on Monday, a day after a bomb killed 14 in Sarbek.",
        "Nine people were killed in Velm on Monday, a week after shells hit Sarbek, killing 14.",
    ],
)
def test_an_event_that_a_day_is_counted_from_has_another_day_and_its_own_means(
    text: str, setting: Setting
) -> None:
    nine, earlier = reading(text, setting).claims
    assert (nine.time_basis, nine.history) == (Basis.STATED, False)
    assert (earlier.time, earlier.history) == (None, True)
    assert earlier.weapons or earlier.event


def test_what_a_war_did_one_day_is_no_sum(setting: Setting) -> None:
    (claim,) = reading("The war killed two people in Velm on Monday.", setting).claims
    assert claim.scope is Scope.INCIDENT


def test_a_possessive_that_lost_its_apostrophe_is_no_part_of_the_place(setting: Setting) -> None:
    (claim,) = reading("A raid killed six people in Tessarias Velm on Monday.", setting).claims
    assert [place.quote.text for place in claim.places] == ["Velm"]


def test_the_first_half_of_a_compound_is_no_place(setting: Setting) -> None:
    text = "Six people died in Velm hours after a Tessaria-Kordania accord was signed."
    (claim,) = reading(text, setting).claims
    assert [place.quote.text for place in claim.places] == ["Velm"]


def test_a_date_line_that_ran_into_the_text_is_not_the_day_of_the_harm(setting: Setting) -> None:
    (claim,) = reading("17 March 2021 Nine people were killed in Velm on Monday.", setting).claims
    assert claim.time is not None
    assert claim.time.quote.text == "on Monday"


def test_whoever_was_hurt_elsewhere_is_none_of_the_group(setting: Setting) -> None:
    text = "Nine men were killed in Orun. A man was killed in Velm by a mine."
    group, man = reading(text, setting).claims
    assert group.part_of is None
    assert man.part_of is None
