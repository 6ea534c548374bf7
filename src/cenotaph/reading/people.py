"""Noun phrases of people: "at least 26 people", "a woman", "five of them", "a family of six".

A claim counts people, so before any verb is looked at every phrase that can stand for people is
read with its count and how its words give it. How they give it decides later what the phrase may
be: a definite phrase may be people told of before, a bare noun an adjective.
"""

import re
from dataclasses import replace
from typing import NamedTuple

from cenotaph.model import Count, Group, Measure, Modality, Status
from cenotaph.reading.ages import age_behind, ages_behind, behind_aged, is_age
from cenotaph.reading.entries import Sense
from cenotaph.reading.groups import of_age
from cenotaph.reading.heads import MONTHS, head_at, is_people, plain
from cenotaph.reading.items import NUMBERED, ONE, UNCOUNTED, Context, Item, Name, People, Word
from cenotaph.reading.lexicon import DETERMINERS, Words
from cenotaph.reading.names import name_at, remember
from cenotaph.reading.partitives import of_people, partitive
from cenotaph.reading.quantities import Quantity, quantity_at, vague
from cenotaph.reading.tokens import MARKS, Sentence

# What may stand before "family of six", and behind "a second" where that is a person.
_BEFORE_FAMILY = frozenset({"person", "modifier", "every"})
_BEHIND_ONE = frozenset({"preposition", "be", "have"})
_BEHIND_VERB = frozenset({"preposition", "subordinator"})
# Behind a second number these tell that it counts people of its own: "rises to 11 44 injured".
_GO_ON = frozenset({"of_them", "verb", "adjective"})
_DAY_AND_YEAR = re.compile(r"(?:0?[1-9]|[12]\d|3[01])(?:19|20)\d\d")
_OPENS_PEOPLE = frozenset({"definite", "indefinite", "pronoun_possessive", "cardinal", "person"})
_NOT_PEOPLE = frozenset({"toll", "of_them", "including"})


def people_at(ctx: Context, sentence: Sentence, lows: Words, i: int) -> Item | None:
    """Read the phrase of people, or of something counted, that begins at token `i`."""
    entry = lows.entries[i]
    taken, senses, kinds = entry.taken, entry.senses, entry.kinds
    if not entry.opens and not _may_open(ctx, sentence, i):
        return None
    if "thing" in kinds and taken > 1:  # "no bodies"
        return Item("#", i, i + taken, None)
    if "harmed" in kinds:
        harmed = _harmed(ctx, senses, lows, i, taken)
        if harmed is not None or taken < 2:
            return harmed
        # "the wounded boy": an article, and an adjective before its noun
        return _determined(ctx, sentence, lows, i, False, 1)
    if not _NOT_PEOPLE.isdisjoint(kinds) or "verb" in kinds and taken > 1:
        return None
    counted = _numbered_at(ctx, sentence, lows, i)
    if counted is not None:
        return counted.item
    if "collective" in kinds:
        return _several(i, i + taken, _exactly(senses), "words", lows[i])
    determined = not DETERMINERS.isdisjoint(kinds)
    if determined and "collective_of" not in kinds:
        found = _determined(ctx, sentence, lows, i, "indefinite" in kinds, taken)
        if found is not None:
            return found
        if kinds & {"indefinite", "pronoun_possessive"}:
            unknown = _unknown(ctx, sentence, lows, i, i + taken)
            if unknown is None and "additional" in kinds:  # "another was wounded"
                more = People(start=i, end=i + taken, count=ONE, words="words", additional=True)
                return Item("Q", i, i + taken, more)
            return unknown
    name = name_at(ctx, sentence, i)
    if name is not None:
        if not sentence.capitals:
            remember(ctx, sentence, name)
        return _named(ctx, name)
    if not determined and kinds & {"person", "modifier", "noun"}:
        return _bare(ctx, sentence, lows, i)
    return None


class _Counted(NamedTuple):
    """A quantity was read; `item` is what it counts, None where it counts nothing."""

    item: Item | None


def _numbered_at(ctx: Context, sentence: Sentence, lows: Words, i: int) -> _Counted | None:
    """What a quantity at token `i` counts; None where none begins there."""
    entry = lows.entries[i]
    if "except" in entry.kinds:
        return _Counted(_all_but(ctx, sentence, lows, i, i + entry.taken))
    if sentence.tokens[i].text[0].isdigit() and _of_clock(sentence, i):
        return _Counted(Item("w", i, i + 1, Word(None, frozenset())))
    quantity = quantity_at(sentence.tokens, lows, i, ctx.lexicon)
    if quantity is None:
        return None
    return _Counted(_counted(ctx, sentence, lows, i, quantity))


