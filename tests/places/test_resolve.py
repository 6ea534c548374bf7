from pathlib import Path

import pytest

from cenotaph import gazetteer, places
from cenotaph.model import Near, Place, PlaceMention, PlaceResolution, Precision, Quote


def ask(
    compiled: gazetteer.Places, text: str, admin1: str | None = None, country: str | None = "XT"
) -> PlaceResolution:
    return places.resolve_text(text, gazetteer=compiled, country=country, admin1=admin1)


def met(resolution: PlaceResolution) -> tuple[str | None, str | None, str | None]:
    place = resolution.place
    return (place.entry, place.admin1, place.precision.value) if place else (None, None, None)


@pytest.mark.parametrize(
    ("text", "entry", "precision"),
    [
        ("Kafr Sel", "XT-0021", "settlement"),
        ("kafar sal", "XT-0021", "settlement"),
        ("كفر سل", "XT-0021", "settlement"),
        ("Ma`arrat al-Ilun", "XT-0022", "settlement"),
        ("Jisr el-Wadd", "XT-0025", "settlement"),
        ("Sarbek, Orun", "XT-0023", "settlement"),
        ("Sarbek (Marsh)", "XT-0074", "settlement"),
        ("the vicinity of the hospital in Sarbek", "XT-0023", "settlement"),
        ("Velm's Bab Nairu neighbourhood", "XT-0043", "neighbourhood"),
        ("10 km west of Binora", "XT-0024", "near"),
        ("Velm's Nowhere Hill neighbourhood", "XT-0040", "settlement"),
        ("بين كفر سل وسربك", "XT-0021", "near"),
        ("ريف أورون الشمالي", "XT-0002", "admin1"),
        ("Huretan (حريتان الفلمية)", "XT-0046", "settlement"),
        ("Wadi Sabr refugee camp", "XT-0064", "settlement"),
        ("several locations in Khan Setra", "XT-0028", "settlement"),
        ("al-Nuqra village, Dorsa", "XT-0061", "settlement"),
        ("al-Nuqra village, Orun province", "XT-0027", "settlement"),
        ("Orun province", "XT-0002", "admin1"),
        ("province of Orun", "XT-0002", "admin1"),
        ("Orun city", "XT-0020", "settlement"),
        ("Almara countryside", "XT-0007", "admin1"),
        ("eastern Velm", "XT-0041", "area"),
        ("Tessaria", "XT-0001", "country"),
    ],
)
def test_strings_of_a_table(
    compiled: gazetteer.Places, text: str, entry: str, precision: str
) -> None:
    found, _, how = met(ask(compiled, text))
    assert (found, how) == (f"gazetteer:{entry}", precision)


def test_a_city_abroad_is_known_by_a_name_of_its_own_alone(tmp_path: Path) -> None:
    """An unknown village is not the city of another country that some language calls so."""
    (tmp_path / "abroad.csv").write_text(
        "id,name,kind,lat,lon,country,admin1,population,alternates\n"
        "1,Ostrava Dor,settlement,2.0,2.0,XQ,Dor,400000,Kelen|Ustrava Dur\n"
        "2,Great Samm,settlement,3.0,3.0,XQ,Samm,4000000,Belem Sa\n"
    )
    abroad = gazetteer.open([tmp_path / "abroad.csv"], default=False)
    found = {name: met(ask(abroad, name))[0] for name in ("Kelen", "Ustrava Dur", "Belem Sa")}
    assert found == {
        "Kelen": None, "Ustrava Dur": "abroad:1", "Belem Sa": "abroad:2"
    }  # fmt: skip
    assert met(ask(abroad, "Kelen", country="XQ"))[0] == "abroad:1"
    abroad.close()


def test_a_village_spelt_otherwise_is_none_of_the_whole_worlds(tmp_path: Path) -> None:
    """Where nothing tells of a country, only the name itself says where a village is."""
    (tmp_path / "abroad.csv").write_text(
        "id,name,kind,lat,lon,country,admin1,population,alternates\n"
        "1,Goden,settlement,2.0,2.0,XQ,Dor,40000,\n"
        "2,Samden,settlement,3.0,3.0,XQ,Samm,400000,\n"
    )
    abroad = gazetteer.open([tmp_path / "abroad.csv"], default=False)
    assert met(ask(abroad, "Ghodin", country="XQ"))[0] == "abroad:1"
    found = {
        name: met(ask(abroad, name, country=None))[0] for name in ("Goden", "Ghodin", "Samdin")
    }
    assert found == {"Goden": "abroad:1", "Ghodin": None, "Samdin": "abroad:2"}
    abroad.close()


