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
    )


def parties(row: Row, lang: str) -> list[Party]:
    """Return the parties of a sentence that are told to have acted, left to right."""
    register = _register(lang)
    set_apart = {n for item in row.items if item.tag in "TLQ" for n in range(item.start, item.end)}
    lows = row.sentence.words
    found: list[Party] = []
    i = 0
    while i < len(lows):
        if not _may_open(row, lows, i, register):
            i += 1
            continue
        named = register.names.at(lows, i) is not None
        phrase = None if i in set_apart and not named else _phrase(row, lows, i, register)
        if phrase is None:
            i += 1
            continue
        role = None
        if not _holds(lows, phrase, register):
            role = "means" if phrase.means else _role(row, phrase, register)
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


def named_at(row: Row, at: int, lang: str) -> Named | None:
    """The party whose name begins at a token, whatever it is told to have done."""
    register, lows, tokens = _register(lang), row.sentence.words, row.sentence.tokens
    if not _may_open(row, lows, at, register):
        return None
    known = register.names.at(lows, at)
    if known is not None and (tokens[at].text[0].isupper() or lows[at] in register.lower):
        phrase = _phrase(row, lows, at, register)
        end = phrase.end if phrase is not None else known.end
        return Named(at, end, phrase.names if phrase else (known.code,), None, False)
    phrase = _phrase(row, lows, at, register)
    if phrase is None:
        return None
    force = any(register.force.at(lows, n) is not None for n in range(phrase.start, phrase.end))
    if not force and not phrase.means:
        return None
    first = at + bool(register.words.kinds(lows, at) & {"indefinite", "definite"})
    alone = not any(t.text[0].isupper() for t in tokens[first : phrase.end])
    return Named(phrase.start, phrase.end, phrase.names, phrase.hedge, alone)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrase:
    """Words that could name a party; `means` where they name what it struck with."""

    start: int
    end: int
    names: tuple[str, ...]
    hedge: str | None
    relation: Relation | None
    means: bool


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
    force = _force(lows, k, register, reach=ADJECTIVES if names else 0)
    if force is None:
        if not names or named <= i:
            return None
        return _Phrase(
            start=start, end=named, names=tuple(names), hedge=hedge and hedge.code,
            relation=relation, means=False,
        )  # fmt: skip
    first, end, means, people = force
    if not names:
        # "a government air strike" names the government; "an air strike" nobody
        if people == first:
            return None
        names = [" ".join(t.text for t in row.sentence.tokens[first:people])]
        named = people
    elif first == named and row.sentence.tokens[first].text[0].isupper() and people > first:
        # "the Northern Front": the force is part of the name
        if names[-1] not in register.known:
            names[-1] += " " + " ".join(t.text for t in row.sentence.tokens[first:people])
        named = people
    return _Phrase(
        start=start, end=named if means and named > start else end,
        names=tuple(dict.fromkeys(names)), hedge=hedge and hedge.code, relation=relation,
        means=means,
    )  # fmt: skip


def _names(
    row: Row, lows: Words, k: int, register: _Register
) -> tuple[list[str], Relation | None, int]:
    """Read the names of parties at token `k`, joined or in the alternative."""
    tokens = row.sentence.tokens
    names: list[str] = []
    relation: Relation | None = None
    while k < len(lows) and len(names) < MOST_NAMES:
        end, name = _name(row, lows, k, register)
        if end > k:
            names.append(name)
            k = end
            continue
        kinds = register.words.kinds(lows, k)
        if names and "coordinator" in kinds and _name(row, lows, k + 1, register)[0] > k + 1:
            relation = Relation.ALTERNATIVES if "alternative" in kinds else Relation.JOINT
            k += 1
        elif names and (lows[k] in register.words.possessive or tokens[k].text == "-"):
            k += 1
        else:
            break
    return names, relation, k


def _name(row: Row, lows: Words, k: int, register: _Register) -> tuple[int, str]:
    """One name at token `k`, of the register or in capitals; its end, or `k` for none."""
    tokens = row.sentence.tokens
    if k >= len(tokens):
        return k, ""
    known = register.names.at(lows, k)
    if known is not None and (tokens[k].text[0].isupper() or lows[k] in register.lower):
        return known.end, known.code
    end = k
    while (
        end < len(tokens)
        and not row.sentence.caps
        and tokens[end].text[0].isupper()
        and lows[end] not in register.words.not_names
        and register.force.at(lows, end) is None
    ):
        end += 1
    opens = k == 0 or row.sentence.title
    if end == k + 1 and opens and register.words.common(lows[k]):
        return k, ""  # a capital that opens a sentence or stands in a heading names nobody
    return end, " ".join(t.text for t in tokens[k:end])


def _force(
    lows: Words, k: int, register: _Register, *, reach: int
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
        if first >= len(lows) or not (
            lows[first] in register.adjectives or not register.words.knows(lows[first])
        ):
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
    while before > 0 and not _ARTICLES.isdisjoint(lows.entries[before].kinds):
        before -= 1
    return before > 0 and "by" in lows.entries[before].kinds and lows[before - 1] in register.held


def _role(row: Row, phrase: _Phrase, register: _Register) -> str | None:
    """How the sentence tells that the party acted, or None where it does not."""
    before = _item(row, phrase.start) - 1
    if before >= 0 and row.tags[before] == "b" and row.items[before].end >= phrase.start:
        return "by"
    k = _verb_behind(row, phrase)
    if k is None:
        return None
    if row.tags[k] in "VB":
        return "agent" if row.tags[k + 1 : k + 2] in tuple("NQnFCayP") else None
    if row.tags[k] != "v":
        return None
    idle = register.idle.at(row.sentence.words, row.items[k].start) is not None
    acted = row.tags[k + 1 : k + 2] == "b"  # "responded by killing two"
    return None if idle and not acted else "agent"


def _verb_behind(row: Row, phrase: _Phrase) -> int | None:
    """The item behind a phrase, adverbs and auxiliaries passed over; None at the end."""
    k = _item(row, phrase.end)
    while k < len(row.tags) and row.tags[k] in "aHM":
        k += 1
    return k if k < len(row.tags) else None


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
