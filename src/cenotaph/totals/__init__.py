"""Totals that never count a person twice and say why."""

from cenotaph.totals.rows import KEYS, total

__all__ = ["KEYS", "total"]
