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

from cenotaph.model import Basis, Measure, Place, PlaceMention, Precision, TimeKind
from cenotaph.reading.claims import of_sentence
from cenotaph.reading.retold import AGAIN, BY_NUMBER, OPENING, SUMS, one_figure, retold, told_again
from cenotaph.reading.scenes import SCENE_REACH, Slots
from cenotaph.reading.told import Told
from cenotaph.reading.widths import (
    CITY,
    WIDE,
    Lies,
    called,
    inside,
    is_wide,
    loose,
    of_a_city,
    put_in,
    readings,
)

# A place is looked for over so many sentences behind a figure.
AHEAD = 4
_LEFT = frozenset({Measure.DISPLACED, Measure.EVACUATED})
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
    made = told_again([_not_of_a_part(told, n, lies) for n in range(len(told))], lies)
    out: list[Told] = []
    for n, one in enumerate(made):
        slots = one.slots
        if _may_be_nearer(one, lies):
            near = _places_near(made, n, places, lies)
            if near:
                slots = replace(slots, places=near, places_basis=Basis.CARRIED)
        out.append(one if slots is one.slots else replace(one, slots=slots))
    again = told_again(out, lies)
    out = [one if one.slots.scope in SUMS else other for one, other in zip(out, again, strict=True)]
    return retold(out, [_may_be_told_nearer(one) for one in out], lies, lang)


def _not_of_a_part(told: Sequence[Told], n: int, lies: Lies) -> Told:
    """A draft of the opening without the place of one of several figures that it sums up.

    "At least 135 people were killed. On Saturday nine died in Sarbek, and four in Binora."
    """
    one = told[n]
    if one.sentence > OPENING or one.slots.places_basis is not Basis.CARRIED:
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
    return one.draft.measure not in _LEFT


def _may_be_nearer(one: Told, lies: Lies) -> bool:
    """Tell whether a draft of the report's own event has no place, or a wide one."""
    slots = one.slots
    if not _may_be_told_nearer(one):
        return False
    if is_wide(slots, lies):
        return True
    if one.sentence <= OPENING:
        return loose(slots, lies) or of_a_city(slots, lies)
    if slots.places_basis is not Basis.CARRIED or one.draft.people.words == "vague":
        return False
    dated = slots.time is not None and slots.time_basis is Basis.STATED
    long_ago = dated and slots.time is not None and slots.time.kind is not TimeKind.DAY
    return not long_ago and of_a_city(slots, lies)


def _places_near(
    told: Sequence[Told], n: int, places: Sequence[ToldPlace], lies: Lies
) -> tuple[PlaceMention, ...]:
    """The nearer places of draft `n`, in the first of the places that its words may mean."""
    one = told[n]
    if not one.slots.places:
        return _near_in(told, n, None, places, lies)
    for wide in readings(one.slots.places[0], lies, opens=one.sentence <= OPENING):
        if near := _near_in(told, n, wide, places, lies):
            return near
    return ()


def _near_in(
    told: Sequence[Told], n: int, wide: Place | None, places: Sequence[ToldPlace], lies: Lies
) -> tuple[PlaceMention, ...]:
    """The nearer places of draft `n` in `wide`: those of its own sentence, of those behind, or of
    those before."""
    one = told[n]
    at, opens = one.sentence, one.sentence <= OPENING
    larger = one.slots.places[0] if one.slots.places else None
    bare = loose(one.slots, lies) and wide is not None and wide.precision in _BARE
    here: list[tuple[ToldPlace, tuple[PlaceMention, ...]]] = []
    for p in places:
        if p.section != one.slots.section or not (p.sure or p.sentence == at):
            continue
        if at - SCENE_REACH <= p.sentence <= at + AHEAD:
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
    behind = [each for each in here if at < each[0].sentence <= at + AHEAD]
    before = [each for each in here if each[0].sentence < at]
    if opens:
        if not behind or _apart(told, n, wide, lies):
            return ()
        first = behind[0][0].sentence
        near = _one_of([each for each in behind if each[0].sentence == first], lies)
        if near and (counted if bare else harmed) and lies(near[0]).precision is Precision.ADMIN1:
            return ()  # the towns of those who make up the figure are nearer
        return near
    if one.slots.places_basis is Basis.STATED or one.slots.other_event or not before:
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
    return len(places) == 1 and places[0].known and lies(places[0]).precision is Precision.ADMIN1


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
        if other.sentence > one.sentence + AHEAD:
            break
        if other.sentence == one.sentence or other.draft.whole is not None:
            continue
        if other.draft.measure is one.draft.measure and one_figure(one, other):
            continue
        apart = _harmed_apart(one, other)
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
    return (b.people.count.low or 0) > 1 and (a.people.count.low or 0) > 1


def _apart(told: Sequence[Told], n: int, wide: Place | None, lies: Lies) -> bool:
    """Tell whether the sentences behind place other figures in several places of their own.

    What they place outside of a city is no part of what happened in it.
    """
    one = told[n]
    city = wide is not None and wide.precision in CITY
    larger = one.slots.places[0] if one.slots.places else None
    known = {wide.name} if wide is not None else set()
    names: set[str] = set()
    for other in told[n + 1 :]:
        if other.sentence > one.sentence + AGAIN:
            break
        if other.slots.section != one.slots.section or other.slots.places_basis is not Basis.STATED:
            continue
        if _of_a_month(one.slots, other.slots):
            continue
        for place in other.slots.places:
            place = put_in(place, larger, lies)
            at = lies(place)
            if at.precision not in WIDE and not (city and not inside(place, wide, lies)):
                names.add(called(place, lies))
    return len(names - known) > 1


def _of_a_month(slots: Slots, other: Slots) -> bool:
    """ "Last month bombs killed nine in Velm": beside the event of a day, that of a time before."""
    day = slots.time is not None and slots.time.kind is TimeKind.DAY
    told = other.time if other.time_basis is Basis.STATED else None
    return day and told is not None and told.kind in (TimeKind.PERIOD, TimeKind.SPAN)
