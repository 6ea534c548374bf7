"""Deaths by one's own hand: "shot two men before turning the gun on himself".

Whoever harms others and dies is an attacker, counted among all the killed and never among the
civilians. The subject is often that of the clause before.
"""

from dataclasses import replace

from cenotaph.model import Certainty, Count, Group, Measure, Modality
from cenotaph.reading.drafts import OWN_DEATH, Draft, make
from cenotaph.reading.entries import VerbWord
from cenotaph.reading.items import People, Row
from cenotaph.reading.lists import reflexive
from cenotaph.reading.objects import objects
from cenotaph.reading.subjects import subjects
from cenotaph.reading.verb_groups import GERUND_END, VerbGroup, verb_group

_HURTS = frozenset({Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED})
# What may stand between a verb and a reflexive that closes the list of those it harmed.
_LISTED = frozenset("NQyFLTC,SaowK")
_CLOSED = frozenset({"", ",", ".", ";", ":", "-", "p", "T", "S", "b", "C", '"', "R"})


def own_death(row: Row, k: int, group: VerbGroup) -> list[Draft]:
    """The one who dies by the phrase at item `k`: its subject, else that of the verb before it."""
    if group.certainty is Certainty.HYPOTHETICAL:
        return []  # "attempted to blow himself up": nobody died of it
    start = group.start
    if row.tags[k] != "G" and row.tags[max(0, start - 2) : start] in ("PS", "NS"):
        joined = "coordinator" in row.kinds(start - 1) or row.items[start - 1].start + 1 < (
            row.items[start - 1].end
        )
        start -= not joined  # "he then killed himself", but "shot a boy and then killed himself"
    died = subjects(row, start, adjacent=row.tags[k] == "G")
    died = [n for n in died if not _object(row, n)]
    acted = [n for n in range(len(row.tags)) if n != k and hurts(row, n)]
    if not died:
        before = [n for n in acted if n < k and row.tags[n] in "VB"]
        died = subjects(row, verb_group(row, before[-1]).start) if before else []
    if not died and row.tags[k - 1 : k] == ",":  # "A bomber blew up his vest, killing himself"
        died = [n for n in _first(row, k) if (p := row.people(n)) and p.count.high == 1]
    if not died and row.tags[k] in "VB":  # "Teen fled after shooting a friend, killed himself"
        died = _first(row, k)
    if not died and row.tags[k] == "G" and row.tags[start - 1 : start] == "S":
        died = _of_clause_before(row, start)
    listed = objects(row, k + 1) if row.tags[k + 1 : k + 2] == "C" else []
    victims = [  # "killed himself and four others"
        draft
        for n in listed
        for draft in make(row, n, k, Measure.KILLED, "active", group.certainty)
    ]
    word = row.sense(k)
    attacker = bool(acted or victims) or word.pattern == "own_blast"
    return _died(row, died, k, group, attacker=attacker) + victims


def _of_clause_before(row: Row, start: int) -> list[int]:
    """ "Two men fired at the gate before blowing themselves up": the subject of the clause before
    the joint right before item `start`."""
    for n in range(start - 2, -1, -1):
        if row.tags[n] in ".;SW" or row.tags[n] in "VJ" and verb_group(row, n).be:
            break  # "was arrested before detonating his vest"
        if row.tags[n] in "VBvR" and (died := subjects(row, verb_group(row, n).start)):
            return [m for m in died if not _object(row, m) and _some(row, m)]
    return []


def _some(row: Row, n: int) -> bool:
    people = row.people(n)
    return people is not None and people.count.low is not None


def himself(row: Row, k: int, group: VerbGroup) -> list[Draft]:
    """ "killed two girls and then himself", in a heading "kills brother, self".

    The reflexive closes the list of those killed by the verb at item `k`; who bears it is the
    subject.
    """
    tags = row.tags
    at = k + 1
    while at < len(tags) and tags[at] in _LISTED and not reflexive(row, at):
        at += 1
    if at >= len(tags) or not reflexive(row, at) or tags[at + 1 : at + 2] not in _CLOSED:
        return []
    listed = tags[k + 1 : at]
    if "S" in listed and not _goes_on(row, k + 1 + listed.index("S")):
        return []
    alone = not {"N", "Q", "y"} & set(listed)
    died = [n for n in subjects(row, group.start, adjacent=tags[k] == "G") if not _object(row, n)]
    died = died or _first(row, k)
    acted = not alone or any(_harms_others(row, n) for n in range(len(tags)) if n != k)
    return _died(row, died, k, group, attacker=acted)


