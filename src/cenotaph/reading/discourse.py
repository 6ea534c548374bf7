"""Across sentences: who "he" is, which people are named again, what a later sentence breaks down.

A person is counted once however often a report speaks of them. People are held to be the same only
where the words say so: a shared name, a definite phrase ("the man", "the victims"), a pronoun, or a
name that is given to someone first spoken of without one. Everyone else stays apart.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from cenotaph.model import (
    Age,
    Claim,
    ClaimId,
    Document,
    Link,
    LinkKind,
    Measure,
    Modality,
    Scope,
    Sex,
)
from cenotaph.reading.harm import Draft
from cenotaph.reading.items import People, Row
from cenotaph.reading.scenes import Slots

# A pronoun looks back over this many sentences; a definite phrase and a breakdown over more.
PRONOUN_REACH = 2
DEFINITE_REACH = 40


@dataclass(frozen=True, slots=True)
class Told:
    """A draft with its slots and the names it counts."""

    draft: Draft
    slots: Slots
    names: tuple[str, ...]
    sentence: int


@dataclass(slots=True)
class Person:
    """One person or one group of people that drafts speak of: indices into the list of told drafts."""

    told: list[int]
    names: tuple[str, ...]
    sex: Sex
    age: int | None
    low: int
    members: int = 0
    measures: dict[Measure, int] = field(default_factory=dict)


@dataclass(slots=True)
class Discourse:
    """What the reading of one document adds to its drafts."""

    dropped: set[int] = field(default_factory=set)
    part_of: dict[int, int] = field(default_factory=dict)
    repeats: dict[int, int] = field(default_factory=dict)
    updates: dict[int, int] = field(default_factory=dict)
    people: dict[int, People] = field(default_factory=dict)
    either: set[int] = field(default_factory=set)


def discourse(told: Sequence[Told], rows: Sequence[Row]) -> Discourse:
    """Return which drafts speak of people already counted, and of which whole others are parts."""
    made = Discourse()
    _pronouns(told, rows, made)
    _parts_of_before(told, made)
    _persons(told, made)
    _either(told, made)
    return made


# --- pronouns -------------------------------------------------------------------------------------------


def _pronouns(told: Sequence[Told], rows: Sequence[Row], made: Discourse) -> None:
    for n, one in enumerate(told):
        people = one.draft.people
        if people.words != "pronoun":
            continue
        found = _antecedent(one, rows)
        if found is None or people.group.sex is Sex.UNKNOWN and not people.plural and found.plural:
            made.dropped.add(n)
            continue
        if found.count.low is None and not found.names:
            made.dropped.add(n)
            continue
        made.people[n] = replace(
            found, start=people.start, end=people.end, words="pronoun",
            group=replace(found.group, sex=people.group.sex if found.group.sex is Sex.UNKNOWN else found.group.sex),
        )  # fmt: skip


def _antecedent(one: Told, rows: Sequence[Row]) -> People | None:
    """The nearest people before a pronoun that agree with it in number and sex."""
    pronoun = one.draft.people
    first = max(0, one.sentence - PRONOUN_REACH)
    for index in range(one.sentence, first - 1, -1):
        row = rows[index]
        last = one.draft.item if index == one.sentence else len(row.items)
        candidates = [
            item.data for item in row.items[:last]
            if isinstance(item.data, People) and item.tag in "NQn" and item.data.words != "pronoun"
            and item.data.harmed is None and not item.data.partitive and item.data.measure is None
        ]  # fmt: skip
        fitting = [
            p for p in candidates
            if p.plural == pronoun.plural
            and (p.count.low == 1 or pronoun.plural)
            and not _other_sex(p.group.sex, pronoun.group.sex)
        ]  # fmt: skip
        if fitting:
            return fitting[-1] if index == one.sentence else fitting[0]
    return None


def _other_sex(a: Sex, b: Sex) -> bool:
    return Sex.UNKNOWN not in (a, b) and Sex.MIXED not in (a, b) and a is not b


# --- breakdowns of an earlier sentence ------------------------------------------------------------------------


def _parts_of_before(told: Sequence[Told], made: Discourse) -> None:
    for n, one in enumerate(told):
        if not one.draft.anaphor:
            continue
        low = one.draft.people.count.low or 0
        for m in range(n - 1, -1, -1):
            whole = told[m]
            if m in made.dropped or whole.draft.measure is not one.draft.measure:
                continue
            if whole.draft.anaphor or whole.draft.whole is not None or m in made.part_of:
                continue
            size = whole.draft.people.count
            most = size.low if size.low is not None else size.high
            if most is None or most < max(low, 1) or whole.draft.row.sentence.index == one.sentence:
                continue
            if whole.slots.scope is Scope.CUMULATIVE and one.slots.scope is not Scope.CUMULATIVE:
                continue
            made.part_of[n] = m
            break


def _either(told: Sequence[Told], made: Discourse) -> None:
    """ "Seven were shot; one died": the seven are killed or injured, since the dead were shot too."""
    for n, one in enumerate(told):
        people = one.draft.people
        low = people.count.low
        if not one.draft.weak or one.draft.measure is not Measure.INJURED or low is None or low < 2:
            continue
        if people.additional or n in made.dropped or n in made.part_of:
            continue
        made_of = any(
            other.draft.measure is Measure.KILLED and m not in made.dropped
            and other.slots.section == one.slots.section and other.slots.scope is Scope.INCIDENT
            and 0 < (made.people.get(m, other.draft.people).count.low or 0) <= low
            and not other.draft.people.group.attacker
            and not (other.sentence == one.sentence and other.draft.item < one.draft.item
                     and other.draft.people.words in ("digits", "words", "one"))
            for m, other in enumerate(told)
        )  # fmt: skip
        if made_of:
            made.either.add(n)


# --- persons ------------------------------------------------------------------------------------------------


def _persons(told: Sequence[Told], made: Discourse) -> None:
    known: list[Person] = []
    for n, one in enumerate(told):
        draft = one.draft
        if n in made.dropped or n in made.part_of or draft.whole is not None:
            continue
        if draft.measure not in (Measure.KILLED, Measure.INJURED) or draft.toll:
            continue
        people = made.people.get(n, draft.people)
        if one.slots.scope in (Scope.CUMULATIVE, Scope.SUBTOTAL) or draft.sums:
            continue
        person = _same(one, people, known, told)
        if person is None:
            whole = _member_of(n, one, people, known, told)
            if whole is not None:
                whole.members += people.count.low or 0
                made.part_of[n] = whole.measures[draft.measure]
            known.append(_new(n, one, people))
            continue
        _again(n, one, people, person, told, made)
    return


def _new(n: int, one: Told, people: People) -> Person:
    return Person(
        told=[n], names=one.names, sex=people.group.sex, age=people.age,
        low=people.count.low or 0, measures={one.draft.measure: n},
    )  # fmt: skip


def _again(
    n: int, one: Told, people: People, person: Person, told: Sequence[Told], made: Discourse
) -> None:
    """The draft speaks of a person already known: the same harm is a repeat, a death follows a wound."""
    measure = one.draft.measure
    person.names = max(person.names, one.names, key=len)
    person.age = person.age if person.age is not None else people.age
    if person.sex is Sex.UNKNOWN:
        person.sex = people.group.sex
    person.told.append(n)
    if measure in person.measures:
        if people.words == "pronoun":
            made.dropped.add(n)
        else:
            made.repeats[n] = person.measures[measure]
        return
    if measure is Measure.KILLED and Measure.INJURED in person.measures:
        before = person.measures[Measure.INJURED]
        if told[before].draft.weak:
            made.dropped.add(before)
        else:
            made.updates[n] = before
    elif measure is Measure.INJURED and Measure.KILLED in person.measures:
        made.dropped.add(n)
        return
    person.measures[measure] = n


def _same(
    one: Told, people: People, known: Sequence[Person], told: Sequence[Told]
) -> Person | None:
    """The known person that the draft speaks of again, by name, pronoun or definite phrase."""
    low = people.count.low
    if one.names:
        for person in reversed(known):
            if person.low == low and one_name(person.names, one.names):
                return person
    if low is None:
        return None
    for person in reversed(known):
        last = told[person.told[-1]]
        distance = one.sentence - last.sentence
        if distance > DEFINITE_REACH or person.low != low:
            continue
        if distance == 0 and one.draft.measure in person.measures:
            continue
        if _apart(one, people, person, last):
            continue
        if people.words in ("definite", "pronoun"):
            return person
        if low == 1 and one.names and not person.names:
            # a name given to someone first spoken of without one
            first = told[person.told[0]].draft.people
            if people.age is not None and person.age == people.age:
                return person
            if (
                first.words in ("one", "bare", "definite", "words", "digits")
                and not first.kin
                and (
                    one.draft.measure in person.measures
                    and not _others(known, person, one.draft.measure)
                )
            ):
                return person
        if low == 1 and people.age is not None and people.age == person.age:
            return person
        if (
            low == 1
            and not one.names
            and people.words in ("one", "bare")
            and _alike(people, person, last)
        ):
            return person
    return None


def _apart(one: Told, people: People, person: Person, last: Told) -> bool:
    if one.names and person.names and not one_name(one.names, person.names):
        return True
    if people.age is not None and person.age is not None and people.age != person.age:
        return True
    before = last.draft.people.group.age
    if {people.group.age, before} == {Age.CHILD, Age.ADULT}:
        return True
    if one.slots.other_event != last.slots.other_event and one.slots.other_event:
        return True
    if people.group.attacker != last.draft.people.group.attacker:
        return True
    return _other_sex(people.group.sex, person.sex)


def one_name(a: Sequence[str], b: Sequence[str]) -> bool:
    """Tell whether two names can be one person's: all words of the shorter stand in the longer, or
    both begin alike and share a further word."""
    if not a or not b:
        return False
    short, long = sorted((a, b), key=len)
    if set(short) <= set(long):
        return True
    return a[0] == b[0] and len(set(a) & set(b)) >= 2


def _others(known: Sequence[Person], person: Person, measure: Measure) -> bool:
    """Tell whether other single persons without a name suffered the same: then nobody is identified."""
    return any(
        p is not person and p.low == 1 and not p.names and measure in p.measures for p in known
    )


def _alike(people: People, person: Person, last: Told) -> bool:
    """Two indefinite phrases are one person only in a heading and the text below it."""
    return last.draft.row.sentence.title


def _member_of(
    n: int, one: Told, people: People, known: Sequence[Person], told: Sequence[Told]
) -> Person | None:
    """The group of people counted before to which a single person belongs: "two men" … "Saleh, 23"."""
    low = people.count.low
    if low is None or people.words in ("digits", "words", "vague") and not one.names:
        return None
    if people.group.attacker:
        return None
    for person in known:
        if person.low < 2 or one.draft.measure not in person.measures:
            continue
        group = told[person.measures[one.draft.measure]]
        if group.sentence == one.sentence or person.members + low > person.low:
            continue
        if one.slots.other_event or group.draft.people.group.attacker:
            continue
        if _other_sex(people.group.sex, group.draft.people.group.sex):
            continue
        if one.names or people.words in ("definite", "pronoun", "one", "bare"):
            return person
    return None


# --- the claim that a report is chiefly about --------------------------------------------------------------------


def main(
    claims: Sequence[Claim], *, aside: Collection[ClaimId], captions: Collection[ClaimId]
) -> ClaimId | None:
    """The first claim of an incident's dead, else of its hurt, else of any harm: never history or a sum.

    `aside` are claims of other events than the one the report opens with, `captions` those of headings
    and captions below the first lines.
    """
    whole = [
        c for c in claims
        if c.part_of is None and c.scope in (Scope.INCIDENT, Scope.STATE) and not c.history
        and c.measure is not Measure.ATTACKS
    ]  # fmt: skip
    sums = {(c.measure, c.count.low) for c in claims if c.scope in (Scope.SUBTOTAL, Scope.CUMULATIVE)}
    sure = [c for c in whole if c.certainty in ("asserted", "suspected")]
    counted = [
        c for c in sure
        if c.count.modality is not Modality.NONE and (c.measure, c.count.low) not in sums
    ]  # fmt: skip
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
    ):
        for n, m in pairs.items():
            claim, to = claims[n], claims[m]
            if claim is not None and to is not None and claim.id != to.id:
                found.append(Link(claim=claim.id, kind=kind, to=to.id, by=by))
    return found
