"""Blame, acceptance and denial of an attack, told of in sentences that need count nobody.

Who did it often stands apart from the toll: "Witnesses blamed …", "the movement denied having …".
A denial of authorship is no denial of the harm; it stands beside the blame, and neither is weighed.
What is said so reaches the counts of its own sentence, else those told last before it.
"""

import functools
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from cenotaph.model import Actor, Basis, Measure, Quote, Relation, Scope, Source, Stance
from cenotaph.reading.acts import alike_acts
from cenotaph.reading.entries import VerbWord
from cenotaph.reading.items import NUMBERED, Row
from cenotaph.reading.lexicon import lexicon
from cenotaph.reading.party_phrases import ally_behind, named_at
from cenotaph.reading.party_words import register_of
from cenotaph.reading.said import Said, claims_attack, words_of
from cenotaph.reading.scenes import Slots
from cenotaph.reading.sources import Attribution
from cenotaph.reading.speaker_words import source_words
from cenotaph.reading.tells import own_forces
from cenotaph.reading.vocabulary import Hit
from cenotaph.vocab import table

# Blame, acceptance and denial reach counts so many sentences back.
STANCE_REACH = 4
# … and those of the same attack so many sentences on.
AHEAD = 2
# "The movement" is looked for among the parties named so many sentences back.
NAMED_REACH = 12
# A party stands so many tokens behind "carried out by" at most.
NEAR = 4
_HARM = frozenset({Measure.KILLED, Measure.INJURED, Measure.KILLED_OR_INJURED, Measure.CASUALTIES,
                   Measure.ATTACKS})  # fmt: skip


class Taken(NamedTuple):
    """A stance told of in sentence number `sentence`: towards whom, and who says so.

    `words` are the offsets of what says so; "its fighters" among them are no party of their own.
    `relation` tells how the parties are related that one phrase names together. Of its own sentence
    only the counts are meant that begin at offset `behind` or later; what is `bare` is of counts
    alone for which nobody is told; of the one at `behind` nobody else is told where `alone` is set.
    """

    sentence: int
    actor: Actor
    words: tuple[int, int]
    relation: Relation | None = None
    behind: int = -1
    bare: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Bearing:
    """What the stances of one sentence are read with; `said` is who says what in it."""

    row: Row
    before: Sequence[Row]
    text: str
    lang: str
    attribution: Attribution
    said: Sequence[Said]


class _Parties(NamedTuple):
    """The parties that one phrase names, and how they are related."""

    actors: tuple[Actor, ...] = ()
    relation: Relation | None = None

    def all(self, **changes: Any) -> "_Parties":
        """The same parties with changes to each."""
        return self._replace(actors=tuple(replace(a, **changes) for a in self.actors))


_NOBODY = _Parties()


def stances(bearing: Bearing, hits: Sequence[Hit]) -> list[Taken]:
    """Return the stances that a sentence tells of, left to right; `hits` are their words."""
    row = bearing.row
    tokens = row.sentence.tokens
    found: list[Taken] = []
    own = any(hit.code == "own" for hit in hits)
    for hit in hits:
        parties = _taken(bearing, hit)
        if own and hit.code == "did" and any(own_forces(row, a) for a in parties.actors):
            continue  # "said its troops had carried out the strike": they are the speaker's
        at = tokens[hit.start].start, tokens[hit.end - 1].end
        count = hit.code == "did" and _counts(row, hit.end)
        behind = tokens[hit.end].start if count else -1
        found += [
            Taken(row.sentence.index, a, at, parties.relation, behind, alone=count)
            for a in parties.actors
        ]
    return found or _claimed(bearing) or _own_act(bearing) or _own_strike(bearing)


def _claimed(bearing: Bearing) -> list[Taken]:
    """ "The X claimed a bombing that killed nine": whoever claims an attack accepts it."""
    row, words = bearing.row, source_words(bearing.lang)
    for k, tag in enumerate(row.tags):
        if tag != "R" or words_of(row, k) not in words.claiming or row.tags[k + 1 : k + 2] == "b":
            continue
        at = row.items[k]
        if not words.earlier.isdisjoint(row.sentence.words[at.end : at.end + NEAR]):
            continue  # "has claimed previous bombings"
        known = at.end < len(row.sentence.words) and (
            "definite" in row.sentence.words.entries[at.end].kinds
        )
        if not known and {"N", "Q"}.isdisjoint(row.tags[k + 1 :]):
            continue  # an attack that nobody was told of, and that counts nobody
        first, _ = _clause(row, Hit(at.start, at.end, "claimed"))
        if not claims_attack(row, k) or _nobody(bearing, first, at.start):
            continue
        party = _nearest_party(bearing, first, at.start)
        if len(party.actors) == 1:
            actor = party.actors[0]
            said = Source(quote=actor.quote, name=actor.name, kind="armed_group")
            actor = replace(actor, stance=Stance.ACCEPTED, hedge=None, said_by=(said,))
            return [Taken(row.sentence.index, actor, (row.start(k), row.end(k)), behind=row.end(k))]
    return []


