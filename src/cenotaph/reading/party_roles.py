"""How a sentence tells that a party acted, by the words around it and never by its name.

A party may be named as a victim, a witness or a neighbour: it acted where it stands behind "by",
where a means is its own, or where it is the subject of a verb that does harm or of which harm came.
"""

import re

from cenotaph.model import Measure
from cenotaph.reading.entries import VerbWord
from cenotaph.reading.items import People, Row
from cenotaph.reading.lexicon import ARTICLES, Words
from cenotaph.reading.party_phrases import PartyPhrase
from cenotaph.reading.party_words import Register

# How a sentence tells that a party acted, surest first.
ROLES = ("by", "agent", "means", "doing")
# It did something of which harm came: no ground to carry it to other sentences.
WEAKEST = "doing"
_NO_VIOLENCE = frozenset({Measure.DETAINED, Measure.EVACUATED})
# "… and shelled", "and have killed": what else the same party did.
_ALSO = re.compile("C[Ha]*[BV]")
# The act that a "by" belongs to is so many items before it at most.
FAR = 10
# What stands between a party and its verb has no more items.
INSERTION = 12
# "Stepped up its heavy air raids": the attack is named in so many items.
NAMED_ACT = 5


def holds(lows: Words, phrase: PartyPhrase, register: Register) -> bool:
    """Tell whether a party only holds or leads: "held by the X", "X-held areas"."""
    end = phrase.end - 1 if lows[phrase.end - 1] == "-" else phrase.end
    if lows[end : end + 1] == ["-"] and lows[end + 1 : end + 2] and lows[end + 1] in register.held:
        return True
    before = phrase.start - 1
    if before > 0 and lows[before] == "-" and lows[before - 1] in register.prefixes:
        return True  # "anti-X air raids"
    while before > 0 and lows.entries[before].article:
        before -= 1
    return before > 0 and "by" in lows.entries[before].kinds and lows[before - 1] in register.held


def role_of(row: Row, phrase: PartyPhrase, register: Register) -> str | None:
    """How the sentence tells that the party acted, or None where it does not."""
    before = _item(row, phrase.start) - 1
    quoted = before > 0 and row.tags[before - 1 : before + 1] == 'b"'  # fired by “terrorists”
    before -= quoted
    if before >= 0 and row.tags[before] == "b" and row.items[before].end >= phrase.start - quoted:
        if _done(row, before, register):
            return "by"
        told = row.sentence.words[row.items[before].end - 2] in register.telling
        if not phrase.means or phrase.craft or told:
            return None  # but "the street was rocked by X air strikes that killed nine"
    if _belongs(row, before, register) or _holds_them(row, phrase, register):
        return "means"
    within = _inside(row, before, register) or _holds_the_place(row, before, phrase, register)
    within = within or _struck_too(row, before)
    if before > 0 and row.tags[before] == "p" and _fought(row, before, register):
        return "means"
    if phrase.means and phrase.craft and _brought_down(row, phrase, register):
        return None
    if phrase.means and _of_its_own_place(row, phrase, register):
        return None
    if phrase.means and _not_done(row, phrase, register):
        return None
    if phrase.means and _driven_back(row, before, register):
        return None
    if phrase.means:
        # "killed in France air raids" tells where; "in French air raids" by whom
        place = row.sentence.tokens[phrase.end - 1].text in register.known & set(phrase.names)
        return "means" if _owns(phrase, register) and not (within and place) else None
    if within:
        return None
    return _as_subject(row, phrase, before, register)


def _as_subject(row: Row, phrase: PartyPhrase, before: int, register: Register) -> str | None:
    """The role of a party that may be the subject of the verb behind it."""
    if not phrase.forced and not _may_act(row, phrase, before, register):
        return None
    k = _verb_behind(row, phrase, register)
    k = None if k is None else _begun(row, k, register)
    if k is None or any(i.start < phrase.end < i.end for i in row.items[max(0, k - 2) : k]):
        return None  # "a 40-year-old Velm man shot two": the man did
    on = row.tags[k] != "G" or _goes_on(row, k, register) or _shown(row, before, register)
    if row.tags[k] in "VBG" and on:
        if _harms(row, k, phrase):
            return "agent"
        # "X shot down a helicopter": a verb of harm with what is no person behind it
        act = register.acts.at(row.sentence.words, row.items[k].start)
        return "agent" if act is not None and act.end > row.items[k].end else None
    return _acts(row, k, phrase, register)


