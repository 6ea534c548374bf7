"""What small sets of invented reports come to: nobody twice, nobody lost, in whatever order they come."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from whole import books

from cenotaph.model import Document, DocumentId

HERE = Path(__file__).parent
GAZETTEER = HERE.parents[1] / "examples" / "gazetteer.csv"
SETS = tomllib.loads((HERE / "sets.toml").read_text(encoding="utf-8"))["set"]


def documents(told: list[list[str]]) -> list[Document]:
    return [
        Document(
            id=DocumentId(f"r{number}"),
            text=f"{text}\n",
            published=date.fromisoformat(published),
            lang="en",
            publisher=publisher,
            country="XT",
        )
        for number, (published, publisher, text) in enumerate(told)
    ]


@pytest.mark.parametrize("told", SETS, ids=lambda told: told["name"])
def test_what_reports_come_to(told: dict[str, Any], tmp_path: Path) -> None:
    reports = documents(told["reports"])
    figures = []
    for number, order in enumerate((reports, reports[::-1])):
        path = tmp_path / f"{number}.db"
        with books(path, [order], country="XT", gazetteers=[GAZETTEER], default=False) as record:
            found = record.totals().whole.figure
            assert [found.low, found.best, found.high] == told["killed"], told.get("why")
            figures.append((record.figures(), record.estimates(), record.codes()))
    assert figures[0] == figures[1]
