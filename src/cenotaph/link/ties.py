"""Tales of all documents, and the pairs of them that may tell of one event.

Only tales that share a key are compared; a reprint, and what is written after an earlier tale, goes
with that one and is compared with no other. A change compares the tales that came, and the pairs of
a crowded key whose neighbours changed.
"""

from collections.abc import Collection, Iterable, Iterator, MutableMapping

from cenotaph.link.across import Pair, pair
from cenotaph.link.decided import Tie
from cenotaph.link.folds import Folds
from cenotaph.link.known import Facts, Known
from cenotaph.link.profiles import SOME_ONLY, Key, Profile, comparable, idle, most, neighbours
from cenotaph.link.told import counts_harm
from cenotaph.link.touched import Touched
from cenotaph.model import ClaimId, DocumentId
from cenotaph.shelves import Sets, Shelves


class Ties:
    """Which tales are compared, what speaks for two being one, and which reprint which."""

    def __init__(self, known: Known, shelves: Shelves) -> None:
        self._known = known
        self.profiles, self.tale_of = known.profiles, known.tale_of
        self.scored: MutableMapping[ClaimId, dict[ClaimId, Pair]] = shelves(
            "scored", dict[ClaimId, Pair]
        )
        self.given: MutableMapping[ClaimId, set[ClaimId]] = shelves("given", set[ClaimId])
        self._given_by: MutableMapping[DocumentId, set[Tie]] = shelves("given_by", set[Tie])
        self._folds = Folds(self.profiles, shelves)
        self._blocks = Sets("blocks", shelves)

    def change(self, gone: Collection[Facts], come: Collection[Facts], touched: Touched) -> None:
        """Take the tales of documents out, and those of others in, and compare what came."""
        for old in gone:
            self._forget(old, touched)
        for new in come:
            touched.tales.update(new.profiles)
            self._give(new, touched)
        self._fold(gone, come, touched)
        self._compare(touched)

    def weightless(self, tale: Profile) -> bool:
        """Tell whether a tale says nothing of its own: a reprint, or one written after another."""
        return tale.first in self._folds.after or self._reprints(tale)

    def _reprints(self, tale: Profile) -> bool:
        if tale.first not in self._known.inside[tale.document].reprinted:
            return False
        return any(tale.first in tie for tie in self._given_by.get(tale.document, ()))

    def _forget(self, old: Facts, touched: Touched) -> None:
        for one, other in self._given_by.pop(old.inside.said.document, ()):
            self._part(one, other, touched)
        for first, profile in old.profiles.items():
            touched.tales.add(first)
            self._withdraw(first, old.keys[first], touched)
            touched.old[first] = profile

    def _give(self, new: Facts, touched: Touched) -> None:
        """Tie the tales of a document to those that they reprint in part.

        A stock sentence that counts attacks, or nobody, makes no tale another's, nor do words about
        some of the dead: of which of its tolls a report tells them is read from what stands around
        them. What reprints an earlier tale from end to end is tied by whatever it says.
        """
        given = set()
        for link in new.inside.copied:
            one, other = self.tale_of.get(link.claim), self.tale_of.get(link.to)
            if one is None or other is None:
                continue
            claim = self._known.claims[link.claim]
            if one in new.inside.reprinted or counts_harm(claim) and claim.claim.part_of is None:
                given.add(self._tie(one, other))
                self._unite(one, other, touched)
        self._given_by[new.inside.said.document] = given

    def _fold(self, gone: Collection[Facts], come: Collection[Facts], touched: Touched) -> None:
        """Let tales follow what they are written after; the others are compared."""
        every = [each for new in come for each in new.profiles.values()]
        fresh = [each for each in every if not self._reprints(each)]
        went = [each for old in gone for each in old.profiles.values()]
        left = self._folds.change(fresh, went)
        for first, to in left.items():
            if to is not None and not self._given(first, to):
                self._part(first, to, touched)
        here = {first for first in left if first in self.profiles}
        for first in here | {each.first for each in fresh}:
            after = self._folds.after.get(first)
            if after is None:
                self._enter(first, touched)
            else:
                self._withdraw(first, self._known.keys[first], touched)
                self._unite(first, after, touched)

    def _given(self, one: ClaimId, other: ClaimId) -> bool:
        """Tell whether a tale that is there reprints another in part."""
        tale = self.profiles.get(one)
        if tale is None or other not in self.profiles:
            return False
        return self._tie(one, other) in self._given_by.get(tale.document, ())

    def _unite(self, one: ClaimId, other: ClaimId, touched: Touched) -> None:
        self.given.setdefault(one, set()).add(other)
        self.given.setdefault(other, set()).add(one)
        touched.tales |= {one, other}

    def _part(self, one: ClaimId, other: ClaimId, touched: Touched) -> None:
        for here, there in ((one, other), (other, one)):
            if here in self.given:
                self.given[here].discard(there)
        touched.tales |= {one, other}

    def _enter(self, first: ClaimId, touched: Touched) -> None:
        """Let a tale be looked up."""
        touched.moved.add(first)
        for key in self._known.keys[first]:
            self._touch(key, touched)
            self._blocks.add(key, first)

    def _withdraw(self, first: ClaimId, made: Iterable[Key], touched: Touched) -> None:
        """Let a tale be looked up no longer, if it was."""
        touched.moved.add(first)
        for key in made:
            if self._blocks.has(key, first):
                self._touch(key, touched)
                self._blocks.discard(key, first)

    def _touch(self, key: Key, touched: Touched) -> None:
        if key not in touched.before:
            touched.before[key] = self._sharing(key)

    def _sharing(self, key: Key) -> tuple[int, list[ClaimId]]:
        """Return how many tales share a key, and which; of a word that thousands have, none."""
        size = self._blocks.size(key)
        return size, [] if idle(key, size) else list(map(ClaimId, self._blocks.members(key)))

    def _tie(self, one: ClaimId, other: ClaimId) -> Tie:
        if self.profiles[other].key < self.profiles[one].key:
            return other, one
        return one, other

    def _compare(self, touched: Touched) -> None:
        """Compare the pairs that share a key now, and drop those that do no longer."""
        moved = touched.moved
        for first in moved:
            for other in self.scored.pop(first, {}):
                touched.tales.add(other)
                if other not in moved:
                    del self.scored[other][first]
        new: set[Tie] = set()
        dropped: set[Tie] = set()
        for key, (count, before) in touched.before.items():
            size, block = self._sharing(key)
            if size <= most(key) and count <= most(key):
                fresh = [first for first in block if first in moved]
                for first in fresh:
                    new.update(
                        self._tie(first, other)
                        for other in block
                        if other != first and self._comparable(key, first, other)
                    )
            else:
                old = [self.profiles.get(first) or touched.old[first] for first in before]
                then = {(a.first, b.first) for a, b in neighbours(key, old)}
                now = {self._tie(a.first, b.first) for a, b in self._neighbours(key, block)}
                new |= now
                dropped |= {
                    self._tie(a, b) for a, b in then if a in self.profiles and b in self.profiles
                } - now
        for tie in new:
            self._score(tie, touched)
        for tie in dropped - new:
            if tie[1] in self.scored.get(tie[0], {}) and not self._compared(tie):
                self._cut(tie, touched)

    def _comparable(self, key: Key, one: ClaimId, other: ClaimId) -> bool:
        return key[0] not in SOME_ONLY or comparable(key, self.profiles[one], self.profiles[other])

    def _neighbours(self, key: Key, block: Iterable[ClaimId]) -> Iterator[tuple[Profile, Profile]]:
        return neighbours(key, [self.profiles[first] for first in block])

    def _score(self, tie: Tie, touched: Touched) -> None:
        left, right = tie
        if right in self.scored.get(left, {}):
            return
        a, b = self.profiles[left], self.profiles[right]
        if a.document == b.document:
            return
        found = pair(a, b, self._known.words)
        if found is None:
            return
        self.scored.setdefault(left, {})[right] = found
        self.scored.setdefault(right, {})[left] = found
        touched.tales |= {left, right}

    def _cut(self, tie: Tie, touched: Touched) -> None:
        left, right = tie
        del self.scored[left][right], self.scored[right][left]
        touched.tales |= {left, right}

    def _compared(self, tie: Tie) -> bool:
        """Tell whether two tales are compared under some key that they share."""
        left, right = tie
        for key in set(self._known.keys[left]) & set(self._known.keys[right]):
            size, block = self._sharing(key)
            if size <= most(key):
                if self._comparable(key, left, right):
                    return True
                continue
            if any({a.first, b.first} == {left, right} for a, b in self._neighbours(key, block)):
                return True
        return False
