"""Days of publication for several reports at once: seen before they are set, taken back as one."""

from collections.abc import Mapping
from datetime import date

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cenotaph.model import Decision, DecisionKind, DocumentId
from cenotaph.pipeline import DecisionError, decide
from cenotaph.web.deciding import gone_on, once, refusal, signed, text
from cenotaph.web.language import counted, say
from cenotaph.web.listing import day
from cenotaph.web.pages import held_by, page
from cenotaph.web.review import FORESEEN
from cenotaph.web.view import View

FIELD = "day:"
"""What the name of a field begins with that gives the day of one report."""


def given(form: FormData, view: View) -> dict[DocumentId, date]:
    """Return the days that a form gives to reports that have none: each its own, or one for all.

    Raises DecisionError for a day that is none.
    """
    every = day(text(form, "every"))
    found: dict[DocumentId, date] = {}
    for name in form:
        if not name.startswith(FIELD):
            continue
        listed = view.listed.get(DocumentId(name.removeprefix(FIELD)))
        told = text(form, name)
        if listed is None or view.published(listed) is not None:
            continue
        known = day(told) if told else every
        if told and known is None:
            raise DecisionError(say("“%(value)s” is no day.", value=told[:40]))
        if known is not None:
            found[listed.id] = known
    return found


def wanted(days: Mapping[DocumentId, date], by: str) -> list[Decision]:
    """Return the decisions that set these days: one for all reports of a day."""
    grouped: dict[date, list[str]] = {}
    for id_, known in days.items():
        grouped.setdefault(known, []).append(str(id_))
    return [
        Decision(
            kind=DecisionKind.SET_METADATA,
            subjects=tuple(ids),
            value={"published": known.isoformat()},
            by=by,
        )
        for known, ids in sorted(grouped.items())
    ]


@signed
def days(request: Request, form: FormData, by: str) -> Response:
    """Show the days that a form gives and what they would change; set them when that is sure."""
    held = held_by(request)
    view = held.view()
    chosen = given(form, view)
    if not chosen:
        return refusal(request, form, say("No day was given. Fill in one or more first."))
    if text(form, "sure") != "yes":
        return seen(request, view, chosen, by)
    token = text(form, "once") or None
    made = decide(held.record, wanted(chosen, by), known=view.decidable, token=token)
    told = counted("Set the day of %(n)s report", "Set the days of %(n)s reports", len(chosen))
    return gone_on("/reports", by, told=told, undo=made.sequence)


def seen(request: Request, view: View, chosen: Mapping[DocumentId, date], by: str) -> Response:
    """Return the page that shows the days before they are set."""
    effect = None
    if view.sizes.claims <= FORESEEN:
        held = held_by(request)
        effect = held.foresee(wanted(chosen, by), lambda space: (space.dateless(), space.killed))
    rows = [(view.listed[id_], known) for id_, known in chosen.items()]
    return page(
        request,
        "days.html",
        view=view,
        rows=rows,
        effect=effect,
        dateless=view.dateless,
        field=FIELD,
        once=once,
    )


ROUTES = [Route("/days", days, methods=["POST"])]
