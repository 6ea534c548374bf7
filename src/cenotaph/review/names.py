"""Names of places: what a person settles of a name holds for every claim that uses it."""

from collections.abc import Iterable, Iterator, Sequence

from cenotaph.model import NAME, Decision, Place, ResolvedClaim
from cenotaph.spelling import fold


def names(claims: Iterable[ResolvedClaim]) -> set[str]:
    """Return the names that claims use, folded: those that a person may settle."""
    return {name for each in claims for place in each.places for name in names_of(place, each)}


def names_of(place: Place, claim: ResolvedClaim) -> Iterator[str]:
    """Yield the names, folded, by which a claim calls a place."""
    if place.quote is not None:
        yield fold(place.quote.text)
        for mention in claim.claim.places:
            if mention.quote == place.quote:
                yield fold(mention.name.text)


def settled_name(subject: str) -> str:
    """Return the name, folded, of a decision's subject that is one."""
    return fold(subject.removeprefix(NAME))


def settled(held: Sequence[Decision]) -> set[str]:
    """Return the names, folded, that people settled wherever they stand."""
    subjects = (subject for each in held for subject in each.subjects)
    return {settled_name(subject) for subject in subjects if subject.startswith(NAME)}
