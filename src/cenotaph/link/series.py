"""Sums that one originator gives again and again: a count since a start belongs to source and
start.

The same sum given again is one figure, from the report in which it stood first; a later and larger
one holds the earlier.
"""

from collections.abc import Collection, Iterator, Mapping, MutableMapping, Sequence
from datetime import date

from cenotaph.link.compare import Stand, groups, sites
from cenotaph.link.told import SUMS, number, order
from cenotaph.model import ClaimId, DocumentId, Link, LinkKind, ResolvedClaim, Scope
from cenotaph.shelves import Shelves
from cenotaph.voices import voice

Key = tuple[str, str, str, date, date | None]


class Runs:
    """The sums of every series, and the links between those of one."""

    def __init__(self, shelves: Shelves) -> None:
        self._members: MutableMapping[Key, dict[ClaimId, None]] = shelves(
            "series", dict[ClaimId, None]
        )
        self._links: MutableMapping[ClaimId, tuple[Link, ...]] = shelves(
            "series_links", tuple[Link, ...]
        )
        self._of: MutableMapping[Key, tuple[Link, ...]] = shelves("series_of", tuple[Link, ...])

    def links(self, claim: ClaimId) -> tuple[Link, ...]:
        """Return the links from a sum to others of its series."""
        return self._links.get(claim, ())

    def remove(self, claim: ResolvedClaim) -> Key | None:
        """Take a claim out; return the series that lost it."""
        run = key(claim)
        if run is None or claim.id not in self._members.get(run, {}):
            return None
        del self._members[run][claim.id]
        return run

    def add(self, claim: ResolvedClaim) -> Key | None:
        """Take a claim in; return its series."""
        run = key(claim)
        if run is not None:
            self._members.setdefault(run, {})[claim.id] = None
        return run

    def again(
        self,
        runs: Collection[Key],
        claims: Mapping[ClaimId, ResolvedClaim],
        published: Mapping[DocumentId, date | None],
    ) -> Iterator[ClaimId]:
        """Link the sums of series that changed; yield the claims whose links are others now.

        One start has the sums of every place, and of these a new one concerns few.
        """
        before: dict[ClaimId, set[Link]] = {}
        after: dict[ClaimId, set[Link]] = {}
        for run in runs:
            for link in self._of.pop(run, ()):
                self._links.pop(link.claim, None)
                before.setdefault(link.claim, set()).add(link)
        for run in sorted(runs, key=str):
            members = self._members[run]
            if not members:
                del self._members[run]
                continue
            links = tuple(series([claims[id_] for id_ in members], published))
            self._of[run] = links
            for link in links:
                self._links[link.claim] = (*self._links.get(link.claim, ()), link)
                after.setdefault(link.claim, set()).add(link)
        yield from (id_ for id_ in sorted({*before, *after}) if before.get(id_) != after.get(id_))


def series(
    members: Sequence[ResolvedClaim], published: Mapping[DocumentId, date | None]
) -> list[Link]:
    """Return the links between the sums of one key, one originator's over one period or start."""
    found: list[Link] = []
    kept: list[ResolvedClaim] = []
    for claim in sorted(members, key=lambda c: (_day(c, published), c.claim.document, order(c))):
        link = _against(claim, kept)
        if link is None or link.kind is not LinkKind.REPEATS:
            kept.append(claim)
        if link is not None:
            found.append(link)
    return found


def key(claim: ResolvedClaim) -> Key | None:
    """Return the series that a sum belongs to, None for any other claim."""
    stated, when = claim.claim, claim.when
    if stated.scope not in SUMS or stated.scope is Scope.STATE:
        return None
    if not stated.said_by and claim.voice is None:
        return None
    if stated.part_of is not None:
        return None
    if when is None or when.start is None or number(stated.count) is None:
        return None
    end = None if stated.scope is Scope.CUMULATIVE else when.end
    return stated.measure.value, stated.scope.value, voice(claim), when.start, end


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
            if _ends_later(other, claim):
                continue  # fewer over a longer time: neither holds the other
            return _link(other.id, LinkKind.WITHIN, claim.id, "earlier-in-the-series", reasons)
        return _link(claim.id, LinkKind.UPDATES, other.id, "later-in-the-series", reasons)
    return None


def _ends_later(one: ResolvedClaim, other: ResolvedClaim) -> bool:
    first, second = (each.when.end if each.when is not None else None for each in (one, other))
    return first is not None and second is not None and first > second


def _link(claim: ClaimId, kind: LinkKind, to: ClaimId, by: str, reasons: tuple[str, ...]) -> Link:
    return Link(claim=claim, kind=kind, to=to, by=by, reasons=reasons)
