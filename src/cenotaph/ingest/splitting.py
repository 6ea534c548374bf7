"""Lines out of a stream of bytes, each with a limit, so that no single line can fill the memory."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

LIMIT = 32 * 1024 * 1024
"""The most bytes that one line or one file may have."""

CHUNK = 1024 * 1024
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Oversized:
    """A line longer than the limit: its beginning (to recover an id) and its whole length."""

    head: bytes
    size: int


Line = bytes | Oversized


class Splitter:
    """Splits chunks of bytes into lines at LF; a byte order mark before the first is dropped."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = 0
        self._first = True

    def feed(self, chunk: bytes) -> list[Line]:
        """Return the lines that `chunk` completes."""
        *ended, rest = chunk.split(b"\n")
        complete: list[Line] = []
        for piece in ended:
            self._hold(piece)
            complete.append(self._release())
        self._hold(rest)
        return complete

    def finish(self) -> list[Line]:
        """Return the last line where the stream did not end in LF."""
        return [self._release()] if self._size else []

    def _hold(self, piece: bytes) -> None:
        if piece:
            if self._size <= self._limit:
                self._parts.append(piece)
            self._size += len(piece)

    def _release(self) -> Line:
        whole, size = b"".join(self._parts), self._size
        self._parts, self._size = [], 0
        if self._first:
            self._first = False
            whole = whole.removeprefix(BOM)
        return whole if size <= self._limit else Oversized(whole[:4096], size)


def lines(descriptor: int, *, limit: int = LIMIT) -> Iterator[Line]:
    """Yield the lines of an open file descriptor until its end."""
    splitter = Splitter(limit)
    while chunk := os.read(descriptor, CHUNK):
        yield from splitter.feed(chunk)
    yield from splitter.finish()
