"""One compiled file, as it is asked: entries by name, by identifier, by kind."""

import sqlite3
import threading
from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, cast

from cenotaph.gazetteer.keys import bones_hash, is_written, sound_hash
from cenotaph.model import GazetteerEntry, GazetteerSource, NameLevel, PlaceKind
from cenotaph.spelling import fold, romanised, skeleton

# Entries kept in memory of each file, at most.
REMEMBERED = 50_000
# Four times as far as a key among a million mostly stands from where it would stand on average.
_NEAR = 2048
_KINDS = {kind.value: kind for kind in PlaceKind}
_HEAD = (
    "e.n, e.id, e.name, e.kind, e.lat, e.lon, e.country, e.admin1, e.admin2, e.geonames,"
    " e.population"
)
_COLUMNS = f"{_HEAD}, e.names"
# Of a match nobody asks the other names, of which a city has dozens.
_WITHOUT_NAMES = f"{_HEAD}, NULL"
_FIELDS = _COLUMNS.count(",") + 1
_NAMED = f"SELECT k.hash, k.forms, {_WITHOUT_NAMES} FROM keys k JOIN entries e ON e.n = k.n WHERE "
_ANYWHERE = _NAMED + "k.hash = ?"
_AFAR = _NAMED + "k.hash = ? AND k.known"
_WITHIN = _NAMED + "k.hash IN (?, ?) AND k.country = ?"


class Name:
    """A name as it is asked for, with its keys; those of its consonants are made when asked for."""

    __slots__ = ("folded", "sound", "written")

    def __init__(self, name: str) -> None:
        self.written = name
        self.folded = fold(name)
        self.sound = sound_hash(name)

    @property
    def roman(self) -> str:
        """The name as it sounds."""
        return romanised(self.written)

    @property
    def bones(self) -> str:
        """Its consonants; empty where it has none."""
        return skeleton(self.written)

    @property
    def consonants(self) -> int | None:
        """The number under which names of these consonants are stored, None without any."""
        bones = self.bones
        return bones_hash(bones) if bones else None


class Met(NamedTuple):
    """An entry met under a key, how, and the spellings that stand beside the key."""

    level: NameLevel
    forms: str
    entry: GazetteerEntry


def _holds(numbers: Sequence[int], number: int) -> bool:
    """Tell whether a key is among keys in order.

    They are spread evenly, so that it is sought where it must be near, and then everywhere.
    """
    near = (number + (1 << 63)) * len(numbers) >> 64
    first, last = max(0, near - _NEAR), min(len(numbers), near + _NEAR)
    at = bisect_left(numbers, number, first, last)
    if at in (first, last):
        at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number


