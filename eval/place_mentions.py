"""Measure the finding of places in running text against the gold documents.

    eval/place_mentions.py [--misses]

A gold place is found where its span is the whole expression, the bare name, or a larger place that the
expression names. A mention is false where neither its name nor its expression touches a gold place; names
of peoples are not counted.
"""

import sys
import time
import tomllib
from pathlib import Path

from cenotaph import gazetteer, places

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    shown = "--misses" in sys.argv
    base = "--default" in sys.argv
    where = gazetteer.open([ROOT / "examples" / "gazetteer.csv"], default=base)
    gold = found = made = false = chars = 0
    took = 0.0
    for file in sorted((ROOT / "eval" / "gold" / "documents").glob("*.toml")):
        document = tomllib.loads(file.read_text(encoding="utf-8"))
        text = document["text"]
        began = time.perf_counter()
        mentions = [m for m in places.find(text, lang="en", gazetteer=where) if not m.demonym]
        took += time.perf_counter() - began
        chars += len(text)
        spans = {(p["at"], p["at"] + len(p["text"])) for p in document.get("place", [])}
        said = set()
        for m in mentions:
            quotes = (m.quote, m.name, *m.within)
            said |= {(q.start, q.end) for q in quotes}
            made += 1 + len(m.within)
            for q in (m.name, *m.within):
                if not any(q.start < end and start < q.end for start, end in spans):
                    false += 1
                    if shown:
                        print(
                            f"  false {file.stem}: {text[max(0, q.start - 30) : q.end + 20]!r} {m}"
                        )
        for start, end in sorted(spans):
            gold += 1
            found += (start, end) in said
            if shown and (start, end) not in said:
                near = text[max(0, start - 30) : end + 20]
                print(f"  missed {file.stem}: {text[start:end]!r} in {near!r}")
    print(f"gold {gold}, found {found} ({found / gold:.3f}); mentions {made}, false {false}"
          f" ({false / max(1, made):.3f}); {took / chars * 2500 * 1000:.2f} ms for 2,500 characters")  # fmt: skip


if __name__ == "__main__":
    main()
