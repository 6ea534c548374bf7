"""What one document gives to linking: its own links, the events it tells of, what it adds up.

Only the documents that it copies from have a part in it, so it is worked out again for itself.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cenotaph.link.again import enumerations, furthers, repeats
from cenotaph.link.bonds import Bonds, parted
from cenotaph.link.profiles import Profile, beside_others, profile
from cenotaph.link.reprints import reprints
from cenotaph.link.tales import Tale, tales
from cenotaph.link.told import order
from cenotaph.link.wholes import Crowd, crowd, is_further
from cenotaph.model import ClaimId, Copy, DocumentId, Link, LinkKind, ResolvedClaim, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one document brings: its claims and the links that its text states.

    `published` is its day, None where unknown; `mains` holds the claim that it is chiefly about;
    `copies` are its passages that stand in earlier documents; `words` the weights of its telling
    words (see `words.terms`). What it says in its own voice its `publisher` says.
    """

    document: DocumentId
    claims: tuple[ResolvedClaim, ...] = ()
    stated: tuple[Link, ...] = ()
    published: date | None = None
    mains: frozenset[ClaimId] = frozenset()
    copies: tuple[Copy, ...] = ()
    words: Mapping[str, float] | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What follows from one document, and the passages it copies, for itself.

    `claims` stand in text order, reprints with the place and the period of their original;
    `reprinted` are those of the `profiles` that say nothing of their own. `crowd` is there where
    too many sums stand beside too many figures to hold each against each.
    """

    said: Said
    claims: tuple[ResolvedClaim, ...]
    links: tuple[Link, ...]
    copied: tuple[Link, ...]
    profiles: tuple[Profile, ...]
    reprinted: frozenset[ClaimId]
    further: frozenset[ClaimId]
    crowd: Crowd | None


def inside(
    said: Said,
    originals: Mapping[DocumentId, Sequence[ResolvedClaim]],
    different: Bonds = (),
) -> Inside:
    """Work out one document; `originals` are the claims of the documents that it copies from.

    `different` are claims of it that people decided to be of two events.
    """
    known = {claim.id: claim for claim in said.claims}
    told = sorted(known.values(), key=order)
    given = sorted(
        (link for link in said.stated if link.claim in known and link.to in known),
        key=lambda link: (link.claim, link.kind.value, link.to, link.by),
    )
    links: dict[tuple[ClaimId, LinkKind, ClaimId], Link] = {}
    _add(links, given)
    sources = [
        claim
        for document in dict.fromkeys(copy.original for copy in said.copies)
        for claim in sorted(originals.get(document, ()), key=order)
    ]
    copied = reprints([*told, *sources], said.copies)
    # A reprint says nothing of its own: it keeps the place and the period of the original.
    first = {claim.id: claim for claim in sources}
    of = {link.claim: first[link.to] for link in copied}
    own = [
        replace(claim, place=o.place, places=o.places, when=o.when)
        if (o := of.get(claim.id)) is not None
        else claim
        for claim in told
    ]
    again = {link.claim for link in copied}
    _add(links, copied)
    before = list(links.values())

    added = furthers(own)
    beside = {link.claim for link in (*before, *added) if link.kind is LinkKind.ADDITIONAL_TO}
    again_here = _joined(before)
    inner = [
        link
        for link in repeats(own, beside)
        if link.claim not in again
        and again_here.get(link.claim, link.claim) != again_here.get(link.to, link.to)
    ]
    inner += added + enumerations(own, before)
    found = parted(tales(own, before + inner), different)
    chief = _chief(found, said.mains)
    _add(links, inner)
    return Inside(
        said=said,
        claims=tuple(own),
        links=tuple(links.values()),
        copied=tuple(copied),
        profiles=beside_others(
            [profile(tale, said.published, chief=tale.first == chief) for tale in found]
        ),
        reprinted=frozenset(
            tale.first for tale in found if all(claim.id in again for claim in tale.claims)
        ),
        further=frozenset(is_further(own, before + inner)),
        crowd=crowd(_figures(own, links.values())),
    )


def _add(found: dict[tuple[ClaimId, LinkKind, ClaimId], Link], links: Sequence[Link]) -> None:
    """Keep the first link of a kind between two claims; what a text states is never replaced."""
    for link in links:
        found.setdefault((link.claim, link.kind, link.to), link)


def _figures(claims: Sequence[ResolvedClaim], links: Iterable[Link]) -> list[ResolvedClaim]:
    """Return the claims that stand for themselves: no repeats, no breakdowns, no states."""
    gone = {link.claim for link in links if link.kind is LinkKind.REPEATS}
    return [
        claim
        for claim in claims
        if claim.id not in gone
        and claim.claim.part_of is None
        and claim.claim.scope is not Scope.STATE
    ]


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


def _chief(told: Sequence[Tale], mains: Collection[ClaimId]) -> ClaimId | None:
    """Return the first claim of the tale that the document is about.

    That is the tale of the main claim, else the one that the document says most of, past ones last.
    """
    best: tuple[tuple[bool, bool, int, int], ClaimId] | None = None
    for tale in told:
        first = tale.claims[0].claim
        past = all(claim.claim.history for claim in tale.claims)
        main = any(claim.id in mains for claim in tale.claims)
        rank = (main, not past, len(tale.claims), -first.counted.start)
        if best is None or rank > best[0]:
            best = rank, tale.first
    return None if best is None else best[1]
