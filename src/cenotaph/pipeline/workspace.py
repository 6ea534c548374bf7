"""A record held open: what follows from it now, looked up, listed, filtered, counted, searched.

A server keeps one for as long as it runs. After an addition or a decision `refresh` brings it up to
date; between two refreshes every answer is of one state, whatever others write meanwhile. The lines
of lists are in memory (`catalogues`), figures as they are asked for (`adding`); the things
themselves are read from the record when they are asked for.
"""

from collections import ChainMap
from collections.abc import (
    Callable,
    Collection,
    Iterator,
    Mapping,
    MutableMapping,
    Sequence,
)
from contextlib import ExitStack
from datetime import date
from functools import cached_property
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
from cenotaph.pipeline.adding import Adding
from cenotaph.pipeline.catalogues import Catalogues, Sizes
from cenotaph.pipeline.deciding import Decidable
from cenotaph.pipeline.foreseeing import Foreseeing
from cenotaph.pipeline.interpreted import Interpreted
from cenotaph.pipeline.kept import Standing, standing
from cenotaph.pipeline.opening import Opened
from cenotaph.pipeline.query import Page, Query
from cenotaph.pipeline.record import Derived, Done, assembled, nothing
from cenotaph.pipeline.register import Originator
from cenotaph.pipeline.rows import ClaimLine, FindingLine, IncidentLine, ReportLine, finding_id
from cenotaph.pipeline.seen import Overtaken
from cenotaph.pipeline.setting import Sources
from cenotaph.pipeline.settings import otherwise
from cenotaph.review import Review, Reviewed
from cenotaph.store import Listed, NoRoom, Record, documents, holding, index, search
from cenotaph.totals import Tally

__all__ = ["Sizes", "Workspace"]

MANY = 500
"""Things that are looked up before their memory is given back."""

SHOWN = 3_000
"""Claims that are kept in memory after a page showed them."""

FEW = 8
"""Words of which it is kept for a while which reports hold them."""

