"""Where harm was done: not where somebody speaks, shoots from or is cared for, and as near as told."""

from datetime import date
from pathlib import Path

import pytest

from cenotaph import gazetteer
from cenotaph.model import Basis, Document, DocumentId, Precision, Scope
from cenotaph.pipeline import Setting
from cenotaph.pipeline.document import ResolvedClaim, interpret


def read(text: str, setting: Setting) -> tuple[ResolvedClaim, ...]:
    """Read a report of Monday, 8 February 2021."""
    document = Document(id=DocumentId("a"), text=text, published=date(2021, 2, 8), lang="en")
    return interpret(document, setting=setting).claims


def places(claim: ResolvedClaim) -> list[str | None]:
    return [place.name or place.quote.text for place in claim.places if place.quote]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gunmen stationed in Binora fired at the port of Sarbek and killed two people.", "Sarbek"),
        ("Two people died in Sarbek when rockets fired from Binora hit a bakery.", "Sarbek"),
        ("Two farmers were killed in Sarbek by men of the Front (outlawed in Kordania).", "Sarbek"),
        (
            "A raid on Sarbek killed two people, a day after envoys backed a truce for Orun.",
            "Sarbek",
        ),
        ("Two refugees from Binora were killed in a raid on Sarbek.", "Sarbek"),
        ("Two people were hurt in a raid on Sarbek and were rushed to Binora.", "Sarbek"),
        ("Two people were killed in the Orun suburb of Sarbek.", "Sarbek"),
        ("Armed groups positioned in Binora town targeted Sarbek with shells, injuring two people.",
         "Sarbek"),
        ("Gunmen who are hiding in Binora shelled Sarbek and killed two people.", "Sarbek"),
        ("Two people were killed in Southern City of Sarbek.", "Sarbek"),
        ("Two people were killed in the city of Sarbek Tessarian doctors said.", "Sarbek"),
        ("Gunmen killed two labourers, all from Binora, and fled in a raid near Sarbek.", "Sarbek"),
    ],
)  # fmt: skip
def test_only_the_place_of_harm_is_the_place_of_a_count(
    text: str, name: str, setting: Setting
) -> None:
    claim, *_ = read(text, setting)
    assert places(claim) == [name]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("In Sarbek 12 people died, in Orun five and in the villages around Binora another eight.",
         [(12, "Sarbek"), (5, "Orun"), (8, "Binora")]),
        ("Six died in Sarbek, and in Orun five were killed.", [(6, "Sarbek"), (5, "Orun")]),
        ("In Sarbek six people died on Friday, in Orun three on Sunday.",
         [(6, "Sarbek"), (3, "Orun")]),
        ("Six people were killed in Sarbek, in a raid, and nine were hurt.",
         [(6, "Sarbek"), (9, "Sarbek")]),
    ],
)  # fmt: skip
def test_a_place_that_opens_a_clause_is_its_own(
    text: str, wanted: list[tuple[int, str]], setting: Setting
) -> None:
    found = [(claim.claim.count.low, places(claim)) for claim in read(text, setting)]
    assert found == [(low, [name]) for low, name in wanted]


def test_the_places_of_parts_are_not_that_of_all(setting: Setting) -> None:
    """Nor is a place told next: of all 64 the sentence gives none."""
    whole, *parts = read(
        "Activists counted 64 killed on Friday, including 31 in Sarbek and its suburbs, 12 in Orun "
        "and 9 in Binora. In Sarbek shops were closed.",
        setting,
    )
    assert (places(whole), whole.claim.scope) == ([], Scope.SUBTOTAL)
    told = [(part.claim.count.low, places(part)) for part in parts]
    assert told == [(31, ["Sarbek"]), (12, ["Orun"]), (9, ["Binora"])]
    whole, part = read("Nine people were killed in Sarbek, including three children.", setting)
    assert places(whole) == places(part) == ["Sarbek"]


def test_places_and_counts_may_be_told_in_turn(setting: Setting) -> None:
    text = "Shelling of Sarbek and Binora killed four and six people respectively."
    assert [places(claim) for claim in read(text, setting)] == [["Sarbek"], ["Binora"]]


def test_where_a_court_judges_nobody_was_harmed(setting: Setting) -> None:
    text = "A court in Sarbek convicted a guard of the murder of 12 detainees."
    assert [places(claim) for claim in read(text, setting)] == [[]]


def test_a_label_is_the_place_of_the_count_behind_it(setting: Setting) -> None:
    for text in ("Killed: Sarbek 4, Binora 3", "Town | Killed\nSarbek | 4\nBinora | 3"):
        assert [places(claim) for claim in read(text, setting)] == [["Sarbek"], ["Binora"]]


