"""Check an exported log and its captures, without Cenotaph.

    python verify_log.py FOLDER [HEAD.json]

FOLDER is what `cenotaph log RECORD --export FOLDER` wrote; HEAD.json is a head that was kept
elsewhere (`cenotaph head RECORD --json`). It shares no code with the program, and needs Python and
the package `cryptography` alone. It prints the first thing that does not hold and exits with 4; with
2 where a file that it needs cannot be read.

What is checked: every line is an entry with its number, the SHA-256 of the line before it, and an
Ed25519 signature of the key that the first entry names; every capture that an entry speaks of is a
file with those bytes, and there is no other; the kept head is in the log. Without a kept head a log
that was cut at its end, or written anew as a whole with another key, cannot be told from the true
one.
"""

import hashlib
import json
import re
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LINE = re.compile(rb"(\{[^\t\n]*\})\t([0-9a-f]{128})\n")
SEAL = b"cenotaph log entry\x00"


class Broken(Exception):
    """The first thing that does not hold."""


def require(holds: bool, where: str, message: str) -> None:
    """Stop at the first thing that does not hold."""
    if not holds:
        raise Broken(f"{where}: {message}")


def entries(log: Path) -> list[tuple[bytes, bytes]]:
    """Return each line of a log as its entry and its signature."""
    found, rest = [], log.read_bytes()
    for number, line in enumerate(rest.splitlines(keepends=True), 1):
        match = LINE.fullmatch(line)
        require(match is not None, f"entry {number}", "the line is not an entry and a signature")
        found.append((match[1], bytes.fromhex(match[2].decode())))
    require(bool(found), "entry 1", "the log is empty")
    return found


def chain(found: list[tuple[bytes, bytes]]) -> tuple[list[dict], list[str]]:
    """Check numbers, order and signatures; return what the entries say, and their hashes."""
    said, hashes, previous, key = [], [], "0" * 64, None
    for number, (line, signature) in enumerate(found, 1):
        where = f"entry {number}"
        try:
            entry = json.loads(line)
            if number == 1:
                key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(entry["payload"]["key"]))
            key.verify(signature, SEAL + line)
            named = entry["sequence"], entry["previous"]
        except InvalidSignature:
            raise Broken(f"{where}: the signature is not that of the record's key") from None
        except (ValueError, KeyError, TypeError) as error:
            raise Broken(f"{where}: it cannot be read ({error})") from None
        require(named[0] == number, where, f"its number is {named[0]}")
        require(named[1] == previous, where, "it does not follow the entry before it")
        previous = hashlib.sha256(line).hexdigest()
        hashes.append(previous)
        said.append(entry)
    return said, hashes


def captures(said: list[dict], folder: Path) -> int:
    """Check the bytes of every capture; return how many there are."""
    names = set()
    for entry in said:
        if entry["kind"] == "capture":
            name, size = entry["payload"]["sha256"], entry["payload"]["size"]
            where = f"entry {entry['sequence']}, capture {name}"
            require(re.fullmatch("[0-9a-f]{64}", name) is not None, where, "it has no proper name")
            require((folder / name).is_file(), where, "the file is missing")
            content = (folder / name).read_bytes()
            require(hashlib.sha256(content).hexdigest() == name, where, "its bytes are others")
            require(len(content) == size, where, "its size is another")
            names.add(name)
    for file in folder.iterdir():
        require(file.name in names, f"capture {file.name}", "no entry speaks of it")
    return len(names)


def compare(head: dict, hashes: list[str]) -> None:
    """Check that a kept head is in the log."""
    number = head["sequence"]
    where = f"entry {number}"
    require(head["record"] == hashes[0], "entry 1", "this is another record than the kept head's")
    require(number <= len(hashes), where, f"the log ends at entry {len(hashes)}, before it")
    require(head["hash"] == hashes[number - 1], where, "it is not the one that the kept head names")


def known(head: Path) -> dict:
    """Return a head that was kept."""
    try:
        said = json.loads(head.read_text())
        return {"record": said["record"], "hash": said["hash"], "sequence": int(said["sequence"])}
    except (ValueError, KeyError, TypeError) as error:
        raise Broken(f"{head}: it holds no head ({error!r})") from None


def main(folder: Path, kept: Path | None) -> int:
    """Check everything; return the exit status."""
    try:
        head = None if kept is None else known(kept)
        said, hashes = chain(entries(folder / "log.txt"))
        count = captures(said, folder / "captures")
        if head is not None:
            compare(head, hashes)
    except OSError as error:
        print(f"CANNOT BE CHECKED. {error}")
        return 2
    except Broken as broken:
        print(f"DOES NOT HOLD. {broken}")
        return 4
    print(f"Holds: {len(hashes)} entries, {count} captures. Last entry {hashes[-1]}")
    if kept is None:
        print("Compared with no kept head: what was cut off at the end would not be seen.")
    return 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else None))
