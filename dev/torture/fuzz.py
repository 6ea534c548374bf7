"""Coverage-guided fuzzing: `python dev/torture/fuzz.py KIND [options of libFuzzer] [folders of seeds]`.

KIND is a kind of input (`text`, `page`, `pdf`, `feed`, `mail`, …), or `reading` for the engine that reads claims. Our own
code is watched for new paths. A reader of inputs fails where it raises anything but a refusal, or gives a text that cannot
be written; the reading engine where it raises anything, quotes what does not stand in the text, or states a figure whose
low is above its high.
"""

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import atheris

READING = "reading"
COLUMNS = 'rows = "reports"\n[columns]\ntext = "Narrative"\n'
PIECES = 200
GAZETTEER = Path(__file__).parents[2] / "examples" / "gazetteer.csv"


def of_readers(name: str) -> Callable[[bytes], None]:
    """Return what reads bytes as a kind of input, a beginning of its pieces."""
    with atheris.instrument_imports(include=["cenotaph.ingest"]):
        from cenotaph.ingest.readers import READERS

        for module, _ in READERS.values():  # which the program imports only when they are needed
            importlib.import_module(f"cenotaph.ingest.readers.{module}")
        from cenotaph.ingest.child import finished
        from cenotaph.ingest.kinds import Kind
        from cenotaph.ingest.pieces import Input, Refusal
        from cenotaph.ingest.readers import read
        from cenotaph.ingest.report import Report

    kind = Kind(name)

    def one(raw: bytes) -> None:
        given = Input(
            id="x", name="x", raw=raw, kind=kind, columns=COLUMNS, metadata={"lang": "en"}
        )
        try:
            for number, piece in enumerate(read(given, kind)):
                if isinstance(piece, Input) or number > PIECES:
                    break
                answer = finished(piece, given, kind)
                if isinstance(answer, Report):
                    assert answer.document.text.strip()
                    answer.document.text.encode("utf-8")
        except (Refusal, RecursionError, MemoryError):
            return

    return one


def of_reading() -> Callable[[bytes], None]:
    """Return what reads bytes as the text of a report, with all that follows from it alone."""
    with atheris.instrument_imports(
        include=[
            "cenotaph.reading",
            "cenotaph.dates",
            "cenotaph.places",
            "cenotaph.link",
            "cenotaph.reconcile",
        ]
    ):
        from datetime import date

        from cenotaph import gazetteer
        from cenotaph.export.documents import extraction, line
        from cenotaph.model import Document, DocumentId
        from cenotaph.pipeline import Setting, extract, ruleset_of

    setting = Setting(gazetteer=gazetteer.open([GAZETTEER], default=False), country="XT")
    rules = ruleset_of("default")

    def one(raw: bytes) -> None:
        text = raw.decode("utf-8", "replace")  # halves of pairs are refused before
        document = Document(id=DocumentId("x"), text=text, published=date(2021, 2, 9), lang="en")
        found = extract(document, setting=setting, ruleset=rules)
        said = extraction(
            document.id, claims=found.interpreted.claims, links=found.linking.links, incidents=found.incidents,
            checks=found.checks, contexts=found.interpreted.contexts, findings=found.findings,
        )  # fmt: skip
        line(said)
        for words, start, end in slots(said):
            assert text[start:end] == words, (words, start, end)
        ids = {claim["id"] for claim in said["claims"]}
        assert len(ids) == len(said["claims"])
        for claim in said["claims"]:
            low, high = claim["count"]["low"], claim["count"]["high"]
            assert low is None or high is None or low <= high
            assert claim["part_of"] is None or claim["part_of"] in ids
        for incident in said["incidents"]:
            for figure in (incident["killed"], incident["injured"]):
                if figure is not None:
                    known = [
                        figure[each] for each in ("low", "best", "high") if figure[each] is not None
                    ]
                    assert known == sorted(known)

    return one


def slots(value: Any) -> Iterator[tuple[str, int, int]]:
    """Yield what an answer quotes, with its offsets."""
    if isinstance(value, list):
        for inner in value:
            yield from slots(inner)
    elif isinstance(value, dict):
        if isinstance(value.get("text"), str) and isinstance(value.get("start"), int):
            yield value["text"], value["start"], value["end"]
        if value.get("at"):
            yield value["text"], *value["at"]
        for inner in value.values():
            yield from slots(inner)


def main() -> None:
    """Fuzz what is named."""
    name = sys.argv.pop(1)
    one = of_reading() if name == READING else of_readers(name)
    for folder in map(Path, sys.argv[1:]):  # what is imported late is no part of the first run
        for seed in sorted(folder.iterdir())[:2] if folder.is_dir() else ():
            one(seed.read_bytes())
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
