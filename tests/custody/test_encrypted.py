"""A record in SQLCipher: the passphrase opens it and is nowhere, and no flipped bit is missed."""

import os
import random
import subprocess
import sys
import warnings
from pathlib import Path

import pyrage
import pytest

from cenotaph.cli import secret
from cenotaph.model import Document, DocumentId
from cenotaph.store import (
    Input,
    Locked,
    RecordError,
    RecordSettings,
    add,
    backup,
    check,
    create,
    is_locked,
    listed,
    restore,
)
from cenotaph.store import open as open_record
from cenotaph.store.cipher import driver, key_of

WORD = "orchid lantern öre seven gravel pond"
WITNESS = "Ansa Terevill"
TEXT = f"12 people were killed in Sarbek on Sunday, {WITNESS} said. " * 20


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """An encrypted record of one report; not to be changed."""
    path = tmp_path_factory.mktemp("whole") / "whole.db"
    create(path, RecordSettings(country="XT", default_gazetteer=False), passphrase=WORD)
    with open_record(path, passphrase=WORD) as record:
        put(record, "a")
    return path


def put(record, id_: str) -> None:
    document = Document(id=DocumentId(id_), text=f"{id_}: {TEXT}")
    add(
        record,
        [Input(raw=document.text.encode(), media_type="text/plain", name=id_, document=document)],
    )


@pytest.fixture
def record(whole, tmp_path) -> Path:
    path = tmp_path / "record.db"
    path.write_bytes(whole.read_bytes())
    return path


@pytest.fixture
def typed(monkeypatch):
    """Give the commands a passphrase by the environment, as often as it is asked for."""

    def give(word: str, *, new: str | None = None) -> None:
        secret.passphrase.cache_clear()
        monkeypatch.setattr(secret, "guarded", lambda: None)  # it holds for the whole process
        monkeypatch.setenv(secret.VARIABLE, word)
        if new is not None:
            monkeypatch.setenv(secret.NEW_VARIABLE, new)

    return give


def leaks(folder: Path) -> list[str]:
    """The files of a folder in which a word of the record, or its passphrase, can be read."""
    wanted = [each.encode() for each in (WORD, WITNESS, "Sarbek", "CREATE TABLE", "SQLite")]
    return [
        each.name
        for each in folder.rglob("*")
        if each.is_file() and any(w in each.read_bytes() for w in wanted)
    ]


def test_nothing_of_a_record_can_be_read_beside_it_not_even_while_it_is_written(record, tmp_path):
    with open_record(record, passphrase=WORD) as known:
        put(known, "b")
        with known.reader():
            put(known, "c")
            assert Path(f"{record}-wal").stat().st_size > 0
            assert leaks(tmp_path) == []
        assert list(check(known)) == []
    assert leaks(tmp_path) == []


def test_only_its_passphrase_opens_it_and_the_file_stays_as_it_is(record):
    before = record.read_bytes()
    assert is_locked(record)
    for word in (None, "", "orchid", WORD + " ", WORD.upper()):
        with pytest.raises(Locked):
            open_record(record, passphrase=word)
    assert record.read_bytes() == before
    decomposed = WORD.replace("ö", "o\u0308")
    with open_record(record, passphrase=decomposed) as known:
        assert [each.id for each in listed(known)] == ["a"]


def test_any_program_of_sqlcipher_opens_it_with_the_passphrase(record):
    connection = driver().connect(str(record))
    connection.execute(f"PRAGMA key = '{WORD}'")
    assert connection.execute("SELECT id FROM documents").fetchall() == [("a",)]
    connection.close()
    assert WORD not in repr(key_of(WORD, record))


def test_another_file_that_looks_like_noise_is_not_taken_for_one(tmp_path):
    noise = tmp_path / "noise.db"
    noise.write_bytes(random.Random(3).randbytes(8 * 4096))
    with pytest.raises(Locked, match="no record"):
        open_record(noise, passphrase=WORD)
    short = tmp_path / "short.db"
    short.write_bytes(random.Random(3).randbytes(5000))
    with pytest.raises(RecordError, match="another kind of file"):
        open_record(short)


def test_every_flipped_bit_of_the_file_is_found(whole, tmp_path, full):
    data = whole.read_bytes()
    chance, path = random.Random(7), tmp_path / "flipped.db"
    missed = []
    for bit in chance.sample(range(len(data) * 8), 3000 if full else 60):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        path.write_bytes(changed)
        try:
            with open_record(path, passphrase=WORD) as known:
                if not list(check(known)):
                    missed.append(bit)
        except RecordError:
            pass
        for leftover in tmp_path.glob("flipped.db-*"):
            leftover.unlink()
    assert missed == []


