"""What an attack struck: a market, a school, a house, where the words say so of it.

Of most civilian objects it is enough that their clause tells of harm and names them. To a hospital
people are brought, and by an ambulance; these were struck only where the words say that they were.
Nobody who speaks of harm in a school says by that that the school was struck.
"""

import functools
from collections.abc import Sequence, Set
from dataclasses import dataclass

from cenotaph.reading.items import Row
from cenotaph.reading.lexicon import Words
from cenotaph.reading.scenes import View
from cenotaph.reading.vocabulary import Hit, Phrases
from cenotaph.vocab import table

# A noun phrase is told of within so many words before it; its attack stands so many before "on".
_PHRASE = 9
_BEFORE_ON = 4
# What an act struck is named within so many words behind it, in another clause.
_BEHIND = 6
# "Put a clinic out of service": so many words behind it.
_AFTER = 3
_PUNCTUATION = frozenset(".;:()\"'")
_ENDS = frozenset({"preposition", "of", "by", "verb", "verb_other", "report", "be", "have",
                   "subordinator", "relative", "according"})  # fmt: skip
_OTHER_VERBS = frozenset({"verb", "verb_other", "coordinator"})
_AUXILIARY = frozenset({"be", "have", "adverb", "negated_be"})


@dataclass(frozen=True)
class StruckWords:
    """The words of one language pack that tell whether something was struck."""

    care: frozenset[str]
    addresses: frozenset[str]
    acts: frozenset[str]
    on: frozenset[str]
    to: frozenset[str]
    damage: frozenset[str]
    out_of_use: Phrases
    near: Phrases


@functools.cache
def struck_words(lang: str) -> StruckWords:
    """Return the words of `lang` that tell whether something was struck."""
    words = table(f"{lang}/targets")["struck"]
    return StruckWords(
        care=frozenset(words["care"]),
        addresses=frozenset(words["addresses"]),
        acts=frozenset(words["acts"]),
        on=frozenset(words["on"]),
        to=frozenset(words["to"]),
        damage=frozenset(words["damage"]),
        out_of_use=Phrases((w, "out_of_use") for w in words["out_of_use"]),
        near=Phrases((w, "near") for w in words["near"]),
    )


def struck(
    view: View, hits: Sequence[Hit], weapons: Sequence[Hit], events: Sequence[Hit]
) -> list[Hit]:
    """Return those of the objects named in a sentence that its attack struck.

    A part of a weapon's name is none ("car bomb"), nor is what only describes a person ("a hospital
    porter"), stands in the name of a speaker, or is what an attack was near.
    """
    if not hits:
        return []
    row, words = view.row, struck_words(view.lang)
    spans = [(item.start, item.end - 1) for item in row.items if item.tag in "Ny"]
    speakers = [source.quote for said in view.said for source in said.sources]
    acts = {n for hit in (*weapons, *events) for n in range(hit.start, hit.end)}
    found = []
    for hit in hits:
        at = row.sentence.tokens[hit.start].start
        if any(w.start <= hit.start < w.end for w in weapons):
            continue
        if any(start <= hit.start and hit.end <= last for start, last in spans):
            continue
        if any(quote.start <= at < quote.end for quote in speakers):
            continue
        if _near(row.sentence.words, hit, words) or _of_a_name(row, hit, words):
            continue
        if hit.code in words.care and not _told_struck(row, hit, words, acts):
            continue
        found.append(hit)
    return found


def struck_beside(
    view: View,
    hits: Sequence[Hit],
    weapons: Sequence[Hit],
    events: Sequence[Hit],
    acts: Sequence[Hit],
) -> list[Hit]:
    """What was struck that a clause does not name: by the act told behind it, else as words say.

    "Nine were killed and six hurt when artillery struck a market"; "shells destroyed a school and
    killed six". `acts` are those of the weapons and events that are the draft's.
    """
    if view.closed:
        return []
    row, words = view.row, struck_words(view.lang)
    behind = [act.end for act in acts if act.start >= view.tokens[1]]
    near = range(min(behind), min(behind) + _BEHIND) if behind else range(0)
    told = {n for act in (*weapons, *events) for n in range(act.start, act.end)}
    one = [
        hit
        for hit in hits
        if hit.start in near or _joined(view, hit) and _told_struck(row, hit, words, told)
    ]
    return struck(view, one, weapons, events)


def _joined(view: View, hit: Hit) -> bool:
    """Tell whether nothing parts a word from the clause of a draft but its own predicate."""
    row = view.row
    at = next((n for n, item in enumerate(row.items) if item.end > hit.start), view.low)
    between = row.tags[at : view.low] if at < view.low else row.tags[view.high : at]
    return not {"S", ";"} & set(between) and "N" not in between


def _phrase(lows: Words, hit: Hit) -> range:
    """The words before an object, nearest first, that may be of its noun phrase or govern it."""
    return range(hit.start - 1, max(-1, hit.start - 1 - _PHRASE), -1)


def _near(lows: Words, hit: Hit, words: StruckWords) -> bool:
    """Tell whether something was only near an object: "next to the school"."""
    near = {each.end for each in words.near.find(lows)}
    for n in _phrase(lows, hit):
        if n + 1 in near:
            return True
        if lows[n] in _PUNCTUATION or lows[n] == "," or lows.entries[n].kinds & _ENDS:
            return False
    return False


def _of_a_name(row: Row, hit: Hit, words: StruckWords) -> bool:
    """Tell whether a word only belongs to a name: "Lorn University Clinic", "Pine Street"."""
    tokens = row.sentence.tokens
    last = tokens[hit.end - 1].text
    if row.sentence.capitals or not last.istitle():
        return False
    follows = hit.end < len(tokens) and tokens[hit.end].text.istitle()
    return follows or hit.code in words.addresses and hit.start > 0


def _told_struck(row: Row, hit: Hit, words: StruckWords, acts: Set[int]) -> bool:
    """Tell whether words say of an object that it was hit: "a raid on the clinic", "the clinic was
    shelled"."""
    lows = row.sentence.words
    for n in _phrase(lows, hit):
        if lows[n] in words.acts:
            return True
        if lows[n] in words.to and n and lows[n - 1] in words.damage:
            return True
        if lows[n] in words.on:
            return _attacked(lows, n, words, acts)
        if lows[n] in _PUNCTUATION or lows.entries[n].kinds & _ENDS:
            break
    return _hit_behind(lows, hit, words, acts)


def _attacked(lows: Words, on: int, words: StruckWords, acts: Set[int]) -> bool:
    """Tell whether an attack or damage stands right before the preposition at token `on`."""
    for n in range(on - 1, max(-1, on - 1 - _BEFORE_ON), -1):
        if lows[n] in _PUNCTUATION or lows[n] == ",":
            return False
        if lows[n] in words.acts or n in acts:
            return True
        if lows.entries[n].kinds & _OTHER_VERBS:
            return False  # "those hurt in the bombing arrived at the hospital"
    return False


def _hit_behind(lows: Words, hit: Hit, words: StruckWords, acts: Set[int]) -> bool:
    """ "The clinic was completely destroyed", "clinic bombing", "put a clinic out of service"."""
    n = hit.end
    while n < len(lows) and (
        lows.entries[n].kinds & _AUXILIARY or lows[n].endswith(lows.lexicon.adverb_end)
    ):
        n += 1
    if n < len(lows) and lows[n] in words.acts or hit.end in acts:
        return True
    last = min(len(lows), hit.end + _AFTER)
    return any(words.out_of_use.at(lows, n) is not None for n in range(hit.end, last))
