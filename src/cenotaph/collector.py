"""How often, and where, Python looks for garbage that holds itself."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 200_000
"""So many new records are made before the collector looks; Python's own number is 700.

Reading makes hundreds of small records a sentence, and nearly all of them go when the last name for
them does. To look for the few that do not takes a tenth of the time of reading, done so often, and
a fortieth, done every 50,000 records.
"""

MUCH = 50_000
"""So many are worth a look in a moment in which nobody waits."""

HARDLY_EVER = 1_000_000
"""The same for a process that has the collector look when nobody waits for it."""


def look_seldom() -> None:
    """Let the collector of this process look less often."""
    gc.set_threshold(SELDOM, *gc.get_threshold()[1:])


def look_when_told() -> None:
    """Let the collector of this process hardly ever look of itself: somebody has it `look` in
    moments in which nobody waits, and only where those do not come does it interrupt."""
    gc.set_threshold(HARDLY_EVER, *gc.get_threshold()[1:])


def much_is_new() -> bool:
    """Tell whether so much was made that it is time to `look`."""
    return gc.get_count()[0] > MUCH


def look() -> None:
    """Look through what was made since the collector last looked, but for what stays anyway."""
    gc.collect(1)


def keep_loaded() -> None:
    """Let the collector of this process pass over all that there is now.

    The words of a language and the names looked up are hundreds of thousands of records that stay
    until the process ends. To look through them again takes another tenth of the time of reading.
    """
    gc.freeze()


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let the collector of this process not look while much is made that stays."""
    looks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looks:
            gc.enable()


@contextmanager
def loading() -> Iterator[None]:
    """Let the collector not look while a command loads what it needs, and pass over that later.

    A process that does not look seldom goes on when the command is done, and is left to look at
    what the command leaves.
    """
    with undisturbed():
        yield
        if gc.get_threshold()[0] == SELDOM:
            keep_loaded()
