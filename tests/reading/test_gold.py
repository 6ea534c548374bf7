"""Reading does not get worse over the labelled sentences: precision and recall have a floor."""

import importlib.util
import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from cenotaph.ingest import read_line
from cenotaph.pipeline import Sources, ruleset_of
from cenotaph.pipeline.stream import answered

ROOT = Path(__file__).resolve().parents[2]
FLOOR = ROOT / "eval" / "gold" / "floor.toml"


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    """The program that pairs labels with claims: one way to score, here and on the command line."""
    spec = importlib.util.spec_from_file_location("gold_scorer", ROOT / "eval" / "reading.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def tallies(scorer: ModuleType) -> dict[str, Counter[str]]:
    setting, rules = Sources().open(), ruleset_of("default")
    found: dict[str, Counter[str]] = {}
    for sentence in scorer.gold():
        if sentence.get("quality") == "weak":
            continue
        published = sentence.get("published")
        given = {
            "id": sentence["id"],
            "text": sentence["text"],
            "published": published.isoformat() if isinstance(published, date) else published,
        }
        line = json.dumps(given).encode()
        good, answer = answered(read_line(line, name=""), setting=setting, ruleset=rules)
        assert good, answer
        for name, counter in scored(scorer, sentence, json.loads(answer)["claims"]):
            found.setdefault(name, Counter()).update(counter)
    return found


def scored(
    scorer: ModuleType, sentence: dict[str, Any], read: list[dict[str, Any]]
) -> Iterator[tuple[str, dict[str, int]]]:
    """The claims of a sentence that are right, missed and extra, for each class it belongs to."""
    claims = [each for each in read if each["measure"] != "attacks" or each["count"]["low"]]
    pairs, missed, extra = scorer.match(sentence["text"], sentence.get("claim", []), claims)
    counter = {"right": len(pairs), "missed": len(missed), "extra": len(extra)}
    for name in {"all"} | {each.split(".")[0] for each in sentence["classes"]}:
        yield name, counter


@pytest.mark.parametrize("name", sorted(set(tomllib.loads(FLOOR.read_text())) - {"sentence"}))
def test_reading_is_no_worse_than_it_was(name: str, tallies: dict[str, Counter[str]]) -> None:
    floor, counter = tomllib.loads(FLOOR.read_text(encoding="utf-8"))[name], tallies[name]
    recall = counter["right"] / (counter["right"] + counter["missed"])
    precision = counter["right"] / (counter["right"] + counter["extra"])
    assert recall >= floor["recall"], f"{name}: {counter}"
    assert precision >= floor["precision"], f"{name}: {counter}"


def test_the_floor_is_no_further_than_ten_points_below(tallies: dict[str, Counter[str]]) -> None:
    """A floor that nobody raises guards nothing."""
    for name, floor in tomllib.loads(FLOOR.read_text(encoding="utf-8")).items():
        if name == "sentence":
            continue
        counter = tallies[name]
        assert counter["right"] / (counter["right"] + counter["missed"]) < floor["recall"] + 0.10
        assert counter["right"] / (counter["right"] + counter["extra"]) < floor["precision"] + 0.10
