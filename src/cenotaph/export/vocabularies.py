"""The vocabularies by name, as rows."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from cenotaph import vocab
from cenotaph.model import (
    Age,
    Basis,
    Certainty,
    Granularity,
    LinkKind,
    Modality,
    Precision,
    Relation,
    Scope,
    Sex,
    Stance,
    Status,
)
from cenotaph.reconcile import NAMES

Row = dict[str, Any]

VOCABULARIES: dict[str, tuple[str | type[StrEnum], str]] = {
    "measures": ("measures", "What is counted"),
    "events": ("events", "What happened"),
    "weapons": ("weapons", "What it was done with"),
    "targets": ("targets", "What was hit"),
    "roles": ("roles", "Who people were by their work"),
    "actors": ("actors", "Alleged perpetrators, by neutral name"),
    "sources": ("sources", "Who says things, and of which kind they are"),
    "context": ("context", "What is noted beside harm"),
    "rulesets": ("rulesets", "Ways from claims to figures"),
    "findings": ("findings", "What a reader is told"),
    "errors": ("errors", "Why an input has no answer"),
    "languages": ("languages", "The languages that are read"),
    "modalities": (Modality, "How a text bounds its number"),
    "scopes": (Scope, "What a count counts"),
    "links": (LinkKind, "How one claim stands to another"),
    "certainty": (Certainty, "How certain the harm is, by the text"),
    "status": (Status, "Civilians and combatants"),
    "ages": (Age, "Children and adults"),
    "sexes": (Sex, "Women and men"),
    "stances": (Stance, "How an actor stands to what it is blamed for"),
    "relations": (Relation, "How several alleged perpetrators stand to one another"),
    "precision": (Precision, "How finely a place is known"),
    "granularity": (Granularity, "How finely a period is known"),
    "bases": (Basis, "On what ground a claim has its time"),
}
"""Each vocabulary: the file or the closed list of codes it is, and its title."""


def entries(name: str) -> list[Row]:
    """Return the rows of a vocabulary. Raises KeyError for an unknown name."""
    kind, _ = VOCABULARIES[name]
    if not isinstance(kind, str):
        return [{"code": member.value} for member in kind]
    if kind == "rulesets":
        return rulesets()
    if kind in ("findings", "errors"):
        return messages(kind)
    return rows(vocab.table(kind))


def rows(data: Mapping[str, Any]) -> list[Row]:
    """Return the entries of a vocabulary file: its table of codes, its lists, or its tables."""
    for key in ("codes", "kinds"):
        if key in data and len(data) == 1:
            data = data[key]
    found: list[Row] = []
    for name, value in data.items():
        if isinstance(value, Mapping) and all(isinstance(v, Mapping) for v in value.values()):
            found += [{"section": name, "code": code, **entry} for code, entry in value.items()]
        elif isinstance(value, Mapping):
            found.append({"code": name, **value})
        elif isinstance(value, list) and all(isinstance(v, Mapping) for v in value):
            found += [{"section": name, **entry} for entry in value]
        else:
            found.append({"code": name, "title": value})
    return found


def rulesets() -> list[Row]:
    """Return the rulesets, each with its sentences on what is published and what is our reading."""
    shown = ("name", "version", "title", "published", "reading")
    return [{key: vocab.table(f"rulesets/{name}")[key] for key in shown} for name in NAMES]


def messages(kind: str) -> list[Row]:
    """Return codes of findings or errors, and what each means."""
    codes = dict(vocab.table("inputs")[kind])
    if kind == "findings":
        codes |= vocab.table("findings")["codes"]
    return [{"code": code, "means": entry["means"]} for code, entry in sorted(codes.items())]
