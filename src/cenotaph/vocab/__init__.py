"""Controlled vocabularies and language packs: reviewed data, read here and nowhere else.

Files stand beside this one as TOML: codes and registers that hold in every language (`events`,
`actors`, `sources`, `rulesets/…`) and one folder of words a language (`en/…`).
"""

import functools
from collections.abc import Mapping
from importlib import resources
from typing import Any

import tomli

LANGUAGES = ("en",)


@functools.cache
def table(name: str) -> dict[str, Any]:
    """Return the vocabulary file `name`, such as "events" or "en/times", as plain data.

    Raises FileNotFoundError where there is no such file. Callers must not change what they get.
    """
    file = resources.files(__name__).joinpath(*f"{name}.toml".split("/"))
    return tomli.loads(file.read_text(encoding="utf-8"))


@functools.cache
def words(lang: str) -> frozenset[str]:
    """Return the common lower-case words of a language: in a text of capitals, what is no name."""
    file = resources.files(__name__).joinpath(lang, "words.txt")
    return frozenset(file.read_text(encoding="utf-8").split())


@functools.cache
def ranks(lang: str) -> Mapping[str, int]:
    """Return how a language's frequent words rank in general use, the most frequent being 1."""
    file = resources.files(__name__).joinpath(lang, "frequent.txt")
    lines = file.read_text(encoding="utf-8").split()
    return {word: rank for rank, word in enumerate(lines, start=1)}
