"""`cenotaph explain`: how one report is read."""

from pathlib import Path

import click

from cenotaph.cli.extract import untold
from cenotaph.cli.options import (
    Encoding,
    chosen,
    country,
    default_gazetteer,
    gazetteer,
    ruleset,
    settled,
)
from cenotaph.cli.output import BadData, note, one_line, say
from cenotaph.cli.show import claim_lines, incident_lines
from cenotaph.ingest import Refused, reports
from cenotaph.model import Finding
from cenotaph.pipeline import Sources, explained


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--published", metavar="DAY", help="The day it was published (2016-12-05).")
@click.option("--lang", metavar="CODE", help="Its language.")
@click.option("--encoding", type=Encoding(), metavar="NAME", help="Its encoding.")
@ruleset
@country
@gazetteer
@default_gazetteer
def explain(
    file: Path,
    published: str | None,
    lang: str | None,
    encoding: str | None,
    ruleset: str | None,
    country: str | None,
    gazetteers: tuple[Path, ...],
    default_gazetteer: bool,
) -> None:
    """Show how one report is read: every claim with its words and rule, and every number left."""
    rules = chosen(ruleset)
    setting = settled(Sources(files=gazetteers, default=default_gazetteer, country=country))
    metadata = {"published": published, "lang": lang}
    given, *others = untold(reports([file], metadata=metadata, encoding=encoding))
    if others:
        note(f"{given.name} is the first of {len(others) + 1} reports in the file.")
    if isinstance(given, Refused):
        raise BadData(f"{given.name}: {given.message} [{given.code}]")
    found = explained(given.document, setting=setting, ruleset=rules)
    for finding in given.findings:
        told(finding)
    for finding in found.findings:
        if not finding.claims:
            told(finding)
    for claim in found.claims:
        for depth, text in claim_lines(found, claim):
            say("    " * depth + text)
    for incident in found.incidents:
        for depth, text in incident_lines(found, incident, claims=False):
            say("    " * depth + text)
    interpreted = found.interpreted[given.document.id]
    for skipped in interpreted.reading.skipped:
        say(f"not a claim: “{one_line(skipped.quote.text)}”: {skipped.reason}")
    for noted, _, _ in interpreted.contexts:
        say(f"{noted.kind}: “{one_line(noted.quote.text)}”")
    if not found.claims:
        note("No claims were found.")


def told(finding: Finding) -> None:
    """Say a finding about the report as a whole."""
    say(f"{finding.code}: {finding.message}")
