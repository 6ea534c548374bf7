"""How adding, linking, totalling and one more report grow with the record, and how true totals are.

    python bench/scale.py --sizes 1000,10000 --seed 11

makes collections of invented reports whose truth is known (eval/generate.py), puts each through the
program's own commands, and prints seconds, memory and truth as a table. Each step is a process of
its own; memory is the most that one process held, and "cpu" the time of all processors, which a
busy machine changes least. The sizes of components (tales that are linked to one another) say
whether linking holds together what belongs together, or everything.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "eval"))

from generate import COUNTRY, write  # noqa: E402

from cenotaph.pipeline import ruleset_of, sources_of, standing  # noqa: E402
from cenotaph.store import open as open_record  # noqa: E402

ONE_MORE = {
    "id": "one-more",
    "published": "2012-02-02",
    "publisher": "Kestrel Wire",
    "country": COUNTRY,
    "lang": "en",
}


@dataclass(frozen=True)
class Run:
    """What one command took."""

    seconds: float
    processor: float
    megabytes: float
    output: str


def run(program: str, *given: str, env: dict[str, str]) -> Run:
    """Run a command of the program and measure it."""
    begun = time.monotonic()
    with TemporaryDirectory() as place:
        out = Path(place) / "out"
        with out.open("wb") as file:
            process = subprocess.Popen(
                [program, *given], stdout=file, stderr=subprocess.PIPE, env=env
            )
            assert process.stderr is not None
            told = process.stderr.read()
            _, status, used = os.wait4(process.pid, 0)
        if status:
            sys.exit(f"{' '.join(given)} failed:\n{told.decode()[-2000:]}")
        text = out.read_text(encoding="utf-8")
    return Run(
        seconds=time.monotonic() - begun,
        processor=used.ru_utime + used.ru_stime,
        megabytes=used.ru_maxrss / 1024,
        output=text,
    )


def judged(truth: dict, rows: list[dict]) -> dict[str, float]:
    """Hold totals by province and month against the truth."""
    given = {(row["key"].get("admin1"), row["key"].get("month")): row for row in rows if row["key"]}
    inside = 0
    for admin1, month, killed in truth["rows"]:
        row = given.get((admin1, month))
        inside += row is not None and row["low"] <= killed <= row["high"]
    whole = next(row for row in rows if not row["key"])
    return {
        "rows": len(truth["rows"]),
        "rows_true": inside / len(truth["rows"]),
        "whole_best": whole["best"] / truth["killed"],
        "whole_low": whole["low"] / truth["killed"],
        "whole_high": whole["high"] / truth["killed"],
        "adding_every_number": whole["naive"] / truth["killed"],
    }


def measured(program: str, folder: Path, size: int, seed: int) -> dict[str, float]:
    """Put one collection through the program."""
    made = write(folder, size, seed)
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    record = str(folder / "record.db")
    env = os.environ | {"CENOTAPH_DATA": str(folder / "data")}
    gazetteer = str(folder / "gazetteer.csv")
    run(program, "init", record, "--country", COUNTRY, "--gazetteer", gazetteer,
        "--no-default-gazetteer", env=env)  # fmt: skip
    reports = str(folder / "reports.jsonl")
    read = run(program, "add", record, "--jsonl", reports, "--no-read", env=env)
    add = run(program, "add", record, "--jsonl", reports, env=env)
    by = ("totals", record, "--by", "admin1,month", "--json")
    totals = run(program, *by, env=env)
    events = run(program, "incidents", record, "--json", env=env)
    some = json.loads(events.output.partition("\n")[0])["id"]
    show = run(program, "show", record, some, env=env)
    asked = {
        "claims": run(program, "claims", record, "--json", env=env),
        "findings": run(program, "findings", record, "--json", env=env),
        "sources": run(program, "sources", record, "--json", env=env),
        "other_ruleset": run(program, "totals", record, "--ruleset", "ucdp", "--json", env=env),
    }
    place = made.places[0]
    more = f"Four people were killed in {place.name} on 1 February 2012, a doctor said."
    (folder / "more.jsonl").write_text(json.dumps(ONE_MORE | {"text": more}) + "\n")
    one = run(program, "add", record, "--jsonl", str(folder / "more.jsonl"), env=env)
    rows = [json.loads(line) for line in totals.output.splitlines()]
    sizes = components(Path(record), env)
    return {
        "documents": size,
        "add_s": read.seconds,
        "read_and_link_s": add.seconds,
        "read_and_link_cpu_s": add.processor,
        "totals_s": totals.seconds,
        "totals_cpu_s": totals.processor,
        "incidents_cpu_s": events.processor,
        "show_cpu_s": show.processor,
        **{f"{name}_cpu_s": each.processor for name, each in asked.items()},
        "add_one_s": one.seconds,
        "add_one_cpu_s": one.processor,
        "megabytes": max(
            each.megabytes for each in (read, add, totals, events, show, one, *asked.values())
        ),
        "record_megabytes": Path(record).stat().st_size / 1e6,
        "components": len(sizes),
        "largest_component": sizes[0] if sizes else 0,
        **judged(truth, rows),
    }


def components(path: Path, env: dict[str, str]) -> list[int]:
    """Return how many tales each component of a record has, the largest first."""
    os.environ.update(env)
    with open_record(path) as record:
        rules = ruleset_of(record.settings().ruleset)
        with standing(record, sources=sources_of(record), ruleset=rules) as found:
            return found.sizes()


def main() -> None:
    """Measure each size and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--program", default=str(Path(sys.executable).with_name("cenotaph")))
    parser.add_argument("--keep", type=Path, help="a folder to leave the records in")
    given, _ = parser.parse_known_args()
    found = []
    for size in map(int, given.sizes.split(",")):
        with TemporaryDirectory() as place:
            folder = (given.keep or Path(place)) / str(size)
            found.append(measured(given.program, folder, size, given.seed))
        print(f"{size} done: {json.dumps(found[-1])}", file=sys.stderr, flush=True)
    print(f"invented reports, seed {given.seed}")
    for name in found[0]:
        print(f"{name:>22} " + " ".join(f"{each[name]:>12,.3f}" for each in found))


if __name__ == "__main__":
    main()
