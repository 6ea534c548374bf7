"""Who stands before a predicate as those of whom it tells, told from the row of tags.

Harm is told of whoever stands where the predicate takes its people, often past insertions, relative
clauses and breakdowns. Where the row does not tell, nobody is taken.
"""

from collections.abc import Iterator

from cenotaph.reading.items import NUMBERED, PEOPLE, Row
from cenotaph.reading.list_before import (
    as_they_were,
    back_over,
    before_comma,
    insertion_before,
    list_in_part,
    with_left,
)
from cenotaph.reading.list_parts import included_from, who_they_were
from cenotaph.reading.lists import object_before, reflexive, with_kin
from cenotaph.reading.verb_groups import is_auxiliary, is_gerund

_VERBAL = frozenset("vVXHBGRW")
# A clause may begin behind these.
_OPENS_CLAUSE = frozenset('SWRC,;:."T')
_MAY_STAND_BETWEEN = frozenset("aTXHL-")
# Where the search for a subject goes on, or whom it found.
_Step = int | list[int]


def subjects(row: Row, start: int, *, adjacent: bool = False) -> list[int]:
    """Return the items of people that are the subject of a verb group beginning at item `start`.

    With `adjacent` the people must stand directly before it, brackets and breakdowns apart: without
    an auxiliary nothing else tells a subject from any other noun.
    """
    tags = row.tags
    i, crossed = start - 1, False
    while i >= 0:
        tag = tags[i]
        step: _Step
        if i == start - 1 and _families(row, i):
            tag, i = tags[i - 3], i - 3  # "400 fighters and their families were evacuated"
        elif i == start - 1 and _thing(row, i):
            return []
        if tag == ")" and i == start - 1 and (inside := so_many_people(row, i)) is not None:
            return [inside]
        if adjacent and i == start - 1 and _reduced(tags, i):
            step = i - 1
        elif tag == "," and i == start - 1 and (those := who_they_were(row, i)):
            step = those
        elif tag == "P" and not adjacent and tags[start] in "XH" and _no_subject(row, i):
            step = i - 1  # "two lawyers who went to see them were arrested"
        elif tag in PEOPLE:
            step = _met(row, i, start, adjacent=adjacent)
        elif tag == "W":
            step = _at_relative(row, i)
        elif not (adjacent and _passable(tags, i, adjacent=True)) and (
            tag in ",-)" and (before := insertion_before(tags, i)) is not None
        ):
            step = before
            crossed = crossed or tag != ")"
        elif tag == "S" and crossed and not adjacent or _passable(tags, i, adjacent=adjacent):
            step = i - 1
        elif adjacent and is_auxiliary(row, i) or tag == "R" and _reported(row, i):
            step = i - 1
        else:
            return [] if adjacent else _over_relative(row, start)
        if isinstance(step, list):
            if tags[0] == "R" and step and "according" in row.kinds(0):
                step = _of_clause(row, step, start)
            return [] if step and not adjacent and _other_clause(tags, step[-1], start) else step
        i = step
    return []


def _of_clause(row: Row, found: list[int], start: int) -> list[int]:
    """ "According to Halim Tarun, Dorsawi was shot, and was found dead": whoever says so, up to
    the first comma, is no subject; who stands behind it is."""
    comma = row.tags.find(",", 1, start)
    if not 0 < found[-1] < comma:
        return found
    return [comma + 1] if row.tags[comma + 1] in "NQ" else []


def _no_subject(row: Row, i: int) -> bool:
    """Tell whether the pronoun at item `i` is one that another verb acts on: "them".

    "Themselves" are those who do it, and "see them die" tells of them.
    """
    kinds = row.sentence.words.entries[row.items[i].start].kinds
    return "pronoun_object" in kinds and "pronoun_reflexive" not in kinds


def _families(row: Row, i: int) -> bool:
    """Tell whether item `i` is the families of a number of people before it."""
    if row.tags[max(0, i - 2) : i + 1] != "Cww":
        return False
    words = row.sentence.words
    if words[row.items[i].start] not in words.lexicon.families:
        return False
    owned = "pronoun_possessive" in words.entries[row.items[i - 1].start].kinds
    return owned and i > 2 and row.tags[i - 3] in "NQ" and row.numbered(i - 3)