def _of_clock(sentence: Sentence, i: int) -> bool:
    """ "0:43 Farmer found dead": the digits on either side of a colon that touches both."""
    tokens = sentence.tokens
    if not tokens[i].text.isdigit():
        return False
    for colon in (i - 1, i + 1):
        if 0 < colon < len(tokens) - 1 and tokens[colon].text == ":":
            ends = tokens[colon - 1], tokens[colon + 1]
            touch = ends[0].end == tokens[colon].start and tokens[colon].end == ends[1].start
            if (
                touch
                and ends[0].text.isdigit()
                and ends[1].text.isdigit()
                and len(ends[1].text) == 2
            ):
                return True
    return False


def _may_open(ctx: Context, sentence: Sentence, i: int) -> bool:
    """Tell whether a name, digits or a range can begin at a word of no kind that opens a phrase."""
    token = sentence.tokens[i]
    return token.text[0].isupper() or token.text[0].isdigit() or token.low in ctx.lexicon.openers


def _all_but(ctx: Context, sentence: Sentence, lows: Words, i: int, at: int) -> Item | None:
    """ "all but two of the 18 travellers" are sixteen; of an unsaid number they are a share."""
    left = quantity_at(sentence.tokens, lows, at, ctx.lexicon)
    if left is None or left.count.low is None or left.count.low != left.count.high:
        return None
    whole, end = None, left.end
    if "of" in ctx.lexicon.kinds(lows, end):
        end += 1
        end += "definite" in ctx.lexicon.kinds_of(lows[end]) if end < len(lows) else 0
        whole = quantity_at(sentence.tokens, lows, end, ctx.lexicon)
        end = whole.end if whole is not None else end
    head = head_at(ctx, sentence, lows, end)
    if head is not None and not is_people(head):
        return None
    number = whole.count.low if whole is not None else None
    share = Count(low=None, high=None, modality=Modality.SHARE)
    exact = number is not None and number == (whole.count.high if whole else None)
    count = _number(number - left.count.low) if exact and number is not None else share
    last = head.end if head is not None else end
    if "adjective" in ctx.lexicon.kinds(lows, last):
        return Item("w", i, at, Word(None, frozenset()))  # "identified all but two of the 29 dead"
    words = "words" if exact else "share"
    if (count.low or 1) < 1:
        return None
    if head is None:
        return _several(i, last, count, words, "")
    return replace(head, start=i, count=count, words=words, plural=True).item


def _exactly(senses: tuple[Sense, ...]) -> Count:
    """The number that a word for several people says: a couple, twins."""
    return _number(next(int(s.data) for s in senses if s.kind == "collective"))


def _number(number: int) -> Count:
    return Count(low=number, high=number, modality=Modality.EXACT)


def _several(
    start: int, end: int, count: Count, words: str, head: str, *, group: Group | None = None
) -> Item:
    people = People(
        start=start, end=end, count=count, words=words, head=head, group=group or Group(),
        plural=True,
    )  # fmt: skip
    return people.item


def _harmed(
    ctx: Context, senses: tuple[Sense, ...], lows: Words, i: int, taken: int
) -> Item | None:
    """ "the dead", "the wounded": people of whom nothing is told but their harm."""
    measure = next(s.data for s in senses if s.kind == "harmed")
    end = i + taken
    # "the wounded boy", "the killed of": an adjective, a noun of people
    among = i > 0 and "among" in ctx.lexicon.kinds_of(lows[i - 1])
    if ctx.lexicon.kinds(lows, end) & ({"person", "age"} if among else {"person", "of", "age"}):
        return None
    people = People(
        start=i, end=end, count=UNCOUNTED, words="definite", harmed=measure, plural=True
    )
    return people.item


