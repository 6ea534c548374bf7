"""People who leave, are brought out or led away, told by where they left or who led them.

"Left", "taken out" and "picked up" are said of anybody. Of people who left a besieged town, who
were brought out of an enclave or whom soldiers led away, the words around the verb tell what befell
them; where these are missing, nothing did.
"""

from dataclasses import replace

from cenotaph.model import Certainty, Measure, Status
from cenotaph.reading.drafts import Draft, make
from cenotaph.reading.items import NUMBERED, People, Row
from cenotaph.reading.objects import objects
from cenotaph.reading.subjects import subjects
from cenotaph.reading.verb_groups import VerbGroup, verb_group

# So many words behind the people, or behind the verb, tell where they left; so many, who did it.
_WHERE = 9
_WHO = 5
_CAUSE = 3
_DETERMINERS = frozenset({"definite", "indefinite", "pronoun_possessive"})
_MARKS = frozenset('.,;:"')


def left_home(row: Row, k: int) -> list[Draft]:
    """ "18,000 civilians left rebel-held areas", "900 people left Velm because of the fighting".

    An evacuation, which the sentence names, is told by another rule.
    """
    kinds = row.kinds(k)
    if "refuge" in kinds:
        return _displaced(row, k, verb_group(row, k), Measure.DISPLACED, "left-home")
    if "escapes" in kinds:
        return to_escape(row, k)
    if not kinds & {"departs", "abandons", "streams"}:
        return []
    if (driven := _driven_to(row, k)) is not None:
        return driven
    if row.tags[k - 1 : k] == "H" and row.tags[k + 1 : k + 2] in ("", ".", ",", "T"):
        left = [n for n in subjects(row, verb_group(row, k).start) if _refugees(row, n)]
        if left:  # "the 300,000 refugees who have left since the war began"
            return [d for n in left for d in make(row, n, k, Measure.DISPLACED, "left-home")]
    entries = row.sentence.words.entries
    if any("evacuates" in entry.kinds for entry in entries):
        return []
    at = row.items[k].end
    besieged = held(row, at)
    if besieged and not row.sentence.words.lexicon.deals.isdisjoint(row.sentence.words):
        return []
    if not besieged and not (home(row, k, at) and ("streams" in kinds or _for_war(row, at))):
        return []
    if on_errand(row, at):
        return []
    words, start, group = row.sentence.words, row.items[k].start, verb_group(row, k)
    let = not words.lexicon.lets.isdisjoint(words[max(0, start - 2) : start])
    if not let and k and "infinitive" in row.kinds(k - 1):
        return []  # "who intended to leave the rebel-held area"
    if let:
        group = verb_group(row, k - 2)
    if besieged and group.certainty is Certainty.DENIED:
        if not words.lexicon.unable.isdisjoint(words[row.items[group.start].start : start]):
            stuck = replace(group, certainty=Certainty.ASSERTED)
            return _displaced(row, k, stuck, Measure.TRAPPED, "besieged-place")
    measure, rule = (Measure.EVACUATED, "brought-out") if let else (Measure.DISPLACED, "left-home")
    return _displaced(row, k, group, measure, rule)


def _displaced(row: Row, k: int, group: VerbGroup, measure: Measure, rule: str) -> list[Draft]:
    return [
        draft
        for n in subjects(row, group.start)
        if _civil(row, n) and not _of_unknown(row, n)
        for draft in make(row, n, k, measure, rule, group.certainty)
    ]


