"""What of a record goes into a report: the period, the profile, and what is withheld and why."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from cenotaph import reconcile, vocab
from cenotaph import totals as adding
from cenotaph.model import (
    ClaimId,
    DocumentId,
    Incident,
    Linking,
    Measure,
    Place,
    Precision,
    ResolvedClaim,
    Ruleset,
    Totals,
    When,
)
from cenotaph.web.language import say
from cenotaph.web.view import View

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What goes into a report, and how much is left out for each reason."""

    wish: Wish
    incidents: tuple[Incident, ...]
    claims: Mapping[ClaimId, ResolvedClaim]
    sums: Totals
    whole: Totals
    sources: tuple[str, ...]
    documents: tuple[DocumentId, ...]
    withheld: tuple[tuple[str, int], ...]
    names: frozenset[str] = field(default=frozenset(), repr=False)
    bodies: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def coarse(self) -> bool:
        """Tell whether places finer than an area are left unnamed."""
        return self.wish.public and self.wish.level != "settlement"


def choose(view: View, wish: Wish) -> Chosen:
    """Return what of a record goes into a report."""
    found = view.found
    mains = {r.reading.main for r in found.interpreted.values() if r.reading.main is not None}
    incidents = (
        found.incidents
        if wish.ruleset.name == found.ruleset.name
        else reconcile.reconcile(
            found.claims,
            found.linking,
            ruleset=wish.ruleset,
            mains={main for main in mains if main in view.claims},
        )
    )
    kept: list[Incident] = []
    outside = undated = delayed = dayless = 0
    bounded = wish.first is not None or wish.last is not None
    latest = wish.today - timedelta(days=wish.delay)
    for event in incidents:
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
    members = {claim for event in kept for claim in event.claims}
    others = {claim for event in incidents for claim in event.claims}
    sums = [
        each
        for each in found.claims
        if each.id not in others
        and (not bounded or inside(each.when, wish))
        and not (wish.public and wish.delay and too_new(each, view, latest))
    ]
    claims = {each.id: each for each in found.claims if each.id in members}
    claims |= {each.id: each for each in sums}
    linking = limited(found.linking, claims)
    every = tuple(each for each in found.claims if each.id in claims)

    def added(by: tuple[str, ...]) -> Totals:
        return adding.total(
            every,
            linking,
            kept,
            by=by,
            ruleset=wish.ruleset,
            measure=Measure.KILLED,
            group=None,
        )

    withheld = (
        (say("outside the period"), outside),
        (say("without a known date, so that the period cannot be told"), undated),
        (say("later than the delay of %(n)s days", n=wish.delay), delayed),
        (say("without any known day, so that the delay cannot be told"), dayless),
    )
    return Chosen(
        wish=wish,
        incidents=tuple(sorted(kept, key=lambda each: (str(start(each)), each.id))),
        claims=claims,
        sums=added((wish.by,) if wish.by in adding.KEYS else ()),
        whole=added(()),
        sources=tuple(sorted({name for event in kept for name in event.sources})),
        documents=tuple(sorted({each.claim.document for each in every})),
        withheld=tuple((why, n) for why, n in withheld if n),
        names=frozenset(names(found.claims) | witnesses(found.claims))
        if wish.public
        else frozenset(),
        bodies=frozenset(
            source.name
            for each in found.claims
            for source in each.claim.said_by
            if source.kind in BODIES
        ),
    )


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


def start(event: Incident) -> date | None:
    """Return the first day of an incident."""
    return (event.when.start or event.when.end) if event.when else None


def day_of(event: Incident, view: View) -> date | None:
    """Return the last day an incident can have: its own, else the latest day of its reports."""
    if event.when is not None and (event.when.end or event.when.start):
        return event.when.end or event.when.start
    days = [published(id_, view) for id_, _ in event.documents]
    dated = [day for day in days if day is not None]
    return max(dated) if dated and len(dated) == len(days) else None