Answer = TypeVar("Answer")
Thing = TypeVar("Thing")


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
        self._adding: Adding
        self._ahead: Foreseeing
        self._memory: Opened
        self._reviews: Mapping[ClaimId, Review] = {}
        self._open(done)

    def _open(self, done: Done) -> None:
        """Take up what the record keeps, after following what was not followed."""
        self._opened.close()
        made = standing(self.record, sources=self.sources, ruleset=self.ruleset, done=done)
        self._standing = self._opened.enter_context(made)
        self._derived: Derived | None = None
        # The reports that hold words that were lately looked for.
        self._held_words: dict[str, set[DocumentId]] = {}
        # Claims that pages lately showed.
        self._shown: dict[ClaimId, ResolvedClaim] = {}
        self._memory = Opened(self._standing, self._found)
        self._adding = Adding(self._standing, self._tally)
        self._ahead = Foreseeing(self._standing, self._adding)
        index(self.record)
        self._touched = set(self._lists.claims)
        self._reviews = self.reviewed.reviews
        self._standing.let_go()
        self._standing.rest()
        self.version += 1

    def _tally(self, measure: Measure, group: str | None) -> Tally:
        return self._memory.tallied.of(measure, group)

    @property
    def _lists(self) -> Catalogues:
        return self._memory.lists

    def warm(self) -> Iterator[None]:
        """Read, step by step, what many pages need and opening does not, so that no page waits for
        it. Others may ask and change things between two steps."""
        for steps in (self._memory.tallied.warm(), self._lists.warm()):
            for _ in steps:
                self._standing.let_go()
                yield

    def catch_up(self) -> Iterator[None]:
        """Work out, step by step, what totals that were looked at come to now."""
        for _ in self._memory.tallied.catch_up():
            self._standing.let_go()
            yield

    def close(self) -> None:
        """Let go of the record."""
        self._opened.close()

    def let_go(self) -> None:
        """Give back the memory of what can be read again."""
        self._standing.let_go()

    def rest(self) -> None:
        """Hold no connection until something is asked again."""
        self._standing.rest()

    @property
    def derived(self) -> Derived:
        """All that follows, as one value; it is put together when it is first asked for."""
        if self._derived is None:
            lines = self._lists.reports
            listed = tuple(lines[id_].listed for id_ in sorted(lines))
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
        self._touched |= touched.claims | touched.moved
        for id_ in touched.claims:
            self._shown.pop(id_, None)
        self._adding.follow(touched)
        self._memory.take(touched)
        if touched.documents:
            index(self.record)
            self._held_words.clear()
        self._ahead.forget()
        self._derived = None
        self.version += 1
        return True

    @cached_property
    def otherwise(self) -> Sequence[Finding]:
        """What to tell of a gazetteer that is another now, or gone: see `settings.otherwise`."""
        return otherwise(self.sources, self.sources.open())

    @property
    def sizes(self) -> Sizes:
        """How much the record holds."""
        return self._lists.sizes

    @property
    def report_lines(self) -> Mapping[DocumentId, ReportLine]:
        """The lines of all reports, copies too, by identifier."""
        return self._lists.reports

    @property
    def claim_lines(self) -> Mapping[ClaimId, ClaimLine]:
        """The lines of all claims that stand, by identifier."""
        return self._lists.claims

    @property
    def claim_names(self) -> Collection[str]:
        """The identifiers of all claims that stand, to look many up at once."""
        return self._lists.claims.names

    @property
    def incident_lines(self) -> Mapping[ClaimId, IncidentLine]:
        """The lines of all incidents, by their first claims."""
        return self._lists.incidents

    @property
    def finding_lines(self) -> Mapping[str, FindingLine]:
        """The lines of all findings, by identifier."""
        return self._lists.findings

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
        return self._lists.unsure.keys()

    @property
    def killed(self) -> Figure:
        """Low, best and high of all that were killed, as `totals` has them for the whole."""
        return self._adding.killed

    def weight(self, claim: ClaimId) -> int:
        """Return how many of the low of all killed the figure counts that a claim belongs to."""
        return self._adding.weight(claim)

    def waiting(self) -> list[tuple[int, float, ClaimId]]:
        """Return the claims that nobody settled; see `Catalogues.waiting`."""
        reviews = self.reviewed.reviews
        settled = {id_ for id_, seen in reviews.items() if seen.state is not None}
        return self._memory.waiting(settled)

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
        return self._lists.claims_number(id_)

    def passages(self, id_: DocumentId) -> Sequence[Copy]:
        """Return the passages that a report shares word for word with earlier ones."""
        return tuple(self._standing.derivation.passages.of(id_))

    def checks(self, id_: DocumentId) -> Sequence[TotalCheck]:
        """Return the sums of a report that were held against their parts."""
        return self._standing.derivation.checks_of(id_)

    def remains(self) -> dict[ClaimId, tuple[ClaimId, ...]]:
        """Return, for each claim that was set aside, what stands of the event that it would be
        of; see `Derivation.remains`. Nobody else may ask anything meanwhile."""
        return self._standing.derivation.remains()

    @property
    def decidable(self) -> Decidable:
        """What decisions can be about."""
        rejected = {each.claim.id: each.claim for each in self.reviewed.rejected}

        def members(name: str) -> tuple[ClaimId, ...] | None:
            event = self.incident(IncidentId(name))
            return None if event is None else event.claims

        claims = ChainMap(rejected, cast(MutableMapping[ClaimId, ResolvedClaim], self.known))
        return Decidable(
            claims=claims,
            members=members,
            reports=self._lists.reports.keys(),
            bonds=self._standing.derivation.marks.bonds,
            event_of=self._standing.derivation.first_of.get,
        )

    def foresee(self, wanted: Sequence[Decision], ask: Callable[[], Answer]) -> Answer:
        """Return what `ask` answers with these decisions taken; they are not.

        What follows is brought to that state and back: while `ask` runs, claims, incidents of
        claims and `killed` are those that would be; lists are not. Raises DecisionError.
        """
        shown, self._shown = self._shown, {}
        try:
            return self._ahead.ask(wanted, ask, known=self.decidable)
        finally:
            self._shown = shown

    @property
    def dayless(self) -> int:
        """How many reports have no day of publication, neither given nor of their own."""
        return self._lists.dateless

    def said_of(self, facet: str, claims: Collection[ClaimId] | None = None) -> set[str]:
        """Return the values of a facet that any claim has, or any of some."""
        return self._lists.said_of(facet, claims)

    def claims_with(self, facet: str, value: str) -> Collection[str]:
        """Return the claims that have a value of a facet."""
        return self._lists.claims_with(facet, value)

    def outlets(self, reports: Collection[DocumentId] | None) -> Mapping[str, int]:
        """Return how many of some reports, or of all, are of each outlet; "" for none."""
        return self._lists.outlets(reports)

    @property
    def undated(self) -> int:
        """How many incidents have no date."""
        return self._lists.periodless

    def dateless(self) -> int:
        """Return how many incidents have no date, within what is foreseen too."""
        return sum(
            each.when is None or (each.when.start or each.when.end) is None
            for each in self._standing.derivation.incidents.values()
        )

    def report(self, id_: DocumentId) -> Listed | None:
        """Return a report as lists show it."""
        line = self._lists.reports.get(id_)
        return None if line is None else line.listed

    def published(self, id_: DocumentId) -> date | None:
        """Return a day of publication: of the metadata, else of the report's own date line."""
        line = self._lists.reports.get(id_)
        return None if line is None else line.day

    def copies(self, id_: DocumentId) -> tuple[DocumentId, ...]:
        """Return the reports of the same text beside an original."""
        return self._lists.copies(id_)

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
        found = self._shown.get(id_)
        if found is None:
            found = self.known.get(id_)
            if len(self._shown) >= SHOWN:
                self._shown.clear()
            if found is not None:
                self._shown[id_] = found
        return found

    def incident(self, id_: IncidentId) -> Incident | None:
        """Return an incident by its identifier."""
        first = self._lists.first_of(id_)
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
        found = (self.finding(each) for each in self.named_about(id_))
        return tuple(each for each in found if each is not None)

    def named_about(self, id_: ClaimId | DocumentId) -> Collection[str]:
        """Return the identifiers of the findings that concern a claim, or a report as a whole."""
        return self._lists.named_about(id_)

    def finding(self, id_: str) -> Finding | None:
        """Return a finding by the identifier that `finding_id` makes."""
        owner = self._lists.owner(id_)
        if owner is None:
            return None
        every = self._standing.lists.found_with(owner)
        return next((each for each in every if finding_id(each) == id_), None)

    def reports(self, asked: Query | None = None) -> Page[Listed]:
        """Return a page of reports. Order: key, published, title."""
        return self._lists.report_page(asked).of(lambda ids: self._things(self.report, ids))

    def claims(self, asked: Query | None = None) -> Page[ResolvedClaim]:
        """Return a page of claims; words are looked for in their quotes. Order: key, day, count."""
        return self.claim_ids(asked).of(lambda ids: self._things(self.claim, ids))

    def claim_ids(self, asked: Query | None = None) -> Page[ClaimId]:
        """Return the same page of claims by their identifiers."""
        return self._lists.claim_page(asked).of(lambda ids: map(ClaimId, ids))

    def incidents(self, asked: Query | None = None) -> Page[Incident]:
        """Return a page of incidents; words are looked for in the reports that tell of them.

        Order: key, day, killed, injured, sources.
        """
        return self._lists.incident_page(asked).of(lambda ids: self._things(self.incident, ids))

    def outlined(self, asked: Query | None = None) -> Page[IncidentLine]:
        """Return the same page of incidents by their lines."""

        def lines(ids: Sequence[str]) -> Iterator[IncidentLine]:
            firsts = (self._lists.first_of(IncidentId(id_)) for id_ in ids)
            if len(ids) > MANY:
                self._lists.incidents.hold()
            return (self._lists.incidents[first] for first in firsts if first is not None)

        return self._lists.incident_page(asked).of(lines)

    def findings(self, asked: Query | None = None) -> Page[Finding]:
        """Return a page of findings; words are looked for in the reports they are about.

        Order: key, code.
        """
        return self._lists.finding_page(asked).of(lambda ids: self._things(self.finding, ids))

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
        return self._memory.tellers.listed(self.record)

    def under(self, ruleset: Ruleset) -> Iterator[Incident]:
        """Yield the incidents as another ruleset reconciles them."""
        return self._standing.incidents(ruleset)

    def search(self, words: str, *, limit: int = 50) -> list[DocumentId]:
        """Return the reports that hold all of these words, in any spelling, the best first.

        Texts that others replace stay indexed; they do not stand, and are not given.
        """
        found = search(self.record, words)
        return [each for each in found if each in self._lists.reports][:limit]

    def _found(self, words: str) -> Collection[str]:
        if words not in self._held_words:
            if len(self._held_words) >= FEW:
                self._held_words.clear()
            self._held_words[words] = holding(self.record, words)
        return self._held_words[words]

    def totals(
        self,
        by: Sequence[str] = (),
        *,
        measure: Measure = Measure.KILLED,
        group: str | None = None,
    ) -> Totals:
        """Return totals as `totals.total` does; the same ones are added up once."""
        return self._adding.totals(by, measure=measure, group=group)

    def some_totals(
        self,
        by: Sequence[str],
        turn: Callable[[int], slice],
        *,
        measure: Measure,
        group: str | None,
    ) -> tuple[int, Totals]:
        """Return how many rows totals have, and totals with those that `turn` chooses of so
        many."""
        count = self._adding.count(by, measure=measure, group=group)
        return count, self._adding.some(by, turn(count), measure=measure, group=group)

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
        return self._adding.among(claims, by, sums=self._lists.sums, under=under)
