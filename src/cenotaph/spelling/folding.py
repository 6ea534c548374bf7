"""The first key: a name without case, accents, signs and the free variants of Arabic letters."""

import functools
import re
import unicodedata
from typing import Any

from cenotaph.vocab import table

_SPACES = re.compile(r"[\W_]+")
_ASCII_PLAIN = re.compile(r"[A-Za-z0-9 ]*")
_ARABIC = re.compile(r"[؀-ۿݐ-ݿﭐ-﷿ﹰ-﻿]")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
# Combining marks of Latin, Greek, Cyrillic, Hebrew and Arabic; letters of other scripts go by the
# table.
_MARKS = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]+"
)
_BEYOND = re.compile(r"[\u0700-\u1dff\u20d0-\u20ff]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
# Letters that no decomposition takes apart.
_LONE = {
    "ı": "i",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ə": "a",
    "œ": "oe",
    "æ": "ae",
}


@functools.cache
def _letters() -> dict[int, str]:
    words: dict[str, Any] = table("spelling")
    mapping = {ord(sign): "" for sign in words["ignored"]}
    mapping.update({ord(a): b for a, b in words["arabic_fold"].items()})
    mapping.update({ord(a): b for a, b in _LONE.items()})
    return mapping


@functools.lru_cache(maxsize=1 << 17)
def fold(name: str) -> str:
    """Return `name` without case, accents, apostrophes and hyphens: words parted by single spaces.

    Arabic letters lose their vowel signs and their free variants (hamza seats, ta marbuta, final
    alef).
    Idempotent; the empty string where nothing but signs is left.
    """
    if _ASCII_PLAIN.fullmatch(name):
        return " ".join(name.lower().split())
    text = unicodedata.normalize("NFKC", name).casefold().translate(_letters())
    if not text.isascii():
        text = unicodedata.normalize("NFD", text)
        text = _MARKS.sub("", text)
        if _BEYOND.search(text):
            text = "".join(c for c in text if not unicodedata.combining(c))
        text = text.translate(_letters())
        text = unicodedata.normalize("NFC", text)
    return _SPACES.sub(" ", text).strip()


def fold_text(text: str) -> str:
    """Return a whole text folded like a name; unlike names, texts are not worth remembering."""
    return fold.__wrapped__(text)


def is_arabic(text: str) -> bool:
    """Tell whether `text` holds a letter of the Arabic script."""
    return not text.isascii() and _ARABIC.search(text) is not None


def is_cyrillic(text: str) -> bool:
    """Tell whether `text` holds a letter of the Cyrillic script."""
    return not text.isascii() and _CYRILLIC.search(text) is not None


def is_latin(text: str) -> bool:
    """Tell whether `text` holds a letter of the Latin script."""
    return _LATIN.search(text) is not None
