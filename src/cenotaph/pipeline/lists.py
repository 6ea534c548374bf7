"""The lines of lists, kept in a record: what a list shows, filters and counts, without the things.

A line is made again when what it is of changed. Who opens a record reads the lines, a few hundred
bytes each, and of the things themselves those that a page shows.
"""

from collections.abc import Collection, Iterable, MutableMapping

from cenotaph.model import ClaimId, DocumentId, Finding
from cenotaph.pipeline.derivation import Derivation, Update
from cenotaph.pipeline.rows import (
    FINDINGS,
    ClaimLine,
    FindingLine,
    IncidentLine,
    ReportLine,
    claim_line,
    finding_line,
    incident_line,
    report_line,
)
from cenotaph.shelves import Shelves
from cenotaph.store import Listed

REVIEWED = "decisions that found nothing to hold for"
"""What the findings of the review stand under, beside those of reports and events."""


class Lists:
    """The lines of reports, claims, events by their first claims, and findings by their owners."""

    def __init__(self, shelves: Shelves, derivation: Derivation) -> None:
        self._derivation = derivation
        self.reports: MutableMapping[DocumentId, ReportLine] = shelves("report_lines", ReportLine)
        self.claims: MutableMapping[ClaimId, ClaimLine] = shelves("claim_lines", ClaimLine)
        self.incidents: MutableMapping[ClaimId, IncidentLine] = shelves(
            "incident_lines", IncidentLine
        )
        # What was found when a report was read.
        self._notes: MutableMapping[DocumentId, tuple[Finding, ...]] = shelves(
            "notes", tuple[Finding, ...]
        )
        self.findings: MutableMapping[str, tuple[FindingLine, ...]] = shelves(
            "finding_lines", tuple[FindingLine, ...]
        )

    def keep(self, touched: Update) -> None:
        """Take in what a change touched, of which the reports are listed already."""
        derivation = self._derivation
        for id_ in touched.claims:
            claim = derivation.known.get(id_)
            if claim is None:
                self.claims.pop(id_, None)
            else:
                self.claims[id_] = claim_line(claim, derivation.links.get(id_, ()))
        for first in touched.incidents:
            incident = derivation.incidents.get(first)
            if incident is None:
                self.incidents.pop(first, None)
            else:
                self.incidents[first] = incident_line(incident, derivation.known)
        for owner in (*sorted(touched.documents), *sorted(touched.incidents), REVIEWED):
            self._find(owner)

    def list_reports(
        self, listed: Iterable[Listed], read: Collection[DocumentId], *, whole: bool
    ) -> set[DocumentId]:
        """Take in reports as lists show them; `whole` tells that there are no others, `read` the
        originals that may be read otherwise. Return what came, went or changed."""
        now = {each.id: each for each in listed}
        same: set[DocumentId] = set()
        gone: set[DocumentId] = set()
        if whole:
            for id_, line in self.reports.items():
                if id_ not in now:
                    gone.add(id_)
                elif line.listed == now[id_]:
                    same.add(id_)
        self.drop_reports(gone)
        changed = {each.id for each in now.values() if each.id not in same or each.original in read}
        for id_ in sorted(changed):
            said = self._derivation.interpreted.get(now[id_].original)
            self.reports[id_] = report_line(now[id_], said)
        return changed | gone

    def drop_reports(self, ids: Iterable[DocumentId]) -> None:
        """Take reports out that stand no more."""
        for id_ in ids:
            self.reports.pop(id_, None)

    def _find(self, owner: str) -> None:
        lines = tuple(finding_line(each, self._derivation.known) for each in self.found_with(owner))
        if lines:
            self.findings[owner] = lines
        else:
            self.findings.pop(owner, None)

    def found_with(self, owner: str) -> tuple[Finding, ...]:
        """Return the findings of a report, of an event by its first claim, or of decisions."""
        if owner == REVIEWED:
            return self._derivation.reviewed.findings
        id_ = DocumentId(owner)
        line = self.reports.get(id_)
        return (
            *(line.listed.findings if line is not None else ()),
            *self._notes.get(id_, ()),
            *self._derivation.findings_of(id_),
        )


def about(found: FindingLine) -> tuple[str, ...]:
    """Return what a finding is looked up by: its claims, else the reports it is about."""
    return tuple(dict.fromkeys(found.claims or found.documents))


def concerning(found: FindingLine) -> list[DocumentId]:
    """Return the reports that a finding is about or quotes."""
    return [DocumentId(id_) for id_ in found.facets[_DOCUMENT]]


_DOCUMENT = FINDINGS.index("document")
