"""Predicates of harm and the people they are about, sentence by sentence.

Each verb, adjective and noun of harm is asked for its people by its own rule; the rule's name goes
into the claim, so that every count can be traced to the grammar that gave it. What is told of the
same people, and what breaks a count down, follows when all predicates are read.
"""

import re
from dataclasses import replace

from cenotaph.model import Count, Measure, Modality, Status
from cenotaph.reading.actives import active, inverted, left_so
from cenotaph.reading.breakdowns import (
    attributes,
    broken_down,
    degrees,
    died_of_these,
    distributed,
    itemised,
    of_before,
    of_so_many,
    of_the_hurt,
    of_whom,
    parts,
)
from cenotaph.reading.descriptions import described_before, equations
from cenotaph.reading.drafts import Draft, either, make, once, one_person
from cenotaph.reading.driven import (
    besieged,
    driven_out,
    fled,
    siege_of,
    taken,
    under_siege,
)
from cenotaph.reading.entries import VerbWord
from cenotaph.reading.falsehoods import falsified
from cenotaph.reading.fronted import among, fractions, fronted
from cenotaph.reading.gaps import gapped, gapped_parts
from cenotaph.reading.hurt import (
    affected,
    beaten_to_death,
    claimed,
    consequence,
    ended,
    lost,
    multiple,
)
from cenotaph.reading.items import COUNTED, People, Row
from cenotaph.reading.labels import by_turns, labelled
from cenotaph.reading.late import nth_victim
from cenotaph.reading.listed import summed
from cenotaph.reading.lists import reflexive
from cenotaph.reading.losses import losses_of, lost_by_forces
from cenotaph.reading.members import members
from cenotaph.reading.mistaken import mistaken
from cenotaph.reading.moved import brought_out, expelled, led_away, left_home, to_escape
from cenotaph.reading.multiples import as_many
from cenotaph.reading.nouns import attack_of, attacks, harmed_at, lives, noun
from cenotaph.reading.objects import objects, together
from cenotaph.reading.own_deaths import attacking, himself, hurts, murder_suicide, own_death
from cenotaph.reading.shooting import fatally, shot_at
from cenotaph.reading.subjects import subjects
from cenotaph.reading.survivors import but_few
from cenotaph.reading.tolls import tally, toll
from cenotaph.reading.unreal import unreal
from cenotaph.reading.untold import counted_aside, fate, no_survivor
from cenotaph.reading.verb_groups import verb_group

# "Four pupils hurt when shells hit their school": the people, and the clause that tells how.
_HURT_WHEN = re.compile(r"([NQ])V[pwLTU]*S[^.;,SWXCNQyP]*[vwLTU]$")
# How people are counted, or named, who can be the hurt of such a clause.
_SOME = COUNTED | {"bare", "name"}
# The words that tell of harm though they bear no tag of it; all others tell of none, told at once.
_TOLD_BY_WORDS = frozenset(
    {
        "tally",
        "affected",
        "fate",
        "claims_people",
        "to_death",
        "drives",
        "departs",
        "abandons",
        "expels",
        "brings_out",
        "leads_away",
        "streams",
        "escapes",
        "hits",
        "takes_people",
        "siege_of",
        "refuge",
    }
)


def drafts(row: Row) -> list[Draft]:
    """Return the drafts of one sentence, in the order of their people."""
    found = by_turns(row) or _predicates(row)
    if any(draft.toll for draft in found):
        found = _beside_tolls(found)
    found += labelled(row, found)
    told = {draft.item for draft in found}
    found += [draft for draft in described_before(row) if draft.item not in told]
    # Of most sentences nothing is told; the rules that only go on from a draft are not asked then.
    if found:
        found = one_person(broken_down(row, either(once(_not_both(row, found)))))
        found = distributed(row, found)
        found += gapped(row, found)
        found = itemised(row, of_so_many(row, of_whom(row, of_before(row, found))))
        found += of_the_hurt(row, found)
    found += equations(row, found)
    found += attributes(row, found)
    if found:
        found += fractions(row, found)
        found += among(row, found)
        found = counted_aside(row, found)
    found += no_survivor(row, found)
    found += fronted(row, found)
    found += parts(row, found)
    if found:
        found += degrees(row, found)
        found = gapped_parts(row, found)
        found = unreal(row, nth_victim(row, found))
    found += murder_suicide(row, found)
    found += but_few(row, found)
    if not found:
        return found
    found = as_many(row, died_of_these(row, found))
    return summed(row, falsified(row, mistaken(row, members(row, found))))


