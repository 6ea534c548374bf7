"""The head of a noun phrase: the noun that its adjectives, ages and names belong to.

What a number counts is often words away ("26 mostly elderly Sarbek farmers"), so the words behind
it are read one by one, each kind by its rule, until a noun closes the phrase or a word ends it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from cenotaph.model import Group, Measure
from cenotaph.reading.entries import PersonWord, Sense
from cenotaph.reading.groups import joined, modified, of_age
from cenotaph.reading.items import UNCOUNTED, Context, Name, People
from cenotaph.reading.lexicon import Words
from cenotaph.reading.names import (
    age_after,
    entry_name,
    name_at,
    name_of_kin,
    names_of_kin,
    remember,
)
from cenotaph.reading.number_words import of_a_name
from cenotaph.reading.tokens import MARKS, Sentence

_HYPHENS = frozenset("-–")
_BARS = frozenset("|•·")
_INTEGER = re.compile(r"\d{1,3}")
# A head is looked for over so many tokens, and behind so many words that the pack does not know.
REACH = 9
UNKNOWN_WORDS = 3
MONTHS = 12

_STOPS = frozenset({
    "be", "negated_be", "have", "hypothetical", "possible", "negation", "conditional", "relative",
    "of", "by", "according", "preposition", "coordinator", "subordinator", "leave", "report",
    "deny", "verb_other", "toll", "including", "of_them", "indefinite", "definite", "zero", "among",
    "pronoun_plain", "pronoun_object", "pronoun_possessive", "every",
})  # fmt: skip
_DESCRIBES = frozenset({"verb", "adjective", "modifier", "adverb"})
_GOES_ON = frozenset({"person", "modifier", "attack", "thing", "noun", "collective_of", "title"})


class _Noun(NamedTuple):
    """A noun for people at tokens [start, end), and the name that its title bears."""

    word: PersonWord
    start: int
    end: int
    name: Name | None


@dataclass(slots=True)
class _Search:
    """The search for a head: what the words from `start` up to `at` have said.

    `counted` is set where the head is a noun of harm, an attack or a thing, `noun` where it is
    people.
    """

    ctx: Context
    sentence: Sentence
    lows: Words
    start: int
    at: int
    modifiers: list[str] = field(default_factory=list)
    attribute: Measure | None = None
    age: int | None = None
    unknown: int = 0
    additional: bool = False
    noun: _Noun | None = None
    counted: People | None = None

    def step(self) -> bool:
        """Read the words at token `at`; False where the phrase ends."""
        entry = self.lows.entries[self.at]
        taken, kinds = entry.taken, entry.by_kind
        if not kinds and self._over_place():
            return True
        end = self.at + taken
        if "person" in kinds:
            return self._person(kinds, end)
        if self.noun is not None:
            return False
        if "noun" in kinds:
            return self._noun_of_harm(kinds["noun"], end)
        if "attack" in kinds:
            return self._attack(kinds["attack"], end)
        if "thing" in kinds:
            return self._thing(end)
        return self._before_noun(kinds, taken)

    def _over_place(self) -> bool:
        """Step over a place before its people: "26 Sarbek residents"."""
        tokens = self.sentence.tokens
        mention = self.ctx.places.get(tokens[self.at].start)
        if mention is None:
            return False
        self.at += 1
        while self.at < len(tokens) and tokens[self.at].start < mention.quote.end:
            self.at += 1
        return True

    def _person(self, kinds: Mapping[str, Sense], end: int) -> bool:
        word: PersonWord = kinds["person"].data
        lexicon, lows = self.ctx.lexicon, self.lows
        self.additional = self.additional or "more" in kinds  # "three other civilians"
        if end < len(lows) and lows[end] in lexicon.possessive:
            self.noun = None
            return False
        if word.adjective and _goes_on(self.ctx, lows, end):
            self.at = end
            return True
        if "more" in kinds and lexicon.kinds(lows, end) & {"noun", "attack"}:
            self.at = end  # "two other gunshot victims"
            return True
        if not word.plural and self._hyphened(end):
            self.at = end
            if "person" in lexicon.kinds(lows, end + 2):
                return True
            # "a rebel-held quarter"
            self.counted = People(
                start=self.start, end=end + 2, count=UNCOUNTED, words="", thing=True
            )
            return False
        if "more" in kinds and not word.plural and self._people_ahead(end):
            self.at = end  # "six other Ahrar al-Velm members"
            return True
        verb = _heading_verb(self.ctx, self.sentence, lows, end)
        if "modifier" in kinds and lexicon.kinds(lows, end) & {"noun", "attack"} and not verb:
            self.modifiers.append(str(kinds["modifier"].data))  # "26 civilian fatalities"
            self.at = end
            return True
        if "title" in kinds and not word.plural:
            titled = name_at(self.ctx, self.sentence, end)
            if titled is not None:
                self.noun = _Noun(word, self.at, end, titled)
                return False
        self.noun = _Noun(word, self.at, end, None)
        self.at = end
        if word.plural and "modifier" not in kinds and not self._one():
            return False
        return "person" in lexicon.kinds(lows, end)

    def _people_ahead(self, at: int) -> bool:
        """Tell whether a plural of people follows behind the name of their body alone."""
        tokens, lexicon = self.sentence.tokens, self.ctx.lexicon
        end = min(len(tokens), at + UNKNOWN_WORDS + 2)
        for n in range(at, end):
            person = next((s.data for s in self.lows.entries[n].senses if s.kind == "person"), None)
            if person is not None and n > at:
                return bool(person.plural)
            if tokens[n].text[0].isupper() or tokens[n].text in _HYPHENS:
                continue
            if tokens[n].low not in lexicon.name_particles:
                if _DESCRIBES.isdisjoint(
                    lexicon.kinds_of(tokens[n].low)
                ):  # "two other wounded men"
                    return False
        return False

    def _one(self) -> bool:
        """ "a veterans leader": behind "a" a plural only describes the noun that follows it."""
        return self.start > 0 and "indefinite" in self.ctx.lexicon.kinds(self.lows, self.start - 1)

    def _hyphened(self, end: int) -> bool:
        """Tell whether a participle is tied to the word before token `end`: "rebel-held"."""
        tokens = self.sentence.tokens
        if end + 1 >= len(tokens) or tokens[end].text not in _HYPHENS:
            return False
        touch = (
            tokens[end - 1].end == tokens[end].start and tokens[end].end == tokens[end + 1].start
        )
        follow = self.ctx.lexicon.kinds(self.lows, end + 1)
        past = tokens[end + 1].low.endswith(self.ctx.lexicon.participle_end)
        return touch and (past or "verb_other" in follow)

    def _noun_of_harm(self, sense: Sense, end: int) -> bool:
        if sense.data.counted:
            self.counted = People(
                start=self.start, end=end, count=UNCOUNTED, words="",
                group=modified(Group(), self.modifiers), plural=sense.data.plural,
                measure=sense.data.measure, head=" ".join(self.lows[self.at : end]),
                additional=self.additional,
            )  # fmt: skip
        return False

    def _attack(self, sense: Sense, end: int) -> bool:
        if self.ctx.lexicon.kinds(self.lows, end) & {"person", "noun", "attack"}:
            self.at = end
            return True
        self.counted = People(
            start=self.start, end=end, count=UNCOUNTED, words="", plural=sense.data.plural,
            weak=sense.data.weak, measure=Measure.ATTACKS, head=" ".join(self.lows[self.at : end]),
        )  # fmt: skip
        return False

    def _thing(self, end: int) -> bool:
        plural = self.lows[self.at].endswith(self.ctx.lexicon.plural_end)
        if not plural and "person" in self.ctx.lexicon.kinds(self.lows, end):
            self.at = end
            return True
        if not plural and self._of_thing(end):
            self.at = end + 1
            return True
        self.counted = People(start=self.start, end=end, count=UNCOUNTED, words="", thing=True)
        return False

    def _of_thing(self, end: int) -> bool:
        """ "a bomb disposal expert", "a bus company clerk": one word stands between."""
        tokens = self.sentence.tokens
        if end + 1 >= len(tokens) or self.lows.entries[end].kinds or not tokens[end].text.islower():
            return False
        if tokens[end].start in self.ctx.places or tokens[end].start in self.ctx.times:
            return False
        behind = self.ctx.lexicon.longest(self.lows, end + 1)[1]
        return any(s.kind == "person" and not s.data.plural for s in behind)

    def _before_noun(self, kinds: Mapping[str, Sense], taken: int) -> bool:
        """A word that can stand before a noun: an adjective, a hyphen, an age, an unknown word."""
        low = self.lows[self.at]
        if "modifier" in kinds:
            self.modifiers.append(str(kinds["modifier"].data))
        elif "more" in kinds or "additional" in kinds or "next" in kinds:
            self.additional = True
        elif ("verb" in kinds or "adjective" in kinds) and (end := self._both_harms(kinds, taken)):
            self.attribute = Measure.KILLED_OR_INJURED
            self.at = end
            return True
        elif "coordinator" in kinds and self._shares_head():
            self.unknown = 0
        elif low == "(" and (end := self._short_name()):
            self.at = end
            return True
        elif "verb" in kinds or "adjective" in kinds:
            if not self._harmed(kinds, taken):
                return False
        elif self._stops(kinds, taken):
            return False
        elif low in MARKS or low in _BARS:  # "kills 23 | Sarbek Times"
            if low != "-" or self.at == self.start or not self._touches():
                return False
        elif "cardinal" in kinds or low[0].isdigit():
            if not of_a_name(self.sentence.tokens, self.lows, self.at, self.ctx.lexicon):
                return self._aged(taken or 1)
        elif not kinds:
            self.unknown += 1
            if self.unknown > UNKNOWN_WORDS:
                return False
        self.at += taken or 1
        return True

    def _harmed(self, kinds: Mapping[str, Sense], taken: int) -> bool:
        """Tell whether a word of harm describes the noun behind it: "six wounded soldiers"."""
        follow = self.ctx.lexicon.kinds(self.lows, self.at + taken)
        if "person" not in follow and "modifier" not in follow:
            return False
        if self.lows[self.at + taken] in self.ctx.lexicon.others:
            return False  # "2 killed others injured", where the comma is lost
        verb = kinds.get("verb")
        if verb and verb.data.form in ("base", "third"):  # "Army Kills Commander"
            return False
        if verb and verb.data.pattern == "object" and self._behind_means():
            return False  # "a roadside bomb killed Colonel Dorsawi"
        self.attribute = verb.data.measure if verb else kinds["adjective"].data
        return True

    def _behind_means(self) -> bool:
        """Tell whether a noun for what kills stands right before: the verb tells what it did."""
        return self.at > self.start and "attacks_too" in self.lows.entries[self.at - 1].kinds

    def _stops(self, kinds: Mapping[str, Sense], taken: int) -> bool:
        """Tell whether a word ends the phrase, as does a number of others: "the advance prompted
        thousands of civilians to leave", but "the exact numbers of casualties"."""
        if "vague" in kinds and self.at > self.start:
            lexicon, low = self.ctx.lexicon, self.lows[self.at]
            return not (lexicon.is_a("tally", low) or lexicon.is_a("tallies", low))
        return not _STOPS.isdisjoint(kinds) and not self._participle(taken)

    def _both_harms(self, kinds: Mapping[str, Sense], taken: int) -> int:
        """Where "dead and wounded" ends before its noun: "26 dead and wounded farmers"; else 0."""
        lexicon, lows, joint = self.ctx.lexicon, self.lows, self.at + taken
        if "coordinator" not in lexicon.kinds(lows, joint):
            return 0
        first, second = _harm_of(kinds), None
        if joint + 1 < len(lows):
            entry = lows.entries[joint + 1]
            second = _harm_of(entry.by_kind)
            end = joint + 1 + entry.taken
        if {first, second} != {Measure.KILLED, Measure.INJURED}:
            return 0
        return end if lexicon.kinds(lows, end) & {"person", "modifier"} else 0

    def _shares_head(self) -> bool:
        """ "26 regime and rebel fighters": what "and" joins are adjectives of one noun."""
        lexicon, lows, at = self.ctx.lexicon, self.lows, self.at
        before = lexicon.kinds(lows, at - 1)
        if at - self.start not in (1, 2) or not lows[at - 1].isalpha():
            return False
        if before - {"modifier", "person", "adverb"} or self.at + 2 >= len(lows):
            return False
        beside = lows.entries[at + 1]
        if beside.taken > 1 and any(s.kind == "person" and s.data.plural for s in beside.senses):
            return True  # "rebel fighters"
        adjective = (
            not beside.kinds
            or "modifier" in beside.kinds
            or any(sense.kind == "person" and sense.data.adjective for sense in beside.senses)
        )
        noun = lows.entries[at + 1 + max(beside.taken, 1)] if adjective else None
        return noun is not None and any(
            sense.kind == "person" and sense.data.plural for sense in noun.senses
        )

    def _short_name(self) -> int:
        """Where "(DM)" or "(outlawed here)" ends, behind a name before its noun; else 0."""
        tokens, at = self.sentence.tokens, self.at
        if at == self.start or at + 3 >= len(tokens) or not tokens[at - 1].text[0].isupper():
            return 0
        close = next(
            (n for n in range(at, min(len(tokens), at + REACH)) if tokens[n].text == ")"), 0
        )
        if close and "person" in self.ctx.lexicon.kinds(self.lows, close + 1):
            return close + 1
        if tokens[at + 2].text != ")":
            return 0
        inner = tokens[at + 1].text
        short = inner.isupper() and inner.isalpha() and tokens[at - 1].text[0].isupper()
        return at + 3 if short else 0

    def _touches(self) -> bool:
        """Tell whether the hyphen at hand touches the word before it."""
        tokens = self.sentence.tokens
        return tokens[self.at - 1].end == tokens[self.at].start

    def _participle(self, taken: int) -> bool:
        """Tell whether a participle stands before its noun: "26 identified villagers"."""
        lexicon, word = self.ctx.lexicon, self.lows[self.at]
        tokens = self.sentence.tokens
        if self.at > self.start and tokens[self.at - 1].text in _HYPHENS:
            if tokens[self.at - 1].end == tokens[self.at].start:
                return True  # "one of its best-known members"
        if not word.endswith(lexicon.participle_end) or self.at == self.start == 0:
            return False
        return bool(lexicon.kinds(self.lows, self.at + taken) & {"person", "modifier", "noun"})

    def _aged(self, taken: int) -> bool:
        """An age before the noun: "26 two-year-old" is none, "a wounded 17-year-old boy" is."""
        low = self.lows[self.at]
        number = int(low) if _INTEGER.fullmatch(low) else self.ctx.lexicon.cardinal.get(low)
        behind = self.at + taken
        unit, senses = self.ctx.lexicon.longest(self.lows, behind)
        if number is None or not any(s.kind == "age" for s in senses):
            return False
        months = any(s.kind == "age" and s.data == "months" for s in senses)
        self.age = number // (MONTHS if months else 1)
        self.at = behind + unit
        return True

    def _group(self, noun: _Noun) -> Group:
        """The group of the noun; "two officers", "two Russian officers" are police only where the
        document says so."""
        group, tokens = noun.word.group, self.sentence.tokens
        if self.lows[noun.start] not in self.ctx.lexicon.officers or noun.end > noun.start + 1:
            return group
        peoples = self.ctx.peoples
        foreign = any(token.start in peoples for token in tokens[self.start : noun.start])
        return group if self.ctx.of_police and not foreign else replace(group, role=None)

    def people(self, noun: _Noun) -> People:
        """The people that the noun found, its adjectives and the name behind it tell of."""
        ctx, word, name, end = self.ctx, noun.word, noun.name, noun.end
        group, age, plural = modified(self._group(noun), self.modifiers), self.age, word.plural
        if age is not None:
            group = of_age(group, age, child_below=ctx.lexicon.child_below)
        names: tuple[Name, ...] = ()
        if word.kin and not plural and name is None:
            name = name_of_kin(ctx, self.sentence, end) or entry_name(ctx, self.sentence, end)
        if name is None and not plural:
            name = name_at(ctx, self.sentence, end)
        if name is None and not plural and age is None:
            age, end = age_after(ctx, self.sentence, end)
        if name is not None and not plural:
            names, end = (name,), name.end
            age = age if age is not None else name.age
            if name.age is not None:
                group = of_age(group, name.age, child_below=ctx.lexicon.child_below)
            remember(ctx, self.sentence, name)
        elif plural and word.kin:
            names = names_of_kin(ctx, self.sentence, end)
            end = names[-1].end if names else end
        group, end = _with_joined(ctx, self.lows, group, end, plural=plural)
        return People(
            start=self.start, end=end, count=UNCOUNTED, words="", group=group, plural=plural,
            kin=word.kin, additional=self.additional or self.lows[noun.start] in ctx.lexicon.others,
            age=age, names=names, attribute=self.attribute,
            head=" ".join(self.lows[noun.start : noun.end]),
        )  # fmt: skip


