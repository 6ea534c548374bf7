"""The register of a record's sources: who first said what is counted, and what is known of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cenotaph import review
from cenotaph.model import DocumentId, ResolvedClaim
from cenotaph.pipeline.record import Derived
from cenotaph.store import Record
from cenotaph.store import decisions as every_decision
from cenotaph.voices import named

Called = tuple[str, str]
"""A source by its name and kind."""


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
    by_document: dict[DocumentId, list[ResolvedClaim]] = {}
    for claim in derived.claims:
        by_document.setdefault(claim.claim.document, []).append(claim)
    return listed(record, ((id_, first_said(claims)) for id_, claims in by_document.items()))


def first_said(claims: Iterable[ResolvedClaim]) -> tuple[Called, ...]:
    """Return who first said each claim of a report, by name and kind, where anybody is named."""
    said = (claim.claim.said_by[0] for claim in claims if claim.claim.said_by)
    return tuple((each.name, each.kind) for each in said)


def listed(
    record: Record, said: Iterable[tuple[DocumentId, Sequence[Called]]]
) -> tuple[Originator, ...]:
    """Return the originators of a record as `originators` does; `said` is who first said the claims
    of each report, report by report."""
    register = review.register(review.active(every_decision(record)))
    reports: dict[str, int] = {}
    claims: dict[str, int] = {}
    called: dict[str, tuple[str, str | None]] = {}
    for _, names in said:
        for name, kind in names:
            key = name.casefold()
            called.setdefault(key, (name, kind))
            claims[key] = claims.get(key, 0) + 1
        for key in {name.casefold() for name, _ in names}:
            reports[key] = reports.get(key, 0) + 1
    for key, name in register.names.items():
        if register.known[key]:
            called.setdefault(key, (name, register.known[key].get("kind")))
    found = (
        Originator(
            name=name,
            kind=kind,
            named=named(name, kind or ""),
            reports=reports.get(key, 0),
            claims=claims.get(key, 0),
            known=register.known.get(key, {}),
        )
        for key, (name, kind) in called.items()
    )
    return tuple(sorted(found, key=lambda each: (-each.reports, -each.claims, each.name)))
