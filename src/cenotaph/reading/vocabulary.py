"""Fixed words with a code, found in a sentence: weapons, events, targets, contexts, scopes.

These are found wherever they stand, before any grammar is asked: which of them belongs to which
count is decided later, by clause.
"""

import functools
from collections.abc import Collection, Iterable, Iterator
from itertools import product
from typing import NamedTuple

from cenotaph.vocab import table

# Names no longer than this may be common words, and are kept in capitals then: "IS", "US".
SHORT = 3


def split_phrase(phrase: str) -> Iterator[str]:
    """Split an entry as the tokenizer splits text, in lower case; an underscore is a space."""
    return _split(phrase.lower())


def _split(phrase: str) -> Iterator[str]:
    word = ""
    for char in phrase.replace("_", " ").replace("'s", " 's"):
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


def _spellings(phrase: str) -> list[list[str]]:
    """A phrase in lower case, and with its short names in capitals, as sentences keep these."""
    low = list(split_phrase(phrase))
    written = list(_split(phrase))
    short = [word.isupper() and 1 < len(word) <= SHORT for word in written]
    if not any(short):
        return [low]
    kept = [word if upper else word.lower() for word, upper in zip(written, short, strict=True)]
    return [low, kept]


class Hit(NamedTuple):
    """A phrase of the vocabulary at tokens [start, end), with its code."""

    start: int
    end: int
    code: str


class Phrases:
    """A table of phrases with codes.

    `find` takes the longest at each place, and none inside another. `firsts` are the words with
    which a phrase can begin, `longest` the most tokens that one has.
    """

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        # By the first word: the code of that word alone, and by the second word the words from it
        # on, longest first.
        self._begun: dict[str, tuple[str | None, dict[str, list[tuple[list[str], str]]]]] = {}
        spelled = [(words, code) for phrase, code in entries for words in _spellings(phrase)]
        # The longest word of a phrase is as a rule its rarest: without one of these stands none.
        self.telling = frozenset(max(words, key=len) for words, _ in spelled)
        self.longest = max((len(words) for words, _ in spelled), default=0)
        for (first, *rest), code in spelled:
            alone, seconds = self._begun.get(first, (None, {}))
            if rest:
                seconds.setdefault(rest[0], []).append((rest, code))
            elif alone is None:
                alone = code
            self._begun[first] = alone, seconds
        for _, seconds in self._begun.values():
            for candidates in seconds.values():
                candidates.sort(key=lambda c: -len(c[0]))
        self.firsts = frozenset(self._begun)

    def begin(self, low: str) -> bool:
        """Tell whether a phrase can begin with a word."""
        return low in self.firsts

    def at(self, lows: list[str], i: int) -> Hit | None:
        """Return the longest phrase that begins at token `i`."""
        begun = self._begun.get(lows[i])
        if begun is None:  # most words
            return None
        alone, seconds = begun
        if seconds and i + 1 < len(lows):
            for rest, code in seconds.get(lows[i + 1], ()):
                end = i + 1 + len(rest)
                if lows[i + 1 : end] == rest:
                    return Hit(i, end, code)
        return None if alone is None else Hit(i, i + 1, alone)

    def find(self, lows: list[str], telling: Collection[str] | None = None) -> list[Hit]:
        """Return all phrases of the sentence, left to right.

        `telling` are those of its words that stand in `telling` of this table and others: who asks
        for several tables looks the words up once.
        """
        found = list[Hit]()
        if self.telling.isdisjoint(lows if telling is None else telling):  # most sentences
            return found
        firsts, end = self.firsts, 0
        for i in [i for i, low in enumerate(lows) if low in firsts]:
            if i >= end and (hit := self.at(lows, i)) is not None:
                found.append(hit)
                end = hit.end
        return found


class Vocabulary(NamedTuple):
    """The coded phrases of one language pack, and which event a weapon makes.

    `telling` are the words without which a sentence has none of all these phrases.
    """

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
    telling: frozenset[str]


@functools.cache
def vocabulary(lang: str) -> Vocabulary:
    """Return the coded phrases of `lang`."""
    weapons = table(f"{lang}/weapons")
    tables = {
        "weapons": Phrases((w, e["code"]) for e in weapons["weapon"] for w in e["words"]),
        "events": Phrases((w, e["code"]) for e in weapons["event"] for w in e["words"]),
        "targets": _phrases(table(f"{lang}/targets")["targets"]),
        "contexts": _phrases(table(f"{lang}/context")["words"]),
        "attacks": _phrases(table(f"{lang}/attacks")["words"]),
        "scopes": _phrases({k: v["words"] for k, v in table(f"{lang}/scopes").items()}),
        "stances": _phrases(table(f"{lang}/actors")["stance"]),
        "corrections": _phrases(_corrections(table(f"{lang}/harm")["correction"])),
    }
    return Vocabulary(
        **tables,
        general=frozenset(e["code"] for e in weapons["weapon"] if e.get("general")),
        event_of={e["code"]: e["event"] for e in weapons["weapon"] if "event" in e},
        telling=frozenset().union(*(phrases.telling for phrases in tables.values())),
    )


def _corrections(words: dict[str, list[str]]) -> dict[str, list[str]]:
    """The phrases of corrections by code, those of taking back put together from their parts."""
    plain = {code: phrases for code, phrases in words.items() if not code.startswith("withdraw_")}
    for code, what in (("withdraw", "withdraw_what"), ("misstated", "withdraw_said")):
        made = product(words["withdraw_verbs"], words["withdraw_whose"], words[what])
        plain[code] = [*words[code], *map(" ".join, made)]
    return plain


def _phrases(by_code: dict[str, list[str]]) -> Phrases:
    return Phrases((word, code) for code, words in by_code.items() for word in words)
