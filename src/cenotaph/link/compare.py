"""How the places, times, groups and perpetrators of two claims stand to one another.

Nothing here decides anything: each function says what is known, and `UNKNOWN` where too little is.
"""

import enum
from collections.abc import Sequence
from datetime import date

from cenotaph.geometry import kilometres
from cenotaph.model import (
    Age,
    Basis,
    Group,
    Place,
    Precision,
    ResolvedClaim,
    Sex,
    Status,
    When,
)


class Stand(enum.StrEnum):
    """How the first of two things stands to the second."""

    SAME = "same"
    INSIDE = "inside"
    HOLDS = "holds"
    OVERLAPS = "overlaps"
    APART = "apart"
    UNKNOWN = "unknown"

    @property
    def turned(self) -> "Stand":
        """How the second stands to the first."""
        return _TURNED.get(self, self)


_TURNED = {Stand.INSIDE: Stand.HOLDS, Stand.HOLDS: Stand.INSIDE}
_POINTS = {Precision.EXACT, Precision.NEIGHBOURHOOD, Precision.SETTLEMENT, Precision.NEAR}
_AREAS = {Precision.ADMIN2, Precision.ADMIN1, Precision.COUNTRY}

# Below this confidence a place may as well be another one of its name.
GUESS = 0.6
# Kilometres within which two points may be one settlement, and a quarter may be part of a city.
ONE_SETTLEMENT = 3.0
ONE_CITY = 12.0


def folded(text: str) -> str:
    """Return words without case and signs, to compare names that no gazetteer knows."""
    return "".join(c for c in text.casefold() if c.isalnum())


def places(a: Place | None, b: Place | None, *, as_area: bool = False) -> Stand:
    """Say how place `a` stands to place `b`.

    With `as_area`, a settlement that shares its name with the area around it is read as that area.
    """
    if a is None or b is None:
        return Stand.UNKNOWN
    a, b = (_as_area(a), _as_area(b)) if as_area else (a, b)
    if a.entry is not None and a.entry == b.entry and a.precision is b.precision:
        return Stand.SAME
    if a.country is not None and b.country is not None and a.country != b.country:
        return Stand.APART
    if a.precision is Precision.UNKNOWN or b.precision is Precision.UNKNOWN:
        return _unresolved(a, b)
    if b.precision in _AREAS:
        stand = _in_area(a, b)
        if stand is not Stand.UNKNOWN or a.precision not in _AREAS:
            return stand
    if a.precision in _AREAS:
        return _in_area(b, a).turned
    return _points(a, b)


def _as_area(place: Place) -> Place:
    if not place.namesake_of_area:
        return place
    return Place(
        quote=place.quote,
        name=place.admin1 or place.name,
        country=place.country,
        admin1=place.admin1,
        precision=Precision.ADMIN1,
    )


def _unresolved(a: Place, b: Place) -> Stand:
    if a.admin1 is not None and b.admin1 is not None and a.admin1 != b.admin1:
        return Stand.APART
    for known, area in ((a, b), (b, a)):
        if area.precision is Precision.ADMIN1 and known.admin1 is not None:
            return Stand.INSIDE if known is a else Stand.HOLDS
    if a.quote is not None and b.quote is not None and folded(a.quote.text) == folded(b.quote.text):
        return Stand.SAME
    return Stand.UNKNOWN


def _in_area(a: Place, area: Place) -> Stand:
    """Say how `a` stands to an area; only names are compared, since no borders are at hand."""
    if area.precision is Precision.COUNTRY:
        if a.country is None or area.country is None:
            return Stand.UNKNOWN
        return Stand.SAME if a.precision is Precision.COUNTRY else Stand.INSIDE
    if a.precision is Precision.COUNTRY:
        return Stand.HOLDS
    one, other = a.admin1 or _own(a, Precision.ADMIN1), area.admin1 or _own(area, Precision.ADMIN1)
    if one is None or other is None:
        return Stand.UNKNOWN
    if one != other:
        return Stand.APART
    if area.precision is Precision.ADMIN1:
        return Stand.SAME if a.precision is Precision.ADMIN1 else Stand.INSIDE
    if a.precision is Precision.ADMIN1:
        return Stand.HOLDS
    one, other = a.admin2 or _own(a, Precision.ADMIN2), area.admin2 or _own(area, Precision.ADMIN2)
    if one is None or other is None:
        return Stand.UNKNOWN
    if one != other:
        return Stand.APART
    return Stand.SAME if a.precision is Precision.ADMIN2 else Stand.INSIDE


