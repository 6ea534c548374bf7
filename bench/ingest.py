"""How fast inputs are kept: plain texts a second, and pages beside trafilatura alone, in one run.

Beside them stands the time of the processor that each took, in all processes, which other work on the machine hardly
changes.

Nothing is read for claims. `--count N` texts are made; with `--check` it ends with 1 below the goals: 300 texts a
second, and half of trafilatura's own speed for pages.
"""

import argparse
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from cenotaph.cli.record import as_input
from cenotaph.ingest import Told, reports
from cenotaph.ingest.isolated import dismiss
from cenotaph.store import RecordSettings, add, create
from cenotaph.store import open as open_record

TEXTS, HALF, BATCH = 300.0, 0.5, 200
WORDS = [
    "market",
    "shell",
    "hospital",
    "people",
    "killed",
    "wounded",
    "town",
    "village",
    "doctors",
    "said",
    "Sunday",
    "council",
    "river",
    "bridge",
    "road",
    "school",
    "night",
    "morning",
    "district",
    "fire",
    "families",
    "camp",
    "report",
    "agency",
    "front",
    "convoy",
    "statement",
    "officials",
]


def prose(chance: random.Random, sentences: int) -> list[str]:
    """Return sentences of made-up news."""
    return [" ".join(chance.choices(WORDS, k=18)).capitalize() + "." for _ in range(sentences)]


def page(chance: random.Random) -> str:
    """Return a page with a menu, an article and a foot."""
    menu = "".join(f'<li><a href="/{n}">{chance.choice(WORDS)}</a></li>' for n in range(40))
    body = "".join(f"<p>{' '.join(prose(chance, 4))}</p>" for _ in range(8))
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{chance.choice(WORDS)}</title></head><body><nav><ul>"
        f"{menu}</ul></nav><article>{body}</article><footer>About us</footer></body></html>"
    )


def kept(folder: Path, record: Path) -> float:
    """Return the files of a folder that a new record keeps a second."""
    create(record, RecordSettings(default_gazetteer=False))
    began, count = time.perf_counter(), 0
    with open_record(record) as known:
        batch = []
        for each in reports([folder]):
            if isinstance(each, Told):
                continue
            batch.append(as_input(each))
            if len(batch) == BATCH:
                count += len(add(known, batch))
                batch.clear()
        count += len(add(known, batch))
    return count / (time.perf_counter() - began)


def spent() -> float:
    """Return the seconds of the processor that this process and those it ended have taken."""
    dismiss()
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


def alone(folder: Path) -> float:
    """Return the pages a second that trafilatura reads by itself, in this process."""
    import trafilatura

    pages = [file.read_text(encoding="utf-8") for file in folder.iterdir()]
    trafilatura.bare_extraction(pages[0])
    began = time.perf_counter()
    for each in pages:
        trafilatura.bare_extraction(each, with_metadata=True, include_comments=False)
    return len(pages) / (time.perf_counter() - began)


def main() -> int:
    """Measure, and say whether the goals are met."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=2000)
    options.add_argument("--check", action="store_true")
    chosen, _ = options.parse_known_args()  # other benchmarks have options of their own
    count = chosen.count
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        texts, pages = root / "texts", root / "pages"
        texts.mkdir()
        pages.mkdir()
        for number in range(count):
            text = " ".join(prose(chance, 20))
            (texts / f"{number}.txt").write_text(text, encoding="utf-8")
        for number in range(count // 4):
            (pages / f"{number}.html").write_text(page(chance), encoding="utf-8")
        before = spent()
        text_speed = kept(texts, root / "texts.db")
        processor = spent() - before
        before = spent()
        page_speed = kept(pages, root / "pages.db")
        page_processor = spent() - before
        before = spent()
        own = alone(pages)
        own_processor = spent() - before
    print(
        f"plain text: {text_speed:.0f} documents a second (goal {TEXTS:.0f}), "
        f"{1000 * processor / count:.2f} ms of the processor each"
    )
    print(
        f"pages: {page_speed:.0f} a second, trafilatura alone {own:.0f}: {page_speed / own:.2f} (goal {HALF}), "
        f"{4000 * page_processor / count:.1f} and {4000 * own_processor / count:.1f} ms of the processor each"
    )
    return chosen.check and (text_speed < TEXTS or page_speed < HALF * own)


if __name__ == "__main__":
    sys.exit(main())
