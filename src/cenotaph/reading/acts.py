"""What happened, by whom, who says so, and what a figure covers: the other slots of one draft.

As with place and time, the clause speaks before the sentence, and the sentence before the scene.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from cenotaph.model import (
    Basis,
    Coded,
    Measure,
    Modality,
    Near,
    Quote,
    Scope,
    TimeKind,
    TimeMention,
)
from cenotaph.reading.items import Row
from cenotaph.reading.lexicon import lexicon
from cenotaph.reading.party_phrases import register_of
from cenotaph.reading.perpetrators import Party, actors, ranked
from cenotaph.reading.said import Said
from cenotaph.reading.scenes import (
    SOURCE_REACH,
    Scene,
    Slots,
    View,
    another_day,
    behind_while,
    one_day,
)
from cenotaph.reading.setting import compares
from cenotaph.reading.struck import struck, struck_beside
from cenotaph.reading.vocabulary import Hit, Vocabulary
from cenotaph.vocab import table

# Behind "across" stands the hyphen of "rebel-held" so near, in items.
_HELD = 4
# The word of a war stands so far behind the toll that is its own, in items.
_WAR_OF_TOLL = 7
# So far before "dead" may "left" stand, in items.
_LEFT_DEAD = 4
# So many words may stand between "several" and the towns.
_SEVERAL = 5
# Events that say more of an act than the weapon it was done with.
_SAYS_MORE = frozenset({"execution", "assassination", "torture", "starvation"})
# What is told of one count only, never of all counts of its sentence.
_OF_ITS_CLAUSE = frozenset({"state", "other_event", "toll_of_period", "sum"})
# So many people whom no event is told to have harmed, of a month or a year, are the sum of it.
OF_A_PERIOD = 100
# Those who are still so when the report is written; of the others only where it says "are".
_LASTING = frozenset({Measure.TRAPPED, Measure.MISSING, Measure.DISPLACED})
_MAY_LAST = frozenset({Measure.DETAINED, Measure.ABDUCTED})
# Words of sums, which no act told beside them undoes.
_SUMS = frozenset({"cumulative", "running", "subtotal", "subtotal_series", "war", "war_sum"})
# Words of a war, and words by which a sum is that of a war.
WARS = frozenset({"war", "war_sum"})
# No single event kills so many people as those that "have been killed" with no day given.
OF_A_WAR = 5000
# No single place has so many people who could be displaced from it.
OF_A_COUNTRY = 1_000_000
_VERBS = frozenset("vVXHRl")
_OF_ATTACKS = frozenset({Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED,
                         Measure.CASUALTIES, Measure.ATTACKS})  # fmt: skip
# "The raid" is that of whom the text named so many sentences before at most.
ATTACK_REACH = 3
_AREAS = frozenset({"admin1", "country", "area"})


class Found(NamedTuple):
    """The coded words of one sentence, by subject."""

    weapons: list[Hit]
    events: list[Hit]
    targets: list[Hit]
    scopes: list[Hit]


def found_in(row: Row, words: Vocabulary) -> Found:
    """Return the coded words of a sentence."""
    lows = row.sentence.words
    return Found(
        weapons=words.weapons.find(lows),
        events=words.events.find(lows),
        targets=words.targets.find(lows),
        scopes=words.scopes.find(lows),
    )


def what(
    slots: Slots, view: View, scene: Scene, found: Found, words: Vocabulary, text: str
) -> Slots:
    """Give a draft its event, weapons and targets; a weapon makes its event where none is named."""
    low, high = view.tokens
    found = _before_after(_told_of(found, view), view)
    near = _within(found.weapons, low, high) or _beside(found.weapons, view)
    near = [h for h in near if h.code not in words.general] or near
    happened = _within(found.events, low, high) or _beside(found.events, view)
    targets = _coded(view.row, _targets(view, found, [*near, *happened]), text)
    weapons = _coded(view.row, near, text)
    event = next((words.event_of[h.code] for h in near if h.code in words.event_of), None)
    if happened and (event is None or happened[0].code in _SAYS_MORE):
        event = happened[0].code
    # "were bombed" says no more than what the scene knows of the event
    general = bool(weapons) and {w.code for w in weapons} <= words.general
    again = general and scene.event is not None and not _other_day(slots, view, scene)
    own = bool(happened) or bool(weapons) and not again
    if own or not view.carries(scene.event_at):
        return replace(slots, event=event, weapons=weapons, targets=targets)
    return replace(
        slots, event=scene.event, weapons=scene.weapons, targets=targets, event_carried=True
    )


def _targets(view: View, found: Found, acts: list[Hit]) -> list[Hit]:
    """What was struck: in the clause, else beside it. `acts` are those of the draft."""
    if not found.targets:
        return []
    low, high = view.tokens
    own = struck(view, _within(found.targets, low, high), found.weapons, found.events)
    return own or struck_beside(view, found.targets, found.weapons, found.events, acts)


def _told_of(found: Found, view: View) -> Found:
    """The words told of one count of a sentence in which others leave out their verb."""
    low, high = view.tokens
    if not view.verbless:
        low = 0
    elif not (_within(found.weapons, low, high) or _within(found.events, low, high)):
        return found
    if not (low or view.closed):
        return found
    high = high if view.closed else len(view.row.sentence.tokens)
    return found._replace(
        weapons=_within(found.weapons, low, high), events=_within(found.events, low, high)
    )


_ACTIVE = re.compile("[wNyUKLpo]+[aXH]*V[NQnF]")


def _before_after(found: Found, view: View) -> Found:
    """ "Nine died on Monday, a day after a bomb killed 14": the bomb is told of the 14 alone.

    What began a span ("since the truce collapsed in May") is told of nobody.
    """
    row, after = view.row, register_of(view.lang).following
    for n, tag in enumerate(row.tags):
        time = row.time(n) if tag == "T" else None
        if time is not None and time.kind is TimeKind.SPAN:
            began = range(row.items[n].start, row.items[n].end)
            found = found._replace(
                weapons=[h for h in found.weapons if h.start not in began],
                events=[h for h in found.events if h.start not in began],
            )
    for n in range(max(view.draft.at, view.draft.item) + 1, len(row.tags)):
        item = row.items[n]
        joint = item.start if row.tags[n] == "S" else item.end - 1
        if row.tags[n] not in "ST" or row.sentence.words[joint] not in after:
            continue
        if _ACTIVE.match(row.tags, n + 1):
            return found._replace(
                weapons=_within(found.weapons, 0, item.start),
                events=_within(found.events, 0, item.start),
                targets=_within(found.targets, 0, item.start),
            )
    return found


def acted(found: Found, words: Vocabulary) -> str | None:
    """The event of a sentence that counts nobody."""
    weapons = [h.code for h in found.weapons if h.code not in words.general]
    made = next((words.event_of[code] for code in weapons if code in words.event_of), None)
    return made or next((h.code for h in found.events), None)


def _within(hits: list[Hit], low: int, high: int) -> list[Hit]:
    return [h for h in hits if low <= h.start < high]


def _beside(hits: list[Hit], view: View) -> list[Hit]:
    """The hits of the sentence that no "while" parts from the clause behind them."""
    row = view.row
    near: list[Hit] = []
    for hit in hits:
        at = next((n for n, item in enumerate(row.items) if item.end > hit.start), view.low)
        if at >= view.low or not {"S", ";"} & set(row.tags[at : view.low]):
            near.append(hit)
    return near


def _coded(row: Row, hits: list[Hit], text: str) -> tuple[Coded, ...]:
    """The codes of the words found, each once, with the words that first give it."""
    tokens = row.sentence.tokens
    seen: dict[str, Coded] = {}
    for hit in hits:
        if hit.code not in seen:
            quote = Quote.of(text, tokens[hit.start].start, tokens[hit.end - 1].end)
            seen[hit.code] = Coded(code=hit.code, quote=quote)
    return tuple(seen.values())


def who(slots: Slots, view: View, scene: Scene, acting: Sequence[Party], text: str) -> Slots:
    """Give a draft its alleged perpetrators; they are carried only with the event they acted in."""
    low, high = view.tokens
    row, draft = view.row, view.draft
    people = row.items[draft.item]
    if row.tags[draft.at - 1 : draft.at] == "C" and row.tags[draft.at] in "VGB":
        low = 0  # "troops killed two and wounded six": one subject of both
    active = draft.at < draft.item and row.tags[draft.at] in "VGB"
    fitting = ranked(acting, low, high, (people.start, people.end), draft.measure, active=active)
    if not fitting and (row.tags[view.high - 1 : view.high] == "C" or row.sentence.title):
        # "six were killed and nine hurt when jets of the X struck": one act did both; a heading
        # needs no "and"
        every = len(row.sentence.tokens)
        fitting = ranked(acting, low, every, (people.start, people.end), draft.measure)
    fitting = _caused(view, _of_its_clause(view, slots, fitting))
    if fitting:
        party = fitting[0]
        named = actors(party, view.row, text)
        relation = party.relation if len(named) > 1 else None
        return replace(slots, perpetrators=named, relation=relation)
    if not view.carries(scene.perpetrators_at) or _another(view) or _other_day(slots, view, scene):
        return slots
    if _own_side(view, scene) or slots.section != scene.perpetrators_section:
        return slots
    if draft.measure not in _OF_ATTACKS and not view.same:
        return slots
    if slots.event_carried and not _another_time(view, scene) or _same_attack(slots, view, scene):
        return replace(slots, perpetrators=scene.perpetrators, relation=scene.relation)
    return slots


def _other_day(slots: Slots, view: View, scene: Scene) -> bool:
    """Tell whether a count is of another day than the scene: by its own words, or as that of an
    attack that is new in the text ("In January a bombing killed six")."""
    if slots.time_basis is not Basis.STATED:
        return False
    entries = view.row.sentence.words.entries
    new = any(
        tag == "U" and "indefinite" in entries[view.row.items[k].start].kinds
        for k, tag in enumerate(view.row.tags[: view.draft.at])
    )
    return new or another_day(slots.time, scene.time, view.lang)


def _of_its_clause(view: View, slots: Slots, fitting: list[Party]) -> list[Party]:
    """ "Jets of the X hit Orun, while police said six died in a rocket attack": not the X's.

    Where a clause set beside another tells of an attack itself, nobody in the other did it.
    """
    tags = view.row.tags
    parted = tags.rfind(";", 0, view.low)
    if parted > 0 and "L" in tags[parted : view.high]:
        # "…; two others died in Velm": told of another place
        return [party for party in fitting if party.start >= view.row.items[parted].end]
    low = behind_while(view.row, min(view.draft.item, view.draft.at))
    told = slots.event is not None and not slots.event_carried
    if low == 0 or not told and "U" not in view.row.tags[low:]:
        return fitting
    return [party for party in fitting if party.start >= view.row.items[low].start]


def _caused(view: View, fitting: list[Party]) -> list[Party]:
    """ "Air raids by the X killed six after rebels fired on Velm": what came before did not do it.

    Where a party is told before "after", or raids do the killing, no party behind it is blamed.
    """
    row, at = view.row, view.draft.at
    if view.draft.rule == "lost":  # "the X lost six men": they are its own
        fitting = [party for party in fitting if party.start >= row.items[at].end]
    since = register_of(view.lang).following
    cut = next(
        (row.items[n].start for n in range(at + 1, len(row.tags))
         if row.tags[n] in "Sp" and row.sentence.words[row.items[n].start] in since),
        None,
    )  # fmt: skip
    if cut is None:
        return fitting
    before = [party for party in fitting if party.start < cut]
    return before if before or _killed_by_raids(row, at) else fitting


def _killed_by_raids(row: Row, at: int) -> bool:
    """Tell whether attacks are the subject of the verb at an item: "raids killed six"."""
    k = at - 1
    while k > 0 and row.tags[k] in "aXHTpL":
        k -= 1
    return row.tags[at] in "VB" and k >= 0 and row.tags[k] == "U"


def _own_side(view: View, scene: Scene) -> bool:
    """Tell whether the harmed are called as the party is: nobody says that rebels killed rebels."""
    item = view.row.items[view.draft.item]
    lows = set(view.row.sentence.words[item.start : item.end])
    for actor in scene.perpetrators:
        words = actor.name.split()
        short = "".join(word[0] for word in words).lower() if len(words) > 2 else ""
        if short in lows or not lows.isdisjoint(word.lower() for word in words):
            return True  # "three DMF fighters" are of the Dawn Movement Front
    return False


def _another(view: View) -> bool:
    """Tell whether a sentence is about another attack: "Another car bomb … killed six"."""
    row, first = view.row, min(view.draft.item, view.draft.at)
    entries = row.sentence.words.entries
    return any(
        tag == "U" and {"additional", "indefinite"} <= entries[row.items[k].start].kinds
        for k, tag in enumerate(row.tags[:first])
    ) or any(
        # "were killed in two more raids"
        tag == "U"
        and any("more" in e.kinds for e in entries[row.items[k].start : row.items[k].end])
        for k, tag in enumerate(row.tags)
    )


def _another_time(view: View, scene: Scene) -> bool:
    """ "Last month nine traders were killed there": of those who struck now nothing is said."""
    at = range(view.low, view.high)
    times = [t for i in at if view.row.tags[i] == "T" and (t := view.row.time(i)) is not None]
    periods = [t for t in times if t.kind is TimeKind.PERIOD]
    return bool(periods) and scene.time is not None and scene.time not in periods


def _same_attack(slots: Slots, view: View, scene: Scene) -> bool:
    """Tell whether the attack of a count is the one that the scene knows of.

    It is named with its article ("the raids killed six"), or told of again right behind as one of
    the same kind, at no other place and on no other day.
    """
    row, away = view.row, view.row.sentence.index - scene.perpetrators_at
    if slots.time_basis is Basis.STATED and not one_day(slots.time, scene.time, view.lang):
        return False
    draft = view.draft
    if away > ATTACK_REACH or slots.history or draft.measure not in _OF_ATTACKS:
        return False
    if draft.people.group.attacker:
        return False
    definite = any(
        row.tags[k] in "UB" and "definite" in row.sentence.words.entries[row.items[k].start].kinds
        for k in range(len(row.tags))
    )
    if definite:
        return True
    again = draft.people.words == "definite" and draft.people.plural
    if again and slots.event is not None and slots.event == scene.event:
        return True  # "the guards were killed in raids on Orun", of those told of before
    elsewhere = slots.places_basis is Basis.STATED and slots.places != scene.places
    return slots.event is not None and slots.event == scene.event and not elsewhere


def says(slots: Slots, view: View, scene: Scene) -> Slots:
    """Give a draft its sources: the nearest before it, else behind it, else those of the scene.

    Who relays a sentence at its end relays what the one before said; who speaks in a clause of time
    speaks for that clause. Background of a report ("since the war began") is nobody's who spoke in
    another sentence, and neither is another event.
    """
    item = view.draft.item
    said = [s for s in view.said if (not s.aside or s.start < item) and not _of_own_clause(view, s)]
    if said:
        before = [s for s in said if s.end <= item]
        after = [s for s in said if s.start > item]
        nearest = before[-1] if before else after[0] if after else said[0]
        sources = nearest.sources
        if before and after and after[0].passes_on and not _told_between(view, after[0]):
            names = {source.name for source in sources}
            sources += tuple(s for s in after[0].sources if s.name not in names)
        return replace(slots, said_by=sources)
    background = slots.of_war or slots.history or slots.other_event
    # "90 have died since May, he said on Monday. On Sunday alone, 14 died."
    summed = scene.time is not None and scene.time.kind is TimeKind.SPAN
    summed = summed or scene.time_basis is Basis.STATEMENT
    if slots.time_basis is Basis.STATED and not summed:
        # another day is another event
        background = background or not one_day(slots.time, scene.time, view.lang)
    away = view.row.sentence.index - scene.said_at
    quoted = view.row.tags[:1] == '"' or view.row.tags[:item].count('"') % 2 == 1
    told = away <= 1 or slots.places_basis is not Basis.STATED
    told = told and view.draft.measure not in _LASTING  # of the flight a report tells itself
    if scene.said_by and away <= SOURCE_REACH and not background and not view.other:
        if quoted or told:  # further on another place is the report's own word
            return replace(slots, said_by=scene.said_by)
    return slots


def _of_own_clause(view: View, said: Said) -> bool:
    """ "Eleven bodies were found, and medics said four more had died": said of the four alone."""
    tags, start = view.row.tags, said.start
    if said.passes_on or start <= view.draft.item or tags[start - 1] not in "C;":
        return False
    return not set(tags[said.end :]).isdisjoint("VGBJFXv")


def _told_between(view: View, said: Said) -> bool:
    """Tell whether another clause of harm stands between a draft and who speaks behind it."""
    return view.high <= said.start and any(
        tag in "VGBJ" for tag in view.row.tags[view.high : said.start]
    )


def _before_place(row: Row, hit: Hit) -> bool:
    """Tell whether a place stands right behind the words, an article apart."""
    at = next((n for n, item in enumerate(row.items) if item.start >= hit.end), len(row.items))
    at += "definite" in row.kinds(at) if at < len(row.items) else 0
    for n in range(at + 1, min(at + _HELD, len(row.items))):
        if row.sentence.tokens[row.items[n].start].text == "-":
            at = n + 2  # "across rebel-held Orun"
            break
    return row.tags[at : at + 1] == "L"


def _before_areas(view: View, hit: Hit) -> bool:
    """Tell whether towns or areas stand behind "several", a word or two apart."""
    row = view.row
    n = next((n for n, each in enumerate(row.items) if each.end > hit.start), 0)
    if n == 0 or row.tags[n - 1] not in "povVBG":
        return False  # "six people in towns"
    first, last = sorted((view.draft.at, n))
    words = lexicon(view.lang)
    if any(row.tags[k] == "p" and _word(row, k) in words.beside for k in range(first, last)):
        return False  # "six were killed, with clashes in several towns"
    kinds = table(f"{view.lang}/places")["kinds"]
    behind = row.sentence.tokens[hit.end : hit.end + _SEVERAL]
    return any(token.low in kinds and token.low.endswith(words.plural_end) for token in behind)


def _before_when(view: View, hit: Hit) -> bool:
    """ "Has been hit in the past, as on 3 May, when six were killed": the past is not the six's."""
    row, item = view.row, view.draft.item
    first = next((n for n, each in enumerate(row.items) if each.end > hit.start), item)
    if row.tags[first] == "T" and compares(row, first, view.lang):
        return True  # "the heaviest raid in over a year"
    between = range(first + 1, item)
    opening = lexicon(view.lang).when
    return any(row.tags[n] == "S" and _word(row, n) in opening for n in between)


