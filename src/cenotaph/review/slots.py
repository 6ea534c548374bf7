"""The slots of a claim as a person sets them: what they may hold, and how they enter the claim."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from cenotaph import vocab
from cenotaph.model import (
    Actor,
    Age,
    Basis,
    Certainty,
    ClaimId,
    Coded,
    Count,
    Granularity,
    Group,
    Measure,
    Modality,
    Place,
    Precision,
    Quote,
    Relation,
    ResolvedClaim,
    Scope,
    Sex,
    Source,
    Stance,
    Status,
    When,
    thawed,
)

SLOTS = (
    "measure", "count", "group", "scope", "certainty", "event", "weapons", "targets", "place",
    "when", "perpetrator", "perpetrator_relation", "said_by", "part_of", "history", "additional",
)  # fmt: skip
METADATA = ("published", "title", "publisher", "lang", "country", "author", "note")


class Unfit(ValueError):
    """A value that a slot cannot hold; the message says what it can."""


def checked(resolved: ResolvedClaim, value: Mapping[str, Any]) -> None:
    """Raise Unfit where a claim cannot take these slots."""
    edited(resolved, value)


def checked_metadata(value: Mapping[str, Any]) -> None:
    """Raise Unfit where a report cannot be described so."""
    if not value:
        raise Unfit(f"say what to set: {', '.join(METADATA)}")
    for name, each in value.items():
        if name not in METADATA:
            raise Unfit(f"{name!r} is none of {', '.join(METADATA)}")
        if each is not None and not (isinstance(each, str) and each.strip()):
            raise Unfit(f"{name} takes words, or nothing")
    if value.get("published") is not None:
        _day(value["published"], "published")
    code = value.get("country")
    if code is not None and not (len(code) == 2 and code.isascii() and code.isupper()):
        raise Unfit("country takes two capital letters of ISO 3166, such as SY")


def placed(given: object) -> None:
    """Raise Unfit where a name cannot take this place."""
    place(given, None)


def edited(resolved: ResolvedClaim, value: Mapping[str, Any]) -> ResolvedClaim:
    """Return a claim with other values in some of its slots. Raises Unfit.

    The claim keeps its identifier, its words and everything that is not set.
    """
    given = {name: thawed(each) for name, each in value.items()}
    for name in given:
        if name not in SLOTS:
            raise Unfit(f"{name!r} is no slot of a claim; there are {', '.join(SLOTS)}")
    claim = resolved.claim
    said = {**_codes(given), **_blamed(given, claim.quote)}
    if "count" in given:
        said["count"] = count(given["count"])
    if "group" in given:
        said["group"] = _group(claim.group, given["group"])
    for name in ("weapons", "targets"):
        if name in given:
            codes = [_term(name, each) for each in _list(given[name], name)]
            said[name] = tuple(Coded(code=each, quote=claim.quote) for each in codes if each)
    if "part_of" in given:
        whole = given["part_of"]
        if whole == claim.id or not (whole is None or isinstance(whole, str)):
            raise Unfit("part_of takes the id of another claim, or nothing")
        said["part_of"] = None if whole is None else ClaimId(whole)
    meant: dict[str, Any] = {}
    if "place" in given:
        meant["place"] = place(given["place"], resolved.place.quote if resolved.place else None)
        meant["places"] = () if meant["place"] is None else (meant["place"],)
    if "when" in given:
        meant["when"] = when(given["when"], resolved.when.quote if resolved.when else None)
    return replace(resolved, claim=replace(claim, kept_id=claim.id, **said), **meant)


def _codes(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the slots that hold one code, or yes and no."""
    said: dict[str, Any] = {}
    for name, code in (("measure", Measure), ("scope", Scope), ("certainty", Certainty)):
        if name in given:
            said[name] = _code(code, given[name], name)
    if "event" in given:
        said["event"] = _term("events", given["event"])
    for name in ("history", "additional"):
        if name in given:
            if not isinstance(given[name], bool):
                raise Unfit(f"{name} takes yes or no")
            said[name] = given[name]
    return said


def _blamed(given: Mapping[str, Any], words: Quote) -> dict[str, Any]:
    """Return the slots that name parties and sources."""
    said: dict[str, Any] = {}
    if "perpetrator" in given:
        blamed = _list(given["perpetrator"], "perpetrator")
        said["perpetrators"] = tuple(_actor(each, words) for each in blamed)
    if "perpetrator_relation" in given:
        relation = given["perpetrator_relation"]
        said["perpetrator_relation"] = (
            None if relation is None else _code(Relation, relation, "perpetrator_relation")
        )
    if "said_by" in given:
        said["said_by"] = tuple(_source(each, words) for each in _list(given["said_by"], "said_by"))
    return said


def count(given: object) -> Count:
    """Return a count of {"low", "high", "modality"?}. Raises Unfit."""
    known = _object(given, "count", ("low", "high", "modality"))
    low, high = known.get("low"), known.get("high")
    for bound in (low, high):
        if bound is not None and (not isinstance(bound, int) or isinstance(bound, bool)):
            raise Unfit("count takes whole numbers, or nothing where a bound is not known")
    if known.get("modality") is not None:
        modality = _code(Modality, known["modality"], "count.modality")
    elif low is None and high is None:
        modality = Modality.NONE
    elif low == high:
        modality = Modality.EXACT
    elif high is None:
        modality = Modality.AT_LEAST
    elif low is None:
        modality = Modality.AT_MOST
    else:
        modality = Modality.RANGE
    try:
        return Count(low=low, high=high, modality=modality)
    except ValueError as error:
        raise Unfit(f"count: {error}") from error


