"""What is asked of a place, and the entries that its names may mean."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cenotaph.model import (
    PARTS_OF_A_TOWN,
    WORLD_CITY,
    Gazetteer,
    GazetteerEntry,
    NameLevel,
    NameMatch,
    Near,
    Place,
    PlaceKind,
    Quote,
)
from cenotaph.places.lexicon import country_code
from cenotaph.spelling import skeleton
from cenotaph.vocab import table

# A match through a second spelling (the Arabic beside the Latin) weighs a little less than one
# through the first; one through both weighs more.
SECOND, _BOTH = -0.02, 0.03
METROPOLIS = 1_000_000
# The area round a city that has its own name outranks the city's.
_RURAL = 1.15
# So does a half or quarter that has an entry of its own.
_PART = 1.10


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: one place's spellings, and all that is known beside them.

    `within` are resolved larger places that the words themselves name; `country`, `admin1` and
    `nearby` come from the record and the document.
    """

    quote: Quote | None
    names: tuple[str, ...]
    kind: PlaceKind | None = None
    near: Near = Near.IN
    part: str | None = None
    within: tuple[GazetteerEntry, ...] = ()
    country: str | None = None
    admin1: tuple[GazetteerEntry, ...] = ()
    nearby: tuple[Place, ...] = ()


def country_of(question: Question) -> str | None:
    """Return the country to look in: what the words name, what the record is about, where the
    others lie."""
    for entry in question.within:
        if entry.country:
            return entry.country
    if question.country:
        return question.country
    votes: dict[str, int] = {}
    for place in question.nearby:
        if place.country:
            votes[place.country] = votes.get(place.country, 0) + 1
    most = max(votes.values(), default=0)
    first = [country for country, n in votes.items() if n == most]
    return first[0] if len(first) == 1 else None


def meanings(question: Question, gazetteer: Gazetteer, country: str | None) -> list[NameMatch]:
    """Return the entries that the names may mean, each once, as closely as any name meets it."""
    found = _Found()
    for nth, name in enumerate(question.names):
        code = country_code(name)
        entry = gazetteer.country(code) if code else None
        if entry is not None:
            found.add([NameMatch(entry=entry, level=NameLevel.FOLDED, score=1.0)])
        found.add([m for m in gazetteer.named(name, country=country) if _written(m)], nth)
        if country is not None and not question.within:
            part = question.kind in PARTS_OF_A_TOWN
            found.add([m for m in gazetteer.afar(name) if _worldly(m, country, name, part)], nth)
    if question.near is Near.COUNTRYSIDE and country is not None:
        for pattern in table("places")["countryside"]["patterns"]:
            for name in question.names:
                areas = gazetteer.named(pattern.format(name), country=country)
                firm = [m for m in areas if m.level >= NameLevel.ROMANISED]
                wide = [m for m in firm if m.entry.kind is PlaceKind.ADMIN1]
                found.add([replace(m, score=_RURAL) for m in wide])
    if question.part is not None:
        for name in question.names:
            parts = gazetteer.named(f"{question.part} {name}", country=country)
            found.add([replace(m, score=_PART) for m in parts if m.level is NameLevel.FOLDED])
    return list(found.by_id.values())


def _weighed(match: NameMatch, score: float, level: NameLevel) -> NameMatch:
    """The match with another score and level; itself where they are its own, as they mostly are."""
    if score == match.score and level is match.level:
        return match
    return NameMatch(entry=match.entry, level=level, score=score)


def _written(match: NameMatch) -> bool:
    """A country goes by the names it is written with: what merely sounds like one (Maleh, Mali) is
    some other place."""
    return match.entry.kind is not PlaceKind.COUNTRY or match.level is NameLevel.FOLDED


def _worldly(match: NameMatch, country: str, name: str, part: bool) -> bool:
    """Outside the country of the record only what a distant reader knows: countries and large
    cities, by a name of their own; under another ("Karin", Erzurum's in Armenian) the largest, and
    never where a `part` of a town is meant."""
    if match.entry.country == country:
        return False
    if match.entry.kind is PlaceKind.COUNTRY:
        return _written(match)
    own = skeleton(name) == skeleton(match.entry.name)
    if part and not own:
        return False
    return match.level is NameLevel.FOLDED and (
        match.entry.population >= (WORLD_CITY if own else METROPOLIS)
    )


@dataclass(slots=True)
class _Found:
    by_id: dict[str, NameMatch] = field(default_factory=dict)

    def add(self, matches: Sequence[NameMatch], nth: int = 0) -> None:
        """Add what the nth name meets."""
        for match in matches:
            old = self.by_id.get(match.entry.id)
            if old is None:
                change = SECOND if nth else 0.0
            elif nth:
                change = _BOTH if match.level >= NameLevel.ROMANISED else _BOTH / 2
            elif match.score <= old.score:
                continue
            else:
                change = 0.0
            score = max(match.score, old.score if old else 0.0) + change
            level = max(match.level, old.level) if old else match.level
            self.by_id[match.entry.id] = _weighed(match, score, level)
