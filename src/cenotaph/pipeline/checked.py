"""The sums of documents held against their parts, and what does not add up in each document."""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping

from cenotaph import link, reconcile
from cenotaph.model import ClaimId, DocumentId, Finding, Link, Linking, LinkKind, TotalCheck
from cenotaph.pipeline.contents import Contents
from cenotaph.shelves import Shelves

NEWER = (LinkKind.UPDATES, LinkKind.CORRECTS)
"""The links by which a figure replaces another."""


class Checked:
    """What was found with each document, events aside, as of its last check.

    `sums` are those that were held against their parts, `found` what does not add up; `links` are
    those of all claims as they stand.
    """

    def __init__(
        self,
        linker: link.Linker,
        links: Mapping[ClaimId, tuple[Link, ...]],
        contents: Contents,
        shelves: Shelves,
    ) -> None:
        self._linker, self._links, self._contents = linker, links, contents
        self.sums: MutableMapping[DocumentId, tuple[TotalCheck, ...]] = shelves(
            "checks", tuple[TotalCheck, ...]
        )
        self.found: MutableMapping[DocumentId, tuple[Finding, ...]] = shelves(
            "of_documents", tuple[Finding, ...]
        )
        self._newer: MutableMapping[ClaimId, set[ClaimId]] = shelves("newer", set[ClaimId])

    def replaced(self, claim: ClaimId, old: Iterable[Link], now: Iterable[Link]) -> set[ClaimId]:
        """Note what a claim replaces now; return what it replaced, and what it replaces."""
        moved: set[ClaimId] = set()
        for each in old:
            if each.kind in NEWER:
                self._newer.get(each.to, set()).discard(claim)
                moved.add(each.to)
        for each in now:
            if each.kind in NEWER:
                self._newer.setdefault(each.to, set()).add(claim)
                moved.add(each.to)
        return moved

    def check(self, id_: DocumentId) -> None:
        """Hold the sums of one document against their parts, and find what does not add up."""
        self.sums.pop(id_, None)
        self.found.pop(id_, None)
        said = self._linker.said(id_)
        if said is None or not said.claims:
            return
        own = said.claims
        links = [each for claim in own for each in self._links.get(claim.id, ())]
        later = list(self._later(claim.id for claim in own))
        ends = {end for each in (*links, *later) for end in (each.claim, each.to)}
        known = self._linker.known
        near = {claim.id: claim for claim in own}
        near.update((end, known[end]) for end in ends if end in known)
        about = tuple(near.values())
        checks = tuple(
            each
            for each in reconcile.checks(about, Linking(links=(*links, *later), incidents=()))
            if near[each.claim].claim.document == id_
        )
        crowded = (id_,) if self._linker.crowded(id_) else ()
        found = reconcile.findings(
            about,
            Linking(links=tuple(links), incidents=(), crowded=crowded),
            checks=checks,
            published={id_: said.published},
        )
        if checks:
            self.sums[id_] = checks
        mine = {claim.id for claim in own}
        kept = (
            *(each for each in found if not each.claims or mine & set(each.claims)),
            *filter(None, map(self._contents.exceeded, own)),
        )
        if kept:
            self.found[id_] = kept

    def _later(self, claims: Iterable[ClaimId]) -> Iterator[Link]:
        """Yield the links by which claims, and what replaces them, are replaced."""
        seen: set[ClaimId] = set()
        stack = list(claims)
        while stack:
            here = stack.pop()
            if here in seen:
                continue
            seen.add(here)
            for id_ in sorted(self._newer.get(here, ())):
                stack.append(id_)
                yield from (
                    each
                    for each in self._links.get(id_, ())
                    if each.kind in NEWER and each.to == here
                )
