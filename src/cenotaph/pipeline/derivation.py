"""What follows from documents and decisions, kept between changes: only what they touch is made
again, and the result is that of making everything anew.

Passages, links, events, their figures and what does not add up are each worked out from few
documents; a change is followed from one to the next.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from cenotaph import copies, link, reconcile
from cenotaph.model import (
    Bond,
    ClaimId,
    Copy,
    Decision,
    DecisionKind,
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
from cenotaph.pipeline.checked import NEWER, Checked
from cenotaph.pipeline.contents import Contents
from cenotaph.pipeline.interpreted import Interpreted
from cenotaph.pipeline.laid import Laid, Marks, Read
from cenotaph.review import Reviewed
from cenotaph.shelves import Shelves, memory

OF_EVENTS = frozenset(
    {
        "perpetrator-contradiction",
        "place-contradiction",
        "date-contradiction",
        "one-source-figure",
        "sources-differ",
        "breakdown-exceeds-toll",
    }
)
"""Findings about an event; those of links and sums are found with their documents."""


@dataclass(slots=True)
class Update:
    """What a change touched: reports, claims, and events by their first claims; each may be gone,
    new, or other than it was in itself, its links or its findings. `told` are the reports among
    them that came, went or say something else; `moved` are claims that may weigh otherwise in the
    whole of those killed."""

    told: frozenset[DocumentId]
    documents: set[DocumentId]
    claims: set[ClaimId]
    incidents: set[ClaimId]
    moved: set[ClaimId] = field(default_factory=set)


class Derivation:
    """All that follows, as of the last change.

    It keeps what it works out on `shelves`; `texts` and `interpreted` hold the documents that stand
    and what the reader made of them, and are filled here.
    """

    def __init__(
        self,
        ruleset: Ruleset,
        shelves: Shelves = memory,
        *,
        texts: MutableMapping[DocumentId, str] | None = None,
        interpreted: MutableMapping[DocumentId, Interpreted] | None = None,
    ) -> None:
        self.ruleset = ruleset
        self.interpreted: MutableMapping[DocumentId, Interpreted] = (
            {} if interpreted is None else interpreted
        )
        self._texts: MutableMapping[DocumentId, str] = {} if texts is None else texts
        self._laid = Laid(self.interpreted, self._texts, shelves)
        self.passages = copies.Passages(shelves, self._texts)
        self._linker = link.Linker(shelves)
        self.links: MutableMapping[ClaimId, tuple[Link, ...]] = shelves("links", tuple[Link, ...])
        self.incidents: MutableMapping[ClaimId, Incident] = shelves("incidents", Incident)
        self.first_of: MutableMapping[ClaimId, ClaimId] = shelves("first_of", ClaimId)
        # Claims as decided, of documents that are yet to be linked.
        self._fresh: dict[DocumentId, tuple[ResolvedClaim, ...]] = {}
        self._mains: MutableMapping[DocumentId, ClaimId] = shelves("mains", ClaimId)
        self._fallback: MutableMapping[DocumentId, ClaimId] = shelves("fallback", ClaimId)
        self._firsts: MutableMapping[DocumentId, set[ClaimId]] = shelves("firsts", set[ClaimId])
        self._contents = Contents(self._linker, self.links, self.incidents, self.first_of, shelves)
        self._checked = Checked(self._linker, self.links, self._contents, shelves)
        self._of_incidents: MutableMapping[ClaimId, tuple[Finding, ...]] = shelves(
            "of_incidents", tuple[Finding, ...]
        )

    # What it stands on.

    @property
    def marks(self) -> Marks:
        """Return what was followed of decisions."""
        return self._laid.marks

    @property
    def reviewed(self) -> Reviewed:
        """Return claims as decided, of the documents that decisions are about, and how."""
        return self._laid.reviewed

    def restore(
        self,
        marks: Marks,
        held: Sequence[Decision] = (),
        replaced: Mapping[DocumentId, DocumentId] | None = None,
    ) -> None:
        """Go on where another process ended, whose shelves these are.

        `held` and `replaced` are as `change` was last given them; where they are others now, the
        next change says so.
        """
        self._laid.restore(marks, held, replaced or {})
        self._linker.restore(*_bonds(marks.bonds))

    # What is asked of it.

    def claims(self) -> tuple[ResolvedClaim, ...]:
        """Return every claim that stands, document by document."""
        return tuple(
            chain.from_iterable(self.claims_of(id_) for id_ in sorted(self._linker.documents()))
        )

    @property
    def known(self) -> Mapping[ClaimId, ResolvedClaim]:
        """Return every claim that stands, by identifier."""
        return self._linker.known

    def ids(self) -> Iterator[ClaimId]:
        """Yield the identifiers of all claims that stand."""
        return self._linker.ids()

    def claims_of(self, id_: DocumentId) -> tuple[ResolvedClaim, ...]:
        """Return the claims of a document as people decided, none where it is not there."""
        if id_ in self._fresh:
            return self._fresh[id_]
        said = self._linker.said(id_)
        return () if said is None else said.claims

    def read_in(self, claim: ClaimId) -> DocumentId | None:
        """Return the document in which a claim stands or was read, one set aside too."""
        return self._laid.read_in(claim) or self._said_in(claim)

    def checks_of(self, id_: DocumentId) -> tuple[TotalCheck, ...]:
        """Return the sums of a document that were held against their parts."""
        return self._checked.sums.get(id_, ())

    def components(self) -> Mapping[ClaimId, link.Component]:
        """Return the tales that are connected, and the events that they form."""
        return self._linker.components()

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

    def rank(self, first: ClaimId) -> Sequence[object]:
        """Return that by which events stand in the order in which they were first said."""
        return self._linker.rank(first)

    def copied(self) -> tuple[Copy, ...]:
        """Return the passages that documents share with earlier ones, document by document."""
        return tuple(copy for id_ in sorted(self.interpreted) for copy in self.passages.of(id_))

    def checks(self) -> tuple[TotalCheck, ...]:
        """Return the sums that were held against their parts."""
        sums = self._checked.sums
        return tuple(chain.from_iterable(sums[id_] for id_ in sorted(sums)))

    def found(self, of_events: Iterable[Sequence[Finding]] | None = None) -> tuple[Finding, ...]:
        """Return what does not add up, by code; `of_events` in place of what was found in them."""
        if of_events is None:
            of_events = self._of_incidents.values()
        every = chain(self._checked.found.values(), of_events)
        unique = {
            (each.code, each.claims, each.documents): each for each in chain.from_iterable(every)
        }
        return tuple(sorted(unique.values(), key=lambda f: (f.code, f.documents, f.claims)))

    def reconciled(self, first: ClaimId, ruleset: Ruleset) -> tuple[Incident, tuple[Finding, ...]]:
        """Work out the figures of an event under a ruleset, and what does not add up in it."""
        members = [self.known[claim] for claim in self._linker.incidents()[first]]
        told = {claim.claim.document for claim in members}
        chief = {self._mains[id_] for id_ in told if id_ in self._mains}
        chief |= {self._fallback[id_] for id_ in told if id_ in self._fallback}
        links = {claim.id: self.links.get(claim.id, ()) for claim in members}
        made = reconcile.incident(members, links, ruleset, chief)
        found = reconcile.findings(members, Linking(links=(), incidents=()), incidents=[made])
        return made, tuple(each for each in found if each.code in OF_EVENTS)

    def findings_in(self, id_: DocumentId) -> tuple[Finding, ...]:
        """Return what was found with a document, events aside."""
        return self._checked.found.get(id_, ())

    def findings_of(self, id_: DocumentId | ClaimId) -> tuple[Finding, ...]:
        """Return what was found with a document, or with an event by its first claim."""
        return self.findings_in(DocumentId(id_)) + self._of_incidents.get(ClaimId(id_), ())

    def remains(self) -> dict[ClaimId, tuple[ClaimId, ...]]:
        """Return, for each claim that a person set aside, what stands of the event that it would be
        of, were nothing set aside; first said first, none where it would be of no event.

        What follows is brought to that state and back, in memory alone.
        """
        gone = {each.claim.id for each in self.reviewed.rejected}
        if not gone:
            return {}
        held, replaced = self._laid.held
        kept = tuple(each for each in held if each.kind is not DecisionKind.REJECT)
        try:
            self.change((), held=kept, replaced=replaced)
            firsts = {claim: self.first_of[claim] for claim in gone if claim in self.first_of}
            found = {claim: self.incidents[first].claims for claim, first in firsts.items()}
        finally:
            self.change((), held=held, replaced=replaced)
        return {
            claim: tuple(each for each in told if each not in gone) for claim, told in found.items()
        }

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
        changed = self._review(new, out, held, replaced or {}) | {
            id_ for id_ in copied if id_ in self.interpreted
        }
        change = self._linker.change([self._said(id_) for id_ in sorted(changed)], out)
        self._fresh.clear()
        bound = self._linker.bind(*_bonds(self._laid.marks.bonds))
        told = frozenset({*new, *out, *changed})
        touched = Update(
            told=told,
            documents={*told},
            claims={*change.claims, *bound.claims},
            incidents={*change.incidents, *bound.incidents},
        )
        behind, moved = self._relink(
            touched, {*touched.documents, *change.documents, *bound.documents}
        )
        moved |= self._reconcile(touched)
        self._contents.change(touched.claims, touched.incidents)
        for whole in self._contents.holders(moved):
            document = self._said_in(whole)
            if document is not None and document in self.interpreted:
                behind.add(document)
        for id_ in sorted({*touched.documents, *behind}):
            self._checked.check(id_)
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
        self._laid.take(new, out)
        for id_ in out:
            del self.interpreted[id_], self._texts[id_]
            self._mains.pop(id_, None)
        for id_, each in new.items():
            self.interpreted[id_] = each.interpreted
            self._texts[id_] = each.document.text
        return copied

    def _review(
        self,
        new: Collection[DocumentId],
        out: Collection[DocumentId],
        held: Sequence[Decision],
        replaced: Mapping[DocumentId, DocumentId],
    ) -> set[DocumentId]:
        """Lay decisions over the documents that they are about; return those that say otherwise."""
        changed = set(new)
        for id_, claims, main in self._laid.change(new, out, held, replaced):
            said = self._linker.said(id_)
            if said is None or claims != said.claims or id_ in new:
                changed.add(id_)
                self._fresh[id_] = claims
            if main != self._mains.get(id_):
                changed.add(id_)
                self._mains.pop(id_, None)
                if main is not None:
                    self._mains[id_] = main
        return changed

    def _said(self, id_: DocumentId) -> link.Said:
        read, text = self.interpreted[id_], self._texts[id_]
        copied = self.passages.of(id_)
        for copy in copied:
            blank = " " * (copy.passage.end - copy.passage.start)
            text = text[: copy.passage.start] + blank + text[copy.passage.end :]
        main = self._mains.get(id_)
        return link.Said(
            document=id_,
            claims=self.claims_of(id_),
            stated=read.reading.links,
            published=read.published,
            mains=frozenset() if main is None else frozenset({main}),
            copies=copied,
            words=link.terms(text, read.claims),
            publisher=self._laid.publisher(id_),
        )

    def _relink(
        self, touched: Update, anew: Collection[DocumentId]
    ) -> tuple[set[DocumentId], set[ClaimId]]:
        """Take over changed links, and add the events whose figures these can change.

        Return the documents whose sums or findings they touch, and the claims that are linked
        otherwise now; claims of the documents `anew` may be other than they were themselves.
        """
        behind: set[DocumentId] = set()
        moved: set[ClaimId] = set()
        linked: set[ClaimId] = set()
        for id_ in touched.claims:
            old, now = self.links.pop(id_, ()), self._linker.links(id_)
            if now:
                self.links[id_] = now
            if old != now:
                linked.add(id_)
                left = {each.to for each in old if each.kind is LinkKind.WITHIN}
                behind.update(of for to in left if (of := self._said_in(to)) is not None)
            document = self._said_in(id_)
            behind.update(each for each in (self._laid.read_in(id_), document) if each is not None)
            if id_ in self.first_of and (
                document in anew or list(self._telling(old)) != list(self._telling(now))
            ):
                touched.incidents.add(self.first_of[id_])
            moved |= self._checked.replaced(id_, old, now)
        while moved:
            here = moved.pop()
            document = self._said_in(here)
            if document is not None:
                behind.add(document)
                more = {each.to for each in self.links.get(here, ()) if each.kind in NEWER}
                moved |= {to for to in more if to not in touched.claims}
        return {id_ for id_ in behind if id_ in self.interpreted}, linked

    def _telling(self, links: Iterable[Link]) -> Iterator[Link]:
        """Yield the links that figures of events may rest on: not those into sums, which are of
        no event. A sum that comes or goes changes the links of all it holds, and none of them."""
        return (
            each
            for each in links
            if each.to in self.first_of
            or each.kind not in (LinkKind.WITHIN, LinkKind.MAY_BE_WITHIN)
        )

    def _said_in(self, claim: ClaimId) -> DocumentId | None:
        found = self.known.get(claim)
        return None if found is None else found.claim.document

    def _reconcile(self, touched: Update) -> set[ClaimId]:
        """Work out the figures of the events that changed; return the first claims of those that
        are other than they were."""
        again = set(touched.incidents)
        now = self._linker.incidents()
        served: set[DocumentId] = {*touched.documents}
        before: dict[ClaimId, Incident] = {}
        for first in again:
            old = self.incidents.pop(first, None)
            if old is not None:
                before[first] = old
            self._of_incidents.pop(first, None)
            for id_, _ in old.documents if old is not None else ():
                self._firsts.get(id_, set()).discard(first)
                served.add(id_)
            for claim in old.claims if old is not None else ():
                self.first_of.pop(claim, None)
        again = {first for first in again if first in now}
        for first in again:
            for claim in now[first]:
                self.first_of[claim] = first
                document = self.known[claim].claim.document
                self._firsts.setdefault(document, set()).add(first)
                served.add(document)
        for id_ in served:
            for claim in self._chief(id_):
                if claim in self.first_of:
                    again.add(self.first_of[claim])
        touched.incidents |= again
        for first in again:
            made, found = self.reconciled(first, self.ruleset)
            self.incidents[first], self._of_incidents[first] = made, found
            touched.claims.update(now[first])
        return {first for first in again if before.get(first) != self.incidents[first]}

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


def _bonds(bonds: Sequence[Bond]) -> tuple[link.Bonds, link.Bonds, Sequence[Bond]]:
    """Return the pairs of one event, those of two, and all."""
    return (
        [(b.claim, b.to) for b in bonds if b.kind is DecisionKind.SAME],
        [(b.claim, b.to) for b in bonds if b.kind is DecisionKind.DIFFERENT],
        bonds,
    )
