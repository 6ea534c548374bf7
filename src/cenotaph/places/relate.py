"""From names to mentions: kinds, compass words, nearness, and larger places that hold smaller
ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cenotaph.geometry import kilometres
from cenotaph.model import (
    PARTS_OF_A_TOWN,
    Gazetteer,
    GazetteerEntry,
    NameLevel,
    Near,
    PlaceKind,
    PlaceMention,
    Quote,
)
from cenotaph.places.around import (
    apposed,
    called_one_of,
    describes,
    kind_behind,
    square_behind,
    told_ahead,
)
from cenotaph.places.lexicon import Lexicon, country_code
from cenotaph.places.tokens import Words
from cenotaph.spelling import fold

# The parts of a town that "of" joins with it, and how far its suburbs lie, in km.
_PARTS = frozenset(
    kind.value for kind in (PlaceKind.NEIGHBOURHOOD, PlaceKind.AREA, PlaceKind.ADMIN2)
)
SUBURBS = 25
# A city of so many inhabitants is no quarter or suburb of another.
LARGE = 500_000
# "A suburb of the capital X": what a place is called stands so many words before its name at most.
_CALLED = 4
# Signs over which a place is not put into another, and that part one list from the next.
_PARTING, _LIST_PARTING = frozenset(".!?;:\n()"), frozenset(".\n;:()")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name accepted: tokens `first` up to `last`."""

    first: int
    last: int
    known: bool
    demonym: bool


@dataclass(frozen=True, slots=True)
class _Draft:
    mention: PlaceMention
    first: int
    last: int


def related(
    text: str,
    found: Words,
    names: Sequence[Name],
    words: Lexicon,
    gazetteer: Gazetteer,
    countries: Sequence[str],
) -> list[PlaceMention]:
    """Return the mentions of the names, each with what the words round it say."""
    taken: set[int] = set()
    for name in names:
        taken.update(range(name.first, name.last))
    drafts = [_draft(text, found, name, words, taken) for name in names]
    drafts = _shared_kinds(text, found, drafts, words)
    merged = _merged(text, found, drafts, words, gazetteer, countries)
    merged = [_by_the_city(found, draft, words, gazetteer, countries) for draft in merged]
    whole = _shared_areas(text, found, merged, words)
    return _as_called([d.mention for d in whole], gazetteer, countries)


def _as_called(
    mentions: list[PlaceMention], gazetteer: Gazetteer, countries: Sequence[str]
) -> list[PlaceMention]:
    """Give a name that nobody knows what the text calls it elsewhere: "the X quarter", "X".

    What is merely spelt like a known name is known to nobody.
    """
    called: dict[str, PlaceMention] = {}
    bare: set[str] = set()
    for mention in mentions:
        if mention.kind is not None and not mention.demonym:
            called.setdefault(mention.name.text, mention)
        elif not (mention.kind or mention.within):
            bare.add(mention.name.text)
    called = {
        name: of
        for name, of in called.items()
        if name in bare and not (of.known and _spelt(name, gazetteer, countries))
    }
    return [
        replace(mention, kind=of.kind, within=of.within)
        if not (mention.kind or mention.within)
        and (of := called.get(mention.name.text)) is not None
        else mention
        for mention in mentions
    ]


def _spelt(name: str, gazetteer: Gazetteer, countries: Sequence[str]) -> bool:
    """Tell whether a place of the countries of a text is written like this, but for its letters."""
    return any(
        match.level >= NameLevel.ROMANISED
        for match in gazetteer.named(name)
        if not countries or match.entry.country in countries
    )


def _draft(text: str, found: Words, name: Name, words: Lexicon, taken: set[int]) -> _Draft:
    first, last = name.first, name.last
    span = Quote.of(text, found.starts[first], found.ends[last - 1])
    if name.demonym:
        mention = PlaceMention(
            quote=span, name=span, kind=PlaceKind.COUNTRY.value, known=True, demonym=True
        )
        return _Draft(mention, first, last)
    kind, near, end = kind_behind(found, last, words, taken)
    if kind is None and not name.known and end == last:
        if (at := square_behind(found, last, words)) >= 0:
            kind, end = PlaceKind.LANDMARK, at + 1
    kind_before, near_before, part, start = told_ahead(found, first, words, taken)
    kind = kind or kind_before
    if kind is None and not name.known:
        kind = called_one_of(found, start, words) or apposed(found, last, words)
    near = near_before if near is Near.IN else near
    alone = (start, end) == (first, last)
    mention = PlaceMention(
        quote=span if alone else Quote.of(text, found.starts[start], found.ends[end - 1]),
        name=span,
        kind=kind.value if kind is not None else None,
        near=near,
        part=part,
        known=name.known,
    )
    return _Draft(mention, start, end)


