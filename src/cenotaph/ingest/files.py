"""Files, folders and manifests to reports."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from cenotaph.ingest.isolated import Answer, read
from cenotaph.ingest.jsonl import Unreadable, decode, echo, read_line
from cenotaph.ingest.kinds import CONTAINERS, HEAD, Kind, kind_of, what
from cenotaph.ingest.pieces import LIMIT, Input
from cenotaph.ingest.report import Refused, Told, shown
from cenotaph.ingest.splitting import Oversized, lines

STANDARD_INPUT = "-"
CHUNK, CHUNK_LINES = 1 << 20, 500
"""Bytes and lines of JSON that are read together."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A file to read, the identifier it goes by, and what is known of it beforehand.

    `asked` is false for a file that was only met in a folder: one of a kind that is not read, such
    as a picture beside reports, is then told of and not kept.
    """

    path: Path
    id: str
    metadata: Mapping[str, Any] = field(default_factory=dict)
    asked: bool = True


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest's files in its own order, and the lines of it that could not be read."""

    path: Path
    listings: tuple[Listing, ...]
    refused: tuple[Refused, ...]


def manifest(path: Path) -> Manifest:
    """Read a manifest: lines `{"id","file",…}`, each file relative to the manifest.

    Raises OSError where the manifest itself cannot be opened.
    """
    listings: list[Listing] = []
    refused: list[Refused] = []
    with path.open("rb") as file:
        for number, line in enumerate(lines(file.fileno()), 1):
            name = f"{printable(path)}:{number}"
            if isinstance(line, Oversized):
                message = f"The line has {line.size} bytes."
                refused.append(Refused(id=None, code="too-long", message=message, name=name))
            elif line.strip():
                entry = listed(line, folder=path.parent, name=name)
                (refused if isinstance(entry, Refused) else listings).append(entry)  # type: ignore[arg-type]
    return Manifest(path, tuple(listings), tuple(refused))


def listed(line: bytes, *, folder: Path, name: str) -> Listing | Refused:
    """Return the file that a manifest's line names, or why it names none."""

    def refuse(code: str, message: str, id_: Any = None) -> Refused:
        return Refused(id=echo(id_), code=code, message=message, name=name, raw=line)

    try:
        given = decode(line)
    except Unreadable as error:
        return refuse(error.code, str(error))
    id_, file = given.get("id"), given.get("file")
    if id_ is None:
        return refuse("no-id", "The line has no id.")
    if not isinstance(id_, str) or not id_.strip():
        return refuse("bad-id", f"The id {shown(id_)} is not a text with something in it.", id_)
    if not isinstance(file, str) or not file or "\x00" in file:
        return refuse("missing-file", "The line names no file.", id_)
    return Listing(folder / file, id_, given)


def reports(
    paths: Sequence[Path],
    *,
    named: Manifest | None = None,
    metadata: Mapping[str, Any] | None = None,
    encoding: str | None = None,
    columns: str | None = None,
) -> Iterator[Answer]:
    """Yield what becomes of every input of files and folders, in a fixed order, each once.

    `columns` is the mapping by which tables are read, as TOML; for the rest see `inputs`.
    """
    yield from read(
        inputs(paths, named=named, metadata=metadata, encoding=encoding, columns=columns)
    )


def inputs(
    paths: Sequence[Path],
    *,
    named: Manifest | None = None,
    metadata: Mapping[str, Any] | None = None,
    encoding: str | None = None,
    columns: str | None = None,
) -> Iterator[Input | Refused | Told]:
    """Yield every input of files and folders in a fixed order, each once, with its bytes.

    With a manifest, a file that it names goes by the identifier and metadata it gives; a manifest
    without paths stands for all the files it names. The manifest itself is no report. `metadata`
    holds for files that no manifest names; `encoding` is the one declared for all.
    """
    opened = partial(opened_file, encoding=encoding, columns=columns)
    by_path: dict[Path, list[Listing]] = {}
    seen: set[Path] = set()
    if named is not None:
        yield from named.refused
        seen.add(named.path.resolve())
        for listing in named.listings:
            by_path.setdefault(listing.path.resolve(), []).append(listing)
    for found in walk(paths) if paths else (named.listings if named else ()):
        if isinstance(found, Told | Refused):
            yield found
            continue
        real = found.path.resolve()
        if real not in seen:
            seen.add(real)
            for listing in by_path.get(real) or [replace(found, metadata=metadata or {})]:
                yield opened(listing)
    for real, listings in by_path.items():
        if real not in seen and not real.exists():
            for listing in listings:
                yield opened(listing)


