"""Deciding: what a person says is checked against the record, tied to its words, and appended."""

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from cenotaph import review
from cenotaph.model import (
    NAME,
    OF_PAIRS,
    SOURCE,
    Anchor,
    Bond,
    ClaimId,
    Decision,
    DecisionKind,
    DocumentId,
    ResolvedClaim,
    thawed,
)
from cenotaph.pipeline.record import Derived, together
from cenotaph.pipeline.reported import Texts, reports
from cenotaph.store import Record, enter, log
from cenotaph.store import decisions as every_decision


class DecisionError(Exception):
    """A decision that cannot be taken; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decidable:
    """What decisions can be about: claims, those that were set aside too, the claims of an incident
    by its identifier, and reports; with what people said of pairs of claims, and the event of a
    claim."""

    claims: Mapping[ClaimId, ResolvedClaim]
    members: Callable[[str], tuple[ClaimId, ...] | None]
    reports: Container[DocumentId]
    bonds: Sequence[Bond] = ()
    event_of: Callable[[ClaimId], object] = lambda _: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of a history: what happened, when, and the decision, where it was one.

    `holds` is False for a decision that was taken back.
    """

    sequence: int
    at: str
    kind: str
    payload: Mapping[str, Any]
    decision: Decision | None = None
    holds: bool = True


def decisions(record: Record) -> tuple[Decision, ...]:
    """Return every decision of a record, those taken back too, in the order they were taken."""
    return every_decision(record)


def decide(
    record: Record,
    wanted: Sequence[Decision],
    *,
    known: Derived | Decidable,
    token: str | None = None,
) -> Decision:
    """Append a decision, or several as one batch, and return it with its number.

    `known` is what follows from the record: subjects may be claims or incidents of it, reports, or
    (for places) names. With the `token` of an earlier call nothing is added, and what that call
    appended is returned: a form may be sent twice. Raises DecisionError.
    """
    if not wanted:
        raise DecisionError("There is nothing to decide.")
    ready = ready_to_enter(record, wanted, known=known)
    if len(ready) == 1:
        (whole,) = ready
    else:
        whole = Decision(kind=DecisionKind.BATCH, by=ready[0].by, decisions=tuple(ready))
    with record.writer() as connection:
        return enter(connection, whole, token=token)


def decidable(known: Derived) -> Decidable:
    """Return what decisions can be about in what follows from a record."""
    claims = {each.id: each for each in known.claims}
    claims.update((each.claim.id, each.claim) for each in known.reviewed.rejected)
    members = {str(each.id): each.claims for each in known.incidents}
    event_of = {claim: each.id for each in known.incidents for claim in each.claims}
    return Decidable(
        claims=claims,
        members=members.get,
        reports={each.id for each in known.listed},
        bonds=known.reviewed.bonds,
        event_of=event_of.get,
    )


def ready_to_enter(
    record: Record,
    wanted: Sequence[Decision],
    *,
    known: Derived | Decidable,
    texts: Texts | None = None,
) -> list[Decision]:
    """Return decisions checked, their subjects resolved and tied to words. Raises DecisionError.

    Nothing is written: what it would change can be seen by laying them over `known`. Who asks about
    the same reports again gives the `texts` that were fetched.
    """
    about = decidable(known) if isinstance(known, Derived) else known
    opened = Texts(record) if texts is None else texts
    ready: list[Decision] = []
    said = list(about.bonds)
    for each in wanted:
        one = _ready(each, about, opened)
        _straight(one, said, about)
        said += review.bonds([one], lambda _, subject: ClaimId(subject))[0]
        ready.append(one)
    return ready


def preview(record: Record, wanted: Sequence[Decision], *, known: Derived) -> Derived:
    """Return what would follow, were these decisions taken now; nothing is written.

    Raises DecisionError.
    """
    ready = ready_to_enter(record, wanted, known=known)
    standing = reports(record)
    last = max((each.sequence or 0 for each in standing.held), default=0)
    foreseen = (replace(each, sequence=last + at) for at, each in enumerate(ready, 1))
    return together(
        standing.listed,
        known.interpreted,
        list(standing.documents(record, list(known.interpreted))),
        ruleset=known.ruleset,
        held=(*standing.held, *foreseen),
        replaced=standing.replaced,
    )


