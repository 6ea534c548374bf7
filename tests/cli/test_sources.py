"""The register of sources: listed, edited, taken back, and followed by figures."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SAID = "At least {} people were killed in an air strike on Sarbek on 7 February 2021, {} said."


@pytest.fixture
def record(command, tmp_path, jsonl, monkeypatch):
    monkeypatch.setenv("CENOTAPH_BY", "AB")
    path = tmp_path / "books.db"
    table = ROOT / "examples" / "gazetteer.csv"
    words = ("--no-default-gazetteer", "--country", "XT", "--gazetteer", table)
    assert command("init", path, *words).status == 0
    rows = [
        {"id": "a", "text": SAID.format(12, "the Sarbek Herald"), "published": "2021-02-08"},
        {"id": "b", "text": SAID.format(15, "the Orun Tribune"), "published": "2021-02-09"},
        {"id": "c", "text": SAID.format(12, "witnesses"), "published": "2021-02-08"},
        {"id": "d", "text": SAID.format(13, "witnesses"), "published": "2021-02-09"},
    ]
    assert command("add", path, "--jsonl", jsonl(*rows)).status == 0
    return path


def killed(command, record):
    (incident,) = command("incidents", record, "--json").rows
    return incident["sources"], incident["killed"]


def test_originators_are_listed_with_what_hangs_on_them(command, record):
    rows = {row["name"]: row for row in command("sources", record, "--json").rows}
    assert rows["Sarbek Herald"]["named"] and rows["Sarbek Herald"]["reports"] == 1
    assert (rows["witnesses"]["named"], rows["witnesses"]["reports"]) == (False, 2)
    assert "Orun Tribune" in command("sources", record).out
    assert killed(command, record)[0] == [
        "Orun Tribune", "Sarbek Herald", "witnesses (c)", "witnesses (d)",
    ]  # fmt: skip


def test_a_translated_source_is_not_independent_and_the_tie_can_be_taken_back(command, record):
    before = killed(command, record)
    done = command(
        "sources", "set", record, "Orun Tribune", "--translates", "Sarbek Herald",
        "--because", "It says so on its pages.",
    )  # fmt: skip
    assert done.status == 0
    assert "It says so" in command("log", record).out
    sources, _ = killed(command, record)
    assert sources == ["Sarbek Herald", "witnesses (c)", "witnesses (d)"]
    (row,) = [r for r in command("sources", record, "--json").rows if r["name"] == "Orun Tribune"]
    assert row["translates"] == "Sarbek Herald"
    assert command("verify", record).status == 0
    assert command("undo", record).status == 0
    assert killed(command, record) == before


def test_two_names_of_one_source_are_one(command, record):
    assert command("sources", "set", record, "Orun Tribune", "--same-as", "Herald").status == 0
    assert command("sources", "set", record, "Sarbek Herald", "--same-as", "Herald").status == 0
    sources, figure = killed(command, record)
    assert sources[0] == "Herald" and len(sources) == 3
    # One source's later figure replaces its earlier one; the witnesses tell of those they saw.
    assert figure["low"] == 15


def test_reports_that_name_nobody_are_their_publisher_s_where_it_has_ties(command, record, jsonl):
    text = "An air strike killed {} people in Binora on 3 March 2021."
    rows = [
        {"id": "x", "text": text.format(8), "published": "2021-03-04", "publisher": "Echo"},
        {
            "id": "y",
            "text": text.format(9),
            "published": "2021-03-05",
            "publisher": "Sarbek Herald",
        },
    ]
    assert command("add", record, "--jsonl", jsonl(*rows)).status == 0

    def of_march():
        rows = command("incidents", record, "--json").rows
        (found,) = [row for row in rows if row["when"]["start"] == "2021-03-03"]
        return found["sources"]

    assert of_march() == ["x", "y"]
    assert command("sources", "set", record, "Echo", "--owned-by", "Sarbek Herald").status == 0
    assert of_march() == ["Sarbek Herald"]


def test_what_cannot_be_said_of_a_source_is_refused(command, record):
    assert command("sources", "set", record, "Orun Tribune").status == 2
    assert command("sources", "set", record, "Orun Tribune", "--kind", "oracle").status == 3
    answer = command("sources", "set", record, "Orun Tribune", "--same-as", "orun tribune")
    assert answer.status == 3


def test_a_circle_of_ties_is_one_source(command, record):
    for one, other in (("Orun Tribune", "Sarbek Herald"), ("Sarbek Herald", "Orun Tribune")):
        assert command("sources", "set", record, one, "--quotes", other).status == 0
    assert killed(command, record)[0] == ["Orun Tribune", "witnesses (c)", "witnesses (d)"]
