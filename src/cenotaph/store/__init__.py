"""One file that holds a record: what came in, what was decided, and what was read of it."""

from cenotaph.store import log
from cenotaph.store.decisions import decisions, enter
from cenotaph.store.documents import (
    Added,
    Input,
    Listed,
    Outcome,
    add,
    documents,
    listed,
    quarantined,
)
from cenotaph.store.readings import Kept, forget, missing, reading, readings, save
from cenotaph.store.record import (
    Given,
    GivenGazetteer,
    Record,
    RecordError,
    RecordSettings,
    create,
    open,
)
from cenotaph.store.search import index, phrases, search

__all__ = [
    "Added", "Given", "GivenGazetteer", "Input", "Kept", "Listed", "Outcome", "Record",
    "RecordError", "RecordSettings", "add", "create", "decisions", "documents", "enter", "forget",
    "index", "listed", "log", "missing", "open", "phrases", "quarantined", "reading", "readings",
    "save", "search",
]  # fmt: skip
