"""The map of a published report: places as finely as they are known, and no finer than it may."""

import json
import re
import zipfile
from pathlib import Path

from flit_core import buildapi
from tests.web.test_pages import text
from tests.web.test_publish import made

from cenotaph.model import Place, Precision
from cenotaph.web.outlines import drawn, of_file
from cenotaph.web.start import EXAMPLES

ROOT = Path(__file__).resolve().parents[2]
TESSARIA = EXAMPLES / "basemap" / "tessaria.geojson"


def at(precision: Precision, name: str = "Orun", lat: float | None = 12.5) -> Place:
    lon = None if lat is None else -39.2
    return Place(
        quote=None, name=name, admin1=name, country="XT", lat=lat, lon=lon, precision=precision
    )


def test_each_precision_has_its_own_mark():
    for precision, mark in (
        (Precision.SETTLEMENT, "spot"),
        (Precision.NEAR, "near"),
        (Precision.ADMIN1, "within"),
    ):
        svg, left = drawn([at(precision)], [TESSARIA])
        assert left == 0
        marks = set(re.findall(r'class="(spot|near|within)"', svg))
        assert marks == {mark}


def test_what_cannot_be_drawn_is_counted():
    nowhere = at(Precision.ADMIN1, "Nowhere", None)
    svg, left = drawn([None, nowhere, at(Precision.COUNTRY)], [TESSARIA])
    assert (svg, left) == ("", 3)


def test_outlines_of_real_countries_come_with_the_program():
    place = Place(
        quote=None, name="Aleppo", admin1="Aleppo", country="SY", precision=Precision.ADMIN1
    )
    svg, left = drawn([place])
    assert left == 0 and 'class="land"' in svg and "<title>Aleppo: 1</title>" in svg


def test_names_of_areas_are_text(tmp_path: Path):
    file = tmp_path / "a.geojson"
    name = "<script>alert(1)</script>"
    ring = [[-40, 12], [-39, 12], [-39, 13], [-40, 12]]
    feature = {
        "properties": {"name": name, "country": "XT", "level": "admin1"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    file.write_text(json.dumps({"features": [feature]}))
    svg, _ = drawn([at(Precision.ADMIN1, name, None)], [file])
    assert "<script" not in svg and "&lt;script" in svg


def test_a_file_that_is_no_geojson_is_passed_over(tmp_path: Path):
    for content in (
        "",
        "[]",
        '{"features": 3}',
        '{"features": [{"geometry": {"type": "Polygon"}}]}',
    ):
        (tmp_path / "b.geojson").write_text(content)
        assert of_file(tmp_path / "b.geojson") == []


def test_a_report_has_a_map_as_coarse_as_itself(client):
    page = made(client, profile="public", level="admin1").text
    assert 'class="within"' in page and 'class="spot"' not in page and 'class="near"' not in page
    fine = made(client, profile="internal", level="settlement").text
    assert 'class="spot"' in fine and "A dot is a settlement" in text(fine)


def test_the_map_page_draws_the_example_country(client):
    names = {each["properties"]["name"] for each in client.get("/map/own.json").json()["features"]}
    assert {"Tessaria", "Orun", "Kordania"} <= names


# What tests and documentation read, and no workbench.
ONLY_DOCUMENTED = {"expected.toml", "march.jsonl", "month.jsonl"}


def test_an_installed_package_has_the_example_reports(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(ROOT)
    wheel = tmp_path / buildapi.build_wheel(str(tmp_path))
    with zipfile.ZipFile(wheel) as archive:
        held = {
            name.removeprefix("cenotaph/web/examples/"): archive.read(name)
            for name in archive.namelist()
            if name.startswith("cenotaph/web/examples/")
        }
    kept = {
        str(file.relative_to(ROOT / "examples")): file.read_bytes()
        for file in (ROOT / "examples").rglob("*")
        if file.is_file() and file.name not in ONLY_DOCUMENTED
    }
    assert held == kept
