"""One file that holds a record: what came in, what was decided, and what was read of it."""

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

__all__ = [
    "Added", "Given", "GivenGazetteer", "Input", "Kept", "Listed", "Outcome", "Record",
    "RecordError", "RecordSettings", "add", "create", "documents", "forget", "listed", "missing",
    "open",
    "quarantined", "reading", "readings", "save",
]  # fmt: skip
