"""Time-stamps of heads by others (RFC 3161): kept in the log, and checked without network."""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)
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
    builder = TimestampRequestBuilder().data(message(head.sequence, head.hash))
    built = builder.hash_algorithm(HashAlgorithm.SHA256).cert_request(cert_request=True).build()
    return bytes(built.as_bytes())


def accept(record: Record, response: bytes, *, roots: bytes) -> Stamp:
    """Keep an authority's answer, if it holds for an entry of the log. Raises RecordError.

    `roots` are the certificates (PEM) that the person trusts; they are kept with the answer.
    """
    with record.writer() as connection:
        found = decoded(response)
        imprint = bytes(found.tst_info.message_imprint.message)
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
            "roots": [each.public_bytes(Encoding.PEM).decode() for each in certificates(roots)],
        }
        try:
            stamp = held(payload)
        except VerificationError as error:
            raise RecordError(f"This time-stamp does not hold: {error}.") from error
        log.append(connection, KIND, payload)
        return stamp


def stamps(record: Record) -> Iterator[Stamp]:
    """Yield the time-stamps that hold, each at its own time; others are not shown."""
    for entry in log.entries(record, kinds=(KIND,)):
        try:
            yield held(entry.payload)
        except (VerificationError, RecordError, ValueError, KeyError, TypeError):
            continue


def broken(connection: Connection) -> Iterator[tuple[int, str]]:
    """Yield the entries whose time-stamps do not hold, or are of another entry, and why."""
    table = tables.log
    known = {row.sequence: row.hash for row in connection.execute(select(table))}
    query = select(table.c.line, table.c.signature).where(table.c.kind == KIND)
    for line, signature in connection.execute(query.order_by(table.c.sequence)).all():
        entry = log.parsed(line.encode(), signature)
        try:
            stamp = held(entry.payload)
        except (VerificationError, RecordError, ValueError, KeyError, TypeError) as error:
            yield entry.sequence, f"its time-stamp does not hold: {error}"
            continue
        if known.get(stamp.sequence) != stamp.hash:
            yield entry.sequence, "its time-stamp is of no entry of this log"


def held(payload: Mapping[str, Any]) -> Stamp:
    """Return the time-stamp of an entry, checked offline at its own time.

    Raises VerificationError, or RecordError where it cannot be read.
    """
    response = decoded(base64.b64decode(payload["response"]))
    roots = certificates("".join(payload["roots"]).encode())
    builder = VerifierBuilder(roots=list(roots))
    data = message(payload["sequence"], payload["hash"])
    builder.build().verify(response, hashlib.sha256(data).digest())
    return Stamp(
        sequence=payload["sequence"],
        hash=payload["hash"],
        time=response.tst_info.gen_time.isoformat().replace("+00:00", "Z"),
        authority=roots[0].subject.rfc4514_string(),
        root=roots[0].fingerprint(hashes.SHA256()).hex(),
    )


def decoded(response: bytes) -> TimeStampResponse:
    """Return an answer of an authority. Raises RecordError."""
    try:
        found = decode_timestamp_response(response)
        found.tst_info  # noqa: B018 an answer without a stamp fails here
    except ValueError as error:
        raise RecordError(f"This is no time-stamp: {error}.") from error
    return found


def certificates(pem: bytes) -> Sequence[x509.Certificate]:
    """Return the certificates of a PEM file. Raises RecordError."""
    try:
        return x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise RecordError(f"This is no certificate: {error}.") from error
