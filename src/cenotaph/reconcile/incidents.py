"""Incidents: the claims of one event with everything that follows from them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from cenotaph.model import (
    GROUPS,
    Actor,
    Basis,
    ClaimId,
    DocumentId,
    Estimate,
    Figure,
    Incident,
    IncidentId,
    Link,
    LinkKind,
    Measure,
    Place,
    Precision,
    ResolvedClaim,
    Ruleset,
    Scope,
    Stance,
    When,
    make_id,
)
from cenotaph.reconcile.aside import say
from cenotaph.reconcile.copied import beside, copied, no_higher
from cenotaph.reconcile.estimates import estimate
from cenotaph.reconcile.grades import grading, originators
from cenotaph.reconcile.reworded import reworded

_PEOPLE = tuple(measure for measure in Measure if measure is not Measure.ATTACKS)
_FINENESS = {precision: number for number, precision in enumerate(Precision)}


def incident(
    claims: Sequence[ResolvedClaim],
    links: Mapping[ClaimId, Sequence[Link]],
    ruleset: Ruleset,
    mains: Collection[ClaimId],
) -> Incident:
    """Return the incident that `claims` tell of, first said first, under a ruleset."""
    written_after = reworded(claims, links)
    links = {
        claim.id: (*links.get(claim.id, ()), *filter(None, (written_after.get(claim.id),)))
        for claim in claims
    }
    copies = copied(claims, links)
    own = [claim for claim in claims if claim.id not in copies]
    # Of copies alone, whose originator stands elsewhere, the words still say where and when.
    telling = own or claims
    chief = _chief(telling, mains)
    documents: dict[DocumentId, bool] = {}
    for claim in claims:
        document = claim.claim.document
        documents[document] = documents.get(document, False) or claim.id in mains
    estimates = [
        found
        for measure in _PEOPLE
        for group in (None, *GROUPS)
        if (found := estimate(own, links, measure, group, ruleset)) is not None
    ]
    if copies:
        estimates = [no_higher(each, copies, claims, ruleset) for each in estimates]
    estimates.extend(_some_of_each(own, estimates, ruleset))
    if hurt := _hurt(estimates):
        estimates = [e for e in estimates if (e.measure, e.group) != (Measure.INJURED, None)]
        estimates.extend(hurt)
    estimates = [_survivors(each, own, links) for each in estimates]
    estimates = [each for measure in _PEOPLE for each in _fitting(estimates, measure)]
    estimates = [beside(each, copies, claims) for each in estimates]
    perpetrators = _perpetrators(telling)
    sources = originators(own, links)
    graded = grading(telling, perpetrators, sources, estimates)
    return Incident(
        id=IncidentId(make_id("inc", claims[0].id)),
        claims=tuple(claim.id for claim in claims),
        estimates=tuple(estimates),
        event=_event(telling, chief),
        place=_place(telling, chief),
        places=_places(telling),
        when=_when(telling, chief),
        perpetrators=perpetrators,
        documents=tuple(documents.items()),
        sources=tuple(sources),
        grade=graded.grade,
        grading=graded,
    )


def _some_of_each(
    claims: Sequence[ResolvedClaim], estimates: Sequence[Estimate], ruleset: Ruleset
) -> list[Estimate]:
    """Return the killed and the injured of "a number of people were killed and injured".

    Only for a recorder that counts people told of without a number, and where nothing else is told:
    the words say that there were some of each.
    """
    everyone = {found.measure: found for found in estimates if found.group is None}
    both = everyone.get(Measure.KILLED_OR_INJURED)
    if ruleset.uncounted is None or both is None:
        return []
    counts = {claim.id: claim.claim.count for claim in claims}
    if not all(counts[id].vague for id in both.used if id in counts):
        return []
    return [
        replace(both, measure=measure, rule=f"{both.rule}, some of each")
        for measure in (Measure.KILLED, Measure.INJURED)
        if measure not in everyone
    ]


def _hurt(estimates: Sequence[Estimate]) -> list[Estimate]:
    """Return the injured that follow from the sum of the killed and injured, and the killed.

    "Six people were shot, one of whom died": five were hurt, also where the text tells of fewer of
    them ("two are in critical condition"). Nothing follows where nobody is said to have been
    killed.
    """
    everyone = {found.measure: found for found in estimates if found.group is None}
    both, killed = everyone.get(Measure.KILLED_OR_INJURED), everyone.get(Measure.KILLED)
    told = everyone.get(Measure.INJURED)
    if both is None or killed is None:
        return []
    if both.figure.low is None or both.figure.best is None or killed.figure.best is None:
        return []
    dead = killed.figure.best
    low, best = both.figure.low - dead, both.figure.best - dead
    if low <= (0 if told is None else told.figure.best or 0):
        return []
    return [
        Estimate(
            measure=Measure.INJURED,
            group=None,
            figure=Figure(low=low, best=best, high=max(best, (both.figure.high or 0) - dead)),
            rule=f"{both.rule}, killed or injured less killed",
            used=(*both.used, *killed.used),
            set_aside=() if told is None else _held(told, both),
        )
    ]


def _survivors(
    told: Estimate, claims: Sequence[ResolvedClaim], links: Mapping[ClaimId, Sequence[Link]]
) -> Estimate:
    """Return the injured without those of them of whom the words say that they died.

    "52 people were hurt, eight of whom died": 44 were hurt and live, where 52 is the figure.
    """
    if told.measure is not Measure.INJURED or told.group is not None:
        return told
    counts = {claim.id: claim.claim.count for claim in claims}
    died: dict[ClaimId, int] = {}
    for claim in claims:
        dead = claim.claim.count
        if claim.claim.measure is not Measure.KILLED or dead.low is None or dead.low != dead.high:
            continue
        own = links.get(claim.id, ())
        if any(link.kind is LinkKind.REPEATS and link.to in died for link in own):
            continue
        for link in own:
            hurt = counts.get(link.to)
            if link.kind is not LinkKind.UPDATES or link.to not in told.used or hurt is None:
                continue
            if dead.low < (hurt.low or 0) and hurt.low == told.figure.best:
                died[claim.id] = dead.low
    dead_of_it = sum(died.values())
    best = told.figure.best
    if not died or best is None or dead_of_it >= best:
        return told
    low, high = told.figure.low, told.figure.high
    figure = Figure(
        low=low if low is None else max(low - dead_of_it, 0),
        best=best - dead_of_it,
        high=high if high is None else high - dead_of_it,
    )
    return replace(told, figure=figure, rule=f"{told.rule}, injured less who died of it")


def _held(told: Estimate, both: Estimate) -> tuple[tuple[ClaimId, str], ...]:
    """Return what an estimate set aside, and what it used: all that a wider count holds."""
    held = say("breakdown", other=both.used[0])
    return *told.set_aside, *((claim, held) for claim in told.used)


def _fitting(estimates: Sequence[Estimate], measure: Measure) -> list[Estimate]:
    """Return the estimates of a measure, none of a group above that of everyone.

    Sources differ: one counts ten dead, another twelve and eleven children among them. If ten is
    right, no more than ten were children; if eleven children are, no fewer died. So ten is the low
    of both, and what is the most of some is possible of everyone.
    """
    of_measure = [each for each in estimates if each.measure is measure]
    whole = next((each for each in of_measure if each.group is None), None)
    if whole is None:
        return of_measure
    figures = [each.figure for each in of_measure]
    highs = [figure.high for figure in figures if figure.high is not None]
    # Who gives no bound below leaves it to those who count some.
    lows = [figure.low for figure in figures if figure.low is not None]
    low = whole.figure.low if whole.figure.low is not None else max(lows, default=None)
    bests = [best for best in (whole.figure.best, low) if best is not None]
    everyone = Figure(low=low, best=max(bests, default=None), high=max(highs, default=None))
    return [
        replace(each, figure=everyone if each.group is None else _at_most(each.figure, everyone))
        for each in of_measure
    ]


def _at_most(some: Figure, everyone: Figure) -> Figure:
    """Return the figure of some people, its low and best no higher than those of everyone."""
    low, best = (
        least if most is None or least is None else min(least, most)
        for least, most in ((some.low, everyone.low), (some.best, everyone.best))
    )
    return replace(some, low=low, best=best)


def _chief(claims: Sequence[ResolvedClaim], mains: Collection[ClaimId]) -> ResolvedClaim:
    """Return the claim that speaks for the incident: a main claim that is no sum, else the
    first."""
    for claim in claims:
        if claim.id in mains and claim.claim.scope is Scope.INCIDENT:
            return claim
    return claims[0]


def _event(claims: Sequence[ResolvedClaim], chief: ResolvedClaim) -> str | None:
    if chief.claim.event is not None:
        return chief.claim.event
    told = [claim.claim.event for claim in claims if claim.claim.event is not None]
    return min(told, key=lambda event: (-told.count(event), told.index(event))) if told else None


def _place(claims: Sequence[ResolvedClaim], chief: ResolvedClaim) -> Place | None:
    """Return the finest place that is told of; of equally fine ones the chief claim's, then the
    first."""
    told = [claim.place for claim in (chief, *claims) if claim.place is not None]
    return min(told, key=lambda place: _FINENESS[place.precision]) if told else None


def _places(claims: Sequence[ResolvedClaim]) -> tuple[Place, ...]:
    found: dict[object, Place] = {}
    for claim in claims:
        for place in claim.places:
            key = place.entry or (place.name, place.quote.text if place.quote else None)
            found.setdefault(key, place)
    return tuple(found.values())


# A day on which something happened outranks one on which somebody spoke of it.
_TOLD = {Basis.STATED: 0, Basis.CARRIED: 0, Basis.DATELINE: 1, Basis.STATEMENT: 2}


def _when(claims: Sequence[ResolvedClaim], chief: ResolvedClaim) -> When | None:
    """Return the period of the chief claim, or the narrowest within it that another claim tells.

    A claim without days leaves it to the others: a day on which something happened comes before
    one on which it was said. The day of an arrest is taken only where nothing else has one, and of
    a death of wounds the day of the wounds (`ResolvedClaim.event`).
    """
    told = [
        (when, claim.claim.measure in (Measure.DETAINED, Measure.ABDUCTED))
        for claim in (chief, *claims)
        if (when := claim.event or claim.when) is not None
    ]
    dated = [(when, held) for when, held in told if when.start is not None]
    if not dated:
        return told[0][0] if told else None
    first, arrest = min(dated, key=lambda one: (one[1], _TOLD.get(one[0].basis, 3)))
    within = [when for when, held in dated if held is arrest and _within(when, first)]
    return _whole_night(min(within, key=_width, default=first), [when for when, _ in dated])


def _whole_night(found: When, told: Sequence[When]) -> When:
    """Return the night over two days of which a single day gives the first: "the night of 31
    March" begins on it, and says no less than "the night of 31 March to 1 April".

    A day with an hour, or with no part of the day, stays as it is.
    """
    if found.start != found.end or found.time is None or any(map(str.isdigit, found.time)):
        return found
    nights = (each for each in told if each.time is not None and _width(each) == 1)
    return next((each for each in nights if each.start == found.start), found)


def _within(when: When, period: When) -> bool:
    """Tell whether a period lies within another, both ends of both known."""
    if when.start is None or period.start is None:
        return False
    if when.end is None or period.end is None:
        return when.start == period.start
    return period.start <= when.start and when.end <= period.end


def _width(when: When) -> int:
    if when.start is None or when.end is None:
        return 1 << 20
    return (when.end - when.start).days


def _perpetrators(claims: Sequence[ResolvedClaim]) -> tuple[Actor, ...]:
    found: dict[tuple[str, Stance], Actor] = {}
    for claim in claims:
        for actor in claim.claim.perpetrators:
            found.setdefault((actor.name.casefold(), actor.stance), actor)
    return tuple(found.values())


def fallback_mains(
    incidents: Sequence[Sequence[ResolvedClaim]], mains: Collection[ClaimId]
) -> set[ClaimId]:
    """Return main claims for documents whose own lies in no incident: their heaviest event, past
    ones last."""
    held = {claim.id: claim.claim.document for claims in incidents for claim in claims}
    served = {held[main] for main in mains if main in held}
    best: dict[DocumentId, tuple[tuple[bool, int, int, int], ClaimId]] = {}
    for claims in incidents:
        own: dict[DocumentId, list[ResolvedClaim]] = {}
        for claim in claims:
            own.setdefault(claim.claim.document, []).append(claim)
        for document, members in own.items():
            if document in served:
                continue
            rank = (
                not any(claim.claim.history for claim in members),
                _most(members, Measure.KILLED),
                _most(members, Measure.INJURED),
                -min(claim.claim.counted.start for claim in members),
            )
            if document not in best or rank > best[document][0]:
                best[document] = rank, members[0].id
    return {claim for _, claim in best.values()}


def _most(claims: Sequence[ResolvedClaim], measure: Measure) -> int:
    counts = [c.claim.count for c in claims if c.claim.measure is measure]
    return max((count.low or count.high or 0 for count in counts), default=-1)
