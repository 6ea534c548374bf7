"""What the process that parses may not do, and what becomes of an input that breaks it."""

import os
import subprocess
import sys

import pytest

from cenotaph.ingest import Input, Refused, Report, isolated, read, starting

TRY = """
import os, socket, sys
from cenotaph.ingest import confine
how = confine.confine()
def works(act):
    try:
        act()
    except BaseException as error:
        return type(error).__name__
    return "works"
sys.stdout.write(repr([how,
    works(lambda: socket.create_connection(("127.0.0.1", 9))),
    works(lambda: socket.socket()) if how == "seccomp" else "PermissionError",
    works(lambda: os.fork()) if how == "seccomp" else "PermissionError",
    works(lambda: os.execv("/bin/true", ["true"])) if how == "seccomp" else "PermissionError",
    works(lambda: os.kill(os.getppid(), 0)) if how == "seccomp" else "PermissionError",
    works(lambda: open(sys.argv[1], "w").write("x" * 9000)),
    works(lambda: bytearray(2_000_000_000)),
]))
"""


def test_what_parses_has_no_network_no_programs_and_writes_no_file(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", TRY, tmp_path / "out"], capture_output=True, text=True, check=True
    )
    how, *rest = eval(done.stdout)
    assert how in ("seccomp", "namespace", "python")
    if sys.platform == "linux" and os.uname().machine in ("x86_64", "aarch64"):
        assert how == "seccomp"
    assert rest[:5] == ["PermissionError"] * 5
    assert rest[5] == "OSError"
    assert rest[6] == "MemoryError"
    assert not (tmp_path / "out").exists() or not (tmp_path / "out").read_text()


BREAKING = """
import os, signal, sys, time
from cenotaph.ingest.readers import plain
whole = plain.decode
def decode(raw, declared=None):
    if b"DIE" in raw:
        os.abort()
    if b"HANG" in raw:
        time.sleep(60)
    if b"SPIN" in raw:
        while True:
            pass
    if b"BUSY" in raw:
        until = time.process_time() + 0.7
        while time.process_time() < until:
            pass
    if b"FILL" in raw:
        bytearray(1 << 40)
    if b"RAISE" in raw:
        raise ZeroDivisionError("a fault of ours")
    return whole(raw, declared=declared)
plain.decode = decode
"""


@pytest.fixture
def breaking(monkeypatch):
    """Texts with certain words break the process that reads them; each has little time."""
    isolated.dismiss()
    root, main = starting.START.rsplit("; ", 2)[0], "from cenotaph.ingest.child import main; main()"
    limits = "from cenotaph.ingest import confine; confine.give.__defaults__ = (1,)"
    monkeypatch.setattr(starting, "START", f"{root}\n{BREAKING}\n{limits}\n{main}")
    monkeypatch.setattr(isolated, "SECONDS", 6.0)
    yield
    isolated.dismiss()


def test_each_way_to_break_is_quarantined_with_its_reason_and_the_next_is_read(breaking):
    words = [
        "fine 1",
        "DIE",
        "fine 2",
        "RAISE",
        "fine 3",
        "FILL",
        "SPIN",
        "fine 4",
        "HANG",
        "fine 5",
    ]
    given = [Input(id=word, name=word, raw=f"{word}: five people".encode()) for word in words]
    found = list(read(given, size=1))
    states = {
        a.document.id if isinstance(a, Report) else a.id: getattr(a, "code", "stored")
        for a in found
    }
    assert list(states) == words
    assert states == {
        "fine 1": "stored", "DIE": "parser-died", "fine 2": "stored", "RAISE": "internal",
        "fine 3": "stored", "FILL": "too-large", "SPIN": "too-slow", "fine 4": "stored",
        "HANG": "too-slow", "fine 5": "stored",
    }  # fmt: skip
    assert all(each.raw for each in found)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody tells what a process does")
def test_what_computes_is_not_given_up_by_the_clock_and_what_waits_is(breaking, monkeypatch):
    """On a busy machine a report takes long that is none to blame."""
    monkeypatch.setattr(isolated, "SECONDS", 0.2)
    words = ["BUSY", "HANG", "fine"]
    found = list(
        read([Input(id=w, name=w, raw=f"{w}: six people".encode()) for w in words], size=1)
    )
    assert [getattr(each, "code", "stored") for each in found] == ["stored", "too-slow", "stored"]


def test_a_member_that_breaks_the_process_leaves_the_rest_of_its_archive(breaking, make):
    names = ("a", "b", "c", "d")
    texts = (b"one killed", b"DIE now", b"two killed", b"DIE too")
    files = dict(zip(names, texts, strict=True))
    found = list(read([Input(id="z", name="z.zip", raw=make["zip"](**files))]))
    assert [(a.document.id if isinstance(a, Report) else (a.id, a.code)) for a in found] == [
        "z/a", ("z/b", "parser-died"), "z/c", ("z/d", "parser-died"),
    ]  # fmt: skip
    assert [a.raw for a in found if isinstance(a, Refused)] == [b"DIE now", b"DIE too"]
