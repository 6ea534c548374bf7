"""Outlines of countries and their first-level areas, and a map drawn of them as one SVG.

The outlines are Natural Earth's, packed with the program, and GeoJSON files beside them: the user's
own, and those of the country that the example reports are set in.
"""

import functools
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from cenotaph.model import Place, Precision
from cenotaph.web.language import say

Ring = tuple[tuple[float, float], ...]
"""Corners of an outline: longitude and latitude in degrees."""

WIDE, LEAST, MOST = 1200, 360, 1000
"""Units of the drawing: its width, and the least and the greatest of its height."""

POINTS = (Precision.EXACT, Precision.NEIGHBOURHOOD, Precision.SETTLEMENT)
REACH = {Precision.NEAR: 0.05, Precision.AREA: 0.11, Precision.ADMIN2: 0.18}
"""Degrees of latitude around a place that is known no finer."""

COUNTRIES = 8
"""Countries whose areas are drawn at most."""


Box = tuple[float, float, float, float]
"""The west, south, east and north of an outline."""


@dataclass(frozen=True)
class Outline:
    """The outline of a country, or of the first-level area `name` of one."""

    country: str
    name: str | None
    rings: tuple[Ring, ...]

    @functools.cached_property
    def boxed(self) -> Sequence[tuple[Box, Ring]]:
        """The rings that have corners, each with what it lies in: found once, as it is long to
        find."""
        return [(box(ring), ring) for ring in self.rings if ring]


@functools.cache
def packed(file: str) -> Mapping[str, Any]:
    """Return a file of the packed outlines; empty where there is none of that name."""
    found = resources.files("cenotaph.web").joinpath("static", "map", *file.split("/"))
    return json.loads(found.read_bytes()) if found.is_file() else {"unit": 1, "areas": []}


def unpacked(flat: Sequence[int], unit: int) -> Ring:
    """Return a ring of steps as corners."""
    x = y = 0
    line = []
    for step in range(0, len(flat) - 1, 2):
        x, y = x + flat[step], y + flat[step + 1]
        line.append((x / unit, y / unit))
    return tuple(line)


def outlines(countries: Iterable[str], own: Iterable[Path] = ()) -> list[Outline]:
    """Return the outlines of all countries, of the areas of these, and of the user's own files."""
    found = [*of_world()]
    for code in sorted(countries)[:COUNTRIES]:
        if len(code) == 2 and code.isascii() and code.isalpha():
            found += of_country(code)
    for file in own:
        found += of_file(file)
    return found


@functools.cache
def of_world() -> tuple[Outline, ...]:
    """Return the outlines of all countries."""
    world = packed("world.json")
    return tuple(
        Outline(area["code"], None, tuple(unpacked(r, world["unit"]) for r in area["rings"]))
        for area in world["areas"]
    )


@functools.lru_cache(maxsize=COUNTRIES)
def of_country(code: str) -> tuple[Outline, ...]:
    """Return the outlines of the first-level areas of a country."""
    inner = packed(f"admin1/{code}.json")
    return tuple(
        Outline(code, area["name"], tuple(unpacked(r, inner["unit"]) for r in area["rings"]))
        for area in inner["areas"]
    )


def of_file(file: Path) -> list[Outline]:
    """Return the polygons of a GeoJSON file; what is none is passed over."""
    try:
        features = json.loads(file.read_bytes())["features"]
        return [known for each in features if (known := of_feature(each)) is not None]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def of_feature(feature: Mapping[str, Any]) -> Outline | None:
    """Return a polygon, named where its properties say that it is a first-level area."""
    geometry = feature.get("geometry") or {}
    kind, held = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        return None
    polygons: Any = [held] if kind == "Polygon" else held
    rings = tuple(
        tuple((float(at[0]), float(at[1])) for at in ring) for each in polygons for ring in each
    )
    known = feature.get("properties") or {}
    named = known.get("level") == "admin1"
    return Outline(str(known.get("country", "")), str(known["name"]) if named else None, rings)


