"""The persons of a text: who is named again, and who is one of several told of before.

People are held to be the same only where the words say so: a shared name, a definite phrase ("the
man", "the victims"), a pronoun, or a name that is given to someone first spoken of without one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cenotaph.model import ON_ROLL, Age, Certainty, Measure, Scope, Sex
from cenotaph.reading.drafts import OWN_DEATH
from cenotaph.reading.items import People
from cenotaph.reading.told import (
    DEFINITE_REACH,
    MOST_GROUPS,
    PRONOUN_REACH,
    Discourse,
    Told,
    alike,
    elsewhere,
    other_sex,
)
from cenotaph.reading.widths import Lies, surely_apart

# So many bearers of one word of a name are kept; only lists without end have more.
MOST_BEARERS = 30
# And so many persons within reach, whom a later sentence may mean without their names.
MOST_NEAR = 60
# Persons out of reach are forgotten whenever so many more are kept.
ROOM = 32


@dataclass(slots=True, eq=False)
class Person:
    """One person or one group of people: the drafts that speak of it, as indices into all."""

    told: list[int]
    names: tuple[str, ...]
    sex: Sex
    age: int | None
    low: int
    members: int = 0
    measures: dict[Measure, int] = field(default_factory=dict)


@dataclass(slots=True)
class Known:
    """The persons told of so far: those of whom the text spoke within reach, and all by name.

    `groups` are those of several people to whom a single one may belong; `unnamed` those of one
    person who has no name yet.
    """

    near: list[Person] = field(default_factory=list)
    by_word: dict[str, list[Person]] = field(default_factory=dict)
    groups: list[Person] = field(default_factory=list)
    unnamed: list[Person] = field(default_factory=list)
    room: int = ROOM

    def add(self, person: Person) -> None:
        """Keep a person who is told of for the first time."""
        self.near.append(person)
        self.name(person)
        if person.low >= 2 and len(self.groups) < MOST_GROUPS:
            self.groups.append(person)
        if person.low == 1 and not person.names:
            self.unnamed.append(person)

    def name(self, person: Person) -> None:
        """Know a person by the words of its name."""
        for word in person.names:
            bearers = self.by_word.setdefault(word, [])
            if person not in bearers[-MOST_BEARERS:]:
                bearers.append(person)

    def forget(self, told: Sequence[Told], sentence: int) -> None:
        """Now and then, leave out of `near` those of whom the text spoke out of reach."""
        if len(self.near) > self.room:
            near = [p for p in self.near if within_reach(p, told, sentence)]
            self.near = near[-MOST_NEAR:]
            self.room = 2 * len(self.near) + ROOM

    def bearing(self, names: Sequence[str]) -> Iterator[Person]:
        """Those who bear one of the words of a name, the last one first."""
        for word in names:
            yield from reversed(self.by_word.get(word, ())[-MOST_BEARERS:])


def within_reach(person: Person, told: Sequence[Told], sentence: int) -> bool:
    """Tell whether the text spoke of a person lately enough for "the man" to be meant so."""
    return sentence - told[person.told[-1]].sentence <= DEFINITE_REACH


def persons(told: Sequence[Told], made: Discourse, lies: Lies | None = None) -> list[Person]:
    """Return the people told of, in the order of the text; note in `made` who is told of again."""
    known, everyone = Known(), list[Person]()
    for n, one in enumerate(told):
        draft = one.draft
        known.forget(told, one.sentence)
        if n in made.dropped or n in made.part_of or draft.whole is not None and not draft.each:
            continue
        if draft.measure not in (Measure.KILLED, Measure.INJURED) or draft.toll:
            continue
        if draft.certainty not in (Certainty.ASSERTED, Certainty.SUSPECTED):
            continue
        people = made.people.get(n, draft.people)
        if one.slots.scope in (Scope.CUMULATIVE, Scope.SUBTOTAL) or draft.sums:
            continue
        person = _same(one, people, known, told)
        if person is None:
            whole = None if draft.each else _member_of(one, people, known, told, lies)
            if whole is not None:
                whole.members += people.count.low or 0
                made.part_of[n] = whole.measures[draft.measure]
            everyone.append(_new(n, one, people))
            known.add(everyone[-1])
            continue
        _again(n, one, people, person, told, made)
        known.name(person)
        if person not in known.near:
            known.near.append(person)
    return everyone


def shot_dead(told: Sequence[Told], known: Sequence[Person], made: Discourse) -> None:
    """Whoever was shot in a report of one person's death is the dead, unless told apart.

    Shots and stabs say neither that someone lives nor that he died. So a single person of whom no
    more is told than that is the one who died, where name, age, sex or a word such as "another" do
    not keep the two apart, and no sentence tells of both.
    """
    dead = [p for p in known if p.low == 1 and Measure.KILLED in p.measures]
    for person in known if dead else ():
        if person.low != 1 or set(person.measures) != {Measure.INJURED} or not dead:
            continue
        if not all(told[n].draft.weak and not _beside_others(told[n]) for n in person.told):
            continue
        if any(_one_fate(person, other, told) for other in dead[:MOST_BEARERS]):
            made.dropped |= set(person.told)
    _all_dead(told, known, made)


def _all_dead(told: Sequence[Told], known: Sequence[Person], made: Discourse) -> None:
    """ "A man was shot. A second victim lay behind the house. Both died": those told one by one.

    No more people than a definite phrase counts among the dead, of whom the sentences right before
    it tell no more than that they were shot, are of those dead.
    """
    for at, group in enumerate(known):
        if group.low < 2 or Measure.KILLED not in group.measures:
            continue
        first = told[group.told[0]]
        if not _definite(first):
            continue
        before = [
            person
            for person in known[max(0, at - MOST_BEARERS) : at]
            if person.low == 1
            and set(person.measures) == {Measure.INJURED}
            and all(told[n].draft.weak for n in person.told)
            and 0 < first.sentence - told[person.told[-1]].sentence <= PRONOUN_REACH
        ]
        if len(before) <= group.low:
            made.dropped |= {n for person in before for n in person.told}


def _definite(one: Told) -> bool:
    """Tell whether a phrase counts people told of before: "both", "all three", "the two"."""
    people, entries = one.draft.people, one.draft.row.sentence.words.entries
    words = one.draft.row.sentence.words
    opening = entries[people.start].kinds | words.lexicon.kinds_of(words[people.start])
    return people.words in ("definite", "pronoun") or bool(opening & {"definite", "every"})


def _beside_others(one: Told) -> bool:
    return one.draft.people.additional or one.draft.also


def _one_fate(person: Person, other: Person, told: Sequence[Told]) -> bool:
    """Tell whether the person shot can be the one who died."""
    hurt, died = told[person.told[0]], told[other.measures[Measure.KILLED]]
    if _beside_others(died) or died.slots.section != hurt.slots.section:
        return False
    if died.slots.history != hurt.slots.history or died.slots.scope is not Scope.INCIDENT:
        return False
    sentences = {told[n].sentence for n in person.told}
    if sentences & {told[n].sentence for n in other.told}:
        return False
    if person.names and other.names and not one_name(person.names, other.names):
        return False
    if person.age is not None and other.age is not None and person.age != other.age:
        return False
    ages = {hurt.draft.people.group.age, died.draft.people.group.age}
    attackers = {hurt.draft.people.group.attacker, died.draft.people.group.attacker}
    if ages == {Age.CHILD, Age.ADULT} or len(attackers) > 1:
        return False
    return not other_sex(person.sex, other.sex)


def _killed_since(one: Told, person: Person, told: Sequence[Told]) -> bool:
    """ "Six were killed and one was wounded. … The gunman was shot dead": none of those before."""
    hurt = told[person.told[0]].draft
    if one.draft.measure is not Measure.KILLED or hurt.measure is not Measure.INJURED:
        return False
    bare = hurt.row.tags[hurt.item] == "Q" and not hurt.weak
    named = one.draft.row.tags[one.draft.item] == "N"
    return bare and named and one.draft.rule in ("active", "passive")


def _new(n: int, one: Told, people: People) -> Person:
    return Person(
        told=[n], names=one.names, sex=people.group.sex, age=people.age,
        low=people.count.low or 0, measures={one.draft.measure: n},
    )  # fmt: skip


def _again(
    n: int, one: Told, people: People, person: Person, told: Sequence[Told], made: Discourse
) -> None:
    """Note a person told of again: the same harm is a repeat, a death follows a wound."""
    measure = one.draft.measure
    person.names = max(person.names, one.names, key=len)
    person.age = person.age if person.age is not None else people.age
    if person.sex is Sex.UNKNOWN:
        person.sex = people.group.sex
    person.told.append(n)
    if measure is Measure.INJURED and Measure.KILLED in person.measures:
        made.dropped.add(n)  # of the dead no wound is counted
        return
    if measure in person.measures:
        if people.words == "pronoun":
            made.dropped.add(n)
        else:
            made.repeats[n] = person.measures[measure]
        return
    if measure is Measure.KILLED and Measure.INJURED in person.measures:
        hurt = [m for m in person.told if told[m].draft.measure is Measure.INJURED]
        made.dropped |= {m for m in hurt if told[m].draft.weak}
        firm = next((m for m in hurt if m not in made.dropped), None)
        if firm is not None:
            made.updates[n] = firm
    person.measures[measure] = n


def _same(one: Told, people: People, known: Known, told: Sequence[Told]) -> Person | None:
    """The known person that the draft speaks of again, by name, pronoun or definite phrase."""
    low = people.count.low
    rolled = one.draft.rule == ON_ROLL
    if one.names:
        for person in known.bearing(one.names):
            if rolled and told[person.told[-1]].draft.rule == ON_ROLL and person.names != one.names:
                continue
            if person.low == low and one_name(person.names, one.names):
                return person
    if low is None:
        return None
    for person in reversed(known.near):
        last = told[person.told[-1]]
        if rolled and last.draft.rule == ON_ROLL:
            continue  # each entry of a roll is somebody else
        distance = one.sentence - last.sentence
        if distance > DEFINITE_REACH or person.low != low:
            continue
        again = people.words != "pronoun"  # "a girl was taken to hospital after he shot her"
        if distance == 0 and again and one.draft.measure in person.measures:
            continue
        if _apart(one, people, person, last) or _killed_since(one, person, told):
            continue
        if people.words in ("definite", "pronoun") or people.additional and _definite(one):
            return person
        if low == 1 and _same_single(one, people, person, known, told, near=distance == 0):
            return person
    return None


def _same_single(
    one: Told, people: People, person: Person, known: Known, told: Sequence[Told], *, near: bool
) -> bool:
    """Tell whether a single person is a known one: by age, by a name given now, by the heading.

    `near` is set where the same sentence told of that one: "kills farmer, injures brother" are two.
    """
    if people.age is not None and people.age == person.age:
        return True
    if one.names:
        return not person.names and _named_now(one, person, known, told)
    # two indefinite phrases are one person only in a heading and the text below it
    heading = told[person.told[-1]].draft.row.sentence.title
    told_so = one.draft.measure in person.measures or not _headed_so(one, person, known, told)
    return people.words in ("one", "bare") and heading and not near and told_so


def _headed_so(one: Told, person: Person, known: Known, told: Sequence[Told]) -> bool:
    """ "Teen dies, child hurt": the heading tells the harm of this draft of somebody else."""
    heading = told[person.told[-1]].sentence
    return any(
        other is not person and other.low == person.low and one.draft.measure in other.measures
        for other in known.near
        if any(told[n].sentence == heading for n in other.told)
    )


def _named_now(one: Told, person: Person, known: Known, told: Sequence[Told]) -> bool:
    """Tell whether a name is given to someone first spoken of without one."""
    first, measure = told[person.told[0]].draft.people, one.draft.measure
    return (
        first.words in ("one", "bare", "definite", "words", "digits")
        and not first.kin
        and measure in person.measures
        and not _others(known, person, measure)
    )


def _apart(one: Told, people: People, person: Person, last: Told) -> bool:
    """Tell whether name, age, sex, part or event keep the people apart from a known person."""
    if one.names and person.names and not one_name(one.names, person.names):
        return True
    if people.age is not None and person.age is not None and people.age != person.age:
        return True
    before = last.draft.people.group.age
    if {people.group.age, before} == {Age.CHILD, Age.ADULT}:
        return True
    other = people.additional and people.words == "definite" and not last.draft.people.additional
    if other and one.sentence == last.sentence:
        return True  # "one of them died, the other is in hospital"
    if one.slots.other_event != last.slots.other_event and one.slots.other_event:
        return True
    own = OWN_DEATH in (one.draft.rule, last.draft.rule)
    if people.group.attacker != last.draft.people.group.attacker and not own:
        return True
    if own and not one.names and people.head != last.draft.people.head:
        return True  # "he killed himself": not the son he shot
    if _of_another(one) and people.head != last.draft.people.head:
        return True
    return other_sex(people.group.sex, person.sex)


def _of_another(one: Told) -> bool:
    """ "his partner": whoever is told of by someone else is not that someone."""
    draft = one.draft
    opening = draft.row.sentence.words.entries[draft.people.start]
    return draft.people.words == "definite" and "pronoun_possessive" in opening.kinds


def one_name(a: Sequence[str], b: Sequence[str]) -> bool:
    """Tell whether two names can be one person's.

    They can where all words of the shorter stand in the longer, or where both begin alike and share
    a further word.
    """
    if not a or not b:
        return False
    short, long = sorted((a, b), key=len)
    if set(short) <= set(long):
        return True
    return a[0] == b[0] and len(set(a) & set(b)) >= 2


def _others(known: Known, person: Person, measure: Measure) -> bool:
    """Tell whether other single persons without a name suffered the same: then it may be any."""
    known.unnamed = [p for p in known.unnamed if not p.names]
    return any(p is not person and measure in p.measures for p in known.unnamed)


def _member_of(
    one: Told, people: People, known: Known, told: Sequence[Told], lies: Lies | None
) -> Person | None:
    """The group counted before to which a single person belongs: "two men" … "Saleh, 23"."""
    low = people.count.low
    further = people.additional or one.draft.also
    counted = people.words in ("digits", "words", "vague") and not (further and low == 1)
    beside = counted and not one.names
    if low is None or beside and not further or people.group.attacker:
        return None
    fresh = people.words == "one" and not one.names  # "a woman"
    for person in known.groups:
        if further and not person.members:  # "another" is beside the group, or beside its members
            continue
        if one.draft.measure not in person.measures:
            continue
        group = told[person.measures[one.draft.measure]]
        if one.draft.rule == group.draft.rule == ON_ROLL:
            continue  # "12 soldiers", and "a nurse" in the line behind
        if group.sentence == one.sentence or person.members + low > person.low:
            continue
        if beside and person.members + low < person.low:
            continue  # "four were shot: a woman was hit, and three men were also hurt"
        if one.slots.other_event or group.draft.people.group.attacker:
            continue
        if elsewhere(one.slots, group.slots):
            continue
        if fresh and lies is not None and surely_apart(one.slots, group.slots, lies):
            continue
        if fresh and _met_otherwise(one, group, told):
            continue
        if other_sex(people.group.sex, group.draft.people.group.sex):
            continue
        if further or one.names or people.words in ("definite", "pronoun", "one", "bare"):
            return person
    return None


def _met_otherwise(one: Told, group: Told, told: Sequence[Told]) -> bool:
    """ "Shells killed five. The body of a teacher who had been abducted was found", "Gunmen shot a
    man dead": whoever was taken before, or met another act, is none of those five."""
    own = not one.slots.event_carried and not alike(one.slots, group.slots)
    held = {Measure.ABDUCTED, Measure.DETAINED}
    return own or any(
        other.draft.measure in held and other.draft.item == one.draft.item
        for other in told
        if other.sentence == one.sentence
    )
