"""Places that a person names in a form: looked for in the record's gazetteer, and asked about where
it has several."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from cenotaph.gazetteer.areas import areas
from cenotaph.model import (
    ClaimId,
    Decision,
    DecisionKind,
    DocumentId,
    Gazetteer,
    GazetteerEntry,
    NameLevel,
    Place,
    PlaceKind,
    Precision,
    ResolvedClaim,
    thawed,
)
from cenotaph.pipeline import DecisionError, SettingError
from cenotaph.places import place_of
from cenotaph.web import again, wording
from cenotaph.web.language import say, within
from cenotaph.web.pages import held_by, page

CHOICE = "entry"
"""The field with the place that was chosen of several: its identifier, or `NONE`."""

NONE = "none"
OFFERED = 12
"""Places that are offered for a name."""

KINDS = {
    PlaceKind.COUNTRY: "country",
    PlaceKind.ADMIN1: "province",
    PlaceKind.ADMIN2: "district",
    PlaceKind.AREA: "area",
    PlaceKind.SETTLEMENT: "town or village",
    PlaceKind.CAMP: "camp",
    PlaceKind.NEIGHBOURHOOD: "neighbourhood",
    PlaceKind.LANDMARK: "landmark",
}


def placed(
    request: Request, form: FormData, wanted: Sequence[Decision], *, back: str
) -> list[Decision] | Response:
    """Return decisions with the places that their names mean, or the page that asks which.

    A place that is given with its degrees is left as it is, and so is one that no gazetteer knows.
    Raises DecisionError for a choice of none that was offered.
    """
    made: list[Decision] = []
    for each in wanted:
        given = each.value.get("place")
        if each.kind not in (DecisionKind.ADD, DecisionKind.EDIT) or not isinstance(given, Mapping):
            made.append(each)
            continue
        known: dict[str, Any] = {name: thawed(value) for name, value in given.items()}
        choice = form.get(CHOICE)
        if "lat" in known or choice == NONE:
            made.append(each)
            continue
        spot = of_report(request, each, known)
        if spot is None:
            said = choice if isinstance(choice, str) else ""
            found, sure = looked_for(request, each, known, said)
            if found and not sure:
                return asked(request, form, known["name"], found, back=back)
            spot = place_of(found[0], quote=None) if found else None
        made.append(each if spot is None else replace(each, value=with_place(each, spot)))
    return made


def with_place(each: Decision, spot: Place) -> dict[str, Any]:
    """Return what a decision sets, with a place of the gazetteer."""
    place = {
        "name": spot.name,
        "lat": spot.lat,
        "lon": spot.lon,
        "entry": spot.entry,
        "geonames": spot.geonames,
        "country": spot.country,
        "admin1": spot.admin1,
        "admin2": spot.admin2,
        "precision": spot.precision.value,
    }
    return {**{name: thawed(value) for name, value in each.value.items()}, "place": place}


def of_report(request: Request, each: Decision, known: dict[str, Any]) -> Place | None:
    """Return the place that the report itself means by a name, where its claims agree on one."""
    view = held_by(request).view()
    report = report_of(request, each)
    name, area = known["name"].casefold(), (known.get("admin1") or "").casefold()
    found = {
        spot.entry: spot
        for claim in (view.claims_of(report) if report else ())
        for spot in (claim.place, *claim.places)
        if spot is not None
        and spot.lat is not None
        and spot.precision not in (Precision.UNKNOWN, Precision.NEAR)
        and (spot.name or "").casefold() == name
        and area in ("", (spot.admin1 or "").casefold())
    }
    return next(iter(found.values())) if len(found) == 1 else None


def report_of(request: Request, each: Decision) -> DocumentId | None:
    """Return the report that a decision is about, by its claim where it is about one."""
    view = held_by(request).view()
    subject = each.subjects[0] if each.subjects else ""
    if each.kind is DecisionKind.ADD:
        return DocumentId(subject)
    claim: ResolvedClaim | None = view.claims.get(ClaimId(subject))
    return None if claim is None else claim.claim.document


def looked_for(
    request: Request, each: Decision, known: dict[str, Any], choice: str
) -> tuple[list[GazetteerEntry], bool]:
    """Return the places of a name, and whether no person has to be asked: one alone, in the
    report's country or else the record's, and not merely of like consonants. Where that country has
    none, those of others. Of a choice, what was chosen. Raises DecisionError."""
    held = held_by(request)
    try:
        places = held.gazetteer()
    except SettingError:
        return [], True  # a name alone is better than no claim; the overview says what is wrong
    if choice:
        chosen = places.entry(choice)
        if chosen is None:
            raise DecisionError("There is no such place.")
        return [chosen], True
    report = report_of(request, each)
    listed = held.view().listed.get(report) if report else None
    own = known.get("country") or (listed.country if listed else None) or held.settings().country
    found, level = of_name(places, known["name"], own)
    if own and not found:
        return of_name(places, known["name"], None)[0][:OFFERED], False
    area = (known.get("admin1") or "").casefold()
    inside = [entry for entry in found if (entry.admin1 or "").casefold() == area]
    found = inside if area and inside else found
    return found[:OFFERED], len(found) == 1 and level >= NameLevel.ROMANISED


def of_name(
    places: Gazetteer, name: str, country: str | None
) -> tuple[list[GazetteerEntry], NameLevel]:
    """Return the places that go by a name, of those that meet it closest, the largest first; and
    how closely they do."""
    met = [match for match in places.named(name, country=country) if match.entry.lat is not None]
    best = max((match.level for match in met), default=NameLevel.SIMILAR)
    found = {match.entry.id: match.entry for match in met if match.level == best}
    return sorted(found.values(), key=lambda entry: (-entry.population, entry.id)), best


def asked(
    request: Request, form: FormData, name: str, found: Sequence[GazetteerEntry], *, back: str
) -> Response:
    """Return the page that asks which place is meant, with the form as it was filled in."""
    return page(
        request,
        "which_place.html",
        name=name,
        offered=[(entry.id, told(entry)) for entry in found],
        field=CHOICE,
        neither=NONE,
        action=again.address(request),
        hidden=again.kept(form, (CHOICE,)),
        back=back,
    )


@functools.cache
def countries() -> Mapping[str, str]:
    """Return the names of countries by their codes."""
    return {area.code: area.name for area in areas() if area.kind == "country"}


def told(entry: GazetteerEntry) -> str:
    """Return a place as it is told from its namesakes."""
    country = countries().get(entry.country, entry.country) if entry.country else None
    above = [each for each in (entry.admin2, entry.admin1, country) if each]
    named = ", ".join(within(each) for each in dict.fromkeys((entry.name, *above)))
    more = [wording.lower(say(KINDS[entry.kind]))]
    if entry.population:
        more.append(say("%(n)s inhabitants", n=f"{entry.population:,}"))
    return f"{named} ({'; '.join(more)})"