def _predicates(row: Row) -> list[Draft]:
    """The drafts of each word of harm, asked in the order of the sentence."""
    found: list[Draft] = []
    for k, tag in enumerate(row.tags):
        if tag in "VGB":
            found += fled(row, k) or to_escape(row, k) or _verb(row, k) or besieged(row, k)
        elif tag == "J":
            found += _adjective(row, k) or under_siege(row, k)
        elif tag == "F":
            found += noun(row, k) + multiple(row, k)
        elif tag == "v":
            found += consequence(row, k) + lost(row, k) + taken(row, k) + driven_out(row, k)
            found += ended(row, k) + _moved(row, k)
            found += lost_by_forces(row, k, found) + losses_of(row, k)
        elif tag == "l":
            found += left_home(row, k)
        elif tag == "R":
            found += claimed(row, k) + losses_of(row, k)
        elif tag == "N":
            found += harmed_at(row, k)
        elif tag == "Q":
            found += lives(row, k)
        elif tag == "O":
            found += toll(row, k)
        elif tag == "w" and not _TOLD_BY_WORDS.isdisjoint(row.kinds(k)):
            found += tally(row, k) + affected(row, k) + fate(row, k) + claimed(row, k)
            found += beaten_to_death(row, k) + driven_out(row, k) + _moved(row, k)
            found += siege_of(row, k) + taken(row, k) + consequence(row, k)
        elif tag == "U":
            found += attacks(row, k)
            found += attack_of(row, k) + multiple(row, k)
    return found


def _moved(row: Row, k: int) -> list[Draft]:
    """Those whom the words around the verb at item `k` tell to have left, or to be led away."""
    return left_home(row, k) + expelled(row, k) + brought_out(row, k) + led_away(row, k)


def _both_dead(row: Row, found: list[Draft]) -> list[Draft]:
    """ "A man and his son were shot; both died": the two who were shot are the dead."""
    dead = next((d for d in found if d.measure is Measure.KILLED and _is_both(row, d)), None)
    if dead is None:
        return found
    shot = [d for d in found if d.item < dead.item and d.measure is Measure.INJURED and d.weak]
    one_verb = len({d.at for d in shot}) == 1
    if not one_verb or sum(d.people.count.low or 0 for d in shot) != dead.people.count.low:
        return found
    return [replace(d, measure=Measure.KILLED, weak=False) if d in shot else d for d in found]


def _is_both(row: Row, draft: Draft) -> bool:
    """Tell whether a draft is of "both" alone, two told of before."""
    people = draft.people
    if people.words != "words" or people.head or people.end != people.start + 1:
        return False
    return row.sentence.words[people.start] in row.sentence.words.lexicon.both


def _not_both(row: Row, found: list[Draft]) -> list[Draft]:
    """ "A boy was shot and so was a man; both are in good condition": the two told of before."""
    found = _both_dead(row, found)

    def again(draft: Draft) -> bool:
        if not _is_both(row, draft):
            return False
        before = [d for d in found if d.item < draft.item and d.measure is draft.measure]
        return sum(d.people.count.low or 0 for d in before) == 2

    return [draft for draft in found if not again(draft)]


def _beside_tolls(found: list[Draft]) -> list[Draft]:
    """The drafts of a sentence with a toll, each count by one rule.

    "The number of people killed" is counted by the toll, and so is a figure that "in addition to
    others injured" joins to those others; "given the dozens wounded" is no toll's.
    """
    tolls = {draft.item: draft.measure for draft in found if draft.toll}
    other = {
        d.item
        for d in found
        if d.rule == "participle" and d.at == d.item + 1 and d.measure is not tolls.get(d.item)
    }

    ats = {draft.at for draft in found if draft.toll}

    def stands(draft: Draft) -> bool:
        if draft.toll:
            return draft.item not in other
        if draft.item - 2 in ats and draft.people.count.modality is Modality.NONE:
            return False  # "the number of people who were killed rose to 29"
        if draft.rule != "participle":
            return True
        counted = draft.people.count.low is not None
        return counted and (draft.item in other or draft.item not in tolls)

    return [draft for draft in found if stands(draft)]


