"""The lists of a record as columns, kept beside what follows: they are opened in one piece.

They are of one state of what follows. Whoever writes a later one notes what it touched, so that the
columns are brought up to it; where that would be more than to make them anew, they are dropped.
Like all that is derived they may be dropped at any time.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

SHEETS, TOUCHED = "main.sheets", "main.sheets_touched"
TABLES = (
    f"CREATE TABLE IF NOT EXISTS {SHEETS} (name VARCHAR PRIMARY KEY, value BLOB NOT NULL)",
    f"CREATE TABLE IF NOT EXISTS {TOUCHED} (step INTEGER PRIMARY KEY, value BLOB NOT NULL)",
)
MANY = 2_000_000
"""Bytes of what later states touched up to which it is kept."""

Ask = Callable[[str, tuple[Any, ...]], Any]
"""Runs a question and returns the cursor."""


def put_sheets(connection: Connection, sheets: Mapping[str, bytes]) -> None:
    """Keep columns in place of those before, within a writing transaction."""
    forget_sheets(connection)
    for statement in TABLES:
        connection.exec_driver_sql(statement)
    for name, value in sorted(sheets.items()):
        connection.exec_driver_sql(f"INSERT INTO {SHEETS} VALUES (?, ?)", (name, value))


def note_touched(connection: Connection, step: int, touched: Callable[[], bytes]) -> None:
    """Note what a state touched, within the transaction that writes it, where columns are kept."""
    if not _there(lambda *asked: connection.exec_driver_sql(*asked)):
        return
    value = touched()
    size = connection.exec_driver_sql(f"SELECT sum(length(value)) FROM {TOUCHED}").scalar() or 0
    if size + len(value) > MANY:
        forget_sheets(connection)
    else:
        connection.exec_driver_sql(f"INSERT INTO {TOUCHED} VALUES (?, ?)", (step, value))


def forget_sheets(connection: Connection) -> None:
    """Drop the columns, within a writing transaction."""
    for table in (SHEETS, TOUCHED):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")


def sheet(ask: Ask, name: str) -> bytes | None:
    """Return a part of the columns by its name, None where it is not kept."""
    if not _there(ask):
        return None
    found = ask(f"SELECT value FROM {SHEETS} WHERE name = ?", (name,)).fetchone()
    return None if found is None else bytes(found[0])


def touched_since(ask: Ask, step: int) -> Iterator[tuple[int, bytes]]:
    """Yield what later states touched, by their steps."""
    rows = ask(f"SELECT step, value FROM {TOUCHED} WHERE step > ? ORDER BY step", (step,))
    yield from ((int(number), bytes(value)) for number, value in rows)


def _there(ask: Ask) -> bool:
    question = "SELECT 1 FROM main.sqlite_master WHERE name = 'sheets'"
    return ask(question, ()).fetchone() is not None