def _counted(
    ctx: Context, sentence: Sentence, lows: Words, i: int, quantity: Quantity
) -> Item | None:
    """A quantity and what it counts."""
    found = _behind_quantity(ctx, sentence, lows, i, quantity)
    if found is not None:
        return found
    head = head_at(ctx, sentence, lows, quantity.end) or _whose(ctx, sentence, lows, i, quantity)
    if head is None:
        head = _behind_quotes(ctx, sentence, lows, i, quantity.end) or _in_quotes(
            ctx, sentence, lows, quantity.end
        )
    if head is None:
        return _headless(ctx, sentence, lows, i, quantity)
    both = head.plural and _of_both_kinds(ctx, lows, quantity, head.end)
    if both and head.measure is Measure.ATTACKS:
        return None
    if both and is_people(head):
        return replace(head, start=i, count=UNCOUNTED, words="none").item
    if head.thing and _harmed_rather(ctx, sentence, lows, head, quantity):
        return _headless(ctx, sentence, lows, i, quantity)
    if head.thing:
        return None if quantity.words == "share" else Item("#", i, head.end, quantity)
    if quantity.words == "digits" and _glued_date(ctx, sentence, lows, i):
        return Item("#", i, quantity.end, quantity)
    credit = sentence.tokens[quantity.end].text
    credited = credit.isupper() and len(credit) > 2 and not sentence.caps  # "2018 HALIM DORSAWI"
    dated = quantity.year and (head.measure is not None or credited)
    if _compound(ctx, sentence, head, quantity) or dated:
        return Item("#", i, head.end, quantity)  # "the 2015 killings"
    count, end = quantity.count, head.end
    if count.modality is Modality.EXACT and count.low is not None:  # "26 people or more"
        taken, senses = ctx.lexicon.longest(lows, end)
        joins = taken == 1 and ctx.lexicon.is_a("coordinator", lows[end])
        more = joins and ctx.lexicon.kinds(lows, end + 1) & _OPENS_PEOPLE  # "three plus the gunman"
        if not more and any(s.kind == "after" and s.data == "at_least" for s in senses):
            count = Count(low=count.low, high=None, modality=Modality.AT_LEAST)
            end += taken
        end = _over_ages(ctx, lows, end, count)
    people = replace(
        head, start=i, end=end, count=count, words=quantity.words,
        additional=quantity.additional or head.additional, plural=True,
    )  # fmt: skip
    return people.item


def _whose(
    ctx: Context, sentence: Sentence, lows: Words, i: int, quantity: Quantity
) -> People | None:
    """ "both his sons", "both the drivers": those counted, behind whose they are."""
    if lows[i] not in ctx.lexicon.both or quantity.end >= len(lows):
        return None
    if ctx.lexicon.kinds(lows, quantity.end).isdisjoint({"pronoun_possessive", "definite"}):
        return None
    head = head_at(ctx, sentence, lows, quantity.end + 1)
    return head if head is not None and head.plural and is_people(head) else None


def _over_ages(ctx: Context, lows: Words, end: int, count: Count) -> int:
    """Where "two brothers, aged 9 and 12," ends: behind the ages, if there are so many, or behind
    the age that they share."""
    listed = ages_behind(ctx, lows, end)
    if listed is not None and listed[0] == count.low:
        return listed[1]
    return age_behind(ctx, lows, end) or end


def _of_both_kinds(ctx: Context, lows: Words, quantity: Quantity, end: int) -> bool:
    """ "both civilians and fighters", "both men and women": a word that joins, and no number."""
    if quantity.end != quantity.start + 1 or lows[quantity.start] not in ctx.lexicon.both:
        return False
    return any(ctx.lexicon.is_a("coordinator", low) for low in lows[quantity.end : end + 1])


def _behind_quotes(
    ctx: Context, sentence: Sentence, lows: Words, i: int, end: int
) -> People | None:
    """The head behind a number in quotation marks: "nearly 50" rebels, "dozens" of rebels."""
    tokens = sentence.tokens
    if (
        i == 0
        or end >= len(tokens)
        or (MARKS.get(tokens[i - 1].text), MARKS.get(tokens[end].text)) != ('"', '"')
    ):
        return None
    at = end + 1
    if "of" in ctx.lexicon.kinds(lows, at):
        at += 1
    head = head_at(ctx, sentence, lows, at)
    return head if head is not None and not head.thing else None


