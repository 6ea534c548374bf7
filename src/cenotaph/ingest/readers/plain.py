"""Plain text and Markdown: the text as it stands."""

import re

from cenotaph.ingest.pieces import Input, Pieces, Refusal, Text
from cenotaph.ingest.text import NotText, decode

PDF = re.compile(rb"%PDF-\d\.\d\s.{0,100}?\d{1,9} \d{1,5} obj\b", re.DOTALL)
"""The head of a PDF with its first object, which no text has."""


def read(given: Input) -> Pieces:
    """Yield the text of a file."""
    raw = given.whole()
    if PDF.search(raw):
        raise Refusal("unknown-format", "The file holds a PDF behind other bytes; cut them off.")
    try:
        decoded = decode(raw, declared=given.encoding)
    except NotText as error:
        raise Refusal(error.code, str(error)) from error
    findings = (guess(decoded.encoding),) if decoded.guessed else ()
    yield Text(text=decoded.text, findings=findings)


def guess(encoding: str) -> tuple[str, str]:
    """Return the finding that says in which encoding a file was taken to be."""
    return (
        "encoding-guessed",
        f"The file does not say its encoding; it was read as {encoding}.",
    )
