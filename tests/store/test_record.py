import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from cenotaph.model import GazetteerSource
from cenotaph.store import (
    Given,
    RecordError,
    RecordSettings,
    add,
    create,
    decisions,
    listed,
    log,
    missing,
    readings,
    save,
    tables,
)
from cenotaph.store import open as open_record
from cenotaph.store import record as record_module


def test_a_record_keeps_what_holds_for_all_of_it(tmp_path):
    path = tmp_path / "r.db"
    source = GazetteerSource(
        name="places",
        version="1",
        sha256="ab",
        licence="CC BY 4.0",
        attribution="Survey of Tessaria",
        entries=3,
    )
    kept = [
        Given(source=source, file_name="places.csv", content=b"id,name\n"),
        Given(source=source),
    ]
    settings = RecordSettings(country="XT", ruleset="airwars", default_gazetteer=False)
    create(path, settings, kept)
    with open_record(path) as record:
        assert record.settings() == settings
        own, default = record.gazetteers()
        assert (own.licence, own.attribution) == ("CC BY 4.0", "Survey of Tessaria")
        assert (own.name, own.version, own.sha256, default.capture) == (
            "places.csv",
            "1",
            "ab",
            None,
        )
        assert record.content(own.capture) == b"id,name\n"


def test_a_record_is_one_file(path, given):
    with open_record(path) as record:
        add(record, [given("a", "5 killed")])
    assert [each.name for each in path.parent.iterdir()] == ["record.db"]


def test_a_file_that_is_kept_open_is_settled_once(path, given):
    beside = path.with_name("record.db-wal")
    with open_record(path) as record:
        with record.kept_open():
            for name in "ab":
                add(record, [given(name, f"{len(name)} killed in {name}")])
                assert beside.stat().st_size > 0
                with open_record(path) as other:
                    assert name in {each.id for each in listed(other)}
        assert not beside.exists()


def test_nothing_is_made_where_something_is(path):
    before = path.read_bytes()
    with pytest.raises(RecordError, match="exists already"):
        create(path, RecordSettings())
    assert path.read_bytes() == before
    with pytest.raises(RecordError, match="no folder"):
        create(path.parent / "gone" / "r.db", RecordSettings())


def test_a_record_that_cannot_be_finished_is_not_begun(tmp_path, monkeypatch):
    def failing(*_):
        raise RuntimeError

    monkeypatch.setattr(record_module, "fill", failing)
    with pytest.raises(RuntimeError):
        create(tmp_path / "r.db", RecordSettings())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["missing", "folder", "empty", "text", "sqlite", "pipe", "short"])
def test_what_is_no_record_is_told_and_left_alone(tmp_path, kind):
    path = tmp_path / "r.db"
    if kind == "folder":
        path.mkdir()
    elif kind == "empty":
        path.touch()
    elif kind == "text":
        path.write_text("5 killed" * 100, encoding="utf-8")
    elif kind == "short":
        path.write_bytes(b"SQLite format 3\x00")
    elif kind == "sqlite":
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE t (x)")
        connection.close()
    elif kind == "pipe":
        os.mkfifo(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(RecordError, match=r"\.|init"):
        open_record(path)
    assert path.exists() == (kind != "missing")
    assert before is None or path.read_bytes() == before


def test_a_record_of_a_newer_program_is_refused(path):
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(RecordError, match="newer version"):
        open_record(path)


def test_a_damaged_record_is_told_as_such(path, given):
    with open_record(path) as record:
        add(record, [given(f"d{at}", "killed " * 500 + str(at)) for at in range(50)])
    raw = bytearray(path.read_bytes())
    raw[4096:] = b"\xff" * (len(raw) - 4096)
    path.write_bytes(raw)
    with pytest.raises(RecordError), open_record(path) as record:
        listed(record)


def test_the_migrations_make_the_tables_that_the_program_uses(path):
    with open_record(path) as record, record.reader() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, tables.metadata) == []


OLD_DECISIONS = """
CREATE TABLE decisions (id VARCHAR PRIMARY KEY, kind VARCHAR, subject VARCHAR, value TEXT,
    reason TEXT, made_by VARCHAR, made_at VARCHAR, replaces VARCHAR);
CREATE INDEX ix_decisions_subject ON decisions (subject);
INSERT INTO decisions VALUES
    ('dec-1', 'reject', 'clm-1', '{}', 'No count.', 'AB', '2021-02-08T10:00:00Z', NULL);
"""


def test_a_record_of_the_first_version_is_brought_up_to_date_with_what_it_holds(path, given):
    with open_record(path) as record:
        add(record, [given("a", "5 killed", title="T")])
    with contextlib.closing(sqlite3.connect(path)) as old, old:
        old.executescript(
            "DROP TABLE feed_entries; DROP TABLE feeds; DROP TABLE log; DROP TABLE keys;"
        )
        old.executescript(OLD_DECISIONS)
        for column in ("author", "url", "reader", "part", "coded", "replaces"):
            old.execute(f"ALTER TABLE documents DROP COLUMN {column}")
        old.execute("UPDATE alembic_version SET version_num = '0001'")
    with open_record(path) as record:
        assert [(each.id, each.title) for each in listed(record)] == [("a", "T")]
        assert [each.kind for each in log.entries(record)] == [
            "record", "settings", "capture", "document", "decision",
        ]  # fmt: skip
        (decided,) = decisions(record)
        assert (decided.kind, decided.subjects, decided.by) == ("reject", ("clm-1",), "AB")
        with record.reader() as connection:
            context = MigrationContext.configure(connection)
            assert compare_metadata(context, tables.metadata) == []


def test_a_record_that_cannot_be_written_can_still_be_read(path, given, monkeypatch):
    with open_record(path) as record:
        add(record, [given("a", "5 killed")])
    monkeypatch.setattr(os, "access", lambda *_: False)
    with open_record(path) as record:
        assert [each.id for each in listed(record)] == ["a"]
        with pytest.raises(RecordError, match="write-protected"):
            add(record, [given("b", "6 killed")])


def test_readings_are_kept_by_key_and_replaced(record, given):
    add(record, [given("a", "5"), given("b", "6")])
    save(record, [("a", False, b"one")], keys={"a": "k1"})
    assert missing(record, {"b": "k1", "a": "k1"}) == ["b"]
    assert missing(record, {"a": "k2"}) == ["a"]
    save(record, [("a", True, b"two")], keys={"a": "k2"})
    assert list(readings(record, {"a": "k2", "b": "k2"})) == [("a", True, b"two")]
    assert list(readings(record, {"a": "k1"})) == []


WRITER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from cenotaph.model import Document
    from cenotaph.store import Input, add, open

    with open(Path(sys.argv[1])) as record:
        for at in range(100000):
            id_ = f"d{at}"
            document = Document(id=id_, text=f"{at} killed " * 200)
            add(record, [Input(raw=b"x", media_type="text/plain", name=id_, document=document)])
            print(at, flush=True)
    """
)


def test_what_was_acknowledged_outlives_a_kill(path):
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE, text=True
    )
    acknowledged = [int(writer.stdout.readline()) for _ in range(25)]
    writer.send_signal(signal.SIGKILL)
    rest, _ = writer.communicate()
    acknowledged += [int(line) for line in rest.split("\n")[:-1] if line]
    with open_record(path) as record:
        kept = {each.id for each in listed(record)}
        assert kept >= {f"d{at}" for at in acknowledged}
        assert len(kept) <= len(acknowledged) + 1
        with record.reader() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").first() is None
