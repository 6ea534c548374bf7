"""What the words round a name say of a place: its kind, a side of it, nearness, where it begins."""

from collections.abc import Sequence
from typing import NamedTuple

from cenotaph.model import Near, PlaceKind
from cenotaph.places.lexicon import Lexicon
from cenotaph.places.tokens import Words

# "Hulla, a small mountain village in": what it is stands so many words behind a name at most, and
# is one of these.
_DESCRIBED = 5
_APPOSED = frozenset({PlaceKind.SETTLEMENT, PlaceKind.NEIGHBOURHOOD, PlaceKind.CAMP})


def square_behind(found: Words, last: int, words: Lexicon) -> int:
    """The word behind a name that makes it that of a square, a crossing or the like; else -1.

    So does, with a capital, the word for a mosque, a bridge or the like: "the Nadir Mosque".
    """
    if last < len(found) and found.lows[last] in words.before_squares and found.joined[last]:
        last += 1
    if last >= len(found) or not found.joined[last] or "\n" in found.gaps[last]:
        return -1
    word = found.lows[last]
    if word in words.squares or found.capital[last] and word in words.sites:
        return last
    return -1


def called_one_of(found: Words, start: int, words: Lexicon) -> PlaceKind | None:
    """What an unknown name is behind "the neighbourhoods of": one of these, as no city would be."""
    if start < 2 or found.lows[start - 1] not in words.of or not found.joined[start]:
        return None
    above = found.lows[start - 2]
    compass = start > 2 and found.lows[start - 3] in words.compass
    return words.kinds.get(above) if above in words.parts and not compass else None


def kind_behind(
    found: Words, last: int, words: Lexicon, taken: set[int]
) -> tuple[PlaceKind | None, Near, int]:
    """Words behind a name that belong to it: "province", "refugee camp", "countryside"."""
    i, n = last, len(found)
    while i < n and i < last + 3 and found.joined[i] and i not in taken:
        word = found.lows[i]
        if "\n" in found.gaps[i]:
            break
        if word in words.countryside:
            return None, Near.COUNTRYSIDE, i + 1
        if word in words.state and i + 1 < n and found.lows[i + 1] in words.voices:
            break  # "in X state television reported"
        if word in words.lists and (end := _with_the_land(found, i, words)):
            return None, Near.COUNTRYSIDE, end
        if word in words.kinds and word not in words.kinds_before:
            end = _with_the_land(found, i + 1, words)
            return (None, Near.COUNTRYSIDE, end) if end else (words.kinds[word], Near.IN, i + 1)
        if word not in words.camp_words and not (
            found.possessive[last - 1] and (word in words.compass or word in words.fillers)
        ):
            break
        i += 1
    return None, Near.IN, last


def apposed(found: Words, last: int, words: Lexicon) -> PlaceKind | None:
    """ "Hulla, a mountain village in": what an unknown name is by the words right behind it."""
    n = len(found)
    if last + 2 >= n or found.lows[last] not in words.one_of:
        return None
    if not found.joined[last] and found.gaps[last].strip(" ") not in (",", "("):
        return None
    for i in range(last + 1, min(n, last + _DESCRIBED)):
        if not found.joined[i] or found.capital[i] or "\n" in found.gaps[i]:
            return None
        if (kind := words.kinds.get(found.lows[i])) is not None:
            behind = found.lows[i + 1] if i + 1 < n else ""
            lies = behind in words.inside or behind in words.near or behind in words.strong
            lies = lies or behind in words.compass or behind.isdigit()
            return kind if lies and found.joined[i + 1] and kind in _APPOSED else None
    return None


def _with_the_land(found: Words, i: int, words: Lexicon) -> int:
    """ "Velm and its countryside", "Velm and the surrounding countryside": where this ends, or 0.

    Such a place is the town and the land about it.
    """
    n = len(found)
    if i + 1 >= n or found.lows[i] not in words.lists or not found.joined[i]:
        return 0
    for k in range(i + 1, min(n, i + 4)):
        word = found.lows[k]
        if not found.joined[k] or "\n" in found.gaps[k]:
            return 0
        if word in words.countryside:
            return k + 1
        if not (word in words.determiners or word in words.fillers):
            return 0
    return 0