def so_many_people(row: Row, i: int) -> int | None:
    """ "300 families (some 1,700 people) were displaced": how many people the things come to."""
    inside = i - 1
    opened = inside - 1
    opened -= row.tags[opened : opened + 1] == "a"
    if row.tags[max(0, opened - 1) : opened + 1] != "#(" or row.tags[inside] != "N":
        return None
    return inside if row.numbered(inside) else None


def _over_relative(row: Row, start: int) -> list[int]:
    """ "a man who fell ill after shells hit Velm has died": a second verb of those before "who".

    Between the relative and a verb group at item `start` that no joint opens, the clause must have
    its own verb, and end with a place, a time or a verb, so that nothing in it can be the subject.
    """
    tags = row.tags
    who = tags.rfind("W", 0, start)
    if tags[start] not in "XH" or who < 1 or tags[who - 1] not in "NQn" or tags[start - 1] in "C,S":
        return []
    verbs = set("XHVvR")
    told = any(tag in verbs or "past_like" in row.kinds(n) for n, tag in _from(tags, who, start))
    joint = tags.find("C", who, start)
    if not told or joint >= 0 and verbs & set(tags[joint:start]):
        return []
    end = start - 1
    while end > who and tags[end] in "wLC" and "past_like" not in row.kinds(end):
        end -= 1
        hyphen = tags[end] in "vV" and row.sentence.tokens[row.items[end - 1].start].text == "-"
        end -= hyphen  # "the rebel-held quarter"
    ended = tags[end] in "pobl" or "past_like" in row.kinds(end)
    ended = ended or tags[end] in "Bv" and end > 0 and "infinitive" in row.kinds(end - 1)
    closed = ended if end < start - 1 else tags[end] in "TVvJ"
    return with_left(row, who - 1) if closed and not _thing(row, start - 1) else []


def _from(tags: str, begin: int, end: int) -> Iterator[tuple[int, str]]:
    yield from ((n, tags[n]) for n in range(begin + 1, end))


def _other_clause(tags: str, i: int, start: int) -> bool:
    """ "six were killed and half of the town was displaced": the second has its own subject."""
    between = tags[i + 1 : start]
    joint = between.rfind("C")
    if joint < 0 or "w" not in between[joint + 1 :]:
        return False
    verbs = "XH" if tags[start] == "H" else "X"
    return not PEOPLE & set(between[joint + 1 :]) and bool(set(verbs) & set(between[:joint]))


def _thing(row: Row, i: int) -> bool:
    """Tell whether item `i` is a thing and the subject, as in "two guns were seized".

    Nobody's family or age is: "people of two families", "men in their 20s".
    """
    tags = row.tags
    if tags[i] == "#":
        return tags[i - 1 : i] != "p" and tags[max(0, i - 2) : i] != "pw"
    if "thing" not in row.kinds(i):
        return False
    while i > 0 and tags[i] in "wC,":
        if "past_like" in row.kinds(i):
            return False  # "fighters who guarded the buses were killed"
        i -= 1
    who = tags.rfind("W", 0, i)
    if (
        tags[i] in "lBv"
        and who > 0
        and tags[who - 1] in "NQ"
        and not set("XHMS,") & set(tags[who:i])
    ):
        return False  # "civilians who intended to leave the area were killed"
    return tags[i] not in "opI"


def _reduced(tags: str, i: int) -> bool:
    """ "a father mourns his child, killed in air strikes": a participle behind a comma."""
    return tags[i] == "," and i > 0 and tags[i - 1] in "NQ" and tags[i + 1] == "V"


