"""History: everything that entered and was decided, in order, with what can be taken back."""

from collections import Counter

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cenotaph.model import Decision, DecisionKind
from cenotaph.pipeline import Event, history
from cenotaph.store import stamps
from cenotaph.web import exports
from cenotaph.web.decided import DONE, SLOTS, value
from cenotaph.web.deciding import once
from cenotaph.web.language import say
from cenotaph.web.listing import asked
from cenotaph.web.pages import held_by, page, view_of
from cenotaph.web.security import authorise

SIZE = 100

ENTRIES = {
    "capture": "Bytes archived",
    "document": "Report added",
    "gazetteer": "Gazetteer chosen",
    "quarantine": "Not read, kept with its reason",
    "record": "Record made",
    "settings": "Settings",
}
"""What each kind of entry says that is no decision."""


def asked_of(request: Request, first: int = 0, size: int | None = None) -> tuple[int, list[Event]]:
    """Return how many entries an address asks about, and `size` of them from the `first`, newest
    first: without a size, all.
    """
    record = held_by(request).record
    about = request.query_params.get("about", "")[:200]
    only = request.query_params.get("only") == "decisions"
    if about or only:
        found = history(record, about or None, kinds=("decision",) if only else ())
        kept = [each for each in reversed(found) if each.decision is not None or not only]
        return len(kept), kept[first : None if size is None else first + size]
    # Entries are numbered without a gap, so that a page of them can be asked for alone.
    head = held_by(request).head()
    since = 0 if size is None else max(0, head - first - size)
    found = history(
        record, since=since, limit=None if size is None else max(0, head - first - since)
    )
    return head, list(reversed(found))


def past(request: Request) -> Response:
    """Show the log, newest first: all of it, or what concerns one claim, report or incident."""
    at = asked(request.query_params, (), limit=SIZE).offset
    held = held_by(request)
    total, events = asked_of(request, at, SIZE)
    return page(
        request,
        "history.html",
        view=view_of(request),
        events=events,
        total=total,
        at=at,
        size=SIZE,
        about=request.query_params.get("about", "")[:200],
        only=request.query_params.get("only") == "decisions",
        what=what,
        values=values,
        once=once,
        verified=held.verified,
        head=held.head(),
        stamps=list(stamps.stamps(held.record)),
    )


def past_as(request: Request) -> Response:
    """Give the entries that the address asks for as a file."""
    return exports.history_file(asked_of(request)[1], request.path_params["form"])


async def checking(request: Request) -> Response:
    """Check the whole record against its log, in the background."""
    await authorise(request)
    held = held_by(request)
    held.start(say("Checking the record against its log"), lambda _work: held.verify())
    return RedirectResponse("/working?next=/history", 303)


def what(event: Event) -> tuple[str, str]:
    """Return what an entry says, in a few words, and of what it says so."""
    if event.decision is not None:
        return told(event.decision), ""
    name = str(event.payload.get("id") or event.payload.get("name") or "")
    if event.kind == "capture":
        size, digest = event.payload.get("size"), str(event.payload.get("sha256", ""))[:12]
        name = say(
            "%(n)s bytes, %(kind)s, SHA-256 %(digest)s…",
            n=f"{size:,}" if isinstance(size, int) else "?",
            kind=event.payload.get("media_type", "?"),
            digest=digest,
        )
    if event.kind == "settings":
        name = ", ".join(f"{key.replace('_', ' ')} {v}" for key, v in event.payload.items())
    return say(ENTRIES.get(event.kind, event.kind.replace("_", " "))), name


def values(event: Event) -> str:
    """Return what a decision set, in words."""
    decision = event.decision
    if decision is None or decision.kind not in (DecisionKind.EDIT, DecisionKind.SET_METADATA):
        return ""
    return "; ".join(
        f"{say(SLOTS.get(slot, slot))}: {value(slot, given)}"
        for slot, given in decision.value.items()
    )


def told(decision: Decision) -> str:
    """Return what a decision did."""
    if decision.kind is DecisionKind.UNDO:
        return say("Took back entry %(n)s", n=decision.takes_back)
    if decision.decisions:
        kinds = Counter(each.kind for each in decision.decisions)
        return "; ".join(
            f"{say(DONE[kind])}" + (f" ({n})" if n > 1 else "") for kind, n in kinds.items()
        )
    return say(DONE[decision.kind])


ROUTES = [
    Route("/history", past),
    Route("/history.{form}", past_as),
    Route("/check", checking, methods=["POST"]),
]