def _goes_on(row: Row, k: int, register: Register) -> bool:
    return row.sentence.words[row.items[k - 1].start] in register.begins


def _shown(row: Row, before: int, register: Register) -> bool:
    """ "The video shows X fighters killing two"."""
    while before > 0 and not ARTICLES.isdisjoint(row.kinds(before)):
        before -= 1
    return before >= 0 and row.sentence.words[row.items[before].start] in register.showing


def _begun(row: Row, k: int, register: Register) -> int:
    """The verb behind one that only says that it goes on: "began to kill", "kept shelling"."""
    lows, tags = row.sentence.words, row.tags
    if lows[row.items[k].start] not in register.begins:
        return k
    on = k + 1 + (tags[k + 1 : k + 2] == "p" and "infinitive" in row.kinds(k + 1))
    if on >= len(tags):
        return k
    does = tags[on] in "VBG" or register.acts.at(lows, row.items[on].start) is not None
    return on if does else k


def _harms(row: Row, k: int, phrase: PartyPhrase) -> bool:
    """Tell whether a verb of harm at item `k` is what its party does to others."""
    word = row.sense(k)
    if isinstance(word, VerbWord) and word.pattern == "self":
        return False
    if isinstance(word, VerbWord) and word.pattern in ("own_hand", "own_blast"):
        # "when a Northern Front bomber blew himself up"
        return any(name[0].isupper() for name in phrase.names)
    if row.tags[k + 1 : k + 3] == "VN":  # "kills abducted farmers"
        return True
    return row.tags[k + 1 : k + 2] in tuple("NQnFCayP")


def _acts(row: Row, k: int, phrase: PartyPhrase, register: Register) -> str | None:
    """The role of a party whose verb, at item `k`, is none of harm."""
    at, lows = row.items[k].start, row.sentence.words
    if register.acts.at(lows, at) is not None and row.tags[k] != "R":
        return "agent"
    if _escalates(row, k, register):
        return "agent"
    if lows[at] in register.outcomes:
        return None  # "sent to battle the X resulting in the death of six"
    verb = row.tags[k] == "v" or row.tags[k] == "w" and "past_like" in row.kinds(k)
    if not verb or not (phrase.forced or register.known & set(phrase.names)):
        return None
    if register.idle.at(lows, at) is not None:
        # "responded by killing two", "responded by firing mortars, killing two"
        if row.tags[k + 1 : k + 3] == "bG":
            return "agent"
        if row.tags[k + 1 : k + 2] != "b" or register.acts.at(lows, row.items[k + 1].end) is None:
            return None
    stop = next(
        (
            n
            for n in range(k, len(row.tags))
            if row.tags[n] in 'WR;."' or row.tags[n] == "S" and row.tags[n + 1 : n + 2] != "G"
        ),
        len(row.tags),
    )
    led_to = any(low in register.outcomes for low in lows[at : row.items[stop - 1].end])
    clause = row.tags[k:stop]
    also = "G" in clause or _ALSO.search(clause) is not None
    return WEAKEST if also or led_to else None


def _escalates(row: Row, k: int, register: Register) -> bool:
    """ "Stepped up its raids", "responded with air strikes": the attack is what the verb has.

    "Responded with an appeal to the bombing" has none: behind a preposition stands another's.
    """
    hit = register.escalates.at(row.sentence.words, row.items[k].start)
    if hit is None or not any(
        row.tags[n] == "U" for n in range(k, min(k + NAMED_ACT, len(row.tags)))
    ):
        return _answers(row, k, register)
    for n in range(k, min(k + NAMED_ACT, len(row.tags))):
        if row.tags[n] == "U":
            return True
        if row.tags[n] in "pS" and row.items[n].start >= hit.end:
            return False
    return False


