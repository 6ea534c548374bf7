"""People inside a phrase of harm: "forced 300 families to flee", "took nine men hostage".

The words of these harms stand apart, with the people between them, so that neither word tells alone
what was done.
"""

from collections.abc import Sequence

from cenotaph.model import Measure
from cenotaph.reading.drafts import Draft, make
from cenotaph.reading.items import NUMBERED, Row
from cenotaph.reading.moved import held, on_errand
from cenotaph.reading.objects import objects
from cenotaph.reading.subjects import subjects
from cenotaph.reading.told import Told
from cenotaph.reading.verb_groups import VerbGroup, verb_group

# What may stand behind a verb of leaving: where, when, how, or the end.
_BEHIND_LEAVING = frozenset(("", *"LTpw.,"))
# What may stand behind "35 hostages have been taken".
_CLOSED = frozenset(("", *".,;TbL"))
# So many counts back may the text have told of an evacuation.
TOLD_OF = 12
# The words of one harm stand within so many items.
CLAUSE = 10
# So many words before the verb tell who holds somebody.
WHO = 4
# Who left beside others stands within so many items behind the verb.
BESIDE = 20


def fled(row: Row, k: int) -> list[Draft]:
    """ "forced 300 people to flee": at the base form, which alone would only be an intention."""
    tags = row.tags
    if k < 3 or "infinitive" not in row.kinds(k - 1) or tags[k - 2] not in "NQ":
        return []
    verb = k - 3
    while verb > 0 and tags[verb] in "aw" and "drives" not in row.kinds(verb):
        verb -= 1
    if "drives" not in row.kinds(verb) or k - 2 not in objects(row, verb):
        return []
    group = verb_group(row, verb)
    return make(row, k - 2, k, Measure.DISPLACED, "driven-out", group.certainty)


def driven_out(row: Row, k: int) -> list[Draft]:
    """ "forced 300 people out of their homes": at the verb, with where from behind the people."""
    if "drives" not in row.kinds(k):
        return []
    people = objects(row, k)
    if not people:
        return []
    behind = row.items[people[-1]].end
    entries = row.sentence.words.entries
    if behind >= len(entries) or "driven_from" not in entries[behind].kinds:
        return []
    sure = verb_group(row, k).certainty
    return [d for n in people for d in make(row, n, k, Measure.DISPLACED, "driven-out", sure)]


def taken(row: Row, k: int) -> list[Draft]:
    """ "took nine men hostage": at the verb, with what they were taken as right behind them."""
    if "takes_people" not in row.kinds(k):
        return []
    if row.tags[k] == "w" and k and "infinitive" in row.kinds(k - 1):
        return []  # "waited to take him into custody"
    group = verb_group(row, k)
    people = objects(row, k)
    alone = group.be and row.tags[k + 1 : k + 2] in _CLOSED
    if hostages := _hostages(row, subjects(row, group.start) if alone else people):
        return [
            draft
            for n in hostages
            for draft in make(row, n, k, Measure.ABDUCTED, "taken-captive", group.certainty)
        ]
    if not people:
        return []
    behind = row.items[people[-1]].end
    if behind >= len(row.sentence.tokens):
        return []
    imprisoned = "imprisoned" in row.sentence.words.entries[behind].kinds
    if not imprisoned and not _held(row, people[-1], behind):
        return _held_by(row, k, people, group)
    sure = verb_group(row, k).certainty
    measure = Measure.DETAINED if imprisoned else Measure.ABDUCTED
    return [
        draft
        for n in people
        if row.items[n].start != behind
        for draft in make(row, n, k, measure, "taken-captive", sure)
    ]


