"""The looser keys: romanisations made equal, and the consonant skeleton that joins scripts."""

import functools
import re
from typing import Any

from cenotaph.spelling.folding import fold, is_arabic, is_cyrillic
from cenotaph.vocab import table

_DOUBLED = re.compile(r"(.)\1+")
_FINAL_H = re.compile(r"(?<=[aeiou])h$")
_INITIAL_OU = re.compile(r"^ou(?=[aei])")


@functools.cache
def _words() -> dict[str, Any]:
    return table("spelling")


@functools.cache
def _plain_articles() -> frozenset[str]:
    return frozenset(_words()["articles"]["plain"])


@functools.cache
def _arabic_article() -> str:
    return str(_words()["articles"]["arabic"])


@functools.cache
def _assimilated() -> dict[str, str]:
    articles = _words()["articles"]
    return {v + c: c for v in articles["before_assimilated"] for c in articles["assimilated"]}


@functools.cache
def _to_latin() -> dict[int, str]:
    words = _words()
    joined = {**words["arabic_latin"], **words["cyrillic_latin"]}
    return {ord(a): b for a, b in joined.items()}


@functools.cache
def _pairs() -> tuple[tuple[str, str], ...]:
    return tuple((a, b) for a, b in _words()["letters"]["pairs"])


def _without_articles(words: list[str]) -> list[str]:
    """Leave out articles, but never the last word, which is the name itself."""
    plain, assimilated = _plain_articles(), _assimilated()
    if plain.isdisjoint(words) and assimilated.keys().isdisjoint(words):  # most names
        return words
    kept: list[str] = []
    for i, word in enumerate(words):
        if i + 1 < len(words):
            if word in plain:
                continue
            sun = assimilated.get(word)
            if sun is not None and words[i + 1].startswith(sun):
                continue
        kept.append(word)
    return kept


def _with_w(word: str) -> str:
    return _INITIAL_OU.sub("w", word) if word.startswith("ou") else word


def _single(word: str) -> str:
    """A word without doubled letters. Most have none, and a search costs less than a
    replacement."""
    return _DOUBLED.sub(r"\1", word) if _DOUBLED.search(word) is not None else word


@functools.lru_cache(maxsize=65536)
def _key_word(word: str) -> str:
    """One Latin word, with the romanisations of each sound made equal."""
    word = _with_w(word)
    if word.endswith("h"):
        word = _FINAL_H.sub("", word)
    word = before = _single(word)
    for a, b in _pairs():
        if a in word:
            word = word.replace(a, b)
    if word.endswith("i") and len(word) > 3 and word[-2] in "aiu":
        word = word[:-1]
    return word if word == before else _single(word)


@functools.lru_cache(maxsize=1 << 17)
def romanised(name: str) -> str:
    """Return the key under which romanisations of one name meet: no articles, no spaces.

    Empty for names that hold no Latin or Cyrillic letter (their spelling does not give the vowels).
    """
    if name.isascii() and name.isalpha():  # one word: folded so, and never left out
        return _key_word(name.lower())
    folded = fold(name)
    if not folded.isascii():
        if is_arabic(folded):
            words = folded.split()
            article = _arabic_article()
            return "".join(_strip_arabic(w, article) for w in words)
        if not is_cyrillic(folded):
            return folded.replace(" ", "")
        folded = folded.translate(_to_latin())
    return "".join(map(_key_word, _without_articles(folded.split())))


def _strip_arabic(word: str, article: str) -> str:
    return word[len(article) :] if word.startswith(article) and len(word) > 3 else word


_SKELETON_PAIRS = (
    ("tch", "c"), ("sch", "c"), ("sh", "c"), ("ch", "c"), ("zh", "j"), ("dj", "j"), ("dh", "z"),
    ("kh", "h"), ("gh", "g"), ("th", "t"), ("ph", "f"), ("ck", "k"), ("q", "k"), ("p", "b"),
)  # fmt: skip
_VOWELS = dict.fromkeys(map(ord, "aeiouyw"))


@functools.lru_cache(maxsize=65536)
def _skeleton_word(word: str) -> str:
    first = _with_w(word)
    for a, b in _SKELETON_PAIRS:
        if a in first:
            first = first.replace(a, b)
    first = _single(first)
    if first.endswith("h") and len(first) > 2 and first[-2] in "aeiouy":
        first = first[:-1]
    head = first[0] if first[0] in "wy" else "" if first[0] not in "aeiou" else "a"
    return head + first.translate(_VOWELS)


