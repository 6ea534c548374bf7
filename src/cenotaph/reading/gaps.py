"""Counts whose verb is left out: "six were killed in A, four in B and one in C".

The verb of the first clause holds for the others, but only where each count behind it has a place
or a day of its own, as the first has: otherwise a bare number may count anything.
"""

from cenotaph.model import Measure
from cenotaph.reading.drafts import Draft, make
from cenotaph.reading.items import NUMBERED, Row

_SPELT_OUT = frozenset(
    {"active", "passive", "predicate", "participle", "died", "befell", "counted-noun"}
)
_STOPS = frozenset(".WSXHVGBJRvMFUO")
_CLOSES = frozenset(",;.CR")


def gapped(row: Row, found: list[Draft]) -> list[Draft]:
    """Return the drafts of counts that share the verb of a draft of `found` before them."""
    made: list[Draft] = []
    taken = {draft.item for draft in found}
    for draft in found:
        people = draft.people
        if draft.rule not in _SPELT_OUT or draft.whole is not None or draft.sums:
            continue
        if people.words not in NUMBERED or draft.measure is Measure.ATTACKS:
            continue
        for i in _behind(row, draft, taken):
            made += make(row, i, i, draft.measure, "gapped", draft.certainty)
            taken.add(i)
    return made


def _behind(row: Row, draft: Draft, taken: set[int]) -> list[int]:
    """The bare counts behind a draft, each with a place or a day where the draft has one."""
    tags = row.tags
    begin = max(draft.at, draft.item) + 1
    own = _adjunct(row, begin)
    if own is None:
        own = _before(row, min(draft.at, draft.item))
    if own is None:
        return []
    found: list[int] = []
    i = begin
    while i < len(tags) and tags[i] not in _STOPS:
        if tags[i] == "Q" and i not in taken and _opens(row, i, own):
            found.append(i)
        i += 1
    return found


def _opens(row: Row, i: int, own: str) -> bool:
    """Tell whether the count at item `i` stands with an adjunct of the kind `own`, and no verb."""
    tags, people = row.tags, row.people(i)
    if people is None or people.words not in ("digits", "words", "vague") or people.head:
        return False
    before = i - 1
    while before >= 0 and tags[before] == "a":
        before -= 1
    if before < 0:
        return False
    if tags[before] == "," and _before(row, before + 1, ended=True) == own:
        return _ended(tags, i + 1)  # "; in B, four"
    return tags[before] in ",;C" and _adjunct(row, i + 1) == own


def _adjunct(row: Row, i: int) -> str | None:
    """L or T where a place or a time follows at item `i` and the clause then ends, else None."""
    tags, kind = row.tags, None
    while i < len(tags) and (tags[i] in "poawLTb" or tags[i - 1 : i + 2] == "pCp"):
        if kind and "definite" in row.kinds(i):
            return kind  # "in Orun the monitor said", where the comma is lost
        if tags[i] in "LT":
            kind = kind or tags[i]
        i += 1
    return kind if _ended(tags, i) else None


def _before(row: Row, i: int, *, ended: bool = False) -> str | None:
    """L or T where a place or a time with its preposition stands right before item `i`."""
    tags, k = row.tags, i - 1
    if k >= 0 and tags[k] == ",":
        k -= 1
    if k < 0 or tags[k] not in "LT":
        return None
    kind = tags[k]
    while k > 0 and tags[k - 1] in "powL":
        k -= 1
    opened = k == 0 or tags[k - 1] in (";C," if ended else ";")
    return kind if opened else None


def _ended(tags: str, i: int) -> bool:
    return i >= len(tags) or tags[i] in _CLOSES
