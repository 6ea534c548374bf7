"""Text to tokens and sentences, with the offsets of the unchanged text.

Everything further on quotes the document by these offsets, so nothing is normalised here: a token
keeps its text, and only beside it a lower-case form to look words up by.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from cenotaph.reading.lexicon import Lexicon, Words
from cenotaph.reading.pages import Kind, credited, heading_of, pieces
from cenotaph.spelling import HIDDEN, may_hide

# Words keep their inner apostrophes and dots ("U.N."), a number its marks; a line break is a token.
_TOKEN = re.compile(
    # At a space, as most of what stands between words is, nothing need be tried.
    "(?! )("
    # Most words and marks, told at once: nothing that could belong to them follows.
    r"[A-Za-z]{2,}+(?=[ ,;:)\n\"]|\.[ \n])|[-.,;:()\"“”]|"
    r"[^\W\d_]{2,}+(?!\.?[’'])|[^\W\d_](?![\w.’'])|"
    # All others.
    r"\d+(?:[.,'’\u00a0\u202f\u2009\u066c\uff0c\uff0e]\d{3})+(?!\d)|\d+(?:\.\d+)?"
    r"|(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:[’'][^\W\d_]+)*\.?(?=[’']s\b)|[^\W\d_]+(?:[’'](?!s\b)[^\W\d_]+)*"
    r"|[’']s\b|[\n\r\u2028\u2029\x0b\x0c\x85]|[^\s\w]|_)"
)
# A text is parted into words so many characters at a time. What stands behind the last space of
# such a block is looked at again with the next, as it may go on there; without a space, what stands
# so near to the end.
_BLOCK, _BEYOND = 1 << 12, 16
# What is not seen, but for the separators that count as space.
_UNSEEN = re.compile(f"(?![\x1c-\x1f])[{HIDDEN}]")
_BREAKS = frozenset("\n\r\u2028\u2029\x0b\x0c\x85")
_CLOSERS = frozenset("\"'”’)]»")
_ENDS = frozenset(".!?…。؟")
_STOPS = _BREAKS | _CLOSERS | _ENDS
_BULLETS = frozenset("-–—•*·●▪‣◦")
# Marks by what they do in a sentence.
MARKS = {
    ",": ",", ";": ";", "(": "(", ")": ")", "[": "(", "]": ")", ":": ":",
    "-": "-", "–": "-", "—": "-",
    '"': '"', "“": '"', "”": '"', "«": '"', "»": '"', ".": ".", "!": ".", "?": ".", "…": ".",
    "،": ",", "؛": ";", "'": "'", "’": "'", "/": ",",
}  # fmt: skip
LONGEST_SENTENCE = 400
# Lines narrower than a column are a list. Those of a narrow one may be, unless so many of them go
# on in small letters, and sentences end in them. Lines that numbers or dashes open are.
_NARROWEST, _NARROW, _GO_ON = 28, 40, 0.5
_ENTRY = re.compile(r"\s{0,8}(?:\d{1,3}[.)]\s|[-–—•*·●▪‣◦])")
# "… said. A nurse …", or an end of all: a line within which a sentence ends, or the last one.
_SENTENCES = re.compile(r"\w[.!?][\"'”’)]?(?: +[^\W\d_]|\s*\Z)")
# A page that lost its layout tells its heading again in one of so many sentences.
HEADING_AGAIN = 3
# Before a number these begin what it counts in: "of Three", "and Three".
_COUNTED_ON = frozenset(
    {"preposition", "of", "by", "definite", "coordinator", "pronoun_possessive"}
)
# A run of capitalised words is a heading only where it has some.
_FEWEST_CASED, _SHORT_WORD = 4, 3
_HEADING_WORDS = 30


class Token(NamedTuple):
    """One word, number or mark; `low` is its lower-case form with a plain apostrophe."""

    start: int
    end: int
    text: str
    low: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A run of tokens with their lower-case words.

    `paragraph` numbers the blocks of the document, `index` the sentences.

    `title` marks a heading (a short first line or a line without a closing mark), `caps` a sentence
    wholly in capitals, `cased` one that capitalises its words as headings do, `bullet` a line of a
    list.
    """

    tokens: tuple[Token, ...]
    words: Words
    index: int
    paragraph: int
    title: bool
    caps: bool
    cased: bool
    bullet: bool

    @property
    def capitals(self) -> bool:
        """Tell whether capitals mark no names here, as ordinary words bear them too."""
        return self.caps or self.title or self.cased

    @property
    def start(self) -> int:
        """The offset at which the sentence begins."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """The offset at which the sentence ends."""
        return self.tokens[-1].end


# A token of its four fields, without the step through Python that naming them would take.
_token = partial(tuple.__new__, Token)


def tokenize(text: str) -> Iterator[Token]:
    """Yield the tokens of `text`, line breaks among them.

    Characters that are not seen are read through: "1\u200b7" is one token, whose text is "17" and
    whose offsets are those of all three in the unchanged text.
    """
    for block in _blocks(text):
        yield from block


def _blocks(text: str) -> Iterator[list[Token]]:
    """Yield the tokens of `text` block by block, none of them empty."""
    at, size = 0, _BLOCK
    hides = may_hide(text)
    while at < len(text):
        last = at + size >= len(text)
        tokens = _tokens(text[at : at + size], at, last=last, hides=hides)
        if tokens:
            yield tokens
            at, size = tokens[-1].end, _BLOCK
        elif at + size >= len(text):
            return
        else:
            size *= 2


def _tokens(block: str, at: int, *, last: bool, hides: bool) -> list[Token]:
    """Return the tokens of a block that begins at an offset, without those that may go on behind.

    Behind the last block nothing stands. `hides` where it may hold characters that are not seen.
    """
    hidden = [match.start() for match in _UNSEEN.finditer(block)] if hides else []
    seen = _UNSEEN.sub("", block) if hidden else block
    parts = _TOKEN.split(seen)  # what stands between the tokens, and they, in turns
    texts = parts[1::2]
    edges = list(accumulate(map(len, parts)))
    starts, ends = edges[0::2], edges[1::2]
    if not last:
        space = max(seen.rfind(" "), seen.rfind("\n"))
        del texts[bisect_right(ends, space if space > 0 else len(seen) - _BEYOND) :]
    lows = list(map(str.lower, texts))
    if "’" in seen:
        lows = [low.replace("’", "'") for low in lows]
    if hidden:
        # So many characters are seen before the n-th hidden one.
        before = [offset - n for n, offset in enumerate(hidden)]
        starts = [start + bisect_right(before, start) for start in starts]
        ends = [end + bisect_left(before, end) for end in ends]
    if at:
        starts, ends = [at + start for start in starts], [at + end for end in ends]
    return list(map(_token, zip(starts, ends, texts, lows, strict=False)))


def wrapped(text: str) -> bool:
    """Tell whether single line breaks are those of a hard-wrapped text, not of its paragraphs.

    Where most lines end as sentences do, each is one of its own: an entry of a chronology, a list.
    """
    lines = [line.rstrip() for line in text[:20000].split("\n")]
    full = [len(line) for line in lines if line.strip()]
    if len(full) < 4 or not _NARROWEST <= max(full) <= 100:
        return False
    if sum(_ENTRY.match(line) is not None for line in lines) > 0.3 * len(full):
        return False
    joints = [(a, b) for a, b in zip(lines, lines[1:], strict=False) if a.strip() and b.strip()]
    long = sum(len(a) >= 0.7 * max(full) for a, _ in joints)
    ended = sum(a[-1] in _ENDS for a, _ in joints)
    if max(full) < _NARROW:
        on = sum(b.lstrip()[0].islower() and a[-1] not in ":;" for a, b in joints)
        if on < _GO_ON * len(joints) or not _SENTENCES.search(text, 0, 20000):
            return False
    return len(joints) >= 3 and long >= 0.6 * len(joints) and ended <= 0.5 * len(joints)


def sentences(
    text: str, lexicon: Lexicon, datelines: Collection[tuple[int, int]] = ()
) -> Iterator[Sentence]:
    """Yield the sentences of `text`, each before the next is looked for.

    A sentence past LONGEST_SENTENCE tokens is cut, so that no rule meets an unbounded line.
    `datelines` are the offsets [start, end) of the days that date the text.
    """
    index = 0
    for tokens, paragraph, line_end, kind in _parted(text, lexicon, datelines):
        caps = _in_capitals(text, tokens)
        if not caps and not lexicon.short_names.isdisjoint([t.text for t in tokens]):
            tokens = [
                t._replace(low=t.text) if t.text in lexicon.short_names else t for t in tokens
            ]
        ended = tokens[-1].text[-1] in _ENDS or (  # "at 8 p.m." at a line's end is a sentence
            tokens[-1].text in _CLOSERS and len(tokens) > 1 and tokens[-2].text in _ENDS
        )
        yield Sentence(
            tokens=tuple(tokens),
            words=Words([t.low for t in tokens], lexicon),
            index=index,
            paragraph=paragraph,
            title=kind is not Kind.TEXT or line_end and not ended and _short(tokens),
            caps=caps,
            cased=not caps and _cased(tokens),
            bullet=tokens[0].text in _BULLETS and len(tokens) > 1,
        )
        index += kind is not Kind.FURNITURE


def _parted(
    text: str, lexicon: Lexicon, datelines: Collection[tuple[int, int]]
) -> Iterator[tuple[list[Token], int, bool, Kind]]:
    """Yield what `_divided` does, parted from what of its page has run into it."""
    heading: list[str] = []
    whole = (part for one in _divided(text, lexicon) for part in _begun_again(one, lexicon))
    divided = chain(whole, [None])
    for number, (one, behind) in enumerate(pairwise(divided)):
        if one is None:
            return
        tokens, paragraph, line_end = one
        texts, lows = [t.text for t in tokens], [t.low for t in tokens]
        if not line_end and behind is not None and behind[0][0].text == "(":
            then = behind[0]
            if credited([t.text for t in then], [t.low for t in then], 0, lows, lexicon.lang):
                yield tokens, paragraph, False, Kind.FURNITURE
                continue
        told, dated = [], 0
        if number <= HEADING_AGAIN:
            told, dated = heading, _run_on(text, tokens, datelines)
        if number == 0 and line_end:
            heading = heading_of(texts, lows, [(t.start, t.end) for t in tokens])
        found = pieces(texts, lows, told, dated, lexicon)
        if found is None:
            yield tokens, paragraph, line_end, Kind.TEXT
            continue
        for piece in found:
            last = line_end and piece.end == len(tokens)
            yield tokens[piece.start : piece.end], paragraph, last, piece.kind


def _begun_again(
    one: tuple[list[Token], int, bool], lexicon: Lexicon
) -> Iterator[tuple[list[Token], int, bool]]:
    """Part a sentence where a heading has run into it: "… hits a market Three people were hurt".

    Amid small letters nothing but the begin of a sentence writes a number with a capital, and
    nothing else an article behind a short name: "… according to the U.N. The centre says".
    """
    tokens, paragraph, line_end = one
    start, begins = 0, lexicon.capital_begins
    for n in [n for n, token in enumerate(tokens) if token.text in begins]:
        if lexicon.is_a("definite", tokens[n].low):
            if 1 < n < len(tokens) - 1 and _dotted(tokens[n - 1].text):
                yield tokens[start:n], paragraph, False
                start = n
            continue
        if not 1 < n < len(tokens) - 1 or not tokens[n + 1].text.islower():
            continue
        before = tokens[n - 1]
        if not before.text.isalpha() or before.end == tokens[n].start:
            continue
        if _COUNTED_ON & lexicon.kinds_of(before.low):
            continue  # "of Three", "and Three"
        person = lexicon.is_a("person", tokens[n + 1].low)
        if before.text.islower() or person and not _cased(tokens[start:n]):
            yield tokens[start:n], paragraph, False
            start = n
    yield tokens[start:], paragraph, line_end


def _dotted(text: str) -> bool:
    """Tell whether a word is a name of capitals with dots: "U.N."."""
    return text[1:2] == "." and text.isupper()


def _run_on(text: str, tokens: Sequence[Token], datelines: Collection[tuple[int, int]]) -> int:
    """How many tokens end with a date line behind which the text goes on at once; 0 for none."""
    for start, end in datelines:
        if not tokens[0].start <= start < tokens[-1].start or tokens[-1].end <= end:
            continue
        behind = text[end : end + 2].strip()[:1]
        inside = [n for n, token in enumerate(tokens) if token.start < end]
        if behind.isalnum() and not behind.islower():
            return inside[-1] + 1
    return 0


def _divided(text: str, lexicon: Lexicon) -> Iterator[tuple[list[Token], int, bool]]:
    """Yield the tokens of each sentence, its paragraph, and whether a line ends with it."""
    soft = wrapped(text)
    current: list[Token] = []
    paragraph = breaks = 0
    for run, stop, follows in _stopped(text):
        if run:
            breaks = 0
            current += run
            while len(current) >= LONGEST_SENTENCE:
                yield current[:LONGEST_SENTENCE], paragraph, False
                del current[:LONGEST_SENTENCE]
        if stop is None:
            continue
        if stop.text in _BREAKS:
            breaks += 1
            if not soft or breaks > 1 or follows is None or follows.text in _BULLETS:
                if current:
                    yield current, paragraph, True
                    current = []
                paragraph += 1
            elif current and _ends_here(current, follows, lexicon):
                yield current, paragraph, False
                current = []
            continue
        breaks = 0
        current.append(stop)
        if len(current) >= LONGEST_SENTENCE or _ends_here(current, follows, lexicon):
            yield current, paragraph, False
            current = []
    if current:
        yield current, paragraph, True


def _stopped(text: str) -> Iterator[tuple[list[Token], Token | None, Token | None]]:
    """Yield the tokens before each at which a sentence could end, that one, and what follows it.

    Where a block ends the run does too, and there is no such token.
    """
    held: list[Token] = []
    for block in _blocks(text):
        tokens = [*held, *block]
        held = [tokens.pop()]
        yield from _at_stops(tokens, held[0])
    yield from _at_stops(held, None)


def _at_stops(
    tokens: list[Token], behind: Token | None
) -> Iterator[tuple[list[Token], Token | None, Token | None]]:
    """The same of the tokens of one block, before the one that stands behind it."""
    start, last = 0, len(tokens) - 1
    for n in [n for n, token in enumerate(tokens) if token.text in _STOPS]:
        yield tokens[start:n], tokens[n], tokens[n + 1] if n < last else behind
        start = n + 1
    if start <= last:
        yield tokens[start:], None, None


def _in_capitals(text: str, tokens: Sequence[Token]) -> bool:
    """Tell whether more than four in five letters are capitals, of a dozen or more."""
    first, last = tokens[0].start, tokens[-1].end
    small, most = 0, 0.2 * (last - first)
    for token in tokens:
        if token.text.islower() and token.text.isalpha():
            small += len(token.text)
            if small >= most:  # most sentences, told by their first words
                return False
    passage = text[first:last]
    letters = sum(map(str.isalpha, passage))
    return letters > 12 and sum(map(str.isupper, passage)) > 0.8 * letters


def _short(tokens: Sequence[Token]) -> bool:
    """Tell whether a line has no more words than a heading may."""
    return sum(token.text[0].isalpha() for token in tokens) <= _HEADING_WORDS


def _cased(tokens: list[Token]) -> bool:
    """Tell whether a sentence capitalises its words as a heading does, articles and such apart."""
    words = small = 0
    most = 0.2 * len(tokens)
    for token in tokens:
        text = token.text
        if len(text) > _SHORT_WORD and text.isalpha():
            words += 1
            small += not text[0].isupper()
            if small > most:  # most sentences, told by their first words
                return False
    return words >= _FEWEST_CASED and words - small >= 0.8 * words


def _ends_here(current: list[Token], follows: Token | None, lexicon: Lexicon) -> bool:
    """Tell whether the sentence ends behind its last token so far, before the one that follows."""
    token = current[-1]
    if follows is None or follows.text in _BREAKS:
        return False
    if token.text in _CLOSERS:
        return (
            len(current) > 1
            and current[-2].text in _ENDS
            and follows.start > token.end
            and _opens(follows)
        )
    if token.text not in _ENDS:
        return False
    if follows.text in _CLOSERS and follows.start == token.end:
        return False
    if token.text == ".":
        before = current[-2] if len(current) > 1 else None
        if before is not None and before.end == token.start:
            if before.low in lexicon.abbreviations:
                return False
            if len(before.text) == 1 and before.text.isupper():  # an initial: "John F. Smith"
                return False
        if follows.start == token.end:  # "report.Syria": a missing space, but never "3.5" or "a.m"
            longer = before is not None and len(before.text) > 2 and before.text.islower()
            return follows.text[0].isupper() and (len(follows.text) > 1 or longer)
    return _opens(follows)


def _opens(token: Token) -> bool:
    """Tell whether a sentence can begin with this token."""
    first = token.text[0]
    return first.isupper() or first.isdigit() or not first.isalnum() or not first.islower()
