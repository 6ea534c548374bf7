"""Figures of totals kept from one change to the next, so that adding up reads no claim again.

Of each event and each document stands here what any total takes from it; a total then reads the
figures of its measure and group, and solves them as if they had just been made.
"""

from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    MutableMapping,
    Sequence,
)
from copy import copy
from typing import NamedTuple

from cenotaph.model import (
    GROUPS,
    ClaimId,
    DocumentId,
    Incident,
    Link,
    Linking,
    LinkKind,
    Measure,
    ResolvedClaim,
    Ruleset,
    Scope,
)
from cenotaph.shelves import Shelves
from cenotaph.totals.figures import Item, belongs, items, of_incident
from cenotaph.totals.relations import Tie, related
from cenotaph.totals.rows import Added
from cenotaph.totals.tally import Tally, counts

SUMS = (Scope.SUBTOTAL, Scope.CUMULATIVE)
EVERYONE = ""
"""What stands for no group where one is named."""


class Number(NamedTuple):
    """A claim's number, its measure, and the groups under which it is added."""

    claim: ClaimId
    measure: str
    number: int
    groups: list[str]


Figures = dict[str, Item]
"""The figures of one event, by measure and group."""

Relation = tuple[str, str, ClaimId]
"""A link as totals use it: its kind, its rule, and where it leads."""


