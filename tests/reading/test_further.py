"""Two attacks that one report tells apart, and one attack that it tells twice."""

from datetime import date

import pytest

from cenotaph.model import Document, DocumentId, Measure, Scope
from cenotaph.pipeline import Setting
from cenotaph.pipeline.document import interpret


def sections(text: str, setting: Setting) -> list[tuple[int | None, int]]:
    """The dead of a report of Monday, 8 February 2021, each count with its section."""
    document = Document(id=DocumentId("a"), text=text, published=date(2021, 2, 8), lang="en")
    claims = (found.claim for found in interpret(document, setting=setting).claims)
    return [(c.count.low, c.section) for c in claims if c.measure is Measure.KILLED]


FIRST = "An air strike on a mill in Sarbek killed six people on Sunday. "


@pytest.mark.parametrize(
    "second",
    [
        "A second air strike killed four people at a chapel.",
        "In the evening a second raid, on a dairy, killed four people.",
        "A third strike that night killed four.",
        "Another drone strike near the port killed four people.",
        "Hours later, a car bomb went off outside a chapel in Sarbek, killing four people.",
        "That night gunmen shot dead four teachers in Sarbek.",
        "An hour earlier, a mine killed four herders.",
        "Also on Sunday, a car bomb in the same town killed four people.",
        "A second air strike hit a chapel. Four people were killed.",
        "Four people were killed in a second strike on a dairy.",
        "A grenade attack on a school in Sarbek killed four people.",
    ],
)
def test_a_further_attack_with_its_own_count_is_another_event(
    second: str, setting: Setting
) -> None:
    text = FIRST.replace("mill", "market") + second
    assert sections(text, setting) == [(6, 0), (4, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "A car bomb killed six people near the mill of Sarbek on Sunday and a second killed four by the ferry, a nurse said.",
        "A car bomb killed six people in Sarbek on Sunday and another killed four.",
        "One air strike killed six people in Sarbek on Sunday, and a second one left four dead.",
        "The first blast killed six people in Sarbek on Sunday and the second killed four.",
        "An air strike killed six people in Sarbek on Sunday, while another that hit a dairy left four dead.",
        "A mine outside Sarbek killed six people on Sunday. Hours later a second mine killed four by the ferry.",
        "A car bomb killed six people in Sarbek on Sunday. A second killed four at a well.",
        "Two bombs went off in Sarbek on Sunday. The first killed six people. The second, at dusk, killed four.",
    ],
)
def test_an_attack_named_by_its_number_alone_is_another_event(text: str, setting: Setting) -> None:
    assert sections(text, setting) == [(6, 0), (4, 1)]


def test_each_of_three_in_a_sentence_is_an_event(setting: Setting) -> None:
    text = (
        "A car bomb killed six people in Sarbek on Sunday, a second killed four at a ferry and a "
        "third killed two policemen."
    )
    assert sections(text, setting) == [(6, 0), (4, 1), (2, 2)]


@pytest.mark.parametrize(
    "text",
    [
        # who shot are two, and the attack is one
        "One gunman killed six people in Sarbek on Sunday and another killed four, a nurse said.",
        # a person more, and no attack
        "A car bomb killed six people in Sarbek on Sunday. Another died in hospital.",
        "A car bomb killed six people in Sarbek on Sunday and wounded another, who died.",
    ],
)
def test_another_person_is_no_other_attack(text: str, setting: Setting) -> None:
    assert {section for _, section in sections(text, setting)} == {0}


@pytest.mark.parametrize(
    ("behind", "found"),
    [
        # a toll covers both; so does a sum told before or behind
        ("A second strike hit medics, bringing the toll to ten.", [(6, 0), (10, 0)]),
        ("A second strike killed four. In all, ten people died.", [(6, 0), (4, 0), (10, 0)]),
        # further dead of the same attack
        ("Hours later four more people died of it.", [(6, 0), (4, 0)]),
        ("Another four people died in a hospital.", [(6, 0), (4, 0)]),
        # told twice
        ("Hours later a medic said an air raid had killed six people.", [(6, 0), (6, 0)]),
        ("A bomb hit the mill at noon and killed at least four people.", [(6, 0), (4, 0)]),
        ("The raid killed four millers.", [(6, 0), (4, 0)]),
    ],
)
def test_what_may_be_told_twice_stays_one_event(
    behind: str, found: list[tuple[int, int]], setting: Setting
) -> None:
    assert sections(FIRST + behind, setting) == found


