"""`cenotaph init`, `add` and `reports`: what goes into a record."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import click

from cenotaph.cli.extract import opened_lines, untold
from cenotaph.cli.options import (
    announced,
    as_json,
    chosen,
    country,
    default_gazetteer,
    followed,
    gazetteer,
    opened,
    record_file,
    ruleset,
)
from cenotaph.cli.output import FAILED, BadData, Progress, note, say, table, write
from cenotaph.cli.secret import new_passphrase
from cenotaph.export.documents import line
from cenotaph.ingest import (
    Answer,
    ColumnsError,
    Manifest,
    line_inputs,
    manifest,
)
from cenotaph.ingest import columns as read_columns
from cenotaph.ingest import read as read_inputs
from cenotaph.model import Document
from cenotaph.pipeline import SettingError, given_gazetteers
from cenotaph.pipeline import reports as as_described
from cenotaph.pipeline.entering import as_input
from cenotaph.store import (
    Added,
    Listed,
    Outcome,
    Record,
    RecordError,
    RecordSettings,
    create,
    documents,
    quarantined,
    replaced,
    save_columns,
    saved_columns,
)
from cenotaph.store import add as add_to_record

BATCH = 200
"""Inputs added in one transaction."""


@click.command()
@record_file
@country
@gazetteer
@default_gazetteer
@ruleset
@click.option(
    "--encrypted",
    is_flag=True,
    help="Keep the file encrypted (SQLCipher) with a passphrase, asked for by every command.",
)
def init(
    record: Path,
    country: str | None,
    gazetteers: tuple[Path, ...],
    default_gazetteer: bool,
    ruleset: str | None,
    encrypted: bool,
) -> None:
    """Make the file of a new record; no other command makes one.

    The country and the gazetteers hold for all its reports, and are kept with the record. The
    passphrase of an encrypted one is typed, or taken from the variable CENOTAPH_PASSPHRASE; it is
    written nowhere, and nothing opens the record without it.
    """
    name = chosen(ruleset).name
    if record.exists():
        raise BadData(f"{record} exists already; a record is only made where nothing is.")
    passphrase = new_passphrase(record) if encrypted else None
    announced(default=default_gazetteer)
    try:
        kept = given_gazetteers(gazetteers, default=default_gazetteer)
        settings = RecordSettings(
            country=country, ruleset=name, default_gazetteer=default_gazetteer
        )
        create(record, settings, kept, passphrase=passphrase)
    except (SettingError, RecordError) as error:
        raise BadData(str(error)) from error
    used = ", ".join(
        f"{each.file_name or each.source.name} ({each.source.version})" for each in kept
    )
    note(f"Made {record}{', encrypted' if encrypted else ''}. Gazetteers: {used or 'none'}.")


def summed(counts: Counter[Outcome], unread: list[str], *, failed: bool = False) -> None:
    """Say what became of all inputs, and end with the status of that."""
    summary = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome])
    note(f"{sum(counts.values())} inputs: {summary or 'none'}.")
    if unread:
        note(f"{len(unread)} of them could not be read: {', '.join(unread[:5])}.")
    if failed or unread or counts[Outcome.QUARANTINED] or counts[Outcome.FAILED]:
        sys.exit(FAILED)


def read_manifest(path: Path) -> Manifest:
    """Read a manifest, or end with why it cannot be."""
    try:
        return manifest(path)
    except OSError as error:
        raise BadData(f"The manifest {path} cannot be read: {error.strerror}.") from error


def mapped(record: Record, given: str) -> str:
    """Return a mapping of columns: of a file, which the record then keeps, or one that it keeps."""
    kept = saved_columns(record)
    path = Path(given)
    try:
        content = path.read_text(encoding="utf-8") if path.is_file() else kept.get(given)
    except (OSError, UnicodeDecodeError) as error:
        raise BadData(f"The mapping {path} cannot be read: {error}.") from error
    if content is None:
        names = ", ".join(kept) or "none"
        raise BadData(f"There is no file {given}, and the record keeps no such mapping ({names}).")
    try:
        read_columns(content)
    except ColumnsError as error:
        raise BadData(f"The mapping {given} cannot be used. {error}") from error
    if path.is_file():
        save_columns(record, path.stem, content)
    return content


def from_lines(path: str) -> Iterator[Answer]:
    """Yield what each line of JSON holds."""
    name = "standard input" if path == "-" else Path(path).name
    yield from read_inputs(line_inputs(opened_lines(path), name=name))


def added(
    record: Record,
    given: Iterable[Answer],
    *,
    as_json: bool,
    states: list[tuple[str, str]] | None = None,
) -> Counter[Outcome]:
    """Add inputs in batches, say what failed, and count what became of them.

    `states` is filled with the identifier and state of each, where it is given.
    """
    counts: Counter[Outcome] = Counter()
    stream = untold(given)
    with Progress("Adding") as progress:
        while batch := list(islice(stream, BATCH)):
            for each in add_to_record(record, map(as_input, batch)):
                counts[each.outcome] += 1
                if states is not None and each.id is not None:
                    states.append((each.id, each.outcome))
                report(each, as_json=as_json)
            progress.advance(len(batch))
    return counts


def report(each: Added, *, as_json: bool) -> None:
    """Tell what became of an input: every one as JSON, else the ones that failed."""
    if as_json:
        answer: dict[str, Any] = {"id": each.id, "name": each.name, "state": each.outcome}
        if each.code:
            answer["error"] = {"code": each.code, "message": each.message}
        write(line(answer))
    elif each.code:
        who = f"{each.name} ({each.id})" if each.id not in (None, "", each.name) else each.name
        note(f"{who}: {each.message} [{each.code}]")


def read_claims(record: Record) -> list[str]:
    """Read the claims of what was added and link them with all others.

    Return the reports that could not be read.
    """
    with followed(record) as standing:
        return list(map(str, standing.failed))


@click.command()
@record_file
@as_json
def reports(record: Path, as_json: bool) -> None:
    """List the reports of a record and the state of each.

    stored: a text of its own; duplicate: the same text as another, which is named; replaced: made
    of its bytes by an older reader than that of another, which is named; quarantined: not read,
    with the reason.
    """
    with opened(record) as known:
        rows = [*stored_rows(known), *replaced_rows(known), *quarantined_rows(known)]
    if as_json:
        for row in rows:
            write(line(row))
        return
    columns = ("id", "state", "published", "lang", "publisher", "title", "remark")
    table(columns, [[row[column] for column in columns] for row in map(with_remark, rows)])
    say()
    states = Counter(row["state"] for row in rows)
    say(", ".join(f"{count} {state}" for state, count in states.items()) or "No reports yet.")


def stored_rows(record: Record) -> Iterator[dict[str, Any]]:
    """Yield the reports that were read, by identifier."""
    for each in as_described(record).listed:
        copy = each.id != each.original
        state, of = ("duplicate", each.original) if copy else ("stored", None)
        yield described(each, state=state, of=of, name=each.name)


def replaced_rows(record: Record) -> Iterator[dict[str, Any]]:
    """Yield the reports that stand no more, since a newer reader made others of their bytes."""
    newest = replaced(record)
    for each in documents(record, sorted(newest)):
        yield described(each, state="replaced", of=newest[each.id], name=None)


def described(
    each: Listed | Document, *, state: str, of: str | None, name: str | None
) -> dict[str, Any]:
    """Return the row of a report that has a text, with what is known of it."""
    return {
        "id": each.id,
        "state": state,
        "of": of,
        "name": name,
        "published": each.published.isoformat() if each.published else None,
        "lang": each.lang,
        "title": each.title,
        "publisher": each.publisher,
        "country": each.country,
        "note": each.note,
        "reason": None,
    }


def quarantined_rows(record: Record) -> Iterator[dict[str, Any]]:
    """Yield the inputs that were not read."""
    for each in quarantined(record):
        yield {
            "id": each.claimed_id,
            "state": "quarantined",
            "of": None,
            "name": each.name,
            "published": None,
            "lang": None,
            "title": None,
            "publisher": None,
            "country": None,
            "note": None,
            "reason": {"code": each.code, "message": each.message},
        }


def with_remark(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of the table with what is to be said of it."""
    if row["state"] == "replaced":
        return {**row, "remark": f"replaced by {row['of']}"}
    if row["of"]:
        return {**row, "remark": f"same text as {row['of']}"}
    if row["reason"]:
        return {**row, "remark": f"{row['reason']['message']} [{row['reason']['code']}]"}
    return {**row, "remark": ""}
