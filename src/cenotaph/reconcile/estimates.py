"""From the claims of one incident to low, best and high of one measure and group.

Each originator is a voice. A voice's claims are put together first: counts of people whom the words
keep apart add up, a count of everyone holds the counts of some. Then the ruleset chooses among the
voices.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cenotaph.bounds import heaviest
from cenotaph.model import (
    COPIED,
    LISTED_TOGETHER,
    REWORDED,
    Certainty,
    ClaimId,
    Estimate,
    Figure,
    Group,
    Link,
    LinkKind,
    Measure,
    Modality,
    ResolvedClaim,
    Ruleset,
    Status,
)
from cenotaph.reconcile.beside import Beside
from cenotaph.reconcile.people import apart, belongs, names, narrower, plain, same
from cenotaph.vocab import table
from cenotaph.voices import voice

# A claim is held against so many of the first and last statements of a count, and against so many
# counts before it; only hostile texts have more.
COMPARED = 12
TANGLE = 300


@dataclass(frozen=True, slots=True)
class Value:
    """What one claim says under a ruleset; `low` is None where it gives no bound below."""

    low: int | None
    best: int
    high: int


@dataclass(frozen=True, slots=True)
class Sum:
    """What one voice says of everyone asked for."""

    voice: str
    low: int | None
    best: int
    high: int
    kind: str | None
    used: tuple[ClaimId, ...]
    at: int
    documents: frozenset[str] = frozenset()
    opens: bool = False


def value(claim: ResolvedClaim, ruleset: Ruleset) -> Value | None:
    """Return the bounds of a claim's count under a ruleset, None where it gives no number."""
    count = claim.claim.count
    low, high = count.low, count.high
    if count.modality is Modality.NONE and ruleset.uncounted is not None:
        low = high = ruleset.uncounted
    if count.vague:
        if ruleset.vague == "set_aside":
            return None
        for word, least, most in ruleset.vague_bounds:
            if low == word and high is None:
                low, high = least, most
    best = low if low is not None else high
    if best is None:
        return None
    return Value(low, best, high if high is not None else best)


def _further(link: Link) -> bool:
    return link.kind is LinkKind.ADDITIONAL_TO


def _on_top(told: Sequence[ResolvedClaim], links: Mapping[ClaimId, Sequence[Link]]) -> Beside:
    """Return what each claim comes on top of: the one it is put beside, and what that is beside.

    A figure said again is the same figure, whichever of its statements the words point to. A total
    told before is none of these: "another died" adds nobody to it.
    """
    members = {claim.id for claim in told}
    first: dict[ClaimId, ClaimId] = {}
    for claim in told:
        again = _repeated(claim, links, members)
        first[claim.id] = again.to if again is not None else claim.id
    to = {
        first[claim.id]: first[link.to]
        for claim in told
        for link in links.get(claim.id, ())
        if link.to in members and (_further(link) or link.by == LISTED_TOGETHER)
    }
    return Beside(first, to)


def estimate(
    claims: Sequence[ResolvedClaim],
    links: Mapping[ClaimId, Sequence[Link]],
    measure: Measure,
    group: str | None,
    ruleset: Ruleset,
) -> Estimate | None:
    """Return the estimate of one measure and group of an incident, None where nothing is stated.

    `claims` are the incident's, first said first; `links` those that start at each claim.
    """
    told = [c for c in claims if c.claim.measure is measure and belongs(c.claim.group, group)]
    aside: list[tuple[ClaimId, str]] = []
    if ruleset.opening == "summary":
        told, aside = _openings(told, claims, measure)
    members = {claim.id for claim in told}
    beside = _on_top(told, links)
    standing: list[ResolvedClaim] = []
    echoes: list[tuple[ResolvedClaim, ClaimId]] = []
    replaced = {
        link.to: link.claim
        for claim in told
        for link in links.get(claim.id, ())
        if link.kind in (LinkKind.UPDATES, LinkKind.CORRECTS) and link.to in members
    }
    corrected = {
        link.to
        for claim in told
        for link in links.get(claim.id, ())
        if link.kind is LinkKind.CORRECTS
    }
    for claim in told:
        reason = _reason_against(claim, members, group, ruleset)
        repeated = _repeated(claim, links, members)
        if reason is not None:
            aside.append((claim.id, reason))
        elif (inside := _inside(claim, links, members)) is not None:
            aside.append((claim.id, _say("breakdown", other=inside)))
        elif repeated is not None:
            aside.append((claim.id, _say("repeats", other=repeated.to)))
            if repeated.by not in (COPIED, REWORDED):
                echoes.append((claim, repeated.to))
        elif claim.id in replaced and (ruleset.figures == "last" or claim.id in corrected):
            aside.append((claim.id, _say("replaced", other=replaced[claim.id])))
        else:
            standing.append(claim)
    if not standing:
        return None
    standing, vague = _numbers_first(standing, beside)
    aside.extend(vague)
    if ruleset.figures == "last":
        standing, old = _last(standing, beside)
        aside.extend(old)
    further = {c.id for c in told for link in links.get(c.id, ()) if _further(link)}
    opened = _opened(claims) if ruleset.opening == "floor" else frozenset()
    said = _said_again(standing, echoes, beside)
    sums = _tolls(_sums(standing, beside, further, opened, said, ruleset), ruleset)
    figure, used = _choose(sums, echoes, ruleset)
    for claim in standing:
        if claim.id not in used:
            aside.append((claim.id, _say("not_chosen")))
    return Estimate(
        measure=measure,
        group=group,
        figure=figure,
        rule=f"{ruleset.name}-{ruleset.version}",
        used=tuple(claim.id for claim in standing if claim.id in used),
        set_aside=tuple(aside),
    )


