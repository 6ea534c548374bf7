"""What lies in stated sums, followed through changes: which sums a change can make too small."""

from collections.abc import Iterable, Iterator, Mapping

from cenotaph import link, reconcile
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

_SUMS = (Scope.SUBTOTAL, Scope.CUMULATIVE)
_SHARING = (LinkKind.WITHIN, LinkKind.MAY_BE_WITHIN)


class Contents:
    """The figures inside sums, as links and events stand now.

    `links`, `incidents` and `first_of` (the event of each claim) are those of what follows from all
    documents; they are read when something is asked.
    """

    def __init__(
        self,
        linker: link.Linker,
        links: Mapping[ClaimId, tuple[Link, ...]],
        incidents: Mapping[ClaimId, Incident],
        first_of: Mapping[ClaimId, ClaimId],
    ) -> None:
        self._linker, self._links = linker, links
        self._incidents, self._first_of = incidents, first_of

    def exceeded(self, whole: ResolvedClaim) -> Finding | None:
        """Return that a claim is a sum and less than what lies in it, None where it is not."""
        stated = whole.claim
        bound = reconcile.most(whole)
        if stated.scope not in _SUMS or stated.part_of is not None or bound is None:
            return None
        inside = list(self._inside(whole))
        if sum(each.low for each in inside) <= bound:
            return None
        return reconcile.exceeded(whole, inside, self._conflicts(inside))

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

    def _inside(self, whole: ResolvedClaim) -> Iterator[reconcile.Content]:
        """Yield the figures inside a sum, an event once with the most that its parts here say."""
        told: dict[ClaimId, list[ResolvedClaim]] = {}
        for id_ in self._linker.parts(whole.id):
            claim = self._linker.known.get(id_)
            if claim is not None:
                told.setdefault(self._first_of.get(id_, id_), []).append(claim)
        for key, claims in sorted(told.items()):
            event = self._incidents.get(key)
            most = max(claims, key=lambda each: (each.claim.count.low or 0, each.id))
            low = most.claim.count.low or 0
            if event is not None:
                low = min(low, _least(event, whole.claim.measure))
            elif most.claim.scope not in _SUMS:
                continue
            yield reconcile.Content(key, low, most)

    def _conflicts(self, inside: Iterable[reconcile.Content]) -> dict[ClaimId, set[ClaimId]]:
        """Return which figures may share people with which, both ways."""
        found: dict[ClaimId, set[ClaimId]] = {each.key: set() for each in inside}
        for key in list(found):
            for each in self._of(key):
                other = self._first_of.get(each.to, each.to)
                shares = each.kind in _SHARING or each.by in MAY_BE_ONE
                if shares and other != key and other in found:
                    found[key].add(other)
                    found[other].add(key)
        return found


def _least(event: Incident, measure: Measure) -> int:
    estimate = event.estimate(measure)
    return 0 if estimate is None else estimate.figure.low or 0
