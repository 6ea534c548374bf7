"""The reports of a record that share text, duplicates included."""

from dataclasses import replace

from cenotaph import copies
from cenotaph.model import CopyPair, Document
from cenotaph.store import Record, documents, listed


def shared_text(record: Record) -> tuple[CopyPair, ...]:
    """Return the pairs of reports that share text; a duplicate counts as a report with that
    text."""
    known = tuple(listed(record))
    originals = {
        each.id: each
        for each in documents(record, [each.id for each in known if each.original == each.id])
    }
    found: list[Document] = []
    for each in known:
        text = originals.get(each.original)
        if text is not None:
            found.append(replace(text, id=each.id, published=each.published))
    return copies.pairs(found)
