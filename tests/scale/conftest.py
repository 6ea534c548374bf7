"""A generated collection, small enough for every run, through the steps that read it."""

import csv
import importlib.util
import os
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from cenotaph import gazetteer
from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Interpreted, Setting, interpret

GENERATOR = Path(__file__).resolve().parents[2] / "eval" / "generate.py"
# In full, the size at which the properties are promised.
DOCUMENTS = 1000 if os.environ.get("CENOTAPH_TORTURE") == "full" else 240


@pytest.fixture(scope="session")
def generate() -> ModuleType:
    """The generator of collections."""
    spec = importlib.util.spec_from_file_location("generate", GENERATOR)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["generate"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def world(generate: ModuleType):
    return generate.world(DOCUMENTS, 3)


@pytest.fixture(scope="session")
def gazetteer_file(tmp_path_factory: pytest.TempPathFactory, generate, world) -> Path:
    """The gazetteer of the collection, with no more places than it tells of."""
    told = {each.place.id for each in world.incidents}
    path = tmp_path_factory.mktemp("scale") / "gazetteer.csv"
    rows = [row for row in world.rows if row["kind"] != "settlement" or row["id"] in told]
    with path.open("w", newline="", encoding="utf-8") as file:
        columns = dict.fromkeys(column for row in rows for column in row)
        writer = csv.DictWriter(file, list(columns))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture(scope="session")
def documents(generate, world) -> list[Document]:
    return [
        Document(
            id=DocumentId(line["id"]),
            text=line["text"],
            published=date.fromisoformat(line["published"]),
            publisher=line["publisher"],
            country=line["country"],
            lang=line["lang"],
        )
        for line in generate.lines(world)
    ]


@pytest.fixture(scope="session")
def read(
    tmp_path_factory: pytest.TempPathFactory, gazetteer_file: Path, documents: list[Document]
) -> dict[DocumentId, Interpreted]:
    """What each document says, each text read once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CENOTAPH_DATA", str(tmp_path_factory.mktemp("data")))
        places = gazetteer.open([gazetteer_file], default=False)
    setting = Setting(gazetteer=places, country="XT")
    originals: dict[str, Document] = {}
    for each in documents:
        best = originals.setdefault(each.text, each)
        if (each.published, each.id) < (best.published, best.id):
            originals[each.text] = each
    found = {each.id: interpret(each, setting=setting) for each in originals.values()}
    places.close()
    return found
