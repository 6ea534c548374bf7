"""The words round places, of one language, as sets and maps ready for look-up."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cenotaph.model import PlaceKind
from cenotaph.spelling import fold
from cenotaph.vocab import LANGUAGES, table
from cenotaph.vocab import words as general


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Lower-case words by their office; see vocab/en/places.toml for what each holds."""

    kinds: Mapping[str, PlaceKind]
    kinds_before: frozenset[str]
    state: frozenset[str]
    voices: frozenset[str]
    camp_words: frozenset[str]
    suburbs: frozenset[str]
    cities: frozenset[str]
    compass: frozenset[str]
    sides: frozenset[str]
    parts: frozenset[str]
    rural: frozenset[str]
    countryside: frozenset[str]
    near: frozenset[str]
    near_words: frozenset[str]
    struck: frozenset[str]
    struck_between: frozenset[str]
    near_adverbs: frozenset[str]
    distance: frozenset[str]
    between: frozenset[str]
    strong: frozenset[str]
    mid: frozenset[str]
    fillers: frozenset[str]
    inside: frozenset[str]
    determiners: frozenset[str]
    one_of: frozenset[str]
    lists: frozenset[str]
    of: frozenset[str]
    to: frozenset[str]
    fought: frozenset[str]
    fought_for: frozenset[str]
    speaking: frozenset[str]
    function_words: frozenset[str]
    not_places: frozenset[str]
    titles: frozenset[str]
    person_names: frozenset[str]
    organisations: frozenset[str]
    grounds: frozenset[str]
    care: frozenset[str]
    actors: frozenset[str]
    armed: frozenset[str]
    landmarks: frozenset[str]
    squares: frozenset[str]
    before_squares: frozenset[str]
    sites: frozenset[str]
    streets: frozenset[str]
    filler: frozenset[str]
    demonyms: Mapping[str, str]
    demonym_endings: tuple[tuple[str, tuple[str, ...]], ...]
    plural: tuple[str, ...]
    possessive: tuple[str, ...]
    common: frozenset[str]
    # Made of the above: how a people's name may end; organisations that are more than some who act;
    # words between a name and the one that governs it; these and all that may govern one; words
    # that may stand before a name in a table's cell and say nothing of it; words that may stand
    # between a place and a larger one; words that are no name alone.
    any_demonym_ending: tuple[str, ...] = field(init=False)
    bodies: frozenset[str] = field(init=False)
    adjoining: frozenset[str] = field(init=False)
    offices: frozenset[str] = field(init=False)
    small: frozenset[str] = field(init=False)
    passing: frozenset[str] = field(init=False)
    barred: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        small = self.filler | self.of | self.to | self.inside | self.determiners | self.parts
        passing = self.determiners | self.compass | self.parts | self.of | self.fillers
        barred = self.not_places | self.titles | self.compass | self.organisations
        barred |= self.function_words | self.landmarks | self.grounds
        endings = tuple(ending for ending, _ in self.demonym_endings)
        object.__setattr__(self, "any_demonym_ending", endings)
        adjoining = self.compass | self.fillers | self.rural | self.parts | frozenset(self.kinds)
        offices = self.titles | self.lists | self.strong | self.of | self.determiners | self.mid
        object.__setattr__(self, "adjoining", adjoining)
        object.__setattr__(self, "offices", offices | self.fought_for | adjoining)
        object.__setattr__(self, "bodies", self.organisations - self.actors)
        object.__setattr__(self, "small", small)
        object.__setattr__(self, "passing", passing | self.rural | frozenset(self.kinds))
        object.__setattr__(self, "barred", barred | frozenset(self.kinds))


