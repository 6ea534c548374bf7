"""Tables, CSV and XLSX: a report a row, or a coded row of a record, as a mapping says."""

import csv
import datetime
import functools
import hashlib
import io
import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from cenotaph import vocab
from cenotaph.ingest.mapping import FIGURES, NUMBER, Columns, columns
from cenotaph.ingest.pieces import Input, Noted, Pieces, Refusal, Rejected, Text
from cenotaph.ingest.readers.plain import guess
from cenotaph.ingest.text import NotText, decode, encoding_of
from cenotaph.model import Cell, CodedRow
from cenotaph.spelling import fold

ROWS = 1_000_000
CELL = 1_000_000
"""Characters of the longest cell."""

SAMPLED = 400
"""Characters of a cell that a sample shows."""

SEPARATORS = ",;\t|"
NO_COLUMNS = "Nothing says what the columns of the table stand for: give --columns FILE."


class Row(NamedTuple):
    """A row of a table with its number. `torn`: its quotation marks do not close as they should, so
    that it may hold rows that follow it."""

    number: int
    cells: list[str]
    torn: bool = False


def read(given: Input) -> Pieces:
    """Yield the rows of a file of separated values."""
    if given.sample is not None:
        try:
            text = io.StringIO(decode(given.whole(), declared=given.encoding).text, newline="")
        except NotText as error:
            raise Refusal(error.code, str(error)) from error
        yield sampled(separated(text), given.sample, [])
        return
    if given.columns is None:
        raise Refusal("no-columns", NO_COLUMNS)
    mapping = columns(given.columns)
    try:
        if given.path is not None:
            yield from streamed(given, mapping)
            return
        decoded = decode(given.whole(), declared=given.encoding)
    except NotText as error:
        raise Refusal(error.code, str(error)) from error
    findings = (guess(decoded.encoding),) if decoded.guessed else ()
    yield from pieces(separated(io.StringIO(decoded.text, newline="")), mapping, given, findings)


class Lines:
    """The lines of a large table, and the bytes of those that made the last row."""

    def __init__(self, lines: Iterator[str], encoding: str) -> None:
        self._lines, self._encoding = lines, encoding.removesuffix("-sig")
        self._taken: list[str] = []
        self._header: bytes | None = None

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self._taken.append(line)
            yield line

    def kept(self) -> bytes:
        """Return the bytes of the table's head and of the last row: a table that can be read."""
        row = "".join(self._taken).encode(self._encoding)
        self._taken.clear()
        if self._header is None:
            self._header = row
            return row
        end = b"" if self._header.endswith((b"\n", b"\r")) else b"\n"
        return self._header + end + row


def streamed(given: Input, mapping: Columns) -> Pieces:
    """Yield the rows of a table that need not fit into memory; each keeps its own bytes."""
    with given.open() as stream:
        encoding, guessed = encoding_of(stream, declared=given.encoding)
        stream.seek(0)
        with io.TextIOWrapper(stream, encoding=encoding, newline="") as text:
            lines = Lines(text, encoding)
            findings = (guess(encoding),) if guessed else ()
            yield from pieces(separated(lines), mapping, given, findings, kept=lines.kept)


def workbook(given: Input) -> Pieces:
    """Yield the rows of a sheet of a workbook."""
    others: list[str] = []
    if given.sample is not None:
        yield sampled(sheet(given, given.sheet, others), given.sample, others)
        return
    if given.columns is None:
        raise Refusal("no-columns", NO_COLUMNS)
    mapping = columns(given.columns)
    yield from pieces(sheet(given, mapping.sheet, others), mapping, given, ())
    if others and mapping.sheet is None:
        message = (
            f"Only the first sheet of {given.name} was read, not {', '.join(map(repr, others))}; "
            "a mapping names another with sheet = …"
        )
        yield Noted(code="passed-over", message=message[:1000])


def separated(text: Iterable[str]) -> Iterator[Row]:
    """Yield the rows of lines of separated values, with their numbers in the file."""
    csv.field_size_limit(CELL)
    lines = iter(text)
    first = next(lines, "")
    separator = max(SEPARATORS, key=first.partition("\r")[0].count)
    own: list[str] = []

    def taken() -> Iterator[str]:
        for line in itertools.chain((first,), lines):
            own.append(line)
            yield line

    try:
        for number, cells in enumerate(csv.reader(taken(), delimiter=separator), 1):
            several = len(own) > 1 or "".join(cells[-1:]).endswith(("\n", "\r"))
            yield Row(number, cells, torn=several and not closed(own, separator))
            own.clear()
    except csv.Error as error:
        raise Refusal("broken-file", f"The table cannot be read: {error}.") from error


def closed(lines: list[str], separator: str) -> bool:
    """Tell whether each quotation mark of a row over several lines closes at the end of a cell."""
    try:
        return len(list(csv.reader(lines, delimiter=separator, strict=True))) == 1
    except csv.Error:
        return False