def _say(reason: str, **values: object) -> str:
    text: str = table("findings")["set_aside"][reason]
    return text.format(**values)


def _reason_against(
    claim: ResolvedClaim, members: Collection[ClaimId], group: str | None, ruleset: Ruleset
) -> str | None:
    stated = claim.claim
    if stated.certainty not in (Certainty.ASSERTED, Certainty.SUSPECTED):
        return _say("certainty", certainty=stated.certainty.value)
    if group is None and stated.part_of is not None:
        return _say("breakdown", other=stated.part_of)
    unnumbered = stated.count.modality is Modality.NONE and group is not None
    if unnumbered or value(claim, ruleset) is None:
        imputed = stated.count.vague and ruleset.vague == "set_aside"
        return _say("vague" if imputed else "no_number", ruleset=ruleset.name)
    if group is not None and stated.part_of in members and stated.part_of != claim.id:
        return _say("breakdown", other=stated.part_of)
    return None


def _inside(
    claim: ResolvedClaim, links: Mapping[ClaimId, Sequence[Link]], members: Collection[ClaimId]
) -> ClaimId | None:
    """Return the figure of the same event that surely holds this one, such as a raised toll."""
    for link in links.get(claim.id, ()):
        if link.kind is LinkKind.WITHIN and link.to in members:
            return link.to
    return None


def _repeated(
    claim: ResolvedClaim, links: Mapping[ClaimId, Sequence[Link]], members: Collection[ClaimId]
) -> Link | None:
    for link in links.get(claim.id, ()):
        if link.kind is LinkKind.REPEATS and link.to in members:
            return link
    return None


def _numbers_first(
    claims: Sequence[ResolvedClaim], beside: Beside
) -> tuple[list[ResolvedClaim], list[tuple[ClaimId, str]]]:
    """Set a vague word aside where a number is given for the same people, or for people among
    them."""
    kept: list[ResolvedClaim] = []
    aside: list[tuple[ClaimId, str]] = []
    given = [claim for claim in claims if claim.claim.count.modality is not Modality.NONE]
    uncounted = [claim for claim in claims if claim.claim.count.modality is Modality.NONE]
    aside.extend((c.id, _say("vague_beside_number")) for c in uncounted[0 if given else 1 :])
    claims = given or uncounted[:1]
    numbers = [claim for claim in claims if not claim.claim.count.vague]
    for claim in claims:
        better = claim.claim.count.vague and any(
            (same(claim.claim.group, other.claim.group) and not adds(claim, other, beside))
            for other in numbers
        )
        if better:
            aside.append((claim.id, _say("vague_beside_number")))
        else:
            kept.append(claim)
    return kept, aside


def _openings(
    told: Sequence[ResolvedClaim], claims: Sequence[ResolvedClaim], measure: Measure
) -> tuple[list[ResolvedClaim], list[tuple[ClaimId, str]]]:
    """Keep, of each document that opens with a count in its own voice, that count alone.

    The opening is the passage in which the document first tells of the event; a document whose
    opening counts nobody of the measure, or names a source, sums nothing up. An opening that gives
    an upper bound alone leaves the lower one to what is told below it.
    """
    opened = _opened(claims)
    summed = {
        claim.claim.document
        for claim in claims
        if claim.id in opened and claim.claim.measure is measure and _numbered(claim)
    }
    most: dict[str, int] = {}
    for claim in claims:
        count = claim.claim.count
        if claim.id in opened and claim.claim.measure is measure and claim.claim.part_of is None:
            if count.low is None and count.high is not None:
                most[claim.claim.document] = count.high
    kept = [
        c
        for c in told
        if c.id in opened
        or c.claim.document not in summed
        and _within(c, most.get(c.claim.document))
    ]
    inside = {claim.id for claim in kept}
    return kept, [(c.id, _say("opening")) for c in told if c.id not in inside]


