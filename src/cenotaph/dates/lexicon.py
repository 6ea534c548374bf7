"""The words of a language pack, and a text laid out as a tape of signs for the grammar.

A sign is one character that stands for a token and for the set of word classes the token belongs
to, so that patterns over classes become regular expressions over a short string. Which words
belong to which class is data (`vocab/<language>/times.toml`); this module knows no word of any
language.
"""

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Generic, TypeVar

from cenotaph.vocab import table

Value = int | str
Node = TypeVar("Node")

FIRST_SIGN = 0x100
FILLER = frozenset({"filler"})
GAP = frozenset({"gap"})
MARKS: Mapping[str, frozenset[str]] = {
    ",": frozenset({"mark", "comma"}),
    "،": frozenset({"mark", "comma"}),
    ".": frozenset({"mark", "dot"}),
    "-": frozenset({"mark", "dash"}),
    "–": frozenset({"mark", "dash"}),
    "—": frozenset({"mark", "dash"}),
    "/": frozenset({"mark", "slash"}),
    "(": frozenset({"mark", "open"}),
    ")": frozenset({"mark", "close"}),
    "'": frozenset({"mark", "apostrophe"}),
    "’": frozenset({"mark", "apostrophe"}),
}
MARK = frozenset({"mark"})
# What a run of digits can be by its shape alone; the grammar decides which of these it is.
SHAPES: Mapping[str, frozenset[str]] = {
    "zero": frozenset({"int", "hour"}),
    "one": frozenset({"int", "hour", "monthday"}),
    "two": frozenset({"int", "hour", "monthday", "year2"}),
    "two-day": frozenset({"int", "monthday", "year2"}),
    "two-zero": frozenset({"int", "hour", "year2"}),
    "two-year": frozenset({"int", "year2"}),
    "four-year": frozenset({"int", "year", "year4"}),
    "four-both": frozenset({"int", "year", "year4", "hhmm"}),
    "four-clock": frozenset({"int", "year4", "hhmm"}),
    "four": frozenset({"int", "year4"}),
    "int": frozenset({"int"}),
    "iso": frozenset({"iso"}),
    "slashed": frozenset({"slashed"}),
    "short": frozenset({"short"}),
    "clock": frozenset({"clock"}),
    "nth": frozenset({"ordinal", "nth", "monthday"}),
    "nth-large": frozenset({"ordinal", "nth"}),
    "decade": frozenset({"decade"}),
    "amount": frozenset({"amount"}),
}
# Of each kind of token that is neither a word nor digits alone; code is a filler.
_CLASSES = {"gap": GAP, "mark": MARK, **SHAPES}
ISO_TIME = r"(?:[Tt]\d\d:\d\d[\w:.+-]{0,20})"
YEARS = range(1900, 2100)
# A day that has lost the comma and the blank between it and its year: "Jun 132021".
GLUED = r"(?<=[^\W\d_]{3}\s)(?:0[1-9]|[12]\d|3[01])(?=(?:19|20)\d\d(?!\d))"
_NAMES = re.compile(r"\(\?P<\w+>")
LITERAL = frozenset({"iso", "slashed", "short", "clock"})


_NTH = re.compile(r"\d{1,2}(?:st|nd|rd|th)?")


