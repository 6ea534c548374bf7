"""Figures that an earlier report gave in nearly the same words: they are the same telling.

A passage copied word for word is found in the texts. One that is lightly rewritten shows in what it
says: the same count of the same people in one event, in a sentence of mostly the same words, from
the same originator or from nobody. It adds no source and weighs nothing.
"""

import re
from collections.abc import Mapping, Sequence

from cenotaph.model import REWORDED, ClaimId, Link, LinkKind, ResolvedClaim

_WORD = re.compile(r"[^\W\d_]+")
# From this share of common words on, of all that either sentence has, one is written after the
# other.
ALIKE = 0.5
# Shorter sentences are written alike by chance.
SHORTEST = 8
# A telling is held against so many earlier ones of the same figure.
TELLINGS = 24

_Key = tuple[object, ...]


def reworded(
    claims: Sequence[ResolvedClaim], links: Mapping[ClaimId, Sequence[Link]]
) -> dict[ClaimId, Link]:
    """Return a link from each claim of an event to the earlier one that it is written after.

    `claims` are those of one event, first said first; `links` those that start at each. A claim
    that names an originator follows only claims of that originator; one that names nobody follows
    any, since it may have left the name out.
    """
    found: dict[ClaimId, Link] = {}
    told: dict[_Key, list[tuple[ResolvedClaim, frozenset[str]]]] = {}
    for claim in claims:
        if any(link.kind is LinkKind.REPEATS for link in links.get(claim.id, ())):
            continue
        words = _words(claim)
        earlier = told.setdefault(_key(claim), [])
        first = next((one for one, other in earlier if _follows(claim, words, one, other)), None)
        if first is not None:
            found[claim.id] = Link(
                claim=claim.id,
                kind=LinkKind.REPEATS,
                to=first.id,
                by=REWORDED,
                reasons=(f"says in nearly the same words what {first.claim.document} said",),
            )
        elif len(earlier) < TELLINGS:
            earlier.append((claim, words))
    return found


def _key(claim: ResolvedClaim) -> _Key:
    stated = claim.claim
    count = stated.count
    return stated.measure, count.low, count.high, count.modality, stated.group, stated.scope


def _words(claim: ResolvedClaim) -> frozenset[str]:
    return frozenset(match[0].casefold() for match in _WORD.finditer(claim.claim.quote.text))


def _follows(
    claim: ResolvedClaim,
    words: frozenset[str],
    earlier: ResolvedClaim,
    said: frozenset[str],
) -> bool:
    one, other = claim.claim, earlier.claim
    if one.document == other.document or min(len(words), len(said)) < SHORTEST:
        return False
    if one.said_by and (not other.said_by or one.said_by[0].name != other.said_by[0].name):
        return False
    common = len(words & said)
    return common >= ALIKE * (len(words) + len(said) - common)