def _one_passage(one: ResolvedClaim, other: ResolvedClaim) -> bool:
    a, b = one.claim.quote, other.claim.quote
    return a.start < b.end and b.start < a.end


def _opened(claims: Sequence[ResolvedClaim]) -> frozenset[ClaimId]:
    """Return what each document counts in its own voice where it first tells of the event."""
    first: dict[str, ResolvedClaim] = {}
    for claim in claims:
        before = first.get(claim.claim.document)
        if before is None or claim.claim.counted.start < before.claim.counted.start:
            first[claim.claim.document] = claim
    return frozenset(
        claim.id
        for claim in claims
        if _one_passage(claim, first[claim.claim.document]) and not claim.claim.said_by
    )


def _within(claim: ResolvedClaim, most: int | None) -> bool:
    """Tell whether a figure is no higher than the most that the opening gives ("up to 12")."""
    return most is None or (claim.claim.count.low or 0) <= most


def _numbered(claim: ResolvedClaim) -> bool:
    stated = claim.claim
    return stated.count.low is not None and not stated.count.vague and stated.part_of is None


def _last(
    claims: Sequence[ResolvedClaim], beside: Beside
) -> tuple[list[ResolvedClaim], list[tuple[ClaimId, str]]]:
    """Keep each voice's figures of its last document, and earlier ones of people kept apart from
    those."""
    kept: list[ResolvedClaim] = []
    old: list[tuple[ClaimId, str]] = []
    later: dict[str, list[ResolvedClaim]] = {}
    for claim in reversed(claims):
        newer = [
            other
            for other in later.get(voice(claim), ())
            if other.claim.document != claim.claim.document and not adds(claim, other, beside)
        ]
        if newer:
            old.append((claim.id, _say("replaced", other=newer[0].id)))
        else:
            kept.append(claim)
            later.setdefault(voice(claim), []).append(claim)
    return kept[::-1], old[::-1]


def adds(one: ResolvedClaim, other: ResolvedClaim, beside: Beside) -> bool:
    """Tell whether two counts of one event count different people, by their words.

    `beside` knows which of them the text counts on top of which.
    """
    a, b = one.claim, other.claim
    if a.part_of == other.id or b.part_of == one.id:
        return False
    if apart(a.group, b.group):
        return True
    first, second = names(one), names(other)
    if first and second and not first & second and (a.count.low, b.count.low) == (1, 1):
        return True
    if a.document != b.document:
        return False
    first_said = a.counted.start <= b.counted.start
    early, late = (a, b) if first_said else (b, a)
    late_id, early_id = (other.id, one.id) if first_said else (one.id, other.id)
    if beside.comes_on_top(late_id, early_id):
        return True
    if not _one_passage(one, other) or not same(a.group, b.group):
        return False
    if (early.count.low, late.count.low) == (1, 1):
        # "A farmer … Halim Dorsawi" may be one person, "a farmer and a teacher" are two.
        return bool(first) == bool(second)
    return not plain(a.group)


@dataclass(frozen=True, slots=True)
class _Slot:
    """Claims of one voice that are statements of one count."""

    claims: tuple[ResolvedClaim, ...]
    low: int | None
    best: int
    high: int


def _said_again(
    claims: Sequence[ResolvedClaim],
    echoes: Sequence[tuple[ResolvedClaim, ClaimId]],
    beside: Beside,
) -> dict[str, list[ResolvedClaim]]:
    """Return the figures of other voices that a voice states too, and then counts further dead on.

    "The army says 14 died. The staff reports 14 dead … two more were killed": the staff says 16.
    """
    found: dict[str, list[ResolvedClaim]] = {}
    known = {claim.id: claim for claim in claims}
    own_claims: dict[str, list[ClaimId]] = {}
    for claim in claims:
        own_claims.setdefault(voice(claim), []).append(claim.id)
    under = {name: beside.under(ids) for name, ids in own_claims.items()}
    for echo, to in echoes:
        base, name = known.get(to), voice(echo)
        if base is not None and voice(base) != name and beside.first.get(to) in under.get(name, ()):
            own = found.setdefault(name, [])
            if base not in own:
                own.append(base)
    return found


