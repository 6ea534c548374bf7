"""Characters that are not seen, or turn the direction of writing."""

import re

HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e007f"
    "\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f"
)
"""They, as the inside of a class of a regular expression."""

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
