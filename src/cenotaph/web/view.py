"""One state of a record, with the ways to look it up that pages need."""

import threading
from collections.abc import Mapping, Sequence
from functools import cached_property

from cenotaph.model import (
    COPIED,
    UNSURE,
    ClaimId,
    Copy,
    DocumentId,
    Finding,
    Incident,
    IncidentId,
    Link,
    LinkKind,
    Measure,
    ResolvedClaim,
    TotalRow,
    Totals,
    make_id,
)
from cenotaph.pipeline import Derived, Page, Query, Workspace
from cenotaph.review import Rejected, Review
from cenotaph.store import Listed


class View:
    """What a record held open says at one version. Nothing is changed through it."""

    def __init__(self, space: Workspace, lock: threading.RLock) -> None:
        self.version = space.version
        self.found: Derived = space.derived
        self.kept_queue: tuple[object, ...] | None = None
        self.kept_reports: dict[object, object] = {}
        self._space = space
        self._lock = lock

    @cached_property
    def gazetteers(self) -> Sequence[Mapping[str, str | None]]:
        """What the places of the record were taken from, with whom to credit for it."""
        return [
            {
                "name": each.name,
                "version": each.version,
                "licence": each.licence,
                "attribution": each.attribution,
                "sha256": each.sha256,
            }
            for each in self._space.record.gazetteers()
        ]

    @cached_property
    def credit(self) -> str:
        """The same in one line, for a cell of a table."""
        return "; ".join(
            " ".join(filter(None, (each["name"], each["version"])))
            + (f" ({each['licence']})" if each["licence"] else "")
            + (f": {each['attribution']}" if each["attribution"] else "")
            for each in self.gazetteers
        )

    @cached_property
    def claims(self) -> Mapping[ClaimId, ResolvedClaim]:
        """Claims by identifier."""
        return {each.id: each for each in self.found.claims}

    @cached_property
    def incidents(self) -> Mapping[IncidentId, Incident]:
        """Incidents by identifier."""
        return {each.id: each for each in self.found.incidents}

    @cached_property
    def incident_of(self) -> Mapping[ClaimId, Incident]:
        """The incident that each claim belongs to."""
        return {claim: each for each in self.found.incidents for claim in each.claims}

    @cached_property
    def listed(self) -> Mapping[DocumentId, Listed]:
        """Reports by identifier."""
        return {each.id: each for each in self.found.listed}

    @cached_property
    def claims_of(self) -> Mapping[DocumentId, Sequence[ResolvedClaim]]:
        """Claims of each original, in the order of the text."""
        grouped: dict[DocumentId, list[ResolvedClaim]] = {}
        for each in self.found.claims:
            grouped.setdefault(each.claim.document, []).append(each)
        for members in grouped.values():
            members.sort(key=lambda each: (each.claim.counted, each.claim.nth))
        return grouped

    def links_from(self, claim: ClaimId) -> Sequence[Link]:
        """Return the links that start at a claim."""
        return self._space.links_from(claim)

    @cached_property
    def parts(self) -> Mapping[ClaimId, Sequence[ResolvedClaim]]:
        """The breakdowns of each claim."""
        grouped: dict[ClaimId, list[ResolvedClaim]] = {}
        for each in self.found.claims:
            if each.claim.part_of is not None:
                grouped.setdefault(each.claim.part_of, []).append(each)
        return grouped

    def findings_about(self, id_: ClaimId | DocumentId) -> Sequence[Finding]:
        """Return the findings that concern a claim, or a report as a whole."""
        return self._space.findings_about(id_)

    @cached_property
    def passages(self) -> Mapping[DocumentId, Sequence[Copy]]:
        """The passages that each report shares word for word with an earlier one."""
        grouped: dict[DocumentId, list[Copy]] = {}
        for each in self.found.passages:
            grouped.setdefault(each.document, []).append(each)
        return grouped

    @cached_property
    def unsure(self) -> Sequence[Link]:
        """Pairs of claims that may tell of one incident, kept apart; the likeliest first."""
        pairs = [
            link
            for link in self.found.linking.links
            if link.kind is LinkKind.SAME_INCIDENT and link.by == UNSURE
        ]
        return sorted(pairs, key=lambda link: (-link.score, link.claim, link.to))

    def totals(self, by: tuple[str, ...], measure: Measure, group: str | None) -> Totals:
        """Return the totals of the record. `by` are keys of `totals.KEYS`."""
        with self._lock:
            return self._space.totals(by, measure=measure, group=group)

    def list_reports(self, asked: Query) -> Page[Listed]:
        """Return a page of reports."""
        with self._lock:
            return self._space.reports(asked)

    def list_claims(self, asked: Query) -> Page[ResolvedClaim]:
        """Return a page of claims."""
        with self._lock:
            return self._space.claims(asked)

    def list_incidents(self, asked: Query) -> Page[Incident]:
        """Return a page of incidents."""
        with self._lock:
            return self._space.incidents(asked)

    def list_findings(self, asked: Query) -> Page[Finding]:
        """Return a page of findings."""
        with self._lock:
            return self._space.findings(asked)

    def whole(self) -> TotalRow:
        """Return the whole of those killed."""
        return self.totals((), Measure.KILLED, None).whole

    def review_of(self, claim: ClaimId) -> Review | None:
        """Return what was decided about a claim."""
        return self.found.reviewed.reviews.get(claim)

    def settled(self, claim: ClaimId) -> bool:
        """Tell whether a person has looked at a claim and said what it is."""
        seen = self.found.reviewed.reviews.get(claim)
        return seen is not None and seen.state is not None

    @cached_property
    def rejected(self) -> Mapping[ClaimId, Rejected]:
        """Claims that a person set aside, with the reason."""
        return {each.claim.id: each for each in self.found.reviewed.rejected}

    @cached_property
    def incident_named(self) -> Mapping[str, Incident]:
        """The incident that each claim belongs to, by the name the claim would give an incident.

        An incident is named by its first claim; one that was joined to another is found again here.
        """
        return {make_id("inc", claim): event for claim, event in self.incident_of.items()}

    def original(self, claim: ClaimId) -> ResolvedClaim | None:
        """Return the claim of an earlier report that a claim was copied from, if it was."""
        for link in self.links_from(claim):
            if link.kind is LinkKind.REPEATS and link.by == COPIED:
                return self.claims.get(link.to)
        return None

    def beside(self, incident: Incident) -> list[Finding]:
        """Return the findings that concern an incident's claims, each once."""
        known: dict[int, Finding] = {}
        for claim in incident.claims:
            for each in self.findings_about(claim):
                known[id(each)] = each
        return list(known.values())
