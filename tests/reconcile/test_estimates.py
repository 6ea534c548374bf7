"""Low, best and high of one event: who adds up, who is held by whom, and what each ruleset makes of it."""

from dataclasses import replace
from datetime import date

import pytest
from claims_factory import claim, when
from hypothesis import given, settings
from hypothesis import strategies as st

from cenotaph import link, reconcile
from cenotaph.model import (
    Certainty,
    Claim,
    DocumentId,
    Figure,
    Incident,
    Link,
    LinkKind,
    Measure,
    ResolvedClaim,
)

PUBLISHED = {DocumentId(name): date(2021, 2, 8 + n) for n, name in enumerate("abcd")}
HERE = {"where": "Homra", "day": "2021-02-07"}


def incidents(
    *claims: ResolvedClaim, ruleset: str = "default", stated: tuple[Link, ...] = ()
) -> tuple[Incident, ...]:
    linking = link.link(claims, stated=stated, published=PUBLISHED)
    return reconcile.reconcile(claims, linking, ruleset=reconcile.ruleset(ruleset))


def only(*claims: ResolvedClaim, **options: object) -> Incident:
    (incident,) = incidents(*claims, **options)
    return incident


def killed(incident: Incident, group: str | None = None) -> tuple[int | None, ...] | None:
    estimate = incident.estimate(Measure.KILLED, group)
    if estimate is None:
        return None
    figure: Figure = estimate.figure
    return figure.low, figure.best, figure.high


def _of_kind(told: ResolvedClaim, kind: str) -> Claim:
    said = tuple(replace(each, kind=kind) for each in told.claim.said_by)
    return replace(told.claim, said_by=said)


