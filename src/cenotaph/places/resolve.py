"""Resolving a mention: what its words, its document and its record say, put as one question."""

from collections.abc import Sequence

from cenotaph.model import (
    WORLD_CITY,
    Candidate,
    Gazetteer,
    GazetteerEntry,
    NameLevel,
    NameMatch,
    Place,
    PlaceKind,
    PlaceMention,
    PlaceResolution,
)
from cenotaph.places.choose import choose, chosen
from cenotaph.places.hierarchy import CITY, place_of
from cenotaph.places.lexicon import country_code, demonym_country, demonym_stems
from cenotaph.places.meanings import Question
from cenotaph.places.memory import memory_of
from cenotaph.spelling import romanised, similarity

# A larger place that the words name must be met surely: everything else is judged by it.
_SURE = 0.90
# A country has few first-level areas, so a slip of the pen in one is told more easily ("Idlin").
_AREA_ALIKE = 0.88
_KINDS = {kind.value: kind for kind in PlaceKind}


def resolve(
    mention: PlaceMention,
    *,
    gazetteer: Gazetteer,
    country: str | None,
    admin1: str | None,
    nearby: Sequence[Place],
) -> PlaceResolution:
    """Return the place that a mention means, with everything it was chosen from.

    `country` (ISO 3166 code) and `admin1` are what the record and the document are about,
    `nearby` the
    places that the document names beside it. The place is None below the threshold; an unknown
    place
    that the text puts in an area becomes that area.
    """
    if mention.demonym:
        return _people(mention, gazetteer)
    return choose(_question(mention, gazetteer, country, admin1, nearby), gazetteer)


def meant(
    mention: PlaceMention,
    *,
    gazetteer: Gazetteer,
    country: str | None,
    nearby: Sequence[Place] = (),
) -> Place:
    """Return the place of `resolve` alone; an unresolved one where no entry is surely meant.

    In no company, the same words mean the same in every text: the place may then have the quote of
    an earlier mention.
    """
    if nearby:
        return _meant(mention, gazetteer, country, nearby)
    kept = memory_of(gazetteer).alone
    key = (country, *deciding(mention))
    place = kept.get(key)
    if place is None:
        place = kept[key] = _meant(mention, gazetteer, country, ())
    return place


def _meant(
    mention: PlaceMention, gazetteer: Gazetteer, country: str | None, nearby: Sequence[Place]
) -> Place:
    if mention.demonym:
        place = _people(mention, gazetteer).place
    else:
        place = chosen(_question(mention, gazetteer, country, None, nearby), gazetteer)
    return place or Place(quote=mention.quote)


def deciding(mention: PlaceMention) -> tuple[object, ...]:
    """All of a mention that decides which place it means: everything but where it stands."""
    within = tuple(quote.text for quote in mention.within)
    return (
        mention.name.text, mention.kind, mention.near, mention.part, mention.demonym, within,
    )  # fmt: skip


def _question(
    mention: PlaceMention,
    gazetteer: Gazetteer,
    country: str | None,
    admin1: str | None,
    nearby: Sequence[Place],
) -> Question:
    within: tuple[GazetteerEntry, ...] = ()
    for quote in mention.within[::-1]:  # the largest first: what is said to lie in it does
        found = areas_named(quote.text, gazetteer=gazetteer, country=country)
        within = (*(entry for entry in found if not _outside(entry, within)), *within)
    return Question(
        quote=mention.quote,
        names=(mention.name.text,),
        kind=_KINDS.get(mention.kind or ""),
        near=mention.near,
        part=mention.part,
        within=within,
        country=country,
        admin1=first_level(admin1, gazetteer=gazetteer, country=country),
        nearby=tuple(nearby),
    )


def _outside(entry: GazetteerEntry, areas: Sequence[GazetteerEntry]) -> bool:
    """Tell whether an entry lies in another country than all of the areas that hold it."""
    return bool(areas and entry.country) and all(
        area.country and area.country != entry.country for area in areas
    )


