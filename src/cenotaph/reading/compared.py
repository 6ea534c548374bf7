"""Where a sentence turns to the time that it only compares its own event with.

"The worst attack since 2012, when 112 people died": nobody of those died today, and what harmed
them is not what harmed those of whom the sentence tells before.
"""

from dataclasses import replace

from cenotaph.model import Basis
from cenotaph.reading.items import Row
from cenotaph.reading.lexicon import lexicon
from cenotaph.reading.perpetrators import Party
from cenotaph.reading.scenes import FULL_YEAR, Slots
from cenotaph.reading.setting import compares
from cenotaph.reading.vocabulary import Found
from cenotaph.vocab import table

# What stands between "since" and the clause that tells whom an attack harmed, and its own word.
_TO_ATTACK = frozenset("UwaTLpoyQKN#,")
_ONE_ATTACK = frozenset("UQ")


def compared_when(row: Row, lang: str) -> int:
    """The item of "when" behind a time that is compared with; past the last without one.

    So is the item of "since" in "the worst since an attack in 2012 that killed 112".
    """
    words = lexicon(lang).when
    if (since := _since_attack(row, lang)) is not None:
        return since
    if "T" not in row.tags or words.isdisjoint(row.sentence.words):
        return len(row.tags)
    for n in range(2, len(row.tags)):
        if row.tags[n] == "S" and row.sentence.words[row.items[n].start] in words:
            time = n - 2 if row.tags[n - 1] == "," else n - 1
            if row.tags[time] == "T" and compares(row, time, lang):
                return n
    return len(row.tags)


def _since_attack(row: Row, lang: str) -> int | None:
    """The "since" before an attack of long ago, or one that others are compared with, and whom a
    relative clause behind it tells of."""
    if not ("U" in row.tags or "Q" in row.tags) or not ("W" in row.tags or "S" in row.tags):
        return None
    known = table(f"{lang}/times")["words"]
    lows = row.sentence.words
    if not any(low in known["since"] for low in lows):
        return None
    for n, item in enumerate(row.items):
        if row.tags[n] not in "Sp" or lows[item.start] not in known["since"]:
            continue
        behind = n + 1
        while row.tags[behind : behind + 1] and row.tags[behind] in _TO_ATTACK:
            behind += 1
        relative = row.tags[behind : behind + 1] == "W" or (
            row.tags[behind : behind + 1] == "S" and "wherein" in row.kinds(behind)
        )
        if not relative or not _ONE_ATTACK & set(row.tags[n + 1 : behind]):
            continue
        of_year = any(
            (time := row.time(m)) is not None and FULL_YEAR.search(time.quote.text)
            for m in range(n + 1, behind)
        )
        if of_year or any(low in known["rank"] for low in lows[: item.start]):
            return n
    return None


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


def own_day(slots: Slots, row: Row, item: int, *, behind: bool) -> Slots:
    """The slots of a count before or behind that item, without a day told on the other side."""
    if slots.time is None or item == len(row.tags):
        return slots
    after = slots.time.quote.start >= row.start(item)
    if after is behind or not behind and slots.time_basis is not Basis.STATED:
        return slots
    return replace(slots, time=None, time_basis=Basis.NONE)
