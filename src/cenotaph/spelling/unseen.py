"""Characters that are not seen, or turn the direction of writing."""

HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e007f"
    "\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f"
)
"""They, as the inside of a class of a regular expression."""


# Among them these alone are of what is printed, and these are not seen of the first 128.
_PRINTED = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
_CONTROLS = bytes(
    code for code in range(128) if chr(code) not in "\t\n\f\r" and not chr(code).isprintable()
)


def may_hide(text: str) -> bool:
    """Tell whether a text may hold such a character; False is sure, True is worth the search."""
    if text.isascii():
        plain = text.encode()
        return len(plain.translate(None, _CONTROLS)) < len(plain)
    printed = all(map(str.isprintable, text.split("\n")))
    return not printed or any(char in text for char in _PRINTED)
