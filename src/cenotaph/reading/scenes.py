"""Where, when, by whom, with what, said by whom: the slots of each draft, by clause, sentence and scene.

A scene is the run of sentences that tell of one event. What a sentence does not say itself is carried from
its scene, within a stated reach, and never into a sentence that speaks of another event.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from cenotaph.model import (
    Actor,
    Basis,
    Coded,
    Context,
    Measure,
    Modality,
    PlaceMention,
    Quote,
    Relation,
    Scope,
    Source,
    TimeKind,
    TimeMention,
)
from cenotaph.reading.harm import Draft
from cenotaph.reading.items import Row
from cenotaph.reading.perpetrators import Party, actors, parties, ranked
from cenotaph.reading.sources import Attribution, Said
from cenotaph.reading.vocabulary import Hit, Vocabulary, vocabulary
from cenotaph.vocab import table

# A source is carried over this many sentences without a source of their own; a place and a day likewise.
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
SOURCE_REACH = 3
SCENE_REACH = 6
AHEAD_REACH = 4
# Of those who had to leave or are cut off a report seldom gives the day of the strike it tells of.
_NO_CARRIED_DAY = frozenset({Measure.DISPLACED, Measure.EVACUATED, Measure.TRAPPED})
LEDE = 2


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
    place_at: int = -99
    time: TimeMention | None = None
    time_basis: Basis = Basis.NONE
    time_at: int = -99
    said_by: tuple[Source, ...] = ()
    said_at: int = -99
    event: str | None = None
    weapons: tuple[Coded, ...] = ()
    targets: tuple[Coded, ...] = ()
    event_at: int = -99
    perpetrators: tuple[Actor, ...] = ()
    relation: Relation | None = None
    perpetrators_at: int = -99


@dataclass(slots=True)
class Teller:
    """Gives each draft of a document its slots, sentence after sentence."""

    text: str
    lang: str
    published: date | None = None
    sections: int = 0
    aside: tuple[int, int] = (-1, 0)
    scene: Scene = field(default_factory=Scene)
    attribution: Attribution = field(init=False)
    words: Vocabulary = field(init=False)

    def __post_init__(self) -> None:
        self.attribution = Attribution(self.text, self.lang)
        self.words = vocabulary(self.lang)

    def tell(self, row: Row, found: list[Draft]) -> list[Slots]:
        """Return the slots of the drafts of one sentence, in their order."""
        lows = [t.low for t in row.sentence.tokens]
        said = self.attribution.said(row)
        scopes = self.words.scopes.find(lows)
        alone = row.sentence.title  # headings and captions stand alone
        other = alone or any(
            h.code == "other_event" or h.code == "other_event_first" and h.start == 0
            for h in scopes
        )
        long_ago = any(h.code == "history" for h in scopes)
        section = self._section(row, other=other and not alone or long_ago)
        weapons, events, targets = (
            self.words.weapons.find(lows),
            self.words.events.find(lows),
            self.words.targets.find(lows),
        )
        acting = parties(row, self.lang)
        slots: list[Slots] = []
        for draft in found:
            low, high = _clause(row, draft, found)
            base = Slots(
                other_event=other and not alone, pluperfect=_pluperfect(row, draft),
                section=section, history=long_ago,
            )  # fmt: skip
            base = self._where(base, row, draft, found, (low, high), said, other=other)
            base = self._when(base, row, draft, (low, high), said, other=other)
            base = self._what(base, row, (low, high), weapons, events, targets, other=other)
            base = self._who(base, row, draft, (low, high), acting, other=other)
            base = self._says(base, row, draft, said)
            base = self._scope(base, row, draft, (low, high), scopes)
            slots.append(replace(base, history=base.history or self._past_year(base)))
        self._remember(row, slots, said, other=other, found=found)
        return slots

    def _section(self, row: Row, *, other: bool) -> int:
        """Another event takes its sentence and the rest of the paragraph; then the report goes on."""
        if other:
            self.sections += 1
            self.aside = (row.sentence.paragraph, self.sections)
        if self.aside[0] == row.sentence.paragraph:
            return self.aside[1]
        return 0

    def _past_year(self, slots: Slots) -> bool:
        """Tell whether the time stated is of a year well before the report's own."""
        if self.published is None or slots.time is None or slots.time_basis is not Basis.STATED:
            return False
        years = [int(y) for y in _YEAR.findall(slots.time.quote.text)]
        if len(years) != 1 or slots.time.kind is TimeKind.SPAN:
            return False
        gap = self.published.year - years[0]
        return gap >= 2 or gap == 1 and self.published.month > 3

    # --- place --------------------------------------------------------------------------------------------

    def _where(
        self, slots: Slots, row: Row, draft: Draft, found: list[Draft], clause: tuple[int, int],
        said: list[Said], *, other: bool,
    ) -> Slots:  # fmt: skip
        spoken = {n for s in said for n in range(s.start, s.end)}
        here = [i for i, tag in enumerate(row.tags) if tag == "L" and i not in spoken]
        low, high = clause
        after = [i for i in here if max(draft.item, min(draft.at, high)) < i < high]
        own = after or [i for i in here if low <= i < high]
        if draft.measure in (Measure.DISPLACED, Measure.EVACUATED):
            origins = [i for i in here if low <= i and _from(row, i)]
            if origins:
                slots = replace(slots, origins=tuple(row.items[i].data for i in origins))
                own = [i for i in own if i not in origins] or [i for i in here if i not in origins]
        if not own and len({d.at for d in found}) >= 1:
            own = here[:1] if len(here) == 1 else []
        if not own and here:
            own = [i for i in here if i < low][-1:] or here[:1]
        if own:
            first = own[0]
            listed = [first]
            for i in own[1:]:
                if set(row.tags[listed[-1] + 1 : i]) <= set(",Cap"):
                    listed.append(i)
            return replace(
                slots,
                places=tuple(row.items[i].data for i in listed),
                places_basis=Basis.STATED,
            )
        reach = row.sentence.index - self.scene.place_at
        if self.scene.places and reach <= SCENE_REACH and not other:
            return replace(slots, places=self.scene.places, places_basis=Basis.CARRIED)
        return slots

    # --- time ---------------------------------------------------------------------------------------------

    def _when(
        self, slots: Slots, row: Row, draft: Draft, clause: tuple[int, int], said: list[Said],
        *, other: bool,
    ) -> Slots:  # fmt: skip
        spoken = {s.time for s in said if s.time is not None}
        times = [i for i, tag in enumerate(row.tags) if tag == "T"]
        dates = [i for i in times if row.items[i].data.kind is not TimeKind.CLOCK
                 and not row.items[i].data.dateline]  # fmt: skip
        clocks = [i for i in times if row.items[i].data.kind is TimeKind.CLOCK]
        if clocks:
            slots = replace(slots, clock=row.items[clocks[0]].data)
        own = [i for i in dates if i not in spoken]
        low, high = clause
        inside = [i for i in own if low <= i < high]
        spans = [i for i in inside if row.items[i].data.kind is TimeKind.SPAN]
        chosen = spans or inside
        if not chosen and own:
            single = len({d.at for d in (draft,)}) and len(own) == 1
            chosen = own if single else [i for i in own if i < low][-1:]
        if chosen:
            best = min(chosen, key=lambda i: (abs(i - draft.at), i))
            return replace(slots, time=row.items[best].data, time_basis=Basis.STATED)
        pluperfect = slots.pluperfect
        if spoken and not other and not pluperfect:
            day = row.items[min(spoken)].data
            if day.kind is TimeKind.DAY:
                return replace(slots, time=day, time_basis=Basis.STATEMENT)
        reach = row.sentence.index - self.scene.time_at
        if draft.measure in _NO_CARRIED_DAY:
            return slots
        if self.scene.time is not None and reach <= SCENE_REACH and not other and not pluperfect:
            basis = self.scene.time_basis
            return replace(
                slots, time=self.scene.time,
                time_basis=Basis.STATEMENT if basis is Basis.STATEMENT else Basis.CARRIED,
            )  # fmt: skip
        return slots

    # --- what -----------------------------------------------------------------------------------------------

    def _what(
        self, slots: Slots, row: Row, clause: tuple[int, int], weapons: list[Hit],
        events: list[Hit], targets: list[Hit], *, other: bool,
    ) -> Slots:  # fmt: skip
        low, high = row.items[clause[0]].start, row.items[clause[1] - 1].end
        near = [h for h in weapons if low <= h.start < high] or weapons
        happened = [h for h in events if low <= h.start < high] or events
        struck = [h for h in targets if low <= h.start < high]
        event = next(
            (self.words.event_of[h.code] for h in near if h.code in self.words.event_of), None
        )
        if happened and (
            event is None
            or happened[0].code in ("execution", "assassination", "torture", "starvation")
        ):
            event = happened[0].code if event is None or happened[0].code != "clash" else event
        coded = self._coded(row, near)
        if (
            not coded
            and event is None
            and not other
            and self.scene.event_at >= row.sentence.index - SCENE_REACH
        ):
            return replace(
                slots, event=self.scene.event, weapons=self.scene.weapons,
                targets=self._coded(row, struck), event_carried=True,
            )  # fmt: skip
        return replace(slots, event=event, weapons=coded, targets=self._coded(row, struck))

    def _coded(self, row: Row, hits: list[Hit]) -> tuple[Coded, ...]:
        tokens = row.sentence.tokens
        seen: dict[str, Coded] = {}
        for hit in hits:
            quote = Quote.of(self.text, tokens[hit.start].start, tokens[hit.end - 1].end)
            seen.setdefault(hit.code, Coded(code=hit.code, quote=quote))
        return tuple(seen.values())

    # --- who ------------------------------------------------------------------------------------------------

    def _who(
        self, slots: Slots, row: Row, draft: Draft, clause: tuple[int, int],
        acting: Sequence[Party], *, other: bool,
    ) -> Slots:  # fmt: skip
        low, high = row.items[clause[0]].start, row.items[clause[1] - 1].end
        people = row.items[draft.item]
        fitting = ranked(acting, low, high, (people.start, people.end))
        if not fitting:
            reach = row.sentence.index - self.scene.perpetrators_at
            if slots.event_carried and not other and reach <= SCENE_REACH:
                return replace(
                    slots, perpetrators=self.scene.perpetrators, relation=self.scene.relation
                )
            return slots
        party = fitting[0]
        who = actors(party, row, self.text)
        return replace(slots, perpetrators=who, relation=party.relation if len(who) > 1 else None)

    # --- who says so ------------------------------------------------------------------------------------------

    def _says(self, slots: Slots, row: Row, draft: Draft, said: list[Said]) -> Slots:
        if said:
            before = [s for s in said if s.end <= draft.item]
            after = [s for s in said if s.start > draft.item]
            nearest = before[-1] if before else (after[0] if after else said[0])
            return replace(slots, said_by=nearest.sources)
        reach = row.sentence.index - self.scene.said_at
        if self.scene.said_by and reach <= SOURCE_REACH:
            return replace(slots, said_by=self.scene.said_by)
        return slots

    # --- scope --------------------------------------------------------------------------------------------------

    def _scope(
        self, slots: Slots, row: Row, draft: Draft, clause: tuple[int, int], scopes: list[Hit]
    ) -> Slots:
        low, high = row.items[clause[0]].start, row.items[clause[1] - 1].end
        inside = {h.code for h in scopes if low <= h.start < high} | (
            {h.code for h in scopes} - {"state", "other_event"}
        )
        if slots.time is not None and slots.time_basis is Basis.STATED:
            if slots.time.kind is TimeKind.SPAN:
                return replace(slots, scope=Scope.CUMULATIVE)
        if "cumulative" in inside and draft.measure is not Measure.ATTACKS:
            return replace(slots, scope=Scope.CUMULATIVE)
        if draft.measure in (Measure.TRAPPED, Measure.MISSING) or (
            draft.measure in (Measure.DISPLACED, Measure.DETAINED, Measure.ABDUCTED)
            and "state" in inside
        ):
            return replace(slots, scope=Scope.STATE)
        areas = len(slots.places) > 1 or any(
            p.kind in ("admin1", "country", "area") for p in slots.places
        )
        if "subtotal" in inside and (areas or draft.people.count.modality is not Modality.NONE):
            if slots.places_basis is not Basis.CARRIED or areas:
                return replace(slots, scope=Scope.SUBTOTAL)
        return slots

    def contexts(self, row: Row) -> list[Context]:
        """What the sentence tells beside harm: a ceasefire, a siege, an offensive, …; each kind once."""
        found: dict[str, Context] = {}
        for hit in self.words.contexts.find([t.low for t in row.sentence.tokens]):
            quote = Quote.of(self.text, row.sentence.start, row.sentence.end)
            place = next((row.items[i].data for i, tag in enumerate(row.tags) if tag == "L"), None)
            time = next((row.items[i].data for i, tag in enumerate(row.tags) if tag == "T"), None)
            found.setdefault(hit.code, Context(kind=hit.code, quote=quote, place=place, time=time))
        return list(found.values())

    # --- memory ---------------------------------------------------------------------------------------------------

    def _remember(
        self, row: Row, slots: list[Slots], said: list[Said], *, other: bool, found: list[Draft]
    ) -> None:
        index = row.sentence.index
        scene = self.scene
        if row.sentence.title and index > 0:
            return
        counting = said and said[-1].sources[0].kind in table("sources")["counting"]["kinds"]
        if said and (counting or slots and '"' not in row.tags):
            scene.said_by, scene.said_at = said[-1].sources, index
        elif said:
            scene.said_by = ()
        spoken = {n for s in said for n in range(s.start, s.end)}
        spoken_times = {s.time for s in said}
        here = [
            row.items[i].data for i, tag in enumerate(row.tags) if tag == "L" and i not in spoken
        ]
        stated = [s for s in slots if s.places_basis is Basis.STATED]
        if stated:
            scene.places, scene.place_at = stated[-1].places, index
        elif here and not row.sentence.title:
            scene.places, scene.place_at = (here[0],), index
        elif here and not scene.places:
            scene.places, scene.place_at = (here[0],), index
        timed = [s for s in slots if s.time_basis in (Basis.STATED, Basis.STATEMENT) and s.time is not None
                 and s.time.kind in (TimeKind.DAY, TimeKind.PERIOD)]  # fmt: skip
        days = [row.items[i].data for i, tag in enumerate(row.tags) if tag == "T"
                and row.items[i].data.kind is TimeKind.DAY and i not in spoken_times
                and not row.items[i].data.dateline]  # fmt: skip
        if timed:
            scene.time, scene.time_basis, scene.time_at = (
                timed[-1].time,
                timed[-1].time_basis,
                index,
            )
        elif days:
            scene.time, scene.time_basis, scene.time_at = days[0], Basis.STATED, index
        elif spoken_times - {None} and scene.time is None:
            day = row.items[min(t for t in spoken_times if t is not None)].data
            if day.kind is TimeKind.DAY:
                scene.time, scene.time_basis, scene.time_at = day, Basis.STATEMENT, index
        eventful = [
            s for s, d in zip(slots, found, strict=True)
            if s.event is not None and d.measure not in (Measure.DISPLACED, Measure.EVACUATED)
        ]  # fmt: skip
        if eventful:
            last = eventful[-1]
            scene.event, scene.weapons, scene.event_at = last.event, last.weapons, index
            if last.perpetrators or not last.event_carried:
                scene.perpetrators, scene.relation = last.perpetrators, last.relation
                scene.perpetrators_at = index


