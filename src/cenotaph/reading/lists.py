"""Lists of people and what is inserted between them, told from the row of tags.

"A driver, two porters (both from Sarbek) and their guest" is one subject of four. Where a comma
could as well begin another clause, the list ends before it: a person left out is found by another
rule or not at all, while a person taken wrongly is counted.
"""

import re

from cenotaph.model import Age, Sex
from cenotaph.reading.items import COUNTED, NUMBERED, Row

_PEOPLE = frozenset("NQFnyP")
# Between commas, a figure that took the place of the one before: ", revised to 17,".
_REVISED = frozenset({"aQ", "vQ", "RpQ", "vpQ", "VpQ", "vvpXQ"})
_LONGEST_LIST = 40
# Where and when may stand between a predicate and the list that breaks its people down, in items.
_WHERE_AND_WHEN = frozenset("pLTUwyoaK")
_TOLD = 12
# ", 70 according to residents,": another figure of those before, and whose it is.
_ESTIMATE = re.compile(r"[wa]{0,2}QR[wLNKpoTy]{1,6}|[wa]{1,2}Q")
# "were watching the house", "watched it": the words of a clause with one verb.
_ONE_VERB = re.compile(r"[aHX]*[vVBlw][^XHVvBlRCb,.;:W]*")
# ", many of whom were civilians,", ", nearly all civilians,": who those before were.
_WHO_THEY_WERE = re.compile(r"nXa?[wLKo]{0,2}N|w{1,2}N")
_AROUND = re.compile(r"Cw{1,3}(?=[,;.C])")
# "a neighbour of theirs" is no owner: so many items tell whose kin somebody is.
LONGEST_OWNER = 4
# Who said so takes so many items at most, and none of these stands among them.
_SPEAKER = 8
_CLAUSAL = frozenset("XHMVGBJvRSWFO,:")
# Behind a number so many words may stand of which the pack knows none.
_UNKNOWN = 3


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
    if at == i + 1 and _counted_beside(row, i):  # "six women five boys and three men"
        return at
    if tags[at : at + 1] == "I" and (further := further_behind(row, at)) is not None:
        return further
    if with_kin(row, at + 1):
        return at + 1
    whose = at == i + 1 and _of_whose(row, i)
    at = _over_people(row, and_around(tags, _over_attachment(tags, at + 2 * whose)))
    comma = at < len(tags) and (tags[at] == "," or tags[at] == ";" and _named(row, i))
    at += comma
    joint = tags[at : at + 1] == "C"
    at += joint
    at += joint and tags[at : at + 1] == "o" and "o" in tags[:i]  # "of Saleh and of Rima"
    if not (comma or joint):
        return None
    at = _over(tags, at, "a")
    if whose and not _kin_or_counted(row, at):
        return None  # "the wife of Saleh and Halim Dorsawi": whose she is may go on
    owner, at = at, _over_owner(row, at)
    if at > owner and _of_both(row, i, owner):
        return None
    if joint and _one_person(row, i, at):
        return None
    if not _listable(row, at, owned=joint and _of_harm(tags, i)) or _may_be_place(
        row, at, tags[i + 1 : at]
    ):
        return None
    if joint or _closes(row, at) or _named(row, i) and tags[at - 1] == ";":
        return at
    return at if row.sentence.title and _headed(row, at) and _done(tags, at + 1) else None


def _behind_unknown(row: Row, i: int) -> int | None:
    """ "17 regime forces and 12 rebels": the counted people behind a number of some, of whom the
    pack does not know the noun."""
    at = i + 1
    while row.tags[at : at + 1] == "w" and at - i <= _UNKNOWN:
        if "thing" in row.kinds(at) or not row.sentence.tokens[row.items[at].start].text.islower():
            return None
        at += 1
    if at == i + 1 or row.tags[at : at + 1] != "C" or row.tags[at + 1 : at + 2] not in ("N", "Q"):
        return None
    people = row.people(at + 1)
    return at + 1 if people is not None and people.words in NUMBERED else None


