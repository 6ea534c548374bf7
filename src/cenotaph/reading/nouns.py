"""Nouns of harm: deaths, wounds, tolls, attacks, and the labels of a list.

A noun of harm may be counted itself ("12 deaths"), have its people behind or before it ("the death
of six", "Saleh's death"), or stand for a figure that is replaced by a later one ("the toll rose to
15").
"""

import re
from dataclasses import replace
from itertools import combinations

from cenotaph.model import Age, Certainty, Count, Group, Measure, Modality, Sex, Status
from cenotaph.reading.arguments import GERUND_END, objects, subjects, verb_group
from cenotaph.reading.drafts import Draft, make
from cenotaph.reading.items import NUMBERED, People, Row
from cenotaph.reading.lexicon import DETERMINERS
from cenotaph.reading.lists import with_left

# A toll's figure is looked for over so many items, a label among the first of a line.
TOLL_REACH = 12
# A figure behind the "to" or "at" of a toll's verb may stand further off.
FAR_TOLL = 30
_BEFORE_FIGURE = frozenset({"toll_verb", "toll_end", "toll_from"})
LABEL_REACH = 6
# A label, and counts each behind its place.
_PLACE_BY_PLACE = re.compile(r"([VJFN](?:bw{1,2})?[:-])(?:L[:-]?Q(?:[,;]?C?)){2,}\.?")
# Others behind the first of a labelled list.
_LISTED = re.compile(r"(?:[,;]?C?N)+")
# "injuries to 33 people", "cases of suffocation among 20 residents".
_HARM_TO = frozenset({"infinitive", "upon", "among", "benefits"})
# The name of a body of people takes so many items at most.
_BODY = 7
# "brings its total losses": so near before the noun stands the verb that makes it a toll.
_BEFORE_TOLL = 5


def noun(row: Row, k: int) -> list[Draft]:
    """ "12 deaths", "the death of six people", "Saleh's death"."""
    found = _borne(row, k) or _raised(row, k) or _risen(row, k)
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
    while row.tags[verb : verb + 1] in ("p", "w", "L", "T", "a") and verb - k < _BODY:
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
    while at < len(tags) and at - k < _BODY and (tags[at] in "woLT" or tags[at : at + 2] == "pL"):
        at += 1
    figure = row.people(at + 1) if tags[at : at + 2] in ("pQ", "pN") else None
    if figure is None or figure.words not in NUMBERED or "toll_end" not in row.kinds(at):
        return []
    verb = next((n for n in range(k - 1, max(-1, k - _BEFORE_TOLL), -1) if tags[n] in "vR"), None)
    if verb is None or "toll_verb" not in row.kinds(verb):
        return []
    return make(row, at + 1, k, measure, "toll", toll=True)


def _risen(row: Row, k: int) -> list[Draft]:
    """ "deaths have risen to 40", "the army's losses were put at 40": a noun of harm as a toll."""
    tags, people = row.tags, row.people(k)
    if people is not None and (people.words in NUMBERED or not people.plural):
        return []
    at = k + 1
    while at < len(tags) and at - k < _BODY and tags[at] in "oApwLNUa":
        at += 1
    verb = at
    while tags[verb : verb + 1] in ("X", "H", "a"):
        verb += 1
    if "toll_verb" not in row.kinds(verb if verb < len(tags) else k) or tags[verb] not in "vR":
        return []
    figure = verb + 1
    while tags[figure : figure + 1] == "w" and row.kinds(figure) & {"definite", "tally"}:
        figure += 1  # "the latest deaths bring the total to 61"
    figure += tags[figure : figure + 1] == "p"
    counted = row.people(figure) if tags[figure : figure + 1] in ("Q", "N") else None
    ends = figure == verb + 1 or not _BEFORE_FIGURE.isdisjoint(row.kinds(figure - 1))
    if counted is None or counted.words not in NUMBERED or counted.head or not ends:
        return []
    measure: Measure = people.measure or Measure.KILLED if people else row.sense(k).measure
    return figures(row, figure, k, measure, counted)


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
    if tags[of : of + 1] in ("b", "p"):
        while of < min(len(tags), k + 6) and tags[of] in "bpwTL":
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
    people = row.people(k)
    if people is not None and people.words == "digits" or not row.wounds[k]:
        return []
    for j in range(k - 1, max(-1, k - 7), -1):
        if tags[j] in ",;.SWRN":
            return []
        kinds = row.kinds(j)
        if "bear" in kinds and tags[j] == "p" and j > 0 and tags[j - 1] in "NQ":
            return [
                draft
                for n in with_left(row, j - 1)
                for draft in make(row, n, k, Measure.INJURED, "bore-wounds", weak=row.shot[k])
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
                for n in subjects(row, group.start, adjacent=_alone(row, j))
                for draft in make(
                    row, n, k, measure, "bore-wounds", group.certainty, weak=row.shot[k]
                )
            ]
    return []


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


