"""What passes between the process that parses and the one that asks it to."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from cenotaph.ingest.kinds import Kind
from cenotaph.ingest.pieces import Input
from cenotaph.ingest.report import Refused, Report, Told

LENGTH = 8
LARGEST = 256 * 1024 * 1024
"""Bytes of the longest answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """The process is there, and `network` tells how it is kept off the network."""

    network: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of a container is begun; the reports that follow are made of its bytes."""

    id: str
    name: str
    raw: bytes = field(repr=False)
    keep: bytes | None = field(default=None, repr=False)
    kind: Kind
    media_type: str | None = None
    part: str | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    encoding: str | None = None
    depth: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Outer:
    """The member is done; what follows is of the container again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """An input is done; `retire`: the process has had its fill and wants to be ended."""

    retire: bool


Frame = Ready | Member | Outer | End | Report | Refused | Told
TYPES: dict[str, type[Any]] = {
    "ready": Ready, "member": Member, "outer": Outer, "end": End, "report": Report,
    "refused": Refused, "told": Told,
}  # fmt: skip
NAMES = {kind: name for name, kind in TYPES.items()}


def pack(frame: Frame) -> bytes:
    """Return an answer as bytes, its length first."""
    return framed(msgspec.msgpack.encode((NAMES[type(frame)], frame)))


def unpack(content: bytes) -> Frame:
    """Return the answer that `pack` was given, without its length. Raises ValueError for others."""
    name, rest = msgspec.msgpack.decode(content, type=tuple[str, msgspec.Raw])
    frame: Frame = msgspec.msgpack.decode(rest, type=TYPES[name])
    return frame


def framed(content: bytes) -> bytes:
    """Return bytes with their length before them."""
    return len(content).to_bytes(LENGTH, "big") + content


def ask(inputs: Sequence[Input]) -> bytes:
    """Return inputs as bytes, their length first."""
    return framed(msgspec.msgpack.encode(list(inputs)))


def receive(descriptor: int) -> list[Input]:
    """Return the next inputs of a stream, all taken in; none at its end."""
    head = exactly(descriptor, LENGTH)
    content = None if head is None else exactly(descriptor, int.from_bytes(head, "big"))
    return [] if content is None else msgspec.msgpack.decode(content, type=list[Input])


def exactly(descriptor: int, size: int) -> bytes | None:
    """Return so many bytes, or None where the stream ends before."""
    parts = []
    while size:
        chunk = os.read(descriptor, min(size, 1 << 20))
        if not chunk:
            return None
        parts.append(chunk)
        size -= len(chunk)
    return b"".join(parts)
