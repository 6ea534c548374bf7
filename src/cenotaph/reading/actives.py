"""Active verbs of harm: "a shell killed six", "the fire left 12 dead", "killed" of a thing.

What kills may stand before or behind, and what is killed need not be people: "destroyed two tanks".
"""

import re

from cenotaph.model import Measure
from cenotaph.reading.drafts import Draft, make
from cenotaph.reading.hurt import (
    behind_things,
)
from cenotaph.reading.items import COUNTED, NUMBERED, Row
from cenotaph.reading.lists import next_in_list
from cenotaph.reading.objects import objects
from cenotaph.reading.shooting import shooting
from cenotaph.reading.subjects import subjects
from cenotaph.reading.verb_groups import VerbGroup, verb_group
from cenotaph.spelling import opens_names_of_places

# "Hurt in the blast at the mill was": so many items may stand before the verb.
_INVERTED = 8
# Who is left so besides the dead, where those stand: "left six dead in Orun and 20 on both sides".
_LEFT_TOO = re.compile(r"l[^.;S]*[JV][pwLTo]*C([NQ])[pwLo#TU]+$")
# Whom something left, and where, before the word for how.
_LEFT_SO = re.compile(r"la?([NQ])[po][pwLoy#TUK]{1,7}$")
_DEAD_OR_HURT = frozenset({Measure.KILLED, Measure.INJURED})
# So many words before the verb tell who did it.
_WHO = 5
_THING_KINDS = frozenset({"thing", "collective_of"})
# With these a share begins, which is an object though nobody in it is counted.
_SHARES = frozenset({"before", "share", "every"})


def inverted(row: Row, k: int) -> list[int]:
    """ "Also hurt in the blast was a porter": the people behind, where the sentence begins so, and
    with whom they were ("killed with the groom were his bride and her mother")."""
    if any(row.tags[n] not in "aS" for n in range(k)) or row.people(k) is not None:
        return []
    at, found = k + 1, list[int]()
    if row.tags[at : at + 3] in ("pNX", "CNX"):
        if row.tags[at] == "C" or row.sentence.words[row.items[at].start] in (
            row.sentence.words.lexicon.beside
        ):
            found.append(at + 1)
        at += 2
    while row.tags[at : at + 1] in ("p", "w", "L", "T", "U", "a") and at - k < _INVERTED:
        at += 1
    people = row.people(at + 1) if row.tags[at : at + 2] in ("XN", "XQ") else None
    if people is None or people.harmed is not None:
        return []
    following: int | None = at + 1
    while following is not None:
        found.append(following)
        following = next_in_list(row, following)
    return found


def _passive_before(row: Row, k: int) -> VerbGroup | None:
    """ "was shot in the head and killed": the passive whose "was" the verb at item `k` shares."""
    if row.tags[k - 1 : k] != "C" or row.tags[k + 1 : k + 2] in ("N", "Q", "y", "P"):
        return None
    at = k - 2
    while at > 0 and row.tags[at] in "pwLToa#U":
        at -= 1
    if at < 1 or at == k - 2 or row.tags[at] not in "Vv":
        return None
    group = verb_group(row, at)
    return group if group.be else None


def active(row: Row, k: int, group: VerbGroup, measure: Measure, *, weak: bool) -> list[Draft]:
    """ "killed six people"; without an object it may stand by its noun: "six people killed"."""
    tag, hit, sure = row.tags[k], objects(row, k), group.certainty
    counted = row.tags[k - 1 : k + 2] in ("QVX", "NVX") and row.numbered(k - 1)
    if group.start == k and (counted or _of_so_many(row, k)):
        hit = []  # "five of the eight injured are children"
    if "takes_things" in row.kinds(k):
        if _things(row, k, hit) or hit and _place_taken(row, group.start, k, hit[0]):
            return []
        first = next((at for at, n in enumerate(hit) if not _is_thing(row, n)), 0)
        hit = hit[first:]  # "wiped out two depots and 30 guards"
    if hit and (_next_headline(row, k, group, hit[0]) or _nobody(row, k, hit[0])):
        hit = []
    if not hit and measure is Measure.KILLED and row.tags[k + 1 : k + 2] == "#":
        # "wiped out two posts and 30 fighters"
        hit = [n for n in behind_things(row, k) if row.tags[n] in "NQ" and row.numbered(n)]
    if not hit and tag == "G" and row.tags[k + 1 : k + 2] == "o":
        hit = [n for n in objects(row, k + 1) if row.numbered(n)]  # "the injuring of 30 others"
    if hit and tag == "V" and _adjectival(row, k, hit[0]):
        return make(row, hit[0], k, measure, "attribute", sure)
    if hit:
        agents = subjects(row, group.start) if tag != "G" else []
        agent = agents[0] if agents else None
        return [
            draft
            for n in hit
            for draft in make(row, n, k, measure, "active", sure, agent=agent, weak=weak)
        ]
    if tag == "V" and measure is Measure.EVACUATED and _place_behind(row, k):
        return [
            draft
            for n in subjects(row, group.start)
            if row.numbered(n)
            for draft in make(row, n, k, measure, "left-a-place", sure)
        ]
    if tag == "V" and (behind := inverted(row, k)):
        return [d for n in behind for d in make(row, n, k, measure, "passive", sure, weak=weak)]
    if tag != "V" or measure is Measure.TRAPPED and _of_things(row, k):
        return []
    if (shared := _passive_before(row, k)) is not None:
        return [
            draft
            for n in subjects(row, shared.start)
            for draft in make(row, n, k, measure, "passive", shared.certainty, weak=weak)
        ]
    if (whom := _whom_they(row, k, group)) is not None:
        return make(row, whom, k, measure, "active", sure)
    who = row.tags[group.start - 1 : group.start] == "W" and "shots" in row.kinds(k)
    had = who or row.tags[k - 1 : k] == "H"  # "who shot three times", "had shot into the house"
    if had or _object_unread(row, k, group):
        return []
    return [
        draft
        for n in _right_before(row, k, group)
        for draft in make(row, n, k, measure, "participle", sure, weak=weak)
    ]


