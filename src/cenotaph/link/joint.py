"""Tolls of several attacks told together, beside the attacks told one by one.

"The two blasts killed 33" is the toll of both. Beside a report that tells the two apart, it is
neither's, and holds what they killed; beside one that tells of one, it may be that one's, if that
report leaves the other out.
"""

from cenotaph.link.apart import people_apart
from cenotaph.link.profiles import Profile, wide
from cenotaph.link.stands import place, time
from cenotaph.link.undated import kinds_apart
from cenotaph.model import ClaimId, Measure


def joint(a: Profile, b: Profile) -> bool:
    """Tell whether one of two tales of one place and day gives the toll of several attacks, among
    which the other's may be."""
    return _holder(a, b) is not None


def holder(a: Profile, b: Profile) -> Profile | None:
    """Return the one of two tales that gives the toll of several attacks of which the other's is
    one; None where neither does, or the other may be all of them."""
    found = _holder(a, b)
    other = b if found is a else a
    return found if found is not None and other.beside and not found.beside else None


def of_the_area(a: Profile, b: Profile) -> bool:
    """Tell whether one of two tales of one day is placed by a province alone, and the other in a
    town of it may be that one event or one of several: with no more dead, of nobody else, of no
    other target and of no other party."""
    if wide(a) == wide(b) or place(a, b)[0] != "place_inside" or time(a, b) != "day_same":
        return False
    for one, other in ((a.targets, b.targets), (a.blamed, b.blamed)):
        if one and other and not one & other:
            return False
    if kinds_apart(a, b) or people_apart(a, b):
        return False
    area, town = (a, b) if wide(a) else (b, a)
    return (
        0
        < max(town.counts.get(Measure.KILLED, ()), default=0)
        <= max(area.counts.get(Measure.KILLED, ()), default=0)
    )


def toll(tale: Profile) -> ClaimId:
    """Return the claim that gives a tale's toll, its first where none does."""
    most = max(tale.counts.get(Measure.KILLED, ()), default=None)
    return next(
        (
            claim.id
            for claim in tale.tale.claims
            if claim.claim.measure is Measure.KILLED and claim.claim.count.low == most
        ),
        tale.first,
    )


def _several(tale: Profile) -> bool:
    return max(tale.counts.get(Measure.ATTACKS, ()), default=0) > 1


def _holder(a: Profile, b: Profile) -> Profile | None:
    if place(a, b)[0] != "place_same" or time(a, b) != "day_same":
        return None
    if kinds_apart(a, b) or people_apart(a, b):
        return None
    one, other = (max(tale.counts.get(Measure.KILLED, ()), default=0) for tale in (a, b))
    if _several(a) and not _several(b) and one > other > 0:
        return a
    return b if _several(b) and not _several(a) and other > one > 0 else None
