"""Totals that never count a person twice and say why."""

from cenotaph.totals.among import among
from cenotaph.totals.kept import SUMS, Kept
from cenotaph.totals.rows import KEYS, Added, in_order, total, total_of
from cenotaph.totals.tally import Tally, Worked

__all__ = [
    "KEYS", "SUMS", "Added", "Kept", "Tally", "Worked", "among", "in_order", "total", "total_of",
]  # fmt: skip
