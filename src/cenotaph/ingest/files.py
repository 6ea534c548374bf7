"""Files, folders and manifests to reports."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cenotaph.ingest.jsonl import Unreadable, decode, echo
from cenotaph.ingest.lines import LIMIT, Oversized, lines
from cenotaph.ingest.report import Refused, Report, document, shown, too_long
from cenotaph.ingest.text import NotText
from cenotaph.ingest.text import decode as decode_text
from cenotaph.model import Finding

TEXT = frozenset({"", ".txt", ".text", ".md", ".markdown"})
TABLES = frozenset({".jsonl", ".ndjson", ".json", ".csv", ".tsv"})


@dataclass(frozen=True, slots=True)
class Listing:
    """A file to read, the identifier it goes by, and what is known of it beforehand.

    `asked` is false for a file that was only met in a folder: it is read where its name is that of
    a text, so that tables and pictures beside reports are not taken for reports.
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
) -> Iterator[Report | Refused]:
    """Yield every input of files and folders in a fixed order, each once.

    With a manifest, a file that it names goes by the identifier and metadata it gives; a manifest
    without paths stands for all the files it names. The manifest itself is no report. `metadata`
    holds for files that no manifest names; `encoding` is the one declared for all.
    """
    by_path: dict[Path, list[Listing]] = {}
    seen: set[Path] = set()
    if named is not None:
        yield from named.refused
        seen.add(named.path.resolve())
        for listing in named.listings:
            by_path.setdefault(listing.path.resolve(), []).append(listing)
    for found in walk(paths) if paths else (named.listings if named else ()):
        real = found.path.resolve()
        if real not in seen:
            seen.add(real)
            for listing in by_path.get(real) or [replace(found, metadata=metadata or {})]:
                yield read_file(listing, encoding=encoding)
    for real, listings in by_path.items():
        if real not in seen and not real.exists():
            for listing in listings:
                yield read_file(listing, encoding=encoding)


def walk(paths: Sequence[Path]) -> Iterator[Listing]:
    """Yield files and their ids: the name without its suffix, below a folder with its path."""
    for path in paths:
        if not path.is_dir():
            yield Listing(path, printable(Path(path.stem)))
            continue
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files):
                if not name.startswith("."):
                    file = Path(folder) / name
                    id_ = printable(file.relative_to(path).with_suffix(""))
                    yield Listing(file, id_, asked=False)


def read_file(listing: Listing, *, encoding: str | None) -> Report | Refused:
    """Return the report that a file of plain text is, or why it is none."""
    path, name = listing.path, printable(listing.path)

    def refuse(code: str, message: str, raw: bytes | None = None) -> Refused:
        return Refused(id=listing.id, code=code, message=message, name=name, raw=raw)

    try:
        if not path.is_file():
            gone = not path.exists()
            return refuse(
                "missing-file" if gone else "unreadable-file",
                "There is no such file." if gone else "This is not a file.",
            )
        with path.open("rb") as file:
            raw = file.read(LIMIT + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return refuse("unreadable-file", f"The file cannot be read: {reason}.")
    if len(raw) > LIMIT:
        return refuse("too-long", f"The file has more than {LIMIT} bytes.")
    suffix = path.suffix.lower()
    if suffix in TABLES or not (listing.asked or suffix in TEXT):
        hint = " Give it with --jsonl or --manifest." if suffix in TABLES else ""
        message = f"Only plain text is read, not {suffix} files.{hint}"
        return refuse("unknown-format", message, raw if listing.asked else None)
    declared = listing.metadata.get("encoding") or encoding
    try:
        decoded = decode_text(raw, declared=declared if isinstance(declared, str) else None)
    except NotText as error:
        return refuse(error.code, str(error), raw)
    if not decoded.text.strip():
        return refuse("no-text", "The file has no text in it.", raw)
    excess = too_long(decoded.text)
    if excess is not None:
        return refuse("too-long", excess, raw)
    made, findings = document(listing.id, decoded.text, listing.metadata)
    if decoded.guessed:
        message = f"The file does not say its encoding; it was read as {decoded.encoding}."
        findings = (
            *findings,
            Finding(code="encoding-guessed", message=message, documents=(made.id,)),
        )
    return Report(document=made, raw=raw, media_type="text/plain", name=name, findings=findings)


def printable(path: Path) -> str:
    """Return a path as text that can be written anywhere: bytes that are no UTF-8 are escaped."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