def _counts_on(row: Row, hit: Hit) -> bool:
    """ "A year after an air strike": the year is counted from what was before, and is no rate."""
    return any(
        each.start <= hit.start < hit.end < each.end
        and isinstance(each.data, TimeMention)
        and each.data.kind is TimeKind.ANCHORED
        for each in row.items
    )


def _word(row: Row, n: int) -> str:
    return row.sentence.tokens[row.items[n].start].low


def _by_an_hour(view: View, time: TimeMention) -> bool:
    """ "By the early hours of Monday the toll had risen to 15": when the figure stood so."""
    known, words = lexicon(view.lang), time.quote.text.lower().split()
    if not view.draft.toll or not words or words[0] not in known.as_of:
        return False
    day = not any(word.strip(",.").isdigit() and len(word.strip(",.")) == 4 for word in words)
    return day and known.long_spans.isdisjoint(words)


def _of_a_war(view: View, scopes: list[Hit]) -> bool:
    """ "A conflict that has killed 9,000": what a war has done, it has done since it began."""
    row, at = view.row, view.draft.at
    k = _first_auxiliary(row, at)
    # "has left 9,000 people dead"
    left = row.tags.rfind("l", max(0, at - _LEFT_DEAD), at)
    if row.tags[at] in "JF" and left > 0:
        k = left
    perfect = _perfect(row, k) or _perfect_before(row, at)
    if perfect and (view.draft.people.count.low or 0) >= OF_A_WAR:
        return True
    first = row.items[at].start
    wars = [h for h in scopes if h.code == "war"]
    return perfect and any(h.end <= first or "X" in row.tags[k:at] for h in wars)


