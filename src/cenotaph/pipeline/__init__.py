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
    changed,
    given_gazetteers,
    ruleset_of,
    sources_of,
)
from cenotaph.pipeline.verify import verify

if TYPE_CHECKING:
    from cenotaph.pipeline.catalogue import Page, Query
    from cenotaph.pipeline.document import Extraction, extract, interpret
    from cenotaph.pipeline.rows import finding_id
    from cenotaph.pipeline.stream import answers
    from cenotaph.pipeline.workspace import Sizes, Workspace

__all__ = [
    "Decidable", "DecisionError", "Derived", "Event", "Extraction", "Interpreted", "Lead",
    "Originator", "Page", "Query", "Reports", "Setting", "SettingError", "Sizes", "Sources",
    "Standing", "UnknownName", "Workspace", "answers", "changed", "decide", "decisions", "derive",
    "explained", "extract", "finding_id", "given_gazetteers", "history", "interpret", "lead",
    "originators", "preview", "read", "ready_to_enter", "reports", "ruleset_of", "shared_text",
    "sources_of", "standing", "under", "undo", "verify",
]  # fmt: skip

__getattr__ = given(
    __name__,
    {
        "catalogue": ("Page", "Query"),
        "document": ("Extraction", "extract", "interpret"),
        "rows": ("finding_id",),
        "stream": ("answers",),
        "workspace": ("Sizes", "Workspace"),
    },
)
