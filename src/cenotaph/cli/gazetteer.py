"""`cenotaph gazetteer`: preparing gazetteers and looking into them."""

from pathlib import Path
from typing import Any

import click

from cenotaph import gazetteer as gazetteers_store
from cenotaph.cli.options import CountryCode, announced, as_json, default_gazetteer, record_file
from cenotaph.cli.options import gazetteer as gazetteer_option
from cenotaph.cli.options import opened as opened_record
from cenotaph.cli.output import BadData, note, table, write
from cenotaph.export.documents import line
from cenotaph.gazetteer import GazetteerError, Places
from cenotaph.pipeline import SettingError, renewed


@click.group()
def gazetteer() -> None:
    """Look into gazetteers and prepare them."""


def opened(files: tuple[Path, ...], *, default: bool = True) -> Places:
    """Open gazetteers, or end with what is wrong with one."""
    try:
        return gazetteers_store.open(files, default)
    except (GazetteerError, OSError) as error:
        raise BadData(f"The gazetteer cannot be used: {error}.") from error


@gazetteer.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def add(files: tuple[Path, ...]) -> None:
    """Check gazetteer files and prepare them, so that the first use of each is fast.

    A record is given its gazetteers by `cenotaph init`; this only makes them ready.
    """
    for source in opened(files, default=False).sources:
        note(f"{source.name}: {source.entries:,} places, version {source.version}.")


@gazetteer.command("list")
@gazetteer_option
@default_gazetteer
@as_json
def list_sources(gazetteers: tuple[Path, ...], default_gazetteer: bool, as_json: bool) -> None:
    """List the gazetteers in use, the first in precedence first, with licence and attribution."""
    columns = ("name", "version", "entries", "licence", "attribution", "sha256")
    known = opened(gazetteers, default=default_gazetteer).sources
    rows: list[dict[str, Any]] = [{name: getattr(each, name) for name in columns} for each in known]
    show(rows, columns, as_json=as_json)


@gazetteer.command()
@click.argument("name")
@click.option("--country", type=CountryCode(), metavar="CC", help="Only places of this country.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@gazetteer_option
@default_gazetteer
@as_json
def search(
    name: str,
    country: str | None,
    limit: int,
    gazetteers: tuple[Path, ...],
    default_gazetteer: bool,
    as_json: bool,
) -> None:
    """Look for a place by any of its names."""
    known = opened(gazetteers, default=default_gazetteer)
    columns = ("id", "name", "kind", "lat", "lon", "country", "admin1", "admin2", "population")
    rows = [
        {column: getattr(match.entry, column) for column in columns} | {"score": match.score}
        for match in known.search(name, country=country, limit=limit)
    ]
    show(rows, (*columns, "score"), as_json=as_json)


@gazetteer.command()
@record_file
def renew(record: Path) -> None:
    """Read a record with the default gazetteer as it is now.

    A record keeps the places that it resolved when a newer version of the program's gazetteer is
    installed, or none. This notes the one that is there in its place, and every report is read with
    it when the record is next asked for; what people set stays set. The log keeps both.
    """
    with opened_record(record) as known:
        announced(default=True)
        try:
            source = renewed(known).gazetteer.sources[-1]
        except SettingError as error:
            raise BadData(str(error)) from error
    note(f"{record.name} is read with {source.name} {source.version} from now on.")


def show(rows: list[dict[str, Any]], columns: tuple[str, ...], *, as_json: bool) -> None:
    """Write rows as JSON or as a table."""
    if as_json:
        for row in rows:
            write(line(row))
    else:
        table(columns, [[row[column] for column in columns] for row in rows])
