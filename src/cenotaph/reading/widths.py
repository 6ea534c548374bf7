"""How wide a place is, and whether another lies in it and is nearer.

Wide are a country, a province, a city that a place is near or of which it is an unnamed quarter or
suburb, a bare name that is a city's and a province's, and a city of which a quarter may be told.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from cenotaph.geometry import kilometres
from cenotaph.model import Basis, Near, Place, PlaceKind, PlaceMention, Precision
from cenotaph.reading.scenes import Slots
from cenotaph.reading.sites import PARTS
from cenotaph.spelling import romanised, similarity

Lies = Callable[[PlaceMention], Place]

# A suburb lies so near to the city that it is near, in kilometres.
BY_THE_CITY = 30.0
# A quarter lies so near to the middle of its city, in kilometres.
IN_THE_CITY = 15.0
# An unknown place that its words put into an area is answered with that area, no surer than this.
GUESSED = 0.6
# How alike the names of a city and of its area are, of which one may be written with an article.
_ALIKE = 0.8
WIDE = (Precision.COUNTRY, Precision.ADMIN1)
CITY = (Precision.SETTLEMENT, Precision.AREA)
_IN_A_CITY = PARTS - {PlaceKind.ADMIN2}
_SMALL = frozenset({PlaceKind.SETTLEMENT, PlaceKind.CAMP, *_IN_A_CITY})


def loose(slots: Slots, lies: Lies) -> bool:
    """Tell whether an opening gives the city that a place is near, or a bare name of an area too.

    "Outside Orun", "in a suburb of Orun"; "in Velm", which may be the province of that name.
    """
    if len(slots.places) != 1:
        return False
    mention = slots.places[0]
    place = lies(mention)
    return bya_city(mention, place) or maybe_area(mention, place)


def of_a_city(slots: Slots, lies: Lies) -> bool:
    """Tell whether slots give a city, or a side of one ("central Velm"), and no quarter of it."""
    return len(slots.places) == 1 and a_city(slots.places[0], lies(slots.places[0]))


def a_city(mention: PlaceMention, place: Place) -> bool:
    """Tell whether words give a city, or a side of one, and no quarter of it.

    "A Velm district" is one of the city: it names none.
    """
    if mention.near is not Near.IN or not place.city:
        return False
    if mention.kind in PARTS:
        named = mention.kind != PlaceKind.ADMIN2 or mention.within
        return not named and place.precision is Precision.AREA and _behind(mention)
    side = place.precision is Precision.AREA and mention.part is not None
    return side or place.precision is Precision.SETTLEMENT


def _behind(mention: PlaceMention) -> bool:
    """Tell whether what a place is called stands behind its name: "Velm district"."""
    return mention.quote.start == mention.name.start and mention.quote.end > mention.name.end


def readings(mention: PlaceMention, lies: Lies, *, opens: bool) -> list[Place]:
    """Return what wide words may mean, each of a precision that says so.

    That a bare name is that of the province, or stands for what is by the city, is read in what
    `opens` a report alone.
    """
    place = lies(mention)
    if _wide(mention, lies):
        return [place]
    found = []
    if opens and bya_city(mention, place):
        found.append(replace(place, precision=Precision.NEAR))
    elif opens and maybe_area(mention, place):
        found.append(replace(place, precision=Precision.ADMIN1))
    if a_city(mention, place):
        found.append(place)
    return found


def put_in(
    mention: PlaceMention,
    larger: PlaceMention | None,
    lies: Lies,
    beside: Sequence[PlaceMention] = (),
) -> PlaceMention:
    """A place that nobody knows, put into the area or the city that another sentence tells.

    So "the village of Anbar" of a report about a province is held for a place of that province;
    not where its own sentence names places that lie elsewhere, `beside` it.
    """
    if larger is None:
        return mention
    if mention.within:
        return _of_the_city(mention, larger, lies)
    if lies(mention).precision is not Precision.UNKNOWN:
        return mention
    wide = lies(larger)
    if wide.precision in (Precision.COUNTRY, Precision.UNKNOWN) or not mention.kind:
        return mention
    if any(away_from(lies(other), wide) for other in beside if other is not mention):
        return mention
    kind = mention.kind
    if kind in PARTS:
        if wide.precision is Precision.ADMIN1:
            return mention  # of which of its towns it is a quarter is told nowhere
        kind = PlaceKind.NEIGHBOURHOOD  # "the X district" of a city
    return replace(mention, kind=kind, within=(larger.name, *larger.within))


def _of_the_city(mention: PlaceMention, larger: PlaceMention, lies: Lies) -> PlaceMention:
    """ "The Harbour district of Velm", of a report that tells of the city: a quarter of it."""
    place, city = lies(mention), lies(larger)
    guessed = place.precision is Precision.ADMIN1 and (place.confidence or 0.0) <= GUESSED
    quarter = mention.kind is None or mention.kind in PARTS
    if not guessed or not quarter or not a_city(larger, city):
        return mention
    if mention.within[0].text.casefold() != larger.name.text.casefold():
        return mention
    return replace(mention, kind=PlaceKind.NEIGHBOURHOOD)


def away_from(place: Place, wide: Place) -> bool:
    """Tell whether a place lies surely outside of a wide one."""
    if place.precision in (Precision.COUNTRY, Precision.UNKNOWN) or place.name == wide.name:
        return False
    if wide.precision is Precision.ADMIN1:
        return (place.country, place.admin1) != (wide.country, wide.admin1)
    if place.precision is Precision.ADMIN1 and place.admin1 == wide.admin1:
        return False
    away = kilometres(place, wide)
    return away is None or away > BY_THE_CITY


def surely_apart(one: Slots, other: Slots, lies: Lies) -> bool:
    """Tell whether what slots state by their own words lies surely outside of where others are."""
    if one.places_basis is not Basis.STATED or not other.places:
        return False
    theirs = [lies(mention) for mention in other.places]
    return bool(one.places) and all(
        min(place.confidence or 0.0, wide.confidence or 0.0) > GUESSED
        and away_from(place, wide)
        and away_from(wide, place)
        for place in map(lies, one.places)
        for wide in theirs
    )


def called(mention: PlaceMention, lies: Lies) -> str:
    """The name by which two mentions of a place are known to be of one; a guess has its own."""
    place = lies(mention)
    guessed = place.name is None or (place.confidence or 0.0) <= GUESSED
    return mention.name.text if guessed or place.name is None else place.name


def bya_city(mention: PlaceMention, place: Place) -> bool:
    """Tell whether a place is by a city, or a part of a large one that the words do not name."""
    quarter = mention.kind == PlaceKind.NEIGHBOURHOOD and place.precision is Precision.SETTLEMENT
    return place.precision is Precision.NEAR or quarter and place.city and not mention.within


def maybe_area(mention: PlaceMention, place: Place) -> bool:
    """Tell whether a bare name is also that of the first-level area in which its city lies."""
    if not place.namesake_of_area or mention.kind is not None or mention.part is not None:
        return False
    if not place.name or not place.admin1:
        return False
    # a county of the city's name is no larger place that a heading would mean
    return similarity(romanised(place.name), romanised(place.admin1)) >= _ALIKE


def is_wide(slots: Slots, lies: Lies) -> bool:
    """Tell whether slots have no place, or a country or a province alone."""
    if not slots.places:
        return True
    return len(slots.places) == 1 and _wide(slots.places[0], lies)


def _wide(mention: PlaceMention, lies: Lies) -> bool:
    """Tell whether words name a country or a province; an unknown village in one names neither."""
    place = lies(mention)
    sure = mention.known and (place.confidence or 0.0) > GUESSED
    return place.precision in WIDE and sure


def inside(mention: PlaceMention, wide: Place | None, lies: Lies) -> bool:
    """Tell whether a place lies in a wide one, and is nearer."""
    place = lies(mention)
    if place.precision is Precision.COUNTRY:
        return False
    if place.precision is Precision.UNKNOWN:
        if wide is None or wide.precision is Precision.COUNTRY:
            return bool(mention.kind)
        names = {quote.text.casefold() for quote in mention.within}
        return bool(wide.quote and wide.quote.text.casefold() in names)
    if wide is None:
        return place.precision is not Precision.ADMIN1
    if wide.country != place.country:
        return False
    if wide.precision in CITY:
        return _quarter(mention, place, wide)
    if wide.precision is Precision.NEAR:
        town = place.precision in (Precision.SETTLEMENT, Precision.NEIGHBOURHOOD)
        sure = (place.confidence or 0.0) > GUESSED and place.name != wide.name
        away = kilometres(wide, place)
        return town and sure and away is not None and away <= BY_THE_CITY
    area = place.precision is Precision.ADMIN1
    if wide.precision is Precision.ADMIN1 and area and mention.kind in _SMALL:
        # "the village of X in the province": known to nobody, and answered with the province
        guessed = (place.confidence or 0.0) <= GUESSED
        return guessed and wide.admin1 == place.admin1
    if wide.precision is Precision.ADMIN1:
        if place.namesake_of_area and place.admin1 == wide.admin1:
            return False  # "in Velm" may mean the province again
        return place.precision is not Precision.ADMIN1 and wide.admin1 == place.admin1
    return True


def _quarter(mention: PlaceMention, place: Place, city: Place) -> bool:
    """Tell whether a place is a part of a city: one that a gazetteer has there, or that the words
    call a quarter and put there, though no gazetteer knows it."""
    if mention.kind in PARTS and place.name == city.name:
        return (place.confidence or 0.0) <= GUESSED
    if place.precision is not Precision.NEIGHBOURHOOD:
        return False
    away = kilometres(city, place)
    return away is not None and away <= IN_THE_CITY


def area_of(mention: PlaceMention, wide: Place | None, lies: Lies) -> bool:
    """Tell whether a place is the province whose name a bare one shares."""
    area = lies(mention)
    if wide is None or mention.kind in _IN_A_CITY:  # "the market area of Orun city" is in the city
        return False
    return area.precision is wide.precision and area.admin1 == wide.admin1


def unknown(mention: PlaceMention, lies: Lies) -> bool:
    """Tell whether a place is known to nobody."""
    return lies(mention).precision is Precision.UNKNOWN
