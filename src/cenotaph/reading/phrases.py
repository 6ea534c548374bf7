"""A sentence as a row of items: times, places and people first, then every word by what it may be.

Whatever is told of people is told around their phrases, so these are put together before the rules
of harm look at the sentence; each word left over keeps the one sense that matters most to those
rules.
"""

import functools
from collections.abc import Callable, Mapping, Sequence

from cenotaph.model import Group, PlaceMention, Sex
from cenotaph.reading.adverbs import with_adverbs
from cenotaph.reading.commas import with_commas
from cenotaph.reading.entries import Sense
from cenotaph.reading.forces import with_forces
from cenotaph.reading.items import (
    NUMBERED,
    ONE,
    UNCOUNTED,
    Context,
    Item,
    People,
    Row,
    Word,
    item_of,
)  # fmt: skip
from cenotaph.reading.letters import with_letters
from cenotaph.reading.lexicon import NO_ENTRY, Entry, Lexicon, Words
from cenotaph.reading.people import people_at
from cenotaph.reading.tokens import MARKS, Sentence, Token

# In the order in which a word's senses win, where it has several.
_TAGS = {
    "toll": "O", "including": "I", "among": "A", "verb": "V", "adjective": "J", "noun": "F",
    "attack": "U", "be": "X", "negated_be": "X", "have": "H", "hypothetical": "M", "possible": "M",
    "negation": "Z", "of_them": "I", "relative": "W", "conditional": "S", "of": "o", "by": "b",
    "according": "R", "preposition": "p", "coordinator": "C", "subordinator": "S", "leave": "l",
    "report": "R", "deny": "R", "verb_other": "v", "toll_verb": "v", "adverb": "a", "fatal": "a",
    "suspected": "a", "shared": "a", "more": "a", "pronoun_plain": "P", "pronoun_object": "P",
}  # fmt: skip
_RANK = {kind: rank for rank, kind in enumerate(_TAGS)}
# Forms of a verb of harm whose place in a sentence is not that of its past.
_NUMBERS = frozenset({"cardinal", "vague", "before"})
_COUNTS = frozenset({"cardinal", "vague", "phrase", "multiplier", "indefinite", "before"})
_BEFORE_PLACES = frozenset({"preposition", "of"})
UNKNOWN = Word(None, frozenset())
_FORM_TAGS = {"gerund": "G", "base": "B", "third": "B"}

# A word that the pack does not know and that ends as a past does.
_PAST_LIKE = Word(None, frozenset({"past_like"}))
_GERUND_LIKE = Word(None, frozenset({"gerund_like"}))
_ADVERB = Word(None, frozenset({"adverb"}))


def row_of(ctx: Context, sentence: Sentence) -> Row:
    """Return the items of one sentence."""
    tokens = sentence.tokens
    lows = sentence.words
    times, places, openers = ctx.times, ctx.places, ctx.lexicon.openers
    plain = _plain(ctx.lexicon)
    items: list[Item] = []
    i, count = 0, len(tokens)
    while i < count:
        token = tokens[i]
        start, text = token.start, token.text
        item = _mention(ctx, tokens, i) if start in times or start in places else None
        if item is None:
            entry = lows.entries[i]
            small = text.islower()
            if small and (word := plain.get(entry)) is not None:
                # most words that the pack knows
                item = item_of((word[0], i, i + entry.taken, word[1]))
            elif small and entry is NO_ENTRY and text.isalpha() and token.low not in openers:
                item = _unknown(ctx, sentence, lows, i)  # most others: no rule begins with them
            else:
                before = items[-1] if items else None
                item = people_at(ctx, sentence, lows, i) or _word(ctx, sentence, lows, i, before)
        items.append(item)
        i = max(item.end, i + 1)
    if not ctx.lexicon.in_marks.isdisjoint(lows):
        items = _without_marks(items, lows, ctx.lexicon)
    if not ctx.lexicon.bodies_of_fighters.isdisjoint(lows):
        items = with_forces(items, lows)
    if "(" in lows and not ctx.lexicon.letters.keys().isdisjoint([t.text for t in tokens]):
        items = with_letters(items, tokens, ctx.lexicon.letters)
    if not ctx.lexicon.between.isdisjoint(lows):
        items = with_adverbs(items, lows)
    items = with_commas(items, lows, heading=sentence.title or sentence.capitals)
    tags = "".join([item.tag for item in items])
    none = (False,) * len(items)
    harm, attack = "F" in tags, "U" in tags
    return Row(
        sentence=sentence,
        items=tuple(items),
        tags=tags,
        wounds=_of(items, "F", lambda item: _wound(ctx, lows, item)) if harm else none,
        shot=_of(items, "F", lambda item: _shot(ctx, lows, item)) if harm else none,
        attack_of=_of(items, "U", lambda item: _last(ctx, lows, item, "attack_of"))
        if attack
        else none,
        fatal=_of(items, "U", lambda item: _kills(ctx, lows, item)) if attack else none,
        struck=_struck(ctx, tokens, items) if attack else {},
        dated=_dated(ctx, tokens, items) if "T" in tags else {},
    )


