"""All documents of a record through the steps, each read once and all linked together."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import msgspec

from cenotaph import copies, link, reconcile
from cenotaph.model import (
    ClaimId,
    Copy,
    Document,
    DocumentId,
    Finding,
    Incident,
    Linking,
    Quote,
    Reading,
    ResolvedClaim,
    Ruleset,
    TotalCheck,
)
from cenotaph.pipeline.document import Setting, interpret
from cenotaph.pipeline.interpreted import Interpreted, decode, encode, reader_version
from cenotaph.pipeline.pool import Lost, Pool, Work, ordered
from cenotaph.pipeline.settings import Sources
from cenotaph.store import Kept, Listed, Record, documents, listed, missing, readings, save

FAULT = b"!"
"""What a worker's answer begins with where it is no reading (no reading begins so)."""

BATCH = 100
"""Readings kept in one transaction."""

Done = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """All that follows from a record's documents and decisions; rebuilt whenever it is asked for.

    `copies` gives, for an original, the documents of the same text that stand beside it; `passages`
    are those that a document shares with an earlier one.
    """

    listed: tuple[Listed, ...]
    copies: dict[DocumentId, tuple[DocumentId, ...]]
    interpreted: dict[DocumentId, Interpreted]
    claims: tuple[ResolvedClaim, ...]
    linking: Linking
    incidents: tuple[Incident, ...]
    checks: tuple[TotalCheck, ...]
    findings: tuple[Finding, ...]
    ruleset: Ruleset
    passages: tuple[Copy, ...] = ()

    def claim(self, id_: ClaimId) -> ResolvedClaim | None:
        """Return a claim by its identifier."""
        return next((claim for claim in self.claims if claim.id == id_), None)


def nothing() -> None:
    """Take no notice of progress."""


def derive(record: Record, *, sources: Sources, ruleset: Ruleset, done: Done = nothing) -> Derived:
    """Return what follows from a record, reading first what these sources have not read.

    New readings are kept, unless the record is write-protected; then they serve this once.
    """
    known = tuple(listed(record))
    originals = [each.id for each in known if each.original == each.id]
    key = reading_key(sources.open())
    fresh: dict[DocumentId, bytes] = {}
    if record.writable:
        read(record, sources=sources, done=done)
    else:
        for id_, _, content in unkept(record, key=key, sources=sources, size=None):
            fresh[id_] = content
            done()
    contents = fresh | {id_: content for id_, _, content in readings(record, originals, key=key)}
    interpreted = {id_: decode(contents[id_]) for id_ in originals if id_ in contents}
    return together(known, interpreted, list(documents(record, originals)), ruleset=ruleset)


def _own_words(
    dated: Sequence[Document], copied: Sequence[Copy], known: Mapping[DocumentId, Interpreted]
) -> Iterator[tuple[DocumentId, dict[str, float]]]:
    """Yield the telling words of each document outside the passages that it copies."""
    passages: dict[DocumentId, list[Quote]] = {}
    for copy in copied:
        passages.setdefault(copy.document, []).append(copy.passage)
    for each in dated:
        text = each.text
        for passage in passages.get(each.id, ()):
            blank = " " * (passage.end - passage.start)
            text = text[: passage.start] + blank + text[passage.end :]
        claims = known[each.id].claims if each.id in known else ()
        yield each.id, link.terms(text, claims)


