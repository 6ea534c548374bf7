"""Opening and creating the file of a record. Only `create` makes a file."""

import contextlib
import hashlib
import os
import secrets
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, func, insert, select, update
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import NullPool

from cenotaph.model import GazetteerSource, GivenGazetteer
from cenotaph.store import cipher, entered, log, tables

NEWEST = "0003"
APPLICATION = 0x43454E4F
"""The mark of our files in SQLite's header ("CENO"), by which a foreign file is told at once."""

FOREIGN = "{} is another kind of file, not a record of this program."

PATIENCE = 60_000
"""Milliseconds that a writer waits for another."""


class RecordError(Exception):
    """A file that is no record, or cannot be used as one; the message says what to do."""


class NoRoom(RecordError):
    """The disk is full: what is there can be read, and nothing can be added."""


class Locked(RecordError):
    """A record that is encrypted, or may be, and was opened without its passphrase or another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSettings:
    """What holds for a whole record; `default_gazetteer`: the program's own is used too."""

    country: str | None = None
    ruleset: str = "default"
    default_gazetteer: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A gazetteer to be kept with a record: what it is, and its file where the user gave one."""

    source: GazetteerSource
    file_name: str | None = None
    content: bytes | None = field(default=None, repr=False)


class Record:
    """An open record. `reader` and `writer` each give one transaction.

    `key` is that of an encrypted record.
    """

    def __init__(self, path: Path, engine: Engine, key: cipher.Key | None = None) -> None:
        self.path = path
        self.key = key
        self._engine = engine

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def writable(self) -> bool:
        """Tell whether the file may be written."""
        return os.access(self.path, os.W_OK)

    @property
    def encrypted(self) -> bool:
        """Tell whether the file can be read with its passphrase alone."""
        return self.key is not None

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextlib.contextmanager
    def reader(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the record throughout."""
        with explained(self.path), self._engine.connect() as connection, connection.begin():
            yield connection

    def reading(self) -> Connection:
        """Return a connection that sees one state of the record until it is closed."""
        with explained(self.path):
            connection = self._engine.connect()
            connection.begin()
        return connection

    @contextlib.contextmanager
    def writer(self) -> Iterator[Connection]:
        """Give the one connection that may write; all of it is kept, or nothing."""
        with explained(self.path), self._engine.connect() as connection:
            connection = connection.execution_options(writes=True)
            with connection.begin():
                yield connection

    @contextlib.contextmanager
    def kept_open(self) -> Iterator[None]:
        """Keep the file open between transactions.

        Else SQLite moves what each wrote from its log into the file when the connection is closed,
        and waits for the disk three times more. What is acknowledged is on the disk either way.
        """
        with contextlib.ExitStack() as stack:
            with explained(self.path):
                connection = stack.enter_context(self._engine.connect())
                with connection.begin():
                    connection.exec_driver_sql("SELECT 1 FROM sqlite_master").first()
            yield

    def state(self) -> int:
        """Return a number that rises whenever anything comes in or is decided: the log's last."""
        with self.reader() as connection:
            return int(connection.execute(select(func.max(tables.log.c.sequence))).scalar_one())

    def settings(self) -> RecordSettings:
        """Return what holds for the whole record."""
        with self.reader() as connection:
            rows = connection.execute(select(tables.settings.c.name, tables.settings.c.value))
            known = {name: str(value) for name, value in rows}
        return RecordSettings(
            country=known.get("country"),
            ruleset=known["ruleset"],
            default_gazetteer=known["default_gazetteer"] == "yes",
        )

    def gazetteers(self) -> tuple[GivenGazetteer, ...]:
        """Return the gazetteers it is read with, first in precedence first."""
        table = tables.gazetteers
        query = select(
            table.c.name, table.c.version, table.c.sha256, table.c.entries, table.c.capture_id,
            table.c.licence, table.c.attribution,
        ).order_by(table.c.position)  # fmt: skip
        with self.reader() as connection:
            return tuple(
                GivenGazetteer(
                    name=n,
                    version=v,
                    sha256=s,
                    entries=e,
                    capture=c,
                    licence=licence,
                    attribution=whose,
                )
                for n, v, s, e, c, licence, whose in connection.execute(query)
            )

    def content(self, capture: str) -> bytes:
        """Return the bytes of a capture. Raises KeyError where there is none of that identifier."""
        query = select(tables.captures.c.content).where(tables.captures.c.id == capture)
        with self.reader() as connection:
            found = connection.execute(query).scalar_one_or_none()
        if found is None:
            raise KeyError(capture)
        return bytes(found)


