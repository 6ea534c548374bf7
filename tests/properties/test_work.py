"""A longer text takes more work in proportion to its length: calls are counted, no clock is read."""

import sys
from datetime import date
from types import FrameType
from typing import Any

import invented
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Setting, extract, ruleset_of

RULES = ruleset_of("default")
DAY = date(2021, 3, 17)
# Four times the text may take so many times the calls: what is looked back at by a stated number of
# sentences or claims still fills up in the shorter one.
MOST = 5
# So many calls a character take a short text with many figures. What takes fewer to begin with, as
# it says nothing that could be compared, may come up to it.
ORDINARY = 100
NAMES = ["Omar", "Salim", "Dina", "Reem"]
LAST = ["Haddadin", "Velkar", "Morun", "Teshar", "Karovan"]
SENTENCES = {
    "one sentence": lambda n: "Six people were killed in a strike on Velm on Monday. ",
    "one measure": lambda n: (
        f"{n % 97 + 3} people were killed in Velm on {n % 28 + 1} March 2021. "
    ),
    "parts": lambda n: f"{n + 9} people, including {n % 5 + 2} children, were killed in Orun. ",
    "tolls": lambda n: f"The death toll rose from {n + 10} to {n + 12} across Orun since January. ",
    "sums": lambda n: f"More than {n + 100} people have been killed in Orun since 2019. ",
    "persons": lambda n: (
        f"{NAMES[n % 4]} {LAST[n % 5]}{chr(97 + n % 26)}, {n % 60 + 18}, was shot. "
    ),
    "pronouns": lambda n: "Two of the dead were children. He was wounded. They were shot. ",
    "further": lambda n: f"Another {n % 9 + 2} people were killed. ",
    "others": lambda n: f"Another {n + 2} people were killed. ",
    "shot": lambda n: f"{n % 7 + 2} people were shot and one of them died. ",
    "marks": lambda n: "( , - ( ) and , - : ; ",
    "quoted": lambda n: (
        '"Ten died," said a doctor, who told the agency, citing the ministry, that '
    ),
}


def calls(text: str, setting: Setting) -> int:
    """Count the calls of functions that reading a text makes."""
    made = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    document = Document(id=DocumentId("long"), text=text, published=DAY, lang="en")
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        extract(document, setting=setting, ruleset=RULES)
    finally:
        sys.setprofile(before)
    return made


def repeated(kind: str, size: int) -> str:
    made, length, n = [], 0, 0
    while length < size:
        sentence = SENTENCES[kind](n)
        n += 1
        made.append(sentence if n % 7 else f"{sentence}\n\n")
        length += len(made[-1])
    return "".join(made)


@pytest.mark.parametrize("kind", SENTENCES)
def test_four_times_the_text_takes_hardly_more_than_four_times_the_work(
    kind: str, setting: Setting
) -> None:
    calls(repeated(kind, 500), setting)  # what is compiled once
    short, long = (calls(repeated(kind, size), setting) for size in (4_000, 16_000))
    assert long <= MOST * short


PIECES = [
    "killed", "were killed", "was shot", "at least", "12", "six people", "a man", "children", "and",
    "of them", "including", "among them", ",", ".", ";", "(", ")", "-", '"', "in", "Velm", "Orun",
    "on Monday", "since January", "the toll", "rose to", "from", "said", "told", "the army", "who",
    "by", "another", "respectively", "each", "Omar Haddadin", "the dead", "not", "if", "\n", "\n\n",
]  # fmt: skip


@invented.small(8)
@given(unit=st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map(" ".join))
def test_whatever_is_repeated(setting: Setting, unit: str) -> None:
    calls(f"{unit} ", setting)
    # With fewer, what is looked back at by a stated number of claims has not filled up.
    short, long = (calls(f"{unit} " * number, setting) for number in (480, 1920))
    assert long <= 6 * max(short, ORDINARY * 240 * (len(unit) + 1))
