"""What a person decided. Appended to the log and never changed; what it takes back, it names."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from cenotaph.model.ids import ClaimId

Json = None | bool | int | float | str | tuple["Json", ...] | Mapping[str, "Json"]
"""What JSON can say, in forms that cannot be changed."""


class DecisionKind(enum.StrEnum):
    """What a decision does.

    Of claims: accept, reject (set aside), edit (other values in its slots), flag (for others to
    look at), add (a claim made by hand from words of a report). Of two groups of claims: same or
    different (one incident, or two), part_of (the first counts people that the second counts too),
    contains (the first is a sum that holds the second), copy_of (the first only repeats the
    second). set_place and set_when: a place or a period, of a claim or of every claim that uses a
    name; set_metadata: what is known of a report beside its text; set_source: what is known of a
    source and its ties to others. undo takes back another entry,
    which may be an undo itself; batch holds several decisions that are taken back as one.
    """

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"
    ADD = "add"
    FLAG = "flag"
    SAME = "same"
    DIFFERENT = "different"
    PART_OF = "part_of"
    CONTAINS = "contains"
    COPY_OF = "copy_of"
    SET_PLACE = "set_place"
    SET_WHEN = "set_when"
    SET_METADATA = "set_metadata"
    SET_SOURCE = "set_source"
    UNDO = "undo"
    BATCH = "batch"


OF_PAIRS = frozenset(
    {
        DecisionKind.SAME,
        DecisionKind.DIFFERENT,
        DecisionKind.PART_OF,
        DecisionKind.CONTAINS,
        DecisionKind.COPY_OF,
    }
)
REASONED = frozenset({DecisionKind.REJECT, DecisionKind.EDIT})
"""Kinds that must say why."""

NAME = "name:"
"""What a subject begins with that is a name of a place and not a claim."""

SOURCE = "source:"
"""What a subject begins with that is a name of a source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision of one person.

    `subjects` are identifiers of claims, reports, or (with NAME before them) names of places; of a
    pair the first group stands in `subjects`, the second in `others`. `value` holds what the kind
    needs: the slots of an edit under the names that the output has, the words of a claim made by
    hand. `anchors` keep the words that a claim stood on when it was decided, by which the decision
    finds it again in a later reading. `sequence` is the place of its entry in the log (None until
    it is there), `takes_back` that of the entry an undo names.
    """

    kind: DecisionKind
    subjects: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    value: Mapping[str, Json] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    reason: str | None = None
    by: str = ""
    at: str = ""
    sequence: int | None = None
    takes_back: int | None = None
    anchors: tuple["Anchor", ...] = ()
    decisions: tuple["Decision", ...] = ()

    def __post_init__(self) -> None:
        if self.kind in REASONED and not (self.reason or "").strip():
            raise ValueError(f"a decision to {self.kind} needs its reason")
        if (self.kind is DecisionKind.UNDO) != (self.takes_back is not None):
            raise ValueError("an undo, and nothing else, names the entry it takes back")
        if (self.kind is DecisionKind.BATCH) != bool(self.decisions):
            raise ValueError("a batch, and nothing else, holds decisions")
        if any(each.kind in (DecisionKind.UNDO, DecisionKind.BATCH) for each in self.decisions):
            raise ValueError("a batch holds neither an undo nor another batch")
        if (self.kind in OF_PAIRS) != bool(self.others):
            raise ValueError("a decision about a pair, and no other, names two groups")
        object.__setattr__(self, "value", frozen(self.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where a claim stood when it was decided: its counting words, with what stood around them."""

    claim: ClaimId
    document: str
    start: int
    end: int
    text: str
    measure: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """What a person decided of two claims: a kind of OF_PAIRS, by the entry `decision`."""

    kind: DecisionKind
    claim: ClaimId
    to: ClaimId
    decision: int
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.claim == self.to:
            raise ValueError("a claim is not bound to itself")


def frozen(value: object) -> Json:
    """Return JSON in forms that cannot be changed. Raises ValueError for what is not JSON."""
    if isinstance(value, Mapping):
        return MappingProxyType({str(key): frozen(each) for key, each in value.items()})
    if isinstance(value, list | tuple):
        return tuple(map(frozen, value))
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise ValueError(f"{value!r} cannot be written down")


def thawed(value: Json) -> object:
    """Return the same in dictionaries and lists, as encoders of JSON take it."""
    if isinstance(value, Mapping):
        return {key: thawed(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [thawed(each) for each in value]
    return value
