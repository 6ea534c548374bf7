"""Harm that is told by what follows from it: who was taken to a hospital, hit in the leg, or one of
a "triple shooting".

Nothing here says whether somebody lived. So these drafts are weak: a death told of the same person
takes their place.
"""

from dataclasses import replace

from cenotaph.model import Count, Measure, Modality, Status
from cenotaph.reading.drafts import AT_ONCE, CARE, Draft, make
from cenotaph.reading.entries import NounWord
from cenotaph.reading.items import NUMBERED, People, Row
from cenotaph.reading.objects import objects
from cenotaph.reading.subjects import subjects
from cenotaph.reading.verb_groups import verb_group

# How many tokens behind the verb the hospital or the part of the body may stand.
CARE_REACH = 9
BODY_REACH = 4
GAS_REACH = 6
_STOPS = frozenset(",;:.()\"'-")


def consequence(row: Row, k: int) -> list[Draft]:
    """ "was taken to a hospital", "was struck in the chest", "hit him in the leg"."""
    kinds = row.kinds(k)
    end = row.items[k].end
    if "carried" in kinds and _met(row, end, "care", CARE_REACH):
        # "where he died": the sentence itself tells more
        dead = any(row.tags[n] in "VJF" and _fatal(row, n) for n in range(k + 1, len(row.tags)))
        return [] if dead else _taken_to_care(row, k)
    if "loses" in kinds and _limb(row, end):
        group = verb_group(row, k)
        return [
            draft
            for n in subjects(row, group.start)
            for draft in make(row, n, k, Measure.INJURED, "lost-a-limb", group.certainty)
        ]
    if "hits" not in kinds:
        return []
    if _met(row, end, "body", BODY_REACH):
        return _passive(row, k, "hit-in-the-body")
    found: list[Draft] = []
    start = row.items[k].start
    shot = any("shots" in e.kinds for e in row.sentence.words.entries[max(0, start - 2) : start])
    for n in objects(row, k)[:1]:
        if row.tags[n] in "NQP" and (shot or _met(row, row.items[n].end, "body", BODY_REACH)):
            sure = verb_group(row, k).certainty
            found += make(row, n, k, Measure.INJURED, "hit-in-the-body", sure, weak=True)
    return found


def lost(row: Row, k: int) -> list[Draft]:
    """ "lost three fighters": who is lost is dead, where nothing else was."""
    if "loses" not in row.kinds(k) or _limb(row, row.items[k].end):
        return []
    group = verb_group(row, k)
    # whoever somebody mourns is as a rule one of those told of before
    return [
        draft
        for n in objects(row, k)
        if (people := row.people(n)) is not None and _dear(people)
        if row.tags[n] == "N" or row.tags[n] == "Q" and not people.head and _lost_too(row, k)
        if people.plural or not (row.sentence.title or "W" in row.tags[max(0, k - 2) : k])
        for draft in make(row, n, k, Measure.KILLED, "lost", group.certainty, anaphor=people.kin)
    ]


def _lost_too(row: Row, k: int) -> bool:
    """ "the brigade lost 40 fighters and the army lost 12": people are lost before item `k`."""
    for n in range(k - 1, 0, -1):
        if row.tags[n] in ".;":
            break
        if row.tags[n] == "v" and "loses" in row.kinds(n) and row.tags[n + 1 : n + 2] == "N":
            people = row.people(n + 1)
            return people is not None and _dear(people)
    return False


