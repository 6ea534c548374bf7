"""The countries and first-level areas of the world, shipped with the package, and their usual
names."""

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources

from cenotaph.spelling import fold, romanised, skeleton

FILE = "data/areas.tsv"


@dataclass(frozen=True, slots=True)
class Area:
    """One line of the table: kind is "country" or "admin1", code "SY" or "SY.12"."""

    kind: str
    geonames: int
    code: str
    name: str
    lat: float
    lon: float
    names: tuple[str, ...]


def raw() -> bytes:
    """Return the table's bytes."""
    return resources.files("cenotaph.gazetteer").joinpath(*FILE.split("/")).read_bytes()


@functools.cache
def areas() -> tuple[Area, ...]:
    """Return all areas, countries first."""
    found = []
    for line in raw().decode("utf-8").split("\n"):
        if line:
            kind, gid, code, name, lat, lon, names = line.split("\t")
            others = tuple(n for n in names.split("|") if n)
            found.append(Area(kind, int(gid), code, name, float(lat), float(lon), others))
    return tuple(found)


@functools.cache
def by_geonames() -> dict[int, Area]:
    """Return the areas by GeoNames identifier."""
    return {area.geonames: area for area in areas()}


@functools.cache
def _keys(country: str) -> dict[str, str]:
    """Keys of all three kinds to the usual name of the country's areas; ambiguous keys are left
    out."""
    found: dict[str, str] = {}
    clash: set[str] = set()
    for area in areas():
        if area.kind == "admin1" and area.code.startswith(country + "."):
            for key in {key for name in (area.name, *area.names) for key in _all_keys(name)}:
                if found.setdefault(key, area.name) != area.name:
                    clash.add(key)
            found[fold(area.name)] = area.name
    names = {fold(name) for name in found.values()}
    return {key: name for key, name in found.items() if key not in clash or key in names}


def _all_keys(name: str) -> Iterable[str]:
    yield fold(name)
    yield "r:" + romanised(name)
    yield "s:" + skeleton(name)


def usual_name(country: str | None, name: str | None) -> str | None:
    """Return the usual English name of a first-level area given in any spelling, else `name`
    itself."""
    if not country or not name:
        return name
    keys = _keys(country)
    for key in _all_keys(name):
        if len(key) > 3 and key in keys:
            return keys[key]
    return name
