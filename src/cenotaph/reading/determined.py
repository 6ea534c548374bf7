"""Phrases of people that open with a word for which: "the dead", "his two sons", "a family of six".

A definite phrase may be people told of before; an indefinite one is a person whom its article
counts.
"""

from dataclasses import replace

from cenotaph.model import Count
from cenotaph.reading.ages import ages_behind
from cenotaph.reading.counted import aged_at, counted_at, exactly, of_so_many, people_item
from cenotaph.reading.entries import Sense
from cenotaph.reading.heads import head_at
from cenotaph.reading.items import NUMBERED, ONE, UNCOUNTED, Context, Item, People
from cenotaph.reading.lexicon import Words
from cenotaph.reading.quantities import Quantity, quantity_at
from cenotaph.reading.tokens import MARKS, Sentence

# What may stand before "family of six", and behind "a second" where that is a person.
_BEFORE_FAMILY = frozenset({"person", "modifier", "every"})
_BEHIND_ONE = frozenset({"preposition", "be", "have"})
_BEHIND_VERB = frozenset({"preposition", "subordinator"})
# Who says so takes so many words.
SPEAKER = 4


def as_sensed(senses: tuple[Sense, ...]) -> Count:
    """The number that a word for several people says: a couple, twins."""
    return exactly(next(int(s.data) for s in senses if s.kind == "collective"))


def _no_person(ctx: Context, sentence: Sentence, lows: Words, noun: int) -> bool:
    """Tell whether nobody begins at a token: "the enemy", "the Sheikh Nadir quarter"."""
    if noun >= len(lows) or lows[noun] in ctx.lexicon.bodies:
        return True
    called = sentence.tokens[noun].start in ctx.places
    return called and "title" in ctx.lexicon.kinds(lows, noun)


def _same(ctx: Context, lows: Words, noun: int) -> bool:
    """ "The same family", "a single family": a word that only says that it is one."""
    return lows[noun] in ctx.lexicon.one_body and "collective_of" in (
        ctx.lexicon.kinds(lows, noun + 1)
    )


def determined_at(
    ctx: Context, sentence: Sentence, lows: Words, i: int, indefinite: bool, taken: int
) -> Item | None:
    """ "a woman", "the boy", "his two children" (the possessive belongs to the counting words)."""
    noun = i + taken
    if _no_person(ctx, sentence, lows, noun):
        return None
    noun += _same(ctx, lows, noun)
    kinds = ctx.lexicon.kinds(lows, noun)
    quantity = quantity_at(sentence.tokens, lows, noun, ctx.lexicon)
    if quantity is not None and (crew := of_so_many(ctx, lows, i, quantity)) is not None:
        return crew
    if quantity is not None and indefinite:
        unit, senses = ctx.lexicon.longest(lows, quantity.end)
        if any(s.kind == "age" for s in senses):  # "a 17-year-old boy"
            return _one_aged(ctx, sentence, lows, i, noun, quantity, quantity.end + unit)
    elif quantity is not None and quantity.words in NUMBERED:
        return _these(ctx, sentence, lows, i, noun, quantity)
    if "collective" in kinds or "collective_of" in kinds:
        return collective_at(ctx, sentence, lows, i, noun)
    if indefinite and (family := _family(ctx, lows, noun)) is not None:
        return collective_at(ctx, sentence, lows, i, family)
    if (
        indefinite
        and "next" in kinds
        and (_takes_part(ctx, lows, noun + 1) or _harmed_too(ctx, sentence, lows, i, noun + 1))
    ):
        one = People(start=i, end=noun + 1, count=ONE, words="words", additional=True)
        return Item("Q", i, noun + 1, one)  # "a third in Orun"
    head = head_at(ctx, sentence, lows, noun)
    if head is None or head.thing:
        return None
    if head.measure is not None:
        count = ONE if indefinite and not head.plural else UNCOUNTED
        words = "one" if indefinite else "definite"
    elif head.plural and head.names:
        count, words = exactly(len(head.names)), "words"
    elif head.plural and (listed := ages_behind(ctx, lows, head.end)) is not None:
        count, words = exactly(listed[0]), "words"  # "her sons, 7 and 9,"
        head = replace(head, end=listed[1])
    elif are_twins(ctx, lows, i, head):
        count, words = exactly(2), "words"
    elif head.plural:
        count, words = UNCOUNTED, "definite"
    else:
        count = ONE
        words = "one" if indefinite else "bare" if head.kin else "definite"
    another = any(s.kind == "additional" for s in ctx.lexicon.senses(lows[i]))
    further = head.additional or another
    return replace(head, start=i, count=count, words=words, additional=further).item


