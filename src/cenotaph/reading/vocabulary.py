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


class _Around(NamedTuple):
    """A phrase as it lies around the word that tells of it.

    `before` words stand before that. `rank` is its place in the table: of phrases of the same words
    the first is meant.
    """

    before: int
    words: list[str]
    code: str
    rank: int

    def met(self, lows: list[str], at: int) -> "_Met | None":
        """Return where the phrase stands in a sentence whose token `at` is the word that tells."""
        words = self.words
        start = at - self.before
        end = start + len(words)
        if start < 0 or end > len(lows):
            return None
        if all(lows[start + n] == word for n, word in enumerate(words)):
            return _Met(start, end, self.rank, self.code)
        return None


class _Met(NamedTuple):
    """A phrase that stands in a sentence at tokens [start, end)."""

    start: int
    end: int
    rank: int
    code: str


class Phrases:
    """A table of phrases with codes.

    `find` takes the longest at each place, and none inside another. `firsts` are the words with
    which a phrase can begin, `around` the phrases by their telling word, without which none stands,
    `longest` the most tokens that one has. `idle` are the commonest words of the language, which
    tell least of what phrase may stand there.
    """

    def __init__(
        self, entries: Iterable[tuple[str, str]], idle: Collection[str] = frozenset()
    ) -> None:
        # By the first word: the code of that word alone, and by the second word the words from it
        # on, longest first.
        self._begun: dict[str, tuple[str | None, dict[str, list[tuple[list[str], str]]]]] = {}
        self.around: dict[str, list[_Around]] = {}
        spelled = [(words, code) for phrase, code in entries for words in _spellings(phrase)]
        self.longest = max((len(words) for words, _ in spelled), default=0)
        for rank, (words, code) in enumerate(spelled):
            first, *rest = words
            alone, seconds = self._begun.get(first, (None, {}))
            if rest:
                seconds.setdefault(rest[0], []).append((rest, code))
            elif alone is None:
                alone = code
            self._begun[first] = alone, seconds
            # The longest word of a phrase is as a rule its rarest.
            tells = max([word for word in words if word not in idle] or words, key=len)
            lies = _Around(words.index(tells), words, code, rank)
            self.around.setdefault(tells, []).append(lies)
        for _, seconds in self._begun.values():
            for candidates in seconds.values():
                candidates.sort(key=lambda c: -len(c[0]))
        self.firsts = frozenset(self._begun)
        self.telling = frozenset(self.around)

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

    def find(self, lows: list[str]) -> list[Hit]:
        """Return all phrases of the sentence, left to right."""
        if self.telling.isdisjoint(lows):  # most sentences
            return []
        met = list[_Met]()
        around = self.around
        for n, low in enumerate(lows):
            begun = around.get(low)
            if begun is None:  # most words
                continue
            for lies in begun:
                if (one := lies.met(lows, n)) is not None:
                    met.append(one)
        return _apart(met)


def _apart(met: list[_Met]) -> list[Hit]:
    """The longest of the phrases met at each place, none inside another."""
    if len(met) > 1:
        met.sort(key=lambda one: (one.start, -one.end, one.rank))
    found = list[Hit]()
    end = 0
    for one in met:
        if one.start >= end:
            end = one.end
            found.append(Hit(one.start, end, one.code))
    return found


class Found(NamedTuple):
    """The coded phrases of one sentence, by subject, each left to right."""

    weapons: list[Hit]
    events: list[Hit]
    targets: list[Hit]
    contexts: list[Hit]
    attacks: list[Hit]
    scopes: list[Hit]
    stances: list[Hit]
    corrections: list[Hit]


_TABLES = 8


class Vocabulary(NamedTuple):
    """The coded phrases of one language pack, and which event a weapon makes.

    `around` are the phrases of all tables by their telling words, each with the number of its
    table.
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
    around: dict[str, list[tuple[int, _Around]]]

    def find(self, lows: list[str]) -> Found:
        """Return the coded phrases of a sentence: the words of all tables are looked up once."""
        met: list[list[_Met]] = [[] for _ in range(_TABLES)]
        around = self.around
        for n, low in enumerate(lows):
            begun = around.get(low)
            if begun is None:  # most words
                continue
            for number, lies in begun:
                if (one := lies.met(lows, n)) is not None:
                    met[number].append(one)
        return Found(
            weapons=_apart(met[0]),
            events=_apart(met[1]),
            targets=_apart(met[2]),
            contexts=_apart(met[3]),
            attacks=_apart(met[4]),
            scopes=_apart(met[5]),
            stances=_apart(met[6]),
            corrections=_apart(met[7]),
        )


@functools.cache
def vocabulary(lang: str) -> Vocabulary:
    """Return the coded phrases of `lang`."""
    weapons = table(f"{lang}/weapons")
    idle = frozenset(table(f"{lang}/places")["function_words"]["words"])
    tables = {
        "weapons": Phrases(((w, e["code"]) for e in weapons["weapon"] for w in e["words"]), idle),
        "events": Phrases(((w, e["code"]) for e in weapons["event"] for w in e["words"]), idle),
        "targets": _phrases(table(f"{lang}/targets")["targets"], idle),
        "contexts": _phrases(table(f"{lang}/context")["words"], idle),
        "attacks": _phrases(table(f"{lang}/attacks")["words"], idle),
        "scopes": _phrases({k: v["words"] for k, v in table(f"{lang}/scopes").items()}, idle),
        "stances": _phrases(table(f"{lang}/actors")["stance"], idle),
        "corrections": _phrases(_corrections(table(f"{lang}/harm")["correction"]), idle),
    }
    around: dict[str, list[tuple[int, _Around]]] = {}
    for number, phrases in enumerate(tables.values()):
        for word, those in phrases.around.items():
            around.setdefault(word, []).extend((number, lies) for lies in those)
    return Vocabulary(
        **tables,
        general=frozenset(e["code"] for e in weapons["weapon"] if e.get("general")),
        event_of={e["code"]: e["event"] for e in weapons["weapon"] if "event" in e},
        around=around,
    )


def _corrections(words: dict[str, list[str]]) -> dict[str, list[str]]:
    """The phrases of corrections by code, those of taking back put together from their parts."""
    plain = {code: phrases for code, phrases in words.items() if not code.startswith("withdraw_")}
    for code, what in (("withdraw", "withdraw_what"), ("misstated", "withdraw_said")):
        made = product(words["withdraw_verbs"], words["withdraw_whose"], words[what])
        plain[code] = [*words[code], *map(" ".join, made)]
    return plain


def _phrases(by_code: dict[str, list[str]], idle: Collection[str]) -> Phrases:
    return Phrases(((word, code) for code, words in by_code.items() for word in words), idle)
