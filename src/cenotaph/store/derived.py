"""What follows from a record, kept in it to save time: a row may be dropped and is made again.

The rows stand in one table, under the name of their shelf and a key. They are read one by one as a
step asks for them, and written all together with the state that they are of, so that a record holds
the old rows or the new ones and never some of each.
"""

import json
import zlib
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection

from cenotaph.store.sheets import forget_sheets

COLUMNS = "(shelf VARCHAR NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL, UNIQUE (shelf, key))"
KEPT, ASIDE = "main.derived", "temp.derived"
"""The table of a record, and one that a connection has for itself until it is closed."""

TABLE = f"CREATE TABLE IF NOT EXISTS {KEPT} {COLUMNS}"
STATE = ""
"""The shelf of the one row that says what all others are of."""

LONG = 300
"""Bytes from which a value is worth being made smaller."""

PLAIN, SMALLER = b"=", b"z"
TUPLE = "\x00"
"""What the key of a tuple begins with."""

Unwritten = Mapping[tuple[str, str | bytes], bytes | None]
"""Rows as they would be written, by their shelves and keys; None for one that would be dropped."""

GONE: Any = object()
"""Stands for a key that has no value."""


class Derived:
    """The shelves of a record as one connection sees them; what is changed is changed in memory.

    `fresh` passes over all that is kept, so that everything is made anew. `seen` gives the
    driver's connection whenever something is asked. With `aside` everything is made anew beside
    what is kept, in a table of that connection's own, on the disk where it does not fit into
    memory; an encrypted record's stays in memory.
    """

    def __init__(
        self, seen: Callable[[], Any], *, fresh: bool = False, aside: bool = False
    ) -> None:
        self._shelves: dict[str, Shelf] = {}
        self._seen = seen
        self.fresh = fresh or aside
        self.table = ASIDE if aside else KEPT

    def __call__(
        self,
        name: str,
        kind: Any,
        *,
        made: Callable[[Any], Any] | None = None,
        kept: Callable[[Any], Any] | None = None,
    ) -> "Shelf":
        """Return the shelf of a name; see `cenotaph.shelves`."""
        if name not in self._shelves:
            self._shelves[name] = Shelf(self, name, kind, made=made, kept=kept)
        return self._shelves[name]

    def shelves(self) -> "Mapping[str, Shelf]":
        """Return the shelves that were asked for, by name."""
        return self._shelves

    def rows(self, statement: str, given: tuple[Any, ...]) -> Any:
        """Run a question and return the cursor; the driver is asked without anything between."""
        return self._seen().execute(statement, given)

    def turn(self) -> None:
        """Go on with what was written: memory is given back."""
        self.fresh = False
        for shelf in self._shelves.values():
            shelf.clear_memory()

    def write(self, connection: Connection) -> None:
        """Write what changed, within a writing transaction."""
        raw = _raw(connection)
        if self.fresh:
            raw.execute(f"DROP TABLE IF EXISTS {self.table}")
            if self.table == KEPT:
                forget_sheets(connection)
        raw.execute(f"CREATE TABLE IF NOT EXISTS {self.table} {COLUMNS}")
        for name, shelf in sorted(self._shelves.items()):
            put, dropped = shelf.changes()
            raw.executemany(
                f"INSERT INTO {self.table} (shelf, key, value) VALUES (?, ?, ?) "
                "ON CONFLICT (shelf, key) DO UPDATE SET value = excluded.value",
                [(name, key, value) for key, value in sorted(put, key=_first)],
            )
            raw.executemany(
                f"DELETE FROM {self.table} WHERE shelf = ? AND key = ?",
                [(name, key) for key in dropped],
            )

    def unwritten(self) -> Unwritten:
        """Return what is changed in memory alone: rows by shelf and key, None for one that is
        dropped."""
        found: dict[tuple[str, str | bytes], bytes | None] = {}
        for name, shelf in self._shelves.items():
            put, dropped = shelf.changes()
            found.update(((name, key), value) for key, value in put)
            found.update(((name, key), None) for key in dropped)
        return found

    def differing(self, unwritten: Unwritten) -> Iterator[tuple[str, str]]:
        """Yield the shelves and keys of rows that are kept otherwise than they were made aside;
        those `unwritten` stand for what is kept under their shelves and keys."""
        one = f"SELECT value FROM {ASIDE} WHERE shelf = ? AND key = ?"
        for (shelf, key), value in sorted(unwritten.items(), key=_placed):
            row = self.rows(one, (shelf, key)).fetchone()
            if value != (None if row is None else row[0]):
                yield shelf, _named(key)
        for one, other in ((KEPT, ASIDE), (ASIDE, KEPT)):
            changed = "OR theirs.value <> own.value" if one == KEPT else ""
            rows = self.rows(
                f"SELECT own.shelf, own.key FROM {one} AS own LEFT JOIN {other} AS theirs "
                "ON theirs.shelf = own.shelf AND theirs.key = own.key "
                f"WHERE own.shelf <> '' AND (theirs.value IS NULL {changed}) "
                "ORDER BY own.shelf, own.key",
                (),
            )
            yield from (
                (shelf, _named(key)) for shelf, key in rows if (shelf, key) not in unwritten
            )


