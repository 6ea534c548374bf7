"""Places: finding where a text says where, and what place that is."""

from cenotaph.places.compound import resolve_text
from cenotaph.places.find import find
from cenotaph.places.hierarchy import smallest_area
from cenotaph.places.resolve import resolve

__all__ = ["find", "resolve", "resolve_text", "smallest_area"]
