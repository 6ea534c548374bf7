"""What a record keeps under a name of the user's: mappings of columns."""

from sqlalchemy import delete, insert, select

from cenotaph.store import tables
from cenotaph.store.record import Record

PREFIX = "columns:"


def saved_columns(record: Record) -> dict[str, str]:
    """Return the mappings of columns that a record keeps, by name."""
    table = tables.settings
    query = select(table.c.name, table.c.value).where(table.c.name.startswith(PREFIX))
    with record.reader() as connection:
        rows = connection.execute(query.order_by(table.c.name))
        return {str(name).removeprefix(PREFIX): str(value) for name, value in rows}


def save_columns(record: Record, name: str, content: str) -> None:
    """Keep a mapping under a name, in place of an older one of that name."""
    if saved_columns(record).get(name) == content:
        return
    table = tables.settings
    with record.writer() as connection:
        connection.execute(delete(table).where(table.c.name == PREFIX + name))
        connection.execute(insert(table), {"name": PREFIX + name, "value": content})
