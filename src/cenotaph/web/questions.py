"""Findings that are still asked about, in the order in which that is done.

Those come first in which something does not agree, then what is not known. A finding is asked about
until a person settled each of its claims that stand. The order is kept between changes: a decision
moves the findings about the claims it touches and no others.
"""

from bisect import bisect_left, insort
from collections.abc import Collection, Sequence
from itertools import islice

from cenotaph.model import ClaimId
from cenotaph.pipeline import Workspace

UNKNOWN = ("date-unknown", "place-unknown")
"""Codes of what is not known, which a person answers; the others are of what does not agree."""

Place = tuple[bool, str, str]
"""Where a finding stands: whether it is of what is not known, its code, and its identifier."""

MANY = 2_000
"""Changes from which on everything is put in order anew rather than one by one."""


class Questions:
    """All findings in their order, and those of them that are asked about with their claims."""

    def __init__(self) -> None:
        self._every: list[Place] = []
        self._open: list[Place] = []
        self._places: dict[str, Place] = {}
        self._asked: dict[str, tuple[ClaimId, ...]] = {}

    def __len__(self) -> int:
        return len(self._open)

    def asked(self, at: int) -> tuple[str, tuple[ClaimId, ...]]:
        """Return the finding asked about at a position, with its claims. Raises IndexError."""
        id_ = self._open[at][2]
        return id_, self._asked[id_]

    def at(self, finding: str) -> int | None:
        """Return the position of a finding, None where it is not asked about."""
        if finding not in self._asked:
            return None
        return bisect_left(self._open, self._places[finding])

    def first(self, number: int) -> Sequence[str]:
        """Return the first findings of all, asked about or not."""
        return [id_ for _, _, id_ in islice(self._every, number)]

    def follow(self, space: Workspace, touched: Collection[ClaimId]) -> None:
        """Put findings where they belong now that these claims are other than they were."""
        lines = space.finding_lines
        if len(touched) >= MANY or not self._places:
            self._every = sorted((e.code in UNKNOWN, e.code, id_) for id_, e in lines.items())
            self._places = {place[2]: place for place in self._every}
            asked = {id_: asked_about(space, id_) for id_ in lines}
            self._asked = {id_: claims for id_, claims in asked.items() if claims}
            self._open = [place for place in self._every if place[2] in self._asked]
            return
        # A finding is named by what it says and of what: of one name nothing is ever other.
        changed = lines.keys() ^ self._places.keys()
        changed.update(id_ for claim in touched for id_ in space.named_about(claim))
        for id_ in changed:
            self._take_out(id_)
            if id_ in lines:
                code = lines[id_].code
                place = self._places[id_] = (code in UNKNOWN, code, id_)
                insort(self._every, place)
                claims = asked_about(space, id_)
                if claims:
                    self._asked[id_] = claims
                    insort(self._open, place)

    def _take_out(self, id_: str) -> None:
        place = self._places.pop(id_, None)
        if place is not None:
            del self._every[bisect_left(self._every, place)]
            if self._asked.pop(id_, None) is not None:
                del self._open[bisect_left(self._open, place)]


def asked_about(space: Workspace, finding: str) -> tuple[ClaimId, ...]:
    """Return the claims of a finding that stand, none where a person settled them all."""
    standing, reviews = space.claim_names, space.reviewed.reviews
    claims = tuple([id_ for id_ in space.finding_lines[finding].claims if id_ in standing])
    for id_ in claims:
        seen = reviews.get(id_)
        if seen is None or seen.state is None:
            return claims
    return ()
