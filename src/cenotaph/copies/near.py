"""Which texts are nearly the same, and how two that share much differ.

Texts are compared by their runs of four words (lower-case, punctuation aside): the value of a pair
is how many of them both have, of all that either has (the Jaccard index). Pairs are looked for by
MinHash, so that not every text is held against every other, and then counted in full.
"""

import functools
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rensa import RMinHash

from cenotaph.copies.passages import find, precedence
from cenotaph.model import Copy, CopyPair, Document
from cenotaph.vocab import LANGUAGES, table

_WORD = re.compile(r"\w+")
RUN = 4
"""Words in a run."""
COPY = 0.9
"""From above this value on, two texts are copies."""
LISTED = 0.5
"""From this value on, a pair is listed and judged."""

# 64 bands of three: a pair of value .5 shares one with a chance of .9998, one of .9 for certain.
_BAND, _BANDS = 3, 64
# In a band that more texts share, each is held against so many before it. Texts of the same words
# are one there.
_NEIGHBOURS = 40
# Of texts of the very same words, every pair is listed up to so many; of more, each with the first.
_ALL_PAIRS = 60
# Texts whose runs are held as words at one time.
_BATCH = 500


def pairs(documents: Sequence[Document]) -> tuple[CopyPair, ...]:
    """Return the pairs of documents that share a passage or much of their text, highest value
    first.

    Every pair of value LISTED and over is listed; below that, those of which the later takes over a
    passage from its originator. The result depends on the set of documents and not on their order.
    """
    ordered = sorted({d.id: d for d in documents}.values(), key=precedence)
    texts = _read(ordered)
    runs = texts.runs
    found = {
        (one, other): value
        for one, other in _candidates(texts)
        if (value := _jaccard(runs[one], runs[other])) >= LISTED
    }
    position = {each.id: number for number, each in enumerate(ordered)}
    shared: dict[tuple[int, int], list[Copy]] = {}
    for copy in find(ordered):
        shared.setdefault((position[copy.original], position[copy.document]), []).append(copy)
    for one, other in shared.keys() - found.keys():
        found[one, other] = _jaccard(runs[one], runs[other])
    made = [
        _pair(ordered[one], ordered[other], value, shared.get((one, other)))
        for (one, other), value in found.items()
    ]
    return tuple(sorted(made, key=lambda pair: (-pair.value, pair.original, pair.document)))


def _pair(
    original: Document, document: Document, value: float, copied: list[Copy] | None
) -> CopyPair:
    if copied is None:
        # Another document may have had the passage first; between these two it is shared all the
        # same.
        copied = [c for c in find([original, document]) if c.document == document.id]
    words = sum(1 for _ in _WORD.finditer(document.text)) or 1
    taken = sum(1 for copy in copied for _ in _WORD.finditer(copy.passage.text))
    return CopyPair(
        original=original.id,
        document=document.id,
        value=round(value, 4),
        judged=_judged(value, taken / words, original.text, document.text),
        share=round(min(1.0, taken / words), 4),
        passages=tuple(copied),
    )


def _judged(value: float, share: float, original: str, document: str) -> str:
    if value < LISTED and share < LISTED:
        return "passages"
    one, other = _numbers(original), _numbers(document)
    if one - other and other - one:
        return "revised"
    return "copy" if value > COPY or share > COPY else "reworded"


@dataclass(slots=True)
class _Texts:
    """The runs of each text as sorted numbers, and its digest."""

    runs: list["array[int]"]
    digests: list["array[int]"]


def _read(ordered: Sequence[Document]) -> _Texts:
    found = _Texts([], [])
    for begin in range(0, len(ordered), _BATCH):
        runs = [_runs(each.text) for each in ordered[begin : begin + _BATCH]]
        found.runs += [array("Q", sorted(set(h))) for h in RMinHash.hash_token_sets(runs)]
        made = RMinHash.digests_from_token_sets(runs, num_perm=_BAND * _BANDS, seed=1)
        found.digests += [array("L", digest) for digest in made]
    return found


def _runs(text: str) -> list[str]:
    words = [match[0] for match in _WORD.finditer(text.lower())]
    if len(words) < RUN:
        return [" ".join(words)] if words else []
    return sorted({" ".join(words[n : n + RUN]) for n in range(len(words) - RUN + 1)})


def _jaccard(one: "array[int]", other: "array[int]") -> float:
    common = len(set(one).intersection(other))
    return common / (len(one) + len(other) - common) if common else 0.0


def _candidates(texts: _Texts) -> Iterator[tuple[int, int]]:
    """Yield every pair of texts worth counting, the earlier first, perhaps more than once."""
    same: dict[bytes, list[int]] = {}
    for number, each in enumerate(texts.runs):
        if each:
            same.setdefault(each.tobytes(), []).append(number)
    beside = {members[0]: members for members in same.values()}
    for members in beside.values():
        if len(members) <= _ALL_PAIRS:
            yield from combinations(members, 2)
        else:
            yield from ((members[0], other) for other in members[1:])
    seen: set[tuple[int, int]] = set()
    for band in range(_BANDS):
        for members in _alike(beside, texts.digests, band):
            for place, other in enumerate(members):
                for one in members[max(0, place - _NEIGHBOURS) : place]:
                    if (one, other) not in seen:
                        seen.add((one, other))
                        yield from _each(beside[one], beside[other])


def _alike(
    firsts: Iterable[int], digests: Sequence["array[int]"], band: int
) -> Iterator[list[int]]:
    """Yield the texts that share a band, in order, where there are two or more."""
    found: dict[bytes, list[int]] = {}
    for number in firsts:
        key = digests[number][_BAND * band : _BAND * (band + 1)].tobytes()
        found.setdefault(key, []).append(number)
    yield from (members for members in found.values() if len(members) > 1)


def _each(one: Sequence[int], other: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the pairs between two groups of the very same words; of large groups, between the
    firsts."""
    if len(one) * len(other) > _ALL_PAIRS**2 // 2:
        one, other = one[:1], other[:1]
    for a in one:
        for b in other:
            yield (a, b) if a < b else (b, a)


def _numbers(text: str) -> frozenset[int]:
    """Return what a text counts with, from two on: not years, nor days written 05."""
    found: set[int] = set()
    for match in _WORD.finditer(text.casefold()):
        word = match[0]
        value = _counting().get(word, 0)
        if word.isdecimal() and not word.startswith("0") and len(word) < 10:
            value = int(word)
        if value > 1 and not 1900 <= value <= 2099:
            found.add(value)
    return frozenset(found)


@functools.cache
def _counting() -> Mapping[str, int]:
    cardinals = (table(f"{lang}/numbers")["cardinal"] for lang in LANGUAGES)
    return {word: value for each in cardinals for word, value in each.items()}
