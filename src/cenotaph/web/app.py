"""The workbench as an application: its screens, its guard, and what it answers when it cannot."""

import functools
import inspect
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from importlib import resources
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from cenotaph.pipeline import SettingError, UnknownName
from cenotaph.store import RecordError
from cenotaph.web import (
    apart,
    bulk,
    columns,
    days,
    deciding,
    documents,
    findings,
    gazetteers,
    incidents,
    mapping,
    past,
    publish,
    review,
    same,
    searching,
    sources,
    start,
    tiles,
    totals,
    troubles,
)
from cenotaph.web.held import FOLLOWING, Changed, Held
from cenotaph.web.language import Speaking, say
from cenotaph.web.pages import missing, page, query
from cenotaph.web.security import HOSTS, Forbidden, Guard, new_token
from cenotaph.web.view import View

SCREENS: Sequence[Sequence[BaseRoute]] = (
    start.ROUTES,
    columns.ROUTES,
    documents.ROUTES,
    incidents.ROUTES,
    totals.ROUTES,
    findings.ROUTES,
    gazetteers.ROUTES,
    deciding.ROUTES,
    bulk.ROUTES,
    days.ROUTES,
    review.ROUTES,
    same.ROUTES,
    apart.ROUTES,
    past.ROUTES,
    mapping.ROUTES,
    tiles.ROUTES,
    searching.ROUTES,
    sources.ROUTES,
    publish.ROUTES,
)


PATIENCE = 1.5
"""Seconds that a page waits for a large record to be opened before it says so."""

SOON = 0.1
"""Seconds that a page waits for what a decision changes in a large record before it says so."""


def workbench(
    path: Path,
    *,
    passphrase: str | None = None,
    read_only: bool = False,
    hosts: Sequence[str] = (),
) -> Starlette:
    """Return the application for one record, which need not be made yet.

    `passphrase` is that of an encrypted record; `hosts` are names, beside this machine's own,
    under which it may be asked.
    """
    static = Path(str(resources.files("cenotaph.web") / "static"))
    app = Starlette(
        routes=[
            *(steady(route) for screen in SCREENS for route in screen),
            Mount("/static", Static(directory=static), name="static"),
        ],
        middleware=[
            Middleware(Speaking),
            Middleware(Guard, hosts=HOSTS | set(hosts)),
            Middleware(GZipMiddleware, minimum_size=2_000, compresslevel=5),
        ],
        exception_handlers={
            HTTPException: refused,
            Forbidden: forbidden,
            RecordError: unusable,
            SettingError: unusable,
            UnknownName: unknown,
        },
        lifespan=lasting,
    )
    app.state.held = Held(path, passphrase=passphrase, behind=behind)
    app.state.token = new_token()
    app.state.read_only = read_only
    return app


def behind(held: Held, view: View) -> Iterator[None]:
    """Work out behind the pages, step by step, what they need of a state of the record."""
    yield from mapping.behind(held, view)
    yield from sources.behind(view)
    yield from publish.behind(held, view)


@asynccontextmanager
async def lasting(app: Starlette) -> AsyncIterator[None]:
    """Leave no file on its way into the record behind when the workbench stops."""
    yield
    app.state.held.stop()


def steady(route: BaseRoute) -> BaseRoute:
    """Return a route whose page is made while nobody else changes the record.

    Pages that wait for work under way ask nothing of it and are answered meanwhile.
    """
    if not isinstance(route, Route) or route.path == "/working":
        return route
    made = route.endpoint
    if inspect.iscoroutinefunction(made):
        return route

    @functools.wraps(made)
    def alone(request: Request) -> Response:
        held = request.app.state.held
        held.asked()
        if request.method == "GET" and not held.opened(PATIENCE):
            return RedirectResponse("/working?" + query({"next": whole(request)}), 303)
        if request.method == "GET" and not held.followed(SOON):
            asked = {"of": FOLLOWING, "next": whole(request)}
            return RedirectResponse("/working?" + query(asked), 303)
        try:
            with held.exclusively():
                answer = made(request)
        except Changed:
            return RedirectResponse(whole(request), 303)
        held.asked()
        held.tidy_behind()
        assert isinstance(answer, Response)
        return answer

    return Route(route.path, alone, methods=list(route.methods or ()))


def whole(request: Request) -> str:
    """Return the address that was asked for, on this machine."""
    asked = request.url.query
    return request.url.path + (f"?{asked}" if asked else "")


class Static(StaticFiles):
    """Files of the workbench itself, which a browser may keep as long as they are unchanged."""

    def file_response(self, *args, **kwargs) -> Response:  # type: ignore[no-untyped-def]
        """Return a file that is asked for again each time, and sent only when it is another."""
        answer = super().file_response(*args, **kwargs)
        answer.headers["cache-control"] = "no-cache"
        return answer


def refused(request: Request, error: Exception) -> Response:
    """Answer an address that leads nowhere, or a method that it does not take."""
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return missing(request, say("page of this address"))
    told = troubles.plainly(error.detail)
    return page(request, "refused.html", error.status_code, message=told)


def forbidden(request: Request, error: Exception) -> Response:
    """Answer a request that may not do what it asks."""
    return page(request, "refused.html", 403, message=troubles.plainly(str(error)))


def unknown(request: Request, error: Exception) -> Response:
    """Answer an address that names rules which there are not."""
    return page(request, "refused.html", 404, message=troubles.plainly(str(error)))


def unusable(request: Request, error: Exception) -> Response:
    """Answer where the record cannot be used, with what is wrong with it."""
    return page(request, "refused.html", 500, message=troubles.plainly(str(error)))
