"""The nearest place told of one event: a quarter of its city, a village of its province."""

from datetime import date

import pytest

from cenotaph.model import Document, DocumentId, Precision, Scope
from cenotaph.pipeline import Setting
from cenotaph.pipeline.document import ResolvedClaim, interpret


def read(text: str, setting: Setting) -> tuple[ResolvedClaim, ...]:
    """Read a report of Monday, 8 February 2021."""
    document = Document(id=DocumentId("a"), text=text, published=date(2021, 2, 8), lang="en")
    return interpret(document, setting=setting).claims


def places(claim: ResolvedClaim) -> list[str | None]:
    return [place.name or place.quote.text for place in claim.places if place.quote]


def test_the_towns_of_last_month_place_no_heading_apart(setting: Setting) -> None:
    first, *_ = read(
        "Bomb kills two in Tessaria\n\nA bomb killed two people in Sarbek on Sunday.\n\n"
        "Last month bombs killed nine people in Binora.",
        setting,
    )
    assert places(first) == ["Sarbek"]


def test_a_village_known_to_nobody_is_nearer_than_its_province(setting: Setting) -> None:
    first, *_ = read(
        "At least 18 guards were killed by a bomb in Orun province.\n\n"
        "The bomb went off in the village of Ashfen in Orun province, a monitor said.",
        setting,
    )
    assert [p.quote.text for p in first.places if p.quote] == ["Ashfen in Orun province"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # a city, and the quarter that the next sentence tells
        ("Car bomb in Velm kills 14\n\nA car bomb killed at least 14 people and wounded 31 others in "
         "the city of Velm on Saturday. The bomb went off near a bakery in the Rashin quarter.",
         [["Rashin"], ["Rashin"], ["Rashin"]]),
        ("Fire from mortars kills 12 in Almara\n\nShells slammed into central Almara on Tuesday and "
         "killed 12 people. They hit the Karm Uthal neighbourhood, a police officer said.",
         [["Karm Uthal"], ["Karm Uthal"]]),
        # several quarters go together
        ("Two civilians were killed on Sunday in mortar attacks on Velm. The mortars were fired at "
         "the Rashin and Bab Nairu neighbourhoods.", [["Rashin", "Bab Nairu"]]),
        # what the same figure is told of, however far apart
        ("Seven people were killed in Rashin. Doctors spoke of a black day. Schools were shut. The "
         "market stayed open. The mayor wept. Velm has seen worse. The bombing of Velm killed seven "
         "people, a nurse said.", [["Rashin"], ["Rashin"]]),
        # a suburb that is not named at first
        ("Blast kills three in Almara suburb\n\nThree people were killed by a blast in a suburb of "
         "the capital Almara. The explosion hit a pharmacy in Douwa, east of it.",
         [["Douwa"], ["Douwa"]]),
        # quarters that are told apart, each with figures of its own, make up the city's figure
        ("Twenty people were killed in attacks on Velm on Sunday. In Rashin nine people died. In Bab "
         "Nairu 11 people were killed.", [["Velm"], ["Rashin"], ["Bab Nairu"]]),
        # an act that ends at the place, whatever it struck there
        ("Six soldiers were killed by a bomber in the province of Marsh on Sunday. He drove his car "
         "into the checkpoint at the entrance of Qasr Dunya.", [["Qasr Dunya"]]),
        # a quarter of another town is none of this one
        ("Nine people were killed in Velm on Sunday. Shells hit the Karm Uthal quarter.", [["Velm"]]),
        # a sentence that counts others of the same harm places those
        ("Nine people were killed in Velm on Sunday. Four others were killed in Rashin.",
         [["Velm"], ["Rashin"]]),
        # those of several places told behind are summed up, at none of them
        ("At least 135 people were killed in three days. On Saturday nine people were killed in "
         "Maarat Ilun and four died in Khan Setra.", [[], ["Maarat Ilun"], ["Khan Setra"]]),
        # what had been wounded since is of the whole city, and so is what is told next
        ("Bombs hit the Rashin quarter on Sunday. Ninety people have been killed in Velm since May. "
         "Four people were wounded.", [["Velm"], ["Velm"]]),
    ],
)  # fmt: skip
def test_a_quarter_is_nearer_than_its_city(
    text: str, wanted: list[list[str]], setting: Setting
) -> None:
    assert [places(claim) for claim in read(text, setting)] == wanted


