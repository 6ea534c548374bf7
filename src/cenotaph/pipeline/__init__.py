"""The steps in order: over one document without a store, and over all documents of a record."""

from typing import TYPE_CHECKING

from cenotaph.lazily import given

if TYPE_CHECKING:
    from cenotaph.pipeline.copied import shared_text
    from cenotaph.pipeline.deciding import (
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
    from cenotaph.pipeline.document import interpret
    from cenotaph.pipeline.extraction import Extraction, extract
    from cenotaph.pipeline.interpreted import Interpreted
    from cenotaph.pipeline.kept import Standing, standing
    from cenotaph.pipeline.lists import concerning
    from cenotaph.pipeline.names import Lead, lead
    from cenotaph.pipeline.query import Page, Query
    from cenotaph.pipeline.record import Derived, derive, explained, read, under
    from cenotaph.pipeline.register import Originator, originators
    from cenotaph.pipeline.reported import Reports, Texts, reports
    from cenotaph.pipeline.rows import (
        UNREAD,
        ClaimLine,
        FindingLine,
        IncidentLine,
        ReportLine,
        confidence,
        finding_id,
        incident_line,
    )
    from cenotaph.pipeline.rules import UnknownName, ruleset_of
    from cenotaph.pipeline.setting import Setting, SettingError, Sources
    from cenotaph.pipeline.settings import (
        given_gazetteers,
        otherwise,
        remedy,
        renewed,
        sources_of,
    )
    from cenotaph.pipeline.stream import answers
    from cenotaph.pipeline.verifying import verify
    from cenotaph.pipeline.workspace import Sizes, Workspace

__all__ = [
    "UNREAD",
    "ClaimLine", "Decidable", "DecisionError", "Derived", "Event", "Extraction", "FindingLine",
    "IncidentLine", "Interpreted", "Lead", "Originator", "Page", "Query", "ReportLine", "Reports",
    "Setting", "SettingError", "Sizes", "Sources", "Standing", "Texts", "UnknownName", "Workspace",
    "answers", "concerning", "confidence", "decide", "decisions", "derive", "explained",
    "extract", "finding_id", "given_gazetteers", "history", "incident_line", "interpret", "lead",
    "originators", "otherwise", "preview", "read", "ready_to_enter", "remedy", "renewed", "reports",
    "ruleset_of", "shared_text", "sources_of", "standing", "under", "undo", "verify",
]  # fmt: skip

__getattr__ = given(
    __name__,
    {
        "copied": ("shared_text",),
        "deciding": (
            "Decidable", "DecisionError", "Event", "decide", "decisions", "history", "preview",
            "ready_to_enter", "undo",
        ),
        "document": ("interpret",),
        "extraction": ("Extraction", "extract"),
        "interpreted": ("Interpreted",),
        "kept": ("Standing", "standing"),
        "lists": ("concerning",),
        "names": ("Lead", "lead"),
        "query": ("Page", "Query"),
        "record": ("Derived", "derive", "explained", "read", "under"),
        "register": ("Originator", "originators"),
        "reported": ("Reports", "Texts", "reports"),
        "rows": (
            "UNREAD", "ClaimLine", "FindingLine", "IncidentLine", "ReportLine", "confidence",
            "finding_id", "incident_line",
        ),
        "rules": ("UnknownName", "ruleset_of"),
        "setting": ("Setting", "SettingError", "Sources"),
        "settings": ("given_gazetteers", "otherwise", "remedy", "renewed", "sources_of"),
        "stream": ("answers",),
        "verifying": ("verify",),
        "workspace": ("Sizes", "Workspace"),
    },
)  # fmt: skip
