"""Precision and recall judged blind, over real reports that are not part of this project.

    precision.py sample --bench FILE --to FOLDER         the documents, for a reader who marks every count
    precision.py take   --marks FILE … --bench FILE      keep the marks as spans, without a word of text
    precision.py sheet  --bench FILE --to FOLDER         what the program reads, for a judge, a claim a block
    precision.py judge  --verdicts FILE … --bench FILE   keep the verdicts by claim and span
    precision.py score                                   figures from what is kept

The sample is the HUNDRED documents of the set with the lowest SHA-256 of their text. A reader who has not
seen what the program says marks every stated count of harm first; only then is each claim judged against
its text. What is kept (`precision/*.jsonl`) names documents by digest and places by offset.
"""

import argparse
import hashlib
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "precision"
HUNDRED = 100
ASKED = ("count", "measure", "group", "scope", "place", "time", "attribution")
Row = dict[str, Any]


def main() -> int:
    """Do what is asked; return the exit status."""
    parser = argparse.ArgumentParser(description="Blind precision and recall.")
    parser.add_argument("step", choices=["sample", "take", "sheet", "judge", "score"])
    parser.add_argument("--bench", type=Path)
    parser.add_argument("--to", type=Path)
    parser.add_argument("--marks", nargs="+", type=Path, default=[])
    parser.add_argument("--verdicts", nargs="+", type=Path, default=[])
    parser.add_argument("--program", default=".venv/bin/cenotaph")
    options = parser.parse_args()
    if options.step == "score":
        return score()
    documents = sample(options.bench)
    if options.step == "sample":
        for n, row in enumerate(documents):
            write(options.to / f"{n:03}.txt", f"(published {row['published']})\n{row['text']}\n")
    elif options.step == "take":
        take(documents, options.marks)
    elif options.step == "sheet":
        sheet(documents, read(documents, options.program), options.to)
    else:
        judge(documents, read(documents, options.program), options.verdicts)
    return 0


def digest(text: str) -> str:
    """Return what names a document here."""
    return hashlib.sha256(text.encode()).hexdigest()


def sample(file: Path) -> list[Row]:
    """Return the documents of the sample, lowest digest first, each text once."""
    rows = {digest((row := json.loads(line))["text"]): row for line in lines(file)}
    return [{**rows[key], "sha": key} for key in sorted(rows)[:HUNDRED]]


def lines(file: Path) -> list[str]:
    """Return the lines of a file of JSON lines."""
    return [line for line in file.read_text(encoding="utf-8").split("\n") if line]


def write(file: Path, text: str) -> None:
    """Write a file, and the folder for it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def read(documents: list[Row], program: str) -> list[Row]:
    """Return the program's answers, a document each."""
    asked = [
        {"id": row["sha"], "text": row["text"], "published": row.get("published")}
        for row in documents
    ]
    given = "".join(json.dumps(one) + "\n" for one in asked)
    done = subprocess.run(
        [program, "extract", "--jsonl", "-"], input=given, capture_output=True, text=True
    )
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def place_of(text: str, words: str, occurrence: int) -> tuple[int, int]:
    """Return where words stand for the n-th time. Raises ValueError where they do not."""
    at = -1
    for _ in range(occurrence):
        at = text.index(words, at + 1)
    return at, at + len(words)


def take(documents: list[Row], files: list[Path]) -> None:
    """Turn marks in words into spans."""
    kept = []
    for mark in (json.loads(line) for file in files for line in lines(file)):
        row = documents[mark["doc"]]
        start, end = place_of(row["text"], mark["words"], mark.get("occurrence", 1))
        known = {key: mark.get(key) for key in ("measure", "low", "high", "status", "note")}
        kept.append({"sha": row["sha"][:16], "start": start, "end": end, **known})
    kept.sort(key=lambda one: (one["sha"], one["start"], one["end"]))
    write(HERE / "marks.jsonl", "".join(json.dumps(one) + "\n" for one in kept))
    print(f"{len(kept)} marks kept")


