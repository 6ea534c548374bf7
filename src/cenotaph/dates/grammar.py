"""The patterns of a language pack, compiled, and the tape on which they are matched stage by stage.

Small expressions are found first and each becomes one sign of the tape ("22 October"), so that
larger ones are patterns over them ("since" and a day). At every stage the leftmost and longest
match wins.
"""

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cenotaph.dates.lexicon import FIRST_SIGN, Lexicon, Tape, Value, lexicon
from cenotaph.dates.syntax import END, TOKEN, Compiler, Piece
from cenotaph.model import TimeKind
from cenotaph.vocab import table


@dataclass(frozen=True, slots=True)
class Parsed:
    """What an expression is made of, before any calendar is asked.

    `values` are the numbers and codes of its words, `raw` stretches kept verbatim, `parts` the
    smaller expressions it contains ("from <start> until <end>"). `kind` is None where it stands
    only in others.
    """

    form: str
    values: Mapping[str, Value]
    raw: Mapping[str, str]
    parts: Mapping[str, "Parsed"]
    flags: frozenset[str] = frozenset()
    kind: TimeKind | None = None

    def number(self, name: str) -> int | None:
        """Return a field as a number, None where the words have none."""
        value = self.values.get(name)
        return value if isinstance(value, int) else None

    def code(self, name: str) -> str | None:
        """Return a field as a code or word, None where the words have none."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern; `sign` stands on the tape for what it matched.

    Its expression is compiled when it is first tried.
    """

    form: str
    kind: TimeKind | None
    flags: frozenset[str]
    sign: str
    expression: str
    kept: Mapping[str, str]
    subs: Mapping[str, str]

    def parse(self, match: re.Match[str], tape: Tape[Parsed]) -> Parsed:
        """Return what a match of this pattern is made of."""
        values: dict[str, Value] = {}
        raw: dict[str, str] = {}
        parts: dict[str, Parsed] = {}
        for name in match.re.groupindex:
            start, end = match.span(name)
            if start < 0 or start == end:
                continue
            if name in self.subs:
                item = tape.items[start]
                assert isinstance(item, Parsed)
                parts[name] = item
            elif name in self.kept:
                values[name] = tape.value(start, self.kept[name])
            else:
                raw[name] = tape.words(start, end)
        return Parsed(self.form, values, raw, parts, self.flags, self.kind)


@functools.cache
def compiled(expression: str) -> re.Pattern[str]:
    """Return the expression of a pattern compiled, once however often it is tried."""
    return re.compile(expression)


Ready = Sequence[tuple[Pattern, re.Pattern[str]]]
"""Patterns with their expressions compiled."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The patterns tried together; `gate` finds two signs with which one of them can open.

    `first` has them by the sign that they begin with, each with the signs that can come second.
    `ready` are those of two signs once these were met: a text tries few of some hundred patterns.
    """

    gate: re.Pattern[str]
    first: Mapping[str, Sequence[tuple[Pattern, frozenset[str]]]]
    ready: dict[str, Ready] = field(default_factory=dict)

    def longest(self, signs: str, index: int) -> tuple[Pattern, re.Match[str]] | None:
        """Return the pattern with the longest match at `index`, the first of equals."""
        begun = signs[index : index + 2]
        ready = self.ready.get(begun)
        if ready is None:
            ready = self.ready[begun] = self._opened(begun)
        best: tuple[Pattern, re.Match[str]] | None = None
        for pattern, regex in ready:
            match = regex.match(signs, index)
            if match is not None and (best is None or match.end() > best[1].end()):
                best = (pattern, match)
        return best

    def _opened(self, begun: str) -> Ready:
        second = begun[1:]
        return [
            (pattern, compiled(pattern.expression))
            for pattern, seconds in self.first.get(begun[0], ())
            if END in seconds or (second and second in seconds)
        ]

    def reduce(self, tape: Tape[Parsed]) -> Tape[Parsed]:
        """Return the tape with every expression of this stage as one sign."""
        signs, starts, ends = [], [], []
        items: list[Any] = []
        done = index = 0
        while match := self.gate.search(tape.signs, index):
            index = match.start()
            found = self.longest(tape.signs, index)
            if found is None:
                index += 1
                continue
            end = found[1].end()
            signs += [tape.signs[done:index], found[0].sign]
            starts += [*tape.starts[done:index], tape.starts[index]]
            ends += [*tape.ends[done:index], tape.ends[end - 1]]
            items += [*tape.items[done:index], found[0].parse(found[1], tape)]
            done = index = end
        if not done:
            return tape
        signs.append(tape.signs[done:])
        starts += tape.starts[done:]
        ends += tape.ends[done:]
        items += tape.items[done:]
        return Tape(tape.text, "".join(signs), starts, ends, items)