def ended(row: Row, k: int) -> list[Draft]:
    """ "destroyed 30 militants", "took out three commanders", "buried nine people".

    What is destroyed is a thing, unless fighters stand there; the buried are dead where a number of
    them is told and nothing lies on them.
    """
    kinds = row.kinds(k)
    if not kinds & {"ends_fighters", "buries"}:
        return []
    group = verb_group(row, k)
    buried = "buries" in kinds
    hit = subjects(row, group.start) if group.be else objects(row, k)
    if not group.be and not any(row.tags[n] in "NQ" for n in hit):
        hit = behind_things(row, k)
    if buried and (group.be or any("trapped_by" in row.kinds(n) for n in range(k, len(row.tags)))):
        return []
    return [
        draft
        for n in hit
        if (people := row.people(n)) is not None and row.tags[n] in "NQ"
        if people.words in NUMBERED and people.harmed is None and people.measure is None
        if (not people.head or row.tags[n] == "N") and buried or _fighter(people)
        for draft in make(row, n, k, Measure.KILLED, "ended", group.certainty)
    ]


def beaten_to_death(row: Row, k: int) -> list[Draft]:
    """ "beat three men to death": those between the verb and the words at item `k`."""
    if "to_death" not in row.kinds(k):
        return []
    verb = k - 1
    while verb > 0 and row.tags[verb] in "NQyPC,aLK":
        verb -= 1
    if verb < 0 or "beats" not in row.kinds(verb):
        return []
    hit = objects(row, verb)
    if not hit or hit[-1] != k - 1:
        return []
    sure = verb_group(row, verb).certainty
    return [d for n in hit for d in make(row, n, verb, Measure.KILLED, "active", sure)]


def behind_things(row: Row, k: int) -> list[int]:
    """ "destroyed a command post and 30 militants": the people behind the things of a list."""
    tags, n = row.tags, k + 1
    while n < len(tags) and tags[n] in "#yw,Ca":
        n += 1
    listed = n > k + 1 and tags[n - 1 : n] in ("C", ",")
    return [n, *(m for m in objects(row, n - 1) if m != n)] if listed and n < len(tags) else []


def _fighter(people: People) -> bool:
    return people.group.status is Status.COMBATANT or people.group.attacker


def claimed(row: Row, k: int) -> list[Draft]:
    """ "the bomb claimed a colonel and four of his men", "33 militants claimed in Sarbek".

    Whoever claims that somebody was killed only says so: an attack has to be the subject, or people
    who "were claimed", and no verb may follow.
    """
    tags = row.tags
    if "claims_people" not in row.kinds(k):
        return []
    group = verb_group(row, k)
    heading = row.sentence.capitals and tags[k - 1 : k] == "N" and tags[k + 1 : k + 2] == "p"
    if (group.be or heading) and "infinitive" not in row.kinds(k + 1):
        people = subjects(row, group.start, adjacent=not group.be)
        people = [n for n in people if tags[n] in "NQ" and row.numbered(n)]
    else:
        by, far = k - 1, row.sentence.capitals or tags[k] == "w"  # "rocked the town claiming nine"
        while (
            by > 0
            and tags[by] in ("aHTLpwvyC" if far else "aHTLpw")
            and "attacks_too" not in _entry_kinds(row, by)
        ):
            by -= 1
        if by < 0 or tags[by] not in "UF" and "attacks_too" not in _entry_kinds(row, by):
            return []
        people = [n for n in objects(row, k) if tags[n] in "NQ"]
        end = people[-1] + 1 if people else k
        stop = next((n for n in range(end, len(tags)) if tags[n] in ".;,S"), len(tags))
        if set(tags[end:stop]) & set("XHMVJ"):
            return []
        people = (
            [] if any("lives" in row.kinds(n + 1) for n in people if n + 1 < len(tags)) else people
        )
    return [d for n in people for d in make(row, n, k, Measure.KILLED, "ended", group.certainty)]


def _entry_kinds(row: Row, n: int) -> frozenset[str]:
    return row.sentence.words.entries[row.items[n].end - 1].kinds


def _dear(people: People) -> bool:
    """Tell whether people who are lost are dead: kin, fighters and a number of people are."""
    fighters = people.group.status is Status.COMBATANT
    return people.harmed is None and (people.kin or fighters or people.words in NUMBERED)


