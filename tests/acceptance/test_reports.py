"""What two real reports must give, where they are at hand: offsets and hashes, none of their words."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from whole import Books, books, documents, inside, read

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Extraction, Setting, Sources

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
MANIFEST = SHARED / "reports" / "manifest.jsonl"
pytestmark = pytest.mark.skipif(not MANIFEST.is_file(), reason="the reports are not at hand")

EARLY, LATE = "idlib-2016-12-05", "idlib-2016-12-25"
TEXTS = {
    EARLY: "706c5342e4ce17c0c7363ad50eb091ba829a94ec8e97ee22119bdeb36fec58e1",
    LATE: "eed26134aeb6d6461128896034250d1098f4e7f6dd4a1445c83a31d1f898d899",
}
SOHR = "Syrian Observatory for Human Rights"
SYRIA = [("Syria", None, "alleged")]
REGIME = [("government", None, "alleged")]
JETS = [("Russia", "suspected", "alleged")]
DAY = {"start": "2016-12-04", "end": "2016-12-04", "basis": "statement"}
NO_DAY = {"start": None, "end": None, "basis": "none"}
SATURDAY = {"start": "2016-12-24", "end": "2016-12-24", "basis": "stated"}
WINTER = {"start": "2016-09-01", "end": None, "anchored": True}


def period(end: str) -> dict[str, Any]:
    return {"start": "2016-10-22", "end": end, "basis": "stated", "precision": "range"}


@dataclass(frozen=True)
class Wanted:
    """One claim: where its counting words stand, their hash, and what it must say."""

    key: str
    report: str
    start: int
    end: int
    sha256: str
    slots: dict[str, Any]


def wanted(
    key: str, report: str, start: int, end: int, sha256: str, measure: str,
    low: int | None, high: int | None, modality: str, **slots: Any,
) -> Wanted:  # fmt: skip
    figures = {"measure": measure, "low": low, "high": high, "modality": modality}
    return Wanted(key, report, start, end, sha256, {**figures, **slots})


def series(report: str, shift: int, end: str) -> list[Wanted]:
    """The paragraph that stands in both reports."""
    both = {
        "scope": "cumulative", "when": period(end), "who": {SOHR}, "name": "Idlib",
        "precision": "admin1", "relation": "joint",
        "by": [("Russia", None, "alleged"), ("Syria", None, "alleged")],
    }  # fmt: skip
    part = {**both, "part_of": (3395 + shift, 3408 + shift)}
    return [
        wanted(
            f"288-{report}", report, 3395 + shift, 3408 + shift, "bb032abc87a2a2fd",
            "killed", 288, 288, "exact", status="civilian", **both,
        ),
        wanted(
            f"93-{report}", report, 3419 + shift, 3430 + shift, "79baf6e89a4952e7",
            "killed", 93, 93, "exact", age="child", **part,
        ),
        wanted(
            f"55-{report}", report, 3435 + shift, 3443 + shift, "732567927855a78e",
            "killed", 55, 55, "exact", sex="female", age="adult", **part,
        ),
        wanted(
            f"1000-{report}", report, 3556 + shift, 3567 + shift, "1a8d1a58b47006d2",
            "injured", 1000, 1000, "exact", **both,
        ),
    ]  # fmt: skip


MAIN = [
    wanted(
        "day", EARLY, 612, 630, "c32bb82f7cb8816c", "killed", 73, None, "at_least",
        scope="subtotal", status="unknown", by=JETS, who={SOHR}, when=DAY, event="air_strike",
        name="Idlib", precision="admin1",
    ),
    wanted(
        "lede", EARLY, 549, 570, "5838957392214d97", "killed", 73, None, "at_least",
        status="civilian", by=SYRIA, who=set(), links=[("repeats", (612, 630))],
    ),
    wanted(
        "kafr-nabl", EARLY, 934, 952, "8100a43ccdd3b5a0", "killed", 26, None, "at_least",
        scope="incident", status="unknown", by=JETS, who={SOHR}, when=DAY, event="air_strike",
        admin1="Idlib", precision="settlement", links=[("within", (612, 630))],
    ),
    wanted(
        "kafr-nabl-children", EARLY, 964, 978, "f074bb7fb29e3ce1", "killed", 3, 3, "exact",
        age="child", part_of=(934, 952), when=DAY, who={SOHR}, precision="settlement",
    ),
    wanted(
        "maarat", EARLY, 1022, 1039, "34fbf7eb33cb4509", "killed", 38, 38, "exact",
        scope="incident", status="unknown", by=JETS, who={SOHR}, when=DAY, event="air_strike",
        admin1="Idlib", precision="settlement", links=[("within", (612, 630))],
    ),
    wanted(
        "two", EARLY, 1399, 1420, "5ffcf794f934a38f", "killed", 2, 2, "exact",
        scope="subtotal", who={SOHR}, when=NO_DAY,
    ),
    wanted(
        "two-maarat", EARLY, 1422, 1425, "7692c3ad3540bb80", "killed", 1, 1, "exact",
        who={SOHR}, when=NO_DAY, precision="settlement", links=[("within", (1399, 1420))],
    ),
    wanted(
        "two-naqir", EARLY, 1470, 1477, "ae448ac86c4e8e4d", "killed", 1, 1, "exact",
        who={SOHR}, when=NO_DAY, admin1="Idlib", links=[("within", (1399, 1420))],
    ),
    wanted(
        "tamanah", EARLY, 1519, 1532, "26c5987ffc96b479", "killed", 6, 6, "exact",
        scope="incident", status="civilian", by=REGIME, who={SOHR}, when=NO_DAY,
        weapons=["barrel_bomb"], admin1="Idlib", precision="settlement",
    ),
    wanted(
        "tamanah-children", EARLY, 1534, 1555, "dbe3b7efada28b53", "killed", 5, 5, "exact",
        age="child", part_of=(1519, 1532), when=NO_DAY, precision="settlement",
    ),
    *series(EARLY, 0, "2016-12-05"),
    wanted(
        "migrants-early", EARLY, 3976, 3997, "41c11509c9aa187e", "displaced", 2000, None,
        "vague", imputed=True, scope="state", name="Idlib", precision="admin1",
        origins=["Rif Dimashq", "Homs"], who=set(), when=NO_DAY,
    ),
    wanted(
        "migrants-late", LATE, 3211, 3232, "41c11509c9aa187e", "displaced", 2000, None,
        "vague", imputed=True, scope="state", name="Idlib", precision="admin1",
        origins=["Rif Dimashq", "Homs"], who=set(), when=NO_DAY,
    ),
    wanted(
        "atareb", LATE, 2352, 2374, "3670b39e58b1d85e", "killed", 6, None, "at_least",
        scope="incident", status="civilian", by=[], who={SOHR}, when=SATURDAY,
        event="air_strike", admin1="Aleppo", precision="settlement",
    ),
    wanted(
        "atareb-children", LATE, 2620, 2641, "5b15ff0a3431e55f", "killed", 2, None, "at_least",
        age="child", part_of=(2352, 2374), when=SATURDAY, by=[], who={SOHR},
        precision="settlement",
    ),
    wanted(
        "city", LATE, 749, 773, "c29035a6224335e5", "killed", 1501, None, "more_than",
        scope="cumulative", status="civilian", by=[], who=set(), when=WINTER, name="Aleppo",
        precision="settlement",
    ),
    wanted(
        "city-injured", LATE, 790, 799, "b1240c312f8f3637", "injured", 2000, None, "vague",
        imputed=True, scope="cumulative", who=set(), when=WINTER, name="Aleppo",
        precision="settlement",
    ),
    wanted(
        "evacuated", LATE, 1143, 1173, "0c94f997fbe05d77", "evacuated", 40000, 40000, "exact",
        name="Idlib", origins=["Aleppo"], who=set(),
    ),
    wanted(
        "child", LATE, 151, 160, "03370a5e93a80df3", "killed", 1, 1, "exact", age="child",
        by=[("Russia", None, "alleged")], place=None, event="air_strike", who=set(),
        when={"start": "2016-12-01", "end": "2016-12-10", "basis": "stated"},
    ),
    *series(LATE, 287, "2016-12-25"),
]  # fmt: skip

BESIDE = [
    wanted(
        "six-strikes", EARLY, 1117, 1128, "05302058be9d72a0", "attacks", 6, 6, "exact",
        precision="settlement", targets=2, who={"witness", "Agence France-Presse"},
    ),
    wanted(
        "most", EARLY, 894, 916, "9a0886a0480b11af", "casualties", None, None, "share",
        status="civilian", who={SOHR},
    ),
    wanted(
        "trapped", LATE, 2836, 2858, "77edca9b24077235", "trapped", 2000, None, "vague",
        imputed=True, scope="state", status="civilian", name="Aleppo", precision="near",
        who={"journalist"},
    ),
    wanted(
        "eight-strikes", LATE, 1669, 1691, "5ae8d25f1a93c0fa", "attacks", 8, None, "at_least",
        places=3, admin1="Idlib",
    ),
    wanted(
        "casualties", LATE, 1818, 1836, "161b4eace62eabc0", "casualties", 3, None, "vague",
        imputed=True, places=3,
    ),
    wanted(
        "several-strikes", LATE, 2205, 2220, "28b39dc5c8813b6c", "attacks", 3, None, "vague",
        imputed=True, places=2, weapons=[],
    ),
]  # fmt: skip

# The numbers that count nobody: distances, a year, a share, a span, places; and a forecast.
NOT_CLAIMS = [
    (LATE, 2148, 2153), (LATE, 2155, 2162), (LATE, 709, 713), (LATE, 737, 740),
    (EARLY, 2778, 2794), (EARLY, 824, 848), (LATE, 3090, 3133), (EARLY, 1709, 1713),
    (LATE, 317, 331), (LATE, 2013, 2023),
]  # fmt: skip

# Report, offset of the name, latitude and longitude of the place.
PLACES = [
    (EARLY, 1007, 35.614, 36.564), (EARLY, 1067, 35.648, 36.677), (EARLY, 1623, 35.458, 36.748),
    (LATE, 1701, 35.957, 36.713), (LATE, 1709, 35.865, 36.806), (LATE, 1721, 35.816, 36.317),
    (LATE, 2225, 36.293, 37.087), (LATE, 2440, 36.139, 36.825),
]  # fmt: skip
CAPITALS = {
    "Idlib": (35.931, 36.634), "Aleppo": (36.201, 37.161), "Homs": (34.727, 36.723),
    "Damascus": (33.510, 36.291),
}  # fmt: skip


@pytest.fixture(scope="module")
def setting() -> Setting:
    return Sources(country="SY").open()


@pytest.fixture(scope="module")
def reports() -> dict[str, Document]:
    found = {str(each.id): each for each in documents(MANIFEST)}
    for id_, digest in TEXTS.items():
        assert hashlib.sha256(found[id_].text.encode()).hexdigest() == digest
    return found


@pytest.fixture(scope="module")
def extractions(
    reports: dict[str, Document], setting: Setting
) -> dict[str, tuple[Extraction, dict[str, Any]]]:
    return {id_: read(document, setting) for id_, document in reports.items()}


@pytest.fixture(scope="module")
def record(
    reports: dict[str, Document], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Books]:
    path = tmp_path_factory.mktemp("record") / "idlib.db"
    with books(path, [reports.values()], country="SY") as found:
        yield found


def differences(said: dict[str, Any], slots: dict[str, Any], claims: dict[Any, Any]) -> list[str]:
    """Every slot that is not as it must be."""
    where = said["place"] or {}
    got: dict[str, Any] = {
        "measure": said["measure"],
        "imputed": said["imputed"],
        "scope": said["scope"],
        "event": said["event"],
        "relation": said["perpetrator_relation"],
        "place": said["place"],
        "by": [(each["name"], each["hedge"], each["stance"]) for each in said["perpetrator"]],
        "who": {each["name"] for each in said["said_by"]},
        "weapons": [each["code"] for each in said["weapons"]],
        "targets": len(said["targets"]),
        "places": len(said["places"]),
        "origins": [each["name"] for each in said["origins"]],
        **{key: said["count"][key] for key in ("low", "high", "modality")},
        **{key: said["group"][key] for key in ("status", "age", "sex")},
        **{key: where.get(key) for key in ("name", "admin1", "precision")},
    }
    wrong = []
    for key, value in slots.items():
        if key == "when":
            for part, day in value.items():
                known = bool(said["when"]["anchor"]) if part == "anchored" else said["when"][part]
                if known != day:
                    wrong.append(f"when.{part}: {known!r}, not {day!r}")
        elif key == "part_of":
            whole = claims.get(value)
            if whole is None or said["part_of"] != whole["id"]:
                wrong.append(f"part_of: {said['part_of']!r}, not the claim at {value}")
        elif key == "links":
            known = {(link["kind"], link["claim"]) for link in said["links"]}
            for kind, at in value:
                to = claims.get(at)
                if to is None or (kind, to["id"]) not in known:
                    wrong.append(f"links: no {kind} to the claim at {at}")
        elif got[key] != value:
            wrong.append(f"{key}: {got[key]!r}, not {value!r}")
    return wrong


@pytest.mark.parametrize("row", [*MAIN, *BESIDE], ids=lambda row: row.key)
def test_what_a_report_claims(
    row: Wanted, extractions: dict[str, tuple[Extraction, dict[str, Any]]]
) -> None:
    claims = extractions[row.report][1]["claims"]
    by_place = {(each["count"]["start"], each["count"]["end"]): each for each in claims}
    said = by_place.get((row.start, row.end))
    near = [
        (place, each["measure"])
        for place, each in by_place.items()
        if inside(place, row.start, row.end)
    ]
    assert said is not None, (
        f"no claim counts with the words at {row.start}:{row.end}; near: {near}"
    )
    assert hashlib.sha256(said["count"]["text"].encode()).hexdigest()[:16] == row.sha256
    wrong = differences(said, row.slots, by_place)
    assert not wrong, "\n".join(wrong)


def test_two_deaths_in_two_towns_stand_in_neither_alone(
    extractions: dict[str, tuple[Extraction, dict[str, Any]]],
) -> None:
    two = next(c for c in extractions[EARLY][1]["claims"] if c["count"]["start"] == 1399)
    assert len(two["places"]) == 2
    assert two["place"] is None or two["place"]["precision"] != "settlement"


@pytest.mark.parametrize("report, start, end", NOT_CLAIMS)
def test_what_counts_nobody(
    report: str, start: int, end: int, extractions: dict[str, tuple[Extraction, dict[str, Any]]]
) -> None:
    taken = [
        (each["measure"], each["count"]["start"], each["count"]["end"])
        for each in extractions[report][1]["claims"]
        if inside((start, end), each["count"]["start"], each["count"]["end"])
    ]
    assert taken == []


@pytest.mark.parametrize("report", [EARLY, LATE])
def test_no_number_of_the_killed_or_injured_but_those_that_the_report_states(
    report: str, extractions: dict[str, tuple[Extraction, dict[str, Any]]]
) -> None:
    known = {(row.slots["measure"], row.slots["low"]) for row in MAIN if row.report == report}
    for each in extractions[report][1]["claims"]:
        if each["measure"] in ("killed", "injured") and each["count"]["low"] is not None:
            assert (each["measure"], each["count"]["low"]) in known, each["count"]


def test_every_reading_of_the_day_s_sum(
    extractions: dict[str, tuple[Extraction, dict[str, Any]]],
) -> None:
    answer = extractions[EARLY][1]
    at = {each["id"]: each["count"]["start"] for each in answer["claims"]}
    (check,) = [each for each in answer["totals"] if at[each["claim"]] == 612]
    assert check["stated"] == {"low": 73, "high": None}
    assert [
        (each["sum"], each["left"], sorted(at[part] for part in each["parts"]))
        for each in check["readings"]
    ] == [
        (64, 9, [934, 1022]),
        (66, 7, [934, 1022, 1399]),
        (72, 1, [934, 1022, 1399, 1519]),
    ]
    assert "perpetrator" in check["readings"][2]["assumes"]


def test_the_findings(record: Books, reports: dict[str, Document]) -> None:
    found = {each.code: each for each in record.derived.findings}
    assert record.codes() == [
        "parts-do-not-sum",
        "perpetrator-contradiction",
        "place-unknown",
        "status-contradiction",
        "total-repeated-unchanged",
    ]
    for each in found.values():
        assert each.quotes
        assert all(quote.is_in(reports[document].text) for document, quote in each.quotes)
    sums = found["parts-do-not-sum"]
    assert all(number in sums.message for number in ("64", "66", "72"))
    assert not any(number in sums.message for number in ("70",))
    for start in (612, 934, 1022, 1399, 1519):
        assert any(quote.start <= start < quote.end for _, quote in sums.quotes)
    assert {document for document, _ in found["total-repeated-unchanged"].quotes} == {EARLY, LATE}


def test_the_totals(record: Books) -> None:
    sums = record.totals("admin1")
    assert (sums.whole.figure.low, sums.whole.figure.high) == (1795, 1876)
    assert sums.whole.high_with_aside == 1877
    assert sums.whole.naive == 2304
    assert sums.whole.civilians
    assert not sums.whole.bounded
    assert [other.low for other in sums.whole.others] == [1789]
    assert record.totals(group="civilians").whole.figure.low == 1795
    rows = {dict(row.key)["admin1"]: row for row in sums.rows}
    assert set(rows) == {"Aleppo", "Idlib", None}
    assert (rows["Idlib"].figure.low, rows["Idlib"].figure.high) == (288, 288 + 73 + 2 + 6)
    assert (rows["Aleppo"].figure.low, rows["Aleppo"].figure.high) == (1507, 1507)
    assert rows["Aleppo"].round_without_source == 1501
    assert (rows[None].figure.low, rows[None].high_with_aside) == (0, 1)


def test_what_each_figure_does_in_the_total(record: Books) -> None:
    roles: dict[str, list[tuple[int | None, str]]] = {}
    at = {each.id: each.claim.counted.start for each in record.derived.claims}
    for part in record.totals().whole.parts:
        roles.setdefault(part.role.value, []).append((part.figure.low, str(at[part.claim])))
        assert part.reason or part.of or part.role == "added"
    assert sorted(low for low, _ in roles["added"]) == [6, 288, 1501]
    assert ("288" not in dict(roles["added"])) and (288, "3395") in roles["added"]
    assert sorted(low for low, _ in roles["may_be_inside"]) == [2, 6, 73]
    assert sorted(low for low, _ in roles["inside"]) == [1, 1, 26, 38]
    assert [low for low, _ in roles["set_aside"]] == [1]


def test_what_the_line_says_of_itself(record: Books) -> None:
    rows = {dict(row.key)["admin1"]: row for row in record.totals("admin1").rows}
    said = "\n".join(rows["Aleppo"].sentences)
    assert "1,501" in said and "without a source" in said
    whole = "\n".join(record.totals().whole.sentences)
    assert "1,789" in whole and "1,876" in whole and "1,877" in whole and "2,304" in whole


def test_the_order_of_adding_and_adding_twice_change_nothing(
    record: Books, reports: dict[str, Document], tmp_path: Path
) -> None:
    for number, order in enumerate(permutations(reports.values())):
        batches = [order, order, order[::-1]]
        with books(tmp_path / f"{number}.db", batches, country="SY") as other:
            assert other.figures() == record.figures()
            assert other.estimates() == record.estimates()
            assert other.codes() == record.codes()
            assert other.totals().whole.naive == 2304


@pytest.mark.parametrize("start, end", [(934, 1083), (3366, 3667), (1507, 1656), (612, 781)])
def test_a_later_report_that_reprints_a_paragraph_changes_nothing(
    record: Books, reports: dict[str, Document], tmp_path: Path, start: int, end: int
) -> None:
    paragraph = reports[EARLY].text[start:end]
    later = replace(
        reports[EARLY],
        id=DocumentId("reprint"),
        published=date(2017, 1, 9),
        title=None,
        text=f"The olive press opens again\n\nOil was dear this year. Our paper wrote then:\n\n"
        f"{paragraph}\n\nThe press takes olives on weekdays.\n",
    )
    path = tmp_path / "with.db"
    with books(path, [[later], reports.values()], country="SY") as other:
        assert other.figures() == record.figures()
        assert other.estimates() == record.estimates()
        # A sum under a later day is told of again; nothing else is.
        assert set(other.codes()) == set(record.codes())
        sources = {each.id: each.sources for each in other.derived.incidents}
        assert sources == {each.id: each.sources for each in record.derived.incidents}


def test_places(extractions: dict[str, tuple[Extraction, dict[str, Any]]], setting: Setting,
                reports: dict[str, Document]) -> None:  # fmt: skip
    from cenotaph import places
    from cenotaph.pipeline.document import resolver

    found = {}
    for id_, document in reports.items():
        mentions = places.find(document.text, lang="en", gazetteer=setting.gazetteer)
        settle = resolver(mentions, setting=setting, country="SY")
        for mention in mentions:
            found[id_, mention.name.start] = settle(mention)
    wrong = []
    for report, start, lat, lon in PLACES:
        place = found.get((report, start))
        if place is None or place.lat is None or place.lon is None:
            wrong.append((report, start, "not resolved"))
        elif abs(place.lat - lat) > 0.03 or abs(place.lon - lon) > 0.03:
            wrong.append((report, start, f"{place.name} {place.lat} {place.lon}"))
    assert wrong == []


def test_no_capital_stands_in_for_a_village(
    extractions: dict[str, tuple[Extraction, dict[str, Any]]],
) -> None:
    for _, answer in extractions.values():
        for each in answer["claims"]:
            for place in filter(None, [each["place"], *each["places"], *each["origins"]]):
                for capital, (lat, lon) in CAPITALS.items():
                    if place["lat"] is None:
                        continue
                    if abs(place["lat"] - lat) < 0.02 and abs(place["lon"] - lon) < 0.02:
                        assert place["text"] is not None
                        assert capital in place["text"], place


def test_the_same_from_the_command_line(command: Any, tmp_path: Path) -> None:
    path = tmp_path / "idlib.db"
    assert command("init", path, "--country", "SY").status == 0
    done = command("add", path, MANIFEST.parent, "--manifest", MANIFEST)
    assert done.status == 0, done.err
    assert {row["id"] for row in command("reports", path, "--json").rows} == {EARLY, LATE}
    rows = {
        row["key"].get("admin1", "whole"): row
        for row in command("totals", path, "--by", "admin1", "--json").rows
    }
    assert (rows["whole"]["low"], rows["whole"]["high"]) == (1795, 1876)
    assert (rows["whole"]["high_with_aside"], rows["whole"]["naive"]) == (1877, 2304)
    assert [each["low"] for each in rows["whole"]["others"]] == [1789]
    assert rows["Idlib"]["low"] == 288
    assert rows["Aleppo"]["low"] == 1507
    for row in rows.values():
        assert command("show", path, row["id"]).status == 0
    findings = command("findings", path, "--json").rows
    assert sorted(each["code"] for each in findings) == [
        "parts-do-not-sum", "perpetrator-contradiction", "place-unknown", "status-contradiction",
        "total-repeated-unchanged",
    ]  # fmt: skip
    again = command("add", path, MANIFEST.parent, "--manifest", MANIFEST, "--json")
    assert {row["state"] for row in again.rows} == {"unchanged"}
    after = command("totals", path, "--by", "admin1", "--json")
    assert {row["id"]: row["low"] for row in after.rows} == {
        row["id"]: row["low"] for row in rows.values()
    }


def test_every_quote_is_verbatim(
    extractions: dict[str, tuple[Extraction, dict[str, Any]]], reports: dict[str, Document]
) -> None:
    for id_, (_, answer) in extractions.items():
        text = reports[id_].text
        stack: list[Any] = [answer]
        while stack:
            value = stack.pop()
            if isinstance(value, dict):
                if value.get("text") is not None and isinstance(value.get("start"), int):
                    assert text[value["start"] : value["end"]] == value["text"]
                if value.get("at"):
                    assert text[slice(*value["at"])] == value["text"]
                stack.extend(value.values())
            elif isinstance(value, list):
                stack.extend(value)
        json.dumps(answer)


@pytest.mark.parametrize(
    "report, kind, start, place, weapons, said",
    [
        (LATE, "attack", 1863, 1, ["air_bomb"], 2),
        (LATE, "attack", 2104, 1, ["cluster_munition"], 1),
        (LATE, "attack", 2298, 1, [], 0),
        (LATE, "attack_repelled", 2664, 1, [], 1),
        (LATE, "ceasefire", 1018, 1, [], 0),
        (LATE, "siege", 433, 1, [], 0),
        (LATE, "evacuation", 1092, 1, [], 0),
        (LATE, "offensive", 217, 1, [], 0),
        (LATE, "offensive", 3956, 1, [], 1),
        (EARLY, "offensive", 3669, 1, [], 1),
    ],
)
def test_what_is_noted_beside_harm(
    report: str, kind: str, start: int, place: int, weapons: list[str], said: int,
    extractions: dict[str, tuple[Extraction, dict[str, Any]]],
) -> None:  # fmt: skip
    (noted,) = [
        each
        for each in extractions[report][1]["context"]
        if each["kind"] == kind and each["quote"]["start"] == start
    ]
    assert (noted["place"] is not None) == bool(place)
    assert [each["code"] for each in noted["weapons"]] == weapons
    assert len(noted["said_by"]) == said