class TestOneDocument:
    def test_civilians_and_fighters_add_up(self) -> None:
        six = claim("a", 0, 6, status="civilian", sentence=0, **HERE)
        two = claim("a", 20, 2, status="combatant", sentence=0, **HERE)
        incident = only(six, two)
        assert killed(incident) == (8, 8, 8)
        assert killed(incident, "civilians") == (6, 6, 6)
        assert killed(incident, "combatants") == (2, 2, 2)

    def test_nobody_else_is_no_figure_of_those_who_were_killed(self) -> None:
        nobody = claim("a", 0, 0, additional=True, said_by="mayor", **HERE)
        five = claim("a", 200, 5, sentence=3, said_by="monitor", **HERE)
        assert killed(only(nobody, five)) == (5, 5, 5)

    def test_others_than_the_dead_are_those_told_of_beside_them(self) -> None:
        two, four = (
            claim("a", 0, 2, sentence=0, **HERE),
            claim("a", 20, 4, sentence=0, measure="injured", **HERE),
        )
        others = claim("a", 200, 4, sentence=200, measure="injured", additional=True, **HERE)
        injured = only(two, four, others).estimate(Measure.INJURED)
        assert injured is not None and injured.figure.high == 4

    def test_a_lower_figure_later_in_a_text_does_not_lower_what_it_opens_with(self) -> None:
        five = claim("a", 0, 5, **HERE)
        four = claim("a", 200, 4, sentence=3, **HERE)
        assert killed(only(five, four)) == (5, 5, 5)

    def test_two_texts_of_one_voice_leave_the_lower_figure_as_the_low(self) -> None:
        five = claim("a", 0, 5, **HERE)
        four = claim("b", 0, 4, **HERE)
        found = only(five, four)
        assert killed(found) is not None and killed(found)[0] == 4

    def test_who_was_shot_and_did_not_die_was_hurt(self) -> None:
        six = claim("a", 0, 6, measure="killed_or_injured", **HERE)
        dead = claim("a", 40, 1, sentence=1, **HERE)
        critical = claim("a", 80, 2, measure="injured", sentence=2, **HERE)
        hurt = only(six, dead, critical).estimate(Measure.INJURED)
        assert hurt is not None and hurt.figure == Figure(low=5, best=5, high=5)
        assert {id for id, _ in hurt.set_aside} >= {critical.id}

    def test_children_among_people_do_not_add_up(self) -> None:
        people = claim("a", 0, 26, **HERE)
        three = claim("a", 20, 3, age="child", part_of=people, sentence=0, **HERE)
        incident = only(people, three)
        assert killed(incident) == (26, 26, 26)
        assert killed(incident, "children") == (3, 3, 3)
        assert killed(incident, "civilians") is None

    def test_a_total_holds_the_groups_that_are_told_later(self) -> None:
        eight = claim("a", 0, 8, **HERE)
        six = claim("a", 200, 6, status="civilian", sentence=200, **HERE)
        two = claim("a", 230, 2, status="combatant", sentence=200, **HERE)
        assert killed(only(eight, six, two)) == (8, 8, 8)

    def test_a_man_and_a_woman_are_two(self) -> None:
        man = claim("a", 0, 1, sex="male", age="adult", **HERE)
        woman = claim("a", 200, 1, sex="female", age="adult", **HERE)
        incident = only(man, woman)
        assert killed(incident) == (2, 2, 2)
        assert killed(incident, "women") == (1, 1, 1)

    def test_a_person_told_of_twice_is_one(self) -> None:
        one = claim("a", 0, 1, **HERE)
        man = claim("a", 200, 1, sex="male", **HERE)
        assert killed(only(one, man)) == (1, 1, 1)

    def test_who_is_named_among_the_dead_is_not_added_to_them(self) -> None:
        two = claim("a", 0, 2, **HERE)
        named = claim("a", 200, 1, sex="male", named=("Halim Dorsawi",), **HERE)
        assert killed(only(two, named)) == (2, 2, 2)

    def test_named_people_are_different_people(self) -> None:
        one = claim("a", 0, 1, named=("Halim Dorsawi",), **HERE)
        other = claim("a", 200, 1, named=("Oren Taskal",), **HERE)
        assert killed(only(one, other)) == (2, 2, 2)

    def test_the_attacker_is_counted_beside_the_victims(self) -> None:
        three = claim("a", 0, 3, **HERE)
        attacker = claim("a", 200, 1, attacker=True, **HERE)
        incident = only(three, attacker)
        assert killed(incident) == (4, 4, 4)
        assert killed(incident, "attackers") == (1, 1, 1)

    def test_further_deaths_add_up(self) -> None:
        first = claim("a", 0, 12, **HERE)
        more = claim("a", 200, 3, additional=True)
        assert killed(only(first, more)) == (15, 15, 15)

    def test_a_stated_update_replaces(self) -> None:
        old = claim("a", 0, 24, **HERE)
        new = claim("a", 20, 29, sentence=0, **HERE)
        update = Link(claim=new.id, kind=LinkKind.UPDATES, to=old.id, by="rose")
        incident = only(old, new, stated=(update,))
        assert killed(incident) == (29, 29, 29)
        estimate = incident.estimate(Measure.KILLED)
        assert estimate is not None
        assert [each for each, _ in estimate.set_aside] == [old.id]

    @pytest.mark.parametrize("certainty", [Certainty.DENIED, Certainty.WITHDRAWN])
    def test_what_is_not_asserted_is_set_aside(self, certainty: Certainty) -> None:
        three = claim("a", 0, 3, **HERE)
        nine = claim("a", 200, 9, certainty=certainty, **HERE)
        (incident,) = incidents(three, nine)
        assert killed(incident) == (3, 3, 3)

    def test_no_number_is_no_figure(self) -> None:
        assert incidents(claim("a", 0, None, modality="none", **HERE))[0].estimates == ()

    def test_an_upper_bound_alone_gives_no_low(self) -> None:
        up_to = claim("a", 0, None, high=20, modality="at_most", **HERE)
        assert killed(only(up_to)) == (None, 20, 20)

    def test_casualties_are_neither_killed_nor_injured(self) -> None:
        assert killed(only(claim("a", 0, 5, measure="casualties", **HERE))) is None


