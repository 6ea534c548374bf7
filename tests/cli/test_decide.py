import json

import pytest

from cenotaph.cli.slots import SlotError, slots

ROW = {"id": "a", "text": "12 killed. Then 3 killed. Some were hurt.", "published": "2021-02-08"}


@pytest.fixture
def filled(command, record, jsonl, monkeypatch):
    monkeypatch.setenv("CENOTAPH_BY", "AB")
    assert command("add", record, "--jsonl", jsonl(ROW)).status == 0
    return record


def claims(command, record):
    return {row["count"]["low"]: row["id"] for row in command("claims", record, "--json").rows}


def test_a_person_corrects_a_record_and_takes_it_back(command, filled):
    before = command("claims", filled, "--json").out
    three = claims(command, filled)[3]
    assert command("decide", filled, "reject", three, "--because", "No toll.").status == 0
    assert set(claims(command, filled)) == {12}
    twelve = claims(command, filled)[12]
    done = command(
        "decide", filled, "edit", twelve, "count=14..", "--because", "Two more.", "--json"
    )
    assert set(claims(command, filled)) == {14}
    assert command("undo", filled, done.rows[0]["sequence"]).status == 0
    assert command("undo", filled).status == 0
    assert command("claims", filled, "--json").out == before
    assert command("undo", filled).status == 3


def test_the_log_says_who_did_what_and_why(command, filled):
    three = claims(command, filled)[3]
    command("decide", filled, "reject", three, "--because", "No toll.", "--by", "CD")
    command("undo", filled)
    out = command("log", filled).out
    assert "reject" in out and "No toll." in out and "CD" in out and "taken back" in out
    rows = command("log", filled, "--json").rows
    assert [row["kind"] for row in rows] == [
        "record", "settings", "capture", "document", "decision", "decision",
    ]  # fmt: skip
    assert [row["sequence"] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert len(command("log", filled, three, "--json").rows) == 2
    assert len(command("log", filled, "--decisions", "--json").rows) == 2


def test_a_batch_comes_as_lines_and_goes_as_one(command, filled, tmp_path):
    known = claims(command, filled)
    lines = tmp_path / "decisions.jsonl"
    rows = [
        {"kind": "reject", "subjects": [known[3]], "reason": "No toll."},
        {"kind": "set-metadata", "subjects": ["a"], "value": {"publisher": "MNA"}},
    ]
    lines.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    assert command("decide", filled, "batch", "--lines", lines).status == 0
    assert set(claims(command, filled)) == {12}
    assert command("reports", filled, "--json").rows[0]["publisher"] == "MNA"
    command("undo", filled)
    assert set(claims(command, filled)) == {12, 3}


def test_what_is_decided_is_shown_where_the_claim_is_shown(command, filled):
    known = claims(command, filled)
    command("decide", filled, "edit", known[12], "count=14", "--because", "Two more.")
    command("decide", filled, "reject", known[3], "--because", "No toll.")
    out = command("show", filled, "a").out
    assert "edited" in out and "read as 12" in out
    assert "rejected: No toll." in out


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["reject", "clm-1"], 2),
        (["accept", "clm-1"], 3),
        (["same", "clm-1"], 2),
        (["accept", "a"], 3),
        (["edit", "clm-1", "count=many", "--because", "x"], 2),
        (["batch"], 2),
        (["set-metadata", "a", "published=soon"], 3),
    ],
)
def test_what_cannot_be_decided_ends_with_what_to_do(command, filled, arguments, status):
    before = command("log", filled, "--json").out
    answer = command("decide", filled, *arguments)
    assert answer.status == status
    assert answer.err
    assert command("log", filled, "--json").out == before


def test_somebody_decides(command, filled, monkeypatch):
    monkeypatch.delenv("CENOTAPH_BY")
    answer = command("decide", filled, "accept", claims(command, filled)[3])
    assert (answer.status, "--by" in answer.err) == (2, True)


def test_slots_as_a_person_types_them():
    assert slots(["count=26", "group.age=child", "group.sex=", "measure=killed"]) == {
        "count": {"low": 26, "high": 26},
        "group": {"age": "child", "sex": None},
        "measure": "killed",
    }
    assert slots(["count=..30", "when=2021-02-07..2021-02-08"]) == {
        "count": {"low": None, "high": 30},
        "when": {"start": "2021-02-07", "end": "2021-02-08"},
    }
    assert slots(["place=Sarbek, Orun, XT @ 12.5, -39"])["place"] == {
        "name": "Sarbek", "admin1": "Orun", "country": "XT", "lat": 12.5, "lon": -39.0,
    }  # fmt: skip
    assert slots(["perpetrator=A; B", 'weapons:=["drone"]', "place="]) == {
        "perpetrator": [{"name": "A"}, {"name": "B"}],
        "weapons": ["drone"],
        "place": None,
    }
    for bad in ("count=many", "place=@1,2", "place=A@north", "weapons:=[", "history=maybe"):
        with pytest.raises(SlotError):
            slots([bad])
