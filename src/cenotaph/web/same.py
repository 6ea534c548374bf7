"""Same incident? Two groups of claims side by side, the evidence row by row, and what follows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

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
    Link,
    Measure,
    ResolvedClaim,
)
from cenotaph.pipeline import DecisionError, Query, Texts, ready_to_enter
from cenotaph.web import wording
from cenotaph.web.deciding import of_pair, once, text, texts, with_parts
from cenotaph.web.language import say
from cenotaph.web.pages import held_by, missing, page, query, view_of
from cenotaph.web.review import FORESEEN, wanted
from cenotaph.web.security import authorise
from cenotaph.web.troubles import plainly
from cenotaph.web.view import View

NEAR = timedelta(days=7)
"""Days around an incident within which others of its area are offered for comparison."""

ANSWERS = (
    (DecisionKind.SAME, "s", "Same incident"),
    (DecisionKind.DIFFERENT, "d", "Different incidents"),
    (DecisionKind.PART_OF, "p", "The first is part of the second"),
    (DecisionKind.CONTAINS, "c", "The first is a sum that holds the second"),
    (DecisionKind.COPY_OF, "y", "The first only copies the second"),
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two groups: its incident, where it has one, and its claims."""

    id: str
    incident: Incident | None
    claims: tuple[ResolvedClaim, ...]

    @property
    def wholes(self) -> tuple[ResolvedClaim, ...]:
        """The claims that break down no other of the group."""
        own = {each.id for each in self.claims}
        return tuple(each for each in self.claims if each.claim.part_of not in own)


def side(view: View, id_: str) -> Side | None:
    """Return the group that an identifier of an incident or a claim stands for."""
    event = view.incidents.get(IncidentId(id_))
    if event is None:
        claim = view.claims.get(ClaimId(id_))
        if claim is None:
            return None
        event = view.incident_of.get(claim.id)
        if event is None:
            return Side(id_, None, (claim,))
    members = tuple(view.claims[each] for each in event.claims if each in view.claims)
    return Side(event.id, event, members)


def same(request: Request) -> Response:
    """Compare the two groups that the address names; else the likeliest pair, or none."""
    view = view_of(request)
    params = request.query_params
    ids = (params.get("a", ""), params.get("b", ""))
    if not all(ids):
        if not view.unsure:
            return page(request, "same_none.html", view=view)
        ids = (str(view.unsure[0].claim), str(view.unsure[0].to))
    first, second = side(view, ids[0]), side(view, ids[1])
    if first is None or second is None:
        return missing(request, f"{ids[0]} / {ids[1]}")
    out = frozenset(params.getlist("out"))
    answerable = first.id != second.id and all(ticked(each, out) for each in (first, second))
    return page(
        request,
        "same.html",
        view=view,
        first=first,
        second=second,
        together=first.id == second.id,
        rows=evidence(first, second),
        links=between(view, first, second),
        answers=ANSWERS,
        out=out,
        answerable=answerable,
        effects=effects(request, view, first, second, out) if answerable else {},
        refused=refused(request, view, first, second, out) if answerable else {},
        larger={} if out else larger(first, second),
        unforeseen=view.sizes.claims > FORESEEN and not wanted(request),
        once=once,
    )


def between(view: View, first: Side, second: Side) -> list[Link]:
    """Return the links that the rules made between two groups."""
    members = {each.id for each in first.claims}, {each.id for each in second.claims}
    found = []
    for own, other in (members, members[::-1]):
        for id_ in own:
            found += [link for link in view.links_from(id_) if link.to in other]
    return sorted(found, key=lambda link: (-link.score, link.kind, link.claim, link.to))


def evidence(first: Side, second: Side) -> list[tuple[str, str, str, str]]:
    """Return rows that compare two groups: what, one side, the other, and how they agree."""

    def told(event: Side) -> dict[str, str]:
        claim = event.claims[0]
        place = event.incident.place if event.incident else claim.place
        when = event.incident.when if event.incident else claim.when
        what = event.incident.event if event.incident else claim.claim.event
        blamed = event.incident.perpetrators if event.incident else claim.claim.perpetrators
        sources = sorted({s.name for c in event.claims for s in c.claim.said_by[:1]})
        counts = sorted(
            {
                f"{wording.count(c.claim.count)} {wording.lower(c.claim.measure)}"
                for c in event.claims
            }
        )
        return {
            "Place": wording.place(place) if place is not None else "",
            "Date": wording.period(when) if wording.dated(when) else "",
            "What happened": wording.label(what) if what else "",
            "Figures": "; ".join(counts),
            "Alleged perpetrator": wording.parties(blamed),
            "Sources": "; ".join(sources),
        }

    one, other = told(first), told(second)
    rows = []
    for what in one:
        a, b = one[what], other[what]
        if not a or not b:
            verdict = say("not stated on both sides")
        else:
            verdict = say("the same") if a == b else say("differs")
        rows.append((say(what), a or "–", b or "–", verdict))
    return rows


