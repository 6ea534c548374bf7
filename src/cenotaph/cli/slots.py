"""Slots of a claim as a person types them: `count=26..30`, `group.age=child`, `place=Sarbek`."""

import json
import re
from collections.abc import Callable, Sequence
from typing import Any


class SlotError(ValueError):
    """Something typed that is no slot; the message says what would be."""


def slots(words: Sequence[str]) -> dict[str, Any]:
    """Return what SLOT=VALUE and SLOT:=JSON say, in the form of the output. Raises SlotError."""
    known: dict[str, Any] = {}
    for word in words:
        name, _, text = word.partition("=")
        if name.endswith(":"):
            name = name.removesuffix(":")
            try:
                value = json.loads(text)
            except ValueError as error:
                raise SlotError(f"What stands behind {name}:= is no JSON") from error
        else:
            value = PARSERS.get(name, plain)(text.strip())
        group, _, part = name.partition(".")
        if part:
            known.setdefault(group, {})[part] = value
        else:
            known[name] = value
    return known


def plain(text: str) -> str | None:
    """Return words as they are, and nothing for none."""
    return text or None


def yes(text: str) -> bool:
    """Return yes or no."""
    if text.lower() in ("yes", "true"):
        return True
    if text.lower() in ("no", "false"):
        return False
    raise SlotError(f"{text!r} is neither yes nor no")


def count(text: str) -> dict[str, Any]:
    """Return the bounds of 26, 20..30, 26.. or ..30; none for nothing."""
    if text in ("", "none", "unknown"):
        return {"low": None, "high": None}
    if match := re.fullmatch(r"(\d+)", text):
        return {"low": int(match[1]), "high": int(match[1])}
    match = re.fullmatch(r"(\d*)\.\.(\d*)", text)
    if match is None or not (match[1] or match[2]):
        raise SlotError(f"count {text!r} is none of 26, 20..30, 26.., ..30 or none")
    low, high = (int(each) if each else None for each in match.groups())
    return {"low": low, "high": high}


def place(text: str) -> dict[str, Any] | None:
    """Return NAME[,ADMIN1][,COUNTRY][@LAT,LON]; nothing for none."""
    if not text:
        return None
    names, at, degrees = text.partition("@")
    known: dict[str, Any] = {}
    parts = [each.strip() for each in names.split(",") if each.strip()]
    if len(parts) > 1 and re.fullmatch(r"[A-Z]{2}", parts[-1]):
        known["country"] = parts.pop()
    if not parts or len(parts) > 2:
        raise SlotError(f"place {text!r} is not NAME[,ADMIN1][,COUNTRY][@LAT,LON]")
    known["name"] = parts[0]
    if len(parts) == 2:
        known["admin1"] = parts[1]
    if at:
        try:
            known["lat"], known["lon"] = (float(each) for each in degrees.split(","))
        except ValueError:
            raise SlotError(f"{degrees!r} is no LAT,LON in degrees") from None
    return known


def when(text: str) -> dict[str, Any] | None:
    """Return a day, or the first and last of FIRST..LAST; nothing for none."""
    if not text:
        return None
    first, dots, last = text.partition("..")
    return {"start": first or None, "end": (last or None) if dots else first}


def named(text: str) -> list[dict[str, Any]]:
    """Return parties or sources, parted by semicolons."""
    return [{"name": each.strip()} for each in text.split(";") if each.strip()]


def codes(text: str) -> list[str]:
    """Return codes, parted by commas."""
    return [each.strip() for each in text.split(",") if each.strip()]


PARSERS: dict[str, Callable[[str], Any]] = {
    "count": count,
    "place": place,
    "when": when,
    "perpetrator": named,
    "said_by": named,
    "weapons": codes,
    "targets": codes,
    "history": yes,
    "additional": yes,
    "group.attacker": yes,
}
