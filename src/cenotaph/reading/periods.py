"""Sums over a week, a month or a year, told apart from a single event of that time."""

from cenotaph.model import Basis, Measure, Modality, TimeKind, TimeMention
from cenotaph.reading.acts import killed_by_raids
from cenotaph.reading.items import Row
from cenotaph.reading.lexicon import lexicon
from cenotaph.reading.scenes import Slots, View

# So many people whom no event is told to have harmed, of a week or a month, are the sum of it.
OF_A_PERIOD = 100
# And so many, whatever is told of the means, seldom die at once.
OF_MANY_EVENTS = 1000
_DETERMINED = frozenset({"definite", "indefinite", "pronoun_possessive"})
# "An army patrol" is so many words before its last.
_OF_A_PARTY = 2


def of_a_period(slots: Slots, view: View, codes: set[str]) -> bool:
    """ "A total of 640 people were killed in March": a sum of that month, and no single event.

    So are those who "have been killed this year", "in November alone", and "23 murders in May".
    """
    time = slots.time
    if time is None or slots.time_basis is not Basis.STATED:
        return False
    count, measure = view.draft.people.count, view.draft.measure
    if time.kind is not TimeKind.PERIOD or measure is Measure.ATTACKS:
        return False
    if count.high == 1:
        return False  # one person is no sum: "in March the group documented the death of a nurse"
    if "sum" in codes or _many_attacks(view):
        return True
    if _one_attack(view):
        return False
    if view.draft.toll and time.quote.start >= view.row.end(view.draft.item):
        return True  # "raises to nine the number killed this year"
    low = count.low or 0
    if low >= OF_MANY_EVENTS:
        return True
    if low >= OF_A_PERIOD and (slots.event is None or _going_on(view)):
        return True
    return _alone(view, time) or _until_now(view, time) or _acts_counted(view)


def _going_on(view: View) -> bool:
    """ "Fighting killed 300 in May", "236 died in shootings": attacks are told, and not one."""
    row, words = view.row, lexicon(view.lang).going_on
    clause = range(view.low, view.high)
    return any(row.tags[n] == "U" or _word(row, n) in words for n in clause)


def _one_attack(view: View) -> bool:
    """ "An earlier attack on the field in July left 270 dead": one attack, whenever it was.

    So is what was done "when a shell hit"; "shelling" without an article may be that of weeks.
    """
    row, words = view.row, lexicon(view.lang)
    tags = row.tags
    for n in range(view.low, len(tags)):
        if tags[n] == "U" and n < view.high and not _of_many(view, n):
            return True
        if tags[n] == "S" and n > view.draft.at and _word(row, n) in words.when:
            return True
    return _by_one(view)


def _by_one(view: View) -> bool:
    """ "A patrol killed 60 in 1985": whoever is one does it once."""
    row, spelt = view.row, view.row.sentence.words
    k = first_auxiliary(row, view.draft.at) - 1
    if k < view.low or row.tags[view.draft.at] not in "VB":
        return False
    begin, end = row.items[max(view.low, k - _OF_A_PARTY)].start, row.items[k].end
    return any("indefinite" in entry.kinds for entry in spelt.entries[begin:end])


def _of_many(view: View, n: int) -> bool:
    """Tell whether the attacks at an item are several, or go on: "raids", "shelling"."""
    row, words = view.row, lexicon(view.lang)
    item, spelt = row.items[n], row.sentence.words
    last = spelt[item.end - 1]
    people = row.people(n)
    if people is not None and people.count.modality is not Modality.NONE:
        return False  # "two car bombs" may be of one event
    if last.endswith(words.plural_end):
        return True
    bare = spelt.entries[item.start].kinds.isdisjoint(_DETERMINED)
    return bare and last in words.going_on and not row.sentence.title


def _alone(view: View, time: TimeMention) -> bool:
    """ "In November alone": others were harmed at other times, and these at many."""
    row = view.row
    behind = (n for n in range(len(row.tags)) if row.start(n) >= time.quote.end)
    n = next(behind, -1)
    return n >= 0 and _word(row, n) in lexicon(view.lang).alone


def _until_now(view: View, time: TimeMention) -> bool:
    """ "Nine people have been killed this month": all of them up to the day it is told.

    Not where one cause is told: "by a suicide bomber", "after a roof fell", "in a mass grave".
    """
    row, at = view.row, view.draft.at
    if not (perfect(row, first_auxiliary(row, at)) or perfect_before(row, at)):
        return False
    for n in range(at + 1, len(row.tags)):
        if row.tags[n] in ",;.":
            return True
        entries = row.sentence.words.entries[row.items[n].start : row.items[n].end]
        inside = time.quote.start <= row.start(n) < time.quote.end
        if n != view.draft.item and not inside:
            if any("indefinite" in entry.kinds for entry in entries):
                return False
    return True


def _acts_counted(view: View) -> bool:
    """ "There were 23 murders in May": "the three murders in May" may be those of one event."""
    row, item = view.row, view.draft.item
    people = row.people(item)
    if view.draft.rule != "counted-noun" or people is None:
        return False
    bare = row.sentence.words.entries[row.items[item].start].kinds.isdisjoint(_DETERMINED)
    return bare and people.head in lexicon(view.lang).acts_counted


def _many_attacks(view: View) -> bool:
    """ "In March, air strikes killed 27 people and wounded 80": a sum over the month's strikes.

    "Two car bombs" may be of one event.
    """
    row, at = view.row, view.draft.at
    k = killed_by_raids(row, at)
    if k < 0 and (before := verb_before(row, at)) >= 0:
        k = killed_by_raids(row, before)
    plural = lexicon(view.lang).plural_end
    if k < 0 or row.people(k) is not None or row.sentence.title:
        return False
    return row.sentence.tokens[row.items[k].end - 1].low.endswith(plural)


def first_auxiliary(row: Row, at: int) -> int:
    """The first of the adverbs and forms of "be" right before the verb at an item."""
    while at > 0 and row.tags[at - 1] in "aX":
        at -= 1
    return at


def perfect(row: Row, k: int) -> bool:
    """Tell whether "has" or "have" stands right before item `k`."""
    return k > 0 and row.tags[k - 1] == "H" and "pluperfect" not in row.kinds(k - 1)


def perfect_before(row: Row, at: int) -> bool:
    """ "Has killed 9,000 people, injured 20,000 others": one "has" of both verbs."""
    j = verb_before(row, at)
    return j >= 0 and perfect(row, first_auxiliary(row, j))


def verb_before(row: Row, at: int) -> int:
    """The verb whose subject the verb at an item shares, -1 where there is none."""
    j = row.tags.rfind("V", 0, at) if row.tags[at] == "V" else -1
    return j if j >= 0 and set(row.tags[j + 1 : at]) <= set("NQn#FypowaC,") else -1


def _word(row: Row, n: int) -> str:
    return row.sentence.words[row.items[n].start]
