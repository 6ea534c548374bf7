"""Who is alleged to have done it: parties in a sentence, by their place in it.

A party is taken for a perpetrator by the words around it, never by its name: who is known for
attacks may be named as a victim, a witness or a neighbour. Alleged is all a text can make it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cenotaph.model import Actor, Measure, Quote, Relation, Stance
from cenotaph.reading.entries import VerbWord
from cenotaph.reading.items import People, Row
from cenotaph.reading.lexicon import Words
from cenotaph.reading.party_phrases import (
    ARTICLES,
    PartyPhrase,
    Register,
    known_at,
    may_open,
    phrase_at,
    register_of,
)

# How a sentence tells that a party acted, surest first.
ROLES = ("by", "agent", "means", "doing")
# It did something of which harm came: no ground to carry it to other sentences.
WEAKEST = "doing"
_NO_VIOLENCE = frozenset({Measure.DETAINED, Measure.EVACUATED})
# The act that a "by" belongs to is so many items before it at most.
FAR = 10
# What stands between a party and its verb has no more items.
INSERTION = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A party at tokens [start, end): its names, hedge and role, and how its names relate.

    `does` is what it is told to do to people where that is no violence: whoever arrests or
    evacuates some has not therefore harmed those the sentence tells of beside them.
    """

    start: int
    end: int
    names: tuple[str, ...]
    hedge: str | None
    role: str
    relation: Relation | None
    does: Measure | None = None


def parties(row: Row, lang: str) -> list[Party]:
    """Return the parties of a sentence that are told to have acted, left to right."""
    register = register_of(lang)
    set_apart = {n for item in row.items if item.tag in "TLQ" for n in range(item.start, item.end)}
    amid = {n for item in row.items if item.tag in "TLQ" for n in range(item.start + 1, item.end)}
    lows = row.sentence.words
    found: list[Party] = []
    i, until = 0, _before_since(row, register)
    while i < until:
        if not may_open(row, lows, i, register):
            i += 1
            continue
        named = i not in amid and known_at(row, lows, i, register) is not None
        phrase = None if i in set_apart and not named else phrase_at(row, lows, i, register)
        if phrase is None:
            i += 1
            continue
        role = None
        if not _holds(lows, phrase, register):
            role = _role(row, phrase, register)
        if role is not None:
            found.append(
                Party(
                    start=phrase.start, end=phrase.end, names=phrase.names, hedge=phrase.hedge,
                    role=role, relation=phrase.relation if len(phrase.names) > 1 else None,
                    does=_does(row, phrase, register) if role == "agent" else None,
                )
            )  # fmt: skip
        i = max(phrase.end, i + 1)
    return found


def _before_since(row: Row, register: Register) -> int:
    """The token at which the sentence turns back: "… since the X began its campaign".

    What somebody did then was no act of the sentence's own harm.
    """
    for k, item in enumerate(row.items):
        if row.tags[k] != "T" and row.sentence.words[item.start] in register.since:
            return item.start
    return len(row.sentence.words)


def habitual(row: Row, lang: str) -> bool:
    """Tell whether a sentence tells of what is done again and again: "is regularly shelled by"."""
    return not register_of(lang).habit.isdisjoint(row.sentence.words)


def actors(party: Party, row: Row, text: str) -> tuple[Actor, ...]:
    """The party as alleged perpetrators, one a name, with the words that name them."""
    tokens = row.sentence.tokens
    quote = Quote.of(text, tokens[party.start].start, tokens[party.end - 1].end)
    return tuple(
        Actor(quote=quote, name=name, hedge=party.hedge, stance=Stance.ALLEGED)
        for name in party.names
    )


def _holds(lows: Words, phrase: PartyPhrase, register: Register) -> bool:
    """Tell whether a party only holds or leads: "held by the X", "X-held areas"."""
    end = phrase.end - 1 if lows[phrase.end - 1] == "-" else phrase.end
    if lows[end : end + 1] == ["-"] and lows[end + 1 : end + 2] and lows[end + 1] in register.held:
        return True
    before = phrase.start - 1
    if before > 0 and lows[before] == "-" and lows[before - 1] in register.prefixes:
        return True  # "anti-X air raids"
    while before > 0 and not ARTICLES.isdisjoint(lows.entries[before].kinds):
        before -= 1
    return before > 0 and "by" in lows.entries[before].kinds and lows[before - 1] in register.held


