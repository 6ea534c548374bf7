"""`cenotaph verify`, `head`, `backup` and `restore`: that a record is what it was."""

import json
import re
import sys
from dataclasses import asdict
from pathlib import Path

import click

from cenotaph.cli.options import as_json, opened, record_file, settled
from cenotaph.cli.output import INTEGRITY, BadData, note, say, write
from cenotaph.cli.secret import NEW_VARIABLE, new_passphrase, passphrase
from cenotaph.export.documents import line
from cenotaph.pipeline import sources_of
from cenotaph.pipeline import verify as verify_it
from cenotaph.store import Fault, Pin, RecordError, check, fingerprint, head_json, log, stamps
from cenotaph.store import backup as back_up
from cenotaph.store import restore as restore_it

MANY = 20
"""Faults told one by one; one change may break all that follows it."""


@click.command()
@record_file
@click.option(
    "--head",
    "heads",
    multiple=True,
    metavar="FILE|NUMBER:HASH",
    help="A head that was kept elsewhere, as `head` wrote or printed it; may be repeated.",
)
@click.option(
    "--read/--no-read",
    "reads",
    default=True,
    help="Whether to read every report again and compare (slow for large records).",
)
@as_json
def verify(record: Path, heads: tuple[str, ...], reads: bool, as_json: bool) -> None:
    """Check that a record holds: bytes, texts, quotes, log, and what was read.

    Names the first thing that does not hold, and ends with status 4. Compare with a head that was
    kept elsewhere: whoever has the file could write it anew as a whole.
    """
    pins = tuple(map(pin, heads))
    try:
        with opened(record) as known:
            sources = sources_of(known) if reads else None
            if sources is not None:
                setting = settled(sources, known)
                if setting.keeps:
                    note("Readings were not made again: their gazetteer is not the one there is.")
            faults = list(verify_it(known, sources=sources, pins=pins))
            last = log.head(known) if not faults else None
    except BadData as error:
        # A file too damaged to be asked does not hold either.
        if "damaged" not in str(error) and "cannot be used" not in str(error):
            raise
        faults, last = [Fault(where="file", message=str(error))], None
    if as_json:
        head = None if last is None else asdict(last)
        write(line({"holds": not faults, "head": head, "faults": list(map(asdict, faults))}))
    elif faults:
        say(f"DOES NOT HOLD. {faults[0].where}: {faults[0].message}.")
        for each in faults[1:MANY]:
            say(f"    also {each.where}: {each.message}")
        if len(faults) > MANY:
            say(f"    and {len(faults) - MANY} more")
    elif last is not None:
        say(f"Holds: {last.sequence} entries, the last of {last.at}.")
        say(f"Head {last.sequence}:{last.hash}")
        if not pins:
            say("Compared with no head kept elsewhere: see cenotaph head.")
    if faults:
        sys.exit(INTEGRITY)


