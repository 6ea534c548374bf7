"""What is known of the words of a text, and what the words round a run of them say of it."""

from dataclasses import dataclass

from cenotaph.model import Gazetteer, NameLevel, PlaceKind
from cenotaph.places.lexicon import (
    Lexicon,
    ambiguous_countries,
    country_code,
    cut_short,
    demonym_country,
    demonym_stems,
)
from cenotaph.places.relate import Name
from cenotaph.places.tokens import Token, paired

# So many words stand between a name and the attack on it ("the X market car bombing").
_STRUCK = 3
# Inhabitants from which a city is known by its name alone.
CITY = 50_000
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


class Evidence:
    """The words of one text, asked one by one or as runs [first, last)."""

    def __init__(self, text: str, found: list[Token], words: Lexicon, gazetteer: Gazetteer) -> None:
        self.text, self.words, self.gazetteer = text, words, gazetteer
        self.found = paired(found, text, gazetteer)
        self._peoples: dict[tuple[str, str], str | None] = {}

    def _text(self, first: int, last: int) -> str:
        return self.text[self.found[first].start : self.found[last - 1].end]

    def _name(self, first: int, last: int) -> Name:
        return Name(first=first, last=last, known=True, demonym=False)

    def _code(self, first: int, last: int) -> str | None:
        """The country of a short name such as "U.S."."""
        text = self._text(first, last)
        if self.found[first].shouted and text in ambiguous_countries():
            return None
        return country_code(text)

    def _known(self, first: int, last: int) -> bool:
        if self._code(first, last) is not None:
            return True
        return self.gazetteer.knows(self._text(first, last))

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
        return any(m.entry.kind is PlaceKind.COUNTRY for m in self.gazetteer.named(text)
                   if m.level is NameLevel.FOLDED)  # fmt: skip

    def _barred(self, i: int) -> bool:
        word = self.found[i].lower
        if word in self.words.barred or word in cut_short():
            if self._code(i, i + 1) is not None:
                return False
            return word in self.words.barred or self._goes_on(i)
        return False

    def _goes_on(self, i: int) -> bool:
        """Tell whether a name goes on behind the full stop of a short form."""
        following = self.found[i + 1] if i + 1 < len(self.found) else None
        return following is not None and following.capital and following.before == ". "

    def _people(self, i: int) -> str | None:
        """The country of a people's name: from the table, or by its form from a country's name."""
        word = self._text(i, i + 1)
        key = word, word.title() if self.found[i].shouted else word
        if key not in self._peoples:
            self._peoples[key] = self._country_of_people(*key)
        return self._peoples[key]

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
            for match in self.gazetteer.named(stem):
                if match.entry.kind is PlaceKind.COUNTRY and match.level is NameLevel.FOLDED:
                    return match.entry.country
        return self._owning(word) if written == word else None

    def _owning(self, word: str) -> str | None:
        """The country of a possessive that has lost its apostrophe: "Tessarias Velm"."""
        stem = word.removesuffix("s")
        if stem == word or len(stem) < 4 or self.gazetteer.knows(word):
            return None
        for match in self.gazetteer.named(stem):
            if match.entry.kind is PlaceKind.COUNTRY and match.level is NameLevel.FOLDED:
                return match.entry.country
        return None

    def _personal(self, first: int, end: int, context: Context) -> bool:
        words, found = self.words, self.found
        if context.title or found[first].lower in words.titles:
            return True
        return end - first > 1 and found[first].lower in words.person_names

    def _context(self, start: int, end: int) -> Context:
        """Walk back from a run over adjectives and articles to the word that governs it."""
        found, words = self.found, self.words
        head = found[start]
        the = kind = listed = False
        i = start - 1
        line = start == 0 or "\n" in head.before or head.before.strip(" ") in _BULLETS
        after = self.text[found[end - 1].end : found[end - 1].end + 3]
        behind = found[end] if end < len(found) else None
        if behind is not None and behind.joined and "\n" not in behind.before:
            if behind.lower in words.kinds and behind.lower not in words.kinds_before:
                kind = True
            elif behind.lower in words.countryside or behind.lower in words.camp_words:
                kind = True
        line = line and bool(after[:1] in _ENDS or after[:2] in (" -", " –", " —", " (", " |"))
        glued = head.joined and "\n" not in head.before
        listed = head.before.strip(" ") in (",", ";")
        if listed and i >= 0 and found[i].lower in words.kinds and not head.shouted:
            kind = True
        steps = 0
        while i >= 0 and glued and steps < 6:
            word = found[i].lower
            if word in words.titles and i == start - 1:
                return Context(title=True)
            if word in words.lists:
                return Context(the=the, kind=kind, listed=True, line=line)
            if word in words.strong and word not in words.of:
                return Context(strong=True, the=the, kind=kind, line=line)
            if word in words.of and i > 0 and found[i].joined and found[i - 1].lower in words.kinds:
                return Context(strong=True, mid=True, kind=True, line=line)
            if word in words.kinds and i == start - 1 and not found[i].capital:
                kind = True
            elif word in words.determiners:
                the = True
            elif word in words.mid or word in words.fought_for and self._fought(i):
                return Context(mid=True, the=the, kind=kind, line=line)
            elif not (
                word in words.compass or word in words.fillers or word in words.rural
                or word in words.kinds or word in words.parts or demonym_country(word) is not None
                or found[i].possessive
            ):  # fmt: skip
                break
            glued = found[i].joined and "\n" not in found[i].before
            i -= 1
            steps += 1
        struck = not kind and head.lower not in words.compass and self._struck(end)
        return Context(the=the, kind=kind, listed=listed, line=line, struck=struck)

    def _fought(self, i: int) -> bool:
        """Tell whether the word before word `i` is one of fighting: "the battle for X"."""
        return i > 0 and self.found[i].joined and self.found[i - 1].lower in self.words.fought

    def _struck(self, end: int) -> bool:
        """Tell whether an attack stands right behind a run, and so its place: "the X air strike".

        A target or a weapon may stand between ("the X market bombing").
        """
        words = self.words
        for token in self.found[end : end + _STRUCK + 1]:
            if not token.joined or "\n" in token.before or token.capital:
                return False
            if token.lower in words.struck:
                return True
            if token.lower not in words.struck_between:
                return False
        return False
