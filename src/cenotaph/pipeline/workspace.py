"""A record held open: what follows from it now, looked up, listed, filtered, counted, searched.

A server keeps one for as long as it runs. After an addition or a decision `refresh` brings it up to
date; between two refreshes every answer is of one state, whatever others write meanwhile. The lines
of lists are in memory; the things themselves are read from the record when they are asked for.
"""

from collections import ChainMap
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    MutableMapping,
    Sequence,
)
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar, cast

from cenotaph.model import (
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
    Measure,
    ResolvedClaim,
    Ruleset,
    TotalCheck,
    Totals,
)
from cenotaph.pipeline import rows
from cenotaph.pipeline.catalogue import Catalogue
from cenotaph.pipeline.deciding import Decidable, ready_to_enter
from cenotaph.pipeline.document import interpret
from cenotaph.pipeline.following import Overtaken
from cenotaph.pipeline.interpreted import Interpreted, encode
from cenotaph.pipeline.kept import Standing, standing
from cenotaph.pipeline.laid import Read
from cenotaph.pipeline.lists import REVIEWED, about
from cenotaph.pipeline.query import Page, Query, Row
from cenotaph.pipeline.record import Derived, Done, assembled, nothing
from cenotaph.pipeline.register import Originator
from cenotaph.pipeline.reported import Reports, reports
from cenotaph.pipeline.rows import ClaimLine, FindingLine, IncidentLine, ReportLine, finding_id
from cenotaph.pipeline.setting import Setting, Sources
from cenotaph.review import Review, Reviewed, described, metadata
from cenotaph.store import Listed, NoRoom, Record, documents, index, phrases, search
from cenotaph.totals import Added, Tally, total_of
from cenotaph.totals import Kept as Figures

MANY = 500
"""Things that are looked up before their memory is given back."""

