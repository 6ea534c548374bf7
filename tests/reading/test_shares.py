"""Shares of a count that have a day, a place or a party of their own, and whose they are."""

from datetime import date

import pytest

from cenotaph.model import Document, DocumentId, ResolvedClaim, Scope
from cenotaph.pipeline import Setting, interpret


def claims(text: str, setting: Setting) -> list[ResolvedClaim]:
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 6, 17), lang="en")
    return list(interpret(document, setting=setting).claims)


def parties(one: ResolvedClaim) -> list[str]:
    return [party.quote.text for party in one.claim.perpetrators]


def test_shares_by_day_are_incidents_of_those_days_and_their_sum_has_none(setting: Setting) -> None:
    text = "Jets killed 55 civilians in Belq: 21 on 3 June, 18 on 6 June and 16 on 9 June."
    whole, *shares = claims(text, setting)
    assert whole.claim.count.low == 55
    assert whole.when is None
    assert [one.claim.count.low for one in shares] == [21, 18, 16]
    assert [one.when.start.day for one in shares if one.when and one.when.start] == [3, 6, 9]
    assert all(one.claim.places == whole.claim.places for one in shares)


def test_counts_by_day_that_come_to_another_sum_are_no_shares(setting: Setting) -> None:
    text = "Jets killed 55 civilians in Belq, 21 on 3 June and 16 on 9 June."
    assert claims(text, setting)[0].claim.count.low == 55
    assert len(claims(text, setting)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "In February, 112 civilians were killed: 61 at the hands of government forces, 19 by the "
        "Red Front and eight by Coalition forces.",
        "Of the 112 civilians killed, 61 were killed by government forces, 19 by the Red Front and "
        "eight by Coalition forces.",
    ],
)
def test_shares_by_party_are_parts_that_each_blame_their_own(text: str, setting: Setting) -> None:
    whole, *shares = claims(text, setting)
    assert (whole.claim.count.low, parties(whole)) == (112, [])
    assert [one.claim.count.low for one in shares] == [61, 19, 8]
    assert all(one.claim.part_of == whole.claim.id for one in shares)
    named = [["government forces"], ["the Red Front"], ["Coalition forces"]]
    assert [parties(one) for one in shares] == named


def test_what_is_told_of_parts_with_their_own_verb_is_not_told_of_the_whole(
    setting: Setting,
) -> None:
    text = "Of the 40 people killed last month, 25 died in shelling in Velm and 15 by gunfire."
    whole, shelled, shot = claims(text, setting)
    assert not whole.claim.places
    assert not whole.claim.weapons
    assert shelled.claim.part_of == shot.claim.part_of == whole.claim.id
    assert [place.quote.text for place in shelled.claim.places] == ["Velm"]
    assert [w.code for w in shelled.claim.weapons] == ["artillery"]
    assert [w.code for w in shot.claim.weapons] == ["small_arms"]


def test_parts_behind_a_colon_blame_their_own_party_and_the_whole_none(setting: Setting) -> None:
    text = (
        "In March, we documented the killing of 84 civilians, including nine women: regime forces "
        "killed 41; the Red Front killed 14, including one woman; Coalition forces killed nine, and 20 "
        "civilians, including five children, were killed by other parties."
    )
    whole, *parts = claims(text, setting)
    assert (whole.claim.count.low, parties(whole)) == (84, [])
    blamed = {(one.claim.count.low, tuple(parties(one))) for one in parts}
    assert {(41, ("regime forces",)), (14, ("the Red Front",)), (1, ("the Red Front",))} <= blamed
    assert {(9, ()), (9, ("Coalition forces",)), (20, ("other parties",))} <= blamed
    assert all(one.claim.scope is Scope.CUMULATIVE for one in parts)
    assert all(one.claim.part_of is not None for one in parts)


def test_more_people_behind_a_colon_than_before_are_no_parts(setting: Setting) -> None:
    text = "Two people died on Monday: shells killed five in Orun and a mine killed nine in Velm."
    assert all(one.claim.part_of is None for one in claims(text, setting))


def test_who_acts_in_the_next_clause_did_nothing_in_the_one_before(setting: Setting) -> None:
    shelled, shot = claims("Twelve people were killed by shelling, gunmen killed three.", setting)
    assert (parties(shelled), parties(shot)) == ([], ["gunmen"])