def _shared_kinds(text: str, found: Words, drafts: list[_Draft], words: Lexicon) -> list[_Draft]:
    """ "The towns of A, B and C", "A and B provinces": one word for all of a list."""
    out = list(drafts)
    shared: set[int] = set()
    for i in range(1, len(out)):
        before, here = out[i - 1], out[i]
        if not _list_step(text, found, before, here, words):
            continue
        if before.mention.kind and not here.mention.kind and not here.mention.demonym:
            if i in shared or _plural_ahead(found, before, words, part=not here.mention.known):
                shared.add(i + 1)
                out[i] = replace(here, mention=replace(here.mention, kind=before.mention.kind))
    back: set[int] = set()
    for i in range(len(out) - 2, -1, -1):
        here, behind = out[i], out[i + 1]
        if behind.mention.kind and not here.mention.kind and not here.mention.demonym:
            last = found.lows[behind.last - 1]
            if (
                i + 1 in back
                or last in words.kinds
                and last.endswith(words.plural)
                and not behind.mention.name.text.lower().endswith(last)
            ) and _list_step(text, found, here, behind, words):
                back.add(i)
                out[i] = replace(here, mention=replace(here.mention, kind=behind.mention.kind))
    return out


def _by_the_city(
    found: Words,
    draft: _Draft,
    words: Lexicon,
    gazetteer: Gazetteer,
    countries: Sequence[str],
) -> _Draft:
    """ "A suburb of Velm", "a Velm suburb": near the large city, which is no suburb of another."""
    mention = draft.mention
    if mention.kind != PlaceKind.NEIGHBOURHOOD or mention.within or mention.near is not Near.IN:
        return draft
    around = found.lows[max(0, draft.first - _CALLED) : draft.last]
    if words.suburbs.isdisjoint(around):
        return draft
    city = _largest(mention.name.text, gazetteer, countries)
    if city is None or city.population < LARGE:
        return draft
    return replace(draft, mention=replace(mention, kind=None, near=Near.NEAR))


def _shared_areas(text: str, found: Words, drafts: list[_Draft], words: Lexicon) -> list[_Draft]:
    """ "The X and Y quarters of Velm": X lies in Velm as Y does."""
    out = list(drafts)
    for i in range(len(out) - 2, -1, -1):
        here, behind = out[i].mention, out[i + 1].mention
        if not behind.within or here.within or here.kind is None or here.kind != behind.kind:
            continue
        if _list_step(text, found, out[i], out[i + 1], words):
            out[i] = replace(out[i], mention=replace(here, within=behind.within))
    return out


def _plural_ahead(found: Words, draft: _Draft, words: Lexicon, *, part: bool = False) -> bool:
    """Tell whether a word before a place calls more than one; `part`: or parts of one."""
    i = draft.first - 1
    while i > 0 and (found.lows[i] in words.determiners or found.lows[i] in words.of):
        i -= 1
    word = found.lows[i] if i >= 0 else ""
    kind = word in words.kinds and (part or word not in words.parts)
    return kind and word.endswith(words.plural)


def _list_step(text: str, found: Words, before: _Draft, here: _Draft, words: Lexicon) -> bool:
    between = found.lows[before.last : here.first]
    if any(low not in words.lists and low not in words.determiners for low in between):
        return False
    gap = text[found.ends[before.last - 1] : found.starts[here.first]]
    return len(between) <= 2 and _LIST_PARTING.isdisjoint(gap)


def _merged(
    text: str,
    found: Words,
    drafts: list[_Draft],
    words: Lexicon,
    gazetteer: Gazetteer,
    countries: Sequence[str],
) -> list[_Draft]:
    """Join a place with the larger one that the words put it in. Chains grow from the right."""
    out: list[_Draft] = []
    for here in reversed(drafts):
        if out and not here.mention.demonym and not out[-1].mention.demonym:
            larger = out[-1]
            how = _step(text, found, here, larger, words)
            if how == "beyond":
                if _unknown_part(here.mention, gazetteer):
                    here = replace(
                        here, mention=replace(here.mention, within=larger.mention.within)
                    )
            elif how == "owner":
                if _holds(here.mention, larger.mention, gazetteer, countries):
                    merged = replace(
                        larger.mention,
                        quote=Quote.of(text, here.mention.quote.start, larger.mention.quote.end),
                        within=(*larger.mention.within, here.mention.name, *here.mention.within),
                    )
                    out[-1] = _Draft(merged, here.first, larger.last)
                    continue
            elif how is not None and not _listed(text, found, larger, how, words, out):
                if how == "of":
                    if (part := _part_named(text, here, larger, gazetteer, countries)) is not None:
                        out[-1] = part
                        continue
                    here = replace(here, mention=_as_part(here.mention))
                here = replace(
                    here, mention=_in_city(here.mention, larger.mention, gazetteer, countries)
                )
                said = how != "comma"
                site = _site_in_quarter(here.mention, larger.mention, how)
                if site or _holds(larger.mention, here.mention, gazetteer, countries, said):
                    bare = site and not larger.mention.within  # of which town tells nobody
                    merged = replace(
                        here.mention,
                        quote=Quote.of(text, here.mention.quote.start, larger.mention.quote.end),
                        within=() if bare else (larger.mention.name, *larger.mention.within),
                    )
                    out[-1] = _Draft(merged, here.first, larger.last)
                    continue
        out.append(here)
    return out[::-1]


