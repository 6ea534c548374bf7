"""Drafts as claims: their form, the links that the words state, and the claim a report is about.

A claim keeps the words it rests on as quotes, so that whoever doubts a count can read them in the
document; nothing in it is told without such words, or without a mark that it was carried.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from cenotaph.model import (
    LISTED_TOGETHER,
    ON_ROLL,
    Basis,
    Certainty,
    Claim,
    ClaimId,
    Document,
    Group,
    Link,
    LinkKind,
    Measure,
    Modality,
    Quote,
    Scope,
    Source,
    Status,
    Victim,
)
from cenotaph.reading.drafts import OWN_DEATH, Draft
from cenotaph.reading.items import People, Row
from cenotaph.reading.late import rule_of
from cenotaph.reading.lexicon import Lexicon
from cenotaph.reading.scenes import Slots
from cenotaph.reading.told import Discourse, Told, elsewhere
from cenotaph.vocab import table


def toll_links(told: Sequence[Told], claims: Sequence[Claim | None]) -> list[Link]:
    """ "rose from 12 to 15": the new figure updates the old one of the same sentence."""
    found: list[Link] = []
    for n in range(1, len(told)):
        before, after = claims[n - 1], claims[n]
        if told[n - 1].draft.old and before is not None and after is not None:
            found.append(
                Link(claim=after.id, kind=LinkKind.UPDATES, to=before.id, by="toll-changed")
            )
    return found


def of_sentence(told: Sequence[Told], n: int) -> range:
    """The drafts of the sentence of draft `n`, itself among them."""
    first, last = n, n + 1
    while first > 0 and told[first - 1].sentence == told[n].sentence:
        first -= 1
    while last < len(told) and told[last].sentence == told[n].sentence:
        last += 1
    return range(first, last)


def inside_tolls(told: Sequence[Told], claims: Sequence[Claim | None]) -> list[Link]:
    """ "five were killed, bringing the toll to 62": the toll holds what its sentence adds to it."""
    found: list[Link] = []
    for n, one in enumerate(told):
        toll = claims[n]
        if toll is None or not one.draft.toll or one.draft.old:
            continue
        for m in of_sentence(told, n):
            other, claim = told[m], claims[m]
            if claim is None or m == n or other.draft.toll:
                continue
            fits = (claim.count.low or 0) <= (toll.count.low or 0)
            if claim.measure is toll.measure and claim.part_of is None and fits:
                found.append(
                    Link(claim=claim.id, kind=LinkKind.WITHIN, to=toll.id, by="inside-the-toll")
                )
    return found


_HURT = (Measure.KILLED, Measure.INJURED)
# So many sentences a roll has at most between two of its persons: marks, and entries of no person.
ROLL_REACH = 6
# What parts two predicates: another clause, another speaker, another sentence.
_PARTED = frozenset('SWR.;:"')


def one_act(told: Sequence[Told], claims: Sequence[Claim | None]) -> list[Link]:
    """ "killed three and wounded four": joined predicates tell of one event.

    So do the people that one predicate lists: they are of one event, and different people.
    """
    found: list[Link] = []
    known = [
        (one, claim)
        for one, claim in zip(told, claims, strict=True)
        if claim is not None and claim.part_of is None and claim.measure in _HURT
    ]
    for (one, before), (other, claim) in pairwise(known):
        if _others_beside(one, other):
            found.append(
                Link(claim=claim.id, kind=LinkKind.SAME_INCIDENT, to=before.id, by="others-beside")
            )
        if before.id != claim.id and _on_one_roll(one, other):
            found.append(
                Link(claim=claim.id, kind=LinkKind.SAME_INCIDENT, to=before.id, by=LISTED_TOGETHER)
            )
            continue
        if one.sentence != other.sentence or before.id == claim.id:
            continue
        if one.draft.toll or other.draft.toll or one.draft.sums:
            continue
        kind = LinkKind.SAME_INCIDENT
        own = OWN_DEATH in (one.draft.rule, other.draft.rule)
        own = own or before.group.attacker != claim.group.attacker
        if own and one.slots.time == other.slots.time:
            found.append(Link(claim=claim.id, kind=kind, to=before.id, by="joined-predicates"))
            continue
        if before.measure is claim.measure:
            listed = one.draft.at == other.draft.at and one.draft.rule == other.draft.rule
            if listed and one.draft.item != other.draft.item:
                found.append(Link(claim=claim.id, kind=kind, to=before.id, by=LISTED_TOGETHER))
            continue
        first = one.draft.last
        last = other.draft.first
        between = one.draft.row.tags[first + 1 : last]
        if ("C" in between or "," in between) and _PARTED.isdisjoint(between):
            found.append(Link(claim=claim.id, kind=kind, to=before.id, by="joined-predicates"))
    return found


def _on_one_roll(one: Told, other: Told) -> bool:
    """Tell whether both are entries of one roll: between them stand only marks and what is none."""
    rolled = one.draft.rule == ON_ROLL and other.draft.rule == ON_ROLL
    near = other.sentence - one.sentence <= ROLL_REACH
    if not rolled or not near or one.draft.measure is not other.draft.measure:
        return False
    if one.draft.roll != other.draft.roll and _headed_apart(one.slots, other.slots):
        return False
    days = {s.time for s in (one.slots, other.slots) if s.time_basis is Basis.STATED}
    return len(days) < 2 and not elsewhere(one.slots, other.slots)  # the dead of a month


def _headed_apart(one: Slots, other: Slots) -> bool:
    """Tell whether two rolls are of two places or days, as their headings tell: "The dead in Velm",
    "The dead in Orun"."""
    if one.time is not None and other.time is not None:
        if one.time.quote.text.casefold() != other.time.quote.text.casefold():
            return True
    names = {place.name.text for place in other.places}
    return bool(one.places and names) and all(place.name.text not in names for place in one.places)


def _others_beside(one: Told, other: Told) -> bool:
    """ "A man was dead. Three others were wounded": beside the one of the sentence before."""
    people, before = other.draft.people, one.draft.people
    if other.sentence - one.sentence != 1:
        return False
    if (one.draft.measure, other.draft.measure) != _HURT:
        return False
    told = people.additional and people.words in ("digits", "words", "one")
    apart = other.slots.other_event or one.slots.section != other.slots.section
    single = one.slots.scope is other.slots.scope is Scope.INCIDENT
    return told and single and not apart and not before.additional and not one.slots.history


def names_of(row: Row, draft: Draft, words: Lexicon) -> tuple[str, ...]:
    """The words of the name of a single person, titles and kinship left out."""
    if len(draft.people.names) != 1:
        return ()
    name = draft.people.names[0]
    return tuple(
        token.low
        for token in row.sentence.tokens[name.start : name.end]
        if token.text[0].isupper()
        and len(token.text) > 1
        and not any(s.kind in ("title", "person") for s in words.senses(token.low))
    )


def claim_of(document: Document, one: Told, people: People) -> Claim:
    """A draft and its slots as a claim that counts `people`, whoever told what is known of them."""
    draft, slots = one.draft, one.slots
    tokens = draft.row.sentence.tokens
    words = draft.people
    counted = Quote.of(document.text, tokens[words.start].start, tokens[words.end - 1].end)
    quote = Quote.of(document.text, draft.row.sentence.start, draft.row.sentence.end)
    victims = tuple(
        Victim(
            quote=Quote.of(document.text, tokens[n.start].start, tokens[n.end - 1].end), age=n.age
        )
        for n in words.names
    )
    return Claim(
        document=document.id,
        measure=draft.measure,
        count=people.count,
        counted=counted,
        quote=quote,
        rule=rule_of(draft.row, draft),
        group=_as_said(people.group, slots, draft.row.sentence.words.lexicon.lang),
        victims=victims,
        certainty=draft.certainty,
        additional=people.additional or draft.also or _nobody_else(draft),
        scope=Scope.SUBTOTAL if draft.sums and slots.scope is Scope.INCIDENT else slots.scope,
        event=slots.event,
        weapons=slots.weapons,
        targets=slots.targets,
        places=slots.places,
        places_basis=slots.places_basis,
        origins=slots.origins,
        time=slots.time,
        time_basis=slots.time_basis,
        clock=slots.clock,
        perpetrators=slots.perpetrators,
        perpetrator_relation=slots.relation,
        said_by=slots.said_by,
        history=slots.history,
        section=slots.section,
    )


def _nobody_else(draft: Draft) -> bool:
    """ "No one else was hurt": nobody beside those told of, whoever they are."""
    people, words = draft.people, draft.row.sentence.words
    none = people.words == "zero" and people.count.high == 0
    return none and not words.lexicon.or_else.isdisjoint(words[people.start : people.end])


# Who calls whom a fighter only because they fight each other.
_SIDES = {"armed_group": ("military", "government"), "military": ("armed_group",)}


def _as_said(group: Group, slots: Slots, lang: str) -> Group:
    """A status that only a party to the conflict gives is kept as said by it, and stays unknown."""
    source = slots.said_by[0] if slots.said_by else None
    if source is None or group.status is not Status.COMBATANT or group.attacker:
        return group
    if _voice(source, lang) not in _SIDES.get(group.side or "", ()):
        return group
    return replace(group, status=Status.UNKNOWN, status_said_by=source.name)


def _voice(source: Source, lang: str) -> str:
    """The kind of a source, or that of the party whose voice it is: state media's is the state."""
    if source.kind not in ("media", "agency"):
        return source.kind
    for known in table("sources")["source"]:
        if known["name"] == source.name and "speaks_for" in known:
            return str(known["speaks_for"])
    of_state = table(f"{lang}/sources")["phrase"]["of_state"]
    of_the_state = not set(of_state).isdisjoint(source.name.casefold().split())
    return "government" if of_the_state else source.kind


