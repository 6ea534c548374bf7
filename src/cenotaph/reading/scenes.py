"""What a draft states beside its count, and what its scene knows that the sentence does not say.

A scene is the run of sentences that tell of one event. What a sentence does not say itself is
carried from its scene, within a stated reach, and never into a sentence that speaks of another
event.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cenotaph.model import (
    Actor,
    Basis,
    Coded,
    PlaceMention,
    Relation,
    Scope,
    Source,
    TimeKind,
    TimeMention,
)
from cenotaph.reading.drafts import Draft
from cenotaph.reading.items import Row
from cenotaph.reading.sources import Said

# A source is carried over so many sentences without one of their own; a place and a day likewise.
SOURCE_REACH = 3
SCENE_REACH = 6
# A day is taken back to the lede over so many sentences; a place only into sentences up to LEDE.
AHEAD_REACH = 4
LEDE = 2
# A sentence before every text, out of all reach.
FAR = -99


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """Everything beside the count that a claim states."""

    places: tuple[PlaceMention, ...] = ()
    places_basis: Basis = Basis.NONE
    origins: tuple[PlaceMention, ...] = ()
    time: TimeMention | None = None
    time_basis: Basis = Basis.NONE
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


@dataclass(slots=True)
class Scene:
    """What the sentences so far have established of the event they tell of."""

    places: tuple[PlaceMention, ...] = ()
    place_at: int = FAR
    time: TimeMention | None = None
    time_basis: Basis = Basis.NONE
    time_at: int = FAR
    said_by: tuple[Source, ...] = ()
    said_at: int = FAR
    event: str | None = None
    weapons: tuple[Coded, ...] = ()
    event_at: int = FAR
    perpetrators: tuple[Actor, ...] = ()
    relation: Relation | None = None
    perpetrators_at: int = FAR


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One draft in its sentence, as the rules for its slots see it.

    `low` and `high` bound the items of its clause; `said` are the attributions of the sentence, and
    `other` tells that the sentence speaks of another event than those before it.
    """

    row: Row
    draft: Draft
    low: int
    high: int
    said: list[Said]
    other: bool

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
        if other.at == draft.at or other.whole is not None:
            continue
        begin, end = min(other.item, other.at), max(other.item, other.at)
        if end < first:
            low = max(low, end + 1)
        elif begin > last:
            high = min(high, begin)
    if first > 0 and row.tags[first - 1] == "S":  # "… while several strikes hit"
        low = max(low, first)
    stop = row.tags.find(";", last + 1, max(high, last + 1))
    high = stop if stop >= 0 else high
    low = max(low, row.tags.rfind(";", low, max(first, 0)) + 1)
    return low, max(high, low + 1)


def pluperfect(row: Row, draft: Draft) -> bool:
    """ "had been killed": earlier than the day the report speaks of."""
    j = draft.at
    while j > 0 and row.tags[j - 1] in "aXHT":
        j -= 1
        if row.tags[j] == "H" and "pluperfect" in row.kinds(j):
            return True
    return False


def look_ahead(told: Sequence[tuple[Slots, int]]) -> list[Slots]:
    """Give a lede its day and place from the sentences that follow it.

    `told` are the slots of all drafts with the number of their sentence. A day is taken back over
    at most AHEAD_REACH sentences, a place only into the first sentences of a report; never across
    another event.
    """
    made: list[Slots] = []
    for n, (slots, index) in enumerate(told):
        bare = not slots.other_event and not slots.pluperfect
        for m in range(n + 1, len(told)):
            later, at = told[m]
            if at - index > AHEAD_REACH or not bare or later.other_event:
                break
            day = later.time
            if slots.time is None and day is not None and day.kind is TimeKind.DAY:
                statement = later.time_basis is Basis.STATEMENT
                basis = Basis.STATEMENT if statement else Basis.CARRIED
                slots = replace(slots, time=day, time_basis=basis)
            dated = slots.time is not None and slots.time is not later.time
            if not slots.places and later.places and index <= LEDE and not dated:
                slots = replace(slots, places=later.places, places_basis=Basis.CARRIED)
        made.append(slots)
    return made
