"""What a list shows, as files: all of it that its filters leave, page by page or not."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from cenotaph.export import claims as shapes
from cenotaph.export.documents import lines, record_finding, record_incident
from cenotaph.export.totals import total_row
from cenotaph.model import (
    Actor,
    Finding,
    Incident,
    Measure,
    Place,
    Precision,
    ResolvedClaim,
    Stance,
    Totals,
)
from cenotaph.pipeline import Event, Originator
from cenotaph.review import ABOUT
from cenotaph.store import Listed
from cenotaph.web import citing
from cenotaph.web.citing import Citation
from cenotaph.web.view import View

FORMULA = ("=", "+", "-", "@", "\t", "\r")

INCIDENT_COLUMNS = (
    "id", "date_start", "date_end", "date_precision", "place", "admin1", "country", "latitude",
    "longitude", "place_precision", "event", "killed_low", "killed_best", "killed_high",
    "civilians_killed_low", "civilians_killed_best", "civilians_killed_high", "children_killed_low",
    "children_killed_best", "children_killed_high", "injured_low", "injured_best", "injured_high",
    "alleged_perpetrators", "accepted_by", "denied_by", "grade", "corroboration", "responsibility",
    "sources", "reports", "gazetteers", "other_ids",
)  # fmt: skip
CLAIM_COLUMNS = (
    "id", "report", "measure", "low", "high", "modality", "status", "age", "sex", "scope",
    "certainty", "place", "admin1", "latitude", "longitude", "place_precision", "date_start",
    "date_end", "date_basis", "alleged_perpetrators", "accepted_by", "denied_by", "said_by",
    "quote", "quote_start", "quote_end", "rule", "gazetteers",
)  # fmt: skip


def guarded(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return value


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return rows as CSV in UTF-8; what is unknown is empty, never zero."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if value is None else guarded(value) for value in row])
    return out.getvalue()


def spot(place: Place | None) -> tuple[Any, ...]:
    """Return name, area, coordinates and precision of a place."""
    if place is None:
        return (None, None, None, None, None)
    return (place.name, place.admin1, place.lat, place.lon, place.precision.value)


STANCES = (Stance.ALLEGED, Stance.ACCEPTED, Stance.DENIED)


def parties(actors: Iterable[Actor], stance: Stance) -> str:
    """Return the names of the parties of one stance: alleged, having accepted, having denied."""
    return "; ".join(actor.name for actor in actors if actor.stance is stance)


def incident_cells(each: Incident, view: View) -> Sequence[Any]:
    """Return an incident as a row."""
    cells: list[Any] = [each.id]
    when = each.when
    cells += (
        [when.start, when.end, when.precision.value] if when is not None else [None, None, None]
    )
    name, admin1, lat, lon, precision = spot(each.place)
    country = each.place.country if each.place else None
    cells += [name, admin1, country, lat, lon, precision, each.event]
    for measure, group in (
        (Measure.KILLED, None),
        (Measure.KILLED, "civilians"),
        (Measure.KILLED, "children"),
        (Measure.INJURED, None),
    ):
        known = each.estimate(measure, group)
        figure = known.figure if known else None
        cells += [figure.low, figure.best, figure.high] if figure else [None, None, None]
    documents = [
        str(id_)
        for original, _ in each.documents
        for id_ in (original, *view.copies.get(original, ()))
    ]
    cells += [
        *(parties(each.perpetrators, stance) for stance in STANCES),
        each.grade,
        each.grading.corroboration if each.grading else None,
        each.grading.responsibility if each.grading else None,
        "; ".join(each.sources),
        "; ".join(documents),
        view.credit,
        "; ".join(view.other_ids(each)),
    ]
    return cells


def claim_cells(each: ResolvedClaim, view: View) -> Sequence[Any]:
    """Return a claim as a row."""
    said, when = each.claim, each.when
    return [
        each.id, said.document, said.measure.value, said.count.low, said.count.high,
        said.count.modality.value, said.group.status.value, said.group.age.value,
        said.group.sex.value, said.scope.value, said.certainty.value, *spot(each.place),
        when.start if when else None, when.end if when else None,
        when.basis.value if when else None,
        *(parties(said.perpetrators, stance) for stance in STANCES),
        " via ".join(source.name for source in said.said_by),
        said.quote.text, said.quote.start, said.quote.end, said.rule, view.credit,
    ]  # fmt: skip


POINTS = (Precision.EXACT, Precision.NEIGHBOURHOOD, Precision.SETTLEMENT, Precision.NEAR)


def geojson(rows: Iterable[Incident], view: View) -> dict[str, Any]:
    """Return incidents as RFC 7946 features; those without a place have no geometry.

    The collection has a foreign member `gazetteers`: where the places come from, and whom to
    credit.
    """
    features = []
    for each in rows:
        cells = dict(zip(INCIDENT_COLUMNS, incident_cells(each, view), strict=True))
        lat, lon = cells.pop("latitude"), cells.pop("longitude")
        del cells["gazetteers"]  # they stand once, beside the features
        digits = 4 if each.place and each.place.precision in POINTS else 1
        point = lat is not None and lon is not None
        properties = {
            key: value.isoformat() if hasattr(value, "isoformat") else value
            for key, value in cells.items()
        }
        features.append(
            {
                "type": "Feature",
                "id": each.id,
                "geometry": {
                    "type": "Point",
                    "coordinates": [round(lon, digits), round(lat, digits)],
                }
                if point
                else None,
                "properties": properties,
            }
        )
    gazetteers = list(view.gazetteers)
    return {"type": "FeatureCollection", "gazetteers": gazetteers, "features": features}


def file(content: str | bytes, name: str, media_type: str) -> Response:
    """Return a file to be saved."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    body = content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")
    return Response(body, media_type=media_type, headers=headers)


