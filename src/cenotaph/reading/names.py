"""Personal names: two capitalised words, a title with one, or a surname met before.

No list of names is kept: a name is known by its capitals, by its title or the age beside it, and by
what stands around it. An organisation's name looks the same, so its words end the matter.
"""

import re

from cenotaph.model import Measure
from cenotaph.reading.items import Context, Name
from cenotaph.reading.lexicon import Words
from cenotaph.reading.tokens import MARKS, Sentence, Token

_INTEGER = re.compile(r"\d{1,3}")
_OLDEST = 110
LONGEST_NAME = 6
# Words that in capitals open a heading or a sentence on harm, and no name.
_NO_NAME = frozenset({"verb", "adjective", "noun", "attack", "be", "have", "report", "thing"})
# What may stand behind a name that is known by its verb alone.
_BEHIND_NAME = frozenset({"coordinator", "preposition", "subordinator", "relative", "of"})
# Harms of which a place is told as well: "besieged Velm", "evacuated Sarbek".
_OF_PLACES = frozenset({Measure.TRAPPED, Measure.EVACUATED, Measure.DISPLACED})
_MODAL = frozenset({"hypothetical", "possible"})
# Around the first of names that share another.
_BEFORE_NAMES = frozenset({",", "-", "–", "—", ":"})
_BEHIND_FIRST = frozenset({",", "and", "&"})
_BEHIND_AGE = frozenset({",", ")", ".", ";", "-", "–", "—", "("})


def name_at(ctx: Context, sentence: Sentence, i: int) -> Name | None:
    """A personal name at token `i`: two capitalised words, a title with one, or a known surname."""
    tokens, lexicon = sentence.tokens, ctx.lexicon
    if i >= len(tokens) or not _may_begin(ctx, tokens[i]):
        return None
    first = _behind_titles(ctx, tokens, i)
    titled = first > i
    if not titled and (not _begins(ctx, sentence, tokens[i]) or _definite(ctx, sentence, i)):
        return None
    if tokens[i].start in ctx.peoples and i + 1 < len(tokens) and tokens[i + 1].start in ctx.places:
        return None  # "Tessarias Velm" is a place
    end, words = _run(ctx, sentence, first, titled=titled)
    if end <= first or words == 0:
        return None
    if end < len(tokens) and tokens[end].low in lexicon.org_words:
        return None
    last = tokens[end - 1].low
    age, after = age_after(ctx, sentence, end)
    if words > 1 and not titled and age is None and lexicon.is_a("person", last):
        return None  # "Orthodox Christian minorities"
    if words == 1 and not titled and age is None:
        if lexicon.knows(last) or last not in ctx.surnames and not _harmed(ctx, sentence, i, end):
            return None
    return Name(i, after, age)


def name_of_kin(ctx: Context, sentence: Sentence, i: int) -> Name | None:
    """ "his wife Lina": one word in capitals right behind a noun of kin."""
    tokens = sentence.tokens
    if i >= len(tokens) or sentence.caps or sentence.title:
        return None
    if tokens[i].start in ctx.places or tokens[i].start in ctx.times:
        return None
    longer = name_at(ctx, sentence, i)
    if longer is not None or not name_word(ctx, sentence, tokens[i]) or len(tokens[i].text) < 3:
        return longer
    if ctx.lexicon.knows(tokens[i].low) or tokens[i].low in ctx.lexicon.org_words:
        return None
    age, after = age_after(ctx, sentence, i + 1)
    return Name(i, after, age)


def names_of_kin(ctx: Context, sentence: Sentence, i: int) -> tuple[Name, ...]:
    """ "their daughters Rana, Mira and Lina": single names behind a plural noun of kin.

    Full names are people of their own, whom the text may speak of again one by one.
    """
    tokens, found = sentence.tokens, list[Name]()
    full = name_at(ctx, sentence, i)
    if full is not None and (full.age is None or tokens[i + 1].text[0].isalpha()):
        return ()
    while (name := name_of_kin(ctx, sentence, i)) is not None:
        found.append(name)
        i = name.end
        if i < len(tokens) and ctx.lexicon.is_a("coordinator", tokens[i].low):
            last = name_of_kin(ctx, sentence, i + 1) or _ordinary(ctx, sentence, i + 1)
            return (*found, last) if last is not None else ()
        if i >= len(tokens) or tokens[i].text != ",":
            break
        i += 1
    return ()


