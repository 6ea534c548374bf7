"""A report as a static site: its pages, and its incidents as tables no finer than itself."""

import io
import json
import zipfile
from collections.abc import Iterable
from datetime import date
from typing import Any

from cenotaph.web import embedding, exports
from cenotaph.web.pages import environment
from cenotaph.web.selection import Chosen, coarser, told_by, without_names
from cenotaph.web.view import View


def site(told: dict[str, Any], chosen: Chosen, view: View) -> bytes:
    """Return a static site as a zip: the report, a page an incident, its data, parts to embed."""
    templates = environment()
    files = [
        ("index.html", templates.get_template("published/report.html").render(told, site=True))
    ]
    one = templates.get_template("published/incident.html")
    for each in told["incidents"]:
        files.append((f"i/{each['event'].id}.html", one.render(told, each=each)))
    files += [(f"data/{name}", content) for name, content in data(chosen, view).items()]
    parts = embedding.files(templates, told, site=True)
    return zipped([*files, *((f"embed/{name}", content) for name, content in parts)], chosen)


def zipped(files: Iterable[tuple[str, str]], chosen: Chosen) -> bytes:
    """Return files as a zip that is the same whenever it is made on one day."""
    out = io.BytesIO()
    stamp = (max(1980, chosen.wish.today.year), chosen.wish.today.month, chosen.wish.today.day)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, (*stamp, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content.encode("utf-8", "backslashreplace"))
    return out.getvalue()


def data(chosen: Chosen, view: View) -> dict[str, str]:
    """Return the incidents of a report as tables, no finer than the report itself."""
    rows = []
    for each in chosen.incidents:
        event = chosen.look(each.id)
        if event is None:
            continue
        cells = dict(
            zip(exports.INCIDENT_COLUMNS, exports.incident_cells(event, view), strict=True)
        )
        where = coarser(event.place, chosen)
        name, admin1, lat, lon, precision = exports.spot(where)
        cells |= {
            "place": name,
            "admin1": admin1,
            "country": where.country if where else None,
            "latitude": lat,
            "longitude": lon,
            "place_precision": precision,
        }
        if chosen.wish.public:
            told = dict.fromkeys(told_by(each, chosen) for each in event.sources)
            blamed = ("alleged_perpetrators", "accepted_by", "denied_by")
            cells |= {key: without_names(cells[key] or "", chosen.names) for key in blamed}
            cells |= {"sources": "; ".join(told), "reports": None}
        rows.append(cells)
    columns = exports.INCIDENT_COLUMNS
    table = exports.table(columns, [[row[name] for name in columns] for row in rows])
    plain = [
        {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}
        for row in rows
    ]
    return {
        "incidents.csv": table,
        "incidents.json": json.dumps(plain, ensure_ascii=False, indent=1),
        "incidents.geojson": json.dumps(features(plain), ensure_ascii=False),
    }


def features(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return rows as features; those whose place is coarse have no geometry."""
    made = []
    for row in rows:
        properties = dict(row)
        lat, lon = properties.pop("latitude"), properties.pop("longitude")
        point = {"type": "Point", "coordinates": [round(lon, 4), round(lat, 4)]} if lat else None
        made.append(
            {"type": "Feature", "id": row["id"], "geometry": point, "properties": properties}
        )
    return {"type": "FeatureCollection", "features": made}
