"""What persons who are listed one by one come to: "a man and his wife" are two.

A report that tells who was killed, one by one, states how many as well. Their sum is a count of its
own, of which each of them is a part, so that nobody is added up twice.
"""

from collections.abc import Sequence
from dataclasses import replace

from cenotaph.model import Certainty, Count, Measure, Modality
from cenotaph.reading.drafts import Draft
from cenotaph.reading.groups import joined
from cenotaph.reading.items import Row
from cenotaph.reading.lists import with_kin

_RULES = frozenset(
    {"passive", "active", "died", "participle", "claimed-lives", "predicate", "death-of"}
)
_BETWEEN = frozenset({"C", ",", ",C", "Ca"})
_WORDS = frozenset({"one", "words", "digits"})


def summed(row: Row, found: Sequence[Draft]) -> list[Draft]:
    """Return the drafts of a sentence and the sums of those that it lists one by one."""
    made = _parents(row, found)
    found = list(made)
    if "C" not in row.tags and "NpN" not in row.tags:
        return made
    order = sorted(
        (n for n, draft in enumerate(found) if _single(draft)), key=lambda n: found[n].item
    )
    run: list[int] = []
    for n in [*order, None]:
        if n is not None and run and _beside(row, found[run[-1]], found[n]):
            run.append(n)
            continue
        broken = any(draft.whole in run for draft in found)
        if len(run) > 1 and not broken and _persons(row, [found[m] for m in run]):
            for m in run:
                made[m] = replace(made[m], whole=len(made), each=True)
            made.append(_sum([found[m] for m in run]))
        run = [n] if n is not None else []
    return made


def _parents(row: Row, found: Sequence[Draft]) -> list[Draft]:
    """ "The parents and two daughters", "the boy's parents": of one family, so they are two."""
    two_each = row.sentence.words.lexicon.two_each
    made = list(found)
    for n, draft in enumerate(found):
        people = draft.people
        if people.head not in two_each or people.count.modality is not Modality.NONE:
            continue
        if _of_one(row, draft.item) or any(_child_beside(row, draft, d) for d in found):
            count = Count(low=2, high=2, modality=Modality.EXACT, imputed=True)
            made[n] = replace(draft, people=replace(people, count=count, words="words"))
    return made


def _of_one(row: Row, item: int) -> bool:
    """ "Jamil's parents", "the boy's parents": those of a single person."""
    if item < 2 or row.tags[item - 1] != "K" or row.tags[item - 2] not in "Nwy":
        return False
    owner, token = row.people(item - 2), row.sentence.tokens[row.items[item - 2].start]
    if owner is None:
        senses = row.sentence.words.lexicon.senses(token.low)
        one = any(sense.kind == "person" and not sense.data.plural for sense in senses)
        return row.tags[item - 2] == "w" and (one or token.text.istitle())
    return owner.count.low == 1 == owner.count.high


def _child_beside(row: Row, parents: Draft, other: Draft) -> bool:
    """Tell whether kin with a number stand beside parents under one verb: "and two daughters"."""
    beside = other.at == parents.at and other.item == parents.item + 2
    beside = beside and row.tags[parents.item + 1] in ",C" and other.measure is parents.measure
    return beside and other.people.kin and other.people.words in _WORDS


def _single(draft: Draft) -> bool:
    people = draft.people
    plain = draft.whole is None and not (draft.toll or draft.old or draft.sums or draft.anaphor)
    plain = plain and draft.hurt is None and draft.certainty is Certainty.ASSERTED
    if not plain or draft.measure is not Measure.KILLED or draft.rule not in _RULES:
        return False  # of the hurt a report often names a few
    if people.group.attacker:
        return False
    exact = people.count.low is not None and people.count.low == people.count.high
    told = people.words in _WORDS or people.words == "bare" and people.kin  # "and his wife"
    return exact and told and not people.names and not people.additional


def _beside(row: Row, one: Draft, other: Draft) -> bool:
    same = (one.at, one.measure, one.rule) == (other.at, other.measure, other.rule)
    between = row.tags[one.item + 1 : other.item]
    return same and (between in _BETWEEN or between == "p" and with_kin(row, other.item))


def _persons(row: Row, listed: Sequence[Draft]) -> bool:
    """Tell whether a list closes with "and", and has persons of whom each is told by himself."""
    last = row.tags[listed[-2].item + 1 : listed[-1].item]
    if listed[0].people.words not in _WORDS:
        return False
    closed = "C" in last or last == "p"  # "a man with his two sons"
    return closed and any(draft.people.count.low == 1 for draft in listed)


def _sum(listed: Sequence[Draft]) -> Draft:
    first, last = listed[0], listed[-1]
    total = sum(draft.people.count.low or 0 for draft in listed)
    group = first.people.group
    for draft in listed[1:]:
        group = joined(group, draft.people.group)
    count = replace(first.people.count, low=total, high=total)
    people = replace(
        first.people, end=last.people.end, count=count, words="words", group=group,
        plural=True, kin=False, age=None, head="",
    )  # fmt: skip
    return replace(first, people=people, listed=True)
