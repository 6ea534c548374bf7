"""Figures that a sum leaves out: "forty people, not counting the eight killed in Sarbek".

Whoever says so counts the two apart: neither lies in the other, whatever place and period say.
"""

from collections.abc import Sequence
from dataclasses import replace

from cenotaph.model import Basis
from cenotaph.reading.claims import of_sentence
from cenotaph.reading.items import NUMBERED
from cenotaph.reading.told import Told
from cenotaph.reading.vocabulary import Phrases

# "That does not include …" speaks of a figure told so many sentences before.
REACH = 2
_CODES = frozenset({"left_out", "left_out_first"})
_COUNTED = (*NUMBERED, "definite")


def left_out(told: list[Told], wholes: list[int | None], scopes: Phrases) -> dict[int, int]:
    """Return the draft that each draft leaves out, and take it out of the parts of any.

    The words stand before what is left out. At the head of a sentence that is the first count
    behind them, and the next leaves it out ("besides the ten killed in Sarbek, 20 died"); else the
    count before them does, or the one told last ("that does not include …").
    """
    found: dict[int, int] = {}
    for n, one in enumerate(told):
        if n and told[n - 1].sentence == one.sentence:
            continue
        words = one.draft.row.sentence.words
        hit = next((h for h in scopes.find(words) if h.code in _CODES), None)
        if hit is None:
            continue
        here = [m for m in of_sentence(told, n) if _counts(told[m])]
        before = [m for m in here if told[m].draft.people.start < hit.start]
        behind = [m for m in here if told[m].draft.people.start >= hit.end]
        if not behind:
            continue
        left, *rest = behind
        if before:
            main: int | None = before[-1]
        else:
            main = next(iter(rest), None) if hit.start == 0 else _told_last(told, n)
        if main is None or told[main].draft.measure is not told[left].draft.measure:
            continue
        wholes[left] = None
        told[left] = replace(told[left], draft=replace(told[left].draft, whole=None))
        found[main] = left
        if before or hit.start == 0:
            told[main] = _of_its_own_place(told[main], told[left])
    return found


def _counts(one: Told) -> bool:
    return one.draft.people.words in _COUNTED and one.draft.people.count.low is not None


def _told_last(told: Sequence[Told], n: int) -> int | None:
    """The count told last before draft `n`, in one of the sentences right before."""
    for m in range(n - 1, -1, -1):
        if told[n].sentence - told[m].sentence > REACH:
            return None
        if _counts(told[m]) and told[m].draft.whole is None:
            return m
    return None


def _of_its_own_place(main: Told, left: Told) -> Told:
    """The figure without the place of what it leaves out, where that was the only one told."""
    slots = main.slots
    if slots.places_basis is not Basis.STATED or slots.places != left.slots.places:
        return main
    return replace(main, slots=replace(slots, places=(), places_basis=Basis.NONE))
