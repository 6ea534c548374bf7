"""Characters that are not seen, or turn the direction of writing."""

import re

from cenotaph.spelling import HIDDEN

TOUCHED = re.compile(f"[{HIDDEN}]+\\d|\\d[{HIDDEN}]")
"""Where they touch a digit."""

BESIDE = re.compile(f"[{HIDDEN}]")
SHOWN = 5
"""Places that a message names."""


def passages(text: str, places: set[int]) -> str:
    """Return what to say of hidden characters at these places of a text."""
    shown = ", ".join(passage(text, at) for at in sorted(places)[:SHOWN])
    return f"Characters that are not seen touch numbers in {len(places)} places: {shown}."


def passage(text: str, at: int) -> str:
    """Return what stands round a place, its hidden characters as their numbers."""
    near = " ".join(text[max(0, at - 12) : at + 16].split())
    return "“" + BESIDE.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", near) + "”"
