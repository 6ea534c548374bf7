"""Claims that stand in a passage copied from an earlier document: they repeat what was said
there."""

import re
from collections.abc import Sequence

from cenotaph.model import COPIED, ClaimId, Copy, DocumentId, Link, LinkKind, Measure, ResolvedClaim

_WORD = re.compile(r"\w+")


def reprints(claims: Sequence[ResolvedClaim], copies: Sequence[Copy]) -> list[Link]:
    """Return a link from each claim of a copied passage to the claim of the same words in the
    original.

    The counting words must lie in the passage; the same claim is the one whose counting words are
    the same words of it. Where the original passage was read as no such claim, there is nothing to
    link.
    """
    by_document: dict[DocumentId, list[ResolvedClaim]] = {}
    for claim in claims:
        by_document.setdefault(claim.claim.document, []).append(claim)
    links: dict[ClaimId, Link] = {}
    for copy in copies:
        originals: dict[tuple[int, Measure, int], ClaimId] = {}
        for claim in by_document.get(copy.original, ()):
            place = _place_in(claim, copy.original_passage.start, copy.original_passage.text)
            if place is not None:
                originals[place] = claim.id
        for claim in by_document.get(copy.document, ()):
            place = _place_in(claim, copy.passage.start, copy.passage.text)
            original = originals.get(place) if place is not None else None
            if original is not None and claim.id not in links:
                links[claim.id] = Link(
                    claim=claim.id,
                    kind=LinkKind.REPEATS,
                    to=original,
                    by=COPIED,
                    reasons=(f"stands word for word in {copy.original}",),
                )
    return list(links.values())


def _place_in(claim: ResolvedClaim, start: int, passage: str) -> tuple[int, Measure, int] | None:
    """Return which word of the passage the counting words begin with, what is counted, and the
    n-th."""
    stated = claim.claim
    offset = stated.counted.start - start
    if offset < 0 or stated.counted.end - start > len(passage):
        return None
    words = sum(1 for _ in _WORD.finditer(passage, 0, offset))
    return words, stated.measure, stated.nth
