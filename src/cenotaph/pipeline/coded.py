"""Claims of a row that a recorder coded: its figures, place and days, with the row as the quote."""

from collections.abc import Mapping
from datetime import date

from cenotaph import places, vocab
from cenotaph.model import (
    Actor,
    Age,
    Basis,
    Cell,
    Claim,
    ClaimId,
    Coded,
    CodedRow,
    Count,
    Document,
    Granularity,
    Group,
    Measure,
    Modality,
    Place,
    PlaceMention,
    Precision,
    Quote,
    Reading,
    ResolvedClaim,
    Sex,
    Source,
    Status,
    TimeKind,
    TimeMention,
    When,
)
from cenotaph.pipeline.interpreted import Interpreted
from cenotaph.pipeline.setting import Setting
from cenotaph.pipeline.settled import NOTHING, Settled

RULE = "coded-row"

GROUPS = {
    "children": Group(age=Age.CHILD),
    "women": Group(sex=Sex.FEMALE, age=Age.ADULT),
    "men": Group(sex=Sex.MALE, age=Age.ADULT),
    "civilians": Group(status=Status.CIVILIAN),
    "combatants": Group(status=Status.COMBATANT),
}


def coded(
    document: Document, row: CodedRow, *, setting: Setting, kept: Settled = NOTHING
) -> Interpreted:
    """Return what a coded row says. The recorder is the originator of its every figure.

    `kept` are places that an earlier reading resolved.
    """
    cells = {cell.role: cell for cell in row.cells}
    when = _when(document, cells)
    place = _place(document, cells, setting, kept)
    made: list[Claim] = []
    for measure in Measure:
        whole = _whole(document, row, cells, measure, place)
        if whole is not None:
            made.append(whole)
        for part, group in GROUPS.items():
            cell = cells.get(f"{measure}.{part}")
            count = _count(cell)
            # In tables noughts fill the breakdowns that nobody counted; only a whole one is told.
            if cell is not None and count is not None and count.high != 0:
                inside = whole.id if whole is not None else None
                made.append(
                    _claim(document, row, cells, measure, count, cell, place, group, inside)
                )
    claims = tuple(made)
    main = next((claim.id for claim in claims if claim.part_of is None), None)
    known = () if place is None else (place,)
    return Interpreted(
        reading=Reading(document=document.id, claims=claims, main=main),
        claims=tuple(
            ResolvedClaim(claim=claim, place=place, places=known, when=when) for claim in claims
        ),
        published=document.published,
        lang=document.lang,
    )


def _whole(
    document: Document,
    row: CodedRow,
    cells: Mapping[str, Cell],
    measure: Measure,
    place: Place | None,
) -> Claim | None:
    """Return the claim of all people of a measure: the figure, or the bounds that stand for it."""
    best, low, high = (cells.get(f"{measure}{end}") for end in ("", ".low", ".high"))
    counts = [count for count in map(_count, (best, low, high)) if count is not None]
    cell = best or low or high
    if cell is None or not counts:
        return None
    count = counts[0]
    if low is not None or high is not None:
        least, most = _count(low) or count, _count(high)
        bounds = least.low, count.high if most is None else most.high
        if best is None and most is None:
            bounds = least.low, None
        elif best is None and low is None:  # of the most alone nobody said how many at least
            bounds = None, count.high
        if None not in bounds and bounds[0] > bounds[1]:  # type: ignore[operator]
            return None
        if bounds == (None, None):
            return None
        modality = Modality.RANGE if bounds[1] is not None else Modality.AT_LEAST
        if bounds[0] is None:
            modality = Modality.AT_MOST
        elif bounds[0] == bounds[1]:
            modality = Modality.EXACT
        count = Count(low=bounds[0], high=bounds[1], modality=modality)
    return _claim(document, row, cells, measure, count, cell, place, Group(), None)


def _claim(
    document: Document,
    row: CodedRow,
    cells: Mapping[str, Cell],
    measure: Measure,
    count: Count,
    cell: Cell,
    place: Place | None,
    group: Group,
    inside: ClaimId | None,
) -> Claim:
    said = Source(
        quote=Quote.of(document.text, 0, len(row.recorder)), name=row.recorder, kind=row.kind
    )
    time = cells.get("date")
    named = place is not None and place.quote is not None
    return Claim(
        document=document.id,
        measure=measure,
        count=count,
        counted=_quote(document, cell),
        quote=Quote.of(document.text, 0, len(document.text)),
        rule=RULE,
        group=group,
        part_of=inside,
        event=_event(cells.get("event")),
        weapons=_codes(document, cells.get("weapon"), "weapons"),
        targets=_codes(document, cells.get("target"), "targets"),
        places=(_mention(document, cells),) if named else (),
        places_basis=Basis.STATED if place is not None else Basis.NONE,
        time=None if time is None else TimeMention(quote=_quote(document, time), kind=TimeKind.DAY),
        time_basis=Basis.NONE if time is None else Basis.STATED,
        perpetrators=_perpetrators(document, cells.get("perpetrator")),
        said_by=(said,),
    )


