"""What of a record goes into a report: the period, the profile, and what is withheld and why."""

import functools
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from cenotaph import totals as adding
from cenotaph.gazetteer.areas import areas
from cenotaph.model import (
    ClaimId,
    DocumentId,
    Incident,
    IncidentId,
    Measure,
    Place,
    Precision,
    Ruleset,
    Totals,
    When,
)
from cenotaph.pipeline import ClaimLine, IncidentLine, incident_line
from cenotaph.pipeline.persons import CAPITAL, common, outlet, speaks_for_itself, titles
from cenotaph.vocab import table
from cenotaph.web.language import language, say
from cenotaph.web.view import View, begun

LEVELS = ("settlement", "admin2", "admin1", "country")
"""How finely places may be named in a report, the finest first."""

GROUPINGS = ("admin1", "month", "place", "perpetrator", "weapon")
REDACTED = "▒▒▒"
"""What stands in a published quote for the name of a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a report is asked to be."""

    title: str = ""
    first: date | None = None
    last: date | None = None
    by: str = "admin1"
    public: bool = True
    level: str = "admin1"
    delay: int = 14
    ruleset: Ruleset
    today: date
    parties: frozenset[str] = frozenset()
    """Names among those blamed of which a person says that they are parties, to be named."""

    outlets: frozenset[str] = frozenset()
    """Publishers that may be single persons, of which a person says that they are none, to be
    named."""

    language: str = field(default_factory=language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What goes into a report, and how much is left out for each reason."""

    wish: Wish
    incidents: tuple[IncidentLine, ...]
    claims: Collection[ClaimId]
    sums: Totals
    whole: Totals
    sources: tuple[str, ...]
    documents: tuple[DocumentId, ...]
    withheld: tuple[tuple[str, int], ...]
    look: Callable[[str], Incident | None] = field(repr=False)
    """Gives an incident by its identifier, as the rules asked for have it."""

    names: frozenset[str] = field(default=frozenset(), repr=False)
    bodies: frozenset[str] = field(default=frozenset(), repr=False)
    tellable: frozenset[str] = field(default=frozenset(), repr=False)
    """Names of places that the report may name."""

    finer: frozenset[str] = field(default=frozenset(), repr=False)
    """Names of places that the report may not name."""

    outlets: Mapping[str, int] = field(default_factory=dict, repr=False)
    """How many of the reports are of each publisher, "" for those of none."""

    publishing: tuple[str, ...] = ()
    """Publishers who may be single persons; in public they are told only as outlets."""

    blamed: tuple[str, ...] = ()
    """Names of those blamed who may be single persons; in public they are told only as parties."""

    @property
    def coarse(self) -> bool:
        """Tell whether places finer than an area are left unnamed."""
        return self.wish.public and self.wish.level != "settlement"

    @property
    def unnamed(self) -> frozenset[str]:
        """Publishers that are left unnamed."""
        named = self.wish.outlets if self.wish.public else self.publishing
        return frozenset(self.publishing).difference(named)

    @property
    def quoting(self) -> bool:
        """Tell whether sentences are printed that a person released."""
        return self.wish.public and not self.coarse


def choose(view: View, wish: Wish) -> Chosen:
    """Return what of a record goes into a report."""
    own = wish.ruleset.name == view.ruleset.name
    other = {} if own else {each.id: each for each in view.under(wish.ruleset)}
    events = (
        list(view.incident_lines.values())
        if own
        else [incident_line(each, view.claims) for each in other.values()]
    )
    kept: list[IncidentLine] = []
    outside = undated = delayed = dayless = 0
    bounded = wish.first is not None or wish.last is not None
    latest = wish.today - timedelta(days=wish.delay)
    for event in events:
        last = day_of(event, view)
        if bounded and not known(event.when):
            undated += 1
        elif bounded and not inside(event.when, wish):
            outside += 1
        elif wish.public and wish.delay and last is None:
            dayless += 1
        elif wish.public and wish.delay and last is not None and last > latest:
            delayed += 1
        else:
            kept.append(event)
    whole = own and len(kept) == len(events)
    loose = view.of_no_incident if own else set(view.claim_names) - told_in(events)
    if bounded or (wish.public and wish.delay):
        lines = view.claim_lines
        loose = {id_ for id_ in loose if goes_in(lines[ClaimId(id_)], wish, view, latest)}
    claims: Collection[ClaimId] = (view.of_incidents if whole else told_in(kept)) | set(
        map(ClaimId, loose)
    )
    if len(claims) == len(view.claim_lines):
        claims = view.every_claim

    def added(by: tuple[str, ...]) -> Totals:
        if not own:
            events = {each.claims[0]: each for each in other.values()}
            return view.totals_among(claims, by, under=(wish.ruleset, events))
        if claims is view.every_claim:
            return view.totals(by, Measure.KILLED, None)
        return view.totals_among(claims, by)

    def look(id_: str) -> Incident | None:
        return view.incidents.get(IncidentId(id_)) if own else other.get(IncidentId(id_))

    withheld = (
        (say("outside the period"), outside),
        (say("without a known date, so that the period cannot be told"), undated),
        (say("later than the delay of %(n)s days", n=wish.delay), delayed),
        (say("without any known day, so that the delay cannot be told"), dayless),
    )
    sums = added((wish.by,) if wish.by in adding.KEYS else ())
    some = None if claims is view.every_claim else claims
    blamed = frozenset(view.said_of("blamed"))
    places = {name.casefold() for facet in ("place", "admin1") for name in view.said_of(facet)}
    # "HOMRA residents", of whom a claim of another place tells, are no person of that name.
    persons = frozenset(name for name in view.said_of("person") if name.casefold() not in places)
    documents, outlets = view.every_document, view.every_outlet
    if some is not None:
        documents = tuple(map(DocumentId, sorted(view.said_of("document", some))))
        outlets = view.outlets(documents)
    chosen = Chosen(
        wish=wish,
        incidents=view.in_time if whole else tuple(sorted(kept, key=begun)),
        claims=claims,
        sums=sums,
        whole=replace(sums, by=(), rows=()),
        sources=view.every_source
        if whole
        else tuple(sorted({name for event in kept for name in event.sources})),
        documents=documents,
        withheld=tuple((why, n) for why, n in withheld if n),
        look=look,
        names=persons | (blamed - wish.parties) if wish.public else frozenset(),
        bodies=frozenset(name for name in view.said_of("body") if speaks_for_itself(name)),
        blamed=tuple(sorted(blamed)),
        outlets=outlets,
        publishing=tuple(sorted(n for n in outlets if n and not outlet(n))),
    )
    tellable = named_down_to(wish.level, view, chosen)
    finer = {name for facet in FACETS for name in view.said_of(facet)} - tellable
    return replace(
        chosen,
        tellable=frozenset(tellable),
        finer=frozenset(finer) if chosen.coarse else frozenset(),
    )


FACETS = ("country", "admin1", "admin2", "place")
"""The names of places in a record, the coarsest first."""

LOOKED_AT = 500
"""Parts of the whole that are looked at for the names of countries, as a record's own gazetteer has
them."""


def named_down_to(level: str, view: View, chosen: Chosen) -> set[str]:
    """Return the names of the record's places that are no finer than a level."""
    last = "place" if level == "settlement" else level
    found = {n for each in FACETS[: FACETS.index(last) + 1] for n in view.said_of(each)}
    found |= {area.name for area in areas() if area.kind == "country"}
    wide = view.claims_with("precision", Precision.COUNTRY.value)
    parts = (
        view.claims.get(part.claim)
        for part in chosen.whole.whole.parts[:LOOKED_AT]
        if part.claim in wide
    )
    return found | {
        each.place.name
        for each in parts
        if each is not None
        and each.place is not None
        and each.place.name is not None
        and each.place.precision is Precision.COUNTRY
    }


def may_say(sentence: str, chosen: Chosen) -> bool:
    """Tell whether a sentence of the rules may be printed: it names figures by their places, and
    may name none that is finer than the report, and none by the words of a report."""
    if not chosen.wish.public:
        return True
    no_place, tellable = table("totals")["words"]["no_place"], chosen.tellable

    def plain(told: str) -> bool:
        return told in tellable or told == no_place or told.isdigit()

    left = _PLACED.sub(lambda m: "" if plain(m[1]) else m[0], sentence)
    return "(" not in left.replace("day(s)", "") and not tells_finer(sentence, chosen)


_PLACED = re.compile(r"\(([^()]*)\)")


def tells_finer(text: str, chosen: Chosen) -> bool:
    """Tell whether a text names a place that the report may not name."""
    begun = _begun(chosen.finer)
    told = {"", *map(_alike, _WORD.findall(text))}
    names = (name for word in told for name in begun.get(word, ()))
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I) for name in names)