def _toll_of_a_war(view: View, scopes: list[Hit]) -> bool:
    """ "Put the toll from the six-year conflict at 9,000": a toll told to be that of a war."""
    row = view.row
    if not view.draft.toll:
        return False
    for hit in (h for h in scopes if h.code == "war"):
        at = next((n for n, item in enumerate(row.items) if item.end > hit.start), len(row.tags))
        toll = row.tags.rfind("O", max(0, at - _WAR_OF_TOLL), at)
        governs = row.tags[toll + 1 : toll + 2] if toll >= 0 else ""
        if governs in ("p", "o") and not set(row.tags[toll + 2 : at]) & set("LT,;SWpo"):
            return True
    return False


def _first_auxiliary(row: Row, at: int) -> int:
    """The first of the adverbs and forms of "be" right before the verb at an item."""
    while at > 0 and row.tags[at - 1] in "aX":
        at -= 1
    return at


def _perfect(row: Row, k: int) -> bool:
    """Tell whether "has" or "have" stands right before item `k`."""
    return k > 0 and row.tags[k - 1] == "H" and "pluperfect" not in row.kinds(k - 1)


def _perfect_before(row: Row, at: int) -> bool:
    """ "Has killed 9,000 people, injured 20,000 others": one "has" of both verbs."""
    j = row.tags.rfind("V", 0, at) if row.tags[at] == "V" else -1
    if j < 0 or not set(row.tags[j + 1 : at]) <= set("NQn#FypowaC,"):
        return False
    return _perfect(row, _first_auxiliary(row, j))


