"""Shares of a count that have a day, a place or a party of their own, and whose they are."""

from datetime import date

import pytest

from cenotaph.model import Document, DocumentId, ResolvedClaim
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
