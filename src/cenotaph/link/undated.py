"""Tales that do not say their day, beside those that do.

A report that gives no day tells of some event of the days before it, or of one of long before.
Whether it is one of those that are dated, its words do not say; that it is another, they do not say
either.
"""

from datetime import date

from cenotaph.link.apart import NIGHT, agree, days_meet, people_apart, worded
from cenotaph.link.compare import one_day
from cenotaph.link.profiles import Profile, says_nothing_of_its_day
from cenotaph.link.stands import count, place
from cenotaph.link.words import Terms
from cenotaph.model import UNDATED, UNSURE, Measure
from cenotaph.vocab import table


def perhaps_one(a: Profile, b: Profile, terms: Terms) -> str | None:
    """Return the rule by which two tales may be of one event for all that their words say, None
    where they say that they are two, or both give their day.

    The place is the same, the kind of attack may be, and the day of one may be the other's. Where
    the figures agree, or the later report gives more, the two are likelier one than two. With an
    event of before the days of which news tells, the toll must agree, and what was hit, who said it
    or telling words besides, to make them likelier one.
    """
    if one_day(a.timed) is not None and one_day(b.timed) is not None:
        return None
    if place(a, b)[0] != "place_same" or kinds_apart(a, b) or people_apart(a, b):
        return None
    if days_meet(a, b):
        return UNDATED if _told_again(a, b) else UNSURE
    if not _of_long_before(a, b):
        return None
    alike = a.targets & b.targets or a.said_by & b.said_by or worded(a, b, terms)
    return UNDATED if alike else UNSURE


def unlike(a: Profile, b: Profile, terms: Terms) -> bool:
    """Tell whether two tales, one of which says nothing of its day, are of days of which news tells
    apart, and share no telling words: a place and a toll are common to many events."""
    silent = says_nothing_of_its_day(a) or says_nothing_of_its_day(b)
    return silent and not days_meet(a, b) and not worded(a, b, terms)


def _of_long_before(a: Profile, b: Profile) -> bool:
    """Tell whether one of two says nothing of its day, and may be of an event of long before of
    which the other tells: with its toll, and nothing else hit."""
    if not agree(a, b) or a.targets and b.targets and not a.targets & b.targets:
        return False
    for silent, other in ((a, b), (b, a)):
        if not says_nothing_of_its_day(silent):
            continue
        first = other.published if other.timed is None else other.timed.start or other.timed.end
        told = silent.published
        if first is None or told is None or (first - told).days <= NIGHT:
            return True
    return False


def kinds_apart(a: Profile, b: Profile) -> bool:
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
