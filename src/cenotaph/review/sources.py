"""What people know of sources: who they are, and who is not independent of whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from cenotaph.model import SOURCE, Decision, DecisionKind, Json, ResolvedClaim, Source
from cenotaph.review.slots import Unfit
from cenotaph.vocab import table

TIES = ("owned_by", "quotes", "translates")
"""Ties by which a source says what another says first."""

ABOUT = ("kind", *TIES, "same_as")
"""What a person can say of a source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What was said of each source, by its folded name: the last value of each of ABOUT."""

    known: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def name(self, name: str) -> str:
        """Return what a source is called: its other name, where it is said to be the same."""
        return self._follow(name, ("same_as",))

    def kind(self, name: str, read: str) -> str:
        """Return a source's kind, the one that was read where nobody gave another."""
        return self.known.get(name.casefold(), {}).get("kind", read)

    def speaks_for(self, name: str) -> str:
        """Return the source that a source is not independent of, itself where it is."""
        return self._follow(name, ("same_as", *TIES))

    def tied(self, name: str) -> bool:
        """Tell whether a source depends on another, or another on it."""
        root = self.speaks_for(name)
        if root.casefold() != name.casefold():
            return True
        return any(
            self.speaks_for(other).casefold() == root.casefold()
            for other in self.known
            if other != name.casefold()
        )

    def _follow(self, name: str, by: Sequence[str]) -> str:
        """Follow ties to their end; in a circle the smallest name stands for all."""
        path = [name]
        while True:
            of = self.known.get(path[-1].casefold(), {})
            to = next((of[tie] for tie in by if tie in of), None)
            if to is None:
                return path[-1]
            seen = [each.casefold() for each in path]
            if to.casefold() in seen:
                return min(path[seen.index(to.casefold()) :], key=str.casefold)
            path.append(to)


def register(held: Sequence[Decision]) -> Register:
    """Return what the decisions that hold say of sources; a value of null takes one away."""
    known: dict[str, dict[str, str]] = {}
    names: dict[str, str] = {}
    for each in held:
        if each.kind is not DecisionKind.SET_SOURCE:
            continue
        for subject in each.subjects:
            name = subject.removeprefix(SOURCE)
            names[name.casefold()] = name
            of = known.setdefault(name.casefold(), {})
            for key, value in each.value.items():
                of.pop(key, None)
                if value is not None:
                    of[key] = str(value)
    return Register(known=known, names=names)


def checked_source(name: str, value: Mapping[str, Json]) -> None:
    """Raise Unfit where this cannot be said of a source."""
    if not name.strip():
        raise Unfit("a source has a name")
    if not value or not set(value) <= set(ABOUT):
        raise Unfit(f"of a source can be said: {', '.join(ABOUT)}")
    kinds: Mapping[str, str] = table("sources")["kinds"]
    for key, given in value.items():
        if given is None:
            continue
        if not isinstance(given, str) or not given.strip():
            raise Unfit(f"{key} needs a name")
        if key == "kind" and given not in kinds:
            raise Unfit(f"{given!r} is no kind of source; kinds: {', '.join(kinds)}")
        if key != "kind" and given.casefold() == name.casefold():
            raise Unfit(f"{name} is not tied to itself")


def voiced(claim: ResolvedClaim, known: Register, publisher: str | None) -> ResolvedClaim:
    """Return a claim with its sources as the register has them, and the voice it belongs to.

    A figure for which a report names nobody is its publisher's, where the publisher has ties.
    """
    said = tuple(_as_known(each, known) for each in claim.claim.said_by)
    speaker = said[0].name if said else publisher
    voice = None
    if speaker is not None and known.tied(speaker):
        voice = known.speaks_for(speaker)
    if said != claim.claim.said_by:
        claim = replace(claim, claim=replace(claim.claim, said_by=said))
    return claim if voice == claim.voice else replace(claim, voice=voice)


def _as_known(source: Source, known: Register) -> Source:
    name = known.name(source.name)
    kind = known.kind(name, known.kind(source.name, source.kind))
    return (
        source
        if (name, kind) == (source.name, source.kind)
        else replace(source, name=name, kind=kind)
    )
