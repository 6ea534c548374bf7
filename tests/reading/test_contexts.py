"""What is noted beside harm: attacks without a number, and who says so."""

from datetime import date

import pytest

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Setting, interpret

DAY = date(2021, 3, 17)


def noted(setting: Setting, text: str) -> list[tuple[str, str | None, list[str], list[str]]]:
    document = Document(id=DocumentId("one"), text=text, published=DAY, lang="en")
    return [
        (
            each.kind,
            each.place.quote.text if each.place else None,
            [weapon.code for weapon in each.weapons],
            [source.name for source in each.said_by],
        )
        for each, _, _ in interpret(document, setting=setting).contexts
    ]


@pytest.mark.parametrize(
    "text, expected",
    [
        (
            "Warplanes raided Velm with cluster bombs, according to a doctor.",
            ("attack", "Velm", ["air_bomb", "cluster_munition"], ["doctor"]),
        ),
        ("The army shelled Orun with mortars at noon.", ("attack", "Orun", None, [])),
        ("Jets carried out heavy strikes on Velm.", ("attack", "Velm", ["air_bomb"], [])),
        (
            "The rebels said they repulsed a militia assault near Orun.",
            ("attack_repelled", "Orun", [], ["rebels"]),
        ),
    ],
)
def test_an_attack_without_a_number(setting: Setting, text: str, expected: tuple) -> None:
    (found,) = noted(setting, f"The news of the day from the valley.\n\n{text}")
    for got, wanted in zip(found, expected, strict=True):
        assert wanted is None or got == wanted


def test_a_place_hit_too_was_attacked_where_an_attack_was_told_of(setting: Setting) -> None:
    told = noted(setting, "News.\n\nJets bombed Velm. Orun was also hit.")
    assert [(kind, place) for kind, place, *_ in told][:2] == [
        ("attack", "Velm"),
        ("attack", "Orun"),
    ]
    assert noted(setting, "News.\n\nIn spring Orun was hit by floods.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Jets would have bombed Velm.",
        "The general denied that jets had bombed Velm.",
        "Police raided a bakery in Velm.",
        "The minister's attack on the press in Velm was loud.",
        "Six people were killed when jets bombed Velm.",
        "Jets carried out six strikes on Velm.",
    ],
)
def test_what_is_no_attack_without_a_number(setting: Setting, text: str) -> None:
    assert noted(setting, f"The news of the day.\n\n{text}") == []


def test_who_says_it(setting: Setting) -> None:
    (found,) = noted(setting, "News.\n\nThe governor of Velm said a ceasefire had begun.")
    assert found[0] == "ceasefire" and found[3]
