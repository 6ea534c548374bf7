import threading
from pathlib import Path

import pytest

from cenotaph import gazetteer
from cenotaph.gazetteer.areas import areas, usual_name
from cenotaph.model import Gazetteer, NameLevel, PlaceKind

HEAD = "id,name,kind,lat,lon,country,admin1,admin2,population,alternates\n"


def table(folder: Path, name: str, *rows: str) -> Path:
    path = folder / name
    path.write_text(HEAD + "".join(row + "\n" for row in rows), encoding="utf-8")
    return path


def test_it_is_what_a_step_may_ask(compiled: gazetteer.Places) -> None:
    asked: Gazetteer = compiled
    assert asked.knows("kafr SEL")
    assert not asked.knows("Kafr Zzyx")
    assert asked.country("XT") is not None
    assert asked.country("QQ") is None
    assert {a.name for a in asked.areas("XT")} >= {"Orun", "Velm", "Dorsa"}
    (source,) = asked.sources
    assert source.name == "gazetteer.csv"
    assert len(source.sha256) == 64
    assert source.entries > 50


def test_a_country_narrows_what_a_name_may_mean(compiled: gazetteer.Places) -> None:
    assert {m.entry.country for m in compiled.named("Kelvar")} == {"XD"}
    assert compiled.named("Kelvar", country="XT") == ()


def test_skeletons_and_likeness_stay_inside_a_country(compiled: gazetteer.Places) -> None:
    assert compiled.named("Sarbouk") == ()
    match = compiled.named("Sarbouk", country="XT")[0]
    assert (match.entry.name, match.level) == ("Sarbek", NameLevel.SKELETON)
    assert compiled.similar("Jisr al Wadd", country="XT")[0].entry.name == "Jisr al-Wad"
    assert compiled.similar("Jisr al Wadd", country="XD") == ()


def test_likeness_is_not_a_shared_first_word(compiled: gazetteer.Places) -> None:
    assert "Khan Setra" not in {m.entry.name for m in compiled.similar("Khan Senda", country="XT")}
    assert compiled.similar("Qubatin", country="XT") == ()


def test_the_first_file_wins_and_the_others_fill_in(tmp_path: Path) -> None:
    rows = "id,name,kind,lat,lon,country,geonames,population\n"
    (tmp_path / "own.csv").write_text(rows + "1,Sarbeq,settlement,12.51,-39.01,XT,88,\n")
    (tmp_path / "big.csv").write_text(rows + "2,Sarbek,settlement,12.5,-39.0,XT,88,34000\n")
    files = [tmp_path / "own.csv", tmp_path / "big.csv"]
    (match,) = gazetteer.open(files, default=False).named("Sarbeq", country="XT")
    assert (match.entry.name, match.entry.lat, match.entry.population) == ("Sarbeq", 12.51, 34000)
    (match,) = gazetteer.open(files[::-1], default=False).named("Sarbek", country="XT")
    assert (match.entry.name, match.entry.lat) == ("Sarbek", 12.5)


def test_compiled_once_and_again_only_when_the_file_changes(tmp_path: Path) -> None:
    path = table(tmp_path, "t.csv", "1,Sarbek,settlement,12.5,-39,XT,Orun,,,")
    first = gazetteer.compile(path)
    stamp = first.stat().st_mtime_ns
    assert gazetteer.compile(path) == first
    assert first.stat().st_mtime_ns == stamp
    table(tmp_path, "t.csv", "1,Sarbek,settlement,12.6,-39,XT,Orun,,,")
    assert gazetteer.compile(path) != first
    assert not list(gazetteer.data_folder().glob("*.part"))


def test_two_at_once_do_no_harm(tmp_path: Path) -> None:
    path = table(
        tmp_path, "t.csv", *(f"{n},Place {n},settlement,12.5,-39,XT,Orun,,," for n in range(300))
    )
    failures: list[BaseException] = []

    def work() -> None:
        try:
            assert gazetteer.open([path], default=False).knows("Place 7")
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_a_failed_compilation_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table(tmp_path, "t.csv", "1,Sarbek,settlement,12.5,-39,XT,Orun,,,")

    def broken(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("cenotaph.gazetteer.compiler._fill", broken)
    with pytest.raises(KeyboardInterrupt):
        gazetteer.compile(path)
    assert list(gazetteer.data_folder().iterdir()) == []


def test_areas_of_the_world_are_shipped() -> None:
    kinds = {area.kind for area in areas()}
    assert kinds == {"country", "admin1"}
    codes = [area.code for area in areas()]
    assert len(codes) == len(set(codes))
    assert all(-90 <= area.lat <= 90 and -180 <= area.lon <= 180 for area in areas())


@pytest.mark.parametrize(
    ("country", "name", "usual"),
    [
        ("SY", "Ḩalab", "Aleppo"), ("SY", "محافظة حلب", "Aleppo"), ("SY", "Dar`a", "Daraa"),
        ("UA", "Донецька область", "Donetsk"), ("SY", "No Such Area", "No Such Area"), ("XT", "Orun", "Orun"),
        (None, "Orun", "Orun"), ("SY", None, None),
    ],
)  # fmt: skip
def test_areas_have_one_usual_name(
    country: str | None, name: str | None, usual: str | None
) -> None:
    assert usual_name(country, name) == usual


def test_search_finds_beginnings_too(compiled: gazetteer.Places) -> None:
    names = [m.entry.name for m in compiled.search("Khan", country="XT")]
    assert {"Khan Setra", "Khan Ruzel"} <= set(names)
    assert compiled.search("%") == []


def test_an_entry_by_its_identifier(compiled: gazetteer.Places) -> None:
    entry = compiled.entry("gazetteer:XT-0023")
    assert entry is not None
    assert (entry.name, entry.kind) == ("Sarbek", PlaceKind.SETTLEMENT)
    assert compiled.entry("gazetteer:none") is None