def _since_then(view: View) -> bool:
    """ "120 people have been killed since the army began its push": a sum over that time."""
    row, at = view.row, view.draft.at
    if not _perfect(row, _first_auxiliary(row, at)):
        return False
    since = register_of(view.lang).since
    return any(
        row.tags[n] in "Sp" and row.sentence.words[row.items[n].start] in since
        for n in range(at + 1, view.high)
    )


def _of_a_period(slots: Slots, view: View, codes: set[str]) -> bool:
    """ "A total of 640 people were killed in March": a sum of that month, and no single event."""
    if slots.time is None or slots.time_basis is not Basis.STATED:
        return False
    count, measure = view.draft.people.count, view.draft.measure
    if slots.time.kind is not TimeKind.PERIOD or measure is Measure.ATTACKS:
        return False
    if count.high == 1:
        return False  # one person is no sum: "in March the group documented the death of a nurse"
    behind = slots.time.quote.start >= view.row.end(view.draft.item)
    toll = view.draft.toll and behind  # "raises to nine the number killed this year"
    many = (count.low or 0) >= OF_A_PERIOD or toll
    return many and slots.event is None or "sum" in codes


def some_day(slots: Slots, view: View, found: Found) -> Slots:
    """ "A mine killed five in recent days": one attack on a day not told, and no sum of days."""
    if slots.scope is not Scope.CUMULATIVE or slots.time_basis is not Basis.STATED:
        return slots
    row, (low, high) = view.row, view.tokens
    codes = {hit.code for hit in found.scopes}
    if "some_day" not in codes or not codes.isdisjoint(_SUMS):
        return slots
    entries = row.sentence.words.entries
    one = any(
        low <= hit.start < high
        and any("indefinite" in entries[n].kinds for n in range(max(0, hit.start - 1), hit.end))
        for hit in (*found.weapons, *found.events)
    )
    return replace(slots, scope=Scope.INCIDENT) if one else slots