def _counts(row: Row, at: int) -> bool:
    """Tell whether a number begins at a token: "was responsible for 38 deaths"."""
    n = next((n for n, item in enumerate(row.items) if item.start >= at), len(row.items))
    people = row.people(n) if n < len(row.items) else None
    return people is not None and people.words in NUMBERED


def _own_act(bearing: Bearing) -> list[Taken]:
    """ "The X said it had killed nine": whoever speaks so of himself accepts it."""
    row = bearing.row
    pronouns = _own_pronouns(bearing.lang)
    if "R" not in row.tags or pronouns.isdisjoint(row.sentence.words):
        return []
    for said in bearing.said:
        at = said.end
        while row.tags[at : at + 1] == "T":
            at += 1  # "said on Tuesday (that) it had killed nine"
        at += row.tags[at : at + 1] == "W"
        low = row.sentence.words[row.items[at].start] if at < len(row.items) else ""
        k = at + 1
        while k < len(row.tags) and row.tags[k] in "Ha":
            k += 1
        harmed = row.tags[k + 1 : k + 3].lstrip('"')[:1]
        word = row.sense(k) if row.tags[k : k + 1] == "V" else None
        acts = isinstance(word, VerbWord) and word.measure in _HARM and harmed in tuple("NQnF")
        if low not in pronouns or not acts or said.sources[0].kind not in _PARTIES:
            continue
        source = said.sources[0]
        actor = Actor(
            quote=source.quote, name=source.name, stance=Stance.ACCEPTED, said_by=(source,)
        )
        offsets = row.start(at), row.end(k)
        return [Taken(row.sentence.index, actor, offsets, behind=offsets[0])]
    return []


def _own_strike(bearing: Bearing) -> list[Taken]:
    """ "The army said nine had died in its raids": whoever tells so of his own attacks accepts it.

    Not so where another is named between, whose attacks they may be.
    """
    row, lows = bearing.row, bearing.row.sentence.words
    own = register_of(bearing.lang).own_attacks
    if "R" not in row.tags or own.isdisjoint(lows):
        return []
    force = register_of(bearing.lang).force
    for k, item in enumerate(row.items):
        if lows[item.start] not in own or row.tags[k - 1 : k] not in ("p", "b"):
            continue
        last = row.items[min(k + 1, len(row.items) - 1)].end
        means = (force.at(lows, n) for n in range(item.start + 1, last))
        struck = any(hit is not None and hit.code == "means" for hit in means)
        if not struck or "U" not in row.tags[k : k + 2]:
            continue  # "nine soldiers died in its operation"
        for said in bearing.said:
            source, begin = said.sources[0], row.items[said.end - 1].end
            party = source.kind in _PARTIES or source.name in register_of(bearing.lang).known
            party = party or source.name.lower() in register_of(bearing.lang).lower
            denied = any("deny" in row.kinds(n) for n in range(said.start, said.end))
            if not party or denied or begin > item.start or len(said.sources) > 1:
                continue
            if _party(bearing, begin, item.start).actors or _another_before(bearing, source):
                continue
            actor = Actor(
                quote=source.quote, name=source.name, stance=Stance.ACCEPTED, said_by=(source,)
            )
            return [Taken(row.sentence.index, actor, (row.start(k), row.end(k)))]
    return []


def _another_before(bearing: Bearing, source: Source) -> bool:
    """ "The army bombed Velm. The Front said nine had died in its raids": whose is not sure."""
    if not bearing.before:
        return False
    words, force = bearing.before[-1].sentence.words, register_of(bearing.lang).force
    called = source.quote.text.lower().split()
    return any(
        (hit := force.at(words, n)) is not None
        and hit.code != "means"
        and words[hit.end - 1] not in called
        for n in range(len(words))
    )


