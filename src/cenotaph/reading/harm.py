"""Predicates of harm and the people they are about, sentence by sentence.

Each verb, adjective and noun of harm is asked for its people by its own rule; the rule's name goes
into the claim, so that every count can be traced to the grammar that gave it. What is told of the
same people, and what breaks a count down, follows when all predicates are read.
"""

import re
from dataclasses import replace

from cenotaph.model import Certainty, Measure, Modality, Status
from cenotaph.reading.breakdowns import (
    among,
    attributes,
    broken_down,
    degrees,
    died_of_these,
    distributed,
    fractions,
    fronted,
    of_before,
    of_whom,
    parts,
)
from cenotaph.reading.descriptions import described_before, equations
from cenotaph.reading.drafts import Draft, either, make, once, one_person
from cenotaph.reading.driven import besieged, driven_out, fled, taken
from cenotaph.reading.entries import VerbWord
from cenotaph.reading.falsehoods import falsified
from cenotaph.reading.gaps import gapped, gapped_parts
from cenotaph.reading.hurt import (
    affected,
    beaten_to_death,
    behind_things,
    claimed,
    consequence,
    ended,
    lost,
    multiple,
)
from cenotaph.reading.items import COUNTED, NUMBERED, Row
from cenotaph.reading.labels import labelled
from cenotaph.reading.late import nth_victim
from cenotaph.reading.listed import summed
from cenotaph.reading.lists import reflexive
from cenotaph.reading.members import members
from cenotaph.reading.mistaken import mistaken
from cenotaph.reading.multiples import as_many
from cenotaph.reading.nouns import attack_of, attacks, harmed_at, lives, noun
from cenotaph.reading.objects import objects, together
from cenotaph.reading.own_deaths import attacking, himself, hurts, murder_suicide, own_death
from cenotaph.reading.subjects import subjects
from cenotaph.reading.tolls import tally, toll
from cenotaph.reading.untold import counted_aside, fate, no_survivor
from cenotaph.reading.verb_groups import VerbGroup, verb_group

# "Hurt in the blast at the mill was": so many items may stand before the verb.
_INVERTED = 8
# Who is left so besides the dead, where those stand: "left six dead in Orun and 20 on both sides".
_LEFT_TOO = re.compile(r"l[^.;S]*[JV][pwLTo]*C([NQ])[pwLo#TU]+$")
# Whom something left, and where, before the word for how.
_LEFT_SO = re.compile(r"la?([NQ])[po][pwLoy#TUK]{1,7}$")
# "Four pupils hurt when shells hit their school": the people, and the clause that tells how.
_HURT_WHEN = re.compile(r"([NQ])V[pwLTU]*S[^.;,SWXCNQyP]*[vwLTU]$")
# How people are counted, or named, who can be the hurt of such a clause.
_SOME = COUNTED | {"bare", "name"}
_DEAD_OR_HURT = frozenset({Measure.KILLED, Measure.INJURED})
_THING_KINDS = frozenset({"thing", "collective_of"})
# The words that tell of harm though they bear no tag of it; all others tell of none, told at once.
_TOLD_BY_WORDS = frozenset({"tally", "affected", "fate", "claims_people", "to_death", "drives"})
# With these a share begins, which is an object though nobody in it is counted.
_SHARES = frozenset({"before", "share", "every"})


def drafts(row: Row) -> list[Draft]:
    """Return the drafts of one sentence, in the order of their people."""
    found = _predicates(row)
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
        found = of_whom(row, of_before(row, found))
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
        found = _rehearsed(row, nth_victim(row, found))
    found += murder_suicide(row, found)
    if not found:
        return found
    found = as_many(row, died_of_these(row, found))
    return summed(row, falsified(row, mistaken(row, members(row, found))))


def _predicates(row: Row) -> list[Draft]:
    """The drafts of each word of harm, asked in the order of the sentence."""
    found: list[Draft] = []
    for k, tag in enumerate(row.tags):
        if tag in "VGB":
            found += fled(row, k) or _verb(row, k) or besieged(row, k)
        elif tag == "J":
            found += _adjective(row, k)
        elif tag == "F":
            found += noun(row, k) + multiple(row, k)
        elif tag == "v":
            found += consequence(row, k) + lost(row, k) + taken(row, k) + driven_out(row, k)
            found += ended(row, k)
        elif tag == "R":
            found += claimed(row, k)
        elif tag == "N":
            found += harmed_at(row, k)
        elif tag == "Q":
            found += lives(row, k)
        elif tag == "O":
            found += toll(row, k)
        elif tag == "w" and not _TOLD_BY_WORDS.isdisjoint(row.kinds(k)):
            found += tally(row, k) + affected(row, k) + fate(row, k) + claimed(row, k)
            found += beaten_to_death(row, k) + driven_out(row, k)
        elif tag == "U":
            found += attacks(row, k)
            found += attack_of(row, k) + multiple(row, k)
    return found