def to_escape(row: Row, k: int) -> list[Draft]:
    """ "Nearly 700 people crossed the river to escape the fighting": at "escape".

    A phrase with its own noun must stand before it: "hope to escape" is no escape.
    """
    words = row.sentence.words
    displaces = getattr(row.sense(k), "measure", None) is Measure.DISPLACED
    if "escapes" not in row.kinds(k) and not displaces:
        return []
    at = k - 2 - (row.tags[k - 2] == "T")  # "crossed the river on Sunday to escape"
    if at < 2 or "infinitive" not in row.kinds(k - 1) or row.tags[at] not in "wL#":
        return []
    if row.tags[at - 1] not in "p":
        named = bool(row.kinds(at - 1) & _DETERMINERS)
        described = not named and row.tags[at - 1] == "w"  # "the neighbouring country"
        if not row.kinds(at - 1 - described) & _DETERMINERS:
            return []
    begin, end = row.items[k].start, row.items[k].end
    if words.lexicon.war_causes.isdisjoint(words[begin : end + _CAUSE]):
        return []
    n = at
    while n > 0 and row.tags[n] in "wLpHXTvao#-":
        n -= 1
    if not _civil(row, n) or row.tags[n + 1 : n + 2] in ("p", "o", "W"):
        return []
    return make(row, n, k, Measure.DISPLACED, "left-home", verb_group(row, n + 2).certainty)


def _driven_to(row: Row, k: int) -> list[Draft] | None:
    """ "forced 2,500 people to leave Sarbek": at "leave"; None where nobody is driven to it."""
    if k < 3 or "infinitive" not in row.kinds(k - 1) or row.tags[k - 2] not in "NQ":
        return None
    verb = k - 3
    while verb > 0 and row.tags[verb] in "aw" and "drives" not in row.kinds(verb):
        verb -= 1
    if "drives" not in row.kinds(verb) or k - 2 not in objects(row, verb):
        return None
    if not _civil(row, k - 2) or not home(row, k, row.items[k].end):
        return []
    sure = verb_group(row, verb).certainty
    return make(row, k - 2, k, Measure.DISPLACED, "driven-out", sure)


def expelled(row: Row, k: int) -> list[Draft]:
    """ "1,200 people were forced out of their homes", "expelled from Sarbek": the passive, and the
    active with the name of a place, which is home to people told of by no other word."""
    if "drives" not in row.kinds(k) and "expels" not in row.kinds(k):
        return []
    group, behind = verb_group(row, k), row.items[k].end
    people = [] if group.be else objects(row, k)
    if people:
        behind = row.items[people[-1]].end
    elif not group.be:
        return []
    else:
        people = subjects(row, group.start)
    entries = row.sentence.words.entries
    home = behind < len(entries) and "driven_from" in entries[behind].kinds
    if not group.be and home and "drives" in row.kinds(k):
        return []  # told by another rule
    expels = "expels" in row.kinds(k)
    return [
        draft
        for n in people
        if _civil(row, n)
        and (home or expels and _anyone(row, n) and _out_of_place(row, behind, from_too=True))
        for draft in make(row, n, k, Measure.DISPLACED, "driven-out", group.certainty)
    ]


def brought_out(row: Row, k: int) -> list[Draft]:
    """ "Buses carried 600 people out of the besieged town", "moved 90 people to safety"."""
    if "brings_out" not in row.kinds(k):
        return []
    group, behind = verb_group(row, k), row.items[k].end
    people = subjects(row, group.start) if group.be else objects(row, k)
    if not people:
        return []
    if not group.be:
        behind = row.items[people[-1]].end
    words = row.sentence.words
    safe = words.entries[behind].kinds if behind < len(words.entries) else frozenset[str]()
    led = "to_safety" in safe or _out_of_place(row, behind) or _agreed(row, group, behind)
    if not led or on_errand(row, behind):
        return []
    return [
        draft
        for n in people
        if _several(row, n) and not _hurt(row, n) and not _of_unknown(row, n)
        if not _prisoners(row, n)
        for draft in make(row, n, k, Measure.EVACUATED, "brought-out", group.certainty)
    ]


def _agreed(row: Row, group: VerbGroup, at: int) -> bool:
    """ "Were bused from Velm to Orun under the deal", "moved out of the clinic under a truce": they
    left wherever they had been, where the sentence tells of what lets people out."""
    words, lexicon = row.sentence.words, row.sentence.words.lexicon
    if not group.be or lexicon.deals.isdisjoint(words):
        return False
    out = list(words[at - 2 : at]) == lexicon.out_of or list(words[at : at + 2]) == lexicon.out_of
    return out or list(words[at : at + 1]) == lexicon.out_from


