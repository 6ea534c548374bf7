"""Who is the subject and who the object of a predicate, told from the row of tags.

Harm is told of whoever stands where the predicate takes its people, often past insertions, relative
clauses and breakdowns. Where the row does not tell, nobody is taken.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cenotaph.model import Certainty, Measure
from cenotaph.reading.items import NUMBERED, Row
from cenotaph.reading.lists import (
    as_they_were,
    back_over,
    before_comma,
    included_from,
    insertion_before,
    list_in_part,
    next_in_list,
    object_before,
    reflexive,
    who_they_were,
    with_kin,
    with_left,
)

_PEOPLE = frozenset("NQFnyP")
_VERBAL = frozenset("vVXHBGRW")
GERUND_END = "ing"
# "together with five others" stands within so many items behind its verb.
TOGETHER = 12
# A clause may begin behind these.
_OPENS_CLAUSE = frozenset('SWRC,;:."T')
_MAY_STAND_BETWEEN = frozenset("aTXHL-")
# Where the search for a subject goes on, or whom it found.
_Step = int | list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbGroup:
    """What stands around a predicate: where its verbs begin, its voice, and how sure it is."""

    start: int
    passive: bool
    be: bool
    fatal: bool
    certainty: Certainty
    negated: bool
    also: bool


def verb_group(row: Row, k: int) -> VerbGroup:
    """Read the auxiliaries, adverbs and hedges that belong to the predicate at item `k`."""
    tags = row.tags
    start = k
    while start > 0 and _auxiliary(row, start - 1):
        start -= 1
    said = [row.kinds(n) for n in range(start, k)]
    be = "X" in tags[start:k]
    negated = any(_denies(row, n) for n in range(start, k)) or any(
        tag == "X" and "negated_be" in kinds for tag, kinds in zip(tags[start:k], said, strict=True)
    )
    fatal = any("fatal" in kinds for kinds in said)
    certainty = _certainty(row, start, k)
    degree = any("degree" in kinds for kinds in said)
    if negated and not degree and certainty is Certainty.ASSERTED:
        certainty = Certainty.DENIED
    return VerbGroup(
        start=start,
        passive=be and tags[k] in "VJ",
        be=be,
        fatal=fatal or k + 1 < len(tags) and "fatal" in row.kinds(k + 1),
        certainty=certainty,
        negated=negated,
        also=any("also" in kinds for kinds in said),
    )


def _denies(row: Row, n: int) -> bool:
    """Tell whether item `n` denies what follows: "not only killed two but" does not."""
    if row.tags[n] != "Z":
        return False
    words, behind = row.sentence.words, row.items[n].end
    return behind >= len(words) or words[behind] not in words.lexicon.not_only


def _auxiliary(row: Row, n: int) -> bool:
    """Tell whether item `n` belongs to the verb behind it."""
    tags, tag = row.tags, row.tags[n]
    if tag in "aHXMZ":
        return True
    if n == 0:
        return False
    before = tags[n - 1]
    if tag == "T":
        return before in "XHM"
    if tag in "lR" and tags[n + 1] in "VJ" and before in "NQ":
        alone = tag == "l" or tags[n + 2 : n + 3] not in tuple("NQyPw#")
        return alone and row.numbered(n - 1) and "report" in row.kinds(n)  # "8 reported killed"
    if tag == "S" and "role" in row.kinds(n):
        # "were listed as missing"; who "had been listed" so is found by now
        once = any("pluperfect" in row.kinds(m) for m in range(max(0, n - 4), n))
        return tags[n + 1] in "VJ" and before in "vRl" and not once
    suspected = tag in "vR" and "suspected" in row.kinds(n)
    if suspected and before in "NQ" and tags[n + 1] in "VJ":
        return row.numbered(n - 1)  # "at least 14 people believed trapped"
    if tag in "pvlRS" and "adverb" in row.kinds(n):
        return before in "aXHMvlR"
    return suspected and before in "XaH"


def _certainty(row: Row, start: int, k: int) -> Certainty:
    """How sure the clause, else the verbs from item `start` on, say that the predicate is."""
    clause = _certainty_of_clause(row, start, relative=_presupposed(row, start, k))
    if clause is not None:
        return clause
    if row.tags[k] == "B" and k > 0 and "infinitive" in row.kinds(k - 1):
        achieved = k > 1 and "achieves" in row.kinds(k - 2) and "Z" not in row.tags[k - 4 : k - 2]
        return Certainty.ASSERTED if achieved else Certainty.HYPOTHETICAL
    for n in range(start, k):
        kinds = row.kinds(n)
        if "suspected" in kinds:
            return Certainty.SUSPECTED
        if row.tags[n] == "M":
            # "may have been killed", "may be buried under the rubble" are suspicions, "may be
            # killed" a forecast
            past = ("H" in row.tags[n:k] or _lasts(row, k)) and "hypothetical" not in kinds
            return Certainty.SUSPECTED if past else Certainty.HYPOTHETICAL
    return Certainty.ASSERTED


def _lasts(row: Row, k: int) -> bool:
    """Tell whether the predicate at item `k` is a state that may hold now: missing, trapped."""
    return row.tags[k] == "J" and row.sense(k) in (Measure.MISSING, Measure.TRAPPED)


# What a relative clause may stand behind.
_ANTECEDENTS = frozenset("NQUFwy,")
# What may follow the participle that is left of one.
_BEHIND_REDUCED = frozenset({"", ".", ",", "p", "b", "S", "X", "H", "M"})


def _presupposed(row: Row, start: int, k: int) -> bool:
    """ "whether the men killed in the raid were soldiers", "whether the victims were killed there":
    a relative clause without its verb, and people whose very word says that harm befell them."""
    if start == 0 or row.tags[start - 1] not in "NQ":
        return False
    words = row.sentence.words
    if words[row.items[start - 1].end - 1] in words.lexicon.victims:
        return True
    return start == k and row.tags[k] == "V" and row.tags[k + 1 : k + 2] in _BEHIND_REDUCED


def _certainty_of_clause(row: Row, start: int, *, relative: bool) -> Certainty | None:
    """What a condition or a denial before item `start` makes of it."""
    denied = None
    for n in range(start - 1, -1, -1):
        tag = row.tags[n]
        if tag in ".;":
            break
        if tag == "W" and n and row.tags[n - 1] in _ANTECEDENTS:
            relative = True  # "whether the raid that killed two was lawful": it did kill them
        if tag == "S" and n and "deny" in row.kinds(n - 1):
            return Certainty.DENIED  # "dismissed as fake reports that"
        if tag in "Rl" and _called_false(row, n):
            denied = Certainty.DENIED
        if tag == "S":
            unsure = "conditional" in row.kinds(n) and not relative
            return Certainty.HYPOTHETICAL if unsure else denied
        if tag == "R" and row.tags[n - 1 : n] == "C" and "deny" not in row.kinds(n):
            break  # "the army denied the raid and said it had killed nine"
        if tag == "R" and "deny" in row.kinds(n) and not _of_authorship(row, n):
            denied = Certainty.DENIED
    return denied


def _called_false(row: Row, n: int) -> bool:
    """ "false claims that", "described as \"baseless\" a report that": it is said to be untrue."""
    at = n - 1
    while at > 0 and (row.tags[at] == '"' or row.kinds(at) & {"indefinite", "definite"}):
        at -= 1
    return at >= 0 and row.tags[at] == "w" and "untrue" in row.kinds(at)


def _of_authorship(row: Row, n: int) -> bool:
    """ "denied carrying out", "denied any role in": who did it is denied, not what was done."""
    at = n + 1
    while at < len(row.tags) and row.kinds(at) & {"every", "indefinite", "definite"}:
        at += 1
    if at >= len(row.tags):
        return False
    if row.tags[at] in "Gv" or row.kinds(at) & {"gerund_like", "authorship"}:
        return True
    if at == n + 1 and _gerund(row, at):
        return True  # "denied hitting the market", but "denied the killing of"
    at += row.tags[at] in "WS"  # "denied that its jets …"
    if at >= len(row.tags):
        return False
    entry = row.sentence.words.entries[row.items[at].start]
    return row.tags[at] == "P" or "pronoun_possessive" in entry.kinds


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
        if tag == ")" and i == start - 1 and (inside := _so_many_people(row, i)) is not None:
            return [inside]
        if adjacent and i == start - 1 and _reduced(tags, i):
            step = i - 1
        elif tag == "," and i == start - 1 and (those := who_they_were(row, i)):
            step = those
        elif tag in _PEOPLE:
            step = [i - 2, i] if with_kin(row, i) else _at_people(row, i, start, adjacent=adjacent)
        elif tag == "W":
            step = _at_relative(row, i)
        elif not (adjacent and _passable(tags, i, adjacent=True)) and (
            tag in ",-)" and (before := insertion_before(tags, i)) is not None
        ):
            step = before
            crossed = crossed or tag != ")"
        elif tag == "S" and crossed and not adjacent or _passable(tags, i, adjacent=adjacent):
            step = i - 1
        elif adjacent and _auxiliary(row, i) or tag == "R" and _reported(row, i):
            step = i - 1
        else:
            return [] if adjacent else _over_relative(row, start)
        if isinstance(step, list):
            return [] if step and not adjacent and _other_clause(tags, step[-1], start) else step
        i = step
    return []


def _families(row: Row, i: int) -> bool:
    """Tell whether item `i` is the families of a number of people before it."""
    if row.tags[max(0, i - 2) : i + 1] != "Cww":
        return False
    words = row.sentence.words
    if words[row.items[i].start] not in words.lexicon.families:
        return False
    owned = "pronoun_possessive" in words.entries[row.items[i - 1].start].kinds
    return owned and i > 2 and row.tags[i - 3] in "NQ" and row.numbered(i - 3)


def _so_many_people(row: Row, i: int) -> int | None:
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
    return not _PEOPLE & set(between[joint + 1 :]) and bool(set(verbs) & set(between[:joint]))


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
    if before in "vw" and i >= 2 and tags[i - 2] in "NQ" and _gerund(row, i - 1):
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
        and not set(tags[i + 1 : start]) & _PEOPLE
    ):
        return i - 2  # "rebels opposed the patrol and were killed"
    if tags[i] == "n" and direct and not adjacent and _relative(row, i):
        return [i]  # "46 people, six of whom died"
    if tags[i] == "n" and before == "," and i >= 2 and (not direct or tags[i - 2] in "NQ"):
        people, whole = row.people(i), before_comma(tags, i)
        if people is not None and people.harmed is None and whole >= 0 and tags[whole] in "NQF":
            return whole
    return with_left(row, i)


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
    i = before_comma(tags, i)
    if place and i >= 0 and tags[i] == "L":  # "in Velm, which was shelled"
        return []
    while i >= 0 and tags[i] in "TL":
        i -= 1
    if (named := _named_so(row, i)) is not None:
        return [named]
    if i >= 0 and tags[i] in _PEOPLE:  # "thousands of people who were …"
        if tags[i - 1 : i] == "o":  # "a boy of 11 who was hurt"
            return (
                with_left(row, i - 2) if i > 1 and row.numbered(i) and _tells_whose(row, i) else [i]
            )
        return with_left(row, i)
    if i >= 0 and "definite" in row.kinds(i):  # "those who were …": nobody counted
        return []
    return i


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


def objects(row: Row, k: int) -> list[int]:
    """Return the items of people that follow the predicate, preposition or joint at item `k`."""
    tags = row.tags
    i = k + 1
    while i < len(tags) and (_before_object(tags, i) or i == k + 1 and _quoted(row, i)):
        i += 1
    if tags[i : i + 1] == "C" and tags[i + 2 : i + 3] in ("N", "Q") and row.numbered(i + 2):
        if tags[i + 1] == "v" or "past_like" in row.kinds(i + 1):
            i += 2  # "killed and beheaded five villagers"
    i = _told_one_by_one(row, i)
    if tags[i : i + 2] == "#(" and (close := tags.find(")", i)) > 0:
        i = _so_many_people(row, close) or i
    # adjectives and places the pack does not know: "the murder of Liberal candidate …"
    step = i
    while step < len(tags) and tags[step] in "wLK" and step - i < 5:
        if "preposition" in row.kinds(step):
            break  # "4 Injured In Sarbek Mills"
        step += 1  # "the child's mother"
    if step > i and step < len(tags) and tags[step] == "N" and _plain_people(row, step):
        if _tells(row, step + 1):
            return []  # "three men wounded Sarbek TV reporter said", where the comma is lost
        i = step
    if i >= len(tags) or tags[i] not in _PEOPLE:
        return []
    if tags[k - 1 : k + 2] in ("QVN", "NVN") and row.numbered(k - 1) and _told_by_name(row, i):
        return []
    if '"' in tags[k:i] and tags[i + 1 : i + 2] == "R":
        return []  # '"… 170 wounded" Halim Dorsawi said'
    found: list[int] = []
    following: int | None = i
    while following is not None:
        found.append(following)
        following = next_in_list(row, following)
    return found


def _told_one_by_one(row: Row, i: int) -> int:
    """ "killed everyone on board, 23 pilgrims", "a family: a farmer and his sons": the item of
    those whom the words at item `i` only sum up; `i` where nobody is told of behind them."""
    tags = row.tags
    if i >= len(tags):
        return i
    everyone = "everyone" in row.sentence.words.entries[row.items[i].start].kinds
    people = row.people(i) if tags[i] == "N" else None
    family = people is not None and people.words == "none" and people.count.low is None
    marks = (",", ":", "-") if everyone else (":", "-") if family else ()
    if tags[i + 1 : i + 2] not in marks:
        return i
    behind = i + 2 + (everyone and tags[i + 2 : i + 3] == "I")  # "…, including four children"
    return behind if tags[behind : behind + 1] in _PEOPLE and tags[behind:] else i


def _tells(row: Row, i: int) -> bool:
    """Tell whether item `i` is a verb of saying without an object: who stands before it speaks."""
    entry = row.sentence.words.entries[row.items[i].start] if i < len(row.tags) else None
    said = entry is not None and "report" in entry.kinds
    if said and entry is not None and "tell" in entry.kinds:
        return True  # "left 30 injured Saleh told the agency", where the comma is lost
    return said and row.tags[i + 1 : i + 2] not in ("N", "Q", "V", "J")


def _told_by_name(row: Row, i: int) -> bool:
    """ "left 30 injured Halim Dorsawi told the agency", where the comma is lost: who says so.

    Nor does a name that an attack bears suffer it: "3 Hurt Bellmont Barbershop Shooting".
    """
    people = row.people(i)
    named = people is not None and people.words == "name"
    return named and (_tells(row, i + 1) or row.tags[i + 1 : i + 2] == "U")


def _quoted(row: Row, i: int) -> bool:
    """Tell whether a quotation mark opens words; one that nothing closes parts a heading."""
    if row.tags[i] != '"':
        return False
    mark = row.items[i].start
    tokens = row.sentence.tokens
    closes = tokens[mark - 1].end == tokens[mark].start and mark + 1 < len(tokens)
    if closes and tokens[mark].end < tokens[mark + 1].start:
        return False  # 'four others injured" the mayor said'
    opens = row.sentence.tokens[row.items[i].start].text == "«"
    return not opens or any(t.text == "»" for t in row.sentence.tokens[row.items[i].end :])


def _before_object(tags: str, i: int) -> bool:
    """Tell whether item `i` may stand before an object: "killed and wounded N"."""
    if tags[i] in "aTX:":
        return True
    if tags[i] == "C":
        return tags[i + 1 : i + 3].removeprefix("a")[:1] in ("V", "G", "B")
    if tags[i] in "VB" and tags[i - 1] == tags[i] and tags[i + 1 : i + 2] == "Q":
        return True  # "killed wounded dozens", where the comma is lost
    if tags[i] == "," and tags[i - 1 : i + 2] in ("B,B", "V,V"):
        return _pair(tags, i)
    if tags[i] in "VB" and tags[i - 2 : i + 1] in ("B,B", "V,V"):
        return _pair(tags, i - 1)
    return tags[i] in "VGBJ" and tags[:i].removesuffix("a")[-1:] == "C"


def _pair(tags: str, i: int) -> bool:
    """ "Blast kills, wounds dozens": two verbs of one form, a comma between, and one object."""
    return tags[i + 2 : i + 3] in ("Q", "N") and tags[: i - 1][-1:] not in ("N", "Q", "X")


def together(row: Row, k: int) -> list[int]:
    """The people behind a predicate that share it: "was killed in X together with five others"."""
    tags = row.tags
    for i in range(k + 1, min(len(tags), k + TOGETHER)):
        if tags[i] == "C" and "together" not in row.kinds(i):
            if tags[i + 1 : i + 2] in ("w", "U", "L"):
                continue  # "in the blast and a gun battle along with nine others"
            return []
        if tags[i] == "C":
            shared = objects(row, i)
            return shared if "b" not in tags[k:i] or _owned(row, shared) else []
        if tags[i] == "N" and "b" in tags[k:i]:
            continue
        if tags[i] not in "abTpLwoU" and (tags[i], tags[i + 1 : i + 2]) != (",", "C"):
            return []
    return []


def _owned(row: Row, items: list[int]) -> bool:
    """ "assassinated by gunmen along with his guard": whose he is tells that he did not do it."""
    entries = row.sentence.words.entries
    return bool(items) and "pronoun_possessive" in entries[row.items[items[0]].start].kinds


def _gerund(row: Row, i: int) -> bool:
    """Tell whether item `i` is a present participle: what stands behind it is its object."""
    token = row.sentence.tokens[row.items[i].start]
    return row.items[i].end == row.items[i].start + 1 and token.low.endswith(GERUND_END)


def _single(row: Row, i: int) -> bool:
    people = row.people(i)
    return people is not None and not people.plural and people.count.low == 1


def _plain_people(row: Row, i: int) -> bool:
    people = row.people(i)
    return people is not None and people.words in ("bare", "none", "name")
