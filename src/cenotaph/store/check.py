"""Whether a record still holds what it was given: its log, and every byte and word against it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785
from sqlalchemy import Connection, select

from cenotaph.store import entered, log, stamps, tables
from cenotaph.store.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that does not hold: `where` names the entry, capture, document or reading."""

    where: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """What is known of a log from elsewhere: the hash of one entry, perhaps that of the first."""

    sequence: int
    hash: str
    record: str | None = None


def check(record: Record, *, pins: tuple[Pin, ...] = ()) -> Iterator[Fault]:
    """Yield what does not hold, the first first: the file, the log, then what the log speaks of.

    All is seen in one state, whatever others write meanwhile. `pins` are heads that were kept
    elsewhere: without one, a log that was written anew as a whole cannot be told from the first.
    """
    with record.reader() as connection:
        yield from file(connection, encrypted=record.encrypted)
        known = Known()
        faulty = False
        for fault in chain(connection, known, pins):
            faulty = True
            yield fault
        # Where the log itself does not hold, its time-stamps are not asked.
        for sequence, message in () if faulty else stamps.broken(connection):
            yield Fault(where=f"log entry {sequence}", message=message)
        yield from things(connection, known)
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield Fault(where=f"table {row[0]}", message=f"row {row[1]} points to nothing")


class Known:
    """What the log says that the record holds, by kind and name."""

    def __init__(self) -> None:
        self.payloads: dict[tuple[str, Any], tuple[int, Mapping[str, Any]]] = {}
        self.settings: dict[str, str] = {}


def file(connection: Connection, *, encrypted: bool) -> Iterator[Fault]:
    """Yield what the database itself complains of; of an encrypted one each page has its seal."""
    if encrypted:
        for (message,) in connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchmany(1):
            yield Fault(where="file", message=f"the file is damaged: {message}")
    for (message,) in connection.exec_driver_sql("PRAGMA integrity_check(1)"):
        if message != "ok":
            yield Fault(where="file", message=f"the file is damaged: {message}")


def chain(connection: Connection, known: Known, pins: tuple[Pin, ...]) -> Iterator[Fault]:
    """Yield what does not hold of the log: numbers, order, hashes, signatures, form, heads."""
    table = tables.log
    previous, expected, key = log.NOTHING, 1, ""
    wanted = {pin.sequence: pin for pin in pins}
    for row in connection.execute(select(table).order_by(table.c.sequence)):
        where = f"log entry {row.sequence}"
        if row.sequence != expected:
            yield Fault(where=where, message=f"entry {expected} should stand here")
            expected = row.sequence
        try:
            line = row.line.encode()
            entry = log.parsed(line, row.signature)
            canonical = rfc8785.dumps(json.loads(line)) == line
        except (ValueError, KeyError, TypeError) as error:
            yield Fault(where=where, message=f"it cannot be read: {error}")
            return
        if entry.sequence == 1:
            key = str(entry.payload.get("key", ""))
        told = (
            (entry.previous == previous, "it does not follow the entry before it"),
            (entry.sequence == row.sequence, "its number is another inside"),
            (canonical, "it is not in canonical form"),
            (entry.hash == row.hash, "its hash is not that of its line"),
            (log.is_signed(entry, key), "its signature is not that of the record's key"),
            (
                (entry.kind, entry.token) == (row.kind, row.token),
                "its kind or token is another inside",
            ),
            (is_about(entry, row.subject), "it stands under another subject"),
        )
        wrong = [message for holds, message in told if not holds]
        yield from (Fault(where=where, message=message) for message in wrong)
        pin = wanted.pop(entry.sequence, None)
        if pin is not None and pin.hash != entry.hash:
            yield Fault(where=where, message="it is not the entry that the kept head names")
        if expected == 1:
            for each in pins:
                if each.record is not None and each.record != entry.hash:
                    yield Fault(where=where, message="this is another record than the kept head's")
        if not wrong:
            note(entry, known)
        previous, expected = entry.hash, expected + 1
    for pin in wanted.values():
        message = f"the log ends at entry {expected - 1}, before the entry that the kept head names"
        yield Fault(where=f"log entry {pin.sequence}", message=message)
    if expected == 1:
        yield Fault(where="log entry 1", message="the log is empty")
    private = connection.execute(select(tables.keys.c.public)).scalars().all()
    if private != [key]:
        yield Fault(where="key", message="the record's key is not the one its log begins with")
    elif not log.is_whole(connection):
        yield Fault(where="key", message="it is damaged: nothing can be added to the record")


def is_about(entry: log.Entry, found_by: str | None) -> bool:
    """Tell whether an entry is found by what it is about."""
    try:
        return subject(entry) == found_by
    except (KeyError, TypeError):
        return False


def subject(entry: log.Entry) -> str | None:
    """Return what an entry is found by."""
    match entry.kind:
        case "capture" | "document" | "quarantine":
            return str(entry.payload["id"])
        case "gazetteer":
            return str(entry.payload["name"])
        case "decision":
            return next(iter(map(str, entry.payload.get("subjects", ()))), None)
        case _:
            return None


def note(entry: log.Entry, known: Known) -> None:
    """Note what an entry says that the record holds."""
    if entry.kind == "settings":
        known.settings.update(entry.payload)
    elif entry.kind in entered.KINDS:
        _, column, _ = entered.KINDS[entry.kind]
        known.payloads[entry.kind, entry.payload.get(column)] = entry.sequence, entry.payload


def things(connection: Connection, known: Known) -> Iterator[Fault]:
    """Yield what does not hold of bytes, texts, gazetteers and settings against the log."""
    left = dict(known.payloads)
    for kind, (table, column, payload) in entered.KINDS.items():
        for row in list(entered.rows(connection, table, by=column)):
            where = f"{kind} {row[column]}"
            sequence, logged = left.pop((kind, row[column]), (None, None))
            if sequence is None:
                yield Fault(where=where, message="it is in no entry of the log")
                continue
            try:
                holds = payload(row) == logged
            except (ValueError, KeyError, TypeError):
                holds = False
            if not holds:
                yield Fault(where=where, message=f"it is not what log entry {sequence} says")
            yield from content(connection, kind, row)
    for (kind, name), (sequence, _) in left.items():
        yield Fault(where=f"{kind} {name}", message=f"it is gone; log entry {sequence} added it")
    rows = connection.execute(select(tables.settings.c.name, tables.settings.c.value))
    if {name: value for name, value in rows} != known.settings:  # noqa: C416
        yield Fault(where="settings", message="they are not what the log says")


def content(connection: Connection, kind: str, row: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what does not hold of the bytes of a capture or the text of a document."""
    if kind == "capture":
        table = tables.captures
        query = select(table.c.content).where(table.c.id == row["id"])
        held = bytes(connection.execute(query).scalar_one())
        if hashlib.sha256(held).hexdigest() != row["sha256"] or len(held) != row["size"]:
            yield Fault(
                where=f"capture {row['id']}", message="its bytes are not those that came in"
            )
        if row["id"] != f"cap-{row['sha256'][:32]}":
            yield Fault(where=f"capture {row['id']}", message="it is not named by its bytes")
    elif kind == "document":
        text = connection.execute(
            select(tables.documents.c.text).where(tables.documents.c.id == row["id"])
        ).scalar_one()
        if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != row["text_sha256"]:
            yield Fault(
                where=f"document {row['id']}", message="its text is not the one that came in"
            )
