"""Bytes in, documents out. Every input ends as a `Report` or a `Refused`; none is dropped."""

from cenotaph.ingest.files import Listing, Manifest, manifest, reports
from cenotaph.ingest.jsonl import read_line, read_object
from cenotaph.ingest.lines import CHUNK, LIMIT, Line, Oversized, Splitter, lines
from cenotaph.ingest.report import Refused, Report, day

__all__ = [
    "CHUNK", "LIMIT", "Line", "Listing", "Manifest", "Oversized", "Refused", "Report", "Splitter",
    "day", "lines", "manifest", "read_line", "read_object", "reports",
]  # fmt: skip
