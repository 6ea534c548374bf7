"""The reports of a record as people described them: their metadata, and which stand for others."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cenotaph import review
from cenotaph.model import Decision, Document, DocumentId
from cenotaph.pipeline.carrying import carry
from cenotaph.store import Listed, Record, decisions, document_count, documents, listed
from cenotaph.store import replaced as replaced_documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """Reports with what was decided of them; `replaced` names what stands for one of the others.

    `stored` are the reports as they came, of the `count` documents that the record holds.
    """

    listed: tuple[Listed, ...]
    held: tuple[Decision, ...]
    metadata: Mapping[DocumentId, Mapping[str, str | None]]
    replaced: Mapping[DocumentId, DocumentId]
    stored: tuple[Listed, ...] = ()
    count: int = -1

    def keys(self, base: str) -> dict[DocumentId, str]:
        """Return, for each original, what its reading is kept under.

        What a person says of a report changes how it is read: it is a part of its key.
        """
        found: dict[DocumentId, str] = {}
        for each in self.listed:
            if each.original != each.id:
                continue
            set_ = self.metadata.get(each.id)
            if set_:
                stated = json.dumps(sorted(set_.items())).encode()
                found[each.id] = f"{base}+{hashlib.sha256(stated).hexdigest()[:8]}"
            else:
                found[each.id] = base
        return found

    def documents(self, record: Record, ids: Sequence[DocumentId]) -> Iterator[Document]:
        """Yield documents as people described them, in the order asked for."""
        for each in documents(record, ids):
            yield review.described(each, self.metadata.get(each.id, {}))


def reports(
    record: Record,
    only: Sequence[DocumentId] | None = None,
    *,
    before: Reports | None = None,
) -> Reports:
    """Return the reports of a record, by identifier, as the decisions that hold describe them.

    With `only`, return those of the same texts as these reports, which say together which of them
    is the original. Documents are never changed nor taken out: where there are as many as in
    `before`, they are not listed again.
    """
    count = document_count(record) if only is None else -1
    if only is None and before is not None and before.count == count:
        stored = before.stored
    else:
        stored = tuple(listed(record, only))
    held = review.active(decisions(record))
    metadata = review.metadata(held)
    newest = replaced_documents(record) if held or only is None else {}
    if newest and held:
        held = carry(held, newest, Texts(record))
        for old, new in sorted(newest.items()):
            if old in metadata:
                metadata[new] = {**metadata[old], **metadata.get(new, {})}
    known = stored
    if metadata:
        said = [_described(e, metadata[e.id]) if e.id in metadata else e for e in stored]
        known = tuple(_originals(said))
    return Reports(
        listed=known,
        held=held,
        metadata=metadata,
        replaced=newest | {each.id: each.original for each in known if each.original != each.id},
        stored=stored,
        count=count,
    )


class Texts:
    """The texts of a record, each fetched when it is first asked for."""

    def __init__(self, record: Record, at_once: Iterable[DocumentId] = ()) -> None:
        """Fetch those of some documents at once."""
        self._record = record
        self._known = {each.id: each.text for each in documents(record, sorted(set(at_once)))}

    def __call__(self, id_: DocumentId) -> str:
        """Return a text. Raises KeyError where there is no such document."""
        if id_ not in self._known:
            for each in documents(self._record, [id_]):
                self._known[id_] = each.text
        return self._known[id_]


def _described(each: Listed, known: Mapping[str, str | None]) -> Listed:
    day = known.get("published")
    return replace(
        each,
        published=(day and date.fromisoformat(day)) or None
        if "published" in known
        else each.published,
        title=known.get("title", each.title),
        publisher=known.get("publisher", each.publisher),
        lang=known.get("lang", each.lang),
        country=known.get("country", each.country),
        note=known.get("note", each.note),
    )


def _originals(known: Sequence[Listed]) -> list[Listed]:
    """Choose the original of identical texts again, by the days that people set."""
    first: dict[DocumentId, Listed] = {}
    for each in known:
        best = first.setdefault(each.original, each)
        if (each.published or date.max, each.id) < (best.published or date.max, best.id):
            first[each.original] = each
    return [
        each
        if first[each.original].id == each.original
        else replace(each, original=first[each.original].id)
        for each in known
    ]