_WORD = re.compile(r"\w+")


@functools.lru_cache(maxsize=8)
def _begun(names: frozenset[str]) -> Mapping[str, Sequence[str]]:
    """Return names by the words that they begin with: of thousands few are looked for in a text."""
    found: dict[str, list[str]] = {}
    for name in names:
        first = _WORD.match(name)
        found.setdefault(_alike(first[0]) if first else "", []).append(name)
    return found


def _alike(word: str) -> str:
    """Return what words have in common that a search in any case takes for one another."""
    return word.casefold().translate(_DOTTED)


_DOTTED = {ord("ı"): "i", 0x307: None}
"""An i without a dot and a large one with a dot, of which `casefold` leaves the dot, are an i."""


def told_in(events: Iterable[IncidentLine]) -> set[ClaimId]:
    """Return the claims of some incidents."""
    return set[ClaimId]().union(*(event.claims for event in events))


def goes_in(claim: ClaimLine, wish: Wish, view: View, latest: date) -> bool:
    """Tell whether a claim of no incident goes into a report: a sum of its period."""
    if (wish.first is not None or wish.last is not None) and not inside(claim.when, wish):
        return False
    return not (wish.public and wish.delay and too_new(claim, view, latest))


def known(when: When | None) -> bool:
    """Tell whether a period has a first or a last day."""
    return when is not None and (when.start is not None or when.end is not None)


