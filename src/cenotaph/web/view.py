"""What follows from a record, with the ways to look it up that pages need."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cenotaph import totals as adding
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
    Totals,
)
from cenotaph.pipeline import Derived
from cenotaph.store import Listed


@dataclass(frozen=True, kw_only=True)
class View:
    """One state of a record. Everything derived is looked up here, nothing is changed."""

    found: Derived
    number: int = 0
    _totals: dict[tuple[tuple[str, ...], Measure, str | None], Totals] = field(default_factory=dict)

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

    @cached_property
    def links_from(self) -> Mapping[ClaimId, Sequence[Link]]:
        """Links by the claim that they start from."""
        return grouped_by(self.found.linking.links, lambda link: (link.claim,))

    @cached_property
    def links_to(self) -> Mapping[ClaimId, Sequence[Link]]:
        """Links by the claim that they lead to."""
        return grouped_by(self.found.linking.links, lambda link: (link.to,))

    @cached_property
    def parts(self) -> Mapping[ClaimId, Sequence[ResolvedClaim]]:
        """The breakdowns of each claim."""
        grouped: dict[ClaimId, list[ResolvedClaim]] = {}
        for each in self.found.claims:
            if each.claim.part_of is not None:
                grouped.setdefault(each.claim.part_of, []).append(each)
        return grouped

    @cached_property
    def findings_of(self) -> Mapping[ClaimId, Sequence[Finding]]:
        """Findings by the claims that they concern."""
        grouped: dict[ClaimId, list[Finding]] = {}
        for each in self.found.findings:
            for claim in dict.fromkeys(each.claims):
                grouped.setdefault(claim, []).append(each)
        return grouped

    @cached_property
    def findings_about(self) -> Mapping[DocumentId, Sequence[Finding]]:
        """Findings by the reports that they concern as a whole."""
        grouped: dict[DocumentId, list[Finding]] = {}
        for each in self.found.findings:
            if not each.claims:
                for document in dict.fromkeys(each.documents):
                    grouped.setdefault(document, []).append(each)
        return grouped

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
        """Return the totals of the record, each made once. `by` are keys of `totals.KEYS`."""
        key = (by, measure, group)
        if key not in self._totals:
            found = self.found
            self._totals[key] = adding.total(
                found.claims,
                found.linking,
                found.incidents,
                by=by,
                ruleset=found.ruleset,
                measure=measure,
                group=group,
            )
        return self._totals[key]

    def original(self, claim: ClaimId) -> ResolvedClaim | None:
        """Return the claim of an earlier report that a claim was copied from, if it was."""
        for link in self.links_from.get(claim, ()):
            if link.kind is LinkKind.REPEATS and link.by == COPIED:
                return self.claims.get(link.to)
        return None

    def beside(self, incident: Incident) -> list[Finding]:
        """Return the findings that concern an incident's claims, each once."""
        known: dict[int, Finding] = {}
        for claim in incident.claims:
            for each in self.findings_of.get(claim, ()):
                known[id(each)] = each
        return list(known.values())


def grouped_by(
    links: Iterable[Link], key: Callable[[Link], Iterable[ClaimId]]
) -> Mapping[ClaimId, Sequence[Link]]:
    """Return links by what a function says they belong to."""
    grouped: dict[ClaimId, list[Link]] = {}
    for link in links:
        for claim in key(link):
            grouped.setdefault(claim, []).append(link)
    return grouped
