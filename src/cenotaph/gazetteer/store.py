"""Opening: one or several compiled gazetteers behind one face, with precedence."""

import sqlite3
import threading
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import cast

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from cenotaph.gazetteer.compiler import compile, default_path, key_hash
from cenotaph.model import GazetteerEntry, GazetteerSource, NameLevel, NameMatch, PlaceKind
from cenotaph.spelling import (
    fold,
    is_arabic,
    may_have,
    romanised,
    similarity,
    skeleton,
    unqualified,
    without_joined_article,
    without_shared_opener,
)

# Jaro-Winkler and share of consonants below which two names are not the same name. Jaro-Winkler
# alone
# forgives all that follows a common beginning ("Khan A…", "Tall B…").
ALIKE, BONES_ALIKE, REST_ALIKE = 0.94, 80, 0.86
# Entries, keys and answers kept in memory of each file, at most.
REMEMBERED = 50_000
_KINDS = {kind.value: kind for kind in PlaceKind}
_COLUMNS = (
    "e.n, e.id, e.name, e.kind, e.lat, e.lon, e.country, e.admin1, e.admin2, e.geonames,"
    " e.population, e.names"
)
_BASE = {NameLevel.FOLDED: 1.0, NameLevel.ROMANISED: 0.95, NameLevel.SKELETON: 0.90}


class _File:
    """One compiled file."""

    def __init__(self, path: Path) -> None:
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._lock = threading.Lock()
        self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._db.execute("PRAGMA mmap_size=268435456")
        meta = dict(self._db.execute("SELECT key, value FROM meta"))
        self.has_aliases = meta["format"] == "aliases"
        self.source = GazetteerSource(
            name=meta["name"], version=meta["version"], sha256=meta["sha256"],
            licence=meta["licence"], attribution=meta["attribution"], entries=int(meta["entries"]),
        )  # fmt: skip

    def _entry(self, row: tuple[object, ...]) -> GazetteerEntry:
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

    def under(self, hashes: Sequence[int]) -> list[tuple[int, int]]:
        """Pairs of a hash and the number of an entry that has it, below 0 that of an alias."""
        marks = ", ".join("?" * len(hashes))
        rows = self._rows(f"SELECT hash, n FROM keys WHERE hash IN ({marks})", hashes)
        return cast("list[tuple[int, int]]", rows)

    def aliases(self, number: int) -> list[tuple[object, ...]]:
        sql = (
            "SELECT a.id, a.name, a.country FROM keys k JOIN aliases a ON a.n = -k.n"
            " WHERE k.hash = ? AND k.n < 0"
        )
        return self._rows(sql, (number,))

    def by_id(self, id: str) -> GazetteerEntry | None:
        rows = self._rows(f"SELECT {_COLUMNS} FROM entries e WHERE e.id = ? LIMIT 1", (id,))
        return self._entry(rows[0]) if rows else None

    def by_numbers(self, numbers: Sequence[int]) -> list[tuple[int, GazetteerEntry]]:
        found: list[tuple[int, GazetteerEntry]] = []
        for at in range(0, len(numbers), 500):
            some = numbers[at : at + 500]
            marks = ", ".join("?" * len(some))
            sql = f"SELECT {_COLUMNS} FROM entries e WHERE n IN ({marks})"
            found += [(cast("int", row[0]), self._entry(row)) for row in self._rows(sql, some)]
        return found

    def of_kind(self, country: str, kind: PlaceKind) -> list[GazetteerEntry]:
        sql = (
            f"SELECT {_COLUMNS} FROM entries e WHERE e.country = ? AND e.kind = ?"
            " AND e.kind IN ('country', 'admin1')"
        )
        return [self._entry(row) for row in self._rows(sql, (country, kind.value))]

    def search(self, words: str, limit: int) -> list[GazetteerEntry]:
        sql = (
            f"SELECT {_COLUMNS} FROM entries e WHERE e.name LIKE ?"
            " ORDER BY e.population DESC LIMIT ?"
        )
        return [self._entry(row) for row in self._rows(sql, (f"{words}%", limit))]

    def sounds(self, country: str, block: str) -> tuple[list[str], list[int]]:
        rows = self._rows(
            "SELECT keys FROM sounds WHERE country = ? AND block = ?", (country, block)
        )
        # Each line is a key and a number: taken apart at once, since a country has many.
        fields = [field for row in rows for field in str(row[0]).replace("\t", "\n").split("\n")]
        return fields[::2], list(map(int, fields[1::2]))

    def close(self) -> None:
        self._db.close()


