"""Words that could name a party, as read at a token: names, a hedge, a force, a means.

A name is one of the register or words in capitals; a force ("troops", "gunmen") makes words a
party, and a means ("air strike") names whose it is. What the party did is no matter here.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

from cenotaph.model import Relation
from cenotaph.reading.items import Row
from cenotaph.reading.lexicon import ARTICLES, Words
from cenotaph.reading.party_names import (
    ADJECTIVES,
    capital_part,
    described_force,
    force_at,
    names_at,
    of_a_people,
    proper,
    spelled,
)
from cenotaph.reading.party_words import Register, known_at, may_name, may_open, register_of
from cenotaph.reading.vocabulary import Hit

# Between "or those of" and "ally" stand so many words at most.
ALLY = 5


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
    register, lows, tokens = register_of(lang), row.sentence.words, row.sentence.tokens
    if not may_open(row, lows, at, register):
        return None
    known = known_at(row, lows, at, register)
    if known is not None:
        phrase = phrase_at(row, lows, at, register)
        if phrase is None:
            return Named(at, known.end, (known.code,), None, False)
        return Named(at, phrase.end, phrase.names, None, False, phrase.relation)
    phrase = phrase_at(row, lows, at, register)
    if phrase is None:
        return None
    force = any(register.force.at(lows, n) is not None for n in range(phrase.start, phrase.end))
    if not force and not phrase.means:
        return None
    first = at + bool(register.words.kinds(lows, at) & {"indefinite", "definite"})
    alone = not any(t.text[0].isupper() for t in tokens[first : phrase.end])
    return Named(phrase.start, phrase.end, phrase.names, phrase.hedge, alone, phrase.relation)


def ally_behind(row: Row, end: int, lang: str) -> Named | None:
    """The ally told behind a party that ends at a token: "planes or those of its ally X"."""
    register, lows, k = register_of(lang), row.sentence.words, end
    while k < len(lows) and (hit := register.force.at(lows, k)) is not None:
        k = hit.end
    if k >= len(lows) - 1 or "coordinator" not in lows.entries[k].kinds:
        return None
    joint = "alternative" not in lows.entries[k].kinds
    k += 1
    if k < len(lows) - 1 and lows[k] in register.those and "of" in lows.entries[k + 1].kinds:
        k += 2
    first = k
    while k < min(len(lows), first + ALLY) and (
        {"pronoun_possessive", "definite"} & lows.entries[k].kinds
        or register.force.at(lows, k) is not None
        or lows[k] not in register.allies  # "Kordania's ally X"
        and (proper(row, k) or lows[k] in register.words.possessive)
    ):
        k += 1
    if k >= len(lows) or lows[k] not in register.allies or k == first:
        return None
    at = k + 1
    whose = "pronoun_possessive" in lows.entries[first].kinds
    if whose and k > first + 1 and proper(row, first + 1):
        at = first + 1  # "warplanes or their Kordanian allies"
    if at >= len(lows) or not may_open(row, lows, at, register):
        return None
    ally = phrase_at(row, lows, at, register)
    if ally is None or not ally.names[0][:1].isupper() or at <= k and ally.end > k:
        return None
    relation = Relation.JOINT if joint else Relation.ALTERNATIVES
    return Named(ally.start, max(ally.end, k + 1), ally.names, ally.hedge, False, relation)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyPhrase:
    """Words that could name a party; `means` where they name what it struck with."""

    start: int
    end: int
    names: tuple[str, ...]
    hedge: str | None
    relation: Relation | None
    means: bool
    craft: bool = False
    forced: bool = False


def phrase_at(row: Row, lows: Words, i: int, register: Register) -> PartyPhrase | None:
    """Read [the] [hedge] [names] [adjectives] [force] at token `i`."""
    start, hedge, k = _opening(lows, i, register)
    if k >= len(lows) or not may_name(row, lows, k, register):
        return None
    joined = _led_by(row, lows, k, register)
    if joined is not None:
        return PartyPhrase(
            start=start, end=joined, names=(spelled(row, k, joined),), hedge=hedge and hedge.code,
            relation=None, means=False, forced=True,
        )  # fmt: skip
    k = _behind_leader(row, lows, k, register)
    names, relation, k = names_at(row, lows, k, register)
    named = k
    force = force_at(row, lows, k, register, reach=ADJECTIVES if names else 0)
    if not names and force is None:
        force = described_force(lows, k, register)
    if force is not None and names and of_a_people(names[-1], register):
        other = _of_no_state(row, lows, k, force, register)
        if other is not None:
            if not other:
                return None
            names, named = [other], force[3]
    if force is None:
        last = _end_of_names(row, lows, i, named, register) if names else None
        if last is None:
            return None
        return PartyPhrase(
            start=start, end=max(last, start + 1), names=tuple(names), hedge=hedge and hedge.code,
            relation=relation, means=False,
        )  # fmt: skip
    first, end, means, people = force
    nameless = not names
    if not names:
        # "a government air strike" names the government; "an air strike" nobody
        alone = people == first + 1 and lows[first] in register.never_alone
        told = hedge is not None or "definite" in register.words.kinds(lows, i)
        if people == first or alone and not told:
            return None
        names = [spelled(row, first, people)]
        named = people
    elif first == named and row.sentence.tokens[first].text[0].isupper() and people > first:
        if names[-1] not in register.known:
            names[-1] += " " + capital_part(row, first, people)
        named = people
    end = named if means and named > start else end
    theirs = _theirs(row, lows, end, register) if nameless and not means else None
    if theirs is not None:  # "gunmen of the Dawn Movement" are the Dawn Movement
        return replace(theirs, start=start, hedge=hedge and hedge.code, forced=True)
    while end - 1 > start and not row.sentence.tokens[end - 1].text[0].isalnum():
        end -= 1
    return PartyPhrase(
        start=start, end=end, names=tuple(dict.fromkeys(names)), hedge=hedge and hedge.code,
        relation=relation, means=means, craft=lows[force[1] - 1] in register.craft,
        forced=people > first,
    )  # fmt: skip


def _opening(lows: Words, i: int, register: Register) -> tuple[int, Hit | None, int]:
    """The article and hedge at token `i`: where the phrase begins, the hedge, what comes next."""
    k = i + (i < len(lows) and lows.entries[i].article)
    called = register.so_called.at(lows, k) if k > i and k < len(lows) else None
    if called is not None and called.end < len(lows):  # "the so-called Ridge Brigade"
        k = called.end
    hedge = register.hedge.at(lows, k) if k < len(lows) else None
    if hedge is None:
        return i, None, k
    return (i if k == i else k), hedge, hedge.end


def _of_no_state(
    row: Row, lows: Words, k: int, force: tuple[int, int, bool, int], register: Register
) -> str | None:
    """Who "Kordanian rebels" are, behind a state's name that ends at `k`: no force of the state.

    "" where no words for people tell; None where the force is the state's own.
    """
    first, end, _, people = force
    if register.no_state.isdisjoint(lows[k:end]):
        return None
    if people == first:
        return ""
    return spelled(row, k - 1 if lows[k - 1].endswith(register.demonyms) else first, people)


def _end_of_names(row: Row, lows: Words, i: int, named: int, register: Register) -> int | None:
    """Where names without a force end; None where they stand before another's name."""
    if named <= i:
        return None
    if known_at(row, lows, named - 1, register) is None:
        if named < len(lows) and known_at(row, lows, named, register) is not None:
            return None
    while named - 1 > i and not row.sentence.tokens[named - 1].text[0].isalnum():
        named -= 1
    return named


