"""Men and women counted by a letter: "killed: 4 (2 M, 1 F)".

Only in brackets, and only where all in them is counted so, or people: "(2M)" alone is two million.
"""

from collections.abc import Sequence
from dataclasses import replace

from cenotaph.model import Group, Sex
from cenotaph.reading.items import NUMBERED, Item, People
from cenotaph.reading.tokens import Token


def with_letters(
    items: Sequence[Item], tokens: Sequence[Token], letters: dict[str, Sex]
) -> list[Item]:
    """Return the items of a sentence, a number and such a letter behind it as people."""
    made: list[Item] = []
    n = 0
    while n < len(items):
        inside = _bracket(items, tokens, letters, n) if items[n].tag == "(" else []
        if not inside:
            made.append(items[n])
            n += 1
            continue
        made.append(items[n])
        at = n + 1
        while items[at].tag != ")":
            if at in inside and isinstance(people := items[at].data, People):
                sex = letters[tokens[items[at + 1].start].text]
                end = items[at + 1].end
                group = replace(people.group, sex=sex) if people.group else Group(sex=sex)
                made.append(replace(people, end=end, group=group, head="").item._replace(tag="N"))
                at += 2
            else:
                made.append(items[at])
                at += 1
        n = at
    return made


def _bracket(
    items: Sequence[Item], tokens: Sequence[Token], letters: dict[str, Sex], n: int
) -> list[int]:
    """The items of the numbers in a bracket that opens at item `n`; none where others are in it."""
    found: list[int] = []
    told, at = 0, n + 1
    while at < len(items) and items[at].tag != ")":
        people = items[at].data
        if items[at].tag == "Q" and isinstance(people, People) and people.words in NUMBERED:
            behind = items[at + 1] if at + 1 < len(items) else None
            if behind is None or tokens[behind.start].text not in letters:
                return []
            found.append(at)
            told, at = told + 1, at + 2
        elif items[at].tag == "N":
            told, at = told + 1, at + 1
        elif items[at].tag in ",C":
            at += 1
        else:
            return []
    return found if at < len(items) and told > 1 else []
