"""A flood of copies and light rewordings of a few invented reports weighs no more than these."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

import invented
import pytest

from cenotaph.model import Document
from cenotaph.pipeline import Setting

TOWNS = ("Kafr Sel", "Maarat Ilun", "Sarbek", "Binora")
OTHER_WORDS = (
    ("market", "bazaar"),
    ("crowded", "busy"),
    ("several", "many"),
    ("before noon", "in the morning"),
    ("rescuers", "helpers"),
    ("in the rubble", "under the rubble"),
    ("burned out", "gutted"),
)


def account(town: str, killed: int, day: date, source: str) -> list[str]:
    told = f"{day.day} {day:%B} {day.year}"
    return [
        f"On {told} before noon shells hit the crowded market of {town} and killed {killed} people "
        f"at their stalls{source}.",
        "Shops were burned out, and rescuers dug in the rubble with bare hands. The road to the "
        "coast was closed for several hours.",
    ]


def reworded(paragraph: str, chance: random.Random) -> str:
    for one, other in OTHER_WORDS:
        if chance.random() < 0.5:
            paragraph = paragraph.replace(one, other)
    return paragraph


def record() -> list[Document]:
    chance = random.Random(7)
    made = []
    for number in range(24):
        town = TOWNS[number % 4]
        day = date(2021, 2, 1 + number // 4)
        told = account(town, 5 + number, day, ", the Tessaria Harm Monitor said")
        made.append(
            invented.document(f"r{number:02d}", told, day + timedelta(chance.randint(0, 2)))
        )
    return made


def lies() -> list[tuple[str, Sequence[str], date]]:
    """Reports of events that nobody else tells of, and of known events with other figures."""
    found = []
    for number in range(4):
        day = date(2021, 2, 3 + number)
        town = TOWNS[number] if number % 2 else ("Khan Setra", "Hazzan")[number // 2]
        found.append((f"x{number}", account(town, 40 + number, day, ""), day))
    return found


def figures(setting: Setting, documents: Sequence[Document]) -> dict[object, object]:
    found = invented.together_with(documents, setting)
    rows = invented.totals(found, "admin1", "month")
    return {row.key: row.figure for row in (*rows.rows, rows.whole)}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_flood_moves_no_figure_beyond_what_the_few_moved(setting: Setting, seed: int) -> None:
    chance = random.Random(seed)
    own = [invented.document(name, told, day) for name, told, day in lies()]
    before = figures(setting, [*record(), *own])
    flood = []
    for number in range(240):
        name, told, day = lies()[number % 4]
        if number % 3:
            told = [reworded(paragraph, chance) for paragraph in told]
        said = [f"From our desk in Binora, note {number % 50}.", *told]
        flood.append(
            invented.document(f"{name}-{number}", said, day + timedelta(chance.randint(0, 9)))
        )
    assert figures(setting, [*record(), *own, *flood]) == before


MORNING = (
    "Mortar rounds fell on the bus yard of Sarbek {when} and killed {killed} people who waited "
    "for the early coach to the harbour, a driver told our reporter."
)
RETOLD = (
    "Mortar rounds fell on the bus yard of Sarbek {when} and killed {killed} people who queued "
    "for the early coach to the harbour, a driver told our reporter."
)


def sarbek(*told: tuple[str, str, date], setting: Setting) -> list[tuple[int, int]]:
    """The number of reports and sources of each event that these sentences tell of."""
    documents = [
        invented.document(f"s{number}", [sentence.format(when=when, killed=14)], day)
        for number, (sentence, when, day) in enumerate(told)
    ]
    found = invented.together_with(documents, setting)
    return [(len(each.documents), len(each.sources)) for each in found.incidents]


def test_a_rewording_that_reckons_its_day_otherwise_is_the_same_telling(setting: Setting) -> None:
    tuesday = date(2021, 2, 9)
    assert sarbek(
        (MORNING, "on Monday", tuesday), (RETOLD, "yesterday", tuesday), setting=setting
    ) == [(2, 1)]
    # Printed again a week later, its Monday would be another one.
    assert sarbek(
        (MORNING, "on Monday", tuesday),
        (RETOLD, "on Monday", tuesday + timedelta(7)),
        setting=setting,
    ) == [(2, 1)]


def test_a_stated_other_day_is_no_rewording(setting: Setting) -> None:
    tuesday = date(2021, 2, 9)
    later = sarbek(
        (MORNING, "on 8 February 2021", tuesday),
        (RETOLD, "on 15 February 2021", tuesday + timedelta(7)),
        setting=setting,
    )
    assert later == [(1, 1), (1, 1)]


def test_a_telling_without_a_day_does_not_hide_one_that_has_it(setting: Setting) -> None:
    tuesday = date(2021, 2, 9)
    other = "Orun Civil Defence said a mortar killed 19 at a bus yard in Sarbek on 8 February 2021."
    assert sarbek(
        (MORNING, "while it rained", tuesday),
        (RETOLD, "on Monday", tuesday),
        (other, "", tuesday),
        setting=setting,
    ) == [(3, 2)]
