"""Which words of a sentence name the one who says something: the phrase at a verb of saying.

A speaker is a noun phrase that ends at its verb ("a doctor at the clinic said") or begins behind it
("said the mayor"). It is read from the verb outwards, so that it holds where the commas of a text
are lost: what stands before a determiner, a time or a word that nobody is called by is not the
speaker's.
"""

import functools
from dataclasses import dataclass

from cenotaph.reading.items import NUMBERED, Row
from cenotaph.reading.lexicon import Lexicon, lexicon
from cenotaph.reading.said import item_at, words_of
from cenotaph.reading.vocabulary import Phrases
from cenotaph.vocab import table

# A speaker with all that tells of him has no more tokens; an insertion before his verb no more
# items.
LONGEST = 20
INSERTION = 14
# Two speakers and no more are joined by "and".
JOINED = 2
_BEFORE_VERB = frozenset("aHXTM")
_DETERMINERS = frozenset({"definite", "indefinite", "pronoun_possessive"})
_ENDS = frozenset(",;:.\"()-SWTRvVGBXHMJlFOU'")


@dataclass(frozen=True, slots=True)
class SourceWords:
    """The words of one language pack that tell who says something."""

    names: Phrases
    kinds: Phrases
    kind_of: dict[str, str]
    states: Phrases
    party_kinds: dict[str, str]
    again: frozenset[str]
    bodies: dict[str, list[str]]
    joins: frozenset[str]
    openings: Phrases
    documents: Phrases
    links: frozenset[str]
    modifiers: frozenset[str]
    heads: frozenset[str]
    demonyms: tuple[str, ...]
    relays: Phrases
    as_saying: Phrases
    citing: frozenset[str]
    cited_by: frozenset[str]
    aside: frozenset[str]
    adverbs: frozenset[str]
    figures: frozenset[str]
    with_saying: frozenset[str]
    witnessing: frozenset[str]
    accusing: frozenset[str]
    bare_saying: frozenset[str]
    claims: frozenset[str]
    papers: frozenset[str]
    issued_by: frozenset[str]
    of_headings: Phrases
    lexicon: Lexicon


@functools.cache
def source_words(lang: str) -> SourceWords:
    """Return the words of `lang` that tell who says something."""
    known = table("sources")["source"]
    words = table(f"{lang}/sources")
    actors = table("actors")["actor"]
    return SourceWords(
        names=Phrases((n, s["name"]) for s in known for n in s["names"]),
        kinds=Phrases((w, kind) for kind, ws in words["kinds"].items() for w in ws),
        kind_of={s["name"]: s["kind"] for s in known},
        states=Phrases((n, a["name"]) for a in actors for n in (*a["names"], *a.get("seats", ()))),
        party_kinds={a["name"]: a["kind"] for a in actors},
        again=frozenset(words["again"]["words"]),
        bodies=words["again"]["bodies"],
        joins=frozenset(words["phrase"]["joins"]),
        documents=Phrases((w, "document") for w in words["documents"]["words"]),
        openings=Phrases((w, "opening") for w in words["openings"]["words"]),
        links=frozenset(words["phrase"]["links"]),
        modifiers=frozenset(words["phrase"]["modifiers"]),
        heads=frozenset(words["phrase"]["heads"]),
        demonyms=tuple(words["phrase"]["demonym_ends"]),
        relays=Phrases((w, w) for w in words["phrase"]["relays"]),
        as_saying=Phrases((w, w) for w in words["phrase"]["as_saying"]),
        citing=frozenset(words["phrase"]["citing"]),
        cited_by=frozenset(words["phrase"]["cited_by"]),
        aside=frozenset(words["phrase"]["aside"]),
        adverbs=frozenset(words["phrase"]["adverbs"]),
        figures=frozenset(words["phrase"]["figures"]),
        with_saying=frozenset(words["phrase"]["with_saying"]),
        witnessing=frozenset(words["phrase"]["witnessing"]),
        accusing=frozenset(words["phrase"]["accusing"]),
        bare_saying=frozenset(words["phrase"]["bare_saying"]),
        claims=frozenset(words["phrase"]["claims"]),
        papers=frozenset(words["phrase"]["papers"]),
        issued_by=frozenset(words["phrase"]["issued_by"]),
        of_headings=Phrases(
            [(w, "loose") for w in words["phrase"]["loose_in_headings"]]
            + [(w, "parted") for w in words["phrase"]["of_headings"]]
        ),
        lexicon=lexicon(lang),
    )