def toll(row: Row, k: int) -> list[Draft]:
    """ "the death toll rose from 12 to 15", "bringing to 15 the number of dead"."""
    measure: Measure = row.sense(k)
    before = _figure_before(row, k)
    if before is not None:
        return figures(row, before[0], k, measure, before[1])
    tags, colon = row.tags, False
    first: list[Draft] = []
    for i in range(k + 1, min(len(tags), k + FAR_TOLL)):
        if tags[i] in ";.S":
            break
        # "the toll is not final: rescuers search for nine"
        colon = colon or tags[i] == ":" and not _figure_behind(row, i)
        people = row.people(i) if tags[i] in "QNF" else None
        if people is None or people.words not in NUMBERED:
            continue
        if colon and people.attribute is not measure:
            break
        if "M" in tags[k:i] and "H" not in tags[k:i]:
            break  # "the toll could reach 200"
        if not row.kinds(i - 1).isdisjoint(_BEFORE_FIGURE):
            return figures(row, i, k, measure, people)
        if not first and i < k + TOLL_REACH:
            first = figures(row, i, k, measure, people)
    return first


def _figure_behind(row: Row, i: int) -> bool:
    """Tell whether the colon at item `i` opens a figure: "the toll: at least 12"."""
    at = i + 1
    while row.tags[at : at + 1] == "a":
        at += 1
    return row.tags[at : at + 1] in ("Q", "N", "F") and row.numbered(at)


def tally(row: Row, k: int) -> list[Draft]:
    """ "brings to eleven the number of people shot dead", "the number of displaced has reached 9".

    Here the harm stands behind the word for a number; `k` is the item of that word.
    """
    tags = row.tags
    if "tally" not in row.kinds(k) or tags[k + 1 : k + 2] not in ("o", "I"):
        return []
    at = k + 2
    while at < len(tags) and tags[at] in "aw" and "definite" in row.kinds(at):
        at += 1
    people = row.people(at) if tags[at : at + 1] in ("N", "y") else None
    if people is not None and people.harmed is not None:
        return _tolls(row, k, at, people.harmed)  # "the number of those who died rose to 17"
    at += people is not None
    behind = at
    while behind < len(tags) and behind - at < _BODY and tags[behind] in "owLKN":
        behind += 1
    listed = people is None or tags[at : at + 1] in ("N", ",", "C")
    if listed:
        while behind < len(tags) and behind - at < 2 * _BODY and tags[behind] in "owLKNC,y":
            behind += 1
        last = row.people(behind - 1)
        listed = behind > at and last is not None and last.plural and last.words == "none"
    if (people is not None and tags[at : at + 1] == "o" or listed) and tags[
        behind : behind + 1
    ] in ("V", "J"):
        at = behind  # "the number of members of the Sarbek guard killed"
    while at < len(tags) and tags[at] in "aXHW":
        at += 1
    if tags[at : at + 1] not in ("V", "J"):
        return []
    sense = row.sense(at)
    measure: Measure = sense if isinstance(sense, Measure) else sense.measure
    group = people.group if people is not None else Group()
    return [
        draft if group == Group() else _grouped(draft, group)
        for draft in _tolls(row, k, at, measure)
    ]


