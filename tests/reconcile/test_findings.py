"""What does not add up, with stable codes, arithmetic and quotes."""

from datetime import date

import pytest
from claims_factory import claim, when
from invented_reports import earlier, later

from cenotaph import link, reconcile
from cenotaph.model import Certainty, DocumentId, Finding, Link, LinkKind, ResolvedClaim, TotalCheck
from cenotaph.vocab import table

PUBLISHED = {
    DocumentId("a"): date(2021, 2, 8),
    DocumentId("b"): date(2021, 2, 28),
    DocumentId("d"): date(2021, 2, 9),
}


def checked(*claims: ResolvedClaim) -> tuple[TotalCheck, ...]:
    return reconcile.checks(claims, link.link(claims, published=PUBLISHED))


def found(*claims: ResolvedClaim, stated: tuple[Link, ...] = ()) -> dict[str, Finding]:
    linking = link.link(claims, stated=stated, published=PUBLISHED)
    rules = reconcile.ruleset("default")
    incidents = reconcile.reconcile(claims, linking, ruleset=rules)
    checks = reconcile.checks(claims, linking)
    return {
        each.code: each
        for each in reconcile.findings(claims, linking, incidents=incidents, checks=checks)
    }


class TestReadings:
    def test_every_reading_that_the_words_allow_and_no_other(self) -> None:
        claims = earlier()
        check = next(each for each in checked(*claims) if each.claim == claims[1].id)
        sums = [(reading.sum, reading.left) for reading in check.readings]
        # 19 + 24; with the two further; with the nine of another party. Never 19 + 24 + 9 alone.
        assert sums == [(43, 14), (45, 12), (54, 3)]

    def test_each_reading_says_what_it_assumes(self) -> None:
        claims = earlier()
        check = next(each for each in checked(*claims) if each.claim == claims[1].id)
        certain, further, party = (reading.assumes for reading in check.readings)
        doubts = table("findings")["readings"]["doubts"]
        assert "Kafr Sel" in certain and "Maarat Ilun" in certain
        assert doubts["further"] in further
        assert doubts["perpetrator"] in party

    def test_parts_of_parts_are_counted_once(self) -> None:
        claims = earlier()
        check = next(each for each in checked(*claims) if each.claim == claims[1].id)
        one, other = claims[6].id, claims[7].id
        assert not any({one, other} & set(reading.parts) for reading in check.readings)

    def test_a_part_that_was_raised_later_counts_with_the_later_figure(self) -> None:
        claims = earlier()
        raised = claim(
            "d", 0, 29, where="Maarat Ilun", day="2021-02-07", said_by="Tessaria Harm Monitor"
        )
        check = next(each for each in checked(*claims, raised) if each.claim == claims[1].id)
        assert [(reading.sum, reading.left) for reading in check.readings] == [
            (48, 9), (50, 7), (59, -2),
        ]  # fmt: skip

    def test_a_sum_without_parts_is_not_checked(self) -> None:
        assert checked(claim("a", 0, 9, where="Orun governorate", scope="subtotal")) == ()


