"""Words of a text with what their letters tell: capitals, joined articles, possessives."""

import re
from collections.abc import Iterator
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from cenotaph.model import Gazetteer
from cenotaph.places.lexicon import Lexicon, joiners
from cenotaph.spelling import fold

_WORD = re.compile(r"([^\W_]+(?:[.'’‘`´ʿʾʻ‑-][^\W_]+)*)")
_GAP = re.compile(r"[ \t ]{1,2}|[ \t ]?\n[ \t ]?(?!\n)")
_WRAPPED = re.compile(r"[ \t]*\r?\n[ \t]*")
_MANY_SMALL = re.compile(r"(?:[^a-z]*[a-z]){12}")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")


class Token(NamedTuple):
    """A word: its span (without a possessive ending), its letters in lower case, and its looks.

    `joined` tells that only a space stands before it; `capital` that it looks like (a part of) a
    name;
    `starts` that it begins a sentence or a line; `shouted` and `titled` that its line is written
    wholly
    in capitals, or with a capital to most words.
    """

    start: int
    end: int
    lower: str
    capital: bool
    joined: bool
    starts: bool
    shouted: bool
    possessive: bool
    before: str
    titled: bool


# A token of its fields, without the step through Python that naming them would take.
_token = partial(tuple.__new__, Token)


def tokens(text: str, words: Lexicon, start: int, end: int) -> list[Token]:
    """Return the words of text[start:end] in order."""
    found: list[Token] = []
    last = start
    for line in _lines(text, start, end):
        last = _tokens_of(line, text, words, found, last)
    return found


def _tokens_of(line: "_Line", text: str, words: Lexicon, found: list[Token], last: int) -> int:
    """Add the words of a line; `last` is where the one before them ended. Return where they do."""
    shouted, titled = line.shouted, line.titled
    parts = _WORD.split(text[line.start : line.end])  # what stands between the words, and they
    edges = list(accumulate(map(len, parts), initial=line.start))
    dotted = True  # what stands before the first word may begin in the line above
    turns = zip(parts[0::2], parts[1::2], edges[1::2], edges[2::2], strict=False)
    for gap, word, start, end in turns:
        if dotted:
            gap, dotted = text[last:start], False
        if gap == " " and word[0].islower() and word.isalpha() and word.islower():  # most words
            found.append(
                _token((start, end, word, False, True, not found, shouted, False, gap, titled))
            )
            continue
        possessive = False
        for ending in words.possessive if not word.isalpha() else ():
            if word.lower().endswith(ending) and len(word) > len(ending):
                end -= len(ending)
                word = word[: -len(ending)]
                possessive = True
                break
        if (
            len(word) > 2
            and word[1] == "."
            and text[end : end + 1] == "."
            and _INITIALS.fullmatch(word)
        ):
            end += 1
            word += "."
            last, dotted = end, True
        if shouted and found and found[-1].shouted and _WRAPPED.fullmatch(gap):
            gap = " "
        found.append(
            Token(
                start, end, word.lower().rstrip("."), _capital(word),
                gap == " " or bool(_GAP.fullmatch(gap)),
                not found or (gap != " " and _starts(gap)),
                shouted, possessive, gap, titled,
            )
        )  # fmt: skip
    return last if dotted else edges[-2]


def _starts(gap: str) -> bool:
    """Tell whether what stands between two words ends a sentence or a line."""
    return any(c in ".!?:\n•*|" for c in gap) or gap.strip(" ") in ("“", '"', "-")


def _capital(word: str) -> bool:
    first = word[0]
    if first.islower() and word.isalpha():
        return False
    if first.isupper():
        return "-" not in word or any(part[:1].isupper() for part in word.split("-")[1:])
    if first.islower():
        head, dash, rest = word.partition("-")
        if dash and rest[:1].isupper() and fold(head) in joiners():
            return True
        # Scripts with capitals, an elided article ("d'Ivoire").
        return len(word) > 2 and word[1] in "'’‘`" and word[2:3].isupper()
    return not first.isdigit() and first.upper() == first.lower()