def _taken(bearing: Bearing, hit: Hit) -> _Parties:
    """The parties towards whom the words at `hit` say something."""
    first, last = _clause(bearing.row, hit)
    if hit.code == "blamed" and _passive(bearing.row, hit):  # "who is accused of shooting two"
        return _nearest_party(bearing, first, hit.start).all(
            stance=Stance.ALLEGED, said_by=_spoken(bearing)
        )
    if hit.code == "blamed" and _of_no_attack(bearing, hit, last):
        return _NOBODY
    if hit.code in ("blamed", "from"):
        near = min(last, hit.end + NEAR) if hit.code == "from" else _accused_of(bearing, hit, last)
        party = _party(bearing, hit.end, last, begin=near)
        if not party.actors:
            return _NOBODY
        accuser = _speaker(bearing, first, hit.start) if hit.code == "blamed" else None
        said = (accuser,) if accuser is not None else _spoken(bearing)
        if hit.code == "from" and party.actors[0].hedge is None:
            party = party.all(hedge=_hedge(bearing, first, hit.start))
        return party.all(stance=Stance.ALLEGED, said_by=said)
    if _nobody(bearing, first, hit.start):
        return _NOBODY
    if hit.code == "own" and _idle(bearing.row, hit.end, bearing.lang):
        return _NOBODY
    if hit.code == "claimed_by":
        return _party(bearing, hit.end, last).all(stance=Stance.ACCEPTED)
    if hit.code == "did" and _asked(bearing.row, hit.start):
        return _NOBODY  # "it was unclear who had fired the shells"
    spoke = max((bearing.row.items[s.end - 1].end for s in bearing.said if s.end), default=0)
    begins = max(first, spoke) if hit.code == "did" and spoke <= hit.start else first
    party = _party(bearing, begins, hit.start)
    if hit.code == "did" and _counts(bearing.row, hit.end):
        party = _nearest_party(bearing, begins, hit.start)
    if hit.code == "did":
        return party.all(stance=Stance.ALLEGED, said_by=_spoken(bearing))
    own = _speaker(bearing, first, hit.start)
    if not party.actors:
        spoken = (own,) if own is not None else _spoken(bearing)
        if not spoken or hit.code == "own" and spoken[0].kind not in _PARTIES:
            return _NOBODY
        own = spoken[0]
        party = _of_speaker(bearing, own)
    stance = Stance.DENIED if hit.code == "denied" else Stance.ACCEPTED
    kind = own.kind if own else "person"
    return _Parties(
        tuple(
            replace(
                actor, stance=stance, hedge=None,
                said_by=(Source(quote=actor.quote, name=actor.name, kind=kind),),
            )
            for actor in party.actors
        ),
        party.relation,
    )  # fmt: skip


def _idle(row: Row, at: int, lang: str) -> bool:
    """Tell whether forces are told behind a token to have done no harm: "had returned fire"."""
    register, lows = register_of(lang), row.sentence.words
    k = next((n for n, item in enumerate(row.items) if item.start >= at), len(row.items))
    while k < len(row.tags) and row.tags[k] in "aHXMT":
        k += 1
    if k == len(row.tags):
        return False
    at = row.items[k].start
    if register.acts.at(lows, at) is not None:
        return False
    return lows[at] in register.answers or register.idle.at(lows, at) is not None


def _asked(row: Row, at: int) -> bool:
    """Tell whether it is asked who did what stands at a token: "unclear who had carried out …"."""
    k = next((n for n, item in enumerate(row.items) if item.start >= at), len(row.items))
    while k > 0 and row.tags[k - 1] in "aHXM":
        k -= 1
    return k > 1 and row.tags[k - 1] == "W" and row.tags[k - 2] not in "NyKL"


def _accused_of(bearing: Bearing, hit: Hit, last: int) -> int:
    """The token before which the accused is named: of "accused X of aiding Y", X is.

    One that is told to have accused before ("previously accused") spoke of another event.
    """
    words = lexicon(bearing.lang)
    lows = bearing.row.sentence.words
    earlier = frozenset(table(f"{bearing.lang}/actors")["force"]["earlier"])
    if hit.start and lows[hit.start - 1] in earlier:
        return hit.end
    if "of" not in {low for low in lows[hit.end : last] if words.is_a("of", low)}:
        return last
    behind = (n for n in range(hit.end, last) if words.is_a("of", lows[n]))
    return next(behind, last)


def _of_no_attack(bearing: Bearing, hit: Hit, last: int) -> bool:
    """ "Accuses X of arming the rebels": what X is accused of has harmed nobody that is counted."""
    words, lows = lexicon(bearing.lang), bearing.row.sentence.words
    harmless = frozenset(table(f"{bearing.lang}/actors")["force"]["harmless"])
    first = next((n for n in range(hit.end, last) if words.is_a("of", lows[n])), last)
    return first + 1 < last and lows[first + 1] in harmless


