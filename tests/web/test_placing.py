"""A place that a person names is looked for, and asked about where several have the name."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import client_of, put
from tests.web.test_pages import text

SAID = "The co-operative lost a mill. Fourteen millers never came home from Belq or from Nuqrah."


@pytest.fixture
def desk(copy: Path) -> Iterator[TestClient]:
    with client_of(copy) as client:
        client.cookies.set("cenotaph-initials", "N.K.")
        put(client, "mill.txt", SAID.encode())
        yield client


def added(client: TestClient, **fields: str):
    """Make a claim by hand of the millers; return the answer and the claim, if it was made."""
    form = {
        "token": client.app.state.token, "kind": "add", "subject": "mill", "measure": "killed",
        "words": "Fourteen millers", "low": "14", "high": "14", **fields,
    }  # fmt: skip
    answer = client.post("/decide", data=form)
    view = client.app.state.held.view()
    made = [e for e in view.claims_of("mill") if e.claim.counted.text == "Fourteen millers"]
    return answer, (made[0] if made else None)


def test_a_place_given_by_hand_is_found_in_the_country_of_the_record(desk):
    _, claim = added(desk, place="Kafer Sal")
    assert claim.place.entry == "gazetteer:XT-0021" or claim.place.name == "Kafr Sel"
    assert claim.place.admin1 == "Orun" and claim.place.lat == pytest.approx(12.39)


def test_of_several_places_of_a_name_a_person_is_asked_and_nothing_is_made_before(desk):
    answer, claim = added(desk, place="Sarbek")
    assert claim is None and "Which place is meant?" in text(answer.text)
    offered = re.findall(r'name="entry" value="([^"]+)"', answer.text)
    assert len(offered) == 3 and offered[-1] == "none"
    assert 'name="words" value="Fourteen millers"' in answer.text
    _, claim = added(desk, place="Sarbek", entry=offered[1])
    assert claim.place.entry == offered[1] and claim.place.lat is not None


def test_a_place_of_none_of_those_keeps_its_name_and_has_no_point(desk):
    _, claim = added(desk, place="Sarbek", entry="none")
    assert claim.place.name == "Sarbek" and claim.place.lat is None


def test_a_province_tells_namesakes_apart(desk):
    answer, _ = added(desk, place="Sarbek")
    areas = re.findall(r"Sarbek, [^(]*?(\w+), XT \(", text(answer.text))
    assert len(set(areas)) == 2
    _, claim = added(desk, place="Sarbek", admin1=areas[1])
    assert claim.place.admin1 == areas[1] and claim.place.lat is not None


def test_a_place_with_degrees_or_that_nobody_knows_is_left_as_it_is_given(desk):
    _, claim = added(desk, place="Sarbek", lat="1.5", lon="2.5")
    assert (claim.place.lat, claim.place.lon) == (1.5, 2.5)


def test_a_place_that_no_gazetteer_knows_is_kept_by_its_name(desk):
    _, claim = added(desk, place="Qwyxtal Ford")
    assert claim.place.name == "Qwyxtal Ford" and claim.place.lat is None


def test_a_changed_place_is_looked_for_too(desk):
    _, claim = added(desk)
    form = {
        "token": desk.app.state.token, "kind": "edit", "subject": claim.id, "why": "3",
        "place": "Jisr el Waad", "was-place": "",
    }  # fmt: skip
    desk.post("/decide", data=form)
    assert desk.app.state.held.view().claims[claim.id].place.name == "Jisr al-Wad"


def test_a_choice_that_was_not_offered_is_refused(desk):
    answer, claim = added(desk, place="Sarbek", entry="geonames:0")
    assert claim is None and answer.status_code == 422
    assert "no such place" in text(answer.text)
