"""The extraction contract: its shapes, field by field in the order they are written.

Every field is always there; what is unknown is null, a list is empty and never null. The JSON
Schema of `cenotaph schema extract` is made of these same types.
"""

from typing import NotRequired, TypedDict

from cenotaph.model import (
    Age,
    Basis,
    Certainty,
    Granularity,
    LinkKind,
    Measure,
    Modality,
    Precision,
    Relation,
    Scope,
    Sex,
    Stance,
    Status,
)

Span = TypedDict("Span", {"text": str, "start": int, "end": int})  # noqa: UP013  (one line says it)


class CountJson(TypedDict):
    """How many, as bounds, and the counting words."""

    low: int | None
    high: int | None
    modality: Modality
    text: str
    start: int
    end: int


class GroupJson(TypedDict):
    """Who is counted, as far as the words say."""

    status: Status
    status_said_by: str | None
    age: Age
    sex: Sex
    role: str | None
    side: str | None
    attacker: bool


class VictimJson(TypedDict):
    """A person named as harmed."""

    text: str
    start: int
    end: int
    age: int | None
    sex: Sex | None
    role: str | None


class LinkJson(TypedDict):
    """How a claim stands to another claim."""

    kind: LinkKind
    claim: str


class CodedJson(TypedDict):
    """A code of a vocabulary and the words that carry it."""

    code: str
    text: str
    start: int
    end: int


class PlaceJson(TypedDict):
    """A place: the words for it, and what they were resolved to. Degrees are WGS 84."""

    text: str | None
    start: int | None
    end: int | None
    name: str | None
    lat: float | None
    lon: float | None
    geonames: int | None
    country: str | None
    admin1: str | None
    precision: Precision
    confidence: float | None


class WhenJson(TypedDict):
    """First and last possible day, both included, as full ISO days; `at` are the words' offsets."""

    text: str | None
    at: tuple[int, int] | None
    start: str | None
    end: str | None
    precision: Granularity
    basis: Basis
    anchor: str | None
    time: str | None


class SourceJson(TypedDict):
    """Someone who says something."""

    text: str
    start: int
    end: int
    name: str
    kind: str


class ActorJson(TypedDict):
    """An alleged perpetrator."""

    text: str
    start: int
    end: int
    name: str
    hedge: str | None
    stance: Stance
    said_by: list[SourceJson]


class ClaimJson(TypedDict):
    """One count of harm, as one passage states it, with its place and period."""

    id: str
    measure: Measure
    count: CountJson
    imputed: bool
    group: GroupJson
    victims: list[VictimJson]
    scope: Scope
    part_of: str | None
    links: list[LinkJson]
    quote: Span
    event: str | None
    weapons: list[CodedJson]
    targets: list[CodedJson]
    place: PlaceJson | None
    places: list[PlaceJson]
    origins: list[PlaceJson]
    when: WhenJson
    perpetrator: list[ActorJson]
    perpetrator_relation: Relation | None
    said_by: list[SourceJson]
    certainty: Certainty
    rule: str


class FigureJson(TypedDict):
    """Low, best and high. `high` is the highest figure stated, no bound on the truth."""

    low: int | None
    best: int | None
    high: int | None


class HarmJson(TypedDict):
    """Killed and injured of one group; null where nothing is stated."""

    killed: FigureJson | None
    injured: FigureJson | None


class GroupsJson(TypedDict):
    """Always these six."""

    children: HarmJson
    women: HarmJson
    men: HarmJson
    civilians: HarmJson
    combatants: HarmJson
    attackers: HarmJson


class IncidentJson(TypedDict):
    """The claims of one document that describe one event, reconciled by the ruleset."""

    id: str
    main: bool
    claims: list[str]
    event: str | None
    place: PlaceJson | None
    places: list[PlaceJson]
    when: WhenJson
    perpetrator: list[ActorJson]
    killed: FigureJson | None
    injured: FigureJson | None
    groups: GroupsJson


class DocumentRefJson(TypedDict):
    """A document that tells of an incident, and whether it is chiefly about it."""

    id: str
    main: bool


class GradingJson(TypedDict):
    """How well an event is attested, and who is held to have done it."""

    corroboration: str
    kinds: list[str]
    responsibility: str
    reasons: list[str]


class GazetteerJson(TypedDict):
    """What the places of a record were taken from, and with whom to credit for it."""

    name: str
    version: str
    licence: str | None
    attribution: str | None
    sha256: str


class RecordIncidentJson(TypedDict):
    """An incident of a record: `main` left out, its documents, sources and grade added."""

    id: str
    claims: list[str]
    event: str | None
    place: PlaceJson | None
    places: list[PlaceJson]
    when: WhenJson
    perpetrator: list[ActorJson]
    killed: FigureJson | None
    injured: FigureJson | None
    groups: GroupsJson
    documents: list[DocumentRefJson]
    sources: list[str]
    grade: str | None
    grading: GradingJson | None


class StatedJson(TypedDict):
    """The bounds that the text states."""

    low: int | None
    high: int | None


class SumReadingJson(TypedDict):
    """One reading of what a total contains."""

    parts: list[str]
    sum: int
    left: int
    assumes: str


class TotalJson(TypedDict):
    """A stated total against every reading of its parts."""

    claim: str
    stated: StatedJson
    readings: list[SumReadingJson]


class ContextJson(TypedDict):
    """What a recorder notes beside harm."""

    kind: str
    quote: Span
    place: PlaceJson | None
    when: WhenJson | None
    said_by: list[SourceJson]
    weapons: list[CodedJson]


class FindingJson(TypedDict):
    """Something a reader should know."""

    code: str
    message: str
    claims: list[str]


class QuoteJson(TypedDict):
    """A verbatim passage and the document it stands in."""

    document: str
    text: str
    start: int
    end: int


class RecordFindingJson(TypedDict):
    """A finding of a record, with its documents and quotes."""

    code: str
    message: str
    claims: list[str]
    documents: list[str]
    quotes: list[QuoteJson]


class CopiedPassageJson(TypedDict):
    """A passage of a document, and where it stands in the document it was taken from."""

    text: str
    start: int
    end: int
    original_start: int
    original_end: int


class CopyPairJson(TypedDict):
    """Two documents that share text, the earlier one first."""

    documents: list[str]
    original: str
    document: str
    value: float
    judged: str
    share: float
    passages: list[CopiedPassageJson]


class ExtractionJson(TypedDict):
    """What `cenotaph extract` says of one document."""

    id: str
    claims: list[ClaimJson]
    incidents: list[IncidentJson]
    totals: list[TotalJson]
    context: list[ContextJson]
    findings: list[FindingJson]


class FaultJson(TypedDict):
    """Why an input has no answer."""

    code: str
    message: str


class RefusalJson(TypedDict):
    """The line that stands in place of an answer."""

    id: str | int | float | bool | None
    error: FaultJson


class AlternativeJson(PlaceJson):
    """A place that a name could mean too; `confidence` is its score. Reasons where asked for."""

    reasons: NotRequired[list[str]]


class PlaceAnswerJson(TypedDict):
    """What `cenotaph places resolve` says of one name."""

    id: str
    place: PlaceJson | None
    alternatives: list[AlternativeJson]
    reasons: NotRequired[list[str]]


class DateAnswerJson(TypedDict):
    """What `cenotaph dates resolve` says of one expression."""

    id: str
    when: WhenJson | None
    reasons: NotRequired[list[str]]
