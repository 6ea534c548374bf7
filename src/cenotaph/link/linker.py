"""Linking that takes in documents, and takes them out, and links again only what that can change.

What is linked falls into neighbourhoods: tales that share a key (a place and a day, a person, a
rare word) and are compared; the tales that compared pairs connect, which form events together; the
sums of one series; figures and the sums of their place and time. Each is a function of its members
alone, so that changing a document means to work out again the neighbourhoods it was in and those it
is in now. The result is that of linking everything at once, in any order.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from cenotaph.link import series, wholes
from cenotaph.link.across import Key, Pair, Profile, clusters, keys, most, neighbours, pair
from cenotaph.link.bonds import Bonds, indices
from cenotaph.link.decided import bound
from cenotaph.link.inside import Inside, Said, inside
from cenotaph.link.told import order
from cenotaph.link.updates import updates
from cenotaph.model import (
    UNSURE,
    Bond,
    ClaimId,
    DocumentId,
    Link,
    Linking,
    LinkKind,
    ResolvedClaim,
    Scope,
)
from cenotaph.vocab import table

Tie = tuple[ClaimId, ClaimId]
"""Two tales by their first claims, the one with the smaller key first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a change of documents changed: claims that are other than they were, or have other
    links, or are gone; and events, by the first claim of each, that are new or gone or other."""

    claims: frozenset[ClaimId]
    incidents: frozenset[ClaimId]


@dataclass(frozen=True, slots=True)
class _Component:
    """Tales that pairs connect, the events they form, and the links that say so."""

    members: tuple[ClaimId, ...]
    incidents: tuple[tuple[ClaimId, ...], ...]
    links: tuple[Link, ...]


class Linker:
    """Documents linked with one another, as of the last change."""

    def __init__(self) -> None:
        self._inside: dict[DocumentId, Inside] = {}
        self._copied_by: dict[DocumentId, set[DocumentId]] = {}
        self._published: dict[DocumentId, date | None] = {}
        self._words: dict[DocumentId, Mapping[str, float]] = {}
        self._claims: dict[ClaimId, ResolvedClaim] = {}
        self._further: set[ClaimId] = set()
        self._on_top: set[ClaimId] = set()
        self._repeated: set[ClaimId] = set()
        self._held: set[ClaimId] = set()

        self._bound: dict[ClaimId, dict[ClaimId, None]] = {}
        self._apart: dict[ClaimId, dict[ClaimId, None]] = {}
        self._decided: dict[ClaimId, list[Link]] = {}
        self._decided_to: dict[ClaimId, list[ClaimId]] = {}

        self._profiles: dict[ClaimId, Profile] = {}
        self._keys: dict[ClaimId, tuple[Key, ...]] = {}
        self._blocks: dict[Key, dict[ClaimId, None]] = {}
        self._tale_of: dict[ClaimId, ClaimId] = {}
        self._ties: dict[ClaimId, dict[ClaimId, Pair]] = {}
        self._given: dict[ClaimId, set[ClaimId]] = {}
        self._given_by: dict[DocumentId, set[Tie]] = {}
        self._component_of: dict[ClaimId, _Component] = {}
        self._incidents: dict[ClaimId, tuple[ClaimId, ...]] = {}

        self._series: dict[series.Key, dict[ClaimId, None]] = {}
        self._series_links: dict[ClaimId, tuple[Link, ...]] = {}
        self._series_of: dict[series.Key, tuple[Link, ...]] = {}
        self._figures = wholes.Figures()
        self._sums = wholes.Figures()
        self._standing: dict[ClaimId, ResolvedClaim] = {}
        self._holds: dict[ClaimId, set[ClaimId]] = {}

        self._own: dict[ClaimId, list[Link]] = {}
        self._same: dict[ClaimId, tuple[Link, ...]] = {}
        self._updates: dict[ClaimId, tuple[Link, ...]] = {}
        self._within: dict[ClaimId, dict[ClaimId, Link]] = {}

    # What is asked of it.

    def claim(self, id_: ClaimId) -> ResolvedClaim | None:
        """Return a claim; a reprint has the place and the period of its original."""
        return self._claims.get(id_)

    def incidents(self) -> Mapping[ClaimId, tuple[ClaimId, ...]]:
        """Return the claims of each event, first said first, by the first of them."""
        return self._incidents

    def links(self, claim: ClaimId) -> tuple[Link, ...]:
        """Return the links that start at a claim, in a fixed order.

        Of one kind to one claim there is one: what a text states comes before what follows.
        """
        found: dict[tuple[LinkKind, ClaimId], Link] = {}
        for link in chain(
            self._own.get(claim, ()),
            self._same.get(claim, ()),
            self._unsure(claim),
            self._said_of(claim),
            self._updates.get(claim, ()),
            self._series_links.get(claim, ()),
            self._within.get(claim, {}).values(),
        ):
            found.setdefault((link.kind, link.to), link)
        certain = {to for kind, to in found if kind is LinkKind.WITHIN}
        kept = [
            link
            for (kind, to), link in found.items()
            if not (kind is LinkKind.MAY_BE_WITHIN and to in certain)
        ]
        return tuple(sorted(kept, key=lambda link: (link.kind.value, link.to, link.by)))

    def crowded(self, document: DocumentId) -> bool:
        """Tell whether a document has too many sums to hold each against all of its figures."""
        known = self._inside.get(document)
        return known is not None and known.crowd is not None

    def order(self, firsts: Iterable[ClaimId]) -> list[ClaimId]:
        """Return events in the order in which they were first said."""
        return sorted(firsts, key=self._precedence)

    def _unsure(self, first: ClaimId) -> Iterator[Link]:
        """Yield the links of unsure pairs between tales that no chain of sure ones connects."""
        own = self._component_of.get(first)
        for other, tie in self._ties.get(first, {}).items():
            here, there = self._profiles[first], self._profiles[other]
            if there.key < here.key and self._component_of.get(other) is not own:
                if not self._decided_apart(here, there):
                    yield _link_of(here, there, tie)

    def _decided_apart(self, one: Profile, other: Profile) -> bool:
        if not self._apart:
            return False
        claims = {claim.id for claim in other.tale.claims}
        return any(claims & self._apart.get(claim.id, {}).keys() for claim in one.tale.claims)

    def linking(self) -> Linking:
        """Return all links and events, in an order that depends on nothing but them."""
        first = sorted(self._incidents, key=self._precedence)
        return Linking(
            links=tuple(link for claim in sorted(self._claims) for link in self.links(claim)),
            incidents=tuple(self._incidents[claim] for claim in first),
            crowded=tuple(sorted(d for d, each in self._inside.items() if each.crowd is not None)),
        )

    def _precedence(self, id_: ClaimId) -> tuple[date, DocumentId, object]:
        claim = self._claims[id_]
        document = claim.claim.document
        return self._published.get(document) or date.max, document, order(claim)

    # What changes it.

    def bind(self, same: Bonds, different: Bonds, decided: Sequence[Bond] = ()) -> Change:
        """Take all that people decided of pairs of claims, in place of what was given before.

        It binds claims that come later too.
        """
        before = self._bonds()
        self._bound, self._apart = _both_ways(same), _both_ways(different)
        self._decided, self._decided_to = {}, {}
        for link in bound(decided):
            self._decided.setdefault(link.claim, []).append(link)
            self._decided_to.setdefault(link.to, []).append(link.claim)
        changed = {id_ for tie in before ^ self._bonds() for id_ in tie[:2]}
        holders = {self._claims[id_].claim.document for id_ in changed if id_ in self._claims}
        return self.change(self._inside[document].said for document in holders)

    def _bonds(self) -> set[tuple[ClaimId, ClaimId, object]]:
        found: set[tuple[ClaimId, ClaimId, object]] = set()
        for kind, bonds in (("same", self._bound), ("different", self._apart)):
            found |= {(one, other, kind) for one, others in bonds.items() for other in others}
        return found | {(link.claim, link.to, link) for of in self._decided.values() for link in of}

    def _said_of(self, claim: ClaimId) -> list[Link]:
        """Return the links that people made from a claim to claims that are there."""
        return [link for link in self._decided.get(claim, ()) if link.to in self._claims]

    def _gone(self, claim: ClaimId) -> bool:
        """Tell whether a claim repeats another, by its own document or by decision."""
        return claim in self._repeated or any(
            link.kind is LinkKind.REPEATS for link in self._said_of(claim)
        )

    def _lies_within(self, claim: ClaimId) -> bool:
        return claim in self._held or any(
            link.kind is LinkKind.WITHIN for link in self._said_of(claim)
        )

    def change(self, said: Iterable[Said], gone: Iterable[DocumentId] = ()) -> Change:
        """Take in documents, in place of what they said before, and take others out."""
        come = {each.document: each for each in said}
        out = {each for each in gone if each in self._inside} - come.keys()
        again = {
            other
            for document in (*come, *out)
            for other in self._copied_by.get(document, ())
            if other not in come and other not in out
        }
        again |= self._towards(come.values(), out) - come.keys() - out
        for document in again:
            come[document] = self._inside[document].said
        touched = _Touched()
        for document in (*come, *out):
            if document in self._inside:
                self._forget(document, touched)
        for document, each in come.items():
            self._published[document] = each.published
            self._words[document] = each.words or {}
        # What is decided of a claim towards another holds once both are there, in whatever order.
        self._claims.update((claim.id, claim) for each in come.values() for claim in each.claims)
        saying = {document: each.claims for document, each in come.items()}
        for each in come.values():
            originals = _Originals(saying, self._inside)
            self._remember(inside(each, originals, self._apart_in(each)), touched)
        for document in come:
            self._give(document, touched)
        self._compare(touched)
        self._connect(touched)
        self._continue(touched)
        self._contain(touched)
        return Change(claims=frozenset(touched.claims), incidents=frozenset(touched.incidents))

    def _towards(self, come: Collection[Said], out: Iterable[DocumentId]) -> set[DocumentId]:
        """Return the documents with claims that people linked to claims which come or go."""
        if not self._decided_to:
            return set()
        moved = {claim.id for each in come for claim in each.claims}
        for document in (*out, *(each.document for each in come)):
            if document in self._inside:
                moved |= {claim.id for claim in self._inside[document].claims}
        return {
            self._claims[claim].claim.document
            for to in moved
            for claim in self._decided_to.get(to, ())
            if claim in self._claims
        }

    def _apart_in(self, said: Said) -> list[Tie]:
        """Return the claims of one document that are said to be of different events."""
        own = {claim.id for claim in said.claims} if self._apart else set()
        return [
            (one, other)
            for one in sorted(own & self._apart.keys())
            for other in self._apart[one]
            if one < other and other in own
        ]

    def _forget(self, document: DocumentId, touched: "_Touched") -> None:
        old = self._inside.pop(document)
        touched.documents.add(document)
        self._published.pop(document, None)
        self._words.pop(document, None)
        for copy in old.said.copies:
            self._copied_by.get(copy.original, set()).discard(document)
        for claim in old.claims:
            touched.claims.add(claim.id)
            touched.again.add(claim.id)
            run = series.key(claim)
            if run is not None and self._series.get(run, {}).pop(claim.id, 0) is None:
                touched.series.add(run)
            self._claims.pop(claim.id, None)
            self._own.pop(claim.id, None)
        ids = {claim.id for claim in old.claims}
        self._further -= old.further
        self._on_top -= old.on_top
        self._repeated -= ids
        self._held -= ids
        for one, other in self._given_by.pop(document, ()):
            self._given[one].discard(other)
            self._given[other].discard(one)
            touched.tales |= {one, other}
        for each in old.profiles:
            touched.tales.add(each.first)
            touched.moved.add(each.first)
            for member in each.tale.claims:
                self._tale_of.pop(member.id, None)
            for key in self._keys.pop(each.first):
                self._touch(key, touched)
                del self._blocks[key][each.first]
            touched.old[each.first] = self._profiles.pop(each.first)

    def _remember(self, new: Inside, touched: "_Touched") -> None:
        document = new.said.document
        self._inside[document] = new
        touched.documents.add(document)
        for copy in new.said.copies:
            self._copied_by.setdefault(copy.original, set()).add(document)
        for link in new.links:
            self._own.setdefault(link.claim, []).append(link)
            if link.kind is LinkKind.REPEATS:
                self._repeated.add(link.claim)
            elif link.kind is LinkKind.WITHIN:
                self._held.add(link.claim)
        for claim in new.claims:
            touched.claims.add(claim.id)
            touched.again.add(claim.id)
            self._claims[claim.id] = claim
            run = series.key(claim)
            if run is not None and not self._gone(claim.id):
                self._series.setdefault(run, {})[claim.id] = None
                touched.series.add(run)
        self._further |= new.further
        self._on_top |= new.on_top
        for each in new.profiles:
            touched.tales.add(each.first)
            touched.moved.add(each.first)
            self._profiles[each.first] = each
            for member in each.tale.claims:
                self._tale_of[member.id] = each.first
            made = tuple(dict.fromkeys(keys(each, self._words[document])))
            self._keys[each.first] = made
            for key in made:
                self._touch(key, touched)
                self._blocks.setdefault(key, {})[each.first] = None

    def _touch(self, key: Key, touched: "_Touched") -> None:
        if key not in touched.before:
            touched.before[key] = tuple(self._blocks.get(key, ()))

    def _give(self, document: DocumentId, touched: "_Touched") -> None:
        """Tie the tales of a document to those that they reprint in part."""
        given = self._given_by[document] = set()
        for link in self._inside[document].copied:
            one, other = self._tale_of.get(link.claim), self._tale_of.get(link.to)
            if one is None or other is None:
                continue
            given.add(self._tie(one, other))
            self._given.setdefault(one, set()).add(other)
            self._given.setdefault(other, set()).add(one)
            touched.tales |= {one, other}

    def _tie(self, one: ClaimId, other: ClaimId) -> Tie:
        if self._profiles[other].key < self._profiles[one].key:
            return other, one
        return one, other

    def _compare(self, touched: "_Touched") -> None:
        """Compare the pairs that share a key now, and drop those that do no longer."""
        moved = touched.moved
        for first in moved:
            for other in self._ties.pop(first, {}):
                touched.tales.add(other)
                if other not in moved:
                    del self._ties[other][first]
        new: set[Tie] = set()
        dropped: set[Tie] = set()
        for key, before in touched.before.items():
            block = self._blocks[key]
            if len(block) <= most(key) and len(before) <= most(key):
                fresh = [first for first in block if first in moved]
                for first in fresh:
                    new.update(self._tie(first, other) for other in block if other != first)
            else:
                old = [self._profiles.get(first) or touched.old[first] for first in before]
                then = {(a.first, b.first) for a, b in neighbours(key, old)}
                now = {self._tie(a.first, b.first) for a, b in self._neighbours(key)}
                new |= now
                dropped |= {
                    self._tie(a, b) for a, b in then if a in self._profiles and b in self._profiles
                } - now
            if not block:
                del self._blocks[key]
        for tie in new:
            self._score(tie, touched)
        for tie in dropped - new:
            if tie[1] in self._ties.get(tie[0], {}) and not self._compared(tie):
                self._cut(tie, touched)

    def _neighbours(self, key: Key) -> Iterator[tuple[Profile, Profile]]:
        return neighbours(key, [self._profiles[first] for first in self._blocks[key]])

    def _score(self, tie: Tie, touched: "_Touched") -> None:
        left, right = tie
        if right in self._ties.get(left, {}):
            return
        a, b = self._profiles[left], self._profiles[right]
        if a.document == b.document:
            return
        found = pair(a, b, self._words)
        if found is None:
            return
        score, reasons = found
        made = Pair(score, 0, 1, reasons)
        self._ties.setdefault(left, {})[right] = made
        self._ties.setdefault(right, {})[left] = made
        touched.tales |= {left, right}

    def _cut(self, tie: Tie, touched: "_Touched") -> None:
        left, right = tie
        del self._ties[left][right], self._ties[right][left]
        touched.tales |= {left, right}

    def _compared(self, tie: Tie) -> bool:
        """Tell whether two tales are compared under some key that they share."""
        left, right = tie
        for key in set(self._keys[left]) & set(self._keys[right]):
            block = self._blocks[key]
            if len(block) <= most(key):
                return True
            if any({a.first, b.first} == {left, right} for a, b in self._neighbours(key)):
                return True
        return False

    def _connect(self, touched: "_Touched") -> None:
        """Form events anew where tales, or what ties them, changed."""
        for first in tuple(touched.tales):
            tale = self._profiles.get(first) or touched.old.get(first)
            if tale is not None:
                touched.tales.update(self._bound_to(tale))
        seeds: dict[ClaimId, None] = {}
        old: dict[int, _Component] = {}
        touched.claims |= touched.tales
        for first in sorted(touched.tales):
            component = self._component_of.get(first)
            if component is not None:
                old[id(component)] = component
                seeds.update(dict.fromkeys(component.members))
            seeds[first] = None
        touched.claims.update(seeds)
        for component in old.values():
            for first in component.members:
                self._component_of.pop(first, None)
            for members in component.incidents:
                del self._incidents[members[0]]
                touched.incidents.add(members[0])
                for claim in members:
                    if self._updates.pop(claim, None):
                        touched.claims.add(claim)
            for link in component.links:
                self._same.pop(link.claim, None)
                touched.claims.add(link.claim)
        seen: set[ClaimId] = set()
        for first in seeds:
            if first in seen or first not in self._profiles:
                continue
            self._form(self._reach(first, seen), touched)

    def _reach(self, first: ClaimId, seen: set[ClaimId]) -> list[ClaimId]:
        join: float = table("linking")["thresholds"]["join"]
        seen.add(first)
        reached, stack = [first], [first]
        while stack:
            here = stack.pop()
            bound = self._bound_to(self._profiles[here])
            # Pairs that are merely unsure join nothing, and so connect nothing.
            sure = (other for other, tie in self._ties.get(here, {}).items() if tie.score >= join)
            for other in chain(sure, self._given.get(here, ()), bound):
                if other not in seen:
                    seen.add(other)
                    reached.append(other)
                    stack.append(other)
        return reached

    def _bound_to(self, tale: Profile) -> Iterator[ClaimId]:
        """Yield the tales that people bound to one."""
        if self._bound:
            for claim in tale.tale.claims:
                for other in self._bound.get(claim.id, ()):
                    if other in self._tale_of:
                        yield self._tale_of[other]

    def _form(self, firsts: list[ClaimId], touched: "_Touched") -> None:
        """Work out one component: its events, the links between its tales, and the updates."""
        members = sorted((self._profiles[first] for first in firsts), key=lambda each: each.key)
        number = {each.first: n for n, each in enumerate(members)}
        found = [
            Pair(tie.score, n, number[other], tie.reasons)
            for n, each in enumerate(members)
            for other, tie in self._ties.get(each.first, {}).items()
            if n < number.get(other, -1)
        ]
        found.sort(key=lambda each: (-each.score, each.left, each.right))
        given = sorted(
            (n, number[other])
            for n, each in enumerate(members)
            for other in self._given.get(each.first, ())
            if n < number[other]
        )
        reprinted = {
            n
            for n, each in enumerate(members)
            if each.first in self._inside[each.document].reprinted
        }
        owner = {c.id: n for n, each in enumerate(members) for c in each.tale.claims}
        same, different = (
            indices([(one, other) for one in owner for other in bonds.get(one, ())], owner)
            for bonds in (self._bound, self._apart)
        )
        joined, unsure = clusters(members, found, given, reprinted, same, different)
        incidents = []
        for group in joined:
            told = [claim.id for n in group for claim in members[n].tale.claims]
            incidents.append(tuple(sorted(told, key=self._precedence)))
        links = _same_incident(members, joined, unsure)
        component = _Component(tuple(firsts), tuple(incidents), tuple(links))
        for first in firsts:
            self._component_of[first] = component
        for link in links:
            self._same[link.claim] = (*self._same.get(link.claim, ()), link)
            touched.claims.add(link.claim)
        for told_ in incidents:
            self._incidents[told_[0]] = told_
            touched.incidents.add(told_[0])
            gone = frozenset(c for c in told_ if self._gone(c) or self._lies_within(c))
            for link in updates([told_], self._claims, self._published, gone):
                self._updates[link.claim] = (*self._updates.get(link.claim, ()), link)
                touched.claims.add(link.claim)

    def _continue(self, touched: "_Touched") -> None:
        """Link the sums of each series that changed."""
        for key in touched.series:
            for link in self._series_of.pop(key, ()):
                self._series_links.pop(link.claim, None)
                touched.claims.add(link.claim)
                touched.again.add(link.claim)
        for key in sorted(touched.series, key=str):
            members = [self._claims[claim] for claim in self._series[key]]
            if not members:
                del self._series[key]
                continue
            links = tuple(series.series(members, self._published))
            self._series_of[key] = links
            for link in links:
                of = self._series_links.get(link.claim, ())
                self._series_links[link.claim] = (*of, link)
                touched.claims.add(link.claim)
                touched.again.add(link.claim)

    def _stands(self, id_: ClaimId) -> bool:
        """Tell whether a claim stands for itself: neither a repeat nor a breakdown of another."""
        claim = self._claims.get(id_)
        if claim is None or claim.claim.part_of is not None or self._gone(id_):
            return False
        if claim.claim.scope is Scope.STATE:
            return False
        return not any(link.kind is LinkKind.REPEATS for link in self._series_links.get(id_, ()))

    def _contain(self, touched: "_Touched") -> None:
        """Hold figures that changed against the sums near them, and sums against the figures."""
        changed = sorted(touched.again)
        for id_ in changed:
            self._release(id_, touched)
        for document in touched.documents:
            crowd = self._inside[document].crowd if document in self._inside else None
            self._figures.crowd(document, crowd)
            self._sums.crowd(document, crowd)
        fresh = [self._claims[id_] for id_ in changed if self._stands(id_)]
        sums = [claim for claim in fresh if wholes.is_sum(claim)]
        for claim in fresh:
            self._standing[claim.id] = claim
            self._figures.add(claim)
        for whole in sums:
            self._sums.add(whole)
        for whole in sums:
            for part in self._figures.near(whole):
                self._hold(part, whole, touched)
        done = {whole.id for whole in sums}
        for part in fresh:
            for whole in self._sums.near(part):
                if whole.id not in done:
                    self._hold(part, whole, touched)

    def _release(self, id_: ClaimId, touched: "_Touched") -> None:
        """Take a claim out of what it lies in and holds."""
        old = self._standing.pop(id_, None)
        if old is not None:
            self._figures.remove(old)
            if wholes.is_sum(old):
                self._sums.remove(old)
        for whole in self._within.pop(id_, {}):
            self._holds.get(whole, set()).discard(id_)
        for part in self._holds.pop(id_, ()):
            if self._within.get(part, {}).pop(id_, None) is not None:
                touched.claims.add(part)

    def _hold(self, part: ResolvedClaim, whole: ResolvedClaim, touched: "_Touched") -> None:
        link = wholes.containment(
            part,
            whole,
            published=self._published,
            further=self._further,
            on_top=self._on_top,
        )
        if link is not None:
            self._within.setdefault(part.id, {})[whole.id] = link
            self._holds.setdefault(whole.id, set()).add(part.id)
            touched.claims.add(part.id)


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


class _Touched:
    """What one change has touched so far."""

    def __init__(self) -> None:
        self.documents: set[DocumentId] = set()
        self.claims: set[ClaimId] = set()
        self.incidents: set[ClaimId] = set()
        self.tales: set[ClaimId] = set()
        self.moved: set[ClaimId] = set()
        self.before: dict[Key, tuple[ClaimId, ...]] = {}
        self.old: dict[ClaimId, Profile] = {}
        self.series: set[series.Key] = set()
        self.again: set[ClaimId] = set()


def _both_ways(bonds: Bonds) -> dict[ClaimId, dict[ClaimId, None]]:
    found: dict[ClaimId, dict[ClaimId, None]] = {}
    for one, other in bonds:
        if one != other:
            found.setdefault(one, {})[other] = None
            found.setdefault(other, {})[one] = None
    return found


def _same_incident(
    profiles: list[Profile], joined: list[list[int]], unsure: list[Pair]
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
    found.extend(_link_of(profiles[each.right], profiles[each.left], each) for each in unsure)
    return found


def _link_of(right: Profile, left: Profile, tie: Pair) -> Link:
    return Link(
        claim=right.first,
        kind=LinkKind.SAME_INCIDENT,
        to=left.first,
        by=UNSURE,
        score=max(0.0, min(0.99, tie.score / 2)),
        reasons=tie.reasons,
    )