def _in_quotes(ctx: Context, sentence: Sentence, lows: Words, at: int) -> People | None:
    """The head in quotation marks behind a number: 30 "terrorists", dozens of "rebel fighters"."""
    tokens = sentence.tokens
    if at + 2 >= len(tokens) or MARKS.get(tokens[at].text) != '"':
        return None
    head = head_at(ctx, sentence, lows, at + 1)
    if head is None or not is_people(head) or head.end >= len(tokens):
        return None
    closed = MARKS.get(tokens[head.end].text) == '"'
    return replace(head, end=head.end + 1) if closed else None


def _harmed_rather(
    ctx: Context, sentence: Sentence, lows: Words, head: People, quantity: Quantity
) -> bool:
    """ "Five shot in Sarbek": a verb of harm, as five of the things would be "shots"."""
    several = (quantity.count.low or 0) > 1 or quantity.words == "digits" and sentence.title
    alone = head.end == quantity.end + 1
    return several and alone and "verb" in ctx.lexicon.kinds(lows, quantity.end)


def _glued_date(ctx: Context, sentence: Sentence, lows: Words, i: int) -> bool:
    """ "Feb 022015": a day and a year that lost the comma between them."""
    if i == 0 or _DAY_AND_YEAR.fullmatch(sentence.tokens[i].text) is None:
        return False
    return lows[i - 1] in ctx.lexicon.months


def _compound(ctx: Context, sentence: Sentence, head: People, quantity: Quantity) -> bool:
    """ "200 body bags", "the Seventy Martyrs Battalion": the noun only describes another."""
    if head.measure is not None and not head.plural and (quantity.count.low or 0) > 1:
        return True
    if head.end >= len(sentence.tokens):
        return False
    last, following = sentence.tokens[head.end - 1], sentence.tokens[head.end]
    armed = head.group.status is Status.COMBATANT
    if not head.plural and armed and (quantity.count.low or 0) > 1:
        # "several rebel-held hills", "in the April 15 Rebel Attack"
        kinds = ctx.lexicon.kinds_of(following.low)
        if following.text == "-" or kinds & {"attack", "thing", "noun"}:
            return True
    if sentence.capitals:
        return False
    capitals = last.text[0].isupper() and following.text[0].isupper()
    return capitals and following.low in ctx.lexicon.org_words


def _behind_quantity(
    ctx: Context, sentence: Sentence, lows: Words, i: int, quantity: Quantity
) -> Item | None:
    """What a quantity is of where no noun follows it: an age, a part, "of" people."""
    lexicon, at = ctx.lexicon, quantity.end
    if at >= len(lows):
        return None
    taken, kinds = lows.entries[at].taken, lows.entries[at].kinds
    if quantity.words == "digits":  # "in her 20's", "in their 20s"
        beside = lows[at] == lexicon.plural_end and _touches(sentence, at)
        if lows[at] in lexicon.possessive or beside:
            return Item("#", i, at + 1, quantity)
    if "age" in kinds and quantity.count.low is not None:
        aged = _aged(ctx, sentence, lows, i, quantity, at + taken)
        return aged.item if aged is not None else Item("#", i, at + taken, quantity)
    if (crew := _of_so_many(ctx, lows, i, quantity)) is not None:
        return crew
    if "of_them" in kinds:
        if _begins_part(ctx, sentence, lows, at, taken):
            return None
        return partitive(ctx, sentence, lows, i, quantity, at + taken)
    if "of" in kinds:
        some = of_people(ctx, sentence, lows, i, quantity, at + taken)
        return some or _of_things(ctx, sentence, lows, i, quantity, at + taken)
    if "of_them" in (kinds := lexicon.kinds(lows, at - 1)):  # "some of" takes the "of" of "of them"
        return partitive(ctx, sentence, lows, i, quantity, at - 1 + lows.entries[at - 1].taken)
    if quantity.words == "share" or lexicon.is_a("of", lows[at - 1]):
        return of_people(ctx, sentence, lows, i, quantity, at)
    return None


def _begins_part(ctx: Context, sentence: Sentence, lows: Words, at: int, taken: int) -> bool:
    """ "Another nine among them eight children": with a number behind, the words open the part."""
    if not ctx.lexicon.is_a("among", lows[at]):
        return False
    return quantity_at(sentence.tokens, lows, at + taken, ctx.lexicon) is not None


