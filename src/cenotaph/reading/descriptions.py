"""Who the harmed were: "two of the dead were children", "among the dead were three women".

What a sentence says of people whose harm it or another told is a part of those, or describes them.
"""

import re
from collections.abc import Iterator, Set
from dataclasses import replace

from cenotaph.model import Measure
from cenotaph.reading.drafts import BEFORE_ALONE, Draft, make, one_person
from cenotaph.reading.items import NUMBERED, People, Row
from cenotaph.reading.objects import objects
from cenotaph.reading.subjects import subjects

_DEAD_OR_HURT = frozenset({Measure.KILLED, Measure.INJURED})
# Where and when it was, between "among the dead" and its verb; what may stand before "among".
_WHERE = frozenset("poUwLTK-vVa")
_OPENS = frozenset(',;S"C.')
# Where those told of in part were: "two of the killed in the town of Velm were".
_PLACED = re.compile(r"(?:[aTL]|[po](?:w{0,3}oL|w{0,2}[LUT]))*")
# "The victims were mostly farmers, it said, and included nine women": what goes on of them.
_WENT_ON = re.compile(r"X[^.;SX]{1,14}CI(?=[NQ])")


def equations(row: Row, found: list[Draft]) -> list[Draft]:
    """ "two of the dead were children", "among the dead were three women"."""
    taken = {d.item for d in found}
    made: list[Draft] = _headed_among(row, taken) if "A" in row.tags else []
    for i, tag in enumerate(row.tags):
        people = row.people(i) if tag in "Nn" else None
        if people is None or i in taken:
            continue
        harmed = people.harmed
        if harmed is None and people.words == "definite" and row.tags[i - 1 : i] == "A":
            harmed = people.attribute  # "were among the killed commanders"
        if harmed is None:
            continue
        made += _some_of(row, i, people, harmed) if tag == "n" else _named_as(row, i, harmed)
    return made


def _headed_among(row: Row, taken: Set[int]) -> list[Draft]:
    """ "25 children among Velm dead", in a heading without a verb: who some of the harmed were."""
    among = row.tags.find("A")
    harm = skip(row.tags, among + 1, "wL")
    if "X" in row.tags[:among] or row.tags[harm : harm + 1] not in ("J", "V") or harm > among + 3:
        return []
    if row.tags[harm + 1 : harm + 2] in tuple("NQyoXHbw") or among - 1 in taken or among == 0:
        return []
    sense = row.sense(harm)
    measure: Measure = sense if isinstance(sense, Measure) else sense.measure
    if not numbered(row, among - 1) or measure not in _DEAD_OR_HURT:
        return []
    return make(row, among - 1, harm, measure, "among-the-harmed", anaphor=True)


def _some_of(row: Row, i: int, people: People, harmed: Measure) -> list[Draft]:
    """ "two of the dead were children": some of those told of before, described."""
    tags = row.tags
    if people.words == "share" and tags[i + 1 : i + 4] in ("-Q-", "(Q)", ",Q,"):
        return _share_in_number(row, i, harmed)
    after = _over_where(tags, i + 1)
    follows = tags[after : after + 1] in ("X", "J") or tags[after : after + 2] == "HX"
    follows = follows or i > 0 and tags[i - 1] in "vR"  # "identified nine of the dead"
    if (who := _made_up_by(row, i)) is not None and people.words in NUMBERED:
        them = replace(people, group=who.group)
        return make(row, i, i, harmed, "some-of-the-harmed", people=them, anaphor=True)
    if i > 0 and tags[i - 1] in "opb" or not follows:
        return []
    them = described(row, i) or people
    made = make(row, i, i, harmed, "some-of-the-harmed", people=them, anaphor=True)
    for n, more in further_some(row, after) if them is not people else ():
        made += make(row, n, i, harmed, "some-of-the-harmed", people=more, anaphor=True)
    return made


def _over_where(tags: str, at: int) -> int:
    """The item behind where and when something was, at item `at`, if a verb stands there."""
    placed = _PLACED.match(tags, at)
    end = placed.end() if placed is not None else at
    return end if tags[end : end + 1] == "X" else skip(tags, at, "aTL")


