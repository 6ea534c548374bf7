"""Sums over a week, a month or a war: their scope, their time, and what is a part of them."""

from datetime import date

import pytest

from cenotaph.model import Basis, Document, DocumentId, ResolvedClaim, Scope
from cenotaph.pipeline import Setting, interpret


def claims(text: str, setting: Setting) -> list[ResolvedClaim]:
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    return list(interpret(document, setting=setting).claims)


@pytest.mark.parametrize(
    "text",
    [
        "Three porters died in Velm on Sunday, and the toll for the week stood at 31.",
        "Three porters died in Velm on Sunday, bringing the month's toll to 31.",
    ],
)
def test_the_toll_of_a_period_has_not_the_day_told_beside_it(text: str, setting: Setting) -> None:
    day, period = claims(text, setting)
    assert (day.claim.scope, period.claim.scope) == (Scope.INCIDENT, Scope.CUMULATIVE)
    assert day.when is not None and day.when.start == date(2021, 3, 14)
    assert period.when is None or period.when.start is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "The death of a boy in Velm brings to 14 the number of children killed since January.",
            None,
        ),
        (
            "The killing of a nurse on Sunday raises to 14 the number of medics killed this year.",
            date(2021, 3, 14),
        ),
    ],
)
def test_a_death_that_raises_a_count_is_not_of_its_period(
    text: str, day: date | None, setting: Setting
) -> None:
    one, count = claims(text, setting)
    assert (one.claim.scope, count.claim.scope) == (Scope.INCIDENT, Scope.CUMULATIVE)
    assert (one.when.start if one.when else None) == day
    assert count.when is not None and count.when.start == date(2021, 1, 1)
    assert not one.claim.said_by, "whose death it is speaks for nobody"


def test_the_day_of_an_earlier_figure_is_none_of_the_later_one(setting: Setting) -> None:
    [claim] = claims("The death toll stands at 17, up from 14 on Sunday.", setting)
    assert (claim.claim.count.low, claim.when) == (17, None)


def test_what_a_figure_is_compared_with_is_neither_its_time_nor_its_past(setting: Setting) -> None:
    [killed] = claims(
        "Between January and March 1,200 people were killed, up from 900 in the same period last "
        "year.",
        setting,
    )
    assert killed.when is not None and killed.when.start == date(2021, 1, 1)
    assert killed.claim.scope is Scope.CUMULATIVE and not killed.claim.history


def test_a_total_of_a_month_is_a_sum_of_that_month(setting: Setting) -> None:
    (total,) = claims("A total of 74 people were killed in February.", setting)
    assert total.claim.scope is Scope.CUMULATIVE
    (many,) = claims("In February, 240 people were killed in Orun province.", setting)
    assert many.claim.scope is Scope.CUMULATIVE
    (one,) = claims("A mine killed 12 people in Velm in February.", setting)
    assert one.claim.scope is Scope.INCIDENT


def test_some_of_the_dead_of_a_sum_are_a_part_of_it(setting: Setting) -> None:
    text = (
        "More than 9,000 people have been killed since the war began in 2015, the monitor said. "
        "Some 3,000 of the dead were civilians."
    )
    whole, part = (each.claim for each in claims(text, setting))
    assert part.part_of == whole.id
    assert part.scope is Scope.CUMULATIVE and part.time == whole.time


def test_some_of_the_dead_are_those_of_an_event_before_they_are_those_of_a_sum(
    setting: Setting,
) -> None:
    text = (
        "Ten people were killed in Velm on Sunday. More than 9,000 have been killed since 2015. "
        "Three of the dead were children."
    )
    event, _, part = (each.claim for each in claims(text, setting))
    assert part.part_of == event.id and part.scope is Scope.INCIDENT


def test_who_is_blamed_for_some_of_a_sum_is_blamed_for_these_alone(setting: Setting) -> None:
    text = (
        "A total of 640 people were killed in February, the monitor said. "
        "Government forces were responsible for 410 of the deaths."
    )
    whole, part = (each.claim for each in claims(text, setting))
    assert part.part_of == whole.id
    assert [party.quote.text for party in part.perpetrators] == ["Government forces"]
    assert not whole.perpetrators


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("In February the group documented 31 deaths in Velm.", (2021, 2, 1), (2021, 2, 28)),
        (
            "Between 3 and 9 March the monitor recorded the killing of 31 civilians in Velm.",
            (2021, 3, 3),
            (2021, 3, 9),
        ),
        (
            "In the week to 14 March the monitor said 31 people had been killed in Velm.",
            (2021, 3, 8),
            (2021, 3, 14),
        ),
    ],
)
def test_a_month_or_week_beside_those_who_count_is_that_of_what_they_counted(
    text: str, start: tuple[int, int, int], end: tuple[int, int, int], setting: Setting
) -> None:
    [claim] = claims(text, setting)
    assert claim.when is not None
    assert (claim.when.start, claim.when.end) == (date(*start), date(*end))
    assert claim.claim.scope is Scope.CUMULATIVE