class Places:
    """Several compiled gazetteers as one; satisfies `cenotaph.model.Gazetteer`.

    Where two hold one place (the same identifier), the first in precedence gives it and the others
    fill in what it lacks.
    """

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = [_File(path) for path in files]
        self.knows = lru_cache(maxsize=65536)(self._knows)
        self._named = lru_cache(maxsize=REMEMBERED)(self._find_named)
        self._similar = lru_cache(maxsize=16384)(self._find_similar)
        self._sounds = lru_cache(maxsize=512)(self._load_sounds)
        self._met: list[dict[int, GazetteerEntry]] = [{} for _ in files]
        self._keys: list[dict[int, tuple[int, ...]]] = [{} for _ in files]
        self.country = lru_cache(maxsize=512)(self._country)
        self.areas = lru_cache(maxsize=512)(self._areas)

    @property
    def sources(self) -> tuple[GazetteerSource, ...]:
        """The gazetteers loaded, first in precedence first."""
        return tuple(file.source for file in self._files)

    def _knows(self, name: str) -> bool:
        """Tell whether some entry has this name, but for spelling (folded or romanised)."""
        folded = fold(name)
        if len(folded) < 2:
            return False
        exact = key_hash(NameLevel.FOLDED, folded)
        alike = key_hash(NameLevel.ROMANISED, romanised(name))
        return any(any(self._numbers(i, (exact, alike))) for i in range(len(self._files)))

    def named(self, name: str, *, country: str | None = None) -> Sequence[NameMatch]:
        """Return the entries of this name, closest first; skeletons only within a `country`."""
        return self._named(name, country)

    def similar(self, name: str, *, country: str) -> Sequence[NameMatch]:
        """Return entries of the country whose names merely sound alike, best first, at most ten."""
        return self._similar(name, country)

    def entry(self, id: str) -> GazetteerEntry | None:
        """Return the entry of this identifier."""
        for file in self._files:
            if (found := file.by_id(id)) is not None:
                return self._filled(found)
        return None

    def search(self, words: str, *, country: str | None = None, limit: int = 20) -> list[NameMatch]:
        """Return entries for a person who looks for a name: as `named`, then alike, then by
        beginning."""
        words = words.replace("%", "").replace("_", "").strip()
        if not words:
            return []
        found = list(self.named(words, country=country))
        if country is not None:
            found += self.similar(words, country=country)
        for file in self._files:
            found += [
                NameMatch(entry=self._filled(entry), level=NameLevel.SIMILAR, score=0.5)
                for entry in file.search(words, limit)
                if country in (None, entry.country)
            ]
        return list({match.entry.id: match for match in reversed(found)}.values())[::-1][:limit]

    def close(self) -> None:
        """Close the files."""
        for file in self._files:
            file.close()

    def _country(self, code: str) -> GazetteerEntry | None:
        for file in self._files:
            if found := file.of_kind(code, PlaceKind.COUNTRY):
                return self._filled(found[0])
        return None

    def _areas(self, country: str) -> Sequence[GazetteerEntry]:
        found = [e for file in self._files for e in file.of_kind(country, PlaceKind.ADMIN1)]
        return tuple({entry.id: self._filled(entry) for entry in reversed(found)}.values())

    def _filled(self, entry: GazetteerEntry) -> GazetteerEntry:
        if len(self._files) == 1:
            return entry
        for file in self._files:
            if file.source.name != entry.source and (other := file.by_id(entry.id)) is not None:
                entry = replace(
                    entry,
                    population=entry.population or other.population,
                    admin1=entry.admin1 or other.admin1,
                    admin2=entry.admin2 or other.admin2,
                    country=entry.country or other.country,
                    lat=entry.lat if entry.lat is not None else other.lat,
                    lon=entry.lon if entry.lon is not None else other.lon,
                )
        return entry

    def _find_named(self, name: str, country: str | None) -> tuple[NameMatch, ...]:
        folded, roman = fold(name), romanised(name)
        if len(folded) < 2:
            return ()
        wanted = {
            key_hash(NameLevel.FOLDED, folded): NameLevel.FOLDED,
            key_hash(NameLevel.ROMANISED, roman): NameLevel.ROMANISED,
        }
        bones = skeleton(name)
        if country is not None and bones:
            wanted[key_hash(NameLevel.SKELETON, bones, country)] = NameLevel.SKELETON
        found: dict[str, NameMatch] = {}
        for level, entry in self._levels(wanted, country):
            if entry.id not in found:
                score = _BASE[level]
                if level is NameLevel.SKELETON:
                    score = _skeleton_score(folded, roman, bones, entry)
                elif level is NameLevel.ROMANISED:
                    score += 0.02 * fuzz.ratio(folded, fold(entry.name)) / 100
                found[entry.id] = NameMatch(entry=entry, level=level, score=score)
        if not found and (rest := without_joined_article(name)) is not None:
            return tuple(
                replace(match, level=NameLevel.SKELETON, score=match.score * 0.9)
                for match in self._find_named(rest, country)
                if country is not None
            )
        return tuple(sorted(found.values(), key=lambda m: -m.score))

    def _levels(
        self, wanted: Mapping[int, NameLevel], country: str | None
    ) -> list[tuple[NameLevel, GazetteerEntry]]:
        """Entries under keys, closest level first, within a level the first file first."""
        found: list[tuple[NameLevel, GazetteerEntry]] = []
        order = sorted(wanted)
        for i, file in enumerate(self._files):
            if file.has_aliases:
                for number, level in wanted.items():
                    found += [(level, e) for e in self._aliased(file, number, country)]
                continue
            under = self._numbers(i, order)
            entries = self._loaded(i, [n for numbers in under for n in numbers if n > 0])
            for number, numbers in zip(order, under, strict=True):
                level = wanted[number]
                for n in numbers:
                    if n > 0 and (country is None or entries[n].country == country):
                        found.append((level, entries[n]))
        return sorted(found, key=lambda pair: -pair[0])

    def _aliased(self, file: _File, number: int, country: str | None) -> list[GazetteerEntry]:
        found: list[GazetteerEntry] = []
        for id_, name, of in file.aliases(number):
            if id_ is not None:
                meant = self.entry(str(id_))
                found += [meant] if meant is not None and country in (None, meant.country) else []
            elif name is not None:
                where = str(of) if of else country
                found += [match.entry for match in self._named(str(name), where)[:1]]
        return found

    def _numbers(self, i: int, hashes: Sequence[int]) -> list[tuple[int, ...]]:
        """The numbers under each key of a file, those not asked for before in one question."""
        known = self._keys[i]
        if len(known) > REMEMBERED:
            known = self._keys[i] = {}
        if missing := [number for number in hashes if number not in known]:
            under: dict[int, list[int]] = {number: [] for number in missing}
            for number, n in self._files[i].under(missing):
                under[number].append(n)
            known.update((number, tuple(numbers)) for number, numbers in under.items())
        return [known[number] for number in hashes]

    def _loaded(self, i: int, numbers: Sequence[int]) -> dict[int, GazetteerEntry]:
        """Entries of a file by their numbers, those not met before in one question."""
        known = self._met[i]
        if len(known) > REMEMBERED:
            known = self._met[i] = {}
        missing = [n for n in numbers if n not in known]
        if missing:
            for n, entry in self._files[i].by_numbers(missing):
                known[n] = self._filled(entry)
        return {n: known[n] for n in numbers}

    def _load_sounds(self, country: str, block: str) -> tuple[list[str], list[int], list[int]]:
        """Sounds with the numbers of their entries, and where those of each file begin."""
        keys: list[str] = []
        numbers: list[int] = []
        begins: list[int] = []
        for file in self._files:
            begins.append(len(keys))
            some, theirs = file.sounds(country, block)
            keys += some
            numbers += theirs
        return keys, numbers, begins

    def _find_similar(self, name: str, country: str) -> tuple[NameMatch, ...]:
        roman, bones = romanised(name), skeleton(name)
        if not roman.isascii() or len(roman) < 5 or not bones:
            return ()
        keys, numbers, begins = self._sounds(country, bones[0])
        hits = process.extract(
            roman, keys, scorer=JaroWinkler.similarity, score_cutoff=ALIKE, limit=40
        )
        found: dict[str, NameMatch] = {}
        for key, score, at in hits:
            rest = similarity(*without_shared_opener(roman, key))
            other = skeleton(key)
            if rest < REST_ALIKE or fuzz.ratio(other, bones) < BONES_ALIKE:
                continue
            longer = len(other) != len(bones) and other[-1] != bones[-1]
            if longer and not _feminine(other, bones):
                continue
            i, n = bisect_right(begins, at) - 1, numbers[at]
            entry = self._loaded(i, [n])[n]
            if entry.id not in found:
                found[entry.id] = NameMatch(
                    entry=entry, level=NameLevel.SIMILAR, score=0.8 * float(score)
                )
            if len(found) == 10:
                break
        return tuple(found.values())