def sampled(rows: Iterator[Row], most: int, others: list[str]) -> Text:
    """Return the first rows of a table that hold anything, as a list of lists in JSON, with the
    names of the workbook's other sheets.
    """
    filled = (row.cells for row in rows if any(cell.strip() for cell in row.cells))
    kept = [[cell[:SAMPLED] for cell in cells] for cells in itertools.islice(filled, most)]
    return Text(text=json.dumps({"rows": kept, "sheets": others}))


def sheet(given: Input, named: str | None, others: list[str]) -> Iterator[Row]:
    """Yield the rows of a sheet, the first where none is named, and put the names of the others
    into `others`.

    What a formula gave is taken, never the formula.
    """
    import openpyxl

    try:
        refuse_large(given)
        with given.open() as stream:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
            if named is not None and named not in book.sheetnames:
                raise Refusal("no-columns", f"The workbook has no sheet {named!r}.")
            page: Any = book[named] if named else book.worksheets[0]
            others.extend(each.title for each in book.worksheets if each.title != page.title)
            for number, row in enumerate(page.iter_rows(values_only=True), 1):
                yield Row(number, [shown(value) for value in row])
            book.close()
    except (Refusal, MemoryError):
        raise
    except Exception as error:  # the library raises nearly anything on a broken file
        raise Refusal(
            "broken-file", f"The workbook cannot be read: {type(error).__name__}."
        ) from error


def refuse_large(given: Input) -> None:
    """Raise Refusal for a workbook that unpacks to more than a table may have."""
    import zipfile

    from cenotaph.ingest.pieces import LIMIT

    with given.open() as stream, zipfile.ZipFile(stream) as archive:
        if any(info.flag_bits & 1 for info in archive.infolist()):
            raise Refusal("encrypted", "The workbook is locked with a password.")
        size = sum(info.file_size for info in archive.infolist())
        doctype = any(
            b"<!DOCTYPE" in archive.open(info).read(2048)
            for info in archive.infolist()
            if info.filename.endswith(".xml")
        )
    if size > 4 * LIMIT:
        raise Refusal("bomb", f"The workbook unpacks to {size} bytes.")
    if doctype:
        raise Refusal("doctype", "The workbook has a DOCTYPE, which no workbook needs.")


def shown(value: Any) -> str:
    """Return a cell as text: a day in full ISO form, a whole number without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def pieces(
    rows: Iterator[Row],
    mapping: Columns,
    given: Input,
    findings: tuple[tuple[str, str], ...],
    *,
    kept: Callable[[], bytes] | None = None,
) -> Pieces:
    """Yield what each row below the first gives; `kept` gives the bytes that a row stands for."""
    header = next((row.cells for row in rows if any(row.cells)), None)
    if header is None:
        raise Refusal("no-text", "The table is empty.")
    if kept is not None:
        kept()
    header = [name.strip().removeprefix("\ufeff") for name in header]
    missing = mapping.fits(header)
    if missing:
        raise Refusal("no-columns", f"The table has no column {', '.join(map(repr, missing))}.")
    made = empty = 0
    for number, row, torn in rows:
        keep = kept() if kept is not None else None
        if number > ROWS:
            raise Refusal("too-many", f"The table has more than {ROWS} rows.")
        if not any(cell.strip() for cell in row):
            empty += 1
            continue
        made += 1
        named = list(zip(header, row, strict=False))
        if torn:
            lines = max(cell.count("\n") for cell in row) + 1
            message = (
                "A quotation mark of the row is not closed at the end of its cell: it runs over "
                f"{lines} lines, and rows that follow it may stand inside it."
            )
            yield Rejected(code="bad-row", message=message, part=f"row {number}", keep=keep)
        elif len(row) > len(header):
            message = f"The row has {len(row)} cells under {len(header)} columns."
            yield Rejected(code="bad-row", message=message, part=f"row {number}", keep=keep)
        elif mapping.coded:
            yield replace(coded(named, mapping, given, number, findings), keep=keep)
        else:
            yield replace(report(named, mapping, given, number, findings), keep=keep)
    if not made:
        raise Refusal("no-text", "The table has no rows below its first.")
    if empty:
        yield Noted(
            code="passed-over", message=f"{empty} empty rows of {given.name} were passed over."
        )


def report(
    named: list[tuple[str, str]],
    mapping: Columns,
    given: Input,
    number: int,
    findings: tuple[tuple[str, str], ...],
) -> Text | Rejected:
    """Return the report of a row."""
    cells = dict(named)
    metadata: dict[str, Any] = {
        role: cells.get(name, "").strip() or None for role, name in mapping.columns.items()
    }
    text = cells.get(mapping.columns["text"], "")
    part = f"row {number}"
    if not text.strip():
        return Rejected(
            code="no-text", message="The row has no text.", id=metadata.get("id"), part=part
        )
    if metadata.get("published"):
        day = mapping.day(metadata["published"])
        metadata["published"] = day.isoformat() if day else metadata["published"]
    id_ = metadata.pop("id", None) or f"{given.id}/{digest(named)}"
    metadata.pop("text", None)
    return Text(text=text, metadata=metadata, id=id_, part=part, findings=findings)


def coded(
    named: list[tuple[str, str]],
    mapping: Columns,
    given: Input,
    number: int,
    findings: tuple[tuple[str, str], ...],
) -> Text | Rejected:
    """Return a coded row: its text is the recorder, then each cell behind its column's name."""
    assert mapping.recorder is not None
    roles = {name: role for role, name in mapping.columns.items()}
    text = mapping.recorder
    cells: list[Cell] = []
    unread: list[tuple[str, str]] = []
    metadata: dict[str, Any] = {"publisher": mapping.recorder}
    id_ = None
    for name, words in named:
        if not words.strip():
            continue
        text += f"\n{name}: "
        start = len(text)
        text += words.strip()
        role = roles.get(name)
        if role == "id":
            id_ = words.strip()
        elif role in ("title", "url", "note", "country", "published"):
            metadata[role] = words.strip()
        if role in ("published",):
            day = mapping.day(words)
            metadata[role] = day.isoformat() if day else words.strip()
        if role is None:
            continue
        value = valued(role, words, mapping)
        if value is None:
            message = f"Row {number}: {name} is {words.strip()[:60]!r}; it is left unknown."
            unread.append(("cell-unreadable", message))
        elif value:
            cells.append(Cell(role=role, start=start, end=len(text), value=value))
    row = CodedRow(recorder=mapping.recorder, kind=mapping.kind, cells=tuple(cells))
    return Text(
        text=text,
        metadata=metadata,
        id=f"{given.id}/{id_ or digest(named)}",
        part=f"row {number}",
        findings=(*findings, *unread),
        coded=row,
    )


