"""Ages that stand bare beside people: "the victims, 19 and 22,", "one of the robbers, 34, was".

They are numbers, and count nobody.
"""

import re

from cenotaph.model import Group
from cenotaph.reading.groups import of_age
from cenotaph.reading.heads import MONTHS
from cenotaph.reading.items import Context
from cenotaph.reading.lexicon import Lexicon, Words
from cenotaph.reading.tokens import Sentence

_AGE = re.compile(r"\d{1,3}")
# Behind "children under ten" the sentence goes on to tell what befell them.
_TELLS = frozenset({"be", "have", "verb"})
# "Under the age of" has so many words before its last.
_LONGEST = 4
# What can end the sentence or bracket that ages stand in.
_CLOSES = frozenset(".;)")


def is_age(ctx: Context, sentence: Sentence, lows: Words, i: int, end: int) -> bool:
    """Tell whether a number from `i` to `end` is an age of people told before it."""
    return (
        _by_commas(ctx, sentence, i, end)
        or _of_both(ctx, lows, i)
        or behind_aged(ctx, lows, i)
        or _of_several(ctx, lows, i)
        or _of_one(ctx, lows, i)
        or _behind_name(ctx, sentence, i, end)
    )


def behind_aged(ctx: Context, lows: Words, i: int) -> bool:
    """ "the victims, ages 19 and 22, were": the ages of those before."""
    k = i - 1
    while k > 0 and (lows[k] == "," or _joins(ctx, lows[k]) or _years(ctx, lows[k])):
        k -= 1
    if k >= 0 and ctx.lexicon.is_a("aged", lows[k]):
        return True
    return any(  # "three of them children under the age of ten"
        "aged" in (entry := lows.entries[n]).kinds and n + entry.taken == k + 1
        for n in range(max(0, k - _LONGEST), k)
    )


def _of_several(ctx: Context, lows: Words, i: int) -> bool:
    """ "her sons, 7 and 9, were": bare numbers between commas, behind people in the plural."""
    k = i
    while k > 0 and (lows[k] == "," or lows[k].isdigit() or _joins(ctx, lows[k])):
        k -= 1
    return ages_behind(ctx, lows, k + 1) is not None


def _of_one(ctx: Context, lows: Words, i: int) -> bool:
    """ "one of the robbers, 34, was", "the seventh child 11 or younger": an age, behind people."""
    if lows[i + 1 : i + 3] and " ".join(lows[i + 1 : i + 3]) in ctx.lexicon.or_younger:
        return True
    if i < 2 or lows[i - 1] != "," or lows[i + 1 : i + 2] != [","] or len(lows[i]) > 2:
        return False
    return any(sense.kind == "person" for sense in ctx.lexicon.senses(lows[i - 2]))


def _behind_name(ctx: Context, sentence: Sentence, i: int, end: int) -> bool:
    """ "Halim 13 suffered a head injury": behind a name that begins a sentence, its comma lost."""
    tokens = sentence.tokens
    if i != 1 or end != 2 or len(tokens) <= 2 or len(tokens[1].text) > 2 or sentence.title:
        return False
    name = tokens[0]
    known = name.start in ctx.places or name.start in ctx.times or ctx.lexicon.knows(name.low)
    # "Velm 13 killed" counts: a verb of harm may be a participle
    does = tokens[2].low.endswith(ctx.lexicon.participle_end)
    does = does and "verb" not in ctx.lexicon.kinds_of(tokens[2].low)
    return name.text.istitle() and not known and does