def test_whoever_is_posted_somewhere_is_somebody(setting: Setting) -> None:
    (claim,) = read("Two workers were killed on a field located in Sarbek.", setting)
    assert places(claim) == ["Sarbek"]


def test_what_the_place_somebody_is_from_lies_in_is_no_place_of_harm(setting: Setting) -> None:
    *_, claim = read(
        "A raid hit a road near Sarbek. The dead included nine women from the villages of Atarin "
        "and Dolen in the northern province of Binora.",
        setting,
    )
    assert places(claim) == ["Sarbek"]


def test_those_who_fled_from_a_place_keep_it(setting: Setting) -> None:
    (claim,) = read("Hundreds of people from Binora fled to Sarbek.", setting)
    assert [place.name for place in claim.origins] == ["Binora"]


def test_places_that_a_list_names_go_together(setting: Setting) -> None:
    (claim,) = read("Nine people were killed in Sarbek and the nearby town of Binora.", setting)
    assert places(claim) == ["Sarbek", "Binora"]
    (claim,) = read("Nine people were killed in Sarbek Binora and Atarin.", setting)
    assert places(claim) == ["Sarbek", "Binora", "Atarin"]


LEDE = "Shells killed seven people in northern Tessaria on Sunday, a doctor said. "


def test_a_lede_is_placed_by_the_sentence_that_tells_the_town(setting: Setting) -> None:
    claim, *_ = read(LEDE + "The shelling began at dawn. The strikes hit Sarbek.", setting)
    assert places(claim) == ["Sarbek"]
    assert claim.claim.places_basis is Basis.CARRIED


def test_a_bare_name_in_a_heading_may_be_that_of_the_province(setting: Setting) -> None:
    heading, lede = read(
        "Air raids kill 11 in Velm\n\nAt least 11 people were killed in raids on a rebel-held "
        "town in southern Velm governorate on Sunday. The raids struck the town of Atarin.",
        setting,
    )
    assert places(heading) == places(lede) == ["Atarin"]
    heading, lede = read(
        "Air raids kill 11 in Velm\n\nEleven people were killed in raids on Velm governorate.",
        setting,
    )
    assert heading.place is not None
    assert heading.place.precision is Precision.ADMIN1


def test_the_town_of_others_is_not_that_of_a_heading(setting: Setting) -> None:
    heading, *_ = read(
        "Air raid kills two in Velm\n\nTwo people were killed in a raid on Velm on Sunday. "
        "Three others were wounded in Atarin.",
        setting,
    )
    assert places(heading) == ["Velm"]


def test_the_town_of_some_is_not_that_of_a_sum_told_before(setting: Setting) -> None:
    total, *_ = read(
        "Raids killed 62 people in Velm governorate, the Tessaria Harm Monitor said. "
        "Two nurses were killed in Atarin on Friday.",
        setting,
    )
    assert total.place is not None
    assert total.place.precision is Precision.ADMIN1


def test_the_town_is_that_by_which_the_speaker_is_named(setting: Setting) -> None:
    (claim,) = read(
        "The mayor of Sarbek said that shells had killed six people in the town.", setting
    )
    assert places(claim) == ["Sarbek"]
    (claim,) = read("The mayor of Sarbek said that shells had killed six people.", setting)
    assert places(claim) == []


