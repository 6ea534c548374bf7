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
    said = ((id_, first_said(claims)) for id_, claims in by_document.items())
    return Tellers(said).listed(record)


def first_said(claims: Iterable[ResolvedClaim]) -> tuple[Called, ...]:
    """Return who first said each claim of a report, by name and kind, where anybody is named."""
    said = (claim.claim.said_by[0] for claim in claims if claim.claim.said_by)
    return tuple((each.name, each.kind) for each in said)


class Tellers:
    """Who first said the claims of each report, counted; reports come and go."""

    def __init__(self, said: Iterable[tuple[DocumentId, Sequence[Called]]] = ()) -> None:
        self._said: dict[DocumentId, Sequence[Called]] = {}
        # Of each name the reports with how they call it; of several the first report's holds.
        self._reports: dict[str, dict[DocumentId, Called]] = {}
        self._claims: dict[str, int] = {}
        for id_, names in said:
            self.take(id_, names)

    def take(self, id_: DocumentId, said: Sequence[Called]) -> None:
        """Take over what a report says now; nothing where it stands no more."""
        for name, _ in self._said.pop(id_, ()):
            key = name.casefold()
            self._claims[key] -= 1
            self._reports[key].pop(id_, None)
        if said:
            self._said[id_] = said
        for called in said:
            key = called[0].casefold()
            self._claims[key] = self._claims.get(key, 0) + 1
            self._reports.setdefault(key, {}).setdefault(id_, called)

    def listed(self, record: Record) -> tuple[Originator, ...]:
        """Return the originators of a record as `originators` does."""
        register = review.register(review.active(every_decision(record)))
        called: dict[str, tuple[str, str | None]] = {
            key: reports[min(reports)] for key, reports in self._reports.items() if reports
        }
        for key, name in register.names.items():
            if register.known[key]:
                called.setdefault(key, (name, register.known[key].get("kind")))
        found = (
            Originator(
                name=name,
                kind=kind,
                named=named(name, kind or ""),
                reports=len(self._reports.get(key, ())),
                claims=self._claims.get(key, 0),
                known=register.known.get(key, {}),
            )
            for key, (name, kind) in called.items()
        )
        return tuple(sorted(found, key=lambda each: (-each.reports, -each.claims, each.name)))
