"""What reading takes from single sentences, one trap each; the country is invented, as is everyone."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Setting, interpret

PHENOMENA = Path(__file__).with_name("phenomena.toml")
PUBLISHED = date(2021, 3, 17)
# What a claim may say beside its count; each is asked for only where the specimen tells it.
BESIDE = ("certainty", "scope", "history", "attacker")

Row = tuple[str, int | None, int | None, str, str]

SENTENCES: list[dict[str, Any]] = tomllib.loads(PHENOMENA.read_text(encoding="utf-8"))["sentence"]
TOLD_BESIDE = [
    one for one in SENTENCES if any(key in each for each in one["claims"] for key in BESIDE)
]
SPECIMENS: list[tuple[str, str, list[Row]]] = [
    (
        one["name"],
        one["text"],
        [
            (each["measure"], each.get("low"), each.get("high"), each["modality"], each["text"])
            for each in one["claims"]
        ],
    )
    for one in SENTENCES
]


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


@pytest.mark.parametrize("one", [pytest.param(one, id=one["name"]) for one in TOLD_BESIDE])
def test_what_is_told_beside_a_count(one: dict[str, Any], setting: Setting) -> None:
    document = Document(id=DocumentId("specimen"), text=one["text"], published=PUBLISHED, lang="en")
    claims = interpret(document, setting=setting).reading.claims
    for claim, wanted in zip(claims, one["claims"], strict=True):
        told = {
            key: getattr(claim.group if key == "attacker" else claim, key)
            for key in BESIDE
            if key in wanted
        }
        assert told == {key: wanted[key] for key in told}, claim.counted.text


def test_the_specimens_are_many_and_of_different_kinds() -> None:
    assert len(SPECIMENS) >= 60
    assert len({row[0] for row in SPECIMENS}) == len(SPECIMENS)
    assert len({row[1] for row in SPECIMENS}) == len(SPECIMENS)
