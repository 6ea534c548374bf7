"""Figures that a text takes back, puts right, or gives as the issuer of a communique."""

from datetime import date

import pytest

from cenotaph.model import Claim, Document, DocumentId, Link, Status
from cenotaph.pipeline import Setting, interpret

FIRST = "Nine people were killed in a strike on Velm, a doctor said. "


def read(text: str, setting: Setting) -> tuple[tuple[Claim, ...], tuple[Link, ...]]:
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    reading = interpret(document, setting=setting).reading
    return reading.claims, reading.links


@pytest.mark.parametrize(
    "text",
    [
        FIRST + "The hospital later corrected the figure to eight.",
        FIRST + "On Tuesday the town hall said eight people were killed, not nine.",
        FIRST + "Police revised the figure down to eight.",
    ],
)
def test_a_corrected_figure_names_the_one_it_corrects(text: str, setting: Setting) -> None:
    (old, new), links = read(text, setting)
    assert (old.count.low, new.count.low) == (9, 8)
    assert [(link.kind, link.claim, link.to) for link in links] == [("corrects", new.id, old.id)]


def test_a_number_that_is_set_right_between_commas_is_not_the_figure(setting: Setting) -> None:
    (claim,), _ = read("Eight people, not 12, were killed in a strike on Velm.", setting)
    assert claim.count.low == 8
    (old, new), links = read(FIRST + "Eight people, not nine, were killed, he said later.", setting)
    assert (old.count.low, new.count.low) == (9, 8)
    assert [(link.kind, link.claim, link.to) for link in links] == [("corrects", new.id, old.id)]


@pytest.mark.parametrize(
    "text",
    [
        FIRST + "The ministry retracted the figure.",
        "The ministry withdrew its claim that nine people had been killed.",
        "The ministry has withdrawn its toll of nine dead in the strike on Velm.",
    ],
)
def test_a_figure_that_is_taken_back(text: str, setting: Setting) -> None:
    (claim,), _ = read(text, setting)
    assert (claim.count.low, claim.certainty) == (9, "withdrawn")


def test_a_report_that_was_wrong_is_taken_back(setting: Setting) -> None:
    for text in (
        "Reports of nine dead in Velm were false, the mayor said.",
        "An earlier report of nine dead was wrong, he said.",
    ):
        (claim,), _ = read(text, setting)
        assert (claim.count.low, claim.certainty) == (9, "withdrawn")
    (claim,), _ = read("Nine people were killed; the map was wrong about the road.", setting)
    assert claim.certainty == "asserted"


@pytest.mark.parametrize(
    "text",
    [
        "Officials, who had earlier put the toll at 27, said that 22 people were killed in Orun.",
        "A bomb killed 22 people in Orun on Monday. Initial reports had spoken of 27 deaths.",
    ],
)
def test_a_smaller_figure_takes_the_place_of_what_had_been_said(
    text: str, setting: Setting
) -> None:
    claims, links = read(text, setting)
    now = next(claim for claim in claims if claim.count.low == 22)
    old = next(claim for claim in claims if claim.count.low == 27)
    assert ("updates", now.id, old.id) in [(link.kind, link.claim, link.to) for link in links]


def test_what_first_reports_spoke_of_beside_it_is_no_earlier_figure(setting: Setting) -> None:
    claims, links = read(
        "A bomb killed 22 people in Orun. Initial reports spoke of fires; 27 people were hurt.",
        setting,
    )
    assert len(claims) == 2 and not [link for link in links if link.kind == "updates"]


def test_a_paper_takes_back_its_own_figure(setting: Setting) -> None:
    (old, new), _ = read(
        "An earlier version of this article said that 16 people died in a strike on Velm. "
        "The correct number is 6.",
        setting,
    )
    assert (old.count.low, old.certainty) == (16, "withdrawn")
    assert (new.count.low, new.certainty) == (6, "asserted")


def test_only_the_clause_of_what_was_withdrawn_is_taken_back(setting: Setting) -> None:
    (old, new), _ = read(
        "He withdrew an earlier statement that 30 had died, saying the figure was 20.", setting
    )
    assert (old.count.low, old.certainty) == (30, "withdrawn")
    assert (new.count.low, new.certainty) == (20, "asserted")


