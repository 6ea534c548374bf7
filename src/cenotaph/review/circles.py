"""Circles that decisions would close: a copy of its own copy, or a part of its own part."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from cenotaph.model import Bond, ClaimId, Decision, DecisionKind

Event = Callable[[ClaimId], object]
"""The event that a claim belongs to; None where it belongs to none."""


def circle(wanted: Decision, bonds: Sequence[Bond], event_of: Event) -> Bond | None:
    """Return what people said already that a decision about a pair would turn into a circle.

    `wanted` names claims. A copy must not be the originator of what it copies, nor a part the whole
    of what it is part of, over any number of steps: from claim to claim, and for parts from event
    to event too, since a part of any claim of an event lies in the event.
    """
    if wanted.kind is DecisionKind.COPY_OF:
        steps = list(_steps(bonds, copies=True))
    elif wanted.kind in (DecisionKind.PART_OF, DecisionKind.CONTAINS):
        steps = list(_steps(bonds, copies=False))
    else:
        return None
    parts, wholes = wanted.subjects, wanted.others
    if wanted.kind is DecisionKind.CONTAINS:
        parts, wholes = wholes, parts
    ends = {ClaimId(each) for each in parts}
    begins = [ClaimId(each) for each in wholes]
    found = _way(begins, ends, steps, lambda claim: claim)
    if found is not None or wanted.kind is DecisionKind.COPY_OF:
        return found
    events = {event_of(each) for each in ends} - {None}
    if events & {event_of(each) for each in begins}:
        return None
    return _way(begins, ends, steps, lambda claim: event_of(claim) or claim)


Step = tuple[ClaimId, ClaimId, Bond]


def _steps(bonds: Iterable[Bond], *, copies: bool) -> Iterator[Step]:
    """Yield from what to what people led on: from copies to originators, or from parts to
    wholes."""
    for bond in bonds:
        if copies and bond.kind is DecisionKind.COPY_OF:
            yield bond.claim, bond.to, bond
        elif not copies and bond.kind is DecisionKind.PART_OF:
            yield bond.claim, bond.to, bond
        elif not copies and bond.kind is DecisionKind.CONTAINS:
            yield bond.to, bond.claim, bond


def straight(bonds: Sequence[Bond]) -> tuple[list[Bond], list[Bond]]:
    """Return bonds without those that close a circle of claims, and these: of a circle the last
    one said. Nobody can decide one, but it may stand again when what took it back is taken back."""
    leads: dict[tuple[bool, ClaimId], list[ClaimId]] = {}
    kept: list[Bond] = []
    closing: list[Bond] = []
    for bond in sorted(bonds, key=lambda each: each.decision):
        copies = bond.kind is DecisionKind.COPY_OF
        for one, other, _ in _steps([bond], copies=copies):
            stack, seen = [other], {other}
            while stack:
                more = [to for to in leads.get((copies, stack.pop()), ()) if to not in seen]
                stack += more
                seen.update(more)
            if one in seen:
                closing.append(bond)
                break
            leads.setdefault((copies, one), []).append(other)
        else:
            kept.append(bond)
    return kept, closing


def _way(
    begins: Iterable[ClaimId],
    ends: Iterable[ClaimId],
    steps: Sequence[Step],
    node: Callable[[ClaimId], object],
) -> Bond | None:
    """Return the last step of a way from any beginning to any end, None where there is no way."""
    leads: dict[object, list[tuple[object, Bond]]] = {}
    for one, other, bond in steps:
        if node(one) != node(other):
            leads.setdefault(node(one), []).append((node(other), bond))
    wanted = {node(each) for each in ends}
    stack = [node(each) for each in begins]
    seen = set(stack)
    while stack:
        for to, bond in leads.get(stack.pop(), ()):
            if to in wanted:
                return bond
            if to not in seen:
                seen.add(to)
                stack.append(to)
    return None
