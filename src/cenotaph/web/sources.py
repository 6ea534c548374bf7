"""Sources: who first said what is counted, and what a person knows of them and their ties."""

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cenotaph import vocab
from cenotaph.model import SOURCE
from cenotaph.pipeline import Originator
from cenotaph.review import ABOUT
from cenotaph.spelling import fold
from cenotaph.web import exports
from cenotaph.web.deciding import once
from cenotaph.web.language import say
from cenotaph.web.listing import part
from cenotaph.web.pages import page, view_of
from cenotaph.web.view import View

TIES = {
    "owned_by": "Owned by, and speaks for",
    "quotes": "Passes on the figures of",
    "translates": "Translates",
    "same_as": "Another name of",
}
"""What can be said of a source beside its kind, as a form asks it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A source with what is known of it: pairs of a tie in words and whom it is to."""

    source: Originator
    subject: str
    ties: tuple[tuple[str, str], ...]


def register(view: View) -> tuple[Originator, ...]:
    """Return the sources of a record; worked out once for each of its states."""
    if view.kept_sources is None:
        view.kept_sources = view.originators()
    return view.kept_sources


def behind(view: View) -> Iterator[None]:
    """Work them out behind the pages."""
    register(view)
    yield


def wanted(request: Request) -> list[Originator]:
    """Return the sources that the address asks for, those with most reports first."""
    words = fold(request.query_params.get("q", "")[:200])
    known = register(view_of(request))
    return [each for each in known if not words or words in fold(each.name)]


def sources(request: Request) -> Response:
    """List who first said what is counted, with a form for what a person knows of each."""
    params = request.query_params
    found = wanted(request)
    turn = part(params, len(found))
    shown = found[turn.first - 1 : turn.last] if found else []
    return page(
        request,
        "sources.html",
        rows=[
            Row(
                each,
                f"{SOURCE}{each.name}",
                tuple((say(TIES[key]), value) for key, value in each.known.items() if key in TIES),
            )
            for each in shown
        ],
        turn=turn,
        kinds=vocab.table("sources")["kinds"],
        about=[key for key in ABOUT if key in TIES],
        ties=TIES,
        prefix=SOURCE,
        words=params.get("q", ""),
        once=once,
    )


def sources_as(request: Request) -> Response:
    """Give the sources that the address asks for as a table."""
    return exports.sources_file(wanted(request))


ROUTES = [Route("/sources", sources), Route("/sources.csv", sources_as)]
