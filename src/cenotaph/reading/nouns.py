"""Nouns of harm: deaths, wounds, tolls, attacks, and the labels of a list.

A noun of harm may be counted itself ("12 deaths"), have its people behind or before it ("the death
of six", "Saleh's death"), or stand for a figure that is replaced by a later one ("the toll rose to
15").
"""

from dataclasses import replace

from cenotaph.model import Certainty, Group, Measure, Modality
from cenotaph.reading.drafts import Draft, make
from cenotaph.reading.items import NUMBERED, People, Row
from cenotaph.reading.labels import LABEL_REACH
from cenotaph.reading.lexicon import DETERMINERS
from cenotaph.reading.list_before import with_left
from cenotaph.reading.objects import objects
from cenotaph.reading.subjects import subjects
from cenotaph.reading.tolls import BODY_NAME, risen
from cenotaph.reading.verb_groups import GERUND_END, verb_group

# "injuries to 33 people", "cases of suffocation among 20 residents".
_HARM_TO = frozenset({"infinitive", "upon", "among", "benefits"})
# "brings its total losses": so near before the noun stands the verb that makes it a toll.
_BEFORE_TOLL = 5


def noun(row: Row, k: int) -> list[Draft]:
    """ "12 deaths", "the death of six people", "Saleh's death"."""
    found = _borne(row, k) or _raised(row, k) or risen(row, k)
    if found or "tallies" in row.kinds(k + 1 if k + 1 < len(row.tags) else k):
        return found  # "no casualty figures" are no casualties
    people, certainty = row.people(k), verb_group(row, k).certainty
    measure: Measure = people.measure or Measure.KILLED if people else row.sense(k).measure
    if measure is Measure.INJURED and people is not None and _of_death(row, k):
        measure = Measure.KILLED  # "one suffering fatal injuries"
    found = _of(row, k, measure, certainty)
    if people is None or people.count.modality is Modality.NONE:
        return found
    if people.words in ("one", "definite", "bare"):
        return found or _body_found(row, k, people)
    if not found:
        part = people.partitive and people.among is None  # "600 of the deaths": of those told
        counted = make(row, k, k, measure, "counted-noun", certainty, anaphor=part)
        return _of_one_noun(row, k, counted) + counted
    if all(d.people.count.modality is Modality.NONE for d in found):
        # "12 deaths of children": counted by the noun, described by those who bear it
        if people.group == Group():
            people = replace(people, group=found[0].people.group)
        return make(row, k, k, measure, "counted-noun", certainty, people=people)
    return found


def _body_found(row: Row, k: int, people: People) -> list[Draft]:
    """ "A body was found in a canal", "a dead body turned up": one dead, whom nobody names."""
    entries = row.sentence.words.entries
    start, end = row.items[k].start, row.items[k].end
    a_body = any(
        "a_body" in entries[n].kinds and n + entries[n].taken == end for n in range(start, end)
    )
    if people.words != "one" or not a_body or row.tags[k - 1 : k] in ("p", "o", "V", "v", "R"):
        return []
    verb = k + 1
    while row.tags[verb : verb + 1] in ("p", "w", "L", "T", "a") and verb - k < BODY_NAME:
        if "is_found" in row.kinds(verb):
            break
        verb += 1
    be = row.tags[verb : verb + 1] in ("X", "H")
    while row.tags[verb : verb + 1] in ("X", "H", "a"):
        verb += 1
    entry = entries[row.items[verb].start] if verb < len(row.tags) else None
    if entry is None or "is_found" not in entry.kinds or not (be or entry.taken > 1):
        return []
    sure = verb_group(row, verb).certainty
    return make(row, k, k, Measure.KILLED, "counted-noun", sure)


