"""How fast and how large the default gazetteer is: opening, memory, and names resolved a second.

    places.py [--bench FOLDER] [--peer PYTHON] [--names N]

Opening and memory are those of a fresh process that opens the compiled gazetteer and asks for one name;
memory is what it adds to that of the interpreter with the same modules loaded. Names are distinct names of
the gazetteer itself in a fixed order that mixes countries, each asked with the country it lies in: the first
fifth when nothing is in memory yet, the rest when tables are warm but no name was asked before, all of them
again.
"""

import argparse
import itertools
import json
import random
import sqlite3
import subprocess
import sys
import time

from cenotaph import gazetteer, places
from cenotaph.collector import look_seldom
from cenotaph.gazetteer.compiler import default_path

OPEN = """
import json, resource, time
from cenotaph import gazetteer, places
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.perf_counter()
known = gazetteer.open([])
opened = time.perf_counter() - began
places.resolve_text("Aleppo", gazetteer=known, country="SY")
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([opened, (after - before) / 1024, after / 1024]))
"""


def main() -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(description="Speed of places.")
    parser.add_argument("--bench")
    parser.add_argument("--peer")
    parser.add_argument("--names", type=int, default=20_000)
    options = parser.parse_args()
    look_seldom()  # as the command does
    known = gazetteer.open([])
    runs = [
        json.loads(
            subprocess.run([sys.executable, "-c", OPEN], check=True, capture_output=True).stdout
        )
        for _ in range(3)
    ]
    opened, added, whole = min(runs)
    print(f"places: opened in {opened:.3f} s, {added:.0f} MB more, {whole:.0f} MB in all")
    asked = names(options.names)
    fifth = len(asked) // 5
    for label, some in (("cold", asked[:fifth]), ("new", asked[fifth:]), ("again", asked)):
        began = time.process_time()
        found = sum(
            places.resolve_text(name, gazetteer=known, country=country).place is not None
            for name, country in some
        )
        took = time.process_time() - began
        print(
            f"places: {label}, {len(some) / took:.0f} distinct names/s, {found / len(some):.3f} answered"
        )
    return 0


def names(wanted: int) -> list[tuple[str, str]]:
    """Return distinct names, spread over the whole gazetteer."""
    with sqlite3.connect(f"file:{default_path()}?mode=ro", uri=True) as db:
        rows = db.execute(
            "SELECT DISTINCT name, country FROM entries WHERE country IS NOT NULL ORDER BY name, country"
        ).fetchall()
    step = max(1, len(rows) // wanted)
    chosen = list(itertools.islice(rows[::step], wanted))
    random.Random(0).shuffle(chosen)
    return chosen


if __name__ == "__main__":
    sys.exit(main())
