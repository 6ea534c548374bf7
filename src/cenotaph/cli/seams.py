"""`cenotaph places` and `cenotaph dates`: resolving names and expressions line by line."""

import sys
from functools import partial
from pathlib import Path

import click

from cenotaph.cli.extract import opened_lines, poured
from cenotaph.cli.options import country, default_gazetteer, gazetteer, settled
from cenotaph.cli.output import FAILED, note
from cenotaph.cli.settle import set_date, set_place
from cenotaph.pipeline import Sources, answers
from cenotaph.pipeline.seams import date_resolver, place_resolver
from cenotaph.pool import Work

jsonl = click.option("--jsonl", required=True, metavar="FILE|-", help="Lines of JSON.")
reasons = click.option("--reasons", is_flag=True, help="Say what each answer was taken from.")


@click.group()
def places() -> None:
    """Resolve names of places, and say where one is."""


@places.command("resolve")
@jsonl
@country
@gazetteer
@default_gazetteer
@reasons
def resolve_places(
    jsonl: str,
    country: str | None,
    gazetteers: tuple[Path, ...],
    default_gazetteer: bool,
    reasons: bool,
) -> None:
    """Answer lines {"id","text","country"?,"admin1"?} with {"id","place","alternatives"}."""
    sources = Sources(files=gazetteers, default=default_gazetteer, country=country)
    settled(sources)
    finish(jsonl, partial(place_resolver, sources, reasons))


@click.group()
def dates() -> None:
    """Resolve expressions of time, and say when something was."""


@dates.command("resolve")
@jsonl
@reasons
def resolve_dates(jsonl: str, reasons: bool) -> None:
    """Answer lines {"id","text","start","end","published"} with {"id","when"}."""
    finish(jsonl, partial(date_resolver, reasons))


places.add_command(set_place)
dates.add_command(set_date)


def finish(jsonl: str, start: "partial[Work]") -> None:
    """Answer every line, and end with the status that says whether all could be."""
    count, failed = poured(answers(opened_lines(jsonl), start))
    if failed:
        note(f"{failed} of {count} lines could not be answered.")
        sys.exit(FAILED)
