"""Reports: the list of them, and one with its claims marked in its text and carded beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cenotaph.model import Document, DocumentId, Measure, Quote, ResolvedClaim
from cenotaph.pipeline import Query
from cenotaph.store import Listed, Quarantined, Record, quarantined, saved_columns
from cenotaph.web import exports, troubles
from cenotaph.web.citing import Citation
from cenotaph.web.deciding import once
from cenotaph.web.findings import shown
from cenotaph.web.listing import SIZE, asked, facets_of, turn
from cenotaph.web.marks import Marking, Piece, pieces
from cenotaph.web.pages import held_by, missing, page, view_of
from cenotaph.web.start import NO_COLUMNS
from cenotaph.web.view import View

NAMED = 100
"""Inputs that were not read for one reason, of which the page gives the names."""

REPORT_FACETS = ("publisher", "month", "lang", "state", "claims", "finding")


def question(params: QueryParams, limit: int | None = SIZE) -> Query:
    """Return what an address asks of the reports."""
    return asked(
        params,
        REPORT_FACETS,
        order="published",
        descending=True,
        orders=("published", "title"),
        limit=limit,
    )


def reports(request: Request) -> Response:
    """List the reports with their states, newest first, and what could not be read."""
    held = held_by(request)
    view = view_of(request)
    params = request.query_params
    found = view.list_reports(question(params))
    left = unread(held.record)
    days = {each.id: view.published(each) for each in found.rows}
    return page(
        request,
        "reports.html",
        rows=found.rows,
        refused=reasons(left),
        unread=len(left),
        claims={each.id: view.claims_number(each.original) for each in found.rows},
        not_read={each.id for each in found.rows if view.not_read(each.original)},
        copied={each.id for each in found.rows if view.passages(each.id)},
        days=days,
        asking=None in days.values(),
        undated=view.undated,
        once=once,
        findings=view.concerned,
        facets=facets_of(params, found.counts, REPORT_FACETS),
        turn=turn(params, found),
        forms=("csv",),
        mappings=list(saved_columns(held.record)),
    )


def unread(record: Record) -> list[Quarantined]:
    """Return what could not be read, but for tables of which it was said later what they hold."""
    found = quarantined(record)
    return [each for each in found if not (each.since and each.code == NO_COLUMNS)]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some inputs were not read, with the first of them by name; `tables` wait for what their
    columns stand for."""

    code: str
    words: str
    names: tuple[str, ...]
    more: int
    tables: tuple[Quarantined, ...] = ()


def reasons(found: Sequence[Quarantined]) -> list[Reason]:
    """Return why inputs were not read, those that can be read by saying more first."""
    tables = tuple(each for each in found if each.code == NO_COLUMNS)
    grouped: dict[tuple[str, str], list[str]] = {}
    for each in found:
        if each.code != NO_COLUMNS:
            why = (each.code, troubles.refused(each.code, each.message))
            grouped.setdefault(why, []).append(troubles.spoken(each.name))
    first = [Reason(NO_COLUMNS, troubles.refused(NO_COLUMNS, ""), (), 0, tables)] if tables else []
    return first + [
        Reason(code, words, tuple(names[:NAMED]), max(0, len(names) - NAMED))
        for (code, words), names in grouped.items()
    ]


def reports_as(request: Request) -> Response:
    """Give the reports that the address asks for as a table."""
    rows = view_of(request).list_reports(question(request.query_params, limit=None)).rows
    return exports.reports_file(rows)


def document(request: Request) -> Response:
    """Show a report."""
    held = held_by(request)
    view = view_of(request)
    id_ = DocumentId(request.path_params["id"])
    listed = view.listed.get(id_)
    stored = held.document(id_) if listed else None
    if listed is None or stored is None:
        return missing(request, f"report {id_}")
    original = listed.original
    claims = view.claims_of(original)
    tops = [each for each in claims if each.claim.part_of not in view.claims]
    return page(
        request,
        "document.html",
        listed=listed,
        pieces=cut(stored, claims, view),
        claims=tops,
        view=view,
        once=once,
        measures=[each.value for each in Measure],
        places=sorted({p.name for each in claims for p in each.places if p.name}),
        published=view.published(listed),
        copied=view.passages(original),
        findings=[shown(view, each) for each in view.findings_about(original)],
        beside=view.copies.get(original, ()),
        kept=held.custody(id_),
        verified=held.verified,
        head=held.head(),
        cite=citation(stored, listed, request),
    )


def citation(stored: Document, listed: Listed, request: Request) -> Citation:
    """Return how a report is cited, as it is kept."""
    known = view_of(request).published(listed)
    return Citation(
        kind="report",
        id=listed.id,
        title=listed.title or listed.name,
        record=held_by(request).path.name,
        seen=datetime.now(UTC).date(),
        author=stored.author or listed.publisher,
        issued=known,
        address=stored.url,
    )


def cited(request: Request) -> Response:
    """Give the citation of a report as a file."""
    id_ = DocumentId(request.path_params["id"])
    listed, stored = view_of(request).listed.get(id_), held_by(request).document(id_)
    if listed is None or stored is None:
        return missing(request, f"report {id_}")
    return exports.citation_file(citation(stored, listed, request), request.path_params["form"])


def cut(stored: Document, claims: Sequence[ResolvedClaim], view: View) -> list[Piece]:
    """Return a report's text cut at the borders of all that is marked in it."""
    known: list[Marking] = [
        (each.passage.start, each.passage.end, "copy", str(each.original))
        for each in view.passages(stored.id)
    ]
    for each in claims:
        said = each.claim
        known.append((said.quote.start, said.quote.end, "quote", said.id))
        known.append((said.counted.start, said.counted.end, "count", said.id))
        known += ((quote.start, quote.end, kind, said.id) for kind, quote in slots(each))
    return pieces(stored.text, known)


def slots(claim: ResolvedClaim) -> Iterator[tuple[str, Quote]]:
    """Yield the other words a claim rests on: where, when, by whom, said by whom, with what."""
    said = claim.claim
    for place in (*claim.places, *claim.origins):
        if place.quote is not None:
            yield "place", place.quote
    if claim.when is not None and claim.when.quote is not None:
        yield "time", claim.when.quote
    for actor in said.perpetrators:
        yield "alleged", actor.quote
    for source in said.said_by:
        yield "source", source.quote
    for coded in (*said.weapons, *said.targets):
        yield "means", coded.quote
    for person in said.victims:
        yield "person", person.quote


ROUTES = [
    Route("/reports", reports),
    Route("/reports.csv", reports_as),
    Route("/d/{id:path}/cite.{form}", cited),
    Route("/d/{id:path}", document),
]
