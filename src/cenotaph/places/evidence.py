"""What is known of the words of a text, and what the words round a run of them say of it."""

import re
from dataclasses import dataclass

from cenotaph.model import Gazetteer, NameLevel, PlaceKind
from cenotaph.places.around import apposed
from cenotaph.places.lexicon import (
    Lexicon,
    ambiguous_countries,
    country_code,
    cut_short,
    demonym_country,
    demonym_stems,
)
from cenotaph.places.memory import memory_of
from cenotaph.places.relate import Name
from cenotaph.places.tokens import Words

# So many words stand between a name and the attack on it ("the X market car bombing").
_STRUCK = 3
# Inhabitants from which a city is known by its name alone.
CITY = 50_000
# A word that calls a whole list places stands so many words behind one of them at most.
_LISTED = 9
# What a place is called whose name need not be known for that.
NAMED_SO = frozenset(
    {
        PlaceKind.ADMIN2,
        PlaceKind.AREA,
        PlaceKind.SETTLEMENT,
        PlaceKind.NEIGHBOURHOOD,
        PlaceKind.CAMP,
    }
)
# A name and its number in a row of such, what stands before it, and the one before or behind.
_NUMBER = re.compile(r"(?: ?[:–-] ?| )\d{1,6}(?= *(?:[,;.\n]|and |$))")
_BEFORE_ROW = re.compile(r"(?:^|[:,;–\n-]|\d and) *(?:and )?$")
_NEXT = re.compile(
    r" *(?:[,;] ?(?:and )?|and )[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}(?: ?[:–-] ?| )\d"
)
_LAST = re.compile(r"\d *(?:[,;] ?(?:and )?|and )$")
_JOINT = 8
_BULLETS = (")", "-", "–", "•", "*", "||", "|", "#")
_ENDS = tuple(",:(")


@dataclass(frozen=True, slots=True)
class Context:
    """What stands before and behind a run: how strongly it says that a place follows."""

    strong: bool = False
    mid: bool = False
    the: bool = False
    kind: bool = False
    title: bool = False
    listed: bool = False
    line: bool = False
    struck: bool = False


NOTHING = Context()