@pytest.mark.parametrize("country", ["XT", None])
def test_what_sounds_like_a_country_is_some_other_place(
    tmp_path: Path, country: str | None
) -> None:
    (tmp_path / "world.csv").write_text(
        "id,name,kind,lat,lon,country,admin1,population,alternates\n"
        "1,Veli,country,2.0,2.0,XQ,,,Velija\n"
    )
    world = gazetteer.open([tmp_path / "world.csv"], default=False)
    asked = ("Veli", "Velija", "al-Velih", "Veleh")
    found = {name: met(ask(world, name, country=country))[0] for name in asked}
    assert found == {"Veli": "world:1", "Velija": "world:1", "al-Velih": None, "Veleh": None}
    world.close()


def test_a_city_that_shares_its_areas_name_says_so(compiled: gazetteer.Places) -> None:
    city, sel = ask(compiled, "Velm").place, ask(compiled, "Kafr Sel").place
    assert city is not None and sel is not None
    assert city.precision is Precision.SETTLEMENT and city.namesake_of_area
    assert not sel.namesake_of_area


@pytest.mark.parametrize("text", ["Tarq Selim, Velm", "Tarq Selim village, Velm governorate"])
def test_an_unknown_village_is_never_the_capital(compiled: gazetteer.Places, text: str) -> None:
    place = ask(compiled, text).place
    assert place is not None
    assert (place.precision, place.name, place.entry) == (
        Precision.ADMIN1, "Velm", "gazetteer:XT-0003",
    )  # fmt: skip


def test_the_tables_governorate_serves_as_well(compiled: gazetteer.Places) -> None:
    place = ask(compiled, "Tarq Selim", admin1="Velm").place
    assert place is not None and place.precision is Precision.ADMIN1
    assert ask(compiled, "Tarq Selim").place is None


def test_a_quarter_lies_in_the_city(compiled: gazetteer.Places) -> None:
    place = ask(compiled, "Zahr al-Mur neighbourhood, Velm").place
    assert place is not None
    assert (place.entry, place.precision) == ("gazetteer:XT-0040", Precision.SETTLEMENT)


def test_namesakes_are_settled_by_the_area(compiled: gazetteer.Places) -> None:
    assert met(ask(compiled, "al-Nuqra", admin1="Orun"))[0] == "gazetteer:XT-0027"
    assert met(ask(compiled, "al-Nuqra", admin1="Dorsa governorate"))[0] == "gazetteer:XT-0061"
    assert met(ask(compiled, "al-Nuqra", admin1="محافظة درسا"))[0] == "gazetteer:XT-0061"
    assert met(ask(compiled, "al-Nuqra", admin1="no such area"))[0] is not None


def test_a_place_of_another_governorate_is_no_answer(compiled: gazetteer.Places) -> None:
    place = ask(compiled, "Binora", admin1="Marsh").place
    assert place is not None
    assert (place.precision, place.admin1) == (Precision.ADMIN1, "Marsh")


def test_every_answer_gives_its_reasons_and_what_else_it_could_be(
    compiled: gazetteer.Places,
) -> None:
    resolution = ask(compiled, "al-Nuqra")
    assert len(resolution.candidates) >= 2
    assert all(candidate.reasons for candidate in resolution.candidates)
    scores = [candidate.score for candidate in resolution.candidates]
    assert scores == sorted(scores, reverse=True)
    assert resolution.place is not None and resolution.place.confidence is not None
    certain = ask(compiled, "al-Nuqra", admin1="Orun").place
    assert certain is not None and certain.confidence is not None
    assert certain.confidence > resolution.place.confidence


@pytest.mark.parametrize("text", ["", "   ", "()", "the", "unknown location", "?!", "a" * 5000])
def test_nothing_to_go_by(compiled: gazetteer.Places, text: str) -> None:
    assert ask(compiled, text).place is None


