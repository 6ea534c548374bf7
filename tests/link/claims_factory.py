"""Small factories for claims, set in the invented country, with offsets into a text that is made up."""

from datetime import date
from typing import Any

from cenotaph.model import (
    Actor,
    Age,
    Basis,
    Claim,
    ClaimId,
    Count,
    DocumentId,
    Granularity,
    Group,
    Measure,
    Modality,
    Place,
    PlaceMention,
    Precision,
    Quote,
    ResolvedClaim,
    Scope,
    Sex,
    Source,
    Status,
    TimeKind,
    TimeMention,
    Victim,
    When,
)

# name: (latitude, longitude, admin1)
SETTLEMENTS = {
    "Kafr Sel": (35.61, 36.56, "Orun"),
    "Maarat Ilun": (35.64, 36.67, "Orun"),
    "al-Tamira": (35.48, 36.75, "Orun"),
    "al-Nuqra": (35.70, 36.60, "Orun"),
    "Atarin": (36.14, 36.83, "Velm"),
    "Velm": (36.20, 37.15, "Velm"),
    "Homra": (34.73, 36.71, "Dorsa"),
    "Sarbek": (35.86, 36.80, "Orun"),
}
AREAS = {"Orun governorate": "Orun", "Velm governorate": "Velm"}


def place(name: str, *, words: Quote | None = None) -> Place:
    """Return a place of the invented country; any other name is unresolved."""
    quote = words or Quote(0, len(name), name)
    if name in SETTLEMENTS:
        lat, lon, admin1 = SETTLEMENTS[name]
        return Place(
            quote=quote,
            name=name,
            lat=lat,
            lon=lon,
            entry=f"xt:{name}",
            country="XT",
            admin1=admin1,
            precision=Precision.SETTLEMENT,
            namesake_of_area=name == admin1,
        )
    if name in AREAS:
        return Place(
            quote=quote,
            name=AREAS[name],
            entry=f"xt:{name}",
            country="XT",
            admin1=AREAS[name],
            precision=Precision.ADMIN1,
        )
    return Place(quote=quote)


def when(start: str | None, end: str | None = None, *, anchor: str | None = None) -> When:
    """Return a period of ISO days; one day where only a start is given and no anchor."""
    first = date.fromisoformat(start) if start else None
    last = date.fromisoformat(end) if end else (None if anchor else first)
    one = first is not None and first == last
    return When(
        quote=None,
        start=first,
        end=last,
        precision=Granularity.DAY if one else Granularity.RANGE if first else Granularity.UNKNOWN,
        basis=Basis.STATED if first else Basis.NONE,
        anchor=anchor,
    )


def count(low: int | None, high: int | None = None, modality: str | None = None) -> Count:
    """Return an exact count of `low`, or one with the bounds and modality given."""
    if modality is None:
        return Count(low=low, high=low, modality=Modality.EXACT)
    return Count(low=low, high=high, modality=Modality(modality), imputed=modality == "vague")


def claim(
    document: str = "a",
    at: int = 0,
    low: int | None = 1,
    *,
    modality: str | None = None,
    high: int | None = None,
    measure: str = "killed",
    sentence: int | None = None,
    where: str | tuple[str, ...] | None = None,
    day: When | str | None = None,
    status: str = "unknown",
    age: str = "unknown",
    sex: str = "unknown",
    attacker: bool = False,
    scope: str = "incident",
    part_of: ResolvedClaim | None = None,
    by: str | tuple[str, ...] = (),
    said_by: str | None = None,
    event: str | None = "air_strike",
    additional: bool = False,
    history: bool = False,
    section: int = 0,
    named: tuple[str, ...] = (),
    nth: int = 0,
    length: int = 4,
    sentence_end: int | None = None,
    text: str | None = None,
    sited: tuple[Place, ...] | None = None,
    rule: str = "test",
    **slots: Any,
) -> ResolvedClaim:
    """Return a resolved claim whose counting words stand at `at`, in the sentence at `sentence`."""
    begin = at if sentence is None else sentence
    end = sentence_end or max(at + length, begin + 60)
    text = text or ("word " * (end // 5 + 1))[:end]
    quote = Quote.of(text, begin, end)
    counted = Quote.of(text, at, at + length)
    where_all = (where,) if isinstance(where, str) else where or ()
    if sited:
        where_all = tuple(each.name or "?" for each in sited)
    period = when(day) if isinstance(day, str) else day
    actors = tuple(
        Actor(quote=counted, name=name) for name in ((by,) if isinstance(by, str) else by)
    )
    sources = (Source(quote=counted, name=said_by, kind="monitor"),) if said_by else ()
    stated = Claim(
        document=DocumentId(document),
        measure=Measure(measure),
        count=count(low, high, modality),
        counted=counted,
        quote=quote,
        rule=rule,
        nth=nth,
        group=Group(status=Status(status), age=Age(age), sex=Sex(sex), attacker=attacker),
        victims=tuple(Victim(quote=Quote(0, len(n), n)) for n in named),
        scope=Scope(scope),
        part_of=ClaimId(part_of.id) if part_of is not None else None,
        event=event,
        places=tuple(
            PlaceMention(quote=Quote(0, len(n), n), name=Quote(0, len(n), n)) for n in where_all
        ),
        places_basis=Basis.STATED if where_all else Basis.NONE,
        time=TimeMention(quote=counted, kind=TimeKind.DAY) if period and period.start else None,
        time_basis=Basis.STATED if period and period.start else Basis.NONE,
        perpetrators=actors,
        said_by=sources,
        additional=additional,
        history=history,
        section=section,
        **slots,
    )
    known = sited if sited is not None else tuple(place(name) for name in where_all)
    one = known[0] if len(known) == 1 else _area(known) if known else None
    return ResolvedClaim(claim=stated, place=one, places=known, when=period)


def _area(known: tuple[Place, ...]) -> Place:
    first = known[0]
    return Place(
        quote=None,
        name=first.admin1,
        country=first.country,
        admin1=first.admin1,
        precision=Precision.ADMIN1,
    )
