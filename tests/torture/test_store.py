"""The store under fire: killed, crowded, full. Short in `make test`, in full in `make torture`."""

import contextlib
import hashlib
import os
import random
import resource
import select
import signal
import sqlite3
import time
from pathlib import Path

import pytest
from sqlalchemy import event

from cenotaph.model import Document, DocumentId
from cenotaph.store import (
    Input,
    RecordError,
    RecordSettings,
    add,
    check,
    create,
    listed,
    log,
    quarantined,
)
from cenotaph.store import open as open_record

FULL = os.environ.get("CENOTAPH_TORTURE") == "full"


def given(id_: str, words: str = "were killed in Sarbek") -> Input:
    text = f"{id_}: 5 people {words}. " * 40
    document = Document(id=DocumentId(id_), text=text)
    return Input(raw=text.encode(), media_type="text/plain", name=id_, document=document)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "record.db"
    create(path, RecordSettings(country="XT", default_gazetteer=False))
    return path


def ids_of(path: Path) -> list[str]:
    """The documents of a record that is sound: its file whole, its log whole, each thing once."""
    with open_record(path) as record:
        assert list(check(record)) == []
        added = [each.payload["id"] for each in log.entries(record, kinds=("document",))]
        ids = [each.id for each in listed(record)]
    assert sorted(added) == sorted(ids)
    return ids


def forked(work) -> int:
    """Run work in a child process of its own; return its number."""
    child = os.fork()
    if child:
        return child
    status = 1
    with contextlib.suppress(BaseException):
        work()
        status = 0
    os._exit(status)


def test_a_kill_at_a_random_moment_loses_nothing_and_doubles_nothing(path):
    acknowledged: set[str] = set()
    random.seed(11)
    for kill in range(1000 if FULL else 25):
        reader, writer = os.pipe()

        def work(kill=kill, writer=writer):
            with open_record(path) as record:
                for at in range(100_000):
                    some = [given(f"k{kill}-{at}-{n}") for n in range(random.choice((1, 1, 4)))]
                    add(record, some)
                    os.write(writer, "".join(f"{each.name}\n" for each in some).encode())

        child = forked(work)
        os.close(writer)
        if kill == 0:  # on a busy machine every other child may die before its first word
            select.select([reader], [], [], 60)
        time.sleep(random.uniform(0.0, 0.06))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(reader, "rb") as pipe:
            told = pipe.read().decode().split("\n")
        acknowledged.update(told[:-1])
        if kill % 100 == 99:
            assert acknowledged <= set(ids_of(path))
    ids = ids_of(path)
    assert acknowledged and acknowledged <= set(ids)
    assert len(ids) == len(set(ids))


INPUTS = [
    given("one"),
    given("two"),
    Input(raw=b"{", media_type="text/plain", name="bad", code="bad-json", message="It is not."),
    given("one", "were hurt in Orun"),  # its id is taken
]


def points(path: Path, act) -> list[str]:
    """Add the inputs, calling `act` before and after each statement and commit; name the points."""
    named: list[str] = []

    def at(name: str) -> None:
        named.append(name)
        act(len(named) - 1)

    with open_record(path) as record:
        engine = record._engine
        event.listen(
            engine,
            "before_cursor_execute",
            lambda c, k, s, *_: at(f"before {' '.join(s.split()[:3])}"),
        )
        event.listen(
            engine,
            "after_cursor_execute",
            lambda c, k, s, *_: at(f"after {' '.join(s.split()[:3])}"),
        )
        event.listen(engine, "commit", lambda c: at("before COMMIT"))
        for each in INPUTS:
            add(record, [each])
            at(f"after COMMIT of {each.name}")
    return named


def test_a_kill_at_every_point_of_adding_leaves_a_sound_record(path, tmp_path):
    """Every statement, before and after it, is a point; so is every commit."""
    whole = tmp_path / "whole.db"
    create(whole, RecordSettings(country="XT", default_gazetteer=False))
    named = points(whole, lambda _: None)
    assert len(named) >= 40
    everything = ids_of(whole)
    pristine = path.read_bytes()
    chosen = range(len(named)) if FULL else random.Random(5).sample(range(len(named)), 30)
    for point in chosen:
        for leftover in path.parent.glob("record.db*"):
            leftover.unlink()
        path.write_bytes(pristine)

        def act(here, point=point):
            if here == point:
                os.kill(os.getpid(), signal.SIGKILL)

        _, status = os.waitpid(forked(lambda act=act: points(path, act)), 0)
        assert os.WIFSIGNALED(status), named[point]
        before = {
            name.removeprefix("after COMMIT of ")
            for name in named[: point + 1]
            if name.startswith("after COMMIT of")
        }
        ids = ids_of(path)
        assert before - {"bad"} <= set(ids), named[point]
        with open_record(path) as record:
            add(record, INPUTS)
            assert len(quarantined(record)) == 2, named[point]
        assert ids_of(path) == everything, named[point]


