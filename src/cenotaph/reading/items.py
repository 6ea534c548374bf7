"""What a sentence is made of, once its words are put together: items, people, names, rows.

Grammar is told from the order of a few kinds of pieces, so every item bears a one-letter tag, and
the rules of harm read the row of tags:

N people  n some of people named before ("five of them")  F noun of harm ("12 deaths")
Q bare quantity  y an unknown noun ("a grocer")  # number of something else  U attacks  O toll
V G B verb of harm (past, gerund, base)  J predicate of harm ("dead")  X be  H have  M may, would
Z not  W who, which  S when, after, that  I including  A among  C and, or  R says  v other verb
l left  P pronoun  K possessive  T time  L place  o of  b by  p other preposition  a adverb
, ; ( ) : - " . marks  w other word
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from cenotaph.model import Count, Group, Measure, Modality, PlaceMention, TimeMention
from cenotaph.reading.lexicon import Lexicon
from cenotaph.reading.quantities import Quantity
from cenotaph.reading.tokens import Sentence

# A person without a number is one by rule, not by a counting word.
ONE = Count(low=1, high=1, modality=Modality.EXACT, imputed=True)
UNCOUNTED = Count(low=None, high=None, modality=Modality.NONE)
UNDESCRIBED = Group()
# Counts that a number or a vague word gave, against "a woman", "civilians", names and pronouns.
NUMBERED = frozenset({"digits", "words", "vague"})
# These, and "a woman".
COUNTED = NUMBERED | {"one"}
# Tags of items that are, or may be, people.
PEOPLE = frozenset("NQFnyP")


class Name(NamedTuple):
    """A personal name at tokens [start, end), with an age where one stands beside it."""

    start: int
    end: int
    age: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """A noun phrase of people at tokens [start, end).

    `words` says how the count is given: digits, words, vague, zero, share, one ("a woman"), bare
    ("man" in a headline), definite ("the woman"), none ("civilians"), name, pronoun. `harmed` is
    set for "the dead", `partitive` for "two of the dead", `attribute` for a harm that stands as an
    adjective ("six wounded men"), `measure` for nouns of harm and attacks, `thing` for what is no
    people at all.
    """

    start: int
    end: int
    count: Count
    words: str
    group: Group = UNDESCRIBED
    plural: bool = False
    kin: bool = False
    additional: bool = False
    partitive: bool = False
    age: int | None = None
    names: tuple[Name, ...] = ()
    harmed: Measure | None = None
    attribute: Measure | None = None
    measure: Measure | None = None
    head: str = ""
    weak: bool = False
    thing: bool = False
    among: "People | None" = None

    @property
    def tag(self) -> str:
        """The tag of an item that holds these people."""
        if self.measure is Measure.ATTACKS:
            return "U"
        if self.measure is not None:
            return "F"
        return "n" if self.partitive else "N"

    @property
    def item(self) -> "Item":
        """These people as an item of the sentence."""
        return Item(self.tag, self.start, self.end, self)


class Word(NamedTuple):
    """The data of a word that is no phrase of people: what its tag rests on, and all it may be."""

    sense: Any
    kinds: frozenset[str]


class Item(NamedTuple):
    """Tokens [start, end) as one piece of the sentence.

    `data` is People for phrases of people, the mention for times and places, the quantity of a
    number that counts something else, and for words their senses; marks have none.
    """

    tag: str
    start: int
    end: int
    data: People | Word | Quantity | TimeMention | PlaceMention | None = None


# An item of its four fields, without the step through Python that naming them would take.
item_of = partial(tuple.__new__, Item)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A sentence as a row of items; `tags[i]` is the tag of `items[i]`.

    `wounds`, `shot`, `attack_of` and `fatal` tell of each item whether its noun is a wound, one by
    a shot or a stab, an attack that can take people ("the shooting of"), and whether a word in it
    says that it killed. `struck` holds the place within the words of an attack, by the item of the
    attack: "the Velm market bombing"; `dated` that within the words of a time, by its item: "since
    Tessaria's war began".
    """

    sentence: Sentence
    items: tuple[Item, ...]
    tags: str
    wounds: tuple[bool, ...] = ()
    shot: tuple[bool, ...] = ()
    attack_of: tuple[bool, ...] = ()
    fatal: tuple[bool, ...] = ()
    struck: Mapping[int, PlaceMention] = field(default_factory=dict)
    dated: Mapping[int, PlaceMention] = field(default_factory=dict)

    def start(self, i: int) -> int:
        """The offset in the document at which item `i` begins."""
        return self.sentence.tokens[self.items[i].start].start

    def end(self, i: int) -> int:
        """The offset in the document at which item `i` ends."""
        return self.sentence.tokens[self.items[i].end - 1].end

    @property
    def dateline(self) -> int:
        """The item of the day of a date line, -1 without one: what stands before is its place."""
        days = (i for i, tag in enumerate(self.tags) if tag == "T")
        return next((i for i in days if (day := self.time(i)) and day.dateline), -1)

    def people(self, i: int) -> People | None:
        """The people of item `i`, None where it is something else."""
        data = self.items[i].data
        return data if isinstance(data, People) else None

    def numbered(self, i: int) -> bool:
        """Tell whether item `i` is of people with a number."""
        people = self.people(i)
        return people is not None and people.words in NUMBERED

    def time(self, i: int) -> TimeMention | None:
        """The time of item `i`, None where it is something else."""
        data = self.items[i].data
        return data if isinstance(data, TimeMention) else None

    def place(self, i: int) -> PlaceMention | None:
        """The place of item `i`, or within an attack; None where it is something else."""
        data = self.items[i].data
        return data if isinstance(data, PlaceMention) else self.struck.get(i)

    def sense(self, i: int) -> Any:
        """What the tag of the word at item `i` rests on; the tag decides what that is."""
        data = self.items[i].data
        return data.sense if isinstance(data, Word) else None

    def kinds(self, i: int) -> frozenset[str]:
        """What the word at item `i` may be, as far as it is a word and no phrase of people."""
        data = self.items[i].data
        return data.kinds if isinstance(data, Word) else frozenset()


@dataclass(slots=True)
class Context:
    """What every phrase of a document is read with.

    These are the words of its language, the times and places found before (by the offset at which
    they begin), the surnames met so far, where the names of peoples begin, what tells whether a
    place is a country, and whether "officers" are of the police.
    """

    lexicon: Lexicon
    times: Mapping[int, TimeMention]
    places: Mapping[int, PlaceMention]
    surnames: set[str] = field(default_factory=set)
    peoples: frozenset[int] = frozenset()
    is_country: Callable[[PlaceMention], bool] = lambda _: False
    of_police: bool = False
