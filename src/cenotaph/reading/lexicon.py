"""The words of one language, compiled for looking up: every entry knows what it may be.

A sentence is read token by token, and at each token the longest entry of the pack is asked for; so
entries are held by their first word, longest first.
"""

import functools

from cenotaph.reading.entries import Sense, entries
from cenotaph.reading.vocabulary import split_phrase
from cenotaph.vocab import table
from cenotaph.vocab import words as common_words


class Lexicon:
    """All senses of one language pack. `longest` finds the longest entry at a position."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._single: dict[str, tuple[Sense, ...]] = {}
        self._many: dict[str, list[tuple[tuple[str, ...], tuple[Sense, ...]]]] = {}
        gathered: dict[tuple[str, ...], list[Sense]] = {}
        for phrase, sense in entries(lang):
            words = tuple(split_phrase(phrase))
            senses = gathered.setdefault(words, [])
            if sense not in senses:
                senses.append(sense)
        for words, senses in gathered.items():
            if len(words) == 1:
                self._single[words[0]] = tuple(senses)
            else:
                self._many.setdefault(words[0], []).append((words, tuple(senses)))
        for candidates in self._many.values():
            candidates.sort(key=lambda candidate: -len(candidate[0]))
        grammar = table(f"{lang}/grammar")
        numbers = table(f"{lang}/numbers")
        persons = table(f"{lang}/persons")
        self.abbreviations = frozenset(grammar["abbreviations"]["words"])
        self.org_words = frozenset(grammar["organisations"]["words"])
        self.name_particles = frozenset(grammar["names"]["particles"])
        self.not_names = frozenset(grammar["names"]["never"])
        self.cardinal: dict[str, int] = dict(numbers["cardinal"])
        self.multiplier: dict[str, int] = dict(numbers["multiplier"])
        self.plural_end: str = persons["plural_end"]
        self.others = frozenset(persons["others"])
        self.child_below: int = persons["age"]["child_below"]
        self.possessive = frozenset(grammar["possessive"]["words"])
        self.bare_zero = frozenset(numbers["zero"]["bare"])
        self.range_join = frozenset(numbers["range"]["join"])
        self.range_open = frozenset(numbers["range"]["between"])

    def kinds(self, lows: list[str], at: int) -> frozenset[str]:
        """Return what the longest entry at token `at` may be; nothing past the end."""
        if at >= len(lows):
            return frozenset()
        return frozenset(s.kind for s in self.longest(lows, at)[1])

    def is_a(self, kind: str, word: str) -> bool:
        """Tell whether one lower-case word can be of a kind."""
        return any(s.kind == kind for s in self._single.get(word, ()))

    def common(self, word: str) -> bool:
        """Tell whether a lower-case word is an ordinary one, so that in capitals it is no name."""
        return word in self._single or word in common_words(self.lang)

    def senses(self, word: str) -> tuple[Sense, ...]:
        """Return the senses of one lower-case word."""
        return self._single.get(word, ())

    def longest(self, lows: list[str], at: int) -> tuple[int, tuple[Sense, ...]]:
        """Return how many tokens from `at` the longest entry takes (0: none), and its senses."""
        if at >= len(lows):
            return 0, ()
        for words, senses in self._many.get(lows[at], ()):
            if tuple(lows[at : at + len(words)]) == words:
                return len(words), senses
        single = self._single.get(lows[at])
        return (1, single) if single else (0, ())

    def knows(self, word: str) -> bool:
        """Tell whether the word stands in the pack at all."""
        return word in self._single


@functools.cache
def lexicon(lang: str) -> Lexicon:
    """Return the compiled pack of `lang`. Raises FileNotFoundError where there is no such pack."""
    return Lexicon(lang)
