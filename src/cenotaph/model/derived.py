"""What follows from claims, links and decisions. Never stored where it could not be rebuilt."""

import enum
from dataclasses import dataclass

from cenotaph.model.evidence import Quote
from cenotaph.model.ids import ClaimId, DocumentId, IncidentId
from cenotaph.model.resolved import Place, When
from cenotaph.model.stated import Actor, Link, Measure, Scope

# Names of linking rules that later steps act upon.
COPIED = "copied-passage"
# The rule of links that a person made.
DECIDED = "decided"
# The rule by which people that one predicate lists are of one event, and different people.
LISTED_TOGETHER = "listed-together"
# The rule of a claim that counts those of the wounded who died: no toll of its event.
DIED_LATER = "died-later"
# The rule of a claim of somebody on a roll of victims: each of its entries is somebody else.
ON_ROLL = "named-in-a-roll"
# A figure that lies in a sum of its period if a city is read as the area of its name: both readings
# are open. Where it is not known that the period reaches it either, two things must be otherwise.
READ_AS_AREA = "place-read-as-the-area-of-its-name"
READ_WIDER = "place-read-as-the-area-of-its-name-and-period-as-reaching-it"
REWORDED = "reworded-passage"
# Two that may be one event: as two at best, or as one where all that speaks for two is a day that
# is not told.
UNSURE = "kept-apart-as-unsure"
UNDATED = "kept-apart-for-want-of-a-day"
MAY_BE_ONE = (UNSURE, UNDATED)