def _one_aged(
    ctx: Context, sentence: Sentence, lows: Words, i: int, at: int, quantity: Quantity, end: int
) -> Item | None:
    """ "a 17-year-old boy", from the article at token `i`."""
    aged = aged_at(ctx, sentence, lows, at, quantity, end)
    if aged is None:
        return None
    return Item("N", i, aged.end, replace(aged, start=i, words="one", count=ONE))


def _family(ctx: Context, lows: Words, noun: int) -> int | None:
    """The noun in "an entire family of six": behind an adjective or two, and with a number."""
    for at in range(noun, min(noun + 3, len(lows) - 2)):
        kinds = ctx.lexicon.kinds(lows, at)
        if "collective_of" in kinds and at > noun:
            number = lows[at + 2]
            counted = number[0].isdigit() or number in ctx.lexicon.cardinal
            return at if counted and "of" in ctx.lexicon.kinds_of(lows[at + 1]) else None
        if not lows[at].isalpha() or kinds - _BEFORE_FAMILY:
            return None
    return None


def _harmed_too(ctx: Context, sentence: Sentence, lows: Words, i: int, at: int) -> bool:
    """ "killed two shepherds and maimed a third": behind a verb of harm, at the end of a clause."""
    if not i or "verb" not in ctx.lexicon.kinds_of(lows[i - 1]):
        return False
    ended = at >= len(lows) or sentence.tokens[at].text in MARKS
    return ended or _said_behind(sentence, lows, at)


def _said_behind(sentence: Sentence, lows: Words, at: int) -> bool:
    """ "injuring a fourth state media said", where the comma is lost: who says so, and no more."""
    for n in range(at, min(len(lows), at + SPEAKER)):
        kinds = lows.entries[n].kinds
        if "report" in kinds:
            return n > at and (n + 1 >= len(lows) or sentence.tokens[n + 1].text in MARKS)
        if "person" in kinds or "verb" in kinds or sentence.tokens[n].text in MARKS:
            return False
    return False


def _takes_part(ctx: Context, lows: Words, at: int) -> bool:
    """Tell whether a verb or a place follows, so that "a second" is a person and no time."""
    kinds = ctx.lexicon.kinds(lows, at)
    if (
        "adverb" in kinds
        and _BEHIND_ONE.isdisjoint(kinds)
        and "verb" in ctx.lexicon.kinds(lows, at + 1)
    ):
        at, kinds = at + 1, ctx.lexicon.kinds(lows, at + 1)  # "and a third critically injured"
    if "verb" in kinds and lows.entries[at].taken > 1:
        return True  # "and a third blew himself up"
    if "verb" in kinds and at + 1 < len(lows):  # "and a third wounded by", no "third wounded man"
        kinds |= _BEHIND_VERB & ctx.lexicon.kinds(lows, at + 1)
        kinds |= {"be"} if not lows[at + 1].isalnum() and lows[at + 1] != "-" else frozenset()
    return not kinds.isdisjoint(_BEHIND_ONE | _BEHIND_VERB)


def _these(
    ctx: Context, sentence: Sentence, lows: Words, i: int, at: int, quantity: Quantity
) -> Item | None:
    """ "the two men": people told of before; "his two children" need not be."""
    item = counted_at(ctx, sentence, lows, at, quantity)
    if item is None or not isinstance(item.data, People) or item.tag not in "NF":
        return None
    words = item.data.words if item.data.kin else "definite"
    return Item(item.tag, i, item.end, replace(item.data, start=i, words=words))


def collective_at(ctx: Context, sentence: Sentence, lows: Words, i: int, noun: int) -> Item | None:
    """ "a couple", "a family of five", "the twins"."""
    taken, senses = ctx.lexicon.longest(lows, noun)
    of = noun + taken
    if any(s.kind == "collective" for s in senses):
        return people_item(i, of, as_sensed(senses), "words", lows[noun])
    if "of" in ctx.lexicon.kinds(lows, of):
        quantity = quantity_at(sentence.tokens, lows, of + 1, ctx.lexicon)
        if quantity is not None and quantity.words in ("digits", "words"):
            head = head_at(ctx, sentence, lows, quantity.end)
            end = head.end if head is not None and not head.thing else quantity.end
            group = head.group if head is not None else None
            return people_item(i, end, quantity.count, quantity.words, lows[noun], group=group)
    if any(s.kind == "collective_of" and s.data for s in senses):
        return people_item(i, of, UNCOUNTED, "none", lows[noun])
    return None


def are_twins(ctx: Context, lows: Words, i: int, head: People) -> bool:
    """Tell whether a plural says of itself that it is two: "her twin daughters", "his parents"."""
    if head.head in ctx.lexicon.two_each:
        return lows[i] in ctx.lexicon.one_owner
    return head.plural and not ctx.lexicon.twin.isdisjoint(lows[i : head.end])
