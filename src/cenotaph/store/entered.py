"""What the log says of things that entered a record: their names, their hashes, what is known."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, select

from cenotaph.store import log, tables

Row = Mapping[str, Any]

DOCUMENT = (
    "id", "name", "text_sha256", "title", "publisher", "published", "lang", "country", "note",
    "author", "url", "reader", "part", "replaces",
)  # fmt: skip


def of_capture(row: Row) -> dict[str, Any]:
    """Return what is logged of kept bytes."""
    return {name: row[name] for name in ("id", "sha256", "size", "media_type")}


def of_document(row: Row) -> dict[str, Any]:
    """Return what is logged of a document. What is unknown is left out."""
    payload: dict[str, Any] = {"capture": row["capture_id"]}
    for name in DOCUMENT:
        value = row.get(name)
        if value is not None:
            payload[name] = value if isinstance(value, str) else value.isoformat()
    if row.get("coded") is not None:
        payload["coded"] = msgspec.json.decode(row["coded"])
    findings = msgspec.json.decode(row["findings"])
    if findings:
        payload["findings"] = findings
    return payload


def of_quarantined(row: Row) -> dict[str, Any]:
    """Return what is logged of an input that could not be read."""
    names = ("id", "claimed_id", "name", "code", "message")
    return {name: row[name] for name in names if row[name] is not None} | {
        "capture": row["capture_id"]
    }


def of_gazetteer(row: Row) -> dict[str, Any]:
    """Return what is logged of a gazetteer that a record is read with."""
    return {name: value for name, value in row.items() if value is not None}


KINDS = {
    "capture": (tables.captures, "id", of_capture),
    "gazetteer": (tables.gazetteers, "position", of_gazetteer),
    "document": (tables.documents, "id", of_document),
    "quarantine": (tables.quarantine, "id", of_quarantined),
}
"""Each kind of entry about a row: its table, the column that names it, and what is logged of it."""


def capture(connection: Connection, row: Row) -> None:
    """Log that bytes were kept; `row` is that of the table."""
    log.append(connection, "capture", of_capture(row), subject=row["id"])


def document(connection: Connection, row: Row) -> None:
    """Log that a document was added; `row` is that of the table."""
    log.append(connection, "document", of_document(row), subject=row["id"])


def quarantined(connection: Connection, row: Row) -> None:
    """Log that an input could not be read; `row` is that of the table."""
    log.append(connection, "quarantine", of_quarantined(row), subject=row["id"])


def gazetteer(connection: Connection, row: Row) -> None:
    """Log that a record is read with a gazetteer; `row` is that of the table."""
    log.append(connection, "gazetteer", of_gazetteer(row), subject=row["name"])


def settings(connection: Connection, values: Mapping[str, str]) -> None:
    """Log what holds for the whole record."""
    log.append(connection, "settings", dict(values))


def rows(connection: Connection, table: Table, *, by: str) -> Iterator[Row]:
    """Yield the rows of a table without their bytes and texts, in a fixed order."""
    columns = [each for each in table.c if each.name not in ("content", "text")]
    for row in connection.execute(select(*columns).order_by(table.c[by])).mappings():
        yield dict(row)


def adopt(connection: Connection) -> None:
    """Begin the log of a record made before there was one, and enter all that it holds."""
    log.begin(connection, {"adopted": True})
    known = select(tables.settings.c.name, tables.settings.c.value)
    settings(connection, {row.name: row.value for row in connection.execute(known)})
    for kind, (table, key, payload) in KINDS.items():
        for row in list(rows(connection, table, by=key)):
            subject = row["name"] if kind == "gazetteer" else row[key]
            log.append(connection, kind, payload(row), subject=subject)
