"""Where and when: the place and the time of one draft, by clause, sentence and scene.

What stands in the predicate's own clause is its own; what stands elsewhere in the sentence is taken
only where the clause has nothing; what earlier sentences said is carried, and marked as carried.
"""

from dataclasses import replace

from cenotaph.model import Basis, Measure, TimeKind
from cenotaph.reading.items import Row
from cenotaph.reading.scenes import Scene, Slots, View

# Of those who had to leave or are cut off a report seldom gives the day of the strike it tells of.
_NO_CARRIED_DAY = frozenset({Measure.DISPLACED, Measure.EVACUATED, Measure.TRAPPED})
_LEFT = frozenset({Measure.DISPLACED, Measure.EVACUATED})


def where(slots: Slots, view: View, scene: Scene) -> Slots:
    """Give a draft its places, and those who left the place that they left."""
    row, draft, low, high = view.row, view.draft, view.low, view.high
    spoken = {n for s in view.said for n in range(s.start, s.end)}
    first = row.dateline
    here = [i for i, tag in enumerate(row.tags) if tag == "L" and i not in spoken and i > first]
    behind = [i for i in here if max(draft.item, min(draft.at, high)) < i < high]
    own = behind or [i for i in here if low <= i < high]
    if draft.measure in _LEFT:
        origins = [i for i in here if low <= i and _left(row, i)]
        if origins:
            chain = origins[:1]
            for i in origins[1:]:
                if set(row.tags[chain[-1] + 1 : i]) <= set(",Cpowa"):
                    chain.append(i)
            places = (row.place(i) for i in chain)
            slots = replace(slots, origins=tuple(p for p in places if p is not None))
            own = [i for i in own if i not in origins] or [i for i in here if i not in origins]
    own = own or [i for i in here if i < low][-1:] or here[:1]
    if own:
        places = (row.place(i) for i in _together(row, own))
        stated = tuple(p for p in places if p is not None)
        return replace(slots, places=stated, places_basis=Basis.STATED)
    if scene.places and view.carries(scene.place_at):
        return replace(slots, places=scene.places, places_basis=Basis.CARRIED)
    return slots


def _together(row: Row, places: list[int]) -> list[int]:
    """The first place, and those listed with it: "in X, Y and Z"."""
    listed = places[:1]
    for i in places[1:]:
        if set(row.tags[listed[-1] + 1 : i]) <= set(",Cap"):
            listed.append(i)
    return listed


def _left(row: Row, i: int) -> bool:
    """Tell whether people came from the place at item `i`: "from X", "leave X", "X and Y"."""
    tags = row.tags
    j = i - 1
    while j >= 0 and tags[j] in "wCaL,o":
        j -= 1
    if j < 0:
        return False
    if tags[j] == "p":
        return "origin" in row.kinds(j)
    return tags[j] in "GVB" and j + 10 > i


def _another_party(slots: Slots, scene: Scene) -> bool:
    """Tell whether the sentence blames another party than the scene: then it is another event."""
    own = {actor.name for actor in slots.perpetrators}
    before = {actor.name for actor in scene.perpetrators}
    return bool(own and before) and not own & before


def when(slots: Slots, view: View, scene: Scene) -> Slots:
    """Give a draft its day or span and its time of day; the day of a statement is a last resort."""
    row = view.row
    at = [i for i, tag in enumerate(row.tags) if tag == "T"]
    times = [(i, t) for i in at if (t := row.time(i)) is not None]
    clocks = [t for _, t in times if t.kind is TimeKind.CLOCK]
    if clocks:
        slots = replace(slots, clock=clocks[0])
    spoken = {s.time for s in view.said if s.time is not None}
    own = {
        i: t
        for i, t in times
        if t.kind is not TimeKind.CLOCK and not t.dateline and i not in spoken
    }
    inside = [i for i in own if view.low <= i < view.high]
    chosen = [i for i in inside if own[i].kind is TimeKind.SPAN] or inside
    if not chosen:
        chosen = list(own) if len(own) == 1 else [i for i in own if i < view.low][-1:]
    if chosen:
        best = min(chosen, key=lambda i: (abs(i - view.draft.at), i))
        return replace(slots, time=own[best], time_basis=Basis.STATED)
    if slots.pluperfect or _another_party(slots, scene):
        return slots
    if spoken and not view.other:
        day = row.time(min(spoken))
        if day is not None and day.kind is TimeKind.DAY:
            return replace(slots, time=day, time_basis=Basis.STATEMENT)
    if view.draft.measure in _NO_CARRIED_DAY or scene.time is None:
        return slots
    if not view.carries(scene.time_at):
        return slots
    statement = scene.time_basis is Basis.STATEMENT
    basis = Basis.STATEMENT if statement else Basis.CARRIED
    return replace(slots, time=scene.time, time_basis=basis)