def _raw(connection: Connection) -> Any:
    raw = connection.connection.driver_connection
    assert raw is not None
    return raw


def _named(key: str | bytes) -> str:
    return key.hex() if isinstance(key, bytes) else key.removeprefix(TUPLE)


def state(connection: Connection) -> bytes | None:
    """Return the state that what is kept is of, None where nothing is."""
    found = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'derived'")
    if found.first() is None:
        return None
    kept = connection.exec_driver_sql(f"SELECT value FROM {KEPT} WHERE shelf = ''").first()
    return None if kept is None else bytes(kept[0])


def put_state(connection: Connection, content: bytes) -> None:
    """Say what the rows are of, within the transaction that writes them."""
    connection.exec_driver_sql(TABLE)
    connection.exec_driver_sql(
        f"INSERT INTO {KEPT} (shelf, key, value) VALUES ('', '', ?) "
        "ON CONFLICT (shelf, key) DO UPDATE SET value = excluded.value",
        (content,),
    )


def forget_derived(connection: Connection) -> None:
    """Drop all that is kept, within a writing transaction."""
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {KEPT}")
    forget_sheets(connection)


class Shelf(MutableMapping[Any, Any]):
    """One mapping. Entries are fetched when they are first asked for."""

    def __init__(
        self,
        of: Derived,
        name: str,
        kind: Any,
        *,
        made: Callable[[Any], Any] | None,
        kept: Callable[[Any], Any] | None,
    ) -> None:
        self._of, self._name = of, name
        self._one = f"SELECT value FROM {of.table} WHERE shelf = ? AND key = ?"
        self._decoder = msgspec.msgpack.Decoder(kind)
        self._made, self._kept = made, kept
        # Values of these types may be changed in place: what was read is compared when written.
        self._loose = getattr(kind, "__origin__", kind) in (dict, set, list)
        self._here: dict[Any, Any] = {}
        self._was: dict[Any, bytes] = {}
        self._set: set[Any] = set()

    def _look(self, key: Any) -> Any:
        found = self._here.get(key)
        if found is not None:
            return found
        return self._fetch(key)

    def _fetch(self, key: Any) -> Any:
        if self._of.fresh:
            return GONE
        row = self._of.rows(self._one, (self._name, _key(key))).fetchone()
        if row is None:
            self._here[key] = GONE
            return GONE
        if self._loose:
            self._was[key] = row[0]
        found = self._here[key] = self._decoded(row[0])
        return found

    def _decoded(self, content: bytes) -> Any:
        plain = zlib.decompress(content[1:]) if content[:1] == SMALLER else content[1:]
        found = self._decoder.decode(plain)
        return found if self._made is None else self._made(found)

    def _encoded(self, value: Any) -> bytes:
        content = ENCODER.encode(value if self._kept is None else self._kept(value))
        return PLAIN + content if len(content) < LONG else SMALLER + zlib.compress(content, 1)

    def __getitem__(self, key: Any) -> Any:
        found = self._here.get(key)
        if found is None:
            found = self._fetch(key)
        if found is GONE:
            raise KeyError(key)
        return found

    def get(self, key: Any, default: Any = None) -> Any:
        """Return a value, `default` where there is none."""
        # Linking asks this millions of times: nothing stands between.
        found = self._here.get(key)
        if found is None:
            found = self._fetch(key)
        return default if found is GONE else found

    def __contains__(self, key: object) -> bool:
        return self._look(key) is not GONE

    def __setitem__(self, key: Any, value: Any) -> None:
        self._here[key] = value
        self._set.add(key)

    def __delitem__(self, key: Any) -> None:
        if self._look(key) is GONE:
            raise KeyError(key)
        self._here[key] = GONE
        self._set.add(key)

    def setdefault(self, key: Any, default: Any = None) -> Any:
        """Return a value, which is `default` from now on where there was none."""
        found = self._look(key)
        if found is GONE:
            self[key] = default
            return default
        return found

    def __iter__(self) -> Iterator[Any]:
        return (key for key, _ in self._rows("key, NULL"))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return next(iter(self), GONE) is not GONE

    def items(self) -> Any:
        """Yield every key with its value, read one after another and not kept in memory."""
        return self._rows("key, value")

    def values(self) -> Any:
        """Yield every value, read one after another and not kept in memory."""
        return (value for _, value in self.items())

    def _rows(self, columns: str) -> Iterator[tuple[Any, Any]]:
        here = dict(self._here)  # who goes through may look at others meanwhile
        yield from ((key, value) for key, value in here.items() if value is not GONE)
        if self._of.fresh:
            return
        rows = self._of.rows(
            f"SELECT {columns} FROM {self._of.table} WHERE shelf = ? ORDER BY key", (self._name,)
        )
        for name, content in rows:
            key = _unkeyed(name)
            if key not in here:
                yield key, None if content is None else self._decoded(content)

    def changes(self) -> tuple[list[tuple[str | bytes, bytes]], list[str | bytes]]:
        """Return the entries to be written, and the keys to be dropped."""
        put: list[tuple[str | bytes, bytes]] = []
        dropped: list[str | bytes] = []
        for key, value in self._here.items():
            if not self._loose and key not in self._set:
                continue
            if value is GONE or (self._loose and not value):
                if key in self._set or key in self._was:
                    dropped.append(_key(key))
                continue
            content = self._encoded(value)
            if self._was.get(key) != content:
                put.append((_key(key), content))
        return put, dropped

    def clear_memory(self) -> None:
        """Forget what is in memory, after it was written."""
        self._here.clear()
        self._was.clear()
        self._set.clear()


def _plain(value: Any) -> Any:
    """Return what the encoder does not know in a form that it does."""
    if hasattr(value, "items"):
        return dict(value.items())
    raise TypeError(f"No derived state holds a {type(value).__name__}.")


ENCODER = msgspec.msgpack.Encoder(order="deterministic", enc_hook=_plain)
"""Sets and dictionaries are written in one order, whatever that was in which they were made."""


def _key(key: Any) -> str | bytes:
    if isinstance(key, str | bytes):
        return key
    parts = [each.isoformat() if isinstance(each, date) else each for each in key]
    return TUPLE + json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def _unkeyed(name: str | bytes) -> Any:
    if isinstance(name, str) and name.startswith(TUPLE):
        return tuple(json.loads(name[1:]))
    return name


def _first(entry: tuple[str | bytes, bytes]) -> tuple[bool, str | bytes]:
    return isinstance(entry[0], bytes), entry[0]


def _placed(
    entry: tuple[tuple[str, str | bytes], bytes | None],
) -> tuple[str, bool, str | bytes]:
    (shelf, key), _ = entry
    return shelf, isinstance(key, bytes), key
