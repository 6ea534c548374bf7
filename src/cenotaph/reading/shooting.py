"""Who "shot" at something, told from those who were shot.

The past tense and the participle are one word: "troops shot into the crowd" hurts no troops, "two
men shot in the market" hurts both.
"""

import functools
from typing import NamedTuple

from cenotaph.model import Status
from cenotaph.reading.items import Row
from cenotaph.reading.subjects import subjects
from cenotaph.reading.verb_groups import VerbGroup
from cenotaph.vocab import table


class _Words(NamedTuple):
    """What stands behind the verb of those who shoot."""

    into: frozenset[str]
    at: frozenset[str]
    air: tuple[tuple[str, ...], ...]
    fatally: frozenset[str]


@functools.cache
def _words(lang: str) -> _Words:
    known = table(f"{lang}/harm")["shot_at"]
    air = tuple(tuple(words.split()) for words in known["air"])
    into, at, deadly = (frozenset(known[name]) for name in ("into", "at", "fatally"))
    return _Words(into, at, air, deadly)


def shooting(row: Row, group: VerbGroup, k: int) -> bool:
    """Tell whether those before the verb at item `k`, without "were", are who shot.

    They are where it was into something, or over it, and where those who bear arms shot at people.
    """
    words, behind = row.sentence.words, row.items[k].end
    known = _words(words.lexicon.lang)
    if words[behind] in known.into:
        return row.tags[k + 2 : k + 3] != "b"
    if any(tuple(words[behind : behind + len(air)]) == air for air in known.air):
        return True
    target = row.people(k + 2) if row.tags[k + 2 : k + 3] in ("N", "Q") else None
    if words[behind] not in known.at or target is None or target.words == "name":
        return False
    if row.tags[k + 2] == "Q" and target.head:
        return False
    return any(_armed(row, n) for n in subjects(row, group.start, adjacent=True))


def shot_at(row: Row, k: int) -> bool:
    """ "Two officers were shot at": nobody says that they were hit."""
    words, behind = row.sentence.words, row.items[k].end
    at = words[behind] in _words(words.lexicon.lang).at
    return at and row.tags[k + 2 : k + 3] in ("", ".", ",", ";", "b", "S", "C", "p", "T")


def fatally(row: Row, k: int) -> int | None:
    """The item of those killed in "two boys were shot at, one of them fatally", at verb `k`."""
    n = k + 3
    if row.tags[k + 2 : k + 3] != "," or row.tags[n : n + 1] not in ("N", "Q", "n"):
        return None
    words, behind = row.sentence.words, row.items[n].end
    deadly = behind < len(words) and words[behind] in _words(words.lexicon.lang).fatally
    return n if deadly else None


def _armed(row: Row, n: int) -> bool:
    people = row.people(n)
    if people is None:
        return False
    group = people.group
    return group.attacker or group.status is Status.COMBATANT or group.role == "police"
