"""Parts told before their whole: "among the dead were two boys", "half of the victims were women".

The part is told first, and its whole by "of", "among" or a share.
"""

from cenotaph.model import Measure
from cenotaph.reading.descriptions import described, set_apart, skip
from cenotaph.reading.drafts import INCLUDED, Draft, make
from cenotaph.reading.items import NUMBERED, People, Row
from cenotaph.reading.objects import objects
from cenotaph.reading.subjects import some_of, subjects


def fronted(row: Row, found: list[Draft]) -> list[Draft]:
    """ "Of the 61 people killed, 22 were women": who is told of behind is part of those before."""
    tags, comma = row.tags, row.tags.find(",")
    if "A" in tags and (inverted := _inverted(row, found)):
        return inverted
    if tags[:1] != "o" or comma < 2 or tags[comma + 1 : comma + 2] not in ("N", "Q"):
        return []
    i = comma + 1
    people = row.people(i)
    whole = next((n for n, draft in enumerate(found) if draft.item < comma), None)
    if people is None or people.words not in NUMBERED or tags[i + 1 : i + 2] != "X":
        return []
    if whole is None:
        return _of_victims(row, i)
    if any(draft.item == i for draft in found):
        return []
    base = found[whole]
    if (people.count.low or 0) > (base.people.count.low or 0):
        return []
    other = skip(tags, i + 2, "aZ")
    them = row.people(other) if tags[other : other + 1] == "N" else None
    if them is None:
        return []
    return [
        draft
        for n in set_apart(row, i)
        for draft in make(
            row, n, base.at, base.measure, "part", base.certainty, whole=whole,
            people=described(row, n),
        )
    ]  # fmt: skip


def _of_victims(row: Row, i: int) -> list[Draft]:
    """ "Of the 34 victims, 12 were children": parts of those told of before."""
    all_of = row.people(1) if row.tags[:3] == "oN," else None
    if all_of is None or all_of.words not in NUMBERED:
        return []
    if all_of.head not in row.sentence.words.lexicon.victims:
        return []
    other = skip(row.tags, i + 2, "aZ")
    them = row.people(other) if row.tags[other : other + 1] == "N" else None
    if them is None or them.words not in ("none", "one"):
        return []
    return [
        draft
        for n in set_apart(row, i)
        if _at_most((some := described(row, n)), all_of)
        for draft in make(row, n, i, Measure.KILLED, INCLUDED, anaphor=True, people=some)
    ]


def _at_most(some: People | None, of: People) -> bool:
    return some is not None and (some.count.low or 0) <= (of.count.low or 0)


def _inverted(row: Row, found: list[Draft]) -> list[Draft]:
    """ "Among the miners killed in Velm was a boy": who stands behind the verb is one of those."""
    among = row.tags.find("A")
    if among > 0 and row.tags[among - 1] not in "RSW" and "relative" not in row.kinds(among - 1):
        return []
    be = row.tags.find("X", among)
    whole = next((n for n, draft in enumerate(found) if among < draft.item < draft.at < be), None)
    if whole is None or found[whole].rule != "participle":
        return []
    base, taken = found[whole], {draft.item for draft in found}
    return [
        draft
        for n in objects(row, be)
        if n not in taken and (people := row.people(n)) is not None and people.harmed is None
        for draft in make(row, n, base.at, base.measure, "part", base.certainty, whole=whole)
    ]


def among(row: Row, found: list[Draft]) -> list[Draft]:
    """ "Two women were among eight people killed": who is named first is part of those counted."""
    made: list[Draft] = []
    taken = {draft.item for draft in found}
    for n, draft in enumerate(found):
        i = draft.item
        start, there = _names_some(row, i), _there_among(row, i)
        if start is None and there is None:
            continue
        for item in [there] if there is not None else subjects(row, start or 0):
            people = row.people(item)
            if item not in taken and people is not None and people.harmed is None:
                made += make(
                    row, item, draft.at, draft.measure, "part", draft.certainty, whole=n
                )  # fmt: skip
    return made


def fractions(row: Row, found: list[Draft]) -> list[Draft]:
    """ "Ten of 48 people executed were children": the ten are a part of those executed."""
    made: list[Draft] = []
    taken = {draft.item for draft in found}
    for n, draft in enumerate(found):
        i = draft.item
        state = draft.rule == "predicate" and row.tags[i + 1 : i + 3] == "JX"
        if draft.rule != "participle" and not state or i - 2 in taken or not some_of(row, i):
            continue  # "two of the four dead were women"
        if row.tags[i - 3 : i - 2] not in ("X", "o"):
            made += make(row, i - 2, draft.at, draft.measure, "part", draft.certainty, whole=n)
    return made


def _there_among(row: Row, i: int) -> int | None:
    """ "There were nine foreigners among the rebels killed": the item of those, before item `i`."""
    some = i - 2
    if row.tags[i - 1 : i] != "A" or some < 2 or not row.numbered(some):
        return None
    there = row.tags[some - 1] == "X" and "existential" in row.kinds(some - 2)
    words = row.sentence.words
    beside = words[row.items[some - 1].start] in words.lexicon.beside  # "with two among the dead"
    return some if there or beside else None


def _names_some(row: Row, i: int) -> int | None:
    """Where "was among", "was one of" begin, which make those before them part of item `i`.

    In a heading the verb is left out: "Mayor among 12 dead".
    """
    tags, among = row.tags, i - 1
    one = row.people(i - 2) if tags[max(0, i - 2) : i] == "Qo" else None
    if one is not None and one.count.low == 1:
        among = i - 2
    elif i < 2 or tags[i - 1] != "A":
        return None
    start = among
    while start > 0 and tags[start - 1] in "aXTH":
        start -= 1
    heading = row.sentence.capitals and tags[among] == "A" and start == among
    return start if "X" in tags[start:among] or heading else None
