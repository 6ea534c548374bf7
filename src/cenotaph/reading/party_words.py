"""The words of a language pack that make words a party, and where a name of one may begin."""

import functools
from dataclasses import dataclass

from cenotaph.reading.items import Row
from cenotaph.reading.lexicon import Lexicon, Words, lexicon
from cenotaph.reading.vocabulary import Hit, Phrases
from cenotaph.vocab import table

# Names no longer than this may be common words: "IS", "US".
SHORT = 3


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
    attacking: frozenset[str]
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
    answers: frozenset[str]
    answering: frozenset[str]
    belonging: frozenset[str]
    own_attacks: frozenset[str]
    repels: Phrases
    shared: frozenset[str]
    those: frozenset[str]
    allies: frozenset[str]
    called: frozenset[str]
    not_done: frozenset[str]
    due: frozenset[str]
    answered: frozenset[str]
    showing: frozenset[str]
    own_side: frozenset[str]
    directions: frozenset[str]
    custody: frozenset[str]
    brings_down: Phrases
    tortured: frozenset[str]


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
        attacking=frozenset(data["attacking"]),
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
        answers=frozenset(data["answers"]),
        answering=frozenset(data["answering"]),
        belonging=frozenset(data["belonging"]),
        own_attacks=frozenset(data["own_attacks"]),
        repels=Phrases((w, w) for w in data["repels"]),
        shared=frozenset(data["shared"]),
        those=frozenset(data["those"]),
        allies=frozenset(data["allies"]),
        called=frozenset(data["called"]),
        not_done=frozenset(data["not_done"]),
        due=frozenset(data["due"]),
        answered=frozenset(data["answered"]),
        showing=frozenset(data["showing"]),
        own_side=frozenset(data["own_side"]),
        directions=frozenset(data["directions"]),
        custody=frozenset(data["custody"]),
        brings_down=Phrases((w, w) for w in data["brings_down"]),
        tortured=frozenset(data["tortured"]),
        agencies=Phrases(
            (n, s["name"])
            for s in table("sources")["source"]
            if s["kind"] == "agency"
            for n in s["names"]
        ),
        states=frozenset(a["name"] for a in table("actors")["actor"] if a["kind"] == "state"),
    )


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
        may_name(row, lows, i, register) or register.hedge.begin(lows[i]) or lows.entries[i].article
    )


def openings(row: Row, register: Register) -> list[int]:
    """The tokens at which `may_open` need be asked at all, told at once for a sentence."""
    begins, entries = register.opens, row.sentence.words.entries
    return [
        i
        for i, token in enumerate(row.sentence.tokens)
        if token.low in begins or token.text[0].isupper() or entries[i].article
    ]


def may_name(row: Row, lows: Words, i: int, register: Register) -> bool:
    """Tell whether a name or a force can begin at token `i`, past articles and hedges."""
    return (
        row.sentence.tokens[i].text[0].isupper()
        or lows[i] in register.firsts
        or article_of_name(row, i, register)
    )


def article_of_name(row: Row, i: int, register: Register) -> bool:
    """Tell whether a particle opens a name that is written with it: "al-Sarn"."""
    tokens = row.sentence.tokens
    return (
        row.sentence.words[i] in register.words.name_particles
        and i + 2 < len(tokens)
        and tokens[i + 1].text == "-"
        and tokens[i + 2].text[0].isupper()
    )
