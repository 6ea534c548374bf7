"""Words of a text with what their letters tell: capitals, joined articles, possessives."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from cenotaph.model import Gazetteer
from cenotaph.places.lexicon import Lexicon, joiners
from cenotaph.spelling import fold

_WORD = re.compile(r"([A-Za-z]++(?=[ ,;:)\n\"]|\.[ \n])|[^\W_]+(?:[.'’‘`´ʿʾʻ‑-][^\W_]+)*)")
_GAP = re.compile(r"[ \t ]{1,2}|[ \t ]?\n[ \t ]?(?!\n)")
_WRAPPED = re.compile(r"[ \t]*\r?\n[ \t]*")
_MANY_SMALL = re.compile(r"(?:[^a-z]*[a-z]){12}")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_ENDINGS = frozenset(".!?:\n•*|")
# Behind a space, and nothing but the letters a to z.
_PLAIN = (True, True, True, True)


class Words:
    """The words of a stretch of text, one place of each list a word.

    `starts` and `ends` are its span (without a possessive ending), `lows` its letters in lower
    case, `gaps` what stands before it. `joined` tells that this is only a space; `capital` that the
    word looks like (a part of) a name; `opens` that it begins a sentence or a line; `shouted` and
    `titled` that its line is written wholly in capitals, or with a capital to most words.
    """

    __slots__ = (
        "capital", "ends", "gaps", "joined", "lows", "opens", "possessive", "shouted", "starts",
        "titled",
    )  # fmt: skip

    def __init__(self, text: str, words: Lexicon, start: int, end: int) -> None:
        parts = _WORD.split(text[start:end])  # what stands between the words, and they, in turns
        edges = list(accumulate(map(len, parts), initial=start))
        found = parts[1::2]
        self.starts: list[int] = edges[1:-1:2]
        self.ends: list[int] = edges[2::2]
        self.gaps: list[str] = parts[0:-1:2]
        self.lows: list[str] = list(map(str.lower, found))
        none = [False] * len(found)
        self.joined: list[bool] = [gap == " " for gap in self.gaps]
        self.capital: list[bool] = none[:]
        self.opens: list[bool] = none[:]
        self.possessive: list[bool] = none[:]
        self.shouted: list[bool] = none[:]
        self.titled: list[bool] = none
        if found:
            self._look_at_lines(text, start, end)
            self._look_at_words(text, found, words)

    def __len__(self) -> int:
        return len(self.lows)

    def _look_at_lines(self, text: str, start: int, end: int) -> None:
        shouted = False
        for line in text[start:end].split("\n"):
            behind = start + len(line)
            shouted = _shouts(line, behind=shouted)
            titled = _headline(line)
            if shouted or titled:
                first, last = bisect_left(self.starts, start), bisect_left(self.starts, behind)
                alike = [True] * (last - first)
                if shouted:
                    self.shouted[first:last] = alike
                if titled:
                    self.titled[first:last] = alike
            start = behind + 1

    def _look_at_words(self, text: str, found: list[str], words: Lexicon) -> None:
        """Look at the words that are not merely small letters behind a space, as most are."""
        tests = map(str.isascii, found), map(str.isalpha, found), map(str.islower, found)
        told = enumerate(zip(self.joined, *tests, strict=True))
        for i in [n for n, plain in told if plain != _PLAIN]:
            word, gap = found[i], self.gaps[i]
            if self.shouted[i] and i and self.shouted[i - 1] and _WRAPPED.fullmatch(gap):
                gap = self.gaps[i] = " "
            if gap != " ":
                self.joined[i] = _GAP.fullmatch(gap) is not None
                self.opens[i] = _opens(gap)
            else:
                self.joined[i] = True
            if word.isalpha():
                self.capital[i] = word[0].isupper() if word.isascii() else _capital(word)
            else:
                word = self._without_ending(i, word, words)
                if len(word) > 2 and word[1] == "." and _INITIALS.fullmatch(word):
                    self._with_stop(i, text)
                self.lows[i] = word.lower()
                self.capital[i] = _capital(word)
        self.opens[0] = True

    def _without_ending(self, i: int, word: str, words: Lexicon) -> str:
        for ending in words.possessive:
            if word.lower().endswith(ending) and len(word) > len(ending):
                self.ends[i] -= len(ending)
                self.possessive[i] = True
                return word[: -len(ending)]
        return word

    def _with_stop(self, i: int, text: str) -> None:
        """Take the full stop behind initials ("U.S.") in."""
        end = self.ends[i]
        if text[end : end + 1] == ".":
            self.ends[i] = end + 1
            if i + 1 < len(self.gaps):
                self.gaps[i + 1] = self.gaps[i + 1][1:]
                self.joined[i + 1] = self.gaps[i + 1] == " "

    def part(self, text: str, gazetteer: Gazetteer) -> None:
        """Part two place names that a hyphen joins ("the A-B road"), where the gazetteer knows
        both."""
        if "-" not in text:
            return
        joint = [n for n, low in enumerate(self.lows) if "-" in low and self.capital[n]]
        for i in [n for n in joint if self._is_joint(n, text, gazetteer)][::-1]:
            head, _, rest = self.lows[i].partition("-")
            middle = self.starts[i] + text[self.starts[i] : self.ends[i]].index("-")
            self.starts.insert(i + 1, middle + 1)
            self.ends.insert(i, middle)
            self.lows[i : i + 1] = [head, rest]
            self.gaps.insert(i + 1, "-")
            self.joined.insert(i + 1, False)
            self.capital.insert(i + 1, True)
            self.opens.insert(i + 1, False)
            self.possessive.insert(i, False)
            self.shouted.insert(i + 1, self.shouted[i])
            self.titled.insert(i + 1, self.titled[i])

    def _is_joint(self, i: int, text: str, gazetteer: Gazetteer) -> bool:
        start, end = self.starts[i], self.ends[i]
        word = text[start:end]
        head, _, rest = word.partition("-")
        if not (head[:1].isupper() and rest[:1].isupper()) or fold(head) in joiners():
            return False
        last = self.ends[i + 1] if follows(self, i) else end
        if gazetteer.knows(word) or gazetteer.knows(text[start:last]):
            return False
        longer = text[start + len(head) + 1 : last]
        return gazetteer.knows(head) and (gazetteer.knows(rest) or gazetteer.knows(longer))


def _opens(gap: str) -> bool:
    """Tell whether what stands between two words ends a sentence or a line."""
    return not _ENDINGS.isdisjoint(gap) or gap.strip(" ") in ("“", '"', "-")


def _capital(word: str) -> bool:
    first = word[0]
    if first.islower() and word.isalpha():
        return False
    if first.isupper():
        return "-" not in word or any(part[:1].isupper() for part in word.split("-")[1:])
    if first.islower():
        head, dash, rest = word.partition("-")
        if dash and rest[:1].isupper() and fold(head) in joiners():
            return True
        # Scripts with capitals, an elided article ("d'Ivoire").
        return len(word) > 2 and word[1] in "'’‘`" and word[2:3].isupper()
    return not first.isdigit() and first.upper() == first.lower()


def _shouts(line: str, *, behind: bool) -> bool:
    """Tell whether a line is written wholly in capitals; a short one may go on one that is."""
    if _MANY_SMALL.match(line) or not (behind or len(line) >= 15):
        return False
    lows = sum(map(str.islower, line))
    capitals = sum(map(str.isupper, line)) if lows < 12 else 0
    return capitals > 6 * lows and (capitals >= 15 or (behind and capitals > 1))


def _headline(line: str) -> bool:
    """Tell whether a line gives most of its words a capital, as headlines do."""
    if not 20 <= len(line) <= 160:
        return False
    heads = [word[0] for word in line.split() if word[0].isalpha()]
    return len(heads) >= 5 and sum(map(str.isupper, heads)) >= 0.7 * len(heads)


def runs(found: Words, words: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield the runs of words that could be names: first word and one past the last.

    A run ends where a line, a comma or a word of grammar stands; small words inside a name stay.
    """
    small, grammar = joiners(), words.function_words
    lows, capital = found.lows, found.capital
    done = 0
    for i in [n for n, low in enumerate(lows) if capital[n] or low in small]:
        if i < done or lows[i] in grammar or not (capital[i] or follows(found, i)):
            continue
        done = i + 1
        while done < len(lows) and found.joined[done] and not found.possessive[done - 1]:
            if "\n" in found.gaps[done]:
                break
            if not capital[done] and not (lows[done] in small and follows(found, done)):
                break
            if lows[done] in grammar and not sun_article(found, done):
                break
            done += 1
        yield i, done


def follows(found: Words, i: int) -> bool:
    """Tell whether a capital follows within the same name."""
    return i + 1 < len(found.lows) and found.joined[i + 1] and found.capital[i + 1]


def sun_article(found: Words, i: int) -> bool:
    """Tell whether a small word could be an article that took the sound of the next word ("An
    Nuqra")."""
    word = found.lows[i]
    if word not in joiners() or not follows(found, i):
        return False
    return len(word) > 1 and found.lows[i + 1].startswith(word[1:])