def _own(place: Place, precision: Precision) -> str | None:
    return place.name if place.precision is precision else None


def _points(a: Place, b: Place) -> Stand:
    distance = kilometres(a, b)
    if a.precision is Precision.AREA or b.precision is Precision.AREA:
        if a.admin1 is not None and b.admin1 is not None and a.admin1 != b.admin1:
            return Stand.APART
        same = a.entry is not None and a.entry == b.entry
        return Stand.OVERLAPS if same else Stand.UNKNOWN
    if distance is None:
        return Stand.UNKNOWN
    if a.entry is not None and a.entry == b.entry:
        return Stand.OVERLAPS
    fine = {Precision.EXACT, Precision.NEIGHBOURHOOD}
    if a.precision is Precision.SETTLEMENT and b.precision is Precision.SETTLEMENT:
        return Stand.SAME if distance <= ONE_SETTLEMENT / 3 else Stand.APART
    if a.precision in fine and b.precision is Precision.SETTLEMENT:
        return Stand.UNKNOWN if distance <= ONE_CITY else Stand.APART
    if b.precision in fine and a.precision is Precision.SETTLEMENT:
        return Stand.UNKNOWN if distance <= ONE_CITY else Stand.APART
    if a.precision in fine and b.precision in fine:
        if distance <= ONE_SETTLEMENT / 3:
            return Stand.SAME
        return Stand.UNKNOWN if distance <= ONE_SETTLEMENT else Stand.APART
    return Stand.UNKNOWN if distance <= ONE_CITY else Stand.APART


def sites(a: ResolvedClaim, b: ResolvedClaim, *, as_area: bool = False) -> Stand:
    """Say how the place or places of one claim stand to those of another."""
    one = [p for p in (a.places or (a.place,)) if p is not None]
    other = [p for p in (b.places or (b.place,)) if p is not None]
    if not one or not other:
        return Stand.UNKNOWN
    if len(one) == 1 and len(other) == 1:
        return places(one[0], other[0], as_area=as_area)
    stands = [[places(p, q, as_area=as_area) for q in other] for p in one]
    return _of_many(stands)


def _of_many(stands: Sequence[Sequence[Stand]]) -> Stand:
    every = {stand for row in stands for stand in row}
    if every == {Stand.APART}:
        return Stand.APART
    within = {Stand.SAME, Stand.INSIDE}
    holds = {Stand.SAME, Stand.HOLDS}
    inside = all(any(stand in within for stand in row) for row in stands)
    holding = all(any(row[n] in holds for row in stands) for n in range(len(stands[0])))
    if inside and holding:
        return Stand.SAME
    if inside:
        return Stand.INSIDE
    if holding:
        return Stand.HOLDS
    return Stand.OVERLAPS if every - {Stand.APART, Stand.UNKNOWN} else Stand.UNKNOWN


def times(a: When | None, b: When | None, *, latest: date | None = None) -> Stand:
    """Say how period `a` stands to period `b`; `latest` is a day neither can go beyond, if
    known."""
    if a is None or b is None or a.start is None or b.start is None:
        return _half_known(a, b)
    a_end = a.end or (latest if a.anchor is None else None)
    b_end = b.end or (latest if b.anchor is None else None)
    if a_end is not None and a_end < b.start:
        return Stand.APART
    if b_end is not None and b_end < a.start:
        return Stand.APART
    if a_end is None or b_end is None:
        return Stand.UNKNOWN
    if (a.start, a_end) == (b.start, b_end):
        return Stand.SAME
    if b.start <= a.start and a_end <= b_end:
        return Stand.INSIDE
    if a.start <= b.start and b_end <= a_end:
        return Stand.HOLDS
    return Stand.OVERLAPS


def _half_known(a: When | None, b: When | None) -> Stand:
    if a is None or b is None:
        return Stand.UNKNOWN
    for early, late in ((a, b), (b, a)):
        if early.end is not None and late.start is not None and early.end < late.start:
            return Stand.APART
    return Stand.UNKNOWN