@dataclass(frozen=True, slots=True)
class Grammar:
    """All patterns of one language, by stage; the last stage finds what stands by itself."""

    lexicon: Lexicon
    stages: Sequence[Stage]

    def read(self, text: str) -> Tape[Parsed]:
        """Return the tape of a text, every expression on it as one sign. Time is linear."""
        tape: Tape[Parsed] = self.lexicon.lay(text)
        for stage in self.stages:
            tape = stage.reduce(tape)
        return tape


@functools.cache
def grammar(lang: str) -> Grammar:
    """Compile the patterns of a language pack.

    Raises ValueError where a pattern is not well formed.
    """
    words = lexicon(lang)
    pack = table(f"{lang}/times")
    rows: Sequence[Mapping[str, Any]] = pack["pattern"]
    signs: dict[tuple[str, ...], str] = {}
    first_free = FIRST_SIGN + sum(map(len, words.classes["any"])) + 1
    for row in rows:
        levels = tuple(row.get("levels", ()))
        signs.setdefault(levels, chr(first_free + len(signs)))
    by_level: dict[str, str] = {}
    for levels, sign in signs.items():
        for level in levels:
            by_level[level] = by_level.get(level, "") + sign
    classes = dict(words.classes)
    classes["any"] += "".join(signs.values())
    stage_of = _stages(rows)
    stages: list[list[tuple[Pattern, Piece]]] = [[] for _ in range(max(stage_of) + 1)]
    for row, number in zip(rows, stage_of, strict=True):
        compiler = Compiler(classes, by_level, pack["macros"])
        piece = compiler.compile(row["say"])
        if piece.empty:
            raise ValueError(f"a pattern can match nothing: {row['say']!r}")
        piece = piece.then(Compiler(classes, by_level, pack["macros"]).compile(row.get("then", "")))
        pattern = Pattern(
            form=row["form"],
            kind=TimeKind(row["kind"]) if "kind" in row else None,
            flags=frozenset(row.get("flags", ())),
            sign=signs[tuple(row.get("levels", ()))],
            expression=piece.regex,
            kept=compiler.kept,
            subs=compiler.subs,
        )
        stages[number].append((pattern, piece))
    return Grammar(words, [_stage(patterns) for patterns in stages])


def _stages(rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Number the patterns: each after all that it can contain, those that stand alone last.

    `early` patterns stand alone too, but keep their words from smaller expressions.
    """
    numbers = [0] * len(rows)
    for _ in rows:
        level_at: dict[str, int] = {}
        for row, number in zip(rows, numbers, strict=True):
            for level in row.get("levels", ()):
                level_at[level] = max(level_at.get(level, 0), number)
        needed = [
            max(
                (level_at.get(m["level"], 0) + 1 for m in TOKEN.finditer(row["say"]) if m["level"]),
                default=0,
            )
            for row in rows
        ]
        if needed == numbers:
            break
        numbers = needed
    else:
        raise ValueError("a level contains itself")
    last = max(numbers) + 1
    return [
        last if "kind" in row and not row.get("levels") and not row.get("early") else number
        for row, number in zip(rows, numbers, strict=True)
    ]


def _stage(patterns: Sequence[tuple[Pattern, Piece]]) -> Stage:
    first: dict[str, list[tuple[Pattern, frozenset[str]]]] = {}
    for pattern, piece in patterns:
        for sign, second in sorted(piece.opens.items()):
            first.setdefault(sign, []).append((pattern, second))
    # Most signs begin nothing, and behind most of the rest ("the", "in") nothing stands with which
    # an expression that they begin goes on: both is told at once.
    begun: dict[frozenset[str], str] = {}
    for sign, opened in sorted(first.items()):
        seconds = frozenset().union(*(second for _, second in opened))
        begun[seconds] = begun.get(seconds, "") + sign
    if not begun:
        return Stage(re.compile(r"(?!)"), first)
    # A set of signs comes first, since the engine skips at once what is not in it.
    behind = "|".join(
        f"(?<={_set_of(signs)})" + ("" if END in seconds else f"(?={_set_of(sorted(seconds))})")
        for seconds, signs in begun.items()
    )
    return Stage(re.compile(f"{_set_of(first)}(?:{behind})"), first)


def _set_of(signs: Iterable[str]) -> str:
    return "[" + "".join(map(re.escape, signs)) + "]"