def _of_things(
    ctx: Context, sentence: Sentence, lows: Words, i: int, quantity: Quantity, at: int
) -> Item | None:
    """ "one of the towns", "three of its houses": some of a number of things."""
    if at >= len(lows) or not lows.entries[at].kinds & {"definite", "pronoun_possessive"}:
        return None
    begin = at + lows.entries[at].taken
    head = head_at(ctx, sentence, lows, begin)
    plural = head is not None and lows[head.end - 1].endswith(ctx.lexicon.plural_end)
    return Item("#", i, head.end, quantity) if head is not None and head.thing and plural else None


def _of_so_many(ctx: Context, lows: Words, i: int, quantity: Quantity) -> Item | None:
    """ "(its) five-man crew", "a 20-strong patrol": one body of so many people."""
    at = quantity.end
    if quantity.words not in NUMBERED or lows[at : at + 1] != ["-"] or at + 2 >= len(lows):
        return None
    if lows[at + 1] not in ctx.lexicon.so_many or "collective_of" not in ctx.lexicon.kinds(
        lows, at + 2
    ):
        return None
    end = at + 2 + lows.entries[at + 2].taken
    return _several(i, end, quantity.count, quantity.words, lows[at + 2])


def _touches(sentence: Sentence, at: int) -> bool:
    return sentence.tokens[at - 1].end == sentence.tokens[at].start


def _headless(
    ctx: Context, sentence: Sentence, lows: Words, i: int, quantity: Quantity
) -> Item | None:
    """A number without a noun that the pack knows: "26 were killed", "nine porters"."""
    begin = quantity.end
    if _only_both(ctx, sentence, lows, i, begin):
        return None
    another = begin < len(lows) and sentence.tokens[begin].text[0].isdigit()
    if another and not _GO_ON.isdisjoint(ctx.lexicon.kinds(lows, begin + 1)):
        another = False  # "risen to 86 30 of them children", where the comma is lost
    if quantity.year or another:  # "two 23 mm guns"
        return Item("#", i, begin, quantity)
    if quantity.words == "digits" and (
        _numbered_unit(ctx, sentence, i) or is_age(ctx, sentence, lows, i, quantity.end)
    ):
        return Item("#", i, begin, quantity)
    if quantity.words == "words" and behind_aged(ctx, lows, i):  # "her son, aged four,"
        return Item("#", i, begin, quantity)
    bare = quantity.end == i + 1 and lows[i] in ctx.lexicon.bare_zero
    if quantity.words == "share" or quantity.words == "zero" and bare:
        return None
    end = begin
    mention = ctx.places.get(sentence.tokens[begin].start) if begin < len(lows) else None
    if mention is not None:  # "two Sarbek missionaries"
        behind = begin
        while behind < len(lows) and sentence.tokens[behind].start < mention.quote.end:
            behind += 1
        if behind < len(lows) and plain(ctx, sentence, behind):
            end = behind + 1
    while end < len(lows) and end - begin < 2 and plain(ctx, sentence, end):
        end = _over_hyphens(ctx, sentence, end + 1)
    people = People(
        start=i, end=_over_ages(ctx, lows, end, quantity.count), count=quantity.count,
        words=quantity.words, additional=quantity.additional, head=" ".join(lows[begin:end]),
        plural=True,
    )  # fmt: skip
    return Item("Q", i, people.end, people)


def _numbered_unit(ctx: Context, sentence: Sentence, i: int) -> bool:
    """ "Division 17", "Brigade 93": the number of a unit, a base or a road, behind its noun."""
    before = sentence.tokens[i - 1] if i else None
    capital = before is not None and before.text[0].isupper() and not sentence.capitals
    return capital and before is not None and before.low in ctx.lexicon.org_words


def _over_hyphens(ctx: Context, sentence: Sentence, end: int) -> int:
    """ "two stretcher-bearers": the rest of a word that hyphens join."""
    tokens = sentence.tokens
    while end + 1 < len(tokens) and tokens[end].text == "-" and _touches(sentence, end):
        if not _touches(sentence, end + 1) or not tokens[end + 1].text.isalpha():
            break
        end += 2
    return end


def _only_both(ctx: Context, sentence: Sentence, lows: Words, i: int, end: int) -> bool:
    """ "were both shot", "shot both Saleh and his wife": a word beside two who are told anyway."""
    if end != i + 1 or lows[i] not in ctx.lexicon.both:
        return False
    before = {s.kind for s in ctx.lexicon.senses(lows[i - 1])} if i else set()
    return bool(before & {"be", "have"}) or name_at(ctx, sentence, end) is not None


