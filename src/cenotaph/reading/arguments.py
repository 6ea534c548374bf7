"""Who is the subject and who the object of a predicate, told from the row of tags."""

from dataclasses import dataclass

from cenotaph.model import Certainty
from cenotaph.reading.items import NUMBERED, People, Row

_PEOPLE = "NQFnyP"


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
    j = k
    be = fatal = negated = also = False
    certainty = Certainty.ASSERTED
    while j > 0:
        tag, kinds = tags[j - 1], row.kinds(j - 1)
        if tag in "aHXMZ" or tag == "T" and j >= 2 and tags[j - 2] in "XHM":
            pass
        elif "adverb" in kinds and tag in "pvlR" and j >= 2 and tags[j - 2] in "aXHMvlR":
            pass
        elif "suspected" in kinds and tag in "vR" and j >= 2 and tags[j - 2] in "XaH":
            pass
        else:
            break
        if tag == "X":
            be = True
            negated = negated or "be_not" in kinds
        if tag == "Z":
            negated = True
        if tag == "M":
            certainty = Certainty.HYPOTHETICAL if "would" in kinds else Certainty.SUSPECTED
        if "suspected" in kinds:
            certainty = Certainty.SUSPECTED
        if "fatal" in kinds:
            fatal = True
        also = also or "also" in kinds
        j -= 1
    if k + 1 < len(tags) and "fatal" in row.kinds(k + 1):
        fatal = True
    if tags[k] == "B" and j == k and k > 0 and "adverb" in row.kinds(k - 1):
        certainty = Certainty.HYPOTHETICAL
    left = j - 1
    while left >= 0 and tags[left] not in ".;":
        if tags[left] == "S":
            if "if" in row.kinds(left):
                certainty = Certainty.HYPOTHETICAL
            break
        if tags[left] == "R" and "deny" in row.kinds(left):
            certainty = Certainty.DENIED
        left -= 1
    degree = any("degree" in row.kinds(n) for n in range(j, k))
    if negated and not degree and certainty is Certainty.ASSERTED:
        certainty = Certainty.DENIED
    passive = be and tags[k] in "VJ"
    return VerbGroup(
        start=j,
        passive=passive,
        be=be,
        fatal=fatal,
        certainty=certainty,
        negated=negated,
        also=also,
    )


def subjects(row: Row, start: int, *, adjacent: bool = False) -> list[int]:
    """Return the items of people that are the subject of a verb group beginning at item `start`.

    With `adjacent` the people must stand directly before it, brackets and breakdowns apart: without an
    auxiliary nothing else tells a subject from any other noun.
    """
    tags = row.tags
    i, crossed = start - 1, 0
    while i >= 0:
        tag = tags[i]
        if tag in _PEOPLE or tag == "P":
            before = tags[i - 1] if i > 0 else ""
            if before == "I":
                i = _before_comma(tags, i - 1)
                continue
            if before and before in "po" and i == start - 1 and _counted(row, i):
                return [i]
            if before and before in "pbo":
                if adjacent:
                    return [i] if i == start - 1 and row.tags[start : start + 1] == "V" else []
                i -= 2
                continue
            if before == "C" and i >= 2 and _list_in_part(row, i):
                i = _list_in_part(row, i)
                continue
            if before and before in "VGB" and (i < start - 1 or tags[i - 2 : i - 1] == "W"):
                i -= 2
                continue
            if tag == "n" and row.items[i].data.harmed is None and i >= 2 and tags[i - 1] == ",":
                if i < start - 1 or tags[i - 2] in "NQ":
                    whole = _before_comma(tags, i)
                    if whole >= 0 and tags[whole] in "NQF":
                        i = whole
                        continue
            return _with_left(row, i)
        if tag == ")":
            open_ = tags.rfind("(", 0, i)
            if open_ < 0:
                return []
            i = open_ - 1
            continue
        if tag == "-":
            opening = tags.rfind("-", 0, i)
            if opening > 0:
                i = opening - 1
                crossed += 1
                continue
        if tag == ",":
            jump = _bracket(tags, i)
            if jump is not None:
                i = jump
                crossed += 1
                continue
            if adjacent:
                return []
            i -= 1
            continue
        if tag == "W":
            i = _before_comma(tags, i)
            while i >= 0 and tags[i] in "TL":
                i -= 1
            if i >= 0 and tags[i] in _PEOPLE:  # "thousands of people who were …"
                return _with_left(row, i) if tags[i - 1 : i] != "o" else [i]
            if i >= 0 and "the" in row.kinds(i):  # "those who were …": nobody counted
                return []
            continue
        if tag in "SR;:." and not (tag == "S" and crossed):
            return []
        if tag == "C":
            if adjacent and not (i > 0 and tags[i - 1] in "VJG"):
                return []
            i -= 1
            continue
        if tag in "VGBJ":
            if adjacent and tags[i + 1 : i + 2] != "C":
                return []
            i -= 1
            continue
        if adjacent and tag not in "aTXHL-":
            return []
        i -= 1
    return []


