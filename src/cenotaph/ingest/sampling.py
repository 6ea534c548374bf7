"""The first rows of a table, for a person who says what its columns stand for."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from cenotaph.ingest.isolated import read
from cenotaph.ingest.mapping import Columns
from cenotaph.ingest.pieces import Input
from cenotaph.ingest.report import Refused, Report

ROWS = 400
"""Rows of which the words are gathered that a column holds."""


class NoTable(Exception):
    """What is given cannot be read as a table; the message says why, and the code as for any input
    that is not read."""

    def __init__(self, message: str, code: str = "no-text") -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The first rows of a table below its head, and the names of the workbook's other sheets."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sheets: tuple[str, ...] = ()

    def values(self, name: str) -> list[str]:
        """Return what a column holds, each once, in order of its first row."""
        at = self.header.index(name)
        return list(dict.fromkeys(row[at].strip() for row in self.rows if row[at].strip()))


def sample(raw: bytes, *, name: str, sheet: str | None = None) -> Sample:
    """Return the first rows of a table, read by the process that reads everything from outside.

    Raises NoTable.
    """
    asked = Input(id="sample", name=name, raw=raw, sample=ROWS, sheet=sheet)
    for answer in read([asked]):
        if isinstance(answer, Refused):
            raise NoTable(answer.message, answer.code)
        if isinstance(answer, Report):
            found = json.loads(answer.document.text)
            return squared(found["rows"], found["sheets"])
    raise NoTable("It is no table.")


def understood(mapping: Columns, role: str, words: str) -> str | None:
    """Return what a cell is taken for: "" where it says nothing, None where that is not clear."""
    from cenotaph.ingest.readers.rows import valued

    if not words.strip():
        return ""
    if role == "published":
        day = mapping.day(words)
        return day.isoformat() if day else None
    return valued(role, words, mapping) if mapping.coded else words.strip()


def squared(rows: Sequence[Sequence[str]], sheets: Sequence[str]) -> Sample:
    """Return rows under the first of them, each as long as it."""
    if not rows:
        raise NoTable("The table is empty.")
    header = [cell.strip().removeprefix("\ufeff") for cell in rows[0]]
    wide = len(header)
    below = (tuple([*row, *[""] * wide][:wide]) for row in rows[1:])
    return Sample(header=tuple(header), rows=tuple(below), sheets=tuple(sheets))
