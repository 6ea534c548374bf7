"""Claims, places, periods and actors to the contract's shapes."""

from collections.abc import Iterable, Sequence

from cenotaph.export.contract import (
    ActorJson,
    ClaimJson,
    CodedJson,
    GroupJson,
    LinkJson,
    PlaceJson,
    SourceJson,
    Span,
    VictimJson,
    WhenJson,
)
from cenotaph.model import (
    Actor,
    Claim,
    Coded,
    Group,
    Link,
    LinkKind,
    Place,
    Quote,
    ResolvedClaim,
    Source,
    Victim,
    When,
)

STATED_LINKS = (
    LinkKind.WITHIN,
    LinkKind.REPEATS,
    LinkKind.UPDATES,
    LinkKind.CORRECTS,
    LinkKind.ADDITIONAL_TO,
)
"""The links of the contract; the others belong to linking and are shown by `cenotaph show`."""


def span(quote: Quote) -> Span:
    """Return a passage and its offsets."""
    return {"text": quote.text, "start": quote.start, "end": quote.end}


def claim(resolved: ResolvedClaim, links: Sequence[Link]) -> ClaimJson:
    """Return a claim; `links` are those that start from it."""
    said = resolved.claim
    counted = said.counted
    return {
        "id": said.id,
        "measure": said.measure,
        "count": {
            "low": said.count.low,
            "high": said.count.high,
            "modality": said.count.modality,
            "text": counted.text,
            "start": counted.start,
            "end": counted.end,
        },
        "imputed": said.count.imputed,
        "group": group(said.group),
        "victims": [victim(person) for person in said.victims],
        "scope": said.scope,
        "part_of": said.part_of,
        "links": outgoing(said, links),
        "quote": span(said.quote),
        "event": said.event,
        "weapons": coded(said.weapons),
        "targets": coded(said.targets),
        "place": place(resolved.place),
        "places": places(resolved.places),
        "origins": [shape for shape in map(place, resolved.origins) if shape is not None],
        "when": when(resolved.when),
        "perpetrator": [actor(each) for each in said.perpetrators],
        "perpetrator_relation": said.perpetrator_relation,
        "said_by": [source(each) for each in said.said_by],
        "certainty": said.certainty,
        "rule": said.rule,
    }


def outgoing(said: Claim, links: Iterable[Link]) -> list[LinkJson]:
    """Return the claim's links of the contract's kinds, each once, in a fixed order."""
    pairs = {
        (STATED_LINKS.index(link.kind), link.to)
        for link in links
        if link.claim == said.id and link.kind in STATED_LINKS
    }
    return [{"kind": STATED_LINKS[kind], "claim": to} for kind, to in sorted(pairs)]


def group(stated: Group) -> GroupJson:
    """Return who is counted."""
    return {
        "status": stated.status,
        "status_said_by": stated.status_said_by,
        "age": stated.age,
        "sex": stated.sex,
        "role": stated.role,
        "side": stated.side,
        "attacker": stated.attacker,
    }


def victim(person: Victim) -> VictimJson:
    """Return a person named."""
    return {**span(person.quote), "age": person.age, "sex": person.sex, "role": person.role}


def coded(codes: Iterable[Coded]) -> list[CodedJson]:
    """Return codes with their words."""
    return [{"code": each.code, **span(each.quote)} for each in codes]


def place(known: Place | None) -> PlaceJson | None:
    """Return a place; None where no words name any."""
    if known is None:
        return None
    quote = known.quote
    return {
        "text": quote.text if quote else None,
        "start": quote.start if quote else None,
        "end": quote.end if quote else None,
        "name": known.name,
        "lat": known.lat,
        "lon": known.lon,
        "geonames": known.geonames,
        "country": known.country,
        "admin1": known.admin1,
        "precision": known.precision,
        "confidence": None if known.confidence is None else round(known.confidence, 3),
    }


def places(known: Sequence[Place]) -> list[PlaceJson]:
    """Return the places of a count that has several; a single one stands in `place` alone."""
    if len(known) < 2:
        return []
    return [shape for shape in map(place, known) if shape is not None]


def when(period: When | None) -> WhenJson:
    """Return a period; with nothing known where there is none."""
    period = period or When(quote=None)
    quote = period.quote
    return {
        "text": quote.text if quote else None,
        "at": (quote.start, quote.end) if quote else None,
        "start": period.start.isoformat() if period.start else None,
        "end": period.end.isoformat() if period.end else None,
        "precision": period.precision,
        "basis": period.basis,
        "anchor": period.anchor,
        "time": period.time,
    }


def source(who: Source) -> SourceJson:
    """Return someone who says something."""
    return {**span(who.quote), "name": who.name, "kind": who.kind}


def actor(who: Actor) -> ActorJson:
    """Return an alleged perpetrator."""
    return {
        **span(who.quote),
        "name": who.name,
        "hedge": who.hedge,
        "stance": who.stance,
        "said_by": [source(each) for each in who.said_by],
    }