def test_a_place_that_nobody_knows_lies_where_the_report_puts_it(setting: Setting) -> None:
    (claim,) = read(
        "Four people died on Monday when gas spread in Velm. The barrel fell in the Zubala quarter.",
        setting,
    )
    assert claim.place is not None and claim.place.quote is not None
    assert (claim.place.quote.text, claim.place.name) == ("Zubala quarter", "Velm")
    heading, lede = read(
        "Raid kills nine children in Orun province\n\nNine children were killed in the province of "
        "Orun on Friday. The jets hit the village of Tal Kerra.",
        setting,
    )
    for each in (heading, lede):
        assert each.place is not None and each.place.quote is not None
        assert (each.place.quote.text, each.place.admin1) == ("Tal Kerra", "Orun")


def test_a_quarter_told_beside_another_city_lies_in_that(setting: Setting) -> None:
    (claim,) = read(
        "Nine people were killed in Velm on Friday. The army also shelled the Zubala quarter, "
        "eastern Almara.",
        setting,
    )
    assert claim.place is not None and claim.place.name == "Velm"
    assert claim.place.quote is not None and claim.place.quote.text == "Velm"


def test_a_part_told_of_its_own_quarter_is_no_sum(setting: Setting) -> None:
    whole, part = read(
        "Twelve people were killed by shells on the Rashin and Bab Nairu quarters. Five of them died "
        "in Rashin.",
        setting,
    )
    assert whole.claim.scope is Scope.SUBTOTAL and places(whole) == ["Rashin", "Bab Nairu"]
    assert part.claim.scope is Scope.INCIDENT and places(part) == ["Rashin"]


def test_a_quarter_may_be_called_after_somebody_with_a_title(setting: Setting) -> None:
    (claim,) = read("Nine people were wounded in the attack on the Sheikh Nadir area.", setting)
    assert places(claim) == ["Sheikh Nadir area"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # an "and" alone joins the second predicate to the first, and it happened there too
        ("On Friday rebels shelled the Rashin and Bab Nairu quarters of Velm, killing 44 civilians "
         "and wounding over 140.", [["Rashin", "Bab Nairu"]] * 2),
        ("Two blasts near Rashin in the city of Velm claimed the lives of 40 people and injured 120 "
         "others.", [["Rashin"]] * 3),
        # another place between the two is of the second
        ("Shells fell in Rashin, killing two people and in Bab Nairu wounding nine.",
         [["Rashin"], ["Bab Nairu"]]),
    ],
)  # fmt: skip
def test_joined_predicates_tell_of_the_same_places(
    text: str, wanted: list[list[str]], setting: Setting
) -> None:
    assert [places(claim) for claim in read(text, setting)] == wanted


def test_whoever_is_harmed_far_from_a_group_told_of_before_is_none_of_it(setting: Setting) -> None:
    """In a round-up a woman who dies in another town is no member of the four of the first."""
    four, woman, child = read(
        "Shells killed four people in Velm on Sunday. In the village of Sarbek in Orun province a "
        "woman was killed by a sniper.\n\nRockets on the Rashin quarter of Velm killed a child.",
        setting,
    )
    assert (four.claim.part_of, woman.claim.part_of) == (None, None)
    assert places(woman) == ["Sarbek"]
    # whoever is one of them has the nearer place that is told for him
    assert (child.claim.part_of, places(child)) == (four.claim.id, ["Rashin"])


