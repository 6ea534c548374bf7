"""Which places of a sentence may be those of harm, and which of them go together.

A place may also be where somebody speaks, comes from, shoots from, is outlawed or is cared for, or
a country that acts. Those are told by the words before them, and never the place of a count.
"""

import functools
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter

from cenotaph.model import PlaceMention
from cenotaph.reading.columns import RULE as IN_COLUMN
from cenotaph.reading.drafts import Draft
from cenotaph.reading.governing import tied
from cenotaph.reading.items import Row
from cenotaph.reading.party_words import register_of
from cenotaph.reading.said import Said
from cenotaph.reading.vocabulary import Phrases
from cenotaph.vocab import table

# Words that stand between a preposition and a place at most.
APART = 4
# "The eastern districts of the city of": so many items may stand between a preposition and a place.
_LONG = 7
# A word of shooting has the place it was done from this near, in items.
_SHOT = 8
# "Hit a wedding hall in X": the verb stands so many items before the preposition of the place.
_STRUCK = 6
# Tags of people: what is posted somewhere is somebody, not a field or a factory.
_PEOPLE = frozenset("Nn#y")
# Kinds of places in which others lie.
WIDE = frozenset({"admin1", "admin2", "area"})
# … and of what lies in a town, or by it.
PARTS = frozenset({"neighbourhood", "area", "admin2", "landmark"})


@functools.cache
def _words(lang: str) -> Phrases:
    rules = table(f"{lang}/sites")
    words = [(w, code) for code in rules if code != "hitting" for w in rules[code]["words"]]
    words += [(word, "tied") for word in table(f"{lang}/times")["governs"]["tied"]]
    return Phrases(words)


@functools.cache
def _small(lang: str) -> frozenset[str]:
    """The words that may stand between a preposition and the name of its place."""
    words = table(f"{lang}/places")
    small = [*words["kinds"], *words["compass"]["words"], *words["compass"]["parts"]]
    small += [*words["countryside"]["words"], *words["countryside"]["before"]]
    small += [*words["near"]["words"], *words["near"]["before"]]
    small += [*words["locative"]["fillers"], *words["locative"]["determiners"]]
    return frozenset([*small, *(people.lower() for people in words["demonyms"])])


@functools.cache
def towns(lang: str) -> frozenset[str]:
    """Words for several towns: "towns", "villages"."""
    words = table(f"{lang}/places")
    ends = tuple(words["plural"]["endings"])
    kinds = words["kinds"]
    return frozenset(w for w in kinds if kinds[w] == "settlement" and w.endswith(ends))


def on_towns_of(row: Row, people: PlaceMention, lang: str) -> bool:
    """ "Raids on Tessarian towns": tell whether the towns of a people stand behind its name."""
    tokens = row.sentence.tokens
    n = bisect_left(tokens, people.quote.start, key=attrgetter("start"))
    if n < 1 or n + 1 >= len(tokens) or tokens[n + 1].low not in towns(lang):
        return False
    return tokens[n - 1].low in table(f"{lang}/places")["locative"]["on"]


def sites(row: Row, said: Sequence[Said], lang: str, *, left: bool = False) -> list[int]:
    """Return the items of the places of a sentence that may be where harm was done.

    Where people left a place, `left`, that from which they come is one of them.
    """
    if "L" not in row.tags and not row.struck:
        return []
    at = [i for i, tag in enumerate(row.tags) if tag == "L" or i in row.struck]
    spoken = {n for s in said for n in range(s.start, s.end)}
    first = row.dateline
    codes: dict[int, str] = {}
    for hit in _words(lang).find(row.sentence.words):
        if hit.code != "care":
            codes.update(dict.fromkeys(range(hit.start, hit.end), hit.code))
    out: list[int] = []
    barred: int | None = None
    for i in at:
        if i in spoken or i <= first or _compounded(row, i, lang):
            continue
        if _nameless(row, i, lang) or _of_a_part(row, i, lang):
            continue
        listed = barred is not None and (
            _joined(row, barred, i, lang) or _around(row, barred, i, lang)
        )
        if listed or _home(row, i) or _elsewhere(row, i, codes, lang, left=left):
            barred = i
            continue
        out.append(i)
    return out


