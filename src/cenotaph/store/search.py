"""Full-text search over the texts of a record. The index is derived and may be dropped.

Words are folded as names are (case, accents, vowel signs, hamza seats, ta marbuta, alef, tatweel)
before they are indexed and before they are looked up, so that any spelling finds any other. Only
the words are kept in the index, not the text again.
"""

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from sqlalchemy import Connection

from cenotaph.model import DocumentId
from cenotaph.spelling import fold, fold_text
from cenotaph.store.documents import last_document
from cenotaph.store.record import NoRoom, Record

BATCH = 500
"""Texts indexed in one transaction."""

_TABLES = (
    "CREATE TABLE IF NOT EXISTS searched (number INTEGER PRIMARY KEY, document_id VARCHAR UNIQUE)",
    "CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5("
    "folded, content='', detail=full, tokenize=\"unicode61 remove_diacritics 0\")",
)
_UNINDEXED = (
    "SELECT id, coalesce(title, '') || ' ' || text FROM documents "
    "WHERE id NOT IN (SELECT document_id FROM searched) ORDER BY id LIMIT ?"
)


_DONE: "WeakKeyDictionary[Record, int]" = WeakKeyDictionary()
"""Of each open record up to which of its documents all are indexed."""


def index(record: Record) -> int:
    """Index every text that is not yet; return how many were. A record's texts never change.

    Where the disk is full the rest stays without an index, and is not found by its words.
    """
    with record.reader() as connection:
        last = last_document(connection)
    if not record.writable or _DONE.get(record) == last:
        return 0
    done = 0
    while True:
        try:
            rows = _batch(record)
        except NoRoom:
            break
        done += rows
        if rows < BATCH:
            _DONE[record] = last
            break
    return done


def _batch(record: Record) -> int:
    with record.writer() as connection:
        for statement in _TABLES:
            connection.exec_driver_sql(statement)
        rows = connection.exec_driver_sql(_UNINDEXED, (BATCH,)).all()
        for id_, text in rows:
            made = connection.exec_driver_sql(
                "INSERT INTO searched (document_id) VALUES (?)", (id_,)
            )
            connection.exec_driver_sql(
                "INSERT INTO words (rowid, folded) VALUES (?, ?)",
                (made.lastrowid, fold_text(text)),
            )
    return len(rows)


def search(record: Record, words: str, *, limit: int = 10_000) -> list[DocumentId]:
    """Return the documents that hold all of these words, the best first; the last is a beginning.

    Words in quotation marks must stand together. Nothing is found where nothing is indexed.
    """
    asked = query(words)
    if not asked:
        return []
    with record.reader() as connection:
        if not _indexed(connection):
            return []
        rows = connection.exec_driver_sql(
            "SELECT document_id FROM words JOIN searched ON number = words.rowid "
            "WHERE words MATCH ? ORDER BY rank, document_id LIMIT ?",
            (asked, limit),
        )
        return [DocumentId(row[0]) for row in rows]


def holding(record: Record, words: str) -> set[DocumentId]:
    """Return all documents that hold these words, as `search` finds them; in no order."""
    asked = query(words)
    with record.reader() as connection:
        if not asked or not _indexed(connection):
            return set()
        rows = connection.exec_driver_sql(
            "SELECT document_id FROM searched WHERE number IN "
            "(SELECT rowid FROM words WHERE words MATCH ?)",
            (asked,),
        )
        # All at once: one by one a row takes ten times as long, and a frequent word is in most.
        return set(rows.scalars().all())


def _indexed(connection: Connection) -> bool:
    found = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'words'")
    return found.first() is not None


def query(words: str) -> str:
    """Return what a person typed as the index is asked: every sign of its language is a word."""
    parts = [f'"{each}"' for each in phrases(words)]
    if parts and not words.rstrip().endswith('"'):
        parts[-1] += "*"
    return " ".join(parts)


def phrases(words: str) -> Iterator[str]:
    """Yield the folded words of a question, those in quotation marks together."""
    for number, part in enumerate(words.split('"')):
        folded = fold(part)
        if number % 2:
            if folded:
                yield folded
        else:
            yield from folded.split()
