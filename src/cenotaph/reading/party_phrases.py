"""Words that could name a party, as read at a token: names, a hedge, a force, a means.

A name is one of the register or words in capitals; a force ("troops", "gunmen") makes words a
party, and a means ("air strike") names whose it is. What the party did is no matter here.
"""

import functools
from dataclasses import dataclass, replace
from typing import NamedTuple

from cenotaph.model import Relation
from cenotaph.reading.items import Row
from cenotaph.reading.lexicon import ARTICLES, Lexicon, Words, lexicon
from cenotaph.reading.vocabulary import Hit, Phrases
from cenotaph.vocab import table

MOST_NAMES = 3
# Names no longer than this may be common words: "IS", "US".
SHORT = 3
# Adjectives may stand between a name and its force: "Kordanian heavy artillery".
ADJECTIVES = 2


@dataclass(frozen=True, slots=True)
class Register:
    """The words of one language pack that make words a party.

    `firsts` are those with which a name of the register, a force or what describes one begins,
    `opens` these, hedges and the particles of names.
    """

    words: Lexicon
    firsts: frozenset[str]
    opens: frozenset[str]
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
    describing: frozenset[str]
    no_state: frozenset[str]
    so_called: Phrases
    states: frozenset[str]
    placed: frozenset[str]
    against: frozenset[str]
    fights: frozenset[str]
    downed: frozenset[str]
    outcomes: frozenset[str]
    leading: frozenset[str]
    since: frozenset[str]
    habit: frozenset[str]
    following: frozenset[str]
    agencies: Phrases
    begins: frozenset[str]
    escalates: Phrases
    belonging: frozenset[str]
    repels: Phrases
    shared: frozenset[str]
    those: frozenset[str]
    allies: frozenset[str]
    called: frozenset[str]


