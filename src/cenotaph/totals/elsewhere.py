"""Which figures are surely of other people, because they are of other days or other places.

Nothing that follows from links in more than one step may tie such figures together.
"""

from collections.abc import Iterable

from cenotaph.geometry import kilometres
from cenotaph.model import Place, Precision, When
from cenotaph.totals.figures import Item

_POINTS = frozenset({Precision.EXACT, Precision.NEIGHBOURHOOD, Precision.SETTLEMENT})
# A quarter may be part of a city whose middle is this far away; kilometres.
_ONE_CITY = 12.0


def elsewhere(one: Item, other: Item) -> bool:
    """Tell whether nobody can be in both figures: their periods never meet, or their places do not.

    What is not known is held to be possible.
    """
    return _never(one.when, other.when) or _nowhere(_places(one), _places(other))


def _never(one: When | None, other: When | None) -> bool:
    if one is None or other is None:
        return False
    return any(
        early.end is not None and late.start is not None and early.end < late.start
        for early, late in ((one, other), (other, one))
    )


def _places(item: Item) -> tuple[Place, ...]:
    return tuple(place for place in (item.places or (item.place,)) if place is not None)


def _nowhere(some: Iterable[Place], others: Iterable[Place]) -> bool:
    pairs = [(one, other) for one in some for other in others]
    return bool(pairs) and all(_apart(one, other) for one, other in pairs)


def _apart(one: Place, other: Place) -> bool:
    for a, b in ((one.country, other.country), (_admin1(one), _admin1(other))):
        if a is not None and b is not None and a != b:
            return True
    if one.entry is not None and one.entry == other.entry:
        return False
    if not {one.precision, other.precision} <= _POINTS:
        return False
    away = kilometres(one, other)
    return away is not None and away > _ONE_CITY


def _admin1(place: Place) -> str | None:
    return place.admin1 or (place.name if place.precision is Precision.ADMIN1 else None)