def _aged(
    ctx: Context, sentence: Sentence, lows: Words, i: int, quantity: Quantity, end: int
) -> People | None:
    """ "17-year-old (boy)": an age; the person behind it, if any, is one."""
    unit = next(s.data for s in lows.entries[quantity.end].senses if s.kind == "age")
    age = (quantity.count.low or 0) // (MONTHS if unit == "months" else 1)
    head = head_at(ctx, sentence, lows, end)
    if head is None and lows[end - 1] in ctx.lexicon.spans and _spans(ctx, lows, end):
        return None  # "the three-year war"
    if head is None or not is_people(head):
        group = of_age(Group(), age, child_below=ctx.lexicon.child_below)
        return People(start=i, end=end, count=ONE, words="bare", age=age, group=group)
    return replace(
        head,
        start=i,
        count=UNCOUNTED if head.plural else ONE,
        words="none" if head.plural else "bare",
        age=age,
        group=of_age(head.group, age, child_below=ctx.lexicon.child_below),
    )


def _spans(ctx: Context, lows: Words, end: int) -> bool:
    """Tell whether a noun of no people lasts so long: "the three-year war", no "19-year was"."""
    kinds = ctx.lexicon.kinds(lows, end)
    return (
        end < len(lows)
        and lows[end].isalpha()
        and kinds <= {"noun", "thing", "attack", "attacks_too", "attack_of"}
    )


def _no_person(ctx: Context, sentence: Sentence, lows: Words, noun: int) -> bool:
    """Tell whether nobody begins at a token: "the enemy", "the Sheikh Nadir quarter"."""
    if noun >= len(lows) or lows[noun] in ctx.lexicon.bodies:
        return True
    called = sentence.tokens[noun].start in ctx.places
    return called and "title" in ctx.lexicon.kinds(lows, noun)


def _determined(
    ctx: Context, sentence: Sentence, lows: Words, i: int, indefinite: bool, taken: int
) -> Item | None:
    """ "a woman", "the boy", "his two children" (the possessive belongs to the counting words)."""
    noun = i + taken
    if _no_person(ctx, sentence, lows, noun):
        return None
    kinds = ctx.lexicon.kinds(lows, noun)
    quantity = quantity_at(sentence.tokens, lows, noun, ctx.lexicon)
    if quantity is not None and (crew := _of_so_many(ctx, lows, i, quantity)) is not None:
        return crew
    if quantity is not None and indefinite:
        unit, senses = ctx.lexicon.longest(lows, quantity.end)
        if any(s.kind == "age" for s in senses):  # "a 17-year-old boy"
            return _one_aged(ctx, sentence, lows, i, noun, quantity, quantity.end + unit)
    elif quantity is not None and quantity.words in NUMBERED:
        return _these(ctx, sentence, lows, i, noun, quantity)
    if "collective" in kinds or "collective_of" in kinds:
        return _collective(ctx, sentence, lows, i, noun)
    if indefinite and (family := _family(ctx, lows, noun)) is not None:
        return _collective(ctx, sentence, lows, i, family)
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
        count, words = _number(len(head.names)), "words"
    elif head.plural and (listed := ages_behind(ctx, lows, head.end)) is not None:
        count, words = _number(listed[0]), "words"  # "her sons, 7 and 9,"
        head = replace(head, end=listed[1])
    elif _twins(ctx, lows, i, head):
        count, words = _number(2), "words"
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
    aged = _aged(ctx, sentence, lows, at, quantity, end)
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
    ended = at >= len(lows) or sentence.tokens[at].text in MARKS
    return ended and i > 0 and "verb" in ctx.lexicon.kinds_of(lows[i - 1])


def _takes_part(ctx: Context, lows: Words, at: int) -> bool:
    """Tell whether a verb or a place follows, so that "a second" is a person and no time."""
    kinds = ctx.lexicon.kinds(lows, at)
    if (
        "adverb" in kinds
        and _BEHIND_ONE.isdisjoint(kinds)
        and "verb" in ctx.lexicon.kinds(lows, at + 1)
    ):
        at, kinds = at + 1, ctx.lexicon.kinds(lows, at + 1)  # "and a third critically injured"
    if "verb" in kinds and at + 1 < len(lows):  # "and a third wounded by", no "third wounded man"
        kinds |= _BEHIND_VERB & ctx.lexicon.kinds(lows, at + 1)
        kinds |= {"be"} if not lows[at + 1].isalnum() and lows[at + 1] != "-" else frozenset()
    return not kinds.isdisjoint(_BEHIND_ONE | _BEHIND_VERB)


