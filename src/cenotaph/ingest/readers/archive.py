"""Zip, tar and packed files: their members, with limits on how many, how large and how deep."""

import bz2
import gzip
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
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
InvalidHeaderError: Any = tarfile.InvalidHeaderError  # type: ignore[attr-defined]
BROKEN_HEADS: Any = (
    InvalidHeaderError,
    tarfile.TruncatedHeaderError,  # type: ignore[attr-defined]
    tarfile.EmptyHeaderError,  # type: ignore[attr-defined]
)
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


class Streams:
    """What bzip2 or xz packed, one stream behind another.

    The library's own files end at bytes that begin no further stream, and say nothing of them.
    """

    def __init__(self, stream: Any, make: Callable[[], Any]) -> None:
        self._stream, self._make, self._unpacker = stream, make, make()

    def read(self, size: int) -> bytes:
        """Return some bytes, none at the end. Raises for bytes that are of no stream."""
        while True:
            packed = b""
            if self._unpacker.eof:
                packed = (self._unpacker.unused_data or self._stream.read(HEAD)).lstrip(b"\x00")
                while not packed:  # zeros may stand between streams
                    padding = self._stream.read(HEAD)
                    if not padding:
                        return b""
                    packed = padding.lstrip(b"\x00")
                self._unpacker = self._make()
            elif self._unpacker.needs_input:
                packed = self._stream.read(HEAD)
                if not packed:
                    raise EOFError("the packed file ends before its end is marked")
            found: bytes = self._unpacker.decompress(packed, size)
            if found:
                return found


class Header(tarfile.TarInfo):
    """The head of a member. The library takes one that is broken, or missing, for the end."""

    @classmethod
    def fromtarfile(cls, tarfile: Any) -> Any:
        """Return the next head. Raises Refusal for one that is none, where some went before it."""
        try:
            return super().fromtarfile(tarfile)
        except BROKEN_HEADS as error:
            if tarfile.offset == 0:
                raise
            code = "broken-file" if isinstance(error, InvalidHeaderError) else "cut-short"
            message = f"The archive is broken behind its first {tarfile.offset} bytes: {error}."
            raise Refusal(code, message) from error


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
        if infos and min(int(info.header_offset) for info in infos) > 0:
            raise Refusal("broken-file", "Something stands before the archive, such as another.")
        total = seen = unseen = 0
        ids = Identifiers(given)
        for info in infos:
            if info.is_dir():
                continue
            if hidden(info.filename):
                unseen += 1
                continue
            seen += 1
            total += min(info.file_size, LIMIT)
            if total > UNPACKED:
                raise Refusal("bomb", f"The archive unpacks to more than {UNPACKED} bytes.")
            yield member(given, archive, info, id_=ids.of(info.filename))
    if unseen:
        yield passed_over(given, f"{unseen} hidden members")
    if not seen:
        raise Refusal("nothing-inside", "The archive has no members that could be reports.")


def member(
    given: Input, archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, id_: str
) -> Input | Rejected:
    """Return a member of a zip, or why it is not unpacked."""

    def refuse(code: str, message: str) -> Rejected:
        return Rejected(code=code, message=message, id=id_, part=shown)

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
    return given.inside(id_, f"{given.name}!/{shown}", raw)


def tarred(given: Input, stream: Any) -> Pieces:
    """Yield the members of a tar, whether seekable or being unpacked."""
    seen = passed = unseen = 0
    ids = Identifiers(given)
    with tarfile.open(fileobj=stream, mode="r|", bufsize=1 << 16, tarinfo=Header) as archive:
        for info in archive:
            seen += 1
            if seen > MEMBERS:
                raise Refusal("too-many", f"The archive has more than {MEMBERS} members.")
            if info.isdir():
                continue
            if hidden(info.name):
                unseen += 1
                continue
            name = printable(info.name)
            if not info.isreg():
                passed += 1
            elif info.size > LIMIT:
                message = f"The member has {info.size} bytes."
                yield Rejected(code="too-long", message=message, id=ids.of(info.name), part=name)
            else:
                opened = archive.extractfile(info)
                raw = b"" if opened is None else bounded(opened, LIMIT)
                if len(raw) < info.size:
                    raise Refusal("cut-short", f"The archive ends inside {name}.")
                yield given.inside(ids.of(info.name), f"{given.name}!/{name}", raw)
        behind: Any = archive.fileobj
        while rest := behind.read(1 << 16):
            if rest.strip(b"\x00"):
                raise Refusal("broken-file", "More stands behind the end of the archive.")
    if passed:
        yield passed_over(given, f"{passed} links and devices")
    if unseen:
        yield passed_over(given, f"{unseen} hidden members")
    if not seen:
        raise Refusal("nothing-inside", "The archive has no members.")


def passed_over(given: Input, what: str) -> Noted:
    """Return the note of members that are no reports."""
    return Noted(code="passed-over", message=f"{what} in {given.name} were passed over.")


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
        return lambda stream: Streams(stream, bz2.BZ2Decompressor)
    if head.startswith(b"\xfd7zXZ"):
        return lambda stream: Streams(stream, lzma.LZMADecompressor)
    return lambda stream: gzip.GzipFile(fileobj=stream)


def hidden(name: str) -> bool:
    """Tell whether a member is of those that systems add and nobody sees."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part == "__MACOSX" or (part.startswith(".") and part != "..") for part in parts)


class Identifiers:
    """Gives each member of one archive its identifier.

    It is the archive's, and the member's path without its suffix; with it where another member of
    the same name but for the suffix came first. Steps upwards are left out: nothing is ever written
    where a member's name points.
    """

    def __init__(self, given: Input) -> None:
        self._given = given
        self._taken: set[str] = set()

    def of(self, name: str) -> str:
        """Return the identifier of the next member."""
        path = PurePosixPath(printable(name).replace("\\", "/"))
        parts = [part for part in path.parts if part not in ("/", "..", ".")] if path.name else []
        short = [*parts[:-1], PurePosixPath(parts[-1]).with_suffix("").name] if parts else []
        id_ = "/".join([self._given.id, *short])
        if id_ in self._taken:
            id_ = "/".join([self._given.id, *parts])
        self._taken.add(id_)
        return id_


def printable(name: str) -> str:
    """Return a member's name as text that can be written anywhere."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8").replace("\x00", "")
