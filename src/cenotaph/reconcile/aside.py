"""Which claims of an event give no figure, each with the reason: what is set aside before one is
chosen."""

from collections.abc import Collection, Mapping, Sequence

from cenotaph.model import (
    Certainty,
    ClaimId,
    Link,
    LinkKind,
    Measure,
    Modality,
    ResolvedClaim,
    Ruleset,
)
from cenotaph.reconcile.beside import Beside
from cenotaph.reconcile.people import adds, everyone, one_passage, same
from cenotaph.reconcile.values import value
from cenotaph.vocab import table
from cenotaph.voices import voice


def say(reason: str, **values: object) -> str:
    """Return a reason in words."""
    text: str = table("findings")["set_aside"][reason]
    return text.format(**values)


def reason_against(
    claim: ResolvedClaim, members: Collection[ClaimId], group: str | None, ruleset: Ruleset
) -> str | None:
    """Return why a claim gives no figure of a group under a ruleset, None where it may."""
    stated = claim.claim
    if stated.certainty not in (Certainty.ASSERTED, Certainty.SUSPECTED):
        return say("certainty", certainty=stated.certainty.value)
    if group is None and stated.part_of is not None:
        return say("breakdown", other=stated.part_of)
    unnumbered = stated.count.modality is Modality.NONE and group is not None
    if unnumbered or value(claim, ruleset) is None:
        imputed = stated.count.vague and ruleset.vague == "set_aside"
        return say("vague" if imputed else "no_number", ruleset=ruleset.name)
    if group is not None and stated.part_of in members and stated.part_of != claim.id:
        return say("breakdown", other=stated.part_of)
    return None


def held_by(
    claim: ResolvedClaim, links: Mapping[ClaimId, Sequence[Link]], members: Collection[ClaimId]
) -> ClaimId | None:
    """Return the figure of the same event that surely holds this one, such as a raised toll."""
    for link in links.get(claim.id, ()):
        if link.kind is LinkKind.WITHIN and link.to in members:
            return link.to
    return None


def repeat(
    claim: ResolvedClaim, links: Mapping[ClaimId, Sequence[Link]], members: Collection[ClaimId]
) -> Link | None:
    """Return the link by which a claim states a figure of the same event again."""
    for link in links.get(claim.id, ()):
        if link.kind is LinkKind.REPEATS and link.to in members:
            return link
    return None


def numbers_first(
    claims: Sequence[ResolvedClaim], beside: Beside
) -> tuple[list[ResolvedClaim], list[tuple[ClaimId, str]]]:
    """Set a vague word aside where a number is given for the same people, or for people among
    them."""
    kept: list[ResolvedClaim] = []
    aside: list[tuple[ClaimId, str]] = []
    given = [claim for claim in claims if claim.claim.count.modality is not Modality.NONE]
    uncounted = [claim for claim in claims if claim.claim.count.modality is Modality.NONE]
    aside.extend((c.id, say("vague_beside_number")) for c in uncounted[0 if given else 1 :])
    claims = given or uncounted[:1]
    numbers = [claim for claim in claims if not claim.claim.count.vague]
    for claim in claims:
        better = claim.claim.count.vague and any(
            same(claim.claim.group, other.claim.group)
            and not adds(claim, other, beside)
            and not _fewer(other, claim)
            for other in numbers
        )
        if better:
            aside.append((claim.id, say("vague_beside_number")))
        else:
            kept.append(claim)
    return kept, aside


def _fewer(one: ResolvedClaim, vague: ResolvedClaim) -> bool:
    """Tell whether a number is smaller than any that a vague word means: one, and "several"."""
    most, least = one.claim.count.high, vague.claim.count.low
    return most is not None and least is not None and most < least


def openings(
    told: Sequence[ResolvedClaim], claims: Sequence[ResolvedClaim], measure: Measure
) -> tuple[list[ResolvedClaim], list[tuple[ClaimId, str]]]:
    """Keep, of each document that opens with a count in its own voice, that count alone.

    The opening is the passage in which the document first tells of the event; a document whose
    opening counts nobody of the measure, or names a source, sums nothing up. An opening that gives
    an upper bound alone leaves the lower one to what is told below it.
    """
    opened = opening_claims(claims)
    summed = {
        claim.claim.document
        for claim in claims
        if claim.id in opened and claim.claim.measure is measure and numbered(claim)
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
    return kept, [(c.id, say("opening")) for c in told if c.id not in inside]


def opening_claims(claims: Sequence[ResolvedClaim]) -> frozenset[ClaimId]:
    """Return what each document counts in its own voice where it first tells of the event."""
    first: dict[str, ResolvedClaim] = {}
    for claim in claims:
        before = first.get(claim.claim.document)
        if before is None or claim.claim.counted.start < before.claim.counted.start:
            first[claim.claim.document] = claim
    return frozenset(
        claim.id
        for claim in claims
        if one_passage(claim, first[claim.claim.document]) and _own_voice(claim)
    )


def _own_voice(claim: ResolvedClaim) -> bool:
    """Tell whether the words of a claim name no source: whose it is, a later sentence may tell."""
    stated = claim.claim
    return all(source.quote.start >= stated.quote.end for source in stated.said_by)


def _within(claim: ResolvedClaim, most: int | None) -> bool:
    """Tell whether a figure is no higher than the most that the opening gives ("up to 12")."""
    return most is None or (claim.claim.count.low or 0) <= most


def numbered(claim: ResolvedClaim) -> bool:
    """Tell whether a claim gives a number of everyone it counts, and no vague word."""
    stated = claim.claim
    return stated.count.low is not None and not stated.count.vague and stated.part_of is None


def last(
    claims: Sequence[ResolvedClaim], beside: Beside
) -> tuple[list[ResolvedClaim], list[tuple[ClaimId, str]]]:
    """Keep each voice's figures of its last document, and earlier ones of people kept apart from
    those, or of everyone where the last are of some only: "a girl died of her wounds" is no toll.
    """
    kept: list[ResolvedClaim] = []
    old: list[tuple[ClaimId, str]] = []
    later: dict[str, dict[str, list[ResolvedClaim]]] = {}
    for claim in reversed(claims):
        newer = [
            other
            for document, others in later.get(voice(claim), {}).items()
            if document != claim.claim.document
            for other in others
            if not adds(claim, other, beside) and not _of_fewer(other, claim)
        ]
        if newer:
            old.append((claim.id, say("replaced", other=newer[0].id)))
        else:
            kept.append(claim)
            own = later.setdefault(voice(claim), {})
            own.setdefault(claim.claim.document, []).append(claim)
    return kept[::-1], old[::-1]


def _of_fewer(later: ResolvedClaim, earlier: ResolvedClaim) -> bool:
    """Tell whether a later figure is of some people by age, sex or role, an earlier of all."""
    return everyone(earlier.claim.group) and not everyone(later.claim.group)