def test_sixteen_writers_at_once_lose_nothing_and_see_no_lock(path):
    count = 200 if FULL else 12
    children = []
    for writer in range(16):

        def work(writer=writer):
            with open_record(path) as record:
                for at in range(count):
                    # half of the inputs are everybody's, half are the writer's own
                    id_ = f"all-{at}" if at % 2 else f"{writer}-{at}"
                    add(record, [given(id_)])

        children.append(forked(work))
    statuses = [os.waitpid(child, 0)[1] for child in children]
    assert statuses == [0] * 16
    wanted = {
        f"all-{at}" if at % 2 else f"{writer}-{at}" for writer in range(16) for at in range(count)
    }
    ids = ids_of(path)
    assert set(ids) == wanted
    assert len(ids) == len(wanted)


def test_adding_everything_again_changes_nothing(path):
    inputs = [given(f"d{at}") for at in range(10_000 if FULL else 400)]
    with open_record(path) as record:
        for at in range(0, len(inputs), 200):
            add(record, inputs[at : at + 200])
        before = log.head(record), hashlib.sha256(repr(listed(record)).encode()).hexdigest()
    whole = hashlib.sha256(path.read_bytes()).hexdigest()
    with open_record(path) as record:
        for at in range(0, len(inputs), 200):
            add(record, inputs[at : at + 200])
        assert (
            log.head(record),
            hashlib.sha256(repr(listed(record)).encode()).hexdigest(),
        ) == before
    assert hashlib.sha256(path.read_bytes()).hexdigest() == whole


def filled(path: Path, *, batches: int = 4) -> tuple[set[str], str]:
    """Add until something fails; return what was acknowledged, and what the failure said."""
    acknowledged: set[str] = set()
    try:
        with open_record(path) as record:
            for at in range(batches):
                some = [given(f"b{at}-{n}") for n in range(3)]
                add(record, some)
                acknowledged.update(each.name for each in some)
    except RecordError as error:
        return acknowledged, str(error)
    return acknowledged, ""


def test_a_disk_that_stops_at_the_nth_write_leaves_a_sound_record(path):
    """The system refuses to let any file grow beyond a limit, at every page in turn."""
    pristine = path.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    failures = 0
    try:
        for limit in range(0, 400_000, 4096 if FULL else 4096 * 7):
            for leftover in path.parent.glob("record.db*"):
                leftover.unlink()
            path.write_bytes(pristine)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
            try:
                acknowledged, message = filled(path)
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            assert bool(message) == (len(acknowledged) < 12)
            failures += bool(message)
            if message:
                assert str(path) in message
            assert acknowledged <= set(ids_of(path))
            # with room again the work goes on where it stopped
            assert filled(path) == ({f"b{at}-{n}" for at in range(4) for n in range(3)}, "")
            assert len(ids_of(path)) == 12
    finally:
        signal.signal(signal.SIGXFSZ, handler)
    assert failures > 3


def test_a_full_database_keeps_what_was_acknowledged_and_says_so(path, monkeypatch):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    from cenotaph.store import record as module

    connect = module.connect
    room = 0

    def small(*arguments, **named):
        engine = connect(*arguments, **named)

        @event.listens_for(engine, "connect")
        def limit(connection, _):
            connection.execute(f"PRAGMA max_page_count = {pages + room}")

        return engine

    pristine = path.read_bytes()
    told = []
    for room in range(0, 40, 1 if FULL else 6):  # noqa: B007 `small` reads it
        for leftover in path.parent.glob("record.db*"):
            leftover.unlink()
        path.write_bytes(pristine)
        monkeypatch.setattr(module, "connect", small)
        acknowledged, message = filled(path)
        monkeypatch.setattr(module, "connect", connect)
        assert acknowledged <= set(ids_of(path))
        assert bool(message) == (len(acknowledged) < 12)
        told.append(message)
    assert any("no room left" in message for message in told)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs to mount a file system")
def test_a_read_only_disk_is_said_to_be_one_and_can_be_read(path, tmp_path):
    """Where a read-only disk can be mounted; elsewhere tests/store has a file that may not be written."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.system(f"mount -t tmpfs none {folder} 2>/dev/null"):
        pytest.skip("no file system can be mounted here")
    try:
        kept = folder / "record.db"
        kept.write_bytes(path.read_bytes())
        filled(kept)
        assert not os.system(f"mount -o remount,ro {folder}")
        assert len(ids_of(kept)) == 12
        with open_record(kept) as record, pytest.raises(RecordError, match="write-protected"):
            add(record, [given("more")])
    finally:
        os.system(f"umount {folder}")
