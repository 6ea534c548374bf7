"""Reading a place string of a table: its parts, the smallest first, with their kinds and
relations."""

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cenotaph.model import Near, PlaceKind
from cenotaph.places.lexicon import Lexicon
from cenotaph.spelling import fold, is_arabic, is_latin
from cenotaph.vocab import table

_BRACKETS = re.compile(r"[(\[（]([^()\[\]（）]*)[)\]）]")
_PARTS = re.compile(r"\s*[,;:/،؛|]\s*|\s+[-–—]\s+")
_WORD = re.compile(r"\S+")
_NESTED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the string: a name in one or several spellings, and what stands round it.

    `bare` is the name without the landmark it belongs to; `bracketed` tells that it stood in
    brackets,
    `beside` that it is another place of the same list, not a larger one.
    """

    names: tuple[str, ...]
    kind: PlaceKind | None = None
    near: Near = Near.IN
    part: str | None = None
    bare: str | None = None
    bracketed: bool = False
    beside: bool = False


def parse(text: str, words: Lexicon) -> list[Part]:
    """Return the parts of a place string; none where it holds no name."""
    brackets: list[str] = []
    base = text
    for _ in range(_NESTED):
        held = _BRACKETS.findall(base)
        if not held:
            break
        brackets += [found.strip(" ,") for found in held if found.strip(" ,")]
        base = _BRACKETS.sub(" , ", base)
    pieces = [p for p in _PARTS.split(base) if p and p.strip()]
    parts: list[Part] = []
    for piece in pieces:
        parts += _piece(piece, words)
    latin = any(is_latin(piece) for piece in pieces) if brackets else False
    for inner in brackets:
        found = [x for p in _PARTS.split(inner) if p.strip() for x in _piece(p.strip(), words)]
        if not found:
            continue
        if is_arabic(inner) and latin and parts:
            parts[0] = _with_names(parts[0], found[0])
            parts += [x for x in found[1:] if x.names]
        else:
            parts += [replace(x, bracketed=True) for x in found]
    return parts


def _with_names(part: Part, other: Part) -> Part:
    """Two spellings of one place; what the second calls it counts where the first says nothing."""
    kind = part.kind or other.kind
    near = part.near if part.near is not Near.IN else other.near
    return replace(part, names=(*part.names, *other.names), kind=kind, near=near)


def _piece(piece: str, words: Lexicon) -> list[Part]:
    """One comma's worth of words: "X village in Y" is two parts, the smaller first."""
    tokens = _WORD.findall(piece)
    if any(is_arabic(t) for t in tokens):
        return _arabic(tokens)
    lower = [t.lower().strip(".:'\"“”") for t in tokens]
    for i, word in enumerate(lower):
        if word in words.inside and word not in words.of and 0 < i < len(tokens) - 1:
            left = _named(tokens[:i], lower[:i], words)
            return [p for p in (left, *_piece(" ".join(tokens[i + 1 :]), words)) if p is not None]
    for i, word in enumerate(lower):
        if word in words.near and 0 < i < len(tokens) - 1:
            left = _named(tokens[:i], lower[:i], words)
            right = _piece(" ".join(tokens[i:]), words)
            return [p for p in (left, *right) if p is not None]
    for i, token in enumerate(tokens[:-1]):
        for ending in words.possessive:
            if token.endswith(ending) and len(token) > len(ending) + 2:
                name = token.removesuffix(ending)
                owner = _named([*tokens[:i], name], [*lower[:i], name.lower()], words)
                own = _named(tokens[i + 1 :], lower[i + 1 :], words)
                return [p for p in (own, owner) if p is not None]
    for i, word in enumerate(lower):
        if word in words.lists and 0 < i < len(tokens) - 1:
            one = _named(tokens[:i], lower[:i], words)
            two = _named(tokens[i + 1 :], lower[i + 1 :], words)
            if one is None or two is None:
                return [p for p in (one, two) if p is not None]
            return [replace(one, kind=one.kind or two.kind), replace(two, beside=True)]
    whole = _named(tokens, lower, words)
    return [whole] if whole is not None else []


def _named(tokens: list[str], lower: list[str], words: Lexicon) -> Part | None:
    """The name in a run of words, with what stands before and behind it taken off."""
    front = _Front(kind=None, near=Near.IN, part=None, start=0)
    while front.start < len(tokens) and _taken(front, lower, words):
        front.start += 1
    kind, near, end = _behind(lower, front, words)
    if front.start >= end:
        return None
    kept, low = tokens[front.start : end], lower[front.start : end]
    name = " ".join(kept).strip(" .:'\"“”")
    if not fold(name):
        return None
    names = [name]
    if kind is PlaceKind.CAMP:
        names.append(" ".join(tokens[front.start :]))
    bare = None
    if any(word in words.landmarks for word in low):
        plain = [t for t, w in zip(kept, low, strict=True) if w not in words.landmarks]
        rest = _named(plain, [k.lower() for k in plain], words) if len(plain) < len(kept) else None
        bare = rest.names[0] if rest is not None else None
        kind = kind or PlaceKind.LANDMARK
    return Part(names=tuple(names), kind=kind, near=near, part=front.part, bare=bare)


