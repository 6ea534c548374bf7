"""The review queue: one question at a time, the weightiest first, with what it would change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cenotaph.model import (
    Certainty,
    ClaimId,
    Decision,
    DecisionKind,
    Finding,
    Measure,
    ResolvedClaim,
    Role,
    TotalRow,
)
from cenotaph.pipeline import DecisionError, finding_id, preview
from cenotaph.web.deciding import REASONS, initials, once
from cenotaph.web.findings import in_order, means, shown
from cenotaph.web.held import Held
from cenotaph.web.pages import held_by, page, path, view_of
from cenotaph.web.view import View

FORESEEN = 600
"""Claims up to which the effect of a decision is worked out on the page without being asked for."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question of the queue: a finding with its claims, a pair of claims, or one claim."""

    key: str
    kind: str
    claims: tuple[ClaimId, ...]
    finding: Finding | None = None


def queue(view: View) -> Sequence[Item]:
    """Return what is open, in its order: findings, pairs kept apart, claims by their weight.

    Of findings those come first in which something does not agree, then what is not known.
    """
    if view.kept_queue is None:
        view.kept_queue = tuple(open_items(view))
    return [each for each in view.kept_queue if isinstance(each, Item)]


def open_items(view: View) -> Iterator[Item]:
    """Yield what is open."""
    for found in in_order(view.found.findings):
        asked = tuple(id_ for id_ in found.claims if id_ in view.claims)
        if asked and any(not view.settled(id_) for id_ in asked):
            yield Item(finding_id(found), "finding", asked, found)
    for link in view.unsure:
        yield Item(f"{link.claim}~{link.to}", "pair", (link.claim, link.to))
    weights = weight(view)
    waiting = [
        each
        for each in view.found.claims
        if not view.settled(each.id) and view.original(each.id) is None
    ]
    for each in sorted(waiting, key=lambda claim: order(claim, weights)):
        yield Item(each.id, "claim", (each.id,))


def weight(view: View) -> dict[ClaimId, int]:
    """Return how much each claim weighs in the whole of those killed."""
    whole = view.totals((), Measure.KILLED, None).whole
    found: dict[ClaimId, int] = {}
    for part in whole.parts:
        counts = (part.figure.low or 0) if part.role is Role.ADDED else 0
        for id_ in part.claims:
            found[id_] = max(found.get(id_, 0), counts)
    return found


def order(claim: ResolvedClaim, weights: dict[ClaimId, int]) -> tuple[int, float, str]:
    """Return where a claim stands in the queue: by its weight in totals, then by doubt."""
    return -weights.get(claim.id, 0), confidence(claim), claim.id


def confidence(claim: ResolvedClaim) -> float:
    """Return how sure the reading is, from 0 to 1: of the place, the day, the harm, the number."""
    sure = 1.0
    place = claim.place
    if place is None or place.name is None:
        sure -= 0.3
    elif place.confidence is not None:
        sure -= 0.3 * (1 - place.confidence)
    if claim.when is None or (claim.when.start is None and claim.when.end is None):
        sure -= 0.2
    if claim.claim.certainty is not Certainty.ASSERTED:
        sure -= 0.2
    if claim.claim.count.imputed:
        sure -= 0.2
    return round(sure, 3)


def review(request: Request) -> Response:
    """Show the next question, or the one that the address names."""
    view = view_of(request)
    items = queue(view)
    if not items:
        return page(request, "review_done.html", view=view)
    at = position(items, request.query_params.get("item"), request.query_params.get("after"))
    item = items[at]
    following = items[at + 1].key if at + 1 < len(items) else items[0].key
    claims = [view.claims[id_] for id_ in item.claims if id_ in view.claims]
    return page(
        request,
        "review.html",
        view=view,
        item=item,
        at=at,
        items=len(items),
        claims=claims,
        finding=shown(view, item.finding) if item.finding else None,
        means=means(),
        effects=effects(held_by(request), view, item, initials(request) or "–", wanted(request)),
        unforeseen=len(view.found.claims) > FORESEEN and not wanted(request),
        here_next=f"/review?item={path(following)}",
        this=f"/review?item={path(item.key)}",
        reasons=REASONS,
        once=once,
        confidence=confidence,
        measures=[each.value for each in Measure],
    )


def position(items: Sequence[Item], named: str | None, after: str | None) -> int:
    """Return where in the queue to stand; the head of it where what was named is settled."""
    for at, item in enumerate(items):
        if item.key == named:
            return at
        if item.key == after:
            return (at + 1) % len(items)
    return 0


def wanted(request: Request) -> bool:
    """Tell whether an address asks for the effect of decisions, however long it takes."""
    return request.query_params.get("effect") == "yes"


def effects(
    held: Held, view: View, item: Item, by: str, asked: bool = False
) -> dict[ClaimId, TotalRow]:
    """Return the whole of those killed as it would be, were each claim of a question set aside.

    Worked out for records that answer at once, and where it is asked for; nothing is written.
    """
    if len(view.found.claims) > FORESEEN and not asked:
        return {}
    found: dict[ClaimId, TotalRow] = {}
    for id_ in item.claims[:4]:
        aside = Decision(kind=DecisionKind.REJECT, subjects=(id_,), reason="to see", by=by)
        try:
            with held.exclusively():
                found[id_] = whole_of(held, [aside], view)
        except DecisionError:
            continue
    return found


def whole_of(held: Held, wanted: Sequence[Decision], view: View) -> TotalRow:
    """Return the whole of those killed, were these decisions taken."""
    from cenotaph import totals as adding

    foreseen = preview(held.record, wanted, known=view.found)
    return adding.total(
        foreseen.claims,
        foreseen.linking,
        foreseen.incidents,
        by=(),
        ruleset=foreseen.ruleset,
        measure=Measure.KILLED,
        group=None,
    ).whole


ROUTES = [Route("/review", review)]
