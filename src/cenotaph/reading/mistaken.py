"""Drafts of people to whom a sentence does nothing: what only looks like a count of harm.

"Rebels captured three villages" holds no rebel, "footage captured a rescuer" holds nobody, and of
"four were killed, one of them said" nobody was killed who speaks. Each rule asks for a word that
few sentences have before it looks at anything else.
"""

from collections.abc import Sequence
from dataclasses import replace

from cenotaph.model import Measure, Status
from cenotaph.reading.drafts import Draft
from cenotaph.reading.items import NUMBERED, Row
from cenotaph.reading.remeasured import remeasured

_PLACE_KINDS = frozenset({"thing"})
_HELD = frozenset({Measure.DETAINED, Measure.ABDUCTED})
_MOVED = frozenset({Measure.DISPLACED, Measure.EVACUATED})
_HARMED = frozenset({Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED})
_DRIVES = frozenset({"active", "passive", "driven-out", "death-of"})
_LEFT = frozenset({"left-home", "brought-out"})
_ARTICLES = frozenset({"definite", "indefinite"})
# What the words between "by" and somebody may be where both did it: "by the regime and its allies".
_DOERS = frozenset("wCyNKL,")
# "Six of their own sheep": so many words stand between "of" and what is counted.
_COUNTED_OF = 3


def mistaken(row: Row, found: Sequence[Draft]) -> list[Draft]:
    """Return the drafts of a sentence without those of people to whom nothing was done."""
    found = [remeasured(row, draft, found) for draft in found]
    dropped = {
        n
        for n, draft in enumerate(found)
        if draft.measure in _HELD | _MOVED and _of_things(row, draft)
        or draft.measure is Measure.DISPLACED and (_described(draft, found) or _armed(draft))
        or draft.measure in _HELD | _MOVED and _of_place(row, draft)
        or draft.measure is Measure.TRAPPED and _cut_from(row, draft)
        or draft.rule in _LEFT and any(_harms(draft, other) for other in found)
        or draft.rule == "participle" and _of_families(row, draft)
        or _fabled(row, draft)
        or draft.rule == "died" and _naturally(row, draft)
        or row.tags[draft.item] == "n" and _speaks(row, draft)
        or row.tags[draft.item] == "Q" and (_no_people(row, draft) or _is_held(draft))
        or draft.rule == "participle" and _did_it(row, draft, found)
        or draft.measure is Measure.TRAPPED and _of_besieged(draft)
    }  # fmt: skip
    found = [_of_harmed(draft, found) if draft.whole in dropped else draft for draft in found]
    if not dropped or any(draft.whole in dropped for draft in found):
        return list(found)
    kept = [n for n in range(len(found)) if n not in dropped]
    return [_renumbered(found[n], kept) for n in kept]


def _of_harmed(draft: Draft, found: Sequence[Draft]) -> Draft:
    """ "11 displaced people, five of them children, were killed": a part of them was killed too."""
    whole = found[draft.whole] if draft.whole is not None else draft
    for n, other in enumerate(found):
        if other.item == whole.item and other.measure in _HARMED:
            return replace(draft, whole=n, measure=other.measure)
    return draft


def _renumbered(draft: Draft, kept: Sequence[int]) -> Draft:
    """A draft that names its whole by the place that it has among those kept."""
    if draft.whole is None and draft.hurt is None:
        return draft
    whole = kept.index(draft.whole) if draft.whole is not None else None
    hurt = kept.index(draft.hurt) if draft.hurt in kept else None
    return replace(draft, whole=whole, hurt=hurt)


