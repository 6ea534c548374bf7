"""The head of a noun phrase: the noun that its adjectives, ages and names belong to."""

import re

from cenotaph.model import Group, Measure
from cenotaph.reading.groups import joined, modified, of_age
from cenotaph.reading.items import UNCOUNTED, Context, Name, People
from cenotaph.reading.lexicon import PersonWord
from cenotaph.reading.names import age_after, name_at, remember
from cenotaph.reading.tokens import MARKS, Sentence

_INTEGER = re.compile(r"\d{1,3}")
# A head is looked for over so many tokens, and behind so many words that the pack does not know.
REACH = 9
UNKNOWN_WORDS = 3

_STOPS = frozenset({
    "be", "be_not", "have", "would", "could", "not", "if", "relative", "of", "by", "according",
    "preposition", "and", "subordinator", "leave", "report", "deny", "verb_other", "toll",
    "including", "of_them", "a", "the", "zero", "among", "pronoun_plain", "pronoun_object", "every",
})  # fmt: skip
_GOES_ON = frozenset({"person", "modifier", "attack", "thing", "noun", "collective_of", "title"})


def head_at(ctx: Context, sentence: Sentence, lows: list[str], i: int) -> People | None:
    """Find the noun that a phrase beginning at token `i` is about, through its adjectives."""
    tokens, lexicon = sentence.tokens, ctx.lexicon
    modifiers: list[str] = []
    attribute: Measure | None = None
    last: tuple[PersonWord, int, int, Name | None] | None = None
    age: int | None = None
    unknown, additional, k = 0, False, i
    while k < len(lows) and k - i < REACH:
        if tokens[k].start in ctx.times:
            break
        taken, senses = lexicon.longest(lows, k)
        kinds = {s.kind: s for s in senses}
        mention = ctx.places.get(tokens[k].start)
        if mention is not None and not kinds:
            k += 1  # "26 Sarbek residents"
            while k < len(lows) and tokens[k].start < mention.quote.end:
                k += 1
            continue
        if "person" in kinds:
            word: PersonWord = kinds["person"].data
            if k + taken < len(lows) and lows[k + taken] in lexicon.possessive:
                return None
            if word.adjective and _before_noun(ctx, lows, k + taken):
                k += taken
                continue
            if "title" in kinds and not word.plural:
                titled = name_at(ctx, sentence, k + taken)
                if titled is not None:
                    last = (word, taken, k, titled)
                    break
            last = (word, taken, k, None)
            k += taken
            if word.plural and "modifier" not in kinds:
                break
            if k < len(lows) and "person" not in lexicon.kinds(lows, k):
                break
            continue
        if last is not None:
            break
        if "noun" in kinds:
            noun = kinds["noun"].data
            if noun.counted:
                group = modified(Group(), modifiers)
                return People(
                    start=i, end=k + taken, count=UNCOUNTED, words="", group=group,
                    plural=noun.plural, measure=noun.measure, head=" ".join(lows[k : k + taken]),
                    additional=additional,
                )  # fmt: skip
            return None
        if "attack" in kinds:
            plural, weak = kinds["attack"].data
            follow_kinds = lexicon.kinds(lows, k + taken)
            if "person" in follow_kinds or "noun" in follow_kinds or "attack" in follow_kinds:
                k += taken
                continue
            return People(
                start=i, end=k + taken, count=UNCOUNTED, words="", plural=plural, weak=weak,
                measure=Measure.ATTACKS, head=" ".join(lows[k : k + taken]),
            )  # fmt: skip
        if "thing" in kinds:
            follow_kinds = lexicon.kinds(lows, k + taken)
            if "person" in follow_kinds and not lows[k].endswith(lexicon.plural_end):
                k += taken
                continue
            return People(start=i, end=k + taken, count=UNCOUNTED, words="", thing=True)
        if "modifier" in kinds:
            modifiers.append(str(kinds["modifier"].data))
        elif "more" in kinds or "additional" in kinds:
            additional = True
        elif "verb" in kinds or "adjective" in kinds:
            measure = kinds["verb"].data.measure if "verb" in kinds else kinds["adjective"].data
            follow_kinds = lexicon.kinds(lows, k + taken)
            if "person" not in follow_kinds and "modifier" not in follow_kinds:
                break
            attribute = measure
        elif kinds.keys() & _STOPS:
            break
        elif lows[k] in MARKS:
            if lows[k] != "-" or k == i:
                break
        elif tokens[k].text[0].isdigit() or "cardinal" in kinds:
            number = _INTEGER.fullmatch(lows[k])
            follow = k + taken if taken else k + 1
            aged, senses = lexicon.longest(lows, follow) if follow < len(lows) else (0, ())
            if number is None or not any(s.kind == "age" for s in senses):
                break
            age = int(lows[k])
            k = follow + aged
            continue
        elif not kinds:
            unknown += 1
            if unknown > UNKNOWN_WORDS:
                break
        k += taken or 1
    if last is None:
        return None
    word, taken, at, name = last
    end = at + taken
    group = modified(word.group, modifiers)
    if age is not None:
        group = of_age(group, age, child_below=lexicon.child_below)
    names: tuple[Name, ...] = ()
    if name is None and not word.plural:
        name = name_at(ctx, sentence, end)
    if name is None and not word.plural and age is None:
        age, end = age_after(ctx, tokens, end)
    if name is not None and not word.plural:
        names, end = (name,), name.end
        age = age if age is not None else name.age
        if name.age is not None:
            group = of_age(group, name.age, child_below=lexicon.child_below)
        remember(ctx, sentence, name)
    group, end = _with_joined(ctx, lows, group, end, plural=word.plural)
    return People(
        start=i, end=end, count=UNCOUNTED, words="", group=group, plural=word.plural,
        kin=word.kin, additional=additional or lows[at] in lexicon.others, age=age,
        names=names, attribute=attribute, head=" ".join(lows[at : at + taken]),
    )  # fmt: skip


def _with_joined(
    ctx: Context, lows: list[str], group: Group, end: int, *, plural: bool
) -> tuple[Group, int]:
    """ "26 women and children": a second bare plural under the same number."""
    if not plural or end + 1 >= len(lows):
        return group, end
    if "and" not in ctx.lexicon.kinds(lows, end):
        return group, end
    taken, senses = ctx.lexicon.longest(lows, end + 1)
    person = next((s.data for s in senses if s.kind == "person"), None)
    if person is None or not person.plural or any(s.kind == "more" for s in senses):
        return group, end
    return joined(group, person.group), end + 1 + taken


def _before_noun(ctx: Context, lows: list[str], k: int) -> bool:
    """Tell whether token `k` goes on the noun phrase, so that the word before it is an adjective."""
    if k >= len(lows) or not lows[k][0].isalpha():
        return False
    kinds = ctx.lexicon.kinds(lows, k)
    return not kinds or bool(kinds & _GOES_ON) or lows[k] in ctx.lexicon.org_words


def plain(ctx: Context, sentence: Sentence, i: int) -> bool:
    """Tell whether token `i` is a word the pack does not know: it may be a noun for people."""
    token = sentence.tokens[i]
    return (
        token.text.isalpha()
        and not ctx.lexicon.knows(token.low)
        and token.start not in ctx.times
        and token.start not in ctx.places
        and (sentence.caps or token.text.islower())
    )
