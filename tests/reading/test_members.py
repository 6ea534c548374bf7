"""Who fights for a force by being a member of it, and who is a member of something else."""

import pytest

from cenotaph.model import Document, DocumentId, Status
from cenotaph.pipeline import Setting, interpret


def groups(text: str, setting: Setting) -> list[tuple[Status, str | None]]:
    document = Document(id=DocumentId("one"), text=text, lang="en")
    claims = interpret(document, setting=setting).reading.claims
    return [(claim.group.status, claim.group.side) for claim in claims]


@pytest.mark.parametrize(
    ("who", "side"),
    [
        ("Four members of the Ridge Brigade", "armed_group"),
        ("Four Ridge Brigade members", "armed_group"),
        ("Four members of the Sons of Orun rebel alliance", "armed_group"),
        ("Four members of the Tessarian army", "military"),
        ("Four Taliban members", "armed_group"),
        ("Two Taliban leaders", "armed_group"),
        ("A rebel commander", "armed_group"),
        ("A brigade commander", None),
        ("A commander", None),
    ],
)
def test_members_of_a_force_are_combatants(who: str, side: str | None, setting: Setting) -> None:
    (group,) = groups(f"{who} died in Velm on Monday.", setting)
    assert group == (Status.COMBATANT, side)


@pytest.mark.parametrize(
    "who",
    [
        "Four members of one family",
        "Four members of the Orun council",
        "Four Dawn Movement members",
        "Four party members",
        "Four members of the Tessarian Union of Nurses",
    ],
)
def test_members_of_anything_else_are_not(who: str, setting: Setting) -> None:
    (group,) = groups(f"{who} died in Velm on Monday.", setting)
    assert group[0] is not Status.COMBATANT


def test_a_commander_among_troops_is_one_of_them(setting: Setting) -> None:
    whole, part = groups("Nine government troops, including a commander, died in Velm.", setting)
    assert whole == part == (Status.COMBATANT, "military")


def test_the_attackers_right_behind_as_many_fighters_are_those_fighters(setting: Setting) -> None:
    text = "Troops killed two insurgents near Velm. The force answered, killing the {} attackers."
    (_, again), (_, more) = (groups(text.format(so_many), setting) for so_many in ("two", "three"))
    assert again == (Status.COMBATANT, "armed_group")
    assert more == (Status.UNKNOWN, None)


@pytest.mark.parametrize(
    "before",
    [
        "Rebels killed two soldiers at a checkpoint in Velm.",  # whom the attackers killed
        "A bomb killed two soldiers in Velm.",
        "Rebels killed two fighters of a rival militia near Velm.",
    ],
)
def test_the_attackers_are_not_the_fighters_whom_they_killed(before: str, setting: Setting) -> None:
    one, other = groups(f"{before} Guards fired back, killing the two attackers.", setting)
    assert one[0] is Status.COMBATANT
    assert other == (Status.UNKNOWN, None)
