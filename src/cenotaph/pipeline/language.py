"""Which language pack reads a document."""

import functools
import re
import string
import unicodedata
from collections import Counter

from cenotaph import vocab
from cenotaph.model import Document

SAMPLE = 4000
_LATIN = string.ascii_letters.encode()
_FOREIGN = re.compile(r"[^\x00-\x7f]+")


def pack(document: Document) -> str | None:
    """Return the language pack for a document, or None where none reads it.

    A declared language decides by its primary tag ("en-GB" is read by "en"). Without one, the pack
    is taken whose script most of the letters are of; a text in no pack's script is not read.
    """
    if document.lang is not None:
        declared = document.lang.replace("_", "-").split("-")[0].strip().lower()
        return declared if declared in vocab.LANGUAGES else None
    scripts = vocab.table("languages")
    letters = _letters(document.text[:SAMPLE])
    for lang in vocab.LANGUAGES:
        script = scripts[lang]["script"]
        own = sum(n for letter, n in letters.items() if _name(letter).startswith(script))
        if own * 2 > letters.total():
            return lang
    return None


def _letters(sample: str) -> Counter[str]:
    """The letters of a sample; the 52 without accents, as most are, are counted as one of them."""
    foreign = "".join(_FOREIGN.findall(sample))
    letters = Counter(filter(str.isalpha, foreign))
    plain = sample.encode("ascii", "ignore")
    letters["a"] = len(plain) - len(plain.translate(None, _LATIN))
    return letters


@functools.cache
def _name(letter: str) -> str:
    return unicodedata.name(letter, "")
