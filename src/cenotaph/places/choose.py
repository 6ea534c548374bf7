"""Choosing among the entries that a name could mean, with reasons."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cenotaph.model import (
    Candidate,
    Gazetteer,
    GazetteerEntry,
    NameLevel,
    NameMatch,
    Near,
    Place,
    PlaceKind,
    PlaceResolution,
    Precision,
    Quote,
)
from cenotaph.places.geometry import distance
from cenotaph.places.hierarchy import place_of
from cenotaph.places.lexicon import country_code
from cenotaph.spelling import skeleton
from cenotaph.vocab import table

ACCEPTED = 0.70
# How alike names must be, whatever else speaks for a place; lower where the text itself names the
# area.
# or where it is the only one of the area that has these consonants.
NAME_FLOOR, STATED_FLOOR, ALONE_FLOOR = 0.76, 0.72, 0.68
# A match through a second spelling (the Arabic beside the Latin) weighs a little less than one
# through
# the first; one through both weighs more.
_SECOND, _BOTH = -0.02, 0.03
WORLD_CITY = 100_000
METROPOLIS = 1_000_000
# The area round a city that has its own name outranks the city's.
_RURAL = 1.15
# So does a half or quarter that has an entry of its own.
_PART = 1.10
# Consonants a name must have before two spellings of it are held to mean it and nothing else.
_LONG = 3
# Kilometres from a governorate's middle or city within which its border may have been misjudged.
_AROUND = 90.0
_POINTS = (PlaceKind.SETTLEMENT, PlaceKind.CAMP, PlaceKind.NEIGHBOURHOOD, PlaceKind.LANDMARK)
_FINE = (PlaceKind.NEIGHBOURHOOD, PlaceKind.LANDMARK)
_LEVELS = {
    NameLevel.FOLDED: "the name itself",
    NameLevel.ROMANISED: "another spelling of the name",
    NameLevel.SKELETON: "the same consonants",
    NameLevel.SIMILAR: "a name that sounds alike",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: one place's spellings, and all that is known beside them.

    `within` are resolved larger places that the words themselves name; `country`, `admin1` and
    `nearby` come from the record and the document.
    """

    quote: Quote | None
    names: tuple[str, ...]
    kind: PlaceKind | None = None
    near: Near = Near.IN
    part: str | None = None
    within: tuple[GazetteerEntry, ...] = ()
    country: str | None = None
    admin1: tuple[GazetteerEntry, ...] = ()
    nearby: tuple[Place, ...] = ()


@dataclass(slots=True)
class _Scored:
    match: NameMatch
    score: float
    reasons: list[str]
    stated: bool
    held: bool
    alone: bool = False


def choose(question: Question, gazetteer: Gazetteer) -> PlaceResolution:
    """Return the best entry for a question, or the stated area that holds an unknown place, or
    none."""
    country = _country(question)
    scored = _rank(question, _named(question, gazetteer, country), country)
    if country is not None and (not scored or not _good(scored[0])):
        alike = [
            match for name in question.names for match in gazetteer.similar(name, country=country)
        ]
        scored = _merged(scored, _rank(question, alike, country))
    candidates = tuple(
        Candidate(
            place=place_of(s.match.entry, quote=question.quote, confidence=_bounded(s.score)),
            score=_bounded(s.score),
            reasons=tuple(s.reasons),
        )
        for s in scored[:8]
    )
    if scored and _good(scored[0]):
        best = scored[0]
        place = _placed(question, best, scored, gazetteer)
        return PlaceResolution(place=place, candidates=candidates, reasons=tuple(best.reasons))
    held = _container(question, gazetteer)
    if held is not None:
        return PlaceResolution(
            place=place_of(held, quote=question.quote, confidence=0.6),
            candidates=candidates,
            reasons=(f"no gazetteer has this place; the text puts it in {held.name}",),
        )
    reason = "no gazetteer has this name" if not scored else "no entry is close enough"
    return PlaceResolution(place=None, candidates=candidates, reasons=(reason,))


def _bounded(score: float) -> float:
    return round(max(0.0, min(1.0, score)), 3)


def _country(question: Question) -> str | None:
    """The country to look in: what the words name, what the record is about, where the others
    lie."""
    for entry in question.within:
        if entry.country:
            return entry.country
    if question.country:
        return question.country
    votes = Counter(p.country for p in question.nearby if p.country)
    if not votes:
        return None
    (first, n), *rest = votes.most_common(2)
    return first if not rest or n > rest[0][1] else None