def _of_speaker(bearing: Bearing, own: Source) -> _Parties:
    """The party that a speaker speaks for: a named one in his words, else himself."""
    tokens = bearing.row.sentence.tokens
    inside = [n for n, t in enumerate(tokens) if own.quote.start <= t.start < own.quote.end]
    named = _party(bearing, inside[0], inside[-1] + 1) if inside else _NOBODY
    return named if named.actors else _Parties((Actor(quote=own.quote, name=own.name),))


def _hedge(bearing: Bearing, start: int, end: int) -> str | None:
    """What makes it uncertain that a party did it: "is believed to have been carried out by"."""
    hedges = frozenset(table(f"{bearing.lang}/actors")["force"]["hedge"])
    lows = bearing.row.sentence.words[max(start, end - 6) : end]
    return next((low for low in lows if low in hedges), None)


# Kinds of sources that can have struck themselves.
_PARTIES = frozenset({"military", "armed_group", "government", "police"})


def _passive(row: Row, hit: Hit) -> bool:
    """Tell whether whoever is before is accused: "who is accused of", "a man accused of"."""
    tokens = row.sentence.words
    behind = tokens.entries[hit.end].kinds if hit.end < len(tokens) else frozenset()
    if "of" in behind:
        return True
    if "preposition" in behind:
        return False  # "to be blamed on the X"
    k = next((n for n, item in enumerate(row.items) if item.start >= hit.start), 0)
    while k > 0 and row.tags[k - 1] == "a":
        k -= 1
    return k > 0 and row.tags[k - 1] == "X"


def _clause(row: Row, hit: Hit) -> tuple[int, int]:
    """The tokens [first, last) of the clause round a phrase."""
    first, last = 0, len(row.sentence.tokens)
    for item in row.items:
        if item.tag == ";" and item.end <= hit.start:
            first = item.end
        if item.tag in ";." and item.start >= hit.end:
            last = min(last, item.start)
    return first, last


def _party(bearing: Bearing, start: int, end: int, *, begin: int | None = None) -> _Parties:
    """The first parties named in tokens [start, end), by their names or as "the movement".

    With `begin` they begin before that token.
    """
    row, tokens = bearing.row, bearing.row.sentence.tokens
    for at in range(start, end if begin is None else begin):
        named = named_at(row, at, bearing.lang)
        if named is None or named.end > end:
            continue
        quote = Quote.of(bearing.text, tokens[named.start].start, tokens[named.end - 1].end)
        names = named.names
        if named.alone:
            names = (_named_before(bearing, row.sentence.words[named.end - 1]) or names[0],)
        actors = tuple(Actor(quote=quote, name=name, hedge=named.hedge) for name in names)
        ally = ally_behind(row, named.end, bearing.lang)
        if ally is not None and ally.end <= end:  # "planes or those of its ally X"
            quote = Quote.of(bearing.text, tokens[ally.start].start, tokens[ally.end - 1].end)
            actors += tuple(Actor(quote=quote, name=name, hedge=ally.hedge) for name in ally.names)
            return _Parties(actors, ally.relation)
        return _Parties(actors, named.relation if len(names) > 1 else None)
    return _NOBODY


def _nearest_party(bearing: Bearing, start: int, end: int) -> _Parties:
    """The last parties named in tokens [start, end): of "the X said the Y is accused", the Y."""
    found, at = _NOBODY, start
    while at < end:
        named = named_at(bearing.row, at, bearing.lang)
        if named is None or named.end > end:
            at += 1
            continue
        found = _party(bearing, at, end, begin=at + 1)
        at = max(named.end, at + 1)
    return found


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
    if end - begin == 1 and row.sentence.words[begin] in _first_person(bearing.lang):
        return None  # "we did not fire": who says so is named beside the quote
    return bearing.attribution.source(row, begin, end)


@functools.cache
def _own_pronouns(lang: str) -> frozenset[str]:
    return frozenset(table(f"{lang}/actors")["force"]["own_pronouns"])


@functools.cache
def _first_person(lang: str) -> frozenset[str]:
    return frozenset(table(f"{lang}/actors")["force"]["first_person"])


def _spoken(bearing: Bearing) -> tuple[Source, ...]:
    """Who says the sentence, where somebody does."""
    said = [s for s in bearing.said if not s.aside]
    return said[-1].sources if said else ()