class _Line(NamedTuple):
    """A line at [start, end): wholly in capitals, or with a capital to most of its words."""

    start: int
    end: int
    shouted: bool
    titled: bool


def _lines(text: str, start: int, end: int) -> Iterator[_Line]:
    """Yield the lines of text[start:end] with their looks."""
    at, shouted = start, False
    for line in text[start:end].split("\n"):
        shouted = _shouts(line, behind=shouted)
        behind = at + len(line)
        yield _Line(at, behind, shouted, _headline(line))
        at = behind + 1


def _shouts(line: str, *, behind: bool) -> bool:
    """Tell whether a line is written wholly in capitals; a short one may go on one that is."""
    if _MANY_SMALL.match(line) or not (behind or len(line) >= 15):
        return False
    lows = sum(map(str.islower, line))
    capitals = sum(map(str.isupper, line)) if lows < 12 else 0
    return capitals > 6 * lows and (capitals >= 15 or (behind and capitals > 1))


def _headline(line: str) -> bool:
    """Tell whether a line gives most of its words a capital, as headlines do."""
    if not 20 <= len(line) <= 160:
        return False
    heads = [word[0] for word in line.split() if word[0].isalpha()]
    return len(heads) >= 5 and sum(map(str.isupper, heads)) >= 0.7 * len(heads)


def runs(found: list[Token], words: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield the runs of words that could be names: first token and one past the last.

    A run ends where a line, a comma or a word of grammar stands; small words inside a name stay.
    """
    i, n = 0, len(found)
    small = joiners()
    while i < n:
        token = found[i]
        article = token.lower in small and not token.capital and _follows(found, i)
        if not (token.capital or article) or token.lower in words.function_words:
            i += 1
            continue
        j = i + 1
        while j < n and found[j].joined and not found[j - 1].possessive:
            nxt = found[j]
            if "\n" in nxt.before:
                break
            inner = nxt.lower in small and not nxt.capital and _follows(found, j)
            if not (nxt.capital or inner):
                break
            if nxt.lower in words.function_words and not sun_article(found, j):
                break
            j += 1
        yield i, j
        i = j


def _follows(found: list[Token], i: int) -> bool:
    """Tell whether a capital follows within the same name."""
    return i + 1 < len(found) and found[i + 1].joined and found[i + 1].capital


def sun_article(found: list[Token], i: int) -> bool:
    """Tell whether a small word could be an article that took the sound of the next word ("An
    Nuqra")."""
    word = found[i].lower
    if word not in joiners() or not _follows(found, i):
        return False
    return len(word) > 1 and found[i + 1].lower.startswith(word[1:])


def paired(found: list[Token], text: str, gazetteer: Gazetteer) -> list[Token]:
    """Part two place names that a hyphen joins ("the A-B road"), where the gazetteer knows both."""
    if "-" not in text:
        return found
    out: list[Token] = []
    for i, token in enumerate(found):
        if not token.capital or "-" not in token.lower:
            out.append(token)
            continue
        word = text[token.start : token.end]
        head, dash, rest = word.partition("-")
        if not (dash and token.capital and head[:1].isupper() and rest[:1].isupper()):
            out.append(token)
            continue
        last = found[i + 1] if i + 1 < len(found) and _follows(found, i) else token
        whole = text[token.start : last.end]
        longer = text[token.start + len(head) + 1 : last.end]
        if (
            fold(head) in joiners()
            or gazetteer.knows(word)
            or gazetteer.knows(whole)
            or not gazetteer.knows(head)
            or not (gazetteer.knows(rest) or gazetteer.knows(longer))
        ):
            out.append(token)
            continue
        middle = token.start + len(head)
        out.append(token._replace(end=middle, lower=head.lower(), possessive=False))
        out.append(
            token._replace(
                start=middle + 1, lower=rest.lower(), joined=False, starts=False, before="-"
            )
        )
    return out
