"""Within one document: what is said twice, what belongs to what, and what is another event."""

from datetime import date

import pytest
from claims_factory import claim, when
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_reports import earlier

from cenotaph import link
from cenotaph.link.compare import named_apart
from cenotaph.model import DocumentId, Link, Linking, LinkKind, ResolvedClaim

PUBLISHED = {DocumentId(name): date(2021, 2, 8) for name in "abc"}


def linked(*claims: ResolvedClaim, stated: tuple[Link, ...] = ()) -> Linking:
    return link.link(claims, stated=stated, published=PUBLISHED)


def kinds(linking: Linking, one: ResolvedClaim, other: ResolvedClaim) -> set[LinkKind]:
    return {each.kind for each in linking.links if (each.claim, each.to) == (one.id, other.id)}


def together(linking: Linking, *claims: ResolvedClaim) -> bool:
    return any({each.id for each in claims} <= set(members) for members in linking.incidents)


class TestRepeats:
    def test_a_headline_repeats_the_body(self) -> None:
        headline = claim("a", 0, 12)
        body = claim("a", 100, 12, where="Homra", day="2021-02-07", said_by="Hospital")
        linking = linked(headline, body)
        assert kinds(linking, headline, body) == {LinkKind.REPEATS}
        assert together(linking, headline, body)

    def test_the_fuller_statement_stands_whichever_comes_first(self) -> None:
        body = claim("a", 0, 12, where="Homra", day="2021-02-07", said_by="Hospital")
        summary = claim("a", 500, 12)
        assert kinds(linked(body, summary), summary, body) == {LinkKind.REPEATS}

    @pytest.mark.parametrize(("told", "again"), [("active", False), ("died", True)])
    def test_one_of_the_wounded_who_died_is_none_of_those_killed_at_once(
        self, told: str, again: bool
    ) -> None:
        first = claim("a", 0, 1, where="Homra", day="2021-02-07", rule=told)
        later = claim("a", 200, 1, where="Homra", day="2021-02-07", rule="died-later")
        assert (LinkKind.REPEATS in kinds(linked(first, later), later, first)) is again

    def test_contradictions_of_status_and_perpetrator_do_not_make_it_another_figure(self) -> None:
        lede = claim("a", 0, 57, status="civilian", by="Tessaria", where="Orun governorate")
        body = claim(
            "a", 100, 57, by="Kordania", where="Orun governorate", day="2021-02-07",
            scope="subtotal",
        )  # fmt: skip
        linking = linked(lede, body)
        assert kinds(linking, lede, body) == {LinkKind.REPEATS}
        assert linking.incidents == ()

    @pytest.mark.parametrize(
        "other",
        [
            {"where": "Sarbek"},
            {"day": "2021-02-03"},
            {"measure": "injured"},
            {"sex": "female"},
            {"additional": True},
            {"section": 2},
            {"history": True},
            {"sentence": 0},
            {"named": ("Halim Dorsawi",)},
        ],
        ids=str,
    )
    def test_what_makes_it_another_figure(self, other: dict[str, object]) -> None:
        first = claim(
            "a", 0, 3, where="Homra", day="2021-02-07", sex="male", named=("Oren Taskal",)
        )
        slots = {"where": "Homra", "day": "2021-02-07", "sex": "male", **other}
        second = claim("a", 40, 3, **slots) if "sentence" in other else claim("a", 200, 3, **slots)
        assert LinkKind.REPEATS not in kinds(linked(first, second), second, first)

    def test_two_villages_that_no_gazetteer_knows_are_two_places(self) -> None:
        first = claim("a", 0, 3, where="Tel Hamra")
        second = claim("a", 200, 3, where="Tel Safra")
        linking = linked(first, second)
        assert not kinds(linking, second, first)
        assert len(linking.incidents) == 2


class TestEvents:
    def test_killed_and_injured_of_one_strike_are_one_event(self) -> None:
        killed = claim("a", 0, 7, where="Homra", day="2021-02-07")
        injured = claim("a", 40, 15, measure="injured", sentence=0)
        assert together(linked(killed, injured), killed, injured)

    def test_strikes_on_two_towns_are_two_events(self) -> None:
        one = claim("a", 0, 19, where="Kafr Sel", day="2021-02-07")
        other = claim("a", 40, 24, where="Maarat Ilun", day="2021-02-07", additional=True)
        assert len(linked(one, other).incidents) == 2

    def test_an_earlier_strike_on_the_same_town_is_another_event(self) -> None:
        linking = linked(*earlier())
        assert [len(members) for members in linking.incidents] == [2, 1, 1, 1, 2]

    def test_items_of_a_digest_are_kept_apart(self) -> None:
        one = claim("a", 0, 7, section=1)
        other = claim("a", 200, 11, section=2)
        assert len(linked(one, other).incidents) == 2

    def test_sums_are_no_events(self) -> None:
        whole = claim("a", 0, 57, where="Orun governorate", scope="cumulative")
        assert linked(whole).incidents == ()

    def test_what_is_denied_is_no_event(self) -> None:
        from cenotaph.model import Certainty

        denied = claim("a", 0, 5, where="Homra", certainty=Certainty.DENIED)
        assert linked(denied).incidents == ()

    def test_stated_updates_keep_both_figures_in_one_event(self) -> None:
        old = claim("a", 0, 24, where="Maarat Ilun")
        new = claim("a", 20, 29, where="Maarat Ilun", sentence=0)
        update = Link(claim=new.id, kind=LinkKind.UPDATES, to=old.id, by="rose")
        linking = linked(old, new, stated=(update,))
        assert update in linking.links
        assert together(linking, old, new)


