"""Who is counted: which groups a count belongs to, and when two counts cannot share a person."""

from collections.abc import Iterator

from cenotaph.model import Age, Group, ResolvedClaim, Sex, Status
from cenotaph.reconcile.beside import Beside
from cenotaph.voices import voice

_WIDE: tuple[object, ...] = (
    None,
    Status.UNKNOWN,
    Status.MIXED,
    Age.UNKNOWN,
    Age.MIXED,
    Sex.UNKNOWN,
    Sex.MIXED,
)


def belongs(group: Group, name: str | None) -> bool:
    """Tell whether a count is of the group `name` (one of GROUPS, None: everyone).

    Only what the words say counts: children are not civilians unless called so, and nobody unlisted
    is put into a group. Women and men are adults or of unsaid age.
    """
    match name:
        case None:
            return True
        case "children":
            return group.age is Age.CHILD
        case "women":
            return group.sex is Sex.FEMALE and group.age is not Age.CHILD
        case "men":
            return group.sex is Sex.MALE and group.age is not Age.CHILD
        case "civilians":
            return group.status is Status.CIVILIAN and not group.attacker
        case "combatants":
            return group.status is Status.COMBATANT and not group.attacker
        case "attackers":
            return group.attacker
    raise ValueError(f"{name!r} is not a group")


def _axes(group: Group) -> tuple[object, ...]:
    return group.status, group.age, group.sex, group.role, group.side


def apart(one: Group, other: Group) -> bool:
    """Tell whether the words keep the two groups apart, so that their counts add up."""
    if one.attacker != other.attacker or _child_and_fighter(one, other):
        return True
    return any(
        a != b and a not in _WIDE and b not in _WIDE
        for a, b in zip(_axes(one), _axes(other), strict=True)
    )


def _child_and_fighter(one: Group, other: Group) -> bool:
    """ "A rebel leader was killed … a child was killed": the child is no fighter."""
    children = [g for g in (one, other) if g.age is Age.CHILD and g.status is not Status.COMBATANT]
    fighters = [g for g in (one, other) if g.status is Status.COMBATANT and g.age is Age.UNKNOWN]
    return bool(children and fighters)


def _held_against(one: Group, other: Group) -> Iterator[tuple[object, object]]:
    """Yield what two groups say on each axis.

    Soldiers are soldiers whoever says so: of two counts of one side's fighters none is of people of
    whom it is not known what they were.
    """
    pairs = list(zip(_axes(one), _axes(other), strict=True))
    return iter(pairs[1:] if one.side is not None and one.side == other.side else pairs)


def same(one: Group, other: Group) -> bool:
    """Tell whether both words name the same group, as far as they say."""
    return one.attacker == other.attacker and all(
        a == b or (a in _WIDE and b in _WIDE) for a, b in _held_against(one, other)
    )


def narrower(one: Group, other: Group) -> bool:
    """Tell whether everyone of `one` is of `other` too, by the words, and not the other way
    round."""
    return (
        not same(one, other)
        and one.attacker == other.attacker
        and all(b in _WIDE or a == b for a, b in _held_against(one, other))
    )


def plain(group: Group) -> bool:
    """Tell whether nothing is said of who is counted."""
    return not group.attacker and all(axis in _WIDE for axis in _axes(group))


def everyone(group: Group) -> bool:
    """Tell whether a group is not said to be of some only, by age, sex or role."""
    return all(axis in _WIDE for axis in (group.age, group.sex, group.role))


def names(claim: ResolvedClaim) -> frozenset[str]:
    """Return the words of the names of the persons that a claim counts."""
    return frozenset(
        word
        for v in claim.claim.victims
        for word in v.quote.text.casefold().split()
        if len(word) > 2
    )


def adds(one: ResolvedClaim, other: ResolvedClaim, beside: Beside) -> bool:
    """Tell whether two counts of one event count different people, by their words.

    `beside` knows which of them the text counts on top of which.
    """
    a, b = one.claim, other.claim
    if a.part_of == other.id or b.part_of == one.id:
        return False
    if apart(a.group, b.group) or _called_fighters(one, other):
        return True
    first, second = names(one), names(other)
    if first and second and not first & second and (a.count.low, b.count.low) == (1, 1):
        return True
    if a.document != b.document:
        return False
    first_said = a.counted.start <= b.counted.start
    early, late = (a, b) if first_said else (b, a)
    late_id, early_id = (other.id, one.id) if first_said else (one.id, other.id)
    if beside.comes_on_top(late_id, early_id):
        return True
    if not one_passage(one, other) or not same(a.group, b.group):
        return False
    if (early.count.low, late.count.low) == (1, 1):
        # "A farmer … Halim Dorsawi" may be one person, "a farmer and a teacher" are two.
        return bool(first) == bool(second)
    return not plain(a.group)


def _called_fighters(one: ResolvedClaim, other: ResolvedClaim) -> bool:
    """ "Troops killed a militant, the army said. A civilian was killed, it said": two, by the army.

    Where two speak, the militant of the one may be the civilian of the other.
    """
    a, b = one.claim, other.claim
    if a.document != b.document or voice(one) != voice(other):
        return False
    called = [claim.group.status_said_by is not None for claim in (a, b)]
    civilian = [claim.group.status is Status.CIVILIAN for claim in (a, b)]
    return any(called) and any(civilian) and not all(called)


def one_passage(one: ResolvedClaim, other: ResolvedClaim) -> bool:
    """Tell whether the passages of two claims overlap."""
    a, b = one.claim.quote, other.claim.quote
    return a.start < b.end and b.start < a.end