Answer = TypeVar("Answer")
Thing = TypeVar("Thing")


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
        self._opened = ExitStack()
        self._standing: Standing
        self._reviews: Mapping[ClaimId, Review] = {}
        self._tally: Tally | None = None
        self._adding: Figures | None = None
        self._begin()
        self._open(done)

    def _begin(self) -> None:
        """Forget what is in memory."""
        self._touched: set[ClaimId] = set()
        self._totals: dict[tuple[tuple[str, ...], Measure, str | None], Totals] = {}
        self._added: dict[tuple[Measure, str | None], Added] = {}
        self._known: Reports | None = None
        self._derived: Derived | None = None
        self._reports = Catalogue()
        self._claims = Catalogue()
        self._incidents = Catalogue()
        self._findings = Catalogue()
        self._report_lines: dict[DocumentId, ReportLine] = {}
        self._claim_lines: dict[ClaimId, ClaimLine] = {}
        self._incident_lines: dict[ClaimId, IncidentLine] = {}
        self._first_of: dict[IncidentId, ClaimId] = {}
        self._finding_lines: dict[str, FindingLine] = {}
        self._owners: dict[str, set[str]] = {}
        self._owned: dict[str, tuple[FindingLine, ...]] = {}
        self._codes: dict[str, dict[str, None]] = {}
        self._beside: dict[DocumentId, set[DocumentId]] = {}
        self._unsure: dict[Link, None] = {}
        self._quotes: dict[DocumentId, dict[ClaimId, str]] = {}

    def _open(self, done: Done) -> None:
        """Take up what the record keeps, after following what was not followed."""
        self._opened.close()
        made = standing(self.record, sources=self.sources, ruleset=self.ruleset, done=done)
        self._standing = self._opened.enter_context(made)
        self._begin()
        self._tally = self._adding = None
        lists = self._standing.lists
        self._take(
            dict(lists.reports.items()),
            dict(lists.claims.items()),
            dict(lists.incidents.items()),
            dict(lists.findings.items()),
        )
        index(self.record)
        self._touched = set(self._claim_lines)
        self._reviews = self.reviewed.reviews
        self._standing.let_go()
        self._standing.rest()
        self.version += 1

    def close(self) -> None:
        """Let go of the record."""
        self._opened.close()

    def rest(self) -> None:
        """Hold no connection until something is asked again."""
        self._standing.rest()

    @property
    def derived(self) -> Derived:
        """All that follows, as one value; it is put together when it is first asked for."""
        if self._derived is None:
            listed = tuple(self._report_lines[id_].listed for id_ in sorted(self._report_lines))
            self._derived = assembled(self._standing.derivation, listed)
        return self._derived

    def refresh(self, *, done: Done = nothing) -> bool:
        """Take in what was added or decided since; tell whether anything changed.

        Reports without a reading are read first; `done` is called after each. Only what the change
        touches is derived anew.
        """
        before = self._reviews
        try:
            touched = self._standing.advance(done=done)
        except (Overtaken, NoRoom):
            self._open(done)
            return True
        if touched is None:
            return False
        after = self._reviews = self.reviewed.reviews
        self._touched |= {id_ for id_ in {*before, *after} if before.get(id_) != after.get(id_)}
        self._touched |= touched.claims
        if self._adding is not None:
            self._standing.add_up(self._adding, touched)
        if self._tally is not None:
            self._touched |= self._tally.change(touched.claims, touched.incidents)
        lists = self._standing.lists
        owners = {*touched.documents, *touched.incidents, REVIEWED}
        self._take(
            {id_: lists.reports.get(id_) for id_ in touched.documents},
            {id_: lists.claims.get(id_) for id_ in touched.claims},
            {first: lists.incidents.get(first) for first in touched.incidents},
            {owner: lists.findings.get(owner) for owner in owners},
        )
        if touched.documents:
            index(self.record)
        self._totals.clear()
        self._added.clear()
        self._known = self._derived = None
        self.version += 1
        return True

    def _take(
        self,
        new_reports: Mapping[DocumentId, ReportLine | None],
        new_claims: Mapping[ClaimId, ClaimLine | None],
        new_incidents: Mapping[ClaimId, IncidentLine | None],
        new_findings: Mapping[str, tuple[FindingLine, ...] | None],
    ) -> None:
        """Take over lines that came or changed, None for those that went."""
        concerned = self._take_findings(new_findings)
        out = [self._incident_lines[f].id for f in new_incidents if f in self._incident_lines]
        for id_, report in new_reports.items():
            self._take_report(id_, report)
        for claim_id, claim in new_claims.items():
            self._take_claim(claim_id, claim)
        for first, incident in new_incidents.items():
            old = self._incident_lines.pop(first, None)
            if old is not None and self._first_of.get(IncidentId(old.id)) == first:
                del self._first_of[IncidentId(old.id)]
            if incident is not None:
                self._incident_lines[first] = incident
        for first, incident in new_incidents.items():
            if incident is not None:
                self._first_of[IncidentId(incident.id)] = first
        claims = {*new_claims, *(id_ for id_ in concerned if id_ in self._claim_lines)}
        firsts = {*new_incidents, *self._events_of(id_ for id_ in concerned)}
        listed = {*new_reports, *(id_ for id_ in concerned if id_ in self._report_lines)}
        self._reports.change(
            *_changes(self._report_lines, listed, rows.REPORTS, rows.REPORT_ORDERS, self._codes_of)
        )
        self._claims.change(
            *_changes(self._claim_lines, claims, rows.CLAIMS, rows.CLAIM_ORDERS, self._codes_of)
        )
        come = (self._incident_row(first) for first in firsts if first in self._incident_lines)
        self._incidents.change(out, come)

    def _events_of(self, claims: Iterable[str]) -> Iterator[ClaimId]:
        """Yield the events that claims belong to, by their first claims."""
        first_of = self._standing.derivation.first_of
        for claim in claims:
            first = first_of.get(ClaimId(claim))
            if first is not None:
                yield first

    def _incident_row(self, first: ClaimId) -> Row:
        line = self._incident_lines[first]
        codes = {code for claim in line.claims for code in self._codes_of(claim)}
        more = {"finding": codes}
        return rows.row(line.id, line, rows.INCIDENTS, rows.INCIDENT_ORDERS, more)

    def _codes_of(self, id_: str) -> set[str]:
        """Return the codes of the findings about a claim, or a report as a whole."""
        return {self._finding_lines[each].code for each in self._codes.get(id_, ())}

    def _take_report(self, id_: DocumentId, line: ReportLine | None) -> None:
        old = self._report_lines.pop(id_, None)
        if old is not None:
            self._beside.get(old.listed.original, set()).discard(id_)
        if line is not None:
            self._report_lines[id_] = line
            if line.listed.original != id_:
                self._beside.setdefault(line.listed.original, set()).add(id_)

    def _take_claim(self, id_: ClaimId, line: ClaimLine | None) -> None:
        old = self._claim_lines.pop(id_, None)
        if old is not None:
            self._quotes.get(old.document, {}).pop(id_, None)
            for link in old.unsure:
                self._unsure.pop(link, None)
        if line is not None:
            self._claim_lines[id_] = line
            self._quotes.setdefault(line.document, {})[id_] = line.quote
            self._unsure.update(dict.fromkeys(line.unsure))

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
            for name in about(self._finding_lines.pop(id_)):
                self._codes.get(name, {}).pop(id_, None)
        for id_, line in come.items():
            self._finding_lines[id_] = line
            for name in about(line):
                self._codes.setdefault(name, {})[id_] = None
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
        """How much the record holds."""
        return Sizes(
            reports=len(self._reports),
            claims=len(self._claims),
            incidents=len(self._incidents),
            findings=len(self._findings),
        )

    @property
    def report_lines(self) -> Mapping[DocumentId, ReportLine]:
        """The lines of all reports, copies too, by identifier."""
        return self._report_lines

    @property
    def claim_lines(self) -> Mapping[ClaimId, ClaimLine]:
        """The lines of all claims that stand, by identifier."""
        return self._claim_lines

    @property
    def incident_lines(self) -> Mapping[ClaimId, IncidentLine]:
        """The lines of all incidents, by their first claims."""
        return self._incident_lines

    @property
    def finding_lines(self) -> Mapping[str, FindingLine]:
        """The lines of all findings, by identifier."""
        return self._finding_lines

    @property
    def known(self) -> Mapping[ClaimId, ResolvedClaim]:
        """Every claim that stands, by identifier; each is read when it is asked for."""
        return self._standing.derivation.known

    @property
    def reviewed(self) -> Reviewed:
        """What people made of claims; its claims are those of reports that were decided about."""
        return self._standing.derivation.reviewed

    @property
    def unsure(self) -> Collection[Link]:
        """The links between claims that may tell of one incident and were kept apart."""
        return self._unsure.keys()

    @property
    def _sums(self) -> Tally:
        if self._tally is None:
            self._tally = self._standing.tally(self._figures)
        return self._tally

    @property
    def _figures(self) -> Figures:
        if self._adding is None:
            self._adding = self._standing.figures()
            self._standing.let_go()
        return self._adding

    @property
    def killed(self) -> Figure:
        """Low, best and high of all that were killed, as `totals` has them for the whole."""
        return self._sums.figure

    def weight(self, claim: ClaimId) -> int:
        """Return how many of the low of all killed the figure counts that a claim belongs to."""
        return self._sums.weight(claim)

    def touched(self) -> set[ClaimId]:
        """Return the claims that any refresh since the last call changed: in themselves, in their
        links, in what was decided about them or in what they weigh."""
        found, self._touched = self._touched, set()
        return found

    def claims_in(self, id_: DocumentId) -> Sequence[ResolvedClaim]:
        """Return the claims of an original, in the order of its text."""
        found = self._standing.derivation.claims_of(id_)
        return sorted(found, key=lambda each: (each.claim.counted, each.claim.nth))

    def claims_number(self, id_: DocumentId) -> int:
        """Return how many claims an original has."""
        return len(self._quotes.get(id_, ()))

    def passages(self, id_: DocumentId) -> Sequence[Copy]:
        """Return the passages that a report shares word for word with earlier ones."""
        return tuple(self._standing.derivation.passages.of(id_))

    def checks(self, id_: DocumentId) -> Sequence[TotalCheck]:
        """Return the sums of a report that were held against their parts."""
        return self._standing.derivation.checks_of(id_)

    @property
    def decidable(self) -> Decidable:
        """What decisions can be about."""
        rejected = {each.claim.id: each.claim for each in self.reviewed.rejected}

        def members(name: str) -> tuple[ClaimId, ...] | None:
            event = self.incident(IncidentId(name))
            return None if event is None else event.claims

        claims = ChainMap(rejected, cast(MutableMapping[ClaimId, ResolvedClaim], self.known))
        return Decidable(claims=claims, members=members, reports=self._report_lines.keys())

    def foresee(self, wanted: Sequence[Decision], ask: Callable[[], Answer]) -> Answer:
        """Return what `ask` answers with these decisions taken; they are not.

        What follows is brought to that state and back: while `ask` runs, claims, incidents of
        claims and `killed` are those that would be; lists are not. Raises DecisionError.
        """
        if self._known is None:
            self._known = reports(self.record, [])
        known = self._known
        ready = ready_to_enter(self.record, wanted, known=self.decidable)
        last = max((each.sequence or 0 for each in known.held), default=0)
        held = (*known.held, *(replace(each, sequence=last + n) for n, each in enumerate(ready, 1)))
        said = metadata(held)
        derivation = self._standing.derivation
        again = [
            id_
            for id_, told in said.items()
            if told != known.metadata.get(id_) and id_ in derivation.interpreted
        ]
        setting = self.sources.open() if again else None
        now, then = [], []
        for stored in documents(self.record, again) if again else ():
            assert setting is not None
            old = derivation.interpreted[stored.id]
            as_now = described(stored, known.metadata.get(stored.id, {}))
            as_then = described(stored, said[stored.id])
            now.append(Read(document=as_now, interpreted=old))
            then.append(Read(document=as_then, interpreted=_again(as_then, old, setting)))
        tally = self._sums  # it begins with what is so now
        try:
            self._lay(tally, then, held, known)
            return ask()
        finally:
            self._lay(tally, now, known.held, known)
            self._standing.let_go()

    def _lay(
        self,
        tally: Tally,
        reads: Sequence[Read],
        held: Sequence[Decision],
        known: Reports,
    ) -> None:
        update = self._standing.lay(reads, held, known)
        tally.change(update.claims, update.incidents)

    @property
    def undated(self) -> int:
        """How many incidents have no date."""
        return self._incidents.periodless()

    def dateless(self) -> int:
        """Return how many incidents have no date, within what is foreseen too."""
        return sum(
            each.when is None or (each.when.start or each.when.end) is None
            for each in self._standing.derivation.incidents.values()
        )

    def report(self, id_: DocumentId) -> Listed | None:
        """Return a report as lists show it."""
        line = self._report_lines.get(id_)
        return None if line is None else line.listed

    def published(self, id_: DocumentId) -> date | None:
        """Return a day of publication: of the metadata, else of the report's own date line."""
        line = self._report_lines.get(id_)
        return None if line is None else line.day

    def copies(self, id_: DocumentId) -> tuple[DocumentId, ...]:
        """Return the reports of the same text beside an original."""
        return tuple(sorted(self._beside.get(id_, ())))

    def document(self, id_: DocumentId) -> Document | None:
        """Return a report with its text."""
        return next(iter(documents(self.record, [id_])), None)

    def interpreted(self, id_: DocumentId) -> Interpreted | None:
        """Return what a report says; of a copy, what its original says."""
        listed = self.report(id_)
        return (
            None if listed is None else self._standing.derivation.interpreted.get(listed.original)
        )

    def claim(self, id_: ClaimId) -> ResolvedClaim | None:
        """Return a claim by its identifier."""
        return self.known.get(id_)

    def incident(self, id_: IncidentId) -> Incident | None:
        """Return an incident by its identifier."""
        first = self._first_of.get(id_)
        return None if first is None else self._standing.derivation.incidents.get(first)

    def incident_of(self, claim: ClaimId) -> Incident | None:
        """Return the incident that a claim belongs to, None for sums and claims of no event."""
        first = self._standing.derivation.first_of.get(claim)
        return None if first is None else self._standing.derivation.incidents.get(first)

    def links_from(self, claim: ClaimId) -> Sequence[Link]:
        """Return the links that start at a claim."""
        return self._standing.derivation.links.get(claim, ())

    def findings_about(self, id_: ClaimId | DocumentId) -> Sequence[Finding]:
        """Return the findings that concern a claim, or a report as a whole."""
        found = (self.finding(each) for each in self._codes.get(id_, ()))
        return tuple(each for each in found if each is not None)

    def named_about(self, id_: ClaimId | DocumentId) -> Collection[str]:
        """Return the identifiers of the findings that concern a claim, or a report as a whole."""
        return self._codes.get(id_, {}).keys()

    def finding(self, id_: str) -> Finding | None:
        """Return a finding by the identifier that `finding_id` makes."""
        owners = self._owners.get(id_)
        if not owners:
            return None
        every = self._standing.lists.found_with(min(owners))
        return next((each for each in every if finding_id(each) == id_), None)

    def reports(self, asked: Query | None = None) -> Page[Listed]:
        """Return a page of reports. Order: key, published, title."""
        only = None if not _words(asked) else self._found(asked)
        return self._reports.page(asked, only=only).of(lambda ids: self._things(self.report, ids))

    def claims(self, asked: Query | None = None) -> Page[ResolvedClaim]:
        """Return a page of claims; words are looked for in their quotes. Order: key, day, count."""
        return self.claim_ids(asked).of(lambda ids: self._things(self.claim, ids))

    def claim_ids(self, asked: Query | None = None) -> Page[ClaimId]:
        """Return the same page of claims by their identifiers."""
        only = None if not _words(asked) else self._saying(asked)
        return self._claims.page(asked, only=only).of(lambda ids: map(ClaimId, ids))

    def incidents(self, asked: Query | None = None) -> Page[Incident]:
        """Return a page of incidents; words are looked for in the reports that tell of them.

        Order: key, day, killed, injured, sources.
        """
        return self._incident_page(asked).of(lambda ids: self._things(self.incident, ids))

    def outlined(self, asked: Query | None = None) -> Page[IncidentLine]:
        """Return the same page of incidents by their lines."""

        def lines(ids: Sequence[str]) -> Iterator[IncidentLine]:
            return (self._incident_lines[self._first_of[IncidentId(id_)]] for id_ in ids)

        return self._incident_page(asked).of(lines)

    def _incident_page(self, asked: Query | None) -> Page[str]:
        only: set[str] | None = None
        if _words(asked):
            told = self._found(asked)
            only = {key for key, id_ in self._incidents.values("document") if id_ in told}
        return self._incidents.page(asked, only=only)

    def findings(self, asked: Query | None = None) -> Page[Finding]:
        """Return a page of findings; words are looked for in the reports they are about.

        Order: key, code.
        """
        only: set[str] | None = None
        if _words(asked):
            told = self._found(asked)
            only = {
                id_
                for id_, line in self._finding_lines.items()
                if any(document in told for document in line.documents)
            }
        return self._findings.page(asked, only=only).of(lambda ids: self._things(self.finding, ids))

    def _things(self, look: Callable[[Any], Thing | None], ids: Sequence[str]) -> Iterator[Thing]:
        """Yield the things of a page; what reading them takes in memory is given back meanwhile."""
        for number, id_ in enumerate(ids, 1):
            found = look(id_)
            if found is not None:
                yield found
            if number % MANY == 0:
                self._standing.let_go()

    def originators(self) -> tuple[Originator, ...]:
        """Return who first said what is counted, those with most reports first."""
        return self._standing.originators()

    def under(self, ruleset: Ruleset) -> Iterator[Incident]:
        """Yield the incidents as another ruleset reconciles them."""
        return self._standing.incidents(ruleset)

    def search(self, words: str, *, limit: int = 50) -> list[DocumentId]:
        """Return the reports that hold all of these words, in any spelling, the best first.

        Texts that others replace stay indexed; they do not stand, and are not given.
        """
        found = search(self.record, words)
        return [each for each in found if each in self._report_lines][:limit]

    def _found(self, asked: Query | None) -> set[str]:
        return set(search(self.record, _words(asked), limit=1_000_000))

    def _saying(self, asked: Query | None) -> set[str]:
        """Return the claims whose quotes hold all the words, in reports that hold them."""
        wanted = tuple(phrases(_words(asked)))
        return {
            id_
            for document in self._found(asked)
            for id_, quote in self._quotes.get(DocumentId(document), {}).items()
            if all(word in quote for word in wanted)
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
            self._totals[key] = total_of(
                lambda of: self._add(measure, of),
                by=by,
                ruleset=self.ruleset,
                measure=measure,
                group=group,
            )
        return self._totals[key]

    def totals_among(
        self,
        claims: Collection[ClaimId],
        by: Sequence[str] = (),
        *,
        under: tuple[Ruleset, Mapping[ClaimId, Incident]] | None = None,
    ) -> Totals:
        """Return totals of those killed by some claims, which have all claims of an event or none;
        rows and whole are of these claims alone. `under` is another ruleset with the incidents as
        it reconciles them, by their first claims."""
        figures, rules = self._figures, self.ruleset
        if under is not None:
            rules = under[0]
            figures = figures.under(rules, under[1].items(), self.known)
        return total_of(figures.added(Measure.KILLED, self.known, claims), by=by, ruleset=rules)

    def _add(self, measure: Measure, group: str | None) -> Added:
        if (measure, group) not in self._added:
            self._added[measure, group] = self._figures.added(measure, self.known)(group)
        return self._added[measure, group]


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


def _again(document: Document, old: Interpreted, setting: Setting) -> Interpreted:
    """Read a report as a person would now have it described."""
    return interpret(document, setting=setting, before=encode(old) if setting.keeps else None)