class TestCodes:
    def test_every_code_is_explained(self) -> None:
        assert set(reconcile.CODES) == set(table("findings")["codes"])
        for entry in table("findings")["codes"].values():
            assert entry["means"].endswith(".") and entry["message"]

    def test_two_reports_with_traps(self) -> None:
        findings = found(*earlier(), *later())
        assert set(findings) == {
            "parts-do-not-sum",
            "perpetrator-contradiction",
            "status-contradiction",
            "total-repeated-unchanged",
        }
        for each in findings.values():
            assert each.claims and each.documents and each.quotes
        message = findings["parts-do-not-sum"].message
        assert all(part in message for part in ("57 - 43 = 14", "57 - 45 = 12", "57 - 54 = 3"))
        unchanged = findings["total-repeated-unchanged"]
        assert unchanged.documents == ("a", "b")
        assert "2021-02-08" in unchanged.message and "2021-02-28" in unchanged.message

    def test_parts_that_come_to_their_sum_are_no_finding(self) -> None:
        whole = claim("a", 0, 10, where="Orun governorate", scope="subtotal", day="2021-02-07")
        one = claim("a", 100, 6, where="Sarbek", day="2021-02-07")
        other = claim("a", 200, 4, where="Kafr Sel", day="2021-02-07")
        assert found(whole, one, other) == {}

    @pytest.mark.parametrize(
        ("age", "code"), [("child", "children-exceed-total"), ("adult", "part-exceeds-whole")]
    )
    def test_breakdowns_larger_than_their_whole(self, age: str, code: str) -> None:
        whole = claim("a", 0, 3, where="Homra")
        part = claim("a", 20, 5, age=age, part_of=whole, sentence=0)
        assert "2" in found(whole, part)[code].message

    def test_groups_of_one_source_that_come_to_more_than_anothers_toll(self) -> None:
        here = {"where": "Homra", "day": "2021-02-07"}
        people = claim("a", 0, 8, said_by="Rescuers", **here)
        men = claim("d", 0, 5, sex="male", age="adult", said_by="Monitor", **here)
        women = claim("d", 30, 6, sex="female", age="adult", said_by="Monitor", **here)
        finding = found(people, men, women)["breakdown-exceeds-toll"]
        assert "= 11 (Monitor" in finding.message and "3 more" in finding.message
        assert set(finding.claims) == {people.id, men.id, women.id} and len(finding.quotes) == 3
        more = claim("a", 0, 11, said_by="Rescuers", **here)
        assert "breakdown-exceeds-toll" not in found(more, men, women)

    def test_groups_that_come_to_more_than_the_toll_they_stand_in(self) -> None:
        ten = claim("a", 0, 10, where="Homra")
        children = claim("a", 30, 7, age="child", part_of=ten, sentence=0)
        women = claim("a", 60, 5, sex="female", age="adult", part_of=ten, sentence=0)
        assert "2 more" in found(ten, children, women)["breakdown-exceeds-toll"].message
        # Girls may be the children told of.
        girls = claim("a", 60, 5, sex="female", part_of=ten, sentence=0)
        assert "breakdown-exceeds-toll" not in found(ten, children, girls)

    def test_a_figure_larger_than_the_sum_that_holds_it(self) -> None:
        whole = claim("a", 0, 10, where="Orun governorate", scope="subtotal", day="2021-02-07")
        part = claim("a", 100, 16, where="Sarbek", day="2021-02-07")
        assert "6" in found(whole, part)["part-exceeds-whole"].message

    def test_a_toll_that_falls(self) -> None:
        old = claim("a", 0, 24, where="Homra")
        new = claim("a", 20, 19, where="Homra", sentence=0)
        fell = Link(claim=new.id, kind=LinkKind.UPDATES, to=old.id, by="stated")
        rose = Link(claim=old.id, kind=LinkKind.UPDATES, to=new.id, by="stated")
        assert "5" in found(old, new, stated=(fell,))["toll-falls"].message
        assert "toll-falls" not in found(old, new, stated=(rose,))

    def test_sources_that_differ_on_one_event(self) -> None:
        here = {"where": "Homra", "day": "2021-02-07"}
        one = claim("a", 0, 12, said_by="Monitor", by="Kordania", **here)
        other = claim("d", 0, 15, said_by="Hospital", by=("Dawn", "Northern Front"), **here)
        findings = found(one, other)
        assert "12 to 15" in findings["sources-differ"].message
        assert "perpetrator-contradiction" in findings

    @pytest.mark.parametrize(("most", "differ"), [(5, True), (15, False)])
    def test_a_source_that_puts_the_most_below_the_figure_of_another(
        self, most: int, differ: bool
    ) -> None:
        here = {"where": "Homra", "day": "2021-02-07", "event": "shelling", "by": "Kordania"}
        one = claim("a", 0, 15, said_by="Monitor", **here)
        other = claim("d", 0, None, high=most, modality="at_most", said_by="Army", **here)
        findings = found(one, other)
        assert ("sources-differ" in findings) is differ
        if differ:
            assert "5 to 15" in findings["sources-differ"].message

    @pytest.mark.parametrize(("others", "differ"), [(4, True), (3, False)])
    def test_sources_that_differ_on_the_children_of_one_event(
        self, others: int, differ: bool
    ) -> None:
        here = {"where": "Homra", "day": "2021-02-07"}
        ten = claim("a", 0, 10, said_by="Monitor", **here)
        three = claim("a", 40, 3, age="child", part_of=ten, sentence=0, **here)
        same = claim("d", 0, 10, said_by="Hospital", **here)
        some = claim("d", 40, others, age="child", part_of=same, sentence=0, **here)
        findings = found(ten, three, same, some)
        assert ("sources-differ" in findings) is differ
        if differ:
            message = findings["sources-differ"].message
            assert "3 to 4 children killed" in message
            assert "Monitor (a): " in message and "Hospital (d): " in message

    @pytest.mark.parametrize(("others", "differ"), [(14, False), (12, True)])
    def test_the_attackers_own_death_makes_no_difference(self, others: int, differ: bool) -> None:
        here = {"where": "Homra", "day": "2021-02-07"}
        whole = claim("a", 0, 15, said_by="Monitor", **here)
        attacker = claim("a", 40, 1, attacker=True, part_of=whole, sentence=0, **here)
        other = claim("d", 0, others, said_by="Hospital", **here)
        assert ("sources-differ" in found(whole, attacker, other)) is differ

    def test_every_party_that_is_blamed_beside_the_first_is_told(self) -> None:
        told = [
            claim(name, 0, 12, where="Homra", day="2021-02-07", by=party)
            for name, party in (("a", "Kordania"), ("b", "Dawn"), ("d", "Dawn"), ("e", "Front"))
        ]
        linking = link.link(told, published=PUBLISHED)
        incidents = reconcile.reconcile(told, linking, ruleset=reconcile.ruleset("default"))
        every = reconcile.findings(told, linking, incidents=incidents)
        messages = [each.message for each in every if each.code == "perpetrator-contradiction"]
        assert len(messages) == 2
        assert all("Kordania" in each for each in messages)

    def test_a_sum_repeated_under_the_same_day_is_no_finding(self) -> None:
        slots = {
            "where": "Orun governorate", "scope": "cumulative", "said_by": "Monitor",
            "day": when("2020-12-19", "2021-02-08"),
        }  # fmt: skip
        assert found(claim("a", 0, 412, **slots), claim("b", 0, 412, **slots)) == {}

    def test_order_and_repetition_change_nothing(self) -> None:
        claims = [*earlier(), *later()]
        assert found(*claims) == found(*claims[::-1], *claims[:5])