class TestLaterDeaths:
    """ "Two of the wounded have died": no toll of the event."""

    def test_they_come_on_top_of_an_earlier_toll(self) -> None:
        toll = claim("a", 0, 7, said_by="Tessaria Harm Monitor", **HERE)
        died = claim("b", 0, 2, rule="died-later", said_by="Tessaria Harm Monitor", **HERE)
        assert killed(only(toll, died)) == (7, 9, 9)

    def test_a_report_that_opens_with_further_dead_gives_no_toll(self) -> None:
        toll = claim("a", 0, 7, said_by="Tessaria Harm Monitor", **HERE)
        more = claim("b", 0, 2, additional=True, said_by="Tessaria Harm Monitor", **HERE)
        assert killed(only(toll, more)) == (7, 9, 9)

    def test_a_later_toll_may_hold_them(self) -> None:
        toll = claim("a", 0, 7, said_by="Tessaria Harm Monitor", **HERE)
        died = claim("b", 0, 2, rule="died-later", said_by="Orun Hospital", **HERE)
        raised = claim("c", 0, 9, said_by="Tessaria Harm Monitor", **HERE)
        assert killed(only(toll, died, raised)) == (9, 9, 9)

    def test_the_toll_of_their_own_report_may_hold_them(self) -> None:
        toll = claim("a", 0, 7, **HERE)
        died = claim("a", 200, 2, rule="died-later", **HERE)
        assert killed(only(toll, died)) == (7, 7, 9)

    def test_they_are_a_figure_where_nobody_gives_a_toll(self) -> None:
        assert killed(only(claim("a", 0, 2, rule="died-later", **HERE))) == (2, 2, 2)

    def test_dead_beside_wounded_of_one_sentence_are_a_toll(self) -> None:
        wounded = claim("a", 0, 9, measure="injured", sentence=0, **HERE)
        others = claim("a", 20, 2, additional=True, sentence=0, **HERE)
        again = claim("b", 0, 2, **HERE)
        assert killed(only(wounded, others, again)) == (2, 2, 2)


