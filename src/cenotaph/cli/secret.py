"""The passphrase of an encrypted record: from the terminal, the environment, or standard input.

It is never an argument, which other users of the machine and the shell's history would see, and it
is never written anywhere.
"""

import ctypes
import functools
import os
import sys
import tempfile
from pathlib import Path

import click

from cenotaph.cli.output import BadData, note

VARIABLE, NEW_VARIABLE = "CENOTAPH_PASSPHRASE", "CENOTAPH_NEW_PASSPHRASE"
SHORT = 16
"""Letters below which a new passphrase is said to be short."""

LONGEST = 4096
SET_DUMPABLE = 4
MEMORY = "/dev/shm"  # noqa: S108
"""Where files lie in memory, on Linux."""

_ahead: list[str] = []


def read_ahead() -> None:
    """Take the first line of standard input for the passphrase, and leave all behind it there."""
    line = bytearray()
    while (byte := os.read(0, 1)) not in (b"", b"\n"):
        line += byte
        if len(line) > LONGEST:
            raise click.UsageError(f"The passphrase has more than {LONGEST} bytes.")
    _ahead[:] = [line.removesuffix(b"\r").decode("utf-8", "strict")]


@functools.cache
def passphrase(path: Path) -> str:
    """Return the passphrase of a record, asked for once; or end with how it can be given."""
    return taken(VARIABLE, f"Passphrase of {path.name}", path=path, again=False)


def new_passphrase(path: Path, *, variable: str = VARIABLE) -> str:
    """Return the passphrase for a record that is to be made; a person is asked for it twice."""
    made = taken(variable, f"New passphrase for {path.name}", path=path, again=True)
    if not made:
        raise BadData("An empty passphrase keeps nobody out; nothing was made.")
    if len(made) < SHORT:
        note("That is short: whoever has the file can try many. Take six random words or more.")
    note("There is no way back into the record without it. Keep it apart from this machine.")
    return made


def taken(variable: str, prompt: str, *, path: Path, again: bool) -> str:
    """Return a passphrase from where it was put, else from the terminal."""
    guarded()
    if _ahead and variable == VARIABLE:
        return _ahead[0]
    kept = os.environ.pop(variable, None)  # no program that this one starts is to have it
    if kept is not None:
        return kept
    if sys.stdin.isatty() and sys.stderr.isatty():
        said: str = click.prompt(prompt, hide_input=True, confirmation_prompt=again, err=True)
        return said
    raise BadData(
        f"{path} needs a passphrase. Run this in a terminal, set {variable}, "
        "or give --passphrase-stdin before the command."
    )


def guarded() -> None:
    """Keep this process to itself: not looked into, no image of it after a crash, drafts in memory.

    What is uploaded in the workbench goes through files of `tempfile`.
    """
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(SET_DUMPABLE, 0, 0, 0, 0)
    if os.access(MEMORY, os.W_OK):
        tempfile.tempdir = MEMORY
