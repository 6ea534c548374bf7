"""Rolls of victims: a heading that tells the harm, and an entry for each of them."""

from datetime import date

import pytest

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Setting, extract, ruleset_of
from cenotaph.pipeline.document import interpret

PUBLISHED = date(2021, 2, 8)

SARBEK = """Killed in Sarbek on Sunday:
1. Rima Dorsawi, 34
2. An unidentified man
3. Omar Tarun (paramedic)
4. A child
5. Salma Adel and her son"""
MARTYRS = """Martyrs of the bombardment of Sarbek:
1. Rima Dorsawi, 34
2. Her daughter Hala, 6
3. Unidentified man
4. Omar Tarun (paramedic)
5. Omar Tarun's brother, name not known"""


def document(text: str) -> Document:
    """Return a report of Monday, 8 February 2021."""
    return Document(id=DocumentId("a"), text=text, published=PUBLISHED, lang="en")


def counted(text: str, setting: Setting) -> list[tuple[str, int | None]]:
    """Return what a report counts: the measure and the number of each claim."""
    claims = interpret(document(text), setting=setting).claims
    return [(each.claim.measure.value, each.claim.count.low) for each in claims]


def killed(text: str, setting: Setting) -> list[tuple[int | None, int | None]]:
    """Return the dead of each incident of a report."""
    found = extract(document(text), setting=setting, ruleset=ruleset_of("default"))
    return [
        (each.figure.low, each.figure.high)
        for incident in found.incidents
        for each in incident.estimates
        if each.group is None and each.measure.value == "killed"
    ]


@pytest.mark.parametrize("mark", ["{}. ", "{}) ", "- ", "* ", "• "])
@pytest.mark.parametrize(("text", "dead"), [(SARBEK, 6), (MARTYRS, 5)])
def test_each_entry_of_a_roll_is_who_stands_in_it(
    text: str, dead: int, mark: str, setting: Setting
) -> None:
    head, *entries = text.split("\n")
    lines = [mark.format(n) + entry[3:] for n, entry in enumerate(entries, 1)]
    assert killed("\n".join([head, *lines]), setting) == [(dead, dead)]


def test_entries_without_marks_are_read_where_they_are_nothing_but_persons(
    setting: Setting,
) -> None:
    text = "Those killed in Sarbek on Sunday:\nRima Dorsawi, 34\nHer daughter Hala, 6\nOmar Tarun"
    assert killed(text, setting) == [(3, 3)]


@pytest.mark.parametrize(
    ("entry", "number"),
    [
        ("Omar Tarun, a nurse", 1),
        ("Omar Tarun, husband and father of two", 1),
        ("Omar Tarun, teacher and poet, 41", 1),
        ("Omar Tarun, 2 children", 1),
        ("Omar Tarun (41), from Kafr Sel", 1),
        ("Omar Tarun, his wife and their two sons", 4),
        ("Omar Tarun & wife", 2),
        ("Two children of Omar Tarun", 2),
        ("Wife of Omar Tarun", 1),
        ("Wife and two children of Omar Tarun", 3),
        ("Unidentified", 1),
        ("Name not known", 1),
        ("Not known", 0),
        ("Omar Tarun, killed at home", 1),
        # no person, or nobody knows how many
        ("Binora", 0),
        ("12 May 2020", 0),
        ("Meridian News Agency", 0),
        ("Several farmers' children", 0),
        ("Omar Tarun's house", 0),
        ("Houses burned", 0),
    ],
)
def test_what_an_entry_of_a_roll_counts(entry: str, number: int, setting: Setting) -> None:
    text = f"Killed in Sarbek on Sunday:\n1. Rima Dorsawi, 34\n2. {entry}\n3. Jamil Mekt"
    claims = counted(text, setting)
    assert sum(low or 0 for measure, low in claims if measure == "killed") == 2 + number
    assert {measure for measure, _ in claims} == {"killed"}


@pytest.mark.parametrize(
    "text",
    [
        "Members of the council:\n1. Halim Dorsawi\n2. A teacher\n3. Omar Tarun and his son",
        "Killed by town:\n1. Kafr Sel, 12\n2. Deir Orun, 9",
        "Deaths per month:\n- April May, 12\n- June Sel, 9",
        "Wanted for the killing of a judge:\n1. Halim Dorsawi, 34\n2. Omar Tarun, 40",
        "Killed in Velm: the army, the rebels and the truth.",
        "Arrests in January\n1. Judge Omar Tarun, who opened the trial, is to speak in Velm.",
    ],
)
def test_a_list_of_something_else_kills_nobody(text: str, setting: Setting) -> None:
    claims = interpret(document(text), setting=setting).claims
    assert "named-in-a-roll" not in {each.claim.rule for each in claims}


@pytest.mark.parametrize(
    "head",
    [
        "Killed in the town of Velm on Monday",
        "Names of those killed in Velm district",
        "Martyrs of the city of Orun",
        "Killed on the third day of the battle",
        "Names and ages of the dead",
        "Civilians killed by village guards",
        "The following people were killed in Velm",
        "Residents of the old town killed on Monday",
        "Among the dead in Velm",
        "Students in the school killed",
        "What we know about the victims",
        "In Velm, the dead are",
    ],
)
def test_a_heading_whose_words_are_of_the_dead_opens_a_roll(head: str, setting: Setting) -> None:
    assert killed(f"{head}:\n1. Rima Dorsawi, 34\n2. Omar Tarun, 22", setting) == [(2, 2)]


