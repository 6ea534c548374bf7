"""Blame, acceptance and denial of an attack, told of in sentences that need count nobody.

Who did it often stands apart from the toll: "Witnesses blamed …", "the movement denied having …".
A denial of authorship is no denial of the harm; it stands beside the blame, and neither is weighed.
What is said so reaches the counts of its own sentence, else those told last before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from cenotaph.model import Actor, Measure, Quote, Relation, Scope, Source, Stance
from cenotaph.reading.items import Row
from cenotaph.reading.lexicon import lexicon
from cenotaph.reading.perpetrators import named_at
from cenotaph.reading.scenes import Slots
from cenotaph.reading.sources import Attribution
from cenotaph.reading.vocabulary import Hit, Vocabulary

# Blame, acceptance and denial reach counts so many sentences back.
STANCE_REACH = 4
# "The movement" is looked for among the parties named so many sentences back.
NAMED_REACH = 12
_HARM = frozenset({Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED, Measure.CASUALTIES,
                   Measure.ATTACKS})  # fmt: skip


class Taken(NamedTuple):
    """A stance told of in sentence number `sentence`: towards whom, and who says so.

    `words` are the offsets of what says so; "its fighters" among them are no party of their own.
    """

    sentence: int
    actor: Actor
    words: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Bearing:
    """What the stances of one sentence are read with."""

    row: Row
    before: Sequence[Row]
    text: str
    lang: str
    said: Attribution


def stances(bearing: Bearing, words: Vocabulary) -> list[Taken]:
    """Return the stances that a sentence tells of, left to right."""
    row = bearing.row
    found: list[Taken] = []
    for hit in words.stances.find(row.sentence.words):
        actor = _taken(bearing, hit)
        if actor is not None:
            tokens = row.sentence.tokens
            words_at = tokens[hit.start].start, tokens[hit.end - 1].end
            found.append(Taken(row.sentence.index, actor, words_at))
    return found


def _taken(bearing: Bearing, hit: Hit) -> Actor | None:
    """The party towards whom the words at `hit` say something."""
    first, last = _clause(bearing.row, hit)
    if hit.code in ("blamed", "from"):
        party = _party(bearing, hit.end, last)
        if party is None:
            return None
        accuser = _speaker(bearing, first, hit.start) if hit.code == "blamed" else None
        said = (accuser,) if accuser is not None else _spoken(bearing)
        return replace(party, stance=Stance.ALLEGED, said_by=said)
    if _nobody(bearing, first, hit.start):
        return None
    if hit.code == "claimed_by":
        party = _party(bearing, hit.end, last)
        return party and replace(party, stance=Stance.ACCEPTED)
    party = _party(bearing, first, hit.start)
    if hit.code == "did":
        return party and replace(party, stance=Stance.ALLEGED, said_by=_spoken(bearing))
    own = _speaker(bearing, first, hit.start)
    if party is None:
        spoken = (own,) if own is not None else _spoken(bearing)
        if not spoken or hit.code == "own" and spoken[0].kind not in _PARTIES:
            return None
        party = Actor(quote=spoken[0].quote, name=spoken[0].name)
        own = spoken[0]
    stance = Stance.DENIED if hit.code == "denied" else Stance.ACCEPTED
    speaker = Source(quote=party.quote, name=party.name, kind=own.kind if own else "person")
    return replace(party, stance=stance, hedge=None, said_by=(speaker,))


# Kinds of sources that can have struck themselves.
_PARTIES = frozenset({"military", "armed_group", "government", "police"})


def _clause(row: Row, hit: Hit) -> tuple[int, int]:
    """The tokens [first, last) of the clause round a phrase."""
    first, last = 0, len(row.sentence.tokens)
    for item in row.items:
        if item.tag == ";" and item.end <= hit.start:
            first = item.end
        if item.tag in ";." and item.start >= hit.end:
            last = min(last, item.start)
    return first, last


def _party(bearing: Bearing, start: int, end: int) -> Actor | None:
    """The first party named in tokens [start, end), by its name or as "the movement"."""
    row, tokens = bearing.row, bearing.row.sentence.tokens
    at = start
    while at < end:
        named = named_at(row, at, bearing.lang)
        if named is not None and named.end <= end:
            quote = Quote.of(bearing.text, tokens[named.start].start, tokens[named.end - 1].end)
            name = named.names[0] if len(named.names) == 1 else " and ".join(named.names)
            if named.alone:
                name = _named_before(bearing, row.sentence.words[named.end - 1]) or name
            return Actor(quote=quote, name=name, hedge=named.hedge)
        at += 1
    return None


def _named_before(bearing: Bearing, head: str) -> str | None:
    """The party named last whose name ends with a word: "the movement" is the Dawn Movement."""
    for row in reversed(bearing.before[-NAMED_REACH:]):
        at, found = 0, None
        while at < len(row.sentence.tokens):
            named = named_at(row, at, bearing.lang)
            if named is not None and not named.alone and named.names[-1].lower().endswith(head):
                found = named.names[-1]
            at = named.end if named is not None else at + 1
        if found is not None:
            return found
    return None


def _speaker(bearing: Bearing, start: int, end: int) -> Source | None:
    """The source that stands before the words: "witnesses blamed …"."""
    row = bearing.row
    begin = start
    for item in row.items:
        if item.end <= end and item.tag in ',"-:S':
            begin = max(begin, item.end)
    for item in reversed(row.items):
        if begin < item.start and item.end == end and item.tag in "aHXTMC":
            end = item.start
    return bearing.said.source(row, begin, end)


def _spoken(bearing: Bearing) -> tuple[Source, ...]:
    """Who says the sentence, where somebody does."""
    said = bearing.said.said(bearing.row)
    return said[-1].sources if said else ()


def _nobody(bearing: Bearing, start: int, end: int) -> bool:
    """ "Nobody has claimed", "no group has claimed", "has not claimed"."""
    words = lexicon(bearing.lang)
    lows = bearing.row.sentence.words[max(start, end - 8) : end]
    kinds = {"zero", "negation", "negated_be"}
    return any(kinds & words.kinds_of(low) for low in lows)


def reached(
    slots: Sequence[tuple[Slots, int, Measure]], taken: Sequence[Taken]
) -> dict[int, Slots]:
    """Return the slots that stances change, by the number of their draft.

    `slots` are those of all drafts, with the number of their sentence and what they count.
    """
    changed: dict[int, Slots] = {}
    by_sentence: dict[int, list[int]] = {}
    for n, (one, sentence, measure) in enumerate(slots):
        counts = measure in _HARM and one.scope in (Scope.INCIDENT, Scope.SUBTOTAL)
        if counts and not one.history:
            by_sentence.setdefault(sentence, []).append(n)
    for stance in taken:
        for n in _meant(stance.sentence, by_sentence, slots):
            changed[n] = _with(changed.get(n, slots[n][0]), stance)
    return changed


def _meant(
    sentence: int, by_sentence: dict[int, list[int]], slots: Sequence[tuple[Slots, int, Measure]]
) -> list[int]:
    """The drafts that a stance is about: of its sentence, else of the event told last before it."""
    if sentence in by_sentence:
        return by_sentence[sentence]
    found: list[int] = []
    for at in range(sentence - 1, sentence - STANCE_REACH - 1, -1):
        for n in reversed(by_sentence.get(at, [])):
            if found and not _one_event(slots[n][0], slots[found[0]][0]):
                return found
            found.append(n)
    return found


def _one_event(one: Slots, other: Slots) -> bool:
    """Tell whether two counts stand under one event: no other place, day or section between."""
    if one.section != other.section or one.other_event or other.other_event:
        return False
    if one.places and other.places and one.places != other.places:
        return False
    return one.time is None or other.time is None or one.time == other.time


def _with(slots: Slots, taken: Taken) -> Slots:
    """Add a stance to a count's actors; acceptance by the one who is blamed takes its place."""
    actor, (first, last) = taken.actor, taken.words
    actors = [a for a in slots.perpetrators if a.quote.end <= first or last <= a.quote.start]
    same = [n for n, known in enumerate(actors) if known.name == actor.name]
    if actor.stance is Stance.ALLEGED and same:
        return slots
    if actor.stance is Stance.ACCEPTED and same:
        actors[same[0]] = replace(actors[same[0]], stance=actor.stance, said_by=actor.said_by)
    elif any(known.name == actor.name and known.stance is actor.stance for known in actors):
        return slots
    else:
        actors.append(actor)
    blamed = {known.name for known in actors if known.stance is not Stance.DENIED}
    relation = slots.relation or (Relation.ALTERNATIVES if len(blamed) > 1 else None)
    return replace(slots, perpetrators=tuple(actors), relation=relation)
