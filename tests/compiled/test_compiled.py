"""The compiled package reads as the package in Python does, to the letter."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Sources, interpret

ROOT = Path(__file__).resolve().parents[2]
GAZETTEER = ROOT / "examples" / "gazetteer.csv"

READER = """
import importlib, json, sys
from datetime import date
from pathlib import Path
from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Sources, interpret

setting = Sources(files=(Path(sys.argv[1]),)).open()
names = "reading.read", "reading.items", "places.find", "dates.finding", "model.stated"
files = [importlib.import_module(f"cenotaph.{name}").__file__ for name in names]
read = []
for text, day in json.load(sys.stdin):
    document = Document(
        id=DocumentId("one"), text=text, published=day and date.fromisoformat(day), lang="en"
    )
    read.append(repr(interpret(document, setting=setting)))
json.dump({"files": files, "read": read}, sys.stdout)
"""


@pytest.fixture(scope="module")
def built() -> Path:
    """The folder of the compiled package, made anew only where something of it changed."""
    if not os.environ.get("CI") and not any(map(shutil.which, ("cc", "gcc", "clang"))):
        pytest.skip("no C compiler")
    # As it need not be fast, the compiler need not think long.
    program = [sys.executable, "scripts/compile.py", "-O0", "--out", "build/checked"]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


@dataclass
class Answers:
    """What a package read of each text, and the files that some of its modules are."""

    texts: list[str]
    files: list[str]
    read: list[str]


@pytest.fixture(scope="module")
def answers(built: Path) -> Answers:
    given = list(texts())
    done = subprocess.run(
        [sys.executable, "-c", READER, str(GAZETTEER)],
        input=json.dumps(given), env=os.environ | {"PYTHONPATH": str(built)},
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return Answers([text for text, _ in given], **json.loads(done.stdout))


def texts() -> Iterator[tuple[str, str | None]]:
    """Every example report, gold sentence and specimen, with its day."""
    lines = (ROOT / "examples" / "manifest.jsonl").read_text(encoding="utf-8").split("\n")
    for one in map(json.loads, filter(None, lines)):
        text = (ROOT / "examples" / one["file"]).read_text(encoding="utf-8")
        yield text, one.get("published")
    files = sorted((ROOT / "eval" / "gold").glob("*.toml"))
    for file in [*files, ROOT / "tests" / "reading" / "phenomena.toml"]:
        held: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        for one in held.get("sentence", ()):
            day = one.get("published", date(2021, 3, 17))
            yield one["text"], str(day)[:10]


def test_the_modules_are_compiled(answers: Answers, built: Path) -> None:
    for file in answers.files:
        assert file.endswith(".so") and file.startswith(str(built))


def test_both_read_alike(answers: Answers) -> None:
    setting = Sources(files=(GAZETTEER,)).open()
    assert len(answers.texts) > 300
    for (text, day), compiled in zip(texts(), answers.read, strict=True):
        published = date.fromisoformat(day) if day else None
        document = Document(id=DocumentId("one"), text=text, published=published, lang="en")
        assert repr(interpret(document, setting=setting)) == compiled, text


def test_the_command_of_the_compiled_package_works(built: Path, tmp_path: Path) -> None:
    def cenotaph(*words: str, path: str = str(built)) -> str:
        program = [sys.executable, "-m", "cenotaph", *words]
        env = os.environ | {"PYTHONPATH": path}
        return subprocess.run(
            program, cwd=ROOT, env=env, capture_output=True, text=True, check=True
        ).stdout

    record = str(tmp_path / "record.db")
    cenotaph("init", record, "--country", "XT", "--gazetteer", str(GAZETTEER))
    cenotaph("add", record, "--manifest", "examples/manifest.jsonl")
    assert "2685" in cenotaph("totals", record)
    words = "extract", "--jsonl", "examples/month.jsonl", "--gazetteer", str(GAZETTEER)
    assert cenotaph(*words) == cenotaph(*words, path="src")