class TestContainment:
    def test_parts_of_a_day_are_inside_its_sum_for_certain(self) -> None:
        _, whole, first, _, second, *_ = claims = earlier()
        linking = linked(*claims)
        assert kinds(linking, first, whole) == {LinkKind.WITHIN}
        assert kinds(linking, second, whole) == {LinkKind.WITHIN}

    def test_further_deaths_and_another_party_may_lie_inside(self) -> None:
        claims = earlier()
        whole, two, nine = claims[1], claims[5], claims[8]
        linking = linked(*claims)
        assert kinds(linking, two, whole) == {LinkKind.MAY_BE_WITHIN}
        assert kinds(linking, nine, whole) == {LinkKind.MAY_BE_WITHIN}

    def test_a_sum_and_the_parts_its_sentence_lists(self) -> None:
        claims = earlier()
        two, one, other = claims[5:8]
        linking = linked(*claims)
        assert kinds(linking, one, two) == kinds(linking, other, two) == {LinkKind.WITHIN}

    @pytest.mark.parametrize("scope", ["subtotal", "cumulative"])
    @pytest.mark.parametrize(("last", "kind"), [(30, LinkKind.WITHIN), (20, None)])
    def test_sums_are_parts_of_the_sum_that_their_list_comes_to(self, last, kind, scope) -> None:
        """A month's dead by province, behind those of the country, which has no place here."""
        sums = {"sentence": 0, "sentence_end": 90, "scope": "subtotal"}
        whole = claim("a", 0, 90, **sums | {"scope": scope})
        one = claim("a", 20, 60, where="Orun governorate", **sums)
        other = claim("a", 50, last, where="Velm governorate", **sums)
        linking = linked(whole, one, other)
        assert kinds(linking, one, whole) == kinds(linking, other, whole) == ({kind} - {None})

    def test_further_deaths_do_not_hold_what_was_told_before(self) -> None:
        claims = earlier()
        assert not kinds(linked(*claims), claims[4], claims[5])

    def test_people_may_lie_inside_a_sum_of_civilians(self) -> None:
        claims = earlier()
        linking = linked(*claims)
        assert kinds(linking, claims[1], claims[10]) == {LinkKind.MAY_BE_WITHIN}

    @pytest.mark.parametrize(
        ("slots", "expected"),
        [
            ({"where": "Sarbek", "day": "2021-02-03"}, LinkKind.WITHIN),
            ({"where": "Sarbek", "day": "2021-02-03", "by": "Dawn"}, LinkKind.MAY_BE_WITHIN),
            ({"where": "Sarbek", "day": None}, LinkKind.MAY_BE_WITHIN),
            ({"where": "Sarbek", "day": "2021-03-03"}, None),
            ({"where": "Homra", "day": "2021-02-03"}, None),
            ({"where": "Sarbek", "day": "2021-02-03", "status": "combatant"}, None),
            ({"where": None, "day": "2021-02-03"}, None),
        ],
        ids=str,
    )
    def test_across_documents(self, slots: dict[str, object], expected: LinkKind | None) -> None:
        month = when("2021-02-01", "2021-02-28")
        whole = claim(
            "a", 0, 90, where="Orun governorate", day=month, scope="cumulative",
            status="civilian", by="Kordania",
        )  # fmt: skip
        part = claim("b", 0, 5, **{"status": "civilian", **slots})
        found = kinds(linked(whole, part), part, whole)
        assert found == ({expected} if expected else set())


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(1, 3), st.sampled_from([None, "Homra", "Sarbek"])),
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
@settings(max_examples=100, deadline=None)
def test_any_claims_give_links_without_contradiction(rows, random) -> None:
    claims = [
        claim("abc"[n % 3], 200 * n, low, where=where, additional=extra == 3)
        for n, (extra, low, where) in enumerate(rows)
    ]
    linking = linked(*claims)
    grouped = [each for members in linking.incidents for each in members]
    assert len(grouped) == len(set(grouped))
    assert set(grouped) <= {each.id for each in claims}
    certain = {(each.claim, each.to) for each in linking.links if each.kind is LinkKind.WITHIN}
    assert not any((to, part) in certain for part, to in certain)
    shuffled = [*claims, *claims]
    random.shuffle(shuffled)
    assert linked(*shuffled) == linking


class TestCrowded:
    def test_a_text_of_endless_sums_says_that_each_met_only_its_neighbours(self) -> None:
        sums = [
            claim("a", 100 * n, 1000 + n, where="Orun governorate", scope="subtotal")
            for n in range(210)
        ]
        linking = linked(*sums)
        assert linking.crowded == (DocumentId("a"),)
        assert 0 < len(linking.links) <= 2 * 40_000
        assert linked(*sums[:60]).crowded == ()


@pytest.mark.parametrize(
    ("name", "apart"),
    [("New Orun", False), ("NEW ORUN, Velm", False), ("New Orun, Velm", False), ("Orun", True)],
)
def test_a_place_may_be_named_by_its_initials(name: str, apart: bool) -> None:
    one, other = claim(where="NO"), claim(at=80, where=name)
    assert named_apart(one, other) is named_apart(other, one) is apart


def test_a_sum_of_days_and_an_event_of_as_many_in_it_are_a_sum_and_its_part() -> None:
    days = when("2021-02-05", "2021-02-06")
    whole = claim("a", 0, 3, where="Orun governorate", scope="subtotal", day=days)
    parts = [
        claim("a", 200, 3, where="Sarbek", day="2021-02-05"),
        claim("a", 400, 1, where="Sarbek", day="2021-02-06"),
    ]
    found = linked(whole, *parts)
    assert {kinds(found, part, whole).pop() for part in parts} == {LinkKind.WITHIN}