def _rehearsed(row: Row, found: list[Draft]) -> list[Draft]:
    """ "A drill simulating a raid with 30 casualties": nobody was harmed."""
    lows = row.sentence.words
    if not found or lows.lexicon.rehearsed.isdisjoint(lows):
        return found
    return [replace(draft, certainty=Certainty.HYPOTHETICAL) for draft in found]


def _not_both(row: Row, found: list[Draft]) -> list[Draft]:
    """ "A boy was shot and so was a man; both are in good condition": the two told of before."""
    both = row.sentence.words.lexicon.both

    def again(draft: Draft) -> bool:
        people = draft.people
        if people.words != "words" or people.head or people.end != people.start + 1:
            return False
        if row.sentence.words[people.start] not in both:
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
    if word.pattern == "self":
        befell = _with_others(row, k, subjects(row, group.start, adjacent=gerund))
        befell = befell or _hurt_before(row, group.start, k)
        if measure is Measure.DISPLACED:
            befell = [n for n in befell if not _of_arms(row, n) and not _as_they(row, n)]
        if measure is Measure.MISSING:
            befell = [n for n in befell if row.tags[n] != "y"]  # "a fence had disappeared"
        by = "died" if measure is Measure.KILLED else "befell"
        return [d for n in befell for d in make(row, n, k, measure, by, sure, also=group.also)]
    if word.pattern == "own_hand":
        return own_death(row, k, group)
    if word.pattern == "object_only":
        return [d for n in objects(row, k) for d in make(row, n, k, measure, "claimed-lives", sure)]
    if group.passive:
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
    found = _active(row, k, group, measure, weak=weak)
    return [draft for draft in found if not own or draft.people.words != "pronoun"] + own


def _hurt_before(row: Row, start: int, k: int) -> list[int]:
    """ "Four pupils hurt when shells hit their school died this week": the hurt are dead."""
    met = _HURT_WHEN.search(row.tags, 0, start) if row.tags[k] == "V" else None
    if met is None or row.sense(met.end(1)).measure is not Measure.INJURED:
        return []
    people = row.people(met.start(1))
    told = people is not None and people.words in _SOME
    return [met.start(1)] if told and met.end(1) < k else []


def _inverted(row: Row, k: int) -> int | None:
    """ "Also hurt in the blast was a porter": the people behind, where the sentence begins so."""
    if any(row.tags[n] not in "aS" for n in range(k)) or row.people(k) is not None:
        return None
    at = k + 1
    while row.tags[at : at + 1] in ("p", "w", "L", "T", "U", "a") and at - k < _INVERTED:
        at += 1
    people = row.people(at + 1) if row.tags[at : at + 2] in ("XN", "XQ") else None
    return None if people is None or people.harmed is not None else at + 1


def _passive_before(row: Row, k: int) -> VerbGroup | None:
    """ "was shot in the head and killed": the passive whose "was" the verb at item `k` shares."""
    if row.tags[k - 1 : k] != "C" or row.tags[k + 1 : k + 2] in ("N", "Q", "y", "P"):
        return None
    at = k - 2
    while at > 0 and row.tags[at] in "pwLToa#U":
        at -= 1
    if at < 1 or at == k - 2 or row.tags[at] not in "Vv":
        return None
    group = verb_group(row, at)
    return group if group.be else None


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


