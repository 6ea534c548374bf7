"""The words that set a document apart from the others of its collection.

Rare words (a street, a school, a surname) tie reports of one event together in any script. Their
weight is how few documents have them; no list of words is needed.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from cenotaph.model import Document, DocumentId

_WORD = re.compile(r"[^\W\d_]{2,}|\d{1,3}")
# Words kept of each document: the heaviest ones carry the likeness, the rest is noise and memory.
KEPT = 60
# Code points at the head of a text in which it says what it is about; words there count thrice.
HEAD = 700
# Words written small are half as telling as names, in scripts that know the difference.
SMALL = 0.5
# How fast a word's weight grows with its rarity.
RARITY = 1.25
# Below about this many documents nothing can be said of how rare a word is.
ENOUGH = 60

Terms = Mapping[DocumentId, Mapping[str, float]]


def terms(documents: Sequence[Document]) -> dict[DocumentId, dict[str, float]]:
    """Return the weights of each document's telling words; the squares of them sum to at most 1.

    A word that only one document has ties it to nothing and is left out; so is one that a fifth of
    them have. In a small collection no word is known to be rare, and all weights are small. The
    result depends on the set of documents, not on their order.
    """
    counted: dict[DocumentId, dict[str, float]] = {}
    spread: Counter[str] = Counter()
    for document in documents:
        if document.id in counted:
            continue
        words: dict[str, float] = {}
        for word, weight in _words(document.text):
            words[word] = words.get(word, 0.0) + weight
        counted[document.id] = words
        spread.update(words.keys())
    total = len(counted)
    most = max(2, total // 5)
    trust = math.sqrt(total / (total + ENOUGH))
    found: dict[DocumentId, dict[str, float]] = {}
    for name, words in counted.items():
        weighed = [
            ((1 + math.log1p(times)) * math.log1p(total / spread[word]) ** RARITY, word)
            for word, times in words.items()
            if 2 <= spread[word] <= most
        ]
        weighed.sort(key=lambda entry: (-entry[0], entry[1]))
        kept = weighed[:KEPT]
        length = math.sqrt(sum(weight * weight for weight, _ in kept)) or 1.0
        found[name] = {word: trust * weight / length for weight, word in kept}
    return found


def _words(text: str) -> Iterator[tuple[str, float]]:
    for match in _WORD.finditer(text):
        weight = 3.0 if match.start() < HEAD else 1.0
        yield match[0].casefold(), weight * (SMALL if match[0][0].islower() else 1.0)


def likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return how alike two documents are by their telling words, 0 to 1."""
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[word] for word, weight in one.items() if word in other)
