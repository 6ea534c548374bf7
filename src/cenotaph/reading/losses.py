"""Losses of forces, told by number alone: "the rebels lost 12, the army three".

A bare number behind "lost" could count seats or villages; it counts dead where a force lost it. Who
else lost how many may follow without the verb.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from cenotaph.model import Certainty, Group, Measure, Status
from cenotaph.reading.drafts import Draft, make
from cenotaph.reading.items import Row
from cenotaph.reading.members import forces
from cenotaph.reading.verb_groups import verb_group
from cenotaph.vocab import table

# Behind the number nothing tells what else it counts.
_NUMBER = re.compile(r"a?(Q)(?=[.,;CTSX-]|p|$)")
# What may stand behind "six losses" where these are nothing else.
_ENDS = frozenset({"", ".", ",", ";", "T", "S", "C", "p"})
# The next force, and what it lost.
_IN_TURN = re.compile(r"[LTp]{0,3}(?:[,;]C?|C)(?:w{0,3}w|N)(Q)(?=[.,;CT]|$)")


def lost_by_forces(row: Row, k: int, found: Sequence[Draft]) -> list[Draft]:
    """The drafts of the verb of losing at item `k`; `found` are those whom other words tell of."""
    if "loses" not in row.kinds(k):
        return []
    group = verb_group(row, k)
    drafts = [draft for draft in found if draft.at == k]
    number = _NUMBER.match(row.tags, k + 1)
    if not drafts and number is not None and group.start:
        drafts = _of_force(row, group.start - 1, number.start(1), k, group.certainty)
    if not drafts or drafts[0].people.kin:
        return []
    made = [draft for draft in drafts if draft not in found]
    last = drafts[-1].item + 1
    while (turn := _IN_TURN.match(row.tags, last)) is not None:
        more = _of_force(row, turn.start(1) - 1, turn.start(1), k, group.certainty)
        if not more:
            break
        made += more
        last = turn.end(1)
    return made


def losses_of(row: Row, k: int) -> list[Draft]:
    """ "The Front acknowledges only six losses": what a force admits, or suffered, is its dead."""
    words, number = row.sentence.words, k + 1
    if (
        row.tags[number : number + 2] != "QF"
        or words[row.items[k].end - 1] not in words.lexicon.admits
    ):
        return []
    noun = row.items[number + 1]
    if words[noun.start] not in words.lexicon.bare_losses or noun.end - noun.start > 1:
        return []
    if row.tags[number + 2 : number + 3] not in _ENDS:
        return []
    group = verb_group(row, k)
    return _of_force(row, group.start - 1, number, k, group.certainty) if group.start else []


def _of_force(row: Row, force: int, item: int, k: int, sure: Certainty) -> list[Draft]:
    """What the force that ends with one item lost, by the bare number at another."""
    people = row.people(item)
    side = _side(row, force)
    if people is None or people.head or not row.numbered(item) or side is None:
        return []
    of = Group(status=Status.COMBATANT, side=side or None)
    return make(row, item, k, Measure.KILLED, "lost", sure, people=replace(people, group=of))


def _side(row: Row, n: int) -> str | None:
    """The side of the force whose words end with item `n`, empty where they tell none."""
    people = row.people(n)
    if people is not None:
        uncounted = people.count.low is None and people.group.status is Status.COMBATANT
        return people.group.side or "" if uncounted else None
    if row.tags[n] != "w":
        return None
    lang, end = row.sentence.words.lexicon.lang, row.items[n].end
    hits = forces(lang).find(list(row.sentence.words[max(0, end - 3) : end]))
    if hits and hits[-1].end == min(3, end):
        return hits[-1].code
    return (
        ""
        if row.sentence.words[end - 1] in table(f"{lang}/actors")["membership"]["other"]
        else None
    )
