"""Whoever is a member of a force fights for it: "four Ridge Brigade members", "members of the X".

A force is one that the register of parties has as an armed group, or that is called after what only
a force is (a militia, a brigade, an army). A movement or a front may be a party of civilians.
"""

import functools
from dataclasses import replace

from cenotaph.model import Status
from cenotaph.reading.drafts import Draft
from cenotaph.reading.items import Row
from cenotaph.reading.vocabulary import Phrases
from cenotaph.vocab import table

# The name of a force is looked for so many words behind "members of".
_REACH = 8


@functools.cache
def forces(lang: str) -> Phrases:
    """The words that name a force, with the side of its members."""
    words = table(f"{lang}/actors")["membership"]
    known = [
        (name, "armed_group")
        for actor in table("actors")["actor"]
        if actor["kind"] == "armed_group"
        for name in actor["names"]
    ]
    called = [(w, side) for side in ("armed_group", "military") for w in words[side]]
    return Phrases([*called, *known])


@functools.cache
def _nouns(lang: str) -> frozenset[str]:
    return frozenset(table(f"{lang}/actors")["membership"]["nouns"])


def members(row: Row, found: list[Draft]) -> list[Draft]:
    """Return the drafts of a sentence, members of a force as combatants of its side."""
    lang = row.sentence.words.lexicon.lang
    if _nouns(lang).isdisjoint(row.sentence.words):
        return found
    return [_member(row, draft, lang) for draft in found]


def _member(row: Row, draft: Draft, lang: str) -> Draft:
    people, item = draft.people, row.items[draft.item]
    open_ = people.group.status in (Status.UNKNOWN, Status.COMBATANT)
    if not open_ or people.group.side is not None or people.group.attacker:
        return draft
    lows = row.sentence.words
    if lows[item.end - 1] not in _nouns(lang):
        return draft
    side = _side(row, _named_from(row, draft.item), item.end - 1, lang)
    unit = lows[item.end - 2] in table(f"{lang}/actors")["membership"]["units"]
    if unit and people.group.status is Status.COMBATANT:
        side = None  # "a brigade commander"
    if side is None and row.tags[draft.item + 1 : draft.item + 2] == "o":
        side = _side(row, *_behind_of(row, draft.item), lang)
    if side is None:
        return draft
    group = replace(people.group, status=Status.COMBATANT, side=side)
    return replace(draft, people=replace(people, group=group))


def _named_from(row: Row, item: int) -> int:
    """The token at which the words begin that stand in capitals before people at an item."""
    k, tokens = item, row.sentence.tokens
    while k > 0 and item - k < _REACH and row.tags[k - 1] in "w-":
        before = tokens[row.items[k - 1].start].text[0]
        if before.isalpha() and not before.isupper():
            break
        k -= 1
    return row.items[k].start


def _behind_of(row: Row, item: int) -> tuple[int, int]:
    """The tokens of the name behind "of": words in capitals and what belongs to them."""
    start = row.items[item + 1].end
    last = min(len(row.sentence.tokens), start + _REACH)
    k = item + 2
    while k < len(row.items) and row.items[k].start < last and row.tags[k] in "wNLKo-":
        k += 1
    return start, min(last, row.items[k - 1].end)


def _side(row: Row, start: int, end: int, lang: str) -> str | None:
    """The side of the force that tokens [start, end) name; the last name is whose it is."""
    hits = forces(lang).find(list(row.sentence.words[start:end]))
    return hits[-1].code if hits else None
