"""The nearer place of a harm: where one sentence tells a country and another one the town.

A report is often placed twice, widely in its heading and first sentence and nearly in those behind.
Whoever asks where people died must be told the nearer place, and from where it was taken: so it is
carried, never stated. It is taken from a sentence that tells the same figure, else from the next or
the last one that tells of the event, and only if the wide place holds it. Where the sentences
behind place their own figures apart, the first figure is their sum, and stays where it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from cenotaph.geometry import kilometres
from cenotaph.model import (
    Basis,
    Measure,
    Place,
    PlaceKind,
    PlaceMention,
    Precision,
    Scope,
    TimeKind,
)
from cenotaph.reading.claims import of_sentence
from cenotaph.reading.scenes import SCENE_REACH, Slots
from cenotaph.reading.told import Told
from cenotaph.spelling import romanised, similarity

Lies = Callable[[PlaceMention], Place]

# A place is looked for over so many sentences behind a figure.
AHEAD = 4
# A figure of the first sentences is told again over so many.
AGAIN = 12
# A suburb lies so near to the city that it is near, in kilometres.
BY_THE_CITY = 30.0
# The sentences that open a report: its heading, and the first of the text.
OPENING = 2
# An unknown place that its words put into an area is answered with that area, no surer than this.
_GUESSED = 0.6
# How alike the names of a city and of its area are, of which one may be written with an article.
_ALIKE = 0.8
_WIDE = (Precision.COUNTRY, Precision.ADMIN1)
_COUNTED = ("digits", "words")
_SUMS = (Scope.SUBTOTAL, Scope.CUMULATIVE)
_PARTS = frozenset({PlaceKind.NEIGHBOURHOOD, PlaceKind.AREA, PlaceKind.LANDMARK})
_LEFT = frozenset({Measure.DISPLACED, Measure.EVACUATED})


class ToldPlace(NamedTuple):
    """A place that sentence number `sentence` tells; `sure` where the sentence tells of harm."""

    sentence: int
    section: int
    place: PlaceMention
    sure: bool


def nearer(told: Sequence[Told], places: Sequence[ToldPlace], lies: Lies) -> list[Told]:
    """Return the drafts, those told widely with the nearer place, day and scope of their harm."""
    made = _told_again(told, lies)
    out: list[Told] = []
    for n, one in enumerate(made):
        slots = one.slots
        if _may_be_nearer(one, lies):
            place = _place_near(made, n, places, lies)
            if place is not None:
                slots = replace(slots, places=(place,), places_basis=Basis.CARRIED)
        out.append(one if slots is one.slots else replace(one, slots=slots))
    again = _told_again(out, lies)
    return [
        one if one.slots.scope in _SUMS else other for one, other in zip(out, again, strict=True)
    ]


def _may_be_nearer(one: Told, lies: Lies) -> bool:
    """Tell whether a draft of the report's own event has no place, or a wide one."""
    slots = one.slots
    if slots.of_war or slots.history or one.draft.sums or slots.scope in _SUMS or slots.parted:
        return False
    if one.draft.measure in _LEFT:
        return False
    return _is_wide(slots, lies) or one.sentence <= OPENING and _loose(slots, lies)


def _loose(slots: Slots, lies: Lies) -> bool:
    """Tell whether an opening gives the city that a place is near, or a bare name of an area too.

    "Outside Orun", "in a suburb of Orun"; "in Velm", which may be the province of that name.
    """
    if len(slots.places) != 1:
        return False
    mention = slots.places[0]
    place = lies(mention)
    return _by_a_city(mention, place) or _maybe_area(mention, place)


def _by_a_city(mention: PlaceMention, place: Place) -> bool:
    """Tell whether a place is by a city, or a part of a large one that the words do not name."""
    quarter = mention.kind == PlaceKind.NEIGHBOURHOOD and place.precision is Precision.SETTLEMENT
    return place.precision is Precision.NEAR or quarter and place.city and not mention.within


