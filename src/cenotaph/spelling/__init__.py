"""Folding of names: three keys of increasing looseness, under which spellings of one name meet.

`fold` keeps the word as written but for case, signs and accents; `romanised` makes the
romanisations of
one sound equal and drops articles and spaces; `skeleton` keeps the consonants alone and joins
scripts.
"""

from cenotaph.spelling.folding import fold, fold_text, is_arabic, is_cyrillic, is_latin
from cenotaph.spelling.keys import (
    may_have,
    opens_names_of_places,
    romanised,
    similarity,
    skeleton,
    unqualified,
    without_joined_article,
    without_shared_opener,
)
from cenotaph.spelling.unseen import HIDDEN, may_hide

__all__ = [
    "HIDDEN", "fold", "fold_text", "is_arabic", "is_cyrillic", "is_latin", "may_have", "may_hide",
    "opens_names_of_places", "romanised", "similarity", "skeleton", "unqualified",
    "without_joined_article", "without_shared_opener",
]  # fmt: skip
