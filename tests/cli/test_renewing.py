"""A record whose gazetteer is another now, or gone: it keeps what it resolved, and says so."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

OLD = (
    "1,Tessaria,country,12,-39,XT,,\n2,Orun,admin1,12.5,-39.2,XT,Orun,\n"
    "3,Hadrat Sul,settlement,12.40,-39.30,XT,Orun,21000\n"
)
# The town has moved, and a village has come.
NEW = (
    OLD.replace("12.40,-39.30", "12.90,-39.90") + "4,Bel Tamun,settlement,12.1,-39.4,XT,Orun,900\n"
)
FIRST = "Five people were killed in an air strike on Hadrat Sul on 3 May 2021, the council said."
SECOND = "Two people were killed by shelling in Bel Tamun on 4 May 2021, the council said."

Own = Callable[[str | None], None]


@pytest.fixture
def made(tmp_path: Path, own: Own, command) -> Path:
    own(OLD)
    record = tmp_path / "r.db"
    assert command("init", record, "--country", "XT").status == 0
    add(command, record, "a", FIRST)
    assert spots(command, record) == {"a": (12.40, -39.30)}
    return record


def add(command, record: Path, id_: str, text: str) -> None:
    file = record.parent / f"{id_}.jsonl"
    file.write_text(json.dumps({"id": id_, "text": text, "published": "2021-05-05"}) + "\n")
    assert command("add", record, "--jsonl", file).status == 0


def spots(command, record: Path) -> dict[str, tuple[float | None, float | None]]:
    rows = command("claims", record, "--json").rows
    return {
        row["document"]: (row["place"]["lat"], row["place"]["lon"])
        if row["place"]
        else (None, None)
        for row in rows
    }


def codes(command, record: Path) -> list[str]:
    return [row["code"] for row in command("findings", record, "--json").rows]


@pytest.mark.parametrize("name", ["incidents", "claims"])
def test_what_is_taken_out_of_a_record_credits_its_gazetteers(made: Path, command, name) -> None:
    (row,) = command(name, made, "--json").rows
    (credit,) = row["gazetteers"]
    assert set(credit) == {"name", "version", "licence", "attribution", "sha256"}
    assert (credit["name"], len(credit["sha256"])) == ("world.csv", 64)


@pytest.mark.parametrize("later", [NEW, None])
def test_what_was_resolved_stays_and_the_record_says_of_what_it_came(
    made: Path, own: Own, command, later: str | None
) -> None:
    own(later)
    assert spots(command, made) == {"a": (12.40, -39.30)}
    code = "gazetteer-changed" if later else "gazetteer-missing"
    (told,) = [r for r in command("findings", made, "--json").rows if r["code"] == code]
    assert "world.csv" in told["message"]
    assert "Places were resolved with world.csv" in command("incidents", made).err


@pytest.mark.parametrize("later", [NEW, None])
def test_another_version_of_the_program_keeps_them_too(
    made: Path, own: Own, command, monkeypatch: pytest.MonkeyPatch, later: str | None
) -> None:
    own(later)
    monkeypatch.setattr("cenotaph.pipeline.record.reader_version", lambda: "another")
    assert spots(command, made) == {"a": (12.40, -39.30)}
    (row,) = command("incidents", made, "--json").rows
    assert (row["killed"]["best"], row["place"]["name"]) == (5, "Hadrat Sul")


def test_new_reports_are_read_with_what_there_is(made: Path, own: Own, command) -> None:
    own(NEW)
    add(command, made, "b", SECOND)
    assert spots(command, made) == {"a": (12.40, -39.30), "b": (12.1, -39.4)}
    own(None)
    add(command, made, "c", SECOND.replace("4 May", "1 May"))
    found = spots(command, made)
    assert (found["a"], found["b"]) == ((12.40, -39.30), (12.1, -39.4))
    assert found["c"] == (None, None)


def test_a_person_may_ask_for_a_new_reading(made: Path, own: Own, command) -> None:
    own(NEW)
    assert "gazetteer-changed" in codes(command, made)
    assert command("gazetteer", "renew", made).status == 0
    assert spots(command, made) == {"a": (12.90, -39.90)}
    assert "gazetteer-changed" not in codes(command, made)
    assert command("verify", made).status == 0
    own(OLD)
    assert spots(command, made) == {"a": (12.90, -39.90)}


def test_nothing_is_renewed_with_a_gazetteer_that_is_gone(made: Path, own: Own, command) -> None:
    own(None)
    answer = command("gazetteer", "renew", made)
    assert answer.status == 3
    assert "not installed" in answer.err


def test_a_record_with_other_gazetteers_than_it_notes_still_holds(
    made: Path, own: Own, command
) -> None:
    own(NEW)
    answer = command("verify", made)
    assert answer.status == 0
    assert "not made again" in answer.err
