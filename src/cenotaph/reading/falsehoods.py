"""What a sentence tells and calls untrue: false reports, invented claims, people who are alive.

"Reports that nine were killed are false" tells of nobody killed. What stands in the words of such a
report alone is withdrawn or denied; what the sentence goes on to tell is as sure as before.
"""

import functools
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from cenotaph.model import Certainty
from cenotaph.reading.drafts import Draft
from cenotaph.reading.items import Row
from cenotaph.vocab import table

# What begins another clause behind a count, in which something else is told.
_ANOTHER_CLAUSE = frozenset("WSRVGBvlHM;X")
# What may stand right behind "were false"; before a noun ("false alarms") nothing is called untrue.
_BEHIND = frozenset(',.;:-(")SCpbTRW')
# Between those feared dead and "alive": other people, or a doubt.
_OTHERS = frozenset("NQnFMZRWS;")
# What stands before "turned out", "shown to be".
_AUXILIARY = frozenset({"be", "have"})
_MARKS = frozenset("\"'“”‘’")


class _Words(NamedTuple):
    """The words of what is untrue, in one language."""

    reports: frozenset[str]
    claims: frozenset[str]
    many: frozenset[str]
    told: frozenset[str]
    that: frozenset[str]
    words: frozenset[str]
    true: frozenset[str]
    truth: frozenset[str]
    none: frozenset[str]
    one: frozenset[str]
    several: frozenset[str]
    proves: frozenset[str]
    between: frozenset[str]
    it: frozenset[str]
    inventing: frozenset[str]
    alive: frozenset[str]
    found_alive: frozenset[str]
    back: frozenset[str]
    then: frozenset[str]
    figures: frozenset[str]
    joints: frozenset[str]
    gate: frozenset[str]

    @property
    def nouns(self) -> frozenset[str]:
        """What is told, by somebody or by nobody in particular."""
        return self.reports | self.claims


@functools.cache
def _words(lang: str) -> _Words:
    lists = {code: frozenset(words) for code, words in table(f"{lang}/harm")["falsehood"].items()}
    lists["one"], lists["several"] = lists.pop("is"), lists.pop("are")
    said = ("words", "true", "truth", "inventing", "alive")
    return _Words(**lists, gate=frozenset().union(*(lists[code] for code in said)))


def falsified(row: Row, found: Sequence[Draft]) -> list[Draft]:
    """Return the drafts of a sentence, those denied or withdrawn that it calls untrue."""
    lows = row.sentence.words
    known = _words(lows.lexicon.lang)
    if known.gate.isdisjoint(lows):
        return list(found)
    untrue: dict[int, Certainty] = {}
    for at, low in enumerate(lows):
        if low in known.words or low in known.true:
            untrue.update(_called(row, found, at, known))
        if low in known.words or low in known.inventing or low in known.truth:
            untrue.update(_of_noun(row, found, at, known))
        if low in known.alive:
            untrue.update(_alive(row, found, at, known))
    return [
        replace(draft, certainty=untrue[n])
        if n in untrue and draft.certainty in (Certainty.ASSERTED, Certainty.SUSPECTED)
        else draft
        for n, draft in enumerate(found)
    ]


def _called(row: Row, found: Sequence[Draft], at: int, known: _Words) -> dict[int, Certainty]:
    """ "Reports that nine were killed are false", "it is untrue that nine were killed"."""
    lows = row.sentence.words
    verb, negated = at - 1, False
    while verb >= 0 and (lows[verb] in known.between or _adverb(row, verb)):
        negated = negated or "negation" in lows.entries[verb].kinds
        verb -= 1
    copulas = known.one | known.several | known.proves
    if verb < 0 or lows[verb] not in copulas or negated is not (lows[at] in known.true):
        return {}
    if (taken := _taken_back(row, found, verb, at, known)) is not None:
        return taken
    if verb and lows[verb - 1] in known.it:
        begins = at + 1 < len(lows) and lows[at + 1] in known.that
        return _behind(row, found, at + 2) if begins else {}
    behind = next((n for n, item in enumerate(row.items) if item.start > at), None)
    if behind is not None and row.tags[behind] not in _BEHIND:
        return {}
    return _before(row, found, verb, known)


def _taken_back(
    row: Row, found: Sequence[Draft], verb: int, at: int, known: _Words
) -> dict[int, Certainty] | None:
    """ "The army said nine were killed, but that proved to be wrong", "…, a figure that was false".

    What is told by somebody in the clauses before is taken back, in no relative clause of it; None
    where the words take nothing back. The verb is at token `verb`, the word for what is untrue at
    token `at`.
    """
    lows = row.sentence.words
    behind = next((n for n, item in enumerate(row.items) if item.start > at), len(row.items))
    if behind < len(row.items) and row.tags[behind] not in _BEHIND:
        return None
    one = verb - 1
    while one > 0 and (_adverb(row, one) or lows[one] in known.then or
                       not _AUXILIARY.isdisjoint(lows.entries[one].kinds)):  # fmt: skip
        one -= 1
    told = known.figures | known.nouns
    noun = one - (lows[one] in known.back and lows[one - 1] in told)
    of_figure = lows[noun] in told
    joint = noun - 1 - (of_figure and lows.entries[noun - 1].article)
    if joint < 1 or lows[one] not in known.back | told or lows[joint] not in known.joints:
        return None
    end = next(n for n, item in enumerate(row.items) if item.end > joint)
    start = max((n + 1 for n in range(end) if row.tags[n] in ";."), default=0)
    inside = [n for n, d in enumerate(found) if start <= d.first and d.last < end]
    if not of_figure:
        inside = _reported(row, found, inside, start, end)
    return dict.fromkeys(inside, Certainty.WITHDRAWN)


