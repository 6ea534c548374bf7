"""Characters that are not seen, or turn the direction of writing."""

HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e007f"
    "\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f"
)
"""They, as the inside of a class of a regular expression."""