def together(
    known: Sequence[Listed],
    interpreted: dict[DocumentId, Interpreted],
    originals: Sequence[Document],
    *,
    ruleset: Ruleset,
) -> Derived:
    """Link and reconcile what documents say; a pure function of its arguments."""
    claims = tuple(claim for each in interpreted.values() for claim in each.claims)
    stated = tuple(one for each in interpreted.values() for one in each.reading.links)
    published = {id_: each.published for id_, each in interpreted.items()}
    # A document is as old as its own date line says, where its metadata do not date it.
    dated = [replace(each, published=published.get(each.id)) for each in originals]
    mains = {each.reading.main for each in interpreted.values() if each.reading.main is not None}
    copied = copies.find(dated)
    linking = link.link(
        claims,
        stated=stated,
        copies=copied,
        published=published,
        terms=dict(_own_words(dated, copied, interpreted)),
        mains=mains,
    )
    incidents = reconcile.reconcile(claims, linking, ruleset=ruleset, mains=mains)
    checks = reconcile.checks(claims, linking)
    own = (finding for each in interpreted.values() for finding in each.findings)
    metadata = (finding for each in known for finding in each.findings)
    beside: dict[DocumentId, tuple[DocumentId, ...]] = {}
    for each in known:
        if each.id != each.original:
            beside[each.original] = (*beside.get(each.original, ()), each.id)
    found = reconcile.findings(claims, linking, incidents=incidents, checks=checks)
    return Derived(
        listed=tuple(known),
        copies=beside,
        interpreted=interpreted,
        claims=claims,
        linking=linking,
        incidents=incidents,
        checks=checks,
        findings=(*metadata, *own, *found),
        ruleset=ruleset,
        passages=tuple(copied),
    )


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
    known = {document.id: interpret(document, setting=setting)}
    return together([listing], known, [document], ruleset=ruleset)


def reading_key(setting: Setting) -> str:
    """Return what stands for all that a reading depends on beside its document."""
    parts = [reader_version(), setting.country or ""]
    parts += [source.sha256 for source in setting.gazetteer.sources]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:24]


def read(
    record: Record, *, sources: Sources, done: Done = nothing, size: int | None = None
) -> list[DocumentId]:
    """Read every original that has no reading with these sources; return those that could not be.

    Several processes read; readings are kept as they come, so that work cut short is not lost.
    """
    key = reading_key(sources.open())
    failed: list[DocumentId] = []
    kept: list[Kept] = []
    for each in unkept(record, key=key, sources=sources, size=size):
        kept.append(each)
        id_, lost, _ = each
        if lost:
            failed.append(id_)
        if len(kept) == BATCH:
            save(record, kept, key=key)
            kept.clear()
        done()
    if kept:
        save(record, kept, key=key)
    return failed


def unkept(record: Record, *, key: str, sources: Sources, size: int | None) -> Iterator[Kept]:
    """Yield the readings that a record lacks under a key, each with whether it failed."""
    originals = [each.id for each in listed(record) if each.original == each.id]
    wanted = missing(record, originals, key=key)
    for id_, answer in zip(wanted, answers(record, wanted, sources, size=size), strict=True):
        if isinstance(answer, Lost):
            yield id_, True, unread(id_, answer.reason)
        else:
            yield id_, False, answer


def answers(
    record: Record, wanted: Sequence[DocumentId], sources: Sources, *, size: int | None
) -> Iterator[bytes | Lost]:
    """Yield the readings of documents in their order, or why there is none."""
    if not wanted:
        return
    requests = map(msgspec.msgpack.encode, documents(record, wanted))
    with Pool(partial(reader, sources), size=size) as pool:
        for answer in ordered(pool, requests):
            if isinstance(answer, bytes) and answer.startswith(FAULT):
                yield Lost(b"", answer.removeprefix(FAULT).decode())
            else:
                yield answer


def reader(sources: Sources) -> Work:
    """Return what a worker does: a document in, its reading out, or what prevented one."""
    setting = sources.open()

    def work(payload: bytes) -> bytes:
        try:
            document = msgspec.msgpack.decode(payload, type=Document)
            return encode(interpret(document, setting=setting))
        except Exception as error:
            return FAULT + fault(error).encode()

    return work


def fault(error: Exception) -> str:
    """Return what to say of a fault in the program, on one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]


def unread(id_: DocumentId, reason: str) -> bytes:
    """Return the reading of a document that could not be read: a finding that says so."""
    message = (
        f"The document is kept, but reading it failed, so nothing was taken from it: {reason}."
    )
    finding = Finding(code="not-read", message=message, documents=(id_,))
    return encode(Interpreted(reading=Reading(document=id_), findings=(finding,)))
