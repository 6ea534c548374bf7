"""How a decision finds its claim again: by its identifier, else by the words it stood on."""

from collections.abc import Iterable, Mapping, Sequence

from cenotaph.model import Anchor, Claim, ClaimId, DocumentId, ResolvedClaim

AROUND = 40
"""Characters kept before and behind the counting words."""


def anchor(claim: Claim, text: str) -> Anchor:
    """Return the words by which a claim of a document of this text is found again."""
    words = claim.counted
    return Anchor(
        claim=claim.id,
        document=claim.document,
        start=words.start,
        end=words.end,
        text=words.text,
        measure=claim.measure,
        before=text[max(0, words.start - AROUND) : words.start],
        after=text[words.end : words.end + AROUND],
    )


def found(
    kept: Anchor,
    claims: Mapping[DocumentId, Sequence[ResolvedClaim]],
    *,
    texts: Mapping[DocumentId, str],
    replaced: Mapping[DocumentId, DocumentId],
) -> ClaimId | None:
    """Return the claim that a decision is about, or None where no one claim can be it.

    `claims` are those of each document, `replaced` names for a document of an older reader the one
    that stands in for it. In the same text the claim is the one of the same measure whose counting
    words overlap; in another text, the one with the same counting words and the most of what stood
    around them. Where two are as good, none is.
    """
    document = DocumentId(kept.document)
    seen = {document}
    while document in replaced and replaced[document] not in seen:
        document = replaced[document]
        seen.add(document)
    own = claims.get(document, ())
    if any(each.id == kept.claim for each in own):
        return kept.claim
    alike = [each for each in own if each.claim.measure == kept.measure]
    if document == kept.document:
        over = [
            each
            for each in alike
            if each.claim.counted.start < kept.end and kept.start < each.claim.counted.end
        ]
        return _only(over) or _only(each for each in over if each.claim.counted.text == kept.text)
    same = [each for each in alike if each.claim.counted.text == kept.text]
    scored = [(_likeness(kept, each.claim, texts.get(document, "")), each) for each in same]
    best = max((score for score, _ in scored), default=0)
    return _only(each for score, each in scored if score == best and (score or len(same) == 1))


def _only(claims: Iterable[ResolvedClaim]) -> ClaimId | None:
    """Return the one claim there is, None where there are none or several."""
    ids = [each.id for each in claims]
    return ids[0] if len(ids) == 1 else None


def _likeness(kept: Anchor, claim: Claim, text: str) -> int:
    """Return how many characters around the words of a claim are those around the anchor's."""
    before, after = text[: claim.counted.start], text[claim.counted.end :]
    return _shared(kept.before[::-1], before[::-1][:AROUND]) + _shared(kept.after, after[:AROUND])


def _shared(one: str, other: str) -> int:
    for at, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return at
    return min(len(one), len(other))
