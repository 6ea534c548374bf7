"""Load the whole gold documents and check their labels against their texts.

    python eval/documents_check.py [FOLDER]      default: eval/gold/documents beside this file

Prints a line a fault and a line of counts; exit status 1 if there is a fault. Standard library
only. What the labels mean stands in gold/documents/README.md.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

MEASURES = {
    *("killed", "injured", "killed_or_injured", "missing", "detained", "abducted"),
    *("displaced", "evacuated", "trapped", "casualties", "attacks"),
}
GROUP_VALUES: Mapping[str, set[str]] = {
    "status": {"civilian", "combatant", "mixed", "unknown"},
    "age": {"child", "adult", "mixed", "unknown"},
    "sex": {"female", "male", "mixed", "unknown"},
    "scope": {"incident", "subtotal", "cumulative", "state"},
    "certainty": {"asserted", "suspected", "denied", "hypothetical", "withdrawn"},
}
LINKS = ("part_of", "within", "updated_by", "repeats")
# Slots whose words must stand in the text as they are labelled.
VERBATIM_ONE = ("place", "when", "weapon", "status_said_by")
VERBATIM_MANY = ("places", "origins", "perpetrator", "said_by", "victims")
CLAIM_KEYS = {
    *("key", "text", "at", "measure", "measure_also", "low", "high", "modality"),
    *("role", "attacker", "imputed", "optional", "bounds_optional"),
    *("start", "end", "event", "note"),
    *GROUP_VALUES,
    *LINKS,
    *VERBATIM_ONE,
    *VERBATIM_MANY,
}
DOCUMENT_KEYS = {
    *("id", "published", "lang", "title", "genre", "text"),
    *("main", "main_at", "main_incident", "claim", "place", "not_place"),
}
DIGITS = re.compile(r"\d[\d,]*(?![\d.,]*\d)(?! million)")


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a text; start and end count code points, end exclusive."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """One stated count; low and high are None where the words set no such bound."""

    key: str
    span: Span
    measure: str
    measure_also: tuple[str, ...]
    low: int | None
    high: int | None
    modality: str
    optional: bool
    slots: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class MainIncident:
    """What the document is chiefly about; None where the text states nothing."""

    killed: tuple[int, int] | None
    injured: tuple[int, int] | None
    date: str | None
    place: str | None


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A whole labelled document; main is the key of the main incident's claim."""

    id: str
    text: str
    lang: str
    title: str
    genre: str
    published: str | None = None
    main: str | None = None
    main_incident: MainIncident | None = None
    claims: tuple[GoldClaim, ...] = ()
    places: tuple[Span, ...] = ()
    not_places: tuple[Span, ...] = field(default=())