def inside(when: When | None, wish: Wish) -> bool:
    """Tell whether a period lies inside the report's, as far as its days are known."""
    if when is None or not known(when):
        return False
    first = when.start or when.end
    last = when.end or when.start
    assert first is not None and last is not None
    return (wish.first is None or first >= wish.first) and (wish.last is None or last <= wish.last)


def day_of(event: IncidentLine, view: View) -> date | None:
    """Return the last day an incident can have: its own, else the latest day of its reports."""
    if event.when is not None and (event.when.end or event.when.start):
        return event.when.end or event.when.start
    days = [published(DocumentId(id_), view) for id_ in event.documents]
    dated = [day for day in days if day is not None]
    return max(dated) if dated and len(dated) == len(days) else None


def published(id_: DocumentId, view: View) -> date | None:
    """Return the day on which a report was published."""
    line = view.report_lines.get(id_)
    return line.day if line else None


def too_new(claim: ClaimLine, view: View, latest: date) -> bool:
    """Tell whether a sum reaches into the days that a public report holds back."""
    last = (claim.when.end or claim.when.start) or published(claim.document, view)
    return last is None or last > latest


def told_by(name: str, chosen: "Chosen") -> str:
    """Return a source's name as a report may give it: a person's is what kind of source it is."""
    return name if may_name(name, chosen) else say("a source that is not named here")


def may_name(name: str, chosen: "Chosen") -> bool:
    """Tell whether a report may name a source: in public a body, and by no place that is finer than
    the report."""
    return not chosen.wish.public or (name in chosen.bodies and not tells_finer(name, chosen))


def party_of(name: str, chosen: Chosen) -> str:
    """Return the name of one blamed as a report may give it: a single person is not named."""
    told = without_names(name, chosen.names)
    return say("a person, not named here") if REDACTED in told else told


