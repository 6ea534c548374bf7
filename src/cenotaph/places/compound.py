"""Resolving a place given as a string of a table: several names, kinds and relations in one
cell."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cenotaph.geometry import distance
from cenotaph.model import (
    PARTS_OF_A_TOWN,
    Gazetteer,
    GazetteerEntry,
    Near,
    PlaceKind,
    PlaceResolution,
    Precision,
    Quote,
)
from cenotaph.places.choose import choose
from cenotaph.places.lexicon import lexicon
from cenotaph.places.meanings import Question
from cenotaph.places.parts import Part, parse
from cenotaph.places.resolve import areas_named, first_level

LONGEST = 400
# A village beside a city: the city has this many people, the village that many times fewer, so
# near.
_LARGE, _SMALLER, _BESIDE = 20_000, 5, 40.0
# Without a country the largest of a name is meant where it has so many times the people of every
# namesake that scores as well as that; of those whose people nobody counted, this many are assumed.
_DWARFED, _CLOSE, _LEAST = 10, 0.15, 1_000


def resolve_text(
    text: str,
    *,
    gazetteer: Gazetteer,
    country: str | None = None,
    admin1: str | None = None,
    lang: str = "en",
) -> PlaceResolution:
    """Return the place that a string such as "the vicinity of the hospital in X, Y" means.

    `country` is an ISO 3166 code, `admin1` the name of a first-level area in any spelling. An
    unknown
    place becomes the area that the string or `admin1` puts it in. Never raises on any text.
    """
    words = lexicon(lang)
    parts = parse(text[:LONGEST], words)
    if not parts:
        return PlaceResolution(place=None, reasons=("no name in these words",))
    said = parse(admin1[:LONGEST], words) if admin1 else []
    named = said[0].names[0] if said else admin1
    cell = _Cell(
        quote=Quote.of(text, 0, len(text)),
        gazetteer=gazetteer,
        country=country,
        area=first_level(named, gazetteer=gazetteer, country=country),
    )
    answer = cell.resolve(parts[0], parts[1:])
    if country is None and not cell.area and len(parts) == 1 and cell.torn(answer):
        reason = "several places have this name, and no country is given"
        return replace(answer, place=None, reasons=(reason,))
    return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """What holds for all parts of one string."""

    quote: Quote
    gazetteer: Gazetteer
    country: str | None
    area: tuple[GazetteerEntry, ...]

    def ask(self, part: Part, within: tuple[GazetteerEntry, ...] = ()) -> PlaceResolution:
        question = Question(
            quote=self.quote, names=part.names, kind=part.kind, near=part.near, part=part.part,
            within=within, country=self.country, admin1=self.area,
        )  # fmt: skip
        return choose(question, self.gazetteer)

    def resolve(self, head: Part, rest: Sequence[Part]) -> PlaceResolution:
        within = self.larger(rest)
        if head.kind in PARTS_OF_A_TOWN or any(other.bracketed for other in rest):
            within = _towns(within)
            if within and head.kind is None and within[0].kind is PlaceKind.SETTLEMENT:
                head = replace(head, kind=PlaceKind.NEIGHBOURHOOD)
        answer = self.ask(head, within)
        if _found(answer):
            return self.finer(answer, rest)
        if rest and rest[0].bracketed:
            whole = replace(head, names=(f"{head.names[0]} {rest[0].names[0]}",), kind=None)
            again = self.ask(whole)
            if _found(again):
                return again
        for part in (_without_landmark(head), *rest):
            if part is None or part.kind is PlaceKind.ADMIN1:
                continue
            # An unknown village is not the town named behind it; a street or a quarter lies in it.
            beside = part.beside or part.near is Near.NEAR
            if beside or head.kind in PARTS_OF_A_TOWN or answer.place is None:
                second = self.ask(part, self.larger([p for p in rest if p is not part]))
                if _found(second) and not _wide(second):
                    return second
        return answer

    def larger(self, others: Sequence[Part]) -> tuple[GazetteerEntry, ...]:
        """What the other parts may mean as larger places that hold the first."""
        found: list[GazetteerEntry] = []
        for other in others:
            if other.beside or other.kind in PARTS_OF_A_TOWN:
                continue
            areas = _larger(other, self.gazetteer, self.country)
            if not areas and other.kind is PlaceKind.SETTLEMENT:
                place = self.ask(other).place
                town = self.gazetteer.entry(place.entry) if place and place.entry else None
                areas = [town] if town is not None else []
            found += areas
        return tuple({entry.id: entry for entry in found}.values())

    def finer(self, answer: PlaceResolution, rest: Sequence[Part]) -> PlaceResolution:
        """Where the larger place stands first ("City, village"), take the smaller one beside it."""
        place = answer.place
        if not rest or place is None or place.lat is None or place.lon is None:
            return answer
        if (large := self.people(answer)) < _LARGE:
            return answer
        for part in rest:
            if part.beside or part.kind not in (None, PlaceKind.SETTLEMENT):
                continue
            other = self.ask(part)
            spot = other.place
            if not _found(other) or spot is None or spot.lat is None or spot.lon is None:
                continue
            apart = distance(place.lat, place.lon, spot.lat, spot.lon)
            small = self.people(other)
            if (
                spot.precision is Precision.SETTLEMENT
                and spot.entry != place.entry
                and small * _SMALLER < large
                and apart < _BESIDE
            ):
                return other
        return answer

    def torn(self, answer: PlaceResolution) -> bool:
        """Tell whether a point was chosen among namesakes that are not much smaller."""
        place = answer.place
        if place is None or place.lat is None or place.lon is None or _wide(answer):
            return False
        known = self.people(answer)
        for other in answer.candidates[1:]:
            spot = other.place
            near = answer.candidates[0].score - other.score < _CLOSE
            if not near or spot.entry is None or spot.lat is None or spot.lon is None:
                continue
            if distance(place.lat, place.lon, spot.lat, spot.lon) < _BESIDE:
                continue
            entry = self.gazetteer.entry(spot.entry)
            if entry is not None and max(entry.population, _LEAST) * _DWARFED > known:
                return True
        return False

    def people(self, answer: PlaceResolution) -> int:
        """The inhabitants of the place answered, 0 where they are not known."""
        id_ = answer.place.entry if answer.place is not None else None
        entry = self.gazetteer.entry(id_) if id_ is not None else None
        return entry.population if entry is not None else 0


def _found(answer: PlaceResolution) -> bool:
    """Tell whether the name itself was met, not only an area that holds it."""
    return (
        answer.place is not None
        and bool(answer.candidates)
        and answer.place.entry == answer.candidates[0].place.entry
    )


def _wide(answer: PlaceResolution) -> bool:
    return answer.place is None or answer.place.precision in (
        Precision.COUNTRY, Precision.ADMIN1,
    )  # fmt: skip


def _without_landmark(part: Part) -> Part | None:
    if part.bare is None:
        return None
    return replace(part, names=(part.bare,), kind=None, near=Near.NEAR, bare=None)


def _towns(entries: Sequence[GazetteerEntry]) -> tuple[GazetteerEntry, ...]:
    """A quarter lies in a city, not merely in the governorate of the same name."""
    towns = tuple(e for e in entries if e.kind in (PlaceKind.SETTLEMENT, PlaceKind.CAMP))
    return towns or tuple(entries)


def _larger(part: Part, gazetteer: Gazetteer, country: str | None) -> list[GazetteerEntry]:
    found: list[GazetteerEntry] = []
    for name in part.names:
        found += areas_named(name, gazetteer=gazetteer, country=country)
    if part.kind is PlaceKind.SETTLEMENT:
        towns = [e for e in found if e.kind in (PlaceKind.SETTLEMENT, PlaceKind.CAMP)]
        return towns or found
    if part.kind is PlaceKind.ADMIN1:
        return [e for e in found if e.kind is PlaceKind.ADMIN1] or found
    return found