class TestWhatCannotBeOrStandsAgainstAnother:
    def test_a_day_after_the_report_is_impossible_and_the_message_counts(self) -> None:
        late = claim("a", 0, 5, where="Homra", day="2021-03-09")
        linking = link.link([late], published=PUBLISHED)
        (only,) = [
            each
            for each in reconcile.findings([late], linking, published=PUBLISHED)
            if each.code == "impossible-date"
        ]
        assert "29 day(s) after its report of 2021-02-08" in only.message
        assert only.quotes == ((late.claim.document, late.claim.quote),)
        same_day = claim("a", 0, 5, where="Homra", day="2021-02-08")
        assert not [
            each
            for each in reconcile.findings([same_day], linking, published=PUBLISHED)
            if each.code == "impossible-date"
        ]

    def test_one_figure_in_two_places_on_two_days(self) -> None:
        one = claim("a", 0, 5, where="Homra", day="2021-02-01")
        other = claim("a", 200, 5, where="Sarbek", day="2021-02-06")
        repeats = Link(claim=other.id, kind=LinkKind.REPEATS, to=one.id, by="test")
        codes = found(one, other, stated=(repeats,))
        assert "126 km" in codes["place-contradiction"].message
        assert "2021-02-01 in one place and 2021-02-06 in another, 5 days apart" in (
            codes["date-contradiction"].message
        )
        assert codes["place-contradiction"].claims == (one.id, other.id)

    def test_neighbouring_days_and_places_are_no_contradiction(self) -> None:
        one = claim("a", 0, 5, where="Kafr Sel", day="2021-02-06")
        other = claim("a", 200, 5, where="al-Nuqra", day="2021-02-07")
        near = Link(claim=other.id, kind=LinkKind.REPEATS, to=one.id, by="test")
        assert "date-contradiction" not in found(one, other, stated=(near,))

    def test_a_figure_of_one_source_while_two_others_are_silent(self) -> None:
        here = {"where": "Homra", "day": "2021-02-07"}
        told = [
            claim(name, 0, 9, said_by=source, **here)
            for name, source in zip(
                "abd", ("Orun Monitor", "Velm Clinic", "Halim Dorsawi"), strict=True
            )
        ]
        hurt = claim("a", 10, 30, measure="injured", sentence=0, said_by="Orun Monitor", **here)
        finding = found(*told, hurt)["one-source-figure"]
        assert "only Orun Monitor gives a figure, 2 others" in finding.message
        assert "one-source-figure" not in found(*told[:2], hurt)
        assert "one-source-figure" not in found(*told)


