"""What each time of a sentence is the time of: told by scope, not by nearness.

"A man was arrested on Friday over a shooting that killed two on Tuesday": Friday is the day of the
arrest, Tuesday that of the deaths. A time belongs to the word before it that can have one, back to
the last semicolon; a time that opens its clause belongs to the first such word behind it.
"""

import functools
from collections.abc import Mapping
from enum import StrEnum, auto
from typing import NamedTuple

from cenotaph.model import Measure, TimeKind, TimeMention
from cenotaph.reading.entries import VerbWord
from cenotaph.reading.items import Row
from cenotaph.reading.said import item_at
from cenotaph.reading.vocabulary import Hit, Phrases
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
# "Died of his wounds": so many words before the wounds.
_DIED_OF = 5
# Tags of what harms, and of the nouns of harm and of attacks.
_HARM = frozenset("VGBJFUO")
_NOUNS = frozenset("UFO")
_HELD = frozenset({Measure.DETAINED, Measure.ABDUCTED})


class Governor(StrEnum):
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


_TOLD_OF = frozenset({Governor.OTHER, Governor.STEP, Governor.HAPPENED, Governor.ACT})
# What a verb behind a time tells of beside harm: "killed while hunting Sunday was named".
_BEHIND_IT = frozenset({Governor.OTHER, Governor.STEP, Governor.SPEECH})
_NOTHING = Governed(Governor.OTHER, -1)


@functools.cache
def _words(lang: str) -> Phrases:
    rules = table(f"{lang}/times")["governs"]
    return Phrases((word, code) for code, words in rules.items() for word in words)


def governed(row: Row, lang: str, *, turn: int = -1) -> dict[int, Governed]:
    """Return what each time of a sentence belongs to, by the item of the time.

    From the item `turn` on the sentence only compares: see `compared`.
    """
    if "T" not in row.tags:
        return {}
    at = [i for i, tag in enumerate(row.tags) if tag == "T"]
    codes: dict[int, str] = {}
    for hit in _words(lang).find(row.sentence.words):
        if hit.code != "step" or not _in_a_name(row, hit, lang):
            codes.update(dict.fromkeys(range(hit.start, hit.end), hit.code))
    return {
        i: Governed(Governor.STEP, turn) if 0 <= turn <= i else _governor(row, i, codes) for i in at
    }


def compared(row: Row, lang: str) -> int:
    """The item at which a sentence turns to another time, only to compare; -1 where it never does.

    "Nine died in March, up from four in May"; "… a third more than in the same period last year".
    """
    if "T" not in row.tags:
        return -1
    hits = [h for h in _words(lang).find(row.sentence.words) if h.code == "compared"]
    return item_at(row, hits[0].start) if hits and hits[0].start else -1


def _in_a_name(row: Row, hit: Hit, lang: str) -> bool:
    """Tell whether a word is part of a longer one, or of the name of a street or park.

    "A court-ordered stay", "a home on Heron Court", "at Ilun Memorial Park"; a label ("Update: On
    Monday …") is no step either.
    """
    tokens, rules, token = row.sentence.tokens, table(f"{lang}/times")["streets"], hit.start
    if hit.end < len(tokens) and tokens[hit.end].text == ":":
        return True
    if hit.end < len(tokens) and tokens[hit.end].text == "-":
        return tokens[hit.end].start == tokens[hit.end - 1].end
    if not tokens[token].text.istitle():
        return False
    if token and tokens[token].low in rules["names"]:
        return True
    before = token - 1
    while before > 0 and tokens[before].text.istitle():
        before -= 1
    if before < 0 or before == token - 1:
        return False
    return tokens[before].text.isdigit() or tokens[before].low in rules["after"]


