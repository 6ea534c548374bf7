"""`cenotaph extract` and `cenotaph explain`: reports without a record."""

import os
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import click
import msgspec

from cenotaph.cli.options import (
    Encoding,
    chosen,
    country,
    default_gazetteer,
    gazetteer,
    ruleset,
    settled,
)
from cenotaph.cli.output import FAILED, Progress, note, write
from cenotaph.ingest import Answer, Refused, Report, Told, reports
from cenotaph.pipeline import Sources


class Named(msgspec.Struct):
    """The identifier of an answer; the rest of it is passed over."""

    id: str


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--jsonl",
    metavar="FILE|-",
    help='Lines {"id","text","published"?,"lang"?,"title"?,"publisher"?,"country"?}.',
)
@click.option("--published", metavar="DAY", help="The day the files were published (2016-12-05).")
@click.option("--lang", metavar="CODE", help="The language of the files.")
@click.option("--encoding", type=Encoding(), metavar="NAME", help="The encoding of the files.")
@ruleset
@country
@gazetteer
@default_gazetteer
def extract(
    files: tuple[Path, ...],
    jsonl: str | None,
    published: str | None,
    lang: str | None,
    encoding: str | None,
    ruleset: str | None,
    country: str | None,
    gazetteers: tuple[Path, ...],
    default_gazetteer: bool,
) -> None:
    """Read reports without a record; one JSON object a document, in input order.

    An input that cannot be read yields {"id", "error"} in its place, the rest go on, and the exit
    status is 1.
    """
    if bool(files) == bool(jsonl):
        raise click.UsageError("Give either files of text, or --jsonl FILE (- for standard input).")
    from cenotaph.pipeline.stream import answered, answers, extractor

    rules = chosen(ruleset)
    sources = Sources(files=gazetteers, default=default_gazetteer, country=country)
    setting = settled(sources)
    if jsonl:
        given = answers(opened_lines(jsonl), partial(extractor, sources, rules))
    else:
        metadata = {"published": published, "lang": lang}
        inputs = untold(reports(files, metadata=metadata, encoding=encoding))
        given = (answered(each, setting=setting, ruleset=rules) for each in inputs)
    count, failed = poured(given)
    if failed:
        note(f"{failed} of {count} inputs could not be read.")
        sys.exit(FAILED)


def untold(given: Iterable[Answer]) -> Iterator[Report | Refused]:
    """Yield what is answered, and tell a person of what is not."""
    for each in given:
        if isinstance(each, Told):
            where = "" if each.name in each.message else f"{each.name}: "
            note(f"{where}{each.message} [{each.code}]")
        else:
            yield each


def opened_lines(path: str) -> int:
    """Return a descriptor of a file of lines, or of standard input."""
    if path == "-":
        return sys.stdin.fileno()
    try:
        return os.open(path, os.O_RDONLY)
    except OSError as error:
        raise click.BadParameter(f"{path}: {error.strerror}.", param_hint="--jsonl") from error


def poured(given: Iterator[tuple[bool, bytes]]) -> tuple[int, int]:
    """Write answers as they come; return how many there were, and how many were errors."""
    count = failed = 0
    seen: set[int] = set()
    twice: set[str] = set()
    with Progress("Reading") as progress:
        for good, answer in progress.over(given):
            count += 1
            failed += not good
            if good:
                id_ = msgspec.json.decode(answer, type=Named).id
                if hash(id_) in seen and id_ not in twice:
                    twice.add(id_)
                    note(f"The id {id_!r} stands more than once; its claims share their ids.")
                seen.add(hash(id_))
            write(answer)
    return count, failed
