import itertools
import random
from datetime import date
from pathlib import Path

import pytest

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Sources, derive, read, ruleset_of
from cenotaph.store import Input, RecordSettings, add, create, forget
from cenotaph.store import open as open_record

SOURCES = Sources(default=False)

REPORTS = [
    ("a", "12 killed. Then 3 killed.", "2021-02-08"),
    ("b", "12 killed. Then 3 killed.", "2021-02-07"),
    ("c", "No number here.", None),
    ("d", "40 killed.", None),
    ("e", "12 killed. Then 3 killed.", None),
]


def given(id_, text, day):
    document = Document(
        id=DocumentId(id_), text=text, published=date.fromisoformat(day) if day else None
    )
    return Input(raw=text.encode(), media_type="text/plain", name=id_, document=document)


@pytest.fixture
def record(tmp_path: Path, plain_steps: None):
    path = tmp_path / "record.db"
    create(path, RecordSettings(default_gazetteer=False))
    with open_record(path) as record:
        yield record


def what_follows(record):
    found = derive(record, sources=SOURCES, ruleset=ruleset_of("default"))
    return {
        "claims": {claim.id: claim for claim in found.claims},
        "incidents": {incident.id: incident for incident in found.incidents},
        "copies": found.copies,
        "findings": set(found.findings),
    }


@pytest.mark.parametrize("seed", range(6))
def test_the_order_and_the_repetition_of_adding_change_nothing(record, seed):
    shuffled = REPORTS * 2
    random.Random(seed).shuffle(shuffled)
    for each in shuffled:
        add(record, [given(*each)])
        if seed % 2:
            read(record, sources=SOURCES)
    found = what_follows(record)
    assert {claim.claim.document for claim in found["claims"].values()} == {"b", "d"}
    assert found["copies"] == {"b": ("a", "e")}

    forget(record)
    assert what_follows(record) == found


def test_a_copy_adds_no_claim(record):
    add(record, [given(*REPORTS[1])])
    before = what_follows(record)
    add(record, [given("z", REPORTS[1][1], "2021-03-01")])
    after = what_follows(record)
    assert after["claims"] == before["claims"]
    assert after["incidents"] == before["incidents"]


def test_a_document_is_read_once(record, monkeypatch):
    add(record, [given(*each) for each in REPORTS])
    assert read(record, sources=SOURCES) == []

    def never(*_, **__):
        raise AssertionError("read again")

    monkeypatch.setattr("cenotaph.pipeline.document.interpret", never)
    found = derive(record, sources=SOURCES, ruleset=ruleset_of("default"))
    assert len(found.claims) == 3


def test_readings_depend_on_what_they_were_made_with(record):
    add(record, [given(*each) for each in REPORTS])
    read(record, sources=SOURCES)
    counted = itertools.count()
    read(record, sources=SOURCES, done=lambda: next(counted))
    assert next(counted) == 0
    read(record, sources=Sources(default=False, country="XT"), done=lambda: next(counted))
    assert next(counted) == 1 + 3


@pytest.mark.parametrize("text", ["CRASH 5 killed", "DIE 5 killed"])
def test_a_document_that_breaks_the_reader_is_kept_and_told_and_the_rest_is_read(record, text):
    add(record, [given("bad", text, None), given(*REPORTS[3])])
    assert read(record, sources=SOURCES) == ["bad"]
    found = what_follows(record)
    assert {claim.claim.document for claim in found["claims"].values()} == {"d"}
    assert [
        (each.code, each.documents) for each in found["findings"] if each.code == "not-read"
    ] == [("not-read", ("bad",))]


def test_an_empty_record_has_nothing(record):
    assert what_follows(record) == {
        "claims": {}, "incidents": {}, "copies": {}, "findings": set(),
    }  # fmt: skip


def test_a_write_protected_record_is_read_without_keeping_the_reading(record, monkeypatch):
    add(record, [given(*each) for each in REPORTS])
    monkeypatch.setattr("os.access", lambda *_: False)
    found = what_follows(record)
    monkeypatch.undo()
    assert len(found["claims"]) == 3
