"""Deaths by one's own hand: "shot two men before turning the gun on himself".

Whoever harms others and dies is an attacker, counted among all the killed and never among the
civilians. The subject is often that of the clause before.
"""

from dataclasses import replace

from cenotaph.model import Measure
from cenotaph.reading.arguments import VerbGroup, subjects, verb_group
from cenotaph.reading.drafts import OWN_DEATH, Draft, make
from cenotaph.reading.entries import VerbWord
from cenotaph.reading.items import Row

_HURTS = frozenset({Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED})


def own_death(row: Row, k: int, group: VerbGroup) -> list[Draft]:
    """The one who dies by the phrase at item `k`: its subject, else that of the verb before it."""
    start = group.start
    if row.tags[k] != "G" and row.tags[max(0, start - 2) : start] in ("PS", "NS"):
        start -= 1  # "he then killed himself"
    died = subjects(row, start, adjacent=row.tags[k] == "G")
    acted = [n for n in range(len(row.tags)) if n != k and hurts(row, n)]
    if not died:
        before = [n for n in acted if n < k and row.tags[n] in "VB"]
        died = subjects(row, verb_group(row, before[-1]).start) if before else []
    return [
        attacking(draft) if acted else draft
        for n in died[:1]
        for draft in make(row, n, k, Measure.KILLED, OWN_DEATH, group.certainty, also=group.also)
    ]


def attacking(draft: Draft) -> Draft:
    """The draft of one who harmed others."""
    group = replace(draft.people.group, attacker=True)
    return replace(draft, people=replace(draft.people, group=group))


def hurts(row: Row, n: int) -> bool:
    """Tell whether the verb at item `n` harms somebody else."""
    word = row.sense(n) if row.tags[n] in "VGB" else None
    return isinstance(word, VerbWord) and word.pattern == "object" and word.measure in _HURTS
