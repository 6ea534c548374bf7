"""Where a sentence turns to the time that it only compares its own event with.

"The worst attack since 2012, when 112 people died": nobody of those died today, and what harmed
them is not what harmed those of whom the sentence tells before.
"""

from dataclasses import replace

from cenotaph.model import Basis
from cenotaph.reading.acts import Found
from cenotaph.reading.items import Row
from cenotaph.reading.lexicon import lexicon
from cenotaph.reading.perpetrators import Party
from cenotaph.reading.scenes import Slots
from cenotaph.reading.setting import compares


def compared_when(row: Row, lang: str) -> int:
    """The item of "when" behind a time that is compared with; past the last without one."""
    words = lexicon(lang).when
    if "T" not in row.tags or words.isdisjoint(row.sentence.words):
        return len(row.tags)
    for n in range(2, len(row.tags)):
        if row.tags[n] == "S" and row.sentence.words[row.items[n].start] in words:
            time = n - 2 if row.tags[n - 1] == "," else n - 1
            if row.tags[time] == "T" and compares(row, time, lang):
                return n
    return len(row.tags)


def until(row: Row, item: int, found: Found, acting: list[Party]) -> tuple[Found, list[Party]]:
    """The coded words and the parties before an item: what stands behind is of another time."""
    if item == len(row.tags):
        return found, acting
    end = row.items[item].start
    weapons, events, targets = (
        [hit for hit in hits if hit.start < end]
        for hits in (found.weapons, found.events, found.targets)
    )
    now = found._replace(weapons=weapons, events=events, targets=targets)
    return now, [party for party in acting if party.start < end]


def own_day(slots: Slots, row: Row, item: int) -> Slots:
    """The slots of a count behind that item, without the day that is told before it."""
    if slots.time is None or slots.time.quote.start >= row.start(item):
        return slots
    return replace(slots, time=None, time_basis=Basis.NONE)