def _before_unknown(row: Row, i: int) -> int | None:
    """ "30 regime and 39 rebel fighters were killed": the counted people before the joint at item
    `i`, of whom an adjective alone stands there."""
    at = i - 1
    while at > 0 and row.tags[at] == "w" and i - at <= _UNKNOWN:
        if "thing" in row.kinds(at) or not row.sentence.tokens[row.items[at].start].text.isalpha():
            return None
        at -= 1
    people = row.people(at) if at < i - 1 and row.tags[at] == "Q" else None
    behind = row.people(i + 1) if row.tags[i + 1 : i + 2] == "N" else None
    if people is None or behind is None or behind.words not in NUMBERED or not row.numbered(at):
        return None
    return at if row.tags[at - 1 : at] not in ("p", "o") else None


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
    for n in range(i + 1, min(len(row.tags), i + _LONGEST_LIST)):
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
    """Tell whether a heading says nothing of the people before item `i` but where and when."""
    return i >= len(tags) or tags[i] in "pTL.;:"


def _counted_beside(row: Row, i: int) -> bool:
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
    people = row.people(at + 1) if tags[at : at + 2] == "pN" else None
    if people is None or people.words not in ("definite", "none"):
        return at
    return at + 2 if tags[at + 2 : at + 3] == "C" and "together" in row.kinds(at + 2) else at


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
    after = _over(tags, at + 1, "aT")
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


def _over(tags: str, i: int, passed: str) -> int:
    while i < len(tags) and tags[i] in passed:
        i += 1
    return i


def _over_owner(row: Row, at: int) -> int:
    """Step over whose kin is listed: "and a neighbour's son", "and Saleh's daughter"."""
    end = row.tags.find("K", at, at + LONGEST_OWNER)
    people = row.people(end + 1) if end > at and set(row.tags[at:end]) <= set("wyNP") else None
    return end + 1 if people is not None and people.kin else at


def _one_person(row: Row, i: int, other: int) -> bool:
    """ "A baker and father of two": both tell of one, under one article."""
    one, again = row.people(i), row.people(other) if other < len(row.tags) else None
    if one is None or again is None or row.tags[other + 1 : other + 2] != "o":
        return False
    return one.words == "one" and again.words == "bare" and again.kin and not one.kin


def _of_both(row: Row, i: int, owner: int) -> bool:
    """ "Salma and Rim Daro's son": the names of his parents, or she and another's son."""
    whose = (row.people(i), row.people(owner))
    return all(people is not None and people.words == "name" for people in whose)


def _before_owner(row: Row, i: int) -> int:
    """The item behind which whose kin item `i` is begins; `i` where nobody is told."""
    tags, people = row.tags, row.people(i)
    if tags[i - 1 : i] != "K" or people is None or not people.kin:
        return i
    k = i - 1
    while k > 0 and i - k < LONGEST_OWNER and tags[k - 1] in "wyNP":
        k -= 1
        if tags[k] in "yN":
            break
    return k


def _named(row: Row, i: int) -> bool:
    people = row.people(i)
    return people is not None and bool(people.names)


def _closes(row: Row, j: int) -> bool:
    """Tell whether a list that goes on with a comma at item `j` ends with "and N"."""
    tags = row.tags
    k, steps = j + 1, 0
    while k < len(tags) and steps < _LONGEST_LIST:
        k = _over_attachment(tags, k)
        if tags[k : k + 1] == "(":
            close = tags.find(")", k)
            if close < 0:
                return False
            k = close + 1
        elif tags[k : k + 1] == "C" or tags[k : k + 2] == ",C":
            at = _over_owner(row, _over(tags, k + (1 if tags[k] == "C" else 2), "a"))
            return at < len(tags) and tags[at] in "NQy"
        elif tags[k : k + 1] == "," and tags[k + 1 : k + 2] in ("N", "Q", "y"):
            k += 2
            steps += 1
        elif tags[k : k + 1] in ("N", "Q") and k and tags[k - 1] in "NQ":
            k += 1
            steps += 1
        else:
            return False
    return False


def _over_attachment(tags: str, j: int) -> int:
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


def included_from(row: Row, i: int) -> int | None:
    """The "including" whose list ends with item `i` right before a verb, None where there is none.

    "At least 14 villagers including six boys and a nurse died": without a comma the
    list and the verb touch, and the people told of are those before it.
    """
    tags = row.tags
    while i > 1 and tags[i - 1] == "w" and not row.kinds(i - 1):
        i -= 1  # "including depot commanders"
    while i > 0 and tags[i - 1] != "I":
        joint = i - 1
        comma = tags[joint - 1 : joint] == ","
        if tags[joint] not in ("C,") or comma or joint < 1 or tags[joint - 1] not in "NQyn":
            return None
        i = joint - 1
    return i - 1 if i > 0 else None


