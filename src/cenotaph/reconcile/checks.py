"""Stated sums against their parts, in every reading that the words allow.

Certain parts are in every reading. What may lie inside is taken in one by one in the order of the
text: who takes in a later figure has taken in the earlier ones, so no reading picks among them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from cenotaph.model import (
    READ_AS_AREA,
    READ_WIDER,
    ClaimId,
    Link,
    Linking,
    LinkKind,
    ResolvedClaim,
    Scope,
    SumReading,
    TotalCheck,
)
from cenotaph.vocab import table

# A text with more figures than this in doubt is read in its first ones only.
READINGS = 40


def checks(claims: Sequence[ResolvedClaim], linking: Linking) -> tuple[TotalCheck, ...]:
    """Return each stated sum with parts in its own document, in every reading of what it contains.

    A part that a later figure has replaced counts with the later one; the sum stays as stated.
    """
    known = {claim.id: claim for claim in claims}
    gone = {link.claim for link in linking.links if link.kind is LinkKind.REPEATS}
    inward: dict[ClaimId, list[Link]] = {}
    outward: dict[ClaimId, set[ClaimId]] = {}
    for link in linking.links:
        if link.kind not in (LinkKind.WITHIN, LinkKind.MAY_BE_WITHIN):
            continue
        if link.claim in gone or link.to in gone or link.by in (READ_AS_AREA, READ_WIDER):
            continue
        part, whole = known.get(link.claim), known.get(link.to)
        if part is None or whole is None or part.claim.document != whole.claim.document:
            continue
        if _number(part) is None or part.claim.measure is not whole.claim.measure:
            continue
        inward.setdefault(link.to, []).append(link)
        if link.kind is LinkKind.WITHIN:
            outward.setdefault(link.claim, set()).add(link.to)
    newer = {
        link.to: link.claim
        for link in linking.links
        if link.kind in (LinkKind.UPDATES, LinkKind.CORRECTS) and link.claim in known
    }
    found = []
    for claim in sorted(
        known.values(), key=lambda c: (c.claim.document, c.claim.counted.start, c.id)
    ):
        stated = claim.claim
        if claim.id not in inward or stated.scope is Scope.INCIDENT or stated.count.low is None:
            continue
        readings = _readings(claim, inward[claim.id], outward, newer, known)
        if readings:
            found.append(TotalCheck(claim=claim.id, readings=readings))
    return tuple(found)


def _number(claim: ResolvedClaim) -> int | None:
    return claim.claim.count.low


def _last(claim: ClaimId, newer: Mapping[ClaimId, ClaimId]) -> ClaimId:
    seen = {claim}
    while claim in newer and newer[claim] not in seen:
        claim = newer[claim]
        seen.add(claim)
    return claim


def _readings(
    whole: ResolvedClaim,
    links: Sequence[Link],
    outward: Mapping[ClaimId, set[ClaimId]],
    newer: Mapping[ClaimId, ClaimId],
    known: Mapping[ClaimId, ResolvedClaim],
) -> tuple[SumReading, ...]:
    inside = {link.claim for link in links}
    # A part of a part is counted with it.
    top = [link for link in links if not outward.get(link.claim, set()) & inside]
    top.sort(key=lambda link: (known[link.claim].claim.counted.start, link.claim))
    certain = [_last(link.claim, newer) for link in top if link.kind is LinkKind.WITHIN]
    doubtful = [link for link in top if link.kind is LinkKind.MAY_BE_WITHIN][:READINGS]
    words = table("findings")["readings"]
    stated = whole.claim.count.low or 0
    if certain:
        assumes = words["certain"].format(parts=_list(certain, known, words))
    else:
        assumes = words["none"]
    taken = list(certain)
    readings = [_reading(taken, stated, assumes, known)]
    for link in doubtful:
        part = _last(link.claim, newer)
        taken.append(part)
        doubts = " and ".join(_doubts(link, words))
        assumes += "; " + words["with"].format(parts=_list([part], known, words), doubts=doubts)
        readings.append(_reading(taken, stated, assumes, known))
    return tuple(readings)


def _reading(
    parts: Sequence[ClaimId], stated: int, assumes: str, known: Mapping[ClaimId, ResolvedClaim]
) -> SumReading:
    total = sum(_number(known[part]) or 0 for part in parts)
    return SumReading(parts=tuple(parts), sum=total, left=stated - total, assumes=assumes)


def _list(
    parts: Sequence[ClaimId], known: Mapping[ClaimId, ResolvedClaim], words: Mapping[str, Any]
) -> str:
    return " + ".join(
        words["part"].format(value=_number(known[part]), place=place_words(known[part]))
        for part in parts
    )


def place_words(claim: ResolvedClaim) -> str:
    """Return the name of a claim's place, else the words of the text, else that it is unknown."""
    place = claim.place
    if place is not None and place.name is not None:
        return place.name
    if place is not None and place.quote is not None:
        return place.quote.text
    unknown: str = table("findings")["readings"]["no_place"]
    return unknown


# What a link's doubts begin with, and the words for it.
_DOUBTS = (
    ("said to be further", "further"),
    ("perpetrator ", "perpetrator"),
    ("time ", "time"),
    ("place ", "place"),
    ("group ", "group"),
    ("event ", "event"),
    ("certainty ", "certainty"),
    ("read as", "area"),
)


def _doubts(link: Link, words: Mapping[str, Any]) -> list[str]:
    return [
        words["doubts"][code]
        for start, code in _DOUBTS
        if any(reason.startswith(start) for reason in link.reasons)
    ]
