"""Lists of people and what is inserted between them, told from the row of tags.

"A driver, two porters (both from Sarbek) and their guest" is one subject of four. Where a comma
could as well begin another clause, the list ends before it: a person left out is found by another
rule or not at all, while a person taken wrongly is counted.
"""

import re

from cenotaph.reading.items import COUNTED, NUMBERED, Row

LONGEST_LIST = 40
# Who speaks behind a list: "…, villagers and a police officer said on Friday".
_SPEAKERS = re.compile(r"N(?:w{1,3}|[oL]{1,3})?CN(?:w{1,3}|[oL]{1,3})?R(?:[T.,;]|pT|$)")
# What tells more of one person of a list, and ends with the comma before the next.
_RELATIVE = re.compile(r",W[XH]{0,2}[vwpLToa#K]{1,12}(?=,C[NQn])")
_NAMES = re.compile(r"N(?:[,;]C?N)+[.]?")
_AROUND = re.compile(r"Cw{1,3}(?=[,;.C])")
# "a neighbour of theirs" is no owner: so many items tell whose kin somebody is.
LONGEST_OWNER = 4
# "of the Front and its allied fighters" tells whose a number are in so many.
OWNERS = 8
# Who said so takes so many items at most, and none of these stands among them.
_SPEAKER = 8
_CLAUSAL = frozenset("XHMVGBJvRSWFO,:")
# What tells of something in a clause.
_CLAUSE = frozenset("XHMVGBJvR")
# Behind a number so many words may stand of which the pack knows none.
UNKNOWN_WORDS = 3


def next_in_list(row: Row, i: int) -> int | None:
    """The next people of a list after item `i`: ", N", "and N", behind "of Sarbek" or "(23)"."""
    tags = row.tags
    if tags[i] == "Q" and (beside := _behind_unknown(row, i)) is not None:
        return beside
    at = i + 1
    at += at < len(tags) and reflexive(row, at)  # "the bomber himself and two guards"
    if tags[at : at + 1] == "(":
        close = tags.find(")", at)
        if close < 0:
            return None
        at = close + 1
    if at == i + 1 and is_counted_beside(row, i):  # "six women five boys and three men"
        return at
    if (beside := _together_behind(row, i)) is not None:
        return beside
    at += at == i + 1 and _is_told(row, i)  # "killed Omar Tarun a commander and two of his men"
    if at == i + 1 and named_behind(row, i) and _listable(row, at):
        return at
    if tags[at : at + 1] == "I" and (further := further_behind(row, at)) is not None:
        return further
    if with_kin(row, at + 1):
        return at + 1
    at = _over_clause(row, i, at)
    whose = at == i + 1 and _of_whose(row, i)
    at = _over_people(row, and_around(tags, over_attachment(tags, at + 2 * whose)))
    comma = at < len(tags) and (tags[at] == "," or tags[at] == ";" and _told_fully(row, i))
    at += comma
    joint = tags[at : at + 1] == "C"
    at += joint
    at += joint and tags[at : at + 1] == "o" and "o" in tags[:i]  # "of Saleh and of Rima"
    if not (comma or joint) or comma and tags[at - joint - 1] == ";" and not _entry(tags, at):
        return None
    at = passing(tags, at, "a")
    if whose and not _kin_or_counted(row, at):
        return None  # "the wife of Saleh and Halim Dorsawi": whose she is may go on
    owner, at = at, _over_owner(row, at)
    if at > owner and is_of_both(row, i, owner):
        return None
    if joint and is_one_person(row, i, at):
        return None
    if comma and not joint and _SPEAKERS.match(tags, at):
        return None  # "three children, villagers and a police officer said"
    if not _listable(row, at, owned=joint and _of_harm(tags, i)) or _may_be_place(
        row, at, tags[i + 1 : at]
    ):
        return None
    return at if joint or _goes_on(row, i, at) else None


def _goes_on(row: Row, i: int, at: int) -> bool:
    """Tell whether a list goes on from item `i` to item `at` without "and" between them."""
    tags = row.tags
    if _closes(row, at) or _only_names(row, i):
        return True
    if tags[at - 1] == ";" and (_named(row, i) or _told_fully(row, at) and _ended(tags, at + 1)):
        return True
    return row.sentence.title and is_headed(row, at) and _done(tags, at + 1)


def _entry(tags: str, i: int) -> bool:
    """Tell whether what stands between semicolons is an entry of a list, and no clause."""
    ends = (at for mark in ";." if (at := tags.find(mark, i)) > 0)
    return _CLAUSE.isdisjoint(tags[i : min(ends, default=len(tags))])