@functools.cache
def register_of(lang: str) -> Register:
    """Return the words of `lang` that make words a party."""
    data = table(f"{lang}/actors")["force"]
    means = frozenset(data["means"])
    names = Phrases((n, a["name"]) for a in table("actors")["actor"] for n in a["names"])
    force = Phrases(
        (w, "means" if w in means else "people")
        for w in dict.fromkeys((*data["words"], *data["means"]))
    )
    hedge = Phrases((w, w) for w in data["hedge"])
    firsts = names.firsts | force.firsts | frozenset(data["describing"])
    return Register(
        words=lexicon(lang),
        firsts=firsts,
        opens=firsts | hedge.firsts | lexicon(lang).name_particles,
        names=names,
        known=frozenset(a["name"] for a in table("actors")["actor"]),
        force=force,
        hedge=hedge,
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
        describing=frozenset(data["describing"]),
        no_state=frozenset(data["no_state"]),
        so_called=Phrases((w, w) for w in data["so_called"]),
        placed=frozenset(data["placed"]),
        against=frozenset(data["against"]),
        fights=frozenset(data["fights"]),
        downed=frozenset(data["downed"]),
        outcomes=frozenset(data["outcomes"]),
        leading=frozenset(data["leading"]),
        since=frozenset(data["since"]),
        habit=frozenset(data["habit"]),
        following=frozenset(data["following"]),
        begins=frozenset(data["begins"]),
        escalates=Phrases((w, w) for w in data["escalates"]),
        belonging=frozenset(data["belonging"]),
        repels=Phrases((w, w) for w in data["repels"]),
        shared=frozenset(data["shared"]),
        those=frozenset(data["those"]),
        allies=frozenset(data["allies"]),
        called=frozenset(data["called"]),
        agencies=Phrases(
            (n, s["name"])
            for s in table("sources")["source"]
            if s["kind"] == "agency"
            for n in s["names"]
        ),
        states=frozenset(a["name"] for a in table("actors")["actor"] if a["kind"] == "state"),
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
    while k < len(lows) and (
        {"pronoun_possessive", "definite"} & lows.entries[k].kinds
        or register.force.at(lows, k) is not None
    ):
        k += 1
    if k >= len(lows) - 1 or lows[k] not in register.allies or k == first:
        return None
    if not may_open(row, lows, k + 1, register):
        return None
    ally = phrase_at(row, lows, k + 1, register)
    if ally is None or not ally.names[0][:1].isupper():
        return None
    relation = Relation.JOINT if joint else Relation.ALTERNATIVES
    return Named(ally.start, ally.end, ally.names, ally.hedge, False, relation)


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


def known_at(row: Row, lows: Words, i: int, register: Register) -> Hit | None:
    """The name of the register at token `i`; "is" and "us" are names only where a text sets them
    in capitals apart.
    """
    hit = register.names.at(lows, i)
    if hit is None:
        return None
    text = row.sentence.tokens[i].text
    if hit.end == i + 1 and len(text) <= SHORT and register.words.common(lows[i]):
        return hit if text.isupper() and not row.sentence.caps else None
    proper = any(token.text[0].isupper() for token in row.sentence.tokens[hit.start : hit.end])
    return hit if proper or lows[i] in register.lower else None


def may_open(row: Row, lows: Words, i: int, register: Register) -> bool:
    """Tell whether words that name a party can begin at token `i`: at most they cannot."""
    return (
        _may_name(row, lows, i, register)
        or register.hedge.begin(lows[i])
        or lows.entries[i].article
    )


def openings(row: Row, register: Register) -> list[int]:
    """The tokens at which `may_open` need be asked at all, told at once for a sentence."""
    begins, entries = register.opens, row.sentence.words.entries
    return [
        i
        for i, token in enumerate(row.sentence.tokens)
        if token.low in begins or token.text[0].isupper() or entries[i].article
    ]


def _may_name(row: Row, lows: Words, i: int, register: Register) -> bool:
    """Tell whether a name or a force can begin at token `i`, past articles and hedges."""
    return (
        row.sentence.tokens[i].text[0].isupper()
        or lows[i] in register.firsts
        or _article_of_name(row, i, register)
    )


def _article_of_name(row: Row, i: int, register: Register) -> bool:
    """Tell whether a particle opens a name that is written with it: "al-Sarn"."""
    tokens = row.sentence.tokens
    return (
        row.sentence.words[i] in register.words.name_particles
        and i + 2 < len(tokens)
        and tokens[i + 1].text == "-"
        and tokens[i + 2].text[0].isupper()
    )


def phrase_at(row: Row, lows: Words, i: int, register: Register) -> PartyPhrase | None:
    """Read [the] [hedge] [names] [adjectives] [force] at token `i`."""
    start, hedge, k = _opening(lows, i, register)
    if k >= len(lows) or not _may_name(row, lows, k, register):
        return None
    joined = _led_by(row, lows, k, register)
    if joined is not None:
        return PartyPhrase(
            start=start, end=joined, names=(_spelled(row, k, joined),), hedge=hedge and hedge.code,
            relation=None, means=False, forced=True,
        )  # fmt: skip
    k = _behind_leader(row, lows, k, register)
    names, relation, k = _names(row, lows, k, register)
    named = k
    force = _force(row, lows, k, register, reach=ADJECTIVES if names else 0)
    if not names and force is None:
        force = _described(lows, k, register)
    if force is not None and names and _of_a_people(names[-1], register):
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
        names = [_spelled(row, first, people)]
        named = people
    elif first == named and row.sentence.tokens[first].text[0].isupper() and people > first:
        if names[-1] not in register.known:
            names[-1] += " " + _capital(row, first, people)
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


def _of_a_people(name: str, register: Register) -> bool:
    """Tell whether a name is a state's, or that of a people."""
    return name in register.states or name.lower().endswith(register.demonyms)


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
    return _spelled(row, k - 1 if lows[k - 1].endswith(register.demonyms) else first, people)


def _capital(row: Row, first: int, end: int) -> str:
    """The force words that are part of a name: "the Northern Front", not its fighters."""
    last = first + 1
    while last < end and row.sentence.tokens[last].text[0].isupper():
        last += 1
    return _spelled(row, first, last)


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


def _led_by(row: Row, lows: Words, k: int, register: Register) -> int | None:
    """The end of a force that is called after who leads or backs it: "Orunese-led fighters"."""
    tokens = row.sentence.tokens
    if k + 3 >= len(tokens) or not tokens[k].text[0].isupper() or tokens[k + 1].text != "-":
        return None
    if lows[k + 2] not in register.leading:
        return None
    whole = known_at(row, lows, k, register)
    if whole is not None and whole.end > k + 1:
        return None  # all of it is a name of the register
    named = k + 3
    while named < len(tokens) and tokens[named].text[0].isupper():
        known = known_at(row, lows, named, register)
        if known is not None:
            return None  # it has a name of its own
        named += 1
    hit = register.force.at(lows, k + 3)
    if hit is not None and hit.code == "people":
        return hit.end
    return None


def _behind_leader(row: Row, lows: Words, k: int, register: Register) -> int:
    """Where the name of a party begins that is told with who leads it: "the Orunese-led Dawn Army".

    `k` where the leader is all that names it.
    """
    tokens = row.sentence.tokens
    if k + 3 >= len(tokens) or tokens[k + 1].text != "-" or lows[k + 2] not in register.leading:
        return k
    whole = known_at(row, lows, k, register)
    if whole is not None and whole.end > k + 1 or row.sentence.title:
        return k
    known = known_at(row, lows, k + 3, register) is not None
    if not known and not (k + 4 < len(tokens) and _proper(row, k + 3) and _proper(row, k + 4)):
        return k  # "the Orunese-led Coalition" is called so
    return k + 3


def _proper(row: Row, k: int) -> bool:
    return row.sentence.tokens[k].text[0].isupper()


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
    if end >= len(lows) or row.sentence.capitals or not _may_name(row, lows, end, register):
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
        start=end, end=last, names=(_spelled(row, end, last),), hedge=None, relation=None,
        means=False,
    )  # fmt: skip


