"""What a draft states beside its count, and what its scene knows that the sentence does not say.

A scene is the run of sentences that tell of one event. What a sentence does not say itself is
carried from its scene, within a stated reach, and never into a sentence that speaks of another
event.
"""

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from cenotaph.model import (
    Actor,
    Basis,
    Coded,
    Measure,
    PlaceMention,
    Relation,
    Scope,
    Source,
    TimeKind,
    TimeMention,
)
from cenotaph.reading.drafts import OWN_DEATH, SHARE, Draft
from cenotaph.reading.governing import Governed
from cenotaph.reading.items import Row
from cenotaph.reading.said import Said
from cenotaph.vocab import table

_WORD = re.compile(r"\w+")
FULL_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
"""A year with all its digits."""
# A source is carried over so many sentences without one of their own; a place and a day likewise.
SOURCE_REACH = 2
SCENE_REACH = 6
# A day is taken back to the lede over so many sentences; a place only into sentences up to LEDE.
AHEAD_REACH = 4
# … and so far where a sentence says that the event happened on it.
SURE_REACH = 12
TOLD_REACH = 8
# … or, where nothing nearer tells of a day, so far to either side.
WIDE_REACH = 40
# The rank of a day on which somebody died, and that of something else, see `governing.Day`; that
# of a day of a year well before the report's own.
DIED = 2
WEAK = 3
OLD = 4
LEDE = 2
# Of those who had to leave or are cut off a report seldom gives the day of the strike it tells of.
NO_CARRIED_DAY = frozenset({Measure.DISPLACED, Measure.EVACUATED, Measure.TRAPPED})
# The day of an arrest is that of those arrested, and of nothing else.
HELD = frozenset({Measure.DETAINED, Measure.ABDUCTED})
# The rules of counts without a verb.
_VERBLESS = frozenset({"gapped", SHARE})
# A place or another clause between two predicates: the second may be told of elsewhere.
_APART = frozenset("LSWR.;:")
# A predicate goes on with the one before over so many items at most.
NEXT = 8
# A sentence before every text, out of all reach.
FAR = -99


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """Everything beside the count that a claim states.

    `parted` tells that parts of the count have places of their own, of which none is the whole's,
    `day_by_day` that they have days of their own, `avenged` that its people's death is what an
    attack was the answer to.
    """

    places: tuple[PlaceMention, ...] = ()
    places_basis: Basis = Basis.NONE
    origins: tuple[PlaceMention, ...] = ()
    time: TimeMention | None = None
    time_basis: Basis = Basis.NONE
    time_weak: bool = False
    clock: TimeMention | None = None
    perpetrators: tuple[Actor, ...] = ()
    relation: Relation | None = None
    said_by: tuple[Source, ...] = ()
    event: str | None = None
    weapons: tuple[Coded, ...] = ()
    targets: tuple[Coded, ...] = ()
    scope: Scope = Scope.INCIDENT
    other_event: bool = False
    history: bool = False
    section: int = 0
    pluperfect: bool = False
    event_carried: bool = False
    of_war: bool = False
    late: bool = False
    parted: bool = False
    day_by_day: bool = False
    avenged: bool = False


@dataclass(slots=True)
class Scene:
    """What the sentences so far have established of the event they tell of.

    `harmed` are the counts of those whom the event is told to have harmed; `summed` tells that its
    party is that of a sum, of which the sentences behind tell day by day, and `wide` that no place
    in the country was told with it.
    """

    places: tuple[PlaceMention, ...] = ()
    place_at: int = FAR
    time: TimeMention | None = None
    time_basis: Basis = Basis.NONE
    time_weak: bool = False
    time_at: int = FAR
    time_paragraph: int = FAR
    past: TimeMention | None = None
    past_at: int = FAR
    said_by: tuple[Source, ...] = ()
    said_at: int = FAR
    event: str | None = None
    weapons: tuple[Coded, ...] = ()
    event_at: int = FAR
    harmed: frozenset[tuple[Measure, int | None]] = frozenset()
    perpetrators: tuple[Actor, ...] = ()
    relation: Relation | None = None
    perpetrators_at: int = FAR
    perpetrators_section: int = 0
    summed: bool = False
    wide: bool = False


