"""The reports of a record as people described them: their metadata, and which stand for others."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cenotaph import review
from cenotaph.model import Decision, Document, DocumentId
from cenotaph.pipeline.carrying import carry
from cenotaph.store import Listed, Record, decisions, documents, listed
from cenotaph.store import replaced as replaced_documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """Reports with what was decided of them; `replaced` names what stands for one of the others."""

    listed: tuple[Listed, ...]
    held: tuple[Decision, ...]
    metadata: Mapping[DocumentId, Mapping[str, str | None]]
    replaced: Mapping[DocumentId, DocumentId]

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


def reports(record: Record, only: Sequence[DocumentId] | None = None) -> Reports:
    """Return the reports of a record, by identifier, as the decisions that hold describe them.

    With `only`, return those of the same texts as these reports, which say together which of them
    is the original.
    """
    held = review.active(decisions(record))
    metadata = review.metadata(held)
    newest = replaced_documents(record) if held or only is None else {}
    if newest and held:
        held = carry(held, newest, Texts(record))
        for old, new in sorted(newest.items()):
            if old in metadata:
                metadata[new] = {**metadata[old], **metadata.get(new, {})}
    known = [_described(each, metadata.get(each.id, {})) for each in listed(record, only)]
    if metadata:
        known = _originals(known)
    return Reports(
        listed=tuple(known),
        held=held,
        metadata=metadata,
        replaced=newest | {each.id: each.original for each in known if each.original != each.id},
    )


class Texts:
    """The texts of a record, each fetched when it is first asked for."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._known: dict[DocumentId, str] = {}

    def __call__(self, id_: DocumentId) -> str:
        """Return a text. Raises KeyError where there is no such document."""
        if id_ not in self._known:
            for each in documents(self._record, [id_]):
                self._known[id_] = each.text
        return self._known[id_]


def _described(each: Listed, known: Mapping[str, str | None]) -> Listed:
    if not known:
        return each
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
    return [replace(each, original=first[each.original].id) for each in known]
