"""Options and openings that several commands share."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cenotaph.cli.output import BadData, Progress, note

if TYPE_CHECKING:
    from cenotaph.model import Ruleset
    from cenotaph.pipeline import Setting, Sources, Standing
    from cenotaph.store import Record

record_file = click.argument("record", type=click.Path(path_type=Path))
as_json = click.option("--json", "as_json", is_flag=True, help="Write JSON, an object a line.")
ruleset = click.option(
    "--ruleset", metavar="NAME", help="The rules by which claims become figures (vocab rulesets)."
)
gazetteer = click.option(
    "--gazetteer",
    "gazetteers",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A gazetteer that takes precedence over the default one; may be repeated.",
)
default_gazetteer = click.option(
    "--default-gazetteer/--no-default-gazetteer",
    "default_gazetteer",
    default=True,
    help="Whether the gazetteer that comes with the program is used too (it is).",
)


class CountryCode(click.ParamType[str]):
    """Two letters of ISO 3166."""

    name = "code"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the code in capitals."""
        if not (isinstance(value, str) and len(value) == 2 and value.isascii() and value.isalpha()):
            self.fail(f"{value!r} is not a country code of two letters, such as SY.", param, ctx)
        return value.upper()


class Encoding(click.ParamType[str]):
    """The name of an encoding of text."""

    name = "encoding"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name as given."""
        try:
            "".encode(value)
        except (LookupError, ValueError, TypeError):
            self.fail(
                f"There is no encoding {value!r}; names are such as utf-8 or cp1256.", param, ctx
            )
        return str(value)


country = click.option(
    "--country",
    type=CountryCode(),
    metavar="CC",
    help="Where the reports are from, to choose among places of one name.",
)


@contextlib.contextmanager
def opened(path: Path) -> "Iterator[Record]":
    """Open a record, and end with what is wrong with it where something is.

    The passphrase of an encrypted one is asked for.
    """
    from cenotaph.store import RecordError
    from cenotaph.store import open as open_record

    try:
        with open_record(path, passphrase=unlocking(path)) as record:
            yield record
    except RecordError as error:
        raise BadData(str(error)) from error


def unlocking(path: Path) -> str | None:
    """Return the passphrase of a record that has one. Raises RecordError where there is none."""
    from cenotaph.store import is_locked

    if not is_locked(path):
        return None
    from cenotaph.cli.secret import passphrase

    return passphrase(path)


def chosen(name: str | None) -> "Ruleset":
    """Return a ruleset, or end with the names there are."""
    from cenotaph.pipeline import UnknownName, ruleset_of

    try:
        return ruleset_of(name or "default")
    except UnknownName as error:
        raise click.BadParameter(str(error), param_hint="--ruleset") from error


def announced(*, default: bool) -> None:
    """Say beforehand that the default gazetteer takes a while the first time it is used."""
    from cenotaph.gazetteer import SCHEMA, data_folder

    if default and not any(data_folder().glob(f"geonames-*-v{SCHEMA}.sqlite")):
        note("Preparing the default gazetteer; this is done once and takes about half a minute.")


def settled(sources: "Sources", record: "Record | None" = None) -> "Setting":
    """Open gazetteers once, so that what is wrong with one ends the command with a message."""
    from cenotaph.pipeline import SettingError

    announced(default=sources.default)
    try:
        setting = sources.open()
    except SettingError as error:
        raise BadData(str(error)) from error
    if record is not None:
        from cenotaph.pipeline import otherwise

        for each in otherwise(sources, setting):
            note(each.message)
    return setting


def asked(name: str | None) -> "Ruleset | None":
    """Return the ruleset that a person asked for, None where the record's own is meant."""
    return None if name is None else chosen(name)


@contextlib.contextmanager
def followed(record: "Record") -> "Iterator[Standing]":
    """Give what follows from a record under its own ruleset, following first what is new in it."""
    from cenotaph.pipeline import sources_of, standing

    rules = chosen(record.settings().ruleset)
    sources = sources_of(record)
    settled(sources, record)
    with contextlib.ExitStack() as stack:
        # What is shown while it is read is gone before anything of it is told.
        with Progress("Reading") as progress:
            opening = standing(record, sources=sources, ruleset=rules, done=progress.advance)
            found = stack.enter_context(opening)
        yield found
