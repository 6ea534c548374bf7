"""What a compiled file holds beside its keys tells as much as the entry's names themselves."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from cenotaph import gazetteer
from cenotaph.gazetteer.keys import (
    bones_hash,
    bones_score,
    is_written,
    keys_of,
    sound_hash,
)
from cenotaph.spelling import fold, romanised, skeleton

NAMES = st.text(
    st.sampled_from("abdehiklmnrstuwyABDKQSZé\u0101\u1e25'- \u0627\u0644\u0642\u0635\u0631\u0629\u0430\u043a\u043d\u6771"), min_size=2, max_size=14
)  # fmt: skip


@given(st.lists(NAMES, min_size=1, max_size=6))
def test_every_name_is_found_as_it_is_written(names: list[str]) -> None:
    keys, _ = keys_of(names)
    for name in names:
        if len(fold(name)) > 1:
            assert is_written(fold(name), keys[sound_hash(name)])


@given(st.lists(NAMES, min_size=1, max_size=6))
def test_a_name_is_most_like_the_entry_that_bears_it(names: list[str]) -> None:
    keys, _ = keys_of(names)
    for name in names:
        bones = skeleton(name)
        if len(fold(name)) < 2 or not bones:
            continue
        forms = keys[bones_hash(bones)]
        own = bones_score(fold(name), romanised(name), bones, forms)
        other = bones_score(fold(name), romanised(name), bones, "qqq")
        assert 0.5 < own <= 1.0
        assert own >= other


def test_afar_only_countries_and_large_cities_are_known(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        "id,name,kind,lat,lon,country,admin1,population,alternates\n"
        "1,Orvan,country,12.0,-39.0,XO,,,\n"
        "2,Bel Orvan,settlement,12.1,-39.1,XO,Sut,250000,Orvan\n"
        "3,Orvan,settlement,12.2,-39.2,XO,Sut,9000,\n"
        "4,Orvan,admin1,12.3,-39.3,XO,Orvan,,\n"
    )
    known = gazetteer.open([path], default=False)
    assert {m.entry.id for m in known.named("Orvan")} == {"t:1", "t:2", "t:3", "t:4"}
    assert {m.entry.id for m in known.afar("Orvan")} == {"t:1", "t:2"}
    assert known.afar("Sut") == ()


def test_an_own_table_with_precedence_gives_a_city_known_afar(tmp_path: Path) -> None:
    head = "id,name,kind,lat,lon,country,geonames,population\n"
    (tmp_path / "own.csv").write_text(head + "1,Bel Orvan,settlement,12.11,-39.1,XO,77,\n")
    (tmp_path / "big.csv").write_text(head + "2,Bel Orvan,settlement,12.1,-39.1,XO,77,250000\n")
    files = [tmp_path / "own.csv", tmp_path / "big.csv"]
    (match,) = gazetteer.open(files, default=False).afar("Bel Orvan")
    assert (match.entry.lat, match.entry.population) == (12.11, 250000)
