"""A bad laptop: a disk that is full while a record is read, a clock that is wrong, a stick pulled out."""

import contextlib
import sqlite3
from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Sources, Workspace, derive, ruleset_of, verify
from cenotaph.store import (
    Input,
    NoRoom,
    RecordError,
    RecordSettings,
    add,
    check,
    create,
    forget,
    listed,
    log,
)
from cenotaph.store import open as open_record
from cenotaph.store import record as module

SOURCES = Sources(files=(), default=False, country="XT")
RULES = ruleset_of("default")


def given(id_: str, words: str) -> Input:
    document = Document(id=DocumentId(id_), text=words, lang="en")
    return Input(raw=words.encode(), media_type="text/plain", name=id_, document=document)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "record.db"
    create(path, RecordSettings(country="XT", default_gazetteer=False))
    with open_record(path) as record:
        add(
            record,
            [given(f"r{n}", f"{n + 3} people were killed in Velm. " * 30) for n in range(8)],
        )
    return path


@pytest.fixture
def full(path, monkeypatch):
    """The file of the record may not grow."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connect = module.connect

    def small(*arguments, **named):
        engine = connect(*arguments, **named)

        @event.listens_for(engine, "connect")
        def limit(connection, _):
            connection.execute(f"PRAGMA max_page_count = {pages}")

        return engine

    monkeypatch.setattr(module, "connect", small)
    return path


def test_a_record_on_a_full_disk_can_be_read_and_says_why_nothing_is_added(full):
    with open_record(full) as record:
        with pytest.raises(NoRoom, match="Free some space"):
            add(record, [given(f"x{n}", f"{n} were hurt in Orun. " * 900) for n in range(9)])
        found = derive(record, sources=SOURCES, ruleset=RULES)
        assert {claim.claim.count.low for claim in found.claims} == set(range(3, 11))
        space = Workspace(record, sources=SOURCES, ruleset=RULES)
        assert len(space.derived.claims) == len(found.claims)
        assert len(listed(record)) == 8
        assert list(check(record)) == []


def test_every_command_that_reads_works_on_a_full_disk(full, command):
    for name in ("reports", "claims", "incidents", "totals", "findings", "log", "head", "verify"):
        answer = command(name, full)
        assert answer.status == 0, (name, answer.err)
    long = full.with_name("long.txt")
    long.write_text("The council of Orun met again. " * 9000)
    answer = command("add", full, long)
    assert (answer.status, "Free some space" in answer.err) == (3, True)


def test_with_room_again_all_goes_on(full, monkeypatch):
    with open_record(full) as record:
        derive(record, sources=SOURCES, ruleset=RULES)
    monkeypatch.undo()
    with open_record(full) as record:
        add(record, [given("more", "20 people were killed in Sarbek.")])
        space = Workspace(record, sources=SOURCES, ruleset=RULES)
        assert space.search("sarbek") == ["more"] and len(space.search("velm")) == 8
        assert list(verify(record, sources=SOURCES)) == []


def test_a_clock_that_goes_back_changes_no_order_and_no_figure(path, monkeypatch):
    with open_record(path) as record:
        before = derive(record, sources=SOURCES, ruleset=RULES).incidents
        for year in (2003, 2061, 1970):
            monkeypatch.setattr(
                log, "now", lambda year=year: datetime(year, 1, 1, tzinfo=UTC).isoformat()
            )
            add(record, [given(f"in {year}", f"The council met in Orun. {year}.")])
        forget(record)
        assert derive(record, sources=SOURCES, ruleset=RULES).incidents == before
        assert list(verify(record, sources=SOURCES)) == []
        times = [each.at[:4] for each in log.entries(record, kinds=("document",))]
        assert times[-3:] == ["2003", "2061", "1970"]
        assert [each.sequence for each in log.entries(record)] == list(range(1, log.head(record).sequence + 1))  # fmt: skip


def test_a_record_that_is_pulled_out_is_said_to_be_gone_and_not_made_anew(path):
    with open_record(path) as record:
        space = Workspace(record, sources=SOURCES, ruleset=RULES)
        away = path.rename(path.with_name("away.db"))
        for leftover in path.parent.glob("record.db-*"):
            leftover.unlink()
        with pytest.raises(RecordError, match=r"record\.db"):
            add(record, [given("late", "2 people were killed in Homra.")])
        assert not path.exists()
        with pytest.raises(RecordError, match=r"record\.db"):
            space.claims()
        away.rename(path)
        assert {each.claim.count.low for each in space.claims().rows} == set(range(3, 11))
        space.rest()
        add(record, [given("late", "2 people were killed in Homra.")])
        assert space.refresh()
        assert "late" in {each.id for each in listed(record)}
        assert list(check(record)) == []