def _share_in_number(row: Row, i: int, harmed: Measure) -> list[Draft]:
    """ "Nearly half of those killed - 41 - were women": how many the share at item `i` is."""
    some, other = row.people(i + 2), skip(row.tags, i + 5, "aZ")
    if some is None or some.words not in NUMBERED or some.head or row.tags[i + 4 : i + 5] != "X":
        return []
    them = row.people(other) if row.tags[other : other + 1] == "N" else None
    who = some if them is None else replace(some, group=them.group)
    return make(row, i + 2, i, harmed, "some-of-the-harmed", people=who, anaphor=True)


def _made_up_by(row: Row, i: int) -> People | None:
    """ "Women accounted for 14 of the dead": who those at item `i` were."""
    verb = i - 1
    while verb > 0 and row.tags[verb] == "a":
        verb -= 1
    if verb < 1 or "makes_up" not in row.kinds(verb):
        return None
    who = row.people(verb - 1)
    return who if who is not None and who.words == "none" and row.tags[verb - 1] == "N" else None


def further_some(row: Row, after: int) -> Iterator[tuple[int, People]]:
    """ "were children and one was a nurse, two others women": more of those harmed, described."""
    tags, at = row.tags, skip(row.tags, after + 1, "a") + 1
    while tags[at : at + 1] in (",", "C", ";") or _whereas(row, at):
        n = skip(tags, at, ",C;S")
        if tags[n : n + 1] == "N" and tags[n + 1 : n + 2] in ("", ",", "C", ";", "."):
            some = row.people(n)  # "40 were civilians, 13 rebels and nine soldiers"
            if some is None or some.words not in NUMBERED or some.kin:
                return
            yield n, some
            at = n + 1
            continue
        some = row.people(n) if tags[n : n + 1] == "Q" else None
        who = skip(tags, n + 1, "Xa")
        them = row.people(who) if tags[who : who + 1] == "N" else None
        if some is None or them is None or some.words not in NUMBERED or some.head:
            return
        yield n, replace(some, group=them.group, additional=False)
        at = who + 1


def _whereas(row: Row, at: int) -> bool:
    """ "Six of the dead were fighters while four were traders"."""
    words = row.sentence.words
    return row.tags[at : at + 1] == "S" and words[row.items[at].start] in words.lexicon.whereas


def described(row: Row, i: int) -> People | None:
    """ "four of them were children": the people of item `i` with what is said they were."""
    tags, people = row.tags, row.people(i)
    after = _over_where(tags, i + 1)
    bare = tags[i] == "Q" and people is not None and not people.head  # "of these, four were women"
    if people is None or tags[i] != "n" and not bare:
        return people
    if tags[after : after + 1] != "X":
        beside = row.people(i + 1) if tags[i + 1 : i + 2] == "N" else None
        if beside is None or beside.words != "one" or people.count.low != 1:
            return people
        return replace(people, group=beside.group)  # "one of them a child"
    other = skip(tags, after + 1, "aZ")
    them = row.people(other) if tags[other : other + 1] == "N" else None
    return people if them is None else replace(people, group=them.group)


def _named_as(row: Row, i: int, harmed: Measure) -> list[Draft]:
    """ "three women were among the dead", "the dead included a nurse": who the harmed were."""
    tags = row.tags
    if i >= 2 and tags[i - 1] == "A":
        before = i - 2
        there = before - 1
        while there > 0 and tags[there] == "a":
            there -= 1
        if tags[before] in "NQ" and there > 0 and tags[there] == "X" and tags[there - 1] == "w":
            if "existential" in row.kinds(there - 1):
                return _listed(row, [before], i, harmed)  # "there were 20 women among the dead"
        first = before - 2
        if tags[first : before + 1] == "NCN" and tags[first - 2 : first] == "wX":
            if "existential" in row.kinds(first - 2):  # "there are many children and women among"
                return _listed(row, [first, before], i, harmed)
        if (before := _before_were(row, before)) >= 0 and "X" in tags[before:i]:
            return _listed(row, _who_were(row, before), i, harmed)
    after = skip(tags, i + 1, "aTL")
    if tags[after : after + 2] == "wX" and "existential" in row.kinds(after):
        after += 1  # "among the killed there are four children"
    while tags[after : after + 1] in ("p", "o") and tags[after + 1 : after + 2] in ("w", "U", "L"):
        after = skip(tags, after + 1, "wUTLa")  # "the dead from the Sarbek blast were"
    if tags[after : after + 1] != "X" and (be := _inverted(row, i)) is not None:
        after = be
    named = tags[after : after + 1] == ":" and (i == 0 or tags[i - 1] == "A")
    by_name = after + 2 * (tags[after : after + 2] in ("Xv", "XR", "XV"))
    if tags[by_name : by_name + 1] == "S" and "role" in row.kinds(by_name):
        return _listed(row, objects(row, by_name), i, harmed)  # "named the dead as A, B and C"
    if (more := _WENT_ON.match(tags, after)) is not None:
        after = more.end() - 1
    if tags[after : after + 1] in ("X", "I") or named:
        return _listed(row, objects(row, after), i, harmed)
    return []