def _these(
    ctx: Context, sentence: Sentence, lows: Words, i: int, at: int, quantity: Quantity
) -> Item | None:
    """ "the two men": people told of before; "his two children" need not be."""
    item = _counted(ctx, sentence, lows, at, quantity)
    if item is None or not isinstance(item.data, People) or item.tag not in "NF":
        return None
    words = item.data.words if item.data.kin else "definite"
    return Item(item.tag, i, item.end, replace(item.data, start=i, words=words))


def _unknown(ctx: Context, sentence: Sentence, lows: Words, i: int, noun: int) -> Item | None:
    """ "a grocer": a noun the pack does not know, people only where a verb of harm makes it so."""
    end = noun
    while end < len(lows) and end - noun < 3 and plain(ctx, sentence, end):
        end += 1
    if end == noun or lows[noun].endswith(ctx.lexicon.plural_end) and end == noun + 1:
        return None
    people = People(start=i, end=end, count=ONE, words="one", head=" ".join(lows[noun:end]))
    return Item("y", i, end, people)


def _collective(ctx: Context, sentence: Sentence, lows: Words, i: int, noun: int) -> Item | None:
    """ "a couple", "a family of five", "the twins"."""
    taken, senses = ctx.lexicon.longest(lows, noun)
    of = noun + taken
    if any(s.kind == "collective" for s in senses):
        return _several(i, of, _exactly(senses), "words", lows[noun])
    if "of" in ctx.lexicon.kinds(lows, of):
        quantity = quantity_at(sentence.tokens, lows, of + 1, ctx.lexicon)
        if quantity is not None and quantity.words in ("digits", "words"):
            head = head_at(ctx, sentence, lows, quantity.end)
            end = head.end if head is not None and not head.thing else quantity.end
            group = head.group if head is not None else None
            return _several(i, end, quantity.count, quantity.words, lows[noun], group=group)
    if any(s.kind == "collective_of" and s.data for s in senses):
        return _several(i, of, UNCOUNTED, "none", lows[noun])
    return None


def _bare(ctx: Context, sentence: Sentence, lows: Words, i: int) -> Item | None:
    """People without a number: "civilians", and "man" in a headline."""
    head = head_at(ctx, sentence, lows, i)
    if head is None or head.thing or i and lows[i] in ctx.lexicon.bodies and head.end == i + 1:
        return None
    if not head.plural and head.end == i + 1 and "more" in ctx.lexicon.kinds(lows, i):
        return None  # "(other) air raids", "other forces"
    if not head.plural and not head.names and _of_body(ctx, sentence, head.end):
        return None  # "the Front's militant group", "National Defence"
    if head.head in ctx.lexicon.others:
        count, words = vague(2), "vague"
    elif _twins(ctx, lows, i, head):
        count, words = _number(2), "words"
    elif head.plural:
        count, words = UNCOUNTED, "none"
        head = replace(head, end=age_behind(ctx, lows, head.end) or head.end)
    else:
        count, words = ONE, "bare"
    return replace(head, start=i, count=count, words=words).item


def _twins(ctx: Context, lows: Words, i: int, head: People) -> bool:
    """Tell whether a plural says of itself that it is two: "her twin daughters", "his parents"."""
    if head.head in ctx.lexicon.two_each:
        return lows[i] in ctx.lexicon.one_owner
    return head.plural and not ctx.lexicon.twin.isdisjoint(lows[i : head.end])


def _of_body(ctx: Context, sentence: Sentence, end: int) -> bool:
    """Tell whether a word for a body of people stands at a token: what is before only describes."""
    tokens = sentence.tokens
    return end < len(tokens) and tokens[end].low in ctx.lexicon.org_words and not sentence.capitals


def _named(ctx: Context, name: Name) -> Item:
    """A single person by name, with the age beside it."""
    group = Group()
    if name.age is not None:
        group = of_age(group, name.age, child_below=ctx.lexicon.child_below)
    people = People(
        start=name.start, end=name.end, count=ONE, words="name", group=group, age=name.age,
        names=(name,),
    )  # fmt: skip
    return people.item
