"""The example reports of the invented country give what was written down for them by hand."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from whole import Books, books, documents, inside, read

from cenotaph.model import Document, LinkKind, ResolvedClaim
from cenotaph.pipeline import Extraction, Sources

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
MANIFEST = EXAMPLES / "manifest.jsonl"
WANTED = tomllib.loads((EXAMPLES / "expected.toml").read_text(encoding="utf-8"))
GAZETTEER = EXAMPLES / WANTED["country"]["gazetteer"]
COUNTRY = WANTED["country"]["code"]
FIRST_TWO = WANTED["totals"]["two_reports"]["reports"]
ORDER = [*FIRST_TWO, "orun-2021-03-20", "maarat-2021-02-18", "digest-2021-03-05", "army-2021-03-12"]

# Where the notes of the file let two readings pass.
ALSO = {
    ("evacuated", "scope"): {"cumulative", "subtotal", "incident"},
    ("cumulative-injured", "status"): {"unknown", "civilian"},
}
GROUP = ("status", "age", "sex", "role")
# Links that lie between two reports, so that one report alone cannot have them.
ACROSS = ("updates", "copy_of")


@dataclass(frozen=True)
class Row:
    """One claim of the file in one of its reports; `end` is its last day there."""

    claim: dict[str, Any]
    report: str
    end: str | None

    @property
    def key(self) -> str:
        return f"{self.claim['key']}@{self.report}"


def rows() -> list[Row]:
    found = []
    for claim in WANTED["claim"]:
        if "report" in claim:
            found.append(Row(claim, claim["report"], claim.get("end")))
        else:
            ends = claim.get("ends", [claim.get("end")] * len(claim["reports"]))
            found += [Row(claim, *pair) for pair in zip(claim["reports"], ends, strict=True)]
    return found


ROWS = rows()


def span(row: Row, text: str) -> tuple[int, int]:
    """Where the counting words stand."""
    claim = row.claim
    words = claim.get("at_after", "") + claim["text"] + claim.get("at_before", "")
    assert text.count(words) == 1, f"{words!r} stands {text.count(words)} times"
    start = text.index(words) + len(claim.get("at_after", ""))
    return start, start + len(claim["text"])


@pytest.fixture(scope="module")
def reports() -> dict[str, Document]:
    return {str(each.id): each for each in documents(MANIFEST)}


@pytest.fixture(scope="module")
def extractions(reports: dict[str, Document], own_data: Path) -> dict[str, Extraction]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CENOTAPH_DATA", str(own_data))
        setting = Sources(files=(GAZETTEER,), default=False, country=COUNTRY).open()
    return {id_: read(document, setting)[0] for id_, document in reports.items()}


@pytest.fixture(scope="module")
def records(
    reports: dict[str, Document], own_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[int, Books]]:
    """A record of the first two reports, of three, and so on."""
    found = {}
    folder = tmp_path_factory.mktemp("records")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CENOTAPH_DATA", str(own_data))
        for size in range(2, len(ORDER) + 1):
            batch = [reports[id_] for id_ in ORDER[:size]]
            with record(folder / f"{size}.db", [batch]) as made:
                found[size] = made
    yield found


def record(path: Path, batches: list[Any]) -> Any:
    return books(path, batches, country=COUNTRY, gazetteers=[GAZETTEER], default=False)


def claim_at(
    found: Extraction, start: int, end: int, claim: dict[str, Any]
) -> ResolvedClaim | None:
    """The claim whose counting words meet these, the one of the same measure and number first."""
    meeting = [
        each
        for each in found.interpreted.claims
        if inside((start, end), each.claim.counted.start, each.claim.counted.end)
    ]
    return min(
        meeting,
        key=lambda each: (
            each.claim.measure != claim["measure"],
            each.claim.count.low != claim.get("low"),
        ),
        default=None,
    )


def meets(words: str, got: str) -> bool:
    """Tell whether one passage holds the other, articles and capitals aside."""
    one, other = words.casefold(), got.casefold()
    one, other = one.removeprefix("the "), other.removeprefix("the ")
    return one in other or other in one


def named(words: list[str], got: list[tuple[str, str]]) -> bool:
    """Tell whether people who say something are those wanted, by their words or their name."""
    return len(words) == len(got) and all(
        want.casefold().removeprefix("the ") in text.casefold()
        or want.casefold().removeprefix("the ") == name.casefold().removeprefix("the ")
        for want, (text, name) in zip(words, got, strict=True)
    )


def linked(row: Row, name: str, said: ResolvedClaim, found: Extraction, text: str) -> bool:
    """Tell whether a claim stands to another of its report as the file says."""
    other = next(
        each for each in ROWS if each.claim["key"] == row.claim[name] and each.report == row.report
    )
    to = claim_at(found, *span(other, text), other.claim)
    if to is None:
        return False
    if name == "part_of":
        return said.claim.part_of == to.id
    return any(
        link.claim == said.id and link.to == to.id and link.kind == LinkKind(name)
        for link in found.linking.links
    )


def differences(row: Row, said: ResolvedClaim, found: Extraction, text: str) -> list[str]:
    """Every slot that is not as the file says."""
    wanted, claim, wrong = row.claim, said.claim, []

    def same(name: str, want: Any, got: Any) -> None:
        if got != want and got not in ALSO.get((wanted["key"], name), ()):
            wrong.append(f"{name}: {got!r}, not {want!r}")

    def holds(name: str, held: bool, got: Any) -> None:
        if not held:
            wrong.append(f"{name}: {got!r}, not {wanted.get(name)!r}")

    same("text", wanted["text"], claim.counted.text)
    same("measure", wanted["measure"], claim.measure)
    same("low", wanted.get("low"), claim.count.low)
    same("high", wanted.get("high"), claim.count.high)
    same("modality", wanted["modality"], claim.count.modality)
    for name in GROUP:
        default = None if name == "role" else "unknown"
        same(name, wanted.get(name, default), getattr(claim.group, name))
    for name in ("scope", "event"):
        if name in wanted:
            same(name, wanted[name], getattr(claim, name))
    if "imputed" in wanted:
        same("imputed", wanted["imputed"], claim.count.imputed)
    if "status_said_by" in wanted:
        got = claim.group.status_said_by
        holds("status_said_by", got is not None and meets(wanted["status_said_by"], got), got)
    wrong += wrong_place(wanted, said)
    wrong += wrong_time(row, said)
    wrong += wrong_people(wanted, said)
    for name in ("weapons", "targets"):
        if name in wanted:
            known = [
                each.code if name == "weapons" else each.quote.text for each in getattr(claim, name)
            ]
            same(name, wanted[name], known)
    for name in ("part_of", "within", "repeats"):
        if name in wanted and wanted[name] in {each.claim["key"] for each in ROWS}:
            holds(name, linked(row, name, said, found, text), claim.part_of)
    return wrong


def wrong_place(wanted: dict[str, Any], said: ResolvedClaim) -> list[str]:
    place, wrong = said.place, []
    words = place.quote.text if place and place.quote else ""
    for name in ("place", "place_carried"):
        if name in wanted and not (words and meets(wanted[name], words)):
            wrong.append(f"{name}: {words!r}, not {wanted[name]!r}")
    for name in ("name", "admin1", "precision"):
        got = getattr(place, name, None)
        if name in wanted and got != wanted[name]:
            wrong.append(f"{name}: {got!r}, not {wanted[name]!r}")
    if "gazetteer_id" in wanted and not (
        place and place.entry and place.entry.endswith(wanted["gazetteer_id"])
    ):
        wrong.append(f"entry: {place and place.entry!r}, not {wanted['gazetteer_id']!r}")
    for name, known in (("places", said.places), ("origins", said.origins)):
        if name in wanted:
            got = [each.quote.text if each.quote else "" for each in known]
            if len(got) != len(wanted[name]) or not all(map(meets, wanted[name], got)):
                wrong.append(f"{name}: {got}, not {wanted[name]}")
    if "names" in wanted and [each.name for each in said.places] != wanted["names"]:
        wrong.append(f"names: {[each.name for each in said.places]}, not {wanted['names']}")
    return wrong


def wrong_time(row: Row, said: ResolvedClaim) -> list[str]:
    wanted, when, wrong = row.claim, said.when, []
    if "start" in wanted or "basis" in wanted:
        days = (when.start, when.end) if when else (None, None)
        got = tuple(day.isoformat() if day else None for day in days)
        if got != (wanted.get("start"), row.end):
            wrong.append(f"days: {got}, not {(wanted.get('start'), row.end)}")
    if "basis" in wanted and (when.basis if when else "none") != wanted["basis"]:
        wrong.append(f"basis: {when and when.basis.value!r}, not {wanted['basis']!r}")
    if "anchor" in wanted and not (when and when.anchor and meets(wanted["anchor"], when.anchor)):
        wrong.append(f"anchor: {when and when.anchor!r}, not {wanted['anchor']!r}")
    return wrong


def wrong_people(wanted: dict[str, Any], said: ResolvedClaim) -> list[str]:
    claim, wrong = said.claim, []
    blamed = claim.perpetrators
    if "perpetrator" in wanted:
        want = [(each["name"], each.get("hedge")) for each in wanted["perpetrator"]]
        got = list(dict.fromkeys((each.name, each.hedge) for each in blamed))
        if got != want:
            wrong.append(f"perpetrator: {got}, not {want}")
        words = [each["text"] for each in wanted["perpetrator"]]
        if not all(any(meets(text, each.quote.text) for each in blamed) for text in words):
            wrong.append(f"perpetrator: {[each.quote.text for each in blamed]}, not {words}")
    if "stances" in wanted and {str(each.stance) for each in blamed} != set(wanted["stances"]):
        wrong.append(f"stances: {[str(each.stance) for each in blamed]}, not {wanted['stances']}")
    if "perpetrator_relation" in wanted:
        relation = claim.perpetrator_relation
        if relation != wanted["perpetrator_relation"]:
            wrong.append(f"relation: {relation}, not {wanted['perpetrator_relation']}")
    if "said_by" in wanted:
        speakers = [(each.quote.text, each.name) for each in claim.said_by]
        if not named(wanted["said_by"], speakers):
            wrong.append(f"said_by: {speakers}, not {wanted['said_by']}")
    return wrong


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_a_claim(
    row: Row, reports: dict[str, Document], extractions: dict[str, Extraction]
) -> None:
    text, found = reports[row.report].text, extractions[row.report]
    said = claim_at(found, *span(row, text), row.claim)
    if said is None and row.claim.get("optional"):
        return
    assert said is not None, f"no claim counts with {row.claim['text']!r}"
    wrong = differences(row, said, found, text)
    gaps = [gap["slots"] for gap in WANTED["gap"] if f"{gap['key']}@{gap['report']}" == row.key]
    assert {each.partition(":")[0] for each in wrong} == set(*gaps), "\n".join(wrong)


@pytest.mark.parametrize(
    "report, words",
    [(each["report"], words) for each in WANTED["not_claim"] for words in each["texts"]],
)
def test_words_that_are_no_claim(
    report: str, words: str, reports: dict[str, Document], extractions: dict[str, Extraction]
) -> None:
    text, at = reports[report].text, -1
    assert words in text
    while (at := text.find(words, at + 1)) >= 0:
        for each in extractions[report].interpreted.claims:
            counted = each.claim.counted
            assert not inside((at, at + len(words)), counted.start, counted.end), counted


@pytest.mark.parametrize("report", ORDER)
def test_no_number_that_nobody_wrote_down(
    report: str, reports: dict[str, Document], extractions: dict[str, Extraction]
) -> None:
    """A further claim may repeat a number of the report; it may not bring one of its own."""
    known = {
        (row.claim["measure"], row.claim.get("low"), row.claim.get("high"))
        for row in ROWS
        if row.report == report or row.claim["text"] in reports[report].text
    }
    extra = [
        (each.claim.measure.value, each.claim.count.low, each.claim.count.high, each.claim.counted)
        for each in extractions[report].interpreted.claims
        if (each.claim.count.low, each.claim.count.high) != (None, None)
        and (each.claim.measure, each.claim.count.low, each.claim.count.high) not in known
    ]
    assert extra == []


def readings(books_: Books, report: str, key: str) -> list[tuple[int, int, set[str]]]:
    """The readings of a stated sum: sum, what is left, and the keys of its parts."""
    keys: dict[str, str] = {}
    for each in books_.derived.claims:
        for row in ROWS:
            document = next(
                (doc for doc in documents(MANIFEST) if doc.id == each.claim.document), None
            )
            if row.report == each.claim.document and document is not None:
                if span(row, document.text) == (each.claim.counted.start, each.claim.counted.end):
                    keys[each.id] = row.claim["key"]
    (check,) = [each for each in books_.derived.checks if keys.get(each.claim) == key]
    return [
        (each.sum, each.left, {keys.get(part, part) for part in each.parts})
        for each in check.readings
    ]


def test_the_readings_of_the_day_s_total(records: dict[int, Books]) -> None:
    wanted = WANTED["day_total"]
    assert readings(records[2], FIRST_TWO[0], wanted["claim"]) == [
        (each["sum"], each["left"], set(each["parts"])) for each in wanted["reading"]
    ]
    check = next(each for each in records[2].derived.checks if each.readings[0].sum == 43)
    assert "perpetrator" in check.readings[-1].assumes


def test_the_totals_of_two_reports(records: dict[int, Books]) -> None:
    wanted, made = WANTED["totals"]["two_reports"], records[2]
    sums = made.totals("admin1")
    assert sums.whole.figure.low == wanted["civilians_low"]
    assert sums.whole.civilians
    assert sums.whole.figure.high == wanted["people_high"]
    assert sums.whole.high_with_aside == wanted["people_high_with_set_aside"]
    assert sums.whole.naive == wanted["naive"]
    assert [each.low for each in sums.whole.others] == [wanted["civilians_low_alternative"]]
    assert sums.whole.bounded is wanted["upper_bound_stated"]
    rows = {dict(row.key)["admin1"]: row.figure for row in sums.rows if dict(row.key)["admin1"]}
    assert {name: figure.low for name, figure in rows.items()} == wanted["by_admin1"]
    assert {name: figure.high for name, figure in rows.items()} == wanted["high_by_admin1"]
    aside = [part for part in sums.whole.parts if part.role == "set_aside"]
    assert [part.figure.low for part in aside] == [1]


def test_the_findings_of_two_reports(records: dict[int, Books]) -> None:
    assert records[2].codes() == [
        "parts-do-not-sum", "perpetrator-contradiction", "status-contradiction",
        "total-repeated-unchanged",
    ]  # fmt: skip


def test_what_stands_in_both_reports_is_counted_by_the_first(records: dict[int, Books]) -> None:
    (part,) = [
        part for part in records[2].totals().whole.parts
        if part.figure.low == 412 and part.role == "added"
    ]  # fmt: skip
    claim = records[2].derived.claim(part.claim)
    assert claim is not None and claim.claim.document == FIRST_TWO[0]
    assert claim.when is not None and claim.when.end == date(2021, 2, 8)


@pytest.mark.parametrize(
    "size, name", [(3, "with_3"), (4, "with_3_and_4"), (5, "with_3_to_5"), (6, "whole_folder")]
)
def test_what_further_reports_add(size: int, name: str, records: dict[int, Books]) -> None:
    wanted, made = WANTED["totals"][name], records[size]
    assert wanted["adds"] == ORDER[size - 1]
    civilians, people = made.totals("admin1", group="civilians"), made.totals("admin1")
    got = {
        "civilians_low": civilians.whole.figure.low,
        "people_high": people.whole.figure.high,
        "people_high_with_set_aside": people.whole.high_with_aside,
        "naive": people.whole.naive,
        "by_admin1": {
            key: row.figure.low
            for row in civilians.rows
            if (key := dict(row.key)["admin1"]) is not None and row.figure.low
        },
    }
    assert {key: value for key, value in got.items() if key in wanted} == {
        key: value for key, value in wanted.items() if key in got
    }


def test_a_reprint_changes_no_incident_and_no_source(records: dict[int, Books]) -> None:
    before, after = records[2], records[3]
    assert after.figures() == before.figures()
    assert after.estimates() == before.estimates()
    old = {each.id: each for each in before.derived.incidents}
    for each in after.derived.incidents:
        assert each.sources == old[each.id].sources
        copies = {id_ for id_, _ in each.documents} - {id_ for id_, _ in old[each.id].documents}
        killed = each.estimate(each.estimates[0].measure)
        assert copies == ({ORDER[2]} if killed and killed.figure.best in (19, 24) else set())


def test_what_the_reprint_copies(records: dict[int, Books], reports: dict[str, Document]) -> None:
    made = records[3]
    at = {(c.claim.document, c.claim.counted.start): c for c in made.derived.claims}
    for row in ROWS:
        if "copy_of" not in row.claim:
            continue
        original = next(each for each in ROWS if each.claim["key"] == row.claim["copy_of"])
        copy = at[row.report, span(row, reports[row.report].text)[0]]
        first = at[original.report, span(original, reports[original.report].text)[0]]
        assert any(
            link.claim == copy.id and link.to == first.id and link.kind == LinkKind.REPEATS
            for link in made.derived.linking.links
        )


def test_a_raised_toll_replaces_the_earlier_one(
    records: dict[int, Books], reports: dict[str, Document]
) -> None:
    wanted, made = WANTED["totals"]["with_3_and_4"], records[4]
    text = reports[FIRST_TWO[0]].text
    start = text.index("another 24 people")
    first = next(
        c for c in made.derived.claims
        if (c.claim.document, c.claim.counted.start) == (FIRST_TWO[0], start)
    )  # fmt: skip
    (incident,) = [each for each in made.derived.incidents if first.id in each.claims]
    killed = incident.estimate(first.claim.measure)
    assert killed is not None
    assert (killed.figure.low, killed.figure.high) == (
        wanted["maarat"]["killed_low"],
        wanted["maarat"]["killed_high"],
    )
    assert [each[0] for each in readings(made, FIRST_TWO[0], "orun-day")] == wanted["readings"]


def test_the_order_of_adding_and_adding_twice_change_nothing(
    records: dict[int, Books], reports: dict[str, Document], tmp_path: Path, in_own_data: None
) -> None:
    wanted = records[6]
    orders = [list(ORDER[::-1]), [ORDER[n] for n in (3, 0, 5, 2, 4, 1)]]
    for number, order in enumerate(orders):
        batch = [reports[id_] for id_ in order]
        with record(tmp_path / f"{number}.db", [batch, batch[::-1]]) as other:
            assert other.figures() == wanted.figures()
            assert other.estimates() == wanted.estimates()
            assert other.codes() == wanted.codes()
    first = [reports[id_] for id_ in FIRST_TWO]
    for number, batch in enumerate(permutations(first)):
        with record(tmp_path / f"two-{number}.db", [batch, batch]) as other:
            assert other.figures() == records[2].figures()


def test_the_demo_from_the_command_line(command: Any, tmp_path: Path, in_own_data: None) -> None:
    path = tmp_path / "demo.db"
    made = command(
        "init", path, "--country", COUNTRY, "--gazetteer", GAZETTEER, "--no-default-gazetteer"
    )
    assert made.status == 0, made.err
    assert command("add", path, "--manifest", MANIFEST).status == 0
    assert len(command("claims", path, "--json").rows) >= len(ROWS) - 1
    wanted = WANTED["totals"]["whole_folder"]
    (people,) = command("totals", path, "--json").rows
    assert people["high"] == wanted["people_high"]
    assert people["high_with_aside"] == wanted["people_high_with_set_aside"]
    (civilians,) = command("totals", path, "--group", "civilians", "--json").rows
    assert civilians["low"] == wanted["civilians_low"]


def test_each_report_says_first_that_it_is_invented(reports: dict[str, Document]) -> None:
    for document in reports.values():
        assert "invented" in document.text.splitlines()[0].casefold()
