"""What people said of pairs of claims, as links."""

from collections.abc import Sequence

from cenotaph.model import Bond, ClaimId, DecisionKind, Link, LinkKind

DECIDED = "decided"
"""The rule of links that a person made."""


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
