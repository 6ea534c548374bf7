"""Days of publication of several reports: shown with what they change, set at once, taken back at once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import client_of, put
from tests.web.test_deciding import send
from tests.web.test_pages import text

TEXTS = {
    "one": b"Shells killed three people in Sarbek on Sunday.",
    "two": b"A mine killed two farmers near Binora on Friday.",
    "dated": b"Gunmen killed four guards in Homra on Sunday.",
}


@pytest.fixture
def desk(copy: Path) -> Iterator[TestClient]:
    with client_of(copy) as client:
        client.cookies.set("cenotaph-initials", "N.K.")
        token = client.app.state.token
        files = [
            ("files", (f"{name}.txt", told)) for name, told in TEXTS.items() if name != "dated"
        ]
        client.post("/add", data={"token": token}, files=files)
        client.app.state.held.work.finished.wait(60)
        put(client, "dated.txt", TEXTS["dated"], published="2021-05-05")
        yield client


def day_of(client: TestClient, name: str) -> date | None:
    return client.app.state.held.view().listed[name].published


def test_days_are_seen_before_they_are_set(desk):
    told = send(desk, "/days", **{"day:one": "2021-04-06", "day:two": "2021-04-10"})
    assert "Set the days of 2 reports" in told and "Nothing is set yet" in told
    assert "6 April 2021" in told and "10 April 2021" in told
    assert "2 incidents without a date get one" in told, told
    assert day_of(desk, "one") is None


def test_days_are_set_as_one_entry_and_one_undo_takes_all_back(desk):
    before = desk.app.state.held.head()
    given = {"day:one": "2021-04-06", "day:two": "2021-04-10", "sure": "yes"}
    assert "Set the days of 2 reports" in send(desk, "/days", **given)
    assert desk.app.state.held.head() == before + 1
    assert day_of(desk, "two") == date(2021, 4, 10)
    assert "4 April 2021" in text(desk.get("/d/one").text)
    send(desk, "/undo", next="/reports")
    assert day_of(desk, "one") is None and day_of(desk, "two") is None


def test_one_day_for_all_is_given_only_to_those_that_have_none(desk):
    fields = {"day:one": "", "day:two": "2021-04-10", "day:dated": "", "every": "2021-06-01"}
    send(desk, "/days", **fields, sure="yes")
    assert [day_of(desk, name) for name in ("one", "two", "dated")] == [
        date(2021, 6, 1),
        date(2021, 4, 10),
        date(2021, 5, 5),
    ]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, "No day was given"),
        ({"day:one": ""}, "No day was given"),
        ({"day:nowhere": "2021-04-06"}, "No day was given"),
        ({"day:one": "2021-02-30"}, "is no day"),
    ],
)
def test_what_is_no_day_sets_nothing(desk, fields, why):
    assert why in send(desk, "/days", **fields, sure="yes")
    assert day_of(desk, "one") is None
