"""Tales that do not say their day, beside those that do.

A report that gives no day tells of some event of the days before it. Whether it is one of those
that are dated, its words do not say; that it is another, they do not say either.
"""

from datetime import date, timedelta

from cenotaph.link.apart import people_apart
from cenotaph.link.compare import one_day
from cenotaph.link.profiles import Profile, possible_days
from cenotaph.link.stands import count, place
from cenotaph.model import UNDATED, UNSURE, Measure
from cenotaph.vocab import table

# A night belongs to two days.
_NIGHT = timedelta(1)


def perhaps_one(a: Profile, b: Profile) -> str | None:
    """Return the rule by which two tales may be of one event for all that their words say, None
    where they say that they are two, or both give their day.

    The place is the same, the kind of attack may be, and the day of one may be the other's. Where
    the figures agree, or the later report gives more, the two are likelier one than two.
    """
    if one_day(a.timed) is not None and one_day(b.timed) is not None:
        return None
    if place(a, b)[0] != "place_same" or _kinds_apart(a, b) or people_apart(a, b):
        return None
    if not _days_meet(a, b):
        return None
    return UNDATED if _told_again(a, b) else UNSURE


def _days_meet(a: Profile, b: Profile) -> bool:
    one, other = possible_days(a), possible_days(b)
    if one is None or other is None:
        return True
    return one[0] - _NIGHT <= other[1] and other[0] - _NIGHT <= one[1]


def _kinds_apart(a: Profile, b: Profile) -> bool:
    """Tell whether the kinds of attack are surely others; some are often taken for one another."""
    if not a.events or not b.events or a.events & b.events:
        return False
    alike: list[list[str]] = table("linking")["kinds"]["alike"]
    return not any(a.events & set(kinds) and b.events & set(kinds) for kinds in alike)


def _told_again(a: Profile, b: Profile) -> bool:
    """Tell whether no figure is at odds with the other's: they agree, or the later is a raised
    toll."""
    first, later = sorted((a, b), key=lambda tale: tale.published or date.max)
    for measure, label in ((Measure.KILLED, "killed"), (Measure.INJURED, "injured")):
        stand = count(label, measure, first, later)
        if stand == f"{label}_differs":
            return max(later.counts[measure]) > max(first.counts[measure])
    return True