def test_a_district_of_the_town_s_name_is_no_larger_place_meant(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(
        "id,name,kind,lat,lon,country,admin1,admin2,population,alternates\n"
        "1,Orvil,admin1,12.0,12.0,XT,Orvil,,900000,\n"
        "2,Sallin,admin2,12.1,12.1,XT,Orvil,Sallin,90000,\n"
        "3,Sallin,settlement,12.1,12.1,XT,Orvil,Sallin,60000,\n"
        "4,Merrow,settlement,12.5,12.5,XT,Orvil,Merrow,40000,\n",
        encoding="utf-8",
    )
    known = gazetteer.open([tmp_path / "own.csv"], default=False)
    heading, lede = read(
        "Two killed in Sallin\n\nTwo people were killed in Sallin on Sunday. "
        "The jets then bombed the town of Merrow.",
        Setting(gazetteer=known, country="XT"),
    )
    assert places(heading) == places(lede) == ["Sallin"]


def test_a_town_by_a_city_is_the_one_that_is_told(setting: Setting) -> None:
    lede, *_ = read(
        "Air raids killed four people in a besieged town outside Orun on Sunday. "
        "The raids hit the town of Binora, which rebels hold.",
        setting,
    )
    assert places(lede) == ["Binora"]
    lede, *_ = read(
        "Air raids killed four people in a besieged town outside Orun on Sunday. "
        "The raids hit the town of Belq, which rebels hold.",
        setting,
    )
    assert places(lede) == ["Orun"]


def test_a_place_outside_the_one_named_is_none_nearer(setting: Setting) -> None:
    text = "Shells killed seven people in Velm province. The strikes came from Orun and hit Sarbek."
    claim, *_ = read(text, setting)
    assert places(claim) == ["Velm"]


def test_a_heading_is_placed_dated_and_scoped_by_the_sentence_that_tells_its_figure(
    setting: Setting,
) -> None:
    text = (
        "Raids in Tessaria kill 17\n\n"
        "Envoys met in Orun on Saturday to discuss a truce, and went home.\n\n"
        "At least 17 people were killed in raids on Sarbek on Friday."
    )
    claim, *_ = read(text, setting)
    assert places(claim) == ["Sarbek"]
    assert claim.when is not None and claim.when.start == date(2021, 2, 5)


def test_a_figure_that_others_add_up_to_is_their_sum(setting: Setting) -> None:
    text = (
        "Raids killed 17 people in Tessaria on Sunday. "
        "Eleven people were killed in Sarbek. Six people were killed in Velm."
    )
    total, first, second = read(text, setting)
    assert total.claim.scope is Scope.SUBTOTAL
    assert total.place is not None and total.place.precision is Precision.COUNTRY
    assert (places(first), places(second)) == (["Sarbek"], ["Velm"])


def test_a_range_and_the_same_town_twice_make_no_sum(setting: Setting) -> None:
    text = "A strike on Sarbek killed between five and eight people on Sunday. "
    text += "Three of one family were killed in Sarbek. Two men were killed in Binora."
    assert read(text, setting)[0].claim.scope is Scope.INCIDENT
    text = "Five people were killed in Sarbek on Sunday. "
    text += "Three brothers were killed in Sarbek. Two men were killed in Sarbek."
    assert read(text, setting)[0].claim.scope is Scope.INCIDENT


def test_a_part_keeps_the_place_that_its_own_sentence_tells(setting: Setting) -> None:
    text = "Eight people were killed in Sarbek. Two children were among the dead in Binora."
    _, part = read(text, setting)
    assert part.claim.part_of is not None
    assert places(part) == ["Binora"]


@pytest.mark.parametrize(
    "text",
    [
        "Tessarias war has killed more than 9,000 people.",
        "More than 9,000 people have been killed since the Tessarian conflict began.",
    ],
)
def test_the_sum_of_a_war_lies_in_the_country_that_it_is_named_by(
    text: str, setting: Setting
) -> None:
    (claim,) = read(text, setting)
    assert claim.place is not None and claim.place.name == "Tessaria"


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Shells Kill Six in Velm Ambush", "Velm"),
        ("Six Killed in Raid near Velm Kordanian Jets in Area", "Velm"),
        ("Army Says Raids in Velm Claim Six Lives", "Velm"),
        ("Six Killed in Mortar Shells Bomb Attack", None),
    ],
)
def test_common_words_of_a_heading_are_no_part_of_a_place(
    heading: str, name: str | None, setting: Setting
) -> None:
    claim, *_ = read(heading + "\n\nNobody else was reached for comment.", setting)
    assert places(claim) == ([name] if name else [])


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Nine people were killed in raids on several besieged towns of Orun.", Scope.SUBTOTAL),
        ("A string of blasts killed nine people in Orun on Sunday.", Scope.SUBTOTAL),
        ("Raids on Orun and its countryside killed nine people.", Scope.SUBTOTAL),
        ("The war has left 9,000 people dead in Tessaria.", Scope.CUMULATIVE),
        ("Forty have died since the siege began on 22 January, a monitor said.", Scope.CUMULATIVE),
        ("Nine people in towns of Orun were killed by a shell.", Scope.INCIDENT),
        (
            "Nine people were killed in Sarbek, with clashes in several nearby towns.",
            Scope.INCIDENT,
        ),
        ("A woman was killed in Sarbek and Binora, say rival reports.", Scope.INCIDENT),
        (
            "The port was bombed often in the past, as in May, when a raid killed nine people.",
            Scope.INCIDENT,
        ),
    ],
)
def test_what_the_words_make_a_figure_cover(text: str, scope: Scope, setting: Setting) -> None:
    claim, *_ = read(text, setting)
    assert claim.claim.scope is scope