def _people(mention: PlaceMention, gazetteer: Gazetteer) -> PlaceResolution:
    """A people's name gives its country, and no place where anything happened."""
    word = mention.name.text
    code = demonym_country(word)
    entry = gazetteer.country(code) if code else None
    if entry is None:
        # a possessive may have lost its apostrophe ("Tessarias war")
        for stem in (*demonym_stems(word), word.removesuffix("s")):
            found = [m.entry for m in gazetteer.named(stem) if m.entry.kind is PlaceKind.COUNTRY]
            if found:
                entry = found[0]
                break
    if entry is None:
        return PlaceResolution(place=None, reasons=("a people of no country known here",))
    place = place_of(entry, quote=mention.quote, confidence=0.9)
    reasons = ("the name of a people or an adjective of a country",)
    return PlaceResolution(
        place=place,
        candidates=(Candidate(place=place, score=0.9, reasons=reasons),),
        reasons=reasons,
    )


def _known_afar(match: NameMatch) -> bool:
    entry = match.entry
    if entry.kind in (PlaceKind.COUNTRY, PlaceKind.ADMIN1):
        return match.level is NameLevel.FOLDED
    return match.level is NameLevel.FOLDED and entry.population >= WORLD_CITY


def areas_named(
    name: str, *, gazetteer: Gazetteer, country: str | None
) -> tuple[GazetteerEntry, ...]:
    """Return what a larger place's name may mean: areas first, then the settlement of that name."""
    code = country_code(name)
    if code and (entry := gazetteer.country(code)) is not None:
        return (entry,)
    matches = list(gazetteer.named(name, country=country)) if country else []
    matches = [m for m in matches if m.level >= NameLevel.ROMANISED or m.score >= _SURE]
    if not matches:
        matches = [m for m in gazetteer.named(name) if country is None or _known_afar(m)]
    if not matches and country:
        alike = gazetteer.similar(name, country=country)
        matches = [m for m in alike if m.entry.kind in (PlaceKind.ADMIN1, PlaceKind.ADMIN2)]
    if not matches:
        return ()
    best = max(match.score for match in matches)
    close = [m.entry for m in matches if m.score >= best - 0.05]
    cities = [
        m.entry for m in matches if m.level is NameLevel.FOLDED and m.entry.population >= CITY
    ]
    if country is None and cities:  # the area of the largest city of just that name
        largest = max(cities, key=lambda e: (e.population, e.id))
        close = [e for e in close if e.country == largest.country] or close
    areas = [e for e in close if e.kind in (PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.ADMIN2)]
    areas.sort(key=lambda e: (e.kind is PlaceKind.ADMIN2, -e.population))
    towns = [e for e in close if e.kind is PlaceKind.SETTLEMENT]
    towns.sort(key=lambda e: -e.population)
    return (*areas[:2], *towns[:1]) if areas or towns else tuple(close[:1])


def first_level(
    name: str | None, *, gazetteer: Gazetteer, country: str | None
) -> tuple[GazetteerEntry, ...]:
    """Return the first-level area that a record or a table names, with the city of the same name.

    Nothing where the name is that of no such area: a table's slip must not rule a place out.
    """
    if not name:
        return ()
    found = areas_named(name, gazetteer=gazetteer, country=country)
    areas = [e for e in found if e.kind is PlaceKind.ADMIN1]
    if areas:
        return (*areas, *(e for e in found if e.kind is PlaceKind.SETTLEMENT))
    key = romanised(name)
    near = [
        (max(similarity(key, romanised(n)) for n in (area.name, *area.names)), area)
        for area in (gazetteer.areas(country) if country else ())
    ]
    score, area = max(near, key=lambda pair: pair[0], default=(0.0, None))
    return (area,) if area is not None and score >= _AREA_ALIKE else ()
