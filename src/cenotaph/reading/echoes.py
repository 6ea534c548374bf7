"""One figure told twice: what one telling leaves out, the other says.

A heading and a lede seldom name who did it and who says so; the sentence that gives the same figure
again does. The same figure is the same number of people who suffered the same, near enough in one
text, with no other event between; a single person is known again only in a heading. Whose word a
lede is, the sentence right behind it tells.
"""

import functools
from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from cenotaph.model import Basis, Measure, Modality, Scope, Source, Stance
from cenotaph.reading.acts import OF_ATTACKS
from cenotaph.reading.claims import of_sentence
from cenotaph.reading.items import People
from cenotaph.reading.retold import OPENING, one_figure
from cenotaph.reading.scenes import Slots, another_day
from cenotaph.reading.told import Told, alike, elsewhere
from cenotaph.vocab import table

# The other telling stands so many sentences away at most; a small number so many.
REACH = 12
SMALL_REACH = 5
SMALL = 5
# Of the tellings of one figure so many are asked to either side.
TELLINGS = 4
# Whose word a sentence without a source is, one so many sentences behind it in its paragraph tells.
SOURCED = 2
# A number below it may be of others in the next sentence, where these are called otherwise.
MANY = 10


class Spoken(NamedTuple):
    """Who speaks of the attack told of before, in a sentence of a paragraph that counts nobody."""

    sources: tuple[Source, ...]
    paragraph: int


def echoed(
    told: Sequence[Told], wholes: Sequence[int | None], spoken: Mapping[int, Spoken]
) -> dict[int, Slots]:
    """Return the slots that another telling of the figure fills, by the number of the draft.

    `wholes` gives the number of the whole of each draft that is a part, `spoken` who speaks of the
    attack in sentences that count nobody, by their number.
    """
    sourced = _sourced(told, spoken)
    if sourced:
        told = [replace(one, slots=sourced[n]) if n in sourced else one
                for n, one in enumerate(told)]  # fmt: skip
    changed: dict[int, Slots] = dict(sourced)
    by_figure: dict[tuple[Measure, int], list[int]] = {}
    for n, one in enumerate(told):
        figure = _figure(one)
        if figure is not None:
            by_figure.setdefault(figure, []).append(n)
    heading = _heading(told)
    for n, one in enumerate(told):
        figure = _figure(one)
        if figure is None:
            continue
        slots = one.slots
        titled = one.draft.row.sentence.title or bool(heading) and heading in _words(one)
        for m in _beside(by_figure[figure], n):
            if _same(one, told[m]):
                near = abs(one.sentence - told[m].sentence) <= 1
                slots = _filled(slots, told[m].slots, titled=titled, near=near)
        if slots is not one.slots:
            changed[n] = slots
    _shared(told, changed)
    _headed(told, heading, changed, sourced)
    for n, (one, whole) in enumerate(zip(told, wholes, strict=True)):
        if whole is not None and not one.slots.said_by:
            said = changed.get(whole, told[whole].slots).said_by
            if said:
                changed[n] = replace(changed.get(n, one.slots), said_by=said)
    return changed


def _shared(told: Sequence[Told], changed: dict[int, Slots]) -> None:
    """Give the counts beside one whose party another telling told that party too.

    "Shells fell on the square, killing four and injuring many others": one act harmed them all.
    """
    filled = [n for n, slots in changed.items() if slots.perpetrators != told[n].slots.perpetrators]
    for n in filled:
        slots = changed[n]
        for m in range(n + 1, of_sentence(told, n).stop):
            own = changed.get(m, told[m].slots)
            if own.perpetrators or told[m].draft.measure not in OF_ATTACKS:
                continue
            if own.history or own.other_event or own.avenged or own.section != slots.section:
                continue
            if own.event == slots.event and not elsewhere(own, slots):
                changed[m] = replace(own, perpetrators=slots.perpetrators, relation=slots.relation)