def _sums(
    claims: Sequence[ResolvedClaim],
    beside: Beside,
    further: Collection[ClaimId],
    opened: Collection[ClaimId],
    said: Mapping[str, Sequence[ResolvedClaim]],
    ruleset: Ruleset,
) -> list[Sum]:
    """Return what each voice says in all, those that tell only of some of the people left out."""
    by_voice: dict[str, list[ResolvedClaim]] = {}
    for claim in claims:
        name = voice(claim)
        by_voice.setdefault(name, [*said.get(name, ())]).append(claim)
    fighters = any(_of_fighters(claim) for claim in claims)
    tolls = {
        name: own
        for name, own in by_voice.items()
        # Further dead on top of what somebody else counted are no toll of the event.
        if not all(claim.id in further for claim in own)
        and not _partial(own, [c for c in claims if voice(c) != name], ruleset, fighters)
    }
    position = {claim.id: number for number, claim in enumerate(claims)}
    found = []
    for name, own in (tolls or by_voice).items():
        others = [
            c
            for c in claims
            if voice(c) != name and all(apart(c.claim.group, o.claim.group) for o in own)
        ]
        slots = _slots([*own, *others], beside, ruleset)
        conflicts = _conflicts(slots, beside)
        low, used = _add(slots, "low", conflicts)
        best, _ = _add(slots, "best", conflicts)
        high, _ = _add(slots, "high", conflicts)
        bounded = any(slot.low is not None for slot in slots)
        best = max(best, low)
        found.append(
            Sum(
                voice=name,
                low=low if bounded else None,
                best=best,
                high=max(high, best),
                kind=_kind(own),
                used=tuple(used),
                at=max(position[claim.id] for claim in own),
                documents=frozenset(claim.claim.document for claim in own),
                opens=any(claim.id in opened and _numbered(claim) for claim in own),
            )
        )
    return found


def _kind(claims: Sequence[ResolvedClaim]) -> str | None:
    """Return of which kind a voice is, None where nobody is named."""
    return next((c.claim.said_by[0].kind for c in claims if c.claim.said_by), None)


def _tolls(sums: Sequence[Sum], ruleset: Ruleset) -> list[Sum]:
    """Leave out who, by the ruleset, tells only of those he saw and counts fewer than another.

    Likewise whom a document cites for fewer than its opening counts in its own voice.
    """
    opening = [found for found in sums if found.opens]
    sums = [
        found
        for found in sums
        if not any(found.documents <= o.documents and found.best < o.best for o in opening)
    ]
    whole = [found.best for found in sums if found.kind not in ruleset.eyewitnesses]
    most = max(whole, default=0)
    return [found for found in sums if found.kind not in ruleset.eyewitnesses or found.best >= most]


def _partial(
    own: Sequence[ResolvedClaim],
    others: Sequence[ResolvedClaim],
    ruleset: Ruleset,
    fighters: bool,
) -> bool:
    """Tell whether a voice counts only some of the people that another counts.

    Who counts more of some than the other counts in all is at odds with it, and no part of it.
    Where nobody tells of fighters, who says "civilians" says whom the event killed, and not which
    of them.
    """
    return any(
        all(
            narrower(_told(claim.claim.group, fighters), other.claim.group)
            and _least(claim, ruleset) <= _most(other, ruleset)
            for claim in own
        )
        for other in others
    )


def _of_fighters(claim: ResolvedClaim) -> bool:
    group = claim.claim.group
    return group.attacker or group.status in (Status.COMBATANT, Status.MIXED)


def _told(group: Group, fighters: bool) -> Group:
    """Return a group, of whatever status where it is of civilians and fighters are not told of."""
    if fighters or group.status is not Status.CIVILIAN:
        return group
    return replace(group, status=Status.UNKNOWN)


def _least(claim: ResolvedClaim, ruleset: Ruleset) -> int:
    found = value(claim, ruleset)
    return 0 if found is None else found.low or 0


def _most(claim: ResolvedClaim, ruleset: Ruleset) -> float:
    """Return the most that a claim can mean: what is at least so many may be any more."""
    found = value(claim, ruleset)
    open_above = claim.claim.count.high is None
    return math.inf if found is None or open_above else found.high


