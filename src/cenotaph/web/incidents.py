"""Incidents: the list of them, one with every figure opened, and a claim on a page of its own."""

from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cenotaph.model import (
    ClaimId,
    DocumentId,
    Estimate,
    Incident,
    IncidentId,
    Measure,
    ResolvedClaim,
)
from cenotaph.pipeline import Query
from cenotaph.review import Rejected
from cenotaph.web import exports, wording
from cenotaph.web.citing import Citation
from cenotaph.web.deciding import REASONS, once
from cenotaph.web.findings import shown
from cenotaph.web.language import say
from cenotaph.web.listing import SIZE, address, asked, facets_of, turn
from cenotaph.web.pages import held_by, missing, page, path, telling, view_of
from cenotaph.web.same import neighbours
from cenotaph.web.view import View


@dataclass(frozen=True, slots=True)
class Row:
    """One claim in the strip of figures: who says it, how much, and what became of it."""

    claim: ResolvedClaim
    source: str
    used: bool
    reason: str = ""
    copy_of: ResolvedClaim | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """An estimate with the rows it was made of; `most` is the highest number, for the scale."""

    estimate: Estimate
    rows: tuple[Row, ...]
    aside: tuple[Row, ...]
    most: int


def source_of(claim: ResolvedClaim, view: View) -> str:
    """Return who says it first: the originator, else the publisher of the report."""
    said = claim.claim.said_by
    if said:
        return said[0].name
    listed = view.listed.get(claim.claim.document)
    return (listed.publisher or listed.title or listed.name) if listed else claim.claim.document


def strip(estimate: Estimate, view: View) -> Strip:
    """Return an estimate opened: what it used, copies under their originator, and the rest."""
    used = [view.claims[id_] for id_ in estimate.used if id_ in view.claims]
    aside: list[Row] = []
    copies: dict[ClaimId, list[Row]] = {}
    for id_, reason in estimate.set_aside:
        claim = view.claims.get(id_)
        if claim is None:
            continue
        first = view.original(id_)
        row = Row(claim, source_of(claim, view), False, reason, first)
        if first is not None and first.id in estimate.used:
            copies.setdefault(first.id, []).append(row)
        else:
            aside.append(row)
    rows: list[Row] = []
    for claim in used:
        rows.append(Row(claim, source_of(claim, view), True))
        rows += copies.get(claim.id, ())
    numbers = [
        n
        for row in (*rows, *aside)
        for n in (row.claim.claim.count.low, row.claim.claim.count.high)
        if n is not None
    ]
    return Strip(estimate, tuple(rows), tuple(aside), max(numbers, default=0))


INCIDENT_FACETS = (
    "admin1", "month", "event", "perpetrator", "weapon", "target", "source", "grade", "finding",
    "precision", "measure",
)  # fmt: skip
CLAIM_FACETS = (
    "measure", "admin1", "month", "event", "perpetrator", "source", "civilian", "scope", "finding",
    "certainty",
)  # fmt: skip


def question(params: QueryParams, limit: int | None = SIZE) -> Query:
    """Return what an address asks of the incidents."""
    orders = ("day", "killed", "injured", "sources")
    return asked(params, INCIDENT_FACETS, order="day", descending=True, orders=orders, limit=limit)


def shown_facets(params: QueryParams) -> tuple[str, ...]:
    """Return the facets to show: the report too, where one is chosen."""
    return (*INCIDENT_FACETS, "document") if "document" in params else INCIDENT_FACETS


def incidents(request: Request) -> Response:
    """List the incidents that the address asks for."""
    view = view_of(request)
    params = request.query_params
    found = view.list_incidents(question(params))
    return page(
        request,
        "incidents.html",
        rows=found.rows,
        facets=facets_of(params, found.counts, shown_facets(params)),
        turn=turn(params, found),
        forms=("csv", "geojson", "json"),
        address=address,
    )


def incidents_as(request: Request) -> Response:
    """Give the incidents that the address asks for as a file."""
    view = view_of(request)
    found = view.list_incidents(question(request.query_params, limit=None))
    return exports.incidents_file(found.rows, view, request.path_params["form"])


def claims(request: Request) -> Response:
    """List the claims that the address asks for."""
    view = view_of(request)
    params = request.query_params
    found = view.list_claims(asked(params, CLAIM_FACETS, orders=("day", "count")))
    return page(
        request,
        "claims.html",
        rows=found.rows,
        view=view,
        facets=facets_of(params, found.counts, CLAIM_FACETS),
        turn=turn(params, found),
        forms=("csv", "json"),
    )


def claims_as(request: Request) -> Response:
    """Give the claims that the address asks for as a file."""
    view = view_of(request)
    every = asked(request.query_params, CLAIM_FACETS, orders=("day", "count"), limit=None)
    return exports.claims_file(view.list_claims(every).rows, view, request.path_params["form"])


