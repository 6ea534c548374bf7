"""Deaths that came later, the toll that they make, and attacks on a day that is not told."""

from datetime import date

import pytest

from cenotaph.model import Certainty, Claim, Document, DocumentId, Measure, Scope
from cenotaph.pipeline import Setting
from cenotaph.pipeline.document import interpret


def read(text: str, setting: Setting) -> list[Claim]:
    """The claims of a report of Monday, 8 February 2021."""
    document = Document(id=DocumentId("a"), text=text, published=date(2021, 2, 8), lang="en")
    return [found.claim for found in interpret(document, setting=setting).claims]


@pytest.mark.parametrize(
    ("text", "toll"),
    [
        ("A porter who was hurt in the raid died on Sunday, the ninth victim of the attack.", 9),
        ("A porter wounded in the shelling of Velm died, becoming the twelfth person to die.", 12),
        ("Halim Dor, 40, died on Sunday, the third person killed in the raid.", 3),
        ("A woman who was wounded in the bombing has died, making her the ninth victim.", 9),
    ],
)
def test_the_last_to_die_tells_the_toll(text: str, toll: int, setting: Setting) -> None:
    claims = read(text, setting)
    assert [(c.count.low, c.rule == "toll") for c in claims] == [(1, False), (toll, True)]


@pytest.mark.parametrize(
    "text",
    [
        "The second victim of the shooting was taken to hospital.",
        "A man died on Sunday. The third victim, a boy, is in hospital.",
        # the sixth of other events
        "A man died on Sunday, the sixth person killed in a shooting in Velm.",
        "A man died on Sunday, the sixth person killed this year.",
        "Four people died on Sunday, the first victims of the raid.",
    ],
)
def test_what_is_counted_up_otherwise_makes_no_toll(text: str, setting: Setting) -> None:
    assert all(c.rule != "toll" for c in read(text, setting))


def test_one_of_the_wounded_who_dies_is_a_later_death(setting: Setting) -> None:
    text = "A girl who was wounded in the shelling of Velm on Tuesday died on Friday."
    assert [(c.rule, c.count.low) for c in read(text, setting)] == [("died-later", 1)]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("A mine killed five herders near Velm in recent days.", Scope.INCIDENT),
        ("Five herders died when a cart hit a mine in the past few days.", Scope.INCIDENT),
        ("An air strike on Velm killed 20 people in the last few days.", Scope.INCIDENT),
        ("Air strikes on Velm have killed 20 people in recent days.", Scope.CUMULATIVE),
        ("A series of air strikes killed 20 people in Velm in recent days.", Scope.CUMULATIVE),
        ("A mine killed five herders near Velm since Friday.", Scope.CUMULATIVE),
    ],
)
def test_one_attack_of_recent_days_is_one_event(text: str, scope: Scope, setting: Setting) -> None:
    assert [c.scope for c in read(text, setting)] == [scope]


def test_harm_that_is_denied_is_that_of_the_day_told_before(setting: Setting) -> None:
    text = "Jets killed 20 fighters in Velm on Sunday, an aide said. "
    text += "He denied that civilians had been hurt."
    denied = read(text, setting)[-1]
    assert (denied.measure, denied.certainty) == (Measure.INJURED, Certainty.DENIED)
    assert denied.time is not None and denied.time.quote.text == "on Sunday"
