"""History: everything that entered and was decided, in order, with what can be taken back."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cenotaph.model import Decision, DecisionKind
from cenotaph.pipeline import Event, history
from cenotaph.web.deciding import DONE, once
from cenotaph.web.language import say
from cenotaph.web.pages import held_by, page, view_of

SIZE = 100

ENTRIES = {
    "added": "Report added",
    "document": "Report added",
    "init": "Record made",
}


def past(request: Request) -> Response:
    """Show the log, newest first: all of it, or what concerns one claim, report or incident."""
    held = held_by(request)
    view = view_of(request)
    about = request.query_params.get("about", "")[:200]
    with held.exclusively():
        events = history(held.record, about or None)
    only = request.query_params.get("only") == "decisions"
    kept = [each for each in reversed(events) if each.decision is not None or not only]
    number = request.query_params.get("page", "1")
    at = (int(number) - 1) * SIZE if number.isdigit() and 0 < int(number) < 10**6 else 0
    return page(
        request,
        "history.html",
        view=view,
        events=kept[at : at + SIZE],
        total=len(kept),
        at=at,
        size=SIZE,
        about=about,
        only=only,
        what=what,
        once=once,
    )


def what(event: Event) -> str:
    """Return what an entry says, in a few words."""
    if event.decision is None:
        name = event.payload.get("id") or event.payload.get("name") or ""
        return f"{say(ENTRIES.get(event.kind, event.kind.replace('_', ' ')))} {name}"
    return told(event.decision)


def told(decision: Decision) -> str:
    """Return what a decision did."""
    if decision.kind is DecisionKind.UNDO:
        return say("Took back entry %(n)s", n=decision.takes_back)
    if decision.decisions:
        return f"{say(DONE[decision.kind])}: {len(decision.decisions)}"
    return say(DONE[decision.kind])


ROUTES = [Route("/history", past)]