def _without_marks(items: Sequence[Item], lows: Words, lexicon: Lexicon) -> list[Item]:
    """'had "neutralised" 52 fighters': the marks around a party's own word part nothing."""
    marks = {
        n
        for at, item in enumerate(items)
        if item.tag in "VG" and lows[item.start] in lexicon.in_marks
        if "".join(one.tag for one in items[max(0, at - 1) : at + 2 : 2]) == '""'
        for n in (at - 1, at + 1)
    }
    return [item for n, item in enumerate(items) if n not in marks]


@functools.cache
def _plain(lexicon: Lexicon) -> Mapping[Entry, tuple[str, Word]]:
    """What the entries are, in small letters, that are the same whatever stands beside them."""
    found: dict[Entry, tuple[str, Word]] = {}
    for first, entry in lexicon.entries:
        if first in lexicon.openers or first in lexicon.possessive or entry.opens:
            continue
        if entry.taken > 1 and (entry.kinds == {"after"} or "including" in entry.kinds):
            continue
        if (entered := _entered(entry)) is not None:
            found[entry] = entered
    return found


def _struck(
    ctx: Context, tokens: tuple[Token, ...], items: Sequence[Item]
) -> dict[int, PlaceMention]:
    """The places within the words of attacks, countries left out: those attack as well."""
    found: dict[int, PlaceMention] = {}
    for n, item in enumerate(items):
        if item.tag != "U":
            continue
        for token in tokens[item.start : item.end]:
            place = ctx.places.get(token.start)
            if place is not None and not ctx.is_country(place):
                found[n] = place
    return found


def _dated(
    ctx: Context, tokens: tuple[Token, ...], items: Sequence[Item]
) -> dict[int, PlaceMention]:
    """The first place within the words of each time."""
    found: dict[int, PlaceMention] = {}
    for n, item in enumerate(items):
        if item.tag == "T" and item.end - item.start > 2:
            inside = (ctx.places.get(token.start) for token in tokens[item.start : item.end])
            place = next((place for place in inside if place is not None), None)
            if place is not None:
                found[n] = place
    return found


def _of(items: Sequence[Item], tag: str, test: Callable[[Item], bool]) -> tuple[bool, ...]:
    """Tell of each item whether it bears a tag and passes a test."""
    return tuple([item.tag == tag and test(item) for item in items])


def _kills(ctx: Context, lows: Words, item: Item) -> bool:
    """Tell whether a word of an attack says that it killed."""
    fatal = next(
        (n for n in range(item.start, item.end) if ctx.lexicon.is_a("fatal_wound", lows[n])), None
    )
    if fatal is None:
        return False
    before = fatal - 1 - (fatal > 0 and lows[fatal - 1] == "-")
    return before < 0 or not ctx.lexicon.is_a("not_fatal", lows[before])


def _shot(ctx: Context, lows: Words, item: Item) -> bool:
    """Tell whether a wound is one of which people die as well as live: a gunshot, a stab."""
    return any(ctx.lexicon.is_a("weak_wound", low) for low in lows[item.start : item.end])


def _wound(ctx: Context, lows: Words, item: Item) -> bool:
    """Tell whether an item ends with a word or phrase for a wound: "severe breathing problems"."""
    return _last(ctx, lows, item, "wound") or any(
        "wound" in lows.entries[n].kinds and n + lows.entries[n].taken == item.end
        for n in range(item.start, item.end)
    )


def _last(ctx: Context, lows: Words, item: Item, kind: str) -> bool:
    """Tell whether the last word of an item can be of a kind."""
    return ctx.lexicon.is_a(kind, lows[item.end - 1])


def _mention(ctx: Context, tokens: tuple[Token, ...], i: int) -> Item | None:
    """The time or place that was found at token `i`."""
    time, place = ctx.times.get(tokens[i].start), ctx.places.get(tokens[i].start)
    if time is not None:
        return Item("T", i, _before_people(ctx, tokens, i, _end(tokens, i, time.quote.end)), time)
    if place is not None and not _bears(ctx, tokens, i, place):
        return Item("L", i, _end(tokens, i, place.quote.end), place)
    return None