def published(id_: DocumentId, view: View) -> date | None:
    """Return the day on which a report was published."""
    read = view.found.interpreted.get(id_)
    return read.published if read else None


def too_new(claim: ResolvedClaim, view: View, latest: date) -> bool:
    """Tell whether a sum reaches into the days that a public report holds back."""
    last = (claim.when.end or claim.when.start) if claim.when else None
    last = last or published(claim.claim.document, view)
    return last is None or last > latest


def limited(linking: Linking, claims: Collection[ClaimId]) -> Linking:
    """Return a linking of some of its claims."""
    return Linking(
        links=tuple(each for each in linking.links if each.claim in claims and each.to in claims),
        incidents=tuple(
            kept
            for members in linking.incidents
            if (kept := tuple(each for each in members if each in claims))
        ),
    )


def names(claims: Iterable[ResolvedClaim]) -> set[str]:
    """Return the names of all persons that reports name as harmed."""
    return {
        " ".join(person.quote.text.split())
        for each in claims
        for person in each.claim.victims
        if person.quote.text[:1].isupper() or not person.quote.text.isascii()
    }


BODIES = frozenset(
    {"monitor", "agency", "media", "government", "military", "armed_group", "police", "un", "ngo"}
)
"""Kinds of source that speak for a body; of any other kind it may be one person, who is at risk."""


def witnesses(claims: Iterable[ResolvedClaim]) -> set[str]:
    """Return the names of persons who told what happened: of sources that are no body.

    A name is a run of capitalised words that are neither common words nor of the claim's places.
    """
    common = frozenset().union(*(vocab.words(lang) for lang in vocab.LANGUAGES))
    found: set[str] = set()
    for each in claims:
        told = [*each.claim.said_by]
        told += [source for actor in each.claim.perpetrators for source in actor.said_by]
        for source in told:
            if source.kind in BODIES:
                continue
            places = {
                word for p in (*each.places, each.place) if p and p.name for word in p.name.split()
            }
            run: list[str] = []
            for word in (*re.findall(r"[\w'’-]+", f"{source.name} , {source.quote.text}"), ""):
                own = word[:1].isupper() or (word[:1].isalpha() and not word.isascii())
                if own and word not in places and word.casefold() not in common:
                    run.append(word)
                    continue
                if run:
                    found.add(" ".join(run))
                run = []
    return found


def told_by(name: str, chosen: "Chosen") -> str:
    """Return a source's name as a report may give it: a person's is what kind of source it is."""
    if not chosen.wish.public or name in chosen.bodies:
        return name
    return say("a source that is not named here")


def without_names(text: str, known_names: Collection[str]) -> str:
    """Return text without names of persons, whole or in part of a name of several words."""
    parts = {part for name in known_names for part in (name, *name.split()) if len(part) > 2}
    if not parts:
        return text
    pattern = "|".join(re.escape(part) for part in sorted(parts, key=len, reverse=True))
    return re.sub(rf"\b(?:{pattern})\b", REDACTED, text)


def coarser(place: Place | None, chosen: Chosen) -> Place | None:
    """Return a place no finer than the report may name it; without coordinates where it is."""
    if place is None or not chosen.coarse:
        return place
    level = chosen.wish.level
    if level == "admin2" and place.admin2:
        return bare(place, place.admin2, Precision.ADMIN2)
    if level in ("admin2", "admin1") and place.admin1:
        return bare(place, place.admin1, Precision.ADMIN1)
    if place.precision in (Precision.COUNTRY, Precision.ADMIN1):
        return replace(place, lat=None, lon=None, quote=None)
    if place.country:
        return bare(place, place.country, Precision.COUNTRY)
    return None


def bare(place: Place, name: str, precision: Precision) -> Place:
    """Return the area that holds a place, and nothing finer."""
    return Place(
        quote=None,
        name=name,
        country=place.country,
        admin1=place.admin1 if precision is not Precision.COUNTRY else None,
        precision=precision,
    )