def incident(request: Request) -> Response:
    """Show an incident."""
    view = view_of(request)
    id_ = request.path_params["id"]
    event = view.incidents.get(IncidentId(id_))
    if event is None:
        return led_on(request, view, id_)
    whole = [each for each in event.estimates if each.group is None]
    parts = [each for each in event.estimates if each.group is not None]
    claims = [view.claims[each] for each in event.claims if each in view.claims]
    return page(
        request,
        "incident.html",
        event=event,
        strips=[strip(each, view) for each in whole],
        parts=parts,
        claims=claims,
        view=view,
        findings=[shown(view, each) for each in view.beside(event)],
        around=around(event, view),
        reports=standing(event, view),
        neighbours=neighbours(event, view),
        whole_of=whole_of(event, view),
        cite=citation(event, request),
        other_names=held_by(request).other_names(event.place),
    )


def whole_of(event: Incident, view: View) -> dict[ClaimId, ClaimId]:
    """Return, for each claim of an incident, the one that it breaks down, or itself; nothing where
    the incident has but one such, so that none can be split off."""
    own, found = set(event.claims), {}
    for each in event.claims:
        claim = view.claims.get(each)
        part = claim.claim.part_of if claim else None
        found[each] = part if part is not None and part in own else each
    return found if len(set(found.values())) > 1 else {}


def led_on(request: Request, view: View, id_: str, page_of: str = "") -> Response:
    """Lead from a name that no incident goes by now to what became of it, there to the same page
    (`page_of`); tell why where nothing of it stands."""
    led = view.led(id_)
    if led is None:
        return missing(request, f"incident {id_}")
    if led.incident is not None:
        if page_of:
            return RedirectResponse(f"/i/{led.incident}{page_of}", 301)
        if led.gone is None:
            told = say("The incident %(id)s was joined to this one.", id=id_)
        else:
            told = say(
                "The claim that the incident %(id)s began with was set aside; its other claims are "
                "here.",
                id=id_,
            )
        if led.others:
            told += " " + say("Some of them are of: %(ids)s.", ids=", ".join(led.others))
        return RedirectResponse(f"/i/{led.incident}?{telling(told)}", 301)
    if led.claim is not None:
        told = say("The incident %(id)s is none any more; this claim is left of it.", id=id_)
        return RedirectResponse(f"/c/{led.claim}?{telling(told)}", 301)
    assert led.gone is not None
    return withdrawn(request, view, led.gone)


def withdrawn(request: Request, view: View, gone: Rejected) -> Response:
    """Show that a claim was set aside, and why."""
    return page(request, "withdrawn.html", 410, gone=gone, claim=gone.claim, view=view, once=once)


def citation(event: Incident, request: Request) -> Citation:
    """Return how an incident is cited, as it stands today."""
    return Citation(
        kind="incident",
        id=event.id,
        title=wording.named(event),
        record=held_by(request).path.name,
        seen=datetime.now(UTC).date(),
    )


def cited(request: Request) -> Response:
    """Give the citation of an incident as a file."""
    view, id_, form = view_of(request), request.path_params["id"], request.path_params["form"]
    event = view.incidents.get(IncidentId(id_))
    if event is None:
        return led_on(request, view, id_, f"/cite.{path(form)}")
    return exports.citation_file(citation(event, request), form)


def standing(event: Incident, view: View) -> list[tuple[DocumentId, bool, tuple[DocumentId, ...]]]:
    """Return the reports of an incident, whether it is their main one, and equal texts beside."""
    return [(id_, main, view.copies.get(id_, ())) for id_, main in event.documents]


def around(event: Incident, view: View) -> list[tuple[str, ResolvedClaim, str]]:
    """Return figures that hold or may hold those of an incident, and are not counted in it."""
    members = set(event.claims)
    known: dict[tuple[str, ClaimId], tuple[str, ResolvedClaim, str]] = {}
    for claim in event.claims:
        for link in view.links_from(claim):
            other = view.claims.get(link.to)
            if link.kind in ("within", "may_be_within") and other and other.id not in members:
                known.setdefault((link.kind, other.id), (link.kind, other, "; ".join(link.reasons)))
    return list(known.values())


def claim(request: Request) -> Response:
    """Show a claim on a page of its own."""
    view = view_of(request)
    id_ = ClaimId(request.path_params["id"])
    found = view.claims.get(id_)
    gone = view.rejected.get(id_)
    if gone is not None:
        return withdrawn(request, view, gone)
    if found is None:
        return missing(request, f"claim {id_}")
    seen = view.review_of(id_)
    return page(
        request,
        "claim.html",
        claim=found,
        view=view,
        seen=seen,
        reasons=REASONS,
        once=once,
        measures=[each.value for each in Measure],
        findings=[shown(view, each) for each in view.findings_about(id_)],
    )


def in_text(request: Request) -> Response:
    """Lead from a claim to its place in the report, from one that was set aside too."""
    view, id_ = view_of(request), ClaimId(request.path_params["id"])
    gone = view.rejected.get(id_)
    found = view.claims.get(id_) if gone is None else gone.claim
    if found is None:
        return missing(request, f"claim {request.path_params['id']}")
    return RedirectResponse(f"/d/{path(found.claim.document)}#at-{found.claim.counted.start}", 303)


ROUTES = [
    Route("/incidents", incidents),
    Route("/incidents.{form}", incidents_as),
    Route("/claims", claims),
    Route("/claims.{form}", claims_as),
    Route("/i/{id}/cite.{form}", cited),
    Route("/i/{id}", incident),
    Route("/c/{id}", claim),
    Route("/c/{id}/text", in_text),
]
