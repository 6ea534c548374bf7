"""The command `add` as a whole under fire: its reading of inputs, the store, the claims read of them.

It runs as it does from a shell, in a process of its own, with its own children. What it has told of
on standard output is acknowledged. Short in `make test`, in full in `make torture`.
"""

import contextlib
import errno
import importlib.util
import io
import itertools
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from cenotaph.cli import record as command_module
from cenotaph.cli.main import cenotaph
from cenotaph.ingest import isolated
from cenotaph.pipeline import sources_of, verify
from cenotaph.store import RecordSettings, create, listed, log, quarantined
from cenotaph.store import open as open_record

FULL = os.environ.get("CENOTAPH_TORTURE") == "full"
SPEC = importlib.util.spec_from_file_location("faults", Path(__file__).with_name("faults.py"))
faults = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(faults)

needs_the_kernel = pytest.mark.skipif(
    not faults.available(), reason="needs a Linux whose kernel hands over calls (5.5)"
)
FAULTS = [(errno.EIO, False), (errno.ENOSPC, True), (errno.EIO, True), (errno.ENOSPC, False)]
ATTEMPTS = itertools.count()
"""Every tenth record is read again as a whole; it takes as long as all the rest."""

TOWNS = ("Sarbek", "Homra", "Orun", "Velm")


def row(number: int) -> str:
    text = f"{number + 2} people were killed in {TOWNS[number % 4]} on {1 + number % 28} May 2021, doctors said."
    return json.dumps({"id": f"r{number}", "text": text, "published": "2021-06-01"})


ROWS = [*map(row, range(9)), "{", row(3).replace('"r3"', '"copy of r3"'), row(5).replace("killed", "hurt")]  # fmt: skip
"""Nine reports, a line that is none, a copy, and another text under an id that is taken."""


class Scene:
    """A record and lines to add to it, put back to its beginning between two attempts."""

    def __init__(self, folder: Path, rows: list[str] = ROWS) -> None:
        self.path, self.lines = folder / "record.db", folder / "lines.jsonl"
        self.out, self.err = folder / "out", folder / "err"
        self.lines.write_text("".join(f"{each}\n" for each in rows), encoding="utf-8")
        create(self.path, RecordSettings(country="XT", default_gazetteer=False))
        self._pristine = self.path.read_bytes()

    def again(self) -> None:
        """Put the record back to its beginning; nothing has been acknowledged of it yet."""
        for leftover in (*self.path.parent.glob("record.db*"), self.out, self.err):
            leftover.unlink(missing_ok=True)
        self.path.write_bytes(self._pristine)

    def add(self, *, batch: int = 4) -> None:
        """Run the command in this process, which must be one of its own; it ends it."""
        for name, file in (("stdout", self.out), ("stderr", self.err)):
            setattr(sys, name, io.TextIOWrapper(file.open("wb"), encoding="utf-8"))
        command_module.BATCH = batch
        try:
            cenotaph(["add", str(self.path), "--jsonl", str(self.lines), "--json"])
        except SystemExit as end:
            sys.stderr.flush()
            os._exit(int(end.code or 0))

    def told(self) -> set[str]:
        """The reports that were acknowledged; a command killed early has said nothing."""
        if not self.out.exists():
            return set()
        whole = self.out.read_text(encoding="utf-8").split("\n")[:-1]
        return {each["id"] for each in map(json.loads, whole) if each["state"] in ("stored", "duplicate", "unchanged")}  # fmt: skip

    def complaint(self) -> str:
        return self.err.read_text(encoding="utf-8")

    def finished(self) -> int:
        """Add with nothing in the way; return the status."""
        return os.waitstatus_to_exitcode(os.waitpid(forked(self.add), 0)[1])

    def state(self, *, reading: bool = False) -> tuple:
        """What a record holds, once it is seen to be sound: each thing once, its log whole.

        `reading`: what was read of its texts, and what follows, is made again and compared.
        """
        with open_record(self.path) as record:
            sources = sources_of(record) if reading else None
            assert list(verify(record, sources=sources)) == []
            entered = [each.payload["id"] for each in log.entries(record, kinds=("document",))]
            ids = [str(each.id) for each in listed(record)]
            aside = sorted((each.claimed_id or "", each.code) for each in quarantined(record))
        assert sorted(entered) == sorted(ids) and len(set(ids)) == len(ids)
        return ids, aside


def forked(work: Callable[[], None]) -> int:
    """Run work in a child process of its own; return its number."""
    isolated.dismiss()  # what parses belongs to one process
    child = os.fork()
    if child:
        return child
    with contextlib.suppress(BaseException):
        work()
    os._exit(70)


