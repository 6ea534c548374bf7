"""Phrases of people that open with a number: "at least 26 people", "14 aged 3 to 9".

A number counts people where its head, its parts or what is told of it are people's; a number that
may as well count things, hours or units counts nobody.
"""

import re
from dataclasses import replace
from typing import NamedTuple

from cenotaph.model import Count, Group, Measure, Modality, Status
from cenotaph.reading.ages import age_behind, ages_behind, behind_aged, is_age, olds_at
from cenotaph.reading.groups import of_age
from cenotaph.reading.heads import MONTHS, head_at, is_people, plain
from cenotaph.reading.items import NUMBERED, ONE, UNCOUNTED, Context, Item, People, Word
from cenotaph.reading.lexicon import Words
from cenotaph.reading.names import name_at
from cenotaph.reading.number_words import of_a_name
from cenotaph.reading.partitives import of_people, partitive
from cenotaph.reading.quantities import Quantity, quantity_at
from cenotaph.reading.tokens import MARKS, Sentence

# Behind a second number these tell that it counts people of its own: "rises to 11 44 injured".
_GO_ON = frozenset({"of_them", "verb", "adjective"})
_DAY_AND_YEAR = re.compile(r"(?:0?[1-9]|[12]\d|3[01])(?:19|20)\d\d")
_OPENS_PEOPLE = frozenset({"definite", "indefinite", "pronoun_possessive", "cardinal", "person"})


class Counted(NamedTuple):
    """A quantity was read; `item` is what it counts, None where it counts nothing."""

    item: Item | None


def numbered_at(ctx: Context, sentence: Sentence, lows: Words, i: int) -> Counted | None:
    """What a quantity at token `i` counts; None where none begins there."""
    entry = lows.entries[i]
    if "except" in entry.kinds:
        return Counted(_all_but(ctx, sentence, lows, i, i + entry.taken))
    if sentence.tokens[i].text[0].isdigit() and (
        _of_clock(sentence, i) or of_a_name(sentence.tokens, lows, i, ctx.lexicon)
    ):
        return Counted(Item("w", i, i + 1, Word(None, frozenset())))
    quantity = quantity_at(sentence.tokens, lows, i, ctx.lexicon)
    if quantity is None:
        return None
    return Counted(counted_at(ctx, sentence, lows, i, quantity))


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
    count = exactly(number - left.count.low) if exact and number is not None else share
    last = head.end if head is not None else end
    if "adjective" in ctx.lexicon.kinds(lows, last):
        return Item("w", i, at, Word(None, frozenset()))  # "identified all but two of the 29 dead"
    words = "words" if exact else "share"
    if (count.low or 1) < 1:
        return None
    if head is None:
        return people_item(i, last, count, words, "")
    return replace(head, start=i, count=count, words=words, plural=True).item


def exactly(number: int) -> Count:
    """Exactly so many."""
    return Count(low=number, high=number, modality=Modality.EXACT)


def people_item(
    start: int, end: int, count: Count, words: str, head: str, *, group: Group | None = None
) -> Item:
    """People at tokens [start, end), as an item of the row."""
    people = People(
        start=start, end=end, count=count, words=words, head=head, group=group or Group(),
        plural=True,
    )  # fmt: skip
    return people.item


def counted_at(
    ctx: Context, sentence: Sentence, lows: Words, i: int, quantity: Quantity
) -> Item | None:
    """A quantity and what it counts."""
    found = _behind_quantity(ctx, sentence, lows, i, quantity)
    if found is not None:
        return found
    if (olds := olds_at(ctx.lexicon, lows, quantity.end)) is not None:
        end, group = olds
        return people_item(i, end, quantity.count, quantity.words, "", group=group)
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
    if head.thing and (
        _told_by(ctx, lows, i, quantity.end, head.end)
        or _harmed_rather(ctx, sentence, lows, head, quantity)
    ):
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


def _told_by(ctx: Context, lows: Words, i: int, begin: int, end: int) -> bool:
    """ "wounded 22 it said", "Raid kills 32 Medical source": who tells it, behind a lost comma."""
    if "stands_for" in lows.entries[begin].kinds:
        return True
    if lows[end - 1] not in ctx.lexicon.tellers or not i or "verb" not in lows.entries[i - 1].kinds:
        return False
    return end >= len(lows) or lows[end] == "." or "report" in lows.entries[end].kinds


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
        if quantity.count.low != quantity.count.high:
            return Item("#", i, at + taken, quantity)  # "(from 6 to 32 years of age)"
        aged = aged_at(ctx, sentence, lows, i, quantity, at + taken)
        return aged.item if aged is not None else Item("#", i, at + taken, quantity)
    if (crew := of_so_many(ctx, lows, i, quantity)) is not None:
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


def of_so_many(ctx: Context, lows: Words, i: int, quantity: Quantity) -> Item | None:
    """ "(its) five-man crew", "a 20-strong patrol": one body of so many people."""
    at = quantity.end
    if quantity.words not in NUMBERED or lows[at : at + 1] != ["-"] or at + 2 >= len(lows):
        return None
    if lows[at + 1] not in ctx.lexicon.so_many or "collective_of" not in ctx.lexicon.kinds(
        lows, at + 2
    ):
        return None
    end = at + 2 + lows.entries[at + 2].taken
    return people_item(i, end, quantity.count, quantity.words, lows[at + 2])


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
    if quantity.count.low == 1 and not ctx.lexicon.home_areas.isdisjoint(lows[begin : begin + 1]):
        return Item("#", i, begin + 1, quantity)  # "another town"
    if quantity.year or another:  # "two 23 mm guns"
        return Item("#", i, begin, quantity)
    if quantity.words == "digits" and (
        _numbered_unit(ctx, sentence, i) or is_age(ctx, sentence, lows, i, quantity.end)
    ):
        return Item("#", i, begin, quantity)
    if quantity.words == "words" and behind_aged(ctx, lows, i):  # "her son, aged four,"
        return Item("#", i, begin, quantity)
    bare = quantity.end == i + 1 and lows[i] in ctx.lexicon.bare_zero
    if quantity.words == "share" and _in_every(lows, quantity):
        return Item("w", i, quantity.end, Word(None, frozenset()))  # "one in five of the 300 dead"
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


def aged_at(
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
        if lows[end - 1].endswith(ctx.lexicon.plural_end):  # "the 17-year-olds"
            return People(start=i, end=end, count=UNCOUNTED, words="none", plural=True, group=group)
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


def _in_every(lows: Words, quantity: Quantity) -> bool:
    """Tell whether a share is told by two numbers: "one in five"."""
    inside = lows[quantity.start : quantity.end]
    numbers = (low[0].isdigit() or low in lows.lexicon.cardinal for low in inside)
    return sum(numbers) > 1
