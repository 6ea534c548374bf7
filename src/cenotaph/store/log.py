"""The log of a record: everything that entered or was decided, each entry sealing the last.

An entry is a line of canonical JSON (RFC 8785) that names the SHA-256 of the entry before it and is
signed with the record's Ed25519 key. It is written in the transaction of what it records, so that
neither is ever there without the other.

The columns of this table and the form of an entry never change: what was exported must stay
checkable by anyone (docs/verify_log.py).
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import Connection, insert, select

from cenotaph.store import tables

NOTHING = "0" * 64
"""What the first entry names as the one before it."""

SEAL = b"cenotaph log entry\x00"
"""Stands before what is signed, so that a signature of an entry is one of nothing else."""

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry. `line` are the canonical bytes that are hashed and signed."""

    sequence: int
    at: str
    kind: str
    payload: Mapping[str, Any]
    previous: str
    line: bytes
    hash: str
    signature: str
    token: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The state of a log at one moment: its last entry, and the key that signs it.

    Whoever keeps a head can tell later whether anything up to it was changed.
    """

    record: str
    sequence: int
    hash: str
    at: str
    key: str
    signature: str


class Readable(Protocol):
    """A record, as far as its log is asked for."""

    def reader(self) -> AbstractContextManager[Connection]:
        """Give a connection that reads one state of it."""
        ...


def begin(connection: Connection, about: Mapping[str, Any]) -> Entry:
    """Make the key of a record and the first entry of its log, which names the record."""
    key = Ed25519PrivateKey.generate()
    row = {"public": key.public_key().public_bytes_raw().hex(), "private": key.private_bytes_raw()}
    connection.execute(insert(tables.keys), row)
    return append(connection, "record", {"format": FORMAT, "key": row["public"], **about})


def append(
    connection: Connection,
    kind: str,
    payload: Mapping[str, Any],
    *,
    subject: str | None = None,
    token: str | None = None,
) -> Entry:
    """Add an entry within a writing transaction and return it.

    `subject` is what the entry is about, to find it by. An entry with the `token` of an earlier one
    is that one: nothing is added, so that whoever does not know whether an entry was kept may send
    it again.
    """
    table = tables.log
    if token is not None:
        known = connection.execute(select(table).where(table.c.token == token)).first()
        if known is not None:
            return parsed(known.line.encode(), known.signature)
    last = connection.exec_driver_sql(
        "SELECT sequence, hash FROM log ORDER BY sequence DESC LIMIT 1"
    ).first()
    content = {
        "at": now(),
        "kind": kind,
        "payload": dict(payload),
        "previous": NOTHING if last is None else last[1],
        "sequence": 1 if last is None else last[0] + 1,
    }
    if token is not None:
        content["token"] = token
    line = rfc8785.dumps(content)
    entry = parsed(line, signing_key(connection).sign(SEAL + line).hex())
    row = (entry.sequence, kind, subject, token, line.decode(), entry.hash, entry.signature)
    connection.exec_driver_sql(
        "INSERT INTO log (sequence, kind, subject, token, line, hash, signature)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        row,
    )
    return entry


class KeyDamaged(Exception):
    """A record whose key cannot sign what its log would have to hold."""


def signing_key(connection: Connection) -> Ed25519PrivateKey:
    """Return the key of the record, read once for a connection. Raises KeyDamaged.

    What is signed with another key than the log begins with could never be verified, nor taken
    back.
    """
    key = connection.info.get("signing key")
    if key is None:
        if not is_whole(connection):
            raise KeyDamaged("its key is damaged, so that nothing can be added to its log")
        private = connection.execute(select(tables.keys.c.private)).scalar_one()
        key = connection.info["signing key"] = Ed25519PrivateKey.from_private_bytes(private)
    assert isinstance(key, Ed25519PrivateKey)
    return key


def is_whole(connection: Connection) -> bool:
    """Tell whether the record's key is one, and the one that it shows."""
    keys = connection.execute(select(tables.keys.c.private, tables.keys.c.public)).all()
    try:
        ((private, public),) = keys
        known = Ed25519PrivateKey.from_private_bytes(private).public_key()
    except (ValueError, TypeError):
        return False
    return bool(known.public_bytes_raw().hex() == public)


def now() -> str:
    """Return the time as entries have it: UTC, in milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parsed(line: bytes, signature: str) -> Entry:
    """Return the entry of canonical bytes. Raises ValueError or KeyError for anything else."""
    content = json.loads(line)
    if not isinstance(content, dict) or not isinstance(content["payload"], dict):
        raise ValueError("it is no object with a payload")
    return Entry(
        sequence=content["sequence"],
        at=content["at"],
        kind=content["kind"],
        payload=content["payload"],
        previous=content["previous"],
        line=line,
        hash=hashlib.sha256(line).hexdigest(),
        signature=signature,
        token=content.get("token"),
    )


def entries(
    record: Readable, *, since: int = 0, kinds: Collection[str] = (), subject: str | None = None
) -> Iterator[Entry]:
    """Yield the entries after the one numbered `since`, in order; of some kinds or one subject."""
    table = tables.log
    query = select(table.c.line, table.c.signature).where(table.c.sequence > since)
    if kinds:
        query = query.where(table.c.kind.in_(sorted(kinds)))
    if subject is not None:
        query = query.where(table.c.subject == subject)
    with record.reader() as connection:
        for line, signature in connection.execute(query.order_by(table.c.sequence)):
            yield parsed(line.encode(), signature)


def head(record: Readable) -> Head:
    """Return the head of a record's log."""
    with record.reader() as connection:
        return head_of(connection)


def head_of(connection: Connection) -> Head:
    """Return the head of the log that a connection sees."""
    table = tables.log
    query = select(table.c.line, table.c.signature)
    first = connection.execute(query.order_by(table.c.sequence).limit(1)).one()
    last = connection.execute(query.order_by(table.c.sequence.desc()).limit(1)).one()
    begun = parsed(first.line.encode(), first.signature)
    entry = parsed(last.line.encode(), last.signature)
    return Head(
        record=begun.hash,
        sequence=entry.sequence,
        hash=entry.hash,
        at=entry.at,
        key=begun.payload["key"],
        signature=entry.signature,
    )


def is_signed(entry: Entry, key: str) -> bool:
    """Tell whether an entry carries a signature of this public key, in its one proper spelling."""
    try:
        signature = bytes.fromhex(entry.signature)
        if signature.hex() != entry.signature:
            return False
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, SEAL + entry.line)
    except (ValueError, InvalidSignature):
        return False
    return True
