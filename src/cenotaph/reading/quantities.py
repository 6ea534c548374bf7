"""Counting words: from "at least 26" and "two or three" to bounds with a modality.

A count is never one number where the words give two, or none: "more than 20" has no upper end, and
a vague word only a lower one. What is counted is not asked here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from cenotaph.model import Count, Modality
from cenotaph.reading.entries import Sense
from cenotaph.reading.lexicon import Lexicon, Words
from cenotaph.reading.number_words import HYPHENS, worded_at
from cenotaph.reading.tokens import Token

_DIGITS = re.compile(r"\d+(?:[.,'’\u00a0\u202f\u2009\u066c\uff0c\uff0e]\d{3})*")
_FRACTION = re.compile(r"\d+\.\d+")
# What people begin with: "three plus the gunman" are no three or more.
_BEGINS_PEOPLE = frozenset({"definite", "indefinite", "pronoun_possessive", "cardinal", "person"})
_MAX_COUNT = 100_000_000
_MILLION = 1_000_000
# "one in so many" is told of so many at most.
_EVERY = 100
# "at least another": so many phrases may stand before a number.
LONGEST_LEAD = 4


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at tokens [start, end): its count, and what kind of words gave it.

    `words` is "digits", "words", "vague", "zero" or "share"; `year` marks four bare digits that
    could as well be a year; `additional` that it is on top of earlier ones.
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


class _Lead(NamedTuple):
    """The words before a number: where they end, and how they bound it."""

    end: int
    modality: str
    additional: bool


def number_at(tokens: tuple[Token, ...], lows: Words, i: int, lexicon: Lexicon) -> _Number | None:
    """Read one plain number at token `i`: digits, words, compounds, multipliers."""
    token = tokens[i]
    if token.text[0].isdigit():
        return _digits_at(tokens, lows, i, lexicon)
    opened = i > 0 and lows[i - 1] in lexicon.range_open
    number = worded_at(tokens, lows, i, lexicon)
    if number is not None and opened and lows[number.end : number.end + 1] != []:
        if lows[number.end] not in lexicon.range_join:  # "between one hundred and fifty people"
            number = worded_at(tokens, lows, i, lexicon, joins=False)
    return number and _Number(number.value, number.end, False, False)


def _times(lows: Words, value: int, end: int, lexicon: Lexicon) -> _Number:
    """Multiply digits by the words that follow: "35 hundred", "2 dozen"."""
    while end < len(lows) and lows[end] in lexicon.multiplier and value < _MAX_COUNT:
        value *= lexicon.multiplier[lows[end]]
        end += 1
    return _Number(value, end, True, False)


def _digits_at(tokens: tuple[Token, ...], lows: Words, i: int, lexicon: Lexicon) -> _Number | None:
    text = tokens[i].text
    end = i + 1
    multiplied = end < len(lows) and lows[end] in lexicon.multiplier
    if _FRACTION.fullmatch(text) and not _DIGITS.fullmatch(text):
        if not multiplied:
            return _millions(tokens, text, end, lexicon)
        return _Number(round(float(text) * lexicon.multiplier[lows[end]]), end + 1, True, False)
    if not _DIGITS.fullmatch(text):
        return None
    if end < len(lows) and lows[end] in lexicon.ordinal_ends and tokens[end].start == tokens[i].end:
        return None  # "the 3rd victim"
    digits = re.sub(r"\D", "", text)
    if len(digits) > 12:
        return None
    value = int(digits)
    if end + 2 < len(lows) and lows[end] == "," and lows[end + 2] in lexicon.multiplier:
        if (tenths := _tenths(tokens, value, end, lexicon.multiplier[lows[end + 2]])) is not None:
            return _Number(tenths, end + 3, True, False)
    year = len(text) == 4 and 1900 <= value <= 2099
    if len(text) <= 3 and text[0] != "0":
        value, end = _spaced(tokens, value, end)
    if end < len(lows) and lows[end] in lexicon.multiplier:
        return _times(lows, value, end, lexicon)
    return _Number(value, end, True, year)


def _millions(tokens: tuple[Token, ...], text: str, end: int, lexicon: Lexicon) -> _Number | None:
    """ "2.3M": the letter touches the number, and is a capital, which no metre has."""
    letter = tokens[end] if end < len(tokens) else None
    if letter is None or letter.text != lexicon.millions or letter.start != tokens[end - 1].end:
        return None
    return _Number(round(float(text) * _MILLION), end + 1, True, False)


def _tenths(tokens: tuple[Token, ...], value: int, comma: int, times: int) -> int | None:
    """ "1,2 million": digits that both touch a comma are one number, as some languages write it."""
    behind = tokens[comma + 1]
    touches = tokens[comma - 1].end == tokens[comma].start and tokens[comma].end == behind.start
    if not touches or times < _MILLION or not behind.text.isdecimal() or len(behind.text) > 2:
        return None
    return round(float(f"{value}.{int(behind.text):0{len(behind.text)}d}") * times)


def _spaced(tokens: tuple[Token, ...], value: int, end: int) -> tuple[int, int]:
    """Read on "1 500": groups of three digits behind single spaces; the value, and its end."""
    while (
        end < len(tokens)
        and len(tokens[end].text) == 3
        and tokens[end].text.isdigit()
        and tokens[end].start == tokens[end - 1].end + 1
        and value < _MAX_COUNT
    ):
        value = value * 1000 + int(tokens[end].text)
        end += 1
    return value, end


def bounds_of(value: int, modality: str) -> Count:
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
    tokens: tuple[Token, ...], lows: Words, i: int, lexicon: Lexicon
) -> Quantity | None:
    """Read a quantity that begins at token `i`, with the words that bound it before and after."""
    if i >= len(lows):
        return None
    first = lows.entries[i]
    if not first.counts and lows[i] not in lexicon.number_words and not tokens[i].text[0].isdigit():
        return None  # most words: neither a number nor anything that stands before one
    lead = lead_at(lows, i, lexicon)
    at = lead.end
    if lows[at] in lexicon.range_open and at + 1 < len(lows):
        first_end = _over_article(lows, at + 1, lexicon)
        opened = number_at(tokens, lows, first_end, lexicon)
        return opened and _range(tokens, lows, at + 1, at + 1, opened, lexicon)
    kinds, taken = lows.entries[at].by_kind, lows.entries[at].taken
    worded = _worded(kinds, i, at + taken, lead)
    if worded is not None:
        return replace(worded, end=_over_more(lows, worded, lexicon))
    if taken == 1:
        at = _over_article(lows, at, lexicon)
    number = number_at(tokens, lows, at, lexicon)
    if number is None:
        return _unnumbered(lows, i, lead, lexicon)
    if (share := _in_so_many(tokens, lows, i, number, lexicon)) is not None:
        return share
    if not number.digits and lows[number.end : number.end + 1] == ["("]:
        number = _in_digits_too(tokens, lows, number, lexicon)
    ranged = _range(tokens, lows, at, i, number, lexicon)
    if ranged is not None:
        return replace(ranged, additional=lead.additional)
    modality, end = _bounded_behind(lows, number.end, lead.modality, lexicon)
    upper = _upper(tokens, lows, end, lexicon) if modality == "at_least" else None
    if upper is not None and upper.value > number.value:
        count = Count(low=number.value, high=upper.value, modality=Modality.RANGE)
        words = "digits" if upper.digits else "words"
        return Quantity(i, upper.end, count, words, additional=lead.additional)
    return Quantity(
        i,
        end,
        bounds_of(number.value, modality),
        "digits" if number.digits else "words",
        year=number.year and modality in ("", "exact"),
        additional=lead.additional,
    )


def _in_digits_too(
    tokens: tuple[Token, ...], lows: Words, number: _Number, lexicon: Lexicon
) -> _Number:
    """ "twelve (12) people": a number in words, and behind it the same one in digits."""
    at = number.end + 1
    again = number_at(tokens, lows, at, lexicon) if at < len(lows) else None
    if again is None or not again.digits or again.value != number.value:
        return number
    return (
        number._replace(end=again.end + 1) if lows[again.end : again.end + 1] == [")"] else number
    )


def _in_so_many(
    tokens: tuple[Token, ...], lows: Words, i: int, number: _Number, lexicon: Lexicon
) -> Quantity | None:
    """ "one in five of the dead", "two out of three children": a share from token `i` on."""
    end = number.end
    ratio = next((w for w in lexicon.ratios if tuple(lows[end : end + len(w)]) == w), None)
    if ratio is None or end + len(ratio) >= len(lows):
        return None
    every = number_at(tokens, lows, end + len(ratio), lexicon)
    if every is None or not 0 < number.value < every.value <= _EVERY:
        return None
    if lexicon.kinds(lows, every.end).isdisjoint({"of", "person", "of_them"}):
        return None  # "killed two in five villages"
    count = Count(low=None, high=None, modality=Modality.SHARE)
    return Quantity(i, every.end, count, "share")


def _over_article(lows: Words, at: int, lexicon: Lexicon) -> int:
    """The token of "hundred" in "a hundred"; `at` where no such article stands there."""
    kinds = lows.entries[at].kinds
    article = "indefinite" in kinds and "cardinal" not in kinds
    follows = lows[at + 1 : at + 2] and lows[at + 1] in lexicon.multiplier
    return at + 1 if article and follows else at


def lead_at(lows: Words, i: int, lexicon: Lexicon) -> _Lead:
    """Read "another", "at least", "about a" before the number that they bound."""
    modality, additional = "", False
    for _ in range(LONGEST_LEAD):
        taken, kinds = lows.entries[i].taken, lows.entries[i].by_kind
        if not kinds or i + taken >= len(lows):
            break
        if "additional" in kinds:
            additional = True
        elif "before" in kinds:
            said = str(kinds["before"].data)
            if not modality or said != "exact":
                modality = said
        elif not (modality and "indefinite" in kinds and lows[i + 1] in lexicon.multiplier):
            break
        i += taken
    return _Lead(i, modality, additional)


def _worded(kinds: Mapping[str, Sense], begin: int, end: int, lead: _Lead) -> Quantity | None:
    """A count that one phrase gives whole: none, a share, a vague word, a fixed value."""
    if "zero" in kinds and lead.end == begin:
        return Quantity(begin, end, Count(low=0, high=0, modality=Modality.EXACT), "zero")
    if "share" in kinds:
        return Quantity(begin, end, Count(low=None, high=None, modality=Modality.SHARE), "share")
    if "vague" in kinds:
        count = vague(int(kinds["vague"].data))
        return Quantity(begin, end, count, "vague", additional=lead.additional)
    if "phrase" in kinds:
        count = bounds_of(int(kinds["phrase"].data), lead.modality)
        return Quantity(begin, end, count, "words", additional=lead.additional)
    return None


def _over_more(lows: Words, first: Quantity, lexicon: Lexicon) -> int:
    """Where "dozens, if not hundreds," ends: the words after the first say that it may be more."""
    at = first.end
    comma = lows[at : at + 1] == [","]
    at += comma
    taken, senses = lexicon.longest(lows, at)
    if first.words != "vague" or not any(s.kind == "if_more" for s in senses):
        return first.end
    entry = lows.entries[at + taken] if at + taken < len(lows) else None
    if entry is None or "vague" not in entry.kinds:
        return first.end
    at += taken + entry.taken
    return at + (comma and lows[at : at + 1] == [","])


def _upper(tokens: tuple[Token, ...], lows: Words, at: int, lexicon: Lexicon) -> _Number | None:
    """The upper end in "at least one (but possibly) up to 12", "at least 30 and up to 50"."""
    if lows[at : at + 1] == [","]:
        at += 1
    if at < len(lows) and (lows[at] in lexicon.range_join or lows[at] in lexicon.but):
        at += 1
    while at < len(lows) and any(
        s.kind in ("suspected", "possible") for s in lexicon.senses(lows[at])
    ):
        at += 1
    if at >= len(lows):
        return None
    lead = lead_at(lows, at, lexicon)
    if lead.modality != "at_most" or lead.end >= len(lows):
        return None
    return number_at(tokens, lows, lead.end, lexicon)


def _unnumbered(lows: Words, i: int, lead: _Lead, lexicon: Lexicon) -> Quantity | None:
    """ "some villagers": a word that bounds a number, where none follows, is vague itself."""
    if lead.end != i + 1 or lead.modality != "about":
        return None
    low = lexicon.vague_alone.get(lows[i])
    follows = lexicon.kinds(lows, lead.end)
    plural = any(
        s.kind in ("person", "noun") and s.data.plural for s in lexicon.longest(lows, lead.end)[1]
    )
    if low is None or not plural and "modifier" not in follows:
        return None
    return Quantity(i, lead.end, vague(low), "vague", additional=lead.additional)


def _bounded_behind(lows: Words, end: int, modality: str, lexicon: Lexicon) -> tuple[str, int]:
    """The modality that words behind the number give it ("or more", "+"), and where they end."""
    taken, senses = lexicon.longest(lows, end)
    joins = end < len(lows) and lexicon.is_a("coordinator", lows[end])
    if joins and taken == 1 and lexicon.kinds(lows, end + 1) & _BEGINS_PEOPLE:
        return modality, end  # "three plus the gunman"
    if joins and taken > 1 and end + taken < len(lows) and "before" in lows.entries[end + 1].kinds:
        return modality, end  # "32 and more than 115 others"
    for sense in senses:
        if sense.kind == "after":
            modality, end = str(sense.data), end + taken
    if lows[end : end + 1] == ["+"]:
        return "at_least", end + 1
    return modality, end


def _range(
    tokens: tuple[Token, ...],
    lows: Words,
    i: int,
    begin: int,
    first: _Number,
    lexicon: Lexicon,
) -> Quantity | None:
    """Read "between 13 and 16", "12-15", "two or three": the first end is below the second."""
    at = first.end
    if first.year or at + 1 >= len(lows) or lows[at] not in lexicon.range_join:
        return None
    behind = _over_article(lows, at + 1, lexicon)
    second = number_at(tokens, lows, behind, lexicon)
    if second is None or second.value <= first.value:
        return None
    first = first._replace(value=first.value * _scale_of_both(lows, behind, first, second, lexicon))
    opened = i > 0 and lows[i - 1] in lexicon.range_open
    if not _joins(tokens, lows, at, first.value, second.value, lexicon, opened=opened):
        return None
    start = i - 1 if opened and begin == i else begin
    count = Count(low=first.value, high=second.value, modality=Modality.RANGE)
    return Quantity(start, second.end, count, "digits" if second.digits else "words")


def _scale_of_both(lows: Words, at: int, first: _Number, second: _Number, lexicon: Lexicon) -> int:
    """ "two to three thousand": what multiplies the second number at token `at` and the first."""
    alone = int(lows[at]) if lows[at].isdecimal() else lexicon.cardinal.get(lows[at], 0)
    scale, rest = divmod(second.value, alone) if first.value < alone else (1, 0)
    return scale if not rest and lows[at + 1 : at + 2] and lows[at + 1] in lexicon.multiplier else 1


def _joins(
    tokens: tuple[Token, ...],
    lows: Words,
    at: int,
    low: int,
    high: int,
    lexicon: Lexicon,
    *,
    opened: bool,
) -> bool:
    """Tell whether the word or hyphen at token `at` makes a range of the numbers beside it."""
    joint = lows[at]
    if joint in HYPHENS:
        # "17-year-old", "2-1 vote" and "12-15 people": both sides must touch the hyphen
        touches_left = tokens[at].start == tokens[at - 1].end
        return touches_left and tokens[at + 1].start == tokens[at].end
    if opened:
        return True
    if high > low * 2 + 2:
        return False
    return lexicon.is_a("alternative", joint) or not lexicon.is_a("coordinator", joint)