def _ready(each: Decision, about: Decidable, text: Texts) -> Decision:
    claims, members, reports = about.claims, about.members, about.reports
    if not each.by.strip():
        raise DecisionError("A decision needs to say who takes it.")
    if each.kind in (DecisionKind.UNDO, DecisionKind.BATCH):
        raise DecisionError("Undo is a call of its own, and several decisions make a batch.")
    if not each.subjects:
        raise DecisionError("A decision needs to say what it is about.")
    if each.kind is DecisionKind.SET_SOURCE:
        return _ready_source(each)
    if each.kind is DecisionKind.SET_METADATA:
        _reports(each, reports)
        _fitting(each, lambda: review.checked_metadata(each.value))
        return each
    if each.kind is DecisionKind.ADD:
        return _ready_to_add(each, claims, reports, text)
    subjects = _claims(each.subjects, claims, members, names=each.kind is DecisionKind.SET_PLACE)
    others = _claims(each.others, claims, members)
    if each.kind in OF_PAIRS and set(subjects) & set(others):
        raise DecisionError("The two groups of a pair have a claim in common.")
    value = each.value
    if each.kind is DecisionKind.EDIT and not value:
        raise DecisionError(f"Say what to set: {', '.join(review.SLOTS)}.")
    for kind, slot in ((DecisionKind.SET_PLACE, "place"), (DecisionKind.SET_WHEN, "when")):
        if each.kind is kind and set(value) != {slot}:
            raise DecisionError(f"A decision to {kind} gives one thing: {slot}.")
    if each.kind in review.ON_CLAIMS and value:
        for id_ in subjects:
            claim = claims.get(ClaimId(id_))
            if claim is not None:
                _fitting(each, lambda of=claim: review.checked(of, value))
            else:
                _fitting(each, lambda: review.placed(thawed(value["place"])))
    anchors: list[Anchor] = [
        review.anchor(claims[ClaimId(id_)].claim, text(claims[ClaimId(id_)].claim.document))
        for id_ in dict.fromkeys((*subjects, *others))
        if not id_.startswith(NAME)
    ]
    return replace(each, subjects=subjects, others=others, anchors=tuple(anchors))


def _straight(each: Decision, said: Sequence[Bond], about: Decidable) -> None:
    """Raise DecisionError for a decision that would close a circle with what people said already,
    the same batch among it."""
    closed = review.circle(each, said, about.event_of)
    if closed is None:
        return
    where = f"decision {closed.decision}" if closed.decision else "the same batch"
    if each.kind is DecisionKind.COPY_OF:
        raise DecisionError(
            f"The second is held to be a copy of the first already ({where}), and nothing is a "
            "copy of its own copy. Take that back first."
        )
    raise DecisionError(
        f"The one that shall hold the other is held to be part of it already ({where}), and "
        "nothing is part of its own part. Take that back first."
    )


def _ready_source(each: Decision) -> Decision:
    for subject in each.subjects:
        if not subject.startswith(SOURCE):
            raise DecisionError(f"A source is named with {SOURCE} before it: {subject!r}.")
        name = subject.removeprefix(SOURCE)
        _fitting(each, lambda of=name: review.checked_source(of, each.value))
    return each


def _ready_to_add(
    each: Decision,
    claims: Mapping[ClaimId, ResolvedClaim],
    reports: Container[DocumentId],
    text: Texts,
) -> Decision:
    """Return a decision to add a claim, with the words it stands on completed from its report."""
    _reports(each, reports)
    if len(each.subjects) > 1:
        raise DecisionError("A claim is added to one report.")
    value: dict[str, Any] = {name: thawed(given) for name, given in each.value.items()}
    words = value.get("words")
    said = text(DocumentId(each.subjects[0]))
    start, end = _span(words, said)
    value["words"] = {
        "start": start,
        "end": end,
        "text": said[start:end],
        "before": said[max(0, start - 40) : start],
        "after": said[end : end + 40],
    }
    if "measure" not in value:
        raise DecisionError("A claim needs to say what it counts: measure.")
    added = replace(each, value=value)
    texts = {DocumentId(each.subjects[0]): said}
    made: list[ResolvedClaim | None] = []
    _fitting(each, lambda: made.append(review.by_hand(added, texts=texts)))
    claim = made[0]
    assert claim is not None
    if claim.id in claims:
        raise DecisionError(f"These words are counted by {claim.id} already; edit that claim.")
    # The claim keeps this identifier, whatever later becomes of its report's text.
    return replace(added, value={**value, "claim": claim.id})


