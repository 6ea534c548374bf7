"""What one report comes to: who adds up, who is of one event, and what its opening settles."""

from datetime import date

import pytest

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Setting, extract, ruleset_of

PUBLISHED = date(2021, 2, 8)

Figures = list[dict[str, tuple[int | None, int | None]]]


def figures(text: str, setting: Setting, name: str = "default") -> Figures:
    """Low and high of everyone, by measure, for each incident of a report."""
    document = Document(id=DocumentId("report"), text=text, published=PUBLISHED, lang="en")
    found = extract(document, setting=setting, ruleset=ruleset_of(name))
    return [
        {
            each.measure.value: (each.figure.low, each.figure.high)
            for each in incident.estimates
            if each.group is None
        }
        for incident in found.incidents
    ]


OPENING = (
    "Nine people were killed in Sarbek on Sunday. The Meridian News Agency said seven people were"
    " killed in Sarbek on Sunday. A ministry spokesman said eleven people were killed in Sarbek on"
    " Sunday."
)


@pytest.mark.parametrize(
    "name, wanted", [("default", (9, 11)), ("airwars", (9, 9)), ("acled", None)]
)
def test_an_opening_weighs_the_sources_that_the_report_cites(
    name: str, wanted: tuple[int, int] | None, setting: Setting
) -> None:
    killed = figures(OPENING, setting, name)[0]["killed"]
    assert killed == wanted if wanted is not None else killed[0] == 7


@pytest.mark.parametrize(
    "text, wanted",
    [
        (
            "Halim Dorsawi was killed alongside three members of his family in Sarbek.",
            [{"killed": (4, 4)}],
        ),
        (
            "One person was killed in Sarbek on Sunday. Three others were wounded.",
            [{"killed": (1, 1), "injured": (3, 3)}],
        ),
        (
            "A gunman killed three men in Sarbek and wounded four other people in Binora Street.",
            [{"killed": (3, 3), "injured": (4, 4)}],
        ),
        (
            "Three people were killed in Sarbek on Sunday. A man died at once. Another died later.",
            [{"killed": (3, 3)}],
        ),
        (
            "Ten people were killed in Velm on Friday. Doctors said 33 were hurt. Another eleven"
            " were killed the following day when jets returned to Velm.",
            [{"killed": (10, 10), "injured": (33, 33)}, {"killed": (11, 11)}],
        ),
        (
            "Three people were killed by shells in Sarbek. The mayor said three civilians were"
            " killed in Sarbek on Sunday. The monitor said two people were killed.",
            [{"killed": (3, 3)}],
        ),
        (
            "Mayor: four killed in Sarbek raid\nFour people were killed in Sarbek on Sunday, the"
            " mayor said. Rafi Dorsam's brother said that he was killed in Sarbek by a shell.",
            [{"killed": (4, 4)}],
        ),
        (
            "Three people were hurt in Sarbek, including a porter who succumbed to his wounds.",
            [{"injured": (2, 2), "killed": (1, 1)}],
        ),
        (
            "Ten people were wounded in Sarbek on Sunday. One of the victims died.",
            [{"injured": (9, 9), "killed": (1, 1)}],
        ),
        (
            "Seven people were hurt in Sarbek. Three of the victims suffered stab wounds.",
            [{"injured": (7, 7)}],
        ),
        (
            "Two people were hurt in Sarbek on Sunday, eight months after a porter was killed in"
            " Sarbek.",
            [{"injured": (2, 2)}, {"killed": (1, 1)}],
        ),
        (
            "A raid killed one man and wounded three others in Sarbek on Sunday. Three other people"
            " were taken to hospitals.",
            [{"killed": (1, 1), "injured": (3, 3)}],
        ),
        (
            "Five people were injured in Sarbek on Sunday. All of them were taken to a hospital, and"
            " one person is in critical condition, the police said.",
            [{"injured": (5, 5)}],
        ),
        (
            "Three were wounded in Sarbek on Sunday. Two others are in critical condition.",
            [{"injured": (5, 5)}],
        ),
        (
            "A guard was killed in Sarbek on Sunday. A nurse was shot, but is in stable condition.",
            [{"killed": (1, 1), "injured": (1, 1)}],
        ),
        (
            "Five were hurt in Sarbek on Sunday. A man was stabbed there. Four more victims were"
            " taken to a hospital. The other four are in stable condition.",
            [{"injured": (5, 5)}],
        ),
    ],
    ids=[
        "listed",
        "others",
        "joined",
        "another-adds-nobody-to-a-total",
        "another-on-another-day",
        "an-opening-told-again-with-its-source",
        "a-person-told-of-is-no-toll",
        "one-of-the-hurt-has-died",
        "one-of-the-victims-has-died",
        "wounds-of-some-of-the-victims",
        "months-after-another-death",
        "three-others-told-of-again",
        "how-one-of-the-hurt-fares",
        "how-others-fare",
        "shot-but-alive",
        "the-other-four",
    ],
)
def test_who_adds_up(text: str, wanted: Figures, setting: Setting) -> None:
    assert figures(text, setting) == wanted


