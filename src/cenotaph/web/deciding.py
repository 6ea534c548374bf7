"""Decisions that come in as forms: who takes them, what they say, and where to go afterwards."""

import functools
import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cenotaph.model import OF_PAIRS, SOURCE, ClaimId, Decision, DecisionKind
from cenotaph.pipeline import DecisionError, decide, undo
from cenotaph.review import ABOUT
from cenotaph.web import again, decided, placing
from cenotaph.web.language import say
from cenotaph.web.listing import day, whole
from cenotaph.web.pages import INITIALS, held_by, query, telling
from cenotaph.web.security import SEAL, authorise
from cenotaph.web.troubles import plainly
from cenotaph.web.view import View

YEAR = 365 * 24 * 3600

REASONS = (
    ("1", "The number is wrong"),
    ("2", "It counts no harm"),
    ("3", "The place is wrong"),
    ("4", "The date is wrong"),
    ("5", "It is told elsewhere already"),
    ("6", "Another reason"),
)
"""Reasons to set aside or change a claim, with the keys that choose them."""

MOST = 10_000_000_000
"""People of whom a count can be at most: more there never were at one time."""

INITIALS_LONG, REASON_LONG = 40, 2_000
"""Characters that initials and a reason have at most: they stand in the signed log for ever."""

ASKED = frozenset(DecisionKind) - {DecisionKind.BATCH, DecisionKind.UNDO}
"""What a form can ask for; a batch is made of several forms, an undo has its own address."""


def initials(request: Request) -> str:
    """Return who works at this workbench, as they last said."""
    return unquote(request.cookies.get(INITIALS, ""))[:80]


def once() -> str:
    """Return the name of one form, by which sending it twice decides once."""
    return secrets.token_hex(8)


def text(form: FormData, name: str) -> str:
    """Return a field of a form, without the space around it; "" where there is none."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def texts(form: FormData, name: str) -> tuple[str, ...]:
    """Return every value of a field."""
    return tuple(value for value in form.getlist(name) if isinstance(value, str) and value)


def reason(form: FormData, reasons: Sequence[tuple[str, str]] = REASONS) -> str | None:
    """Return why, from the reason chosen and the words beside it; the last of the `reasons` is
    another one, for which the words alone stand."""
    chosen = dict(reasons).get(text(form, "why"), "")
    told = text(form, "reason")
    if text(form, "why") == reasons[-1][0] and told:
        return told
    return ": ".join(part for part in (chosen, told) if part) or None


def onward(form: FormData) -> str:
    """Return where to go after a decision: a page of ours, never another site's."""
    target = text(form, "next")
    fine = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if fine else "/review"


def bound(value: str) -> int | None:
    """Return a bound of a count; None where it is open. Raises DecisionError."""
    if not value:
        return None
    number = whole(value.replace(",", "").replace(" ", ""), digits=11)
    if number is None:
        raise DecisionError(say("“%(value)s” is not a whole number.", value=value[:40]))
    if number > MOST:
        raise DecisionError(say("“%(value)s” is more people than there are.", value=value[:40]))
    return number


def slots(form: FormData) -> dict[str, Any]:
    """Return the slots of a claim that a form sets: those that differ from what it showed."""
    value: dict[str, Any] = {}
    changed = {name for name in form if text(form, name) != text(form, f"was-{name}")}
    if changed & {"low", "high"}:
        value["count"] = {"low": bound(text(form, "low")), "high": bound(text(form, "high"))}
    for name in ("measure", "scope", "certainty", "event"):
        if name in changed:
            value[name] = text(form, name) or None
    who = {name: text(form, name) or None for name in ("status", "age", "sex") if name in changed}
    if who:
        value["group"] = who
    if changed & {"place", "admin1", "lat", "lon"}:
        value["place"] = place(form)
    if changed & {"start", "end"}:
        first, last = text(form, "start") or None, text(form, "end") or None
        for each in filter(None, (first, last)):
            if day(each) is None:
                raise DecisionError(say("“%(value)s” is no day.", value=each[:40]))
        value["when"] = {"start": first, "end": last} if first or last else None
    if "perpetrator" in changed:
        named = text(form, "perpetrator")
        value["perpetrator"] = [{"name": named}] if named else []
    if "said_by" in changed:
        named = text(form, "said_by")
        value["said_by"] = [{"name": named}] if named else []
    return value


def place(form: FormData) -> dict[str, Any] | None:
    """Return the place of a form, None for no place. Raises DecisionError."""
    name = text(form, "place")
    if not name:
        return None
    known: dict[str, Any] = {"name": name}
    if text(form, "admin1"):
        known["admin1"] = text(form, "admin1")
    if text(form, "country"):
        known["country"] = text(form, "country")
    lat, lon = text(form, "lat"), text(form, "lon")
    if lat or lon:
        try:
            known["lat"], known["lon"] = float(lat), float(lon)
        except ValueError:
            told = say("“%(value)s” are no degrees.", value=f"{lat}, {lon}")
            raise DecisionError(told) from None
    return known


