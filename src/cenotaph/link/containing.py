"""Which figures lie in which sums, followed through changes.

Figures and the sums of their place and time are found in an index, and held against each other by
`wholes.containment`.
"""

from collections.abc import Iterator, MutableMapping

from cenotaph.link import wholes
from cenotaph.link.figures import Figures
from cenotaph.link.known import Known
from cenotaph.link.series import Runs
from cenotaph.link.touched import Touched
from cenotaph.model import ClaimId, Link, LinkKind, ResolvedClaim, Scope
from cenotaph.shelves import Sets, Shelves

Held = dict[tuple[ClaimId, ClaimId], Link]
"""The links from figures to sums, by both."""


class Containment:
    """The links from figures to the sums that hold or may hold them."""

    def __init__(self, known: Known, runs: Runs, shelves: Shelves) -> None:
        self._known, self._runs = known, runs
        self.figures = Figures("figures", shelves, known.claims.__getitem__, known.crowd)
        self._sums = Figures("sums", shelves, known.claims.__getitem__, known.crowd)
        self._holds = Sets("holds", shelves)
        self._within: MutableMapping[ClaimId, dict[ClaimId, Link]] = shelves(
            "within", dict[ClaimId, Link]
        )

    def links(self, claim: ClaimId) -> tuple[Link, ...]:
        """Return the links from a claim to sums."""
        return tuple(self._within.get(claim, {}).values())

    def wholes(self, part: ClaimId) -> Iterator[ClaimId]:
        """Yield the sums in which a figure lies for certain."""
        for whole, link in self._within.get(part, {}).items():
            if link.kind is LinkKind.WITHIN:
                yield whole

    def contain(self, touched: Touched) -> None:
        """Hold figures that changed against the sums near them, and sums against the figures.

        A figure is touched where a sum that holds it says something else than it did, or holds it
        otherwise; not where the report of the sum came again for anything else.
        """
        changed = sorted(touched.again)
        before: Held = {}
        for id_ in changed:
            self._release(id_, before)
        fresh = [self._known.claims[id_] for id_ in changed if self._stands(id_)]
        sums = [claim for claim in fresh if wholes.is_sum(claim)]
        for claim in fresh:
            self.figures.add(claim)
        for whole in sums:
            self._sums.add(whole)
        for whole in sums:
            for part in self.figures.near(whole):
                self._hold(part, whole, before, touched)
        done = {whole.id for whole in sums}
        for part in fresh:
            for whole in self._sums.near(part):
                if whole.id not in done:
                    self._hold(part, whole, before, touched)
        touched.claims.update(id_ for id_, _ in before)

    def _stands(self, id_: ClaimId) -> bool:
        """Tell whether a claim stands for itself: neither a repeat nor a breakdown of another."""
        claim = self._known.claims.get(id_)
        if claim is None or claim.claim.part_of is not None or self._known.gone(id_):
            return False
        if claim.claim.scope is Scope.STATE:
            return False
        return not any(link.kind is LinkKind.REPEATS for link in self._runs.links(id_))

    def _release(self, id_: ClaimId, before: Held) -> None:
        """Take a claim out of what it lies in and holds; note what it held."""
        self.figures.remove(id_)
        self._sums.remove(id_)
        for whole in self._within.pop(id_, {}):
            self._holds.discard(whole, id_)
        for part in map(ClaimId, self._holds.members(id_)):
            link = self._within.get(part, {}).pop(id_, None)
            if link is not None:
                before[part, id_] = link
        self._holds.drop(id_)

    def _hold(
        self, part: ResolvedClaim, whole: ResolvedClaim, before: Held, touched: Touched
    ) -> None:
        """Link a figure to a sum that holds it; take what held it so before out of `before`."""
        link = wholes.containment(
            part,
            whole,
            published=self._known.published,
            further=self._known.further,
            left_out=self._known.left_out(whole.id),
        )
        if link is not None:
            self._within.setdefault(part.id, {})[whole.id] = link
            self._holds.add(whole.id, part.id)
            if before.pop((part.id, whole.id), None) != link or whole.id in touched.other:
                touched.claims.add(part.id)
