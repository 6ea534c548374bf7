"""Two attacks that one report tells apart: "in the evening a second strike killed five".

A report seldom says "in a separate attack". It counts the acts ("a second", "another"), moves on in
time ("hours later", "that night") to something else, or tells of another weapon at another target.
They stay one event unless each has a count of its own, no figure of the report covers both, and the
words bring in the later one as another act: what is told twice must not be counted twice.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from cenotaph.model import Basis, Measure, Modality, Scope
from cenotaph.reading.gaps import GAPPED
from cenotaph.reading.items import Row
from cenotaph.reading.scenes import Slots, View, clause_of
from cenotaph.reading.told import Told, alike, counts_one_event
from cenotaph.reading.vocabulary import Found, Hit, Vocabulary

# The count of the earlier act stands so many sentences before the later one at most.
REACH = 8
# So many items may stand between "a second" and its attack ("a second deadly air strike").
_NEAR = 2
_BESIDE = (Measure.INJURED, Measure.MISSING)

# What may stand between two acts that are joined: where, when and at what the first was done.
_JOINED = re.compile("U(?:p?[woLTy]*){0,3}Ca?U")
# An attack that is told to have killed: "a car bomb at the station killed", "the first blast left".
_KILLS = re.compile("U(?:po?[woLTy]+)*a?[Vl]")
_DOES = frozenset("Vl")
# "Another killed four", "another that hit a bakery", "a second one left", "the second, at noon,".
_ON = re.compile("(?:,[waTLpo]+,)?(?:[VlW]|Q[Vl])")
# Behind these another clause speaks of what it tells itself.
_PARTED = frozenset("SWR;.U")
# What is done again and again has no article: another act also behind one that has.
_WITHOUT_END = frozenset({"shelling", "clash"})
# Words that do not tell one kind of act from another.
_ANY_KIND = frozenset({"explosion", "raid"})


def sum_of_acts(slots: Slots, view: View, found: Found, words: Vocabulary) -> Slots:
    """ "Nine were killed in an air strike and a car bombing": one count of two kinds of act.

    Such a count is a sum, and the incident of neither. "A bombing and shooting" shares its article
    and is one act; so is an attack with several weapons.
    """
    people, row = view.draft.people, view.row
    one = people.count.high == 1 or people.count.modality is Modality.NONE
    if one or slots.scope is not Scope.INCIDENT or view.draft.measure is Measure.ATTACKS:
        return slots
    for match in _JOINED.finditer(row.tags):
        between = row.tags[match.end() : view.low] + row.tags[view.high : match.start()]
        if not _PARTED.isdisjoint(between) or _subject(row.tags, match):
            continue
        first, second = match.start(), match.end() - 1
        kinds = _kind(row, first, found, words), _kind(row, second, found, words)
        if None in kinds or kinds[0] == kinds[1] or not _ANY_KIND.isdisjoint(kinds):
            continue
        if any("alternative" in row.kinds(k) for k in range(first, second)):
            continue  # "an air strike or shelling"
        if kinds[1] in _WITHOUT_END or _article(row, second) or not _article(row, first):
            return replace(slots, scope=Scope.SUBTOTAL, event=None, event_carried=False)
    return slots


def _subject(tags: str, match: re.Match[str]) -> bool:
    """ "Six were killed in an air strike and shelling wounded nine": the second opens a clause."""
    behind = tags[match.end() :].lstrip("pwoLTa")
    return match.start() > 0 and tags[match.start() - 1] == "p" and behind[:1] in ("V", "v", "B")


def _kind(row: Row, k: int, found: Found, words: Vocabulary) -> str | None:
    """The kind of the act that item `k` names, None where it names none."""
    item = row.items[k]
    weapons = (h.code for h in found.weapons if item.start <= h.start < item.end)
    events = (h.code for h in found.events if item.start <= h.start < item.end)
    made = next((words.event_of[code] for code in weapons if code in words.event_of), None)
    return made or next(events, None)


def _article(row: Row, k: int) -> bool:
    """Tell whether an article stands within, or right before, the act at item `k`."""
    first = row.items[k].start
    own = row.sentence.words.entries[first].kinds | (row.kinds(k - 1) if k else frozenset())
    return bool(own & {"definite", "indefinite"})


def counted_on(row: Row, scopes: Sequence[Hit]) -> list[int]:
    """Return the items of the attacks that a sentence brings in as further: "a second raid"."""
    found: list[int] = []
    for hit in scopes:
        if hit.code != "further_act":
            continue
        for k, item in enumerate(row.items):
            if item.end <= hit.start or item.start > hit.end + _NEAR:
                continue
            does = "attacks_too" in row.kinds(k) and row.tags[k + 1 : k + 2] in _DOES
            if item.tag == "U" or item.tag == "w" and does:
                found.append(k)
            elif item.start >= hit.end and item.tag not in "waT":
                break
    return found


def _left_out(
    row: Row, scopes: Sequence[Hit], before: Row, scopes_before: Sequence[Hit]
) -> list[int]:
    """The items at which a further attack is named by its number alone: "and a second killed 11".

    What is counted on must be an attack that the clause before it, or the sentence of `before`,
    tells to have killed ("the first killed six"): "one gunman killed 11 and another killed four"
    tells of one.
    """
    found: list[int] = []
    for hit in scopes:
        if hit.code != "further_act":
            continue
        k = next((k for k, item in enumerate(row.items) if item.end >= hit.end), len(row.items))
        if not _ON.match(row.tags, k + 1):
            continue
        earlier = row.tags[:k] if before is row else before.tags
        told = _KILLS.search(earlier) or before is not row and _first(before, scopes_before)
        if told and (before is row or not row.tags[:k].strip("waTLp,")):
            found.append(k)
    return found


def _first(row: Row, scopes: Sequence[Hit]) -> bool:
    """Tell whether a sentence begins with the first of several attacks: "the first killed six"."""
    hits = (hit for hit in scopes if hit.code == "one_of_acts" and not hit.start)
    return any(
        item.end == hit.end and _ON.match(row.tags, k + 1) is not None
        for hit in hits
        for k, item in enumerate(row.items)
    )


def moved_on(scopes: Sequence[Hit]) -> bool:
    """Tell whether a sentence moves on in time, or back, from what was told before."""
    return any(hit.code == "further_time" for hit in scopes)


def apart(
    told: Sequence[Told],
    wholes: Sequence[int | None],
    scopes: Mapping[int, Sequence[Hit]],
    acts: Collection[int],
) -> list[Told]:
    """Return the drafts, those of further acts with a section of their own.

    `wholes` gives the number of the whole of each draft that is a part, `scopes` the words of scope
    of each sentence, and `acts` are the sentences without a count that bring in a further act.
    """
    sections: dict[int, int] = {}
    fresh = max((one.slots.section for one in told), default=0)
    for n, one in enumerate(told):
        if n in sections or not _counts(one) or wholes[n] is not None:
            continue
        first = _before(told, n, wholes, sections)
        if first is None or not _further(one, told, told[first], scopes, acts):
            continue
        if _covered(told, n, first):
            continue
        fresh += 1
        act = [
            m
            for m in _of_act(told, n, wholes, sections)
            if m == n or not _next_act(told, m, first, scopes)
        ]
        sections.update(dict.fromkeys(act, fresh))
    if not sections:
        return list(told)
    return [
        replace(one, slots=replace(one.slots, section=sections[n])) if n in sections else one
        for n, one in enumerate(told)
    ]


def _next_act(
    told: Sequence[Told], m: int, first: int, scopes: Mapping[int, Sequence[Hit]]
) -> bool:
    """Tell whether a count behind one of a further act is of the next: "a third killed two"."""
    one, row = told[m], told[m].draft.row
    if not _counts(one) or one.draft.measure is not told[first].draft.measure:
        return False
    same = [other.draft for other in told if other.sentence == one.sentence]
    low, high = clause_of(row, one.draft, same)
    here, before = scopes.get(one.sentence, ()), scopes.get(told[first].sentence, ())
    return any(low <= k < high for k in _left_out(row, here, told[first].draft.row, before))


def _counts(one: Told) -> bool:
    """Tell whether a draft counts the people of one act, and not further ones of another."""
    draft = one.draft
    further = draft.people.additional or draft.also or draft.row.sentence.title
    return counts_one_event(one) and not (further or one.slots.section)


def _before(
    told: Sequence[Told], n: int, wholes: Sequence[int | None], sections: Mapping[int, int]
) -> int | None:
    """The last count of the same harm before draft `n`, near enough, of the report's own event."""
    one = told[n]
    for m in range(n - 1, -1, -1):
        other = told[m]
        if one.sentence - other.sentence > REACH:
            return None
        same = other.draft.measure is one.draft.measure and wholes[m] is None
        if same and m not in sections and _counts(other):
            return m
    return None


