"""One decision for all claims that a list holds: seen before it is taken, taken back as one."""

from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cenotaph.model import ClaimId, Decision, DecisionKind, Figure
from cenotaph.pipeline import decide
from cenotaph.web.again import overtaken
from cenotaph.web.deciding import (
    REASONS,
    explained,
    gone_on,
    once,
    onward,
    reason,
    refusal,
    signed,
    text,
)
from cenotaph.web.incidents import CLAIM_FACETS
from cenotaph.web.language import counted, say
from cenotaph.web.listing import asked
from cenotaph.web.pages import held_by, page, view_of
from cenotaph.web.review import FORESEEN
from cenotaph.web.view import View

SAMPLE = 20
KINDS = (DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.FLAG)


def meant(params: QueryParams, view: View) -> tuple[ClaimId, ...]:
    """Return the claims that an address asks for, all of them."""
    return view.named_claims(asked(params, CLAIM_FACETS, limit=None))


def bulk(request: Request) -> Response:
    """Show what one decision about a whole list would be about, and what it would change."""
    view = view_of(request)
    ids = meant(request.query_params, view)
    effect: Figure | None = None
    if ids and view.sizes.claims <= FORESEEN:
        wanted = Decision(
            kind=DecisionKind.REJECT,
            subjects=ids,
            reason="to see",
            by="–",
        )
        effect = held_by(request).foresee([wanted], lambda space: space.killed)
    return page(
        request,
        "bulk.html",
        view=view,
        rows=[view.claims[id_] for id_ in ids[:SAMPLE]],
        total=len(ids),
        settled=sum(view.settled(id_) for id_ in ids),
        effect=effect,
        reasons=REASONS,
        once=once,
        query=str(request.query_params),
    )


@signed
def bulk_decide(request: Request, form: FormData, by: str) -> Response:
    """Take one decision about all claims that the address asks for."""
    held = held_by(request)
    kinds = {kind.value: kind for kind in KINDS}
    kind = kinds.get(text(form, "kind"))
    if kind is None:
        return refusal(request, form, say("This form does not say what to decide."))
    view = held.view()
    ids = meant(request.query_params, view)
    if str(len(ids)) != text(form, "count"):
        return refusal(request, form, say("The list changed meanwhile; look at it again."))
    try:
        wanted = Decision(kind=kind, subjects=ids, reason=reason(form), by=by)
    except ValueError as error:
        return refusal(request, form, explained(kind, error))
    before = overtaken(request, form, [wanted], back=onward(form))
    if before is not None:
        return before
    token = text(form, "once") or None
    made = decide(held.record, [wanted], known=view.decidable, token=token)
    told = counted("%(n)s claim decided", "%(n)s claims decided", len(ids))
    return gone_on("/claims", by, told=told, undo=made.sequence)


ROUTES = [Route("/bulk", bulk), Route("/bulk", bulk_decide, methods=["POST"])]
