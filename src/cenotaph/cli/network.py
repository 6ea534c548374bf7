"""`cenotaph fetch` and `watch`: reports from the network, only where a person asked for it."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from cenotaph.cli.options import as_json, opened, record_file
from cenotaph.cli.output import note
from cenotaph.cli.record import added, read_claims, summed
from cenotaph.ingest import Answer, Refused, Report
from cenotaph.ingest import read as read_inputs
from cenotaph.ingest.fetching import Fetched, NotFetched, fetch, pages, wait_of
from cenotaph.model import DocumentId
from cenotaph.store import (
    Feed,
    Outcome,
    Record,
    allow_network,
    documents,
    feeds,
    network_allowed,
    save_feed,
    save_seen,
    seen,
)
from cenotaph.store.documents import text_digest

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(days=1)

network = click.option(
    "--network/--no-network",
    "network",
    default=None,
    help="Use the network; kept with the record. Without it nothing is fetched.",
)
reads = click.option(
    "--read/--no-read", "reads", default=True, help="Whether to read claims at once."
)
loopback = click.option(
    "--loopback", is_flag=True, help="For tests: let servers of this machine through."
)


@click.command(name="fetch")
@record_file
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@network
@loopback
@reads
@as_json
def fetch_command(
    record: Path,
    urls: tuple[str, ...],
    network: bool | None,
    loopback: bool,
    reads: bool,
    as_json: bool,
) -> None:
    """Archive pages from the network as WARC and add them.

    Only addresses of the open network are reached, at every redirect anew. The archive of each page
    holds every request and answer, and is kept with it.
    """
    with opened(record) as known:
        permitted(known, network)
        given = answers(pages(list(urls), loopback=loopback))
        counts = added(known, given, as_json=as_json)
        unread = read_claims(known) if reads and counts[Outcome.STORED] else []
    summed(counts, unread)


@click.command()
@record_file
@click.argument("urls", nargs=-1, metavar="[FEED]...")
@network
@loopback
@click.option("--every", type=click.IntRange(min=1), metavar="MINUTES", help="Go on, so often.")
@click.option("--pages/--no-pages", "linked", default=False, help="Fetch the page of each entry.")
@reads
@as_json
def watch(
    record: Path,
    urls: tuple[str, ...],
    network: bool | None,
    loopback: bool,
    every: int | None,
    linked: bool,
    reads: bool,
    as_json: bool,
) -> None:
    """Ask feeds for what is new and add it; without FEED, those that the record watches.

    A feed is asked whether anything changed since. One that fails is asked again later, ever less
    often up to once a day, or when its server says. What was seen is kept.
    """
    counts: Counter[Outcome] = Counter()
    with opened(record) as known:
        permitted(known, network)
        watched = list(urls) or list(feeds(known))
        if not watched:
            raise click.UsageError("The record watches no feed yet; give the address of one.")
        while True:
            here: Counter[Outcome] = Counter()
            for url in watched:
                here += polled(known, url, linked=linked, loopback=loopback, as_json=as_json)
            unread = read_claims(known) if reads and here[Outcome.STORED] else []
            counts += here
            if every is None:
                break
            time.sleep(every * 60)
    failing = [feed for feed in feeds_of(record, watched) if feed.failures]
    for feed in failing:
        note(f"{feed.url}: {feed.message} Asked again after {feed.due_at}.")
    summed(counts, unread, failed=bool(failing))


def feeds_of(record: Path, urls: Iterable[str]) -> list[Feed]:
    """Return what a record knows of some feeds."""
    with opened(record) as known:
        kept = feeds(known)
    return [kept[url] for url in urls if url in kept]


def permitted(record: Record, network: bool | None) -> None:
    """Keep whether the network may be used, and end where it may not."""
    if network is not None and network != network_allowed(record):
        allow_network(record, allowed=network)
    if not network_allowed(record):
        raise click.UsageError("This record does not use the network. To allow it, add --network.")


def answers(found: Iterable[tuple[str, Fetched | NotFetched]]) -> Iterator[Answer]:
    """Yield what becomes of fetched pages."""
    for url, page in found:
        if isinstance(page, NotFetched):
            yield Refused(id=url, code=page.code, message=str(page), name=url)
        else:
            yield from read_inputs([page.as_input()])


def polled(
    record: Record, url: str, *, linked: bool, loopback: bool, as_json: bool
) -> Counter[Outcome]:
    """Ask one feed, add what is new, and keep what was seen and when to ask again."""
    feed = feeds(record).get(url, Feed(url=url))
    now = datetime.now(UTC)
    if feed.due_at is not None and datetime.fromisoformat(feed.due_at) > now:
        note(f"{url} is not asked before {feed.due_at}.")
        return Counter()
    asked = {"If-None-Match": feed.etag, "If-Modified-Since": feed.modified}
    try:
        found = fetch(url, headers={k: v for k, v in asked.items() if v}, loopback=loopback)
        if found.status == 304:
            save_feed(record, fine(feed, now))
            return Counter()
        if not 200 <= found.status < 300:
            message = f"It answered with status {found.status}."
            raise NotFetched("no-answer", message, again=wait_of(found.headers))
    except NotFetched as error:
        save_feed(record, failed(feed, error, now))
        return Counter()
    before = seen(record, url)
    given = list(renamed(record, read_inputs([found.as_input()])))
    save_feed(record, feed)
    if linked:
        new = [
            each.document.url
            for each in given
            if isinstance(each, Report) and each.document.id not in before and each.document.url
        ]
        given += answers(pages(new, loopback=loopback))
    states: list[tuple[str, str]] = []
    counts = added(record, given, as_json=as_json, states=states)
    save_seen(record, url, states, at=now.isoformat(timespec="seconds"))
    headers = found.headers
    feed = replace(feed, etag=headers.get("etag"), modified=headers.get("last-modified"))
    save_feed(record, fine(feed, now))
    return counts


def renamed(record: Record, given: Iterable[Answer]) -> Iterator[Answer]:
    """Yield answers; an entry that was written anew under its old name is a report of its own."""
    for each in given:
        if isinstance(each, Report):
            id_, text = each.document.id, each.document.text
            standing = next(documents(record, [id_]), None)
            if standing is not None and standing.text != text:
                id_ = DocumentId(f"{id_}#{text_digest(text)[:12]}")
                each = replace(each, document=replace(each.document, id=id_))
        yield each


def fine(feed: Feed, now: datetime) -> Feed:
    """Return a feed that answered."""
    at = now.isoformat(timespec="seconds")
    return replace(feed, checked_at=at, due_at=None, failures=0, message=None)


def failed(feed: Feed, error: NotFetched, now: datetime) -> Feed:
    """Return a feed that did not answer, to be asked again after twice as long as last time."""
    wait = min(FIRST_WAIT * 2 ** min(feed.failures, 20), LONGEST_WAIT)
    if error.again is not None:
        wait = max(wait, min(timedelta(seconds=error.again), LONGEST_WAIT))
    return replace(
        feed,
        checked_at=now.isoformat(timespec="seconds"),
        due_at=(now + wait).isoformat(timespec="seconds"),
        failures=feed.failures + 1,
        message=f"{error} [{error.code}]",
    )