def _before_people(ctx: Context, tokens: tuple[Token, ...], i: int, end: int) -> int:
    """Where the time at tokens [i, end) ends: "a day after a man died" leaves "after a man"."""
    for n in range(i + 1, end - 1):
        if ctx.lexicon.is_a("subordinator", tokens[n].low):
            told = (ctx.lexicon.kinds_of(tokens[m].low) for m in range(n + 1, end))
            if any(kinds & {"person", "verb"} for kinds in told):
                return n
    return end


def _end(tokens: tuple[Token, ...], i: int, offset: int) -> int:
    """The token behind the words that begin at token `i` and end at an offset of the document."""
    end = i + 1
    while end < len(tokens) and tokens[end].start < offset:
        end += 1
    return end


def _bears(ctx: Context, tokens: tuple[Token, ...], i: int, mention: PlaceMention) -> bool:
    """Tell whether a place's name is part of a person's: "Jordan Smith" behind no preposition."""
    end = _end(tokens, i, mention.quote.end)
    if end >= len(tokens) or end - i > 1:
        return False
    follow = tokens[end]
    before = tokens[i - 1].low if i else ""
    return (
        follow.text[0].isupper()
        and follow.start == tokens[end - 1].end + 1
        and not follow.text.isupper()
        and not ctx.lexicon.knows(follow.low)
        and follow.low not in ctx.lexicon.org_words
        and follow.start not in ctx.places
        and _BEFORE_PLACES.isdisjoint(ctx.lexicon.kinds_of(before))
    )


def _end_of_dash(tokens: Sequence[Token], i: int) -> int:
    """Where the dash at token `i` ends, of one hyphen or several: "five -- three women --"."""
    end = i + 1
    while end < len(tokens) and tokens[end].text == "-":
        if tokens[end].start != tokens[end - 1].end:
            break
        end += 1
    return end


def _word(ctx: Context, sentence: Sentence, lows: Words, i: int, before: Item | None) -> Item:
    token = sentence.tokens[i]
    if token.text in MARKS:
        tag = MARKS[token.text]
        if tag == "'" and i and sentence.tokens[i - 1].end == token.start:
            tag = "K"  # "the works' manager"
        end = _end_of_dash(sentence.tokens, i) if token.text == "-" else i + 1
        if tag == "-" and end == i + 1 and _inside_word(sentence.tokens, i):
            tag = "w"
        return Item(tag, i, end)
    if token.low in ctx.lexicon.possessive:
        return Item("K", i, i + 1)
    entry = lows.entries[i]
    taken, by_kind = entry.taken, entry.by_kind
    if not taken:  # most words
        return _unknown(ctx, sentence, lows, i)
    if taken > 1 and by_kind.keys() == {"after"}:  # "… and more than 26 …" is a joint
        taken, by_kind = 1, {s.kind: s for s in ctx.lexicon.senses(lows[i])}
    if taken > 1 and "including" in by_kind and _runs_on(lows, i, taken):
        kind = "among" if "among" in ctx.lexicon.kinds_of(lows[i]) else "including"
        return Item(_TAGS[kind], i, i + 1, Word(None, frozenset({kind})))
    if "verb" in by_kind and "noun" in by_kind and _as_noun(ctx, lows, i, i + taken):
        by_kind = {kind: sense for kind, sense in by_kind.items() if kind != "verb"}
    if by_kind and _in_proper_name(sentence, i) and not _counts(lows, i + taken, before, by_kind):
        return Item("w", i, i + 1, Word(None, frozenset(by_kind)))
    entered = _entered(entry) if by_kind is entry.by_kind else None
    if entered is not None:
        return Item(entered[0], i, i + taken, entered[1])
    return _tagged(i, i + (taken or 1), by_kind)


def _runs_on(lows: Words, i: int, taken: int) -> bool:
    """ "among those killed", "with at least 26": the end of the phrase begins another one.

    `taken` is how many tokens the phrase at token `i` takes.
    """
    inner = lows.entries[i + 1]
    if "harmed" in inner.kinds:
        return inner.taken > taken - 1
    if "before" not in inner.kinds or inner.taken != taken - 1 or i + taken >= len(lows):
        return False
    behind = lows.entries[i + taken].kinds  # "of these, five were women" has no number behind
    return lows[i + taken][0].isdigit() or bool(behind & _COUNTS)