def _governor(row: Row, i: int, codes: dict[int, str]) -> Governed:
    if codes.get(row.items[i].start) == "state":
        return Governed(Governor.STEP, i)  # "as of Tuesday": how things stood
    if i == 1 and codes.get(row.items[0].start) == "apart":
        return _NOTHING  # "Elsewhere on Sunday the monitor said": what it tells of happened then
    if (appointed := _appointed(row, i, codes)) is not None:
        return Governed(Governor.STEP, appointed)
    noun = _described(row, i, codes)
    if noun is not None:
        if codes.get(row.items[noun].start) == "step":
            return Governed(Governor.STEP, noun)
        by = Governor.BACKGROUND if _tied(row, i, codes) else Governor.HARM
        return Governed(by, noun)
    if row.tags[i + 1 : i + 2] == "S" and "when" in _words_of(row, i + 1):
        # "she was asleep on Sunday when shells hit the house"
        met = _nearest(row, range(i + 2, min(len(row.tags), i + 2 + _REACH)), i, codes)
        if met is not None and met.by in (Governor.HARM, Governor.ACT, Governor.HAPPENED):
            return met
    if row.tags[i + 1 : i + 2] == "W" and row.tags[i + 2 : i + 3] in ("V", "B"):
        return Governed(Governor.HARM, i + 2)  # "on Sunday that killed six"
    before = _nearest(row, range(i - 1, max(-1, i - 1 - _REACH), -1), i, codes)
    if before is not None:
        return before
    behind = range(i + 1, min(len(row.tags), i + 1 + _REACH))
    found = _nearest(row, behind, i, codes) or _NOTHING
    if found.by in _BEHIND_IT and (closed := _closed(row, i, codes)) is not None:
        return closed
    return found


def _closed(row: Row, i: int, codes: dict[int, str]) -> Governed | None:
    """The harm whose clause a time ends, where the sentence's own verb comes behind the time.

    As in "a man killed while hunting on Sunday was identified".
    """
    if i == 0 or row.tags[i + 1 : i + 2] not in ("X", "H", "R", "v", ","):
        return None
    low = max(row.tags.rfind("S", 0, i), row.tags.rfind("W", 0, i))
    if low < 1 or low == i - 1:
        return None
    found = _nearest(row, range(low - 1, max(-1, low - 1 - _FAR), -1), i, codes)
    return found if found is not None and found.by is Governor.HARM else None


def _nearest(row: Row, order: range, i: int, codes: dict[int, str]) -> Governed | None:
    """The first word in an order of items that can have the time at item `i`; None without one."""
    ahead = False
    for j in order:
        tag = row.tags[j]
        if tag == ";" or order.step < 0 and tag in "SW" and "as" not in _words_of(row, j):
            if ahead:
                return Governed(Governor.STEP, -1)  # "which will enter its fifth year next month"
            break
        if tag in "vw" and row.tags[j - 1 : j] == "p" and "U" in row.tags[j + 1 : j + 3]:
            continue  # "in continued attacks": it only describes the attacks
        ahead = ahead or tag == "M"
        by = _kind(row, j, codes)
        if by is Governor.STEP and _code(row, j, codes) == "found" and _long(row.time(i)):
            continue  # "between 3 and 9 May we verified 31 deaths" of that time
        if by is None or by is Governor.STEP and j and "infinitive" in row.kinds(j - 1):
            continue  # "an operation to arrest" arrested nobody yet
        if tag in _NOUNS and _has_its_own(row, j, i, codes):
            continue
        if by is Governor.HARM and tag in "UFB" and _accusation(row, j, codes):
            return Governed(Governor.STEP, j)
        if by in _TOLD_OF and _subject_is_step(row, j, codes):
            return Governed(Governor.STEP, -1)
        if ahead or row.tags[max(0, j - 2) : j].find("M") >= 0:
            return Governed(Governor.STEP, j)  # what is yet to come
        if by is Governor.SPEECH and (
            abs(i - j) > _SPOKEN or _clocked(row, i) or _counted(row, i, j, codes)
        ):
            return Governed(Governor.OTHER, j)
        if by is Governor.STEP and order.step < 0 and i - j > _FAR:
            return Governed(Governor.OTHER, j)
        if by is Governor.STEP and tag in _HARM:
            return _joined(row, j, codes)
        return Governed(by, j)
    return None


def _long(time: TimeMention | None) -> bool:
    """Tell whether a time is longer than a day, in which nobody says or finds out one thing."""
    return time is not None and time.kind in (TimeKind.SPAN, TimeKind.PERIOD)


def _has_its_own(row: Row, j: int, i: int, codes: dict[int, str]) -> bool:
    """Tell whether a time right before a noun is its own: "tied to the 2 July raid … on Sunday"."""
    before = row.tags.rfind("T", max(0, j - _BESIDE), j)
    return 0 <= before != i and _described(row, before, codes) == j


def _accusation(row: Row, j: int, codes: dict[int, str]) -> bool:
    """Tell whether a noun is what somebody is accused of: "charged with murder on Sunday"."""
    item = row.items[j]
    bare = item.end - item.start == 1 and row.tags[j + 1 : j + 2] != "o"
    if not bare or row.tags[j - 1 : j] not in ("p", "o"):
        return False
    return any(_code(row, n, codes) == "step" for n in range(max(0, j - _BESIDE - 2), j - 1))


