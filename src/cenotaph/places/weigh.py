"""What speaks for an entry and against it: its kind, its area, its country, its company."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from cenotaph.geometry import distance, kilometres
from cenotaph.model import (
    PARTS_OF_A_TOWN,
    GazetteerEntry,
    NameLevel,
    NameMatch,
    Near,
    PlaceKind,
    Precision,
)
from cenotaph.places.hierarchy import CITY
from cenotaph.places.meanings import Question
from cenotaph.places.relate import LARGE, SUBURBS

POINTS = (PlaceKind.SETTLEMENT, PlaceKind.CAMP, *PARTS_OF_A_TOWN)
_LEVELS = {
    NameLevel.FOLDED: "the name itself",
    NameLevel.ROMANISED: "another spelling of the name",
    NameLevel.SKELETON: "the same consonants",
    NameLevel.SIMILAR: "a name that sounds alike",
}


@dataclass(slots=True)
class Scored:
    """An entry with what speaks for it; `stated`: the words name its area, `held`: an area known
    here holds it, `alone`: no other entry that an area holds has these consonants, `guessed`: a
    village spelt otherwise than the name, or a town for a province of its name, where nothing tells
    of any country."""

    match: NameMatch
    score: float
    reasons: list[str]
    stated: bool
    held: bool
    alone: bool = False
    guessed: bool = False


# What speaks against an area where the words do not call it one.
_UNASKED = {PlaceKind.ADMIN1: -0.05, PlaceKind.ADMIN2: -0.08, PlaceKind.AREA: -0.04}
# What speaks against a village in a country in which nothing else lies that is named nearby.
_ABROAD = 0.40
# Kilometres from a place named nearby within which a town may be called a quarter.
_BESIDE = 60.0


def score(question: Question, match: NameMatch, country: str | None, company: "Company") -> Scored:
    """Return a match with all that speaks for and against it, in the country looked in."""
    entry = match.entry
    area, where = _by_area(question, entry)
    told = (
        _by_kind(question, entry), (area, where), _by_country(entry, country), company.pull(entry),
    )  # fmt: skip
    total, reasons = match.score, [_LEVELS[match.level]]
    for change, reason in (*told, company.abroad(match), company.beside(question, match)):
        total += change
        if reason:
            reasons.append(reason)
    if entry.population:
        weight = 0.03 if country is not None else 0.12
        total += weight * math.log10(entry.population + 1) / 7
        reasons.append(f"{entry.population} inhabitants")
    stated = bool(question.within) and area > 0.11
    known = country is not None or company.countries or entry.kind is PlaceKind.COUNTRY
    guessed = not known and match.level < NameLevel.FOLDED and entry.population < CITY
    if question.kind is PlaceKind.ADMIN1 and not known and entry.kind in POINTS:
        guessed = True  # "Velm province" is no town of that name in whatever country
    return Scored(match, total, reasons, stated, area > 0.04, guessed=guessed)


def _by_kind(question: Question, entry: GazetteerEntry) -> tuple[float, str | None]:
    wanted, kind = question.kind, entry.kind
    if question.near is Near.COUNTRYSIDE:
        return (0.06, "a rural area is meant") if kind is PlaceKind.ADMIN1 else (0.0, None)
    if wanted is None:
        if kind is PlaceKind.COUNTRY:
            return 0.08, "a country"
        return _UNASKED.get(kind, 0.0), None
    if wanted is kind or {wanted, kind} == {PlaceKind.SETTLEMENT, PlaceKind.CAMP}:
        return 0.05, f"the text says {wanted.value}"
    if wanted in PARTS_OF_A_TOWN:
        if kind in PARTS_OF_A_TOWN:
            return 0.03, None
        if kind is PlaceKind.SETTLEMENT and entry.population < LARGE:
            return -0.03, None
        return -0.30, "no quarter of a town"
    if wanted in (PlaceKind.ADMIN2, PlaceKind.AREA):
        return {
            PlaceKind.NEIGHBOURHOOD: 0.0,
            PlaceKind.SETTLEMENT: -0.04,
            PlaceKind.AREA: 0.03,
        }.get(kind, -0.06 if kind is not PlaceKind.ADMIN2 else 0.03), None
    if wanted is PlaceKind.ADMIN1:
        if kind in (PlaceKind.COUNTRY, PlaceKind.ADMIN2, PlaceKind.AREA):
            return -0.08, None
        return -0.25, "the text says a first-level area"
    if wanted is PlaceKind.COUNTRY:
        return -0.30, "the text says a country"
    if kind in PARTS_OF_A_TOWN:
        return -0.06, None
    return -0.30, f"the text says {wanted.value}"


def _inside(entry: GazetteerEntry, area: GazetteerEntry) -> bool | None:
    """Tell whether an entry lies in an area; None where the gazetteer cannot tell."""
    if area.country and entry.country and area.country != entry.country:
        return False
    if area.kind is PlaceKind.COUNTRY:
        return True if area.country == entry.country else None
    if area.kind is PlaceKind.ADMIN1:
        return entry.admin1 == area.admin1 if entry.admin1 and area.admin1 else None
    if (
        area.kind is PlaceKind.ADMIN2
        and entry.admin2
        and entry.admin2 == (area.admin2 or area.name)
    ):
        return True
    km = kilometres(entry, area)
    if area.kind in (PlaceKind.ADMIN2, PlaceKind.AREA):
        return None if km is None else km < 50
    return None if km is None else km < 25


def _cities(question: Question, entry: GazetteerEntry) -> list[GazetteerEntry]:
    """The cities that words put a quarter in, for a town of its name: it must lie by one of these,
    not just anywhere in the governorate that bears the name of the city."""
    if question.kind not in PARTS_OF_A_TOWN or entry.kind is not PlaceKind.SETTLEMENT:
        return []
    return [area for area in question.within if area.kind is PlaceKind.SETTLEMENT]


def _by_area(question: Question, entry: GazetteerEntry) -> tuple[float, str | None]:
    if entry.kind is PlaceKind.COUNTRY and not question.within:
        return 0.0, None
    score, reasons = 0.0, []
    if question.within:
        within = _cities(question, entry) or question.within
        told = [(_inside(entry, area), area) for area in within if area.id != entry.id]
        if any(known for known, _ in told):
            score, reasons = 0.13, [f"in {area.name}" for known, area in told if known]
        elif told and all(known is False for known, _ in told):
            score, reasons = -0.40, [f"not in {told[0][1].name}"]
    own = entry.kind is PlaceKind.ADMIN1 and any(a.id == entry.id for a in question.admin1)
    if own and question.near is Near.COUNTRYSIDE:
        score += 0.12
        reasons.append(f"{entry.name} itself")
    if question.admin1 and not own:
        told = [(_inside(entry, area), area) for area in question.admin1 if area.id != entry.id]
        if any(known for known, area in told if area.kind is PlaceKind.ADMIN1):
            score += 0.12
            reasons.append(f"in {entry.admin1}")
        elif any(known for known, _ in told):
            score += 0.05
            reasons.append(f"beside {told[0][1].name}")
        elif any(known is False for known, _ in told):
            score -= 0.35
            reasons.append(f"not in {told[0][1].name}")
    return score, ", ".join(reasons) or None


def _by_country(entry: GazetteerEntry, country: str | None) -> tuple[float, str | None]:
    if country is None or entry.kind is PlaceKind.COUNTRY:
        return 0.0, None
    if entry.country == country:
        return 0.0, f"in {country}"
    return -0.12, f"outside {country}"


@dataclass(frozen=True, slots=True)
class Company:
    """What a document names nearby: points, how many places lie in each area, and in each country.

    `countries` stays empty where the country is given.
    """

    points: tuple[tuple[float, float, str | None], ...] = ()
    areas: Mapping[str | None, Counter[str]] = field(default_factory=dict)
    countries: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, question: Question) -> "Company":
        """Return what the question says is named nearby."""
        if not question.nearby:
            return _ALONE
        points = []
        areas: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
        countries: Counter[str] = Counter()
        for place in question.nearby:
            if place.lat is None or place.lon is None:
                continue
            if place.precision not in (Precision.COUNTRY, Precision.ADMIN1):
                points.append((place.lat, place.lon, place.name))
            if place.admin1:
                areas[place.country][place.admin1] += 1
            if place.country and question.country is None:
                countries[place.country] += 1
        return cls(tuple(points), areas, countries)

    def pull(self, entry: GazetteerEntry) -> tuple[float, str | None]:
        """Places named nearby pull, the nearer the more; those of the same country a little."""
        if entry.lat is None or entry.lon is None or self is _ALONE:
            return 0.0, None
        nearest, name = math.inf, None
        for lat, lon, other in self.points:
            away = distance(entry.lat, entry.lon, lat, lon)
            if away < nearest:
                nearest, name = away, other
        score = 0.06 * math.exp(-nearest / 60)
        if entry.admin1 and (beside := self.areas.get(entry.country)):
            score += 0.04 * beside[entry.admin1] / beside.total()
        if self.countries:
            score += (
                0.12 * self.countries.get(entry.country or "", 0) / sum(self.countries.values())
            )
        return score, f"{nearest:.0f} km from {name}" if nearest < 60 else None

    def beside(self, question: Question, match: NameMatch) -> tuple[float, str | None]:
        """A quarter, a school or a mosque is in or by a place named nearby, where any is.

        A town whose name is merely spelt alike is none but in its suburbs.
        """
        entry = match.entry
        if (
            question.kind not in PARTS_OF_A_TOWN
            or not self.points
            or entry.lat is None
            or entry.lon is None
        ):
            return 0.0, None
        near = (distance(entry.lat, entry.lon, lat, lon) for lat, lon, _ in self.points)
        alike = match.level < NameLevel.ROMANISED
        if entry.kind is not PlaceKind.SETTLEMENT or min(near) <= (SUBURBS if alike else _BESIDE):
            return 0.0, None
        return -_ABROAD, "far from all that is named nearby"

    def abroad(self, match: NameMatch) -> tuple[float, str | None]:
        """A village in a country of which nothing else is named nearby is seldom meant.

        Cities of just the name written are.
        """
        if match.entry.kind is PlaceKind.COUNTRY or not self.countries:
            return 0.0, None
        city = match.level is NameLevel.FOLDED and match.entry.population >= CITY
        if city or match.entry.country in self.countries:
            return 0.0, None
        return -_ABROAD, f"nothing else nearby lies in {match.entry.country}"


_ALONE = Company()
