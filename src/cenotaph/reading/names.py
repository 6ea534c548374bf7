"""Personal names: two capitalised words, a title with one, or a surname met before."""

import re

from cenotaph.reading.items import Context, Name
from cenotaph.reading.tokens import Sentence, Token

_INTEGER = re.compile(r"\d{1,3}")
_OLDEST = 110
LONGEST_NAME = 6


def name_at(ctx: Context, sentence: Sentence, i: int) -> Name | None:
    """A personal name at token `i`: two capitalised words, a title with one, or a known surname."""
    tokens, lexicon = sentence.tokens, ctx.lexicon
    if i >= len(tokens):
        return None
    k, titled = i, False
    while k < len(tokens) and lexicon.is_a("title", tokens[k].low):
        titled = True
        k += 1
        if k < len(tokens) and tokens[k].text == ".":
            k += 1
    first, words = k, 0
    while k < len(tokens) and words < LONGEST_NAME:
        token = tokens[k]
        if token.start in ctx.times:
            break
        if name_word(ctx, sentence, token):
            if token.low in lexicon.org_words:
                return None
            if token.low in lexicon.not_names or _harm_word(ctx, token.low):
                break
            if words == 0 and lexicon.knows(token.low) and not titled and k == 0:
                return None
            words += 1
        elif token.low in lexicon.name_particles and k + 1 < len(tokens):
            follow = tokens[k + 1]
            if not (name_word(ctx, sentence, follow) or follow.text == "-"):
                break
            if words == 0 and follow.text != "-":
                break
        elif (
            token.text in "-."
            and words
            and k + 1 < len(tokens)
            and (
                tokens[k + 1].text[0].isupper()
                and (token.text == "-" or len(tokens[k - 1].text) == 1)
            )
        ):
            pass
        elif token.text == '"' and words and k + 2 < len(tokens) and tokens[k + 2].text == '"':
            k += 2
        else:
            break
        k += 1
    while k > first and tokens[k - 1].text in "-.":
        k -= 1
    end = k
    if end <= first or words == 0:
        return None
    if end < len(tokens) and tokens[end].low in lexicon.org_words:
        return None
    last = tokens[end - 1].low
    age, after = age_after(ctx, tokens, end)
    if words >= 2 or titled or last in ctx.surnames or age is not None:
        if words == 1 and not titled and age is None and lexicon.knows(last):
            return None
        return Name(i, after, age)
    return None


def name_word(ctx: Context, sentence: Sentence, token: Token) -> bool:
    """Tell whether a token can be part of a name: capitalised; in capitals, no ordinary word."""
    first = token.text[0]
    if not (first.isupper() and first.isalpha()):
        return False
    return not sentence.caps or len(token.text) > 1 and not ctx.lexicon.common(token.low)


def _harm_word(ctx: Context, low: str) -> bool:
    return any(
        s.kind in ("verb", "adjective", "noun", "attack", "be", "have", "report", "thing")
        for s in ctx.lexicon.senses(low)
    )


def age_after(ctx: Context, tokens: tuple[Token, ...], end: int) -> tuple[int | None, int]:
    """An age behind a name: ", 23", "(23)", ", aged 23", "(38 years old)"."""
    k = end
    if k < len(tokens) and tokens[k].text in (",", "("):
        k += 1
        if k < len(tokens) and ctx.lexicon.is_a("aged", tokens[k].low):
            k += 1
        if k < len(tokens) and _INTEGER.fullmatch(tokens[k].text):
            age = int(tokens[k].text)
            k += 1
            lows = [t.low for t in tokens[k : k + 5]]
            taken, senses = ctx.lexicon.longest(lows, 0) if lows else (0, ())
            if any(s.kind == "age" for s in senses):
                k += taken
            closed = k >= len(tokens) or tokens[k].text in (",", ")", ".", ";", "-", "(")
            if 0 < age <= _OLDEST and (closed or taken):
                if tokens[end].text == "(" and k < len(tokens) and tokens[k].text == ")":
                    k += 1
                return age, k
    return None, end


def remember(ctx: Context, sentence: Sentence, name: Name) -> None:
    for token in sentence.tokens[name.start : name.end]:
        if token.text[0].isupper() and len(token.text) > 2:
            ctx.surnames.add(token.low)