def valued(role: str, words: str, mapping: Columns) -> str | None:
    """Return what a cell's words come to, "" where they say that nothing is known, None if unclear.

    A figure becomes "5", "5+" (at least), "≤5" (at most) or "5-7"; a day a full ISO day; the
    rest its code.
    """
    words = words.strip()
    if fold(words) in said("unknown") or words in said("unknown"):
        return ""
    if role in FIGURES:
        return figure(words)
    if role in ("date", "date_end"):
        day = mapping.day(words)
        return day.isoformat() if day else None
    if role in ("lat", "lon"):
        try:
            degrees = float(words.replace(",", "."))
        except ValueError:
            return None
        return str(degrees) if abs(degrees) <= (90 if role == "lat" else 180) else None
    return mapping.code(role, words)


def figure(words: str) -> str | None:
    """Return a cell's figure as "5", "5+", "≤5" or "5-7", or None where it is none.

    "At least 5", "5 or more" and "> 4" are "5+"; "at most 5", "up to 5" and "< 6" are "≤5".
    """
    told, bound = without_bound(words)
    ends = [end.strip() for end in told.replace("–", "-").split("-")]
    if len(ends) > 2 or not all(NUMBER.fullmatch(end) for end in ends):
        return None
    numbers = [int("".join(filter(str.isdigit, end))) for end in ends]
    if numbers != sorted(numbers) or (bound and len(numbers) > 1):
        return None
    if bound in ("at_least", "more_than"):
        return f"{numbers[0] + (bound == 'more_than')}+"
    if bound:
        most = numbers[0] - (bound == "fewer_than")
        return f"≤{most}" if most >= 0 else None
    return "-".join(map(str, numbers))


def without_bound(words: str) -> tuple[str, str | None]:
    """Return a cell without the words or sign by which its number is a bound, and which it is.

    The longest words come first: "no more than" holds "more than", and is none.
    """
    told = words.strip()
    if told.endswith("+"):
        return told.rstrip("+").strip(), "at_least"
    low = told.casefold()
    for sign, bound in bounds():
        if low.startswith(sign):
            return told[len(sign) :].strip(" :."), bound
        if low.endswith(sign):
            return told[: -len(sign)].strip(), bound
    return told, None


@functools.cache
def bounds() -> tuple[tuple[str, str], ...]:
    """Return the words and signs of every bound, the longest first."""
    kinds = ("at_least", "at_most", "more_than", "fewer_than")
    found = [(sign, kind) for kind in kinds for sign in said(kind)]
    return tuple(sorted(found, key=lambda each: -len(each[0])))


@functools.cache
def said(what: str) -> tuple[str, ...]:
    """Return the words by which a cell says something, the longest first."""
    words = vocab.table("tables")["cells"][what]
    return tuple(
        sorted(
            {each for word in words for each in (word, fold(word)) if each},
            key=lambda each: -len(each),
        )
    )


def digest(named: list[tuple[str, str]]) -> str:
    """Return a name for a row that has none, made of what stands in it."""
    whole = "\x1f".join(f"{name}\x1e{words}" for name, words in named)
    return f"row-{hashlib.sha256(whole.encode('utf-8', 'replace')).hexdigest()[:12]}"
