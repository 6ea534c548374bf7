"""A published report stands alone, says how much it withholds, and shows no more than it may."""

import html
import io
import json
import re
import zipfile

import pytest
from starlette.datastructures import QueryParams
from tests.web.conftest import client_of, put
from tests.web.test_pages import text

from cenotaph.model import Measure
from cenotaph.web.content import changes


def made(client, **wish: str):
    return client.post("/publish", data={"token": client.app.state.token, "form": "html", **wish})


def test_it_says_at_least_at_most_and_from_how_many_sources(client):
    told = text(made(client, profile="internal", level="settlement").text)
    view = client.app.state.held.view()
    figure, sources = view.killed, {s for i in view.found.incidents for s in i.sources}
    head = f"At least {figure.low:,} , at most {figure.high:,} people reported killed, from"
    assert f"{head} {len(sources)} independent sources" in told
    assert "Internal: not for publication" in told
    assert "A perpetrator is always alleged." in told and "Parts do not sum: 1" in told


def test_it_names_no_gazetteer_that_it_was_not_read_with(client):
    assert "GeoNames" not in made(client).text


def test_it_loads_nothing_and_runs_nothing(client):
    page = made(client).text
    assert re.findall(r"(?:src|href)=\"(?!#)", page) == []
    assert "url(" not in page and "@import" not in page
    assert re.findall(r"<script(?! type=\"application/json\")", page) == []
    assert "default-src 'none'" in page


def test_in_public_places_are_coarse_and_what_names_them_finely_is_left_out(client):
    page = made(client, profile="public", level="admin1").text
    for finer in ("Maarat", "Kafr Sel", "Homra", "Qasr Dunya", "39.", "Will Orun share"):
        assert finer not in page
    assert "Places are named no finer than the province" in text(page)


def periods(client) -> tuple[int, int]:
    """How many incidents have no date, and how many one outside February 2021."""
    undated = outside = 0
    for each in client.app.state.held.view().found.incidents:
        start = (each.when.start or each.when.end) if each.when else None
        undated += start is None
        outside += start is not None and f"{start:%Y-%m}" != "2021-02"
    return undated, outside


def test_what_is_held_back_is_counted(client):
    told = text(made(client, **{"from": "2021-02-01", "to": "2021-02-28"}).text)
    undated, outside = periods(client)
    assert f"{outside} incidents outside the period" in told
    assert f"{undated} incidents without a known date" in told


def test_a_delay_holds_back_what_is_recent(client):
    told = text(made(client, profile="public", delay="9999").text)
    every = len(client.app.state.held.view().found.incidents)
    assert f"{every} incidents later than the delay of 9999 days" in told
    assert "No figure counts for certain here." in told


def test_names_of_persons_are_removed_in_public(copy):
    from tests.web.conftest import client_of, put

    with client_of(copy) as client:
        named = b"The shelling of Sarbek on 2 March 2021 killed Halim Dorsawi, 23, and his sister Mina Dorsawi, 19."
        put(client, "named.txt", named, published="2021-03-03")
        inside = made(client, profile="internal", level="settlement").text
        outside = made(client, profile="public", level="settlement").text
    assert "Halim Dorsawi" in inside
    assert "Dorsawi" not in outside


@pytest.mark.parametrize("level", ["settlement", "admin1"])
def test_a_line_tells_the_bounds_of_the_totals_and_on_which_reading_they_rest(copy, level):
    from tests.web.test_deciding import claim_of, send

    # The report of Orun tells that it is the province; this one does not.
    bare = b"Several raids on Orun between 1 and 10 February 2021 killed at least 57 civilians."
    with client_of(copy) as client:
        for words in ("At least 57 people have died", "at least 57 civilians"):
            claim = claim_of(client, words)
            send(client, "/decide", kind="reject", subject=claim, why="1", by="N.K.")
        put(client, "bare.txt", bare, published="2021-02-11")
        drawn = made(client, by="month", level=level).text
        page = text(drawn)
        totals = client.app.state.held.view().totals(("month",), Measure.KILLED, None)
    (february,) = [each for each in totals.rows if dict(each.key)["month"] == "2021-02"]
    figure = february.figure
    # 57 of Orun, the city or the province, and 29 and 19 of two towns of it.
    assert (figure.low, figure.high) == (65, 113)
    assert f"{figure.low} {figure.best} {figure.high}" in page
    assert "The low is of the smaller reading of Orun" in page
    # The bars beside the table are of the same figures.
    assert f">{figure.low}–{figure.high}<" in drawn


