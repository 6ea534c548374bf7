"""Read every hostile file; end with 1 where one ends in no state, in several, empty, or too late.

`python dev/torture/inputs.py` makes them all and prints the slowest, the states, and the most memory that a process
which parses took.
"""

import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from files import files

from cenotaph.ingest import Input, Refused, Report, read
from cenotaph.ingest.isolated import dismiss

SECONDS, BYTES = 20.0, 1536 * 1024 * 1024
COLUMNS = 'rows = "reports"\n[columns]\ntext = "Narrative"\n'


def faults(
    given: Iterable[tuple[str, bytes]],
) -> tuple[list[str], Counter[str], list[tuple[float, str]]]:
    """Return what is wrong, the states, and how long each file took."""
    wrong: list[str] = []
    states: Counter[str] = Counter()
    times: list[tuple[float, str]] = []
    for name, raw in given:
        began = time.monotonic()
        answers = list(read([Input(id=name, name=name, raw=raw, columns=COLUMNS)], size=1))
        times.append((time.monotonic() - began, name))
        ended = [each for each in answers if isinstance(each, Report | Refused)]
        if not ended:
            wrong.append(f"{name}: ends in no state")
        for each in ended:
            states["stored" if isinstance(each, Report) else each.code] += 1
            if isinstance(each, Report) and not each.document.text.strip():
                wrong.append(f"{name}: is stored empty")
            if isinstance(each, Refused) and each.code == "internal":
                wrong.append(f"{name}: {each.message}")
    return wrong, states, times


def main() -> int:
    """Run all files and say how it went."""
    wrong, states, times = faults(files())
    wrong += [f"{name}: took {took:.1f} s" for took, name in times if took > SECONDS]
    dismiss()
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    if memory > BYTES:
        wrong.append(f"a process took {memory >> 20} MiB")
    print(
        f"{len(times)} files: {', '.join(f'{count} {state}' for state, count in states.most_common())}"
    )
    print("slowest:", ", ".join(f"{name} {took:.1f} s" for took, name in sorted(times)[:-6:-1]))
    print(f"most memory of a process: {memory >> 20} MiB")
    for each in wrong:
        print("FAULT", each)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
