"""A text cut at every border of every marked span, so that its marks can nest and overlap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Marking = tuple[int, int, str, str]
"""Start and end in code points, what kind of mark it is, and what it refers to."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that no mark begins or ends within. `marks` are (kind, reference) pairs,
    the widest first; the pieces of a text, one after the other, are the text.
    """

    start: int
    text: str
    marks: tuple[tuple[str, str], ...] = ()

    def of(self, kind: str) -> tuple[str, ...]:
        """Return what marks of a kind refer to, the widest first."""
        return tuple(reference for known, reference in self.marks if known == kind)

    def has(self, kind: str) -> bool:
        """Tell whether a mark of this kind covers the piece."""
        return any(known == kind for known, _ in self.marks)


def pieces(text: str, markings: Iterable[Marking]) -> list[Piece]:
    """Cut a text at the borders of its marks; spans are cut off at the ends of the text.

    Work grows with the text and with the pieces that each mark covers.
    """
    known: list[Marking] = []
    for start, end, kind, reference in markings:
        start, end = max(0, start), min(len(text), end)
        if start < end:
            known.append((start, end, kind, reference))
    known.sort(key=lambda mark: (mark[0], -mark[1], mark[2], mark[3]))
    borders = sorted({0, len(text), *(m[0] for m in known), *(m[1] for m in known)})
    found: list[Piece] = []
    open_marks: list[Marking] = []
    at = 0
    for start, end in zip(borders, borders[1:], strict=False):
        open_marks = [mark for mark in open_marks if mark[1] > start]
        while at < len(known) and known[at][0] == start:
            open_marks.append(known[at])
            at += 1
        widest = sorted(open_marks, key=lambda mark: (mark[0] - mark[1], mark[2], mark[3]))
        found.append(Piece(start, text[start:end], named(widest)))
    return found


def named(marks: Sequence[Marking]) -> tuple[tuple[str, str], ...]:
    """Return kinds and references without repetition, in the order given."""
    return tuple(dict.fromkeys((kind, reference) for _, _, kind, reference in marks))