def test_the_next_report_says_what_changed(copy):
    from tests.web.conftest import client_of
    from tests.web.test_deciding import claim_of, send

    with client_of(copy) as client:
        before = made(client).content
        claim = claim_of(client, "Forty terrorists")
        fields = {"low": "41", "high": "41", "was-low": "40", "was-high": "40"}
        send(client, "/decide", kind="edit", subject=claim, why="1", by="N.K.", **fields)
        after = client.post(
            "/publish",
            data={"token": client.app.state.token, "form": "html"},
            files={"earlier": ("report.html", before, "text/html")},
        )
    assert "which said" in text(after.text) and "where this one says" in text(after.text)
    assert "1 incident has another figure" in text(after.text)


def test_the_earlier_report_stays_with_the_page_and_can_be_dropped(copy):
    from tests.web.conftest import client_of
    from tests.web.test_deciding import claim_of, send

    with client_of(copy) as client:
        before = made(client).content
        claim = claim_of(client, "Forty terrorists")
        send(client, "/decide", kind="reject", subject=claim, why="1", by="N.K.")
        data = {"token": client.app.state.token, "form": "show"}
        shown = client.post(
            "/publish", data=data, files={"earlier": ("march.html", before, "text/html")}
        )
        assert "What changed" in text(shown.text) and "march.html" in shown.text
        (since,) = re.findall(r'name="since" value="(\w+)" checked', shown.text)
        again = client.post("/publish", data={**data, "since": since, "by": "month"})
        assert "What changed" in text(again.text) and "march.html" in again.text
        saved = client.post("/publish", data={**data, "form": "html", "since": since})
        assert "What changed" in text(saved.text)
        dropped = client.post("/publish", data=data)
        assert "What changed" not in text(dropped.text)
        assert "choose its file again" in text(client.get("/publish?since=0123456789abcdef").text)


def test_sentences_are_looked_for_by_the_form_and_ticks_are_kept(client):
    address = "/publish?profile=public&level=settlement&delay=0"
    every = re.findall(r'<input type="checkbox" name="q" value="([^"]+)"', client.get(address).text)
    data = {
        "token": client.app.state.token, "form": "show", "level": "settlement", "delay": "0",
        "q": every[0],
    }  # fmt: skip
    some = client.post("/publish", data={**data, "words": "QASR dron"}).text
    found = re.findall(r'<input type="checkbox" name="q" value="([^"]+)"', some)
    assert 0 < len(found) < len(every) and every[0] not in found
    assert f'<input type="hidden" name="q" value="{every[0]}">' in some
    left = client.post("/publish", data={**data, "unticked": "yes"}).text
    assert len(re.findall('type="checkbox" name="q"', left)) == len(every) - 1
    none = client.post("/publish", data={**data, "words": "no such word"}).text
    assert "No sentence is left by this." in none and 'value="no such word"' in none


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b'<script type="application/json" id="figures">[</script>', b"\xff\xfe"],
)
def test_an_earlier_report_that_is_none_changes_nothing(client, content):
    answer = client.post(
        "/publish",
        data={"token": client.app.state.token},
        files={"earlier": ("x.html", content, "text/html")},
    )
    assert answer.status_code == 200 and "What changed" not in answer.text


def test_a_site_holds_a_page_an_incident_and_its_data(client):
    answer = client.post("/publish", data={"token": client.app.state.token, "form": "site"})
    every = len(client.app.state.held.view().found.incidents)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        assert sum(name.startswith("i/") for name in names) == every
        index = archive.read("index.html").decode()
        for target in re.findall(r'href="([^"#]+)"', index):
            assert target in names
        rows = json.loads(archive.read("data/incidents.json"))
        assert len(rows) == every and all(row["latitude"] is None for row in rows)
        features = json.loads(archive.read("data/incidents.geojson"))["features"]
        assert all(each["geometry"] is None for each in features)


@pytest.mark.parametrize("ruleset", ["default", "airwars", "ibc", "ucdp", "acled", "aoav"])
def test_every_ruleset_makes_a_report(client, ruleset):
    told = text(made(client, ruleset=ruleset).text)
    assert "people reported killed" in told


PEOPLE = (
    b"The shelling of Sarbek on 2 March 2021 killed three people, said Samira Halwani, a resident "
    b"of the town. Doctor Nadim Qasra said that two of them were children. A neighbour, Yusra "
    b"Talmin, told the Tessaria Harm Monitor that eight people were wounded.\n"
)


