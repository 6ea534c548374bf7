"""Text to tokens and sentences, with the offsets of the unchanged text.

Everything further on quotes the document by these offsets, so nothing is normalised here: a token
keeps its text, and only beside it a lower-case form to look words up by.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from cenotaph.reading.lexicon import Lexicon, Words

# Words keep their inner apostrophes and dots ("U.N."), a number its marks; a line break is a token.
_TOKEN = re.compile(
    # Most words, told at once: nothing that could belong to them follows.
    r"[^\W\d_]{2,}+(?!\.?[’'])|[^\W\d_](?![\w.’'])|"
    # All others.
    r"\d+(?:[.,'’\u00a0\u202f\u2009\u066c]\d{3})+(?!\d)|\d+(?:\.\d+)?"
    r"|(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:[’'][^\W\d_]+)*\.?(?=[’']s\b)|[^\W\d_]+(?:[’'](?!s\b)[^\W\d_]+)*"
    r"|[’']s\b|[\n\r\u2028\u2029\x0b\x0c\x85]|[^\s\w]|_"
)
_SMALL = b"abcdefghijklmnopqrstuvwxyz"
_BREAKS = frozenset("\n\r\u2028\u2029\x0b\x0c\x85")
_CLOSERS = frozenset("\"'”’)]»")
_ENDS = frozenset(".!?…。؟")
_BULLETS = frozenset("-–—•*·●▪‣◦")
# Marks by what they do in a sentence.
MARKS = {
    ",": ",", ";": ";", "(": "(", ")": ")", "[": "(", "]": ")", ":": ":",
    "-": "-", "–": "-", "—": "-",
    '"': '"', "“": '"', "”": '"', "«": '"', "»": '"', ".": ".", "!": ".", "?": ".", "…": ".",
    "،": ",", "؛": ";", "'": "'", "’": "'", "/": ",",
}  # fmt: skip
LONGEST_SENTENCE = 400
# A run of capitalised words is a heading only where it has some.
_FEWEST_CASED, _SHORT_WORD = 4, 3


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


def tokenize(text: str) -> list[Token]:
    """Return the tokens of `text`, line breaks among them."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        word = match[0]
        found.append(Token(start, end, word, word.lower().replace("’", "'")))
    return found


def wrapped(text: str) -> bool:
    """Tell whether single line breaks are those of a hard-wrapped text, not of its paragraphs."""
    lines = [line.rstrip() for line in text[:20000].split("\n")]
    full = [len(line) for line in lines if line.strip()]
    if len(full) < 4 or max(full) > 100:
        return False
    joints = [(a, b) for a, b in zip(lines, lines[1:], strict=False) if a.strip() and b.strip()]
    long = sum(len(a) >= 0.7 * max(full) for a, _ in joints)
    return len(joints) >= 3 and long >= 0.6 * len(joints)


def sentences(text: str, lexicon: Lexicon) -> list[Sentence]:
    """Split `text` into sentences.

    A sentence past LONGEST_SENTENCE tokens is cut, so that no rule meets an unbounded line.
    """
    soft = wrapped(text)
    found: list[Sentence] = []
    current: list[Token] = []
    paragraph = 0
    breaks = 0
    tokens = tokenize(text)

    def close(line_end: bool) -> None:
        if not current:
            return
        caps = _in_capitals(text[current[0].start : current[-1].end])
        ended = current[-1].text in _ENDS or (
            current[-1].text in _CLOSERS and len(current) > 1 and current[-2].text in _ENDS
        )
        found.append(
            Sentence(
                tokens=tuple(current),
                words=Words([t.low for t in current], lexicon),
                index=len(found),
                paragraph=paragraph,
                title=line_end and not ended and sum(t.text[0].isalpha() for t in current) <= 30,
                caps=caps,
                cased=not caps and _cased(current),
                bullet=current[0].text in _BULLETS and len(current) > 1,
            )
        )
        current.clear()

    for i, token in enumerate(tokens):
        if token.text in _BREAKS:
            breaks += 1
            follows = tokens[i + 1] if i + 1 < len(tokens) else None
            if not soft or breaks > 1 or follows is None or follows.text in _BULLETS:
                close(line_end=True)
                paragraph += 1
            continue
        breaks = 0
        current.append(token)
        if len(current) >= LONGEST_SENTENCE:
            close(line_end=False)
        elif _ends_here(tokens, i, current, lexicon):
            close(line_end=False)
    close(line_end=True)
    return found


def _in_capitals(passage: str) -> bool:
    """Tell whether more than four in five letters are capitals, of a dozen or more."""
    plain = passage.encode("ascii", "ignore")
    small = len(plain) - len(plain.translate(None, _SMALL))
    if small >= 0.2 * len(passage):  # most sentences, told at once
        return False
    letters = sum(map(str.isalpha, passage))
    return letters > 12 and sum(map(str.isupper, passage)) > 0.8 * letters


def _cased(tokens: list[Token]) -> bool:
    """Tell whether a sentence capitalises its words as a heading does, articles and such apart."""
    words = [t.text for t in tokens if t.text.isalpha() and len(t.text) > _SHORT_WORD]
    capital = sum(word[0].isupper() for word in words)
    return len(words) >= _FEWEST_CASED and capital >= 0.8 * len(words)


def _ends_here(tokens: list[Token], i: int, current: list[Token], lexicon: Lexicon) -> bool:
    """Tell whether the sentence ends behind token `i`."""
    token = tokens[i]
    follows = tokens[i + 1] if i + 1 < len(tokens) else None
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
            return follows.text[0].isupper() and len(follows.text) > 1
    return _opens(follows)


def _opens(token: Token) -> bool:
    """Tell whether a sentence can begin with this token."""
    first = token.text[0]
    return first.isupper() or first.isdigit() or not first.isalnum() or not first.islower()