def _further(
    one: Told,
    told: Sequence[Told],
    first: Told,
    scopes: Mapping[int, Sequence[Hit]],
    acts: Collection[int],
) -> bool:
    """Tell whether a count is of another act than the one before."""
    row, here = one.draft.row, scopes.get(one.sentence, ())
    same = [other.draft for other in told if other.sentence == one.sentence]
    low, high = clause_of(row, one.draft, same)
    before = scopes.get(first.sentence, ())
    named = (*counted_on(row, here), *_left_out(row, here, first.draft.row, before))
    if any(low <= k < high for k in named):
        return True
    if one.sentence == first.sentence:
        listed = one.draft.rule == GAPPED and _own_act(one) and _own_act(first)
        differs = one.slots.event != first.slots.event or _elsewhere(one.slots, first.slots)
        return listed and (differs or _brought_in(row, low, high))
    if one.sentence - 1 in acts and not _own_act(one):
        return True
    if not _own_act(one) or one.draft.people.count.low == first.draft.people.count.low:
        return False  # the same number may be the same people
    new, other = _brought_in(row, low, high), not alike(one.slots, first.slots)
    if moved_on(here):
        return new or other
    return new and other and _elsewhere(one.slots, first.slots)


def _own_act(one: Told) -> bool:
    """Tell whether a count's own words say what was done."""
    return one.slots.event is not None and not one.slots.event_carried