def _nameless(row: Row, i: int, lang: str) -> bool:
    """ "In Southern City of Orun": a kind of place in capitals, and the name of none."""
    item = row.items[i]
    if item.end - item.start < 2:  # most places, told at once
        return False
    words = table(f"{lang}/places")
    *part, kind = (token.low for token in row.sentence.tokens[item.start : item.end])
    town = words["kinds"].get(kind) == "settlement"
    return town and all(word in words["compass"]["words"] for word in part)


def _of_a_part(row: Row, i: int, lang: str) -> bool:
    """ "The Orun suburb of Velm" is Velm: a place that only tells what the next one is part of."""
    if row.tags[i + 1 : i + 3] != "oL":
        return False
    item, whole = row.items[i], row.place(i + 2)
    *name, kind = (token.low for token in row.sentence.tokens[item.start : item.end])
    if not name or whole is None or whole.kind in WIDE:
        return False  # "Velm village of Orun province"
    if kind in table(f"{lang}/sites")["part_of"]["words"]:
        return True
    town = table(f"{lang}/places")["kinds"].get(kind) == "settlement"
    return town and i > 0 and "definite" in row.kinds(i - 1)


def _around(row: Row, barred: int, i: int, lang: str) -> bool:
    """ "Women from Sarbek and Velm in Orun province": in what the place they come from lies."""
    place = row.place(i)
    if place is None or place.kind not in WIDE:
        return False
    tokens, small = row.sentence.tokens, _small(lang)
    between = row.tags[barred + 1 : i]
    if not set(between) <= set("CwpoK,-") or between.count("p") != 1:
        return False
    words = (tokens[row.items[j].end - 1] for j in range(barred + 1, i) if row.tags[j] == "w")
    return all(word.low in small or not word.text[0].islower() for word in words)


def _home(row: Row, i: int) -> bool:
    """ "Halim Dorsawi, 23, of Sarbek", "…, from Sarbek": where a person who is named is from."""
    if i < 2 or not (row.tags[i - 1] == "o" or "origin" in row.kinds(i - 1)):
        return False
    who = i - 2 - (row.tags[i - 2] == "," and i > 2)
    people = row.people(who) if row.tags[who] == "N" else None
    return people is not None and people.count.low == 1 and bool(people.names)


def _elsewhere(row: Row, i: int, codes: dict[int, str], lang: str, *, left: bool) -> bool:
    """Tell whether the words before a place say that it is not where harm was done."""
    if i in row.struck:
        return _tied(row, i, codes)
    if _backer(row, i, lang):
        return True
    j = _governing(row, i, lang)
    if j < 0:
        return False
    if row.tags[j - 1 : j] == "U" and _tied(row, j - 1, codes):
        return True
    word = row.sentence.tokens[row.items[j].start].low
    words = table(f"{lang}/places")["locative"]
    k = j - 1
    while k >= 0 and row.tags[k] == "a":
        k -= 1
    k -= 0 < k < j - 1 and row.tags[k] == ","  # "seven labourers, all from Orun,"
    before = codes.get(row.items[k].end - 1) if k >= 0 else None
    own = codes.get(row.items[j].start)
    if before in ("desk", "standing") or own == "cared":
        return True
    if k >= 0 and _cared_for(row, k, codes, lang) or _from_where(row, i, k, lang):
        return True
    if before == "court" and _judges(row, i + 1, lang):
        return True
    if before == "posted" and _posted(row, k, lang):
        return True
    if word in table(f"{lang}/sites")["shot"]["from"]:
        near = range(row.items[max(0, j - _SHOT)].start, row.items[j].start)
        shot = any(codes.get(n) == "shot" for n in near)
        return shot or not left and k >= 0 and row.tags[k] in _PEOPLE
    if own == "not_where":
        return not (word in words["fought_for"] and k >= 0 and _last(row, k) in words["fought"])
    return False


def _backer(row: Row, i: int, lang: str) -> bool:
    """ "The Dawn Front, which is backed by Kordania": whoever holds, leads or backs another."""
    if row.tags[i - 1 : i] != "b" or i < 2:
        return False
    return row.sentence.words[row.items[i - 1].end - 2] in register_of(lang).held


def _judges(row: Row, n: int, lang: str) -> bool:
    """ "A court in Velm (on Monday) jailed two men", but "a bomb at a court in Velm": what the
    court, whose place stands before item `n`, does."""
    while row.tags[n : n + 1] in ("T", "a", "H"):
        n += 1
    judging = table(f"{lang}/sites")["court"]["judging"]
    return n < len(row.tags) and _last(row, n) in judging