def _ordinary(ctx: Context, sentence: Sentence, i: int) -> Name | None:
    """ "Their daughters Lin and May": behind another name, capitals make a name of "may" too."""
    tokens = sentence.tokens
    if i >= len(tokens) or not tokens[i].text.istitle() or tokens[i].start in ctx.times:
        return None
    modal = ctx.lexicon.kinds_of(tokens[i].low) <= _MODAL
    return Name(i, i + 1, None) if modal and ctx.lexicon.knows(tokens[i].low) else None


def entry_name(ctx: Context, sentence: Sentence, end: int) -> Name | None:
    """ "His wife, Rima Dorsawi, 40; and her mother": the name of kin in an entry of a list."""
    tokens = sentence.tokens
    if end + 2 >= len(tokens) or tokens[end].text != "," or not tokens[end + 1].text[0].isupper():
        return None
    name = name_at(ctx, sentence, end + 1)
    return name if name is not None and _ends_with(tokens, name.end, ";") else None


def _ends_with(tokens: tuple[Token, ...], at: int, mark: str) -> bool:
    return at < len(tokens) and tokens[at].text == mark


def names_sharing(ctx: Context, sentence: Sentence, end: int, number: int) -> tuple[Name, ...]:
    """ "Two brothers, Sami and Zaid Kettel,": the names of so many people behind token `end`.

    Those before the last lack the name that it bears; full names are people of their own, and so
    are those of whom ages are told.
    """
    tokens = sentence.tokens
    if end + 3 >= len(tokens) or tokens[end].text not in _BEFORE_NAMES:
        return ()
    if not tokens[end + 1].text[0].isupper() or tokens[end + 2].text not in _BEHIND_FIRST:
        return ()
    names = names_of_kin(ctx, sentence, end + 1)
    plain = all(name.end == name.start + 1 for name in names[:-1])
    return names if plain and len(names) == number else ()


def _harmed(ctx: Context, sentence: Sentence, i: int, end: int) -> bool:
    """ "killed Rashan and his driver": one word in capitals right behind a verb of harm.

    Peoples, forces and places stand there too, so it must be no plural, no abbreviation and no
    adjective before another noun.
    """
    tokens, lexicon = sentence.tokens, ctx.lexicon
    token = tokens[i]
    if i == 0 or end != i + 1 or sentence.caps or token.text.isupper() or token.start in ctx.places:
        return False
    if token.low.endswith(lexicon.plural_end) or len(token.text) < 3:
        return False
    verbs = (s.data for s in lexicon.senses(tokens[i - 1].low) if s.kind == "verb")
    if not any(verb.measure not in _OF_PLACES for verb in verbs):
        return False
    if lexicon.is_a("takes_things", tokens[i - 1].low):
        return False  # "the importance of capturing Sarbek"
    behind = lexicon.kinds(Words((t.low for t in tokens[end : end + 4]), lexicon), 0)
    ended = end >= len(tokens) or tokens[end].text in MARKS and tokens[end].text != "-"
    return ended or not behind.isdisjoint(_BEHIND_NAME)


def _definite(ctx: Context, sentence: Sentence, i: int) -> bool:
    """Tell whether capitals stand under one article: "the Sarbek Water Works" is nobody's name."""
    tokens, k = sentence.tokens, i - 1
    while k >= 0 and i - k < LONGEST_NAME and not sentence.capitals:
        if not tokens[k].text[0].isupper() or ctx.lexicon.is_a("definite", tokens[k].low):
            break
        k -= 1
    return k >= 0 and ctx.lexicon.is_a("definite", tokens[k].low)


def _may_begin(ctx: Context, token: Token) -> bool:
    """Tell whether a word could begin a name at all; most cannot."""
    if token.text[0].isupper() or token.low in ctx.lexicon.name_particles:
        return True
    return ctx.lexicon.is_a("title", token.low)