def _answers(row: Row, k: int, register: Register) -> bool:
    """ "Responded to the raid with a barrage of mortars": an attack or its means is the answer."""
    lows = row.sentence.words
    if lows[row.items[k].start] not in register.answers:
        return False
    near = range(k + 1, min(k + 1 + NAMED_ACT, len(row.tags)))
    at = next((n for n in near if lows[row.items[n].start] in register.answering), len(row.tags))
    for n in range(at + 1, min(at + 1 + NAMED_ACT, len(row.tags))):
        if row.tags[n] == "U":
            return True
        if row.tags[n] in "pSWC,;.":
            return False
        item = row.items[n]
        hits = (register.force.at(lows, t) for t in range(item.start, item.end))
        if any(hit is not None and hit.code == "means" for hit in hits):
            return True
    return False


def _belongs(row: Row, before: int, register: Register) -> bool:
    """Tell whether a means is told to be a party's: "a shell belonging to the X hit the school"."""
    while before > 0 and not ARTICLES.isdisjoint(row.kinds(before)):
        before -= 1
    if before < 2 or row.tags[before] != "p" or row.tags[before - 1] not in "vw":
        return False
    lows = row.sentence.words
    hit = register.force.at(lows, row.items[before - 2].end - 1)
    owned = lows[row.items[before - 1].start] in register.belonging
    return owned and hit is not None and hit.code == "means"


def _holds_them(row: Row, phrase: PartyPhrase, register: Register) -> bool:
    """ "Tortured to death in the prisons of the X", "under torture in X prisons"."""
    lows = row.sentence.words
    if register.tortured.isdisjoint(lows):
        return False
    if any(low in register.custody for low in lows[phrase.end - 1 : phrase.end + 1]):
        return True
    at = phrase.start - 1
    at -= at > 0 and lows.entries[at].article
    return at > 0 and "of" in lows.entries[at].kinds and lows[at - 1] in register.custody


def _holds_the_place(row: Row, before: int, phrase: PartyPhrase, register: Register) -> bool:
    """Tell whether a country's name only tells where the place before it lies."""
    named = phrase.names[0] in register.states and not phrase.forced
    return named and before >= 0 and row.tags[before] == "L"


def _struck_too(row: Row, before: int) -> bool:
    """ "Raids on Kafr Sel and neighbouring Belq killed nine": Belq was raided as well."""
    k = before
    while k > 0 and row.tags[k] in "wCLNK,":
        k -= 1
    return k > 0 and row.tags[k - 1 : k + 1] == "Up" and "C" in row.tags[k:before]


def _may_act(row: Row, phrase: PartyPhrase, before: int, register: Register) -> bool:
    """Tell whether a name that is only a name can be a party's.

    A mosque or a market is none, nor is one listed with the places behind a preposition, nor what
    names people ("Child killed").
    """
    if register.known & set(phrase.names):
        return True
    if row.sentence.words[phrase.end - 1] in register.words.org_words:
        return False
    if before >= 0 and row.tags[before] == "C":
        return False
    for item in row.items:
        people = item.data
        if isinstance(people, People) and item.start <= phrase.start < item.end:
            return people.words == "name"
    return True


def _fought(row: Row, before: int, register: Register) -> bool:
    """Tell whether people fought whom a preposition names: "in clashes with the X"."""
    lows = row.sentence.words
    prior = row.items[before - 1]
    return lows[row.items[before].start] in register.against and any(
        low in register.fights for low in lows[prior.start : prior.end]
    )


def _brought_down(row: Row, phrase: PartyPhrase, register: Register) -> bool:
    """Tell whether a craft is what was struck: "a Kordanian helicopter was shot down", "rebels
    shot down a Kordanian helicopter"."""
    lows, at = row.sentence.words, phrase.start
    at -= at > 0 and lows.entries[at - 1].article
    if any(hit.end == at for n in range(max(0, at - 2), at)
           if (hit := register.brings_down.at(lows, n)) is not None):  # fmt: skip
        return True
    k = _item(row, phrase.end)
    while row.tags[k : k + 1] in ("w", "y", "a", "N", "p", "o", "L"):
        if row.sentence.words[row.items[k].start] in register.downed:
            return True
        k += 1
    if row.tags[k : k + 1] in ("X", "H"):
        behind = k + 1
        while row.tags[behind : behind + 1] == "a":
            behind += 1
        if row.tags[k] == "X":
            return row.tags[behind : behind + 1] != "G"
        if row.tags[behind : behind + 1] == "X":
            return True  # "a Kordanian jet has been hit", but "Kordanian jets have killed nine"
        k = behind
    if k >= len(row.tags) or row.sentence.words[row.items[k].start] not in register.downed:
        return False
    # "jets hit the town", but "a jet hit by a missile"
    return row.tags[k] not in "vV" or row.tags[k + 1 : k + 2] not in tuple("wLNyU")


