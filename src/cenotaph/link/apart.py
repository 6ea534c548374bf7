"""What makes two tales two, whatever else speaks for their being one."""

from datetime import date

from cenotaph.geometry import kilometres
from cenotaph.link.compare import Stand, groups, one_day, sure
from cenotaph.link.profiles import FEW, FINE, Profile, possible_days, says_nothing_of_its_day
from cenotaph.link.stands import count, people, place, says_its_day, time
from cenotaph.link.words import Terms, likeness, names
from cenotaph.model import Measure, Modality, Place, ResolvedClaim

# Two places are surely apart where the cube of the product of their confidences reaches this.
SURE = 0.75
# Kilometres beyond which two settlements are no two names of one place.
ELSEWHERE = 15.0
# Likeness by names from which two reports have more in common than stock sentences.
NAMED = 0.05
# Likeness by all telling words from which two reports that may be one have something in common.
WORDED = 0.01
# The same where both are of attacks that come several a day, in a city of theirs.
NAMED_IN_CITY = 0.1
SEVERAL_A_DAY = frozenset(
    {"air_strike", "drone_strike", "shelling", "rocket_attack", "missile_strike"}
)
# A night belongs to two days, so that what is told of days so far apart may be one.
NIGHT = 1
# The rule of counts of a toll.
TOLL = "toll"
# "About 50" is within a tenth.
ABOUT = 10
_ELSEWHERE = ("place_apart", "place_unknown")


def against(a: Profile, b: Profile) -> bool:
    """Tell whether where or when two tales are told of makes them two."""
    if far_apart(a, b) or days_apart(a, b) or _beside_one_another(a, b):
        return True
    return _told_before(a, b) or _told_before(b, a)


def told_apart(a: Profile, b: Profile) -> bool:
    """Tell whether one recorder coded both, each as a row of its own: an event that is another."""
    return a.recorder is not None and a.recorder == b.recorder


def far_apart(a: Profile, b: Profile) -> bool:
    """Tell whether both tales name settlements, or points in them, that are surely elsewhere."""
    return (
        bool(a.sites and b.sites)
        and all(_fine(one) and _fine(other) for one in a.sites for other in b.sites)
        and all(
            (away := kilometres(p, q)) is not None and away > ELSEWHERE
            for one in a.sites
            for other in b.sites
            for p in _places(one)
            for q in _places(other)
        )
        and min(sure(one) * sure(other) for one in a.sites for other in b.sites) ** 3 >= SURE
    )


def _fine(claim: ResolvedClaim) -> bool:
    return all(place.precision in FINE for place in _places(claim))


def _places(claim: ResolvedClaim) -> tuple[Place, ...]:
    return tuple(place for place in (claim.places or (claim.place,)) if place is not None)


def days_apart(a: Profile, b: Profile) -> bool:
    """Tell whether the words of both give days of which none can be the other's."""
    if a.timed is None or b.timed is None or not (says_its_day(a) and says_its_day(b)):
        return False
    first, second = sorted((a.timed, b.timed), key=lambda when: when.start or date.max)
    if first.end is None or second.start is None:
        return False
    return (second.start - first.end).days > NIGHT


def _told_before(tale: Profile, other: Profile) -> bool:
    """Tell whether a tale without a day was published before the day that another gives."""
    if not says_nothing_of_its_day(tale) or tale.published is None or not says_its_day(other):
        return False
    first = other.timed.start if other.timed is not None else None
    return first is not None and (first - tale.published).days > NIGHT


def _beside_one_another(a: Profile, b: Profile) -> bool:
    """Tell whether two tales are of neighbouring towns or of consecutive days, and their figures
    make them two.

    A town may be told by a neighbour's name, and a night belongs to two days; but then the figures
    agree.
    """
    where, certain = place(a, b)
    towns = where == "place_apart" and certain >= SURE
    days = _next_days(a, b)
    if towns and days:
        return True
    if towns:
        return not agree(a, b)
    return days and count("killed", Measure.KILLED, a, b) == "killed_differs"


def _next_days(a: Profile, b: Profile) -> bool:
    """Tell whether the words of both give days that are not the same."""
    one, other = one_day(a.timed), one_day(b.timed)
    return (
        one is not None
        and other is not None
        and one != other
        and says_its_day(a)
        and says_its_day(b)
    )


def agree(a: Profile, b: Profile) -> bool:
    """Tell whether two tales give one highest figure, of a size that few events share.

    Lower ones are often of single families or groups, and many events share those.
    """
    return any(
        FEW < max(a.counts[measure]) == max(b.counts[measure])
        for measure in a.counts.keys() & b.counts.keys()
    )


def people_apart(a: Profile, b: Profile) -> bool:
    """Tell whether both name people, none of them in both, or count people of whom none can be of
    the other's."""
    if people(a, b) == "victims_differ":
        return True
    shared = a.counts.keys() & b.counts.keys()
    told = [
        (one.claim.group, other.claim.group)
        for one in a.tale.claims
        for other in b.tale.claims
        if one.claim.measure is other.claim.measure and one.claim.measure in shared
    ]
    return bool(told) and all(groups(one, other) is Stand.APART for one, other in told)


def one_toll(a: Profile, b: Profile) -> bool:
    """Tell whether two tales give one toll of one place and day, of people who may be the same.

    Who is blamed for it makes no two events of it: it is contested.
    """
    return (
        agree(a, b)
        and place(a, b)[0] == "place_same"
        and time(a, b) == "day_same"
        and not people_apart(a, b)
    )