@pytest.mark.parametrize(
    "head",
    [
        "Reactions to the deaths in Velm",
        "Families of the missing",
        "Families of soldiers killed in Velm",
        "How to help the wounded",
        "Reporting on the deaths in Velm",
        "Convicted of the killings in Velm",
        "Killers of the dead men",
        "Witnesses to the killings in Velm",
        "Judges in the trial over the killings in Velm",
        "Lawyers for the detained",
        "Doctors who treated the wounded",
        "Suspects in the killings",
        "Killed by district and day",
        "Killed each month",
    ],
)
def test_a_heading_that_only_mentions_the_dead_opens_no_roll(head: str, setting: Setting) -> None:
    claims = counted(f"{head}:\n1. Rima Dorsawi, 34\n2. Omar Tarun, 22", setting)
    assert [low for _, low in claims if low is not None] == []


def test_the_dead_of_two_rolls_of_two_places_are_of_two_events(setting: Setting) -> None:
    text = (
        "The dead in Velm, 4 January:\n1. Omar Tarun, 34\n2. Zaid Kettel, 22\n3. Rima Saleh, 30\n"
        "The dead in Orun, 5 January:\n1. Halim Dorsawi, 34\n2. Sami Idar, 22"
    )
    assert sorted(killed(text, setting)) == [(2, 2), (3, 3)]


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("Killed in Velm on Monday:\n- 12 soldiers\n- 3 children\n- a nurse", 16),
        (
            "Names of the dead:\n- Omar Tarun, killed in Velm\n- Rima Saleh, a nurse\n- A child, 4"
            "\n- Two unidentified women",
            5,
        ),
        (
            "Omar Tarun, a baker, and Rima Saleh were killed in Velm on Sunday, the army said.\n\n"
            "The dead:\n- Omar Tarun, 34, baker\n- Rima Saleh, 30\n- Unidentified woman",
            3,
        ),
    ],
)
def test_an_entry_is_none_of_those_of_other_entries(text: str, dead: int, setting: Setting) -> None:
    assert killed(text, setting) == [(dead, dead)]


def test_a_heading_without_a_colon_has_numbered_entries(setting: Setting) -> None:
    head, entries = "Names of the dead in Sarbek", ("Rima Dorsawi, 34", "A man", "Omar Tarun")
    numbered = "\n".join([head, *(f"{n}. {entry}" for n, entry in enumerate(entries, 1))])
    assert killed(numbered, setting) == [(3, 3)]
    assert counted("\n".join([head, *(f"- {entry}" for entry in entries)]), setting) == []


def test_the_dead_of_a_month_are_of_several_events(setting: Setting) -> None:
    text = (
        "Killed in January:\n1. Rima Dorsawi, Velm, 3 January\n2. Omar Tarun, Orun, 5 January"
        "\n3. Two soldiers were killed in Sarbek on 9 January."
    )
    assert sorted(killed(text, setting)) == [(1, 1), (1, 1), (2, 2)]


def test_a_roll_in_a_text_with_broken_lines(setting: Setting) -> None:
    text = (
        "Shells fell on the market of Sarbek early on Sunday as farmers were\n"
        "setting up their stalls, and several houses nearby burned down with\n"
        "all that was in them, residents told the Meridian News Agency later\n"
        "on the same day.\n\nKilled in Sarbek on Sunday:\n1. Rima Dorsawi, 34\n2. A child\n"
        "3. Omar Tarun (paramedic)\n"
    )
    assert killed(text, setting) == [(3, 3)]


def test_a_roll_ends_with_what_is_no_entry(setting: Setting) -> None:
    text = "Wounded in Sarbek:\n1. Rima Dorsawi, 34\nThe council met.\n2. Halim Dorsawi"
    assert counted(text, setting) == [("injured", 1)]


def test_a_roll_goes_on_with_the_next_harm(setting: Setting) -> None:
    text = "Killed:\n1. Rima Dorsawi, 34\n2. A man\nWounded:\n1. Omar Tarun\n2. A man\n3. A child"
    assert counted(text, setting) == [("killed", 1)] * 2 + [("injured", 1)] * 3


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Wounded in Velm: Rima Dorsawi, Omar Tarun, Sami Kettel.", [("injured", 1)] * 3),
        ("Killed in action: Sgt Pol Idar (31), Cpl Nik Rass (24).", [("killed", 1)] * 2),
        ("Martyrs: Rima Dorsawi; her son Hadi, 4; Omar Tarun.", [("killed", 1)] * 3),
        ("Martyrs: Rima Dorsawi and Omar Tarun", [("killed", 1)] * 2),
        ("Missing since Sunday: Rima Dorsawi, 34, and Omar Tarun, 40.", [("missing", 1)] * 2),
        ("Wounded in Velm: Sami Kettel reports.", []),
        ("Killed in action: the story of Sami Kettel", []),
    ],
)
def test_a_roll_in_the_line_of_its_heading(
    text: str, wanted: list[tuple[str, int]], setting: Setting
) -> None:
    assert counted(text, setting) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The bomb killed: a man, 40; a woman, 35; their child, 2.", 3),
        ("Shells killed three: a man, 40; a woman, 35; their child, 2.", 3),
        ("The raid killed a man, 40; his wife, 35; and their son, 2.", 3),
    ],
)
def test_persons_parted_by_semicolons(text: str, wanted: int, setting: Setting) -> None:
    assert killed(text, setting) == [(wanted, wanted)]
