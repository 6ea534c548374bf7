"""Which words of a sentence name the one who says something: the phrase at a verb of saying.

A speaker is a noun phrase that ends at its verb ("a doctor at the clinic said") or begins behind it
("said the mayor"). It is read from the verb outwards, so that it holds where the commas of a text
are lost: what stands before a determiner, a time or a word that nobody is called by is not the
speaker's.
"""

from dataclasses import dataclass

from cenotaph.reading.items import Row
from cenotaph.reading.said import item_at
from cenotaph.reading.speaker_phrase import LONGEST, SpeakerPhrase
from cenotaph.reading.speaker_words import SourceWords

# An insertion before a speaker's verb has no more items.
INSERTION = 14
# Two speakers and no more are joined by "and".
JOINED = 2
_BEFORE_VERB = frozenset("aHXTM")
_ENDS = frozenset(",;:.\"()-SWTRvVGBXHMJlFOU'")


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
        phrase = SpeakerPhrase(row, words).read(edge)
        if phrase is None and not found:
            phrase = _subject(row, edge, words)
        if phrase is None:
            break
        first, start, end = phrase
        start = _in_full(row, start, end, words)
        found.append((start, end if found else max(end, whole)))
        if first == 0 or row.tags[first - 1] != "C" or "alternative" in row.kinds(first - 1):
            break
        edge = first - 1
    kept = [p for n, p in enumerate(found) if n == 0 or _speaks(row, p, words)]
    apart = [one for phrase in reversed(kept) for one in _apart(row, phrase, words)]
    return Speakers(tuple(apart)) if apart else None


def _in_full(row: Row, start: int, end: int, words: SourceWords) -> int:
    """Where the name of the register begins that ends a phrase and holds a verb: "Velm is Weeping
    said"."""
    for at in range(start - 1, max(-1, start - 3), -1):
        hit = words.names.at(row.sentence.words, at)
        if hit is not None and hit.end == end:
            return at
    return start


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


def cited(row: Row, start: int, end: int, words: SourceWords) -> list[tuple[int, int]]:
    """The one or two whom tokens [start, end) name behind "according to": "the X and the Y".

    What "and" joins are two where each has a noun of saying of its own, or a name of the register;
    but "the Centre for Rights and Media" is one.
    """
    lows, tokens = row.sentence.words, row.sentence.tokens
    for n in range(start + 1, end - 1):
        if "coordinator" not in lows.entries[n].kinds or "alternative" in lows.entries[n].kinds:
            continue
        inside = any(
            hit.end > n + 1
            for at in range(start, n)
            if (hit := words.names.at(lows, at)) is not None
        )
        one = not (words.joins | words.lexicon.possessive).isdisjoint(lows[start:n])
        anew = lows.entries[n + 1].article or not tokens[n + 1].text[0].isupper()
        named, two = words.names.at(lows, n + 1) is not None, lows.entries[n + 1].article
        if inside or one and not (anew or named):
            continue
        if all(
            _whole(row, low, high, words) or two and _proper(row, low, high)
            for low, high in ((start, n), (n + 1, end))
        ):
            return [(start, n), (n + 1, end)]
    return [(start, end)]


def _proper(row: Row, start: int, end: int) -> bool:
    """Tell whether tokens [start, end) are an article and a name: "the Orun National Alliance"."""
    tokens = row.sentence.tokens[start + 1 : end]
    named = row.sentence.words.entries[start].article and len(tokens) > 1
    return named and all(token.text[0].isupper() for token in tokens)


def _whole(row: Row, start: int, end: int, words: SourceWords) -> bool:
    """Tell whether tokens [start, end) can name a speaker: a kind ends them or opens a name."""
    part = list(row.sentence.words[start:end])
    names = words.names.find(part)
    if names and names[-1].end == len(part):
        return True
    hits = words.kinds.find(part)
    behind = row.sentence.tokens[start + hits[-1].end : end] if hits else ()
    return bool(hits) and all(token.text[0].isupper() for token in behind)


