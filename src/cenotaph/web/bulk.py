"""One decision for all claims that a list holds: seen before it is taken, taken back as one."""

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cenotaph.model import Decision, DecisionKind, Figure, ResolvedClaim
from cenotaph.pipeline import DecisionError, decide
from cenotaph.web.deciding import REASONS, gone_on, initials, once, reason, refusal, text
from cenotaph.web.incidents import CLAIM_FACETS
from cenotaph.web.language import counted, say
from cenotaph.web.listing import asked
from cenotaph.web.pages import held_by, page, view_of
from cenotaph.web.review import FORESEEN
from cenotaph.web.security import authorise
from cenotaph.web.view import View

SAMPLE = 20
KINDS = (DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.FLAG)


def meant(params: QueryParams, view: View) -> tuple[ResolvedClaim, ...]:
    """Return the claims that an address asks for, all of them."""
    return view.list_claims(asked(params, CLAIM_FACETS, limit=None)).rows


def bulk(request: Request) -> Response:
    """Show what one decision about a whole list would be about, and what it would change."""
    view = view_of(request)
    rows = meant(request.query_params, view)
    effect: Figure | None = None
    if rows and view.sizes.claims <= FORESEEN:
        wanted = Decision(
            kind=DecisionKind.REJECT,
            subjects=tuple(each.id for each in rows),
            reason="to see",
            by="–",
        )
        effect = held_by(request).foresee([wanted], lambda space: space.killed)
    return page(
        request,
        "bulk.html",
        view=view,
        rows=rows[:SAMPLE],
        total=len(rows),
        settled=sum(view.settled(each.id) for each in rows),
        effect=effect,
        reasons=REASONS,
        once=once,
        query=str(request.query_params),
    )


async def bulk_decide(request: Request) -> Response:
    """Take one decision about all claims that the address asks for."""
    form = await authorise(request)
    by = text(form, "by") or initials(request)
    if not by:
        return refusal(request, form, say("Give your initials first; they stand in the log."))
    held = held_by(request)
    kinds = {kind.value: kind for kind in KINDS}
    kind = kinds.get(text(form, "kind"))
    if kind is None:
        return refusal(request, form, say("This form does not say what to decide."))
    try:
        with held.exclusively():
            view = held.view()
            rows = meant(request.query_params, view)
            if str(len(rows)) != text(form, "count"):
                told = say("The list changed meanwhile; look at it again.")
                return refusal(request, form, told)
            subjects = tuple(each.id for each in rows)
            wanted = Decision(kind=kind, subjects=subjects, reason=reason(form), by=by)
            token = text(form, "once") or None
            made = decide(held.record, [wanted], known=view.decidable, token=token)
    except (DecisionError, ValueError) as error:
        missing = kind is DecisionKind.REJECT and reason(form) is None
        told = (
            say("Choose a reason first: setting aside always says why.") if missing else str(error)
        )
        return refusal(request, form, told)
    told = counted("%(n)s claim decided", "%(n)s claims decided", len(rows))
    return gone_on("/claims", by, told=told, undo=made.sequence)


ROUTES = [Route("/bulk", bulk), Route("/bulk", bulk_decide, methods=["POST"])]