def _harm_of(kinds: Mapping[str, Sense]) -> Measure | None:
    """The harm that a participle or an adjective tells of."""
    if "adjective" in kinds:
        measure: Measure = kinds["adjective"].data
        return measure
    verb = kinds.get("verb")
    return verb.data.measure if verb is not None and verb.data.form == "past" else None


def head_at(ctx: Context, sentence: Sentence, lows: Words, i: int) -> People | None:
    """Find the noun that a phrase beginning at token `i` is about, through its adjectives."""
    search = _Search(ctx, sentence, lows, i, at=i)
    last = min(len(lows), i + REACH)
    while search.at < last and sentence.tokens[search.at].start not in ctx.times:
        if not search.step():
            break
    if search.counted is not None or search.noun is None:
        return search.counted
    return None if _describes(ctx, sentence, search.noun) else search.people(search.noun)


def _describes(ctx: Context, sentence: Sentence, noun: _Noun) -> bool:
    """ "a Tessarian gas field": a people's name in capitals that only describes what follows."""
    if sentence.title or sentence.caps or noun.word.plural or noun.name is not None:
        return False
    capital = noun.start > 0 and sentence.tokens[noun.start].text[0].isupper()
    if not capital or noun.end >= len(sentence.tokens):
        return False
    behind = sentence.tokens[noun.end]
    verbal = _STOPS | {"verb", "adjective", "adverb", "toll_verb"}
    return (
        behind.text.isalpha()
        and behind.text.islower()
        and behind.start not in ctx.times
        and verbal.isdisjoint(ctx.lexicon.kinds_of(behind.low))
    )