class TestWhatIsDeniedOrTakenBack:
    """Twelve dead in Sarbek by a monitor, nobody by the ministry; a toll that its source withdraws."""

    def twelve(self, **slots: object) -> ResolvedClaim:
        return claim("a", 5, 12, where="Sarbek", day="2021-02-07", said_by="Orun Monitor", **slots)

    def nobody(self, measure: str = "killed", **slots: object) -> ResolvedClaim:
        told = {"where": "Sarbek", "day": "2021-02-07", "said_by": "Ministry", **slots}
        return claim("d", 5, 0, measure=measure, **told)  # type: ignore[arg-type]

    @pytest.mark.parametrize("measure", ["killed", "casualties"])
    def test_a_denial_by_another_is_told_and_changes_no_figure(self, measure: str) -> None:
        told = self.twelve(), self.nobody(measure)
        finding = found(*told)["harm-denied"]
        assert finding.claims == (told[0].id, told[1].id)
        linking = link.link(told, published=PUBLISHED)
        (event,) = reconcile.reconcile(told, linking, ruleset=reconcile.ruleset("default"))
        estimate = event.estimate(told[0].claim.measure)
        assert estimate is not None and estimate.figure.low == estimate.figure.high == 12

    @pytest.mark.parametrize(
        "slots",
        [
            {"said_by": "Orun Monitor"},  # who said nobody first, and twelve then, denies nothing
            {"where": "Kafr Sel"},
            {"day": "2021-02-06"},
            {"event": "arrest"},
            {"status": "civilian"},  # the dead are not said to be civilians
            {"additional": True},  # "nobody else"
            {"history": True},
        ],
    )
    def test_what_speaks_of_another_denies_nothing(self, slots: dict[str, object]) -> None:
        assert "harm-denied" not in found(self.twelve(), self.nobody(**slots))

    def withdrawn(self, low: int = 12, said_by: str = "Orun Monitor") -> ResolvedClaim:
        return claim(
            "d", 5, low, where="Sarbek", day="2021-02-07", said_by=said_by,
            certainty=Certainty.WITHDRAWN,
        )  # fmt: skip

    def test_a_figure_that_its_source_takes_back_is_set_aside(self) -> None:
        nine = claim("b", 5, 9, where="Sarbek", day="2021-02-07", said_by="Velm Relief")
        told = self.twelve(), nine, self.withdrawn()
        assert found(*told)["figure-withdrawn"].claims == (told[0].id, told[2].id)
        linking = link.link(told, published=PUBLISHED)
        (event,) = reconcile.reconcile(told, linking, ruleset=reconcile.ruleset("default"))
        estimate = event.estimate(nine.claim.measure)
        assert estimate is not None and estimate.figure.high == 9
        assert (told[0].id, f"withdrawn by its source: {told[2].id}") in estimate.set_aside

    @pytest.mark.parametrize("other", [{"low": 11}, {"said_by": "Velm Relief"}])
    def test_nobody_takes_back_another_s_figure_or_another_figure(
        self, other: dict[str, object]
    ) -> None:
        assert "figure-withdrawn" not in found(self.twelve(), self.withdrawn(**other))  # type: ignore[arg-type]
