"""Claims as decided: edited, set aside, or made by hand, with what the machine read beside them."""

import enum
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cenotaph.model import (
    NAME,
    Bond,
    Claim,
    ClaimId,
    Count,
    Decision,
    DecisionKind,
    DocumentId,
    Finding,
    Measure,
    Modality,
    Place,
    Quote,
    ResolvedClaim,
    thawed,
)
from cenotaph.review import anchors, slots
from cenotaph.review.bonds import bonds
from cenotaph.review.names import names_of, settled_name

BY_HAND = "by-hand"
"""The rule of claims that a person made."""

ON_CLAIMS = frozenset(
    {
        DecisionKind.ACCEPT,
        DecisionKind.REJECT,
        DecisionKind.EDIT,
        DecisionKind.FLAG,
        DecisionKind.SET_PLACE,
        DecisionKind.SET_WHEN,
    }
)
"""The decisions that are about claims that were read."""

SmallestArea = Callable[[Sequence[Place]], Place | None]


class State(enum.StrEnum):
    """What people did with a claim, last of all."""

    ACCEPTED = "accepted"
    EDITED = "edited"
    ADDED = "added"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What was decided about one claim.

    `state` is None where it was only flagged or placed; `machine` is the claim as it was read,
    where a person changed it; `decisions` are the numbers of the entries, in their order.
    """

    claim: ClaimId
    state: State | None
    flagged: bool
    machine: ResolvedClaim | None
    decisions: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A claim that a person set aside, and why."""

    claim: ResolvedClaim
    reason: str
    decision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """Claims as decided. `uncarried` are decisions that found nothing to hold for."""

    claims: tuple[ResolvedClaim, ...]
    reviews: Mapping[ClaimId, Review]
    rejected: tuple[Rejected, ...]
    bonds: tuple[Bond, ...]
    uncarried: tuple[Decision, ...]
    findings: tuple[Finding, ...]


@dataclass
class _About:
    """What is gathered of one claim while decisions are read in their order."""

    state: State | None = None
    flagged: bool = False
    reason: str = ""
    rejected_by: int = 0
    slots: dict[str, Any] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)


def review(
    claims: Sequence[ResolvedClaim],
    held: Sequence[Decision],
    *,
    texts: Mapping[DocumentId, str],
    replaced: Mapping[DocumentId, DocumentId] | None = None,
    smallest_area: SmallestArea = lambda _: None,
) -> Reviewed:
    """Return claims as the decisions that hold make them.

    `texts` are those of the documents that decisions are about, `replaced` names for a document of
    an older reader the one that stands in for it; `smallest_area` gives the area of several places.
    A decision that finds no claim, or two that it could mean, changes nothing and is listed.
    """
    if not held:
        return Reviewed(
            claims=tuple(claims), reviews={}, rejected=(), bonds=(), uncarried=(), findings=()
        )
    stands_in = replaced or {}
    lost: list[Decision] = []
    made, added, unmade = _made(held, texts=texts, replaced=stands_in)
    lost += unmade
    own = {each.id for each in made}
    everything = [*(each for each in claims if each.id not in own), *made]
    machine = {each.id: each for each in claims}
    by_document: dict[DocumentId, list[ResolvedClaim]] = {}
    for each in everything:
        by_document.setdefault(each.claim.document, []).append(each)
    known = {each.id for each in everything}

    def find(decision: Decision, subject: str) -> ClaimId | None:
        if ClaimId(subject) in known:
            return ClaimId(subject)
        for kept in decision.anchors:
            if kept.claim == subject:
                return anchors.found(kept, by_document, texts=texts, replaced=stands_in)
        return None

    about: dict[ClaimId, _About] = {}
    for id_, number in added.items():
        about[id_] = _About(state=State.ADDED, numbers=[number])
    names: dict[str, tuple[Any, int]] = {}
    for one in held:
        if not _take(one, find, about, names):
            lost.append(one)
    bound, unbound = bonds(held, find)
    lost += unbound

    decided: list[ResolvedClaim] = []
    rejected: list[Rejected] = []
    for each in everything:
        after = _placed(each, names, about, smallest_area)
        gathered = about.get(each.id)
        if gathered is not None and gathered.slots:
            after = slots.edited(after, gathered.slots)
        if gathered is not None and gathered.state is State.REJECTED:
            rejected.append(
                Rejected(claim=after, reason=gathered.reason, decision=gathered.rejected_by)
            )
        else:
            decided.append(after)
    standing = {each.id: each for each in (*decided, *(one.claim for one in rejected))}
    reviews = {
        id_: Review(
            claim=id_,
            state=known_of.state,
            flagged=known_of.flagged,
            machine=machine.get(id_) if machine.get(id_) != standing[id_] else None,
            decisions=tuple(known_of.numbers),
        )
        for id_, known_of in about.items()
    }
    gone = {each.claim.id: each.claim.claim.part_of for each in rejected}
    return Reviewed(
        claims=tuple(_upward(each, gone) for each in decided),
        reviews=reviews,
        rejected=tuple(rejected),
        bonds=tuple(each for each in bound if not {each.claim, each.to} & gone.keys()),
        uncarried=tuple(sorted(lost, key=lambda each: each.sequence or 0)),
        findings=tuple(
            _finding(each, stands_in) for each in sorted(lost, key=lambda each: each.sequence or 0)
        ),
    )


