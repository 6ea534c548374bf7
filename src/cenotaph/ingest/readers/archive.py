"""Zip, tar and packed files: their members, with limits on how many, how large and how deep."""

import bz2
import gzip
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from cenotaph.ingest.kinds import HEAD, Kind, kind_of
from cenotaph.ingest.pieces import LIMIT, Input, Noted, Pieces, Refusal, Rejected, bounded

MEMBERS = 20_000
"""The most members of one archive."""

UNPACKED = 4 * 1024**3
"""Bytes that one archive may unpack to."""

RATIO = 200
"""Bytes that one packed byte may become, in a member of more than `SMALL`."""

SMALL = 8 * 1024 * 1024
OFFICE = ("word/document.xml", "ppt/presentation.xml", "content.xml", "META-INF/MANIFEST.MF")
BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError,
          NotImplementedError, ValueError, KeyError, IndexError, OverflowError)  # fmt: skip


class Unpacking:
    """A stream being unpacked that counts what comes out, and stops a bomb."""

    def __init__(self, stream: Any, packed: int) -> None:
        self._stream, self._packed, self._out = stream, max(packed, 1), 0

    def read(self, size: int = -1) -> bytes:
        """Return bytes. Raises Refusal once there are more than may come of what was packed."""
        size = 1 << 20 if size is None or size < 0 else min(size, 1 << 20)
        chunk: bytes = self._stream.read(size)
        self._out += len(chunk)
        allowed = min(UNPACKED, max(LIMIT, self._packed * RATIO))
        if self._out > allowed:
            raise Refusal("bomb", f"It unpacks to more than {allowed} bytes.")
        return chunk


def read(given: Input) -> Pieces:
    """Yield the members of an archive."""
    with given.open() as stream:
        head = stream.read(HEAD)
        stream.seek(0)
        kind = kind_of(head)
        try:
            if kind is Kind.ZIP:
                yield from zipped(given, stream)
            elif kind is Kind.TAR:
                yield from tarred(given, stream)
            else:
                yield from packed(given, stream, head)
        except BROKEN as error:
            said = " ".join(str(error).split())[:200]
            message = f"The archive is broken: {type(error).__name__}: {said}."
            raise Refusal("broken-file", message) from error


def zipped(given: Input, stream: Any) -> Pieces:
    """Yield the members of a zip; a workbook is a table, other office documents are not read."""
    with zipfile.ZipFile(stream) as archive:
        infos = archive.infolist()
        names = {info.filename for info in infos}
        if "xl/workbook.xml" in names:
            from cenotaph.ingest.readers import rows

            yield from rows.workbook(given)
            return
        if any(part in names for part in OFFICE):
            raise Refusal("unknown-format", "The file is an office document or a program.")
        if len(infos) > MEMBERS:
            raise Refusal("too-many", f"The archive has {len(infos)} members.")
        total = seen = 0
        for info in infos:
            if info.is_dir() or hidden(info.filename):
                continue
            seen += 1
            total += min(info.file_size, LIMIT)
            if total > UNPACKED:
                raise Refusal("bomb", f"The archive unpacks to more than {UNPACKED} bytes.")
            yield member(given, archive, info)
    if not seen:
        raise Refusal("nothing-inside", "The archive has no members that could be reports.")