@dataclass(frozen=True, slots=True)
class Speakers:
    """The phrases that could name who speaks at one verb: tokens [start, end) each, in order."""

    phrases: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        """The token at which the first phrase begins."""
        return self.phrases[0][0]

    @property
    def end(self) -> int:
        """The token behind the last phrase."""
        return self.phrases[-1][1]


def before(row: Row, k: int, words: SourceWords) -> Speakers | None:
    """The phrases that end at the verb of saying at item `k`; None where there is none."""
    edge, whole = _edge(row, k, words)
    found: list[tuple[int, int]] = []
    while edge > 0 and len(found) < JOINED:
        phrase = _Phrase(row, words).read(edge)
        if phrase is None and not found:
            phrase = _subject(row, edge, words)
        if phrase is None:
            break
        first, start, end = phrase
        found.append((start, end if found else max(end, whole)))
        if first == 0 or row.tags[first - 1] != "C" or "alternative" in row.kinds(first - 1):
            break
        edge = first - 1
    kept = [p for n, p in enumerate(found) if n == 0 or _speaks(row, p, words)]
    apart = [one for phrase in reversed(kept) for one in _apart(row, phrase, words)]
    return Speakers(tuple(apart)) if apart else None


def _apart(row: Row, phrase: tuple[int, int], words: SourceWords) -> list[tuple[int, int]]:
    """ "Activists and rescue workers": two who speak, where "and" joins two kinds of sources."""
    start, end = phrase
    lows = row.sentence.words
    if "coordinator" in lows.entries[start].kinds:  # "and rescue workers" of one item
        start = next(item.start for item in row.items if item.end > start)
    for n in range(start + 1, end - 1):
        if "coordinator" not in lows.entries[n].kinds or words.names.at(lows, start) is not None:
            continue
        parts = [list(lows[start:n]), list(lows[n + 1 : end])]
        hits = [words.kinds.find(part) for part in parts]
        if all(hit and hit[-1].end == len(part) for hit, part in zip(hits, parts, strict=True)):
            return [(start, n), (n + 1, end)]
    return [phrase]


def _subject(row: Row, edge: int, words: SourceWords) -> tuple[int, int, int] | None:
    """The whole subject before item `edge`, where its first noun is one of saying.

    "The centre for observing and furthering the truce in Tessaria said".
    """
    first = edge
    while first > 0 and row.tags[first - 1] in "wpoLCNyKaG":
        first -= 1
    if first == edge or first > 0 and row.tags[first - 1] not in ',;.":TSW':
        return None
    if row.tags[first] not in "wy" or "preposition" in row.kinds(first):
        return None
    part = next((n for n in range(first, edge) if row.tags[n] in "po"), edge)
    start, end = row.items[first].start, row.items[part - 1].end
    hits = words.kinds.find(list(row.sentence.words[start : end + 1]))
    proper = row.sentence.tokens[end - 1].text[0].isupper() and end - start > 1
    if not hits or not proper and hits[-1].end < end - start:
        return None
    last = row.items[edge - 1].end
    return (first, start, last if last - start <= LONGEST else end)


def further(row: Row, k: int, words: SourceWords) -> tuple[int, int] | None:
    """Who speaks at item `k` where more stands between him and his verb.

    "The monitor which has people in the town said", "doctors counted the dead and said".
    """
    low = max((row.tags.rfind(tag, 0, k) for tag in '";S'), default=-1) + 1
    relative = row.tags.rfind("W", low, k)
    edge = relative
    if relative <= low or k - relative > LONGEST or "R" in row.tags[relative:k]:
        if row.tags[k - 1 : k] != "C":
            return None
        verbs = (n for n in range(low, k) if row.tags[n] in "vVRlXHw" and _verbal(row, n))
        edge = next(verbs, -1)
    if edge <= low:
        return None
    phrase = _Phrase(row, words).read(edge)
    return phrase[1:] if phrase is not None else None


def _verbal(row: Row, n: int) -> bool:
    return row.tags[n] != "w" or "past_like" in row.kinds(n)


def behind(row: Row, k: int, words: SourceWords) -> tuple[int, int] | None:
    """The phrase that begins behind item `k`: who spoke, or to whom somebody spoke."""
    start = row.items[k].end
    if row.tags[k + 1 : k + 2] == "p":  # "said in a statement": how, not who
        return None
    if row.tags[k + 1 : k + 2] == "b":  # "were reported by the ministry"
        start = row.items[k + 1].end
    end = phrase_end(row, start)
    comma = next((n for n in range(start, end) if row.sentence.tokens[n].text == ","), end)
    return (start, comma) if comma > start else None


