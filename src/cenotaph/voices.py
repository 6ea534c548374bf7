"""Who first said something: one voice, or as many as there are documents.

A name is one voice in every report that cites it, and so is an office of which a place has one
("the mayor"), of what happened there. "Witnesses", "a doctor in Homra" and "local sources" name
nobody: in two reports they may be anyone, so they stay two. Shared by the steps that link and that
reconcile.
"""

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

from cenotaph.model import ResolvedClaim, Source
from cenotaph.vocab import LANGUAGES, table, words

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# The rule of a table's rows: whoever coded them is named by the record itself.
CODED = "coded-row"
# "A doctor in Homra": no doctor of a name. With the others a name may go on: "Ministry of Health".
_ANYONE = frozenset({"witness", "family", "unnamed", "official", "activist", "social_media"})


class _Words(NamedTuple):
    names: frozenset[str]
    bodies: frozenset[str]
    offices: Mapping[str, str]
    kinds: frozenset[str]
    at: frozenset[str]
    of: frozenset[str]
    ordinary: frozenset[str]


@functools.cache
def _words() -> _Words:
    packs = [table(f"{lang}/sources") for lang in LANGUAGES]
    phrases = [phrase for pack in packs for of in pack["kinds"].values() for phrase in of]
    kinds = frozenset(word for phrase in phrases for word in phrase.split())
    return _Words(
        names=frozenset(each["name"].casefold() for each in table("sources")["source"]),
        bodies=frozenset(word for pack in packs for word in pack["bodies"]["words"]),
        offices={
            word: office
            for pack in packs
            for office, words in pack["offices"].items()
            for word in words
        },
        kinds=kinds,
        at=frozenset(word for pack in packs for word in pack["parts"]["at"]),
        of=frozenset(word for pack in packs for word in pack["parts"]["of"]),
        ordinary=kinds.union(*(words(lang) for lang in LANGUAGES)),
    )


@functools.lru_cache(maxsize=1 << 16)
def named(name: str, kind: str) -> bool:
    """Tell whether a source's name is somebody's own, by which two reports can mean one source.

    It is where the register has it, where it is a body of which a country has one ("the army", "the
    interior ministry"), or where a word of it is a proper name. A place behind a preposition names
    nobody: "residents of Sarbek".
    """
    known = _words()
    folded = name.casefold()
    if folded in known.names or folded in known.bodies:
        return True
    said = _WORD.findall(name)
    if not said:
        return any(char.isdigit() for char in name)
    ends = known.at
    if kind in _ANYONE or said[0].islower():
        ends = known.at | known.of
    if said[0].islower() or said[0].casefold() in known.kinds:
        end = next((n for n, word in enumerate(said) if n and word in ends), len(said))
        said = said[:end]
    shouted = name.isupper()
    return any(
        _cased_as_name(word, first=number == 0 or shouted) for number, word in enumerate(said)
    )


def _cased_as_name(word: str, *, first: bool) -> bool:
    if word.islower():
        return False
    if not word[0].isupper():
        return True  # a script without capitals
    return not first or word.casefold() not in _words().ordinary


def voice(claim: ResolvedClaim) -> str:
    """Return what stands for whoever first said a claim: two claims are of one originator where
    this is equal.

    Nobody named: the document speaks. A source without a name belongs to the named one it spoke to
    ("a witness told the agency"), else to its document. Ties that a person gave come before all
    of it.
    """
    if claim.voice is not None:
        return f"source {claim.voice.casefold()}"
    said = claim.claim.said_by
    if not said:
        return f"document {claim.claim.document}"
    first = said[0]
    if claim.claim.rule == CODED or named(first.name, first.kind):
        return f"source {first.name.casefold()}"
    if (office := _office(claim)) is not None:
        return f"office {office[0]} {office[1]}"
    told = _told(said)
    to = f"source {told.name.casefold()}" if told else f"document {claim.claim.document}"
    return f"source {first.name.casefold()}, {to}"


def title(claim: ResolvedClaim) -> str:
    """Return the words for whoever first said a claim; those for two voices are never the same."""
    if claim.voice is not None:
        return claim.voice
    said = claim.claim.said_by
    if not said:
        return str(claim.claim.document)
    first = said[0]
    if claim.claim.rule == CODED or named(first.name, first.kind):
        return first.name
    if _office(claim) is not None and claim.place is not None:
        return f"{first.name} ({claim.place.name}, {claim.place.admin1})"
    told = _told(said)
    return f"{first.name} ({told.name if told else claim.claim.document})"


def _office(claim: ResolvedClaim) -> tuple[str, str] | None:
    """Return the office that first said a claim, and the place that has it: that of the claim."""
    office = _words().offices.get(claim.claim.said_by[0].name.casefold())
    entry = claim.place.entry if claim.place is not None else None
    return None if office is None or entry is None else (office, entry)


def _told(said: tuple[Source, ...]) -> Source | None:
    return next((each for each in said[1:] if named(each.name, each.kind)), None)
