"""The words that set a document apart from others: a street, a school, a surname.

How rare a word is comes from a fixed list of how often it is written in general, so that what two
documents have in common follows from these two alone and no third report changes it. Words of harm
stand in every report and tell none apart; names of areas, parties and sources are compared as such.
"""

import functools
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cenotaph.model import DocumentId, ResolvedClaim
from cenotaph.model.resolved import Precision
from cenotaph.vocab import LANGUAGES, ranks, table
from cenotaph.voices import named

# A year is no number that sets a report apart, and no part of it is.
_WORD = re.compile(r"[^\W\d_]{2,}|(?<!\d)\d{1,3}(?!\d)")
# Words kept of each document: the heaviest ones carry the likeness, the rest is noise and memory.
KEPT = 60
# Code points at the head of a text in which it says what it is about; words there count thrice.
HEAD = 700
# A document whose words together weigh less than this is no more like another for being short: what
# little it says, a stock sentence says too.
LEAST = 6.5
# Words written small are half as telling as names, in scripts that know the difference.
SMALL = 0.5
# A number is as telling as this part of the rarest word.
NUMBER = 0.45
# So many words are in everybody's mouth; a word that is in no list is as rare as one of this rank.
COMMON = 150
RAREST = 60_000
# The vocabularies whose words any report of harm may have, of every language and of each.
_EVERYWHERE = ("actors", "sources")
_OF_HARM = (
    "actors",
    "context",
    "grammar",
    "harm",
    "numbers",
    "persons",
    "scopes",
    "sources",
    "targets",
    "times",
    "weapons",
)
# Places that are compared by where they are; a street or a quarter sets a report apart.
_COMPARED = (
    Precision.SETTLEMENT,
    Precision.AREA,
    Precision.ADMIN2,
    Precision.ADMIN1,
    Precision.COUNTRY,
)

Terms = Mapping[DocumentId, Mapping[str, float]]


def terms(text: str, claims: Iterable[ResolvedClaim] = ()) -> dict[str, float]:
    """Return the weights of a document's telling words; the squares of them sum to at most 1.

    A word that is never written small is a name and stands with a capital; all others stand small.
    `claims` are what the document says: the names of places that are known, of areas, parties and
    sources in them are left out, since they are compared as such. Nothing but the document is
    looked at.
    """
    counted: dict[str, float] = {}
    small: set[str] = set()
    for word, weight in _words(text):
        folded = word.casefold()
        counted[folded] = counted.get(folded, 0.0) + weight
        if word[0].islower():
            small.add(folded)
    named = _named(claims)
    weighed = [
        ((1 + math.log1p(times)) * rarity, word)
        for word, times in counted.items()
        if word not in named and (rarity := _rarity(word)) > 0
    ]
    weighed.sort(key=lambda entry: (-entry[0], entry[1]))
    kept = weighed[:KEPT]
    length = max(LEAST, math.sqrt(sum(weight * weight for weight, _ in kept)))
    return {word if word in small else word.title(): weight / length for weight, word in kept}


def prepare() -> None:
    """Load the words that the first document to be linked would wait for."""
    terms("word")
    named("Name", "official")


def likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return how alike two documents are by their telling words, 0 to 1."""
    if len(one) > len(other):
        one, other = other, one
    return sum(one[word] * other[word] for word in sorted(one) if word in other)


def names(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return how alike two documents are by the names in them alone."""
    return sum(one[word] * other[word] for word in sorted(one) if word in other and is_name(word))


def is_name(word: str) -> bool:
    """Tell whether a telling word is a name; in a script without small letters any may be."""
    return not word[0].islower() and not word.isdigit()


def _words(text: str) -> Iterator[tuple[str, float]]:
    for match in _WORD.finditer(text):
        weight = 3.0 if match.start() < HEAD else 1.0
        yield match[0], weight * (SMALL if match[0][0].islower() else 1.0)


@functools.lru_cache(maxsize=65_536)
def _rarity(word: str) -> float:
    """Return 0 for what any report may say, up to 1 for a word that no list knows."""
    if word.isdigit():
        return NUMBER
    if word in _expected():
        return 0.0
    rank = min((ranks(lang).get(word, RAREST) for lang in LANGUAGES), default=RAREST)
    return max(0.0, math.log(rank / COMMON)) / math.log(RAREST / COMMON)


@functools.cache
def _expected() -> frozenset[str]:
    names = [*_EVERYWHERE, *(f"{lang}/{name}" for lang in LANGUAGES for name in _OF_HARM)]
    texts = (text for name in names for text in _texts(table(name)))
    return frozenset(_said("\n".join(texts)))


def _said(text: str) -> list[str]:
    """Return every word of a text, in small letters."""
    return [match[0].casefold() for match in _WORD.finditer(text)]


def _texts(value: Any) -> Iterator[str]:
    """Yield every text of a vocabulary, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield key
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _named(claims: Iterable[ResolvedClaim]) -> set[str]:
    """Return the words of the known places, areas, parties and sources that claims name."""
    found: set[str] = set()
    for each in claims:
        for place in each.places or (each.place,):
            if place is None:
                continue
            texts = [place.admin1, place.admin2]
            if place.precision in _COMPARED:
                texts += [place.name, place.quote.text if place.quote is not None else None]
            found.update(word for text in texts if text for word in _said(text))
        for actor in each.claim.perpetrators:
            found.update((*_said(actor.name), *_said(actor.quote.text)))
        for source in each.claim.said_by:
            found.update((*_said(source.name), *_said(source.quote.text)))
    return found
