"""Parts of people: "five of them", "two of the dead", "half of the 12 hostages"."""

from dataclasses import replace

from cenotaph.model import Count, Group, Modality
from cenotaph.reading.ages import age_behind
from cenotaph.reading.heads import head_at, is_people
from cenotaph.reading.items import NUMBERED, Context, Item, People
from cenotaph.reading.lexicon import Words
from cenotaph.reading.quantities import Quantity, bounds_of, lead_at, quantity_at
from cenotaph.reading.tokens import Sentence

# Whose a number of people are stands in so many words.
OWNER = 5
# What bounds a share to one side: "more than half of the 60", but "nearly half" is about so many.
_BOUNDING = frozenset({"at_least", "more_than", "at_most", "fewer_than"})


def partitive(
    ctx: Context, sentence: Sentence, lows: Words, i: int, quantity: Quantity, end: int
) -> Item:
    """ "five of them (children)": a part of people named before."""
    head = head_at(ctx, sentence, lows, end)
    group, last = Group(), end
    if head is not None and is_people(head):
        group, last = head.group, age_behind(ctx, lows, head.end) or head.end
    of = quantity.end + ("of" in ctx.lexicon.kinds_of(lows[quantity.end]))
    _, senses = ctx.lexicon.longest(lows, of)
    people = People(
        start=i, end=last, count=quantity.count, words=quantity.words, group=group,
        partitive=True, plural=True,
        harmed=next((s.data for s in senses if s.kind == "harmed"), None),
    )  # fmt: skip
    return Item("n", i, last, people)


def of_people(
    ctx: Context, sentence: Sentence, lows: Words, i: int, quantity: Quantity, at: int
) -> Item | None:
    """ "40,000 of rebels and civilians", "three of his children", "two of the dead"."""
    taken, senses = ctx.lexicon.longest(lows, at)
    harmed = next((s.data for s in senses if s.kind == "harmed"), None)
    if harmed is not None:
        people = People(
            start=i, end=at + taken, count=quantity.count, words=quantity.words, harmed=harmed,
            partitive=True, plural=True,
        )  # fmt: skip
        return Item("n", i, at + taken, people)
    definite = any(s.kind in ("definite", "pronoun_possessive") for s in senses)
    begin = at + taken if definite else at
    owned = any(s.kind == "pronoun_possessive" for s in senses)  # "four of his men"
    if (owned_by := _behind_owner(ctx, lows, begin)) is not None:
        definite, begin = True, owned_by
    inner = quantity_at(sentence.tokens, lows, begin, ctx.lexicon) if definite else None
    head = head_at(ctx, sentence, lows, inner.end if inner else begin)
    if head is None or head.thing:
        return None
    if owned_by is not None and inner is None:
        owned = True
        if head.measure is not None:
            return None  # "one of the city's worst killings"
    part = _part_of(ctx, lows, i, inner, head.end)
    if part is not None:
        return replace(head, start=i, count=part, words="words", plural=True).item
    partitive = definite and not head.kin and not owned
    among = None
    if partitive and inner is not None and inner.words in NUMBERED:
        among = replace(
            head, start=begin, count=inner.count, words=inner.words, plural=True,
            additional=head.additional or inner.additional,
        )  # fmt: skip
    people = replace(
        head, start=i, count=quantity.count, words=quantity.words, plural=True,
        partitive=partitive, additional=quantity.additional, among=among,
    )  # fmt: skip
    return people.item


def _behind_owner(ctx: Context, lows: Words, at: int) -> int | None:
    """ "40 of the town's 900 residents": the token behind whose the 900 are."""
    for n in range(at + 1, min(len(lows), at + OWNER)):
        if lows[n] in ctx.lexicon.possessive:
            return n + 1
        if not lows[n].isalpha():
            return None
    return None


def _part_of(ctx: Context, lows: Words, i: int, inner: Quantity | None, end: int) -> Count | None:
    """ "half of the 12 hostages": about so many, where the number they are part of is exact.

    "Two thirds of the 90 people killed were women" tells how many were killed, and is no part of
    these: with the harm right behind, the share stays a share.
    """
    number = inner.count.low if inner is not None and inner.words in ("digits", "words") else None
    lead = lead_at(lows, i, ctx.lexicon)  # "more than half of the 60"
    parts = next((s.data for s in lows.entries[lead.end].senses if s.kind == "fraction"), None)
    if inner is None or number is None or number != inner.count.high or parts is None:
        return None
    harm = next((s.data for s in ctx.lexicon.longest(lows, end)[1] if s.kind == "verb"), None)
    if harm is not None and harm.pattern != "self" or "adjective" in ctx.lexicon.kinds(lows, end):
        return None
    value, rest = divmod(number * parts[0], parts[1])
    if value < 1:
        return None
    if lead.modality in _BOUNDING:
        value += rest > 0 and lead.modality in ("at_least", "fewer_than")
        return replace(bounds_of(value, lead.modality), imputed=True)
    value += 2 * rest > parts[1]
    modality = Modality.EXACT if parts[0] == parts[1] else Modality.ABOUT
    return Count(low=value, high=value, modality=modality, imputed=modality is Modality.ABOUT)
