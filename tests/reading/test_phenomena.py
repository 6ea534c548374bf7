"""What reading takes from single sentences, one trap each; the country is invented, as is everyone."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Setting, interpret

PHENOMENA = Path(__file__).with_name("phenomena.toml")
PUBLISHED = date(2021, 3, 17)

Row = tuple[str, int | None, int | None, str, str]

SPECIMENS: list[tuple[str, str, list[Row]]] = [
    (
        one["name"],
        one["text"],
        [
            (each["measure"], each.get("low"), each.get("high"), each["modality"], each["text"])
            for each in one["claims"]
        ],
    )
    for one in tomllib.loads(PHENOMENA.read_text(encoding="utf-8"))["sentence"]
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


def test_the_specimens_are_many_and_of_different_kinds() -> None:
    assert len(SPECIMENS) >= 60
    assert len({row[0] for row in SPECIMENS}) == len(SPECIMENS)
    assert len({row[1] for row in SPECIMENS}) == len(SPECIMENS)
