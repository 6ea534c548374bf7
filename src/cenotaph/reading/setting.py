"""Where and when: the place and the time of one draft, by clause, sentence and scene.

What stands in the predicate's own clause is its own; what stands elsewhere in the sentence is taken
only where the clause has nothing; what earlier sentences said is carried, and marked as carried.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from cenotaph.model import (
    Basis,
    Certainty,
    Measure,
    Near,
    PlaceMention,
    Scope,
    TimeKind,
    TimeMention,
)
from cenotaph.reading.governing import Governor
from cenotaph.reading.items import Row
from cenotaph.reading.late import died_of_wounds, of_attack
from cenotaph.reading.raised import of_the_toll
from cenotaph.reading.scenes import FULL_YEAR, HELD, NO_CARRIED_DAY, Scene, Slots, View
from cenotaph.reading.sites import PARTS, WIDE, in_care, introduced, left, sites, together
from cenotaph.vocab import table

# A word that compares has the span within which it does so near, in tokens.
_RANKED = 6
# … and within so many items before "in two years", which by itself counts little.
_RANKED_WITHIN = 14
# A time that opens a sentence stands so early in it, in items.
OPENS = 1
_LEFT = frozenset({Measure.DISPLACED, Measure.EVACUATED})
# The verb of a toll stands so far before the figure and the time at which it stood so, in items.
_STOOD = 12
# What a time must belong to, to be that of harm.
_OF_HARM = frozenset({Governor.HARM, Governor.ACT, Governor.HAPPENED, Governor.OTHER})


def where(slots: Slots, view: View, scene: Scene) -> Slots:
    """Give a draft its places, and those who left the place that they left."""
    row, draft, low = view.row, view.draft, view.low
    going = draft.measure in _LEFT
    here = sites(row, view.said, view.lang, left=True) if going else view.sites
    if view.late:
        here = [i for i in here if not in_care(row, i, view.lang)]
    own = _wounded_at(view, here) or _own(view, here)
    if going:
        origins = [i for i in here if low <= i and left(row, i)]
        if origins:
            chain = origins[:1]
            for i in origins[1:]:
                if set(row.tags[chain[-1] + 1 : i]) <= set(",Cpowa"):
                    chain.append(i)
            places = (row.place(i) for i in chain)
            slots = replace(slots, origins=tuple(p for p in places if p is not None))
            own = [i for i in own if i not in origins] or [i for i in here if i not in origins]
    if not own and view.shared and not _wide(view.shared):
        return replace(slots, places=view.shared, places_basis=Basis.STATED)
    own = own or _last_before(row, [i for i in here if i < low], view.lang) or here
    if own:
        places = (row.place(i) for i in _inner(row, together(row, own, view.lang), own))
        stated = tuple(p for p in places if p is not None)
        return replace(slots, places=stated, places_basis=Basis.STATED)
    if slots.parted:
        return replace(slots, scope=Scope.SUBTOTAL)
    if (began := _where_it_began(view)) is not None:
        return replace(slots, places=(began,), places_basis=Basis.STATED)
    if scene.places and view.carries(scene.place_at):
        return replace(slots, places=scene.places, places_basis=Basis.CARRIED)
    if (spoken := _where_he_spoke(view)) is not None:
        place = row.place(spoken)
        return replace(slots, places=(place,) if place else (), places_basis=Basis.CARRIED)
    return slots


def _inner(row: Row, chosen: list[int], own: Sequence[int]) -> list[int]:
    """The quarter that words of the clause put into the place chosen: "in Velm when shells hit the
    Rashin quarter of Velm"."""
    outer = row.place(chosen[0]) if len(chosen) == 1 else None
    if outer is None:
        return chosen
    for n, i in enumerate(own):
        place = row.place(i)
        if place is None or place.kind not in PARTS or i == chosen[0]:
            continue
        if any(quote.text == outer.name.text for quote in place.within):
            return together(row, own[n:], row.sentence.words.lexicon.lang)
    return chosen


def _wide(places: Sequence[PlaceMention]) -> bool:
    """Tell whether a place is called a province or the like, in which a nearer one may lie."""
    return len(places) == 1 and places[0].kind in WIDE


