"""`cenotaph copies`: which reports took their text from which."""

from pathlib import Path

import click

from cenotaph.cli.options import as_json, opened, record_file
from cenotaph.cli.output import one_line, say, table, write
from cenotaph.export.documents import copy_pair, line
from cenotaph.pipeline import shared_text

QUOTE = 100


@click.command()
@record_file
@click.option(
    "--from",
    "least",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="VALUE",
    help="Only pairs from this value on (0 to 1): the share of their runs of four words that both "
    "have.",
)
@click.option("--passages", is_flag=True, help="Show each shared passage.")
@as_json
def copies(record: Path, least: float, passages: bool, as_json: bool) -> None:
    """List pairs of reports that share text, the earlier first, with how much and what it is."""
    with opened(record) as known:
        found = [pair for pair in shared_text(known) if pair.value >= least]
    if as_json:
        for pair in found:
            write(line(copy_pair(pair)))
        return
    table(
        ("value", "judged", "original", "report", "taken", "passages"),
        [
            (
                f"{pair.value:.2f}",
                pair.judged,
                pair.original,
                pair.document,
                f"{pair.share:.0%}",
                len(pair.passages),
            )
            for pair in found
        ],
    )
    if passages:
        for pair in found:
            for copy in pair.passages:
                place = f"[{copy.passage.start}:{copy.passage.end}]"
                say(f"{pair.document} {place} “{one_line(copy.passage.text, QUOTE)}”")
