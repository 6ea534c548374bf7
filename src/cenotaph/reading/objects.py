"""Whom a predicate takes behind it: "killed A, B and two others", "together with five others".

Where the row does not tell, nobody is taken.
"""

from cenotaph.reading.items import PEOPLE, Row
from cenotaph.reading.lists import named_behind, next_in_list
from cenotaph.reading.subjects import so_many_people

# "together with five others" stands within so many items behind its verb.
TOGETHER = 12
# "a monitoring group said": so many words between who says so and the verb.
SPEAKER = 3


def objects(row: Row, k: int) -> list[int]:
    """Return the items of people that follow the predicate, preposition or joint at item `k`."""
    tags = row.tags
    i = k + 1
    while i < len(tags) and (
        _before_object(tags, i) or _second(row, i) or i == k + 1 and _quoted(row, i)
    ):
        i += 1
    if tags[i : i + 1] == "C" and tags[i + 2 : i + 3] in ("N", "Q") and row.numbered(i + 2):
        if tags[i + 1] == "v" or "past_like" in row.kinds(i + 1):
            i += 2  # "killed and beheaded five villagers"
    i = _told_one_by_one(row, i)
    if tags[i : i + 2] == "#(" and (close := tags.find(")", i)) > 0:
        i = so_many_people(row, close) or i
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
    if i >= len(tags) or tags[i] not in PEOPLE:
        return []
    if tags[k - 1 : k + 2] in ("QVN", "NVN") and row.numbered(k - 1) and _told_by_name(row, i):
        return []
    if _speaks_behind(row, k, i):
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
    if row.tags[i] == "N" and named_behind(row, i) and not _tells(row, i + 2):
        return i + 1
    everyone = "everyone" in row.sentence.words.entries[row.items[i].start].kinds
    people = row.people(i) if tags[i] == "N" else None
    family = people is not None and people.words == "none" and people.count.low is None
    marks = (",", ":", "-") if everyone else (":", "-") if family else ()
    if tags[i + 1 : i + 2] not in marks:
        return i
    behind = i + 2 + (everyone and tags[i + 2 : i + 3] == "I")  # "…, including four children"
    return behind if tags[behind : behind + 1] in PEOPLE and tags[behind:] else i


def _tells(row: Row, i: int) -> bool:
    """Tell whether item `i` is a verb of saying without an object: who stands before it speaks."""
    entry = row.sentence.words.entries[row.items[i].start] if i < len(row.tags) else None
    said = entry is not None and "report" in entry.kinds
    if said and entry is not None and "tell" in entry.kinds:
        return True  # "left 30 injured Saleh told the agency", where the comma is lost
    return said and row.tags[i + 1 : i + 2] not in ("N", "Q", "V", "J")


def _speaks_behind(row: Row, k: int, i: int) -> bool:
    """ "left 30 wounded a police officer said", where the comma is lost: one person behind a number
    and its participle who says so."""
    people = row.people(i)
    if people is None or people.words not in ("one", "definite", "words") or people.count.high != 1:
        return False
    behind = row.tags[k - 1 : k] in ("N", "Q") and row.tags[k] in "VJ"
    if not behind or not row.numbered(k - 1):
        return False
    at = i + 1
    while row.tags[at : at + 1] == "w" and at - i <= SPEAKER:
        at += 1
    return row.tags[at : at + 1] == "R" and _tells(row, at)


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


def _second(row: Row, i: int) -> bool:
    """ "Army kills wounds 30 rebels", a heading that lost its comma."""
    tags = row.tags
    twice = tags[i - 1 : i + 2] == "BBN" and row.numbered(i + 1)
    return twice and tags[i - 2 : i - 1] not in ("N", "Q", "X")


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


def _plain_people(row: Row, i: int) -> bool:
    people = row.people(i)
    return people is not None and people.words in ("bare", "none", "name")
