"""A record held open: what follows from it now, looked up, listed, filtered, counted, searched.

A server keeps one for as long as it runs. After an addition or a decision `refresh` brings it up to
date; between two refreshes every answer is of one state, whatever others write meanwhile.
"""

from collections import ChainMap
from collections.abc import Callable, Collection, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar, cast

from cenotaph import totals
from cenotaph.model import (
    UNSURE,
    ClaimId,
    Copy,
    Decision,
    Document,
    DocumentId,
    Figure,
    Finding,
    Incident,
    IncidentId,
    Link,
    LinkKind,
    Measure,
    ResolvedClaim,
    Ruleset,
    TotalCheck,
    Totals,
)
from cenotaph.pipeline.catalogue import Catalogue, Page, Query
from cenotaph.pipeline.decisions import Decidable, ready_to_enter
from cenotaph.pipeline.derivation import Derivation, Read, Update
from cenotaph.pipeline.document import interpret
from cenotaph.pipeline.interpreted import Interpreted
from cenotaph.pipeline.record import Derived, Done, assembled, catch_up, nothing
from cenotaph.pipeline.reports import Reports
from cenotaph.pipeline.rows import claim_row, finding_id, finding_row, incident_row, report_row
from cenotaph.pipeline.settings import Sources
from cenotaph.review import Reviewed, described, metadata
from cenotaph.spelling import fold
from cenotaph.store import Listed, Record, documents, index, phrases, search

