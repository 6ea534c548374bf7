"""Run the evaluation sets and hold today's figures against the floors of `baseline.json`.

    run.py --bench FOLDER [--program PROGRAM] [--sets NAME …] [--limit N] [--pin [--allow-lower]]

Exit status 1 where a figure lies below its floor by more than NOISE. `--pin` writes today's figures as
the new floors; one that would go down stays as it is unless `--allow-lower` is said too. The file holds
figures and the digest of the set they were measured on, and nothing of the sets themselves.
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

BASELINE = Path(__file__).with_name("baseline.json")
NOISE = 0.002
FIGURES = re.compile(r"acc|precision|recall|exact|within|_P$|_R$|F1$")
LINE = re.compile(r"  (.*?) ?(\{.*\})")
CLUSTERS = {"gva_clusters": "gva", "airwars_clusters": "airwars_syria_sources"}

Figures = dict[str, dict[str, float]]


def main() -> int:
    """Measure, compare and print; return the exit status."""
    options = arguments()
    floors = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    below = 0
    for name in options.sets or available(options.bench):
        source = options.bench / f"{CLUSTERS.get(name, name)}.jsonl"
        header, figures = measure(options, name)
        digest = hashlib.sha256(source.read_bytes()).hexdigest()[:16]
        kept = floors.get(name, {})
        same = kept.get("digest") == digest and options.limit is None
        if kept and not same:
            print(f"{name}: the floors are of other data than this; they are shown, not held")
        print(header)
        below += compare(figures, kept.get("figures", {}), held=same)
        if options.pin and options.limit is None:
            lower = options.allow_lower or not same
            merged = pinned(figures, {} if lower else kept.get("figures", {}))
            floors[name] = {"digest": digest, "figures": merged}
    if options.pin and options.limit is None:
        BASELINE.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n")
    if below:
        print(f"{below} figures lie below their floors", file=sys.stderr)
    return 1 if below and not options.allow_lower else 0


def arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description="Figures over the evaluation sets.")
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--program", default=".venv/bin/cenotaph")
    parser.add_argument("--sets", nargs="+")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--allow-lower", action="store_true")
    return parser.parse_args()


def available(bench: Path) -> list[str]:
    """Return the sets that are there, the ones over whole records last."""
    if not (bench / "evaluate.py").exists():
        sys.exit(f"There are no evaluation sets in {bench}; name their folder: make eval BENCH=…")
    names = sorted(path.stem for path in bench.glob("*.jsonl") if path.stem != "fakes_syria")
    return names + [name for name, source in CLUSTERS.items() if source in names]


def measure(options: argparse.Namespace, name: str) -> tuple[str, Figures]:
    """Run one set; return its headings and its figures by label."""
    command = [sys.executable, options.bench / "evaluate.py", options.program]
    command += [options.bench / f"{name}.jsonl"]
    command += ["--limit", str(options.limit)] if options.limit is not None else []
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{name}: {done.stderr or done.stdout}")
    headings: list[str] = []
    figures: Figures = {}
    for line in done.stdout.splitlines():
        match = LINE.fullmatch(line)
        if match is None:
            headings.append(line)
            continue
        values: dict[str, Any] = json.loads(match[2])
        numbers = {key: v for key, v in values.items() if FIGURES.search(key) and v is not None}
        figures[match[1] or "all"] = numbers
    return "\n".join(headings), figures


def compare(figures: Figures, floors: Figures, *, held: bool) -> int:
    """Print figures beside their floors; return how many lie below."""
    below = 0
    for label, values in figures.items():
        for key, value in values.items():
            floor = floors.get(label, {}).get(key)
            mark = ""
            if floor is not None and value < floor - NOISE:
                mark = "  below" if held else "  lower"
                below += held
            elif floor is not None and value > floor + NOISE:
                mark = "  better"
            shown = "-" if floor is None else f"{floor:.4f}"
            print(f"  {label:32} {key:20} {value:8.4f}  floor {shown}{mark}")
    return below


def pinned(figures: Figures, floors: Figures) -> Figures:
    """Return today's figures as floors, none of them lower than before."""
    return {
        label: {
            key: max(value, floors.get(label, {}).get(key, value)) for key, value in row.items()
        }
        for label, row in figures.items()
    }


if __name__ == "__main__":
    sys.exit(main())
