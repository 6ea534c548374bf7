"""The nearer place of a harm: where one sentence tells a country and another one the town.

A report is often placed twice, widely in its heading and first sentence and nearly in those behind.
Whoever asks where people died must be told the nearer place, and from where it was taken: so it is
carried, never stated. It is taken from a sentence that tells the same figure, else from the next or
the last one that tells of the event, and only if the wide place holds it. Where the sentences
behind place their own figures apart, the first figure is their sum, and stays where it is.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from cenotaph.model import (
    PARTS_OF_A_TOWN,
    Basis,
    Measure,
    Near,
    Place,
    PlaceKind,
    PlaceMention,
    Precision,
    Quote,
    Scope,
    TimeKind,
)
from cenotaph.reading.claims import of_sentence
from cenotaph.reading.retold import (
    AGAIN,
    BY_NUMBER,
    LEFT,
    SUMS,
    one_figure,
    opening,
    retold,
    told_again,
)
from cenotaph.reading.scenes import SCENE_REACH, Slots
from cenotaph.reading.told import Told
from cenotaph.reading.widths import (
    CITY,
    GUESSED,
    WIDE,
    Lies,
    a_city,
    away_from,
    bya_city,
    called,
    inside,
    is_wide,
    loose,
    maybe_area,
    of_a_city,
    put_in,
    readings,
    unknown,
)

# A place is looked for over so many sentences behind a figure.
AHEAD = 4
# What a loose name may mean beside the city itself.
_BARE = (Precision.NEAR, Precision.ADMIN1)


class ToldPlace(NamedTuple):
    """Places that sentence number `sentence` tells together.

    `sure` where the sentence tells of harm, `same` where it names the event told of before; `hit`
    where its words say that something struck there. `beside` are all places of the sentence.
    """

    sentence: int
    section: int
    places: tuple[PlaceMention, ...]
    sure: bool
    same: bool
    hit: bool
    beside: tuple[PlaceMention, ...]


def nearer(told: Sequence[Told], places: Sequence[ToldPlace], lies: Lies, lang: str) -> list[Told]:
    """Return the drafts, those told widely with the nearer place, day and scope of their harm."""
    last = opening(told)
    made = told_again([_not_of_a_part(told, n, last, lies) for n in range(len(told))], lies)
    out: list[Told] = []
    for n, one in enumerate(made):
        slots = one.slots
        if _may_be_nearer(one, last, lies):
            near = _places_near(made, n, places, last, lies)
            if len(near) == 1 and bya_city(near[0], lies(near[0])):
                # "in Orun province, near Sarbek": a sentence behind may name the village
                told_near = replace(one, slots=replace(slots, places=near))
                near = (
                    _places_near([*made[:n], told_near, *made[n + 1 :]], n, places, last, lies)
                    or near
                )
            if near:
                slots = replace(slots, places=near, places_basis=Basis.CARRIED)
        out.append(one if slots is one.slots else replace(one, slots=slots))
    out = _with_those_beside(made, out, last)
    again = told_again(out, lies)
    out = [one if one.slots.scope in SUMS else other for one, other in zip(out, again, strict=True)]
    out = retold(out, [_may_be_told_nearer(one) for one in out], lies, lang)
    out = [_in_the_city(one, places, lies) for one in out]
    return [_in_the_area(out, n, lies) for n in range(len(out))]


def _in_the_area(told: Sequence[Told], n: int, lies: Lies) -> Told:
    """A sum in a bare name that is a city's and a province's, of which parts are of towns of the
    province: "nine men were killed in Orun. Eight were killed in Sarbek and one in Binora."
    """
    one = told[n]
    if one.slots.scope is not Scope.SUBTOTAL or len(one.slots.places) != 1:
        return one
    mention = one.slots.places[0]
    city = lies(mention)
    if mention.near is not Near.IN or not maybe_area(mention, city):
        return one
    area = replace(city, precision=Precision.ADMIN1)
    total = one.draft.people.count.low or 0
    for other in told[n + 1 :]:
        if other.sentence > one.sentence + AGAIN:
            break
        low = other.draft.people.count.low or 0
        if other.draft.measure is not one.draft.measure or not 0 < low < total:
            continue
        if other.slots.places_basis is not Basis.STATED or other.slots.history:
            continue
        for place in other.slots.places:
            at = lies(place)
            town = at.precision is Precision.SETTLEMENT and (at.confidence or 0.0) > GUESSED
            if town and at.name != city.name and inside(place, area, lies):
                whole = replace(mention, kind=PlaceKind.ADMIN1)
                return replace(one, slots=replace(one.slots, places=(whole,)))
    return one


def _with_those_beside(before: Sequence[Told], made: Sequence[Told], last: int) -> list[Told]:
    """Give the nearer place of one count of an opening sentence to those told beside it, too."""
    out = list(made)
    for n, one in enumerate(before):
        if one.sentence > last:
            break
        if made[n].slots.places != one.slots.places or not one.slots.places:
            continue
        if not _may_be_told_nearer(one):
            continue
        near = {
            made[m].slots.places
            for m in of_sentence(before, n)
            if before[m].slots.places == one.slots.places != made[m].slots.places
            and before[m].draft.people.words in BY_NUMBER
            and (before[m].draft.people.count.low or 0) > 1
        }
        if len(near) == 1:
            slots = replace(one.slots, places=near.pop(), places_basis=Basis.CARRIED)
            out[n] = replace(one, slots=slots)
    return out


def _in_the_city(one: Told, places: Sequence[ToldPlace], lies: Lies) -> Told:
    """A draft whose quarter or street nobody knows, in the city that was told last before it."""
    slots = one.slots
    lost = [
        place
        for place in slots.places
        if place.kind in PARTS_OF_A_TOWN and not place.within and unknown(place, lies)
    ]
    if not lost:
        return one
    near = [
        p
        for p in places
        if p.section == slots.section and one.sentence - SCENE_REACH <= p.sentence <= one.sentence
    ]
    within: tuple[Quote, ...] = ()
    city: Place | None = None
    # "He was in Velm to see friends when he was shot at the Nadir Mosque": of its own sentence all
    told = (p.beside if p.sentence == one.sentence else p.places for p in near)
    for place in (place for group in told for place in group):
        at = lies(place)
        if a_city(place, at):
            within, city = (place.name, *place.within), at
        elif place.kind in PARTS_OF_A_TOWN and place.within and at.city:
            within, city = place.within, at  # "the X quarter of Velm"
        elif city is not None and away_from(at, city):
            city = None
    here = (other for p in near if p.sentence == one.sentence for other in p.beside)
    if city is None or any(away_from(lies(other), city) for other in here):
        return one
    put = tuple(
        replace(p, kind=PlaceKind.NEIGHBOURHOOD, within=within) if p in lost else p
        for p in slots.places
    )
    return replace(one, slots=replace(slots, places=put))


def _not_of_a_part(told: Sequence[Told], n: int, last: int, lies: Lies) -> Told:
    """A draft of the opening without the place of one of several figures that it sums up.

    "At least 135 people were killed. On Saturday nine died in Sarbek, and four in Binora."
    """
    one = told[n]
    if one.sentence > last or one.slots.places_basis is not Basis.CARRIED:
        return one
    here = one.draft.row.sentence
    ahead = all(place.quote.start >= here.end for place in one.slots.places)
    if not ahead or not _apart(told, n, None, lies):
        return one
    return replace(one, slots=replace(one.slots, places=(), places_basis=Basis.NONE))


def _may_be_told_nearer(one: Told) -> bool:
    """Tell whether a draft is of the report's own event, and of no sum or of what was left."""
    slots = one.slots
    if slots.of_war or slots.history or one.draft.sums or slots.scope in SUMS or slots.parted:
        return False
    nobody = one.draft.people.count.high == 0  # that nobody was harmed places no event
    return one.draft.measure not in LEFT and not nobody


