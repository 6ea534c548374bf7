"""The register of sources: who they are, what they hang on, and that figures follow it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import client_of
from tests.web.test_deciding import send
from tests.web.test_pages import text

MONITOR = "source:Tessaria Harm Monitor"


@pytest.fixture
def desk(copy: Path) -> Iterator[TestClient]:
    with client_of(copy) as client:
        client.cookies.set("cenotaph-initials", "N.K.")
        yield client


def known(client: TestClient) -> dict[str, dict[str, str]]:
    """What the register says of each source, as its file gives it."""
    head, *lines = client.get("/sources.csv").text.splitlines()
    rows = [dict(zip(head.split(","), line.split(","), strict=True)) for line in lines]
    return {row["name"]: row for row in rows}


def test_those_with_most_reports_stand_first_with_their_kind(desk):
    told = text(desk.get("/sources").text)
    assert "Tessaria Harm Monitor" in told
    assert "Monitor or human-rights organisation" in told
    counts = [int(row["reports"]) for row in known(desk).values()]
    assert counts == sorted(counts, reverse=True)


def test_a_tie_is_a_decision_that_stands_in_the_register_and_is_taken_back(desk):
    told = send(
        desk, "/decide", kind="set_source", subject=MONITOR, owned_by="Northern Voice",
        **{"was-owned_by": ""}, reason="Its masthead says so", next="/sources",
    )  # fmt: skip
    assert "Owned by, and speaks for Northern Voice" in told
    assert known(desk)["Tessaria Harm Monitor"]["owned_by"] == "Northern Voice"
    assert "Its masthead says so" in text(desk.get("/history").text)
    send(desk, "/undo", next="/sources")
    assert known(desk)["Tessaria Harm Monitor"]["owned_by"] == ""


def test_a_publisher_that_nobody_names_can_be_given_a_tie(desk):
    send(desk, "/decide", kind="set_source", source="Dorsa Courier", quotes="Tessaria Harm Monitor")
    assert known(desk)["Dorsa Courier"]["quotes"] == "Tessaria Harm Monitor"


def test_what_did_not_change_is_not_decided(desk):
    unchanged = {"source_kind": "monitor", "was-source_kind": "monitor"}
    told = send(desk, "/decide", kind="set_source", subject=MONITOR, **unchanged)
    assert "Nothing was changed in the form" in told


@pytest.mark.parametrize("tie", ["Tessaria Harm Monitor", "tessaria harm MONITOR"])
def test_a_source_is_never_tied_to_itself(desk, tie):
    told = send(desk, "/decide", kind="set_source", subject=MONITOR, same_as=tie)
    assert "cannot be tied to itself" in told and "Nothing was changed" in told


def test_names_are_found_by_a_part(desk):
    told = text(desk.get("/sources?q=harm+mon").text)
    assert "Tessaria Harm Monitor" in told and "Save these 1 sources" in told
    assert "No source has these letters" in text(desk.get("/sources?q=zzz").text)
