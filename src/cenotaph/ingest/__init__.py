"""Bytes in, documents out. Every input ends as a `Report` or a `Refused`; none is dropped."""

from cenotaph.ingest.columns import CODED, FIGURES, REPORT, Columns, ColumnsError, columns, written
from cenotaph.ingest.files import Listing, Manifest, inputs, line_inputs, manifest, reports
from cenotaph.ingest.isolated import Answer, read
from cenotaph.ingest.jsonl import read_line, read_object
from cenotaph.ingest.lines import CHUNK, LIMIT, Line, Oversized, Splitter, lines
from cenotaph.ingest.pieces import Input
from cenotaph.ingest.report import Refused, Report, Told, day
from cenotaph.ingest.sampling import NoTable, Sample, sample, understood

__all__ = [
    "CHUNK", "CODED", "FIGURES", "LIMIT", "REPORT", "Answer", "Columns", "ColumnsError", "Input",
    "Line", "Listing", "Manifest", "NoTable", "Oversized", "Refused", "Report", "Sample",
    "Splitter", "Told", "columns", "day", "inputs", "line_inputs", "lines", "manifest", "read",
    "read_line", "read_object", "reports", "sample", "understood", "written",
]  # fmt: skip