def without_names(
    text: str, known_names: Collection[str], kept: Collection[str] = frozenset()
) -> str:
    """Return text without names of persons, whole or in part of a name of several words.

    Names are met in any case and go with the titles before them and with the capitalised words
    beside them, which are of the name as well ("Dr. Hanna Saber", of whom a report says "Hanna"),
    unless these are common words or, folded, among `kept`.
    """
    pattern = _names(frozenset(known_names))
    if pattern is None:
        return text
    masked = pattern.sub(REDACTED, text)
    return masked if masked == text else _BESIDE.sub(lambda run: _wider(run, kept), masked)


def _wider(run: re.Match[str], kept: Collection[str]) -> str:
    """Return a masked name with the capitals beside it masked as well, as far as they are of it."""
    before, after = run["before"], run["after"]
    while (last := _LAST.search(before)) and not _ordinary(last[1], kept):
        before = before[: last.start()]
    while first := _FIRST.match(after):
        word = first[1]
        # "Hanna Saber": behind a name a common word with a capital is of the name as well.
        if word.casefold() in kept or (word.isupper() and _ordinary(word, kept)):
            break
        after = after[first.end() :]
    return f"{before}{REDACTED}{after}"


def _ordinary(word: str, kept: Collection[str]) -> bool:
    folded = word.casefold()
    return folded in kept or (folded in common() and folded not in titles())


_BESIDE = re.compile(
    rf"(?P<before>(?:{CAPITAL}\.?[ -]+)*){REDACTED}(?:[ -]+{REDACTED})*"
    rf"(?P<after>(?:[ -]+{CAPITAL})*)"
)
_LAST = re.compile(rf"({CAPITAL})\.?[ -]+$")
_FIRST = re.compile(rf"[ -]+(?={CAPITAL})((?:(?!['’]s\b)[\w’'-])+)")


@functools.lru_cache(maxsize=8)
def _names(known_names: frozenset[str]) -> re.Pattern[str] | None:
    """Return what finds these names, None where there are none to be found."""
    parts = {
        part
        for name in known_names
        for part in (name, *(word for word in name.split() if not word.islower()))
        if len(part) > 2
    }
    if not parts:
        return None
    told = sorted(parts, key=lambda part: (-len(part), part))
    called = "|".join(re.escape(each) for each in sorted(titles()))
    return re.compile(
        rf"(?:\b(?-i:(?=[A-Z]))(?:{called})\b\.?\s+)*\b(?:{'|'.join(map(_in_any_case, told))})\b",
        re.IGNORECASE,
    )


def _in_any_case(name: str) -> str:
    """Return a pattern for a name; one that is a common word as well is met with capitals alone."""
    if name.casefold() not in common():
        return re.escape(name)
    return f"(?-i:{re.escape(name)}|{re.escape(name.upper())})"


def coarser(place: Place | None, chosen: Chosen) -> Place | None:
    """Return a place no finer than the report may name it; without coordinates where it is.

    The words of one that was not resolved are the report's own ("the home of …"), and internal.
    """
    if place is not None and chosen.wish.public and place.name is None:
        place = replace(place, quote=None)
    if place is None or not chosen.coarse:
        return place
    level = chosen.wish.level
    if level == "admin2" and place.admin2:
        return bare(place, place.admin2, Precision.ADMIN2)
    if level in ("admin2", "admin1") and place.admin1:
        return bare(place, place.admin1, Precision.ADMIN1)
    if place.precision is Precision.COUNTRY or (
        place.precision is Precision.ADMIN1 and level != "country"
    ):
        return replace(place, lat=None, lon=None, quote=None)
    if place.country:
        return bare(place, place.country, Precision.COUNTRY)
    return None


def bare(place: Place, name: str, precision: Precision) -> Place:
    """Return the area that holds a place, and nothing finer."""
    return _area(name, place.country, place.admin1, precision)


@functools.lru_cache(maxsize=4_096)
def _area(name: str, country: str | None, admin1: str | None, precision: Precision) -> Place:
    return Place(
        quote=None,
        name=name,
        country=country,
        admin1=admin1 if precision is not Precision.COUNTRY else None,
        precision=precision,
    )
