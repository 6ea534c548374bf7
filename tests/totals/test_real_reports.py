"""The two real reports, their claims written by hand as offsets; skipped where the texts are missing."""

import hashlib
from datetime import date
from pathlib import Path

import pytest
from claims_factory import claim, when

from cenotaph import copies, link, reconcile, totals
from cenotaph.model import (
    Document,
    DocumentId,
    Linking,
    Place,
    Precision,
    ResolvedClaim,
    TotalRow,
    Totals,
)

FOLDER = Path(__file__).parents[3] / "shared" / "reports"
FIRST, SECOND = "idlib-2016-12-05", "idlib-2016-12-25"
FILES = {
    FIRST: (
        "001_163ca300e985a6f2.txt",
        "706c5342e4ce17c0c7363ad50eb091ba829a94ec8e97ee22119bdeb36fec58e1",
    ),
    SECOND: (
        "000_6aedafef10f2137f.txt",
        "eed26134aeb6d6461128896034250d1098f4e7f6dd4a1445c83a31d1f898d899",
    ),
}
PUBLISHED = {
    DocumentId(FIRST): date(2016, 12, 5),
    DocumentId(SECOND): date(2016, 12, 25),
}
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the reports are not here")

IDLIB = Place(quote=None, name="Idlib", country="SY", admin1="Idlib", precision=Precision.ADMIN1)
ALEPPO = Place(
    quote=None, name="Aleppo", lat=36.20, lon=37.16, entry="geonames:170063", country="SY",
    admin1="Aleppo", precision=Precision.SETTLEMENT, namesake_of_area=True,
)  # fmt: skip
DAY = when("2016-12-04")
SOHR = "Syrian Observatory for Human Rights"
BOTH = ("Russia", "Syria")


def town(name: str, lat: float, lon: float, admin1: str = "Idlib") -> Place:
    return Place(
        quote=None, name=name, lat=lat, lon=lon, entry=f"test:{name}", country="SY",
        admin1=admin1, precision=Precision.SETTLEMENT,
    )  # fmt: skip


KAFR_NABL = town("Kafr Nabl", 35.61, 36.56)
MAARAT = town("Maarat al-Numan", 35.64, 36.67)
TAMANAH = town("al-Tamanah", 35.46, 36.73)
ATAREB = town("Atareb", 36.14, 36.83, "Aleppo")
# A village that no gazetteer here has; the text says which province it is in.
NAQIR = Place(quote=None, admin1="Idlib", country="SY")


def documents() -> list[Document]:
    found = []
    for name, (file, digest) in FILES.items():
        content = (FOLDER / file).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest
        found.append(
            Document(
                id=DocumentId(name),
                text=content.decode(),
                published=PUBLISHED[DocumentId(name)],
                lang="en",
            )
        )
    return found


def claims() -> list[ResolvedClaim]:
    texts = {each.id: each.text for each in documents()}

    def at(document: str, start: int, end: int, sentence: tuple[int, int], low: int, **slots):
        return claim(
            document, start, low, length=end - start, sentence=sentence[0],
            sentence_end=sentence[1], text=texts[DocumentId(document)], **slots,
        )  # fmt: skip

    day = {"day": DAY, "by": "Russia", "said_by": SOHR}
    whole = at(
        FIRST, 612, 630, (612, 781), 73, modality="at_least", sited=(IDLIB,), scope="subtotal",
        **day,
    )  # fmt: skip
    lede = at(
        FIRST, 549, 570, (497, 610), 73, modality="at_least", sited=(IDLIB,), by="Syria",
        status="civilian", event=None,
    )  # fmt: skip
    first = at(FIRST, 934, 952, (934, 1083), 26, modality="at_least", sited=(KAFR_NABL,), **day)
    three = at(
        FIRST, 964, 978, (934, 1083), 3, age="child", part_of=first, sited=(KAFR_NABL,), **day
    )
    second = at(FIRST, 1022, 1039, (934, 1083), 38, sited=(MAARAT,), additional=True, **day)
    two = at(
        FIRST, 1399, 1420, (1373, 1505), 2, sited=(MAARAT, NAQIR), scope="subtotal",
        additional=True, said_by=SOHR, event=None,
    )  # fmt: skip
    one = at(FIRST, 1422, 1425, (1373, 1505), 1, sited=(MAARAT,), said_by=SOHR)
    other = at(FIRST, 1470, 1477, (1373, 1505), 1, sited=(NAQIR,), said_by=SOHR, event=None)
    six = at(
        FIRST, 1519, 1532, (1507, 1656), 6, status="civilian", sited=(TAMANAH,), by="Syria",
        said_by=SOHR, event="air_strike",
    )  # fmt: skip
    five = at(
        FIRST, 1534, 1546, (1507, 1656), 5, age="child", part_of=six, sited=(TAMANAH,),
        by="Syria", said_by=SOHR,
    )  # fmt: skip
    child = at(
        SECOND, 147, 160, (137, 215), 1, age="child", by="Russia",
        day=when("2016-12-01", "2016-12-10"),
    )  # fmt: skip
    city = at(
        SECOND, 749, 773, (749, 1016), 1501, modality="more_than", status="civilian",
        sited=(ALEPPO,), day=when("2016-09-01", anchor="the ceasefire"), scope="cumulative",
        event=None,
    )  # fmt: skip
    atareb = {"sited": (ATAREB,), "day": "2016-12-24", "said_by": SOHR}
    eight = at(
        SECOND, 2352, 2374, (2339, 2517), 6, modality="at_least", status="civilian", **atareb
    )
    children = at(
        SECOND, 2620, 2641, (2519, 2662), 2, modality="at_least", age="child", part_of=eight,
        **atareb,
    )  # fmt: skip
    series = []
    for document, shift, end in ((FIRST, 0, "2016-12-05"), (SECOND, 287, "2016-12-25")):
        shared = {
            "sited": (IDLIB,), "day": when("2016-10-22", end), "by": BOTH, "said_by": SOHR,
            "scope": "cumulative",
        }  # fmt: skip
        sentence = (3366 + shift, 3667 + shift)
        total = at(document, 3395 + shift, 3408 + shift, sentence, 288, status="civilian", **shared)
        for start, stop, low, group in (
            (3419, 3430, 93, {"age": "child"}),
            (3435, 3443, 55, {"sex": "female"}),
        ):
            series.append(
                at(
                    document,
                    start + shift,
                    stop + shift,
                    sentence,
                    low,
                    part_of=total,
                    **shared,
                    **group,
                )
            )
        injured = at(
            document, 3556 + shift, 3567 + shift, sentence, 1000, measure="injured", **shared
        )
        series += [total, injured]
    return [
        lede, whole, first, three, second, two, one, other, six, five,
        child, city, eight, children, *series,
    ]  # fmt: skip