def _died(row: Row, items: list[int], k: int, group: VerbGroup, *, attacker: bool) -> list[Draft]:
    both = row.tags[items[0] + 1 : items[1]] == "C" if len(items) == 2 else False
    return [
        attacking(draft) if attacker else draft
        for n in items[: 1 + both]  # "a man and a woman blew themselves up"
        for draft in make(row, n, k, Measure.KILLED, OWN_DEATH, group.certainty, also=group.also)
    ]


def _first(row: Row, k: int) -> list[int]:
    """The first people before item `k` that nothing harmed."""
    begin = max(row.tags.rfind(mark, 0, k) for mark in ":;.") + 1
    return [n for n in range(begin, k) if row.tags[n] in "NP" and not _object(row, n)][:1]


def _object(row: Row, n: int) -> bool:
    """Tell whether the people at item `n` stand right behind what harmed them."""
    if n == 0:
        return False
    tag, last = row.tags[n - 1], row.sentence.tokens[row.items[n].start - 1].low
    gerund = tag in "GU" and last.endswith(GERUND_END)  # "after shooting a friend"
    return gerund or tag in "VB" and hurts(row, n - 1)


def _harms_others(row: Row, n: int) -> bool:
    """Tell whether the verb at item `n` harms people told beside it."""
    return hurts(row, n) and any(not reflexive(row, o) for o in objects(row, n))


def _goes_on(row: Row, n: int) -> bool:
    """Tell whether item `n` leads to the next act: "and then himself"."""
    item, words = row.items[n], row.sentence.words
    return not words.lexicon.next.isdisjoint(words[item.start : item.end])


def attacking(draft: Draft) -> Draft:
    """The draft of one who harmed others."""
    group = replace(draft.people.group, attacker=True)
    return replace(draft, people=replace(draft.people, group=group))


def hurts(row: Row, n: int) -> bool:
    """Tell whether the verb at item `n` harms somebody else."""
    word = row.sense(n) if row.tags[n] in "VGB" else None
    return isinstance(word, VerbWord) and word.pattern == "object" and word.measure in _HURTS


def murder_suicide(row: Row, found: list[Draft]) -> list[Draft]:
    """ "A girl was killed in a murder-suicide": whoever killed her is dead too.

    Two or more dead may include the killer, so only one person told of as killed is added to.
    """
    if any(draft.rule == OWN_DEATH for draft in found):
        return []
    killed = [draft for draft in found if draft.measure is Measure.KILLED and draft.whole is None]
    sure = killed and all(draft.certainty is Certainty.ASSERTED for draft in killed)
    if not sure or sum(draft.people.count.high or 2 for draft in killed) != 1:
        return []
    if killed[0].people.group.attacker or killed[0].people.partitive:
        return []
    lows = row.sentence.words
    lexicon, tokens = lows.lexicon, row.sentence.tokens
    for k, item in enumerate(row.items):
        start = item.end - 1
        if row.tags[k] not in "FB" or lows[start] not in lexicon.murders:
            continue
        end = start + 1 + (start + 1 < len(tokens) and not tokens[start + 1].text.isalnum())
        if end >= len(tokens) or lows[end] not in lexicon.suicides:
            continue
        at = k - 1
        while at > 0 and row.tags[at] in "wTL":
            at -= 1
        if at < 0 or row.tags[at] != "p":
            continue  # "the deaths of a couple were a murder-suicide"
        if not lexicon.never_sure.isdisjoint(lows[max(0, item.start - 2) : start]):
            continue
        one = Count(low=1, high=1, modality=Modality.EXACT)
        who = People(
            start=start, end=end + 1, count=one, words="definite", group=Group(attacker=True)
        )
        return make(row, k, k, Measure.KILLED, OWN_DEATH, people=who, also=True)
    return []