def test_the_commands_ask_for_the_passphrase_and_work_as_ever(
    tmp_path, command, typed, plain_steps
):
    path, report = tmp_path / "record.db", tmp_path / "r.txt"
    report.write_text("12 killed. Then 3 killed.", encoding="utf-8")
    typed(WORD)
    made = command("init", path, "--encrypted", "--no-default-gazetteer")
    assert (made.status, "no way back" in made.err) == (0, True)
    assert os.environ.get(secret.VARIABLE) is None
    typed(WORD)
    assert command("add", path, report).status == 0
    claim = command("claims", path, "--json").rows[0]["id"]
    assert (
        command("decide", path, "reject", claim, "--because", "No toll.", "--by", "AB").status == 0
    )
    for name in ("reports", "incidents", "totals", "findings", "log", "head", "verify"):
        assert command(name, path).status == 0, name
    typed("another")
    refused = command("claims", path)
    assert (refused.status, "does not open" in refused.err) == (3, True)
    secret.passphrase.cache_clear()
    refused = command("claims", path)
    assert (refused.status, secret.VARIABLE in refused.err) == (3, True)
    typed("")
    refused = command("init", tmp_path / "empty.db", "--encrypted", "--no-default-gazetteer")
    assert (refused.status, (tmp_path / "empty.db").exists()) == (3, False)


def test_the_passphrase_can_come_before_what_is_added_on_standard_input(record):
    def run(given: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "cenotaph", "--passphrase-stdin", *map(str, arguments)],
            input=given, capture_output=True, text=True,
        )  # fmt: skip

    done = run(f"{WORD}\n4 killed in Homra.\n", "add", record, "-", "--no-read")
    assert (done.returncode, done.stderr) == (0, "1 inputs: 1 stored.\n")
    assert run(f"{WORD}\n", "verify", record, "--no-read").returncode == 0
    with open_record(record, passphrase=WORD) as known:
        assert [each.id for each in listed(known)] == ["a", "standard-input"]
    done = run("orchid\n", "reports", record)
    assert (done.returncode, "does not open" in done.stderr) == (3, True)


def test_copies_keep_the_passphrase_or_get_one_of_their_own(record, tmp_path, command, typed):
    plain = tmp_path / "plain.db"
    create(plain, RecordSettings(default_gazetteer=False))
    with open_record(plain) as known:
        put(known, "p")
    for source, word, ids in ((record, WORD, ["a"]), (plain, None, ["p"])):
        with open_record(source, passphrase=word) as known:
            backup(known, tmp_path / f"{source.stem}.same")
            backup(known, tmp_path / f"{source.stem}.other", passphrase="another one")
        assert is_locked(tmp_path / f"{source.stem}.same") is (word is not None)
        for name, its in (("same", word), ("other", "another one")):
            again = tmp_path / f"{source.stem}.{name}.db"
            with restore(
                tmp_path / f"{source.stem}.{name}", again, passphrase=lambda _, its=its: str(its)
            ) as known:
                assert list(check(known)) == []
                assert [each.id for each in listed(known)] == ids
    with pytest.raises(Locked):
        restore(tmp_path / "record.other", tmp_path / "x.db", passphrase=lambda _: WORD)
    assert not (tmp_path / "x.db").exists()
    plain_files = [plain.name, "plain.same", "plain.same.db"]
    assert sorted(leaks(tmp_path)) == sorted(plain_files)


def test_an_age_backup_of_an_encrypted_record_needs_both(record, tmp_path, command, typed):
    key = pyrage.x25519.Identity.generate()
    (tmp_path / "id.txt").write_text(f"{key}\n", encoding="utf-8")
    typed(WORD)
    assert command("backup", record, tmp_path / "b.age", "--to", key.to_public()).status == 0
    again = tmp_path / "again.db"
    typed("another")
    args = ("restore", tmp_path / "b.age", again, "--identity", tmp_path / "id.txt")
    assert command(*args).status == 3
    typed(WORD)
    assert command(*args).status == 0
    assert is_locked(again)


def test_the_workbench_serves_it(record):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from starlette.testclient import TestClient
    from cenotaph.web.app import workbench

    app = workbench(record, passphrase=WORD)
    with TestClient(app, base_url="http://127.0.0.1:8765") as client:
        assert client.get("/reports").status_code == 200
        assert WITNESS in client.get("/d/a").text
