"""What lists know of each thing: facets to filter it by, its period, what it is ordered by."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta

from cenotaph.model import (
    ClaimId,
    DocumentId,
    Finding,
    Incident,
    IncidentId,
    Measure,
    Place,
    Precision,
    ResolvedClaim,
    When,
    make_id,
)
from cenotaph.pipeline.catalogue import Row
from cenotaph.pipeline.interpreted import Interpreted
from cenotaph.store import Listed

MONTHS = 24
"""Months that a period is listed under; a longer one is found by its days alone."""

Found = Mapping[str, Collection[Finding]]


def finding_id(found: Finding) -> str:
    """Return what a finding is called: it is made of what it says and of what it is about."""
    return make_id("fnd", found.code, *found.claims, *found.documents)


def report_row(listed: Listed, read: Interpreted | None, found: Found) -> Row[Listed]:
    """Return the row of a report. Its state is original, copy or unread."""
    codes = {each.code for each in (*listed.findings, *found.get(listed.id, ()))}
    if listed.original != listed.id:
        state = "copy"
    elif read is None or "not-read" in codes:
        state = "unread"
    else:
        state = "original"
    claims = () if read is None else read.claims
    return Row(
        key=listed.id,
        item=listed,
        facets={
            "publisher": _one(listed.publisher),
            "lang": _one(read.lang if read is not None else listed.lang),
            "country": _one(listed.country),
            "month": _one(f"{listed.published:%Y-%m}" if listed.published else None),
            "state": {state},
            "finding": codes,
            "claims": {"yes" if claims else "no"},
        },
        period=(listed.published, listed.published),
        order={"published": listed.published, "title": (listed.title or listed.name).casefold()},
    )


def claim_row(
    resolved: ResolvedClaim, incident: IncidentId | None, found: Found
) -> Row[ResolvedClaim]:
    """Return the row of a claim."""
    said = resolved.claim
    places = resolved.places or ((resolved.place,) if resolved.place is not None else ())
    start, end = _days(resolved.when)
    return Row(
        key=resolved.id,
        item=resolved,
        facets={
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
            "incident": _one(incident),
            "finding": {each.code for each in found.get(resolved.id, ())},
        },
        period=(start, end),
        order={"day": start or end, "count": said.count.low or said.count.high},
    )


def incident_row(
    incident: Incident, known: Mapping[ClaimId, ResolvedClaim], found: Found
) -> Row[Incident]:
    """Return the row of an incident."""
    claims = [known[id_] for id_ in incident.claims if id_ in known]
    places = incident.places or ((incident.place,) if incident.place is not None else ())
    killed, injured = incident.estimate(Measure.KILLED), incident.estimate(Measure.INJURED)
    start, end = _days(incident.when)
    return Row(
        key=incident.id,
        item=incident,
        facets={
            **_where(places),
            "month": _months(start, end),
            "event": _one(incident.event),
            "weapon": {w.code for each in claims for w in each.claim.weapons},
            "target": {t.code for each in claims for t in each.claim.targets},
            "perpetrator": {each.name for each in incident.perpetrators},
            "source": set(incident.sources),
            "grade": _one(incident.grade),
            "measure": {each.measure.value for each in incident.estimates},
            "finding": {each.code for id_ in incident.claims for each in found.get(id_, ())},
            "document": {id_ for id_, _ in incident.documents},
        },
        period=(start, end),
        order={
            "day": start or end,
            "killed": None if killed is None else killed.figure.best,
            "injured": None if injured is None else injured.figure.best,
            "sources": len(incident.sources),
        },
    )


def finding_row(
    found: Finding,
    known: Mapping[ClaimId, ResolvedClaim],
    incident_of: Mapping[ClaimId, IncidentId],
) -> Row[Finding]:
    """Return the row of a finding."""
    claims = [known[id_] for id_ in found.claims if id_ in known]
    places = [each.place for each in claims if each.place is not None]
    starts = [day for each in claims for day in _days(each.when) if day is not None]
    documents: set[DocumentId] = {*found.documents, *(id_ for id_, _ in found.quotes)}
    return Row(
        key=finding_id(found),
        item=found,
        facets={
            **_where(places),
            "code": {found.code},
            "document": documents,
            "incident": {incident_of[id_] for id_ in found.claims if id_ in incident_of},
        },
        period=(min(starts, default=None), max(starts, default=None)),
        order={"code": found.code},
    )


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
