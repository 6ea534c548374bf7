"""What a record keeps beside its reports: mappings of columns, leave to use the network."""

from sqlalchemy import delete, insert, select

from cenotaph.store import entered, tables
from cenotaph.store.record import Record

PREFIX = "columns:"
NETWORK = "network"


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
        entered.settings(connection, {PREFIX + name: content})


def network_allowed(record: Record) -> bool:
    """Tell whether pages may be fetched for a record without being asked for each time."""
    table = tables.settings
    query = select(table.c.value).where(table.c.name == NETWORK)
    with record.reader() as connection:
        return connection.execute(query).scalar_one_or_none() == "yes"


def allow_network(record: Record, *, allowed: bool) -> None:
    """Keep whether pages may be fetched for a record."""
    table = tables.settings
    answer = "yes" if allowed else "no"
    with record.writer() as connection:
        connection.execute(delete(table).where(table.c.name == NETWORK))
        connection.execute(insert(table), {"name": NETWORK, "value": answer})
        entered.settings(connection, {NETWORK: answer})
