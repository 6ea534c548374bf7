"""Which pairs of documents are copies, by comparing every two, beside those that `copies` finds.

    python eval/copies.py DOCUMENTS.jsonl

Prints figures only. Documents are lines with "id" and "text"; one text under several ids, or one id
over several texts, is told apart by its line.
"""

import json
import re
import sys
import time
from collections import Counter
from itertools import combinations
from pathlib import Path

from cenotaph import copies
from cenotaph.model import Document, DocumentId

WORD = re.compile(r"\w+")


def runs(text: str) -> set[tuple[str, ...]]:
    """Return the runs of four words of a text, lower-cased."""
    words = WORD.findall(text.lower())
    return set(zip(words, words[1:], words[2:], words[3:], strict=False))


def main(path: str) -> None:
    """Compare every two documents, and say how many of the copies are found."""
    lines = [json.loads(line) for line in Path(path).read_text("utf-8").split("\n") if line]
    documents = [
        Document(id=DocumentId(f"{number:06d}"), text=each["text"])
        for number, each in enumerate(lines)
    ]
    known = {each.id: runs(each.text) for each in documents}
    true: dict[tuple[str, str], float] = {}
    for one, other in combinations(sorted(known), 2):
        common = len(known[one] & known[other])
        union = len(known[one]) + len(known[other]) - common
        if union and common / union >= copies.LISTED:
            true[one, other] = common / union
    began = time.perf_counter()
    found = {(p.original, p.document): p for p in copies.pairs(documents)}
    seconds = time.perf_counter() - began
    for label, low, high in (("over .9", 0.9, 2.0), (".5 to .9", 0.5, 0.9)):
        wanted = {
            pair for pair, value in true.items() if low < value <= high or value == low == 0.5
        }
        hit = wanted & found.keys()
        print(f"{label}: {len(wanted)} pairs, {len(hit)} found")
    listed = [p for p in found.values() if p.value >= copies.LISTED]
    print(
        f"listed from .5 on: {len(listed)}, of them not so in truth: "
        f"{sum((p.original, p.document) not in true for p in listed)}"
    )
    print("judged:", dict(sorted(Counter(p.judged for p in found.values()).items())))
    between = Counter(p.judged for p in listed if p.value <= copies.COPY)
    print("judged from .5 to .9:", dict(sorted(between.items())))
    print(f"{len(documents)} documents, {seconds:.1f} s")


if __name__ == "__main__":
    main(sys.argv[1])
