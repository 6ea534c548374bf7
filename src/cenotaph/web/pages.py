"""The frame of every page: templates, what they may call, and answers made of them."""

import functools
import hmac
import re
from typing import Any
from urllib.parse import quote, unquote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from cenotaph.link.words import terms
from cenotaph.model import ResolvedClaim
from cenotaph.pipeline.persons import party
from cenotaph.web import charts, outlines, wording
from cenotaph.web.held import Held
from cenotaph.web.language import NAMES, counted, direction, language, told, told_of
from cenotaph.web.security import FIELD, SEAL, seal
from cenotaph.web.view import View

UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
WHITE = re.compile(r"\s+")
CLAIM = re.compile(r"\b(clm-[0-9a-f]{16})\b")

SCREENS = (
    ("/", "Overview"),
    ("/reports", "Reports"),
    ("/review", "Review"),
    ("/incidents", "Incidents"),
    ("/findings", "Findings"),
    ("/sources", "Sources"),
    ("/totals", "Totals"),
    ("/map", "Map and time"),
    ("/publish", "Publish"),
    ("/history", "History"),
)
"""The screens, in the order of the work."""

INITIALS = "cenotaph-initials"
"""The cookie that keeps who works here, for the log."""

QUOTE = 220
"""Characters of a quote that a list shows; a page of its own shows it whole."""


@functools.cache
def environment() -> Environment:
    """Return the templates. Everything put into them is escaped, unless it is markup of ours."""
    made = Environment(
        loader=PackageLoader("cenotaph.web"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(told, told_of, newstyle=True)  # type: ignore[attr-defined]
    made.globals["w"] = wording
    made.globals["counted"] = counted
    made.globals["language"] = language
    made.globals["direction"] = direction
    made.filters["number"] = number
    made.filters["path"] = path
    made.filters["query"] = query
    made.filters["cut"] = cut
    made.filters["counting"] = counting
    made.filters["verbatim"] = verbatim
    made.filters["linked"] = linked
    made.filters["embedded"] = embedded
    made.globals["dots"] = charts.dots
    return made


def prepare() -> None:
    """Compile all templates, and unpack the outlines of the world, its areas and the words that
    pages and decisions look at, which takes a second or two, so that no first page waits for it."""
    made = environment()
    for name in made.list_templates():
        made.get_template(name)
    for each in outlines.of_world():
        _ = each.boxed
    party("")
    terms("words")


def number(value: int | None) -> str:
    """Return a number as it is read; a dash where it is unknown."""
    return "–" if value is None else f"{value:,}"


def path(value: object) -> str:
    """Return an identifier as a part of an address."""
    return quote(str(value), safe="")


def query(values: dict[str, Any]) -> str:
    """Return values as the query of an address."""
    return urlencode(values, doseq=True)


def cut(text: str, width: int = QUOTE) -> str:
    """Return text on one line, cut at a word where it is longer than `width`."""
    flat = " ".join(text.split())
    if len(flat) <= width:
        return flat
    return flat[: width - 1].rsplit(" ", 1)[0] + "…"


def counting(claim: ResolvedClaim, width: int | None = None) -> tuple[str, str, str]:
    """Return what a claim quotes in three: before the words that count, these, and after them.

    With a `width` it stands on one line, and what is longer is cut at words around those that
    count.
    """
    quote, words = claim.claim.quote, claim.claim.counted
    start = words.start - quote.start
    parts = quote.text[:start], words.text, quote.text[start + len(words.text) :]
    if width is None:
        return parts
    before, middle, after = (WHITE.sub(" ", part) for part in parts)
    left = max(0, width - len(middle))
    if len(before) + len(after) <= left:
        return before, middle, after
    room = max(left // 2, left - len(after)), max(left // 2, left - len(before))
    if len(before) > room[0]:
        before = "…" + before[len(before) - room[0] :].partition(" ")[2]
    if len(after) > room[1]:
        after = after[: room[1]].rpartition(" ")[0] + "…"
    return before, middle, after


def held_by(request: Request) -> Held:
    """Return the record that a request is about."""
    held = request.app.state.held
    assert isinstance(held, Held)
    return held


def view_of(request: Request) -> View:
    """Return what follows from the record as it is now."""
    return held_by(request).view()


def render(request: Request, template: str, **context: Any) -> str:
    """Return a template filled in, with what every page shows."""
    held = held_by(request)
    last_entry = functools.cache(held.head)  # asked for once a page, where it has a form
    known = {
        "last_entry": last_entry,
        "record": held.path.name,
        "token": request.app.state.token,
        "token_field": FIELD,
        "read_only": request.app.state.read_only,
        "screens": SCREENS,
        "here": request.url.path,
        "params": request.query_params,
        "initials": unquote(request.cookies.get(INITIALS, ""))[:80],
        "languages": [each for each in NAMES.items() if each[0] != language()],
        "this_address": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        **message(request),
        **context,
    }
    return environment().get_template(template).render(known)


def message(request: Request) -> dict[str, str]:
    """Return what a page tells of what was just done: nothing but what this workbench said."""
    given = {name: request.query_params.get(name, "") for name in ("told", "undo", "back")}
    own = hmac.compare_digest(
        seal(**given), request.query_params.get(SEAL, "")[:64].encode("ascii", "replace").decode()
    )
    return given if own else dict.fromkeys(given, "")


def telling(told: str, undo: str = "", back: str = "") -> str:
    """Return the query by which the next page tells what was done; see `message`."""
    given = {"told": told, "undo": undo, "back": back}
    known = {name: value for name, value in given.items() if value}
    return query({**known, SEAL: seal(**given)})


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """Return a page."""
    return HTMLResponse(render(request, template, **context), status_code=status)


def missing(request: Request, what: str) -> HTMLResponse:
    """Return the page that says that something is not there, and what to do."""
    return page(request, "missing.html", 404, what=what)


def verbatim(text: str) -> Markup:
    """Return a stored text as markup from which a browser makes the same text again.

    A browser takes a carriage return in markup for a line feed, so it is written as a reference; a
    NUL and half of a character pair cannot be written at all and stand as the replacement mark.
    """
    told = str(escape(UNWRITABLE.sub("\ufffd", text)))
    return Markup(told.replace("\r", "&#13;"))


def linked(text: str) -> Markup:
    """Return text, escaped, in which identifiers lead to what they name."""
    return Markup(CLAIM.sub(r'<a href="/c/\1">\1</a>', str(escape(text))))


def embedded(told: str) -> Markup:
    """Return JSON as a script of data holds it: no sign in it ends the script or begins markup."""
    return Markup(told.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))
