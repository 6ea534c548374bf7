"""What a figure covers: one incident, a sum over places, a sum over time, or how things stood."""

from dataclasses import replace

from cenotaph.model import Basis, Measure, Modality, Near, Scope, TimeKind, TimeMention
from cenotaph.reading.acts import LASTING, OF_ATTACKS
from cenotaph.reading.items import Row
from cenotaph.reading.lexicon import lexicon
from cenotaph.reading.party_words import register_of
from cenotaph.reading.periods import first_auxiliary, of_a_period, perfect, perfect_before
from cenotaph.reading.raised import over_a_day, over_a_period
from cenotaph.reading.scenes import Slots, View
from cenotaph.reading.setting import compares
from cenotaph.reading.vocabulary import Found, Hit
from cenotaph.vocab import table

# Behind "across" stands the hyphen of "rebel-held" so near, in items.
_HELD = 4
# The word of a war stands so far behind the toll that is its own, in items.
_WAR_OF_TOLL = 7
# So far before "dead" may "left" stand, in items.
_LEFT_DEAD = 4
# So many words may stand between "several" and the towns.
_SEVERAL = 5
# What is told of one count only, never of all counts of its sentence.
_OF_ITS_CLAUSE = frozenset({"state", "other_event", "toll_of_period", "toll_of_day", "sum"})
# Of these, unlike the lasting ones, only where it says "are".
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
_AREAS = frozenset({"admin1", "country", "area"})


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


def _of_verb(view: View, hit: Hit) -> bool:
    """ "Nine were arrested in the last few hours over the murder of six": the arrests' time."""
    row, at = view.row, view.draft.at
    if row.tags[at] != "F" or row.items[at].start < hit.end or not view.draft.item > at:
        return False
    before = next((n for n, each in enumerate(row.items) if each.end > hit.start), 0)
    return "V" in row.tags[:before]


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
    k = first_auxiliary(row, at)
    # "has left 9,000 people dead"
    left = row.tags.rfind("l", max(0, at - _LEFT_DEAD), at)
    if row.tags[at] in "JF" and left > 0:
        k = left
    done = perfect(row, k) or perfect_before(row, at)
    if done and (view.draft.people.count.low or 0) >= OF_A_WAR:
        return True
    first = row.items[at].start
    wars = [h for h in scopes if h.code == "war"]
    return done and any(h.end <= first or "X" in row.tags[k:at] for h in wars)


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


def _since_then(view: View) -> bool:
    """ "120 people have been killed since the army began its push": a sum over that time."""
    row, at = view.row, view.draft.at
    if not perfect(row, first_auxiliary(row, at)):
        return False
    since = register_of(view.lang).since
    return any(
        row.tags[n] in "Sp" and row.sentence.words[row.items[n].start] in since
        for n in range(at + 1, view.high)
    )


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


def _of_what_is_counted(view: View, hit: Hit) -> bool:
    """ "168 killings this year", "raising the murder total for the year to 61"."""
    if view.draft.rule == "counted-noun":
        return hit.start >= high_of(view)
    return view.draft.toll and view.draft.item in view.raised and _in_raised(view, hit)


def _of_another_toll(view: View, hit: Hit) -> bool:
    """ "Killed six, bringing the number so far this year to 58": the six are no sum."""
    before = not view.draft.toll and view.draft.item < view.raised.start
    return before and _in_raised(view, hit)


def _in_raised(view: View, hit: Hit) -> bool:
    """Tell whether words stand in those of a toll that was raised."""
    first, last = view.row.items[view.raised.start], view.row.items[view.raised.stop - 1]
    return first.start <= hit.start < last.end


def high_of(view: View) -> int:
    """The token behind the people of a draft."""
    return view.row.items[view.draft.item].end


def _codes(view: View, scopes: list[Hit]) -> set[str]:
    """What the words told of a count say that it covers."""
    low, high = view.tokens
    return {
        h.code
        for h in scopes
        if (low <= h.start < high or h.code not in _OF_ITS_CLAUSE)
        and (h.code != "subtotal_of" or _before_place(view.row, h))
        and (h.code != "several" or low <= h.start < high and _before_areas(view, h))
        and (
            h.code != "cumulative"
            or not (_before_when(view, h) or _counts_on(view.row, h) or _of_verb(view, h))
        )
        and (h.code != "running" or _of_what_is_counted(view, h))
        and not _of_another_toll(view, h)
    }


def _of_toll(slots: Slots, view: View, codes: set[str]) -> Slots | None:
    """The slots of a toll that its own words make one of a period or a day."""
    if "toll_of_period" in codes:
        own = slots.time is not None and slots.time.kind in (TimeKind.SPAN, TimeKind.PERIOD)
        if not own:  # a day beside it is that of something else
            slots = replace(slots, time=None, time_basis=Basis.NONE)
        return replace(slots, scope=Scope.CUMULATIVE)
    if over_a_period(view):
        return replace(slots, scope=Scope.CUMULATIVE)
    if "toll_of_day" in codes or over_a_day(view):
        return replace(slots, scope=Scope.SUBTOTAL)
    return None


def scope(slots: Slots, view: View, scopes: list[Hit]) -> Slots:
    """Tell what a figure covers: one incident, a sum over places, a sum over time, a state."""
    codes = _codes(view, scopes)
    if {"subtotal_of", "several"} & codes:
        codes.add("subtotal")
    measure = view.draft.measure
    if measure in OF_ATTACKS and measure is not Measure.ATTACKS and _since_then(view):
        return replace(slots, scope=Scope.CUMULATIVE)
    if view.draft.toll and (told := _of_toll(slots, view, codes)) is not None:
        return told
    if of_a_period(slots, view, codes):
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
    if measure in LASTING or measure in _MAY_LAST and "state" in codes:
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
