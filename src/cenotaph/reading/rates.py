"""Rates, which count nobody: "nine people are killed every day", "an average of nine a day"."""

import functools
from collections.abc import Sequence
from typing import NamedTuple

from cenotaph.reading.drafts import Draft
from cenotaph.reading.items import Row
from cenotaph.vocab import table

# Between people and the words of a rate: where it is so.
_BETWEEN = frozenset("pwoLa")
_DETERMINED = frozenset({"definite", "indefinite", "pronoun_possessive"})
# "An average of some nine" has so many words before its number at most.
_BEFORE = 4


class _Words(NamedTuple):
    each: frozenset[str]
    articles: frozenset[str]
    times: frozenset[str]
    adverbs: frozenset[str]
    average: frozenset[tuple[str, ...]]
    numbers: frozenset[str]
    behind: frozenset[str]
    gate: frozenset[str]


@functools.cache
def _words(lang: str) -> _Words:
    known = table(f"{lang}/harm")["rate"]
    each, articles, times, adverbs, numbers, behind = (
        frozenset(known[key])
        for key in ("each", "articles", "times", "adverbs", "numbers", "behind")
    )
    average = frozenset(tuple(phrase.split()) for phrase in known["average"])
    gate = times | adverbs | {word for phrase in average for word in phrase}
    return _Words(each, articles, times, adverbs, average, numbers, behind, gate)


def rate(row: Row, draft: Draft) -> bool:
    """Tell whether a count is so many in each of many times, and of no one event or sum.

    "A town shelled every day, where nine died" tells how often it was shelled, and "killed at the
    weekly market" or "a day apart" nothing of the kind.
    """
    words = row.sentence.words
    known = _words(words.lexicon.lang)
    if known.gate.isdisjoint(words):
        return False
    first, last = row.items[draft.first].start, row.items[draft.last].end
    begin, end = max(0, first - _BEFORE), row.items[draft.item].end + 1
    if any(tuple(words[k : k + 2]) in known.average for k in range(begin, end)):
        return True
    if last < len(words) and words[last] in known.articles and (end := _time(words, last, known)):
        return end >= len(words) or words[end] in known.behind or not words[end].isalnum()
    n = draft.last + 1
    while n < len(row.tags):
        if _each_time(row, row.items[n].start, known) > 0:
            return True
        if row.tags[n] not in _BETWEEN:
            break
        n += 1
    return _opens(row, first, known)


def _opens(row: Row, first: int, known: _Words) -> bool:
    """ "Every day, nine people are killed": the words open the clause."""
    words = row.sentence.words
    begin = max(0, first - 1)  # the comma may stand right before the people
    while begin > 0 and words[begin - 1] not in ",;":
        begin -= 1
    end = _each_time(row, begin, known)
    return end > 0 and all(word == "," for word in words[end:first])


def _each_time(row: Row, n: int, known: _Words) -> int:
    """Where the words of a rate that begin at token `n` end, 0 where none begin there."""
    words = row.sentence.words
    if words[n] in known.adverbs:
        return n + 1 if _adverbial(row, n) else 0
    if tuple(words[n : n + 2]) in known.average:
        return n + 2
    return _time(words, n, known) if words[n] in known.each else 0


def _adverbial(row: Row, n: int) -> bool:
    """ "Dozens are killed daily", but "at the weekly market", "of the Daily Herald"."""
    words, tokens = row.sentence.words, row.sentence.tokens
    if n and (words.entries[n - 1].kinds & _DETERMINED or tokens[n].text[0].isupper()):
        return False
    behind = words[n + 1] if n + 1 < len(words) else "."
    return not behind.isalnum() or "preposition" in words.entries[n + 1].kinds


def _time(words: Sequence[str], n: int, known: _Words) -> int:
    """Where "every two days", or "a day", ends that begins with the word at `n`, or 0."""
    if n + 1 < len(words) and words[n + 1] in known.times:
        return n + 2
    numbered = n + 2 < len(words) and (words[n + 1].isdigit() or words[n + 1] in known.numbers)
    return n + 3 if numbered and words[n + 2] in known.times else 0