def _may_be_nearer(one: Told, last: int, lies: Lies) -> bool:
    """Tell whether a draft of the report's own event has no place, or a wide one."""
    slots = one.slots
    if not _may_be_told_nearer(one):
        return False
    if is_wide(slots, lies):
        return True
    if one.sentence <= last:
        return loose(slots, lies) or of_a_city(slots, lies)
    if slots.places_basis is Basis.STATED:
        return loose(slots, lies) or of_a_city(slots, lies)
    if one.draft.people.words == "vague":
        return False
    dated = slots.time is not None and slots.time_basis is Basis.STATED
    long_ago = dated and slots.time is not None and slots.time.kind is not TimeKind.DAY
    return not long_ago and of_a_city(slots, lies)


def _places_near(
    told: Sequence[Told], n: int, places: Sequence[ToldPlace], last: int, lies: Lies
) -> tuple[PlaceMention, ...]:
    """The nearer places of draft `n`, in the first of the places that its words may mean."""
    one = told[n]
    if not one.slots.places:
        return _near_in(told, n, None, places, last, lies)
    if one.sentence > last and one.slots.places_basis is Basis.STATED:
        if not is_wide(one.slots, lies):
            return _struck_beside(told, n, places, lies)
    for wide in readings(one.slots.places[0], lies, opens=one.sentence <= last):
        if near := _near_in(told, n, wide, places, last, lies):
            return near
    return ()


