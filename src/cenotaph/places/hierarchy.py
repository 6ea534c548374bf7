"""How places hold one another: the smallest area that holds several, and from entry to place."""

from collections.abc import Sequence

from cenotaph.model import GazetteerEntry, Place, PlaceKind, Precision, Quote

PRECISION = {
    PlaceKind.COUNTRY: Precision.COUNTRY,
    PlaceKind.ADMIN1: Precision.ADMIN1,
    PlaceKind.ADMIN2: Precision.ADMIN2,
    PlaceKind.AREA: Precision.AREA,
    PlaceKind.SETTLEMENT: Precision.SETTLEMENT,
    PlaceKind.CAMP: Precision.SETTLEMENT,
    PlaceKind.NEIGHBOURHOOD: Precision.NEIGHBOURHOOD,
    PlaceKind.LANDMARK: Precision.EXACT,
}
# Inhabitants from which on one day may see several attacks in one settlement.
CITY = 100_000
_SETTLED = (PlaceKind.SETTLEMENT, PlaceKind.CAMP)
_AREAS = (Precision.AREA, Precision.ADMIN2, Precision.ADMIN1, Precision.COUNTRY)


def place_of(
    entry: GazetteerEntry,
    *,
    quote: Quote | None,
    precision: Precision | None = None,
    confidence: float | None = None,
    namesake: bool = False,
) -> Place:
    """Return the place that an entry stands for."""
    return Place(
        quote=quote, name=entry.name, lat=entry.lat, lon=entry.lon, entry=entry.id,
        geonames=entry.geonames, country=entry.country, admin1=entry.admin1, admin2=entry.admin2,
        precision=precision or PRECISION[entry.kind],
        confidence=None if confidence is None else round(confidence, 2), namesake_of_area=namesake,
        city=entry.kind in _SETTLED and entry.population >= CITY,
    )  # fmt: skip


def smallest_area(places: Sequence[Place]) -> Place | None:
    """Return the smallest area that holds all places, or None where no country does.

    The one place where all are the same, or the one that holds the others; else a district,
    governorate or country without coordinates: no words name it, and its middle is none of them.
    """
    known = [place for place in places if place.precision is not Precision.UNKNOWN]
    if not known or len(known) < len(places):
        return None
    first = known[0]
    if all(place.entry == first.entry and place.entry is not None for place in known):
        return first
    for place in known:
        if all(_holds(place, other) for other in known):
            return place
    country = first.country
    if country is None or any(place.country != country for place in known):
        return None
    same1 = first.admin1 is not None and all(place.admin1 == first.admin1 for place in known)
    same2 = same1 and first.admin2 is not None
    same2 = same2 and all(place.admin2 == first.admin2 for place in known)
    scores = [place.confidence for place in known if place.confidence is not None]
    return Place(
        quote=None,
        name=first.admin2 if same2 else first.admin1 if same1 else None,
        country=country,
        admin1=first.admin1 if same1 else None,
        admin2=first.admin2 if same2 else None,
        precision=Precision.ADMIN2 if same2 else Precision.ADMIN1 if same1 else Precision.COUNTRY,
        confidence=min(scores) if scores else None,
    )


def _holds(area: Place, other: Place) -> bool:
    """Tell whether `area` holds `other`, by the names of the areas that a gazetteer gives."""
    if area.entry is not None and area.entry == other.entry:
        return True
    if area.precision not in _AREAS or area.country is None or area.country != other.country:
        return False
    if area.precision is Precision.COUNTRY:
        return True
    if other.precision is Precision.COUNTRY or area.admin1 != other.admin1:
        return False
    if area.precision is Precision.ADMIN1:
        return area.admin1 is not None
    if area.precision is Precision.ADMIN2:
        return other.precision is not Precision.ADMIN1 and area.admin2 == other.admin2 is not None
    return False