def _verb(row: Row, k: int) -> list[Draft]:
    """A verb of harm: its subject, its object, or the noun it stands by as a participle."""
    word: VerbWord = row.sense(k)
    group = verb_group(row, k)
    killed = group.fatal and word.measure is Measure.INJURED
    measure = Measure.KILLED if killed else word.measure
    weak = word.weak and not group.fatal
    sure, gerund = group.certainty, row.tags[k] == "G"
    if gerund and (none := _without_harm(row, k, measure)):
        return none
    if word.pattern == "self":
        befell = _with_others(row, k, subjects(row, group.start, adjacent=gerund))
        befell = befell or _hurt_before(row, group.start, k)
        if measure is Measure.DISPLACED:
            befell = [n for n in befell if not _of_arms(row, n) and not _as_they(row, n)]
        if measure is Measure.MISSING:
            befell = [n for n in befell if row.tags[n] != "y"]  # "a fence had disappeared"
        by = "died" if measure is Measure.KILLED else "befell"
        return [d for n in befell for d in make(row, n, k, measure, by, sure, also=group.also)]
    if word.pattern in ("own_hand", "own_blast"):
        return own_death(row, k, group)
    if word.pattern == "object_only":
        return [d for n in objects(row, k) for d in make(row, n, k, measure, "claimed-lives", sure)]
    if group.passive:
        if row.tags[k + 1 : k + 2] == "p" and "shots" in row.kinds(k) and shot_at(row, k):
            hit = fatally(row, k)
            return [] if hit is None else make(row, hit, k, Measure.KILLED, "predicate", sure)
        befell = subjects(row, group.start)
        if not befell and (clause := _of_clause_before(row, group.start)) is not None:
            return [
                who if not hurts(row, clause[1]) else attacking(who)
                for who in make(row, clause[0], k, measure, "passive", sure, weak=weak)
            ]
        return [
            draft
            for n in _with_others(row, k, befell)
            for draft in make(row, n, k, measure, "passive", sure, weak=weak, also=group.also)
        ]
    if measure is Measure.INJURED and _to_death(row, objects(row, k)):
        measure, weak = Measure.KILLED, False
    own = himself(row, k, group) if measure is Measure.KILLED else []
    found = active(row, k, group, measure, weak=weak)
    return [draft for draft in found if not own or draft.people.words != "pronoun"] + own


def _without_harm(row: Row, k: int, measure: Measure) -> list[Draft]:
    """ "Two shells landed without hurting anybody": nobody was hurt, where that is no condition."""
    words, tags = row.sentence.words, row.tags
    if (
        tags[k - 1 : k] != "Z"
        or tags[k + 1 : k + 2] != "w"
        or not {"M", "Z"}.isdisjoint(tags[: k - 1])
        or any("infinitive" in row.kinds(n) for n in range(k - 1))
    ):
        return []  # "it had tried to hit the base without killing anyone"
    who = row.items[k + 1]
    if words[who.start] not in words.lexicon.anybody:
        return []
    if who.end < len(words) and words[who.end] in words.lexicon.or_else:
        return []  # "without hurting anybody else": others were hurt before
    nobody = Count(low=0, high=0, modality=Modality.EXACT)
    people = People(start=who.start, end=who.end, count=nobody, words="zero")
    return make(row, k + 1, k, measure, "active", people=people)


def _hurt_before(row: Row, start: int, k: int) -> list[int]:
    """ "Four pupils hurt when shells hit their school died this week": the hurt are dead."""
    met = _HURT_WHEN.search(row.tags, 0, start) if row.tags[k] == "V" else None
    if met is None or row.sense(met.end(1)).measure is not Measure.INJURED:
        return []
    people = row.people(met.start(1))
    told = people is not None and people.words in _SOME
    return [met.start(1)] if told and met.end(1) < k else []