def added(form: FormData) -> dict[str, Any]:
    """Return the slots of a claim made by hand, with the words it stands on. Raises DecisionError
    where it has no number, and does not say that there is none."""
    words: dict[str, Any] = {"text": text(form, "words")}
    start, end = text(form, "from"), text(form, "until")
    if start.isdigit() and end.isdigit():
        raw = form.get("words")
        words = {"start": int(start), "end": int(end)}
        if isinstance(raw, str):
            words["text"] = raw.replace("\r\n", "\n")
    said = slots(form)
    if "count" not in said and not text(form, NUMBERLESS):
        raise DecisionError(
            say("Give a number, or say that the words give none: what is left open is not guessed.")
        )
    return {**said, "words": words}


NUMBERLESS = "numberless"
"""The field by which a claim made by hand says that its words give no number."""


def of_source(form: FormData) -> dict[str, str | None]:
    """Return what a form newly says of a source: what differs from what it showed."""
    value = {}
    for name in ABOUT:
        of = "source_kind" if name == "kind" else name
        if of in form and text(form, of) != text(form, f"was-{of}"):
            value[name] = text(form, of) or None
    return value


def wanted(form: FormData, by: str) -> list[Decision]:
    """Return the decisions that a form asks for. Raises DecisionError."""
    named = text(form, "kind")
    if named not in ASKED:
        raise DecisionError(say("This form does not say what to decide."))
    kind = DecisionKind(named)
    value: Mapping[str, Any] = {}
    if kind is DecisionKind.EDIT:
        value = slots(form)
        if not value:
            raise DecisionError(say("Nothing was changed in the form."))
    elif kind is DecisionKind.ADD:
        value = added(form)
    elif kind is DecisionKind.SET_METADATA:
        names = ("published", "title", "publisher", "lang", "country", "author", "note")
        value = {name: text(form, name) or None for name in names if name in form}
    subjects, others = texts(form, "subject"), texts(form, "other")
    if kind is DecisionKind.SET_SOURCE:
        value = of_source(form)
        subjects = subjects or (
            (f"{SOURCE}{text(form, 'source')}",) if text(form, "source") else ()
        )
        if not value:
            raise DecisionError(say("Nothing was changed in the form."))
    why = reason(form)
    try:
        if kind in OF_PAIRS:
            left = set(texts(form, "member")) - {*subjects, *others}
            return of_pair(kind, subjects, others, left, by=by, why=why)
        one = Decision(kind=kind, subjects=subjects, others=others, value=value, reason=why, by=by)
    except ValueError as error:
        raise DecisionError(explained(kind, error)) from error
    return [one]


def of_pair(
    kind: DecisionKind,
    subjects: Sequence[str],
    others: Sequence[str],
    left: Collection[str],
    *,
    by: str,
    why: str | None = None,
) -> list[Decision]:
    """Return an answer about two groups of claims as decisions.

    Who leaves a claim out of what is the same (`left`) says that it tells of something else,
    whatever the rules hold; the other answers say nothing of what is left out. Raises ValueError.
    """
    one = Decision(kind=kind, subjects=tuple(subjects), others=tuple(others), reason=why, by=by)
    if kind is not DecisionKind.SAME or not left:
        return [one]
    apart = Decision(
        kind=DecisionKind.DIFFERENT,
        subjects=tuple(sorted(left)),
        others=(*subjects, *others),
        reason=why,
        by=by,
    )
    return [one, apart]


def with_parts(wanted: Sequence[Decision], view: View) -> list[Decision]:
    """Return decisions about pairs with what their claims are broken down into: it goes where its
    whole goes."""
    named = {id_ for each in wanted for id_ in (*each.subjects, *each.others)}

    def whole(ids: Sequence[str]) -> tuple[str, ...]:
        parts = (part.id for id_ in ids for part in view.parts_of(ClaimId(id_)))
        return (*ids, *dict.fromkeys(part for part in parts if part not in named))

    return [
        replace(each, subjects=whole(each.subjects), others=whole(each.others))
        if each.kind in OF_PAIRS
        else each
        for each in wanted
    ]


def explained(kind: DecisionKind, error: ValueError) -> str:
    """Return what is wrong with a decision as its person can mend it."""
    if kind in (DecisionKind.REJECT, DecisionKind.EDIT):
        return say("Choose a reason first: setting aside and changing always say why.")
    return plainly(str(error))


