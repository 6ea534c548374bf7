"""How two tales stand to each other in each of their slots, by the names of the weights."""

from datetime import date

from cenotaph.link.compare import Stand, one_day, sites, sure, times
from cenotaph.link.profiles import FEW, FINE, Profile
from cenotaph.model import Basis, Measure

# A vague word stands for less than so many times the least that it can mean.
VAGUE = 5
# A report is news of its day for so many days.
FRESH = 7


def place(a: Profile, b: Profile) -> tuple[str, float]:
    """Return how the places of two tales stand, at best, and how sure it is (0 to 1).

    A name may have been taken for the wrong place: how sure the two places are decides how much it
    counts that they are apart.
    """
    found = [(sites(one, other), one, other) for one in a.sites for other in b.sites]
    stands = {stand for stand, _, _ in found}
    if Stand.SAME in stands:
        fine = any(
            one.place is not None and one.place.precision in FINE
            for stand, one, _ in found
            if stand is Stand.SAME
        )
        return ("place_same" if fine else "place_inside"), 1.0
    if stands & {Stand.INSIDE, Stand.HOLDS, Stand.OVERLAPS}:
        return "place_inside", 1.0
    if stands == {Stand.APART}:
        # Cubed, since a likely error in either makes it no evidence at all.
        return "place_apart", max(sure(one) * sure(other) for _, one, other in found) ** 3
    return "place_unknown", 1.0


def time(a: Profile, b: Profile) -> str:
    """Return how the times of two tales stand."""
    one, other = one_day(a.timed), one_day(b.timed)
    if one is not None and other is not None:
        gap = abs((one - other).days)
        if gap < 2:
            return "day_next" if gap else "day_same"
        fresh = _fresh(a, one) and _fresh(b, other)
        return "time_apart" if fresh or says_its_day(a) and says_its_day(b) else "time_differs"
    stand = times(a.timed, b.timed)
    if stand is Stand.APART:
        return "time_apart" if a.timed and b.timed else "time_differs"
    return "time_unknown" if stand is Stand.UNKNOWN else "time_overlaps"


def says_its_day(tale: Profile) -> bool:
    """Tell whether the words themselves give the day, not the sentences around them."""
    return tale.timed is not None and tale.timed.basis is Basis.STATED


def _fresh(tale: Profile, day: date) -> bool:
    """Tell whether a tale is news of its day: a later report's day may be that of a later event."""
    return tale.published is None or abs((tale.published - day).days) <= FRESH


def count(label: str, measure: Measure, a: Profile, b: Profile) -> str | None:
    """Return how the figures of a harm stand, None where one tale gives none."""
    one, other = a.counts.get(measure), b.counts.get(measure)
    if not one or not other:
        return None
    if one & other:
        return f"{label}_same" if max(one & other) > FEW else f"{label}_same_few"
    if _may_stand_for(measure, a, b) or _may_stand_for(measure, b, a):
        return f"{label}_same_few"
    least, most = sorted((max(one), max(other)))
    some_only = measure not in (a if max(one) == least else b).whole
    return f"{label}_close" if some_only or 3 * least >= 2 * most else f"{label}_differs"


def _may_stand_for(measure: Measure, a: Profile, b: Profile) -> bool:
    """Tell whether a vague word of one tale may stand for the other's number: "dozens" for 27."""
    if measure not in a.vague or measure in b.vague:
        return False
    least = max(a.counts[measure])
    return least <= max(b.counts[measure]) < VAGUE * least


def shared(
    label: str, one: frozenset[str], other: frozenset[str], otherwise: str | None
) -> str | None:
    """Return whether two tales share any code, None where one has none."""
    if not one or not other:
        return None
    return f"{label}_same" if one & other else otherwise


def people(a: Profile, b: Profile) -> str | None:
    """Return whether two tales name one person, None where one names nobody."""
    if not a.victims or not b.victims:
        return None
    shared = any(
        len(one & other) >= 2 or (one == other) for one in a.victims for other in b.victims
    )
    return "victim_shared" if shared else "victims_differ"


def news(a: Profile, b: Profile) -> str | None:
    """Return whether two tales were published together, None where that says nothing."""
    if a.published is None or b.published is None:
        return None
    gap = abs((a.published - b.published).days)
    return "published_near" if gap <= 2 else "published_far" if gap > 14 else None
