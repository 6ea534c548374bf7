"""What a text says. Nothing here depends on a gazetteer, on a calendar or on other reports."""

import enum
import functools
from dataclasses import dataclass

from cenotaph.model.evidence import Quote
from cenotaph.model.ids import ClaimId, DocumentId, make_id


class Measure(enum.StrEnum):
    """What is counted."""

    KILLED = "killed"
    INJURED = "injured"
    KILLED_OR_INJURED = "killed_or_injured"
    MISSING = "missing"
    DETAINED = "detained"
    ABDUCTED = "abducted"
    DISPLACED = "displaced"
    EVACUATED = "evacuated"
    TRAPPED = "trapped"
    CASUALTIES = "casualties"
    ATTACKS = "attacks"


class Modality(enum.StrEnum):
    """How the text bounds its number."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    ABOUT = "about"
    RANGE = "range"
    VAGUE = "vague"
    SHARE = "share"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many, as bounds. An open bound is None, never a guess.

    `imputed` is true where the bounds come from a vague word, or from a person without a number
    ("a woman"), by a named rule.
    """

    low: int | None
    high: int | None
    modality: Modality
    imputed: bool = False

    def __post_init__(self) -> None:
        if self.low is not None and self.low < 0:
            raise ValueError("a count of people is not negative")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} above high {self.high}")
        if self.modality is Modality.EXACT and (self.low is None or self.low != self.high):
            raise ValueError("an exact count has one value")

    @property
    def vague(self) -> bool:
        """Tell whether a vague word gave the bounds, which rulesets may read otherwise."""
        return self.modality is Modality.VAGUE


class Scope(enum.StrEnum):
    """What the count counts; decides whether it may ever be added to another.

    incident: one event; subtotal: a place's or a day's sum of several events; cumulative: a sum
    since a start; state: a number that holds on a day (still trapped, missing, displaced).
    """

    INCIDENT = "incident"
    SUBTOTAL = "subtotal"
    CUMULATIVE = "cumulative"
    STATE = "state"


class Certainty(enum.StrEnum):
    """Of the harm alone, not of who did it."""

    ASSERTED = "asserted"
    SUSPECTED = "suspected"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"
    WITHDRAWN = "withdrawn"


