"""What lies in stated sums, followed through changes: which sums a change can make too small."""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import NamedTuple

from cenotaph import link, reconcile
from cenotaph.bounds import at_most
from cenotaph.model import (
    MAY_BE_ONE,
    ClaimId,
    Finding,
    Incident,
    Link,
    LinkKind,
    Measure,
    ResolvedClaim,
    Scope,
)
from cenotaph.shelves import Shelves

_SUMS = (Scope.SUBTOTAL, Scope.CUMULATIVE)
_SHARING = (LinkKind.WITHIN, LinkKind.MAY_BE_WITHIN)


class Said(NamedTuple):
    """How many a figure says to lie in a sum at least, and the claim that says it."""

    low: int
    claim: ClaimId


class Held(NamedTuple):
    """What sums need of a figure that lies in any of them: an event or a smaller sum.

    `within` are the sums that hold it for certain, `claims` those that tell it. `least` is what an
    event comes to at least, by measure; None for a sum, which is all that is said of it. `shares`
    are the claims with which it may share people.
    """

    within: dict[ClaimId, Said]
    claims: tuple[ClaimId, ...]
    least: dict[str, int] | None
    shares: tuple[ClaimId, ...]


class Contents:
    """The figures inside sums, as links and events stood when they were last taken in.

    `links`, `incidents` and `first_of` (the event of each claim) are those of what follows from all
    documents; they are read when a change is told.
    """

    def __init__(
        self,
        linker: link.Linker,
        links: Mapping[ClaimId, tuple[Link, ...]],
        incidents: Mapping[ClaimId, Incident],
        first_of: Mapping[ClaimId, ClaimId],
        shelves: Shelves,
    ) -> None:
        self._linker, self._links = linker, links
        self._incidents, self._first_of = incidents, first_of
        self._held: MutableMapping[ClaimId, Held] = shelves("held", Held)
        # The figures in each sum. Whether it is exceeded is asked whenever one of them changes:
        # that reads this row and one of each figure, and no claim.
        self._inside: MutableMapping[ClaimId, dict[ClaimId, Said]] = shelves(
            "contents", dict[ClaimId, Said]
        )

    def change(self, claims: Iterable[ClaimId], incidents: Iterable[ClaimId]) -> None:
        """Take in what a change touched: claims, in themselves or in their links, and events by
        their first claims; each may be new or gone."""
        keys = {*claims, *incidents}
        keys |= {self._first_of.get(claim, claim) for claim in keys}
        for key in keys:
            old, now = self._held.get(key), self._figure(key)
            if now == old:
                continue
            if now is None:
                del self._held[key]
            else:
                self._held[key] = now
            before = old.within if old is not None else {}
            after = now.within if now is not None else {}
            for whole in before.keys() - after.keys():
                del self._inside[whole][key]
            for whole, said in after.items():
                if before.get(whole) != said:
                    self._inside.setdefault(whole, {})[key] = said

    def exceeded(self, whole: ResolvedClaim) -> Finding | None:
        """Return that a claim is a sum and less than what lies in it, None where it is not."""
        stated = whole.claim
        bound = reconcile.most(whole)
        if stated.scope not in _SUMS or stated.part_of is not None or bound is None:
            return None
        inside = self._inside.get(whole.id, {})
        if not inside:
            return None
        held = {key: self._held[key] for key in sorted(inside)}
        lows = {key: _least(inside[key], each, stated.measure) for key, each in held.items()}
        if sum(lows.values()) <= bound:
            return None
        conflicts = _conflicts(held)
        if at_most(lows, conflicts) <= bound:
            return None
        known = self._linker.known
        contents = [
            reconcile.Content(key, low, known[inside[key].claim]) for key, low in lows.items()
        ]
        return reconcile.exceeded(whole, contents, conflicts)

    def holders(self, claims: Iterable[ClaimId]) -> set[ClaimId]:
        """Return the sums in which figures lie to which any of these claims belong."""
        done: set[ClaimId] = set()
        found: set[ClaimId] = set()
        for claim in claims:
            key = self._first_of.get(claim, claim)
            if key not in done:
                done.add(key)
                found.update(each.to for each in self._of(key) if each.kind is LinkKind.WITHIN)
        return found

    def _of(self, key: ClaimId) -> Iterator[Link]:
        """Yield the links of an event by its first claim, or of a sum."""
        event = self._incidents.get(key)
        for claim in (key,) if event is None else event.claims:
            yield from self._links.get(claim, ())

    def _figure(self, key: ClaimId) -> Held | None:
        """Return what sums need of an event or a sum, None where it is neither or in no sum."""
        event = self._incidents.get(key)
        if event is None and key in self._first_of:
            return None
        within: dict[ClaimId, Said] = {}
        for id_ in (key,) if event is None else event.claims:
            claim = self._linker.known.get(id_)
            if claim is None or (event is None and claim.claim.scope not in _SUMS):
                continue
            said = Said(claim.claim.count.low or 0, id_)
            for whole in self._linker.wholes(id_):
                within[whole] = max(said, within.get(whole, said))
        if not within:
            return None
        return Held(
            within=within,
            claims=(key,) if event is None else event.claims,
            least=None if event is None else _lows(event),
            shares=tuple(
                sorted(
                    {
                        each.to
                        for each in self._of(key)
                        if each.kind in _SHARING or each.by in MAY_BE_ONE
                    }
                )
            ),
        )


def _lows(event: Incident) -> dict[str, int]:
    """Return what an event comes to at least, by measure."""
    whole = (each for each in event.estimates if each.group is None)
    return {each.measure.value: each.figure.low or 0 for each in whole}


def _least(said: Said, held: Held, measure: Measure) -> int:
    return said.low if held.least is None else min(said.low, held.least.get(measure.value, 0))


def _conflicts(held: Mapping[ClaimId, Held]) -> dict[ClaimId, set[ClaimId]]:
    """Return which figures may share people with which, both ways."""
    of = {claim: key for key, each in held.items() for claim in each.claims}
    found: dict[ClaimId, set[ClaimId]] = {key: set() for key in held}
    for key, each in held.items():
        for claim in of.keys() & each.shares:
            other = of[claim]
            if other != key:
                found[key].add(other)
                found[other].add(key)
    return found