def _of_one_noun(row: Row, k: int, counted: list[Draft]) -> list[Draft]:
    """ "12 and 9 civilian deaths, respectively": the noun at item `k` counts the 12 as well."""
    if not any("shared" in row.kinds(n) for n in range(k + 1, len(row.tags))):
        return []
    found: list[Draft] = []
    at = k - 2
    while at >= 0 and row.tags[at : at + 2] in (("QC",) if at == k - 2 else ("Q,", "QC")):
        people, joint = row.people(at), row.kinds(at + 1)
        plain = people is not None and people.words in NUMBERED and not people.head
        if not plain or people is None or "alternative" in joint or "together" in joint:
            break
        of = counted[0].people
        mine = replace(people, group=of.group, measure=of.measure, head=of.head)
        found += make(row, at, k, counted[0].measure, "counted-noun", counted[0].certainty,
                      people=mine)  # fmt: skip
        at -= 2
    return found


def _raised(row: Row, k: int) -> list[Draft]:
    """ "bringing its losses to 61", "took the deaths in Velm to 12": a noun of harm as a toll."""
    tags, people, at = row.tags, row.people(k), k + 1
    if people is not None and people.words in NUMBERED:
        return []
    measure: Measure = people.measure or Measure.KILLED if people else row.sense(k).measure
    while (
        at < len(tags) and at - k < BODY_NAME and (tags[at] in "woLT" or tags[at : at + 2] == "pL")
    ):
        at += 1
    figure = row.people(at + 1) if tags[at : at + 2] in ("pQ", "pN") else None
    if figure is None or figure.words not in NUMBERED or "toll_end" not in row.kinds(at):
        return []
    verb = next((n for n in range(k - 1, max(-1, k - _BEFORE_TOLL), -1) if tags[n] in "vR"), None)
    if verb is None or "toll_verb" not in row.kinds(verb):
        return []
    return make(row, at + 1, k, measure, "toll", toll=True)


def harmed_at(row: Row, k: int) -> list[Draft]:
    """ "put the dead at 40", "the wounded numbered 90": the figure behind those it counts."""
    tags, people = row.tags, row.people(k)
    if people is None or people.harmed is None or people.words != "definite":
        return []
    if tags[k + 1 : k + 3] == "wQ" and "numbers" in row.kinds(k + 1):
        return make(row, k + 2, k, people.harmed, "toll", toll=True)
    at = k + 1
    while tags[at : at + 2] == "pL":
        at += 2
    figure = row.people(at + 1) if tags[at : at + 2] == "pQ" else None
    if figure is None or figure.words not in NUMBERED or "toll_end" not in row.kinds(at):
        return []
    verb = next((n for n in range(k - 1, -1, -1) if tags[n] in "vR"), None)
    if verb is None or "toll_verb" not in row.kinds(verb):
        return []
    return make(row, at + 1, k, people.harmed, "toll", verb_group(row, verb).certainty, toll=True)


def _of(row: Row, k: int, measure: Measure, certainty: Certainty) -> list[Draft]:
    """Those whose harm the noun at item `k` is: "the death (in Sarbek) of six", "Saleh's death".

    Another noun of harm may share them: "the killing and wounding of 12".
    """
    tags = row.tags
    of = k + 3 if _shares_people(row, k) else k + 1
    if tags[of : of + 1] in ("b", "p", "T"):
        while of < min(len(tags), k + 7) and tags[of] in "bpwTL#":
            of += 1
    if tags[of : of + 1] == "o":
        dead = objects(row, of)
        if "left_of_things" in row.sentence.words.entries[row.items[k].end - 1].kinds:
            dead = [n for n in dead if tags[n] != "y"]  # "the remains of a workshop"
        return [d for n in dead for d in make(row, n, k, measure, "death-of", certainty)]
    if tags[of : of + 1] != "o" and k + 1 < len(tags) and "against" in row.kinds(k + 1):
        dead = [n for n in objects(row, k + 1) if _several(row, n)]
        return [d for n in dead for d in make(row, n, k, measure, "death-of", certainty)]
    behind = k + 1 < len(tags) and bool(_HARM_TO & row.kinds(k + 1))
    if measure is Measure.INJURED and behind:
        hurt = [n for n in objects(row, k + 1) if _several(row, n)]  # "injuries to 33 people"
        return [d for n in hurt for d in make(row, n, k, measure, "death-of", certainty)]
    if k >= 2 and tags[k - 2 : k] == "NK":
        return make(row, k - 2, k, measure, "possessive", certainty)
    return []


