"""What people decided of reports: what is known of them beside their text."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from cenotaph.model import Decision, DecisionKind, Document, DocumentId, Json

Known = Mapping[str, str | None]
"""Metadata that a person set, by its name; None where it was taken away."""


def metadata(held: Sequence[Decision]) -> dict[DocumentId, dict[str, str | None]]:
    """Return what was set for each document, the last value of each name."""
    known: dict[DocumentId, dict[str, str | None]] = {}
    for each in held:
        if each.kind is DecisionKind.SET_METADATA:
            for subject in each.subjects:
                of = known.setdefault(DocumentId(subject), {})
                of.update({name: _text(value) for name, value in each.value.items()})
    return known


def _text(value: Json) -> str | None:
    return None if value is None else str(value)


def described(document: Document, known: Known) -> Document:
    """Return a document with the metadata that a person set; its text and bytes are not touched."""
    values: dict[str, str | date | bool | None] = dict(known)
    if "published" in known:
        day = known["published"]
        values["day_settled"] = True
        values["published"] = None if day is None else date.fromisoformat(day)
    return replace(document, **values)  # type: ignore[arg-type]
