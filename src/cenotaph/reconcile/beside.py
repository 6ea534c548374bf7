"""What the words of a text count on top of what: "two more", "A, B and C".

Each figure comes on top of one other at most, so the figures are trees. A figure's place in its
tree answers whether it comes on top of another without a list of all that lies under it, which in a
text that says "another" from end to end would be as long as the square of the text.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cenotaph.model import ClaimId


@dataclass(frozen=True, slots=True)
class Beside:
    """Which counts come on top of which, directly or through others.

    `first` gives the fullest statement of each claim's figure: a figure said again is the same
    figure, whichever of its statements the words point to. `to` gives the figure on top of which
    one is counted.
    """

    first: Mapping[ClaimId, ClaimId] = field(default_factory=dict)
    to: Mapping[ClaimId, ClaimId] = field(default_factory=dict)
    # Of each figure the first number of its tree's walk, and the one behind all that is on top.
    _spans: dict[ClaimId, tuple[int, int]] = field(init=False, default_factory=dict)
    # The lowest figure of each row of figures of which every one comes on top of the one before.
    _rows: dict[ClaimId, ClaimId] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Number the trees; a circle, which only a contradictory text makes, is cut open."""
        on_top: dict[ClaimId, list[ClaimId]] = {}
        under = _uncircled(self.to)
        for late, early in under.items():
            on_top.setdefault(early, []).append(late)
        for lowest in on_top:
            row, here = [lowest], lowest
            while lowest not in under and len(on_top.get(here, ())) == 1:
                (here,) = on_top[here]
                row.append(here)
            if len(row) > 1 and here not in on_top:
                self._rows.update(dict.fromkeys(row, lowest))
        begun: dict[ClaimId, int] = {}
        stack = [(figure, False) for figure in on_top if figure not in under]
        while stack:
            figure, left = stack.pop()
            if left:
                self._spans[figure] = begun[figure], len(begun)
                continue
            begun[figure] = len(begun)
            stack.append((figure, True))
            stack.extend((late, False) for late in on_top.get(figure, ()))

    def comes_on_top(self, late: ClaimId, early: ClaimId) -> bool:
        """Tell whether one claim's figure is counted on top of another's."""
        here, there = self.first.get(late), self.first.get(early)
        if here is None or there is None or here == there:
            return False
        if here not in self._spans or there not in self._spans:
            return False
        begin, end = self._spans[there]
        return begin <= self._spans[here][0] < end

    def row(self, claim: ClaimId) -> tuple[ClaimId, ClaimId] | None:
        """Return the row that a claim's figure stands in, and the figure.

        Of two different figures of one row the one comes on top of the other. None where more than
        one figure comes on top of any of its tree.
        """
        here = self.first.get(claim)
        lowest = self._rows.get(here) if here is not None else None
        return None if here is None or lowest is None else (lowest, here)

    def under(self, claims: Iterable[ClaimId]) -> set[ClaimId]:
        """Return the figures on top of which any of the claims come."""
        found: set[ClaimId] = set()
        for claim in claims:
            early = self.to.get(self.first.get(claim, claim))
            while early is not None and early not in found:
                found.add(early)
                early = self.to.get(early)
        return found


def _uncircled(to: Mapping[ClaimId, ClaimId]) -> dict[ClaimId, ClaimId]:
    kept: dict[ClaimId, ClaimId] = {}
    done: set[ClaimId] = set()
    for start in to:
        path: dict[ClaimId, None] = {}
        figure = start
        while figure in to and figure not in done and figure not in path:
            path[figure] = None
            figure = to[figure]
        cut = figure in path
        for each in path:
            if not (cut and to[each] == figure and each == next(reversed(path))):
                kept[each] = to[each]
        done.update(path)
    return kept
