"""What one document says twice, what it adds to what it said, and what it lists under a sum.

A text states its main figure in the headline, again in the lede and again in the body; a recorder
counts it once. Two counts of one document are one figure where the number, what is counted, the
place and the time do not contradict each other and they do not stand in the same sentence: a
sentence does not repeat itself. Contradictions of status or perpetrator do not make it another
figure; they are reported.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence

from cenotaph.link.compare import (
    Stand,
    groups,
    named_apart,
    one_day,
    perpetrators,
    sites,
    times,
    where,
)
from cenotaph.link.told import COMPARED, HARM, LISTED, SUMS, number, order, same_sentence
from cenotaph.model import (
    DIED_LATER,
    ON_ROLL,
    Age,
    Basis,
    ClaimId,
    Count,
    Group,
    Link,
    LinkKind,
    Measure,
    Precision,
    ResolvedClaim,
    Scope,
    Sex,
    Stance,
    Status,
)

# So many different figures of one number are told apart in one document; more only hostile texts
# have.
CLUSTERS = 100
# A toll of so many is seldom that of two events of one day in one report.
SEVERAL = 3
# And against so many statements of one figure is another held.
STATEMENTS = 8
# How a death is told that may be that of somebody who was hurt.
_DEATHS = frozenset({DIED_LATER, "died"})


def furthers(claims: Sequence[ResolvedClaim]) -> list[Link]:
    """Return a link from each count of further people to the count that it comes on top of.

    `claims` stand in text order. "Another 38" adds to the last count of the same kind. "Killed one
    and injured three others" does not: those three are other people than the one, and the first
    injured. So a count of further people adds to nothing where the counts of its own sentence
    before it, or else those of the last sentence with any, are all of another kind.
    """
    links: list[Link] = []
    told: list[ResolvedClaim] = []
    for claim in claims:
        stated = claim.claim
        if stated.measure not in HARM or stated.part_of is not None:
            continue
        if stated.additional and told:
            near = [other for other in told[-COMPARED:] if same_sentence(other, claim)]
            if not near:
                near = [other for other in told[-COMPARED:] if same_sentence(other, told[-1])]
            earlier = [other for other in near if other.claim.measure is stated.measure]
            if earlier and _said_again(claim, earlier[-1], near):
                pass  # "wounded three others … three other people": the same beside the same dead
            elif earlier:
                links.append(
                    Link(
                        claim=claim.id,
                        kind=LinkKind.ADDITIONAL_TO,
                        to=earlier[-1].id,
                        by="said-to-be-further",
                    )
                )
            elif _beside(claim, near[-1]):
                kind, by = LinkKind.SAME_INCIDENT, "beside-those-before"
                links.append(Link(claim=claim.id, kind=kind, to=near[-1].id, by=by))
        told.append(claim)
    return links


def _said_again(claim: ResolvedClaim, other: ResolvedClaim, near: Sequence[ResolvedClaim]) -> bool:
    """Tell whether further people are those told of last beside others: as many, and of no other
    place or day.

    "Two dead, four wounded … Four others were wounded": others than the dead. `near` are the counts
    of the sentence of `other`. "Another" single person is one more each time.
    """
    value = number(claim.claim.count)
    if value is None or value < 2:
        return False
    beside = any(each.claim.measure is not other.claim.measure for each in near)
    if not other.claim.additional and not beside:
        return False
    if value != number(other.claim.count) or same_sentence(claim, other):
        return False
    if claim.claim.group != other.claim.group and _other_person(claim, other):
        return False
    place, time = where(claim, other), times(claim.when, other.when)
    named = place is Stand.UNKNOWN and named_apart(claim, other)
    return Stand.APART not in (place, time) and not named


def _beside(claim: ResolvedClaim, other: ResolvedClaim) -> bool:
    """Tell whether further people are those beside the ones told of last: "three others were hurt".

    They are of the same event unless their own sentence names another place or another day.
    """
    a, b = claim.claim, other.claim
    if a.time_basis is Basis.STATED and times(claim.when, other.when) is Stand.APART:
        return False
    if a.section != b.section or a.history != b.history or a.scope is not b.scope:
        return False
    apart = where(claim, other) is Stand.APART or named_apart(claim, other)
    return not (apart and a.places_basis is Basis.STATED)


def repeats(
    claims: Sequence[ResolvedClaim], beside: Collection[ClaimId] = frozenset()
) -> list[Link]:
    """Return a link from each claim that states a figure of its document again to the fullest
    statement.

    `beside` are claims of further people, which repeat nothing but each other.
    """
    links: list[Link] = []
    by_figure: dict[tuple[Measure, int], list[ResolvedClaim]] = {}
    for claim in claims:
        value = number(claim.claim.count)
        if value is not None and claim.claim.part_of is None:
            by_figure.setdefault((claim.claim.measure, value), []).append(claim)
    for same in by_figure.values():
        ranked = sorted(same, key=lambda claim: (-_fullness(claim), order(claim)))
        kept: list[list[ResolvedClaim]] = []
        for claim in ranked:
            for cluster in kept[:CLUSTERS]:
                if all(_repeats(claim, member, beside) for member in cluster[:STATEMENTS]):
                    links.append(
                        Link(
                            claim=claim.id,
                            kind=LinkKind.REPEATS,
                            to=cluster[0].id,
                            by="same-figure-in-document",
                            reasons=_reasons(claim, cluster[0]),
                        )
                    )
                    cluster.append(claim)
                    break
            else:
                kept.append([claim])
    return links + _told_again(claims, {link.claim: link.to for link in links}, beside)


def _told_again(
    claims: Sequence[ResolvedClaim], gone: Mapping[ClaimId, ClaimId], beside: Collection[ClaimId]
) -> list[Link]:
    """Return links from figures of some people to the breakdown in which they were counted before.

    `gone` leads from each claim that repeats another to that one. A whole never repeats a breakdown
    of itself, nor one of a repeat of itself: the two would stand for each other, and nobody would.
    """
    parts: dict[tuple[Measure, int], list[ResolvedClaim]] = {}
    for claim in claims:
        value = number(claim.claim.count)
        if claim.claim.part_of is not None and value is not None:
            parts.setdefault((claim.claim.measure, value), []).append(claim)
    links = []
    for claim in claims:
        value = number(claim.claim.count)
        group = claim.claim.group
        if claim.claim.part_of is not None or claim.id in gone or value is None or group == Group():
            continue
        for part in parts.get((claim.claim.measure, value), ())[:COMPARED]:
            whole = part.claim.part_of
            if whole is not None and gone.get(whole, whole) == claim.id:
                continue
            narrow = groups(part.claim.group, group)
            if narrow in (Stand.SAME, Stand.INSIDE) and _repeats(claim, part, beside):
                links.append(
                    Link(
                        claim=claim.id,
                        kind=LinkKind.REPEATS,
                        to=part.id,
                        by="same-breakdown-in-document",
                        reasons=_reasons(claim, part),
                    )
                )
                break
    return links


def _fullness(claim: ResolvedClaim) -> int:
    """How much a claim says beside its number; the fullest statement stands for its repeats."""
    stated = claim.claim
    place = claim.place
    found = 0
    found += 4 * (claim.when is not None and claim.when.start is not None)
    found += 2 * (place is not None and place.precision is not Precision.UNKNOWN)
    found += 2 * bool(stated.said_by)
    found += bool(stated.blamed)
    found += any(
        actor.hedge or actor.said_by
        for actor in stated.perpetrators
        if actor.stance is not Stance.DENIED
    )
    found += stated.scope in SUMS
    return found


def _repeats(claim: ResolvedClaim, other: ResolvedClaim, beside: Collection[ClaimId]) -> bool:
    """Tell whether a claim may be the same figure as another of its document.

    What costs least is asked first: of many figures of one number most are told apart by it.
    """
    a, b = claim.claim, other.claim
    if a.section != b.section or a.history != b.history or a.certainty is not b.certainty:
        return False
    if DIED_LATER in (a.rule, b.rule) and not {a.rule, b.rule} <= _DEATHS:
        return False  # one of the wounded who died is none of those killed at once
    if a.rule == b.rule == ON_ROLL:
        return False  # each entry is somebody else, and whoever is named again is known by reading
    if any(x.rule == ON_ROLL and not x.victims and y.victims for x, y in ((a, b), (b, a))):
        return False  # a roll names whom the text names: "Unidentified woman" is none of them
    if (claim.id in beside) != (other.id in beside) or a.group.attacker != b.group.attacker:
        return False
    if a.count.high != b.count.high and not _open(a.count) and not _open(b.count):
        return False
    if a.scope is not b.scope and {a.scope, b.scope} & {Scope.CUMULATIVE, Scope.STATE}:
        return False
    if same_sentence(claim, other) or _other_person(claim, other) or _other_names(claim, other):
        return False
    place, time = where(claim, other), times(claim.when, other.when)
    if a.scope is not b.scope and time in (Stand.INSIDE, Stand.HOLDS):
        # Three killed in a province over two days, and three in a town on one of them: a sum and
        # what lies in it, beside which others may lie there.
        return False
    if place is Stand.APART and _carried_there(claim, other, time):
        return True
    if place is Stand.APART or (place is Stand.UNKNOWN and named_apart(claim, other)):
        return False
    return time is not Stand.APART


def _carried_there(claim: ResolvedClaim, other: ResolvedClaim, time: Stand) -> bool:
    """Tell whether one toll of one day stands at two places, and at one of them only as carried on.

    A report tells of homes, hospitals and towns that people are from between two tellings of its
    toll; where a place of its own stands with both, they are two.
    """
    a, b = claim.claim, other.claim
    told = a.places_basis is b.places_basis is Basis.STATED
    several = (number(a.count) or 0) >= SEVERAL and Scope.INCIDENT is a.scope is b.scope
    return several and not told and time is Stand.SAME and one_day(claim.when) is not None


def _reasons(claim: ResolvedClaim, other: ResolvedClaim) -> tuple[str, ...]:
    """Return how a claim stands to the figure that it states again."""
    return (
        f"count={number(claim.claim.count)}",
        f"place={where(claim, other).value}",
        f"time={times(claim.when, other.when).value}",
        f"group={groups(claim.claim.group, other.claim.group).value}",
        f"perpetrator={perpetrators(claim, other).value}",
    )


def _open(count: Count) -> bool:
    return count.high is None


def _other_names(a: ResolvedClaim, b: ResolvedClaim) -> bool:
    """Tell whether two claims name different persons."""
    if not a.claim.victims or not b.claim.victims:
        return False
    one = {_words(victim.quote.text) for victim in a.claim.victims}
    other = {_words(victim.quote.text) for victim in b.claim.victims}
    return not any(x & y for x in one for y in other)


def _words(name: str) -> frozenset[str]:
    return frozenset(word for word in name.casefold().split() if len(word) > 2)


def _other_person(a: ResolvedClaim, b: ResolvedClaim) -> bool:
    """Tell whether age, sex, role or side make it other people.

    Status does so in the mouth of one speaker alone: who has told of a fighter and then tells of a
    civilian or a child tells of somebody else, where two speakers may differ over one person.
    """
    one, other = a.claim.group, b.claim.group
    if _said_by(a) == _said_by(b) and (_no_fighter(one, other) or _no_fighter(other, one)):
        return True
    for x, y, silent in (
        (one.age, other.age, (Age.UNKNOWN, Age.MIXED)),
        (one.sex, other.sex, (Sex.UNKNOWN, Sex.MIXED)),
        (one.role, other.role, (None,)),
        (one.side, other.side, (None,)),
    ):
        if x != y and x not in silent and y not in silent:
            return True
    return False


def _no_fighter(one: Group, other: Group) -> bool:
    """Tell whether one group is of fighters, and the other of civilians or children."""
    called = one.status is Status.COMBATANT or one.status_said_by is not None
    fighters = called and other.status is not Status.COMBATANT and other.status_said_by is None
    return fighters and (other.status is Status.CIVILIAN or other.age is Age.CHILD)


def _said_by(claim: ResolvedClaim) -> frozenset[str]:
    return frozenset(source.name or source.quote.text for source in claim.claim.said_by)


def enumerations(claims: Sequence[ResolvedClaim], before: Sequence[Link] = ()) -> list[Link]:
    """Return the parts that a sentence lists after its own sum ("two deaths, one in A and one in
    B"). `claims` stand in text order; `before` are links known already, by which a sum may come on
    top of what stands behind it ("forty, not counting the eight in A")."""
    beside = {(x.claim, x.to) for x in before if x.kind is LinkKind.ADDITIONAL_TO}
    links: list[Link] = []
    starts = [claim.claim.counted.start for claim in claims]
    for whole in claims:
        value = number(whole.claim.count)
        if whole.claim.scope not in (Scope.SUBTOTAL, Scope.CUMULATIVE) or value is None:
            continue
        behind = bisect_left(starts, whole.claim.counted.end)
        within = bisect_left(starts, whole.claim.quote.end)
        parts = [
            claim
            for claim in claims[behind:within]
            if claim.id != whole.id
            and claim.claim.measure is whole.claim.measure
            and claim.claim.part_of is None
            and claim.claim.scope in (Scope.INCIDENT, Scope.SUBTOTAL)
            and (whole.id, claim.id) not in beside
            and same_sentence(claim, whole)
        ]
        total = sum(number(part.claim.count) or 0 for part in parts)
        if total != value:
            # Sums of a list are parts of one only where the list comes to it.
            parts = [part for part in parts if part.claim.scope is Scope.INCIDENT]
            total = sum(number(part.claim.count) or 0 for part in parts)
            if whole.claim.scope is Scope.CUMULATIVE:
                continue
        # A list that comes to its sum needs no more; one that does not must at least fit by place.
        if total < value:
            parts = [part for part in parts if sites(part, whole) is not Stand.APART]
            total = sum(number(part.claim.count) or 0 for part in parts)
        if parts and total <= value:
            links.extend(
                Link(
                    claim=part.id,
                    kind=LinkKind.WITHIN,
                    to=whole.id,
                    by=LISTED,
                    reasons=("same sentence", f"parts={total}", f"sum={value}"),
                )
                for part in parts
            )
    return links