def _reported(
    row: Row, found: Sequence[Draft], inside: Sequence[int], start: int, end: int
) -> list[int]:
    """Those of the drafts between two items that somebody is said to have told, none of them in a
    relative clause: of "said the missile that killed nine was a drone" it is the drone."""
    said = row.tags.rfind("R", start, end)
    if said < 0:
        return []
    behind = [n for n in inside if found[n].first > said]
    if not behind:
        closes = not row.tags[said + 1 : end].strip(",T") or "according" in row.kinds(said)
        return list(inside) if closes else []
    first = min(found[n].first for n in behind)
    relative = row.tags.find("W", said, first)
    between = range(said + 1, relative)
    if relative >= 0 and any(row.tags[n] not in "aTpw" or _article(row, n) for n in between):
        return []
    return behind


def _article(row: Row, n: int) -> bool:
    return row.sentence.words.entries[row.items[n].start].article


def _adverb(row: Row, token: int) -> bool:
    lows = row.sentence.words
    return "negation" in lows.entries[token].kinds or lows[token].endswith(lows.lexicon.adverb_end)


def _before(row: Row, found: Sequence[Draft], verb: int, known: _Words) -> dict[int, Certainty]:
    """The drafts in the words of the report that is the subject of the verb at a token."""
    lows = row.sentence.words
    ends = next(n for n, item in enumerate(row.items) if item.end > verb)
    while ends and row.tags[ends - 1] in "HXMa":
        ends -= 1
    starts = max((n + 1 for n in range(ends) if row.tags[n] in ";."), default=0)
    inside = [n for n, d in enumerate(found) if starts <= d.first and d.last < ends]
    if not inside:
        return {}
    if _ANOTHER_CLAUSE & set(row.tags[max(found[n].last for n in inside) + 1 : ends]):
        return {}
    first = row.items[starts].start
    for token in range(verb - 1, first - 1, -1):
        if lows[token] not in known.nouns or lows[token + 1] not in known.told:
            continue
        of = [n for n in inside if row.items[found[n].first].start > token]
        if not of:
            continue
        many = lows[token] in known.many
        if lows[verb] in (known.one if many else known.several):
            return {}  # "reports that nine were killed since the order was wrong"
        sure = Certainty.WITHDRAWN if lows[token] in known.reports else Certainty.DENIED
        return dict.fromkeys(of, sure)
    return {}


def _of_noun(row: Row, found: Sequence[Draft], at: int, known: _Words) -> dict[int, Certainty]:
    """ "Inventing claims that nine died", "false rumours that", "no truth in the report that"."""
    lows = row.sentence.words
    noun = at + 1
    if lows[at] in known.truth:
        if "zero" not in lows.entries[at - 1].kinds and lows[at - 1] not in known.none:
            return {}
        noun += 1  # "in", "to"
    while noun < len(lows) and (
        lows[noun] in known.words or lows[noun] in _MARKS or lows.entries[noun].article
        or "pronoun_possessive" in lows.entries[noun].kinds
    ):  # fmt: skip
        noun += 1
    if noun + 1 >= len(lows) or lows[noun] not in known.nouns or lows[noun + 1] not in known.told:
        return {}
    return _behind(row, found, noun + 1)


def _behind(row: Row, found: Sequence[Draft], token: int) -> dict[int, Certainty]:
    """The drafts of the clause that begins at a token, denied."""
    before = next((n for n, item in enumerate(row.items) if item.start >= token), len(row.items))
    untrue: dict[int, Certainty] = {}
    for n, draft in sorted(enumerate(found), key=lambda one: one[1].first):
        first = draft.first
        if first < before and draft.last < before:
            continue
        if (
            untrue
            and _ANOTHER_CLAUSE & set(row.tags[before:first])
            or ";" in row.tags[before:first]
        ):
            break
        untrue[n] = Certainty.DENIED
        before = max(before, draft.last + 1)
    return untrue


def _alive(row: Row, found: Sequence[Draft], at: int, known: _Words) -> dict[int, Certainty]:
    """ "Eleven who were feared killed later turned up alive": nobody was killed."""
    if at == 0 or row.sentence.words[at - 1] not in known.found_alive:
        return {}
    end = next(n for n, item in enumerate(row.items) if item.end > at)
    return {
        n: Certainty.DENIED
        for n, draft in enumerate(found)
        if draft.certainty is Certainty.SUSPECTED
        and draft.last < end
        and not _OTHERS & set(row.tags[draft.last + 1 : end])
    }
