"""Sums that one originator gives again and again: a count since a start belongs to source and
start.

The same sum given again is one figure, from the report in which it stood first; a later and larger
one holds the earlier.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from cenotaph.link.compare import Stand, folded, groups, sites
from cenotaph.link.told import SUMS, number, order
from cenotaph.model import ClaimId, DocumentId, Link, LinkKind, ResolvedClaim, Scope

_Key = tuple[str, str, str, date, date | None]


def series(
    claims: Sequence[ResolvedClaim],
    links: Iterable[Link],
    published: Mapping[DocumentId, date | None],
) -> list[Link]:
    """Return the links between the sums of one originator over one place and one period or
    start."""
    gone = {link.claim for link in links if link.kind is LinkKind.REPEATS}
    by_key: dict[_Key, list[ResolvedClaim]] = {}
    for claim in claims:
        key = _key(claim)
        if key is not None and claim.id not in gone and claim.claim.part_of is None:
            by_key.setdefault(key, []).append(claim)
    found: list[Link] = []
    for members in by_key.values():
        members.sort(key=lambda c: (_day(c, published), c.claim.document, order(c)))
        kept: list[ResolvedClaim] = []
        for claim in members:
            link = _against(claim, kept)
            if link is None or link.kind is not LinkKind.REPEATS:
                kept.append(claim)
            if link is not None:
                found.append(link)
    return found


def _key(claim: ResolvedClaim) -> _Key | None:
    stated, when = claim.claim, claim.when
    if stated.scope not in SUMS or stated.scope is Scope.STATE or not stated.said_by:
        return None
    if when is None or when.start is None or number(stated.count) is None:
        return None
    end = None if stated.scope is Scope.CUMULATIVE else when.end
    who = folded(stated.said_by[0].name)
    return stated.measure.value, stated.scope.value, who, when.start, end


def _day(claim: ResolvedClaim, published: Mapping[DocumentId, date | None]) -> date:
    return published.get(claim.claim.document) or date.max


def _against(claim: ResolvedClaim, earlier: Sequence[ResolvedClaim]) -> Link | None:
    for other in reversed(earlier):
        if sites(claim, other) is not Stand.SAME:
            continue
        if groups(claim.claim.group, other.claim.group) is not Stand.SAME:
            continue
        one, two = number(claim.claim.count) or 0, number(other.claim.count) or 0
        reasons = ("one originator", "one start", f"{two} then {one}")
        if one == two:
            return _link(claim.id, LinkKind.REPEATS, other.id, "same-sum-again", reasons)
        if one > two and claim.claim.scope is Scope.CUMULATIVE:
            return _link(other.id, LinkKind.WITHIN, claim.id, "earlier-in-the-series", reasons)
        return _link(claim.id, LinkKind.UPDATES, other.id, "later-in-the-series", reasons)
    return None


def _link(claim: ClaimId, kind: LinkKind, to: ClaimId, by: str, reasons: tuple[str, ...]) -> Link:
    return Link(claim=claim, kind=kind, to=to, by=by, reasons=reasons)
