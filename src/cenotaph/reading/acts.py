"""What happened, by whom, and who says so: the other slots of one draft.

As with place and time, the clause speaks before the sentence, and the sentence before the scene.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from cenotaph.model import Basis, Coded, Measure, Quote, TimeKind
from cenotaph.reading.drafts import Draft
from cenotaph.reading.entries import VerbWord
from cenotaph.reading.items import COUNTED, Row
from cenotaph.reading.party_words import register_of
from cenotaph.reading.perpetrators import Party, actors, not_denied, ranked
from cenotaph.reading.said import Said, item_at
from cenotaph.reading.scenes import (
    SOURCE_REACH,
    Scene,
    Slots,
    View,
    another_day,
    behind_while,
    one_day,
)
from cenotaph.reading.struck import struck, struck_beside
from cenotaph.reading.vocabulary import Found, Hit, Vocabulary
from cenotaph.vocab import table

# Events that say more of an act than the weapon it was done with.
_SAYS_MORE = frozenset({"execution", "assassination", "torture", "starvation"})
# What attacks do, and how many they are.
OF_ATTACKS = frozenset({Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED,
                        Measure.CASUALTIES, Measure.ATTACKS})  # fmt: skip
# Those who are still so when the report is written.
LASTING = frozenset({Measure.TRAPPED, Measure.MISSING, Measure.DISPLACED})
# Behind "members of" so many words tell whose they are.
MEMBERS = 6
# "The raid" is that of whom the text named so many sentences before at most.
ATTACK_REACH = 3


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
    if own or not view.carries(scene.event_at) or _entry_of(slots, view, scene):
        return replace(slots, event=event, weapons=weapons, targets=targets)
    return replace(
        slots, event=scene.event, weapons=scene.weapons, targets=targets, event_carried=True
    )


def _entry_of(slots: Slots, view: View, scene: Scene) -> bool:
    """ "19 Feb - Gunmen storm an inn; 6 dead": the line of a chronology, of another day."""
    return view.row.tags.startswith(("T:", "T-")) and _other_day(slots, view, scene)


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


# What tells of the harmed alone; further harmed behind them.
_OF_PEOPLE = frozenset("INnQCS,a")
_SUFFERED = re.compile("[NnQ][aHX]*V")
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


def _of_its_verb(row: Row, draft: Draft) -> Measure:
    """What the draft's own verb tells that was done: of "gunmen seized five villagers", who were
    abducted, the gunmen are known as those who "seized", as the police would be."""
    word = row.sense(draft.at)
    if draft.measure is Measure.ABDUCTED and isinstance(word, VerbWord):
        if word.measure is Measure.DETAINED:
            return Measure.DETAINED
    return draft.measure


def who(slots: Slots, view: View, scene: Scene, acting: Sequence[Party], text: str) -> Slots:
    """Give a draft its alleged perpetrators; they are carried only with the event they acted in."""
    low, high = view.tokens
    row, draft = view.row, view.draft
    people = row.items[draft.item]
    if row.tags[draft.at - 1 : draft.at] == "C" and row.tags[draft.at] in "VGB":
        low = 0  # "troops killed two and wounded six": one subject of both
    active = draft.at < draft.item and row.tags[draft.at] in "VGB"
    done = _of_its_verb(row, draft)
    fitting = ranked(acting, low, high, (people.start, people.end), done, active=active)
    joint = row.tags[view.high - 1 : view.high] == "C" or row.sentence.title or _told_with(view)
    if not fitting and joint and draft.measure in OF_ATTACKS:
        # "six were killed and nine hurt when jets of the X struck": one act did both; a heading
        # needs no "and"
        every = len(row.sentence.tokens)
        fitting = ranked(acting, low, every, (people.start, people.end), draft.measure)
    fitting = not_denied(view.row, view.draft.item, fitting)
    fitting = _caused(view, _of_its_clause(view, slots, _of_no_new_attack(view, fitting)))
    answered = _answered(view)
    if answered >= 0:
        slots = replace(slots, avenged=True)
        fitting = [party for party in fitting if party.start > answered]
    if fitting:
        party = fitting[0]
        if _the_craft_before(view, scene, party):
            return replace(slots, perpetrators=scene.perpetrators, relation=scene.relation)
        named = actors(party, view.row, text)
        if slots.event_carried and _did_another_thing(view, scene, party):
            slots = replace(slots, event=None, weapons=(), event_carried=False)
        relation = party.relation if len(named) > 1 else None
        return replace(slots, perpetrators=named, relation=relation)
    if (
        answered >= 0
        or not view.carries(scene.perpetrators_at)
        or _another(view, scene)
        or _other_day(slots, view, scene)
        and not _day_of_sum(slots, view, scene)
    ):
        return slots
    if _own_side(view, scene) or slots.section != scene.perpetrators_section:
        return slots
    if draft.measure not in OF_ATTACKS and not view.same:
        return slots
    if slots.event_carried and not _another_time(view, scene) or _same_attack(slots, view, scene):
        return replace(slots, perpetrators=scene.perpetrators, relation=scene.relation)
    return slots


def _the_craft_before(view: View, scene: Scene, party: Party) -> bool:
    """ "US jets hit Orun. The bombers also killed nine": they are those of whom was told."""
    lows, near = view.row.sentence.words, view.carries(scene.perpetrators_at, reach=ATTACK_REACH)
    if not near or len(party.names) > 1 or not party.names[0].islower():
        return False
    craft = register_of(view.lang).craft
    ours = lows.entries[party.start].article and set(lows[party.start + 1 : party.end]) <= craft
    definite = "definite" in lows.entries[party.start].kinds
    theirs = any(actor.name[:1].isupper() for actor in scene.perpetrators)
    return bool(ours and definite and theirs)


def _did_another_thing(view: View, scene: Scene, party: Party) -> bool:
    """ "A landmine killed nine. Two guards were killed by gunmen": no mine killed the two.

    So it is where the text says whom the first harmed, and by nobody known, or by another.
    """
    draft, row = view.draft, view.row
    people = draft.people
    if party.role != "by" or view.same or people.group.attacker or not scene.harmed:
        return False
    anew = people.words in COUNTED and "definite" not in row.kinds(draft.item)
    told = {low for measure, low in scene.harmed if measure is draft.measure}
    if not anew or not told or people.count.low in told or draft.toll or draft.whole is not None:
        return False
    generic = party.names[0].islower() and row.sentence.words.entries[party.start].article
    return not generic and not {a.name for a in scene.perpetrators} & set(party.names)


def _answered(view: View) -> int:
    """The token of "in revenge for the death of five", of what was answered; -1 without it.

    Whoever took revenge killed others.
    """
    row, answered = view.row, register_of(view.lang).answered
    lows, before = row.sentence.words, row.items[view.draft.first].start
    if answered.isdisjoint(lows):
        return -1
    at = max((n for n in range(before) if lows[n] in answered), default=-1)
    if at < 0:
        return -1
    on = row.tags[item_at(row, at) + 1 : view.draft.last]
    return at if "F" in on and not {"S", ";", ",", "v"} & set(on) else -1


def _told_with(view: View) -> bool:
    """ "Nine were killed while six were hurt in rebel raids": what did it is told once, behind.

    So it is where nothing is told of the first beside who they were.
    """
    row, draft = view.row, view.draft
    own = row.tags[draft.last + 1 : view.high]
    return set(own) <= _OF_PEOPLE and _SUFFERED.match(row.tags, view.high) is not None


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
    low = behind_while(view.row, view.draft.first)
    told = slots.event is not None and not slots.event_carried
    if low == 0 or not told and "U" not in view.row.tags[low:]:
        return fitting
    return [party for party in fitting if party.start >= view.row.items[low].start]


def _of_no_new_attack(view: View, fitting: list[Party]) -> list[Party]:
    """ "X jets hit Orun and a car bomb killed nine": who acts before a new attack did another."""
    row, at = view.row, view.draft.at
    k = killed_by_raids(row, at)
    if k < 0 or "indefinite" not in row.sentence.words.entries[row.items[k].start].kinds:
        return fitting
    acts = [row.items[n].start for n in range(k) if row.tags[n] in "vVBG"]
    own = row.items[k].start
    return [p for p in fitting if p.role == "by" or not any(p.end <= n < own for n in acts)]


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
    return before if before or killed_by_raids(row, at) >= 0 else fitting


def killed_by_raids(row: Row, at: int) -> int:
    """The item of the attacks that are the subject of the verb at an item: "raids killed six".

    -1 where no attack is.
    """
    k = at - 1
    while k > 0 and (row.tags[k] in "aXHTpLowK-" or row.tags[k - 1] == "-" and row.tags[k] == "v"):
        k -= 1
    return k if row.tags[at] in "VB" and k >= 0 and row.tags[k] == "U" else -1


def _own_side(view: View, scene: Scene) -> bool:
    """Tell whether the harmed are called as the party is: nobody says that rebels killed rebels."""
    item = view.row.items[view.draft.item]
    end = item.end
    if view.row.tags[view.draft.item + 1 : view.draft.item + 2] == "o":
        end += MEMBERS  # "40 members of the pro-regime forces"
    words_of = view.row.sentence.words[item.start : end]
    military = view.draft.people.group.side == "military"
    lows, register = set(words_of), register_of(view.lang)
    called = {hit.code for hit in register.names.find(words_of)}
    for actor in scene.perpetrators:
        quoted = actor.quote.text[:1].lower() + actor.quote.text[1:]  # "Security forces killed"
        nameless = quoted.islower() and not register.own_side.isdisjoint(quoted.split())
        if (
            actor.name in called
            or nameless
            and (military or not register.own_side.isdisjoint(lows))
        ):
            return True  # "40 government soldiers" are of the regime
        words = actor.name.split()
        short = "".join(word[0] for word in words).lower() if len(words) > 2 else ""
        called_so = {word.lower() for word in words}
        called_so |= {word + register.words.plural_end for word in called_so}
        if short in lows or not lows.isdisjoint(called_so):
            return True  # "three DMF fighters" are of the Dawn Movement Front
    return False


def _another(view: View, scene: Scene) -> bool:
    """Tell whether a sentence is about another attack: "Another car bomb … killed six".

    So it is of "another six" who died in attacks of which no kind is told.
    """
    row, first = view.row, view.draft.first
    entries = row.sentence.words.entries
    if (
        view.draft.people.additional
        and scene.event is None
        and "U" in row.tags[view.low : view.high]
    ):
        return True
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


def _day_of_sum(slots: Slots, view: View, scene: Scene) -> bool:
    """ "X raids killed 50 in the past two days. On Tuesday 25 died in raids": a day of that sum."""
    if not scene.summed or slots.time is None or slots.time.kind is not TimeKind.DAY:
        return False
    entries = view.row.sentence.words.entries
    return not view.row.tags.startswith(("T:", "T-")) and not any(
        tag == "U" and "indefinite" in entries[view.row.items[k].start].kinds
        for k, tag in enumerate(view.row.tags)
    )


def _same_attack(slots: Slots, view: View, scene: Scene) -> bool:
    """Tell whether the attack of a count is the one that the scene knows of.

    It is named with its article ("the raids killed six"), or told of again right behind as one of
    the same kind, at no other place and on no other day.
    """
    row, away = view.row, view.row.sentence.index - scene.perpetrators_at
    day_of_sum = _day_of_sum(slots, view, scene)
    if slots.time_basis is Basis.STATED and not day_of_sum:
        if not one_day(slots.time, scene.time, view.lang):
            return False
    draft = view.draft
    if away > ATTACK_REACH or slots.history or draft.measure not in OF_ATTACKS:
        return False
    if draft.people.group.attacker:
        return False
    entries = row.sentence.words.entries
    attacks = [k for k, tag in enumerate(row.tags) if tag in "UB"]
    definite = any("definite" in entries[row.items[k].start].kinds for k in attacks)
    new = any(
        view.low <= k < view.high and "indefinite" in entries[row.items[k].start].kinds
        for k in attacks
    )
    if slots.weapons and scene.weapons and slots.event != scene.event:
        return False  # "shells killed three. One died in the explosion of a mine."
    if new and definite and slots.event is not None and slots.event != scene.event:
        return False  # "the raids came as a car bomb hurt nine"
    if definite or _of_those_weapons(slots, view, scene):
        return True
    again = draft.people.words == "definite" and draft.people.plural
    if again and slots.event is not None and slots.event == scene.event:
        return True  # "the guards were killed in raids on Orun", of those told of before
    elsewhere = slots.places_basis is Basis.STATED and slots.places != scene.places
    elsewhere = elsewhere and not (day_of_sum and scene.wide)
    return slots.event is not None and slots.event == scene.event and not elsewhere


def alike_acts(one: str | None, other: str | None) -> bool:
    """Tell whether what was done may be one act by two names: "an air strike", "a bombing"."""
    if one is None or other is None or one == other:
        return True
    families = table("events")["alike"]["families"]
    return any(one in family and other in family for family in families)


def _of_those_weapons(slots: Slots, view: View, scene: Scene) -> bool:
    """ "The X fired rockets on Velm. One of the rockets hit a school": what was fired."""
    if not (slots.weapons and slots.event and scene.event):
        return False
    if not alike_acts(slots.event, scene.event):
        return False
    craft = register_of(view.lang).craft  # of "the planes" nobody told that they were fired
    starts = {w.quote.start for w in slots.weapons if w.quote.text.lower() not in craft}
    tokens, entries = view.row.sentence.tokens, view.row.sentence.words.entries
    return any(
        token.start in starts and n > 0 and "definite" in entries[n - 1].kinds
        for n, token in enumerate(tokens)
    )


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
        behind = after if before else after[1:]
        if behind and behind[0].passes_on and not _told_between(view, behind[0]):
            names = {source.name for source in sources}
            sources += tuple(s for s in behind[0].sources if s.name not in names)
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
    told = told and view.draft.measure not in LASTING  # of the flight a report tells itself
    told = told and not _elsewhere_meanwhile(slots, view, scene)
    if scene.said_by and away <= SOURCE_REACH and not background and not view.other:
        if quoted or told:  # further on another place is the report's own word
            return replace(slots, said_by=scene.said_by)
    return slots


def _elsewhere_meanwhile(slots: Slots, view: View, scene: Scene) -> bool:
    """ "In Velm meanwhile two people were killed": nobody's word who spoke of another place."""
    row = view.row
    if slots.places_basis is not Basis.STATED or slots.places == scene.places:
        return False
    return any(
        row.tags[k] == "S"
        and row.sentence.words[row.items[k].start] in row.sentence.words.lexicon.between
        for k in range(view.draft.item)
    )


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