def led_away(row: Row, k: int) -> list[Draft]:
    """ "Four men were led away by soldiers", "gunmen took away two drivers"."""
    apart = "brings_out" in row.kinds(k) and _away(row, k)
    if "leads_away" not in row.kinds(k) and not apart:
        return []
    group, words = verb_group(row, k), row.sentence.words
    passive = group.be or row.tags[k + 1 : k + 2] == "b"
    if passive and not group.be:  # "were stopped and led away by soldiers"
        group = verb_group(row, max(row.tags.rfind("X", 0, k) + 1, 1))
    if passive:
        doer = next(
            (n for n in range(k + 1, min(len(row.tags), k + _WHO)) if row.tags[n] == "b"), 0
        )
        begin = row.items[doer].end if doer else len(words)
        who, people = _until(row, begin, _WHO), subjects(row, group.start)
    else:
        before = row.items[group.start].start
        if row.tags[group.start - 1 : group.start] == "C":
            before = _WHO  # "gunmen shot eight and took five away": who begins the sentence
        who, people = words[max(0, before - _WHO) : before], objects(row, k)
    lexicon = words.lexicon
    jailed, taken = not lexicon.jailers.isdisjoint(who), not lexicon.captors.isdisjoint(who)
    if apart and not taken and _from_danger(row, k):
        return []  # "police led 300 away from the school": they may have been led to safety
    if not (jailed or taken):
        return []
    measure = Measure.ABDUCTED if taken else Measure.DETAINED
    return [
        draft
        for n in people
        if row.tags[n] in "NQ" and _counted(row, n)
        for draft in make(
            row, n, k, measure, "led-away", group.certainty, people=_without_away(row, n)
        )
    ]


def _without_away(row: Row, n: int) -> People | None:
    """ "Took five away": the people without the word that ends their phrase."""
    people, words = row.people(n), row.sentence.words
    if people is None or people.end - people.start < 2:
        return people
    if words[people.end - 1] not in words.lexicon.away:
        return people
    return replace(people, end=people.end - 1, head="")


def _away(row: Row, k: int) -> bool:
    """ "Led two men away", "took five away": the word stands behind the people, or ends their
    phrase."""
    words, people = row.sentence.words, objects(row, k)
    if not people:
        return False
    end = row.items[people[-1]].end
    if any(_hurt(row, n) for n in people):
        return False
    if any("to_safety" in entry.kinds for entry in words.entries[end : end + _CAUSE]):
        return False  # "led 40 civilians away to safety"
    return not words.lexicon.away.isdisjoint(words[end - 1 : end + 1])


def _from_danger(row: Row, k: int) -> bool:
    """ "Led 40 civilians away from the front line": what stands behind "away"."""
    words = row.sentence.words
    end = row.items[objects(row, k)[-1]].end
    end += end < len(words) and words[end] in words.lexicon.away
    if end >= len(words) or words[end] not in words.lexicon.out_from:
        return False
    return not words.lexicon.dangers.isdisjoint(words[end : end + _CAUSE])


def _until(row: Row, begin: int, reach: int) -> list[str]:
    """The words from token `begin` on, not past the end of the clause."""
    words, joints = row.sentence.words[begin : begin + reach], row.sentence.words.lexicon.joints
    ends = (n for n, word in enumerate(words) if word in _MARKS or word in joints)
    return list(words[: next(ends, len(words))])


def held(row: Row, at: int) -> bool:
    """Tell whether "rebel-held areas" or "the besieged quarter" stands at token `at`."""
    lexicon, words = row.sentence.words.lexicon, _until(row, at, _WHERE)
    if not lexicon.strongholds.isdisjoint(words[:_WHO]):
        return True
    where = next((n for n, word in enumerate(words) if word in lexicon.home_areas), 0)
    before = words[:where]
    tied = any(a == "-" and b in lexicon.holds for a, b in zip(before, before[1:], strict=False))
    # "two besieged villages", "one of two villages besieged by rebels"
    return tied or not lexicon.besets.isdisjoint(words[: where + 2] if where else before)


