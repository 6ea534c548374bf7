"""Which passages of a document stand word for word in an earlier one.

A copied passage is no evidence of its own: what it says was said by the document in which it stood
first. Earlier means published earlier; among documents of one day, or without a day, the identifier
decides, so that the order in which reports arrive changes nothing.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, MutableMapping, Sequence
from datetime import date

from cenotaph.copies.sentences import Place, Sentences
from cenotaph.model import Copy, Document, DocumentId, Quote
from cenotaph.shelves import Shelves, memory

# A passage is compared sentence by sentence; a sentence ends at these marks in every script we
# read.
_SENTENCE = re.compile(r"[^.!?…。؟۔\n\r]+[.!?…。؟۔\n\r]*")
_WORD = re.compile(r"\w+")
_PARAGRAPH = re.compile(r"(\n[ \t\r]*\n)")

# Lines of a text that was wrapped are about so long; titles and entries of lists are shorter, and a
# paragraph in one line is longer.
WRAPPED_FROM, WRAPPED_TO = 40, 120

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
    passages = Passages()
    passages.change(documents)
    ordered = sorted({d.id: d for d in documents}.values(), key=precedence)
    return tuple(copy for document in ordered for copy in passages.of(document.id))


_Dated = tuple[date, list[_Segment]]


class Passages:
    """The sentences of documents that come and go, and which of them stood in which first.

    `texts` holds the texts of documents, by identifier; it is filled here.
    """

    def __init__(
        self,
        shelves: Shelves = memory,
        texts: MutableMapping[DocumentId, str] | None = None,
    ) -> None:
        self._texts: MutableMapping[DocumentId, str] = {} if texts is None else texts
        # The day of each document, and its sentences.
        self._segments: MutableMapping[DocumentId, _Dated] = shelves("segments", _Dated)
        self._places = Sentences(shelves)
        self._found: MutableMapping[DocumentId, tuple[Copy, ...]] = shelves(
            "copies", tuple[Copy, ...]
        )

    def of(self, id_: DocumentId) -> tuple[Copy, ...]:
        """Return the passages of a document that stand in an earlier one, in the text's order."""
        return self._found.get(id_, ())

    def change(self, come: Iterable[Document], gone: Iterable[DocumentId] = ()) -> set[DocumentId]:
        """Take in documents, in place of any of their name, and take others out.

        Return those of all documents whose copied passages are other than they were.
        """
        new = {each.id: each for each in come}
        before: dict[bytes, Place | None] = {}
        for id_ in {*new, *gone}:
            if id_ in self._segments:
                self._forget(id_, before)
        for each in new.values():
            self._remember(each, before)
        again = {*new}
        for digest, first in before.items():
            again.update(self._moved(digest, first, new))
        changed = {id_ for id_ in gone if id_ not in new and self._found.pop(id_, ())}
        for id_ in again:
            if id_ not in self._segments:
                continue
            found = tuple(self._copies(id_))
            if found != self._found.get(id_, ()):
                changed.add(id_)
                self._found[id_] = found
        return changed

    def _forget(self, id_: DocumentId, before: dict[bytes, Place | None]) -> None:
        day, segments = self._segments.pop(id_)
        for position, segment in enumerate(segments):
            before.setdefault(segment[3], self._places.first(segment[3]))
            self._places.remove(segment[3], (day, id_, position))

    def _remember(self, document: Document, before: dict[bytes, Place | None]) -> None:
        self._texts[document.id] = document.text
        day, id_ = precedence(document)
        segments = list(_segments(document.text))
        self._segments[document.id] = (day, segments)
        for position, segment in enumerate(segments):
            before.setdefault(segment[3], self._places.first(segment[3]))
            self._places.add(segment[3], (day, id_, position))

    def _moved(
        self, digest: bytes, first: Place | None, new: Collection[DocumentId]
    ) -> Iterator[DocumentId]:
        """Yield the documents with a sentence whose first place is another now.

        Those behind it copy from the first place alone: what comes or goes among them concerns
        none of the others, however many they are.
        """
        now = self._places.first(digest)
        if now is not None and (now != first or now[1] in new):
            yield from (id_ for _, id_, _ in self._places.all(digest))

    def _copies(self, id_: DocumentId) -> Iterator[Copy]:
        segments = self._segments[id_][1]
        matches: list[tuple[DocumentId, int] | None] = []
        for segment in segments:
            here = self._places.first(segment[3])
            assert here is not None
            _, first, position = here
            matches.append((first, position) if first != id_ else None)
        for begin, end, origin, origin_begin in _runs(matches):
            run = segments[begin:end]
            if sum(words for _, _, words, _ in run) < SHORTEST:
                continue
            source = self._segments[origin][1][origin_begin : origin_begin + len(run)]
            yield Copy(
                document=id_,
                passage=Quote.of(self._texts[id_], run[0][0], run[-1][1]),
                original=origin,
                original_passage=Quote.of(self._texts[origin], source[0][0], source[-1][1]),
            )


def unwrapped(text: str) -> str:
    """Return a text of the same length with blanks for the breaks at which its lines were wrapped.

    A line was wrapped where the next word would have made it longer than the longest line of its
    paragraph. A break behind a sentence, a title or an entry of a list stays.
    """
    out = []
    for paragraph in _PARAGRAPH.split(text):
        lines = paragraph.split("\n")
        longest = max(len(line.rstrip()) for line in lines)
        if len(lines) == 1 or not WRAPPED_FROM <= longest <= WRAPPED_TO:
            out.append(paragraph)
            continue
        heads = [following.split(None, 1)[:1] for following in lines[1:]]
        full = [
            bool(head) and len(line.rstrip()) + 1 + len(head[0]) > longest
            for line, head in zip(lines, heads, strict=False)
        ]
        for line, head, wrapped in zip(lines, heads, full, strict=False):
            # One line that happens to be the longest is no evidence, unless a word goes on below.
            wrapped = wrapped and (sum(full) > 1 or (all(full) and head[0][0].islower()))
            out.append(line.replace("\r", " ") + " " if wrapped else line + "\n")
        out.append(lines[-1])
    return "".join(out)


def _segments(text: str) -> Iterator[_Segment]:
    """Yield (start, end, number of words, fingerprint) of each sentence that has words."""
    for match in _SENTENCE.finditer(unwrapped(text)):
        words = list(_WORD.finditer(match[0]))
        if not words:
            continue
        folded = " ".join(word[0].casefold() for word in words)
        digest = hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=12).digest()
        start = match.start() + words[0].start()
        end = match.start() + len(match[0].rstrip())
        yield start, end, len(words), digest


def _runs(
    matches: Sequence[tuple[DocumentId, int] | None],
) -> Iterator[tuple[int, int, DocumentId, int]]:
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
