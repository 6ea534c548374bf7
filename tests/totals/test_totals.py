"""Totals: nobody counted twice, every bound explained, the order of the reports without effect."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from claims_factory import claim, when
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_reports import earlier, later, since_december

from cenotaph import link, reconcile, totals
from cenotaph.model import (
    Copy,
    DocumentId,
    Link,
    LinkKind,
    Measure,
    Modality,
    Precision,
    Quote,
    Relation,
    ResolvedClaim,
    Role,
    TotalRow,
    Totals,
)

PUBLISHED = {
    DocumentId(name): date.fromisoformat(day)
    for name, day in (("a", "2021-02-08"), ("b", "2021-02-28"), ("c", "2021-03-20"))
}


def add(
    claims: list[ResolvedClaim],
    *,
    by: tuple[str, ...] = ("admin1",),
    group: str | None = None,
    measure: Measure = Measure.KILLED,
    ruleset: str = "default",
    copies: tuple[Copy, ...] = (),
) -> Totals:
    rules = reconcile.ruleset(ruleset)
    linking = link.link(claims, copies=copies, published=PUBLISHED)
    incidents = reconcile.reconcile(claims, linking, ruleset=rules)
    return totals.total(
        claims, linking, incidents, by=by, ruleset=rules, group=group, measure=measure
    )


def row(sums: Totals, **key: str | None) -> TotalRow:
    (found,) = [each for each in sums.rows if dict(each.key) == key]
    return found


def bounds(found: TotalRow) -> tuple[int | None, int | None, int | None]:
    return found.figure.low, found.figure.best, found.figure.high


class TestTwoReports:
    """57 of a day, 412 since December printed twice, 2201 of a city, 8 of a town nearby."""

    def test_the_whole(self) -> None:
        whole = add(earlier() + later()).whole
        # 412 + 2201 + 8; and 57, 2 and 9 if they lie outside the 412; and the child without a place.
        assert bounds(whole) == (2621, 2621, 2689)
        assert whole.high_with_aside == 2690
        assert whole.civilians and not whole.bounded
        assert whole.naive == 3204

    def test_rows_by_governorate(self) -> None:
        sums = add(earlier() + later())
        assert bounds(row(sums, admin1="Orun")) == (412, 412, 480)
        assert bounds(row(sums, admin1="Velm")) == (2209, 2209, 2209)
        assert row(sums, admin1=None).high_with_aside == 1

    def test_what_may_lie_inside_is_named(self) -> None:
        parts = {part.claim: part for part in add(earlier() + later()).whole.parts}
        known = {each.id: each for each in earlier() + later()}
        inside = [
            known[part.claim].claim.count.low
            for part in parts.values()
            if part.role is Role.MAY_BE_INSIDE
        ]
        assert sorted(number or 0 for number in inside) == [2, 9, 57]

    def test_a_round_figure_without_source_is_named(self) -> None:
        found = row(add(earlier() + later()), admin1="Velm")
        assert found.round_without_source == 2201

    def test_a_city_read_as_its_governorate_over_an_open_period_is_another_reading(self) -> None:
        sums = add(earlier() + later())
        (other,) = sums.whole.others
        assert other.low == 2613
        (other,) = row(sums, admin1="Velm").others
        assert other.low == 2201

    def test_groups(self) -> None:
        claims = earlier() + later()
        assert bounds(add(claims, group="children").whole) == (134, 134, 145)
        assert bounds(add(claims, group="women").whole) == (77, 77, 77)
        assert bounds(add(claims, group="civilians").whole)[0] == 2621

    def test_other_measures(self) -> None:
        found = add(earlier() + later(), measure=Measure.INJURED).whole
        assert bounds(found) == (1300, 1300, 1300)
        assert found.naive == 2600

    def test_months_are_never_divided(self) -> None:
        sums = add(earlier() + later(), by=("month",))
        keys = {dict(each.key)["month"] for each in sums.rows}
        assert "2020-12-19/2021-02-08" in keys
        assert "2021-02" in keys

    def test_the_night_of_a_day_is_the_night_that_begins_on_it(self) -> None:
        """Who says "the night of 31 January" moves nobody out of the night over both days."""
        over = replace(when("2021-01-31", "2021-02-01"), time="overnight")
        ways = [
            (None, "2021-01-31"),
            ("at 11 pm", "2021-01-31"),
            ("night", "2021-01-31/2021-02-01"),
        ]
        for time, month in ways:
            first = replace(when("2021-01-31"), time=time)
            told = [
                claim("a", 0, 4, where="Sarbek", day=over, said_by="Monitor"),
                claim("b", 0, 4, where="Sarbek", day=first, said_by="Hospital"),
            ]
            (found,) = add(told, by=("month",)).rows
            assert dict(found.key)["month"] == (month if "/" in month else month[:7])

    def test_a_night_over_two_months_has_a_row_of_its_own(self) -> None:
        told = [
            claim("a", 0, 5, where="Homra", day="2021-01-12"),
            claim("a", 100, 7, where="Homra", day=when("2021-01-31", "2021-02-01")),
            claim("a", 200, 3, where="Homra", day="2021-02-05"),
        ]
        sums = add(told, by=("admin1", "month"))
        rows = {dict(each.key)["month"]: each.figure.low for each in sums.rows}
        assert rows == {"2021-01": 5, "2021-01-31/2021-02-01": 7, "2021-02": 3}
        assert sums.whole.figure.low == 15

    def test_a_row_for_each_group_that_is_counted(self) -> None:
        nine = claim("a", 0, 9, where="Homra", day="2021-02-05")
        children = claim(
            "a", 20, 3, sentence=0, age="child", part_of=nine, where="Homra", day="2021-02-05"
        )
        sums = add([nine, children], by=("admin1", "group"))
        assert [(dict(each.key), each.figure.low) for each in sums.rows] == [
            ({"admin1": "Dorsa", "group": "children"}, 3)
        ]
        assert bounds(sums.whole) == (9, 9, 9)

    @pytest.mark.parametrize(
        ("key", "one", "other"), [("perpetrator", "Kordania", "Tessarian forces")]
    )
    def test_who_is_blamed_makes_rows(self, key, one, other) -> None:
        told = [
            claim("a", 0, 5, where="Homra", day="2021-01-12", by=one),
            claim("a", 100, 7, where="Velm", day="2021-01-20", by=other),
        ]
        sums = add(told, by=(key,))
        assert {dict(r.key)[key]: r.figure.low for r in sums.rows} == {one: 5, other: 7}

    def test_a_toll_blamed_on_several_parties_stands_under_each_and_once_in_the_whole(self) -> None:
        here = {"where": "Homra", "day": "2021-01-12"}
        told = [
            claim(name, 0, 6, by=party, **here)
            for name, party in (("a", "Kordania"), ("b", "Tessarian forces"), ("c", "Kordania"))
        ]
        sums = add(told, by=("perpetrator", "month"))
        assert {dict(r.key)["perpetrator"]: bounds(r) for r in sums.rows} == {
            "Kordania": (6, 6, 6),
            "Tessarian forces": (6, 6, 6),
        }
        assert bounds(sums.whole) == (6, 6, 6)
        assert all(any("other parties" in s for s in r.sentences) for r in sums.rows)
        # Who did it together did it as one.
        joint = claim("a", 0, 6, by=("Kordania", "Tessarian forces"),
                      perpetrator_relation=Relation.JOINT, **here)  # fmt: skip
        (only,) = add([joint], by=("perpetrator",)).rows
        assert dict(only.key)["perpetrator"] == "Kordania + Tessarian forces"

    def test_strict_rules_leave_sums_out(self) -> None:
        found = add(earlier() + later(), ruleset="aoav").whole
        assert bounds(found) == (19 + 24 + 1 + 1 + 9 + 8,) * 3
        aside = [part for part in found.parts if part.role is Role.SET_ASIDE]
        assert all(part.reason for part in aside)


@given(st.randoms(use_true_random=False), st.integers(0, 30))
@settings(max_examples=40, deadline=None)
def test_order_and_repetition_change_nothing(random, again) -> None:
    claims = earlier() + later()
    expected = add(claims)
    shuffled = claims + claims[:again]
    random.shuffle(shuffled)
    got = add(shuffled)
    assert got.whole == expected.whole
    assert got.rows == expected.rows


def test_a_later_reprint_changes_no_estimate() -> None:
    claims = earlier() + later()
    again = [each for each in earlier("c") if 190 < each.claim.counted.start < 240]
    passage = Quote(200, 290, "word " * 18)
    copy = Copy(
        document=DocumentId("c"),
        passage=passage,
        original=DocumentId("a"),
        original_passage=passage,
    )
    before, after = add(claims), add(claims + again, copies=(copy,))
    assert bounds(before.whole) == bounds(after.whole)
    assert [bounds(each) for each in before.rows] == [bounds(each) for each in after.rows]
    assert after.whole.naive > before.whole.naive


def test_a_total_given_again_keeps_its_first_end() -> None:
    # On 20 February 5 were killed: after the first 412, so they lie outside it.
    five = claim("b", 900, 5, where="Sarbek", day="2021-02-20", status="civilian")
    alone = add([*since_december("a", "2021-02-08"), five]).whole
    again = add([*since_december("a", "2021-02-08"), *since_december("b", "2021-02-28"), five])
    assert bounds(alone) == bounds(again.whole) == (417, 417, 417)


def test_a_growing_series_is_one_sum() -> None:
    first = claim(
        "a", 5, 412, where="Orun governorate", scope="cumulative", said_by="Monitor",
        day=when("2020-12-19", "2021-02-08"),
    )  # fmt: skip
    second = claim(
        "b", 5, 440, where="Orun governorate", scope="cumulative", said_by="Monitor",
        day=when("2020-12-19", "2021-02-28"),
    )  # fmt: skip
    assert bounds(add([first, second]).whole) == (440, 440, 440)


def test_parts_that_come_to_more_than_their_sum_count() -> None:
    whole = claim("a", 5, 10, where="Orun governorate", scope="subtotal", day="2021-02-07")
    parts = [
        claim("a", 100 * n, 6, where=name, day="2021-02-07")
        for n, name in enumerate(("Kafr Sel", "Sarbek"), start=1)
    ]
    assert bounds(add([whole, *parts]).whole) == (12, 12, 12)


def test_two_vague_sums_that_may_overlap_are_not_added() -> None:
    one = claim(
        "a", 5, 100, where="Orun governorate", scope="cumulative", said_by="Monitor",
        day=when("2021-01-01", "2021-01-31"),
    )  # fmt: skip
    other = claim(
        "b", 5, 90, where="Orun governorate", scope="cumulative", said_by="Ministry",
        day=when("2021-01-15", "2021-02-15"),
    )  # fmt: skip
    assert bounds(add([one, other]).whole) == (100, 100, 190)


def test_unknown_keys_are_refused() -> None:
    with pytest.raises(KeyError):
        add(earlier(), by=("moon",))


PLACES = ("Kafr Sel", "Maarat Ilun", "al-Tamira", "Atarin", "Velm", "Orun governorate", None)


@st.composite
def some_claims(draw) -> list[ResolvedClaim]:
    """Any incidents and sums of a few documents, with breakdowns that do not exceed their whole."""
    found: list[ResolvedClaim] = []
    for n in range(draw(st.integers(1, 9))):
        low = draw(st.integers(0, 60))
        scope = draw(st.sampled_from(["incident", "incident", "subtotal", "cumulative"]))
        start = draw(st.integers(1, 28))
        end = draw(st.integers(start, 28))
        day = when(f"2021-02-{start:02}", f"2021-02-{end:02}" if scope != "incident" else None)
        one = claim(
            draw(st.sampled_from("abc")), 200 * n, low,
            modality=draw(st.sampled_from([None, "at_least"])),
            where=draw(st.sampled_from(PLACES)), day=draw(st.sampled_from([day, None])),
            scope=scope, status=draw(st.sampled_from(["unknown", "civilian", "combatant"])),
            by=draw(st.sampled_from([(), "Kordania", "Tessaria"])),
            said_by=draw(st.sampled_from([None, "Monitor", "Hospital"])),
            additional=draw(st.booleans()), event=None,
        )  # fmt: skip
        found.append(one)
        if low and draw(st.booleans()):
            children = draw(st.integers(1, low))
            found.append(
                claim(
                    one.claim.document,
                    200 * n + 20,
                    children,
                    age="child",
                    part_of=one,
                    sentence=200 * n,
                    scope=scope,
                    event=None,
                )
            )
    return found


@given(some_claims(), st.randoms(use_true_random=False), st.sampled_from(reconcile.NAMES))
@settings(max_examples=150, deadline=None)
def test_bounds_hold_and_order_changes_nothing(claims, random, ruleset) -> None:
    sums = add(claims, ruleset=ruleset)
    for each in (*sums.rows, sums.whole):
        low, best, high = bounds(each)
        assert low is not None and best is not None and high is not None
        assert low <= best <= high <= each.high_with_aside
    shuffled = [*claims, *claims[:2]]
    random.shuffle(shuffled)
    assert add(shuffled, ruleset=ruleset) == sums


@given(some_claims())
@settings(max_examples=100, deadline=None)
def test_a_sum_is_never_added_to_what_it_holds(claims) -> None:
    linking = link.link(claims, published=PUBLISHED)
    inside = {(each.claim, each.to) for each in linking.links if each.kind is LinkKind.WITHIN}
    for each in add(claims).rows:
        added = {part.claim for part in each.parts if part.role is Role.ADDED}
        assert not any({one, other} <= added for one, other in inside)


@given(some_claims())
@settings(max_examples=100, deadline=None)
def test_the_whole_is_at_least_each_row(claims) -> None:
    sums = add(claims)
    for each in sums.rows:
        assert (sums.whole.figure.low or 0) >= (each.figure.low or 0)
        assert (sums.whole.figure.high or 0) >= (each.figure.low or 0)


@st.composite
def claims_of_two_months(draw) -> list[ResolvedClaim]:
    """Events and sums of two governorates in February and March, sums that reach across both."""
    found: list[ResolvedClaim] = []
    for n in range(draw(st.integers(2, 9))):
        scope = draw(st.sampled_from(["incident", "subtotal", "cumulative"]))
        first = draw(st.integers(0, 50))
        last = first if scope == "incident" else min(55, first + draw(st.integers(0, 40)))
        start, end = (date(2021, 2, 1) + timedelta(each) for each in (first, last))
        found.append(
            claim(
                draw(st.sampled_from("abc")), 200 * n, draw(st.integers(1, 60)),
                where=draw(st.sampled_from(
                    ["Kafr Sel", "Sarbek", "Orun governorate", "Atarin", "Velm governorate"]
                )),
                day=when(start.isoformat(), end.isoformat()), scope=scope,
                status=draw(st.sampled_from(["unknown", "civilian"])),
                said_by=draw(st.sampled_from([None, "Monitor", "Hospital"])), event=None,
            )
        )  # fmt: skip
    return found


@given(claims_of_two_months(), st.sampled_from([("month",), ("admin1",), ("admin1", "month")]))
@settings(max_examples=300, deadline=None)
def test_the_whole_is_at_least_the_rows_together_that_share_no_day_or_no_place(claims, by) -> None:
    sums = add(claims, by=by)
    # What reaches across months has a row of its own, and shares days with others.
    rows = [each for each in sums.rows if "/" not in (dict(each.key).get("month") or "")]
    assert sums.whole.exact
    assert (sums.whole.figure.low or 0) >= sum(each.figure.low or 0 for each in rows)
    assert (sums.whole.figure.high or 0) >= sum(each.figure.high or 0 for each in rows)


def test_a_sum_over_two_months_is_no_bridge_between_what_is_told_of_each() -> None:
    february = claim("a", 5, 14, where="Sarbek", day="2021-02-11", said_by="Hospital")
    both = claim(
        "b", 5, 33, where="Orun governorate", scope="subtotal", said_by="Monitor",
        day=when("2021-02-10", "2021-03-05"),
    )  # fmt: skip
    march = claim(
        "c", 5, 47, where="Orun governorate", scope="subtotal", said_by="Ministry",
        day=when("2021-03-01", "2021-03-19"),
    )  # fmt: skip
    # 14 of the 33 died in February, and none of those lie in the 47 of March.
    assert bounds(add([february, both, march]).whole) == (61, 61, 80)
    assert bounds(add([february, march]).whole) == (61, 61, 61)


def test_links_keep_both_ends() -> None:
    linking = link.link(earlier() + later(), published=PUBLISHED)
    known = {each.id for each in earlier() + later()}
    assert all(isinstance(each, Link) and {each.claim, each.to} <= known for each in linking.links)


class TestACityThatMayBeTheAreaOfItsName:
    """57 of a day in Velm, the city or the governorate, and 29 and 19 in a town of it."""

    def day(self, *, said: int = 57) -> list[ResolvedClaim]:
        return [
            claim("a", 5, said, where="Velm", scope="subtotal", day="2021-02-07"),
            claim("b", 5, 29, where="Atarin", day="2021-02-07"),
        ]

    def test_the_low_is_of_the_smaller_reading_and_the_high_of_the_larger(self) -> None:
        whole = add(self.day()).whole
        assert bounds(whole) == (57, 86, 86)
        assert not whole.others
        told = " ".join(whole.sentences)
        assert "29 (Atarin) lie inside 57 (Velm) if that is of the area of its name" in told
        assert "The low is of the smaller reading of Velm" in told

    def test_what_comes_to_more_than_the_city_counts_in_both_readings(self) -> None:
        whole = add(self.day(said=12)).whole
        assert bounds(whole) == (29, 41, 41)
        assert "29 (Atarin) lie inside 12 (Velm) if that is of the area of its name" in " ".join(
            whole.sentences
        )

    def test_a_sum_that_may_hold_more_than_it_is_does_not_lie_inside_its_parts(self) -> None:
        some = [
            claim("a", 5, 9, where="Velm governorate", scope="subtotal", day=None),
            claim("b", 5, 14, where="Atarin", day="2021-02-07"),
        ]
        (told,) = [each for each in add(some).whole.sentences if "may hold" in each]
        assert told.startswith("9 (Velm) may hold 14 (Atarin)")


def read_as(claims: list[ResolvedClaim], *, area: bool) -> list[ResolvedClaim]:
    """Return the claims with what is said of a city that bears its area's name read as that area,
    or as the settlement alone."""
    found = []
    for each in claims:
        if each.place is not None and each.place.namesake_of_area:
            place = (
                replace(
                    each.place, entry="xt:area", precision=Precision.ADMIN1, lat=None, lon=None,
                    namesake_of_area=False,
                )
                if area
                else replace(each.place, namesake_of_area=False)
            )  # fmt: skip
            found.append(replace(each, place=place, places=(place,)))
        else:
            found.append(each)
    return found


@st.composite
def claims_of_a_city_and_its_area(draw) -> list[ResolvedClaim]:
    """One sum of a city and events in towns of its area, on days of it and others."""
    length = draw(st.integers(0, 9))
    found = [
        claim(
            "a", 5, draw(st.integers(1, 80)), where="Velm", scope="subtotal",
            day=when("2021-02-05", f"2021-02-{5 + length:02}"),
        )
    ]  # fmt: skip
    for n in range(draw(st.integers(1, 6))):
        found.append(
            claim(
                draw(st.sampled_from("abc")), 200 * (n + 1), draw(st.integers(1, 40)),
                where=draw(st.sampled_from(["Atarin", "Sarbek", "Homra"])),
                day=f"2021-02-{draw(st.integers(1, 20)):02}",
            )
        )  # fmt: skip
    return found


@given(claims_of_a_city_and_its_area(), st.sampled_from([("month",), ("admin1",), ()]))
@settings(max_examples=200, deadline=None)
def test_the_bounds_are_over_both_readings_of_a_city(claims, by) -> None:
    sums = add(claims, by=by)
    for one in (read_as(claims, area=True), read_as(claims, area=False)):
        read = add(one, by=by)
        others = {each.key: each for each in (*read.rows, read.whole)}
        for each in (*sums.rows, sums.whole):
            other = others[each.key].figure
            assert (each.figure.low or 0) <= (other.low or 0)
            assert (each.figure.high or 0) >= (other.high or 0)
            # The line says the figures that the table has.
            assert f"At least {each.figure.low:,} " in each.sentences[0]


def test_of_the_most_alone_the_sum_of_the_least_names_nothing() -> None:
    known = claim("a", 200, 7, where="Sarbek", day="2021-02-03")
    bounded = claim("b", 400, 4, where="Homra", day="2021-02-09")
    most = replace(bounded.claim.count, low=None, modality=Modality.AT_MOST)
    bounded = replace(bounded, claim=replace(bounded.claim, count=most))
    whole = add([known, bounded], by=()).whole
    assert (whole.figure.low, whole.figure.best, whole.figure.high) == (7, 11, 11)
    assert whole.sentences[0] == "At least 7 people reported killed: 7 (Sarbek)."
    assert whole.sentences[1].startswith("Of 4 (Homra) only the most is told: ")
    alone = add([bounded], by=()).whole
    assert alone.sentences[0] == "No figure counts here for certain."