def linked(known: list[ResolvedClaim]) -> Linking:
    return link.link(known, copies=copies.find(documents()), published=PUBLISHED)


def add(known: list[ResolvedClaim]) -> Totals:
    rules = reconcile.ruleset("default")
    linking = linked(known)
    incidents = reconcile.reconcile(known, linking, ruleset=rules)
    return totals.total(known, linking, incidents, by=("admin1",), ruleset=rules)


def bounds(row: TotalRow) -> tuple[int | None, int | None]:
    return row.figure.low, row.figure.high


def test_the_totals_of_the_two_reports() -> None:
    sums = add(claims())
    assert bounds(sums.whole) == (1795, 1876)
    assert sums.whole.high_with_aside == 1877
    assert sums.whole.naive == 2304
    assert sums.whole.civilians and not sums.whole.bounded
    assert sums.whole.others[0].low == 1789
    rows = {dict(row.key)["admin1"]: row for row in sums.rows}
    assert bounds(rows["Idlib"]) == (288, 288 + 73 + 2 + 6)
    assert bounds(rows["Aleppo"]) == (1507, 1507)
    assert rows["Aleppo"].round_without_source == 1501


def test_what_the_day_s_sum_contains() -> None:
    known = claims()
    checks = {each.claim: each for each in reconcile.checks(known, linked(known))}
    whole = next(each for each in known if each.claim.scope == "subtotal")
    assert whole.claim.count.low == 73
    readings = checks[whole.id].readings
    assert [(reading.sum, reading.left) for reading in readings] == [(64, 9), (66, 7), (72, 1)]


def test_what_does_not_add_up() -> None:
    known = claims()
    linking = linked(known)
    checks = reconcile.checks(known, linking)
    incidents = reconcile.reconcile(known, linking, ruleset=reconcile.ruleset("default"))
    found = reconcile.findings(known, linking, incidents=incidents, checks=checks)
    codes = [each.code for each in found]
    assert sorted(codes) == [
        "parts-do-not-sum",
        "perpetrator-contradiction",
        "status-contradiction",
        "total-repeated-unchanged",
    ]
    texts = {each.id: each.text for each in documents()}
    for each in found:
        assert each.quotes
        assert all(quote.is_in(texts[document]) for document, quote in each.quotes)
    sums = next(each for each in found if each.code == "parts-do-not-sum")
    assert all(number in sums.message for number in ("64", "66", "72"))


def test_the_copied_paragraph_is_linked_to_where_it_stood_first() -> None:
    known = {each.id: each for each in claims()}
    again = [each for each in linked(list(known.values())).links if each.by == "copied-passage"]
    assert len(again) == 4
    assert all(known[each.claim].claim.document == SECOND for each in again)
    assert all(known[each.to].claim.document == FIRST for each in again)


def test_adding_one_report_twice_or_in_another_order_changes_nothing() -> None:
    known = claims()
    assert add(known[::-1]) == add(known + known) == add(known)
