"""Lists are questions in an address: narrowed, counted, ordered, saved as they are."""

import csv
import io
import json
import re

import pytest
from starlette.datastructures import QueryParams
from tests.web.conftest import client_of, put
from tests.web.test_pages import text

from cenotaph.model import Measure
from cenotaph.web.listing import Turn, part


def incidents(client):
    return client.app.state.held.view().found.incidents


def rows(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_a_list_says_how_many_each_filter_would_leave(client):
    told = text(client.get("/incidents").text)
    orun = [each for each in incidents(client) if each.place and each.place.admin1 == "Orun"]
    struck = [each for each in incidents(client) if each.event == "air_strike"]
    assert f"Orun {len(orun)}" in told and f"Air strike {len(struck)}" in told


def test_what_is_saved_is_what_is_filtered(client):
    saved = rows(client.get("/incidents.csv?admin1=Orun&event=air_strike"))
    assert {row["admin1"] for row in saved} == {"Orun"} and len(saved) > 1
    orun = [each for each in incidents(client) if each.place and each.place.admin1 == "Orun"]
    assert len(saved) == sum(each.event == "air_strike" for each in orun)
    features = json.loads(client.get("/incidents.geojson?admin1=Orun").text)["features"]
    assert len(features) == len(orun) and all(each["id"].startswith("inc-") for each in features)
    assert len(client.get("/incidents.json?admin1=Orun").text.splitlines()) == len(orun)


def test_what_is_unknown_is_empty_and_never_zero(client):
    known = {each.id: each for each in incidents(client)}
    for row in rows(client.get("/incidents.csv")):
        for measure in Measure.KILLED, Measure.INJURED:
            stated = known[row["id"]].estimate(measure)
            low = stated.figure.low if stated else None
            assert row[f"{measure}_low"] == ("" if low is None else str(low))


def test_words_are_found_in_any_spelling(client):
    found = {
        row["reports"].split(";")[0] for row in rows(client.get("/incidents.csv?q=PHOTOGRAPHER"))
    }
    assert found == {"orun-2021-02-08"}


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
    # Python refuses to turn so many digits into a number.
    assert client.get(f"/working?of={'9' * 5_000}").status_code == 200


def test_a_quote_never_becomes_a_formula(copy):
    from tests.web.conftest import client_of, put

    with client_of(copy) as client:
        put(client, "f.txt", b"=HYPERLINK(1) and 3 people were killed in Sarbek.")
        quotes = [row["quote"] for row in rows(client.get("/claims.csv"))]
    assert any(quote.startswith("'=") for quote in quotes)
    assert not any(quote.startswith(("=", "+", "@")) for quote in quotes)


@pytest.mark.parametrize("order", ["day", "-day", "killed", "-killed", "sources", "-injured"])
def test_lists_are_ordered_by_their_heads(client, order):
    assert client.get(f"/incidents?order={order}").status_code == 200


def test_what_the_places_were_taken_from_is_credited_in_every_export(client):
    told = json.loads(client.get("/incidents.geojson").text)
    names = [each["name"] for each in told["gazetteers"]]
    assert names and all(each["sha256"] and "attribution" in each for each in told["gazetteers"])
    assert all("gazetteers" not in each["properties"] for each in told["features"])
    for form in ("/incidents.csv", "/claims.csv"):
        row = rows(client.get(form))[0]
        assert all(name in row["gazetteers"] for name in names)
    for form in ("/incidents.json", "/claims.json"):
        line = json.loads(client.get(form).text.splitlines()[0])
        assert [each["name"] for each in line["gazetteers"]] == names


def test_a_long_list_is_turned_part_by_part_and_has_no_page_beyond_its_last():
    middle = part(QueryParams("by=place&page=2"), 120)
    assert (middle.first, middle.last, middle.total) == (51, 100, 120)
    assert "page=1" in middle.before and "page=3" in middle.after and "by=place" in middle.after
    last = part(QueryParams("page=9"), 120)
    assert (last.first, last.last, last.after) == (101, 120, None)
    assert "page=2" in last.before
    assert part(QueryParams(""), 0) == Turn(first=0, last=0, total=0, before=None, after=None)


def test_totals_have_no_more_lines_on_a_page_than_other_lists(client, monkeypatch):
    monkeypatch.setattr("cenotaph.web.totals.part", lambda *_: Turn(3, 4, 9, None, "?page=3"))
    page = client.get("/totals?by=place").text
    assert page.count('<td class="how">') == 2 + 1  # the whole stands on each
    assert 'rel="next"' in page


def test_an_export_tells_every_other_name_that_leads_to_an_incident(client):
    view = client.app.state.held.view()
    event = max(view.found.incidents, key=lambda each: len(each.claims))
    rows = csv.DictReader(io.StringIO(client.get("/incidents.csv").text))
    told = next(row for row in rows if row["id"] == event.id)["other_ids"].split("; ")
    assert len(told) == len(event.claims) - 1 > 0
    for name in told:
        leads = client.get(f"/i/{name}", follow_redirects=False)
        assert leads.status_code == 301 and event.id in leads.headers["location"]
    for form in ("json", "geojson"):
        assert told[0] in client.get(f"/incidents.{form}").text


def test_a_report_that_dates_itself_stands_under_its_own_month(copy):
    """Its day is shown in the list, so the month under which it is found is that day's."""
    with client_of(copy) as client:
        text = "SARBEK, May 3 2019 (MNA) - Nine people were killed in Sarbek on Friday.\n"
        put(client, "own.txt", text.encode())
        assert "own.txt" in client.get("/reports?month=2019-05").text


def test_what_reports_do_not_state_is_not_called_none(client):
    told = client.get("/incidents").text
    for facet, words in (("weapon", "not stated"), ("month", "not known"), ("admin1", "not known")):
        assert re.search(rf'href="\?{facet}="[^>]*><bdi>{words}</bdi>', told), facet
    assert "<bdi>none</bdi>" not in told.partition('"?finding=')[0]


def test_a_report_in_a_language_that_is_not_read_is_not_called_read(copy):
    with client_of(copy) as client:
        put(
            client,
            "suq.txt",
            "قتل ١٢ شخصا على الأقل في قصف مدفعي على سوق سربك يوم الجمعة.".encode(),
        )
        row = client.get("/reports").text.partition('href="/d/suq"')[2].partition("</tr>")[0]
        assert "kept, not read" in row
        assert 'href="/d/suq"' in client.get("/reports?state=unread&lang=ar").text