def _struck_beside(
    told: Sequence[Told], n: int, places: Sequence[ToldPlace], lies: Lies
) -> tuple[PlaceMention, ...]:
    """What a sentence of the text says was struck in the city of draft `n`, if it places nobody.

    "Two people were killed in Velm when mortars hit the Rashin quarter."
    """
    one = told[n]
    larger = one.slots.places[0]
    beside = [told[m] for m in of_sentence(told, n) if m != n]
    if any(other.draft.whole is None and _harmed_apart(one, other) for other in beside):
        return ()
    stated = {place for other in (one, *beside) for place in other.slots.places}
    struck = [
        p for p in places if p.sentence == one.sentence and p.hit and stated.isdisjoint(p.places)
    ]
    for wide in readings(larger, lies, opens=True) if struck else ():
        held = [
            (p, tuple(put_in(place, larger, lies, p.beside) for place in p.places)) for p in struck
        ]
        inner = [each for each in held if all(inside(place, wide, lies) for place in each[1])]
        if near := _one_of(inner, lies):
            return near
    return ()


def _near_in(
    told: Sequence[Told],
    n: int,
    wide: Place | None,
    places: Sequence[ToldPlace],
    last: int,
    lies: Lies,
) -> tuple[PlaceMention, ...]:
    """The nearer places of draft `n` in `wide`: those of its own sentence, of those behind, or of
    those before."""
    one = told[n]
    at, opens = one.sentence, one.sentence <= last
    mine = opens or one.slots.places_basis is not Basis.STATED
    larger = one.slots.places[0] if one.slots.places else None
    bare = loose(one.slots, lies) and wide is not None and wide.precision in _BARE
    here: list[tuple[ToldPlace, tuple[PlaceMention, ...]]] = []
    for p in places:
        if p.section != one.slots.section or not (p.sure or p.sentence == at):
            continue
        far = mine and p.same and p.hit and at < p.sentence <= at + AGAIN
        if far or at - SCENE_REACH <= p.sentence <= at + AHEAD:
            held = tuple(put_in(place, larger, lies, p.beside) for place in p.places)
            if held := tuple(place for place in held if inside(place, wide, lies)):
                here.append((p, held))
    theirs = _places_of_others(told, n)
    own = [each for each in here if each[0].sentence == at and theirs.isdisjoint(each[0].places)]
    harmed, counted = _of_others(told, n)
    here = [
        (p, held)
        for p, held in here
        if p.sentence == at
        or p.sentence not in harmed
        and not (bare and p.sentence in counted and not p.same)
    ]
    if own and not bare:
        return _one_of(own, lies)
    behind = [each for each in here if at < each[0].sentence]
    before = [each for each in here if each[0].sentence < at]
    stated = one.slots.places_basis is Basis.STATED
    # "the attack in Orun province" is the one told of before
    province = stated and wide is not None and wide.precision is Precision.ADMIN1
    again = province and any(p.same for p in places if p.sentence == at)
    again = again and is_wide(one.slots, lies)
    if opens and not (again and before):
        if not behind or _apart(told, n, wide, lies):
            return ()
        first = behind[0][0].sentence
        near = _one_of([each for each in behind if each[0].sentence == first], lies)
        others = {sentence for sentence in (counted if bare else harmed) if sentence <= at + AHEAD}
        if near and others and _province(near, lies):
            return ()  # the towns of those who make up the figure are nearer
        return near
    if stated and not again or one.slots.other_event or not before:
        return ()
    last = before[-1][0].sentence
    if wide is not None and wide.precision in CITY and _counted_since(told, n, last):
        return ()
    return _one_of([each for each in before if each[0].sentence == last], lies)


def _one_of(
    told: Sequence[tuple[ToldPlace, tuple[PlaceMention, ...]]], lies: Lies
) -> tuple[PlaceMention, ...]:
    """The places of a sentence, if it tells of one alone, or of one alone that something struck.

    A province beside a town is where the town lies: "in the village of X in the province of Y".
    """
    if len(told) > 1:
        areas = {place.admin1 for _, held in told for place in map(lies, held)}
        if len(areas - {None}) == 1:
            told = [each for each in told if not _province(each[1], lies)]
    if len(told) > 1:
        told = [each for each in told if each[0].hit]
    return told[0][1] if len(told) == 1 else ()