@pytest.fixture
def scene(tmp_path) -> Scene:
    return Scene(tmp_path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> tuple:
    """What the record holds where nothing went wrong."""
    scene = Scene(tmp_path_factory.mktemp("whole"))
    assert scene.finished() == 1  # two lines are set aside
    return scene.state(reading=True)


def then_all(scene: Scene, whole: tuple, where: str) -> None:
    """Nothing acknowledged is lost; adding all again gives what was to be, and no more."""
    ids, _ = scene.state()
    assert scene.told() <= set(ids), where
    assert scene.finished() == 1, where
    assert scene.state(reading=next(ATTEMPTS) % 10 == 9) == whole, where


def chosen(count: int, few: int) -> list[int]:
    return list(range(count)) if FULL else sorted(random.Random(5).sample(range(count), few))


def statements(scene: Scene, at: int | None, names: Path) -> None:
    """Add, with every statement and commit of the command a point; end the process at one."""
    seen: list[str] = []

    def reach(name: str) -> None:
        seen.append(name)
        names.write_text("\n".join(seen))
        if len(seen) - 1 == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def short(statement: str) -> str:
        return " ".join(statement.split()[:3])

    event.listen(Engine, "before_cursor_execute", lambda c, k, s, *_: reach(f"before {short(s)}"))
    event.listen(Engine, "after_cursor_execute", lambda c, k, s, *_: reach(f"after {short(s)}"))
    event.listen(Engine, "commit", lambda c: reach("before COMMIT"))
    scene.add()


def test_a_kill_at_every_statement_of_the_command(scene, whole, tmp_path):
    names = tmp_path / "names"
    scene.again()
    assert os.waitstatus_to_exitcode(os.waitpid(forked(lambda: statements(scene, None, names)), 0)[1]) == 1  # fmt: skip
    named = names.read_text().split("\n")
    assert len(named) >= 100
    assert {"before INSERT INTO readings", "before COMMIT"} <= set(named)
    for point in chosen(len(named), 4):
        scene.again()
        _, status = os.waitpid(forked(lambda at=point: statements(scene, at, names)), 0)
        assert os.WIFSIGNALED(status), named[point]
        then_all(scene, whole, named[point])


@needs_the_kernel
def test_a_kill_at_every_write_to_the_disk(scene, whole):
    scene.again()
    _, writes = faults.watch(scene.add, scene.path, at=None, act=None)
    assert len(writes) >= 30 and any("sync" in each for each in writes)
    for point in chosen(len(writes), 4):
        scene.again()
        isolated.dismiss()
        status, _ = faults.watch(scene.add, scene.path, at=point, act=None)
        assert os.WIFSIGNALED(status) or point > len(writes) - 3, writes[point]
        then_all(scene, whole, writes[point])


@needs_the_kernel
@pytest.mark.parametrize(("fault", "last"), FAULTS if FULL else FAULTS[:2])
def test_every_write_fails_in_turn(scene, whole, fault, last):
    """A disk that refuses one write, or every write from one on: the record stays sound, and it is said."""
    scene.again()
    _, writes = faults.watch(scene.add, scene.path, at=None, act=None)
    failed = 0
    for point in chosen(len(writes), 2):
        scene.again()
        isolated.dismiss()
        status, _ = faults.watch(scene.add, scene.path, at=point, act=fault, last=last)
        said = scene.complaint()
        assert "Traceback" not in said and "Warning" not in said, (writes[point], said)
        # what failed may be something that can be done without, such as the tidying at the end
        if os.waitstatus_to_exitcode(status) == 1:
            assert len(scene.told()) == 10, (writes[point], said)
        else:
            assert os.waitstatus_to_exitcode(status) == 3, (writes[point], status, said)
            assert str(scene.path) in said, (writes[point], said)
            failed += 1
        then_all(scene, whole, writes[point])
    assert failed or not FULL


def test_kills_at_random_moments(tmp_path):
    """SIGKILL at any moment of the command; what it was about to do is done by the next."""
    scene = Scene(tmp_path, [row(number) for number in range(400)])
    chance, lost, kills = random.Random(11), set(), 0
    acknowledged: set[str] = set()
    while kills < (1000 if FULL else 8):
        if kills % 50 == 0:
            assert acknowledged <= {*scene.state()[0]}
            acknowledged = set()
            scene.again()
        child = forked(lambda: scene.add(batch=20))
        time.sleep(chance.uniform(0.0, 1.2))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        kills += 1
        acknowledged |= scene.told()
        with open_record(scene.path) as record:
            lost |= acknowledged - {str(each.id) for each in listed(record)}
    assert lost == set()
    assert scene.finished() == 0
    assert len(scene.state(reading=True)[0]) == 400
