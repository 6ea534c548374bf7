"""Run the commands that a page shows, and write down what they print now.

    console.py PAGE.md …

A block that begins with ```console holds lines "$ command"; what follows a command is its output. All
commands of a page run one after the other in a folder of their own, beside a copy of the examples.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)
ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Refresh every page named."""
    for name in sys.argv[1:]:
        page = Path(name)
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "examples", Path(folder) / "examples")
            text = page.read_text(encoding="utf-8")
            page.write_text(
                BLOCK.sub(lambda block: rerun(block[0], folder), text), encoding="utf-8"
            )


def rerun(block: str, folder: str) -> str:
    """Return a block with its commands and what they print now, and the status where it is not 0."""
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "100",
    }
    lines: list[str] = []
    for command in (line for line in block.split("\n") if line.startswith("$ ")):
        done = subprocess.run(
            ["bash", "-c", command[2:]],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        lines += [command, *done.stdout.splitlines()]
        lines += [f"(exit status {done.returncode})"] if done.returncode else []
    return "".join(f"{line.rstrip()}\n" for line in lines)


if __name__ == "__main__":
    main()
