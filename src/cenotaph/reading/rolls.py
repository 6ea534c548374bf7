"""Rolls of victims: "Killed in Sarbek on Sunday:", and an entry for each of them behind.

The heading says what befell those who stand in the entries. A number or a dash marks an entry, and
of what it holds only persons are counted: names, "an unidentified man", "her son". Where no mark
stands, the line must hold nothing else, and the first that does ends the roll.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from cenotaph.model import ON_ROLL, Basis, Measure, PlaceMention, TimeMention
from cenotaph.reading.drafts import Draft, make
from cenotaph.reading.items import ONE, People, Row
from cenotaph.reading.labels import label
from cenotaph.reading.lists import next_in_list
from cenotaph.reading.scenes import Slots
from cenotaph.vocab import table

# The mark of an entry, which may be a line by itself, and a line that has nothing behind a person.
_MARK = re.compile(r"[Q#][.):-]|#[.):-]|-")
_NUMBER = re.compile(r"[Q#][.):-]?")
_PLAIN = re.compile(r"\.?N(?:[,(]?#\)?|[,(][QN]\)?)?[.,;]?")
# What may stand behind a person of an entry; another word right behind tells of something of his.
_BEHIND = frozenset(",;.:()-CNpoT#QLbVW")
# Several in the sentence of the heading: "Killed: 1) …, 40 2) …", "Wounded: …, … and …".
_SAME_LINE = re.compile(r"(?:[,;C]?(?:[Q#][.)]|-)?(N)(?:,#|,Q|\(#\))?)+[.;]?$")
_ONE = re.compile(r"(?:[,;C]?(?:[Q#][.)]|-)?)(N)")
_LISTED = re.compile(r"[Q#][.)]|-")
_IN_TURN = re.compile(r"N(?:(?:,?C|[,;])N)*\.?$")
# What a heading is made of; more, and it is a sentence that tells of something else as well.
_HEAD = re.compile(r"[^.;MZSWR]*:")
_HEADING = re.compile(r"[^.;:MZSWR]*")
# What leads to a harm: "of the civilians who were", "to the"; and deeds of somebody else.
_OBJECT = re.compile(r"[po][waND]*(?:WX)?$")
_DONE = frozenset("vlW")
# Below a mere title an entry may tell of somebody: "1. Judge Tarun, who …, is to speak".
_TELLS = frozenset("vX")
_SURE = frozenset({Measure.KILLED, Measure.INJURED, Measure.MISSING, Measure.DETAINED})
_TOLD = frozenset({"name", "one", "bare", "digits", "words", "definite"})
_COUNTED = frozenset({"one", "digits", "words"})


class Roll(NamedTuple):
    """A roll that is open: what befell those on it, and the sentence that it has come to.

    `head` is the sentence of its heading. `marked` is set where the last one is the mark of the
    entry behind it, `colon` where one ends the heading, without which only numbers mark an entry.
    """

    measure: Measure
    last: int
    places: tuple[PlaceMention, ...]
    time: TimeMention | None
    head: int
    marked: bool = False
    colon: bool = True


@functools.cache
def _words(lang: str, key: str) -> frozenset[str]:
    return frozenset(table(f"{lang}/persons")["rolls"][key])


def in_roll(row: Row, found: list[Draft], roll: Roll | None) -> tuple[list[Draft], Roll | None]:
    """The drafts of a sentence with those whom it names on a roll, and the roll if it is open."""
    index = row.sentence.index
    if roll is not None and index == roll.last + 1:
        if not found and _NUMBER.fullmatch(row.tags):
            return [], roll._replace(last=index, marked=True)
        mark = _mark(row)
        marked = roll.marked or mark > 0 and (roll.colon or row.tags[0] in "Q#")
        if marked or roll.colon and not found and _is_plain(row):
            opened = roll._replace(last=index, marked=False)
            if found:
                rolled = [_rolled(draft, roll, mark) for draft in found]
            else:
                told = not roll.colon and not _TELLS.isdisjoint(row.tags)
                rolled = [] if told else _drafts(row, mark, roll.measure)
            return [replace(draft, roll=roll.head) for draft in rolled], opened
    colon = _HEAD.match(row.tags) if ":" in row.tags else None
    if colon is None and not (row.sentence.title and _HEADING.fullmatch(row.tags)):
        return found, None
    behind = colon.end() if colon is not None else len(row.tags)
    if any(d.item < behind and d.people.count.low is not None for d in found):
        return found, None
    measure = _of_head(row, behind)
    if measure is None:
        return found, None
    at = range(behind)
    places = tuple(p for n in at if row.tags[n] == "L" and (p := row.place(n)) is not None)
    time = next((t for n in at if (t := row.time(n)) is not None), None)
    opened = Roll(measure, index, places[:1], time, index, colon=colon is not None)
    if behind == len(row.tags):
        return found, opened
    listed = _in_line(row, behind, measure, found)
    if listed is None:
        return found, None
    return [draft for draft in found if draft.item < behind] + listed, opened


def _mark(row: Row) -> int:
    """The item behind the mark of an entry with which a line begins, 0 where none does."""
    mark = _MARK.match(row.tags)
    return mark.end() if mark is not None else int(row.sentence.bullet)


def _rolled(draft: Draft, roll: Roll, start: int) -> Draft:
    """ "2. Omar Tarun, killed at home": whoever the entry itself tells of is on the roll as well.

    Without a name, and with a place or a day of its own, it may be an event of many: "1. A boy was
    shot in Velm."
    """
    opens = draft.measure is roll.measure and draft.item == start and draft.people.count.low == 1
    own = not draft.people.names and {"T", "L"} & set(draft.row.tags)
    return replace(draft, rule=ON_ROLL) if opens and not own else draft


def lent(roll: Roll | None, draft: Draft, slots: Slots) -> Slots:
    """The slots of somebody on a roll, with the place and the day that its heading tells."""
    if roll is None or draft.rule != ON_ROLL:
        return slots
    if roll.places and not slots.places:
        slots = replace(slots, places=roll.places, places_basis=Basis.CARRIED)
    if roll.time is not None and slots.time is None:
        slots = replace(slots, time=roll.time, time_basis=Basis.CARRIED)
    return slots


def _of_head(row: Row, end: int) -> Measure | None:
    """What befell those named behind a heading, None where it tells of several harms, or none."""
    told = set[Measure]()
    if _by_each(row, end):
        return None
    for n in range(end):
        people = row.people(n)
        if people is not None and row.tags[n] in "NQ" and people.count.low is not None:
            return None  # "Nine people were killed:" has its own count
        harms = set[Measure]()
        if (measure := label(row, n)) is not None:
            harms.add(measure)
        elif row.tags[n] == "I":
            harms = _of_the_dead(row, n)
        if harms and not told and _mentioned(row, n):
            return None
        told |= harms
    told.discard(Measure.ATTACKS)
    measure = told.pop() if len(told) == 1 else None
    return measure if measure in _SURE else None


def _by_each(row: Row, end: int) -> bool:
    """ "Killed by town:", "Deaths per month:": what follows are figures of places or times.

    "Killed in the town of Velm:" and "Killed by village guards:" are of people.
    """
    words = row.sentence.words[: row.items[end - 1].end]
    lang = row.sentence.words.lexicon.lang
    units, each = _words(lang, "units"), _words(lang, "each")
    return any(
        before in each
        and word in units
        and not behind.isalpha()
        or before in each
        and word in units
        and behind in _words(lang, "behind_units")
        for before, word, behind in zip(words, words[1:], [*words[2:], ""], strict=False)
    )


def _mentioned(row: Row, n: int) -> bool:
    """Tell whether a heading only mentions those whom the harm at item `n` befell.

    "Families of the missing", "Reactions to the deaths", "How to help the wounded": the harm is
    that of somebody or something else, unless that is a word for a list of them.
    """
    tags, lang = row.tags, row.sentence.words.lexicon.lang
    lists, leads = _words(lang, "lists"), _words(lang, "leads")
    if tags[n] == "I":
        return n > 0 and _last_word(row, n - 1) not in lists
    before = _OBJECT.search(tags, 0, n)
    if tags[n] == "V":
        # "Students in the school killed" are they; of "Families of soldiers killed" soldiers are,
        # and in "Lawyers for the detained" nobody stands before those.
        inside = before.group() if before is not None else ""
        alone = len(inside) == 2 and _is_article(row, n - 1)
        if before is None or not alone and ("N" not in inside or inside[0] == "p"):
            return False
    if before is not None and tags[before.start()] == "o":
        return before.start() == 0 or _last_word(row, before.start() - 1) not in lists
    if before is not None:
        at = before.start()  # "What we know about the victims"
        listed = at > 0 and _last_word(row, at - 1) in lists
        return not listed and _last_word(row, at) not in leads
    return not _DONE.isdisjoint(tags[:n])


def _is_article(row: Row, n: int) -> bool:
    return row.sentence.words.lexicon.is_a("definite", _last_word(row, n))


def _last_word(row: Row, n: int) -> str:
    return row.sentence.words[row.items[n].end - 1]


def _of_the_dead(row: Row, n: int) -> set[Measure]:
    """ "The names of the dead": what the words for whose part something is say of them."""
    entries = row.sentence.words.entries
    inside = range(row.items[n].start, row.items[n].end)
    return {s.data for m in inside for s in entries[m].senses if s.kind == "harmed"}


def _in_line(row: Row, start: int, measure: Measure, found: list[Draft]) -> list[Draft] | None:
    """Those who stand in the sentence of the heading, None where it tells of anything else."""
    tags = row.tags
    if _SAME_LINE.match(tags, start) is not None and _LISTED.search(tags, start):
        names = [one.start(1) for one in _ONE.finditer(tags, start)]
        if not all(_named(row, n) for n in names):
            return None
        return [d for n in names for d in make(row, n, n, measure, ON_ROLL)]
    if any(draft.item >= start for draft in found) or _IN_TURN.match(tags, start) is None:
        return None  # "Killed: Halim Dorsawi" is read by its verb
    items = [n for n in range(start, len(tags)) if tags[n] == "N"]
    apart = {tags[n - 1] for n in items[1:]} == {";"}
    if not all(_named(row, n) or (apart and _owned(row, n)) for n in items):
        return None  # "…, a nurse, …" may be the one before
    return [d for n in items for d in make(row, n, n, measure, ON_ROLL)]


def _is_plain(row: Row) -> bool:
    """Tell whether a line that bears no mark is nothing but a person."""
    line = _PLAIN.fullmatch(row.tags)
    at = line.group().index("N") if line is not None else 0
    return line is not None and (_named(row, at) or _owned(row, at))


def _drafts(row: Row, start: int, measure: Measure) -> list[Draft]:
    """The persons of an entry that begins at item `start`; none where it is of something else."""
    at = start
    unnamed = _words(row.sentence.words.lexicon.lang, "unnamed")
    lows = row.sentence.words
    while at < len(row.tags) and row.tags[at] in "wa" and lows[row.items[at].start] in unnamed:
        at += 1
    told = {lows[n] for m in range(start, at) for n in range(row.items[m].start, row.items[m].end)}
    nobody = told.isdisjoint(_words(lows.lexicon.lang, "somebody"))  # "Not known"
    if at > start and not nobody and (at == len(row.tags) or row.tags[at] not in "NQw"):
        return _nameless(row, start, at, measure)
    return [d for n in _persons(row, at) for d in make(row, n, n, measure, ON_ROLL)]


def _nameless(row: Row, start: int, end: int, measure: Measure) -> list[Draft]:
    """ "3. Unidentified": somebody of whom nothing else is known."""
    first, last = row.items[start].start, row.items[end - 1].end
    people = People(start=first, end=last, count=ONE, words="one")
    return make(row, start, start, measure, ON_ROLL, people=people)


def _persons(row: Row, at: int) -> Iterator[int]:
    """The items of those whom an entry counts, from the one at item `at` on."""
    if row.tags[at + 1 : at + 3] == "KN":  # "Omar Tarun's brother"
        at += 2
        if not _kin(row, at):
            return
    if at >= len(row.tags) or row.tags[at] != "N" or not _counts(row, at):
        return
    behind = row.tags[at + 1 : at + 2]
    if behind not in _BEHIND and behind:
        return  # "Omar Tarun's house", "Kafr Sel market"
    yield at
    while (then := next_in_list(row, at)) is not None and _beside(row, at, then):
        yield then
        at = then


def _beside(row: Row, at: int, then: int) -> bool:
    """Tell whether those at item `then` are others than the person at item `at`.

    Behind a comma a noun may tell what somebody is ("Omar Tarun, husband and father of two"), a
    number whose parent ("Omar Tarun, two children").
    """
    if not _counts(row, then):
        return False
    people = row.people(then)
    if people is not None and people.names and not people.kin or _owned(row, then):
        return True
    joint = "C" in row.tags[at + 1 : then] and "," not in row.tags[at + 1 : then]
    listed = "C" in row.tags[at + 1 : then] and not _named(row, at)
    counted = people is not None and people.words in _COUNTED
    return joint and (counted or _kin(row, then)) or listed and counted


def _counts(row: Row, n: int) -> bool:
    """Tell whether item `n` is so many victims."""
    people = row.people(n)
    if people is None or people.words not in _TOLD or people.thing or people.group.attacker:
        return False
    exact = people.count.low is not None and people.count.low == people.count.high
    return exact and people.harmed is None and not people.partitive


def _kin(row: Row, n: int) -> bool:
    people = row.people(n)
    return people is not None and people.kin


def _owned(row: Row, n: int) -> bool:
    """ "Her son", "his wife Rima": kin of somebody who stands before, and so another."""
    opening = row.sentence.words.entries[row.items[n].start]
    return _kin(row, n) and _counts(row, n) and "pronoun_possessive" in opening.kinds


def _named(row: Row, n: int) -> bool:
    people = row.people(n)
    return people is not None and bool(people.names)
