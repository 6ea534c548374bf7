"""Documents in and out of a record."""

import enum
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import Connection, Row, func, insert, select

from cenotaph.model import CodedRow, Document, DocumentId, Finding, make_id
from cenotaph.store import entered, tables
from cenotaph.store.record import Record, capture_id, keep

MANY = 500
"""Rows asked for at once; SQLite limits the values of one question."""


class Outcome(enum.StrEnum):
    """What became of an input.

    stored: a new text; duplicate: a text that is there under another identifier, stored beside it;
    unchanged: the same identifier with the same text, nothing done; quarantined: not read, with its
    bytes and the reason kept; failed: not read, and nothing there to keep.
    """

    STORED = "stored"
    DUPLICATE = "duplicate"
    UNCHANGED = "unchanged"
    QUARANTINED = "quarantined"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """Something to add: a document, or (`document` None) an input not read, and why."""

    raw: bytes | None = field(repr=False)
    media_type: str
    name: str
    document: Document | None = None
    findings: tuple[Finding, ...] = ()
    claimed_id: str | None = None
    code: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of one input; `code` and `message` where it was not stored."""

    id: str | None
    name: str
    outcome: Outcome
    code: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A document as a list shows it. `original` is itself, or the document it is a copy of."""

    id: DocumentId
    original: DocumentId
    name: str
    published: date | None
    title: str | None
    publisher: str | None
    lang: str | None
    country: str | None
    note: str | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """An input that could not be read; `since` tells that reports were made of its bytes later."""

    id: str
    claimed_id: str | None
    name: str
    code: str
    message: str
    capture: str
    since: bool = False


def add(record: Record, inputs: Iterable[Input]) -> list[Added]:
    """Add inputs in one transaction and tell what became of each.

    The same identifier with the same text changes nothing. Another text that another reader made of
    the same bytes becomes a document that replaces the one there; any other text is refused with
    the code `id-taken`, its bytes kept in quarantine.
    """
    with record.writer() as connection:
        return [add_one(connection, each) for each in inputs]


def add_one(connection: Connection, given: Input) -> Added:
    """Add one input within a transaction."""
    document = given.document
    if document is None:
        return set_aside(connection, given, code=given.code, message=given.message)
    digest = text_digest(document.text)
    table = tables.documents
    id_: str = document.id
    standing = versions(connection, id_)
    if standing:
        newest = standing[-1]
        if digest == newest.text_sha256 or (digest, document.reader) in {
            (each.text_sha256, each.reader) for each in standing
        }:
            return Added(id=newest.id, name=given.name, outcome=Outcome.UNCHANGED)
        id_ = version_id(document.id, len(standing) + 1)
        if not is_newer(given, newest) or versions(connection, id_):
            message = f"The id {document.id!r} is taken by another text."
            return set_aside(connection, given, code="id-taken", message=message)
    twin = connection.exec_driver_sql(
        "SELECT 1 FROM documents WHERE text_sha256 = ? LIMIT 1", (digest,)
    ).first()
    row = {
        "id": id_,
        "capture_id": keep(connection, given.raw or b"", given.media_type),
        "name": given.name,
        "text": document.text,
        "text_sha256": digest,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "lang": document.lang,
        "country": document.country,
        "note": document.note,
        "author": document.author,
        "url": document.url,
        "reader": document.reader,
        "part": document.part,
        "replaces": standing[-1].id if standing else None,
        "coded": None if document.coded is None else msgspec.json.encode(document.coded).decode(),
        "findings": msgspec.json.encode(given.findings).decode(),
    }
    tables.put(connection, table, row)
    entered.document(connection, row)
    outcome = Outcome.STORED if twin is None else Outcome.DUPLICATE
    return Added(id=id_, name=given.name, outcome=outcome)


