"""Noun phrases of people: "at least 26 people", "a woman", "five of them", "a family of six".

A claim counts people, so before any verb is looked at every phrase that can stand for people is
read with its count and how its words give it. How they give it decides later what the phrase may
be: a definite phrase may be people told of before, a bare noun an adjective.
"""

from dataclasses import replace

from cenotaph.model import Group
from cenotaph.reading.ages import age_behind
from cenotaph.reading.counted import Counted, exactly, numbered_at, people_item
from cenotaph.reading.determined import are_twins, as_sensed, collective_at, determined_at
from cenotaph.reading.entries import Sense
from cenotaph.reading.groups import of_age
from cenotaph.reading.heads import head_at, plain
from cenotaph.reading.items import ONE, UNCOUNTED, Context, Item, Name, People
from cenotaph.reading.lexicon import DETERMINERS, Words
from cenotaph.reading.names import name_at, names_sharing, remember
from cenotaph.reading.quantities import vague
from cenotaph.reading.tokens import Sentence

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
        return determined_at(ctx, sentence, lows, i, False, 1)
    if not _NOT_PEOPLE.isdisjoint(kinds) or "verb" in kinds and taken > 1:
        return None
    counted = _one_body(ctx, sentence, lows, i) or numbered_at(ctx, sentence, lows, i)
    if counted is not None:
        return _with_names(ctx, sentence, counted.item)
    if "collective" in kinds:
        end = age_behind(ctx, lows, i + taken) or i + taken  # "twins, aged two,"
        return people_item(i, end, as_sensed(senses), "words", lows[i])
    determined = not DETERMINERS.isdisjoint(kinds)
    if determined and "collective_of" not in kinds:
        found = determined_at(ctx, sentence, lows, i, "indefinite" in kinds, taken)
        if found is not None:
            return _with_names(ctx, sentence, found)
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


def _with_names(ctx: Context, sentence: Sentence, item: Item | None) -> Item | None:
    """ "Two brothers, Sami and Zaid Kettel,": so many people with as many names behind them."""
    people = item.data if item is not None and item.tag == "N" else None
    if not isinstance(people, People) or people.names or people.words not in ("words", "digits"):
        return item
    number = people.count.low
    if number is None or not 1 < number == people.count.high:
        return item
    names = names_sharing(ctx, sentence, people.end, number)
    return replace(people, names=names, end=names[-1].end).item if names else item


def _one_body(ctx: Context, sentence: Sentence, lows: Words, i: int) -> Counted | None:
    """ "One family": as many people as it has, and no single one."""
    if lows[i] not in ctx.lexicon.one_body or "collective_of" not in ctx.lexicon.kinds(lows, i + 1):
        return None
    family = collective_at(ctx, sentence, lows, i, i + 1)
    return Counted(family) if family is not None else None


def _may_open(ctx: Context, sentence: Sentence, i: int) -> bool:
    """Tell whether a name, digits or a range can begin at a word of no kind that opens a phrase."""
    token = sentence.tokens[i]
    return token.text[0].isupper() or token.text[0].isdigit() or token.low in ctx.lexicon.openers


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


def _unknown(ctx: Context, sentence: Sentence, lows: Words, i: int, noun: int) -> Item | None:
    """ "a grocer": a noun the pack does not know, people only where a verb of harm makes it so."""
    end = noun
    while end < len(lows) and end - noun < 3 and plain(ctx, sentence, end):
        end += 1
    if end == noun or lows[noun].endswith(ctx.lexicon.plural_end) and end == noun + 1:
        return None
    people = People(start=i, end=end, count=ONE, words="one", head=" ".join(lows[noun:end]))
    return Item("y", i, end, people)


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
    elif are_twins(ctx, lows, i, head):
        count, words = exactly(2), "words"
    elif head.plural:
        count, words = UNCOUNTED, "none"
        head = replace(head, end=age_behind(ctx, lows, head.end) or head.end)
    else:
        count, words = ONE, "bare"
    return replace(head, start=i, count=count, words=words).item


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