def _at_people(row: Row, i: int, start: int, *, adjacent: bool) -> _Step:
    """People met on the way from item `start` to its subject: the subject, or to be passed over."""
    tags = row.tags
    before = tags[i - 1] if i > 0 else "."
    between = tags[i + 1 : start]
    direct = not between or adjacent and (between in ("JC", "VC", "V") or between[:2] == "-I")
    if (step := _beside_people(row, i, direct=direct)) is not None:
        return step
    if before == "o" and i >= 2 and _tells_whose(row, i):
        return i - 2
    if before in "vw" and i >= 2 and tags[i - 2] in "NQ" and is_gerund(row, i - 1):
        return i - 2  # "a man holding a baby was shot"
    if before == "o" and not adjacent and direct and some_of(row, i):
        return [i - 2]  # "three of nine passengers died"
    if before in "po" and direct and row.numbered(i):
        return [i]
    if before in "pbo":
        if adjacent:
            return [i] if direct and tags[start : start + 1] == "V" else []
        return i - 2
    if before == "C" and i >= 2 and (whole := list_in_part(row, i)) is not None:
        return whole
    belonging = i >= 4 and tags[i - 2] in "NQy" and tags[i - 3] == "p" and "v" in tags[:i]
    if before == "C" and belonging and not row.numbered(i):
        return i - 4  # "26 people belonging to A and B families were killed"
    if before in "VGB" and (not direct or tags[i - 2 : i - 1] == "W"):
        return i - 2
    if (
        (before == "v" or "past_like" in row.kinds(i - 1))
        and "C" in tags[i + 1 : start]
        and tags[i + 1] not in "JV"
        and not set(tags[i + 1 : start]) & PEOPLE
    ):
        return i - 2  # "rebels opposed the patrol and were killed"
    if tags[i] == "n" and direct and not adjacent and _relative(row, i):
        return [i]  # "46 people, six of whom died"
    if tags[i] == "n" and before == "," and i >= 2 and (not direct or tags[i - 2] in "NQ"):
        people, whole = row.people(i), before_comma(tags, i)
        if people is not None and people.harmed is None and whole >= 0 and tags[whole] in "NQF":
            return whole
    return with_left(row, i)


def _met(row: Row, i: int, start: int, *, adjacent: bool) -> _Step:
    """The same, with those who are no subject though the predicate tells of them: "our regrets to
    the families of those who died or were hurt"."""
    listed = row.tags[max(0, i - 4) : i] in ("WVNC", "WVQC") and start > i + 1
    if listed and not row.numbered(i):
        return i - 4  # "in an ambush that killed five men and a child in Velm has been held"
    if row.tags[i + 1 : start] == "C" and row.tags[i - 1] in "oI":
        if _harmed(row, i) and not row.numbered(i):
            return []
    if row.tags[max(0, i - 2) : i + 2] == "N,y,":
        named = row.people(i - 2)
        if named is not None and named.words == "name":
            return with_left(row, i - 2)  # "Halim Tarun, 60, a retired printer, was shot"
    return [i - 2, i] if with_kin(row, i) else _at_people(row, i, start, adjacent=adjacent)


def _tells_whose(row: Row, i: int) -> bool:
    """Tell whether the people at item `i` only say whose or of what body those before "of" are.

    "A mother of seven was shot", "the wives of the five guards", "47 leaders of Dawn killed".
    """
    whose = i - 2
    those, people = row.people(whose), row.people(i)
    if row.tags[whose] == "N" and _single(row, whose):
        return True
    if row.tags[whose] not in "NQ":
        return False
    if those is None or people is None or those.harmed is not None:
        return False
    if people.words == "name" and people.age is None and those.plural:
        return row.numbered(whose)
    if people.words in ("none", "definite") and people.plural and row.numbered(whose):
        return row.tags[whose] == "N"  # "six members of a family killed in Sarbek"
    uncounted = those.plural and those.words in ("definite", "none") and not those.partitive
    return those.kin or uncounted and row.numbered(i)


def _wounds_borne(row: Row, i: int) -> int | None:
    """ "was flown out with severe injuries and was declared dead": the item before the wounds."""
    people = row.people(i)
    if people is not None and people.words in NUMBERED or not row.wounds[i]:
        return None
    j = i - 1
    while j > 0 and row.tags[j] == "w" and "bear" not in row.kinds(j):
        j -= 1
    return j - 1 if j > 0 and (row.tags[j] == "p" or "bear" in row.kinds(j)) else None


