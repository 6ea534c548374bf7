"""Decisions carried from a document to the one that a newer reader made of the same bytes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from cenotaph.ingest.carry import carried
from cenotaph.model import Anchor, Decision, DecisionKind, DocumentId, Json, Quote

AROUND = 40
"""Characters kept before and behind the words that a decision stands on."""

Texts = Callable[[DocumentId], str]


def carry(
    held: Sequence[Decision], newest: Mapping[DocumentId, DocumentId], text: Texts
) -> tuple[Decision, ...]:
    """Return decisions with their words as they stand in the newest documents.

    `newest` names for each replaced document the last that stands in for it. What cannot be found
    again stays as it was decided, and is listed where it then finds no claim.
    """
    return tuple(_carried(each, newest, text) for each in held)


def _carried(each: Decision, newest: Mapping[DocumentId, DocumentId], text: Texts) -> Decision:
    anchors = tuple(_anchor(one, newest, text) for one in each.anchors)
    if anchors != each.anchors:
        each = replace(each, anchors=anchors)
    words = each.value.get("words")
    if each.kind is not DecisionKind.ADD or not isinstance(words, Mapping):
        return each
    old = DocumentId(each.subjects[0])
    new = newest.get(old)
    if new is None:
        return each
    start, said = words["start"], words["text"]
    if not isinstance(start, int) or not isinstance(said, str):
        return each
    found = _found(Quote(start, start + len(said), said), text(old), text(new))
    if found is None:
        return each
    before, after = _around(found, text(new))
    now: dict[str, Json] = {
        "start": found.start, "end": found.end, "text": found.text,
        "before": before, "after": after,
    }  # fmt: skip
    moved: dict[str, Json] = {name: now.get(name, value) for name, value in words.items()}
    return replace(each, subjects=(new, *each.subjects[1:]), value={**each.value, "words": moved})


def _anchor(kept: Anchor, newest: Mapping[DocumentId, DocumentId], text: Texts) -> Anchor:
    """Return an anchor in the newest document; the claim it names stays the one decided on."""
    old = DocumentId(kept.document)
    new = newest.get(old)
    if new is None:
        return kept
    found = _found(Quote(kept.start, kept.end, kept.text), text(old), text(new))
    if found is None:
        return kept
    before, after = _around(found, text(new))
    return replace(
        kept, document=new, start=found.start, end=found.end, text=found.text, before=before,
        after=after,
    )  # fmt: skip


def _found(words: Quote, old: str, new: str) -> Quote | None:
    return carried(words, old, new) if words.is_in(old) else None


def _around(words: Quote, text: str) -> tuple[str, str]:
    return text[max(0, words.start - AROUND) : words.start], text[words.end : words.end + AROUND]
