"""Time-stamps of heads by others (RFC 3161): kept in the log, and checked without network."""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from cenotaph.store import log, tables
from cenotaph.store.record import Record, RecordError

KIND = "timestamp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A time at which others saw a head; `root` is the SHA-256 of the certificate it is held to."""

    sequence: int
    hash: str
    time: str
    authority: str
    root: str


def message(sequence: int, digest: str) -> bytes:
    """Return what is stamped: a head as `cenotaph head` prints it."""
    return f"{sequence}:{digest}".encode()


def request(head: log.Head) -> bytes:
    """Return a request to stamp a head, as time-stamping authorities take it."""
    from cenotaph.store import authority

    return authority.request(message(head.sequence, head.hash))


def accept(record: Record, response: bytes, *, roots: bytes) -> Stamp:
    """Keep an authority's answer, if it holds for an entry of the log. Raises RecordError.

    `roots` are the certificates (PEM) that the person trusts; they are kept with the answer.
    """
    from cenotaph.store import authority

    with record.writer() as connection:
        imprint = authority.imprint(response)
        table = tables.log
        rows = connection.execute(select(table.c.sequence, table.c.hash))
        for sequence, digest in rows:
            if hashlib.sha256(message(sequence, digest)).digest() == imprint:
                break
        else:
            raise RecordError("This time-stamp is of no entry of this record.")
        payload = {
            "sequence": sequence,
            "hash": digest,
            "response": base64.b64encode(response).decode(),
            "roots": authority.certificates(roots),
        }
        stamp = held(payload)
        log.append(connection, KIND, payload)
        return stamp


def stamps(record: Record) -> Iterator[Stamp]:
    """Yield the time-stamps that hold, each at its own time; others are not shown."""
    for entry in log.entries(record, kinds=(KIND,)):
        try:
            yield held(entry.payload)
        except (RecordError, ValueError, KeyError, TypeError):
            continue


def broken(connection: Connection) -> Iterator[tuple[int, str]]:
    """Yield the entries whose time-stamps do not hold, or are of another entry, and why."""
    table = tables.log
    rows = connection.execute(select(table.c.sequence, table.c.hash))
    known = {row.sequence: row.hash for row in rows}
    query = select(table.c.line, table.c.signature).where(table.c.kind == KIND)
    for line, signature in connection.execute(query.order_by(table.c.sequence)).all():
        entry = log.parsed(line.encode(), signature)
        try:
            stamp = held(entry.payload)
        except (RecordError, ValueError, KeyError, TypeError) as error:
            yield entry.sequence, f"its time-stamp does not hold: {error}"
            continue
        if known.get(stamp.sequence) != stamp.hash:
            yield entry.sequence, "its time-stamp is of no entry of this log"


def held(payload: Mapping[str, Any]) -> Stamp:
    """Return the time-stamp of an entry, checked offline at its own time. Raises RecordError."""
    from cenotaph.store import authority

    sequence, digest = payload["sequence"], payload["hash"]
    time, by, root = authority.checked(
        base64.b64decode(payload["response"]),
        message(sequence, digest),
        roots="".join(payload["roots"]).encode(),
    )
    return Stamp(sequence=sequence, hash=digest, time=time, authority=by, root=root)
