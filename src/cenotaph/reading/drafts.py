"""A count of harm as one sentence gives it, and what several of the same people come to.

A predicate is read without regard to the others of its sentence, so the same people may be drafted
twice: by a verb and a noun, or as killed and as wounded. What they come to is settled here.
"""

import re
from dataclasses import dataclass, replace

from cenotaph.model import Certainty, Measure, Modality, Status
from cenotaph.reading.groups import told_beside
from cenotaph.reading.items import People, Row

# The rule of "a triple shooting".
AT_ONCE = "several-at-once"
# The rule of those who died by their own hand.
OWN_DEATH = "own-death"
# The rule of those of whom it is told that they were taken to a hospital.
CARE = "taken-to-care"
# Parts of people counted in an earlier sentence, where what befell them is said: in any within
# reach, and in the one right before alone.
INCLUDED = "included-in-before"
BEFORE_ALONE = "described-before"
# A share of a count that has a place, a day or a party of its own.
SHARE = "distributed"


# What may stand between a person and the comma behind what the person is.
_WHO = re.compile(r"oQ|(?:[po][wL]{1,4}){1,2}|W[XHav]{1,3}[pwLo]{0,6}")
_HARMED = frozenset({Measure.KILLED, Measure.INJURED})
_MOVED = frozenset({Measure.DISPLACED, Measure.EVACUATED})
# Harm of one kind: "detained or abducted 40" held them all.
_HELD = frozenset({Measure.DETAINED, Measure.ABDUCTED, Measure.MISSING})
_ALIKE = (_HARMED, _HELD, _MOVED)
# Predicates joined by nothing but "or", as many as there are.
_OF_EITHER = frozenset("VJBGC,aX")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A count of harm as found in one sentence, before place, time and source are looked for.

    `item` is the people's item, `at` the predicate's; `whole` the index of the draft of the same
    sentence of which this is a part, `anaphor` that its whole stands in an earlier sentence;
    `agent` the item of those who did it, in an active clause; `old` that an update replaces this
    figure; `left` why it is no claim though words of harm count it ("wounded or missing"); `listed`
    that it is the sum of persons whom the sentence lists one by one, `each` that it is one of them;
    `roll` the sentence that heads the roll on which they stand.
    """

    row: Row
    item: int
    at: int
    measure: Measure
    people: People
    rule: str
    certainty: Certainty = Certainty.ASSERTED
    whole: int | None = None
    anaphor: bool = False
    agent: int | None = None
    old: bool = False
    toll: bool = False
    weak: bool = False
    sums: bool = False
    also: bool = False
    hurt: int | None = None
    left: str = ""
    listed: bool = False
    each: bool = False
    roll: int | None = None

    @property
    def first(self) -> int:
        """The item with which people and predicate begin."""
        return min(self.item, self.at)

    @property
    def last(self) -> int:
        """The item with which people and predicate end."""
        return max(self.item, self.at)


def make(
    row: Row,
    item: int,
    at: int,
    measure: Measure,
    rule: str,
    certainty: Certainty = Certainty.ASSERTED,
    *,
    people: People | None = None,
    whole: int | None = None,
    anaphor: bool = False,
    agent: int | None = None,
    old: bool = False,
    toll: bool = False,
    weak: bool = False,
    also: bool = False,
) -> list[Draft]:
    """Return the draft of the people at an item, or of `people`; nothing without people."""
    counted = people or row.people(item)
    if counted is None:
        return []
    draft = Draft(
        row=row, item=item, at=at, measure=measure, people=counted, rule=rule, certainty=certainty,
        whole=whole, anaphor=anaphor, agent=agent, old=old, toll=toll, weak=weak, also=also,
    )  # fmt: skip
    return [draft]


def once(found: list[Draft]) -> list[Draft]:
    """One draft of a person and measure; a death wins over a mere injury by the same act."""
    kept: dict[tuple[int, int, Measure], Draft] = {}
    for draft in found:
        first = kept.setdefault((draft.item, draft.people.start, draft.measure), draft)
        if first.weak and not draft.weak:  # "was shot and is in stable condition"
            kept[draft.item, draft.people.start, draft.measure] = replace(first, weak=False)
    killed = {(d.item, d.people.start) for d in kept.values() if d.measure is Measure.KILLED}
    return [
        d
        for d in kept.values()
        if d.measure is not Measure.INJURED or not d.weak or (d.item, d.people.start) not in killed
    ]


def one_person(found: list[Draft]) -> list[Draft]:
    """ "a farmer, Halim Dorsawi," is one person; "three other civilians" make the first one too."""
    kept: list[Draft] = []
    for draft in found:
        before = kept[-1] if kept else None
        if before is None or (before.at, before.measure) != (draft.at, draft.measure):
            kept.append(draft)
        elif _named_beside(before, draft):
            named = before.people if before.people.names else draft.people
            who = told_beside(before.people.group, draft.people.group)
            age = before.people.age or named.age
            people = replace(before.people, names=named.names, age=age, group=who)
            kept[-1] = replace(before, people=people)
        else:
            kept[-1] = _of_one_status(before, draft)
            kept.append(draft)
    return kept


def _named_beside(one: Draft, other: Draft) -> bool:
    """Tell whether two neighbours are a person and the name, or what the person is, beside it."""
    row, a, b = one.row, one.people, other.people
    if other.item == one.item + 1:  # "Abu Sel the commander of the front"
        return a.words == "name" and b.words in ("one", "definite") and b.count.low == 1
    behind = row.tags[other.item + 1 : other.item + 2]
    if a.words == "name":  # "Rima Dorsawi, a nurse from Velm, and her son"
        told = _WHO.match(row.tags, other.item + 1)
        behind = row.tags[told.end() : told.end() + 1] if told is not None else behind
    if a.age is not None and b.age is not None and a.age != b.age:
        return False  # "Hala Tarun, 20, a three-year-old boy, and …"
    if row.tags[one.item + 1 : other.item] != "," or behind not in (",", "(", "-", ")"):
        return False
    plain = {"one", "definite", "bare"}
    first = a.words in plain and not a.names and b.words == "name"
    return first and a.count.low == 1 or a.words == "name" and b.words == "one" and not b.names


def _of_one_status(one: Draft, other: Draft) -> Draft:
    """ "the wife and three other civilians": who "other" stands beside is of the same status."""
    status = other.people.group.status
    if not other.people.additional or status is not Status.CIVILIAN:
        return one
    if one.people.group.status is not Status.UNKNOWN:
        return one
    return replace(one, people=replace(one.people, group=replace(one.people.group, status=status)))


def either(found: list[Draft]) -> list[Draft]:
    """ "killed or wounded 30": one count of two measures."""
    by_item: dict[tuple[int, int], list[Draft]] = {}
    for draft in found:
        by_item.setdefault((draft.item, draft.people.start), []).append(draft)
    kept = [draft for group in by_item.values() for draft in _one_count(group)]
    return sorted(kept, key=lambda d: (d.people.start, d.at))


def _one_count(group: list[Draft]) -> list[Draft]:
    """The drafts of one phrase, whose number cannot be that of the dead and of the hurt."""
    group = _without_moves(group)
    if len(group) > 1:
        group = _of_either(group)
    measures = {d.measure for d in group}
    if measures == {Measure.KILLED, Measure.MISSING}:  # "who went missing were found dead"
        return [d for d in group if d.measure is Measure.KILLED]
    if measures != {Measure.KILLED, Measure.INJURED} or group[0].rule == "toll":
        return group
    uncounted = group[0].people.count.modality is Modality.NONE
    if uncounted and not _joined_by_or(group):
        return group  # "civilians were killed and injured": some of each
    if not any(d.weak for d in group) and all(d.rule != "died" for d in group):
        first = min(group, key=lambda d: d.at)
        return [replace(first, measure=Measure.KILLED_OR_INJURED)]
    return [d for d in group if d.measure is Measure.KILLED]


def _without_moves(group: list[Draft]) -> list[Draft]:
    """ "Killed dozens of people evacuated from two towns": what they had been is no harm here."""
    if not any(d.measure in _HARMED for d in group):
        return group
    return [
        d for d in group if d.measure not in _MOVED or d.rule != "participle" or d.at != d.item + 1
    ]


def _of_either(group: list[Draft]) -> list[Draft]:
    """ "Six were wounded or missing": nobody knows how many of each, and no measure is of both.

    One draft is left, so marked, where the predicates stand joined by "or" alone, unless dead or
    hurt is all that they were, or held, or moved.
    """
    if group[0].people.count.modality is Modality.NONE or group[0].people.count.high == 0:
        return group
    if any({d.measure for d in group} <= alike for alike in _ALIKE):
        return group
    ats = sorted(d.at for d in group)
    row, low, high = group[0].row, ats[0], ats[-1]
    if not set(row.tags[low : high + 1]) <= _OF_EITHER or not _joined_by_or(group):
        return group
    if any(d.certainty is Certainty.DENIED for d in group):
        return group
    return [replace(group[0], certainty=Certainty.HYPOTHETICAL, left="one-of-several-harms")]


def _joined_by_or(group: list[Draft]) -> bool:
    """Tell whether the two predicates are joined by "or"."""
    ats = [draft.at for draft in group]
    low, high = min(ats), max(ats)
    return any("alternative" in group[0].row.kinds(n) for n in range(low, high))
