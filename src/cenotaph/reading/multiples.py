"""Counts that are told by another: "killed six and wounded as many", "wounded twice as many".

The words name no number; it is that of the count before them in the sentence, times what they say.
"""

from collections.abc import Sequence
from dataclasses import replace

from cenotaph.model import Count, Modality
from cenotaph.reading.drafts import Draft
from cenotaph.reading.items import NUMBERED, Row

_BEFORE_AS_MANY = frozenset({"coordinator", "verb"})


def as_many(row: Row, found: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, those "as many" with the count of the one before; without one, none."""
    if row.sentence.words.lexicon.as_many.isdisjoint(row.sentence.words):
        return list(found)
    made: list[Draft] = []
    for draft in found:
        times = _times(row, draft)
        if times is None:
            made.append(draft)
        elif (count := _before(draft, made)) is not None:
            told = _times_as_many(count, times, above=_lead(row, draft))
            made.append(replace(draft, people=replace(draft.people, count=told, words="words")))
    return made


def _times(row: Row, draft: Draft) -> int | None:
    """How many times the count before them those of a draft are, None where they have their own."""
    start, words = draft.people.start, row.sentence.words
    for entry in words.entries[start : draft.people.end]:
        for sense in entry.senses:
            if sense.kind == "as_many":
                return int(sense.data)
    if start < 2 or tuple(words[start - 1 : start + 1]) != words.lexicon.just_as_many:
        return None
    return 1 if words.entries[start - 2].kinds & _BEFORE_AS_MANY else None


def _before(draft: Draft, made: Sequence[Draft]) -> Count | None:
    """The count told last before a draft."""
    for other in reversed(made):
        if other.item < draft.item and other.whole is None:
            return other.people.count if other.people.words in NUMBERED else None
    return None


def _times_as_many(count: Count, times: int, *, above: bool) -> Count:
    """A count so many times; "more than twice as many" has no upper end."""
    low, high = count.low, count.high
    low, high = low and low * times, None if above else high and high * times
    modality = Modality.AT_LEAST if above else count.modality
    return replace(count, low=low, high=high, modality=modality, imputed=True)


def _lead(row: Row, draft: Draft) -> bool:
    """Tell whether words that bound the number stand before: "more than double that number"."""
    kinds = row.sentence.words.entries[draft.people.start].by_kind
    return "before" in kinds and kinds["before"].data in ("more_than", "at_least")
