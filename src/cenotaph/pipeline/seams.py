"""The two smaller seams: a name to a place, a marked expression to days; a line in, a line out."""

from cenotaph import dates, places
from cenotaph.export import claims as shapes
from cenotaph.export.contract import AlternativeJson, DateAnswerJson, PlaceAnswerJson
from cenotaph.export.documents import line, refusal
from cenotaph.ingest import Refused, day, read_object
from cenotaph.model import Candidate, Document, DocumentId, Place, PlaceResolution, When
from cenotaph.pipeline.language import pack
from cenotaph.pipeline.setting import Sources
from cenotaph.pipeline.stream import marked, unpacked
from cenotaph.pipeline.worker import fault
from cenotaph.pool import Work

LANGUAGE = "en"
"""The pack that reads a name in no pack's script; gazetteers know names in every script."""


def place_resolver(sources: Sources, reasons: bool) -> Work:
    """Return what a worker does: `{"id","text","country"?,"admin1"?}` in, a place out."""
    setting = sources.open()

    def work(payload: bytes) -> bytes:
        given = read_object(unpacked(payload), name="")
        if isinstance(given, Refused):
            return marked(False, line(refusal(given.id, given.code, given.message)))
        country, admin1 = given.get("country"), given.get("admin1")
        try:
            resolution = places.resolve_text(
                given["text"],
                gazetteer=setting.gazetteer,
                country=country.upper() if isinstance(country, str) else setting.country,
                admin1=admin1 if isinstance(admin1, str) else None,
                lang=pack(Document(id=DocumentId(""), text=given["text"])) or LANGUAGE,
            )
        except Exception as error:
            message = f"Resolving this name failed: {fault(error)}."
            return marked(False, line(refusal(given["id"], "internal", message)))
        return marked(True, line(place_answer(given["id"], resolution, reasons=reasons)))

    return work


def place_answer(id_: str, resolution: PlaceResolution, *, reasons: bool) -> PlaceAnswerJson:
    """Return a place and what else the name could mean, best first, explained where asked."""
    chosen = resolution.place
    others = [each for each in resolution.candidates if chosen is None or not same(each, chosen)]
    answer: PlaceAnswerJson = {
        "id": id_,
        "place": shapes.place(chosen),
        "alternatives": [alternative(each, reasons=reasons) for each in others],
    }
    if reasons:
        known = [each for each in resolution.candidates if chosen and same(each, chosen)]
        answer["reasons"] = [*resolution.reasons, *(known[0].reasons if known else ())]
    return answer


def same(candidate: Candidate, chosen: Place) -> bool:
    """Tell whether a candidate is the place that was chosen."""
    other = candidate.place
    return (other.entry, other.lat, other.lon) == (chosen.entry, chosen.lat, chosen.lon)


def alternative(candidate: Candidate, *, reasons: bool) -> AlternativeJson:
    """Return a place that a name could mean too."""
    place = shapes.place(candidate.place)
    assert place is not None
    shape: AlternativeJson = {**place}  # type: ignore[typeddict-item]
    shape["confidence"] = round(candidate.score, 3)
    if reasons:
        shape["reasons"] = list(candidate.reasons)
    return shape


def date_resolver(reasons: bool) -> Work:
    """Return what a worker does: `{"id","text","start","end","published"}` in, days out."""

    def work(payload: bytes) -> bytes:
        given = read_object(unpacked(payload), name="")
        if isinstance(given, Refused):
            return marked(False, line(refusal(given.id, given.code, given.message)))
        text, start, end = given["text"], given.get("start"), given.get("end")
        if not (type(start) is int and type(end) is int and 0 <= start < end <= len(text)):
            message = f"The offsets {start!r} to {end!r} mark nothing in a text of {len(text)}."
            return marked(False, line(refusal(given["id"], "bad-span", message[:300])))
        published = given.get("published")
        published = day(published) if isinstance(published, str) else None
        try:
            known = given.get("lang")
            document = Document(
                id=DocumentId(""), text=text, lang=known if isinstance(known, str) else None
            )
            lang = pack(document)
            resolved = (
                None
                if lang is None
                else dates.resolve_marked(text, start, end, published, lang=lang)
            )
        except Exception as error:
            message = f"Resolving this expression failed: {fault(error)}."
            return marked(False, line(refusal(given["id"], "internal", message)))
        return marked(True, line(date_answer(given["id"], resolved, reasons=reasons)))

    return work


def date_answer(id_: str, when: When | None, *, reasons: bool) -> DateAnswerJson:
    """Return a period, explained where asked."""
    answer: DateAnswerJson = {"id": id_, "when": None if when is None else shapes.when(when)}
    if reasons:
        answer["reasons"] = list(when.reasons) if when else []
    return answer