def mention(text: str, name: str, **more: object) -> PlaceMention:
    at = text.index(name)
    quote = Quote.of(text, at, at + len(name))
    return PlaceMention(quote=quote, name=quote, known=True, **more)  # type: ignore[arg-type]


def test_places_named_nearby_pull(compiled: gazetteer.Places) -> None:
    text = "al-Nuqra"
    beside = {name: ask(compiled, name).place for name in ("Tel Arun", "Dorsa", "Maarat Ilun")}

    def answer(*names: str) -> str | None:
        nearby = [place for name in names if (place := beside[name]) is not None]
        resolution = places.resolve(
            mention(text, text), gazetteer=compiled, country=None, admin1=None, nearby=nearby
        )
        return resolution.place.entry if resolution.place else None

    assert answer("Tel Arun", "Dorsa") == "gazetteer:XT-0061"
    assert answer("Maarat Ilun") == "gazetteer:XT-0027"


def test_the_words_own_area_outweighs_all(compiled: gazetteer.Places) -> None:
    text = "al-Nuqra, also in Orun"
    at = text.index("Orun")
    within = (Quote.of(text, at, at + 4),)
    dorsa = ask(compiled, "Dorsa").place
    assert dorsa is not None
    resolution = places.resolve(
        mention(text, "al-Nuqra", within=within),
        gazetteer=compiled, country="XT", admin1=None, nearby=[dorsa],
    )  # fmt: skip
    assert met(resolution)[0] == "gazetteer:XT-0027"


def test_a_people_is_a_country(compiled: gazetteer.Places) -> None:
    resolution = places.resolve(
        mention("Tessarian", "Tessarian", demonym=True, kind="country"),
        gazetteer=compiled, country=None, admin1=None, nearby=(),
    )  # fmt: skip
    assert met(resolution) == ("gazetteer:XT-0001", None, "country")


def test_the_country_of_the_record_comes_first(compiled: gazetteer.Places) -> None:
    resolution = places.resolve(
        mention("Uskel", "Uskel"), gazetteer=compiled, country="XD", admin1=None, nearby=()
    )
    assert met(resolution)[0] == "gazetteer:XD-0003"
    elsewhere = places.resolve(
        mention("Uskel", "Uskel"), gazetteer=compiled, country="XT", admin1=None, nearby=()
    )
    assert elsewhere.place is None  # a small town abroad is no place of this country


def place(name: str, compiled: gazetteer.Places) -> Place:
    found = ask(compiled, name).place
    assert found is not None
    return found


def test_the_smallest_area_that_holds_all(compiled: gazetteer.Places) -> None:
    sel, maarat, sarbek = (place(n, compiled) for n in ("Kafr Sel", "Maarat Ilun", "Sarbek"))
    velm, orun = place("Velm city", compiled), place("Orun province", compiled)
    assert places.smallest_area([sel, sel]) == sel
    both = places.smallest_area([sel, maarat])
    assert both is not None
    assert (both.precision, both.name, both.lat, both.quote) == (
        Precision.ADMIN2, "Maarat District", None, None,
    )  # fmt: skip
    three = places.smallest_area([sel, maarat, sarbek])
    assert three is not None and (three.precision, three.name) == (Precision.ADMIN1, "Orun")
    assert places.smallest_area([sel, orun]) == orun
    far = places.smallest_area([sel, velm])
    assert far is not None and (far.precision, far.country) == (Precision.COUNTRY, "XT")
    assert places.smallest_area([]) is None
    assert places.smallest_area([sel, Place(quote=None)]) is None
    assert places.smallest_area([sel, place("Kordania", compiled)]) is None


def test_near_is_less_than_there(compiled: gazetteer.Places) -> None:
    text = "near Sarbek"
    resolution = places.resolve(
        mention(text, "Sarbek", near=Near.NEAR),
        gazetteer=compiled, country="XT", admin1=None, nearby=(),
    )  # fmt: skip
    assert resolution.place is not None and resolution.place.precision is Precision.NEAR


@pytest.mark.parametrize(
    ("text", "entry", "precision"),
    [
        ("the countryside of Orun", "XT-0002", "admin1"),
        ("ريف أورون", "XT-0002", "admin1"),
        ("the countryside of Sarbek", "XT-0023", "area"),
    ],
)
def test_the_land_about_a_town_is_an_area_with_its_own_governorate_given_too(
    compiled: gazetteer.Places, text: str, entry: str, precision: str
) -> None:
    answer = places.resolve_text(text, gazetteer=compiled, country="XT", admin1="Orun")
    found, _, how = met(answer)
    assert (found, how) == (f"gazetteer:{entry}", precision)


