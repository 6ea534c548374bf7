"""Deaths of wounds, and the tolls that they raise: of an attack before the day of the death.

"Two of those wounded in Sunday's raid died on Friday, bringing the toll to nine": Friday is the day
of two deaths and of no attack. Whoever links the nine to the raid needs the day of the raid, or no
day at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cenotaph.model import DIED_LATER, Count, Measure, Modality, TimeKind
from cenotaph.reading.drafts import Draft, make
from cenotaph.reading.entries import VerbWord
from cenotaph.reading.governing import Governed, Governor
from cenotaph.reading.items import COUNTED, People, Row

# So many items may stand between "died" and the wounds, or the people and what wounded them.
_WOUNDS = 6
_DIED = "died"
# Where and when they were hurt, before "one of whom".
_BEHIND_HURT = frozenset("pLTw#U,")
# "The 12th" before "victim", in words and items.
_DIGITS = 3


def late(row: Row, drafts: Sequence[Draft], times: Mapping[int, Governed]) -> frozenset[int]:
    """Return the numbers of the drafts that a day of dying, or of a rising toll, does not date.

    `times` tells what each time of the sentence belongs to.
    """
    dying = {
        n
        for n, draft in enumerate(drafts)
        if died_of_wounds(row, draft) or _died_after(row, draft, times)
    }
    tolls = {n for n, draft in enumerate(drafts) if draft.toll}
    if tolls and "U" not in row.tags and "L" not in row.tags:
        dying |= {n for n, draft in enumerate(drafts) if _died_too(row, draft)}
    return frozenset(dying | tolls) if dying else frozenset()


def rule_of(row: Row, draft: Draft) -> str:
    """Return the rule of a draft: another one where some of the wounded are counted who died."""
    numbered = draft.people.words in COUNTED and not draft.people.names
    return DIED_LATER if numbered and died_of_wounds(row, draft) else draft.rule


def died_of_wounds(row: Row, draft: Draft) -> bool:
    """Tell whether the words say that those who died had been wounded before."""
    if draft.measure is not Measure.KILLED or draft.rule != _DIED:
        return False
    told = _were_wounded(draft.people) or _wounded_before(row, draft) or _of_wounds(row, draft.at)
    return told or _of_those_hurt(row, draft.item)


def _of_those_hurt(row: Row, n: int) -> bool:
    """ "Two guards were wounded, one of whom died": one of those hurt right before."""
    hurt = row.tags.rfind("V", 0, n) if row.tags[n] == "n" else -1
    if hurt < 0 or not _BEHIND_HURT.issuperset(row.tags[hurt + 1 : n]):
        return False
    people = row.people(n)
    sense = row.sense(hurt)
    known = isinstance(sense, VerbWord) and sense.measure is Measure.INJURED
    return known and people is not None and people.harmed is None and people.among is None


def _died_after(row: Row, draft: Draft, times: Mapping[int, Governed]) -> bool:
    """ "Two victims of Monday's raid died on Friday": an attack and a death, each with its day."""
    if draft.measure is not Measure.KILLED or draft.rule != _DIED:
        return False
    days = {i: by for i, by in times.items() if _a_day(row, i)}
    died = {_words(row, i) for i, by in days.items() if by.item == draft.at}
    attack = {
        _words(row, i)
        for i, by in days.items()
        if by.by is Governor.HARM and row.tags[by.item] == "U"
    }
    return bool(died and attack) and not died & attack


def _died_too(row: Row, draft: Draft) -> bool:
    """ "Two more died on Thursday, bringing the toll to 16": of what the toll is of, where neither
    another place nor another attack is told."""
    if draft.measure is not Measure.KILLED or draft.rule != _DIED:
        return False
    behind = draft.item + 1
    return draft.people.additional or behind < draft.at and "more" in row.kinds(behind)


def _a_day(row: Row, i: int) -> bool:
    time = row.time(i)
    return time is not None and time.kind is TimeKind.DAY and not time.dateline


def _words(row: Row, i: int) -> str:
    time = row.time(i)
    return time.quote.text.lower() if time is not None else ""


def _were_wounded(people: People | None) -> bool:
    return people is not None and Measure.INJURED in (people.harmed, people.attribute)


def _wounded_before(row: Row, draft: Draft) -> bool:
    """ "Two people wounded in the raid died", "two of the ten who had been hurt in it died"."""
    at = draft.item + 1
    if row.tags[at : at + 2] in ("oN", "oQ", "on"):
        if _were_wounded(row.people(at + 1)):
            return True
        at += 2
    while at < draft.at and row.tags[at] in ",WXHa":
        at += 1
    if at >= draft.at or row.tags[at] not in "VB":
        return False
    return _wounding(row, at)


def _wounding(row: Row, n: int) -> bool:
    sense = row.sense(n)
    return isinstance(sense, VerbWord) and sense.measure is Measure.INJURED


def _of_wounds(row: Row, at: int) -> bool:
    """ "succumbed to their wounds", "died in hospital of injuries": the wounds they died of."""
    for n in range(at + 1, min(len(row.tags), at + 1 + _WOUNDS)):
        if row.tags[n] == "F":
            return row.wounds[n]
        if row.tags[n] == "B" and row.tags[n - 1] == "o":  # "of wounds"
            return _wounding(row, n)
        if row.tags[n] not in "powaTL":
            return False
    return False


def of_attack(row: Row, time: Governed) -> bool:
    """Tell whether a time is that of an attack or of a wound, and of no death or figure."""
    if time.by in (Governor.ACT, Governor.HAPPENED):
        return True
    if time.by is not Governor.HARM or time.item < 0:
        return False
    if row.tags[time.item] == "F":
        return not row.wounds[time.item]
    sense = row.sense(time.item)
    wounded = isinstance(sense, VerbWord) and sense.measure is Measure.INJURED
    return row.tags[time.item] == "U" or wounded


def nth_victim(row: Row, found: list[Draft]) -> list[Draft]:
    """ "A girl died on Friday, the tenth victim of the attack": a toll of ten, told by its last.

    Only behind the death of one person of the same sentence: "the third victim is in hospital".
    """
    lows = row.sentence.words
    known = lows.lexicon
    if known.counting.keys().isdisjoint(lows) and known.ordinal_ends.isdisjoint(lows):
        return found
    made = list(found)
    for i, tag in enumerate(row.tags):
        number, people = (_counted_up(row, i), row.people(i)) if tag == "N" else (None, None)
        before = i - 1
        if tag == "N" and number is None and (number := _in_digits(row, i)) is not None:
            before = i - 1 - _DIGITS  # "the 12th victim"
        dead = [d for d in found if d.item < i and d.measure is Measure.KILLED]
        if number is None or people is None or not dead or row.tags[before] not in ",wP":
            continue
        last = dead[-1]
        if last.people.count.high != 1 or not _of_attack(row, i + 1):
            continue
        people = replace(
            people,
            start=people.start if before == i - 1 else row.items[before + 1].start,
            count=Count(low=number, high=number, modality=Modality.EXACT),
            words="words",
            additional=False,
        )
        toll_of = make(
            row, i, last.at, Measure.KILLED, "toll", last.certainty, people=people, toll=True
        )
        own = next((n for n, draft in enumerate(made) if draft.item == i), len(made))
        made[own : own + 1] = toll_of
    return made


def _counted_up(row: Row, i: int) -> int | None:
    """ "the tenth victim": the number in the phrase of people at item `i`, two at least."""
    item, words = row.items[i], row.sentence.words
    if "definite" not in words.entries[item.start].kinds:
        return None
    known = words.lexicon.counting
    number = next((known[low] for low in words[item.start + 1 : item.end] if low in known), 1)
    return number if number > 1 else None


def _in_digits(row: Row, i: int) -> int | None:
    """ "the 12th victim": the number before the people at item `i`, which begin with none."""
    first, lows = row.items[i].start, row.sentence.words
    if first < _DIGITS or lows[first - 1] not in lows.lexicon.ordinal_ends:
        return None
    number, article = lows[first - 2], lows.entries[first - _DIGITS].kinds
    counts = number.isdecimal() and len(number) < _DIGITS and "definite" in article
    return int(number) if counts and int(number) > 1 else None


def _of_attack(row: Row, i: int) -> bool:
    """Tell whether what follows says of which attack: "of the raid", "to die", nothing more.

    The sixth killed "this year", or "in an attack", is the sixth of something else.
    """
    end = next((k for k in range(i, len(row.tags)) if row.tags[k] in ",;."), len(row.tags))
    behind, words = row.tags[i:end], row.sentence.words
    attacks = [k for k in range(i, end) if row.tags[k] == "U"]
    if "T" in behind.removeprefix("oTU") or behind[:1] not in ("", "o", "p", "V"):
        return False
    dated = behind[:3] == "oTU"  # "of Sunday's blast"
    definite = (words.entries[row.items[k].start].kinds for k in attacks[dated:])
    if any("definite" not in kinds for kinds in definite):
        return False
    return bool(attacks) or behind in ("", "pB", "pXV")
