"""Harm that a sentence tells of and that nobody suffered: drills, matches, plots and charges.

"A drill in which 30 pupils were evacuated" moved nobody, "slaughtered the visitors 5-0" killed
nobody, and of what somebody is accused of having planned nobody knows that it was done.
"""

import functools
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from cenotaph.model import Certainty, Measure
from cenotaph.reading.drafts import Draft
from cenotaph.reading.items import Row
from cenotaph.reading.rates import rate
from cenotaph.reading.verb_groups import verb_group
from cenotaph.vocab import table

# Between "a drill" and the clause that tells what was acted in it: where, when, for what.
_OF_DRILL = frozenset("pwoLTUya#NK-'")
# Between those of "the evacuation of 50 people from the town" and its verb.
_OF_NOUN = tuple("pwoLT")
# Between "planning" and the noun for what was planned.
_BEFORE_NOUN = frozenset("wa")
# A charge stands so many items before what is charged.
_CHARGE = 8
# A work of fiction is the subject among so many words, and its verb stands so many behind it.
_TITLE = 6
_SCORE = frozenset("-–:")
# So many digits have both numbers of a score; a noun behind them is what they count.
_GOALS = 4
_NOUNS = frozenset("wNQ#Fy-")


class _Words(NamedTuple):
    """The words of one language for what did not happen, or need not have."""

    acted: frozenset[str]
    drills: frozenset[str]
    planning: frozenset[str]
    ordering: frozenset[str]
    charged: frozenset[str]
    tried: frozenset[str]
    risked: frozenset[str]
    pending: frozenset[str]
    put_off: frozenset[str]
    deeds: frozenset[str]
    recalled: frozenset[str]
    care: frozenset[str]
    gate: frozenset[str]


@functools.cache
def _words(lang: str) -> _Words:
    known = table(f"{lang}/harm")
    acted, drills = (frozenset(known["rehearsed"][key]) for key in ("words", "drills"))
    planning, ordering, charged, tried = (
        frozenset(known["charged"][key]) for key in ("planning", "ordering", "accused", "tried")
    )
    risked = frozenset(known["risked"]["words"])
    of_time = known["pending"]
    pending, put_off, deeds, recalled, care = (
        frozenset(of_time[key]) for key in ("words", "put_off", "deeds", "recalled", "care")
    )
    gate = tried | acted | drills | planning | ordering | risked
    charge = (planning, ordering, charged, tried)
    return _Words(acted, drills, *charge, risked, pending, put_off, deeds, recalled, care, gate)


def unreal(row: Row, found: Sequence[Draft]) -> list[Draft]:
    """Return the drafts of a sentence, those hypothetical, or unsure, that need not have happened.

    Nobody was killed by a team that won, so those drafts are left out.
    """
    lows = row.sentence.words
    known = _words(lows.lexicon.lang)
    if not lows.lexicon.plotted.isdisjoint(lows[:_TITLE]) and _of_fiction(row):
        return [replace(draft, certainty=Certainty.HYPOTHETICAL) for draft in found]
    found = [draft for draft in found if not _beaten(row, draft)] if _beatable(found) else found
    sure = Certainty.HYPOTHETICAL
    found = [
        replace(draft, certainty=sure, left="a-rate") if rate(row, draft) else draft
        for draft in found
    ]
    found = [replace(d, certainty=sure) if _pending(row, d, known) else d for d in found]
    if known.gate.isdisjoint(lows):
        return list(found)
    if not known.acted.isdisjoint(lows):
        return [replace(draft, certainty=sure) for draft in found]
    return [
        replace(draft, certainty=sure)
        if _drilled(row, draft, known) or _risked(row, draft, known) or _tried(row, draft, known)
        else _charged(row, draft, known)
        for draft in found
    ]


def _of_fiction(row: Row) -> bool:
    """ "The film tells of a sniper who kills 27 men": what a work tells, from its verb on.

    The work is the subject of the sentence, with its name or maker beside it at most.
    """
    lows = row.sentence.words
    plots, works = lows.lexicon.plots, lows.lexicon.plotted
    first = next((n for n in range(min(len(lows), _TITLE)) if lows[n] in works), len(lows))
    return any(
        tuple(lows[n : n + len(plot)]) == plot
        and "infinitive" not in lows.entries[min(n + len(plot), len(lows) - 1)].kinds
        for n in range(first + 1, min(len(lows), first + _TITLE))
        for plot in plots
    )