def _begins(ctx: Context, sentence: Sentence, token: Token) -> bool:
    """Tell whether a name can begin with a token: with a capital, or with a particle."""
    return token.low in ctx.lexicon.name_particles or name_word(ctx, sentence, token)


def _behind_titles(ctx: Context, tokens: tuple[Token, ...], k: int) -> int:
    """The token behind the titles at token `k`."""
    while k < len(tokens) and ctx.lexicon.is_a("title", tokens[k].low):
        k += 1
        if k < len(tokens) and tokens[k].text == ".":
            k += 1
    return k


def _run(ctx: Context, sentence: Sentence, first: int, *, titled: bool) -> tuple[int, int]:
    """Where the name at token `first` ends, and how many words it has; 0 for no name."""
    tokens, lexicon = sentence.tokens, ctx.lexicon
    k, words = first, 0
    while k < len(tokens) and words < LONGEST_NAME and tokens[k].start not in ctx.times:
        token = tokens[k]
        if not name_word(ctx, sentence, token):
            joint = _joint(ctx, sentence, k, words)
            if joint == 0:
                break
            k += joint
            continue
        if token.low in lexicon.org_words:
            return first, 0
        if token.low in lexicon.not_names or _no_name(ctx, token.low):
            break
        if words and _opens_count(ctx, sentence, k):
            break
        if k == 0 and not titled and lexicon.knows(token.low):
            return first, 0
        words += 1
        k += 1
    while k > first and tokens[k - 1].text in "-.":
        k -= 1
    initial = words > 1 and len(tokens[k - 1].text) == 1 and tokens[k - 1].text.isupper()
    if initial and k + 1 < len(tokens) and tokens[k].text == "." and tokens[k - 2].text == ".":
        k += tokens[k + 1].text.islower() or tokens[k + 1].text == ","  # "R. K. and T. S. were"
    return k, words


def _opens_count(ctx: Context, sentence: Sentence, k: int) -> bool:
    """ "… Bram Selim Eleven people were killed", "… Bram Selim Over 20 fighters"."""
    tokens, lexicon = sentence.tokens, ctx.lexicon
    if tokens[k].low in lexicon.cardinal:
        return True
    if not lexicon.is_a("before", tokens[k].low) or k + 1 >= len(tokens):
        return False
    return tokens[k + 1].text[0].isdigit() or tokens[k + 1].low in lexicon.cardinal


def _joint(ctx: Context, sentence: Sentence, k: int, words: int) -> int:
    """How many tokens at token `k` join the words of one name: a particle, a mark, a nickname."""
    tokens = sentence.tokens
    if k + 1 >= len(tokens):
        return 0
    text, follow = tokens[k].text, tokens[k + 1]
    if tokens[k].low in ctx.lexicon.name_particles:
        hyphen = follow.text == "-"
        return int(hyphen or words > 0 and name_word(ctx, sentence, follow))
    if words == 0:
        return 0
    if text in "-.":  # "Al-Masri", "John F. Smith"
        initial = len(tokens[k - 1].text) == 1
        return int(follow.text[0].isupper() and (text == "-" or initial))
    if text == '"':
        near = range(k + 2, min(k + 5, len(tokens)))
        closed = next((n for n in near if tokens[n].text == '"'), 0)
        capitals = all(token.text[0].isupper() for token in tokens[k + 1 : closed])
        return closed - k + 1 if closed and (closed == k + 2 or capitals) else 0
    return 0


def name_word(ctx: Context, sentence: Sentence, token: Token) -> bool:
    """Tell whether a token can be part of a name: capitalised; in capitals, no ordinary word."""
    first = token.text[0]
    if not (first.isupper() and first.isalpha()):
        return False
    return not sentence.caps or len(token.text) > 1 and not ctx.lexicon.common(token.low)


def _no_name(ctx: Context, low: str) -> bool:
    return not _NO_NAME.isdisjoint(ctx.lexicon.kinds_of(low))


