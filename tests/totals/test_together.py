"""The toll of several attacks told together, beside reports that tell them one by one."""

from itertools import permutations
from typing import Any

import pytest
from claims_factory import claim

from cenotaph import link, reconcile, totals
from cenotaph.model import LinkKind, ResolvedClaim

RULES = reconcile.ruleset("default")
SCENE = {"where": "Sarbek", "day": "2021-02-07", "event": "bombing"}


def blast(document: str, low: int, section: int, **slots: Any) -> ResolvedClaim:
    return claim(document, 100 * section, low, **SCENE | {"section": section} | slots)


def both(low: int, document: str = "z", **slots: Any) -> list[ResolvedClaim]:
    """Return the claims of "The two blasts in Sarbek killed so many"."""
    said = SCENE | {"event": "explosion", "sentence": 0} | slots
    return [
        claim(document, 0, 2, measure="attacks", **said),
        claim(document, 30, low, **said),
    ]


def whole(*claims: ResolvedClaim, **options: Any) -> tuple[int | None, int | None, int | None]:
    linking = link.link(claims, **options)
    incidents = reconcile.reconcile(claims, linking, ruleset=RULES)
    figure = totals.total(claims, linking, incidents, ruleset=RULES).whole.figure
    return figure.low, figure.best, figure.high


ONE_BY_ONE = [blast("a", 20, 0), blast("a", 11, 1)]


class TestToldOneByOne:
    @pytest.mark.parametrize(("low", "bounds"), [(33, (33, 33, 33)), (31, (31, 31, 31))])
    def test_the_toll_holds_what_each_of_them_did(self, low, bounds) -> None:
        assert whole(*ONE_BY_ONE) == (31, 31, 31)
        for order in permutations([*ONE_BY_ONE, *both(low)]):
            assert whole(*order) == bounds

    def test_a_toll_of_less_than_they_come_to_leaves_them(self) -> None:
        assert whole(*ONE_BY_ONE, *both(28)) == (31, 31, 31)

    def test_another_report_of_one_of_them_is_of_that_one(self) -> None:
        again = blast("b", 21, 0)
        linking = link.link([*ONE_BY_ONE, again, *both(33)])
        assert whole(*ONE_BY_ONE, again, *both(33)) == (33, 33, 33)
        assert [each.by for each in linking.links if each.kind is LinkKind.WITHIN] == (
            ["attacks-told-together"] * 2
        )

    def test_people_may_say_that_it_is_one_of_them(self) -> None:
        joint = both(33)
        linking = link.link([*ONE_BY_ONE, *joint], same=[(ONE_BY_ONE[0].id, joint[1].id)])
        assert {frozenset(each) for each in linking.incidents} == {
            frozenset(each.id for each in (ONE_BY_ONE[0], *joint)),
            frozenset([ONE_BY_ONE[1].id]),
        }

    @pytest.mark.parametrize("other", [{"where": "Homra"}, {"day": "2021-02-12"}], ids=str)
    def test_elsewhere_or_on_another_day_they_are_others(self, other) -> None:
        assert whole(*ONE_BY_ONE, *both(33, **other)) == (64, 64, 64)


class TestToldAlone:
    def test_beside_one_attack_it_may_be_that_one(self) -> None:
        """Who tells of one blast may leave out the other, or count both in fewer."""
        assert whole(blast("a", 20, 0), *both(33)) == (20, 53, 53)

    def test_with_nothing_beside_it_it_is_an_event(self) -> None:
        assert whole(*both(33)) == (33, 33, 33)
