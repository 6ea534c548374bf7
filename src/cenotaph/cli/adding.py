"""`cenotaph add`: what takes a while to start is started at once, side by side."""

import contextlib
import importlib
from collections.abc import Iterator
from pathlib import Path

import click

from cenotaph.cli.options import Encoding, as_json, opened, record_file
from cenotaph.collector import loading


@click.command()
@record_file
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--manifest",
    "manifest_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help='Lines {"id","file","published"?,"lang"?,…}; each file relative to it.',
)
@click.option("--jsonl", metavar="FILE|-", help='Lines {"id","text","published"?,…}.')
@click.option(
    "--columns",
    metavar="FILE|NAME",
    help="What the columns of tables stand for: a TOML file, kept with the record by its name.",
)
@click.option("--encoding", type=Encoding(), metavar="NAME", help="The encoding of the files.")
@click.option("--read/--no-read", "reads", default=True, help="Whether to read claims at once.")
@as_json
def add(
    record: Path,
    inputs: tuple[Path, ...],
    manifest_file: Path | None,
    jsonl: str | None,
    columns: str | None,
    encoding: str | None,
    reads: bool,
    as_json: bool,
) -> None:
    """Add reports: files, folders, - for standard input, a manifest, or lines of JSON.

    Taken are plain text, web pages, PDF, WARC, feeds, lines of JSON, tables, exports of Telegram,
    letters, and zip or tar of these, each known by its bytes. Adding the same report again changes
    nothing. An input that cannot be read is set aside with its reason, the rest go on, and the exit
    status is 1.
    """
    if not (inputs or manifest_file or jsonl):
        raise click.UsageError("Give files, folders, -, --manifest FILE or --jsonl FILE.")
    if jsonl and (inputs or manifest_file):
        raise click.UsageError("--jsonl goes alone, without files and without --manifest.")
    with working_ahead(reads=reads):
        with loading():
            from cenotaph.cli import record as steps
            from cenotaph.ingest import reports as read_reports

        with opened(record) as known, known.kept_open():
            named = steps.read_manifest(manifest_file) if manifest_file else None
            mapping = steps.mapped(known, columns) if columns else None
            if jsonl:
                given = steps.from_lines(jsonl)
            else:
                given = read_reports(inputs, named=named, encoding=encoding, columns=mapping)
            counts = steps.added(known, given, as_json=as_json)
            unread = steps.read_claims(known) if reads else []
        steps.summed(counts, unread)


@contextlib.contextmanager
def working_ahead(*, reads: bool) -> Iterator[None]:
    """Start what will parse and read, while this process imports what it needs to keep both."""
    from cenotaph.ingest import starting

    starting.ahead()
    # Who reads is forked from this process, and does not import again what both need.
    importlib.import_module("cenotaph.pipeline.setting")
    from cenotaph import pool

    with pool.ahead(_prepare) if reads else contextlib.nullcontext():
        yield


def _prepare() -> None:
    with loading():
        from cenotaph.pipeline.document import prepare

        prepare()