def objects(row: Row, k: int) -> list[int]:
    """Return the items of people that follow the predicate, preposition or joint at item `k`."""
    tags = row.tags
    i = k + 1
    while i < len(tags) and (tags[i] in "aTX:" or tags[i] == "C" and tags[i + 1 : i + 2] in ("V", "G", "B")
                             or tags[i] in "VGBJ" and tags[i - 1] == "C"):  # fmt: skip
        i += 1
    # adjectives and places the pack does not know: "the murder of Liberal candidate …"
    step = i
    while step < len(tags) and tags[step] in "wL" and step - i < 5:
        step += 1
    if step > i and step < len(tags) and tags[step] in "N" and _plain_people(row, step):
        i = step
    if i >= len(tags) or tags[i] not in _PEOPLE:
        return []
    found = [i]
    while True:
        nxt = _next_in_list(row, i)
        if nxt is None:
            return found
        found.append(nxt)
        i = nxt


def _counted(row: Row, i: int) -> bool:
    people = row.items[i].data
    return isinstance(people, People) and people.words in NUMBERED


def together(row: Row, k: int) -> list[int]:
    """The people behind a predicate that share it: "was killed in X together with five others"."""
    tags = row.tags
    for i in range(k + 1, min(len(tags), k + 8)):
        if tags[i] == "C":
            return objects(row, i) if "together" in row.kinds(i) else []
        if tags[i] not in "aTpLwoU":
            return []
    return []


def _plain_people(row: Row, i: int) -> bool:
    people = row.items[i].data
    return isinstance(people, People) and people.words in ("bare", "none", "name")


def _next_in_list(row: Row, i: int) -> int | None:
    """The next people of a list after item `i`: ", N", "and N", behind "of Sarbek" or "(23)"."""
    tags = row.tags
    j = i + 1
    if j < len(tags) and tags[j] == "(":
        close = tags.find(")", j)
        if close < 0:
            return None
        j = close + 1
    j = _over_attachment(tags, j)
    comma = False
    if j < len(tags) and (tags[j] == "," or tags[j] == ";" and _named(row, i)):
        comma = True
        j += 1
    joint = False
    if j < len(tags) and tags[j] == "C":
        joint = True
        j += 1
    if not (comma or joint):
        return None
    while j < len(tags) and tags[j] in "a":
        j += 1
    if j >= len(tags) or tags[j] not in "NQy":
        return None
    people = row.items[j].data
    if isinstance(people, People) and people.harmed is not None:
        return None
    after = j + 1
    while after < len(tags) and tags[after] in "aT":
        after += 1
    if after < len(tags) and tags[after] in "XHMVvRJB":
        return None
    if comma and not joint and not _closes(row, j) and not (_named(row, i) and tags[j - 1] == ";"):
        return None
    return j


def _named(row: Row, i: int) -> bool:
    people = row.items[i].data
    return isinstance(people, People) and bool(people.names)


