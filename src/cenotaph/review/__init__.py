"""What people decided, laid over what the reader read: claims as decided, and what binds them."""

from cenotaph.review.active import active, taken_back, undoable
from cenotaph.review.anchors import anchor, found
from cenotaph.review.bonds import bonds
from cenotaph.review.circles import circle
from cenotaph.review.claims import (
    ON_CLAIMS,
    Rejected,
    Review,
    Reviewed,
    State,
    by_hand,
    review,
)
from cenotaph.review.names import names, settled
from cenotaph.review.reports import described, metadata
from cenotaph.review.slots import METADATA, SLOTS, Unfit, checked, checked_metadata, placed
from cenotaph.review.sources import ABOUT, Register, checked_source, register, voiced

__all__ = [
    "ABOUT",
    "METADATA",
    "ON_CLAIMS",
    "SLOTS",
    "Register",
    "Rejected",
    "Review",
    "Reviewed",
    "State",
    "Unfit",
    "active",
    "anchor",
    "bonds",
    "by_hand",
    "checked",
    "checked_metadata",
    "checked_source",
    "circle",
    "described",
    "found",
    "metadata",
    "names",
    "placed",
    "register",
    "review",
    "settled",
    "taken_back",
    "undoable",
    "voiced",
]  # fmt: skip
