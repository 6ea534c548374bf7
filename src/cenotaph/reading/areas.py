"""Sums that no word calls one: the people of a whole province over a day, a week, a month.

"Thirty people were killed in Velm province last week" tells of no event. A place that is an area
makes a sum of what is counted over a period, unless one event is told ("a bomb killed five in Velm
province last week"); and of what is counted on one day, where the report tells of no event at all,
where it tells of several without an article ("air strikes"), where some of those counted are told
of in a town of the area, or where the words say that it is elsewhere in the area.
"""

from collections.abc import Sequence
from dataclasses import replace

from cenotaph.model import Basis, Measure, PlaceMention, Precision, Scope, TimeKind
from cenotaph.reading.claims import of_sentence
from cenotaph.reading.lexicon import Lexicon
from cenotaph.reading.retold import BY_NUMBER
from cenotaph.reading.scenes import Slots
from cenotaph.reading.told import Told
from cenotaph.reading.vocabulary import Vocabulary
from cenotaph.reading.widths import GUESSED, Lies

_AREAS = (Precision.ADMIN2, Precision.ADMIN1, Precision.COUNTRY)
_WIDE = (*_AREAS, Precision.UNKNOWN)
# What is done again and again has no plural.
_WITHOUT_END = frozenset({"shelling"})
# The place of a part stands so near behind its number, in characters.
_BESIDE = 60
# Attacks that killed fewer may be one, told of in the plural.
_MANY = 3
# Behind these another clause speaks of what it tells itself.
_PARTED = frozenset("SRG;W")
# The article of an event stands so many words before it at most: "a huge roadside bomb".
_BEFORE = 3


def sums_of_areas(
    told: Sequence[Told], lies: Lies, words: Lexicon, coded: Vocabulary, *, attacks: bool
) -> list[Told]:
    """Return the drafts, those that sum up what an area suffered as sums.

    `attacks` tells that the report tells of an attack without a count of its own.
    """
    silent = not attacks and not any(_tells_an_act(one.slots) for one in told)
    return [
        replace(one, slots=replace(one.slots, scope=Scope.SUBTOTAL))
        if _of_an_area(one, lies)
        and (
            _over_a_period(one, words, coded, silent=silent)
            or _told_in_part(told, n, lies)
            or _elsewhere(one, coded)
        )
        else one
        for n, one in enumerate(told)
    ]


def _tells_an_act(slots: Slots) -> bool:
    return bool(slots.event or slots.weapons or slots.targets)


def _of_an_area(one: Told, lies: Lies) -> bool:
    """Tell whether a number of people is placed, by its own words, in a whole area."""
    slots, draft = one.slots, one.draft
    if slots.scope is not Scope.INCIDENT or draft.measure is Measure.ATTACKS or one.names:
        return False
    if draft.whole is not None or draft.anaphor:
        return False
    if draft.people.words not in BY_NUMBER or draft.people.count.high == 1:
        return False
    if _at_a_site(one):
        return False
    if slots.places_basis is not Basis.STATED or slots.time_basis is not Basis.STATED:
        return False
    known = [lies(place) for place in slots.places]
    return bool(known) and all(
        place.precision in _AREAS and (place.confidence or 0.0) > GUESSED for place in known
    )


def _at_a_site(one: Told) -> bool:
    """ "The yard where six people were shot last week": one act at one site, whatever the area."""
    row, item = one.draft.row, one.draft.item
    where = row.tags[item - 1 : item] == "S" and "wherein" in row.kinds(item - 1)
    return where and item > 1 and row.tags[item - 2] not in "L,"


def _over_a_period(one: Told, words: Lexicon, coded: Vocabulary, *, silent: bool) -> bool:
    """Tell whether a figure counts all of a week or a month, or of a day without an event."""
    slots = one.slots
    if slots.time is None or one.draft.people.additional:
        return False
    if slots.time.kind is TimeKind.DAY:
        if silent and not slots.perpetrators:
            return True
        many = _several_acts(one, words, coded) and not _one_act(one, words, coded)
        return many and not slots.targets and (one.draft.people.count.low or 0) >= _MANY
    if slots.time.kind is not TimeKind.PERIOD or slots.targets:
        return False
    return not _tells_an_act(slots) or not _one_act(one, words, coded)


def _one_act(one: Told, words: Lexicon, coded: Vocabulary) -> bool:
    """Tell whether an article makes one event of it: "an air strike", never "shelling"."""
    lows = one.draft.row.sentence.words
    return any(
        not words.articles.isdisjoint(lows[max(0, hit.start - _BEFORE) : hit.start])
        for hit in (*coded.events.find(lows), *coded.weapons.find(lows))
    )


def _several_acts(one: Told, words: Lexicon, coded: Vocabulary) -> bool:
    """ "Air strikes killed thirty", "in shelling": attacks of which the words of the clause tell
    more than one, or no end."""
    row, at = one.draft.row, one.draft.at
    here = [
        row.items[k]
        for k in range(len(row.tags))
        if _PARTED.isdisjoint(row.tags[min(k, at) + 1 : max(k, at)])
    ]
    acts = (row.sentence.words[item.end - 1] for item in here if item.tag == "U")
    # "In artillery attack" is one; "in shelling" has no end.
    many = [
        sense.data.plural or act.endswith(words.gerund_end)
        for act in acts
        for sense in words.senses(act)
        if sense.kind == "attack"
    ]
    if many:
        return any(many)
    lows = row.sentence.words
    kinds = {
        coded.event_of.get(hit.code, hit.code)
        for hit in (*coded.weapons.find(lows), *coded.events.find(lows))
        if any(item.start <= hit.start < item.end for item in here)
    }
    return not _WITHOUT_END.isdisjoint(kinds)


def _told_in_part(told: Sequence[Told], n: int, lies: Lies) -> bool:
    """ "Forty were killed in Orun province, 12 of them in Sarbek": some, in a nearer place."""
    return any(_nearer_part(told[m], told[n], lies) for m in of_sentence(told, n) if m != n)


def _nearer_part(one: Told, whole: Told, lies: Lies) -> bool:
    """Tell whether a draft counts several of another's, right before a place of their own."""
    draft, places = one.draft, one.slots.places
    if draft.whole is None or draft.measure is not whole.draft.measure:
        return False
    if draft.people.words not in BY_NUMBER or (draft.people.count.low or 0) < 2:
        return False
    if one.slots.places_basis is not Basis.STATED or places == whole.slots.places:
        return False
    start = draft.row.items[draft.item].start
    end = draft.row.sentence.tokens[start].start
    return all(0 < place.quote.start - end <= _BESIDE and _nearer(place, lies) for place in places)


def _nearer(mention: PlaceMention, lies: Lies) -> bool:
    return lies(mention).precision not in _WIDE


def _elsewhere(one: Told, coded: Vocabulary) -> bool:
    """ "Twenty died elsewhere in Velm province": at more places than one that is told."""
    slots = one.slots
    if slots.time is None or slots.targets:
        return False
    return any(hit.code == "elsewhere" for hit in coded.scopes.find(one.draft.row.sentence.words))