def _unknown(ctx: Context, sentence: Sentence, lows: Words, i: int) -> Item:
    """A word that the pack does not know: by its ending it may be a past, or an adverb of harm."""
    low, lexicon = lows[i], ctx.lexicon
    if sentence.caps or sentence.tokens[i].text.islower():
        if low.endswith(lexicon.past_end):
            return Item("w", i, i + 1, _PAST_LIKE)
        if low.endswith(lexicon.gerund_end):
            return Item("w", i, i + 1, _GERUND_LIKE)
        if low.endswith(lexicon.adverb_end) and "verb" in lexicon.kinds(lows, i + 1):
            return Item("a", i, i + 1, _ADVERB)  # "were treacherously shot"
    return item_of(("w", i, i + 1, UNKNOWN))


def _in_proper_name(sentence: Sentence, i: int) -> bool:
    """Tell whether a word stands amid capitalised ones: "the Harm Monitor" harms nobody."""
    tokens = sentence.tokens
    if sentence.capitals or i == 0 or not tokens[i].text[0].isupper():
        return False
    beside = [tokens[n] for n in (i - 1, i + 1) if 0 < n < len(tokens)]
    return any(t.text[0].isupper() for t in beside)


def _counts(lows: Words, end: int, before: Item | None, by_kind: Mapping[str, Sense]) -> bool:
    """ "Kills 12", "12 Farmers Killed": a heading, as no name has a number beside a verb."""
    if "verb" not in by_kind:
        return False
    if end < len(lows) and (lows[end][0].isdigit() or lows.entries[end].kinds & _NUMBERS):
        return True
    people = before.data if before is not None else None
    return isinstance(people, People) and people.words in NUMBERED


@functools.cache
def _entered(entry: Entry) -> tuple[str, Word] | None:
    """The tag of an entry and what it rests on; None for a pronoun, which is people."""
    item = _tagged(0, entry.taken, entry.by_kind)
    return (item.tag, item.data) if isinstance(item.data, Word) else None


def _tagged(start: int, end: int, by_kind: Mapping[str, Sense]) -> Item:
    """The item of a word by the sense that wins; a word with none is just a word."""
    ranked = [kind for kind in by_kind if kind in _RANK]
    if not ranked:
        return Item("w", start, end, Word(None, frozenset(by_kind)))
    kind = ranked[0] if len(ranked) == 1 else min(ranked, key=_RANK.__getitem__)
    tag, data = _TAGS[kind], by_kind[kind].data
    if tag == "P":
        return Item("P", start, end, _pronoun(start, end, str(data)))
    if kind == "verb":
        tag = _FORM_TAGS.get(data.form, tag)
    return Item(tag, start, end, Word(data, frozenset(by_kind)))


def _inside_word(tokens: tuple[Token, ...], i: int) -> bool:
    """Tell whether a hyphen touches the words on both sides."""
    return (
        0 < i < len(tokens) - 1
        and tokens[i - 1].end == tokens[i].start
        and tokens[i].end == tokens[i + 1].start
    )


def _as_noun(ctx: Context, lows: Words, i: int, end: int) -> bool:
    """ "the murder of", "their killing": a word that is a verb elsewhere."""
    after = ctx.lexicon.kinds_of(lows[end]) if end < len(lows) else frozenset()
    before = ctx.lexicon.kinds_of(lows[i - 1]) if i else frozenset()
    owned = i > 0 and (lows[i - 1] in ctx.lexicon.possessive or lows[i - 1] == "'")
    # "life-threatening wounds", but "shooting wounds three"
    participle = i > 0 and lows[i - 1].endswith(ctx.lexicon.gerund_end) and not before
    described = participle and ctx.lexicon.is_a("wound", lows[i])
    third = ctx.lexicon.is_a("wound", lows[i]) and "preposition" in before  # "died from wounds"
    of_body = third or bool(before & {"body", "limb"}) and ctx.lexicon.is_a("wound", lows[i])
    return (
        owned
        or described
        or of_body  # "a head wound"
        or bool(after & {"of", "by"} or before & {"definite", "indefinite", "pronoun_possessive"})
    )


def _pronoun(start: int, end: int, kind: str) -> People:
    """ "he", "she", "they": people named before, or nobody in particular."""
    sex = {"male": Sex.MALE, "female": Sex.FEMALE}.get(kind, Sex.UNKNOWN)
    many = kind in ("many", "object")
    count = UNCOUNTED if many else ONE
    return People(
        start=start, end=end, count=count, words="pronoun", group=Group(sex=sex), plural=many
    )
