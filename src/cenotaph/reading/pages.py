"""Where a page that lost its layout has run into its text: its heading, topics, buttons.

A page stripped to its words tells its heading twice, and between two sentences what stood beside
them. None of that is part of the sentence beside it, whose place or speaker it would be taken for.
"""

import functools
from collections.abc import Sequence
from enum import StrEnum, auto
from typing import NamedTuple

from cenotaph.reading.lexicon import Lexicon, Words
from cenotaph.reading.vocabulary import Hit, Phrases
from cenotaph.vocab import table

# A heading of fewer words may be repeated by the sentence itself.
FEWEST = 4
# A list of topics has no more words.
MOST_TOPICS = 40
# A credit of a picture has no more tokens.
MOST_CREDITS = 8
# What stands between a heading and the name of its page.
_BEFORE_PAGE = frozenset("|-–—")
# What a sentence begins with; a topic is none of these.
_OPENING = frozenset(
    {"definite", "indefinite", "cardinal", "before", "vague", "every", "preposition"}
)
# What follows the first words of a sentence, as no topic does.
_GOES_ON = frozenset({"preposition", "of", "be", "have", "verb", "verb_other"})


class Kind(StrEnum):
    """What a piece of a sentence is."""

    TEXT = auto()
    HEADING = auto()  # the heading, told again
    FURNITURE = auto()  # what stands beside the text: a date line, topics, buttons


class Piece(NamedTuple):
    """Tokens [start, end) of a sentence, and what they are."""

    start: int
    end: int
    kind: Kind


@functools.cache
def _furniture(lang: str) -> Phrases:
    rules = table(f"{lang}/pages")["furniture"]
    return Phrases((word, code) for code, words in rules.items() for word in words)


class Captions(NamedTuple):
    """The words of captions: in the bracket behind one, in it, and the names of agencies."""

    credit: frozenset[str]
    shown: frozenset[str]
    agencies: Phrases


@functools.cache
def _captions(lang: str) -> Captions:
    words = table(f"{lang}/pages")["captions"]
    sources = table("sources")["source"]
    return Captions(
        frozenset(words["credit"]),
        frozenset(words["shown"]),
        Phrases((n, "agency") for s in sources if s["kind"] == "agency" for n in s["names"]),
    )


def credited(
    texts: Sequence[str], lows: Sequence[str], start: int, before: Sequence[str], lang: str
) -> int:
    """Where the bracket at a token ends that credits a picture; `start` where it credits none.

    `before` are the lower-case words of what would be the caption: "… walk past a house (MNA)".
    """
    if texts[start] != "(" or len(before) < FEWEST:
        return start
    last = min(len(texts), start + MOST_CREDITS)
    end = next((n for n in range(start + 1, last) if texts[n] == ")"), start)
    if end + 1 >= len(texts) or not texts[end + 1][0].isupper():
        return start
    words = _captions(lang)
    inside = list(lows[start + 1 : end])
    sure = not words.credit.isdisjoint(inside)
    shown = not words.shown.isdisjoint(before)
    return end + 1 if sure or shown and words.agencies.find(inside) else start


def heading_of(
    texts: Sequence[str], words: Sequence[str], spans: Sequence[tuple[int, int]]
) -> list[str]:
    """The words of a heading without the name of its page: "Nine dead in raid | The Herald".

    `spans` are the offsets of the words; a dash that stands close to one is a hyphen.
    """
    marks = (
        n
        for n in range(FEWEST, len(texts) - 1)
        if texts[n] in _BEFORE_PAGE and spans[n - 1][1] < spans[n][0]
    )
    end = next(marks, len(texts))
    while end and not texts[end - 1][0].isalnum():
        end -= 1
    return list(words[:end])


def pieces(
    texts: Sequence[str],
    lows: list[str],
    heading: Sequence[str],
    dateline: int,
    lexicon: Lexicon,
) -> list[Piece] | None:
    """Return the pieces of a sentence of such words, in order; None where it is one, as mostly.

    `heading` is the text's first line, empty where the sentence is past its opening; `dateline` the
    number of the tokens that end with a date line that has run into the sentence, 0 for none.
    """
    told = _told_again(texts, lows, heading)
    hits = _furniture(lexicon.lang).find(lows)
    caption = _caption(texts, lows, lexicon.lang) if "(" in texts else 0
    if told is None and not hits and not dateline and not caption:
        return None
    cuts = [told] if told is not None else []
    if caption:
        cuts.append(
            Piece(max(dateline, told.end if told is not None else 0), caption, Kind.FURNITURE)
        )
    if dateline:
        first = told.end if told is not None and told.end < dateline else 0
        cuts.append(Piece(first, dateline, Kind.FURNITURE))
    cuts += _beside(texts, Words(lows, lexicon), hits)
    found: list[Piece] = []
    start, count = 0, len(texts)
    for cut in sorted(cuts):
        if cut.start < start:
            continue
        if cut.start > start:
            found.append(Piece(start, cut.start, Kind.TEXT))
        found.append(cut)
        start = cut.end
    if start < count:
        found.append(Piece(start, count, Kind.TEXT))
    return found


def _caption(texts: Sequence[str], lows: Sequence[str], lang: str) -> int:
    """Where a caption ends that has run into a sentence with its credit; 0 for none."""
    for n, text in enumerate(texts):
        if text == "(" and n and not texts[n - 1].isupper():
            end = credited(texts, lows, n, lows[:n], lang)
            if end > n:
                return end
    return 0


def _told_again(texts: Sequence[str], lows: list[str], heading: Sequence[str]) -> Piece | None:
    """The heading inside a sentence, where more follows it at once."""
    size = len(heading)
    if size < FEWEST:
        return None
    for start in range(len(lows) - size):
        if lows[start] == heading[0] and lows[start : start + size] == list(heading):
            end = start + size
            while end < len(texts) and not texts[end][0].isalnum():
                end += 1
            return Piece(start, end, Kind.HEADING) if end < len(texts) or start else None
    return None


def _beside(texts: Sequence[str], words: Words, hits: Sequence[Hit]) -> list[Piece]:
    """The lists of topics and the buttons among the words."""
    found: list[Piece] = []
    for hit in hits:
        if not texts[hit.start][0].isupper() or found and hit.start < found[-1].end:
            continue
        end = hit.end
        if hit.code == "topics":
            if not texts[end : end + 1] or not texts[end][0].isupper():
                continue
            last = min(len(texts), end + MOST_TOPICS)
            end = next((n for n in range(end + 1, last) if _opens(texts, words, n)), len(texts))
        else:
            while end < len(texts) and texts[end].isdigit():
                end += 1
        found.append(Piece(hit.start, end, Kind.FURNITURE))
    return found


def _opens(texts: Sequence[str], words: Words, n: int) -> bool:
    """Tell whether the text goes on at a word: "At least nine", "A raid", "Shells fell on"."""
    behind = texts[n + 1 : n + 2]
    if not texts[n][0].isupper() or not behind or behind[0][0].isupper():
        return False
    if _OPENING & words.entries[n].kinds:
        return True
    return n + 2 < len(words) and bool(_GOES_ON & words.entries[n + 2].kinds)
