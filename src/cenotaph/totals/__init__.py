"""Totals that never count a person twice and say why."""

from cenotaph.totals.kept import Kept
from cenotaph.totals.rows import KEYS, Added, total, total_of
from cenotaph.totals.tally import Tally

__all__ = ["KEYS", "Added", "Kept", "Tally", "total", "total_of"]
