"""Across sentences: who "he" is, which people are named again, what a later sentence breaks down.

A person is counted once however often a report speaks of them. People are held to be the same only
where the words say so: a shared name, a definite phrase ("the man", "the victims"), a pronoun, or a
name that is given to someone first spoken of without one. Everyone else stays apart.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cenotaph.model import Basis, Measure, Scope, Sex, Status
from cenotaph.reading.breakdowns import unclear
from cenotaph.reading.drafts import AT_ONCE, BEFORE_ALONE, CARE, INCLUDED, OWN_DEATH, Draft
from cenotaph.reading.items import NUMBERED, Item, People, Row
from cenotaph.reading.persons import persons, shot_dead
from cenotaph.reading.told import (
    DEFINITE_REACH,
    MOST_GROUPS,
    PRONOUN_REACH,
    Discourse,
    Falls,
    Told,
    elsewhere,
    other_sex,
)
from cenotaph.reading.widths import Lies

# Rules of parts whose harm an earlier sentence tells.
_OF_BEFORE = frozenset({INCLUDED, BEFORE_ALONE})
# The side of whom a report calls fighters first, and then "the attackers": no army's.
_ATTACKS = "armed_group"
# What tells of a death and not of a killing: it may come days after the wound.
_MAY_BE_LATE = frozenset({"died", "predicate", "claimed-lives", "death-of"})


def discourse(
    told: Sequence[Told],
    rows: Mapping[int, Row],
    falls: Falls | None = None,
    lies: Lies | None = None,
) -> Discourse:
    """Return which drafts speak of people already counted, and of which whole others are parts.

    `rows` are those of the sentences in which a pronoun may look for its people, by their number;
    `falls` tells which days a time means, `lies` which place a mention does.
    """
    made = Discourse()
    _pronouns(told, rows, made)
    _fighters_again(told, made)
    _parts_of_before(told, made)
    known = persons(told, made, lies)
    shot_dead(told, known, made)
    _either(told, made, falls)
    return made


def _pronouns(told: Sequence[Told], rows: Mapping[int, Row], made: Discourse) -> None:
    for n, one in enumerate(told):
        people = one.draft.people
        if people.words != "pronoun":
            continue
        acted = _who_acted(n, one, told)
        found = acted or _antecedent(one, rows)
        if found is None and one.draft.rule == OWN_DEATH and people.count.low == 1:
            continue  # "he killed his family and himself": one person, whoever it was
        if found is None or people.group.sex is Sex.UNKNOWN and not people.plural and found.plural:
            made.dropped.add(n)
            continue
        if found.count.low is None and not found.names or _said_already(n, found, told):
            made.dropped.add(n)
            continue
        sex = people.group.sex if found.group.sex is Sex.UNKNOWN else found.group.sex
        made.people[n] = replace(
            found,
            start=people.start,
            end=people.end,
            words="pronoun",
            group=replace(
                found.group,
                sex=sex,
                attacker=found.group.attacker or people.group.attacker or acted is not None,
            ),
        )


def _fighters_again(told: Sequence[Told], made: Discourse) -> None:
    """ "Troops killed two insurgents. … killing the two attackers": they are the two told of.

    They are by their number, right behind, where nobody else is told of between. So they are no
    attackers beside those two. Soldiers are whom attackers kill, and so are those who fell to
    others of their side.
    """
    for n, one in enumerate(told):
        people = one.draft.people
        if not people.group.attacker or not people.plural or people.count.low is None:
            continue
        row = one.draft.row
        if "definite" not in row.sentence.words.entries[people.start].kinds:
            continue
        before = told[n - 1] if n else one
        group = before.draft.people.group
        fighters = group.status is Status.COMBATANT and not group.attacker
        fighters = fighters and group.side == _ATTACKS and people.group.side in (None, group.side)
        if not fighters or _has_side(before.draft) or _has_side(one.draft):
            continue
        near = before.sentence < one.sentence <= before.sentence + PRONOUN_REACH
        same = before.draft.measure is one.draft.measure
        if near and same and people.count == before.draft.people.count:
            made.people[n] = replace(people, group=group)


def _has_side(draft: Draft) -> bool:
    """ "Rebels killed two of a rival militia": the sentence names others who fight on that side."""
    row = draft.row
    people = (row.people(n) for n, tag in enumerate(row.tags) if tag in "NQn" and n != draft.item)
    return any(others is not None and others.group.side == _ATTACKS for others in people)


def _who_acted(n: int, one: Told, told: Sequence[Told]) -> People | None:
    """ "An inmate shot two guards before he was killed": he is the first told of.

    Who harms others and is killed in a clause with "before" or "until" is whoever harmed them.
    """
    draft = one.draft
    row, at = draft.row, draft.item - 1
    if draft.measure is not Measure.KILLED or draft.people.plural or at < 0:
        return None
    words = row.sentence.words
    if row.tags[at] != "S" or words[row.items[at].start] not in words.lexicon.ended:
        return None
    harmed = any(
        other.sentence == one.sentence and other.draft.rule == "active" and other.draft.at < at
        for other in told[max(0, n - MOST_GROUPS) : n]
    )
    first = next((p for item in row.items[:at] if (p := _referent(item)) is not None), None)
    fits = first is not None and first.count.low == 1 and not first.plural
    return first if harmed and fits and first is not None and _agrees(first, draft.people) else None


def _agrees(found: People, pronoun: People) -> bool:
    return not other_sex(found.group.sex, pronoun.group.sex)


def _said_already(n: int, found: People, told: Sequence[Told]) -> bool:
    """ "A nurse is dead after she was shot to death": one sentence tells one harm twice.

    `found` is whom the pronoun of draft `n` stands for; nobody else may stand before it.
    """
    one = told[n]
    before = one.draft.row.items[: one.draft.item]
    if sum(isinstance(item.data, People) and item.tag in "NQnP" for item in before) != 1:
        return False
    return any(
        other.draft.people is found and other.draft.measure is one.draft.measure
        for other in told[max(0, n - 3) : n]
        if other.sentence == one.sentence
    )


def _antecedent(one: Told, rows: Mapping[int, Row]) -> People | None:
    """The nearest people before a pronoun that agree with it in number and sex."""
    pronoun = one.draft.people
    first = max(0, one.sentence - PRONOUN_REACH)
    for index in range(one.sentence, first - 1, -1):
        row = rows[index]
        last = one.draft.item if index == one.sentence else len(row.items)
        candidates = [p for item in row.items[:last] if (p := _referent(item)) is not None]
        fitting = [
            p
            for p in candidates
            if p.plural == pronoun.plural
            and (p.count.low == 1 or pronoun.plural)
            and not other_sex(p.group.sex, pronoun.group.sex)
        ]
        kinds = [row.sentence.words.entries[p.start].kinds for p in fitting]
        told = [p for p, k in zip(fitting, kinds, strict=True) if "pronoun_possessive" not in k]
        fitting = told or fitting  # "her mother" is told of by "her", and seldom meant by it
        if fitting:
            return fitting[-1] if index == one.sentence else fitting[0]
    return None


def _referent(item: Item) -> People | None:
    """The people of an item where a pronoun can stand for them."""
    people = item.data
    if not isinstance(people, People) or item.tag not in "NQn" or people.words == "pronoun":
        return None
    told = people.harmed is not None or people.partitive or people.measure is not None
    return None if told else people


def _parts_of_before(told: Sequence[Told], made: Discourse) -> None:
    for n, one in enumerate(told):
        if not one.draft.anaphor:
            of = _whole_before(n, one, told, made) if _fares(one) else None
            if of is not None and _one_event(one, told[of]):
                made.part_of[n], made.measures[n] = of, told[of].draft.measure
            continue
        whole = _whole_before(n, one, told, made)
        told_by_verb = one.draft.people.partitive and one.draft.at != one.draft.item
        if whole is None and told_by_verb and _unclear(one):
            hurt = replace(one, draft=replace(one.draft, measure=Measure.INJURED))
            told_hurt = _whole_before(n, hurt, told, made)
            if told_hurt is not None and one.draft.measure is Measure.KILLED:
                made.updates[n] = told_hurt  # "ten were hurt. One of the victims died"
                continue
        if whole is None and _unclear(one):
            hurt = replace(one, draft=replace(one.draft, rule=INCLUDED))
            whole = _whole_before(n, hurt, told, made)
        if whole is not None:
            made.part_of[n] = whole
            made.measures[n] = told[whole].draft.measure
        elif one.draft.rule in _OF_BEFORE:  # nobody counted before whom they could be among
            made.dropped.add(n)


def _fares(one: Told) -> bool:
    """ "two people are in critical condition", "nine people were taken to hospital": some of the
    hurt, where the text told of more."""
    draft, words = one.draft, one.draft.row.sentence.words
    if draft.rule not in ("predicate", CARE) or draft.measure is not Measure.INJURED:
        return False
    if draft.people.words not in NUMBERED or draft.people.additional:
        return False
    if draft.rule == CARE:
        return (draft.people.count.low or 0) > 1
    if draft.people.words == "vague":
        return False
    return words[draft.row.items[draft.at].end - 1] in words.lexicon.fares


def _one_event(one: Told, other: Told) -> bool:
    a, b = one.slots, other.slots
    told_so = (a.history, a.other_event, a.section) == (b.history, b.other_event, b.section)
    return told_so and not elsewhere(a, b)


def _unclear(one: Told) -> bool:
    """ "three of the victims": of the dead or of the hurt, whichever the text told of before."""
    draft = one.draft
    return unclear(draft.row, draft.item) or unclear(draft.row, draft.at)


def _whole_before(n: int, part: Told, told: Sequence[Told], made: Discourse) -> int | None:
    """The nearest count before draft `n` of which it, read as `part`, can be a part.

    "90,000 of the dead" are those of a sum only where no event within reach could have so many.
    """
    near = (m for m in range(n - 1, -1, -1) if m not in made.dropped and m not in made.part_of)
    if part.draft.rule == BEFORE_ALONE:
        return _right_before(part, told, near)
    sums: int | None = None
    for m in near:
        if part.sentence - told[m].sentence > DEFINITE_REACH:
            break
        if not _can_hold(told[m], part):
            continue
        if told[m].slots.scope is not Scope.CUMULATIVE or part.slots.scope is Scope.CUMULATIVE:
            return m
        sums = m if sums is None else sums
    return sums if part.draft.anaphor else None


def _right_before(part: Told, told: Sequence[Told], near: Iterable[int]) -> int | None:
    """The only count of the sentence before a part; of the dead or of the hurt is not told."""
    before = [m for m in near if told[m].sentence == part.sentence - 1]
    return before[0] if len(before) == 1 and _can_hold(told[before[0]], part) else None


def _can_hold(whole: Told, part: Told) -> bool:
    """Tell whether a count of an earlier sentence can be the whole of a part."""
    if whole.draft.measure is not part.draft.measure and part.draft.rule not in _OF_BEFORE:
        return False
    if (
        whole.draft.measure is Measure.ATTACKS
        or whole.draft.anaphor
        or whole.draft.whole is not None
    ):
        return False
    size = whole.draft.people.count
    most = size.low if size.low is not None else size.high
    if most is None or most < max(part.draft.people.count.low or 0, 1):
        return False
    return whole.draft.row.sentence.index != part.sentence


def _either(told: Sequence[Told], made: Discourse, falls: Falls | None) -> None:
    """ "Seven were shot; one died": the seven are killed or injured, as the dead were shot too."""
    for n, one in enumerate(told):
        low = one.draft.people.count.low
        if not one.draft.weak or one.draft.measure is not Measure.INJURED or low is None or low < 2:
            continue
        if one.draft.people.additional or n in made.dropped or n in made.part_of:
            continue
        near = [m for m in _around(n, told) if _died_of(m, told[m], one, low, made)]
        apart = {m for m in near if _other_days(one, told[m], falls)}
        made.aside.update(m for m in apart if m > n)
        dead = next((m for m in near if m not in apart), None)
        if dead is None:
            continue
        made.either.add(n)
        if told[dead].sentence == one.sentence or not elsewhere(one.slots, told[dead].slots):
            made.same[n] = dead


def _around(n: int, told: Sequence[Told]) -> Iterator[int]:
    """The drafts within reach of draft `n`, itself left out, before and behind."""
    for m in range(n - 1, -1, -1):
        if told[n].sentence - told[m].sentence > DEFINITE_REACH:
            break
        yield m
    for m in range(n + 1, len(told)):
        if told[m].sentence - told[n].sentence > DEFINITE_REACH:
            break
        yield m


def _died_of(m: int, other: Told, one: Told, low: int, made: Discourse) -> bool:
    """Tell whether the dead of draft `m` can be of the `low` people shot in `one`."""
    draft = other.draft
    if made.measures.get(m, draft.measure) is not Measure.KILLED or m in made.dropped:
        return False
    if draft.people.group.attacker:
        return False
    if other.slots.section != one.slots.section or other.slots.scope is not Scope.INCIDENT:
        return False
    if other.slots.history != one.slots.history or other.slots.other_event != one.slots.other_event:
        return False  # who died in another attack was none of these
    if not 0 < (made.people.get(m, draft.people).count.low or 0) <= low:
        return False
    before = other.sentence == one.sentence and draft.item < one.draft.item
    if before and one.draft.row.tags[one.draft.item - 1 : one.draft.item] == "S":
        return True  # "one is dead after six were shot"
    if one.draft.rule == AT_ONCE:  # "a man died in a triple shooting"
        return True
    return not (before and draft.people.words in ("digits", "words", "one"))


def _other_days(shot: Told, dead: Told, falls: Falls | None) -> bool:
    """Tell whether the dead were killed on other days than those on which people were shot.

    Whoever "died" later may have died of the shots; whoever was killed on a later day did not.
    """
    if falls is None or Basis.STATEMENT in (shot.slots.time_basis, dead.slots.time_basis):
        return False
    if shot.sentence == dead.sentence or shot.slots.time is None or dead.slots.time is None:
        return False
    one, other = falls(shot.slots.time), falls(dead.slots.time)
    if one.start is not None and other.end is not None and (one.start - other.end).days > 1:
        return True
    stated = dead.slots.time_basis is Basis.STATED and not dead.slots.late
    if not stated or dead.draft.rule in _MAY_BE_LATE or one.end is None or other.start is None:
        return False
    return (other.start - one.end).days > 1
