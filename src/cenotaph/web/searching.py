"""Search: words in any spelling, in texts and quotes; identifiers lead to what they name."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cenotaph.model import ClaimId, DocumentId, IncidentId
from cenotaph.pipeline import Query
from cenotaph.web.pages import page, path, view_of

SHOWN = 10


def search(request: Request) -> Response:
    """Show the first reports, claims and incidents that hold the words, and how many there are."""
    view = view_of(request)
    words = request.query_params.get("q", "").strip()[:400]
    if DocumentId(words) in view.listed:
        return RedirectResponse(f"/d/{path(words)}", 303)
    if ClaimId(words) in view.claims:
        return RedirectResponse(f"/c/{path(words)}", 303)
    if IncidentId(words) in view.incidents:
        return RedirectResponse(f"/i/{path(words)}", 303)
    asked = Query(words=words, limit=SHOWN)
    return page(
        request,
        "search.html",
        words=words,
        view=view,
        reports=view.list_reports(asked) if words else None,
        claims=view.list_claims(asked) if words else None,
        incidents=view.list_incidents(asked) if words else None,
    )


def help_page(request: Request) -> Response:
    """Show the keys, the words and where things are."""
    return page(request, "help.html")


ROUTES = [Route("/search", search), Route("/help", help_page)]
