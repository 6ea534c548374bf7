"""Victims whom a report lists by name and by kinship: each is counted once, and nobody else."""

from datetime import date

import pytest

from cenotaph.model import Age, Document, DocumentId
from cenotaph.pipeline import Setting
from cenotaph.pipeline.document import interpret

Counts = list[tuple[str, int | None]]


def counts(text: str, setting: Setting) -> Counts:
    """Return measure and number of what a report of Monday counts, without parts of it."""
    document = Document(id=DocumentId("a"), text=text, published=date(2021, 2, 8), lang="en")
    claims = (each.claim for each in interpret(document, setting=setting).claims)
    return [(c.measure.value, c.count.low) for c in claims if c.part_of is None]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # names that share what stands behind the last
        ("Two brothers, Sami and Zaid Kettel, were wounded.", [("injured", 2)]),
        ("A couple, Omar and Rima Tarun, were found dead in Velm.", [("killed", 2)]),
        (
            "The raid killed two brothers, Sami and Zaid Kettel, and wounded their father.",
            [("killed", 2), ("injured", 1)],
        ),
        ("Three siblings, Sami, Hala and Zaid Kettel, died in Velm.", [("killed", 3)]),
        # three names are no two brothers
        ("Two brothers, Sami, Hadi and Zaid Kettel, were wounded.", [("injured", 1)]),
        ("Two officers, Sami and Zaid Kettel, said five people died.", [("killed", 5)]),
        ("Two towns, Velm and Orun, were shelled.", []),
        # initials and nicknames
        ("R. K. and T. S. were killed in Velm.", [("killed", 1), ("killed", 1)]),
        ('Fadi "Abu Noor" Kettel was killed in Velm.', [("killed", 1)]),
        # a month that is a name
        (
            "Jad Mekt, his wife Salwa and their daughters Lin and May were killed in Velm.",
            [("killed", 1), ("killed", 1), ("killed", 2)],
        ),
        ("Their daughters Lin and Hala may have been killed.", [("killed", 2)]),
    ],
)
def test_names_behind_those_whom_they_name(text: str, wanted: Counts, setting: Setting) -> None:
    assert counts(text, setting) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "He killed his daughter, Hala Tarun, 7; his wife, Rima Dorsawi; and her mother, Salma.",
            [("killed", 1)] * 3,
        ),
        (
            "The raid killed Rima Dorsawi; her husband, Omar Dorsawi; and two of their neighbours.",
            [("killed", 1), ("killed", 1), ("killed", 2)],
        ),
        (
            "He shot dead his wife, Rima Dorsawi; her mother, Salma Adel, was wounded.",
            [("killed", 1), ("injured", 1)],
        ),
        ("He killed his wife, Rima Dorsawi; her mother survived.", [("killed", 1)]),
    ],
)
def test_kin_with_their_names_between_semicolons(
    text: str, wanted: Counts, setting: Setting
) -> None:
    assert counts(text, setting) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The parents and two daughters were killed in Orun.", [("killed", 2)] * 2),
        ("The raid killed the parents, a son and a daughter.", [("killed", 4)]),
        ("Jamil's parents were killed in Velm.", [("killed", 2)]),
        ("The boy's parents were killed in Velm.", [("killed", 2)]),
        # of whom nobody knows how many they were
        ("The children's parents were killed in Velm.", [("killed", None)]),
        ("The parents were killed in Velm.", [("killed", None)]),
        ("The parents of the victims were detained.", [("detained", None)]),
    ],
)
def test_parents_are_two_where_they_are_those_of_one_family(
    text: str, wanted: Counts, setting: Setting
) -> None:
    assert counts(text, setting) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A father and son were shot at a checkpoint near Velm; both died.", [("killed", 2)]),
        # whoever else both are
        (
            "A man was shot and a boy and his sister were hit; both died.",
            [("injured", 1), ("injured", 1), ("injured", 1), ("killed", 2)],
        ),
    ],
)
def test_both_who_were_hurt_are_dead(text: str, wanted: Counts, setting: Setting) -> None:
    found = counts(text, setting)
    assert [n for measure, n in found if measure == "killed"] in ([2], [1, 1])
    if wanted == [("killed", 2)]:
        assert {measure for measure, _ in found} == {"killed"}


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("Killed with the groom were his bride and her mother.", 3),
        ("Killed along with the driver were two guards and a cook.", 4),
        ("Dead are shopkeeper Jad Mekt, his wife Salwa and a lodger.", 3),
        ("Also killed in the blast were a porter and two guards.", 3),
        ("Shelling hit Velm: driver + 2 schoolgirls killed.", 3),
        ("Among the dead are twins, aged two, and their aunt.", 3),
    ],
)
def test_the_dead_who_stand_behind_the_verb(text: str, dead: int, setting: Setting) -> None:
    assert sum(n or 0 for _, n in counts(text, setting)) == dead


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Rima Dorsawi, 35; her cousin, Salma Adel, 37; and two guards were killed in Velm.",
            [1, 1, 2],
        ),
        ("Rima Dorsawi, 35; Hala Tarun, 27; and Omar Mekt, 25, died in the raid.", [1, 1, 1]),
        (
            "Three siblings, Rima Tarun, 35, Hala Tarun, 27, and Omar Tarun, 25; their cousin, "
            "Salma Adel, 37; and friend Jamil Mekt, 26, died in the raid.",
            [3, 1, 1],
        ),
        # the entries of a sentence that tells of something else as well
        ("Shells hit Sami Kettel; and two guards were killed in Velm.", [2]),
        ("Rima Dorsawi spoke; and two guards were killed in Velm.", [2]),
    ],
)
def test_entries_before_a_verb(text: str, wanted: list[int], setting: Setting) -> None:
    assert [n for measure, n in counts(text, setting) if measure == "killed"] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Police named the dead as siblings Rima Dorsawi, 35, and Hala Tarun, 27.", [1, 1]),
        ("The bodies of teens Omar Tarun, 16, and Rima Adel, 14, were found shot dead.", [1, 1]),
        ("The raid killed farmers Omar Tarun and Jamil Mekt in Velm.", [1, 1]),
        ("The shell killed Rima Adel (34) and her daughters Hala (6) and Dima (3).", [1, 2]),
        ("The raid killed civilians Halim Dorsawi said.", [None]),
        ("He shot and killed his wife, two children and himself.", [1, 1, 2]),
    ],
)
def test_names_of_those_without_a_number(
    text: str, wanted: list[int | None], setting: Setting
) -> None:
    assert [n for measure, n in counts(text, setting) if measure == "killed"] == wanted


def test_an_age_before_a_dash_belongs_to_the_name(setting: Setting) -> None:
    text = "The two victims – Rima Dorsawi, 16, and Hala Tarun, 13 – died at the scene."
    document = Document(id=DocumentId("a"), text=text, published=date(2021, 2, 8), lang="en")
    ages = [each.claim.group.age for each in interpret(document, setting=setting).claims]
    assert ages.count(Age.CHILD) == 2