def subject(row: Row, k: int, words: SourceWords) -> tuple[int, int] | None:
    """The whole subject of the verb at item `k`, where its first noun is one of saying."""
    whole = _subject(row, _edge(row, k, words)[0], words)
    return whole[1:] if whole is not None else None


def _subject(row: Row, edge: int, words: SourceWords) -> tuple[int, int, int] | None:
    """The whole subject before item `edge`, where its first noun is one of saying.

    "The centre for observing and furthering the truce in Tessaria said".
    """
    first = edge
    while first > 0 and (row.tags[first - 1] in "wpoLCNyKaG" or _in_a_name(row, first - 1)):
        first -= 1
    if first == edge or first > 0 and row.tags[first - 1] not in ',;.":TSW':
        return None
    if row.tags[first] not in "wy" or "preposition" in row.kinds(first):
        return None
    part = next((n for n in range(first, edge) if row.tags[n] in "po"), edge)
    part -= part < edge and part - 1 > first and "gerund_like" in row.kinds(part - 1)
    start, end = row.items[first].start, row.items[part - 1].end
    hits = words.kinds.find(list(row.sentence.words[start : end + 1]))
    proper = row.sentence.tokens[end - 1].text[0].isupper() and end - start > 1
    if not hits or not proper and hits[-1].end < end - start:
        return None
    last = row.items[edge - 1].end
    return (first, start, last if last - start <= LONGEST else end)


def _in_a_name(row: Row, n: int) -> bool:
    """Tell whether a number is of a name ("Velm 24 network"), or a verb stands in "rebel-held"."""
    tokens, item = row.sentence.tokens, row.items[n]
    before = tokens[item.start - 1].text if item.start else ""
    if row.tags[n] in "vV":
        return before == "-"
    if row.tags[n] == "-":
        return row.tags[n + 1] in "vV" and row.tags[max(0, n - 1)] in "wyNL"
    return row.tags[n] in "Q#" and before[:1].isupper() and tokens[item.start].text.isdigit()


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
    phrase = SpeakerPhrase(row, words).read(edge)
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
    end = phrase_end(row, start, words)
    comma = next((n for n in range(start, end) if row.sentence.tokens[n].text == ","), end)
    return (start, comma) if comma > start else None


def phrase_end(row: Row, start: int, words: SourceWords) -> int:
    """Where a phrase from token `start` on ends: at a mark, a verb, a subordinator.

    So it does at an article behind a noun of saying, where a comma is lost: "according to the MNA
    news agency the jets struck".
    """
    k = item_at(row, start)
    first = k
    lows = row.sentence.words
    hits = words.kinds.find(list(lows[start : start + LONGEST]))
    ends = frozenset(
        start + hit.end
        for hit in hits
        if hit.code != "unnamed" or lows[start + hit.end - 1] in words.papers
    )
    while k < len(row.items):
        tag = row.tags[k]
        if tag in _ENDS and not (tag == "'" and k == first):
            break
        if k > first and _unaccompanied(row, k, words):
            break
        joined = row.tags[k + 1 : k + 2] if tag == "C" else ""
        if joined and joined in "NVGXQF" and not _speaks_too(row, k + 1):
            break
        people = row.people(k) if tag == "N" else None
        told = people is not None and people.words == "vague" and people.head in words.of_people
        # "according to four witnesses interviewed …"
        speaks = k == first and any(row.items[k].start < end <= row.items[k].end for end in ends)
        counts = people is not None and people.words in ("digits", "vague") and not told
        if (tag in "QF#" or counts) and not speaks:
            break
        if k > first and people is not None and people.words == "words":
            break  # "according to first data six people were killed"
        at = row.items[k].start
        if k > first and at in ends and lows.entries[at].article and row.tags[k - 1] not in "poC":
            break
        if k > first and at in ends and _new_subject(row, k, words):
            break
        if k > first and lows.entries[at].article and _says_too(row, k, words):
            break
        hyphened = row.sentence.tokens[at - 1].text == "-"
        if k > first and tag == "w" and {"past_like"} & row.kinds(k) and not hyphened:
            break
        if k == first and (inside := _paper_within(row, k, ends, words)):
            return inside
        k += 1
    if row.tags[k : k + 1] == "O" and lows.entries[row.items[k - 1].start].article:
        k -= k - 1 > first  # "told the agency the death toll was nine"
    return row.items[k].start if k < len(row.items) else len(row.sentence.tokens)


