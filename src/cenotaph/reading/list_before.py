"""What of a list stands before one of its people: "A, B (both of Sarbek) and their guest".

Read backwards from the people beside a predicate. Where a comma could as well end another clause,
the list begins behind it.
"""

import re

from cenotaph.reading.items import NUMBERED, PEOPLE, Row
from cenotaph.reading.lists import (
    LONGEST_OWNER,
    UNKNOWN_WORDS,
    is_counted_beside,
    is_headed,
    is_of_both,
    is_one_person,
)

# Between commas, a figure that took the place of the one before: ", revised to 17,".
_REVISED = frozenset({"aQ", "vQ", "RpQ", "vpQ", "VpQ", "vvpXQ"})
# ", 70 according to residents,": another figure of those before, and whose it is.
_ESTIMATE = re.compile(r"[wa]{0,2}QR[wLNKpoTy#]{1,6}|[wa]{1,2}Q")
# Behind who did it, and his: "killed by the army and its allies".
_DOERS = re.compile(r"b[wyNLK-]{1,5}C$")
# "were watching the house", "watched it": the words of a clause with one verb.
_ONE_VERB = re.compile(r"[aHX]*[vVBlw][^XHVvBlRCb,.;:W]*")
# Entries between semicolons that stand before the last.
_ENTRIES = re.compile(r"(?:N(?:[N,C()#]|[po][Lw]{1,3})*;)+C")
# ", many of whom were civilians,", ", nearly all civilians,": who those before were.
_WHO_THEY_WERE = re.compile(r"nXa?[wLKo]{0,2}N|w{1,2}N")


def _before_unknown(row: Row, i: int) -> int | None:
    """ "30 regime and 39 rebel fighters were killed": the counted people before the joint at item
    `i`, of whom an adjective alone stands there."""
    at = i - 1
    while at > 0 and row.tags[at] == "w" and i - at <= UNKNOWN_WORDS:
        if "thing" in row.kinds(at) or not row.sentence.tokens[row.items[at].start].text.isalpha():
            return None
        at -= 1
    people = row.people(at) if at < i - 1 and row.tags[at] == "Q" else None
    behind = row.people(i + 1) if row.tags[i + 1 : i + 2] == "N" else None
    if people is None or behind is None or behind.words not in NUMBERED or not row.numbered(at):
        return None
    return at if row.tags[at - 1 : at] not in ("p", "o") else None


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


def with_left(row: Row, i: int) -> list[int]:
    """The subject at item `i` with what is joined to it on the left: "N, N and N"."""
    if (entries := _entries(row, i)) is not None:
        return [*entries, i]
    if (kin := _kin_named(row, i)) is not None:
        return [*with_left(row, kin), i]
    found = [i]
    joined = False
    while True:
        k, joint = _left_of(row, found[0], joined=joined)
        if k is None:
            return found
        if joint and not joined and is_one_person(row, k, i):
            found = []
        joined = joined or joint
        found.insert(0, k)


def _entries(row: Row, i: int) -> list[int] | None:
    """ "A, 35; her cousin, B; and two guards were killed": the first person of each entry before
    the one at item `i`, where the sentence has nothing else before it."""
    tags = row.tags
    at = i - 2
    if tags[at : at + 2] != ";C" or _ENTRIES.fullmatch(tags, 0, i) is None:
        return None
    found, start = list[int](), 0
    while start < at:
        end = tags.find(";", start)
        people = row.people(start)
        if people is None or people.count.low is None:
            return None
        if "C" in tags[start:end] and not (row.numbered(start) and people.plural):
            return None  # "Omar Tarun and his wife; …"
        found.append(start)
        start = end + 1
    return found


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
    if joined and k == i - 1 and tags[k] == "N" and is_counted_beside(row, k):
        return k, False  # "a father a mother and a son", where the commas are lost
    if k < 0 or tags[k] not in "C,":
        return None, False
    joint = tags[k] == "C"
    if joint and (adjective := _before_unknown(row, k)) is not None:
        return adjective, True
    k = before_comma(tags, k) if joint else k - 1
    if joint and k > 0 and tags[k] == "-":  # "the wife of Saleh - the porter - and N"
        k = insertion_before(tags, k) or k
    if not joint and not joined and not (row.sentence.title and k >= 0 and is_headed(row, k)):
        return None, False
    if joint and (antecedent := _of_relative(row, k)) is not None:
        return antecedent, joint
    k = back_over(tags, k)
    if k < 0 or tags[k] not in "NQy":
        return None, joint
    if k >= 2 and tags[k - 2 : k] == "No" and _kin_of(row, k):  # "the wife of Saleh"
        k -= 2
    if owner < i and is_of_both(row, k, owner):
        return None, joint
    people = row.people(k)
    harmed = people is not None and people.harmed is not None
    beside = (
        k > 0 and row.sentence.words[row.items[k - 1].start] in row.sentence.words.lexicon.beside
    )
    if joint and tags[k - 1 : k] == "C" and not row.numbered(k) and _DOERS.search(tags, 0, k):
        return None, joint  # "killed by the army and its allies and two were hurt"
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
    if "toll_verb" in row.kinds(i - 2):
        return False  # "fears that the toll may rise as nine remain trapped"
    who = row.tags.rfind("W", 0, i)
    return who >= 0 and not PEOPLE & set(row.tags[who:i])


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
        return before if before >= 0 and tags[before] in PEOPLE else None
    return None


def _in_part(row: Row, i: int) -> bool:
    """Tell whether a list opened by "including" or ", three of them children" holds item `i`."""
    tags = row.tags
    k = i - 1
    while k > 0 and tags[k] in "NQ,Cayopw":
        k -= 1
    return k >= 0 and tags[k] == "I" or k > 0 and tags[k - 1 : k + 1] == ",n"
