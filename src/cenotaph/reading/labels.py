"""Labels of a list: "Killed: 12", "Injured: 4 in Orun, 3 in Sarbek"."""

import re
from dataclasses import replace
from itertools import combinations

from cenotaph.model import Age, Group, Measure, Sex, Status
from cenotaph.reading.drafts import Draft, make
from cenotaph.reading.items import NUMBERED, Row

LABEL_REACH = 6
# A label, and counts each behind its place.
_PLACE_BY_PLACE = re.compile(
    r"([VJFN](?:bw{1,2})?[:-])(?:L[:-]?Q(?:[,;]?C?)){2,}\.?"
    r"|([VJFN])(?:pL[:-]Q(?:[,;]?C?)){2,}\.?"
)
# Labels and bare numbers by turns: "Killed 3 Injured 5 Missing 2".
_BY_TURNS = re.compile(r"(?:[VJF]:?Q[,;]?){2,}(?=$|[.wLTp#(-])")
# Others behind the first of a labelled list.
_LISTED = re.compile(r"(?:[,;]?C?N)+")


def labelled(row: Row, found: list[Draft]) -> list[Draft]:
    """ "Dead: 5", "Killed (4): one driver; two porters"."""
    tags, made = row.tags, list[Draft]()
    if not found and (by_place := _by_place(row)):
        return by_place
    taken = {d.item for d in found}
    for k in range(min(len(tags) - 2, LABEL_REACH)):
        if tags[k + 1] not in ":-(" or tags[k + 2] not in "QN":
            continue
        if (measure := label(row, k)) is None:
            continue
        people = row.people(k + 2)
        if any(draft.at == k and draft.item < k for draft in found):
            continue  # "23 people died: 14 in the market, nine on the road" breaks them down
        if people is None or people.words not in NUMBERED:
            continue
        mine = any((d.item, d.at) == (k + 2, k) for d in found)
        if mine or k + 2 not in taken:
            listed = [k + 2, *_labelled_too(row, k + 2)]
            made += [
                d for n in listed if n not in taken for d in make(row, n, k, measure, "labelled")
            ]
    return made


def by_turns(row: Row) -> list[Draft]:
    """ "KILLED:12 INJURED:30 MISSING:2": a line in which each number is that of the label before
    it, and of none behind."""
    met = _BY_TURNS.match(row.tags) if row.tags[:1] in ("V", "J", "F") else None
    if met is None:
        return []
    made: list[Draft] = []
    for n in range(1, met.end()):
        if row.tags[n] != "Q":
            continue
        at = n - 1 - (row.tags[n - 1] == ":")
        measure, people = label(row, at), row.people(n)
        if measure is None or people is None or people.words not in NUMBERED:
            return []
        if people.head:  # "MISSING:2 VELM": a place behind the number is nobody counted
            if not row.sentence.tokens[people.start + 1].text[0].isupper():
                return []
            people = replace(people, end=people.start + 1, head="")
        made += make(row, n, at, measure, "labelled", people=people)
    return made


def _by_place(row: Row) -> list[Draft]:
    """ "Deaths by town - Belq: 12; Orun: 9", "Killed in Orun: 4; in Sarbek: 3": a count for each
    place."""
    met = _PLACE_BY_PLACE.fullmatch(row.tags)
    measure = label(row, 0) if met is not None else None
    if met is None or measure is None:
        return []
    begin = met.end(met.lastindex or 1)
    counts = [n for n in range(begin, len(row.tags)) if row.tags[n] == "Q"]
    if not all(row.numbered(n) for n in counts):
        return []
    return [draft for n in counts for draft in make(row, n, n, measure, "labelled")]


def _labelled_too(row: Row, first: int) -> list[int]:
    """ "Dead: 3 civilians, 1 policeman": whoever is listed behind, to the end of the sentence.

    They are others only where each is told by the same kind of word: "12 civilians, 3 children"
    may be twelve.
    """
    behind = row.tags[first + 1 :].rstrip(".")
    if _LISTED.fullmatch(behind) is None:
        return []
    items = [n for n in range(first, first + 1 + len(behind)) if row.tags[n] == "N"]
    groups = [people.group for n in items if (people := row.people(n)) and row.numbered(n)]
    forces = [group for group in groups if group.role or group.status is not Status.UNKNOWN]
    aged = [group for group in groups if (group.age, group.sex) != (Age.UNKNOWN, Sex.UNKNOWN)]
    kinds = len(groups) == len(items) and len(set(groups)) == len(groups)
    if not kinds or (len(forces), len(aged)) not in ((len(items), 0), (0, len(items))):
        return []
    if aged and not all(_apart(a, b) for a, b in combinations(groups, 2)):
        return []
    return items[1:]


def _apart(a: Group, b: Group) -> bool:
    """Tell whether nobody can be of both: "two women, three boys"."""
    other_age = Age.UNKNOWN not in (a.age, b.age) and a.age is not b.age
    return other_age or Sex.UNKNOWN not in (a.sex, b.sex) and a.sex is not b.sex


def label(row: Row, k: int) -> Measure | None:
    """The harm that the word or phrase at item `k` names, where it stands alone."""
    tag, people = row.tags[k], row.people(k)
    measure: Measure | None = None
    if tag == "N" and people is not None:
        measure = people.harmed
    elif tag == "F" and people is not None:
        measure = people.measure
    elif tag in "VF":
        measure = row.sense(k).measure
    elif tag in "JO":
        measure = row.sense(k)
    return measure
