"""Who is alleged to have done it: parties in a sentence, by their place in it.

A party is taken for a perpetrator by the words around it, never by its name: who is known for
attacks may be named as a victim, a witness or a neighbour. Alleged is all a text can make it.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cenotaph.model import Actor, Measure, Quote, Relation, Stance
from cenotaph.reading.entries import VerbWord
from cenotaph.reading.items import Row
from cenotaph.reading.lexicon import Lexicon, Words, lexicon
from cenotaph.reading.vocabulary import Hit, Phrases
from cenotaph.vocab import table

# How a sentence tells that a party acted, surest first.
ROLES = ("by", "agent", "means")
MOST_NAMES = 3
_ARTICLES = frozenset({"indefinite", "definite"})
_NO_VIOLENCE = frozenset({Measure.DETAINED, Measure.EVACUATED})
# Names no longer than this may be common words: "IS", "US".
SHORT = 3
# The act that a "by" belongs to is so many items before it at most.
FAR = 10
# Adjectives may stand between a name and its force: "Kordanian heavy artillery".
ADJECTIVES = 2


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


@dataclass(frozen=True, slots=True)
class _Register:
    words: Lexicon
    names: Phrases
    known: frozenset[str]
    force: Phrases
    hedge: Phrases
    idle: Phrases
    adjectives: frozenset[str]
    lower: frozenset[str]
    held: frozenset[str]
    acts: Phrases
    telling: frozenset[str]
    craft: frozenset[str]
    demonyms: tuple[str, ...]
    never_alone: frozenset[str]
    members: frozenset[str]
    prefixes: frozenset[str]


@functools.cache
def _register(lang: str) -> _Register:
    data = table(f"{lang}/actors")["force"]
    means = frozenset(data["means"])
    return _Register(
        words=lexicon(lang),
        names=Phrases((n, a["name"]) for a in table("actors")["actor"] for n in a["names"]),
        known=frozenset(a["name"] for a in table("actors")["actor"]),
        force=Phrases((w, "means" if w in means else "people") for w in data["words"]),
        hedge=Phrases((w, w) for w in data["hedge"]),
        idle=Phrases((w, w) for w in data["idle"]),
        adjectives=frozenset(data["adjectives"]),
        lower=frozenset(data["lower"]),
        held=frozenset(data["held"]),
        acts=Phrases((w, w) for w in data["acts"]),
        telling=frozenset(data["telling"]),
        craft=frozenset(data["craft"]),
        demonyms=tuple(data["demonym_ends"]),
        never_alone=frozenset(data["never_alone"]),
        members=frozenset(data["members"]),
        prefixes=frozenset(data["prefixes"]),
    )


def parties(row: Row, lang: str) -> list[Party]:
    """Return the parties of a sentence that are told to have acted, left to right."""
    register = _register(lang)
    set_apart = {n for item in row.items if item.tag in "TLQ" for n in range(item.start, item.end)}
    amid = {n for item in row.items if item.tag in "TLQ" for n in range(item.start + 1, item.end)}
    lows = row.sentence.words
    found: list[Party] = []
    i = 0
    while i < len(lows):
        if not _may_open(row, lows, i, register):
            i += 1
            continue
        named = i not in amid and _known(row, lows, i, register) is not None
        phrase = None if i in set_apart and not named else _phrase(row, lows, i, register)
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
                    does=_does(row, phrase) if role == "agent" else None,
                )
            )  # fmt: skip
        i = max(phrase.end, i + 1)
    return found


def actors(party: Party, row: Row, text: str) -> tuple[Actor, ...]:
    """The party as alleged perpetrators, one a name, with the words that name them."""
    tokens = row.sentence.tokens
    quote = Quote.of(text, tokens[party.start].start, tokens[party.end - 1].end)
    return tuple(
        Actor(quote=quote, name=name, hedge=party.hedge, stance=Stance.ALLEGED)
        for name in party.names
    )


class Named(NamedTuple):
    """A party named at tokens [start, end); `alone` where only its kind is ("the movement")."""

    start: int
    end: int
    names: tuple[str, ...]
    hedge: str | None
    alone: bool
    relation: Relation | None = None


def named_at(row: Row, at: int, lang: str) -> Named | None:
    """The party whose name begins at a token, whatever it is told to have done."""
    register, lows, tokens = _register(lang), row.sentence.words, row.sentence.tokens
    if not _may_open(row, lows, at, register):
        return None
    known = _known(row, lows, at, register)
    if known is not None:
        phrase = _phrase(row, lows, at, register)
        if phrase is None:
            return Named(at, known.end, (known.code,), None, False)
        return Named(at, phrase.end, phrase.names, None, False, phrase.relation)
    phrase = _phrase(row, lows, at, register)
    if phrase is None:
        return None
    force = any(register.force.at(lows, n) is not None for n in range(phrase.start, phrase.end))
    if not force and not phrase.means:
        return None
    first = at + bool(register.words.kinds(lows, at) & {"indefinite", "definite"})
    alone = not any(t.text[0].isupper() for t in tokens[first : phrase.end])
    return Named(phrase.start, phrase.end, phrase.names, phrase.hedge, alone, phrase.relation)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrase:
    """Words that could name a party; `means` where they name what it struck with."""

    start: int
    end: int
    names: tuple[str, ...]
    hedge: str | None
    relation: Relation | None
    means: bool
    craft: bool = False
    forced: bool = False


def _known(row: Row, lows: Words, i: int, register: _Register) -> Hit | None:
    """The name of the register at token `i`; "is" and "us" are names only where a text sets them
    in capitals apart.
    """
    hit = register.names.at(lows, i)
    if hit is None:
        return None
    text = row.sentence.tokens[i].text
    if hit.end == i + 1 and len(text) <= SHORT and register.words.common(lows[i]):
        return hit if text.isupper() and not row.sentence.caps else None
    return hit if text[0].isupper() or lows[i] in register.lower else None


def _may_open(row: Row, lows: Words, i: int, register: _Register) -> bool:
    """Tell whether words that name a party can begin at token `i`: at most they cannot."""
    low = lows[i]
    return (
        row.sentence.tokens[i].text[0].isupper()
        or register.names.begin(low)
        or register.hedge.begin(low)
        or register.force.begin(low)
        or not _ARTICLES.isdisjoint(lows.entries[i].kinds)
    )


def _phrase(row: Row, lows: Words, i: int, register: _Register) -> _Phrase | None:
    """Read [the] [hedge] [names] [adjectives] [force] at token `i`."""
    k = i
    if not _ARTICLES.isdisjoint(register.words.kinds(lows, k)):
        k += 1
    hedge = register.hedge.at(lows, k) if k < len(lows) else None
    start = i if hedge is None or k == i else k
    if hedge is not None:
        k = hedge.end
    names, relation, k = _names(row, lows, k, register)
    named = k
    force = _force(row, lows, k, register, reach=ADJECTIVES if names else 0)
    if force is None:
        if (
            not names
            or named <= i
            or _known(row, lows, named - 1, register) is None
            and (named < len(lows) and _known(row, lows, named, register) is not None)
        ):
            return None  # words before another's name are none of their own
        while named - 1 > start and not row.sentence.tokens[named - 1].text[0].isalnum():
            named -= 1
        return _Phrase(
            start=start, end=named, names=tuple(names), hedge=hedge and hedge.code,
            relation=relation, means=False,
        )  # fmt: skip
    first, end, means, people = force
    if not names:
        # "a government air strike" names the government; "an air strike" nobody
        alone = people == first + 1 and lows[first] in register.never_alone
        definite = "definite" in register.words.kinds(lows, i)
        if people == first or alone and hedge is None and not definite:
            return None
        names = [_spelled(row, first, people)]
        named = people
    elif first == named and row.sentence.tokens[first].text[0].isupper() and people > first:
        # "the Northern Front": the force is part of the name; its fighters are not
        if names[-1] not in register.known:
            last = first + 1
            while last < people and row.sentence.tokens[last].text[0].isupper():
                last += 1
            names[-1] += " " + _spelled(row, first, last)
        named = people
    end = named if means and named > start else end
    while end - 1 > start and not row.sentence.tokens[end - 1].text[0].isalnum():
        end -= 1
    return _Phrase(
        start=start, end=end, names=tuple(dict.fromkeys(names)), hedge=hedge and hedge.code,
        relation=relation, means=means, craft=lows[force[1] - 1] in register.craft,
        forced=people > first,
    )  # fmt: skip


def _names(
    row: Row, lows: Words, k: int, register: _Register
) -> tuple[list[str], Relation | None, int]:
    """Read the names of parties at token `k`, joined or in the alternative."""
    tokens = row.sentence.tokens
    names: list[str] = []
    relation: Relation | None = None
    fresh = True  # a name stands first, or behind "and"
    while k < len(lows) and len(names) < MOST_NAMES:
        end, name = _name(row, lows, k, register)
        if end > k and fresh:
            names.append(name)
            k, fresh = end, False
            continue
        if end > k and names[-1] in register.known:
            if end < len(lows) and lows[end] in register.craft:
                k = end  # "Kordanian Storm jets": whose jets they are
            break
        kinds = register.words.kinds(lows, k)
        if names and "coordinator" in kinds and _name(row, lows, k + 1, register)[0] > k + 1:
            relation = Relation.ALTERNATIVES if "alternative" in kinds else Relation.JOINT
            k, fresh = k + 1, True
        elif names and (lows[k] in register.words.possessive or tokens[k].text == "-"):
            k += 1
        else:
            break
    return names, relation, k


def _name(row: Row, lows: Words, k: int, register: _Register) -> tuple[int, str]:
    """One name at token `k`, of the register or in capitals; its end, or `k` for none.

    Words in capitals that all are common ones name nobody where a sentence opens or in a heading,
    and neither do those that stand before a name of the register.
    """
    tokens = row.sentence.tokens
    if k >= len(tokens):
        return k, ""
    known = _known(row, lows, k, register)
    if known is not None:
        return known.end, known.code
    end = k
    while (
        end < len(tokens)
        and not row.sentence.caps
        and tokens[end].text[0].isupper()
        and lows[end] not in register.words.not_names
        and register.force.at(lows, end) is None
    ):
        if end > k and _known(row, lows, end, register) is not None:
            return k, ""
        end = _particle(row, end + 1, register)
    opens = k == 0 or row.sentence.title
    common = all(register.words.common(low) for low in lows[k:end])
    if common and (opens and end == k + 1 or row.sentence.title or end > k + 1):
        return k, ""
    return end, _spelled(row, k, end)


def _spelled(row: Row, start: int, end: int) -> str:
    """Tokens [start, end) as a name: a space where the text has one, whatever stands there."""
    tokens = row.sentence.tokens[start:end]
    return "".join(
        t.text if n == 0 or t.start == tokens[n - 1].end else f" {t.text}"
        for n, t in enumerate(tokens)
    )


def _particle(row: Row, at: int, register: _Register) -> int:
    """The token behind a particle that joins two parts of a name: "Sons al-Velm"; else `at`."""
    tokens, lows = row.sentence.tokens, row.sentence.words
    if at < len(tokens) and lows[at] in register.words.name_particles and tokens[at].text.islower():
        nxt = at + 1 + (lows[at + 1 : at + 2] == ["-"])
        if nxt < len(tokens) and tokens[nxt].text[0].isupper():
            return nxt
    return at


def _force(
    row: Row, lows: Words, k: int, register: _Register, *, reach: int
) -> tuple[int, int, bool, int] | None:
    """The force words at token `k` or behind adjectives.

    These are the first token, the end, whether a means is last, and where the words for people
    among them end.
    """
    first = k
    for _ in range(reach + 1):
        hit = register.force.at(lows, first) if first < len(lows) else None
        if hit is not None:
            end, last = hit.end, hit
            people = hit.end if hit.code == "people" else first
            while (more := _next_force(lows, end, register)) is not None:
                if more.code == "people" and people == more.start:
                    people = more.end
                end, last = more.end, more
            return first, end, last.code == "means", people
        if first >= len(lows):
            return None
        small = row.sentence.tokens[first].text[0].islower() or row.sentence.caps
        unknown = small and not register.words.knows(lows[first])
        if not unknown and lows[first] not in register.adjectives:
            return None
        first += 1
    return None


def _next_force(lows: Words, end: int, register: _Register) -> Hit | None:
    """The force words that go on: at once, or behind "government's newest …"."""
    if end < len(lows) and lows[end] in register.words.possessive:
        for at in range(end + 1, min(len(lows), end + 2 + ADJECTIVES)):
            hit = register.force.at(lows, at)
            if hit is not None:
                return hit
        return None
    return register.force.at(lows, end) if end < len(lows) else None


def _holds(lows: Words, phrase: _Phrase, register: _Register) -> bool:
    """Tell whether a party only holds or leads: "held by the X", "X-held areas"."""
    end = phrase.end - 1 if lows[phrase.end - 1] == "-" else phrase.end
    if lows[end : end + 1] == ["-"] and lows[end + 1 : end + 2] and lows[end + 1] in register.held:
        return True
    before = phrase.start - 1
    if before > 0 and lows[before] == "-" and lows[before - 1] in register.prefixes:
        return True  # "anti-X air raids"
    while before > 0 and not _ARTICLES.isdisjoint(lows.entries[before].kinds):
        before -= 1
    return before > 0 and "by" in lows.entries[before].kinds and lows[before - 1] in register.held


def _role(row: Row, phrase: _Phrase, register: _Register) -> str | None:
    """How the sentence tells that the party acted, or None where it does not."""
    before = _item(row, phrase.start) - 1
    if before >= 0 and row.tags[before] == "b" and row.items[before].end >= phrase.start:
        return "by" if _done(row, before, register) else None
    within = _inside(row, before, register)
    if phrase.means:
        # "killed in France air raids" tells where; "in French air raids" by whom
        place = row.sentence.tokens[phrase.end - 1].text in register.known & set(phrase.names)
        return "means" if _owns(phrase, register) and not (within and place) else None
    if within:
        return None
    k = _verb_behind(row, phrase)
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
        return "agent" if row.tags[k + 1 : k + 2] == "b" else None
    stop = next((n for n in range(k, len(row.tags)) if row.tags[n] in 'SWR;."'), len(row.tags))
    return "agent" if "G" in row.tags[k:stop] else None


def _done(row: Row, by: int, register: _Register) -> bool:
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


def _owns(phrase: _Phrase, register: _Register) -> bool:
    """Tell whether the words before a means tell whose it is, not where it struck.

    A known party, a force ("rebel fire") or a demonym own any means; other names own planes and
    guns, and none of the attacks that are called after a place ("the Velm massacre").
    """
    named = any(name in register.known for name in phrase.names)
    people = any(name[0].islower() for name in phrase.names)
    demonym = any(name.lower().endswith(register.demonyms) for name in phrase.names)
    return named or people or demonym or phrase.forced or phrase.craft


def _inside(row: Row, before: int, register: _Register) -> bool:
    """Tell whether a phrase stands behind a preposition: who is in a place did nothing there.

    "Fighters of the X" are the X.
    """
    while before >= 0 and row.tags[before] == "w" and not _ARTICLES.isdisjoint(row.kinds(before)):
        before -= 1
    if before < 1 or row.tags[before] not in "po":
        return before == 0 and row.tags[0] in "po"
    theirs = row.sentence.words[row.items[before].start - 1]
    return not (
        row.tags[before] == "o" and (theirs in register.members or register.force.begin(theirs))
    )


def _verb_behind(row: Row, phrase: _Phrase) -> int | None:
    """The item behind a phrase; adverbs, auxiliaries and where the party is are passed over."""
    k = _item(row, phrase.end)
    while k < len(row.tags):
        if row.tags[k] in "aHM":
            k += 1
        elif row.tags[k] in "po" and row.tags[k + 1 : k + 2] == "L":
            k += 2
        else:
            return k
    return None


def _does(row: Row, phrase: _Phrase) -> Measure | None:
    """What a party does to people, where it is no violence."""
    k = _verb_behind(row, phrase)
    word = row.sense(k) if k is not None and row.tags[k] in "VB" else None
    return word.measure if isinstance(word, VerbWord) and word.measure in _NO_VIOLENCE else None


def _item(row: Row, token: int) -> int:
    """The first item that begins at or behind a token."""
    return next((n for n, item in enumerate(row.items) if item.start >= token), len(row.items))


def ranked(
    found: Sequence[Party], low: int, high: int, people: tuple[int, int], measure: Measure
) -> list[Party]:
    """The parties that can have done what is told in tokens [low, high), likeliest first.

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
    return sorted(
        fitting, key=lambda p: (ROLES.index(p.role) + (0 if low <= p.start else 3), p.start)
    )
