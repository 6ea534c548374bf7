"""Across documents: one event told by several, and what stays apart."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from claims_factory import claim, place, when
from invented_reports import earlier, later, since_december

from cenotaph import link
from cenotaph.link.compare import Stand, where
from cenotaph.model import (
    READ_AS_AREA,
    READ_WIDER,
    UNSURE,
    Certainty,
    Coded,
    Copy,
    Document,
    DocumentId,
    Link,
    Linking,
    LinkKind,
    Modality,
    Quote,
    ResolvedClaim,
    TimeKind,
    TimeMention,
)

PUBLISHED = {
    DocumentId("a"): date(2021, 2, 8),
    DocumentId("b"): date(2021, 2, 9),
    DocumentId("c"): date(2021, 3, 20),
}


def linked(*claims: ResolvedClaim, **more: object) -> Linking:
    return link.link(claims, published=PUBLISHED, **more)


def one_event(linking: Linking, *claims: ResolvedClaim) -> bool:
    return any({each.id for each in claims} <= set(members) for members in linking.incidents)


def test_one_place_one_day_and_one_toll_are_one_event() -> None:
    first = claim("a", 0, 19, where="Kafr Sel", day="2021-02-07", by="Kordania")
    again = claim("b", 0, 19, where="Kafr Sel", day="2021-02-07", said_by="Hospital")
    assert one_event(linked(first, again), first, again)


def test_a_higher_toll_of_the_same_strike_is_the_same_event() -> None:
    first = claim("a", 0, 19, where="Kafr Sel", day="2021-02-07", by="Kordania")
    again = claim("b", 0, 21, where="Kafr Sel", day="2021-02-07", by="Kordania")
    assert one_event(linked(first, again), first, again)


@pytest.mark.parametrize("event", ["air_strike", "shelling", None])
def test_one_toll_that_three_parties_are_blamed_for_is_one_event(event: str | None) -> None:
    told = [
        claim(name, 0, 11, where="Kafr Sel", day="2021-02-07", by=party, event=kind)
        for name, party, kind in (
            ("a", "Kordania", "air_strike"),
            ("b", "Tessaria", event),
            ("d", "Dawn Movement", "shelling"),
        )
    ]
    assert one_event(linked(*told), *told)
    # Of people who cannot be the same, each party tells of its own.
    other = claim("b", 0, 4, where="Kafr Sel", day="2021-02-07", by="Tessaria", event="shelling")
    assert not one_event(linked(told[0], other), told[0], other)


@pytest.mark.parametrize(
    "other",
    [{"where": "Sarbek"}, {"day": "2021-02-03"}, {"day": None, "low": 4}, {"where": None}],
    ids=str,
)
def test_what_keeps_reports_apart(other: dict[str, object]) -> None:
    first = claim("a", 0, 19, where="Kafr Sel", day="2021-02-07")
    slots = {"low": 19, "where": "Kafr Sel", "day": "2021-02-07", **other}
    again = claim("c", 0, slots.pop("low"), **slots)
    assert not one_event(linked(first, again), first, again)


def test_a_person_named_twice_ties_reports_together() -> None:
    first = claim("a", 0, 1, day="2021-02-07", named=("Halim Dorsawi",))
    again = claim("b", 0, 1, day="2021-02-07", named=("Halim Dorsawi",))
    assert one_event(linked(first, again), first, again)


def test_unsure_pairs_are_kept_apart_and_noted_with_reasons() -> None:
    first = claim("a", 0, 5, where="Kafr Sel", day="2021-02-07", event="shelling")
    again = claim("b", 0, 6, where="Kafr Sel", day="2021-02-08", event="shelling")
    linking = linked(first, again)
    assert not one_event(linking, first, again)
    (pair,) = [each for each in linking.links if each.by == UNSURE]
    assert pair.reasons and pair.score < 1


NAMES = (("Vorn", "assik"), ("Hald", "emmun"), ("Quist", "ovel"))


def test_reports_told_apart_by_their_words() -> None:
    common = "Two people were hurt when shots were fired in the evening, police said."
    texts = {
        f"d{n}{side}": f"{common} It was at the {name} shop of {owner}, near {street}. Report {n}."
        for n, (name, owner, street) in enumerate(
            tuple(f"{head}{'aeiou'[n % 5]}{'bdgklmrt'[n // 5]}{tail}" for head, tail in NAMES)
            for n in range(40)
        )
        for side in "ab"
    }
    documents = [
        Document(id=DocumentId(name), text=text, published=date(2021, 2, 8))
        for name, text in texts.items()
    ]
    claims = [claim(name, 0, 2, measure="injured") for name in texts]
    days = {each.id: each.published for each in documents}
    words = {each.id: link.terms(each.text) for each in documents}
    linking = link.link(claims, published=days, terms=words)
    assert len(linking.incidents) == 40
    assert all(len(members) == 2 for members in linking.incidents)


def test_what_any_report_says_sets_none_apart() -> None:
    words = link.terms("Five people were killed and dozens wounded, the army said on Monday.")
    assert words == {}
    telling = link.terms("He was shot outside the Bellmoor pharmacy, the Tessarian police said.")
    assert {"Bellmoor", "pharmacy"} <= telling.keys()
    assert telling["Bellmoor"] > telling["pharmacy"]


def test_names_of_areas_parties_and_sources_are_compared_as_such_and_not_as_words() -> None:
    each = claim("a", 0, 5, where="Orun governorate", by="Kordania", said_by="Vell Monitor")
    text = "Vell Monitor said Kordania hit Orun: five died in Bellmoor."
    assert set(link.terms(text, [each])) == {"Bellmoor"}


def test_a_settlement_that_is_known_is_no_rare_word() -> None:
    each = claim("a", 0, 5, where="Kafr Sel")
    assert set(link.terms("Kafr Sel: five died in Bellmoor.", [each])) == {"Bellmoor"}


STOCK = "Smoke rose until nightfall. Ambulances were turned back and shopkeepers closed early."


def joined_by_words(first: ResolvedClaim, again: ResolvedClaim, *texts: str) -> bool:
    ids = (first.claim.document, again.claim.document)
    words = {id_: link.terms(text) for id_, text in zip(ids, texts, strict=True)}
    return one_event(linked(first, again, terms=words), first, again)


def test_a_stock_sentence_makes_no_two_short_reports_one_event() -> None:
    first = claim("a", 0, 5, where="Bellmoor", day="2021-02-07")
    again = claim("b", 0, 9, where="Tarnwick", day="2021-02-07")
    told = ("Five died in Bellmoor, Orla Venn said. ", "Nine died in Tarnwick, Hugo Past said. ")
    assert not joined_by_words(first, again, *(each + STOCK for each in told))


ALIKE = "The Bellmoor pharmacy of Orla Venn on Quistovel Street burned beside the Haldemmun bakery."


@pytest.mark.parametrize(
    ("other", "joined"),
    [
        ({}, True),
        ({"where": "Maarat Ilun"}, True),
        ({"where": "Atarin"}, False),
        ({"day": "2021-02-08"}, True),
        ({"day": "2021-02-04"}, False),
    ],
    ids=str,
)
def test_no_likeness_outweighs_towns_far_apart_or_days_that_the_words_give(
    other: dict[str, str], joined: bool
) -> None:
    slots = {"where": "Kafr Sel", "day": "2021-02-07"}
    first, again = claim("a", 0, 19, **slots), claim("b", 0, 19, **{**slots, **other})
    assert joined_by_words(first, again, ALIKE, ALIKE) is joined


@pytest.mark.parametrize(
    ("other", "unsure"),
    [
        # A neighbouring town, and the next day, with another figure.
        ({"where": "Maarat Ilun", "low": 14}, False),
        ({"day": "2021-02-08", "low": 14}, True),
        ({"day": "2021-02-08", "low": 5}, False),
        ({"where": "Maarat Ilun", "day": "2021-02-08"}, False),
    ],
    ids=str,
)
def test_stock_sentences_join_no_neighbouring_towns_and_no_consecutive_days(
    other: dict[str, Any], unsure: bool
) -> None:
    slots = {"low": 19, "where": "Kafr Sel", "day": "2021-02-07", "said_by": "Vell Monitor"}
    first = claim("a", 0, **slots)
    again = claim("b", 0, **{**slots, **other})
    words = {id_: link.terms(STOCK) for id_ in PUBLISHED}
    linking = linked(first, again, terms=words)
    assert not one_event(linking, first, again)
    assert [each.by for each in linking.links] == [UNSURE] * unsure


def of_a_city(low: int, document: str, *, inhabited: bool = True, **slots: Any) -> ResolvedClaim:
    site = replace(place("Velm"), city=inhabited)
    return claim(document, 0, low, sited=(site,), day="2021-02-07", by="Kordania", **slots)


@pytest.mark.parametrize(
    ("slots", "joined"),
    [
        ({}, False),
        ({"inhabited": False}, True),
        ({"event": "shooting"}, True),
        ({"low": 19}, True),
        ({"said_by": "Vell Monitor"}, True),
    ],
    ids=str,
)
def test_a_city_under_fire_has_several_raids_a_day(slots: dict[str, Any], joined: bool) -> None:
    rest = {key: value for key, value in slots.items() if key != "low"}
    first, again = of_a_city(19, "a", **rest), of_a_city(slots.get("low", 4), "b", **rest)
    assert joined_by_words(first, again, STOCK, STOCK) is joined
    if not joined:
        assert [each.by for each in linked(first, again).links] == [UNSURE]


def test_the_raid_of_a_day_is_the_one_that_was_told_of_before() -> None:
    """ "Sunday's raid on Velm killed 4": of several that day nobody would speak so."""
    said = "In Sunday's raid on Velm four people were killed."
    day = Quote.of(said, 3, 11)
    first, again = of_a_city(19, "a"), of_a_city(4, "b", text=said, sentence_end=len(said))
    for quote, joined in ((day, True), (Quote.of(said, 3, 9), False)):
        time = TimeMention(quote=quote, kind=TimeKind.DAY)
        later = replace(again, claim=replace(again.claim, time=time))
        assert joined_by_words(first, later, STOCK, STOCK) is joined


@pytest.mark.parametrize(
    ("low", "target", "event", "joined"),
    [
        (6, "school", "shelling", False),
        (6, "mosque", "shelling", True),
        (5, "school", "shelling", True),  # one figure, told of two doors of one yard
        (6, None, "shelling", True),
        (6, "school", "shooting", True),
    ],
)
def test_raids_on_other_things_with_other_tolls_are_no_one_raid(
    low: int, target: str | None, event: str, joined: bool
) -> None:
    def told(document: str, low: int, target: str | None) -> ResolvedClaim:
        hit = (Coded(code=target, quote=Quote(0, 4, "word")),) if target else ()
        return claim(
            document, 0, low, where="Kafr Sel", day="2021-02-07", event=event, targets=hit,
            said_by="Council",
        )  # fmt: skip

    first, again = told("a", 5, "mosque"), told("b", low, target)
    assert one_event(linked(first, again), first, again) is joined
    if not joined:
        assert [each.by for each in linked(first, again).links] == [UNSURE]


def test_what_one_report_tells_as_two_events_no_other_makes_one() -> None:
    """Of the second report's raid a pair with either of the first's is as likely."""
    slots = {"where": "Kafr Sel", "day": "2021-02-07"}
    morning, evening = (
        claim("a", 0, 10, section=0, **slots),
        claim("a", 90, 8, section=1, **slots),
    )
    again = claim("b", 0, 10, said_by="Vell Monitor", **slots)
    late = claim("c", 0, 8, said_by="Orun Monitor", **slots)
    for others in ((again,), (again, late)):
        linking = linked(morning, evening, *others)
        assert one_event(linking, morning, again)
        assert not one_event(linking, morning, evening)
        assert not any(each.by == UNSURE for each in linking.links)


def test_two_tolls_of_one_raid_on_a_city_are_known_by_the_names_they_share() -> None:
    assert joined_by_words(of_a_city(19, "a"), of_a_city(21, "b"), ALIKE, ALIKE)


def test_what_many_events_of_a_war_share_joins_none_without_a_place() -> None:
    slots = {"day": "2021-02-07", "by": "Kordania", "said_by": "Vell Monitor"}
    first, again = claim("a", 0, 8, **slots), claim("b", 0, 9, **slots)
    assert not joined_by_words(first, again, STOCK, STOCK)
    named = "Dust lay over the Bellmoor bakery of Orla Venn. " + STOCK
    assert joined_by_words(first, again, named, named)


def test_a_year_is_no_number_that_two_reports_have_in_common() -> None:
    assert "14" in link.terms("It was in 2021, at house 14.")
    assert not [word for word in link.terms("It was in 2021.") if word.isdigit()]


def test_a_person_named_in_both_of_two_reports_at_odds_is_for_somebody_to_look_at() -> None:
    first = claim("a", 0, 1, where="Kafr Sel", day="2021-02-07", named=("Halim Dorsawi",))
    again = claim("b", 0, 1, where="Atarin", day="2021-02-07", named=("Halim Dorsawi",))
    words = {id_: link.terms(ALIKE) for id_ in PUBLISHED}
    linking = linked(first, again, terms=words)
    assert not one_event(linking, first, again)
    assert [each.by for each in linking.links] == [UNSURE]


class TestDecisions:
    def test_two_that_the_rules_keep_apart_are_one_where_a_person_says_so(self) -> None:
        first = claim("a", 0, 19, where="Kafr Sel", day="2021-02-07")
        again = claim("c", 0, 4, where="Sarbek", day="2021-02-03")
        assert not one_event(linked(first, again), first, again)
        linking = linked(first, again, same=[(again.id, first.id)])
        assert one_event(linking, first, again)

    def test_two_that_the_rules_join_are_two_where_a_person_says_so(self) -> None:
        first = claim("a", 0, 19, where="Kafr Sel", day="2021-02-07")
        again = claim("b", 0, 19, where="Kafr Sel", day="2021-02-07")
        third = claim("c", 0, 19, where="Kafr Sel", day="2021-02-07")
        assert one_event(linked(first, again, third), first, again, third)
        linking = linked(first, again, third, different=[(first.id, again.id)])
        assert not one_event(linking, first, again)
        assert not any({each.claim, each.to} == {first.id, again.id} for each in linking.links)

    def test_two_of_one_report_are_two_where_a_person_says_so(self) -> None:
        first = claim("a", 0, 19, where="Kafr Sel", day="2021-02-07")
        other = claim("a", 90, 4, measure="injured", where="Kafr Sel", day="2021-02-07")
        part = claim("a", 95, 2, measure="injured", part_of=other, age="child")
        assert one_event(linked(first, other, part), first, other, part)
        linking = linked(first, other, part, different=[(other.id, first.id)])
        assert not one_event(linking, first, other)

    def test_different_binds_where_both_would(self) -> None:
        one, two, three = (
            claim(document, 0, 9 + n, where="Sarbek", day="2021-02-03")
            for n, document in enumerate("abc")
        )
        linking = linked(
            one,
            two,
            three,
            same=[(one.id, two.id), (two.id, three.id)],
            different=[(one.id, three.id)],
        )
        assert not one_event(linking, one, three)

    @pytest.mark.parametrize("killed, holds", [(8, True), (9, False)])
    def test_the_sum_of_two_that_people_tell_apart_is_the_toll_of_both(
        self, killed: int, holds: bool
    ) -> None:
        one, other, both = (
            claim(document, 5, low, where="Sarbek", day="2021-02-07", said_by=source)
            for document, low, source in (
                ("a", 5, "Orun Monitor"), ("b", 3, "Velm Relief"), ("c", killed, "Dorsa Desk"),
            )
        )  # fmt: skip
        linking = linked(one, other, both, different=[(one.id, other.id)])
        inside = {(each.claim, each.to) for each in linking.links if each.kind is LinkKind.WITHIN}
        assert inside == ({(one.id, both.id), (other.id, both.id)} if holds else set())
        assert not any(one_event(linking, each, both) for each in (one, other))
        # Before anybody tells them apart it may as well be of either.
        assert not any(each.kind is LinkKind.WITHIN for each in linked(one, other, both).links)

    def test_a_guess_between_namesakes_is_none_of_another_name(self) -> None:
        def told(document: str, name: str, sure: float) -> ResolvedClaim:
            sited = replace(place(name), confidence=sure)
            return claim(document, 5, 8, sited=(sited,), day="2021-02-07")

        guess, third = told("a", "Homra", 0.5), told("b", "Sarbek", 1.0)
        assert where(guess, third) is Stand.APART
        # By other words than a name it may be anywhere.
        quote = Quote(0, 8, "the ford")
        sited = replace(place("Homra", words=quote), confidence=0.5)
        assert where(claim("a", 5, 8, sited=(sited,), day="2021-02-07"), third) is Stand.UNKNOWN

    def test_a_risen_toll_of_a_bombed_city_is_that_of_the_attack_told_of_before(self) -> None:
        def told(document: str, low: int, rule: str) -> ResolvedClaim:
            return claim(
                document, 5, low, sited=(replace(place("Sarbek"), city=True),), day="2021-02-07",
                event="shelling", rule=rule,
            )  # fmt: skip

        words = {
            DocumentId(each): {"market": 1.0, "boatman": 0.9, "ferry": 0.9} for each in ("a", "b")
        }
        first = told("a", 3, "passive")
        for rule, one in (("toll", True), ("passive", False)):
            later = told("b", 7, rule)
            assert one_event(linked(first, later, terms=words), first, later) is one
        # So is what one counts and another gives as about as many.
        counted = told("a", 47, "passive")
        for low, one in ((50, True), (60, False)):
            about = told("b", low, "passive")
            count = replace(about.claim.count, high=None, modality=Modality.ABOUT)
            about = replace(about, claim=replace(about.claim, count=count))
            assert one_event(linked(counted, about, terms=words), counted, about) is one


class TestReprints:
    def copy(self) -> Copy:
        passage = Quote(200, 290, "word " * 18)
        return Copy(
            document=DocumentId("c"),
            passage=passage,
            original=DocumentId("a"),
            original_passage=passage,
        )

    def test_a_copied_claim_repeats_the_original_and_joins_its_event(self) -> None:
        claims = earlier("a")
        again = [each for each in earlier("c") if each.claim.counted.start in (200, 210, 230)]
        linking = linked(*claims, *again, copies=(self.copy(),))
        repeated = {each.claim: each.to for each in linking.links if each.by == "copied-passage"}
        assert repeated == {
            one.id: other.id for one, other in zip(again, [claims[2], *claims[3:5]], strict=True)
        }
        assert one_event(linking, again[0], claims[2])
        assert one_event(linking, again[2], claims[4])

    @pytest.mark.parametrize(
        ("stock", "joined"),
        [({"measure": "attacks"}, False), ({"low": None, "modality": "none"}, False), ({}, True)],
        ids=str,
    )
    def test_a_stock_sentence_ties_events_only_where_it_counts_the_harmed(
        self, stock: dict[str, Any], joined: bool
    ) -> None:
        first = claim("a", 0, 5, where="Kafr Sel", day="2021-02-01")
        again = claim("c", 0, 9, where="Kafr Sel", day="2021-03-18")
        told, told_again = (claim(each, 210, **{"low": 17, **stock}) for each in ("a", "c"))
        linking = linked(first, told, again, told_again, copies=(self.copy(),))
        assert one_event(linking, first, again) is joined

    def test_copied_words_about_some_of_the_dead_tie_no_toll_to_another(self) -> None:
        """Of which of its tolls a report tells them is read from what stands around them."""
        whole = claim("a", 0, 16, where="Kafr Sel", day="2021-02-01")
        other = claim("c", 0, 7, where="Sarbek", day="2021-02-01")
        some, again = claim("a", 210, 2, part_of=whole), claim("c", 210, 2, part_of=other)
        linking = linked(whole, some, other, again, copies=(self.copy(),))
        assert again.claim.part_of == other.id
        assert not one_event(linking, whole, other)

    def test_a_reprint_holds_and_is_held_by_nothing_of_its_own(self) -> None:
        again = [each for each in earlier("c") if each.claim.counted.start in (200, 210, 230)]
        linking = linked(*earlier("a"), *again, copies=(self.copy(),))
        copied = {each.id for each in again}
        within = (LinkKind.WITHIN, LinkKind.MAY_BE_WITHIN)
        assert not any(
            each.claim in copied or each.to in copied
            for each in linking.links
            if each.kind in within
        )


class TestSeries:
    def test_one_sum_given_again_is_one_figure(self) -> None:
        first, again = since_december("a", "2021-02-08"), since_december("b", "2021-02-28")
        linking = linked(*first, *again)
        pairs = {(each.claim, each.to) for each in linking.links if each.kind is LinkKind.REPEATS}
        assert (again[0].id, first[0].id) in pairs

    def test_other_originators_and_starts_are_other_series(self) -> None:
        slots = {"where": "Orun governorate", "scope": "cumulative"}
        first = claim("a", 0, 412, said_by="Monitor", day=when("2020-12-19", "2021-02-08"), **slots)
        source = claim(
            "b", 0, 412, said_by="Ministry", day=when("2020-12-19", "2021-02-09"), **slots
        )
        start = claim("c", 0, 412, said_by="Monitor", day=when("2021-01-01", "2021-02-28"), **slots)
        linking = linked(first, source, start)
        assert not any(each.kind is LinkKind.REPEATS for each in linking.links)

    def test_a_falling_series_is_an_update(self) -> None:
        slots = {"where": "Orun governorate", "scope": "cumulative", "said_by": "Orun Monitor"}
        first = claim("a", 0, 412, day=when("2020-12-19", "2021-02-08"), **slots)
        later_ = claim("b", 0, 400, day=when("2020-12-19", "2021-02-28"), **slots)
        linking = linked(first, later_)
        assert any(
            (each.claim, each.kind, each.to) == (later_.id, LinkKind.UPDATES, first.id)
            for each in linking.links
        )


def test_a_city_is_read_as_its_governorate_only_in_a_reading_of_its_own() -> None:
    claims = later("b")
    city, eight = claims[1], claims[2]
    (found,) = [
        each for each in linked(*claims).links if (each.claim, each.to) == (eight.id, city.id)
    ]
    assert found.kind is LinkKind.MAY_BE_WITHIN
    # The city's period is open: that the eight lie in it takes two readings at once.
    assert found.by == READ_WIDER


def test_a_city_s_sum_of_the_day_may_be_of_the_area_of_its_name() -> None:
    city = claim("a", 0, 57, where="Velm", scope="subtotal", day="2021-02-07")
    town = claim("b", 0, 8, where="Atarin", day="2021-02-07")
    (found,) = linked(city, town).links
    assert (found.claim, found.to, found.kind) == (town.id, city.id, LinkKind.MAY_BE_WITHIN)
    assert found.by == READ_AS_AREA


def test_an_event_placed_by_its_province_may_be_one_told_of_a_town() -> None:
    wide = claim("a", 0, 10, where="Orun governorate", day="2021-02-07")
    town = claim("b", 0, 8, where="Sarbek", day="2021-02-07")
    (pair,) = [each for each in linked(wide, town).links if each.by == UNSURE]
    assert {pair.claim, pair.to} == {wide.id, town.id}
    elsewhere = claim("b", 0, 8, where="Atarin", day="2021-02-07")
    other_day = claim("b", 0, 8, where="Sarbek", day="2021-02-05")
    other_kind = claim("b", 0, 3, where="Sarbek", day="2021-02-07", event="shooting")
    for apart in (elsewhere, other_day, other_kind):
        assert not linked(wide, apart).links


PAPERS = {DocumentId("a"): "Velm Post", DocumentId("b"): "Velm Post", DocumentId("c"): "Orun Echo"}


def test_a_paper_s_later_figure_of_its_own_takes_the_place_of_its_earlier_one() -> None:
    scene = {"where": "Kafr Sel", "day": "2021-02-07"}
    first, later = claim("a", 0, 14, **scene), claim("b", 0, 12, **scene)
    another, cited = claim("c", 0, 12, **scene), claim("b", 0, 12, said_by="Hospital", **scene)
    for told, replaced in ((later, True), (another, False), (cited, False)):
        links = linked(first, told, publishers=PAPERS).links
        found = {(each.claim, each.to) for each in links if each.kind is LinkKind.UPDATES}
        assert found == ({(told.id, first.id)} if replaced else set())
    assert not any(each.kind is LinkKind.UPDATES for each in linked(first, later).links)


def test_a_paper_takes_back_its_own_figure_and_no_other_s() -> None:
    scene = {"where": "Kafr Sel", "day": "2021-02-07"}
    back = claim("b", 0, 14, certainty=Certainty.WITHDRAWN, **scene)
    own, another = claim("a", 0, 14, **scene), claim("c", 0, 14, **scene)
    links = linked(own, another, back, publishers=PAPERS).links
    found = [(each.claim, each.to) for each in links if each.kind is LinkKind.WITHDRAWN_BY]
    assert found == [(own.id, back.id)]


def test_a_later_toll_without_a_day_of_what_was_hit_is_of_that_attack() -> None:
    school, market = (Coded(code=code, quote=Quote(0, 6, code)) for code in ("school", "market"))
    said = {"where": "Kafr Sel", "said_by": "Orun Health Directorate"}
    first = claim("a", 0, 10, day="2021-02-07", targets=(school,), **said)
    for of, target, one in (("toll", school, True), ("toll", market, False), ("x", school, False)):
        later = claim("b", 0, 7, rule=of, targets=(target,), **said)
        assert one_event(linked(first, later), first, later) == one


@pytest.mark.parametrize(
    ("told", "held"),
    [
        ({}, False),
        ({"low": 9}, False),
        ({"low": 9, "day": when("2021-02-01", "2021-02-10")}, None),
        ({"where": "Kafr Sel"}, True),
        ({"low": 9, "day": "2021-02-09"}, True),
    ],
    ids=str,
)
def test_what_a_sum_leaves_out_does_not_lie_in_it_in_another_report(told, held) -> None:
    month = when("2021-02-01", "2021-02-28")
    whole = claim("b", 0, 40, where="Orun governorate", day=month, scope="subtotal", sentence=0)
    left = claim("b", 40, 8, where="Sarbek", day="2021-02-07", sentence=0)
    other = claim("a", 0, **{"low": 8, "where": "Sarbek", "day": "2021-02-07"} | told)
    said = Link(claim=whole.id, kind=LinkKind.ADDITIONAL_TO, to=left.id, by="said-to-be-left-out")
    for order in ((whole, left, other), (other, left, whole)):
        found = linked(*order, stated=(said,))
        kinds = {each.claim: each.kind for each in found.links if each.to == whole.id}
        wanted = {True: LinkKind.WITHIN, None: LinkKind.MAY_BE_WITHIN, False: None}[held]
        assert kinds.get(other.id) is wanted
        assert left.id not in kinds


@pytest.mark.parametrize(
    ("town", "unsure"),
    [
        ({}, True),
        ({"low": 60, "event": None, "by": ()}, False),
        ({"by": "Dawn Movement"}, False),
        ({"event": "shooting"}, False),
    ],
    ids=str,
)
def test_an_event_of_a_province_may_be_one_of_its_towns(
    town: dict[str, object], unsure: bool
) -> None:
    area = claim("a", 0, 30, where="Orun governorate", day="2021-02-07", by="Kordania")
    given = {"low": 9, "where": "Sarbek", "day": "2021-02-07", "by": "kordania"} | town
    other = claim("b", 0, **given)  # type: ignore[arg-type]
    found = linked(area, other)
    assert not one_event(found, area, other)
    assert (UNSURE in {each.by for each in found.links}) == unsure
