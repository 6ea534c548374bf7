"""The register of a record's sources: who first said what is counted, and what is known of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

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


class Said(NamedTuple):
    """Who first said the claims of each report, as it is written down: the sources as reports call
    them, and for each report the number of that of each claim."""

    called: list[Called]
    of: dict[DocumentId, list[int]]


class Tellers:
    """Who first said the claims of each report, counted; reports come and go."""

    def __init__(self, said: Iterable[tuple[DocumentId, Sequence[Called]]] = ()) -> None:
        self.said = Said([], {})
        self._numbers: dict[Called, int] = {}
        for id_, names in said:
            self.take(id_, names)

    @classmethod
    def resumed(cls, said: Said) -> "Tellers":
        """Return what was written down so."""
        made = cls()
        made.said = said
        made._numbers = {called: number for number, called in enumerate(said.called)}
        return made

    def take(self, id_: DocumentId, said: Sequence[Called]) -> None:
        """Take over what a report says now; nothing where it stands no more."""
        called, of = self.said
        of.pop(id_, None)
        for each in said:
            number = self._numbers.setdefault(each, len(called))
            if number == len(called):
                called.append(each)
            of.setdefault(id_, []).append(number)

    def listed(self, record: Record) -> tuple[Originator, ...]:
        """Return the originators of a record as `originators` does."""
        register = review.register(review.active(every_decision(record)))
        found = {}
        for key, (name, kind), reports, claims in self._counted():
            found[key] = Originator(
                name=name,
                kind=kind,
                named=named(name, kind),
                reports=reports,
                claims=claims,
                known=register.known.get(key, {}),
            )
        for key, name in register.names.items():
            known = register.known[key]
            if known and key not in found:
                kind_ = known.get("kind")
                found[key] = Originator(
                    name=name, kind=kind_, named=named(name, kind_ or ""), reports=0, claims=0,
                    known=known,
                )  # fmt: skip
        return tuple(
            sorted(found.values(), key=lambda each: (-each.reports, -each.claims, each.name))
        )

    def _counted(self) -> Iterator[tuple[str, Called, int, int]]:
        """Yield each name in lower case, how the first report calls it, and in how many reports and
        of how many claims it is the first source."""
        import numpy as np  # who adds a report does without

        called, of = self.said
        keys: dict[str, int] = {}
        key_of = np.array(
            [keys.setdefault(name.casefold(), len(keys)) for name, _ in called], np.int64
        )
        ids = sorted(of)
        if not ids:
            return
        flat = np.array([number for id_ in ids for number in of[id_]], np.int64)
        report = np.repeat(np.arange(len(ids)), [len(of[id_]) for id_ in ids])
        told = key_of[flat]
        there, first = np.unique(told, return_index=True)
        claims = np.bincount(told, minlength=len(keys))
        reports = np.bincount(np.unique(told * len(ids) + report) // len(ids), minlength=len(keys))
        names = list(keys)
        for key, at in zip(there.tolist(), first.tolist(), strict=True):
            yield names[key], called[flat[at]], int(reports[key]), int(claims[key])