def _province(places: Sequence[PlaceMention], lies: Lies) -> bool:
    place = lies(places[0])
    sure = places[0].known and (place.confidence or 0.0) > GUESSED
    return len(places) == 1 and sure and place.precision is Precision.ADMIN1


def _counted_since(told: Sequence[Told], n: int, sentence: int) -> bool:
    """Tell whether others than those of draft `n` were counted at its wide place behind a sentence.

    "Bombs hit the market quarter. Ninety have died in Velm since May. Four were wounded."
    """
    places = told[n].slots.places
    return any(
        one.slots.places == places and one.slots.places_basis is Basis.STATED
        for one in told[:n]
        if one.sentence > sentence
    )


def _of_others(told: Sequence[Told], n: int) -> tuple[set[int], set[int]]:
    """The sentences that count other people than draft `n`: their places are those of these.

    First those that count people of its harm, where further people of an attack are of the same
    one, then all that count anybody.
    """
    one = told[n]
    harmed, counted = set[int](), set[int]()
    for m in range(n + 1, len(told)):
        other = told[m]
        if other.sentence > one.sentence + AGAIN:
            break
        if other.sentence == one.sentence or other.draft.whole is not None:
            continue
        if other.draft.measure is one.draft.measure and one_figure(one, other):
            continue
        apart = _harmed_apart(one, other) or _months_before(one, other)
        if apart:
            harmed.add(other.sentence)
        if apart or other.draft.people.words in BY_NUMBER:
            counted.add(other.sentence)
    return harmed, counted


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
        and other.draft.people.words in BY_NUMBER
        and other.slots.places_basis is Basis.STATED
        and other.slots.places != one.slots.places
        for place in other.slots.places
    }


def _harmed_apart(one: Told, other: Told) -> bool:
    """Tell whether both count several people of one harm, and the other no part of the first."""
    a, b = one.draft, other.draft
    if a.measure is not b.measure or b.anaphor or b.people.words not in BY_NUMBER:
        return False
    if a.people.words == "vague" and not b.people.additional:
        # "dozens" of a heading are the 58 of the text
        return (b.people.count.low or 0) < (a.people.count.low or 0)
    return (b.people.count.low or 0) > 1 and (a.people.count.low or 0) > 1


def _apart(told: Sequence[Told], n: int, wide: Place | None, lies: Lies) -> bool:
    """Tell whether the sentences behind place other figures in several places of their own.

    What they place outside of a city is no part of what happened in it.
    """
    one = told[n]
    city = wide is not None and wide.precision in CITY
    larger = one.slots.places[0] if one.slots.places else None
    known = {wide.name} if wide is not None else set()
    told_together: list[set[str]] = []
    held: set[str] = set()
    for other in told[n + 1 :]:
        if other.sentence > one.sentence + AGAIN:
            break
        if other.slots.section != one.slots.section or other.slots.places_basis is not Basis.STATED:
            continue
        if _of_a_month(one.slots, other.slots):
            continue
        names: set[str] = set()
        around: set[str] = set()
        for place in other.slots.places:
            if place.kind == PlaceKind.LANDMARK:
                around |= {quote.text for quote in place.within[:1]}
            place = put_in(place, larger, lies)
            at = lies(place)
            area = at.precision in WIDE and (at.confidence or 0.0) > GUESSED
            if not area and not (city and not inside(place, wide, lies)):
                names.add(called(place, lies))
        if names := names - known:
            told_together.append(names)
            held |= around
    # the quarter in which the mosque stands is no other place than the mosque
    most = max(told_together, key=lambda names: (len(names), names.isdisjoint(held)), default=set())
    return any(not names <= most | held for names in told_together)


def _months_before(one: Told, other: Told) -> bool:
    """ "A woman was killed. In March two blasts killed 40": other people than one of no day."""
    if one.slots.time is not None or one.draft.people.count.low != 1:
        return False
    told = other.slots.time if other.slots.time_basis is Basis.STATED else None
    return told is not None and told.kind in (TimeKind.PERIOD, TimeKind.SPAN)


def _of_a_month(slots: Slots, other: Slots) -> bool:
    """ "Last month bombs killed nine in Velm": beside the event of a day, that of a time before."""
    day = slots.time is not None and slots.time.kind is TimeKind.DAY
    told = other.time if other.time_basis is Basis.STATED else None
    return day and told is not None and told.kind in (TimeKind.PERIOD, TimeKind.SPAN)
