import json
import random
import signal
import subprocess
import sys
import time

import pytest

ROWS = [
    {"id": "a", "text": "12 killed. Then 3 killed.", "published": "2021-02-08", "title": "One"},
    {"id": "b", "text": "12 killed. Then 3 killed.", "published": "2021-02-07"},
    {"id": "c", "text": "Nothing to count."},
    {"id": "d", "text": "40 killed.", "published": None},
]


def states(command, record):
    return {row["id"]: row["state"] for row in command("reports", record, "--json").rows}


def test_what_is_added_is_listed_with_its_state(command, record, jsonl):
    answer = command("add", record, "--jsonl", jsonl(*ROWS))
    assert (answer.status, answer.out) == (0, "")
    assert "3 stored, 1 duplicate" in answer.err
    assert states(command, record) == {
        "a": "duplicate", "b": "stored", "c": "stored", "d": "stored",
    }  # fmt: skip


def test_an_encoding_that_there_is_not_is_wrong_usage(command, record, tmp_path):
    (tmp_path / "a.html").write_text("<p>12 killed in Sarbek.</p>")
    answer = command("add", record, tmp_path / "a.html", "--encoding", "cp125")
    assert answer.status == 2 and "There is no encoding 'cp125'" in answer.err
    assert states(command, record) == {}
    assert command("add", record, tmp_path / "a.html", "--encoding", "cp1256").status == 0


def test_adding_again_changes_nothing(command, record, jsonl):
    path = jsonl(*ROWS, b"{")
    assert command("add", record, "--jsonl", path).status == 1
    before = [command(name, record, "--json").out for name in ("reports", "claims", "incidents")]
    answer = command("add", record, "--jsonl", path)
    assert "4 unchanged, 1 quarantined" in answer.err
    after = [command(name, record, "--json").out for name in ("reports", "claims", "incidents")]
    assert after == before


def test_the_order_of_adding_changes_nothing(command, tmp_path, plain_steps, jsonl):
    outs = set()
    for seed in range(4):
        rows = list(ROWS)
        random.Random(seed).shuffle(rows)
        record = tmp_path / f"{seed}.db"
        command("init", record, "--no-default-gazetteer")
        for row in rows:
            command("add", record, "--jsonl", jsonl(row))
        listing = "reports", "claims", "incidents", "totals", "findings"
        outs.add(tuple(command(name, record, "--json").out for name in listing))
    assert len({out[1:] for out in outs}) == 1


def test_a_taken_id_fails_its_line_alone(command, record, jsonl):
    path = jsonl(ROWS[0], {"id": "a", "text": "13 killed"}, ROWS[3])
    answer = command("add", record, "--jsonl", path, "--json")
    assert answer.status == 1
    assert [row["state"] for row in answer.rows] == ["stored", "quarantined", "stored"]
    assert answer.rows[1]["error"]["code"] == "id-taken"
    assert [row["document"] for row in command("claims", record, "--json").rows] == ["a", "a", "d"]


def test_every_input_ends_in_a_state(command, record, jsonl):
    bad = [b"{", b"null", b'{"id":"x"}', b'{"id":7,"text":"x"}', b'{"id":"y","text":"\\ud800"}']
    answer = command("add", record, "--jsonl", jsonl(ROWS[0], *bad, ROWS[3]), "--json")
    assert answer.status == 1
    assert len(answer.rows) == 2 + len(bad)
    listing = command("reports", record, "--json").rows
    assert sorted(row["state"] for row in listing) == ["quarantined"] * len(bad) + ["stored"] * 2
    assert all(row["reason"]["code"] for row in listing if row["state"] == "quarantined")


