"""All documents of a record through the steps, each read once and all linked together."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import msgspec

from cenotaph import reconcile
from cenotaph.model import (
    ClaimId,
    Copy,
    Decision,
    Document,
    DocumentId,
    Finding,
    Incident,
    Linking,
    ResolvedClaim,
    Ruleset,
    TotalCheck,
)
from cenotaph.pipeline.derivation import Derivation, Update
from cenotaph.pipeline.interpreted import Interpreted, decode, reader_version
from cenotaph.pipeline.laid import Read
from cenotaph.pipeline.reported import Reports, reports
from cenotaph.pipeline.setting import Setting, Sources
from cenotaph.pipeline.settings import otherwise
from cenotaph.pipeline.worker import FAULT, reader, unread
from cenotaph.pool import Lost, Pool, ordered
from cenotaph.review import Reviewed
from cenotaph.store import Kept, Listed, NoRoom, Record, earlier, missing, readings, save

BATCH = 100
"""Readings kept in one transaction."""

Done = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """All that follows from a record's documents and decisions; rebuilt whenever it is asked for.

    `copies` gives, for an original, the documents of the same text that stand beside it; `passages`
    are those that a document shares with an earlier one; `interpreted` is what the reader read,
    `claims` what people made of it, `reviewed` how. `remains` are, for a claim that was set aside,
    those that stand of the event that it would be of.
    """

    listed: tuple[Listed, ...]
    copies: dict[DocumentId, tuple[DocumentId, ...]]
    interpreted: dict[DocumentId, Interpreted]
    claims: tuple[ResolvedClaim, ...]
    reviewed: Reviewed
    linking: Linking
    incidents: tuple[Incident, ...]
    checks: tuple[TotalCheck, ...]
    findings: tuple[Finding, ...]
    ruleset: Ruleset
    passages: tuple[Copy, ...] = ()
    remains: Mapping[ClaimId, tuple[ClaimId, ...]] = field(default_factory=dict)

    def claim(self, id_: ClaimId) -> ResolvedClaim | None:
        """Return a claim by its identifier, one that was set aside too."""
        rejected = (each.claim for each in self.reviewed.rejected)
        return next((claim for claim in (*self.claims, *rejected) if claim.id == id_), None)


def nothing() -> None:
    """Take no notice of progress."""


def derive(record: Record, *, sources: Sources, ruleset: Ruleset, done: Done = nothing) -> Derived:
    """Return what follows from a record, reading first what these sources have not read.

    New readings are kept, unless the record is write-protected; then they serve this once.
    """
    derivation = Derivation(ruleset)
    caught = catch_up(record, derivation, {}, sources=sources, done=done)
    found = assembled(derivation, caught.reports.listed)
    told = otherwise(sources, sources.open())
    return replace(found, findings=(*told, *found.findings)) if told else found


@dataclass(frozen=True, slots=True, kw_only=True)
class Caught:
    """A record as it is now: its reports, what the readings taken in are kept under, and what
    taking them in touched."""

    reports: Reports
    keys: Mapping[DocumentId, str]
    update: Update


def catch_up(
    record: Record,
    derivation: Derivation,
    before: Mapping[DocumentId, str],
    *,
    sources: Sources,
    done: Done = nothing,
    listed: Reports | None = None,
) -> Caught:
    """Take into a derivation what a record has beyond the readings of `before`, and decisions.

    What these sources have not read is read first; new readings are kept, unless the record is
    write-protected or its disk is full. `listed` are the reports as they were then.
    """
    known = reports(record, before=listed)
    keys = known.keys(reading_key(sources.open()))
    wanted = {id_: key for id_, key in keys.items() if before.get(id_) != key}
    fresh: dict[DocumentId, bytes] = {}
    if wanted and not kept_all(record, sources=sources, done=done):
        for id_, _, content in unkept(record, known, keys=keys, sources=sources, size=None):
            fresh[id_] = content
            done()
    contents = fresh | {id_: content for id_, _, content in readings(record, wanted)}
    come = (
        Read(document=each, interpreted=decode(contents[each.id]))
        for each in known.documents(record, list(wanted))
        if each.id in contents
    )
    gone = before.keys() - keys.keys()
    update = derivation.change(come, gone, held=known.held, replaced=known.replaced)
    there = {id_: key for id_, key in keys.items() if id_ in contents or id_ not in wanted}
    return Caught(reports=known, keys=there, update=update)


def together(
    known: Sequence[Listed],
    interpreted: dict[DocumentId, Interpreted],
    originals: Sequence[Document],
    *,
    ruleset: Ruleset,
    held: Sequence[Decision] = (),
    replaced: Mapping[DocumentId, DocumentId] | None = None,
) -> Derived:
    """Link and reconcile what documents say and people decided; a pure function of its arguments.

    `held` are the decisions that hold, `replaced` names for a document that no longer stands for
    itself the one that does.
    """
    derivation = Derivation(ruleset)
    derivation.change(
        (
            Read(document=each, interpreted=interpreted[each.id])
            for each in originals
            if each.id in interpreted
        ),
        held=held,
        replaced=replaced,
    )
    return assembled(derivation, known)


def assembled(derivation: Derivation, known: Sequence[Listed]) -> Derived:
    """Return all that follows as one value; `known` are all reports, copies included."""
    own = (each for read in derivation.interpreted.values() for each in read.findings)
    metadata = (finding for each in known for finding in each.findings)
    beside: dict[DocumentId, tuple[DocumentId, ...]] = {}
    for each in known:
        if each.id != each.original:
            beside[each.original] = (*beside.get(each.original, ()), each.id)
    remains = derivation.remains()
    reviewed = derivation.reviewed
    claims = derivation.claims()
    return Derived(
        listed=tuple(known),
        copies=beside,
        interpreted=dict(derivation.interpreted),
        claims=claims,
        reviewed=replace(reviewed, claims=claims),
        linking=derivation.linking(),
        incidents=derivation.ordered_incidents(),
        checks=derivation.checks(),
        findings=(*metadata, *own, *reviewed.findings, *derivation.found()),
        ruleset=derivation.ruleset,
        passages=derivation.copied(),
        remains=remains,
    )


def under(found: Derived, ruleset: Ruleset) -> tuple[Incident, ...]:
    """Return the incidents of a record as another ruleset reconciles them; links stay as they
    are."""
    gone = {each.claim.id for each in found.reviewed.rejected}
    mains = {e.reading.main for e in found.interpreted.values() if e.reading.main is not None}
    return reconcile.reconcile(found.claims, found.linking, ruleset=ruleset, mains=mains - gone)


def explained(document: Document, *, setting: Setting, ruleset: Ruleset) -> Derived:
    """Return what follows from one document, in the form that a record of it alone would have."""
    listing = Listed(
        id=document.id,
        original=document.id,
        name=str(document.id),
        published=document.published,
        title=document.title,
        publisher=document.publisher,
        lang=document.lang,
        country=document.country,
        note=document.note,
        findings=(),
    )
    from cenotaph.pipeline.document import interpret

    known = {document.id: interpret(document, setting=setting)}
    return together([listing], known, [document], ruleset=ruleset)


def reading_key(setting: Setting) -> str:
    """Return what stands for all that a reading depends on beside its document."""
    parts = [reader_version(), setting.country or ""]
    # A record is read with the gazetteers that it notes, whatever became of one since.
    parts += setting.noted or [source.sha256 for source in setting.gazetteer.sources]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:24]


def kept_all(record: Record, *, sources: Sources, done: Done) -> bool:
    """Read what has no reading and keep it; tell whether it could be kept."""
    if not record.writable:
        return False
    try:
        read(record, sources=sources, done=done)
    except NoRoom:
        return False
    return True


def read(
    record: Record,
    *,
    sources: Sources,
    done: Done = nothing,
    size: int | None = None,
    known: Reports | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> list[DocumentId]:
    """Read every original that has no reading with these sources; return those that could not be.

    Several processes read; readings are kept as they come, so that work cut short is not lost.
    `known` are the reports to be looked at, where they are not all; `meanwhile` is done while the
    first are read.
    """
    known = known or reports(record)
    keys = known.keys(reading_key(sources.open()))
    failed: list[DocumentId] = []
    kept: list[Kept] = []
    reading = unkept(record, known, keys=keys, sources=sources, size=size, meanwhile=meanwhile)
    for each in reading:
        kept.append(each)
        id_, lost, _ = each
        if lost:
            failed.append(id_)
        if len(kept) == BATCH:
            save(record, kept, keys=keys)
            kept.clear()
        done()
    if kept:
        save(record, kept, keys=keys)
    return failed


def unkept(
    record: Record,
    known: Reports,
    *,
    keys: Mapping[DocumentId, str],
    sources: Sources,
    size: int | None,
    meanwhile: Callable[[], None] | None = None,
) -> Iterator[Kept]:
    """Yield the readings that a record lacks under their keys, each with whether it failed."""
    wanted = missing(record, keys)
    given = with_earlier(record, known, wanted, keys=keys, setting=sources.open())
    found = answers(given, sources, size=size, meanwhile=meanwhile) if wanted else iter(())
    for id_, answer in zip(wanted, found, strict=True):
        if isinstance(answer, Lost):
            yield id_, True, unread(id_, answer.reason)
        else:
            yield id_, False, answer


def with_earlier(
    record: Record,
    known: Reports,
    wanted: Sequence[DocumentId],
    *,
    keys: Mapping[DocumentId, str],
    setting: Setting,
) -> Iterator[tuple[Document, bytes | None]]:
    """Yield documents to be read, with the reading whose places are to stay, if any.

    They stay where the record's gazetteer is another now or gone; not where a person has said of
    which country a report is.
    """
    for at in range(0, len(wanted), BATCH):
        some = wanted[at : at + BATCH]
        before = earlier(record, some) if setting.keeps else {}
        for document in known.documents(record, some):
            key, content = before.get(document.id, ("", None))
            same = key.partition("+")[2] == keys[document.id].partition("+")[2]
            moved = not same and "country" in known.metadata.get(document.id, {})
            yield document, None if moved else content


def answers(
    wanted: Iterable[tuple[Document, bytes | None]],
    sources: Sources,
    *,
    size: int | None,
    meanwhile: Callable[[], None] | None = None,
) -> Iterator[bytes | Lost]:
    """Yield the readings of documents in their order, or why there is none.

    With a document comes an earlier reading whose places are to stay what they were.
    """
    requests = map(msgspec.msgpack.encode, wanted)
    with Pool(partial(reader, sources), size=size) as pool:
        for answer in ordered(pool, requests, meanwhile=meanwhile):
            if isinstance(answer, bytes) and answer.startswith(FAULT):
                yield Lost(b"", answer.removeprefix(FAULT).decode())
            else:
                yield answer
