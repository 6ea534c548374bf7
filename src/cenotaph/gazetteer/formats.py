"""Readers of the tables that users bring: each gives entries, whatever the columns are called."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cenotaph.gazetteer.areas import by_geonames
from cenotaph.model import GazetteerEntry, PlaceKind

csv.field_size_limit(1 << 24)

# Feature codes of GeoNames (https://www.geonames.org/export/codes.html), by kind.
_GEONAMES_KINDS = {
    "ADM1": PlaceKind.ADMIN1, "ADM2": PlaceKind.ADMIN2, "ADM3": PlaceKind.AREA,
    "ADM4": PlaceKind.AREA, "PCLI": PlaceKind.COUNTRY, "PPLX": PlaceKind.NEIGHBOURHOOD,
    "RGN": PlaceKind.AREA, "AREA": PlaceKind.AREA,
}  # fmt: skip
_WOF_KINDS = {
    "country": PlaceKind.COUNTRY, "region": PlaceKind.ADMIN1, "macroregion": PlaceKind.AREA,
    "county": PlaceKind.ADMIN2, "localadmin": PlaceKind.AREA, "locality": PlaceKind.SETTLEMENT,
    "borough": PlaceKind.NEIGHBOURHOOD, "macrohood": PlaceKind.NEIGHBOURHOOD,
    "neighbourhood": PlaceKind.NEIGHBOURHOOD, "campus": PlaceKind.LANDMARK,
}  # fmt: skip
_OWN_KINDS = {kind.value: kind for kind in PlaceKind} | {
    "city": PlaceKind.SETTLEMENT, "town": PlaceKind.SETTLEMENT, "village": PlaceKind.SETTLEMENT,
    "governorate": PlaceKind.ADMIN1, "province": PlaceKind.ADMIN1, "district": PlaceKind.ADMIN2,
    "admin3": PlaceKind.AREA, "admin4": PlaceKind.AREA,
}  # fmt: skip


class GazetteerError(Exception):
    """A gazetteer file that cannot be read, or a package that is missing; the message says
    which."""


class GazetteerMissing(GazetteerError):
    """The package that carries the default gazetteer is not installed."""


@dataclass(frozen=True, slots=True)
class Alias:
    """One more name of a place that another gazetteer holds, by identifier or by name and
    country."""

    alias: str
    id: str | None
    name: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """A file read: its entries and aliases, what kind of table it was, and the licence if known."""

    format: str
    entries: tuple[GazetteerEntry, ...]
    aliases: tuple[Alias, ...] = ()
    licence: str | None = None
    attribution: str | None = None


def read_table(path: Path) -> Table:
    """Read a gazetteer file: CSV, GeoNames dump, GeoJSON or alias list, told apart by their heads.

    Raises GazetteerError where it is none of these, and OSError where it cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise GazetteerError(f"{path.name} is not UTF-8 text: {error.reason}") from None
    name = re.sub(r"[^\w.-]+", "-", path.stem.lower())
    try:
        if text.lstrip()[:1] == "{":
            return _geojson(name, text)
        head = text.split("\n", 1)[0]
        if head.count("\t") == 18:
            return _geonames(text)
        return _csv(name, text, path.name)
    except (ValueError, KeyError, TypeError, csv.Error) as error:
        raise GazetteerError(f"{path.name}: {error}") from error


def _number(text: Any) -> float | None:
    try:
        value = float(str(text).replace(",", "."))
    except ValueError:
        return None
    return value if value == value and abs(value) <= 180 else None


def _whole(text: Any) -> int:
    digits = re.sub(r"[ ,]|\.0*$", "", str(text or ""))
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 12 else 0


def _split(text: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n for n in (p.strip() for p in (text or "").split("|")) if n))


def _csv(name: str, text: str, shown: str) -> Table:
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns = {c.strip().lower() for c in reader.fieldnames or () if c}
    rows = (
        {k.strip().lower(): (v or "").strip() for k, v in row.items() if k and isinstance(v, str)}
        for row in reader
    )
    if {"wof_id", "placetype"} <= columns:
        return _wof(list(rows))
    if {"id", "name", "kind"} <= columns:
        return Table("csv", tuple(e for row in rows if (e := _own(name, row))))
    if "alias" in columns and columns & {"id", "name"}:
        aliases = tuple(
            Alias(r["alias"], r.get("id") or None, r.get("name") or None, r.get("country") or None)
            for r in rows
            if r.get("alias")
        )
        return Table("aliases", (), aliases)
    if any("pcode" in c.replace("_", "") for c in columns):
        return _pcodes(name, list(rows))
    raise GazetteerError(
        f"{shown}: no known table. Expected columns id,name,kind,lat,lon,…; "
        "wof_id,name,placetype,…; P-codes (adm1_en, adm1_pcode, …); or alias,id"
    )


