"""Words that open a clause, and between a subject and its verb do not.

"Meanwhile jets hit Velm" begins anew; "the army meanwhile shelled Velm" tells on of the army.
"""

from collections.abc import Sequence

from cenotaph.reading.items import Item, Word
from cenotaph.reading.lexicon import Words

# What ends a subject; a verb behind one; what a clause begins behind.
_SUBJECTS = frozenset("wNyLP)")
_VERBS = frozenset("vVBRHXM")
_BEGINS = frozenset(',;:."SWC')


def with_adverbs(items: Sequence[Item], lows: Words) -> list[Item]:
    """Return the items of a sentence, such words as adverbs where they stand before their verb.

    Where the clause has had a verb already, the next one begins.
    """
    made = list(items)
    for n, item in enumerate(items):
        if item.tag != "S" or lows[item.start] not in lows.lexicon.between:
            continue
        if not 0 < n < len(items) - 1:
            continue
        split = items[n - 1].tag in "HX"  # "shelling has meanwhile killed six"
        if split or _subject(items, n) and _verb(items[n + 1], split=False):
            made[n] = item._replace(tag="a")
    return made


def _subject(items: Sequence[Item], n: int) -> bool:
    """Tell whether a subject, and no verb of its clause, stands before item `n`."""
    if items[n - 1].tag not in _SUBJECTS:
        return False
    for item in reversed(items[:n]):
        if item.tag in _BEGINS:
            break
        if _verb(item):
            return False
    return True


def _verb(item: Item, *, split: bool = True) -> bool:
    """Tell whether an item is a verb; a word that only ends as one does is so for the next one."""
    past = isinstance(item.data, Word) and "past_like" in item.data.kinds
    return item.tag in _VERBS or not split and item.tag == "w" and past