def _nobody(bearing: Bearing, start: int, end: int) -> bool:
    """ "Nobody has claimed", "no group has claimed", "has not claimed"."""
    words = lexicon(bearing.lang)
    lows = bearing.row.sentence.words[max(start, end - 8) : end]
    kinds = {"zero", "negation", "negated_be"}
    return any(kinds & words.kinds_of(low) for low in lows)


def reached(
    slots: Sequence[tuple[Slots, int, Measure]],
    taken: Sequence[Taken],
    again: Set[int],
    news: Mapping[int, str],
    starts: Sequence[int],
) -> dict[int, Slots]:
    """Return the slots that stances change, by the number of their draft.

    `slots` are those of all drafts, with the number of their sentence and what they count; `again`
    are the drafts that only speak again of people ("killing them"). `news` gives the event of
    sentences that tell of a new attack and count nobody: what is said behind them is of that one.
    `starts` are the offsets at which the drafts' people begin.
    """
    changed: dict[int, Slots] = {}
    by_sentence: dict[int, list[int]] = {}
    for n, (one, sentence, measure) in enumerate(slots):
        counts = measure in _HARM and one.scope in (Scope.INCIDENT, Scope.SUBTOTAL)
        if counts and not (one.history or one.avenged) and n not in again:
            by_sentence.setdefault(sentence, []).append(n)
    counting = {
        sentence for n, (one, sentence, _) in enumerate(slots) if n not in again and not one.avenged
    }
    for stance in taken:
        if stance.sentence in counting and stance.sentence not in by_sentence:
            continue  # it is of the old harm, or of those who fled, that its own sentence counts
        for n in _meant(stance.sentence, by_sentence, slots):
            between = (b for b in news if slots[n][1] < b <= stance.sentence)
            if slots[n][0].event and any(news[b] != slots[n][0].event for b in between):
                continue
            if slots[n][1] == stance.sentence and starts[n] < stance.behind:
                continue  # "acknowledged three deaths and said it had killed 20"
            if stance.alone:
                if slots[n][1] == stance.sentence and starts[n] == stance.behind:
                    actor = (stance.actor,)
                    changed[n] = replace(slots[n][0], perpetrators=actor, relation=None)
                continue
            if stance.bare and changed.get(n, slots[n][0]).perpetrators:
                continue
            changed[n] = _with(changed.get(n, slots[n][0]), stance)
    return changed


def accepted_before(
    slots: Sequence[tuple[Slots, int, Measure]],
    changed: Mapping[int, Slots],
    again: Set[int],
    news: Mapping[int, str],
) -> dict[int, Slots]:
    """Return the slots of counts of an attack whose author a sentence before them tells.

    "The X claimed a bombing that killed nine. The blast killed 12, medics said": so it is where one
    of the sentences `again` names the attack with its article and none tells of another between.
    `changed` are the slots that stances change, as in `reached`.
    """
    found: dict[int, Slots] = {}
    last: tuple[Slots, int] | None = None
    for n, (own, sentence, measure) in enumerate(slots):
        one = changed.get(n, own)
        if n in changed and measure in _HARM and one.perpetrators:
            last = one, sentence
            continue
        if last is None or one.perpetrators or measure not in _HARM:
            continue
        before, at = last
        if not at < sentence <= at + AHEAD or one.section != before.section:
            continue
        other = one.history or one.other_event or one.avenged or one.of_war
        between = any(at < b <= sentence for b in news)
        kin = alike_acts(one.event, before.event) or one.event_carried
        if one.places_basis is Basis.STATED and before.places:
            elsewhere = {p.name.text for p in one.places}.isdisjoint(
                p.name.text for p in before.places
            )
            kin = kin and not elsewhere  # "the explosion in Orun"
        if sentence in again and kin and not (other or between):
            found[n] = replace(one, perpetrators=before.perpetrators, relation=before.relation)
    return found


def _meant(
    sentence: int, by_sentence: dict[int, list[int]], slots: Sequence[tuple[Slots, int, Measure]]
) -> list[int]:
    """The drafts that a stance is about: of its sentence, else of the event told last before it."""
    if sentence in by_sentence:
        return by_sentence[sentence]
    found: list[int] = []
    for at in range(sentence - 1, sentence - STANCE_REACH - 1, -1):
        for n in reversed(by_sentence.get(at, [])):
            one, last = slots[n], slots[found[-1]] if found else None
            if last is not None and not (last[1] == at and last[0].section == one[0].section):
                if not _one_event(one[0], slots[found[0]][0]):
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
    several = taken.relation or Relation.ALTERNATIVES
    relation = slots.relation or (several if len(blamed) > 1 else None)
    return replace(slots, perpetrators=tuple(actors), relation=relation)