def _own(name: str, row: Mapping[str, str]) -> GazetteerEntry | None:
    if not row.get("name") or not row.get("id"):
        return None
    kind = _OWN_KINDS.get(row["kind"].lower(), PlaceKind.SETTLEMENT)
    gid = _whole(row.get("geonames"))
    return GazetteerEntry(
        id=f"geonames:{gid}" if gid else f"{name}:{row['id']}",
        name=row["name"], kind=kind, lat=_number(row.get("lat")), lon=_number(row.get("lon")),
        country=(row.get("country") or "").upper() or None, admin1=row.get("admin1") or None,
        admin2=row.get("admin2") or None, geonames=gid or None,
        population=_whole(row.get("population")), names=_split(row.get("alternates")),
    )  # fmt: skip


def _wof(rows: list[dict[str, str]]) -> Table:
    country = None
    for row in rows:
        if row["placetype"] == "country":
            area = by_geonames().get(_whole(row.get("gn_id")))
            codes = [n for n in _split(row.get("variants")) if re.fullmatch("[A-Z]{2}", n)]
            country = area.code if area else codes[0] if codes else None
    entries = []
    for row in rows:
        gid = _whole(row.get("gn_id"))
        kind = _WOF_KINDS.get(row["placetype"], PlaceKind.AREA)
        entries.append(
            GazetteerEntry(
                id=f"geonames:{gid}" if gid else f"whosonfirst:{row['wof_id']}",
                name=row["name"], kind=kind, lat=_number(row["lat"]), lon=_number(row["lon"]),
                country=(row.get("country") or country or "").upper() or None,
                admin1=row.get("region") or (row["name"] if kind is PlaceKind.ADMIN1 else None),
                admin2=row.get("county") or None, geonames=gid or None,
                population=_whole(row.get("population")),
                names=_split(row.get("variants")) + _split(row.get("name_ar")),
            )
        )  # fmt: skip
    note = "Who's On First (whosonfirst.org), with GeoNames and Quattroshapes, CC BY 4.0"
    return Table("whosonfirst", tuple(entries), (), "see whosonfirst.org/docs/licenses", note)


_LEVELS = (PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.AREA, PlaceKind.AREA)
_LEVEL_NAME = re.compile(r"^(?:adm|admin)_?([0-4])_?(?:name)?_?([a-z]{2})?\d?(?:_name)?$")
_LEVEL_CODE = re.compile(r"^(?:adm|admin)_?([0-4])_?p_?code$")
_FEATURE_NAME = re.compile(
    r"^(?:feature|ppl|place|locality|settlement|village)_?name_?([a-z]{2})?$"
)
_FEATURE_CODE = re.compile(r"^(?:(?:feature|ppl|place|locality|settlement|village)_?)?p_?code$")
_LAT = ("lat", "latitude", "y", "point_y", "center_lat", "centroid_lat", "lat_dd")
_LON = ("lon", "long", "longitude", "x", "point_x", "center_lon", "centroid_lon", "lon_dd")


def _pcodes(name: str, rows: list[dict[str, str]]) -> Table:
    """OCHA's tables of administrative areas and populated places (Common Operational Datasets)."""
    made: dict[str, GazetteerEntry] = {}
    for row in rows:
        names: dict[int, list[str]] = {}
        codes: dict[int, str] = {}
        feature: list[str] = []
        feature_code = ""
        for column, value in row.items():
            if not value:
                continue
            if found := _LEVEL_CODE.match(column):
                codes[int(found[1])] = value
            elif found := _LEVEL_NAME.match(column):
                at = 0 if found[2] in (None, "en") else len(names.get(int(found[1]), []))
                names.setdefault(int(found[1]), []).insert(at, value)
            elif found := _FEATURE_NAME.match(column):
                feature.insert(0 if found[1] in (None, "en") else len(feature), value)
            elif _FEATURE_CODE.match(column):
                feature_code = value
        lat = next((_number(row[c]) for c in _LAT if row.get(c)), None)
        lon = next((_number(row[c]) for c in _LON if row.get(c)), None)
        country = codes.get(0, next(iter(codes.values()), feature_code))[:2].upper() or None
        above = {level: values[0] for level, values in names.items()}
        deepest = max(codes, default=-1)
        for level in sorted(codes):
            if level in names:
                here = not feature and level == deepest
                old = made.get(codes[level])
                if old is None or (old.lat is None and here):
                    made[codes[level]] = GazetteerEntry(
                        id=f"pcode:{codes[level]}", name=names[level][0], kind=_LEVELS[level],
                        lat=lat if here else None, lon=lon if here else None, country=country,
                        admin1=above.get(1) if level >= 1 else None,
                        admin2=above.get(2) if level >= 2 else None, names=tuple(names[level][1:]),
                    )  # fmt: skip
        if feature:
            key = feature_code or f"{name}:{feature[0]}:{lat}:{lon}"
            made[key] = GazetteerEntry(
                id=f"pcode:{key}", name=feature[0], kind=PlaceKind.SETTLEMENT, lat=lat, lon=lon,
                country=country, admin1=above.get(1), admin2=above.get(2), names=tuple(feature[1:]),
            )  # fmt: skip
    return Table("pcodes", tuple(made.values()), (), None, "OCHA Common Operational Datasets")


