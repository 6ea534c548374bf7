"""The whole of one measure, kept between changes: only the figures that a change touches, and those
that hang together with them, are added up again.

The result is that of `totals.total` over everything: figures of different tangles share nobody, so
their bounds add up.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from cenotaph.model import (
    READ_AS_AREA,
    UNSURE,
    ClaimId,
    Figure,
    Incident,
    Link,
    LinkKind,
    Measure,
    ResolvedClaim,
    Ruleset,
)
from cenotaph.totals.figures import Item, echoes, is_sum, of_incident, of_sum, relations
from cenotaph.totals.solve import Solution, solve

OVERLAPS = frozenset({LinkKind.WITHIN, LinkKind.MAY_BE_WITHIN})


@dataclass(frozen=True, slots=True)
class _Tangle:
    """Figures that hang together, and what they come to."""

    members: frozenset[ClaimId]
    solution: Solution


class Tally:
    """The figures of a measure and how they hang together, as of the last change.

    `known`, `links` (from a claim) and `incidents` (by their first claim) are the mappings of what
    follows from a record. They are read when a change is told, and may change between two.
    """

    def __init__(
        self,
        known: Mapping[ClaimId, ResolvedClaim],
        links: Mapping[ClaimId, Collection[Link]],
        incidents: Mapping[ClaimId, Incident],
        *,
        ruleset: Ruleset,
        measure: Measure = Measure.KILLED,
    ) -> None:
        self._known, self._links, self._incidents = known, links, incidents
        self._ruleset, self._measure = ruleset, measure
        self._items: dict[ClaimId, Item] = {}
        self._owners: dict[ClaimId, set[ClaimId]] = {}
        self._seen: dict[ClaimId, tuple[Link, ...]] = {}
        self._from: dict[ClaimId, Counter[ClaimId]] = {}
        self._repeated: dict[ClaimId, Counter[ClaimId]] = {}
        self._whole_of: dict[ClaimId, ClaimId] = {}
        self._parts: dict[ClaimId, set[ClaimId]] = {}
        self._tangles: dict[ClaimId, _Tangle] = {}
        self._low = self._likely = self._highest = 0

    def load(
        self,
        found: Iterable[Item],
        links: Iterable[Link],
        parts: Iterable[tuple[ClaimId, ClaimId]],
    ) -> None:
        """Begin with figures that are worked out already, the links that totals look at, and sums'
        breakdowns with what each is one of."""
        for item in found:
            self._items[item.key] = item
            for claim in item.claims:
                self._owners.setdefault(claim, set()).add(item.key)
        seen: dict[ClaimId, list[Link]] = {}
        for link in links:
            seen.setdefault(link.claim, []).append(link)
            for index in self._indexes(link):
                index.setdefault(link.to, Counter())[link.claim] += 1
        self._seen.update((claim, tuple(each)) for claim, each in seen.items())
        for part, whole in parts:
            self._whole_of[part] = whole
            self._parts.setdefault(whole, set()).add(part)
        self._entangle(set(self._items))

    @property
    def figure(self) -> Figure:
        """Return low, best and high of the whole."""
        best = max(self._likely, self._low)
        return Figure(low=self._low, best=best, high=max(self._highest, best))

    def weight(self, claim: ClaimId) -> int:
        """Return how many the low counts by the figure that a claim belongs to, 0 for none."""
        key = self._owner(claim)
        if key is None or key not in self._tangles[key].solution.chosen:
            return 0
        return self._items[key].low

    def change(self, claims: Iterable[ClaimId], incidents: Iterable[ClaimId]) -> set[ClaimId]:
        """Take in what a change touched: claims, in themselves or in their links, and incidents by
        their first claims; each may be new or gone. Return the claims that may weigh otherwise."""
        touched = set(claims)
        ends: set[ClaimId] = set(touched)
        again = set(incidents) | touched
        for claim in touched:
            again |= self._heads(claim)
            ends |= self._relink(claim)
            again |= self._heads(claim) | self._reparted(claim)
        loose = {key for end in ends if (key := self._owner(end)) is not None}
        moved = set(touched)
        for key in again:
            item = self._items.pop(key, None)
            if item is not None:
                moved.update(item.claims)
                loose |= self._untangled(key)
                for claim in item.claims:
                    self._owners[claim].discard(key)
        for key in again:
            item = self._made(key)
            if item is not None:
                self._items[key] = item
                loose.add(key)
                for claim in item.claims:
                    self._owners.setdefault(claim, set()).add(key)
        loose |= {key for end in ends if (key := self._owner(end)) is not None}
        for key in self._entangle(loose):
            moved.update(self._items[key].claims)
        return moved

    def _owner(self, claim: ClaimId) -> ClaimId | None:
        """Return the figure that a claim belongs to; of several that with the last key."""
        return max(self._owners.get(claim, ()), default=None)

    def _heads(self, claim: ClaimId) -> set[ClaimId]:
        """Return the claims that a claim repeats, over any number of steps, and itself."""
        found, stack = {claim}, [claim]
        while stack:
            for link in self._seen.get(stack.pop(), ()):
                if link.kind is LinkKind.REPEATS and link.to not in found:
                    found.add(link.to)
                    stack.append(link.to)
        return found

    def _relink(self, claim: ClaimId) -> set[ClaimId]:
        """Take over the links of a claim; return the claims they lead and led to."""
        old = self._seen.pop(claim, ())
        now = tuple(self._links.get(claim, ())) if claim in self._known else ()
        if now:
            self._seen[claim] = now
        for links, by in ((old, -1), (now, 1)):
            for link in links:
                for index in self._indexes(link):
                    ends = index.setdefault(link.to, Counter())
                    ends[claim] += by
                    if not ends[claim]:
                        del ends[claim]
        return {link.to for link in (*old, *now)}

    def _indexes(self, link: Link) -> list[dict[ClaimId, Counter[ClaimId]]]:
        found = []
        if overlapping(link):
            found.append(self._from)
        if link.kind is LinkKind.REPEATS:
            found.append(self._repeated)
        return found

    def _reparted(self, claim: ClaimId) -> set[ClaimId]:
        """Take over what a claim is a breakdown of; return that, as it was and is."""
        said = self._known.get(claim)
        old = self._whole_of.pop(claim, None)
        now = said.claim.part_of if said is not None else None
        if old is not None:
            self._parts[old].discard(claim)
        if now is not None:
            self._whole_of[claim] = now
            self._parts.setdefault(now, set()).add(claim)
        return {whole for whole in (old, now) if whole is not None}

    def _made(self, key: ClaimId) -> Item | None:
        """Return the figure of a key as it is now, None where it is none."""
        event = self._incidents.get(key)
        if event is not None:
            return of_incident(event, self._known, self._measure, None, self._ruleset)
        claim = self._known.get(key)
        if claim is None or not is_sum(claim, self._measure) or self._repeats(key):
            return None
        parts = [self._known[part] for part in self._parts.get(key, ()) if part in self._known]
        return of_sum(claim, parts, echoes(key, self._repeated), self._known, None, self._ruleset)

    def _repeats(self, claim: ClaimId) -> bool:
        links = self._seen.get(claim, ())
        return any(each.kind is LinkKind.REPEATS and each.to in self._known for each in links)

    def _untangled(self, key: ClaimId) -> frozenset[ClaimId]:
        """Undo the tangle that a figure is in; return what is loose by that."""
        tangle = self._tangles.get(key)
        if tangle is None:
            return frozenset()
        for member in tangle.members:
            del self._tangles[member]
        self._add(tangle.solution, -1)
        return tangle.members

    def _add(self, solution: Solution, times: int) -> None:
        self._low += times * solution.low
        self._likely += times * solution.likely
        self._highest += times * solution.highest

    def _entangle(self, loose: set[ClaimId]) -> set[ClaimId]:
        """Find the tangles of loose figures, and solve each; return the figures in them."""
        waiting = set(loose)
        done: set[ClaimId] = set()
        while waiting:
            key = waiting.pop()
            if key in done:
                continue
            waiting |= self._untangled(key)
            if key not in self._items:
                continue
            members, stack = {key}, [key]
            while stack:
                here = stack.pop()
                waiting |= self._untangled(here)
                for other in self._near(here) - members:
                    members.add(other)
                    stack.append(other)
            done |= members
            self._solve(members)
        return done

    def _near(self, key: ClaimId) -> set[ClaimId]:
        """Return the figures that a figure may share people with, by links of their claims."""
        found: set[ClaimId] = set()
        for claim in self._items[key].claims:
            if self._owner(claim) != key:
                continue
            ends = {link.to for link in self._seen.get(claim, ()) if overlapping(link)}
            for end in (*ends, *self._from.get(claim, ())):
                other = self._owner(end)
                if other is not None and other != key:
                    found.add(other)
        return found

    def _solve(self, members: set[ClaimId]) -> None:
        found = [self._items[key] for key in sorted(members)]
        claims = [claim for item in found for claim in item.claims]
        links = tuple(link for claim in claims for link in self._seen.get(claim, ()))
        related = relations(found, links)
        counted = [item for item in found if item.aside is None]
        tangle = _Tangle(frozenset(members), solve(counted, related))
        self._tangles.update(dict.fromkeys(members, tangle))
        self._add(tangle.solution, 1)


def overlapping(link: Link) -> bool:
    """Tell whether a link says that two figures may count the same people."""
    if link.kind is LinkKind.SAME_INCIDENT:
        return link.by == UNSURE
    return link.kind in OVERLAPS and link.by != READ_AS_AREA