def _sourced(told: Sequence[Told], spoken: Mapping[int, Spoken]) -> dict[int, Slots]:
    """Give sentences that name no source that of the next one, where it tells a figure of theirs.

    The two stand in one paragraph: a paragraph of its own without a source is the report's word.

    "Nine people were killed in shelling of Velm. A police source said that shells had hit the
    square, killing nine": both are the source's word. A source carried on from before gives way.
    """
    changed: dict[int, Slots] = {}
    by_sentence: dict[int, list[int]] = {}
    for n, one in enumerate(told):
        by_sentence.setdefault(one.sentence, []).append(n)
    for number, drafts in by_sentence.items():
        opens = told[drafts[0]].draft.row.sentence
        if opens.title or any(_own_word(told[n]) for n in drafts):
            continue
        again = next(
            (
                told[m]
                for at in range(number + 1, number + 1 + SOURCED)
                for m in by_sentence.get(at, ())
                if told[m].draft.row.sentence.paragraph == opens.paragraph
                and _word_behind(told[m], opens.end)
                and any(
                    _once_more(told[n], told[m])
                    and (_own_word(told[m]) or not elsewhere(told[n].slots, told[m].slots))
                    for n in drafts
                )
            ),
            None,
        )
        if again is None:
            behind = spoken.get(number + 1)
            if behind is None or behind.paragraph != opens.paragraph or number > OPENING:
                continue
            for n in drafts:
                slots = told[n].slots
                bare = not (slots.said_by or slots.history or slots.of_war or slots.other_event)
                if bare and slots.event is not None:
                    changed[n] = replace(slots, said_by=behind.sources)
            continue
        for n in drafts:
            slots = told[n].slots
            if not (slots.history or slots.of_war) and slots.section == again.slots.section:
                changed[n] = replace(slots, said_by=again.slots.said_by)
    return changed


def _own_word(one: Told) -> bool:
    """Tell whether the sentence of a draft itself names who says so."""
    sentence = one.draft.row.sentence
    return any(sentence.start <= s.quote.start < sentence.end for s in one.slots.said_by)


def _word_behind(one: Told, offset: int) -> bool:
    """Tell whether who says a count so is named behind an offset, in its sentence or before it.

    "A police source said that shells had hit the square. The attack killed nine."
    """
    last = one.draft.row.sentence.end
    return any(offset <= s.quote.start < last for s in one.slots.said_by)


def _once_more(one: Told, other: Told) -> bool:
    """Tell whether one of the next sentences tells a figure of a sentence again.

    A small number is known again where it is told of no other place.
    """
    people, again = one.draft.people, other.draft.people
    vague = Modality.VAGUE in (people.count.modality, again.count.modality)
    if one.draft.measure is not other.draft.measure or not _one_number(people, again):
        return False
    if vague and people.count.modality is not again.count.modality or again.additional:
        return False
    low = people.count.low or 0
    if _other_people(one, other) and low < MANY or other.slots.history:
        return False  # "five civilians", and "in revenge for the death of five crewmen"
    small = low < SMALL
    return not small or not elsewhere(one.slots, other.slots) or _named_again(one, other)


def _other_people(one: Told, other: Told) -> bool:
    """Tell whether two counts are of people called otherwise: "two pupils", "two guards"."""
    heads = {one.draft.people.head, other.draft.people.head}
    return len(heads - one.draft.row.sentence.words.lexicon.anyone - {""}) > 1


def _one_number(one: People, other: People) -> bool:
    """Tell whether two tellings give one number: "60" or "at least 60", and then "over 60"."""
    first, again = one.count, other.count
    over = first.low is not None and again.low == first.low + 1 and again.high is None
    return first.low == again.low or over


def _named_again(one: Told, other: Told) -> bool:
    """Tell whether a sentence names the place of one before it: "Velm city", then "Velm police"."""
    words = other.draft.row.sentence.words
    names = (word for p in one.slots.places for word in p.name.text.lower().split())
    return any(not words.lexicon.common(word) and word in words for word in names)


