"""The noun phrase that names a speaker, read leftwards from its right edge.

What stands before a determiner, a time or a word that nobody is called by is not the speaker's, so
that a phrase holds where the commas of a text are lost.
"""

from cenotaph.reading.items import NUMBERED, Row
from cenotaph.reading.said import words_of
from cenotaph.reading.speaker_words import SourceWords

# A speaker with all that tells of him has no more tokens.
LONGEST = 20
_DETERMINERS = frozenset({"definite", "indefinite", "pronoun_possessive"})


class SpeakerPhrase:
    """Reads one noun phrase leftwards from its right edge."""

    def __init__(self, row: Row, words: SourceWords) -> None:
        self.row, self.words = row, words

    def read(self, edge: int) -> tuple[int, int, int] | None:
        """The first item, and the tokens [start, end), of the phrase that ends before `edge`."""
        row = self.row
        first = self._core(edge)
        if first == edge:
            return None
        whole = first
        while (linked := self._linked(first)) is not None:
            first = linked
        end = row.items[edge - 1].end
        if (joined := self._name_joined(first)) < first:
            return (joined, row.items[joined].start, end)
        start = row.items[first].start
        # "in the town doctors said": a preposition has the words before the doctors
        within = first == whole and first > 0 and row.tags[first - 1] in "po"
        if within and not {"v", "V"}.isdisjoint(row.tags[first:edge]):
            return None  # "workers in the rebel-held quarter said": the quarter did not
        if self._has_determiner(first) and not within:
            named = self._name_before(first)
            if named is not None:
                first, start = named, row.items[named].start
        elif not row.sentence.caps:
            # of "doctors at the clinic" the doctors speak
            core = end if first == whole else self._end_before_link(whole)
            known = self._known_from(start, core, proper=not within)
            if within and known == start and not self._hits(start, end):
                return None
            start = max(start, known)
            first = next(n for n in range(first, edge) if row.items[n].end > start)
        if first > 0 and row.tags[first - 1] in "po":
            # "in New Orun MNA reporters said": the place is not of their name
            names = (n for n in range(start + 1, end) if self.words.names.at(row.sentence.words, n))
            start = next(names, start)
            first = next(n for n in range(first, edge) if row.items[n].end > start)
        if self._only_places(first, edge):
            return None
        described = self._of_body(first)
        if described < first:
            first, start = described, row.items[described].start
        return (first, start, end) if end - start <= LONGEST else None

    def _only_places(self, first: int, edge: int) -> bool:
        """ "Clinics in the Orun suburbs put the toll at nine": where somebody is says nothing."""
        tags, n = self.row.tags, first
        while n > 0 and tags[n - 1] in "wK" and self._has_determiner(n - 1):
            n -= 1
        behind = tags[max(0, n - 2) : n] == "LC"
        listed = behind and not {"p", "o"}.isdisjoint(tags[max(0, n - 5) : n - 2])
        return set(tags[first:edge]) == {"L"} and n > 0 and (tags[n - 1] in "po" or listed)

    def _name_joined(self, first: int) -> int:
        """Where the name begins that goes on at item `first`: "Doctors for Human Rights"."""
        row, tokens, n = self.row, self.row.sentence.tokens, first - 1
        if n > 1 and "definite" in row.kinds(n):
            n -= 1  # "Doctors of the World"
        if n < 1 or row.sentence.caps or row.sentence.title:
            return first
        upper = tokens[row.items[first].start].text[0].isupper()
        if words_of(row, n) not in self.words.joins or not upper:
            return first
        begin = n
        while begin > 0 and row.tags[begin - 1] in "wNyL":
            item = row.items[begin - 1]
            if not all(t.text[0].isupper() for t in tokens[item.start : item.end]):
                break
            begin -= 1
        begin -= begin > 0 and begin < n and "definite" in row.kinds(begin - 1)
        opens = begin == 0 or row.tags[begin - 1] in ',;:."S'
        return begin if begin < n and opens else first

    def _end_before_link(self, whole: int) -> int:
        """The token behind the words before "at", "close to" and the like, left of item `whole`."""
        n = whole - 1
        while n > 0 and self.row.sentence.words[self.row.items[n - 1].start] in self.words.links:
            n -= 1
        return self.row.items[n].start

    def _of_body(self, first: int) -> int:
        """Where the body stands that a person is of: "observatory head Halim Dor"."""
        row = self.row
        if row.tags[first] != "N" or first < 1 or row.tags[first - 1] != "w":
            return first
        people = row.people(first)
        hit = self.words.kinds.at(row.sentence.words, row.items[first - 1].start)
        named = people is not None and people.words == "name"
        return first - 1 if named and hit is not None else first

    def _core(self, edge: int) -> int:
        """The first item of the words that stand together before item `edge`."""
        row, j = self.row, edge
        while j > 0:
            n = j - 1
            tag = row.tags[n]
            low = row.sentence.words[row.items[n].start]
            if tag == "R":
                if j < edge or low not in self.words.heads:
                    return j
                j = n
                continue
            if tag == "P":
                return n if j == edge else j
            if tag in "Ny":
                whole = self._people(n, j, edge)
                if whole is not None:
                    return whole
                j = n
                continue
            if tag == "L":
                after = n and (row.tags[n - 1] in "po" or row.tags[max(0, n - 2) : n] == "LC")
                if j < edge and after and not self._owned(n, j):
                    return j
                j = n
                if self._has_determiner(n):
                    return n
                continue
            # "a relative of the victims", "a clinic in the rebel-held quarter"
            if tag == "I" and j == edge and low == "of" or tag in "vV" and self._hyphened(n):
                j = n
                continue
            if tag not in "wK-":
                return j
            if tag == "-" and not self._touches(n):
                return j
            kinds = row.kinds(n)
            if kinds & _DETERMINERS:
                return n
            if kinds & {"past_like", "gerund_like"} and not self._goes_with(n):
                return j
            j = n
        return j

    def _goes_with(self, n: int) -> bool:
        """Tell whether a participle goes with a speaker: "a monitoring group", "led"."""
        lows, at = self.row.sentence.words, self.row.items[n].start
        return lows[at] in self.words.modifiers or self.words.kinds.at(lows, at) is not None

    def _people(self, n: int, j: int, edge: int) -> int | None:
        """The first item where people at item `n` end a phrase; None where it may go on."""
        row = self.row
        people = row.people(n)
        if people is not None and people.words in NUMBERED:
            harmed = n > 0 and row.tags[n - 1] in "VGB" and self._anyone(n)
            return n if j == edge and not harmed else j
        if not self._has_determiner(n):
            return None
        if row.tags[n] == "y" or j == edge or self._has_head(n):
            return n
        behind, plural = row.sentence.words[row.items[j].start], self.words.lexicon.plural_end
        if people is not None and people.words == "definite" and people.plural:
            if not behind.endswith(plural):
                return n  # "the governors office", where an apostrophe is lost
        # "the Local" Council, but "a woman" opposition activists told of
        return n if row.sentence.tokens[row.items[n].end - 1].text[0].isupper() else j

    def _anyone(self, n: int) -> bool:
        """ "Wounded 60 people said the monitor": people who are nothing but people say nothing."""
        return self.row.sentence.words[self.row.items[n].end - 1] in self.words.heads

    def _owned(self, n: int, j: int) -> bool:
        """Tell whether a place begins the name behind it: "at Orun Police Command"."""
        behind = self.row.sentence.tokens[self.row.items[j].start]
        if behind.low.endswith(self.words.demonyms):
            return False  # "in the city of Orun Tessarian doctors said", where the comma is lost
        if self.words.names.at(self.row.sentence.words, self.row.items[j].start) is not None:
            return False  # "in Orun MNA reporters said": these have a name of their own
        return behind.text[0].isupper() and self._hits(
            self.row.items[j].start, self.row.items[j].end + 2
        )

    def _hits(self, start: int, end: int) -> bool:
        """Tell whether a word of saying stands among tokens [start, end)."""
        lows = list(self.row.sentence.words[start:end])
        return bool(self.words.kinds.find(lows) or self.words.names.find(lows))

    def _hyphened(self, n: int) -> bool:
        """Tell whether a verb at item `n` is of a word with a hyphen: "rebel-held"."""
        before = self.row.items[n - 1] if n else None
        hyphen = before is not None and self.row.sentence.tokens[before.start].text == "-"
        return hyphen and self._touches(n - 1)

    def _touches(self, n: int) -> bool:
        tokens, at = self.row.sentence.tokens, self.row.items[n].start
        return 0 < at < len(tokens) - 1 and (
            tokens[at - 1].end == tokens[at].start and tokens[at].end == tokens[at + 1].start
        )

    def _has_determiner(self, n: int) -> bool:
        lows = self.row.sentence.words
        return bool(self.words.lexicon.kinds(lows, self.row.items[n].start) & _DETERMINERS)

    def _has_head(self, n: int) -> bool:
        item = self.row.items[n]
        return bool(self.words.kinds.find(list(self.row.sentence.words[item.start : item.end])))

    def _linked(self, first: int) -> int | None:
        """The first item of a source phrase that goes on into the one at `first`: "a doctor in"."""
        row, n = self.row, first - 1
        if n < 1 or row.tags[n] not in "pobGw" or row.tags[n] == "b":
            return None
        gerund = row.tags[n] == "G" or "gerund_like" in row.kinds(n)
        if row.tags[n] == "w" and not gerund:
            return None
        edge = n
        while edge > 0 and row.sentence.words[row.items[edge - 1].start] in self.words.links:
            edge -= 1
        begin = self._core(edge)
        if begin == edge:
            return None
        start, end = row.items[begin].start, row.items[edge - 1].end
        people = row.people(begin)
        counted = people is not None and people.words in NUMBERED  # "a number of residents"
        if not (counted or self._has_determiner(begin) or row.sentence.caps):
            start = self._known_from(start, end)
            begin = next(m for m in range(begin, edge) if row.items[m].end > start)
        lows = list(row.sentence.words[start:end])
        hits = self.words.kinds.find(lows)
        headed = (
            bool(hits)
            and hits[-1].end == len(lows)
            or lows[-1:]
            and (lows[-1] in self.words.heads or lows[-1] in self.words.bodies)
        )
        return begin if headed and row.items[begin].start >= start else None

    def _name_before(self, first: int) -> int | None:
        """A name that stands right before what it is: "Halim Dor the camp's director"."""
        row, n = self.row, first
        if row.tags[n - 1 : n] == ")":  # "the Harm Records (HR) a network of doctors"
            n = max(row.tags.rfind("(", 0, n), 0)
        while n > 0 and row.tags[n - 1] in "wNL" and not row.sentence.caps:
            item = row.items[n - 1]
            tokens = row.sentence.tokens[item.start : item.end]
            people = row.people(n - 1)
            if people is not None and people.words != "name":
                break
            article = row.kinds(n - 1) & _DETERMINERS
            if not article and not all(t.text[0].isupper() for t in tokens):
                break
            never = any(t.low in self.words.lexicon.not_names for t in tokens)
            if never and not article and not self.words.lexicon.is_a("coordinator", tokens[0].low):
                break
            n -= 1
            if article:
                break
        named = row.items[first].start - row.items[n].start if n < first else 0
        opens = n == 0 or row.tags[n - 1] in ',;:."TS'
        return n if named >= 2 and opens else None

    def _begins_name(self, at: int) -> bool:
        """Tell whether a name of the register begins at a token."""
        lows, words = self.row.sentence.words, self.words
        return words.names.at(lows, at) is not None or words.states.at(lows, at) is not None

    def _joined_by_particle(self, at: int, start: int) -> bool:
        """Tell whether a particle of names joins the token before it to the one at `at`."""
        tokens, names = self.row.sentence.tokens, self.words.lexicon.name_particles
        if at - 2 < start or tokens[at - 1].low not in names or tokens[at - 1].text[0].isupper():
            return False
        return tokens[at].text[0].isupper() and tokens[at - 2].text[0].isupper()

    def _known_from(self, start: int, end: int, *, proper: bool = True) -> int:
        """From which token on the words before a verb belong to a speaker named without article.

        These are its last word that can be one, and before it names and words that go with one.
        Where a preposition stands before them (`proper` is not set), a name that ends them is it.
        """
        tokens, lows = self.row.sentence.tokens, self.row.sentence.words
        hits = self.words.kinds.find(list(lows[start:end]))
        run = end
        while run > start and tokens[run - 1].text[0].isupper():
            run -= 1
        if not proper and end - run >= 2 and start < run and not self._hits(run, end):
            return run
        head = start + hits[-1].start if hits else end - 1
        while (
            head > start
            and tokens[head].text[0].isupper()
            and tokens[head - 1].text[0].isupper()
            and (proper or not self._begins_name(head))  # "in Orun MNA reporters"
        ):
            head -= 1
        at = head
        while at > start:
            low, text = lows[at - 1], tokens[at - 1].text
            if self._joined_by_particle(at, start):  # "Jaish al Velm"
                at -= 2
                continue
            hyphened = tokens[at].text == "-" or text == "-"
            known = low in self.words.modifiers
            people = low.endswith(self.words.demonyms)
            capital = text[0].isupper() and (people or low not in self.words.lexicon.not_names)
            if not (capital or hyphened or known or low in self.words.lexicon.possessive):
                break
            at -= 1
        return at