def _driven_back(row: Row, before: int, register: Register) -> bool:
    """ "The army repelled an X offensive, killing nine": whose attack was met did not kill them."""
    while before > 0 and not ARTICLES.isdisjoint(row.kinds(before)):
        before -= 1
    if before < 0:
        return False
    lows, item = row.sentence.words, row.items[before]
    return any(register.repels.at(lows, n) is not None for n in range(item.start, item.end))


def _not_done(row: Row, phrase: PartyPhrase, register: Register) -> bool:
    """ "A blow to an X advance", "braced for an X attack": it is told of, and did not do the harm.

    But "due to X shelling", and "in revenge for an X raid that killed nine".
    """
    lows = row.sentence.words
    k = _item(row, phrase.start)
    k -= k >= len(row.items) or row.items[k].start > phrase.start  # inside "a possible X attack"
    k -= 1
    while k > 0 and row.tags[k] == "w" and not ARTICLES.isdisjoint(row.kinds(k)):
        k -= 1
    if k < 1 or row.tags[k] != "p" or lows[row.items[k].end - 1] not in register.not_done:
        return False
    led_to = lows[row.items[k - 1].end - 1]
    if led_to in register.due or led_to in register.placed:  # "troops allied to the X"
        return False
    last = min(len(row.tags), k + INSERTION)
    on = (row.tags[n] for n in range(k + 1, last) if row.tags[n] in "WGvVXH;.,")
    return next(on, "") not in ("W", "G")


def _of_its_own_place(row: Row, phrase: PartyPhrase, register: Register) -> bool:
    """Tell whether a country before a means may only be where it struck: "Kordania raids kill 9".

    Headings write so; they name a party where they give another place beside it.
    """
    tokens = row.sentence.tokens
    if phrase.craft or phrase.forced:
        return False
    country = phrase.names[0] in register.states and any(
        t.text in register.states for t in tokens[phrase.start : phrase.end]
    )  # but "US-led raids" are of nobody's place
    if not row.sentence.title:  # "Kordania raids" is no sentence's English
        return country
    placed = any(tag == "L" and row.items[k].start >= phrase.end for k, tag in enumerate(row.tags))
    return country and not placed


def _done(row: Row, by: int, register: Register) -> bool:
    """Tell whether "by" at an item names who did harm: it stands behind an act, not a telling.

    "Killed in the street by", "raids by", "fired by"; never "shared by", "treated by", "a post by".
    "61 were killed by the army, 19 by rebels and eight by gunmen" tells the act once for all three.
    """
    lows = row.sentence.words
    listed = row.tags[by - 1 : by] in ("Q", "N") and row.tags[by - 2 : by - 1] in (",", "C")
    one = row.tags.rfind("b", 0, by) if listed else -1
    if one >= 0 and not {";", "S"} & set(row.tags[one:by]):
        return _done(row, one, register)
    for k in range(by - 1, max(-1, by - 1 - FAR), -1):
        tag, first, last = row.tags[k], row.items[k].start, row.items[k].end
        if lows[last - 1] in register.telling and k == by - 1:
            return False
        if any(register.acts.at(lows, n) is not None for n in range(first, last)):
            return True
        if tag in "VUFJG":
            return True
        if tag == "l" and k > 0 and k == by - 1:  # "mines left by"
            means = register.force.at(lows, row.items[k - 1].end - 1)
            return means is not None and means.code == "means"
        if tag in "vRl" or tag == "w" and "past_like" in row.kinds(k):
            return False
        if register.force.at(lows, first) is not None and k == by - 1:
            return True
        if tag in ";S":
            return False
    return False