def _geonames(text: str) -> Table:
    """A country dump of GeoNames: 19 columns, tab separated, without a head."""
    from cenotaph.gazetteer.areas import areas

    rows = [line.split("\t") for line in text.split("\n") if line.count("\t") == 18]
    first = {a.code: a.name for a in areas() if a.kind == "admin1"}
    first |= {f"{r[8]}.{r[10]}": r[1] for r in rows if r[7] == "ADM1"} | first
    second = {f"{r[8]}.{r[10]}.{r[11]}": r[1] for r in rows if r[7] == "ADM2"}
    entries = []
    for r in rows:
        kind = _GEONAMES_KINDS.get(r[7])
        if kind is None and r[6] == "P":
            kind = PlaceKind.SETTLEMENT
        if kind is None and r[6] in "SVTHL" and r[7] not in ("PRK",):
            kind = PlaceKind.LANDMARK if r[6] == "S" else PlaceKind.AREA
        if kind is None or not r[0].isdigit():
            continue
        entries.append(
            GazetteerEntry(
                id=f"geonames:{r[0]}", name=r[1], kind=kind, lat=_number(r[4]), lon=_number(r[5]),
                country=r[8] or None, admin1=first.get(f"{r[8]}.{r[10]}"),
                admin2=second.get(f"{r[8]}.{r[10]}.{r[11]}"), geonames=int(r[0]),
                population=_whole(r[14]), names=_split(f"{r[2]}|{r[3].replace(',', '|')}"),
            )
        )  # fmt: skip
    return Table("geonames", tuple(entries), (), "CC BY 4.0", "GeoNames (geonames.org), CC BY 4.0")


def _points(geometry: Any) -> Iterator[tuple[float, float]]:
    stack = [geometry.get("coordinates") or geometry.get("geometries") or []]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            stack.append(item.get("coordinates") or [])
        elif len(item) >= 2 and all(isinstance(x, int | float) for x in item[:2]):
            yield float(item[1]), float(item[0])
        else:
            stack.extend(item)


def _geojson(name: str, text: str) -> Table:
    """Features with a name; the place is the point, or the middle of the outline's box."""
    data = json.loads(text)
    features = data.get("features", [data] if data.get("type") == "Feature" else None)
    if features is None:
        raise GazetteerError("no GeoJSON feature collection")
    entries = []
    for n, feature in enumerate(features):
        p = {str(k).lower(): v for k, v in (feature.get("properties") or {}).items()}
        points = list(_points(feature.get("geometry") or {}))
        own = str(p.get("name") or p.get("name_en") or p.get("name:en") or "").strip()
        if not own or not points:
            continue
        lats, lons = [x[0] for x in points], [x[1] for x in points]
        others = [str(v) for k, v in p.items() if re.match(r"(alt_?)?name[:_]", k) and v]
        alternates = p.get("alternates") or ()
        others += _split(alternates) if isinstance(alternates, str) else map(str, alternates)
        kind = str(p.get("kind") or p.get("placetype") or p.get("place") or "").lower()
        gid = _whole(p.get("geonames") or p.get("gn_id"))
        ident = feature.get("id") or p.get("id") or n + 1
        entries.append(
            GazetteerEntry(
                id=f"geonames:{gid}" if gid else f"{name}:{ident}", name=own,
                kind=_OWN_KINDS.get(kind) or _WOF_KINDS.get(kind) or PlaceKind.SETTLEMENT,
                lat=(min(lats) + max(lats)) / 2, lon=(min(lons) + max(lons)) / 2,
                country=str(p.get("country") or "").upper()[:2] or None,
                admin1=str(p.get("admin1") or "") or None, admin2=str(p.get("admin2") or "") or
                None,
                geonames=gid or None, population=_whole(p.get("population")), names=tuple(others),
            )
        )  # fmt: skip
    return Table("geojson", tuple(entries))