def _cared_for(row: Row, k: int, codes: Mapping[int, str], lang: str) -> bool:
    """ "Taken to hospital in Velm": a place behind the hospital to which the hurt were brought."""
    end = row.items[k].end
    if row.sentence.tokens[end - 1].low not in table(f"{lang}/sites")["care"]["words"]:
        return False
    return any(codes.get(n) == "cared" for n in range(max(0, end - APART), end))


def _from_where(row: Row, i: int, k: int, lang: str) -> bool:
    """ "Rebels in Velm shelled Orun": where those are who strike another place."""
    if k < 0 or row.tags[k] not in _PEOPLE or row.tags[i + 1 : i + 2] not in ("v", "V", "B"):
        return False
    struck = _last(row, i + 1) in table(f"{lang}/sites")["hitting"]["words"]
    return struck and "L" in row.tags[i + 2 :]


def _posted(row: Row, k: int, lang: str) -> bool:
    """Tell whether people are "stationed", item `k`: "gunmen", "armed groups", "men who are"."""
    if row.tags[max(0, k - 2) : k] == "WX":
        k -= 2
    if k < 1:
        return False
    return (
        row.tags[k - 1] in _PEOPLE or _last(row, k - 1) in table(f"{lang}/sites")["posted"]["who"]
    )


def _last(row: Row, k: int) -> str:
    return row.sentence.tokens[row.items[k].end - 1].low


def _tied(row: Row, i: int, codes: Mapping[int, str]) -> bool:
    """ "In revenge for the Velm raid": the attack at item `i` is another, to which one is tied."""
    return tied(row, row.items[i].start, codes, APART)


def _governing(row: Row, i: int, lang: str) -> int:
    """The preposition that governs a place ("in the west of the town of X"), else -1."""
    small, tokens = _small(lang), row.sentence.tokens
    j = i - 1
    while j >= 0 and i - j <= _LONG and row.tags[j] in "wKo":
        if row.tags[j] == "w" and tokens[row.items[j].end - 1].low not in small:
            return -1
        j -= 1
    return j if j >= 0 and row.tags[j] == "p" else -1


def _joined(row: Row, before: int, i: int, lang: str) -> bool:
    """Tell whether a place goes on a list: "in X, Y and the town of Z"."""
    tokens, small = row.sentence.tokens, _small(lang)
    for j in range(before + 1, i):
        tag = row.tags[j]
        if tag not in ",Capwo" or tag == "w" and tokens[row.items[j].end - 1].low not in small:
            return False
    between = row.tags[before + 1 : i]
    return set(between) <= set(",Cap") or "C" in between


def in_care(row: Row, i: int, lang: str) -> bool:
    """Tell whether a place is that of a hospital: "in hospital in X", "at the X clinic"."""
    end = row.items[i].end
    care = [hit for hit in _words(lang).find(row.sentence.words) if hit.code == "care"]
    if any(hit.start == end for hit in care):
        return True
    j = _governing(row, i, lang)
    return j >= 0 and any(hit.end == row.items[j].start for hit in care)


def introduced(row: Row, i: int) -> bool:
    """Tell whether a preposition, or a verb of which it is the object, stands before a place.

    An article and adjectives may stand between.
    """
    j = i - 1
    while j >= 0 and i - j <= APART and row.tags[j] in "wK":
        j -= 1
    return j >= 0 and row.tags[j] in "povVBG"


def hit_there(row: Row, i: int, lang: str) -> bool:
    """Tell whether the words before a place say that what was told of struck there.

    "In air strikes on X", "bombs hit the X quarter", "the barrel fell in X".
    """
    hitting = table(f"{lang}/sites")["hitting"]["words"]
    j = i - 1
    while j >= 0 and i - j <= _LONG and row.tags[j] in "wKo":
        if row.sentence.tokens[row.items[j].end - 1].low in hitting:
            return True
        j -= 1
    if j >= 0 and row.tags[j] == "p":
        j -= 1
    if j < 0 or row.tags[j] == "U":
        return j >= 0
    for k in range(j, max(-1, j - _STRUCK), -1):  # "hit a hall in X", "drove into a post near X"
        if _last(row, k) in hitting:
            return True
        if row.tags[k] not in "wKyNop#v":
            return False
    return False


