"""Not of this incident: claims that are split off one, with what that would leave, before it is
done."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cenotaph.model import (
    ClaimId,
    Decision,
    DecisionKind,
    Figure,
    Incident,
    IncidentId,
    Measure,
    ResolvedClaim,
    make_id,
)
from cenotaph.pipeline import DecisionError, Workspace, decide
from cenotaph.web import again
from cenotaph.web.decided import amount
from cenotaph.web.deciding import gone_on, once, reason, signed, text, texts
from cenotaph.web.incidents import led_on, source_of
from cenotaph.web.language import say
from cenotaph.web.pages import held_by, missing, page, path, query, view_of
from cenotaph.web.review import FORESEEN
from cenotaph.web.security import authorise
from cenotaph.web.view import View

REASONS = (
    ("1", "It tells of another place"),
    ("2", "It tells of another day"),
    ("3", "It tells of another event of that place and day"),
    ("4", "Another reason"),
)
"""Reasons to split a claim off, with the keys that choose them."""


@dataclass(frozen=True, slots=True)
class After:
    """What splitting claims off would leave: the whole of those killed, the incident as it would
    stay, and those that the claims would make. An incident is told by its measure and figure."""

    killed: Figure
    stays: tuple[tuple[Measure, Figure], ...]
    goes: tuple[tuple[tuple[Measure, Figure], ...], ...]


def wholes(event: Incident, view: View) -> tuple[ResolvedClaim, ...]:
    """Return the claims of an incident that break down no other of it."""
    claims = [view.claims[each] for each in event.claims if each in view.claims]
    own = {each.id for each in claims}
    return tuple(each for each in claims if each.claim.part_of not in own)


def split(event: Incident, view: View, named: Collection[str]) -> Decision | None:
    """Return the decision that the named claims are not of an incident, with their copies and what
    they are broken down into; None where none is named, or none would be left."""
    goes = set(named) & {each.id for each in wholes(event, view)}
    goes |= {each for each in event.claims if (o := view.original(each)) and o.id in goes}
    goes |= {
        each
        for each in event.claims
        if (claim := view.claims.get(each)) and claim.claim.part_of in goes
    }
    stays = [str(each) for each in event.claims if each not in goes]
    if not goes or not stays:
        return None
    moved = tuple(str(each) for each in event.claims if each in goes)
    return Decision(kind=DecisionKind.DIFFERENT, subjects=moved, others=tuple(stays), by="–")


def apart(request: Request) -> Response:
    """Ask which claims of an incident tell of another, and show what splitting them off does."""
    view, id_ = view_of(request), request.query_params.get("of", "")
    event = view.incidents.get(IncidentId(id_))
    if event is None:
        return led_on(request, view, id_) if id_ else missing(request, "incident")
    named = request.query_params.getlist("claim")
    wanted = split(event, view, named)
    small = view.sizes.claims <= FORESEEN
    seen: After | None = None
    if wanted is not None and (small or request.query_params.get("effect") == "yes"):
        seen = held_by(request).foresee([wanted], lambda space: after(space, wanted))
    return page(
        request,
        "apart.html",
        view=view,
        event=event,
        rows=[(each, source_of(each, view)) for each in wholes(event, view)],
        named=named,
        wanted=wanted,
        seen=seen,
        now=figures(event),
        reasons=REASONS,
        once=once,
    )


def after(space: Workspace, wanted: Decision) -> After:
    """Return what a record would say, in which a decision is being tried."""

    def told(subjects: Sequence[str]) -> list[tuple[tuple[Measure, Figure], ...]]:
        events = (space.incident_of(ClaimId(each)) for each in subjects)
        found = {each.id: figures(each) for each in events if each is not None}
        return list(found.values())

    stays = told(wanted.others)
    return After(space.killed, stays[0] if stays else (), (*stays[1:], *told(wanted.subjects)))


def figures(event: Incident) -> tuple[tuple[Measure, Figure], ...]:
    """Return the figures of an incident, of everybody."""
    return tuple((each.measure, each.figure) for each in event.estimates if each.group is None)


async def shown(request: Request) -> Response:
    """Show what splitting off the claims that a form ticks would do, under the address of that."""
    form = await authorise(request)
    return RedirectResponse(address(text(form, "of"), texts(form, "claim")), status_code=303)


@signed
def splitting(request: Request, form: FormData, by: str) -> Response:
    """Split claims off an incident."""
    held = held_by(request)
    view, id_ = held.view(), text(form, "of")
    event, named = view.incidents.get(IncidentId(id_)), texts(form, "claim")
    back = address(id_, named)
    if event is None:
        raise DecisionError(say("The incident is none any more."))
    found, why = split(event, view, named), reason(form, REASONS)
    if found is None:
        told = say("Tick one claim or more, and leave one at least that is of the incident.")
        return again.refused(request, form, told, back=back)
    if why is None:
        told = say("Choose a reason: splitting a claim off always says why.")
        return again.refused(request, form, told, back=back, reasons=REASONS)
    wanted = Decision(
        kind=found.kind, subjects=found.subjects, others=found.others, reason=why, by=by
    )
    before = again.overtaken(request, form, [wanted], back=back)
    if before is not None:
        return before
    told = say("Split off %(what)s", what=in_words(view, named))
    token = text(form, "once") or None
    made = decide(held.record, [wanted], known=view.decidable, token=token)
    # Named by a claim that stays, which leads to the incident whatever that is called now.
    stays = make_id("inc", wanted.others[0])
    return gone_on(f"/i/{path(stays)}", by, told=told, undo=made.sequence, back=f"/i/{path(id_)}")


def address(id_: str, named: Sequence[str]) -> str:
    """Return the page that shows what splitting claims off an incident would do."""
    return "/apart?" + query({"of": id_, "claim": list(named), "effect": "yes"})


def in_words(view: View, named: Sequence[str]) -> str:
    """Return claims by their figures."""
    claims = [claim for each in named if (claim := view.claims.get(ClaimId(each)))]
    return "; ".join(map(amount, claims))


ROUTES = [
    Route("/apart", apart),
    Route("/apart", shown, methods=["POST"]),
    Route("/apart/split", splitting, methods=["POST"]),
]
