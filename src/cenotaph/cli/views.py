"""`cenotaph claims`, `incidents`, `totals` and `findings`: what follows from a record."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from cenotaph import totals as adding
from cenotaph.cli.options import (
    as_json,
    asked,
    followed,
    opened,
    record_file,
    ruleset,
)
from cenotaph.cli.output import FAILED, one_line, say, table, write
from cenotaph.export import claims as shapes
from cenotaph.export import words
from cenotaph.export.documents import gazetteer, line, record_finding, record_incident
from cenotaph.export.totals import total_row
from cenotaph.model import (
    GROUPS,
    DocumentId,
    Incident,
    Measure,
    ResolvedClaim,
    TotalRow,
    Totals,
)
from cenotaph.pipeline import ruleset_of
from cenotaph.reconcile import NAMES
from cenotaph.vocab import table as vocabulary

QUOTE = 60
EVERY = "all"
"""The name that stands for all rulesets, and for all codes of findings."""


@click.command()
@record_file
@click.option("--report", metavar="ID", help="Only the claims of this report.")
@ruleset
@as_json
def claims(record: Path, report: str | None, ruleset: str | None, as_json: bool) -> None:
    """List what each report says, count by count, in the order of the text."""
    asked(ruleset)
    with opened(record) as known, followed(known) as standing:
        found = standing.claims(None if report is None else DocumentId(report))
        if as_json:
            credit = {"gazetteers": [gazetteer(each) for each in known.gazetteers()]}
            for each, links in found:
                shape = shapes.claim(each, links)
                write(line({"document": each.claim.document, **shape, **credit}))
            return
        rows = [claim_row(each) for each, _ in found]
    columns = ("id", "report", "measure", "count", "who", "scope", "place", "when", "words")
    table(columns, rows)


def claim_row(each: ResolvedClaim) -> Sequence[str | None]:
    """Return a claim as a line of the table."""
    said = each.claim
    return (
        each.id,
        said.document,
        said.measure,
        words.count(said.count),
        words.group(said.group),
        said.scope,
        words.place(each.place),
        words.when(each.when),
        one_line(said.counted.text, QUOTE),
    )


@click.command()
@record_file
@ruleset
@as_json
def incidents(record: Path, ruleset: str | None, as_json: bool) -> None:
    """List the incidents that the claims describe, with killed and injured as low to high."""
    rules = asked(ruleset)
    with opened(record) as known, followed(known) as standing:
        copies = standing.copies()
        if as_json:
            credit = {"gazetteers": [gazetteer(each) for each in known.gazetteers()]}
            for each in standing.incidents(rules):
                write(line({**record_incident(each, copies), **credit}))
            return
        rows = [incident_row(each, copies) for each in standing.incidents(rules)]
    columns = (
        "id",
        "when",
        "place",
        "event",
        "killed",
        "civilians",
        "injured",
        "alleged",
        "reports",
    )
    table(columns, rows)


def incident_row(
    each: Incident, copies: Mapping[DocumentId, Sequence[DocumentId]]
) -> Sequence[str | int | None]:
    """Return an incident as a line of the table."""
    return (
        each.id,
        words.when(each.when),
        words.place(each.place),
        each.event,
        words.estimate(each, Measure.KILLED),
        words.estimate(each, Measure.KILLED, "civilians"),
        words.estimate(each, Measure.INJURED),
        words.blamed(each.perpetrators) or None,
        sum(1 + len(copies.get(id_, ())) for id_, _ in each.documents),
    )


@click.command()
@record_file
@click.option(
    "--by",
    default="",
    metavar="KEY,…",
    help=f"A line for each value of these: {', '.join(adding.KEYS)}.",
)
@click.option(
    "--measure",
    type=click.Choice([measure.value for measure in Measure]),
    default=Measure.KILLED.value,
    show_default=True,
)
@click.option("--group", type=click.Choice(GROUPS), help="Only these people.")
@ruleset
@as_json
def totals(
    record: Path,
    by: str,
    measure: str,
    group: str | None,
    ruleset: str | None,
    as_json: bool,
) -> None:
    """Add up what must have happened at least, at best and at most, never counting a person twice.

    Figures inside a larger one are not added to it; what may lie inside raises the high alone.
    `--ruleset all` shows what every ruleset makes of the same reports, side by side.
    """
    keys = tuple(key.strip() for key in by.split(",") if key.strip())
    for key in keys:
        if key not in adding.KEYS:
            raise click.BadParameter(
                f"{key!r} is none of {', '.join(adding.KEYS)}.", param_hint="--by"
            )
    every = ruleset == EVERY
    rulesets = [ruleset_of(name) for name in NAMES] if every else [asked(ruleset)]
    with opened(record) as known, followed(known) as standing:
        added = [
            standing.totals(keys, measure=Measure(measure), group=group, ruleset=rules)
            for rules in rulesets
        ]
    if as_json:
        for sums in added:
            for row in (*sums.rows, sums.whole):
                write(line(total_row(row, sums)))
        return
    if every:
        side_by_side(added, keys)
        return
    (sums,) = added
    columns = (*keys, "low", "best", "high", "parts")
    table(columns, [total_cells(row, keys) for row in (*sums.rows, sums.whole)])
    for row in (*sums.rows, sums.whole):
        say()
        say(", ".join(value or f"no {name}" for name, value in row.key) or "All")
        for sentence in row.sentences:
            say(f"    {sentence}")


def side_by_side(added: Sequence[Totals], keys: Sequence[str]) -> None:
    """Write each row as every ruleset has it, and how much of its low rests on vague words."""
    rows = [(row.key, number, row) for number, sums in enumerate(added) for row in sums.rows]
    rows.sort(key=lambda entry: ([(value is None, value or "") for _, value in entry[0]], entry[1]))
    rows += [(sums.whole.key, number, sums.whole) for number, sums in enumerate(added)]
    table(
        (*keys, "ruleset", "low", "best", "high", "on vague words"),
        [
            (
                *total_cells(row, keys)[: len(keys)],
                added[number].ruleset,
                row.figure.low,
                row.figure.best,
                row.figure.high,
                row.imputed,
            )
            for _, number, row in rows
        ],
    )


def total_cells(row: TotalRow, keys: Sequence[str]) -> Sequence[str | int | None]:
    """Return a row of totals as a line of the table."""
    named = dict(row.key)
    values = [named.get(key, "all" if not row.key else None) for key in keys]
    figure = row.figure
    return (*values, figure.low, figure.best, figure.high, len(row.parts))


@click.command()
@record_file
@click.option(
    "--fail-on", metavar="CODE,…", help="Exit with status 1 where there is one of these; all: any."
)
@ruleset
@as_json
def findings(record: Path, fail_on: str | None, ruleset: str | None, as_json: bool) -> None:
    """List what does not add up, contradicts itself or cannot be known, each with its words."""
    rules, codes = asked(ruleset), _codes(fail_on)
    with opened(record) as known, followed(known) as standing:
        found = list(standing.findings(rules))
    for each in found:
        if as_json:
            write(line(record_finding(each)))
            continue
        say(f"{each.code}: {each.message}")
        for document in each.documents:
            if not any(document == of for of, _ in each.quotes):
                say(f"    {document}")
        for document, quote in each.quotes:
            say(f"    {document} [{quote.start}:{quote.end}] “{one_line(quote.text)}”")
    if not found and not as_json:
        say("No findings.")
    if any(EVERY in codes or each.code in codes for each in found):
        sys.exit(FAILED)


def _codes(asked_for: str | None) -> frozenset[str]:
    """Return the codes of findings that are asked for; a misspelt one would never be found."""
    codes = frozenset(code.strip() for code in (asked_for or "").split(",") if code.strip())
    inputs = vocabulary("inputs")
    known = {EVERY, *vocabulary("findings")["codes"], *inputs["findings"], *inputs["errors"]}
    if unknown := sorted(codes - known):
        message = f"There is no finding {', '.join(unknown)}; docs/findings.md lists them."
        raise click.BadParameter(message, param_hint="--fail-on")
    return codes