def _arabic_word(word: str, last: bool, article: str) -> str:
    """A folded Arabic word in Latin consonants; a final ta marbuta is heard only before another
    word."""
    word = _strip_arabic(word, article)
    if word.endswith("ه") and len(word) > 2:
        word = word[:-1] + ("" if last else "ت")
    return word.translate(_to_latin())


@functools.lru_cache(maxsize=1 << 17)
def skeleton(name: str) -> str:
    """Return the consonants of `name`, the same for Latin, Arabic and Cyrillic spellings of it.

    A vowel (or 'ayn) that begins a word leaves an "a". Empty where fewer than two signs are left
    or the
    script is none of the three.
    """
    folded = fold(name)
    if not folded:
        return ""
    words = folded.split()
    if not folded.isascii():
        if is_arabic(folded):
            article = _arabic_article()
            words = [_arabic_word(w, i + 1 == len(words), article) for i, w in enumerate(words)]
        else:
            words = folded.translate(_to_latin()).split()
        if not "".join(words).isascii():
            return ""
        words = [w for w in words if w]
    else:
        words = _without_articles(words)
    key = "".join(map(_skeleton_word, words))
    return key if len(key) > 1 else ""


# Consonants that no romanisation writes in two ways, and that no digraph takes part in.
_FIRM: dict[int, str | None] = {c: None for c in range(128) if chr(c).lower() not in "lmnr"}
_FIRM |= {ord(c): c.lower() for c in "LMNR"}
# Scripts from which no skeleton comes: Greek, Armenian, Hebrew, and those of the far East.
_ELSEWHERE = re.compile(r"[\u0370-\u03ff\u0530-\u05ff\u0700-\u1dff\u2c00-\ufaff]")


def may_have(name: str, bones: str) -> bool:
    """Tell whether a name can have this skeleton; False is sure, True is worth the reckoning.

    An article only adds consonants, so those of the skeleton must stand in the name in their order.
    """
    if not name.isascii():
        return _ELSEWHERE.search(name) is None
    rest = iter(name.translate(_FIRM))
    return all(c in rest for c in bones.translate(_FIRM))


def without_joined_article(name: str) -> str | None:
    """Return `name` without an article written together with it ("Albukamal"), or None."""
    folded = fold(name)
    for article in _words()["articles"]["joined"]:
        if folded.startswith(article) and len(folded) >= len(article) + 4 and folded[2] != " ":
            rest: str = folded[len(article) :]
            return rest
    return None


@functools.cache
def _qualifiers() -> frozenset[str]:
    return frozenset(fold(word) for word in _words()["qualifiers"]["words"])


@functools.lru_cache(maxsize=1 << 17)
def unqualified(name: str) -> str | None:
    """Return `name` without a last word that only tells namesakes apart ("… al-Kabir"), or None."""
    folded = fold(name)
    head, _, end = folded.rpartition(" ")
    if not head or _strip_arabic(end, _arabic_article()) not in _qualifiers():
        return None
    words = folded.split()
    last = len(words) - 1
    while last > 1 and (words[last - 1] in _plain_articles() or words[last - 1] in _assimilated()):
        last -= 1
    return " ".join(words[:last])


@functools.cache
def _openers() -> tuple[str, ...]:
    keys = {_key_word(fold(word)) for word in _words()["openers"]["words"]}
    return tuple(sorted(keys, key=len, reverse=True))


def opens_names_of_places(word: str) -> bool:
    """Tell whether a word is the first of very many names of places: "Kafr", "Tel", "San"."""
    return _key_word(fold(word)) in _openers()


def without_shared_opener(a: str, b: str) -> tuple[str, str]:
    """Return two romanised keys without a first word that both have and that very many names
    share."""
    for opener in _openers():
        if a.startswith(opener) and b.startswith(opener):
            if len(a) > len(opener) + 1 and len(b) > len(opener) + 1:
                return a[len(opener) :], b[len(opener) :]
    return a, b


def similarity(a: str, b: str) -> float:
    """Return how alike two romanised keys are, from 0 to 1 (Jaro-Winkler)."""
    from rapidfuzz.distance import JaroWinkler  # who reads no names does without

    return float(JaroWinkler.similarity(a, b))