def sheet(documents: list[Row], answers: list[Row], folder: Path) -> None:
    """Write what is to be judged: each document with its claims, in words."""
    for n, (row, answer) in enumerate(zip(documents, answers, strict=True)):
        blocks = [f"DOC {n} (published {row['published']})", row["text"], ""]
        blocks += [block(claim) for claim in answer["claims"]]
        write(folder / f"{n:03}.txt", "\n".join(blocks) + "\n")


def block(claim: Row) -> str:
    """Return a claim as a judge reads it."""
    group = {key: value for key, value in claim["group"].items() if value not in (None, "unknown")}
    place = claim["place"] or {}
    when = claim["when"] or {}
    return "\n".join([
        f"CLAIM {claim['id']}",
        f"  words: {claim['count']['text']!r}",
        f"  count: {claim['measure']} {claim['count']['low']}..{claim['count']['high']}"
        f" ({claim['count']['modality']}), certainty {claim['certainty']}",
        f"  group: {group}   part_of: {claim['part_of']}",
        f"  scope: {claim['scope']}   event: {claim['event']}",
        f"  place: {place.get('text')!r} -> {place.get('name')} ({place.get('precision')}),"
        f" places {[one['text'] for one in claim['places']]}",
        f"  time: {when.get('text')!r} -> {when.get('start')}..{when.get('end')}"
        f" ({when.get('basis')})",
        f"  perpetrator: {[one['name'] for one in claim['perpetrator']]}"
        f"   said by: {[one['name'] for one in claim['said_by']]}",
        f"  quote: {claim['quote']['text']!r}",
    ])  # fmt: skip


def judge(documents: list[Row], answers: list[Row], files: list[Path]) -> None:
    """Keep the verdicts of the claims that the program makes, and the claims with their spans."""
    said = {
        one["claim"]: one for one in (json.loads(line) for file in files for line in lines(file))
    }
    kept, missing = [], 0
    for row, answer in zip(documents, answers, strict=True):
        for claim in answer["claims"]:
            verdict = said.get(claim["id"])
            missing += verdict is None
            kept.append({
                "sha": row["sha"][:16], "claim": claim["id"], "start": claim["count"]["start"],
                "end": claim["count"]["end"], "measure": claim["measure"],
                "low": claim["count"]["low"], "high": claim["count"]["high"],
                "verdict": {key: verdict.get(key, "right") for key in ASKED} if verdict else None,
            })  # fmt: skip
    write(HERE / "claims.jsonl", "".join(json.dumps(one) + "\n" for one in kept))
    print(f"{len(kept)} claims kept, {missing} of them without a verdict")


def score() -> int:
    """Print the figures of what is kept."""
    marks = [json.loads(line) for line in lines(HERE / "marks.jsonl")]
    claims = [json.loads(line) for line in lines(HERE / "claims.jsonl")]
    counted = [mark for mark in marks if mark["low"] is not None or mark["high"] is not None]
    by_document: dict[str, list[Row]] = {}
    for claim in claims:
        by_document.setdefault(claim["sha"], []).append(claim)
    found = [
        mark for mark in counted if any(same(mark, c) for c in by_document.get(mark["sha"], []))
    ]
    print(f"stated counts found: {len(found)} of {len(counted)}, {len(found) / len(counted):.3f}")
    for measure, number in Counter(mark["measure"] for mark in counted).most_common():
        hits = sum(mark["measure"] == measure for mark in found)
        print(f"  {measure:18} {hits} of {number}")
    judged = [claim["verdict"] for claim in claims if claim["verdict"]]
    print(f"claims judged: {len(judged)} of {len(claims)}")
    right = sum(one["count"] == "right" == one["measure"] for one in judged)
    print(f"  right in what is counted and how many: {right / max(1, len(judged)):.3f}")
    for key in ASKED:
        spread = Counter(one[key] for one in judged)
        print(f"  {key:12} " + ", ".join(f"{name} {n}" for name, n in sorted(spread.items())))
    return 0


def same(mark: Row, claim: Row) -> bool:
    """Tell whether a claim is of the marked count: words that overlap, the measure, the low or high."""
    overlap = claim["start"] < mark["end"] and mark["start"] < claim["end"]
    bounds = claim["low"] == mark["low"] or claim["low"] is None and claim["high"] == mark["high"]
    return overlap and claim["measure"] == mark["measure"] and bounds


if __name__ == "__main__":
    sys.exit(main())