def _site_in_quarter(here: PlaceMention, larger: PlaceMention, how: str) -> bool:
    """ "The Nadir Mosque in the Rashin quarter": a site in a quarter that words put it in."""
    site = here.kind == PlaceKind.LANDMARK.value and not here.known
    return site and how == "inside" and larger.kind in _PARTS


def _step(text: str, found: Words, here: _Draft, larger: _Draft, words: Lexicon) -> str | None:
    """How the second name follows the first: "comma", "inside" (a word says so), "of" (a part of
    it), "beyond" ("west of" it), "owner", or not."""
    small = found.lows[here.last : larger.first]
    gap = text[found.ends[here.last - 1] : found.starts[larger.first]]
    if len(small) > 7 or not _PARTING.isdisjoint(gap):
        return None
    passing = words.passing
    if found.possessive[here.last - 1] and "," not in gap:
        return "owner" if all(w in passing and w not in words.of for w in small) else None
    if small[:1] and small[0] in words.of and _part_of_city(here, words):
        return "of" if all(w in passing for w in small[1:]) else None
    if _beyond(small, words):
        return "beyond"
    at = next((k for k, w in enumerate(small) if w in words.inside and w not in words.of), None)
    if at is not None:
        if (describes(small[:at], words) or all(w in words.fillers for w in small[:at])) and all(
            w in passing or w in words.inside for w in small[at + 1 :]
        ):
            return "inside"
        return None
    if gap.strip() == ",":
        return "comma"
    return None


def _part_of_city(here: _Draft, words: Lexicon) -> bool:
    """Tell whether "of" parts a town and a part: "the Harbour quarter of Velm", "the Old City of".

    In "the Velm suburb of Harbour" the town comes first.
    """
    mention = here.mention
    last = mention.name.text.split()[-1].lower()
    return mention.kind in _PARTS or mention.kind is None and last in words.kinds or _old(mention)


def _beyond(between: Sequence[str], words: Lexicon) -> bool:
    """Tell whether words between two names are "west of (the town of)": both lie in one area."""
    at = next((k for k, word in enumerate(between) if word in words.compass), None)
    if at is None or at + 1 >= len(between) or between[at + 1] not in words.of:
        return False
    return all(w in words.fillers or w in words.determiners for w in between[:at]) and all(
        w in words.passing for w in between[at + 2 :]
    )


def _old(mention: PlaceMention) -> bool:
    """Tell whether "City" or "Town" stands behind a word that is no name: "the Old City"."""
    behind = mention.quote.end > mention.name.end
    return mention.kind == PlaceKind.SETTLEMENT.value and behind and not mention.known


def _as_part(mention: PlaceMention) -> PlaceMention:
    """A part of a town, as the words say, whatever bears its name elsewhere."""
    if _old(mention):
        return replace(mention, name=mention.quote, kind=PlaceKind.NEIGHBOURHOOD.value)
    return replace(mention, kind=mention.kind or PlaceKind.NEIGHBOURHOOD.value)


def _in_city(
    mention: PlaceMention,
    larger: PlaceMention,
    gazetteer: Gazetteer,
    countries: Sequence[str],
) -> PlaceMention:
    """A "district" that words put in "the city of Velm" is a quarter.

    So is an area there of whose name the gazetteer has no place in the country of the city.
    """
    if larger.kind != PlaceKind.SETTLEMENT or mention.kind not in (
        PlaceKind.ADMIN2,
        PlaceKind.AREA,
    ):
        return mention
    city = _largest(larger.name.text, gazetteer, countries)
    quarter = mention.kind == PlaceKind.ADMIN2 or _of_nowhere(mention, city, gazetteer)
    return replace(mention, kind=PlaceKind.NEIGHBOURHOOD.value) if quarter else mention


def _of_nowhere(mention: PlaceMention, city: GazetteerEntry | None, gazetteer: Gazetteer) -> bool:
    """Tell whether nothing but a part of a town bears just such a name in the country of a city."""
    return not any(
        match.level is NameLevel.FOLDED
        and match.entry.kind not in PARTS_OF_A_TOWN
        and (city is None or match.entry.country == city.country)
        for match in gazetteer.named(mention.name.text)
    )