def _take(
    each: Decision,
    find: Callable[[Decision, str], ClaimId | None],
    about: dict[ClaimId, _About],
    names: dict[str, tuple[Any, int]],
) -> bool:
    """Note what a decision says of its claims, and tell whether all of them were found."""
    number = each.sequence or 0
    known = True
    for subject in each.subjects:
        if each.kind is DecisionKind.SET_PLACE and subject.startswith(NAME):
            names[settled_name(subject)] = thawed(each.value["place"]), number
            continue
        if each.kind not in ON_CLAIMS:
            continue
        id_ = find(each, subject)
        if id_ is None:
            known = False
            continue
        one = about.setdefault(id_, _About())
        one.numbers.append(number)
        _note(each, one, number)
    return known


def _note(each: Decision, one: _About, number: int) -> None:
    match each.kind:
        case DecisionKind.FLAG:
            one.flagged = True
        case DecisionKind.ACCEPT:
            one.state, one.flagged = State.ACCEPTED, False
        case DecisionKind.REJECT:
            one.state, one.flagged = State.REJECTED, False
            one.reason, one.rejected_by = each.reason or "", number
        case DecisionKind.EDIT:
            one.state, one.flagged = State.EDITED, False
            _merge(one.slots, each.value)
        case _:
            _merge(one.slots, each.value)


def _merge(known: dict[str, Any], value: Mapping[str, Any]) -> None:
    """Lay slots over earlier ones; of a group only what is said again is said anew."""
    for name, given in value.items():
        each = thawed(given)
        if name == "group" and isinstance(each, dict) and isinstance(known.get(name), dict):
            known[name] = {**known[name], **each}
        else:
            known[name] = each


def _made(
    held: Sequence[Decision],
    *,
    texts: Mapping[DocumentId, str],
    replaced: Mapping[DocumentId, DocumentId],
) -> tuple[list[ResolvedClaim], dict[ClaimId, int], list[Decision]]:
    """Return the claims made by hand, the entry of each, and what finds its words no more."""
    made: dict[ClaimId, ResolvedClaim] = {}
    numbers: dict[ClaimId, int] = {}
    lost: list[Decision] = []
    for each in held:
        if each.kind is not DecisionKind.ADD:
            continue
        claim = by_hand(each, texts=texts, replaced=replaced)
        if claim is None:
            lost.append(each)
            continue
        made[claim.id] = claim
        numbers[claim.id] = each.sequence or 0
    return list(made.values()), numbers, lost