def load_document(path: Path) -> GoldDocument:
    """Read one document; raises ValueError naming the file and what is wrong with its form."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return _document(raw)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as fault:
        raise ValueError(f"{path.name}: {fault!r}") from fault


def load_documents(folder: Path) -> list[GoldDocument]:
    """Read every document of a folder, by file name; raises ValueError as load_document does."""
    return [load_document(path) for path in sorted(folder.glob("*.toml"))]


def _document(raw: Mapping[str, object]) -> GoldDocument:
    unknown = set(raw) - DOCUMENT_KEYS
    if unknown:
        raise ValueError(f"unknown keys {sorted(unknown)}")
    claims = tuple(_claim(table) for table in _tables(raw, "claim"))
    main: str | None = None
    if "main" in raw:
        found = [c.key for c in claims if c.span.start == raw["main_at"]]
        if not found:
            raise ValueError("main names no claim")
        main = found[0]
    return GoldDocument(
        id=_string(raw, "id"),
        text=_string(raw, "text"),
        lang=_string(raw, "lang"),
        title=_string(raw, "title"),
        genre=_string(raw, "genre"),
        published=_optional_string(raw, "published"),
        main=main,
        main_incident=_main_incident(raw.get("main_incident")),
        claims=claims,
        places=tuple(_span(table) for table in _tables(raw, "place")),
        not_places=tuple(_span(table) for table in _tables(raw, "not_place")),
    )


def _claim(raw: Mapping[str, object]) -> GoldClaim:
    unknown = set(raw) - CLAIM_KEYS
    if unknown:
        raise ValueError(f"claim {raw.get('key')}: unknown keys {sorted(unknown)}")
    return GoldClaim(
        key=_string(raw, "key"),
        span=_span(raw),
        measure=_string(raw, "measure"),
        measure_also=_strings(raw.get("measure_also", [])),
        low=_optional_integer(raw, "low"),
        high=_optional_integer(raw, "high"),
        modality=_string(raw, "modality"),
        optional=raw.get("optional") is True,
        slots=raw,
    )


def _main_incident(raw: object) -> MainIncident | None:
    if raw is None:
        return None
    if not isinstance(raw, dict):
        raise ValueError("main_incident is no table")
    return MainIncident(
        killed=_bounds(raw.get("killed")),
        injured=_bounds(raw.get("injured")),
        date=_optional_string(raw, "date"),
        place=_optional_string(raw, "place"),
    )


def _bounds(raw: object) -> tuple[int, int] | None:
    if raw is None:
        return None
    if isinstance(raw, list) and len(raw) == 2:
        low, high = raw
        if isinstance(low, int) and isinstance(high, int) and 0 <= low <= high:
            return low, high
    raise ValueError(f"no bounds: {raw!r}")


def _tables(raw: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    tables = raw.get(key, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ValueError(f"{key} is no list of tables")
    return tables


def _span(raw: Mapping[str, object]) -> Span:
    text, start = _string(raw, "text"), raw["at"]
    if not isinstance(start, int):
        raise ValueError(f"at is no offset: {start!r}")
    return Span(text, start, start + len(text))


def _string(raw: Mapping[str, object], key: str) -> str:
    value = raw[key]
    if not isinstance(value, str):
        raise ValueError(f"{key} is no string")
    return value


def _optional_string(raw: Mapping[str, object], key: str) -> str | None:
    return _string(raw, key) if key in raw else None


def _optional_integer(raw: Mapping[str, object], key: str) -> int | None:
    value = raw.get(key)
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise ValueError(f"{key} is no integer")


def _strings(raw: object) -> tuple[str, ...]:
    if isinstance(raw, list) and all(isinstance(item, str) for item in raw):
        return tuple(raw)
    raise ValueError(f"no list of strings: {raw!r}")


def check_document(document: GoldDocument) -> list[str]:
    """Every fault of one document's labels, as sentences; an empty list where there is none."""
    spans = (*[claim.span for claim in document.claims], *document.places, *document.not_places)
    faults = [
        f"{span.text!r} does not stand at {span.start}"
        for span in spans
        if document.text[span.start : span.end] != span.text
    ]
    faults += [
        f"{place.text!r} is a place inside {name.text!r}, which is none"
        for place in document.places
        for name in document.not_places
        if place.start < name.end and name.start < place.end
    ]
    keys = [claim.key for claim in document.claims]
    if len(set(keys)) != len(keys):
        faults.append("two claims share a key")
    by_key = {claim.key: claim for claim in document.claims}
    for claim in document.claims:
        faults += [f"{claim.key}: {fault}" for fault in _check_claim(claim, document, by_key)]
    faults += _check_main(document, by_key)
    words = len(document.text.split())
    if not 150 <= words <= 700:
        faults.append(f"{words} words, not 150 to 700")
    if document.published is not None:
        faults += _check_day(document.published)
    return faults


def _check_claim(
    claim: GoldClaim, document: GoldDocument, by_key: Mapping[str, GoldClaim]
) -> list[str]:
    faults = [
        f"unknown measure {m}" for m in (claim.measure, *claim.measure_also) if m not in MEASURES
    ]
    faults += _check_bounds(claim)
    for slot, allowed in GROUP_VALUES.items():
        if slot in claim.slots and claim.slots[slot] not in allowed:
            faults.append(f"unknown {slot} {claim.slots[slot]!r}")
    for slot in VERBATIM_ONE:
        words = claim.slots.get(slot)
        if words is not None and (not isinstance(words, str) or words not in document.text):
            faults.append(f"{slot} {words!r} is not in the text")
    for slot in VERBATIM_MANY:
        for words in _strings(claim.slots.get(slot, [])):
            if words not in document.text:
                faults.append(f"{slot} {words!r} is not in the text")
    for link in LINKS:
        faults += _check_link(claim, link, by_key)
    days = [claim.slots[slot] for slot in ("start", "end") if slot in claim.slots]
    for day in days:
        faults += _check_day(day)
    if len(days) == 2 and str(days[0]) > str(days[1]):
        faults.append("ends before it starts")
    return faults