@functools.cache
def lexicon(lang: str) -> Lexicon:
    """Return the words of a language. Raises FileNotFoundError where the language has no pack."""
    t: dict[str, Any] = table(f"{lang}/places")
    return Lexicon(
        kinds={word: PlaceKind(kind) for word, kind in t["kinds"].items()},
        kinds_before=frozenset(t["kinds_before"]["words"]),
        state=frozenset(t["voices"]["state"]),
        voices=frozenset(t["voices"]["behind"]),
        camp_words=frozenset(t["camp_words"]["words"]),
        suburbs=frozenset(t["suburbs"]["words"]),
        cities=frozenset(t["near"]["cities"]),
        compass=frozenset(t["compass"]["words"]),
        sides=frozenset(t["compass"]["sides"]),
        parts=frozenset(t["compass"]["parts"]),
        rural=frozenset(t["countryside"]["before"]),
        countryside=frozenset(t["countryside"]["words"]),
        near=frozenset(t["near"]["before"]),
        near_words=frozenset(t["near"]["words"]),
        struck=frozenset(t["struck"]["words"]),
        struck_between=frozenset(t["struck"]["between"] + t["landmarks"]["words"]),
        near_adverbs=frozenset(t["near"]["adverbs"]),
        distance=frozenset(t["near"]["distance"]),
        between=frozenset(t["between"]["words"]),
        strong=frozenset(t["locative"]["strong"]),
        mid=frozenset(t["locative"]["mid"]),
        fillers=frozenset(t["locative"]["fillers"]),
        inside=frozenset(t["locative"]["inside"]),
        determiners=frozenset(t["locative"]["determiners"]),
        one_of=frozenset(t["locative"]["one_of"]),
        lists=frozenset(t["locative"]["lists"]),
        of=frozenset(t["locative"]["of"]),
        to=frozenset(t["locative"]["to"]),
        fought=frozenset(t["locative"]["fought"]),
        fought_for=frozenset(t["locative"]["fought_for"]),
        speaking=frozenset(t["locative"]["speaking"]),
        function_words=frozenset(t["function_words"]["words"]),
        not_places=frozenset(t["not_places"]["words"]),
        titles=frozenset(t["titles"]["words"]),
        person_names=frozenset(t["person_names"]["words"]),
        organisations=frozenset(t["organisations"]["words"]),
        grounds=frozenset(t["organisations"]["grounds"]),
        care=frozenset(t["organisations"]["care"]),
        actors=frozenset(t["organisations"]["actors"]),
        armed=frozenset(t["organisations"]["actors"] + t["organisations"]["armed"]),
        landmarks=frozenset(t["landmarks"]["words"]),
        squares=frozenset(t["squares"]["words"]),
        before_squares=frozenset(t["squares"]["between"]),
        sites=frozenset(t["squares"]["capital"]),
        streets=frozenset(t["streets"]["words"]),
        filler=frozenset(t["filler"]["words"]),
        demonyms={word.lower(): code for word, code in t["demonyms"].items()},
        demonym_endings=tuple((e["ending"], tuple(e["names"])) for e in t["demonym_endings"]),
        plural=tuple(t["plural"]["endings"]),
        possessive=tuple(t["possessive"]["endings"]),
        common=general(lang),
    )


@functools.cache
def demonym_country(word: str) -> str | None:
    """Return the country of a people's name or adjective, in any language that has a pack."""
    for lang in LANGUAGES:
        words = lexicon(lang)
        lower = word.lower()
        for form in (lower, *(lower.removesuffix(end) for end in words.plural)):
            if form in words.demonyms:
                return words.demonyms[form]
    return None


@functools.cache
def demonym_stems(word: str) -> tuple[str, ...]:
    """Return the country names that an adjective of this form could be made of."""
    found = []
    for lang in LANGUAGES:
        words = lexicon(lang)
        for form in (word, *(word.removesuffix(e) for e in words.plural if word.endswith(e))):
            lower = form.lower()
            if not lower.endswith(words.any_demonym_ending):  # most words
                continue
            for ending, names in words.demonym_endings:
                if lower.endswith(ending) and len(form) > len(ending) + 2:
                    found += [form[: -len(ending)] + name for name in names]
    return tuple(dict.fromkeys(found))


@functools.lru_cache(maxsize=1 << 15)
def country_code(name: str) -> str | None:
    """Return the ISO code of a country's short name as texts use it ("U.S.", "the UK")."""
    names = _countries()
    return names.get(name) or (names.get(fold(name)) if len(name) > 4 else None)


@functools.cache
def _countries() -> dict[str, str]:
    listed: dict[str, str] = table("places")["countries"]
    return listed | {fold(name): code for name, code in listed.items() if len(name) > 4}


@functools.cache
def joiners() -> frozenset[str]:
    """Return the small words that names hold inside ("Rio de Janeiro")."""
    return frozenset(table("places")["joiners"]["words"])


@functools.cache
def cut_short() -> frozenset[str]:
    """Return the short forms that begin a name behind a full stop ("St. Anne's Hospital")."""
    return frozenset(table("places")["cut_short"]["words"])


@functools.cache
def ambiguous_countries() -> frozenset[str]:
    """Return the short names of countries that are common words when written in capitals."""
    return frozenset(table("places")["country_words"]["words"])