def test_a_sum_in_the_lede_covers_what_follows(setting: Setting) -> None:
    text = "Ten people were killed in Sarbek on Sunday. " + FIRST + "A second strike killed four."
    assert {section for _, section in sections(text, setting)} == {0}


def test_the_figure_of_the_further_attack_is_known_again(setting: Setting) -> None:
    text = FIRST + "A second air strike killed 20 people at a wedding. The 20 people were guests."
    assert {(20, 1), (6, 0)} == set(sections(text, setting))


def test_the_wounded_told_behind_go_with_the_attack_told_last(setting: Setting) -> None:
    text = FIRST + "A second air strike killed four people at a dairy. Nine were wounded."
    document = Document(id=DocumentId("a"), text=text, published=date(2021, 2, 8), lang="en")
    claims = [found.claim for found in interpret(document, setting=setting).claims]
    assert [(c.measure, c.section) for c in claims] == [
        (Measure.KILLED, 0), (Measure.KILLED, 1), (Measure.INJURED, 1),
    ]  # fmt: skip


def test_the_same_day_may_open_the_next_paragraph(setting: Setting) -> None:
    text = FIRST + "\n\nIn a separate attack on the same day, a mine killed four people in Binora."
    document = Document(id=DocumentId("a"), text=text, published=date(2021, 2, 8), lang="en")
    days = [found.when.start for found in interpret(document, setting=setting).claims if found.when]
    assert days == [date(2021, 2, 7), date(2021, 2, 7)]


@pytest.mark.parametrize(
    ("cause", "scope"),
    [
        ("in a drone strike and a car bombing in Sarbek", Scope.SUBTOTAL),
        ("in two air strikes and a suicide bombing in Sarbek", Scope.SUBTOTAL),
        ("in air strikes and shelling in Sarbek", Scope.SUBTOTAL),
        ("in an air strike on the mill of Sarbek and the shelling of its dairy", Scope.SUBTOTAL),
        # one act by two names, one article for both, several weapons
        ("in a bomb blast and explosion in Sarbek", Scope.INCIDENT),
        ("in a bombing and shooting at a chapel in Sarbek", Scope.INCIDENT),
        ("in an attack with rockets and mortars in Sarbek", Scope.INCIDENT),
        ("in an air strike or the shelling of a mill in Sarbek", Scope.INCIDENT),
        # the second opens a clause of its own
        ("in an air strike on Sarbek and shelling wounded nine people", Scope.INCIDENT),
        ("in an air strike on Sarbek, and a car bomb wounded nine people", Scope.INCIDENT),
    ],
)
def test_one_count_of_two_kinds_of_act_is_a_sum(cause: str, scope: Scope, setting: Setting) -> None:
    text = f"Eight people were killed on Sunday {cause}."
    document = Document(id=DocumentId("a"), text=text, published=date(2021, 2, 8), lang="en")
    claims = [found.claim for found in interpret(document, setting=setting).claims]
    killed = next(c for c in claims if c.measure is Measure.KILLED)
    assert killed.scope is scope
    assert (killed.event is None) is (scope is Scope.SUBTOTAL)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Six people were killed in an air strike on the market of Sarbek on Sunday morning and"
            " four others in the shelling of its chapel in the evening.",
            [(6, "air_strike", 0), (4, "shelling", 1)],
        ),
        (
            "Six people died in a raid on a mill in Sarbek and four girls in a car bombing.",
            [(6, "raid", 0), (4, "bombing", 1)],
        ),
        (
            "Six people were killed by shelling in Sarbek and four by a mine.",
            [(6, "shelling", 0), (4, "mine", 1)],
        ),
        (
            "Six people were killed in an air strike on Sarbek, four in shelling and one by a mine.",
            [(6, "air_strike", 0), (4, "shelling", 1), (1, "mine", 2)],
        ),
        (
            "Six people were killed in an air strike on a mill in Sarbek and four in an air strike"
            " on a dairy.",
            [(6, "air_strike", 0), (4, "air_strike", 1)],
        ),
        # further dead of one attack
        (
            "Six people were killed in a car bombing in Sarbek and four others in the same attack.",
            [(6, "bombing", 0), (4, "bombing", 0)],
        ),
    ],
)
def test_a_count_without_a_verb_has_an_act_of_its_own(
    text: str, found: list[tuple[int, str, int]], setting: Setting
) -> None:
    document = Document(id=DocumentId("a"), text=text, published=date(2021, 2, 8), lang="en")
    claims = [found.claim for found in interpret(document, setting=setting).claims]
    assert [(c.count.low, c.event, c.section) for c in claims] == found


