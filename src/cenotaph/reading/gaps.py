"""Counts whose verb is left out: "six were killed in A, four in B and one in C".

The verb of the first clause holds for the others, but only where each count behind it has a place,
a day or an act of its own, as the first has: otherwise a bare number may count anything. Parts of a
count may leave out whose parts they are: "12 of them in A and nine in B".
"""

from dataclasses import replace

from cenotaph.model import Measure
from cenotaph.reading.drafts import Draft, make
from cenotaph.reading.items import NUMBERED, Row
from cenotaph.reading.lists import and_around

_SPELT_OUT = frozenset(
    {"active", "passive", "predicate", "participle", "died", "befell", "counted-noun"}
)
_STOPS = frozenset(".WSXHVGBJRvMFUO")
_CLOSES = frozenset(",;.CR")
# The rule of a count whose verb is left out, and what an act done by or in something consists of.
GAPPED = "gapped"
_OF_ACT = frozenset("poawLTUyKNb")


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
        behind = _behind(row, draft, taken)
        whole = found.index(draft) if _comes_to(row, draft, behind) else None
        for i in behind:
            counted = row.people(i)
            if counted is not None and counted.additional:
                counted = replace(counted, additional=False)  # "three others": of another act
            shared = make(row, i, i, draft.measure, GAPPED, draft.certainty, people=counted)
            if whole is not None:
                shared = [replace(one, rule="part", whole=whole) for one in shared]
            made += shared
            taken.add(i)
    return made


def _comes_to(row: Row, draft: Draft, behind: list[int]) -> bool:
    """ "40 were killed by the two armies, 30 by the one and ten by the other": parts of the 40."""
    counts = [p.count for i in behind if (p := row.people(i)) is not None]
    whole = draft.people.count
    exact = all(c.low == c.high and c.low is not None for c in (whole, *counts))
    return exact and len(counts) > 1 and sum(c.low or 0 for c in counts) == whole.low


def gapped_parts(row: Row, found: list[Draft]) -> list[Draft]:
    """Return the drafts, with parts that share with one before them whose parts they are."""
    made = list(found)
    for draft in found:
        if draft.whole is None or row.tags[draft.item] != "n":
            continue
        taken = {one.item for one in made if one.rule != GAPPED or one.whole is not None}
        most = (found[draft.whole].people.count.low or 0) - (draft.people.count.low or 0)
        for i in _behind(row, draft, taken):
            people = row.people(i)
            most -= (people.count.low or 0) if people is not None else 0
            if most < 0:
                break
            made = [one for one in made if one.item != i] if _last(made, i) else made
            made += make(
                row, i, draft.at if draft.rule == "part" else i, draft.measure, "part",
                draft.certainty, whole=draft.whole,
            )  # fmt: skip
    return made


def _last(made: list[Draft], i: int) -> bool:
    """Tell whether the counts at item `i` may be left out: no other names one by its place."""
    first = min((n for n, one in enumerate(made) if one.item == i), default=len(made))
    return all(one.whole is None or one.whole < first for one in made)


def _behind(row: Row, draft: Draft, taken: set[int]) -> list[int]:
    """The bare counts behind a draft, each with a place, a day or an act where that has one."""
    tags = row.tags
    begin = max(draft.at, draft.item) + 1
    if draft.rule == "counted-noun":  # "150 bodies were counted in A"
        while begin < len(tags) and tags[begin] in "XHaRv":
            begin += 1
    own, act = _adjunct(row, begin), _act(row, begin)
    if own is None:
        own = _before(row, min(draft.at, draft.item))
    if draft.measure is Measure.KILLED and _where_died(row, begin):
        return [i for i in _died_elsewhere(row, begin) if i not in taken]
    if own is None and not act:
        return _among_others(row, begin, taken)
    found: list[int] = []
    i = begin
    while i < len(tags) and (tags[i] not in _STOPS or tags[i] == "U"):
        if i not in taken:
            if own is not None and tags[i] in "QN" and _opens(row, i, own):
                found.append(i)
            elif act and tags[i] in "QN" and tags[i - 1] in ",;C" and _counts(row, i):
                if _act(row, i + 1):
                    found.append(i)
        i += 1
    return found