def _held_by(row: Row, k: int, people: list[int], group: VerbGroup) -> list[Draft]:
    """ "Police have been holding three doctors since May": those who jail, or take hostages."""
    words, start = row.sentence.words, row.items[group.start].start
    if words[row.items[k].start] not in words.lexicon.holding or group.be and row.tags[k] == "V":
        return []
    who = words[max(0, start - WHO) : start]
    jailed = not words.lexicon.jailers.isdisjoint(who)
    if not jailed and words.lexicon.captors.isdisjoint(who):
        return []
    behind = row.items[people[-1]].end
    if any(tuple(words[behind : behind + len(w)]) == w for w in words.lexicon.not_jailed):
        return []  # "holds two commanders responsible"
    measure = Measure.DETAINED if jailed else Measure.ABDUCTED
    return [
        draft
        for n in people
        if row.tags[n] in "NQ" and row.numbered(n) and not _of_unknown(row, n)
        for draft in make(row, n, k, measure, "taken-captive", group.certainty)
    ]


def _of_unknown(row: Row, n: int) -> bool:
    people = row.people(n)
    return people is not None and row.tags[n] == "Q" and bool(people.head)


def _hostages(row: Row, items: list[int]) -> list[int]:
    """ "Holding 12 hostages", "35 hostages were taken": those whose own word says so."""
    entries = row.sentence.words.entries
    return [
        n
        for n in items
        if row.tags[n] in "NQ"
        and row.numbered(n)
        and "held_as" in entries[row.items[n].end - 1].kinds
    ]


def _held(row: Row, last: int, behind: int) -> bool:
    """Tell whether what people were taken as stands right behind them, or later behind "as".

    "Took 90 villagers as they fled to serve as human shields".
    """
    entries = row.sentence.words.entries
    if "held_as" in entries[behind].kinds:
        return True
    for n in range(last + 1, min(len(row.tags), last + CLAUSE)):
        if row.tags[n] in ".,;":
            break
        entry = entries[row.items[n].start]
        if entry.taken > 1 and "held_as" in entry.kinds:
            return True
    return False


def besieged(row: Row, k: int) -> list[Draft]:
    """ "900 people live in the besieged quarter", "besieged a town where 900 people live".

    At the verb of trapping at item `k`, which is said of a place: who is told to dwell there.
    """
    if getattr(row.sense(k), "measure", None) is not Measure.TRAPPED:
        return []
    n = _dwelling_before(row, k)
    n = _dwelling_which(row, k) if n is None else n
    n = _dwelling_behind(row, k) if n is None else n
    return _trapped(row, n, k)


def _trapped(row: Row, n: int | None, k: int) -> list[Draft]:
    """Those at item `n` as trapped, unless they may be things: "to the camp, where 500 parcels"."""
    if n is None or _of_unknown(row, n):
        return []
    return make(row, n, k, Measure.TRAPPED, "besieged-place")


def siege_of(row: Row, k: int) -> list[Draft]:
    """ "The siege of Velm, where 900 people live": at the noun of item `k`."""
    if "siege_of" not in row.kinds(k) or row.tags[k + 1 : k + 2] not in ("o", "p"):
        return []
    if _only_meant(row, k):
        return []
    n = _dwelling_behind(row, k + 1)
    return _trapped(row, n, k)


def _only_meant(row: Row, k: int) -> bool:
    """ "Would lay siege to", "threatens to lay siege to": no siege yet."""
    begin = max((row.tags.rfind(mark, 0, k) for mark in ".;,"), default=-1)
    return any(
        row.tags[n] in "MZ"
        or "conditional" in row.kinds(n)
        or n == k - 2
        and "infinitive" in row.kinds(n)
        for n in range(max(begin, k - CLAUSE) + 1, k)
    )


def under_siege(row: Row, k: int) -> list[Draft]:
    """ "putting 900 people in Velm under siege", "for the 900 people under siege", "900 people live
    in Velm, which is under siege": at the words of item `k` for that state."""
    if "siege" not in row.kinds(k):
        return []
    n: int | None = k - 1
    while n is not None and n > 0 and (row.tags[n] in "aTpLwo," or "adverb" in row.kinds(n)):
        n -= 1
    direct = n is not None and not set("pL") & set(row.tags[n + 1 : k])
    if n is None or not _several(row, n):
        n = _dwelling_which(row, k)
    elif not direct and not _put(row, n):
        n = None
    elif direct and row.tags[n - 1 : n] not in ("p", ",", "o") and not _put(row, n):
        n = None
    return _trapped(row, n, k)


