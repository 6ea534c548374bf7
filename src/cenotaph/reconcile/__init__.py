"""From linked claims to incidents with figures, by named rules, and to what does not add up."""

from collections.abc import Collection, Sequence

from cenotaph.model import ClaimId, Incident, Link, Linking, ResolvedClaim, Ruleset
from cenotaph.reconcile.checks import checks
from cenotaph.reconcile.contents import Content, exceeded, most
from cenotaph.reconcile.estimates import estimate
from cenotaph.reconcile.findings import CODES, findings
from cenotaph.reconcile.incidents import fallback_mains, incident
from cenotaph.reconcile.rulesets import NAMES, ruleset
from cenotaph.reconcile.values import value

__all__ = [
    "CODES",
    "NAMES",
    "Content",
    "checks",
    "estimate",
    "exceeded",
    "fallback_mains",
    "findings",
    "incident",
    "most",
    "reconcile",
    "ruleset",
    "value",
]


def reconcile(
    claims: Sequence[ResolvedClaim],
    linking: Linking,
    *,
    ruleset: Ruleset,
    mains: Collection[ClaimId] = (),
) -> tuple[Incident, ...]:
    """Return the incidents of a linking, each with its estimates under a ruleset.

    `mains` are the claims that the documents are chiefly about. Each document with incidents marks
    one of them as its main one: that of its main claim, else that with most killed.
    """
    known = {claim.id: claim for claim in claims}
    links: dict[ClaimId, list[Link]] = {}
    for link in linking.links:
        links.setdefault(link.claim, []).append(link)
    grouped = [[known[claim] for claim in members] for members in linking.incidents]
    chief = set(mains) | fallback_mains(grouped, mains)
    return tuple(incident(members, links, ruleset, chief) for members in grouped)
