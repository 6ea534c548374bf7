"""The two real reports, where they are at hand: offsets and identifiers only, none of their words."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cenotaph import gazetteer, places
from cenotaph.model import Place, PlaceMention, PlaceResolution, Precision

SHARED = next(
    (p / "shared" for p in Path(__file__).resolve().parents if (p / "shared" / "reports").is_dir()),
    Path("shared"),
)
REPORTS = SHARED / "reports"
SYRIA = SHARED / "gazetteer" / "syria.csv"
OWN = os.environ.get("CENOTAPH_DATA")

pytestmark = pytest.mark.skipif(not REPORTS.is_dir(), reason="the reports are not at hand")

FIRST, SECOND = "001_163ca300e985a6f2.txt", "000_6aedafef10f2137f.txt"
# Report, offset of the name, GeoNames identifier of the place.
DEFAULT = [
    (FIRST, 1007, 168661), (FIRST, 1186, 168661), (FIRST, 1067, 167611), (FIRST, 1201, 167611),
    (FIRST, 1623, 172347), (SECOND, 1701, 171451), (SECOND, 1709, 164816), (SECOND, 1721, 169023),
    (SECOND, 2225, 169858), (SECOND, 2317, 174030), (SECOND, 2440, 174030),
]  # fmt: skip
WITH_TABLE = [*DEFAULT, (FIRST, 1481, 166656), (SECOND, 2128, 168368), (SECOND, 2237, 173223)]
UNKNOWN_AREA = (SECOND, 2758)
ALSO_IN_AREA = (FIRST, 1481)


@pytest.fixture(scope="module", params=[False, True], ids=["default", "with table"])
def known(request: pytest.FixtureRequest) -> Iterator[tuple[gazetteer.Places, bool]]:
    if request.param and not SYRIA.is_file():
        pytest.skip("the table is not at hand")
    with pytest.MonkeyPatch.context() as patch:
        if OWN is None:
            patch.delenv("CENOTAPH_DATA", raising=False)
        else:
            patch.setenv("CENOTAPH_DATA", OWN)
        opened = gazetteer.open([SYRIA] if request.param else [])
    yield opened, request.param
    opened.close()


def resolutions(
    where: gazetteer.Places, report: str, country: str | None
) -> dict[int, tuple[PlaceMention, PlaceResolution]]:
    """Every mention resolved in the company of the others, by the offset of its name."""
    text = (REPORTS / report).read_bytes().decode("utf-8")
    mentions = places.find(text, lang="en", gazetteer=where)

    def answer(mention: PlaceMention, nearby: list[Place]) -> PlaceResolution:
        return places.resolve(mention, gazetteer=where, country=country, admin1=None, nearby=nearby)

    alone = {m: answer(m, []).place for m in mentions}
    found = {}
    for mention in mentions:
        others = [p for m, p in alone.items() if m != mention and p is not None]
        found[mention.name.start] = (mention, answer(mention, others))
    return found


@pytest.mark.parametrize("country", ["SY", None])
def test_places_resolve_with_and_without_the_records_country(
    known: tuple[gazetteer.Places, bool], country: str | None
) -> None:
    where, table = known
    answers = {report: resolutions(where, report, country) for report in (FIRST, SECOND)}
    for report, at, geonames in WITH_TABLE if table else DEFAULT:
        place = answers[report][at][1].place
        assert place is not None, (report, at)
        assert place.geonames == geonames, (report, at, place)
        assert place.precision is Precision.SETTLEMENT
    report, at = UNKNOWN_AREA
    assert answers[report][at][1].place is None
    report, at = ALSO_IN_AREA
    place = answers[report][at][1].place
    assert place is not None and place.admin1 == "Idlib"
    if not table:
        assert place.precision is Precision.ADMIN1


def test_peoples_and_countries_are_no_towns(known: tuple[gazetteer.Places, bool]) -> None:
    for report in (FIRST, SECOND):
        for mention, resolution in resolutions(known[0], report, "SY").values():
            if mention.demonym:
                assert resolution.place is not None
                assert resolution.place.precision is Precision.COUNTRY