@pytest.mark.parametrize(
    ("behind", "parts"),
    [
        ("12 of them in Sarbek and nine in Binora", [(12, "Sarbek"), (9, "Binora")]),
        ("12 of whom died in Sarbek and nine in Binora", [(12, "Sarbek"), (9, "Binora")]),
        (
            "12 of them in Sarbek, nine in Binora and two in Velm",
            [(12, "Sarbek"), (9, "Binora"), (2, "Velm")],
        ),
        # more than the rest
        ("12 of them in Sarbek and 40 in Binora", [(12, "Sarbek")]),
    ],
)
def test_a_part_may_leave_out_whose_part_it_is(
    behind: str, parts: list[tuple[int, str]], setting: Setting
) -> None:
    text = f"Shelling killed 31 people across Orun on Sunday, {behind}."
    document = Document(id=DocumentId("a"), text=text, published=date(2021, 2, 8), lang="en")
    claims = [found.claim for found in interpret(document, setting=setting).claims]
    whole = next(c for c in claims if c.count.low == 31)
    found = [(c.count.low, c.places[0].name.text) for c in claims if c.part_of == whole.id]
    assert found == parts


@pytest.mark.parametrize(
    ("behind", "found"),
    [
        (
            "The first hit a mill and killed six. Three died in the second, at noon.",
            [(9, 0, Scope.SUBTOTAL), (6, 0, Scope.INCIDENT), (3, 1, Scope.INCIDENT)],
        ),
        (
            "The first killed six people and the second killed three.",
            [(9, 0, Scope.SUBTOTAL), (6, 0, Scope.INCIDENT), (3, 1, Scope.INCIDENT)],
        ),
        (
            "The first hit a mill. Six people were killed there. The second raid killed three.",
            [(9, 0, Scope.SUBTOTAL), (6, 0, Scope.INCIDENT), (3, 1, Scope.INCIDENT)],
        ),
        # only one of them has a count; what is first is no attack; more than the sum
        (
            "The first hit a mill. The second killed three people.",
            [(9, 0, Scope.INCIDENT), (3, 0, Scope.INCIDENT)],
        ),
        (
            "The first, a miller, was 60. The second was his son.",
            [(9, 0, Scope.INCIDENT)],
        ),
        (
            "The first killed six people. The second killed 40 people.",
            [(9, 0, Scope.INCIDENT), (6, 0, Scope.INCIDENT), (40, 1, Scope.INCIDENT)],
        ),
    ],
)
def test_attacks_that_are_counted_and_told_one_by_one_are_events(
    behind: str, found: list[tuple[int, int, Scope]], setting: Setting
) -> None:
    text = f"Nine people were killed in two air strikes on Sarbek on Sunday. {behind}"
    document = Document(id=DocumentId("a"), text=text, published=date(2021, 2, 8), lang="en")
    claims = [found.claim for found in interpret(document, setting=setting).claims]
    killed = [c for c in claims if c.measure is Measure.KILLED]
    assert [(c.count.low, c.section, c.scope) for c in killed] == found
