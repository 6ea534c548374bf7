"""Which documents tell of the same event: scored pairs, with reasons, and what follows from them.

Only tales that share a key (a place and a day, a person named, a rare word within days) are
compared, so the work grows with the number of reports and not with its square. Pairs are joined
best first; a pair that one of the two groups contradicts is not joined. What stays unsure stays
apart.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from cenotaph.link.compare import Stand, folded, kilometres, one_day, sites, times
from cenotaph.link.tales import Tale
from cenotaph.link.told import number
from cenotaph.link.words import Terms, likeness
from cenotaph.model import (
    Age,
    Basis,
    ClaimId,
    DocumentId,
    Group,
    Measure,
    Place,
    Precision,
    ResolvedClaim,
    Sex,
    When,
)
from cenotaph.vocab import table

# A key that more tales share than this tells nothing; sorted neighbours within it are compared
# instead.
BLOCK = 40
# A word that more tales share is not looked up at any time, only within days.
RARE = 8
# Days between two reports of one event that share only words.
NEWS_DAYS = 10
# Counts up to this many are shared by many events.
FEW = 2
# A report is news of its day for so many days.
FRESH = 7
# Two places are surely apart where the cube of the product of their confidences reaches this.
SURE = 0.75
# Kilometres beyond which two settlements are no two names of one place.
ELSEWHERE = 15.0
# Rare words of a document by which it is looked up among those of the same days, and at any time.
LOOKED_UP = 20
ANY_TIME = 30


@dataclass(frozen=True, slots=True)
class Profile:
    """What one tale says, in the form in which tales are compared."""

    key: tuple[date, DocumentId, ClaimId]
    tale: Tale
    document: DocumentId
    published: date | None
    sites: tuple[ResolvedClaim, ...]
    timed: When | None
    counts: Mapping[Measure, frozenset[int]]
    whole: frozenset[Measure]
    events: frozenset[str]
    targets: frozenset[str]
    weapons: frozenset[str]
    blamed: frozenset[str]
    victims: frozenset[frozenset[str]]
    said_by: frozenset[str]
    chief: bool
    told: frozenset[str]
    recorder: str | None = None

    @property
    def first(self) -> ClaimId:
        """Return the claim that stands for the tale."""
        return self.key[2]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tales, how much speaks for their being one event, and what."""

    score: float
    left: int
    right: int
    reasons: tuple[str, ...]


def profile(tale: Tale, published: date | None, *, chief: bool = True) -> Profile:
    """Sum up a tale: its finest place, its narrowest time, every count and name in it.

    `chief` tells that it is the tale its document is about, to which the document's words belong.
    """
    claims = tale.claims
    first = claims[0]
    counts: dict[Measure, set[int]] = {}
    for claim in claims:
        value = number(claim.claim.count)
        if value is not None and claim.claim.part_of is None:
            counts.setdefault(claim.claim.measure, set()).add(value)
    return Profile(
        key=(published or date.max, first.claim.document, first.id),
        tale=tale,
        document=first.claim.document,
        published=published,
        sites=_sites(claims),
        timed=min((claim.when for claim in claims), key=_width),
        counts={measure: frozenset(values) for measure, values in counts.items()},
        whole=frozenset(c.claim.measure for c in claims if _of_everyone(c.claim.group)),
        events=frozenset(c.claim.event for c in claims if c.claim.event),
        targets=frozenset(t.code for c in claims for t in c.claim.targets),
        weapons=frozenset(w.code for c in claims for w in c.claim.weapons),
        blamed=frozenset(name for c in claims for name in c.claim.blamed),
        victims=frozenset(
            name for c in claims for v in c.claim.victims if (name := _name(v.quote.text))
        ),
        said_by=frozenset(folded(s.name) for c in claims for s in c.claim.said_by[:1]),
        chief=chief,
        told=frozenset(
            word[0].casefold() for c in claims for word in _WORD.finditer(c.claim.quote.text)
        ),
        recorder=next((c.claim.said_by[0].name for c in claims if c.claim.rule == CODED), None),
    )


def _of_everyone(group: Group) -> bool:
    """Tell whether a count is not said to be of some only, by age, sex or role."""
    return (
        group.age in (Age.UNKNOWN, Age.MIXED)
        and group.sex in (Sex.UNKNOWN, Sex.MIXED)
        and group.role is None
    )


