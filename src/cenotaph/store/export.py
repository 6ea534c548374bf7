"""A log and its captures as plain files, which anyone can check without this program."""

import json
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import select

from cenotaph.store import log, tables
from cenotaph.store.record import Record, RecordError


def export(record: Record, folder: Path) -> log.Head:
    """Write log.txt (an entry a line, its signature behind a tab), captures/ and head.json.

    Captures are named by the SHA-256 of their bytes. The folder must not exist. Returns the head.
    Raises RecordError.
    """
    table = tables.log
    try:
        (folder / "captures").mkdir(parents=True)
    except FileExistsError:
        raise RecordError(f"{folder} exists already; nothing is written over.") from None
    except OSError as error:
        raise RecordError(f"{folder} cannot be made: {error.strerror}.") from error
    with record.reader() as connection, (folder / "log.txt").open("wb") as file:
        query = select(table.c.line, table.c.signature).order_by(table.c.sequence)
        for line, signature in connection.execute(query):
            file.write(f"{line}\t{signature}\n".encode())
        captures = tables.captures
        for row in connection.execute(select(captures.c.sha256).order_by(captures.c.id)).all():
            content = connection.execute(
                select(captures.c.content).where(captures.c.sha256 == row.sha256)
            ).scalar_one()
            (folder / "captures" / row.sha256).write_bytes(content)
        head = log.head_of(connection)
    (folder / "head.json").write_text(head_json(head), encoding="utf-8")
    return head


def head_json(head: log.Head) -> str:
    """Return a head as a file holds it."""
    return json.dumps(asdict(head)) + "\n"


def fingerprint(head: log.Head) -> str:
    """Return the hash of a head in groups, as it is printed and read out."""
    return " ".join(head.hash[at : at + 8] for at in range(0, 64, 8))
