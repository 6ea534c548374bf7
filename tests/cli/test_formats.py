"""Every format that is read: a sample made with the format's own tools is added, and read back."""

import importlib.util
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from cenotaph.model import DocumentId
from cenotaph.store import documents
from cenotaph.store import open as open_record

MAKERS = Path(__file__).parents[1] / "ingest" / "conftest.py"
SPEC = importlib.util.spec_from_file_location("samples_of_formats", MAKERS)
made = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(made)

CODED = """
rows = "coded"
recorder = "Tessaria Casualty Register"
days = "day-first"
[columns]
id = "Event"
date = "Day"
place = "Village"
killed = "Dead"
"killed.children" = "Children"
"""
CODED_ROWS = (
    "Event,Day,Village,Dead,Children\r\nE1,07/02/2021,Sarbek,5,2\r\nE2,08/02/2021,Homra,3,\r\n"
)

# the file, its bytes, what stands in the text of each report that it gives
SAMPLES = {
    "plain.txt": (made.SAMPLES["text"], {"plain": "Twelve people were killed in Sarbek."}),
    "notes.md": (b"# Sarbek\n\n* **Four** people were killed.\n", {"notes": "* **Four** people"}),
    "page.html": (made.SAMPLES["page"], {"page": made.SENTENCE}),
    "count.pdf": (made.SAMPLES["pdf"], {"count": "Seven were wounded."}),
    "crawl.warc": (made.SAMPLES["warc"], {"https://mna.example/0#2021-02-09T08:00:00Z": made.SENTENCE}),
    "crawl.warc.gz": (made.SAMPLES["warc-gz"], {"https://mna.example/0#2021-02-09T08:00:00Z": made.SENTENCE}),
    "news.rss": (made.SAMPLES["rss"], {"mna-1": "Nine people were killed", "news/entry-": "Two killed in Homra"}),
    "front.atom": (made.SAMPLES["atom"], {"tag:front.example,2021:1": "Six people died at the bridge."}),
    "lines.jsonl": (made.SAMPLES["lines"], {"l1": "Five people were killed.", "l2": "Six were killed."}),
    "chat.json": (made.SAMPLES["telegram"], {"telegram/77/2": "Three people killed", "telegram/77/3#1612789200": "Five in all."}),
    "letter.eml": (made.SAMPLES["mail"], {"letter": "Four people were killed", "letter/page.html": made.SENTENCE}),
    "box.mbox": (made.SAMPLES["mbox"], {"box/0@mna.example": "Four were", "box/1@mna.example": "From 2020 on, six."}),
    "both.zip": (made.SAMPLES["zip"], {"both/a": "Six people", "both/sub/page": made.SENTENCE}),
    "both.tar": (made.tarred("w", **{"a.txt": b"Six people were killed."}), {"both/a": "Six people"}),
    "both.tar.gz": (made.SAMPLES["tar-gz"], {"both.tar/a": "Six people", "both.tar/sub/b": "Seven people"}),
    "one.gz": (made.SAMPLES["gz"], {"one": "Six people"}),
    "rows.csv": (made.table(), {"r1": "Five people", "r2": "Two; “one", "r3": "One was killed."}),
    "rows.tsv": (made.table("\t"), {"r1": "Five people", "r2": "Two; “one", "r3": "One was killed."}),
    "rows.xlsx": (made.workbook(), {"r1": "Five people", "r2": "Two; “one", "r3": "One was killed."}),
    "coded.csv": (CODED_ROWS.encode(), {"coded/E1": "Dead: 5", "coded/E2": "Dead: 3"}),
}  # fmt: skip


def added(command, record: Path, file: Path, folder: Path) -> list[dict]:
    more = []
    if file.stem in ("rows", "coded"):
        mapping = folder / f"{file.stem}.toml"
        mapping.write_text(CODED if file.stem == "coded" else made.COLUMNS, encoding="utf-8")
        more = ["--columns", mapping]
    answer = command("add", record, file, *more, "--json", "--no-read")
    assert answer.status == 0, answer.err
    return answer.rows


@pytest.mark.parametrize("name", list(SAMPLES))
def test_a_sample_is_added_and_read_back(name, record, command, tmp_path):
    raw, expected = SAMPLES[name]
    file = tmp_path / name
    file.write_bytes(raw)
    rows = added(command, record, file, tmp_path)
    assert {row["state"] for row in rows} == {"stored"}
    assert len(rows) == len(expected)
    for (begins, words), row in zip(expected.items(), rows, strict=True):
        assert row["id"].startswith(begins)
        with open_record(record) as known:
            (document,) = documents(known, [DocumentId(row["id"])])
            capture = known.content(document.capture)
        assert words in document.text
        assert document.reader
        # the bytes that it was made of are those that came in, or a part of them that stands for itself
        assert capture == raw or capture in raw or name.endswith((".zip", ".gz", ".eml"))
    assert {row["state"] for row in added(command, record, file, tmp_path)} == {"unchanged"}
    assert command("verify", record, "--no-read").status == 0


def test_a_folder_and_standard_input(record, command, tmp_path):
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    for number, (name, (raw, _)) in enumerate(SAMPLES.items()):
        if Path(name).stem not in ("rows", "coded", "both"):
            (folder / ("deep" if number % 2 else ".") / name).write_bytes(raw)
    (folder / ".hidden").write_text("x")
    answer = command("add", record, folder, "--json", "--no-read")
    assert answer.status == 0, answer.err
    assert {row["state"] for row in answer.rows} <= {"stored", "duplicate", "unchanged"}
    assert f"{len(answer.rows)} inputs:" in answer.err
    for given in (SAMPLES["page.html"][0], SAMPLES["lines.jsonl"][0]):
        done = subprocess.run(
            [sys.executable, "-m", "cenotaph", "add", record, "-", "--json", "--no-read"],
            input=given, capture_output=True, env=os.environ,
        )  # fmt: skip
        rows = [json.loads(each) for each in done.stdout.splitlines()]
        assert (done.returncode, {row["state"] for row in rows} <= {"duplicate", "unchanged"}) == (
            0,
            True,
        )


def test_the_figures_of_coded_rows_are_claims_of_their_recorder(record, command, tmp_path):
    file = tmp_path / "coded.csv"
    file.write_bytes(SAMPLES["coded.csv"][0])
    added(command, record, file, tmp_path)
    rows = command("claims", record, "--json").rows
    assert sorted((r["count"]["low"], r["group"]["age"]) for r in rows) == [(2, "child"), (3, "unknown"), (5, "unknown")]  # fmt: skip
    assert {each["name"] for r in rows for each in r["said_by"]} == {"Tessaria Casualty Register"}
    with closing(sqlite3.connect(record)) as database:
        ((kept,),) = database.execute("SELECT count(*) FROM captures").fetchall()
    assert kept == 1