def create(
    path: Path,
    settings: RecordSettings,
    gazetteers: Sequence[Given] = (),
    *,
    passphrase: str | None = None,
) -> None:
    """Create an empty record, whole or not at all; encrypted where there is a passphrase.

    Raises RecordError where the path is taken.
    """
    if path.exists() or path.is_symlink():
        raise RecordError(f"{path} exists already; a record is only made where nothing is.")
    if not path.parent.is_dir():
        raise RecordError(f"There is no folder {path.parent} to make {path.name} in.")
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    key = None if passphrase is None else cipher.key_of(passphrase)
    try:
        with (
            explained(path),
            contextlib.closing(Record(draft, connect(draft, key=key, new=True), key)) as record,
        ):
            upgrade(record)
            with record.writer() as connection:
                fill(connection, settings, gazetteers)
        try:
            os.link(draft, path)
        except FileExistsError:
            raise RecordError(f"{path} was made by someone else meanwhile.") from None
        except OSError:  # a file system without links; the check above then has to do
            draft.rename(path)
    finally:
        for leftover in (draft, *(Path(f"{draft}{end}") for end in ("-wal", "-shm", "-journal"))):
            leftover.unlink(missing_ok=True)


def fill(connection: Connection, settings: RecordSettings, gazetteers: Sequence[Given]) -> None:
    """Write what a new record holds."""
    values = {
        "country": settings.country,
        "ruleset": settings.ruleset,
        "default_gazetteer": "yes" if settings.default_gazetteer else "no",
    }
    known = {name: value for name, value in values.items() if value is not None}
    connection.execute(
        insert(tables.settings), [{"name": name, "value": value} for name, value in known.items()]
    )
    log.begin(connection, {})
    entered.settings(connection, known)
    for position, given in enumerate(gazetteers, 1):
        source = given.source
        capture = None
        if given.content is not None:
            capture = keep(connection, given.content, "application/octet-stream")
        row = {
            "position": position,
            "name": given.file_name or source.name,
            "version": source.version,
            "sha256": source.sha256,
            "licence": source.licence,
            "attribution": source.attribution,
            "entries": source.entries,
            "capture_id": capture,
        }
        connection.execute(insert(tables.gazetteers), row)
        entered.gazetteer(connection, row)


def renote(record: Record, source: GazetteerSource) -> None:
    """Note the program's own gazetteer as it is now in place of the one noted before.

    The log keeps both. Raises RecordError where the record does not use it.
    """
    table = tables.gazetteers
    with record.writer() as connection:
        query = select(table).where(table.c.capture_id.is_(None))
        row = connection.execute(query).mappings().first()
        if row is None:
            raise RecordError("This record is not read with the program's own gazetteer.")
        now = dict(row) | {
            "version": source.version,
            "sha256": source.sha256,
            "licence": source.licence,
            "attribution": source.attribution,
            "entries": source.entries,
        }
        connection.execute(update(table).where(table.c.position == row["position"]).values(now))
        entered.gazetteer(connection, now)


def capture_id(digest: str) -> str:
    """Return the identifier of bytes with this SHA-256."""
    return f"cap-{digest[:32]}"


def keep(connection: Connection, content: bytes, media_type: str) -> str:
    """Keep bytes, unless the record has them already, and return their identifier.

    The rows of a table, and the messages of an export, each come with all the bytes of their file,
    the very same object: it is looked at once in a transaction.
    """
    last, id_ = connection.info.get("last kept", (None, ""))
    if last is content:
        return str(id_)
    digest = hashlib.sha256(content).hexdigest()
    id_ = capture_id(digest)
    known = connection.exec_driver_sql("SELECT 1 FROM captures WHERE id = ?", (id_,))
    if known.first() is None:
        row = {
            "id": id_,
            "sha256": digest,
            "media_type": media_type,
            "size": len(content),
            "content": content,
        }
        tables.put(connection, tables.captures, row)
        entered.capture(connection, row)
    connection.info["last kept"] = content, id_
    return id_


def open(path: Path, *, passphrase: str | None = None) -> Record:
    """Open a record, an encrypted one with its passphrase. Leaves a path without a record as it is.

    A record of an older version is brought up to date, in one step or not at all. Raises
    RecordError; Locked where a passphrase is missing or another.
    """
    key = None
    if check(path):
        if passphrase is None:
            raise Locked(f"{path} is encrypted, or no record; its passphrase is needed.")
        key = cipher.key_of(passphrase, path)
    with explained(path):
        record = Record(path, connect(path, key=key), key)
        try:
            if key is not None:
                unlocked(record)
            version = revision(record)
            if version != NEWEST:
                if version is None or not version.isdigit() or version > NEWEST:
                    raise RecordError(
                        f"{path} was written by a newer version of this program; update it first."
                    )
                upgrade(record)
        except BaseException:
            record.close()
            raise
    return record


