"""The words of one language, compiled for looking up: every entry knows what it may be.

A sentence is read token by token, and at each token the longest entry of the pack is asked for; so
entries are held by their first word, longest first.
"""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from cenotaph.model import Sex
from cenotaph.reading.entries import Sense, entries
from cenotaph.reading.vocabulary import split_phrase
from cenotaph.vocab import table
from cenotaph.vocab import words as common_words

ARTICLES = frozenset({"indefinite", "definite"})
DETERMINERS = ARTICLES | {"pronoun_possessive", "every"}
# What a quantity can begin with beside a number itself.
_COUNTS = frozenset({"additional", "before", "zero", "share", "vague", "phrase", "indefinite"})
# What a phrase of people, or of something counted, can begin with. Most words are of no such kind.
_OPENERS = DETERMINERS | _COUNTS | {
    "thing", "harmed", "collective", "title", "person", "modifier", "noun", "cardinal",
    "multiplier", "except",
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """The longest entry at a token: how many tokens it takes (0: none), and what it may be.

    `by_kind` has the last sense of each kind. What is asked of nearly every word is told once:
    whether it `opens` a phrase of people or of something counted, whether a quantity can begin with
    it (`counts`), and whether it is an `article`. Entries are compared by identity: a pack has each
    once.
    """

    taken: int
    senses: tuple[Sense, ...]
    kinds: frozenset[str]
    by_kind: Mapping[str, Sense]
    opens: bool
    counts: bool
    article: bool


def _entry(taken: int, senses: Iterable[Sense]) -> Entry:
    by_kind = {sense.kind: sense for sense in senses}
    kinds = frozenset(by_kind)
    return Entry(
        taken,
        tuple(senses),
        kinds,
        by_kind,
        opens=not kinds.isdisjoint(_OPENERS),
        counts=not kinds.isdisjoint(_COUNTS),
        article=not kinds.isdisjoint(ARTICLES),
    )


NO_ENTRY = _entry(0, ())


class _Begun(NamedTuple):
    """What begins with a word: the entry of it alone, and by the second word the longer ones, the
    words from the second on with their entry, longest first."""

    alone: Entry
    seconds: dict[str, list[tuple[list[str], Entry]]] | None


class Words(list[str]):
    """The lower-case words of a sentence; `entries[i]` is the longest entry at token `i`.

    Rules ask for the entry of a token again and again, so each is looked up once.
    """

    __slots__ = ("entries", "lexicon")

    def __init__(self, lows: Iterable[str], lexicon: "Lexicon") -> None:
        super().__init__(lows)
        self.lexicon = lexicon
        self.entries = lexicon.entries_of(self)


class Lexicon:
    """All senses of one language pack. `longest` finds the longest entry at a position."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._single: dict[str, Entry] = {}
        many: dict[str, dict[str, list[tuple[list[str], Entry]]]] = {}
        gathered: dict[tuple[str, ...], list[Sense]] = {}
        for phrase, sense in entries(lang):
            words = tuple(split_phrase(phrase))
            senses = gathered.setdefault(words, [])
            if sense not in senses:
                senses.append(sense)
        for words, senses in gathered.items():
            entry = _entry(len(words), senses)
            first, *rest = words
            if rest:
                seconds = many.setdefault(first, {})
                seconds.setdefault(rest[0], []).append((rest, entry))
            else:
                self._single[first] = entry
        for seconds in many.values():
            for candidates in seconds.values():
                candidates.sort(key=lambda candidate: -len(candidate[0]))
        self._begins = {
            first: _Begun(self._single.get(first, NO_ENTRY), many.get(first))
            for first in self._single.keys() | many.keys()
        }
        grammar = table(f"{lang}/grammar")
        numbers = table(f"{lang}/numbers")
        persons = table(f"{lang}/persons")
        harm = table(f"{lang}/harm")
        self.abbreviations = frozenset(grammar["abbreviations"]["words"])
        self.org_words = frozenset(grammar["organisations"]["words"])
        self.name_suffixes = frozenset(grammar["names"]["suffixes"])
        self.behind_age = frozenset(grammar["names"]["behind_age"])
        self.short_names = frozenset(grammar["names"]["short"])
        self.name_particles = frozenset(grammar["names"]["particles"])
        self.not_names = frozenset(grammar["names"]["never"])
        self.cardinal: dict[str, int] = dict(numbers["cardinal"])
        self.capital_numbers = frozenset(
            word.title() for word, n in self.cardinal.items() if n > 1 and word.isalpha()
        )
        self.capital_begins = self.capital_numbers.union(
            word.title() for word in grammar["determiners"]["definite"]
        )
        self.multiplier: dict[str, int] = dict(numbers["multiplier"])
        self.plural_end: str = persons["plural_end"]
        self.past_end: str = grammar["verbs"]["past_end"]
        self.gerund_end: str = grammar["verbs"]["gerund_end"]
        self.adverb_end: str = grammar["verbs"]["adverb_end"]
        self.bodies = frozenset(persons["bodies"])
        self.anyone = frozenset(persons["anyone"])
        self.participle_end: str = persons["participle_end"]
        self.when = frozenset(grammar["clauses"]["when"])
        self.beside = frozenset(grammar["clauses"]["beside"])
        self.dating = frozenset(grammar["clauses"]["dating"])
        self.articles = frozenset(grammar["determiners"]["articles"])
        self.ended = frozenset(grammar["clauses"]["ended"])
        self.not_only = frozenset(grammar["negation"]["only"])
        self.whereas = frozenset(grammar["clauses"]["whereas"])
        self.next = frozenset(grammar["clauses"]["next"])
        self.anew = frozenset(grammar["clauses"]["anew"])
        self.between = frozenset(grammar["clauses"]["between"])
        self.as_of = frozenset(grammar["clauses"]["as_of"])
        self.long_spans = frozenset(grammar["clauses"]["long"])
        self.alone = frozenset(grammar["sums"]["alone"])
        self.going_on = frozenset(grammar["sums"]["going_on"])
        self.acts_counted = frozenset(grammar["sums"]["acts"])
        self.others = frozenset(persons["others"])
        self.officers = frozenset(persons["officers"]["words"])
        self._police: list[str] = persons["officers"]["police"]
        self._army: list[str] = persons["officers"]["army"]
        self.or_else = frozenset(persons["or_else"])
        self.families = frozenset(persons["families"]["words"])
        self.younger_than = frozenset(persons["age"]["bounds"])
        self.or_younger = frozenset(persons["or_younger"])
        self.spans = frozenset(persons["spans"])
        bodies = persons["forces"]
        self.bodies_of_fighters = frozenset(bodies["words"])
        self.forces = {side: frozenset(bodies[side]) for side in ("military", "armed_group")}
        self.letters = {
            letter: Sex(sex) for sex, letters in persons["letters"].items() for letter in letters
        }
        self.one_body = frozenset(persons["collective_of"]["one"])
        self.in_turn = frozenset(grammar["shared"]["in_turn"])
        self.twin = frozenset(persons["twin"])
        self.two_each = frozenset(persons["two_each"])
        self.one_owner = frozenset(persons["one_owner"])
        self.so_many = frozenset(persons["so_many"])
        self.child_below: int = persons["age"]["child_below"]
        self.years = frozenset(persons["age"]["bracketed"])
        self.possessive = frozenset(grammar["possessive"]["words"])
        self.bare_zero = frozenset(numbers["zero"]["bare"])
        self.vague_alone: dict[str, int] = dict(numbers["vague_alone"])
        both = harm["murder_suicide"]
        self.murders, self.suicides = frozenset(both["murder"]), frozenset(both["suicide"])
        self.never_sure = frozenset(both["unsure"])
        self.deals = frozenset(harm["departed"]["deals"])
        self.alongside = frozenset(harm["departed"]["alongside"])
        self.tellers = frozenset(persons["things"]["tellers"])
        self.vehicles = frozenset(harm["departed"]["vehicles"])
        self.carries = frozenset(harm["departed"]["carries"])
        leaving = (harm["departed"][key] for key in ("verbs", "abandons", "carries"))
        self.leaving = frozenset(verb.split()[0] for verbs in leaving for verb in verbs)
        self.refugees = frozenset(harm["left_home"]["refugees"])
        self.holding = frozenset(harm["driven"]["holding"])
        self.not_jailed = frozenset(tuple(w.split()) for w in harm["driven"]["not_jailed"])
        self.home_areas = frozenset(harm["left_home"]["areas"])
        self.strongholds = frozenset(harm["left_home"]["strongholds"])
        self.holds = frozenset(harm["left_home"]["holds"])
        self.besets = frozenset(harm["left_home"]["besets"])
        self.because = frozenset(harm["left_home"]["because"])
        self.joints = frozenset(harm["left_home"]["joints"])
        self.war_causes = frozenset(harm["left_home"]["causes"])
        self.fabled = frozenset(harm["fabled"]["by"])
        self.tells_of = frozenset(harm["fabled"]["of"])
        self.natural = frozenset(tuple(words.split()) for words in harm["natural"]["words"])
        self.plotted = frozenset(harm["fabled"]["plotted"])
        self.plots = frozenset(tuple(words.split()) for words in harm["fabled"]["tells"])
        self.fiction = frozenset(harm["fabled"]["works"])
        self.unable = frozenset(harm["left_home"]["unable"])
        self.errands = frozenset(harm["left_home"]["errands"])
        self.lets = frozenset(harm["brought_out"]["let"])
        self.out_of: list[str] = harm["brought_out"]["out_of"]
        self.out_from: list[str] = harm["brought_out"]["out_from"]
        self.away = frozenset(harm["led_away"]["away"])
        self.jailers = frozenset(harm["led_away"]["jailers"])
        self.captive = frozenset(harm["driven"]["captive"])
        self.captors = frozenset(harm["led_away"]["captors"])
        self.dangers = frozenset(harm["led_away"]["dangers"])
        self.arresters = frozenset(harm["takes_things"]["arrests"])
        self.in_marks = frozenset(harm["noun_kinds"]["in_marks"])
        self.victims = frozenset(harm["victims"]["words"])
        self.fares = frozenset(harm["fares"]["words"])
        self.died_at = frozenset(harm["died_at"]["words"])
        self.left_alive = frozenset(harm["ran_out"]["words"])
        self.intent = frozenset(harm["intent"]["words"])
        self.bare_losses = frozenset(harm["noun_kinds"]["losses"])
        self.admits = frozenset(harm["noun_kinds"]["admits"])
        self.anybody = frozenset(numbers["zero"]["anybody"])
        self.treats = frozenset(harm["pending"]["treats"])
        self.harms = frozenset(harm["harms"]["words"])
        self.pictures = frozenset(harm["pictures"]["words"])
        self.bare_degrees = frozenset(harm["degree"]["bare"])
        self.counting = {word: n + 1 for n, word in enumerate(numbers["ordinal"]["counting"])}
        self.ordinal_ends = frozenset(numbers["ordinal"]["ends"])
        self.both = frozenset(numbers["both"]["words"])
        self.numbered_names = frozenset(numbers["glued"]["names"])
        self.months = frozenset(numbers["glued"]["months"])
        self.millions: str = numbers["glued"]["millions"]
        self.but = frozenset(numbers["range"]["but"])
        self.as_many = frozenset(numbers["as_many"]["words"])
        self.just_as_many = tuple(numbers["as_many"]["plain"])
        self.range_join = frozenset(numbers["range"]["join"])
        self.range_open = frozenset(numbers["range"]["between"])
        self.openers = self.range_open | self.name_particles
        self.ratios = sorted(
            (tuple(words.split()) for words in numbers["ratio"]["words"]), key=len, reverse=True
        )
        self.and_a_half = tuple(numbers["half_more"]["words"].split())
        self.number_words = self.range_open.union(self.cardinal, self.multiplier)

    def officers_are_police(self, text: str) -> bool:
        """Tell whether "officers" of a document are police: it tells of police, and of no army."""
        low = text.lower()
        if not any(officers in low for officers in self.officers):  # most documents
            return False
        return _tells_of(low, self._police) and not _tells_of(low, self._army)

    @property
    def entries(self) -> Iterator[tuple[str, Entry]]:
        """Every entry of the pack, with its first word."""
        yield from self._single.items()
        for first, begun in self._begins.items():
            for candidates in (begun.seconds or {}).values():
                yield from ((first, entry) for _, entry in candidates)

    def entries_of(self, lows: list[str]) -> list[Entry]:
        """Return the longest entry at each token of a sentence."""
        begins, found = self._begins, list[Entry]()
        last = len(lows) - 1
        for at, low in enumerate(lows):
            begun = begins.get(low)
            if begun is None:  # most words that the pack does not know
                found.append(NO_ENTRY)
                continue
            entry = begun.alone
            if begun.seconds is not None and at < last:
                for rest, longer in begun.seconds.get(lows[at + 1], ()):
                    if lows[at + 1 : at + 1 + len(rest)] == rest:
                        entry = longer
                        break
            found.append(entry)
        return found

    def kinds(self, lows: Words, at: int) -> frozenset[str]:
        """Return what the longest entry at token `at` may be; nothing past the end."""
        return lows.entries[at].kinds if at < len(lows) else frozenset()

    def is_a(self, kind: str, word: str) -> bool:
        """Tell whether one lower-case word can be of a kind."""
        entry = self._single.get(word)
        return entry is not None and kind in entry.kinds

    def kinds_of(self, word: str) -> frozenset[str]:
        """Return what one lower-case word may be."""
        return self._single.get(word, NO_ENTRY).kinds

    def common(self, word: str) -> bool:
        """Tell whether a lower-case word is an ordinary one, so that in capitals it is no name."""
        return word in self._single or word in common_words(self.lang)

    def senses(self, word: str) -> tuple[Sense, ...]:
        """Return the senses of one lower-case word."""
        return self._single.get(word, NO_ENTRY).senses

    def longest(self, lows: Words, at: int) -> tuple[int, tuple[Sense, ...]]:
        """Return how many tokens from `at` the longest entry takes (0: none), and its senses."""
        if at >= len(lows):
            return 0, ()
        entry = lows.entries[at]
        return entry.taken, entry.senses

    def knows(self, word: str) -> bool:
        """Tell whether the word stands in the pack at all."""
        return word in self._single


def _tells_of(low: str, words: Iterable[str]) -> bool:
    """Tell whether a text in lower case has one of these words, as a word of its own."""
    return any(
        re.search(rf"\b{re.escape(word)}\b", low) is not None for word in words if word in low
    )


@functools.cache
def lexicon(lang: str) -> Lexicon:
    """Return the compiled pack of `lang`. Raises FileNotFoundError where there is no such pack."""
    return Lexicon(lang)