def _maybe_area(mention: PlaceMention, place: Place) -> bool:
    """Tell whether a bare name is also that of the first-level area in which its city lies."""
    if not place.namesake_of_area or mention.kind is not None or mention.part is not None:
        return False
    if not place.name or not place.admin1:
        return False
    # a county of the city's name is no larger place that a heading would mean
    return similarity(romanised(place.name), romanised(place.admin1)) >= _ALIKE


def _is_wide(slots: Slots, lies: Lies) -> bool:
    if not slots.places:
        return True
    return len(slots.places) == 1 and _wide(slots.places[0], lies)


def _wide(mention: PlaceMention, lies: Lies) -> bool:
    """Tell whether words name a country or a province; an unknown village in one names neither."""
    place = lies(mention)
    sure = mention.known and (place.confidence or 0.0) > _GUESSED
    return place.precision in _WIDE and sure


def _place_near(
    told: Sequence[Told], n: int, places: Sequence[ToldPlace], lies: Lies
) -> PlaceMention | None:
    """The nearer place of draft `n`, of its own sentence, of those behind, or of those before."""
    one = told[n]
    wide = lies(one.slots.places[0]) if one.slots.places else None
    loose = not _is_wide(one.slots, lies)
    if loose and wide is not None:
        by = _by_a_city(one.slots.places[0], wide)
        wide = replace(wide, precision=Precision.NEAR if by else Precision.ADMIN1)
    at = one.sentence
    opens = at <= OPENING
    here = [
        p
        for p in places
        if p.section == one.slots.section
        and (p.sure or p.sentence == at)
        and _inside(p.place, wide, lies)
    ]
    theirs = _places_of_others(told, n)
    own = [p for p in here if p.sentence == at and p.place not in theirs]
    others = _of_others(told, n, all_=loose)
    here = [p for p in here if p.sentence == at or p.sentence not in others]
    own = [] if loose else own
    if own:
        return own[0].place if not opens or len(own) == 1 else None
    behind = [p for p in here if at < p.sentence <= at + AHEAD]
    before = [p for p in here if at - SCENE_REACH <= p.sentence < at]
    if opens:
        if not behind or _apart(told, n, lies):
            return None
        if others and lies(behind[0].place).precision is Precision.ADMIN1:
            return None  # the towns of those who make up the figure are nearer
        return behind[0].place
    stated = one.slots.places_basis is Basis.STATED
    if before and not stated and not one.slots.other_event:
        return before[-1].place
    return None


def _of_others(told: Sequence[Told], n: int, *, all_: bool) -> set[int]:
    """The sentences that count other people than draft `n`: their places are those of these.

    Without `all_` only those of its harm, and further people of an attack are of the same one.
    """
    one = told[n]
    return {
        other.sentence
        for other in told[n + 1 :]
        if other.sentence <= one.sentence + AHEAD
        and other.draft.whole is None
        and not (other.draft.measure is one.draft.measure and _one_figure(one, other))
        and (all_ or _harmed_apart(one, other))
    }


def _places_of_others(told: Sequence[Told], n: int) -> set[PlaceMention]:
    """The places that the sentence of draft `n` gives to other counts of its harm by their own
    words: "apart from the ten killed in Sarbek, 20 died elsewhere in Orun province"."""
    one = told[n]
    if one.draft.measure is Measure.DETAINED:
        return set()  # arrests of one case are told of town by town
    return {
        place
        for other in (told[m] for m in of_sentence(told, n) if m != n)
        if other.draft.measure is one.draft.measure
        and (other.draft.people.count.low or 0) > 1
        and other.draft.people.words in _COUNTED
        and other.slots.places_basis is Basis.STATED
        and other.slots.places != one.slots.places
        for place in other.slots.places
    }


def _harmed_apart(one: Told, other: Told) -> bool:
    """Tell whether both count several people of one harm, and the other no part of the first."""
    a, b = one.draft, other.draft
    if a.measure is not b.measure or b.anaphor or b.people.words not in _COUNTED:
        return False
    return (b.people.count.low or 0) > 1 and (a.people.count.low or 0) > 1