def _headed(
    told: Sequence[Told], heading: str, changed: dict[int, Slots], sourced: Container[int]
) -> None:
    """Give the counts of the heading party and source of the first sentence that counts the same.

    A heading tells what the first sentence does, though in other words: "Children killed".
    """
    titled = [n for n, one in enumerate(told) if heading and heading in _words(one)]
    behind = range(titled[-1] + 1, len(told)) if titled else range(0)
    for n in titled:
        one = told[n]
        lede = next((m for m in behind if told[m].draft.measure is one.draft.measure), None)
        if lede is None or told[lede].sentence - told[titled[-1]].sentence > 1:
            continue
        first = told[lede].slots
        if first.section == one.slots.section and not (first.other_event or first.history):
            slots, below = changed.get(n, one.slots), changed.get(lede, first)
            vague = one.draft.people.count.modality is Modality.VAGUE
            if lede in sourced and not vague and not one_figure(one, told[lede]):
                below = replace(below, said_by=())  # said of another figure than the heading's
            filled = _filled(slots, below, titled=True)
            if filled is not slots:
                changed[n] = filled


def _beside(same: list[int], n: int) -> list[int]:
    """The tellings next to number `n` among those of one figure: those behind it first."""
    at = bisect_left(same, n)
    return [*same[at + 1 : at + 1 + TELLINGS], *reversed(same[max(0, at - TELLINGS) : at])]


def _figure(one: Told) -> tuple[Measure, int] | None:
    """What is counted and how many, where a telling can be known again by it."""
    count, low = one.draft.people.count, one.draft.people.count.low
    title = one.draft.row.sentence.title or one.sentence == 0
    if low is None or low == 0 or low == 1 and not title and count.imputed:
        return None
    if count.modality is Modality.VAGUE and not title or one.draft.old:
        return None
    other = one.slots.history or one.slots.other_event or one.slots.avenged
    return None if other else (one.draft.measure, low)


def _same(one: Told, other: Told) -> bool:
    """Tell whether two tellings of one figure can be of the same people."""
    low = one.draft.people.count.low or 0
    away = abs(one.sentence - other.sentence)
    titled = one.draft.row.sentence.title or one.sentence == 0
    if low == 1 and not titled or away > (SMALL_REACH if low < SMALL else REACH):
        return False
    if one.slots.section != other.slots.section or one.draft.people.additional:
        return False
    if one.draft.row is other.draft.row:
        parts = one.draft.whole is not None or other.draft.whole is not None
        if parts or one.draft.at == other.draft.at:
            return False
    own_acts = not (one.slots.event_carried or other.slots.event_carried)
    apart = elsewhere(one.slots, other.slots) or own_acts and not alike(one.slots, other.slots)
    if low < SMALL and not titled and apart:
        return False  # "a landmine killed two in Orun … gunmen shot two guards dead in Velm"
    told = one.slots.time_basis is other.slots.time_basis is Basis.STATED
    lang = one.draft.row.sentence.words.lexicon.lang
    if told and another_day(one.slots.time, other.slots.time, lang) and not titled:
        return False
    over = (Scope.CUMULATIVE,)
    return (one.slots.scope in over) == (other.slots.scope in over) or bool(titled)


def _filled(slots: Slots, other: Slots, *, titled: bool, near: bool = False) -> Slots:
    """The slots with what the other telling has and they lack.

    Only a heading takes its source from below; a sentence without one is the report's own word. The
    name of a party takes the place of what it is where the tellings stand `near` each other.
    """
    if other.perpetrators and (not slots.perpetrators or near and _named(slots, other)):
        slots = replace(slots, perpetrators=other.perpetrators, relation=other.relation)
    if titled and not slots.said_by and other.said_by:
        slots = replace(slots, said_by=other.said_by)
    return slots


def _named(slots: Slots, other: Slots) -> bool:
    """Tell whether slots only say what a party is ("gunmen"), which another telling names."""
    known = _known()
    nameless = all(a.name.islower() and a.stance is Stance.ALLEGED for a in slots.perpetrators)
    return nameless and all(
        a.name in known or any(word[0].isupper() for word in a.name.split()[1:])
        for a in other.perpetrators
    )


@functools.cache
def _known() -> frozenset[str]:
    return frozenset(actor["name"] for actor in table("actors")["actor"])


def _heading(told: Sequence[Told]) -> str:
    """The words of the heading, which a page that lost its layout repeats before its first line."""
    first = told[0] if told else None
    if first is None or not first.draft.row.sentence.title or first.sentence > 0:
        return ""
    return _words(first)


def _words(one: Told) -> str:
    return " ".join(one.draft.row.sentence.words).strip(" .")
