"""Starting what parses: at once, before a command has loaded what it takes to talk to it."""

import atexit
import contextlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = str(Path(__file__).resolve().parents[2])
START = f"import sys; sys.path.insert(0, {ROOT!r}); from cenotaph.ingest.child import main; main()"

_waiting: list[subprocess.Popen[bytes]] = []
os.register_at_fork(after_in_child=_waiting.clear)


def ahead() -> None:
    """Start a process that waits for work, so that it is ready when there is some."""
    _waiting.append(_start())


def started() -> subprocess.Popen[bytes]:
    """Return a process that waits for work, started ahead or now."""
    try:
        return _waiting.pop()
    except IndexError:
        return _start()


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process, whatever it is at."""
    process.kill()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
    process.wait()


def dismiss() -> None:
    """End what was started ahead and had no work."""
    while _waiting:
        end(_waiting.pop())


atexit.register(dismiss)


def _start() -> subprocess.Popen[bytes]:
    environment = {"OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"}
    return subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", "-c", START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd="/",
    )
