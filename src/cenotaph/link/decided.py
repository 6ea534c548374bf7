"""What people said of pairs of claims: one event or two, and links."""

from collections.abc import Sequence

from cenotaph.link.bonds import Bonds
from cenotaph.model import DECIDED, Bond, ClaimId, DecisionKind, Link, LinkKind

Tie = tuple[ClaimId, ClaimId]
"""Two claims; of two tales their first ones, the one with the smaller key first."""


class Decided:
    """All that people said of pairs of claims; it binds claims that come later too."""

    def __init__(
        self, same: Bonds = (), different: Bonds = (), decided: Sequence[Bond] = ()
    ) -> None:
        self.links: dict[ClaimId, list[Link]] = {}
        self.towards: dict[ClaimId, list[ClaimId]] = {}
        found = bound(decided)
        # What only copies another tells of the event of that one.
        copied = [(link.claim, link.to) for link in found if link.kind is LinkKind.REPEATS]
        self.bound, self.apart = _both_ways([*same, *copied]), _both_ways(different)
        for link in found:
            self.links.setdefault(link.claim, []).append(link)
            self.towards.setdefault(link.to, []).append(link.claim)

    def bonds(self) -> set[tuple[ClaimId, ClaimId, object]]:
        """Return every pair with what was said of it, to see what another state changes."""
        found: set[tuple[ClaimId, ClaimId, object]] = set()
        for kind, bonds in (("same", self.bound), ("different", self.apart)):
            found |= {(one, other, kind) for one, others in bonds.items() for other in others}
        return found | {(link.claim, link.to, link) for of in self.links.values() for link in of}

    def apart_among(self, claims: set[ClaimId]) -> list[Tie]:
        """Return the pairs of these claims that are said to be of different events."""
        own = claims & self.apart.keys()
        return [
            (one, other)
            for one in sorted(own)
            for other in self.apart[one]
            if one < other and other in own
        ]


def _both_ways(bonds: Bonds) -> dict[ClaimId, dict[ClaimId, None]]:
    found: dict[ClaimId, dict[ClaimId, None]] = {}
    for one, other in bonds:
        if one != other:
            found.setdefault(one, {})[other] = None
            found.setdefault(other, {})[one] = None
    return found


def bound(decided: Sequence[Bond]) -> list[Link]:
    """Return the links of bonds that have a direction: parts, sums and copies."""
    found: list[Link] = []
    for each in decided:
        if each.kind is DecisionKind.PART_OF:
            found.append(_link(each, each.claim, LinkKind.WITHIN, each.to))
        elif each.kind is DecisionKind.CONTAINS:
            found.append(_link(each, each.to, LinkKind.WITHIN, each.claim))
        elif each.kind is DecisionKind.COPY_OF:
            found.append(_link(each, each.claim, LinkKind.REPEATS, each.to))
    return found


def _link(bond: Bond, claim: ClaimId, kind: LinkKind, to: ClaimId) -> Link:
    why = f"decision {bond.decision}" + (f": {bond.reason}" if bond.reason else "")
    return Link(claim=claim, kind=kind, to=to, by=DECIDED, reasons=(why,))