def some_of(row: Row, i: int) -> bool:
    """Tell whether a smaller number stands before "of" and the counted people at item `i`."""
    some, people = row.people(i - 2) if row.tags[i - 2 : i] == "Qo" else None, row.people(i)
    if some is None or people is None or not row.numbered(i - 2) or not row.numbered(i):
        return False
    return 0 < (some.count.low or 0) < (people.count.low or 0)


def _beside_people(row: Row, i: int, *, direct: bool) -> _Step | None:
    """Where the people at item `i` stand right behind others, of whom they tell more: the whole."""
    if direct and row.tags[i - 1 : i] == "I" and "of_them" in row.kinds(i - 1):
        # "48 people, of whom six died", but "48 people among them six children were killed"
        return i - 2 if _among_subject(row, i) else [i]
    tags, before = row.tags, row.tags[i - 1 : i]
    if (opened := included_from(row, i)) is not None:
        if direct and tags[opened - 1 : opened] in ("V", "J") and row.numbered(i):
            return [i]  # "20 were killed, including 13 men and 30 wounded"
        whole = back_over(tags, before_comma(tags, opened))
        whole -= tags[whole] == "-"  # "40 people - mostly civilians - dying"
        own = tags[whole] == "F" and tags[i + 1 : i + 2] in ("J", "V") and row.numbered(i)
        own = own or object_before(row, opened) and _further(row, i)
        if direct and own:
            return [i]  # "19 casualties, including five dead"
        if direct and tags[i + 1 : i + 2] in tuple("VJG") and _beside(row, opened):
            return [i]  # "the siege went on, with at least 30 people killed"
        return whole
    if before in ("N", "Q") and reflexive(row, i):
        return i - 1  # "the mayor himself was killed"
    if before in ("N", "Q") and tags[i] == "n" and not _harmed(row, i):
        return i - 1  # "ten civilians some of them children killed"
    if before == "n" and not _harmed(row, i - 1) and (whole := before_comma(tags, i - 1)) >= 0:
        if tags[whole] in "NQ" and _single(row, i):
            return whole  # "ten people one of them a boy were killed"
    if before == "Z" and tags[i - 2 : i - 1] == ",":
        return i - 3  # "nine, not twelve, were killed"
    if before in ("w", "v", "B") and i > 2 and not direct and "infinitive" in row.kinds(i - 2):
        return i - 3  # "supplies to feed 900 people in Velm were stopped"
    if before == "S" and as_they_were(row, i):
        return i - 3  # "30 men who were identified as farmers were killed"
    if tags[i - 2 : i] == "nX" and (_relative(row, i - 2) or tags[i - 3 : i - 2] == ","):
        return before_comma(tags, i - 2)  # "90 people many of whom were civilians died"
    if before == "N" and _named_before(row, i):
        return [i - 1, i]
    return _wounds_borne(row, i) if tags[i] == "F" and not direct else None


def _beside(row: Row, i: int) -> bool:
    """ "With at least 30": item `i` may open a breakdown, and what goes on beside the clause."""
    words = row.sentence.words
    return words.lexicon.is_a("preposition", words[row.items[i].start])


def _further(row: Row, i: int) -> bool:
    """ "… including two boys and nine others were hurt": no part of those before."""
    people = row.people(i)
    return people is not None and people.additional and row.tags[i - 1] == "C"


def _among_subject(row: Row, i: int) -> bool:
    """Tell whether those at item `i` are listed among a count that has no verb before them."""
    tags = row.tags
    verbal = tags[i + 1 : i + 2] in ("X", "H")
    if i < 2 or tags[i - 2] not in "NQ" or not verbal or not row.numbered(i - 2):
        return False
    words = row.sentence.words
    among = words.lexicon.is_a("among", words[row.items[i - 1].start])
    opens = i < 3 or tags[i - 3] in _OPENS_CLAUSE  # "he said that eight among them two boys were"
    return among and (opens or not _VERBAL & set(tags[: i - 2]))


def _harmed(row: Row, i: int) -> bool:
    people = row.people(i)
    return people is not None and people.harmed is not None


def _named_before(row: Row, i: int) -> bool:
    """ "Abu Sel the commander (of the front) was killed": a name, and what its bearer is."""
    name, people = row.people(i - 1), row.people(i)
    if name is None or people is None or name.words != "name" or people.kin:
        return False
    return people.words in ("one", "definite") and people.count.low == 1 and not people.names