class Kept:
    """What totals are made of, for all documents as of the last change."""

    def __init__(self, ruleset: Ruleset, shelves: Shelves) -> None:
        self._ruleset = ruleset
        self._items: MutableMapping[ClaimId, Figures] = shelves("items", Figures)
        self._sums: MutableMapping[DocumentId, tuple[ResolvedClaim, ...]] = shelves(
            "sums_of", tuple[ResolvedClaim, ...]
        )
        self._numbers: MutableMapping[DocumentId, tuple[Number, ...]] = shelves(
            "numbers", tuple[Number, ...]
        )
        self._relations: MutableMapping[ClaimId, tuple[Relation, ...]] = shelves(
            "relations", tuple[Relation, ...]
        )

    def event(
        self, first: ClaimId, incident: Incident | None, known: Mapping[ClaimId, ResolvedClaim]
    ) -> None:
        """Take in an event by its first claim, None where it is there no more."""
        found: Figures = {}
        if incident is not None:
            told = {id_: known[id_] for id_ in incident.claims if id_ in known}
            for each in incident.estimates:
                item = of_incident(incident, told, each.measure, each.group, self._ruleset)
                if item is not None:
                    found[_under(each.measure, each.group)] = item
        _put(self._items, first, found)

    def document(self, id_: DocumentId, claims: Iterable[ResolvedClaim]) -> None:
        """Take in what a document says now, nothing where it is there no more."""
        told = tuple(claims)
        sums = {claim.id for claim in told if claim.claim.scope in SUMS}
        _put(
            self._sums,
            id_,
            tuple(each for each in told if {each.id, each.claim.part_of} & sums),
        )
        _put(self._numbers, id_, tuple(_number(each) for each in told))

    def links(self, claim: ClaimId, links: Iterable[Link]) -> None:
        """Take in the links that start at a claim."""
        _put(
            self._relations,
            claim,
            tuple((x.kind.value, x.by, x.to) for x in links if counts(x)),
        )

    def under(
        self,
        ruleset: Ruleset,
        events: Iterable[tuple[ClaimId, Incident]],
        known: Mapping[ClaimId, ResolvedClaim],
    ) -> "Kept":
        """Return the same reports with events as another ruleset reconciles them, in memory."""
        other = copy(self)
        other._ruleset, other._items = ruleset, {}
        for first, incident in events:
            other.event(first, incident, known)
        return other

    def added(
        self,
        measure: Measure,
        known: Mapping[ClaimId, ResolvedClaim],
        only: Collection[ClaimId] | None = None,
    ) -> Callable[[str | None], Added]:
        """Return what `total_of` adds up; `known` gives claims that are asked for.

        With `only` it is of these claims alone; an event is there with all of its claims, or not.
        """
        ties = list(self._ties())
        if only is not None:
            ties = [each for each in ties if each[0] in only and each[3] in only]
        repeats = _repeats(ties)
        sums = [each for each in self._summed(repeats, known) if only is None or each.id in only]

        def added(group: str | None) -> Added:
            found = self._figures(sums, repeats, measure, group, only)
            numbers = self._naive(measure, group)
            if only is not None:
                numbers = {id_: told for id_, told in numbers.items() if id_ in only}
            return Added(found, related(found, ties), numbers)

        return added

    def tallies(
        self, whole: Tally, known: Mapping[ClaimId, ResolvedClaim]
    ) -> Iterator[tuple[Measure, str | None, Tally]]:
        """Yield a tally of every measure and group of which anything is told, in memory, each over
        the links that `whole` follows."""
        seen: dict[ClaimId, list[Tie]] = {}
        tied: dict[ClaimId, dict[ClaimId, int]] = {}
        repeats = []
        for tie in self._ties():
            seen.setdefault(tie[0], []).append(tie)
            if tie[1] == LinkKind.REPEATS:
                repeats.append(_link(*tie))
            else:
                tied.setdefault(tie[3], {})[tie[0]] = 1
        ties = {claim: tuple(each) for claim, each in seen.items()}
        sums = self._summed(repeats, known)
        linking = Linking(links=tuple(repeats), incidents=())
        numbers: dict[str, dict[ClaimId, int]] = {}
        for told in self._numbers.values():
            for each in told:
                for named in each.groups:
                    under = _under(Measure(each.measure), named or None)
                    numbers.setdefault(under, {})[each.claim] = each.number
        figures: dict[str, list[Item]] = {}
        for of in self._items.values():
            for under, item in of.items():
                figures.setdefault(under, []).append(item)
        stated = {each.claim.measure for each in sums}
        for measure in Measure:
            for group in (None, *GROUPS):
                under = _under(measure, group)
                if (measure, group) == (whole.measure, whole.group):
                    yield measure, group, whole.copied()
                    continue
                found: list[Item] = []
                if measure in stated:
                    found = items(
                        sums, linking, (), measure=measure, group=group, ruleset=self._ruleset
                    )
                found += figures.pop(under, ())
                if found or under in numbers:
                    tally = whole.beside(measure, group)
                    tally.begin(found, numbers.pop(under, {}), ties, tied)
                    yield measure, group, tally

    def _naive(self, measure: Measure, group: str | None) -> dict[ClaimId, int]:
        """Return the number of every claim of a measure and group."""
        named = EVERYONE if group is None else group
        return {
            each.claim: each.number
            for told in self._numbers.values()
            for each in told
            if each.measure == measure.value and named in each.groups
        }

    def _figures(
        self,
        sums: Sequence[ResolvedClaim],
        repeats: Iterable[Link],
        measure: Measure,
        group: str | None,
        only: Collection[ClaimId] | None = None,
    ) -> list[Item]:
        under = _under(measure, group)
        found = items(
            sums,
            Linking(links=tuple(repeats), incidents=()),
            (),
            measure=measure,
            group=group,
            ruleset=self._ruleset,
        )
        found += (
            each[under]
            for first, each in self._items.items()
            if under in each and (only is None or first in only)
        )
        found.sort(key=lambda item: item.key)
        return found

    def _ties(self) -> Iterator[Tie]:
        for claim, found in self._relations.items():
            for kind, by, to in found:
                yield claim, kind, by, to

    def _summed(
        self, repeats: Iterable[Link], known: Mapping[ClaimId, ResolvedClaim]
    ) -> list[ResolvedClaim]:
        """Return the sums, their breakdowns, and whatever repeats a sum."""
        found = {claim.id: claim for told in self._sums.values() for claim in told}
        repeated: dict[ClaimId, list[ClaimId]] = {}
        for link in repeats:
            repeated.setdefault(link.to, []).append(link.claim)
            # What is itself repeated by a sum is looked at as one that may be gone.
            if link.claim in found and link.to not in found and link.to in known:
                found[link.to] = known[link.to]
        stack = list(found)
        while stack:
            for other in repeated.get(stack.pop(), ()):
                if other not in found and other in known:
                    found[other] = known[other]
                    stack.append(other)
        return list(found.values())


def _number(each: ResolvedClaim) -> Number:
    count = each.claim.count
    groups: list[str] = [] if each.claim.part_of is not None else [EVERYONE]
    groups += (name for name in GROUPS if belongs(each, name))
    return Number(each.id, each.claim.measure.value, count.low or count.high or 0, groups)


def _link(claim: ClaimId, kind: str, by: str, to: ClaimId) -> Link:
    return Link(claim=claim, kind=LinkKind(kind), to=to, by=by)


def _repeats(ties: Iterable[Tie]) -> list[Link]:
    return [_link(*each) for each in ties if each[1] == LinkKind.REPEATS]


def _under(measure: Measure, group: str | None) -> str:
    return measure.value if group is None else f"{measure.value}/{group}"


def _put(shelf: MutableMapping, key: str, value: Figures | tuple) -> None:  # type: ignore[type-arg]
    if value:
        shelf[key] = value
    else:
        shelf.pop(key, None)
