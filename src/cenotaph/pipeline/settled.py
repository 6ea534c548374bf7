"""The places that an earlier reading resolved, kept where its gazetteer is no longer at hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import msgspec

from cenotaph.model import Place, PlaceMention

Settled = Mapping[tuple[int, int], tuple[PlaceMention, Place]]
"""Mentions that were resolved, by where they stand, each with its place."""

NOTHING: Settled = MappingProxyType({})


# What is taken of a reading, whatever else its program kept in it.
@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    places: tuple[PlaceMention, ...] = ()
    origins: tuple[PlaceMention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Resolved:
    claim: _Claim
    places: tuple[Place, ...] = ()
    origins: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    place: PlaceMention | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    claims: tuple[_Resolved, ...] = ()
    contexts: tuple[tuple[_Context, Place | None, Any], ...] = ()


def settled(content: bytes) -> Settled:
    """Return what a kept reading resolved; nothing where its form is not known any more."""
    try:
        read = msgspec.msgpack.decode(content, type=_Reading)
    except (msgspec.DecodeError, ValueError):
        return {}
    pairs: list[tuple[PlaceMention | None, Place | None]] = []
    for each in read.claims:
        if len(each.claim.places) == len(each.places):
            pairs += zip(each.claim.places, each.places, strict=True)
        if len(each.claim.origins) == len(each.origins):
            pairs += zip(each.claim.origins, each.origins, strict=True)
    pairs += [(context.place, place) for context, place, _ in read.contexts]
    return {
        (mention.quote.start, mention.quote.end): (mention, place)
        for mention, place in pairs
        if mention is not None and place is not None and place.entry is not None
    }


def among(mentions: Sequence[PlaceMention], kept: Settled, text: str) -> tuple[PlaceMention, ...]:
    """Return the mentions of a text with those of an earlier reading in place of what they meet."""
    held = [m for m, _ in kept.values() if m.quote.is_in(text)]
    if not held:
        return tuple(mentions)
    rest = [
        m
        for m in mentions
        if not any(m.quote.start < h.quote.end and h.quote.start < m.quote.end for h in held)
    ]
    return tuple(sorted((*rest, *held), key=lambda mention: mention.quote.start))