def _shares_people(row: Row, k: int) -> bool:
    """Tell whether the noun behind the one at item `k` tells of the same people: "the killing or
    wounding of 12", but "three casualties and the death of a porter"."""
    people = row.people(k)
    if row.tags[k + 1 : k + 4] not in ("CFo", "CGo") or people and people.words in NUMBERED:
        return False
    words = row.sentence.words
    return words.entries[row.items[k + 2].start].kinds.isdisjoint(DETERMINERS)


def _of_death(row: Row, k: int) -> bool:
    """Tell whether the wounds at item `k` are fatal ones; "non-fatal" wounds are none."""
    item = row.items[k]
    kinds = [entry.kinds for entry in row.sentence.words.entries[item.start : item.end]]
    return any("fatal_wound" in one for one in kinds) and not any(
        "not_fatal" in one for one in kinds
    )


def _alone(row: Row, j: int) -> bool:
    """Tell whether the verb at item `j` is a participle alone: "people suffering"."""
    token = row.sentence.tokens[row.items[j].start]
    return token.low.endswith(GERUND_END) and row.tags[j - 1 : j] not in ("X", "a")


def _several(row: Row, i: int) -> bool:
    people = row.people(i)
    return people is not None and row.tags[i] in "NQ" and people.words in NUMBERED


def _borne(row: Row, k: int) -> list[Draft]:
    """ "suffered a gunshot wound", "sustained fatal injuries": the harm is its subject's."""
    tags = row.tags
    people, words = row.people(k), row.sentence.words
    if people is not None and people.words == "digits" or not row.wounds[k]:
        return []
    for j in range(k - 1, max(-1, k - 7), -1):
        if tags[j] in ",;.SWRN":
            return []
        kinds = row.kinds(j)
        if "bear" in kinds and tags[j] == "p" and j > 0 and tags[j - 1] in "NQ":
            treated = j > 1 and words[row.items[j - 2].start] in words.lexicon.treats
            return [
                draft
                for n in with_left(row, j - 1)
                for draft in make(
                    row, n, k, Measure.INJURED, "bore-wounds", weak=row.shot[k] and not treated
                )
            ]
        if "bear" in kinds and tags[j] == "p" and j and (at := _came(row, j)) is not None:
            group = verb_group(row, at)
            hurt = subjects(row, group.start)
            return [
                draft
                for n in hurt
                for draft in make(
                    row, n, k, Measure.INJURED, "bore-wounds", group.certainty, weak=True
                )
            ]
        if "bear" in kinds and tags[j] in "vHw":
            group = verb_group(row, j)
            fatal = any("fatal_wound" in row.kinds(n) and not _denied(row, n) for n in range(j, k))
            measure = Measure.KILLED if fatal else Measure.INJURED
            return [
                draft
                for n in subjects(row, group.start, adjacent=_alone(row, j)) or _bracketed(row, j)
                for draft in make(
                    row, n, k, measure, "bore-wounds", group.certainty, weak=row.shot[k]
                )
            ]
    return []


def _bracketed(row: Row, j: int) -> list[int]:
    """ "With six others (aged 6 to 32) sustaining wounds": those before the brackets."""
    opened = row.tags.rfind("(", 0, j) if _alone(row, j) and row.tags[j - 1 : j] == ")" else 0
    return [opened - 1] if opened > 0 and _several(row, opened - 1) else []


def _denied(row: Row, n: int) -> bool:
    """ "non-fatal wounds": a word before, and a hyphen, take "fatal" back."""
    at = n - 1
    at -= at > 0 and row.sentence.tokens[row.items[at].start].text == "-"
    return at >= 0 and "not_fatal" in row.sentence.words.entries[row.items[at].start].kinds


def _came(row: Row, j: int) -> int | None:
    """The verb of "were treated for", "were found with", "arrived at a hospital with"."""
    before = row.kinds(j - 1)
    if "X" in row.tags[max(0, j - 3) : j - 1] and row.tags[j - 1] in "lvwR":
        if "carried" in before or row.tags[j - 1] in "lR" or "past_like" in before:
            return j - 1 if verb_group(row, j - 1).be else None
        return j - 1 if "verb_other" in before and verb_group(row, j - 1).be else None
    at = j - 1
    while at > 0 and row.tags[at] in "wpLTa" and j - at < LABEL_REACH:
        at -= 1
    return at if row.tags[at] == "v" and "arrives" in row.kinds(at) else None