def _feminine(a: str, b: str) -> bool:
    """Tell whether one of two skeletons only writes the t of a feminine ending that the other
    leaves out."""
    return a == b + "t" or b == a + "t"


# What a name's consonants alone are worth, by their number: two or three are shared by many names.
_BONES_WORTH = {2: 0.78, 3: 0.88}
_SHORT = 0.9  # the same but for a last word such as "the Greater"
_NO_VOWELS_KNOWN = {2: 0.66, 3: 0.74, 4: 0.82}


def _skeleton_score(folded: str, roman: str, bones: str, entry: GazetteerEntry) -> float:
    """The same consonants: the more of the rest agrees too, and the more consonants, the better."""
    worth = _BONES_WORTH.get(len(bones), 0.96)
    arabic = is_arabic(folded)
    best = 0.0
    for name in (entry.name, *entry.names):
        # What can be told at once is: most names are of another script or have other consonants.
        plain = name.isascii()
        if (not plain and is_arabic(name)) is not arabic:
            continue
        if not arabic and not may_have(name, bones):
            continue
        short = None if plain and name.isalpha() else unqualified(name)
        if arabic:
            best = max(best, fuzz.ratio(folded, fold(name)) / 100)
            if short == folded:
                best = max(best, _SHORT)
            continue
        if short is not None and skeleton(short) == bones:
            best = max(best, similarity(roman, romanised(short)) * _SHORT)
        # Most names of an entry have other consonants: only for the rest the second key is made.
        if skeleton(name) == bones and (key := romanised(name)).isascii():
            best = max(best, (similarity(roman, key) + fuzz.ratio(roman, key) / 100) / 2)
    if not best:
        return _NO_VOWELS_KNOWN.get(len(bones), 0.88)
    return worth * (0.5 + 0.5 * best)


def open(files: Sequence[Path] = (), default: bool = True) -> Places:
    """Open gazetteers, compiling what was not compiled before; the first named takes precedence.

    The default gazetteer (GeoNames' places of 500 and more inhabitants) comes last, and is left out
    where `default` is false. Raises GazetteerError for a file that is no gazetteer.
    """
    paths = [compile(Path(file)) for file in files]
    return Places(paths + ([default_path()] if default else []))
