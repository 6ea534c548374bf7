"""The language of a text, where it can be told."""

import functools
from types import SimpleNamespace
from typing import Any

SAMPLE = 2000
"""Characters that are looked at."""

LETTERS = 40
"""Letters below which nothing is said."""

SURE = 0.9
"""Probability below which nothing is said."""

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
    """Return the code of a text's language, or None where that is unsure."""
    sample = text[:SAMPLE]
    if sum(map(str.isalpha, sample)) < LETTERS:
        return None
    code, sure = identifier().classify(sample)
    return str(SAME.get(code, code)) if sure >= SURE else None