def nearer_behind(
    row: Row, here: Sequence[int], stated: Collection[PlaceMention], lang: str
) -> list[int]:
    """The places that stand right behind those stated: "in Orun province, near the town of X"."""
    if not stated or len(here) < 2:
        return []
    strong = table(f"{lang}/places")["locative"]["strong"]
    out: list[int] = []
    for j, i in pairwise(here):
        between = row.tags[j + 1 : i]
        if between.count("p") != 1 or not set(between) <= set("pwoK,"):
            continue
        p = j + 1 + between.index("p")
        if row.place(j) in stated and row.sentence.tokens[row.items[p].start].low in strong:
            out.append(i)
    return out


def _compounded(row: Row, i: int, lang: str) -> bool:
    """Tell whether a place is half of a word: "a Tessaria-Kordania accord", "the KL-Velm talks".

    "South-Velm" is in Velm.
    """
    tokens, start, end = row.sentence.tokens, row.items[i].start, row.items[i].end
    if (
        end + 1 < len(tokens)
        and tokens[end].text == "-"
        and tokens[end].start == tokens[end - 1].end
        and tokens[end + 1].start == tokens[end].end
    ):
        return True
    if start < 2 or tokens[start - 1].text != "-" or not tokens[start - 2].text[0].isupper():
        return False
    close = tokens[start - 1].start == tokens[start - 2].end
    close = close and tokens[start].start == tokens[start - 1].end
    return close and tokens[start - 2].low not in _small(lang)


def of_parts(row: Row, n: int, drafts: Sequence[Draft]) -> set[int]:
    """The places of the parts of draft `n`: "64 died, including 31 in Velm and 12 in Orun"."""
    found: set[int] = set()
    for part in drafts:
        at = part.item + 1
        if part.whole != n or row.tags[part.item] not in "Qn" or row.tags[at : at + 1] != "p":
            continue
        while row.tags[at : at + 1] in ("p", "w", "o", "L"):
            found |= {at} if row.tags[at] == "L" else set()
            at += 1
    return found


def labelling(row: Row, drafts: Sequence[Draft], n: int, here: Sequence[int]) -> list[int]:
    """ "Killed: Orun 4, Sarbek 3": the place right before a count that it is the label of; "in
    Orun and Sarbek killed four and three respectively": the place that is told at its turn."""
    draft = drafts[n]
    if _respectively(row, drafts, here):
        return [here[n]]
    if draft.rule == IN_COLUMN:
        return [row.tags.index("L")]
    if draft.rule != "labelled" or draft.item < 2:
        return []
    at = draft.item - 1
    at -= (
        row.tags[at] in ":-"
        or row.tags[at] == "w"
        and not row.sentence.tokens[row.items[at].start].text.isalnum()
    )
    return [at] if row.tags[at] == "L" else []


def _respectively(row: Row, drafts: Sequence[Draft], here: Sequence[int]) -> bool:
    """Tell whether each count of one predicate has a place of its own, in their order."""
    if len(drafts) < 2 or len(here) != len(drafts) or len({draft.at for draft in drafts}) > 1:
        return False
    listed = row.tags[here[0] : here[-1] + 1]
    words = row.sentence.words
    return (
        "C" in listed
        and set(listed) <= set("LwC,")
        and not (words.lexicon.in_turn.isdisjoint(words))
    )


def together(row: Row, places: Sequence[int], lang: str) -> list[int]:
    """The first place, and those listed with it: "in X, Y and Z".

    Commas alone make no list: "in X, Y" is X, and where it lies.
    """
    listed = list(places[:1])
    for i in places[1:]:
        held = row.tags[listed[-1] + 1 : i].strip("woa") == "p"  # "in X and Y in Z"
        if not held and _joined(row, listed[-1], i, lang):
            listed.append(i)
    return listed if "C" in row.tags[listed[0] : listed[-1]] else listed[:1]


def left(row: Row, i: int) -> bool:
    """Tell whether people came from the place at item `i`: "from X", "leave X", "X and Y"."""
    tags = row.tags
    j = i - 1
    while j >= 0 and tags[j] in "wCaL,o":
        j -= 1
    if j < 0:
        return False
    if tags[j] == "p":
        return "origin" in row.kinds(j)
    return tags[j] in "GVB" and j + 10 > i
