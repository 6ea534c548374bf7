"""The four lists of a record in memory: reports, claims, incidents and findings, line by line.

Lines come from the record (see `lists`) and are replaced as a change touches them. A list is asked
for the keys of a page; the things themselves are the caller's to look up.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cenotaph.model import ClaimId, DocumentId, IncidentId, Link
from cenotaph.pipeline import rows
from cenotaph.pipeline.catalogue import Catalogue
from cenotaph.pipeline.lists import about
from cenotaph.pipeline.query import Page, Query, Row
from cenotaph.pipeline.rows import ClaimLine, FindingLine, IncidentLine, ReportLine

Found = Callable[[str], Collection[str]]
"""Gives the reports that hold some words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How many reports, claims, incidents and findings a record has."""

    reports: int
    claims: int
    incidents: int
    findings: int


class Catalogues:
    """The lines of all that a record lists, and what they can be found by.

    `first_of` gives the event that a claim belongs to, by its first claim; `found` the reports that
    hold words, and `phrases` the words as quotes are looked through for them.
    """

    def __init__(
        self,
        first_of: Callable[[ClaimId], ClaimId | None],
        found: Found,
        phrases: Callable[[str], Iterable[str]],
    ) -> None:
        self._event, self._found, self._phrases = first_of, found, phrases
        self._reports = Catalogue()
        self._claims = Catalogue()
        self._incidents = Catalogue()
        self._findings = Catalogue()
        self.reports: dict[DocumentId, ReportLine] = {}
        self.claims: dict[ClaimId, ClaimLine] = {}
        self.incidents: dict[ClaimId, IncidentLine] = {}
        self.findings: dict[str, FindingLine] = {}
        self.unsure: dict[Link, None] = {}
        self._first_of: dict[IncidentId, ClaimId] = {}
        self._owners: dict[str, set[str]] = {}
        self._owned: dict[str, tuple[FindingLine, ...]] = {}
        self._about: dict[str, dict[str, None]] = {}
        self._beside: dict[DocumentId, set[DocumentId]] = {}
        self._quotes: dict[DocumentId, dict[ClaimId, str]] = {}

    def take(
        self,
        reports: Mapping[DocumentId, ReportLine | None],
        claims: Mapping[ClaimId, ClaimLine | None],
        incidents: Mapping[ClaimId, IncidentLine | None],
        findings: Mapping[str, tuple[FindingLine, ...] | None],
    ) -> None:
        """Take over lines that came or changed, None for those that went; findings come by their
        owners, incidents by their first claims."""
        concerned = self._take_findings(findings)
        out = [self.incidents[first].id for first in incidents if first in self.incidents]
        for id_, report in reports.items():
            self._take_report(id_, report)
        for claim_id, claim in claims.items():
            self._take_claim(claim_id, claim)
        for first, incident in incidents.items():
            old = self.incidents.pop(first, None)
            if old is not None and self._first_of.get(IncidentId(old.id)) == first:
                del self._first_of[IncidentId(old.id)]
            if incident is not None:
                self.incidents[first] = incident
        for first, incident in incidents.items():
            if incident is not None:
                self._first_of[IncidentId(incident.id)] = first
        told = {*claims, *(id_ for id_ in concerned if id_ in self.claims)}
        firsts = {*incidents, *self._events_of(concerned)}
        listed = {*reports, *(id_ for id_ in concerned if id_ in self.reports)}
        self._reports.change(
            *_changes(self.reports, listed, rows.REPORTS, rows.REPORT_ORDERS, self._codes)
        )
        self._claims.change(
            *_changes(self.claims, told, rows.CLAIMS, rows.CLAIM_ORDERS, self._codes)
        )
        come = (self._incident_row(first) for first in firsts if first in self.incidents)
        self._incidents.change(out, come)

    def _events_of(self, claims: Iterable[str]) -> Iterator[ClaimId]:
        """Yield the events that claims belong to, by their first claims."""
        for claim in claims:
            first = self._event(ClaimId(claim))
            if first is not None:
                yield first

    def _incident_row(self, first: ClaimId) -> Row:
        line = self.incidents[first]
        codes = {code for claim in line.claims for code in self._codes(claim)}
        more = {"finding": codes}
        return rows.row(line.id, line, rows.INCIDENTS, rows.INCIDENT_ORDERS, more)

    def _codes(self, id_: str) -> set[str]:
        """Return the codes of the findings about a claim, or a report as a whole."""
        return {self.findings[each].code for each in self._about.get(id_, ())}

    def _take_report(self, id_: DocumentId, line: ReportLine | None) -> None:
        old = self.reports.pop(id_, None)
        if old is not None:
            self._beside.get(old.listed.original, set()).discard(id_)
        if line is not None:
            self.reports[id_] = line
            if line.listed.original != id_:
                self._beside.setdefault(line.listed.original, set()).add(id_)

    def _take_claim(self, id_: ClaimId, line: ClaimLine | None) -> None:
        old = self.claims.pop(id_, None)
        if old is not None:
            self._quotes.get(old.document, {}).pop(id_, None)
            for link in old.unsure:
                self.unsure.pop(link, None)
        if line is not None:
            self.claims[id_] = line
            self._quotes.setdefault(line.document, {})[id_] = line.quote
            self.unsure.update(dict.fromkeys(line.unsure))

    def _take_findings(self, new: Mapping[str, tuple[FindingLine, ...] | None]) -> set[str]:
        """Take over findings by their owners; return the claims and reports they are about."""
        old: dict[str, FindingLine] = {}
        come: dict[str, FindingLine] = {}
        for owner, lines in new.items():
            for line in self._owned.pop(owner, ()):
                old[line.id] = line
                self._owners[line.id].discard(owner)
            for line in lines or ():
                come[line.id] = line
                self._owners.setdefault(line.id, set()).add(owner)
            if lines:
                self._owned[owner] = lines
        gone = [id_ for id_ in old if not self._owners[id_]]
        for id_ in gone:
            del self._owners[id_]
            for name in about(self.findings.pop(id_)):
                self._about.get(name, {}).pop(id_, None)
        for id_, line in come.items():
            self.findings[id_] = line
            for name in about(line):
                self._about.setdefault(name, {})[id_] = None
        self._findings.change(
            gone,
            (
                rows.row(id_, line, rows.FINDINGS, rows.FINDING_ORDERS, {})
                for id_, line in come.items()
            ),
        )
        return {
            name
            for id_ in {*old} ^ {*come}
            for line in (old.get(id_), come.get(id_))
            if line is not None
            for name in about(line)
        }

    @property
    def sizes(self) -> Sizes:
        """How many things are listed."""
        return Sizes(
            reports=len(self._reports),
            claims=len(self._claims),
            incidents=len(self._incidents),
            findings=len(self._findings),
        )

    @property
    def periodless(self) -> int:
        """How many incidents have no date."""
        return self._incidents.periodless()

    def first_of(self, id_: IncidentId) -> ClaimId | None:
        """Return the first claim of an incident that is listed."""
        return self._first_of.get(id_)

    def claims_number(self, id_: DocumentId) -> int:
        """Return how many claims an original has."""
        return len(self._quotes.get(id_, ()))

    def copies(self, id_: DocumentId) -> tuple[DocumentId, ...]:
        """Return the reports of the same text beside an original."""
        return tuple(sorted(self._beside.get(id_, ())))

    def named_about(self, id_: ClaimId | DocumentId) -> Collection[str]:
        """Return the identifiers of the findings that concern a claim, or a report as a whole."""
        return self._about.get(id_, {}).keys()

    def owner(self, finding: str) -> str | None:
        """Return what a finding stands under: a report, an event by its first claim, decisions."""
        return min(self._owners.get(finding, ()), default=None)

    def report_page(self, asked: Query | None) -> Page[str]:
        """Return a page of reports that hold all the words."""
        only = None if not _words(asked) else self._found(_words(asked))
        return self._reports.page(asked, only=only)

    def claim_page(self, asked: Query | None) -> Page[str]:
        """Return a page of claims whose quotes hold all the words."""
        only = None if not _words(asked) else self._saying(_words(asked))
        return self._claims.page(asked, only=only)

    def incident_page(self, asked: Query | None) -> Page[str]:
        """Return a page of incidents of which a report holds all the words."""
        only: set[str] | None = None
        if _words(asked):
            told = self._found(_words(asked))
            only = {key for key, id_ in self._incidents.values("document") if id_ in told}
        return self._incidents.page(asked, only=only)

    def finding_page(self, asked: Query | None) -> Page[str]:
        """Return a page of findings about reports that hold all the words."""
        only: set[str] | None = None
        if _words(asked):
            told = self._found(_words(asked))
            only = {
                id_
                for id_, line in self.findings.items()
                if any(document in told for document in line.documents)
            }
        return self._findings.page(asked, only=only)

    def _saying(self, words: str) -> set[str]:
        """Return the claims whose quotes hold all the words, in reports that hold them."""
        wanted = tuple(self._phrases(words))
        return {
            id_
            for document in self._found(words)
            for id_, quote in self._quotes.get(DocumentId(document), {}).items()
            if all(word in quote for word in wanted)
        }


def _changes(
    lines: Mapping[Any, Any],
    keys: Collection[str],
    facets: Sequence[str],
    orders: Sequence[str],
    codes: Callable[[str], set[str]],
) -> tuple[list[str], Iterator[Row]]:
    """Return what goes from a list and what comes into it."""
    return [key for key in keys if key not in lines], (
        rows.row(key, lines[key], facets, orders, {"finding": codes(key)})
        for key in keys
        if key in lines
    )


def _words(asked: Query | None) -> str:
    return asked.words.strip() if asked is not None else ""
