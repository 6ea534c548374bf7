"""Lists are questions in an address: narrowed, counted, ordered, saved as they are."""

import csv
import io
import json

import pytest
from tests.web.test_pages import text


def rows(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_a_list_says_how_many_each_filter_would_leave(client):
    told = text(client.get("/incidents").text)
    assert "Orun 7" in told and "Air strike 5" in told


def test_what_is_saved_is_what_is_filtered(client):
    saved = rows(client.get("/incidents.csv?admin1=Orun&event=air_strike"))
    assert {row["admin1"] for row in saved} == {"Orun"} and len(saved) == 3
    features = json.loads(client.get("/incidents.geojson?admin1=Orun").text)["features"]
    assert len(features) == 7 and all(each["id"].startswith("inc-") for each in features)
    assert len(client.get("/incidents.json?admin1=Orun").text.splitlines()) == 7


def test_what_is_unknown_is_empty_and_never_zero(client):
    unknown = [row for row in rows(client.get("/incidents.csv")) if not row["killed_low"]]
    assert len(unknown) == 1 and unknown[0]["injured_best"] == ""


def test_words_are_found_in_any_spelling(client):
    assert "3 incidents" in text(client.get("/incidents?q=PHOTOGRAPHER&event=air_strike").text)


def test_an_address_that_asks_nonsense_is_answered(client):
    for query in (
        "page=0",
        "page=-1",
        "page=x",
        "page=99999999",
        "order=nothing",
        "from=never",
        "event=",
        "x=y",
        "q=%00",
        'q="',
    ):
        assert client.get(f"/incidents?{query}").status_code == 200, query


def test_a_quote_never_becomes_a_formula(copy):
    from tests.web.conftest import client_of

    with client_of(copy) as client:
        client.post(
            "/add",
            data={"token": client.app.state.token},
            files=[("files", ("f.txt", b"=HYPERLINK(1) and 3 people were killed in Sarbek."))],
        )
        client.app.state.held.work.finished.wait(60)
        quotes = [row["quote"] for row in rows(client.get("/claims.csv"))]
    assert any(quote.startswith("'=") for quote in quotes)
    assert not any(quote.startswith(("=", "+", "@")) for quote in quotes)


@pytest.mark.parametrize("order", ["day", "-day", "killed", "-killed", "sources", "-injured"])
def test_lists_are_ordered_by_their_heads(client, order):
    assert client.get(f"/incidents?order={order}").status_code == 200