def _of_things(row: Row, draft: Draft) -> bool:
    """ "Rebels captured three villages", "Troops seized it", "footage captured a rescuer"; "the
    family evacuated their northern home"."""
    at, item = draft.at, draft.item
    behind = row.tags[at + 1 : at + 2]
    if draft.rule == "participle" and item < at and draft.measure is Measure.EVACUATED:
        return behind == "#" and draft.people.words not in NUMBERED  # "workers evacuated 300 cars"
    if draft.rule == "participle" and item < at and draft.measure in _HELD:
        return "takes_things" in row.kinds(at) and _takes_thing(row, draft)
    if draft.rule != "active":
        return False
    if draft.measure in _HELD and "takes_things" in row.kinds(at) and _names_place(row, draft):
        return True
    if draft.measure in _MOVED:
        if row.tags[item] == "Q" and _of_another(row, item):
            return True  # "troops evacuated another town"
        return row.tags[item] == "y" and row.tags[item + 1 : item + 2] == "w" and item == at + 1
    pictures = row.sentence.words.lexicon.pictures
    lows = row.sentence.words
    if pictures.isdisjoint(lows):
        return False
    return not pictures.isdisjoint(lows[_clause(row, at) : row.items[at].start])


def _of_another(row: Row, item: int) -> bool:
    """ "Another town": a word that no pack knows as people stands behind a bare "another"."""
    people, behind = row.people(item), row.items[item].end
    words = row.sentence.words
    if people is None or people.end != people.start + 1 or row.tags[item + 1 : item + 2] != "w":
        return False
    kinds = words.entries[people.start].kinds
    return {"additional", "indefinite"} <= kinds and words[behind].isalpha()


def _of_place(row: Row, draft: Draft) -> bool:
    """ "The town, once a rebel stronghold, was captured": a word of whose it was."""
    people, behind = draft.people, draft.item + 1
    if draft.rule != "passive" or people.words not in ("one", "bare"):
        return False
    if behind >= len(row.tags) or row.tags[behind] != "w" or row.tags[behind + 1] not in ",X":
        return False
    token = row.sentence.tokens[row.items[behind].start]
    return token.text.islower() and row.kinds(behind) <= _PLACE_KINDS


def _cut_from(row: Row, draft: Draft) -> bool:
    """ "Cut off 9,000 people from clean water": they are held nowhere."""
    behind = draft.item + 1
    return draft.rule == "active" and behind < len(row.tags) and "origin" in row.kinds(behind)


def _of_families(row: Row, draft: Draft) -> bool:
    """ "400 displaced families": so many families, and nobody knows how many people."""
    at = draft.at + 1
    if draft.at != draft.item + 1 or row.tags[at : at + 1] != "w":
        return False
    return row.sentence.words[row.items[at].start] in row.sentence.words.lexicon.families


def _harms(draft: Draft, other: Draft) -> bool:
    """ "Were taken out of the village and shot": no evacuation."""
    return other.item == draft.item and other.measure in _HARMED


def _fabled(row: Row, draft: Draft) -> bool:
    """ "Abducted by aliens", "a film about two kidnapped girls"."""
    words = row.sentence.words
    lexicon, behind = words.lexicon, row.items[max(draft.at, draft.item)].end
    if row.tags[draft.at + 1 : draft.at + 2] == "b":
        return not lexicon.fabled.isdisjoint(words[behind : behind + _COUNTED_OF])
    before = row.items[draft.item].start
    about = words[max(0, before - 1) : before + 1]
    return not lexicon.tells_of.isdisjoint(about) and not lexicon.fiction.isdisjoint(
        words[max(0, before - 2) : before]
    )


def _naturally(row: Row, draft: Draft) -> bool:
    """ "His father, who died in his sleep": a death that nobody caused."""
    words, behind = row.sentence.words, row.items[draft.at].end
    return any(
        tuple(words[behind : behind + len(how)]) == how
        and (behind + len(how) >= len(words) or words[behind + len(how)] in ".,;)")
        for how in words.lexicon.natural
    )


