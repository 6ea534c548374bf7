"""The process that parses: inputs in, documents out, one at a time, with nothing else to hand."""

import os
import sys
from typing import Any

from cenotaph.ingest import confine
from cenotaph.ingest.kinds import CONTAINERS, HEAD, Kind, kind_of, what
from cenotaph.ingest.language import language
from cenotaph.ingest.pieces import Input, Noted, Refusal, Rejected, Text
from cenotaph.ingest.readers import read, reader_name
from cenotaph.ingest.report import Refused, Report, Told, document, too_long
from cenotaph.ingest.wire import End, Frame, Member, Outer, Ready, pack, receive
from cenotaph.model import DocumentId, Finding

DEPTH = 3
"""How deep containers may lie inside one another."""

PARTS = 1_000_000
"""Reports that one input may give."""

RENEWED = 500
"""Reports of one input after which it has its time of the processor anew, since it gets on."""

HELD = 64 * 1024
"""Bytes of answers that are held back, to be sent together."""

MEMORY = "Reading it takes more memory than one input may have."


class Sink:
    """Where answers go; it is deaf until the members that are done already have gone by."""

    def __init__(self, descriptor: int, skip: int) -> None:
        self._descriptor, self._skip = descriptor, skip
        self._held = bytearray()
        self.members = self.parts = 0

    @property
    def open(self) -> bool:
        """Tell whether answers are wanted by now."""
        return self.members > self._skip or not self._skip

    def put(self, frame: Frame) -> None:
        """Answer. What says where the reading stands is sent at once, the rest when it is much."""
        if self.open:
            self._held += pack(frame)
            if isinstance(frame, Member | Outer) or len(self._held) > HELD:
                self.send()

    def end(self, *, retire: bool) -> None:
        """Say that the input is done."""
        self._held += pack(End(retire=retire))
        self.send()

    def send(self) -> None:
        """Send what is held."""
        write(self._descriptor, self._held)
        self._held = bytearray()

    def member(self, given: Input, kind: Kind) -> bool:
        """Say that a member is begun, with its bytes; tell whether it is still to be read."""
        self.members += 1
        if self.open:
            confine.give()
            self.put(Member(id=given.id, name=given.name, raw=given.raw, keep=given.keep, kind=kind,
                            media_type=given.media_type, part=given.part,
                            metadata=dict(given.metadata), encoding=given.encoding,
                            depth=given.depth))  # fmt: skip
        return self.open


def main() -> None:
    """Answer inputs until there are no more."""
    answers = os.dup(1)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)  # what a library prints must not stand among the answers
    os.dup2(quiet, 2)
    how = confine.confine()
    write(answers, pack(Ready(network=how)))
    while inputs := receive(0):
        for given in inputs:
            one(given, Sink(answers, given.skip))


def one(given: Input, sink: Sink) -> None:
    """Answer one input."""
    confine.give()
    full = False
    try:
        unit(given, sink)
    except MemoryError:
        full = True
    if full:  # by now what filled the memory is let go
        sink.put(Refused(id=given.id, code="too-large", message=MEMORY, name=given.name))
    sink.end(retire=full)


def unit(given: Input, sink: Sink) -> None:
    """Read an input, and what lies inside it."""
    keep = given.keep if given.keep is not None else given.raw if given.depth else None
    try:
        kind = kind_of_input(given)
        if kind is Kind.UNKNOWN:
            with given.open() as stream:
                raise Refusal("unknown-format", f"The file is {what(stream.read(HEAD))}.")
        container = kind in CONTAINERS
        if container and given.depth > DEPTH:
            raise Refusal("too-deep", f"It lies {given.depth} containers deep; {DEPTH} are opened.")
        if given.depth and not container and not sink.member(given, kind):
            return
        ended = False
        for piece in read(given, kind):
            ended = ended or not isinstance(piece, Noted)
            if isinstance(piece, Input):
                unit(piece, sink)
                sink.put(Outer())
            else:
                sink.parts += 1
                if sink.parts % RENEWED == 0:
                    confine.give()
                if sink.parts > PARTS:
                    raise Refusal("too-many", f"It gives more than {PARTS} reports.")
                sink.put(finished(piece, given, kind))
        if not ended:
            raise Refusal("nothing-inside", "It holds nothing that could be a report.")
    except Refusal as refusal:
        sink.put(refused(given, refusal.code, str(refusal), keep))
    except RecursionError:
        sink.put(refused(given, "too-deep", "It is nested too deeply to be read.", keep))
    except MemoryError:
        raise
    except Exception as error:
        said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        message = f"The program failed on this input: {said}."
        sink.put(refused(given, "internal", message, keep))


