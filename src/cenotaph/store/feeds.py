"""Feeds that are watched: what the server said last, when to ask again, and what was seen."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from cenotaph.store import tables
from cenotaph.store.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed: `etag` and `modified` make the next request conditional; times are ISO, in UTC."""

    url: str
    etag: str | None = None
    modified: str | None = None
    checked_at: str | None = None
    due_at: str | None = None
    failures: int = 0
    message: str | None = None


def feeds(record: Record) -> dict[str, Feed]:
    """Return the feeds that a record watches, by address."""
    table = tables.feeds
    with record.reader() as connection:
        rows = connection.execute(select(table).order_by(table.c.url)).mappings()
        return {row["url"]: Feed(**row) for row in rows}


def save_feed(record: Record, feed: Feed) -> None:
    """Keep what is known of a feed, in place of what was."""
    values = {name: getattr(feed, name) for name in Feed.__dataclass_fields__}
    table = tables.feeds
    with record.writer() as connection:
        known = connection.execute(select(table.c.url).where(table.c.url == feed.url)).first()
        if known is None:
            connection.execute(insert(table), values)
        else:
            connection.execute(table.update().where(table.c.url == feed.url).values(values))


def save_seen(record: Record, url: str, seen: Iterable[tuple[str, str]], *, at: str) -> None:
    """Keep what became of a feed's entries: their identifiers and states."""
    table = tables.feed_entries
    with record.writer() as connection:
        for entry, state in seen:
            here = (table.c.feed_url == url) & (table.c.entry == entry)
            first = connection.execute(select(table.c.seen_at).where(here)).scalar_one_or_none()
            connection.execute(delete(table).where(here))
            row = {
                "feed_url": url,
                "entry": entry,
                "document_id": entry,
                "state": state,
                "seen_at": first or at,
            }
            connection.execute(insert(table), row)


def seen(record: Record, url: str) -> dict[str, str]:
    """Return the entries of a feed that were seen, with the time they first were."""
    table = tables.feed_entries
    query = select(table.c.entry, table.c.seen_at).where(table.c.feed_url == url)
    with record.reader() as connection:
        return {str(entry): str(at) for entry, at in connection.execute(query)}