def background(slots: Slots, view: View, scopes: list[Hit]) -> Slots:
    """The sum of a war has no place, day or perpetrator but those of its own sentence.

    Millions are displaced by a war, wherever the report tells of it.
    """
    low = view.draft.people.count.low or 0
    large = low >= OF_A_WAR
    if slots.scope is not Scope.CUMULATIVE and low < OF_A_COUNTRY:
        return slots
    if not large and WARS.isdisjoint(hit.code for hit in scopes):
        return slots
    if slots.places_basis is Basis.CARRIED or large and _fought_over(slots, view, scopes):
        slots = replace(slots, places=(), places_basis=Basis.NONE)
    if slots.time_basis in (Basis.CARRIED, Basis.STATEMENT):
        slots = replace(slots, time=None, time_basis=Basis.NONE)
    if slots.event_carried:
        slots = replace(
            slots, event=None, weapons=(), perpetrators=(), relation=None, event_carried=False
        )
    return replace(slots, of_war=True)


def _fought_over(slots: Slots, view: View, scopes: list[Hit]) -> bool:
    """ "Velm has been shattered by a war that has killed 9,000": it is not the town's."""
    row, begin = view.row, view.row.items[view.draft.item].start
    wars = [hit.start for hit in scopes if hit.code in WARS and hit.start < begin]
    if not wars or not slots.places:
        return False
    last = max(place.quote.end for place in slots.places)
    between = [
        row.tags[n]
        for n, item in enumerate(row.items)
        if row.start(n) >= last and item.end <= wars[-1]
    ]
    return bool(_VERBS & set(between)) and last < row.sentence.tokens[wars[-1]].start