def _check_bounds(claim: GoldClaim) -> list[str]:
    """Whether low and high are what the modality allows, and what the digits say."""
    low, high = claim.low, claim.high
    match claim.modality:
        case "exact" | "about":
            sound = low is not None and low == high
        case "at_least" | "more_than" | "vague":
            sound = low is not None and high is None
        case "at_most":
            sound = low is None and high is not None
        case "range":
            sound = low is not None and high is not None and low < high
        case "share" | "none":
            sound = low is None and high is None
        case _:
            return [f"unknown modality {claim.modality}"]
    faults = [] if sound else [f"{claim.modality} does not go with {low} to {high}"]
    if claim.modality == "vague" and claim.slots.get("imputed") is not True:
        faults.append("a vague count is imputed")
    numbers = [int(found.replace(",", "")) for found in DIGITS.findall(claim.span.text)]
    # The digits of an uncounted person are an age ("a 19-year-old man").
    if len(numbers) == 1 and low is not None and claim.slots.get("imputed") is not True:
        step = 1 if claim.modality == "more_than" else 0
        if low != numbers[0] + step:
            faults.append(f"the words say {numbers[0]}, the label {low}")
    return faults


def _check_link(claim: GoldClaim, link: str, by_key: Mapping[str, GoldClaim]) -> list[str]:
    """Whether the linked claim exists, is another, and is not smaller than its part."""
    if link not in claim.slots:
        return []
    other = by_key.get(str(claim.slots[link]))
    if other is None or other is claim:
        return [f"{link} names no other claim"]
    holds = link in ("part_of", "within") and claim.low is not None and other.high is not None
    if holds and (claim.low or 0) > (other.high or 0):
        return [f"is larger than {other.key}, which it is {link}"]
    if link == "repeats" and claim.measure != other.measure:
        return [f"repeats {other.key}, which counts something else"]
    seen = {claim.key}
    while other is not None:
        if other.key in seen:
            return [f"{link} runs in a circle"]
        seen.add(other.key)
        other = by_key.get(str(other.slots.get(link, "")))
    return []


def _check_main(document: GoldDocument, by_key: Mapping[str, GoldClaim]) -> list[str]:
    if (document.main is None) != (document.main_incident is None):
        return ["main and main_incident go together"]
    if document.main is None or document.main_incident is None:
        return []
    faults: list[str] = []
    incident, claim = document.main_incident, by_key[document.main]
    if claim.slots.get("scope") in ("cumulative", "subtotal"):
        faults.append("the main incident is never a total")
    if incident.place is not None and incident.place not in document.text:
        faults.append(f"main place {incident.place!r} is not in the text")
    if incident.date is not None:
        faults += _check_day(incident.date)
        if claim.slots.get("start", incident.date) != incident.date:
            faults.append("the main incident and its claim have different days")
    stated = {"killed": incident.killed, "injured": incident.injured}.get(claim.measure)
    if stated is not None and claim.low is not None and claim.low > stated[1]:
        faults.append("the main claim is larger than the main incident")
    return faults


def _check_day(day: object) -> list[str]:
    try:
        if not isinstance(day, str) or date.fromisoformat(day).isoformat() != day:
            raise ValueError
    except ValueError:
        return [f"{day!r} is no full ISO day"]
    return []


def main(arguments: Sequence[str]) -> int:
    """Check a folder and print what is wrong; the exit status is 1 if anything is."""
    folder = Path(arguments[0]) if arguments else Path(__file__).parent / "gold" / "documents"
    documents: list[GoldDocument] = []
    faults: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            document = load_document(path)
        except ValueError as error:
            faults.append(str(error))
            continue
        documents.append(document)
        if document.id != path.stem:
            faults.append(f"{path.name}: is called {document.id}")
        faults += [f"{path.name}: {fault}" for fault in check_document(document)]
    for fault in faults:
        print(fault)
    claims = sum(len(document.claims) for document in documents)
    optional = sum(claim.optional for document in documents for claim in document.claims)
    places = sum(len(document.places) for document in documents)
    print(
        f"{len(documents)} documents, {claims} claims ({optional} optional), {places} places,"
        f" {len(faults)} faults"
    )
    return 1 if faults or not documents else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
