"""What can be put into the record on the pages: pasted words, tables with their mappings."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import client_of
from tests.web.test_pages import text

from cenotaph.store import saved_columns

MAPPING = b'[columns]\ntext = "Body"\ntitle = "Head"\npublished = "Day"\n'
TABLE = (
    b"Head,Body,Day\nMortar fire,Mortar fire killed six people in Sarbek on Monday.,2021-05-04\n"
)


@pytest.fixture
def desk(copy: Path) -> Iterator[TestClient]:
    with client_of(copy) as client:
        yield client


def put(client: TestClient, *files, **fields) -> str:
    data = {"token": client.app.state.token, **fields}
    answer = client.post("/add", data=data, files=list(files))
    work = client.app.state.held.work
    if work is not None:
        assert work.finished.wait(60)
    return text(client.get(answer.url).text) if answer.status_code == 200 else text(answer.text)


def titles(client: TestClient) -> set[str | None]:
    return {each.title for each in client.app.state.held.view().found.listed}


def test_a_pasted_text_is_a_report(desk):
    said = "Two fishermen were killed off Binora.\r\n\r\nNobody said by whom.\r\n"
    put(desk, pasted=said, published="2021-05-05")
    page = desk.get("/d/two-fishermen-were-killed-off-binora")
    assert "2 killed" in text(page.text)
    stored = desk.app.state.held.document("two-fishermen-were-killed-off-binora")
    assert stored.text == said.replace("\r\n", "\n")


def test_a_mapping_brought_along_reads_the_table_and_is_kept_for_the_next(desk):
    put(desk, ("files", ("may.csv", TABLE)), ("mapping", ("field-office.toml", MAPPING)))
    assert "Mortar fire" in titles(desk)
    assert saved_columns(desk.app.state.held.record) == {"field-office": MAPPING.decode()}
    page = desk.get("/reports").text
    assert "<option>field-office</option>" in page
    later = TABLE.replace(b"Mortar fire", b"Rockets").replace(b"six", b"nine")
    put(desk, ("files", ("june.csv", later)), columns="field-office")
    assert "Rockets" in titles(desk)


def test_a_table_without_a_mapping_is_set_aside_with_what_to_do(desk):
    put(desk, ("files", ("may.csv", TABLE)))
    told = text(desk.get("/reports").text)
    assert "may.csv" in told and "no-columns" in told


@pytest.mark.parametrize("content", [b"columns = 3", b"\xff\xfe", b'[columns]\nkilled = "Dead"\n'])
def test_a_mapping_that_is_none_adds_nothing_and_says_why(desk, content):
    before = len(titles(desk))
    told = put(desk, ("files", ("may.csv", TABLE)), ("mapping", ("bad.toml", content)))
    assert "The mapping of columns cannot be used" in told
    assert len(titles(desk)) == before and not saved_columns(desk.app.state.held.record)


def test_nothing_chosen_says_so(desk):
    assert "Choose one or more files first, or paste a text." in put(desk, pasted="  \n ")