def effects(
    request: Request, view: View, first: Side, second: Side, out: Collection[str]
) -> dict[DecisionKind, Figure]:
    """Return the whole of those killed as each answer about what is ticked would make it."""
    if view.sizes.claims > FORESEEN and not wanted(request):
        return {}
    found = {}
    held = held_by(request)
    for kind, _, _ in ANSWERS:
        held.give_way()
        wanted_ = answer(view, kind, first, second, out)
        try:
            found[kind] = held.foresee(wanted_, lambda space: space.killed)
        except (DecisionError, ValueError):
            continue
    return found


def ticked(group: Side, out: Collection[str]) -> tuple[str, ...]:
    """Return the claims of a group that an answer is about, without those that are left out; what
    they are broken down into goes with them."""
    return tuple(str(each.id) for each in group.wholes if each.id not in out)


def answer(
    view: View, kind: DecisionKind, first: Side, second: Side, out: Collection[str]
) -> list[Decision]:
    """Return an answer about what is ticked of two groups, as decisions."""
    left = [each.id for group in (first, second) for each in group.wholes if each.id in out]
    made = of_pair(kind, ticked(first, out), ticked(second, out), left, by="–")
    return with_parts(made, view)


def refused(
    request: Request, view: View, first: Side, second: Side, out: Collection[str]
) -> dict[DecisionKind, str]:
    """Return the answers that cannot be given, each with the reason."""
    found: dict[DecisionKind, str] = {}
    record, known = held_by(request).record, view.decidable
    asked = {*ticked(first, out), *ticked(second, out)}
    claims = (each.claim for each in (*first.claims, *second.claims) if each.id in asked)
    texts = Texts(record, (each.document for each in claims))
    for kind, _, _ in ANSWERS:
        try:
            ready_to_enter(record, answer(view, kind, first, second, out), known=known, texts=texts)
        except DecisionError as error:
            found[kind] = plainly(str(error))
    return found


async def shown(request: Request) -> Response:
    """Show what the answers would do to what a form has ticked, under the address that says so."""
    form = await authorise(request)
    left = set(texts(form, "member")) - {*texts(form, "subject"), *texts(form, "other")}
    asked = {"a": text(form, "a"), "b": text(form, "b"), "out": sorted(left), "effect": "yes"}
    return RedirectResponse("/same?" + query(asked), status_code=303)


def larger(first: Side, second: Side) -> dict[DecisionKind, tuple[int, int]]:
    """Return the answers that would make a part larger than its whole, with the least of the part
    and the most of the whole, by those killed."""
    found = {}
    ends = ((DecisionKind.PART_OF, first, second), (DecisionKind.CONTAINS, second, first))
    for kind, part, whole in ends:
        least, most = killed(part)[0], killed(whole)[1]
        if least is not None and most is not None and least > most:
            found[kind] = least, most
    return found


def killed(group: Side) -> tuple[int | None, int | None]:
    """Return the least and the most of those killed in a group, None where it is not bounded."""
    told = group.incident.estimate(Measure.KILLED) if group.incident else None
    if told is not None:
        return told.figure.low, told.figure.high
    first = group.claims[0].claim
    return (first.count.low, first.count.high) if first.measure is Measure.KILLED else (None, None)


def neighbours(event: Incident, view: View) -> list[Incident]:
    """Return incidents that a person may want to compare one with: kept apart, or near in time and
    area; at most eight.
    """
    found: dict[str, Incident] = {}
    for here in event.claims:
        for link in view.kept_apart.get(here, ()):
            other = view.incident_of.get(link.to if link.claim == here else link.claim)
            if other is not None and other.id != event.id:
                found[other.id] = other
    day, area = middle(event), event.place.admin1 if event.place else None
    if day is not None and area is not None:
        around = Query(
            chosen={"admin1": (area,)}, first=day - NEAR, last=day + NEAR, order="day", limit=9
        )
        for other in view.list_incidents(around).rows:
            if other.id != event.id and len(found) < 8:
                found.setdefault(other.id, other)
    return list(found.values())


def middle(event: Incident) -> date | None:
    """Return a day that stands for an incident's period."""
    return (event.when.start or event.when.end) if event.when else None


ROUTES = [Route("/same", same), Route("/same", shown, methods=["POST"])]
