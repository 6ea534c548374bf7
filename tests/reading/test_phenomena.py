"""What reading takes from single sentences, one trap each; the country is invented, as is everyone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Setting, Sources, interpret

GAZETTEER = Path(__file__).resolve().parents[2] / "examples" / "gazetteer.csv"
PUBLISHED = date(2021, 3, 17)

K, I = "killed", "injured"  # noqa: E741
Row = tuple[str, int | None, int | None, str, str]

SPECIMENS: list[tuple[str, str, list[Row]]] = [
    # digits
    (
        "digits",
        "The blast killed 14 villagers at a well.",
        [(K, 14, 14, "exact", "14 villagers")],
    ),
    # space as thousands mark
    (
        "space as thousands mark",
        "Officials said 1 500 people were killed in the siege.",
        [(K, 1500, 1500, "exact", "1 500 people")],
    ),
    # comma as thousands mark
    (
        "comma as thousands mark",
        "Officials said 3,240 people were injured in the siege.",
        [(I, 3240, 3240, "exact", "3,240 people")],
    ),
    # compound number word
    (
        "compound number word",
        "Twenty-three miners were killed when the shaft was bombed.",
        [(K, 23, 23, "exact", "Twenty-three miners")],
    ),
    # a number of several words
    (
        "a number of several words",
        "One hundred and six passengers were killed in the attack.",
        [(K, 106, 106, "exact", "One hundred and six passengers")],
    ),
    # a dozen
    (
        "a dozen",
        "A dozen shoppers were wounded by shrapnel.",
        [(I, 12, 12, "exact", "A dozen shoppers")],
    ),
    # dozens
    (
        "dozens",
        "Dozens of worshippers were killed in the shelling.",
        [(K, 24, None, "vague", "Dozens of worshippers")],
    ),
    # scores
    (
        "scores",
        "Scores of people were injured when the shells fell.",
        [(I, 40, None, "vague", "Scores of people")],
    ),
    # several
    (
        "several",
        "Several farmers were killed by a landmine.",
        [(K, 3, None, "vague", "Several farmers")],
    ),
    # a handful
    (
        "a handful",
        "A handful of students were injured.",
        [(I, 3, None, "vague", "A handful of students")],
    ),
    # no fewer than
    (
        "no fewer than",
        "No fewer than nine nurses were killed in the raid.",
        [(K, 9, None, "at_least", "No fewer than nine nurses")],
    ),
    # as many as
    (
        "as many as",
        "As many as 30 people were killed in the raid.",
        [(K, None, 30, "at_most", "As many as 30 people")],
    ),
    # up to
    (
        "up to",
        "Up to 12 fishermen were killed by gunboats.",
        [(K, None, 12, "at_most", "Up to 12 fishermen")],
    ),
    # fewer than
    (
        "fewer than",
        "Fewer than ten people were killed, the mayor said.",
        [(K, None, 9, "at_most", "Fewer than ten people")],
    ),
    # nearly
    (
        "nearly",
        "Nearly 80 people were injured in the stampede after the raid.",
        [(I, 80, 80, "about", "Nearly 80 people")],
    ),
    # about
    (
        "about",
        "About 40 people were killed in the raid.",
        [(K, 40, 40, "about", "About 40 people")],
    ),
    # more than is one more
    (
        "more than is one more",
        "More than 60 residents were killed in the bombardment.",
        [(K, 61, None, "more_than", "More than 60 residents")],
    ),
    # over
    (
        "over",
        "Over 200 people were wounded in the bombardment.",
        [(I, 201, None, "more_than", "Over 200 people")],
    ),
    # or more behind the noun
    (
        "or more behind the noun",
        "The strike killed 20 people or more.",
        [(K, 20, None, "at_least", "20 people or more")],
    ),
    # between
    (
        "between",
        "Between 13 and 16 people were killed in the raid.",
        [(K, 13, 16, "range", "Between 13 and 16 people")],
    ),
    # hyphened range
    (
        "hyphened range",
        "Some 12-15 people were killed in the raid.",
        [(K, 12, 15, "range", "Some 12-15 people")],
    ),
    # two or three
    (
        "two or three",
        "Two or three shepherds were killed by the mortar.",
        [(K, 2, 3, "range", "Two or three shepherds")],
    ),
    # no casualties
    (
        "no casualties",
        "The raid caused no casualties.",
        [("casualties", 0, 0, "exact", "no casualties")],
    ),
    # another
    (
        "another",
        "Another five villagers were killed in Sarbek.",
        [(K, 5, 5, "exact", "Another five villagers")],
    ),
    # two others
    (
        "two others",
        "The shell killed a baker and wounded two others.",
        [(K, 1, 1, "exact", "a baker"), (I, 2, 2, "exact", "two others")],
    ),
    # a couple is two people
    (
        "a couple is two people",
        "A couple was killed when their car hit a mine.",
        [(K, 2, 2, "exact", "A couple")],
    ),
    # family of five
    (
        "family of five",
        "A family of five was killed in their home in Binora.",
        [(K, 5, 5, "exact", "A family of five")],
    ),
    # the twins
    (
        "the twins",
        "The twins were killed in their sleep by a shell.",
        [(K, 2, 2, "exact", "The twins")],
    ),
    # one person without a number
    (
        "one person without a number",
        "An elderly man was killed by a sniper.",
        [(K, 1, 1, "exact", "An elderly man")],
    ),
    # woman and her two children
    (
        "woman and her two children",
        "A woman and her two children were killed in the shelling.",
        [(K, 1, 1, "exact", "A woman"), (K, 2, 2, "exact", "her two children")],
    ),
    # an ordinal counts one
    (
        "an ordinal counts one",
        "She is the third journalist killed in Dorsa this year.",
        [(K, 1, 1, "exact", "the third journalist")],
    ),
    # respectively
    (
        "respectively",
        "Three and five people were killed in Sarbek and Binora respectively.",
        [(K, 3, 3, "exact", "Three"), (K, 5, 5, "exact", "five people")],
    ),
    # text in capitals
    (
        "text in capitals",
        "SEVEN PEOPLE WERE KILLED IN SARBEK WHEN A ROCKET HIT A BUS",
        [(K, 7, 7, "exact", "SEVEN PEOPLE")],
    ),
    # persons
    (
        "persons",
        "Eleven persons were killed.",
        [(K, 11, 11, "exact", "Eleven persons")],
    ),
    # thousands
    (
        "thousands",
        "Thousands of people were displaced from Velm.",
        [("displaced", 2000, None, "vague", "Thousands of people")],
    ),
    # active verb
    (
        "active verb",
        "Shells killed six people in Hazzan.",
        [(K, 6, 6, "exact", "six people")],
    ),
    # passive verb
    (
        "passive verb",
        "Six people were killed by shells in Hazzan.",
        [(K, 6, 6, "exact", "Six people")],
    ),
    # claimed the lives of
    (
        "claimed the lives of",
        "The explosion claimed the lives of 17 people.",
        [(K, 17, 17, "exact", "17 people")],
    ),
    # the deaths of
    (
        "the deaths of",
        "The monitor reported the deaths of five people in Velm.",
        [(K, 5, 5, "exact", "five people")],
    ),
    # died of wounds
    (
        "died of wounds",
        "Two men died of their wounds in Dorsa.",
        [(K, 2, 2, "exact", "Two men")],
    ),
    # bodies found
    (
        "bodies found",
        "Rescuers recovered eight bodies from the rubble.",
        [(K, 8, 8, "exact", "eight bodies")],
    ),
    # executed
    (
        "executed",
        "Gunmen executed five teachers in Khan Setra.",
        [(K, 5, 5, "exact", "five teachers")],
    ),
    # found dead
    (
        "found dead",
        "Three drivers were found dead near Hazzan.",
        [(K, 3, 3, "exact", "Three drivers")],
    ),
    # death toll stands at
    (
        "death toll stands at",
        "The death toll stands at 44.",
        [(K, 44, 44, "exact", "44")],
    ),
    # killed or injured stay together
    (
        "killed or injured stay together",
        "Forty people were killed or injured in the raid.",
        [("killed_or_injured", 40, 40, "exact", "Forty people")],
    ),
    # casualties are not deaths
    (
        "casualties are not deaths",
        "The shelling caused 25 casualties.",
        [("casualties", 25, 25, "exact", "25 casualties")],
    ),
    # missing
    (
        "missing",
        "Seven fishermen are missing after the attack.",
        [("missing", 7, 7, "exact", "Seven fishermen")],
    ),
    # detained
    (
        "detained",
        "Soldiers detained 19 men at a checkpoint.",
        [("detained", 19, 19, "exact", "19 men")],
    ),
    # abducted
    (
        "abducted",
        "Gunmen abducted three engineers on the Homra road.",
        [("abducted", 3, 3, "exact", "three engineers")],
    ),
    # displaced
    (
        "displaced",
        "Some 5,000 people were displaced from Sarbek.",
        [("displaced", 5000, 5000, "about", "Some 5,000 people")],
    ),
    # evacuated
    (
        "evacuated",
        "About 600 patients were evacuated from Velm.",
        [("evacuated", 600, 600, "about", "About 600 patients")],
    ),
    # trapped
    (
        "trapped",
        "Twenty people are trapped under the rubble.",
        [("trapped", 20, 20, "exact", "Twenty people")],
    ),
    # died in
    (
        "died in",
        "Nine people died in the bombing of the mill.",
        [(K, 9, 9, "exact", "Nine people")],
    ),
    # lost their lives
    (
        "lost their lives",
        "Sixteen people lost their lives in the raid.",
        [(K, 16, 16, "exact", "Sixteen people")],
    ),
    # perished
    (
        "perished",
        "Ten people perished in the fire after the shelling.",
        [(K, 10, 10, "exact", "Ten people")],
    ),
    # counted attacks
    (
        "counted attacks",
        "Six air strikes hit the town of Sarbek.",
        [("attacks", 6, 6, "exact", "Six air strikes")],
    ),
    # killing as a participle
    (
        "killing as a participle",
        "A drone hit the ferry, killing four people.",
        [(K, 4, 4, "exact", "four people")],
    ),
    # two harms of one verb phrase
    (
        "two harms of one verb phrase",
        "A mortar round killed two boys and wounded their teacher.",
        [(K, 2, 2, "exact", "two boys"), (I, 1, 1, "exact", "their teacher")],
    ),
    # killed and wounded with ellipsis
    (
        "killed and wounded with ellipsis",
        "Three people were killed and eleven wounded in Velm.",
        [(K, 3, 3, "exact", "Three people"), (I, 11, 11, "exact", "eleven")],
    ),
    # bringing to
    (
        "bringing to",
        "Two more people died, bringing the death toll to 15.",
        [(K, 2, 2, "exact", "Two more people"), (K, 15, 15, "exact", "15")],
    ),
    # including
    (
        "including",
        "The raid killed 12 people, including three children.",
        [(K, 12, 12, "exact", "12 people"), (K, 3, 3, "exact", "three children")],
    ),
    # among them
    (
        "among them",
        "Nine people were killed, among them two women.",
        [(K, 9, 9, "exact", "Nine people"), (K, 2, 2, "exact", "two women")],
    ),
    # of whom
    (
        "of whom",
        "Twenty people were injured, of whom six were children.",
        [(I, 20, 20, "exact", "Twenty people"), (I, 6, 6, "exact", "six")],
    ),
    # of them
    (
        "of them",
        "Eleven people were killed, four of them children.",
        [(K, 11, 11, "exact", "Eleven people"), (K, 4, 4, "exact", "four of them children")],
    ),
    # age before the noun
    (
        "age before the noun",
        "A 34-year-old nurse was killed in Hazzan.",
        [(K, 1, 1, "exact", "A 34-year-old nurse")],
    ),
    # distance
    (
        "distance",
        "Five people were killed 14 km west of Velm.",
        [(K, 5, 5, "exact", "Five people")],
    ),
    # clock
    (
        "clock",
        "Five people were killed at 9:30 in Velm.",
        [(K, 5, 5, "exact", "Five people")],
    ),
    # calibre
    (
        "calibre",
        "Soldiers fired 82 mm mortars and killed three people.",
        [(K, 3, 3, "exact", "three people")],
    ),
    # money
    (
        "money",
        "The state paid 2,000 pounds for each house.",
        [],
    ),
    # unit number
    (
        "unit number",
        "The 4th Brigade killed nine people in Sarbek.",
        [(K, 9, 9, "exact", "nine people")],
    ),
    # road number
    (
        "road number",
        "Two people were killed on Route 5 near Binora.",
        [(K, 2, 2, "exact", "Two people")],
    ),
    # votes
    (
        "votes",
        "Parliament passed the law by 61 votes to 40.",
        [],
    ),
    # attackers counted
    (
        "attackers counted",
        "Six gunmen attacked the mosque and killed three worshippers.",
        [(K, 3, 3, "exact", "three worshippers")],
    ),
    # planes counted
    (
        "planes counted",
        "Four planes bombed the bridge.",
        [],
    ),
    # suspects arrested are not victims of harm
    (
        "suspects arrested are not victims of harm",
        "Two suspects drove a lorry into the crowd.",
        [],
    ),
    # hypothetical
    (
        "hypothetical",
        "If the dam breaks, 4,000 people could be killed.",
        [],
    ),
    # exercise
    (
        "exercise",
        "In the drill 30 volunteers played the wounded.",
        [],
    ),
    # metaphor
    (
        "metaphor",
        "The vote killed the deal for two years.",
        [],
    ),
    # animals
    (
        "animals",
        "The shelling killed 40 sheep.",
        [],
    ),
    # buildings
    (
        "buildings",
        "The raid destroyed 12 houses.",
        [],
    ),
    # percent
    (
        "percent",
        "Some 30% of the town was destroyed.",
        [],
    ),
    # years
    (
        "years",
        "In 2018 the road was rebuilt within two years.",
        [],
    ),
    # not clear is silence
    (
        "not clear is silence",
        "It is not clear whether anyone was hurt.",
        [],
    ),
    # a denied count stays a claim
    (
        "a denied count stays a claim",
        "The army denied that 20 people were killed in Velm.",
        [(K, 20, 20, "exact", "20 people")],
    ),
    # phone number
    (
        "phone number",
        "Call 112 or 5550143 for help.",
        [],
    ),
    # quantity of goods
    (
        "quantity of goods",
        "The convoy brought 300 tonnes of flour.",
        [],
    ),
    # soldiers
    (
        "soldiers",
        "Four soldiers were killed in the ambush.",
        [(K, 4, 4, "exact", "Four soldiers")],
    ),
    # militants said by the army
    (
        "militants said by the army",
        "The army said it had killed 30 militants near Velm.",
        [(K, 30, 30, "exact", "30 militants")],
    ),
    # role
    (
        "role",
        "Two paramedics were killed when their ambulance was hit.",
        [(K, 2, 2, "exact", "Two paramedics")],
    ),
    # apposition
    (
        "apposition",
        "Three brothers, sons of a baker, were killed in Hazzan.",
        [(K, 3, 3, "exact", "Three brothers")],
    ),
    # injured in parentheses
    (
        "injured in parentheses",
        "Ten people (four of them women) were injured in Velm.",
        [(I, 10, 10, "exact", "Ten people"), (I, 4, 4, "exact", "four of them women")],
    ),
    # period total
    (
        "period total",
        "Since January, 212 people have been killed in Orun.",
        [(K, 212, 212, "exact", "212 people")],
    ),
    # last 24 hours
    (
        "last 24 hours",
        "Nine people were killed in the past 24 hours.",
        [(K, 9, 9, "exact", "Nine people")],
    ),
    # quote
    (
        "quote",
        "“Six people were killed here,” a baker said.",
        [(K, 6, 6, "exact", "Six people")],
    ),
    # bullet line
    (
        "bullet line",
        "- Binora: 3 killed, 7 injured",
        [(K, 3, 3, "exact", "3"), (I, 7, 7, "exact", "7")],
    ),
    # tweet
    (
        "tweet",
        "#Velm: 5 killed, 12 wounded in air strike on #market",
        [(K, 5, 5, "exact", "5"), (I, 12, 12, "exact", "12")],
    ),
    # tens
    (
        "tens",
        "Tens of people were wounded in the raid.",
        [(I, 20, None, "vague", "Tens of people")],
    ),
    # estimated
    (
        "estimated",
        "An estimated 90 people were killed.",
        [(K, 90, 90, "about", "An estimated 90 people")],
    ),
    # around
    (
        "around",
        "Around 15 pupils were injured.",
        [(I, 15, 15, "about", "Around 15 pupils")],
    ),
    # at most
    (
        "at most",
        "At most seven people were killed.",
        [(K, None, 7, "at_most", "At most seven people")],
    ),
    # inverted
    (
        "inverted",
        "Killed were two farmers and a driver.",
        [(K, 2, 2, "exact", "two farmers"), (K, 1, 1, "exact", "a driver")],
    ),
    # killed in a relative clause
    (
        "killed in a relative clause",
        "The 14 people who were killed were buried in Sarbek.",
        [(K, 14, 14, "exact", "The 14 people")],
    ),
    # the killing of
    (
        "the killing of",
        "The killing of seven detainees was confirmed.",
        [(K, 7, 7, "exact", "seven detainees")],
    ),
    # hanged
    (
        "hanged",
        "Authorities hanged three prisoners in Almara.",
        [(K, 3, 3, "exact", "three prisoners")],
    ),
    # shot dead
    (
        "shot dead",
        "Police shot dead two protesters.",
        [(K, 2, 2, "exact", "two protesters")],
    ),
    # hospitalised
    (
        "hospitalised",
        "Fifteen people were hospitalised after the gas attack.",
        [(I, 15, 15, "exact", "Fifteen people")],
    ),
    # lower case headline
    (
        "lower case headline",
        "three killed, 20 hurt in velm bombing",
        [(K, 3, 3, "exact", "three"), (I, 20, 20, "exact", "20")],
    ),
    # million
    (
        "million",
        "Nearly 1.2 million people were displaced.",
        [("displaced", 1200000, 1200000, "about", "Nearly 1.2 million people")],
    ),
    # hundreds of people
    (
        "hundreds of people",
        "Hundreds of people were detained after the march.",
        [("detained", 200, None, "vague", "Hundreds of people")],
    ),
    # less than
    (
        "less than",
        "Less than 20 people were injured in the fire after the raid.",
        [(I, None, 19, "at_most", "Less than 20 people")],
    ),
    # at least a dozen
    (
        "at least a dozen",
        "At least a dozen pilgrims were killed.",
        [(K, 12, None, "at_least", "At least a dozen pilgrims")],
    ),
    # many
    (
        "many",
        "Many people were killed in the bombardment.",
        [(K, 3, None, "vague", "Many people")],
    ),
    # a man and his son
    (
        "a man and his son",
        "A man and his son were killed by a mine.",
        [(K, 1, 1, "exact", "A man"), (K, 1, 1, "exact", "his son")],
    ),
    # two women and a child
    (
        "two women and a child",
        "Two women and a child were killed by a shell.",
        [(K, 2, 2, "exact", "Two women"), (K, 1, 1, "exact", "a child")],
    ),
    # house numbers
    (
        "house numbers",
        "The house at 14 Mill Street burned down.",
        [],
    ),
    # a score in sport
    (
        "a score in sport",
        "Velm beat Dorsa 3-1 in the cup.",
        [],
    ),
    # temperature
    (
        "temperature",
        "It was 38 degrees in Almara.",
        [],
    ),
    # forecast
    (
        "forecast",
        "Aid workers fear that hundreds will die this winter.",
        [],
    ),
    # history with its own year
    (
        "history with its own year",
        "In 1998 a bomb killed 40 people in the same square.",
        [(K, 40, 40, "exact", "40 people")],
    ),
]


@pytest.fixture(scope="module")
def setting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Setting]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CENOTAPH_DATA", str(tmp_path_factory.mktemp("data")))
        yield Sources(files=(GAZETTEER,), default=False, country="XT").open()


@pytest.mark.parametrize("text, wanted", [row[1:] for row in SPECIMENS],
                         ids=[row[0] for row in SPECIMENS])  # fmt: skip
def test_a_specimen(text: str, wanted: list[Row], setting: Setting) -> None:
    document = Document(id=DocumentId("specimen"), text=text, published=PUBLISHED, lang="en")
    got = [
        (
            claim.measure.value, claim.count.low, claim.count.high,
            claim.count.modality.value, claim.counted.text,
        )
        for claim in interpret(document, setting=setting).reading.claims
    ]  # fmt: skip
    assert got == wanted


def test_the_specimens_are_many_and_of_different_kinds() -> None:
    assert len(SPECIMENS) >= 60
    assert len({row[0] for row in SPECIMENS}) == len(SPECIMENS)
    assert len({row[1] for row in SPECIMENS}) == len(SPECIMENS)
