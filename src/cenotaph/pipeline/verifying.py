"""A record against itself: what it keeps, what was read of it, and what decisions quote."""

from collections.abc import Iterator, Mapping
from itertools import islice, repeat, tee

from cenotaph.model import Decision, DecisionKind, Document, DocumentId, Quote
from cenotaph.pipeline.interpreted import Interpreted, decode
from cenotaph.pipeline.kept import differences
from cenotaph.pipeline.opening import unlike
from cenotaph.pipeline.record import answers, reading_key
from cenotaph.pipeline.reported import reports
from cenotaph.pipeline.rules import ruleset_of
from cenotaph.pipeline.setting import Sources
from cenotaph.store import Fault, Pin, Record, check, decisions, readings

MANY = 500
"""Readings that are looked at together, so that memory does not grow with the record."""


def verify(
    record: Record, *, sources: Sources | None = None, pins: tuple[Pin, ...] = ()
) -> Iterator[Fault]:
    """Yield what does not hold in a record, the first first; nothing where it holds.

    Bytes, texts and log are checked first; where they hold, every kept reading must have its quotes
    in its text, and (with `sources`) be what the reader makes of the text again, so that no figure
    rests on a reading that was changed; and what is kept of links, events and figures must be what
    follows from these.
    """
    sound = True
    for fault in check(record, pins=pins):
        sound = False
        yield fault
    if not sound:
        return
    yield from quoted(record)
    if sources is not None:
        for fault in derived(record, sources):
            sound = False
            yield fault
        if sound:
            yield from followed(record, sources)


def followed(record: Record, sources: Sources) -> Iterator[Fault]:
    """Yield what is kept of links, events and figures and does not follow from the readings."""
    rules = ruleset_of(record.settings().ruleset)
    for each in differences(record, sources=sources, ruleset=rules):
        yield Fault(where=f"derived {each}", message="it is not what follows from the readings")
    if unlike(record, sources=sources, ruleset=rules):
        yield Fault(where="derived lists", message="they are not what follows from the readings")


def quoted(record: Record) -> Iterator[Fault]:
    """Yield the decisions whose words do not stand in the report that they name."""
    known = reports(record)
    wanted: dict[DocumentId, list[tuple[Decision, int, str]]] = {}
    for each in decisions(record):
        for one in (each, *each.decisions):
            for id_, start, text in words(one):
                wanted.setdefault(id_, []).append((each, start, text))
    for document in known.documents(record, list(wanted)):
        for each, start, text in wanted[document.id]:
            if document.text[start : start + len(text)] != text:
                message = f"its words do not stand in {document.id}"
                yield Fault(where=f"log entry {each.sequence}", message=message)


def words(decision: Decision) -> Iterator[tuple[DocumentId, int, str]]:
    """Yield what a decision quotes: the report, where, and the words."""
    for anchor in decision.anchors:
        yield DocumentId(anchor.document), anchor.start, anchor.text
    said = decision.value.get("words")
    if decision.kind is DecisionKind.ADD and isinstance(said, Mapping):
        start, text = said["start"], said["text"]
        if isinstance(start, int) and isinstance(text, str):
            yield DocumentId(decision.subjects[0]), start, text


def derived(record: Record, sources: Sources) -> Iterator[Fault]:
    """Yield the kept readings that are not what the reader makes of their text.

    Where the gazetteer that they were made with is another or gone, they cannot be made again: then
    only their quotes are looked for.
    """
    known = reports(record)
    setting = sources.open()
    keys = known.keys(reading_key(setting))
    ids = [id_ for id_, failed, _ in readings(record, keys) if not failed]
    texts = known.documents(record, ids)
    made_again: Iterator[object] = repeat(None)
    if ids and not setting.keeps:
        texts, again = tee(texts)
        made_again = answers(((document, None) for document in again), sources, size=None)
    while some := list(islice(texts, MANY)):
        wanted = {each.id: keys[each.id] for each in some}
        kept = {id_: content for id_, _, content in readings(record, wanted)}
        for document in some:
            made = next(made_again)
            own = kept.get(document.id)  # none where others keep a newer one meanwhile
            fault = None if own is None else differs(document, own, made)
            if fault is not None:
                yield Fault(where=f"reading of {document.id}", message=fault)


def differs(document: Document, kept: bytes, made: object) -> str | None:
    """Return what is wrong with a kept reading; `made` is what the reader makes of it now."""
    try:
        read = decode(kept)
    except ValueError:
        return "it cannot be read"
    if not all(quote.is_in(document.text) for quote in quotes(read)):
        return "it quotes words that do not stand in the text"
    if isinstance(made, bytes) and made != kept:
        return "it is not what the reader makes of the text"
    return None


def quotes(read: Interpreted) -> Iterator[Quote]:
    """Yield the passages that claims rest on."""
    for each in read.claims:
        yield each.claim.quote
        yield each.claim.counted
