"""A figure of a report's opening, told again further on: where, when and as what sum.

The heading and the first sentence give place, day and scope widely, or leave them out; the sentence
that tells their figure again knows them better.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import accumulate

from cenotaph.model import Basis, Measure, Place, PlaceMention, Precision, Scope, TimeKind
from cenotaph.reading.claims import of_sentence
from cenotaph.reading.scenes import Slots, another_day
from cenotaph.reading.told import Told
from cenotaph.reading.widths import (
    WIDE,
    Lies,
    area_of,
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

# The sentences that open a report: its heading, and the first of the text; where headings and lines
# of a day come before, up to the first that counts anybody.
OPENING, OPENING_AT_MOST = 2, 5
# A figure of the first sentences is told again over so many.
AGAIN = 12
# … and a smaller number may be one of other people.
KNOWN_AGAIN = 4
# Words of a figure: neither a vague one, nor "a woman".
BY_NUMBER = ("digits", "words")
# Words for people who were not told of before.
NEW = ("digits", "words", "vague", "one", "none", "name")
SUMS = (Scope.SUBTOTAL, Scope.CUMULATIVE)
# Of people who had to leave a heading tells as soon where they went.
LEFT = frozenset({Measure.DISPLACED, Measure.EVACUATED})


def turned(told: Sequence[Told], fronted: Set[int]) -> frozenset[int]:
    """The sentences that open with the day of something new: none of their figures was told before.

    `fronted` are the sentences that open with a day and name nothing that was told of.
    """
    known: set[tuple[Measure, int | None]] = set()
    found: set[int] = set()
    for at in sorted({one.sentence for one in told}):
        figures = [one for one in told if one.sentence == at]
        own = {(one.draft.measure, one.draft.people.count.low) for one in figures}
        new = all(one.draft.people.words in NEW for one in figures)
        if at in fronted and known and new and known.isdisjoint(own):
            found.add(at)
        known |= own
    return frozenset(found)


def opening(told: Sequence[Told]) -> int:
    """The number of the last sentence that opens a report."""
    text = (one.sentence for one in told if not one.draft.row.sentence.title)
    return min(max(next(text, OPENING), OPENING), OPENING_AT_MOST)


def told_again(told: Sequence[Told], lies: Lies) -> list[Told]:
    """Give the figures of a report's opening what the sentence that tells them again says."""
    last = opening(told)
    out: list[Told] = []
    for n, one in enumerate(told):
        slots = one.slots
        if one.sentence <= last and (other := _again(told, n, lies)) is not None:
            slots = _as_told(slots, other.slots, lies, left=one.draft.measure in LEFT)
        if one.sentence <= OPENING and slots.scope is Scope.INCIDENT and _sums_up(told, n, lies):
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
        and one_figure(one, other)
        and not (other.slots.history or other.slots.other_event)
    ]

    def order(other: Told) -> tuple[int, bool]:
        slots = other.slots
        if not slots.places:
            return 5, slots.time is None
        at = lies(slots.places[0]).precision if len(slots.places) == 1 else Precision.SETTLEMENT
        wide = {Precision.ADMIN1: 2, Precision.COUNTRY: 4}.get(at, 0)
        bare = 3 if at is not Precision.NEAR else 1
        city = 1 if of_a_city(slots, lies) else 0
        return wide or max(bare * loose(slots, lies), city), slots.time is None

    return min(same, key=order, default=None)


def one_figure(one: Told, other: Told) -> bool:
    """ "42", "at least 42" and "more than 42" are one figure in a heading and below it."""
    a, b = one.draft.people.count, other.draft.people.count
    if a.low == b.low:
        return True
    return a.low is not None and b.low == a.low + 1 and b.high is None and a.high is not None


