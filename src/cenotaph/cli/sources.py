"""`cenotaph sources`: who first said what is counted, and what a person knows of them."""

from pathlib import Path

import click

from cenotaph.cli.decide import because, by, token
from cenotaph.cli.options import as_json, followed, opened, record_file
from cenotaph.cli.output import say, table, write
from cenotaph.cli.settle import decided
from cenotaph.export.documents import line
from cenotaph.model import SOURCE, DecisionKind
from cenotaph.review import ABOUT


class _ListUnlessTold(click.Group):
    """A group of which `sources FILE` is `sources list FILE`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put in the command that is left out."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_ListUnlessTold)
def sources() -> None:
    """List who first said what is counted, and say who they are.

    `cenotaph sources RECORD` is short for `cenotaph sources list RECORD`.
    """


@sources.command("list")
@record_file
@as_json
def list_sources(record: Path, as_json: bool) -> None:
    """List the originators of a record, each with its reports and claims.

    Words that name nobody ("witnesses") are not one source: in each report they are another.
    """
    with opened(record) as books, followed(books) as standing:
        found = standing.originators()
    if as_json:
        for each in found:
            write(
                line(
                    {
                        "name": each.name,
                        "kind": each.kind,
                        "named": each.named,
                        "reports": each.reports,
                        "claims": each.claims,
                        **{key: each.known.get(key) for key in ABOUT if key != "kind"},
                    }
                )
            )
        return
    table(
        ("source", "kind", "named", "reports", "claims", "ties"),
        [
            (
                each.name,
                each.kind,
                "yes" if each.named else "no",
                each.reports,
                each.claims,
                "; ".join(
                    f"{key.replace('_', ' ')} {value}"
                    for key, value in each.known.items()
                    if key != "kind"
                ),
            )
            for each in found
        ],
    )
    if not found:
        say("Nobody is named as a source.")


@sources.command("set")
@record_file
@click.argument("name", metavar="NAME")
@click.option("--kind", metavar="KIND", help="What it is (see `cenotaph vocab sources`).")
@click.option("--owned-by", metavar="NAME", help="Who owns it, and speaks through it.")
@click.option("--quotes", metavar="NAME", help="Whose figures it passes on.")
@click.option("--translates", metavar="NAME", help="Whose reports it translates.")
@click.option("--same-as", metavar="NAME", help="Another name under which it is known.")
@because
@by
@token
@as_json
def set_source(
    record: Path,
    name: str,
    kind: str | None,
    owned_by: str | None,
    quotes: str | None,
    translates: str | None,
    same_as: str | None,
    because: str | None,
    by: str | None,
    token: str | None,
    as_json: bool,
) -> None:
    """Say what a source is and on whom it depends; a decision in the log that figures follow.

    NAME stands as in the list, or is the publisher of reports. A source that is owned by another,
    quotes it or translates it is not independent of it: the two are one originator. An empty NAME
    behind an option takes the tie away.
    """
    given = {
        "kind": kind,
        "owned_by": owned_by,
        "quotes": quotes,
        "translates": translates,
        "same_as": same_as,
    }
    value = {key: said or None for key, said in given.items() if said is not None}
    if not value:
        raise click.UsageError("Say what is known of it: --kind, --owned-by, … (see --help).")
    with opened(record) as books:
        subject = f"{SOURCE}{name}"
        decided(books, DecisionKind.SET_SOURCE, subject, value, because, by, token, as_json)
