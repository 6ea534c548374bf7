"""Which passages of a document stand word for word in an earlier one.

A copied passage is no evidence of its own: what it says was said by the document in which it stood
first. Earlier means published earlier; among documents of one day, or without a day, the identifier
decides, so that the order in which reports arrive changes nothing.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import date

from cenotaph.model import Copy, Document, DocumentId, Quote

# A passage is compared sentence by sentence; a sentence ends at these marks in every script we
# read.
_SENTENCE = re.compile(r"[^.!?…。؟۔\n\r]+[.!?…。؟۔\n\r]*")
_WORD = re.compile(r"\w+")

# Ten words in a row are rarely written twice by two hands; "Three people were killed on Monday."
# is.
SHORTEST = 10

_Segment = tuple[int, int, int, bytes]


def precedence(document: Document) -> tuple[date, DocumentId]:
    """Order documents by publication; one without a day cannot claim to have been first."""
    return document.published or date.max, document.id


def find(documents: Sequence[Document]) -> tuple[Copy, ...]:
    """Return every passage of at least SHORTEST words that a later document shares with an earlier
    one.

    Words are compared case-folded, punctuation and spacing aside. Each passage names the first
    document that has it; a run of copied sentences is one passage. Time and memory grow with the
    text.
    """
    first: dict[bytes, tuple[int, int]] = {}
    ordered = sorted({d.id: d for d in documents}.values(), key=precedence)
    segmented: list[list[_Segment]] = []
    found: list[Copy] = []
    for number, document in enumerate(ordered):
        segments = list(_segments(document.text))
        matches = [first.get(segment[3]) for segment in segments]
        for begin, end, origin, origin_begin in _runs(matches):
            run = segments[begin:end]
            if sum(words for _, _, words, _ in run) < SHORTEST:
                continue
            source = segmented[origin][origin_begin : origin_begin + len(run)]
            original = ordered[origin]
            found.append(
                Copy(
                    document=document.id,
                    passage=Quote.of(document.text, run[0][0], run[-1][1]),
                    original=original.id,
                    original_passage=Quote.of(original.text, source[0][0], source[-1][1]),
                )
            )
        for position, segment in enumerate(segments):
            first.setdefault(segment[3], (number, position))
        segmented.append(segments)
    return tuple(found)


def _segments(text: str) -> Iterator[_Segment]:
    """Yield (start, end, number of words, fingerprint) of each sentence that has words."""
    for match in _SENTENCE.finditer(text):
        words = list(_WORD.finditer(match[0]))
        if not words:
            continue
        folded = " ".join(word[0].casefold() for word in words)
        digest = hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=12).digest()
        start = match.start() + words[0].start()
        end = match.start() + len(match[0].rstrip())
        yield start, end, len(words), digest


def _runs(
    matches: Sequence[tuple[int, int] | None],
) -> Iterator[tuple[int, int, int, int]]:
    """Yield (begin, end, origin, first segment there) of segments that follow one another in both
    texts."""
    begin = 0
    while begin < len(matches):
        here = matches[begin]
        if here is None:
            begin += 1
            continue
        origin, position = here
        end = begin + 1
        while end < len(matches) and matches[end] == (origin, position + end - begin):
            end += 1
        yield begin, end, origin, position
        begin = end
