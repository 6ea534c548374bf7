"""The register of a record's sources: who first said what is counted, and what is known of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from cenotaph import review
from cenotaph.model import DocumentId
from cenotaph.pipeline.record import Derived
from cenotaph.store import Record
from cenotaph.store import decisions as every_decision
from cenotaph.voices import named


@dataclass(frozen=True, slots=True, kw_only=True)
class Originator:
    """A source by its name, with the reports and claims that hang on it.

    `named` is False for words that name nobody: in two reports they are two sources. `known` is
    what people said of it (`review.ABOUT`).
    """

    name: str
    kind: str | None
    named: bool
    reports: int
    claims: int
    known: Mapping[str, str]


def originators(record: Record, derived: Derived) -> tuple[Originator, ...]:
    """Return the originators of a record, those with most reports first, and everyone of whom a
    person said something."""
    register = review.register(review.active(every_decision(record)))
    reports: dict[str, set[DocumentId]] = {}
    claims: dict[str, int] = {}
    called: dict[str, tuple[str, str | None]] = {}
    for claim in derived.claims:
        if not claim.claim.said_by:
            continue
        first = claim.claim.said_by[0]
        key = first.name.casefold()
        called.setdefault(key, (first.name, first.kind))
        reports.setdefault(key, set()).add(claim.claim.document)
        claims[key] = claims.get(key, 0) + 1
    for key, name in register.names.items():
        if register.known[key]:
            called.setdefault(key, (name, register.known[key].get("kind")))
    found = (
        Originator(
            name=name,
            kind=kind,
            named=named(name, kind or ""),
            reports=len(reports.get(key, ())),
            claims=claims.get(key, 0),
            known=register.known.get(key, {}),
        )
        for key, (name, kind) in called.items()
    )
    return tuple(sorted(found, key=lambda each: (-each.reports, -each.claims, each.name)))
