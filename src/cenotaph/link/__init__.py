"""From claims to links: what repeats, updates, holds or accompanies what, and which claims form one
event."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from cenotaph.link.bonds import Bonds
from cenotaph.link.events import Component
from cenotaph.link.inside import Said
from cenotaph.link.linker import Change, Linker
from cenotaph.link.words import Terms, likeness, prepare, terms
from cenotaph.model import Bond, ClaimId, Copy, DocumentId, Link, Linking, ResolvedClaim

__all__ = [
    "Bonds", "Change", "Component", "Linker", "Said", "Terms", "likeness", "link", "prepare",
    "terms",
]  # fmt: skip


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
    publishers: Mapping[DocumentId, str] | None = None,
) -> Linking:
    """Link claims and group them into incidents.

    `stated` are the links that texts state themselves; `copies` the passages found in an earlier
    document; `published` the day of each document, None where unknown, and `publishers` whose word
    it is where it names nobody; `terms` the weights of the rare words of each document (see
    `terms`), without which documents are told apart by their claims alone; `mains` the claims that
    documents are chiefly about, whose tales those words belong to. `same` and `different` are pairs
    of claims that people decided to be of one event, or of two: they bind; `decided` what people
    said of one claim towards another. The result depends on the set of claims and not on their
    order; a claim given twice counts once.
    """
    days, weights = dict(published or {}), dict(terms or {})
    known = {claim.id: claim for claim in claims}
    by_document: dict[DocumentId, list[ResolvedClaim]] = {}
    for claim in known.values():
        by_document.setdefault(claim.claim.document, []).append(claim)
    links: dict[DocumentId, list[Link]] = {}
    for each in stated:
        if each.claim in known:
            links.setdefault(known[each.claim].claim.document, []).append(each)
    copied: dict[DocumentId, list[Copy]] = {}
    for copy in copies:
        copied.setdefault(copy.document, []).append(copy)
    linker = Linker()
    linker.bind(same, different, decided)
    linker.change(
        Said(
            document=document,
            claims=tuple(members),
            stated=tuple(links.get(document, ())),
            published=days.get(document),
            mains=frozenset(claim.id for claim in members if claim.id in mains),
            copies=tuple(copied.get(document, ())),
            words=weights.get(document),
            publisher=(publishers or {}).get(document),
        )
        for document, members in by_document.items()
    )
    return linker.linking()
