"""What holds for every set of reports."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import invented
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.model import Document, DocumentId, Measure
from cenotaph.pipeline import Setting, Sources, derive, ruleset_of
from cenotaph.store import Input, RecordSettings, add, create
from cenotaph.store import open as open_record

HIGHEST = 10**9


@invented.small(25)
@given(folder=invented.folders(), data=st.data())
def test_the_order_in_which_reports_come_changes_nothing(
    setting: Setting, folder: list[Document], data: st.DataObject
) -> None:
    one = invented.together_with(folder, setting)
    other = invented.together_with(data.draw(st.permutations(folder)), setting)
    assert invented.figures(other) == invented.figures(one)
    assert invented.estimates(other) == invented.estimates(one)
    assert {each.id: each for each in other.incidents} == {each.id: each for each in one.incidents}
    assert set(other.findings) == set(one.findings)
    assert set(other.linking.links) == set(one.linking.links)


@invented.small(5)
@given(folder=invented.folders(), data=st.data())
def test_adding_a_report_twice_or_under_a_second_name_changes_nothing(
    folder: list[Document], data: st.DataObject
) -> None:
    twice = [*folder, *folder]
    copies = [replace(each, id=DocumentId(f"{each.id}-copy")) for each in folder]
    orders = [folder, data.draw(st.permutations(twice)), [*folder, *copies]]
    found = []
    with TemporaryDirectory() as place:
        for number, order in enumerate(orders):
            path = Path(place) / f"{number}.db"
            create(path, RecordSettings(country="XT", default_gazetteer=False))
            with open_record(path) as record:
                for each in order:
                    raw = each.text.encode()
                    given_ = Input(raw=raw, media_type="text/plain", name=each.id, document=each)
                    add(record, [given_])
                sources = Sources(default=False, country="XT")
                found.append(derive(record, sources=sources, ruleset=ruleset_of("default")))
    for other in found[1:]:
        assert invented.figures(other) == invented.figures(found[0])
        assert invented.estimates(other) == invented.estimates(found[0])


@invented.small(25)
@given(folder=invented.folders(), data=st.data())
def test_a_later_report_that_reprints_a_paragraph_changes_no_estimate(
    setting: Setting, folder: list[Document], data: st.DataObject
) -> None:
    original = data.draw(st.sampled_from(folder))
    paragraph = data.draw(st.sampled_from(original.text.strip().split("\n\n")[1:]))
    last = max(each.published for each in folder if each.published)
    reprint = invented.document(
        "a-reprint",
        ["The mill opens again after the rains.", paragraph, "Bread will be cheaper, it hopes."],
        last + timedelta(days=data.draw(st.integers(1, 60))),
    )
    before = invented.together_with(folder, setting)
    after = invented.together_with([*folder, reprint], setting)
    assert invented.figures(after) == invented.figures(before)
    assert invented.estimates(after) == invented.estimates(before)
    sources = {each.id: each.sources for each in before.incidents}
    assert {each.id: each.sources for each in after.incidents} == sources


@invented.small(30)
@given(folder=invented.folders())
def test_low_best_and_high_stand_in_that_order_and_a_part_is_no_more_than_its_whole(
    setting: Setting, folder: list[Document]
) -> None:
    found = invented.together_with(folder, setting)
    claims = {each.id: each.claim for each in found.claims}
    for claim in claims.values():
        if claim.part_of is None:
            continue
        whole = claims[claim.part_of]
        assert whole.document == claim.document
        assert (claim.count.low or 0) <= (HIGHEST if whole.count.high is None else whole.count.high)
    for incident in found.incidents:
        for each in incident.estimates:
            numbers = [each.figure.low, each.figure.best, each.figure.high]
            known = [number for number in numbers if number is not None]
            assert known == sorted(known)
            whole = incident.estimate(each.measure)
            if each.group is not None and whole is not None:
                for part, all_of_them in zip(
                    numbers, (whole.figure.low, whole.figure.best, whole.figure.high), strict=True
                ):
                    assert part is None or all_of_them is None or part <= all_of_them
    for sums in (
        invented.totals(found, "admin1"),
        invented.totals(found, "admin1", group="children"),
    ):
        for row in (*sums.rows, sums.whole):
            assert row.figure.low <= row.figure.best <= row.figure.high <= row.high_with_aside
            for reading in row.others:
                assert reading.low <= reading.best <= reading.high
    people = invented.totals(found).whole.figure
    for group in ("children", "women", "civilians"):
        part = invented.totals(found, group=group).whole.figure
        assert part.low <= people.low
        assert part.high <= people.high


@invented.small(30)
@given(
    told=st.lists(invented.attacks(), min_size=1, max_size=3, unique_by=lambda each: each.town),
    number=st.integers(1, 400),
)
def test_a_running_total_is_never_added_to_what_it_contains(
    setting: Setting, told: list[invented.Attack], number: int
) -> None:
    alike = [
        replace(each, source="the Tessaria Harm Monitor", party="Kordanian jets", template=1)
        for each in told
    ]
    published = invented.FIRST + timedelta(days=25)
    paragraphs = [each.paragraph for each in alike]
    running = invented.cumulative(number, invented.FIRST)
    found = invented.together_with(
        [invented.document("report", [*paragraphs, running], published)], setting
    )
    stated = [
        each.claim for each in found.claims
        if each.claim.measure is Measure.KILLED and each.claim.part_of is None
    ]  # fmt: skip
    assert sorted(each.count.low or 0 for each in stated) == sorted(
        [number, *(each.killed for each in alike)]
    )
    whole = invented.totals(found).whole
    parts = sum(each.killed for each in alike)
    assert whole.figure.low == max(number, parts) or whole.figure.low in (number, parts)
    assert whole.figure.low <= max(number, parts)
    assert max(number, parts) <= whole.figure.high <= number + parts
    assert whole.naive == number + parts


@invented.small(20)
@given(numbers=st.lists(st.integers(50, 900), min_size=2, max_size=3))
def test_running_totals_of_one_monitor_are_not_added_to_one_another(
    setting: Setting, numbers: list[int]
) -> None:
    folder = [
        invented.document(
            f"month-{at}",
            [invented.cumulative(number, invented.FIRST)],
            invented.FIRST + timedelta(days=20 + 10 * at),
        )
        for at, number in enumerate(sorted(numbers))
    ]
    row = invented.totals(invented.together_with(folder, setting)).whole
    assert row.figure.low == max(numbers)
    assert row.figure.high == max(numbers)


@invented.small(30)
@given(folder=invented.folders())
def test_every_quote_is_true(setting: Setting, folder: list[Document]) -> None:
    from cenotaph.export import claims as shapes

    found = invented.together_with(folder, setting)
    texts = {each.id: each.text for each in folder}
    assert found.claims
    for each in found.claims:
        text = texts[each.claim.document]
        shape = shapes.claim(each, found.linking.links)
        for path, (words, start, end) in invented.slots(shape):
            assert text[start:end] == words, path
        assert shape["quote"]["start"] <= shape["count"]["start"]
        assert shape["count"]["end"] <= shape["quote"]["end"]
    for finding in found.findings:
        assert all(quote.is_in(texts[document]) for document, quote in finding.quotes)
    for noted in found.interpreted.values():
        spans = [each.quote for each in noted.reading.skipped]
        assert all(one.start <= other.start for one, other in pairwise(sorted(spans)))


@pytest.mark.parametrize("repeat", [2, 3])
def test_the_same_reading_twice_is_the_same(setting: Setting, repeat: int) -> None:
    folder = [
        invented.document(
            "report",
            [invented.cumulative(300, invented.FIRST)],
            invented.FIRST + timedelta(days=25),
        )
    ]
    found = [invented.together_with(folder, setting) for _ in range(repeat)]
    assert all(each == found[0] for each in found)


def test_a_reprint_does_not_part_what_was_held_to_be_one_event(setting: Setting) -> None:
    """Two reports of one figure, their days two apart: a copy of one is no reason to count twice."""
    attack = invented.Attack(
        town="Kafr Sel", day=invented.FIRST, killed=2, children=2, injured=2, template=0,
        source="the Tessaria Harm Monitor", party="Kordanian jets",
    )  # fmt: skip
    later = replace(attack, day=invented.FIRST + timedelta(days=2))
    published = invented.FIRST + timedelta(days=22)
    folder = [
        invented.document("report-0", [attack.paragraph], published),
        invented.document("report-1", [later.paragraph], published),
    ]
    reprint = invented.document("a-reprint", [attack.paragraph], published + timedelta(days=1))
    before = invented.together_with(folder, setting)
    after = invented.together_with([*folder, reprint], setting)
    assert invented.figures(after) == invented.figures(before)
    assert invented.estimates(after) == invented.estimates(before)


def test_a_repeated_whole_does_not_repeat_its_own_breakdown(setting: Setting) -> None:
    """Nine civilians, all nine children, said twice: the one sentence must not stand for the other
    in both directions, which left nobody counted."""
    told = (
        "At least 9 civilians were killed in Khan Setra on 4 February in air strikes, among them 9 "
        "children, the Tessaria Harm Monitor said."
    )
    once, twice = (
        invented.totals(
            invented.together_with([invented.document("one", [told] * n, invented.FIRST)], setting)
        ).whole.figure
        for n in (1, 2)
    )
    assert once.low == twice.low == 9


def test_an_earlier_reprint_of_a_running_total_moves_its_end_and_nothing_else(
    setting: Setting,
) -> None:
    """A total that stood word for word in an earlier report was reckoned to that report's day."""
    day = invented.FIRST + timedelta(days=19)
    attack = invented.Attack(
        town="Kafr Sel", day=day, killed=12, children=2, injured=4, template=1,
        source="the Tessaria Harm Monitor", party="Kordanian jets",
    )  # fmt: skip
    within = replace(attack, day=invented.FIRST + timedelta(days=3), killed=9, town="Binora")
    total = invented.cumulative(300, invented.FIRST)
    folder = [
        invented.document("late", [total], day + timedelta(days=9)),
        invented.document("one", [attack.paragraph], day + timedelta(days=1)),
        invented.document("two", [within.paragraph], within.day + timedelta(days=1)),
    ]
    earlier = invented.document("early", [total], invented.FIRST + timedelta(days=9))
    before = invented.together_with(folder, setting)
    after = invented.together_with([*folder, earlier], setting)
    assert invented.estimates(after) == invented.estimates(before)
    assert invented.totals(before).whole.figure.low == 300
    # The attack of the nineteenth day lies behind the end now, the one of the third does not.
    assert invented.totals(after).whole.figure.low == 300 + attack.killed
    assert [each.when for each in after.incidents] == [each.when for each in before.incidents]


@pytest.mark.parametrize("day", ["on 3 February ", ""])
def test_another_eleven_of_the_following_day_are_of_another_event(
    setting: Setting, day: str
) -> None:
    told = (
        f"Nine people were killed in Sarbek {day}when shells hit a bakery, a doctor at the field "
        "hospital said. Another eleven were killed the following day."
    )
    found = invented.together_with(
        [invented.document("one", [told], invented.FIRST + timedelta(days=5))], setting
    )
    killed = [each.estimate(Measure.KILLED).figure.low for each in found.incidents]
    assert killed == [9, 11]
    assert invented.totals(found).whole.figure.low == 20
