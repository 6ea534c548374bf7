"""The telling of a document: each draft's slots in turn, and what the scene remembers of them.

Sentences are read in order, since each one is understood from those before it: after its drafts
have their slots, the scene keeps what the sentence has established.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from cenotaph.model import (
    Basis,
    Context,
    Measure,
    PlaceMention,
    Scope,
    Source,
    TimeKind,
    TimeMention,
)
from cenotaph.reading.acts import acted, says, what, who
from cenotaph.reading.compared import compared_when, own_day, until
from cenotaph.reading.contexts import Contexts
from cenotaph.reading.drafts import Draft
from cenotaph.reading.echoes import Spoken
from cenotaph.reading.further import counted_on, sum_of_acts
from cenotaph.reading.governing import (
    Day,
    Governor,
    compared,
    days_of,
    governed,
    hours_of,
    round_up,
)
from cenotaph.reading.items import Row
from cenotaph.reading.late import late
from cenotaph.reading.lexicon import lexicon
from cenotaph.reading.nearer import ToldPlace
from cenotaph.reading.ordinals import Ordinal, ordinals
from cenotaph.reading.party_roles import ROLES, WEAKEST
from cenotaph.reading.party_words import register_of
from cenotaph.reading.perpetrators import Party, actors, habitual, not_denied, parties
from cenotaph.reading.raised import raised
from cenotaph.reading.retold import OPENING
from cenotaph.reading.said import Said
from cenotaph.reading.scenes import (
    DIED,
    FULL_YEAR,
    HELD,
    OLD,
    SCENE_REACH,
    WEAK,
    Scene,
    Slots,
    ToldDay,
    View,
    calendar,
    clause_of,
    day_by_day,
    end_of_whole,
    joined,
    pluperfect,
    turned_back,
    verbless,
)
from cenotaph.reading.scopes import WARS, background, scope, some_day
from cenotaph.reading.setting import when, when_told, where
from cenotaph.reading.sites import (
    hit_there,
    introduced,
    labelling,
    nearer_behind,
    of_parts,
    on_towns_of,
    sites,
    together,
    towns,
)
from cenotaph.reading.sources import Attribution
from cenotaph.reading.stances import NAMED_REACH, Bearing, Taken, stances
from cenotaph.reading.tells import (
    fresh_attack,
    new_attack,
    of_history,
    of_the_attack,
    of_the_toll,
    opens,
    own_forces,
    told_long_ago,
)
from cenotaph.reading.vocabulary import Found, Hit, Vocabulary, vocabulary
from cenotaph.vocab import table

_NUMBER = re.compile(r"\d+")
# A day of so many days ago is news still.
NEWS_DAYS = 8
# Early in a year a report may still speak of the last one as of its own time.
_NEW_YEAR_MONTHS = 3
# The name of a people stands so near before the word of its war, in characters.
BESIDE = 24
# Words for people that tell how many, and do not take up who was told of before.
_NUMBERS = ("digits", "words", "vague")
# Who did what a verb behind him tells.
ACTIVE = ("agent", "means")
# The author of a communique is looked for in so many lines at its head.
HEAD = 5


def _start(mention: PlaceMention) -> int:
    return mention.quote.start


@dataclass(slots=True)
class Teller:
    """Gives each draft of a document its slots, sentence after sentence."""

    text: str
    lang: str
    published: date | None = None
    peoples: Sequence[PlaceMention] = ()
    is_country: Callable[[PlaceMention], bool] = lambda _: False
    sections: int = 0
    aside: tuple[int, int] = (-1, 0)
    scene: Scene = field(default_factory=Scene)
    days: list[ToldDay] = field(default_factory=list)
    places: list[ToldPlace] = field(default_factory=list)
    tied: set[str] = field(default_factory=set)
    background: list[TimeMention] = field(default_factory=list)
    hours: list[TimeMention] = field(default_factory=list)
    attribution: Attribution = field(init=False)
    words: Vocabulary = field(init=False)
    words_apart: frozenset[str] = field(init=False)
    noting: Contexts = field(init=False)
    contexts: list[Context] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    author: tuple[Source, ...] = ()
    issued: bool = False
    covers: TimeMention | None = None
    scopes: dict[int, list[Hit]] = field(default_factory=dict)
    acts: set[int] = field(default_factory=set)
    fronted: set[int] = field(default_factory=set)
    again: set[int] = field(default_factory=set)
    news: dict[int, str] = field(default_factory=dict)
    spoken: dict[int, Spoken] = field(default_factory=dict)
    ordinals: dict[int, list[Ordinal]] = field(default_factory=dict)
    war: PlaceMention | None = None
    of_week: bool = False
    of_old: bool = False

    def __post_init__(self) -> None:
        self.attribution = Attribution(self.text, self.lang)
        self.words = vocabulary(self.lang)
        self.words_apart = frozenset(table(f"{self.lang}/times")["governs"]["apart"])
        self.noting = Contexts(self.text, self.lang, self.words)

    def tell(self, row: Row, drafts: list[Draft], found: Found) -> list[Slots]:
        """Return the slots of the drafts of one sentence, in their order.

        `found` are its coded phrases.
        """
        said = self.attribution.said(row)
        here = sites(row, said, self.lang)
        self._head(row)
        turn = compared(row, self.lang)
        times = governed(row, self.lang, turn=turn)
        written = self._written(row) if times else frozenset[int]()
        same = any(h.code == "same_event" for h in found.scopes)
        alone = row.sentence.title  # headings and captions stand alone
        dated = self.scene.time is not None or bool(self.days)
        other = any(
            h.code == "other_event"
            or h.code in ("other_event_first", "elsewhere", "left_out_first")
            and h.start == 0
            or h.code == "subtotal"
            and h.start == 0
            and row.sentence.words[0] in self.words_apart
            or h.code == "other_event_when"
            and dated
            for h in found.scopes
        )
        # "…; last year nine died there": what the first count tells is of today
        long_ago = told_long_ago(row, found, turn, drafts[0] if drafts else None)
        # what is only compared with something of long ago opens nothing: "the worst in six years"
        section = self._section(row, other=other and not alone or long_ago and bool(drafts))
        acting = parties(row, self.lang) if drafts or found.events or found.weapons else []
        if not drafts and any(hit.code in WARS for hit in found.scopes):
            self._note_war(row)
        told: list[Slots] = []
        dying = late(row, drafts, times)
        toll = raised(row, drafts)
        turned = compared_when(row, self.lang)
        back = turned_back(row, self.lang) if drafts else -1
        ahead = any(d.last < back for d in drafts)
        apart = {
            n
            for n, d in enumerate(drafts)
            # whoever "died days after she was shot" is the one who was shot
            if ahead and back < d.first and d.whole is None and d.people.words in _NUMBERS
        }
        for n, draft in enumerate(drafts):
            low, high = clause_of(row, draft, drafts)
            parted = of_parts(row, n, drafts)
            told_to = end_of_whole(row, n, drafts)
            ends = min(told_to, back) if apart and draft.last < back else told_to
            before = told[-1] if told and joined(row, drafts[n - 1], draft) else None
            once = draft.first > turned
            view = View(
                row=row, draft=draft, low=low, high=high, said=said,
                other=other or alone or once or n in apart,
                same=same, late=n in dying, times=times, written=written,
                sites=labelling(row, drafts, n, here) or [
                    i
                    for i in here
                    if i not in parted and (i > back if n in apart else i < ends)
                ],
                closed=any(verbless(row, one) and one.item == high for one in drafts),
                compared=turn, raised=toll, lang=self.lang,
                shared=before.places if before and before.places_basis is Basis.STATED else (),
            )  # fmt: skip
            start = Slots(
                other_event=(other or once or n in apart) and not alone,
                pluperfect=pluperfect(row, draft),
                section=section,
                history=once or view.past or of_history(view, found),
                late=n in dying,
                parted=bool(parted) or told_to < len(row.tags),
                day_by_day=day_by_day(row, draft),
            )
            now, acts = (found, acting) if once else until(row, min(turned, told_to), found, acting)
            slots = self._slots(start, view, now, acts)
            slots = own_day(slots, row, turned, behind=once)
            told.append(slots)
        self.taken += stances(
            Bearing(row, self.rows, self.text, self.lang, self.attribution, said),
            found.stances,
        )
        if said and not (drafts or alone or other or long_ago or "T" in row.tags):
            self.taken += self._told_of(row, said)
        self.rows = [*self.rows[-NAMED_REACH:], row]
        spoken = frozenset(s.time for s in said if s.time is not None)
        # The day of an attack to which somebody is tied is another event's wherever it stands.
        tied = [
            time
            for i, by in times.items()
            if by.by is Governor.BACKGROUND and (time := row.time(i)) is not None
        ]
        self.background += tied
        self.tied |= {time.quote.text.lower() for time in tied}
        days = days_of(row, times, spoken, self.lang) if section == 0 and not long_ago else []
        days = [day for day in days if day.item not in written]
        if section == 0 and not long_ago:
            hours = (row.time(i) for i in hours_of(row, times))
            self.hours += [time for time in hours if time is not None]
        if days and self._of_old(row):
            days = [Day(day.item, OLD) for day in days if day.rank < WEAK]
        self._weekdays(row)
        # where the sentence turns back, it is of its own event that others are told behind
        own = [slots for n, slots in enumerate(told) if n not in apart] or told
        here = [i for i in here if i < back] if len(own) < len(told) else here
        if not (long_ago or row.sentence.title):
            self._note_places(row, section, own, found, here, same=same)
        if not (alone or other or long_ago) and (one_of := ordinals(row, found.scopes)):
            self.ordinals[row.sentence.index] = one_of
        if drafts and found.scopes:
            self.scopes[row.sentence.index] = found.scopes
        elif found.scopes and not alone and counted_on(row, found.scopes):
            self.acts.add(row.sentence.index)
        attacked = of_the_attack(row)
        self._note_attack(row, drafts, found, known=attacked)
        if not drafts and said and (attacked or of_the_toll(row)):
            first = said[0].sources
            if first[0].kind in table("sources")["counting"]["kinds"]:
                self.spoken[row.sentence.index] = Spoken(first, row.sentence.paragraph)
        if not attacked and any(i not in spoken and opens(row, i) for i in times):
            self.fronted.add(row.sentence.index)
        self.contexts += self.noting.note(row, said, drafts, found)
        self._remember(row, told, said, drafts, days, here)
        acting = acting if drafts else not_denied(row, -1, acting)
        if not drafts and acting and not (row.sentence.title or other or long_ago):
            self._remember_party(row, found, acting, section)
        return told

    def _told_of(self, row: Row, said: list[Said]) -> list[Taken]:
        """ "Activists said police had fired on the march": of the counts told of before it, where
        nobody is told for them."""
        k = row.tags.find("H", said[0].end)
        if k < 0 or "pluperfect" not in row.kinds(k) or habitual(row, self.lang):
            return []
        while row.tags[k - 1] == "a":
            k -= 1
        first, last = row.items[said[0].end - 1].end, row.items[k].start
        for party in parties(row, self.lang):
            between = row.sentence.words[party.end : last]
            craft = register_of(self.lang).force.telling.issuperset(between)
            if first <= party.start < party.end <= last and craft and party.role in ACTIVE:
                named = actors(party, row, self.text)
                if any(own_forces(row, actor) for actor in named):
                    return []
                at = named[0].quote.start, named[0].quote.end
                relation = party.relation if len(named) > 1 else None
                return [
                    Taken(
                        row.sentence.index, replace(actor, said_by=said[0].sources), at, relation,
                        bare=True,
                    )
                    for actor in named
                ]  # fmt: skip
        return []

    def _note_attack(self, row: Row, drafts: list[Draft], found: Found, *, known: bool) -> None:
        """Note a sentence that tells of a new attack, and one that counts those of a known one."""
        if drafts and known and of_the_attack(row, whole=True):
            self.again.add(row.sentence.index)
        if drafts:
            return
        if new_attack(row) and (event := acted(found, self.words)) is not None:
            self.news[row.sentence.index] = event
        elif fresh_attack(row):
            self.news[row.sentence.index] = ""

    def _note_places(
        self,
        row: Row,
        section: int,
        told: list[Slots],
        found: Found,
        here: list[int],
        *,
        same: bool,
    ) -> None:
        """Note where a sentence puts its harm, or the event that it tells of without a count."""
        groups = dict.fromkeys((s.places for s in told if s.places_basis is Basis.STATED), True)
        stated = {place for group in groups for place in group}
        behind = nearer_behind(row, here, stated, self.lang)
        hit = [i for i in here if i in behind or hit_there(row, i, self.lang)]
        last = -1
        for i in hit if told else here:
            if i <= last or not (told or i in hit or introduced(row, i)):
                continue
            listed = together(row, here[here.index(i) :], self.lang)
            last = listed[-1]
            group = tuple(p for i in listed if (p := row.place(i)) is not None)
            if stated.isdisjoint(group):
                groups[group] = i in hit
        if not groups:
            return
        index, sure = row.sentence.index, bool(told or same or hit or "U" in row.tags)
        sure = sure or bool(found.events or found.weapons)
        at = (place for i, tag in enumerate(row.tags) if tag == "L" and (place := row.place(i)))
        beside = tuple(at)
        self.places += [
            ToldPlace(index, section, group, sure, same, struck, beside)
            for group, struck in groups.items()
        ]

    def _remember_party(self, row: Row, found: Found, acting: list[Party], section: int) -> None:
        """ "Jets of the X bombed the ridge": whom the counts of the next sentences are of."""
        party = min(acting, key=lambda one: (ROLES.index(one.role), one.start))
        if party.does is not None or party.role == WEAKEST or habitual(row, self.lang):
            return
        scene = self.scene
        # the weapon of one attack is not that of the next
        scene.event, scene.weapons = acted(found, self.words), ()
        scene.event_at = scene.perpetrators_at = row.sentence.index
        scene.harmed = frozenset()
        scene.perpetrators_section = section
        scene.perpetrators, scene.summed = actors(party, row, self.text), False
        scene.relation = party.relation if len(scene.perpetrators) > 1 else None

    def _head(self, row: Row) -> None:
        """Note who issued the text, where its first lines are those of a communique."""
        if row.sentence.index >= HEAD or not row.sentence.title:
            return
        if not self.author and (author := self.attribution.author(row)) is not None:
            self.author = (author,)
        self.issued = self.issued or self.attribution.issued(row)
        self.covers = self.covers or round_up(row, self.lang)

    def _slots(self, slots: Slots, view: View, found: Found, acting: list[Party]) -> Slots:
        """The slots of one draft, each asked for in turn: a later one may rest on an earlier."""
        scene = self.scene
        slots = when_told(where(slots, view, scene), view, scene)
        slots = what(slots, view, scene, found, self.words, self.text)
        slots = who(slots, view, scene, acting, self.text)
        slots = when(slots, view, scene)
        slots = some_day(scope(slots, view, found.scopes), view, found)
        if slots.scope is Scope.CUMULATIVE and slots.time_basis is Basis.CARRIED:
            # a sum since some time has no day of another sentence
            slots = replace(slots, time=None, time_basis=Basis.NONE, time_weak=False)
        slots = self._of_the_country(slots, view.row, found)
        slots = background(slots, view, found.scopes)
        slots = sum_of_acts(slots, view, found, self.words)
        if slots.of_war:
            slots = self._at_war(slots, view.row)
        slots = says(slots, view, scene)
        return replace(slots, history=True) if self._past_year(slots) else slots

    def _of_the_country(self, slots: Slots, row: Row, found: Found) -> Slots:
        """ "Raids on Tessarian towns", "across the country": never the town told of before."""
        if slots.places_basis is Basis.STATED:
            return slots
        words = row.sentence.words
        if not towns(self.lang).isdisjoint(words):
            low, high = (
                bisect_left(self.peoples, at, key=_start)
                for at in (row.sentence.start, row.sentence.end)
            )
            for people in self.peoples[low:high]:
                if on_towns_of(row, people, self.lang):
                    return replace(slots, places=(people,), places_basis=Basis.STATED)
        ends = table(f"{self.lang}/scopes")["subtotal"]["country"]
        wide = slots.places and all(map(self.is_country, slots.places))
        if any(hit.code == "subtotal" and words[hit.end - 1] in ends for hit in found.scopes):
            if not wide:
                return replace(slots, places=(), places_basis=Basis.NONE, parted=True)
        return slots

    def _at_war(self, slots: Slots, row: Row) -> Slots:
        """ "Tessaria's war has killed 9,000": such a sum lies in the country that names the war."""
        first, last = row.sentence.start, row.sentence.end
        tokens = row.sentence.tokens
        wars = [tokens[h.start].start for h in self.words.scopes.find(row.sentence.words)
                if h.code in WARS]  # fmt: skip
        named = [p for p in self.peoples if first <= p.quote.start < last]
        at = (i for i, tag in enumerate(row.tags) if tag == "L" and "K" in row.tags[i + 1 : i + 2])
        named += [p for i in at if (p := row.place(i)) is not None]  # "Tessaria's war"
        own = [p for p in named if any(0 < war - p.quote.end <= BESIDE for war in wars)]
        if own:
            self.war = own[-1]
        behind = own and all(p.quote.start > own[-1].quote.end for p in slots.places)
        if self.war is None or slots.places and not behind:
            return slots
        basis = Basis.STATED if own else Basis.CARRIED
        return replace(slots, places=(self.war,), places_basis=basis)

    def _note_war(self, row: Row) -> None:
        """Keep the one country that a sentence about a war names: "the war in X began in 2011"."""
        at = (row.place(i) for i, tag in enumerate(row.tags) if tag == "L")
        named = {p.name.text: p for p in at if p is not None and self.is_country(p)}
        if len(named) == 1:
            (self.war,) = named.values()

    def _section(self, row: Row, *, other: bool) -> int:
        """Another event takes its sentence and the rest of its paragraph, no more."""
        if other:
            self.sections += 1
            self.aside = (row.sentence.paragraph, self.sections)
        return self.aside[1] if self.aside[0] == row.sentence.paragraph else 0

    def _past_year(self, slots: Slots) -> bool:
        """Tell whether the time stated is of a year well before the report's own."""
        if self.published is None or slots.time is None or slots.time_basis is not Basis.STATED:
            return False
        years = [int(y) for y in FULL_YEAR.findall(slots.time.quote.text)]
        if len(years) != 1 or slots.time.kind is TimeKind.SPAN:
            return False
        return self._long_before(years[0])

    def _weekdays(self, row: Row) -> None:
        """Note weekdays told without a date, as in news of the week, and those told with a year."""
        if "T" not in row.tags or row.sentence.title:
            return
        _, weekdays = calendar(self.lang)
        at = (i for i, tag in enumerate(row.tags) if tag == "T")
        for time in (t for i in at if (t := row.time(i)) is not None and not t.dateline):
            if not weekdays.isdisjoint(time.quote.text.lower().replace(",", " ").split()):
                self.of_old = self.of_old or bool(FULL_YEAR.search(time.quote.text))
                self.of_week = self.of_week or not _NUMBER.search(time.quote.text)

    @property
    def recent(self) -> bool:
        """Tell whether a report is of its own week: it tells of weekdays, and of none by date."""
        return self.of_week and not self.of_old

    def _of_old(self, row: Row) -> bool:
        """Tell whether all years that a sentence names are well before the report's own."""
        at = (i for i, tag in enumerate(row.tags) if tag == "T")
        times = (time for i in at if (time := row.time(i)) is not None)
        years = [int(year) for time in times for year in FULL_YEAR.findall(time.quote.text)]
        return bool(years) and all(map(self._long_before, years))

    def _written(self, row: Row) -> frozenset[int]:
        """The items of the report's own day, where its date line has run into a sentence."""
        day, dating = self.published, lexicon(self.lang).dating
        if day is None or row.sentence.index > OPENING:
            return frozenset()
        return frozenset(
            i
            for i, tag in enumerate(row.tags)
            if tag == "T"
            and (time := row.time(i)) is not None
            and time.kind is TimeKind.DAY
            and FULL_YEAR.findall(time.quote.text) == [str(day.year)]
            and str(day.day) in (n.lstrip("0") for n in _NUMBER.findall(time.quote.text))
            and (first := row.sentence.tokens[row.items[i].start]).text[0] not in "oia"
            and first.low not in dating  # "On 5 May 2016 …" dates what the sentence tells
            and row.tags[i - 1 : i] != "p"
        )

    def _background(self, time: TimeMention | None) -> bool:
        """Tell whether a time is that of a month, or of a day well before the report.

        Told between sentences of the report's own day, it is that of its own sentence alone.
        """
        if time is None or self.published is None or time.kind is TimeKind.SPAN:
            return False
        if time.kind is TimeKind.PERIOD:
            return True
        words = time.quote.text.lower().replace(".", " ").split()
        months, weekdays = calendar(self.lang)
        month = next((months[word] for word in words if word in months), None)
        number = next((int(n) for n in _NUMBER.findall(time.quote.text) if int(n) <= 31), None)
        if month is None or number is None or not weekdays.isdisjoint(words):
            return False
        away = (self.published.month - month) % 12 * 30 + self.published.day - number
        return away > NEWS_DAYS

    def _long_before(self, year: int) -> bool:
        if self.published is None:
            return False
        gap = self.published.year - year
        return gap >= 2 or gap == 1 and self.published.month > _NEW_YEAR_MONTHS

    def _remember(
        self,
        row: Row,
        told: list[Slots],
        said: list[Said],
        drafts: list[Draft],
        days: list[Day],
        here: list[int],
    ) -> None:
        """Keep what the sentence establishes; a caption further down establishes only days."""
        self.days += [
            ToldDay(row.sentence.index, time, day.rank)
            for day in days
            if (time := row.time(day.item)) is not None and time.quote.text.lower() not in self.tied
        ]
        if days and self._background(row.time(days[0].item)):
            # It may be the day of the report's event; the sentences behind are not of it.
            days = [Day(day.item, OLD) for day in days if day.rank < WEAK]
        if row.sentence.title and row.sentence.index > 0:
            if row.tags.rstrip(":.") == "L" and (place := row.place(0)) is not None:
                # A heading that is a place and nothing else: what stands below happened there.
                self.scene.places, self.scene.place_at = (place,), row.sentence.index
            return
        self._remember_source(row, told, said)
        self._remember_place(row, [s for s in told if not s.other_event] or told, here)
        self._remember_day(row, told, said, drafts, days)
        self._remember_act(row, told, drafts)

    def _remember_source(self, row: Row, told: list[Slots], said: list[Said]) -> None:
        """A source that counts speaks on in the sentences behind; anyone else ends its speech."""
        if all(one.aside for one in said):
            return
        counting = said[-1].sources[0].kind in table("sources")["counting"]["kinds"]
        if counting or told and '"' not in row.tags:
            self.scene.said_by, self.scene.said_at = said[-1].sources, row.sentence.index
        else:
            self.scene.said_by = ()

    def _remember_place(self, row: Row, told: list[Slots], here: list[int]) -> None:
        scene = self.scene
        stated = [s for s in told if s.places_basis is Basis.STATED]
        if stated:
            scene.places, scene.place_at = stated[-1].places, row.sentence.index
            return
        listed = together(row, here, self.lang) if here else []
        places = tuple(p for i in listed if (p := row.place(i)) is not None)
        if places and not (row.sentence.title and scene.places):
            scene.places, scene.place_at = places, row.sentence.index

    def _remember_day(
        self, row: Row, told: list[Slots], said: list[Said], drafts: list[Draft], days: list[Day]
    ) -> None:
        """The day of the harm told last, else any day told, else that of the statement."""
        scene, index = self.scene, row.sentence.index
        spoken = {s.time for s in said if s.time is not None}
        kept = scene.time is not None and scene.time_basis is not Basis.STATEMENT
        if kept and not self._background(scene.time) and not scene.time_weak:
            past = [s.time for s in told if s.time_basis is Basis.STATED]
            past += [row.time(day.item) for day in days]
            if past and all(self._background(time) for time in past):
                scene.past, scene.past_at = past[0], index
                return
        if any(s.late for s in told):
            days = [day for day in days if day.rank < DIED]
        timed = [
            s
            for s, draft in zip(told, drafts, strict=True)
            # "arrested on Monday over the shooting" dates no shooting; "arrested on Monday" may
            # date a raid
            if s.time_basis in (Basis.STATED, Basis.STATEMENT)
            and not (draft.measure in HELD and set("UFO") & set(row.tags))
            and s.time is not None
            and s.time.kind in (TimeKind.DAY, TimeKind.PERIOD)
        ]
        if timed:
            last = timed[-1]
            scene.time, scene.time_basis, scene.time_at = last.time, last.time_basis, index
            scene.time_weak = False
        elif days and not (days[0].weak and self._dated(index)):
            scene.time, scene.time_basis = row.time(days[0].item), Basis.STATED
            scene.time_at, scene.time_weak = index, days[0].weak
        elif spoken and scene.time is None:
            day = row.time(min(spoken))
            if day is not None and day.kind is TimeKind.DAY:
                scene.time, scene.time_basis, scene.time_at = day, Basis.STATEMENT, index

        if scene.time_at == index:
            scene.time_paragraph = row.sentence.paragraph

    def _dated(self, index: int) -> bool:
        """Tell whether the scene has a day of something that happened, still in reach."""
        scene = self.scene
        stated = scene.time is not None and scene.time_basis is not Basis.STATEMENT
        return stated and index - scene.time_at <= SCENE_REACH

    def _of_another_time(self, slots: Slots) -> bool:
        """ "In July a bomb killed nine": what follows is of the scene's own day again."""
        day, own = self.scene.time, slots.time
        if day is None or own is None or slots.time_basis is not Basis.STATED:
            return False
        return day.kind is TimeKind.DAY and own.kind is TimeKind.PERIOD and day is not own

    def _remember_act(self, row: Row, told: list[Slots], drafts: list[Draft]) -> None:
        scene = self.scene
        eventful = [
            s
            for s, d in zip(told, drafts, strict=True)
            if (s.event is not None or s.perpetrators)
            and not (s.other_event or s.history or s.of_war or self._of_another_time(s))
            and d.measure not in (Measure.DISPLACED, Measure.EVACUATED)
        ]
        if not eventful:
            return
        last = eventful[-1]
        if any(own_forces(row, actor) for actor in last.perpetrators):
            # "its fighters" of one sentence are nobody's name in the next
            last = replace(last, perpetrators=(), relation=None)
        scene.event, scene.weapons, scene.event_at = last.event, last.weapons, row.sentence.index
        harmed = {(d.measure, d.people.count.low) for d in drafts}
        scene.harmed = scene.harmed | harmed if last.event_carried else frozenset(harmed)
        if last.perpetrators or not last.event_carried:
            on = scene.summed and last.perpetrators == scene.perpetrators
            scene.wide = on and scene.wide or all(map(self.is_country, scene.places))
            scene.summed = on or last.scope in (Scope.SUBTOTAL, Scope.CUMULATIVE)
            scene.perpetrators, scene.relation = last.perpetrators, last.relation
            scene.perpetrators_section = last.section
            scene.perpetrators_at = row.sentence.index