def age_after(ctx: Context, sentence: Sentence, end: int) -> tuple[int | None, int]:
    """An age behind a name: ", 23", "(23)", ", aged 23", "(38 years old)"; and where it ends."""
    tokens = sentence.tokens
    end, given = _over_suffix(ctx, tokens, end), end
    found, behind = _age_at(ctx, sentence, end)
    return (found, behind) if found is not None else (None, given)


def _over_suffix(ctx: Context, tokens: tuple[Token, ...], end: int) -> int:
    """Where "Halim Dorsawi, Jr." ends, whose name alone ends before token `end`."""
    at = end + (tokens[end].text == ",") if end < len(tokens) else end
    if at < len(tokens) and tokens[at].low in ctx.lexicon.name_suffixes:
        at += 1
    elif not (0 < end < len(tokens) and tokens[end - 1].low in ctx.lexicon.name_suffixes):
        return end
    else:
        at = end
    return at + (tokens[at].text == ".") if at < len(tokens) else at


def _age_at(ctx: Context, sentence: Sentence, end: int) -> tuple[int | None, int]:
    tokens, k = sentence.tokens, end
    aged = k < len(tokens) and ctx.lexicon.is_a("aged", tokens[k].low)
    if k >= len(tokens) or tokens[k].text not in (",", "(") and not aged:
        return _bare_age(ctx, sentence, end)
    k += not aged
    if k < len(tokens) and ctx.lexicon.is_a("aged", tokens[k].low):
        k += 1
    if k >= len(tokens) or not _INTEGER.fullmatch(tokens[k].text):
        return None, end
    age = int(tokens[k].text)
    k += 1
    taken, senses = ctx.lexicon.longest(sentence.words, k)
    bracketed = tokens[end].text == "(" and sentence.words[k : k + 1] != []
    bracketed = bracketed and sentence.words[k] in ctx.lexicon.years
    if bracketed or any(s.kind == "age" for s in senses):
        k += taken
    elif k < len(tokens) and ctx.lexicon.kinds(sentence.words, k) & {"person", "modifier"}:
        return None, end  # "kills bride, 11 guests": a list
    closed = k >= len(tokens) or tokens[k].text in _BEHIND_AGE
    if not (0 < age <= _OLDEST and (closed or taken)):
        return None, end
    if tokens[end].text == "(" and k < len(tokens) and tokens[k].text == ")":
        k += 1
    return age, k


def _bare_age(ctx: Context, sentence: Sentence, end: int) -> tuple[int | None, int]:
    """ "Halim Dorsawi 23 was killed": an age whose commas are lost, behind a name of two words."""
    tokens, at = sentence.tokens, end + 1
    if end < 2 or end >= len(tokens) or len(tokens[end].text) > 2 or not tokens[end].text.isdigit():
        return None, end
    if sentence.title or sentence.capitals:
        return None, end  # "Rally Leaves 2 Dead"
    begin = end - 1
    while begin > 0 and name_word(ctx, sentence, tokens[begin - 1]):
        begin -= 1
    before = ctx.lexicon.kinds_of(tokens[begin - 1].low) if begin else frozenset[str]()
    known = end - begin > 1 or tokens[begin].low in ctx.surnames
    placed = any(token.start in ctx.places for token in tokens[begin:end])
    if not known or placed or "preposition" in before or tokens[end].text[0] == "0":
        return None, end
    closed = at >= len(tokens) or tokens[at].text in ".;" or name_word(ctx, sentence, tokens[at])
    if not closed and tokens[at].low not in ctx.lexicon.behind_age:
        joined = "coordinator" in before and "be" in ctx.lexicon.kinds_of(tokens[at].low)
        return (int(tokens[end].text), at) if joined else (None, end)
    return int(tokens[end].text), at


def remember(ctx: Context, sentence: Sentence, name: Name) -> None:
    """Keep the words of a name, so that a surname alone is known further down."""
    for token in sentence.tokens[name.start : name.end]:
        if token.text[0].isupper() and len(token.text) > 2:
            ctx.surnames.add(token.low)
