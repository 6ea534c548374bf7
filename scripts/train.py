"""Read what a compiler is to learn from: our own example reports and gold texts, each once.

Which way most texts go through the program is all that it counts, and texts of any kind show that.
"""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import Sources, interpret

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Read them all; return the exit status."""
    setting = Sources().open()
    for n, text in enumerate(texts()):
        interpret(Document(id=DocumentId(str(n)), text=text, lang="en"), setting=setting)
    return 0


def texts() -> Iterator[str]:
    """Yield the texts of the examples, of the gold documents and of the gold sentences."""
    for file in sorted((ROOT / "examples" / "reports").glob("*.txt")):
        yield file.read_text(encoding="utf-8")
    gold = ROOT / "eval" / "gold"
    for file in sorted((*gold.glob("documents/*.toml"), *gold.glob("*.toml"))):
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        for row in (told, *told.get("sentence", ())):
            if "text" in row:
                yield row["text"]


if __name__ == "__main__":
    sys.exit(main())
