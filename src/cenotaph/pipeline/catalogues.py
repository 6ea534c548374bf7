"""The four lists of a record: reports, claims, incidents and findings.

What they can be filtered and ordered by is in memory, as columns; a line is read from the record
(see `lists`) when it is asked for. A list is asked for the keys of a page; the things themselves
are the caller's to look up. All of it can be written down and taken up again.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, ValuesView
from dataclasses import dataclass, replace
from typing import Generic, NamedTuple, TypeVar

import msgspec
import numpy as np

from cenotaph.collector import undisturbed
from cenotaph.model import ClaimId, DocumentId, IncidentId, Link
from cenotaph.pipeline import rows
from cenotaph.pipeline.catalogue import Catalogue, Columns
from cenotaph.pipeline.lists import Lists, about
from cenotaph.pipeline.query import Page, Query, Row
from cenotaph.pipeline.rows import ClaimLine, FindingLine, IncidentLine, ReportLine
from cenotaph.totals import SUMS

Key = TypeVar("Key", bound=str)
Line = TypeVar("Line")

MANY = 1_000
"""Lines that are read in one step."""

KEPT = 5_000
"""Lines of a list that are read one by one and kept in memory."""

Sheets = Callable[[str], bytes | None]
"""Gives a part of what a record keeps as columns, None where it keeps none."""

QUOTES = "quotes"
QUOTED = dict[ClaimId, str]

Found = Callable[[str], Collection[str]]
"""Gives the reports that hold some words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How many reports, claims, incidents and findings a record has."""

    reports: int
    claims: int
    incidents: int
    findings: int


class Written(NamedTuple):
    """The four lists as they are written down; incidents with their first claims, copies with their
    originals, findings by their owners, and the links between claims that were kept apart by the
    claims that they start at."""

    reports: Columns
    claims: Columns
    incidents: Columns
    firsts: dict[IncidentId, ClaimId]
    originals: dict[DocumentId, DocumentId]
    findings: dict[str, tuple[FindingLine, ...]]
    unsure: dict[ClaimId, tuple[Link, ...]]


class Lines(Mapping[Key, Line], Generic[Key, Line]):
    """The lines of a list by key, each read when it is first asked for; `keys` knows which there
    are, `read` and `every` read one and all of them."""

    def __init__(
        self,
        keys: Callable[[], Collection[str]],
        read: Callable[[Key], Line | None],
        every: Callable[[], Iterable[tuple[Key, Line]]],
    ) -> None:
        self._keys, self._read, self._every = keys, read, every
        self._here: dict[Key, Line] = {}
        self._whole = False
        self._kept = KEPT

    def __getitem__(self, key: Key) -> Line:
        if key not in self._here:
            found = self._read(key) if key in self else None
            if found is None:
                raise KeyError(key)
            if len(self._here) >= self._kept and not self._whole:
                self._here.clear()
            self._here[key] = found
        return self._here[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys()

    @property
    def names(self) -> Collection[str]:
        """The keys of all lines, to look many up at once."""
        keys = self._keys()
        return keys.names if isinstance(keys, Catalogue) else keys

    def __iter__(self) -> Iterator[Key]:
        return iter(self._keys())  # type: ignore[arg-type]

    def __len__(self) -> int:
        return len(self._keys())

    def take(self, lines: Mapping[Key, Line | None]) -> None:
        """Take over lines that came or changed, None for those that went."""
        for key, line in lines.items():
            if line is None:
                self._here.pop(key, None)
            elif self._whole or len(self._here) < self._kept:
                self._here[key] = line

    def values(self) -> ValuesView[Line]:
        """Return all lines, which are in memory from now on."""
        self.hold()
        return self._here.values()

    def warm(self) -> Iterator[None]:
        """Have all in memory little by little."""
        for number, key in enumerate(list(self)):
            self._kept = len(self)
            self.get(key)
            if number % MANY == 0:
                yield
        self._whole = all(key in self._here for key in self)

    def hold(self) -> None:
        """Have all in memory from now on."""
        if not self._whole:
            self._here = dict(self._every())
            self._whole = True


class Catalogues:
    """All that a record lists, and what it can be found by.

    `first_of` gives the event that a claim belongs to, by its first claim; `found` the reports that
    hold words, `phrases` the words as quotes are looked through for them, and `lists` the lines
    that the record keeps.
    """

    def __init__(
        self,
        first_of: Callable[[ClaimId], ClaimId | None],
        found: Found,
        phrases: Callable[[str], Iterable[str]],
        lists: Callable[[], Lists],
    ) -> None:
        self._event, self._found, self._phrases, self._lists = first_of, found, phrases, lists
        self._reports = Catalogue()
        self._claims = Catalogue()
        self._incidents = Catalogue()
        self._findings = Catalogue()
        self.reports: Lines[DocumentId, ReportLine] = Lines(
            lambda: self._reports,
            lambda id_: lists().reports.get(id_),
            lambda: lists().reports.items(),
        )
        self.claims: Lines[ClaimId, ClaimLine] = Lines(
            lambda: self._claims,
            lambda id_: lists().claims.get(id_),
            lambda: lists().claims.items(),
        )
        self.incidents: Lines[ClaimId, IncidentLine] = Lines(
            lambda: self._ids.keys(),
            lambda id_: lists().incidents.get(id_),
            lambda: lists().incidents.items(),
        )
        self.findings: dict[str, FindingLine] = {}
        self.unsure: dict[Link, None] = {}
        self._unsure: dict[ClaimId, tuple[Link, ...]] = {}
        self._firsts: dict[IncidentId, ClaimId] = {}
        self._ids: dict[ClaimId, IncidentId] = {}
        self._owners: dict[str, set[str]] = {}
        self._owned: dict[str, tuple[FindingLine, ...]] = {}
        self._about: dict[str, dict[str, None]] = {}
        self._originals: dict[DocumentId, DocumentId] = {}
        self._beside: dict[DocumentId, set[DocumentId]] = {}
        self._quotes: dict[ClaimId, str] | None = None
        self._requoted: dict[ClaimId, str] = {}
        self._sheet: Sheets = _no_sheet

    def begin(self, sheet: Sheets) -> None:
        """Take over all lines that the record keeps; `sheet` gives what it keeps as columns."""
        self._sheet, self._quotes = sheet, {}
        lists = self._lists()
        self.take({}, {}, {}, dict(lists.findings.items()))
        for reports in _some(lists.reports.items()):
            self.take(reports, {}, {}, {})
        for claims in _some(lists.claims.items()):
            self.take({}, claims, {}, {})
        for incidents in _some(lists.incidents.items()):
            self.take({}, {}, incidents, {})

    @property
    def written(self) -> Written:
        """All of it as it is written down."""
        return Written(
            reports=self._reports.written(),
            claims=self._claims.written(),
            incidents=self._incidents.written(),
            firsts=self._firsts,
            originals=self._originals,
            findings=self._owned,
            unsure=self._unsure,
        )

    def resume(self, written: Written, sheet: Sheets) -> None:
        """Take up what was written down of these lists."""
        self._sheet = sheet
        self._take_findings(written.findings)
        self._reports = Catalogue.taken(written.reports)
        self._claims = Catalogue.taken(written.claims)
        self._incidents = Catalogue.taken(written.incidents)
        self._firsts = written.firsts
        self._ids = {first: id_ for id_, first in written.firsts.items()}
        for id_, original in written.originals.items():
            self._stand_beside(id_, original)
        for claim, links in written.unsure.items():
            self._keep_apart(claim, links)

    def told(self) -> object:
        """Return all of it in one order, whatever that was in which it came."""
        listed = (self._reports, self._claims, self._incidents, self._findings)
        quotes = {id_: quote for id_, quote in self.quotes.items() if id_ in self._claims}
        beside = (self._firsts, self._originals, self._owned, self._unsure)
        return tuple(each.told() for each in listed), quotes, beside

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
        self.reports.take(reports)
        self.claims.take(claims)
        self.incidents.take(incidents)
        for id_, report in reports.items():
            self._stand_beside(id_, id_ if report is None else report.listed.original)
        for claim_id, claim in claims.items():
            self._keep_apart(claim_id, () if claim is None else claim.unsure)
            if claim is not None:
                self._requoted[claim_id] = claim.quote
        out = []
        for first in incidents:
            name = self._ids.pop(first, None)
            if name is not None:
                out.append(name)
                if self._firsts.get(name) == first:
                    del self._firsts[name]
        for first, incident in incidents.items():
            if incident is not None:
                self._ids[first] = IncidentId(incident.id)
                self._firsts[IncidentId(incident.id)] = first
        told = {ClaimId(id_): self.claims.get(ClaimId(id_)) for id_ in concerned}
        listed = {DocumentId(id_): self.reports.get(DocumentId(id_)) for id_ in concerned}
        come = {first: self.incidents.get(first) for first in self._events_of(concerned)}
        self._reports.change(
            [id_ for id_, report in reports.items() if report is None],
            (self._report_row(*each) for each in _there(listed | dict(reports))),
        )
        self._claims.change(
            [id_ for id_, claim in claims.items() if claim is None],
            (self._claim_row(*each) for each in _there(told | dict(claims))),
        )
        there = _there(come | dict(incidents))
        self._incidents.change(out, (self._incident_row(line) for _, line in there))

    def _events_of(self, claims: Iterable[str]) -> Iterator[ClaimId]:
        """Yield the events that claims belong to, by their first claims."""
        for claim in claims:
            first = self._event(ClaimId(claim))
            if first is not None and first in self._ids:
                yield first

    def _report_row(self, id_: DocumentId, line: ReportLine) -> Row:
        more = {"finding": self._codes(id_), "dated": [] if line.day is None else ["yes"]}
        return rows.row(id_, line, rows.REPORTS, rows.REPORT_ORDERS, more)

    def _claim_row(self, id_: ClaimId, line: ClaimLine) -> Row:
        more = {
            "finding": self._codes(id_),
            "copied": ["yes"] if line.copied else [],
            "person": line.persons,
            "body": line.bodies,
            "blamed": line.blamed,
        }
        made = rows.row(id_, line, rows.CLAIMS, rows.CLAIM_ORDERS, more)
        return replace(made, order={**made.order, "sure": line.sure})

    def _incident_row(self, line: IncidentLine) -> Row:
        codes = {code for claim in line.claims for code in self._codes(claim)}
        more: dict[str, Collection[str]] = {
            "finding": codes,
            "spot": ["yes"] if line.spotted else [],
            "dated": ["yes"] if any(day is not None for day in line.days) else [],
        }
        return rows.row(line.id, line, rows.INCIDENTS, rows.INCIDENT_ORDERS, more)

    def _codes(self, id_: str) -> set[str]:
        """Return the codes of the findings about a claim, or a report as a whole."""
        return {self.findings[each].code for each in self._about.get(id_, ())}

    def _stand_beside(self, id_: DocumentId, original: DocumentId) -> None:
        """Note what a report is a copy of; itself for an original, and for one that is gone."""
        old = self._originals.pop(id_, None)
        if old is not None:
            self._beside[old].discard(id_)
        if original != id_:
            self._originals[id_] = original
            self._beside.setdefault(original, set()).add(id_)

    def _keep_apart(self, claim: ClaimId, links: tuple[Link, ...]) -> None:
        """Note the links from a claim to others that may tell of the same."""
        for link in self._unsure.pop(claim, ()):
            self.unsure.pop(link, None)
        if links:
            self._unsure[claim] = links
            self.unsure.update(dict.fromkeys(links))

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
    def sums(self) -> frozenset[ClaimId]:
        """The claims that state sums over several events."""
        return frozenset(map(ClaimId, self._claims.having("scope", [each.value for each in SUMS])))

    def warm(self) -> Iterator[None]:
        """Have in memory, little by little, the lines that a map and a report are made of, and the
        quotes of claims, which are looked through for words."""
        for number, id_ in enumerate(self.sums):
            self.claims.get(id_)
            if number % MANY == 0:
                yield
        yield from self.incidents.warm()
        with undisturbed():
            self.quotes  # noqa: B018
        yield

    @property
    def periodless(self) -> int:
        """How many incidents have no date."""
        return self._incidents.periodless()

    def first_of(self, id_: IncidentId) -> ClaimId | None:
        """Return the first claim of an incident that is listed."""
        return self._firsts.get(id_)

    def claims_number(self, id_: DocumentId) -> int:
        """Return how many claims an original has."""
        return self._claims.number("document", id_)

    @property
    def dateless(self) -> int:
        """How many reports have no day of publication, neither given nor of their own."""
        return self._reports.number("dated", "")

    def said_of(self, facet: str, claims: Collection[ClaimId] | None = None) -> set[str]:
        """Return the values of a facet that any claim has, or any of some."""
        return self._claims.had(facet, claims)

    def claims_with(self, facet: str, value: str) -> Collection[str]:
        """Return the claims that have a value of a facet."""
        return frozenset(self._claims.having(facet, (value,)))

    def outlets(self, reports: Collection[DocumentId] | None) -> Mapping[str, int]:
        """Return how many of some reports, or of all, are of each outlet; "" for none."""
        counts = self._reports.page(Query(limit=0), only=reports).counts
        return counts.get("publisher", {})  # a record without a report has no facet

    def waiting(
        self, weights: Mapping[ClaimId, int], settled: Collection[ClaimId]
    ) -> list[tuple[int, float, ClaimId]]:
        """Return the claims that nobody settled and that no earlier report said, those that weigh
        most first, and of equal ones those that were read with most doubt: each with its weight
        below nought and how sure its reading is."""
        keys, sure = self._claims.column("sure", "copied", "")
        heavy = -np.array([weights.get(ClaimId(key), 0) for key in keys], np.int64)
        ranked = np.lexsort((sure, heavy))
        every = zip(heavy[ranked].tolist(), sure[ranked].tolist(), ranked.tolist(), strict=True)
        found = ((weight, doubt, ClaimId(keys[at])) for weight, doubt, at in every)
        return [each for each in found if each[2] not in settled]

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
        told = ("document", self._found(_words(asked))) if _words(asked) else None
        return self._incidents.page(asked, having=told)

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

    def _saying(self, words: str) -> list[str]:
        """Return the claims whose quotes hold all the words, in reports that hold them."""
        told = self._claims.having("document", self._found(words))
        for word in self._phrases(words) if told else ():
            quotes = self.quotes
            told = [id_ for id_ in told if word in quotes[ClaimId(id_)]]
        return told

    @property
    def quotes(self) -> dict[ClaimId, str]:
        """The quotes of claims, those of some that are gone among them."""
        if self._quotes is None:
            content = self._sheet(QUOTES)
            self._quotes = {} if content is None else msgspec.msgpack.decode(content, type=QUOTED)
            if not self._quotes:
                self._quotes = {id_: line.quote for id_, line in self._lists().claims.items()}
        if self._requoted:
            self._quotes.update(self._requoted)
            self._requoted.clear()
        return self._quotes


def _no_sheet(_: str) -> None:
    return None


def _there(lines: Mapping[Key, Line | None]) -> Iterator[tuple[Key, Line]]:
    return ((key, line) for key, line in lines.items() if line is not None)


def _some(lines: Iterable[tuple[Key, Line]]) -> Iterator[dict[Key, Line]]:
    """Yield lines in parts, so that not all are in memory at once."""
    part: dict[Key, Line] = {}
    for key, line in lines:
        part[key] = line
        if len(part) == MANY:
            yield part
            part = {}
    yield part


def _words(asked: Query | None) -> str:
    return asked.words.strip() if asked is not None else ""
