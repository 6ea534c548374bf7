"""Single persons that claims name: those harmed, those who told, who are at risk, those blamed."""

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from cenotaph import vocab
from cenotaph.gazetteer.areas import areas
from cenotaph.model import ResolvedClaim, Source

POSSESSIVE = re.compile(r"['’]s\b")
WORD = re.compile(r"[\w’'-]+")
CAPITAL = r"(?:[a-z]{1,3}[-’'])?[^\W\d_a-z][\w’'-]*"
CAPITALS = re.compile(rf"{CAPITAL}(?:\s+(?:(?:of|the|and|for)\s+)*{CAPITAL})*")
"""Words with capitals, and the small ones between them: "Front for the Liberation of Velm"."""

BODIES = frozenset(
    {"monitor", "agency", "media", "government", "military", "armed_group", "police", "un", "ngo"}
)
"""Kinds of source that speak for a body; of any other kind it may be one person, who is at risk."""


def persons(claim: ResolvedClaim) -> set[str]:
    """Return the names of persons in a claim: of those harmed, and of sources that are no body."""
    return {*harmed(claim), *witnesses(claim)}


def harmed(claim: ResolvedClaim) -> Iterator[str]:
    """Yield the names of persons whom a claim names as harmed."""
    for person in claim.claim.victims:
        if person.quote.text[:1].isupper() or not person.quote.text.isascii():
            yield " ".join(person.quote.text.split())


def told(claim: ResolvedClaim) -> Iterator[Source]:
    """Yield who says a claim, and who blames somebody in it."""
    yield from claim.claim.said_by
    for actor in claim.claim.perpetrators:
        yield from actor.said_by


def bodies(claim: ResolvedClaim) -> set[str]:
    """Return the names of the bodies that say a claim."""
    return {source.name for source in claim.claim.said_by if source.kind in BODIES}


def witnesses(claim: ResolvedClaim) -> Iterator[str]:
    """Yield the names of persons who told what happened: of sources that are no body.

    A name is a run of capitalised words that are neither common words nor of the claim's places.
    """
    for source in told(claim):
        if source.kind not in BODIES:
            for words in (source.name, source.quote.text):
                yield from proper(words, within(claim))


def blamed(claim: ResolvedClaim) -> set[str]:
    """Return the names of those blamed in a claim who may be single persons.

    A party is known by the register, as a country, as a country's people or by a word for a body
    ("front", "ministry"); any other name may be that of one person, and it is for a person to say
    that it is a party's.
    """
    return {
        name
        for actor in claim.claim.perpetrators
        if not of_state(actor.name)
        for run in CAPITALS.findall(POSSESSIVE.sub("", actor.name))
        if not party(run)
        for name in proper(run, within(claim))
        if not party(name)
    }


@functools.lru_cache(maxsize=1 << 14)
def party(name: str) -> bool:
    """Tell whether words with capitals name a party, by the register or by a word of their own."""
    known = _parties()
    words = WORD.findall(name.casefold())
    alone = words[0] if len(words) == 1 else ""
    return (
        " ".join(words) in known.names
        or any(word in known.bodies for word in words)
        or alone.endswith(known.peoples)
    )


def registered(name: str) -> bool:
    """Tell whether the register has a party or a source of this name, or it is a country's."""
    folded = " ".join(WORD.findall(name.casefold()))
    return folded in _parties().names or folded in _sources()


def speaks_for_itself(name: str) -> bool:
    """Tell whether the name of a source is that of a body: of the register, or by a word for a body
    ("Tessaria Harm Monitor"), and of no title ("Colonel", "Dr.").

    A kind of source alone does not tell: "General Halim Dorsawi" speaks for an army, and is one.
    """
    if registered(name) or of_state(name):
        return True
    words = WORD.findall(name.casefold())
    return not titles().intersection(words) and (
        any(word in _organisations() for word in words) or not any(proper(name, set()))
    )


def outlet(name: str) -> bool:
    """Tell whether the name of a publisher is surely that of an outlet or an organisation: of the
    register, or by a word of such ("Orun Courier"). Any other may be the account of one person."""
    words = WORD.findall(name.casefold())
    told = _organisations() | _outlets()
    # "General Command" is no general's; "General Halim Dorsawi, Defence Force" is.
    behind = zip(words, [*words[1:], ""], strict=True)
    if any(word in titles() and after not in told for word, after in behind):
        return False
    return registered(name) or of_state(name) or any(word in told for word in words)


@functools.cache
def titles() -> frozenset[str]:
    """Return the words that stand before a person's name, folded and without their full stops."""
    packs = [vocab.table(f"{lang}/persons")["title"]["words"] for lang in vocab.LANGUAGES]
    return frozenset(word.rstrip(".") for pack in packs for word in pack)


@functools.cache
def _sources() -> frozenset[str]:
    listed = vocab.table("sources")["source"]
    names = [name for each in listed for name in (each["name"], *each["names"])]
    return frozenset(" ".join(WORD.findall(name.casefold())) for name in names)


@functools.cache
def _organisations() -> frozenset[str]:
    packs = [vocab.table(f"{lang}/grammar")["organisations"]["words"] for lang in vocab.LANGUAGES]
    return frozenset(word for pack in packs for word in pack)


@functools.cache
def _outlets() -> frozenset[str]:
    packs = [vocab.table(f"{lang}/persons")["outlets"]["words"] for lang in vocab.LANGUAGES]
    return frozenset(word for pack in packs for word in pack)


def of_state(name: str) -> bool:
    """Tell whether it is a body of which a country has one: "Kordania's defence ministry"."""
    folded = " ".join(WORD.findall(name.casefold()))
    return any(folded.endswith(f" {body}") or folded == body for body in _parties().of_state)


def within(claim: ResolvedClaim) -> set[str]:
    """Return the words of the names of a claim's places, folded: a date line shouts them."""
    named = (p.name for p in (*claim.places, claim.place) if p and p.name)
    return {word.casefold() for name in named for word in name.split()}


def proper(words: str, places: set[str]) -> Iterator[str]:
    """Yield runs of capitalised words that are neither common words nor of these places, which are
    folded."""
    run: list[str] = []
    for word in (*WORD.findall(POSSESSIVE.sub("", words)), ""):
        own = CAPITALS.match(word) or (word[:1].isalpha() and not word.isascii())
        if own and word.casefold() not in places and word.casefold() not in common():
            run.append(word)
            continue
        if run:
            yield " ".join(run)
        run = []


class _Parties(NamedTuple):
    names: frozenset[str]
    bodies: frozenset[str]
    of_state: frozenset[str]
    peoples: tuple[str, ...]


@functools.cache
def _parties() -> _Parties:
    packs = [vocab.table(f"{lang}/actors")["force"] for lang in vocab.LANGUAGES]
    countries = {
        name.casefold()
        for area in areas()
        if area.kind == "country"
        for name in (area.name, *area.names)
    }
    registered = {
        name.casefold()
        for each in vocab.table("actors")["actor"]
        for name in (each["name"], *each["names"])
    }
    return _Parties(
        names=frozenset(registered | countries | {f"{name}i" for name in countries}),
        bodies=frozenset(word for pack in packs for word in pack["parties"]),
        of_state=frozenset(word for pack in packs for word in pack["state_bodies"]),
        peoples=tuple({end for pack in packs for end in pack["people_ends"]}),
    )


@functools.cache
def common() -> frozenset[str]:
    """Return the words of the languages that are read: no names, as far as that can be told."""
    return frozenset().union(*(vocab.words(lang) for lang in vocab.LANGUAGES))