@dataclass(frozen=True, slots=True)
class Homograph:
    """When a word that has other meanings may count as a word of time."""

    capital: bool
    name_after_capital: bool
    not_before: frozenset[str]
    not_after: frozenset[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase of the pack: its classes, each with the value it has there.

    `phrases` are those of the pack that begin with the word, by their second word: the words from
    that on, the longest first. `homograph` is there for a word that has other meanings. Where it
    has either it is `asked` what stands beside it.
    """

    sign: str
    values: Mapping[str, Value]
    phrases: "Mapping[str, Sequence[Phrase]] | None" = None
    homograph: Homograph | None = None
    asked: bool = False


Phrase = tuple[tuple[str, ...], Entry]


@dataclass(slots=True)
class Tape(Generic[Node]):
    """A text as signs: `signs[i]` stands for the words `text[starts[i]:ends[i]]`.

    `items[i]` is what the pack knows of a word, a larger expression already understood, or None.
    """

    text: str
    signs: str
    starts: list[int]
    ends: list[int]
    items: list[Entry | Node | None]

    def words(self, start: int, end: int) -> str:
        """Return the text of tokens `start:end`."""
        return self.text[self.starts[start] : self.ends[end - 1]]

    def value(self, index: int, name: str) -> Value:
        """Return the value of token `index` in class `name`: from the pack, or of its digits."""
        item = self.items[index]
        if isinstance(item, Entry) and name in item.values:
            return item.values[name]
        word = self.words(index, index + 1)
        return word if name in LITERAL or not word[:1].isdecimal() else leading_int(word)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's words of time, ready for lexing. `classes` gives the signs of each class.

    `parted` finds the same tokens as `token`, without saying of what kind they are.
    """

    entries: Mapping[str, Entry]
    classes: Mapping[str, str]
    plain: Mapping[frozenset[str], str]
    marks: Mapping[str, str]
    token: re.Pattern[str]
    parted: re.Pattern[str]

    def lay(self, text: str) -> Tape[Any]:
        """Lay `text` out as a tape. Time is linear in its length."""
        parts = self.parted.split(text)  # what stands between the tokens, and they, in turns
        words = parts[1::2]
        edges = list(accumulate(map(len, parts)))
        known: list[Entry | None] = list(map(self.entries.get, words))
        filler = self.plain[FILLER]
        signs = [filler if entry is None else entry.sign for entry in known]
        tape: Tape[Any] = Tape(text, "", edges[0:-1:2], edges[1::2], list(known))
        items = tape.items
        marks = self.marks
        for index in [n for n, plain in enumerate(map(str.isalpha, words)) if not plain]:
            word = words[index]
            mark = marks.get(word)
            if mark is not None:
                signs[index] = mark
            else:
                signs[index], items[index] = self._other(tape, index, word)
        joined = False
        for index, entry in [(n, e) for n, e in enumerate(known) if e is not None and e.asked]:
            if not signs[index]:
                continue
            rule, phrases = entry.homograph, entry.phrases
            if rule is not None and not _means_time(tape, words, index, rule):
                signs[index], items[index] = filler, None
            if phrases is not None and index + 1 < len(words):
                choices = phrases.get(words[index + 1].lower())
                if choices is not None:
                    joined = _join_phrase(tape, words, signs, index, choices) or joined
        if joined:
            kept = [index for index, sign in enumerate(signs) if sign]
            tape.starts = [tape.starts[index] for index in kept]
            tape.ends = [tape.ends[index] for index in kept]
            tape.items = [items[index] for index in kept]
        tape.signs = "".join(signs)
        return tape

    def _other(self, tape: Tape[Any], index: int, word: str) -> tuple[str, Entry | None]:
        """The sign of a token that is no plain word, and its entry where it has one."""
        match = self.token.match(tape.text, tape.starts[index])
        kind = match.lastgroup if match is not None else None
        if kind == "word":
            entry = self.entries.get(word)
            return (self.plain[FILLER] if entry is None else entry.sign), entry
        if kind == "digits":
            return self.plain[SHAPES[_digits_shape(word)]], None
        if kind == "nth":
            shape = "nth" if 1 <= leading_int(word) <= 31 else "nth-large"
            return self.plain[SHAPES[shape]], None
        return self.plain[_CLASSES.get(kind or "code", FILLER)], None


def _means_time(tape: Tape[Any], words: Sequence[str], index: int, rule: Homograph) -> bool:
    """Tell whether a word that has other meanings may count as a word of time."""
    if rule.capital and tape.text[tape.starts[index]].islower():
        return False
    if rule.name_after_capital and _is_named(tape, index):
        return False
    before = words[index - 1].lower() if index else ""
    behind = words[index + 1].lower() if index + 1 < len(words) else ""
    # "31 March to 1 April": behind the number of a day it is a month, whatever follows.
    if behind in rule.not_before and _NTH.fullmatch(before) is None:
        return False
    return before not in rule.not_after


def _join_phrase(
    tape: Tape[Any],
    words: list[str],
    signs: list[str],
    index: int,
    choices: Sequence[Phrase],
) -> bool:
    """Join the longest phrase that stands at a token; tell whether there is one."""
    for rest, entry in choices:
        last = index + len(rest)
        if tuple(map(str.lower, words[index + 1 : last + 1])) == rest:
            signs[index], tape.items[index] = entry.sign, entry
            tape.ends[index] = tape.ends[last]
            words[index] = tape.words(index, index + 1)
            signs[index + 1 : last + 1] = [""] * len(rest)
            return True
    return False


def _is_named(tape: Tape[Any], index: int) -> bool:
    """Tell whether a word and the one before it make a name ("Tessaria Today")."""
    if not index or tape.items[index - 1] is not None:
        return False
    both = tape.words(index - 1, index), tape.words(index, index + 1)
    return all(word[0].isupper() and word[1:].islower() for word in both)


def leading_int(word: str) -> int:
    """Return the number a token begins with (digits of any script), 0 where it has none."""
    digits = re.match(r"\d{1,9}", word)
    return int(digits[0]) if digits else 0


def _digits_shape(word: str) -> str:
    if len(word) > 4:
        return "int"
    number = int(word)
    if len(word) == 1:
        return "one" if number else "zero"
    if len(word) == 2:
        if number == 0:
            return "two-zero"
        return "two" if number <= 24 else "two-day" if number <= 31 else "two-year"
    if len(word) == 4:
        clock = number < 2400 and number % 100 < 60
        if number in YEARS:
            return "four-both" if clock else "four-year"
        return "four-clock" if clock else "four"
    return "int"


def _dated(before: str, middle: str, behind: str) -> str:
    """A pattern of numbers that the same mark parts twice."""
    marked = (before + mark + middle + mark + behind for mark in ("-", "/", r"\."))
    return f"(?:{'|'.join(marked)})"


def _token(suffixes: Sequence[str], decade: Sequence[str]) -> re.Pattern[str]:
    """Build the lexer; `suffixes` make an ordinal of digits ("22nd"), `decade` a decade."""
    nth = "|".join(map(re.escape, suffixes)) or r"(?!)"
    tens = "|".join(map(re.escape, decade)) or r"(?!)"
    iso = _dated(r"\d{4}", r"\d{1,2}", r"\d{1,2}")
    slashed = _dated(r"\d{1,2}", r"\d{1,2}", r"(?:\d{4}|(?<!\.)\d\d)")
    return re.compile(
        rf"""(?P<word>[A-Za-z]++(?=[ ,;.:)\n"'’-])|[^\W\d_]++(?![\d_]))
        |(?P<mark>[^\s\w])
        |(?P<code>[^\W\d_]\w*|_\w*)
        |(?P<iso>(?<![\d./-]){iso}{ISO_TIME}?(?![\d-]))
        |(?P<slashed>(?<![\d./-]){slashed}(?![\d/-]))
        |(?P<short>(?<![\d./-])\d{{1,2}}/\d{{1,2}}(?![\d/]))
        |(?P<clock>\d{{1,2}}[:.]\d\d(?::\d\d)?(?![\d:]))
        |(?P<nth>\d+(?i:{nth})\b)
        |(?P<decade>\d{{3}}0(?i:{tens})\b)
        |(?P<amount>\d+(?:[.,]\d+)+)
        |(?P<digits>{GLUED}|\d+)
        |(?P<gap>\n[ \t\r]*\n\s*)""",
        re.VERBOSE,
    )


@functools.cache
def lexicon(lang: str) -> Lexicon:
    """Build the lexicon of a language pack. Raises FileNotFoundError where there is none."""
    pack = table(f"{lang}/times")
    token = _token(pack["shapes"]["ordinal"], pack["shapes"]["decade"])
    words = _classes(pack)
    for phrase in list(words):
        # The head of a phrase is lexed as a word of the pack even where it means nothing alone.
        words.setdefault(_split(token, phrase)[0], {})
    plain: dict[frozenset[str], str] = {}
    for classes in (FILLER, GAP, MARK, *MARKS.values(), *SHAPES.values()):
        plain.setdefault(classes, chr(FIRST_SIGN + len(plain)))
    signs = dict(plain)
    phrases: dict[str, dict[str, list[Phrase]]] = {}
    homographs = _homographs(pack)
    alone: dict[str, tuple[str, Mapping[str, Value]]] = {}
    for phrase, values in words.items():
        classes = frozenset(values) or FILLER
        sign = signs.setdefault(classes, chr(FIRST_SIGN + len(signs)))
        head, *rest = _split(token, phrase)
        if rest:
            choices = phrases.setdefault(head, {}).setdefault(rest[0], [])
            choices.append((tuple(rest), Entry(sign, values)))
        else:
            alone[head] = sign, values
    for seconds in phrases.values():
        for choices in seconds.values():
            choices.sort(key=lambda choice: -len(choice[0]))
    entries: dict[str, Entry] = {}
    for word, (sign, own) in alone.items():
        begun, rule = phrases.get(word), homographs.get(word)
        entry = Entry(sign, own, begun, rule, asked=begun is not None or rule is not None)
        entries |= dict.fromkeys((word, word.capitalize(), word.upper()), entry)
    by_class: dict[str, str] = {}
    for classes, sign in signs.items():
        for name in classes:
            by_class[name] = by_class.get(name, "") + sign
    by_class["any"] = "".join(sorted(set(signs.values())))
    for name, members in pack["unions"].items():
        by_class[name] = "".join(sorted({sign for m in members for sign in by_class[m]}))
    marks = {char: plain[classes] for char, classes in MARKS.items()}
    # Most of what stands between two words is a space, at which nothing else need be tried.
    parted = re.compile(rf"(?![ ])({_NAMES.sub('(?:', token.pattern)})", token.flags)
    return Lexicon(entries, by_class, plain, marks, token, parted)


def _homographs(pack: Mapping[str, Any]) -> dict[str, Homograph]:
    return {
        word: Homograph(
            rule.get("capital", False),
            rule.get("name_after_capital", False),
            frozenset(rule.get("not_before", ())),
            frozenset(rule.get("not_after", ())),
        )
        for word, rule in pack["homographs"].items()
    }


def _classes(pack: Mapping[str, Any]) -> dict[str, dict[str, Value]]:
    """Return every word and phrase of the pack with its classes and its value in each."""
    words: dict[str, dict[str, Value]] = {}
    also = pack["also"]
    for name, members in pack["words"].items():
        for member in members:
            words.setdefault(member, {})[name] = member
    for name, members in pack["values"].items():
        for member, value in members.items():
            words.setdefault(member, {}).update(
                {name: value} | dict.fromkeys(also.get(name, ()), value)
            )
    return words


def _split(token: re.Pattern[str], phrase: str) -> list[str]:
    return [match[0].lower() for match in token.finditer(phrase)]
