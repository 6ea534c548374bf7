"""Whether the clause around an expression of time speaks of what is to come."""

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cenotaph.vocab import table

REACH = 240
WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?|[.;:!?\"“”»«]|,|\n[ \t\r]*\n")
SENTENCE = frozenset('.;:!?"“”»«')


@dataclass(frozen=True, slots=True)
class _Words:
    future: frozenset[str]
    contractions: tuple[str, ...]
    past: frozenset[str]
    endings: tuple[str, ...]
    between: frozenset[str]
    clause: frozenset[str]
    needs: Mapping[str, frozenset[str]]
    bars: Mapping[str, frozenset[str]]


@functools.cache
def _words(lang: str) -> _Words:
    rules: Mapping[str, Any] = table(f"{lang}/times")["tense"]
    return _Words(
        frozenset(rules["future"]),
        tuple(rules["future_contractions"]),
        frozenset(rules["past"]),
        tuple(rules["past_endings"]),
        frozenset(rules["between"]),
        frozenset(rules["clause"]),
        {word: frozenset(next_words) for word, next_words in rules["future_needs"].items()},
        {word: frozenset(next_words) for word, next_words in rules["future_bars"].items()},
    )


def future_word(text: str, start: int, end: int, *, lang: str) -> str | None:
    """Return the word that puts the time at `text[start:end]` in the future, None for the past.

    The verb nearest before the time in its clause decides; a participle follows its auxiliary.
    Where none stands before it, the first verb after it decides.
    """
    rules = _words(lang)
    first = max(0, start - REACH)
    first = max(first, *(text.rfind(mark, first, start) for mark in SENTENCE))
    before: list[str] = WORD.findall(text, first, start)
    clause: list[str] = []
    for word in reversed(before):
        if word in SENTENCE or word.startswith("\n") or word.lower() in rules.clause:
            break
        clause.append(word.lower())
    clause.reverse()
    verdict = _last(clause, rules)
    if verdict is not None:
        return verdict or None
    clause = []
    for nth, match in enumerate(WORD.finditer(text, end, min(len(text), end + REACH))):
        word = match[0]
        if word in SENTENCE or word.startswith("\n") or word.lower() in rules.clause:
            break
        if word == "," and nth > 1:
            break
        clause.append(word.lower())
    for index, word in enumerate(clause):
        kind = _kind(clause, index, rules)
        if kind:
            return word if kind == "future" else None
    return None


def _kind(clause: Sequence[str], index: int, rules: _Words) -> str:
    word = clause[index]
    if word in rules.future or word.endswith(rules.contractions):
        following = clause[index + 1] if index + 1 < len(clause) else ""
        if following in rules.bars.get(word, ()):
            return "past"
        return "future" if word not in rules.needs or following in rules.needs[word] else ""
    if word in rules.past or (len(word) > 4 and word.endswith(rules.endings)):
        return "past"
    return ""


def _last(clause: Sequence[str], rules: _Words) -> str | None:
    """Return the future word that governs a clause's end, "" for the past, None for neither."""
    for index in range(len(clause) - 1, -1, -1):
        kind = _kind(clause, index, rules)
        if kind == "future":
            return clause[index]
        if kind == "past":
            auxiliary = index - 1
            while auxiliary >= 0 and clause[auxiliary] in rules.between:
                auxiliary -= 1
            if auxiliary >= 0 and _kind(clause, auxiliary, rules) == "future":
                return clause[auxiliary]
            return ""
    return None
