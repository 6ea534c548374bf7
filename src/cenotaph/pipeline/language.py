"""Which language pack reads a document."""

import unicodedata

from cenotaph import vocab
from cenotaph.model import Document

SAMPLE = 4000


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
    letters = {letter: sample.count(letter) for letter in set(sample) if letter.isalpha()}
    names = {letter: unicodedata.name(letter, "") for letter in letters}
    for lang in vocab.LANGUAGES:
        script = scripts[lang]["script"]
        own = sum(n for letter, n in letters.items() if names[letter].startswith(script))
        if own * 2 > sum(letters.values()):
            return lang
    return None