def home(row: Row, k: int, at: int) -> bool:
    """Tell whether what is left, behind the verb at item `k`, is a place where people live."""
    lexicon, words = row.sentence.words.lexicon, _until(row, at, _WHERE)
    area = not lexicon.home_areas.isdisjoint(words[:4])
    return area or "L" in row.tags[k + 1 : k + 4]


def on_errand(row: Row, at: int) -> bool:
    """ "Left the besieged town to join the offensive", "to bury their dead": who leaves the place
    behind token `at` for this is not gone from home."""
    words = row.sentence.words
    behind = _until(row, at, _WHERE)
    return any(
        word in words.lexicon.errands and "infinitive" in words.entries[at + n - 1].kinds
        for n, word in enumerate(behind)
        if n
    )


def _for_war(row: Row, at: int) -> bool:
    """Tell whether the sentence says behind token `at` that they left because of the war."""
    words, lexicon = row.sentence.words, row.sentence.words.lexicon
    return any(
        words[n] in lexicon.because
        and not lexicon.war_causes.isdisjoint(words[n + 1 : n + 1 + _WHO])
        for n in range(at, len(words))
    )


def _out_of_place(row: Row, at: int, *, from_too: bool = False) -> bool:
    """Tell whether "out of" stands at token `at`, before a place where people live."""
    words, lexicon = row.sentence.words, row.sentence.words.lexicon
    if list(words[at : at + 2]) == lexicon.out_of:
        at += 2
    elif list(words[at - 1 : at + 1]) == lexicon.out_of:  # "were taken out of"
        at += 1
    elif from_too and list(words[at : at + 1]) == lexicon.out_from:
        at += 1
    else:
        return False
    if not lexicon.home_areas.isdisjoint(_until(row, at, _WHERE)):
        return True
    return any(
        row.tags[n] == "L" and at <= item.start <= at + 1 for n, item in enumerate(row.items)
    )


def _counted(row: Row, n: int) -> bool:
    people = row.people(n)
    return people is not None and people.count.low is not None and people.harmed is None


def _refugees(row: Row, n: int) -> bool:
    words = row.sentence.words
    return _several(row, n) and words[row.items[n].end - 1] in words.lexicon.refugees


def _of_unknown(row: Row, n: int) -> bool:
    """ "600 crates", "40 observers", "the delegation of 12": of what no pack knows as people."""
    people = row.people(n)
    if people is None or row.tags[n] != "Q":
        return False
    return bool(people.head) or row.tags[max(0, n - 2) : n] == "wo"


def _prisoners(row: Row, n: int) -> bool:
    """ "Forty prisoners were flown from Orun under the deal": set free, or held elsewhere."""
    kinds = row.sentence.words.entries[row.items[n].end - 1].kinds
    return not kinds.isdisjoint({"imprisoned", "held_as"})


def _hurt(row: Row, n: int) -> bool:
    """ "took two injured men out of the town": brought to care, whatever they left."""
    people = row.people(n)
    return people is not None and people.attribute in (Measure.KILLED, Measure.INJURED)


def _several(row: Row, n: int) -> bool:
    people = row.people(n)
    if people is None or people.words not in NUMBERED or row.tags[n] not in "NQ":
        return False
    return (people.count.low or people.count.high or 0) > 1


def _civil(row: Row, n: int) -> bool:
    """Tell whether a number of people that are no fighters stands at item `n`."""
    people = row.people(n)
    if people is None or people.group.attacker or people.group.status is Status.COMBATANT:
        return False
    return _several(row, n)


def _anyone(row: Row, n: int) -> bool:
    """Tell whether the people at item `n` are told of by no office or rank."""
    words, item = row.sentence.words, row.items[n]
    return not words.lexicon.anyone.isdisjoint(words[item.start : item.end])
