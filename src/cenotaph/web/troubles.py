"""What went wrong, in the words of the pages: what it is, and what a person can do about it here.

The program's other parts speak to whoever types commands, and in English. Here stands, for each
sentence of theirs, what a page says instead, in the interface's language; and for each code of an
input that was not read, what is said where no sentence fits better.
"""

import functools
import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import NamedTuple

from cenotaph.web.language import say


class Stopped(Exception):
    """Work that was ended on purpose; the message says so in the words of the pages."""


class Table(NamedTuple):
    """What pages say: of an input by its code, and for each sentence of the program another."""

    codes: dict[str, str]
    said: tuple[tuple[str, str], ...]


@functools.cache
def table() -> Table:
    """Return what troubles.toml holds."""
    path = resources.files("cenotaph.web") / "troubles.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    said = tuple((each["program"], each["page"]) for each in data["said"])
    return Table(codes=data["codes"], said=said)


def sentences() -> Iterator[str]:
    """Yield everything that pages say of troubles, to be translated."""
    yield from table().codes.values()
    yield from (page for _, page in table().said)


_PLACE = re.compile(r"%\\\((\w+)\\\)s")


def plainly(message: str) -> str:
    """Return a message of the program in the words of the pages, as it is where none are known."""
    known = known_as(message)
    return message if known is None else known


def refused(code: str, message: str) -> str:
    """Return why an input was not read and what to do, or what else is told of one."""
    known = known_as(message)
    if known is not None:
        return known
    by_code = table().codes.get(code)
    return message if by_code is None else say(by_code)


def failed(error: Exception) -> str:
    """Return why work was not finished: in the words of the pages, or that the program is at
    fault."""
    message = " ".join(f"{error}".split())[:500]
    known = known_as(message)
    if known is not None or isinstance(error, Stopped):
        return known or message
    what = f"{type(error).__name__}: {message}" if message else type(error).__name__
    return say(
        "The program failed at this, which is a fault of the program. Try it once more; if it "
        "happens again, report it with these words: %(what)s",
        what=what,
    )


def known_as(message: str) -> str | None:
    """Return what a page says for a message of the program, None where nothing is known for it."""
    for pattern, words in _patterns():
        found = pattern.fullmatch(message)
        if found is not None:
            # A value stands in the program's sentences in quotation marks, or is a sentence.
            given = {name: value.strip("'") for name, value in found.groupdict().items()}
            values = {name: plainly(value) for name, value in given.items()}
            return say(words, **values)
    return None


@functools.cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what finds each sentence of the program, those with most words of their own first."""
    made = []
    for said, words in table().said:
        escaped = re.escape(said)
        literal = len(_PLACE.sub("", escaped))
        pattern = _PLACE.sub(lambda place: f"(?P<{place[1]}>.*?)", escaped)
        made.append((-literal, re.compile(pattern, re.DOTALL), words))
    return tuple((pattern, words) for _, pattern, words in sorted(made, key=lambda each: each[0]))


_LINE = re.compile(r"(.+):(\d+)", re.DOTALL)


def spoken(name: str) -> str:
    """Return the name of an input as it is read: of a line of a file, the file and the line."""
    found = _LINE.fullmatch(name)
    return name if found is None else say("%(file)s, line %(n)s", file=found[1], n=found[2])


def gathered(told: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return what is told of each of several things, by what is told: each sentence once, with the
    names that it is of."""
    found: dict[str, list[str]] = {}
    for name, words in told:
        found.setdefault(words, []).append(name)
    return found
