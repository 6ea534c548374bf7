"""Expressions of time: found in a text, and resolved to first and last possible days.

Nothing is invented: what the words and the day of publication do not tell stays None, and the
reasons say what it would need. The words of each language are data.
"""

from cenotaph.dates.finding import find, published
from cenotaph.dates.resolving import resolve, resolve_marked

__all__ = ["find", "published", "resolve", "resolve_marked"]