def _subject_is_step(row: Row, j: int, codes: dict[int, str]) -> bool:
    """ "a funeral was held": the verb says nothing of its own."""
    low = max(0, j - _BESIDE)
    attack = max(row.tags.rfind(tag, low, j) for tag in _NOUNS)
    if j > 1 and row.tags[j - 1] == "C" and row.tags[j - 2] == "v":
        j -= 2  # "planned and led an operation": another verb of the same subject
    first, last = row.items[max(low, attack)].start, row.items[j].start
    verb = row.tags[j] not in "FUO"
    return verb and any(codes.get(token) in ("step", "still") for token in range(first, last))


def _code(row: Row, j: int, codes: dict[int, str]) -> str | None:
    """What the words of an item are, the last of a phrase first ("an autopsy")."""
    item = row.items[j]
    return codes.get(item.start) or (codes.get(item.end - 1) if item.tag in "y#" else None)


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


def _counted(row: Row, i: int, j: int, codes: dict[int, str]) -> bool:
    """ "In April the group documented 31 deaths", "between 3 and 9 May it said 31 had died": nobody
    speaks all that time, so it is that of what is counted."""
    time = row.time(i)
    if time is None or not _long(time):
        return False
    return time.kind is TimeKind.SPAN or _code(row, j, codes) == "counting"


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


def _appointed(row: Row, i: int, codes: dict[int, str]) -> int | None:
    """The item of what is held or due on the day right before it: "ahead of a 3 June vote"."""
    if "preposition" in row.sentence.words.entries[row.items[i].start].kinds:
        return None
    for j in range(i + 1, min(i + 3, len(row.tags))):
        if row.tags[j] not in "wy":
            return None
        if _code(row, j, codes) == "appointed":
            return j
    return None


def _tied(row: Row, i: int, codes: dict[int, str]) -> bool:
    """Tell whether the words before item `i` tie somebody to what follows."""
    return tied(row, row.items[i].start, codes, _BEHIND)


def tied(row: Row, start: int, codes: Mapping[int, str], reach: int) -> bool:
    """Tell whether one of so many words before token `start` ties somebody to what follows it.

    "Since Monday, air strikes have killed nine": the word of a span ties nobody.
    """
    ties = [n for n in range(max(0, start - reach), start) if codes.get(n) == "tied"]
    if not ties:
        return False
    spans = [each for each in row.items if each.tag == "T" and each.start < start]
    return any(not any(span.start <= n < span.end for span in spans) for n in ties)


def _kind(row: Row, j: int, codes: dict[int, str]) -> Governor | None:
    """What the word at item `j` makes of a time beside it, None where it can have none."""
    code = _code(row, j, codes)
    if code in ("step", "still", "found"):
        return Governor.STEP
    if code == "happened" or code == "alarm" and _raised(row, j):
        return Governor.HAPPENED
    if code == "act" and row.tags[j] not in _HARM:
        return Governor.ACT
    tag = row.tags[j]
    if tag in _HARM:
        if tag in "VJ" and _still(row, j, codes):
            return Governor.STEP
        if tag == "U" and any(_code(row, n, codes) == "review" for n in range(max(0, j - 2), j)):
            return None
        sense = row.sense(j)
        if isinstance(sense, VerbWord) and sense.measure in _HELD:
            return Governor.STEP
        return Governor.BACKGROUND if tag == "U" and _tied(row, j, codes) else Governor.HARM
    if code == "own" or tag in "vl":
        return Governor.OTHER
    return Governor.SPEECH if tag == "R" else None


def _still(row: Row, j: int, codes: dict[int, str]) -> bool:
    """Tell whether harm lasted on a day: "remained hospitalised", "is in critical condition"."""
    first = row.items[max(0, j - 2)].start
    return any(codes.get(n) == "still" for n in range(first, row.items[j].end))


def _raised(row: Row, j: int) -> bool:
    """Tell whether an alarm was raised over an attack: "called to a raid", "a blast was reported".

    What the sentence reports must be an attack, or the hour of the call must be given.
    """
    near = row.tags[max(0, j - _BESIDE) : j + 2 * _BESIDE]
    return "U" in near or any(_clocked(row, i) for i, tag in enumerate(row.tags) if tag == "T")


