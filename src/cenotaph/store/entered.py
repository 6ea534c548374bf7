"""What the log says of things that entered a record: their names, their hashes, what is known."""

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from cenotaph.store import log, tables

DOCUMENT = (
    "id", "name", "text_sha256", "title", "publisher", "published", "lang", "country", "note",
    "author", "url", "reader", "part", "replaces",
)  # fmt: skip


def capture(connection: Connection, row: Mapping[str, Any]) -> None:
    """Log that bytes were kept; `row` is that of the table."""
    payload = {name: row[name] for name in ("id", "sha256", "size", "media_type")}
    log.append(connection, "capture", payload, subject=row["id"])


def document(connection: Connection, row: Mapping[str, Any]) -> None:
    """Log that a document was added; `row` is that of the table. What is unknown is left out."""
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
    log.append(connection, "document", payload, subject=row["id"])


def quarantined(connection: Connection, row: Mapping[str, Any]) -> None:
    """Log that an input could not be read; `row` is that of the table."""
    names = ("id", "claimed_id", "name", "code", "message")
    payload = {name: row[name] for name in names if row[name] is not None}
    payload["capture"] = row["capture_id"]
    log.append(connection, "quarantine", payload, subject=row["id"])


def gazetteer(connection: Connection, row: Mapping[str, Any]) -> None:
    """Log that a record is read with a gazetteer; `row` is that of the table."""
    payload = {name: value for name, value in row.items() if value is not None}
    log.append(connection, "gazetteer", payload, subject=row["name"])


def settings(connection: Connection, values: Mapping[str, str]) -> None:
    """Log what holds for the whole record."""
    log.append(connection, "settings", dict(values))


def adopt(connection: Connection) -> None:
    """Begin the log of a record made before there was one, and enter all that it holds."""
    log.begin(connection, {"adopted": True})
    known = select(tables.settings.c.name, tables.settings.c.value)
    settings(connection, {row.name: row.value for row in connection.execute(known)})
    for table, enter, key in (
        (tables.captures, capture, tables.captures.c.id),
        (tables.gazetteers, gazetteer, tables.gazetteers.c.position),
        (tables.documents, document, tables.documents.c.id),
        (tables.quarantine, quarantined, tables.quarantine.c.id),
    ):
        columns = [each for each in table.c if each.name not in ("content", "text")]
        for row in connection.execute(select(*columns).order_by(key)).mappings().all():
            enter(connection, dict(row))