def pin(given: str) -> Pin:
    """Return what a kept head says, or end with what is wrong with it."""
    if match := re.fullmatch(r"\s*(\d+)\s*:\s*([0-9a-fA-F\s]+)", given):
        digest = "".join(match[2].split()).lower()
        if len(digest) != 64:
            raise click.BadParameter("A head has 64 digits.", param_hint="--head")
        return Pin(sequence=int(match[1]), hash=digest)
    if not Path(given).is_file():
        message = f"{given!r} is neither a file nor NUMBER:HASH as `cenotaph head` prints it."
        raise click.BadParameter(message, param_hint="--head")
    try:
        known = json.loads(Path(given).read_text(encoding="utf-8"))
        return Pin(
            sequence=int(known["sequence"]), hash=str(known["hash"]), record=str(known["record"])
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadData(f"{given} holds no head: {error}.") from error


@click.command()
@record_file
@as_json
def head(record: Path, as_json: bool) -> None:
    """Print the head of a record's log: keep it elsewhere, and nothing before it can be changed.

    Print it, send it, publish it; it gives nothing away. --json writes what verify --head takes.
    """
    with opened(record) as known:
        found = log.head(known)
        seen = list(stamps.stamps(known))
    if as_json:
        write(head_json(found).encode())
        return
    say(f"Entry   {found.sequence}, of {found.at}")
    say(f"Hash    {fingerprint(found)}")
    say(f"Record  {found.record}")
    say(f"Key     {found.key}")
    for each in seen:
        say(f"Stamped {each.sequence}:{each.hash[:16]}… at {each.time} by {each.authority}")
    say(f"Compare with: cenotaph verify {record} --head {found.sequence}:{found.hash}")


@click.command()
@record_file
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "recipients",
    multiple=True,
    metavar="AGE1…",
    help="Encrypt for this public key of age; may be repeated.",
)
@click.option(
    "--encrypted",
    is_flag=True,
    help="Encrypt the copy with a passphrase of its own; so a record comes to have one.",
)
def backup(record: Path, target: Path, recipients: tuple[str, ...], encrypted: bool) -> None:
    """Write a copy of a record, while others may use it.

    The copy holds one moment's state. Without --to it can be read by whoever has it, unless the
    record is encrypted: its copies are too, with the same passphrase. With --encrypted the
    passphrase of the copy is asked for, or taken from the variable CENOTAPH_NEW_PASSPHRASE.
    """
    try:
        with opened(record) as known:
            word = new_passphrase(target, variable=NEW_VARIABLE) if encrypted else None
            back_up(known, target, recipients=recipients, passphrase=word)
            sealed = bool(recipients) or encrypted or known.encrypted
    except RecordError as error:
        raise BadData(str(error)) from error
    note(f"Wrote {target}{', encrypted' if sealed else ''}. Restore it with: cenotaph restore")


@click.command()
@click.argument("backup", type=click.Path(path_type=Path))
@click.argument("record", type=click.Path(path_type=Path))
@click.option(
    "--identity",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The file of the age key for an encrypted backup.",
)
def restore(backup: Path, record: Path, identity: Path | None) -> None:
    """Make a record of a backup, and check that it holds.

    Nothing is written over. A backup that does not hold is restored all the same, since it may be
    the last there is; the status is then 4.
    """
    try:
        with restore_it(backup, record, identity=identity, passphrase=passphrase) as known:
            faults = list(check(known))
            last = log.head(known) if not faults else None
    except RecordError as error:
        raise BadData(str(error)) from error
    if faults:
        say(f"DOES NOT HOLD. {faults[0].where}: {faults[0].message}.")
        sys.exit(INTEGRITY)
    if last is not None:
        note(f"Made {record}. It holds: {last.sequence} entries. Head {last.sequence}:{last.hash}")


@click.command()
@record_file
@click.option(
    "--request",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a request for the present head, to be sent to an authority.",
)
@click.option(
    "--response",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Keep the authority's answer.",
)
@click.option(
    "--root",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The certificate of the authority that you trust (PEM); for --response.",
)
def stamp(record: Path, request: Path | None, response: Path | None, root: Path | None) -> None:
    """Have others say when they saw the head (RFC 3161); nothing is sent by this program.

    \b
    cenotaph stamp RECORD --request head.tsq
    curl -H "Content-Type: application/timestamp-query" --data-binary @head.tsq URL > head.tsr
    cenotaph stamp RECORD --response head.tsr --root authority.pem
    """
    if (request is None) == (response is None) or (response is None) != (root is None):
        raise click.UsageError("Give --request FILE, or --response FILE with --root FILE.")
    with opened(record) as known:
        if request is not None:
            head = log.head(known)
            try:
                with request.open("xb") as file:
                    file.write(stamps.request(head))
            except OSError as error:
                raise BadData(f"{request} cannot be written: {error.strerror}.") from error
            note(f"Wrote a request for entry {head.sequence} to {request}.")
        elif response is not None and root is not None:
            made = stamps.accept(known, response.read_bytes(), roots=root.read_bytes())
            note(f"Entry {made.sequence} was seen at {made.time} by {made.authority}.")