def _tolls(row: Row, k: int, at: int, measure: Measure) -> list[Draft]:
    """The figures of a tally whose word is item `k` and whose harm is item `at`."""
    before = _figure_before(row, k)
    if before is not None:
        return figures(row, before[0], k, measure, before[1])
    tags = row.tags
    for i in range(at + 1, min(len(tags), at + TOLL_REACH)):
        if tags[i] in ";.SRC":
            break
        if tags[i] == "Q" and (people := row.people(i)) is not None and people.words in NUMBERED:
            reached = not row.kinds(i - 1).isdisjoint({"toll_end", "toll_verb"})
            return figures(row, i, k, measure, people) if reached else []
    return []


def _grouped(draft: Draft, group: Group) -> Draft:
    people = draft.people
    if people.group != Group():
        return draft
    return replace(draft, people=replace(people, group=group))


def _figure_before(row: Row, k: int) -> tuple[int, People] | None:
    """The figure in "raised from 24 to 29 its toll": right before the toll, behind its verb."""
    tags = row.tags
    at = k - 2 if k >= 2 and tags[k - 1] == "w" else k - 1
    people = row.people(at) if at >= 1 and tags[at] == "Q" else None
    if people is None or tags[at - 1] not in "pvaTR":
        return None
    return at, people


def figures(row: Row, i: int, k: int, measure: Measure, people: People) -> list[Draft]:
    """A toll's figure; "from 12 to 15", "the toll of 12 rose to 15" tell the old and the new."""
    count = people.count
    if measure is Measure.CASUALTIES and row.tags[i + 1 : i + 2] in ("J", "V"):
        return []  # "casualties stood at 14 dead and 30 wounded"
    if i and count.modality is Modality.EXACT and "toll_passes" in row.kinds(i - 1):
        above = Count(low=(count.low or 0) + 1, high=None, modality=Modality.MORE_THAN)
        return make(
            row, i, k, measure, "toll", people=replace(people, count=above), toll=True
        )  # "the toll surpasses 40"
    between = range(max(0, min(i, k) - 3), max(i, k))
    changed = any("toll_change" in row.kinds(n) for n in between)
    if changed and count.modality is Modality.RANGE:
        inner = row.sentence.tokens[people.start : people.end]
        words = [n for n, token in enumerate(inner) if token.text[0].isalnum()]
        if len(words) >= 4 and words[0] == 0:  # opened by "from", joined by "to"
            first, last = people.start + words[1], people.start + words[-1]
            old = replace(people, start=first, end=first + 1, count=_exact(count.low))
            new = replace(people, start=last, count=_exact(count.high))
            return [
                *make(row, i, k, measure, "toll", people=old, old=True, toll=True),
                *make(row, i, k, measure, "toll", people=new, toll=True),
            ]
    later = (_changed_to(row, i) if changed else None) or raised_to(row, i)
    if later is not None:
        return [
            *make(row, i, k, measure, "toll", old=True, toll=True),
            *make(row, later, k, measure, "toll", toll=True),
        ]
    rising = row.tags[i + 1 : i + 2] == "T" and any(
        "toll_change" in row.kinds(n) for n in range(k + 1, i)
    )
    told = [i, *_as_it_rose(row, i, people)] if rising else [i]
    return [
        draft
        for n in told
        for draft in make(row, n, k, measure, "toll", old=n != told[-1], toll=True)
    ]


def _as_it_rose(row: Row, i: int, people: People) -> list[int]:
    """ "has been rising: nine on Friday, 15 on Saturday, 21 today": the figures behind item `i`."""
    tags, found, last = row.tags, list[int](), people.count.low or 0
    while tags[i : i + 3] in ("QT,", "QTC"):
        i += 3
        while tags[i : i + 1] in ("C", "a"):
            i += 1
        figure = row.people(i) if tags[i : i + 2] == "QT" else None
        if figure is None or figure.words not in NUMBERED or (figure.count.low or 0) <= last:
            break
        last = figure.count.low or 0
        found.append(i)
    return found


def _changed_to(row: Row, i: int) -> int | None:
    """ "from nine to eight": the item of the figure that takes the place of the one at item `i`."""
    tags = row.tags
    to = i + 1 + (tags[i + 1 : i + 2] == "T")
    if i == 0 or "origin" not in row.kinds(i - 1) or tags[to : to + 2] not in ("pQ", "pN"):
        return None
    return to + 1 if "infinitive" in row.kinds(to) else None