def likely_two(a: Profile, b: Profile, terms: Terms) -> bool:
    """Tell whether two tales of other figures give other days or targets, name other people, share
    neither a place nor names, or are of a bombed city and share none.

    A day, a kind of attack, a target and whoever is blamed are common to many events of a war, and
    so are stock sentences; these are of small words. Two reports of one event have names in common,
    whatever places they give.
    """
    if agree(a, b):
        return False
    if _next_days(a, b) or _of_other_targets(a, b):
        return True
    if people(a, b) == "victims_differ":
        several = len(a.victims) > 1 and len(b.victims) > 1
        return several or count("killed", Measure.KILLED, a, b) == "killed_differs"
    named = names(terms.get(a.document, {}), terms.get(b.document, {}))
    if place(a, b)[0] in _ELSEWHERE:
        return named < NAMED
    return named < NAMED_IN_CITY and _of_a_bombed_city(a, b)


def tied(a: Profile, b: Profile, terms: Terms) -> bool:
    """Tell whether two tales, one of them with a day, have more in common than a place and a kind
    of attack: telling words, or one source's figure of days that may be the same. Of two without a
    day none is at odds."""
    if days_meet(a, b):
        if one_day(a.timed) is None and one_day(b.timed) is None:
            return True
        if _of_a_night(a) and _of_a_night(b):
            return True
        if a.said_by & b.said_by and (agree(a, b) or _toll_of_it(a, b)):
            return True
    return worded(a, b, terms)


def _toll_of_it(a: Profile, b: Profile) -> bool:
    """Tell whether the later of two tales gives the toll of an attack on what the first says was
    hit: "the directorate corrected the toll of the shelling of the tent to seven"."""
    first, later = sorted((a, b), key=lambda tale: (tale.published or date.max, tale.key))
    return bool(first.targets & later.targets) and any(
        claim.claim.measure is Measure.KILLED and claim.claim.rule == TOLL
        for claim in later.tale.claims
    )


def _of_a_night(tale: Profile) -> bool:
    """Tell whether a tale gives a day, or a night over two, which is as much as a day."""
    when = tale.timed
    if when is None or when.start is None or when.end is None:
        return False
    return (when.end - when.start).days <= NIGHT


def worded(a: Profile, b: Profile, terms: Terms) -> bool:
    """Tell whether two tales have telling words in common."""
    return likeness(terms.get(a.document, {}), terms.get(b.document, {})) >= WORDED


def days_meet(a: Profile, b: Profile) -> bool:
    """Tell whether two tales may be of one day, by what they say of it or by the days of which news
    tells."""
    one, other = possible_days(a), possible_days(b)
    if one is None or other is None:
        return True
    return (one[0] - other[1]).days <= NIGHT and (other[0] - one[1]).days <= NIGHT


def _of_other_targets(a: Profile, b: Profile) -> bool:
    """Tell whether two tales are of raids or shelling on other things, and share no figure.

    A mosque and a school of one village may be shelled on one day.
    """
    if not (a.events & SEVERAL_A_DAY and b.events & SEVERAL_A_DAY):
        return False
    return bool(a.targets and b.targets) and not a.targets & b.targets and not _one_figure(a, b)


def _one_figure(a: Profile, b: Profile) -> bool:
    """Tell whether the highest figure of some harm is the same in two tales."""
    return any(
        max(a.counts[measure]) == max(b.counts[measure])
        for measure in a.counts.keys() & b.counts.keys()
    )


def _of_a_bombed_city(a: Profile, b: Profile) -> bool:
    """Tell whether both are of raids or shelling on a city, nobody gives both, and no highest
    figure of one harm is the other's.

    A city under fire has several such attacks a day, and a village seldom two. Who gives another
    figure of one day and city is likelier to have raised it.
    """
    if not (a.events & SEVERAL_A_DAY and b.events & SEVERAL_A_DAY):
        return False
    if a.said_by & b.said_by or not (_of_a_city(a) and _of_a_city(b)):
        return False
    if _raised(a, b) or _about(a, b) or _about(b, a) or _spoken_of(a, b):
        return False
    return not _one_figure(a, b)


def _about(a: Profile, b: Profile) -> bool:
    """Tell whether one tale gives about as many killed as another counts: "about 50", and 47."""
    most = max(b.counts.get(Measure.KILLED, ()), default=0)
    return any(
        claim.claim.measure is Measure.KILLED
        and claim.claim.count.modality is Modality.ABOUT
        and abs((claim.claim.count.low or 0) - most) * ABOUT <= most
        for claim in a.tale.claims
    )


def _raised(a: Profile, b: Profile) -> bool:
    """Tell whether the later of two tales of one day gives the toll of the attack, and more than
    the first: "the toll of Tuesday's shelling has risen to seven" speaks of one already told of."""
    first, later = sorted((a, b), key=lambda tale: (tale.published or date.max, tale.key))
    most = max(first.counts.get(Measure.KILLED, ()), default=0)
    return time(a, b) == "day_same" and any(
        claim.claim.measure is Measure.KILLED
        and claim.claim.rule == TOLL
        and (claim.claim.count.low or 0) > most > 0
        for claim in later.tale.claims
    )


def _spoken_of(a: Profile, b: Profile) -> bool:
    """Tell whether two tales are of one day and place, and the later speaks of the attack as of one
    that is known, by the day's name: "Tuesday's air strike"."""
    later = max((a, b), key=lambda tale: (tale.published or date.max, tale.key))
    return time(a, b) == "day_same" and place(a, b)[0] == "place_same" and later.known


def _of_a_city(a: Profile) -> bool:
    return any(place.city for claim in a.sites for place in _places(claim))
