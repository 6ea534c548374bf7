"""Tables in plain text: "Town | Killed | Injured", and a place with its numbers on each line.

Only where each line has as many cells as the heading, and names its place; a line without one is a
total of the others, or of something else.
"""

from typing import NamedTuple

from cenotaph.model import Measure
from cenotaph.reading.drafts import Draft, make
from cenotaph.reading.items import Row
from cenotaph.reading.labels import label

RULE = "in-a-column"
_BAR = "|"


class Table(NamedTuple):
    """A table that is open: what each of its columns counts, and the line that it has come to."""

    columns: tuple[Measure | None, ...]
    last: int


def in_table(row: Row, found: list[Draft], table: Table | None) -> tuple[list[Draft], Table | None]:
    """The drafts of a line of a table, and the table if it is open behind it."""
    index = row.sentence.index
    if _BAR not in row.sentence.words:
        return [], None
    cells = _cells(row)
    if table is not None and index == table.last + 1:
        if not any(token.text[0].isalnum() for token in row.sentence.tokens):
            return [], table._replace(last=index)  # the rule below the heading
        if len(cells) == len(table.columns):
            made = [] if found else _line(row, cells, table.columns)
            return made, table._replace(last=index)
    columns = tuple(_measure(row, cell) for cell in cells)
    numbers = any(row.tags[n] in "Q#" for cell in cells for n in cell)
    heads = not numbers and len(cells) > 1 and any(columns) and not all(columns)
    return [], Table(columns, index) if heads else None


def _cells(row: Row) -> list[list[int]]:
    """The items between the bars of a line; bars at its ends part nothing."""
    cells: list[list[int]] = [[]]
    for n, item in enumerate(row.items):
        if row.sentence.tokens[item.start].text == _BAR:
            cells.append([])
        else:
            cells[-1].append(n)
    if not cells[0]:
        cells = cells[1:]
    return cells[:-1] if cells and not cells[-1] else cells


def _measure(row: Row, cell: list[int]) -> Measure | None:
    """What a column counts, by the one word of harm at its head."""
    told = {measure for n in cell if (measure := label(row, n)) is not None}
    return told.pop() if len(told) == 1 and Measure.ATTACKS not in told else None


def _line(row: Row, cells: list[list[int]], columns: tuple[Measure | None, ...]) -> list[Draft]:
    """A count for each column of harm, where the line names a place beside them."""
    beside = [
        n for cell, measure in zip(cells, columns, strict=True) if measure is None for n in cell
    ]
    if not any(row.tags[n] == "L" for n in beside):
        return []
    made: list[Draft] = []
    for cell, measure in zip(cells, columns, strict=True):
        people = row.people(cell[0]) if len(cell) == 1 else None
        if measure is not None and people is not None and row.numbered(cell[0]) and not people.head:
            made += make(row, cell[0], cell[0], measure, RULE)
    return made