def _right_before(row: Row, k: int, group: VerbGroup) -> list[int]:
    """Whom the participle at item `k` stands behind: "six people killed", "left 12 wounded"."""
    found = subjects(row, group.start, adjacent=True) or left_so(row, group.start)
    return found or _left_too(row, k) or _either(row, k)


def _whom_they(row: Row, k: int, group: VerbGroup) -> int | None:
    """ "a pilot they captured in Velm": whom the verb of a clause without its "whom" befell."""
    who, tags = group.start - 1, row.tags
    if who < 1 or tags[who] != "P" or tags[who - 1] not in "NQ" or group.be:
        return None
    people = row.people(who - 1)
    if people is None or people.words not in COUNTED or people.harmed is not None:
        return None
    return who - 1 if tags[k + 1 : k + 2] in ("", ".", ",", ";", "p", "T", "S", "C") else None


def _of_so_many(row: Row, k: int) -> bool:
    """ "Two thirds of the 90 people killed were women": the participle is that of the 90."""
    behind = k + 1
    while row.tags[behind : behind + 1] in ("p", "L", "T"):
        behind += 1  # "killed in Velm since May were"
    some = (
        row.people(k - 1) if k and row.tags[k - 1] + row.tags[behind : behind + 1] == "nX" else None
    )
    return some is not None and some.among is not None


def _object_unread(row: Row, k: int, group: VerbGroup) -> bool:
    """Tell whether an object that is no counted people follows the verb at item `k`.

    "Displaced almost half of the town", "gunmen killed the head of the court": who stands before
    the verb does what it says, and so does who "shot into" something.
    """
    if row.tags[k + 1 : k + 2] == "p":
        return "shots" in row.kinds(k) and shooting(row, group, k)
    follows = row.kinds(k + 1) if row.tags[k + 1 : k + 2] == "w" else frozenset[str]()
    if "definite" in follows:
        return _attackers_before(row, group.start)
    return bool(follows & _SHARES)


def _attackers_before(row: Row, start: int) -> bool:
    """Tell whether uncounted attackers stand right before a verb: they do what it says."""
    people = row.people(start - 1) if start else None
    return people is not None and people.group.attacker and people.words not in NUMBERED


def _either(row: Row, k: int) -> list[int]:
    """ "nine members of the band were killed or wounded": the subject of the passive right before,
    which shares its "were"."""
    if row.tags[max(0, k - 2) : k] != "VC" or row.sense(k - 2).measure not in _DEAD_OR_HURT:
        return []
    group = verb_group(row, k - 2)
    if not group.be:
        # "nine civilians, killed and wounded, were pulled out"
        apart = row.tags[max(0, k - 4) : k - 2] in ("N,", "Q,") and row.tags[k + 1 : k + 2] == ","
        return [k - 4] if apart and row.numbered(k - 4) else []
    return [n for n in subjects(row, group.start) if row.numbered(n)]


def _left_too(row: Row, k: int) -> list[int]:
    """ "left six dead and 20 people in the market hurt": who else was left so, at item `k`."""
    met = _LEFT_TOO.search(row.tags, 0, k)
    return [met.start(1)] if met is not None and row.numbered(met.start(1)) else []


def left_so(row: Row, start: int) -> list[int]:
    """ "left 12 people in a nearby house dead": whom something left so, with where they were."""
    met = _LEFT_SO.search(row.tags, 0, start)
    return [met.start(1)] if met is not None and row.numbered(met.start(1)) else []


def _place_behind(row: Row, k: int) -> bool:
    """ "300 people evacuated the town (of Velm)": a place is left by those before the verb."""
    at = k + 1
    while row.tags[at : at + 1] == "w" and row.kinds(at) & {"definite"}:
        at += 1
    if row.tags[at : at + 1] == "L":
        return True
    return at > k + 1 and row.tags[at : at + 3] == "woL"


