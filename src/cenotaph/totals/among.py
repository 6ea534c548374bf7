"""Totals of some claims, taken from a tally of all: tangles that lie in them whole are as they are,
and those of which a part does are worked out anew for that part."""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet

from cenotaph.model import ClaimId, Link, Linking, LinkKind, ResolvedClaim, Totals
from cenotaph.totals.figures import Item, is_sum, items
from cenotaph.totals.relations import Tie, related
from cenotaph.totals.rows import Key, added_up, in_order, keys_of
from cenotaph.totals.solve import solve
from cenotaph.totals.tally import Tally
from cenotaph.totals.tangle import Tangle, whole_row


def among(
    tally: Tally,
    claims: Collection[ClaimId],
    by: Sequence[str],
    *,
    sums: AbstractSet[ClaimId],
    known: Mapping[ClaimId, ResolvedClaim],
) -> Totals:
    """Return totals as `totals.total` does of some claims, which have all claims of an event or
    none; `sums` are all claims there are that state sums over several events."""
    only = claims if isinstance(claims, set | frozenset) else frozenset(claims)
    tangles = tally.tangles()
    whole: dict[ClaimId, Tangle] = {}
    parts: set[ClaimId] = set()
    for name, tangle in tangles.items():
        inside = [claim in only for item in tangle.items for claim in item.claims]
        if all(inside):
            whole[name] = tangle
        elif any(inside):
            parts.add(name)
    # What repeats something that is not among them is said by itself.
    loose = {id_ for id_ in sums if id_ in only and _alone(tally, id_, only)}
    parts |= {name for id_ in loose for name in tally.near(id_)}
    cut = [item for name in parts for item in tangles[name].items]
    again = loose | {claim for item in cut for claim in item.claims if claim in only}
    found = [item for item in cut if item.incident is not None and item.key in only]
    found += _sums(tally, again & sums, only, known)
    standing = [tangle for name, tangle in sorted(whole.items()) if name not in parts]
    if found:
        found.sort(key=lambda item: item.key)
        ties = (tie for item in found for each in item.claims for tie in tally.ties(each))
        relations = related(found, ties)
        counted = [item for item in found if item.aside is None]
        standing.append(Tangle(found, relations, solve(counted, relations)))
    return _added(tally, standing, by, only)


def _added(
    tally: Tally, tangles: Sequence[Tangle], by: Sequence[str], only: Collection[ClaimId]
) -> Totals:
    """Return the totals of some tangles."""
    numbers, measure, group = tally.numbers(), tally.measure, tally.group
    grouped: dict[Key, dict[int, list[Item]]] = {}
    for at, tangle in enumerate(tangles if by else ()):
        for item in tangle.items:
            for key in keys_of(item, by, group):
                grouped.setdefault(key, {}).setdefault(at, []).append(item)
    every = sum(number for claim, number in numbers.items() if claim in only)
    return Totals(
        measure=measure,
        group=group,
        by=tuple(by),
        ruleset=f"{tally.ruleset.name}-{tally.ruleset.version}",
        rows=in_order(
            whole_row(
                key,
                [tangles[at].of(items) for at, items in sorted(found.items())],
                measure,
                group,
                sum(added_up(items, numbers) for items in found.values()),
            )
            for key, found in grouped.items()
        ),
        whole=whole_row((), tangles, measure, group, every),
    )


def _alone(tally: Tally, claim: ClaimId, only: Collection[ClaimId]) -> bool:
    """Tell whether a sum that belongs to no figure repeats none of some claims."""
    return tally.owner(claim) is None and not any(
        kind == LinkKind.REPEATS and to in only for _, kind, _, to in tally.ties(claim)
    )


def _sums(
    tally: Tally,
    again: AbstractSet[ClaimId],
    only: Collection[ClaimId],
    known: Mapping[ClaimId, ResolvedClaim],
) -> list[Item]:
    """Return the figures of some stated sums, as they are without all claims but some."""
    said = {each: known[each] for each in again if each in known}
    stated = [each for each, claim in said.items() if is_sum(claim, tally.measure)]
    around = {part for each in stated for part in tally.parts_of(each)}
    for each in (*stated, *around):
        around.update(tally.repeats(each))
        around.update(to for _, kind, _, to in tally.ties(each) if kind == LinkKind.REPEATS)
    said.update((each, known[each]) for each in around if each in only and each in known)
    links = tuple(
        _link(tie)
        for each in said
        for tie in tally.ties(each)
        if tie[1] == LinkKind.REPEATS and tie[3] in only
    )
    made = items(
        tuple(said.values()),
        Linking(links=links, incidents=()),
        (),
        measure=tally.measure,
        group=tally.group,
        ruleset=tally.ruleset,
    )
    return [item for item in made if item.key in again]


def _link(tie: Tie) -> Link:
    claim, kind, by, to = tie
    return Link(claim=claim, kind=LinkKind(kind), to=to, by=by)
