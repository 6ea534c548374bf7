"""Passages of an older text found again in a newer one of the same bytes; decisions last so."""

import re

from cenotaph.model import Quote

AROUND = 60
"""Characters before and behind a passage by which one of several like it is chosen."""


def carried(quote: Quote, old: str, new: str) -> Quote | None:
    """Return where a passage of `old` stands in `new`, or None where that cannot be told.

    The words must be there unchanged but for white space. Of several places that one is taken whose
    surroundings agree with the old ones the longest; where two agree equally, none is.
    """
    if not quote.is_in(old):
        raise ValueError("the passage is not in the older text")
    words = quote.text.split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    before, behind = (
        squeezed(old[: quote.start][-4 * AROUND :]),
        squeezed(old[quote.end :][: 4 * AROUND]),
    )
    best: list[tuple[int, int, int]] = []
    for match in pattern.finditer(new):
        left = squeezed(new[: match.start()][-4 * AROUND :])
        right = squeezed(new[match.end() :][: 4 * AROUND])
        alike = common(left[::-1], before[::-1]) + common(right, behind)
        best.append((alike, match.start(), match.end()))
    best.sort(reverse=True)
    if not best or (len(best) > 1 and best[0][0] == best[1][0]):
        return None
    _, start, end = best[0]
    return Quote.of(new, start, end)


def squeezed(text: str) -> str:
    """Return a text without its white space."""
    return "".join(text.split())


def common(left: str, right: str) -> int:
    """Return how many characters two texts begin with together, up to `AROUND`."""
    count = 0
    for a, b in zip(left[:AROUND], right[:AROUND], strict=False):
        if a != b:
            break
        count += 1
    return count
