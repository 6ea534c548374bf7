"""Decisions in and out of the log."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import Connection

from cenotaph.model import Anchor, Decision, DecisionKind, thawed
from cenotaph.store import log
from cenotaph.store.record import Record

KIND = "decision"


def enter(connection: Connection, decision: Decision, *, token: str | None = None) -> Decision:
    """Append a decision within a writing transaction and return it with its number and its time.

    With the `token` of an earlier one, that one is returned and nothing is added.
    """
    subject = decision.subjects[0] if decision.subjects else None
    entry = log.append(connection, KIND, payload(decision), subject=subject, token=token)
    return of(entry)


def decisions(record: Record) -> tuple[Decision, ...]:
    """Return every decision of a record in the order in which they were taken."""
    return tuple(map(of, log.entries(record, kinds=(KIND,))))


def decisions_since(record: Record, since: int) -> Iterator[tuple[Decision, str | None]]:
    """Yield the decisions after the entry numbered `since`, each with the token it came with."""
    for entry in log.entries(record, since=since, kinds=(KIND,)):
        yield of(entry), entry.token


def payload(decision: Decision) -> dict[str, Any]:
    """Return a decision as the log has it; what it does not say is left out."""
    known: dict[str, Any] = {"kind": decision.kind.value}
    if decision.subjects:
        known["subjects"] = list(decision.subjects)
    if decision.others:
        known["others"] = list(decision.others)
    if decision.value:
        known["value"] = thawed(decision.value)
    for name in ("reason", "by", "at", "takes_back"):
        value = getattr(decision, name)
        if value not in (None, ""):
            known[name] = value
    if decision.anchors:
        known["anchors"] = [msgspec.to_builtins(each) for each in decision.anchors]
    if decision.decisions:
        known["decisions"] = list(map(payload, decision.decisions))
    return known


def of(entry: log.Entry) -> Decision:
    """Return the decision of an entry."""
    decided = made(entry.payload)
    return replace(
        decided,
        sequence=entry.sequence,
        at=decided.at or entry.at,
        decisions=numbered(decided.decisions, entry, by=decided.by),
    )


def numbered(decided: Iterable[Decision], entry: log.Entry, *, by: str) -> tuple[Decision, ...]:
    """Return the decisions of a batch with the number, time and person of their entry."""
    return tuple(
        replace(each, sequence=entry.sequence, at=each.at or entry.at, by=each.by or by)
        for each in decided
    )


def made(known: Mapping[str, Any]) -> Decision:
    """Return the decision of what `payload` gave."""
    return Decision(
        kind=DecisionKind(known["kind"]),
        subjects=tuple(known.get("subjects", ())),
        others=tuple(known.get("others", ())),
        value=known.get("value", {}),
        reason=known.get("reason"),
        by=known.get("by", ""),
        at=known.get("at", ""),
        takes_back=known.get("takes_back"),
        anchors=msgspec.convert(known.get("anchors", ()), tuple[Anchor, ...]),
        decisions=tuple(map(made, known.get("decisions", ()))),
    )
