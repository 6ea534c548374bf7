"""Who is counted: the group that a noun and its adjectives say.

A word says no more of people than it means, so what two words do not both say stays unknown.
"""

from dataclasses import replace

from cenotaph.model import Age, Group, Sex, Status


def modified(group: Group, modifiers: list[str]) -> Group:
    """Lend the group of adjectives to the noun they stand before."""
    for key in modifiers:
        kind, _, value = key.partition("_")
        if kind == "status":
            group = replace(group, status=Status(value))
        elif kind == "combatant":
            group = replace(group, status=Status.COMBATANT, side=group.side or "armed_group")
        elif kind == "age":
            group = replace(group, age=Age(value))
        elif kind == "sex":
            group = replace(group, sex=Sex(value))
        elif kind == "role":
            group = replace(group, role=value)
    return group


def of_age(group: Group, age: int, *, child_below: int) -> Group:
    """The group with a stated age: a child or an adult."""
    return replace(group, age=Age.CHILD if age < child_below else Age.ADULT)


def told_beside(group: Group, more: Group) -> Group:
    """The group of one person with what an apposition says of it: "Rima Dorsawi, a nurse"."""
    return replace(
        group,
        status=group.status if group.status is not Status.UNKNOWN else more.status,
        age=group.age if group.age is not Age.UNKNOWN else more.age,
        sex=group.sex if group.sex is not Sex.UNKNOWN else more.sex,
        role=group.role or more.role,
        side=group.side or more.side,
    )


def joined(a: Group, b: Group) -> Group:
    """The group of two nouns under one number: what they share, else mixed or unknown.

    It is mixed where both speak and differ, unknown where one is silent: "women and children"
    are of mixed age, "rebels and civilians" of mixed status.
    """
    return Group(
        status=_status(a.status, b.status),
        age=_age(a.age, b.age),
        sex=_sex(a.sex, b.sex),
        role=a.role if a.role == b.role else None,
        side=a.side if a.side == b.side else None,
        attacker=a.attacker and b.attacker,
    )


def _status(a: Status, b: Status) -> Status:
    if a is b:
        return a
    return Status.UNKNOWN if Status.UNKNOWN in (a, b) else Status.MIXED


def _age(a: Age, b: Age) -> Age:
    if a is b:
        return a
    return Age.UNKNOWN if Age.UNKNOWN in (a, b) else Age.MIXED


def _sex(a: Sex, b: Sex) -> Sex:
    if a is b:
        return a
    return Sex.UNKNOWN if Sex.UNKNOWN in (a, b) else Sex.MIXED
