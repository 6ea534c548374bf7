"""Noun phrases of people: "at least 26 people", "a woman", "five of them children", "a family of six"."""

from dataclasses import replace
from typing import Any

from cenotaph.model import Count, Group, Modality
from cenotaph.reading.groups import of_age
from cenotaph.reading.heads import head_at, plain
from cenotaph.reading.items import NUMBERED, ONE, UNCOUNTED, Context, Item, Name, People
from cenotaph.reading.lexicon import Sense
from cenotaph.reading.names import name_at
from cenotaph.reading.quantities import Quantity, quantity_at, vague
from cenotaph.reading.tokens import Sentence


def people_at(ctx: Context, sentence: Sentence, lows: list[str], i: int) -> Item | None:
    """Read the phrase of people, or of something counted, that begins at token `i`."""
    tokens, lexicon = sentence.tokens, ctx.lexicon
    taken, senses = lexicon.longest(lows, i)
    kinds = {s.kind for s in senses}
    if "harmed" in kinds:
        return _harmed(ctx, senses, lows, i, taken)
    if "toll" in kinds or "of_them" in kinds or "including" in kinds:
        return None
    if "verb" in kinds and taken > 1:
        return None
    quantity = quantity_at(tokens, lows, i, lexicon)
    if quantity is not None:
        return _counted(ctx, sentence, lows, i, quantity)
    if "collective" in kinds:
        number = next(int(s.data) for s in senses if s.kind == "collective")
        count = Count(low=number, high=number, modality=Modality.EXACT)
        return _made(i, i + taken, count, "words", head=lows[i], plural=True)
    determined = kinds & {"a", "the", "pronoun_possessive", "every"}
    if determined and "collective_of" not in kinds:
        found = _determined(ctx, sentence, lows, i, "a" in kinds, taken)
        if found is not None:
            return found
        if kinds & {"a", "pronoun_possessive"}:
            unknown = _unknown(ctx, sentence, lows, i, i + taken)
            if unknown is None and "additional" in kinds:  # "another was wounded"
                more = People(start=i, end=i + taken, count=ONE, words="words", additional=True)
                return Item("Q", i, i + taken, more)
            return unknown
    name = name_at(ctx, sentence, i)
    if name is not None:
        return _named(ctx, name)
    if not determined and kinds & {"person", "modifier", "noun"}:
        return _bare(ctx, sentence, lows, i)
    return None


def _made(start: int, end: int, count: Count, words: str, **more: Any) -> Item:
    return People(start=start, end=end, count=count, words=words, **more).item


def _harmed(
    ctx: Context, senses: tuple[Sense, ...], lows: list[str], i: int, taken: int
) -> Item | None:
    measure = next(s.data for s in senses if s.kind == "harmed")
    end = i + taken
    if end < len(lows):  # "the wounded boy", "the killed of": an adjective, a noun of people
        follow = ctx.lexicon.kinds(lows, end)
        if follow & {"person", "of", "age"}:
            return None
    return _made(i, end, UNCOUNTED, "definite", harmed=measure, plural=True)


def _counted(
    ctx: Context, sentence: Sentence, lows: list[str], i: int, quantity: Quantity
) -> Item | None:
    """A quantity and what it counts."""
    lexicon, j = ctx.lexicon, quantity.end
    if j < len(lows):
        taken, senses = lexicon.longest(lows, j)
        kinds = {s.kind for s in senses}
        if lows[j] in lexicon.possessive and quantity.words == "digits":  # "in her 20's"
            return Item("#", i, j + 1, quantity)
        if "age" in kinds and quantity.count.low is not None:
            return _aged(ctx, sentence, lows, i, quantity, j + taken)
        if "of_them" in kinds:
            return _partitive(ctx, sentence, lows, i, quantity, j, taken)
        if "of" in kinds or (quantity.words == "share" or lexicon.is_a("of", lows[j - 1])):
            of = j + taken if "of" in kinds else j
            found = _of_people(ctx, sentence, lows, i, quantity, of)
            if found is not None:
                return found
    head = head_at(ctx, sentence, lows, j)
    if head is None:
        return _headless(ctx, sentence, lows, i, quantity)
    if head.thing:
        if quantity.words == "share":
            return None
        return Item("#", i, head.end, quantity)
    count, end = quantity.count, head.end
    if end < len(lows) and count.modality is Modality.EXACT and count.low is not None:
        taken, senses = lexicon.longest(lows, end)
        if any(s.kind == "after" and s.data == "at_least" for s in senses):
            count = Count(low=count.low, high=None, modality=Modality.AT_LEAST)
            end += taken
    people = replace(
        head, start=i, end=end, count=count, words=quantity.words,
        additional=quantity.additional or head.additional, plural=True,
    )  # fmt: skip
    return people.item


