"""What lists know of each thing: facets to filter it by, its period, what it is ordered by.

A line holds this in the form in which a record keeps it (see `lists`), with what else is asked of
many things at once; the values of its facets and orders stand in the order of the list's names.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from cenotaph.model import (
    COPIED,
    DECIDED,
    MAY_BE_ONE,
    Certainty,
    ClaimId,
    DocumentId,
    Finding,
    Incident,
    Link,
    LinkKind,
    Measure,
    Place,
    Precision,
    ResolvedClaim,
    When,
    make_id,
)
from cenotaph.pipeline.interpreted import Interpreted
from cenotaph.pipeline.persons import blamed, bodies, persons
from cenotaph.pipeline.query import Row
from cenotaph.spelling import fold
from cenotaph.store import Listed

MONTHS = 24
"""Months that a period is listed under; a longer one is found by its days alone."""

Values = list[list[str]]
Days = list[int | None]
"""First and last day as numbers, None where it is open or not known."""

WHERE = ("country", "admin1", "admin2", "place", "precision")

# The facets of each list, beside the findings about its rows.
REPORTS = ("publisher", "lang", "country", "month", "state", "claims")
CLAIMS = (
    *WHERE, "month", "measure", "scope", "certainty", "event", "weapon", "target", "perpetrator",
    "source", "civilian", "document",
)  # fmt: skip
INCIDENTS = (
    *WHERE, "month", "event", "weapon", "target", "perpetrator", "source", "grade", "measure",
    "document",
)  # fmt: skip
FINDINGS = (*WHERE, "code", "document")
_SOURCES, _EVENT = INCIDENTS.index("source"), INCIDENTS.index("event")
_REPORTS = INCIDENTS.index("document")
_DOCUMENT, _SOURCE = CLAIMS.index("document"), CLAIMS.index("source")

REPORT_ORDERS = ("published", "title")
CLAIM_ORDERS = ("day", "count")
INCIDENT_ORDERS = ("day", "killed", "injured", "sources")
FINDING_ORDERS = ("code",)


class Line(Protocol):
    """What every line has."""

    @property
    def facets(self) -> Values:
        """The values of each facet."""

    @property
    def days(self) -> Days:
        """The period."""

    @property
    def order(self) -> Sequence[float | str | None]:
        """What it is ordered by."""


class ReportLine(NamedTuple):
    """A report; `day` is its day of publication, of the metadata or of its own date line."""

    facets: Values
    days: Days
    order: list[int | str | None]
    listed: Listed
    day: date | None


class ClaimLine(NamedTuple):
    """A claim.

    `quote` is folded; `sure` says from 0 to 1 how sure its
    reading is; `copied` that it was taken over from an earlier report; `unsure` are its links to
    claims that may tell of the same and were kept apart; `persons` are named in it, `bodies`
    say it, and `blamed` may be single persons who are blamed in it.
    """

    facets: Values
    days: Days
    order: list[int | None]
    quote: str
    sure: float
    copied: bool
    unsure: tuple[Link, ...]
    persons: tuple[str, ...]
    bodies: tuple[str, ...]
    blamed: tuple[str, ...]

    @property
    def document(self) -> DocumentId:
        """The report that says it."""
        return DocumentId(self.facets[_DOCUMENT][0])

    @property
    def when(self) -> When:
        """Its first and last day."""
        start, end = (None if n is None else date.fromordinal(n) for n in self.days)
        return When(quote=None, start=start, end=end)

    @property
    def source(self) -> str | None:
        """Who says it first."""
        named = self.facets[_SOURCE]
        return named[0] if named else None


class IncidentLine(NamedTuple):
    """An incident, with what a map draws and a report to the public chooses by.

    `figure` are low, best and high of those killed; place and period come without their words.
    """

    facets: Values
    days: Days
    order: list[int | None]
    id: str
    claims: tuple[ClaimId, ...]
    place: Place | None
    when: When | None
    figure: tuple[int | None, int | None, int | None] | None

    @property
    def sources(self) -> list[str]:
        """The independent sources."""
        return self.facets[_SOURCES]

    @property
    def event(self) -> str | None:
        """What happened."""
        named = self.facets[_EVENT]
        return named[0] if named else None

    @property
    def documents(self) -> list[str]:
        """The reports that tell of it."""
        return self.facets[_REPORTS]

    @property
    def spotted(self) -> bool:
        """Whether it can be drawn on a map."""
        return self.place is not None and (self.place.lat is not None or bool(self.place.admin1))


class FindingLine(NamedTuple):
    """A finding, without its words."""

    facets: Values
    days: Days
    order: list[str]
    id: str
    code: str
    claims: tuple[ClaimId, ...]
    documents: tuple[DocumentId, ...]


_COPIES = (COPIED, DECIDED)


def finding_id(found: Finding) -> str:
    """Return what a finding is called: it is made of what it says and of what it is about."""
    return make_id("fnd", found.code, *found.claims, *found.documents)


def row(
    key: str,
    line: Line,
    facets: Sequence[str],
    orders: Sequence[str],
    more: Mapping[str, Collection[str]],
) -> Row:
    """Return a line as a row of its list; `more` are facets that are kept with other things."""
    start, end = line.days
    return Row(
        key=key,
        facets={**dict(zip(facets, line.facets, strict=True)), **more},
        period=(start, end),
        order=dict(zip(orders, line.order, strict=True)),
    )


UNREAD = frozenset({"not-read", "language-not-read"})
"""Findings by which a text was kept and nothing was taken from it."""


def report_line(listed: Listed, read: Interpreted | None) -> ReportLine:
    """Return the line of a report. Its state is original, copy or unread."""
    codes = {each.code for each in (*listed.findings, *(read.findings if read is not None else ()))}
    if listed.original != listed.id:
        state = "copy"
    elif read is None or codes & UNREAD:
        state = "unread"
    else:
        state = "original"
    claims = () if read is None else read.claims
    day = listed.published or (read.published if read is not None else None)
    return ReportLine(
        facets=_values(
            REPORTS,
            {
                "publisher": _one(listed.publisher),
                "lang": _one((read.lang if read is not None else None) or listed.lang),
                "country": _one(listed.country),
                "month": _one(f"{day:%Y-%m}" if day else None),
                "state": {state},
                "claims": {"yes" if claims else "no"},
            },
        ),
        days=_numbers(day, day),
        order=[day.toordinal() if day else None, (listed.title or listed.name).casefold()],
        listed=listed,
        day=day,
    )


def claim_line(resolved: ResolvedClaim, links: Iterable[Link]) -> ClaimLine:
    """Return the line of a claim with the links that start at it."""
    said = resolved.claim
    places = resolved.places or ((resolved.place,) if resolved.place is not None else ())
    start, end = _days(resolved.when)
    links = tuple(links)
    day = start or end
    return ClaimLine(
        facets=_values(
            CLAIMS,
            {
                **_where(places),
                "month": _months(start, end),
                "measure": {said.measure.value},
                "scope": {said.scope.value},
                "certainty": {said.certainty.value},
                "event": _one(said.event),
                "weapon": {each.code for each in said.weapons},
                "target": {each.code for each in said.targets},
                "perpetrator": {each.name for each in said.perpetrators},
                "source": {each.name for each in said.said_by[:1]},
                "civilian": {said.group.status.value},
                "document": {said.document},
            },
        ),
        days=_numbers(start, end),
        order=[day.toordinal() if day else None, said.count.low or said.count.high],
        quote=fold(said.quote.text),
        sure=confidence(resolved),
        copied=any(each.kind is LinkKind.REPEATS and each.by in _COPIES for each in links),
        unsure=tuple(x for x in links if x.kind is LinkKind.SAME_INCIDENT and x.by in MAY_BE_ONE),
        persons=tuple(sorted(persons(resolved))),
        bodies=tuple(sorted(bodies(resolved))),
        blamed=tuple(sorted(blamed(resolved))),
    )


def confidence(claim: ResolvedClaim) -> float:
    """Return how sure the reading is, from 0 to 1: of the place, the day, the harm, the number."""
    sure = 1.0
    place = claim.place
    if place is None or place.name is None:
        sure -= 0.3
    elif place.confidence is not None:
        sure -= 0.3 * (1 - place.confidence)
    if claim.when is None or (claim.when.start is None and claim.when.end is None):
        sure -= 0.2
    if claim.claim.certainty is not Certainty.ASSERTED:
        sure -= 0.2
    if claim.claim.count.imputed:
        sure -= 0.2
    return round(sure, 3)


def incident_line(incident: Incident, known: Mapping[ClaimId, ResolvedClaim]) -> IncidentLine:
    """Return the line of an incident."""
    claims = [known[id_] for id_ in incident.claims if id_ in known]
    places = incident.places or ((incident.place,) if incident.place is not None else ())
    killed, injured = incident.estimate(Measure.KILLED), incident.estimate(Measure.INJURED)
    start, end = _days(incident.when)
    day = start or end
    figure = None if killed is None else killed.figure
    return IncidentLine(
        facets=_values(
            INCIDENTS,
            {
                **_where(places),
                "month": _months(start, end),
                "event": _one(incident.event),
                "weapon": {w.code for each in claims for w in each.claim.weapons},
                "target": {t.code for each in claims for t in each.claim.targets},
                "perpetrator": {each.name for each in incident.perpetrators},
                "source": set(incident.sources),
                "grade": _one(incident.grade),
                "measure": {each.measure.value for each in incident.estimates},
                "document": {id_ for id_, _ in incident.documents},
            },
        ),
        days=_numbers(start, end),
        order=[
            day.toordinal() if day else None,
            None if killed is None else killed.figure.best,
            None if injured is None else injured.figure.best,
            len(incident.sources),
        ],
        id=incident.id,
        claims=incident.claims,
        place=None if incident.place is None else replace(incident.place, quote=None),
        when=None if incident.when is None else _without_words(incident.when),
        figure=None if figure is None else (figure.low, figure.best, figure.high),
    )


def finding_line(found: Finding, known: Mapping[ClaimId, ResolvedClaim]) -> FindingLine:
    """Return the line of a finding."""
    claims = [known[id_] for id_ in found.claims if id_ in known]
    places = [each.place for each in claims if each.place is not None]
    starts = [day for each in claims for day in _days(each.when) if day is not None]
    documents = {*found.documents, *(id_ for id_, _ in found.quotes)}
    return FindingLine(
        facets=_values(FINDINGS, {**_where(places), "code": {found.code}, "document": documents}),
        days=_numbers(min(starts, default=None), max(starts, default=None)),
        order=[found.code],
        id=finding_id(found),
        code=found.code,
        claims=found.claims,
        documents=found.documents,
    )


def _without_words(when: When) -> When:
    """Return a period without what it was read from; of one without days its words say it."""
    known = when.start is not None or when.end is not None
    return replace(when, quote=None if known else when.quote, reasons=())


def _values(names: Sequence[str], facets: Mapping[str, Collection[str]]) -> Values:
    return [sorted(facets[name]) for name in names]


def _numbers(start: date | None, end: date | None) -> Days:
    return [None if day is None else day.toordinal() for day in (start, end)]


def _one(value: str | None) -> set[str]:
    return set() if value is None else {value}


def _where(places: Iterable[Place]) -> dict[str, set[str]]:
    """Return the places by level; `place` holds those finer than areas, by name."""
    found: dict[str, set[str]] = {
        "country": set(),
        "admin1": set(),
        "admin2": set(),
        "place": set(),
    }
    for place in places:
        levels = {
            "country": place.country,
            "admin1": place.admin1 or _if(place, Precision.ADMIN1),
            "admin2": place.admin2 or _if(place, Precision.ADMIN2),
            "place": None if place.precision in _AREAS else place.name,
        }
        for level, name in levels.items():
            if name is not None:
                found[level].add(name)
    found["precision"] = {place.precision.value for place in places}
    return found


_AREAS = (Precision.COUNTRY, Precision.ADMIN1, Precision.ADMIN2)


def _if(place: Place, precision: Precision) -> str | None:
    return place.name if place.precision is precision else None


def _days(when: When | None) -> tuple[date | None, date | None]:
    return (None, None) if when is None else (when.start, when.end)


def _months(start: date | None, end: date | None) -> set[str]:
    return set(_between(start, end)) if start is not None and end is not None else set()


def _between(start: date, end: date) -> Iterator[str]:
    day = start.replace(day=1)
    for _ in range(MONTHS):
        if day > end:
            return
        yield f"{day:%Y-%m}"
        day = (day + timedelta(32)).replace(day=1)
