"""Opening: one or several compiled gazetteers behind one face, with precedence."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter
from pathlib import Path

from cenotaph.gazetteer.compiled import REMEMBERED, Compiled, Met, Name
from cenotaph.gazetteer.compiler import compile, default_path
from cenotaph.gazetteer.keys import bones_score, sound_hash
from cenotaph.model import (
    GazetteerEntry,
    GazetteerSource,
    NameLevel,
    NameMatch,
    PlaceKind,
    known_afar,
)
from cenotaph.spelling import (
    fold,
    romanised,
    similarity,
    skeleton,
    without_joined_article,
    without_shared_opener,
)

# Jaro-Winkler and share of consonants below which two names are not the same name. Jaro-Winkler
# alone forgives all that follows a common beginning ("Khan A…", "Tall B…").
ALIKE, BONES_ALIKE, REST_ALIKE = 0.94, 80, 0.86
# What a name met as it is written is worth, one met in another romanisation, and how much of the
# difference the likeness of the spellings makes up for.
_WRITTEN, _SOUNDED, _ALIKE_WRITTEN = 1.0, 0.95, 0.02
_BY_LEVEL, _BY_SCORE = attrgetter("level"), attrgetter("score")


class Places:
    """Several compiled gazetteers as one; satisfies `cenotaph.model.Gazetteer`.

    Where two hold one place (the same identifier), the first in precedence gives it and the others
    fill in what it lacks.
    """

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = [Compiled(path, self._filled) for path in files]
        self.knows = lru_cache(maxsize=65536)(self._knows)
        self._named = lru_cache(maxsize=REMEMBERED)(self._find_named)
        self._afar = lru_cache(maxsize=REMEMBERED)(self._find_afar)
        self._similar = lru_cache(maxsize=16384)(self._find_similar)
        self._sounds = lru_cache(maxsize=512)(self._load_sounds)
        self.country = lru_cache(maxsize=512)(self._country)
        self.areas = lru_cache(maxsize=512)(self._areas)

    @property
    def sources(self) -> tuple[GazetteerSource, ...]:
        """The gazetteers loaded, first in precedence first."""
        return tuple(file.source for file in self._files)

    def _knows(self, name: str) -> bool:
        """Tell whether some entry has this name, but for spelling (folded or romanised)."""
        if len(fold(name)) < 2:
            return False
        sound = sound_hash(name)
        return any(file.knows(sound) for file in self._files)

    def named(self, name: str, *, country: str | None = None) -> Sequence[NameMatch]:
        """Return the entries of this name, closest first; skeletons only within a `country`."""
        return self._named(name, country)

    def afar(self, name: str) -> Sequence[NameMatch]:
        """Return what a reader far away knows by this name: countries and large cities."""
        return self._afar(name)

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
        if country is None and not self.knows(name):
            return ()
        asked = Name(name)
        if len(asked.folded) < 2:
            return ()
        met = [m for file in self._files for m in self._under(file, asked, country)]
        if met or country is None:
            return _best(asked, met)
        if (rest := without_joined_article(name)) is None:
            return ()
        return tuple(
            replace(match, level=NameLevel.SKELETON, score=match.score * 0.9)
            for match in self._find_named(rest, country)
        )

    def _under(self, file: Compiled, asked: Name, country: str | None) -> Sequence[Met]:
        """What a file has under the keys of a name; an alias gives what it stands for."""
        if not file.has_aliases:
            return file.named(asked, country)
        found: list[Met] = []
        for level, id, name, of in file.aliases(asked):
            meant: GazetteerEntry | None = None
            if id is not None:
                meant = self.entry(id)
            elif name is not None:
                meant = next((m.entry for m in self._named(name, of or country)), None)
            if meant is not None and (id is None or country in (None, meant.country)):
                found.append(Met(level, "", meant))
        return found

    def _find_afar(self, name: str) -> tuple[NameMatch, ...]:
        sound = sound_hash(name)
        if not any(file.knows_afar(sound) for file in self._files):
            return ()
        asked = Name(name)
        if len(asked.folded) < 2:
            return ()
        met: list[Met] = []
        for file in self._files:
            if file.has_aliases:
                met += [m for m in self._under(file, asked, None) if known_afar(m.entry)]
            else:
                met += file.afar(asked)
        if len(self._files) > 1:
            met = [Met(m.level, m.forms, self.entry(m.entry.id) or m.entry) for m in met]
        return _best(asked, met)

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
        from rapidfuzz import fuzz, process  # as in `spelling.similarity`
        from rapidfuzz.distance import JaroWinkler

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
            entry = self._files[i].by_number(n)
            if entry.id not in found:
                found[entry.id] = NameMatch(
                    entry=entry, level=NameLevel.SIMILAR, score=0.8 * float(score)
                )
            if len(found) == 10:
                break
        return tuple(found.values())


def _best(asked: Name, met: Sequence[Met]) -> tuple[NameMatch, ...]:
    """Each entry as closely as it was met, the closest first; of two files the first."""
    if not met:
        return ()
    from rapidfuzz import fuzz

    found: dict[str, NameMatch] = {}
    for one in sorted(met, key=_BY_LEVEL, reverse=True) if len(met) > 1 else met:
        level, forms, entry = one.level, one.forms, one.entry
        if entry.id in found:
            continue
        if level is NameLevel.FOLDED:
            score = _WRITTEN
        elif level is NameLevel.ROMANISED:
            score = _SOUNDED + _ALIKE_WRITTEN * fuzz.ratio(asked.folded, fold(entry.name)) / 100
        else:
            score = bones_score(asked.folded, asked.roman, asked.bones, forms)
        found[entry.id] = NameMatch(entry=entry, level=level, score=score)
    return tuple(sorted(found.values(), key=_BY_SCORE, reverse=True))


def _feminine(a: str, b: str) -> bool:
    """Tell whether one of two skeletons only writes the t of a feminine ending that the other
    leaves out."""
    return a == b + "t" or b == a + "t"


def open(files: Sequence[Path] = (), default: bool = True) -> Places:
    """Open gazetteers, compiling what was not compiled before; the first named takes precedence.

    The default gazetteer (GeoNames' places of 500 and more inhabitants) comes last, and is left out
    where `default` is false. Raises GazetteerError for a file that is no gazetteer.
    """
    paths = [compile(Path(file)) for file in files]
    return Places(paths + ([default_path()] if default else []))
