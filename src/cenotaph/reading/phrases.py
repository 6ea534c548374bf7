"""A sentence as a row of items: times, places and people first, then every word by what it may be."""

from cenotaph.model import Group, PlaceMention, Sex
from cenotaph.reading.items import ONE, UNCOUNTED, Context, Item, People, Row, Word
from cenotaph.reading.people import people_at
from cenotaph.reading.tokens import MARKS, Sentence, Token

# In the order in which a word's senses win, where it has several.
_TAGS = (
    ("toll", "O"), ("including", "I"), ("among", "A"), ("verb", "V"), ("adjective", "J"),
    ("noun", "F"), ("attack", "U"), ("be", "X"), ("be_not", "X"), ("have", "H"), ("would", "M"),
    ("could", "M"), ("not", "Z"), ("of_them", "I"), ("relative", "W"), ("if", "S"), ("of", "o"), ("by", "b"),
    ("according", "R"), ("preposition", "p"), ("and", "C"), ("subordinator", "S"), ("leave", "l"),
    ("report", "R"), ("deny", "R"), ("verb_other", "v"), ("toll_verb", "v"), ("adverb", "a"),
    ("fatal", "a"), ("suspected", "a"), ("each", "a"), ("more", "a"), ("pronoun_plain", "P"),
    ("pronoun_object", "P"),
)  # fmt: skip


def row_of(ctx: Context, sentence: Sentence) -> Row:
    """Return the items of one sentence."""
    tokens = sentence.tokens
    lows = [t.low for t in tokens]
    items: list[Item] = []
    i = 0
    while i < len(tokens):
        item = (
            _mention(ctx, tokens, i)
            or people_at(ctx, sentence, lows, i)
            or _word(ctx, sentence, lows, i)
        )
        items.append(item)
        i = max(item.end, i + 1)
    return Row(
        sentence=sentence, items=tuple(items), tags="".join(item.tag for item in items),
        wounds=tuple(item.tag == "F" and _last(ctx, lows, item, "wound") for item in items),
        attack_of=tuple(item.tag == "U" and _last(ctx, lows, item, "attack_of") for item in items),
        fatal=tuple(
            item.tag == "U"
            and any(ctx.lexicon.is_a("fatal_wound", low) for low in lows[item.start : item.end])
            for item in items
        ),
    )  # fmt: skip


def _last(ctx: Context, lows: list[str], item: Item, kind: str) -> bool:
    """Tell whether the last word of an item can be of a kind."""
    return ctx.lexicon.is_a(kind, lows[item.end - 1])


def _mention(ctx: Context, tokens: tuple[Token, ...], i: int) -> Item | None:
    time, place = ctx.times.get(tokens[i].start), ctx.places.get(tokens[i].start)
    if time is not None:
        return Item("T", i, _end(tokens, i, time.quote.end), time)
    if place is not None and not _bears(ctx, tokens, i, place):
        return Item("L", i, _end(tokens, i, place.quote.end), place)
    return None


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
        and not {"preposition", "of"} & {s.kind for s in ctx.lexicon.senses(before)}
    )


def _word(ctx: Context, sentence: Sentence, lows: list[str], i: int) -> Item:
    lexicon = ctx.lexicon
    token = sentence.tokens[i]
    if token.text in MARKS:
        tag = MARKS[token.text]
        if (
            tag == "-"
            and 0 < i < len(lows) - 1
            and (
                sentence.tokens[i - 1].end == token.start
                and token.end == sentence.tokens[i + 1].start
            )
        ):
            tag = "w"
        return Item(tag, i, i + 1)
    if token.low in lexicon.possessive:
        return Item("K", i, i + 1)
    taken, senses = lexicon.longest(lows, i)
    by_kind = {s.kind: s for s in senses}
    if "verb" in by_kind and "noun" in by_kind and _as_noun(ctx, lows, i, i + taken):
        del by_kind["verb"]
    for kind, tag in _TAGS:
        if kind in by_kind:
            sense = by_kind[kind]
            if tag == "P":
                return Item("P", i, i + taken, _pronoun(i, i + taken, str(sense.data)))
            if kind == "verb":
                tag = {"gerund": "G", "base": "B", "third": "B"}.get(sense.data.form, "V")
            return Item(tag, i, i + taken, Word(sense.data, frozenset(by_kind)))
    return Item("w", i, i + (taken or 1), Word(None, frozenset(by_kind)))


def _as_noun(ctx: Context, lows: list[str], i: int, end: int) -> bool:
    """ "the murder of", "their killing": a word that is a verb elsewhere."""
    after = {s.kind for s in ctx.lexicon.senses(lows[end])} if end < len(lows) else set()
    before = {s.kind for s in ctx.lexicon.senses(lows[i - 1])} if i else set()
    return bool(after & {"of", "by"} or before & {"the", "a", "pronoun_possessive"})


def _pronoun(start: int, end: int, kind: str) -> People:
    """ "he", "she", "they": people named before, or nobody in particular."""
    sex = {"male": Sex.MALE, "female": Sex.FEMALE}.get(kind, Sex.UNKNOWN)
    many = kind in ("many", "object")
    return People(
        start=start, end=end, count=UNCOUNTED if many else ONE, words="pronoun",
        group=Group(sex=sex), plural=many,
    )  # fmt: skip
