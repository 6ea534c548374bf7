"""Exports of Telegram Desktop: one report a message."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec

from cenotaph.ingest.pieces import Input, Noted, Pieces, Refusal, Rejected, Text


def read(given: Input) -> Pieces:
    """Yield the messages of one chat, or of all chats of an export."""
    try:
        export = msgspec.json.decode(given.whole())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise Refusal("bad-json", f"The export is not JSON: {error}.") from error
    listed = [chat for chat in chats(export) if isinstance(chat, dict)]
    if not listed:
        raise Refusal("unknown-format", "The file is JSON, but no export of chats.")
    silent = 0
    for chat in listed:
        for each in chat.get("messages") or []:
            found = piece(chat, each) if isinstance(each, dict) else bad(each)
            silent += found is None
            if found is not None:
                yield found
    if silent:
        message = f"{silent} messages without text (pictures, joins, polls) were passed over."
        yield Noted(code="passed-over", message=message)


def chats(export: Any) -> Iterator[Any]:
    """Yield the chats of an export."""
    if isinstance(export, dict):
        if isinstance(export.get("messages"), list):
            yield export
        for part in ("chats", "left_chats"):
            inner = export.get(part)
            if isinstance(inner, dict) and isinstance(inner.get("list"), list):
                yield from inner["list"]


def piece(chat: dict[str, Any], message: dict[str, Any]) -> Text | None:
    """Return the text of a message, or None for one without.

    The day is that of the time in UTC, where the export has it: the local one is of the machine
    that made the export.
    """
    text = words(message.get("text"))
    if not text.strip():
        return None
    place = f"telegram/{chat.get('id')}/{message.get('id')}"
    edited = message.get("edited_unixtime") or message.get("edited")
    name, sender = string(chat.get("name")), string(message.get("from"))
    metadata = {
        "published": day(message),
        "publisher": string(message.get("forwarded_from")) or name or sender,
        "author": sender if sender and sender != name else None,
    }
    return Text(
        text=text,
        metadata={key: value for key, value in metadata.items() if value},
        id=f"{place}#{edited}" if edited else place,
        part=f"message {message.get('id')}",
    )


def words(text: Any) -> str:
    """Return the text of a message, which is a string or a list of pieces."""
    if isinstance(text, str):
        return text
    if not isinstance(text, list):
        return ""
    pieces = (each.get("text") if isinstance(each, dict) else each for each in text)
    return "".join(each for each in pieces if isinstance(each, str))


def day(message: dict[str, Any]) -> str | None:
    """Return the day of a message, in UTC where that can be told."""
    try:
        return datetime.fromtimestamp(int(message["date_unixtime"]), UTC).date().isoformat()
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        said = string(message.get("date"))
        return said[:10] if said else None


def string(value: Any) -> str | None:
    """Return a text, or None for anything else and for an empty one."""
    return value if isinstance(value, str) and value else None


def bad(each: Any) -> Rejected:
    """Return the refusal of a message that is no object."""
    return Rejected(
        code="not-an-object", message=f"A message is no object ({type(each).__name__})."
    )