def _told_fully(row: Row, i: int) -> bool:
    """ "A man, 40; a woman, 35; their child": one person each, in entries."""
    people = row.people(i) if i < len(row.tags) else None
    if people is None or people.count.low != 1 or people.count.high != 1:
        return bool(people is not None and people.names)
    return bool(people.names) or people.age is not None or people.kin


def _ended(tags: str, i: int) -> bool:
    """Tell whether an entry ends before item `i`, and no clause goes on with it."""
    return tags[i : i + 1] in ("", ".", ";")


def _only_names(row: Row, i: int) -> bool:
    """ "Killed: Adel Vorr, Hani Vorr, Jamil Mekt.": nothing but names behind a colon, which need no
    "and"."""
    colon = row.tags.rfind(":", 0, i)
    if colon < 0 or _NAMES.fullmatch(row.tags, colon + 1) is None:
        return False
    people = (row.people(n) for n in range(colon + 1, len(row.tags), 2) if row.tags[n] == "N")
    return all(one is not None and one.words == "name" for one in people)


def named_behind(row: Row, i: int) -> bool:
    """ "Her sons Sami Kettel, 12, and Zaid Kettel, 9": names of those without a number."""
    people = row.people(i)
    if people is None or not people.plural or people.count.low is not None or people.harmed:
        return False
    name = row.people(i + 1) if row.tags[i + 1 : i + 2] == "N" else None
    return name is not None and name.words == "name"


def _is_told(row: Row, i: int) -> bool:
    """ "Omar Tarun a field commander of the front": what a person is stands right behind."""
    name = row.people(i) if row.tags[i : i + 2] == "NN" else None
    office = row.people(i + 1) if name is not None and name.words == "name" else None
    return office is not None and office.words == "one" and not office.names and not office.kin


def _behind_unknown(row: Row, i: int) -> int | None:
    """ "17 regime forces and 12 rebels": the counted people behind a number of some, of whom the
    pack does not know the noun."""
    at = i + 1
    while row.tags[at : at + 1] == "w" and at - i <= UNKNOWN_WORDS:
        if "thing" in row.kinds(at) or not row.sentence.tokens[row.items[at].start].text.islower():
            return None
        at += 1
    if at == i + 1 or row.tags[at : at + 1] != "C" or row.tags[at + 1 : at + 2] not in ("N", "Q"):
        return None
    people = row.people(at + 1)
    return at + 1 if people is not None and people.words in NUMBERED else None


def _together_behind(row: Row, i: int) -> int | None:
    """ "killed five of the Front's men as well as six soldiers": behind whose the five were."""
    if row.tags[i + 1 : i + 2] != "o" or not row.numbered(i):
        return None
    for at in range(i + 2, min(len(row.tags) - 1, i + 2 + OWNERS)):
        if row.tags[at] == "C" and "together" in row.kinds(at):
            counted = row.tags[at + 1] in "NQ" and row.numbered(at + 1)
            return at + 1 if counted else None
        if row.tags[at] not in "wLNKC":
            return None
    return None


def _of_whose(row: Row, i: int) -> bool:
    """ "killed the wife of a commander, three children and his brother": "of" and whose kin it is
    stand behind item `i`."""
    if row.tags[i + 1 : i + 3] != "oN":
        return False
    people, owner = row.people(i), row.people(i + 2)
    if people is None or owner is None or not people.kin or people.plural or people.names:
        return False
    return owner.count.low == 1 and not owner.plural and owner.words not in NUMBERED


def _kin_or_counted(row: Row, at: int) -> bool:
    people = row.people(at) if at < len(row.tags) else None
    return people is not None and (people.kin or people.words in NUMBERED)


def further_behind(row: Row, i: int) -> int | None:
    """ "six people including a boy in Sarbek and another nine": the nine stand beside the six.

    `i` is the item of "including"; whoever is further is no part of those before it.
    """
    for n in range(i + 1, min(len(row.tags), i + LONGEST_LIST)):
        if row.tags[n] in "NQ":
            people = row.people(n)
            if row.tags[n - 1] == "C" and people is not None and people.additional:
                if row.tags[n + 1 : n + 2] in ("X", "H") and object_before(row, i):
                    return None  # "killed 12 including two boys and nine others were hurt"
                return n if people.words in NUMBERED else None
        elif row.tags[n] not in ",CaynpLowT#":
            return None
    return None


def object_before(row: Row, i: int) -> bool:
    """Tell whether those whom the "including" at item `i` breaks down are the object of a verb."""
    return i > 1 and row.tags[i - 2] in "VGB"


def _may_be_place(row: Row, at: int, between: str) -> bool:
    """ "terrorists in Sarbek and Deir Salam": behind "in" a bare name goes on the places."""
    people = row.people(at)
    bare = people is not None and people.words == "name" and people.age is None
    return bare and between[:1] == "p"