class Status(enum.StrEnum):
    """Whether those counted bore arms, as the words say."""

    CIVILIAN = "civilian"
    COMBATANT = "combatant"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class Age(enum.StrEnum):
    """A child is under 18, by stated age or word."""

    CHILD = "child"
    ADULT = "adult"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class Sex(enum.StrEnum):
    """The sex of those counted, as the words say."""

    FEMALE = "female"
    MALE = "male"
    MIXED = "mixed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Who is counted, as far as the words say; `status_said_by` where only a party says so."""

    status: Status = Status.UNKNOWN
    status_said_by: str | None = None
    age: Age = Age.UNKNOWN
    sex: Sex = Sex.UNKNOWN
    role: str | None = None
    side: str | None = None
    attacker: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Victim:
    """A person named as harmed."""

    quote: Quote
    age: int | None = None
    sex: Sex | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A code of a vocabulary and the words that carry it."""

    code: str
    quote: Quote


class TimeKind(enum.StrEnum):
    """What an expression of time is, before any calendar is asked.

    day: a day or a part of one; period: a week, month, season or year; span: from a start to an end
    in which a count accumulates ("since 22 October", "in the past 24 hours"); clock: a time of day
    alone; anchored: relative to an event ("two days after the evacuation", "the second day").
    """

    DAY = "day"
    PERIOD = "period"
    SPAN = "span"
    CLOCK = "clock"
    ANCHORED = "anchored"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMention:
    """Words that say when; `dateline` marks the day at the head of a report, which dates it."""

    quote: Quote
    kind: TimeKind
    dateline: bool = False


class Near(enum.StrEnum):
    """How a place relates to the name that the words give."""

    IN = "in"
    NEAR = "near"
    DIRECTION = "direction"
    BETWEEN = "between"
    COUNTRYSIDE = "countryside"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """Words that say where; `quote` is the whole expression, `name` the bare name inside it.

    `kind` is what the text calls it (settlement, admin1, camp, … or None); `within` are larger
    places the expression itself names ("Sarbek, Orun"); `known` tells that the gazetteer has the
    name; `part` is a compass word or the like that narrows a larger place ("eastern Velm").
    """

    quote: Quote
    name: Quote
    kind: str | None = None
    near: Near = Near.IN
    part: str | None = None
    within: tuple[Quote, ...] = ()
    known: bool = False
    demonym: bool = False


class Basis(enum.StrEnum):
    """On what ground a claim has its time; decided: a person set it."""

    STATED = "stated"
    STATEMENT = "statement"
    CARRIED = "carried"
    DATELINE = "dateline"
    PUBLISHED_END = "published_end"
    DECIDED = "decided"
    NONE = "none"


class Stance(enum.StrEnum):
    """Whether a party is said to have done it, says so itself, or denies it."""

    ALLEGED = "alleged"
    ACCEPTED = "accepted"
    DENIED = "denied"


class Relation(enum.StrEnum):
    """How several alleged perpetrators stand to one another."""

    JOINT = "joint"
    ALTERNATIVES = "alternatives"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Someone who says something; `name` is the register's if it knows them, else their words."""

    quote: Quote
    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An alleged perpetrator."""

    quote: Quote
    name: str
    hedge: str | None = None
    stance: Stance = Stance.ALLEGED
    said_by: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One count of harm, as one passage of one document states it.

    `counted` are the counting words, `quote` the passage they stand in. The identifier is made of
    the document, of where the counting words stand and of what they count, so that decisions about
    a claim outlive a better reader; `nth` tells apart claims that share their words ("five each in
    A and B"). `places` holds every place of one count that has several; one place stands alone.
    `additional` is true where the words put the count on top of an earlier one, `history` where
    they tell of long ago; `section` numbers passages that tell of another event than the report
    (0: the report's own). `kept_id` is the identifier that a claim keeps when a person changes what
    it would be named by.
    """

    document: DocumentId
    measure: Measure
    count: Count
    counted: Quote
    quote: Quote
    rule: str
    nth: int = 0
    group: Group = Group()
    victims: tuple[Victim, ...] = ()
    scope: Scope = Scope.INCIDENT
    part_of: ClaimId | None = None
    event: str | None = None
    weapons: tuple[Coded, ...] = ()
    targets: tuple[Coded, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    places_basis: Basis = Basis.NONE
    origins: tuple[PlaceMention, ...] = ()
    time: TimeMention | None = None
    time_basis: Basis = Basis.NONE
    clock: TimeMention | None = None
    perpetrators: tuple[Actor, ...] = ()
    perpetrator_relation: Relation | None = None
    said_by: tuple[Source, ...] = ()
    certainty: Certainty = Certainty.ASSERTED
    additional: bool = False
    history: bool = False
    section: int = 0
    kept_id: ClaimId | None = None

    def __post_init__(self) -> None:
        if not self.quote.start <= self.counted.start < self.counted.end <= self.quote.end:
            raise ValueError("the counting words stand outside the quote")

    @property
    def blamed(self) -> frozenset[str]:
        """The names of those said to have done it; who only denies it is not among them."""
        return frozenset(a.name for a in self.perpetrators if a.stance is not Stance.DENIED)

    @property
    def id(self) -> ClaimId:
        """The identifier, stable under a better reading of everything but the counting words."""
        if self.kept_id is not None:
            return self.kept_id
        return _claim_id(
            self.document, self.counted.start, self.counted.end, self.measure, self.nth
        )


@functools.lru_cache(maxsize=1 << 16)
def _claim_id(document: DocumentId, start: int, end: int, measure: Measure, nth: int) -> ClaimId:
    """Linking asks for identifiers far oftener than claims are made; digests would cost."""
    return ClaimId(make_id("clm", document, start, end, measure, nth))


class LinkKind(enum.StrEnum):
    """How one claim stands to another of the same document or of another."""

    WITHIN = "within"
    MAY_BE_WITHIN = "may_be_within"
    REPEATS = "repeats"
    UPDATES = "updates"
    CORRECTS = "corrects"
    ADDITIONAL_TO = "additional_to"
    SAME_INCIDENT = "same_incident"
    DENIED_BY = "denied_by"
    WITHDRAWN_BY = "withdrawn_by"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A relation from one claim to another, with its reasons; `by` names the rule that made it."""

    claim: ClaimId
    kind: LinkKind
    to: ClaimId
    by: str
    score: float = 1.0
    reasons: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.claim == self.to:
            raise ValueError("a claim is not linked to itself")
        if not 0.0 <= self.score <= 1.0:
            raise ValueError(f"score {self.score} outside 0..1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a recorder notes beside harm: a ceasefire, its breach, a siege, an attack, …

    `said_by` is who says so, where someone is named; `weapons` those that an attack was made with.
    """

    kind: str
    quote: Quote
    place: PlaceMention | None = None
    time: TimeMention | None = None
    said_by: tuple[Source, ...] = ()
    weapons: tuple[Coded, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A number that is no claim, and the rule that says why."""

    quote: Quote
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one document says: claims in text order, links the text itself states, context.

    `main` is the claim that the report is chiefly about (never history, never a total), or None.
    `days` are those of which the text says that its own event was then, the surest first; `deaths`
    those on which somebody is said to have died, whether or not the event was on that day; `hours`
    the times of day given for the event.
    """

    document: DocumentId
    claims: tuple[Claim, ...] = ()
    links: tuple[Link, ...] = ()
    contexts: tuple[Context, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    main: ClaimId | None = None
    days: tuple[TimeMention, ...] = ()
    deaths: tuple[TimeMention, ...] = ()
    hours: tuple[TimeMention, ...] = ()
