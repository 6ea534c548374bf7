"""Claims that nobody has looked at yet, in the order in which they are asked about.

What weighs most in the total of those killed comes first, and of equal ones what was read with most
doubt. The order is kept between changes: a decision moves the claims it touches and no others.
"""

from bisect import bisect_left, insort
from collections.abc import Collection

from cenotaph.model import ClaimId
from cenotaph.pipeline import Workspace

Place = tuple[int, float, ClaimId]

MANY = 2_000
"""Changes from which on everything is put in order anew rather than one by one."""


class Waiting:
    """The claims that wait, in their order."""

    def __init__(self) -> None:
        self._line: list[Place] = []
        self._places: dict[ClaimId, Place] = {}

    def __len__(self) -> int:
        return len(self._line)

    def claim(self, at: int) -> ClaimId:
        """Return the claim at a position. Raises IndexError."""
        return self._line[at][2]

    def at(self, claim: ClaimId) -> int | None:
        """Return the position of a claim, None where it does not wait."""
        place = self._places.get(claim)
        return None if place is None else bisect_left(self._line, place)

    def follow(self, space: Workspace, touched: Collection[ClaimId]) -> None:
        """Put the claims that changed where they belong now."""
        if len(touched) >= MANY or not self._line:
            self._line = space.waiting()
            self._places = {place[2]: place for place in self._line}
            return
        for id_ in touched:
            old = self._places.pop(id_, None)
            if old is not None:
                del self._line[bisect_left(self._line, old)]
            now = place(space, id_)
            if now is not None:
                self._places[id_] = now
                insort(self._line, now)


def place(space: Workspace, id_: ClaimId) -> Place | None:
    """Return where a claim stands in the order, None where it does not wait."""
    line = space.claim_lines.get(id_)
    if line is None or line.copied:
        return None
    seen = space.reviewed.reviews.get(id_)
    if seen is not None and seen.state is not None:
        return None
    return -space.weight(id_), line.sure, id_