def _put(row: Row, n: int) -> bool:
    return n > 0 and "puts" in row.kinds(n - 1)


def _dwelling_which(row: Row, k: int) -> int | None:
    """ "900 people live in Velm, which has been under siege since May"."""
    tags, who = row.tags, row.tags.rfind("W", 0, k)
    if who < 2 or k - who > CLAUSE or set(",;.SZ") & set(tags[who + 1 : k]):
        return None
    at = who - 1 - (tags[who - 1] == ",")
    while at > 0 and who - at < CLAUSE and tags[at] in "Lwo-NK":
        at -= 1
    return _dwells_in(row, at)


def _dwelling_before(row: Row, k: int) -> int | None:
    tags, at = row.tags, k - 1
    while at > 0 and tags[at] == "w" and row.kinds(at) & {"definite", "indefinite"}:
        at -= 1
    if tags[at] == "o" and at and _several(row, at - 1):  # "the 9,000 people of the besieged town"
        all_of = row.sentence.words.entries[row.items[at - 1].start]
        return at - 1 if "definite" in all_of.kinds else None
    return _dwells_in(row, at)


def _dwells_in(row: Row, at: int) -> int | None:
    """Who lives in the place behind the preposition at item `at`."""
    tags = row.tags
    if at < 1 or tags[at] != "p":
        return None
    end, told = at, False
    while at > 0 and end - at < CLAUSE and tags[at - 1] in "XHaRvpwl":
        at -= 1
        told = told or tags[at] == "X" or "dwells" in row.kinds(at)
        believed = tags[at] == "v" and tags[at + 1] == "p" and tags[at - 1] in "aX"
        believed = believed and "suspected" in row.kinds(at)
        if tags[at] in "wvp" and not (believed or row.kinds(at) & {"dwells", "infinitive"}):
            return None
    return at - 1 if told and at > 0 and _several(row, at - 1) else None


def _dwelling_behind(row: Row, k: int) -> int | None:
    tags = row.tags
    for at in range(k + 1, min(len(tags) - 2, k + CLAUSE)):
        if tags[at] == "S" and "wherein" in row.kinds(at):
            lives = tags[at + 2] == "X" or "dwells" in row.kinds(at + 2)
            return at + 1 if lives and _several(row, at + 1) else None
        if "home_to" in row.kinds(at):
            return at + 1 if _several(row, at + 1) else None
        if tags[at] == "X" and "home_to" in row.kinds(at + 1):
            continue  # "the besieged enclave is home to 9,000 people"
        if tags[at] not in "w-vaoLNK,p":
            break
    return None


def departed(row: Row, found: Sequence[Draft], told: Sequence[Told]) -> list[Draft]:
    """ "3,000 villagers left Sarbek in 45 buses": people who leave in an evacuation.

    Without a word for one in the sentence, the text must have told of one before.
    """
    words = row.sentence.words
    if words.lexicon.leaving.isdisjoint(words):
        return []
    agreed = not words.lexicon.deals.isdisjoint(words)
    leave = "lvw" if agreed else "lv"
    at = [k for k, tag in enumerate(row.tags) if tag in leave and _departs(row, k)]
    ride = not words.lexicon.carries.isdisjoint(words)
    if not at and not ride:
        return []
    here = any("evacuates" in entry.kinds for entry in words.entries)
    before = [draft.measure for draft in found] + [one.draft.measure for one in told[-TOLD_OF:]]
    evacuation = Measure.EVACUATED in before
    if not here and not evacuation:
        at = [k for k in at if agreed and _of_besieged(row, k)]
    taken = {draft.item for draft in found}
    made = _carried_away(row, taken) if ride and evacuation else []
    for k in at:
        group = verb_group(row, k)
        who = subjects(row, group.start) or _carried(row, k)
        for n in [*who, *_alongside(row, k)]:
            if n not in taken and _several(row, n):
                taken.add(n)
                made += make(row, n, k, Measure.EVACUATED, "left-a-place", group.certainty)
    return made