def versions(connection: Connection, id_: str) -> list[Row[Any]]:
    """Return the document of an identifier and those that replaced it in turn, the newest last."""
    found: list[Row[Any]] = []
    while True:
        row = connection.exec_driver_sql(
            "SELECT id, text_sha256, capture_id, reader, part, replaces FROM documents"
            " WHERE id = ?",
            (version_id(id_, len(found) + 1),),
        ).first()
        if row is None or (found and row.replaces != found[-1].id):
            return found
        found.append(row)


def version_id(id_: str, number: int) -> str:
    """Return the identifier of the document that a newer reader made: "a", then "a~2", "a~3"."""
    return id_ if number == 1 else f"{id_}~{number}"


def is_newer(given: Input, standing: Row[Any]) -> bool:
    """Tell whether an input is what another reader makes of the very bytes of a document."""
    document = given.document
    if document is None or document.reader is None or standing.reader is None:
        return False
    capture = capture_id(hashlib.sha256(given.raw or b"").hexdigest())
    return (capture, document.part) == (
        standing.capture_id,
        standing.part,
    ) and document.reader != standing.reader


def set_aside(connection: Connection, given: Input, *, code: str, message: str) -> Added:
    """Keep an input that was not read, once, with its reason."""
    claimed = given.document.id if given.document else given.claimed_id
    answer = Added(id=claimed, name=given.name, outcome=Outcome.FAILED, code=code, message=message)
    if given.raw is None:
        return answer
    capture = keep(connection, given.raw, given.media_type)
    id_ = make_id("qua", claimed, capture, code)
    table = tables.quarantine
    if connection.execute(select(table.c.id).where(table.c.id == id_)).first() is None:
        row = {
            "id": id_,
            "claimed_id": claimed,
            "name": given.name,
            "capture_id": capture,
            "code": code,
            "message": message,
        }
        connection.execute(insert(table), row)
        entered.quarantined(connection, row)
    return Added(
        id=claimed, name=given.name, outcome=Outcome.QUARANTINED, code=code, message=message
    )


def text_digest(text: str) -> str:
    """Return the digest by which equal texts are told."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def listed(record: Record, only: Sequence[str] | None = None) -> list[Listed]:
    """Return every document that stands, by identifier, each with the original it stands beside.

    One that another replaces does not stand (see `replaced`). With `only`, return those whose text
    is that of one of these documents, or of one that these replace.

    Of identical texts the original is the one published first, then the first by identifier; one
    without a day cannot claim to have been first. The order of adding has no part in it.
    """
    table = tables.documents
    query = select(
        table.c.id,
        table.c.text_sha256,
        table.c.name,
        table.c.published,
        table.c.title,
        table.c.publisher,
        table.c.lang,
        table.c.country,
        table.c.note,
        table.c.findings,
        table.c.replaces,
    )
    with record.reader() as connection:
        if only is None:
            rows = sorted(connection.execute(query), key=lambda row: str(row.id))
            gone = {row.replaces for row in rows}
        else:
            digests = sorted(_digests(connection, only))
            rows = []
            for at in range(0, len(digests), MANY):
                wanted = table.c.text_sha256.in_(digests[at : at + MANY])
                rows += connection.execute(query.where(wanted)).all()
            rows.sort(key=lambda row: str(row.id))
            gone = {row.id for row in rows if len(versions(connection, row.id)) > 1}
            gone |= {row.replaces for row in rows}
    rows = [row for row in rows if row.id not in gone]
    originals: dict[str, Any] = {}
    for row in rows:
        best = originals.setdefault(row.text_sha256, row)
        if (row.published or date.max, row.id) < (best.published or date.max, best.id):
            originals[row.text_sha256] = row
    return [
        Listed(
            id=row.id,
            original=originals[row.text_sha256].id,
            name=row.name,
            published=row.published,
            title=row.title,
            publisher=row.publisher,
            lang=row.lang,
            country=row.country,
            note=row.note,
            findings=msgspec.json.decode(row.findings, type=tuple[Finding, ...]),
        )
        for row in rows
    ]


def noted(connection: Connection) -> Iterator[Finding]:
    """Yield what was found of documents when they came in, by identifier, of those that stand."""
    rows = connection.exec_driver_sql(
        "SELECT findings FROM documents WHERE findings != '[]' AND id NOT IN "
        "(SELECT replaces FROM documents WHERE replaces IS NOT NULL) ORDER BY id"
    )
    for (content,) in rows:
        yield from msgspec.json.decode(content, type=tuple[Finding, ...])


def document_count(record: Record) -> int:
    """Return how many documents a record holds, those that another replaces too."""
    with record.reader() as connection:
        query = select(func.count()).select_from(tables.documents)
        return int(connection.execute(query).scalar_one())


def _digests(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Return the digests of the texts of documents, and of those that they replace."""
    found: set[str] = set()
    left = list(ids)
    while left:
        some, left = left[:MANY], left[MANY:]
        marks = ", ".join("?" * len(some))
        rows = connection.exec_driver_sql(
            f"SELECT text_sha256, replaces FROM documents WHERE id IN ({marks})", tuple(some)
        )
        for digest, before in rows:
            found.add(digest)
            if before is not None:
                left.append(before)
    return found