def _owns(phrase: PartyPhrase, register: Register) -> bool:
    """Tell whether the words before a means tell whose it is, not where it struck.

    A known party, a force ("rebel fire") or a demonym own any means; other names own planes and
    guns, and none of the attacks that are called after a place ("the Velm massacre").
    """
    named = any(name in register.known for name in phrase.names)
    people = any(name[0].islower() for name in phrase.names)
    demonym = any(name.lower().endswith(register.demonyms) for name in phrase.names)
    return named or people or demonym or phrase.forced or phrase.craft


def _inside(row: Row, before: int, register: Register) -> bool:
    """Tell whether a phrase stands behind a preposition: who is in a place did nothing there.

    "Fighters of the X" are the X.
    """
    before -= before > 0 and row.tags[before] in "Q#"  # "between the two forces"
    while before >= 0 and row.tags[before] == "w" and not ARTICLES.isdisjoint(row.kinds(before)):
        before -= 1
    if before < 1 or row.tags[before] not in "po":
        return before == 0 and row.tags[0] in "po"
    theirs = row.sentence.words[row.items[before].start - 1]
    return not (
        row.tags[before] == "o" and (theirs in register.members or register.force.begin(theirs))
    )


def _verb_behind(row: Row, phrase: PartyPhrase, register: Register) -> int | None:
    """The item behind a phrase, all passed over that only tells of the party.

    These are adverbs, auxiliaries and times, brackets and insertions, where the party is and with
    what, and another party beside it.
    """
    k, tags = _item(row, phrase.end), row.tags
    beside = False
    while k < len(tags):
        if tags[k] in 'aHMT"' or tags[k] == "X" and tags[k + 1 : k + 2] == "G":
            k += 1
        elif tags[k] in "(,":
            end = tags.find(")" if tags[k] == "(" else ",", k + 1, k + INSERTION)
            if end < 0:
                return k
            k = end + 1
        elif tags[k] in "po" or row.sentence.words[row.items[k].start] in register.placed:
            behind = _run(row, k + 1, "wKLyTaCpN" if tags[k + 1 : k + 3] == "pN" else "wKLyTaCp")
            if behind is None:
                return k
            k = behind
        elif tags[k] == "C" and not beside:
            lows = row.sentence.words
            first = k + 1 + (k + 1 < len(tags) and not ARTICLES.isdisjoint(row.kinds(k + 1)))
            called = (
                register.so_called.at(lows, row.items[first].start) if first < len(tags) else None
            )
            first = _item(row, called.end) if called is not None else k + 1
            behind = _run(row, first, "wKLyNQpoa")
            if behind is None or not any(
                register.force.at(lows, n) is not None
                for n in range(row.items[k].end, row.items[behind].start)
            ):
                return k
            k, beside = behind, True
        else:
            return k
    return None


def _run(row: Row, k: int, tags: str) -> int | None:
    """The verb behind a run of items with such tags from item `k` on; None without one."""
    last = min(len(row.tags), k + INSERTION)
    end = next((n for n in range(k, last) if row.tags[n] not in tags), last)
    return end if end > k and row.tags[end : end + 1] in ("v", "V", "H", "M") else None


def done(row: Row, phrase: PartyPhrase) -> Measure | None:
    """What is done "by" a party to what stands before, where it is no violence: "captured by X"."""
    by = _item(row, phrase.start) - 1
    word = row.sense(by - 1) if by > 0 and row.tags[by - 1] in "VB" else None
    return word.measure if isinstance(word, VerbWord) and word.measure in _NO_VIOLENCE else None


def does(row: Row, phrase: PartyPhrase, register: Register) -> Measure | None:
    """What a party does to people, where it is no violence."""
    k = _verb_behind(row, phrase, register)
    word = row.sense(k) if k is not None and row.tags[k] in "VB" else None
    return word.measure if isinstance(word, VerbWord) and word.measure in _NO_VIOLENCE else None


def _item(row: Row, token: int) -> int:
    """The first item that begins at or behind a token."""
    return next((n for n, item in enumerate(row.items) if item.start >= token), len(row.items))