def phrase_end(row: Row, start: int) -> int:
    """Where a phrase from token `start` on ends: at a mark, a verb, a subordinator."""
    k = item_at(row, start)
    first = k
    while k < len(row.items):
        tag = row.tags[k]
        if tag in _ENDS and not (tag == "'" and k == first):
            break
        if tag == "C" and k + 1 < len(row.tags) and row.tags[k + 1] in "NVGXQF":
            break
        people = row.people(k) if tag == "N" else None
        if tag in "QF#" or people is not None and people.words in ("digits", "vague"):
            break
        if k > first and people is not None and people.words == "words":
            break  # "according to first data six people were killed"
        hyphened = row.sentence.tokens[row.items[k].start - 1].text == "-"
        if k > first and tag == "w" and {"past_like"} & row.kinds(k) and not hyphened:
            break
        k += 1
    return row.items[k].start if k < len(row.items) else len(row.sentence.tokens)


def acts_on(row: Row, token: int) -> bool:
    """Tell whether a phrase that ends at a token is the subject of a verb behind it."""
    k = item_at(row, token)
    while k < len(row.tags) and row.tags[k] == "a":
        k += 1
    return k < len(row.tags) and (
        row.tags[k] in "vVBXHM" or row.tags[k] == "w" and "past_like" in row.kinds(k)
    )


def _edge(row: Row, k: int, words: SourceWords) -> tuple[int, int]:
    """The item behind the last one of the subject: adverbs, brackets and insertions passed over.

    With it comes the token behind a name set between commas: "the mayor, Halim Dor,".
    """
    tags, whole = row.tags, 0
    j = k
    while j > 0:
        tag = tags[j - 1]
        stated = _how_said(row, j, words)
        if stated < j:
            j = stated
            continue
        adverb = tag in "wv" and row.sentence.words[row.items[j - 1].start] in words.adverbs
        if tag in _BEFORE_VERB or adverb or tag == "C" and j < k:
            j -= 1
        elif tag == ")":
            opening = tags.rfind("(", 0, j - 1)
            if opening < 1:
                return j, whole
            j = opening
        elif tag == ",":
            opening = tags.rfind(",", 0, j - 1)
            if opening < 0 and j - 1 <= INSERTION and not set(tags[: j - 1]) & set("VGBXRvSW"):
                j -= 1  # "A relative Halim Dor, said"
                continue
            inner = tags[opening + 1 : j - 1]
            if opening < 1 or len(inner) > INSERTION or not inner:
                return j, whole
            if inner[0] not in "Wp" and set(inner) & set("VGXRv"):
                return j, whole
            if inner[0] not in "WpTaL" and not whole:
                whole = row.items[j - 1].start
            j = opening
        else:
            return j, whole
    return j, whole


def _how_said(row: Row, j: int, words: SourceWords) -> int:
    """The item at which "in a statement" begins that ends before item `j`; else `j`."""
    for n in range(j - 1, max(-1, j - 5), -1):
        hit = words.openings.at(row.sentence.words, row.items[n].start)
        if hit is not None and hit.end == row.items[j - 1].end:
            return n
    return j


class _Phrase:
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
            if tag == "I" and j == edge and low == "of":  # "a relative of the victims"
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
        if not self._has_determiner(begin) and not row.sentence.caps:
            start = self._known_from(start, end)
            begin = next(m for m in range(begin, edge) if row.items[m].end > start)
        lows = list(row.sentence.words[start:end])
        hits = self.words.kinds.find(lows)
        headed = (
            bool(hits) and hits[-1].end == len(lows) or lows[-1:] and lows[-1] in self.words.heads
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
            hyphened = tokens[at].text == "-" or text == "-"
            known = low in self.words.modifiers
            people = low.endswith(self.words.demonyms)
            capital = text[0].isupper() and (people or low not in self.words.lexicon.not_names)
            if not (capital or hyphened or known or low in self.words.lexicon.possessive):
                break
            at -= 1
        return at


def _speaks(row: Row, phrase: tuple[int, int], words: SourceWords) -> bool:
    """Tell whether a phrase joined by "and" can itself be a speaker."""
    start, end = phrase
    lows = list(row.sentence.words[start:end])
    return bool(words.kinds.find(lows) or words.names.find(lows) or words.states.find(lows))
