"""Rolls of names: "Killed in Sarbek on Sunday:", and a name on each line behind.

The heading says what befell those who are named; the roll ends with the first line that holds
anything but a number, a name and an age.
"""

import re
from dataclasses import replace
from typing import NamedTuple

from cenotaph.model import Basis, Measure, PlaceMention, TimeMention
from cenotaph.reading.drafts import Draft, make
from cenotaph.reading.items import Row
from cenotaph.reading.labels import label
from cenotaph.reading.scenes import Slots

RULE = "named-in-a-roll"
# A line of a roll: its number or bullet, a name, and an age; the number may be a line by itself.
_LINE = re.compile(r"(?:Q[.):-]|#[.):-]|[-.])?(N)(?:[,(]?#\)?|[,(][QN]\)?)?[.,;]?")
_NUMBER = re.compile(r"[Q#][.):-]?")
# The same in the sentence of the heading: "Killed: 1) …, 40 2) …".
_SAME_LINE = re.compile(r"(?:[,;C]?(?:[Q#][.)]|-)?(N)(?:,#|,Q|\(#\))?)+[.;]?$")
_ONE = re.compile(r"(?:[,;C]?(?:[Q#][.)]|-)?)(N)")
_LISTED = re.compile(r"[Q#][.)]|-")
# What a heading is made of; more, and it is a sentence that tells of something else as well.
_HEAD = re.compile(r"[^.;MZSWR]*:")
_SURE = frozenset({Measure.KILLED, Measure.INJURED, Measure.MISSING, Measure.DETAINED})


class Roll(NamedTuple):
    """A roll that is open: what befell those on it, and the sentence that it has come to."""

    measure: Measure
    last: int
    places: tuple[PlaceMention, ...]
    time: TimeMention | None


def in_roll(row: Row, found: list[Draft], roll: Roll | None) -> tuple[list[Draft], Roll | None]:
    """The drafts of a sentence with those whom it names on a roll, and the roll if it is open."""
    index = row.sentence.index
    if roll is not None and index == roll.last + 1 and not found:
        if _NUMBER.fullmatch(row.tags):
            return [], roll._replace(last=index)
        line = _LINE.fullmatch(row.tags)
        if line is not None and _name(row, line.start(1)):
            made = make(row, line.start(1), line.start(1), roll.measure, RULE)
            return made, roll._replace(last=index)
    head = _HEAD.match(row.tags) if ":" in row.tags else None
    if head is None or any(d.item < head.end() and d.people.count.low is not None for d in found):
        return found, None
    measure, behind = _of_head(row, head.end()), head.end()
    if measure is None:
        return found, None
    at = range(behind)
    places = tuple(p for n in at if row.tags[n] == "L" and (p := row.place(n)) is not None)
    time = next((t for n in at if (t := row.time(n)) is not None), None)
    opened = Roll(measure, index, places[:1], time)
    if behind == len(row.tags):
        return found, opened
    if _SAME_LINE.match(row.tags, behind) is None:
        return found, None
    names = [one.start(1) for one in _ONE.finditer(row.tags, behind)]
    if not all(_name(row, n) for n in names) or not _LISTED.search(row.tags, behind):
        return found, None  # "Killed: Halim Dorsawi" is read by its verb
    kept = [draft for draft in found if draft.item < behind]
    return kept + [d for n in names for d in make(row, n, n, measure, RULE)], opened


def lent(roll: Roll | None, draft: Draft, slots: Slots) -> Slots:
    """The slots of somebody on a roll, with the place and the day that its heading tells."""
    if roll is None or draft.rule != RULE:
        return slots
    if roll.places and not slots.places:
        slots = replace(slots, places=roll.places, places_basis=Basis.CARRIED)
    if roll.time is not None and slots.time is None:
        slots = replace(slots, time=roll.time, time_basis=Basis.CARRIED)
    return slots


def _of_head(row: Row, end: int) -> Measure | None:
    """What befell those named behind a heading, None where it tells of several harms, or none."""
    told = set[Measure]()
    for n in range(end):
        if row.people(n) is not None and row.numbered(n):
            return None  # "Nine people were killed:" has its own count
        if (measure := label(row, n)) is not None:
            told.add(measure)
        elif row.tags[n] == "I":
            told |= _of_the_dead(row, n)
    told.discard(Measure.ATTACKS)
    measure = told.pop() if len(told) == 1 else None
    return measure if measure in _SURE else None


def _of_the_dead(row: Row, n: int) -> set[Measure]:
    """ "The names of the dead": what the words for whose part something is say of them."""
    entries = row.sentence.words.entries
    inside = range(row.items[n].start, row.items[n].end)
    return {s.data for m in inside for s in entries[m].senses if s.kind == "harmed"}


def _name(row: Row, n: int) -> bool:
    people = row.people(n)
    return people is not None and bool(people.names)