def _where_died(row: Row, i: int) -> bool:
    """Tell whether "at the scene", "on the way to hospital" follow at item `i`, and the clause
    then ends."""
    k = i
    while row.tags[k : k + 1] in ("p", "w", "a", "L", "o"):
        k += 1
    words, items = row.sentence.words, row.items
    inside = words[items[i].start : items[k - 1].end] if i < k else []
    known = words.lexicon.died_at
    return k > i and row.tags[i] == "p" and not known.isdisjoint(inside) and _ended(row.tags, k)


def _died_elsewhere(row: Row, begin: int) -> list[int]:
    """ "Two died at the scene and seven more on the way to hospital": the bare number behind."""
    joint = next((k for k in range(begin, len(row.tags)) if row.tags[k] in ",;C"), len(row.tags))
    at = joint + 1
    while row.tags[at : at + 1] in ("C", "a"):
        at += 1
    people = row.people(at) if row.tags[at : at + 1] == "Q" else None
    behind = at + 1
    while row.tags[behind : behind + 1] == "a":
        behind += 1
    counted = people is not None and people.words in NUMBERED and not people.head
    return [at] if counted and _where_died(row, behind) else []


def _among_others(row: Row, begin: int, taken: set[int]) -> list[int]:
    """ "15 dead in the ranks of the army and 23 among its rivals": bare numbers with "among"."""
    tags, found = row.tags, list[int]()
    if tags[begin : begin + 1] not in ("p", "A"):
        return found
    for i in range(begin + 1, len(tags) - 1):
        if tags[i] in _STOPS:
            break
        bare = tags[i - 1] in ",C" and tags[i : i + 2] == "QA" and i not in taken
        if bare and _counts(row, i) and row.tags[i + 2 : i + 3] in ("w", "N", "L"):
            found.append(i)
    return found


def _counts(row: Row, i: int) -> bool:
    people = row.people(i)
    return people is not None and people.words in NUMBERED and people.harmed is None


def _act(row: Row, i: int) -> bool:
    """Tell whether an act with its preposition follows at item `i`: "in the shelling of a dairy".

    So does what did it ("by a mine"). A place or a day may stand before it; the clause then ends.
    """
    tags, k, act = row.tags, i, row.tags[i : i + 1] == "b"
    while k < len(tags) and tags[k] in _OF_ACT:
        if tags[k] == "U":
            act = act or tags[k - 1] in "pbTw" and not set(tags[i:k]) <= {"U"}
        k += 1
    return act and _ended(tags, k)


def _opens(row: Row, i: int, own: str) -> bool:
    """Tell whether the count at item `i` stands with an adjunct of the kind `own`, and no verb."""
    tags, people = row.tags, row.people(i)
    if people is None or people.words not in ("digits", "words", "vague"):
        return False
    before = i - 1
    while before >= 0 and tags[before] == "a":
        before -= 1
    if before < 0:
        return False
    if before > 1 and tags[before] == "T" and tags[before - 1] in ";C":
        # "; on Sunday two more in B; and on Monday a family of five in C"
        return _adjunct(row, i + 1) == own
    if people.head or tags[i] != "Q":
        return False
    if tags[before] in ",LT" and _before(row, before + 1, ended=True) == own:
        # "; in B, four", "in C five (on Sunday)"
        return _ended(tags, i + 1) or _adjunct(row, i + 1) is not None
    fronted = own == "T" and tags[before] == "L" and _before(row, before + 1, ended=True) == "L"
    parted = tags[before] in ",;C" or fronted or own == "L" and tags[before : i + 3] == "LQpL"
    return parted and _adjunct(row, i + 1) == own


def _adjunct(row: Row, i: int) -> str | None:
    """L or T where a place or a time follows at item `i` and the clause then ends, else None."""
    tags, kind = row.tags, None
    while i < len(tags) and (tags[i] in "poawLTbU" or tags[i - 1 : i + 2] == "pCp"):
        if kind and "definite" in row.kinds(i):
            return kind  # "in Orun the monitor said", where the comma is lost
        if tags[i] in "LT":
            kind = kind or tags[i]
        i = and_around(tags, i + 1)
    listed = kind == "L" and tags[i : i + 3] == "QpL"  # "in A 100 in B", where commas are lost
    if kind and tags[i : i + 1] == "Q":  # "one in Orun both in the north"
        words = row.sentence.words
        listed = listed or words[row.items[i].start] in words.lexicon.both
    of_wounds = i < len(tags) and row.wounds[i] and tags[i - 1] == "p"  # "on Friday from wounds"
    return kind if listed or of_wounds or _ended(tags, i) else None


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