def _brought_in(row: Row, low: int, high: int) -> bool:
    """Tell whether a clause speaks of an attack as of one not told of yet: "a car bomb"."""
    entries = row.sentence.words.entries
    for k in range(low, min(high, len(row.tags))):
        if row.tags[k] != "U":
            continue
        if "indefinite" in entries[row.items[k].start].kinds:
            return True
        j = k - 1
        while j > k - _NEAR - 1 and row.tags[j] == "w" and "indefinite" not in row.kinds(j):
            j -= 1
        if j >= 0 and "indefinite" in row.kinds(j):
            return True
    return False


def _elsewhere(one: Slots, other: Slots) -> bool:
    """Tell whether two counts name targets of which none is the other's."""
    a, b = ({target.code for target in slots.targets} for slots in (one, other))
    return bool(a and b) and not a & b


def _covered(told: Sequence[Told], n: int, first: int) -> bool:
    """Tell whether a figure of the report covers both acts: their sum, or more told before them."""
    one, other = told[n], told[first]
    a, b = one.draft.people.count.low or 0, other.draft.people.count.low or 0
    for m, whole in enumerate(told):
        count, slots = whole.draft.people.count.low or 0, whole.slots
        if m in (n, first) or whole.draft.measure is not one.draft.measure:
            continue
        if slots.scope is not Scope.INCIDENT or slots.history or slots.other_event:
            continue
        if _apart(slots, other.slots):
            continue
        if count == a + b or m < first and count > a + b:
            return True
    return False


def _apart(one: Slots, other: Slots) -> bool:
    """Tell whether two counts state places, or days, of which none is the other's."""
    if Basis.STATED is one.places_basis is other.places_basis:
        names = {place.name.text for place in other.places}
        if not any(place.name.text in names for place in one.places):
            return True
    if one.time is None or other.time is None:
        return False
    return one.time.quote.text.lower() != other.time.quote.text.lower() and (
        one.time_basis is other.time_basis is Basis.STATED
    )


def _of_act(
    told: Sequence[Told], n: int, wholes: Sequence[int | None], sections: Mapping[int, int]
) -> list[int]:
    """The drafts of the act of draft `n`: of its clause, the hurt beside it, its figure again."""
    one, found = told[n], [n]
    for m in range(n + 1, len(told)):
        other = told[m]
        if m in sections or other.slots.section or other.slots.other_event:
            continue
        count = other.draft.people.count
        again = (
            other.draft.measure is one.draft.measure
            and count.low == one.draft.people.count.low
            and (count.low or 0) > 1
            and not other.draft.toll
            and not _apart(other.slots, one.slots)
        )
        beside = other.sentence == one.sentence and other.draft.at >= one.draft.at
        beside = beside and not (other.draft.rule == GAPPED and _own_act(other))
        behind = (
            other.sentence == one.sentence + 1
            and other.draft.measure in _BESIDE
            and not _own_act(other)
            and other.draft.row.sentence.paragraph == one.draft.row.sentence.paragraph
        )
        if again or beside or behind or wholes[m] in found:
            found.append(m)
    return found
