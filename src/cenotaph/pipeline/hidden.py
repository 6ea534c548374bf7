"""Characters that are not seen, or turn the direction of writing, where they touch a number."""

import re
from collections.abc import Sequence

from cenotaph.model import Claim, Document, Finding, Quote

HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e007f"
    "\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f"
)
TOUCHED = re.compile(f"[{HIDDEN}]+\\d|\\d[{HIDDEN}]")
BESIDE = re.compile(f"[{HIDDEN}]")
SHOWN = 5
"""Places that the message names."""


def hidden_characters(document: Document, claims: Sequence[Claim]) -> tuple[Finding, ...]:
    """Return a finding where hidden characters touch digits, or the counting words of a claim."""
    text = document.text
    if text.isascii() and not BESIDE.search(text):
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
    shown = ", ".join(_shown(text, at) for at in sorted(places)[:SHOWN])
    message = f"Characters that are not seen touch numbers in {len(places)} places: {shown}."
    return (
        Finding(
            code="hidden-characters",
            message=message,
            claims=tuple(touched),
            documents=(document.id,),
            quotes=tuple(
                (document.id, Quote.of(text, max(0, at - 12), min(len(text), at + 16)))
                for at in sorted(places)[:SHOWN]
            ),
        ),
    )


def _shown(text: str, at: int) -> str:
    """Return a passage round a place, its hidden characters as their numbers."""
    passage = " ".join(text[max(0, at - 12) : at + 16].split())
    return "“" + BESIDE.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", passage) + "”"
