"""Every worked example of the English pack means what it says it means."""

from datetime import date
from typing import Any

import pytest

from cenotaph import dates
from cenotaph.model import Basis
from cenotaph.vocab import table

EXAMPLES: list[dict[str, Any]] = table("en/times")["example"]
STATED = [example for example in EXAMPLES if "says" in example]
SILENT = [example["text"] for example in EXAMPLES if example.get("none")]


def label(example: dict[str, Any]) -> str:
    return f"{example['says']} of {example.get('published')}: {example['text'][:30]}"


@pytest.mark.parametrize("example", STATED, ids=label)
def test_means_what_it_says(example: dict[str, Any]) -> None:
    text, says = example["text"], example["says"]
    mentions = {mention.quote.text: mention for mention in dates.find(text, lang="en")}
    assert says in mentions
    published = example.get("published")
    when = dates.resolve(
        mentions[says],
        text,
        published=None if published is None else date.fromisoformat(published),
        basis=Basis.STATED,
        lang="en",
        country=example.get("country"),
    )
    got = {
        "start": None if when.start is None else when.start.isoformat(),
        "end": None if when.end is None else when.end.isoformat(),
        "precision": when.precision.value,
        "anchor": when.anchor,
        "time": when.time,
        "basis": when.basis.value,
    }
    wanted = {name: example.get(name) for name in got} | {"basis": example.get("basis", "stated")}
    assert got == wanted
    assert mentions[says].kind == example.get("kind", mentions[says].kind)
    assert when.reasons


@pytest.mark.parametrize("text", SILENT)
def test_no_time_is_found(text: str) -> None:
    assert dates.find(text, lang="en") == ()


def test_the_pack_has_its_share_of_traps() -> None:
    assert len(STATED) >= 120
    assert len(SILENT) >= 30