def signed(
    handle: Callable[[Request, FormData, str], Response],
) -> Callable[[Request], Awaitable[Response]]:
    """Return what takes a form with who sends it: who may, and says who they are. What cannot be
    decided is answered with the reason. Nobody else changes the record meanwhile."""

    def alone(request: Request, form: FormData, by: str) -> Response:
        held = held_by(request)
        with held.exclusively():
            try:
                answer = handle(request, form, by)
            except DecisionError as error:
                return refusal(request, form, plainly(str(error)))
        held.follow()
        return answer

    @functools.wraps(handle)
    async def taken(request: Request) -> Response:
        form = await authorise(request)
        by = text(form, "by") or initials(request)
        if not by:
            told = say("Give your initials first; they stand in the log.")
            return again.refused(request, form, told, back=onward(form), by="")
        if len(by) > INITIALS_LONG:
            return too_long(request, form, by)
        if len(text(form, "reason")) > REASON_LONG:
            told = say("A reason has at most %(n)s characters.", n=REASON_LONG)
            return refusal(request, form, told)
        return await run_in_threadpool(alone, request, form, by)

    return taken


@signed
def deciding(request: Request, form: FormData, by: str) -> Response:
    """Take the decision of a form."""
    held = held_by(request)
    known = held.view().decidable
    asked = placing.placed(request, form, wanted(form, by), back=onward(form))
    if isinstance(asked, Response):
        return asked
    asked = with_parts(asked, held.view())
    before = again.overtaken(request, form, asked, back=onward(form))
    if before is not None:
        return before
    told = decided.told(asked, known.claims)
    made = decide(held.record, asked, known=known, token=text(form, "once") or None)
    return gone_on(onward(form), by, told=told, undo=made.sequence, back=came_from(request))


@signed
def undoing(request: Request, form: FormData, by: str) -> Response:
    """Take a decision back: the one that the form names, or the last that holds where it names
    none."""
    said, held = text(form, "sequence"), held_by(request)
    number = whole(said, digits=15)
    if said and number is None:
        raise DecisionError(say("“%(value)s” is no entry of the log.", value=said[:40]))
    token = text(form, "once") or None
    made = undo(held.record, number, by=by, token=token)
    told = say("Taken back: entry %(n)s", n=made.takes_back)
    return gone_on(onward(form), by, told=told, undo=made.sequence)


def came_from(request: Request) -> str:
    """Return the page of ours that a form was sent from, "" where that is not told, or where it is
    one that only answers a form: one that asked for initials, or for another answer first."""
    parts = urlsplit(request.headers.get("referer", ""))
    if parts.path in {each.path for each in ROUTES}:
        return ""
    if parts.netloc != request.headers.get("host") or not parts.path.startswith("/"):
        return ""
    kept = [(k, v) for k, v in parse_qsl(parts.query) if k not in ("told", "undo", "back", SEAL)]
    return f"{parts.path}?{query(dict(kept))}" if kept else parts.path


def too_long(request: Request, form: FormData, by: str) -> Response:
    """Return the page that says how long initials can be, and asks for them again."""
    told = say("Initials have at most %(n)s characters.", n=INITIALS_LONG)
    return again.refused(request, form, told, back=onward(form), by=by[:INITIALS_LONG])


async def naming(request: Request) -> Response:
    """Keep who works here."""
    form = await authorise(request)
    if len(text(form, "by")) > INITIALS_LONG:
        return too_long(request, form, "")
    answer = RedirectResponse(onward(form), status_code=303)
    return remembered(answer, text(form, "by"))


def remembered(answer: Response, by: str) -> Response:
    """Let a browser keep who works here, so that every decision can say it."""
    if by:
        answer.set_cookie(INITIALS, quote(by[:40]), max_age=YEAR, samesite="strict", httponly=True)
    return answer


def gone_on(target: str, by: str, *, told: str, undo: int | None, back: str = "") -> Response:
    """Return the way to the next page, which tells what was done and how to take it back.

    `back` is where taking it back leads: to the question that was answered.
    """
    address, _, anchor = target.partition("#")
    joint = "&" if "?" in address else "?"
    told_there = telling(told, str(undo or ""), back)
    answer = RedirectResponse(
        f"{address}{joint}{told_there}{'#' + anchor if anchor else ''}", status_code=303
    )
    return remembered(answer, by)


def refusal(request: Request, form: FormData, message: str) -> Response:
    """Return the page that says why a decision was not taken, with what was filled in."""
    asked = REASONS if text(form, "kind") in ("reject", "edit") else ()
    return again.refused(request, form, message, back=onward(form), reasons=asked)


ROUTES = [
    Route("/decide", deciding, methods=["POST"]),
    Route("/who", naming, methods=["POST"]),
    Route("/undo", undoing, methods=["POST"]),
]