def _headless(
    ctx: Context, sentence: Sentence, lows: list[str], i: int, quantity: Quantity
) -> Item | None:
    """A number without a noun that the pack knows: "26 were killed", "nine porters"."""
    j = quantity.end
    if quantity.year:
        return Item("#", i, j, quantity)
    if quantity.words == "share" or quantity.words == "zero" and lows[i] in ctx.lexicon.bare_zero:
        return None
    last = j
    mention = ctx.places.get(sentence.tokens[j].start) if j < len(lows) else None
    if mention is not None:  # "two Sarbek missionaries"
        skip = j
        while skip < len(lows) and sentence.tokens[skip].start < mention.quote.end:
            skip += 1
        if skip < len(lows) and plain(ctx, sentence, skip):
            last = skip + 1
    while last < len(lows) and last - j < 2 and plain(ctx, sentence, last):
        last += 1
    people = People(
        start=i, end=last, count=quantity.count, words=quantity.words,
        additional=quantity.additional, head=" ".join(lows[j:last]), plural=True,
    )  # fmt: skip
    return Item("Q", i, last, people)


def _aged(
    ctx: Context, sentence: Sentence, lows: list[str], i: int, quantity: Quantity, end: int
) -> Item:
    """ "17-year-old (boy)": an age; the person behind it, if any, is one."""
    age = quantity.count.low or 0
    head = head_at(ctx, sentence, lows, end)
    person = head is not None and not head.thing and head.measure is None
    if not person or head is None:
        people = People(
            start=i,
            end=end,
            count=ONE,
            words="bare",
            age=age,
            group=of_age(Group(), age, child_below=ctx.lexicon.child_below),
        )
        return Item("N", i, end, people)
    people = replace(
        head, start=i, count=ONE if not head.plural else UNCOUNTED,
        words="bare" if not head.plural else "none", age=age,
        group=of_age(head.group, age, child_below=ctx.lexicon.child_below),
    )  # fmt: skip
    return Item("N", i, people.end, people)


def _partitive(
    ctx: Context,
    sentence: Sentence,
    lows: list[str],
    i: int,
    quantity: Quantity,
    j: int,
    taken: int,
) -> Item:
    """ "five of them (children)": a part of people named before."""
    end = j + taken
    after = end
    while after < len(lows) and (ctx.lexicon.kinds(lows, after) & {"be", "every"}):
        after += 1
    head = head_at(ctx, sentence, lows, after)
    group, last = Group(), end
    if head is not None and not head.thing and head.measure is None:
        group, last = head.group, head.end
    harmed = next((s.data for s in ctx.lexicon.longest(lows, j + 1)[1] if s.kind == "harmed"), None)
    people = People(
        start=i, end=last, count=quantity.count, words=quantity.words, group=group,
        partitive=True, plural=True, harmed=harmed,
    )  # fmt: skip
    return Item("n", i, last, people)


def _of_people(
    ctx: Context, sentence: Sentence, lows: list[str], i: int, quantity: Quantity, at: int
) -> Item | None:
    """ "40,000 of rebels and civilians", "three of his children", "two of the dead"."""
    if at >= len(lows):
        return None
    taken, senses = ctx.lexicon.longest(lows, at)
    harmed = next((s.data for s in senses if s.kind == "harmed"), None)
    if harmed is not None:
        people = People(
            start=i, end=at + taken, count=quantity.count, words=quantity.words, harmed=harmed,
            partitive=True, plural=True,
        )  # fmt: skip
        return Item("n", i, at + taken, people)
    kinds = {s.kind for s in senses}
    definite = bool(kinds & {"the", "pronoun_possessive"})
    begin = at + taken if definite else at
    inner = quantity_at(sentence.tokens, lows, begin, ctx.lexicon) if definite else None
    head = head_at(ctx, sentence, lows, inner.end if inner else begin)
    if head is None or head.thing:
        return None
    people = replace(
        head, start=i, count=quantity.count, words=quantity.words, plural=True,
        partitive=definite and not head.kin, additional=quantity.additional,
    )  # fmt: skip
    return people.item


