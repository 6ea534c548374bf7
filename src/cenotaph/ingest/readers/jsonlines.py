"""Lines of JSON: one report a line, the bytes of each line its capture."""

from cenotaph.ingest.jsonl import read_object
from cenotaph.ingest.pieces import Input, Pieces, Refusal, Rejected, Text
from cenotaph.ingest.report import Refused
from cenotaph.ingest.splitting import Oversized, Splitter

CHUNK = 1 << 20


def read(given: Input) -> Pieces:
    """Yield the reports of a file of lines."""
    number = given.first - 1
    splitter = Splitter()
    with given.open() as stream:
        while True:
            chunk = stream.read(CHUNK)
            for line in splitter.feed(chunk) if chunk else splitter.finish():
                number += 1
                if isinstance(line, Oversized) or line.strip():
                    yield piece(line, number)
            if not chunk:
                break
    if number < given.first:
        raise Refusal("no-text", "The file is empty.")


def piece(line: bytes | Oversized, number: int) -> Text | Rejected:
    """Return the report of a line, or why it is none."""
    found = read_object(line, name="")
    keep = line if isinstance(line, bytes) else None
    part = f"line {number}"
    if isinstance(found, Refused):
        return Rejected(code=found.code, message=found.message, id=found.id, part=part, keep=keep)
    return Text(text=found["text"], metadata=found, id=found["id"], part=part, keep=keep)
