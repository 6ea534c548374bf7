"""Sums that no word calls one: the people of a whole province over a day, a week, a month.

"Thirty people were killed in Velm province last week" tells of no event. A place that is an area
makes a sum of what is counted over a period, unless one event is told ("a bomb killed five in Velm
province last week"); and of what is counted on one day, where the report tells of no event at all.
"""

from collections.abc import Sequence
from dataclasses import replace

from cenotaph.model import Basis, Measure, Precision, Scope, TimeKind
from cenotaph.reading.acts import found_in
from cenotaph.reading.lexicon import Lexicon
from cenotaph.reading.nearer import Lies
from cenotaph.reading.scenes import Slots
from cenotaph.reading.told import Told
from cenotaph.reading.vocabulary import Vocabulary

_AREAS = (Precision.ADMIN2, Precision.ADMIN1, Precision.COUNTRY)
_COUNTED = ("digits", "words")
# A place below this confidence may as well be a town.
_GUESSED = 0.6
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
        if _of_an_area(one, lies) and _over_a_period(one, words, coded, silent=silent)
        else one
        for one in told
    ]


def _tells_an_act(slots: Slots) -> bool:
    return bool(slots.event or slots.weapons or slots.targets)


def _of_an_area(one: Told, lies: Lies) -> bool:
    """Tell whether a number of people is placed, by its own words, in a whole area."""
    slots, draft = one.slots, one.draft
    if slots.scope is not Scope.INCIDENT or draft.measure is Measure.ATTACKS or one.names:
        return False
    if draft.whole is not None or draft.anaphor or draft.people.additional:
        return False
    if draft.people.words not in _COUNTED or draft.people.count.high == 1:
        return False
    if _at_a_site(one):
        return False
    if slots.places_basis is not Basis.STATED or slots.time_basis is not Basis.STATED:
        return False
    known = [lies(place) for place in slots.places]
    return bool(known) and all(
        place.precision in _AREAS and (place.confidence or 0.0) > _GUESSED for place in known
    )


def _at_a_site(one: Told) -> bool:
    """ "The yard where six people were shot last week": one act at one site, whatever the area."""
    row, item = one.draft.row, one.draft.item
    where = row.tags[item - 1 : item] == "S" and "wherein" in row.kinds(item - 1)
    return where and item > 1 and row.tags[item - 2] not in "L,"


def _over_a_period(one: Told, words: Lexicon, coded: Vocabulary, *, silent: bool) -> bool:
    """Tell whether a figure counts all of a week or a month, or of a day without an event."""
    slots = one.slots
    if slots.time is None:
        return False
    if slots.time.kind is TimeKind.DAY:
        return silent and not slots.perpetrators
    if slots.time.kind is not TimeKind.PERIOD or slots.targets:
        return False
    return not _tells_an_act(slots) or not _one_act(one, words, coded)


def _one_act(one: Told, words: Lexicon, coded: Vocabulary) -> bool:
    """Tell whether an article makes one event of it: "an air strike", never "shelling"."""
    lows = one.draft.row.sentence.words
    found = found_in(one.draft.row, coded)
    return any(
        not words.articles.isdisjoint(lows[max(0, hit.start - _BEFORE) : hit.start])
        for hit in (*found.events, *found.weapons)
    )