def _where_it_began(view: View) -> PlaceMention | None:
    """ "9,000 have been killed since Tessaria's war began in 2011": a war is where it is named."""
    spans = (n for n in view.row.dated if n >= view.low)
    return next(
        (
            view.row.dated[n]
            for n in spans
            if (time := view.row.time(n)) is not None and time.kind is TimeKind.SPAN
        ),
        None,
    )


def _where_he_spoke(view: View) -> int | None:
    """ "The mayor of Belq said six died in the town": the place before, by which he is named."""
    row, kinds = view.row, table(f"{view.lang}/places")["kinds"]
    lows = row.sentence.words
    for n in range(view.low, view.high):
        first, last = row.items[n].start, row.items[n].end - 1
        if row.tags[n] not in "wy" or kinds.get(lows[last]) != "settlement" or not first:
            continue
        article = lows.entries[first if last > first else first - 1].kinds
        if "definite" in article and "L" in row.tags[:n]:
            return row.tags.rindex("L", 0, n)
    return None


def _wounded_at(view: View, here: Sequence[int]) -> list[int]:
    """ "Two people wounded in X died in Y": where those who died of wounds were hurt."""
    row, draft = view.row, view.draft
    if not (view.late and died_of_wounds(row, draft)):
        return []
    inside = [i for i in here if draft.item < i < draft.at]
    behind = row.tags.find("F", draft.at + 1), row.tags.find("B", draft.at + 1)
    wounds = min((k for k in behind if k >= 0), default=len(row.tags))
    return inside or [i for i in here if wounds < i < view.high]


def _own(view: View, here: Sequence[int]) -> list[int]:
    """The places of the clause, from the first that is a count's: behind it, else of all.

    Of those a preposition must stand before the first, if before any: a heading may have run into
    the sentence, and a country may act in it.
    """
    row, draft, low, high = view.row, view.draft, view.low, view.high
    behind = [i for i in here if max(draft.item, min(draft.at, high)) < i < high]
    inside = [i for i in here if low <= i < high]
    for own in (behind, inside):
        first = next((n for n, i in enumerate(own) if introduced(row, i)), None)
        if first is None:
            continue
        if row.tags[draft.item + 1 : own[first] + 1] == "oL":  # "the mayor of X died in Y"
            away = (n for n in range(first + 1, len(own)) if row.tags[own[n] - 1] == "p")
            first = next(away, first)
        return own[first:]
    return behind or inside


def _last_before(row: Row, places: Sequence[int], lang: str) -> list[int]:
    """The last place before a clause, with those listed with it: "shelled X and Y; six died".

    Of "the village of X north of Y where six died" it is X, from which Y only tells the way.
    """
    if len(places) > 1 and _way_from(row, *places[-2:]):
        places = places[:-1]
    for n in range(len(places)):
        if together(row, places[n:], lang)[-1] == places[-1]:
            return list(places[n:])
    return []


def _way_from(row: Row, i: int, beyond: int) -> bool:
    """Tell whether a place is told by its way from the next one: "X, (ten miles) north of Y"."""
    place, other = row.place(i), row.place(beyond)
    if place is None or other is None or other.near not in (Near.DIRECTION, Near.NEAR):
        return False
    return set(row.tags[i + 1 : beyond]) <= set("wop,#Q")


def _another_party(slots: Slots, scene: Scene) -> bool:
    """Tell whether the sentence blames another party than the scene: then it is another event."""
    own = {actor.name for actor in slots.perpetrators}
    before = {actor.name for actor in scene.perpetrators}
    return bool(own and before) and not own & before