def affected(row: Row, k: int) -> list[Draft]:
    """ "were affected by the gas"."""
    if "affected" not in row.kinds(k):
        return []
    if not _met(row, row.items[k].end, "affects", GAS_REACH):
        return []
    group = verb_group(row, k)
    return [
        draft
        for n in subjects(row, group.start, adjacent=not group.be)
        for draft in make(row, n, k, Measure.INJURED, "affected-by-gas", group.certainty)
    ]


def _fatal(row: Row, n: int) -> bool:
    sense = row.sense(n)
    return (sense if isinstance(sense, Measure) else getattr(sense, "measure", None)) is (
        Measure.KILLED
    )


def _taken_to_care(row: Row, k: int) -> list[Draft]:
    """Who was taken to a hospital: one person, or a number of people, and none of those told of
    before ("three of them"). Of several the text may have told before: then they are a part."""
    found: list[Draft] = []
    for draft in _passive(row, k, CARE):
        people = draft.people
        if people.count.low == 1 and people.words in ("one", "words", "bare", "name"):
            found.append(draft)
        elif people.words in NUMBERED and row.tags[draft.item] in "NQ":
            if people.additional:
                found.append(draft)  # "29 others were taken to two hospitals"
            elif not (_told_before(row, people) or row.tags[draft.item - 1 : draft.item] == "o"):
                found.append(replace(draft, weak=False))  # not "the bodies of two men"
    return found


def _told_before(row: Row, people: People) -> bool:
    """ "all five", "both", "four dead men": of these the text tells elsewhere how they fared."""
    words = row.sentence.words
    all_of = any(
        sense.kind == "before" and sense.data == "exact"
        for sense in words.entries[people.start].senses
    )
    return all_of or words[people.start] in words.lexicon.both or people.attribute is not None


def _passive(row: Row, k: int, rule: str) -> list[Draft]:
    group = verb_group(row, k)
    if not group.be:
        return []
    return [
        draft
        for n in subjects(row, group.start)
        if (people := row.people(n)) is not None and people.harmed is None and row.tags[n] in "NQP"
        for draft in make(row, n, k, Measure.INJURED, rule, group.certainty, weak=True)
    ]


def _limb(row: Row, start: int) -> bool:
    """Tell whether a part of the body that can be lost stands within three tokens."""
    entries = row.sentence.words.entries
    return any("limb" in entry.kinds for entry in entries[start : start + 3])


def _met(row: Row, start: int, kind: str, reach: int) -> bool:
    """Tell whether a preposition stands at token `start`, and a word of the kind soon behind it."""
    entries, tokens = row.sentence.words.entries, row.sentence.tokens
    if start >= len(tokens) or "preposition" not in entries[start].kinds:
        return False
    for n in range(start + 1, min(len(tokens), start + reach)):
        if tokens[n].text in _STOPS:
            return False
        if kind in entries[n].kinds:
            return True
    return False


def multiple(row: Row, k: int) -> list[Draft]:
    """ "a double homicide" is two dead, "a triple shooting" three people shot."""
    item = row.items[k]
    tokens, entries = row.sentence.tokens, row.sentence.words.entries
    at = item.end - 2
    word = row.sense(k)
    if at < 0 or not tokens[at].text.isalpha():
        return []
    times = next((s.data for s in entries[at].senses if s.kind == "several_at_once"), None)
    if not isinstance(times, int):
        return []
    if row.tags[k] == "F" and isinstance(word, NounWord):
        measure = word.measure
        if word.plural or measure is not Measure.KILLED:
            return []
    elif row.attack_of[k] and not tokens[item.end - 1].low.endswith("s"):
        measure = Measure.INJURED
    else:
        return []
    count = Count(low=times, high=times, modality=Modality.EXACT)
    people = People(start=at, end=item.end, count=count, words="words", plural=True)
    weak = measure is Measure.INJURED
    sure = verb_group(row, k).certainty
    return make(row, k, k, measure, AT_ONCE, sure, people=people, weak=weak)
