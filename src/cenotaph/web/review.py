"""The review queue: one question at a time, the weightiest first, with what it would change."""

from collections.abc import Sequence
from typing import NamedTuple, overload

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cenotaph.model import (
    ClaimId,
    Decision,
    DecisionKind,
    Figure,
    Link,
    Measure,
)
from cenotaph.pipeline import DecisionError, confidence
from cenotaph.web.deciding import REASONS, initials, once
from cenotaph.web.findings import means, shown
from cenotaph.web.held import Held
from cenotaph.web.listing import whole
from cenotaph.web.pages import held_by, page, path, query, view_of
from cenotaph.web.view import View

FORESEEN = 600
"""Claims up to which the effect of a decision is worked out on the page without being asked for."""

AT_ONCE = 8
"""Claims of one question of which each is tried; few have more."""


class Item(NamedTuple):
    """One question of the queue: a finding with its claims, a pair of claims, or one claim."""

    key: str
    kind: str
    claims: tuple[ClaimId, ...]


class Queue(Sequence[Item]):
    """What is open, in its order: findings, pairs kept apart, claims by their weight."""

    def __init__(self, view: View) -> None:
        self._questions, self._pairs, self._waiting = view.questions, view.unsure, view.waiting

    def __len__(self) -> int:
        return len(self._questions) + len(self._pairs) + len(self._waiting)

    @overload
    def __getitem__(self, at: int) -> Item: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Item]: ...

    def __getitem__(self, at: int | slice) -> Item | Sequence[Item]:
        """Return the question at a position."""
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        if at < len(self._questions):
            finding, claims = self._questions.asked(at)
            return Item(finding, "finding", claims)
        at -= len(self._questions)
        if at < len(self._pairs):
            pair = self._pairs[at]
            return Item(named(pair), "pair", (pair.claim, pair.to))
        claim = self._waiting.claim(at - len(self._pairs))
        return Item(claim, "claim", (claim,))

    def at(self, key: str | None) -> int | None:
        """Return the position of a question by its name, None where it is not open."""
        if not key:
            return None
        before = len(self._questions)
        if "~" in key:
            names = (at for at, pair in enumerate(self._pairs) if named(pair) == key)
            place = next(names, None)
        elif (place := self._questions.at(key)) is not None:
            return place
        else:
            place = self._waiting.at(ClaimId(key))
            before += len(self._pairs)
        return None if place is None else before + place


def named(pair: Link) -> str:
    """Return the name of the question whether two claims tell of one incident."""
    return f"{pair.claim}~{pair.to}"


def queue(view: View) -> Queue:
    """Return what is open."""
    return Queue(view)


def review(request: Request) -> Response:
    """Show the next question, or the one that the address names."""
    view = view_of(request)
    items = queue(view)
    if not items:
        return page(request, "review_done.html", view=view)
    at = position(items, request.query_params.getlist("item"), request.query_params.get("after"))
    item = items[at]
    following = items[at + 1].key if at + 1 < len(items) else items[0].key
    claims = [view.claims[id_] for id_ in item.claims if id_ in view.claims]
    found = view.finding(item.key) if item.kind == "finding" else None
    return page(
        request,
        "review.html",
        view=view,
        item=item,
        at=at,
        items=len(items),
        claims=claims,
        finding=shown(view, found) if found else None,
        means=means(),
        effects=effects(held_by(request), view, item, initials(request) or "–", wanted(request)),
        unforeseen=view.sizes.claims > FORESEEN and not wanted(request),
        after=after_each(view, item, following, len(items)),
        before=whole(request.query_params.get("open", ""), digits=7),
        here_next=f"/review?item={path(following)}",
        this=f"/review?item={path(item.key)}",
        reasons=REASONS,
        once=once,
        confidence=confidence,
        measures=[each.value for each in Measure],
    )


def position(items: Queue, named: Sequence[str], after: str | None) -> int:
    """Return where in the queue to stand: at the first named that is open, else at the head."""
    for each in named:
        at = items.at(each)
        if at is not None:
            return at
    behind = items.at(after)
    return 0 if behind is None else (behind + 1) % len(items)


def after_each(view: View, item: Item, following: str, items: int) -> dict[ClaimId, str]:
    """Return where to go after a decision about each claim of a question: the question stays until
    all its claims are answered; where it is settled by that, the claims it leaves come first. The
    address says how many questions were open, since a decision may settle or raise others."""
    found = {}
    for id_ in item.claims:
        left = [each for each in item.claims if each != id_ and not view.settled(each)]
        names = [item.key, *left[:AT_ONCE], following] if left else [following]
        found[id_] = "/review?" + query({"item": names, "open": items})
    return found


def wanted(request: Request) -> bool:
    """Tell whether an address asks for the effect of decisions, however long it takes."""
    return request.query_params.get("effect") == "yes"


def effects(
    held: Held, view: View, item: Item, by: str, asked: bool = False
) -> dict[ClaimId, Figure]:
    """Return the whole of those killed as it would be, were each claim of a question set aside.

    Worked out for records that answer at once, and where it is asked for; nothing is written.
    """
    if view.sizes.claims > FORESEEN and not asked:
        return {}
    found: dict[ClaimId, Figure] = {}
    for id_ in item.claims[:AT_ONCE]:
        aside = Decision(kind=DecisionKind.REJECT, subjects=(id_,), reason="to see", by=by)
        held.give_way()
        try:
            found[id_] = held.foresee([aside], lambda space: space.killed)
        except DecisionError:
            continue
    return found


ROUTES = [Route("/review", review)]