def _led(row: Row, lows: Words, k: int, register: Register) -> int:
    """The token behind "X-led", where that is not all a name of the register; 0 without it."""
    if "-" not in lows[k + 1 : k + 1 + register.names.longest]:  # most parties, told at once
        return 0
    tokens = row.sentence.tokens
    leader = known_at(row, lows, k, register)
    end = leader.end if leader is not None else k + 1
    if end + 2 >= len(tokens) or not any(proper(row, n) for n in range(k, end)):
        return 0
    return end + 2 if tokens[end].text == "-" and lows[end + 1] in register.leading else 0


def _led_by(row: Row, lows: Words, k: int, register: Register) -> int | None:
    """The end of a force that is called after who leads or backs it: "Orunese-led fighters"."""
    tokens = row.sentence.tokens
    named = behind = _led(row, lows, k, register)
    if not behind:
        return None
    while named < len(tokens) and tokens[named].text[0].isupper():
        known = known_at(row, lows, named, register)
        if known is not None:
            return None  # it has a name of its own
        named += 1
    hit = register.force.at(lows, behind)
    if hit is not None and hit.code == "people":
        return hit.end
    return None


def _behind_leader(row: Row, lows: Words, k: int, register: Register) -> int:
    """Where the name of a party begins that is told with who leads it: "the Orunese-led Dawn Army".

    `k` where the leader is all that names it.
    """
    behind = _led(row, lows, k, register)
    if not behind or row.sentence.title:
        return k
    known = known_at(row, lows, behind, register) is not None
    two = behind + 1 < len(row.sentence.tokens) and proper(row, behind) and proper(row, behind + 1)
    return behind if known or two else k  # "the Orunese-led Coalition" is called so


def _theirs(row: Row, lows: Words, end: int, register: Register) -> PartyPhrase | None:
    """The party that fighters are of, behind token `end`: "gunmen of the X", "men from the X".

    A place from which they come is no party, and neither is the country.
    """
    if not 0 < end < len(lows) - 1:
        return None
    if not register.words.kinds(lows, end) & {"of", "origin"}:
        return _called(row, lows, end, register) if lows[end - 1] in register.called else None
    at = end + 1
    at += not ARTICLES.isdisjoint(register.words.kinds(lows, at))
    called = register.so_called.at(lows, at) if at < len(lows) else None
    at = called.end if called is not None else at
    if at >= len(lows):
        return None
    placed = any(item.tag == "L" and item.start <= at < item.end for item in row.items)
    if placed and known_at(row, lows, at, register) is None:
        return None
    found = phrase_at(row, lows, at, register) if may_open(row, lows, at, register) else None
    if found is None or found.means or not found.names[0].strip("al-")[:1].isupper():
        return None
    forced = found.forced or register.force.at(lows, found.end - 1) is not None  # "the X regime"
    return None if found.names[0] in register.states and not forced else found


def _called(row: Row, lows: Words, end: int, register: Register) -> PartyPhrase | None:
    """The name right behind what a party is: "the rebel group Dawn Rising"."""
    if end >= len(lows) or row.sentence.capitals or not may_name(row, lows, end, register):
        return None
    if any(item.tag in "TL" and item.start <= end < item.end for item in row.items):
        return None
    found = phrase_at(row, lows, end, register)
    if found is not None:
        own = not found.means and len(found.names) == 1 and found.names[0][:1].isupper()
        return found if own else None
    tokens, last = row.sentence.tokens, end
    while last < len(tokens) and tokens[last].text[0].isupper():
        last += 1
    if last < end + 2:
        return None
    return PartyPhrase(
        start=end, end=last, names=(spelled(row, end, last),), hedge=None, relation=None,
        means=False,
    )  # fmt: skip