NOWHERE = range(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One draft in its sentence, as the rules for its slots see it.

    `low` and `high` bound the items of its clause; `said` are the attributions of the sentence,
    `other` tells that the sentence speaks of another event than those before it, `same` that it
    names the event told of before ("the strike"), `late` that its people died of wounds, or are a
    toll that such deaths raised, `times` what each of its times belongs to, but for `written`, the
    items of days on which the report itself was written, and `sites` the items of its places that
    may be where harm was done. `closed` tells that a count without a verb of its own follows, so
    that nothing behind the clause is told of this one. From the item `compared` on the sentence
    tells of another time, -1 where it never does. `raised` are the items of a toll that the harm of
    the sentence raised, with all that is told of it: no time in them is that of the harm. `shared`
    are the places of the count before, where an "and" alone joins the two: "killing 44 and wounding
    140".
    """

    row: Row
    draft: Draft
    low: int
    high: int
    said: list[Said]
    other: bool
    same: bool = False
    late: bool = False
    times: Mapping[int, Governed] = field(default_factory=dict)
    written: frozenset[int] = frozenset()
    sites: list[int] = field(default_factory=list)
    closed: bool = False
    compared: int = -1
    raised: range = NOWHERE
    shared: tuple[PlaceMention, ...] = ()
    lang: str = "en"

    @property
    def past(self) -> bool:
        """Tell whether the draft is only what another figure is compared with."""
        return 0 <= self.compared < self.draft.item

    @property
    def verbless(self) -> bool:
        """Tell whether the draft has no verb, and its act behind it: "three in the shelling"."""
        return verbless(self.row, self.draft)

    @property
    def tokens(self) -> tuple[int, int]:
        """The tokens [start, end) of the clause."""
        return self.row.items[self.low].start, self.row.items[self.high - 1].end

    def carries(self, at: int, *, reach: int = SCENE_REACH) -> bool:
        """Tell whether what sentence number `at` established still holds for this one."""
        return not self.other and self.row.sentence.index - at <= reach


def clause_of(row: Row, draft: Draft, found: Sequence[Draft]) -> tuple[int, int]:
    """The items [low, high) of the predicate of `draft`, up to the next predicate's people."""
    mine = {d.item for d in found if d.at == draft.at} | {draft.at}
    first, last = min(mine), max(mine)
    low, high = 0, len(row.tags)
    for other in found:
        apart = other.whole is None or other.rule == SHARE or _told_behind(row, other, found)
        if other.at == draft.at or not apart:
            continue
        if other.rule == OWN_DEATH and row.tags[other.item - 1 : other.item] == "S":
            continue  # "six were killed when a bomber blew himself up" tells of the six
        begin, end = other.first, other.last
        if end < first:
            low = max(low, end + 1)
        elif begin > last:
            high = min(high, _fronted(row.tags, _subject(row.tags, other, last), last))
    if low and (opens := _fronted(row.tags, first, low - 1)) < first:
        low = opens
    if verbless(row, draft):
        low = max(low, first)
    if first > 0 and row.tags[first - 1] == "S":  # "… while several strikes hit"
        low = max(low, first)
    low = max(low, behind_while(row, first))
    stop = row.tags.find(";", last + 1, max(high, last + 1))
    high = stop if stop >= 0 else high
    low = max(low, row.tags.rfind(";", low, max(first, 0)) + 1)
    return low, max(high, low + 1)


def _subject(tags: str, other: Draft, last: int) -> int:
    """Where the clause of an active verb opens: ", gunmen killed three", "and raids killed two"."""
    begin = other.first
    if other.at != begin or tags[begin] != "V":
        return begin
    j = begin
    while j - 1 > last and tags[j - 1] in "NwyUaHXM":
        j -= 1
    return j if tags[j - 1] in ",C;:" and j < begin else begin


def _told_behind(row: Row, part: Draft, found: Sequence[Draft]) -> int:
    """ "Of the 40 dead, 25 died in Velm", "84 died: the army killed 41".

    The item behind which the parts of those told first have verbs of their own; 0 where `part` is
    no such part.
    """
    if part.whole is None or part.rule == "part":
        return 0
    begin = found[part.whole].item
    comma, colon = row.tags.find(","), row.tags.find(":", begin)
    if row.tags[:1] == "o" and begin < comma < part.item:
        return comma
    return colon if begin < colon < part.item and part.at != part.item else 0


def day_by_day(row: Row, draft: Draft) -> bool:
    """ "55 died: 21 on 3 June and 34 on 6 June": a sum of which each day is told."""
    return draft.sums and any(
        row.tags[i] == "T" and row.tags[i - 1] in "QNy"
        for i in range(draft.last + 1, len(row.tags))
    )


def end_of_whole(row: Row, n: int, drafts: Sequence[Draft]) -> int:
    """The item behind which a sentence only tells of parts of draft `n`, in words of their own.

    Those parts of it that stand before them end there too: "84, including nine women: rebels ...".
    """
    whole = drafts[n].whole
    ends = (
        end
        for part in drafts
        if part.whole in (n, whole) and (end := _told_behind(row, part, drafts)) > drafts[n].item
    )
    return next(ends, len(row.tags))


def _fronted(tags: str, begin: int, last: int) -> int:
    """Where the clause of item `begin` opens: "…, in Belq five", "and in Orun, nine"."""
    i = begin - (tags[begin - 1] == ",")
    while i - 1 > last and tags[i - 1] in "powLT":
        i -= 1
    opened = tags[i : i + 1] in ("p", "T") and {"L", "T"} & set(tags[i:begin])
    bounds = ";C" if tags[begin - 1] == "," else ",;C"
    return i if opened and tags[i - 1] in bounds and i < begin else begin


def behind_while(row: Row, first: int) -> int:
    """Return the item behind a "while" that opens what is said of item `first`; 0 without one.

    As in "jets hit Orun, while medics said six people had died".
    """
    opens = row.sentence.words.lexicon.whereas
    beside = (
        n
        for n in range(first - 1, 0, -1)
        if row.tags[n] == "S" and row.sentence.words[row.items[n].start] in opens
    )
    n = next(beside, -1)
    return n + 1 if n > 0 and "R" in row.tags[n:first] else 0


def joined(row: Row, before: Draft, draft: Draft) -> bool:
    """Tell whether a count goes on with the predicate before: "killing 44 and wounding 140"."""
    last = before.last
    between = row.tags[last + 1 : draft.first]
    return last < draft.first and _APART.isdisjoint(between) and len(between) <= NEXT


def verbless(row: Row, draft: Draft) -> bool:
    """Tell whether a count has no verb and all that is told of it behind it: "and two in Velm"."""
    i = draft.item
    return draft.at == i and draft.rule in _VERBLESS and row.tags[i + 1 : i + 2] in ("p", "b", "T")


def pluperfect(row: Row, draft: Draft) -> bool:
    """ "had been killed": earlier than the day the report speaks of."""
    j = draft.at
    while j > 0 and row.tags[j - 1] in "aXHT":
        j -= 1
        if row.tags[j] == "H" and "pluperfect" in row.kinds(j):
            return True
    return False


def counted_from(row: Row, draft: Draft, lang: str) -> bool:
    """ "a year after a man was killed", "a day after shells hit Velm, killing four": the event
    that a day is counted from, which was before the one that the sentence tells of."""
    i = draft.item
    before = [n for n in range(1, i) if row.tags[n] == "T"]
    time = row.time(before[-1]) if before else None
    if time is None or time.kind is not TimeKind.ANCHORED:
        return False
    tags, after = row.tags[before[-1] + 1 : i], table(f"{lang}/times")["words"]["after"]
    if set(tags) & set(";.") or "," in tags and row.tags[draft.at] != "G":
        return False
    told = (row.items[before[-1]], *(row.items[n] for n in range(before[-1] + 1, i)))
    words = (row.sentence.words[n] for item in told[:2] for n in range(item.start, item.end))
    return not set(after).isdisjoint(words)


def turned_back(row: Row, lang: str) -> int:
    """The item at which a sentence turns to what was before its own event; -1 where it does not.

    "Nine died on Tuesday, hours after a raid left six dead in Velm": Velm is where the six died.
    """
    words, units = frozenset(table(f"{lang}/times")["words"]["after"]), _units(lang)
    lows = row.sentence.words
    if words.isdisjoint(lows):
        return -1
    for n, tag in enumerate(row.tags):
        first, end = row.items[n].start, row.items[n].end
        if tag not in "ST" or n == 0 or row.tags[n + 1 : n + 2] in ("", ",", ";", "."):
            continue  # "on Tuesday, a day after a raid, shells killed nine"
        time = row.time(n) if tag == "T" else None
        counted = time is not None and time.kind is TimeKind.ANCHORED
        if words.isdisjoint(lows[first:end]):
            continue
        if counted or lows[first - 1] in units:
            return n
    return -1


@functools.cache
def _units(lang: str) -> frozenset[str]:
    """Words by which a time is counted: "hours after"; "Sunday night after" counts none."""
    values, parts = table(f"{lang}/times")["values"], table(f"{lang}/times")["values"]["part"]
    return frozenset(
        word for key in values if key.startswith("unit") for word in values[key]
    ) - frozenset(parts)


@functools.cache
def calendar(lang: str) -> tuple[dict[str, int], frozenset[str]]:
    """Return the numbers of the months by their names, and the names of the days of the week."""
    values = table(f"{lang}/times")["values"]
    return {**values["month"], **values["month_sure"]}, frozenset(values["weekday"])


def one_day(time: TimeMention | None, before: TimeMention | None, lang: str) -> bool:
    """Tell whether two times name one day: "on Wednesday", "earlier Wednesday"; so does no time."""
    if time is None or before is None or time is before:
        return True
    if time.kind is not TimeKind.DAY or before.kind is not TimeKind.DAY:
        return False
    one, other = (_named(t, lang) for t in (time, before))
    return bool(one) and one == other


def another_day(time: TimeMention | None, before: TimeMention | None, lang: str) -> bool:
    """Tell whether two times surely name different days: "Monday" and "Friday", a month and a day.

    A weekday and a date may be one day.
    """
    if time is None or before is None or time is before or before.kind is not TimeKind.DAY:
        return False
    if time.kind is not TimeKind.DAY:
        return time.kind in (TimeKind.PERIOD, TimeKind.SPAN)
    _, weekdays = calendar(lang)
    one, other = (_named(t, lang) for t in (time, before))
    alike = bool(one & weekdays) == bool(other & weekdays)
    return bool(one and other) and alike and one != other


def _named(time: TimeMention, lang: str) -> set[str]:
    """The words of a day that tell which day it is: numbers, months and weekdays."""
    months, weekdays = calendar(lang)
    found = _WORD.findall(time.quote.text.lower())
    return {w for w in found if w.isdigit() or w in months or w in weekdays}


class ToldDay(NamedTuple):
    """A day told by sentence number `sentence`, of a rank as in `governing.Day`."""

    sentence: int
    time: TimeMention
    rank: int


def look_ahead(
    told: Sequence[tuple[Slots, int, Measure]],
    days: Sequence[ToldDay],
    *,
    recent: bool = False,
    turns: Set[int] = frozenset(),
    covers: TimeMention | None = None,
) -> list[Slots]:
    """Give a lede its day and place from the sentences that follow it.

    `told` are the slots of all drafts with the number of their sentence and what they count; `days`
    are those told of the report's own event. A day is taken back over at most AHEAD_REACH
    sentences, or SURE_REACH where the words say that the event happened then; a place only into the
    first sentences of a report; never across another event. A report that is `recent`, since it
    tells of a weekday, takes no day of a year well before its own. The day of a statement gives way
    to the day on which something happened. Sentences of `turns` open with the day of something new:
    it is lent to none before them. What is told without a day happened on the one that a round-up
    `covers`, save sums of a longer time.
    """
    made: list[Slots] = []
    days = [day for day in days if day.rank != OLD] if recent else days
    others = [at for slots, at, _ in told if slots.other_event]
    for n, (slots, index, measure) in enumerate(told):
        bare = (
            not slots.of_war
            and not slots.day_by_day
            and not slots.other_event
            and not slots.pluperfect
            and not slots.history
        )
        long = slots.scope is Scope.CUMULATIVE or measure in NO_CARRIED_DAY
        if covers is not None and slots.time is None and bare and not long:
            slots = replace(slots, time=covers, time_basis=Basis.CARRIED)
        stop = bisect_right(others, index)
        for m in range(n + 1, len(told)):
            later, at, other = told[m]
            if at == index and later.other_event and bare:
                continue  # "…, hours after a raid left six dead in Velm"
            if at - index > AHEAD_REACH or not bare or later.other_event:
                break
            if at in turns and index < at:
                break
            if recent and later.history and later.time and FULL_YEAR.search(later.time.quote.text):
                continue  # a massacre of years ago, in a report of this week
            day = later.time
            dated = slots.time is not None and slots.time is not day
            lends = day is not None and day.kind is TimeKind.DAY and other not in HELD
            lends = lends and slots.scope is not Scope.CUMULATIVE  # a sum of time has no one day
            if slots.time is None and lends:
                statement = later.time_basis is Basis.STATEMENT
                if statement and _others_speak(told, n, m):
                    continue
                basis = Basis.STATEMENT if statement else Basis.CARRIED
                if not (statement and slots.late):
                    slots = replace(slots, time=day, time_basis=basis)
            lacks = not (slots.places or slots.parted)
            if lacks and later.places and index <= LEDE and not dated:
                slots = replace(slots, places=later.places, places_basis=Basis.CARRIED)
        fits = bare and not long
        until = others[stop] if stop < len(others) else index + WIDE_REACH + 1
        known = days
        if turns:
            known = [d for d in days if d.sentence <= index or d.sentence not in turns]
        made.append(_dated(slots, known, index, until) if fits else slots)
    return made


def _others_speak(told: Sequence[tuple[Slots, int, Measure]], n: int, m: int) -> bool:
    """Tell whether anyone speaks from draft `n` on who is not the speaker of draft `m`.

    The day on which one source spoke is none of what another said.
    """
    voice = {source.name for source in told[m][0].said_by}
    before = ({source.name for source in told[k][0].said_by} for k in range(n, m))
    return any(names and names.isdisjoint(voice) for names in before)


def _dated(slots: Slots, days: Sequence[ToldDay], index: int, until: int) -> Slots:
    """Give slots of sentence `index` without a day of their own that of a sentence before `until`.

    `days` are in the order of their sentences. A weak day, and that of a statement, give way.
    """
    own = slots.time is not None and slots.time_basis is not Basis.STATEMENT
    if own and not slots.time_weak:
        return slots
    first = bisect_left(days, index - WIDE_REACH, key=_sentence)
    last = bisect_left(days, until, key=_sentence)

    def order(day: ToldDay) -> tuple[bool, int, bool, int]:
        away = day.sentence - index
        return abs(away) > SURE_REACH, day.rank, away < 0, abs(away)

    reach = [
        d
        for d in (d for d in days[first:last] if d.rank < DIED or not slots.late)
        if not d.rank or 0 <= d.sentence - index <= (AHEAD_REACH if d.rank > 1 else TOLD_REACH)
    ]
    best = min((d for d in reach if not own or d.rank < WEAK), key=order, default=None)
    if best is None:
        return slots
    return replace(slots, time=best.time, time_basis=Basis.CARRIED, time_weak=best.rank >= WEAK)


def _sentence(day: ToldDay) -> int:
    return day.sentence