def _name(text: str) -> frozenset[str]:
    return frozenset(folded(word) for word in text.split() if len(folded(word)) > 1)


_WORD = re.compile(r"[^\W\d_]+")

CODED = "coded-row"
"""The rule of claims that are cells of a recorder's table."""

_FINENESS = list(Precision)
# So many of a tale's different places are held against another's.
PLACES = 4


def _sites(claims: Sequence[ResolvedClaim]) -> tuple[ResolvedClaim, ...]:
    """Return the claims that give the tale's places, the finest and surest first, each place
    once."""
    found: dict[object, ResolvedClaim] = {}
    for claim in claims:
        place = claim.place
        if place is not None:
            words = folded(place.quote.text) if place.quote is not None else ""
            found.setdefault(place.entry or (place.name, place.admin1, words), claim)

    def rank(claim: ResolvedClaim) -> tuple[int, float]:
        assert claim.place is not None
        return _FINENESS.index(claim.place.precision), -(claim.place.confidence or 1.0)

    return tuple(sorted(found.values(), key=rank)[:PLACES])


def _width(when: When | None) -> tuple[int, int]:
    if when is None or when.start is None or when.end is None:
        return 1, 0
    return 0, (when.end - when.start).days


def pair(left: Profile, right: Profile, terms: Terms) -> tuple[float, tuple[str, ...]] | None:
    """Return what speaks for two tales being one event, None where it is less than unsure.

    `left` is the one with the smaller key.
    """
    if _told_apart(left, right):
        return None
    shared = _people(left, right) == "victim_shared"
    against = _far_apart(left, right) or _days_apart(left, right)
    if against and not shared:
        return None
    score, reasons = _score(left, right, terms, table("linking")["weights"])
    unsure: float = table("linking")["thresholds"]["unsure"]
    if against:
        # One person named in both: somebody must look.
        score = min(score, table("linking")["thresholds"]["join"] - 0.01)
    return (round(score, 4), reasons) if score >= unsure else None


Key = tuple[str, str]
"""What tales must share to be compared: its kind, and its value."""


def most(key: Key) -> int:
    """Return how many tales may share a key before only neighbours in it are compared."""
    return RARE if key[0] == "word" else BLOCK


