"""One state of a record, with the ways to look it up that pages need."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar

from cenotaph.export.contract import GazetteerJson
from cenotaph.export.documents import gazetteer
from cenotaph.model import (
    COPIED,
    DECIDED,
    ClaimId,
    Copy,
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
    make_id,
)
from cenotaph.pipeline import (
    UNREAD,
    ClaimLine,
    Decidable,
    Derived,
    FindingLine,
    IncidentLine,
    Originator,
    Page,
    Query,
    ReportLine,
    Sizes,
    Workspace,
    concerning,
)
from cenotaph.review import Rejected, Review
from cenotaph.store import Listed
from cenotaph.web.leading import Led
from cenotaph.web.questions import Questions
from cenotaph.web.waiting import Waiting

Key = TypeVar("Key")
Item = TypeVar("Item")


class Lookup(Generic[Key, Item]):
    """Things found by their names, each when it is asked for."""

    def __init__(self, ask: Callable[[Key], Item | None]) -> None:
        self._ask = ask

    def get(self, key: Key) -> Item | None:
        """Return the thing of a name, None where there is none."""
        return self._ask(key)

    def __contains__(self, key: Key) -> bool:
        return self._ask(key) is not None


class Reports(Mapping[DocumentId, Listed]):
    """Reports as lists show them, by identifier."""

    def __init__(self, lines: Mapping[DocumentId, ReportLine]) -> None:
        self._lines = lines

    def __getitem__(self, id_: DocumentId) -> Listed:
        return self._lines[id_].listed

    def __iter__(self) -> Iterator[DocumentId]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


class Claims(Mapping[ClaimId, ResolvedClaim]):
    """Claims by identifier, each read when it is asked for."""

    def __init__(self, space: Workspace) -> None:
        self._space = space

    def __getitem__(self, id_: ClaimId) -> ResolvedClaim:
        found = self._space.claim(id_) if id_ in self else None
        if found is None:
            raise KeyError(id_)
        return found

    def __contains__(self, id_: object) -> bool:
        return id_ in self._space.claim_lines

    def __iter__(self) -> Iterator[ClaimId]:
        return iter(self._space.claim_lines)

    def __len__(self) -> int:
        return len(self._space.claim_lines)


class Copies(Mapping[DocumentId, tuple[DocumentId, ...]]):
    """For an original, the reports of the same text that stand beside it."""

    def __init__(self, space: Workspace) -> None:
        self._space = space

    def __getitem__(self, id_: DocumentId) -> tuple[DocumentId, ...]:
        found = self._space.copies(id_)
        if not found:
            raise KeyError(id_)
        return found

    def __iter__(self) -> Iterator[DocumentId]:
        return (id_ for id_ in self._space.report_lines if self._space.copies(id_))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class View:
    """What a record held open says at one version. Nothing is changed through it.

    It looks into the workspace: whoever uses one keeps others from changing the record meanwhile
    (`Held.exclusively`).
    """

    def __init__(self, space: Workspace, waiting: Waiting, questions: Questions) -> None:
        self.version = space.version
        self.waiting = waiting
        self.questions = questions
        self.kept_sources: tuple[Originator, ...] | None = None
        self.kept_reports: dict[object, Any] = {}
        self.last_report: Any = None
        self.told_words: frozenset[str] | None = None
        self._said: dict[str, frozenset[str]] = {}
        self._space = space
        self.listed = Reports(space.report_lines)
        self.copies = Copies(space)
        self.claims = Claims(space)
        self.incidents: Lookup[IncidentId, Incident] = Lookup(space.incident)
        self.incident_of: Lookup[ClaimId, Incident] = Lookup(space.incident_of)

    @cached_property
    def gazetteers(self) -> Sequence[GazetteerJson]:
        """What the places of the record were taken from, with whom to credit for it."""
        return [gazetteer(each) for each in self._space.record.gazetteers()]

    @cached_property
    def credit(self) -> str:
        """The same in one line, for a cell of a table."""
        return "; ".join(
            " ".join(filter(None, (each["name"], each["version"])))
            + (f" ({each['licence']})" if each["licence"] else "")
            + (f": {each['attribution']}" if each["attribution"] else "")
            for each in self.gazetteers
        )

    @property
    def otherwise(self) -> Sequence[Finding]:
        """What to tell of a gazetteer that the record was read with and is another now, or gone."""
        return self._space.otherwise

    @property
    def found(self) -> Derived:
        """All that follows, put together as one value: for who goes through a small record."""
        return self._space.derived

    @property
    def sizes(self) -> Sizes:
        """How many reports, claims, incidents and findings there are."""
        return self._space.sizes

    @property
    def ruleset(self) -> Ruleset:
        """The rules of the record."""
        return self._space.ruleset

    @property
    def decidable(self) -> Decidable:
        """What decisions can be about."""
        return self._space.decidable

    @property
    def report_lines(self) -> Mapping[DocumentId, ReportLine]:
        """The lines of reports by identifier."""
        return self._space.report_lines

    @property
    def claim_lines(self) -> Mapping[ClaimId, ClaimLine]:
        """The lines of claims by identifier."""
        return self._space.claim_lines

    @property
    def claim_names(self) -> Collection[str]:
        """The identifiers of all claims that stand, to look many up at once."""
        return self._space.claim_names

    @property
    def incident_lines(self) -> Mapping[ClaimId, IncidentLine]:
        """The lines of incidents by their first claims."""
        return self._space.incident_lines

    def claims_of(self, id_: DocumentId) -> Sequence[ResolvedClaim]:
        """Return the claims of an original, in the order of the text."""
        return self._space.claims_in(id_)

    def links_from(self, claim: ClaimId) -> Sequence[Link]:
        """Return the links that start at a claim."""
        return self._space.links_from(claim)

    def parts_of(self, id_: ClaimId) -> Sequence[ResolvedClaim]:
        """Return the breakdowns of a claim."""
        claim = self.claims.get(id_)
        beside = self.claims_of(claim.claim.document) if claim else ()
        return [each for each in beside if each.claim.part_of == id_]

    def findings_about(self, id_: ClaimId | DocumentId) -> Sequence[Finding]:
        """Return the findings that concern a claim, or a report as a whole."""
        return self._space.findings_about(id_)

    def not_read(self, id_: DocumentId) -> bool:
        """Tell whether a report was kept and nothing was taken from it."""
        return any(each.code in UNREAD for each in self.findings_about(id_))

    @property
    def findings(self) -> Collection[FindingLine]:
        """The lines of all findings, in no order."""
        return self._space.finding_lines.values()

    def finding(self, id_: str) -> Finding | None:
        """Return a finding by its identifier."""
        return self._space.finding(id_)

    @cached_property
    def concerned(self) -> Counter[DocumentId]:
        """How many findings concern each report."""
        return Counter(id_ for each in self.findings for id_ in concerning(each))

    def said_of(self, facet: str, claims: Collection[ClaimId] | None = None) -> Set[str]:
        """Return the values of a facet that any claim has, or any of some."""
        if claims is not None:
            return self._space.said_of(facet, claims)
        if facet not in self._said:
            self._said[facet] = frozenset(self._space.said_of(facet))
        return self._said[facet]

    def claims_with(self, facet: str, value: str) -> Collection[str]:
        """Return the claims that have a value of a facet."""
        return self._space.claims_with(facet, value)

    @cached_property
    def in_time(self) -> tuple[IncidentLine, ...]:
        """The lines of all incidents in the order of their days, those without one last."""
        return tuple(sorted(self.incident_lines.values(), key=begun))

    @cached_property
    def every_claim(self) -> Set[ClaimId]:
        """The identifiers of all claims that stand."""
        return frozenset(self.claim_lines)

    @cached_property
    def every_source(self) -> tuple[str, ...]:
        """Who said what of all incidents, by name."""
        return tuple(sorted({name for event in self.in_time for name in event.sources}))

    @cached_property
    def of_incidents(self) -> Set[ClaimId]:
        """The claims of all incidents."""
        return frozenset[ClaimId]().union(*(e.claims for e in self.incident_lines.values()))

    @cached_property
    def of_no_incident(self) -> Set[str]:
        """The claims that belong to no incident."""
        return set(self.claim_names) - self.of_incidents

    @cached_property
    def every_document(self) -> tuple[DocumentId, ...]:
        """The reports that say anything, by identifier."""
        return tuple(map(DocumentId, sorted(self.said_of("document"))))

    @cached_property
    def every_outlet(self) -> Mapping[str, int]:
        """How many of these are of each outlet; "" for none."""
        return self.outlets(self.every_document)

    def drop(self) -> None:
        """Give back what is kept with this state, which is no longer that of the record."""
        self.kept_reports.clear()  # they look up incidents in this view: each holds the other

    def let_go(self) -> None:
        """Give back the memory of what can be read again."""
        self._space.let_go()

    def outlets(self, reports: Collection[DocumentId] | None) -> Mapping[str, int]:
        """Return how many of some reports, or of all, are of each outlet; "" for none."""
        return self._space.outlets(reports)

    def claims_number(self, id_: DocumentId) -> int:
        """Return how many claims an original has."""
        return self._space.claims_number(id_)

    def checks_of(self, id_: DocumentId) -> Sequence[TotalCheck]:
        """Return the sums of a report that were held against their parts."""
        return self._space.checks(id_)

    def passages(self, id_: DocumentId) -> Sequence[Copy]:
        """Return the passages that a report shares word for word with an earlier one."""
        return self._space.passages(id_)

    def published(self, listed: Listed) -> date | None:
        """Return a day of publication: of the metadata, else of the report's own date line."""
        return self._space.published(listed.id)

    @cached_property
    def undated(self) -> int:
        """How many reports have no day of publication, neither given nor of their own."""
        return self._space.dayless

    @cached_property
    def unsure(self) -> Sequence[Link]:
        """Pairs of claims that may tell of one incident, kept apart; the likeliest first."""
        return sorted(self._space.unsure, key=lambda link: (-link.score, link.claim, link.to))

    def totals(self, by: tuple[str, ...], measure: Measure, group: str | None) -> Totals:
        """Return the totals of the record. `by` are keys of `totals.KEYS`."""
        return self._space.totals(by, measure=measure, group=group)

    def some_totals(
        self, by: tuple[str, ...], measure: Measure, group: str | None, turn: Callable[[int], slice]
    ) -> tuple[int, Totals]:
        """Return how many rows totals have, and totals with those that `turn` chooses of so
        many."""
        return self._space.some_totals(by, turn, measure=measure, group=group)

    @cached_property
    def kept_apart(self) -> Mapping[ClaimId, Sequence[Link]]:
        """The pairs kept apart by each of their claims, the likeliest first."""
        found: dict[ClaimId, list[Link]] = {}
        for link in self.unsure:
            found.setdefault(link.claim, []).append(link)
            found.setdefault(link.to, []).append(link)
        return found

    def totals_among(
        self,
        claims: Collection[ClaimId],
        by: tuple[str, ...] = (),
        *,
        under: tuple[Ruleset, Mapping[ClaimId, Incident]] | None = None,
    ) -> Totals:
        """Return totals of those killed by some claims, with all claims of an event or none; see
        `Workspace.totals_among`."""
        return self._space.totals_among(claims, by, under=under)

    def under(self, ruleset: Ruleset) -> Iterator[Incident]:
        """Yield the incidents as another ruleset reconciles them."""
        return self._space.under(ruleset)

    def originators(self) -> tuple[Originator, ...]:
        """Return who first said what is counted, those with most reports first."""
        return self._space.originators()

    @property
    def killed(self) -> Figure:
        """Low, best and high of all that were killed."""
        return self._space.killed

    @property
    def dateless(self) -> int:
        """How many incidents have no date."""
        return self._space.undated

    def weight(self, claim: ClaimId) -> int:
        """Return how many of the low of all killed the figure of a claim counts."""
        return self._space.weight(claim)

    def list_reports(self, asked: Query) -> Page[Listed]:
        """Return a page of reports."""
        return self._space.reports(asked)

    def list_claims(self, asked: Query) -> Page[ResolvedClaim]:
        """Return a page of claims."""
        return self._space.claims(asked)

    def named_claims(self, asked: Query) -> tuple[ClaimId, ...]:
        """Return the identifiers of a page of claims."""
        return self._space.claim_ids(asked).rows

    def list_incidents(self, asked: Query) -> Page[Incident]:
        """Return a page of incidents."""
        return self._space.incidents(asked)

    def outline_incidents(self, asked: Query) -> Page[IncidentLine]:
        """Return a page of incidents by their lines."""
        return self._space.outlined(asked)

    def list_findings(self, asked: Query) -> Page[Finding]:
        """Return a page of findings."""
        return self._space.findings(asked)

    def review_of(self, claim: ClaimId) -> Review | None:
        """Return what was decided about a claim."""
        return self._space.reviewed.reviews.get(claim)

    @cached_property
    def all_settled(self) -> frozenset[ClaimId]:
        """The claims that a person has looked at and said what they are."""
        reviews = self._space.reviewed.reviews
        return frozenset(id_ for id_, seen in reviews.items() if seen.state is not None)

    def settled(self, claim: ClaimId) -> bool:
        """Tell whether a person has looked at a claim and said what it is."""
        seen = self.review_of(claim)
        return seen is not None and seen.state is not None

    @cached_property
    def rejected(self) -> Mapping[ClaimId, Rejected]:
        """Claims that a person set aside, with the reason."""
        return {each.claim.id: each for each in self._space.reviewed.rejected}

    @cached_property
    def _named_by(self) -> Mapping[str, ClaimId]:
        """The claim that would give an incident its name, were it the first; of every claim, those
        set aside too."""
        return {make_id("inc", each): each for each in (*self.claim_lines, *self.rejected)}

    @cached_property
    def _remains(self) -> Mapping[ClaimId, tuple[ClaimId, ...]]:
        return self._space.remains()

    def led(self, id_: str) -> Led | None:
        """Return where the name of an incident leads that none goes by now, None if none ever did.

        An incident is named by its first claim; one that was joined to another is found again
        here, and one whose first claim was set aside by those of its claims that stand.
        """
        by = self._named_by.get(id_)
        if by is None:
            return None
        gone = self.rejected.get(by)
        told = (by,) if gone is None else self._remains.get(by, ())
        events = list(dict.fromkeys(e.id for claim in told if (e := self.incident_of.get(claim))))
        standing = next((each for each in told if each in self.claim_lines), None)
        return Led(
            incident=events[0] if events else None,
            others=tuple(events[1:]),
            claim=standing,
            gone=gone,
        )

    @cached_property
    def _of_set_aside(self) -> Mapping[IncidentId, Sequence[str]]:
        """The names that lead to an incident though the claim that they are of was set aside."""
        found: dict[IncidentId, list[str]] = {}
        for gone, standing in self._remains.items():
            event = next((e for claim in standing if (e := self.incident_of.get(claim))), None)
            if event is not None:
                found.setdefault(event.id, []).append(make_id("inc", gone))
        return found

    def other_ids(self, event: Incident) -> list[str]:
        """Return every other name that leads to an incident: those it went by at an earlier state
        of the record are among them, as each is made of a claim that told of it first."""
        told = [make_id("inc", claim) for claim in event.claims]
        aside = self._of_set_aside.get(event.id, ()) if self.rejected else ()
        return [each for each in dict.fromkeys((*told, *aside)) if each != event.id]

    def original(self, claim: ClaimId) -> ResolvedClaim | None:
        """Return the claim that a claim was copied from, by its words or by decision, if it was."""
        for link in self.links_from(claim):
            if link.kind is LinkKind.REPEATS and link.by in (COPIED, DECIDED):
                return self.claims.get(link.to)
        return None

    def beside(self, incident: Incident) -> list[Finding]:
        """Return the findings that concern an incident's claims, each once."""
        named = {id_: None for claim in incident.claims for id_ in self._space.named_about(claim)}
        found = (self.finding(id_) for id_ in named)
        return [each for each in found if each is not None]


def begun(event: IncidentLine) -> tuple[float, str]:
    """Return that by which incidents stand in the order of their days, without one last."""
    first, last = event.days
    return first or last or float("inf"), event.id
