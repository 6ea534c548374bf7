"""What each voice says in all: counts of different people add up, a count of everyone holds those
of some."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cenotaph.bounds import heaviest
from cenotaph.model import ClaimId, Group, ResolvedClaim, Ruleset, Status
from cenotaph.reconcile.aside import numbered
from cenotaph.reconcile.beside import Beside
from cenotaph.reconcile.people import adds, apart, names, narrower, same
from cenotaph.reconcile.values import value
from cenotaph.voices import voice

# A claim is held against so many of the first and last statements of a count, and against so many
# counts before it; only hostile texts have more.
COMPARED = 12
TANGLE = 300


@dataclass(frozen=True, slots=True)
class Sum:
    """What one voice says of everyone asked for; `added` are counts that come to its figure only
    together."""

    voice: str
    low: int | None
    best: int
    high: int
    kind: str | None
    used: tuple[ClaimId, ...]
    at: int
    documents: frozenset[str] = frozenset()
    opens: bool = False
    added: tuple[ClaimId, ...] = ()
    single: bool = False


def sums_of(
    claims: Sequence[ResolvedClaim],
    beside: Beside,
    further: Collection[ClaimId],
    opened: Collection[ClaimId],
    said: Mapping[str, Sequence[ResolvedClaim]],
    parts: Mapping[ClaimId, Sequence[ResolvedClaim]],
    ruleset: Ruleset,
) -> list[Sum]:
    """Return what each voice says in all, those that tell only of some of the people left out.

    `parts` are the breakdowns of each claim.
    """
    by_voice: dict[str, list[ResolvedClaim]] = {}
    for claim in claims:
        name = voice(claim)
        by_voice.setdefault(name, [*said.get(name, ())]).append(claim)
    fighters = any(_of_fighters(claim) for claim in claims)
    tolls = {
        name: own
        for name, own in by_voice.items()
        # Further dead on top of what somebody else counted are no toll of the event.
        if not all(claim.id in further for claim in own)
        and not _partial(own, [c for c in claims if voice(c) != name], beside, ruleset, fighters)
    }
    position = {claim.id: number for number, claim in enumerate(claims)}
    found = []
    for name, own in (tolls or by_voice).items():
        others = [
            c
            for c in claims
            if voice(c) != name and all(apart(c.claim.group, o.claim.group) for o in own)
        ]
        slots = _slots([*own, *others], beside, ruleset)
        conflicts = _conflicts(slots, beside)
        low, used = _add(slots, "low", conflicts)
        best, _ = _add(slots, "best", conflicts)
        high, _ = _add(slots, "high", conflicts)
        bounded = any(slot.low is not None for slot in slots)
        best = max(best, low)
        broken, breakdown = _broken_down(own, parts, beside, ruleset)
        firsts = [slot.claims[0].id for slot in slots]
        added = breakdown if broken > high else tuple(id_ for id_ in firsts if id_ in used)
        high = max(high, broken)
        found.append(
            Sum(
                voice=name,
                low=low if bounded else None,
                best=best,
                high=max(high, best),
                kind=_kind(own),
                used=tuple(used),
                at=max(position[claim.id] for claim in own),
                documents=frozenset(claim.claim.document for claim in own),
                opens=any(claim.id in opened and numbered(claim) for claim in own),
                added=added if len(added) > 1 else (),
                single=all(_single(claim) for claim in own),
            )
        )
    return found


def together(
    claims: Sequence[ResolvedClaim], beside: Beside, ruleset: Ruleset
) -> tuple[int, tuple[ClaimId, ...]]:
    """Return how many different people some counts come to at least, and the counts that do.

    Those that give no number under the ruleset add nothing.
    """
    told = [claim for claim in claims if value(claim, ruleset) is not None]
    slots = _slots(told, beside, ruleset)
    least, used = _add(slots, "low", _conflicts(slots, beside))
    return least, tuple(slot.claims[0].id for slot in slots if slot.claims[0].id in used)


def _broken_down(
    claims: Sequence[ResolvedClaim],
    parts: Mapping[ClaimId, Sequence[ResolvedClaim]],
    beside: Beside,
    ruleset: Ruleset,
) -> tuple[int, tuple[ClaimId, ...]]:
    """Return the most that the breakdowns of any of these claims come to, and those that do.

    Who counts ten dead, four children and eight women among them, counts twelve.
    """
    found = [together(parts[claim.id], beside, ruleset) for claim in claims if claim.id in parts]
    return max(found, default=(0, ()))


def _kind(claims: Sequence[ResolvedClaim]) -> str | None:
    """Return of which kind a voice is, None where nobody is named."""
    return next((c.claim.said_by[0].kind for c in claims if c.claim.said_by), None)


def tolls(sums: Sequence[Sum], ruleset: Ruleset) -> list[Sum]:
    """Leave out who, by the ruleset, tells only of those he saw and counts fewer than another.

    Likewise whom a document cites for fewer than its opening counts in its own voice, and who in it
    tells of single persons where another counts: a person told of is no toll.
    """
    sums = [
        found
        for found in sums
        if not found.single
        or not any(
            found.documents <= other.documents and found.best < other.best and not other.single
            for other in sums
        )
    ]
    opening = [found for found in sums if found.opens]
    sums = [
        found
        for found in sums
        if not any(found.documents <= o.documents and found.best < o.best for o in opening)
    ]
    whole = [found.best for found in sums if found.kind not in ruleset.eyewitnesses]
    most = max(whole, default=0)
    # "Between 20 and 30" is not fewer than 24.
    return [found for found in sums if found.kind not in ruleset.eyewitnesses or found.high >= most]


def _single(claim: ResolvedClaim) -> bool:
    """Tell whether a claim tells of one person without counting: "a boy", a name."""
    count = claim.claim.count
    return count.imputed and count.low == count.high == 1


def _partial(
    own: Sequence[ResolvedClaim],
    others: Sequence[ResolvedClaim],
    beside: Beside,
    ruleset: Ruleset,
    fighters: bool,
) -> bool:
    """Tell whether a voice counts only some of the people that another counts.

    Who counts more of some than the other counts in all is at odds with it, and no part of it;
    likewise who counts six women and seven children, where the other counts ten. Where nobody tells
    of fighters, who says "civilians" says whom the event killed, and not which of them.
    """
    holding = [
        other
        for other in others
        if all(
            narrower(_told(claim.claim.group, fighters), other.claim.group)
            and _least(claim, ruleset) <= _most(other, ruleset)
            for claim in own
        )
    ]
    if not holding or len(own) == 1:
        return bool(holding)
    least, _ = together(own, beside, ruleset)
    return any(least <= _stated(other, ruleset) for other in holding)


def _of_fighters(claim: ResolvedClaim) -> bool:
    group = claim.claim.group
    return group.attacker or group.status in (Status.COMBATANT, Status.MIXED)


def _told(group: Group, fighters: bool) -> Group:
    """Return a group, of whatever status where it is of civilians and fighters are not told of."""
    if fighters or group.status is not Status.CIVILIAN:
        return group
    return replace(group, status=Status.UNKNOWN)


def _least(claim: ResolvedClaim, ruleset: Ruleset) -> int:
    found = value(claim, ruleset)
    return 0 if found is None else found.low or 0


def _stated(claim: ResolvedClaim, ruleset: Ruleset) -> int:
    found = value(claim, ruleset)
    return 0 if found is None else found.high


def _most(claim: ResolvedClaim, ruleset: Ruleset) -> float:
    """Return the most that a claim can mean: what is at least so many may be any more."""
    found = value(claim, ruleset)
    open_above = claim.claim.count.high is None
    return math.inf if found is None or open_above else found.high


@dataclass(frozen=True, slots=True)
class _Slot:
    """Claims of one voice that are statements of one count."""

    claims: tuple[ResolvedClaim, ...]
    low: int | None
    best: int
    high: int


_Row = tuple[str, ClaimId, ClaimId]


class _Rows:
    """Counts by the rows in which every one comes on top of the one before: of different people.

    Those of one row need not be held against each other, so that a text that says "another" from
    end to end takes work in proportion to its length.
    """

    # With more rows than this, counts are held against all.
    MOST = 8

    def __init__(self, beside: Beside, tangle: int = TANGLE) -> None:
        self._beside, self._tangle = beside, tangle
        self._of: dict[tuple[str, ClaimId] | None, list[int]] = {}
        self._same: dict[_Row, list[int]] = {}

    def add(self, claims: Sequence[ResolvedClaim], number: int) -> None:
        """Take in a count by its statements."""
        row = self._row(claims)
        self._of.setdefault(row[:2] if row is not None else None, []).append(number)
        if row is not None:
            self._same.setdefault(row, []).append(number)

    def near(self, claims: Sequence[ResolvedClaim], number: int) -> Sequence[int]:
        """Return the last counts before one that may be of the same people, the first first."""
        row = self._row(claims)
        if row is None or len(self._of) > self.MOST:
            return range(max(0, number - self._tangle), number)
        found = list(self._same.get(row, ()))
        for other, members in self._of.items():
            if other != row[:2]:
                found += members[-self._tangle :]
        return sorted(found)[-self._tangle :]

    def _row(self, claims: Sequence[ResolvedClaim]) -> _Row | None:
        found = {
            (claim.claim.document, *row)
            for claim in claims
            if claim.claim.part_of is None and (row := self._beside.row(claim.id)) is not None
        }
        alone = len(found) == 1 and all(claim.claim.part_of is None for claim in claims)
        return found.pop() if alone else None


def _slots(claims: Sequence[ResolvedClaim], beside: Beside, ruleset: Ruleset) -> list[_Slot]:
    groups: list[list[ResolvedClaim]] = []
    rows = _Rows(beside)
    for claim in claims:
        for n in rows.near([claim], len(groups)):
            group = groups[n]
            if all(
                same(claim.claim.group, other.claim.group)
                and not adds(claim, other, beside)
                and voice(claim) == voice(other)
                for other in group[:COMPARED] + group[COMPARED:][-COMPARED:]
            ):
                group.append(claim)
                break
        else:
            rows.add([claim], len(groups))
            groups.append([claim])
    slots = []
    for group in groups:
        counting = [claim for claim in group if not _single(claim)] or group
        values = [found for claim in counting if (found := value(claim, ruleset)) is not None]
        # Within one text the lede says what stands; later numbers are often older tolls, and lower
        # ones of the same voice some of those already told of. A person told of is no toll.
        slots.append(
            _Slot(
                claims=tuple(group),
                low=_least_opening(counting, ruleset),
                best=values[0].best,
                high=max(found.high for found in values),
            )
        )
    return slots


def _least_opening(claims: Sequence[ResolvedClaim], ruleset: Ruleset) -> int | None:
    """Return the lowest of the bounds that each text gives first, None where none gives one."""
    first: dict[str, int] = {}
    for claim in claims:
        found = value(claim, ruleset)
        if found is not None and found.low is not None:
            first.setdefault(claim.claim.document, found.low)
    return min(first.values(), default=None)


def _add(
    slots: Sequence[_Slot], bound: str, conflicts: Mapping[int, Collection[int]]
) -> tuple[int, list[ClaimId]]:
    weights = {n: getattr(slot, bound) or 0 for n, slot in enumerate(slots)}
    choice = heaviest(weights, conflicts)
    used = [claim.id for n, slot in enumerate(slots) if n in choice.keys for claim in slot.claims]
    return choice.weight, used


def _conflicts(slots: Sequence[_Slot], beside: Beside) -> dict[int, set[int]]:
    """Return which counts may be of the same people, both ways.

    Two persons with names are held against each other only where they share a word of them, so that
    a list of a thousand names costs no more than its length.
    """
    named: dict[str, list[int]] = {}
    unnamed: list[int] = []
    rows = _Rows(beside, tangle=len(slots))
    found: dict[int, set[int]] = {n: set() for n in range(len(slots))}

    def hold(n: int, others: Iterable[int]) -> None:
        for m in others:
            if m != n and m not in found[n] and not _add_up(slots[n], slots[m], beside):
                found[n].add(m)
                found[m].add(n)

    for n, slot in enumerate(slots):
        words = _single_names(slot)
        near = rows.near(slot.claims, n) if not words else ()
        rows.add(slot.claims, n)
        if not words:
            hold(n, near)
            unnamed.append(n)
            continue
        hold(n, unnamed)
        for word in words:
            sharing = named.setdefault(word, [])
            hold(n, sharing[-COMPARED:])
            sharing.append(n)
    return found


def _add_up(one: _Slot, other: _Slot, beside: Beside) -> bool:
    return all(adds(a, b, beside) for a in one.claims[:COMPARED] for b in other.claims[:COMPARED])


def _single_names(slot: _Slot) -> frozenset[str]:
    """Return the words of the names of a count of one person; none where any statement has none."""
    found = [names(claim) for claim in slot.claims if claim.claim.count.low == 1]
    if len(found) < len(slot.claims) or not all(found):
        return frozenset()
    return frozenset().union(*found)


def said_again(
    claims: Sequence[ResolvedClaim],
    echoes: Sequence[tuple[ResolvedClaim, ClaimId]],
    beside: Beside,
) -> dict[str, list[ResolvedClaim]]:
    """Return the figures of other voices that a voice states too, and then counts further dead on.

    "The army says 14 died. The staff reports 14 dead … two more were killed": the staff says 16.
    """
    found: dict[str, list[ResolvedClaim]] = {}
    known = {claim.id: claim for claim in claims}
    own_claims: dict[str, list[ClaimId]] = {}
    for claim in claims:
        own_claims.setdefault(voice(claim), []).append(claim.id)
    under = {name: beside.under(ids) for name, ids in own_claims.items()}
    for echo, to in echoes:
        base, name = known.get(to), voice(echo)
        if base is not None and voice(base) != name and beside.first.get(to) in under.get(name, ()):
            own = found.setdefault(name, [])
            if base not in own:
                own.append(base)
    return found
