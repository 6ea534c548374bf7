"""Finding where a running text says where: names of places, with their kinds and relations."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from cenotaph.model import Gazetteer, GazetteerEntry, NameLevel, PlaceKind, PlaceMention
from cenotaph.places.around import square_behind
from cenotaph.places.evidence import CITY, NAMED_SO, NOTHING, Context, Evidence
from cenotaph.places.lexicon import Lexicon, joiners, lexicon
from cenotaph.places.relate import Name, related
from cenotaph.places.tokens import Words, runs, sun_article
from cenotaph.spelling import fold
from cenotaph.stretches import stretches

_LONGEST = 6
_TOWN = 5_000
# A name that is only another spelling of places tells half as much of where the text lies.
_SPELT_OTHERWISE = 2.0
_ALIKE = 0.85
_STOPS = tuple(",.;")


def find(text: str, *, lang: str, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """Return the mentions of places and of peoples in a text, in text order, none overlapping.

    A name that no gazetteer has is proposed only where the words around it say that it is a
    place. A larger place that an expression itself names ("X, in southern Y") is part of that
    mention.
    What the names of a text tell about one another they tell within a stretch of it.
    """
    words = lexicon(lang)
    mentions: list[PlaceMention] = []
    for start, end in stretches(text):
        found = Words(text, words, start, end)
        found.part(text, gazetteer)
        reader = _Reader(text, found, words, gazetteer)
        names = reader.names()
        mentions += related(text, found, names, words, gazetteer, reader.countries)
    return tuple(sorted(mentions, key=lambda m: m.quote.start))


class _Reader(Evidence):
    """One pass over one text. Keeps what the runs tell about one another: countries, persons,
    places."""

    def __init__(self, text: str, found: Words, words: Lexicon, gazetteer: Gazetteer) -> None:
        super().__init__(text, found, words, gazetteer)
        self.runs = list(runs(found, words))
        self.common = {low for low, name in zip(found.lows, found.capital, strict=True) if not name}
        self.people: dict[int, str] = {}
        self.persons: set[str] = set()
        self.of_lists: set[int] = set()
        self.countries: tuple[str, ...] = ()

    def names(self) -> list[Name]:
        """Return all names accepted, in order."""
        candidates = [c for start, end in self.runs for c in self._candidates(start, end)]
        self.countries = self._countries(candidates)
        sure = {self._key(name) for name, context in candidates if context.strong or context.kind}
        accepted: list[Name] = []
        for name, context in candidates:
            last = accepted[-1] if accepted else None
            if name.demonym or self._accepted(name, context, sure, last):
                accepted.append(name)
        return accepted

    def _key(self, name: Name) -> str:
        return " ".join(self.found.lows[name.first : name.last])

    # ------------------------------------------------------------ candidates

    def _candidates(self, start: int, end: int) -> list[tuple[Name, Context]]:
        found, words = self.found, self.words
        out: list[tuple[Name, Context]] = []
        start = self._with_article(start, end)
        context = self._context(start, end)
        if found.shouted[start]:
            return self._shouted(start, end, context)
        single = end - start == 1
        if self._organisation(end - 1, end):
            return out
        if end - start <= _LONGEST and not context.title and self._known(start, end):
            if not single or not (self._barred(start) or self._people(start)):
                return [(self._name(start, end), context)]
        if self._organisation(start, end):
            grounds = [i for i in range(start, end) if found.lows[i] in words.grounds]
            if not (grounds and (context.strong or context.mid)):
                return out
        first = start
        while first < end and (people := self._people(first)) is not None:
            out.append((replace(self._name(first, first + 1), demonym=True), context))
            self.people[first] = people
            first += 1
        if first >= end:
            return out
        if first > start and context.the:
            context = replace(context, the=False)
        if self._personal(first, end, context):
            self.persons.update(found.lows[first:end])
            return out
        for cut in range(first + 1, end - 1):
            if found.lows[cut] in words.not_places and not self._known(first, end):
                left = self._within_run(first, cut, context)
                return out + left + self._within_run(cut + 1, end, NOTHING)
        inner = self._within_run(first, end, context)
        bare = not (context.strong or context.mid or context.kind or context.listed)
        if not inner and bare and end - first in (2, 3) and not found.titled[first]:
            if not self._famous(first):
                self.persons.add(found.lows[end - 1])
        return out + inner

    def _with_article(self, start: int, end: int) -> int:
        """Take in an article that looks like a word of grammar ("An Nuqra"), if the name is known
        so."""
        i = start - 1
        if i < 0 or not self.found.capital[i] or not sun_article(self.found, i):
            return start
        matches = self.gazetteer.named(self._text(i, end))
        return i if any(m.level is NameLevel.FOLDED for m in matches) else start

    def _organisation(self, start: int, end: int) -> bool:
        """Tell whether a run, or the capitalised word right behind it, makes it an organisation's
        name."""
        found, words = self.found, self.words
        if end - start > 1 and any(low in words.organisations for low in found.lows[start:end]):
            return True
        i = end
        while i < len(found) and i < end + 2 and found.capital[i] and "\n" not in found.gaps[i]:
            near = found.joined[i] or found.possessive[i - 1]
            if not near or found.lows[i] in words.kinds:
                break
            if found.lows[i] in words.organisations and found.lows[i] not in words.actors:
                return True
            if not found.possessive[i - 1]:
                break
            i += 1
        return False

    def _within_run(self, first: int, end: int, context: Context) -> list[tuple[Name, Context]]:
        """Names inside a run: without compass and kind words, days and titles at its ends."""
        found, words = self.found, self.words
        kinds = context.kind
        while first < end and (
            found.lows[first] in words.compass
            or found.lows[first] in words.not_places
            and not (found.lows[first] in words.titles and self._kind_behind(end))
            or found.lows[first] in words.kinds
        ):
            if end - first <= _LONGEST and end - first > 1 and self._known(first, end):
                break
            first += 1
        last = end
        while last > first and (
            found.lows[last - 1] in words.not_places
            or found.lows[last - 1] in words.kinds
            or found.lows[last - 1] in words.countryside
            or found.lows[last - 1] in words.camp_words
            or found.lows[last - 1] in words.grounds
        ):
            if 1 < last - first <= _LONGEST and self._known(first, last):
                break
            kinds = kinds or found.lows[last - 1] in words.kinds
            last -= 1
        if last <= first or self._of_a_street(first, last):
            return []
        if (square := self._square(first, last, context)) is not None:
            return [square]
        # The street of a shooting is named after some other place.
        struck = context.struck and last == end
        if (kinds, struck) != (context.kind, context.struck):
            context = replace(context, kind=kinds, struck=struck)
        whole = self._name(first, last)
        if last - first <= _LONGEST and self._known(first, last):
            if last - first == 1 and self._barred(first):
                return []
            return [(whole, context)]
        if parts := self._parted(first, last, context):
            return parts
        out = []
        # A part of a longer run is a name of its own only where a place must follow, or in a
        # headline.
        for stop in range(min(last - 1, first + _LONGEST), first, -1):
            if self._known(first, stop) and not self._barred(first):
                rest = found.lows[stop:last]
                if all(w in words.landmarks or w in words.not_places for w in rest):
                    return [(self._name(first, stop), context)]
                break
        if self._nameable(first, last, context):
            out.append((replace(whole, known=False), context))
        return out

    def _square(self, first: int, last: int, context: Context) -> tuple[Name, Context] | None:
        """The name of a square or the like, which is that of no other place.

        Of a name that is known only a word with a capital makes one: "Velm Square", not "the Velm
        market"; and of a mosque or a bridge, whose names are often those of towns, only what is
        known as nothing else: "the Great Mosque".
        """
        found = self.found
        if not (context.strong or context.mid) or last >= len(found) or not found.joined[last]:
            return None
        if found.titled[first]:
            return None  # a heading has capitals throughout
        if (at := square_behind(found, last, self.words)) < 0:
            return None
        square = found.lows[at] in self.words.squares
        if not square:
            if not context.strong:
                return None
            begin = first + 1 + (fold(found.lows[first]) in joiners())  # no more than an article
            if any(self._settled_name(first, stop) for stop in range(begin, last)):
                return None
        if not (square and found.capital[at]) and any(
            match.level is NameLevel.FOLDED
            for match in self.gazetteer.named(self._text(first, last))
        ):
            if square or last - first > 1 or not self._common(first):
                return None
        called = replace(context, kind=True)
        if not self._nameable(first, last, called):
            return None
        return replace(self._name(first, last), known=False), called

    def _parted(self, first: int, last: int, context: Context) -> list[tuple[Name, Context]]:
        """Names that ran together with one another, or with what stands behind them.

        "In Velm Sarbek and Orun", "in Velm Claim Six Lives": no comma parts them, but each is known
        just so, and what is no name is a common word or that of a people. Nothing where any word of
        the run could be part of a longer name.
        """
        if last - first < 2 or not (context.strong or context.mid or context.listed):
            return []
        out: list[tuple[Name, Context]] = []
        i = first
        while i < last:
            stops = range(min(last, i + 3), i, -1)
            stop = next((k for k in stops if self._settled_name(i, k)), i)
            if stop > i:
                if i > first and self._goes_with_article(i, stop, context):
                    return []  # "the Bustan al-Nadir quarter" is one name
                out.append((self._name(i, stop), context))
            elif i == first or not (self._common(i) or self._people(i) is not None):
                return []
            i = max(stop, i + 1)
        return out

    def _goes_with_article(self, i: int, stop: int, context: Context) -> bool:
        """Tell whether a name begins with an article, as the second half of one does."""
        head, dash, _ = self.found.lows[i].partition("-")
        return fold(head) in joiners() and (bool(dash) or stop - i > 1 or context.kind)

    def _settled_name(self, first: int, last: int) -> bool:
        """Tell whether words are the name of a town or an area, spelled just so."""
        if last - first == 1 and (self._barred(first) or self._common(first)):
            return False
        return any(
            m.level is NameLevel.FOLDED
            and (m.entry.population >= _TOWN or m.entry.kind is not PlaceKind.SETTLEMENT)
            for m in self.gazetteer.named(self._text(first, last))
        )

    def _common(self, i: int) -> bool:
        """Tell whether a word is one of general use, whatever it is called with a capital."""
        return self.found.lows[i] in self.words.common

    def _of_a_street(self, first: int, last: int) -> bool:
        """ "Main Street": tell whether a common word is only the name of a street."""
        found = self.found
        if (
            last - first > 1
            or last >= len(found.lows)
            or found.lows[last] not in self.words.streets
        ):
            return False
        return found.capital[last] and found.joined[last] and self._common(first)

    def _nameable(self, first: int, last: int, context: Context) -> bool:
        """Tell whether a run that no gazetteer has may be proposed as a place's name."""
        found = self.found
        lows = found.lows[first:last]
        letters = [found.ends[i] - found.starts[i] for i in range(first, last)]
        # a place may be called after somebody with a title: "the Sheikh Nadir quarter"
        called = context.kind and len(lows) > 1 and lows[0] in self.words.titles
        if sum(letters) < 3 or not self.words.not_places.isdisjoint(lows[called:]):
            return False
        if self._barred(first) and not called:
            return False
        if min(letters) < 2 or any(map(str.isdigit, lows)):
            return False
        if not context.kind and self.words.common.issuperset(lows):
            return False  # "in Missile Attacks": a heading, or a quotation
        if context.kind:
            return last - first <= 4
        if found.titled[first] or last - first > 3 or found.possessive[last - 1]:
            return False
        return (
            context.listed or context.mid and not context.the or self._beside_a_side(first, context)
        )

    def _shouted(self, start: int, end: int, context: Context) -> list[tuple[Name, Context]]:
        """In capitals a run is a stretch of sentence: only its beginning can follow a
        preposition."""
        found, words = self.found, self.words
        out: list[tuple[Name, Context]] = []
        i = start
        while i < end:
            if end - i > 1 and not words.bodies.isdisjoint(found.lows[i : min(end, i + 4)]):
                if (people := self._people(i)) is None:
                    break
            if (people := self._people(i)) is not None:
                out.append((replace(self._name(i, i + 1), demonym=True), context))
                self.people[i] = people
                i += 1
                continue
            taken = 0
            head = i == start or found.lows[i - 1] in words.compass or i - 1 in self.people
            head = head or found.lows[i - 1] in words.kinds
            for stop in range(min(end, i + 4), i, -1):
                if stop - i == 1 and (self._barred(i) or len(found.lows[i]) < 3):
                    continue
                # Amid a sentence only a country is told from its words.
                if not (self._known(i, stop) if head else self._is_country(i, stop)):
                    continue
                behind = found.lows[stop] if stop < len(found) else ""
                here = context if head else NOTHING
                if behind in words.kinds and found.joined[stop]:
                    here = replace(here, kind=True)
                out.append((self._name(i, stop), here))
                taken = stop - i
                break
            told = context.kind and context.strong
            if head and not taken and told and not self._barred(i):
                stop = next(
                    (k for k in range(i, min(end, i + 3)) if self._barred(k)), min(end, i + 3)
                )
                if stop > i and stop == end:
                    out.append((replace(self._name(i, stop), known=False), context))
                    taken = stop - i
            i += max(1, taken)
        return out

    # ------------------------------------------------------------ the document

    def _countries(self, candidates: Sequence[tuple[Name, Context]]) -> tuple[str, ...]:
        """The countries that the text is about: those it names, and where most of its names lie."""
        shares: dict[str, float] = {}
        named: set[str] = set(self.people.values())
        for name, context in candidates:
            if name.demonym or not name.known:
                continue
            text = self._text(name.first, name.last)
            code = self._code(name.first, name.last)
            if code is None:
                for match in self.gazetteer.afar(text):
                    if match.entry.kind is PlaceKind.COUNTRY and match.level is NameLevel.FOLDED:
                        code = match.entry.country
            if code is not None:
                named.add(code)
            elif context.strong or context.mid or context.kind or context.line or context.struck:
                weights: defaultdict[str, float] = defaultdict(float)
                matches = self.gazetteer.named(text)
                for match in matches:
                    if match.entry.country:
                        weight = 2.0 if match.entry.kind is PlaceKind.ADMIN1 else 1.0
                        weight += 1.0 if match.entry.population > CITY else 0.0
                        weights[match.entry.country] = max(weights[match.entry.country], weight)
                exact = any(match.level is NameLevel.FOLDED for match in matches)
                total = sum(weights.values()) * (1.0 if exact else _SPELT_OTHERWISE)
                for country, weight in weights.items():
                    shares[country] = shares.get(country, 0.0) + weight / total
        order = sorted(shares, key=lambda c: -shares[c])
        first = [c for c in order if c in named]
        rest = sorted(named - set(first))
        most = [c for c in order[:1] if c not in named and shares[c] > 0.5]
        return (*first, *most, *rest)

    def _here(self, name: Name) -> int:
        """How well a name is known in the countries of the text.

        0 not at all, 1 a village or another spelling, 2 a town or area of just this spelling, 3 a
        country.
        """
        if self._code(name.first, name.last) is not None:
            return 3
        text = self._text(name.first, name.last)
        best = 0
        for match in self.gazetteer.named(text):
            entry = match.entry
            exact = match.level is NameLevel.FOLDED
            if entry.kind is PlaceKind.COUNTRY and exact:
                return 3
            large = entry.population >= _TOWN or entry.kind is PlaceKind.ADMIN1
            if entry.country in self.countries:
                best = max(best, 2 if large and exact else 1)
            elif exact and entry.population >= CITY:
                best = max(best, 1)
        return best

    def _accepted(self, name: Name, context: Context, sure: set[str], last: Name | None) -> bool:
        key = self._key(name)
        found, single = self.found, name.last - name.first == 1
        shouted, opens = found.shouted[name.first], found.opens[name.first]
        behind = self._behind(name)
        acting, armed = behind in self.words.actors, behind in self.words.armed
        if armed and self._code(name.first, name.last) is not None:
            return False  # "U.S. raids": a country that acts
        if not name.known:
            told = key in sure and context.mid and not context.the
            return told or self._proposed(name, context, last, acting=acting)
        if self._cares(name) and key not in sure and self._here(name) < 2:
            return False
        if shouted and single and not (context.line or context.kind):
            size = self._here(name)
            if size < 3:
                return (context.strong or context.mid) and size >= 1 and self._exact(name)
        if context.strong or context.kind:
            return True
        if key in self.persons and (key not in sure or not context.mid):
            return False
        size = self._here(name)
        if (acting and size < 2) or (self._speaks(name) and size < 3 and not context.mid):
            return False
        if size == 3 or key in sure:
            return True
        if context.mid or context.line:
            return size >= 1
        if context.listed and last is not None and last.last >= name.first - 3:
            return size >= 1
        if shouted or (single and opens and key in self.common):
            return False
        if opens and single:
            return size >= 2 and len(key) > 3
        if context.struck and size == 1:
            return bool(self._spelled_so(name)) and key not in self.common
        return size >= 2

    def _proposed(self, name: Name, context: Context, last: Name | None, *, acting: bool) -> bool:
        """Tell whether the words around a name that no gazetteer has say that it is a place."""
        if context.kind or (context.strong and not context.the):
            return True
        if (
            context.mid
            and not context.the
            and self.found.lows[name.first - 1] in self.words.compass
        ):
            return True  # "landed on eastern Hulla"
        if not context.listed or last is None or acting:
            return False
        return self._of_a_list(name, last) or self._like(name, last)

    def _beside_a_side(self, first: int, context: Context) -> bool:
        """Tell whether a place must follow: "in Hulla", "landed on eastern Hulla"."""
        side = (
            self.found.lows[first - 1] in self.words.compass and not self.found.capital[first - 1]
        )
        return not context.the and (context.strong or context.mid and side)

    def _cares(self, name: Name) -> bool:
        """Tell whether a name is that of a hospital, perhaps after a town far away."""
        found, i = self.found, name.last
        return i < len(found.lows) and found.joined[i] and found.lows[i] in self.words.care

    def _exact(self, name: Name) -> bool:
        """Tell whether a country of the text has a town or an area of just this spelling."""
        return any(
            entry.population >= _TOWN or entry.kind is not PlaceKind.SETTLEMENT
            for entry in self._spelled_so(name)
        )

    def _spelled_so(self, name: Name) -> list[GazetteerEntry]:
        """The places of just this spelling in the countries of the text."""
        matches = self.gazetteer.named(self._text(name.first, name.last))
        return [
            m.entry
            for m in matches
            if m.level is NameLevel.FOLDED and m.entry.country in self.countries
        ]

    def _like(self, name: Name, last: Name) -> bool:
        """An unknown name in a list behind a place: the country has one that is spelled much like
        it."""
        if last.demonym or last.last < name.first - 2:
            return False
        text = self._text(name.first, name.last)
        for country in self.countries:
            matches = self.gazetteer.named(text, country=country)
            if any(match.score >= _ALIKE for match in matches):
                return True
            if self.gazetteer.similar(text, country=country):
                return True
        behind = self.text[self.found.ends[name.last - 1] :][:1]
        return behind in _STOPS and self._settled(last)

    def _of_a_list(self, name: Name, last: Name) -> bool:
        """An unknown name behind one of a list that a word calls places: "the towns of X and Y"."""
        found, words = self.found, self.words
        between = found.lows[last.last : name.first]
        if not all(low in words.lists or low in words.determiners for low in between):
            return False
        if last.first in self.of_lists:
            self.of_lists.add(name.first)
            return True
        i = last.first - 1
        while i > 0 and (found.lows[i] in words.determiners or found.lows[i] in words.of):
            i -= 1
        kind = found.lows[i] if i >= 0 else ""
        if words.kinds.get(kind) not in NAMED_SO or not kind.endswith(words.plural):
            return False
        self.of_lists.add(name.first)
        return True

    def _settled(self, name: Name) -> bool:
        """Tell whether a name is that of a settlement or a smaller area, not of a country."""
        text = self._text(name.first, name.last)
        matches = [m.entry for c in self.countries for m in self.gazetteer.named(text, country=c)]
        return bool(matches) and all(e.kind is not PlaceKind.COUNTRY for e in matches)

    def _speaks(self, name: Name) -> bool:
        return self._behind(name) in self.words.speaking

    def _behind(self, name: Name) -> str:
        """The word that follows a name with only a space between, "" without one."""
        found, i = self.found, name.last
        return found.lows[i] if i < len(found.lows) and found.joined[i] else ""