def with_kin(row: Row, i: int) -> bool:
    """ "A woman with her four children": whoever is hers stands beside her, at item `i`."""
    if row.tags[max(0, i - 2) : i + 1] != "NpN" or row.tags[i + 1 : i + 2] == "K":
        return False
    who, kin = row.people(i - 2), row.people(i)
    words = row.sentence.words
    if who is None or kin is None or not kin.kin or who.count.low != 1 or kin.count.low is None:
        return False
    beside = words[row.items[i - 1].start] in words.lexicon.beside
    owned = words.entries[row.items[i].start : row.items[i].end]
    return beside and any("pronoun_possessive" in entry.kinds for entry in owned)


def reflexive(row: Row, n: int) -> bool:
    """Tell whether item `n` is "himself", or the "self" of a heading."""
    entry = row.sentence.words.entries[row.items[n].start]
    return row.tags[n] in "Pw" and "pronoun_reflexive" in entry.kinds


def _done(tags: str, i: int) -> bool:
    """Tell whether a heading says nothing of the people before item `i` but where, when and how."""
    return i >= len(tags) or tags[i] in "pTLS.;:"


def is_counted_beside(row: Row, i: int) -> bool:
    """Tell whether counted people stand right behind others, in a list that lost its commas."""
    if row.tags[i : i + 2] not in ("NN", "QN", "NQ", "yN"):
        return False
    before, people = row.people(i), row.people(i + 1)
    counted = all(p is not None and p.words in COUNTED and not p.harmed for p in (before, people))
    return counted and (_closes(row, i + 1) or _ends_list(row, i) or _heading_pair(row, i))


def _heading_pair(row: Row, i: int) -> bool:
    """ "Raid kills 14 rebels 5 civilians": two numbers in a heading, no verb of their own."""
    both = (row.people(i), row.people(i + 1))
    if not row.sentence.capitals and not row.sentence.title:
        return False
    if row.tags[i : i + 2] != "NN" or any(p is None or p.words not in NUMBERED for p in both):
        return False
    return row.tags[i - 1 : i] in ("B", "V") and _done(row.tags, i + 2)


def _ends_list(row: Row, i: int) -> bool:
    """Tell whether item `i` is reached from counted people without a comma: the list is begun."""
    return i > 0 and row.tags[i - 1] in "NQ"


def _over_people(row: Row, at: int) -> int:
    """Step over "from the medical staff" where "in addition to" goes on with the list."""
    tags = row.tags
    people = row.people(at + 1) if tags[at : at + 2] in ("pN", "oN") else None
    if people is not None and people.words == "bare" and tags[at + 2 : at + 3] == "w":
        return _over_bodies(row, at)
    if people is None or tags[at] == "o" or people.words not in ("definite", "none"):
        return at
    return at + 2 if tags[at + 2 : at + 3] == "C" and "together" in row.kinds(at + 2) else at


def _over_bodies(row: Row, at: int) -> int:
    """Step over "from rebel groups" where "as well as 11 soldiers" goes on with the list."""
    end = passing(row.tags, at + 2, "w")
    goes_on = row.tags[end : end + 1] == "C" and "together" in row.kinds(end)
    counted = goes_on and row.tags[end + 1 : end + 2] in ("N", "Q") and row.numbered(end + 1)
    return end if counted and end - at <= UNKNOWN_WORDS + 1 else at


def _of_harm(tags: str, i: int) -> bool:
    """ "the deaths of six men and four women were confirmed": the verb is that of the deaths."""
    of = tags.rfind("o", 0, i)
    return of > 0 and tags[of - 1] == "F" and set(tags[of + 1 : i]) <= set("NQy,Ca")


def _listable(row: Row, at: int, *, owned: bool = False) -> bool:
    """Tell whether item `at` is people that can go on a list, and no subject of a clause.

    `owned` is set in a list that a noun of harm has behind it: what follows is that noun's verb.
    """
    tags = row.tags
    if at >= len(tags) or tags[at] not in "NQy":
        return False
    people = row.people(at)
    if people is not None and (people.harmed is not None or people.attribute is not None):
        return False  # "44 dead as well as 140 injured people": a harm of their own
    after = passing(tags, at + 1, "aT")
    if tags[after : after + 2] == ",I" and (close := tags.find(",", after + 2)) > 0:
        if tags[close + 1 : close + 2] in ("X", "H", "M"):
            return False  # "and 20 civilians, including five children, were killed"
    if after >= len(tags) or tags[after] not in "XHMVvRJBl" or _has_name(row, after):
        return True
    if tags[after] == "l":  # "and two officers confirmed the deaths", "… confirmed dead"
        behind = tags[after + 1 : after + 2]
        return behind not in ("F", "N") and not (behind == "w" and row.kinds(after + 1))
    if owned and tags[after] in "XHMvR":
        return True
    return "according" in row.kinds(after) or _said_by(row, after)