def _part_named(
    text: str, city: _Draft, part: _Draft, gazetteer: Gazetteer, countries: Sequence[str]
) -> _Draft | None:
    """ "The Velm suburb of Harbour": the part, where the first name is that of the larger town."""
    town, other = (_largest(each.mention.name.text, gazetteer, countries) for each in (city, part))
    if town is None or other is not None and other.population >= town.population:
        return None
    if other is not None and other.country == town.country:
        away = kilometres(town, other)
        if away is None or away > SUBURBS:
            return None
    merged = replace(
        part.mention,
        quote=Quote.of(text, city.mention.quote.start, part.mention.quote.end),
        kind=part.mention.kind or (city.mention.kind if other is None else None),
        within=(*part.mention.within, city.mention.name),
    )
    return _Draft(merged, city.first, part.last)


def _largest(name: str, gazetteer: Gazetteer, countries: Sequence[str]) -> GazetteerEntry | None:
    """The settlement with the most inhabitants that bears a name as it is written."""
    towns = (
        match.entry
        for match in gazetteer.named(name)
        if match.level is NameLevel.FOLDED
        and match.entry.kind is PlaceKind.SETTLEMENT
        and match.entry.population
        and (not countries or match.entry.country in countries)
    )
    return max(towns, key=lambda entry: (entry.population, entry.id), default=None)


def _listed(
    text: str,
    found: Words,
    larger: _Draft,
    how: str,
    words: Lexicon,
    out: Sequence[_Draft],
) -> bool:
    """Tell whether a comma is that of a list ("A, B and C"), unless the second is called an
    area."""
    if how != "comma" or larger.mention.kind in (PlaceKind.ADMIN1.value, PlaceKind.ADMIN2.value):
        return False
    if larger.last >= len(found):
        return False
    behind = larger.last
    return (
        found.joined[behind]
        and found.lows[behind] in words.lists
        and len(out) > 1
        and (out[-2].first - larger.last <= 2)
    )


def _unknown_part(mention: PlaceMention, gazetteer: Gazetteer) -> bool:
    """ "The Harbour camp, Velm": a part or a camp of which no gazetteer has just the name."""
    if mention.kind != PlaceKind.CAMP.value and mention.kind not in _PARTS:
        return False
    return not any(m.level is NameLevel.FOLDED for m in gazetteer.named(mention.name.text))


def _holds(
    larger: PlaceMention,
    smaller: PlaceMention,
    gazetteer: Gazetteer,
    countries: Sequence[str],
    said: bool = True,
) -> bool:
    """Tell whether one place can hold another: by the gazetteer where it knows both, else by the
    words."""
    code = country_code(larger.name.text)
    areas = [m.entry for m in gazetteer.named(larger.name.text)]
    if code is not None:
        entry = gazetteer.country(code)
        areas = [entry] if entry is not None else []
    if fold(larger.name.text) == fold(smaller.name.text):
        return False
    if country_code(smaller.name.text) is not None or any(
        m.entry.kind is PlaceKind.COUNTRY and m.level is NameLevel.FOLDED
        for m in gazetteer.afar(smaller.name.text)
    ):
        return False
    holds = unknown = False
    for area in areas:
        if not area.country or (countries and area.country not in countries):
            continue
        matches = gazetteer.named(smaller.name.text, country=area.country)
        if not matches:
            unknown = unknown or said or area.kind is not PlaceKind.SETTLEMENT
            continue
        # places that are only spelt alike do not gainsay the words
        unknown = unknown or said and all(m.level < NameLevel.ROMANISED for m in matches)
        for match in matches:
            other = match.entry
            if other.id == area.id or other.kind is PlaceKind.COUNTRY:
                continue
            if area.kind is PlaceKind.COUNTRY:
                holds = True
            elif area.kind is PlaceKind.ADMIN1 and other.kind is not PlaceKind.ADMIN1:
                holds = holds or other.admin1 == area.admin1
            elif area.kind is PlaceKind.ADMIN2:
                holds = holds or other.admin2 in (area.name, area.admin2)
            elif area.kind is PlaceKind.SETTLEMENT and other.kind in (
                PlaceKind.NEIGHBOURHOOD, PlaceKind.LANDMARK, PlaceKind.CAMP,
            ):  # fmt: skip
                holds = holds or other.admin1 == area.admin1
    square = smaller.kind == PlaceKind.LANDMARK and larger.kind != PlaceKind.NEIGHBOURHOOD
    fine = square or smaller.kind == PlaceKind.NEIGHBOURHOOD
    if areas and (fine or _unknown_part(smaller, gazetteer)):
        return True
    return holds or (unknown and bool(areas))
