"""Events: the tales that sure pairs, reprints and people connect, and which of these are one.

Tales that are connected form events together, whatever other tales say, so that a change works out
again the connected ones that it touches.
"""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from cenotaph.link.across import TOGETHER, Pair
from cenotaph.link.apart import NIGHT
from cenotaph.link.bonds import indices
from cenotaph.link.clusters import clusters
from cenotaph.link.compare import one_day
from cenotaph.link.joint import holder, toll
from cenotaph.link.known import Known
from cenotaph.link.profiles import Profile
from cenotaph.link.stands import says_its_day
from cenotaph.link.ties import Ties
from cenotaph.link.touched import Touched
from cenotaph.link.updates import updates
from cenotaph.model import ClaimId, DocumentId, Link, LinkKind, Measure
from cenotaph.shelves import Shelves
from cenotaph.vocab import table


@dataclass(frozen=True, slots=True)
class Component:
    """Tales that pairs connect, the events they form, and the links that say so."""

    members: tuple[ClaimId, ...]
    incidents: tuple[tuple[ClaimId, ...], ...]
    links: tuple[Link, ...]


Days = tuple[date, date]


class Events:
    """The events of all documents, by the claim that was said first of each."""

    def __init__(self, known: Known, ties: Ties, shelves: Shelves) -> None:
        self._known, self._ties = known, ties
        self.incidents: MutableMapping[ClaimId, tuple[ClaimId, ...]] = shelves(
            "members", tuple[ClaimId, ...]
        )
        # Each component by the smallest of its tales, and that of each tale.
        self._components: MutableMapping[ClaimId, Component] = shelves("components", Component)
        self._component_of: MutableMapping[ClaimId, ClaimId] = shelves("component_of", ClaimId)
        self._same: MutableMapping[ClaimId, tuple[Link, ...]] = shelves("same", tuple[Link, ...])
        self._updates: MutableMapping[ClaimId, tuple[Link, ...]] = shelves(
            "updates", tuple[Link, ...]
        )
        # The first and the last day that the words of an event's tales give, by each of its tales.
        self._days: MutableMapping[ClaimId, Days] = shelves("event_days", Days)
        # The documents that tell of an event and of another of its place and day, likewise.
        self._tellers: MutableMapping[ClaimId, tuple[DocumentId, ...]] = shelves(
            "event_tellers", tuple[DocumentId, ...]
        )

    def links(self, claim: ClaimId) -> Iterator[Link]:
        """Yield the links of a claim by which tales are, or may be, one event."""
        yield from self._same.get(claim, ())
        yield from self._unsure(claim)

    def components(self) -> Mapping[ClaimId, Component]:
        """Return the tales that are connected, by the smallest of them."""
        return self._components

    def replaced(self, claim: ClaimId) -> tuple[Link, ...]:
        """Return the links of a claim to figures of its event that it replaces."""
        return self._updates.get(claim, ())

    def _unsure(self, first: ClaimId) -> Iterator[Link]:
        """Yield the links of unsure pairs between tales that no chain of sure ones connects."""
        own = self._component_of.get(first)
        for other, tie in self._ties.scored.get(first, {}).items():
            here, there = self._ties.profiles[first], self._ties.profiles[other]
            if tie.by == TOGETHER:
                if holder(here, there) is there:
                    yield _within(here, there, tie)
                continue
            if self._sum_with(here, there):
                yield _within(here, there, tie)
                continue
            if self._sum_with(there, here):
                continue
            if there.key < here.key and self._component_of.get(other) != own:
                if not self._known.decided_apart(here, there) and not self._two(here, there):
                    yield _link_of(here, there, tie)

    def _sum_with(self, part: Profile, whole: Profile) -> bool:
        """Tell whether a tale gives the toll of another and of a third together, where people say
        that those two are two events and the rules could not tell it from either."""
        near = self._ties.scored.get(whole.first, {})
        killed = _killed(whole)
        return killed > 0 and any(
            other in near and _killed(part) + _killed(self._ties.profiles[other]) == killed
            for other in self._apart_from(part)
            if other not in (part.first, whole.first)
        )

    def _apart_from(self, tale: Profile) -> Iterator[ClaimId]:
        """Yield the tales that people say are of another event than one."""
        if self._known.decided.apart:
            for claim in tale.tale.claims:
                for other in self._known.decided.apart.get(claim.id, ()):
                    if other in self._ties.tale_of:
                        yield self._ties.tale_of[other]

    def _two(self, one: Profile, other: Profile) -> bool:
        """Tell whether what others say of the events of two tales makes them two."""
        return self._days_known(one, other) or self._told_as_two(one, other)

    def _told_as_two(self, one: Profile, other: Profile) -> bool:
        """Tell whether some document tells of the events of two tales as of two."""
        both = set(self._tellers.get(one.first, ())) & set(self._tellers.get(other.first, ()))
        return bool(both)

    def _days_known(self, one: Profile, other: Profile) -> bool:
        """Tell whether two tales of which one does not say its day are of events of which others
        do, and these days are apart."""
        if one_day(one.timed) is not None and one_day(other.timed) is not None:
            return False
        first, second = self._days.get(one.first), self._days.get(other.first)
        if first is None or second is None:
            return False
        return max((second[0] - first[1]).days, (first[0] - second[1]).days) > NIGHT

    def connect(self, touched: Touched) -> None:
        """Form events anew where tales, or what ties them, changed."""
        for first in tuple(touched.tales):
            tale = self._ties.profiles.get(first) or touched.old.get(first)
            if tale is not None:
                touched.tales.update(self._bound_to(tale))
                touched.tales.update(self._apart_from(tale))
        seeds: dict[ClaimId, None] = {}
        old: dict[ClaimId, Component] = {}
        touched.claims |= touched.tales
        for first in sorted(touched.tales):
            root = self._component_of.get(first)
            if root is not None and root not in old:
                old[root] = self._components.pop(root)
                seeds.update(dict.fromkeys(old[root].members))
            seeds[first] = None
        touched.claims.update(seeds)
        known = {first: self._forget(first) for first in seeds}
        for component in old.values():
            for first in component.members:
                self._component_of.pop(first, None)
            for members in component.incidents:
                del self.incidents[members[0]]
                touched.incidents.add(members[0])
                for claim in members:
                    if self._updates.pop(claim, None):
                        touched.claims.add(claim)
            for link in component.links:
                self._same.pop(link.claim, None)
                touched.claims.add(link.claim)
        seen: set[ClaimId] = set()
        for first in seeds:
            if first in seen or first not in self._ties.profiles:
                continue
            self._form(self._reach(first, seen), touched)
        for first in seen | known.keys():
            now = self._days.get(first), self._tellers.get(first)
            if now != known.get(first, (None, None)):
                # What others may be one with was told by this.
                touched.claims.update(self._ties.scored.get(first, ()))

    def _forget(self, first: ClaimId) -> tuple[Days | None, tuple[DocumentId, ...] | None]:
        return self._days.pop(first, None), self._tellers.pop(first, None)

    def _reach(self, first: ClaimId, seen: set[ClaimId]) -> list[ClaimId]:
        join: float = table("linking")["thresholds"]["join"]
        seen.add(first)
        reached, stack = [first], [first]
        while stack:
            here = stack.pop()
            bound = self._bound_to(self._ties.profiles[here])
            # Pairs that are merely unsure join nothing, and so connect nothing.
            sure = (
                other for other, tie in self._ties.scored.get(here, {}).items() if tie.score >= join
            )
            for other in chain(sure, self._ties.given.get(here, ()), bound):
                if other not in seen:
                    seen.add(other)
                    reached.append(other)
                    stack.append(other)
        return reached

    def _bound_to(self, tale: Profile) -> Iterator[ClaimId]:
        """Yield the tales that people bound to one."""
        if self._known.decided.bound:
            for claim in tale.tale.claims:
                for other in self._known.decided.bound.get(claim.id, ()):
                    if other in self._ties.tale_of:
                        yield self._ties.tale_of[other]

    def _precedence(self, claim: ClaimId) -> tuple[bool, object]:
        """Return that by which the claims of an event stand: what people hold to be a copy comes
        behind all others, and so gives no event its name."""
        return self._known.copied(claim), self._known.precedence(claim)

    def _form(self, firsts: list[ClaimId], touched: Touched) -> None:
        """Work out one component: its events, the links between its tales, and the updates."""
        members = sorted(
            (self._ties.profiles[first] for first in firsts), key=lambda each: each.key
        )
        number = {each.first: n for n, each in enumerate(members)}
        every = [
            replace(tie, left=n, right=number[other])
            for n, each in enumerate(members)
            for other, tie in self._ties.scored.get(each.first, {}).items()
            if n < number.get(other, -1)
        ]
        together = {
            (each.left, each.right)
            for each in every
            if each.by == TOGETHER
            or self._sum_with(members[each.left], members[each.right])
            or self._sum_with(members[each.right], members[each.left])
        }
        found = [each for each in every if (each.left, each.right) not in together]
        found.sort(key=lambda each: (-each.score, each.left, each.right))
        given = sorted(
            (n, number[other])
            for n, each in enumerate(members)
            for other in self._ties.given.get(each.first, ())
            if n < number[other]
        )
        weightless = {
            n
            for n, each in enumerate(members)
            if self._ties.weightless(each) or all(map(self._known.copied, _ids(each)))
        }
        owner = {c.id: n for n, each in enumerate(members) for c in each.tale.claims}
        same, different = (
            indices([(one, other) for one in owner for other in bonds.get(one, ())], owner)
            for bonds in (self._known.decided.bound, self._known.decided.apart)
        )
        # Who tells attacks one by one tells of none that is all of them, unless people say so.
        different = sorted({*different, *together} - {*same})
        joined, unsure = clusters(members, found, given, weightless, same, different)
        incidents = []
        for group in joined:
            told = [claim.id for n in group for claim in members[n].tale.claims]
            incidents.append(tuple(sorted(told, key=self._precedence)))
            if (days := _days_told(members[n] for n in group)) is not None:
                self._days.update((members[n].first, days) for n in group)
            if tellers := _tellers(members[n] for n in group if n not in weightless):
                self._tellers.update((members[n].first, tellers) for n in group)
        unsure = [each for each in unsure if not self._two(members[each.left], members[each.right])]
        links = _same_incident(members, joined, unsure)
        component = Component(tuple(sorted(firsts)), tuple(incidents), tuple(links))
        root = component.members[0]
        self._components[root] = component
        for first in firsts:
            self._component_of[first] = root
        for link in links:
            self._same[link.claim] = (*self._same.get(link.claim, ()), link)
            touched.claims.add(link.claim)
        for told_ in incidents:
            self.incidents[told_[0]] = told_
            touched.incidents.add(told_[0])
            gone = frozenset(c for c in told_ if self._known.gone(c) or self._known.lies_within(c))
            for link in updates(told_, self._known, gone):
                self._updates[link.claim] = (*self._updates.get(link.claim, ()), link)
                touched.claims.add(link.claim)