def _things(row: Row, k: int, hit: list[int]) -> bool:
    """ "captured three hilltops", "seized control of", "burned tyres": nobody is held or hurt."""
    if hit:
        return all(_is_thing(row, n) for n in hit)
    if row.tags[k] != "V" or row.tags[k - 1 : k] == "X":
        return False
    at = k + 1
    while row.tags[at : at + 1] == "w" and row.kinds(at) & {"definite", "indefinite"}:
        at += 1  # "captured the hills"
    token = row.sentence.tokens[row.items[at].start] if row.tags[at : at + 1] == "w" else None
    if token is None or not token.text.islower():
        return False
    tied = row.tags[at + 1 : at + 2] == "w" and row.items[at + 1].start < len(row.sentence.tokens)
    tied = tied and row.sentence.tokens[row.items[at + 1].start].text == "-"  # "a rebel-held hill"
    return tied or row.kinds(at) <= _THING_KINDS


def _is_thing(row: Row, n: int) -> bool:
    unknown = row.tags[n] == "y" or row.tags[n] == "Q" and _of_unknown(row, n)
    return unknown or _names_thing(row, n)


def _place_taken(row: Row, start: int, k: int, n: int) -> bool:
    """ "Rebels captured Kafr Sel", "raiders burned Velm": a name of which nothing more is told,
    where those who do it are none who arrest people. "Gunmen seized Halim Dorsawi" is of a person.
    """
    people, words = row.people(n), row.sentence.words
    if people is None or people.words != "name" or n != k + 1 or people.age is not None:
        return False
    if people.end - people.start > 1 and not opens_names_of_places(words[people.start]):
        return False
    named = words.entries[people.start].kinds.isdisjoint({"title", "person"})
    told = row.tags[n + 1 : n + 2] in (",", "(", "-", "C")
    begin = row.items[start].start
    return (
        named
        and not told
        and words.lexicon.arresters.isdisjoint(words[max(0, begin - _WHO) : begin])
    )


def _names_thing(row: Row, n: int) -> bool:
    """ "the strategic Tal Sarbek hilltop": a name that only tells which of a kind of things."""
    people, behind = row.people(n), row.tags[n + 1 : n + 2]
    if people is None or people.words != "name" or people.age is not None or behind != "w":
        return False
    token = row.sentence.tokens[row.items[n + 1].start]
    return token.text.islower() and token.text.isalpha() and not row.kinds(n + 1)


def _of_things(row: Row, k: int) -> bool:
    """ "two besieged Shiite villages": a participle of the things that the number counts."""
    for n in range(k + 1, min(len(row.tags), k + 6)):
        if row.tags[n] not in "wv#":
            return False
        if "thing" in row.kinds(n) or row.tags[n] == "#":
            return True
    return False


def _of_unknown(row: Row, n: int) -> bool:
    """Tell whether a count is of a noun that the pack does not know as people."""
    people = row.people(n)
    return people is not None and bool(people.head)


def _of_suspect(row: Row, k: int, item: int) -> bool:
    """ "the murder suspect": a noun that tells of what somebody is suspected, and no verb."""
    people = row.people(item)
    if people is None or item != k + 1 or row.tags[k] != "B" or row.tags[k - 1 : k] in ("V", "B"):
        return False
    bare = people.words in ("bare", "none") and people.group.attacker
    return bare and "noun" in row.sentence.words.entries[row.items[k].end - 1].kinds


def _only_of_thing(row: Row, item: int) -> bool:
    """ "Executes insurgent operations": whose or of what kind the things are, and nobody harmed."""
    people = row.people(item)
    if people is None or people.words not in ("bare", "none") or people.plural:
        return False
    return row.tags[item + 1 : item + 2] in ("w", "#") and "thing" in row.kinds(item + 1)


def _nobody(row: Row, k: int, item: int) -> bool:
    return _of_suspect(row, k, item) or _only_of_thing(row, item)


def _next_headline(row: Row, k: int, group: VerbGroup, item: int) -> bool:
    """ "2 killed 10 injured": a count and its participle, then another count with its own."""
    tags = row.tags
    if tags[k] != "V" or group.start != k or item != k + 1:
        return False
    own = item + 1
    while tags[own : own + 1] in ("C", "N", "a"):
        own += 1  # "6 children and their mother still under rubble"
    state = tags[own : own + 1] == "J"
    if not state and tags[item + 1 : item + 2] != "V":
        return False
    if not state and tags[own + 1 : own + 2] in ("N", "Q") and row.numbered(own + 1):
        return False  # "a bomber killed 30 people injured 90", where the comma is lost
    first = subjects(row, k, adjacent=True)[:1] if k else []
    before, people = row.people(first[0]) if first else None, row.people(item)
    if before is None or people is None:
        return False
    bare = before.words == "bare" or before.words == "name" and row.sentence.capitals
    # "Child killed 9 men injured", "A child killed, 9 men injured"
    single = (bare or before.words == "one") and people.words in NUMBERED
    counted = before.words in NUMBERED and people.words in NUMBERED
    return counted or single and not state


def _adjectival(row: Row, k: int, item: int) -> bool:
    """ "as wounded patron fires back": a participle before a bare noun, without a subject."""
    people = row.people(item)
    if people is None or people.words not in ("bare", "none") or item != k + 1:
        return False
    return k == 0 or row.tags[k - 1] in 'pboSCI,.;:("-'