REVIEWED = "decisions that found nothing to hold for"
"""What the findings of the review stand under, beside those of reports and events."""


Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How many reports, claims, incidents and findings a record has."""

    reports: int
    claims: int
    incidents: int
    findings: int


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
        self._derivation = Derivation(ruleset)
        self._tally = totals.Tally(
            self._derivation.known,
            self._derivation.links,
            self._derivation.incidents,
            ruleset=ruleset,
        )
        self._known: Reports | None = None
        self._unsure: dict[Link, None] = {}
        self._touched: set[ClaimId] = set()
        self._keys: Mapping[DocumentId, str] = {}
        self._listed: dict[DocumentId, Listed] = {}
        self._links: dict[ClaimId, tuple[Link, ...]] = {}
        self._to: dict[ClaimId, dict[Link, None]] = {}
        self._of: dict[str, tuple[Finding, ...]] = {}
        self._codes: dict[str, dict[Finding, None]] = {}
        self._shown: dict[ClaimId, IncidentId] = {}
        self._reports: Catalogue[Listed] = Catalogue()
        self._listed_claims: Catalogue[ResolvedClaim] = Catalogue()
        self._incidents: Catalogue[Incident] = Catalogue()
        self._findings: Catalogue[Finding] = Catalogue()
        self._derived: Derived | None = None
        self.refresh(done=done)

    @property
    def derived(self) -> Derived:
        """All that follows, as one value; it is put together when it is first asked for."""
        if self._derived is None:
            self._derived = assembled(self._derivation, tuple(self._listed.values()))
        return self._derived

    def refresh(self, *, done: Done = nothing) -> bool:
        """Take in what was added or decided since; tell whether anything changed.

        Reports without a reading are read first; `done` is called after each. Only what the change
        touches is derived anew.
        """
        state = self.record.state()
        if state == self._state:
            return False
        before = self._derivation.reviewed.reviews
        caught = catch_up(
            self.record,
            self._derivation,
            self._keys,
            sources=self.sources,
            done=done,
            listed=self._known,
        )
        if self._known is None or self._known.count != caught.reports.count:
            index(self.record)
        self._keys = caught.keys
        self._known = caught.reports
        after = self._derivation.reviewed.reviews
        self._touched |= {id_ for id_ in {*before, *after} if before.get(id_) != after.get(id_)}
        self._touched |= self._tally.change(caught.update.claims, caught.update.incidents)
        self._show(caught.reports.listed, caught.update)
        self._totals.clear()
        self._derived = None
        self._state = state
        self.version += 1
        return True

    def _show(self, known: Sequence[Listed], touched: Update) -> None:
        """Bring the lists up to date with what a change touched."""
        derivation = self._derivation
        listed = {each.id: each for each in known}
        there = self._listed
        fresh = {
            id_
            for id_, each in listed.items()
            if (old_one := there.get(id_)) is not each and old_one != each
        }
        gone = self._listed.keys() - listed.keys()
        self._listed = listed
        reports = {*fresh, *touched.documents}
        claims, incidents = set(touched.claims), set(touched.incidents)
        for id_ in touched.claims:
            for link in self._links.pop(id_, ()):
                self._to.get(link.to, {}).pop(link, None)
                self._unsure.pop(link, None)
            for link in derivation.links.get(id_, ()):
                self._links[id_] = derivation.links[id_]
                self._to.setdefault(link.to, {})[link] = None
                if link.kind is LinkKind.SAME_INCIDENT and link.by == UNSURE:
                    self._unsure[link] = None
        old: list[Finding] = []
        new: list[Finding] = []
        for owner in (*sorted(reports | gone), *sorted(incidents), REVIEWED):
            old += self._of.pop(owner, ())
            found = self._found_with(owner)
            if found:
                self._of[owner] = found
                new += found
        for finding in old:
            for about in _about(finding):
                self._codes.get(about, {}).pop(finding, None)
        for finding in new:
            for about in _about(finding):
                self._codes.setdefault(about, {})[finding] = None
        for finding in {*old} ^ {*new}:
            claims.update(finding.claims)
            reports.update(finding.documents)
        incidents |= {derivation.first_of[id_] for id_ in claims if id_ in derivation.first_of}
        self._reports.change(
            gone,
            (
                report_row(
                    listed[id_], derivation.interpreted.get(listed[id_].original), self._codes
                )
                for id_ in sorted(reports & listed.keys())
            ),
        )
        self._show_incidents(incidents)
        here = derivation.known
        self._listed_claims.change(
            sorted(claims - here.keys()),
            (
                claim_row(here[id_], self._incident_id(id_), self._codes)
                for id_ in sorted(claims & here.keys())
            ),
        )
        self._findings.change(
            (finding_id(each) for each in old),
            (finding_row(each, here, self._incident_ids(each)) for each in new),
        )

    def _show_incidents(self, firsts: set[ClaimId]) -> None:
        now = self._derivation.incidents
        out = [self._shown.pop(first) for first in sorted(firsts) if first in self._shown]
        come = [now[first] for first in sorted(firsts) if first in now]
        self._shown.update((each.claims[0], each.id) for each in come)
        rows = (incident_row(each, self._derivation.known, self._codes) for each in come)
        self._incidents.change(out, rows)

    def _found_with(self, owner: str) -> tuple[Finding, ...]:
        """Return the findings of a report, of an event by its first claim, or of decisions."""
        if owner == REVIEWED:
            return self._derivation.reviewed.findings
        id_ = DocumentId(owner)
        read = self._derivation.interpreted.get(id_)
        return (
            *(self._listed[id_].findings if id_ in self._listed else ()),
            *(read.findings if read is not None else ()),
            *self._derivation.findings_of(id_),
        )

    def _incident_id(self, claim: ClaimId) -> IncidentId | None:
        first = self._derivation.first_of.get(claim)
        return None if first is None else self._derivation.incidents[first].id

    def _incident_ids(self, finding: Finding) -> dict[ClaimId, IncidentId]:
        found = {claim: self._incident_id(claim) for claim in finding.claims}
        return {claim: id_ for claim, id_ in found.items() if id_ is not None}

    @property
    def sizes(self) -> Sizes:
        """How much the record holds."""
        return Sizes(
            reports=len(self._listed),
            claims=len(self._listed_claims),
            incidents=len(self._incidents),
            findings=len(self._findings),
        )

    @property
    def listed(self) -> Mapping[DocumentId, Listed]:
        """Every report, copies too, by identifier."""
        return self._listed

    @property
    def known(self) -> Mapping[ClaimId, ResolvedClaim]:
        """Every claim that stands, by identifier."""
        return self._derivation.known

    @property
    def reviewed(self) -> Reviewed:
        """What people made of claims; its claims are those of reports that were decided about."""
        return self._derivation.reviewed

    @property
    def unsure(self) -> Collection[Link]:
        """The links between claims that may tell of one incident and were kept apart."""
        return self._unsure.keys()

    @property
    def killed(self) -> Figure:
        """Low, best and high of all that were killed, as `totals` has them for the whole."""
        return self._tally.figure

    def weight(self, claim: ClaimId) -> int:
        """Return how many of the low of all killed the figure counts that a claim belongs to."""
        return self._tally.weight(claim)

    def touched(self) -> set[ClaimId]:
        """Return the claims that any refresh since the last call changed: in themselves, in their
        links, in what was decided about them or in what they weigh."""
        found, self._touched = self._touched, set()
        return found

    def claims_in(self, id_: DocumentId) -> Sequence[ResolvedClaim]:
        """Return the claims of an original, in the order of its text."""
        found = self._derivation.claims_of(id_)
        return sorted(found, key=lambda each: (each.claim.counted, each.claim.nth))

    def passages(self, id_: DocumentId) -> Sequence[Copy]:
        """Return the passages that a report shares word for word with earlier ones."""
        return tuple(self._derivation.passages.of(id_))

    def checks(self, id_: DocumentId) -> Sequence[TotalCheck]:
        """Return the sums of a report that were held against their parts."""
        return self._derivation.checks_of(id_)

    @property
    def decidable(self) -> Decidable:
        """What decisions can be about."""
        rejected = {each.claim.id: each.claim for each in self.reviewed.rejected}

        def members(name: str) -> tuple[ClaimId, ...] | None:
            event = self.incident(IncidentId(name))
            return None if event is None else event.claims

        claims = ChainMap(rejected, cast(MutableMapping[ClaimId, ResolvedClaim], self.known))
        return Decidable(claims=claims, members=members, reports=self._listed.keys())

    def foresee(self, wanted: Sequence[Decision], ask: Callable[[], Answer]) -> Answer:
        """Return what `ask` answers with these decisions taken; they are not.

        What follows is brought to that state and back: while `ask` runs, claims, incidents of
        claims and `killed` are those that would be; lists are not. Raises DecisionError.
        """
        known = self._known
        assert known is not None
        ready = ready_to_enter(self.record, wanted, known=self.decidable)
        last = max((each.sequence or 0 for each in known.held), default=0)
        held = (*known.held, *(replace(each, sequence=last + n) for n, each in enumerate(ready, 1)))
        said = metadata(held)
        again = [
            id_
            for id_, told in said.items()
            if told != known.metadata.get(id_) and id_ in self._derivation.interpreted
        ]
        setting = self.sources.open() if again else None
        now, then = [], []
        for stored in documents(self.record, again) if again else ():
            assert setting is not None
            old = self._derivation.interpreted[stored.id]
            as_now = described(stored, known.metadata.get(stored.id, {}))
            as_then = described(stored, said[stored.id])
            now.append(Read(document=as_now, interpreted=old))
            then.append(Read(document=as_then, interpreted=interpret(as_then, setting=setting)))
        try:
            self._lay(then, held, known)
            return ask()
        finally:
            self._lay(now, known.held, known)

    def _lay(self, reads: Sequence[Read], held: Sequence[Decision], known: Reports) -> None:
        update = self._derivation.change(reads, held=held, replaced=known.replaced)
        self._tally.change(update.claims, update.incidents)

    def dateless(self) -> int:
        """Return how many incidents have no date."""
        return sum(
            each.when is None or (each.when.start or each.when.end) is None
            for each in self._derivation.incidents.values()
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
        return None if listed is None else self._derivation.interpreted.get(listed.original)

    def claim(self, id_: ClaimId) -> ResolvedClaim | None:
        """Return a claim by its identifier."""
        return self._derivation.known.get(id_)

    def incident(self, id_: IncidentId) -> Incident | None:
        """Return an incident by its identifier."""
        return self._incidents.get(id_)

    def incident_of(self, claim: ClaimId) -> Incident | None:
        """Return the incident that a claim belongs to, None for sums and claims of no event."""
        id_ = self._incident_id(claim)
        return None if id_ is None else self.incident(id_)

    def links_from(self, claim: ClaimId) -> Sequence[Link]:
        """Return the links that start at a claim."""
        return self._links.get(claim, ())

    def links_to(self, claim: ClaimId) -> Sequence[Link]:
        """Return the links that lead to a claim."""
        return tuple(self._to.get(claim, ()))

    def findings_about(self, id_: ClaimId | DocumentId) -> Sequence[Finding]:
        """Return the findings that concern a claim, or a report as a whole."""
        return tuple(self._codes.get(id_, ()))

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
                for each in self._derivation.incidents.values()
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
                for each in self._findings
                if any(id_ in told for id_ in each.documents)
            }
        return self._findings.page(asked, only=only)

    def search(self, words: str, *, limit: int = 50) -> list[DocumentId]:
        """Return the reports that hold all of these words, in any spelling, the best first.

        Texts that others replace stay indexed; they do not stand, and are not given.
        """
        found = search(self.record, words)
        return [each for each in found if each in self._listed][:limit]

    def _found(self, asked: Query | None) -> set[str]:
        return set(search(self.record, _words(asked), limit=1_000_000))

    def _saying(self, asked: Query | None) -> set[str]:
        """Return the claims whose quotes hold all the words, in reports that hold them."""
        told = self._found(asked)
        wanted = tuple(phrases(_words(asked)))
        return {
            id_
            for id_, each in self._derivation.known.items()
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


def _about(finding: Finding) -> tuple[str, ...]:
    """Return what a finding is looked up by: its claims, else the reports it is about."""
    return tuple(dict.fromkeys(finding.claims or finding.documents))


def _words(asked: Query | None) -> str:
    return asked.words.strip() if asked is not None else ""