def raised_to(row: Row, i: int) -> int | None:
    """ "the toll of 14 has risen to 17": the item of the figure that replaces the one at `i`."""
    tags = row.tags
    for n in range(i + 1, min(len(tags) - 2, i + TOLL_REACH)):
        if tags[n] not in "JVN,HXTavwRpL":
            return None
        if "toll_change" not in row.kinds(n):
            continue
        to = n + 1
        while tags[to : to + 1] in ("a", "w", "T"):
            to += 1
        if tags[to : to + 2] not in ("pQ", "pN") or "toll_end" not in row.kinds(to):
            return None
        people = row.people(to + 1)
        return to + 1 if people is not None and people.words in NUMBERED else None
    return None


def _exact(number: int | None) -> Count:
    return Count(low=number, high=number, modality=Modality.EXACT)


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


def labelled(row: Row, found: list[Draft]) -> list[Draft]:
    """ "Dead: 5", "Killed (4): one driver; two porters"."""
    tags, made = row.tags, list[Draft]()
    if not found and (by_place := _by_place(row)):
        return by_place
    taken = {d.item for d in found}
    for k in range(min(len(tags) - 2, LABEL_REACH)):
        if tags[k + 1] not in ":-(" or tags[k + 2] not in "QN":
            continue
        if (measure := _label(row, k)) is None:
            continue
        people = row.people(k + 2)
        if any(draft.at == k and draft.item < k for draft in found):
            continue  # "23 people died: 14 in the market, nine on the road" breaks them down
        if people is None or people.words not in NUMBERED:
            continue
        mine = any((d.item, d.at) == (k + 2, k) for d in found)
        if mine or k + 2 not in taken:
            listed = [k + 2, *_labelled_too(row, k + 2)]
            made += [
                d for n in listed if n not in taken for d in make(row, n, k, measure, "labelled")
            ]
    return made


def _by_place(row: Row) -> list[Draft]:
    """ "Deaths by town - Belq: 12; Orun: 9": a count for each place."""
    met = _PLACE_BY_PLACE.fullmatch(row.tags)
    measure = _label(row, 0) if met is not None else None
    if met is None or measure is None:
        return []
    counts = [n for n in range(met.end(1), len(row.tags)) if row.tags[n] == "Q"]
    if not all(row.numbered(n) for n in counts):
        return []
    return [draft for n in counts for draft in make(row, n, n, measure, "labelled")]


def _labelled_too(row: Row, first: int) -> list[int]:
    """ "Dead: 3 civilians, 1 policeman": whoever is listed behind, to the end of the sentence.

    They are others only where each is told by the same kind of word: "12 civilians, 3 children"
    may be twelve.
    """
    behind = row.tags[first + 1 :].rstrip(".")
    if _LISTED.fullmatch(behind) is None:
        return []
    items = [n for n in range(first, first + 1 + len(behind)) if row.tags[n] == "N"]
    groups = [people.group for n in items if (people := row.people(n)) and row.numbered(n)]
    forces = [group for group in groups if group.role or group.status is not Status.UNKNOWN]
    aged = [group for group in groups if (group.age, group.sex) != (Age.UNKNOWN, Sex.UNKNOWN)]
    kinds = len(groups) == len(items) and len(set(groups)) == len(groups)
    if not kinds or (len(forces), len(aged)) not in ((len(items), 0), (0, len(items))):
        return []
    if aged and not all(_apart(a, b) for a, b in combinations(groups, 2)):
        return []
    return items[1:]


def _apart(a: Group, b: Group) -> bool:
    """Tell whether nobody can be of both: "two women, three boys"."""
    other_age = Age.UNKNOWN not in (a.age, b.age) and a.age is not b.age
    return other_age or Sex.UNKNOWN not in (a.sex, b.sex) and a.sex is not b.sex


def _label(row: Row, k: int) -> Measure | None:
    """The harm that the word or phrase at item `k` names, where it stands alone."""
    tag, people = row.tags[k], row.people(k)
    measure: Measure | None = None
    if tag == "N" and people is not None:
        measure = people.harmed
    elif tag == "F" and people is not None:
        measure = people.measure
    elif tag in "VF":
        measure = row.sense(k).measure
    elif tag in "JO":
        measure = row.sense(k)
    return measure