def _named(question: Question, gazetteer: Gazetteer, country: str | None) -> list[NameMatch]:
    found: dict[str, NameMatch] = {}

    def add(matches: Sequence[NameMatch], nth: int = 0) -> None:
        for match in matches:
            old = found.get(match.entry.id)
            if old is None:
                change = _SECOND if nth else 0.0
            elif nth:
                change = _BOTH if match.level >= NameLevel.ROMANISED else _BOTH / 2
            elif match.score <= old.score:
                continue
            else:
                change = 0.0
            score = max(match.score, old.score if old else 0.0) + change
            level = max(match.level, old.level) if old else match.level
            found[match.entry.id] = _weighed(match, score, level)

    for nth, name in enumerate(question.names):
        code = country_code(name)
        entry = gazetteer.country(code) if code else None
        if entry is not None:
            add([NameMatch(entry=entry, level=NameLevel.FOLDED, score=1.0)])
        if country is not None:
            add(gazetteer.named(name, country=country), nth)
        if country is None or not question.within:
            afar = gazetteer.named(name)
            known = [m for m in afar if m.entry.country != country and _worldly(m, country, name)]
            add(known, nth)
    if question.near is Near.COUNTRYSIDE and country is not None:
        for pattern in table("places")["countryside"]["patterns"]:
            for name in question.names:
                areas = gazetteer.named(pattern.format(name), country=country)
                firm = [m for m in areas if m.level >= NameLevel.ROMANISED]
                add([replace(m, score=_RURAL) for m in firm if m.entry.kind is PlaceKind.ADMIN1])
    if question.part is not None:
        for name in question.names:
            parts = gazetteer.named(f"{question.part} {name}", country=country)
            add([replace(m, score=_PART) for m in parts if m.level is NameLevel.FOLDED])
    return list(found.values())


def _weighed(match: NameMatch, score: float, level: NameLevel) -> NameMatch:
    """The match with another score and level; itself where they are its own, as they mostly are."""
    if score == match.score and level is match.level:
        return match
    return NameMatch(entry=match.entry, level=level, score=score)


def _worldly(match: NameMatch, country: str | None, name: str) -> bool:
    """Outside the country of the record only what a distant reader knows: countries and large
    cities, by a name of their own; under another ("Karin", Erzurum's in Armenian) the largest."""
    if country is None or match.entry.country == country:
        return True
    if match.entry.kind is PlaceKind.COUNTRY:
        return True
    own = skeleton(name) == skeleton(match.entry.name)
    return match.level is NameLevel.FOLDED and (
        match.entry.population >= (WORLD_CITY if own else METROPOLIS)
    )


def _rank(question: Question, matches: Sequence[NameMatch], country: str | None) -> list[_Scored]:
    scored = [_score(question, match, country) for match in matches]
    loose = [s for s in scored if s.held and s.match.level is NameLevel.SKELETON]
    close = [s for s in scored if s.held and s.match.level > NameLevel.SKELETON]
    if len(loose) == 1 and not close:
        loose[0].alone = True
    scored.sort(key=_order)
    _agreed(question, scored, country)
    scored.sort(key=_order)
    return scored


def _agreed(question: Question, scored: list[_Scored], country: str | None) -> None:
    """Two spellings (of two scripts) that meet in one entry alone outweigh a table's
    governorate."""
    if len(question.names) < 2 or question.within or country is None:
        return
    both = [s for s in scored if s.match.score > 1.0 - _SECOND / 2]
    if len(both) != 1 or both[0].held or len(skeleton(question.names[0])) < _LONG:
        return
    apart = [_apart(both[0].match.entry, area) for area in question.admin1]
    if any(km is not None and km < _AROUND for km in apart):
        both[0].score += 0.10
        both[0].reasons.append("the only place of the country that both spellings name")


def _order(s: _Scored) -> tuple[bool, float, int, str]:
    return (not _good(s), -s.score, -s.match.entry.population, s.match.entry.id)


def _good(s: _Scored) -> bool:
    floor = STATED_FLOOR if s.stated else ALONE_FLOOR if s.alone else NAME_FLOOR
    return s.score >= ACCEPTED and (s.match.score >= floor or s.match.level is NameLevel.SIMILAR)


def _merged(first: list[_Scored], second: list[_Scored]) -> list[_Scored]:
    by_id = {s.match.entry.id: s for s in (*second, *first)}
    return sorted(by_id.values(), key=_order)


def _score(question: Question, match: NameMatch, country: str | None) -> _Scored:
    entry = match.entry
    score, reasons = match.score, [_LEVELS[match.level]]
    change, reason = _by_kind(question, entry)
    score += change
    if reason:
        reasons.append(reason)
    area, where = _by_area(question, entry)
    for change, reason in (
        (area, where),
        _by_country(entry, country),
        _by_company(question, entry),
    ):
        score += change
        if reason:
            reasons.append(reason)
    weight = 0.03 if country is not None else 0.12
    score += weight * math.log10(entry.population + 1) / 7
    if entry.population:
        reasons.append(f"{entry.population} inhabitants")
    stated = bool(question.within) and area > 0.11
    return _Scored(match, score, reasons, stated, area > 0.04)


