"""How well an event is attested, and who is held to have done it: two axes, each explained.

The five grades that Airwars publishes mix the two; they follow from both axes together.
"""

from collections.abc import Mapping, Sequence

from cenotaph.model import (
    COPIED,
    REWORDED,
    Actor,
    ClaimId,
    DocumentId,
    Estimate,
    Grading,
    Link,
    LinkKind,
    Measure,
    Relation,
    ResolvedClaim,
    Stance,
    Status,
)
from cenotaph.vocab import table
from cenotaph.voices import title, voice

# Each reason stands in the vocabulary of findings, under "grades".
SINGLE, SEVERAL, KINDS, UNATTRIBUTED = "single", "several", "several_kinds", "unattributed"
ACCEPTED, ONE, CONTESTED, UNKNOWN = "accepted", "single", "contested", "unknown"


def grading(
    claims: Sequence[ResolvedClaim],
    perpetrators: Sequence[Actor],
    sources: Mapping[str, str | None],
    estimates: Sequence[Estimate],
) -> Grading:
    """Return both axes of an event with their reasons, and the grade that follows from them.

    `sources` are its originators, each with its kind (see `originators`).

    Corroboration: "unattributed" (nobody is named who saw or counted), "single" (one originator),
    "several" (two or more, or reports that name nobody beside one another), "several_kinds" (two or
    more originators of different kinds). Responsibility: "accepted" (a party says that it did it),
    "single" (one party, or several jointly, are blamed), "contested" (several are), "unknown".
    """
    told = [kind for kind in sources.values() if kind is not None]
    kinds = tuple(sorted(set(told)))
    if not told and len(sources) < 2:
        corroboration = UNATTRIBUTED
    elif len(sources) < 2:
        corroboration = SINGLE
    else:
        corroboration = KINDS if len(kinds) > 1 else SEVERAL
    responsibility, parties = _responsibility(claims, perpetrators)
    words: Mapping[str, str] = table("findings")["grades"]
    reasons = (
        words[f"corroboration_{corroboration}"].format(
            sources="; ".join(sources), number=len(sources), kinds=", ".join(kinds)
        ),
        words[f"responsibility_{responsibility}"].format(parties=", ".join(parties)),
    )
    return Grading(
        corroboration=corroboration,
        kinds=kinds,
        responsibility=responsibility,
        grade=_grade(claims, corroboration, responsibility, estimates),
        reasons=reasons,
    )


def _responsibility(
    claims: Sequence[ResolvedClaim], perpetrators: Sequence[Actor]
) -> tuple[str, list[str]]:
    accepted = sorted({each.name for each in perpetrators if each.stance is Stance.ACCEPTED})
    if accepted:
        return ACCEPTED, accepted
    blamed = sorted({each.name for each in perpetrators if each.stance is Stance.ALLEGED})
    joint = any(c.claim.perpetrator_relation is Relation.JOINT for c in claims)
    if len(blamed) > 1 and not joint:
        return CONTESTED, blamed
    return (ONE if blamed else UNKNOWN), blamed


def _grade(
    claims: Sequence[ResolvedClaim],
    corroboration: str,
    responsibility: str,
    estimates: Sequence[Estimate],
) -> str:
    """Return Airwars' grade, as far as it follows from the two axes and from who was killed."""
    if responsibility == ACCEPTED:
        return "confirmed"
    statuses = {c.claim.group.status for c in claims if c.claim.measure is Measure.KILLED}
    if statuses == {Status.COMBATANT}:
        return "discounted"
    if responsibility == CONTESTED:
        return "contested"
    return "fair" if corroboration in (SEVERAL, KINDS) and estimates else "weak"


def originators(
    claims: Sequence[ResolvedClaim], links: Mapping[ClaimId, Sequence[Link]]
) -> dict[str, str | None]:
    """Return the independent originators, each with its kind: who said it first, by name, else the
    document that says it (of no kind).

    A copied passage adds nobody. A document that names an originator for any figure of the incident
    is no source of its own.
    """
    named: dict[str, tuple[str, str | None]] = {}
    open_: dict[DocumentId, bool] = {}
    for claim in claims:
        if any(
            link.kind is LinkKind.REPEATS and link.by in (COPIED, REWORDED)
            for link in links.get(claim.id, ())
        ):
            continue
        said = claim.claim.said_by
        if said or claim.voice is not None:
            kind = said[0].kind if said else None
            named.setdefault(voice(claim), (title(claim), kind))
        alone = not said and claim.voice is None
        open_[claim.claim.document] = open_.get(claim.claim.document, True) and alone
    found: dict[str, str | None] = dict(sorted(named.values()))
    found.update((str(document), None) for document in sorted(open_) if open_[document])
    return found
