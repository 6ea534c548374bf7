"""What a text takes back or puts right: withdrawn figures, and figures that correct earlier ones.

"The ministry retracted the figure" leaves the count in the record, as withdrawn; "corrected the
figure to eight" and "one, not two" name the figure that is no longer to count.
"""

from collections.abc import Sequence
from dataclasses import replace

from cenotaph.model import Certainty, Measure
from cenotaph.reading.drafts import Draft, make
from cenotaph.reading.items import NUMBERED, Row
from cenotaph.reading.told import Told, elsewhere
from cenotaph.reading.vocabulary import Found, Phrases

# A figure is taken back or put right so many sentences behind the one that gave it.
CORRECTION_REACH = 6
# So many tokens stand between "an earlier toll" and its figure.
EARLIER_REACH = 8
_TAKEN_BACK = frozenset({"withdraw", "wrong", "misstated", "this_wrong"})
_HARM = frozenset({Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED, Measure.CASUALTIES})


def corrected(row: Row, phrases: Found, told: Sequence[Told]) -> tuple[Draft, int] | None:
    """ "corrected the figure to eight": the new figure, and the draft that it corrects."""
    hits = phrases.corrections
    hit = next((h for h in hits if h.code == "correct"), None)
    if hit is None:
        return None
    for i, item in enumerate(row.items):
        people = row.people(i)
        if item.start >= hit.end and people is not None and people.words in NUMBERED:
            before = _before(told, row.sentence.index)
            if before is None:
                return None
            measure = told[before].draft.measure
            return make(row, i, i, measure, "corrected-figure")[0], before
    return None


def withdrawn(row: Row, phrases: Found, told: Sequence[Told], base: int) -> dict[int, Told]:
    """ "retracted the figure": the counts behind the words, else the one told last before.

    "A report of 37 dead was wrong" takes back those before the words; "an earlier version of this
    article said" those of its clause alone.
    """
    hits = phrases.corrections
    hit = next((h for h in hits if h.code in _TAKEN_BACK), None)
    if hit is None:
        return {}
    if hit.code == "this_wrong":
        last = _before(told[:base], row.sentence.index) if hit.start == 0 else None
        near = last is not None and told[last].sentence == row.sentence.index - 1
        behind = [last] if near and last is not None else []
    elif hit.code == "wrong":
        behind = [
            n
            for n in range(base, len(told))
            if told[n].draft.people.end <= hit.start and _reported(row, told[n].draft.item)
        ]
    else:
        end = _clause_end(row, hit.end)
        behind = [n for n in range(base, len(told)) if hit.end <= told[n].draft.people.start < end]
    if not behind and len(told) == base and hit.code == "withdraw":
        before = _before(told, row.sentence.index)
        behind = [] if before is None else [before]
    return {
        n: replace(told[n], draft=replace(told[n].draft, certainty=Certainty.WITHDRAWN))
        for n in behind
    }


def _clause_end(row: Row, token: int) -> int:
    """The token at which the clause of a token ends: "…, saying that the true figure was 20"."""
    # "corrected an earlier statement in which it said nine had died, saying that …"
    ends = (
        item.start
        for item, tag in zip(row.items, row.tags, strict=True)
        if tag in "S;" and item.start != token
    )
    return next((end for end in ends if end > token), len(row.sentence.tokens))


def _reported(row: Row, item: int) -> bool:
    """Tell whether "a report of", "a toll of" stand before the count at an item."""
    at = item - 1
    while at > 0 and row.tags[at] in "ow":
        at -= 1
    said = row.tags[at : at + 1] in ("l", "O") or row.tags[at : at + 2] == "Ro"
    return said or item > 1 and "tally" in row.kinds(item - 2)


def denied_numbers(told: Sequence[Told]) -> list[tuple[int, int]]:
    """ "one person, not two": pairs of the figure that stands and an earlier one that does not."""
    found: list[tuple[int, int]] = []
    for n, one in enumerate(told):
        number = _not(one)
        if number is None:
            continue
        for m in range(n - 1, -1, -1):
            if one.sentence - told[m].sentence > CORRECTION_REACH:
                break
            same = told[m].draft.measure is one.draft.measure
            if same and told[m].draft.people.count.low == number:
                found.append((n, m))
                break
    return found


def earlier(told: Sequence[Told], phrases: Phrases) -> dict[int, int]:
    """ "An earlier toll gave 27": the figure that has taken the place of each such one.

    That is the last before it, or the first in the sentences right behind, of the same harm and no
    smaller, unless the first reports "had spoken of" more. A first figure that no other follows
    stands alone.
    """
    found: dict[int, int] = {}
    for n, one in enumerate(told):
        low, words = one.draft.people.count.low, one.draft.row.sentence.words
        if one.draft.people.words not in NUMBERED or low is None or one.draft.whole is not None:
            continue
        hits = [h for h in phrases.find(words) if h.code == "earlier"]
        # "had earlier given a toll of 19, said that 22 had died": the words reach one figure
        last = told[n - 1] if n and told[n - 1].sentence == one.sentence else None
        least = last.draft.people.end if last is not None else 0
        if not any(least <= h.end <= one.draft.people.start <= h.end + EARLIER_REACH for h in hits):
            continue
        before = _had_told(one.draft.row, one.draft.item)
        behind = range(n + 1, len(told))
        for m in (*range(n - 1, -1, -1), *behind):
            other = told[m]
            away = other.sentence - one.sentence
            if abs(away) > CORRECTION_REACH:
                continue
            same = other.draft.measure is one.draft.measure and other.draft.whole is None
            counted = other.draft.people.words in NUMBERED and not other.slots.other_event
            counted = counted and not elsewhere(one.slots, other.slots)
            fewer = before and away <= 0 and other.draft.people.count.low
            if same and counted and (fewer or (other.draft.people.count.low or 0) >= low):
                found[m] = n
                break
    return found


def _had_told(row: Row, item: int) -> bool:
    """ "Initial reports had spoken of 12": before what the text has told, which took its place."""
    return any(row.tags[n] == "H" and "pluperfect" in row.kinds(n) for n in range(item))


def _not(one: Told) -> int | None:
    """The number behind ", not" in the sentence of a draft."""
    row = one.draft.row
    for i in range(one.draft.item + 1, len(row.tags) - 2):
        if row.tags[i : i + 2] == ",Z":
            people = row.people(i + 2)
            if people is not None and people.words in NUMBERED:
                return people.count.low
    return None


def _before(told: Sequence[Told], sentence: int) -> int | None:
    """The count of harm told last before a sentence, within reach."""
    for m in range(len(told) - 1, -1, -1):
        if sentence - told[m].sentence > CORRECTION_REACH:
            return None
        draft = told[m].draft
        if draft.measure in _HARM and draft.whole is None and told[m].sentence < sentence:
            return m
    return None