def test_a_document_that_breaks_the_reader_is_kept_and_the_status_is_1(command, record, jsonl):
    path = jsonl({"id": "x", "text": "CRASH"}, ROWS[3])
    answer = command("add", record, "--jsonl", path)
    assert answer.status == 1
    assert "x" in answer.err
    assert states(command, record) == {"x": "stored", "d": "stored"}
    assert [row["document"] for row in command("claims", record, "--json").rows] == ["d"]
    assert [row["code"] for row in command("findings", record, "--json").rows] == ["not-read"]
    assert command("findings", record, "--fail-on", "not-read").status == 1
    assert command("findings", record, "--fail-on", "toll-falls").status == 0
    assert command("findings", record, "--fail-on", "all").status == 1
    # A gate on a misspelt code would never close.
    assert command("findings", record, "--fail-on", "toll-falls,toll-fell").status == 2


def test_copies_are_listed_where_their_original_stands(command, record, jsonl):
    command("add", record, "--jsonl", jsonl(*ROWS))
    rows = command("incidents", record, "--json").rows
    documents = [[each["id"] for each in row["documents"]] for row in rows]
    assert ["b", "a"] in documents
    assert all("main" not in row for row in rows)


def test_an_incident_has_at_most_one_main_a_document(command, record, jsonl):
    command("add", record, "--jsonl", jsonl(*ROWS))
    mains = [
        each["id"]
        for row in command("incidents", record, "--json").rows
        for each in row["documents"]
        if each["main"]
    ]
    assert sorted(mains) == ["a", "b", "d"]


def test_files_folders_and_a_manifest(command, record, tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "x.txt").write_text("5 killed", encoding="utf-8")
    (folder / "y.txt").write_text("6 killed", encoding="utf-8")
    row = {"id": "named", "file": "x.txt", "published": "2021-02-08", "publisher": "MNA"}
    manifest = folder / "manifest.jsonl"
    manifest.write_text(f"{json.dumps(row)}\n", encoding="utf-8")
    assert command("add", record, folder, "--manifest", manifest).status == 0
    listing = {row["id"]: row for row in command("reports", record, "--json").rows}
    assert set(listing) == {"named", "y"}
    assert (listing["named"]["published"], listing["named"]["publisher"]) == ("2021-02-08", "MNA")


def test_an_empty_record_answers_every_question(command, record):
    for name in ("reports", "claims", "incidents", "totals", "findings"):
        assert command(name, record).status == 0
        assert command(name, record, "--json").status == 0
    assert command("incidents", record, "--json").out == ""


def test_what_is_shown_goes_down_to_the_words(command, record, jsonl):
    command("add", record, "--jsonl", jsonl(*ROWS))
    (claim, *_) = command("claims", record, "--json").rows
    incident = next(
        row for row in command("incidents", record, "--json").rows if claim["id"] in row["claims"]
    )
    total = command("totals", record, "--json").rows[-1]
    for id_ in ("b", claim["id"], incident["id"], total["id"]):
        answer = command("show", record, id_)
        assert answer.status == 0
        assert "12 killed" in answer.out
        assert len(command("show", record, id_, "--json").rows) == 1
    assert "same text as b" in command("show", record, "a").out
    assert command("show", record, "nothing").status == 3


def test_steering_characters_of_a_report_are_shown_not_sent(command, record, jsonl):
    text = "\x1b[31m5 killed\u202e. \x07"
    command("add", record, "--jsonl", jsonl({"id": "x\x1b]0;y", "text": text, "title": "\x1b[2J"}))
    for name in ("reports", "claims", "incidents", "findings"):
        out = command(name, record).out
        assert not set(out) & {"\x1b", "\u202e", "\x07"}
    (claim,) = command("claims", record, "--json").rows
    assert claim["quote"]["start"] == text.index("5")


def test_a_record_is_made_once(command, record):
    before = record.read_bytes()
    answer = command("init", record)
    assert answer.status == 3
    assert record.read_bytes() == before