def _at_relative(row: Row, i: int) -> _Step:
    """At "who": the people before it; nobody, where a bare article stands for them."""
    tags = row.tags
    place = "relative_thing" in row.kinds(i)
    if not place and (whole := _all_of_whom(row, i)) is not None:
        return [whole]
    i = before_comma(tags, i)
    if place and i >= 0 and tags[i] == "L":  # "in Velm, which was shelled"
        return []
    while i >= 0 and tags[i] in "TL":
        i -= 1
    if (named := _named_so(row, i)) is not None:
        return [named]
    if i >= 0 and tags[i] in PEOPLE:  # "thousands of people who were …"
        if tags[i - 1 : i] == "o":  # "a boy of 11 who was hurt"
            return (
                with_left(row, i - 2) if i > 1 and row.numbered(i) and _tells_whose(row, i) else [i]
            )
        return with_left(row, i)
    if i >= 0 and "definite" in row.kinds(i):  # "those who were …": nobody counted
        return []
    return i


def _all_of_whom(row: Row, i: int) -> int | None:
    """The people whom "who" at item `i` means beyond what stands between.

    "Four weavers from her guild who were shot", "the funeral of six priests, five of them
    Orlanders, who were killed".
    """
    tags, n = row.tags, i - 1
    closed = tags[n : n + 1] == ","
    n -= closed
    while n > 0 and tags[n] in "wLTy" and (tags[n] != "y" or not _kin(row, n)):
        n -= 1
    if n < 1 or n == i - 1:
        return None
    if tags[n] == "p" and tags[n - 1] in "NQ" and not closed:
        placed = set(tags[n + 1 : i]) <= {"L"}  # "a man from Velm who was killed"
        return n - 1 if placed or row.numbered(n - 1) else None
    if not closed or tags[n] not in "nN":
        return None
    part = n if tags[n] == "n" else included_from(row, n)
    if part is None or (whole := before_comma(tags, part)) < 0 or whole == part - 1:
        return None
    return whole if tags[whole] in "NQ" and row.numbered(whole) else None


def _kin(row: Row, i: int) -> bool:
    people = row.people(i)
    return people is None or people.kin


def _relative(row: Row, i: int) -> bool:
    """Tell whether item `i` ends with "whom", so that the verb behind it is its own."""
    return "relative" in row.sentence.words.entries[row.items[i].end - 1].kinds


def _named_so(row: Row, i: int) -> int | None:
    """ "a witness named Hadi who was shot": whose name ends with item `i`."""
    tags = row.tags
    while i > 0 and (tags[i] in "NL" or tags[i] == "w" and _capital(row, i)):
        i -= 1
    named = i > 0 and "names" in row.sentence.words.entries[row.items[i].start].kinds
    return i - 1 if named and tags[i - 1] in "NQ" else None


def _capital(row: Row, i: int) -> bool:
    return row.sentence.tokens[row.items[i].start].text[0].isupper()


def _reported(row: Row, i: int) -> bool:
    """Tell whether a verb of saying stands between be and its verb: "were reported killed"."""
    return "adverb" in row.kinds(i) and row.tags[i - 1 : i] in ("X", "a")


def _passable(tags: str, i: int, *, adjacent: bool) -> bool:
    """Tell whether the search for a subject may step over item `i`."""
    tag = tags[i]
    if tag in "SR;:.)":
        return False
    if not adjacent:
        return True
    if tag == "C" or tag == "," and tags[i + 1 : i + 2] == "V":  # "Man shot, killed in Sarbek"
        return i > 0 and tags[i - 1] in "VJG"
    if tag in "VGBJ":
        if tags[i + 1 : i + 2] == "V":  # "dozens killed injured", where the comma is lost
            return i > 0 and tags[i - 1] in "NQ"
        return tags[i + 1 : i + 2] == "C" or tags[i + 1 : i + 3] == ",V"
    return tag in _MAY_STAND_BETWEEN


def _single(row: Row, i: int) -> bool:
    people = row.people(i)
    return people is not None and not people.plural and people.count.low == 1
