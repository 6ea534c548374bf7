"""Linking that takes in documents, and takes them out, and links again only what that can change.

What is linked falls into neighbourhoods: tales that share a key (a place and a day, a person, a
rare word) and are compared; the tales that compared pairs connect, which form events together; the
sums of one series; figures and the sums of their place and time. Each is a function of its members
alone, so that changing a document means to work out again the neighbourhoods it was in and those it
is in now. The result is that of linking everything at once, in any order.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from cenotaph.link.bonds import Bonds
from cenotaph.link.containing import Containment
from cenotaph.link.decided import Decided
from cenotaph.link.denied import Denials
from cenotaph.link.events import Component, Events
from cenotaph.link.inside import Inside, Said, inside
from cenotaph.link.known import Facts, Known
from cenotaph.link.series import Runs
from cenotaph.link.ties import Ties
from cenotaph.link.touched import Touched
from cenotaph.model import (
    DECIDED,
    Bond,
    ClaimId,
    DocumentId,
    Link,
    Linking,
    LinkKind,
    ResolvedClaim,
)
from cenotaph.shelves import Shelves, memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a change of documents changed: claims that are other than they were, or have other
    links, or are gone; and events, by the first claim of each, that are new or gone or other.

    `documents` are those that were worked out again or went."""

    documents: frozenset[DocumentId]
    claims: frozenset[ClaimId]
    incidents: frozenset[ClaimId]