def test_what_another_says_it_was_is_his_figure(setting: Setting) -> None:
    claims, _ = read(
        "The ministry says 17 people were killed. The opposition says it was 90.", setting
    )
    assert [(claim.count.low, claim.said_by[0].name) for claim in claims] == [
        (17, "ministry"),
        (90, "opposition"),
    ]


def test_no_number_is_put_right_where_none_was_given(setting: Setting) -> None:
    claims, links = read("The council corrected the figure to eight. Roads were closed.", setting)
    assert claims == links == ()


def test_the_wounded_boy_has_died(setting: Setting) -> None:
    text = "A boy was wounded in Velm on Sunday. On Tuesday the wounded boy died."
    (hurt, dead), links = read(text, setting)
    assert (hurt.measure, dead.measure) == ("injured", "killed")
    assert [(link.kind, link.claim, link.to) for link in links] == [("updates", dead.id, hurt.id)]


def test_who_issues_a_communique_says_what_it_tells(setting: Setting) -> None:
    text = "COMMAND OF THE MARSH ARMY\nBulletin No. 4\n\nForty terrorists were killed near Velm."
    (claim,), _ = read(text, setting)
    assert [source.kind for source in claim.said_by] == ["military"]
    assert claim.group.status is Status.UNKNOWN and claim.group.status_said_by
    (claim,), _ = read("COMMAND OF THE MARSH ARMY\n\nForty men were killed near Velm.", setting)
    assert claim.said_by == ()


def test_state_media_call_fighters_so_for_their_state(setting: Setting) -> None:
    for who, kept in (("State television", True), ("Orun Television", False)):
        (claim,), _ = read(f"{who} said forty terrorists had been killed.", setting)
        assert (claim.group.status is Status.UNKNOWN) is kept
        assert claim.group.status_said_by == (who if kept else None)


def test_a_witness_who_retracts_withdraws_no_figure(setting: Setting) -> None:
    for hers in ("testimony", "statement"):
        claims, _ = read(FIRST + f"One of the witnesses retracted her {hers}.", setting)
        assert [str(claim.certainty) for claim in claims] == ["asserted"]


@pytest.mark.parametrize(
    "text, new, old",
    [
        ("The blast in Sarbek killed 31 people. An earlier toll gave 27.", 31, 27),
        ("An earlier toll gave 27 dead. The ministry now says 31 people were killed.", 31, 27),
        ("The raid killed at least 14 people. Initial reports spoke of six dead.", 14, 6),
        ("The ministry, which earlier had given a toll of 27, said 31 people had died.", 31, 27),
        ("Its director, who had earlier spoken of nine dead, said 12 were killed.", 12, 9),
    ],
)
def test_an_earlier_toll_is_the_same_figure_before(
    text: str, new: int, old: int, setting: Setting
) -> None:
    claims, links = read(text, setting)
    by_id = {claim.id: claim.count.low for claim in claims}
    assert sorted(by_id.values(), key=str) == sorted([new, old], key=str)
    assert [(link.kind, by_id[link.claim], by_id[link.to], link.by) for link in links] == [
        ("updates", new, old, "toll-changed")
    ]


def test_what_was_said_earlier_of_another_town_is_not_replaced(setting: Setting) -> None:
    text = "Police said nine people died in Velm. They had earlier said six were killed in Orun."
    claims, links = read(text, setting)
    assert [claim.count.low for claim in claims] == [9, 6]
    assert not links


def test_a_first_toll_that_nothing_replaces_stands(setting: Setting) -> None:
    (claim,), links = read("An initial toll gave 27 dead.", setting)
    assert (claim.count.low, links) == (27, ())


def test_the_day_of_a_correction_is_none_of_harm(setting: Setting) -> None:
    text = (
        "The Orun directorate on Tuesday corrected the number of people killed by shells in Sarbek "
        "to seven, saying three bodies had been counted twice."
    )
    claims, _ = read(text, setting)
    assert claims and all(each.time is None for each in claims)