def high_of(view: View) -> int:
    """The token behind the people of a draft."""
    return view.row.items[view.draft.item].end


def scope(slots: Slots, view: View, scopes: list[Hit]) -> Slots:
    """Tell what a figure covers: one incident, a sum over places, a sum over time, a state."""
    low, high = view.tokens
    codes = {
        h.code
        for h in scopes
        if (low <= h.start < high or h.code not in _OF_ITS_CLAUSE)
        and (h.code != "subtotal_of" or _before_place(view.row, h))
        and (h.code != "several" or low <= h.start < high and _before_areas(view, h))
        and (h.code != "cumulative" or not (_before_when(view, h) or _counts_on(view.row, h)))
        and (h.code != "running" or view.draft.rule == "counted-noun" and h.start >= high_of(view))
    }
    if {"subtotal_of", "several"} & codes:
        codes.add("subtotal")
    measure = view.draft.measure
    if measure in _OF_ATTACKS and measure is not Measure.ATTACKS and _since_then(view):
        return replace(slots, scope=Scope.CUMULATIVE)
    if view.draft.toll and "toll_of_period" in codes:
        own = slots.time is not None and slots.time.kind in (TimeKind.SPAN, TimeKind.PERIOD)
        if not own:  # a day beside it is that of something else
            slots = replace(slots, time=None, time_basis=Basis.NONE)
        return replace(slots, scope=Scope.CUMULATIVE)
    if _of_a_period(slots, view, codes):
        return replace(slots, scope=Scope.CUMULATIVE)
    if slots.time is not None and slots.time_basis is Basis.STATED:
        if slots.time.kind is TimeKind.SPAN and not _by_an_hour(view, slots.time):
            return replace(slots, scope=Scope.CUMULATIVE)
    dated = slots.time_basis is Basis.STATED and slots.time is not None
    if dated and slots.time is not None and slots.time.kind is TimeKind.DAY:
        codes -= {"war_sum"}
    elif measure is not Measure.ATTACKS and (
        _of_a_war(view, scopes) or _toll_of_a_war(view, scopes)
    ):
        return replace(slots, scope=Scope.CUMULATIVE)
    if {"cumulative", "war_sum", "running"} & codes and measure is not Measure.ATTACKS:
        return replace(slots, scope=Scope.CUMULATIVE)
    if measure in _LASTING or measure in _MAY_LAST and "state" in codes:
        return replace(slots, scope=Scope.STATE)
    if measure is not Measure.ATTACKS and view.draft.people.count.high == 1:
        return slots  # one person is harmed at one place
    between = any(p.near is Near.BETWEEN for p in slots.places)
    if len(slots.places) > 1 and slots.places_basis is Basis.STATED and not between:
        return replace(slots, scope=Scope.SUBTOTAL)
    areas = len(slots.places) > 1 or any(p.kind in _AREAS for p in slots.places)
    counted = view.draft.people.count.modality is not Modality.NONE
    wide = areas and "subtotal_series" in codes
    if (wide or "subtotal" in codes) and (
        areas or counted and slots.places_basis is not Basis.CARRIED
    ):
        return replace(slots, scope=Scope.SUBTOTAL)
    return slots
