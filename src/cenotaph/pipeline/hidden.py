"""Characters that are not seen, or turn the direction of writing, where they touch a number."""

from collections.abc import Sequence

from cenotaph.ingest.unseen import BESIDE, SHOWN, TOUCHED, passages
from cenotaph.model import Claim, Document, Finding, Quote
from cenotaph.spelling import may_hide


def hidden_characters(document: Document, claims: Sequence[Claim]) -> tuple[Finding, ...]:
    """Return a finding where hidden characters touch digits, or the counting words of a claim."""
    text = document.text
    if not may_hide(text) or not BESIDE.search(text):
        return ()
    places = {match.start() for match in TOUCHED.finditer(text)}
    touched = []
    for claim in claims:
        start, end = max(0, claim.counted.start - 1), claim.counted.end + 1
        found = BESIDE.search(text, start, end)
        if found is not None:
            touched.append(claim.id)
            places.add(found.start())
    if not places:
        return ()
    return (
        Finding(
            code="hidden-characters",
            message=passages(text, places),
            claims=tuple(touched),
            documents=(document.id,),
            quotes=tuple(
                (document.id, Quote.of(text, max(0, at - 12), min(len(text), at + 16)))
                for at in sorted(places)[:SHOWN]
            ),
        ),
    )
