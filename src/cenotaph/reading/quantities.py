"""Counting words: from "at least 26" and "two or three" to bounds with a modality."""

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from cenotaph.model import Count, Modality
from cenotaph.reading.lexicon import Lexicon
from cenotaph.reading.tokens import Token

_DIGITS = re.compile(r"\d+(?:[.,'’\u00a0\u202f\u2009\u066c]\d{3})*")
_FRACTION = re.compile(r"\d+\.\d+")
_HYPHENS = frozenset("-–—")
_MAX_COUNT = 100_000_000


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at tokens [start, end): its count, and what kind of words gave it.

    `words` is "digits", "words", "vague", "zero", "share" or "ordinal"; `year` marks four bare digits
    that could as well be a year; `additional` that it is on top of earlier ones.
    """

    start: int
    end: int
    count: Count
    words: str
    year: bool = False
    additional: bool = False


class _Number(NamedTuple):
    value: int
    end: int
    digits: bool
    year: bool


def number_at(
    tokens: tuple[Token, ...], lows: list[str], i: int, lexicon: Lexicon
) -> _Number | None:
    """Read one plain number at token `i`: digits, words, compounds, multipliers."""
    token = tokens[i]
    if token.text[0].isdigit():
        return _digits_at(tokens, lows, i, lexicon)
    value = lexicon.cardinal.get(token.low)
    if value is None:
        if token.low in lexicon.multiplier and i > 0 and _is_a(lows[i - 1], lexicon):
            return _Number(lexicon.multiplier[token.low], i + 1, False, False)
        return None
    end = i + 1
    if 20 <= value < 100 and value % 10 == 0:
        follow = end + 1 if end < len(lows) and lows[end] in _HYPHENS else end
        unit = lexicon.cardinal.get(lows[follow]) if follow < len(lows) else None
        if (
            unit is not None
            and 0 < unit < 10
            and (follow > end or tokens[follow].start <= tokens[end - 1].end + 1)
        ):
            value += unit
            end = follow + 1
    return _times(tokens, lows, value, end, lexicon)


def _is_a(low: str, lexicon: Lexicon) -> bool:
    return lexicon.is_a("a", low)


def _times(
    tokens: tuple[Token, ...], lows: list[str], value: int, end: int, lexicon: Lexicon
) -> _Number:
    """Multiply by the multipliers that follow, and add what stands below them ("a hundred and five")."""
    total, grown = 0, value
    while end < len(lows) and lows[end] in lexicon.multiplier and grown < _MAX_COUNT:
        factor = lexicon.multiplier[lows[end]]
        grown *= factor
        end += 1
        rest = end + 1 if end < len(lows) and lows[end] in lexicon.range_join else end
        if factor in (100, 1000) and rest < len(lows) and lows[rest] in lexicon.cardinal:
            below = lexicon.cardinal[lows[rest]]
            joined = rest > end
            if below < factor and (joined or rest == end) and factor == 100:
                follow = rest + 1
                if below >= 20 and follow + 1 < len(lows) and lows[follow] in _HYPHENS:
                    unit = lexicon.cardinal.get(lows[follow + 1])
                    if unit is not None and unit < 10:
                        below += unit
                        follow += 2
                grown += below
                end = follow
    return _Number(total + grown, end, False, False)


def _digits_at(
    tokens: tuple[Token, ...], lows: list[str], i: int, lexicon: Lexicon
) -> _Number | None:
    text = tokens[i].text
    end = i + 1
    if _DIGITS.fullmatch(text):
        digits = re.sub(r"\D", "", text)
        if len(digits) > 12:
            return None
        value = int(digits)
        year = len(text) == 4 and 1900 <= value <= 2099
        # "1 500 people": groups of three behind single spaces
        if len(text) <= 3 and text[0] != "0":
            while (
                end < len(tokens)
                and len(tokens[end].text) == 3
                and tokens[end].text.isdigit()
                and tokens[end].start == tokens[end - 1].end + 1
                and value < _MAX_COUNT
            ):
                value = value * 1000 + int(tokens[end].text)
                end += 1
    elif _FRACTION.fullmatch(text):
        if end < len(lows) and lows[end] in lexicon.multiplier:
            return _Number(round(float(text) * lexicon.multiplier[lows[end]]), end + 1, True, False)
        return None
    else:
        return None
    if end < len(lows) and lows[end] in lexicon.multiplier:
        grown = _times(tokens, lows, value, end, lexicon)
        return _Number(grown.value, grown.end, True, False)
    return _Number(value, end, True, year)


def _bounds(value: int, modality: str) -> Count:
    """The contract's bounds of a number under its modality."""
    if modality == "at_least":
        return Count(low=value, high=None, modality=Modality.AT_LEAST)
    if modality == "more_than":
        return Count(low=value + 1, high=None, modality=Modality.MORE_THAN)
    if modality == "at_most":
        return Count(low=None, high=value, modality=Modality.AT_MOST)
    if modality == "fewer_than":
        return Count(low=None, high=max(value - 1, 0), modality=Modality.AT_MOST)
    if modality == "about":
        return Count(low=value, high=value, modality=Modality.ABOUT)
    return Count(low=value, high=value, modality=Modality.EXACT)