def _as_told(slots: Slots, other: Slots, lies: Lies, *, left: bool) -> Slots:
    """Slots with what the sentence that tells the same figure knows better."""
    if other.places and other.places_basis is not Basis.NONE:
        wide = lies(slots.places[0]) if len(slots.places) == 1 else None
        vague = wide is not None and wide.precision is Precision.UNKNOWN
        city = wide is not None and maybe_area(slots.places[0], wide)
        if city and wide is not None:
            wide = replace(wide, precision=Precision.ADMIN1)
        fits = all(_fits(place, other, wide, lies, bare=city) for place in other.places)
        if not slots.places or fits and (vague or is_wide(slots, lies) or city):
            held = other.places
            if (
                slots.places and not left
            ):  # a quarter that nobody knows lies in the city that the heading told
                held = tuple(put_in(place, slots.places[0], lies) for place in held)
            slots = replace(slots, places=held, places_basis=Basis.CARRIED)
        elif near := _quarters(slots, other, lies):
            slots = replace(slots, places=near, places_basis=Basis.CARRIED)
    stated = other.time is not None and other.time_basis is Basis.STATED
    own = slots.time is not None and slots.time_basis is Basis.STATED
    if stated and not own and other.time is not None and other.time.kind is not TimeKind.CLOCK:
        slots = replace(slots, time=other.time, time_basis=Basis.CARRIED, time_weak=False)
    dated = own and other.scope is Scope.CUMULATIVE  # what happened on one day is no sum since
    if other.scope in SUMS and slots.scope is Scope.INCIDENT and not dated:
        slots = replace(slots, scope=other.scope)
    return slots


def _quarters(slots: Slots, other: Slots, lies: Lies) -> tuple[PlaceMention, ...]:
    """The places of `other`, if all lie in the wide place of `slots` and are nearer; else none."""
    if len(slots.places) != 1 or not other.places:
        return ()
    larger = slots.places[0]
    held = tuple(put_in(place, larger, lies) for place in other.places)
    for wide in readings(larger, lies, opens=True):
        if all(inside(place, wide, lies) for place in held):
            return held
    return ()


def retold(told: Sequence[Told], own: Sequence[bool], lies: Lies, lang: str) -> list[Told]:
    """Give figures with a wide place the nearer one of another telling of them.

    Those that are not `own`, of the report's own event, take and lend none. What one count of a
    sentence takes, its other counts take from it, where they were told to be at the same place.
    """
    by_figure: dict[tuple[Measure, int], list[int]] = {}
    for n, one in enumerate(told):
        low = one.draft.people.count.low or 0
        if own[n] and low >= KNOWN_AGAIN and one.slots.places and _stands_alone(one):
            by_figure.setdefault((one.draft.measure, low), []).append(n)
    out = list(told)
    for tellings in by_figure.values():
        if len(tellings) < 2:
            continue
        at = [told[n].sentence for n in tellings]
        for n in tellings:
            low, high = told[n].sentence - AGAIN, told[n].sentence + AGAIN
            others = tellings[bisect_left(at, low) : bisect_right(at, high)]
            near = _near_told(told, n, others, lies, lang)
            for m in of_sentence(told, n) if near else ():
                if own[m] and out[m].slots.places == told[n].slots.places:
                    slots = replace(out[m].slots, places=near, places_basis=Basis.CARRIED)
                    out[m] = replace(out[m], slots=slots)
    return out


def _stands_alone(one: Told) -> bool:
    """Tell whether a number is no part of another, none further and none that was replaced."""
    draft = one.draft
    if draft.old or draft.whole is not None or draft.people.additional:
        return False
    return draft.people.words in BY_NUMBER and not one.slots.other_event


def _near_told(
    told: Sequence[Told], n: int, tellings: Sequence[int], lies: Lies, lang: str
) -> tuple[PlaceMention, ...]:
    """The nearer places that the next of the other tellings of a figure gives, of those near it."""
    one = told[n]
    for m in sorted(tellings, key=lambda m: abs(told[m].sentence - one.sentence)):
        other = told[m]
        if other.sentence == one.sentence or other.slots.section != one.slots.section:
            continue
        days = one.slots.time, other.slots.time
        if another_day(*days, lang) or another_day(*days[::-1], lang):
            continue
        if near := _quarters(one.slots, other.slots, lies):
            return near
    return ()


def _fits(place: PlaceMention, other: Slots, wide: Place | None, lies: Lies, *, bare: bool) -> bool:
    """Tell whether a place of `other` can be where a figure told widely happened.

    A `bare` name may be that of the city, which gives way to no place that was only carried on and
    is known to nobody, but to the province that it shares its name with.
    """
    if inside(place, wide, lies):
        return True
    if unknown(place, lies):
        return not bare or other.places_basis is Basis.STATED
    return bare and area_of(place, wide, lies)


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
        if other.draft.people.words not in BY_NUMBER:
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
    return None if lies(mention).precision in WIDE else called(mention, lies)