def _apart(told: Sequence[Told], n: int, lies: Lies) -> bool:
    """Tell whether the sentences behind place other figures in several places of their own."""
    one = told[n]
    names: set[str] = set()
    for other in told[n + 1 :]:
        if other.sentence > one.sentence + AGAIN:
            break
        if other.slots.section != one.slots.section or other.slots.places_basis is not Basis.STATED:
            continue
        if _of_a_month(one.slots, other.slots):
            continue
        for place in other.slots.places:
            at = lies(place)
            if at.precision not in _WIDE:
                names.add(at.name or place.name.text)
    return len(names) > 1


def _of_a_month(slots: Slots, other: Slots) -> bool:
    """ "Last month bombs killed nine in Velm": beside the event of a day, that of a time before."""
    day = slots.time is not None and slots.time.kind is TimeKind.DAY
    told = other.time if other.time_basis is Basis.STATED else None
    return day and told is not None and told.kind in (TimeKind.PERIOD, TimeKind.SPAN)


def _inside(mention: PlaceMention, wide: Place | None, lies: Lies) -> bool:
    """Tell whether a place lies in a wide one, and is nearer."""
    place = lies(mention)
    if place.precision is Precision.COUNTRY:
        return False
    if place.precision is Precision.UNKNOWN:
        if wide is None or wide.precision is Precision.COUNTRY:
            return bool(mention.kind)
        names = {quote.text.casefold() for quote in mention.within}
        return bool(wide.quote and wide.quote.text.casefold() in names)
    if wide is None:
        return place.precision is not Precision.ADMIN1
    if wide.country != place.country:
        return False
    if wide.precision is Precision.NEAR:
        town = place.precision in (Precision.SETTLEMENT, Precision.NEIGHBOURHOOD)
        sure = (place.confidence or 0.0) > _GUESSED and place.name != wide.name
        away = kilometres(wide, place)
        return town and sure and away is not None and away <= BY_THE_CITY
    if wide.precision is Precision.ADMIN1 and not mention.known and mention.kind:
        # "the village of X in the province": known to nobody, and answered with the province
        guessed = place.precision is Precision.ADMIN1 and (place.confidence or 0.0) <= _GUESSED
        return guessed and wide.admin1 == place.admin1
    if wide.precision is Precision.ADMIN1:
        if place.namesake_of_area and place.admin1 == wide.admin1:
            return False  # "in Velm" may mean the province again
        return place.precision is not Precision.ADMIN1 and wide.admin1 == place.admin1
    return True


def _area_of(mention: PlaceMention, wide: Place | None, lies: Lies) -> bool:
    """Tell whether a place is the province whose name a bare one shares."""
    area = lies(mention)
    if wide is None or mention.kind in _PARTS:  # "the market area of Orun city" is in the city
        return False
    return area.precision is wide.precision and area.admin1 == wide.admin1


def _unknown(mention: PlaceMention, lies: Lies) -> bool:
    return lies(mention).precision is Precision.UNKNOWN


def _told_again(told: Sequence[Told], lies: Lies) -> list[Told]:
    """Give the figures of a report's opening what the sentence that tells them again says."""
    out: list[Told] = []
    for n, one in enumerate(told):
        slots = one.slots
        if one.sentence <= OPENING and (other := _again(told, n, lies)) is not None:
            slots = _as_told(slots, other.slots, lies)
        elif one.sentence <= OPENING and _sums_up(told, n, lies):
            slots = replace(slots, scope=Scope.SUBTOTAL)
        out.append(one if slots is one.slots else replace(one, slots=slots))
    return out


def _again(told: Sequence[Told], n: int, lies: Lies) -> Told | None:
    """The draft behind that tells the figure of draft `n` again, the best placed and dated."""
    one = told[n]
    low = one.draft.people.count.low
    if low is None or low < 2 or one.draft.old:
        return None
    same = [
        other
        for other in told[n + 1 :]
        if one.sentence < other.sentence <= one.sentence + AGAIN
        and other.draft.measure is one.draft.measure
        and low <= (other.draft.people.count.low or 0) <= low + 1
        and _one_figure(one, other)
        and not (other.slots.history or other.slots.other_event)
    ]

    def order(other: Told) -> tuple[int, bool]:
        slots = other.slots
        if not slots.places:
            return 5, slots.time is None
        at = lies(slots.places[0]).precision if len(slots.places) == 1 else Precision.SETTLEMENT
        wide = {Precision.ADMIN1: 2, Precision.COUNTRY: 4}.get(at, 0)
        bare = 3 if at is not Precision.NEAR else 1
        return wide or bare * _loose(slots, lies), slots.time is None

    return min(same, key=order, default=None)