def vague(low: int) -> Count:
    """A vague word's bounds: its low by rule, no high, imputed."""
    return Count(low=low, high=None, modality=Modality.VAGUE, imputed=True)


def quantity_at(
    tokens: tuple[Token, ...], lows: list[str], i: int, lexicon: Lexicon
) -> Quantity | None:
    """Read a quantity that begins at token `i`, with the words that bound it before and after."""
    begin, modality, additional = i, "", False
    for _ in range(4):
        taken, senses = lexicon.longest(lows, i) if i < len(lows) else (0, ())
        kinds = {s.kind: s for s in senses}
        if "additional" in kinds and taken and i + taken < len(lows):
            additional = True
            i += taken
        elif "before" in kinds and i + taken < len(lows):
            modality = modality or str(kinds["before"].data)
            if str(kinds["before"].data) not in ("exact", modality):
                modality = str(kinds["before"].data)
            i += taken
        elif modality and "a" in kinds and i + 1 < len(lows) and lows[i + 1] in lexicon.multiplier:
            i += taken
        else:
            break
    if i >= len(lows):
        return None
    if lows[i] in lexicon.range_open and i + 1 < len(lows):
        opened = number_at(tokens, lows, i + 1, lexicon)
        return opened and _range(tokens, lows, i + 1, i + 1, opened, lexicon)
    taken, senses = lexicon.longest(lows, i)
    kinds = {s.kind: s for s in senses}
    if "zero" in kinds and i == begin:
        count = Count(low=0, high=0, modality=Modality.EXACT)
        return Quantity(begin, i + taken, count, "zero")
    if "share" in kinds and i == begin and taken:
        count = Count(low=None, high=None, modality=Modality.SHARE)
        return Quantity(begin, i + taken, count, "share")
    if "vague" in kinds:
        count = vague(int(kinds["vague"].data))
        return Quantity(begin, i + taken, count, "vague", additional=additional)
    if "phrase" in kinds:
        count = _bounds(int(kinds["phrase"].data), modality)
        return Quantity(begin, i + taken, count, "words", additional=additional)
    if (
        "a" in kinds and "cardinal" not in kinds and taken == 1 and i + 1 < len(lows)
        and lows[i + 1] in lexicon.multiplier
    ):  # fmt: skip
        i += 1
    number = number_at(tokens, lows, i, lexicon)
    if number is None:
        return None
    ranged = _range(tokens, lows, i, begin, number, lexicon)
    if ranged is not None:
        return replace(ranged, additional=additional)
    end = number.end
    if end < len(lows):
        taken, senses = lexicon.longest(lows, end)
        for sense in senses:
            if sense.kind == "after":
                modality, end = str(sense.data), end + taken
        if lows[end : end + 1] == ["+"]:
            modality, end = "at_least", end + 1
    return Quantity(
        begin,
        end,
        _bounds(number.value, modality),
        "digits" if number.digits else "words",
        year=number.year and not modality,
        additional=additional,
    )


def _range(
    tokens: tuple[Token, ...],
    lows: list[str],
    i: int,
    begin: int,
    first: _Number,
    lexicon: Lexicon,
) -> Quantity | None:
    """Read "between 13 and 16", "12-15", "two or three"; a range needs its first end below its second."""
    at = first.end
    if at + 1 >= len(lows) or lows[at] not in lexicon.range_join:
        return None
    opened = i > 0 and lows[i - 1] in lexicon.range_open
    joint = lows[at]
    second = number_at(tokens, lows, at + 1, lexicon)
    if second is None or second.value <= first.value or second.year != first.year and first.year:
        return None
    if joint in _HYPHENS:
        # "17-year-old", "2-1 vote" and "12-15 people": both sides must touch the hyphen
        if tokens[at].start != tokens[at - 1].end or tokens[at + 1].start != tokens[at].end:
            return None
    elif not opened and second.value > first.value * 2 + 2:
        return None
    elif (
        not opened
        and any(s.kind == "and" for s in lexicon.senses(joint))
        and not any(s.kind == "or" for s in lexicon.senses(joint))
    ):
        return None
    if first.year:
        return None
    start = i - 1 if opened and begin == i else begin
    count = Count(low=first.value, high=second.value, modality=Modality.RANGE)
    return Quantity(start, second.end, count, "digits" if second.digits else "words")