def _before_were(row: Row, before: int) -> int:
    """The item before "were (identified)", whose last word stands at item `before`."""
    if before and (row.tags[before] == "R" or "is_found" in row.kinds(before)):
        before -= 1
    while before >= 0 and row.tags[before] in "aXT":
        before -= 1
    return before


def _who_were(row: Row, before: int) -> list[int]:
    """Who, ending with item `before`, were among the harmed."""
    some, tags = subjects(row, before + 1), row.tags
    if not some and tags[before - 1 : before] == "C" and numbered(row, before):
        return [before]  # "a market was hit and five children were among the dead"
    return [before] if not some and tags[before] == "n" else some


def _inverted(row: Row, i: int) -> int | None:
    """ "Among the dead in the blast in the militia-held town of Velm were": the verb that those at
    item `i` stand before, where a sentence or clause opens with "among"."""
    tags = row.tags
    if tags[i - 1 : i] != "A" or i > 1 and tags[i - 2] not in _OPENS:
        return None
    be = i + 1
    while be < len(tags) and tags[be] in _WHERE:
        be += 1
    return be if tags[be : be + 2] in ("XN", "XQ") else None


def _listed(row: Row, items: list[int], at: int, measure: Measure) -> list[Draft]:
    made: list[Draft] = []
    for item in items:
        people = row.people(item)
        if people is not None and people.harmed is None:
            made += make(row, item, at, measure, "among-the-harmed", anaphor=True)
    return one_person(made)  # "Rima Dorsawi, a nurse, and two men were among the dead"


def described_before(row: Row) -> list[Draft]:
    """ "Nine were killed. Three were women and two children": parts of those right before."""
    tags = row.tags
    first = skip(tags, 0, "aC")
    people = row.people(first) if tags[first : first + 1] == "Q" else None
    if people is None or people.words not in NUMBERED or people.head or people.additional:
        return []
    who = skip(tags, first + 1, "aTLX")
    them = row.people(who) if tags[who : who + 1] == "N" else None
    if them is None or "X" not in tags[first:who] or them.words not in ("none", "one"):
        return []
    if tags[who + 1 : who + 2] not in tuple(',.;C"-') or tags[who - 1] in "TL":
        return []  # more is told of them than who they were
    return [
        draft
        for n in set_apart(row, first)
        for draft in make(
            row, n, n, Measure.KILLED, BEFORE_ALONE, people=_as_described(row, n), anaphor=True
        )
    ]


def _as_described(row: Row, n: int) -> People | None:
    people, who = row.people(n), skip(row.tags, n + 1, "aTLX")
    them = row.people(who) if row.tags[n] == "Q" and row.tags[who : who + 1] == "N" else None
    return people if people is None or them is None else replace(people, group=them.group)


def set_apart(row: Row, first: int) -> list[int]:
    """ "Of these, five were women, three (were) children": all who are told of from `first` on."""
    tags, listed, at = row.tags, [first], first + 1
    while True:
        at = skip(tags, at, "Xa")
        at += tags[at : at + 1] == "N" and tags[listed[-1]] in "Qn"  # what they were
        n = skip(tags, at, ",C;")
        if n == at or not numbered(row, n):
            return listed
        told = skip(tags, n + 1, "a") if tags[n] == "N" else skip(tags, n + 1, "aX")
        if tags[told : told + 1] in ("X", "H", "V", "J", "B"):
            return listed  # "and three children were hurt"
        listed.append(n)
        at = n + 1


def numbered(row: Row, i: int) -> bool:
    """Tell whether item `i` is of people with a number."""
    return row.tags[i : i + 1] in ("N", "Q") and row.numbered(i)


def skip(tags: str, i: int, over: str) -> int:
    """The first item from `i` on whose tag is none of those in `over`."""
    while i < len(tags) and tags[i] in over:
        i += 1
    return i