def place(given: object, quote: Quote | None) -> Place | None:
    """Return a place as a person gives it, beside the words that name it. Raises Unfit."""
    if given is None:
        return None
    names = ("name", "lat", "lon", "entry", "geonames", "country", "admin1", "admin2", "precision")
    known = _object(given, "place", names)
    if not isinstance(known.get("name"), str) or not known["name"].strip():
        raise Unfit("place needs its name")
    lat, lon = known.get("lat"), known.get("lon")
    if (lat is None) != (lon is None):
        raise Unfit("place needs both lat and lon, or neither")
    for bound, value, name in ((90, lat, "lat"), (180, lon, "lon")):
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > bound:
            raise Unfit(f"{name} takes degrees from -{bound} to {bound}")
    default = Precision.UNKNOWN if lat is None else Precision.SETTLEMENT
    precision = _code(Precision, known.get("precision") or default, "place.precision")
    geonames = known.get("geonames")
    if geonames is not None and (isinstance(geonames, bool) or not isinstance(geonames, int)):
        raise Unfit("place.geonames takes a number")
    entry = known.get("entry")
    for name in ("country", "admin1", "admin2", "entry"):
        value = known.get(name)
        if value is not None and not isinstance(value, str):
            raise Unfit(f"place.{name} takes words, or nothing")
    if entry is None:
        entry = f"geonames:{geonames}" if geonames else f"decided:{known['name']}"
    return Place(
        quote=quote,
        name=known["name"],
        lat=None if lat is None else float(lat),
        lon=None if lon is None else float(lon),
        entry=entry,
        geonames=geonames,
        country=known.get("country"),
        admin1=known.get("admin1"),
        admin2=known.get("admin2"),
        precision=precision,
        confidence=1.0,
    )


def when(given: object, quote: Quote | None) -> When | None:
    """Return a period as a person gives it, beside the words that name it. Raises Unfit."""
    if given is None:
        return None
    known = _object(given, "when", ("start", "end", "precision", "time", "anchor"))
    start, end = _day(known.get("start"), "when.start"), _day(known.get("end"), "when.end")
    if start is None and end is None and known.get("anchor") is None:
        raise Unfit("when needs a first day, a last day, or both")
    default = Granularity.DAY if start is not None and start == end else Granularity.RANGE
    try:
        return When(
            quote=quote,
            start=start,
            end=end,
            precision=_code(Granularity, known.get("precision") or default, "when.precision"),
            basis=Basis.DECIDED,
            anchor=known.get("anchor"),
            time=known.get("time"),
            reasons=("set by a person",),
        )
    except ValueError as error:
        raise Unfit(f"when: {error}") from error


def _group(group: Group, given: object) -> Group:
    names = ("status", "status_said_by", "age", "sex", "role", "side", "attacker")
    known = _object(given, "group", names)
    values: dict[str, Any] = {}
    for name, code in (("status", Status), ("age", Age), ("sex", Sex)):
        if name in known:
            values[name] = _code(code, known[name] or "unknown", f"group.{name}")
    if "role" in known:
        values["role"] = _term("roles", known["role"])
    for name in ("side", "status_said_by"):
        if name in known:
            values[name] = _words(known[name], f"group.{name}")
    if "attacker" in known:
        if not isinstance(known["attacker"], bool):
            raise Unfit("group.attacker takes yes or no")
        values["attacker"] = known["attacker"]
    return replace(group, **values)


def _actor(given: object, words: Quote) -> Actor:
    known = _object(given, "perpetrator", ("name", "stance", "hedge", "said_by"))
    name = _words(known.get("name"), "perpetrator.name")
    if name is None:
        raise Unfit("perpetrator needs a name")
    return Actor(
        quote=words,
        name=name,
        hedge=_words(known.get("hedge"), "perpetrator.hedge"),
        stance=_code(Stance, known.get("stance") or Stance.ALLEGED, "perpetrator.stance"),
        said_by=tuple(
            _source(each, words) for each in _list(known.get("said_by") or [], "said_by")
        ),
    )


def _source(given: object, words: Quote) -> Source:
    known = _object(given, "said_by", ("name", "kind"))
    name = _words(known.get("name"), "said_by.name")
    if name is None:
        raise Unfit("said_by needs a name")
    kinds = vocab.table("sources")["kinds"]
    kind = known.get("kind") or "unnamed"
    if kind not in kinds:
        raise Unfit(f"said_by.kind {kind!r} is none of {', '.join(kinds)}")
    return Source(quote=words, name=name, kind=kind)


def _code(codes: Any, given: object, name: str) -> Any:
    try:
        return codes(given)
    except ValueError:
        raise Unfit(f"{name} {given!r} is none of {', '.join(codes)}") from None


def _term(name: str, given: object) -> str | None:
    if given is None:
        return None
    codes = vocab.table(name)["codes"]
    if not isinstance(given, str) or given not in codes:
        raise Unfit(f"{given!r} is none of the {name}: {', '.join(codes)}")
    return given


def _words(given: object, name: str) -> str | None:
    if given is None:
        return None
    if not isinstance(given, str) or not given.strip():
        raise Unfit(f"{name} takes words, or nothing")
    return given


def _list(given: object, name: str) -> list[Any]:
    if given is None:
        return []
    if not isinstance(given, list):
        raise Unfit(f"{name} takes a list")
    return given


def _object(given: object, name: str, names: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise Unfit(f"{name} takes {', '.join(names)}")
    for key in given:
        if key not in names:
            raise Unfit(f"{name}.{key} is not known; there are {', '.join(names)}")
    return given


def _day(given: object, name: str) -> date | None:
    if given is None:
        return None
    try:
        if isinstance(given, str) and len(given) == 10:
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise Unfit(f"{name} {given!r} is no full day such as 2021-02-08")