def _by_kind(question: Question, entry: GazetteerEntry) -> tuple[float, str | None]:
    wanted, kind = question.kind, entry.kind
    if question.near is Near.COUNTRYSIDE:
        return (0.06, "a rural area is meant") if kind is PlaceKind.ADMIN1 else (0.0, None)
    if wanted is None:
        if kind is PlaceKind.COUNTRY:
            return 0.08, "a country"
        penalty = {PlaceKind.ADMIN1: -0.05, PlaceKind.ADMIN2: -0.08, PlaceKind.AREA: -0.04}
        return penalty.get(kind, 0.0), None
    if wanted is kind or {wanted, kind} == {PlaceKind.SETTLEMENT, PlaceKind.CAMP}:
        return 0.05, f"the text says {wanted.value}"
    if wanted in _FINE:
        if kind in _FINE:
            return 0.03, None
        return (-0.03, None) if kind is PlaceKind.SETTLEMENT else (-0.30, "no quarter of a town")
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
    if kind in _FINE:
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
    apart = _apart(entry, area)
    if area.kind in (PlaceKind.ADMIN2, PlaceKind.AREA):
        return None if apart is None else apart < 50
    return None if apart is None else apart < 25


def _apart(entry: GazetteerEntry, area: GazetteerEntry) -> float | None:
    if entry.lat is None or entry.lon is None or area.lat is None or area.lon is None:
        return None
    return distance(entry.lat, entry.lon, area.lat, area.lon)


def _by_area(question: Question, entry: GazetteerEntry) -> tuple[float, str | None]:
    if entry.kind is PlaceKind.COUNTRY and not question.within:
        return 0.0, None
    score, reasons = 0.0, []
    if question.within:
        told = [(_inside(entry, area), area) for area in question.within if area.id != entry.id]
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


def _by_company(question: Question, entry: GazetteerEntry) -> tuple[float, str | None]:
    """Places named nearby pull, the nearer the more; those of the same country a little."""
    points = [p for p in question.nearby if p.lat is not None and p.lon is not None]
    if entry.lat is None or entry.lon is None or not points:
        return 0.0, None
    fine = [p for p in points if p.precision not in (Precision.COUNTRY, Precision.ADMIN1)]
    nearest, name = min(
        ((distance(entry.lat, entry.lon, p.lat or 0.0, p.lon or 0.0), p.name) for p in fine),
        default=(math.inf, None),
    )
    score = 0.06 * math.exp(-nearest / 60)
    areas = Counter(p.admin1 for p in points if p.admin1 and p.country == entry.country)
    if areas and entry.admin1 in areas:
        score += 0.04 * areas[entry.admin1 or ""] / sum(areas.values())
    countries = Counter(p.country for p in points if p.country)
    if question.country is None and countries:
        score += 0.12 * countries[entry.country or ""] / sum(countries.values())
    return score, f"{nearest:.0f} km from {name}" if nearest < 60 else None


def _container(question: Question, gazetteer: Gazetteer) -> GazetteerEntry | None:
    """The area that holds a place no gazetteer has. Never the capital that shares the area's
    name."""
    held = [*question.within, *question.admin1]
    fine = question.kind in _FINE
    ranks = {
        PlaceKind.NEIGHBOURHOOD: 0, PlaceKind.SETTLEMENT: 1, PlaceKind.CAMP: 1, PlaceKind.AREA: 2,
        PlaceKind.ADMIN2: 3, PlaceKind.ADMIN1: 4, PlaceKind.COUNTRY: 5,
    }  # fmt: skip
    usable = []
    for entry in held:
        point = entry.kind in _POINTS
        twin = point and any(
            other.kind in (PlaceKind.ADMIN1, PlaceKind.ADMIN2) and other.admin1 == entry.admin1
            for other in held
        )
        if not twin or fine:
            usable.append(entry)
    if not question.within:
        usable = [entry for entry in usable if entry.kind is PlaceKind.ADMIN1]
    return min(usable, key=lambda e: ranks.get(e.kind, 6), default=None)


def _placed(
    question: Question, best: _Scored, scored: list[_Scored], gazetteer: Gazetteer
) -> Place:
    entry = best.match.entry
    precision = None
    point = entry.kind in _POINTS
    if point and question.near is Near.COUNTRYSIDE:
        precision = Precision.AREA  # the land about a town, never the town
    elif point and question.near in (Near.NEAR, Near.DIRECTION, Near.BETWEEN):
        precision = Precision.NEAR
    elif question.part and entry.kind is PlaceKind.SETTLEMENT:
        precision = Precision.AREA
    confidence = min(0.99, best.score, best.match.score)  # never surer than of the name
    for other in scored[1:]:
        apart = _apart(other.match.entry, entry)
        if other.match.entry.kind in _POINTS and point and (apart is None or apart > 10):
            confidence *= 1 - 0.5 * max(0.0, 1 - (best.score - other.score) / 0.15)
            break
    namesake = entry.kind is PlaceKind.SETTLEMENT and any(
        s.match.entry.kind in (PlaceKind.ADMIN1, PlaceKind.ADMIN2)
        and s.match.entry.country == entry.country
        and s.match.entry.admin1 == entry.admin1
        and s.match.level >= NameLevel.ROMANISED
        for s in scored
    )
    return place_of(
        entry, quote=question.quote, precision=precision, confidence=confidence, namesake=namesake
    )