def drawn(places: Sequence[Place | None], own: Iterable[Path] = ()) -> tuple[Markup, int]:
    """Return places on a map, each as finely as it is known, and how many could not be drawn.

    A settlement is a dot, what is known no finer than near or inside something a dashed circle, an
    area its outline, shaded. Coordinates are whole units of a drawing, some hundreds of metres.
    """
    known = [each for each in places if each is not None]
    shapes = outlines({each.country for each in known if each.country}, own)
    areas = {(each.country, each.name): each for each in shapes if each.name}
    spots: dict[tuple[float, float, float], int] = {}
    shaded: dict[tuple[str, str], int] = {}
    # Thousands of incidents are told of one area, as one and the same thing: it is looked at once.
    times = Counter(map(id, known))
    for each in {id(each): each for each in known}.values():
        many = times[id(each)]
        area = (each.country or "", each.admin1 or each.name or "")
        if each.precision in POINTS and each.lat is not None and each.lon is not None:
            at = (each.lon, each.lat, 0.0)
            spots[at] = spots.get(at, 0) + many
        elif each.precision in REACH and each.lat is not None and each.lon is not None:
            at = (each.lon, each.lat, REACH[each.precision])
            spots[at] = spots.get(at, 0) + many
        elif each.precision is not Precision.COUNTRY and area in areas:
            shaded[area] = shaded.get(area, 0) + many
    placed = sum(spots.values()) + sum(shaded.values())
    if not placed:
        return Markup(""), len(places)
    corners = [at for area in shaded for ring in areas[area].rings for at in ring]
    corners += [(x, y) for x, y, _ in spots]
    frame = Frame.around(corners)
    lines = [
        f'<path class="{"land" if each.name is None else "area"}" d="{frame.path(each)}"/>'
        for each in sorted(shapes, key=lambda each: each.name is not None)
        if any(frame.meets(held) for held, _ in each.boxed)
    ]
    lines += [
        f'<path class="within" d="{frame.path(areas[area])}">{title(area[1], number)}</path>'
        for area, number in sorted(shaded.items(), key=str)
    ]
    for area in sorted({(each.country or "", each.admin1 or "") for each in known}):
        if area in areas:
            x, y = frame.at(*middle(areas[area].rings))
            lines.append(f'<text x="{x}" y="{y}">{escape(area[1])}</text>')
    for (lon, lat, reach), number in sorted(spots.items()):
        x, y = frame.at(lon, lat)
        size = max(10, round(reach * frame.scale)) if reach else 6 + min(14, 2 * number)
        kind = "near" if reach else "spot"
        lines.append(f'<circle class="{kind}" cx="{x}" cy="{y}" r="{size}"/>')
    head = escape(say("Where the incidents of this report are known to have been"))
    return Markup(
        f'<svg class="map" viewBox="0 0 {WIDE} {frame.height}" role="img" '
        f'aria-labelledby="map-title"><title id="map-title">{head}</title>{"".join(lines)}</svg>'
    ), len(places) - placed


def box(ring: Ring) -> Box:
    """Return the west, south, east and north of a ring."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


def middle(rings: Sequence[Ring]) -> tuple[float, float]:
    """Return a place for an area's name: halfway between the ends of its longest outline."""
    ring = max(rings, key=len)
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def title(name: str, number: int) -> Markup:
    """Return what an area says when pointed at."""
    return Markup("<title>{}: {}</title>").format(name, number)


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world that a drawing shows: its west and north in degrees, units a degree of
    latitude, how much shorter a degree of longitude is, and the height in units.
    """

    west: float
    north: float
    scale: float
    narrow: float
    height: int

    @classmethod
    def around(cls, corners: Sequence[tuple[float, float]]) -> "Frame":
        """Return the frame that shows these corners, with room around them."""
        west, east = min(x for x, _ in corners), max(x for x, _ in corners)
        south, north = min(y for _, y in corners), max(y for _, y in corners)
        narrow = max(0.2, math.cos(math.radians((south + north) / 2)))
        across = max((east - west) * narrow, 0.8) * 1.2
        down = max(north - south, 0.8) * 1.2
        across = max(across, down * WIDE / MOST)
        down = max(down, across * LEAST / WIDE)
        scale = WIDE / across
        left = (west + east) / 2 - across / narrow / 2
        return cls(left, (south + north) / 2 + down / 2, scale, narrow, round(down * scale))

    def at(self, lon: float, lat: float) -> tuple[int, int]:
        """Return where a place stands in the drawing, in whole units."""
        x = round((lon - self.west) * self.narrow * self.scale)
        return x, round((self.north - lat) * self.scale)

    def meets(self, held: Box) -> bool:
        """Tell whether any of what a box holds may lie inside the frame."""
        west, south, east, north = held
        (left, top), (right, bottom) = self.at(west, north), self.at(east, south)
        return right >= 0 and left <= WIDE and bottom >= 0 and top <= self.height

    def path(self, outline: Outline) -> str:
        """Return an outline as a path, without rings that lie outside and corners that coincide."""
        made = []
        for held, ring in outline.boxed:
            if not self.meets(held):
                continue
            ends = [self.at(x, y) for x, y in ring]
            kept = [end for n, end in enumerate(ends) if n == 0 or end != ends[n - 1]]
            made.append("M" + "L".join(f"{x} {y}" for x, y in kept) + "Z")
        return "".join(made)
