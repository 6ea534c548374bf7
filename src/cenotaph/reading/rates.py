"""Rates, which count nobody: "nine people are killed every day", "an average of nine a day"."""

import functools
from typing import NamedTuple

from cenotaph.reading.drafts import Draft
from cenotaph.reading.items import Row
from cenotaph.vocab import table

# Between people and the words of a rate: where it is so.
_BETWEEN = frozenset("pwoLa")
# "In each two days" has one word between.
_OF_TIME = 2
# "An average of some nine" has so many words before its number at most.
_BEFORE = 4


class _Words(NamedTuple):
    each: frozenset[str]
    articles: frozenset[str]
    times: frozenset[str]
    adverbs: frozenset[str]
    average: frozenset[tuple[str, ...]]
    never: frozenset[str]
    gate: frozenset[str]


@functools.cache
def _words(lang: str) -> _Words:
    known = table(f"{lang}/harm")["rate"]
    each, articles, times, adverbs, never = (
        frozenset(known[key]) for key in ("each", "articles", "times", "adverbs", "never")
    )
    average = frozenset(tuple(phrase.split()) for phrase in known["average"])
    gate = times | adverbs | {word for phrase in average for word in phrase}
    return _Words(each, articles, times, adverbs, average, never, gate)


def rate(row: Row, draft: Draft) -> bool:
    """Tell whether a count is so many in each of many times, and of no one event or sum.

    "A town shelled every day, where nine died" tells how often it was shelled.
    """
    words = row.sentence.words
    known = _words(words.lexicon.lang)
    if known.gate.isdisjoint(words):
        return False
    first, last = row.items[draft.first].start, row.items[draft.last].end
    begin, end = max(0, first - _BEFORE), row.items[draft.item].end + 1
    if any(tuple(words[k : k + 2]) in known.average for k in range(begin, end)):
        return True
    if words[last : last + 1] and words[last] in known.articles and _a_time(words, last, known):
        return True
    n = draft.last + 1
    while n < len(row.tags):
        if _each_time(words, row.items[n].start, known) > 0:
            return True
        if row.tags[n] not in _BETWEEN:
            break
        n += 1
    return _opens(words, first, known) or _each_time(words, last, known) > 0


def _opens(words: list[str], first: int, known: _Words) -> bool:
    """ "Every day, nine people are killed": the words open the clause."""
    begin = first
    while begin > 0 and words[begin - 1] not in ",;":
        begin -= 1
    if begin == first:  # the comma stands right before the people
        begin = max(0, first - 1)
        while begin > 0 and words[begin - 1] not in ",;":
            begin -= 1
    end = _each_time(words, begin, known)
    return end > 0 and all(word == "," for word in words[end:first])


def _each_time(words: list[str], n: int, known: _Words) -> int:
    """Where the words of a rate that begin at `n` end, 0 where none begin there."""
    if n >= len(words):
        return 0
    if words[n] in known.adverbs:
        return n + 1
    if tuple(words[n : n + 2]) in known.average:
        return n + 2
    return _a_time(words, n, known) if words[n] in known.each else 0


def _a_time(words: list[str], n: int, known: _Words) -> int:
    """Where "every two days", or "a day" of "nine a day", ends; 0 for "a day after"."""
    ends = range(n + 1, min(n + 1 + _OF_TIME, len(words)))
    end = next((k + 1 for k in ends if words[k] in known.times), 0)
    return end if known.never.isdisjoint(words[end : end + 1]) else 0