def with_left(row: Row, i: int) -> list[int]:
    """The subject at item `i` with what is joined to it on the left: "N, N and N"."""
    if (kin := _kin_named(row, i)) is not None:
        return [*with_left(row, kin), i]
    found = [i]
    joined = False
    while True:
        k, joint = _left_of(row, found[0], joined=joined)
        if k is None:
            return found
        if joint and not joined and _one_person(row, k, i):
            found = []
        joined = joined or joint
        found.insert(0, k)


def _kin_named(row: Row, i: int) -> int | None:
    """ "Rima Saleh and her son, Nadir Saleh (7), were killed": whose name item `i` is."""
    closed = row.tags[i + 1 : i + 2] in (",", "(", "-", ")")
    if not closed or row.tags[max(0, i - 2) : i + 1] != "N,N":
        return None
    kin, name = row.people(i - 2), row.people(i)
    if kin is None or name is None or name.words != "name":
        return None
    owned = row.sentence.words.entries[row.items[i - 2].start].kinds
    one = kin.kin and kin.count.low == 1 and not kin.plural and not kin.names
    return i - 2 if one and "pronoun_possessive" in owned else None


def _left_of(row: Row, i: int, *, joined: bool) -> tuple[int | None, bool]:
    """The people joined to item `i` on its left, and whether by more than a comma.

    A comma alone joins only behind a joint (`joined`), or two people in a heading.
    """
    tags = row.tags
    owner = _before_owner(row, i)
    k = owner - 1
    while k >= 0 and tags[k] == "a":
        k -= 1
    if joined and k == i - 1 and tags[k] == "N" and _counted_beside(row, k):
        return k, False  # "a father a mother and a son", where the commas are lost
    if k < 0 or tags[k] not in "C,":
        return None, False
    joint = tags[k] == "C"
    if joint and (adjective := _before_unknown(row, k)) is not None:
        return adjective, True
    k = before_comma(tags, k) if joint else k - 1
    if joint and k > 0 and tags[k] == "-":  # "the wife of Saleh - the porter - and N"
        k = insertion_before(tags, k) or k
    if not joint and not joined and not (row.sentence.title and k >= 0 and _headed(row, k)):
        return None, False
    if joint and (antecedent := _of_relative(row, k)) is not None:
        return antecedent, joint
    k = back_over(tags, k)
    if k < 0 or tags[k] not in "NQy":
        return None, joint
    if k >= 2 and tags[k - 2 : k] == "No" and _kin_of(row, k):  # "the wife of Saleh"
        k -= 2
    if owner < i and _of_both(row, k, owner):
        return None, joint
    people = row.people(k)
    harmed = people is not None and people.harmed is not None
    beside = (
        k > 0 and row.sentence.words[row.items[k - 1].start] in row.sentence.words.lexicon.beside
    )
    if joint and k > 1 and tags[k - 1] == "X" and tags[k - 2] in "Qn":
        return None, joint  # "two were children and nine were hurt"
    # "with four children and one man killed"
    if harmed or k > 0 and tags[k - 1] in "pbVGBoKIZ" and not beside or _in_part(row, k):
        return None, joint
    return k, joint


def _of_relative(row: Row, k: int) -> int | None:
    """ "Two guards who watched the house and a porter were hurt": whom the relative clause that
    ends with item `k` tells of, where they open their own clause."""
    tags = row.tags
    who = tags.rfind("W", 0, k)
    if who < 1 or tags[who - 1] not in "NQ" or not row.numbered(who - 1):
        return None
    inner = tags[who + 1 : k + 1]
    if _ONE_VERB.fullmatch(inner) is None or "S" in inner and not as_they_were(row, k):
        return None
    verb = set(inner) & set("XHvVBl") or any("past_like" in row.kinds(n) for n in range(who, k))
    opens = who == 1 or tags[who - 2] in "SWRC,;:.T"
    return who - 1 if verb and opens else None


def _kin_of(row: Row, k: int) -> bool:
    """Tell whether the people at item `k` only say whose kin stands before "of"."""
    kin = row.people(k - 2)
    return kin is not None and kin.count.low == 1 and not kin.plural and not kin.names


def as_they_were(row: Row, i: int) -> bool:
    """Tell whether people at item `i` stand behind "as": what others in a relative clause are."""
    if "role" not in row.kinds(i - 1) or row.tags[i - 2 : i - 1] not in ("R", "v", "w"):
        return False
    who = row.tags.rfind("W", 0, i)
    return who >= 0 and not _PEOPLE & set(row.tags[who:i])


