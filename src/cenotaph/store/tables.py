"""The tables of a record. A change here needs a migration beside it; a test compares the two."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)

# What decides the meaning of a record and holds for all of it: its country, its ruleset.
settings = Table(
    "settings",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)

# Bytes as they came in, each once.
captures = Table(
    "captures",
    metadata,
    Column("id", String, primary_key=True),
    Column("sha256", String, nullable=False, unique=True),
    Column("media_type", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# The gazetteers a record is read with, first in precedence first. The file of a gazetteer that the
# user gave is kept as a capture; the default one comes with the program and is kept by its hash.
gazetteers = Table(
    "gazetteers",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("version", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("licence", String),
    Column("attribution", Text),
    Column("entries", Integer, nullable=False),
    Column("capture_id", ForeignKey("captures.id")),
)

# One readable text a row, under the identifier it came with. Which of several identical texts is
# the original follows from their days and identifiers, and is stored nowhere.
documents = Table(
    "documents",
    metadata,
    Column("id", String, primary_key=True),
    Column("capture_id", ForeignKey("captures.id"), nullable=False),
    Column("name", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("text_sha256", String, nullable=False),
    Column("title", Text),
    Column("publisher", Text),
    Column("published", Date),
    Column("lang", String),
    Column("country", String),
    Column("note", Text),
    Column("findings", Text, nullable=False),
    Column("author", Text),
    Column("url", Text),
    # What made the text of the bytes, with its version, and of which part of them.
    Column("reader", String),
    Column("part", Text),
    # A coded row: the recorder and the cells, as JSON.
    Column("coded", Text),
    # The document of an older reader, made of the same bytes, that this one stands in for.
    Column("replaces", String),
    Index("ix_documents_text_sha256", "text_sha256"),
)

# What came in and could not be read, with its bytes and the reason.
quarantine = Table(
    "quarantine",
    metadata,
    Column("id", String, primary_key=True),
    Column("claimed_id", Text),
    Column("name", String, nullable=False),
    Column("capture_id", ForeignKey("captures.id")),
    Column("code", String, nullable=False),
    Column("message", Text, nullable=False),
)

# Everything that entered or was decided, in order (see `store.log`). `subject`, `kind` and `token`
# stand in the line too, and here to find it by.
log = Table(
    "log",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("subject", String),
    Column("token", String, unique=True),
    Column("line", Text, nullable=False),
    Column("hash", String, nullable=False),
    Column("signature", String, nullable=False),
    Index("ix_log_kind", "kind"),
    Index("ix_log_subject", "subject"),
)

# The key that signs the log. It stays in the file: a record must go on wherever it is carried.
keys = Table(
    "keys",
    metadata,
    Column("public", String, primary_key=True),
    Column("private", LargeBinary, nullable=False),
)

# Readings of documents, kept to save time: a row may be dropped at any moment and is made again.
# `key` stands for everything a reading depends on beside its document.
readings = Table(
    "readings",
    metadata,
    Column("document_id", ForeignKey("documents.id"), primary_key=True),
    Column("key", String, nullable=False),
    Column("failed", Boolean, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# Feeds that are watched: what the server last said, and when to ask again.
feeds = Table(
    "feeds",
    metadata,
    Column("url", String, primary_key=True),
    Column("etag", Text),
    Column("modified", Text),
    Column("checked_at", String),
    Column("due_at", String),
    Column("failures", Integer, nullable=False),
    Column("message", Text),
)

# What was seen in a feed, and what became of it.
feed_entries = Table(
    "feed_entries",
    metadata,
    Column("feed_url", ForeignKey("feeds.url"), primary_key=True),
    Column("entry", String, primary_key=True),
    Column("document_id", String),
    Column("state", String, nullable=False),
    Column("seen_at", String, nullable=False),
)


def put(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a row whose values are what SQLite takes, or days.

    It is what `insert` does, at a fifth of its time: an ingest is made of little else.
    """
    values = [each.isoformat() if isinstance(each, date) else each for each in row.values()]
    places = ", ".join("?" * len(row))
    connection.exec_driver_sql(
        f"INSERT INTO {table.name} ({', '.join(row)}) VALUES ({places})", tuple(values)
    )