class Linker:
    """Documents linked with one another, as of the last change."""

    def __init__(self, shelves: Shelves = memory) -> None:
        self._known = Known(shelves)
        self._ties = Ties(self._known, shelves)
        self._events = Events(self._known, self._ties, shelves)
        self._runs = Runs(shelves)
        self._containment = Containment(self._known, self._runs, shelves)
        self._denials = Denials(self._known, self._containment.figures, shelves)

    # What is asked of it.

    def claim(self, id_: ClaimId) -> ResolvedClaim | None:
        """Return a claim; a reprint has the place and the period of its original."""
        found: ResolvedClaim | None = self._known.claims.get(id_)
        return found

    def incidents(self) -> Mapping[ClaimId, tuple[ClaimId, ...]]:
        """Return the claims of each event, first said first, by the first of them."""
        return self._events.incidents

    def links(self, claim: ClaimId) -> tuple[Link, ...]:
        """Return the links that start at a claim, in a fixed order.

        Of one kind to one claim there is one: what a text states comes before what follows.
        """
        found: dict[tuple[LinkKind, ClaimId], Link] = {}
        for link in chain(
            self._known.own(claim),
            self._events.links(claim),
            self._known.said_of(claim),
            self._events.replaced(claim),
            self._runs.links(claim),
            self._containment.links(claim),
            self._denials.links(claim),
        ):
            if not self._turned(link):
                found.setdefault((link.kind, link.to), link)
        certain = {to for kind, to in found if kind is LinkKind.WITHIN}
        kept = [
            link
            for (kind, to), link in found.items()
            if not (kind is LinkKind.MAY_BE_WITHIN and to in certain)
        ]
        return tuple(sorted(kept, key=lambda link: (link.kind.value, link.to, link.by)))

    def _turned(self, link: Link) -> bool:
        """Tell whether a link says that a claim repeats one of which people said the reverse."""
        if link.kind is not LinkKind.REPEATS or link.by == DECIDED:
            return False
        back = self._known.said_of(link.to)
        return any(each.kind is LinkKind.REPEATS and each.to == link.claim for each in back)

    def wholes(self, part: ClaimId) -> Iterator[ClaimId]:
        """Yield the sums in which a figure lies for certain, of whatever document."""
        return self._containment.wholes(part)

    def said(self, document: DocumentId) -> Said | None:
        """Return what a document brought, None where it is not there."""
        found = self._known.inside.get(document)
        return None if found is None else found.said

    @property
    def known(self) -> Mapping[ClaimId, ResolvedClaim]:
        """Return the claims of all documents as they were brought, by identifier."""
        return self._known.said

    def ids(self) -> Iterator[ClaimId]:
        """Yield the identifiers of all claims, without looking at what they say."""
        return self._known.ids()

    def documents(self) -> Iterator[DocumentId]:
        """Yield the documents that are there."""
        return iter(self._known.inside)

    def components(self) -> Mapping[ClaimId, Component]:
        """Return the tales that are connected and form events together."""
        return self._events.components()

    def crowded(self, document: DocumentId) -> bool:
        """Tell whether a document has too many sums to hold each against all of its figures."""
        known = self._known.inside.get(document)
        return known is not None and known.crowd is not None

    def order(self, firsts: Iterable[ClaimId]) -> list[ClaimId]:
        """Return events in the order in which they were first said."""
        return sorted(firsts, key=self._known.precedence)

    def rank(self, first: ClaimId) -> Sequence[object]:
        """Return that by which `order` orders, in a form that can be written down."""
        day, document, place = self._known.precedence(first)
        assert isinstance(place, tuple)
        return (day.isoformat(), document, *place)

    def linking(self) -> Linking:
        """Return all links and events, in an order that depends on nothing but them."""
        known, incidents = self._known, self._events.incidents
        return Linking(
            links=tuple(link for claim in sorted(known.claims) for link in self.links(claim)),
            incidents=tuple(incidents[claim] for claim in self.order(incidents)),
            crowded=tuple(sorted(d for d, each in known.inside.items() if each.crowd is not None)),
        )

    # What changes it.

    def restore(self, same: Bonds, different: Bonds, decided: Sequence[Bond] = ()) -> None:
        """Take up what people had decided when the shelves were filled, without linking again."""
        self._known.decided = Decided(same, different, decided)

    def bind(self, same: Bonds, different: Bonds, decided: Sequence[Bond] = ()) -> Change:
        """Take all that people decided of pairs of claims, in place of what was given before.

        It binds claims that come later too.
        """
        known, before = self._known, self._known.decided.bonds()
        known.decided = Decided(same, different, decided)
        changed = {id_ for tie in before ^ known.decided.bonds() for id_ in tie[:2]}
        holders = {known.claims[id_].claim.document for id_ in changed if id_ in known.claims}
        return self.change(known.inside[document].said for document in holders)

    def change(self, said: Iterable[Said], gone: Iterable[DocumentId] = ()) -> Change:
        """Take in documents, in place of what they said before, and take others out."""
        known = self._known
        come = {each.document: each for each in said}
        out = {each for each in gone if each in known.inside} - come.keys()
        again = {
            other
            for document in (*come, *out)
            for other in known.copied_by.get(document, ())
            if other not in come and other not in out
        }
        again |= self._towards(come.values(), out) - come.keys() - out
        for document in again:
            come[document] = known.inside[document].said
        touched = Touched()
        old = [
            self._forget(document, touched)
            for document in (*come, *out)
            if document in known.inside
        ]
        known.expect(claim for each in come.values() for claim in each.claims)
        originals = _Originals({d: each.claims for d, each in come.items()}, known.inside)
        new = []
        for each in come.values():
            apart = known.decided.apart_among({claim.id for claim in each.claims})
            new.append(self._remember(inside(each, originals, apart), touched))
        known.expect(())
        touched.other = _otherwise(old, new)
        self._ties.change(old, new, touched)
        self._events.connect(touched)
        linked_again = set(self._runs.again(touched.series, known.claims, known.published))
        touched.claims |= linked_again
        touched.again |= linked_again
        self._containment.contain(touched)
        self._denials.deny(touched)
        return Change(
            documents=frozenset(touched.documents),
            claims=frozenset(touched.claims),
            incidents=frozenset(touched.incidents),
        )

    def _towards(self, come: Collection[Said], out: Iterable[DocumentId]) -> set[DocumentId]:
        """Return the documents with claims that people linked to claims which come or go."""
        known = self._known
        if not known.decided.towards:
            return set()
        moved = {claim.id for each in come for claim in each.claims}
        for document in (*out, *(each.document for each in come)):
            if document in known.inside:
                moved |= {claim.id for claim in known.inside[document].claims}
        return {
            known.claims[claim].claim.document
            for to in moved
            for claim in known.decided.towards.get(to, ())
            if claim in known.claims
        }

    def _forget(self, document: DocumentId, touched: Touched) -> Facts:
        old = self._known.forget(document)
        touched.documents.add(document)
        for claim in old.inside.claims:
            touched.claims.add(claim.id)
            touched.again.add(claim.id)
            run = self._runs.remove(claim)
            if run is not None:
                touched.series.add(run)
        return old

    def _remember(self, new: Inside, touched: Touched) -> Facts:
        made = self._known.remember(new)
        touched.documents.add(new.said.document)
        for claim in new.claims:
            touched.claims.add(claim.id)
            touched.again.add(claim.id)
            run = None if self._known.gone(claim.id) else self._runs.add(claim)
            if run is not None:
                touched.series.add(run)
        return made


def _otherwise(old: Iterable[Facts], new: Iterable[Facts]) -> set[ClaimId]:
    """Return the claims of documents that came or went and are not what they were before."""

    def claims(facts: Iterable[Facts]) -> dict[ClaimId, object]:
        return {
            id_: (claim, each.said[id_]) for each in facts for id_, claim in each.claims.items()
        }

    before, after = claims(old), claims(new)
    return {id_ for id_ in before.keys() | after.keys() if before.get(id_) != after.get(id_)}


class _Originals(Mapping[DocumentId, tuple[ResolvedClaim, ...]]):
    """The claims of documents as they are said now: of those that come, else of those that were."""

    def __init__(
        self,
        come: Mapping[DocumentId, tuple[ResolvedClaim, ...]],
        were: Mapping[DocumentId, Inside],
    ) -> None:
        self._come, self._were = come, were

    def __getitem__(self, document: DocumentId) -> tuple[ResolvedClaim, ...]:
        if document in self._come:
            return self._come[document]
        return self._were[document].said.claims

    def __iter__(self) -> Iterator[DocumentId]:
        return iter({*self._come, *self._were})

    def __len__(self) -> int:
        return len({*self._come, *self._were})