def _headed(row: Row, k: int) -> bool:
    """ "Man, toddler shot": in a heading a comma joins two people without articles."""
    people = row.people(k)
    return people is not None and people.words in ("bare", "digits", "words")


def back_over(tags: str, k: int) -> int:
    """Step left over ", of Sarbek," or "(23)" to the people it belongs to."""
    if k >= 0 and tags[k] == ")":
        open_ = tags.rfind("(", 0, k)
        return open_ - 1 if open_ >= 0 else -1
    j = k
    while j >= 0 and tags[j] in "Lw":
        j -= 1
    if j >= 0 and j < k and tags[j] in "po":
        j -= 1
        if j >= 0 and tags[j] == ",":
            j -= 1
        return j
    return k


def insertion_before(tags: str, i: int) -> int | None:
    """At a mark that can close an insertion: the item before the mark that opens it, or None."""
    if tags[i] == ")":
        opening = tags.rfind("(", 0, i)
        return opening - 1 if opening >= 0 else None
    if tags[i] == "-":
        opening = tags.rfind("-", 0, i)
        return opening - 1 if opening > 0 else None
    return _before_commas(tags, i)


def _before_commas(tags: str, i: int) -> int | None:
    """At a closing comma `i`: the item before the comma that opens the insertion, or None."""
    opening = tags.rfind(",", 0, i)
    if opening < 0:
        return None
    inner = tags[opening + 1 : i]
    if not inner:
        return opening - 1
    if sum(map(bool, inner.split("-"))) == 2:
        return None  # "VELM, 3 May (MNA) - A man, 45, was killed": one dash ends what it stands in
    if inner[0] in "IW" or inner[0] in "TLp#G" and not set(inner) & set("XHSR"):
        # a list of parts has commas of its own: go on to the word that opens it
        return opening - 1
    beside = _ESTIMATE.fullmatch(inner) or _WHO_THEY_WERE.fullmatch(inner)
    if beside and tags[opening - 1 : opening] in ("N", "Q"):
        return opening - 1
    if inner[0] == "Z" or inner in _REVISED or inner[1:] in _REVISED and inner[0] in "aS":
        return opening - 1
    clause = bool(set(inner) & set("XHSRVGBv"))
    if inner[0] in "Nna" and not clause:
        if "I" in tags[max(0, opening - 6) : opening] or opening > 0 and tags[opening - 1] in "NQn":
            return opening - 1
    if inner[0] == "C" and "N" in inner and not clause:
        return _before_commas(tags, opening) if "I" in tags[:opening] else None
    return None


def before_comma(tags: str, i: int) -> int:
    """The item before `i`, a comma skipped."""
    i -= 1
    if i >= 0 and tags[i] == ",":
        i -= 1
    return i


def who_they_were(row: Row, i: int) -> list[int]:
    """The subject before a list that closes with the comma at item `i`: those whom it breaks down
    by their sum, or, of people without a number, those whom it names: "the victims, two men and
    two women, were shot"."""
    whole = _broken_down_before(row, i)
    return [whole] if whole is not None else _named_by_list(row, i)


def _named_by_list(row: Row, i: int) -> list[int]:
    tags, j = row.tags, i - 1
    while j > 0 and tags[j] in "NQCa" and i - j <= _LONGEST_LIST:
        j -= 1
    opening = j if tags[j] == "," and "C" in tags[j:i] else 0
    people = row.people(opening - 1) if opening and tags[opening - 1] == "N" else None
    if people is None or not people.plural or people.kin:
        return []
    if people.words not in ("definite", "none"):
        return []
    listed = [n for n in range(opening + 1, i) if tags[n] in "NQ"]
    told = [p for n in listed if (p := row.people(n)) is not None and p.words in COUNTED]
    return listed if len(listed) == len(told) > 1 else []


def _broken_down_before(row: Row, i: int) -> int | None:
    """Whom the list that closes with the comma at item `i` breaks down, by its sum.

    "Six members of the family, four children and two women, were killed": six, as four and two.
    """
    tags = row.tags
    j = i - 1
    while j > 0 and tags[j] in "NQy,Ca" and i - j <= _LONGEST_LIST:
        j -= 1
    first = next((n for n in range(j + 1, i) if tags[n] == ","), i)
    for opening in (n for n in range(first, i) if tags[n] == ","):
        whole = back_over(tags, opening - 1)
        if whole >= 0 and tags[whole] in "NQn" and (count := _several(row, whole)) is not None:
            if _sum(row, range(opening + 1, i)) == count:
                return whole
    return None


