"""Commas that a page lost: "killed nine people six of them women", "two boys two girls and a man".

Pages that were copied without their commas read as others do once the comma stands where nothing
else can: between two counts of people, and before whose part a count is. It takes no words.
"""

from collections.abc import Sequence

from cenotaph.reading.items import COUNTED, NUMBERED, Item, People
from cenotaph.reading.lexicon import Words

# Before these alone a comma can be lost.
_BEFORE = frozenset("NnQ")
# What a part of people stands behind: people, their harm, where and when it was.
_BEFORE_PART = frozenset("NQFJLT")


def with_commas(items: Sequence[Item], words: Words, *, heading: bool) -> list[Item]:
    """The items of a sentence, a comma between those that only a comma can part."""
    if _BEFORE.isdisjoint([item.tag for item in items[1:]]):
        return list(items)
    found: list[Item] = []
    for n, item in enumerate(items):
        owned = item.tag == "N" and "pronoun_possessive" in words.entries[item.start].kinds
        if n and item.tag in "NnQ" and _parted(items, n, heading=heading, owned=owned):
            found.append(Item(",", item.start, item.start))
        found.append(item)
    return found


def _parted(items: Sequence[Item], n: int, *, heading: bool, owned: bool) -> bool:
    """Tell whether item `n`, which may be somebody's kin, cannot follow without a comma."""
    last, people = items[n - 1], items[n].data
    if not isinstance(people, People):
        return False
    if items[n].tag == "n":
        if people.harmed is not None:
            return False
        return last.tag in _BEFORE_PART or last.tag == "V" and _participle(items, n - 1)
    if people.words in NUMBERED and _opened(items, n):
        return True
    before = last.data
    if items[n].tag != "N" or last.tag not in "NQy" or not isinstance(before, People):
        return False
    if not _plain(before) or not _plain(people):
        return False
    if people.words == "name":
        return before.words == "name" and before.age is not None
    if people.kin and before.count.low == 1 and owned:
        return True  # "a teacher his wife and their sons"
    if people.words in COUNTED:
        bare = people.words in NUMBERED and before.words == "bare" and heading
        return before.words in COUNTED or bare or before.kin
    # "Raid kills 30 villagers farmers"
    ended = n + 1 == len(items) or items[n + 1].tag in "VpT"
    return heading and before.words in NUMBERED and people.words in ("bare", "none") and ended


def _plain(people: People) -> bool:
    return people.harmed is None and people.attribute is None


def _participle(items: Sequence[Item], n: int) -> bool:
    """Tell whether the verb at item `n` has its people before it: "16 wounded"."""
    people = items[n - 1].data if n else None
    return n > 0 and (
        items[n - 1].tag == "X" or isinstance(people, People) and people.words in NUMBERED
    )


def _opened(items: Sequence[Item], n: int) -> bool:
    """ "Of the 44 people killed 17 were women": the whole stands first."""
    tags = "".join(item.tag for item in items[: n + 2])
    return n in (2, 3) and tags in ("oNVQX", "oNVNX", "oQVQX", "oNJQX", "oFQX")
