"""The keys under which a compiled file holds its names, and the spellings kept beside each.

A name is found under the key of its sound (`romanised`), or, within a country, under that of its
consonants (`skeleton`). Beside the key stands how the entry writes the name, so that a question
can tell how close it comes without working through all the entry's names.
"""

import functools
import hashlib
from collections import defaultdict
from collections.abc import Sequence

from cenotaph.spelling import (
    fold,
    is_arabic,
    is_cyrillic,
    is_latin,
    romanised,
    similarity,
    skeleton,
    unqualified,
)

_SOUND, _BONES = "s", "b"
_PARTING = "|"
# Marks the spelling of a name without the last word that only tells namesakes apart.
_SHORT = "-"

# What a name's consonants alone are worth, by their number: two or three are shared by many names.
_BONES_WORTH = {2: 0.78, 3: 0.88}
_SHORT_WORTH = 0.9  # the same but for a last word such as "the Greater"
_NO_VOWELS_KNOWN = {2: 0.66, 3: 0.74, 4: 0.82}


def _hash(kind: str, key: str) -> int:
    payload = (kind + key).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(payload, digest_size=8).digest(), "big", signed=True)


@functools.lru_cache(maxsize=4096)
def sound_hash(name: str) -> int:
    """Return the number under which every name that sounds like this one is stored."""
    roman = romanised(name)
    return _hash(_SOUND, roman if len(roman) > 1 else fold(name))


def bones_hash(bones: str) -> int:
    """Return the number under which names of these consonants (never empty) are stored."""
    return _hash(_BONES, bones)


def keys_of(names: Sequence[str]) -> tuple[dict[int, str], set[tuple[str, str]]]:
    """Return the keys of an entry's names, each with the spellings that stand beside it.

    Beside a sound stand the folded names; beside consonants the romanised Latin ones that have
    them, and all folded Arabic ones, since those are compared as they are written. With them come
    the romanised names that another may sound like, each behind its first consonant.
    """
    beside: defaultdict[int, dict[str, None]] = defaultdict(dict)
    bones: dict[str, dict[str, None]] = {}
    arabic: dict[str, None] = {}
    heard: set[tuple[str, str]] = set()
    for folded, name in {fold(name): name for name in names}.items():
        if len(folded) < 2:
            continue
        beside[sound_hash(name)][folded] = None
        eastern = is_arabic(folded)
        if not (folded.isascii() or is_latin(folded) or eastern or is_cyrillic(folded)):
            continue
        roman, own, short = romanised(name), skeleton(name), unqualified(name)
        if own:
            forms = bones.setdefault(own, {})
            if roman.isascii():
                forms[roman] = None
                if len(roman) > 3:
                    heard.add((own[0], roman))
        if eastern:
            arabic[folded] = None
        if short is None:
            continue
        if eastern:
            arabic[_SHORT + short] = None
        if stem := skeleton(short):
            forms = bones.setdefault(stem, {})
            if (sound := romanised(short)).isascii():
                forms[_SHORT + sound] = None
    for key, forms in bones.items():
        beside[bones_hash(key)] = forms | arabic
    return {number: _PARTING.join(forms) for number, forms in beside.items()}, heard


def is_written(folded: str, forms: str) -> bool:
    """Tell whether one of the spellings beside a sound is this one, but for case and signs."""
    return folded == forms or folded in forms.split(_PARTING)


def bones_score(folded: str, roman: str, bones: str, forms: str) -> float:
    """Return how alike a name is to one that has the same consonants, from 0 to 1.

    The more of the rest agrees too, and the more consonants there are, the better.
    """
    from rapidfuzz import fuzz  # as in `spelling.similarity`

    arabic = is_arabic(folded)
    best = 0.0
    for form in forms.split(_PARTING):
        if not form or form.isascii() is arabic:
            continue
        short = form[0] == _SHORT
        if arabic:
            if not short:
                best = max(best, fuzz.ratio(folded, form) / 100)
            elif form[1:] == folded:
                best = max(best, _SHORT_WORTH)
        elif short:
            best = max(best, similarity(roman, form[1:]) * _SHORT_WORTH)
        elif form == roman:
            best = 1.0
            break
        else:
            best = max(best, (similarity(roman, form) + fuzz.ratio(roman, form) / 100) / 2)
    if not best:
        return _NO_VOWELS_KNOWN.get(len(bones), 0.88)
    return _BONES_WORTH.get(len(bones), 0.96) * (0.5 + 0.5 * best)