def _active(row: Row, k: int, group: VerbGroup, measure: Measure, *, weak: bool) -> list[Draft]:
    """ "killed six people"; without an object it may stand by its noun: "six people killed"."""
    tag, hit, sure = row.tags[k], objects(row, k), group.certainty
    counted = row.tags[k - 1 : k + 2] in ("QVX", "NVX") and row.numbered(k - 1)
    if group.start == k and (counted or _of_so_many(row, k)):
        hit = []  # "five of the eight injured are children"
    if "takes_things" in row.kinds(k):
        if _things(row, k, hit):
            return []
        first = next((at for at, n in enumerate(hit) if not _is_thing(row, n)), 0)
        hit = hit[first:]  # "wiped out two depots and 30 guards"
    if hit and (_next_headline(row, k, group, hit[0]) or _of_suspect(row, k, hit[0])):
        hit = []
    if not hit and measure is Measure.KILLED and row.tags[k + 1 : k + 2] == "#":
        # "wiped out two posts and 30 fighters"
        hit = [n for n in behind_things(row, k) if row.tags[n] in "NQ" and row.numbered(n)]
    if not hit and tag == "G" and row.tags[k + 1 : k + 2] == "o":
        hit = [n for n in objects(row, k + 1) if row.numbered(n)]  # "the injuring of 30 others"
    if hit and tag == "V" and _adjectival(row, k, hit[0]):
        return make(row, hit[0], k, measure, "attribute", sure)
    if hit:
        agents = subjects(row, group.start) if tag != "G" else []
        agent = agents[0] if agents else None
        return [
            draft
            for n in hit
            for draft in make(row, n, k, measure, "active", sure, agent=agent, weak=weak)
        ]
    if tag == "V" and measure is Measure.EVACUATED and _place_behind(row, k):
        return [
            draft
            for n in subjects(row, group.start)
            if row.numbered(n)
            for draft in make(row, n, k, measure, "left-a-place", sure)
        ]
    if tag == "V" and (behind := _inverted(row, k)) is not None:
        return make(row, behind, k, measure, "passive", sure, weak=weak)
    if tag != "V" or measure is Measure.TRAPPED and _of_things(row, k):
        return []
    if (shared := _passive_before(row, k)) is not None:
        return [
            draft
            for n in subjects(row, shared.start)
            for draft in make(row, n, k, measure, "passive", shared.certainty, weak=weak)
        ]
    if row.tags[k - 1 : k] == "H":
        return []  # "somebody had shot into the house"
    if _object_unread(row, k, group):
        return []
    return [
        draft
        for n in subjects(row, group.start, adjacent=True)
        or _left_so(row, group.start)
        or _left_too(row, k)
        or _either(row, k)
        for draft in make(row, n, k, measure, "participle", sure, weak=weak)
    ]


def _of_so_many(row: Row, k: int) -> bool:
    """ "Two thirds of the 90 people killed were women": the participle is that of the 90."""
    some = row.people(k - 1) if row.tags[max(0, k - 1) : k + 2] == "nVX" else None
    return some is not None and some.among is not None


def _object_unread(row: Row, k: int, group: VerbGroup) -> bool:
    """Tell whether an object that is no counted people follows the verb at item `k`.

    "Displaced almost half of the town", "gunmen killed the head of the court": who stands before
    the verb does what it says.
    """
    follows = row.kinds(k + 1) if row.tags[k + 1 : k + 2] == "w" else frozenset[str]()
    if "definite" in follows:
        return _attackers_before(row, group.start)
    return bool(follows & _SHARES)


def _to_death(row: Row, hit: list[int]) -> bool:
    """ "stabbed his wife to death"; of one who did it to himself another rule tells."""
    behind = hit[-1] + 1 if hit else len(row.tags)
    return (
        behind < len(row.tags)
        and "to_death" in row.kinds(behind)
        and not any(reflexive(row, n) for n in hit)
    )


def _attackers_before(row: Row, start: int) -> bool:
    """Tell whether uncounted attackers stand right before a verb: they do what it says."""
    people = row.people(start - 1) if start else None
    return people is not None and people.group.attacker and people.words not in NUMBERED


def _either(row: Row, k: int) -> list[int]:
    """ "nine members of the band were killed or wounded": the subject of the passive right before,
    which shares its "were"."""
    if row.tags[max(0, k - 2) : k] != "VC" or row.sense(k - 2).measure not in _DEAD_OR_HURT:
        return []
    group = verb_group(row, k - 2)
    if not group.be:
        return []
    return [n for n in subjects(row, group.start) if row.numbered(n)]


def _left_too(row: Row, k: int) -> list[int]:
    """ "left six dead and 20 people in the market hurt": who else was left so, at item `k`."""
    met = _LEFT_TOO.search(row.tags, 0, k)
    return [met.start(1)] if met is not None and row.numbered(met.start(1)) else []


def _left_so(row: Row, start: int) -> list[int]:
    """ "left 12 people in a nearby house dead": whom something left so, with where they were."""
    met = _LEFT_SO.search(row.tags, 0, start)
    return [met.start(1)] if met is not None and row.numbered(met.start(1)) else []


def _place_behind(row: Row, k: int) -> bool:
    """ "300 people evacuated the town (of Velm)": a place is left by those before the verb."""
    at = k + 1
    while row.tags[at : at + 1] == "w" and row.kinds(at) & {"definite"}:
        at += 1
    if row.tags[at : at + 1] == "L":
        return True
    return at > k + 1 and row.tags[at : at + 3] == "woL"


def _as_they(row: Row, n: int) -> bool:
    """ "nine were killed as they fled": how they died, and nobody who got away."""
    return row.tags[n] == "P" and row.tags[n - 1 : n] == "S" and bool(set("Vv") & set(row.tags[:n]))


