"""A report that does not say its day stands beside those that do: nobody of it is counted twice for
certain, and nobody is lost."""

from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from claims_factory import claim, when
from hypothesis import given, settings
from hypothesis import strategies as st

from cenotaph import link, reconcile, totals
from cenotaph.model import (
    MAY_BE_ONE,
    UNDATED,
    UNSURE,
    Coded,
    Linking,
    Quote,
    ResolvedClaim,
    Role,
    Totals,
)

DAY = date(2021, 2, 7)
SCHOOL, MARKET = (Coded(code=code, quote=Quote(0, 6, code)) for code in ("school", "market"))


def told(
    *claims: ResolvedClaim,
    published: dict[str, int] | None = None,
    same: link.Bonds = (),
    different: link.Bonds = (),
) -> tuple[Linking, Totals]:
    """Link and total claims; reports are of the day after DAY, or so many days after it."""
    days = {
        each.claim.document: DAY + timedelta((published or {}).get(each.claim.document, 1))
        for each in claims
    }
    rules = reconcile.ruleset("default")
    linking = link.link(claims, published=days, same=same, different=different)
    incidents = reconcile.reconcile(claims, linking, ruleset=rules)
    return linking, totals.total(claims, linking, incidents, ruleset=rules)


def whole(*claims: ResolvedClaim, **options: Any) -> tuple[int | None, int | None, int | None]:
    _, sums = told(*claims, **options)
    figure = sums.whole.figure
    return figure.low, figure.best, figure.high


def dated(low: int = 9, **slots: Any) -> ResolvedClaim:
    slots = {"document": "a", "where": "Sarbek", "day": "2021-02-07"} | slots
    return claim(at=0, low=low, **slots)


def undated(low: int = 9, document: str = "b", **slots: Any) -> ResolvedClaim:
    return claim(document, 0, low, **{"where": "Sarbek"} | slots)


def findings(*claims: ResolvedClaim, **options: Any) -> list[str]:
    linking, _ = told(*claims, **options)
    found = reconcile.findings(claims, linking)
    return [each.message for each in found if each.code == "may-be-one-event"]


class TestOneDay:
    @pytest.mark.parametrize(
        ("low", "later", "bounds"),
        [
            (9, 1, (9, 9, 18)),
            (8, 1, (8, 9, 17)),
            # A toll that has risen is told later.
            (21, 4, (9, 21, 30)),
            (21, 0, (9, 30, 30)),
            # So few may be some of them, or others.
            (3, 2, (3, 12, 12)),
        ],
    )
    def test_the_smaller_is_sure_and_both_are_possible(self, low, later, bounds) -> None:
        """As one event its sources would differ, and its low would be the smaller."""
        assert whole(dated(), undated(low), published={"b": later}) == bounds

    def test_the_pair_is_noted_for_somebody_to_look_at(self) -> None:
        linking, sums = told(dated(), undated())
        assert UNDATED in {each.by for each in linking.links}
        assert any("may be of one event" in each for each in sums.whole.sentences)
        linking, _ = told(dated(), undated(3))
        assert UNSURE in {each.by for each in linking.links}

    @pytest.mark.parametrize(
        "other",
        [
            {"where": "Homra"},
            {"event": "shooting"},
            {"named": ("Halim Dorsawi",)},
        ],
        ids=str,
    )
    def test_what_makes_two_of_them(self, other: dict[str, Any]) -> None:
        one = dated(named=("Amal Nuri",), status="civilian")
        assert whole(one, undated(6, **other)) == (15, 15, 15)

    @pytest.mark.parametrize(
        ("event", "bounds"), [("shelling", (9, 9, 18)), (None, (9, 9, 18)), ("arson", (9, 18, 18))]
    )
    def test_kinds_that_are_taken_for_one_another(self, event, bounds) -> None:
        assert whole(dated(), undated(event=event)) == bounds

    def test_a_report_of_before_the_day_tells_of_another(self) -> None:
        assert whole(dated(), undated(), published={"b": -3}) == (18, 18, 18)

    @pytest.mark.parametrize(
        ("other", "bounds"),
        [
            # With nothing but the toll in common they may be one as well as two.
            ({}, (9, 18, 18)),
            ({"targets": (SCHOOL,)}, (9, 9, 18)),
            ({"said_by": "Orun Health Directorate"}, (9, 9, 18)),
            # Another toll, another thing hit or another town is another event.
            ({"low": 8}, (17, 17, 17)),
            ({"targets": (MARKET,)}, (18, 18, 18)),
            ({"where": "Homra"}, (18, 18, 18)),
        ],
        ids=str,
    )
    def test_a_report_of_long_after_it_may_tell_of_it_with_its_toll(self, other, bounds) -> None:
        ours = {"targets": (SCHOOL,), "said_by": "Orun Health Directorate"}
        assert whole(dated(**ours), undated(**other), published={"b": 90}) == bounds

    def test_a_finding_names_what_it_may_be(self) -> None:
        later = dated(6, document="c", day="2021-02-09")
        (message,) = findings(dated(), later, undated(), published={"c": 3, "b": 5})
        assert "(no day told)" in message
        assert "(2021-02-07)" in message and "(2021-02-09)" in message

    def test_others_that_tell_its_day_settle_what_it_is_not(self) -> None:
        """Who says the toll of a day beside another report of it is not asked about other days."""
        earlier = dated(6, document="c", day="2021-01-31", said_by="Orun Health Directorate")
        again = undated(6, said_by="Orun Health Directorate")
        options = {"published": {"c": -6, "b": 1}}
        assert whole(dated(), earlier, again, **options) == (15, 15, 15)
        assert not findings(dated(), earlier, again, **options)
        for order in permutations([dated(), earlier, again]):
            assert whole(*order, **options) == (15, 15, 15)

    def test_one_source_that_gives_one_figure_says_it_again(self) -> None:
        ours = {"said_by": "Orun Health Directorate"}
        assert whole(dated(**ours), undated(**ours)) == (9, 9, 9)

    @pytest.mark.parametrize(
        ("first", "last", "bounds"),
        [("2021-02-04", "2021-02-07", (9, 9, 18)), ("2021-02-01", "2021-02-03", (18, 18, 18))],
    )
    def test_a_day_in_a_period_or_beside_it(self, first, last, bounds) -> None:
        assert whole(dated(), undated(day=when(first, last))) == bounds

    def test_people_decide(self) -> None:
        one, other = dated(), undated(8)
        assert whole(one, other, same=[(one.id, other.id)]) == (8, 8, 9)
        assert whole(one, other, different=[(one.id, other.id)]) == (17, 17, 17)


