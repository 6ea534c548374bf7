"""What holds for every set of reports holds for a generated one, and a flood moves none of it."""

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cenotaph.model import Document, DocumentId, Measure
from cenotaph.pipeline import Interpreted, Sources, interpret, ruleset_of
from cenotaph.pipeline.derivation import Derivation
from cenotaph.pipeline.laid import Read
from cenotaph.totals import total

RULES = ruleset_of("default")
FULL = os.environ.get("CENOTAPH_TORTURE") == "full"
OUTLETS = [f"{first} {last}" for first in ["Ash", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Larch", "Maple", "Oak", "Pine", "Rowan", "Sallow", "Teak", "Thorn", "Vine", "Willow", "Yew", "Alder", "Aspen", "Beech"]
           for last in ["Gazette", "Herald", "Journal", "Mirror", "Observer", "Press", "Record", "Standard", "Star", "Sun", "Times", "Tribune", "Voice", "Watch", "World", "Argus", "Beacon", "Bugle", "Crier", "Echo", "Express", "Globe", "Lantern", "Leader", "News"]]  # fmt: skip
OTHER_WORDS = (
    ("were killed", "died"),
    ("reported", "told reporters"),
    ("according to", "as told by"),
    ("could be seen", "was seen"),
    ("for hours", "until evening"),
    ("Rescue workers", "Helpers"),
    ("stayed shut", "did not open"),
    ("Families gathered", "Relatives waited"),
)


@pytest.fixture(scope="module")
def reads(documents: list[Document], read: dict[DocumentId, Interpreted]) -> list[Read]:
    return [Read(document=each, interpreted=read[each.id]) for each in documents if each.id in read]


@pytest.fixture(scope="module")
def known(reads: list[Read]) -> Derivation:
    return derived(reads)


def derived(reads: list[Read]) -> Derivation:
    derivation = Derivation(RULES)
    derivation.change(reads)
    return derivation


def totals(of: Derivation, *by: str, group: str | None = None):
    return total(
        of.claims(), of.linking(), of.ordered_incidents(), by=by, ruleset=RULES, group=group
    )


def figures(of: Derivation) -> dict:
    found = totals(of, "admin1", "month")
    return {row.key: row.figure for row in (*found.rows, found.whole)}


def estimates(of: Derivation) -> dict:
    return {
        each.id: {(e.measure, e.group): e.figure for e in each.estimates}
        for each in of.ordered_incidents()
    }


@pytest.fixture(scope="module")
def reading(gazetteer_file: Path):
    setting = Sources(files=(gazetteer_file,), default=False, country="XT").open()

    def reads(documents: Iterator[Document]) -> list[Read]:
        return [Read(document=d, interpreted=interpret(d, setting=setting)) for d in documents]

    return reads


def test_low_best_and_high_stand_in_that_order_and_parts_are_no_more_than_their_wholes(
    known: Derivation,
) -> None:
    for incident in known.ordered_incidents():
        for each in incident.estimates:
            numbers = [each.figure.low, each.figure.best, each.figure.high]
            assert [n for n in numbers if n is not None] == sorted(
                n for n in numbers if n is not None
            )
            whole = incident.estimate(each.measure)
            if each.group is not None and whole is not None and each.figure.low is not None:
                assert each.figure.low <= (whole.figure.low or 0)
                assert (each.figure.best or 0) <= (whole.figure.best or 0)
    everyone = totals(known, "admin1", "month")
    for row in (*everyone.rows, everyone.whole):
        assert row.figure.low <= row.figure.best <= row.figure.high <= row.high_with_aside
        assert row.figure.high <= row.naive or row.naive == 0
    for group in ("children", "women", "men", "civilians"):
        part = totals(known, group=group).whole.figure
        assert part.low <= everyone.whole.figure.low
        assert part.high <= everyone.whole.figure.high


def test_every_quote_is_true(known: Derivation, reads: list[Read]) -> None:
    texts = {each.document.id: each.document.text for each in reads}
    for each in known.claims():
        stated = each.claim
        for quote in (stated.quote, stated.counted):
            assert quote.is_in(texts[stated.document])
    for finding in known.found():
        assert all(quote.is_in(texts[document]) for document, quote in finding.quotes)


def test_sums_are_not_added_to_what_lies_in_them(known: Derivation) -> None:
    """Without any running total the figures of events stand; with them only what these leave open
    comes on top, and never more than they say."""
    whole = totals(known).whole
    events = sum(
        each.figure.low
        for incident in known.ordered_incidents()
        if (each := incident.estimate(Measure.KILLED)) is not None and incident.place is not None
    )
    added = [part for part in whole.parts if part.role == "added"]
    assert whole.figure.low == sum(part.figure.low or 0 for part in added)
    assert events <= whole.figure.low <= whole.naive


def test_later_reprints_change_no_figure(known: Derivation, reads: list[Read], reading) -> None:
    chance = random.Random(4)
    last = max(each.document.published for each in reads)
    again = [
        replace(
            each.document,
            id=DocumentId(f"again-{n}"),
            text=f"The mill opens after the rains.\n\n{each.document.text}\nBread will be cheap.\n",
            published=last + timedelta(days=chance.randrange(1, 60)),
        )
        for n, each in enumerate(chance.sample(reads, 40))
    ]
    after = derived([*reads, *reading(again)])
    assert estimates(after) == estimates(known)
    assert figures(after) == figures(known)
    sources = {each.id: each.sources for each in known.ordered_incidents()}
    assert {each.id: each.sources for each in after.ordered_incidents()} == sources


def lies(generate, world, chance: random.Random) -> list[Document]:
    """Twenty reports that nobody else has: of events that were none, and of others' with a toll of
    their own."""
    made = []
    for number in range(20):
        incident = chance.choice(world.incidents)
        if number % 2:
            day = incident.day + timedelta(days=chance.randrange(9, 14))
            incident = replace(incident, day=day, told=[])
        toll = incident.killed + chance.randrange(20, 60)
        incident = replace(incident, children=0)
        text = generate.article(incident, toll, "a man at the well", incident.day, chance, False)
        made.append(
            Document(
                id=DocumentId(f"lie-{number:02d}"), text=text, published=incident.day,
                publisher="Gossip Sheet", country="XT", lang="en",
            )
        )  # fmt: skip
    return made


def flooded(few: list[Document], size: int, chance: random.Random) -> Iterator[Document]:
    for number in range(size):
        each = few[number % len(few)]
        text = each.text
        if number % 3:
            for one, other in OTHER_WORDS:
                if chance.random() < 0.5:
                    text = text.replace(one, other)
        outlet = chance.choice(OUTLETS)
        yield replace(
            each,
            id=DocumentId(f"{each.id}-{number:05d}"),
            text=f"{outlet}, note {number}.\n\n{text}",
            publisher=outlet,
            published=each.published + timedelta(days=chance.randrange(0, 9)),
        )


@pytest.mark.parametrize("seed", [1, 2])
def test_a_flood_of_copies_and_rewordings_moves_no_figure(
    generate, world, reads: list[Read], reading, seed: int
) -> None:
    """Of 20 reports, from 500 outlets: what the 20 moved, the flood moves no further."""
    chance = random.Random(seed)
    few = lies(generate, world, chance)
    before = derived([*reads, *reading(few)])
    flood = flooded(few, 10_000 if FULL else 200, chance)
    after = derived([*reads, *reading(few), *reading(flood)])
    was, now = figures(before), figures(after)
    assert {key: (each.low, each.best) for key, each in now.items()} == {
        key: (each.low, each.best) for key, each in was.items()
    }


def test_rows_by_province_and_month_hold_the_truth(generate, world, known: Derivation) -> None:
    truth = generate.truth(world)
    rows = {
        tuple(value for _, value in row.key): row.figure
        for row in totals(known, "admin1", "month").rows
    }
    held = sum(
        (row := rows.get((admin1, month))) is not None and row.low <= killed <= row.high
        for admin1, month, killed in truth["rows"]
    )
    assert held >= 0.95 * len(truth["rows"])
    assert totals(known).whole.figure.best == pytest.approx(truth["killed"], rel=0.06)