def _of_arms(row: Row, n: int) -> bool:
    """ "three attackers fled": they got away, and nobody displaced them."""
    people = row.people(n)
    if people is None:
        return False
    return people.group.attacker or people.group.status is Status.COMBATANT


def _things(row: Row, k: int, hit: list[int]) -> bool:
    """ "captured three hilltops", "seized control of", "burned tyres": nobody is held or hurt."""
    if hit:
        return all(_is_thing(row, n) for n in hit)
    if row.tags[k] != "V" or row.tags[k - 1 : k] == "X":
        return False
    at = k + 1
    while row.tags[at : at + 1] == "w" and row.kinds(at) & {"definite", "indefinite"}:
        at += 1  # "captured the hills"
    token = row.sentence.tokens[row.items[at].start] if row.tags[at : at + 1] == "w" else None
    if token is None or not token.text.islower():
        return False
    tied = row.tags[at + 1 : at + 2] == "w" and row.items[at + 1].start < len(row.sentence.tokens)
    tied = tied and row.sentence.tokens[row.items[at + 1].start].text == "-"  # "a rebel-held hill"
    return tied or row.kinds(at) <= _THING_KINDS


def _is_thing(row: Row, n: int) -> bool:
    unknown = row.tags[n] == "y" or row.tags[n] == "Q" and _of_unknown(row, n)
    return unknown or _names_thing(row, n)


def _names_thing(row: Row, n: int) -> bool:
    """ "the strategic Tal Sarbek hilltop": a name that only tells which of a kind of things."""
    people, behind = row.people(n), row.tags[n + 1 : n + 2]
    if people is None or people.words != "name" or people.age is not None or behind != "w":
        return False
    token = row.sentence.tokens[row.items[n + 1].start]
    return token.text.islower() and token.text.isalpha() and not row.kinds(n + 1)


def _of_things(row: Row, k: int) -> bool:
    """ "two besieged Shiite villages": a participle of the things that the number counts."""
    for n in range(k + 1, min(len(row.tags), k + 6)):
        if row.tags[n] not in "wv#":
            return False
        if "thing" in row.kinds(n) or row.tags[n] == "#":
            return True
    return False


def _of_unknown(row: Row, n: int) -> bool:
    """Tell whether a count is of a noun that the pack does not know as people."""
    people = row.people(n)
    return people is not None and bool(people.head)


def _of_suspect(row: Row, k: int, item: int) -> bool:
    """ "the murder suspect": a noun that tells of what somebody is suspected, and no verb."""
    people = row.people(item)
    if people is None or item != k + 1 or row.tags[k] != "B" or row.tags[k - 1 : k] in ("V", "B"):
        return False
    bare = people.words in ("bare", "none") and people.group.attacker
    return bare and "noun" in row.sentence.words.entries[row.items[k].end - 1].kinds


def _next_headline(row: Row, k: int, group: VerbGroup, item: int) -> bool:
    """ "2 killed 10 injured": a count and its participle, then another count with its own."""
    tags = row.tags
    if tags[k] != "V" or group.start != k or item != k + 1:
        return False
    own = item + 1
    while tags[own : own + 1] in ("C", "N", "a"):
        own += 1  # "6 children and their mother still under rubble"
    state = tags[own : own + 1] == "J"
    if not state and tags[item + 1 : item + 2] != "V":
        return False
    if not state and tags[own + 1 : own + 2] in ("N", "Q") and row.numbered(own + 1):
        return False  # "a bomber killed 30 people injured 90", where the comma is lost
    first = subjects(row, k, adjacent=True)[:1] if k else []
    before, people = row.people(first[0]) if first else None, row.people(item)
    if before is None or people is None:
        return False
    bare = before.words == "bare" or before.words == "name" and row.sentence.capitals
    # "Child killed 9 men injured", "A child killed, 9 men injured"
    single = (bare or before.words == "one") and people.words in NUMBERED
    counted = before.words in NUMBERED and people.words in NUMBERED
    return counted or single and not state


def _with_others(row: Row, k: int, items: list[int]) -> list[int]:
    """The subjects, and who shares the predicate behind it; nobody shares it with none."""
    return items + [n for n in together(row, k) if n not in items] if items else items


def _adjectival(row: Row, k: int, item: int) -> bool:
    """ "as wounded patron fires back": a participle before a bare noun, without a subject."""
    people = row.people(item)
    if people is None or people.words not in ("bare", "none") or item != k + 1:
        return False
    return k == 0 or row.tags[k - 1] in 'pboSCI,.;:("-'


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
        for item in _left_so(row, group.start):
            found += make(row, item, k, measure, "predicate", group.certainty)
    hurt = not found and measure is Measure.INJURED
    if hurt and (before := _of_clause(row, group.start)) is not None:
        return make(row, before, k, measure, "predicate", group.certainty)
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
