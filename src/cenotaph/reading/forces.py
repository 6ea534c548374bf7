"""Fighters counted by the word for their body: "17 regime forces", "nine Kordanian forces".

The word is plural for one body as well, so it is people only behind a number.
"""

from collections.abc import Sequence
from dataclasses import replace

from cenotaph.model import Status
from cenotaph.reading.items import NUMBERED, Item, People
from cenotaph.reading.lexicon import Words

# So many words stand between the number and the word for the body.
_BETWEEN = 4


def with_forces(items: Sequence[Item], lows: Words) -> list[Item]:
    """Return the items of a sentence, a number and the words for a body of fighters as people."""
    known = lows.lexicon.forces
    made: list[Item] = []
    skip = 0
    for n, item in enumerate(items):
        if n < skip:
            continue
        end = _body(items, lows, n)
        people = item.data
        if end and isinstance(people, People):
            words = lows[people.start : items[end].end]
            side = next((side for side, of in known.items() if not of.isdisjoint(words)), None)
            group = replace(people.group, status=Status.COMBATANT, side=side)
            item = replace(people, end=items[end].end, group=group, head="", plural=True).item
            skip = end + 1
        made.append(item)
    return made


def _body(items: Sequence[Item], lows: Words, n: int) -> int:
    """The item with which the words of a body of fighters end, that a number at item `n` counts."""
    people = items[n].data
    if items[n].tag != "Q" or not isinstance(people, People) or people.words not in NUMBERED:
        return 0
    for at in range(n + 1, min(len(items), n + 1 + _BETWEEN)):
        if items[at].tag not in "w":
            return 0
        if lows[items[at].start] in lows.lexicon.bodies_of_fighters:
            bodies = at == n + 1 and "definite" in lows.entries[people.start].kinds
            return 0 if bodies else at  # "clashes between the two forces"
    return 0
