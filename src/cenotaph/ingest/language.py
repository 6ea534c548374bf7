"""The language of a text, where it can be told."""

import functools
import re
from types import SimpleNamespace
from typing import Any

from cenotaph.vocab import LANGUAGES, table

SAMPLE = 2000
"""Characters that are looked at."""

LETTERS = 40
"""Letters below which nothing is said."""

SURE = 0.9
"""Probability below which nothing is said."""

COMMON = 0.1
"""Share of a language's commonest words from which a text is in that language, with no more ado. A
report has twice as many of its own; texts of other languages have next to none of these."""

_WORD = re.compile(r"[^\W\d_]+")

# Kinds of Arabic that are written in the newspapers' own.
SAME = {
    "ary": "ar",
    "arz": "ar",
    "apc": "ar",
    "ajp": "ar",
    "acm": "ar",
    "arb": "ar",
    "nb": "no",
    "nn": "no",
}


@functools.cache
def identifier() -> Any:
    """Return the model, which takes a while to load.

    The library unpacks it into a temporary file, and a process that parses may write none.
    """
    import io

    from py3langid import modelio
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    files = modelio.tempfile
    try:
        modelio.tempfile = SimpleNamespace(TemporaryFile=lambda **_: io.BytesIO())
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    finally:
        modelio.tempfile = files


def language(text: str) -> str | None:
    """Return the code of a text's language, or None where that is unsure.

    The model is asked only about a text that its commonest words do not betray.
    """
    sample = text[:SAMPLE]
    if sum(map(str.isalpha, sample)) < LETTERS:
        return None
    if plain := betrayed(sample):
        return plain
    code, sure = identifier().classify(sample)
    return str(SAME.get(code, code)) if sure >= SURE else None


def betrayed(sample: str) -> str | None:
    """Return the language with a pack whose commonest words a text is full of, None for others."""
    words = [match[0].lower() for match in _WORD.finditer(sample)]
    for lang in LANGUAGES:
        own = [word for word in words if word in _commonest(lang)]
        if len(set(own)) > 1 and len(own) >= COMMON * len(words):
            return lang
    return None


@functools.cache
def _commonest(lang: str) -> frozenset[str]:
    return frozenset(table("languages")[lang]["commonest"])