def _days_told(tales: Iterable[Profile]) -> Days | None:
    """Return the first and the last day that the words of tales give, None where they give none."""
    given = (one_day(tale.timed) for tale in tales if says_its_day(tale))
    days = sorted(day for day in given if day is not None)
    return (days[0], days[-1]) if days else None


def _tellers(tales: Iterable[Profile]) -> tuple[DocumentId, ...]:
    """Return the documents of tales that tell of another event of the same place and day."""
    return tuple(sorted({tale.document for tale in tales if tale.beside}))


def _killed(tale: Profile) -> int:
    return max(tale.counts.get(Measure.KILLED, ()), default=0)


def _ids(tale: Profile) -> Iterator[ClaimId]:
    return (claim.id for claim in tale.tale.claims)


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


def _within(part: Profile, whole: Profile, tie: Pair) -> Link:
    """Return the link of an attack to the toll of several among which it is."""
    kind = LinkKind.WITHIN
    return Link(claim=part.first, kind=kind, to=toll(whole), by=TOGETHER, reasons=tie.reasons)


def _link_of(right: Profile, left: Profile, tie: Pair) -> Link:
    return Link(
        claim=right.first,
        kind=LinkKind.SAME_INCIDENT,
        to=left.first,
        by=tie.by,
        score=max(0.0, min(0.99, tie.score / 2)),
        reasons=tie.reasons,
    )
