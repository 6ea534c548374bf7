"""The measure of a draft where its people, or who took them, tell another than its predicate.

Wounds on a body hurt nobody, whoever was harmed may be dead, and a soldier who was taken captive is
a prisoner of war.
"""

from collections.abc import Sequence
from dataclasses import replace

from cenotaph.model import Certainty, Measure, Status
from cenotaph.reading.drafts import Draft
from cenotaph.reading.items import NUMBERED, Row

# The people whom "five of them" or "14" mean stand within so many items before.
_REACH = 16
# What may stand behind "40 martyrs and wounded" where it is no verb.
_CLOSED = frozenset({"", ".", ",", ";", "p", "S", "X", "H", "T", "L", "-", ")", "b"})
# Behind these, another clause begins.
_JOINTS = frozenset("CS.;")
_CAPTIVE = frozenset({"taken-captive", "predicate", "active", "passive"})


def remeasured(row: Row, draft: Draft, found: Sequence[Draft]) -> Draft:
    """The draft by the measure that is its people's."""
    if draft.measure is Measure.INJURED:
        if _are_harmed(row, draft):
            return replace(draft, measure=Measure.CASUALTIES)
        return _as_dead(row, draft, found)
    if draft.measure is Measure.KILLED:
        if draft.rule == "counted-noun" and row.tags[draft.at + 1 : draft.at + 2] == "C":
            if _and_hurt(row, draft.at):
                return replace(draft, measure=Measure.KILLED_OR_INJURED)
    elif draft.measure is Measure.ABDUCTED and _prisoner(row, draft):
        return replace(draft, measure=Measure.DETAINED)
    elif draft.measure is Measure.DETAINED and _by_captors(row, draft, found):
        return replace(draft, measure=Measure.ABDUCTED)
    return draft


def _are_harmed(row: Row, draft: Draft) -> bool:
    """ "12 civilians were harmed": dead or hurt. Nobody harmed, and one person, is nobody hurt, or
    one who is."""
    if row.tags[draft.at] not in "VGB":
        return False
    people, words, verb = draft.people, row.sentence.words, row.items[draft.at]
    if " ".join(words[verb.start : verb.end]) not in words.lexicon.harms:
        return False
    if draft.certainty is Certainty.DENIED:
        return False
    several = people.words in NUMBERED and (people.count.low or 2) > 1
    return several or people.words == "none"


def _as_dead(row: Row, draft: Draft, found: Sequence[Draft]) -> Draft:
    """ "The dead man had two gunshot wounds"; "20 bodies, some of which bore wounds", where those
    who bore them are some of the 20."""
    people = draft.people
    if Measure.KILLED in (people.attribute, people.measure):
        return replace(draft, measure=Measure.KILLED)
    if draft.rule != "bore-wounds" or people.head or row.tags[draft.item] not in "Qn":
        return draft
    for n in range(draft.item - 1, max(-1, draft.item - _REACH), -1):
        before = row.people(n)
        if row.tags[n] in "FN" and before is not None:
            if Measure.KILLED not in (before.measure, before.attribute, before.harmed):
                return draft
            if not _of_bodies(row, n, draft):
                return draft
            whole = next((i for i, d in enumerate(found) if d.item == n and d is not draft), None)
            whole = draft.whole if whole is None else whole
            part = replace(draft, measure=Measure.KILLED, whole=whole, anaphor=whole is None)
            return part if whole is None else replace(part, rule="part")
    return draft


def _of_bodies(row: Row, n: int, draft: Draft) -> bool:
    """ "20 bodies, and 14 suffered burns": survivors. What bodies bear is told of them in their own
    clause, with a colon, or as of some of them, and of no more than there are."""
    people, bodies = draft.people, row.people(n)
    between = row.tags[n + 1 : draft.item]
    if bodies is not None and bodies.count.high is not None:
        if (people.count.low or 0) > bodies.count.high:
            return False
    if "I" in between or people.partitive:
        return True
    if not _JOINTS.isdisjoint(between):
        return False
    bears = row.kinds(draft.item + 1)
    return ":" in between or "have" in bears or row.tags[draft.item + 1 : draft.item + 2] == "p"


def _and_hurt(row: Row, k: int) -> bool:
    """ "40 martyrs and wounded": one number of both, where the hurt have none and are no verb's."""
    if row.tags[k + 2 : k + 3] not in ("V", "J", "F") or not row.numbered(k):
        return False
    hurt, people = row.sense(k + 2), row.people(k + 2)
    if row.tags[k + 2] == "F":
        alone = row.items[k + 2].end == row.items[k + 2].start + 1
        alone = alone and row.tags[k + 3 : k + 4] in _CLOSED
        if not alone or people is None or row.tags[k + 3 : k + 4] == "p" and _to(row, k + 3):
            return False
        return people.measure is Measure.INJURED and people.words == "none"
    measure = hurt if isinstance(hurt, Measure) else hurt.measure
    return measure is Measure.INJURED and row.tags[k + 3 : k + 4] in _CLOSED


def _to(row: Row, n: int) -> bool:
    """ "Two deaths and injuries to nine": the hurt have a number of their own."""
    return not row.kinds(n).isdisjoint({"infinitive", "among"})


def _by_captors(row: Row, draft: Draft, found: Sequence[Draft]) -> bool:
    """ "Gunmen seized five villagers", "seized them as human shields": where the verb does not tell
    whether they were jailed or taken, who did it does. Fighters are prisoners, whoever holds them.
    """
    if draft.rule not in ("active", "passive") or "takes_things" not in row.kinds(draft.at):
        return False
    if draft.people.group.status is Status.COMBATANT or draft.people.group.attacker:
        return False
    fought = any(other.people.group.status is Status.COMBATANT for other in found)
    if row.tags[draft.item] == "Q" and fought:
        return False  # "killed 25 soldiers and captured 24"
    words, entries = row.sentence.words, row.sentence.words.entries
    behind = row.items[draft.last].end
    if behind < len(words) and "held_as" in entries[behind].kinds:
        return True
    by = draft.at + 1
    if draft.rule == "passive" and row.tags[by : by + 1] != "b":
        return False
    agent = by + 1 if draft.rule == "passive" else draft.agent
    doer = row.people(agent) if agent is not None and agent < len(row.tags) else None
    if doer is None or agent is None:
        return False
    item = row.items[agent]
    named = not words.lexicon.captors.isdisjoint(words[item.start : item.end])
    return named or doer.group.side == "armed_group"


def _prisoner(row: Row, draft: Draft) -> bool:
    """ "Rebels took 12 soldiers captive": prisoners of war; a hostage is one of any force."""
    group = draft.people.group
    if group.status is not Status.COMBATANT or draft.rule not in _CAPTIVE:
        return False
    words = row.sentence.words
    known = words.lexicon.captive
    low, high = row.items[draft.first].start, row.items[draft.last].end
    return not known.isdisjoint(words[low : high + 1])
