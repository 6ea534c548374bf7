"""The dead told by those who lived: "only three of the 50 people on board survived".

Whoever says that only so many of a number survived says that the rest died; without "only" the rest
may have been elsewhere, or missing, and nobody is counted.
"""

from collections.abc import Sequence
from dataclasses import replace

from cenotaph.model import Count, Measure, Modality
from cenotaph.reading.drafts import Draft, make
from cenotaph.reading.items import NUMBERED, People, Row
from cenotaph.reading.verb_groups import verb_group

_RULE = "all-but-survivors"
# Where they were stands so many items between them and the verb, or the few.
_NEAR = 8
_WHERE = frozenset("pwLTao#U")
# The rest may be missing or under rubble, where the sentence tells of such people.
_ELSEWHERE = frozenset({Measure.TRAPPED, Measure.MISSING})


def but_few(row: Row, found: Sequence[Draft]) -> list[Draft]:
    """The dead of "only 3 of 50 passengers survived", "of the 30 inside, only two lived"."""
    lows = row.sentence.words
    if lows.lexicon.not_only.isdisjoint(lows) or any(d.measure in _ELSEWHERE for d in found):
        return []
    taken = {draft.item for draft in found}
    for k, tag in enumerate(row.tags):
        if tag not in "vVw" or "lives_on" not in lows.entries[row.items[k].start].kinds:
            continue
        group = verb_group(row, k)
        if group.negated:
            continue
        few = group.start - 1
        while few > 0 and group.start - few < _NEAR and row.tags[few] in _WHERE:
            few -= 1
        if (told := _whole(row, few)) is None:
            continue
        item, whole, lived = told
        count = _rest(whole.count, lived)
        if count is None or item in taken:
            continue
        people = replace(whole, count=count, words="words", partitive=False, among=None)
        return make(row, item, k, Measure.KILLED, _RULE, group.certainty, people=people)
    return []


def _whole(row: Row, few: int) -> tuple[int, People, int] | None:
    """Of how many only those at an item survived: the item of the whole, it, and how few lived."""
    people = row.people(few) if few >= 0 else None
    if people is None or people.harmed is not None or row.tags[few] not in "nNQ":
        return None
    if people.among is not None and people.words in NUMBERED:  # "only three of the 50 people"
        return _few(row, people, few, people.among, few)
    if row.tags[max(0, few - 2) : few] == "Qo" and row.numbered(few):
        some = row.people(few - 2)  # "only 3 of 50 passengers"
        return _few(row, some, few - 2, people, few)
    if row.tags[few - 1 : few] == "I" and "of_them" in row.kinds(few - 1):
        first = few - 2 - (row.tags[max(0, few - 2) : few - 1] == ",")
        whole = row.people(first) if first >= 0 and row.numbered(first) else None
        return None if whole is None else _few(row, people, few, whole, first)
    before = few - 1
    before -= row.tags[before : before + 1] == "a"
    if row.tags[before : before + 1] != ",":
        return None
    first = before - 1
    while first > 0 and before - first < _NEAR and row.tags[first] in _WHERE - {"o"}:
        first -= 1
    whole = row.people(first)
    opened = (
        row.tags[max(0, first - 1) : first] == "o" and row.tags[: first - 1].strip("STaC") == ""
    )
    if whole is None or not opened or not row.numbered(first):
        return None
    return _few(row, people, few, whole, first)  # "of the 30 people in the house, only two"


def _few(
    row: Row, some: People | None, at: int, whole: People, item: int
) -> tuple[int, People, int] | None:
    """The whole with how few of it are told of by item `at`, where a word says that it is few."""
    if some is None or some.count.low is None or some.count.low != some.count.high:
        return None
    words, start = row.sentence.words, some.start
    only = words.lexicon.not_only
    said = words[start] in only or start > 0 and words[start - 1] in only
    if item in (at, at + 2):
        whole = replace(whole, start=start)
    return (item, whole, some.count.low) if said else None


def _rest(whole: Count, lived: int) -> Count | None:
    """The count of those who did not live."""
    if whole.low is None or whole.low <= lived or whole.modality is Modality.VAGUE:
        return None
    high = whole.high - lived if whole.high is not None else None
    return replace(whole, low=whole.low - lived, high=high, imputed=True)