def _role(row: Row, phrase: PartyPhrase, register: Register) -> str | None:
    """How the sentence tells that the party acted, or None where it does not."""
    before = _item(row, phrase.start) - 1
    if before >= 0 and row.tags[before] == "b" and row.items[before].end >= phrase.start:
        return "by" if _done(row, before, register) else None
    within = _inside(row, before, register) or _holds_the_place(row, before, phrase, register)
    if before > 0 and row.tags[before] == "p" and _fought(row, before, register):
        return "means"
    if phrase.means and phrase.craft and _brought_down(row, phrase, register):
        return None
    if phrase.means and _of_its_own_place(row, phrase, register):
        return None
    if phrase.means:
        # "killed in France air raids" tells where; "in French air raids" by whom
        place = row.sentence.tokens[phrase.end - 1].text in register.known & set(phrase.names)
        return "means" if _owns(phrase, register) and not (within and place) else None
    if within:
        return None
    if not phrase.forced and not _may_act(row, phrase, before, register):
        return None
    k = _verb_behind(row, phrase, register)
    if k is None:
        return None
    at, lows = row.items[k].start, row.sentence.words
    if any(item.start < phrase.end < item.end for item in row.items[max(0, k - 2) : k]):
        return None  # "a 40-year-old Velm man shot two": the man did
    if row.tags[k] in "VB":
        word = row.sense(k)
        if isinstance(word, VerbWord) and word.pattern == "self":
            return None
        return "agent" if row.tags[k + 1 : k + 2] in tuple("NQnFCayP") else None
    if register.acts.at(lows, at) is not None and row.tags[k] != "R":
        return "agent"
    if row.tags[k] != "v" or not (phrase.forced or register.known & set(phrase.names)):
        return None
    if register.idle.at(lows, at) is not None:
        # "responded by killing two"
        return "agent" if row.tags[k + 1 : k + 3] == "bG" else None
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
    also = "G" in clause or "CB" in clause or "CV" in clause
    return WEAKEST if also or led_to else None


def _holds_the_place(row: Row, before: int, phrase: PartyPhrase, register: Register) -> bool:
    """Tell whether a country's name only tells where the place before it lies."""
    named = phrase.names[0] in register.states and not phrase.forced
    return named and before >= 0 and row.tags[before] == "L"


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
    """Tell whether a craft is what was struck: "a Kordanian helicopter was shot down"."""
    k = _item(row, phrase.end)
    while row.tags[k : k + 1] in ("w", "y", "a", "N", "p", "o", "L"):
        if row.sentence.words[row.items[k].start] in register.downed:
            return True
        k += 1
    if row.tags[k : k + 1] in ("X", "H"):
        return True
    return k < len(row.tags) and row.sentence.words[row.items[k].start] in register.downed


def _of_its_own_place(row: Row, phrase: PartyPhrase, register: Register) -> bool:
    """Tell whether a country before a means may only be where it struck: "Kordania raids kill 9".

    Headings write so; they name a party where they give another place beside it.
    """
    tokens = row.sentence.tokens
    if phrase.craft or phrase.forced:
        return False
    country = any(t.text in register.states for t in tokens[phrase.start : phrase.end])
    if not row.sentence.title:  # "Kordania raids" is no sentence's English
        return country
    placed = any(tag == "L" and row.items[k].start >= phrase.end for k, tag in enumerate(row.tags))
    return country and not placed


def _done(row: Row, by: int, register: Register) -> bool:
    """Tell whether "by" at an item names who did harm: it stands behind an act, not a telling.

    "Killed in the street by", "raids by", "fired by"; never "shared by", "treated by", "a post by".
    """
    lows = row.sentence.words
    for k in range(by - 1, max(-1, by - 1 - FAR), -1):
        tag, first, last = row.tags[k], row.items[k].start, row.items[k].end
        if lows[last - 1] in register.telling and k == by - 1:
            return False
        if any(register.acts.at(lows, n) is not None for n in range(first, last)):
            return True
        if tag in "VUFJG":
            return True
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
        if tags[k] in 'aHMT"':
            k += 1
        elif tags[k] in "(,":
            end = tags.find(")" if tags[k] == "(" else ",", k + 1, k + INSERTION)
            if end < 0:
                return k
            k = end + 1
        elif tags[k] in "po" or row.sentence.words[row.items[k].start] in register.placed:
            behind = _run(row, k + 1, "wKLyTaCp")
            if behind is None:
                return k
            k = behind
        elif tags[k] == "C" and not beside:
            behind = _run(row, k + 1, "wKLyNQpoa")
            lows = row.sentence.words
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


def _does(row: Row, phrase: PartyPhrase, register: Register) -> Measure | None:
    """What a party does to people, where it is no violence."""
    k = _verb_behind(row, phrase, register)
    word = row.sense(k) if k is not None and row.tags[k] in "VB" else None
    return word.measure if isinstance(word, VerbWord) and word.measure in _NO_VIOLENCE else None


def _item(row: Row, token: int) -> int:
    """The first item that begins at or behind a token."""
    return next((n for n, item in enumerate(row.items) if item.start >= token), len(row.items))


def ranked(
    found: Sequence[Party],
    low: int,
    high: int,
    people: tuple[int, int],
    measure: Measure,
    *,
    active: bool = False,
) -> list[Party]:
    """The parties that can have done what is told in tokens [low, high), likeliest first.

    The subject of an `active` verb stands before those whom it harmed.

    Nobody who is counted in tokens `people` did it to himself; what follows the clause did not do
    it, nor did who only arrested or evacuated somebody.
    """
    fitting = [
        p
        for p in found
        if not people[0] <= p.start < people[1]
        and p.start < high
        and (p.does is None or p.does is measure)
    ]

    def order(party: Party) -> tuple[int, int]:
        away = 0 if low <= party.start else len(ROLES)
        behind = active and party.role == "agent" and party.start >= people[1]
        return ROLES.index(party.role) + max(away, len(ROLES) if behind else 0), party.start

    return sorted(fitting, key=order)