def ages_behind(ctx: Context, lows: Words, at: int) -> tuple[int, int] | None:
    """How many ages stand behind people in the plural, and where they end before their comma."""
    if at == 0 or at + 1 >= len(lows):
        return None
    comma = lows[at] == ","
    aged = ctx.lexicon.is_a("aged", lows[at + comma])  # ", aged 9 and 12,"
    if not (comma or aged):
        return None
    first = at + comma + aged
    if first >= len(lows) or not (_years(ctx, lows[first]) if aged else lows[first].isdigit()):
        return None
    of = ctx.lexicon.senses(lows[at - 1])
    if not aged and not any(s.kind == "person" and s.data.plural for s in of):
        return None
    kin = any(s.kind == "person" and s.data.kin for s in of)
    end, ages, several = first, 0, False
    while end < len(lows) and not (several and lows[end] == ","):
        if lows[end].isdigit() and len(lows[end]) <= 2 or aged and _years(ctx, lows[end]):
            ages += 1
        elif _joins(ctx, lows[end]) and ages:
            several = True
        elif lows[end] != ",":
            closed = lows[end] in _CLOSES and (aged or kin)  # "and their sons, 9 and 11."
            if not several or comma and not closed:
                return None
            break  # "two women aged 60 and 70 were among the dead"
        end += 1
    return (ages, end) if several and ages > 1 and end < len(lows) else None


def age_behind(ctx: Context, lows: Words, at: int) -> int | None:
    """Where the age that people in the plural share ends: "six boys aged between 9 and 14",
    "students 7 to 12 years old", "children under ten"; None where none stands behind them."""
    if at + 1 >= len(lows):
        return None
    k = at + (lows[at] == ",")
    entry = lows.entries[k] if k < len(lows) else lows.entries[at]
    aged = "aged" in entry.kinds
    if not aged and lows[k] in ctx.lexicon.younger_than:
        told = k == at and k + 2 < len(lows) and _years(ctx, lows[k + 1])
        return k + 2 if told and lows.entries[k + 2].kinds & _TELLS else None
    if not (aged or lows[k] in ctx.lexicon.range_open or _years(ctx, lows[k])):
        return None
    k += entry.taken if aged else 0
    k += lows[k : k + 1] != [] and lows[k] in ctx.lexicon.range_open
    if k >= len(lows) or not _years(ctx, lows[k]):
        return None
    k += 1
    joined = k + 1 < len(lows) and lows[k] in ctx.lexicon.range_join and _years(ctx, lows[k + 1])
    k += 2 * joined
    unit = lows.entries[k] if k < len(lows) else None
    if unit is not None and "age" in unit.kinds:
        return k + unit.taken if aged or joined else None
    return k if aged else None


def _years(ctx: Context, low: str) -> bool:
    """Tell whether a word can be an age: "9", "nine"."""
    return low.isdigit() and len(low) <= 2 or 0 < ctx.lexicon.cardinal.get(low, 0) < 100


def _joins(ctx: Context, low: str) -> bool:
    return ctx.lexicon.is_a("coordinator", low)


def _of_both(ctx: Context, lows: Words, i: int) -> bool:
    """ "a woman and a man, both 19,": the age of those before."""
    return i > 1 and lows[i - 1] in ctx.lexicon.both and lows[i - 2] == ","


def _by_commas(ctx: Context, sentence: Sentence, i: int, end: int) -> bool:
    """ "Brandon White, 31, of Sarbek": an age, though the words before it are known as no name."""
    tokens = sentence.tokens
    if end != i + 1 or end >= len(tokens) or i < 2 or sentence.caps:
        return False
    name = tokens[i - 2].text
    if name == "." and i > 2 and tokens[i - 3].low in ctx.lexicon.name_suffixes:
        name = tokens[i - 3].text  # "Brandon White, Jr., 31,"
    if tokens[i - 1].text != "," or tokens[end].text not in ",;" or len(tokens[i].text) > 2:
        return False
    return name.isalpha() and name[0].isupper()


def olds_at(lexicon: Lexicon, lows: Words, at: int) -> tuple[int, Group] | None:
    """ "Two 17-year-olds": where the age behind a number ends, and the group of so many people."""
    if at + 1 >= len(lows) or _AGE.fullmatch(lows[at]) is None:
        return None
    unit = lows.entries[at + 1]
    end = at + 1 + unit.taken
    if "age" not in unit.kinds or not lows[end - 1].endswith(lexicon.plural_end):
        return None
    if {"person", "modifier"} & lexicon.kinds(lows, end):
        return None
    months = any(s.kind == "age" and s.data == "months" for s in unit.senses)
    age = int(lows[at]) // (MONTHS if months else 1)
    return end, of_age(Group(), age, child_below=lexicon.child_below)
