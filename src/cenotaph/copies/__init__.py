"""What reports take from one another: passages word for word, and whole texts nearly so."""

from cenotaph.copies.near import COPY, LISTED, pairs
from cenotaph.copies.passages import SHORTEST, Passages, find, precedence

__all__ = ["COPY", "LISTED", "SHORTEST", "Passages", "find", "pairs", "precedence"]
