"""Sums over a week, a month or a year are no event, and rates count nobody."""

from datetime import date

import pytest

from cenotaph.model import Document, DocumentId, Reading, Scope
from cenotaph.pipeline import Setting, interpret

SUM, ONE = Scope.CUMULATIVE, Scope.INCIDENT


def reading(text: str, setting: Setting) -> Reading:
    document = Document(id=DocumentId("one"), text=text, published=date(2021, 3, 17), lang="en")
    return interpret(document, setting=setting).reading


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Nine people have been killed in Velm this week, residents said.", SUM),
        ("Two policemen have been shot dead in Orun this year.", SUM),
        ("Ten people have been killed in shelling this week.", SUM),
        ("Rebel attacks have killed ten people this month.", SUM),
        ("Twelve people died in Velm in February alone, the monitor said.", SUM),
        ("There were 23 murders in Orun in January.", SUM),
        ("Fighting killed 300 people last month.", SUM),
        # one attack is one event, whenever it was
        ("Ten people have been killed in an air strike on Velm this week.", ONE),
        ("A car bomb has killed 14 people in Velm this week.", ONE),
        ("Ten people have been killed this week in a mine explosion.", ONE),
        ("Ninety people were killed this year alone when the dam burst.", ONE),
        ("In 1985 an army patrol killed 69 villagers in Velm.", ONE),
        ("A nurse has been killed in Velm this year.", ONE),
        ("Three people have been killed in Velm today.", ONE),
        ("Nine people were killed this week in Velm.", ONE),
        ("Last year 22 mourners were shot dead at a funeral in Velm.", ONE),
        ("In 2014 militants stormed a school in Velm, killing 145 pupils.", ONE),
        ("Nine people have been killed by a suicide bomber in Velm this week.", ONE),
        ("Nine people have been killed in Velm this week after a roof fell on them.", ONE),
        ("Eleven people have been found dead in a mass grave in Binora this week.", ONE),
        ("In February three teachers were killed in Velm.", ONE),
    ],
)
def test_a_sum_of_a_time_is_told_from_one_event(text: str, scope: Scope, setting: Setting) -> None:
    (claim,) = reading(text, setting).claims
    assert claim.scope is scope


@pytest.mark.parametrize(
    "text",
    [
        "The war kills 20 children every day.",
        "On average, nine people were killed every day in February.",
        "The shelling, which killed an average of 30 people a week, stopped.",
        "One person is killed every 20 minutes in Tessaria.",
        "The army kills dozens of people daily.",
        "Every day, some 20 children die in the camps.",
    ],
)
def test_a_rate_counts_nobody(text: str, setting: Setting) -> None:
    read = reading(text, setting)
    assert not read.claims
    assert "a-rate" in {left.reason for left in read.skipped}


@pytest.mark.parametrize(
    "text",
    [
        "Velm is shelled every day, and nine people were killed on Monday.",
        "Daily shelling killed nine people in Velm.",
        "Nine people were killed a day after the ceasefire.",
        "Nine people were killed a week ago in Velm.",
        "Nine people were killed in a week of raids.",
        "Nine people were killed, and a second boy was hurt each day after.",
        "Nine people were killed at the weekly market in Velm on Monday.",
        "Gunmen killed nine worshippers during daily prayers in Sarbek.",
        "A mine killed nine people on the daily bus to Velm.",
        "Nine people were killed in the offices of the Daily Herald in Velm.",
        "Two bombs killed nine people a day apart in Velm and Orun.",
        "Gunmen shot nine people dead an hour east of Velm on Monday.",
        "Gunmen killed nine clerks a week short of the vote.",
        "Nine people were shot dead in Velm per hospital day logs.",
    ],
)
def test_what_happens_every_day_is_no_rate_of_another_harm(text: str, setting: Setting) -> None:
    claim = reading(text, setting).claims[0]
    assert (claim.count.low, claim.count.high) == (9, 9)
