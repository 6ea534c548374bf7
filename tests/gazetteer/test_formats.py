import json
from pathlib import Path

import pytest

from cenotaph import gazetteer
from cenotaph.gazetteer import GazetteerError, read_table
from cenotaph.model import NameLevel, PlaceKind


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_of_ones_own(tmp_path: Path) -> None:
    path = write(
        tmp_path, "Mine.csv",
        "id,name,kind,lat,lon,country,admin1,admin2,population,alternates\n"
        'T1,Sarbek,village,12.5,-39.0,xt,Orun,,"34,000",Sarabik|سربك\n'
        "T2,,village,1,1,XT,,,,\n"
        "T3,Lost,settlement,,,XT,Orun,,,\n",
    )  # fmt: skip
    entries = read_table(path).entries
    assert [e.id for e in entries] == ["mine:T1", "mine:T3"]
    assert entries[0].country == "XT"
    assert entries[0].population == 34000
    assert entries[0].names == ("Sarabik", "سربك")
    assert entries[1].lat is None


def test_whos_on_first(tmp_path: Path) -> None:
    path = write(
        tmp_path, "wof.csv",
        "wof_id,name,placetype,lat,lon,gn_id,gn_feature,population,county,region,name_ar,variants,src\n"
        "1,Tessaria,country,11,-38,,,,,,تساريا,XT|XTA|Tesaria,x\n"
        "2,Orun,region,12.5,-39.2,77,,,,Orun,محافظة أورون,Orun Governorate,x\n"
        "3,سربك,locality,12.5,-39.03,88,PPL,34000,Orun District,Orun,سربك,Sarabik|Sarbek,x\n"
        "4,Far,locality,12.51,-39.04,,PPL,,,,,Farr,x\n",
    )  # fmt: skip
    entries = read_table(path).entries
    assert [e.country for e in entries] == ["XT"] * 4
    assert entries[2].id == "geonames:88"
    assert entries[3].id == "whosonfirst:4"
    places = gazetteer.open([path], default=False)
    village = places.named("سربك", country="XT")[0].entry
    assert village.name == "Sarabik"  # a name its readers can read
    assert places.named("Far")[0].entry.admin1 == "Orun"  # that of its neighbours
    assert not places.knows("XTA")


def test_p_codes_of_areas_and_places(tmp_path: Path) -> None:
    areas = write(
        tmp_path, "areas.csv",
        "ADM1_EN;ADM1_AR;ADM1_PCODE;ADM2_EN;ADM2_PCODE;ADM0_PCODE\n"
        "Orun;أورون;XT01;Maarat District;XT0101;XT\nOrun;أورون;XT01;Jisr District;XT0102;XT\n",
    )  # fmt: skip
    entries = {e.id: e for e in read_table(areas).entries}
    assert entries["pcode:XT01"].kind is PlaceKind.ADMIN1
    assert entries["pcode:XT01"].names == ("أورون",)
    assert entries["pcode:XT0102"].admin1 == "Orun"
    assert entries["pcode:XT0102"].kind is PlaceKind.ADMIN2
    towns = write(
        tmp_path, "towns.csv",
        "admin1Name_en,admin1Pcode,featureName_en,featureName_ar,featurePcode,Latitude,Longitude\n"
        "Orun,XT01,Sarbek,سربك,XT0199,12.5,-39.03\n",
    )  # fmt: skip
    town = read_table(towns).entries[-1]
    assert (town.id, town.kind, town.lat, town.admin1, town.country) == (
        "pcode:XT0199", PlaceKind.SETTLEMENT, 12.5, "Orun", "XT",
    )  # fmt: skip


def test_a_geonames_dump(tmp_path: Path) -> None:
    def line(*cells: str) -> str:
        return "\t".join(cells) + "\n"

    path = write(
        tmp_path, "XT.txt",
        line("5", "Orun", "Orun", "", "12.5", "-39.2", "A", "ADM1", "XT", "", "01", "", "", "", "910000", "", "", "", "")
        + line("6", "Sarbek", "Sarbek", "Sarabik,سربك", "12.5", "-39.03", "P", "PPL", "XT", "", "01", "", "", "", "34000", "", "", "", "")
        + line("7", "Rock", "Rock", "", "12.5", "-39.0", "U", "RFU", "XT", "", "01", "", "", "", "0", "", "", "", ""),
    )  # fmt: skip
    entries = read_table(path).entries
    assert [(e.id, e.kind, e.admin1) for e in entries] == [
        ("geonames:5", PlaceKind.ADMIN1, "Orun"),
        ("geonames:6", PlaceKind.SETTLEMENT, "Orun"),
    ]
    assert "سربك" in entries[1].names


def test_geojson_points_and_outlines(tmp_path: Path) -> None:
    square = [[[-39.0, 12.0], [-38.0, 12.0], [-38.0, 13.0], [-39.0, 13.0], [-39.0, 12.0]]]
    features = [
        {"type": "Feature", "id": "a", "properties": {"name": "Orun", "kind": "admin1", "country": "xt", "name:ar": "أورون"},
         "geometry": {"type": "Polygon", "coordinates": square}},
        {"type": "Feature", "properties": {"name": "Sarbek"}, "geometry": {"type": "Point", "coordinates": [-39.03, 12.5]}},
        {"type": "Feature", "properties": {}, "geometry": None},
    ]  # fmt: skip
    path = write(
        tmp_path, "a.geojson", json.dumps({"type": "FeatureCollection", "features": features})
    )
    orun, sarbek = read_table(path).entries
    assert (orun.lat, orun.lon, orun.country, orun.names) == (12.5, -38.5, "XT", ("أورون",))
    assert (sarbek.id, sarbek.lat, sarbek.lon) == ("a:2", 12.5, -39.03)


def test_aliases_point_at_places_of_other_files(tmp_path: Path) -> None:
    places_file = write(
        tmp_path, "p.csv", "id,name,kind,lat,lon,country\nT1,Sarbek,settlement,12.5,-39.03,XT\n"
    )
    by_id = write(tmp_path, "one.csv", "alias,id\nThe Crossing,p:T1\nNowhere,p:T9\n")
    by_name = write(tmp_path, "two.csv", "alias,name,country\nLittle Bridge,Sarbek,XT\n")
    places = gazetteer.open([by_id, by_name, places_file], default=False)
    for alias in ("the crossing", "Little Bridge"):
        assert [m.entry.id for m in places.named(alias, country="XT")] == ["p:T1"]
        assert places.knows(alias)
    assert places.named("Nowhere") == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "one,two\n1,2\n"), ("b.csv", ""), ("c.json", "{"), ("d.geojson", '{"type": "x"}'),
        ("e.csv", "id,name,kind\n"), ("f.csv", "wof_id,placetype\n1,country\n"),
    ],
)  # fmt: skip
def test_what_is_no_gazetteer_says_so(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(GazetteerError):
        gazetteer.open([write(tmp_path, name, text)], default=False)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"id,name,kind\n\xff\xfe\n")
    with pytest.raises(GazetteerError, match="UTF-8"):
        gazetteer.open([path], default=False)


def test_levels_come_closest_first(compiled: gazetteer.Places) -> None:
    matches = compiled.named("Hreitin", country="XT")
    assert matches[0].entry.name == "Huretan"
    assert matches[0].level is NameLevel.FOLDED
    assert [m.score for m in matches] == sorted((m.score for m in matches), reverse=True)
