"""Totals: at least, at best and at most, by the keys that the address names."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cenotaph import totals as adding
from cenotaph.export.totals import total_id
from cenotaph.model import GROUPS, Measure
from cenotaph.web import exports
from cenotaph.web.listing import part
from cenotaph.web.pages import page, view_of

OPENED = 20
"""Figures that a line opens to on the page; the saved file has all."""


def asked_of(request: Request) -> tuple[tuple[str, ...], Measure, str | None]:
    """Return the keys that an address names, the measure and the group."""
    params = request.query_params
    by = tuple(key for key in params.getlist("by") if key in adding.KEYS)
    measure, group = params.get("measure", ""), params.get("group", "")
    known = {each.value for each in Measure}
    chosen = Measure(measure) if measure in known else Measure.KILLED
    return by, chosen, group if group in GROUPS else None


def totals(request: Request) -> Response:
    """Add up the record; of the lines those of the page that is asked for."""
    by, measure, group = asked_of(request)

    def turned(count: int) -> slice:
        turn = part(request.query_params, count)
        return slice(max(0, turn.first - 1), turn.last)

    count, sums = view_of(request).some_totals(by, measure, group, turned)
    turn = part(request.query_params, count)
    return page(
        request,
        "totals.html",
        sums=sums,
        rows=[(total_id(row, sums), row) for row in sums.rows],
        opened=OPENED,
        turn=turn,
        whole=sums.whole,
        keys=list(adding.KEYS),
        by=by,
        measures=[each.value for each in Measure],
        groups=GROUPS,
        claims=view_of(request).claims,
    )


def totals_as(request: Request) -> Response:
    """Give the totals that the address asks for as a file."""
    sums = view_of(request).totals(*asked_of(request))
    return exports.totals_file(sums, request.path_params["form"])


ROUTES = [Route("/totals", totals), Route("/totals.{form}", totals_as)]
