"""Totals that never count a person twice and say why."""

from cenotaph.totals.kept import Kept
from cenotaph.totals.rows import KEYS, Added, in_order, total, total_of
from cenotaph.totals.tally import Tally, Worked

__all__ = ["KEYS", "Added", "Kept", "Tally", "Worked", "in_order", "total", "total_of"]