def neighbours(key: Key, members: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Yield the pairs that are compared among all the tales that share a key, each in some order.

    Of too many, those next to each other by day are; of a word that too many have, none.
    """
    if len(members) <= most(key):
        yield from combinations(members, 2)
    elif key[0] != "word":
        near = sorted(members, key=lambda tale: (_about(tale), tale.key))
        for position, member in enumerate(near):
            for other in near[position + 1 : position + BLOCK // 4]:
                yield member, other


def _told_apart(a: Profile, b: Profile) -> bool:
    """Tell whether one recorder coded both, each as a row of its own: an event that is another."""
    return a.recorder is not None and a.recorder == b.recorder


def _far_apart(a: Profile, b: Profile) -> bool:
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
        and min(_sure(one) * _sure(other) for one in a.sites for other in b.sites) ** 3 >= SURE
    )


def _fine(claim: ResolvedClaim) -> bool:
    return all(place.precision in _FINE for place in _places(claim))


def _places(claim: ResolvedClaim) -> tuple[Place, ...]:
    return tuple(place for place in (claim.places or (claim.place,)) if place is not None)


def _days_apart(a: Profile, b: Profile) -> bool:
    """Tell whether the words of both give days of which none can be the other's."""
    if a.timed is None or b.timed is None or not (_said(a) and _said(b)):
        return False
    first, second = sorted((a.timed, b.timed), key=lambda when: when.start or date.max)
    if first.end is None or second.start is None:
        return False
    # What happens by night is of either day.
    return (second.start - first.end).days > 1


def _about(tale: Profile) -> date:
    """Return the day by which tales are put next to each other."""
    return one_day(tale.timed) or tale.published or date.max


def keys(tale: Profile, words: Mapping[str, float]) -> Iterator[Key]:
    """Yield what a tale is looked up by: only tales that share a key are compared."""
    for name in tale.victims:
        yield "victim", " ".join(sorted(name))
    day = one_day(tale.timed)
    days = [] if day is None else [day] if day == date.max else [day, day + timedelta(1)]
    for place in (p for c in tale.sites for p in (c.places or (c.place,))):
        if place is None:
            continue
        where = place.entry or (folded(place.quote.text) if place.quote is not None else "")
        for each in days:
            yield "place-day", f"{where} {each}"
        if not days and tale.published is not None:
            yield "place-week", f"{where} {tale.published.toordinal() // 7}"
    ranked = sorted(words, key=lambda word: (-words[word], word)) if tale.chief else []
    for word in ranked[:ANY_TIME]:
        yield "word", word
    if tale.published is not None:
        week = tale.published.toordinal() // NEWS_DAYS
        for word in ranked[:LOOKED_UP]:
            yield "word-week", f"{word} {week}"
            yield "word-week", f"{word} {week + 1}"


def _score(
    a: Profile, b: Profile, terms: Terms, weights: Mapping[str, float]
) -> tuple[float, tuple[str, ...]]:
    place, sure = _place(a, b)
    named = [
        _time(a, b),
        _count("killed", Measure.KILLED, a, b),
        _count("injured", Measure.INJURED, a, b),
        _shared("event", a.events, b.events, "event_differs"),
        _shared("target", a.targets, b.targets, None),
        _shared("weapon", a.weapons, b.weapons, None),
        _shared("perpetrator", a.blamed, b.blamed, "perpetrator_apart"),
        _shared("originator", a.said_by, b.said_by, None),
        _people(a, b),
    ]
    alike = likeness(terms.get(a.document, {}), terms.get(b.document, {}))
    if alike and a.chief and b.chief:
        named.append(_news(a, b))
    score = weights[place] * sure
    reasons = [f"{place} {score:+.2f}"] if score else []
    for name in named:
        if name is not None and weights[name]:
            score += weights[name]
            reasons.append(f"{name} {weights[name]:+.2f}")
    alike *= weights["words" if a.chief and b.chief else "words_beside"]
    if alike:
        score += alike
        reasons.append(f"words {alike:+.2f}")
    return score, tuple(reasons)


def _place(a: Profile, b: Profile) -> tuple[str, float]:
    """Return how the places of two tales stand, at best, and how sure it is (0 to 1).

    A name may have been taken for the wrong place: how sure the two places are decides how much it
    counts that they are apart.
    """
    found = [(sites(one, other), one, other) for one in a.sites for other in b.sites]
    stands = {stand for stand, _, _ in found}
    if Stand.SAME in stands:
        fine = any(
            one.place is not None and one.place.precision in _FINE
            for stand, one, _ in found
            if stand is Stand.SAME
        )
        return ("place_same" if fine else "place_inside"), 1.0
    if stands & {Stand.INSIDE, Stand.HOLDS, Stand.OVERLAPS}:
        return "place_inside", 1.0
    if stands == {Stand.APART}:
        # Cubed, since a likely error in either makes it no evidence at all.
        return "place_apart", max(_sure(one) * _sure(other) for _, one, other in found) ** 3
    return "place_unknown", 1.0


_FINE = (Precision.EXACT, Precision.NEIGHBOURHOOD, Precision.SETTLEMENT, Precision.NEAR)


def _sure(claim: ResolvedClaim) -> float:
    confidence = claim.place.confidence if claim.place is not None else None
    return 1.0 if confidence is None else confidence


def _time(a: Profile, b: Profile) -> str:
    one, other = one_day(a.timed), one_day(b.timed)
    if one is not None and other is not None:
        gap = abs((one - other).days)
        if gap < 2:
            return "day_next" if gap else "day_same"
        fresh = _fresh(a, one) and _fresh(b, other)
        return "time_apart" if fresh or _said(a) and _said(b) else "time_differs"
    stand = times(a.timed, b.timed)
    if stand is Stand.APART:
        return "time_apart" if a.timed and b.timed else "time_differs"
    return "time_unknown" if stand is Stand.UNKNOWN else "time_overlaps"


def _said(tale: Profile) -> bool:
    """Tell whether the words themselves give the day, not the sentences around them."""
    return tale.timed is not None and tale.timed.basis is Basis.STATED


def _fresh(tale: Profile, day: date) -> bool:
    """Tell whether a tale is news of its day: a later report's day may be that of a later event."""
    return tale.published is None or abs((tale.published - day).days) <= FRESH


def _count(label: str, measure: Measure, a: Profile, b: Profile) -> str | None:
    one, other = a.counts.get(measure), b.counts.get(measure)
    if not one or not other:
        return None
    if one & other:
        return f"{label}_same" if max(one & other) > FEW else f"{label}_same_few"
    least, most = sorted((max(one), max(other)))
    some_only = measure not in (a if max(one) == least else b).whole
    return f"{label}_close" if some_only or 3 * least >= 2 * most else f"{label}_differs"


def _shared(
    label: str, one: frozenset[str], other: frozenset[str], otherwise: str | None
) -> str | None:
    if not one or not other:
        return None
    return f"{label}_same" if one & other else otherwise


def _people(a: Profile, b: Profile) -> str | None:
    if not a.victims or not b.victims:
        return None
    shared = any(
        len(one & other) >= 2 or (one == other) for one in a.victims for other in b.victims
    )
    return "victim_shared" if shared else "victims_differ"


def _news(a: Profile, b: Profile) -> str | None:
    if a.published is None or b.published is None:
        return None
    gap = abs((a.published - b.published).days)
    return "published_near" if gap <= 2 else "published_far" if gap > 14 else None


def clusters(
    profiles: Sequence[Profile],
    found: Sequence[Pair],
    given: Sequence[tuple[int, int]] = (),
    reprints: Collection[int] = (),
    same: Sequence[tuple[int, int]] = (),
    different: Sequence[tuple[int, int]] = (),
) -> tuple[list[list[int]], list[Pair]]:
    """Join the `same` pairs, the `given` ones, then the others best first; return the groups, and
    the pairs still unsure.

    Two groups are joined where their pair is sure and no two of their tales contradict each other
    in place or day. `same` and `different` are what people decided: they bind whatever the rules
    say, and `different` binds where both would.
    """
    thresholds: dict[str, float] = table("linking")["thresholds"]
    join, average = thresholds["join"], thresholds["average"]
    scores = {(pair.left, pair.right): pair.score for pair in found}
    root = list(range(len(profiles)))
    groups: dict[int, list[int]] = {n: [n] for n in root}

    def top(n: int) -> int:
        while root[n] != n:
            root[n] = root[root[n]]
            n = root[n]
        return n

    def unite(left: int, right: int) -> None:
        keep, lose = min(left, right), max(left, right)
        root[lose] = keep
        groups[keep] += groups.pop(lose)

    kept_apart = set(different)

    def forbidden(left: int, right: int) -> bool:
        return any(
            (min(n, m), max(n, m)) in kept_apart for n in groups[left] for m in groups[right]
        )

    for one, other in (*same, *given):
        if top(one) != top(other) and not (kept_apart and forbidden(top(one), top(other))):
            unite(top(one), top(other))
    unsure = []
    for pair in found:
        left, right = top(pair.left), top(pair.right)
        if left == right or (pair.left, pair.right) in kept_apart:
            continue
        if (
            pair.score < join
            or (kept_apart and forbidden(left, right))
            or _mean(scores, _weighed(groups[left], reprints), _weighed(groups[right], reprints))
            < average
            or _contradict(
                profiles, _weighed(groups[left], reprints), _weighed(groups[right], reprints)
            )
        ):
            unsure.append(pair)
        else:
            unite(left, right)
    left_over = [pair for pair in unsure if top(pair.left) != top(pair.right)]
    return sorted(sorted(group) for group in groups.values()), left_over


def _weighed(group: Sequence[int], reprints: Collection[int]) -> list[int]:
    """Return the tales of a group that say something of their own; reprints weigh nothing."""
    return [n for n in group if n not in reprints] or list(group)


def _mean(
    scores: Mapping[tuple[int, int], float], one: Sequence[int], other: Sequence[int]
) -> float:
    """Return the mean score between two groups; pairs never compared count as nothing."""
    one, other = one[:BLOCK], other[:BLOCK]
    told = sum(scores.get((min(n, m), max(n, m)), 0.0) for n in one for m in other)
    return told / (len(one) * len(other))


def _contradict(profiles: Sequence[Profile], one: Sequence[int], other: Sequence[int]) -> bool:
    """Tell whether tales of one document, or of places and days surely apart, would be joined."""
    for n in one[:BLOCK]:
        for m in other[:BLOCK]:
            a, b = profiles[n], profiles[m]
            if a.document == b.document:
                return True
            place, sure = _place(a, b)
            if place == "place_apart" and sure >= SURE and _time(a, b) == "time_apart":
                return True
    return False
