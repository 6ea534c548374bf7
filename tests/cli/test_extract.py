import json
import os
import subprocess
import sys

import pytest

HOSTILE = [
    (b"", "bad-json"),
    (b"\xff\xfe", "bad-json"),
    (b'{"id":"x","text":"caf\xe9"}', "bad-encoding"),
    (b"{", "bad-json"),
    (b"[]", "not-an-object"),
    (b"null", "not-an-object"),
    (b'{"id":"x","text":NaN}', "bad-json"),
    (b'{"id":"x","text":"\\ud800"}', "bad-encoding"),
    (b'{"id":5,"text":"5 killed"}', "bad-id"),
    (b'{"text":"5 killed"}', "no-id"),
    (b'{"id":"x"}', "no-text"),
    (b'{"id":"x","text":"CRASH"}', "internal"),
    (b'{"id":"x","text":"DIE"}', "internal"),
    (b'{"id":"x","text":' + b"[" * 100_000 + b"}", "bad-json"),
]


def test_a_line_in_a_line_out_in_order_whatever_the_lines_hold(command, plain_steps, jsonl):
    rows = []
    for at, (raw, _) in enumerate(HOSTILE):
        rows += [{"id": f"good-{at}", "text": f"{at} killed"}, raw]
    answer = command("extract", "--no-default-gazetteer", "--jsonl", jsonl(*rows))
    assert answer.status == 1
    assert f"{len(HOSTILE)} of {len(rows)}" in answer.err
    assert len(answer.rows) == len(rows)
    for at, (_, code) in enumerate(HOSTILE):
        good, bad = answer.rows[2 * at : 2 * at + 2]
        assert good["id"] == f"good-{at}"
        assert good["claims"][0]["count"]["low"] == at
        assert list(bad) == ["id", "error"]
        assert bad["error"]["code"] == code


def test_a_document_that_kills_its_process_is_named(command, plain_steps, jsonl):
    answer = command(
        "extract", "--no-default-gazetteer", "--jsonl", jsonl({"id": "x", "text": "DIE"})
    )
    assert answer.rows[0]["id"] == "x"


def test_files_are_read_as_they_lie(command, plain_steps, tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes("💥 two\r\nlines, 5 killed\r\n".encode())
    answer = command("extract", "--no-default-gazetteer", path, "--published", "2021-02-08")
    (row,) = answer.rows
    assert (answer.status, answer.err, row["id"]) == (0, "", "report")
    quote = row["claims"][0]["quote"]
    text = path.read_bytes().decode()
    assert text[quote["start"] : quote["end"]] == quote["text"] == "5 killed"


def test_a_day_of_publication_that_is_none_is_a_finding(command, plain_steps, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("5 killed", encoding="utf-8")
    answer = command("extract", "--no-default-gazetteer", path, "--published", "yesterday")
    assert answer.status == 0
    assert [each["code"] for each in answer.rows[0]["findings"]] == ["published-unreadable"]


def test_a_file_that_cannot_be_read_stands_as_an_error_in_its_place(command, plain_steps, tmp_path):
    (tmp_path / "a.txt").write_text("5 killed", encoding="utf-8")
    (tmp_path / "c.txt").write_text("6 killed", encoding="utf-8")
    files = [tmp_path / name for name in ("a.txt", "b.txt", "c.txt")]
    answer = command("extract", "--no-default-gazetteer", *files)
    assert answer.status == 1
    assert [row["id"] for row in answer.rows] == ["a", "b", "c"]
    assert answer.rows[1]["error"]["code"] == "missing-file"


def test_the_same_input_gives_the_same_bytes_however_many_work_on_it(
    command, plain_steps, jsonl, monkeypatch
):
    path = jsonl(*({"id": f"d{at}", "text": f"{at} killed, {at + 1} killed"} for at in range(80)))
    outs = set()
    for count in (1, 2, 4):
        monkeypatch.setattr(os, "cpu_count", lambda count=count: count)
        outs.add(command("extract", "--no-default-gazetteer", "--jsonl", path).out)
    assert len(outs) == 1


def test_a_text_that_is_too_long_is_refused_by_name(command, plain_steps, jsonl, monkeypatch):
    monkeypatch.setattr("cenotaph.ingest.report.LONGEST", 10)
    answer = command(
        "extract", "--no-default-gazetteer", "--jsonl", jsonl({"id": "x", "text": "5 killed" * 9})
    )
    assert (answer.rows[0]["id"], answer.rows[0]["error"]["code"]) == ("x", "too-long")


@pytest.fixture
def extracting():
    command = [
        sys.executable,
        "-m",
        "cenotaph",
        "extract",
        "--no-default-gazetteer",
        "--jsonl",
        "-",
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield process


def test_standard_input_is_answered_line_by_line(extracting):
    for at in range(3):
        row = {"id": f"d{at}", "text": "Five people were killed."}
        extracting.stdin.write(json.dumps(row).encode() + b"\n")
        extracting.stdin.flush()
        assert json.loads(extracting.stdout.readline())["id"] == f"d{at}"
    extracting.stdin.close()
    assert extracting.wait() == 0


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path, jsonl):
    path = jsonl(*({"id": f"d{at}", "text": "word " * 2000 + "5 killed"} for at in range(200)))
    command = [
        sys.executable,
        "-m",
        "cenotaph",
        "extract",
        "--no-default-gazetteer",
        "--jsonl",
        path,
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0
