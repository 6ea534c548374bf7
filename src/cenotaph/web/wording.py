"""Figures, places, periods and codes in the words of the interface."""

import functools
from collections.abc import Iterable
from datetime import date

from cenotaph import vocab
from cenotaph.export import words
from cenotaph.model import (
    Actor,
    Basis,
    Count,
    Figure,
    Group,
    Incident,
    Link,
    LinkKind,
    Measure,
    Modality,
    Place,
    Precision,
    Role,
    Scope,
    Stance,
    Status,
    TotalRow,
    When,
)
from cenotaph.web.language import apart, direction, say, within

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

SHORT_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip

PRECISIONS = {
    Precision.EXACT: "known to the point",
    Precision.NEIGHBOURHOOD: "known to the neighbourhood",
    Precision.SETTLEMENT: "known to the town or village",
    Precision.NEAR: "known only as near this place",
    Precision.AREA: "known only to the area",
    Precision.ADMIN2: "known only to the district",
    Precision.ADMIN1: "known only to the province",
    Precision.COUNTRY: "known only to the country",
    Precision.UNKNOWN: "not found in the gazetteer",
}

BASES = {
    Basis.STATED: "as the sentence says",
    Basis.STATEMENT: "the day on which it was said, by rule",
    Basis.CARRIED: "carried over from another sentence of the report",
    Basis.DATELINE: "from the line at the head of the report",
    Basis.PUBLISHED_END: "open in the words; the day of publication is taken for the end",
    Basis.NONE: "not stated",
}

SCOPES = {
    Scope.INCIDENT: "one event",
    Scope.SUBTOTAL: "a sum of several events",
    Scope.CUMULATIVE: "a sum since a start",
    Scope.STATE: "a number that holds on a day",
}

CORROBORATION = {
    "unattributed": "no report names who saw or counted",
    "single": "one originator",
    "several": "two originators or more, or several reports that name nobody",
    "several_kinds": "two originators or more, of different kinds",
}

RESPONSIBILITY = {
    "accepted": "a party says that it did it",
    "single": "one party is blamed, or several jointly",
    "contested": "different parties are blamed",
    "unknown": "nobody is blamed",
}

GRADES = {
    "confirmed": "A party says that it did it.",
    "fair": "Several sources tell of it; no party accepts it, and no different ones are blamed.",
    "weak": "One source tells of it, or nobody is named who saw or counted, or no figure is given.",
    "contested": "Different parties are blamed, and not jointly.",
    "discounted": "Only combatants are said to have been killed.",
}
"""What each grade says, of both axes and of the grade that follows; docs/methodology.md has them.
"""


RELATIONS = {
    LinkKind.WITHIN: "lies inside",
    LinkKind.MAY_BE_WITHIN: "may lie inside",
    LinkKind.DENIED_BY: "is denied by",
    LinkKind.WITHDRAWN_BY: "is taken back by",
    LinkKind.REPEATS: "repeats",
    LinkKind.UPDATES: "replaces the earlier",
    LinkKind.CORRECTS: "corrects",
    LinkKind.ADDITIONAL_TO: "comes on top of",
    LinkKind.SAME_INCIDENT: "tells of the same incident as",
}


LEVELS = {
    "settlement": "town or village",
    "admin2": "district",
    "admin1": "province",
    "country": "country",
}

STATES = {
    "accepted": "accepted",
    "edited": "changed by hand",
    "added": "made by hand",
    "rejected": "set aside",
}

FACETS = ("yes", "no", "original", "copy", "unread")
"""Values of facets of reports that no vocabulary gives a title."""

KEYS = {
    "admin1": "Province",
    "country": "Country",
    "group": "People",
    "month": "Month",
    "perpetrator": "Alleged perpetrator",
    "place": "Place",
    "weapon": "Weapon",
}


@functools.cache
def titles() -> dict[str, str]:
    """Return the title of every code that a vocabulary gives one."""
    found: dict[str, str] = {}
    for name in ("measures", "events", "weapons", "targets", "roles", "context", "sources"):
        data = vocab.table(name)
        for section in (data, data.get("codes", {}), data.get("kinds", {})):
            for code, entry in section.items():
                if isinstance(entry, dict) and isinstance(entry.get("title"), str):
                    found.setdefault(code, entry["title"])
    return found


def label(code: object) -> str:
    """Return a code as words."""
    return raised(say(english(code)))


def lower(code: object) -> str:
    """Return a code as words within a sentence, without what a title explains after a colon."""
    text = raised(say(english(code).partition(":")[0]))
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def english(code: object) -> str:
    """Return the words of a code as they are written, before they are translated."""
    text = str(code)
    return titles().get(text) or text.replace("_", " ").replace("-", " ")


def raised(text: str) -> str:
    """Return text with a capital at its head."""
    return text[:1].upper() + text[1:]


def day(known: date) -> str:
    """Return a day: 7 February 2021."""
    return f"{known.day} {say(MONTHS[known.month - 1])} {known.year}"