def _one_figure(one: Told, other: Told) -> bool:
    """ "42", "at least 42" and "more than 42" are one figure in a heading and below it."""
    a, b = one.draft.people.count, other.draft.people.count
    if a.low == b.low:
        return True
    return a.low is not None and b.low == a.low + 1 and b.high is None and a.high is not None


def _as_told(slots: Slots, other: Slots, lies: Lies) -> Slots:
    """Slots with what the sentence that tells the same figure knows better."""
    if other.places and other.places_basis is not Basis.NONE:
        wide = lies(slots.places[0]) if len(slots.places) == 1 else None
        vague = wide is not None and wide.precision is Precision.UNKNOWN
        city = wide is not None and _maybe_area(slots.places[0], wide)
        if city and wide is not None:
            wide = replace(wide, precision=Precision.ADMIN1)
        fits = all(_fits(place, other, wide, lies, bare=city) for place in other.places)
        if not slots.places or fits and (vague or _is_wide(slots, lies) or city):
            slots = replace(slots, places=other.places, places_basis=Basis.CARRIED)
    stated = other.time is not None and other.time_basis is Basis.STATED
    own = slots.time is not None and slots.time_basis is Basis.STATED
    if stated and not own and other.time is not None and other.time.kind is not TimeKind.CLOCK:
        slots = replace(slots, time=other.time, time_basis=Basis.CARRIED, time_weak=False)
    dated = own and other.scope is Scope.CUMULATIVE  # what happened on one day is no sum since
    if other.scope in _SUMS and slots.scope is Scope.INCIDENT and not dated:
        slots = replace(slots, scope=other.scope)
    return slots


def _fits(place: PlaceMention, other: Slots, wide: Place | None, lies: Lies, *, bare: bool) -> bool:
    """Tell whether a place of `other` can be where a figure told widely happened.

    A `bare` name may be that of the city, which gives way to no place that was only carried on and
    is known to nobody, but to the province that it shares its name with.
    """
    if _inside(place, wide, lies):
        return True
    if _unknown(place, lies):
        return not bare or other.places_basis is Basis.STATED
    return bare and _area_of(place, wide, lies)


def _sums_up(told: Sequence[Told], n: int, lies: Lies) -> bool:
    """Tell whether a figure is the sum of those that sentences behind it tell of several places."""
    one = told[n]
    total, high = one.draft.people.count.low, one.draft.people.count.high
    if total is None or total < 2 or one.slots.scope is not Scope.INCIDENT:
        return False
    if high is not None and high != total:
        return False  # a range is of what several say of one event
    parts: list[tuple[str | None, int]] = []
    for other in told[n + 1 :]:
        slots, low = other.slots, other.draft.people.count.low
        if other.sentence > one.sentence + AGAIN:
            break
        if other.sentence == one.sentence or other.draft.measure is not one.draft.measure:
            continue
        if low is None or low >= total or slots.history or other.draft.anaphor:
            continue
        if other.draft.people.words not in _COUNTED:
            continue
        if other.draft.whole is None and slots.scope is Scope.INCIDENT:
            parts.append((_called(slots.places[0], lies) if slots.places else None, low))
    running = list(accumulate(low for _, low in parts))
    if total not in running:
        return False
    held = parts[: running.index(total) + 1]
    return len({place for place, _ in held if place is not None}) > 1


def _called(mention: PlaceMention, lies: Lies) -> str | None:
    """The name of a place that two mentions of it share; None for a country or a province."""
    place = lies(mention)
    return None if place.precision in _WIDE else place.name or mention.name.text
