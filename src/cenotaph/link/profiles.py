"""What one tale says, in the form in which tales are compared, and what it is looked up by."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations

from cenotaph.link.compare import blamed, folded, one_day
from cenotaph.link.tales import Tale
from cenotaph.link.told import number
from cenotaph.model import (
    DIED_LATER,
    Age,
    Basis,
    ClaimId,
    DocumentId,
    Group,
    Measure,
    Precision,
    ResolvedClaim,
    Sex,
    When,
)

# A key that more tales share than this tells nothing; sorted neighbours within it are compared
# instead.
BLOCK = 40
# A word that more tales share is not looked up at any time, only within days.
RARE = 8
# Days between two reports of one event that share only words.
NEWS_DAYS = 10
# A period of more days than these says too little of its day to be held against each of them.
LONGEST = 31
# Rare words of a document by which it is looked up among those of the same days, and at any time.
LOOKED_UP = 20
ANY_TIME = 30
# So many of a tale's different places are held against another's.
PLACES = 4

CODED = "coded-row"
"""The rule of claims that are cells of a recorder's table."""

# Places as fine as a town: what happened at one of them on one day may be one event.
FINE = (Precision.EXACT, Precision.NEIGHBOURHOOD, Precision.SETTLEMENT, Precision.NEAR)

_WORD = re.compile(r"[^\W\d_]+")
_FINENESS = list(Precision)
# What ends a day to which something belongs.
_POSSESSIVE = re.compile(r"['’]s\Z")


@dataclass(frozen=True, slots=True)
class Profile:
    """What one tale says, in the form in which tales are compared.

    `victims` are the words of each name, once and in one order: a set of sets would be kept in
    another order by each process that makes it. `vague` are the harms of which the highest count is
    a vague word. `beside` tells that its document tells of another event of its place and day,
    `known` that it speaks of its event by the day alone, as of one that is known ("Monday's raid").
    """

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
    victims: tuple[frozenset[str], ...]
    said_by: frozenset[str]
    chief: bool
    told: frozenset[str]
    recorder: str | None = None
    vague: frozenset[Measure] = frozenset()
    beside: bool = False
    known: bool = False

    @property
    def first(self) -> ClaimId:
        """Return the claim that stands for the tale."""
        return self.key[2]


def profile(tale: Tale, published: date | None, *, chief: bool = True) -> Profile:
    """Sum up a tale: its finest place, its narrowest time, every count and name in it.

    `chief` tells that it is the tale its document is about, to which the document's words belong.
    """
    claims = tale.claims
    first = claims[0]
    counts: dict[Measure, set[int]] = {}
    vague: dict[Measure, int] = {}
    for claim in claims:
        value = number(claim.claim.count)
        if value is not None and claim.claim.part_of is None and claim.claim.rule != DIED_LATER:
            counts.setdefault(claim.claim.measure, set()).add(value)
            if claim.claim.count.vague:
                vague[claim.claim.measure] = max(value, vague.get(claim.claim.measure, 0))
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
        blamed=frozenset(name for c in claims for name in blamed(c)),
        victims=tuple(
            sorted(
                {n for c in claims for v in c.claim.victims if (n := _name(v.quote.text))},
                key=sorted,
            )
        ),
        said_by=frozenset(folded(s.name) for c in claims for s in c.claim.said_by[:1]),
        chief=chief,
        told=frozenset(
            word[0].casefold() for c in claims for word in _WORD.finditer(c.claim.quote.text)
        ),
        recorder=next((c.claim.said_by[0].name for c in claims if c.claim.rule == CODED), None),
        vague=frozenset(each for each, value in vague.items() if value == max(counts[each])),
        known=any(map(_of_the_day, claims)),
    )


def beside_others(profiles: Sequence[Profile]) -> tuple[Profile, ...]:
    """Return the tales of one document, those marked of which several share a place and a day."""
    told = Counter(map(_scene, profiles))
    return tuple(
        replace(tale, beside=True) if None not in _scene(tale) and told[_scene(tale)] > 1 else tale
        for tale in profiles
    )


def _scene(tale: Profile) -> tuple[str | None, date | None]:
    place = tale.sites[0].place if tale.sites else None
    return None if place is None else place.entry, one_day(tale.timed)


