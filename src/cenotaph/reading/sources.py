"""Who says so: the sources of a sentence, from who saw or counted to who relayed it.

What a claim is worth depends on who makes it, so a chain is kept whole and in order. A source named
in short ("the monitor") is the last one of its kind.
"""

import functools
from dataclasses import dataclass, field
from typing import NamedTuple

from cenotaph.model import Quote, Source, TimeKind
from cenotaph.reading.items import Row
from cenotaph.reading.lexicon import Lexicon, lexicon
from cenotaph.reading.vocabulary import Hit, Phrases
from cenotaph.vocab import table

_STOPS = frozenset(',;:.()"“”«»—–!?…')
LONGEST = 12
# Kinds of sources that issue communiques, statements and bulletins.
_BODIES = frozenset({"military", "armed_group", "government", "police", "monitor", "ngo", "un",
                     "rescuers", "medical"})  # fmt: skip


class Said(NamedTuple):
    """An attribution: its sources in order, its items [start, end), and the time beside it."""

    sources: tuple[Source, ...]
    start: int
    end: int
    time: int | None


class _Register(NamedTuple):
    names: Phrases
    kinds: Phrases
    kind_of: dict[str, str]
    again: frozenset[str]
    openings: Phrases
    documents: Phrases
    lexicon: Lexicon


@functools.cache
def _register(lang: str) -> _Register:
    known = table("sources")["source"]
    words = table(f"{lang}/sources")
    return _Register(
        names=Phrases((n, s["name"]) for s in known for n in s["names"]),
        kinds=Phrases((w, kind) for kind, ws in words["kinds"].items() for w in ws),
        kind_of={s["name"]: s["kind"] for s in known},
        again=frozenset(words["again"]["words"]),
        documents=Phrases((w, "document") for w in words["documents"]["words"]),
        openings=Phrases((w, "opening") for w in words["openings"]["words"]),
        lexicon=lexicon(lang),
    )


@dataclass(slots=True)
class Attribution:
    """Reads attributions row by row, remembering the last source of each kind for "the monitor"."""

    text: str
    lang: str
    last: Source | None = None
    by_kind: dict[str, Source] = field(default_factory=dict)

    def author(self, row: Row) -> Source | None:
        """The body that a heading names as the one who speaks below it; never a person."""
        tokens = row.sentence.tokens
        found = self.source(row, 0, len(tokens)) if len(tokens) <= LONGEST else None
        return found if found is not None and found.kind in _BODIES else None

    def issued(self, row: Row) -> bool:
        """Tell whether a heading says that its author issued the text: "Communique No. 7"."""
        return bool(_register(self.lang).documents.find(row.sentence.words))

    def said(self, row: Row) -> list[Said]:
        """Return the attributions of one sentence."""
        found: list[Said] = []
        for k, tag in enumerate(row.tags):
            if tag not in "Rl" or not _reports(row, k):
                continue
            according = "according" in row.kinds(k)
            said = self._after(row, k) if according else self._around(row, k)
            if said is not None:
                found.append(said)
        merged = _chain(found)
        for said in merged:
            self._note(said.sources)
        return merged

    def _note(self, sources: tuple[Source, ...]) -> None:
        for source in sources[::-1]:
            self.last = source
            if source.kind not in self.by_kind or source.name != source.quote.text:
                self.by_kind[source.kind] = source

    def _after(self, row: Row, k: int) -> Said | None:
        """ "according to X (, cited by Y)"."""
        start = row.items[k].end
        end = _phrase_end(row, start)
        source = self.source(row, start, end)
        if source is None:
            return None
        return Said((source,), k, _item_at(row, end), _time_by(row, k))

    def _around(self, row: Row, k: int) -> Said | None:
        """ "X said (on Sunday)", "X told Y", '"…," said X'."""
        verb = row.items[k]
        begin = _subject_start(row, k)
        source = None
        if begin < verb.start:
            source = self.source(row, begin, _before_insertion(row, begin, verb.start))
        start = _item_at(row, begin)
        end_item = k + 1
        if (
            source is None
            and verb.end < len(row.sentence.tokens)
            and k > 0
            and row.tags[k - 1] in ',"'
        ):
            end = _phrase_end(row, verb.end)
            source = self.source(row, verb.end, end)
            start, end_item = k, _item_at(row, end)
        if source is None:
            return None
        sources = [source]
        if _told(row, k):
            end = _phrase_end(row, verb.end)
            relay = self.source(row, verb.end, end)
            if relay is not None and relay.quote.text != source.quote.text:
                sources.append(relay)
        return Said(tuple(sources), start, end_item, _time_by(row, k))

    def source(self, row: Row, start: int, end: int) -> Source | None:
        """The source that tokens [start, end) name, or None where they name none."""
        tokens = row.sentence.tokens
        while start < end and tokens[start].text in _STOPS | {"'", "‘", "’"}:
            start += 1
        opening = (
            _register(self.lang).openings.at(row.sentence.words, start) if start < end else None
        )
        if opening is not None and opening.end < end:  # "In a statement the movement said"
            start = opening.end
            while start < end and tokens[start].text in _STOPS:
                start += 1
        while end > start and not tokens[end - 1].text[0].isalnum():
            end -= 1
        if start >= end or end - start > LONGEST:
            return None
        register = _register(self.lang)
        lows = [t.low for t in tokens[start:end]]
        quote = Quote.of(self.text, tokens[start].start, tokens[end - 1].end)
        kinds = register.kinds.find(lows)
        names = [h for h in register.names.find(lows) if tokens[start + h.start].text[0].isupper()]
        first_kind = kinds[0] if kinds else None
        if names and _speaks(names[0], first_kind, len(lows)):
            name = names[0].code
            return Source(quote=quote, name=name, kind=register.kind_of[name])
        if len(lows) <= 3 and all(low in register.again for low in lows):
            return self.last and Source(quote=quote, name=self.last.name, kind=self.last.kind)
        if first_kind is not None:
            head = _head(kinds, lows, register.lexicon)
            definite = register.lexicon.is_a("definite", lows[0])
            known = self.by_kind.get(head.code)
            proper = any(t.text[0].isupper() for t in tokens[start + 1 : end])
            if definite and known is not None and (not proper or head.code == "monitor"):
                return Source(quote=quote, name=known.name, kind=known.kind)
            return Source(quote=quote, name=_bare(quote.text, register.lexicon), kind=head.code)
        capital = sum(t.text[0].isupper() for t in tokens[start:end])
        if capital and (capital >= 2 or end - start <= 2):
            return Source(quote=quote, name=_bare(quote.text, register.lexicon), kind="person")
        return None