def walk(paths: Sequence[Path]) -> Iterator[Listing | Refused | Told]:
    """Yield files and their ids: the name without its suffix, below a folder with its path.

    Of files in a folder that differ by their suffix alone the first has the bare name, the others
    keep the suffix: a page and its printed form are two reports.

    A folder that cannot be looked into is refused. Links to folders are told of, and those to files
    that lie elsewhere: a folder from somebody else must not bring in what is on this machine.
    """
    for path in paths:
        if not path.is_dir():
            yield Listing(path, printable(Path(path.stem)))
            continue
        met = hidden = links = leading = 0
        inside = path.resolve()
        closed: list[OSError] = []
        for folder, folders, files in os.walk(path, onerror=closed.append):
            hidden += sum(name.startswith(".") for name in (*folders, *files))
            links += sum(
                Path(folder, name).is_symlink() for name in folders if not name.startswith(".")
            )
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            bare: set[str] = set()
            for name in sorted(files):
                if not name.startswith("."):
                    file = Path(folder) / name
                    if file.is_symlink() and not file.resolve().is_relative_to(inside):
                        leading += 1
                        continue
                    met += 1
                    below = file.relative_to(path)
                    taken = below.stem in bare
                    bare.add(below.stem)
                    id_ = printable(below if taken else below.with_suffix(""))
                    yield Listing(file, id_, asked=False)
        for error in closed:
            name = printable(Path(str(error.filename)))
            message = f"The folder cannot be looked into: {error.strerror}."
            yield Refused(id=name, code="unreadable-file", message=message, name=name)
        if links:
            message = f"{links} links to folders in {printable(path)} were passed over."
            yield Told(code="passed-over", message=message, name=printable(path))
        if leading:
            message = f"{leading} links to files outside {printable(path)} were passed over."
            yield Told(code="passed-over", message=message, name=printable(path))
        if not met and not closed:
            message = f"The folder {printable(path)} has no files in it."
            yield Told(code="empty-folder", message=message, name=printable(path))
        if hidden:
            message = f"{hidden} hidden files and folders in {printable(path)} were passed over."
            yield Told(code="passed-over", message=message, name=printable(path))


def opened_file(listing: Listing, *, encoding: str | None, columns: str | None) -> Input | Refused:
    """Return a file as an input with its bytes, or why it cannot be one.

    A container of more than a report's size is an input without bytes, read from its path.
    """
    path, name = listing.path, printable(listing.path)

    def refuse(code: str, message: str) -> Refused:
        return Refused(id=listing.id, code=code, message=message, name=name)

    if str(path) == STANDARD_INPUT:
        listing, name = replace(listing, id="standard-input"), "standard input"
    try:
        if name != "standard input" and not path.is_file():
            gone = not path.exists()
            return refuse(
                "missing-file" if gone else "unreadable-file",
                "There is no such file." if gone else "This is not a file.",
            )
        with sys.stdin.buffer if name == "standard input" else path.open("rb") as file:
            raw = file.read(LIMIT + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return refuse("unreadable-file", f"The file cannot be read: {reason}.")
    kind = kind_of(raw[:HEAD], name=name)
    if not listing.asked:
        if kind is Kind.UNKNOWN:
            return refuse("unknown-format", f"The file is {what(raw[:HEAD])}; it is not read.")
        if kind is Kind.TABLE and columns is None:
            return refuse("no-columns", "The file is a table; give --columns FILE to read it.")
    where = None
    if len(raw) > LIMIT:
        if name == "standard input":
            message = f"There are more than {LIMIT} bytes; give a file, or lines to --jsonl -."
            return refuse("too-long", message)
        if kind not in CONTAINERS:
            return refuse("too-long", f"The file has more than {LIMIT} bytes.")
        raw, where = b"", str(path.resolve())
    declared = listing.metadata.get("encoding") or encoding
    return Input(
        id=listing.id,
        name=name,
        raw=raw,
        path=where,
        metadata={k: v for k, v in listing.metadata.items() if k not in ("id", "file")},
        encoding=declared if isinstance(declared, str) else None,
        columns=columns,
    )


def line_inputs(descriptor: int, *, name: str) -> Iterator[Input | Refused]:
    """Yield the lines of JSON of an open file, some at a time; empty lines are passed over."""
    held: list[bytes] = []
    size = number = 0
    first = 1

    def together() -> Input:
        return Input(id=name, name=name, raw=b"\n".join(held), kind=Kind.LINES, first=first)

    for number, line in enumerate(lines(descriptor), 1):
        if isinstance(line, Oversized):
            if held:
                yield together()
            answer = read_line(line, name=f"{name}:{number}")
            assert isinstance(answer, Refused)
            yield answer
            held, size, first = [], 0, number + 1
            continue
        held.append(line)
        size += len(line)
        if size >= CHUNK or len(held) >= CHUNK_LINES:
            yield together()
            held, size, first = [], 0, number + 1
    if held:
        yield together()


def printable(path: Path) -> str:
    """Return a path as text that can be written anywhere: bytes that are no UTF-8 are escaped."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
