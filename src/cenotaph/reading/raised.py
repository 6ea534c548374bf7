"""A toll that the harm of a sentence has raised: "killed six, raising this month's number to 58".

The toll is a sum, and what stands in its words is told of it: the month is none of the six, and
the 58 did not die where and when they did.
"""

from collections.abc import Sequence

from cenotaph.model import TimeKind
from cenotaph.reading.drafts import Draft
from cenotaph.reading.items import Row
from cenotaph.reading.scenes import NOWHERE, View

# Between the verb that raises a toll and the word for it ("raising Velm's monthly toll"), in items.
_RAISES = 6
_RAISING = frozenset({"toll_verb", "toll_change"})
_CLAUSE = frozenset(",;.SWR")
# What is told of a toll may stand behind its figure, too: "to 58 in Velm this month".
_BEHIND = frozenset("pLTow")
_PERIODS = (TimeKind.PERIOD, TimeKind.SPAN)


def raised(row: Row, drafts: Sequence[Draft]) -> range:
    """The items of the first toll of a sentence that something told before it has raised."""
    for draft in drafts:
        figure, word = draft.item, draft.at
        if not draft.toll or word > figure or row.tags[figure - 1 : figure] != "p":
            continue
        for verb in range(word - 1, max(-1, word - 1 - _RAISES), -1):
            if row.tags[verb] in _CLAUSE:
                break
            if not _RAISING.isdisjoint(row.kinds(verb)):
                end = figure + 1
                while end < len(row.tags) and row.tags[end] in _BEHIND:
                    end += 1
                return range(verb, end)
    return NOWHERE


def of_the_toll(view: View, i: int) -> bool:
    """Tell whether the time at item `i` is that of a toll which the people of a draft raised."""
    if view.draft.toll or i not in view.raised or view.draft.item >= view.raised.start:
        return False
    time = view.row.time(i)
    return time is not None and time.kind in _PERIODS


def over_a_period(view: View) -> bool:
    """Tell whether a draft is a toll in whose words a month or a span stands."""
    if not view.draft.toll or view.draft.item not in view.raised:
        return False
    row, words = view.row, view.row.sentence.words
    return any(
        row.tags[i] == "T"
        and (time := row.time(i)) is not None
        and time.kind in _PERIODS
        and "U" not in row.tags[i + 1 : i + 3]  # "the toll from last week's bombing"
        and words[row.items[i].start] not in words.lexicon.as_of  # "by Sunday evening"
        for i in view.raised
    )


def over_a_day(view: View) -> bool:
    """ "Bringing Tuesday's total to 26": a total that is that of a day."""
    if not view.draft.toll or view.draft.item not in view.raised:
        return False
    row, at = view.row, view.draft.at
    day = row.time(at - 1) if row.tags[at - 1 : at + 1] == "Tw" else None
    return day is not None and day.kind is TimeKind.DAY and "tally" in row.kinds(at)
