"""One line of JSON to a report."""

import json
import re
from typing import Any

import msgspec

from cenotaph.ingest.report import Refused, Report, document, shown, too_long
from cenotaph.ingest.splitting import LIMIT, Line, Oversized

ID = re.compile(r'\s*\{\s*"id"\s*:\s*("(?:[^"\\]|\\.)*")')


TOLD = (b'"text"', b'"id"', b'"published"')
"""Keys of which a second one would take the place of the first without a word."""


class Unreadable(Exception):
    """A line that is no JSON object; `code` and the message say why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def decode(line: bytes) -> dict[str, Any]:
    """Return the JSON object of a line. Raises Unreadable with a code and a message."""
    try:
        value = msgspec.json.decode(line)
    except UnicodeDecodeError as error:
        raise Unreadable("bad-encoding", f"The line is not UTF-8 (byte {error.start}).") from error
    except RecursionError as error:
        raise Unreadable("bad-json", "The line is nested too deeply.") from error
    except (msgspec.DecodeError, ValueError) as error:
        if not line.strip():
            raise Unreadable("bad-json", "The line is empty.") from error
        if half_pairs(line):
            message = "The line holds half of a surrogate pair, which is no character."
            raise Unreadable("bad-encoding", message) from error
        raise Unreadable("bad-json", f"The line is not JSON: {error}.") from error
    if any(line.count(name) > 1 for name in TOLD) and twice(line):
        raise Unreadable("bad-json", "The line says twice what one key stands for.")
    if not isinstance(value, dict):
        kind = type(value).__name__ if value is not None else "null"
        raise Unreadable("not-an-object", f"The line is JSON, but no object ({kind}).")
    return value


def twice(line: bytes) -> bool:
    """Tell whether the object of a line, or one inside it, has a key twice."""
    found = False

    def pairs(given: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal found
        made = dict(given)
        found = found or len(made) < len(given)
        return made

    try:
        json.loads(line, object_pairs_hook=pairs)
    except (ValueError, RecursionError):
        return False
    return found


def half_pairs(line: bytes) -> bool:
    """Tell whether a line is JSON but for lone surrogates, which Python alone lets pass."""
    try:
        text = json.dumps(json.loads(line), ensure_ascii=False)
    except (ValueError, RecursionError):
        return False
    return not encodable(text)


def read_object(line: Line, *, name: str) -> dict[str, Any] | Refused:
    """Return the object of a line that has an `id` and a `text`, or why it has not."""
    if isinstance(line, Oversized):
        message = f"The line has {line.size} bytes; at most {LIMIT} are read."
        return Refused(id=recovered(line.head), code="too-long", message=message, name=name)
    try:
        given = decode(line)
    except Unreadable as error:
        return Refused(id=recovered(line), code=error.code, message=str(error), name=name, raw=line)
    refusal = check(given)
    if refusal is not None:
        code, message = refusal
        return Refused(id=echo(given.get("id")), code=code, message=message, name=name, raw=line)
    return given


def read_line(line: Line, *, name: str) -> Report | Refused:
    """Return the report of a line `{"id","text","published"?,…}`, or why it is none."""
    given = read_object(line, name=name)
    if isinstance(given, Refused):
        return given
    made, findings = document(given["id"], given["text"], given)
    assert isinstance(line, bytes)
    return Report(
        document=made, raw=line, media_type="application/json", name=name, findings=findings
    )


def check(given: dict[str, Any]) -> tuple[str, str] | None:
    """Return the code and message of what an object lacks to be a report, or None."""
    id_, text = given.get("id"), given.get("text")
    if id_ is None:
        return "no-id", "The line has no id."
    if not isinstance(id_, str) or not id_.strip():
        return "bad-id", f"The id {shown(id_)} is not a text with something in it."
    if text is None:
        return "no-text", "The line has no text."
    if not isinstance(text, str):
        return "no-text", f"The text is not a string ({type(text).__name__})."
    if not text.strip():
        return "no-text", "The text is empty."
    message = too_long(text)
    return None if message is None else ("too-long", message)


def echo(value: Any) -> Any:
    """Return an id as an answer may repeat it: a scalar as it stands, anything else as null."""
    return value if isinstance(value, str | int | float | bool) else None


def recovered(line: bytes) -> Any:
    """Return the id that a broken line seems to have, or None. Lone surrogates give None."""
    text = line.decode("utf-8", "replace")
    try:
        value = json.loads(text)
        found = echo(value.get("id")) if isinstance(value, dict) else None
    except (ValueError, RecursionError):
        match = ID.match(text[:4096])
        try:
            found = json.loads(match[1]) if match else None
        except ValueError:
            found = None
    if isinstance(found, float) and not -1e308 < found < 1e308:
        return None
    if isinstance(found, str) and not encodable(found):
        return None
    return found


def encodable(text: str) -> bool:
    """Tell whether a text can be written as UTF-8: it has no lone surrogate."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
