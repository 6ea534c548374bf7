"""Forms that were not taken: kept whole, so that nobody gives an answer twice; and answers about
something that another answer reached first."""

from collections.abc import Collection, Iterator, Sequence

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from cenotaph.model import Decision, DecisionKind
from cenotaph.store import Record, decisions_since
from cenotaph.web.language import say
from cenotaph.web.listing import whole
from cenotaph.web.pages import held_by, page
from cenotaph.web.security import FIELD

TYPED = {
    "words": "Words",
    "low": "At least",
    "high": "At most",
    "place": "Place",
    "admin1": "Province",
    "lat": "Latitude",
    "lon": "Longitude",
    "start": "First day",
    "end": "Last day",
    "perpetrator": "Alleged perpetrator",
    "published": "Published",
    "title": "Title",
    "publisher": "Publisher",
    "lang": "Language",
    "country": "Country",
    "author": "Author",
    "note": "Note",
    "source": "Name",
    "every": "Published",
}
"""Fields that are typed, which can be mended where a form is shown again, with their names."""

SEEN = "seen"
"""The field with the log's last entry at the time when the form was made."""


def kept(form: FormData, but: Collection[str] = ()) -> list[tuple[str, str]]:
    """Return what a form says, to be sent again; without its token and who sends it."""
    return [
        (name, value)
        for name, value in form.multi_items()
        if isinstance(value, str) and name not in (FIELD, "by", *but)
    ]


def refused(
    request: Request,
    form: FormData,
    message: str,
    *,
    back: str,
    by: str | None = None,
    reasons: Sequence[tuple[str, str]] = (),
) -> Response:
    """Return the page that says why a form was not taken, with the form as it was filled in.

    `by` is given where who sends it is what is wrong: then only that is asked. Else what was typed
    can be mended, and one of the `reasons` be chosen where the form is of those that ask for one.
    """
    said = dict(kept(form))
    typed = {name: said[name] for name in TYPED if name in said} if by is None else {}
    if said.get("from"):  # selected in the text, which the words must go on fitting
        typed.pop("words", None)
    asked = reasons if by is None else ()
    hidden = kept(form, (*typed, *(("why", "reason") if asked else ())))
    return page(
        request,
        "not_taken.html",
        422,
        message=message,
        back=back,
        by=by,
        action=address(request),
        hidden=hidden,
        typed=[(name, TYPED[name], value) for name, value in typed.items()],
        reasons=asked,
        numberless=by is None and said.get("kind") == "add" and "numberless" not in said,
        chosen=said.get("why", ""),
        reason=said.get("reason", ""),
    )


def overtaken(
    request: Request, form: FormData, wanted: Collection[Decision], *, back: str
) -> Response | None:
    """Return the page that asks whether to decide all the same, where somebody decided about the
    same since the form was made; None where nobody did, or the form does not say when it was."""
    since = whole(str(form.get(SEEN) or ""), digits=14)
    if since is None:
        return None
    held = held_by(request)
    members = held.view().decidable.members
    about = {str(each) for named in subjects(wanted) for each in (members(named) or (named,))}
    last = latest(held.record, since, about, str(form.get("once") or ""))
    if last is None:
        return None
    return page(
        request,
        "overtaken.html",
        409,
        message=told(last),
        reason=last.reason,
        back=back,
        about=sorted(about)[0],
        action=address(request),
        hidden=kept(form, (SEEN,)),
        seen=last.sequence,
        by=next(iter(wanted)).by,
        field=SEEN,
    )


def latest(record: Record, since: int, about: Collection[str], once: str) -> Decision | None:
    """Return the last decision about any of these after an entry of the log.

    None too where the form itself was taken already: sending it twice decides once.
    """
    found = None
    for decision, token in decisions_since(record, since):
        if once and token == once:
            return None
        meant = decision
        if decision.takes_back is not None:
            back = decisions_since(record, decision.takes_back - 1)
            meant = next((each for each, _ in back), decision)
        if not set(subjects([meant])).isdisjoint(about):
            found = decision
    return found


def subjects(decisions: Collection[Decision]) -> Iterator[str]:
    """Yield what decisions change; a claim that is added to a report changes nothing there was."""
    for each in decisions:
        if each.kind is not DecisionKind.ADD:
            yield from (*each.subjects, *each.others)
        yield from subjects(each.decisions)


def told(decision: Decision) -> str:
    """Return who decided what, and when."""
    values = {"who": decision.by, "at": (decision.at or "")[:16].replace("T", " ")}
    if decision.kind is DecisionKind.ACCEPT:
        return say("%(who)s accepted this at %(at)s.", **values)
    if decision.kind is DecisionKind.REJECT:
        return say("%(who)s set this aside at %(at)s.", **values)
    if decision.kind is DecisionKind.EDIT:
        return say("%(who)s changed this at %(at)s.", **values)
    if decision.kind is DecisionKind.FLAG:
        return say("%(who)s flagged this at %(at)s.", **values)
    if decision.kind is DecisionKind.UNDO:
        return say("%(who)s took a decision about this back at %(at)s.", **values)
    return say("%(who)s decided about this at %(at)s.", **values)


def address(request: Request) -> str:
    """Return where a form was sent, to send it there again."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