def _has_name(row: Row, i: int) -> bool:
    """ "… and a nurse named Rima Dorsawi": the verb at item `i` only gives the name."""
    people = row.people(i + 1) if row.tags[i : i + 2] == "vN" else None
    if people is None or people.words != "name" or "names" not in row.kinds(i):
        return False
    return row.tags[i + 2 : i + 3] in ("", ".", ",", ";", ")")


def _said_by(row: Row, i: int) -> bool:
    """ "… and two soldiers said monitor director Halim Dorsawi.", where the comma is lost: who said
    so stands behind the verb at item `i`, and nothing else that is told."""
    behind = row.tags[i + 1 :].rstrip('.;"')
    if row.tags[i] != "R" or not 0 < len(behind) <= _SPEAKER or "tell" in row.kinds(i):
        return False
    return "N" in behind and behind[0] in "wNL" and not _CLAUSAL & set(behind)


def passing(tags: str, i: int, passed: str) -> int:
    """The first item from `i` on whose tag is none of `passed`."""
    while i < len(tags) and tags[i] in passed:
        i += 1
    return i


def _over_owner(row: Row, at: int) -> int:
    """Step over whose kin is listed: "and a neighbour's son", "and Saleh's daughter"."""
    end = row.tags.find("K", at, at + LONGEST_OWNER)
    people = row.people(end + 1) if end > at and set(row.tags[at:end]) <= set("wyNP") else None
    return end + 1 if people is not None and people.kin else at


def is_one_person(row: Row, i: int, other: int) -> bool:
    """ "A baker and father of two": both tell of one, under one article."""
    one, again = row.people(i), row.people(other) if other < len(row.tags) else None
    if one is None or again is None or row.tags[other + 1 : other + 2] != "o":
        return False
    return one.words == "one" and again.words == "bare" and again.kin and not one.kin


def is_of_both(row: Row, i: int, owner: int) -> bool:
    """ "Salma and Rim Daro's son": the names of his parents, or she and another's son."""
    whose = (row.people(i), row.people(owner))
    return all(people is not None and people.words == "name" for people in whose)


def _named(row: Row, i: int) -> bool:
    people = row.people(i)
    return people is not None and bool(people.names)


def _closes(row: Row, j: int) -> bool:
    """Tell whether a list that goes on with a comma at item `j` ends with "and N"."""
    tags = row.tags
    k, steps = j + 1, 0
    while k < len(tags) and steps < LONGEST_LIST:
        k = over_attachment(tags, k)
        if tags[k : k + 1] == "(":
            close = tags.find(")", k)
            if close < 0:
                return False
            k = close + 1
        elif tags[k : k + 1] == "C" or tags[k : k + 2] == ",C":
            at = _over_owner(row, passing(tags, k + (1 if tags[k] == "C" else 2), "a"))
            return at < len(tags) and (tags[at] in "NQy" or reflexive(row, at))
        elif tags[k : k + 1] == "," and tags[k + 1 : k + 2] in ("N", "Q", "y"):
            k += 2
            steps += 1
        elif tags[k : k + 1] in ("N", "Q") and k and tags[k - 1] in "NQ":
            k += 1
            steps += 1
        else:
            return False
    return False


def _over_clause(row: Row, i: int, at: int) -> int:
    """ "The colonel, who had led the unit for six years, and two of his men": the comma behind."""
    over = _RELATIVE.match(row.tags, at) if at == i + 1 and _single(row, i) else None
    return over.end() if over is not None else at


def _single(row: Row, i: int) -> bool:
    """Tell whether one person stands at an item."""
    people = row.people(i)
    return people is not None and people.count.high == 1


def over_attachment(tags: str, j: int) -> int:
    """Step over "of Sarbek", "from the town of Sarbek"."""
    while j + 1 < len(tags) and tags[j] in "po" and tags[j + 1] in "Lw":
        k = j + 1
        while k < len(tags) and tags[k] in "woL":
            k += 1
        if k - j > 6:
            return j
        j = k
    return j


def and_around(tags: str, j: int) -> int:
    """Step over what is joined to a place without a name: "in Velm and its suburbs"."""
    around = _AROUND.match(tags, j) if tags[j - 1 : j] == "L" else None
    return around.end() if around is not None else j


def is_headed(row: Row, k: int) -> bool:
    """ "Man, toddler shot": in a heading a comma joins two people without articles."""
    people = row.people(k)
    return people is not None and people.words in ("bare", "digits", "words")
