"""Incidents, totals, context and findings to the contract's shapes, and whole answers to bytes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from cenotaph.export import claims as shapes
from cenotaph.export.contract import (
    ContextJson,
    CopyPairJson,
    ExtractionJson,
    FigureJson,
    FindingJson,
    GazetteerJson,
    GradingJson,
    HarmJson,
    IncidentJson,
    RecordFindingJson,
    RecordIncidentJson,
    RefusalJson,
    TotalJson,
)
from cenotaph.model import (
    ClaimId,
    Context,
    CopyPair,
    DocumentId,
    Finding,
    GivenGazetteer,
    Grading,
    Incident,
    Link,
    Measure,
    Place,
    ResolvedClaim,
    TotalCheck,
    When,
)

ResolvedContext = tuple[Context, Place | None, When | None]


def extraction(
    document: DocumentId,
    *,
    claims: Sequence[ResolvedClaim],
    links: Sequence[Link],
    incidents: Sequence[Incident],
    checks: Sequence[TotalCheck],
    contexts: Sequence[ResolvedContext],
    findings: Sequence[Finding],
) -> ExtractionJson:
    """Return what one document says, as the contract has it."""
    by_claim: dict[ClaimId, list[Link]] = {}
    for link in links:
        by_claim.setdefault(link.claim, []).append(link)
    known = {each.id: each for each in claims}
    return {
        "id": document,
        "claims": [shapes.claim(each, by_claim.get(each.id, ())) for each in claims],
        "incidents": [incident(each, document) for each in incidents],
        "totals": [total(each, known[each.claim]) for each in checks],
        "context": [context(each) for each in contexts],
        "findings": [finding(each) for each in findings],
    }


def refusal(id_: Any, code: str, message: str) -> RefusalJson:
    """Return the line that stands in place of an answer."""
    return {"id": id_, "error": {"code": code, "message": message}}


def incident(event: Incident, document: DocumentId) -> IncidentJson:
    """Return an incident as one document tells of it."""
    main = any(id_ == document and chief for id_, chief in event.documents)
    return {
        "id": event.id,
        "main": main,
        "claims": list(event.claims),
        "event": event.event,
        "place": shapes.place(event.place),
        "places": shapes.places(event.places),
        "when": shapes.when(event.when),
        "perpetrator": [shapes.actor(each) for each in event.perpetrators],
        "killed": figure(event, Measure.KILLED, None),
        "injured": figure(event, Measure.INJURED, None),
        "groups": {
            "children": harm(event, "children"),
            "women": harm(event, "women"),
            "men": harm(event, "men"),
            "civilians": harm(event, "civilians"),
            "combatants": harm(event, "combatants"),
            "attackers": harm(event, "attackers"),
        },
    }


def record_incident(
    event: Incident, copies: Mapping[DocumentId, Sequence[DocumentId]]
) -> RecordIncidentJson:
    """Return an incident of a record; `copies` are the documents beside each original."""
    standing = [
        (id_, main)
        for original, main in event.documents
        for id_ in (original, *copies.get(original, ()))
    ]
    told = incident(event, DocumentId(""))
    return {
        "id": told["id"],
        "claims": told["claims"],
        "event": told["event"],
        "place": told["place"],
        "places": told["places"],
        "when": told["when"],
        "perpetrator": told["perpetrator"],
        "killed": told["killed"],
        "injured": told["injured"],
        "groups": told["groups"],
        "documents": [{"id": id_, "main": main} for id_, main in standing],
        "sources": list(event.sources),
        "grade": event.grade,
        "grading": _grading(event.grading),
    }


def gazetteer(given: GivenGazetteer) -> GazetteerJson:
    """Return a gazetteer as whoever passes its places on has to credit it."""
    return {
        "name": given.name,
        "version": given.version,
        "licence": given.licence,
        "attribution": given.attribution,
        "sha256": given.sha256,
    }


def _grading(graded: Grading | None) -> GradingJson | None:
    if graded is None:
        return None
    return {
        "corroboration": graded.corroboration,
        "kinds": list(graded.kinds),
        "responsibility": graded.responsibility,
        "reasons": list(graded.reasons),
    }


def figure(event: Incident, measure: Measure, group: str | None) -> FigureJson | None:
    """Return low, best and high of a measure for a group; None where nothing is stated."""
    estimate = event.estimate(measure, group)
    if estimate is None:
        return None
    known = estimate.figure
    return {"low": known.low, "best": known.best, "high": known.high}


def harm(event: Incident, group: str) -> HarmJson:
    """Return killed and injured of a group."""
    return {
        "killed": figure(event, Measure.KILLED, group),
        "injured": figure(event, Measure.INJURED, group),
    }


def total(check: TotalCheck, stated: ResolvedClaim) -> TotalJson:
    """Return a stated total against every reading of its parts."""
    count = stated.claim.count
    return {
        "claim": check.claim,
        "stated": {"low": count.low, "high": count.high},
        "readings": [
            {
                "parts": list(reading.parts),
                "sum": reading.sum,
                "left": reading.left,
                "assumes": reading.assumes,
            }
            for reading in check.readings
        ],
    }


def context(noted: ResolvedContext) -> ContextJson:
    """Return what is noted beside harm."""
    said, place, when = noted
    return {
        "kind": said.kind,
        "quote": shapes.span(said.quote),
        "place": shapes.place(place),
        "when": None if when is None else shapes.when(when),
        "said_by": [shapes.source(each) for each in said.said_by],
        "weapons": shapes.coded(said.weapons),
    }


def finding(said: Finding) -> FindingJson:
    """Return a finding of one document."""
    return {"code": said.code, "message": said.message, "claims": list(said.claims)}


def record_finding(said: Finding) -> RecordFindingJson:
    """Return a finding of a record."""
    return {
        "code": said.code,
        "message": said.message,
        "claims": list(said.claims),
        "documents": list(said.documents),
        "quotes": [{"document": document, **shapes.span(quote)} for document, quote in said.quotes],
    }


def copy_pair(pair: CopyPair) -> CopyPairJson:
    """Return two documents that share text."""
    return {
        "documents": [pair.original, pair.document],
        "original": pair.original,
        "document": pair.document,
        "value": pair.value,
        "judged": pair.judged,
        "share": pair.share,
        "passages": [
            {
                **shapes.span(copy.passage),
                "original_start": copy.original_passage.start,
                "original_end": copy.original_passage.end,
            }
            for copy in pair.passages
        ],
    }


def line(value: Any) -> bytes:
    """Return a value as one line of JSON in UTF-8, its keys in the order they were given."""
    return msgspec.json.encode(value) + b"\n"


def lines(values: Iterable[Any]) -> bytes:
    """Return values as lines of JSON."""
    return b"".join(map(line, values))
