import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pyrage
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cenotaph.store import Pin, check, log
from cenotaph.store import open as open_record

SECOND = Path(__file__).resolve().parents[2] / "docs" / "verify_log.py"
ROWS = [
    {"id": "a", "text": "12 killed. Then 3 killed.", "published": "2021-02-08", "title": "Ünë"},
    {"id": "b", "text": "40 killed."},
]


@pytest.fixture
def record(tmp_path, command, plain_steps, monkeypatch):
    monkeypatch.setenv("CENOTAPH_BY", "AB")
    path, lines = tmp_path / "record.db", tmp_path / "r.jsonl"
    lines.write_text("".join(f"{json.dumps(row)}\n" for row in ROWS) + "{\n", encoding="utf-8")
    command("init", path, "--no-default-gazetteer")
    command("add", path, "--jsonl", lines)
    claim = command("claims", path, "--json").rows[0]["id"]
    command("decide", path, "reject", claim, "--because", "No toll.")
    return path


@pytest.fixture
def exported(record, command, tmp_path):
    folder = tmp_path / "exported"
    assert command("log", record, "--export", folder).status == 0
    return folder


@pytest.fixture(scope="module")
def second():
    """The second verifier, as a module: starting a process for each flip would take minutes."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("verify_log", SECOND)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def faults(path, *pins):
    with open_record(path) as record:
        return list(check(record, pins=pins))


def change(path, statement, *values):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        assert connection.execute(statement, values).rowcount > 0


@pytest.mark.parametrize("seed", ["2", "3"])
def test_a_record_holds_for_every_process(tmp_path, seed):
    """Names and words are gathered in sets, whose order is another in each process."""
    examples = Path(__file__).resolve().parents[2] / "examples"
    path, named = tmp_path / "r.db", tmp_path / "named.txt"
    named.write_text(
        "Omar Haddadin, Salim Velkar, Dina Morun, Reem Teshar, Nour Karovan, Hadi Belim, Sami Orvat "
        "and Lena Dursun were killed in Velm on 7 February 2021, the Tessaria Harm Monitor said.",
        encoding="utf-8",
    )

    def run(seed, *words):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-m", "cenotaph", *map(str, words)]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    run("1", "init", path, "--country", "XT", "--gazetteer", examples / "gazetteer.csv",
        "--no-default-gazetteer")  # fmt: skip
    run("1", "add", path, "--manifest", examples / "manifest.jsonl")
    run("1", "add", path, named)
    run(seed, "verify", path)


def test_the_second_verifier_says_what_it_cannot_check(exported, second, tmp_path, capsys):
    assert second.main(tmp_path / "nowhere", None) == 2
    assert "nowhere" in capsys.readouterr().out
    for said in ("{}", "[]", "no head", '{"record":"a","hash":"b","sequence":"c"}'):
        head = tmp_path / "head.json"
        head.write_text(said, encoding="utf-8")
        assert second.main(exported, head) == 4
        assert f"{head}: it holds no head" in capsys.readouterr().out


def test_a_damaged_key_is_found_and_signs_nothing(record, command, tmp_path):
    change(record, "UPDATE keys SET private = zeroblob(32)")
    assert [(fault.where, "damaged" in fault.message) for fault in faults(record)] == [
        ("key", True)
    ]
    more = tmp_path / "more.txt"
    more.write_text("Nine people were killed in Velm.", encoding="utf-8")
    before = len(command("log", record, "--json").rows)
    answer = command("add", record, more)
    assert (answer.status, "its key is damaged" in answer.err) == (3, True)
    assert len(command("log", record, "--json").rows) == before


def test_a_head_that_is_none_is_told(record, command):
    answer = command("verify", record, "--head", "nowhere")
    assert answer.status == 2
    assert "'nowhere' is neither a file nor" in answer.err.replace("\n", " ")


def test_a_record_holds(record, command):
    answer = command("verify", record)
    assert (answer.status, answer.out.startswith("Holds")) == (0, True)
    text = command("head", record, "--json").out
    kept = record.with_name("head.json")
    kept.write_text(text, encoding="utf-8")
    assert command("verify", record, "--head", kept).status == 0
    assert f"--head {json.loads(text)['sequence']}:" in command("head", record).out


CHANGES = [
    ("UPDATE captures SET content = X'00'", "capture"),
    ("UPDATE captures SET media_type = 'x'", "capture"),
    ("UPDATE documents SET text = text || ' '", "document a"),
    ("UPDATE documents SET published = '2021-02-09' WHERE id = 'a'", "document a"),
    ("UPDATE documents SET title = NULL WHERE id = 'a'", "document a"),
    ("UPDATE documents SET findings = '[1]' WHERE id = 'a'", "document a"),
    ("DELETE FROM documents WHERE id = 'a'", "document a"),
    ("DELETE FROM quarantine", "quarantine"),
    ("UPDATE quarantine SET message = 'Fine.'", "quarantine"),
    ("UPDATE settings SET value = 'acled' WHERE name = 'ruleset'", "settings"),
    ("INSERT INTO settings VALUES ('country', 'XT')", "settings"),
    ("DELETE FROM log WHERE sequence = 3", "log entry 4"),
    ("DELETE FROM log WHERE sequence = 1", "log entry 2"),
    ("UPDATE log SET line = replace(line, 'No toll', 'No tool') WHERE kind = 'decision'", "log entry"),
    ("UPDATE log SET signature = upper(signature) WHERE sequence = 2", "log entry 2"),
    ("UPDATE log SET kind = 'setting' WHERE sequence = 2", "log entry 2"),
    ("UPDATE log SET subject = 'clm-0' WHERE kind = 'decision'", "log entry"),
    ("UPDATE log SET token = 'x' WHERE kind = 'decision'", "log entry"),
    ("UPDATE log SET hash = previous FROM (SELECT hash AS previous FROM log WHERE sequence = 1) WHERE sequence = 2", "log entry 2"),
    ("UPDATE keys SET public = '00'", "key"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "where"), CHANGES, ids=[c[0][:60] for c in CHANGES])
def test_a_change_behind_the_program_is_found_and_named(record, command, statement, where):
    command("claims", record)
    change(record, statement)
    answer = command("verify", record, "--no-read")
    assert answer.status == 4
    assert answer.out.startswith(f"DOES NOT HOLD. {where}")


def test_a_reading_that_was_changed_is_found(record, command):
    query = "SELECT content FROM readings WHERE document_id = 'b'"
    with closing(sqlite3.connect(record)) as connection:
        (content,) = connection.execute(query).fetchone()
    change(
        record,
        "UPDATE readings SET content = ? WHERE document_id = 'b'",
        content.replace(b"\x28", b"\x29"),
    )
    answer = command("verify", record)
    assert (answer.status, "reading of b" in answer.out) == (4, True)


def test_a_decision_that_quotes_what_nobody_said_is_found(record, command):
    from cenotaph.model import Anchor, Decision, DecisionKind
    from cenotaph.store import enter

    words = Anchor(claim="clm-1", document="a", start=0, end=9, text="13 killed", measure="killed")
    with open_record(record) as known, known.writer() as connection:
        enter(
            connection,
            Decision(kind=DecisionKind.FLAG, subjects=("clm-1",), by="AB", anchors=(words,)),
        )
    assert "do not stand in a" in command("verify", record).out


def test_a_tail_that_was_cut_is_found_with_a_kept_head(record, command):
    with open_record(record) as known:
        head = log.head(known)
    change(record, "DELETE FROM log WHERE sequence = ?", head.sequence)
    assert command("verify", record).status == 0
    answer = command("verify", record, "--head", f"{head.sequence}:{head.hash}")
    assert (answer.status, f"log entry {head.sequence}" in answer.out) == (4, True)


def test_a_record_written_anew_is_found_with_a_kept_head(record, command, tmp_path):
    kept = tmp_path / "head.json"
    kept.write_text(command("head", record, "--json").out, encoding="utf-8")
    with open_record(record) as known, known.writer() as connection:
        from cenotaph.store import entered

        connection.exec_driver_sql("DELETE FROM log")
        connection.exec_driver_sql("DELETE FROM keys")
        entered.adopt(connection)
    assert command("verify", record).status == 0
    answer = command("verify", record, "--head", kept)
    assert (answer.status, "log entry 1" in answer.out) == (4, True)


def test_what_is_added_later_holds_with_the_older_head(record, command, tmp_path):
    kept = tmp_path / "head.json"
    kept.write_text(command("head", record, "--json").out, encoding="utf-8")
    command("undo", record)
    assert command("verify", record, "--head", kept).status == 0


def test_the_second_verifier_is_short_and_shares_no_code():
    text = SECOND.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 150
    imported = {
        line.split()[1].split(".")[0]
        for line in text.splitlines()
        if line.startswith(("import ", "from "))
    }
    assert imported <= sys.stdlib_module_names | {"cryptography"}


def test_the_second_verifier_agrees(exported, tmp_path):
    done = subprocess.run(
        [sys.executable, "-I", SECOND, exported, exported / "head.json"],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout.startswith("Holds: ")) == (0, True), done.stdout
    with (exported / "log.txt").open("ab") as file:
        file.write(b"\n")
    done = subprocess.run([sys.executable, "-I", SECOND, exported], capture_output=True, text=True)
    assert done.returncode == 4


def flips(data: bytes, sample: int | None) -> list[int]:
    every = range(len(data) * 8)
    return (
        list(every) if sample is None else random.Random(7).sample(every, min(sample, len(every)))
    )


def test_every_flipped_bit_of_a_log_and_of_a_capture_is_found(exported, second, capsys, full):
    assert second.main(exported, None) == 0
    for file in [exported / "log.txt", *sorted((exported / "captures").iterdir())]:
        whole = file.read_bytes()
        missed = []
        for bit in flips(whole, None if full else 400):
            changed = bytearray(whole)
            changed[bit // 8] ^= 1 << bit % 8
            file.write_bytes(changed)
            if second.main(exported, None) != 4:
                missed.append(bit)
        file.write_bytes(whole)
        assert missed == []
    assert second.main(exported, exported / "head.json") == 0


def test_lines_cut_swapped_put_in_or_taken_out_are_found_with_a_kept_head(
    exported, second, capsys, full
):
    file, kept = exported / "log.txt", exported / "head.json"
    lines = file.read_bytes().splitlines(keepends=True)
    count = len(lines)
    changed = [lines[:at] for at in range(count)]
    changed += [lines[:at] + lines[at + 1 :] for at in range(count)]
    changed += [[*lines[:at], lines[at], *lines[at:]] for at in range(count)]
    for a in range(count):
        for b in range(a + 1, count):
            swapped = list(lines)
            swapped[a], swapped[b] = swapped[b], swapped[a]
            changed.append(swapped)
    for each in changed if full else random.Random(7).sample(changed, 40):
        file.write_bytes(b"".join(each))
        assert second.main(exported, kept) == 4


def test_a_capture_too_many_or_missing_is_found(exported, second, capsys):
    (exported / "captures" / ("0" * 64)).write_bytes(b"")
    assert second.main(exported, None) == 4
    (exported / "captures" / ("0" * 64)).unlink()
    next((exported / "captures").iterdir()).unlink()
    assert second.main(exported, None) == 4


@settings(
    max_examples=300 if os.environ.get("CENOTAPH_TORTURE") == "full" else 60, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(st.data())
def test_a_flipped_bit_of_a_line_in_the_record_is_found(record, data):
    with closing(sqlite3.connect(record)) as connection:
        rows = connection.execute("SELECT sequence, line FROM log").fetchall()
    number, line = data.draw(st.sampled_from(rows))
    raw = bytearray(line.encode())
    bit = data.draw(st.integers(0, len(raw) * 8 - 1))
    raw[bit // 8] ^= 1 << bit % 8
    copy = shutil.copy(record, record.with_name("copy.db"))
    change(copy, "UPDATE log SET line = CAST(? AS TEXT) WHERE sequence = ?", bytes(raw), number)
    from cenotaph.store import RecordError

    try:
        found = faults(copy)
    except (RecordError, UnicodeDecodeError):
        return
    assert found and found[0].where == f"log entry {number}"


def test_a_backup_is_made_while_others_write_and_holds(record, command, tmp_path):
    target = tmp_path / "backup.db"
    with open_record(record) as known, known.writer():
        assert command("backup", record, target).status == 0
    assert command("restore", target, tmp_path / "again.db").status == 0
    assert command("verify", tmp_path / "again.db").status == 0
    for name in ("claims", "reports", "log"):
        assert (
            command(name, tmp_path / "again.db", "--json").out
            == command(name, record, "--json").out
        )
    assert command("backup", record, target).status == 3
    assert command("restore", target, record).status == 3
    assert not list(tmp_path.glob(".*"))


def test_a_backup_is_encrypted_for_those_who_may_read_it(record, command, tmp_path):
    key, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    target = tmp_path / "backup.age"
    assert command("backup", record, target, "--to", key.to_public()).status == 0
    assert b"SQLite" not in target.read_bytes() and b"killed" not in target.read_bytes()
    files = []
    for number, each in enumerate((key, other)):
        files.append(tmp_path / f"{number}.key")
        files[-1].write_text(f"# made\n{each}\n", encoding="utf-8")
    again = tmp_path / "again.db"
    assert command("restore", target, again).status == 3
    assert command("restore", target, again, "--identity", files[1]).status == 3
    assert not again.exists()
    assert command("restore", target, again, "--identity", files[0]).status == 0
    assert command("verify", again).status == 0
    assert command("backup", record, tmp_path / "x", "--to", "age1nobody").status == 3


def test_a_backup_that_does_not_hold_is_told(record, command, tmp_path):
    change(record, "UPDATE documents SET text = 'x' WHERE id = 'a'")
    command("backup", record, tmp_path / "backup.db")
    answer = command("restore", tmp_path / "backup.db", tmp_path / "again.db")
    assert (answer.status, "document a" in answer.out) == (4, True)


def test_pins_name_the_entry_they_are_of(record):
    with open_record(record) as known:
        head = log.head(known)
    assert faults(record, Pin(sequence=head.sequence, hash=head.hash, record=head.record)) == []
    assert [each.where for each in faults(record, Pin(sequence=2, hash="0" * 64))] == [
        "log entry 2"
    ]
    assert [each.where for each in faults(record, Pin(sequence=99, hash=head.hash))] == [
        "log entry 99"
    ]


def test_what_is_set_later_is_in_the_log(record):
    from cenotaph.store import allow_network, save_columns

    with open_record(record) as known:
        allow_network(known, allowed=True)
        save_columns(known, "columns of the office", "{}")
    assert faults(record) == []