def test_a_part_listed_by_place_is_of_its_place_alone(setting: Setting) -> None:
    text = "A total of 54 people were killed in Orun and its countryside, including 9 in Sarbek."
    total, part = read(text, setting)
    assert (total.claim.scope, part.claim.scope) == (Scope.SUBTOTAL, Scope.INCIDENT)
    assert places(part) == ["Sarbek"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Binora drone strike has killed nine people, medics said.", "Binora"),
        ("Medics in Velm said nine people died in the Sarbek bakery bombing.", "Sarbek"),
        ("The toll of the Ain Lufa massacre has passed thirty.", "Ain Lufa"),
        ("The Hazzan death toll rose to nine.", "Hazzan"),
        ("Sarbek market blast toll hits nine", "Sarbek"),
        ("A raid on Velm killed nine people in revenge for the Sarbek attack.", "Velm"),
        ("A raid on Velm killed nine people in response to a strike on Sarbek.", "Velm"),
    ],
)
def test_a_name_before_an_attack_is_its_place(text: str, name: str, setting: Setting) -> None:
    claim, *_ = read(text, setting)
    assert places(claim) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "The Dawn Movement attack killed nine people.",
        "The Dorsawi bombing killed nine people.",
        "The Tessaria strike killed nine people.",  # a country may have done it
    ],
)
def test_no_other_name_before_an_attack_is_its_place(text: str, setting: Setting) -> None:
    claim, *_ = read(text, setting)
    assert places(claim) == []


@pytest.mark.parametrize(
    "text",
    [
        "Nine militiamen were killed in the battle for Velm on Sunday.",
        "Nine militiamen died on Sunday in fighting for the town of Velm.",
        "An offensive for Velm left nine militiamen dead on Sunday.",
        "Nine militiamen were killed on Sunday during the assault on Velm.",
        "Nine militiamen were killed in the siege of Velm.",
        # of those who die of wounds, where they were hurt
        "Two herders who were hurt by shells in Velm died in hospital in Sarbek on Sunday.",
        "Two herders wounded in Saturday's raid on Velm died at a clinic in Sarbek.",
        "Two herders died in Sarbek on Sunday of wounds from a shell that fell on Velm.",
        "Two herders died in a Sarbek hospital of injuries suffered in the raid on Velm.",
        "A bomb killed six people in Velm. Two of the wounded died in hospital in Sarbek.",
    ],
)
def test_the_place_is_that_of_the_fighting_and_of_the_wound(text: str, setting: Setting) -> None:
    assert places(read(text, setting)[-1]) == ["Velm"]


def test_what_is_wanted_for_a_place_is_no_fighting_there(setting: Setting) -> None:
    text = "Nine people were killed on Sunday as a truce for Velm failed."
    assert [places(claim) for claim in read(text, setting)] == [[]]


@pytest.mark.parametrize(
    "text",
    [
        "Nine people were killed in shelling on Monday, hours after a raid left six dead in Velm.",
        "Nine people were killed in shelling on Monday, a day after a bomb killed six in Velm.",
        "Nine people were killed in shelling on Monday just hours after a raid killed six in Velm.",
    ],
)
def test_the_place_of_what_was_before_is_not_that_of_what_came_after(
    text: str, setting: Setting
) -> None:
    nine, six = read(text, setting)
    assert (places(nine), places(six)) == ([], ["Velm"])
    *_, again = read(f"{text} The nine who were killed were potters.", setting)
    assert places(again) == []


def test_what_is_counted_behind_a_day_that_is_counted_from_is_of_the_sentence(
    setting: Setting,
) -> None:
    (claim,) = read("On Sunday, a day after a raid, shells killed nine people in Velm.", setting)
    assert places(claim) == ["Velm"]
    nine, six = read(
        "Shells killed nine people in Sarbek, two days after a raid on Velm killed six.", setting
    )
    assert (places(nine), places(six)) == (["Sarbek"], ["Velm"])


def test_neither_half_of_a_word_is_a_place(setting: Setting) -> None:
    text = "The Kord-Tessaria truce has ended a conflict in which 9,000 people have been killed."
    (claim,) = read(text, setting)
    assert places(claim) == []


@pytest.mark.parametrize(
    "text",
    [
        "The centre has put the total death toll from conflict at more than 47,000.",
        "The centre put the death toll from the four-year conflict at over 47,000 villagers.",
        "The death toll of the civil war has reached 900.",
    ],
)
def test_the_toll_of_a_war_is_no_event(text: str, setting: Setting) -> None:
    *_, claim = read(f"Shells killed four people in Sarbek on Sunday. {text}", setting)
    assert (claim.claim.scope, places(claim)) == (Scope.CUMULATIVE, [])


def test_one_has_makes_a_sum_of_two_verbs(setting: Setting) -> None:
    text = "The conflict has killed over 47,000 people, injured 90,000 others."
    assert {one.claim.scope for one in read(text, setting)} == {Scope.CUMULATIVE}