def where(a: ResolvedClaim, b: ResolvedClaim) -> Stand:
    """Say how two places stand; that they are apart is unknown where either may be a wrong
    guess."""
    stand = sites(a, b)
    if stand is Stand.APART and min(sure(a), sure(b)) < GUESS and not _other_names(a, b):
        return Stand.UNKNOWN
    return stand


def sure(claim: ResolvedClaim) -> float:
    """Return how sure the place of a claim is, 0 to 1."""
    confidence = claim.place.confidence if claim.place is not None else None
    return 1.0 if confidence is None else confidence


def _other_names(a: ResolvedClaim, b: ResolvedClaim) -> bool:
    """Tell whether two settlements are named by the very names that the gazetteer gives them, and
    these are two: whichever of its namesakes one is, it is not the other."""
    one, other = a.place, b.place
    if one is None or other is None or len(a.places) > 1 or len(b.places) > 1:
        return False
    if not one.precision is other.precision is Precision.SETTLEMENT:
        return False
    first, second = _very_name(one), _very_name(other)
    return bool(first and second) and first != second


def _very_name(place: Place) -> str | None:
    """Return the name of a place where the words are that name, letter by letter."""
    if place.quote is None or place.name is None:
        return None
    said, name = folded(place.quote.text), folded(place.name)
    return name if said == name else None


def named_apart(a: ResolvedClaim, b: ResolvedClaim) -> bool:
    """Tell whether both name a place, one at least unknown to the gazetteer, in different words."""
    one, other = a.place, b.place
    if one is None or other is None or one.quote is None or other.quote is None:
        return False
    if Precision.UNKNOWN not in (one.precision, other.precision):
        return False
    if not a.claim.places_basis is b.claim.places_basis is Basis.STATED:
        return False
    first, second = folded(one.quote.text), folded(other.quote.text)
    if _initials(one.quote.text, other.quote.text) or _initials(other.quote.text, one.quote.text):
        return False
    return first not in second and second not in first


def _initials(short: str, name: str) -> bool:
    """Tell whether a word in capitals stands for a name by its initials: "NO" for "New Orun".

    What stands behind a comma is the area around it, and of no name.
    """
    of_name = "".join(word[0] for word in name.split(",")[0].split() if word[0].isupper())
    return len(of_name) > 1 and of_name in short.split()


def one_day(when: When | None) -> date | None:
    """Return the day of a period of one day."""
    if when is None or when.start is None or when.start != when.end:
        return None
    return when.start


def blamed(claim: ResolvedClaim) -> frozenset[str]:
    """Return those blamed in a claim, in a form that the first word of a sentence has too:
    "Government shells" are the government's."""
    return frozenset(map(folded, claim.claim.blamed))


def perpetrators(a: ResolvedClaim, b: ResolvedClaim) -> Stand:
    """Say how those blamed in one claim stand to those blamed in another."""
    one, other = blamed(a), blamed(b)
    if not one or not other:
        return Stand.UNKNOWN
    if one == other:
        return Stand.SAME
    if one <= other:
        return Stand.INSIDE
    if other <= one:
        return Stand.HOLDS
    return Stand.OVERLAPS if one & other else Stand.APART


def groups(a: Group, b: Group) -> Stand:
    """Say how the people of one count stand to those of another, by the words alone."""
    if a.attacker != b.attacker:
        # Those who carried out an attack are counted beside its victims unless the text says
        # "including".
        return Stand.APART
    stands = (
        _axis(a.status, b.status, Status.UNKNOWN, Status.MIXED),
        _axis(a.age, b.age, Age.UNKNOWN, Age.MIXED),
        _axis(a.sex, b.sex, Sex.UNKNOWN, Sex.MIXED),
        _axis(a.role, b.role, None, None),
        _axis(a.side, b.side, None, None),
    )
    if Stand.APART in stands:
        return Stand.APART
    kinds = {stand for stand in stands if stand is not Stand.SAME}
    if not kinds:
        return Stand.SAME
    return kinds.pop() if len(kinds) == 1 else Stand.OVERLAPS


def _axis(one: object, other: object, unknown: object, mixed: object) -> Stand:
    wide = (unknown, mixed)
    if one == other or (one in wide and other in wide):
        return Stand.SAME
    if one in wide:
        return Stand.HOLDS
    if other in wide:
        return Stand.INSIDE
    return Stand.APART
