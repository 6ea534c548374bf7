"""A record held open: what follows from it now, looked up, listed, filtered, counted, searched.

A server keeps one for as long as it runs. After an addition or a decision `refresh` brings it up to
date; between two refreshes every answer is of one state, whatever others write meanwhile.
"""

from collections.abc import Sequence

from cenotaph import totals
from cenotaph.model import (
    ClaimId,
    Document,
    DocumentId,
    Finding,
    Incident,
    IncidentId,
    Link,
    Measure,
    ResolvedClaim,
    Ruleset,
    Totals,
)
from cenotaph.pipeline.catalogue import Catalogue, Page, Query
from cenotaph.pipeline.interpreted import Interpreted
from cenotaph.pipeline.record import Done, derive, nothing
from cenotaph.pipeline.rows import claim_row, finding_id, finding_row, incident_row, report_row
from cenotaph.pipeline.settings import Sources
from cenotaph.spelling import fold
from cenotaph.store import Listed, Record, documents, index, phrases, search


class Workspace:
    """An open record with everything that follows from it.

    `version` is raised whenever a refresh changed something; what was answered under one version
    stays true of it. Not safe for several threads at once: the server keeps a lock around it.
    """

    def __init__(
        self, record: Record, *, sources: Sources, ruleset: Ruleset, done: Done = nothing
    ) -> None:
        self.record = record
        self.sources = sources
        self.ruleset = ruleset
        self.version = 0
        self._state = 0
        self._totals: dict[tuple[tuple[str, ...], Measure, str | None], Totals] = {}
        self.refresh(done=done)

    def refresh(self, *, done: Done = nothing) -> bool:
        """Take in what was added or decided since; tell whether anything changed.

        Reports without a reading are read first; `done` is called after each.
        """
        state = self.record.state()
        if state == self._state:
            return False
        self.derived = derive(self.record, sources=self.sources, ruleset=self.ruleset, done=done)
        index(self.record)
        self._look_up()
        self._totals.clear()
        self._state = state
        self.version += 1
        return True

    def _look_up(self) -> None:
        found = self.derived
        self._claims = {each.id: each for each in found.claims}
        self._incident_of = {claim: each.id for each in found.incidents for claim in each.claims}
        self._from: dict[ClaimId, list[Link]] = {}
        self._to: dict[ClaimId, list[Link]] = {}
        for link in found.linking.links:
            self._from.setdefault(link.claim, []).append(link)
            self._to.setdefault(link.to, []).append(link)
        self._codes: dict[str, list[Finding]] = {}
        for finding in found.findings:
            for about in {*finding.claims, *(() if finding.claims else finding.documents)}:
                self._codes.setdefault(about, []).append(finding)
        self._reports = Catalogue(
            report_row(each, found.interpreted.get(each.original), self._codes)
            for each in found.listed
        )
        self._listed_claims = Catalogue(
            claim_row(each, self._incident_of.get(each.id), self._codes) for each in found.claims
        )
        self._incidents = Catalogue(
            incident_row(each, self._claims, self._codes) for each in found.incidents
        )
        self._findings = Catalogue(
            finding_row(each, self._claims, self._incident_of) for each in found.findings
        )

    def report(self, id_: DocumentId) -> Listed | None:
        """Return a report as lists show it."""
        return self._reports.get(id_)

    def document(self, id_: DocumentId) -> Document | None:
        """Return a report with its text."""
        return next(iter(documents(self.record, [id_])), None)

    def interpreted(self, id_: DocumentId) -> Interpreted | None:
        """Return what a report says; of a copy, what its original says."""
        listed = self.report(id_)
        return None if listed is None else self.derived.interpreted.get(listed.original)

    def claim(self, id_: ClaimId) -> ResolvedClaim | None:
        """Return a claim by its identifier."""
        return self._claims.get(id_)

    def incident(self, id_: IncidentId) -> Incident | None:
        """Return an incident by its identifier."""
        return self._incidents.get(id_)

    def incident_of(self, claim: ClaimId) -> Incident | None:
        """Return the incident that a claim belongs to, None for sums and claims of no event."""
        id_ = self._incident_of.get(claim)
        return None if id_ is None else self.incident(id_)

    def links_from(self, claim: ClaimId) -> Sequence[Link]:
        """Return the links that start at a claim."""
        return self._from.get(claim, ())

    def links_to(self, claim: ClaimId) -> Sequence[Link]:
        """Return the links that lead to a claim."""
        return self._to.get(claim, ())

    def findings_about(self, id_: ClaimId | DocumentId) -> Sequence[Finding]:
        """Return the findings that concern a claim, or a report as a whole."""
        return self._codes.get(id_, ())

    def finding(self, id_: str) -> Finding | None:
        """Return a finding by the identifier that `finding_id` makes."""
        return self._findings.get(id_)

    def reports(self, asked: Query | None = None) -> Page[Listed]:
        """Return a page of reports. Order: key, published, title."""
        only = None if not _words(asked) else self._found(asked)
        return self._reports.page(asked, only=only)

    def claims(self, asked: Query | None = None) -> Page[ResolvedClaim]:
        """Return a page of claims; words are looked for in their quotes. Order: key, day, count."""
        only = None if not _words(asked) else self._saying(asked)
        return self._listed_claims.page(asked, only=only)

    def incidents(self, asked: Query | None = None) -> Page[Incident]:
        """Return a page of incidents; words are looked for in the reports that tell of them.

        Order: key, day, killed, sources.
        """
        only: set[str] | None = None
        if _words(asked):
            told = self._found(asked)
            only = {
                each.id
                for each in self.derived.incidents
                if any(id_ in told for id_, _ in each.documents)
            }
        return self._incidents.page(asked, only=only)

    def findings(self, asked: Query | None = None) -> Page[Finding]:
        """Return a page of findings; words are looked for in the reports they are about.

        Order: key, code.
        """
        only: set[str] | None = None
        if _words(asked):
            told = self._found(asked)
            only = {
                finding_id(each)
                for each in self.derived.findings
                if any(id_ in told for id_ in each.documents)
            }
        return self._findings.page(asked, only=only)

    def search(self, words: str, *, limit: int = 50) -> list[DocumentId]:
        """Return the reports that hold all of these words, in any spelling, the best first."""
        return search(self.record, words, limit=limit)

    def _found(self, asked: Query | None) -> set[str]:
        return set(search(self.record, _words(asked), limit=1_000_000))

    def _saying(self, asked: Query | None) -> set[str]:
        """Return the claims whose quotes hold all the words, in reports that hold them."""
        told = self._found(asked)
        wanted = tuple(phrases(_words(asked)))
        return {
            id_
            for id_, each in self._claims.items()
            if each.claim.document in told
            and all(word in fold(each.claim.quote.text) for word in wanted)
        }

    def totals(
        self,
        by: Sequence[str] = (),
        *,
        measure: Measure = Measure.KILLED,
        group: str | None = None,
    ) -> Totals:
        """Return totals as `totals.total` does; the same ones are added up once."""
        key = (tuple(by), measure, group)
        if key not in self._totals:
            found = self.derived
            self._totals[key] = totals.total(
                found.claims,
                found.linking,
                found.incidents,
                by=by,
                ruleset=self.ruleset,
                measure=measure,
                group=group,
            )
        return self._totals[key]


def _words(asked: Query | None) -> str:
    return asked.words.strip() if asked is not None else ""