def member(given: Input, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Input | Rejected:
    """Return a member of a zip, or why it is not unpacked."""

    def refuse(code: str, message: str) -> Rejected:
        return Rejected(code=code, message=message, id=ids(given, info.filename), part=shown)

    shown = printable(info.filename)
    if info.flag_bits & 1:
        return refuse("encrypted", "The member is locked with a password.")
    if info.file_size > LIMIT:
        return refuse("too-long", f"The member says it has {info.file_size} bytes.")
    if info.file_size > SMALL and info.file_size > RATIO * max(1, info.compress_size):
        return refuse(
            "bomb", f"The member says it unpacks {info.compress_size} bytes to {info.file_size}."
        )
    try:
        with archive.open(info) as opened:
            raw = bounded(Unpacking(opened, info.compress_size), LIMIT)
    except Refusal as refusal:
        return refuse(refusal.code, str(refusal))
    except (*BROKEN, RuntimeError) as error:
        return refuse("broken-file", f"The member cannot be unpacked: {type(error).__name__}.")
    return given.inside(ids(given, info.filename), f"{given.name}!/{shown}", raw)


def tarred(given: Input, stream: Any) -> Pieces:
    """Yield the members of a tar, whether seekable or being unpacked."""
    seen = passed = 0
    with tarfile.open(fileobj=stream, mode="r|", bufsize=1 << 16) as archive:
        for info in archive:
            seen += 1
            if seen > MEMBERS:
                raise Refusal("too-many", f"The archive has more than {MEMBERS} members.")
            if info.isdir() or hidden(info.name):
                continue
            name = printable(info.name)
            if not info.isreg():
                passed += 1
            elif info.size > LIMIT:
                message = f"The member has {info.size} bytes."
                yield Rejected(
                    code="too-long", message=message, id=ids(given, info.name), part=name
                )
            else:
                opened = archive.extractfile(info)
                raw = b"" if opened is None else bounded(opened, LIMIT)
                if len(raw) < info.size:
                    raise Refusal("cut-short", f"The archive ends inside {name}.")
                yield given.inside(ids(given, info.name), f"{given.name}!/{name}", raw)
    if passed:
        message = f"{passed} links and devices in {given.name} were passed over."
        yield Noted(code="passed-over", message=message)
    if not seen:
        raise Refusal("nothing-inside", "The archive has no members.")


def packed(given: Input, stream: Any, head: bytes) -> Pieces:
    """Yield what one packed file holds: an archive of web pages, a tar, or a single file."""
    start = next(unpacked(head, stream, 1))
    stream.seek(0)
    if start.startswith(b"WARC/") and head.startswith(b"\x1f\x8b"):  # each record packed by itself
        from cenotaph.ingest.readers import warc

        yield from warc.records(given)
        return
    end = stream.seek(0, 2)
    stream.seek(0)
    opened = Unpacking(opener(head)(stream), end)
    if start[257:262] == b"ustar":
        yield from tarred(given, opened)
        return
    name = given.name.removesuffix(".gz").removesuffix(".bz2").removesuffix(".xz")
    id_ = given.id if kind_of(start) is not Kind.TAR else f"{given.id}/"
    yield given.inside(
        id_, name, bounded(opened, LIMIT), metadata=given.metadata, encoding=given.encoding
    )


def unpacked(head: bytes, stream: Any, blocks: int) -> Iterator[bytes]:
    """Yield the first blocks of what a packed file holds."""
    opened = opener(head)(stream)
    for _ in range(blocks):
        yield opened.read(HEAD)


def opener(head: bytes) -> Any:
    """Return what unpacks a file that begins so."""
    if head.startswith(b"BZh"):
        return bz2.BZ2File
    if head.startswith(b"\xfd7zXZ"):
        return lzma.LZMAFile
    return lambda stream: gzip.GzipFile(fileobj=stream)


def hidden(name: str) -> bool:
    """Tell whether a member is of those that systems add and nobody sees."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part == "__MACOSX" or (part.startswith(".") and part != "..") for part in parts)


def ids(given: Input, name: str) -> str:
    """Return the identifier of a member: the archive's, and its path without its suffix.

    Steps upwards are left out; nothing is ever written where a member's name points.
    """
    path = PurePosixPath(printable(name).replace("\\", "/"))
    parts = (
        [part for part in path.with_suffix("").parts if part not in ("/", "..", ".")]
        if path.name
        else []
    )
    return "/".join([given.id, *parts])


def printable(name: str) -> str:
    """Return a member's name as text that can be written anywhere."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8").replace("\x00", "")
