"""Fixed words with a code, found in a sentence: weapons, events, targets, contexts, scopes.

These are found wherever they stand, before any grammar is asked: which of them belongs to which
count is decided later, by clause.
"""

import functools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cenotaph.vocab import table


def split_phrase(phrase: str) -> Iterator[str]:
    """Split an entry as the tokenizer splits text; an underscore stands for a space."""
    word = ""
    for char in phrase.replace("_", " ").lower():
        if char == " ":
            if word:
                yield word
            word = ""
        elif char in "-–—&%":
            if word:
                yield word
            yield char
            word = ""
        else:
            word += char
    if word:
        yield word


class Hit(NamedTuple):
    """A phrase of the vocabulary at tokens [start, end), with its code."""

    start: int
    end: int
    code: str


class Phrases:
    """A table of phrases with codes.

    `find` takes the longest at each place, and none inside another. `firsts` are the words with
    which a phrase can begin.
    """

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self._alone: dict[str, str] = {}
        # By the first and the second word: the words from the second on, longest first.
        self._longer: dict[str, dict[str, list[tuple[list[str], str]]]] = {}
        for phrase, code in entries:
            first, *rest = split_phrase(phrase)
            if rest:
                seconds = self._longer.setdefault(first, {})
                seconds.setdefault(rest[0], []).append((rest, code))
            else:
                self._alone.setdefault(first, code)
        for seconds in self._longer.values():
            for candidates in seconds.values():
                candidates.sort(key=lambda c: -len(c[0]))
        self.firsts = frozenset(self._alone) | frozenset(self._longer)

    def begin(self, low: str) -> bool:
        """Tell whether a phrase can begin with a word."""
        return low in self.firsts

    def at(self, lows: list[str], i: int) -> Hit | None:
        """Return the longest phrase that begins at token `i`."""
        low = lows[i]
        if low not in self.firsts:
            return None
        seconds = self._longer.get(low)
        if seconds is not None and i + 1 < len(lows):
            for rest, code in seconds.get(lows[i + 1], ()):
                end = i + 1 + len(rest)
                if lows[i + 1 : end] == rest:
                    return Hit(i, end, code)
        alone = self._alone.get(low)
        return None if alone is None else Hit(i, i + 1, alone)

    def find(self, lows: list[str]) -> list[Hit]:
        """Return all phrases of the sentence, left to right."""
        found = list[Hit]()
        firsts, end = self.firsts, 0
        if firsts.isdisjoint(lows):  # most sentences, told at once
            return found
        for i in [i for i, low in enumerate(lows) if low in firsts]:
            if i >= end and (hit := self.at(lows, i)) is not None:
                found.append(hit)
                end = hit.end
        return found


class Vocabulary(NamedTuple):
    """The coded phrases of one language pack, and which event a weapon makes."""

    weapons: Phrases
    events: Phrases
    targets: Phrases
    contexts: Phrases
    attacks: Phrases
    scopes: Phrases
    stances: Phrases
    corrections: Phrases
    event_of: dict[str, str]
    general: frozenset[str]


@functools.cache
def vocabulary(lang: str) -> Vocabulary:
    """Return the coded phrases of `lang`."""
    weapons = table(f"{lang}/weapons")
    return Vocabulary(
        weapons=Phrases((w, e["code"]) for e in weapons["weapon"] for w in e["words"]),
        events=Phrases((w, e["code"]) for e in weapons["event"] for w in e["words"]),
        targets=_phrases(table(f"{lang}/targets")["targets"]),
        contexts=_phrases(table(f"{lang}/context")["words"]),
        attacks=_phrases(table(f"{lang}/attacks")["words"]),
        scopes=_phrases({k: v["words"] for k, v in table(f"{lang}/scopes").items()}),
        stances=_phrases(table(f"{lang}/actors")["stance"]),
        corrections=_phrases(table(f"{lang}/harm")["correction"]),
        general=frozenset(e["code"] for e in weapons["weapon"] if e.get("general")),
        event_of={e["code"]: e["event"] for e in weapons["weapon"] if "event" in e},
    )


def _phrases(by_code: dict[str, list[str]]) -> Phrases:
    return Phrases((word, code) for code, words in by_code.items() for word in words)
