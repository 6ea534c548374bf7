"""One text of JSON: a list of reports, or reports that each run over several lines."""

import json
import re

from cenotaph.ingest.jsonl import read_object
from cenotaph.ingest.pieces import Input, Pieces, Refusal, Rejected, Text
from cenotaph.ingest.report import Refused
from cenotaph.ingest.splitting import BOM

OBJECTS = 100_000
"""Objects of one file; a list that is larger can be written as lines, which have no such limit."""

SPACE = re.compile(r"\s*")


def read(given: Input) -> Pieces:
    """Yield the reports of a text of JSON; the bytes of each object are its capture."""
    try:
        text = given.whole().removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"The file is not UTF-8 (byte {error.start})."
        raise Refusal("bad-encoding", message) from error
    decoder = json.JSONDecoder()
    listed = text.lstrip()[:1] == "["
    at, number = after(text, text.index("[") + 1 if listed else 0), 0
    while at < len(text) and not (listed and text[at] == "]"):
        try:
            _, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise broken(number, error) from error
        number += 1
        if number > OBJECTS:
            message = f"There are more than {OBJECTS} objects. Write them as lines (JSON lines)."
            raise Refusal("too-many", message)
        yield piece(text[at:end].encode("utf-8"), number)
        at = after(text, end)
        if listed and at < len(text) and text[at] != "]":
            if text[at] != ",":
                raise broken(number, "there is no comma between two of its objects")
            at = after(text, at + 1)
    if listed and at >= len(text):
        raise Refusal("cut-short", f"The list ends after {number} objects without its last sign.")
    if listed and text[at + 1 :].strip():
        raise broken(number, "something stands behind the list")
    if not number:
        raise Refusal("nothing-inside", "The list is empty.")


def after(text: str, at: int) -> int:
    """Return where the white space that stands at a place ends."""
    found = SPACE.match(text, at)
    assert found is not None
    return found.end()


def broken(number: int, why: Exception | str) -> Refusal:
    """Return the refusal of a text that is no JSON behind so many objects."""
    said = "it is nested too deeply" if isinstance(why, RecursionError) else why
    return Refusal("bad-json", f"The file is not JSON after {number} objects: {said}.")


def piece(raw: bytes, number: int) -> Text | Rejected:
    """Return the report of an object, or why it is none."""
    found = read_object(raw, name="")
    part = f"object {number}"
    if isinstance(found, Refused):
        message = found.message.replace("The line", "The object", 1)
        return Rejected(code=found.code, message=message, id=found.id, part=part, keep=raw)
    return Text(text=found["text"], metadata=found, id=found["id"], part=part, keep=raw)