def told_ahead(
    found: Words, first: int, words: Lexicon, taken: set[int]
) -> tuple[PlaceKind | None, Near, str | None, int]:
    """Words before a name that belong to it; the quote takes in compass words and "rural" alone."""
    kind: PlaceKind | None = None
    part: str | None = None
    near, start = Near.IN, first
    i = first - 1
    if i >= 0 and found.gaps[first].strip(" ") == "," and found.lows[i] in words.kinds:
        return words.kinds[found.lows[i]], near, part, start
    while i >= 0 and i not in taken and found.joined[i + 1] and "\n" not in found.gaps[i + 1]:
        word = found.lows[i]
        if word in words.compass and start == i + 1:
            part, start = word, i
        elif word in words.rural and start == i + 1:
            near, start = Near.COUNTRYSIDE, i
        elif word in words.kinds and i == first - 1 and not found.capital[i]:
            kind = words.kinds[word]
        elif not (word in words.fillers or word in words.determiners):
            break
        i -= 1
    if i < 0 or i in taken or not found.joined[i + 1]:
        return kind, near, part, start
    word = found.lows[i]
    if word in words.of:
        return _after_of(found, i, words, _Ahead(kind, near, part, start))
    above = found.lows[i - 1] if i > 0 and found.joined[i] else ""
    if word in words.between or (word in words.lists and _between(found, i, words)):
        near = Near.BETWEEN
    elif near is Near.IN and (
        word in words.near or (word in words.to and above in words.near_adverbs)
    ):
        near = Near.NEAR
    elif word in words.mid and above in words.distance:
        near = Near.DIRECTION
    return kind, near, part, start


class _Ahead(NamedTuple):
    """What the words before a name say of it, and the token at which its quote begins."""

    kind: PlaceKind | None
    near: Near
    part: str | None
    start: int


def _after_of(found: Words, i: int, words: Lexicon, so_far: _Ahead) -> _Ahead:
    """What stands before the "of" at `i`: "the town of", "the south of", "the outskirts of"."""
    above = found.lows[i - 1] if i > 0 and found.joined[i] else ""
    higher = found.lows[i - 2] if i > 1 and found.joined[i - 1] else ""
    if above in words.kinds and above not in words.parts:
        near = Near.NEAR if above in words.cities and _nearby(found, i - 2, words) else so_far.near
        return so_far._replace(kind=words.kinds[above], near=near)
    if above in words.countryside:
        begin = i - 2 if higher in words.compass else i - 1
        return so_far._replace(near=Near.COUNTRYSIDE, start=begin)
    if above in words.near_words:
        return so_far._replace(near=Near.NEAR)
    if above in words.compass:
        k = i - 2  # "the rebel-held east of"
        while k > 0 and found.joined[k + 1] and found.lows[k] in words.fillers:
            k -= 1
        if k >= 0 and found.joined[k + 1] and found.lows[k] in words.determiners:
            return so_far._replace(part=so_far.part or above, start=i - 1)
        return so_far._replace(near=Near.DIRECTION)
    return so_far


def _nearby(found: Words, i: int, words: Lexicon) -> bool:
    """Tell whether the words up to `i` are "near the" or the like: "near the city of X"."""
    while i > 0 and found.joined[i + 1] and found.lows[i] in words.determiners:
        i -= 1
    return i >= 0 and found.joined[i + 1] and found.lows[i] in words.near


def _between(found: Words, i: int, words: Lexicon) -> bool:
    """Tell whether an "and" is that of "between A and B"."""
    return any(found.lows[k] in words.between for k in range(max(0, i - 5), i)) and all(
        found.joined[k] for k in range(max(1, i - 4), i + 1)
    )


def describes(small: Sequence[str], words: Lexicon) -> bool:
    """Tell whether words between a name and "in" only say what it is: ", a small village"."""
    if len(small) < 2 or small[0] not in words.one_of:
        return False
    return words.kinds.get(small[-1]) in _APPOSED
