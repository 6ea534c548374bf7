"""How a report was kept, how it is cited, and the lists that leave as files."""

import csv
import hashlib
import io
import json
import re
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from tests.web.conftest import client_of
from tests.web.test_pages import INCIDENT, text

from cenotaph.model import Measure
from cenotaph.web.citing import Citation
from cenotaph.web.start import EXAMPLES
from cenotaph.web.wording import CORROBORATION, GRADES, RESPONSIBILITY

METHODOLOGY = Path(__file__).resolve().parents[2] / "docs" / "methodology.md"


def rows(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_a_report_shows_its_custody(client):
    told = text(client.get("/d/orun-2021-02-08").text)
    digest = hashlib.sha256((EXAMPLES / "reports" / "orun-2021-02-08.txt").read_bytes()).hexdigest()
    assert re.search(r"Archived 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC", told)
    assert digest in told
    assert "bytes and text are those that the signed log tells of" in told


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE documents SET text = text || ' '", "the text is not the one"),
        ("UPDATE captures SET content = x'20'", "the bytes are not those"),
    ],
)
def test_a_changed_report_says_so(copy: Path, change: str, fault: str):
    database = sqlite3.connect(copy)
    for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        database.execute(f'DROP TRIGGER "{trigger}"')
    database.execute(change)
    database.commit()
    database.close()
    with client_of(copy) as client:
        assert fault in text(client.get("/d/orun-2021-02-08").text)


def test_the_log_is_checked_on_demand(copy: Path):
    with client_of(copy) as client:
        assert "has not been checked" in text(client.get("/history").text)
        client.post("/check", data={"token": client.app.state.token})
        assert client.app.state.held.work.finished.wait(60)
        told = text(client.get("/history").text)
        assert "Log verified to entry" in told and "entry came later" not in told
        assert "Log verified" in text(client.get("/d/orun-2021-02-08").text)


def test_the_check_needs_the_token(client):
    assert client.post("/check").status_code == 403


def test_an_incident_is_cited_in_three_forms(client):
    assert f"incident {INCIDENT}, in the record" in text(client.get(f"/i/{INCIDENT}").text)
    bib = client.get(f"/i/{INCIDENT}/cite.bib").text
    assert bib.startswith(f"@misc{{{INCIDENT},") and "title = {{Maarat Ilun" in bib
    (item,) = client.get(f"/i/{INCIDENT}/cite.json").json()
    assert item["id"] == INCIDENT and item["type"] == "dataset"


def test_a_report_is_cited_with_its_publisher_and_day(client):
    (item,) = client.get("/d/orun-2021-02-08/cite.json").json()
    assert item["issued"] == {"date-parts": [[2021, 2, 8]]}
    assert item["author"][0]["literal"]


def test_what_is_cited_cannot_break_out_of_bibtex():
    cited = Citation(
        kind="report", id="a b}", title="50% of {it}\n\\input{x}", record="r", seen=date(2021, 3, 1)
    )
    made = cited.bibtex()
    assert r"50\% of \{it\} \textbackslash{}input\{x\}" in made
    assert made.startswith("@misc{a-b-,")
    assert json.loads(cited.csl())[0]["title"] == cited.title


def test_totals_leave_as_files(client):
    found = rows(client.get("/totals.csv?by=admin1"))
    whole = client.app.state.held.view().totals((), Measure.KILLED, None).whole
    assert found[-1]["admin1"] == "" and found[-1]["low"] == str(whole.figure.low)
    assert {"Orun", "Dorsa"} <= {row["admin1"] for row in found}
    lines = client.get("/totals.json?by=admin1").text.splitlines()
    assert json.loads(lines[-1])["parts"]


def test_the_history_leaves_as_files(client):
    found = rows(client.get("/history.csv"))
    assert found[-1]["kind"] == "record" and found[-1]["entry"] == "1"
    about = client.get("/history.json?about=orun-2021-02-08").text.splitlines()
    assert {json.loads(line)["payload"]["id"] for line in about} == {"orun-2021-02-08"}


def test_parties_stand_with_what_they_say_of_it(client):
    view = client.app.state.held.view()
    denied = {
        actor.name
        for event in view.found.incidents
        for actor in event.perpetrators
        if actor.stance.value == "denied"
    }
    assert denied
    found = rows(client.get("/incidents.csv"))
    assert denied <= {name for row in found for name in row["denied_by"].split("; ")}
    for row in found:
        assert row["corroboration"] in CORROBORATION and row["responsibility"] in RESPONSIBILITY


def test_the_words_of_the_axes_are_those_of_the_methodology():
    told = METHODOLOGY.read_text(encoding="utf-8")
    for words in CORROBORATION.values():
        assert words in told
    for level, words in RESPONSIBILITY.items():
        assert words.removesuffix(" blamed" if level == "unknown" else "") in told
    assert all(f"*{grade}*" in told for grade in GRADES)
