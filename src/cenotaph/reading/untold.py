"""Harm that a sentence leaves to another: a number whose harm was told before, or whose end is not.

"Residents put the number at 60" counts what the sentence before counted; "the fate of three is
unknown" counts the missing; where "none survived" of people counted right before, all of them died.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from cenotaph.model import Certainty, Measure, Modality
from cenotaph.reading.drafts import Draft, make
from cenotaph.reading.items import NUMBERED, Row
from cenotaph.reading.objects import objects
from cenotaph.reading.told import Told
from cenotaph.reading.tolls import figures, raised_to
from cenotaph.reading.verb_groups import verb_group

# A figure is taken up again so many sentences behind the one that told of the harm.
FIGURE_REACH = 2
# Between the word for a number and its figure, and between the people and their end, in items.
_NEAR = 7
_HARM = (Measure.KILLED, Measure.INJURED, Measure.MISSING, Measure.DISPLACED, Measure.CASUALTIES)
_AT_FIGURE = frozenset({"toll_end", "toll_verb"})
# Before "of" and a bare number: "a figure of 14", "spoke of 25".
_FIGURES = frozenset({"tally", "speaks_of"})
# What stands between a count and the figure that took its place: ", later revised to", "(now".
_REVISED = re.compile(r"[,(-](?:Q|w?w)?W?[aSv]{0,2}(?:[RvV]?pX?)?(?=Q(?:[,).;T-]|$))")
# A speaker, and the figure that he gives: "Activists say 70.", "According to residents, 14."
_SPEAKER_ALONE = re.compile(
    r"[SaT,]{0,2}(?:[Nw]{1,4}(?:oL|pL|L)?a?Ra?|R[Nw]{1,4}(?:oL|pL|L)?,)Q[.\"]{0,2}"
)
_LATER = frozenset({"toll_change", "toll_since"})


def figure_again(row: Row, found: Sequence[Draft], told: Sequence[Told]) -> list[Draft]:
    """ "put the number at 60", "total now 11": a figure of the harm that was told last before."""
    tags, taken = row.tags, {draft.item for draft in found}
    for k, tag in enumerate(tags if "Q" in tags else ""):  # a figure is a bare number
        if tag not in "wO" or "tally" not in row.kinds(k) or tags[k + 1 : k + 2] in ("o", "I"):
            continue
        for i in range(k + 1, min(len(tags), k + _NEAR)):
            if tags[i] in ".;SWC":
                break
            people = row.people(i)
            if tags[i] != "Q" or people is None or i in taken:
                continue
            if people.head or people.words not in NUMBERED or people.count.low == 0:
                break
            changed = "origin" in row.sentence.words.entries[row.items[i].start].kinds
            if row.kinds(i - 1).isdisjoint(_AT_FIGURE) and tags[i - 1] != ":" and not changed:
                break
            if "M" in tags[k:i]:
                break  # "the total could reach 20"
            measure = _told_last(row, found, told, k)
            if measure is None:
                return []
            if changed:  # "taking the count from 14 to 17"
                return figures(row, i, k, measure, people)
            sure = verb_group(row, i).certainty
            return make(row, i, k, measure, "figure-again", sure, toll=True)
    return _count_raised(row, found) or _bare_figure(row, found, told)


def _count_raised(row: Row, found: Sequence[Draft]) -> list[Draft]:
    """ "An earlier count of 14 dead was revised upward to 17": the figure that took its place.

    So does the 17 of "14 people, later revised to 17, were killed".
    """
    taken = {draft.item for draft in found}
    for draft in found:
        i = draft.item
        for at in (i, draft.at):
            if draft.people.words in NUMBERED and (later := _revised(row, at)) is not None:
                if later in taken:
                    return []  # "the toll, now 23,"
                return make(row, later, draft.at, draft.measure, "figure-again", toll=True)
        if row.tags[i - 1 : i] == "o" and i > 1 and "tally" in row.kinds(i - 2):
            if not draft.toll and (later := raised_to(row, i)) is not None:
                return make(row, later, draft.at, draft.measure, "figure-again", toll=True)
    return []


def _revised(row: Row, at: int) -> int | None:
    """The figure behind item `at` that took the place of a count there, None without one."""
    between = _REVISED.match(row.tags, at + 1)
    if between is None:
        return None
    to, people = between.end(), row.people(between.end())
    words = range(at + 2, to)
    if any(
        row.tags[n : n + 2] in ("wa", "wS", "wv", "wW", "wR") and "tally" not in _kinds(row, n)
        for n in words
    ):
        return None
    changed = any(not _LATER.isdisjoint(_kinds(row, n)) for n in words)
    counted = people is not None and people.words in NUMBERED and not people.head
    return to if changed and counted else None


def _bare_figure(row: Row, found: Sequence[Draft], told: Sequence[Told]) -> list[Draft]:
    """ "the government spoke of 25", "rebels gave a figure of 14", "…; the army said it was 12"."""
    tags, taken = row.tags, {draft.item for draft in found}
    for i in [i for i, tag in enumerate(tags) if tag == "Q"]:
        people = row.people(i) if i > 1 and i not in taken else None
        ends = i + 1 == len(tags) or tags[i + 1] in '.;,"'
        if people is None or not ends or people.head or people.words not in NUMBERED:
            continue
        told_of = tags[i - 1] == "o" and not _FIGURES.isdisjoint(_kinds(row, i - 2))
        said = tags[i - 1] == "R" or tags[i - 1] == "l" and "report" in _kinds(row, i - 1)
        said = said and any(draft.item < i for draft in found)
        said = said or _in_turn(row, i, told)
        it_was = tags[i - 3 : i] in ("RwX", ";wX", "vwp") and "stands_for" in _kinds(row, i - 2)
        it_was = it_was and not _AT_FIGURE.isdisjoint(_kinds(row, i - 1) | _kinds(row, i - 3))
        if not (told_of or said or it_was) or people.count.low == 0:
            continue
        if any(tags[n] in "#Q" and n not in taken for n in range(i)):
            return []  # "14 shops burned, and the mayor spoke of 20"
        if (measure := _told_last(row, found, told, i)) is not None:
            return make(row, i, i - 2, measure, "figure-again", toll=True)
    return []


def _in_turn(row: Row, i: int, told: Sequence[Told]) -> bool:
    """ "Activists say 70." right behind a sentence with a count: a sentence of speaker and figure
    alone. Who is "said to be 70" is no speaker."""
    last = told[-1].sentence if told else None
    if last is None or row.sentence.index - last > 1 or told[-1].draft.row.sentence.title:
        return False
    return _SPEAKER_ALONE.fullmatch(row.tags) is not None and _counts(told[-1].draft)


def _kinds(row: Row, i: int) -> frozenset[str]:
    """All that the last word of item `i` may be."""
    return row.sentence.words.entries[row.items[i].end - 1].kinds


def _told_last(row: Row, found: Sequence[Draft], told: Sequence[Told], k: int) -> Measure | None:
    """The harm of the last count before item `k`, the dead first within one sentence."""
    here = [draft for draft in found if draft.item < k]
    if not here:
        last = next((one.sentence for one in reversed(told) if _counts(one.draft)), None)
        if last is None or row.sentence.index - last > FIGURE_REACH:
            return None
        here = [one.draft for one in told if one.sentence == last]
    measures = {draft.measure for draft in here if _counts(draft)}
    return next((measure for measure in _HARM if measure in measures), None)


def _counts(draft: Draft) -> bool:
    stated = draft.certainty in (Certainty.ASSERTED, Certainty.WITHDRAWN)
    return draft.people.words in NUMBERED and stated


def fate(row: Row, k: int) -> list[Draft]:
    """ "the fate of three people remains unknown": they are missing."""
    if "fate" not in row.kinds(k) or row.tags[k + 1 : k + 2] != "o":
        return []
    people = [n for n in objects(row, k + 1) if _numbered(row, n)]
    if not people:
        return []
    for i in range(people[-1] + 1, len(row.tags)):
        if row.tags[i] in ".;":
            break
        if "not_known" in row.sentence.words.entries[row.items[i].start].kinds:
            return [d for n in people for d in make(row, n, k, Measure.MISSING, "fate-unknown")]
    return []


def no_survivor(row: Row, found: Sequence[Draft]) -> list[Draft]:
    """ "200 had taken refuge in the hall; none survived", "none of the 14 miners survived", "26
    people were aboard and there were no survivors"."""
    tags, taken = row.tags, {draft.item for draft in found}
    for k, tag in enumerate(tags):
        if tag == "N" and _nobody_survived(row, k):
            return _all_before(row, k, taken)
        if (
            tag not in "vVw"
            or "survives" not in row.sentence.words.entries[row.items[k].start].kinds
        ):
            continue
        none = k - 1
        while none > 0 and tags[none] in "aX":
            none -= 1
        people = row.people(none) if none >= 0 else None
        if people is not None and people.words == "zero" and people.among is not None:
            return make(row, none, k, Measure.KILLED, "none-survived", people=people.among)
        if none < 0 or "zero" not in row.sentence.words.entries[row.items[none].start].kinds:
            continue
        if _numbered(row, none) and none not in taken:
            return make(row, none, k, Measure.KILLED, "none-survived")
        return _all_before(row, none, taken, at=k)
    return []


