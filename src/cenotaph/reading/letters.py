"""Men and women counted by a letter: "killed: 4 (2 M, 1 F)".

Only in brackets, and only where all in them is counted so, or people: "(2M)" alone is two million.
"""

from collections.abc import Sequence
from dataclasses import replace

from cenotaph.model import Sex
from cenotaph.reading.items import NUMBERED, Item, People
from cenotaph.reading.tokens import Token


def with_letters(
    items: Sequence[Item], tokens: Sequence[Token], letters: dict[str, Sex]
) -> list[Item]:
    """Return the items of a sentence, a number and such a letter behind it as people."""
    counted = {
        k
        for n, item in enumerate(items)
        if item.tag == "("
        for k in _bracket(items, tokens, letters, n)
    }
    made: list[Item] = []
    for n, item in enumerate(items):
        people = item.data
        if n in counted and isinstance(people, People):
            letter = items[n + 1]
            group = replace(people.group, sex=letters[tokens[letter.start].text])
            people = replace(people, end=letter.end, group=group, head="")
            made.append(people.item._replace(tag="N"))
        elif n - 1 not in counted:  # the letter belongs to its number
            made.append(item)
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