GROUPS = ("children", "women", "men", "civilians", "combatants", "attackers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Low, best and high of one count. `high` is the highest figure stated, no bound on the
    truth."""

    low: int | None
    best: int | None
    high: int | None

    def __post_init__(self) -> None:
        known = [n for n in (self.low, self.best, self.high) if n is not None]
        if known != sorted(known) or (known and known[0] < 0):
            raise ValueError(f"{self.low} <= {self.best} <= {self.high} does not hold")


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure for one measure and group, the rule that gave it, and what it used and set aside.

    `group` is None for everyone, else one of GROUPS. `added` are the counts of different people
    that add up to one source's figure, of each source that gives no such figure itself.
    """

    measure: Measure
    group: str | None
    figure: Figure
    rule: str
    used: tuple[ClaimId, ...]
    set_aside: tuple[tuple[ClaimId, str], ...] = ()
    added: tuple[tuple[ClaimId, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """How well an event is attested and who is held to have done it, each by its own rule.

    `corroboration`: "unattributed", "single", "several" or "several_kinds"; `kinds` are those of
    its originators. `responsibility`: "accepted", "single", "contested" or "unknown". `grade` is
    one of Airwars' five, which follows from both; `reasons` explain the two axes in this order.
    """

    corroboration: str
    kinds: tuple[str, ...]
    responsibility: str
    grade: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Claims held to describe one event, reconciled. The identifier comes from its first claim."""

    id: IncidentId
    claims: tuple[ClaimId, ...]
    estimates: tuple[Estimate, ...]
    event: str | None = None
    place: Place | None = None
    places: tuple[Place, ...] = ()
    when: When | None = None
    perpetrators: tuple[Actor, ...] = ()
    documents: tuple[tuple[DocumentId, bool], ...] = ()
    sources: tuple[str, ...] = ()
    grade: str | None = None
    grading: Grading | None = None

    def estimate(self, measure: Measure, group: str | None = None) -> Estimate | None:
        """Return the estimate of a measure for a group (None: everyone), or None if nothing is
        stated."""
        for estimate in self.estimates:
            if estimate.measure is measure and estimate.group == group:
                return estimate
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class SumReading:
    """One way to read what a total contains: the parts, their sum, what is left, and what it
    assumes."""

    parts: tuple[ClaimId, ...]
    sum: int
    left: int
    assumes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalCheck:
    """A stated total against every reading of its parts that the words allow."""

    claim: ClaimId
    readings: tuple[SumReading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a reader should know. `code` is stable; quotes stand with their documents."""

    code: str
    message: str
    claims: tuple[ClaimId, ...] = ()
    documents: tuple[DocumentId, ...] = ()
    quotes: tuple[tuple[DocumentId, Quote], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A passage of one document that stands word for word in an earlier one, its originator."""

    document: DocumentId
    passage: Quote
    original: DocumentId
    original_passage: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPair:
    """Two documents of which the later one shares text with the earlier one, its originator.

    `value` is the share of common runs of four words. `judged` is "copy" (a value over .9, or one
    text within the other), "revised" (much the same text with numbers replaced by others: a later
    or a changed account, whose changed passages are its own), "reworded" (much the same text in
    other words, or with more or less of it), "passages" (shared passages in otherwise different
    texts). `share` is the part of the later document's words that stands in `passages`.
    """

    original: DocumentId
    document: DocumentId
    value: float
    judged: str
    share: float
    passages: tuple[Copy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linking:
    """All links of a set of claims, and the groups of claims that describe one event each.

    `crowded` are documents with too many sums to hold each against all of their figures.
    """

    links: tuple[Link, ...]
    incidents: tuple[tuple[ClaimId, ...], ...]
    crowded: tuple[DocumentId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruleset:
    """A recorder's way from claims to figures, as data; `published` and `reading` tell rule from
    guess.

    `figures`: "last" takes each originator's last figure, "all" takes every figure a source gave.
    `low`, `high`: "smallest" or "largest" of those. `best`: "most_originators" (ties to the later,
    then to the lower), "smallest", "largest" or "middle". `vague`: "bounds" keeps imputed counts,
    "set_aside" does not record them. `vague_bounds` maps the bound that the language pack gives to
    a class of vague words onto this recorder's (low, high). `eyewitnesses` are the kinds of source
    that tell of those they saw, so that their figure is no toll where another counts more. `days`:
    the longest span in days that still counts as one incident, None where the method has no such
    limit. `sums` tells whether subtotals and cumulative figures enter totals at all. `opening`:
    "summary" takes what a document's opening sentence counts in its own voice for the sum of the
    sources it names below, "floor" sets aside whom the document cites for fewer, "voice" takes it
    for one voice among them. `uncounted` is what people told of
    without any number ("civilians were hurt") are recorded as, None where they are no figure.
    """

    name: str
    version: str
    title: str
    published: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()
    figures: str = "last"
    low: str = "smallest"
    best: str = "most_originators"
    high: str = "largest"
    vague: str = "bounds"
    vague_bounds: tuple[tuple[int, int, int], ...] = ()
    eyewitnesses: tuple[str, ...] = ()
    days: int | None = None
    sums: bool = True
    opening: str = "voice"
    uncounted: int | None = None

    def __post_init__(self) -> None:
        allowed = (
            ("figures", self.figures, ("last", "all")),
            ("opening", self.opening, ("voice", "floor", "summary")),
            ("low", self.low, ("smallest", "largest")),
            ("best", self.best, ("most_originators", "smallest", "largest", "middle")),
            ("high", self.high, ("smallest", "largest")),
            ("vague", self.vague, ("bounds", "set_aside")),
        )
        for field_name, value, values in allowed:
            if value not in values:
                raise ValueError(f"{self.name}: {field_name} is {value!r}, not one of {values}")


class Role(enum.StrEnum):
    """What a figure does in a total.

    added: counted in the low; inside: certainly contained in another figure; may_be_inside: left
    out of the low because another figure may contain it, added to the high; set_aside: in neither.
    """

    ADDED = "added"
    INSIDE = "inside"
    MAY_BE_INSIDE = "may_be_inside"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalPart:
    """One figure of a total: an incident, or a stated sum with its repeats; what it did there, and
    why.

    `of` are the first claims of the figures that contain it or may contain it. `notes` are stable
    words for what weakens it: "no-source", "round", "imputed".
    """

    claim: ClaimId
    claims: tuple[ClaimId, ...]
    incident: IncidentId | None
    scope: Scope
    figure: Figure
    role: Role
    of: tuple[ClaimId, ...] = ()
    notes: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherReading:
    """What a row would be under another reading of the words, and what that reading assumes."""

    low: int
    best: int
    high: int
    assumes: str
    claims: tuple[ClaimId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalRow:
    """What must have happened at least, at best and at most, for one value of each key.

    `figure.high` is what the figures give if nothing overlaps that need not; `bounded` is False
    where a figure used has no stated bound above, so that the high bounds nothing.
    `high_with_aside` adds what was set aside for want of a place. `civilians` tells that every
    figure of the low counts civilians. `naive` is the sum of every number in the reports.
    `round_without_source` and `imputed` are the parts of the low that rest on a round figure nobody
    is named for, and on vague words.
    """

    key: tuple[tuple[str, str | None], ...]
    figure: Figure
    high_with_aside: int
    bounded: bool
    civilians: bool
    parts: tuple[TotalPart, ...]
    naive: int
    round_without_source: int = 0
    imputed: int = 0
    others: tuple[OtherReading, ...] = ()
    sentences: tuple[str, ...] = ()
    exact: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Rows by the keys asked for, and the whole, which need not be their sum."""

    measure: Measure
    group: str | None
    by: tuple[str, ...]
    ruleset: str
    rows: tuple[TotalRow, ...]
    whole: TotalRow
