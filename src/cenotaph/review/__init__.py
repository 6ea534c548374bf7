"""What people decided, laid over what the reader read: claims as decided, and what binds them."""

from cenotaph.review.active import active, taken_back, undoable
from cenotaph.review.anchors import anchor, found
from cenotaph.review.bonds import bonds
from cenotaph.review.claims import Rejected, Review, Reviewed, State, by_hand, review
from cenotaph.review.reports import described, metadata
from cenotaph.review.slots import METADATA, SLOTS, Unfit, checked, checked_metadata, placed

__all__ = [
    "METADATA", "SLOTS", "Rejected", "Review", "Reviewed", "State", "Unfit", "active", "anchor",
    "bonds", "by_hand", "checked", "checked_metadata", "described", "found", "metadata", "placed",
    "review", "taken_back", "undoable",
]  # fmt: skip