class TestSeveralSources:
    def three(self) -> list[ResolvedClaim]:
        return [
            claim("a", 0, 12, said_by="Monitor", **HERE),
            claim("b", 0, 14, said_by="Hospital", **HERE),
            claim("c", 0, 14, said_by="Ministry", **HERE),
        ]

    @pytest.mark.parametrize(
        ("ruleset", "expected"),
        [
            ("default", (12, 14, 14)),
            ("airwars", (12, 12, 14)),
            ("acled", (12, 12, 12)),
            ("ucdp", (12, 14, 14)),
            ("ibc", (12, 12, 14)),
            ("aoav", (12, 14, 14)),
        ],
    )
    def test_each_ruleset_chooses_its_way(
        self, ruleset: str, expected: tuple[int, int, int]
    ) -> None:
        assert killed(only(*self.three(), ruleset=ruleset)) == expected

    def test_an_originator_s_last_figure_counts(self) -> None:
        first = claim("a", 0, 12, said_by="Orun Monitor", **HERE)
        last = claim("b", 0, 15, said_by="Orun Monitor", **HERE)
        assert killed(only(first, last)) == (15, 15, 15)
        assert killed(only(first, last, ruleset="airwars")) == (12, 12, 15)

    def test_ten_papers_with_one_originator_are_one_source(self) -> None:
        claims = [claim(name, 0, 12, said_by="Orun Monitor", **HERE) for name in "abc"]
        other = claim("d", 0, 13, said_by="Homra Hospital", **HERE)
        incident = only(*claims, other)
        assert incident.sources == ("Homra Hospital", "Orun Monitor")
        assert killed(incident) == (12, 13, 13)

    def test_some_of_another_s_dead_are_no_competing_toll(self) -> None:
        all_of_them = claim("a", 0, 26, said_by="Monitor", **HERE)
        children = claim("b", 0, 3, age="child", said_by="Homra Hospital", **HERE)
        assert killed(only(all_of_them, children)) == (26, 26, 26)

    def test_no_group_is_larger_than_everyone_where_sources_differ(self) -> None:
        ten = claim("a", 0, 10, said_by="Monitor", **HERE)
        twelve = claim("b", 0, 12, said_by="Hospital", **HERE)
        eleven = claim(
            "b", 20, 11, age="child", part_of=twelve, said_by="Hospital", sentence=0, **HERE
        )
        incident = only(ten, twelve, eleven)
        assert killed(incident) == (10, 12, 12)
        assert killed(incident, "children") == (10, 11, 11)

    def test_more_civilians_than_another_counts_in_all_is_a_toll_at_odds_with_it(self) -> None:
        people = claim("a", 0, 21, said_by="Monitor", **HERE)
        civilians = claim("b", 0, 30, status="civilian", said_by="Hospital", **HERE)
        assert killed(only(people, civilians)) == (21, 30, 30)

    def test_some_who_together_are_more_than_another_counts_in_all_are_a_toll(self) -> None:
        people = claim("a", 0, 8, said_by="Rescuers", **HERE)
        men = claim("b", 0, 5, sex="male", age="adult", said_by="Monitor", **HERE)
        women = claim("b", 30, 6, sex="female", age="adult", said_by="Monitor", **HERE)
        incident = only(people, men, women)
        assert killed(incident) == (8, 11, 11)
        estimate = incident.estimate(Measure.KILLED)
        assert estimate is not None and estimate.added == ((men.id, women.id),)
        # Where they fit into the toll they are some of it.
        (many,) = [claim("a", 0, 11, said_by="Rescuers", **HERE)]
        assert killed(only(many, men, women)) == (11, 11, 11)

    def test_counts_of_two_sources_are_no_sum_of_one(self) -> None:
        people = claim("a", 0, 8, said_by="Rescuers", **HERE)
        men = claim("b", 0, 5, sex="male", age="adult", said_by="Monitor", **HERE)
        women = claim("c", 0, 6, sex="female", age="adult", said_by="Clinic", **HERE)
        assert killed(only(people, men, women)) == (8, 8, 8)

    def test_a_breakdown_that_comes_to_more_than_its_toll_raises_what_there_may_have_been(
        self,
    ) -> None:
        ten = claim("a", 0, 10, said_by="Monitor", **HERE)
        parts = [
            claim("a", 30, 7, age="child", part_of=ten, sentence=0, said_by="Monitor", **HERE),
            claim("a", 60, 5, sex="female", age="adult", part_of=ten, sentence=0, **HERE),
        ]
        assert killed(only(ten, *parts)) == (10, 10, 12)
        assert killed(only(ten, parts[0])) == (10, 10, 10)
        # Some of whom no number is told add nothing.
        some = claim(
            "a", 90, None, modality="none", sex="male", age="adult", part_of=ten, sentence=0, **HERE
        )
        assert killed(only(ten, *parts, some)) == (10, 10, 12)

    def test_civilians_are_everyone_where_nobody_tells_of_fighters(self) -> None:
        people = claim("a", 0, 17, said_by="Monitor", **HERE)
        civilians = claim("b", 0, 13, status="civilian", said_by="Hospital", **HERE)
        assert killed(only(people, civilians)) == (13, 13, 17)
        fighters = claim("b", 200, 4, status="combatant", said_by="Army", **HERE)
        assert killed(only(people, civilians, fighters)) == (17, 17, 17)

    def test_soldiers_are_soldiers_whoever_says_so(self) -> None:
        told = [
            claim(document, 0, low, said_by=source, status=status, **HERE)
            for document, low, source, status in (
                ("a", 9, "Tessarian army", "combatant"), ("b", 12, "Northern Front", "unknown"),
                ("c", 11, "Orun Monitor", "combatant"),
            )
        ]  # fmt: skip
        soldiers = [
            replace(
                each, claim=replace(each.claim, group=replace(each.claim.group, side="military"))
            )
            for each in told
        ]
        assert killed(only(*soldiers)) == (9, 11, 12)
        # Of people of whom nothing is said the soldiers may be some.
        told[1] = claim("b", 0, 12, said_by="Northern Front", **HERE)
        assert killed(only(*told)) == (12, 12, 12)

    def test_a_range_that_a_witness_gives_is_not_fewer_than_what_lies_in_it(self) -> None:
        seen = claim("a", 0, 20, high=30, modality="range", said_by="residents", **HERE)
        counted = claim("b", 0, 24, said_by="Orun Monitor", **HERE)
        assert killed(only(replace(seen, claim=_of_kind(seen, "witness")), counted)) == (20, 24, 30)
        fewer = claim("a", 0, 20, said_by="residents", **HERE)
        only_some = replace(fewer, claim=_of_kind(fewer, "witness"))
        assert killed(only(only_some, counted)) == (24, 24, 24)

    def test_sides_that_count_their_own_dead_add_up(self) -> None:
        civilians = claim("a", 0, 6, status="civilian", said_by="Hospital", **HERE)
        soldiers = claim("a", 200, 2, status="combatant", said_by="Army", **HERE)
        assert killed(only(civilians, soldiers)) == (8, 8, 8)


