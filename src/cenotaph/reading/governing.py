"""What each time of a sentence is the time of: told by scope, not by nearness.

"A man was arrested on Friday over a shooting that killed two on Tuesday": Friday is the day of the
arrest, Tuesday that of the deaths. A time belongs to the word before it that can have one, back to
the last semicolon; a time that opens its clause belongs to the first such word behind it.
"""

import functools
from enum import Enum, auto
from typing import NamedTuple

from cenotaph.model import Measure, TimeKind
from cenotaph.reading.entries import VerbWord
from cenotaph.reading.items import Row
from cenotaph.reading.vocabulary import Phrases
from cenotaph.vocab import table

# Words between a time and the noun of an attack that it describes ("Friday's drive-by shooting").
_BESIDE = 4
# Words between what ties somebody to another attack and its noun ("suspected of the earlier …").
_BEHIND = 4
# A verb of saying has the times this near, in items; what followed upon harm those this near.
_SPOKEN = 3
_FAR = 9
# No word further off than this many items has a time.
_REACH = 40
# Tags of what harms, and of the nouns of harm and of attacks.
_HARM = frozenset("VGBJFUO")
_NOUNS = frozenset("UFO")
_HELD = frozenset({Measure.DETAINED, Measure.ABDUCTED})


class Governor(Enum):
    """What a time belongs to."""

    HARM = auto()
    ACT = auto()  # "shells hit the town", whether or not anyone is said to be harmed
    HAPPENED = auto()  # "it happened", "took place": the event itself
    STEP = auto()  # what followed: an arrest, a charge, a vigil, a condemnation
    BACKGROUND = auto()  # another attack that somebody is tied to
    SPEECH = auto()
    OTHER = auto()


class Governed(NamedTuple):
    """What a time belongs to, and the item that says so (-1 for none)."""

    by: Governor
    item: int


_TOLD_OF = frozenset({Governor.OTHER, Governor.STEP, Governor.HAPPENED})
_NOTHING = Governed(Governor.OTHER, -1)


@functools.cache
def _words(lang: str) -> Phrases:
    rules = table(f"{lang}/times")["governs"]
    return Phrases((word, code) for code, words in rules.items() for word in words)


def governed(row: Row, lang: str) -> dict[int, Governed]:
    """Return what each time of a sentence belongs to, by the item of the time."""
    at = [i for i, tag in enumerate(row.tags) if tag == "T"]
    if not at:
        return {}
    codes: dict[int, str] = {}
    for hit in _words(lang).find(row.sentence.words):
        codes.update(dict.fromkeys(range(hit.start, hit.end), hit.code))
    return {i: _governor(row, i, codes) for i in at}


def _governor(row: Row, i: int, codes: dict[int, str]) -> Governed:
    if codes.get(row.items[i].start) == "state":
        return Governed(Governor.STEP, i)  # "as of Tuesday": how things stood
    noun = _described(row, i, codes)
    if noun is not None:
        if codes.get(row.items[noun].start) == "step":
            return Governed(Governor.STEP, noun)
        by = Governor.BACKGROUND if _tied(row, i, codes) else Governor.HARM
        return Governed(by, noun)
    if row.tags[i + 1 : i + 2] == "W" and row.tags[i + 2 : i + 3] in ("V", "B"):
        return Governed(Governor.HARM, i + 2)  # "on Sunday that killed six"
    before = _nearest(row, range(i - 1, max(-1, i - 1 - _REACH), -1), i, codes)
    behind = range(i + 1, min(len(row.tags), i + 1 + _REACH))
    return before or _nearest(row, behind, i, codes) or _NOTHING


def _nearest(row: Row, order: range, i: int, codes: dict[int, str]) -> Governed | None:
    """The first word in an order of items that can have the time at item `i`; None without one."""
    ahead = False
    for j in order:
        tag = row.tags[j]
        if tag == ";" or order.step < 0 and tag in "SW" and "as" not in _words_of(row, j):
            break
        ahead = ahead or tag == "M"
        by = _kind(row, j, codes)
        if by is None or by is Governor.STEP and j and "infinitive" in row.kinds(j - 1):
            continue  # "an operation to arrest" arrested nobody yet
        if by in _TOLD_OF and _subject_is_step(row, j, codes):
            return Governed(Governor.STEP, -1)
        if ahead or row.tags[max(0, j - 2) : j].find("M") >= 0:
            return Governed(Governor.STEP, j)  # what is yet to come
        if by is Governor.SPEECH and (abs(i - j) > _SPOKEN or _clocked(row, i)):
            return Governed(Governor.OTHER, j)
        if by is Governor.STEP and order.step < 0 and i - j > _FAR:
            return Governed(Governor.OTHER, j)
        if by is Governor.STEP and tag in _HARM:
            return _joined(row, j, codes)
        return Governed(by, j)
    return None