def unlocked(record: Record) -> None:
    """Raise Locked where the key of a record does not open it."""
    path = record.path
    try:
        with record._engine.connect() as connection:
            mark = connection.exec_driver_sql("PRAGMA application_id").scalar()
    except DatabaseError as error:
        if "not a database" not in str(error.orig):
            raise
        reason = "it is another, or the file is damaged or no record"
        raise Locked(f"The passphrase does not open {path}: {reason}.") from error
    if mark != APPLICATION:
        raise RecordError(FOREIGN.format(path))


def is_locked(path: Path) -> bool:
    """Tell whether a passphrase is needed to open a path. Raises RecordError as `open` does."""
    return check(path)


def check(path: Path) -> bool:
    """Tell whether a path may hold an encrypted record, else it holds one that is not encrypted.

    Raises RecordError where it holds none. It is not opened as one.
    """
    make = f"Make one with: cenotaph init {shlex.quote(str(path))}"
    try:
        if path.is_dir():
            raise RecordError(f"{path} is a folder, not a record. A record is a single file.")
        if path.exists() and not path.is_file():
            raise RecordError(f"{path} is not a file.")
        with path.open("rb") as file:
            head = file.read(100)
        encrypted = cipher.looks_encrypted(path)
    except FileNotFoundError:
        raise RecordError(f"There is no record at {str(path)!r}. {make}") from None
    except OSError as error:
        raise RecordError(f"{path} cannot be read: {error.strerror}.") from error
    if not head:
        raise RecordError(f"{path} is an empty file, not a record. Remove it first. {make}")
    if encrypted:
        return True
    ours = head.startswith(cipher.PLAIN) and head[68:72] == APPLICATION.to_bytes(4, "big")
    if not ours:
        raise RecordError(FOREIGN.format(path))
    return False


def connect(path: Path, *, key: cipher.Key | None = None, new: bool = False) -> Engine:
    """Return an engine on a file, set up so that what is acknowledged is on the disk."""
    mode = "rwc" if new else "rw"
    if not new and not os.access(path, os.W_OK):
        # Without a log beside it nobody is writing, and a disk that cannot be written can be read.
        mode = "ro" if Path(f"{path}-wal").exists() else "ro&immutable=1"
    uri = f"file:{quoted(path)}?mode={mode}"
    if key is None:
        engine = create_engine(f"sqlite:///{uri}&uri=true", poolclass=NullPool)
    else:
        engine = create_engine(
            "sqlite://",
            module=cipher.driver(),
            creator=partial(cipher.connected, uri, key, check_same_thread=False),
            poolclass=NullPool,
        )

    @event.listens_for(engine, "connect")
    def set_up(connection, _record) -> None:  # type: ignore[no-untyped-def]
        connection.isolation_level = None  # the driver begins nothing by itself; `begin` below does
        cursor = connection.cursor()
        if new:
            cursor.execute(f"PRAGMA application_id = {APPLICATION}")
            cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def quoted(path: Path) -> str:
    """Return a path as a URI of SQLite has it."""
    return quote(os.fspath(path.absolute()))


def revision(record: Record) -> str | None:
    """Return the version of a record's tables."""
    with record.reader() as connection:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if found is None else str(found)


def upgrade(record: Record) -> None:
    """Bring a record's tables up to date."""
    from cenotaph.store.migrate import to_newest

    with record.writer() as connection:
        to_newest(connection)


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the database may complain of into errors that say what to do."""
    try:
        yield
    except log.KeyDamaged as error:
        raise RecordError(f"{path} cannot be written: {error}. Restore it from a copy.") from error
    except OperationalError as error:
        reason = str(error.orig)
        if "locked" in reason:
            raise RecordError(f"{path} is being written by another program; try again.") from error
        if "readonly" in reason:
            raise RecordError(f"{path} is write-protected.") from error
        if "full" in reason:
            raise NoRoom(
                f"There is no room left for {path}. Free some space; nothing that was kept is lost."
            ) from error
        raise RecordError(f"{path} cannot be used: {reason}.") from error
    except DatabaseError as error:
        raise RecordError(f"{path} is damaged: {error.orig}. Restore it from a copy.") from error
