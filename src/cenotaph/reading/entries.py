"""A language pack as entries: every phrase with what it may be.

The files of a pack are laid out for those who review words; the reader asks what a word may be.
This step turns the one into the other, once a language, and is the only one that knows how a pack
is laid out.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from cenotaph.model import Age, Group, Measure, Sex, Status
from cenotaph.vocab import table


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


class AttackWord(NamedTuple):
    """A noun for an attack; a weak one is counted only where something says that it was one."""

    plural: bool
    weak: bool


Entry = tuple[str, Sense]
Data = dict[str, Any]

_FORMS = ("base", "third", "past", "past", "gerund")
_PLAIN_PRONOUNS = frozenset({"male", "female", "one", "many"})
# Lists that stand in a file as they are: their section and key, and the kind of their words.
_NUMBER_LISTS = {
    ("additional", "before"): "additional",
    ("additional", "inside"): "more",
    ("half", "words"): "share",
    ("more", "words"): "if_more",
    ("except", "words"): "except",
    ("zero", "words"): "zero",
    ("ordinal", "words"): "ordinal",
    ("ordinal", "next"): "next",
}
_HARM_LISTS = {
    ("toll", "verbs"): "toll_verb",
    ("toll", "ends"): "toll_end",
    ("toll", "change"): "toll_change",
    ("toll", "corrected"): "toll_corrected",
    ("toll", "from"): "toll_from",
    ("toll", "since"): "toll_since",
    ("toll", "stands_for"): "stands_for",
    ("toll", "tallies"): "tallies",
    ("toll", "numbers"): "numbers",
    ("toll", "tally"): "tally",
    ("toll", "passes"): "toll_passes",
    ("toll", "speaks_of"): "speaks_of",
    ("the_harmed_unclear", "words"): "harmed_unclear",
    ("bear", "verbs"): "bear",
    ("bear", "arrive"): "arrives",
    ("bear", "lose"): "loses",
    ("bear", "limbs"): "limb",
    ("bear", "wounds"): "wound",
    ("bear", "fatal"): "fatal_wound",
    ("bear", "not"): "not_fatal",
    ("attack_of", "attempted"): "attempted",
    ("bear", "shot"): "weak_wound",
    ("degree", "words"): "degree",
    ("verdict", "words"): "verdict",
    ("makes_up", "words"): "makes_up",
    ("makes_up", "comprise"): "comprises",
    ("to_death", "words"): "to_death",
    ("to_death", "verbs"): "beats",
    ("noun_kinds", "of_things"): "left_of_things",
    ("noun_kinds", "body"): "a_body",
    ("noun_kinds", "found"): "is_found",
    ("care", "carried"): "carried",
    ("care", "places"): "care",
    ("hit", "verbs"): "hits",
    ("hit", "body"): "body",
    ("hit", "shots"): "shots",
    ("affected", "verbs"): "affected",
    ("affected", "by"): "affects",
    ("driven", "verbs"): "drives",
    ("driven", "taken"): "takes_people",
    ("driven", "hostage"): "held_as",
    ("driven", "prisoner"): "imprisoned",
    ("driven", "away"): "driven_from",
    ("besieged", "dwell"): "dwells",
    ("besieged", "state"): "siege",
    ("besieged", "laid"): "siege_of",
    ("besieged", "home"): "home_to",
    ("besieged", "puts"): "puts",
    ("departed", "verbs"): "departs",
    ("departed", "by"): "evacuates",
    ("departed", "abandons"): "abandons",
    ("left_home", "refuge"): "refuge",
    ("left_home", "streams"): "streams",
    ("left_home", "escape"): "escapes",
    ("expelled", "verbs"): "expels",
    ("brought_out", "verbs"): "brings_out",
    ("brought_out", "safety"): "to_safety",
    ("led_away", "verbs"): "leads_away",
    ("ended", "fighters"): "ends_fighters",
    ("ended", "claimed"): "claims_people",
    ("ended", "buried"): "buries",
    ("ended", "under"): "trapped_by",
    ("ended", "attacks"): "attacks_too",
    ("fate", "words"): "fate",
    ("fate", "unknown"): "not_known",
    ("fate", "survives"): "survives",
    ("fate", "lives"): "lives_on",
    ("fate", "survivors"): "survivors",
    ("takes_things", "words"): "takes_things",
    ("lives", "words"): "lives",
    ("lives", "taken_by"): "takes_lives",
    ("lives", "lost"): "lives_lost",
    ("suspected", "words"): "suspected",
    ("adverbs", "words"): "adverb",
    ("adverbs", "fatal"): "fatal",
}
_GRAMMAR_LISTS = {
    ("be", "words"): "be",
    ("be", "gerund"): "gerund_be",
    ("have", "past"): "pluperfect",
    ("prepositions", "origin"): "origin",
    ("prepositions", "infinitive"): "infinitive",
    ("prepositions", "against"): "against",
    ("prepositions", "upon"): "upon",
    ("report", "tell"): "tell",
    ("naming", "words"): "names",
    ("have", "words"): "have",
    ("modal", "hypothetical"): "hypothetical",
    ("modal", "possible"): "possible",
    ("negation", "words"): "negation",
    ("negation", "contracted"): "negated_be",
    ("conditional", "words"): "conditional",
    ("achieved", "words"): "achieves",
    ("relative", "words"): "relative",
    ("relative", "things"): "relative_thing",
    ("subordinator", "words"): "subordinator",
    ("subordinator", "contrast"): "contrast",
    ("subordinator", "role"): "role",
    ("subordinator", "wherein"): "wherein",
    ("coordinator", "words"): "coordinator",
    ("coordinator", "or"): "alternative",
    ("coordinator", "together"): "together",
    ("including", "words"): "including",
    ("including", "among"): "among",
    ("including", "of_them"): "of_them",
    ("prepositions", "benefits"): "benefits",
    ("prepositions", "words"): "preposition",
    ("prepositions", "of"): "of",
    ("prepositions", "by"): "by",
    ("determiners", "one"): "indefinite",
    ("determiners", "definite"): "definite",
    ("determiners", "every"): "every",
    ("determiners", "everyone"): "everyone",
    ("leave", "words"): "leave",
    ("shared", "words"): "shared",
    ("verbs", "words"): "verb_other",
    ("report", "verbs"): "report",
    ("report", "according"): "according",
    ("report", "deny"): "deny",
    ("report", "untrue"): "untrue",
    ("report", "authorship"): "authorship",
    ("also", "words"): "also",
    ("existential", "words"): "existential",
}


def entries(lang: str) -> Iterator[Entry]:
    """Yield the phrases of the pack of `lang` with their senses, one at a time."""
    yield from _number_entries(table(f"{lang}/numbers"))
    yield from _person_entries(table(f"{lang}/persons"))
    yield from _harm_entries(table(f"{lang}/harm"))
    yield from _listed(table(f"{lang}/grammar"), _GRAMMAR_LISTS)


def _each(words: Iterable[str], kind: str, data: object = None) -> Iterator[Entry]:
    for word in words:
        yield word, Sense(kind, data)


def _valued(values: dict[str, object], kind: str) -> Iterator[Entry]:
    for word, value in values.items():
        yield word, Sense(kind, value)


def _listed(data: Data, lists: dict[tuple[str, str], str]) -> Iterator[Entry]:
    for (section, key), kind in lists.items():
        yield from _each(data[section][key], kind)


def _pair(form: str) -> tuple[str, str]:
    """The singular and the plural of "man/men"; one form stands for both."""
    singular, _, plural = form.partition("/")
    return singular, plural or singular


def _number_entries(data: Data) -> Iterator[Entry]:
    for kind in ("cardinal", "multiplier", "vague", "phrase"):
        yield from _valued(data[kind], kind)
    for phrase, times in data["as_many"]["times"].items():
        yield phrase, Sense("vague", 2)
        yield phrase, Sense("as_many", times)
    for kind in ("before", "after"):
        for modality, words in data[kind].items():
            yield from _each(words, kind, modality)
    for phrase, parts in data["fraction"].items():
        yield phrase, Sense("share")
        yield phrase, Sense("fraction", tuple(parts))
    yield from _listed(data, _NUMBER_LISTS)


def _person_entries(data: Data) -> Iterator[Entry]:
    kin = frozenset(data["kinship"]["words"])
    for entry in data["person"]:
        yield from _noun_for_people(entry, kin)
    for key, words in data["modifier"].items():
        yield from _each(words, "modifier", key)
    yield from _valued(data["collective"], "collective")
    for word in data["collective_of"]["words"]:
        yield word, Sense("collective_of", word in data["collective_of"]["vague"])
    for kind, words in data["pronoun"].items():
        sort = "plain" if kind in _PLAIN_PRONOUNS else kind
        yield from _each(words, f"pronoun_{sort}", kind)
    yield from _each(data["title"]["words"], "title")
    for key, words in data["condition"].items():
        yield from _each(words, "condition", Measure(key))
    for unit in ("years", "months"):
        yield from _each(data["age"][unit], "age", unit)
    yield from _each(data["age"]["before"], "aged")
    yield from _each(data["things"]["words"], "thing")
    for form in data["attacks"]["forms"]:
        singular, plural = _pair(form)
        weak = singular in data["attacks"]["weak"]
        yield singular, Sense("attack", AttackWord(False, weak))
        if plural != singular:
            yield plural, Sense("attack", AttackWord(True, weak))


def _noun_for_people(entry: Data, kin: frozenset[str]) -> Iterator[Entry]:
    group = Group(
        status=Status(entry.get("status", "unknown")),
        age=Age(entry.get("age", "unknown")),
        sex=Sex(entry.get("sex", "unknown")),
        role=entry.get("role"),
        side=entry.get("side"),
        attacker=entry.get("attacker", False),
    )
    adjective = entry.get("adjective", False)
    for form in entry["forms"]:
        singular, plural = _pair(form)
        one = PersonWord(group, singular == plural, singular in kin, adjective)
        yield singular, Sense("person", one)
        if plural != singular:
            yield plural, Sense("person", PersonWord(group, True, plural in kin, False))


def _harm_entries(data: Data) -> Iterator[Entry]:
    yield from _verbs(data["verb"])
    yield from _own_explosives(data["own_explosives"])
    yield from _active_phrases(data)
    for key, words in data["adjective"].items():
        yield from _each(words, "adjective", Measure(key))
    yield from _nouns(data)
    lists = {key for section, key in _HARM_LISTS if section == "toll"}
    for key, words in data["toll"].items():
        if key not in lists:
            yield from _each(words, "toll", Measure(key))
    for key, words in data["the_harmed"].items():
        yield from _each(words, "harmed", Measure(key))
    for key, words in data["struck"].items():
        yield from _each(words, "verb", VerbWord(Measure(key), "object", "past", True))
    yield from _each(data["attack_of"]["injured"], "attack_of", Measure.INJURED)
    yield from _valued(data["several_at_once"], "several_at_once")
    yield from _listed(data, _HARM_LISTS)


def _verbs(verbs: list[Data]) -> Iterator[Entry]:
    """All forms of the verbs of harm; what is excepted by one entry is excepted in all."""
    weak = {word for entry in verbs for word in entry.get("attack_on_person", ())}
    no_harm = {word for entry in verbs for word in entry.get("not_harm", ())}
    for entry in verbs:
        measure, pattern = Measure(entry["measure"]), entry["pattern"]
        for line in entry["forms"]:
            for word, form in zip(line.split(), _FORMS, strict=True):
                if word != "-" and word not in no_harm:
                    yield word, Sense("verb", VerbWord(measure, pattern, form, word in weak))


def _own_explosives(data: Data) -> Iterator[Entry]:
    """Verbs of setting off with what is worn, or with oneself: "detonated his vest"."""
    worn = [f"{whose} {what}" for whose in data["whose"] for what in data["worn"]]
    for line in data["forms"]:
        for verb, form in zip(line.split(), _FORMS, strict=True):
            word = VerbWord(Measure.KILLED, "own_blast", form, False)
            for what in [*worn, *data["oneself"]]:
                yield f"{verb.replace('_', ' ')} {what}", Sense("verb", word)


def _active_phrases(data: Data) -> Iterator[Entry]:
    """Phrases whose object is harmed ("shooting dead"), known by their ending for gerunds."""
    for key, phrases in data["active"].items():
        for phrase in phrases:
            gerund = phrase.split()[0].endswith(data["active_gerund"])
            form = "gerund" if gerund else "past"
            yield phrase, Sense("verb", VerbWord(Measure(key), "object", form, False))


def _nouns(data: Data) -> Iterator[Entry]:
    counted = frozenset(data["noun_kinds"]["counted"])
    of_person = frozenset(data["noun_kinds"]["of_person"])
    for key, forms in data["noun"].items():
        for form in forms:
            singular, plural = _pair(form)
            for word in {singular, plural}:
                noun = NounWord(Measure(key), word == plural, word in counted, word in of_person)
                yield word, Sense("noun", noun)
