"""What a text tells beside harm: ceasefires, sieges, …, and attacks without a number.

An attack is noted where words say that one was made, not that it could be, and where the sentence
counts nobody harmed: of an attack with victims the claims speak. What was attacked is the place
behind the words, or the one right before "was hit"; "was hit" alone says nothing of an attack
unless a weapon is named, or the sentence before told of one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cenotaph.model import Coded, Context, Measure, Quote
from cenotaph.reading.drafts import Draft
from cenotaph.reading.items import Row
from cenotaph.reading.said import Said
from cenotaph.reading.vocabulary import Found, Hit, Vocabulary
from cenotaph.vocab import table

ATTACK, REPELLED = "attack", "attack_repelled"
# So many words before it may make an attack one that is feared, planned or denied.
UNREAL_REACH = 6
# And so many words away stands what was repelled.
REPELLED_REACH = 8


@dataclass(slots=True)
class Contexts:
    """Notes what the sentences of one document tell beside harm, in their order."""

    text: str
    lang: str
    words: Vocabulary
    # The last sentence that told of an attack, counted or not.
    attacked: int = field(default=-2)

    def note(
        self, row: Row, said: Sequence[Said], drafts: Sequence[Draft], phrases: Found
    ) -> list[Context]:
        """Return what a sentence tells beside harm, each kind once."""
        measures = {draft.measure for draft in drafts}
        found: dict[str, Context] = {}
        for hit in phrases.contexts:
            if hit.code not in found:
                found[hit.code] = self._noted(hit.code, row, said, self._first_place(row))
        if measures <= {Measure.ATTACKS}:
            counted = [row.items[draft.item] for draft in drafts]
            for hit, place in self._attacks(row, phrases):
                if any(i.start < hit.end and hit.start < i.end + 1 for i in counted):
                    continue  # "six strikes hit": a claim speaks of them
                if hit.code not in found:
                    found[hit.code] = self._noted(hit.code, row, said, place)
        if ATTACK in found or Measure.ATTACKS in measures:
            self.attacked = row.sentence.index
        return list(found.values())

    def _noted(self, kind: str, row: Row, said: Sequence[Said], place: int | None) -> Context:
        time = row.tags.find("T")
        weapons = self._weapons(row) if kind in (ATTACK, REPELLED) else ()
        return Context(
            kind=kind,
            quote=Quote.of(self.text, row.sentence.start, row.sentence.end),
            place=row.place(place) if place is not None else None,
            time=row.time(time) if time >= 0 else None,
            said_by=said[-1].sources if said else (),
            weapons=weapons,
        )

    @staticmethod
    def _first_place(row: Row) -> int | None:
        at = row.tags.find("L")
        return at if at >= 0 else None

    def _attacks(self, row: Row, phrases: Found) -> Iterator[tuple[Hit, int | None]]:
        """Yield the attacks that a sentence tells of, with the item of the place attacked."""
        if row.sentence.title or "L" not in row.tags:
            return
        hits, lows = phrases.attacks, row.sentence.words
        if not hits:
            return
        rules = table(f"{self.lang}/attacks")
        unreal = frozenset(rules["unreal"])
        for hit in hits:
            if not unreal.isdisjoint(lows[max(0, hit.start - UNREAL_REACH) : hit.start]):
                continue
            if hit.code == REPELLED:
                near = lows[max(0, hit.start - REPELLED_REACH) : hit.end + REPELLED_REACH]
                if not set(rules["repelled"]).isdisjoint(near):
                    yield hit, self._first_place(row)
                continue
            place = _right_before(row, hit) if hit.code == "attacked" else _behind(row, hit)
            known = self._weapons(row) or self.attacked >= row.sentence.index - 1
            if place is not None and known:
                yield hit._replace(code=ATTACK), place

    def _weapons(self, row: Row) -> tuple[Coded, ...]:
        found: dict[str, Coded] = {}
        tokens = row.sentence.tokens
        for hit in self.words.weapons.find(row.sentence.words):
            quote = Quote.of(self.text, tokens[hit.start].start, tokens[hit.end - 1].end)
            found.setdefault(hit.code, Coded(code=hit.code, quote=quote))
        return tuple(found.values())


def _behind(row: Row, hit: Hit) -> int | None:
    """The first place behind the words of an attack."""
    for i, item in enumerate(row.items):
        if item.start >= hit.end and row.tags[i] == "L":
            return i
    return None


def _right_before(row: Row, hit: Hit) -> int | None:
    """The place that stands right before "was hit"."""
    for i, item in enumerate(row.items):
        if item.end == hit.start:
            return i if row.tags[i] == "L" else None
    return None
