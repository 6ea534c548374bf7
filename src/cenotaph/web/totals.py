"""Totals: at least, at best and at most, by the keys that the address names."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cenotaph import totals as adding
from cenotaph.export.totals import total_id
from cenotaph.model import GROUPS, Measure
from cenotaph.web.pages import page, view_of


def totals(request: Request) -> Response:
    """Add up the record."""
    params = request.query_params
    by = tuple(key for key in params.getlist("by") if key in adding.KEYS)
    known = {each.value for each in Measure}
    measure = params.get("measure", "")
    group = params.get("group", "")
    chosen = Measure(measure) if measure in known else Measure.KILLED
    view = view_of(request)
    sums = view.totals(by, chosen, group if group in GROUPS else None)
    rows = [(total_id(row, sums), row) for row in sums.rows]
    return page(
        request,
        "totals.html",
        sums=sums,
        rows=rows,
        whole=sums.whole,
        keys=list(adding.KEYS),
        by=by,
        measures=[each.value for each in Measure],
        groups=GROUPS,
        claims=view.claims,
    )


ROUTES = [Route("/totals", totals)]