def _pending(row: Row, draft: Draft, known: _Words) -> bool:
    """ "27 patients need to be evacuated", "were to be hanged", "the evacuation of 50 was delayed".

    Who "had to be evacuated" or "is said to be dead" was, or is, and so are those whose murder "was
    planned"; who "needed to be hospitalised" is hurt by then.
    """
    at, tags, lows = draft.at, row.tags, row.sentence.words
    noun = tags[at] == "F" and draft.rule == "death-of"
    if noun or tags[at : at + 2] == "Go" and draft.item > at:
        if lows[row.items[at].end - 1] not in known.deeds:
            return False
        be = draft.item + 1
        while tags[be : be + 1] in _OF_NOUN and tags[be:]:
            be += 1
        if draft.measure is Measure.EVACUATED and tags[be : be + 1] == "M":
            verb = row.items[min(be + 2, len(row.items) - 1)].start
            return lows[verb] not in known.recalled  # "will begin", but "will be remembered"
        if tags[be : be + 1] != "X" or be + 1 >= len(tags):
            return False
        item = row.items[be + 1]
        return " ".join(lows[item.start : item.end]) in known.put_off
    be = at - 1
    while be > 1 and tags[be] == "a":
        be -= 1
    if be < 2 or tags[be] != "X" or tags[at] not in "VJ" or "infinitive" not in row.kinds(be - 1):
        return False
    if draft.measure is Measure.INJURED and not known.care.isdisjoint(
        lows[row.items[at].start : row.items[at].end]
    ):
        return False
    return tags[be - 2] == "X" or lows[row.items[be - 2].end - 1] in known.pending


def _drilled(row: Row, draft: Draft, known: _Words) -> bool:
    """ "A drill in Sarbek in which 30 pupils were evacuated", "a mock attack with 20 hurt"."""
    lows = row.sentence.words
    first = draft.first
    for n in range(first - 1, -1, -1):
        item = row.items[n]
        if row.tags[n] in ".;":
            return False
        if known.drills.isdisjoint(lows[item.start : item.end]):
            continue
        between = row.tags[n + 1 : first]
        wherein = next((m for m in range(n + 1, first) if row.tags[m] in "SW,"), None)
        if wherein is None:
            return set(between) <= _OF_DRILL | {"l"}
        if row.tags[wherein] == ",":
            wherein += 1
        opens = row.tags[wherein] == "S" and "wherein" in row.kinds(wherein)
        return opens and set(row.tags[n + 1 : wherein]) <= _OF_DRILL | {","}
    return False


def _risked(row: Row, draft: Draft, known: _Words) -> bool:
    """ "To mitigate the risk of harming civilians", "avoided killing two guards"."""
    if row.tags[draft.at] not in "VG":
        return False
    before = verb_group(row, draft.at).start - 1
    before -= row.tags[before : before + 1] == "o"
    return before >= 0 and row.sentence.words[row.items[before].end - 1] in known.risked


def _tried(row: Row, draft: Draft, known: _Words) -> bool:
    """ "The attempted murder of two officers" killed neither."""
    at = draft.at
    if row.tags[at] not in "FG" or at < 1:
        return False
    return row.sentence.words[row.items[at].start - 1] in known.tried


def _charged(row: Row, draft: Draft, known: _Words) -> Draft:
    """ "Accused of ordering the killing of 300", "charged with planning the murder of two"."""
    lows, at = row.sentence.words, draft.at
    if row.tags[at] not in "FU" or draft.certainty is not Certainty.ASSERTED:
        return draft
    n = at - 1
    while n > 0 and row.tags[n] in _BEFORE_NOUN and lows[row.items[n].start] not in known.planning:
        if lows[row.items[n].start] in known.ordering:
            break
        n -= 1
    word = lows[row.items[n].start] if n > 0 else ""
    if word not in known.planning and word not in known.ordering:
        return draft
    before = row.items[max(0, n - _CHARGE)].start
    if known.charged.isdisjoint(lows[before : row.items[n].start]):
        return draft
    planned = word in known.planning
    sure = Certainty.HYPOTHETICAL if planned else Certainty.SUSPECTED
    return replace(draft, certainty=sure)


def _beatable(found: Sequence[Draft]) -> bool:
    return any(d.rule in ("active", "passive") and d.measure is Measure.KILLED for d in found)


def _beaten(row: Row, draft: Draft) -> bool:
    """ "Slaughtered the visitors 5-0": behind those beaten, the score of a match."""
    if draft.measure is not Measure.KILLED or draft.rule not in ("active", "passive"):
        return False
    behind = draft.last + 1
    if row.tags[behind : behind + 3] != "QwQ" or row.tags[behind + 3 : behind + 4] in _NOUNS:
        return False
    tokens, items = row.sentence.tokens, row.items
    one, mark, other = (tokens[items[n].start].text for n in range(behind, behind + 3))
    return mark in _SCORE and one.isdecimal() and other.isdecimal() and len(one + other) <= _GOALS
