"""The words of one language, compiled for looking up: every entry knows what it may be in a sentence."""

import functools
from collections.abc import Iterator
from typing import Any, NamedTuple

from cenotaph.model import Age, Group, Measure, Sex, Status
from cenotaph.vocab import table, words


class Sense(NamedTuple):
    """What a word may be: `kind` decides what may be asked of `data`."""

    kind: str
    data: Any = None


class PersonWord(NamedTuple):
    """A noun for people: its group, and whether the form is plural."""

    group: Group
    plural: bool
    kin: bool
    adjective: bool


class VerbWord(NamedTuple):
    """A verb of harm in one form: past, base or gerund; pattern says where the harmed stand."""

    measure: Measure
    pattern: str
    form: str
    weak: bool


class NounWord(NamedTuple):
    """A noun of harm: counted itself ("12 deaths"), or of people ("the death of six")."""

    measure: Measure
    plural: bool
    counted: bool
    of_person: bool


class Lexicon:
    """All senses of one language pack. `longest` finds the longest entry at a position."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._single: dict[str, tuple[Sense, ...]] = {}
        self._many: dict[str, list[tuple[tuple[str, ...], tuple[Sense, ...]]]] = {}
        gathered: dict[tuple[str, ...], list[Sense]] = {}
        for phrase, sense in _entries(lang):
            words = tuple(split_phrase(phrase))
            senses = gathered.setdefault(words, [])
            if sense not in senses:
                senses.append(sense)
        for words, senses in gathered.items():
            if len(words) == 1:
                self._single[words[0]] = tuple(senses)
            else:
                self._many.setdefault(words[0], []).append((words, tuple(senses)))
        for entries in self._many.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        grammar = table(f"{lang}/grammar")
        numbers = table(f"{lang}/numbers")
        self.abbreviations = frozenset(grammar["abbreviations"]["words"])
        self.org_words = frozenset(grammar["organisations"]["words"])
        self.name_particles = frozenset(grammar["names"]["particles"])
        self.not_names = frozenset(grammar["names"]["never"])
        self.cardinal: dict[str, int] = dict(numbers["cardinal"])
        self.multiplier: dict[str, int] = dict(numbers["multiplier"])
        self.plural_end: str = table(f"{lang}/persons")["plural_end"]
        self.others = frozenset(table(f"{lang}/persons")["others"])
        self.child_below: int = table(f"{lang}/persons")["age"]["child_below"]
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
        return word in self._single or word in words(self.lang)

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


def _pair(form: str) -> tuple[str, str]:
    singular, _, plural = form.partition("/")
    return singular, plural or singular


def _entries(lang: str) -> Iterator[tuple[str, Sense]]:
    yield from _number_entries(table(f"{lang}/numbers"))
    yield from _person_entries(table(f"{lang}/persons"))
    yield from _harm_entries(table(f"{lang}/harm"))
    yield from _grammar_entries(table(f"{lang}/grammar"))


def _number_entries(data: dict[str, Any]) -> Iterator[tuple[str, Sense]]:
    for word, value in data["cardinal"].items():
        yield word, Sense("cardinal", value)
    for word, value in data["multiplier"].items():
        yield word, Sense("multiplier", value)
    for word, low in data["vague"].items():
        yield word, Sense("vague", low)
    for word, value in data["phrase"].items():
        yield word, Sense("phrase", value)
    for modality, words in data["before"].items():
        for word in words:
            yield word, Sense("before", modality)
    for modality, words in data["after"].items():
        for word in words:
            yield word, Sense("after", modality)
    for word in data["additional"]["before"]:
        yield word, Sense("additional")
    for word in data["additional"]["inside"]:
        yield word, Sense("more")
    for word in data["half"]["words"]:
        yield word, Sense("share")
    for word in data["zero"]["words"]:
        yield word, Sense("zero")
    for word in data["ordinal"]["words"]:
        yield word, Sense("ordinal")


def _person_entries(data: dict[str, Any]) -> Iterator[tuple[str, Sense]]:
    kin = frozenset(data["kinship"]["words"])
    for entry in data["person"]:
        group = Group(
            status=Status(entry.get("status", "unknown")),
            age=Age(entry.get("age", "unknown")),
            sex=Sex(entry.get("sex", "unknown")),
            role=entry.get("role"),
            side=entry.get("side"),
            attacker=entry.get("attacker", False),
        )
        national = entry.get("adjective", False)
        for form in entry["forms"]:
            singular, plural = _pair(form)
            yield (
                singular,
                Sense("person", PersonWord(group, singular == plural, singular in kin, national)),
            )
            if plural != singular:
                yield plural, Sense("person", PersonWord(group, True, plural in kin, False))
    for key, words in data["modifier"].items():
        for word in words:
            yield word, Sense("modifier", key)
    for word, number in data["collective"].items():
        yield word, Sense("collective", number)
    for word in data["collective_of"]["words"]:
        yield word, Sense("collective_of", word in data["collective_of"]["vague"])
    for kind, words in data["pronoun"].items():
        for word in words:
            yield word, Sense("pronoun_" + ("plain" if kind in _PLAIN else kind), kind)
    for word in data["title"]["words"]:
        yield word, Sense("title")
    for unit in ("years", "months"):
        for word in data["age"][unit]:
            yield word, Sense("age", unit)
    for word in data["age"]["before"]:
        yield word, Sense("aged")
    for word in data["things"]["words"]:
        yield word, Sense("thing")
    for form in data["attacks"]["forms"]:
        singular, plural = _pair(form)
        weak = singular in data["attacks"]["weak"]
        yield singular, Sense("attack", (False, weak))
        if plural != singular:
            yield plural, Sense("attack", (True, weak))


_PLAIN = frozenset({"male", "female", "one", "many"})


def _harm_entries(data: dict[str, Any]) -> Iterator[tuple[str, Sense]]:
    weak = frozenset[str]()
    not_harm = frozenset[str]()
    for entry in data["verb"]:
        weak |= frozenset(entry.get("attack_on_person", ()))
        not_harm |= frozenset(entry.get("not_harm", ()))
    for entry in data["verb"]:
        measure = Measure(entry["measure"])
        for line in entry["forms"]:
            base, third, past, participle, gerund = line.split()
            for word, form in (
                (base, "base"), (third, "third"), (past, "past"), (participle, "past"),
                (gerund, "gerund"),
            ):  # fmt: skip
                if word != "-" and word not in not_harm:
                    yield (
                        word,
                        Sense("verb", VerbWord(measure, entry["pattern"], form, word in weak)),
                    )
    for key, words in data["active"].items():
        for word in words:
            form = "gerund" if word.split()[0].endswith(data["active_gerund"]) else "past"
            yield word, Sense("verb", VerbWord(Measure(key), "object", form, False))
    for key, words in data["adjective"].items():
        for word in words:
            yield word, Sense("adjective", Measure(key))
    kinds = data["noun_kinds"]
    counted, of_person = frozenset(kinds["counted"]), frozenset(kinds["of_person"])
    for key, words in data["noun"].items():
        for form in words:
            singular, plural = _pair(form)
            for word in {singular, plural}:
                noun = NounWord(Measure(key), word == plural, word in counted, word in of_person)
                yield word, Sense("noun", noun)
    for key, words in data["toll"].items():
        if key not in ("verbs", "ends", "from", "change"):
            for word in words:
                yield word, Sense("toll", Measure(key))
    for word in data["toll"]["verbs"]:
        yield word, Sense("toll_verb")
    for word in data["toll"]["ends"]:
        yield word, Sense("toll_end")
    for word in data["toll"]["change"]:
        yield word, Sense("toll_change")
    for word in data["toll"]["from"]:
        yield word, Sense("toll_from")
    for key, words in data["the_harmed"].items():
        for word in words:
            yield word, Sense("harmed", Measure(key))
    for word in data["bear"]["verbs"]:
        yield word, Sense("bear")
    for word in data["bear"]["wounds"]:
        yield word, Sense("wound")
    for word in data["bear"]["fatal"]:
        yield word, Sense("fatal_wound")
    for key, words in data["struck"].items():
        for word in words:
            yield word, Sense("verb", VerbWord(Measure(key), "object", "past", True))
    for word in data["attack_of"]["injured"]:
        yield word, Sense("attack_of", Measure.INJURED)
    for word in data["degree"]["words"]:
        yield word, Sense("degree")
    for word in data["suspected"]["words"]:
        yield word, Sense("suspected")
    for word in data["adverbs"]["words"]:
        yield word, Sense("adverb")
    for word in data["adverbs"]["fatal"]:
        yield word, Sense("fatal")


_GRAMMAR = {
    ("be", "words"): "be", ("have", "past"): "had", ("prepositions", "origin"): "origin",
    ("report", "tell"): "tell", ("have", "words"): "have", ("modal", "hypothetical"): "would",
    ("modal", "possible"): "could", ("negation", "words"): "not",
    ("negation", "contracted"): "be_not", ("conditional", "words"): "if",
    ("relative", "words"): "relative", ("subordinator", "words"): "subordinator",
    ("coordinator", "words"): "and", ("coordinator", "or"): "or", ("coordinator", "together"): "together",
    ("including", "words"): "including", ("including", "among"): "among",
    ("including", "of_them"): "of_them", ("prepositions", "words"): "preposition",
    ("prepositions", "of"): "of", ("prepositions", "by"): "by", ("determiners", "one"): "a",
    ("determiners", "definite"): "the", ("determiners", "every"): "every",
    ("leave", "words"): "leave", ("shared", "words"): "each", ("verbs", "words"): "verb_other",
    ("report", "verbs"): "report", ("report", "according"): "according",
    ("report", "deny"): "deny", ("also", "words"): "also",
}  # fmt: skip


def _grammar_entries(data: dict[str, Any]) -> Iterator[tuple[str, Sense]]:
    for (section, key), kind in _GRAMMAR.items():
        for word in data[section][key]:
            yield word, Sense(kind)


@functools.cache
def lexicon(lang: str) -> Lexicon:
    """Return the compiled pack of `lang`. Raises FileNotFoundError where there is no such pack."""
    return Lexicon(lang)
