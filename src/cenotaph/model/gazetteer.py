"""What a step may ask of a gazetteer. The store behind it is no step's business."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class PlaceKind(enum.StrEnum):
    """What sort of place an entry is, and what sort of place a text says it means."""

    COUNTRY = "country"
    ADMIN1 = "admin1"
    ADMIN2 = "admin2"
    AREA = "area"
    SETTLEMENT = "settlement"
    CAMP = "camp"
    NEIGHBOURHOOD = "neighbourhood"
    LANDMARK = "landmark"


PARTS_OF_A_TOWN = (PlaceKind.NEIGHBOURHOOD, PlaceKind.LANDMARK)
"""What lies in a town and is no place of its own."""


class NameLevel(enum.IntEnum):
    """How a name met an entry's name; higher is closer.

    folded: the same but for case, accents and signs; romanised: another romanisation of the same
    word;
    skeleton: the same consonants; similar: alike in sound, no more.
    """

    SIMILAR = 1
    SKELETON = 2
    ROMANISED = 3
    FOLDED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class GazetteerEntry:
    """One place of a gazetteer. `id` is "source:identifier"; lat and lon are WGS 84 degrees.

    `admin1` and `admin2` are names; for an admin1 entry, `admin1` is its own name. `population`
    is 0
    where it is not known. `names` are the other names, in any script.
    """

    id: str
    name: str
    kind: PlaceKind
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None = None
    admin2: str | None = None
    geonames: int | None = None
    population: int = 0
    names: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenGazetteer:
    """A gazetteer of a record; `capture` names its kept file, None for the program's own."""

    name: str
    version: str
    sha256: str
    entries: int
    capture: str | None
    licence: str | None = None
    attribution: str | None = None


# Inhabitants from which a reader in another country can be taken to know a city.
WORLD_CITY = 100_000


def known_afar(entry: GazetteerEntry) -> bool:
    """Tell whether a reader in another country knows an entry: a country, or a large city."""
    return entry.kind is PlaceKind.COUNTRY or entry.population >= WORLD_CITY


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatch:
    """An entry that a name may mean, without its other names; `score` (0 to 1) says how alike the
    names are."""

    entry: GazetteerEntry
    level: NameLevel
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GazetteerSource:
    """What a record notes of a gazetteer it was read with. `sha256` is of the file as it was
    given."""

    name: str
    version: str
    sha256: str
    licence: str | None
    attribution: str | None
    entries: int


class Gazetteer(Protocol):
    """Places by name. Answers never depend on the order of earlier questions."""

    @property
    def sources(self) -> tuple[GazetteerSource, ...]:
        """The gazetteers loaded, first in precedence first."""
        ...

    def knows(self, name: str) -> bool:
        """Tell whether some entry has this name, but for spelling (folded or romanised)."""
        ...

    def named(self, name: str, *, country: str | None = None) -> Sequence[NameMatch]:
        """Return the entries of this name, closest first; skeletons only within a `country`."""
        ...

    def afar(self, name: str) -> Sequence[NameMatch]:
        """Return, of `named` without a country, what is `known_afar`."""
        ...

    def similar(self, name: str, *, country: str) -> Sequence[NameMatch]:
        """Return entries of the country whose names merely sound alike, best first, at most ten."""
        ...

    def entry(self, id: str) -> GazetteerEntry | None:
        """Return the entry of this identifier."""
        ...

    def country(self, code: str) -> GazetteerEntry | None:
        """Return the entry of a country by its ISO 3166 code."""
        ...

    def areas(self, country: str) -> Sequence[GazetteerEntry]:
        """Return the country's first-level areas."""
        ...