def _takes_thing(row: Row, draft: Draft) -> bool:
    """ "Rebels captured three villages", "Rebels captured a mostly Christian district", "three
    captured, mainly Sunni villages": a thing stands behind the verb, or what only an object is."""
    at = draft.at + 1
    if row.tags[at : at + 1] == "#":
        return True
    uncounted = draft.people.words not in NUMBERED
    opened = row.tags[at : at + 1] == "w" and not _ARTICLES.isdisjoint(row.kinds(at))
    if uncounted and opened:
        return True
    while row.tags[at : at + 1] in ("w", ",", "a", "C"):
        if "thing" in row.kinds(at):
            return True
        at += 1
    return False


def _names_place(row: Row, draft: Draft) -> bool:
    """ "Captured two Druze and a Christian village", "captured one of the last loyalist districts",
    "captured a key rebel stronghold": what the words before a thing only describe."""
    n = draft.item + 1
    people, words = draft.people, row.sentence.words
    if row.tags[draft.item] == "N":
        last = words.entries[people.end - 1].kinds
        single = people.count.high == 1 and not people.names and "modifier" in last
        unknown = row.tags[n : n + 1] == "w" and row.kinds(n) <= {"thing"}
        return single and unknown and words[row.items[n].start].isalpha()
    while row.tags[n : n + 1] in ("w", "C", ","):
        if "thing" in row.kinds(n):
            return True
        n += 1
    return False


def _clause(row: Row, at: int) -> int:
    """The token at which the clause of a verb begins."""
    n = at - 1
    while n > 0 and row.tags[n - 1] not in ",;S.":
        n -= 1
    return row.items[max(0, n)].start


def _armed(draft: Draft) -> bool:
    """ "Drove out regime troops": they withdrew, and nobody displaced them."""
    group = draft.people.group
    if draft.rule == "death-of" and draft.people.words == "name":
        return True  # "the exodus of Dawn fighters"
    return draft.rule in _DRIVES and (group.status is Status.COMBATANT or group.attacker)


def _of_besieged(draft: Draft) -> bool:
    """ "Shells fell on the besieged Kafr Sel": a name behind the word is that of a place."""
    return draft.rule == "active" and draft.people.words == "name" and draft.people.age is None


def _described(draft: Draft, found: Sequence[Draft]) -> bool:
    """ "Nine displaced people were killed": what they had been, beside what befell them."""
    return draft.rule in ("counted-noun", "attribute") and any(
        other.item == draft.item and other.measure in _HARMED for other in found
    )


def _speaks(row: Row, draft: Draft) -> bool:
    """ "Four were killed, one of them said": one of them says so."""
    if draft.at < draft.item and row.tags[draft.item + 1 : draft.item + 2] == "R":
        return row.tags[draft.item + 2 : draft.item + 3] in (".", ",", "T", "", '"')
    return False


def _no_people(row: Row, draft: Draft) -> bool:
    """ "About 30 of his sheep": a number of things."""
    n = draft.item + 1
    if row.tags[n : n + 1] != "o":
        return False
    for i in range(n + 1, min(len(row.tags), n + 1 + _COUNTED_OF)):
        kinds = row.kinds(i) if row.tags[i] == "w" else frozenset[str]()
        if row.tags[i] != "w" or "collective_of" in kinds:
            return False
        if "thing" in kinds:
            return row.tags[i + 1 : i + 2] not in ("w", "o", "N", "K")
    return False


def _is_held(draft: Draft) -> bool:
    """ "Elections for 12 seats are being held": a number of what the pack does not know."""
    return draft.measure in _HELD and draft.rule == "predicate" and bool(draft.people.head)


def _did_it(row: Row, draft: Draft, found: Sequence[Draft]) -> bool:
    """ "Displaced by the army and its allies and thousands killed": the allies are who did it."""
    if draft.people.words in NUMBERED or row.tags[draft.item] not in "yN":
        return False
    doers = row.tags.rfind("b", 0, draft.item)
    if doers < 0 or not _DOERS.issuperset(row.tags[doers + 1 : draft.item]):
        return False
    return any(other.item > draft.item and other.at == draft.at for other in found)
