"""Rulesets as the files of the vocabulary give them."""

import functools

from cenotaph.model import Ruleset
from cenotaph.vocab import table

NAMES = ("default", "airwars", "acled", "ucdp", "ibc", "aoav")


@functools.cache
def ruleset(name: str) -> Ruleset:
    """Return the ruleset of that name. Raises KeyError where there is none."""
    if name not in NAMES:
        raise KeyError(name)
    data = table(f"rulesets/{name}")
    return Ruleset(
        name=data["name"],
        version=data["version"],
        title=data["title"],
        published=tuple(data["published"]),
        reading=tuple(data["reading"]),
        figures=data["figures"],
        low=data["low"],
        best=data["best"],
        high=data["high"],
        vague=data["vague"],
        vague_bounds=tuple((k, low, high) for k, low, high in data.get("vague_bounds", ())),
        eyewitnesses=tuple(data.get("eyewitnesses", ())),
        days=data.get("days"),
        sums=data["sums"],
        opening=data.get("opening", "voice"),
        uncounted=data.get("uncounted"),
    )