def test_one_word_calls_a_list_residential_quarters(setting: Setting) -> None:
    (claim,) = read(
        "Two people were killed on Friday by rockets on the Zubala and Mardin residential "
        "neighbourhoods in Velm city.",
        setting,
    )
    assert [place.name for place in claim.places] == ["Velm", "Velm"]
    assert [p.quote.text.split()[0] for p in claim.places if p.quote] == ["Zubala", "Mardin"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # "dozens" of a heading are the 58 of the text
        ("Chemical attack kills dozens in Tessaria\n\nAn attack in northern Tessaria killed dozens of "
         "civilians on Tuesday. The attack on the town of Khan Setra killed at least 58 civilians, a "
         "monitor said.", [["Khan Setra"]] * 3),
        # but not those of several places, nor more than are told of there
        ("Dozens of people were killed in Tessaria on Tuesday. In Sarbek nine people were killed.",
         [["Tessaria"], ["Sarbek"]]),
        # a sentence further on that names the event and says what it hit
        ("Bomb hits a convoy outside Velm, killing 22 people\n\nA bomb hit a convoy waiting to cross "
         "into Velm on Saturday, and killed 22 people. The deal had stalled. Thousands waited. Doctors "
         "ran. Nobody claimed it. Buses burned. The blast hit the buses in the Rashin quarter of Velm.",
         [["Rashin"], ["Rashin"]]),
        # places that are listed together set nothing apart
        ("One person killed, 18 hurt in Velm\n\nA source said one person was killed and 18 others "
         "were hurt by shells on the Rashin and Bab Nairu quarters of Velm on Sunday. He said that "
         "the shells killed one person and hurt 18 others.", [["Rashin", "Bab Nairu"]] * 6),
        # the lede behind a heading, a line of the day and the heading again
        ("Raid kills nine in Tessaria\n\n6 December 2020\n\nRaid kills nine in Tessaria\n\nNine people "
         "were killed in northern Tessaria on Sunday. The jets hit the town of Sarbek.",
         [["Sarbek"]] * 3),
        # in the text, what the sentence says was struck in its city
        ("Nine people died in Sarbek on Friday. The mayor of the town wept. Schools closed. State media "
         "said that two people were killed in Almara when mortars hit the Karm Uthal quarter of the "
         "capital.", [["Sarbek"], ["Karm Uthal"]]),
        # nothing where the place is that of others of the sentence
        ("Nine people died in Sarbek on Friday. The mayor of the town wept. Schools closed. Bombs killed "
         "two people in Velm, and four were killed when shells hit the Rashin quarter.",
         [["Sarbek"], ["Velm"], ["Rashin"]]),
        # of two places of a clause the one that lies in the other
        ("Raid in Velm A woman was killed on Friday by a blast in the Rashin quarter of Velm.",
         [["Rashin"]]),
    ],
)  # fmt: skip
def test_the_nearer_place_is_told_further_on(
    text: str, wanted: list[list[str]], setting: Setting
) -> None:
    assert [places(claim) for claim in read(text, setting)] == wanted


@pytest.mark.parametrize(
    ("text", "quote", "city"),
    [
        ("Nine people were killed in Velm on Sunday. Shells fell on Nadir Square, a witness said.",
         "Nadir Square", "Velm"),
        ("Rebels hold parts of Velm. On Sunday nine people were killed in the Zubala quarter.",
         "Zubala quarter", "Velm"),
        # not where another city or a village far away was told since
        ("Shells fell on Velm. Fighting went on in Sarbek. Nine people were killed in the Zubala "
         "quarter.", "Zubala quarter", None),
        ("Shells fell on Velm. Fighting went on in Orun province. Nine people were killed in the "
         "Zubala quarter.", "Zubala quarter", None),
    ],
)  # fmt: skip
def test_a_quarter_that_nobody_knows_lies_in_the_city_told_last(
    text: str, quote: str, city: str | None, setting: Setting
) -> None:
    (claim,) = read(text, setting)
    assert claim.place is not None and claim.place.quote is not None
    assert (claim.place.quote.text, claim.place.name) == (quote, city)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # what stands beside a figure of the opening goes with it
        ("Car bomb kills 12 in Orun province\n\nA car bomb killed 12 people and wounded dozens in Orun "
         "province on Monday. The car went off in the town of Sarbek.", [["Sarbek"]] * 3),
        # where those are who strike another place
        ("Rebels in Rashin shelled the Bab Nairu quarter of Velm on Thursday, killing a girl.",
         [["Bab Nairu"]]),
        # the hospital to which the hurt are brought
        ("Guards shot nine inmates in Dorsa. Eleven others were wounded and taken to hospital in "
         "Homra.", [["Dorsa"], ["Dorsa"]]),
        # where somebody is from, and of what he is the mayor
        ("Shells fell on Velm. Halim Orwani, 34, from Binora, was killed.", [["Velm"]]),
        ("Gunmen killed the mayor of Kafr Sel in front of his home in Maarat Ilun on Tuesday.",
         [["Maarat Ilun"]]),
        # an act that needs no preposition
        ("At least 18 people were killed when the Front attacked a town in northern Tessaria. The "
         "monitor said that fighters infiltrated Khan Ruzel in Velm province.", [["Khan Ruzel"]]),
        # all places of a list before the clause
        ("Troops shelled Huretan and Anadin; two people were killed.", [["Huretan", "Anadin"]]),
        # that nobody was harmed places nothing nearer
        ("No one was killed in Orun province on Sunday. The bomb hit the town of Sarbek.",
         [["Orun"]]),
    ],
)  # fmt: skip
def test_where_those_are_of_whom_it_is_told(
    text: str, wanted: list[list[str]], setting: Setting
) -> None:
    assert [places(claim) for claim in read(text, setting)] == wanted