class Compiled:
    """One compiled file, open for reading from any thread."""

    def __init__(self, path: Path, complete: Callable[[GazetteerEntry], GazetteerEntry]) -> None:
        """Open a file; `complete` gives an entry what other files know of it."""
        self._complete = complete
        self._entries: dict[int, GazetteerEntry] = {}
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._lock = threading.Lock()
        self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._db.execute("PRAGMA mmap_size=268435456")
        # All keys of the file: of the names asked for, most are none, and that costs no query.
        hashes, afar = self._db.execute("SELECT hashes, afar FROM known").fetchone()
        self._hashes, self._afar = array("q", hashes), array("q", afar)
        meta = dict(self._db.execute("SELECT key, value FROM meta"))
        self.has_aliases = meta["format"] == "aliases"
        self.source = GazetteerSource(
            name=meta["name"], version=meta["version"], sha256=meta["sha256"],
            licence=meta["licence"], attribution=meta["attribution"], entries=int(meta["entries"]),
        )  # fmt: skip

    def _completed(self, row: Sequence[object]) -> GazetteerEntry:
        """The entry that ends a row, made once and completed once."""
        n = cast("int", row[-_FIELDS])
        entry = self._entries.get(n)
        if entry is None:
            if len(self._entries) >= REMEMBERED:
                self._entries = {}
            entry = self._entries[n] = self._complete(self._entry(row[-_FIELDS:]))
        return entry

    def _entry(self, row: Sequence[object]) -> GazetteerEntry:
        _, id_, name, kind, lat, lon, country, admin1, admin2, geonames, population, names = row
        return GazetteerEntry(
            id=str(id_), name=str(name), kind=_KINDS[str(kind)],
            lat=lat, lon=lon, country=country, admin1=admin1, admin2=admin2,  # type: ignore[arg-type]
            geonames=geonames, population=population or 0,  # type: ignore[arg-type]
            names=tuple(str(names).split("|")) if names else (), source=self.source.name,
        )  # fmt: skip

    def _rows(self, sql: str, values: Sequence[object]) -> list[tuple[object, ...]]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def knows(self, sound: int) -> bool:
        """Tell whether any name has this sound."""
        return _holds(self._hashes, sound)

    def named(self, name: Name, country: str | None) -> list[Met]:
        """Return the entries of a name; those of its consonants alone only within a country."""
        if country is None:
            sounding = self._rows(_ANYWHERE, (name.sound,)) if self.knows(name.sound) else []
            return self._met(sounding, name)
        keys = name.sound, name.consonants
        if not any(key is not None and _holds(self._hashes, key) for key in keys):
            return []
        return self._met(self._rows(_WITHIN, (*keys, country)), name)

    def knows_afar(self, sound: int) -> bool:
        """Tell whether a country or a city known to a distant reader may have this sound."""
        return self.knows(sound) if self.has_aliases else _holds(self._afar, sound)

    def afar(self, name: Name) -> list[Met]:
        """Return the countries and the cities known to a distant reader that sound like this."""
        if not _holds(self._afar, name.sound):
            return []
        return self._met(self._rows(_AFAR, (name.sound,)), name)

    def _met(self, rows: Sequence[tuple[object, ...]], name: Name) -> list[Met]:
        met: list[Met] = []
        for row in rows:
            number, forms = row[0], cast("str", row[1])
            if number != name.sound:
                level = NameLevel.SKELETON
            elif is_written(name.folded, forms):
                level = NameLevel.FOLDED
            else:
                level = NameLevel.ROMANISED
            met.append(Met(level, forms, self._completed(row)))
        return met

    def aliases(self, name: Name) -> list[tuple[NameLevel, str | None, str | None, str | None]]:
        """Return what an alias of this name stands for: how it met, identifier, name, country."""
        if not self.knows(name.sound):
            return []
        sql = (
            "SELECT k.forms, a.id, a.name, a.country FROM keys k JOIN aliases a ON a.n = -k.n"
            " WHERE k.hash = ? AND k.n < 0"
        )
        found = []
        for forms, *of in self._rows(sql, (name.sound,)):
            written = is_written(name.folded, str(forms))
            level = NameLevel.FOLDED if written else NameLevel.ROMANISED
            id, other, country = cast("list[str | None]", of)
            found.append((level, id, other, country))
        return found

    def by_id(self, id: str) -> GazetteerEntry | None:
        """Return the entry of this identifier as this file has it."""
        rows = self._rows(f"SELECT {_COLUMNS} FROM entries e WHERE e.id = ? LIMIT 1", (id,))
        return self._entry(rows[0]) if rows else None

    def by_number(self, n: int) -> GazetteerEntry:
        """Return the entry of this number, completed."""
        rows = self._rows(f"SELECT {_WITHOUT_NAMES} FROM entries e WHERE n = ?", (n,))
        return self._completed(rows[0])

    def of_kind(self, country: str, kind: PlaceKind) -> list[GazetteerEntry]:
        """Return a country itself or its first-level areas."""
        sql = (
            f"SELECT {_COLUMNS} FROM entries e WHERE e.country = ? AND e.kind = ?"
            " AND e.kind IN ('country', 'admin1')"
        )
        return [self._entry(row) for row in self._rows(sql, (country, kind.value))]

    def search(self, words: str, limit: int) -> list[GazetteerEntry]:
        """Return entries whose names begin so, the largest first."""
        sql = (
            f"SELECT {_COLUMNS} FROM entries e WHERE e.name LIKE ?"
            " ORDER BY e.population DESC LIMIT ?"
        )
        return [self._entry(row) for row in self._rows(sql, (f"{words}%", limit))]

    def sounds(self, country: str, block: str) -> tuple[list[str], list[int]]:
        """Return romanised names of a country by their first consonant, and whose they are."""
        rows = self._rows(
            "SELECT keys FROM sounds WHERE country = ? AND block = ?", (country, block)
        )
        # Each line is a key and a number: taken apart at once, since a country has many.
        fields = [field for row in rows for field in str(row[0]).replace("\t", "\n").split("\n")]
        return fields[::2], list(map(int, fields[1::2]))

    def close(self) -> None:
        """Close the file."""
        self._db.close()