def only(form: str, *forms: str) -> None:
    """Answer that there is no such page where a file is asked for in a form that there is not."""
    if form not in forms:
        raise HTTPException(404)


def incidents_file(rows: Sequence[Incident], view: View, form: str) -> Response:
    """Return incidents as a file of a form: csv, geojson or json."""
    only(form, "csv", "geojson", "json")
    import json

    if form == "csv":
        cells = [incident_cells(each, view) for each in rows]
        return file(table(INCIDENT_COLUMNS, cells), "incidents.csv", "text/csv")
    if form == "geojson":
        told = json.dumps(geojson(rows, view), ensure_ascii=False)
        return file(told, "incidents.geojson", "application/geo+json")
    credit = {"gazetteers": view.gazetteers}
    shaped = lines(
        {**record_incident(each, view.copies), "other_ids": view.other_ids(each), **credit}
        for each in rows
    )
    return file(shaped, "incidents.jsonl", "application/x-ndjson")


def claims_file(rows: Sequence[ResolvedClaim], view: View, form: str) -> Response:
    """Return claims as a file of a form: csv or json."""
    only(form, "csv", "json")
    if form == "csv":
        cells = [claim_cells(each, view) for each in rows]
        return file(table(CLAIM_COLUMNS, cells), "claims.csv", "text/csv")
    credit = {"gazetteers": view.gazetteers}
    shaped = lines(
        {"document": each.claim.document, **shapes.claim(each, view.links_from(each.id)), **credit}
        for each in rows
    )
    return file(shaped, "claims.jsonl", "application/x-ndjson")


def findings_file(rows: Sequence[Finding]) -> Response:
    """Return findings as lines of JSON."""
    return file(lines(map(record_finding, rows)), "findings.jsonl", "application/x-ndjson")


def reports_file(rows: Sequence[Listed]) -> Response:
    """Return reports as CSV."""
    columns = ("id", "original", "published", "title", "publisher", "lang", "country", "name")
    cells = [
        [r.id, r.original, r.published, r.title, r.publisher, r.lang, r.country, r.name]
        for r in rows
    ]
    return file(table(columns, cells), "reports.csv", "text/csv")


def sources_file(rows: Sequence[Originator]) -> Response:
    """Return sources as CSV."""
    columns = (
        "name",
        "kind",
        "named",
        "reports",
        "claims",
        *(key for key in ABOUT if key != "kind"),
    )
    cells = [
        [r.name, r.kind, r.named, r.reports, r.claims, *(r.known.get(key) for key in columns[5:])]
        for r in rows
    ]
    return file(table(columns, cells), "sources.csv", "text/csv")


def citation_file(cited: Citation, form: str) -> Response:
    """Return a citation as a file of a form: bib, or json for CSL-JSON."""
    only(form, "bib", "json")
    if form == "bib":
        return file(cited.bibtex(), f"{citing.key(cited.id)}.bib", "application/x-bibtex")
    media_type = "application/vnd.citationstyles.csl+json"
    return file(cited.csl(), f"{citing.key(cited.id)}.json", media_type)


def totals_file(sums: Totals, form: str) -> Response:
    """Return totals as a file of a form: csv or json; the whole stands last, without keys."""
    only(form, "csv", "json")
    rows = [*sums.rows, sums.whole]
    if form == "json":
        return file(lines(total_row(r, sums) for r in rows), "totals.jsonl", "application/x-ndjson")
    keys = [key for key, _ in sums.rows[0].key] if sums.rows else []
    columns = (
        *keys, "measure", "group", "low", "best", "high", "bounded", "ruleset", "how", "claims",
    )  # fmt: skip
    cells = [
        [
            *(dict(r.key).get(key) for key in keys), sums.measure.value, sums.group, r.figure.low,
            r.figure.best, r.figure.high, r.bounded, sums.ruleset, " ".join(r.sentences),
            "; ".join(part.claim for part in r.parts),
        ]
        for r in rows
    ]  # fmt: skip
    return file(table(columns, cells), "totals.csv", "text/csv")


def history_file(events: Iterable[Event], form: str) -> Response:
    """Return entries of the log as a file of a form: csv, or json with what each holds."""
    only(form, "csv", "json")
    if form == "json":
        shaped = (
            {
                "entry": e.sequence,
                "at": e.at,
                "kind": e.kind,
                "holds": e.holds,
                "payload": dict(e.payload),
            }
            for e in events
        )
        return file(lines(shaped), "history.jsonl", "application/x-ndjson")
    columns = ("entry", "at", "kind", "decision", "by", "about", "reason", "holds")
    cells = []
    for e in events:
        taken = e.decision
        about = "; ".join((*taken.subjects, *taken.others)) if taken else e.payload.get("id")
        told = (taken.kind.value, taken.by, about, taken.reason) if taken else ("", "", about, "")
        cells.append([e.sequence, e.at, e.kind, *told, e.holds])
    return file(table(columns, cells), "history.csv", "text/csv")
