import json

import jsonschema
import pytest

from cenotaph.cli.output import one_line, visible
from cenotaph.export.vocabularies import VOCABULARIES


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_vocabulary_prints(command, name):
    answer = command("vocab", name)
    assert answer.status == 0
    assert len(answer.out.splitlines()) > 1
    assert command("vocab", name, "--json").rows


def test_the_vocabularies_are_listed(command):
    assert [row["name"] for row in command("vocab", "--json").rows] == list(VOCABULARIES)


def test_the_schema_is_printed_and_fits_what_extract_writes(command, jsonl, tmp_path):
    schema = json.loads(command("schema", "extract").out)
    validator = jsonschema.Draft202012Validator(schema)
    text = (
        "SARBEK, 7 February 2021 - At least 26 people, three of them children, were killed in an "
        "air strike on Sarbek on Sunday, the Tessaria Harm Monitor said."
    )
    path = jsonl({"id": "a", "text": text, "published": "2021-02-08"}, b"{")
    rows = command("extract", "--no-default-gazetteer", "--jsonl", path).rows
    assert len(rows) == 2
    for row in rows:
        validator.validate(row)


def test_places_and_dates_are_resolved_line_by_line(command, jsonl, tmp_path):
    gazetteer = tmp_path / "places.csv"
    gazetteer.write_text(
        "id,name,kind,lat,lon,country,admin1,admin2,population,alternates\n"
        "T-1,Sarbek,settlement,12.5,-39.2,XT,Orun,,500,Sarabik\n",
        encoding="utf-8",
    )
    path = jsonl(
        {"id": "a", "text": "Sarabik", "country": "XT"}, b"{", {"id": "b", "text": "Nowhere"}
    )
    answer = command("places", "resolve", "--jsonl", path, "--no-default-gazetteer",
                     "--gazetteer", gazetteer)  # fmt: skip
    found, bad, unknown = answer.rows
    assert answer.status == 1
    assert (found["place"]["name"], found["place"]["lat"]) == ("Sarbek", 12.5)
    assert list(found) == ["id", "place", "alternatives"]
    assert bad["error"]["code"] == "bad-json"
    assert unknown == {"id": "b", "place": None, "alternatives": []}

    text = "He died on 7 February 2021."
    good = {"id": "a", "text": text, "start": 11, "end": 26, "published": None}
    wrong = [
        good | change
        for change in ({"start": 26}, {"end": 900}, {"start": -1}, {"start": "1"}, {"end": None},
                       {"start": True})
    ]  # fmt: skip
    answer = command("dates", "resolve", "--jsonl", jsonl(good, *wrong), "--reasons")
    first, *rest = answer.rows
    assert (first["when"]["start"], first["when"]["end"]) == ("2021-02-07", "2021-02-07")
    assert isinstance(first["reasons"], list)
    assert [each["error"]["code"] for each in rest] == ["bad-span"] * len(wrong)


def test_a_gazetteer_is_searched_and_listed(command, tmp_path):
    gazetteer = tmp_path / "places.csv"
    gazetteer.write_text(
        "id,name,kind,lat,lon,country,admin1,admin2,population,alternates\n"
        "T-1,Sarbek,settlement,12.5,-39.2,XT,Orun,,500,Sarabik\n",
        encoding="utf-8",
    )
    assert "1 places" in command("gazetteer", "add", gazetteer).err
    only = ["--no-default-gazetteer", "--gazetteer", gazetteer, "--json"]
    assert [row["entries"] for row in command("gazetteer", "list", *only).rows] == [1]
    assert [row["name"] for row in command("gazetteer", "search", "Sarabik", *only).rows] == [
        "Sarbek"
    ]


def test_explain_shows_the_rule_of_every_claim(command, plain_steps, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("5 killed. 6 killed.", encoding="utf-8")
    answer = command("explain", path, "--no-default-gazetteer")
    assert answer.status == 0
    assert answer.out.count("number-before-killed") == 2
    assert command("explain", tmp_path / "gone.txt", "--no-default-gazetteer").status == 3


def test_what_would_steer_a_terminal_is_made_visible():
    assert visible("a\x1b[31m\u202eb\x00") == "a⟨U+001B⟩[31m⟨U+202E⟩b⟨U+0000⟩"
    assert one_line("a\n  b\tc") == "a b c"
    assert one_line("abcdef", 4) == "abc…"