def test_a_day_beside_those_who_count_is_that_of_their_statement(setting: Setting) -> None:
    [claim] = claims("On 14 March the group documented the killing of four in Velm.", setting)
    assert claim.claim.time_basis is Basis.STATEMENT


def test_one_death_of_a_month_is_no_sum_of_it(setting: Setting) -> None:
    [claim] = claims("In February the group documented the killing of a nurse in Velm.", setting)
    assert claim.claim.scope is Scope.INCIDENT


def test_those_killed_since_a_countrys_war_began_lie_in_that_country(setting: Setting) -> None:
    text = (
        "Nine people were shot dead in Sarbek. More than 9,000 people have been killed and "
        "thousands displaced since Tessaria's war began with anti-toll protests in 2019."
    )
    _, killed, displaced = claims(text, setting)
    for claim in (killed, displaced):
        assert claim.when is not None and claim.when.start == date(2019, 1, 1)
        assert [place.name for place in claim.places] == ["Tessaria"]
        assert claim.claim.scope is Scope.CUMULATIVE


def test_how_long_a_war_has_lasted_is_nobodys_age(setting: Setting) -> None:
    text = "People have died in Tessaria's three-year war and half its population have fled."
    assert all("three" not in claim.claim.counted.text for claim in claims(text, setting))


def test_a_town_that_a_war_has_shattered_is_not_where_all_its_dead_lie(setting: Setting) -> None:
    text = (
        "Velm has been shattered by the heaviest fighting of the country's four-year civil war, "
        "which has killed over 300,000 people."
    )
    [claim] = claims(text, setting)
    assert (claim.claim.scope, claim.places) == (Scope.CUMULATIVE, ())
    [other] = claims("The war in Tessaria has killed more than 10,000 people.", setting)
    assert [place.name for place in other.places] == ["Tessaria"]


def test_millions_flee_from_no_town_told_of_before(setting: Setting) -> None:
    text = (
        "Nine people were killed in Sarbek. Over 300,000 people have died and "
        "millions were forced to flee their homes."
    )
    *_, displaced = claims(text, setting)
    assert displaced.claim.count.low == 2_000_000 and displaced.places == ()


def test_one_attack_in_a_month_is_no_sum_of_the_month(setting: Setting) -> None:
    text = "An earlier attack by Northern Front fighters on Velm in February left 270 people dead."
    (one,) = claims(text, setting)
    assert one.claim.scope is Scope.INCIDENT


@pytest.mark.parametrize("since", ["Since 2 March,", "Since Monday,", "Since the start of March"])
def test_attacks_that_have_killed_since_a_day_are_those_of_that_time(
    since: str, setting: Setting
) -> None:
    text = f"{since} shelling in Sarbek has killed at least 27 civilians and wounded 83."
    killed, hurt = claims(text, setting)
    for one in (killed, hurt):
        assert one.claim.scope is Scope.CUMULATIVE
        assert [place.quote.text for place in one.claim.places] == ["Sarbek"]
    assert killed.when is not None and killed.when.end == date(2021, 3, 17)


def test_what_the_attacks_of_a_month_did_is_a_sum(setting: Setting) -> None:
    killed, hurt = claims("In March, air strikes killed 12 people and wounded nine.", setting)
    assert killed.claim.scope is hurt.claim.scope is Scope.CUMULATIVE
    [one] = claims("In March, an air strike killed 12 people.", setting)
    assert one.claim.scope is Scope.INCIDENT


def test_what_was_verified_over_a_time_happened_in_it(setting: Setting) -> None:
    [one] = claims(
        "Between 3 and 9 March, we verified the deaths of 57 civilians in Velm.", setting
    )
    assert one.claim.scope is Scope.CUMULATIVE
    assert one.when is not None
    assert (one.when.start, one.when.end) == (date(2021, 3, 3), date(2021, 3, 9))
    assert not claims("The footage was verified on Monday. It shows six dead men.", setting)[0].when


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("In 2018, 236 herders died in careless shootings.", Scope.CUMULATIVE),
        ("In 2018, 236 herders died in a shooting.", Scope.INCIDENT),
    ],
)
def test_who_died_in_attacks_of_a_year_are_a_sum(text: str, scope: Scope, setting: Setting) -> None:
    [claim] = claims(text, setting)
    assert claim.claim.scope is scope


def test_the_hours_of_an_arrest_are_none_of_the_murder_it_is_over(setting: Setting) -> None:
    text = "Nine men were arrested in the last few hours over the murder of six nurses on 3 March."
    [_, killed] = claims(text, setting)
    assert killed.claim.scope is Scope.INCIDENT
    assert killed.when is not None and killed.when.start == date(2021, 3, 3)