def _of_the_day(claim: ResolvedClaim) -> bool:
    """Tell whether a claim's day stands as what its event belongs to: "Tuesday's air strike"."""
    stated = claim.claim
    said = stated.time.quote if stated.time is not None else None
    if said is None or stated.time_basis is not Basis.STATED:
        return False
    return bool(_POSSESSIVE.search(stated.quote.text[: said.end - stated.quote.start]))


def _of_everyone(group: Group) -> bool:
    """Tell whether a count is not said to be of some only, by age, sex or role."""
    return (
        group.age in (Age.UNKNOWN, Age.MIXED)
        and group.sex in (Sex.UNKNOWN, Sex.MIXED)
        and group.role is None
    )


def _name(text: str) -> frozenset[str]:
    return frozenset(folded(word) for word in text.split() if len(folded(word)) > 1)


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


def possible_days(tale: Profile) -> tuple[date, date] | None:
    """Return the first and the last day of which a tale may tell, None where it may be any.

    That is its day, the period it gives, or the days before it was published.
    """
    when = tale.timed
    start, end = (None, None) if when is None else (when.start, when.end)
    if end is None:
        end = tale.published
    if start is None and end is not None and tale.published is not None:
        start = end - timedelta(min(NEWS_DAYS, end.toordinal() - 1))
    return None if start is None or end is None or end < start else (start, end)


def says_nothing_of_its_day(tale: Profile) -> bool:
    """Tell whether a tale gives neither a day nor a period: its event may be of long before."""
    when = tale.timed
    return when is None or (when.start is None and when.end is None)


def _days_to_look_in(tale: Profile) -> Iterator[date]:
    """Yield the days under which a tale without a day of its own is looked up beside others."""
    found = possible_days(tale)
    if found is not None and (found[1] - found[0]).days <= LONGEST:
        yield from map(date.fromordinal, range(found[0].toordinal(), found[1].toordinal() + 1))


# Under this kind of key only those are compared of which one has no day of its own.
OPEN = "undated"
# Under this kind only those of which one says nothing of its day: it may be of long before.
EARLIER = "earlier"
# Under this kind only those of which one is placed no nearer than by its province.
WIDE = "province"
# Tolls up to this one are shared by many events.
FEW = 2
SOME_ONLY = frozenset({OPEN, EARLIER, WIDE})
_AREAS = (Precision.ADMIN2, Precision.ADMIN1)

Key = tuple[str, str]
"""What tales must share to be compared: its kind, and its value."""


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
            if place.admin1 is not None:
                yield WIDE, f"{place.country} {place.admin1} {each}"
        for each in days[:1] or _days_to_look_in(tale):
            if place.precision in FINE:
                yield OPEN, f"{where} {each}"
        toll = max(tale.counts.get(Measure.KILLED, ()), default=0)
        if toll > FEW and place.precision in FINE:
            yield EARLIER, f"{where} {toll}"
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


def comparable(key: Key, a: Profile, b: Profile) -> bool:
    """Tell whether two tales that share a key may be compared under it."""
    if key[0] == WIDE:
        return wide(a) != wide(b)
    if key[0] == EARLIER:
        return says_nothing_of_its_day(a) or says_nothing_of_its_day(b)
    return key[0] != OPEN or one_day(a.timed) is None or one_day(b.timed) is None


def wide(tale: Profile) -> bool:
    """Tell whether a tale is placed by an area alone."""
    return all(c.place is not None and c.place.precision in _AREAS for c in tale.sites)


def most(key: Key) -> int:
    """Return how many tales may share a key before only neighbours in it are compared."""
    return RARE if key[0] == "word" else BLOCK


def neighbours(key: Key, members: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Yield the pairs that are compared among all the tales that share a key, each in some order.

    Of too many, those next to each other by day are; of a word that too many have, none.
    """
    if len(members) <= most(key):
        yield from ((a, b) for a, b in combinations(members, 2) if comparable(key, a, b))
    elif not idle(key, len(members)):
        near = sorted(members, key=lambda tale: (about(tale), tale.key))
        for position, member in enumerate(near):
            for other in near[position + 1 : position + BLOCK // 4]:
                if comparable(key, member, other):
                    yield member, other


def idle(key: Key, members: int) -> bool:
    """Tell whether so many tales share a key that none of them are compared under it."""
    return key[0] == "word" and members > most(key)


def about(tale: Profile) -> date:
    """Return the day by which tales are put next to each other."""
    return one_day(tale.timed) or tale.published or date.max
