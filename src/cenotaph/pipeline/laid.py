"""Decisions laid over the documents that they are about, followed through changes.

A decision concerns the documents of the claims it names, those its words stand in, and those that
use a name it settles; what it is not about is not looked at.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace

from cenotaph import review as reviewing
from cenotaph.model import Bond, ClaimId, Decision, Document, DocumentId, ResolvedClaim
from cenotaph.pipeline.interpreted import Interpreted
from cenotaph.review import Reviewed
from cenotaph.shelves import Sets, Shelves

NOTHING = Reviewed(claims=(), reviews={}, rejected=(), bonds=(), uncarried=(), findings=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A document that stands for itself, and what the reader made of it."""

    document: Document
    interpreted: Interpreted


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What a derivation followed of decisions, to go on from where another process ended.

    `decisions`, `register` and `metadata` stand for the decisions that held and for what they say
    of sources and of reports; `decided` are the documents they were about, `bonds` what they said
    of pairs.
    """

    decisions: str = ""
    register: str = ""
    metadata: str = ""
    decided: frozenset[DocumentId] = frozenset()
    bonds: tuple[Bond, ...] = ()


class Laid:
    """Which documents decisions are about, and what these say then.

    `interpreted` and `texts` hold the documents that stand.
    """

    def __init__(
        self,
        interpreted: Mapping[DocumentId, Interpreted],
        texts: Mapping[DocumentId, str],
        shelves: Shelves,
    ) -> None:
        self._interpreted, self._texts = interpreted, texts
        self.marks = Marks()
        self._reviewed: Reviewed | None = NOTHING
        self._held: tuple[tuple[Decision, ...], Mapping[DocumentId, DocumentId]] = ((), {})
        self._register = reviewing.Register()
        self._read_in: MutableMapping[ClaimId, DocumentId] = shelves("read_in", DocumentId)
        self._read_claims: MutableMapping[DocumentId, tuple[ClaimId, ...]] = shelves(
            "read_claims", tuple[ClaimId, ...]
        )
        # The names of places that each document uses, and the documents that use a name.
        self._names: MutableMapping[DocumentId, tuple[str, ...]] = shelves("names", tuple[str, ...])
        self._naming = Sets("naming", shelves)
        self._publishers: MutableMapping[DocumentId, str] = shelves("publishers", str)

    @property
    def reviewed(self) -> Reviewed:
        """Return claims as decided, of the documents that decisions are about, and how."""
        if self._reviewed is None:
            self._reviewed = self._review(*self._held)
        return self._reviewed

    @property
    def held(self) -> tuple[tuple[Decision, ...], Mapping[DocumentId, DocumentId]]:
        """Return the decisions that were laid last, and what stood in for documents then."""
        return self._held

    def read_in(self, claim: ClaimId) -> DocumentId | None:
        """Return the document in which a claim was read."""
        found: DocumentId | None = self._read_in.get(claim)
        return found

    def publisher(self, document: DocumentId) -> str | None:
        """Return who published a document, None where that is not known."""
        found: str | None = self._publishers.get(document)
        return found

    def restore(
        self,
        marks: Marks,
        held: Sequence[Decision],
        replaced: Mapping[DocumentId, DocumentId],
    ) -> None:
        """Go on where another process ended, whose shelves these are."""
        self.marks = marks
        self._reviewed = None if marks.decided or held else NOTHING
        self._held = (tuple(held), replaced)
        self._register = reviewing.register(held)

    def take(self, new: Mapping[DocumentId, Read], out: Collection[DocumentId]) -> None:
        """Note by what decisions may find the documents that come, in place of any of their name,
        and forget those that go."""
        for id_ in {*out, *new}:
            for claim in self._read_claims.pop(id_, ()):
                if self._read_in.get(claim) == id_:
                    del self._read_in[claim]
            for name in self._names.pop(id_, ()):
                self._naming.discard(name, id_)
            self._publishers.pop(id_, None)
        for id_, each in new.items():
            if each.document.publisher is not None:
                self._publishers[id_] = each.document.publisher
            self._read_claims[id_] = tuple(claim.id for claim in each.interpreted.claims)
            self._read_in.update((claim, id_) for claim in self._read_claims[id_])
            names = tuple(sorted(reviewing.names(each.interpreted.claims)))
            if names:
                self._names[id_] = names
            for name in names:
                self._naming.add(name, id_)

    def change(
        self,
        new: Collection[DocumentId],
        out: Collection[DocumentId],
        held: Sequence[Decision],
        replaced: Mapping[DocumentId, DocumentId],
    ) -> Iterator[tuple[DocumentId, tuple[ResolvedClaim, ...], ClaimId | None]]:
        """Lay the decisions that hold now over the documents, of which these came and went.

        Yield what documents say that may say otherwise than before, with their main claim.
        """
        before = self.marks
        decided = frozenset(self._about(held, replaced)) if held else frozenset()
        self._held = (tuple(held), replaced)
        self._register = reviewing.register(held)
        marks = replace(
            before,
            decisions=mark(held),
            register=mark(self._register),
            metadata=mark(reviewing.metadata(held)),
            decided=decided,
        )
        again = {*new}
        rejected: set[ClaimId] = set()
        of: dict[DocumentId, list[ResolvedClaim]] = {}
        if marks != before or {*new, *out} & {*before.decided, *decided}:
            self.marks = marks
            self._reviewed = None
            again |= {*before.decided, *decided}
            for claim in self.reviewed.claims:
                of.setdefault(claim.claim.document, []).append(claim)
            rejected = {each.claim.id for each in self.reviewed.rejected}
            self.marks = replace(marks, bonds=self.reviewed.bonds)
        if marks.register != before.register:
            again.update(self._interpreted)
        for id_ in sorted(again):
            if id_ not in self._interpreted:
                continue
            read = self._interpreted[id_]
            claims = tuple(of.get(id_, ())) if id_ in decided else read.claims
            if self._register.known:
                by = self._publishers.get(id_)
                claims = tuple(reviewing.voiced(each, self._register, by) for each in claims)
            main = read.reading.main
            yield id_, claims, None if main in rejected else main

    def _review(
        self, held: Sequence[Decision], replaced: Mapping[DocumentId, DocumentId]
    ) -> Reviewed:
        if not held:
            return NOTHING
        from cenotaph.places import smallest_area  # only decisions ask for it

        return reviewing.review(
            [c for id_ in sorted(self.marks.decided) for c in self._interpreted[id_].claims],
            held,
            texts={id_: self._texts[id_] for id_ in self.marks.decided},
            replaced=replaced,
            smallest_area=smallest_area,
        )

    def _about(
        self, held: Sequence[Decision], replaced: Mapping[DocumentId, DocumentId]
    ) -> Iterator[DocumentId]:
        """Yield the documents that decisions may say anything of."""
        for name in reviewing.settled(held):
            yield from map(DocumentId, self._naming.members(name))
        for each in held:
            named = [self._read_in.get(ClaimId(s)) for s in (*each.subjects, *each.others)]
            anchored = [DocumentId(anchor.document) for anchor in each.anchors]
            for id_ in (*named, *anchored, *map(DocumentId, each.subjects)):
                seen: set[DocumentId] = set()
                while id_ is not None and id_ not in seen:
                    seen.add(id_)
                    if id_ in self._interpreted:
                        yield id_
                    id_ = replaced.get(id_)


def mark(value: object) -> str:
    """Return what stands for a value, the same in every process; nothing stands for nothing."""
    if value in ((), [], {}, reviewing.Register()):
        return ""
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()[:24]
