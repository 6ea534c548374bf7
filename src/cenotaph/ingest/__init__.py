"""Bytes in, documents out. Every input ends as a `Report` or a `Refused`; none is dropped."""

from typing import TYPE_CHECKING

from cenotaph.lazily import given

if TYPE_CHECKING:
    from cenotaph.ingest.files import Listing, Manifest, inputs, line_inputs, manifest, reports
    from cenotaph.ingest.isolated import Answer, read
    from cenotaph.ingest.jsonl import read_line, read_object
    from cenotaph.ingest.mapping import (
        CODED,
        FIGURES,
        REPORT,
        Columns,
        ColumnsError,
        columns,
        written,
    )
    from cenotaph.ingest.pieces import Input
    from cenotaph.ingest.report import Refused, Report, Told, day
    from cenotaph.ingest.sampling import NoTable, Sample, sample, understood
    from cenotaph.ingest.splitting import CHUNK, LIMIT, Line, Oversized, Splitter, lines

__all__ = [
    "CHUNK", "CODED", "FIGURES", "LIMIT", "REPORT", "Answer", "Columns", "ColumnsError", "Input",
    "Line", "Listing", "Manifest", "NoTable", "Oversized", "Refused", "Report", "Sample",
    "Splitter", "Told", "columns", "day", "inputs", "line_inputs", "lines", "manifest", "read",
    "read_line", "read_object", "reports", "sample", "understood", "written",
]  # fmt: skip

__getattr__ = given(
    __name__,
    {
        "files": ("Listing", "Manifest", "inputs", "line_inputs", "manifest", "reports"),
        "isolated": ("Answer", "read"),
        "jsonl": ("read_line", "read_object"),
        "mapping": (
            "CODED", "FIGURES", "REPORT", "Columns", "ColumnsError", "columns", "written",
        ),
        "pieces": ("Input",),
        "report": ("Refused", "Report", "Told", "day"),
        "sampling": ("NoTable", "Sample", "sample", "understood"),
        "splitting": ("CHUNK", "LIMIT", "Line", "Oversized", "Splitter", "lines"),
    },
)  # fmt: skip
