"""Single persons that claims name: those harmed, and those who told, who are at risk."""

import functools
import re
from collections.abc import Iterator

from cenotaph import vocab
from cenotaph.model import ResolvedClaim, Source

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
        if source.kind in BODIES:
            continue
        places = {
            word for p in (*claim.places, claim.place) if p and p.name for word in p.name.split()
        }
        run: list[str] = []
        for word in (*re.findall(r"[\w'’-]+", f"{source.name} , {source.quote.text}"), ""):
            own = word[:1].isupper() or (word[:1].isalpha() and not word.isascii())
            if own and word not in places and word.casefold() not in _common():
                run.append(word)
                continue
            if run:
                yield " ".join(run)
            run = []


@functools.cache
def _common() -> frozenset[str]:
    return frozenset().union(*(vocab.words(lang) for lang in vocab.LANGUAGES))