def kind_of_input(given: Input) -> Kind:
    """Return what an input is by its bytes; text whose first row has the columns is a table."""
    if given.kind is not None:
        return given.kind
    with given.open() as stream:
        head = stream.read(HEAD)
    kind = kind_of(head, name=given.name)
    if kind is Kind.TEXT and given.columns is not None and has_columns(head, given):
        return Kind.TABLE
    return kind


def has_columns(head: bytes, given: Input) -> bool:
    """Tell whether a text begins with the columns of a mapping."""
    from cenotaph.ingest.mapping import columns
    from cenotaph.ingest.readers.rows import separated
    from cenotaph.ingest.text import NotText, decode

    assert given.columns is not None
    try:
        text = decode(head.rpartition(b"\n")[0] or head, declared=given.encoding).text
        rows = separated(text.splitlines(keepends=True))
        header = next((row.cells for row in rows if any(row.cells)), [])
    except (NotText, Refusal):
        return False
    return not columns(given.columns).fits([name.strip() for name in header])


def refused(given: Input, code: str, message: str, keep: bytes | None) -> Refused:
    """Return the refusal of an input as a whole."""
    return Refused(id=given.id, code=code, message=message, name=given.name, raw=keep)


def finished(piece: Text | Rejected | Noted, given: Input, kind: Kind) -> Frame:
    """Return what a reader gave as what a record takes: a report, a refusal, a thing to tell."""
    if isinstance(piece, Noted):
        return Told(code=piece.code, message=piece.message, name=given.name)
    name, part = given.name, piece.part
    if kind is Kind.LINES and part is not None:  # a line is a capture of its own
        name, part = f"{name}:{part.removeprefix('line ')}", None
    elif part is not None:
        name = f"{name}, {part}"
    if isinstance(piece, Rejected):
        id_ = given.id if piece.id is None else piece.id
        return Refused(id=id_, code=piece.code, message=piece.message, name=name, raw=piece.keep)
    id_ = piece.id or given.id

    def refuse(code: str, message: str) -> Refused:
        return Refused(id=id_, code=code, message=message, name=name, raw=piece.keep)

    if not piece.text.strip():
        return refuse("no-text", "There is no text in it.")
    excess = too_long(piece.text)
    if excess is not None:
        return refuse("too-long", excess)
    try:
        piece.text.encode("utf-8")
    except UnicodeEncodeError:
        return refuse("bad-encoding", "The text holds half of a character pair.")
    stated = {key: value for key, value in given.metadata.items() if value is not None}
    metadata: dict[str, Any] = {**piece.metadata, **stated}
    if piece.metadata.get("url"):  # an entry's own, not that of the feed it stands in
        metadata["url"] = piece.metadata["url"]
    if metadata.get("lang") is None and piece.coded is None:
        metadata["lang"] = language(piece.text)
    made, findings = document(
        id_, piece.text, metadata, reader=reader_name(kind),
        part=part or given.part, coded=piece.coded,
    )  # fmt: skip
    own = tuple(Finding(code=c, message=m, documents=(DocumentId(id_),)) for c, m in piece.findings)
    media = given.media_type or MEDIA.get(kind, "application/octet-stream")
    return Report(
        document=made,
        raw=piece.keep or b"",
        media_type=media,
        name=name,
        findings=(*findings, *own),
    )


MEDIA = {
    Kind.TEXT: "text/plain",
    Kind.PAGE: "text/html",
    Kind.PDF: "application/pdf",
    Kind.WARC: "application/warc",
    Kind.FEED: "application/xml",
    Kind.LINES: "application/json",
    Kind.JSON: "application/json",
    Kind.TELEGRAM: "application/json",
    Kind.TABLE: "text/csv",
    Kind.MAIL: "message/rfc822",
}


def write(descriptor: int, content: bytes | bytearray) -> None:
    """Write all of some bytes."""
    view = memoryview(content)
    while view:
        view = view[os.write(descriptor, view) :]


if __name__ == "__main__":
    main()
    sys.exit(0)