def _subject_is_step(row: Row, j: int, codes: dict[int, str]) -> bool:
    """ "a funeral was held": the verb says nothing of its own."""
    first, last = row.items[max(0, j - _BESIDE)].start, row.items[j].start
    verb = row.tags[j] not in "FUO"
    return verb and any(codes.get(token) == "step" for token in range(first, last))


def _words_of(row: Row, j: int) -> tuple[str, ...]:
    item = row.items[j]
    return tuple(t.low for t in row.sentence.tokens[item.start : item.end])


def _clocked(row: Row, i: int) -> bool:
    """Tell whether a day stands with a time of day: nobody gives the hour of a statement."""
    for n in (i - 2, i - 1, i + 1, i + 2):
        time = row.time(n) if 0 <= n < len(row.tags) else None
        if time is not None and time.kind is TimeKind.CLOCK:
            if set(row.tags[min(n, i) + 1 : max(n, i)]) <= set(","):
                return True
    return False


def _joined(row: Row, j: int, codes: dict[int, str]) -> Governed:
    """What a time behind a verb of holding belongs to: "killed two and detained six on Sunday"."""
    for k in range(j - 1, -1, -1):
        if row.tags[k] in "SW;" or j - k > _REACH:
            break
        if row.tags[k] in "VB" and _kind(row, k, codes) is Governor.HARM:
            if "C" in row.tags[k:j]:
                return Governed(Governor.HARM, k)
            break
    return Governed(Governor.STEP, j)


def _described(row: Row, i: int, codes: dict[int, str]) -> int | None:
    """The item of the noun that a time right before it describes: "the 19 August shooting"."""
    first = row.items[i].end
    for j in range(i + 1, min(i + 1 + _BESIDE, len(row.tags))):
        if row.tags[j] == "U" or j > i + 1 and codes.get(row.items[j].start) == "step":
            return j
        kinds = row.kinds(j)
        if row.tags[j] not in "wK" or {"definite", "indefinite"} & kinds:
            return None
        if row.items[j].start == first and {"preposition", "of"} & kinds:
            return None
    return None


def _tied(row: Row, i: int, codes: dict[int, str]) -> bool:
    """Tell whether the words before item `i` tie somebody to what follows."""
    start = row.items[i].start
    return any(codes.get(n) == "tied" for n in range(max(0, start - _BEHIND), start))


def _kind(row: Row, j: int, codes: dict[int, str]) -> Governor | None:
    """What the word at item `j` makes of a time beside it, None where it can have none."""
    item = row.items[j]
    code = codes.get(item.start)
    if code == "step":
        return Governor.STEP
    if code == "happened":
        return Governor.HAPPENED
    if code == "act" and row.tags[j] not in _HARM:
        return Governor.ACT
    tag = row.tags[j]
    if tag in _HARM:
        sense = row.sense(j)
        if isinstance(sense, VerbWord) and sense.measure in _HELD:
            return Governor.STEP
        return Governor.BACKGROUND if tag == "U" and _tied(row, j, codes) else Governor.HARM
    if code == "own" or tag in "vl":
        return Governor.OTHER
    return Governor.SPEECH if tag == "R" else None


class Day(NamedTuple):
    """A day that a sentence tells of its own event, beside or without a count of harm.

    `sure`: the words say that the event was then; `weak`: something else happened on it.
    """

    item: int
    sure: bool
    weak: bool


def days_of(row: Row, times: dict[int, Governed], spoken: frozenset[int]) -> list[Day]:
    """Return the days on which something happened in a sentence, those of the event itself first.

    `spoken` are the items of the days on which somebody spoke.
    """
    found: list[Day] = []
    for i, by in times.items():
        time = row.time(i)
        if i in spoken or time is None or time.kind is not TimeKind.DAY or time.dateline:
            continue
        held = by.by is Governor.STEP and by.item >= 0 and row.tags[by.item] in _HARM
        raid = held and not _NOUNS & set(row.tags)
        if raid:  # "troops arrested a commander on Sunday": nothing else is told yet
            found.append(Day(i, sure=False, weak=True))
        weak = by.by is Governor.OTHER
        if by.by in (Governor.STEP, Governor.BACKGROUND, Governor.SPEECH):
            continue
        if weak and row.sentence.title:
            continue  # the day of a heading may be that of the report
        found.append(Day(i, by.by is Governor.HAPPENED, weak))
    return sorted(found, key=lambda day: (not day.sure, day.weak))
