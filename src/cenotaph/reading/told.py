"""What a text told, count by count, and what its counts are to one another across sentences."""

from collections.abc import Callable
from dataclasses import dataclass, field

from cenotaph.model import Basis, Certainty, Measure, Scope, Sex, TimeMention, When
from cenotaph.reading.acts import alike_acts
from cenotaph.reading.drafts import Draft
from cenotaph.reading.items import COUNTED, People
from cenotaph.reading.scenes import Slots

# A pronoun looks back over this many sentences; a definite phrase and a breakdown over more.
PRONOUN_REACH = 2
DEFINITE_REACH = 40
# So many groups of one text are kept to which single persons may belong; only lists without end
# have more.
MOST_GROUPS = 60

Falls = Callable[[TimeMention], When]
"""Which days a time means."""


@dataclass(frozen=True, slots=True)
class Told:
    """A draft with its slots and the names it counts."""

    draft: Draft
    slots: Slots
    names: tuple[str, ...]
    sentence: int


@dataclass(slots=True)
class Discourse:
    """What the reading of one document adds to its drafts."""

    dropped: set[int] = field(default_factory=set)
    part_of: dict[int, int] = field(default_factory=dict)
    repeats: dict[int, int] = field(default_factory=dict)
    updates: dict[int, int] = field(default_factory=dict)
    replaces: dict[int, int] = field(default_factory=dict)
    corrects: dict[int, int] = field(default_factory=dict)
    same: dict[int, int] = field(default_factory=dict)
    without: dict[int, int] = field(default_factory=dict)
    people: dict[int, People] = field(default_factory=dict)
    either: set[int] = field(default_factory=set)
    aside: set[int] = field(default_factory=set)
    measures: dict[int, Measure] = field(default_factory=dict)


def counts_one_event(one: Told) -> bool:
    """Tell whether a draft counts, in a number, the killed or injured of one event of now."""
    draft, slots = one.draft, one.slots
    if draft.measure not in (Measure.KILLED, Measure.INJURED) or draft.toll or draft.old:
        return False
    if draft.anaphor or draft.sums or draft.certainty is not Certainty.ASSERTED:
        return False
    if draft.people.words not in COUNTED or not draft.people.count.low:
        return False
    plain = not (slots.history or slots.other_event or slots.of_war or slots.late)
    return plain and slots.scope is Scope.INCIDENT


def other_sex(a: Sex, b: Sex) -> bool:
    """Tell whether words say of two that they are of different sexes."""
    return Sex.UNKNOWN not in (a, b) and Sex.MIXED not in (a, b) and a is not b


def alike(one: Slots, other: Slots) -> bool:
    """Tell whether what was done may be one act by two names: "an air strike", "a bombing"."""
    return alike_acts(one.event, other.event)


def elsewhere(one: Slots, other: Slots) -> bool:
    """Tell whether two counts state places that share no name."""
    if Basis.CARRIED in (one.places_basis, other.places_basis):
        return False
    names = {place.name.text for place in other.places}
    return bool(one.places and names) and all(place.name.text not in names for place in one.places)