class Evidence:
    """The words of one text, asked one by one or as runs [first, last)."""

    def __init__(self, text: str, found: Words, words: Lexicon, gazetteer: Gazetteer) -> None:
        self.text, self.words, self.gazetteer, self.found = text, words, gazetteer, found
        self._peoples = memory_of(gazetteer).peoples

    def _text(self, first: int, last: int) -> str:
        return self.text[self.found.starts[first] : self.found.ends[last - 1]]

    def _name(self, first: int, last: int) -> Name:
        return Name(first=first, last=last, known=True, demonym=False)

    def _code(self, first: int, last: int) -> str | None:
        """The country of a short name such as "U.S."."""
        return self._code_of(first, self._text(first, last))

    def _code_of(self, first: int, text: str) -> str | None:
        if self.found.shouted[first] and text in ambiguous_countries():
            return None
        return country_code(text)

    def _known(self, first: int, last: int) -> bool:
        text = self._text(first, last)
        return self.gazetteer.knows(text) or self._code_of(first, text) is not None

    def _famous(self, i: int) -> bool:
        """Tell whether a word is the name of a country, an area or a city anywhere."""
        matches = self.gazetteer.named(self._text(i, i + 1))
        return any(
            m.level is NameLevel.FOLDED
            and (
                m.entry.population >= CITY or m.entry.kind in (PlaceKind.COUNTRY, PlaceKind.ADMIN1)
            )
            for m in matches
        )

    def _is_country(self, first: int, last: int) -> bool:
        if self._code(first, last) is not None:
            return True
        text = self._text(first, last)
        return any(m.entry.kind is PlaceKind.COUNTRY for m in self.gazetteer.afar(text)
                   if m.level is NameLevel.FOLDED)  # fmt: skip

    def _barred(self, i: int) -> bool:
        word = self.found.lows[i]
        if word in self.words.barred or word in cut_short():
            if self._code(i, i + 1) is not None:
                return False
            return word in self.words.barred or self._goes_on(i)
        return False

    def _goes_on(self, i: int) -> bool:
        """Tell whether a name goes on behind the full stop of a short form."""
        found = self.found
        return i + 1 < len(found.lows) and found.capital[i + 1] and found.gaps[i + 1] == ". "

    def _people(self, i: int) -> str | None:
        """The country of a people's name: from the table, or by its form from a country's name."""
        word = self._text(i, i + 1)
        key = word, word.title() if self.found.shouted[i] else word
        peoples = self._peoples
        if key in peoples:
            return peoples[key]
        country = peoples[key] = self._country_of_people(*key)
        return country

    def _country_of_people(self, word: str, written: str) -> str | None:
        """The country of a people by its name, and by the name as it is written in lower case."""
        code = demonym_country(word)
        if code is not None:
            return code
        head = word.split("-")[0]
        if head != word:
            return None
        if country_code(word) is not None:
            return None
        for stem in demonym_stems(written):
            for match in self.gazetteer.afar(stem):
                if match.entry.kind is PlaceKind.COUNTRY and match.level is NameLevel.FOLDED:
                    return match.entry.country
        return self._owning(word) if written == word else None

    def _owning(self, word: str) -> str | None:
        """The country of a possessive that has lost its apostrophe: "Tessarias Velm"."""
        stem = word.removesuffix("s")
        if stem == word or len(stem) < 4 or self.gazetteer.knows(word):
            return None
        for match in self.gazetteer.afar(stem):
            if match.entry.kind is PlaceKind.COUNTRY and match.level is NameLevel.FOLDED:
                return match.entry.country
        return None

    def _personal(self, first: int, end: int, context: Context) -> bool:
        words, found = self.words, self.found
        named_so = context.kind and context.strong  # "the village of Abu Kalen"
        if not context.title and (named_so or self._kind_behind(end)):
            return False  # "the Sheikh Nadir neighbourhood" is called after him
        if context.title or found.lows[first] in words.titles:
            return True
        return end - first > 1 and found.lows[first] in words.person_names

    def _kind_behind(self, end: int) -> bool:
        """Tell whether the word right behind a run is what a place is called: "X district"."""
        found = self.found
        if end >= len(found.lows) or not found.joined[end]:
            return False
        return self.words.kinds.get(found.lows[end]) in NAMED_SO

    def _plural_kind(self, end: int) -> bool:
        """Tell whether one word calls a list places of which a run is one: "X and Y districts"."""
        found, words = self.found, self.words
        listed = False
        for i in range(end, min(len(found.lows), end + _LISTED)):
            low, gap = found.lows[i], found.gaps[i].strip(" ")
            listed = listed or gap == "," or low in words.lists
            if not listed or gap not in ("", ","):
                return False
            if low in words.kinds:
                return low.endswith(words.plural) and words.kinds[low] in NAMED_SO
            if not (found.capital[i] or low in words.lists or low in words.camp_words):
                return False
        return False

    def _called(self, i: int) -> bool:
        """Tell whether the word behind a run begins what a place is called: "X refugee camp"."""
        word, gap, words = self.found.lows[i], self.found.gaps[i], self.words
        if self.found.joined[i] and "\n" not in gap:
            if word in words.kinds and word not in words.kinds_before:
                return True
            if word in words.countryside or word in words.camp_words:
                return True
        if apposed(self.found, i, words) is not None:
            return True
        return (gap != " " or word in words.lists) and self._plural_kind(i)

    def _context(self, start: int, end: int) -> Context:
        """Walk back from a run over adjectives and articles to the word that governs it."""
        found, words = self.found, self.words
        gap = found.gaps[start]
        before, same_line = gap.strip(" ") if gap != " " else "", "\n" not in gap
        the = listed = line = False
        kind = end < len(found.lows) and self._called(end)
        i = start - 1
        if start == 0 or not same_line or before in _BULLETS:
            after = self.text[found.ends[end - 1] : found.ends[end - 1] + 2]
            line = after[:1] in _ENDS or after in (" -", " –", " —", " (", " |")
        line = line or self._counted(start, end)
        glued = found.joined[start] and same_line
        listed = before in (",", ";")
        if listed and i >= 0 and found.lows[i] in words.kinds and not found.shouted[start]:
            kind = True
        steps = 0
        while i >= 0 and glued and steps < 6:
            word = found.lows[i]
            if word not in words.offices:
                if not found.possessive[i] and demonym_country(word) is None:
                    break
            elif word in words.titles and i == start - 1:
                return Context(title=True)
            elif word in words.lists:
                return Context(the=the, kind=kind, listed=True, line=line)
            elif word in words.strong and word not in words.of:
                return Context(strong=True, the=the, kind=kind, line=line)
            elif (
                word in words.of and i > 0 and found.joined[i] and found.lows[i - 1] in words.kinds
            ):
                return Context(strong=True, mid=True, kind=True, line=line)
            elif word in words.kinds and i == start - 1 and not found.capital[i]:
                kind = True
            elif word in words.determiners:
                the = True
            elif self._governs(i):
                return Context(mid=True, the=the, kind=kind, line=line)
            elif not (
                word in words.adjoining or found.possessive[i]
                or demonym_country(word) is not None
            ):  # fmt: skip
                break
            glued = found.joined[i] and "\n" not in found.gaps[i]
            i -= 1
            steps += 1
        struck = not kind and found.lows[start] not in words.compass and self._struck(end)
        if not (the or kind or listed or line or struck):
            return NOTHING
        return Context(the=the, kind=kind, listed=listed, line=line, struck=struck)

    def _governs(self, i: int) -> bool:
        """Tell whether a known name may follow a word: "hit X", "the battle for X".

        In "in the besieged X" the word is no verb.
        """
        found, words = self.found, self.words
        word = found.lows[i]
        if word not in words.mid:
            return word in words.fought_for and self._fought(i)
        if word not in words.fillers or i == 0 or not found.joined[i] or "\n" in found.gaps[i]:
            return True
        before = found.lows[i - 1]
        return before not in words.determiners and before not in words.strong

    def _counted(self, start: int, end: int) -> bool:
        """Tell whether a run stands in a row of names with their numbers: "Orun 4, Sarbek 3"."""
        begins, ends = self.found.starts[start], self.found.ends[end - 1]
        number = _NUMBER.match(self.text, ends)
        if number is None or _BEFORE_ROW.search(self.text, max(0, begins - _JOINT), begins) is None:
            return False
        if _NEXT.match(self.text, number.end()) is not None:
            return True
        return _LAST.search(self.text, max(0, begins - _JOINT), begins) is not None

    def _fought(self, i: int) -> bool:
        """Tell whether the word before word `i` is one of fighting: "the battle for X"."""
        return i > 0 and self.found.joined[i] and self.found.lows[i - 1] in self.words.fought

    def _struck(self, end: int) -> bool:
        """Tell whether an attack stands right behind a run, and so its place: "the X air strike".

        A target or a weapon may stand between ("the X market bombing").
        """
        found, words = self.found, self.words
        for i in range(end, min(len(found.lows), end + _STRUCK + 1)):
            if not found.joined[i] or found.capital[i] or "\n" in found.gaps[i]:
                return False
            if found.lows[i] in words.struck:
                return True
            if found.lows[i] not in words.struck_between:
                return False
        return False
