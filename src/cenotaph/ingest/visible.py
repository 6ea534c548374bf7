"""How much a page says, counted without a parser, to tell when a parser has lost some of it."""

import re
from dataclasses import dataclass

RAW = ("script", "style", "template", "noscript", "svg", "iframe", "textarea", "select", "title")
"""Elements whose content is not shown as text, or is none of the page's prose."""

NAMES = (
    "address article aside blockquote body br dd div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 head header hr html li main nav ol option p pre section table tbody td"
    " tfoot th thead tr ul"
)
BLOCKS = frozenset(NAMES.split())
TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
CLOSING = {name: re.compile(f"</{name}", re.IGNORECASE | re.ASCII) for name in RAW}
PROSE = 80
"""Characters of a block that is prose and not the name of a link."""


@dataclass(frozen=True, slots=True)
class Visible:
    """Characters shown, without white space: all, and those of blocks long enough for prose."""

    all: int
    prose: int


def visible(page: str) -> Visible:
    """Estimate what a page shows; one pass, whatever the page holds."""
    everything = prose = block = 0
    at, absent = 0, set[str]()
    while True:
        opening = page.find("<", at)
        shown = page[at:] if opening < 0 else page[at:opening]
        block += size(shown)
        if opening < 0:
            break
        at, name = after_tag(page, opening, absent)
        if name is None:
            block += 1  # a "<" that opens nothing is a character
        elif name in BLOCKS:
            everything, prose, block = everything + block, prose + long(block), 0
    return Visible(everything + block, prose + long(block))


def size(shown: str) -> int:
    """Return how many characters are no white space."""
    return sum(map(len, shown.split()))


def long(block: int) -> int:
    """Return the size of a block if it is prose, else 0."""
    return block if block >= PROSE else 0


def after_tag(page: str, at: int, absent: set[str]) -> tuple[int, str | None]:
    """Return where the tag at `at` ends, with what hides behind it, and the element's name.

    `absent` collects ends that do not come any more, so that none is looked for twice.
    """
    if page.startswith("<!--", at):
        return past(page, "-->", at + 4, absent), ""
    tag = TAG.match(page, at)
    if tag is None:
        if page.startswith(("<!", "<?"), at):
            return past(page, ">", at + 2, absent), ""
        return at + 1, None
    name = tag[1].lower()
    end = past(page, ">", tag.end(), absent)
    if name in RAW and page[at + 1] != "/" and page[end - 2 : end] != "/>":
        if name not in absent:
            found = CLOSING[name].search(page, end)
            if found is not None:
                return past(page, ">", found.end(), absent), name
            absent.add(name)
    return end, name


def past(page: str, mark: str, at: int, absent: set[str]) -> int:
    """Return the place behind the next `mark`, or the end of the page where there is none."""
    if mark in absent:
        return len(page)
    found = page.find(mark, at)
    if found < 0:
        absent.add(mark)
        return len(page)
    return found + len(mark)