_SEEN: "WeakKeyDictionary[Record, tuple[int, dict[DocumentId, DocumentId]]]" = WeakKeyDictionary()
"""Of each open record up to which of its documents was looked, and what these replace."""


def last_document(connection: Connection) -> int:
    """Return a number that rises with each document; none is ever changed or taken out."""
    return int(connection.exec_driver_sql("SELECT max(rowid) FROM documents").scalar() or 0)


def replaced(record: Record) -> dict[DocumentId, DocumentId]:
    """Return, for each document that a newer reader's replaces, the newest of them."""
    until, by = _SEEN.get(record, (0, {}))
    with record.reader() as connection:
        last = last_document(connection)
        if last > until:
            rows = connection.exec_driver_sql(
                "SELECT replaces, id FROM documents WHERE rowid > ? AND replaces IS NOT NULL"
                " ORDER BY rowid",
                (until,),
            )
            by = by | {DocumentId(old): DocumentId(new) for old, new in rows}
            _SEEN[record] = last, by
    newest: dict[DocumentId, DocumentId] = {}
    for old, new in by.items():
        while new in by:
            new = by[new]
        newest[old] = new
    return newest


def documents(record: Record, ids: Sequence[DocumentId]) -> Iterator[Document]:
    """Yield the documents of these identifiers, in their order; what is not there is left out."""
    table = tables.documents
    for at in range(0, len(ids), MANY):
        some = ids[at : at + MANY]
        with record.reader() as connection:
            rows = {
                row.id: row for row in connection.execute(select(table).where(table.c.id.in_(some)))
            }
        for id_ in some:
            if id_ in rows:
                yield made(rows[id_])


def made(row: Row[Any]) -> Document:
    """Return the document of a row."""
    return Document(
        id=row.id,
        text=row.text,
        capture=row.capture_id,
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        lang=row.lang,
        country=row.country,
        note=row.note,
        author=row.author,
        url=row.url,
        reader=row.reader,
        part=row.part,
        coded=None if row.coded is None else msgspec.json.decode(row.coded, type=CodedRow),
    )


def quarantined(record: Record) -> list[Quarantined]:
    """Return what could not be read, in a fixed order."""
    table = tables.quarantine
    made = select(tables.documents.c.id).where(tables.documents.c.capture_id == table.c.capture_id)
    query = select(table, made.exists().label("since")).order_by(table.c.id)
    with record.reader() as connection:
        return [
            Quarantined(
                id=row.id,
                claimed_id=row.claimed_id,
                name=row.name,
                code=row.code,
                message=row.message,
                capture=row.capture_id,
                since=bool(row.since),
            )
            for row in connection.execute(query)
        ]