def _with_joined(
    ctx: Context, lows: Words, group: Group, end: int, *, plural: bool
) -> tuple[Group, int]:
    """ "26 women and children": a second bare plural under the same number."""
    if not plural or end + 1 >= len(lows):
        return group, end
    if "coordinator" not in ctx.lexicon.kinds(lows, end):
        return group, end
    at = end + 1
    while at < min(len(lows), end + 1 + UNKNOWN_WORDS) and _describing(ctx, lows, at):
        at += 1  # "soldiers and pro-government fighters"
    taken, senses = ctx.lexicon.longest(lows, at)
    person = next((s.data for s in senses if s.kind == "person"), None)
    if person is None or not person.plural or any(s.kind == "more" for s in senses):
        return group, end
    return joined(group, person.group), at + taken


def _describing(ctx: Context, lows: Words, at: int) -> bool:
    """Tell whether a word only describes: an adjective of the pack or outside it, or a hyphen."""
    kinds = ctx.lexicon.kinds(lows, at)
    if lows[at] == "-":
        return True
    known = "person" in kinds and "modifier" not in kinds or bool(kinds - {"modifier", "person"})
    return lows[at].isalpha() and not known


def _heading_verb(ctx: Context, sentence: Sentence, lows: Words, at: int) -> bool:
    """ "Bomb kills woman wounds 25": a verb before a number, where a heading lost its comma."""
    if not sentence.capitals or at + 1 >= len(lows):
        return False
    verb = next((s.data for s in ctx.lexicon.longest(lows, at)[1] if s.kind == "verb"), None)
    behind = lows[at + 1]
    counted = behind[0].isdigit() or behind in ctx.lexicon.cardinal
    return verb is not None and verb.form in ("third", "base") and counted


def _goes_on(ctx: Context, lows: Words, k: int) -> bool:
    """Tell whether token `k` goes on the phrase, so that the word before it is an adjective."""
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


def is_people(head: People | None) -> bool:
    """Tell whether a head is people, not a thing, a noun of harm or an attack."""
    return head is not None and not head.thing and head.measure is None
