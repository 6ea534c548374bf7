"""The steps in order: over one document without a store, and over all documents of a record."""

from typing import TYPE_CHECKING

from cenotaph.lazily import given
from cenotaph.pipeline.copied import shared_text
from cenotaph.pipeline.decisions import (
    Decidable,
    DecisionError,
    Event,
    decide,
    decisions,
    history,
    preview,
    ready_to_enter,
    undo,
)
from cenotaph.pipeline.interpreted import Interpreted
from cenotaph.pipeline.kept import Standing, standing
from cenotaph.pipeline.names import Lead, lead
from cenotaph.pipeline.record import Derived, derive, explained, read, under
from cenotaph.pipeline.register import Originator, originators
from cenotaph.pipeline.reports import Reports, reports
from cenotaph.pipeline.setting import Setting
from cenotaph.pipeline.settings import (
    SettingError,
    Sources,
    UnknownName,
    given_gazetteers,
    otherwise,
    renewed,
    ruleset_of,
    sources_of,
)
from cenotaph.pipeline.verify import verify

if TYPE_CHECKING:
    from cenotaph.pipeline.catalogue import Page, Query
    from cenotaph.pipeline.document import Extraction, extract, interpret
    from cenotaph.pipeline.lists import concerning
    from cenotaph.pipeline.rows import (
        ClaimLine,
        FindingLine,
        IncidentLine,
        ReportLine,
        confidence,
        finding_id,
        incident_line,
    )
    from cenotaph.pipeline.stream import answers
    from cenotaph.pipeline.workspace import Sizes, Workspace

__all__ = [
    "ClaimLine", "Decidable", "DecisionError", "Derived", "Event", "Extraction", "FindingLine",
    "IncidentLine", "Interpreted", "Lead", "Originator", "Page", "Query", "ReportLine", "Reports",
    "Setting", "SettingError", "Sizes", "Sources", "Standing", "UnknownName", "Workspace",
    "answers", "concerning", "confidence", "decide", "decisions", "derive", "explained",
    "extract", "finding_id", "given_gazetteers", "history", "incident_line", "interpret", "lead",
    "originators", "otherwise", "preview", "read", "ready_to_enter", "renewed", "reports",
    "ruleset_of", "shared_text", "sources_of", "standing", "under", "undo", "verify",
]  # fmt: skip

__getattr__ = given(
    __name__,
    {
        "catalogue": ("Page", "Query"),
        "document": ("Extraction", "extract", "interpret"),
        "lists": ("concerning",),
        "rows": (
            "ClaimLine", "FindingLine", "IncidentLine", "ReportLine", "confidence", "finding_id",
            "incident_line",
        ),
        "stream": ("answers",),
        "workspace": ("Sizes", "Workspace"),
    },
)  # fmt: skip