def _determined(
    ctx: Context, sentence: Sentence, lows: list[str], i: int, indefinite: bool, taken: int
) -> Item | None:
    """ "a woman", "the boy", "his two children" (the possessive belongs to the counting words)."""
    j = i + taken
    if j >= len(lows):
        return None
    kinds = ctx.lexicon.kinds(lows, j)
    quantity = None if indefinite else quantity_at(sentence.tokens, lows, j, ctx.lexicon)
    if quantity is not None and quantity.words in NUMBERED:
        item = _counted(ctx, sentence, lows, j, quantity)
        if item is not None and isinstance(item.data, People) and item.tag in "NF":
            words = item.data.words if item.data.kin else "definite"
            if item.data.words == "bare":  # "his 17-year-old son"
                words = "bare" if item.data.kin else "definite"
            people = replace(item.data, start=i, words=words)
            return Item(item.tag, i, people.end, people)
        return None
    if quantity is None and indefinite:
        aged = quantity_at(sentence.tokens, lows, j, ctx.lexicon)
        if aged is not None and aged.end < len(lows):
            follow, senses = ctx.lexicon.longest(lows, aged.end)
            if any(s.kind == "age" for s in senses):
                item = _aged(ctx, sentence, lows, j, aged, aged.end + follow)
                people = replace(item.data, start=i, words="one", count=ONE)
                return Item("N", i, people.end, people)
    if "collective" in kinds or "collective_of" in kinds:
        return _collective(ctx, sentence, lows, i, j)
    head = head_at(ctx, sentence, lows, j)
    if head is None or head.thing:
        return None
    if head.measure is not None:
        people = replace(
            head, start=i, count=ONE if indefinite and not head.plural else UNCOUNTED,
            words="one" if indefinite else "definite",
        )  # fmt: skip
        return people.item
    if head.plural:
        words = "definite"
        count = UNCOUNTED
    else:
        words = "one" if indefinite else ("bare" if head.kin else "definite")
        count = ONE
    people = replace(head, start=i, count=count, words=words)
    return people.item


def _unknown(ctx: Context, sentence: Sentence, lows: list[str], i: int, j: int) -> Item | None:
    """ "a grocer": a noun the pack does not know, people only where a verb of harm makes it so."""
    end = j
    while end < len(lows) and end - j < 3 and plain(ctx, sentence, end):
        end += 1
    if end == j or lows[j].endswith(ctx.lexicon.plural_end) and end == j + 1:
        return None
    people = People(start=i, end=end, count=ONE, words="one", head=" ".join(lows[j:end]))
    return Item("y", i, end, people)


def _collective(ctx: Context, sentence: Sentence, lows: list[str], i: int, j: int) -> Item | None:
    """ "a couple", "a family of five", "the twins"."""
    taken, senses = ctx.lexicon.longest(lows, j)
    for sense in senses:
        if sense.kind == "collective":
            count = Count(low=sense.data, high=sense.data, modality=Modality.EXACT)
            return _made(i, j + taken, count, "words", head=lows[j], plural=True)
    of = j + taken
    if "of" in ctx.lexicon.kinds(lows, of):
        quantity = quantity_at(sentence.tokens, lows, of + 1, ctx.lexicon)
        if quantity is not None and quantity.words in ("digits", "words"):
            head = head_at(ctx, sentence, lows, quantity.end)
            end = head.end if head is not None and not head.thing else quantity.end
            group = head.group if head is not None else Group()
            return _made(
                i, end, quantity.count, quantity.words, head=lows[j], group=group, plural=True
            )
    vague_word = any(s.kind == "collective_of" and s.data for s in senses)
    if vague_word:
        return _made(i, of, UNCOUNTED, "none", head=lows[j], plural=True)
    return None


def _bare(ctx: Context, sentence: Sentence, lows: list[str], i: int) -> Item | None:
    """People without a number: "civilians", and "man" in a headline."""
    head = head_at(ctx, sentence, lows, i)
    if head is None or head.thing:
        return None
    if head.head in ctx.lexicon.others:
        count, words = vague(2), "vague"
    elif head.plural:
        count, words = UNCOUNTED, "none"
    else:
        count, words = ONE, "bare"
    people = replace(head, start=i, count=count, words=words)
    return people.item


def _named(ctx: Context, name: Name) -> Item:
    group = Group()
    if name.age is not None:
        group = of_age(group, name.age, child_below=ctx.lexicon.child_below)
    people = People(
        start=name.start, end=name.end, count=ONE, words="name", group=group, age=name.age,
        names=(name,),
    )  # fmt: skip
    return people.item