def look_ahead(told: Sequence[tuple[Slots, int]]) -> list[Slots]:
    """Give a lede its day and place from the sentences that follow it.

    `told` are the slots of all drafts with the number of their sentence. A day is taken back over at most
    AHEAD_REACH sentences, a place only into the first sentences of a report; never across another event.
    """
    made: list[Slots] = []
    for n, (slots, index) in enumerate(told):
        bare = not slots.other_event and not slots.pluperfect
        for later, at in told[n + 1 :]:
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


def _clause(row: Row, draft: Draft, found: list[Draft]) -> tuple[int, int]:
    """The items [low, high) that belong to the predicate of `draft`, up to the next predicate's people."""
    tags = row.tags
    mine = {d.item for d in found if d.at == draft.at} | {draft.at}
    first, last = min(mine), max(mine)
    others = [d for d in found if d.at != draft.at and d.whole is None]
    low, high = 0, len(tags)
    for other in others:
        edge_low, edge_high = min(other.item, other.at), max(other.item, other.at)
        if edge_high < first:
            low = max(low, edge_high + 1)
        elif edge_low > last:
            high = min(high, edge_low)
    for i in range(last + 1, high):
        if tags[i] == ";":
            high = i
            break
    for i in range(first - 1, low - 1, -1):
        if tags[i] == ";":
            low = i + 1
            break
    return low, max(high, low + 1)


def _from(row: Row, i: int) -> bool:
    """Tell whether the place at item `i` is where people came from: "from X", "leave X", "X and Y"."""
    tags = row.tags
    j = i - 1
    while j >= 0 and tags[j] in "wCaL,":
        j -= 1
    if j < 0:
        return False
    if tags[j] == "p":
        return "origin" in row.kinds(j)
    return tags[j] in "GVB" and j + 4 > i


def _pluperfect(row: Row, draft: Draft) -> bool:
    """ "had been killed": earlier than the day the report speaks of."""
    j = draft.at
    while j > 0 and row.tags[j - 1] in "aXHT":
        j -= 1
        if row.tags[j] == "H" and "had" in row.kinds(j):
            return True
    return False
