"""Attacks that a report counts and then tells one by one: "The first killed two. The second …".

"Nine people were killed in three air strikes" is told as one event where nothing more is said.
Where the report goes on to tell what each of them did, they are events of their own, and the nine
are the sum over them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from cenotaph.model import Measure
from cenotaph.reading.items import Row
from cenotaph.reading.told import Told, counts_one_event
from cenotaph.reading.vocabulary import Hit

# So many sentences behind the attacks that it counts a report may tell of each of them.
REACH = 8
_CODES = ("one_of_acts", "further_act")
# What stands behind "the second" where the attack itself is left out.
_OPENS = frozenset(",vVBHXGU")


class Ordinal(NamedTuple):
    """The item at which a sentence speaks of one of several attacks, and which one it says."""

    item: int
    which: str


def ordinals(row: Row, scopes: Sequence[Hit]) -> list[Ordinal]:
    """Return where a sentence speaks of one of several attacks: "the second, at noon, killed"."""
    words, found = row.sentence.words, list[Ordinal]()
    for hit in scopes:
        if hit.code not in _CODES or "definite" not in words.entries[hit.start].kinds:
            continue
        k = next((k for k, item in enumerate(row.items) if item.end >= hit.end), len(row.items))
        behind = row.tags[k + 1 : k + 2]
        person = behind == "," and row.tags[k + 2 : k + 3] in ("N", "Q", "n", "y")
        if row.tags[k : k + 1] == "U" or behind in _OPENS and behind and not person:
            found.append(Ordinal(k, words[hit.end - 1]))
    return found


def one_by_one(
    told: Sequence[Told], wholes: Sequence[int | None], spoken: Mapping[int, Sequence[Ordinal]]
) -> list[Told]:
    """Return the drafts, those of each attack told by its number with a section of its own.

    `wholes` gives the number of the whole of each draft that is a part, `spoken` where a sentence
    speaks of one of several attacks. The counts of the sentence that counts the attacks are sums.
    """
    made = list(told)
    for n, one in enumerate(told):
        if one.draft.measure is not Measure.ATTACKS or (one.draft.people.count.low or 0) < 2:
            continue
        groups = _groups(told, wholes, spoken, n)
        if not 2 <= len(groups) <= (one.draft.people.count.low or 0):
            continue
        fresh = max(each.slots.section for each in made)
        for number, group in enumerate(groups.values()):
            for m in group if number else ():
                made[m] = replace(made[m], slots=replace(made[m].slots, section=fresh + number))
        for m in _sums(told, wholes, n, groups.values()):
            made[m] = replace(made[m], draft=replace(made[m].draft, sums=True))
    return made


def _groups(
    told: Sequence[Told],
    wholes: Sequence[int | None],
    spoken: Mapping[int, Sequence[Ordinal]],
    n: int,
) -> dict[str, list[int]]:
    """The drafts behind draft `n` by the attack that they are told of, where it has a count."""
    groups: dict[str, list[int]] = {}
    for m in range(n + 1, len(told)):
        one, away = told[m], told[m].sentence - told[n].sentence
        if away > REACH:
            break
        if not away or not (counts_one_event(one) or wholes[m] is not None):
            continue
        which = _which(one, spoken)
        if which is None and (before := spoken.get(one.sentence - 1)):
            counted = any(
                each.sentence == one.sentence - 1 and counts_one_event(each) for each in told
            )
            which = None if counted and one.draft.measure is Measure.KILLED else before[-1].which
        if which is not None:
            groups.setdefault(which, []).append(m)
    return {
        which: group
        for which, group in groups.items()
        if any(counts_one_event(told[m]) for m in group)
    }


def attackers_in_turn(told: Sequence[Told]) -> list[Told]:
    """ "Two attackers were shot dead at the gate. A third was shot inside": one more of them."""
    made = list(told)
    for n in range(1, len(made)):
        one, before = made[n], made[n - 1]
        people, group = one.draft.people, before.draft.people.group
        if not group.attacker or not people.additional or one.sentence - before.sentence > 1:
            continue
        words = one.draft.row.sentence.words
        nth = words.lexicon.counting.get(words[people.end - 1], 0)
        if (
            people.head
            or nth != (before.draft.people.count.low or 0) + 1
            or people.end - people.start > 2
        ):
            continue
        draft = replace(one.draft, people=replace(people, group=group))
        made[n] = replace(one, draft=draft)
    return made


def _which(one: Told, spoken: Mapping[int, Sequence[Ordinal]]) -> str | None:
    """The attack that the sentence of a count names: last before the count, else behind it."""
    here = spoken.get(one.sentence, ())
    before = [each for each in here if each.item < one.draft.last]
    named = before[-1:] or here[:1]
    return named[0].which if named else None


def _sums(
    told: Sequence[Told],
    wholes: Sequence[int | None],
    n: int,
    groups: Collection[Sequence[int]],
) -> list[int]:
    """The counts of the sentence of draft `n` that can hold what its attacks did together."""
    found: list[int] = []
    for m, whole in enumerate(told):
        if (
            whole.sentence != told[n].sentence
            or wholes[m] is not None
            or not counts_one_event(whole)
        ):
            continue
        parts = [
            told[k].draft.people.count.low or 0
            for group in groups
            for k in group
            if told[k].draft.measure is whole.draft.measure and wholes[k] is None
        ]
        if sum(parts) <= (whole.draft.people.count.low or 0):
            found.append(m)
    return found
