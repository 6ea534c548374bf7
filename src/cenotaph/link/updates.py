"""Later figures of one originator for one event: they replace what it said before.

So do those of a paper in its own voice.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from cenotaph.link.compare import Stand, groups
from cenotaph.link.known import Known
from cenotaph.link.told import SUMS, number
from cenotaph.model import (
    DIED_LATER,
    ClaimId,
    DocumentId,
    Link,
    LinkKind,
    Measure,
    ResolvedClaim,
)
from cenotaph.voices import voice

OF_THE_ORIGINATOR = "later-figure-of-the-originator"
OF_THE_PAPER = "later-figure-of-the-paper"


def updates(members: Sequence[ClaimId], known: Known, gone: frozenset[ClaimId]) -> list[Link]:
    """Return a link from each later figure of an event to the one that its originator gave before.

    `gone` are repeats and what lies inside another figure: neither is anyone's latest figure. A
    document in which the originator gives more than one figure of a kind neither replaces nor is
    replaced: which one is meant is not said.
    """
    published = known.published
    told: dict[tuple[str, Measure], dict[DocumentId, list[ResolvedClaim]]] = {}
    for claim in (known.claims[id_] for id_ in members if id_ not in gone):
        stated = claim.claim
        plain = stated.part_of is None and stated.scope not in SUMS
        plain = plain and stated.rule != DIED_LATER
        giver = _giver(claim, known)
        if plain and giver is not None and number(stated.count) is not None:
            key = giver, stated.measure
            told.setdefault(key, {}).setdefault(stated.document, []).append(claim)
    found: list[Link] = []
    for by_document in told.values():
        single = [claims[0] for claims in by_document.values() if len(claims) == 1]
        dated = [c for c in single if published.get(c.claim.document) is not None]
        dated.sort(key=lambda c: (published[c.claim.document] or date.max, c.claim.document))
        found.extend(
            Link(
                claim=later.id,
                kind=LinkKind.UPDATES,
                to=earlier.id,
                by=OF_THE_PAPER if _in_its_own_voice(later) else OF_THE_ORIGINATOR,
                reasons=(f"{number(earlier.claim.count)} then {number(later.claim.count)}",),
            )
            for earlier, later in zip(dated, dated[1:], strict=False)
            if _replaces(later, earlier, published)
        )
    return found


def _in_its_own_voice(claim: ResolvedClaim) -> bool:
    return not claim.claim.said_by and claim.voice is None


def _giver(claim: ResolvedClaim, known: Known) -> str | None:
    """Return who gives a figure, None where nobody is known to: a paper that names nobody does."""
    if not _in_its_own_voice(claim):
        return voice(claim)
    paper = known.publishers.get(claim.claim.document)
    return None if paper is None else f"paper {paper.casefold()}"


def _replaces(
    later: ResolvedClaim,
    earlier: ResolvedClaim,
    published: Mapping[DocumentId, date | None],
) -> bool:
    a, b = later.claim, earlier.claim
    return (
        published[a.document] != published[b.document]
        and number(a.count) != number(b.count)
        and not a.additional  # "two more died" is no new toll
        and groups(a.group, b.group) is Stand.SAME
    )