def month(named: str) -> str:
    """Return a month that is given as 2021-02: February 2021; what spans several is given by its
    days, 2021-02-27/2021-03-02, of which either may be open."""
    if "/" in named:
        start, end = (None if d == ".." else date.fromisoformat(d) for d in named.split("/"))
        return period(When(quote=None, start=start, end=end))
    year, _, number = named.partition("-")
    return f"{say(MONTHS[int(number) - 1])} {year}"


def keyed(by: str, value: str | None) -> str:
    """Return what a line of totals is of: a province, a month, a party."""
    if value is None:
        return say("not known")
    return month(value) if by == "month" else label(value) if by == "weapon" else value


def period(known: When | None) -> str:
    """Return a period of days, as short as it can be said."""
    if known is None or (known.start is None and known.end is None):
        if known is not None and known.anchor and known.quote is not None:
            return known.quote.text  # "until the ceasefire", "the day after the siege"
        return say("Date not known")
    start, end = known.start, known.end
    if start is None:
        assert end is not None
        return say("until %(day)s", day=day(end))
    if end is None:
        if known.anchor:
            return say("from %(day)s until %(event)s", day=day(start), event=within(known.anchor))
        return say("from %(day)s", day=day(start))
    if start == end:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    if start.year == end.year:
        return f"{start.day} {say(MONTHS[start.month - 1])} – {day(end)}"
    return f"{day(start)} – {day(end)}"


def dated(known: When | None) -> bool:
    """Tell whether anything is known of a period."""
    return known is not None and (known.start is not None or known.end is not None)


def basis(known: When | None) -> str:
    """Return on what ground a period is given."""
    return say(BASES[known.basis if known else Basis.NONE])


def place(known: Place | None) -> str:
    """Return a place by name and area."""
    if known is not None and known.name is None and known.quote is not None:
        return say("“%(words)s” (not resolved)", words=within(known.quote.text))
    return words.place(known) or say("Place not known")


def precision(known: Place | None) -> str:
    """Return how finely a place is known."""
    return say(PRECISIONS[known.precision]) if known else say("no words name a place")


def count(stated: Count) -> str:
    """Return a count as the text bounds it, short: ≥ 26."""
    low, high = stated.low, stated.high
    if low is None and high is None:
        return say("no number")
    if stated.modality is Modality.ABOUT and low == high:
        return apart(f"≈ {low:,}")
    return bounds(low, high)


def bounds(low: int | None, high: int | None) -> str:
    """Return two bounds, short."""
    if low is None:
        return "?" if high is None else apart(f"≤ {high:,}")
    if high is None:
        return apart(f"≥ {low:,}")
    return f"{low:,}" if low == high else apart(f"{low:,}–{high:,}")


def figure(known: Figure | None) -> str:
    """Return low to high; a dash where nothing is stated."""
    return "–" if known is None else bounds(known.low, known.high)


def summed(row: TotalRow) -> Figure:
    """Return the figure of a line of totals; unknown where all of it was set aside."""
    if any(each.role is not Role.SET_ASIDE for each in row.parts):
        return row.figure
    return Figure(low=None, best=None, high=None)


def estimate(event: Incident, measure: str, group: str | None = None) -> str:
    """Return the figure of an incident for a measure and group."""
    known = event.estimate(Measure(measure), group)
    return figure(known.figure if known else None)


def who(group: Group) -> str:
    """Return who is counted: children, women, civilians, people."""
    parts = []
    if group.status is not Status.UNKNOWN:
        parts.append(label(group.status))
    for value in (group.age, group.sex):
        if value != "unknown":
            parts.append(label(value))
    for other in (group.role, group.side):
        if other is not None:
            parts.append(label(other))
    if group.attacker:
        parts.append(say("those who attacked"))
    return ", ".join(each.lower() if each.istitle() else each for each in parts)


def stance(actor: Actor) -> str:
    """Return how a party stands to what is laid to it: alleged, by its hedge; accepted; denied."""
    if actor.stance is Stance.ALLEGED:
        return actor.hedge or lower(actor.stance)
    return lower(actor.stance)


def parties(actors: Iterable[Actor]) -> str:
    """Return parties in a line, each with how it stands to what is laid to it."""
    return "; ".join(f"{each.name} ({stance(each)})" for each in actors)


def relation(link: Link) -> str:
    """Return how a claim stands to another."""
    return say(RELATIONS[link.kind])


def named(event: Incident) -> str:
    """Return an incident in a few words: place, day, what happened."""
    parts = [within(place(event.place)), period(event.when)]
    if event.event:
        parts.append(lower(event.event))
    # A name in Latin letters at its head would turn the whole of it from left to right.
    return ("\u200f" if direction() == "rtl" else "") + ", ".join(parts)


def reasons(values: Iterable[str]) -> list[tuple[str, str]]:
    """Return the evidence of a link as rows: what was compared, and how it came out."""
    rows = []
    for each in values:
        what, equals, result = each.partition("=")
        rows.append((label(what), label(result)) if equals else ("", label(each)))
    return rows