def _of_clause_before(row: Row, start: int) -> tuple[int, int] | None:
    """ "The guard opened the gate before being shot": the subject of the clause before, its verb.

    `start` is the item of "being", which has a word of time before it and no subject.
    """
    if row.tags[start - 1 : start] != "S" or "gerund_be" not in row.kinds(start):
        return None
    for at in range(start - 2, -1, -1):
        if row.tags[at] in ".;S":
            return None
        if row.tags[at] in "VBvR" and row.tags[at - 1 : at] not in ("C", ","):
            first = subjects(row, verb_group(row, at).start)[:1]
            return (first[0], at) if first else None
    return None


def _to_death(row: Row, hit: list[int]) -> bool:
    """ "stabbed his wife to death"; of one who did it to himself another rule tells."""
    behind = hit[-1] + 1 if hit else len(row.tags)
    return (
        behind < len(row.tags)
        and "to_death" in row.kinds(behind)
        and not any(reflexive(row, n) for n in hit)
    )


def _as_they(row: Row, n: int) -> bool:
    """ "nine were killed as they fled": how they died, and nobody who got away."""
    if row.tags[n - 1 : n] != "S" or not set("Vv") & set(row.tags[:n]):
        return False
    return row.tags[n] == "P" or _from_building(row, n)


def _from_building(row: Row, n: int) -> bool:
    """ "Hurt in a stampede as people fled the mosque": they ran out of it, and left no town."""
    people = row.people(n)
    if people is None or people.words != "none" or row.tags[n + 1 : n + 4] != "Vww":
        return False
    words = row.sentence.words
    what = words[row.items[n + 3].start]
    return "definite" in row.kinds(n + 2) and what in words.lexicon.left_alive


def _of_arms(row: Row, n: int) -> bool:
    """ "three attackers fled": they got away, and nobody displaced them."""
    people = row.people(n)
    if people is None:
        return False
    return people.group.attacker or people.group.status is Status.COMBATANT


def _with_others(row: Row, k: int, items: list[int]) -> list[int]:
    """The subjects, and who shares the predicate behind it; nobody shares it with none."""
    return items + [n for n in together(row, k) if n not in items] if items else items


def _adjective(row: Row, k: int) -> list[Draft]:
    """ "were dead", "left dead six people"."""
    measure: Measure = row.sense(k)
    group = verb_group(row, k)
    if "siege" in row.kinds(k) and group.start and "dwells" in row.kinds(group.start - 1):
        group = verb_group(row, group.start - 1)  # "9,000 people (are) living under siege"
    found: list[Draft] = []
    near = not group.be and not _shares_be(row, group.start, k)
    for item in subjects(row, group.start, adjacent=near):
        people = row.people(item)
        if row.tags[item] == "F" and people is not None and people.measure is not measure:
            continue  # "19 casualties, five dead"
        if "siege" in row.kinds(k) and not row.numbered(item):
            continue  # "an offensive in an area that is under siege"
        found += make(row, item, k, measure, "predicate", group.certainty)
    if not found and not group.be:
        for item in left_so(row, group.start):
            found += make(row, item, k, measure, "predicate", group.certainty)
    hurt = not found and measure is Measure.INJURED
    if hurt and (before := _of_clause(row, group.start)) is not None:
        return make(row, before, k, measure, "predicate", group.certainty)
    if not found and not group.be:
        for item in inverted(row, k):
            found += make(row, item, k, measure, "predicate", group.certainty)
    if not found and k + 1 < len(row.tags) and row.tags[k - 1 : k] == "l":
        for item in objects(row, k):
            found += make(row, item, k, measure, "predicate", group.certainty)
    return found


def _of_clause(row: Row, start: int) -> int | None:
    """ "The porter was shot, but is in stable condition": the subject before "but"."""
    at = start - 1
    if (
        row.tags[at : at + 1] != "S"
        or "contrast" not in row.kinds(at)
        or row.tags[start] not in "XH"
    ):
        return None
    for n in range(at - 1, -1, -1):
        if row.tags[n] in ".;SW":
            return None
        if row.tags[n] in "VJ" and (group := verb_group(row, n)).be:
            first = subjects(row, group.start)
            return first[0] if len(first) == 1 else None
    return None


def _shares_be(row: Row, start: int, k: int) -> bool:
    """ "was hit in the chest and later pronounced dead": the verb before lends its "was"."""
    after = row.tags[start - 1 : start] == "C" and "X" in row.tags[:start]
    return after and "verdict" in row.sentence.words.entries[row.items[k].start].kinds
