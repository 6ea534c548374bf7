"""The figures that a total is made of: an incident with its estimate, or a stated sum with all its
repeats."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from cenotaph.bounds import stated
from cenotaph.model import (
    Actor,
    Certainty,
    ClaimId,
    Count,
    Estimate,
    Figure,
    Incident,
    IncidentId,
    Linking,
    LinkKind,
    Measure,
    Modality,
    Place,
    ResolvedClaim,
    Ruleset,
    Scope,
    Status,
    When,
)
from cenotaph.vocab import table


@dataclass(frozen=True, slots=True)
class Item:
    """One figure of a total. `aside` is why it is in no sum, None where it is.

    `closed` is true of a sum whose number a named source gives as all there were; `said_by` are
    those who give a sum.
    """

    key: ClaimId
    claims: tuple[ClaimId, ...]
    incident: IncidentId | None
    scope: Scope
    figure: Figure
    place: Place | None
    places: tuple[Place, ...]
    when: When | None
    perpetrators: tuple[Actor, ...]
    weapons: tuple[str, ...]
    civilians: bool
    bounded: bool
    notes: tuple[str, ...]
    aside: str | None
    placeless: bool
    closed: bool = False
    said_by: frozenset[str] = frozenset()

    @property
    def low(self) -> int:
        """Return the least, 0 where no bound below is stated."""
        return self.figure.low or 0

    @property
    def best(self) -> int:
        """Return the best figure, the least where there is none."""
        return self.figure.best or self.low

    @property
    def high(self) -> int:
        """Return the highest figure stated."""
        return self.figure.high or self.best


def items(
    claims: Sequence[ResolvedClaim],
    linking: Linking,
    incidents: Sequence[Incident],
    *,
    measure: Measure,
    group: str | None,
    ruleset: Ruleset,
) -> list[Item]:
    """Return every figure of a measure and group: the incidents' estimates and the stated sums."""
    known = {claim.id: claim for claim in claims}
    found = [
        item
        for incident in incidents
        if (item := of_incident(incident, known, measure, group, ruleset)) is not None
    ]
    repeated: dict[ClaimId, list[ClaimId]] = {}
    gone = set()
    for link in linking.links:
        if link.kind is LinkKind.REPEATS and link.claim in known and link.to in known:
            gone.add(link.claim)
            repeated.setdefault(link.to, []).append(link.claim)
    broken: dict[ClaimId, list[ResolvedClaim]] = {}
    for claim in known.values():
        if claim.claim.part_of is not None:
            broken.setdefault(claim.claim.part_of, []).append(claim)
    for claim in known.values():
        if claim.id in gone or not is_sum(claim, measure):
            continue
        parts = broken.get(claim.id, ())
        item = of_sum(claim, parts, echoes(claim.id, repeated), known, group, ruleset)
        if item is not None:
            found.append(item)
    return sorted(found, key=lambda item: item.key)


def is_sum(claim: ResolvedClaim, measure: Measure) -> bool:
    """Tell whether a claim is a stated sum over several events, and no breakdown of one."""
    stated = claim.claim
    sums = stated.scope in (Scope.SUBTOTAL, Scope.CUMULATIVE) and stated.part_of is None
    return sums and stated.measure is measure


def belongs(claim: ResolvedClaim, name: str | None) -> bool:
    """Tell whether a count is of the group `name`, by what its words say."""
    group = claim.claim.group
    return {
        None: True,
        "children": group.age == "child",
        "women": group.sex == "female" and group.age != "child",
        "men": group.sex == "male" and group.age != "child",
        "civilians": group.status is Status.CIVILIAN and not group.attacker,
        "combatants": group.status is Status.COMBATANT and not group.attacker,
        "attackers": group.attacker,
    }[name]


def number(claim: ResolvedClaim, measure: Measure, group: str | None) -> int | None:
    """Return what a claim adds for who reads no further; None where it is not of that measure and
    group, or a breakdown of another."""
    stated = claim.claim
    if stated.measure is not measure or not belongs(claim, group):
        return None
    if group is None and stated.part_of is not None:
        return None
    return stated.count.low or stated.count.high or 0


def _broken_down(parts: Sequence[ResolvedClaim], group: str | None) -> ResolvedClaim | None:
    of_group = [part for part in parts if belongs(part, group)]
    return max(of_group, key=lambda part: (part.claim.count.low or 0, part.id), default=None)


def echoes(claim: ClaimId, repeated: Mapping[ClaimId, Collection[ClaimId]]) -> tuple[ClaimId, ...]:
    """Return a claim and all that repeat it, over any number of steps."""
    found, stack = [claim], [claim]
    while stack:
        for other in sorted(repeated.get(stack.pop(), ())):
            if other not in found:
                found.append(other)
                stack.append(other)
    return tuple(found)


def of_incident(
    incident: Incident,
    known: Mapping[ClaimId, ResolvedClaim],
    measure: Measure,
    group: str | None,
    ruleset: Ruleset,
) -> Item | None:
    """Return the figure of an event, None where it has none of that measure and group."""
    estimate = incident.estimate(measure, group)
    if estimate is None:
        return None
    used = [known[claim] for claim in estimate.used]
    reasons: Mapping[str, str] = table("totals")["reasons"]
    aside = None
    placeless = incident.place is None
    if placeless:
        aside = reasons["no_place"]
    elif ruleset.days is not None and _days(incident.when) > ruleset.days:
        aside = reasons["days"].format(days=ruleset.days, ruleset=ruleset.name)
    members = [known[claim] for claim in incident.claims if claim in known]
    return Item(
        key=incident.claims[0],
        claims=incident.claims,
        incident=incident.id,
        scope=Scope.INCIDENT,
        figure=estimate.figure,
        place=_place(incident.place),
        places=_places(incident.place, incident.places),
        when=_when(incident.when),
        perpetrators=incident.perpetrators,
        weapons=_weapons(members),
        civilians=bool(used) and all(c.claim.group.status is Status.CIVILIAN for c in used),
        bounded=all(c.claim.count.high is not None for c in used)
        and not _least_only(estimate, used),
        notes=(*_notes(used), *_contested(incident)),
        aside=aside,
        placeless=placeless,
    )