def by_hand(
    each: Decision,
    *,
    texts: Mapping[DocumentId, str],
    replaced: Mapping[DocumentId, DocumentId] | None = None,
) -> ResolvedClaim | None:
    """Return the claim that a decision makes of words, or None where its report says them no more.

    Raises Unfit where a slot cannot hold its value.
    """
    document = DocumentId(each.subjects[0])
    seen = {document}
    while replaced and document in replaced and replaced[document] not in seen:
        document = replaced[document]
        seen.add(document)
    text = texts.get(document)
    value: dict[str, Any] = {name: thawed(given) for name, given in each.value.items()}
    words = value.pop("words")
    kept = value.pop("claim", None)
    if text is None:
        return None
    start = _where(text, words)
    if start is None:
        return None
    counted = Quote.of(text, start, start + len(words["text"]))
    value.setdefault("count", {"low": None, "high": None})
    claim = Claim(
        document=document,
        measure=Measure.KILLED,
        count=Count(low=None, high=None, modality=Modality.NONE),
        counted=counted,
        quote=sentence(text, counted),
        rule=BY_HAND,
    )
    measured = replace(claim, measure=Measure(value.get("measure", "killed")))
    if kept is not None:
        measured = replace(measured, kept_id=ClaimId(kept))
    return slots.edited(ResolvedClaim(claim=measured), value)


def _where(text: str, words: Mapping[str, Any]) -> int | None:
    """Return where a text says these words: at their place, else where alone it says them."""
    wanted, start = words["text"], words["start"]
    if text[start : start + len(wanted)] == wanted:
        return int(start)
    around = words.get("before", "") + wanted + words.get("after", "")
    if text.count(around) == 1:
        return text.index(around) + len(words.get("before", ""))
    return text.index(wanted) if text.count(wanted) == 1 else None


_ENDS = re.compile(r"[.!?…؟。]+[\"'”’»)\]]*\s+|\n+")


def sentence(text: str, words: Quote) -> Quote:
    """Return the passage that words stand in: to the ends of sentences or lines around them."""
    start, end = 0, len(text)
    for match in _ENDS.finditer(text):
        if match.end() <= words.start:
            start = match.end()
        elif match.start() >= words.end - 1:
            end = max(words.end, match.start() + len(match[0].rstrip()))
            break
    while start < words.start and text[start].isspace():
        start += 1
    while end > words.end and text[end - 1].isspace():
        end -= 1
    return Quote.of(text, start, end)


def _placed(
    claim: ResolvedClaim,
    names: Mapping[str, tuple[Any, int]],
    about: dict[ClaimId, _About],
    smallest_area: SmallestArea,
) -> ResolvedClaim:
    """Return a claim with the places that a person gave to the names it uses."""
    if not names or not claim.places:
        return claim
    placed: list[Place] = []
    numbers: list[int] = []
    for place in claim.places:
        found = None
        for name in names_of(place, claim):
            found = found or names.get(name)
        if found is None:
            placed.append(place)
            continue
        meant = slots.place(found[0], place.quote)
        numbers.append(found[1])
        if meant is not None:
            placed.append(meant)
    if not numbers:
        return claim
    about.setdefault(claim.id, _About()).numbers.extend(numbers)
    one = placed[0] if len(placed) == 1 else smallest_area(placed) if placed else None
    return replace(claim, place=one, places=tuple(placed))


def _upward(claim: ResolvedClaim, gone: Mapping[ClaimId, ClaimId | None]) -> ResolvedClaim:
    """Return a claim that is part of the next larger one that was not set aside, if any."""
    whole = claim.claim.part_of
    while whole is not None and whole in gone:
        whole = gone[whole]
    if whole == claim.claim.part_of:
        return claim
    return replace(claim, claim=replace(claim.claim, part_of=whole))


def _finding(each: Decision, replaced: Mapping[DocumentId, DocumentId]) -> Finding:
    """Say that a decision holds for nothing now, of the reports that stand now."""
    kept = each.anchors[0] if each.anchors else None
    decided = [DocumentId(one.document) for one in each.anchors]
    if each.kind is DecisionKind.ADD:
        decided = [DocumentId(each.subjects[0])]
    documents = tuple(dict.fromkeys(replaced.get(one, one) for one in decided))
    words = f" about “{kept.text}”" if kept else ""
    return Finding(
        code="decision-not-carried",
        message=f"Decision {each.sequence} ({each.kind}, by {each.by}){words} finds nothing to "
        "hold for in the present reading; decide again, or undo it.",
        documents=documents,
    )
