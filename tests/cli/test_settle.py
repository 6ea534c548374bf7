"""A person's answer where a name or a time stays unknown."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

ROW = {
    "id": "a",
    "text": "Shells killed 12 people in the village of Qelwar two days after the truce.",
    "country": "XT",
}


@pytest.fixture
def record(command, tmp_path):
    path, table = tmp_path / "books.db", ROOT / "examples" / "gazetteer.csv"
    words = ("--no-default-gazetteer", "--country", "XT", "--gazetteer", table)
    assert command("init", path, *words).status == 0
    return path


@pytest.fixture
def filled(command, record, jsonl, monkeypatch):
    monkeypatch.setenv("CENOTAPH_BY", "AB")
    assert command("add", record, "--jsonl", jsonl(ROW)).status == 0
    return record


def claim(command, record):
    return command("claims", record, "--json").rows[0]


def codes(command, record):
    return {row["code"]: row for row in command("findings", record, "--json").rows}


def test_what_a_person_could_supply_is_listed_until_it_is_supplied(command, filled):
    found = codes(command, filled)
    assert "Qelwar" in found["place-unknown"]["message"]
    assert "places set" in found["place-unknown"]["message"]
    assert "two days after the truce" in found["date-unknown"]["message"]
    known = claim(command, filled)["id"]
    assert command("places", "set", filled, "Qelwar", "Qelwar,Orun,XT@35.5,36.5").status == 0
    assert command("dates", "set", filled, known, "2021-02-07").status == 0
    assert not {"place-unknown", "date-unknown"} & set(codes(command, filled))
    place, when = (claim(command, filled)[name] for name in ("place", "when"))
    assert (place["name"], place["lat"], place["admin1"]) == ("Qelwar", 35.5, "Orun")
    assert (when["start"], when["end"]) == ("2021-02-07", "2021-02-07")


def test_answers_survive_another_reading_of_the_report(command, filled, monkeypatch):
    known = claim(command, filled)["id"]
    command("places", "set", filled, "Qelwar", "Qelwar,Orun,XT@35.5,36.5")
    command("dates", "set", filled, known, "2021-02-07")
    monkeypatch.setattr("cenotaph.pipeline.record.reader_version", lambda: "another")
    read = claim(command, filled)
    assert (read["place"]["name"], read["place"]["lat"]) == ("Qelwar", 35.5)
    assert (read["when"]["start"], read["when"]["end"]) == ("2021-02-07", "2021-02-07")
    assert not {"place-unknown", "date-unknown"} & set(codes(command, filled))
    assert command("verify", filled).status == 0


def test_an_answer_is_a_decision_that_can_be_taken_back(command, filled):
    command("places", "set", filled, "Qelwar", "Qelwar,Orun,XT@35.5,36.5", "--because", "Map.")
    assert "Map." in command("log", filled).out
    assert command("undo", filled).status == 0
    assert "place-unknown" in codes(command, filled)


def test_a_report_takes_its_day_of_publication(command, record, jsonl, monkeypatch):
    monkeypatch.setenv("CENOTAPH_BY", "AB")
    row = {"id": "b", "text": "Shells killed 12 people in Velm on Sunday."}
    command("add", record, "--jsonl", jsonl(row))
    assert "date-unknown" in codes(command, record)
    assert command("dates", "set", record, "b", "2021-02-08").status == 0
    assert claim(command, record)["when"]["start"] == "2021-02-07"


@pytest.mark.parametrize(
    "words",
    [
        ("places", "set", "Qelwar", "nowhere:12"),
        ("dates", "set", "clm-none", "2021-02-07"),
    ],
)
def test_what_is_not_there_cannot_be_set(command, filled, words):
    assert command(*words[:2], filled, *words[2:]).status == 3


def test_a_report_is_published_on_one_full_day(command, filled):
    assert command("dates", "set", filled, "a", "February").status == 2


OLD_PAGE = """VELM, Tessaria (Feb. 2, 2021) - Shells killed 12 people in Velm on Sunday.

Doctors spoke of many wounded.
"""


def test_days_count_from_the_date_line_that_a_page_put_up_later_bears(
    command, record, jsonl, monkeypatch
):
    monkeypatch.setenv("CENOTAPH_BY", "AB")
    row = {"id": "late", "text": OLD_PAGE, "published": "2021-03-20"}
    command("add", record, "--jsonl", jsonl(row))
    assert claim(command, record)["when"]["start"] == "2021-01-31"
    assert "published-differs" in codes(command, record)
    # A person's word holds against both, and settles it.
    assert command("dates", "set", record, "late", "2021-02-15").status == 0
    assert claim(command, record)["when"]["start"] == "2021-02-14"
    assert "published-differs" not in codes(command, record)


def test_a_day_between_date_line_and_publication_is_no_conflict(command, record, jsonl):
    command(
        "add", record, "--jsonl", jsonl({"id": "a", "text": OLD_PAGE, "published": "2021-02-03"})
    )
    assert "published-differs" not in codes(command, record)
