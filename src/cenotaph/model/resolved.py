"""What we take the words of a claim to mean: a place, a period. The claim itself is not touched."""

import enum
from dataclasses import dataclass
from datetime import date

from cenotaph.model.evidence import Quote
from cenotaph.model.ids import ClaimId
from cenotaph.model.stated import Basis, Claim


class Precision(enum.StrEnum):
    """How finely a place is known, from a point to nothing at all."""

    EXACT = "exact"
    NEIGHBOURHOOD = "neighbourhood"
    SETTLEMENT = "settlement"
    NEAR = "near"
    AREA = "area"
    ADMIN2 = "admin2"
    ADMIN1 = "admin1"
    COUNTRY = "country"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of a gazetteer, or an unresolved name (name and coordinates None, precision unknown).

    `quote` are the words that name it, None where no words do (the smallest area of several).
    `entry` is the gazetteer's own identifier ("geonames:166656"); lat and lon are WGS 84 degrees.
    `namesake_of_area` is true where the settlement shares its name with an area that contains it
    (the city of a governorate of the same name), so that the words could mean either. `city` is
    true where the gazetteer gives so many inhabitants that one day may see several attacks there.
    """

    quote: Quote | None
    name: str | None = None
    lat: float | None = None
    lon: float | None = None
    entry: str | None = None
    geonames: int | None = None
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    precision: Precision = Precision.UNKNOWN
    confidence: float | None = None
    namesake_of_area: bool = False
    city: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One place that a name could mean, its score from 0 to 1, and why."""

    place: Place
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceResolution:
    """The place chosen (None below the threshold) and everything it was chosen from, best first."""

    place: Place | None
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[str, ...] = ()


class Granularity(enum.StrEnum):
    """How finely a period is known."""

    DAY = "day"
    RANGE = "range"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """First and last possible day, both included; None is open or unknown, never guessed.

    `anchor` names the event that an open end waits for ("the ceasefire"); `time` is the time of day
    as stated; `reasons` say what each day was taken from.
    """

    quote: Quote | None
    start: date | None = None
    end: date | None = None
    precision: Granularity = Granularity.UNKNOWN
    basis: Basis = Basis.NONE
    anchor: str | None = None
    time: str | None = None
    reasons: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.start > self.end:
            raise ValueError(f"{self.start} is after {self.end}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedClaim:
    """A claim with its place and period. `place` is the smallest area that holds `places`.

    `event` is the day of the event itself where `when` is a later one, on which somebody died of
    it. `voice` is the name of the source whose word it is, where a person tied its own to another.
    """

    claim: Claim
    place: Place | None = None
    places: tuple[Place, ...] = ()
    origins: tuple[Place, ...] = ()
    when: When | None = None
    event: When | None = None
    voice: str | None = None

    @property
    def id(self) -> ClaimId:
        """The identifier of the claim."""
        return self.claim.id