def test_a_record_keeps_its_gazetteer_when_the_file_is_gone(command, tmp_path, monkeypatch):
    monkeypatch.setenv("CENOTAPH_DATA", str(tmp_path / "data"))
    file = tmp_path / "places.csv"
    file.write_text(
        "id,name,kind,lat,lon,country,admin1,admin2,population,alternates\n"
        "T-1,Sarbek,settlement,12.5,-39.2,XT,Orun,,500,\n",
        encoding="utf-8",
    )
    record = tmp_path / "record.db"
    made = command("init", record, "--country", "XT", "--no-default-gazetteer", "--gazetteer", file)
    assert "places.csv" in made.err
    file.unlink()
    for each in (tmp_path / "data").rglob("*.sqlite"):
        each.unlink()
    text = tmp_path / "x.txt"
    text.write_text("Five people were killed in Sarbek on 7 February 2021.", encoding="utf-8")
    assert command("add", record, text).status == 0
    (claim,) = command("claims", record, "--json").rows
    assert (claim["place"]["name"], claim["place"]["lat"]) == ("Sarbek", 12.5)


def test_a_file_that_is_no_gazetteer_ends_with_3_and_makes_no_record(command, tmp_path):
    file = tmp_path / "places.csv"
    file.write_bytes(b"\xff\xfe\x00")
    record = tmp_path / "record.db"
    assert command("init", record, "--no-default-gazetteer", "--gazetteer", file).status == 3
    assert not record.exists()


@pytest.mark.parametrize("seconds", [0.4, 0.8, 1.2])
def test_adding_can_be_killed_at_any_moment_and_done_again(command, tmp_path, jsonl, seconds):
    record = tmp_path / "record.db"
    command("init", record, "--no-default-gazetteer")
    rows = [{"id": f"d{at}", "text": f"{at} people were killed. " * 20} for at in range(1500)]
    path = jsonl(*rows)
    arguments = ["add", record, "--jsonl", path, "--no-read"]
    process = subprocess.Popen(
        [sys.executable, "-m", "cenotaph", *arguments], stderr=subprocess.PIPE
    )
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert command(*arguments).status == 0
    assert states(command, record) == {f"d{at}": "stored" for at in range(1500)}
    assert sorted(each.name for each in tmp_path.iterdir()) == ["record.db", "reports.jsonl"]


def test_a_text_that_is_too_long_is_set_aside(command, record, jsonl):
    answer = command(
        "add", record, "--jsonl", jsonl({"id": "x", "text": "5 killed " * 300_000}, ROWS[3])
    )
    assert answer.status == 1
    assert states(command, record) == {"x": "quarantined", "d": "stored"}


def test_reports_that_share_text_are_listed_with_how_much(command, record, jsonl):
    shared = "Shells hit the bus station of Sarbek and killed 11 people there, the hospital said."
    rows = [
        {"id": "first", "text": f"{shared} Buses leave from it.", "published": "2021-02-08"},
        {"id": "twin", "text": f"{shared} Buses leave from it.", "published": "2021-02-09"},
        {"id": "later", "text": f"Our reporters asked the driver.\n\n{shared}"},
        {"id": "other", "text": "Wheat is sown late around Binora this year."},
    ]
    command("add", record, "--jsonl", jsonl(*rows))
    pairs = command("copies", record, "--json").rows
    assert [(pair["documents"], pair["value"] == 1, pair["judged"]) for pair in pairs] == [
        (["first", "twin"], True, "copy"),
        (["first", "later"], False, "reworded"),
        (["twin", "later"], False, "reworded"),
    ]
    assert all(passage["text"] == shared for pair in pairs[1:2] for passage in pair["passages"])
    listed = command("copies", record, "--from", "0.9", "--passages").out
    assert "twin" in listed and "later" not in listed


def test_totals_of_every_ruleset_stand_side_by_side(command, record, jsonl):
    rows = [{"id": "a", "text": "12 killed.", "published": "2021-02-08"}]
    command("add", record, "--jsonl", jsonl(*rows))
    told = command("totals", record, "--ruleset", "all", "--json").rows
    assert [row["ruleset"].rsplit("-", 1)[0] for row in told] == [
        "default", "airwars", "acled", "ucdp", "ibc", "aoav",
    ]  # fmt: skip
    for row in told:
        alone = command("totals", record, "--ruleset", row["ruleset"].rsplit("-", 1)[0], "--json")
        assert alone.rows[-1] == row
    shown = command("totals", record, "--ruleset", "all").out
    assert "ON VAGUE WORDS" in shown and "acled-1" in shown
