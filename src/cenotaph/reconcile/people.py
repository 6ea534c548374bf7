"""Who is counted: which groups a count belongs to, and when two counts cannot share a person."""

from cenotaph.model import Age, Group, ResolvedClaim, Sex, Status

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
    if one.attacker != other.attacker:
        return True
    return any(
        a != b and a not in _WIDE and b not in _WIDE
        for a, b in zip(_axes(one), _axes(other), strict=True)
    )


def same(one: Group, other: Group) -> bool:
    """Tell whether both words name the same group, as far as they say."""
    return one.attacker == other.attacker and all(
        a == b or (a in _WIDE and b in _WIDE) for a, b in zip(_axes(one), _axes(other), strict=True)
    )


def narrower(one: Group, other: Group) -> bool:
    """Tell whether everyone of `one` is of `other` too, by the words, and not the other way
    round."""
    return (
        not same(one, other)
        and one.attacker == other.attacker
        and all(b in _WIDE or a == b for a, b in zip(_axes(one), _axes(other), strict=True))
    )


def plain(group: Group) -> bool:
    """Tell whether nothing is said of who is counted."""
    return not group.attacker and all(axis in _WIDE for axis in _axes(group))


def names(claim: ResolvedClaim) -> frozenset[str]:
    """Return the words of the names of the persons that a claim counts."""
    return frozenset(
        word
        for v in claim.claim.victims
        for word in v.quote.text.casefold().split()
        if len(word) > 2
    )
