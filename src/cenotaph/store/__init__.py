"""One file that holds a record: what came in, what was decided, and what was read of it."""

from cenotaph.store import log, stamps
from cenotaph.store.backup import backup, restore
from cenotaph.store.check import Fault, Pin, check
from cenotaph.store.custody import Custody, custody
from cenotaph.store.decisions import decisions, decisions_since, enter
from cenotaph.store.derived import Derived, Unwritten, forget_derived, put_state, state
from cenotaph.store.documents import (
    Added,
    Input,
    Listed,
    Outcome,
    Quarantined,
    add,
    document_count,
    documents,
    listed,
    noted,
    quarantined,
    replaced,
)
from cenotaph.store.export import export, fingerprint, head_json
from cenotaph.store.feeds import Feed, feeds, save_feed, save_seen, seen
from cenotaph.store.readings import Kept, earlier, forget, missing, reading, readings, save
from cenotaph.store.record import (
    Given,
    Locked,
    NoRoom,
    Record,
    RecordError,
    RecordSettings,
    create,
    is_locked,
    open,
    renote,
)
from cenotaph.store.saved import allow_network, network_allowed, save_columns, saved_columns
from cenotaph.store.search import holding, index, phrases, search
from cenotaph.store.sheets import note_touched, put_sheets, sheet, touched_since

__all__ = [
    "Added", "Custody", "Derived", "Fault", "Feed", "Given", "Input", "Kept",
    "Listed", "Locked", "NoRoom", "Outcome", "Pin", "Quarantined", "Record", "RecordError",
    "RecordSettings", "Unwritten",
    "add", "allow_network", "backup", "check", "create", "custody", "decisions", "decisions_since",
    "document_count", "documents", "earlier", "enter", "export", "feeds", "fingerprint", "forget",
    "forget_derived", "head_json", "holding", "index", "is_locked", "listed", "log", "missing",
    "network_allowed", "note_touched", "noted", "open", "phrases", "put_sheets", "put_state",
    "quarantined", "reading",
    "readings", "renote", "replaced", "restore", "save", "save_columns", "save_feed", "save_seen",
    "saved_columns", "search", "seen", "sheet", "stamps", "state", "touched_since",
]  # fmt: skip
