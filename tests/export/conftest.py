from datetime import date

import pytest

from cenotaph.model import (
    Actor,
    Basis,
    Claim,
    ClaimId,
    Coded,
    Context,
    Count,
    DocumentId,
    Estimate,
    Figure,
    Finding,
    Granularity,
    Incident,
    IncidentId,
    Link,
    LinkKind,
    Measure,
    Modality,
    Place,
    Precision,
    Quote,
    ResolvedClaim,
    Source,
    SumReading,
    TotalCheck,
    Victim,
    When,
)

TEXT = "At least 26 people, 3 of them children, died in Sarbek on Sunday, the monitor said."


def quote(words: str) -> Quote:
    start = TEXT.index(words)
    return Quote.of(TEXT, start, start + len(words))


@pytest.fixture
def full() -> dict:
    """One document with something in every slot of the contract, and one claim with nothing."""
    source = Source(quote=quote("the monitor"), name="Tessaria Harm Monitor", kind="monitor")
    place = Place(
        quote=quote("Sarbek"),
        name="Sarbek",
        lat=12.5,
        lon=-39.25,
        entry="gazetteer:XT-1",
        geonames=None,
        country="XT",
        admin1="Orun",
        precision=Precision.SETTLEMENT,
        confidence=0.97123,
    )
    when = When(
        quote=quote("on Sunday"),
        start=date(2021, 2, 7),
        end=date(2021, 2, 7),
        precision=Granularity.DAY,
        basis=Basis.STATEMENT,
    )
    whole = Claim(
        document=DocumentId("d"),
        measure=Measure.KILLED,
        count=Count(low=26, high=None, modality=Modality.AT_LEAST),
        counted=quote("At least 26 people"),
        quote=quote("At least 26 people, 3 of them children, died in Sarbek"),
        rule="number-then-people",
        victims=(Victim(quote=quote("children"), age=9),),
        weapons=(Coded(code="barrel_bomb", quote=quote("died")),),
        targets=(Coded(code="market", quote=quote("in")),),
        perpetrators=(
            Actor(quote=quote("people"), name="Kordania", hedge="suspected", said_by=(source,)),
        ),
        said_by=(source,),
    )
    part = Claim(
        document=DocumentId("d"),
        measure=Measure.KILLED,
        count=Count(low=None, high=None, modality=Modality.NONE),
        counted=quote("3 of them children"),
        quote=quote("3 of them children"),
        rule="number-of-them",
        part_of=whole.id,
    )
    links = [
        Link(claim=part.id, kind=LinkKind.REPEATS, to=whole.id, by="x"),
        Link(claim=part.id, kind=LinkKind.WITHIN, to=whole.id, by="x"),
        Link(claim=part.id, kind=LinkKind.WITHIN, to=whole.id, by="y"),
        Link(claim=part.id, kind=LinkKind.SAME_INCIDENT, to=whole.id, by="x"),
    ]
    figure = Figure(low=26, best=26, high=26)
    incident = Incident(
        id=IncidentId("inc-1"),
        claims=(whole.id, part.id),
        estimates=(
            Estimate(measure=Measure.KILLED, group=None, figure=figure, rule="r", used=(whole.id,)),
            Estimate(
                measure=Measure.KILLED,
                group="children",
                figure=Figure(low=3, best=None, high=None),
                rule="r",
                used=(part.id,),
            ),
        ),
        event="air_strike",
        place=place,
        places=(place,),
        when=when,
        documents=((DocumentId("d"), True),),
        sources=("Tessaria Harm Monitor",),
        grade="fair",
    )
    check = TotalCheck(
        claim=whole.id,
        readings=(SumReading(parts=(part.id,), sum=3, left=23, assumes="the three are inside"),),
    )
    return {
        "claims": (
            ResolvedClaim(claim=whole, place=place, places=(place,), origins=(place,), when=when),
            ResolvedClaim(claim=part),
        ),
        "links": links,
        "incidents": (incident,),
        "checks": (check,),
        "contexts": (
            (Context(kind="ceasefire", quote=quote("on Sunday")), place, when),
            (Context(kind="siege", quote=quote("Sarbek")), None, None),
        ),
        "findings": (
            Finding(
                code="parts-do-not-sum",
                message="26 stated, 3 found",
                claims=(ClaimId(whole.id),),
                documents=(DocumentId("d"),),
                quotes=((DocumentId("d"), quote("Sarbek")),),
            ),
        ),
    }
