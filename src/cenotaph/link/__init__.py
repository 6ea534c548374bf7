"""From claims to links: what repeats, updates, holds or accompanies what, and which claims form one
event."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from cenotaph.link.across import Pair, Profile, clusters, pairs, profile
from cenotaph.link.again import enumerations, furthers, repeats
from cenotaph.link.bonds import Bonds, indices, parted
from cenotaph.link.decided import bound
from cenotaph.link.reprints import reprints
from cenotaph.link.series import series
from cenotaph.link.tales import Tale, tales
from cenotaph.link.told import SUMS, order
from cenotaph.link.updates import updates
from cenotaph.link.wholes import containments, crowded, is_further
from cenotaph.link.words import Terms, likeness, terms
from cenotaph.model import (
    UNSURE,
    Bond,
    ClaimId,
    Copy,
    DocumentId,
    Link,
    Linking,
    LinkKind,
    Measure,
    ResolvedClaim,
    Scope,
)

__all__ = ["Terms", "likeness", "link", "terms"]

# Sums of these measures are held against what may lie inside them.
_SUMMED = frozenset(Measure) - {Measure.TRAPPED}


def link(
    claims: Sequence[ResolvedClaim],
    *,
    stated: Sequence[Link] = (),
    copies: Sequence[Copy] = (),
    published: Mapping[DocumentId, date | None] | None = None,
    terms: Terms | None = None,
    mains: Collection[ClaimId] = (),
    same: Bonds = (),
    different: Bonds = (),
    decided: Sequence[Bond] = (),
) -> Linking:
    """Link claims and group them into incidents.

    `stated` are the links that texts state themselves; `copies` the passages found in an earlier
    document; `published` the day of each document, None where unknown; `terms` the weights of the
    rare words of each document (see `terms`), without which documents are told apart by their
    claims alone; `mains` the claims that documents are chiefly about, whose tales those words
    belong to. `same` and `different` are pairs of claims that people decided to be of one event, or
    of two: they bind; `decided` what people said of one claim towards another. The result depends
    on the set of claims and not on their order; a claim given twice counts once.
    """
    days = dict(published or {})
    known = {claim.id: claim for claim in claims}
    ordered = sorted(known.values(), key=lambda claim: _precedence(claim, days))
    found = {
        (link.claim, link.kind, link.to): link
        for link in sorted(stated, key=_link_order)
        if link.claim in known and link.to in known
    }

    copied = reprints(ordered, copies)
    _add(found, copied)
    # A reprint says nothing of its own: it keeps the place and the period of the original.
    ordered = _as_first_said(ordered, copied)
    again = {link.claim for link in copied}

    said = _by_document_of_claim(found.values(), known)
    told: list[Tale] = []
    further: set[ClaimId] = set()
    on_top: set[ClaimId] = set()
    for document, members in _by_document(ordered).items():
        own = sorted(members, key=order)
        given = said.get(document, [])
        added = furthers(own)
        beside = {link.claim for link in (*given, *added) if link.kind is LinkKind.ADDITIONAL_TO}
        again_here = _joined(given)
        inner = [
            link
            for link in repeats(own, beside)
            if link.claim not in again
            and again_here.get(link.claim, link.claim) != again_here.get(link.to, link.to)
        ]
        inner += added + enumerations(own)
        _add(found, inner)
        links = given + inner
        on_top |= beside
        told.extend(parted(tales(own, links), different))
        further |= is_further(own, links)

    chief = _chief(told, mains)
    profiles = sorted(
        (
            profile(tale, days.get(tale.claims[0].claim.document), chief=tale.first in chief)
            for tale in told
        ),
        key=lambda entry: entry.key,
    )
    reprinted = {
        n for n, entry in enumerate(profiles) if all(c.id in again for c in entry.tale.claims)
    }
    owner = {claim.id: n for n, entry in enumerate(profiles) for claim in entry.tale.claims}
    joined, unsure = clusters(
        profiles,
        pairs(profiles, terms or {}),
        _given(owner, copied),
        reprinted,
        indices(same, owner),
        indices(different, owner),
    )
    incidents = _incidents(profiles, joined, days)
    _add(found, _same_incident(profiles, joined, unsure))

    _add(found, bound(decided, known))
    gone = frozenset(link.claim for link in found.values() if link.kind is LinkKind.REPEATS)
    inside = {link.claim for link in found.values() if link.kind is LinkKind.WITHIN}
    _add(found, updates(incidents, known, days, gone | inside))

    _add(found, series(ordered, found.values(), days))
    standing = _standing(ordered, found.values())
    sums = [c for c in standing if c.claim.scope in SUMS and c.claim.scope is not Scope.STATE]
    sums = [c for c in sums if c.claim.measure in _SUMMED]
    figures = [c for c in standing if c.claim.scope is not Scope.STATE]
    _add(found, containments(figures, sums, published=days, beside=on_top, apart=further))
    return Linking(
        links=tuple(sorted(found.values(), key=_link_order)),
        incidents=incidents,
        crowded=tuple(sorted(crowded(figures, sums))),
    )


def _joined(stated: Sequence[Link]) -> dict[ClaimId, ClaimId]:
    """Return the root of each claim under the repeats that the text itself states.

    Two claims with one root are one figure already; a second link would close a circle.
    """
    to = {link.claim: link.to for link in stated if link.kind is LinkKind.REPEATS}
    roots: dict[ClaimId, ClaimId] = {}
    for claim in {*to, *to.values()}:
        root, seen = claim, {claim}
        while root in to and to[root] not in seen:
            root = to[root]
            seen.add(root)
        roots[claim] = root
    return roots


def _precedence(
    claim: ResolvedClaim, days: Mapping[DocumentId, date | None]
) -> tuple[date, DocumentId, tuple[int, int, str, int, ClaimId]]:
    document = claim.claim.document
    return days.get(document) or date.max, document, order(claim)


def _link_order(link: Link) -> tuple[str, str, str, str]:
    return link.claim, link.kind.value, link.to, link.by


def _add(found: dict[tuple[ClaimId, LinkKind, ClaimId], Link], links: Sequence[Link]) -> None:
    """Keep the first link of a kind between two claims; what a text states is never replaced."""
    for link in links:
        certain = (link.claim, LinkKind.WITHIN, link.to)
        if link.kind is LinkKind.MAY_BE_WITHIN and certain in found:
            continue
        found.setdefault((link.claim, link.kind, link.to), link)


def _as_first_said(claims: Sequence[ResolvedClaim], copied: Sequence[Link]) -> list[ResolvedClaim]:
    first = {link.claim: link.to for link in copied}
    known = {claim.id: claim for claim in claims}
    return [
        replace(
            claim,
            place=known[first[claim.id]].place,
            places=known[first[claim.id]].places,
            when=known[first[claim.id]].when,
        )
        if claim.id in first
        else claim
        for claim in claims
    ]


def _by_document(claims: Sequence[ResolvedClaim]) -> dict[DocumentId, list[ResolvedClaim]]:
    found: dict[DocumentId, list[ResolvedClaim]] = {}
    for claim in claims:
        found.setdefault(claim.claim.document, []).append(claim)
    return found


def _by_document_of_claim(
    links: Iterable[Link], known: Mapping[ClaimId, ResolvedClaim]
) -> dict[DocumentId, list[Link]]:
    found: dict[DocumentId, list[Link]] = {}
    for link in links:
        found.setdefault(known[link.claim].claim.document, []).append(link)
    return found


def _standing(claims: Sequence[ResolvedClaim], links: Iterable[Link]) -> list[ResolvedClaim]:
    """Return the claims that stand for themselves: neither repeats nor breakdowns of another."""
    gone = {link.claim for link in links if link.kind is LinkKind.REPEATS}
    return [c for c in claims if c.id not in gone and c.claim.part_of is None]


def _chief(told: Sequence[Tale], mains: Collection[ClaimId]) -> set[ClaimId]:
    """Return the first claims of the tales that documents are about.

    That is the tale of the main claim, else the one that the document says most of, past ones last.
    """
    best: dict[DocumentId, tuple[tuple[bool, bool, int, int], ClaimId]] = {}
    for tale in told:
        first = tale.claims[0].claim
        past = all(claim.claim.history for claim in tale.claims)
        main = any(claim.id in mains for claim in tale.claims)
        rank = (main, not past, len(tale.claims), -first.counted.start)
        if first.document not in best or rank > best[first.document][0]:
            best[first.document] = rank, tale.first
    return {claim for _, claim in best.values()}


def _given(owner: dict[ClaimId, int], copied: Sequence[Link]) -> list[tuple[int, int]]:
    """Return the pairs of tales of which one is, in part, a reprint of the other."""
    return indices([(link.claim, link.to) for link in copied], owner)


def _incidents(
    profiles: Sequence[Profile],
    joined: Sequence[Sequence[int]],
    days: Mapping[DocumentId, date | None],
) -> tuple[tuple[ClaimId, ...], ...]:
    """Return the claims of each incident, first said first, and the incidents in the same order."""
    grouped = [[claim for n in group for claim in profiles[n].tale.claims] for group in joined]
    for members in grouped:
        members.sort(key=lambda claim: _precedence(claim, days))
    grouped.sort(key=lambda members: _precedence(members[0], days))
    return tuple(tuple(claim.id for claim in members) for members in grouped)


def _same_incident(
    profiles: Sequence[Profile], joined: Sequence[Sequence[int]], unsure: Sequence[Pair]
) -> list[Link]:
    """Return the links between the first claims of tales: joined and unsure ones."""
    found: list[Link] = []
    for group in joined:
        first, *others = [profiles[n] for n in group]
        found.extend(
            Link(
                claim=other.first,
                kind=LinkKind.SAME_INCIDENT,
                to=first.first,
                by="joined",
            )
            for other in others
        )
    for pair in unsure:
        found.append(
            Link(
                claim=profiles[pair.right].first,
                kind=LinkKind.SAME_INCIDENT,
                to=profiles[pair.left].first,
                by=UNSURE,
                score=max(0.0, min(0.99, pair.score / 2)),
                reasons=pair.reasons,
            )
        )
    return found