def _place(place: Place | None) -> Place | None:
    """Return a place as a total needs it: without the words that name one that is known."""
    if place is None or place.quote is None or place.name is None:
        return place
    return replace(place, quote=None)


def _places(place: Place | None, places: Sequence[Place]) -> tuple[Place, ...]:
    """Return the places of a figure as a total needs them, none beside a single one."""
    found = tuple(each for each in map(_place, places) if each is not None)
    return () if found == (_place(place),) else found


def _when(when: When | None) -> When | None:
    """Return a period as a total needs it: its days, without what they were taken from."""
    if when is None or (when.start is None and when.end is None):
        return when
    return replace(when, quote=None, reasons=())


CONTESTED = "contested"
"""The note of a figure for which different parties are blamed, and not jointly."""


def _contested(incident: Incident) -> tuple[str, ...]:
    graded = incident.grading
    return (CONTESTED,) if graded is not None and graded.responsibility == CONTESTED else ()


def _least_only(estimate: Estimate, used: Sequence[ResolvedClaim]) -> bool:
    """Tell whether the high is what counts of some people come to, more than anybody's toll: of
    others nothing is said."""
    summed = {claim for added in estimate.added for claim in added}
    tolls = [claim.claim.count.high or 0 for claim in used if claim.id not in summed]
    return bool(tolls and summed) and max(tolls) < (estimate.figure.high or 0)


def _days(when: When | None) -> int:
    if when is None or when.start is None or when.end is None:
        return 0
    return (when.end - when.start).days + 1


def _weapons(claims: Sequence[ResolvedClaim]) -> tuple[str, ...]:
    return tuple(sorted({weapon.code for c in claims for weapon in c.claim.weapons}))


def of_sum(
    claim: ResolvedClaim,
    parts: Sequence[ResolvedClaim],
    claims: tuple[ClaimId, ...],
    known: Mapping[ClaimId, ResolvedClaim],
    group: str | None,
    ruleset: Ruleset,
) -> Item | None:
    """Return the figure of a stated sum for a group, None where it says nothing of the group.

    `claims` are the sum and all that repeat it, `parts` its breakdowns.
    """
    told = claim if belongs(claim, group) else _broken_down(parts, group)
    if told is None:
        return None
    reasons: Mapping[str, str] = table("totals")["reasons"]
    figure = bounds(told.claim.count, ruleset)
    stated = claim.claim
    aside = None
    if figure is None:
        imputed = told.claim.count.vague and ruleset.vague == "set_aside"
        aside = reasons["vague" if imputed else "no_number"].format(ruleset=ruleset.name)
    elif stated.certainty not in (Certainty.ASSERTED, Certainty.SUSPECTED):
        aside = reasons["certainty"].format(certainty=stated.certainty.value)
    elif not ruleset.sums:
        aside = reasons["sums"].format(ruleset=ruleset.name)
    elif claim.place is None and not claim.places:
        aside = reasons["no_place"]
    said = told if told.claim.said_by else claim
    return Item(
        key=claim.id,
        claims=claims,
        incident=None,
        scope=stated.scope,
        figure=figure or Figure(low=None, best=None, high=None),
        place=_place(claim.place),
        places=_places(claim.place, claim.places),
        when=_when(claim.when),
        perpetrators=stated.perpetrators,
        weapons=_weapons([claim]),
        civilians=_civilians(told, claims, known),
        bounded=told.claim.count.high is not None,
        notes=_notes([said]),
        aside=aside,
        placeless=aside == reasons["no_place"],
        closed=_closed(told.claim.count) and bool(said.claim.said_by),
        said_by=frozenset(source.name for source in said.claim.said_by),
    )


def _closed(count: Count) -> bool:
    """Tell whether a number is all there were: neither open above, nor rounded, nor a guess."""
    return count.high is not None and count.modality is not Modality.ABOUT and not _is_round(count)


def _civilians(
    told: ResolvedClaim, claims: Collection[ClaimId], known: Mapping[ClaimId, ResolvedClaim]
) -> bool:
    """A sum is of civilians where no statement of it says otherwise."""
    statuses = {known[claim].claim.group.status for claim in claims if claim in known} | {
        told.claim.group.status
    }
    return statuses == {Status.CIVILIAN}


def bounds(count: Count, ruleset: Ruleset) -> Figure | None:
    """Return low, best and high of a stated sum under a ruleset, None where it gives no number."""
    said = stated(count, ruleset)
    return None if said is None else Figure(low=said.low, best=said.best, high=said.high)


# From this number on a multiple of it is taken to be rounded.
_ROUND = 100


def _notes(claims: Sequence[ResolvedClaim]) -> tuple[str, ...]:
    notes = []
    if claims and not any(claim.claim.said_by for claim in claims):
        notes.append("no-source")
    if any(_is_round(claim.claim.count) for claim in claims):
        notes.append("round")
    if any(claim.claim.count.vague for claim in claims):
        notes.append("imputed")
    return tuple(notes)


def _is_round(count: Count) -> bool:
    number = count.low if count.low is not None else count.high
    if number is not None and count.modality is Modality.MORE_THAN:
        number -= 1
    return number is not None and number >= _ROUND and number % _ROUND == 0
