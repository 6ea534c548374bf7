"""`cenotaph places set` and `cenotaph dates set`: a person's answer where the reader has none."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from cenotaph.cli.decide import append, because, by, token, who
from cenotaph.cli.options import as_json, opened, record_file
from cenotaph.cli.output import BadData
from cenotaph.cli.slots import SlotError, place, when
from cenotaph.model import NAME, Decision, DecisionKind
from cenotaph.pipeline import sources_of
from cenotaph.store import Record


@click.command("set")
@record_file
@click.argument("subject", metavar="CLAIM|NAME")
@click.argument("answer", metavar="PLACE")
@because
@by
@token
@as_json
def set_place(
    record: Path,
    subject: str,
    answer: str,
    because: str | None,
    by: str | None,
    token: str | None,
    as_json: bool,
) -> None:
    """Say where a place is; the answer is a decision in the log and outlives every new reading.

    CLAIM is the id of a claim or incident; a NAME as it stands in the reports answers for every
    claim that uses it. PLACE is NAME[,ADMIN1][,COUNTRY][@LAT,LON], or the identifier of an entry in
    the record's gazetteers, such as geonames:166656 (see `cenotaph gazetteer search`).
    """
    known = subject if subject.startswith(("clm-", "inc-", NAME)) else f"{NAME}{subject}"
    with opened(record) as books:
        try:
            value = entry_of(books, answer) or place(answer)
        except SlotError as error:
            raise click.UsageError(f"{error}.") from error
        decided(books, DecisionKind.SET_PLACE, known, {"place": value}, because, by, token, as_json)


@click.command("set")
@record_file
@click.argument("subject", metavar="CLAIM|REPORT")
@click.argument("answer", metavar="DAY|FIRST..LAST")
@because
@by
@token
@as_json
def set_date(
    record: Path,
    subject: str,
    answer: str,
    because: str | None,
    by: str | None,
    token: str | None,
    as_json: bool,
) -> None:
    """Say when something was; the answer is a decision in the log and outlives every new reading.

    CLAIM is the id of a claim or incident, which takes one day or a first and a last one. For a
    REPORT it is the day of publication, from which its relative expressions are counted.
    """
    try:
        value = when(answer)
    except SlotError as error:
        raise click.UsageError(f"{error}.") from error
    with opened(record) as books:
        if subject.startswith(("clm-", "inc-")):
            kind, slots = DecisionKind.SET_WHEN, {"when": value}
        else:
            kind, slots = DecisionKind.SET_METADATA, {"published": full_day(answer)}
        decided(books, kind, subject, slots, because, by, token, as_json)


def full_day(text: str) -> Any:
    """Return a full ISO day, or end with what one is."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise click.UsageError(
            f"A report is published on one day, such as 2021-02-08: {text!r}."
        ) from error


def entry_of(record: Record, text: str) -> dict[str, Any] | None:
    """Return the place of a gazetteer's identifier, None for words that are no identifier."""
    head, colon, _ = text.partition(":")
    if not colon or "," in head or " " in head:
        return None
    entry = sources_of(record).open().gazetteer.entry(text)
    if entry is None:
        raise BadData(f"No gazetteer of this record has {text!r}.")
    return {
        "name": entry.name,
        "entry": entry.id,
        "lat": entry.lat,
        "lon": entry.lon,
        "geonames": entry.geonames,
        "country": entry.country,
        "admin1": entry.admin1,
        "admin2": entry.admin2,
    }


def decided(
    record: Record,
    kind: DecisionKind,
    subject: str,
    value: dict[str, Any],
    because: str | None,
    by: str | None,
    token: str | None,
    as_json: bool,
) -> None:
    """Append one decision and say so, or end with what is wrong with it."""
    wanted = Decision(kind=kind, subjects=(subject,), value=value, reason=because, by=who(by))
    append(record, [wanted], token=token, as_json=as_json)