def _described(lows: Words, k: int, register: Register) -> tuple[int, int, bool, int] | None:
    """A force behind a word for what it is: "terrorist groups", "armed snipers"; never attacks."""
    if k + 1 >= len(lows) or lows[k] not in register.describing:
        return None
    hit = register.force.at(lows, k + 1)
    if hit is None or hit.code != "people" and lows[hit.end - 1] not in register.craft:
        return None
    return k, hit.end, False, hit.end


def _names(
    row: Row, lows: Words, k: int, register: Register
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
            both = names[-1] in register.states and name in register.states
            if both and tokens[k].text[0].isupper():
                k, fresh, relation = k, True, Relation.JOINT
                continue  # "Kordanian Tessarian air strikes" are of both
            break
        kinds = register.words.kinds(lows, k)
        if names and "coordinator" in kinds and _name(row, lows, k + 1, register)[0] > k + 1:
            relation = Relation.ALTERNATIVES if "alternative" in kinds else Relation.JOINT
            k, fresh = k + 1, True
        elif names and (lows[k] in register.words.possessive or tokens[k].text == "-"):
            k += 1
        elif names and tokens[k].text == "(" and (behind := _short_name(row, k)) > k:
            k = behind
            break
        else:
            break
    return names, relation, k


def _short_name(row: Row, k: int) -> int:
    """The token behind a short name in brackets: "Dawn Movement (DM)"; `k` where there is none."""
    tokens = row.sentence.tokens
    short = k + 2 < len(tokens) and tokens[k + 1].text.isupper() and tokens[k + 2].text == ")"
    return k + 3 if short else k


def _name(row: Row, lows: Words, k: int, register: Register) -> tuple[int, str]:
    """One name at token `k`, of the register or in capitals; its end, or `k` for none.

    Words in capitals that all are common ones name nobody where a sentence opens or in a heading,
    and neither do those that stand before a name of the register.
    """
    tokens = row.sentence.tokens
    if k >= len(tokens):
        return k, ""
    known = known_at(row, lows, k, register)
    if known is not None:
        return known.end, known.code
    if register.agencies.at(lows, k) is not None:
        return k, ""  # "MNA Members of the X shot": an agency opens the line
    end = k + 2 if _article_of_name(row, k, register) else k
    while (
        end < len(tokens)
        and not row.sentence.caps
        and tokens[end].text[0].isupper()
        and lows[end] not in register.words.not_names
        and register.force.at(lows, end) is None
    ):
        if end > k and known_at(row, lows, end, register) is not None:
            return k, ""
        end = _particle(row, end + 1, register)
    goes_on = end < len(tokens) and tokens[end].text[0].isupper() and not row.sentence.title
    goes_on = goes_on and register.force.at(lows, end) is not None  # "Northern Front"
    opens = (k == 0 or row.sentence.title) and not goes_on
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


def _particle(row: Row, at: int, register: Register) -> int:
    """The token behind a particle that joins two parts of a name: "Sons al-Velm"; else `at`."""
    tokens, lows = row.sentence.tokens, row.sentence.words
    if at < len(tokens) and lows[at] in register.words.name_particles and tokens[at].text.islower():
        nxt = at + 1 + (lows[at + 1 : at + 2] == ["-"])
        if nxt < len(tokens) and tokens[nxt].text[0].isupper():
            return nxt
    return at


def _force(
    row: Row, lows: Words, k: int, register: Register, *, reach: int
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
        kind = lows[first] in register.describing and lows[first + 1 : first + 2]
        one = bool(kind) and lows[first + 1] in register.called  # "the X militant group"
        if not unknown and not one and lows[first] not in register.adjectives:
            return None
        first += 1
    return None


def _next_force(lows: Words, end: int, register: Register) -> Hit | None:
    """The force words that go on: at once, or behind "government's newest …"."""
    if end < len(lows) and lows[end] in register.words.possessive:
        for at in range(end + 1, min(len(lows), end + 2 + ADJECTIVES)):
            hit = register.force.at(lows, at)
            if hit is not None:
                return hit
        return None
    if (
        end + 1 < len(lows)
        and lows[end] in register.describing
        and lows[end + 1] in register.called
    ):
        return register.force.at(lows, end + 1)  # "the Dawn Movement militant group"
    return register.force.at(lows, end) if end < len(lows) else None
