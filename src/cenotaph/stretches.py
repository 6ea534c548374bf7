"""A long text in stretches, so that what is held while it is searched does not grow with it."""

from collections.abc import Iterator

LONGEST = 100_000
"""Characters of a stretch at most; no report of ordinary length is divided."""

# Where a text may be cut, best first; the last of its kind in the second half of a stretch counts.
_CUTS = ("\n\n", "\n", ". ", " ")


def stretches(text: str, longest: int = LONGEST) -> Iterator[tuple[int, int]]:
    """Yield the stretches [start, end) of a text in order; together they are the whole of it.

    A cut is made between paragraphs, else lines, else sentences, else words, and only where there
    is nothing of all these in the middle of what could be a word.
    """
    start = 0
    while len(text) - start > longest:
        end = _cut(text, start + longest // 2, start + longest)
        yield start, end
        start = end
    yield start, len(text)


def _cut(text: str, first: int, last: int) -> int:
    """Return where to cut in [first, last]."""
    for mark in _CUTS:
        at = text.rfind(mark, first, last)
        if at >= 0:
            return at + len(mark)
    return last