def test_among_namesakes_of_several_countries_none_is_chosen_without_one(tmp_path: Path) -> None:
    (tmp_path / "twins.csv").write_text(
        "id,name,kind,lat,lon,country,admin1,population,alternates\n"
        "1,Karsa,settlement,2.0,2.0,XQ,Dor,400000,\n"
        "2,Karsa,settlement,9.0,9.0,XR,Bel,150000,\n"
        "3,Munra,settlement,4.0,4.0,XQ,Dor,400000,\n"
        "4,Munra,settlement,8.0,8.0,XR,Bel,3000,\n",
        encoding="utf-8",
    )
    known = gazetteer.open([tmp_path / "twins.csv"], default=False)
    torn = places.resolve_text("Karsa", gazetteer=known)
    assert torn.place is None and len(torn.candidates) == 2
    large = places.resolve_text("Munra", gazetteer=known).place
    assert large is not None and large.country == "XQ"
    told = places.resolve_text("Karsa", gazetteer=known, country="XR").place
    assert told is not None and told.country == "XR"


def test_a_place_that_is_not_known_lies_by_the_largest_city_of_the_name_given(
    tmp_path: Path,
) -> None:
    (tmp_path / "cities.csv").write_text(
        "id,name,kind,lat,lon,country,admin1,population,alternates\n"
        "1,Karsa,admin1,2.0,2.0,XQ,Karsa,,\n"
        "2,Karsa,settlement,9.0,9.0,XR,Bel,150000,\n"
        "3,Bel,admin1,9.1,9.1,XR,Bel,,\n",
        encoding="utf-8",
    )
    known = gazetteer.open([tmp_path / "cities.csv"], default=False)
    text = "the Kiln area of Karsa"
    (found,) = places.find(text, lang="en", gazetteer=known)
    answer = places.resolve(found, gazetteer=known, country=None, admin1=None, nearby=()).place
    assert answer is not None and answer.country == "XR"


def test_another_spelling_of_a_far_village_does_not_say_where_a_text_lies(tmp_path: Path) -> None:
    (tmp_path / "far.csv").write_text(
        "id,name,kind,lat,lon,country,admin1,population,alternates\n"
        "1,Velmar,settlement,12.0,12.0,XQ,Velmar,900000,\n"
        "2,Velmar,settlement,40.0,-80.0,XR,Bel,1200,\n"
        "3,Q\u00fbbar,settlement,52.0,11.0,XS,Saal,690,\n",
        encoding="utf-8",
    )
    known = gazetteer.open([tmp_path / "far.csv"], default=False)
    text = "Two people were killed in Velmar. Shells fell on the Koubar district of Velmar."
    mentions = places.find(text, lang="en", gazetteer=known)
    assert [m.name.text for m in mentions] == ["Velmar", "Koubar"]
    assert [q.text for q in mentions[1].within] == ["Velmar"]


def test_a_far_town_is_no_quarter_of_the_one_named_nearby(compiled: gazetteer.Places) -> None:
    def answer(text: str) -> str | None:
        city, quarter = places.find(text, lang="en", gazetteer=compiled)
        near = places.resolve(city, gazetteer=compiled, country="XT", admin1=None, nearby=()).place
        assert near is not None
        found = places.resolve(
            quarter, gazetteer=compiled, country="XT", admin1=None, nearby=[near]
        ).place
        return found and found.name

    assert answer("Shells fell on Velm. The Huretan neighbourhood burned.") == "Huretan"
    assert answer("Shells fell on Velm. The Hazzan neighbourhood burned.") is None