def _nobody_survived(row: Row, k: int) -> bool:
    people = row.people(k)
    entry = row.sentence.words.entries[row.items[k].end - 1]
    return people is not None and people.words == "zero" and "survivors" in entry.kinds


def _all_before(row: Row, none: int, taken: Set[int], at: int | None = None) -> list[Draft]:
    """Those before the words at item `none`, which say that none of them survived."""
    tags = row.tags
    for i in range(none - 1, -1, -1):
        if tags[i] in "NQ" and _numbered(row, i):
            fits = i not in taken and tags[:none].count(";") + tags[:none].count(",") <= 2
            told = none if at is None else at
            return make(row, i, told, Measure.KILLED, "none-survived") if fits else []
    return []


def _numbered(row: Row, i: int) -> bool:
    people = row.people(i)
    return people is not None and people.words in NUMBERED and (people.count.low or 0) > 0


def counted_aside(row: Row, found: list[Draft]) -> list[Draft]:
    """ "most of the victims - 14 - died": the number that stands beside a share is its number."""
    made: list[Draft] = []
    taken = {draft.item for draft in found}
    for draft in found:
        i = draft.item
        beside = row.people(i + 2) if row.tags[i + 1 : i + 4] in ("-Q-", "(Q)", ",Q,") else None
        share = draft.people.count.modality is Modality.SHARE
        if share and beside is not None and i + 2 not in taken and not beside.head:
            if beside.words in NUMBERED:
                people = replace(
                    draft.people, count=beside.count, words=beside.words, end=beside.end
                )
                draft = replace(draft, people=people)
        made.append(draft)
    return made