def _carried_away(row: Row, taken: set[int]) -> list[Draft]:
    """ "The convoy was carrying 900 people", "buses carrying thousands of refugees"."""
    words = row.sentence.words
    made: list[Draft] = []
    for k, tag in enumerate(row.tags):
        if tag not in "vw" or words[row.items[k].start] not in words.lexicon.carries:
            continue
        group = verb_group(row, k)
        before = row.items[group.start].start - 1
        if before < 0 or words[before] not in words.lexicon.vehicles:
            continue
        if before and "indefinite" in words.entries[before - 1].kinds:
            continue  # "hit a bus carrying 60 workers": one that nobody has told of
        for n in objects(row, k):
            if n not in taken and _several(row, n):
                taken.add(n)
                made += make(row, n, k, Measure.EVACUATED, "left-a-place", group.certainty)
    return made


def _of_besieged(row: Row, k: int) -> bool:
    """ "Left the besieged town", "left Velm, a town besieged by rebels"."""
    aside = row.tags[k + 2 : k + 3] == ","
    if _leaves_things(row, k):
        return False
    return held(row, row.items[k].end) or aside and held(row, row.items[k + 2].end)


def _leaves_things(row: Row, k: int) -> bool:
    """ "Left their weapons in the besieged town": of no home, so that they may still be there."""
    words, behind = row.sentence.words, row.items[k].end
    if behind >= len(words) or "pronoun_possessive" not in words.entries[behind].kinds:
        return False
    return words.lexicon.home_areas.isdisjoint(words[behind + 1 : behind + 3])


def _alongside(row: Row, k: int) -> list[int]:
    """ "The residents, alongside 60 guards, left Velm with 90 others": who left beside those."""
    tags, words = row.tags, row.sentence.words
    beside: list[int] = []
    for i in range(k - 1, -1, -1):
        if tags[i] in ".;SR":
            break
        if tags[i] == "C" and words[row.items[i].start] in words.lexicon.alongside:
            beside += objects(row, i)
    for i in range(k + 1, min(len(tags) - 1, k + BESIDE)):
        if tags[i] in ".;SR":
            break
        if tags[i] == "p" and words[row.items[i].start] in words.lexicon.beside:
            with_them = objects(row, i)
            behind = tags[with_them[-1] + 1 : with_them[-1] + 2] if with_them else ""
            beside += [] if behind and behind in "vVGXHM" else with_them
    return beside


def _departs(row: Row, k: int) -> bool:
    """Tell whether the verb at item `k` is one of leaving, with nobody left dead or behind."""
    kinds = row.kinds(k)
    if "departs" not in kinds:
        return "abandons" in kinds and held(row, row.items[k].end)  # "moved out of the enclave"
    if _leaves_things(row, k) or on_errand(row, row.items[k].end):
        return False
    behind = row.tags[k + 1 : k + 2]
    if behind == "#" or row.tags[k + 1 : k + 4] == "QVw":
        return held(row, row.items[k].end)  # "left the two besieged towns"
    return behind in _BEHIND_LEAVING


def _carried(row: Row, k: int) -> list[int]:
    """ "11 buses carrying 500 people left": those whom a vehicle carries."""
    for n in range(k - 1, 1, -1):
        if row.tags[n] in ".;S":
            break
        if row.tags[n] in "NQ" and row.tags[n - 2] == "#":
            return [n]
    return []


def _several(row: Row, n: int) -> bool:
    people = row.people(n)
    if people is None or people.words not in NUMBERED or people.harmed is not None:
        return False
    return (people.count.low or people.count.high or 0) > 1 and row.tags[n] in "NQ"