def test_a_far_village_spelt_alike_is_not_meant_beside_places_of_one_country(
    tmp_path: Path,
) -> None:
    (tmp_path / "far.csv").write_text(
        "id,name,kind,lat,lon,country,admin1,population,alternates\n"
        "1,Velmar,settlement,12.0,12.0,XQ,Velmar,900000,\n"
        "2,Sh\u0101bla,settlement,43.5,28.5,XS,Saal,3900,\n"
        "3,Great Port,settlement,24.9,118.6,XS,Saal,820000,Zeyton\n"
        "4,Orvil,settlement,14.0,14.0,XT,Orvil,700000,\n",
        encoding="utf-8",
    )
    known = gazetteer.open([tmp_path / "far.csv"], default=False)

    def answer(text: str) -> Place | None:
        *others, last = places.find(text, lang="en", gazetteer=known)
        near = [
            places.resolve(each, gazetteer=known, country=None, admin1=None, nearby=()).place
            for each in others
        ]
        assert None not in near
        return places.resolve(
            last, gazetteer=known, country=None, admin1=None,
            nearby=[place for place in near if place is not None],
        ).place  # fmt: skip

    assert answer("Shells fell in Velmar and in Orvil. The al-Shabla camp burned.") is None
    assert answer("Shells fell in Velmar. The Zeyton neighbourhood burned.") is None


def test_a_province_is_no_town_of_its_name_in_some_country(tmp_path: Path) -> None:
    (tmp_path / "towns.csv").write_text(
        "id,name,kind,lat,lon,country,admin1,population,alternates\n"
        "1,Karsa,settlement,2.0,2.0,XQ,Dor,90000,\n",
        encoding="utf-8",
    )
    known = gazetteer.open([tmp_path / "towns.csv"], default=False)
    assert places.resolve_text("Karsa province", gazetteer=known).place is None
    assert places.resolve_text("Karsa", gazetteer=known).place is not None
    told = places.resolve_text("Karsa province", gazetteer=known, country="XQ").place
    assert told is not None and told.precision is Precision.AREA


def test_a_quarter_of_a_city_is_no_far_village_of_its_governorate_and_no_city_abroad(
    tmp_path: Path,
) -> None:
    (tmp_path / "towns.csv").write_text(
        "id,name,kind,lat,lon,country,admin1,population,alternates\n"
        "1,Dor,admin1,2.0,2.0,XQ,Dor,300000,\n"
        "2,Dor,settlement,2.0,2.0,XQ,Dor,90000,\n"
        "3,Al Kasrah,settlement,2.4,2.4,XQ,Dor,,\n"
        "4,Tel Rimah,settlement,2.05,2.05,XQ,Dor,,\n"
        "5,Bolsar,settlement,9.0,9.0,XR,Far,1500000,al-Qosaur\n",
        encoding="utf-8",
    )
    known = gazetteer.open([tmp_path / "towns.csv"], default=False)

    def place(text: str) -> Place:
        mention = places.find(text, lang="en", gazetteer=known)[-1]
        return places.meant(mention, gazetteer=known, country="XQ")

    assert place("Shells hit the Tel Rimah quarter of Dor.").name == "Tel Rimah"
    far = place("Shells hit the Kusour quarter of Dor.")
    assert (far.name, far.precision) == ("Dor", Precision.SETTLEMENT)
    assert place("Shells hit the village of Kusour in Dor province.").name == "Al Kasrah"
    assert place("Shells hit the al-Qosaur quarter.").name != "Bolsar"
    assert place("They met in al-Qosaur.").name == "Bolsar"


def test_what_a_mention_means_alone_is_kept_with_its_gazetteer(
    compiled: gazetteer.Places, tmp_path: Path
) -> None:
    """The same words mean the same in the next text, and what another table has of them there."""
    text = "Six were killed in Sarbek. "
    (tmp_path / "other.csv").write_text(
        "id,name,kind,lat,lon,country,admin1\n9,Sarbek,settlement,1.0,1.0,XT,Far\n"
    )
    other = gazetteer.open([tmp_path / "other.csv"], default=False)
    found = []
    for known in (compiled, other, compiled):
        for said in (text, 2 * text):
            mention = places.find(said, lang="en", gazetteer=known)[-1]
            found.append(places.meant(mention, gazetteer=known, country="XT"))
            full = places.resolve(mention, gazetteer=known, country="XT", admin1=None, nearby=())
            assert full.place is not None and full.place.entry == found[-1].entry
    assert [place.entry for place in found] == [
        *["gazetteer:XT-0023"] * 2, *["other:9"] * 2, *["gazetteer:XT-0023"] * 2,
    ]  # fmt: skip
