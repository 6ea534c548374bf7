"""One reader a format: bytes to texts, members and what could not be read."""

import functools
import importlib
from typing import cast

from cenotaph.ingest.kinds import Kind
from cenotaph.ingest.pieces import Input, Pieces

READERS: dict[Kind, tuple[str, str]] = {
    Kind.TEXT: ("plain", "text 1"),
    Kind.PAGE: ("page", "page 2, trafilatura"),
    Kind.PDF: ("pdf", "pdf 3, pypdf"),
    Kind.WARC: ("warc", "warc 2, warcio"),
    Kind.FEED: ("feed", "feed 2, feedparser"),
    Kind.LINES: ("jsonlines", "lines 1"),
    Kind.JSON: ("jsontext", "json 1"),
    Kind.TABLE: ("rows", "table 2"),
    Kind.TELEGRAM: ("telegram", "telegram 1"),
    Kind.MAIL: ("mail", "mail 4"),
    Kind.ZIP: ("archive", "archive 2"),
    Kind.TAR: ("archive", "archive 1"),
    Kind.PACKED: ("archive", "archive 1"),
}
"""Each kind's module, and the name of its reader with the version of our part and the library.

A change of what a reader makes of the same bytes raises its number.
"""


def read(given: Input, kind: Kind) -> Pieces:
    """Yield what a reader makes of an input; its module is imported only now."""
    module = importlib.import_module(f"cenotaph.ingest.readers.{READERS[kind][0]}")
    return cast(Pieces, module.read(given))


@functools.cache
def reader_name(kind: Kind) -> str:
    """Return a reader's name with its version and that of the library that it rests on."""
    ours, _, library = READERS[kind][1].partition(", ")
    if not library:
        return ours
    from importlib.metadata import version  # takes longer than to read a line

    return f"{ours}, {library} {version(library)}"
