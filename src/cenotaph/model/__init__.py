"""The record types that every other module speaks in. All are immutable.

What a text says (`stated`), what we take it to mean (`resolved`) and what follows (`derived`) are
different types, so that no step can overwrite an earlier one. A type stands here only when two
modules exchange it.
"""

from cenotaph.model.decided import (
    NAME,
    OF_PAIRS,
    REASONED,
    Anchor,
    Bond,
    Decision,
    DecisionKind,
    Json,
    frozen,
    thawed,
)
from cenotaph.model.derived import (
    COPIED,
    GROUPS,
    LISTED_TOGETHER,
    READ_AS_AREA,
    REWORDED,
    UNSURE,
    Copy,
    CopyPair,
    Estimate,
    Figure,
    Finding,
    Grading,
    Incident,
    Linking,
    OtherReading,
    Role,
    Ruleset,
    SumReading,
    TotalCheck,
    TotalPart,
    TotalRow,
    Totals,
)
from cenotaph.model.evidence import Capture, Cell, CodedRow, Document, Quote
from cenotaph.model.gazetteer import (
    Gazetteer,
    GazetteerEntry,
    GazetteerSource,
    NameLevel,
    NameMatch,
    PlaceKind,
)
from cenotaph.model.ids import CaptureId, ClaimId, DocumentId, IncidentId, make_id
from cenotaph.model.resolved import (
    Candidate,
    Granularity,
    Place,
    PlaceResolution,
    Precision,
    ResolvedClaim,
    When,
)
from cenotaph.model.stated import (
    Actor,
    Age,
    Basis,
    Certainty,
    Claim,
    Coded,
    Context,
    Count,
    Group,
    Link,
    LinkKind,
    Measure,
    Modality,
    Near,
    PlaceMention,
    Reading,
    Relation,
    Scope,
    Sex,
    Skipped,
    Source,
    Stance,
    Status,
    TimeKind,
    TimeMention,
    Victim,
)

__all__ = [
    "COPIED", "GROUPS", "LISTED_TOGETHER", "NAME", "OF_PAIRS", "READ_AS_AREA", "REASONED",
    "REWORDED",
    "UNSURE", "Actor", "Age",
    "Anchor", "Basis", "Bond", "Candidate", "Capture", "CaptureId", "Cell", "Certainty", "Claim",
    "ClaimId", "Coded", "CodedRow", "Context", "Copy", "CopyPair",
    "Count", "Decision", "DecisionKind",
    "Document", "DocumentId", "Estimate", "Figure", "Finding", "Gazetteer", "GazetteerEntry",
    "GazetteerSource", "Grading",
    "Granularity", "Group", "Incident", "IncidentId", "Json", "Link",
    "LinkKind", "Linking", "Measure", "Modality", "NameLevel", "NameMatch", "Near",
    "OtherReading", "Place", "PlaceKind", "PlaceMention", "PlaceResolution", "Precision", "Quote",
    "Reading", "Relation", "ResolvedClaim", "Role", "Ruleset", "Scope", "Sex", "Skipped",
    "Source", "Stance", "Status", "SumReading", "TimeKind", "TimeMention", "TotalCheck",
    "TotalPart", "TotalRow", "Totals", "Victim", "When", "frozen", "make_id", "thawed",
]  # fmt: skip
