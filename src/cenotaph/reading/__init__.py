"""Document to claims: what a report says, with the words that say it."""

from cenotaph.reading.read import read

__all__ = ["read"]