def _span(words: Any, said: str) -> tuple[int, int]:
    """Return where the words of a claim stand; their text alone will do where it stands once."""
    if isinstance(words, str):
        words = {"text": words}
    if not isinstance(words, dict):
        raise DecisionError("A claim needs the words that it stands on.")
    start, end, wanted = words.get("start"), words.get("end"), words.get("text")
    if isinstance(start, int) and isinstance(end, int):
        if not 0 <= start < end <= len(said):
            raise DecisionError(f"The report has no words from {start} to {end}.")
        if wanted is not None and said[start:end] != wanted:
            raise DecisionError(f"From {start} to {end} the report says other words than those.")
        return start, end
    if not isinstance(wanted, str) or not wanted.strip():
        raise DecisionError("A claim needs the words that it stands on.")
    times = said.count(wanted)
    if not times:
        raise DecisionError(f"The report does not say “{wanted}”; give words that it says once.")
    if times > 1:
        raise DecisionError(
            f"The report says {times} times “{wanted}”; give words that it says once."
        )
    return said.index(wanted), said.index(wanted) + len(wanted)


def _reports(each: Decision, reports: Container[DocumentId]) -> None:
    for subject in each.subjects:
        if DocumentId(subject) not in reports:
            raise DecisionError(f"There is no report {subject!r} in this record.")


def _claims(
    subjects: Iterable[str],
    claims: Mapping[ClaimId, ResolvedClaim],
    members: Callable[[str], tuple[ClaimId, ...] | None],
    *,
    names: bool = False,
) -> tuple[str, ...]:
    """Return the claims that subjects stand for, an incident for all of its own."""
    found: dict[str, None] = {}
    for subject in subjects:
        if ClaimId(subject) in claims or (names and subject.startswith(NAME)):
            found[subject] = None
        elif (of := members(subject)) is not None:
            found.update(dict.fromkeys(map(str, of)))
        else:
            raise DecisionError(f"There is no claim or incident {subject!r} in this record.")
    return tuple(found)


def _fitting(each: Decision, check: Any) -> None:
    try:
        check()
    except review.Unfit as error:
        raise DecisionError(f"This cannot be set: {error}.") from error


def undo(
    record: Record,
    sequence: int | None = None,
    *,
    by: str,
    reason: str | None = None,
    token: str | None = None,
) -> Decision:
    """Take back the decision of an entry, or the last one that holds and is no undo.

    An undo is an entry itself, and can be taken back. Raises DecisionError where there is nothing
    to take back.
    """
    if not by.strip():
        raise DecisionError("An undo needs to say who takes it back.")
    known = every_decision(record)
    if sequence is None:
        last = review.undoable(known)
        if last is None:
            raise DecisionError("There is no decision to take back.")
        sequence = last.sequence
    elif all(each.sequence != sequence for each in known):
        raise DecisionError(f"Entry {sequence} of the log is no decision.")
    elif sequence in review.taken_back(known):
        raise DecisionError(f"Decision {sequence} is taken back already.")
    wanted = Decision(kind=DecisionKind.UNDO, by=by, reason=reason, takes_back=sequence)
    with record.writer() as connection:
        return enter(connection, wanted, token=token)


def history(
    record: Record,
    subject: str | None = None,
    *,
    kinds: Collection[str] = (),
    since: int = 0,
    limit: int | None = None,
) -> tuple[Event, ...]:
    """Return what happened, in order: to everything, or to one claim, report or capture.

    Of everything it may be only entries of some kinds, those after the one numbered `since`, and no
    more than `limit`.

    Of a claim and of a report that is each decision about them, with what took it back; of a report
    also that it was added.
    """
    known = every_decision(record)
    gone = review.taken_back(known)
    by_number = {each.sequence: each for each in known}
    entries: Iterable[log.Entry]
    if subject is None:
        entries = islice(log.entries(record, since=since, kinds=kinds), limit)
    else:
        entries = _about(record, subject, known)
    return tuple(
        Event(
            sequence=each.sequence,
            at=each.at,
            kind=each.kind,
            payload=each.payload,
            decision=by_number.get(each.sequence),
            holds=each.sequence not in gone,
        )
        for each in entries
    )


def _about(record: Record, subject: str, known: Sequence[Decision]) -> list[log.Entry]:
    numbers = {each.sequence for each in known if subject in _subjects(each)}
    for each in known:
        if each.takes_back in numbers:
            numbers.add(each.sequence)
    found = {each.sequence: each for each in log.entries(record, subject=subject)}
    if numbers - found.keys():
        for entry in log.entries(record, kinds=("decision",)):
            if entry.sequence in numbers:
                found[entry.sequence] = entry
    return [found[number] for number in sorted(found)]


def _subjects(each: Decision) -> set[str]:
    own = {*each.subjects, *each.others}
    if "claim" in each.value:
        own.add(str(each.value["claim"]))
    for one in each.decisions:
        own |= _subjects(one)
    return own