@dataclass(slots=True)
class _Front:
    """What the words before a name have said so far, and where they end."""

    kind: PlaceKind | None
    near: Near
    part: str | None
    start: int


def _taken(front: _Front, lower: list[str], words: Lexicon) -> bool:
    """Take in the next word before a name, and tell whether it was such a word."""
    word = lower[front.start]
    last = front.start + 1 >= len(lower)
    following = "" if last else lower[front.start + 1]
    if word in words.near or word in words.near_words or word in words.near_adverbs:
        front.near = Near.NEAR
    elif word in words.rural or (word in words.countryside and following in words.of):
        front.near = Near.COUNTRYSIDE
    elif word in words.distance or (word[:1].isdigit() and front.near is Near.IN):
        front.near = Near.DIRECTION
    elif word in words.between:
        front.near = Near.BETWEEN
    elif word in words.compass:
        if last:
            return False
        if following in words.of:
            front.near = Near.DIRECTION
        else:
            front.part = word
    elif word in words.kinds and following in words.of:
        front.kind = words.kinds[word]
    else:
        return not word or word in words.small
    return True


def _behind(lower: list[str], front: _Front, words: Lexicon) -> tuple[PlaceKind | None, Near, int]:
    """Take off the words behind a name: what it is called, "countryside", words that say
    nothing."""
    kind, near, end = front.kind, front.near, len(lower)
    while end - 1 > front.start:
        word = lower[end - 1]
        if word in words.countryside:
            near = Near.COUNTRYSIDE
        elif word in words.kinds and word not in words.kinds_before:
            kind = kind or words.kinds[word]
        elif not (word in words.camp_words or word in words.filler):
            break
        end -= 1
    return kind, near, end


def _arabic(tokens: Iterable[str]) -> list[Part]:
    """Arabic-script words: generic words before the name say what it is."""
    generics = _generics()
    inside = frozenset(table("places")["joining"]["inside"])
    kind: PlaceKind | None = None
    near = Near.IN
    kept: list[str] = []
    rest: list[str] = []
    listed = list(tokens)
    joining = table("places")["joining"]
    if len(listed) > 2 and listed[0] in joining["between"]:
        return _arabic_between(listed[1:], joining["and"])
    for i, token in enumerate(listed):
        if kept and token in inside:
            rest = listed[i + 1 :]
            break
        what = generics.get(fold(token)) if not kept else None
        if what == "near":
            near = Near.NEAR
        elif what == "countryside":
            near = Near.COUNTRYSIDE
        elif what is not None and i + 1 < len(listed):
            kind = kind or PlaceKind(what)
            if kind in (PlaceKind.LANDMARK, PlaceKind.CAMP):
                kept.append(token)
        elif not (token in inside and not kept):
            kept.append(token)
    if near is Near.COUNTRYSIDE:
        while len(kept) > 1 and fold(kept[-1]) in _sides():
            kept.pop()
    name = " ".join(kept)
    if not fold(name):
        return []
    names = [name]
    if kind in (PlaceKind.LANDMARK, PlaceKind.CAMP) and len(kept) > 1:
        names.append(" ".join(kept[1:]))
    own = Part(names=tuple(names), kind=kind, near=near)
    return [own, *(_arabic(rest) if rest else [])]


def _arabic_between(tokens: Sequence[str], joined: str) -> list[Part]:
    """The two places behind "between": the second begins where "and" is written onto a word."""
    for i, token in enumerate(tokens):
        if i and token.startswith(joined) and (token != joined or i + 1 < len(tokens)):
            rest = [token.removeprefix(joined), *tokens[i + 1 :]]
            one, two = _arabic(tokens[:i]), _arabic([word for word in rest if word])
            return [
                *(replace(part, near=Near.BETWEEN) for part in one[:1]),
                *(replace(part, near=Near.BETWEEN, beside=True) for part in two[:1]),
            ]
    return [replace(part, near=Near.BETWEEN) for part in _arabic(tokens)[:1]]


@functools.cache
def _sides() -> frozenset[str]:
    return frozenset(fold(word) for word in table("places")["sides"]["words"])


@functools.cache
def _generics() -> dict[str, str]:
    listed: dict[str, str] = table("places")["generics"]["before"]
    return {fold(word): kind for word, kind in listed.items()}
