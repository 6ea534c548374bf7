"""What commands write: data to standard output, everything else to standard error."""

import os
import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Any, Self

import click

FAILED, USAGE, BAD_DATA, INTEGRITY = 1, 2, 3, 4

CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
"""Characters that would steer a terminal, hide, or turn the direction of what follows."""

Cell = str | int | float | None


class BadData(click.ClickException):
    """Data that cannot be used; the message says what to do."""

    exit_code = BAD_DATA


def terminal_only() -> None:
    """Make standard output able to say everything: names of places come in every script."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def note(message: str) -> None:
    """Say something to the person, not to the data."""
    click.echo(visible(message), err=True)


def write(content: bytes) -> None:
    """Write data to standard output at once; end quietly where nobody reads it any more."""
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Python would complain once more while it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def say(text: str = "") -> None:
    """Write a line of text for reading to standard output."""
    write(f"{visible(text)}\n".encode("utf-8", "backslashreplace"))


def visible(text: str) -> str:
    """Return text in which no character steers the terminal: such characters stand as ⟨U+202E⟩."""
    return CONTROL.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def one_line(text: str, width: int = 0) -> str:
    """Return text on one line, cut to `width` where that is not 0."""
    flat = " ".join(visible(text).split())
    return flat if not width or len(flat) <= width else f"{flat[: width - 1]}…"


def cell(value: Cell) -> str:
    """Return what stands in a table for a value; an unknown one is a dash, never nothing."""
    return "–" if value is None else one_line(str(value))


def table(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table: with rules on a terminal, as aligned plain text elsewhere.

    Columns whose values are all numbers stand to the right.
    """
    listed = [[cell(value) for value in row] for row in rows]
    right = [
        bool(listed) and all(re.fullmatch(r"[\d,.–≥≤ +-]+", row[at]) for row in listed)
        for at in range(len(columns))
    ]
    if sys.stdout.isatty():
        rich_table(columns, listed, right)
        return
    widths = [max(len(name), *(len(row[at]) for row in listed), 0) if listed else len(name)
              for at, name in enumerate(columns)]  # fmt: skip
    for row in ([name.upper() for name in columns], *listed):
        parts = [
            text.rjust(width) if to_right else text.ljust(width)
            for text, width, to_right in zip(row, widths, right, strict=True)
        ]
        say("  ".join(parts).rstrip())


def rich_table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]
) -> None:
    """Write a table to a terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, to_right in zip(columns, right, strict=True):
        shown.add_column(name, justify="right" if to_right else "left", overflow="fold")
    for row in rows:
        shown.add_row(*map(Text, row))
    Console().print(shown)


class Progress:
    """A bar on a terminal, shown only once the work has taken more than a second."""

    def __init__(self, what: str, total: int | None = None) -> None:
        self._what = what
        self._total = total
        self._done = 0
        self._began = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def advance(self, steps: int = 1) -> None:
        """Count work as done."""
        self._done += steps
        if self._bar is not None:
            self._bar.update(self._task, completed=self._done)
        elif sys.stderr.isatty() and time.monotonic() - self._began > 1:
            self._show()

    def over(self, values: Iterable[Any]) -> Iterator[Any]:
        """Yield values, counting each as one piece of work."""
        for value in values:
            yield value
            self.advance()

    def _show(self) -> None:
        from rich import progress
        from rich.console import Console

        columns = (
            progress.TextColumn("{task.description}"),
            progress.BarColumn(),
            progress.MofNCompleteColumn(),
            progress.TimeElapsedColumn(),
        )
        self._bar = progress.Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task(self._what, total=self._total, completed=self._done)
        self._bar.start()