def when_told(slots: Slots, view: View, scene: Scene) -> Slots:
    """Give a draft the day or span, and the time of day, that its own sentence tells."""
    row = view.row
    times = _times(row)
    clocks = [
        t
        for i, t in times
        if t.kind is TimeKind.CLOCK
        and not (view.closed and i >= view.high or view.verbless and i < view.low)
    ]
    if clocks:
        slots = replace(slots, clock=clocks[0])
    spoken = _spoken(view)
    held_or_past = view.draft.measure in HELD or view.past
    own = {
        i: t
        for i, t in times
        if t.kind is not TimeKind.CLOCK
        and not t.dateline
        and i not in view.written
        and not (slots.day_by_day and i > view.draft.last and row.tags[i - 1] in "QNy")
        and not compares(row, i, view.lang)
        and i not in spoken
        and (view.times[i].by in _OF_HARM or held_or_past and view.times[i].by is Governor.STEP)
        and (0 <= view.compared <= i) is view.past
        and (not view.late or of_attack(row, view.times[i]))
        and not (view.draft.toll and _of_figure(row, i, view.times[i].item))
        and not (_of_raised(view, i) or of_the_toll(view, i) or _jubilee(row, i, view.lang))
    }
    chosen = _chosen(own, view)
    if chosen:
        best = min(chosen, key=lambda i: (abs(i - view.draft.at), i))
        if _feast(own[best], view.lang) and _dated(view, scene):
            # "the attack during the holy month of Ramadan": the day told before is nearer
            return replace(slots, time=scene.time, time_basis=Basis.CARRIED)
        return replace(slots, time=own[best], time_basis=Basis.STATED)
    return slots


def _times(row: Row) -> list[tuple[int, TimeMention]]:
    at = [i for i, tag in enumerate(row.tags) if tag == "T"]
    return [(i, t) for i in at if (t := row.time(i)) is not None]


def _spoken(view: View) -> set[int]:
    """The items of the days on which somebody spoke; nobody speaks since a day."""
    times = _times(view.row)
    spoken = {s.time for s in view.said if s.time is not None}
    spoken |= {i for i, t in times if view.times[i].by is Governor.SPEECH}
    return spoken - {i for i, t in times if t.kind is TimeKind.SPAN}


def when(slots: Slots, view: View, scene: Scene) -> Slots:
    """Give a draft without a day of its own that of the scene; that of a statement comes last."""
    if slots.time is not None or slots.day_by_day:
        return slots
    row = view.row
    if scene.past is not None and row.sentence.index == scene.past_at + 1:
        if view.same or view.draft.people.additional:
            return replace(slots, time=scene.past, time_basis=Basis.CARRIED)
    apart = scene.time_paragraph != row.sentence.paragraph
    told_before = slots.pluperfect and not view.same
    told_before = (
        told_before and view.draft.certainty is not Certainty.DENIED
    )  # "denied that … had"
    if apart and _another_party(slots, scene) or told_before:
        return slots
    carried = (
        view.draft.measure not in NO_CARRIED_DAY
        and scene.time is not None
        and view.carries(scene.time_at)
    )
    if carried and scene.time_basis is not Basis.STATEMENT:
        return replace(slots, time=scene.time, time_basis=Basis.CARRIED, time_weak=scene.time_weak)
    if view.late:
        return slots  # the day of the wounds is told nowhere: it is none of those of the report
    if _put_right(view):
        return slots
    if (spoken := _spoken(view)) and not view.other:
        day = row.time(min(spoken))
        if day is not None and day.kind is TimeKind.DAY and not day.dateline:
            return replace(slots, time=day, time_basis=Basis.STATEMENT)
    if carried:
        return replace(slots, time=scene.time, time_basis=Basis.STATEMENT)
    return slots


def _put_right(view: View) -> bool:
    """ "The directorate on Tuesday corrected the number of people killed to seven": the day of a
    correction is none of harm, and so is that of what is said beside it."""
    entries = view.row.sentence.words.entries
    right = any("toll_corrected" in entry.kinds for entry in entries)
    return right and any("toll" in entry.kinds for entry in entries)


def _feast(time: TimeMention, lang: str) -> bool:
    """Tell whether a time is a feast or a holy month, which by itself tells no day."""
    feasts = table(f"{lang}/times")["words"]["feast"]
    return time.kind is TimeKind.PERIOD and time.quote.text.lower().split()[-1] in feasts


