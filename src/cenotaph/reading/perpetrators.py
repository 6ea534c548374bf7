"""Who is alleged to have done it: parties in a sentence, by their place in it.

A party is taken for a perpetrator by the words around it, never by its name: who is known for
attacks may be named as a victim, a witness or a neighbour. Alleged is all a text can make it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cenotaph.model import Actor, Measure, Quote, Relation, Stance
from cenotaph.reading.items import Row
from cenotaph.reading.lexicon import Words
from cenotaph.reading.party_phrases import PartyPhrase, ally_behind, phrase_at
from cenotaph.reading.party_roles import ROLES, does, done, holds, role_of
from cenotaph.reading.party_words import Register, known_at, may_open, openings, register_of


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
    beside: PartyPhrase | None = None
    behind, until = _behind_dateline(row), _before_since(row, register)
    for i in openings(row, register):
        if i < behind or i >= until or not may_open(row, lows, i, register):
            continue
        named = i not in amid and known_at(row, lows, i, register) is not None
        phrase = None if i in set_apart and not named else phrase_at(row, lows, i, register)
        if phrase is None:
            continue
        role = None
        if not holds(lows, phrase, register):
            role = role_of(row, phrase, register)
        if role == "means" and beside is not None and (own := _both(row, beside, phrase, register)):
            phrase = own
        beside = phrase if role is None else None
        joins = role is not None or found and found[-1].role == "by"
        joined = _joined(lows, found[-1], phrase, register) if found and joins else None
        if joined is not None:
            found[-1] = joined
        elif role is not None:
            found.append(
                Party(
                    start=phrase.start, end=phrase.end, names=phrase.names, hedge=phrase.hedge,
                    role=role, relation=phrase.relation if len(phrase.names) > 1 else None,
                    does=does(row, phrase, register)
                    if role == "agent"
                    else done(row, phrase)
                    if role == "by"
                    else None,
                )
            )  # fmt: skip
            found[-1] = _with_ally(row, found[-1], lang)
        behind = phrase.end
    return found


def _behind_dateline(row: Row) -> int:
    """The token behind the day of a date line: what stands before it is where the report was filed,
    also where no gazetteer knows the place."""
    k = row.dateline
    return row.items[k].end if k >= 0 and set(row.tags[:k]) <= set("wL,()-") else 0


def _joined(lows: Words, party: Party, phrase: PartyPhrase, register: Register) -> Party | None:
    """ "Kordanian troops and Orunese jets": only "and" parts a party from the next."""
    end = party.end
    while end < phrase.start and (hit := register.force.at(lows, end)) is not None:
        end = hit.end  # "by Kordanian jets and …"
    between = lows.entries[end : phrase.start]
    coordinated = len(between) == 1 and "coordinator" in between[0].kinds
    # "Kordanian troops and planes" are Kordania's
    named = phrase.names[0][0].isupper() and (
        phrase.forced or phrase.means or _known(phrase, register)
    )
    if not coordinated or not named or "alternative" in between[0].kinds:
        return None
    names = tuple(dict.fromkeys((*party.names, *phrase.names)))
    relation = Relation.JOINT if len(names) > 1 else party.relation
    return replace(party, end=phrase.end, names=names, relation=relation)


def _known(phrase: PartyPhrase, register: Register) -> bool:
    return not register.known.isdisjoint(phrase.names)


def _with_ally(row: Row, party: Party, lang: str) -> Party:
    """ "By the regime or its ally X": both are told to have done it, or one of the two."""
    ally = ally_behind(row, party.end, lang)
    if ally is None:
        return party
    names = tuple(dict.fromkeys((*party.names, *ally.names)))
    return replace(party, end=ally.end, names=names, relation=ally.relation)


def _both(
    row: Row, first: PartyPhrase, then: PartyPhrase, register: Register
) -> PartyPhrase | None:
    """ "Army and Kordanian air strikes": a party before "and" has a share in the attack behind it.

    None where it may be something else: what is hit, or one of two that fought each other.
    """
    lows = row.sentence.words
    between = lows.entries[first.end : then.start]
    if len(between) != 1 or "coordinator" not in between[0].kinds or first.means:
        return None
    if not (first.forced or register.known & set(first.names)):
        return None
    opens = first.start == 0 or first.hedge is not None or lows[first.start - 1] in register.shared
    if not opens:
        return None
    names = tuple(dict.fromkeys((*first.names, *then.names)))
    alternative = "alternative" in between[0].kinds
    relation = Relation.ALTERNATIVES if alternative else Relation.JOINT
    return replace(
        then, start=first.start, names=names, hedge=first.hedge or then.hedge,
        relation=relation if len(names) > 1 else then.relation,
    )  # fmt: skip


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


def not_denied(row: Row, at: int, found: Sequence[Party]) -> list[Party]:
    """The parties without those of a clause that is denied: "denied that his troops had fired".

    Not so where the harm at item `at` is told in that clause: it is denied itself.
    """
    tags = row.tags
    if "R" not in tags or not found:
        return list(found)
    kept = list(found)
    for k, tag in enumerate(tags):
        if tag != "R" or "deny" not in row.kinds(k) or tags[k + 1 : k + 2] != "W":
            continue
        end = next((n for n in range(k + 1, len(tags)) if tags[n] in "R;"), len(tags))
        if k < at < end:
            continue
        joint = tags.rfind("C", k, end) if end < len(tags) else -1  # "denied … and said"
        first, last = row.items[k].start, row.items[(joint if joint > 0 else end) - 1].end
        kept = [party for party in kept if not first < party.start < last]
    return kept


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

    Nobody who is counted in tokens `people` did it to himself, but attacks that are counted are of
    the party they name ("six Kordanian air strikes"); what follows the clause did not do
    it, nor did who only arrested or evacuated somebody.
    """
    fitting = [
        p
        for p in found
        if (measure is Measure.ATTACKS or not people[0] <= p.start < people[1])
        and p.start < high
        and (p.does is None or p.does is measure)
    ]

    def order(party: Party) -> tuple[int, int]:
        away = 0 if low <= party.start else len(ROLES)
        behind = active and party.start >= people[1]
        return ROLES.index(party.role) + max(away, len(ROLES) if behind else 0), party.start

    return sorted(fitting, key=order)
