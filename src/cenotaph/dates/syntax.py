"""The little language in which a language pack writes its patterns, and its regular expressions.

A pattern is written over classes of words and levels of smaller expressions:

    word            one token of that class
    [field:word]    the same, and its value is kept under `field` ([word] is [word:word])
    <field:level>   a smaller expression, of that level, already understood
    {field: ...}    the words of this stretch are kept verbatim under `field`
    @name           a named piece of pattern from the pack's macros
    (a | b)  a?     choice; optional
    word*3          up to three tokens of that class
    >word  !word    a token of that class must, or must not, follow without being part of the match
    ^word  ~word    a token of that class must, or must not, stand before

Nothing is unbounded, so that matching at one place takes bounded time. Each pattern is one regular
expression, with a named group for each field.
"""

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

TOKEN = re.compile(
    r"\[(?P<kept>\w+)(?::(?P<cls>\w+))?\]|<(?P<sub>\w+):(?P<level>\w+)>|\{(?P<raw>\w+):"
    r"|(?P<look>[>!^~])(?P<ahead>\w+)|@(?P<macro>\w+)|(?P<word>\w+)(?:\*(?P<times>\d))?"
    r"|(?P<op>[()|?}])|(?P<space>\s+)|(?P<bad>.)"
)
MAX_DEPTH = 12
LOOKS = {">": "=", "!": "!", "^": "<=", "~": "<!"}


END = ""
"""Among the signs that can come second: that none need."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of pattern: its regex, how it can open, whether it can be empty.

    `opens` has each sign that it can begin with, and those that can come second behind it.
    """

    regex: str = ""
    opens: Mapping[str, frozenset[str]] = field(default_factory=dict)
    empty: bool = True

    def then(self, other: "Piece") -> "Piece":
        """Return this piece followed by the other."""
        behind = frozenset(other.opens) | ({END} if other.empty else frozenset())
        opens = {
            sign: (second - {END} | behind if END in second else second)
            for sign, second in self.opens.items()
        }
        if self.empty:
            opens = _either(opens, other.opens)
        return Piece(self.regex + other.regex, opens, self.empty and other.empty)

    def wrapped(self, head: str, tail: str, *, optional: bool = False) -> "Piece":
        """Return the piece inside a group of its regular expression."""
        return Piece(head + self.regex + tail, self.opens, self.empty or optional)


def _either(
    one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """How a piece can open that can open in two ways."""
    none = frozenset[str]()
    return {sign: one.get(sign, none) | other.get(sign, none) for sign in (*one, *other)}


def choice(pieces: Sequence[Piece]) -> Piece:
    """Return a choice of pieces, tried in order."""
    if len(pieces) == 1:
        return pieces[0]
    return Piece(
        "(?:" + "|".join(piece.regex for piece in pieces) + ")",
        functools.reduce(_either, [piece.opens for piece in pieces]),
        any(piece.empty for piece in pieces),
    )


@dataclass(slots=True)
class Compiler:
    """Compiles one pattern over the classes of a lexicon and the levels of its grammar."""

    classes: Mapping[str, str]
    levels: Mapping[str, str]
    macros: Mapping[str, str]
    kept: dict[str, str] = field(default_factory=dict)
    subs: dict[str, str] = field(default_factory=dict)
    depth: int = 0

    def compile(self, say: str) -> Piece:
        """Compile a pattern. Raises ValueError where it is not well formed."""
        tokens = [m for m in TOKEN.finditer(say) if m["space"] is None]
        tokens.reverse()
        piece = self._choice(tokens)
        if tokens:
            raise ValueError(f"unexpected {tokens[-1][0]!r} in {say!r}")
        return piece

    def _choice(self, tokens: list[re.Match[str]]) -> Piece:
        options, current = [], Piece()
        while tokens and tokens[-1]["op"] not in (")", "}"):
            token = tokens.pop()
            if token["op"] == "|":
                options.append(current)
                current = Piece()
                continue
            piece = self._one(token, tokens)
            if tokens and tokens[-1]["op"] == "?":
                tokens.pop()
                piece = piece.wrapped("(?:", ")?", optional=True)
            current = current.then(piece)
        return choice([*options, current])

    def _one(self, token: re.Match[str], tokens: list[re.Match[str]]) -> Piece:
        if token["op"] == "(":
            return self._closed(tokens, ")").wrapped("(?:", ")")
        if token["raw"]:
            return self._closed(tokens, "}").wrapped(f"(?P<{token['raw']}>", ")")
        if token["sub"]:
            self.subs[token["sub"]] = token["level"]
            return self._signs(token["level"], self.levels).wrapped(f"(?P<{token['sub']}>", ")")
        if token["kept"]:
            self.kept[token["kept"]] = token["cls"] or token["kept"]
            piece = self._signs(self.kept[token["kept"]], self.classes)
            return piece.wrapped(f"(?P<{token['kept']}>", ")")
        if token["look"]:
            mode = LOOKS[token["look"]]
            return Piece(f"(?{mode}{self._signs(token['ahead'], self.classes).regex})")
        if token["macro"]:
            return self._macro(token["macro"])
        if token["word"]:
            piece = self._signs(token["word"], self.classes)
            if token["times"]:
                regex = f"{piece.regex}{{0,{token['times']}}}"
                again = frozenset(piece.opens) | {END}
                return Piece(regex, dict.fromkeys(piece.opens, again))
            return piece
        raise ValueError(f"unexpected {token[0]!r} in a pattern")

    def _closed(self, tokens: list[re.Match[str]], end: str) -> Piece:
        piece = self._choice(tokens)
        if not tokens or tokens.pop()["op"] != end:
            raise ValueError(f"a pattern lacks its {end!r}")
        return piece

    def _macro(self, name: str) -> Piece:
        if self.depth > MAX_DEPTH:
            raise ValueError(f"the macro {name!r} contains itself")
        self.depth += 1
        piece = self.compile(self.macros[name])
        self.depth -= 1
        return piece.wrapped("(?:", ")")

    def _signs(self, name: str, table: Mapping[str, str]) -> Piece:
        if name not in table:
            raise ValueError(f"no word or expression is a {name!r}")
        signs = table[name]
        regex = "[" + "".join(map(re.escape, signs)) + "]" if len(signs) > 1 else re.escape(signs)
        return Piece(regex, dict.fromkeys(signs, frozenset({END})), empty=False)
