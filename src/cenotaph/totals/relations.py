"""How the figures of a total stand to one another, by the links between their claims."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cenotaph.model import (
    MAY_BE_ONE,
    READ_AS_AREA,
    READ_WIDER,
    UNDATED,
    ClaimId,
    Link,
    LinkKind,
)
from cenotaph.totals.elsewhere import elsewhere
from cenotaph.totals.figures import Item


@dataclass(slots=True)
class Relations:
    """Which figures lie inside which for certain (`inside`), perhaps (`maybe`), may be one and the
    same (`unsure`), those of them that likelier are (`one`), which lie inside another if its place
    is read as an area (`as_area`), and which may if its period reaches them too (`wider`)."""

    inside: dict[ClaimId, set[ClaimId]] = field(default_factory=dict)
    maybe: dict[ClaimId, set[ClaimId]] = field(default_factory=dict)
    unsure: dict[ClaimId, set[ClaimId]] = field(default_factory=dict)
    one: dict[ClaimId, set[ClaimId]] = field(default_factory=dict)
    as_area: dict[ClaimId, set[ClaimId]] = field(default_factory=dict)
    wider: dict[ClaimId, set[ClaimId]] = field(default_factory=dict)


Tie = tuple[ClaimId, str, str, ClaimId]
"""A link as totals look at it: its claim, its kind, its rule, and where it leads."""


def relations(found: Sequence[Item], links: Iterable[Link]) -> Relations:
    """Return how the figures stand to one another, containment closed over chains of it."""
    return related(found, ((each.claim, each.kind.value, each.by, each.to) for each in links))


def related(found: Sequence[Item], ties: Iterable[Tie]) -> Relations:
    """Return how the figures stand to one another, as `relations` does."""
    owner = {claim: item.key for item in found for claim in item.claims}
    result = Relations()
    inside, maybe, unsure = result.inside, result.maybe, result.unsure
    readings = {READ_AS_AREA: result.as_area, READ_WIDER: result.wider}
    for claim, kind, by, to in ties:
        one = owner.get(claim)
        if one is None:
            continue
        other = owner.get(to)
        if other is None or one == other:
            continue
        if kind == LinkKind.WITHIN:
            inside.setdefault(one, set()).add(other)
        elif kind == LinkKind.MAY_BE_WITHIN:
            readings.get(by, maybe).setdefault(one, set()).add(other)
        elif kind == LinkKind.SAME_INCIDENT and by in MAY_BE_ONE:
            for either in (unsure, result.one) if by == UNDATED else (unsure,):
                either.setdefault(one, set()).add(other)
                either.setdefault(other, set()).add(one)
    _close(inside)
    of_key = {item.key: item for item in found}

    def may(part: ClaimId, wholes: Iterable[ClaimId]) -> set[ClaimId]:
        """Return those of some wholes in which a part may lie, by its own place and period."""
        return {whole for whole in wholes if not elsewhere(of_key[part], of_key[whole])}

    for part, wholes in list(maybe.items()):
        # What may lie inside a part of a whole may lie inside the whole.
        wholes |= may(part, {w for whole in wholes for w in inside.get(whole, ())} - wholes)
        wholes -= {part}
    for part, wholes in inside.items():
        # A part goes where its whole may go. A whole that reaches beyond another may lie in it for
        # the rest alone, and what it holds elsewhere does not.
        for whole in wholes:
            more = maybe.get(whole, set()) - {part} - wholes - maybe.get(part, set())
            maybe.setdefault(part, set()).update(may(part, more))
            for of in readings.values():
                if whole in of:
                    of.setdefault(part, set()).update(of[whole] - {part})
    return result


def _close(inside: dict[ClaimId, set[ClaimId]]) -> None:
    changed = True
    while changed:
        changed = False
        for part, wholes in inside.items():
            more = set().union(*(inside.get(whole, set()) for whole in wholes)) - wholes - {part}
            if more:
                wholes |= more
                changed = True
