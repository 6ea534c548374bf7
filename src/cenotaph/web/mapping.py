"""Map and time: incidents where they are known to be, as finely as they are known and no finer."""

import json
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cenotaph.model import Precision
from cenotaph.pipeline import IncidentLine
from cenotaph.web import wording
from cenotaph.web.gazetteers import otherwise
from cenotaph.web.held import Held
from cenotaph.web.incidents import INCIDENT_FACETS, question, shown_facets
from cenotaph.web.language import language
from cenotaph.web.listing import facets_of, turn
from cenotaph.web.pages import held_by, page, path, view_of
from cenotaph.web.tiles import layers
from cenotaph.web.view import View

EXAMPLE = "XT"
"""The code of the country that the example reports are set in; no country has it."""

A_STEP = 500
"""Incidents that are drawn in one step behind the pages."""

OWN = 20_000_000
"""Bytes of the user's own outlines that are shown at most."""


def mapped(request: Request) -> Response:
    """Show the incidents that the address asks for on a map, over time, and in a table."""
    view = view_of(request)
    params = request.query_params
    found = view.list_incidents(question(params))
    return page(
        request,
        "map.html",
        gazetteer=otherwise(view),
        rows=found.rows,
        total=found.total,
        placeless=found.counts["spot"].get("", 0) if found.total else 0,
        dateless=found.counts["dated"].get("", 0) if found.total else 0,
        facets=facets_of(params, found.counts, shown_facets(params)),
        turn=turn(params, found),
        forms=("csv", "geojson", "json"),
        own=bool(own_files(held_by(request))),
        tiles=[
            {"name": path(e.name), "deepest": e.deepest, "owed": e.attribution}
            for e in layers(held_by(request)).values()
        ],
        names=INCIDENT_FACETS,
    )


def points(request: Request) -> Response:
    """Give the incidents that the address asks for as the map draws them: a list an incident.

    Identifier, name, latitude, longitude, precision, country, province, first and last day, low,
    best and high of those killed, and what happened.
    """
    view = view_of(request)
    rows = view.outline_incidents(question(request.query_params, limit=None)).rows
    told = drawn_once(held_by(request), rows)
    return Response(msgspec.json.encode(told), media_type="application/json")


def drawn_once(held: Held, rows: Sequence[IncidentLine]) -> list[msgspec.Raw]:
    """Return incidents as the map draws them; what was drawn before is kept."""
    known = held.drawn.setdefault(language(), {})
    for each in rows:
        kept = known.get(each.id)
        if kept is None or kept[0] is not each:
            known[each.id] = each, msgspec.Raw(msgspec.json.encode(drawn(each)))
    return [known[each.id][1] for each in rows]


def behind(held: Held, view: View) -> Iterator[None]:
    """Draw all incidents behind the pages, step by step, where none was drawn yet."""
    if held.drawn:
        return
    rows = view.in_time
    for at in range(0, len(rows), A_STEP):
        drawn_once(held, rows[at : at + A_STEP])
        yield


def drawn(event: IncidentLine) -> list[Any]:
    """Return an incident as the map draws it."""
    place, when = event.place, event.when
    low, best, high = event.figure or (None, None, None)
    start = (when.start or when.end) if when else None
    end = (when.end or when.start) if when else None
    coarse = place is not None and place.precision in (Precision.ADMIN1, Precision.COUNTRY)
    return [
        event.id,
        wording.place(place),
        place.lat if place else None,
        place.lon if place else None,
        place.precision.value if place else None,
        place.country if place else None,
        (place.admin1 or (place.name if coarse else None)) if place else None,
        start.isoformat() if start else None,
        end.isoformat() if end else None,
        low,
        best,
        high,
        wording.label(event.event) if event.event else "",
        wording.period(when),
        wording.bounds(low, high) if event.figure else "–",
    ]


def own_files(held: Held) -> Sequence[Path]:
    """Return outlines beside Natural Earth's: GeoJSON in the folder `basemap` beside the record,
    and for a record about the invented country of the example reports that country's.
    """
    folders = [held.path.absolute().parent / "basemap"]
    if held.settings().country == EXAMPLE:
        folders.append(Path(str(resources.files("cenotaph.web") / "examples" / "basemap")))
    return [file for folder in folders for file in sorted(folder.glob("*.geojson"))]


def own(request: Request) -> Response:
    """Give the user's own outlines as one collection; a file that is no GeoJSON is passed over."""
    features: list[Any] = []
    size = 0
    for file in own_files(held_by(request)):
        size += file.stat().st_size
        if size > OWN:
            break
        try:
            known = json.loads(file.read_bytes())
        except ValueError:
            continue
        if isinstance(known, dict) and isinstance(known.get("features"), list):
            features += known["features"]
    return JSONResponse({"type": "FeatureCollection", "features": features})


ROUTES = [
    Route("/map", mapped),
    Route("/map/points.json", points),
    Route("/map/own.json", own),
]