class TestSeveral:
    def test_one_without_a_day_beside_two_that_are_dated(self) -> None:
        monday, friday = dated(), claim("c", 0, 6, where="Sarbek", day="2021-02-11")
        later = {"b": 6, "c": 5}
        for order in permutations((monday, friday, undated(8))):
            assert whole(*order, published=later) == (14, 15, 23)

    def test_several_without_a_day(self) -> None:
        reports = [undated(low, f"r{low}") for low in (7, 8, 9)]
        assert whole(*reports) == (7, 9, 24)

    def test_what_stands_beside_them_is_added(self) -> None:
        elsewhere = claim("c", 0, 4, where="Homra", day="2021-02-07")
        assert whole(dated(), undated(), elsewhere) == (13, 13, 22)

    def test_both_lie_in_the_sum_of_their_month(self) -> None:
        month = claim(
            "c", 0, 30, where="Orun governorate", scope="cumulative", said_by="Orun Monitor",
            day=when("2021-02-01", "2021-02-28"),
        )  # fmt: skip
        assert whole(dated(), undated(), month, published={"c": 22})[:2] == (30, 30)


@st.composite
def reports(draw) -> list[ResolvedClaim]:
    """Up to nine reports of one town and week, with and without a day."""
    days = st.sampled_from([None, "2021-02-05", "2021-02-06", "2021-02-07"])
    return [
        claim(
            f"r{n}", 0, draw(st.integers(1, 20)), where="Sarbek", day=draw(days),
            event=draw(st.sampled_from([None, "shelling", "air_strike", "shooting"])),
            said_by=draw(st.sampled_from([None, "Orun Monitor", "Velm Hospital"])),
            by=draw(st.sampled_from([(), "Kordania", "Tessaria"])),
        )
        for n in range(draw(st.integers(2, 9)))
    ]  # fmt: skip


@given(reports())
@settings(max_examples=150, deadline=None)
def test_no_two_that_may_be_one_are_both_in_the_low(found) -> None:
    linking, sums = told(*found)
    event = {claim: members[0] for members in linking.incidents for claim in members}
    added = {part.claim for part in sums.whole.parts if part.role is Role.ADDED}
    pairs = [each for each in linking.links if each.by in MAY_BE_ONE]
    assert not any({event[each.claim], event[each.to]} <= added for each in pairs)
    low, best, high = (
        sums.whole.figure.low or 0,
        sums.whole.figure.best or 0,
        sums.whole.figure.high or 0,
    )
    assert low <= best <= high
    # Whoever takes every event for itself comes to the high.
    assert high == sum(part.figure.high or 0 for part in sums.whole.parts)