def _quote(document: Document, cell: Cell) -> Quote:
    return Quote.of(document.text, cell.start, cell.end)


def _count(cell: Cell | None) -> Count | None:
    """Return a cell's figure."""
    if cell is None:
        return None
    if cell.value.startswith("≤"):
        return Count(low=None, high=int(cell.value[1:]), modality=Modality.AT_MOST)
    low, _, high = cell.value.rstrip("+").partition("-")
    if cell.value.endswith("+"):
        return Count(low=int(low), high=None, modality=Modality.AT_LEAST)
    if high and high != low:
        return Count(low=int(low), high=int(high), modality=Modality.RANGE)
    return Count(low=int(low), high=int(low), modality=Modality.EXACT)


def _when(document: Document, cells: Mapping[str, Cell]) -> When | None:
    start, end = cells.get("date"), cells.get("date_end")
    if start is None:
        return None
    first = date.fromisoformat(start.value)
    last = date.fromisoformat(end.value) if end is not None else first
    if last < first:
        last = first
    return When(
        quote=_quote(document, start),
        start=first,
        end=last,
        precision=Granularity.DAY if first == last else Granularity.RANGE,
        basis=Basis.STATED,
        reasons=(RULE,),
    )


def _mention(document: Document, cells: Mapping[str, Cell]) -> PlaceMention:
    cell = cells.get("place") or cells.get("admin1") or cells["lat"]
    quote = _quote(document, cell)
    above = cells.get("admin1")
    within = (_quote(document, above),) if above is not None and above is not cell else ()
    return PlaceMention(quote=quote, name=quote, within=within)


def _place(
    document: Document, cells: Mapping[str, Cell], setting: Setting, kept: Settled
) -> Place | None:
    """Return the place of a row: as the gazetteer has it, at the row's own degrees if any."""
    lat, lon = cells.get("lat"), cells.get("lon")
    named = cells.get("place") or cells.get("admin1")
    country = document.country or setting.country
    found = None
    if named is not None:
        mention = _mention(document, cells)
        above = cells.get("admin1")
        answer = places.resolve(
            mention,
            gazetteer=setting.gazetteer,
            country=country,
            admin1=above.value if above is not None else None,
            nearby=(),
        )
        found = answer.place or Place(quote=mention.quote)
    if found is not None and found.quote is not None:
        held = kept.get((found.quote.start, found.quote.end))
        found = found if held is None else held[1]
    if lat is None or lon is None:
        return found
    quote = _quote(document, named or lat)
    return Place(
        quote=quote,
        name=found.name if found and found.name else named.value if named else None,
        lat=float(lat.value),
        lon=float(lon.value),
        country=found.country if found else country,
        admin1=found.admin1 if found else None,
        admin2=found.admin2 if found else None,
        entry=found.entry if found else None,
        geonames=found.geonames if found else None,
        precision=Precision.EXACT,
    )


def _event(cell: Cell | None) -> str | None:
    """Return the code of what happened, where the cell or its mapping gives one that there is."""
    if cell is None:
        return None
    code = cell.value.lower().replace(" ", "_")
    return code if code in vocab.table("events")["codes"] else None


def _codes(document: Document, cell: Cell | None, table: str) -> tuple[Coded, ...]:
    if cell is None:
        return ()
    code = cell.value.lower().replace(" ", "_")
    if code not in vocab.table(table)["codes"]:
        return ()
    return (Coded(code=code, quote=_quote(document, cell)),)


def _perpetrators(document: Document, cell: Cell | None) -> tuple[Actor, ...]:
    """Return who is blamed: by the neutral name of the register if it knows the name."""
    if cell is None:
        return ()
    said = cell.value.casefold()
    name = next(
        (
            str(actor["name"])
            for actor in vocab.table("actors")["actor"]
            if said in (known.casefold() for known in (actor["name"], *actor["names"]))
        ),
        cell.value,
    )
    return (Actor(quote=_quote(document, cell), name=name),)