def test_people_without_a_number_are_a_figure_where_the_ruleset_says_so(setting: Setting) -> None:
    text = "Villagers were injured in Sarbek on Sunday."
    assert figures(text, setting, "airwars")[0]["injured"] == (2, 2)
    assert "injured" not in figures(text, setting)[0]


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("A car bomb killed three people in Sarbek.", []),
        ("A shell hit a market and killed three people in Sarbek.", ["market"]),
        ("A driver was shot and died in a hospital in Sarbek.", []),
        ("A shell killed a hospital porter and a school teacher in Sarbek.", []),
    ],
    ids=["a-weapon's-name", "a-target", "where-somebody-died", "what-people-are"],
)
def test_what_was_struck(text: str, wanted: list[str], setting: Setting) -> None:
    document = Document(id=DocumentId("report"), text=text, published=PUBLISHED, lang="en")
    found = extract(document, setting=setting, ruleset=ruleset_of("default"))
    killed = [c.claim for c in found.interpreted.claims if c.claim.measure.value == "killed"]
    assert [code.code for code in killed[0].targets] == wanted


def test_who_states_a_figure_and_counts_further_dead_says_both(setting: Setting) -> None:
    text = (
        "The Harbour Army said 14 people were killed near Velm on Friday. Police reported that 14"
        " people died near Velm. A carter and her baby were also killed in the crossfire."
    )
    document = Document(id=DocumentId("report"), text=text, published=PUBLISHED, lang="en")
    (incident,) = extract(document, setting=setting, ruleset=ruleset_of("default")).incidents
    (killed,) = [e for e in incident.estimates if str(e.measure) == "killed" and e.group is None]
    assert (killed.figure.low, killed.figure.best, killed.figure.high) == (14, 16, 16)


def test_a_heading_that_is_a_place_gives_it_to_what_stands_below(setting: Setting) -> None:
    text = (
        "Strikes on Velm\n\nSix people were killed on Monday.\n\nOrun:\n\n"
        "Three people were wounded by shelling.\n\nFlour runs short in Sarbek\n\nTwo people died."
    )
    document = Document(id=DocumentId("report"), text=text, published=PUBLISHED, lang="en")
    found = extract(document, setting=setting, ruleset=ruleset_of("default"))
    places = [claim.place and claim.place.name for claim in found.interpreted.claims]
    assert places == ["Velm", "Orun", "Orun"]
    assert len(found.incidents) == 2


def test_the_dead_of_a_shooting_belong_to_those_shot(setting: Setting) -> None:
    text = (
        "One person is dead and another lies in critical condition after six people were shot on"
        " Sunday evening in Sarbek. The other victims were taken to a hospital in Orun."
    )
    assert figures(text, setting)[0] == {
        "killed": (1, 1),
        "injured": (5, 5),
        "killed_or_injured": (6, 6),
    }


def test_victims_of_whom_a_later_sentence_tells_more_are_no_dead(setting: Setting) -> None:
    text = (
        "Three teens were shot in Sarbek. The victims include a 14-year-old boy and a 15-year-old"
        " girl. They are expected to survive."
    )
    assert figures(text, setting) == [{"injured": (3, 3)}]


def test_who_died_of_wounds_is_no_longer_among_the_hurt(setting: Setting) -> None:
    text = (
        "A girl was in critical condition in Sarbek on Sunday. The girl has died of her wounds, the"
        " hospital said. She had been found with a gunshot wound."
    )
    assert figures(text, setting) == [{"killed": (1, 1)}]


def test_both_of_those_told_one_by_one_died(setting: Setting) -> None:
    text = (
        "A 19-year-old man was shot in Sarbek. A second man, 23, lay behind the house. Both died."
    )
    assert figures(text, setting) == [{"killed": (2, 2)}]
