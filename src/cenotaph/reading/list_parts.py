"""Breakdowns within a list: "12 people, including A and B", "14 dead, nine of them men".

Those of a breakdown are parts of the people before them, and are never added to them.
"""

from cenotaph.model import Age, Sex, Status
from cenotaph.reading.items import COUNTED, Row
from cenotaph.reading.list_before import back_over
from cenotaph.reading.lists import LONGEST_LIST, over_attachment, passing

# What tells of people between them and the list of their names.
_OF_WHOM = "vpwoLWTaK"
# Where and when may stand between a predicate and the list that breaks its people down, in items.
_WHERE_AND_WHEN = frozenset("pLTUwyoaK")
_TOLD = 12
# Of so many one may be more than the bound that a list comes to.
_FEW = 20


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


def who_they_were(row: Row, i: int) -> list[int]:
    """The subject before a list that closes with the comma at item `i`: those whom it breaks down
    by their sum, or, of people without a number, those whom it names: "the victims, two men and
    two women, were shot"."""
    whole = _broken_down_before(row, i)
    return [whole] if whole is not None else _named_by_list(row, i)


def _named_by_list(row: Row, i: int) -> list[int]:
    tags, j = row.tags, i - 1
    while j > 0 and tags[j] in "NQCa" and i - j <= LONGEST_LIST:
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
    while j > 0 and tags[j] in "NQy,Ca" and i - j <= LONGEST_LIST:
        j -= 1
    first = next((n for n in range(j + 1, i) if tags[n] == ","), i)
    for opening in (n for n in range(first, i) if tags[n] == "," and tags[n + 1] != "C"):
        whole = back_over(tags, opening - 1)
        least = max(0, opening - _TOLD)
        while whole > least and tags[whole] in _OF_WHOM:
            whole -= 1  # "two porters working for the Orun mill, A and B,"
        if whole >= 0 and tags[whole] in "NQn" and (count := _several(row, whole)) is not None:
            listed = range(opening + 1, i)
            if _sum(row, listed) == count and not any(_other_people(row, whole, n) for n in listed):
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
    when = passing(tags, i + 1, "TLp")  # "the killing of 62 people yesterday: …"
    begins = dict.fromkeys((over_attachment(tags, i + 1), at + 1, told, when))
    of_whom = passing(
        tags, i + 1, _OF_WHOM
    )  # "two porters working for the Orun mill, A and B, were"
    if of_whom - i <= _TOLD and of_whom < at:
        begins[of_whom] = None
    if tags[i + 1 : i + 4] == "Sw:":
        begins[i + 3] = None  # "has reached 120 people as follows: …"
    for begin in (_behind_who_they_were(row, b) for b in begins):
        opens = tags[begin : begin + 1] in (",", "-", ":", "(")
        if not opens and not (begin < len(tags) and "comprises" in row.kinds(begin)):
            continue
        if begin == when > i + 1 and begin != told and tags[begin] != ":":
            continue
        end = begin + 1
        while end < len(tags) and tags[end] in "NQy,Ca" and end - begin <= LONGEST_LIST:
            end += 1
            listed = range(begin + 1, end)
            if begin == told > at + 1 and tags[begin] == "," and tags[end : end + 1] in ("X", "V"):
                break  # "killed on Friday, a man and a woman were hurt"
            ends = tags[end - 1] in "NQy" and (
                _closed(tags, end) or tags[begin] == ":" and tags[end] == "I"
            )
            if ends and _comes_to(row, i, _sum(row, listed), colon=tags[begin] == ":"):
                found = [n for n in listed if tags[n] in "NQy"]
                return [] if any(_other_people(row, i, n) for n in found) else found
    return []


def _behind_who_they_were(row: Row, at: int) -> int:
    """ ", all civilians: 5 women, 3 men": the colon behind what all those at hand were."""
    people = row.people(at + 1) if row.tags[at : at + 3] == ",N:" else None
    plain = people is not None and people.words not in COUNTED and not people.names
    return at + 2 if plain else at


def _other_people(row: Row, i: int, n: int) -> bool:
    """ "three women, two boys and a man": the women are none of the boys, though they are three,
    and of "27 civilians, 19 rebels and eight soldiers" the rebels are no civilians."""
    whole, part = row.people(i), row.people(n)
    if whole is None or part is None:
        return False
    ages = {whole.group.age, part.group.age}
    sexes = {whole.group.sex, part.group.sex}
    statuses = {whole.group.status, part.group.status}
    sides = {whole.group.side, part.group.side} - {None}
    apart = statuses == {Status.CIVILIAN, Status.COMBATANT} or len(sides) > 1
    return apart or ages == {Age.CHILD, Age.ADULT} or sexes == {Sex.FEMALE, Sex.MALE}


def _closed(tags: str, end: int) -> bool:
    return end >= len(tags) or tags[end] in ",.;-)XV"


def _several(row: Row, i: int) -> int | None:
    people = row.people(i)
    return None if people is None or (people.count.low or 0) < 2 else people.count.low


def _comes_to(row: Row, i: int, total: int | None, *, colon: bool) -> bool:
    """Tell whether a list comes to the count of item `i`: behind a colon "more than 100" may be
    102, told one by one."""
    people = row.people(i)
    if people is None or total is None or people.count.low is None:
        return False
    open_ = colon and people.count.high is None and people.words != "vague"
    return total == people.count.low or open_ and 0 < total - people.count.low <= total // _FEW


def _sum(row: Row, listed: range) -> int | None:
    """What the people of a list come to; None where one is uncounted or there are not several."""
    people = [row.people(n) for n in listed if row.tags[n] in "NQy"]
    counts = [p.count.low for p in people if p is not None and p.count.low is not None]
    return sum(counts) if len(counts) == len(people) >= 2 else None
