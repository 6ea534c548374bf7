"""Who is who among the parties changes nothing but their names, and the kind of a source."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from test_any_text import answer

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Setting

REPORTS = sorted((Path(__file__).resolve().parents[2] / "examples" / "reports").glob("*.txt"))
# Names of one length, so that no offset moves.
PAIRS = [("Kordanian", "Tessarian"), ("Northern Front", "Marsh Brigades")]
# What is allowed to follow the name.
NAMES = {"name", "kind", "status_said_by", "side", "text", "message", "hedge", "assumes"}


def swapped(text: str, one: str, other: str) -> str:
    assert len(one) == len(other)
    return re.sub(f"{one}|{other}", lambda match: other if match[0] == one else one, text)


def shape(value: Any, *, of: str = "") -> Any:
    """An answer without the names of parties and sources; offsets and figures stay."""
    if isinstance(value, dict):
        kept = {"name"} if of in ("place", "places", "origins") else set()
        return {
            key: shape(inner, of=key)
            for key, inner in value.items()
            if key in kept or key not in NAMES
        }
    if isinstance(value, list):
        return [shape(inner, of=of) for inner in value]
    return value


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0])
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_swapping_two_parties(setting: Setting, path: Path, pair: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    published = date.fromisoformat(path.stem[-10:])

    def read(words: str) -> Any:
        document = Document(
            id=DocumentId(path.stem), text=words, published=published, lang="en", country="XT"
        )
        return answer(document, setting)

    before, after = read(text), read(swapped(text, *pair))
    assert len(before["claims"]) == len(after["claims"])
    for one, other in zip(before["claims"], after["claims"], strict=True):
        assert shape(other) == shape(one), one["count"]["text"]
        assert [each["name"] for each in other["perpetrator"]] == [
            swap_name(each["name"], pair) for each in one["perpetrator"]
        ]
    assert shape(after) == shape(before)


def swap_name(name: str, pair: tuple[str, str]) -> str:
    """The name of the other party, be it the name itself or the country that it is made of."""
    one, other = pair
    names = {one: other, other: one, one[:-1]: other[:-1], other[:-1]: one[:-1]}
    return names.get(name, name)