class Day(NamedTuple):
    """A day that a sentence tells of its own event, beside or without a count of harm.

    `rank` is 0 where the words say that the event was then, 1 where harm was done on it, 2 where
    somebody died on it, 3 where something else happened on it.
    """

    item: int
    rank: int

    @property
    def weak(self) -> bool:
        """Tell whether it is only the day of something else."""
        return self.rank == 3


def days_of(row: Row, times: dict[int, Governed], spoken: frozenset[int], lang: str) -> list[Day]:
    """Return the days on which something happened in a sentence, those of the event itself first.

    `spoken` are the items of the days on which somebody spoke.
    """
    found: list[Day] = []
    for i, by in times.items():
        time = row.time(i)
        if i in spoken or time is None or time.kind is not TimeKind.DAY or time.dateline:
            continue
        if by.by is Governor.OTHER and _began(row, i, lang) or _ends_span(row, i, lang):
            continue
        held = by.by is Governor.STEP and by.item >= 0 and row.tags[by.item] in _HARM
        if held and not _NOUNS & set(row.tags):
            # "troops arrested a commander on Sunday": nothing else is told yet
            found.append(Day(i, 3))
        if by.by in (Governor.STEP, Governor.BACKGROUND, Governor.SPEECH):
            continue
        rank = _rank(row, i, by, lang)
        if rank == 3 and row.sentence.title:
            continue  # the day of a heading may be that of the report
        found.append(Day(i, rank))
    return sorted(found, key=lambda day: day.rank)


def _ends_span(row: Row, i: int, lang: str) -> bool:
    """ "… were hit before the raid on the bridge on Sunday": the day at item `i` is the raid's."""
    before = table(f"{lang}/times")["words"]["before"]
    for n in range(i - 1, 0, -1):
        if row.tags[n] in ",;vVGBRX":
            return False
        if row.tags[n] in "Sp" and row.sentence.words[row.items[n].start] in before:
            u = row.tags.find("U", n, i)
            # "before the shooting late on Sunday" tells of the report's own
            entries = row.sentence.words.entries
            return u >= 0 and not (
                "definite" in entries[row.items[u].start].kinds and "p" not in row.tags[u:i]
            )
    return False


def _began(row: Row, i: int, lang: str) -> bool:
    """ "Since the truce took effect on 27 February, …": the day at item `i` only begins a time."""
    since, low = table(f"{lang}/times")["words"]["since"], i
    while low > 0 and row.tags[low - 1] not in ",;":
        low -= 1
        if row.sentence.words[row.items[low].start] in since:
            return True
    return False


def round_up(row: Row, lang: str) -> TimeMention | None:
    """ "Daily summary, 7 May 2024": the day of which a text so headed tells."""
    if "T" not in row.tags:
        return None
    times = [t for i, tag in enumerate(row.tags) if tag == "T" and (t := row.time(i)) is not None]
    if len(times) != 1 or times[0].kind is not TimeKind.DAY:
        return None
    return times[0] if _round_ups(lang).find(row.sentence.words) else None


@functools.cache
def _round_ups(lang: str) -> Phrases:
    return Phrases((word, "round_up") for word in table(f"{lang}/times")["round_up"]["words"])


def hours_of(row: Row, times: dict[int, Governed]) -> list[int]:
    """Return the items of the times of day at which the event of a sentence happened."""
    told = (Governor.HARM, Governor.ACT, Governor.HAPPENED, Governor.OTHER)
    return [
        i
        for i, by in times.items()
        if (time := row.time(i)) is not None
        and time.kind is TimeKind.CLOCK
        and by.by in told
        and not row.sentence.title
    ]


def _rank(row: Row, i: int, by: Governed, lang: str) -> int:
    """How little the words say of the event that it was on the day at item `i`: see `Day`."""
    if by.by is Governor.OTHER:
        return 1 if _clocked(row, i) and not row.sentence.title else 3
    if by.by is Governor.HAPPENED:
        return 0
    item = row.items[by.item]
    died = range(item.start, item.end + 1)
    if row.wounds[by.item]:
        died = range(item.start - _DIED_OF, item.start)  # "succumbed to their wounds on Friday"
    if any(h.code == "died" and h.start in died for h in _words(lang).find(row.sentence.words)):
        return 2
    if row.tags[by.item] in _NOUNS:
        if row.tags[:i].count('"') % 2:
            return 1  # who is quoted may have spoken on another day
        return 0 if not row.sentence.title else 3 if ":" in row.tags[by.item : i] else 1
    return 0 if _clocked(row, i) else 1