def lives(row: Row, k: int) -> list[Draft]:
    """ "cost at least 12 lives", "12 lives were lost": the number of people before "lives"."""
    people, tags = row.people(k), row.tags
    if people is None:
        return []
    claims = k >= 2 and row.sentence.capitals and tags[k - 2 : k - 1] == "U" and tags[k - 1] in "Rv"
    if claims and "takes_lives" in row.kinds(k - 1) and people.words in NUMBERED:
        return make(row, k, k - 1, Measure.KILLED, "lives-taken")  # "Bombing claims five"
    if k + 1 >= len(tags) or "lives" not in row.kinds(k + 1):
        return []
    if k and "takes_lives" in row.kinds(k - 1):
        sure = verb_group(row, k - 1).certainty
        return make(row, k, k - 1, Measure.KILLED, "lives-taken", sure)
    for at in range(k + 2, min(len(tags), k + 5)):
        if "lives_lost" in row.kinds(at):
            return make(row, k, at, Measure.KILLED, "lives-taken", verb_group(row, at).certainty)
        if tags[at] not in "aXH":
            break
    return []


def attack_of(row: Row, k: int) -> list[Draft]:
    """ "the (fatal) shooting of two men", "accused of shooting two men"."""
    if not row.attack_of[k] or not (row.tags[k + 1 : k + 2] == "o" or _gerund_of(row, k)):
        return []
    fatal = row.fatal[k] or k > 0 and "fatal_wound" in row.kinds(k - 1) or _murder(row, k)
    measure = Measure.KILLED if fatal else Measure.INJURED
    sure = verb_group(row, k).certainty
    return [
        draft
        for n in objects(row, k + (row.tags[k + 1] == "o"))
        for draft in make(row, n, k, measure, "attack-of", sure, weak=not fatal)
    ]


def _murder(row: Row, k: int) -> bool:
    """Tell whether the attack at item `k` is a murder: "charged with murder in the shooting of"."""
    tags, at = row.tags, k - 1
    while at > 0 and tags[at] in "wTL":
        at -= 1
    if at < 1 or tags[at] != "p" or tags[at - 1] not in "BF":
        return False
    word = row.sense(at - 1)
    if getattr(word, "measure", None) is not Measure.KILLED:
        return False
    before = row.items[at - 1].start - 1
    return before < 0 or "attempted" not in row.sentence.words.entries[before].kinds


def _gerund_of(row: Row, k: int) -> bool:
    """Tell whether somebody is charged with the attack at item `k`: "of shooting two men"."""
    tags, item = row.tags, row.items[k]
    people = row.people(k + 1) if tags[k + 1 : k + 2] in ("N", "Q") else None
    if people is None or item.end != item.start + 1 or k == 0 or tags[k - 1] not in "op":
        return False
    told = people.words in NUMBERED or people.words in ("one", "definite")
    return told and tags[k + 2 : k + 3] not in ("X", "H", "V", "v")


def attacks(row: Row, k: int) -> list[Draft]:
    """ "12 air strikes": attacks that are counted themselves."""
    people = row.people(k)
    if people is None or people.words not in NUMBERED:
        return []
    if people.weak or people.count.low == 0 or people.partitive:
        return []
    words = row.sentence.words
    if words[people.start] in words.lexicon.articles:
        return []  # "a single strike"
    if _destroyed(row, k):
        return []  # "destroyed 13 positions and two car bombs"
    return make(row, k, k, Measure.ATTACKS, "counted-attacks", verb_group(row, k).certainty)


def _destroyed(row: Row, k: int) -> bool:
    """Tell whether item `k` stands in a list of things that were destroyed."""
    n = k - 1
    while n > 0 and row.tags[n] in "#,CawQ":
        n -= 1
    return n >= 0 and "ends_fighters" in row.kinds(n)
