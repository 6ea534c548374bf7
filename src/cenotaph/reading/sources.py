"""Who says so: the sources of a sentence, from who saw or counted to who relayed it.

What a claim is worth depends on who makes it, so a chain is kept whole and in order. A source named
in short ("the monitor") is the last one of its kind.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from cenotaph.model import Quote, Source
from cenotaph.reading.items import NUMBERED, Row
from cenotaph.reading.said import (
    Said,
    chained,
    claims_attack,
    impersonal,
    item_at,
    joined,
    reports,
    time_by,
    told_to,
    words_of,
)
from cenotaph.reading.source_names import bare_name, body_speaks, head_of
from cenotaph.reading.speaker_phrase import LONGEST
from cenotaph.reading.speaker_words import SourceWords, source_words
from cenotaph.reading.speakers import acts_on, before, behind, cited, further, phrase_end, subject
from cenotaph.reading.tokens import Token

# What the name of a speaker is made of.
_OF_SPEAKERS = frozenset("yNLopK-()")
_STOPS = frozenset(',;:.()"“”«»—–!?…')
_STOPS_AND_QUOTES = _STOPS | {"'", "‘", "’"}
# A heading that names a body has no more tokens.
HEADING = 12
# A verb that gives a figure has it among so many items.
FIGURE = 5
# One who accuses names the accused in so many items.
ACCUSED = 9
# Kinds of sources that issue communiques, statements and bulletins.
_BODIES = frozenset({"military", "armed_group", "government", "police", "monitor", "ngo", "un",
                     "rescuers", "medical"})  # fmt: skip
# Kinds that issue none: "the statement" is not theirs.
_NO_ISSUERS = frozenset({"unnamed", "agency", "media", "social_media", "witness", "family"})
# Of what kind of source a party of a kind is, where it speaks itself.
_PARTY_KINDS = {"state": "government", "coalition": "military", "armed_group": "armed_group"}


@dataclass(slots=True)
class Attribution:
    """Reads attributions row by row, remembering the last source of each kind for "the monitor"."""

    text: str
    lang: str
    last: Source | None = None
    issuer: Source | None = None
    by_kind: dict[str, Source] = field(default_factory=dict)
    by_person: dict[str, Source] = field(default_factory=dict)
    words: SourceWords = field(init=False)

    def __post_init__(self) -> None:
        self.words = source_words(self.lang)

    def author(self, row: Row) -> Source | None:
        """The body that a heading names as the one who speaks below it; never a person."""
        tokens = row.sentence.tokens
        found = self.source(row, 0, len(tokens)) if len(tokens) <= HEADING else None
        return found if found is not None and found.kind in _BODIES else None

    def issued(self, row: Row) -> bool:
        """Tell whether a heading says that its author issued the text: "Communique No. 7"."""
        return bool(self.words.documents.find(row.sentence.words))

    def said(self, row: Row) -> list[Said]:
        """Return the attributions of one sentence."""
        found: list[Said] = []
        lows = row.sentence.words
        figures = "vwVFl" if not self.words.figures.isdisjoint(lows) else ""
        saying = "Sw" if not self.words.with_saying.isdisjoint(lows) else ""
        for k, (tag, follows) in enumerate(zip(row.tags, f"{row.tags[1:]} ", strict=True)):
            gives = tag in figures and self._figures(row, k)
            speaks = (
                gives
                or tag in "Rl"
                and reports(row, k)
                and not (figures and self._figures(row, k + 1))  # the reports of "reports suggest"
                or tag in saying
                and words_of(row, k) in self.words.with_saying
            )
            if follows == "b" and (told := self._claim_by(row, k)) is not None:
                found.append(told)
                continue
            if not speaks or found and k < found[-1].end:
                continue
            if follows == "o" and words_of(row, k) in self.words.claims:  # "early reports of six"
                found += self._reports_of(row, k)
                continue
            according = "according" in row.kinds(k)
            said = self._after(row, k) if according else self._around(row, k)
            if said is not None:
                relation = self._relation(row, k) if according else ""
                if relation == "relay" and not found and row.tags[k - 1 : k] == "X":
                    said = self._quoted_by(row, k, said)
                found = joined(found, said, relation)
                self.last = said.sources[0]  # "the mayor said he had counted nine"
        if not found:
            found = self._heading(row) if row.sentence.title else self._behind_colon(row)
        merged = self._relayed(row, chained(row, found))
        for said in merged:
            self._note(said.sources)
        if merged and not self.words.papers.isdisjoint(lows) and merged[-1].sources:
            self.issuer = merged[-1].sources[0]
        return merged

    def _figures(self, row: Row, k: int) -> bool:
        """Tell whether a verb gives a figure: "gave a toll of", "mourned 12 martyrs"."""
        if k == len(row.tags):
            return False
        low = row.sentence.words[row.items[k].start]
        if low in self.words.given:  # "the toll was given by the X"
            passive = row.tags[k - 1 : k + 2 : 2] == "Xb"
            return passive and "O" in row.tags[max(0, k - FIGURE) : k]
        if low not in self.words.figures or k > 0 and row.tags[k - 1] == "X":
            return False
        if (
            low in self.words.receiving
            and "W" in row.tags[:k]
            and "R" in row.tags[: row.tags.rfind("W", 0, k)]
        ):
            return False  # "doctors said that the clinic received nine bodies"
        if low in self.words.showing:
            return row.tags[k + 1 : k + 2] == "W" and self._paper_of(row, k)
        if low in self.words.accusing:  # "accused the X of killing 40"
            return row.tags[k + 1 : k + 2] != "o" and "o" in row.tags[k + 2 : k + ACCUSED]
        near = range(k + 1, min(k + FIGURE, len(row.tags)))
        if low in self.words.witnessing and any(row.tags[n] in "Nn" for n in near):
            return True
        people = [row.people(n) for n in near if row.tags[n] == "N"]
        counted = any(
            one is not None and (one.words in NUMBERED or one.harmed is not None) for one in people
        )  # "named six dead", "named the dead as"
        return counted or any(row.tags[n] in "OFQU" for n in near)

    def _paper_of(self, row: Row, k: int) -> bool:
        """Tell whether a paper and whose it is stand before item `k`: "a report by the X found"."""
        lows = row.sentence.words
        first = max((row.items[n].end for n in range(k) if row.tags[n] in ",;S"), default=0)
        at = next((n for n in range(first, row.items[k].start) if lows[n] in self.words.papers), -1)
        by = (n for n in range(at + 1, row.items[k].start) if lows[n] in self.words.issued_by)
        return at >= 0 and next(by, at + 9) <= at + 2

    def _claim_by(self, row: Row, k: int) -> Said | None:
        """ "The claim by doctors that nine were killed": theirs is the word."""
        lows = row.sentence.words
        if lows[row.items[k].end - 1] not in self.words.claims:
            return None
        start = row.items[k + 1].end
        end = phrase_end(row, start, self.words)
        source = self.source(row, start, end)
        last = item_at(row, end)
        that = row.tags[last : last + 1] == "W"
        return Said((source,), k, last, None) if source is not None and that else None

    def _reports_of(self, row: Row, k: int) -> list[Said]:
        """ "Initial reports of six dead": what opens so is nobody's word who was named before."""
        first = k - 1 if row.tags[k - 1 : k] in ("w", "y") else k
        if first > 0:
            return []
        source = self.source(row, row.items[first].start, row.items[k].end)
        return [Said((source,), first, k + 1, None)] if source is not None else []

    def _note(self, sources: tuple[Source, ...]) -> None:
        for source in sources[::-1]:
            self.last = source
            own = source.name != source.quote.text and not self._headed(source)
            if source.kind not in self.by_kind or own:
                self.by_kind[source.kind] = source
            words = source.quote.text.split()
            if len(words) > 1 and words[-1][0].isupper() and source.kind not in ("un", "agency"):
                self.by_person.setdefault(words[-1].casefold(), source)

    def _headed(self, source: Source) -> bool:
        """Tell whether a source is a person of a body: "the monitor" is not "monitor head Dor"."""
        return not self.words.heads.isdisjoint(source.name.casefold().split())

    def _quoted_by(self, row: Row, k: int, relay: Said) -> Said:
        """ "The mayor was quoted by the agency": the mayor, through the agency."""
        speakers = before(row, k, self.words)
        if speakers is None:
            return relay
        named = [self.source(row, *phrase) for phrase in speakers.phrases]
        own = tuple(source for source in named if source is not None)
        start = item_at(row, speakers.start)
        return relay._replace(sources=(*own, *relay.sources), start=start) if own else relay

    def _relation(self, row: Row, k: int) -> str:
        """How who is named behind words of citing stands to the other speaker of the sentence."""
        item = row.items[k]
        phrase = " ".join(row.sentence.words[item.start : item.end])
        if phrase in self.words.citing:
            return "origin"
        return "relay" if phrase in self.words.cited_by else ""

    def _after(self, row: Row, k: int) -> Said | None:
        """ "according to X (, cited by Y)"."""
        start = self._behind_toll(row, k)
        end = phrase_end(row, start, self.words)
        first, *more = cited(row, start, end, self.words)
        source = self.source(row, *first)
        if source is None or source.kind == "unnamed":
            issued = self._issuer(row, item_at(row, end))
            if issued is not None:
                source, end, more = *issued, []
        if source is None:
            return None
        beside = [self.source(row, *phrase) for phrase in more]
        sources = (source, *(one for one in beside if one is not None))
        return Said(sources, k, item_at(row, end), time_by(row, k), passes_on=True)

    def _behind_toll(self, row: Row, k: int) -> int:
        """Where the phrase behind item `k` begins: "according to a toll from the X"."""
        at = k + 1
        while row.tags[at : at + 1] in ("w", "y", "a"):
            at += 1
        if row.tags[at : at + 1] == "O" and row.tags[at + 1 : at + 2] in ("p", "b"):
            if words_of(row, at + 1) in self.words.issued_by:
                return row.items[at + 1].end
        return row.items[k].end

    def _issuer(self, row: Row, k: int) -> tuple[Source, int] | None:
        """Who issued a document, behind item `k`: "a statement released on Sunday by the X"."""
        tags = row.tags
        while tags[k : k + 1] in ("v", "T", "a") or "past_like" in (
            row.kinds(k) if tags[k : k + 1] == "w" else ()
        ):
            k += 1
        if tags[k : k + 1] != "b":
            k = self._handed(row, k)
        if tags[k : k + 1] != "b":
            return None
        start = row.items[k].end
        end = phrase_end(row, start, self.words)
        source = self.source(row, start, end)
        return (source, end) if source is not None else None

    def _handed(self, row: Row, k: int) -> int:
        """The "by" behind "information handed to the X"; `k` without one."""
        before = row.sentence.words[row.items[k - 1].start] if k else ""
        if before not in self.words.papers:
            return k
        last = min(len(row.tags), k + LONGEST)
        return next((n for n in range(k, last) if row.tags[n] in "bXVRNv."), k)

    def _around(self, row: Row, k: int) -> Said | None:
        """ "X said (on Sunday)", "X told Y", '"…," said X'."""
        if self._gives_nothing(row, k):
            return None
        ends = self._ends_with_speaker(row, k)
        speakers = before(row, k, self.words) if not ends else None
        sources: list[Source] = []
        start, end_item = k, k + 1
        if speakers is not None:
            phrases = [self._behind_relay(row, phrase) for phrase in speakers.phrases]
            found = [self.source(row, *phrase) for phrase in phrases]
            sources = [s for s in found if s is not None]
            start = item_at(row, speakers.start)
            if len(sources) == 1 and self._of_a_list(row, start, sources[0]):
                sources = []
        told = further(row, k, self.words) if not (sources or ends) else None
        if not (sources or ends or told) and speakers is not None:
            told = subject(row, k, self.words)
        if told is not None:
            source = self.source(row, *told)
            if source is not None and source.kind != "person":
                sources, start = [source], item_at(row, told[0])
        if not sources and (one := self._somebody(row, k)) is not None:
            sources, start = [one], k - 1
        inverted = False
        if not sources and not told_to(row, k) and words_of(row, k) not in self.words.accusing:
            phrase = behind(row, k, self.words)
            source = self.source(row, *phrase) if phrase is not None else None
            if source is None or phrase is None or acts_on(row, phrase[1]):
                return None
            sources, start, end_item = [source], k, item_at(row, phrase[1])
            inverted = True
        if not sources:
            return None
        quoted = None if inverted else self._quoted(row, k)
        if quoted is not None:
            first, end_item = quoted
            sources = [first, *sources]
        elif told_to(row, k):
            phrase = behind(row, k, self.words)
            relay = self.source(row, *phrase) if phrase is not None else None
            if relay is not None and relay.name not in {s.name for s in sources}:
                sources.append(relay)
        # "…, the mayor said after shells fell on Velm, the radio reported."
        ends_it = not row.tags[k + 1 :].strip('T."') and sources[-1].kind in ("agency", "media")
        aside = (
            start > 0
            and row.tags[start - 1] == "S"
            and words_of(row, start - 1) in self.words.aside
        ) or words_of(row, k) in self.words.witnessing
        return Said(
            tuple(sources),
            start,
            end_item,
            time_by(row, k),
            passes_on=inverted or ends_it,
            aside=aside,
        )

    def _gives_nothing(self, row: Row, k: int) -> bool:
        """Tell whether a verb of saying has nobody who gives a figure by it."""
        if impersonal(row, k) or "deny" in row.kinds(k) and row.tags[k + 1 : k + 2] == "b":
            return True  # "an accusation dismissed by the X"
        if words_of(row, k) in self.words.claiming and claims_attack(row, k) == "U":
            return True  # but whoever claims the killing of nine gives the number
        return _raised_by_harm(row, k)

    def _somebody(self, row: Row, k: int) -> Source | None:
        """'"…," one child told the agency': who is nobody's speaker and speaks of what he saw."""
        people = row.people(k - 1) if k > 0 and row.tags[k - 1] == "N" else None
        opens = k == 1 or row.tags[k - 2 : k - 1] in ('"', ",")
        if people is None or not (opens and told_to(row, k) and people.count.low == 1):
            return None
        phrase = behind(row, k, self.words)
        relay = self.source(row, *phrase) if phrase is not None else None
        if relay is None or relay.kind not in ("agency", "media"):
            return None
        item = row.items[k - 1]
        tokens = row.sentence.tokens
        quote = Quote.of(self.text, tokens[item.start].start, tokens[item.end - 1].end)
        name = bare_name(quote.text, self.words.lexicon)
        return Source(quote=quote, name=name, kind="witness")

    def _behind_relay(self, row: Row, phrase: tuple[int, int]) -> tuple[int, int]:
        """Of "speaking to the MNA Halim Dor said" the person's name alone, who is no agency's."""
        start, end = phrase
        lows = row.sentence.words
        relayed = any(hit.end in (start, start - 1) for hit in self.words.relays.find(lows))
        agency = self.words.names.at(lows, start) if relayed else None
        if agency is None or agency.end >= end:
            return phrase
        k = item_at(row, end) - 1
        people = row.people(k) if k > 0 else None
        named = people is not None and people.words == "name"
        return (agency.end, end) if named else phrase

    def _of_a_list(self, row: Row, start: int, source: Source) -> bool:
        """ "Battles raged in Velm and Hardin said the monitor": a name listed with a place."""
        alone = source.kind == "person" and len(source.name.split()) == 1
        return alone and row.tags[max(0, start - 2) : start] == "LC"

    def _ends_with_speaker(self, row: Row, k: int) -> bool:
        """Tell whether a name alone stands between "said" and the end: '… said Halim Dor.'

        Whoever is named before the verb is then what is spoken of.
        """
        if told_to(row, k):
            return False
        rest = row.tags[k + 1 :].rstrip('."')
        people = row.people(k + 1) if rest == "N" else None
        if people is not None and people.words == "name":
            return True
        # "… who were guarding the bridge said the monitor."
        phrase = behind(row, k, self.words) if words_of(row, k) in self.words.bare_saying else None
        if phrase is None or not all(
            self._of_speaker(row, n) for n in range(k + 1, k + 1 + len(rest))
        ):
            return False
        source = self.source(row, *phrase)
        return source is not None and source.kind != "unnamed"

    def _of_speaker(self, row: Row, n: int) -> bool:
        """Tell whether item `n` can be of nothing but a speaker: his name, what he is."""
        if row.tags[n] != "w":
            return row.tags[n] in _OF_SPEAKERS
        words, item = self.words, row.items[n]
        low, first = row.sentence.words[item.start], row.sentence.tokens[item.start].text[0]
        told = low in words.modifiers or low in words.heads or not first.islower()
        article = row.kinds(n) & {"definite", "indefinite"}
        body = low in words.bodies or words.kinds.at(row.sentence.words, item.start) is not None
        return told or bool(article) or body

    def _quoted(self, row: Row, k: int) -> tuple[Source, int] | None:
        """ "quoted a nurse as saying": the nurse, and the item behind her."""
        phrase = behind(row, k, self.words)
        if phrase is None:
            return None
        for n in range(*phrase):
            at = self.words.as_saying.at(row.sentence.words, n)
            if at is not None:
                source = self.source(row, phrase[0], n)
                return (source, item_at(row, at.end)) if source is not None else None
        more = phrase[1] < len(row.sentence.tokens)
        at = self.words.as_saying.at(row.sentence.words, phrase[1]) if more else None
        source = self.source(row, *phrase) if at is not None else None
        return (source, item_at(row, at.end)) if source is not None and at is not None else None

    def _relayed(self, row: Row, found: list[Said]) -> list[Said]:
        """Add to whom or through whom a speaker speaks: "Speaking to the agency, she said"."""
        if not found:
            return found
        for hit in self.words.relays.find(row.sentence.words):
            end = phrase_end(row, hit.end, self.words)
            known = self.words.names.at(row.sentence.words, hit.end) if end > hit.end else None
            end = known.end if known is not None else end
            relay = self.source(row, hit.end, end) if end > hit.end else None
            if relay is None or relay.kind not in ("agency", "media"):
                continue
            near = min(
                range(len(found)), key=lambda n: abs(row.items[found[n].start].start - hit.start)
            )
            if relay.name not in {s.name for s in found[near].sources}:
                found[near] = found[near]._replace(sources=(*found[near].sources, relay))
        return found

    def _heading(self, row: Row) -> list[Said]:
        """Who is named at either end of a heading: "Nine dead: monitor", "Army: nine killed"."""
        lows, tokens = row.sentence.words, row.sentence.tokens
        mark = next((n for n, t in enumerate(tokens) if t.text == ":"), None)
        if mark is not None and 0 < mark <= len(tokens) // 2 and mark + 1 < len(tokens):
            source = self.source(row, 0, mark)
            if source is not None and source.kind != "person":
                return [Said((source,), 0, item_at(row, mark), None, passes_on=True)]
        first = self.words.of_headings.at(lows, 0) if lows else None
        if first is not None and first.code == "loose" and row.tags[1:2] in ("Q", "N", "#"):
            source = self.source(row, 0, first.end)  # "Monitor nine dead in raid"
            if source is not None:
                return [Said((source,), 0, item_at(row, first.end), None, passes_on=True)]
        for start in range(max(0, len(tokens) - 3), len(tokens)):
            hit = self.words.of_headings.at(lows, start)
            if hit is None or hit.end != len(tokens) or start == 0:
                continue
            parted = tokens[start - 1].text in (":", "-", "–", "—", ",")
            last = item_at(row, start)
            loose = hit.code == "loose" and row.tags[last - 1] in "LwNT" and row.tags[last] == "w"
            upper = tokens[start].text[0].isupper() or tokens[start - 1].text[0].isupper()
            proper = loose and upper and not row.sentence.caps
            if parted or proper:
                source = self.source(row, start, len(tokens))
                if source is not None:
                    return [Said((source,), last, len(row.tags), None, passes_on=True)]
        return []

    def _behind_colon(self, row: Row) -> list[Said]:
        """Who is named behind a colon that ends a heading set as a sentence: "…: monitor."."""
        tokens = row.sentence.tokens
        end = len(tokens) - (tokens[-1].text == ".")
        mark = next((n for n in range(end - 2, max(end - 4, 0), -1) if tokens[n].text == ":"), None)
        if mark is None or self.words.of_headings.at(row.sentence.words, end - 1) is None:
            return []
        source = self.source(row, mark + 1, end)
        last = item_at(row, mark)
        return [Said((source,), last, len(row.tags), None, passes_on=True)] if source else []

    def source(self, row: Row, start: int, end: int) -> Source | None:
        """The source that tokens [start, end) name, or None where they name none."""
        words, tokens = self.words, row.sentence.tokens
        while start < end and tokens[start].text in _STOPS_AND_QUOTES:
            start += 1
        while start + 2 < end and tokens[start].text == "-":  # of "the so-called Dawn Front"
            start += 2
        opening = words.openings.at(row.sentence.words, start) if start < end else None
        if opening is not None and opening.end < end:  # "In a statement the movement said"
            start = opening.end
            while start < end and tokens[start].text in _STOPS:
                start += 1
        while end > start and not tokens[end - 1].text[0].isalnum():
            end -= 1
        if start >= end or end - start > LONGEST:
            return None
        if end - start == 1 and row.sentence.words.entries[start].article:
            return None  # "a reported blast"
        if end - start == 1 and row.sentence.words[start] in words.first_person:
            return None  # "we received 19 dead"
        lows = [t.low for t in tokens[start:end]]
        if not words.of_state.isdisjoint(lows) and (own := self._own_name(row, start, end)) > start:
            start, lows = own, lows[own - start :]
        quote = Quote.of(self.text, tokens[start].start, tokens[end - 1].end)
        if lows[-1] in words.again:
            if not all(low in words.again for low in lows) or len(lows) > 3:
                quote = Quote.of(self.text, tokens[end - 1].start, tokens[end - 1].end)
            return self.last and Source(quote=quote, name=self.last.name, kind=self.last.kind)
        return (
            self._known(row, start, lows, quote)
            or self._body(row, start, lows, quote)
            or self._of_kind(row, start, lows, quote)
            or self._named(row, start, lows, quote)
        )

    def _own_name(self, row: Row, start: int, end: int) -> int:
        """Where the name of a voice of the state begins: at its country, else at "state".

        "… killing Imam Halim Dor Tessarian state TV said", where a comma is lost.
        """
        words, tokens, lows = self.words, row.sentence.tokens, row.sentence.words
        at = next((n for n in range(start + 1, end - 1) if lows[n] in words.of_state), -1)
        if at < 0 or lows.entries[at - 1].article:
            return start
        behind = at + 1 + 2 * (lows[at + 1] == "-")
        hits = words.kinds.find(list(lows[at:end]))
        voice = any(hit.code in ("media", "agency") and at + hit.start <= behind for hit in hits)
        if not voice:
            return start
        k = item_at(row, at) - 1
        country = row.tags[k] in "LK" or lows[at - 1].endswith(words.demonyms)
        country = country or words.states.at(lows, at - 1) is not None
        country = country or lows[at - 1] in words.lexicon.possessive
        if country:
            own = row.items[k].start if row.tags[k] in "LK" else at - 1
            beside = own > start and tokens[own - 1].text[0].isupper()
            return own if beside else start
        lost = lows[at - 1].endswith("s")  # of "Tessarias state TV" an apostrophe
        named = all(
            tokens[n].text[0].isupper() or tokens[n].text == "-"
            for n in range(max(start, at - 2), at)
        )
        if named and at - 2 >= start:
            return at - lost
        small = tokens[at - 1].text[0].islower() and lows[at - 1] not in words.modifiers
        return at if small and not lost else start

    def _known(self, row: Row, start: int, lows: list[str], quote: Quote) -> Source | None:
        """A source of the register, where it speaks itself."""
        words, tokens = self.words, row.sentence.tokens
        kinds = words.kinds.find(lows)
        names = [h for h in words.names.find(lows) if tokens[start + h.start].text[0].isupper()]
        if not names:
            return None
        head = head_of(kinds, lows, words.lexicon) if kinds else None
        if head is not None and len(names) > 1 and names[-1].start == head.end == len(lows) - 1:
            names = names[-1:]  # "the UN children's agency UNICEF"
        own = head is not None and names[0].start <= head.start < names[0].end
        if not own and not body_speaks(names[0], kinds[0] if kinds else None, len(lows)):
            return None
        return Source(quote=quote, name=names[0].code, kind=words.kind_of[names[0].code])

    def _body(self, row: Row, start: int, lows: list[str], quote: Quote) -> Source | None:
        """ "The group", "the London-based network": the body of such a kind named last."""
        tokens = row.sentence.tokens
        is_a = self.words.lexicon.is_a
        if not is_a("definite", lows[0]):
            return None
        led = next((n for n in (1, 2) if lows[n : n + 1] and lows[n] in self.words.heads), 0)
        if led and len(lows) > led + 2 and is_a("of", lows[led + 1]):
            at = led + 2  # "the head of the group" speaks for the group
            return self._body(row, start + at, lows[at:], quote)
        at = next((n for n, low in enumerate(lows) if is_a("preposition", low)), len(lows))
        of = any(is_a("of", low) for low in lows[:at])
        lows = lows if of else lows[:at]  # "the group with a network of sources inside Velm"
        kinds = self.words.bodies.get(lows[-1])
        if kinds is None:
            return None
        proper = [n for n in range(1, len(lows)) if tokens[start + n].text[0].isupper()]
        if any(lows[n + 1 : n + 2] != ["-"] for n in proper):
            return None
        known = next((self.by_kind[kind] for kind in kinds if kind in self.by_kind), None)
        if known is None:  # a body that the text has not named
            return Source(
                quote=quote, name=bare_name(quote.text, self.words.lexicon), kind="unnamed"
            )
        return Source(quote=quote, name=known.name, kind=known.kind)

    def _of_kind(self, row: Row, start: int, lows: list[str], quote: Quote) -> Source | None:
        """A source of a kind: by the noun for it."""
        words, tokens = self.words, row.sentence.tokens
        kinds = words.kinds.find(lows)
        if not kinds:
            return None
        head = head_of(kinds, lows, words.lexicon)
        definite = words.lexicon.is_a("definite", lows[0])
        if head.code == "unnamed" and lows[head.end - 1] in words.papers:
            issued = self._of_paper(row, start, lows, head.end)
            known = self.issuer or self.last
            if issued is None and definite and len(lows) == 2 and known is not None:
                # "the statement read": that of whoever issued one last, else spoke last
                own = known.kind not in _NO_ISSUERS
                issued = replace(known, quote=quote) if own else None
            if issued is not None:
                return issued
        known = self.by_kind.get(head.code)
        proper = any(t.text[0].isupper() for t in tokens[start + 1 : start + len(lows)])
        noun = lows[head.end - 1]
        if known is not None and noun not in words.heads and self._headed(known):
            known = None
        if (
            definite
            and known is not None
            and (
                head.code == "monitor"
                and (
                    not self._named_itself(tokens[start : start + head.start + 1])
                    or known.name.casefold() in " ".join(lows)
                )
                or not proper
                and noun in known.name.casefold()
            )
        ):
            return Source(quote=quote, name=known.name, kind=known.kind)
        return Source(quote=quote, name=bare_name(quote.text, words.lexicon), kind=head.code)

    def _named_itself(self, tokens: Sequence[Token]) -> bool:
        """Tell whether a name of its own goes with "the monitor": "the Velm 24 monitoring group".

        "The Velm-based monitor" and "the Orunese monitor" are the one that was named before.
        """
        return any(
            token.text[0].isupper()
            and not token.low.endswith(self.words.demonyms)
            and behind.text != "-"
            and behind.low not in self.words.modifiers
            for token, behind in pairwise(tokens[1:])
        )

    def _of_paper(self, row: Row, start: int, lows: list[str], at: int) -> Source | None:
        """Whose a document is: "a statement from the X", "a report by the X"."""
        if at + 1 >= len(lows) or lows[at] not in self.words.issued_by:
            return None
        return self.source(row, start + at + 1, start + len(lows))

    def _named(self, row: Row, start: int, lows: list[str], quote: Quote) -> Source | None:
        """A party, or a person, who is named and not described."""
        words, tokens = self.words, row.sentence.tokens[start : start + len(lows)]
        article = words.lexicon.is_a("definite", lows[0])
        bare = lows[1:] if article else lows
        party = words.states.at(bare, 0) if bare else None
        if party is not None and party.end == len(bare) and tokens[-1].text[0].isupper():
            return Source(
                quote=quote, name=party.code, kind=_PARTY_KINDS[words.party_kinds[party.code]]
            )
        capital = [t.text[0].isupper() for t in tokens]
        count = sum(capital)
        if not count or not (capital[0] or article and capital[1:2] == [True]):
            return None
        known = self.by_person.get(lows[-1])
        if known is not None and capital[-1] and count == len(tokens):
            return Source(quote=quote, name=known.name, kind=known.kind)
        if count >= 2 and 2 * count >= len(tokens) or len(tokens) <= 2:
            if not any(words.lexicon.is_a("verb_other", low) for low in lows):
                return Source(quote=quote, name=bare_name(quote.text, words.lexicon), kind="person")
        return None


def _raised_by_harm(row: Row, k: int) -> bool:
    """ "The killing of a nurse on Sunday raises to nine …": whose death it is says nothing."""
    if "toll_verb" not in row.kinds(k) or row.tags[k + 1 : k + 3] not in ("pQ", "pN"):
        return False
    harm = len(row.tags[:k].rstrip("TLNpawoQ")) - 1
    return harm >= 0 and row.tags[harm] in "FU"
