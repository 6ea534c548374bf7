"""Totals: at least, at best and at most, by the keys that the address names."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cenotaph import totals as adding
from cenotaph.export.totals import total_id
from cenotaph.model import GROUPS, Measure, Totals
from cenotaph.web import exports
from cenotaph.web.listing import part
from cenotaph.web.pages import page, view_of


def asked_of(request: Request) -> tuple[tuple[str, ...], Totals]:
    """Return the keys that an address names, and the totals it asks for."""
    params = request.query_params
    by = tuple(key for key in params.getlist("by") if key in adding.KEYS)
    measure, group = params.get("measure", ""), params.get("group", "")
    known = {each.value for each in Measure}
    chosen = Measure(measure) if measure in known else Measure.KILLED
    return by, view_of(request).totals(by, chosen, group if group in GROUPS else None)


def totals(request: Request) -> Response:
    """Add up the record."""
    by, sums = asked_of(request)
    turn = part(request.query_params, len(sums.rows))
    shown = sums.rows[turn.first - 1 : turn.last] if sums.rows else ()
    return page(
        request,
        "totals.html",
        sums=sums,
        rows=[(total_id(row, sums), row) for row in shown],
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
    return exports.totals_file(asked_of(request)[1], request.path_params["form"])


ROUTES = [Route("/totals", totals), Route("/totals.{form}", totals_as)]
