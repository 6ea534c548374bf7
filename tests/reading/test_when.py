"""The time that governs a count is told by scope, not by nearness."""

from datetime import date

import pytest

from cenotaph.model import Basis, Document, DocumentId, Measure
from cenotaph.pipeline import Sources, ruleset_of
from cenotaph.pipeline.extraction import Extraction, extract

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
            "Update: On Friday, shells hit the fair in Sarbek and killed two people.",
            FRIDAY,
            Basis.STATED,
        ),
        (
            "Shells hit the mosque after Friday prayers, killing two people.",
            FRIDAY,
            Basis.STATED,
        ),
        (
            "On Saturday, in continued attacks on Sarbek, two people were killed.",
            SATURDAY,
            Basis.STATED,
        ),
        (
            "Two people were killed in a raid on Saturday. The raid hurt nine more during the "
            "holy month of Ramadan, a monitor said.",
            SATURDAY,
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
        (
            "A clerk shot dead while fishing on Saturday was named on Sunday as Adis Torm.",
            SATURDAY,
            Basis.STATED,
        ),
        (
            "Two porters were killed at the mill. Rescuers were called to a fire at about 3 p.m. "
            "on Saturday. A judge on Sunday opened an inquiry.",
            SATURDAY,
            Basis.CARRIED,
        ),
        (
            "A baker was asleep on Friday when a shell killed two of his guests.",
            FRIDAY,
            Basis.STATED,
        ),
        (
            "A nurse was shot dead at a house on Heron Court Saturday evening.",
            SATURDAY,
            Basis.STATED,
        ),
        (
            "Two men were charged with the killing of a driver. The men were charged with murder "
            "on Sunday. The driver died in the 5 February raid.",
            FRIDAY,
            Basis.CARRIED,
        ),
        (
            "Two porters were killed by a mine. The search continued on Sunday. The mine blew up "
            "on Saturday.",
            SATURDAY,
            Basis.CARRIED,
        ),
        (
            "Two porters died in a blast. The port will reopen tomorrow.",
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


@pytest.mark.parametrize(
    ("then", "hurt"),
    [
        ("On 1 November a boy was shot dead in Sarbek.", 4),
        ("On Sunday a boy was shot dead in Sarbek.", 4),
        ("One of them died on Sunday.", 3),
        ("A boy was shot dead.", 3),
    ],
)
def test_whoever_was_killed_on_another_day_is_none_of_those_shot(then: str, hurt: int) -> None:
    found = read(f"Four people were shot in Sarbek on Friday. {then}")
    (of_friday,) = [i for i in found.incidents if i.when is not None and i.when.start == FRIDAY]
    injured, killed = of_friday.estimate(Measure.INJURED), of_friday.estimate(Measure.KILLED)
    assert injured is not None and injured.figure.low == hurt
    assert (killed.figure.low if killed else 0) == 4 - hurt


def test_a_period_is_narrowed_to_the_day_told_within_it() -> None:
    found = read(
        "Six porters were killed at the mill last week. Guards said the blast happened on Friday."
    )
    killed = found.incidents[0]
    assert killed.when is not None
    assert (killed.when.start, killed.when.end) == (FRIDAY, FRIDAY)
    assert any("within 'last week'" in reason for reason in killed.when.reasons)


def test_a_day_that_counts_others_narrows_nothing() -> None:
    found = read(
        "Six porters were killed in the harbour last week. A mine killed two drivers on Friday."
    )
    main = next(c for c in found.interpreted.claims if c.claim.count.low == 6)
    assert main.when is not None and main.when.start != main.when.end


def test_a_death_of_wounds_keeps_its_day_and_the_event_has_that_of_the_wounds() -> None:
    found = read(
        "A porter died on Sunday after he was hit by a shell. The shelling happened on Friday."
    )
    main = found.interpreted.claims[0]
    assert main.when is not None and main.when.start == SUNDAY
    assert {i.when.start for i in found.incidents if i.when is not None} == {FRIDAY}


def test_a_deed_has_a_day_of_its_own_beside_its_plan() -> None:
    found = read(
        "Border guards planned and led a sweep through the hills of Velm, Feb. 5, which turned up "
        "rifles.\n\nThe guards met raiders at a ford. Five raiders were killed."
    )
    when = found.interpreted.claims[0].when
    assert when is not None
    assert (when.start, when.basis) == (FRIDAY, Basis.CARRIED)


def test_the_hour_alone_is_of_the_day_of_the_report() -> None:
    text = "Two porters were killed in the harbour. The blast happened around noon."
    when = read(text).interpreted.claims[0].when
    assert when is not None
    assert (when.start, when.basis) == (date(2021, 2, 8), Basis.STATEMENT)
    assert when.time is not None


@pytest.mark.parametrize(
    "text",
    [
        "Two porters were killed in the harbour.",
        "Two porters were killed around noon. A ship had sunk there on Friday.",
        "Two porters were killed around noon last month.",
    ],
)
def test_the_day_of_publication_is_never_taken_beside_another_day(text: str) -> None:
    when = read(text).interpreted.claims[0].when
    assert when is None or when.start != date(2021, 2, 8)


def test_a_day_is_never_that_of_an_attack_to_which_somebody_is_tied() -> None:
    found = read(
        "Guards struck a commander tied to the 2 January raid on the mill on Friday. Two fighters "
        "were killed in the strike. The commander had admitted the 2 January raid."
    )
    killed = next(c for c in found.interpreted.claims if c.claim.measure == "killed")
    assert killed.when is not None and killed.when.start == FRIDAY


def test_earlier_this_week_is_another_event_only_beside_another_day() -> None:
    lede = read("Six porters were killed in a raid earlier this week.").interpreted.claims[0]
    assert lede.when is not None and lede.when.basis is Basis.STATED
    assert read("Six porters were killed in a raid earlier this week.").interpreted.reading.main


def days(text: str) -> list[date | None]:
    """The first day of each claim of a report of Monday, 8 February 2021."""
    return [c.when.start if c.when else None for c in read(text).interpreted.claims]


def test_the_day_on_which_a_report_was_written_is_not_that_of_the_harm() -> None:
    text = "Mon Feb 8 2021 Six people were killed in Sarbek. The raid happened on Friday."
    assert days(text) == [FRIDAY]
    assert days("Mon Feb 8 2021 Six people were killed in Sarbek.") == [None]
    # A sentence that begins with the day of what it tells has no date line.
    assert days("On 8 February 2021, a car bomb in Sarbek killed six people.") == [date(2021, 2, 8)]


def test_a_look_back_keeps_its_day_to_itself() -> None:
    text = (
        "Six people were killed in a raid on Sarbek on Friday. "
        "In November the town welcomed envoys. Nine people were wounded in the east of Sarbek."
    )
    assert days(text) == [FRIDAY, FRIDAY]


def test_what_goes_on_about_a_look_back_is_of_its_day() -> None:
    text = (
        "Six people were killed in a raid on Sarbek on Friday. "
        "On 11 November shells hit the port of Binora. Nine people were wounded in the attack."
    )
    assert days(text) == [FRIDAY, date(2020, 11, 11)]


def test_a_span_that_compares_is_not_that_of_the_harm() -> None:
    text = "The raid, the first on Sarbek in at least two years, killed six people on Friday."
    assert days(text) == [FRIDAY]
    text = (
        "Shells killed six people in Sarbek on Friday in the third raid by the army on the port "
        "in less than two weeks."
    )
    assert days(text) == [FRIDAY]


def test_a_day_stands_before_one_counted_from_something_else() -> None:
    text = "Nine days after the truce, six people were killed in Sarbek on Friday."
    assert days(text) == [FRIDAY]


def test_the_day_of_something_due_is_not_that_of_the_harm() -> None:
    text = (
        "Rebels shelled a rally for a 3 March vote, killing six people. The shells hit a tent "
        "in Sarbek on Friday."
    )
    assert days(text) == [FRIDAY]


def test_a_day_behind_elsewhere_is_that_of_what_is_told() -> None:
    text = "Elsewhere on Friday the monitor said six people were killed in Sarbek."
    assert days(text) == [FRIDAY]


def test_the_day_of_old_harm_is_not_lent_to_other_people() -> None:
    text = (
        "The army carried out air raids on Sarbek, killing six people. The port has been shut since Sunday. Its jets first bombed "
        "the port on 5 May 2012, when 80 people were killed."
    )
    assert days(text) == [None, date(2012, 5, 5)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # The day of the attack, wherever the sentence tells it; never that of the deaths.
        (
            "Two porters hurt in Friday's raid on Sarbek died on Sunday, taking the toll to nine.",
            [FRIDAY, FRIDAY],
        ),
        (
            "Two of the porters wounded by shells on Friday succumbed to their wounds on Sunday.",
            [FRIDAY],
        ),
        ("A miner died on Sunday of injuries he suffered in the raid on Friday.", [FRIDAY]),
        (
            "The toll of Friday's raid on Sarbek climbed to nine on Sunday as two of the injured "
            "died.",
            [FRIDAY, FRIDAY],
        ),
        ("The toll of the Friday raid rose to nine on Sunday.", [FRIDAY]),
        # The day that another sentence tells.
        (
            "A raid on Sarbek killed seven people on Friday. Two of the wounded died on Sunday, "
            "bringing the toll to nine.",
            [FRIDAY, FRIDAY, FRIDAY],
        ),
        # Further deaths that raise a toll, where no other attack or place is told of them.
        (
            "A raid on Sarbek killed seven people on Friday. Two more died on Sunday, "
            "bringing the toll to nine.",
            [FRIDAY, FRIDAY, FRIDAY],
        ),
        (
            "A raid on Sarbek killed seven people on Friday. Two more died on Sunday in a blast, "
            "bringing the toll to nine.",
            [FRIDAY, SUNDAY, SUNDAY],
        ),
        # An attack and a death, each with its day.
        (
            "Two more victims of the raid on Sarbek on Friday died on Sunday. "
            "The death toll now stands at nine.",
            [FRIDAY, FRIDAY],
        ),
        # No day where none of an attack is told.
        ("Two of the wounded died on Sunday, bringing the toll to nine.", [None, None]),
        ("Two of the wounded have died, a hospital said on Sunday.", [None]),
        ("Two porters succumbed to their injuries on Sunday.", [None]),
        # Who died on a day without having been wounded before died of what happened then.
        ("Nine porters died on Sunday.", [SUNDAY]),
        ("Nine porters died in a hospital on Sunday.", [SUNDAY]),
    ],
)
def test_the_day_of_a_death_of_wounds_is_not_that_of_the_attack(
    text: str, found: list[date | None]
) -> None:
    assert days(text) == found


def test_several_who_died_of_wounds_are_told_from_a_toll() -> None:
    text = "Two of the ten wounded died in Sarbek, and Sami Dorsawi succumbed to his wounds."
    rules = [c.claim.rule for c in read(text).interpreted.claims]
    assert rules == ["died-later", "participle", "died"]


def test_the_day_on_which_something_began_is_lent_to_nobody() -> None:
    text = (
        "Seven weavers were injured by a rocket in Sarbek. Since the truce took effect on "
        "3 February 2021 rebels have broken it nine times."
    )
    assert days(text) == [None]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        # a day that opens a sentence about others is that of nobody told of before it
        (
            "Three people were killed by shells in Sarbek. A nurse said shells fell on the fair,"
            " killing three people. On Sunday 35 people were hurt by gas in Orun.",
            [None, None, SUNDAY],
        ),
        (
            "Shells killed three people in Sarbek. In relevant developments in the province on"
            " Sunday jets raided a camp and killed two men.",
            [None, SUNDAY],
        ),
        # … but of those whose figure is told again, or whose attack is named again
        (
            "Three people were killed by shells in Sarbek. On Sunday shells hit the fair, killing"
            " three people.",
            [SUNDAY, SUNDAY],
        ),
        (
            "Three people were killed by shells in Sarbek. On Sunday the attack on the fair also hurt"
            " a boy.",
            [SUNDAY, SUNDAY],
        ),
        # the day of something else behind "before", and of what happens "once again"
        (
            "Jets killed three people in Sarbek. Four bridges were hit before the raid on the Belq"
            " bridge on Sunday.",
            [None],
        ),
        (
            "Jets killed three people in Sarbek. Jets once again raided Orun on Friday.",
            [None],
        ),
        (
            "Three people were killed in Sarbek. The mayor asked if they had quarrelled before the"
            " shooting late on Sunday.",
            [SUNDAY],
        ),
        # a day with "'s" is that of what stands behind it, and of no statement
        (
            "Police say they believe Sunday's raid that claimed the life of a boy was revenge. They"
            " spoke of Friday.",
            [SUNDAY],
        ),
        # the day on which one source spoke is none of what another said
        (
            "Orun Radio said jets killed three people in Sarbek. The mayor of Belq said on Sunday"
            " that two people were hurt in Belq.",
            [None, SUNDAY],
        ),
        # a sum since some time has no day of another sentence
        (
            "Shells hit Sarbek on Sunday, killing two. A total of 37 guards have been killed since"
            " the army began its offensive.",
            [SUNDAY, None],
        ),
        # a comparison with long ago ends no event
        (
            "It would be one of the worst raids since the war began six years ago. The attack came on"
            " Sunday when jets hit the fair. Three people were killed.",
            [SUNDAY],
        ),
    ],
)
def test_whose_a_day_of_another_sentence_is(text: str, days: list[date | None]) -> None:
    found = read(text).interpreted.claims
    assert [one.when.start if one.when else None for one in found] == days


def test_each_line_of_a_chronology_is_of_the_day_that_opens_it() -> None:
    one, other = read(
        "3 Jan - Car bomb kills 11 in Velm.\n19 Jan - Gunmen storm an inn in Orun; 6 dead."
    ).interpreted.claims
    assert one.when is not None
    assert other.when is not None
    assert (one.when.start, other.when.start) == (date(2021, 1, 3), date(2021, 1, 19))
    assert [weapon.code for weapon in one.claim.weapons] == ["car_bomb"]
    assert not other.claim.weapons
