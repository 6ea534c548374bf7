"""Choosing among the entries that a name could mean, with reasons."""

from collections.abc import Sequence

from cenotaph.geometry import kilometres
from cenotaph.model import (
    PARTS_OF_A_TOWN,
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
from cenotaph.places.hierarchy import place_of
from cenotaph.places.meanings import SECOND, Question, country_of, meanings
from cenotaph.places.weigh import POINTS, Company, Scored, score
from cenotaph.spelling import skeleton

ACCEPTED = 0.70
# How alike names must be, whatever else speaks for a place; lower where the text itself names the
# area, or where it is the only one of the area that has these consonants.
NAME_FLOOR, STATED_FLOOR, ALONE_FLOOR = 0.76, 0.72, 0.68
# Consonants a name must have before two spellings of it are held to mean it and nothing else.
_LONG = 3
# Kilometres from a governorate's middle or city within which its border may have been misjudged.
_AROUND = 90.0
_WIDE = (PlaceKind.ADMIN1, PlaceKind.ADMIN2)


def choose(question: Question, gazetteer: Gazetteer) -> PlaceResolution:
    """Return the best entry for a question, or the stated area that holds an unknown place, or
    none, with everything it was chosen from."""
    scored = _scored(question, gazetteer)
    place = _answer(question, scored, gazetteer)
    candidates = tuple(_candidate(s, question.quote) for s in scored[:8])
    if scored and _good(scored[0]):
        reasons = tuple(scored[0].reasons)
    elif place is not None:
        reasons = (f"no gazetteer has this place; the text puts it in {place.name}",)
    else:
        reasons = ("no gazetteer has this name" if not scored else "no entry is close enough",)
    return PlaceResolution(place=place, candidates=candidates, reasons=reasons)


def chosen(question: Question, gazetteer: Gazetteer) -> Place | None:
    """Return the place of `choose` alone: of most places nobody asks what else they could be."""
    return _answer(question, _scored(question, gazetteer), gazetteer)


def _scored(question: Question, gazetteer: Gazetteer) -> list[Scored]:
    """All that a question may mean, the best first."""
    country = country_of(question)
    company = Company.of(question)
    scored = _rank(question, meanings(question, gazetteer, country), country, company)
    if country is not None and (not scored or not _good(scored[0])):
        alike = [
            match for name in question.names for match in gazetteer.similar(name, country=country)
        ]
        scored = _merged(scored, _rank(question, alike, country, company))
    return scored


def _answer(question: Question, scored: list[Scored], gazetteer: Gazetteer) -> Place | None:
    if scored and _good(scored[0]):
        return _placed(question, scored[0], scored, gazetteer)
    held = _container(question, gazetteer)
    return None if held is None else place_of(held, quote=question.quote, confidence=0.6)


def _candidate(s: Scored, quote: Quote | None) -> Candidate:
    score = round(max(0.0, min(1.0, s.score)), 3)
    place = place_of(s.match.entry, quote=quote, confidence=score)
    return Candidate(place=place, score=score, reasons=tuple(s.reasons))


def _rank(
    question: Question, matches: Sequence[NameMatch], country: str | None, company: Company
) -> list[Scored]:
    scored = [score(question, match, country, company) for match in matches]
    loose = [s for s in scored if s.held and s.match.level is NameLevel.SKELETON]
    close = [s for s in scored if s.held and s.match.level > NameLevel.SKELETON]
    if len(loose) == 1 and not close:
        loose[0].alone = True
    if len(scored) > 1:
        scored.sort(key=_order)
    if len(question.names) > 1 and _agreed(question, scored, country):
        scored.sort(key=_order)
    return scored


def _agreed(question: Question, scored: list[Scored], country: str | None) -> bool:
    """Two spellings (of two scripts) that meet in one entry alone outweigh a table's governorate.

    Tell whether any score has changed.
    """
    if question.within or country is None:
        return False
    both = [s for s in scored if s.match.score > 1.0 - SECOND / 2]
    if len(both) != 1 or both[0].held or len(skeleton(question.names[0])) < _LONG:
        return False
    away = [kilometres(both[0].match.entry, area) for area in question.admin1]
    if not any(km is not None and km < _AROUND for km in away):
        return False
    both[0].score += 0.10
    both[0].reasons.append("the only place of the country that both spellings name")
    return True


def _order(s: Scored) -> tuple[bool, float, int, str]:
    return (not _good(s), -s.score, -s.match.entry.population, s.match.entry.id)


def _good(s: Scored) -> bool:
    if s.guessed:
        return False
    floor = STATED_FLOOR if s.stated else ALONE_FLOOR if s.alone else NAME_FLOOR
    return s.score >= ACCEPTED and (s.match.score >= floor or s.match.level is NameLevel.SIMILAR)


def _merged(first: list[Scored], second: list[Scored]) -> list[Scored]:
    by_id = {s.match.entry.id: s for s in (*second, *first)}
    return sorted(by_id.values(), key=_order)


def _container(question: Question, gazetteer: Gazetteer) -> GazetteerEntry | None:
    """The area that holds a place no gazetteer has. Never the capital that shares the area's
    name."""
    held = [*question.within, *question.admin1]
    fine = question.kind in PARTS_OF_A_TOWN
    ranks = {
        PlaceKind.NEIGHBOURHOOD: 0, PlaceKind.SETTLEMENT: 1, PlaceKind.CAMP: 1, PlaceKind.AREA: 2,
        PlaceKind.ADMIN2: 3, PlaceKind.ADMIN1: 4, PlaceKind.COUNTRY: 5,
    }  # fmt: skip
    usable = []
    for entry in held:
        point = entry.kind in POINTS
        twin = point and any(
            other.kind in _WIDE
            and other.admin1 == entry.admin1
            and skeleton(other.name) == skeleton(entry.name)
            for other in held
        )
        if not twin or fine:
            usable.append(entry)
    if not question.within:
        usable = [entry for entry in usable if entry.kind is PlaceKind.ADMIN1]
    return min(usable, key=lambda e: ranks.get(e.kind, 6), default=None)


def _placed(question: Question, best: Scored, scored: list[Scored], gazetteer: Gazetteer) -> Place:
    entry = best.match.entry
    precision = None
    point = entry.kind in POINTS
    if point and question.near is Near.COUNTRYSIDE:
        precision = Precision.AREA  # the land about a town, never the town
    elif point and question.near in (Near.NEAR, Near.DIRECTION, Near.BETWEEN):
        precision = Precision.NEAR
    elif question.part and entry.kind is PlaceKind.SETTLEMENT:
        precision = Precision.AREA
    elif question.kind in _WIDE and point:
        precision = Precision.AREA  # "Velm district" of which only the town is known
    confidence = min(0.99, best.score, best.match.score)  # never surer than of the name
    for other in scored[1:]:
        km = kilometres(other.match.entry, entry)
        if other.match.entry.kind in POINTS and point and (km is None or km > 10):
            confidence *= 1 - 0.5 * max(0.0, 1 - (best.score - other.score) / 0.15)
            break
    namesake = entry.kind is PlaceKind.SETTLEMENT and any(
        s.match.entry.kind in _WIDE
        and s.match.entry.country == entry.country
        and s.match.entry.admin1 == entry.admin1
        and s.match.level >= NameLevel.ROMANISED
        for s in scored
    )
    return place_of(
        entry, quote=question.quote, precision=precision, confidence=confidence, namesake=namesake
    )
