"""What passes between the readers of formats and those who call them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from cenotaph.ingest.kinds import Kind
from cenotaph.model import CodedRow

LIMIT = 64 * 1024 * 1024
"""The most bytes of a file that is read as one report, or of a member of a container."""

Metadata = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """Something to read: bytes, or the path of a container that need not fit into memory.

    `keep` are the bytes to be kept as the capture where they are not `raw` itself (a record of an
    archive and the page inside it); `kind` is what its bytes are, where that is known beforehand;
    `first` is the number of its first line; `skip` are members that were read already; `avoid`
    names parsers that broke on these bytes before. `sample` asks for no reports of a table but for
    its first rows, so many, and `sheet` for those of another sheet than the first.
    """

    id: str
    name: str
    raw: bytes = field(default=b"", repr=False)
    path: str | None = None
    kind: Kind | None = None
    metadata: Metadata = field(default_factory=dict)
    encoding: str | None = None
    columns: str | None = field(default=None, repr=False)
    keep: bytes | None = field(default=None, repr=False)
    media_type: str | None = None
    part: str | None = None
    depth: int = 0
    first: int = 1
    skip: int = 0
    avoid: tuple[str, ...] = ()
    sample: int | None = None
    sheet: str | None = None

    def open(self) -> IO[bytes]:
        """Return a stream of the bytes."""
        if self.path is not None:
            return Path(self.path).open("rb")
        import io

        return io.BytesIO(self.raw)

    def whole(self) -> bytes:
        """Return all the bytes. Raises Refusal where there are more than a report may have."""
        if self.path is None:
            return self.raw
        with self.open() as stream:
            return bounded(stream)

    def inside(self, id_: str, name: str, raw: bytes, **more: Any) -> "Input":
        """Return a member of this container, one level deeper, with what holds for all of it."""
        return replace(
            self,
            id=id_,
            name=name,
            raw=raw,
            path=None,
            kind=None,
            keep=more.get("keep"),
            media_type=more.get("media_type"),
            part=more.get("part"),
            depth=self.depth + 1,
            skip=0,
            metadata=more.get("metadata", self.metadata),
            encoding=more.get("encoding"),
            first=1,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text that a reader made, and what it knows of it; `findings` are codes with messages."""

    text: str = field(repr=False)
    metadata: Metadata = field(default_factory=dict)
    id: str | None = None
    part: str | None = None
    findings: tuple[tuple[str, str], ...] = ()
    coded: CodedRow | None = None
    keep: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A part that could not be read (None: the whole input), while the reading goes on."""

    code: str
    message: str
    id: Any = None
    part: str | None = None
    keep: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """Something to tell a person that is no state of an input."""

    code: str
    message: str


Piece = Text | Rejected | Noted | Input
Pieces = Iterator[Piece]


class Refusal(Exception):
    """An input that cannot be read; `code` and the message say why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def bounded(stream: Any, limit: int = LIMIT) -> bytes:
    """Return what a stream holds. Raises Refusal where that is more than `limit`."""
    parts, size = [], 0
    while chunk := stream.read(min(1 << 20, limit + 1 - size)):
        parts.append(chunk)
        size += len(chunk)
        if size > limit:
            raise Refusal("too-long", f"There are more than {limit} bytes.")
    return b"".join(parts)
