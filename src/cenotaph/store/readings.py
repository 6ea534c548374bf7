"""Readings kept to save time. They are derived: dropping them all loses nothing but that time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import delete, insert, select

from cenotaph.model import DocumentId
from cenotaph.store import tables
from cenotaph.store.record import Record

MANY = 500

Kept = tuple[DocumentId, bool, bytes]
"""A document, whether reading it failed, and the reading as bytes."""


def missing(record: Record, keys: Mapping[DocumentId, str]) -> list[DocumentId]:
    """Return the documents without a reading under the key that each should have."""
    table = tables.readings
    ids, have = list(keys), set[tuple[str, str]]()
    with record.reader() as connection:
        for at in range(0, len(ids), MANY):
            query = select(table.c.document_id, table.c.key)
            some = table.c.document_id.in_(ids[at : at + MANY])
            have.update((row[0], row[1]) for row in connection.execute(query.where(some)))
    return [id_ for id_, key in keys.items() if (id_, key) not in have]


def save(record: Record, kept: Iterable[Kept], *, keys: Mapping[DocumentId, str]) -> None:
    """Keep readings in one transaction, each in place of any older one of its document."""
    table = tables.readings
    with record.writer() as connection:
        for document, failed, content in kept:
            connection.execute(delete(table).where(table.c.document_id == document))
            row = {
                "document_id": document,
                "key": keys[document],
                "failed": failed,
                "content": content,
            }
            connection.execute(insert(table), row)


def readings(record: Record, keys: Mapping[DocumentId, str]) -> Iterator[Kept]:
    """Yield the readings kept of these documents under the key of each, in their order."""
    table = tables.readings
    ids = list(keys)
    for at in range(0, len(ids), MANY):
        some = ids[at : at + MANY]
        query = select(table).where(table.c.document_id.in_(some))
        with record.reader() as connection:
            rows = {
                row.document_id: row
                for row in connection.execute(query)
                if row.key == keys[row.document_id]
            }
        for id_ in some:
            if id_ in rows:
                yield id_, rows[id_].failed, rows[id_].content


def earlier(record: Record, ids: Sequence[DocumentId]) -> dict[DocumentId, tuple[str, bytes]]:
    """Return the last reading kept of each document with its key, whoever made it."""
    table = tables.readings
    found: dict[DocumentId, tuple[str, bytes]] = {}
    with record.reader() as connection:
        for at in range(0, len(ids), MANY):
            query = select(table.c.document_id, table.c.key, table.c.content).where(
                table.c.document_id.in_(ids[at : at + MANY]), ~table.c.failed
            )
            for id_, key, content in connection.execute(query):
                found[DocumentId(id_)] = key, content
    return found


def reading(record: Record, id_: DocumentId, *, key: str) -> bytes | None:
    """Return the reading of one document kept under `key`, or None."""
    for _, _, content in readings(record, {id_: key}):
        return content
    return None


def forget(record: Record) -> None:
    """Drop all readings."""
    with record.writer() as connection:
        connection.execute(delete(tables.readings))