def breakdown_behind(row: Row, i: int, at: int) -> list[int]:
    """The list behind item `i`, or behind its predicate at item `at`, that comes to its count."""
    tags, count = row.tags, _several(row, i)
    if count is None:
        return []
    told = at + 1  # "died in the raid on Velm last week: …"
    while told < len(tags) and tags[told] in _WHERE_AND_WHEN and told - at <= _TOLD:
        told += 1
    when = _over(tags, i + 1, "TLp")  # "the killing of 62 people yesterday: …"
    begins = dict.fromkeys((_over_attachment(tags, i + 1), at + 1, told, when))
    for begin in (_behind_who_they_were(row, b) for b in begins):
        opens = tags[begin : begin + 1] in (",", "-", ":", "(")
        if not opens and not (begin < len(tags) and "comprises" in row.kinds(begin)):
            continue
        if begin == when > i + 1 and begin != told and tags[begin] != ":":
            continue
        end = begin + 1
        while end < len(tags) and tags[end] in "NQy,Ca" and end - begin <= _LONGEST_LIST:
            end += 1
            listed = range(begin + 1, end)
            if begin == told > at + 1 and tags[begin] == "," and tags[end : end + 1] in ("X", "V"):
                break  # "killed on Friday, a man and a woman were hurt"
            if tags[end - 1] in "NQy" and _closed(tags, end) and _sum(row, listed) == count:
                found = [n for n in listed if tags[n] in "NQy"]
                return [] if any(_other_people(row, i, n) for n in found) else found
    return []


def _behind_who_they_were(row: Row, at: int) -> int:
    """ ", all civilians: 5 women, 3 men": the colon behind what all those at hand were."""
    people = row.people(at + 1) if row.tags[at : at + 3] == ",N:" else None
    plain = people is not None and people.words not in COUNTED and not people.names
    return at + 2 if plain else at


def _other_people(row: Row, i: int, n: int) -> bool:
    """ "three women, two boys and a man": the women are none of the boys, though they are three."""
    whole, part = row.people(i), row.people(n)
    if whole is None or part is None:
        return False
    ages = {whole.group.age, part.group.age}
    sexes = {whole.group.sex, part.group.sex}
    return ages == {Age.CHILD, Age.ADULT} or sexes == {Sex.FEMALE, Sex.MALE}


def _closed(tags: str, end: int) -> bool:
    return end >= len(tags) or tags[end] in ",.;-)XV"


def _several(row: Row, i: int) -> int | None:
    people = row.people(i)
    return None if people is None or (people.count.low or 0) < 2 else people.count.low


def _sum(row: Row, listed: range) -> int | None:
    """What the people of a list come to; None where one is uncounted or there are not several."""
    people = [row.people(n) for n in listed if row.tags[n] in "NQy"]
    counts = [p.count.low for p in people if p is not None and p.count.low is not None]
    return sum(counts) if len(counts) == len(people) >= 2 else None


def list_in_part(row: Row, i: int) -> int | None:
    """Where "including N and N" ends at item `i`: the people before its "including", else None.

    So does a list behind a part: "640 villagers, 90 of them children and 115 women were killed".
    """
    tags = row.tags
    k = i
    while k > 0 and tags[k] in "NQy,Ca":
        k -= 1
    behind_part = k > 1 and tags[k - 1 : k + 2] == ",nC" and tags[i + 1 : i + 2] in ("X", "V")
    if behind_part and tags[k - 2] not in "NQ":
        return None
    if behind_part or k > 0 and tags[k] == "I" and tags[k + 1] not in "C,":
        # but not "a woman among them and four others"
        before = back_over(tags, before_comma(tags, k))
        if before > 0 and tags[before - 1] in "VGB" and row.numbered(i):
            return None  # "killed 12 people, including two boys, and nine were injured"
        # "were killed, including two, and nine were injured": the last begins a clause of its own
        return before if before >= 0 and tags[before] in _PEOPLE else None
    return None


def _in_part(row: Row, i: int) -> bool:
    """Tell whether a list opened by "including" or ", three of them children" holds item `i`."""
    tags = row.tags
    k = i - 1
    while k > 0 and tags[k] in "NQ,Cayopw":
        k -= 1
    return k >= 0 and tags[k] == "I" or k > 0 and tags[k - 1 : k + 1] == ",n"
