"""Places: finding where a text says where, and what place that is."""

from cenotaph.places.compound import resolve_text
from cenotaph.places.find import find
from cenotaph.places.hierarchy import place_of, smallest_area
from cenotaph.places.resolve import deciding, meant, resolve

__all__ = ["deciding", "find", "meant", "place_of", "resolve", "resolve_text", "smallest_area"]