def packed(client, **wish: str) -> dict[str, str]:
    """The files of a report saved as a site."""
    data = {"token": client.app.state.token, "form": "site", **wish}
    with zipfile.ZipFile(io.BytesIO(client.post("/publish", data=data).content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.fixture
def told(copy):
    """A record with a report in which persons tell what they saw, under a name that tells of one."""
    from tests.web.conftest import client_of, put

    with client_of(copy) as client:
        put(client, "testimony-samira-halwani.txt", PEOPLE, published="2021-03-03")
        yield client


@pytest.mark.parametrize("level", ["settlement", "admin1"])
def test_in_public_no_witness_doctor_or_neighbour_is_named_anywhere(told, level):
    inside = packed(told, profile="internal", level=level)
    assert "Halwani" in "".join(inside.values())
    for name, content in packed(told, profile="public", level=level).items():
        for person in ("Halwani", "halwani", "Samira", "Qasra", "Nadim", "Talmin", "Yusra"):
            assert person not in content, (name, person)
        assert "orun-2021-02-08" not in content


def test_in_public_bodies_are_still_named_as_sources(told):
    rows = json.loads(packed(told, profile="public")["data/incidents.json"])
    assert any("Tessaria Harm Monitor" in row["sources"] for row in rows)
    assert all(row["reports"] is None for row in rows)


BLAMED = (
    b"Four herders were killed near Sarbek on 2 March 2021 by Halim Dorsawi, a trader.\n\n"
    b"The Velm Liberation Front killed three drivers in Binora on 3 March 2021.\n\n"
    b"Two boys were killed in Homra on 3 March 2021 by Qalat Shamal, residents said.\n"
)


@pytest.mark.parametrize("by", ["admin1", "perpetrator"])
@pytest.mark.parametrize("level", ["settlement", "admin1"])
def test_in_public_a_single_person_who_is_blamed_is_not_named_and_a_party_is(copy, by, level):
    from tests.web.conftest import client_of, put

    with client_of(copy) as client:
        put(client, "blamed.txt", BLAMED, published="2021-03-04")
        asked = {"by": by, "level": level, "delay": "0"}
        inside = packed(client, profile="internal", **asked)
        assert "Dorsawi" in "".join(inside.values())
        outside = packed(client, profile="public", **asked)
        assert not any("Dorsawi" in each or "Qalat" in each for each in outside.values())
        assert "Velm Liberation Front" in outside["index.html"]
        assert "a person, not named here" in outside["index.html"]
        shown = client.get("/publish", params=asked | {"profile": "public"}).text
        assert 'value="Qalat Shamal"' in shown and 'value="Velm' not in shown
        named = packed(client, profile="public", party="Qalat Shamal", **asked)
        assert "Qalat Shamal" in named["index.html"] and "Dorsawi" not in named["index.html"]


def test_parts_to_embed_stand_alone_and_are_explained(client):
    files = packed(client, form="embed", profile="internal", level="settlement")
    assert set(files) == {"figure.html", "table.html", "months.html", "map.html", "index.html"}
    for name, content in files.items():
        assert "default-src 'none'" in content and "<script" not in content
        assert not re.search(r"(?:src|href)=\"(?!\w+\.html\")", content), name
    assert "independent sources" in text(files["figure.html"])
    assert "<svg" in files["map.html"] and "<svg" in files["months.html"]
    told = html.unescape(files["index.html"])
    assert '<iframe src="embed/map.html"' in told
    inside = packed(client, profile="public")
    assert {f"embed/{name}" for name in files} >= {n for n in inside if n.startswith("embed/")}
    assert 'href="../index.html"' in inside["embed/figure.html"]


@pytest.mark.parametrize(("delay", "kept"), [("10", True), ("11", False)])
def test_the_delay_counts_from_the_last_day_an_incident_can_have(client, delay, kept):
    from dataclasses import replace
    from datetime import timedelta

    from cenotaph.web.publish import wish_of
    from cenotaph.web.selection import choose

    view = client.app.state.held.view()
    event = next(e for e in view.found.incidents if e.when and e.when.end)
    wish = wish_of(QueryParams({"delay": delay, "profile": "public"}), view)
    chosen = choose(view, replace(wish, today=event.when.end + timedelta(days=10)))
    assert (event.id in {each.id for each in chosen.incidents}) is kept


@pytest.mark.parametrize("level", ["admin2", "admin1", "country"])
def test_in_public_nothing_finer_than_asked_stands_in_any_file(client, level):
    finest = {"admin2": {"settlement", "near"}, "admin1": {"admin2"}, "country": {"admin1"}}[level]
    view = client.app.state.held.view()
    for name, content in packed(client, profile="public", level=level, delay="0").items():
        for each in view.found.incidents:
            place = each.place
            if place is None or place.name is None or place.precision.value not in finest:
                continue
            if place.name in f"{place.admin1} {place.admin2}":
                continue
            assert place.name not in content, name
        if name.endswith("geojson"):
            assert all(f["geometry"] is None for f in json.loads(content)["features"])


LISTED = (
    b"About 300 people were killed in Tessaria in March 2021.\n\n"
    b"Four men were killed by shelling in Sarbek on 2 March 2021, the Homra News Agency said.\n\n"
    b"Three men were killed by shelling in Orun on 3 March 2021, General Halim Dorsawi said.\n\n"
    b"Six men were killed by shelling in Orun on 5 March 2021, villagers said.\n\n"
    b"Two women were killed on 4 March 2021, the Tessaria Harm Monitor said.\n"
)


def test_a_coarse_report_says_how_its_lines_are_made_and_on_what_sources_it_rests(copy):
    from tests.web.conftest import client_of, put

    with client_of(copy) as client:
        put(client, "listed.txt", LISTED, published="2021-03-07")
        view = client.app.state.held.view()
        page = made(client, profile="public", level="admin1", delay="0").text
        told = text(page)
        town = text(made(client, profile="public", level="settlement", delay="0").text)
        country = made(client, profile="public", level="country", delay="0").text
    assert "rest on round figures" in told and "(no place) set aside" in told
    assert "Sarbek" not in page and "Homra" not in page
    assert "At least" in told and "(Sarbek)" in town
    assert "Dorsawi" not in page and "Tessaria Harm Monitor" in told
    assert "Homra News Agency" not in page and "Homra News Agency" in town
    assert "Witness or resident" in told and "Armed forces of a state" in told
    provinces = {i.place.admin1 for i in view.found.incidents if i.place and i.place.admin1}
    assert provinces
    assert [near for each in provinces for near in re.findall(rf".*\b{each}\b.*", country)] == []


def test_the_sources_that_are_listed_are_as_many_as_are_told_of(client):
    from cenotaph.web.prepared import prepared
    from cenotaph.web.publish import wish_of
    from cenotaph.web.sourced import sources_of

    view = client.app.state.held.view()
    for level in ("settlement", "admin1"):
        asked = QueryParams({"level": level, "profile": "public", "delay": "0"})
        chosen = prepared(view, wish_of(asked, view)).chosen
        known = sources_of(chosen, view)
        assert len(known.named) + sum(n for _, n in known.kinds) == len(chosen.sources)
        assert sum(n for _, n in known.outlets) + known.other == len(chosen.documents)


def test_an_incident_that_goes_by_another_identifier_is_neither_gone_nor_new():
    earlier = {"incidents": {"inc-a": [3, 3, 3], "inc-b": [5, 5, 5], "inc-c": [1, 1, 1]}}
    now = {"incidents": {"inc-d": [2, 2, 2], "inc-b": [5, 5, 5], "inc-e": [9, 9, 9]}}
    told = changes(earlier, now, {"inc-a": "inc-d"}.get)
    assert told["moved"] == [("inc-a", "inc-d")] and told["changed"] == ["inc-d"]
    assert (told["new"], told["gone"]) == (["inc-e"], ["inc-c"])


def test_a_publisher_who_may_be_one_person_is_named_only_where_somebody_says_it_is_none(copy):
    with client_of(copy) as client:
        said = b"A drone killed three tilers near Sarbek on 3 May 2021."
        for name, publisher in (("a", "Nisrin Dalbay"), ("b", "Sarbek Courier"), ("c", "dalbay_n")):
            put(
                client,
                f"{name}.txt",
                said + name.encode(),
                publisher=publisher,
                published="2021-05-04",
            )
        wish = {"profile": "public", "level": "settlement", "delay": "0"}
        asked = client.get("/publish", params=wish).text
        asked = set(re.findall(r'name="outlet" value="([^"]+)"', asked))
        assert {"Nisrin Dalbay", "dalbay_n"} <= asked and "Sarbek Courier" not in asked
        told = made(client, **wish).text
        assert "Sarbek Courier" in told
        assert "Nisrin" not in told and "dalbay_n" not in told
        told = made(client, **wish, outlet="Nisrin Dalbay").text
        assert "Nisrin Dalbay" in told and "dalbay_n" not in told
        assert "dalbay_n" in made(client, profile="internal").text