def _slots(claims: Sequence[ResolvedClaim], beside: Beside, ruleset: Ruleset) -> list[_Slot]:
    groups: list[list[ResolvedClaim]] = []
    for claim in claims:
        for group in groups[-TANGLE:]:
            if all(
                same(claim.claim.group, other.claim.group)
                and not adds(claim, other, beside)
                and voice(claim) == voice(other)
                for other in group[:COMPARED] + group[COMPARED:][-COMPARED:]
            ):
                group.append(claim)
                break
        else:
            groups.append([claim])
    slots = []
    for group in groups:
        values = [found for claim in group if (found := value(claim, ruleset)) is not None]
        lows = [found.low for found in values if found.low is not None]
        slots.append(
            _Slot(
                claims=tuple(group),
                low=min(lows) if lows else None,
                # Within one text the lede says what stands; later numbers are often older tolls.
                best=values[0].best,
                high=max(found.high for found in values),
            )
        )
    return slots


def _add(
    slots: Sequence[_Slot], bound: str, conflicts: Mapping[int, Collection[int]]
) -> tuple[int, list[ClaimId]]:
    weights = {n: getattr(slot, bound) or 0 for n, slot in enumerate(slots)}
    choice = heaviest(weights, conflicts)
    used = [claim.id for n, slot in enumerate(slots) if n in choice.keys for claim in slot.claims]
    return choice.weight, used


def _conflicts(slots: Sequence[_Slot], beside: Beside) -> dict[int, set[int]]:
    """Return which counts may be of the same people, both ways.

    Two persons with names are held against each other only where they share a word of them, so that
    a list of a thousand names costs no more than its length.
    """
    named: dict[str, list[int]] = {}
    unnamed: list[int] = []
    found: dict[int, set[int]] = {n: set() for n in range(len(slots))}

    def hold(n: int, others: Iterable[int]) -> None:
        for m in others:
            if m != n and m not in found[n] and not _add_up(slots[n], slots[m], beside):
                found[n].add(m)
                found[m].add(n)

    for n, slot in enumerate(slots):
        words = _single_names(slot)
        if not words:
            hold(n, range(n))
            unnamed.append(n)
            continue
        hold(n, unnamed)
        for word in words:
            sharing = named.setdefault(word, [])
            hold(n, sharing[-COMPARED:])
            sharing.append(n)
    return found


def _add_up(one: _Slot, other: _Slot, beside: Beside) -> bool:
    return all(adds(a, b, beside) for a in one.claims[:COMPARED] for b in other.claims[:COMPARED])


def _single_names(slot: _Slot) -> frozenset[str]:
    """Return the words of the names of a count of one person; none where any statement has none."""
    found = [names(claim) for claim in slot.claims if claim.claim.count.low == 1]
    if len(found) < len(slot.claims) or not all(found):
        return frozenset()
    return frozenset().union(*found)


def _choose(
    sums: Sequence[Sum], echoes: Sequence[tuple[ResolvedClaim, ClaimId]], ruleset: Ruleset
) -> tuple[Figure, set[ClaimId]]:
    lows = [found.low for found in sums if found.low is not None]
    low = (min(lows) if ruleset.low == "smallest" else max(lows)) if lows else None
    highs = [found.high for found in sums]
    high = min(highs) if ruleset.high == "smallest" else max(highs)
    bests = sorted(found.best for found in sums)
    if ruleset.best == "smallest":
        best = low if low is not None else bests[0]
    elif ruleset.best == "largest":
        best = bests[-1]
    elif ruleset.best == "middle":
        best = bests[(len(bests) - 1) // 2]
    else:
        best = _most_given(sums, echoes)
    if low is not None:
        best = max(best, low)
    high = max(high, best)
    used = {claim for found in sums for claim in found.used}
    return Figure(low=low, best=best, high=high), used


def _most_given(sums: Sequence[Sum], echoes: Sequence[tuple[ResolvedClaim, ClaimId]]) -> int:
    """Return the figure that most originators give; ties to the later, then to the lower.

    Who states another's figure gives it, unless he has a sum of his own.
    """
    givers: dict[int, set[str]] = {}
    voices = {found.voice for found in sums}
    latest: dict[int, int] = {}
    for found in sums:
        named = givers.setdefault(found.best, set())
        named.add(found.voice)
        named.update(
            said
            for claim, to in echoes
            if to in found.used and claim.claim.said_by and (said := voice(claim)) not in voices
        )
        latest[found.best] = max(found.at, latest.get(found.best, -1))
    return max(givers, key=lambda best: (len(givers[best]), latest[best], -best))
