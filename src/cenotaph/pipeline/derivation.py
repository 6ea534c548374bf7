"""What follows from documents and decisions, kept between changes: only what they touch is made
again, and the result is that of making everything anew.

Passages, links, events, their figures and what does not add up are each worked out from few
documents; a change is followed from one to the next.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from cenotaph import copies, link, places, reconcile
from cenotaph import review as reviewing
from cenotaph.model import (
    NAME,
    ClaimId,
    Copy,
    Decision,
    DecisionKind,
    Document,
    DocumentId,
    Finding,
    Incident,
    Link,
    Linking,
    LinkKind,
    ResolvedClaim,
    Ruleset,
    TotalCheck,
)
from cenotaph.pipeline.interpreted import Interpreted
from cenotaph.review import Reviewed

OF_EVENTS = frozenset(
    {
        "perpetrator-contradiction",
        "place-contradiction",
        "date-contradiction",
        "one-source-figure",
        "sources-differ",
    }
)
"""Findings about an event; those of links and sums are found with their documents."""

NOTHING = Reviewed(claims=(), reviews={}, rejected=(), bonds=(), uncarried=(), findings=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A document that stands for itself, and what the reader made of it."""

    document: Document
    interpreted: Interpreted


@dataclass(slots=True)
class Update:
    """What a change touched: reports, claims, and events by their first claims; each may be gone,
    new, or other than it was in itself, its links or its findings."""

    documents: set[DocumentId]
    claims: set[ClaimId]
    incidents: set[ClaimId]