def _paper_within(row: Row, k: int, ends: frozenset[int], words: SourceWords) -> int:
    """The token behind "the bulletin", where names and a verb behind it are read as one with it; 0
    else."""
    item, tokens = row.items[k], row.sentence.tokens
    for end in ends:
        if item.start < end < item.end and row.sentence.words[end - 1] in words.papers:
            verb = row.tags[k + 1 : k + 2] in ("v", "V", "B", "H", "X")
            return end if verb and tokens[end].text[0].isupper() else 0
    return 0


def _new_subject(row: Row, k: int, words: SourceWords) -> bool:
    """ "According to the bulletin Dawn Front rebels executed four": names behind what a body or a
    paper is called, and a verb behind them, are the next subject."""
    lows, tokens = row.sentence.words, row.sentence.tokens
    last = lows[row.items[k].start - 1]
    if last not in words.papers and last not in words.bodies and last not in words.nameless:
        return False
    n = k
    while n < len(row.tags) and row.tags[n] in "wNL" and n < k + LONGEST:
        n += 1
    opens = tokens[row.items[k].start].text[0].isupper()
    if row.tags[k] == "L":
        return True  # "according to the media office Velm saw the worst of it"
    verb = row.tags[n : n + 1] in ("v", "V", "B", "H", "X") or any(
        "past_like" in row.kinds(m) for m in range(k + 1, n) if row.tags[m] == "w"
    )
    return opens and verb


def _says_too(row: Row, k: int, words: SourceWords) -> bool:
    """ "According to medics the report said": what speaks behind an article at item `k` itself."""
    n = k + 1
    while row.tags[n : n + 1] in ("w", "l") and n <= k + JOINED:
        n += 1
    if row.tags[n : n + 1] != "R" or row.tags[k - 1] in "poC":
        return False
    spoken = row.sentence.words[row.items[k].start : row.items[n].start]
    return bool(words.kinds.find(list(spoken)))


def _unaccompanied(row: Row, k: int, words: SourceWords) -> bool:
    """ "According to monitors with talks under way": no body of theirs is named behind "with"."""
    at = row.items[k].end
    if row.sentence.words[at - 1] not in words.companions or at >= len(row.sentence.tokens):
        return False
    behind = row.sentence.words.entries[at]
    determined = {"definite", "indefinite", "pronoun_possessive"} & behind.kinds
    return not determined and not row.sentence.tokens[at].text[0].isupper()


def _speaks_too(row: Row, k: int) -> bool:
    """ "According to two officials and a doctor.": of whom item `k` tells no more is told."""
    people = row.people(k) if row.tags[k] == "N" else None
    last = row.tags[k + 1 : k + 2] in ("", ".", ",")
    return last and people is not None and people.words == "one"


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
        opens = tag == '"' and tags.count('"', 0, j - 1) % 2 == 0  # "the monitor “has recorded"
        if tag in _BEFORE_VERB or adverb or tag == "C" and j < k or opens and j - 1 > 0:
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


def _speaks(row: Row, phrase: tuple[int, int], words: SourceWords) -> bool:
    """Tell whether a phrase joined by "and" can itself be a speaker."""
    start, end = phrase
    lows = list(row.sentence.words[start:end])
    return bool(words.kinds.find(lows) or words.names.find(lows) or words.states.find(lows))
