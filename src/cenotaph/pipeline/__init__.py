"""The steps in order: over one document without a store, and over all documents of a record."""

from cenotaph.pipeline.catalogue import Page, Query
from cenotaph.pipeline.document import Extraction, Setting, extract, interpret
from cenotaph.pipeline.interpreted import Interpreted
from cenotaph.pipeline.record import Derived, derive, explained, read
from cenotaph.pipeline.rows import finding_id
from cenotaph.pipeline.settings import (
    SettingError,
    Sources,
    UnknownName,
    changed,
    given_gazetteers,
    ruleset_of,
    sources_of,
)
from cenotaph.pipeline.stream import answers
from cenotaph.pipeline.workspace import Workspace

__all__ = [
    "Derived", "Extraction", "Interpreted", "Page", "Query", "Setting", "SettingError", "Sources",
    "UnknownName", "Workspace", "answers", "changed", "derive", "explained", "extract",
    "finding_id", "given_gazetteers", "interpret", "read", "ruleset_of", "sources_of",
]  # fmt: skip