def _speaks(name: Hit, kind: Hit | None, length: int) -> bool:
    """Tell whether an organisation speaks itself: in "a witness at a UN camp" the witness does."""
    if kind is None or kind.code in ("monitor", "agency"):
        return True
    return name.start == 0 and name.end >= kind.start or length - (name.end - name.start) <= 1


def _bare(text: str, words: Lexicon) -> str:
    """The words without their article, so that "the mayor" and "The mayor" are one."""
    head, _, rest = text.partition(" ")
    article = words.is_a("definite", head.lower()) or words.is_a("indefinite", head.lower())
    return rest if rest and article else text


def _head(kinds: list[Hit], lows: list[str], words: Lexicon) -> Hit:
    """The last word of a kind before a preposition: "a rebel fighter from the militia"."""
    for n, low in enumerate(lows):
        if n and (words.is_a("of", low) or words.is_a("preposition", low)):
            before = [h for h in kinds if h.end <= n]
            return before[-1] if before else kinds[0]
    return kinds[-1]


def _reports(row: Row, k: int) -> bool:
    kinds = row.kinds(k)
    taken = "takes_lives" in kinds and k + 2 < len(row.tags) and "lives" in row.kinds(k + 2)
    return bool(kinds & {"report", "according", "deny"}) and not taken


def _told(row: Row, k: int) -> bool:
    return "tell" in row.kinds(k)


def _item_at(row: Row, token: int) -> int:
    for n, item in enumerate(row.items):
        if item.start >= token:
            return n
    return len(row.items)


def _time_by(row: Row, k: int) -> int | None:
    """The time right by the verb of saying: "said on Sunday", "on Sunday … reported"."""
    for n in (k + 1, k + 2, k - 1):
        if 0 <= n < len(row.tags) and row.tags[n] == "T":
            between = row.tags[min(n, k) + 1 : max(n, k)]
            beside = row.time(n + 1) if n + 1 < len(row.tags) else None
            if beside is not None and beside.kind is TimeKind.CLOCK:
                return None  # nobody gives the hour of a statement
            if not between or set(between) <= set("aP"):
                return n
    return None


def _subject_start(row: Row, k: int) -> int:
    """Where the subject of the verb of saying at item `k` begins: after the last boundary."""
    tags = row.tags
    j = k
    while j > 0:
        tag = tags[j - 1]
        if tag == ",":
            opening = tags.rfind(",", 0, j - 1)
            inner = tags[opening + 1 : j - 1] if opening >= 0 else ""
            plain = not set(inner) & set("VGXR")
            if opening > 0 and j - 1 - opening <= 14 and (inner[:1] == "W" or plain):
                before = tags[opening - 1]
                if before in "wN" and inner[:1] in ("w", "W", "N", "#"):
                    j = opening
                    continue
            break
        if tag in ';:."SR(-)' or tag in "VGXJB":
            break
        if tag == "C" and tags[: j - 1].strip("aT,") == "":
            break
        if tag == "v" or tag == "W" and j < k:  # "a siege which aid workers say …"
            break
        j -= 1
    return row.items[j].start if j < len(row.items) else row.items[k].start


def _before_insertion(row: Row, begin: int, end: int) -> int:
    """Where the subject itself ends: before ", which is run by volunteers," and adverbs."""
    for n in range(_item_at(row, begin), _item_at(row, end)):
        if row.tags[n] == "," and row.tags[n + 1 : n + 2] == "W":
            return row.items[n].start
    return _trim(row, begin, end)


def _trim(row: Row, begin: int, end: int) -> int:
    """Drop adverbs and auxiliaries between the subject and its verb."""
    k = _item_at(row, end) - 1
    while k > 0 and row.items[k].start > begin and row.tags[k] in "aHXTMC":
        end = row.items[k].start
        k -= 1
    return end


def _phrase_end(row: Row, start: int) -> int:
    """Where a source phrase from token `start` on ends: at a mark, a verb, a subordinator."""
    k = _item_at(row, start)
    while k < len(row.items):
        tag = row.tags[k]
        if tag in ',;:."()-SWTRvVGXHM' or tag == "J":
            break
        if tag == "C" and k + 1 < len(row.tags) and row.tags[k + 1] in "NVGXQF":
            break
        people = row.people(k) if tag == "N" else None
        if tag in "QF#" or people is not None and people.words in ("digits", "vague"):
            break
        k += 1
    return row.items[k].start if k < len(row.items) else len(row.sentence.tokens)


def _chain(found: list[Said]) -> list[Said]:
    """Join neighbours: "according to a doctor, cited by the agency" is one chain."""
    merged: list[Said] = []
    for said in found:
        if merged and said.start - merged[-1].end <= 1 and merged[-1].end > merged[-1].start:
            before = merged[-1]
            merged[-1] = Said(
                before.sources + said.sources, before.start, said.end, before.time or said.time
            )
        else:
            merged.append(said)
    return merged