class TestVagueWords:
    @pytest.mark.parametrize(
        ("ruleset", "low", "expected"),
        [
            ("default", 24, (24, 24, 24)),
            ("airwars", 24, (12, 12, 24)),
            ("acled", 24, (12, 12, 12)),
            ("acled", 20, (10, 10, 10)),
            ("acled", 200, (100, 100, 100)),
            ("airwars", 3, (3, 3, 10)),
        ],
    )
    def test_a_word_is_what_the_ruleset_takes_it_for(
        self, ruleset: str, low: int, expected: tuple[int, int, int]
    ) -> None:
        word = claim("a", 0, low, modality="vague", **HERE)
        assert killed(only(word, ruleset=ruleset)) == expected

    def test_strict_rules_do_not_record_them(self) -> None:
        word = claim("a", 0, 24, modality="vague", **HERE)
        assert killed(only(word, ruleset="aoav")) is None


class TestIncidents:
    def test_each_document_has_one_main_incident(self) -> None:
        big = claim("a", 0, 9, where="Homra", day="2021-02-07")
        small = claim("a", 200, 2, where="Sarbek", day="2021-02-07")
        past = claim("a", 400, 90, where="Velm", day="2019-02-07", history=True)
        claims = [big, small, past]
        linking = link.link(claims, published=PUBLISHED)
        rules = reconcile.ruleset("default")
        found = reconcile.reconcile(claims, linking, ruleset=rules)
        assert [main for each in found for _, main in each.documents] == [True, False, False]
        chosen = reconcile.reconcile(claims, linking, ruleset=rules, mains=[small.id])
        assert [main for each in chosen for _, main in each.documents] == [False, True, False]

    def test_the_identifier_does_not_depend_on_order(self) -> None:
        one = claim("a", 0, 9, **HERE)
        other = claim("b", 0, 9, **HERE)
        assert only(one, other).id == only(other, one).id

    def test_place_and_time_are_the_finest_told(self) -> None:
        coarse = claim("a", 0, 9, where="Orun governorate", day=when("2021-02-01", "2021-02-28"))
        fine = claim("a", 200, 4, measure="injured", where="Sarbek", day="2021-02-07")
        incident = only(coarse, fine)
        assert incident.place is not None and incident.place.name == "Sarbek"
        assert incident.when is not None and incident.when.start == date(2021, 2, 7)


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"),
            st.integers(0, 20),
            st.sampled_from([None, "at_least", "vague"]),
            st.sampled_from(["unknown", "civilian", "combatant"]),
            st.sampled_from(["unknown", "child", "adult"]),
            st.sampled_from([None, "Monitor", "Hospital"]),
        ),
        min_size=1,
        max_size=7,
    ),
    st.sampled_from(reconcile.NAMES),
    st.randoms(use_true_random=False),
)
@settings(max_examples=150, deadline=None)
def test_bounds_and_order(rows, ruleset, random) -> None:
    claims = [
        claim(doc, 200 * n, low, modality=how, status=status, age=age, said_by=said, **HERE)
        for n, (doc, low, how, status, age, said) in enumerate(rows)
    ]
    found = incidents(*claims, ruleset=ruleset)
    for incident in found:
        for estimate in incident.estimates:
            figure = estimate.figure
            assert figure.best is not None and figure.high is not None
            assert (figure.low or 0) <= figure.best <= figure.high
            assert estimate.used
            whole = incident.estimate(estimate.measure)
            if whole is not None:
                assert (figure.low or 0) <= (whole.figure.low or figure.low or 0)
                assert figure.best <= (whole.figure.best or 0)
                assert figure.high <= (whole.figure.high or 0)
            told = set(estimate.used) | {each for each, _ in estimate.set_aside}
            assert told <= set(incident.claims)
            assert all(reason for _, reason in estimate.set_aside)
    shuffled = [*claims, claims[0]]
    random.shuffle(shuffled)
    assert incidents(*shuffled, ruleset=ruleset) == found