def _closes(row: Row, j: int) -> bool:
    """Tell whether a list that goes on with a comma at item `j` ends with "and N"; else it is no list."""
    tags = row.tags
    k, steps = j + 1, 0
    while k < len(tags) and steps < 40:
        k = _over_attachment(tags, k)
        if k < len(tags) and tags[k] == "(":
            close = tags.find(")", k)
            if close < 0:
                return False
            k = close + 1
            continue
        if tags[k : k + 1] == "C" or tags[k : k + 2] == ",C":
            at = k + (1 if tags[k] == "C" else 2)
            while at < len(tags) and tags[at] == "a":
                at += 1
            return at < len(tags) and tags[at] in "NQy"
        if tags[k : k + 1] == "," and tags[k + 1 : k + 2] in ("N", "Q", "y"):
            k += 2
            steps += 1
            continue
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


def _with_left(row: Row, i: int) -> list[int]:
    """The subject at item `i` with what is joined to it on the left: "N, N and N"."""
    tags = row.tags
    found = [i]
    j = i - 1
    joined = False
    while j >= 0:
        k = j
        while k >= 0 and tags[k] == "a":
            k -= 1
        if k < 0:
            break
        if tags[k] == "C":
            k -= 1
            joined = True
            if k >= 0 and tags[k] == ",":
                k -= 1
        elif tags[k] == ",":
            k -= 1
            if not joined and not (row.sentence.title and k >= 0 and _headed(row, k)):
                break
        else:
            break
        k = _back_over(tags, k)
        if k < 0 or tags[k] not in "NQy":
            break
        people = row.items[k].data
        before = tags[k - 1] if k > 0 else ""
        if isinstance(people, People) and people.harmed is not None:
            break
        if before and before in "pbVGBoK" and len(found) >= 1:
            break
        if before == "I" or _in_part(row, k):
            break
        found.insert(0, k)
        j = k - 1
    return found


def _headed(row: Row, k: int) -> bool:
    """ "Man, toddler shot": in a heading a comma joins two people without articles."""
    people = row.items[k].data
    return isinstance(people, People) and people.words in ("bare", "digits", "words")


def _back_over(tags: str, k: int) -> int:
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


def _bracket(tags: str, i: int) -> int | None:
    """At a closing comma `i`: the item before the comma that opens the insertion, or None."""
    opening = tags.rfind(",", 0, i)
    if opening < 0:
        return None
    inner = tags[opening + 1 : i]
    if not inner:
        return opening - 1
    if inner[0] in "IW" or inner[0] in "TLp#G" and not set(inner) & set("XHSR"):
        # a list of parts has commas of its own: go on to the word that opens it
        return opening - 1
    if inner[0] in "Nna" and not set(inner) & set("XHSRVGBv"):
        before = tags[opening - 1] if opening > 0 else ""
        if "I" in tags[max(0, opening - 6) : opening] or before and before in "NQ":
            return opening - 1
    if inner[0] == "C" and "N" in inner and not set(inner) & set("XHSRVGBv"):
        return _bracket(tags, opening) if "I" in tags[:opening] else None
    return None


def _before_comma(tags: str, i: int) -> int:
    """The item before `i`, a comma skipped."""
    i -= 1
    if i >= 0 and tags[i] == ",":
        i -= 1
    return i


def _list_in_part(row: Row, i: int) -> int:
    """Where "including N and N" ends at item `i`: the item before its "including", else 0."""
    tags = row.tags
    k = i
    while k > 0 and tags[k] in "NQ,Ca":
        k -= 1
    if k > 0 and tags[k] == "I":
        before = _before_comma(tags, k)
        # "were killed, including two, and nine were injured": the last begins a clause of its own
        return before if before >= 0 and tags[before] in _PEOPLE else 0
    return 0


def _in_part(row: Row, i: int) -> bool:
    """Tell whether the people at item `i` stand in a list opened by "including"."""
    tags = row.tags
    k = i - 1
    while k > 0 and tags[k] in "NQ,Cay":
        k -= 1
    return k >= 0 and tags[k] == "I"
