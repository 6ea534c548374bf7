"""Figures of one measure kept between changes: only those that a change touches, and those that
hang together with them, are added up again.

The result is that of `totals.total` over everything: figures of different tangles share nobody, so
their bounds add up. What the whole and its rows open to is kept tangle by tangle too.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from cenotaph.model import (
    MAY_BE_ONE,
    ClaimId,
    Figure,
    Incident,
    Link,
    LinkKind,
    Measure,
    ResolvedClaim,
    Ruleset,
    TotalRow,
    Totals,
)
from cenotaph.shelves import Shelves, memory
from cenotaph.totals.figures import (
    Item,
    echoes,
    is_sum,
    number,
    of_incident,
    of_sum,
)
from cenotaph.totals.relations import Relations, Tie, related
from cenotaph.totals.rows import Key, added_up, keys_of, sortable
from cenotaph.totals.solve import Solution, solve
from cenotaph.totals.tangle import Tangle, whole_row

SOME = 40
"""Tangles that are put together in one step where nobody waits for them."""

LATELY = 3
"""Keys by which rows are made ready again after a change, those that were asked for last."""

PART = 500
"""Figures in one part of what is worked out."""


class Bound(NamedTuple):
    """The figures of a tangle, in the order of their keys, what they come to, and how they stand to
    one another."""

    members: tuple[ClaimId, ...]
    solution: Solution
    relations: Relations


class Worked(NamedTuple):
    """What a tally worked out, or a part of it: figures, their tangles, numbers of claims, and what
    is to be added to the sums of all of them."""

    items: tuple[Item, ...]
    bounds: tuple[Bound, ...]
    numbers: dict[ClaimId, int]
    sums: dict[str, int]


class Tally:
    """The figures of a measure and group, and how they hang together, as of the last change.

    `known`, `links` (from a claim) and `incidents` (by their first claim) are the mappings of what
    follows from a record. They are read when a change is told, and may change between two. What is
    worked out stands on `shelves`: where a record keeps them, nothing is solved twice.

    What a change touches waits on a shelf too until something is asked that rests on it: whoever
    only brings reports solves nothing, and many changes of the same figures are solved once.
    """

    def __init__(
        self,
        known: Mapping[ClaimId, ResolvedClaim],
        links: Mapping[ClaimId, Collection[Link]],
        incidents: Mapping[ClaimId, Incident],
        *,
        ruleset: Ruleset,
        measure: Measure = Measure.KILLED,
        group: str | None = None,
        shelves: Shelves = memory,
    ) -> None:
        self._known, self._links, self._incidents = known, links, incidents
        self.ruleset, self.measure, self.group = ruleset, measure, group
        self._items: MutableMapping[ClaimId, Item] = shelves("added_items", Item)
        self._owners: MutableMapping[ClaimId, AbstractSet[ClaimId]] = shelves(
            "added_in", set[ClaimId]
        )
        self._seen: MutableMapping[ClaimId, tuple[Tie, ...]] = shelves("ties", tuple[Tie, ...])
        self._numbers: MutableMapping[ClaimId, int] = shelves("added_numbers", int)
        self._from: MutableMapping[ClaimId, dict[ClaimId, int]] = shelves(
            "tied_from", dict[ClaimId, int]
        )
        self._repeated: MutableMapping[ClaimId, dict[ClaimId, int]] = shelves(
            "repeated_by", dict[ClaimId, int]
        )
        self._whole_of: MutableMapping[ClaimId, ClaimId] = shelves("part_of", ClaimId)
        self._parts: MutableMapping[ClaimId, set[ClaimId]] = shelves("parts", set[ClaimId])
        # A tangle is called by the first of its figures.
        self._tangle_of: MutableMapping[ClaimId, ClaimId] = shelves("tangle_of", ClaimId)
        self._bounds: MutableMapping[ClaimId, Bound] = shelves("tangles", Bound)
        self._sums: MutableMapping[str, int] = shelves("added_up", int)
        # Figures that changes touched, or that are gone, since tangles were last solved.
        self._waiting: MutableMapping[ClaimId, bool] = shelves("to_solve", bool)
        # Whether there are any, where that is known.
        self._waits: bool | None = None
        # What was put together of the above, for as long as it holds; `_every` are all numbers.
        self._tangles: dict[ClaimId, Tangle] = {}
        self._every: dict[ClaimId, int] | None = None
        self._held = False
        self._asked: dict[tuple[str, ...], None] = {}
        self._whole: TotalRow | None = None
        # What figures weighed before a change, of the tangles that it undoes.
        self._weighed: dict[ClaimId, int] = {}
        self._naive: dict[ClaimId, int] = {}
        self._grouping: dict[tuple[str, ...], dict[Key, dict[ClaimId, list[Item]]]] = {}
        self._rows: dict[tuple[str, ...], dict[Key, TotalRow]] = {}

    def forget(self) -> None:
        """Give back the memory of what can be put together again."""
        self._tangles.clear()
        self._rows.clear()
        self._naive.clear()
        self._grouping.clear()
        self._every = self._whole = None
        self._held = False

    def beside(self, measure: Measure, group: str | None) -> "Tally":
        """Return an empty tally of another measure or group, in memory, over the links and
        breakdowns that this one follows; see `follow`."""
        shared: dict[str, MutableMapping[Any, Any]] = {
            "ties": self._seen,
            "tied_from": self._from,
            "repeated_by": self._repeated,
            "part_of": self._whole_of,
            "parts": self._parts,
        }
        return Tally(
            self._known,
            self._links,
            self._incidents,
            ruleset=self.ruleset,
            measure=measure,
            group=group,
            shelves=lambda name, *_, **__: shared.get(name, {}),
        )

    def copied(self) -> "Tally":
        """Return what this tally worked out as one beside it, in memory."""
        self.settle()
        made = self.beside(self.measure, self.group)
        items, bounds = tuple(self._items.values()), tuple(self._bounds.values())
        numbers, sums = dict(self._numbers.items()), dict(self._sums.items())
        made.resume(Worked(items, bounds, numbers, sums))
        return made

    def begin(
        self,
        found: Iterable[Item],
        numbers: Mapping[ClaimId, int],
        seen: MutableMapping[ClaimId, tuple[Tie, ...]],
        tied: MutableMapping[ClaimId, dict[ClaimId, int]],
    ) -> None:
        """Begin with figures that are worked out already and the numbers of all claims that are
        added by who reads no further; `seen` and `tied` are all links that it stands over, from
        their claims and to them, in memory."""
        self._put(found)
        self._numbers.update(numbers)
        self._sums["every"] = sum(numbers.values())
        kept = self._seen, self._from
        self._seen, self._from = seen, tied
        self._entangle(set(self._items))
        self._seen, self._from = kept

    def _put(self, found: Iterable[Item]) -> None:
        for item in found:
            self._items[item.key] = item
            self._own(item)

    def _own(self, item: Item) -> None:
        """Note of which figure claims are. A set is not changed in place: many claims have one."""
        mine: AbstractSet[ClaimId] = {item.key}
        for claim in item.claims:
            others = self._owners.get(claim)
            self._owners[claim] = mine if not others else others | mine

    def worked(self) -> Iterator[Worked]:
        """Yield all that is worked out, in parts of some figures each, in one order."""
        self.settle()
        items: list[Item] = []
        bounds: list[Bound] = []
        numbers = dict(sorted(self._numbers.items()))
        for _, bound in sorted(self._bounds.items()):
            bounds.append(bound)
            items += (self._items[key] for key in bound.members)
            if len(items) >= PART:
                yield Worked(tuple(items), tuple(bounds), _of(items, numbers), {})
                items, bounds = [], []
        yield Worked(tuple(items), tuple(bounds), numbers, dict(sorted(self._sums.items())))

    def resume(self, worked: Worked) -> None:
        """Take up a part of what an earlier tally worked out."""
        self._put(worked.items)
        for bound in worked.bounds:
            name = bound.members[0]
            self._bounds[name] = bound
            self._tangle_of.update((member, name) for member in bound.members)
        self._numbers.update(worked.numbers)
        self._sums.update(worked.sums)

    @property
    def waits(self) -> bool:
        """Tell whether changes were taken in that are not solved yet."""
        if self._waits is None:
            self._waits = bool(self._waiting)
        return self._waits

    @property
    def figure(self) -> Figure:
        """Return low, best and high of the whole."""
        self.settle()
        low, likely, highest = (self._sums.get(of, 0) for of in ("low", "likely", "highest"))
        best = max(likely, low)
        return Figure(low=low, best=best, high=max(highest, best))

    def weight(self, claim: ClaimId) -> int:
        """Return how many the low counts by the figure that a claim belongs to, 0 for none."""
        self.settle()
        key = self.owner(claim)
        return 0 if key is None else self._weight(self._items[key])

    def _weight(self, item: Item) -> int:
        chosen = self._bounds[self._tangle_of[item.key]].solution.chosen
        return item.low if item.key in chosen else 0

    def weights(self) -> Iterator[tuple[ClaimId, int]]:
        """Yield every claim with what it weighs, where that is anything."""
        self.settle()
        chosen = {key for bound in self._bounds.values() for key in bound.solution.chosen}
        low = {key: item.low for key, item in self._items.items() if key in chosen}
        for claim, owners in self._owners.items():
            weight = low.get(max(owners), 0) if owners else 0
            if weight:
                yield claim, weight

    def follow(
        self, claims: Iterable[ClaimId], incidents: Iterable[ClaimId], sums: Iterable[ClaimId]
    ) -> None:
        """Take in one change or several that the tally has taken in whose links these are; `sums`
        are the stated sums of all reports that say something else than they did."""
        touched = set(claims)
        again = {*incidents, *touched, *sums}
        ends = set(touched)
        for claim in touched:
            self._number(claim)
            # A link that is gone led to what this claim hung together with.
            again |= self._owners.get(claim, set()) | self._heads(claim)
            ends.update(tie[3] for tie in self._seen.get(claim, ()))
        self._work_out(touched, ends, again)
        self.settle()  # the links are another's, and go on changing

    def change(self, claims: Iterable[ClaimId], incidents: Iterable[ClaimId]) -> set[ClaimId]:
        """Take in what a change touched: claims, in themselves or in their links, and incidents by
        their first claims; each may be new or gone. Return the claims of all figures that are other
        than they were; `settle` says which others weigh otherwise by that."""
        touched = set(claims)
        ends: set[ClaimId] = set(touched)
        again = set(incidents) | touched
        for claim in touched:
            self._number(claim)
            again |= self._heads(claim)
            ends |= self._relink(claim)
            again |= self._heads(claim) | self._reparted(claim)
        return self._work_out(touched, ends, again)

    def _work_out(
        self, touched: set[ClaimId], ends: set[ClaimId], again: set[ClaimId]
    ) -> set[ClaimId]:
        """Make the figures of some keys anew, and have them and those of some claims wait to be
        solved; return the claims of figures that are other than they were."""
        self._whole = None
        loose = {key for end in ends if (key := self.owner(end)) is not None}
        moved = set(touched)
        for key in again:
            item = self._items.pop(key, None)
            self._naive.pop(key, None)
            if item is not None:
                loose.add(key)
                moved.update(item.claims)
                for claim in item.claims:
                    self._owners[claim] = self._owners[claim] - {key}
        for key in again:
            item = self._made(key)
            if item is not None:
                self._items[key] = item
                loose.add(key)
                self._own(item)
        loose |= {key for end in ends if (key := self.owner(end)) is not None}
        self._waiting.update((key, True) for key in loose)
        self._waits = bool(loose) or self._waits
        return moved

    def settle(self) -> set[ClaimId]:
        """Solve what waits; return the claims that may weigh otherwise by that, those aside that
        changes named."""
        if not self.waits:
            return set()
        loose = set(self._waiting)
        self._weighed.clear()
        moved: set[ClaimId] = set()
        for key in self._entangle(loose):
            item = self._items[key]
            if self._weighed.get(key) != self._weight(item):
                moved.update(item.claims)
        for key in loose:
            del self._waiting[key]
        self._waits = False
        self._whole = None
        return moved

    def owner(self, claim: ClaimId) -> ClaimId | None:
        """Return the figure that a claim belongs to; of several that with the last key."""
        return max(self._owners.get(claim, ()), default=None)

    def _heads(self, claim: ClaimId) -> set[ClaimId]:
        """Return the claims that a claim repeats, over any number of steps, and itself."""
        found, stack = {claim}, [claim]
        while stack:
            for _, kind, _, to in self._seen.get(stack.pop(), ()):
                if kind == LinkKind.REPEATS and to not in found:
                    found.add(to)
                    stack.append(to)
        return found

    def _relink(self, claim: ClaimId) -> set[ClaimId]:
        """Take over the links of a claim; return the claims they lead and led to."""
        old = self._seen.pop(claim, ())
        links = self._links.get(claim, ()) if claim in self._known else ()
        now = tuple((x.claim, x.kind.value, x.by, x.to) for x in links if counts(x))
        if now:
            self._seen[claim] = now
        for ties, by in ((old, -1), (now, 1)):
            for tie in ties:
                self._count(tie, by)
        return {tie[3] for tie in (*old, *now)}

    def _count(self, tie: Tie, by: int) -> None:
        """Note at the end of a tie where it begins, or note it no more."""
        index = self._repeated if tie[1] == LinkKind.REPEATS else self._from
        ends = index.setdefault(tie[3], {})
        ends[tie[0]] = ends.get(tie[0], 0) + by
        if not ends[tie[0]]:
            del ends[tie[0]]

    def _number(self, claim: ClaimId) -> None:
        """Take over what a claim adds for who reads no further."""
        said = self._known.get(claim)
        told = None if said is None else number(said, self.measure, self.group)
        before = self._numbers.get(claim)
        if told == before:
            return
        for key in self._owners.get(claim, ()):
            if self._naive.pop(key, None) is not None:
                self._drop_rows(self._items[key])
        self._sums["every"] = self._sums.get("every", 0) + (told or 0) - (before or 0)
        if told is None:
            del self._numbers[claim]
        else:
            self._numbers[claim] = told
        if self._every is not None:
            self._every.pop(claim, None)
            self._every.update({} if told is None else {claim: told})

    def _reparted(self, claim: ClaimId) -> set[ClaimId]:
        """Take over what a claim is a breakdown of; return that, as it was and is."""
        said = self._known.get(claim)
        old = self._whole_of.pop(claim, None)
        now = said.claim.part_of if said is not None else None
        if old is not None:
            self._parts[old].discard(claim)
        if now is not None:
            self._whole_of[claim] = now
            self._parts.setdefault(now, set()).add(claim)
        return {whole for whole in (old, now) if whole is not None}

    def _made(self, key: ClaimId) -> Item | None:
        """Return the figure of a key as it is now, None where it is none."""
        event = self._incidents.get(key)
        if event is not None:
            return of_incident(event, self._known, self.measure, self.group, self.ruleset)
        claim = self._known.get(key)
        if claim is None or not is_sum(claim, self.measure) or self._repeats(key):
            return None
        parts = [self._known[part] for part in self._parts.get(key, ()) if part in self._known]
        repeats = echoes(key, self._repeated)
        return of_sum(claim, parts, repeats, self._known, self.group, self.ruleset)

    def _repeats(self, claim: ClaimId) -> bool:
        links = self._seen.get(claim, ())
        return any(kind == LinkKind.REPEATS and to in self._known for _, kind, _, to in links)

    def _untangled(self, key: ClaimId) -> frozenset[ClaimId]:
        """Undo the tangle that a figure is in; return what is loose by that."""
        name = self._tangle_of.get(key)
        if name is None:
            return frozenset()
        bound = self._bounds.pop(name)
        for member in bound.members:
            del self._tangle_of[member]
            item = self._items.get(member)
            if item is not None:
                weight = item.low if member in bound.solution.chosen else 0
                self._weighed.setdefault(member, weight)
        self._add(bound.solution, -1)
        tangle = self._tangles.pop(name, None)
        if tangle is not None:
            self._regroup(name, tangle, gone=True)
        return frozenset(bound.members)

    def _add(self, solution: Solution, times: int) -> None:
        for of in ("low", "likely", "highest"):
            self._sums[of] = self._sums.get(of, 0) + times * getattr(solution, of)

    def _entangle(self, loose: set[ClaimId]) -> set[ClaimId]:
        """Find the tangles of loose figures, and solve each; return the figures in them."""
        waiting = set(loose)
        done: set[ClaimId] = set()
        while waiting:
            key = waiting.pop()
            if key in done:
                continue
            waiting |= self._untangled(key)
            if key not in self._items:
                continue
            members, stack = {key}, [key]
            while stack:
                here = stack.pop()
                waiting |= self._untangled(here)
                for other in self._near(here) - members:
                    members.add(other)
                    stack.append(other)
            done |= members
            self._solve(members)
        return done

    def _near(self, key: ClaimId) -> set[ClaimId]:
        """Return the figures that a figure may share people with, by links of their claims."""
        found: set[ClaimId] = set()
        for claim in self._items[key].claims:
            if self.owner(claim) != key:
                continue
            ends = [to for _, kind, _, to in self._seen.get(claim, ()) if kind != LinkKind.REPEATS]
            for end in (*ends, *self._from.get(claim, ())):
                other = self.owner(end)
                if other is not None and other != key:
                    found.add(other)
        return found

    def _solve(self, members: set[ClaimId]) -> None:
        found = tuple(self._items[key] for key in sorted(members))
        relations = self._relations(found)
        solution = solve([item for item in found if item.aside is None], relations)
        name = found[0].key
        self._bounds[name] = Bound(tuple(item.key for item in found), solution, relations)
        self._tangle_of.update((item.key, name) for item in found)
        self._tangles[name] = Tangle(found, relations, solution)
        self._regroup(name, self._tangles[name], gone=False)
        self._add(solution, 1)

    def _regroup(self, name: ClaimId, tangle: Tangle, *, gone: bool) -> None:
        """Put a tangle into the rows in which it stands, or take it out of them."""
        for item in tangle.items:
            self._drop_rows(item)
            for by, grouped in self._grouping.items():
                for key in keys_of(item, by, self.group):
                    if not gone:
                        grouped.setdefault(key, {}).setdefault(name, []).append(item)
                    elif grouped.get(key, {}).pop(name, None) and not grouped[key]:
                        del grouped[key]

    def _drop_rows(self, item: Item) -> None:
        """Forget the rows in which a figure stands, in which something is other than it was."""
        for by, rows in self._rows.items():
            for key in keys_of(item, by, self.group):
                rows.pop(key, None)

    def _relations(self, found: Sequence[Item]) -> Relations:
        if len(found) == 1:
            return Relations()
        ties = (tie for item in found for each in item.claims for tie in self._seen.get(each, ()))
        return related(found, ties)

    def _hold(self) -> dict[ClaimId, int]:
        """Have all tangles in memory, each of which is the same until something in it changes;
        return all numbers."""
        self.settle()
        if not self._held:
            items: dict[ClaimId, Item] = {}
            for name, (members, solution, relations) in self._bounds.items():
                if name not in self._tangles:
                    items = items or dict(self._items.items())
                    found = tuple(items[key] for key in members)
                    self._tangles[name] = Tangle(found, relations, solution)
            self._held = True
        if self._every is None:
            self._every = dict(self._numbers.items())
        return self._every

    @property
    def looked_at(self) -> tuple[tuple[str, ...], ...]:
        """The keys by which totals were lately asked for, none for the whole."""
        return tuple(self._asked)

    def _note(self, by: tuple[str, ...]) -> None:
        self._asked.pop(by, None)
        self._asked[by] = None
        if len(self._asked) > LATELY:
            del self._asked[next(iter(self._asked))]

    def warm(self, by: Iterable[tuple[str, ...]]) -> Iterator[None]:
        """Have all tangles in memory little by little, and the rows by each of some keys, the whole
        for none; others may change it between two steps."""
        self.settle()
        for at, name in enumerate([] if self._held else list(self._bounds)):
            self.settle()
            bound = None if name in self._tangles else self._bounds.get(name)
            if bound is not None:
                found = tuple(self._items[key] for key in bound.members)
                made = self._tangles[name] = Tangle(found, bound.relations, bound.solution)
                _ = made.parts, made.apart
            if at % SOME == 0:
                yield
        self._hold()
        for each in by:
            if not each:
                self._row_of_all()
                yield
            for at, key in enumerate(list(self._grouped(each))):
                row = self._grouped(each).get(key)
                new = row is not None and key not in self._rows.get(each, {})
                if row is not None:
                    self._row(each, key, row)
                if at % SOME == 0 or (new and row is not None and len(row) > SOME):
                    yield

    def totals(self, by: Sequence[str] = (), *, part: slice | None = None) -> Totals:
        """Return totals as `totals.total` does for this measure and group; not by "group". With
        `part` they have these of the rows alone.

        Rows are kept: those are made again in which something changed.
        """
        self._hold()
        self._note(())
        return Totals(
            measure=self.measure,
            group=self.group,
            by=tuple(by),
            ruleset=f"{self.ruleset.name}-{self.ruleset.version}",
            rows=self.rows(by, part=part),
            whole=self._row_of_all(),
        )

    def _row_of_all(self) -> TotalRow:
        if self._whole is None:
            every = self._sums.get("every", 0)
            tangles = tuple(self._tangles.values())
            self._whole = whole_row((), tangles, self.measure, self.group, every)
        return self._whole

    def rows(self, by: Sequence[str], *, part: slice | None = None) -> tuple[TotalRow, ...]:
        """Return the rows of totals, or some of them, in their order."""
        self._hold()
        if by:
            self._note(tuple(by))
        grouped = self._grouped(by)
        keys = sorted(grouped, key=sortable)
        wanted = keys if part is None else keys[part]
        return tuple(self._row(tuple(by), key, grouped[key]) for key in wanted)

    def tangles(self) -> Mapping[ClaimId, Tangle]:
        """Return all tangles by their names."""
        self._hold()
        return self._tangles

    def numbers(self) -> Mapping[ClaimId, int]:
        """Return the number of every claim, as one would add them who reads no further."""
        return self._hold()

    def ties(self, claim: ClaimId) -> Sequence[Tie]:
        """Return the links that start at a claim."""
        return self._seen.get(claim, ())

    def repeats(self, claim: ClaimId) -> Sequence[ClaimId]:
        """Return a claim and all that repeat it, over any number of steps."""
        return echoes(claim, self._repeated)

    def parts_of(self, claim: ClaimId) -> Collection[ClaimId]:
        """Return the breakdowns of a claim."""
        return self._parts.get(claim, ())

    def near(self, claim: ClaimId) -> set[ClaimId]:
        """Return the names of the tangles to which links lead from a claim, and those that lead to
        it."""
        ends = (*(tie[3] for tie in self.ties(claim)), *self._from.get(claim, ()))
        owners = {key for end in ends if (key := self.owner(end)) is not None}
        return {self._tangle_of[key] for key in owners}

    def count(self, by: Sequence[str]) -> int:
        """Return how many rows totals have."""
        self._hold()
        return len(self._grouped(by))

    def _grouped(self, by: Sequence[str]) -> dict[Key, dict[ClaimId, list[Item]]]:
        """Return the figures of each row, tangle by tangle."""
        if not by:
            return {}
        if tuple(by) not in self._grouping:
            grouped: dict[Key, dict[ClaimId, list[Item]]] = {}
            for tangle, of in self._tangles.items():
                for item in of.items:
                    for named in keys_of(item, by, self.group):
                        grouped.setdefault(named, {}).setdefault(tangle, []).append(item)
            self._grouping[tuple(by)] = grouped
        return self._grouping[tuple(by)]

    def _naive_of(self, item: Item, numbers: Mapping[ClaimId, int]) -> int:
        """Return what a figure comes to for who adds every number."""
        found = self._naive.get(item.key)
        if found is None:
            found = self._naive[item.key] = added_up((item,), numbers)
        return found

    def _row(
        self, by: tuple[str, ...], key: Key, found: Mapping[ClaimId, Sequence[Item]]
    ) -> TotalRow:
        """Return a row, that of before where nothing in it changed."""
        kept = self._rows.setdefault(by, {})
        if key not in kept:
            numbers = self._hold()
            naive = sum(self._naive_of(item, numbers) for items in found.values() for item in items)
            parts = [self._tangles[name].of(items) for name, items in sorted(found.items())]
            kept[key] = whole_row(key, parts, self.measure, self.group, naive)
        return kept[key]


def _of(items: Iterable[Item], numbers: dict[ClaimId, int]) -> dict[ClaimId, int]:
    """Take the numbers of the claims of some figures out of all."""
    claims = (claim for item in items for claim in item.claims)
    return {claim: numbers.pop(claim) for claim in claims if claim in numbers}


def counts(link: Link) -> bool:
    """Tell whether totals look at a link."""
    if link.kind is LinkKind.SAME_INCIDENT:
        return link.by in MAY_BE_ONE
    return link.kind in (LinkKind.WITHIN, LinkKind.MAY_BE_WITHIN, LinkKind.REPEATS)