def main(
    claims: Sequence[Claim], *, aside: Collection[ClaimId], captions: Collection[ClaimId]
) -> ClaimId | None:
    """The claim that a report is chiefly about: of an incident's dead, else hurt, else of any harm.

    It is never history or a sum. `aside` are claims of other events than the one the report opens
    with, `captions` those of headings and captions below the first lines.
    """
    whole = [
        c
        for c in claims
        if c.part_of is None
        and c.scope in (Scope.INCIDENT, Scope.STATE)
        and not c.history
        and c.measure is not Measure.ATTACKS
    ]
    over = (Scope.SUBTOTAL, Scope.CUMULATIVE)
    sums = {(c.measure, c.count.low) for c in claims if c.scope in over and (c.count.low or 0) > 1}
    sure = [c for c in whole if c.certainty in (Certainty.ASSERTED, Certainty.SUSPECTED)]
    counted = [
        c
        for c in sure
        if c.count.modality is not Modality.NONE and (c.measure, c.count.low) not in sums
    ]
    running = [c for c in counted if c.id not in captions]
    chief = [c for c in running if c.id not in aside]
    killed = (Measure.KILLED, Measure.KILLED_OR_INJURED)
    for group, measures in (
        (chief, killed), (chief, (Measure.INJURED,)), (running, killed), (counted, killed),
        (counted, (Measure.INJURED, Measure.CASUALTIES)), (sure, killed), (sure, tuple(Measure)),
    ):  # fmt: skip
        for claim in group:
            if claim.measure in measures and claim.count.low != 0:
                return claim.id
    return None


def links(claims: Sequence[Claim | None], made: Discourse) -> list[Link]:
    """The links that the words themselves state, from the claims in the order of their drafts."""
    found: list[Link] = []
    for kind, pairs, by in (
        (LinkKind.REPEATS, made.repeats, "same-person"),
        (LinkKind.UPDATES, made.updates, "died-of-wounds"),
        (LinkKind.UPDATES, made.replaces, "toll-changed"),
        (LinkKind.CORRECTS, made.corrects, "figure-corrected"),
        (LinkKind.SAME_INCIDENT, made.same, "died-of-the-shots"),
        (LinkKind.ADDITIONAL_TO, made.without, "said-to-be-left-out"),
    ):
        for n, m in pairs.items():
            claim, to = claims[n], claims[m]
            if claim is not None and to is not None and claim.id != to.id:
                found.append(Link(claim=claim.id, kind=kind, to=to.id, by=by))
    return found
