"""RSS and Atom: one report an entry."""

import hashlib
import io
import re
from datetime import date
from typing import Any

from cenotaph.ingest.pieces import Input, Noted, Pieces, Refusal, Rejected, Text
from cenotaph.ingest.readers.markup import text_of

DOCTYPE = re.compile(rb"<\s*!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
ENTRY = re.compile(rb"<(?:\w{1,20}:)?(?:item|entry)[\s>]")
CLOSED = re.compile(rb"</(?:\w{1,20}:)?(?:item|entry)\s*>")


def read(given: Input) -> Pieces:
    """Yield the entries of a feed; one with a DOCTYPE is refused, for its entities may be bombs."""
    raw = given.whole()
    plain = raw.replace(b"\x00", b"")
    if DOCTYPE.search(plain):
        raise Refusal("doctype", "The feed has a DOCTYPE, which no feed needs; it is not read.")
    import feedparser

    try:
        feed = feedparser.parse(io.BytesIO(raw), sanitize_html=False, resolve_relative_uris=False)
    except MemoryError:
        raise
    except Exception as error:  # the library raises whatever broken bytes lead it to
        message = f"The feed cannot be parsed: {type(error).__name__}."
        raise Refusal("broken-file", message) from error
    entries = feed.get("entries", [])
    expected = len(ENTRY.findall(plain))
    if not entries and feed.get("bozo"):
        raise Refusal("broken-file", f"The feed cannot be parsed: {complaint(feed)}.")
    publisher = feed.get("feed", {}).get("title")
    whole = len(CLOSED.findall(plain)) if feed.get("bozo") else len(entries)
    for number, entry in enumerate(entries, 1):
        found = piece(entry, given, publisher=publisher)
        if number > whole:
            message = "The feed ends inside this entry."
            yield Rejected(code="cut-short", message=message, id=found.id, part=found.part)
        else:
            yield found
    if len(entries) < expected:
        message = f"Only {len(entries)} of {expected} entries could be read: {complaint(feed)}."
        yield Rejected(code="implausible-text", message=message)
    elif feed.get("bozo") and whole >= len(entries):
        yield Noted(code="complaint", message=f"The feed is not well-formed: {complaint(feed)}.")
    if not entries and not expected:
        yield Noted(code="nothing-inside", message="The feed has no entries.")


def complaint(feed: Any) -> str:
    """Return what the parser said, on one line."""
    return " ".join(str(feed.get("bozo_exception", "it is cut short")).split())[:200]


def piece(entry: Any, given: Input, *, publisher: Any) -> Text | Rejected:
    """Return the text of an entry: its content, else its summary, else its title alone."""
    contents = entry.get("content") or []
    bodies = [c.get("value") for c in contents] or [entry.get("summary")]
    title = text_of(entry.get("title") or "").strip()
    text = "\n\n".join(filter(None, (text_of(body or "") for body in bodies))) or title
    link, name = entry.get("link"), entry.get("id") or entry.get("link")
    if not text.strip():
        message = "The entry has neither content nor summary nor title."
        return Rejected(code="no-text", message=message, id=name, part=f"entry {name}")
    published, updated = day(entry.get("published_parsed")), entry.get("updated")
    if entry.get("published_parsed") is None:
        published = day(entry.get("updated_parsed"))
    elif updated and entry.get("updated_parsed") != entry.get("published_parsed") and name:
        name = f"{name}#{updated}"  # the same entry, written anew
    metadata = {
        "title": title or None,
        "author": entry.get("author"),
        "publisher": publisher,
        "published": published,
        "url": link,
    }
    metadata = {k: v for k, v in metadata.items() if isinstance(v, str) and v}
    if not name:
        name = (
            f"{given.id}/entry-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:12]}"
        )
    return Text(text=text, metadata=metadata, id=name, part=f"entry {name}")


def day(parsed: Any) -> str | None:
    """Return the day (UTC) of a time as the parser gives it."""
    try:
        return date(*parsed[:3]).isoformat()
    except (TypeError, ValueError):
        return None
