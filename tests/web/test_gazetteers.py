"""A record whose gazetteer is another now, or gone: pages say so, and what to do."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import client_of
from tests.web.test_deciding import send
from tests.web.test_pages import text

from cenotaph import ingest
from cenotaph.pipeline import given_gazetteers, read, sources_of
from cenotaph.pipeline.entering import as_input
from cenotaph.store import RecordSettings, add, create
from cenotaph.store import open as open_record

OLD = "1,Tessaria,country,12,-39,XT,,\n2,Velm Quay,settlement,12.40,-39.30,XT,,21000\n"
NEW = OLD.replace("12.40,-39.30", "12.90,-39.90")
REPORT = (
    "Shelling of the ferry landing at Velm Quay killed six people on 9 June 2021, a nurse said."
)

Own = Callable[[str | None], None]


@pytest.fixture
def path(tmp_path: Path, own: Own) -> Path:
    own(OLD)
    made = tmp_path / "record.db"
    create(made, RecordSettings(country="XT"), given_gazetteers([], default=True))
    line = {"id": "ferry", "text": REPORT, "published": "2021-06-10"}
    (tmp_path / "in.jsonl").write_text(json.dumps(line) + "\n")
    with open_record(made) as record, (tmp_path / "in.jsonl").open("rb") as lines:
        add(record, map(as_input, ingest.read(ingest.line_inputs(lines.fileno(), name="in"))))
        read(record, sources=sources_of(record))
    return made


def latitude(client: TestClient) -> float:
    (row,) = client.get("/incidents.geojson").json()["features"]
    return row["geometry"]["coordinates"][1]


def test_a_gazetteer_that_is_still_there_is_not_told_of(path):
    with client_of(path) as client:
        assert "gazetteer" not in text(client.get("/").text).casefold()


def test_a_changed_gazetteer_is_told_of_and_read_with_where_a_person_wants_it(path, own):
    own(NEW)
    with client_of(path) as client:
        for page in ("/", "/findings", "/map"):
            told = text(client.get(page).text)
            assert "Gazetteer changed" in told and "Read all reports again" in told, page
            assert "cenotaph gazetteer renew" not in told
        assert '"gazetteer-changed"' in client.get("/findings.json").text
        assert latitude(client) == 12.40
        send(client, "/gazetteer/renew")
        client.app.state.held.work.finished.wait(60)
        assert "Gazetteer changed" not in text(client.get("/").text)
        assert latitude(client) == 12.90


def test_a_missing_gazetteer_is_told_of_with_what_to_install(path, own):
    own(None)
    with client_of(path) as client:
        told = text(client.get("/").text)
        assert "Gazetteer missing" in told and "Install the package" in told
        assert "Read all reports again" not in told
        assert latitude(client) == 12.40
