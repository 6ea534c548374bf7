"""Numbers told in words: "a hundred and fifty", "two thousand five hundred".

A number is put together from its largest part down. What "and" joins is a part of it only where it
is smaller than what stands before: "between one hundred and two hundred" are two numbers.
"""

from collections.abc import Sequence
from typing import NamedTuple

from cenotaph.reading.lexicon import Lexicon, Words
from cenotaph.reading.tokens import Token

HYPHENS = frozenset("-–—")
_HUNDRED = 100
_THOUSAND = 1000
_MAX_COUNT = 100_000_000
# So many letters have the names of types that end with a number: "Su-24", "BMP-1".
_LETTERS = 3
# The token of the number glued to letters that begin a sentence.
_BYLINE = 2


class Worded(NamedTuple):
    """A number told in words, and the token behind it."""

    value: int
    end: int


def worded_at(
    tokens: Sequence[Token], lows: Words, i: int, lexicon: Lexicon, *, joins: bool = True
) -> Worded | None:
    """Read the number in words that begins at token `i`; its own "and" only where it `joins`."""
    first = below_hundred(tokens, lows, i, lexicon)
    if first is None:
        if lows[i] not in lexicon.multiplier or i == 0 or not _stands_for_one(lows, i, lexicon):
            return None
        first = Worded(1, i)
    total, scale, end = 0, 0, i
    part: _Part | None = _scaled(tokens, lows, first, lexicon, joins=joins)
    while part is not None and (not scale or part.value < scale):
        total, end, scale = total + part.value, part.end, part.scale
        if scale < _THOUSAND:
            break
        part = _smaller(tokens, lows, end, lexicon, joins=joins)
    return Worded(total, end)


def below_hundred(tokens: Sequence[Token], lows: Words, i: int, lexicon: Lexicon) -> Worded | None:
    """Read "seven", "twelve", "twenty-one", "twenty one"."""
    value = lexicon.cardinal.get(lows[i]) if i < len(lows) else None
    if value is None:
        return None
    end = i + 1
    if value % 10 or not 20 <= value < _HUNDRED:
        return Worded(value, end)
    at = end + 1 if end < len(lows) and lows[end] in HYPHENS else end
    unit = lexicon.cardinal.get(lows[at]) if at < len(lows) else None
    if unit is None or not 0 < unit < 10:
        return Worded(value, end)
    if at == end and tokens[at].start > tokens[end - 1].end + 1:
        return Worded(value, end)
    return Worded(value + unit, at + 1)


def _stands_for_one(lows: Words, i: int, lexicon: Lexicon) -> bool:
    """ "a hundred", "some hundred and twenty", "more than hundred": no number stands before it."""
    before = lows.entries[i - 1].by_kind
    if "indefinite" in before or "before" in before:
        return True
    return i > 1 and lows.entries[i - 2].taken == 2 and "before" in lows.entries[i - 2].by_kind


class _Part(NamedTuple):
    """A part of a number: its value, its end, and from what size on parts behind it are smaller."""

    value: int
    end: int
    scale: int


def _scaled(
    tokens: Sequence[Token], lows: Words, first: Worded, lexicon: Lexicon, *, joins: bool
) -> _Part:
    """A number below a hundred, multiplied by what follows: "two hundred and five thousand"."""
    value, end, scale = first.value, first.end, 1
    half = end + len(lexicon.and_a_half)
    if tuple(lows[end:half]) == lexicon.and_a_half and half < len(lows):
        if (scale := lexicon.multiplier.get(lows[half], 1)) > 1:
            value, end = value * scale + scale // 2, half + 1  # "two and a half thousand"
    while end < len(lows) and (factor := lexicon.multiplier.get(lows[end])) is not None:
        if value >= _MAX_COUNT:
            break
        value, end = value * factor, end + 1
        if factor >= _THOUSAND:
            scale *= factor
        elif factor == _HUNDRED and scale == 1:
            below = _hundredth(tokens, lows, end, lexicon, joins=joins)
            if below is not None:
                value, end = value + below.value, below.end
        elif end < len(lows) and lexicon.multiplier.get(lows[end], 0) < _THOUSAND:
            break
    return _Part(value, end, scale)


def _hundredth(
    tokens: Sequence[Token], lows: Words, end: int, lexicon: Lexicon, *, joins: bool
) -> Worded | None:
    """What follows "a hundred": "and five", "twenty-five", but no "and two hundred"."""
    at = end + 1 if joins and _and(lows, end, lexicon) else end
    below = below_hundred(tokens, lows, at, lexicon)
    if below is None or not 0 < below.value < _HUNDRED:
        return None
    larger = lexicon.multiplier.get(lows[below.end]) if below.end < len(lows) else None
    return None if larger is not None and larger < _THOUSAND else below


def _smaller(
    tokens: Sequence[Token], lows: Words, end: int, lexicon: Lexicon, *, joins: bool
) -> _Part | None:
    """What follows "two thousand": "and fifty", "five hundred", "and five hundred"."""
    joined = joins and _and(lows, end, lexicon)
    first = below_hundred(tokens, lows, end + joined, lexicon)
    if first is None or not first.value:
        return None
    part = _scaled(tokens, lows, first, lexicon, joins=joins)
    return part if joined or part.end > first.end else None


def _and(lows: Words, at: int, lexicon: Lexicon) -> bool:
    """Tell whether a word that joins the parts of a number stands at a token."""
    if at >= len(lows) or lows[at] not in lexicon.range_join:
        return False
    return lexicon.is_a("coordinator", lows[at]) and not lexicon.is_a("alternative", lows[at])


def of_a_name(tokens: Sequence[Token], lows: Words, i: int, lexicon: Lexicon) -> bool:
    """Tell whether the digits at token `i` end a name of letters: "COVID-19", "an F-16", "R-17".

    An agency's letters that begin a sentence are no such name: "TNA-12 civilians were killed".
    """
    if i < 2 or tokens[i - 1].text != "-" or not tokens[i].text.isdecimal():
        return False
    word = tokens[i - 2]
    if word.end != tokens[i - 1].start or tokens[i - 1].end != tokens[i].start:
        return False
    if i == _BYLINE and len(word.text) == _LETTERS and word.text.isupper():
        several = tokens[i].text.strip("0") not in ("", "1")
        if several and i + 1 < len(lows) and "person" in lows.entries[i + 1].kinds:
            return False
    short = len(word.text) <= _LETTERS and word.text[0].isupper() and word.text.isalpha()
    return short or lows[i - 2] in lexicon.numbered_names
