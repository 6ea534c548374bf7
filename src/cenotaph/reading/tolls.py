"""Tolls and the figures that replace one another: "the toll rose from 12 to 15".

A toll states one figure; those that it rose from are earlier tellings of it.
"""

from dataclasses import replace

from cenotaph.model import Count, Group, Measure, Modality
from cenotaph.reading.drafts import Draft, make
from cenotaph.reading.items import NUMBERED, People, Row
from cenotaph.reading.objects import objects

# A toll's figure is looked for over so many items, a label among the first of a line.
TOLL_REACH = 12
# A figure behind the "to" or "at" of a toll's verb may stand further off.
FAR_TOLL = 30
_BEFORE_FIGURE = frozenset({"toll_verb", "toll_end", "toll_from"})
# The name of a body of people takes so many items at most.
BODY_NAME = 7


def risen(row: Row, k: int) -> list[Draft]:
    """ "deaths have risen to 40", "the army's losses were put at 40": a noun of harm as a toll."""
    tags, people = row.tags, row.people(k)
    if people is not None and (people.words in NUMBERED or not people.plural):
        return []
    at = k + 1
    while at < len(tags) and at - k < BODY_NAME and tags[at] in "oApwLNUa":
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


def toll(row: Row, k: int) -> list[Draft]:
    """ "the death toll rose from 12 to 15", "bringing to 15 the number of dead"."""
    measure: Measure = row.sense(k)
    before = _figure_before(row, k)
    if before is not None:
        return figures(row, before[0], k, measure, before[1])
    if parts := _includes(row, k, measure):
        return parts
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
        if _no_figure(row, i, measure):
            if (hurt := _included(row, i)) is not None:
                return make(row, i, i + 1, hurt, "participle")
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


def _includes(row: Row, k: int, measure: Measure) -> list[Draft]:
    """ "The toll includes 11 women and eight children": parts of it, and not the toll."""
    verb = k + 1
    while row.tags[verb : verb + 1] == "a":
        verb += 1
    if row.tags[verb : verb + 1] != "I":
        return []
    return [
        draft
        for n in objects(row, verb)
        if row.numbered(n) and not _no_figure(row, n, measure) and row.tags[n] in "NQ"
        for draft in make(row, n, k, measure, "among-the-harmed", anaphor=True)
    ]


def _no_figure(row: Row, i: int, measure: Measure) -> bool:
    """ "The toll is rising, one nurse said"; "confirmed the toll and said 25 people were wounded":
    who says so, and whose harm is another, are no figure of a toll of the dead."""
    at = i + 1
    while row.tags[at : at + 1] in ("X", "H", "a"):
        at += 1
    if row.tags[at : at + 1] == "R" and at == i + 1:
        one = row.people(i)
        return row.tags[i] == "N" and one is not None and one.count.high == 1
    if measure is not Measure.KILLED or row.tags[at : at + 1] not in ("V", "J"):
        return False
    sense = row.sense(at)
    other = sense if isinstance(sense, Measure) else sense.measure
    weak = getattr(sense, "weak", False)
    return not weak and other is not measure


def _included(row: Row, i: int) -> Measure | None:
    """ "The toll also included 55 injured": the harm that stands right behind its number."""
    if row.tags[i - 1 : i] != "I" or row.tags[i + 1 : i + 2] not in ("V", "J"):
        return None
    sense = row.sense(i + 1)
    return sense if isinstance(sense, Measure) else sense.measure


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
    while behind < len(tags) and behind - at < BODY_NAME and tags[behind] in "owLKN":
        behind += 1
    listed = people is None or tags[at : at + 1] in ("N", ",", "C")
    if listed:
        while behind < len(tags) and behind - at < 2 * BODY_NAME and tags[behind] in "owLKNC,y":
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
            if _by_so_many(row, i):
                continue
            reached = not row.kinds(i - 1).isdisjoint({"toll_end", "toll_verb"})
            return figures(row, i, k, measure, people) if reached else []
    return []


def _by_so_many(row: Row, i: int) -> bool:
    """ "Went up by seven to 64": by how many it rose stands before the figure that it reached."""
    to = i + 1 + (row.tags[i + 1 : i + 2] == ",")
    return row.tags[i - 1] == "b" and row.tags[to : to + 2] == "pQ"


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
    if people.measure is Measure.CASUALTIES and "tallies" in row.kinds(k):
        return []  # "the toll rises to eight more casualties": counted by their own noun
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