def _dated(view: View, scene: Scene) -> bool:
    """Tell whether a sentence is about the attack of which the scene knows the day."""
    told = scene.time is not None and scene.time.kind is TimeKind.DAY
    known = told and scene.time_basis is Basis.STATED and not scene.time_weak
    return known and view.same and view.carries(scene.time_at)


def _of_figure(row: Row, i: int, item: int) -> bool:
    """ "The toll rose to 15 on Friday", "stood at 19 on Sunday": when it stood so, no day of harm.

    `item` is the word that the time at item `i` belongs to.
    """
    if item >= 0 and "toll_verb" in row.kinds(item):
        return True
    stood = any("toll_verb" in row.kinds(n) for n in range(max(0, i - _STOOD), i - 1))
    return row.tags[i - 1 : i] == "Q" and stood


def _of_raised(view: View, i: int) -> bool:
    """ "The death of a boy brings to 14 the number killed since May": the span is the toll's."""
    row = view.row
    if view.draft.toll:
        return False
    between = range(view.draft.item + 1, i)
    return any("toll_verb" in row.kinds(n) and row.tags[n + 1 : n + 3] == "pQ" for n in between)


def _jubilee(row: Row, i: int, lang: str) -> bool:
    """ "Twenty years ago this week": the week only tells when in that year it was."""
    if i == 0 or row.tags[i - 1] != "T":
        return False
    return row.sentence.words[row.items[i - 1].end - 1] in table(f"{lang}/times")["words"]["ago"]


def compares(row: Row, i: int, lang: str) -> bool:
    """Tell whether a span at item `i` compares: "the first raid on the town in two years"."""
    time = row.time(i)
    if time is None or time.kind is not TimeKind.SPAN:
        return False
    ranks = table(f"{lang}/times")["words"]["rank"]
    start = row.items[i].start
    within = row.sentence.words[start] in table(f"{lang}/times")["words"]["within"]
    before = row.sentence.tokens[max(0, start - _RANKED) : start]
    return any(token.low in ranks or token.low == "first" for token in before) or (
        within and _numbered(row, i, ranks)
    )


def _numbered(row: Row, i: int, ranks: Collection[str]) -> bool:
    """ "In the second raid by the X on the town in a week": no harm is told in between."""
    lows = row.sentence.words
    for k in range(i - 1, max(-1, i - 1 - _RANKED_WITHIN), -1):
        if row.tags[k] in "VGBJ;S":
            return False
        item = row.items[k]
        if any(
            lows[n] in ranks or "ordinal" in lows.entries[n].kinds
            for n in range(item.start, item.end)
        ):
            return True
    return False


def _chosen(own: Mapping[int, TimeMention], view: View) -> list[int]:
    """The times that can be a draft's: its predicate's own, else of its clause, else before it."""
    mine = [i for i in own if view.times[i].item in (view.draft.at, view.draft.item)]
    if mine:
        return _undated(mine, own)
    inside = [i for i in own if view.low <= i < view.high]
    chosen = [i for i in inside if own[i].kind is TimeKind.SPAN] or inside
    if chosen:
        return _undated(chosen, own)
    # what stands before a semicolon is of what stands there, unless it opens the sentence
    parted = view.row.tags.rfind(";", 0, view.low)
    near = [i for i in own if i > parted or i <= OPENS]
    return near if len(near) == 1 else [i for i in near if i < view.low][-1:]


def _undated(chosen: list[int], own: Mapping[int, TimeMention]) -> list[int]:
    """Of several days those without a year: a full date before them is the report's own.

    "3 May 2016 Nine people were killed on Monday": a date line that has run into the text.
    """
    if any(own[i].kind is TimeKind.DAY for i in chosen):
        # "nine days after the truce, six people were killed on Saturday"
        chosen = [i for i in chosen if own[i].kind is not TimeKind.ANCHORED or i > OPENS]
    days = [i for i in chosen if own[i].kind is TimeKind.DAY]
    full = [i for i in days if FULL_YEAR.search(own[i].quote.text)]
    plain = [i for i in days if i not in full]
    if full and plain and min(full) < min(plain):
        return [i for i in chosen if i not in full]
    return chosen