def test_a_name_that_nobody_knows_is_what_the_text_calls_it_elsewhere(setting: Setting) -> None:
    first, second = read(
        "A rocket that landed in the Zubala quarter of Velm wounded two people. On Monday another "
        "hit Zubala, killing a child.",
        setting,
    )
    assert places(first) == places(second) == ["Velm"]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The civil war in Tessaria has been raging since March 2011. By now the conflict has taken the "
         "lives of more than 200,000 people.", "Tessaria"),
        ("Tessaria has been locked in a civil war since 2011. Talks have not ended this war, in "
         "which hundreds of thousands of people have been killed.", "Tessaria"),
        # of two countries either may be meant
        ("Kordania has sided with Tessaria in the war. The conflict has killed more than 9,000 people.",
         None),
    ],
)  # fmt: skip
def test_a_war_is_where_a_sentence_without_a_count_says(
    text: str, country: str | None, setting: Setting
) -> None:
    (claim,) = read(text, setting)
    assert places(claim) == ([country] if country else [])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # right behind a wide place a nearer one, and the village that a sentence behind names
        ("Nine people were killed in Orun province, near the town of Sarbek.", ["Sarbek"]),
        ("Nine people were killed in northern Tessaria near Sarbek.", ["Sarbek"]),
        ("Nine people were killed in northern Tessaria near the border with Kordania.", ["Tessaria"]),
        ("Nine people were killed in southern Velm near Orun.", ["Velm"]),
        # "a Velm district" is one of the city
        ("Six people were killed by a car bomb in a Velm district. The blast struck the Zubala "
         "neighbourhood, a monitor said.", ["Velm"]),
        # a village that the text describes, of a figure told by its province
        ("A raid killed six fighters in Orun province. Jets hit Babeski, a village in Orun, an "
         "activist said.", ["Orun"]),
        # the land about a city is no part of it
        ("At least 51 civilians were killed in Velm and its countryside on Saturday.", ["Velm"]),
    ],
)  # fmt: skip
def test_a_nearer_place_of_the_same_event(text: str, wanted: list[str], setting: Setting) -> None:
    assert places(read(text, setting)[0]) == wanted


def test_the_words_of_a_nearer_place(setting: Setting) -> None:
    for text, words, precision in (
        ("Six people were killed by a car bomb in a Velm district. The blast struck the Zubala "
         "neighbourhood, a monitor said.", "Zubala neighbourhood", Precision.SETTLEMENT),
        ("A raid killed six fighters in Orun province. Jets hit Babeski, a village in Orun, an "
         "activist said.", "Babeski, a village in Orun", Precision.ADMIN1),
        ("At least 51 civilians were killed in Velm and its countryside on Saturday.",
         "Velm and its countryside", Precision.ADMIN1),
        ("Car bomb kills six in Velm\n\nSix people were killed in a car bomb attack on the Zubala "
         "district on Monday.", "Zubala district", Precision.SETTLEMENT),
        ("A man was in Velm to see friends when he was killed at the Nadir Mosque.",
         "Nadir Mosque", Precision.SETTLEMENT),
    ):  # fmt: skip
        claim = read(text, setting)[0]
        assert [(p.quote and p.quote.text, p.precision) for p in claim.places] == [
            (words, precision)
        ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # what the words put in all of a country lies in no town told of before
        ("Two people were killed in Velm on Sunday. At least 545 people have been killed in air strikes on "
         "Tessarian towns and cities since Tuesday.", ["Tessaria"]),
        ("Two people were killed in Velm on Sunday. Across the country at least 545 people have been killed "
         "since Tuesday.", []),
        ("Two people were killed in Velm on Sunday. At least 545 have been killed since Tuesday.", ["Velm"]),
        ("Two people were killed in Velm on Sunday. Nine Tessarian villagers were hurt.", ["Velm"]),
        # the attack told of before, by its province; another one there
        ("Nine people were killed in Sarbek on Tuesday. The attack in Orun province also wounded nine people.",
         ["Sarbek"]),
        ("Nine people were killed in Sarbek on Tuesday. In Orun province rebels killed five people.", ["Orun"]),
    ],
)  # fmt: skip
def test_what_is_carried_into_a_sentence_with_wide_words(
    text: str, wanted: list[str], setting: Setting
) -> None:
    assert places(read(text, setting)[-1]) == wanted


def test_a_sum_in_towns_of_a_province_is_none_of_its_city(setting: Setting) -> None:
    told = "Group executes nine men in Orun\n\nThe group executed nine men on Saturday, a monitor said. "
    for behind, precision, scope in (
        ("Eight were killed in Sarbek and one in Binora.", Precision.ADMIN1, Scope.SUBTOTAL),
        ("They were killed in a square.", Precision.SETTLEMENT, Scope.INCIDENT),
    ):
        claim = read(told + behind, setting)[0]
        assert [place.precision for place in claim.places] == [precision]
        assert claim.claim.scope is scope
