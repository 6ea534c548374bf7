"""Which language pack reads a document."""

import functools
import string
import unicodedata
from collections import Counter

from cenotaph import vocab
from cenotaph.model import Document

SAMPLE = 4000
_ROMAN, _LATIN = "LATIN", string.ascii_letters.encode()


def pack(document: Document) -> str | None:
    """Return the language pack for a document, or None where none reads it.

    A declared language decides by its primary tag ("en-GB" is read by "en"). Without one, the pack
    is taken whose script most of the letters are of; a text in no pack's script is not read.
    """
    if document.lang is not None:
        declared = document.lang.replace("_", "-").split("-")[0].strip().lower()
        return declared if declared in vocab.LANGUAGES else None
    scripts = vocab.table("languages")
    sample = document.text[:SAMPLE]
    plain = sample.encode("ascii", "ignore")
    latin = len(plain) - len(plain.translate(None, _LATIN))
    if latin > len(sample) - len(plain):  # most texts: whatever the rest is, it is less
        return next((lang for lang in vocab.LANGUAGES if scripts[lang]["script"] == _ROMAN), None)
    letters = Counter(letter for letter in sample if letter.isalpha() and not letter.isascii())
    letters["a"] = latin
    for lang in vocab.LANGUAGES:
        script = scripts[lang]["script"]
        own = sum(n for letter, n in letters.items() if _name(letter).startswith(script))
        if own * 2 > letters.total():
            return lang
    return None


@functools.cache
def _name(letter: str) -> str:
    return unicodedata.name(letter, "")
