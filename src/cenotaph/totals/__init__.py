"""Totals that never count a person twice and say why."""

from cenotaph.totals.kept import Kept
from cenotaph.totals.rows import KEYS, total, total_of

__all__ = ["KEYS", "Kept", "total", "total_of"]