class Derivation:
    """All that follows, as of the last change."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self.reviewed = NOTHING
        self.interpreted: dict[DocumentId, Interpreted] = {}
        self.known: dict[ClaimId, ResolvedClaim] = {}
        self.links: dict[ClaimId, tuple[Link, ...]] = {}
        self.incidents: dict[ClaimId, Incident] = {}
        self.first_of: dict[ClaimId, ClaimId] = {}
        self.passages = copies.Passages()
        self._linker = link.Linker()
        self._texts: dict[DocumentId, str] = {}
        self._claims: dict[DocumentId, tuple[ResolvedClaim, ...]] = {}
        self._document_of: dict[ClaimId, DocumentId] = {}
        self._decided: set[DocumentId] = set()
        self._publishers: dict[DocumentId, str | None] = {}
        self._register = reviewing.Register()
        self._mains: dict[DocumentId, ClaimId] = {}
        self._fallback: dict[DocumentId, ClaimId] = {}
        self._firsts: dict[DocumentId, dict[ClaimId, None]] = {}
        self._newer: dict[ClaimId, set[ClaimId]] = {}
        self._checks: dict[DocumentId, tuple[TotalCheck, ...]] = {}
        self._of_documents: dict[DocumentId, tuple[Finding, ...]] = {}
        self._of_incidents: dict[ClaimId, tuple[Finding, ...]] = {}

    # What is asked of it.

    def claims(self) -> tuple[ResolvedClaim, ...]:
        """Return every claim that stands, document by document."""
        return tuple(chain.from_iterable(self._claims[id_] for id_ in sorted(self._claims)))

    def linking(self) -> Linking:
        """Return all links and events in a fixed order."""
        first = self._linker.order(self._linker.incidents())
        return Linking(
            links=tuple(each for claim in sorted(self.links) for each in self.links[claim]),
            incidents=tuple(self._linker.incidents()[claim] for claim in first),
            crowded=tuple(id_ for id_ in sorted(self.interpreted) if self._linker.crowded(id_)),
        )

    def ordered_incidents(self) -> tuple[Incident, ...]:
        """Return the events, first said first."""
        return tuple(self.incidents[first] for first in self._linker.order(self.incidents))

    def copied(self) -> tuple[Copy, ...]:
        """Return the passages that documents share with earlier ones, document by document."""
        return tuple(copy for id_ in sorted(self.interpreted) for copy in self.passages.of(id_))

    def checks(self) -> tuple[TotalCheck, ...]:
        """Return the sums that were held against their parts."""
        return tuple(chain.from_iterable(self._checks[id_] for id_ in sorted(self._checks)))

    def found(self) -> tuple[Finding, ...]:
        """Return what does not add up, by code."""
        every = chain(self._of_documents.values(), self._of_incidents.values())
        unique = {
            (each.code, each.claims, each.documents): each for each in chain.from_iterable(every)
        }
        return tuple(sorted(unique.values(), key=lambda f: (f.code, f.documents, f.claims)))

    def findings_of(self, id_: DocumentId | ClaimId) -> tuple[Finding, ...]:
        """Return what was found with a document, or with an event by its first claim."""
        return self._of_documents.get(DocumentId(id_), ()) + self._of_incidents.get(
            ClaimId(id_), ()
        )

    # What changes it.

    def change(
        self,
        come: Iterable[Read],
        gone: Collection[DocumentId] = (),
        *,
        held: Sequence[Decision] = (),
        replaced: Mapping[DocumentId, DocumentId] | None = None,
    ) -> Update:
        """Take in documents, in place of any of their name, take others out; `held` are all the
        decisions that hold now, `replaced` what stands in for documents that do not stand."""
        new = {each.document.id: each for each in come}
        out = {id_ for id_ in gone if id_ in self.interpreted and id_ not in new}
        copied = self._take(new, out)
        changed = self._review(new, out, held, replaced or {}) | (copied & self._claims.keys())
        change = self._linker.change([self._said(id_) for id_ in sorted(changed)], out)
        bonds = self.reviewed.bonds
        bound = self._linker.bind(
            [(b.claim, b.to) for b in bonds if b.kind is DecisionKind.SAME],
            [(b.claim, b.to) for b in bonds if b.kind is DecisionKind.DIFFERENT],
            bonds,
        )
        touched = Update(
            documents={*new, *out, *changed},
            claims={*change.claims, *bound.claims},
            incidents={*change.incidents, *bound.incidents},
        )
        behind = self._relink(touched)
        self._reconcile(touched)
        for id_ in sorted({*touched.documents, *behind}):
            self._check(id_)
        touched.documents |= behind
        return touched

    def _take(self, new: Mapping[DocumentId, Read], out: set[DocumentId]) -> set[DocumentId]:
        """Keep what comes and drop what goes; return what copies other passages than before."""
        # A document is as old as its own date line says, where its metadata do not date it.
        # Rows that a recorder coded are alike because a table is; none is a copy of another.
        dated = [
            replace(each.document, published=each.interpreted.published)
            for each in new.values()
            if each.document.coded is None
        ]
        rows = {id_ for id_, each in new.items() if each.document.coded is not None}
        copied = self.passages.change(dated, out | rows)
        for id_ in out:
            del self.interpreted[id_], self._texts[id_], self._publishers[id_]
            self._mains.pop(id_, None)
        for id_, each in new.items():
            self.interpreted[id_] = each.interpreted
            self._texts[id_] = each.document.text
            self._publishers[id_] = each.document.publisher
            for claim in each.interpreted.claims:
                self._document_of[claim.id] = id_
        return copied

    def _review(
        self,
        new: Mapping[DocumentId, Read],
        out: set[DocumentId],
        held: Sequence[Decision],
        replaced: Mapping[DocumentId, DocumentId],
    ) -> set[DocumentId]:
        """Lay decisions over the documents that they are about; return those that say otherwise."""
        before, sources = self._decided, self._register
        self._register = reviewing.register(held)
        self._decided = set(self._about(held, replaced)) if held else set()
        self.reviewed = (
            reviewing.review(
                [c for id_ in sorted(self._decided) for c in self.interpreted[id_].claims],
                held,
                texts={id_: self._texts[id_] for id_ in self._decided},
                replaced=replaced,
                smallest_area=places.smallest_area,
            )
            if held
            else NOTHING
        )
        of: dict[DocumentId, list[ResolvedClaim]] = {}
        for claim in self.reviewed.claims:
            of.setdefault(claim.claim.document, []).append(claim)
        rejected = {each.claim.id for each in self.reviewed.rejected}
        changed = set(new)
        for id_ in out:
            for claim in self._claims.pop(id_, ()):
                self.known.pop(claim.id, None)
        again = {*new, *before, *self._decided}
        if self._register != sources:
            again.update(self.interpreted)
        for id_ in again & self.interpreted.keys():
            read = self.interpreted[id_]
            claims = tuple(of.get(id_, ())) if id_ in self._decided else read.claims
            if self._register.known:
                by = self._publishers[id_]
                claims = tuple(reviewing.voiced(each, self._register, by) for each in claims)
            old = self._claims.get(id_)
            if claims != old:
                changed.add(id_)
                for claim in old or ():
                    self.known.pop(claim.id, None)
                self._claims[id_] = claims
                self.known.update((claim.id, claim) for claim in claims)
            main = read.reading.main
            if main in rejected:
                main = None
            if main != self._mains.get(id_):
                changed.add(id_)
                self._mains.pop(id_, None)
                if main is not None:
                    self._mains[id_] = main
        return changed

    def _about(
        self, held: Sequence[Decision], replaced: Mapping[DocumentId, DocumentId]
    ) -> Iterator[DocumentId]:
        """Yield the documents that decisions may say anything of."""
        for each in held:
            if any(subject.startswith(NAME) for subject in each.subjects):
                yield from self.interpreted
                return
        for each in held:
            named = [self._document_of.get(ClaimId(s)) for s in (*each.subjects, *each.others)]
            anchored = [DocumentId(anchor.document) for anchor in each.anchors]
            for id_ in (*named, *anchored, *map(DocumentId, each.subjects)):
                seen: set[DocumentId] = set()
                while id_ is not None and id_ not in seen:
                    seen.add(id_)
                    if id_ in self.interpreted:
                        yield id_
                    id_ = replaced.get(id_)

    def _said(self, id_: DocumentId) -> link.Said:
        read, text = self.interpreted[id_], self._texts[id_]
        copied = self.passages.of(id_)
        for copy in copied:
            blank = " " * (copy.passage.end - copy.passage.start)
            text = text[: copy.passage.start] + blank + text[copy.passage.end :]
        main = self._mains.get(id_)
        return link.Said(
            document=id_,
            claims=self._claims[id_],
            stated=read.reading.links,
            published=read.published,
            mains=frozenset() if main is None else frozenset({main}),
            copies=copied,
            words=link.terms(text, read.claims),
        )

    def _relink(self, touched: Update) -> set[DocumentId]:
        """Take over changed links; return the documents whose sums or findings these touch."""
        behind: set[DocumentId] = set()
        moved: set[ClaimId] = set()
        for id_ in touched.claims:
            old, now = self.links.pop(id_, ()), self._linker.links(id_)
            if now:
                self.links[id_] = now
            if id_ in self._document_of:
                behind.add(self._document_of[id_])
            if id_ in self.known:
                behind.add(self.known[id_].claim.document)
            for each in old:
                if each.kind in _NEWER:
                    self._newer.get(each.to, set()).discard(id_)
                    moved.add(each.to)
            for each in now:
                if each.kind in _NEWER:
                    self._newer.setdefault(each.to, set()).add(id_)
                    moved.add(each.to)
        while moved:
            here = moved.pop()
            if here in self.known:
                document = self.known[here].claim.document
                behind.add(document)
                more = {each.to for each in self.links.get(here, ()) if each.kind in _NEWER}
                moved |= {to for to in more if to not in touched.claims}
        return {id_ for id_ in behind if id_ in self.interpreted}

    def _reconcile(self, touched: Update) -> None:
        """Work out the figures of the events that changed."""
        again = set(touched.incidents)
        again |= {self.first_of[id_] for id_ in touched.claims if id_ in self.first_of}
        now = self._linker.incidents()
        served: set[DocumentId] = {*touched.documents}
        for first in again:
            old = self.incidents.pop(first, None)
            self._of_incidents.pop(first, None)
            for id_, _ in old.documents if old is not None else ():
                self._firsts.get(id_, {}).pop(first, None)
                served.add(id_)
            for claim in old.claims if old is not None else ():
                self.first_of.pop(claim, None)
        again &= now.keys()
        for first in again:
            for claim in now[first]:
                self.first_of[claim] = first
                document = self.known[claim].claim.document
                self._firsts.setdefault(document, {})[first] = None
                served.add(document)
        for id_ in served:
            for claim in self._chief(id_):
                if claim in self.first_of:
                    again.add(self.first_of[claim])
        touched.incidents |= again
        for first in again:
            members = [self.known[claim] for claim in now[first]]
            told = {claim.claim.document for claim in members}
            chief = {self._mains[id_] for id_ in told if id_ in self._mains}
            chief |= {self._fallback[id_] for id_ in told if id_ in self._fallback}
            links = {claim.id: self.links.get(claim.id, ()) for claim in members}
            made = reconcile.incident(members, links, self.ruleset, chief)
            self.incidents[first] = made
            found = reconcile.findings(members, Linking(links=(), incidents=()), incidents=[made])
            self._of_incidents[first] = tuple(each for each in found if each.code in OF_EVENTS)
            touched.claims.update(now[first])

    def _chief(self, id_: DocumentId) -> set[ClaimId]:
        """Choose what stands for a document's main event where its main claim is of none; return
        the claims that are so no longer, or now."""
        grouped = []
        for first in self._linker.order(self._firsts.get(id_, ())):
            members = [self.known[claim] for claim in self._linker.incidents()[first]]
            grouped.append([claim for claim in members if claim.claim.document == id_])
        main = self._mains.get(id_)
        found = reconcile.fallback_mains(grouped, () if main is None else (main,))
        before = {self._fallback[id_]} if id_ in self._fallback else set()
        self._fallback.pop(id_, None)
        for claim in found:
            self._fallback[id_] = claim
        return before ^ found

    def _check(self, id_: DocumentId) -> None:
        """Hold the sums of one document against their parts, and find what does not add up."""
        self._checks.pop(id_, None)
        self._of_documents.pop(id_, None)
        own = self._claims.get(id_, ())
        if not own:
            return
        links = [each for claim in own for each in self.links.get(claim.id, ())]
        later = list(self._later(claim.id for claim in own))
        ends = {end for each in (*links, *later) for end in (each.claim, each.to)}
        near = {claim.id: claim for claim in own}
        near.update((end, self.known[end]) for end in ends if end in self.known)
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
            published={id_: self.interpreted[id_].published},
        )
        if checks:
            self._checks[id_] = checks
        mine = {claim.id for claim in own}
        kept = tuple(each for each in found if not each.claims or mine & set(each.claims))
        if kept:
            self._of_documents[id_] = kept

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
                    for each in self.links.get(id_, ())
                    if each.kind in _NEWER and each.to == here
                )


_NEWER = (LinkKind.UPDATES, LinkKind.CORRECTS)
